-- Bills: what a payer's quantities of a month cost together, and the share of each in it.

CREATE TYPE accelcost_internal.bill_part AS (
    pool bigint, at timestamptz, day date, amount numeric, reason text, tariff accelcost.meter_tariff
);
COMMENT ON TYPE accelcost_internal.bill_part IS
    'a quantity of a bill, in the unit of its tariff; a pool is what one tariff rates together';

CREATE FUNCTION accelcost_internal.free_shares(parts accelcost_internal.bill_part[])
RETURNS TABLE (pool bigint, share numeric, problem text)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    WITH used AS (
        SELECT p.pool, greatest(coalesce(sum(p.amount), 0.0), 0.0) AS amount,
               bool_or(p.amount IS NULL OR p.reason IS NOT NULL) AS is_unknown,
               coalesce(max((p.tariff).unit_bytes), 0.0) AS unit_bytes, min((p.tariff).free_pool) AS free_pool,
               min(f.quantity) AS least, max(f.quantity) AS most
        FROM unnest(parts) AS p
        CROSS JOIN LATERAL (SELECT CASE WHEN (p.tariff).free_per = 'month' THEN (p.tariff).free_quantity
                                        ELSE 0.0 END AS quantity) AS f
        GROUP BY p.pool
    ), whole AS (
        SELECT array_agg(u.pool ORDER BY u.pool) AS pools, array_agg(u.amount ORDER BY u.pool) AS amounts,
               sum(u.amount) AS amount, count(*) > 1 AS is_shared, min(u.free_pool) AS free_pool,
               max(u.most) AS free_quantity, min(u.least) <> max(u.most) AS differs,
               bool_or(u.is_unknown) OR min(u.unit_bytes) IS DISTINCT FROM max(u.unit_bytes) AS is_unknown
        FROM used AS u
    )
    SELECT u.pool, u.share,
           CASE WHEN w.differs AND w.free_pool IS NULL THEN 'the free quantity changes within the month'
                WHEN w.differs THEN format('tariffs with the free quantity "%s" differ in it', w.free_pool)
                WHEN w.is_shared AND w.is_unknown AND w.free_quantity > 0.0
                THEN format('quantities with the free quantity "%s" are unknown, or of different units',
                            w.free_pool) END
    FROM whole AS w
    CROSS JOIN LATERAL unnest(
        w.pools,
        -- If the whole quantity fits, all of it is free: round up to 18 decimals.
        CASE WHEN w.is_shared AND w.amount <= w.free_quantity
             THEN (SELECT array_agg(round(a.amount + 0.0000000000000000005, 18) ORDER BY a.ordinal)
                   FROM unnest(w.amounts) WITH ORDINALITY AS a (amount, ordinal))
             ELSE accelcost_internal.share_out(w.free_quantity, w.amounts, 18) END) AS u (pool, share);
END;
COMMENT ON FUNCTION accelcost_internal.free_shares(accelcost_internal.bill_part[]) IS
    'divides one free quantity among the pools that share it, in proportion to their quantities, or says why not';

CREATE FUNCTION accelcost_internal.tariff_runs(parts accelcost_internal.bill_part[])
RETURNS TABLE (pool bigint, run bigint, tariff accelcost.meter_tariff, amount numeric, billed_amount numeric,
               reason text)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    WITH instant AS (
        SELECT p.pool, p.at, p.day, (array_agg(p.tariff))[1] AS tariff, sum(p.amount) AS amount,
               min(p.reason COLLATE "C") AS reason
        FROM unnest(parts) AS p
        GROUP BY p.pool, p.at, p.day
    ), changed AS (
        SELECT i.*, i.tariff::text IS DISTINCT FROM lag(i.tariff::text) OVER w AS is_new
        FROM instant AS i
        WINDOW w AS (PARTITION BY i.pool ORDER BY i.at, i.day)
    ), run AS (
        SELECT c.*, count(*) FILTER (WHERE c.is_new) OVER (PARTITION BY c.pool ORDER BY c.at, c.day) AS run
        FROM changed AS c
    ), daily AS (
        SELECT r.pool, r.run, r.day, (array_agg(r.tariff))[1] AS tariff, sum(r.amount) AS amount,
               min(r.reason COLLATE "C") AS reason
        FROM run AS r
        GROUP BY r.pool, r.run, r.day
    )
    SELECT d.pool, d.run, (array_agg(d.tariff))[1], sum(d.amount),
           -- A free quantity of a day expires with it.
           sum(CASE WHEN (d.tariff).free_per = 'day' AND d.amount > 0.0
                    THEN greatest(d.amount - (d.tariff).free_quantity, 0.0) ELSE d.amount END),
           min(d.reason COLLATE "C")
    FROM daily AS d
    GROUP BY d.pool, d.run
    ORDER BY d.pool, d.run;
END;
COMMENT ON FUNCTION accelcost_internal.tariff_runs(accelcost_internal.bill_part[]) IS
    'returns the quantities of each pool by the tariffs that it has one after another';

CREATE FUNCTION accelcost_internal.run_problem(
    tariff accelcost.meter_tariff, first accelcost.meter_tariff, prior numeric, amount numeric)
RETURNS text
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN CASE
        WHEN (tariff).unit_bytes IS DISTINCT FROM (first).unit_bytes OR (tariff).unit <> (first).unit
        THEN format('the unit of the tariff of %s changes within the month', (tariff).meter)
        WHEN prior < 0.0
        THEN format('the net quantity of %s is negative when the tariff changes', (tariff).meter)
        WHEN prior + amount < 0.0
        THEN format('the net quantity of %s of the month is negative', (tariff).meter)
        WHEN prior + amount >= 1e20
        THEN format('the quantity of %s of the month is out of range', (tariff).meter)
        WHEN greatest(prior, prior + amount) > accelcost_internal.tariff_end((tariff).tariff)
        THEN format('%s %s of %s of the month are past the last tier',
                    trim_scale(greatest(prior, prior + amount)), (tariff).unit, (tariff).meter) END;
COMMENT ON FUNCTION accelcost_internal.run_problem(accelcost.meter_tariff, accelcost.meter_tariff, numeric, numeric) IS
    'returns why a bill cannot continue at a tariff with an amount after a prior one; NULL if it can';

-- A running bill: if a tariff changes, the new one continues at the quantity rated so far.
CREATE FUNCTION accelcost_internal.pool_bills(parts accelcost_internal.bill_part[])
RETURNS TABLE (pool bigint, cost numeric, reason text)
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    run     record;
    first   accelcost.meter_tariff;
    current accelcost.meter_tariff;
    prior   numeric;
    problem text;
BEGIN
    FOR run IN
        SELECT r.*, s.share, s.problem,
               r.run = min(r.run) OVER w AS is_first, r.run = max(r.run) OVER w AS is_last
        FROM accelcost_internal.tariff_runs(parts) AS r
        JOIN accelcost_internal.free_shares(parts) AS s ON s.pool = r.pool
        WINDOW w AS (PARTITION BY r.pool)
        ORDER BY r.pool, r.run
    LOOP
        current := run.tariff;
        IF run.is_first THEN
            pool := run.pool;
            cost := 0;
            reason := NULL;
            first := current;
            prior := 0;
        END IF;
        problem := coalesce(run.reason, run.problem);
        IF problem IS NULL THEN
            current.tariff := accelcost_internal.tariff_with_free(current.tariff, run.share, current.free_in_tiers);
            problem := accelcost_internal.run_problem(current, first, prior, run.billed_amount);
        END IF;
        IF problem IS NOT NULL THEN
            reason := least(reason COLLATE "C", problem COLLATE "C");
        ELSIF run.is_first THEN
            cost := accelcost_internal.tariff_cost(current.tariff, run.billed_amount);
        ELSE
            cost := cost + accelcost_internal.tariff_cost(current.tariff, run.billed_amount, prior);
        END IF;
        prior := prior + coalesce(run.billed_amount, 0);
        IF run.is_last THEN
            IF reason IS NOT NULL THEN
                cost := NULL;
            END IF;
            RETURN NEXT;
        END IF;
    END LOOP;
END
$$;
COMMENT ON FUNCTION accelcost_internal.pool_bills(accelcost_internal.bill_part[]) IS
    'returns the bill of each pool among those that share a free quantity, or why there is none';

-- Longer than 80 lines: the quantities of a payer, their tariffs and their bills, each step a CTE.
CREATE FUNCTION accelcost_internal.meter_bills_query(
    quantities accelcost_internal.metered_usage[], hidden_reason text DEFAULT NULL)
RETURNS TABLE (
    n bigint, scenario bigint, meter text, pool bigint, amount numeric, is_free boolean, bill numeric, currency text,
    unit_bytes numeric, tariff_unit text, reason text)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    WITH metered AS MATERIALIZED (
        SELECT m AS usage, m.n, m.meter, m.at, m.scenario,
               ROW(m.scenario, m.provider, m.meter, m.kind, m.service, m.from_region, m.to_region, m.payer,
                   m.month)::text AS asked,
               ROW(m.scenario, m.provider, m.meter, m.payer, m.month)::text AS same,
               ROW(m.provider, m.meter, m.kind, m.service, m.from_region, m.to_region, m.payer)::text AS tariff_asked
        FROM unnest(quantities) AS m
    ), instant AS (
        -- All times at which the payer used the meter in the month, at which the tariff must be known.
        SELECT i.same, i.at, min(i.priced_at) AS priced_at
        FROM (SELECT m.same, m.at, (m.usage).priced_at FROM metered AS m
              UNION ALL
              SELECT m.same, l.at, l.at FROM metered AS m CROSS JOIN LATERAL unnest((m.usage).later) AS l (at)
              UNION ALL
              -- A hidden row may have any time of the month.
              SELECT m.same, e.at, e.at
              FROM metered AS m
              CROSS JOIN LATERAL unnest(accelcost_internal.price_eras(NULL::timestamptz, NULL::timestamptz)
                                        || ((m.usage).month::timestamp AT TIME ZONE 'UTC')) AS e (at)
              WHERE meter_bills_query.hidden_reason IS NOT NULL AND @extschema@.bill_month(e.at) = (m.usage).month) AS i
        GROUP BY i.same, i.at
    ), asked AS (
        SELECT DISTINCT ON (m.asked, m.same) m.asked, m.same, m.tariff_asked, m.usage
        FROM metered AS m
        WHERE (m.usage).problem IS NULL
        ORDER BY m.asked, m.same
    ), asked_at AS MATERIALIZED (
        SELECT a.asked, i.at, i.priced_at, ROW(a.tariff_asked, i.priced_at)::text AS tariff_key, a.usage
        FROM asked AS a JOIN instant AS i ON i.same = a.same
    ), tariff AS MATERIALIZED (
        -- Months and scenarios with the same tariff look it up once.
        SELECT k.tariff_key, t.found, t.regions
        FROM (SELECT DISTINCT ON (a.tariff_key) a.tariff_key, a.usage, a.priced_at FROM asked_at AS a) AS k
        CROSS JOIN LATERAL accelcost_internal.find_meter_tariff(k.usage, k.priced_at) AS t
    ), rated AS (
        SELECT a.asked, a.at, (a.usage).meter, (a.usage).month, (a.usage).payer, (a.usage).scenario, t.found, t.regions,
               -- A pool is what one tariff rates together: a payer's quantity of a month.
               dense_rank() OVER (ORDER BY (a.usage).scenario, (a.usage).meter, (a.usage).payer,
                                           @extschema@.bill_month(a.at), (t.found).provider, (t.found).kind,
                                           (t.found).service, (t.found).from_region, (t.found).to_region,
                                           (t.found).account, (t.found).currency) AS pool
        FROM asked_at AS a
        JOIN tariff AS t ON t.tariff_key = a.tariff_key
    ), pooled AS MATERIALIZED (
        SELECT r.*,
               -- If a pool is free for a part of the month only, rate the whole month.
               bool_and(accelcost_internal.is_free((r.found).tariff)) OVER pool AS is_free,
               min((r.found).free_pool) OVER pool AS free_name,
               -- The free quantity gets, changes or loses its free pool in the month.
               min((r.found).free_pool) OVER pool IS DISTINCT FROM max((r.found).free_pool) OVER pool
                   OR count((r.found).free_pool) OVER pool NOT IN (0::bigint, count(*) OVER pool) AS is_renamed,
               -- This usage changes pools in the month: no single bill covers it.
               min(r.pool) FILTER (WHERE (r.found).provider IS NOT NULL) OVER same
                   <> max(r.pool) FILTER (WHERE (r.found).provider IS NOT NULL) OVER same AS is_torn
        FROM rated AS r
        WINDOW pool AS (PARTITION BY r.pool),
               same AS (PARTITION BY r.asked, @extschema@.bill_month(r.at))
    ), changing AS (
        SELECT m.n, m.meter
        FROM metered AS m
        CROSS JOIN LATERAL unnest((m.usage).later || m.at) AS l (at)
        JOIN pooled AS p ON p.asked = m.asked AND p.at = l.at
        WHERE cardinality((m.usage).later) > 0
        GROUP BY m.n, m.meter
        HAVING count(DISTINCT accelcost_internal.tariff_terms(p.found)) > 1
    ), part AS MATERIALIZED (
        SELECT m.n, m.scenario, m.meter, m.at, (m.usage).day, p.found, p.pool, p.is_free, p.free_name,
               dense_rank() OVER (ORDER BY m.scenario, m.meter, p.payer, p.month, (p.found).provider, p.free_name,
                                           CASE WHEN p.free_name IS NULL THEN p.pool END) AS free_pool,
               CASE WHEN (p.found).provider IS NOT NULL AND abs((m.usage).quantity) < 1e20
                    THEN accelcost_internal.metered_quantity((m.usage).quantity, (m.usage).unit, (p.found).unit,
                                                             (p.found).unit_bytes, (m.usage).month) END AS amount,
               accelcost_internal.meter_reason(m.usage, meter_bills_query.hidden_reason, p.found, p.regions, p.is_free,
                                               p.is_renamed, p.is_torn, c.n IS NOT NULL) AS reason
        FROM metered AS m
        LEFT JOIN pooled AS p ON p.asked = m.asked AND p.at = m.at
        LEFT JOIN changing AS c ON c.n = m.n AND c.meter = m.meter
        -- Requests beside tokens cost nothing if the catalog has no tariff for them.
        WHERE (m.usage).is_only OR (p.found).provider IS NOT NULL OR p.regions IS NOT NULL
    ), bill AS MATERIALIZED (
        SELECT b.pool, b.cost, b.reason
        FROM (SELECT array_agg(ROW(p.pool, p.at, p.day, p.amount, p.reason, p.found)::accelcost_internal.bill_part)
                         AS parts
              FROM part AS p
              WHERE NOT p.is_free
              GROUP BY p.free_pool) AS f
        CROSS JOIN LATERAL accelcost_internal.pool_bills(f.parts) AS b
    )
    SELECT p.n, p.scenario, p.meter, p.pool, p.amount, coalesce(p.is_free, false),
           CASE WHEN p.is_free THEN 0.0 ELSE b.cost END, (p.found).currency, (p.found).unit_bytes, (p.found).unit,
           coalesce(p.reason, b.reason)
    FROM part AS p
    LEFT JOIN bill AS b ON b.pool = p.pool;
END;
COMMENT ON FUNCTION accelcost_internal.meter_bills_query(accelcost_internal.metered_usage[], text) IS
    'returns what meter_bills does, which runs this query with a plan that it keeps';

CREATE FUNCTION accelcost_internal.meter_bills(
    quantities accelcost_internal.metered_usage[], hidden_reason text DEFAULT NULL)
RETURNS TABLE (
    n bigint, scenario bigint, meter text, pool bigint, amount numeric, is_free boolean, bill numeric, currency text,
    unit_bytes numeric, tariff_unit text, reason text)
LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
-- The planner cannot know the number of quantities.
SET jit = off
SET enable_nestloop = off
SET enable_mergejoin = off
-- Planned once in a session: that takes as long as pricing some hundred groups.
SET plan_cache_mode = force_generic_plan
AS $$
BEGIN
    RETURN QUERY SELECT * FROM accelcost_internal.meter_bills_query(quantities, hidden_reason);
END
$$;
COMMENT ON FUNCTION accelcost_internal.meter_bills(accelcost_internal.metered_usage[], text) IS
    'rates quantities by payer, month and tariff, and returns the bill that each is in, or why there is none';

CREATE TYPE accelcost_internal.bill_share AS (
    n bigint, pool bigint, workload text, model text, team text, amount numeric, bill numeric
);
COMMENT ON TYPE accelcost_internal.bill_share IS
    'a quantity in a bill, and the line of reports that it is on';

-- Without SET, so that it becomes part of the query that calls it.
CREATE FUNCTION accelcost_internal.split_bills(shares accelcost_internal.bill_share[])
RETURNS TABLE (n bigint, pool bigint, cost numeric, line bigint, line_cost numeric, digits integer)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    WITH line AS MATERIALIZED (
        -- Allocate to the lines of reports first, then each line's share to its groups.
        SELECT row_number() OVER () AS line, s.pool, s.bill,
               row_number() OVER (PARTITION BY s.pool ORDER BY s.workload COLLATE "C", s.model COLLATE "C",
                                                               s.team COLLATE "C") AS ordinal,
               greatest(10, scale(trim_scale(s.bill))) AS digits,
               sum(s.amount) AS amount, array_agg(s.n ORDER BY s.n) AS ns, array_agg(s.amount ORDER BY s.n) AS amounts
        FROM unnest(shares) AS s
        GROUP BY s.pool, s.bill, s.workload, s.model, s.team
    ), bill AS (
        SELECT l.pool, l.bill, l.digits, array_agg(l.amount ORDER BY l.ordinal) AS amounts
        FROM line AS l
        GROUP BY l.pool, l.bill, l.digits
    )
    SELECT g.n, b.pool, g.cost, l.line, s.cost, b.digits
    FROM bill AS b
    CROSS JOIN LATERAL unnest(accelcost_internal.share_out(b.bill, b.amounts, b.digits))
        WITH ORDINALITY AS s (cost, ordinal)
    JOIN line AS l ON l.pool = b.pool AND l.ordinal = s.ordinal
    CROSS JOIN LATERAL unnest(l.ns, accelcost_internal.share_out(s.cost, l.amounts, b.digits)) AS g (n, cost);
END;
COMMENT ON FUNCTION accelcost_internal.split_bills(accelcost_internal.bill_share[]) IS
    'splits bills in proportion to quantity, first among the lines of reports, then among the groups of a line';
