-- The report of a month as one HTML page.

CREATE FUNCTION accelcost_internal.report_style() RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN concat(
        E'<style>\n',
        E'body { font: 16px/1.5 system-ui, sans-serif; color: #222; background: #fff; max-width: 44rem;',
        E' margin: 2rem auto; padding: 0 1rem; }\n',
        E'h1 { font-size: 1.6rem; margin: 0; } h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; }\n',
        E'p { margin: .3rem 0; }\n',
        E'.total { font-size: 1.3rem; font-weight: 600; } .note { font-weight: 400; font-size: 1rem; color: #666; }\n',
        E'.warn { background: #fff4d6; border-left: 4px solid #b07d00; margin: 1rem 0;',
        E' padding: .5rem .5rem .5rem 1.8rem; }\n',
        E'svg { width: 100%; min-width: 34rem; height: auto; display: block; }\n',
        E'svg text { font: 12px system-ui, sans-serif; fill: #222; }\n',
        E'svg .t { fill: #555; } .grid { stroke: #ddd; } .zero { stroke: #555; }',
        E' .mark { stroke: #b00020; stroke-dasharray: 4 3; }\n',
        E'.wide { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: .9rem; }\n',
        E'caption { text-align: left; color: #555; padding: .2rem 0; }\n',
        E'th, td { text-align: left; padding: .25rem .6rem .25rem 0; border-bottom: 1px solid #ddd;',
        E' vertical-align: top; }\n',
        E'.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }\n',
        E'footer { margin-top: 2rem; color: #555; font-size: .85rem; }\n',
        E'@media print { body { margin: 0; max-width: none; font-size: 11pt; } svg, table, tr { break-inside: avoid; }',
        E' h2 { break-after: avoid; } }\n',
        E'</style>\n');
COMMENT ON FUNCTION accelcost_internal.report_style() IS
    'returns the style sheet of the report';

CREATE FUNCTION accelcost_internal.old_prices(lines accelcost_internal.report_line[], month date) RETURNS text[]
    LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT array_agg(format('%s at %s', l.model, l.provider) ORDER BY l.provider, l.model)
    FROM (SELECT DISTINCT l.provider, l.model FROM unnest(old_prices.lines) AS l
          WHERE l.month = old_prices.month AND l.total IS NOT NULL AND l.model IS NOT NULL
            AND accelcost.provider_name(l.provider) IS NOT NULL) AS l
    CROSS JOIN LATERAL accelcost.token_price_at(
        l.provider, l.model, (@extschema@.next_month(old_prices.month) - 1)::timestamp AT TIME ZONE 'UTC') AS p
    WHERE p.is_old;
END;
COMMENT ON FUNCTION accelcost_internal.old_prices(accelcost_internal.report_line[], date) IS
    'returns the models of the month whose token price is older than 180 days';

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
               coalesce(cost_report.title, concat('What AI cost, ', accelcost_internal.month_name(a.month))) AS title
        FROM asked AS a
    )
    SELECT concat(
        E'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8"/>\n',
        E'<meta name="viewport" content="width=device-width, initial-scale=1"/>\n',
        '<title>', accelcost_internal.html_text(r.title), E'</title>\n', accelcost_internal.report_style(),
        E'</head>\n<body>\n',
        accelcost_internal.head_section(r.lines, r.month, r.basis, r.currency, r.title),
        accelcost_internal.warning_section(r.lines, r.month, accelcost_internal.old_prices(r.lines, r.month)),
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
        '<footer>', CASE WHEN r.basis = 'modelled'
                         THEN 'Usage at the prices in the catalog, each with a date and a source'
                         ELSE 'Charges of the billing exports that count' END,
        E'; unknown costs are in no total. Made by accelcost.</footer>\n</body>\n</html>\n')
    FROM read AS r;
END;
COMMENT ON FUNCTION accelcost.cost_report(date, integer, text, regclass, text, text, text, timestamptz, text) IS
    'returns a report of a month as one HTML page with charts, without scripts or links';
