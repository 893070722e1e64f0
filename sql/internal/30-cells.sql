-- Cells of billing exports and price files: the value that each kind of cell holds, or NULL if it is invalid.

CREATE FUNCTION accelcost_internal.import_header(header text)
RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT regexp_replace(lower(header COLLATE "C"), '[^a-z0-9]', '', 'g');
END;
COMMENT ON FUNCTION accelcost_internal.import_header(text) IS
    'header of a billing export as importers compare it: lower case letters a-z and digits only, so that "BilledCost", "billed_cost" and "Billed Cost" are one';

-- Loading a billing export from a staging table of text columns.
--
-- First what a cell may hold: one function for each kind of column, which
-- gives the value, or NULL for what it refuses.  None depends on a setting of
-- the session.  Then the import: one statement, made from the header.

CREATE FUNCTION accelcost_internal.import_text(cell text)
RETURNS text
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'accelcost_import_text';
COMMENT ON FUNCTION accelcost_internal.import_text(text) IS
    'cell of a billing export without the blanks around it; NULL where it is empty, blank, or the word NULL or null';

CREATE FUNCTION accelcost_internal.import_number(cell text)
RETURNS numeric
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'accelcost_import_number';
COMMENT ON FUNCTION accelcost_internal.import_number(text) IS
    'number of a billing export, exact: sign, digits, fraction, exponent of at most two digits, 100 characters in all; NULL for anything else, such as NaN, 1,234.56 or $5';

CREATE FUNCTION accelcost_internal.import_cost(cell text)
RETURNS numeric
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'accelcost_import_cost';
COMMENT ON FUNCTION accelcost_internal.import_cost(text) IS
    'cost of a billing export, in its currency: a number as import_number reads it, below 1e20 in size so that a tco can hold it; NULL for anything else';

CREATE FUNCTION accelcost_internal.import_currency(cell text)
RETURNS text
LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE WHEN cell ~ '^[A-Z][A-Z][A-Z]$' THEN cell
                WHEN cell ~ '^[A-Za-z][A-Za-z][A-Za-z]$' THEN upper(cell COLLATE "C")
                WHEN octet_length(cell) <= 12 AND cell ~ '^[A-Za-z0-9_]*[A-Za-z_][A-Za-z0-9_]*$' THEN cell END;
END;
COMMENT ON FUNCTION accelcost_internal.import_currency(text) IS
    'currency or unit of a billing export as tco takes it: 1 to 12 of A-Z a-z 0-9 _, not digits alone, three letters in upper case; NULL for anything else';

CREATE FUNCTION accelcost_internal.import_timestamp(cell text)
RETURNS timestamptz
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'accelcost_import_timestamp';
COMMENT ON FUNCTION accelcost_internal.import_timestamp(text) IS
    'instant of a billing export: YYYY-MM-DD, a blank or T, hh:mm[:ss[.fff]], then Z, UTC or an offset; UTC if none; NULL for anything else, such as 9/2/2023, now or 2023-02-29';

CREATE FUNCTION accelcost_internal.import_slash_date(cell text, date_order text)
RETURNS text
LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT coalesce(
        (SELECT format('%s-%s-%s%s', m.parts[3], lpad(CASE date_order WHEN 'MDY' THEN m.parts[1] ELSE m.parts[2] END, 2, '0'),
                       lpad(CASE date_order WHEN 'MDY' THEN m.parts[2] ELSE m.parts[1] END, 2, '0'), m.parts[4])
         FROM regexp_matches(cell, '^([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})( .*)?$') AS m (parts)
         WHERE date_order IN ('MDY', 'DMY')), cell);
END;
COMMENT ON FUNCTION accelcost_internal.import_slash_date(text, text) IS
    'cell of a billing export with a date such as 9/22/2023 written as 2023-09-22, its parts taken in the order MDY or DMY; any other cell as it is';

CREATE FUNCTION accelcost_internal.import_money(cell text)
RETURNS text
LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE WHEN cell ~ '^[-+]?[$]?[0-9]{1,3}(,[0-9]{3})*([.][0-9]*)?$' OR cell ~ '^[-+]?[$][0-9]+([.][0-9]*)?$' OR cell ~ '^[$][-+]?[0-9]{1,3}(,[0-9]{3})*([.][0-9]*)?$'
                THEN translate(cell, '$,', '')
                WHEN cell ~ '^[(][$]?[0-9]{1,3}(,[0-9]{3})*([.][0-9]*)?[)]$' THEN '-' || translate(cell, '($,)', '')
                ELSE cell END;
END;
COMMENT ON FUNCTION accelcost_internal.import_money(text) IS
    'cell of a billing export without a dollar sign and commas between thousands, a sum in parentheses negative; any other cell as it is';

CREATE FUNCTION accelcost_internal.import_braces(cell text)
RETURNS text
LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN CASE WHEN cell LIKE '"%' THEN concat('{', cell, '}') ELSE cell END;
COMMENT ON FUNCTION accelcost_internal.import_braces(text) IS
    'tags of a billing export with braces around them, where they begin with a quote';

CREATE FUNCTION accelcost_internal.unit_multiplier(unit text)
RETURNS numeric
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (SELECT m.parts[1]::numeric * CASE m.parts[2] WHEN 'K' THEN 1000::numeric WHEN 'M' THEN 1000000::numeric WHEN 'B' THEN 1000000000::numeric ELSE 1::numeric END
            FROM regexp_matches(unit, '^([0-9]{1,12}(?:[.][0-9]{1,6})?)([KMB](?![A-Za-z]))?') AS m (parts));
COMMENT ON FUNCTION accelcost_internal.unit_multiplier(text) IS
    'how many units a price is for, by a unit of measure such as 10K, 1 Hour, 100 GB/Month or 1M; NULL where it does not say';

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
        -- tags as Google Cloud has them, each an object of a key and a value
        WHEN 'array' THEN (SELECT coalesce(jsonb_object_agg(e.tag->>'key', e.tag->'value') FILTER (WHERE e.tag->>'key' IS NOT NULL), '{}')
                           FROM jsonb_array_elements(value) AS e (tag)
                           HAVING bool_and(jsonb_typeof(e.tag) = 'object' AND e.tag ? 'key') IS NOT FALSE) END;
EXCEPTION
    WHEN data_exception OR program_limit_exceeded THEN
        RETURN NULL;
END
$$;
COMMENT ON FUNCTION accelcost_internal.import_any_object(text) IS
    'what import_object does, for any text: an object, or of an array of objects with key and value the object that these are; it opens a subtransaction, which import_object mostly saves';

CREATE FUNCTION accelcost_internal.import_is_plain_object(cell text)
RETURNS boolean
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'accelcost_import_is_plain_object';
COMMENT ON FUNCTION accelcost_internal.import_is_plain_object(text) IS
    'whether a text is a JSON object so plain that its cast to jsonb cannot fail: less than 10000 bytes, 32 levels, no escapes by number, no exponents';

CREATE FUNCTION accelcost_internal.import_object(cell text)
RETURNS jsonb
LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL UNSAFE
    RETURN CASE WHEN accelcost_internal.import_is_plain_object(cell) THEN cell::jsonb ELSE accelcost_internal.import_any_object(cell) END;
COMMENT ON FUNCTION accelcost_internal.import_object(text) IS
    'JSON object of a billing export, such as tags, also where they are an array of objects with key and value; NULL for anything else';
