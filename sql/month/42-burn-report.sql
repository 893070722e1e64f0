-- The report of budgets.

CREATE TYPE accelcost_internal.budget_day AS (
    name text, day date, cost numeric, regular numeric, unpriced_rows bigint, reason text
);
COMMENT ON TYPE accelcost_internal.budget_day IS
    'cost of a day in the scope of a budget; regular is without purchases, taxes, credits and corrections';

CREATE FUNCTION accelcost_internal.budget_days(
    states accelcost_internal.budget_state[], source regclass, export_name text)
RETURNS SETOF accelcost_internal.budget_day
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
SET jit = off
BEGIN ATOMIC
    WITH state AS MATERIALIZED (
        SELECT (s.budget).name, (s.budget).basis, (s.budget).currency, s.provider, (s.budget).payer, (s.budget).team,
               (s.budget).model, accelcost.model_name((s.budget).model) AS model_name, (s.budget).customer,
               (s.budget).tags, s.period_start, s.period_end, s.through
        FROM unnest(budget_days.states) AS s
        WHERE s.no_data IS NULL
    ), line AS MATERIALIZED (
        -- Lines are read once for all budgets of a basis and currency.
        SELECT k.basis, k.currency, l.day, (l.subject).provider, (l.subject).account, (l.subject).team,
               (l.subject).model, l.customer, (l.subject).tags, sum(l.cost) AS cost,
               sum(l.cost) FILTER (WHERE l.category = 'usage') AS regular,
               sum(l.unpriced_rows)::bigint AS unpriced_rows, min(l.reason COLLATE "C") AS reason
        FROM (SELECT s.basis, s.currency, min(s.period_start) - 28 AS since, max(s.period_end) - 1 AS until,
                     '{day,category}' || CASE WHEN count(s.provider) > 0 THEN '{provider}'::text[] ELSE '{}' END
                     || CASE WHEN count(s.payer) > 0 THEN '{payer}'::text[] ELSE '{}' END
                     || CASE WHEN count(s.team) > 0 THEN '{team}'::text[] ELSE '{}' END
                     || CASE WHEN count(s.model) > 0 THEN '{model}'::text[] ELSE '{}' END
                     || CASE WHEN count(s.customer) > 0 THEN '{customer}'::text[] ELSE '{}' END
                     || CASE WHEN count(s.tags) > 0 THEN '{tags}'::text[] ELSE '{}' END AS fields
              FROM state AS s
              GROUP BY s.basis, s.currency) AS k
        CROSS JOIN LATERAL accelcost_internal.cost_lines(k.basis, k.currency, k.since, k.until, NULL,
                                                         budget_days.source, budget_days.export_name, k.fields) AS l
        GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
    )
    SELECT s.name, l.day, sum(l.cost), sum(l.regular), sum(l.unpriced_rows)::bigint, min(l.reason)
    FROM state AS s
    JOIN line AS l ON l.basis = s.basis AND l.currency = s.currency
                  AND l.day BETWEEN least(s.period_start, s.through - 27) AND s.through
                  AND (s.provider IS NULL OR l.provider = s.provider)
                  AND (s.payer IS NULL OR l.account = s.payer)
                  AND (s.team IS NULL OR l.team = s.team)
                  AND (s.model IS NULL OR l.model IN (s.model, s.model_name))
                  AND (s.customer IS NULL OR l.customer = s.customer)
                  AND (s.tags IS NULL OR accelcost_internal.tags_are(l.tags, s.tags))
    GROUP BY s.name, l.day;
END;
COMMENT ON FUNCTION accelcost_internal.budget_days(accelcost_internal.budget_state[], regclass, text) IS
    'returns the cost of each day in the scopes of budgets, in their period and 28 days to the last complete day';

-- Longer than 80 lines: the two forecasts, in the order of docs/budgets.md.
CREATE FUNCTION accelcost.budget_burn(
    month date DEFAULT (now() AT TIME ZONE 'UTC')::date, through date DEFAULT NULL,
    source regclass DEFAULT 'accelcost.usage', export_name text DEFAULT NULL)
RETURNS TABLE (
    name text, basis text, currency text, period_start date, period_end date, amount numeric, through date,
    spent numeric, burn_percent numeric, run_rate numeric, by_weekday numeric, forecast numeric,
    forecast_percent numeric, runs_out_on date, unpriced_rows bigint, is_complete boolean, reason text)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
SET jit = off
BEGIN ATOMIC
    WITH state AS MATERIALIZED (
        SELECT s.* FROM accelcost_internal.budget_states(budget_burn.month, budget_burn.through, budget_burn.source,
                                                         budget_burn.export_name) AS s
    ), day AS MATERIALIZED (
        SELECT d.*
        FROM accelcost_internal.budget_days((SELECT array_agg(s::accelcost_internal.budget_state) FROM state AS s),
                                            budget_burn.source, budget_burn.export_name) AS d
    ), spending AS MATERIALIZED (
        -- Days without a line cost nothing, from the first day that has one.
        SELECT (s.budget).name, (s.budget).amount, s.period_start, s.period_end, s.through,
               greatest(min(d.day), s.through - 27) AS seen_since,
               CASE WHEN count(*) FILTER (WHERE d.day >= s.period_start AND d.cost <> 0.0) > 0
                         OR count(d.reason) FILTER (WHERE d.day >= s.period_start) = 0
                    THEN coalesce(sum(d.cost) FILTER (WHERE d.day >= s.period_start), 0.0) END AS spent,
               coalesce(sum(d.regular) FILTER (WHERE d.day >= s.period_start), 0.0) AS regular,
               coalesce(sum(d.unpriced_rows) FILTER (WHERE d.day >= s.period_start), 0.0)::bigint AS unpriced_rows,
               min(d.reason) FILTER (WHERE d.day >= s.period_start) AS reason
        FROM state AS s
        JOIN day AS d ON d.name = (s.budget).name
        GROUP BY (s.budget).name, (s.budget).amount, s.period_start, s.period_end, s.through
    ), weekday AS MATERIALIZED (
        SELECT p.name, w.dow,
               coalesce(sum(d.regular), 0.0) * 1.0000000000000000000000000000000000000000 / count(DISTINCT c.day)
                   AS cost
        FROM spending AS p
        CROSS JOIN LATERAL (SELECT p.seen_since + n AS day FROM generate_series(0, p.through - p.seen_since) AS n) AS c
        CROSS JOIN LATERAL (SELECT extract(dow FROM c.day)::integer AS dow) AS w
        LEFT JOIN day AS d ON d.name = p.name AND d.day = c.day
        -- A day whose cost is unknown says nothing.
        WHERE d.reason IS NULL OR d.cost IS NOT NULL
        GROUP BY p.name, w.dow
    ), known_week AS (
        SELECT w.name FROM weekday AS w GROUP BY w.name HAVING count(*) = 7
    ), rate AS (
        SELECT p.*, k.name IS NOT NULL AS knows_week,
               p.regular * 1.0000000000000000000000000000000000000000 / (p.through - p.period_start + 1) AS daily
        FROM spending AS p
        LEFT JOIN known_week AS k ON k.name = p.name
    ), ahead AS MATERIALIZED (
        SELECT r.name, c.day, CASE WHEN r.knows_week THEN w.cost ELSE r.daily END AS cost
        FROM rate AS r
        CROSS JOIN LATERAL (SELECT r.through + n AS day
                            FROM generate_series(1, r.period_end - 1 - r.through) AS n) AS c
        LEFT JOIN weekday AS w ON w.name = r.name AND w.dow = extract(dow FROM c.day)::integer
    ), forecast AS (
        SELECT r.name, r.spent - r.regular + r.daily * (r.period_end - r.period_start) AS run_rate,
               CASE WHEN r.knows_week
                    THEN r.spent + (SELECT coalesce(sum(a.cost), 0.0) FROM ahead AS a WHERE a.name = r.name)
                    END AS by_weekday
        FROM rate AS r
    ), running AS (
        SELECT t.name, t.day, round(sum(t.cost) OVER (PARTITION BY t.name ORDER BY t.day), 18) AS so_far
        FROM (SELECT d.name, d.day, d.cost
              FROM day AS d JOIN spending AS p ON p.name = d.name AND d.day >= p.period_start
              UNION ALL
              SELECT a.name, a.day, a.cost FROM ahead AS a) AS t
    ), emptied AS (
        SELECT u.name, min(u.day) AS day
        FROM running AS u JOIN spending AS p ON p.name = u.name
        WHERE u.so_far > p.amount
        GROUP BY u.name
    )
    SELECT (s.budget).name, (s.budget).basis, (s.budget).currency, s.period_start, s.period_end - 1, (s.budget).amount,
           CASE WHEN s.no_data IS NULL THEN s.through END,
           trim_scale(round(p.spent, 18)), round(100 * p.spent / (s.budget).amount, 2),
           CASE WHEN p.spent IS NOT NULL THEN trim_scale(round(f.run_rate, 18)) END,
           CASE WHEN p.spent IS NOT NULL THEN trim_scale(round(f.by_weekday, 18)) END,
           CASE WHEN p.spent IS NOT NULL THEN trim_scale(round(coalesce(f.by_weekday, f.run_rate), 18)) END,
           CASE WHEN p.spent IS NOT NULL
                THEN round(100 * coalesce(f.by_weekday, f.run_rate) / (s.budget).amount, 2) END,
           CASE WHEN p.spent IS NOT NULL THEN e.day END,
           coalesce(p.unpriced_rows, 0), p.spent IS NOT NULL AND p.reason IS NULL,
           CASE WHEN s.no_data IS NOT NULL THEN s.no_data
                WHEN p.name IS NULL
                THEN format('no %s in its scope from %s to %s',
                            CASE WHEN (s.budget).basis = 'modelled' THEN 'usage' ELSE 'charges' END,
                            to_char(least(s.period_start, s.through - 27), 'YYYY-MM-DD'),
                            to_char(s.through, 'YYYY-MM-DD'))
                ELSE p.reason END
    FROM state AS s
    LEFT JOIN spending AS p ON p.name = (s.budget).name
    LEFT JOIN forecast AS f ON f.name = p.name
    LEFT JOIN emptied AS e ON e.name = p.name;
END;
COMMENT ON FUNCTION accelcost.budget_burn(date, date, regclass, text) IS
    'returns what budgets of a month have spent through its last complete day, forecasts, and when they run out';

CREATE VIEW accelcost.budget_burn
WITH (security_invoker = true)
AS
SELECT b.name, b.basis, b.currency, b.period_start, b.period_end, b.amount::numeric(38,10) AS amount, b.through,
       b.spent::numeric(38,10) AS spent, b.burn_percent::numeric(38,2) AS burn_percent,
       b.run_rate::numeric(38,10) AS run_rate, b.by_weekday::numeric(38,10) AS by_weekday,
       b.forecast::numeric(38,10) AS forecast, b.forecast_percent::numeric(38,2) AS forecast_percent, b.runs_out_on,
       b.unpriced_rows, b.is_complete, b.reason
FROM accelcost.budget_burn() AS b;
COMMENT ON VIEW accelcost.budget_burn IS
    'budgets of the current month: cost through the last complete day, forecasts, and when they run out';
COMMENT ON COLUMN accelcost.budget_burn.name IS 'name of the budget';
COMMENT ON COLUMN accelcost.budget_burn.basis IS 'modelled, billed or effective';
COMMENT ON COLUMN accelcost.budget_burn.currency IS 'currency of all amounts in the row';
COMMENT ON COLUMN accelcost.budget_burn.period_start IS 'first day of the month or quarter';
COMMENT ON COLUMN accelcost.budget_burn.period_end IS 'last day of the month or quarter';
COMMENT ON COLUMN accelcost.budget_burn.amount IS 'amount of the budget';
COMMENT ON COLUMN accelcost.budget_burn.through IS 'last complete day; NULL if there is none';
COMMENT ON COLUMN accelcost.budget_burn.spent IS 'known cost through the last complete day; NULL if none is known';
COMMENT ON COLUMN accelcost.budget_burn.burn_percent IS 'spent as a percentage of the amount';
COMMENT ON COLUMN accelcost.budget_burn.run_rate IS 'forecast for the period at the mean cost of its complete days';
COMMENT ON COLUMN accelcost.budget_burn.by_weekday IS
    'forecast for the period by weekday, from the last 28 days; NULL unless all weekdays are known';
COMMENT ON COLUMN accelcost.budget_burn.forecast IS 'by_weekday, or run_rate if there is none';
COMMENT ON COLUMN accelcost.budget_burn.forecast_percent IS 'forecast as a percentage of the amount';
COMMENT ON COLUMN accelcost.budget_burn.runs_out_on IS
    'first day on which the cost exceeds the amount; NULL if none in the period';
COMMENT ON COLUMN accelcost.budget_burn.unpriced_rows IS 'records or charges of the period whose cost is unknown';
COMMENT ON COLUMN accelcost.budget_burn.is_complete IS 'true if all costs are known';
COMMENT ON COLUMN accelcost.budget_burn.reason IS 'why costs are unknown; NULL if all are known';

GRANT SELECT ON accelcost.budget_burn TO @extowner@ WITH GRANT OPTION;
