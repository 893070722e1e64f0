-- Bars of months, stacked by series. Negative amounts, as of credits, are stacked below zero.

-- amounts has the months of the first series, then those of the second one; NULL is drawn as nothing.
CREATE FUNCTION accelcost_internal.stacked_bars(
    title text, description text, months date[], names text[], amounts numeric[])
RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    WITH cell AS (
        SELECT 1 + (a.i - 1) % m.months AS m, 1 + (a.i - 1) / m.months AS s, a.amount
        FROM unnest(stacked_bars.amounts) WITH ORDINALITY AS a (amount, i)
        CROSS JOIN (SELECT cardinality(stacked_bars.months) AS months) AS m
    ), stacked AS (
        SELECT c.m, c.s, c.amount,
               sum(c.amount) OVER (PARTITION BY c.m, c.amount < 0.0 ORDER BY c.s) AS until,
               sum(c.amount) OVER (PARTITION BY c.m) AS total
        FROM cell AS c
    ), axis AS (
        SELECT accelcost_internal.value_axis(coalesce(min(s.until), 0.0), coalesce(max(s.until), 0.0), 24, 200) AS axis
        FROM stacked AS s
    ), place AS (
        SELECT b.band, round(least(b.band * 0.6, 60.0), 1) AS width
        FROM (SELECT 400.0 / cardinality(stacked_bars.months) AS band) AS b
    ), bar AS (
        SELECT s.*, round(60.0 + (s.m - 0.5) * p.band - p.width / 2.0, 1) AS x, p.width,
               accelcost_internal.axis_y(a.axis, greatest(s.until, s.until - s.amount)) AS top,
               accelcost_internal.axis_y(a.axis, least(s.until, s.until - s.amount)) AS bottom
        FROM stacked AS s CROSS JOIN axis AS a CROSS JOIN place AS p
        WHERE s.amount <> 0.0
    )
    SELECT accelcost_internal.chart(stacked_bars.title, stacked_bars.description, 252, concat(
        (SELECT accelcost_internal.axis_lines(a.axis, 60, 460) FROM axis AS a),
        (SELECT string_agg(format(E'<rect x="%s" y="%s" width="%s" height="%s" fill="%s" class="bar"/>\n', b.x,
                                  b.top, b.width, b.bottom - b.top, accelcost_internal.chart_color(b.s)), ''
                           ORDER BY b.m, b.s)
         FROM bar AS b),
        (SELECT string_agg(format(E'<text x="%s" y="%s" class="t" text-anchor="middle">%s</text>\n',
                                  round(60.0 + (t.m - 0.5) * p.band, 1), t.y - 6.0,
                                  accelcost_internal.short_number(t.total)), '' ORDER BY t.m)
         FROM (SELECT b.m, min(b.total) AS total, min(b.top) AS y FROM bar AS b GROUP BY b.m) AS t CROSS JOIN place AS p
         WHERE p.band >= 40.0),
        accelcost_internal.month_names(stacked_bars.months, 60, 400, 244)))
        || accelcost_internal.legend(stacked_bars.names);
END;
COMMENT ON FUNCTION accelcost_internal.stacked_bars(text, text, date[], text[], numeric[]) IS
    'returns a chart of amounts by month, stacked by series, with their names below it';
