-- A line for each series, by month. A month without a value is a gap.

CREATE FUNCTION accelcost_internal.month_lines(
    title text, description text, months date[], names text[], amounts numeric[])
RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    WITH cell AS (
        SELECT 1 + (a.i - 1) % m.months AS m, 1 + (a.i - 1) / m.months AS s, a.amount, m.months
        FROM unnest(month_lines.amounts) WITH ORDINALITY AS a (amount, i)
        CROSS JOIN (SELECT cardinality(month_lines.months) AS months) AS m
    ), axis AS (
        SELECT accelcost_internal.value_axis(coalesce(min(c.amount), 0.0), coalesce(max(c.amount), 0.0), 16, 200)
                   AS axis
        FROM cell AS c
    ), point AS (
        SELECT c.s, c.m, round(60.0 + (c.m - 0.5) * 360.0 / c.months, 1) AS x,
               accelcost_internal.axis_y(a.axis, c.amount) AS y, c.amount,
               lag(c.amount) OVER (PARTITION BY c.s ORDER BY c.m) IS NULL AS begins
        FROM cell AS c CROSS JOIN axis AS a
    ), named AS (
        -- The number of a line is at its last point. Numbers are moved down if they would touch, and up if the lowest
        -- one would leave the chart.
        SELECT l.s, l.amount, l.y + 4.0 AS y, row_number() OVER (ORDER BY l.y, l.s) AS n
        FROM (SELECT DISTINCT ON (p.s) p.s, p.y, p.amount FROM point AS p
              WHERE p.amount IS NOT NULL ORDER BY p.s, p.m DESC) AS l
    ), spread AS (
        SELECT d.s, d.amount, d.y - greatest(0.0, max(d.y) OVER () - 220.0) AS y
        FROM (SELECT n.s, n.amount, max(n.y - 15.0 * n.n) OVER (ORDER BY n.n) + 15.0 * n.n AS y FROM named AS n) AS d
    )
    SELECT accelcost_internal.chart(month_lines.title, month_lines.description, 252, concat(
        (SELECT accelcost_internal.axis_lines(a.axis, 60, 430) FROM axis AS a),
        (SELECT string_agg(format(E'<path d="%s" fill="none" stroke="%s" stroke-width="2"/>\n', d.path,
                                  accelcost_internal.chart_color(d.s)), '' ORDER BY d.s)
         FROM (SELECT p.s, string_agg(format('%s%s %s', CASE WHEN p.begins THEN 'M' ELSE 'L' END, p.x, p.y), ''
                                      ORDER BY p.m) AS path
               FROM point AS p WHERE p.amount IS NOT NULL GROUP BY p.s) AS d),
        (SELECT string_agg(format(E'<circle cx="%s" cy="%s" r="2.5" fill="%s"/>\n', p.x, p.y,
                                  accelcost_internal.chart_color(p.s)), '' ORDER BY p.s, p.m)
         FROM point AS p WHERE p.amount IS NOT NULL),
        accelcost_internal.month_names(month_lines.months, 60, 360, 244),
        (SELECT string_agg(format(E'<text x="%s" y="%s">%s</text>\n', p.x + 8.0, s.y, s.s), '' ORDER BY s.s)
         FROM spread AS s CROSS JOIN (SELECT max(p.x) AS x FROM point AS p) AS p)))
        || accelcost_internal.legend(
               (SELECT array_agg(format('%s %s: %s', n.i, left(n.name, 44),
                                        accelcost_internal.shown_number(s.amount, 4)) ORDER BY n.i)
                FROM unnest(month_lines.names) WITH ORDINALITY AS n (name, i)
                LEFT JOIN spread AS s ON s.s = n.i));
END;
COMMENT ON FUNCTION accelcost_internal.month_lines(text, text, date[], text[], numeric[]) IS
    'returns a chart of a line for each series, by month, with their names and last values below it';
