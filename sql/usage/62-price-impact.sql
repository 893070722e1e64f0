-- What a month's usage would cost at new prices.

CREATE FUNCTION accelcost.price_impact(
    month date, new_prices regclass, currency text DEFAULT 'USD', source regclass DEFAULT 'accelcost.usage',
    rate_at timestamptz DEFAULT NULL)
RETURNS TABLE (
    provider text, sku text, model text, usage_rows bigint, instance_hours numeric, tokens numeric, currency text,
    cost_old numeric, cost_new numeric, delta numeric, unpriced_rows bigint, reason text)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
SET jit = off
BEGIN ATOMIC
    WITH asked AS MATERIALIZED (
        SELECT accelcost_internal.check_month(price_impact.month) AS month,
               accelcost_internal.check_currency(price_impact.currency) AS currency
    ), new_price AS MATERIALIZED (
        SELECT p.offer, p.token
        FROM accelcost_internal.new_prices(
                 accelcost_internal.check_given(price_impact.new_prices::oid::text, 'new_prices')::oid::regclass) AS p
    ), touched AS MATERIALIZED (
        SELECT DISTINCT (p.offer).provider, (p.offer).sku, NULL::text AS model
        FROM new_price AS p WHERE (p.offer).sku IS NOT NULL
        UNION ALL
        SELECT DISTINCT (p.token).provider, NULL, (p.token).model
        FROM new_price AS p WHERE (p.token).model IS NOT NULL
    ), priced AS (
        SELECT false AS is_new, u.g, u.compute, u.compute_reason
        FROM asked AS a
        CROSS JOIN LATERAL accelcost_internal.usage_priced(price_impact.source, a.currency, a.month, a.month,
                                                           price_impact.rate_at) AS u
        UNION ALL
        SELECT true, u.g, u.compute, u.compute_reason
        FROM asked AS a
        CROSS JOIN LATERAL accelcost_internal.usage_priced(price_impact.source, a.currency, a.month, a.month,
                                                           price_impact.rate_at, price_impact.new_prices) AS u
    ), compared AS (
        SELECT t.provider, t.sku, t.model, sum((p.g).usage_rows) FILTER (WHERE p.is_new) AS usage_rows,
               CASE WHEN t.sku IS NOT NULL THEN sum((p.g).instance_hours) FILTER (WHERE p.is_new) END AS instance_hours,
               CASE WHEN t.model IS NOT NULL THEN sum((p.g).tokens) FILTER (WHERE p.is_new) END AS tokens,
               CASE WHEN count(p.compute_reason) FILTER (WHERE NOT p.is_new) = 0
                    THEN sum(p.compute) FILTER (WHERE NOT p.is_new) END AS cost_old,
               CASE WHEN count(p.compute_reason) FILTER (WHERE p.is_new) = 0
                    THEN sum(p.compute) FILTER (WHERE p.is_new) END AS cost_new,
               greatest(sum((p.g).usage_rows) FILTER (WHERE p.is_new AND p.compute_reason IS NOT NULL),
                        sum((p.g).usage_rows) FILTER (WHERE NOT p.is_new AND p.compute_reason IS NOT NULL),
                        0.0) AS unpriced_rows,
               CASE WHEN count(p.g) = 0 THEN 'no usage of the month has this price'
                    ELSE string_agg(DISTINCT p.compute_reason, '; ') END AS reason
        FROM touched AS t
        LEFT JOIN priced AS p ON (p.g).shown_provider = t.provider
            AND (((p.g).uses_hours AND (p.g).sku = t.sku) OR ((p.g).uses_tokens AND (p.g).model = t.model))
        GROUP BY t.provider, t.sku, t.model
    )
    SELECT c.provider, c.sku, c.model, coalesce(c.usage_rows, 0.0)::bigint, trim_scale(c.instance_hours), c.tokens,
           price_impact.currency,
           trim_scale(c.cost_old), trim_scale(c.cost_new), trim_scale(c.cost_new - c.cost_old), c.unpriced_rows::bigint,
           c.reason
    FROM compared AS c
    ORDER BY c.provider, c.sku, c.model;
END;
COMMENT ON FUNCTION accelcost.price_impact(date, regclass, text, regclass, timestamptz) IS
    'compares a month''s cost at catalog prices and at new prices, by SKU or model';
