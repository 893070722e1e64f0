-- What a million tokens of input and of output cost on machines of your own, beside the price of an API.

CREATE TYPE accelcost_internal.model_part AS (
    workload text, model text, usage_cost numeric, shared_cost numeric,
    reason text, usage_reason text, shared_reason text
);
COMMENT ON TYPE accelcost_internal.model_part IS
    'a part of the cost of a model: what it used, and its share of what nobody used';
COMMENT ON COLUMN accelcost_internal.model_part.reason IS 'why both are unknown';
COMMENT ON COLUMN accelcost_internal.model_part.usage_reason IS 'why usage_cost alone is unknown';
COMMENT ON COLUMN accelcost_internal.model_part.shared_reason IS 'why shared_cost alone is unknown';

-- Machines in rows of a model or team are their own. What pods hold of the other machines of a pool is theirs, too. The
-- rest is idle or shared infrastructure, and is divided by weight.
CREATE FUNCTION accelcost_internal.model_parts(used accelcost_internal.machine_use[], weights text)
RETURNS SETOF accelcost_internal.model_part
LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    WITH machine AS (
        SELECT u.pool, round(sum(u.cost), 18) AS cost, min(u.reason COLLATE "C") AS reason,
               CASE WHEN bool_or(u.gpu_hours_unknown) IS NOT TRUE THEN coalesce(sum(u.gpu_hours), 0.0) END AS capacity
        FROM unnest(model_parts.used) AS u
        WHERE u.pool IS NOT NULL AND u.is_machine AND num_nonnulls(u.model, u.team) = 0
        GROUP BY u.pool
    ), holder AS (
        SELECT u.pool, u.workload, u.model, coalesce(sum(u.gpu_hours) FILTER (WHERE NOT u.is_machine), 0.0) AS held,
               bool_or(u.gpu_hours_unknown AND NOT u.is_machine) IS TRUE AS held_unknown,
               sum(u.gpu_hours) AS gpu_hours, sum(u.tokens) AS tokens,
               CASE WHEN bool_or(u.gpu_hours_unknown) IS TRUE
                    THEN 'gpu_count is unknown: it is required where no sku states it'
                    WHEN model_parts.weights = 'tokens' AND bool_or(u.tokens_unknown OR u.cached_unknown) IS TRUE
                    THEN 'tokens are unknown'
                    WHEN model_parts.weights = 'requests' AND bool_or(u.requests_unknown) IS TRUE
                    THEN 'requests are unknown' END AS unknown,
               coalesce(sum(CASE model_parts.weights WHEN 'gpu_hours' THEN u.gpu_hours WHEN 'tokens' THEN u.tokens
                                                     ELSE u.requests END), 0.0) AS weight
        FROM unnest(model_parts.used) AS u
        WHERE num_nonnulls(u.model, u.team) > 0 OR NOT u.is_machine
        GROUP BY u.pool, u.workload, u.model
    ), entry AS (
        SELECT m.pool, m.cost, m.reason, m.capacity, false AS is_idle, h.workload, h.model, h.held,
               h.held_unknown, h.gpu_hours, h.tokens, h.weight, h.unknown
        FROM machine AS m
        JOIN holder AS h ON h.pool = m.pool
        UNION ALL
        SELECT m.pool, m.cost, m.reason, m.capacity, true, 'inference', NULL, 0.0, false, NULL, NULL, 0.0,
               NULL
        FROM machine AS m
    ), judged AS (
        SELECT e.*, sum(e.held) OVER of_pool AS all_held, sum(e.weight) OVER of_pool AS all_weight,
               coalesce(e.reason, min(e.unknown COLLATE "C") OVER of_pool,
                        CASE WHEN e.capacity IS NULL AND sum(e.held) OVER of_pool > 0.0
                             THEN 'gpu_count of a machine is unknown' END) AS why
        FROM entry AS e
        WINDOW of_pool AS (PARTITION BY e.pool)
    ), busy AS (
        -- If pods hold nothing, all is idle or shared.
        SELECT j.*, @extschema@.split_cost(
                        CASE WHEN j.why IS NULL THEN j.cost END,
                        CASE WHEN j.all_held > 0.0 AND j.is_idle THEN greatest(j.capacity - j.all_held, 0.0)
                             WHEN j.all_held > 0.0 THEN j.held
                             ELSE j.is_idle::integer::numeric END,
                        NULL::integer) OVER listed AS part
        FROM judged AS j
        WINDOW listed AS (PARTITION BY j.pool ORDER BY j.is_idle, j.workload COLLATE "C", j.model COLLATE "C")
    ), shared AS (
        SELECT i.*, @extschema@.split_cost(i.idle, i.weight, NULL::integer) OVER listed AS idle_share
        FROM (SELECT b.*, max(b.part) FILTER (WHERE b.is_idle) OVER (PARTITION BY b.pool) AS idle FROM busy AS b) AS i
        WINDOW listed AS (PARTITION BY i.pool, i.is_idle ORDER BY i.workload COLLATE "C", i.model COLLATE "C")
    )
    SELECT u.workload, u.model, round(coalesce(sum(u.cost), 0.0), 18), 0.0, min(u.reason COLLATE "C"),
           NULL::text, NULL::text
    FROM unnest(model_parts.used) AS u
    WHERE u.is_machine AND (num_nonnulls(u.model, u.team) > 0 OR u.pool IS NULL)
    GROUP BY u.workload, u.model
    UNION ALL
    SELECT s.workload, s.model, CASE WHEN NOT s.is_idle THEN coalesce(s.part, 0.0) ELSE 0.0 END,
           CASE WHEN s.all_weight > 0.0 THEN CASE WHEN NOT s.is_idle THEN s.idle_share ELSE 0.0 END
                WHEN s.is_idle THEN s.part
                ELSE 0.0 END,
           CASE WHEN s.held <> 0.0 OR s.held_unknown THEN s.why END,
           CASE WHEN s.tokens <> 0.0 AND coalesce(s.gpu_hours, 0.0) = 0.0
                THEN format('no GPU hours of the model are in pool "%s"', s.pool) END,
           s.why
    FROM shared AS s
    -- What is idle is divided, or has no model.
    WHERE NOT s.is_idle OR s.all_weight <= 0.0;
END;
COMMENT ON FUNCTION accelcost_internal.model_parts(accelcost_internal.machine_use[], text) IS
    'returns parts of the cost of each model: its own machines, what it held of a pool, and its share of the rest';

CREATE TYPE accelcost_internal.model_cost AS (
    model text, usage_cost numeric, allocated_cost numeric, usage_reason text, allocation_reason text,
    tokens numeric, input_tokens numeric, cached_tokens numeric, output_tokens numeric,
    prefill_seconds numeric, decode_seconds numeric, method text, input_weight numeric, output_weight numeric,
    unit_reason text, rate_date date
);
COMMENT ON TYPE accelcost_internal.model_cost IS
    'the cost of a model on both bases, its tokens, and the weights of its input and output';

CREATE FUNCTION accelcost_internal.model_costs(
    used accelcost_internal.machine_use[], weights text, factor numeric)
RETURNS SETOF accelcost_internal.model_cost
LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    WITH cost AS (
        SELECT p.model, sum(p.usage_cost) AS usage_cost, sum(p.usage_cost) + sum(p.shared_cost) AS allocated_cost,
               min(p.reason COLLATE "C") AS reason, min(p.usage_reason COLLATE "C") AS usage_reason,
               min(p.shared_reason COLLATE "C") AS shared_reason
        FROM accelcost_internal.model_parts(model_costs.used, model_costs.weights) AS p
        WHERE p.workload = 'inference'
        GROUP BY p.model
    ), done AS (
        SELECT u.model, sum(u.tokens) AS tokens, coalesce(sum(u.input_tokens), 0.0) AS input_tokens,
               CASE WHEN bool_or(u.cached_unknown) IS NOT TRUE THEN coalesce(sum(u.cached_tokens), 0.0) END
                   AS cached_tokens,
               coalesce(sum(u.output_tokens), 0.0) AS output_tokens,
               bool_or(u.tokens_unknown) IS TRUE AS is_unknown,
               sum(u.prefill_seconds) AS prefill, sum(u.decode_seconds) AS decode,
               bool_or(u.seconds_unknown) IS NOT TRUE
                   AND coalesce(least(sum(u.prefill_seconds), sum(u.decode_seconds)) >= 0.0
                                AND sum(u.prefill_seconds) + sum(u.decode_seconds) > 0.0
                                AND sum(u.prefill_seconds) + sum(u.decode_seconds) < 1e30, false) AS has_seconds,
               min(u.rate_date) AS rate_date
        FROM unnest(model_costs.used) AS u
        WHERE u.workload = 'inference'
        GROUP BY u.model
    ), judged AS (
        SELECT d.*, CASE WHEN d.is_unknown OR d.tokens = 0.0 THEN NULL
                         WHEN d.has_seconds AND d.cached_tokens IS NULL THEN 'compute_time_uncorrected'
                         WHEN d.has_seconds THEN 'compute_time'
                         WHEN model_costs.factor IS NOT NULL THEN 'factor' END AS method
        FROM done AS d
    )
    SELECT c.model, CASE WHEN num_nonnulls(c.reason, c.usage_reason) = 0 THEN c.usage_cost END,
           CASE WHEN num_nonnulls(c.reason, c.shared_reason) = 0 THEN c.allocated_cost END,
           coalesce(c.reason, c.usage_reason), coalesce(c.reason, c.shared_reason),
           CASE WHEN NOT j.is_unknown THEN j.tokens END, CASE WHEN NOT j.is_unknown THEN j.input_tokens END,
           j.cached_tokens, CASE WHEN NOT j.is_unknown THEN j.output_tokens END, j.prefill, j.decode, j.method,
           CASE WHEN j.method = 'factor' THEN j.input_tokens WHEN j.method IS NOT NULL THEN j.prefill END,
           CASE WHEN j.method = 'factor' THEN j.output_tokens * model_costs.factor
                WHEN j.method IS NOT NULL THEN j.decode END,
           CASE WHEN j.is_unknown THEN 'tokens are unknown'
                WHEN j.method IS NULL AND j.tokens <> 0.0
                THEN 'prefill_seconds and decode_seconds are required, or a factor' END,
           j.rate_date
    FROM cost AS c
    LEFT JOIN judged AS j ON j.model IS NOT DISTINCT FROM c.model
    WHERE c.model IS NOT NULL OR j.tokens <> 0.0 OR c.allocated_cost IS DISTINCT FROM 0.0
       OR num_nonnulls(c.reason, c.usage_reason, c.shared_reason) > 0;
END;
COMMENT ON FUNCTION accelcost_internal.model_costs(accelcost_internal.machine_use[], text, numeric) IS
    'returns the cost of inference by model, with tokens and the weights of input and output';

CREATE FUNCTION accelcost_internal.cheapest_api(
    model text, at timestamptz, account text, currency text, rate_at timestamptz, input_tokens numeric,
    cached_tokens numeric, output_tokens numeric)
RETURNS TABLE (
    provider text, input_price numeric, output_price numeric, cost numeric, as_of date)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT s.provider, trim_scale(s.input_price), trim_scale(s.output_price), trim_scale(round(s.cost, 18)), s.as_of
    FROM (
        SELECT p.provider, p.input_price * f.rate AS input_price, p.output_price * f.rate AS output_price, p.as_of,
               (CASE WHEN cheapest_api.input_tokens = 0.0 THEN 0.0 ELSE cheapest_api.input_tokens * p.input_price END
                + CASE WHEN coalesce(cheapest_api.cached_tokens, 0.0) = 0.0 THEN 0.0
                       ELSE cheapest_api.cached_tokens * p.cache_read_price END
                + CASE WHEN cheapest_api.output_tokens = 0.0 THEN 0.0
                       ELSE cheapest_api.output_tokens * p.output_price END) / 1000000 * f.rate AS cost
        FROM (SELECT DISTINCT t.provider FROM accelcost.token_price AS t
              WHERE t.model = cheapest_api.model) AS seller
        CROSS JOIN LATERAL accelcost.token_price_at(seller.provider, cheapest_api.model, cheapest_api.at,
                                                    cheapest_api.account) AS p
        LEFT JOIN LATERAL accelcost.fx_at(p.currency, cheapest_api.currency, cheapest_api.rate_at) AS f ON true
        WHERE p.provider IS NOT NULL) AS s
    -- A seller without a price for tokens read from a cache has no cost, but prices.
    ORDER BY s.cost NULLS LAST, s.output_price NULLS LAST, s.provider COLLATE "C"
    LIMIT 1;
END;
COMMENT ON FUNCTION accelcost_internal.cheapest_api(
    text, timestamptz, text, text, timestamptz, numeric, numeric, numeric) IS
    'returns the seller whose standard prices are the lowest for these tokens of a model, with the cost';

CREATE FUNCTION accelcost.inference_unit_cost(
    month date, model text DEFAULT NULL, weights text DEFAULT 'gpu_hours', factor numeric DEFAULT NULL,
    currency text DEFAULT 'USD', source regclass DEFAULT 'accelcost.usage', rate_at timestamptz DEFAULT NULL,
    account text DEFAULT NULL)
RETURNS TABLE (
    month date, model text, basis text, method text, currency text, cost numeric, input_cost numeric,
    output_cost numeric, tokens numeric, input_tokens numeric, cached_tokens numeric, output_tokens numeric,
    prefill_seconds numeric, decode_seconds numeric, cost_per_million numeric, input_cost_per_million numeric,
    output_cost_per_million numeric, api_provider text, api_cost numeric, api_input_price numeric,
    api_output_price numeric, api_price_as_of date, reason text, rate_date date)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
SET jit = off
BEGIN ATOMIC
    WITH asked AS MATERIALIZED (
        SELECT accelcost_internal.check_month(inference_unit_cost.month) AS month,
               accelcost_internal.check_currency(inference_unit_cost.currency) AS currency,
               coalesce(accelcost.model_name(inference_unit_cost.model), inference_unit_cost.model) AS model,
               accelcost_internal.check_word(accelcost_internal.check_given(inference_unit_cost.weights, 'weights'),
                                             '{gpu_hours,tokens,requests}'::text[], 'weights') AS weights,
               accelcost_internal.check_more_than(inference_unit_cost.factor, 0, 'factor') AS factor
    ), used AS MATERIALIZED (
        SELECT a.*, (SELECT array_agg(u)
                     FROM accelcost_internal.machine_uses(inference_unit_cost.source, a.currency, a.month, a.month,
                                                          inference_unit_cost.rate_at, NULL::text, false) AS u) AS uses
        FROM asked AS a
    ), based AS (
        SELECT u.month, u.currency, c.model, b.basis, b.cost, c.method, c.tokens, c.input_tokens, c.cached_tokens,
               c.output_tokens, c.prefill_seconds, c.decode_seconds, c.rate_date,
               nullif(concat_ws('; ', b.reason, c.unit_reason), '') AS reason,
               -- Rounded once, so that input and output add up to the cost.
               CASE WHEN c.input_weight + c.output_weight > 0.0
                    THEN round(b.cost * c.input_weight * 1.000000000000000000000000000000000000
                               / (c.input_weight + c.output_weight), 18) END AS input_cost
        FROM used AS u
        CROSS JOIN LATERAL accelcost_internal.model_costs(u.uses, u.weights, u.factor) AS c
        CROSS JOIN LATERAL (VALUES ('allocation', c.allocated_cost, c.allocation_reason),
                                   ('usage', c.usage_cost, c.usage_reason)) AS b (basis, cost, reason)
        WHERE u.model IS NULL OR c.model = u.model
    )
    SELECT b.month, b.model, b.basis, b.method, b.currency, trim_scale(b.cost), trim_scale(b.input_cost),
           trim_scale(b.cost - b.input_cost), trim_scale(b.tokens), trim_scale(b.input_tokens),
           trim_scale(b.cached_tokens), trim_scale(b.output_tokens),
           trim_scale(b.prefill_seconds), trim_scale(b.decode_seconds),
           CASE WHEN b.tokens > 0.0 THEN @extschema@.per_million(b.cost, b.tokens) END,
           CASE WHEN b.input_tokens > 0.0 THEN @extschema@.per_million(b.input_cost, b.input_tokens) END,
           CASE WHEN b.output_tokens > 0.0 THEN @extschema@.per_million(b.cost - b.input_cost, b.output_tokens) END,
           p.provider, p.cost, p.input_price, p.output_price, p.as_of, b.reason, b.rate_date
    FROM based AS b
    LEFT JOIN LATERAL accelcost_internal.cheapest_api(
        b.model, accelcost_internal.rate_time(b.month, NULL::timestamptz), inference_unit_cost.account, b.currency,
        accelcost_internal.rate_time(b.month, inference_unit_cost.rate_at), b.input_tokens, b.cached_tokens,
        b.output_tokens) AS p ON true
    ORDER BY b.model COLLATE "C", b.basis;
END;
COMMENT ON FUNCTION accelcost.inference_unit_cost(
    date, text, text, numeric, text, regclass, timestamptz, text) IS
    'returns the cost of inference on machines by model, input and output apart, beside the price of an API';
