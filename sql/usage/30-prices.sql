-- What groups of usage cost: prices looked up once for all that share them,
-- and where there is none, why.

CREATE FUNCTION accelcost_internal.hourly_price(
    provider text, sku text, accelerator text, at timestamptz, region text, purchase_option text, term_months integer,
    account text,
    new_price accelcost.offer_price DEFAULT NULL)
RETURNS TABLE (amount numeric, currency text, is_per_gpu boolean, gpu_count numeric, found_accelerator text,
               billing_increment_seconds numeric, minimum_seconds numeric, source text, origin text, as_of date,
               reason text)
LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    p    record;
    what text := format('%s price of sku "%s"', hourly_price.purchase_option, hourly_price.sku);
BEGIN
    IF hourly_price.sku IS NOT NULL THEN
        SELECT * INTO p
        FROM accelcost_internal.find_offer_price(hourly_price.provider, hourly_price.sku, hourly_price.at,
                                                 hourly_price.region,
                                   hourly_price.purchase_option, hourly_price.term_months, hourly_price.account);
        IF (new_price).sku IS NOT NULL THEN
            -- An offer that had no price yet says what the new one is for, too.
            SELECT o.accelerator, o.gpu_count, o.price_basis, o.upfront, o.billing_increment_seconds, o.minimum_seconds,
                   (new_price).amount,
                   (new_price).currency, (new_price).source, (new_price).origin, (new_price).as_of,
                   NULL::text AS regions INTO p
            FROM accelcost.offer AS o
            WHERE o.provider = hourly_price.provider AND o.sku = hourly_price.sku
              AND o.purchase_option = hourly_price.purchase_option
              AND o.term_months = hourly_price.term_months
            ORDER BY o.region = coalesce(p.found_region, hourly_price.region, '*') DESC, o.price_basis = 'unknown',
                o.builtin, o.region COLLATE "C"
            LIMIT 1;
        END IF;
        reason := CASE
            WHEN p.price_basis IS NULL THEN concat('no ', what, ' in region "' || hourly_price.region || '"')
            WHEN p.regions IS NOT NULL THEN format('region must be given: the %s differs by region', what)
            WHEN p.price_basis = 'unknown' THEN format('the basis of the %s is unknown', what)
            WHEN p.price_basis = 'host_only' THEN format('the %s is without accelerators', what)
            WHEN p.amount IS NULL THEN format('the %s is a range', what)
            WHEN p.upfront > 0 THEN format('the %s has an upfront part', what) END;
        IF p.price_basis IS NULL THEN
            -- An offer says what it is for, also while it has no price.
            SELECT o.accelerator, o.gpu_count INTO found_accelerator, gpu_count
            FROM accelcost.offer AS o
            WHERE o.provider = hourly_price.provider AND o.sku = hourly_price.sku
            ORDER BY o.region = hourly_price.region DESC NULLS LAST,
                o.purchase_option = hourly_price.purchase_option DESC, o.builtin, o.region COLLATE "C"
            LIMIT 1;
        END IF;
        RETURN QUERY SELECT CASE WHEN reason IS NULL THEN p.amount END, p.currency,
        p.price_basis IN ('per_gpu', 'per_chip'), coalesce(p.gpu_count, gpu_count),
                            coalesce(p.accelerator, found_accelerator), p.billing_increment_seconds, p.minimum_seconds,
                            p.source, p.origin, p.as_of, reason;
        RETURN;
    END IF;

    -- Only the accelerator is known: a price, if those of the best origin agree on one.
    what := format('%s price of accelerator "%s"', hourly_price.purchase_option, hourly_price.accelerator);
    RETURN QUERY
    WITH known AS (
        SELECT accelcost_internal.price_per_gpu(q.amount, q.price_basis, q.gpu_count) AS per_gpu, q.currency, q.source,
               q.origin, q.as_of,
               q.billing_increment_seconds, q.minimum_seconds,
               rank() OVER (ORDER BY accelcost_internal.origin_rank(q.origin), q.account IS NULL) AS ordinal
        FROM accelcost_internal.prices_at(hourly_price.at) AS q
        WHERE q.provider = hourly_price.provider AND q.accelerator = hourly_price.accelerator
          AND q.purchase_option = hourly_price.purchase_option AND q.term_months = hourly_price.term_months
          AND (q.account IS NULL OR q.account = hourly_price.account)
          AND (q.region IN (hourly_price.region, '*') OR hourly_price.region IS NULL)
          AND q.amount IS NOT NULL AND q.price_basis NOT IN ('host_only', 'unknown') AND coalesce(q.upfront, 0) = 0
    )
    SELECT CASE WHEN count(DISTINCT (k.per_gpu, k.currency)) = 1 THEN min(k.per_gpu) END, min(k.currency), true,
           NULL::numeric,
           hourly_price.accelerator,
           CASE WHEN count(DISTINCT k.billing_increment_seconds) = 1 AND count(k.billing_increment_seconds) = count(*)
                THEN min(k.billing_increment_seconds) END,
           CASE WHEN count(DISTINCT k.minimum_seconds) = 1 AND count(k.minimum_seconds) = count(*)
                THEN min(k.minimum_seconds) END,
           min(k.source COLLATE "C"), min(k.origin COLLATE "C"), max(k.as_of),
           CASE WHEN count(*) = 0 THEN format('no %s', what)
                WHEN count(DISTINCT (k.per_gpu, k.currency)) > 1
                THEN format('sku must be given: the %s differs', what) END
    FROM known AS k
    WHERE k.ordinal = 1 AND k.per_gpu IS NOT NULL;
END
$$;
COMMENT ON FUNCTION accelcost_internal.hourly_price(
    text, text, text, timestamptz, text, text, integer, text, accelcost.offer_price) IS
    'returns the price per hour of an instance or accelerator, or the reason why there is none';

CREATE FUNCTION accelcost_internal.token_prices(price accelcost.token_price, is_long boolean)
RETURNS TABLE (input_price numeric, cache_read_price numeric, cache_write_5m_price numeric,
               cache_write_1h_price numeric,
               output_price numeric, reasoning_price numeric)
LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE WHEN is_long THEN (price).long_input_price ELSE (price).input_price END,
           CASE WHEN is_long THEN (price).long_cache_read_price ELSE (price).cache_read_price END,
           CASE WHEN is_long THEN (price).long_cache_write_5m_price ELSE (price).cache_write_5m_price END,
           CASE WHEN is_long THEN (price).long_cache_write_1h_price ELSE (price).cache_write_1h_price END,
           CASE WHEN is_long THEN (price).long_output_price ELSE (price).output_price END,
           CASE WHEN is_long THEN (price).long_reasoning_price ELSE (price).reasoning_price END;
END;
COMMENT ON FUNCTION accelcost_internal.token_prices(accelcost.token_price, boolean) IS
    'returns prices per million tokens of requests within the context threshold, or of long ones';

-- One expression, so that it becomes part of the query that calls it.
CREATE FUNCTION accelcost_internal.token_price_reason(
    price accelcost.token_price, model text, tokens_unknown boolean, is_batch boolean, is_one_request boolean,
    may_be_long boolean,
    second integer, uses_uncached_input boolean, uses_cache_read boolean, uses_cache_write_5m boolean,
    uses_cache_write_1h boolean,
    uses_output boolean)
RETURNS text
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN CASE
        WHEN tokens_unknown THEN 'tokens are not known'
        WHEN model IS NULL THEN 'model is not known'
        WHEN (price).provider IS NULL THEN format('no price of model "%s"', model)
        WHEN second IS NULL AND (price).utc_from IS NOT NULL
        THEN format('the price of model "%s" changes within the period', model)
        WHEN may_be_long AND NOT is_one_request
        THEN format('requests of more than %s tokens of input to model "%s" are not told apart',
                    (price).context_threshold, model)
        WHEN is_batch AND (price).batch_factor IS NULL THEN format('no batch price of model "%s"', model)
        WHEN uses_output AND CASE WHEN may_be_long THEN (price).long_reasoning_price <> (price).long_output_price
                                  ELSE (price).reasoning_price <> (price).output_price END
        THEN format('tokens of reasoning of model "%s" have their own price', model)
        WHEN uses_uncached_input
             AND CASE WHEN may_be_long THEN (price).long_input_price ELSE (price).input_price END IS NULL
        THEN format('no price of input of model "%s"', model)
        WHEN uses_cache_read
             AND CASE WHEN may_be_long THEN (price).long_cache_read_price ELSE (price).cache_read_price END IS NULL
        THEN format('no price of cache reads of model "%s"', model)
        WHEN uses_cache_write_5m
             AND CASE WHEN may_be_long THEN (price).long_cache_write_5m_price ELSE (price).cache_write_5m_price END
                 IS NULL
        THEN format('no price of cache writes of model "%s"', model)
        WHEN uses_cache_write_1h
             AND CASE WHEN may_be_long THEN (price).long_cache_write_1h_price ELSE (price).cache_write_1h_price END
                 IS NULL
        THEN format('no price of cache writes for an hour of model "%s"', model)
        WHEN uses_output AND CASE WHEN may_be_long THEN (price).long_output_price ELSE (price).output_price END IS NULL
        THEN format('no price of output of model "%s"', model) END;
COMMENT ON FUNCTION accelcost_internal.token_price_reason(
    accelcost.token_price, text, boolean, boolean, boolean, boolean, integer, boolean, boolean, boolean, boolean,
    boolean) IS
    'returns why a price for tokens cannot price a group of usage; NULL if it can';

CREATE FUNCTION accelcost_internal.metered_quantity(quantity numeric, unit text, unit_bytes numeric,
                                                    month date) RETURNS numeric
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN CASE
        WHEN unit IS NULL THEN quantity
        WHEN split_part(unit, '-', 1) <> ALL ('{byte,kB,MB,GB,TB,PB,KiB,MiB,GiB,TiB,PiB}'::text[])
          OR split_part(unit, '-', 2) NOT IN ('', 'month', 'hour') THEN NULL
        ELSE trim_scale(round(quantity * @extschema@.unit_bytes(split_part(unit, '-', 1))
                              * 1.000000000000000000000000000000000000
                              / (metered_quantity.unit_bytes * CASE
                                                                    WHEN unit LIKE '%-hour'
                                                                    THEN @extschema@.month_hours(month)::numeric
                                                                    ELSE 1::numeric END), 36))
    END;
COMMENT ON FUNCTION accelcost_internal.metered_quantity(numeric, text, numeric, date) IS
    'returns a quantity in the unit of a tariff, to 36 decimals; NULL if the unit is unknown';

CREATE FUNCTION accelcost_internal.is_free(tariff @extschema@.tariff) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT bool_and((tier->>'price')::numeric = 0::numeric AND (tier->>'flat')::numeric = 0::numeric)
    FROM jsonb_array_elements(is_free.tariff::jsonb->'tiers') AS tier;
END;
COMMENT ON FUNCTION accelcost_internal.is_free(@extschema@.tariff) IS
    'returns true if a tariff costs nothing for any quantity';

CREATE FUNCTION accelcost_internal.tariff_end(tariff @extschema@.tariff) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (tariff::jsonb->'tiers'->-1->>'upto')::numeric + (tariff::jsonb->>'allowance')::numeric;
COMMENT ON FUNCTION accelcost_internal.tariff_end(@extschema@.tariff) IS
    'returns the quantity at which the last tier of a tariff ends; NULL if it is open';

CREATE FUNCTION accelcost_internal.share_out(total numeric, weights numeric[], digits integer) RETURNS numeric[]
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    whole    CONSTANT numeric := (SELECT sum(w) FROM unnest(weights) AS w);
    size     CONSTANT numeric := (SELECT sum(abs(w)) FROM unnest(weights) AS w);
    -- what 38 digits hold
    decimals CONSTANT integer := CASE WHEN size > 0 THEN least(60, 36 - ceil(log(size)))::integer ELSE 0 END;
    fixed    numeric[];
    parts    numeric[];
BEGIN
    IF size = 0 THEN
        RETURN accelcost_internal.allocate(total, array_fill(1::numeric, ARRAY[cardinality(weights)]), digits);
    END IF;
    IF size = abs(whole) THEN
        RETURN accelcost_internal.allocate(total,
                                           (SELECT array_agg(round(abs(w), decimals) ORDER BY n)
                                            FROM unnest(weights) WITH ORDINALITY AS u (w, n)), digits);
    END IF;
    -- A correction has its share rounded, and the others the rest: of one that
    -- cancels out, there is no share to tell, and its first weight has the total.
    SELECT array_agg(CASE WHEN whole = 0 THEN CASE WHEN n = 1 THEN total ELSE 0 END
                          WHEN w < 0 THEN round(total * w / whole, digits) END ORDER BY n)
    INTO fixed
    FROM unnest(weights) WITH ORDINALITY AS u (w, n);
    IF whole = 0 THEN
        RETURN fixed;
    END IF;
    parts := accelcost_internal.allocate(total - (SELECT sum(f) FROM unnest(fixed) AS f),
                                  (SELECT array_agg(round(greatest(w, 0), decimals) ORDER BY n)
                                   FROM unnest(weights) WITH ORDINALITY AS u (w, n)), digits);
    RETURN (SELECT array_agg(coalesce(f, p) ORDER BY n) FROM unnest(fixed, parts) WITH ORDINALITY AS u (f, p, n));
END
$$;
COMMENT ON FUNCTION accelcost_internal.share_out(numeric, numeric[], integer) IS
    'returns the parts of a total by allocate, for weights that may be negative (corrections) or all 0';
