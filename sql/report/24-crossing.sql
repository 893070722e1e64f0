-- Two plans over months, and where the first becomes cheaper than the second one.

CREATE FUNCTION accelcost_internal.plan_lines(
    title text, description text, own @extschema@.tco, rent @extschema@.tco, horizon integer, crossing numeric)
RETURNS text
LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    WITH month AS MATERIALIZED (
        SELECT b.month, b.cost_a, b.cost_b
        FROM @extschema@.break_even(plan_lines.own, plan_lines.rent, plan_lines.horizon) AS b
    ), axis AS (
        SELECT accelcost_internal.value_axis(0.0, max(greatest(m.cost_a, m.cost_b)), 16, 180) AS axis FROM month AS m
    ), point AS (
        SELECT m.month, round(60.0 + 370.0 * m.month / plan_lines.horizon, 1) AS x,
               accelcost_internal.axis_y(a.axis, m.cost_a) AS own, accelcost_internal.axis_y(a.axis, m.cost_b) AS rent
        FROM month AS m CROSS JOIN axis AS a
    ), ending AS (
        -- Names of lines that end close to each other are moved apart.
        SELECT CASE WHEN abs(p.own - p.rent) >= 15.0 THEN p.own
                    WHEN p.own <= p.rent THEN p.rent - 15.0 ELSE p.rent + 15.0 END AS own, p.rent
        FROM point AS p WHERE p.month = plan_lines.horizon
    )
    SELECT accelcost_internal.chart(plan_lines.title, plan_lines.description, 236, concat(
        (SELECT accelcost_internal.axis_lines(a.axis, 60, 430) FROM axis AS a),
        (SELECT format(E'<path d="%s" fill="none" stroke="%s" stroke-width="2"/>\n'
                       '<path d="%s" fill="none" stroke="%s" stroke-width="2"/>\n',
                       string_agg(format('%s%s %s', CASE p.month WHEN 0 THEN 'M' ELSE 'L' END, p.x, p.own), ''
                                  ORDER BY p.month), accelcost_internal.chart_color(1),
                       string_agg(format('%s%s %s', CASE p.month WHEN 0 THEN 'M' ELSE 'L' END, p.x, p.rent), ''
                                  ORDER BY p.month), accelcost_internal.chart_color(2))
         FROM point AS p),
        (SELECT format(E'<text x="436" y="%s">buy</text><text x="436" y="%s">rent</text>\n', e.own + 4.0,
                       e.rent + 4.0)
         FROM ending AS e),
        (SELECT string_agg(format(E'<text x="%s" y="212" class="t" text-anchor="middle">%s</text>\n', p.x, p.month), ''
                           ORDER BY p.month)
         FROM point AS p WHERE p.month % greatest(1, plan_lines.horizon / 6) = 0),
        '<text x="245" y="230" class="t" text-anchor="middle">months</text>', E'\n',
        -- What it says is on the side with more room.
        (SELECT format(E'<line x1="%s" y1="16" x2="%1$s" y2="196" class="mark"/>'
                       '<text x="%s" y="27" class="t" text-anchor="%s">month %s</text>\n', c.x,
                       CASE WHEN c.x < 245.0 THEN c.x + 5.0 ELSE c.x - 5.0 END,
                       CASE WHEN c.x < 245.0 THEN 'start' ELSE 'end' END, ceil(plan_lines.crossing))
         FROM (SELECT round(60.0 + 370.0 * plan_lines.crossing / plan_lines.horizon, 1) AS x) AS c
         WHERE plan_lines.crossing <= plan_lines.horizon)));
END;
COMMENT ON FUNCTION accelcost_internal.plan_lines(text, text, @extschema@.tco, @extschema@.tco, integer, numeric) IS
    'returns a chart of the cost of buying and renting by month, with a mark where buying becomes cheaper';
