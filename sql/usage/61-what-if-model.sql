-- What a month's tokens would cost at other sellers, or with another model.

-- Longer than 80 lines: from the tokens of the month to ranked prices, each step a CTE.
CREATE FUNCTION accelcost.what_if_model(
    month date, model text DEFAULT NULL, at_model text DEFAULT NULL, service_tier text DEFAULT 'standard',
    currency text DEFAULT 'USD', source regclass DEFAULT 'accelcost.usage', rate_at timestamptz DEFAULT NULL,
    max_age interval DEFAULT '180 days')
RETURNS TABLE (
    model text, rank integer, provider text, at_model text, service_tier text, geo text, tokens numeric, total numeric,
    cost_per_million numeric, delta_vs_actual numeric, usage_rows bigint, unpriced_rows bigint, currency text,
    price_source text, price_origin text, price_as_of date, is_old boolean, reason text)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
SET jit = off
-- Longer than 80 lines: what was used, who sells it, and the verdict, one after the other.
BEGIN ATOMIC
    WITH asked AS MATERIALIZED (
        SELECT accelcost_internal.check_month(what_if_model.month) AS month,
               accelcost_internal.check_currency(what_if_model.currency) AS currency,
               coalesce(accelcost.model_name(what_if_model.model), what_if_model.model) AS model,
               coalesce(accelcost.model_name(what_if_model.at_model), what_if_model.at_model) AS at_model,
               lower(accelcost_internal.check_given(what_if_model.service_tier, 'service_tier') COLLATE "C") AS tier,
               accelcost_internal.rate_time(@extschema@.bill_month(what_if_model.month), NULL::timestamptz) AS price_at,
               accelcost_internal.rate_time(@extschema@.bill_month(what_if_model.month),
                                            what_if_model.rate_at) AS rate_at
    ), used AS MATERIALIZED (
        SELECT u.g, u.compute, u.compute_reason
        FROM asked AS a
        CROSS JOIN LATERAL accelcost_internal.usage_priced(what_if_model.source, a.currency, a.month, a.month,
                                                           what_if_model.rate_at) AS u
        WHERE (u.g).uses_tokens AND (u.g).model = coalesce(a.model, (u.g).model)
    ), sold AS MATERIALIZED (
        SELECT t.provider, t.model, t.service_tier, t.geo,
               bool_or(num_nonnulls(t.weekdays, t.utc_from) > 0) AS has_windows
        FROM accelcost.token_price AS t
        CROSS JOIN asked AS a
        WHERE t.valid @> a.price_at AND t.service_tier = a.tier
          AND accelcost_internal.origin_rank(t.origin) IS NOT NULL
        GROUP BY t.provider, t.model, t.service_tier, t.geo
    ), priced AS (
        SELECT (u.g).model AS used_model, s.provider, s.model, s.service_tier, s.geo, (u.g).tokens, (u.g).usage_rows,
               c.cost, c.currency, c.source, c.origin, c.as_of, c.reason
        FROM used AS u
        CROSS JOIN asked AS a
        JOIN sold AS s ON s.model = coalesce(a.at_model, (u.g).model)
        -- The time of the week is known only to the seller's own groups.
        CROSS JOIN LATERAL (SELECT jsonb_populate_record(u.g, jsonb_build_object(
            'provider', s.provider, 'model', s.model, 'service_tier', s.service_tier, 'geo', s.geo, 'problem', NULL,
            'span_from', NULL,
            'second', CASE WHEN NOT s.has_windows OR (u.g).provider = s.provider THEN (u.g).second END)) AS g) AS m
        LEFT JOIN LATERAL (SELECT t AS price
                           FROM accelcost_internal.group_token_price(m.g, a.price_at) AS t) AS p ON true
        CROSS JOIN LATERAL accelcost_internal.tokens_cost(m.g, p.price, false) AS c
    ), line AS (
        SELECT p.used_model, p.provider, p.model, p.service_tier, p.geo, sum(p.tokens) AS tokens,
               sum(p.usage_rows)::bigint AS usage_rows,
               coalesce(sum(p.usage_rows) FILTER (WHERE p.reason IS NOT NULL), 0.0)::bigint AS unpriced_rows,
               sum(p.cost) AS cost, min(p.currency) AS currency, min(p.source COLLATE "C") AS source,
               min(p.origin COLLATE "C") AS origin, min(p.as_of) AS as_of,
               string_agg(DISTINCT p.reason, '; ') AS reason
        FROM priced AS p
        GROUP BY p.used_model, p.provider, p.model, p.service_tier, p.geo
    ), actual AS (
        SELECT (u.g).model, CASE WHEN count(u.compute_reason) = 0 THEN sum(u.compute) END AS cost
        FROM used AS u
        GROUP BY 1
    ), judged AS (
        SELECT l.*, n.cost AS actual_cost, t.total,
               coalesce(l.reason, CASE WHEN l.cost <> 0.0 AND x.rate IS NULL
                                       THEN format('no exchange rate from %s', l.currency)
                                       WHEN NOT t.total < 1.7e20 THEN 'cost out of range' END) AS why
        FROM line AS l
        CROSS JOIN asked AS a
        JOIN actual AS n ON n.model = l.used_model
        LEFT JOIN LATERAL accelcost.fx_at(l.currency, a.currency, a.rate_at) AS x ON true
        CROSS JOIN LATERAL (SELECT CASE WHEN l.cost = 0.0 THEN 0.0 ELSE round(l.cost * x.rate, 18) END AS total) AS t
    )
    SELECT j.used_model,
           CASE WHEN j.why IS NULL
                THEN rank() OVER (PARTITION BY j.used_model
                                  ORDER BY CASE WHEN j.why IS NULL THEN j.total END)::integer END,
           j.provider, j.model, j.service_tier, j.geo, j.tokens,
           CASE WHEN j.why IS NULL THEN trim_scale(j.total) END,
           CASE WHEN j.why IS NULL AND j.tokens > 0.0 THEN @extschema@.per_million(j.total, j.tokens) END,
           CASE WHEN j.why IS NULL THEN trim_scale(j.total - round(j.actual_cost, 18)) END,
           j.usage_rows, j.unpriced_rows, what_if_model.currency, j.source, j.origin, j.as_of,
           accelcost_internal.is_old(j.as_of, (SELECT a.price_at FROM asked AS a), what_if_model.max_age), j.why
    FROM judged AS j
    ORDER BY 1, 2 NULLS LAST, 3, 4, 6;
END;
COMMENT ON FUNCTION accelcost.what_if_model(date, text, text, text, text, regclass, timestamptz, interval) IS
    'ranks the sellers of a month''s models, or of another model, by the cost of the same tokens';
