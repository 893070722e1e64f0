-- What budgets have spent, and where they are heading.

CREATE FUNCTION accelcost_internal.period_start(month date, period text) RETURNS date
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN CASE WHEN period = 'quarter' THEN date_trunc('quarter', month::timestamp)::date
                ELSE @extschema@.bill_month(month) END;
COMMENT ON FUNCTION accelcost_internal.period_start(date, text) IS
    'returns the first day of the month or quarter of a month';

CREATE FUNCTION accelcost_internal.period_end(month date, period text) RETURNS date
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN CASE WHEN period = 'quarter'
                THEN (date_trunc('quarter', month::timestamp) + interval '3 months')::date
                ELSE @extschema@.next_month(month) END;
COMMENT ON FUNCTION accelcost_internal.period_end(date, text) IS
    'returns the exclusive end of the month or quarter of a month';

-- A day is complete once there is a later one in the data.
CREATE FUNCTION accelcost_internal.data_days(basis text, source regclass, export_name text, since date)
RETURNS TABLE (provider text, last_day date)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    WITH seen AS (
        SELECT u.provider, u.last_day
        FROM accelcost_internal.usage_days(data_days.source, data_days.since) AS u
        WHERE data_days.basis = 'modelled'
        UNION ALL
        SELECT c.provider, c.last_day
        FROM accelcost_internal.charge_days(data_days.export_name, data_days.since) AS c
        WHERE data_days.basis <> 'modelled'
    )
    SELECT coalesce(accelcost.provider_name(s.provider), s.provider), max(s.last_day) FROM seen AS s GROUP BY 1;
END;
COMMENT ON FUNCTION accelcost_internal.data_days(text, regclass, text, date) IS
    'returns the last day of each provider in usage or charges, from a day on';

CREATE TYPE accelcost_internal.budget_state AS (
    budget accelcost.budget, provider text, period_start date, period_end date, through date, no_data text
);
COMMENT ON TYPE accelcost_internal.budget_state IS
    'a budget with its period and the last complete day in it, or why there is none';

CREATE FUNCTION accelcost_internal.budget_states(
    month date, through date, source regclass, export_name text)
RETURNS SETOF accelcost_internal.budget_state
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    WITH active AS MATERIALIZED (
        SELECT b AS budget, coalesce(accelcost.provider_name(b.provider), b.provider) AS provider,
               accelcost_internal.period_start(m.month, b.period) AS period_start,
               accelcost_internal.period_end(m.month, b.period) AS period_end
        FROM (SELECT accelcost_internal.check_month(budget_states.month) AS month) AS m
        JOIN accelcost.budget AS b ON b.first_month <= m.month AND (b.last_month IS NULL OR b.last_month >= m.month)
    ), known AS MATERIALIZED (
        SELECT k.basis, d.provider, d.last_day
        FROM (SELECT DISTINCT (a.budget).basis FROM active AS a) AS k
        CROSS JOIN LATERAL accelcost_internal.data_days(
                               k.basis, budget_states.source, budget_states.export_name,
                               (SELECT min(o.period_start) - 28 FROM active AS o)) AS d
    ), guard AS MATERIALIZED (
        -- A part of the cost says nothing about a budget, nor does a cost with labels of a part of the rules.
        SELECT k.basis,
               'row security may hide rows of "'
               || coalesce(accelcost_internal.relation_with_hidden_rows(
                               CASE WHEN k.basis = 'modelled' THEN budget_states.source
                                    ELSE 'accelcost.charge'::regclass END),
                           accelcost_internal.relation_with_hidden_rows('accelcost.cost_rule'::regclass))
               || '": the total is unknown' AS reason
        FROM (SELECT DISTINCT (a.budget).basis FROM active AS a) AS k
    )
    SELECT a.budget, a.provider, a.period_start, a.period_end, t.through,
           CASE WHEN g.reason IS NOT NULL THEN g.reason
                WHEN t.through IS NULL
                THEN format('no %s since %s%s', w.what, to_char(a.period_start - 28, 'YYYY-MM-DD'),
                            ' of provider "' || a.provider || '"')
                WHEN t.through < a.period_start THEN format('no complete day since %s',
                                                            to_char(a.period_start, 'YYYY-MM-DD')) END
    FROM active AS a
    JOIN guard AS g ON g.basis = (a.budget).basis
    CROSS JOIN LATERAL (SELECT CASE WHEN (a.budget).basis = 'modelled' THEN 'usage' ELSE 'charges' END AS what) AS w
    LEFT JOIN LATERAL (
        SELECT least(a.period_end - 1, coalesce(budget_states.through, max(k.last_day) - 1)) AS through
        FROM known AS k
        WHERE k.basis = (a.budget).basis AND (a.provider IS NULL OR k.provider = a.provider)
        HAVING budget_states.through IS NOT NULL OR count(*) > 0) AS t ON true;
END;
COMMENT ON FUNCTION accelcost_internal.budget_states(date, date, regclass, text) IS
    'returns the budgets of a month with their periods and last complete days';
