-- The report of a month as one HTML page.

CREATE FUNCTION accelcost_internal.report_style() RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN concat(
        E'<style>\n',
        E':root { --text: #222; --soft: #595959; --back: #fff; --line: #ddd; --warn: #fff4d6; --edge: #b07d00;',
        E' --mark: #b00020; }\n',
        E'@media screen and (prefers-color-scheme: dark) { :root { --text: #e6e6e6; --soft: #a8a8a8; --back: #15171a;',
        E' --line: #3a3d42; --warn: #362c10; --edge: #d9a400; --mark: #ff7b8a; } }\n',
        E'body { font: 16px/1.5 system-ui, sans-serif; color: var(--text); background: var(--back); max-width: 50rem;',
        E' margin: 2rem auto; padding: 0 1rem; }\n',
        E'h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .5rem; }\n',
        E'h2 { font-size: 1.2rem; margin: 2.2rem 0 .5rem; }\n',
        E'p { margin: .3rem 0; } h1, p, li, caption, td, th { overflow-wrap: break-word; }\n',
        E'.total { font-size: 1.3rem; font-weight: 600; }',
        E' .note { font-weight: 400; font-size: 1rem; color: var(--soft); }\n',
        E'.warn { background: var(--warn); border-left: 4px solid var(--edge); margin: 1rem 0;',
        E' padding: .5rem .5rem .5rem 1.8rem; print-color-adjust: exact; }\n',
        E'svg { width: 100%; max-width: 36rem; height: auto; display: block; }\n',
        E'svg text { font: 13px system-ui, sans-serif; fill: var(--text); }\n',
        E'svg .t { fill: var(--soft); } .grid { stroke: var(--line); } .zero { stroke: var(--soft); }',
        E' .bar { stroke: var(--back); }\n',
        E'.mark { stroke: var(--mark); stroke-dasharray: 4 3; }\n',
        E'.legend { list-style: none; margin: .3rem 0; padding: 0; display: flex; flex-wrap: wrap; gap: .2rem 1.2rem;',
        E' font-size: .9rem; max-width: 36rem; } .key { display: inline-block; width: .7rem; margin-right: .4rem; }\n',
        E'.wide { overflow-x: auto; margin: .5rem 0; }',
        E' table { border-collapse: collapse; width: 100%; font-size: .9rem; }\n',
        E'caption { text-align: left; color: var(--soft); padding: .2rem 0; } em { color: var(--soft); }\n',
        E'th, td { text-align: left; padding: .25rem 1rem .25rem 0; border-bottom: 1px solid var(--line);',
        E' vertical-align: top; }\n',
        E'thead th { vertical-align: bottom; border-bottom: 2px solid var(--soft); } tbody th { font-weight: 400; }\n',
        E'tfoot th, tfoot td { font-weight: 600; border-bottom: 0; }\n',
        E'.n { text-align: right; font-variant-numeric: tabular-nums; } td.n, .date { white-space: nowrap; }\n',
        E'th:last-child, td:last-child { padding-right: 0; }\n',
        E'footer { margin-top: 2rem; color: var(--soft); font-size: .85rem; }\n',
        -- On a phone, tables are scrolled beside their first column.
        E'@media screen and (max-width: 40rem) { body { margin: 1rem auto; } table { font-size: .8rem; }',
        E' th, td { padding-right: .8rem; } caption { max-width: calc(100vw - 2rem); }',
        E' tbody th, tfoot th { position: sticky; left: 0; max-width: 7rem; background: var(--back); } }\n',
        E'@media print { @page { margin: 15mm; } body { margin: 0; padding: 0; max-width: none; font-size: 10.5pt; }',
        E' svg { max-width: 28rem; } svg, tr, .legend, .warn { break-inside: avoid; }',
        E' h2, caption { break-after: avoid; }',
        -- Chromium repeats the foot of a table on each page; a long table begins below its heading.
        E' .wide { overflow: visible; break-inside: avoid; } main > .wide:last-child { break-inside: auto; }',
        E' tfoot { display: table-row-group; } }\n',
        E'</style>\n');
COMMENT ON FUNCTION accelcost_internal.report_style() IS
    'returns the style sheet of the report';

CREATE FUNCTION accelcost.cost_report(
    month date, months integer DEFAULT 6, currency text DEFAULT 'USD', source regclass DEFAULT 'accelcost.usage',
    budget text DEFAULT NULL, title text DEFAULT NULL, place text DEFAULT NULL, rate_at timestamptz DEFAULT NULL,
    basis text DEFAULT 'modelled')
RETURNS text
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
BEGIN ATOMIC
    WITH asked AS MATERIALIZED (
        SELECT accelcost_internal.check_month(cost_report.month) AS month,
               accelcost_internal.check_between(coalesce(cost_report.months, 6), 1, 24, 'months')::integer AS months,
               accelcost_internal.check_currency(cost_report.currency) AS currency,
               accelcost_internal.check_basis(cost_report.basis) AS basis
    ), read AS MATERIALIZED (
        SELECT a.*, accelcost_internal.report_lines(a.month, greatest(a.months, 2), a.basis, a.currency,
                                                    cost_report.source, cost_report.rate_at) AS lines,
               accelcost_internal.report_months(a.month, a.months) AS shown,
               coalesce(cost_report.title,
                        concat(CASE a.basis WHEN 'modelled' THEN 'What AI cost, ' WHEN 'billed' THEN 'What was billed, '
                                            ELSE 'Effective cost, ' END,
                               accelcost_internal.month_name(a.month))) AS title
        FROM asked AS a
    )
    SELECT concat(
        E'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8"/>\n',
        E'<meta name="viewport" content="width=device-width, initial-scale=1"/>\n',
        E'<meta name="color-scheme" content="light dark"/>\n',
        '<title>', accelcost_internal.html_text(r.title), E'</title>\n', accelcost_internal.report_style(),
        E'</head>\n<body>\n<main>\n',
        accelcost_internal.head_section(r.lines, r.month, r.basis, r.currency, r.title),
        accelcost_internal.warning_section(r.lines, r.month, CASE WHEN r.basis = 'modelled'
                                                    THEN accelcost_internal.old_prices(
                                                             r.month, r.currency, cost_report.source,
                                                             cost_report.rate_at) END),
        accelcost_internal.trend_section(
            (SELECT coalesce(array_agg(l ORDER BY l.month), '{}') FROM unnest(r.lines) AS l
             WHERE l.month >= r.shown[1]),
            r.shown, r.currency),
        accelcost_internal.budget_section(r.month, cost_report.source, cost_report.budget),
        -- What only usage has.
        CASE WHEN r.basis = 'modelled' THEN concat(
            -- A relation without pools shares no machines.
            CASE WHEN EXISTS (SELECT FROM pg_attribute AS a WHERE a.attrelid = cost_report.source::oid
                                AND a.attname = 'pool' AND NOT a.attisdropped)
                 THEN accelcost_internal.showback_section(r.month, r.currency, cost_report.source,
                                                          cost_report.rate_at) END,
            accelcost_internal.tier_section(r.month, cost_report.source),
            accelcost_internal.machine_sections(r.month, r.currency, cost_report.source, cost_report.place,
                                                cost_report.rate_at)) END,
        accelcost_internal.line_section(r.lines, r.month, r.basis, r.currency),
        E'</main>\n<footer>', CASE WHEN r.basis = 'modelled'
                         THEN 'Usage at the prices in the catalog, each with a date and a source'
                         ELSE 'Charges of the billing exports that count' END,
        E'; unknown costs are in no total. Made by accelcost.</footer>\n</body>\n</html>\n')
    FROM read AS r;
END;
COMMENT ON FUNCTION accelcost.cost_report(date, integer, text, regclass, text, text, text, timestamptz, text) IS
    'returns a report of a month as one HTML page with charts, without scripts or links';
