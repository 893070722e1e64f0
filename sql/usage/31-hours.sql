-- Price the hours of machines: the price of a SKU or an accelerator, or why there is none.

CREATE TYPE accelcost_internal.hour_price AS (
    amount numeric, currency text, is_per_gpu boolean, gpu_count numeric, accelerator text,
    billing_increment_seconds numeric, minimum_seconds numeric, source text, origin text, as_of date, reason text
);
COMMENT ON TYPE accelcost_internal.hour_price IS
    'the price of an hour of an instance or accelerator, or the reason why there is none';

CREATE FUNCTION accelcost_internal.sku_price(
    provider text, sku text, at timestamptz, region text, purchase_option text, term_months integer, account text,
    new_price accelcost.offer_price DEFAULT NULL)
RETURNS accelcost_internal.hour_price
LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    what  CONSTANT text := format('%s price for sku "%s"', sku_price.purchase_option, sku_price.sku);
    offer record;
    price accelcost_internal.hour_price;
BEGIN
    SELECT * INTO offer
    FROM accelcost_internal.find_offer_price(sku_price.provider, sku_price.sku, sku_price.at, sku_price.region,
                                             sku_price.purchase_option, sku_price.term_months, sku_price.account);
    IF (new_price).sku IS NOT NULL THEN
        -- An offer without a price also says what the new price is for.
        SELECT o.accelerator, o.gpu_count, o.price_basis, o.upfront, o.billing_increment_seconds, o.minimum_seconds,
               accelcost_internal.discounted((new_price).amount, d.factor) AS amount, (new_price).currency,
               (new_price).source, (new_price).origin, (new_price).as_of, NULL::text AS regions
        INTO offer
        FROM accelcost.offer AS o
        LEFT JOIN LATERAL accelcost_internal.find_discount(
            o.provider, sku_price.account, 'hours', o.sku, o.purchase_option, sku_price.at) AS d
            ON (new_price).origin <> 'negotiated' AND (new_price).account IS NULL
        WHERE o.provider = sku_price.provider AND o.sku = sku_price.sku
          AND o.purchase_option = sku_price.purchase_option AND o.term_months = sku_price.term_months
        ORDER BY o.region = coalesce(offer.found_region, sku_price.region, '*') DESC, o.price_basis = 'unknown',
                 o.builtin, o.region COLLATE "C"
        LIMIT 1;
    END IF;
    IF offer.price_basis IS NULL THEN
        -- An offer says what it is for even if it has no price.
        SELECT o.accelerator, o.gpu_count INTO price.accelerator, price.gpu_count
        FROM accelcost.offer AS o
        WHERE o.provider = sku_price.provider AND o.sku = sku_price.sku
        ORDER BY o.region = sku_price.region DESC NULLS LAST,
                 o.purchase_option = sku_price.purchase_option DESC, o.builtin, o.region COLLATE "C"
        LIMIT 1;
        price.reason := concat('no ', what, ' in region "' || sku_price.region || '"');
        RETURN price;
    END IF;
    price := ROW(offer.amount, offer.currency, offer.price_basis IN ('per_gpu', 'per_chip'), offer.gpu_count,
                 offer.accelerator, offer.billing_increment_seconds, offer.minimum_seconds, offer.source,
                 offer.origin, offer.as_of, NULL);
    price.reason := CASE
        WHEN offer.regions IS NOT NULL THEN format('region is required: the %s differs by region', what)
        WHEN offer.price_basis = 'unknown' THEN format('the basis of the %s is unknown', what)
        WHEN offer.price_basis = 'host_only' THEN format('the %s is without accelerators', what)
        WHEN offer.amount IS NULL THEN format('the %s is a range', what)
        WHEN offer.upfront > 0 THEN format('the %s has an upfront part', what) END;
    IF price.reason IS NOT NULL THEN
        price.amount := NULL;
    END IF;
    RETURN price;
END
$$;
COMMENT ON FUNCTION accelcost_internal.sku_price(
    text, text, timestamptz, text, text, integer, text, accelcost.offer_price) IS
    'returns the price per hour of a SKU, or the reason why there is none';

-- Only the accelerator is known: use the price that all offers of the best origin agree on.
CREATE FUNCTION accelcost_internal.accelerator_price(
    provider text, accelerator text, at timestamptz, region text, purchase_option text, term_months integer,
    account text)
RETURNS accelcost_internal.hour_price
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    WITH known AS (
        SELECT accelcost_internal.price_per_gpu(accelcost_internal.discounted(q.amount, d.factor),
                                                q.price_basis, q.gpu_count) AS per_gpu, q.currency, q.source,
               q.origin, q.as_of, q.billing_increment_seconds, q.minimum_seconds,
               rank() OVER (ORDER BY accelcost_internal.origin_rank(q.origin), q.account IS NULL) AS ordinal
        FROM accelcost_internal.prices_at(accelerator_price.at) AS q
        LEFT JOIN LATERAL accelcost_internal.find_discount(
            q.provider, accelerator_price.account, 'hours', q.sku, q.purchase_option, accelerator_price.at) AS d
            ON q.account IS NULL
        WHERE q.provider = accelerator_price.provider AND q.accelerator = accelerator_price.accelerator
          AND q.purchase_option = accelerator_price.purchase_option AND q.term_months = accelerator_price.term_months
          AND (q.account IS NULL OR q.account = accelerator_price.account)
          AND (q.region IN (accelerator_price.region, '*') OR accelerator_price.region IS NULL)
          AND q.amount IS NOT NULL AND q.price_basis NOT IN ('host_only', 'unknown') AND coalesce(q.upfront, 0.0) = 0.0
    )
    SELECT CASE WHEN count(DISTINCT (k.per_gpu, k.currency)) = 1 THEN min(k.per_gpu) END, min(k.currency), true,
           NULL::numeric, accelerator_price.accelerator,
           CASE WHEN count(DISTINCT k.billing_increment_seconds) = 1 AND count(k.billing_increment_seconds) = count(*)
                THEN min(k.billing_increment_seconds) END,
           CASE WHEN count(DISTINCT k.minimum_seconds) = 1 AND count(k.minimum_seconds) = count(*)
                THEN min(k.minimum_seconds) END,
           min(k.source COLLATE "C"), min(k.origin COLLATE "C"), max(k.as_of),
           CASE WHEN count(*) = 0
                THEN format('no %s price for accelerator "%s"', accelerator_price.purchase_option,
                            accelerator_price.accelerator)
                WHEN count(DISTINCT (k.per_gpu, k.currency)) > 1
                THEN format('sku is required: the %s price for accelerator "%s" differs',
                            accelerator_price.purchase_option, accelerator_price.accelerator) END
    FROM known AS k
    WHERE k.ordinal = 1 AND k.per_gpu IS NOT NULL;
END;
COMMENT ON FUNCTION accelcost_internal.accelerator_price(text, text, timestamptz, text, text, integer, text) IS
    'returns the price per hour on which a provider''s offers for an accelerator agree, or why there is none';

CREATE FUNCTION accelcost_internal.group_hour_price(
    g accelcost_internal.usage_group, at timestamptz, new_price accelcost.offer_price)
RETURNS accelcost_internal.hour_price
    LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN CASE
        WHEN (g).sku IS NOT NULL
        THEN accelcost_internal.sku_price((g).provider, (g).sku, at, (g).region, (g).purchase_option, (g).term_months,
                                          (g).payer, new_price)
        ELSE accelcost_internal.accelerator_price((g).provider, (g).accelerator, at, (g).region, (g).purchase_option,
                                                  (g).term_months, (g).payer) END;
COMMENT ON FUNCTION accelcost_internal.group_hour_price(
    accelcost_internal.usage_group, timestamptz, accelcost.offer_price) IS
    'returns the price per hour of the machines of a group at a time';

CREATE FUNCTION accelcost_internal.hour_key(g accelcost_internal.usage_group, at timestamptz) RETURNS text
    LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN ROW((g).provider, (g).sku, CASE WHEN (g).sku IS NULL THEN (g).accelerator END, at, (g).region,
               (g).purchase_option, (g).term_months, (g).payer)::text;
COMMENT ON FUNCTION accelcost_internal.hour_key(accelcost_internal.usage_group, timestamptz) IS
    'returns all that the price of the hours of a group at a time depends on, as text that can be hashed';

CREATE FUNCTION accelcost_internal.line_key(g accelcost_internal.usage_group) RETURNS text
    LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN ROW((g).month, (g).shown_provider, (g).sku, CASE WHEN (g).sku IS NULL THEN (g).accelerator END,
               (g).payer, (g).workload, (g).model, (g).team)::text;
COMMENT ON FUNCTION accelcost_internal.line_key(accelcost_internal.usage_group) IS
    'returns the machines of a group and its line of reports, as text that can be hashed';

CREATE FUNCTION accelcost_internal.machine_key(g accelcost_internal.usage_group) RETURNS text
    LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN ROW((g).month, (g).shown_provider, (g).sku, CASE WHEN (g).sku IS NULL THEN (g).accelerator END)::text;
COMMENT ON FUNCTION accelcost_internal.machine_key(accelcost_internal.usage_group) IS
    'returns the machines of a group and its month, as text that can be hashed';

-- One expression, so that it becomes part of the query that calls it.
CREATE FUNCTION accelcost_internal.hours_elsewhere(
    g accelcost_internal.usage_group, payers text[], teams text[], models text[], lines text[]) RETURNS text
    LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN CASE
        WHEN NOT (g).has_tokens_only
             OR ROW((g).payer, (g).workload, (g).model, (g).team)::text = ANY (lines) THEN NULL
        WHEN lines IS NULL THEN 'no record has the hours of this machine'
        ELSE concat('hours of this machine are in rows of another ',
                    coalesce(nullif(concat_ws(' and ',
                        CASE WHEN NOT ROW((g).payer)::text = ANY (payers) THEN 'payer' END,
                        CASE WHEN NOT ROW((g).team)::text = ANY (teams) THEN 'team' END,
                        CASE WHEN NOT ROW((g).model)::text = ANY (models) THEN 'model' END), ''), 'team or model'),
                    ': set pool in both and use showback') END;
COMMENT ON FUNCTION accelcost_internal.hours_elsewhere(
    accelcost_internal.usage_group, text[], text[], text[], text[]) IS
    'returns the reason if the tokens of a machine are on a line of reports that does not have its hours';

-- One expression, so that it becomes part of the query that calls it.
CREATE FUNCTION accelcost_internal.hours_reason(
    g accelcost_internal.usage_group, price accelcost_internal.hour_price, hours_elsewhere text)
RETURNS text
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN coalesce(
        CASE WHEN (g).problem IS NOT NULL
             THEN (g).problem
             WHEN (g).hours_unknown
             THEN 'instance_hours are unknown'
             WHEN NOT (g).span_hours > '-Infinity'::numeric OR NOT (g).span_hours < 'Infinity'::numeric
             THEN 'instance_hours are not a number'
             WHEN (g).sku IS NULL AND (g).accelerator IS NULL
             THEN 'sku or accelerator is unknown' END,
        (price).reason, hours_elsewhere,
        CASE WHEN (price).is_per_gpu AND NOT (g).has_tokens_only AND coalesce((g).gpu_count, (price).gpu_count) IS NULL
             THEN concat('gpu_count is required: the price for ',
                         coalesce('sku "' || (g).sku, 'accelerator "' || (g).accelerator), '" is for one accelerator')
             WHEN NOT (price).is_per_gpu AND (g).gpu_count <> (price).gpu_count
             THEN format('gpu_count is %s, but %s in sku "%s"', trim_scale((g).gpu_count),
                         trim_scale((price).gpu_count), (g).sku)
             WHEN (g).is_session AND (g).session_hours < 0.0
             THEN 'a session has negative hours'
             WHEN (g).is_session AND ((price).billing_increment_seconds IS NULL OR (price).minimum_seconds IS NULL)
             THEN concat('the billing increment or minimum of ',
                         coalesce('sku "' || (g).sku, 'accelerator "' || (g).accelerator), '" is unknown') END);
COMMENT ON FUNCTION accelcost_internal.hours_reason(
    accelcost_internal.usage_group, accelcost_internal.hour_price, text) IS
    'returns why the hours of a group of usage cannot be priced at a price; NULL if they can';

CREATE TYPE accelcost_internal.hours_cost AS (
    n bigint, currency text, cost numeric, hour_price numeric, session_price numeric, is_estimate boolean,
    accelerator text, gpu_count numeric, source text, origin text, as_of date, reason text
);
COMMENT ON TYPE accelcost_internal.hours_cost IS
    'the cost of the hours of a group, and the price of an hour or of a session';

-- If the price changes within the records, or they extend past the month, price_seconds is the sum of the prices of
-- their seconds in the month.
CREATE FUNCTION accelcost_internal.hours_cost(
    g accelcost_internal.usage_group, price accelcost_internal.hour_price, unit_price numeric, is_spread boolean,
    price_seconds numeric, reason text)
RETURNS SETOF accelcost_internal.hours_cost
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT (g).n, (price).currency,
           CASE WHEN reason IS NOT NULL THEN NULL
                WHEN (g).has_tokens_only THEN 0.0
                WHEN (g).is_session THEN p.session_price * (g).usage_rows::numeric
                WHEN is_spread
                THEN round((g).span_hours * price_seconds * 1.000000000000000000000000000000000000 / p.seconds, 18)
                ELSE unit_price * (g).instance_hours END,
           CASE WHEN (g).has_tokens_only THEN 0.0 WHEN NOT (g).is_session THEN p.hour_price END, p.session_price,
           -- Hours that are spread over months are an estimate without a cost, too.
           coalesce(is_spread AND (g).is_estimate AND (reason IS NULL OR (g).share_from IS NOT NULL), false),
           coalesce((g).accelerator, (price).accelerator), coalesce((g).gpu_count, (price).gpu_count),
           (price).source, (price).origin, (price).as_of, reason
    FROM (SELECT s.seconds, h.hour_price,
                 -- Each session is billed on its own, by the second.
                 CASE WHEN (g).is_session AND reason IS NULL AND NOT (g).has_tokens_only
                      THEN round(h.hour_price
                                 * @extschema@.billed_seconds((g).session_hours * 3600.0,
                                                              (price).billing_increment_seconds,
                                                              (price).minimum_seconds)
                                 * 1.00000000000000000000 / 3600.0, 18) END AS session_price
          FROM (SELECT extract(epoch FROM (g).span_to) - extract(epoch FROM (g).span_from) AS seconds) AS s
          CROSS JOIN LATERAL (SELECT CASE WHEN NOT is_spread THEN unit_price
                                          ELSE round(price_seconds * 1.000000000000000000000000000000000000
                                                     / s.seconds, 36) END AS hour_price) AS h) AS p;
END;
COMMENT ON FUNCTION accelcost_internal.hours_cost(
    accelcost_internal.usage_group, accelcost_internal.hour_price, numeric, boolean, numeric, text) IS
    'returns the cost of the hours of a group of usage at a price, or at several spread over its time';
