-- Text of the report: whatever comes from data is escaped here, and nowhere else.

CREATE FUNCTION accelcost_internal.html_text(value text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    -- Characters that HTML does not allow become blanks.
    RETURN replace(replace(replace(replace(replace(
               translate(value, concat(E'\x01\x02\x03\x04\x05\x06\x07\x08\x0b\x0c\x0e\x0f\x10\x11\x12\x13\x14',
                                       E'\x15\x16\x17\x18\x19\x1a\x1b\x1c\x1d\x1e\x1f\x7f'), repeat(' ', 29)),
               '&', '&amp;'), '<', '&lt;'), '>', '&gt;'), '"', '&quot;'), '''', '&#39;');
COMMENT ON FUNCTION accelcost_internal.html_text(text) IS
    'returns text escaped for HTML, for elements and attributes';

CREATE FUNCTION accelcost_internal.html_label(value text, room integer) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN CASE WHEN length(value) <= room THEN accelcost_internal.html_text(value)
                ELSE accelcost_internal.html_text(left(value, room - 1)) || '&#8230;' END;
COMMENT ON FUNCTION accelcost_internal.html_label(text, integer) IS
    'returns text escaped for HTML, cut to a number of characters';

CREATE FUNCTION accelcost_internal.shown_number(amount numeric, decimals integer) RETURNS text
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN coalesce(ltrim(to_char(round(amount, decimals), '999,999,999,999,999,999,999,990'
                                  || CASE WHEN decimals > 0 THEN '.' ELSE '' END || repeat('0', decimals))),
                    'unknown');
COMMENT ON FUNCTION accelcost_internal.shown_number(numeric, integer) IS
    'returns a number with commas and decimals, or "unknown"';

CREATE FUNCTION accelcost_internal.shown_part(part numeric, whole numeric, decimals integer) RETURNS text
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN CASE WHEN part = whole THEN 'all' ELSE accelcost_internal.shown_number(part, decimals) END;
COMMENT ON FUNCTION accelcost_internal.shown_part(numeric, numeric, integer) IS
    'returns a number with commas and decimals, or "all" if it is the whole';

CREATE FUNCTION accelcost_internal.counted(count numeric, one text, many text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN concat(accelcost_internal.shown_number(count, 0), ' ', CASE WHEN count = 1.0 THEN one ELSE many END);
COMMENT ON FUNCTION accelcost_internal.counted(numeric, text, text) IS
    'returns a number with the word for one or for several';

CREATE FUNCTION accelcost_internal.short_number(amount numeric) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN CASE
        WHEN abs(amount) < 1.0 THEN trim_scale(round(amount, 3))::text
        WHEN abs(amount) < 10.0 THEN trim_scale(round(amount, 2))::text
        WHEN abs(amount) < 1000.0 THEN trim_scale(round(amount, 1))::text
        WHEN abs(amount) < 999950.0 THEN trim_scale(round(amount / 1000.0, 1)) || 'k'
        WHEN abs(amount) < 999950000.0 THEN trim_scale(round(amount / 1000000.0, 1)) || 'M'
        WHEN abs(amount) < 999950000000.0 THEN trim_scale(round(amount / 1000000000.0, 1)) || 'G'
        ELSE ltrim(to_char(amount, '9.9EEEE')) END;
COMMENT ON FUNCTION accelcost_internal.short_number(numeric) IS
    'returns a number in few characters: thousands as k, millions as M';

CREATE FUNCTION accelcost_internal.month_name(month date) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    -- Not to_char with names, which a session could have translated.
    RETURN ('{Jan,Feb,Mar,Apr,May,Jun,Jul,Aug,Sep,Oct,Nov,Dec}'::text[])[extract(month FROM month)::integer]
           || ' ' || extract(year FROM month);
COMMENT ON FUNCTION accelcost_internal.month_name(date) IS
    'returns a month in English, as in Jul 2026';

CREATE FUNCTION accelcost_internal.html_row(cells text[], numbers integer) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT concat('<tr>', string_agg(CASE WHEN c.ordinal = 1 THEN format('<th scope="row">%s</th>', c.cell)
                                          WHEN c.ordinal > cardinality(html_row.cells) - html_row.numbers
                                          THEN format('<td class="n">%s</td>', c.cell)
                                          ELSE format('<td>%s</td>', c.cell) END, '' ORDER BY c.ordinal), E'</tr>\n')
    FROM unnest(html_row.cells) WITH ORDINALITY AS c (cell, ordinal);
END;
COMMENT ON FUNCTION accelcost_internal.html_row(text[], integer) IS
    'returns a row of a table from escaped cells: the first is its head, and the last ones are numbers';

CREATE FUNCTION accelcost_internal.html_table(
    caption text, heads text[], numbers integer, rows text, total text DEFAULT '')
RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    -- A table that is wider than the screen can be scrolled with keys, too.
    SELECT format(E'<div class="wide" role="region" aria-label="%1$s" tabindex="0"><table><caption>%1$s</caption>\n'
                  '<thead><tr>%2$s</tr></thead>\n<tbody>\n%3$s</tbody>%4$s</table></div>\n',
                  accelcost_internal.html_text(html_table.caption),
                  string_agg(format('<th scope="col"%s>%s</th>',
                                    CASE WHEN h.ordinal > cardinality(html_table.heads) - html_table.numbers
                                         THEN ' class="n"' END, accelcost_internal.html_text(h.head)),
                             '' ORDER BY h.ordinal),
                  html_table.rows,
                  CASE WHEN html_table.total <> ''
                       THEN concat(E'\n<tfoot>\n', html_table.total, E'</tfoot>\n') ELSE '' END)
    FROM unnest(html_table.heads) WITH ORDINALITY AS h (head, ordinal);
END;
COMMENT ON FUNCTION accelcost_internal.html_table(text, text[], integer, text, text) IS
    'returns a table with its heads, rows of html_row, and a row with their total';

CREATE FUNCTION accelcost_internal.total_name(is_complete boolean) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN CASE WHEN is_complete THEN 'total' ELSE 'total, at least' END;
COMMENT ON FUNCTION accelcost_internal.total_name(boolean) IS
    'returns the name of the total of a table, of which some lines may be unknown';
