-- Price the hours of machines: the price of a SKU or an accelerator, or why there is none.

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
            -- An offer without a price also says what the new price is for.
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
            -- An offer says what it is for even if it has no price.
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

    -- Only the accelerator is known: use the price that all offers of the best origin agree on.
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

-- One expression, so that it becomes part of the query that calls it.
CREATE FUNCTION accelcost_internal.hours_reason(
    provider_reason text, price_reason text, sku text, accelerator text,
    hours_unknown boolean, instance_hours numeric, has_tokens_only boolean, is_session boolean, session_hours numeric,
    is_per_gpu boolean, gpu_count numeric, offer_gpu_count numeric,
    billing_increment_seconds numeric, minimum_seconds numeric)
RETURNS text
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN CASE
        WHEN provider_reason IS NOT NULL
        THEN provider_reason
        WHEN hours_unknown
        THEN 'instance_hours are not known'
        WHEN NOT instance_hours > '-Infinity'::numeric OR NOT instance_hours < 'Infinity'::numeric
        THEN 'instance_hours are not a number'
        WHEN price_reason IS NOT NULL
        THEN price_reason
        WHEN is_per_gpu AND NOT has_tokens_only AND coalesce(gpu_count, offer_gpu_count) IS NULL
        THEN concat('gpu_count must be given: the price of ',
                    coalesce('sku "' || sku, 'accelerator "' || accelerator),
                    '" is for one accelerator')
        WHEN NOT is_per_gpu AND gpu_count <> offer_gpu_count
        THEN format('gpu_count is %s, but %s in sku "%s"', trim_scale(gpu_count), trim_scale(offer_gpu_count), sku)
        WHEN is_session AND session_hours < 0.0
        THEN 'a session has negative hours'
        WHEN is_session AND (billing_increment_seconds IS NULL OR minimum_seconds IS NULL)
        THEN concat('the billing increment or minimum of ',
                    coalesce('sku "' || sku, 'accelerator "' || accelerator),
                    '" is not known') END;
COMMENT ON FUNCTION accelcost_internal.hours_reason(
    text, text, text, text, boolean, numeric, boolean, boolean, numeric, boolean, numeric, numeric, numeric, numeric) IS
    'returns why the hours of a group of usage cannot be priced; NULL if they can';
