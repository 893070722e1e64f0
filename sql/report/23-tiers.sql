-- What a quantity costs in each tier: as wide as the quantity, as high as the price.

CREATE FUNCTION accelcost_internal.tier_bars(
    title text, description text, tariff @extschema@.tariff, quantity numeric)
RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    WITH tier AS (
        SELECT l.tier, l.quantity, l.unit_price,
               sum(l.quantity) OVER (ORDER BY l.tier) - l.quantity AS before
        FROM @extschema@.tariff_lines(tier_bars.tariff, tier_bars.quantity) AS l
        WHERE l.quantity > 0.0
    ), axis AS (
        SELECT accelcost_internal.value_axis(0.0, max(t.unit_price), 24, 120) AS axis FROM tier AS t
    ), bar AS (
        SELECT t.tier, t.unit_price, round(60.0 + 410.0 * t.before / tier_bars.quantity, 1) AS x,
               round(410.0 * t.quantity / tier_bars.quantity, 1) AS width,
               accelcost_internal.axis_y(a.axis, t.unit_price) AS top, accelcost_internal.axis_y(a.axis, 0.0) AS bottom
        FROM tier AS t CROSS JOIN axis AS a
    )
    SELECT accelcost_internal.chart(tier_bars.title, tier_bars.description, 172, concat(
        (SELECT accelcost_internal.axis_lines(a.axis, 60, 470) FROM axis AS a),
        (SELECT string_agg(format(E'<rect x="%s" y="%s" width="%s" height="%s" fill="%s" class="bar"/>\n', b.x, b.top,
                                  b.width, b.bottom - b.top, accelcost_internal.chart_color(1)),
                           '' ORDER BY b.tier)
         FROM bar AS b),
        (SELECT string_agg(format(E'<text x="%s" y="162" class="t" text-anchor="middle">%s</text>\n',
                                  round(b.x + b.width / 2.0, 1), b.tier), '' ORDER BY b.tier)
         FROM bar AS b WHERE b.width >= 14.0),
        -- Prices of at most 7 characters, over bars that are as wide.
        (SELECT string_agg(format(E'<text x="%s" y="%s" class="t" text-anchor="middle">%s</text>\n',
                                  round(b.x + b.width / 2.0, 1), b.top - 5.0,
                                  accelcost_internal.short_number(b.unit_price)), '' ORDER BY b.tier)
         FROM bar AS b WHERE b.width >= 50.0)));
END;
COMMENT ON FUNCTION accelcost_internal.tier_bars(text, text, @extschema@.tariff, numeric) IS
    'returns a chart of the tiers that a quantity fills, with their numbers and prices';
