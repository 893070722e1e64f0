-- Divide the cost of shared machines between those who used them.

CREATE TYPE accelcost.showback_line AS (
    month date, pool text, is_idle boolean, team text, model text, feature text, currency text,
    weight numeric, share numeric, cost numeric, idle_cost numeric,
    tokens numeric, requests numeric, cost_per_million_busy numeric, cost_per_million_loaded numeric,
    reason text, rate_date date
);
COMMENT ON TYPE accelcost.showback_line IS
    'part of the cost of a pool of shared machines: that of a team, model and feature, or idle';
COMMENT ON COLUMN accelcost.showback_line.month IS 'first day of the month, UTC';
COMMENT ON COLUMN accelcost.showback_line.pool IS 'pool of shared machines';
COMMENT ON COLUMN accelcost.showback_line.is_idle IS 'true for the cost of unused capacity';
COMMENT ON COLUMN accelcost.showback_line.team IS 'team that used it';
COMMENT ON COLUMN accelcost.showback_line.model IS 'model, by its catalog name, or as the usage names it';
COMMENT ON COLUMN accelcost.showback_line.feature IS 'feature that it was used for';
COMMENT ON COLUMN accelcost.showback_line.currency IS 'currency of all costs in the row';
COMMENT ON COLUMN accelcost.showback_line.weight IS 'GPU hours, tokens, requests or given weight; NULL if unknown';
COMMENT ON COLUMN accelcost.showback_line.share IS
    'weight divided by the capacity, or by all weights if they are more';
COMMENT ON COLUMN accelcost.showback_line.cost IS
    'part of the cost of the pool; all parts add up to it; NULL if unknown';
COMMENT ON COLUMN accelcost.showback_line.idle_cost IS
    'part of cost for unused capacity; NULL if the capacity is unknown';
COMMENT ON COLUMN accelcost.showback_line.tokens IS 'input and output tokens; NULL if some are unknown';
COMMENT ON COLUMN accelcost.showback_line.requests IS 'requests of the records that state their number';
COMMENT ON COLUMN accelcost.showback_line.cost_per_million_busy IS 'cost without idle per million tokens';
COMMENT ON COLUMN accelcost.showback_line.cost_per_million_loaded IS
    'cost with a share of idle per million tokens, also if idle is a row of its own';
COMMENT ON COLUMN accelcost.showback_line.reason IS 'why a cost is NULL';
COMMENT ON COLUMN accelcost.showback_line.rate_date IS 'date of the exchange rates';

CREATE TYPE accelcost_internal.pool_weight AS (
    month date, pool text, team text, model text, feature text, weight numeric, unknown text,
    tokens numeric, tokens_unknown boolean, requests numeric
);
COMMENT ON TYPE accelcost_internal.pool_weight IS
    'weight and tokens of a line of showback; unknown says why the weight is unknown';

-- Weights of usage or of a relation. If the relation has no models or features, usage is added up without them.
CREATE FUNCTION accelcost_internal.pool_weights(
    used accelcost_internal.machine_use[], weights text, relation regclass)
RETURNS SETOF accelcost_internal.pool_weight
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    WITH given AS MATERIALIZED (
        SELECT g.month, g.pool, g.team, coalesce(accelcost.model_name(g.model), g.model) AS model, g.feature,
               g.weight, g.has_model, g.has_feature
        FROM accelcost_internal.given_weights(pool_weights.relation) AS g
    ), grain AS (
        SELECT coalesce(bool_and(g.has_model), true) AS has_model,
               coalesce(bool_and(g.has_feature), true) AS has_feature
        FROM given AS g
    ), weighed AS (
        SELECT u.month, u.pool, u.team, CASE WHEN r.has_model THEN u.model END AS model,
               CASE WHEN r.has_feature THEN u.feature END AS feature,
               CASE pool_weights.weights
                   WHEN 'gpu_hours' THEN CASE WHEN u.team IS NOT NULL THEN u.gpu_hours END
                   WHEN 'tokens' THEN u.tokens
                   WHEN 'requests' THEN u.requests END AS weight,
               CASE pool_weights.weights
                   WHEN 'gpu_hours'
                   THEN CASE WHEN u.team IS NOT NULL AND u.gpu_hours_unknown
                             THEN 'gpu_count is unknown: it is required where no sku states it' END
                   WHEN 'tokens' THEN CASE WHEN u.cached_unknown OR u.tokens_unknown THEN 'tokens are unknown' END
                   WHEN 'requests' THEN CASE WHEN u.requests_unknown THEN 'requests are unknown' END END AS unknown,
               u.tokens, u.cached_unknown OR u.tokens_unknown AS tokens_unknown, u.requests
        FROM unnest(pool_weights.used) AS u
        CROSS JOIN grain AS r
        -- Machines without a team are not a line.
        WHERE u.team IS NOT NULL OR u.tokens <> 0.0 OR u.requests <> 0.0
           OR (NOT u.is_machine AND (u.tokens_unknown OR u.cached_unknown))
        UNION ALL
        SELECT p.month, p.pool, g.team, g.model, g.feature, g.weight,
               CASE WHEN g.weight IS NULL THEN 'a weight is unknown' END, 0.0, false, NULL
        FROM (SELECT DISTINCT u.month, u.pool FROM unnest(pool_weights.used) AS u) AS p
        JOIN given AS g ON coalesce(g.pool, p.pool) = p.pool
                       AND coalesce(@extschema@.bill_month(g.month), p.month) = p.month
    )
    SELECT w.month, w.pool, w.team, w.model, w.feature,
           CASE WHEN count(w.unknown) = 0 AND bool_and(s.is_in_range) THEN coalesce(sum(w.weight), 0.0) END,
           coalesce(min(w.unknown COLLATE "C"),
                    CASE WHEN NOT bool_and(s.is_in_range) THEN 'a weight is out of range' END),
           CASE WHEN bool_or(w.tokens_unknown) IS NOT TRUE THEN coalesce(sum(w.tokens), 0.0) END,
           bool_or(w.tokens_unknown) IS TRUE, sum(w.requests)
    FROM weighed AS w
    CROSS JOIN LATERAL (SELECT coalesce(abs(w.weight) < 1e30, true) AS is_in_range) AS s
    GROUP BY w.month, w.pool, w.team, w.model, w.feature;
END;
COMMENT ON FUNCTION accelcost_internal.pool_weights(accelcost_internal.machine_use[], text, regclass) IS
    'returns the weight of each team, model and feature in each pool, with its tokens';

CREATE TYPE accelcost_internal.pool_total AS (
    month date, pool text, cost numeric, used numeric, capacity numeric, idle numeric, is_unused boolean,
    reason text, rate_date date
);
COMMENT ON TYPE accelcost_internal.pool_total IS
    'the cost of a pool in a month, its weights and its idle capacity; if the cost is NULL, reason says why';
COMMENT ON COLUMN accelcost_internal.pool_total.used IS 'sum of the weights';
COMMENT ON COLUMN accelcost_internal.pool_total.capacity IS 'weight of all that there was; NULL if not known';
COMMENT ON COLUMN accelcost_internal.pool_total.idle IS 'capacity that was not used, 0 or more; NULL if not known';
COMMENT ON COLUMN accelcost_internal.pool_total.is_unused IS 'true if the weights are 0 in sum';

CREATE FUNCTION accelcost_internal.pool_totals(
    used accelcost_internal.machine_use[], weighed accelcost_internal.pool_weight[], weights text, capacity numeric,
    digits integer)
RETURNS SETOF accelcost_internal.pool_total
LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    WITH paid AS (
        SELECT u.month, u.pool, min(u.rate_date) AS rate_date, coalesce(bool_or(u.is_machine), false) AS has_machine,
               round(sum(u.cost), pool_totals.digits) AS cost,
               array_agg(DISTINCT u.reason COLLATE "C") FILTER (WHERE u.reason IS NOT NULL) AS reasons,
               CASE WHEN pool_totals.capacity IS NOT NULL THEN pool_totals.capacity
                    WHEN pool_totals.weights = 'gpu_hours'
                         AND bool_or(u.is_machine AND u.gpu_hours_unknown) IS NOT TRUE
                    THEN coalesce(sum(u.gpu_hours) FILTER (WHERE u.is_machine), 0.0) END AS capacity
        FROM unnest(pool_totals.used) AS u
        GROUP BY u.month, u.pool
    ), demand AS (
        SELECT w.month, w.pool, CASE WHEN count(w.unknown) = 0 THEN sum(w.weight) END AS used,
               min(w.unknown COLLATE "C") AS unknown
        FROM unnest(pool_totals.weighed) AS w
        GROUP BY w.month, w.pool
    ), judged AS (
        SELECT p.*, CASE WHEN d.month IS NULL THEN 0.0 ELSE d.used END AS used,
               coalesce(array_to_string(p.reasons[1:5], '; '),
                        CASE WHEN NOT p.has_machine THEN 'no record has the hours of this pool'
                             WHEN NOT abs(p.cost) < 1.7e20 THEN 'the cost is out of range' END,
                        d.unknown,
                        CASE WHEN d.used < 0.0 THEN 'the net weight is negative'
                             WHEN pool_totals.weights = 'gpu_hours' AND NOT coalesce(abs(p.capacity) < 1e30, false)
                             THEN 'gpu_count of a machine is unknown' END) AS reason
        FROM paid AS p
        LEFT JOIN demand AS d ON d.month = p.month AND d.pool = p.pool
    )
    SELECT j.month, j.pool, CASE WHEN j.reason IS NULL THEN j.cost END, j.used, j.capacity,
           greatest(j.capacity - j.used, CASE WHEN j.capacity IS NOT NULL AND j.used IS NOT NULL THEN 0.0 END),
           j.used IS NOT DISTINCT FROM 0.0, j.reason, j.rate_date
    FROM judged AS j;
END;
COMMENT ON FUNCTION accelcost_internal.pool_totals(
    accelcost_internal.machine_use[], accelcost_internal.pool_weight[], text, numeric, integer) IS
    'returns the cost and the capacity of each pool, rounded to some decimals, or why its cost is unknown';

-- Longer than 80 lines: the cost is split over use and idle, and idle over use, each in a step of its own.
CREATE FUNCTION accelcost_internal.showback_lines(
    source regclass, currency text, first_month date, last_month date, rate_at timestamptz, pool text, weights text,
    relation regclass, idle text, capacity numeric, digits integer)
RETURNS SETOF accelcost.showback_line
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
SET jit = off
BEGIN ATOMIC
    WITH asked AS MATERIALIZED (
        SELECT accelcost_internal.check_currency(showback_lines.currency) AS currency, w.weights, c.capacity,
               accelcost_internal.check_idle(showback_lines.idle, c.capacity, w.weights) AS idle
        FROM (SELECT accelcost_internal.check_word(accelcost_internal.check_given(showback_lines.weights, 'weights'),
                                                   '{gpu_hours,tokens,requests,given}'::text[], 'weights')
                     AS weights) AS w
        CROSS JOIN (SELECT accelcost_internal.check_at_least(showback_lines.capacity, 0, 'capacity')
                           AS capacity) AS c
    ), used AS MATERIALIZED (
        SELECT array_agg(u) AS uses
        FROM asked AS a
        CROSS JOIN LATERAL accelcost_internal.machine_uses(
            accelcost_internal.check_columns(showback_lines.source, '{pool}'::text[],
                                             'Records with the same value in column pool share their machines.'),
            a.currency, showback_lines.first_month, showback_lines.last_month,
            showback_lines.rate_at, showback_lines.pool, true) AS u
        WHERE u.month IS NOT NULL
    ), weighed AS MATERIALIZED (
        SELECT array_agg(w) AS weights
        FROM asked AS a
        CROSS JOIN used AS u
        CROSS JOIN LATERAL accelcost_internal.pool_weights(u.uses, a.weights, showback_lines.relation) AS w
    ), total AS MATERIALIZED (
        SELECT t.*
        FROM asked AS a
        CROSS JOIN used AS u
        CROSS JOIN weighed AS w
        CROSS JOIN LATERAL accelcost_internal.pool_totals(u.uses, w.weights, a.weights, a.capacity,
                                                          showback_lines.digits) AS t
    ), entry AS (
        SELECT w.month, w.pool, false AS is_idle, w.team, w.model, w.feature, w.weight, w.tokens, w.tokens_unknown,
               w.requests
        FROM weighed AS k
        CROSS JOIN LATERAL unnest(k.weights) AS w
        UNION ALL
        SELECT t.month, t.pool, true, NULL, NULL, NULL, t.idle, NULL, false, NULL
        FROM total AS t
        WHERE t.idle > 0.0 OR t.is_unused
    ), busy AS (
        SELECT e.*, t.cost, t.used, t.capacity, t.is_unused, t.reason, t.rate_date,
               -- If there is neither use nor capacity, all is idle.
               @extschema@.split_cost(t.cost, CASE WHEN t.is_unused AND coalesce(t.capacity, 0.0) <= 0.0
                                                   THEN e.is_idle::integer::numeric ELSE e.weight END,
                                      NULL::integer) OVER listed AS part,
               sum(e.weight) OVER (PARTITION BY e.month, e.pool, e.is_idle, e.team) AS team_weight,
               row_number() OVER of_team = 1 AS is_first_of_team
        FROM entry AS e
        JOIN total AS t ON t.month = e.month AND t.pool = e.pool
        WINDOW listed AS (PARTITION BY e.month, e.pool
                          ORDER BY e.is_idle, e.team COLLATE "C", e.model COLLATE "C", e.feature COLLATE "C"),
               of_team AS (PARTITION BY e.month, e.pool, e.is_idle, e.team
                           ORDER BY e.model COLLATE "C", e.feature COLLATE "C")
    ), idle AS (
        -- Idle that nobody used stays a row of its own.
        SELECT b.*, CASE WHEN b.is_unused THEN 0.0 * b.cost
                         ELSE coalesce(max(b.part) FILTER (WHERE b.is_idle) OVER (PARTITION BY b.month, b.pool),
                                       0.0 * b.cost) END AS idle
        FROM busy AS b
    ), shared AS (
        SELECT i.*, @extschema@.split_cost(i.idle, i.weight, NULL::integer) OVER listed AS pro_rata,
               @extschema@.split_cost(i.idle, (i.is_first_of_team AND i.team_weight > 0.0)::integer::numeric,
                                      NULL::integer) OVER listed AS team_idle
        FROM idle AS i
        WINDOW listed AS (PARTITION BY i.month, i.pool, i.is_idle
                          ORDER BY i.team COLLATE "C", i.model COLLATE "C", i.feature COLLATE "C")
    ), evened AS (
        SELECT s.*, @extschema@.split_cost(s.idle_of_team, s.weight, NULL::integer)
                        OVER (PARTITION BY s.month, s.pool, s.is_idle, s.team
                              ORDER BY s.model COLLATE "C", s.feature COLLATE "C") AS even
        FROM (SELECT h.*, sum(h.team_idle) OVER (PARTITION BY h.month, h.pool, h.is_idle, h.team) AS idle_of_team
              FROM shared AS h) AS s
    ), line AS (
        SELECT e.*, a.idle AS idle_mode, a.weights,
               CASE a.idle WHEN 'even' THEN e.even ELSE e.pro_rata END AS idle_share,
               e.tokens > 0.0 AND e.weight <> 0.0 AS has_unit_cost
        FROM evened AS e
        CROSS JOIN asked AS a
        WHERE NOT e.is_idle OR a.idle = 'separate' OR e.is_unused
    )
    SELECT l.month, l.pool, l.is_idle, l.team, l.model, l.feature, showback_lines.currency, trim_scale(l.weight),
           trim_scale(round(l.weight * 1.000000000000000000000000000000
                            / nullif(greatest(l.capacity, l.used), 0.0), 18)),
           trim_scale(l.part + CASE WHEN l.is_idle OR l.idle_mode = 'separate' THEN 0.0 ELSE l.idle_share END),
           CASE WHEN l.is_idle THEN trim_scale(l.part)
                WHEN l.capacity IS NULL AND NOT l.is_unused THEN NULL
                WHEN l.idle_mode = 'separate' THEN trim_scale(0.0 * l.part)
                ELSE trim_scale(l.idle_share) END,
           trim_scale(l.tokens), l.requests,
           CASE WHEN l.has_unit_cost AND l.capacity IS NOT NULL THEN @extschema@.per_million(l.part, l.tokens) END,
           CASE WHEN l.has_unit_cost THEN @extschema@.per_million(l.part + l.idle_share, l.tokens) END,
           coalesce(l.reason,
                    nullif(concat_ws('; ',
                        CASE WHEN NOT l.is_idle AND l.capacity IS NULL AND NOT l.is_unused
                             THEN 'the capacity is unknown, and so is idle' END,
                        CASE WHEN l.tokens_unknown THEN 'tokens are unknown'
                             WHEN l.tokens <> 0.0 AND l.weight = 0.0
                             THEN format('no %s are on the line of these tokens',
                                         CASE l.weights WHEN 'gpu_hours' THEN 'GPU hours'
                                                        WHEN 'given' THEN 'weights' ELSE l.weights END) END), '')),
           l.rate_date
    FROM line AS l
    ORDER BY l.month, l.pool COLLATE "C", l.is_idle, l.team COLLATE "C", l.model COLLATE "C", l.feature COLLATE "C";
END;
COMMENT ON FUNCTION accelcost_internal.showback_lines(
    regclass, text, date, date, timestamptz, text, text, regclass, text, numeric, integer) IS
    'returns the cost of pools by team, model and feature, with idle apart or shared';

CREATE FUNCTION accelcost.showback(
    month date, pool text DEFAULT NULL, weights text DEFAULT 'gpu_hours', idle text DEFAULT NULL,
    capacity numeric DEFAULT NULL, currency text DEFAULT 'USD', source regclass DEFAULT 'accelcost.usage',
    rate_at timestamptz DEFAULT NULL)
RETURNS SETOF accelcost.showback_line
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
BEGIN ATOMIC
    SELECT s.*
    FROM accelcost_internal.showback_lines(
        showback.source, showback.currency, accelcost_internal.check_month(showback.month),
        accelcost_internal.check_month(showback.month), showback.rate_at, showback.pool,
        accelcost_internal.check_weights(showback.weights), NULL, showback.idle, showback.capacity, 18) AS s;
END;
COMMENT ON FUNCTION accelcost.showback(date, text, text, text, numeric, text, regclass, timestamptz) IS
    'returns the cost of pools of machines by who used them, in proportion to GPU hours, tokens or requests';

CREATE FUNCTION accelcost.showback(
    month date, pool text, weights regclass, idle text DEFAULT NULL, capacity numeric DEFAULT NULL,
    currency text DEFAULT 'USD', source regclass DEFAULT 'accelcost.usage', rate_at timestamptz DEFAULT NULL)
RETURNS SETOF accelcost.showback_line
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
BEGIN ATOMIC
    SELECT s.*
    FROM accelcost_internal.showback_lines(
        showback.source, showback.currency, accelcost_internal.check_month(showback.month),
        accelcost_internal.check_month(showback.month), showback.rate_at, showback.pool, 'given',
        accelcost_internal.check_weight_relation(showback.weights), showback.idle, showback.capacity, 18) AS s;
END;
COMMENT ON FUNCTION accelcost.showback(date, text, regclass, text, numeric, text, regclass, timestamptz) IS
    'returns the cost of pools of machines by who used them, in proportion to the weights of a table or view';

CREATE VIEW accelcost.showback
WITH (security_invoker = true)
AS
SELECT s.month, s.pool, s.is_idle, s.team, s.model, s.feature, s.currency, s.weight::numeric(38,10) AS weight,
       s.share::numeric(38,18) AS share, s.cost::numeric(38,10) AS cost, s.idle_cost::numeric(38,10) AS idle_cost,
       s.tokens::numeric(38,0) AS tokens, s.requests::numeric(38,0) AS requests,
       s.cost_per_million_busy::numeric(38,10) AS cost_per_million_busy,
       s.cost_per_million_loaded::numeric(38,10) AS cost_per_million_loaded, s.reason, s.rate_date
FROM accelcost_internal.showback_lines('accelcost.usage', 'USD', NULL, NULL, NULL, NULL, 'gpu_hours', NULL, 'separate',
                                       NULL, 10) AS s;
COMMENT ON VIEW accelcost.showback IS
    'cost in USD of pools of machines in accelcost.usage by month and who used them, by GPU hours, idle apart';
COMMENT ON COLUMN accelcost.showback.month IS 'first day of the month, UTC';
COMMENT ON COLUMN accelcost.showback.pool IS 'pool of shared machines';
COMMENT ON COLUMN accelcost.showback.is_idle IS 'true for the cost of unused capacity';
COMMENT ON COLUMN accelcost.showback.team IS 'team that used it';
COMMENT ON COLUMN accelcost.showback.model IS 'model, by its catalog name, or as the usage names it';
COMMENT ON COLUMN accelcost.showback.feature IS 'feature that it was used for';
COMMENT ON COLUMN accelcost.showback.currency IS 'currency of all costs in the row';
COMMENT ON COLUMN accelcost.showback.weight IS 'GPU hours; NULL if unknown';
COMMENT ON COLUMN accelcost.showback.share IS 'weight divided by the capacity, or by all weights if they are more';
COMMENT ON COLUMN accelcost.showback.cost IS 'part of the cost of the pool; all parts add up to it; NULL if unknown';
COMMENT ON COLUMN accelcost.showback.idle_cost IS
    'part of cost for unused capacity; NULL if the capacity is unknown';
COMMENT ON COLUMN accelcost.showback.tokens IS 'input and output tokens; NULL if some are unknown';
COMMENT ON COLUMN accelcost.showback.requests IS 'requests of the records that state their number';
COMMENT ON COLUMN accelcost.showback.cost_per_million_busy IS 'cost without idle per million tokens';
COMMENT ON COLUMN accelcost.showback.cost_per_million_loaded IS
    'cost with a share of idle per million tokens, also if idle is a row of its own';
COMMENT ON COLUMN accelcost.showback.reason IS 'why a cost is NULL';
COMMENT ON COLUMN accelcost.showback.rate_date IS 'date of the exchange rates';

GRANT SELECT ON accelcost.showback TO @extowner@ WITH GRANT OPTION;
