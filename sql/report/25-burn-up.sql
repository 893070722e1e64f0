-- A budget by day: what is spent, the forecast, and the amount.

CREATE FUNCTION accelcost_internal.burn_up(
    title text, description text, starts date, ends date, days date[], spent numeric[], forecast numeric,
    amount numeric)
RETURNS text
LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    WITH day AS MATERIALIZED (
        SELECT d.day, d.spent,
               round(60.0 + 350.0 * (d.day - burn_up.starts + 1) / (burn_up.ends - burn_up.starts), 1) AS x
        FROM unnest(burn_up.days, burn_up.spent) AS d (day, spent)
    ), axis AS (
        SELECT accelcost_internal.value_axis(least(min(d.spent), 0.0),
                                             greatest(max(d.spent), burn_up.forecast, burn_up.amount), 16, 160) AS axis
        FROM day AS d
    ), point AS (
        SELECT d.day, d.x, accelcost_internal.axis_y(a.axis, d.spent) AS y FROM day AS d CROSS JOIN axis AS a
    ), level AS (
        SELECT accelcost_internal.axis_y(a.axis, burn_up.amount) AS budget,
               accelcost_internal.axis_y(a.axis, burn_up.forecast) AS forecast,
               accelcost_internal.axis_y(a.axis, 0.0) AS zero
        FROM axis AS a
    )
    SELECT accelcost_internal.chart(burn_up.title, burn_up.description, 204, concat(
        (SELECT accelcost_internal.axis_lines(a.axis, 60, 410) FROM axis AS a),
        (SELECT format(E'<line x1="60" y1="%s" x2="410" y2="%1$s" class="mark"/><text x="416" y="%s">budget</text>\n',
                       l.budget, l.budget + 4.0)
         FROM level AS l),
        (SELECT format(E'<path d="M60 %s%s" fill="none" stroke="%s" stroke-width="2"/>\n', l.zero,
                       string_agg(format('L%s %s', p.x, p.y), '' ORDER BY p.day), accelcost_internal.chart_color(1))
         FROM point AS p CROSS JOIN level AS l GROUP BY l.zero),
        (SELECT format(E'<path d="M%s %sL410 %s" fill="none" stroke="%s" stroke-width="2" stroke-dasharray="4 4"/>'
                       '<text x="416" y="%s">forecast</text>\n', p.x, p.y, l.forecast,
                       accelcost_internal.chart_color(1),
                       CASE WHEN abs(l.forecast - l.budget) >= 15.0 THEN l.forecast
                            WHEN l.forecast < l.budget THEN l.budget - 15.0 ELSE l.budget + 15.0 END + 4.0)
         FROM point AS p CROSS JOIN level AS l WHERE l.forecast IS NOT NULL ORDER BY p.day DESC LIMIT 1),
        (SELECT string_agg(format(E'<text x="%s" y="196" class="t" text-anchor="middle">%s</text>\n',
                                  round(60.0 + 350.0 * (n.day + 1) / n.days, 1),
                                  to_char(burn_up.starts + n.day, 'MM-DD')), '' ORDER BY n.day)
         FROM (SELECT g.day, burn_up.ends - burn_up.starts AS days
               FROM generate_series(0, burn_up.ends - burn_up.starts - 1,
                                    greatest(1, (burn_up.ends - burn_up.starts) / 6)) AS g (day)) AS n)));
END;
COMMENT ON FUNCTION accelcost_internal.burn_up(text, text, date, date, date[], numeric[], numeric, numeric) IS
    'returns a chart of a budget: what is spent by day, the forecast, and the amount';
