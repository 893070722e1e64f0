-- Unit costs: what a request, a user, a customer and a million tokens cost, with the share of usage that has a price.

CREATE FUNCTION accelcost_internal.unit_value(r accelcost_internal.record_cost, by text) RETURNS text
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN CASE by WHEN 'team' THEN (r).team WHEN 'feature' THEN (r).feature WHEN 'customer' THEN (r).customer
                   WHEN 'user_id' THEN (r).user_id WHEN 'model' THEN (r).model WHEN 'provider' THEN (r).provider
                   WHEN 'payer' THEN (r).payer WHEN 'workload' THEN (r).workload WHEN 'pool' THEN (r).pool END;
COMMENT ON FUNCTION accelcost_internal.unit_value(accelcost_internal.record_cost, text) IS
    'returns the attribute of a record that unit costs are grouped by';

CREATE TYPE accelcost_internal.unit_line AS (
    value text, user_id text, customer text, line text, machine text,
    usage_rows bigint, priced_rows bigint, cost numeric, token_cost numeric,
    requests numeric, priced_requests numeric, requests_unknown bigint,
    tokens numeric, priced_tokens numeric, tokens_unknown bigint,
    has_hours boolean, has_tokens_only boolean, reason text, rate_date date
);
COMMENT ON TYPE accelcost_internal.unit_line IS
    'records of one value, user, customer and line of reports, summed; costs are those of priced records';
COMMENT ON COLUMN accelcost_internal.unit_line.token_cost IS 'cost of hours, energy and tokens';
COMMENT ON COLUMN accelcost_internal.unit_line.has_tokens_only IS
    'true if records have tokens of a machine whose hours are in other records';

CREATE FUNCTION accelcost_internal.unit_lines(
    source regclass, currency text, month date, rate_at timestamptz, by text)
RETURNS SETOF accelcost_internal.unit_line
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
SET jit = off
SET enable_sort = off
SET hash_mem_multiplier = 64
BEGIN ATOMIC
    SELECT c.value, c.user_id, c.customer, c.line, c.machine, count(*), count(*) FILTER (WHERE c.reason IS NULL),
           sum(coalesce(c.compute, 0.0) + coalesce(c.metered, 0.0) + coalesce(c.energy, 0.0) + coalesce(c.egress, 0.0)
               + coalesce(c.storage, 0.0)) FILTER (WHERE c.reason IS NULL),
           sum(coalesce(c.compute, 0.0) + coalesce(c.energy, 0.0)) FILTER (WHERE c.reason IS NULL),
           sum(c.requests), sum(c.requests) FILTER (WHERE c.reason IS NULL),
           count(*) FILTER (WHERE c.reason IS NULL AND c.tokens <> 0.0 AND c.requests IS NULL),
           sum(c.tokens), sum(c.tokens) FILTER (WHERE c.reason IS NULL),
           count(*) FILTER (WHERE c.reason IS NULL AND c.tokens_unknown),
           bool_or(c.machine IS NOT NULL AND c.instance_hours <> 0.0) IS TRUE,
           bool_or(c.machine IS NOT NULL AND c.instance_hours = 0.0 AND c.tokens <> 0.0) IS TRUE,
           min(c.reason COLLATE "C"), min(c.rate_date)
    FROM (SELECT r.reason, r.compute, r.metered, r.energy, r.egress, r.storage, r.requests,
                 accelcost_internal.shown_tokens(r) AS tokens, r.instance_hours,
                 r.user_id, r.customer, r.rate_date, accelcost_internal.unit_value(r, unit_lines.by) AS value,
                 coalesce(r.sku, r.accelerator) AS machine,
                 -- In later months of its period a record has hours only.
                 r.month = @extschema@.bill_month(r.period_start)
                     AND num_nulls(r.uncached_input_tokens, r.cache_read_tokens, r.cache_write_5m_tokens,
                                   r.cache_write_1h_tokens, r.output_tokens) > 0 AS tokens_unknown,
                 ROW(r.provider, r.payer, r.workload, r.model, r.team)::text AS line
          FROM accelcost_internal.record_costs(unit_lines.source, unit_lines.currency, unit_lines.month,
                                               unit_lines.month, unit_lines.rate_at) AS r) AS c
    GROUP BY c.value, c.user_id, c.customer, c.line, c.machine;
END;
COMMENT ON FUNCTION accelcost_internal.unit_lines(regclass, text, date, timestamptz, text) IS
    'returns records of a month summed by a value, user, customer and line of reports';

-- Longer than 80 lines with its columns: lines with a unit cost are told from those without, and added up.
CREATE FUNCTION accelcost.unit_cost(
    month date, by text DEFAULT 'team', currency text DEFAULT 'USD', source regclass DEFAULT 'accelcost.usage',
    rate_at timestamptz DEFAULT NULL)
RETURNS TABLE (
    month date, grouped_by text, value text, currency text, cost numeric, usage_rows bigint, priced_rows bigint,
    row_coverage numeric, requests numeric, cost_per_request numeric, users bigint, cost_per_user numeric,
    customers bigint, cost_per_customer numeric, tokens numeric, priced_tokens numeric, token_coverage numeric,
    cost_per_million numeric, reason text, rate_date date)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
SET jit = off
BEGIN ATOMIC
    WITH asked AS MATERIALIZED (
        SELECT accelcost_internal.check_month(unit_cost.month) AS month,
               accelcost_internal.check_word(
                   unit_cost.by, '{team,feature,customer,user_id,model,provider,payer,workload,pool}'::text[],
                   'by') AS by,
               accelcost_internal.check_currency(unit_cost.currency) AS currency
    ), line AS MATERIALIZED (
        SELECT l.*
        FROM asked AS a
        CROSS JOIN LATERAL accelcost_internal.unit_lines(unit_cost.source, a.currency, a.month, unit_cost.rate_at,
                                                         a.by) AS l
    ), placed AS MATERIALIZED (
        -- Tokens of a machine have a cost where its hours are.
        SELECT ROW(l.value, l.line, l.machine)::text AS key, ROW(l.value, l.line)::text AS line_key,
               bool_or(l.has_tokens_only) AND NOT bool_or(l.has_hours) AS is_elsewhere,
               sum(l.requests_unknown) = 0.0 AS has_requests, sum(l.priced_tokens) AS priced_tokens,
               sum(l.tokens_unknown) AS tokens_unknown
        FROM line AS l
        GROUP BY 1, 2
    ), counted AS (
        -- As in the monthly reports, lines without tokens are in no cost per million.
        SELECT p.key, p.is_elsewhere, p.has_requests,
               coalesce(sum(p.priced_tokens) FILTER (WHERE NOT p.is_elsewhere) OVER of_line > 0.0
                        AND sum(p.tokens_unknown) OVER of_line = 0.0, false) AS has_tokens
        FROM placed AS p
        WINDOW of_line AS (PARTITION BY p.line_key)
    ), added AS (
        SELECT l.value, min(l.rate_date) AS rate_date, sum(l.usage_rows)::bigint AS usage_rows,
               coalesce(sum(l.priced_rows) FILTER (WHERE NOT p.is_elsewhere), 0.0)::bigint AS priced_rows,
               round(sum(l.cost), 18) AS cost, sum(l.requests) AS requests,
               sum(l.cost) FILTER (WHERE p.has_requests AND NOT p.is_elsewhere) AS request_cost,
               sum(l.priced_requests) FILTER (WHERE p.has_requests AND NOT p.is_elsewhere) AS priced_requests,
               sum(l.requests_unknown) AS requests_unknown,
               count(DISTINCT l.user_id) FILTER (WHERE l.priced_rows > 0) AS users,
               count(DISTINCT l.customer) FILTER (WHERE l.priced_rows > 0) AS customers,
               sum(l.tokens) AS tokens,
               sum(l.token_cost) FILTER (WHERE p.has_tokens AND NOT p.is_elsewhere) AS token_cost,
               coalesce(sum(l.priced_tokens) FILTER (WHERE p.has_tokens AND NOT p.is_elsewhere), 0.0)
                   AS priced_tokens,
               sum(l.tokens_unknown) AS tokens_unknown, bool_or(p.is_elsewhere) AS is_elsewhere,
               min(l.reason COLLATE "C") AS reason
        FROM line AS l
        JOIN counted AS p ON p.key = ROW(l.value, l.line, l.machine)::text
        GROUP BY l.value
    )
    SELECT a.month, a.by, d.value, a.currency, trim_scale(d.cost), d.usage_rows, d.priced_rows,
           trim_scale(round(d.priced_rows::numeric / d.usage_rows, 6)), d.requests,
           CASE WHEN d.priced_requests > 0.0
                THEN trim_scale(round(d.request_cost * 1.000000000000000000 / d.priced_requests, 18)) END,
           d.users, CASE WHEN d.users > 0 AND NOT d.is_elsewhere
                         THEN trim_scale(round(d.cost * 1.000000000000000000 / d.users, 18)) END,
           d.customers, CASE WHEN d.customers > 0 AND NOT d.is_elsewhere
                             THEN trim_scale(round(d.cost * 1.000000000000000000 / d.customers, 18)) END,
           trim_scale(d.tokens), trim_scale(d.priced_tokens),
           CASE WHEN d.tokens > 0.0 THEN trim_scale(round(d.priced_tokens / d.tokens, 6)) END,
           CASE WHEN d.priced_tokens > 0.0
                THEN @extschema@.per_million(d.token_cost, d.priced_tokens) END,
           nullif(concat_ws('; ', d.reason,
               CASE WHEN d.is_elsewhere
                    THEN 'hours of a machine are not in these rows: use showback or inference_unit_cost' END,
               CASE WHEN d.requests_unknown > 0.0 THEN 'requests of some records are unknown' END,
               CASE WHEN d.tokens_unknown > 0.0 THEN 'tokens of some records are unknown' END), ''),
           d.rate_date
    FROM added AS d
    CROSS JOIN asked AS a
    ORDER BY d.cost DESC NULLS LAST, d.value COLLATE "C";
END;
COMMENT ON FUNCTION accelcost.unit_cost(date, text, text, regclass, timestamptz) IS
    'returns the cost per request, user, customer and million tokens of a month, with the share that has a price';
