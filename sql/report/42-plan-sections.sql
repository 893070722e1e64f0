-- Sections of the report that look ahead: budgets, other offers, buy or rent.

CREATE FUNCTION accelcost_internal.budget_section(month date, source regclass, budget text) RETURNS text
    LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
BEGIN ATOMIC
    WITH burn AS MATERIALIZED (
        SELECT b.* FROM accelcost.budget_burn(budget_section.month, source => budget_section.source) AS b
        WHERE budget_section.budget IS NULL OR b.name = budget_section.budget
    ), day AS MATERIALIZED (
        SELECT d.name, d.day, sum(d.cost) AS cost
        FROM accelcost_internal.budget_days(
                 (SELECT array_agg(s) FROM accelcost_internal.budget_states(budget_section.month, NULL,
                                                                            budget_section.source, NULL) AS s
                  WHERE (s.budget).name IN (SELECT b.name FROM burn AS b)), budget_section.source, NULL) AS d
        GROUP BY d.name, d.day
    ), running AS (
        SELECT b.name, c.day, sum(coalesce(d.cost, 0.0)) OVER (PARTITION BY b.name ORDER BY c.day) AS spent
        FROM burn AS b
        CROSS JOIN LATERAL (SELECT b.period_start + n.n AS day
                            FROM generate_series(0, b.through - b.period_start) AS n (n)) AS c
        LEFT JOIN day AS d ON d.name = b.name AND d.day = c.day
    ), series AS (
        SELECT r.name, array_agg(r.day ORDER BY r.day) AS days, array_agg(r.spent ORDER BY r.day) AS spent
        FROM running AS r GROUP BY r.name
    ), listed AS (
        SELECT b.*, s.days, s.spent AS running, row_number() OVER (ORDER BY b.burn_percent DESC NULLS LAST, b.name) AS n
        FROM burn AS b LEFT JOIN series AS s ON s.name = b.name
    )
    SELECT concat(E'<h2>Budgets</h2>\n',
        string_agg(accelcost_internal.burn_up(
            concat('Budget ', l.name), format('%s %s spent through %s of a budget of %s; forecast %s.',
                                              accelcost_internal.shown_number(l.spent, 2), l.currency,
                                              to_char(l.through, 'YYYY-MM-DD'),
                                              accelcost_internal.shown_number(l.amount, 2),
                                              accelcost_internal.shown_number(l.forecast, 2)),
            l.period_start, l.period_end + 1, l.days, l.running, l.forecast, l.amount), '' ORDER BY l.n)
            FILTER (WHERE l.n <= 3 AND l.spent IS NOT NULL AND l.days IS NOT NULL),
        accelcost_internal.html_table(
            'Budgets of the month',
            ARRAY['budget', 'basis', 'runs out on', 'amount', 'spent', 'spent %', 'forecast'], 4,
            string_agg(accelcost_internal.html_row(ARRAY[
                accelcost_internal.html_label(l.name, 40), accelcost_internal.html_text(l.basis),
                CASE WHEN l.reason IS NOT NULL THEN accelcost_internal.html_label(l.reason, 80)
                     ELSE coalesce(to_char(l.runs_out_on, 'YYYY-MM-DD'), 'not this period') END,
                concat(accelcost_internal.shown_number(l.amount, 2), ' ', accelcost_internal.html_text(l.currency)),
                accelcost_internal.shown_number(l.spent, 2),
                CASE WHEN l.burn_percent IS NULL THEN '' ELSE accelcost_internal.shown_number(l.burn_percent, 1) END,
                accelcost_internal.shown_number(l.forecast, 2)], 4), '' ORDER BY l.n)))
    FROM listed AS l
    HAVING count(*) > 0;
END;
COMMENT ON FUNCTION accelcost_internal.budget_section(date, regclass, text) IS
    'returns the charts and the table of budgets of the month; NULL if there are none';

CREATE FUNCTION accelcost_internal.machine_sections(
    month date, currency text, source regclass, place text, rate_at timestamptz)
RETURNS text
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
BEGIN ATOMIC
    WITH offer AS MATERIALIZED (
        SELECT w.*
        FROM accelcost.what_if(machine_sections.month, currency => machine_sections.currency,
                               source => machine_sections.source, rate_at => machine_sections.rate_at) AS w
        WHERE w.rank IS NOT NULL
    ), best AS (
        SELECT DISTINCT ON (o.provider) o.* FROM offer AS o ORDER BY o.provider, o.rank, o.region, o.sku
    ), listed AS (
        SELECT b.*, row_number() OVER (ORDER BY b.rank, b.provider) AS n FROM best AS b
    ), plan AS (
        -- The offer in use is the one that costs what is paid.
        SELECT h.*, accelcost.own_plan(h.accelerator, h.gpu_count, place => machine_sections.place,
                                       currency => machine_sections.currency,
                                       at => machine_sections.month::timestamp AT TIME ZONE 'UTC') AS own,
               accelcost.rent_plan(h.provider, h.sku, region => nullif(h.region, '*'),
                                   purchase_option => h.purchase_option,
                                   at => machine_sections.month::timestamp AT TIME ZONE 'UTC') AS rent
        FROM (SELECT o.accelerator, o.gpu_count, o.provider, o.sku, o.region, o.purchase_option
              FROM offer AS o WHERE o.delta_vs_actual = 0.0 AND o.gpu_count > 0.0
              ORDER BY o.total DESC, o.provider, o.sku, o.region LIMIT 1) AS h
    ), crossing AS (
        SELECT p.*, @extschema@.break_even_months(p.own, p.rent) AS months
        FROM plan AS p
        WHERE p.own IS NOT NULL AND p.rent IS NOT NULL
          AND @extschema@.currency(p.own) = @extschema@.currency(p.rent)
    ), told AS (
        SELECT c.*, least(36, greatest(12, 2 * ceil(coalesce(c.months, 18.0))))::integer AS horizon,
               format('Buying %s x %s instead of %s %s at %s, without interest, staff and repair: %s.',
                      trim_scale(c.gpu_count), c.accelerator, replace(c.purchase_option, '_', '-'), c.sku, c.provider,
                      CASE WHEN c.months IS NULL THEN 'never cheaper'
                           ELSE format('cheaper from month %s (%s)', ceil(c.months), round(c.months, 2)) END) AS words
        FROM crossing AS c
    )
    SELECT concat(
        (SELECT concat(E'<h2>The same hours elsewhere</h2>\n', accelcost_internal.html_table(
                    'The five cheapest providers for the machine hours and the data sent in the month',
                    ARRAY['provider', 'SKU', 'region', 'price of', machine_sections.currency, 'against now'], 2,
                    string_agg(accelcost_internal.html_row(ARRAY[
                        accelcost_internal.html_label(l.provider, 30), accelcost_internal.html_label(l.sku, 30),
                        CASE l.region WHEN '*' THEN 'any' ELSE accelcost_internal.html_label(l.region, 20) END,
                        concat('<span class="date">', to_char(l.price_as_of, 'YYYY-MM-DD'), '</span>',
                               CASE WHEN l.is_old THEN ' (old)' END),
                        accelcost_internal.shown_number(l.total, 2),
                        coalesce(to_char(round(l.delta_vs_actual, 2), 'FMS999,999,999,999,990.00'), '')], 2), ''
                        ORDER BY l.n)))
         FROM listed AS l WHERE l.n <= 5 HAVING count(*) > 0),
        (SELECT concat(E'<h2>Buy, or rent</h2>\n<p>', accelcost_internal.html_text(t.words), E'</p>\n',
                       accelcost_internal.plan_lines('Buy or rent', t.words, t.own, t.rent, t.horizon, t.months))
         FROM told AS t));
END;
COMMENT ON FUNCTION accelcost_internal.machine_sections(date, text, regclass, text, timestamptz) IS
    'returns the cheapest other offers, and buying instead of renting; nothing if the month has no machine hours';
