-- What charts share: a frame, an axis with round steps, colors, a legend. All are 480 units wide, so that their text
-- can be read on a phone; coordinates have one decimal.

CREATE FUNCTION accelcost_internal.chart_color(n bigint) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    -- After Okabe and Ito, for any color vision, but with a contrast of 3 to white and to the dark background.
    RETURN ('{#0072b2,#d97706,#008566,#b04f8d,#3a93c9,#c2410c,#857300,#737373}'::text[])[1 + (n - 1) % 8];
COMMENT ON FUNCTION accelcost_internal.chart_color(bigint) IS
    'returns the color of the nth series of a chart';

CREATE FUNCTION accelcost_internal.axis_step(low numeric, high numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT min(s.step)
    FROM (SELECT greatest(axis_step.high - axis_step.low, 1e-9) / 4.0 AS least) AS r
    CROSS JOIN LATERAL (SELECT 10.0 ^ floor(log(r.least)) AS power) AS p
    CROSS JOIN LATERAL (VALUES (1.0 * p.power), (2.0 * p.power), (2.5 * p.power), (5.0 * p.power), (10.0 * p.power))
        AS s (step)
    WHERE s.step >= r.least;
END;
COMMENT ON FUNCTION accelcost_internal.axis_step(numeric, numeric) IS
    'returns a round step that divides a range into at most four';

CREATE TYPE accelcost_internal.chart_axis AS (low numeric, high numeric, step numeric, top numeric, height numeric);
COMMENT ON TYPE accelcost_internal.chart_axis IS
    'a vertical axis: its values, all multiples of the step, and where it is drawn';

CREATE FUNCTION accelcost_internal.value_axis(low numeric, high numeric, top numeric, height numeric)
RETURNS accelcost_internal.chart_axis
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT ROW(floor(least(value_axis.low, 0.0) / s.step) * s.step,
               greatest(ceil(value_axis.high / s.step), floor(least(value_axis.low, 0.0) / s.step) + 1.0) * s.step,
               s.step, value_axis.top, value_axis.height)::accelcost_internal.chart_axis
    FROM (SELECT accelcost_internal.axis_step(least(value_axis.low, 0.0), greatest(value_axis.high, 0.0)) AS step) AS s;
END;
COMMENT ON FUNCTION accelcost_internal.value_axis(numeric, numeric, numeric, numeric) IS
    'returns the axis from 0, or the lowest value if negative, to the highest one';

CREATE FUNCTION accelcost_internal.axis_y(axis accelcost_internal.chart_axis, value numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN round((axis).top + ((axis).high - value) * (axis).height / ((axis).high - (axis).low), 1);
COMMENT ON FUNCTION accelcost_internal.axis_y(accelcost_internal.chart_axis, numeric) IS
    'returns the vertical coordinate of a value';

CREATE FUNCTION accelcost_internal.axis_number(value numeric, step numeric) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    -- Small numbers have the decimals of the step, so that 0.5, 1.0 and 1.5 are below each other.
    RETURN CASE WHEN value <> 0.0 AND abs(value) < 1000.0 AND step < 1000.0 AND step >= 0.0001
                THEN round(value, scale(trim_scale(step)))::text
                ELSE accelcost_internal.short_number(value) END;
COMMENT ON FUNCTION accelcost_internal.axis_number(numeric, numeric) IS
    'returns the number of an axis, with the decimals of its step';

CREATE FUNCTION accelcost_internal.axis_lines(axis accelcost_internal.chart_axis, x_from numeric, x_to numeric)
RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT string_agg(format(E'<line x1="%1$s" y1="%2$s" x2="%3$s" y2="%2$s" class="%4$s"/>'
                             '<text x="%5$s" y="%6$s" class="t" text-anchor="end">%7$s</text>\n',
                             axis_lines.x_from, y.y, axis_lines.x_to,
                             CASE WHEN v.value = 0.0 THEN 'zero' ELSE 'grid' END,
                             axis_lines.x_from - 6.0, y.y + 4.0,
                             accelcost_internal.axis_number(v.value, (axis_lines.axis).step)),
                      '' ORDER BY v.value)
    FROM generate_series((axis_lines.axis).low, (axis_lines.axis).high, (axis_lines.axis).step) AS v (value)
    CROSS JOIN LATERAL (SELECT accelcost_internal.axis_y(axis_lines.axis, v.value) AS y) AS y;
END;
COMMENT ON FUNCTION accelcost_internal.axis_lines(accelcost_internal.chart_axis, numeric, numeric) IS
    'returns the lines and numbers of a vertical axis';

CREATE FUNCTION accelcost_internal.month_names(months date[], x_from numeric, width numeric, y numeric) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    -- A name takes 70 units; the last one is always there.
    SELECT string_agg(format(E'<text x="%s" y="%s" class="t" text-anchor="middle">%s</text>\n',
                             round(month_names.x_from + (m.n - 0.5) * month_names.width / c.months, 1), month_names.y,
                             accelcost_internal.month_name(m.month)), '' ORDER BY m.n)
    FROM unnest(month_names.months) WITH ORDINALITY AS m (month, n)
    CROSS JOIN (SELECT cardinality(month_names.months) AS months) AS c
    WHERE (c.months - m.n) % ceil(70.0 * c.months / month_names.width)::integer = 0;
END;
COMMENT ON FUNCTION accelcost_internal.month_names(date[], numeric, numeric, numeric) IS
    'returns the names below a horizontal axis of months, as many as have room';

CREATE FUNCTION accelcost_internal.chart(title text, description text, height numeric, body text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN concat('<svg viewBox="0 0 480 ', height, '" role="img"><title>',
                  accelcost_internal.html_text(title), '</title><desc>',
                  accelcost_internal.html_text(description), E'</desc>\n', body, E'</svg>\n');
COMMENT ON FUNCTION accelcost_internal.chart(text, text, numeric, text) IS
    'returns an SVG element with a title and a description for screen readers';

-- HTML, not a part of the chart: it wraps as names need.
CREATE FUNCTION accelcost_internal.legend(names text[]) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT concat(E'<ul class="legend">\n',
                  string_agg(format(E'<li><svg class="key" viewBox="0 0 11 11" aria-hidden="true">'
                                    '<rect width="11" height="11" fill="%s"/></svg>%s</li>\n',
                                    accelcost_internal.chart_color(n.i), accelcost_internal.html_label(n.name, 60)),
                             '' ORDER BY n.i), E'</ul>\n')
    FROM unnest(legend.names) WITH ORDINALITY AS n (name, i);
END;
COMMENT ON FUNCTION accelcost_internal.legend(text[]) IS
    'returns the colors and names of the series of a chart';
