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
        CASE WHEN n.total IS NOT NULL AND b.total > 0.0 AND n.unpriced + b.unpriced > 0.0
             THEN ' <span class="note">in what has a price</span>' END,
        E'</p>\n<p>',
        CASE WHEN n.used IS NULL
             THEN CASE WHEN head_section.basis = 'modelled' THEN 'No usage in this month.'
                       ELSE 'No charges in this month.' END
             WHEN head_section.basis <> 'modelled'
             THEN format('%s, %s of them with this cost. Basis: %s.',
                         accelcost_internal.counted(n.used, 'charge', 'charges'),
                         accelcost_internal.shown_part(n.used - n.unpriced, n.used, 0),
                         accelcost_internal.html_text(head_section.basis))
             ELSE format('%s, %s of them with a price%s.',
                         accelcost_internal.counted(n.used, 'usage record', 'usage records'),
                         accelcost_internal.shown_part(n.used - n.unpriced, n.used, 0),
                         CASE WHEN n.tokens > 0.0
                              THEN format('; %s million tokens, %s of them with a price',
                                          accelcost_internal.shown_number(n.tokens / 1000000.0, 1),
                                          accelcost_internal.shown_part(n.priced_tokens / 1000000.0,
                                                                        n.tokens / 1000000.0, 1)) END) END,
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
               concat('The ', accelcost_internal.html_text(o.price)), 0
        FROM unnest(warning_section.old_prices) AS o (price)
    ), listed AS (
        SELECT w.*, row_number() OVER (PARTITION BY w.kind ORDER BY w.weight DESC, w.key) AS n,
               count(*) OVER (PARTITION BY w.kind) AS total
        FROM warning AS w
    )
    SELECT concat(E'<ul class="warn" aria-label="Warnings">\n',
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
                    'Cost by provider and month',
                    format('Stacked bars. The largest provider is %s. Total in %s: %s.', (p.s).names[1],
                           trend_section.currency, t.totals),
                    trend_section.months, (p.s).names, (p.s).amounts))
         FROM (SELECT accelcost_internal.provider_series(trend_section.lines, trend_section.months) AS s) AS p
         CROSS JOIN (SELECT string_agg(format('%s %s', accelcost_internal.month_name(m.month),
                                              accelcost_internal.shown_number(
                                                  (SELECT sum(l.total) FROM unnest(trend_section.lines) AS l
                                                   WHERE l.month = m.month), 2)), '; ' ORDER BY m.month) AS totals
                     FROM unnest(trend_section.months) AS m (month)) AS t
         WHERE (p.s).names IS NOT NULL),
        (SELECT concat('<h2>', accelcost_internal.html_text(trend_section.currency), E' per million tokens</h2>\n',
                       accelcost_internal.month_lines(
                           'Cost per million tokens by model and month',
                           format('A line for each model. %s last cost %s %s per million.', (m.s).names[1],
                                  accelcost_internal.shown_number(
                                      (SELECT a.amount FROM unnest((m.s).amounts) WITH ORDINALITY AS a (amount, n)
                                       WHERE a.n <= cardinality(trend_section.months) AND a.amount IS NOT NULL
                                       ORDER BY a.n DESC LIMIT 1), 4), trend_section.currency),
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
        SELECT l.n, coalesce(accelcost_internal.html_label(l.provider, 40), '<em>no provider</em>') AS provider,
               coalesce(accelcost_internal.html_label(l.model, 60),
                        CASE WHEN line_section.basis <> 'modelled' THEN '<em>no service</em>'
                             WHEN l.egress = l.total AND l.egress <> 0.0 THEN '<em>data transfer</em>'
                             ELSE '<em>no model</em>' END) AS model,
               coalesce(accelcost_internal.html_label(l.team, 40), '<em>no team</em>') AS team,
               l.total, l.tokens, l.priced_cost, l.priced_tokens
        FROM listed AS l WHERE l.n <= 50
        UNION ALL
        SELECT 51, accelcost_internal.counted(count(*), 'more line', 'more lines'), '', '', sum(l.total), sum(l.tokens),
               sum(l.priced_cost), sum(l.priced_tokens)
        FROM listed AS l WHERE l.n > 50 HAVING count(*) > 0
        UNION ALL
        SELECT 52, accelcost_internal.total_name(coalesce(sum(l.unpriced_rows), 0.0) = 0.0), '', '', sum(l.total),
               sum(l.tokens), sum(l.priced_cost), sum(l.priced_tokens)
        FROM listed AS l HAVING count(*) > 0
    ), cell AS (
        SELECT s.n, CASE WHEN line_section.basis = 'modelled'
                         THEN accelcost_internal.html_row(ARRAY[
                                  s.provider, s.model, s.team, accelcost_internal.shown_number(s.total, 2),
                                  CASE WHEN s.tokens <> 0.0
                                       THEN accelcost_internal.shown_number(s.tokens / 1000000.0, 1) ELSE '' END,
                                  CASE WHEN s.priced_tokens > 0.0
                                       THEN accelcost_internal.shown_number(
                                                @extschema@.per_million(s.priced_cost, s.priced_tokens), 4)
                                       ELSE '' END], 3)
                         ELSE accelcost_internal.html_row(ARRAY[
                                  s.provider, s.model, accelcost_internal.shown_number(s.total, 2)], 1) END AS row
        FROM shown AS s
    )
    SELECT concat(E'<h2>Line by line</h2>\n', accelcost_internal.html_table(
        CASE WHEN line_section.basis = 'modelled' THEN 'Cost of the month by provider, model and team'
             ELSE 'Charges of the month by provider and service' END,
        CASE WHEN line_section.basis = 'modelled'
             THEN ARRAY['provider', 'model', 'team', line_section.currency, 'million tokens',
                        line_section.currency || ' per million']
             ELSE ARRAY['provider', 'service', line_section.currency] END,
        CASE WHEN line_section.basis = 'modelled' THEN 3 ELSE 1 END,
        string_agg(c.row, '' ORDER BY c.n) FILTER (WHERE c.n < 52),
        string_agg(c.row, '') FILTER (WHERE c.n = 52)))
    FROM cell AS c
    HAVING count(*) > 0;
END;
COMMENT ON FUNCTION accelcost_internal.line_section(accelcost_internal.report_line[], date, text, text) IS
    'returns the table of the lines of the month, and their total';
