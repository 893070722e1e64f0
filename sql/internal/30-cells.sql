-- Cells of billing exports and price files: one function for each kind of column returns the value of a cell, or NULL
-- if it is invalid. None depends on a setting of the session.

CREATE FUNCTION accelcost_internal.import_header(header text)
RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT regexp_replace(lower(header COLLATE "C"), '[^a-z0-9]', '', 'g');
END;
COMMENT ON FUNCTION accelcost_internal.import_header(text) IS
    'returns the letters a-z, in lower case, and digits of a header, for comparison';

CREATE FUNCTION accelcost_internal.import_text(cell text)
RETURNS text
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'accelcost_import_text';
COMMENT ON FUNCTION accelcost_internal.import_text(text) IS
    'returns a cell without surrounding blanks and byte order marks; NULL if it is empty, or the word NULL or null';

CREATE FUNCTION accelcost_internal.import_number(cell text)
RETURNS numeric
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'accelcost_import_number';
COMMENT ON FUNCTION accelcost_internal.import_number(text) IS
    'returns the exact number in a cell; NULL if the cell is not a plain number of at most 100 characters';

CREATE FUNCTION accelcost_internal.import_cost(cell text)
RETURNS numeric
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'accelcost_import_cost';
COMMENT ON FUNCTION accelcost_internal.import_cost(text) IS
    'returns the number in a cell, in its currency; NULL if it is not a number below 1e20 in size';

CREATE FUNCTION accelcost_internal.import_currency(cell text)
RETURNS text
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'accelcost_import_currency';
COMMENT ON FUNCTION accelcost_internal.import_currency(text) IS
    'returns the currency or unit in a cell, as tco accepts it; NULL if invalid';

CREATE FUNCTION accelcost_internal.import_timestamp(cell text)
RETURNS timestamptz
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'accelcost_import_timestamp';
COMMENT ON FUNCTION accelcost_internal.import_timestamp(text) IS
    'returns the time in a cell in ISO format, in UTC if it has no offset; NULL if invalid';

CREATE FUNCTION accelcost_internal.import_slash_date(cell text, date_order text)
RETURNS text
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'accelcost_import_slash_date';
COMMENT ON FUNCTION accelcost_internal.import_slash_date(text, text) IS
    'returns a cell with a date such as 9/22/2023 or 9/22/23 as 2023-09-22, and any other cell unchanged';

CREATE FUNCTION accelcost_internal.import_money(cell text)
RETURNS text
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'accelcost_import_money';
COMMENT ON FUNCTION accelcost_internal.import_money(text) IS
    'returns an amount without dollar sign and thousands separators, and any other cell unchanged';

CREATE FUNCTION accelcost_internal.import_braces(cell text)
RETURNS text
LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN CASE WHEN cell LIKE '"%' THEN concat('{', cell, '}') ELSE cell END;
COMMENT ON FUNCTION accelcost_internal.import_braces(text) IS
    'returns tags with braces around them if they begin with a quote';

CREATE FUNCTION accelcost_internal.unit_multiplier(unit text)
RETURNS numeric
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'accelcost_unit_multiplier';
COMMENT ON FUNCTION accelcost_internal.unit_multiplier(text) IS
    'returns the number of units in a unit of measure such as 10K or 1 Hour; NULL if it has none';

CREATE FUNCTION accelcost_internal.import_any_object(cell text)
RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    value jsonb;
BEGIN
    value := cell;
    RETURN CASE jsonb_typeof(value)
        WHEN 'object' THEN value
        -- Google Cloud exports tags as an array of objects with key and value.
        WHEN 'array' THEN (
            SELECT coalesce(jsonb_object_agg(element.tag->>'key', element.tag->'value')
                                FILTER (WHERE element.tag->>'key' IS NOT NULL),
                            '{}')
            FROM jsonb_array_elements(value) AS element (tag)
            HAVING bool_and(jsonb_typeof(element.tag) = 'object' AND element.tag ? 'key') IS NOT FALSE)
    END;
EXCEPTION
    WHEN data_exception OR program_limit_exceeded THEN
        RETURN NULL;
END
$$;
COMMENT ON FUNCTION accelcost_internal.import_any_object(text) IS
    'converts text to an object like import_object, in a subtransaction';

CREATE FUNCTION accelcost_internal.import_is_plain_object(cell text)
RETURNS boolean
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'accelcost_import_is_plain_object';
COMMENT ON FUNCTION accelcost_internal.import_is_plain_object(text) IS
    'returns true if a text is a JSON object so plain that its cast to jsonb cannot fail';

CREATE FUNCTION accelcost_internal.import_object(cell text)
RETURNS jsonb
LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL UNSAFE
    RETURN CASE WHEN accelcost_internal.import_is_plain_object(cell) THEN cell::jsonb
                ELSE accelcost_internal.import_any_object(cell) END;
COMMENT ON FUNCTION accelcost_internal.import_object(text) IS
    'returns the JSON object in a cell, also from an array of keys and values; NULL if invalid';
