-- Sections of the report that its lines give: head, warnings, charts of months, the table.

CREATE FUNCTION accelcost_internal.head_section(
    lines accelcost_internal.report_line[], month date, basis text, currency text, title text)
RETURNS text
LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    WITH now AS (
        SELECT sum(l.total) AS total, sum(l.usage_rows) AS used, sum(l.unpriced_rows) AS unpriced,
               sum(l.tokens) AS tokens, sum(l.priced_tokens) AS priced_tokens
        FROM unnest(head_section.lines) AS l WHERE l.month = head_section.month
    ), before AS (
        SELECT b.month, sum(l.total) AS total, sum(l.unpriced_rows) AS unpriced
        FROM (SELECT (head_section.month - interval '1 month')::date AS month) AS b
        LEFT JOIN unnest(head_section.lines) AS l ON l.month = b.month
        GROUP BY b.month
    )
    SELECT concat('<h1>', accelcost_internal.html_text(head_section.title), E'</h1>\n<p class="total">',
        CASE WHEN n.total IS NULL THEN 'Cost unknown'
             ELSE concat(accelcost_internal.shown_number(n.total, 2), ' ',
                         accelcost_internal.html_text(head_section.currency)) END,
        CASE WHEN n.unpriced > 0.0 AND n.total IS NOT NULL THEN ' <span class="note">at least</span>' END,
        CASE WHEN n.total IS NOT NULL AND b.total > 0.0
             THEN format(', %s %% against %s',
                         to_char(round((n.total - b.total) * 100.0 / b.total, 1), 'FMS999,999,990.0'),
                         accelcost_internal.month_name(b.month)) END,
        E'</p>\n<p>',
        CASE WHEN n.used IS NULL THEN 'Nothing in this month.'
             WHEN head_section.basis <> 'modelled'
             THEN format('%s, %s of them with this cost. Basis: %s.',
                         accelcost_internal.counted(n.used, 'charge', 'charges'),
                         accelcost_internal.shown_number(n.used - n.unpriced, 0),
                         accelcost_internal.html_text(head_section.basis))
             ELSE format('%s, %s of them with a price%s.',
                         accelcost_internal.counted(n.used, 'usage record', 'usage records'),
                         accelcost_internal.shown_number(n.used - n.unpriced, 0),
                         CASE WHEN n.tokens > 0.0
                              THEN format('; %s million tokens, %s million of them with a price',
                                          accelcost_internal.shown_number(n.tokens / 1000000.0, 1),
                                          accelcost_internal.shown_number(n.priced_tokens / 1000000.0, 1)) END) END,
        E' Months are in UTC.</p>\n')
    FROM now AS n CROSS JOIN before AS b;
END;
COMMENT ON FUNCTION accelcost_internal.head_section(accelcost_internal.report_line[], date, text, text, text) IS
    'returns the head of the report: total, change, coverage';

-- A row that an import rejected is missing until all bills of this import are replaced.
CREATE FUNCTION accelcost_internal.rejected_rows()
RETURNS TABLE (export_name text, rows numeric)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT r.export_name, count(DISTINCT (r.batch, r.row_number))::numeric
    FROM accelcost.import_reject AS r
    LEFT JOIN (SELECT b.batch, bool_and(b.replaced_at IS NOT NULL) AS is_replaced
               FROM accelcost.import_batch AS b GROUP BY b.batch) AS i ON i.batch = r.batch
    WHERE i.is_replaced IS NOT TRUE
    GROUP BY r.export_name;
END;
COMMENT ON FUNCTION accelcost_internal.rejected_rows() IS
    'returns how many rows imports left out of each export, without imports that later ones replaced';

CREATE FUNCTION accelcost_internal.warning_section(
    lines accelcost_internal.report_line[], month date, old_prices text[])
RETURNS text
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    WITH warning AS (
        SELECT 1 AS kind, u.reason AS key,
               concat(accelcost_internal.counted(u.unpriced, 'row is', 'rows are'), ' in no total: ',
                      accelcost_internal.html_label(u.reason, 160)) AS message, u.unpriced AS weight
        FROM (SELECT coalesce(l.reason, 'no price') AS reason, sum(l.unpriced_rows) AS unpriced
              FROM unnest(warning_section.lines) AS l
              WHERE l.month = warning_section.month AND l.unpriced_rows > 0
              GROUP BY 1) AS u
        UNION ALL
        SELECT 2, '', concat(accelcost_internal.counted(e.rows, 'record is', 'records are'), ' estimated: a price ',
                             'changes within the period, and hours are not instances times its length'),
               e.rows
        FROM (SELECT sum(l.estimated_rows) AS rows FROM unnest(warning_section.lines) AS l
              WHERE l.month = warning_section.month) AS e
        WHERE e.rows > 0.0
        UNION ALL
        SELECT 3, r.export_name, concat(accelcost_internal.counted(r.rows, 'row', 'rows'), ' of the billing export ',
                                        accelcost_internal.html_label(r.export_name, 60), ' rejected'), r.rows
        FROM accelcost_internal.rejected_rows() AS r
        UNION ALL
        SELECT 4, o.price,
               concat('The price of ', accelcost_internal.html_label(o.price, 100), ' is older than 180 days'), 0
        FROM unnest(warning_section.old_prices) AS o (price)
    ), listed AS (
        SELECT w.*, row_number() OVER (PARTITION BY w.kind ORDER BY w.weight DESC, w.key) AS n,
               count(*) OVER (PARTITION BY w.kind) AS total
        FROM warning AS w
    )
    SELECT concat(E'<ul class="warn">\n',
                  string_agg(CASE WHEN l.n <= 5 THEN format(E'<li>%s</li>\n', l.message)
                                  ELSE format(E'<li>and %s more of this kind</li>\n', l.total - 5) END, ''
                             ORDER BY l.kind, l.n), E'</ul>\n')
    FROM listed AS l WHERE l.n <= 6
    HAVING count(*) > 0;
END;
COMMENT ON FUNCTION accelcost_internal.warning_section(accelcost_internal.report_line[], date, text[]) IS
    'returns the list of what makes the report incomplete or doubtful; NULL if nothing does';

CREATE FUNCTION accelcost_internal.trend_section(
    lines accelcost_internal.report_line[], months date[], currency text)
RETURNS text
LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT concat(
        (SELECT concat(E'<h2>By provider</h2>\n', accelcost_internal.stacked_bars(
                    'Cost by provider and month', format('Stacked bars in %s; the largest provider is %s.',
                                                         trend_section.currency, (p.s).names[1]),
                    trend_section.months, (p.s).names, (p.s).amounts))
         FROM (SELECT accelcost_internal.provider_series(trend_section.lines, trend_section.months) AS s) AS p
         WHERE (p.s).names IS NOT NULL),
        (SELECT concat('<h2>', accelcost_internal.html_text(trend_section.currency), E' per million tokens</h2>\n',
                       accelcost_internal.month_lines(
                           'Cost per million tokens by model and month',
                           format('A line for each model; %s last cost %s %s per million.', (m.s).names[1],
                                  accelcost_internal.short_number(
                                      (SELECT a.amount FROM unnest((m.s).amounts) WITH ORDINALITY AS a (amount, n)
                                       WHERE a.n <= cardinality(trend_section.months) AND a.amount IS NOT NULL
                                       ORDER BY a.n DESC LIMIT 1)), trend_section.currency),
                           trend_section.months, (m.s).names, (m.s).amounts))
         FROM (SELECT accelcost_internal.model_series(trend_section.lines, trend_section.months) AS s) AS m
         WHERE (m.s).names IS NOT NULL));
END;
COMMENT ON FUNCTION accelcost_internal.trend_section(accelcost_internal.report_line[], date[], text) IS
    'returns the charts of several months: cost by provider, and per million tokens by model';

CREATE FUNCTION accelcost_internal.line_section(
    lines accelcost_internal.report_line[], month date, basis text, currency text)
RETURNS text
LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    WITH listed AS (
        SELECT l.*, row_number() OVER (ORDER BY l.total DESC NULLS LAST, l.provider, l.model, l.team, l.workload) AS n
        FROM unnest(line_section.lines) AS l WHERE l.month = line_section.month
    ), shown AS (
        SELECT l.n, accelcost_internal.html_label(coalesce(l.provider, ''), 40) AS provider, l.model, l.team, l.total,
               l.tokens, CASE WHEN l.priced_tokens > 0.0
                              THEN @extschema@.per_million(l.priced_cost, l.priced_tokens) END AS per_million
        FROM listed AS l WHERE l.n <= 50
        UNION ALL
        SELECT 51, format('%s more lines', count(*)), NULL, NULL, sum(l.total), sum(l.tokens), NULL
        FROM listed AS l WHERE l.n > 50 HAVING count(*) > 0
    ), cell AS (
        SELECT s.n, s.provider, accelcost_internal.html_label(coalesce(s.model, ''), 40) AS model,
               accelcost_internal.html_label(coalesce(s.team, ''), 40) AS team,
               accelcost_internal.shown_number(s.total, 2) AS total,
               CASE WHEN s.tokens IS NULL THEN ''
                    ELSE accelcost_internal.shown_number(s.tokens / 1000000.0, 1) END AS tokens,
               CASE WHEN s.per_million IS NULL THEN ''
                    ELSE accelcost_internal.shown_number(s.per_million, 4) END AS per_million
        FROM shown AS s
    )
    SELECT concat(E'<h2>Line by line</h2>\n', CASE WHEN line_section.basis = 'modelled'
        THEN accelcost_internal.html_table(
                 'Cost of the month by provider, model and team',
                 ARRAY['provider', 'model', 'team', line_section.currency, 'million tokens',
                       line_section.currency || ' per million'], 3,
                 string_agg(accelcost_internal.html_row(ARRAY[c.provider, c.model, c.team, c.total, c.tokens,
                                                              c.per_million], 3), '' ORDER BY c.n))
        ELSE accelcost_internal.html_table(
                 'Charges of the month by provider and service', ARRAY['provider', 'service', line_section.currency], 1,
                 string_agg(accelcost_internal.html_row(ARRAY[c.provider, c.model, c.total], 1), '' ORDER BY c.n)) END)
    FROM cell AS c
    HAVING count(*) > 0;
END;
COMMENT ON FUNCTION accelcost_internal.line_section(accelcost_internal.report_line[], date, text, text) IS
    'returns the table of the lines of the month';
