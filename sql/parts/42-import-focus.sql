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

CREATE FUNCTION accelcost_internal.import_block(unit text)
RETURNS numeric
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (SELECT m.parts[1]::numeric * CASE m.parts[2] WHEN 'K' THEN 1000::numeric WHEN 'M' THEN 1000000::numeric WHEN 'B' THEN 1000000000::numeric ELSE 1::numeric END
            FROM regexp_matches(unit, '^([0-9]{1,12}(?:[.][0-9]{1,6})?)([KMB](?![A-Za-z]))?') AS m (parts));
COMMENT ON FUNCTION accelcost_internal.import_block(text) IS
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

CREATE FUNCTION accelcost_internal.import_fault(kind text, required boolean, cell text)
RETURNS text
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
BEGIN ATOMIC
    SELECT CASE
        WHEN cell IS NULL THEN
            CASE WHEN required THEN 'must not be empty' END
        WHEN kind IN ('number', 'cost') AND accelcost_internal.import_number(cell) IS NULL THEN
            CASE WHEN cell ~ '^[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9]+)?$'
                 THEN 'is out of range for a number'
                 ELSE 'is not a number' END
        WHEN kind = 'cost' AND accelcost_internal.import_cost(cell) IS NULL THEN
            'is out of range for a cost'
        WHEN kind = 'currency' AND accelcost_internal.import_currency(cell) IS NULL THEN
            'is not a currency of 1 to 12 letters, digits and underscores, not digits alone'
        WHEN kind = 'timestamp' AND accelcost_internal.import_timestamp(cell) IS NULL THEN
            'is not a date and time of the form YYYY-MM-DD hh:mm:ss'
        WHEN kind = 'object' AND accelcost_internal.import_object(cell) IS NULL THEN
            'is not a JSON object'
    END;
END;
COMMENT ON FUNCTION accelcost_internal.import_fault(text, boolean, text) IS
    'what is wrong with a cell, already read by import_text, in a column of the kind text, number, cost, currency, timestamp or object; NULL if nothing is';

CREATE FUNCTION accelcost_internal.import_kind(column_name text)
RETURNS text
LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE c.atttypid
               WHEN 'text'::regtype::oid THEN CASE WHEN right(c.attname::text, 9) = '_currency' THEN 'currency' ELSE 'text' END
               WHEN 'numeric'::regtype::oid THEN CASE WHEN right(c.attname::text, 5) = '_cost' THEN 'cost' ELSE 'number' END
               WHEN 'timestamptz'::regtype::oid THEN 'timestamp'
               WHEN 'jsonb'::regtype::oid THEN 'object'
           END
    FROM pg_attribute AS c
    WHERE c.attrelid = 'accelcost.charge'::regclass::oid AND c.attname = import_kind.column_name AND c.attnum > '0'::smallint AND NOT c.attisdropped;
END;
COMMENT ON FUNCTION accelcost_internal.import_kind(text) IS
    'how cells for a column of accelcost.charge are read: text, number, cost, currency, timestamp or object; NULL if there is no such column';

CREATE FUNCTION accelcost_internal.import_headers(expression text)
RETURNS TABLE (header text, header_key text, kind text)
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT DISTINCT m.parts[1], CASE WHEN m.parts[1] NOT LIKE '%*' THEN accelcost_internal.import_header(m.parts[1]) END, coalesce(m.parts[3], 'text')
    FROM regexp_matches(import_headers.expression, '[{]([^{}:]+)(:(number|timestamp|cost))?[}]', 'g') AS m (parts);
END;
COMMENT ON FUNCTION accelcost_internal.import_headers(text) IS
    'headers in braces in an expression of import_derivation, and how it reads their cells';

CREATE FUNCTION accelcost_internal.import_credits_fault(credits text)
RETURNS boolean
LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL UNSAFE
BEGIN ATOMIC
    SELECT credits IS NOT NULL
           AND coalesce((SELECT jsonb_typeof(c.list) <> 'array' OR EXISTS (SELECT FROM jsonb_array_elements(CASE WHEN jsonb_typeof(c.list) = 'array' THEN c.list END) AS e (credit)
                                                                           WHERE jsonb_typeof(e.credit) <> 'object')
                         FROM (SELECT accelcost_internal.import_object(concat('{"credits": ', import_credits_fault.credits, '}'))->'credits' AS list) AS c), true);
END;
COMMENT ON FUNCTION accelcost_internal.import_credits_fault(text) IS
    'whether credits of a Google Cloud billing export are anything but an array of objects: an import that took that for none would load the cost without them';

CREATE FUNCTION accelcost_internal.import_azure_region(location text)
RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT coalesce(r.region, n.name)
    FROM (SELECT lower(replace(import_azure_region.location, ' ', '') COLLATE "C") AS name) AS n
    LEFT JOIN (VALUES ('useast', 'eastus'), ('useast2', 'eastus2'), ('uswest', 'westus'), ('uswest2', 'westus2'), ('uswest3', 'westus3'), ('uscentral', 'centralus'),
                      ('usnorthcentral', 'northcentralus'), ('ussouthcentral', 'southcentralus'), ('uswestcentral', 'westcentralus'), ('euwest', 'westeurope'),
                      ('eunorth', 'northeurope'), ('apeast', 'eastasia'), ('apsoutheast', 'southeastasia'), ('jaeast', 'japaneast'), ('jawest', 'japanwest'),
                      ('aueast', 'australiaeast'), ('ausoutheast', 'australiasoutheast'), ('aucentral', 'australiacentral'), ('cacentral', 'canadacentral'),
                      ('caeast', 'canadaeast'), ('incentral', 'centralindia'), ('insouth', 'southindia'), ('inwest', 'westindia'), ('krcentral', 'koreacentral'),
                      ('krsouth', 'koreasouth'), ('brsouth', 'brazilsouth'), ('frcentral', 'francecentral'), ('frsouth', 'francesouth'), ('dewestcentral', 'germanywestcentral'),
                      ('denorth', 'germanynorth'), ('chnorth', 'switzerlandnorth'), ('chwest', 'switzerlandwest'), ('noeast', 'norwayeast'), ('nowest', 'norwaywest'),
                      ('secentral', 'swedencentral'), ('aenorth', 'uaenorth'), ('aecentral', 'uaecentral'), ('zanorth', 'southafricanorth'), ('zawest', 'southafricawest')) AS r (name, region)
        ON r.name = n.name;
END;
COMMENT ON FUNCTION accelcost_internal.import_azure_region(text) IS
    'region of Azure by its name of today, as eastus, for EastUS, East US and what bills call US East';

CREATE FUNCTION accelcost_internal.import_cells(format text, staging regclass)
RETURNS TABLE (column_number integer, header text, header_key text, cell text)
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    lines CONSTANT name := (SELECT min(a.attname) FROM pg_attribute AS a
                            WHERE a.attrelid = staging AND a.attnum > 0 AND NOT a.attisdropped
                            HAVING count(*) = 1 AND bool_and(a.atttypid IN ('text'::regtype, 'json'::regtype, 'jsonb'::regtype)));
    -- A credit without an amount is one nevertheless.
    credit CONSTANT jsonb := jsonb_build_object(
        'credit.amount', format('CASE WHEN c.credit IS NOT NULL THEN coalesce(%s.import_text(c.credit->>''amount''), ''no amount'') END', 'accelcost_internal'),
        'credit.name', 'coalesce(c.credit->>''full_name'', c.credit->>''name'')',
        'credit.type', 'c.credit->>''type''');
BEGIN
    IF format = 'gcp' AND lines IS NOT NULL THEN
        -- JSON lines: what the export is known to have
        RETURN QUERY
        SELECT i.n::integer, i.path, accelcost_internal.import_header(i.path),
               coalesce(credit->>i.path, format('j.line#>>%L', string_to_array(i.path, '.')))
        FROM unnest(accelcost_internal.import_gcp_fields()) WITH ORDINALITY AS i (path, n)
        UNION ALL
        -- what else a line has
        SELECT 1999, 'line', 'line', format('%s.import_gcp_rest(j.line)::text', 'accelcost_internal');
        RETURN;
    END IF;
    RETURN QUERY
    SELECT a.attnum::integer, a.attname::text, accelcost_internal.import_header(a.attname::text), format('s.%I::text', a.attname)
    FROM pg_attribute AS a
    WHERE a.attrelid = staging AND a.attnum > 0 AND NOT a.attisdropped
    UNION ALL
    SELECT 2000 + i.n::integer, i.header, accelcost_internal.import_header(i.header), i.cell
    FROM jsonb_each_text(credit) WITH ORDINALITY AS i (header, cell, n)
    WHERE format = 'gcp' AND EXISTS (SELECT FROM pg_attribute AS a WHERE a.attrelid = staging AND a.attnum > 0 AND accelcost_internal.import_header(a.attname::text) = 'credits');
END
$$;
COMMENT ON FUNCTION accelcost_internal.import_cells(text, regclass) IS
    'headers that an import of a format sees in a staging table, and the text of their cells: its columns, and of a Google Cloud export the fields of its lines and of their credits';

CREATE FUNCTION accelcost_internal.import_gcp_fields()
RETURNS text[]
LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN '{billing_account_id,invoice.month,cost_type,service.id,service.description,sku.id,sku.description,usage_start_time,usage_end_time,project.id,project.name,project.labels,labels,system_labels,location.location,location.region,location.zone,resource.name,resource.global_name,cost,cost_at_list,currency,currency_conversion_rate,usage.amount,usage.unit,usage.amount_in_pricing_units,usage.pricing_unit,price.effective_price,price.list_price,price.tier_start_amount,price.unit,adjustment_info.id,adjustment_info.type,adjustment_info.description,adjustment_info.mode,subscription.instance_id,transaction_type,seller_name,export_time,tags,credits,credit.amount,credit.name,credit.type}'::text[];
COMMENT ON FUNCTION accelcost_internal.import_gcp_fields() IS
    'fields of a line of a Google Cloud billing export that an import reads, and of one of its credits';

CREATE FUNCTION accelcost_internal.import_gcp_rest(line jsonb)
RETURNS jsonb
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT jsonb_object_agg(r.key, r.rest)
    FROM (SELECT e.key, CASE WHEN jsonb_typeof(e.value) = 'object'
                             THEN e.value - ARRAY(SELECT split_part(f.path, '.', 2) FROM unnest(accelcost_internal.import_gcp_fields()) AS f (path)
                                                  WHERE split_part(f.path, '.', 1) = e.key)
                             ELSE e.value END AS rest
          FROM jsonb_each(import_gcp_rest.line) AS e (key, value)
          WHERE e.key <> ALL (accelcost_internal.import_gcp_fields())) AS r
    WHERE r.rest <> '{}'::jsonb;
END;
COMMENT ON FUNCTION accelcost_internal.import_gcp_rest(jsonb) IS
    'fields of a line of a Google Cloud billing export that import_gcp_fields lacks, in their objects; NULL if there are none';

CREATE FUNCTION accelcost_internal.import_source(format text, staging regclass)
RETURNS text
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    own     CONSTANT text := 'accelcost_internal';
    columns CONSTANT integer := (SELECT count(*) FROM pg_attribute AS a WHERE a.attrelid = staging AND a.attnum > 0 AND NOT a.attisdropped);
    list    text;
BEGIN
    IF format <> 'gcp' THEN
        RETURN format('%s AS s', staging);
    END IF;
    -- Each credit of a line is a row after it.
    SELECT format('%s.import_object(concat(''{"credits": '', %s, ''}''))->''credits''', own, i.cell) INTO list
    FROM accelcost_internal.import_cells(format, staging) AS i WHERE i.header_key = 'credits';
    IF EXISTS (SELECT FROM accelcost_internal.import_cells(format, staging) AS i WHERE i.cell LIKE 'j.line%') THEN
        RETURN format('%1$s AS s CROSS JOIN LATERAL (SELECT %2$s.import_object(s.%3$I::text) AS line) AS j CROSS JOIN LATERAL (SELECT %2$s.import_object(concat(''{"credits": '', j.line#>>''{credits}'', ''}''))->''credits'' AS list) AS k CROSS JOIN LATERAL (SELECT NULL::jsonb AS credit, 0 AS n UNION ALL SELECT e.credit, e.n FROM jsonb_array_elements(CASE WHEN jsonb_typeof(k.list) = ''array'' THEN k.list END) WITH ORDINALITY AS e (credit, n)) AS c',
                      staging, own, (SELECT a.attname FROM pg_attribute AS a WHERE a.attrelid = staging AND a.attnum > 0 AND NOT a.attisdropped));
    ELSIF list IS NULL THEN
        RETURN format('%s AS s CROSS JOIN LATERAL (SELECT NULL::jsonb AS credit) AS c', staging);
    END IF;
    RETURN format('%s AS s CROSS JOIN LATERAL (SELECT %s AS credits) AS j CROSS JOIN LATERAL (SELECT NULL::jsonb AS credit, 0 AS n UNION ALL SELECT e.credit, e.n FROM jsonb_array_elements(CASE WHEN jsonb_typeof(j.credits) = ''array'' THEN j.credits END) WITH ORDINALITY AS e (credit, n)) AS c',
                  staging, list);
END
$$;
COMMENT ON FUNCTION accelcost_internal.import_source(text, regclass) IS
    'what an import of a format reads FROM: the staging table, and of a Google Cloud export also the credits of each line, as rows after it';

CREATE FUNCTION accelcost_internal.import_mapping(format text, staging regclass)
RETURNS TABLE (column_number integer, header text, column_name text, kind text, required boolean, expression text)
LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    WITH found AS MATERIALIZED (
        SELECT a.column_number, a.header, a.header_key, known.column_name, known.required
        FROM accelcost_internal.import_cells(import_mapping.format, import_mapping.staging) AS a
        LEFT JOIN LATERAL (
            -- A user's row for the header comes before the builtin one.
            SELECT i.column_name,
                   (SELECT bool_or(same.required) FROM accelcost.import_column AS same
                    WHERE same.format = i.format AND same.column_name = i.column_name) AS required
            FROM accelcost.import_column AS i
            WHERE i.format = import_mapping.format
              AND i.header_key = a.header_key
            ORDER BY i.builtin
            LIMIT 1
        ) AS known ON true
    ), derived AS MATERIALIZED (
        -- What a header fills by itself needs no derivation.
        SELECT d.place, d.column_name, d.expression
        FROM accelcost_internal.import_derivation(import_mapping.format) AS d
        WHERE NOT EXISTS (SELECT FROM found AS f WHERE f.column_name = d.column_name)
    ), used AS MATERIALIZED (
        SELECT d.place, h.header_key, h.kind
        FROM derived AS d
        CROSS JOIN LATERAL accelcost_internal.import_headers(d.expression) AS h
    )
    SELECT f.column_number, f.header, f.column_name,
           CASE WHEN f.column_name IS NULL
                THEN (SELECT (array_agg(u.kind ORDER BY u.kind = 'text', u.kind COLLATE "C"))[1] FROM used AS u WHERE u.header_key = f.header_key)
                ELSE accelcost_internal.import_kind(f.column_name) END,
           coalesce(f.required OR c.attnotnull, false), NULL::text
    FROM found AS f
    LEFT JOIN pg_attribute AS c
           ON c.attrelid = 'accelcost.charge'::regclass::oid AND c.attname = f.column_name
          AND c.attnum > '0'::smallint AND NOT c.attisdropped
    UNION ALL
    SELECT 10000 + d.place, coalesce((SELECT concat(string_agg(f.header, ', ' ORDER BY f.column_number), ' (', d.column_name, ')') FROM found AS f
                                      WHERE f.header_key IN (SELECT u.header_key FROM used AS u WHERE u.place = d.place) HAVING count(*) > 0), ''),
           d.column_name, accelcost_internal.import_kind(d.column_name), c.attnotnull, d.expression
    FROM derived AS d
    JOIN pg_attribute AS c ON c.attrelid = 'accelcost.charge'::regclass::oid AND c.attname = d.column_name
    ORDER BY 1;
END;
COMMENT ON FUNCTION accelcost_internal.import_mapping(text, regclass) IS
    'accelcost.import_mapping, for text resolved at run time';

CREATE FUNCTION accelcost.import_mapping(format text, staging regclass)
RETURNS TABLE (column_number integer, header text, column_name text, kind text, required boolean, expression text)
LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT * FROM accelcost_internal.import_mapping(format, staging);
END;
COMMENT ON FUNCTION accelcost.import_mapping(text, regclass) IS
    'which column of accelcost.charge each column of a staging table fills, how its cells are read, and whether they may be empty; column_name is NULL for columns that an import keeps in extra; after them what import_derivation fills from several, with the expression';

CREATE FUNCTION accelcost_internal.import_expression(expression text, format text, staging regclass)
RETURNS text
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    own    CONSTANT text := 'accelcost_internal';
    result text := replace(expression, '@own@', own);
    h      record;
BEGIN
    FOR h IN SELECT i.header, i.kind, coalesce('cell_' || f.column_number, 'NULL::text') AS cell
             FROM accelcost_internal.import_headers(expression) AS i
             LEFT JOIN LATERAL (SELECT a.column_number FROM accelcost_internal.import_cells(format, staging) AS a
                                WHERE a.header_key = i.header_key
                                ORDER BY a.column_number LIMIT 1) AS f ON true
             -- names of columns, which may look like headers in braces, come last
             ORDER BY i.header LIKE '%*'
    LOOP
        IF h.header LIKE '%*' THEN
            -- all columns whose names begin so, as an object
            result := replace(result, format('{%s}', h.header), coalesce(
                (SELECT format('nullif(jsonb_strip_nulls(jsonb_object(ARRAY[%s]::text[], ARRAY[%s]::text[])), ''{}'')::text',
                               string_agg(quote_literal(substr(a.header, length(h.header))), ', ' ORDER BY a.column_number), string_agg('cell_' || a.column_number, ', ' ORDER BY a.column_number))
                 FROM accelcost_internal.import_cells(format, staging) AS a
                 WHERE length(a.header) >= length(h.header) AND lower(left(a.header, length(h.header) - 1)) = lower(rtrim(h.header, '*'))
                 HAVING count(*) > 0), 'NULL::text'));
        ELSIF h.kind IN ('text', 'cost') THEN
            result := replace(result, format('{%s}', concat_ws(':', h.header, nullif(h.kind, 'text'))), h.cell);
        ELSE
            result := replace(result, format('{%s:%s}', h.header, h.kind), format('%s.import_%s(%s)', own, h.kind, h.cell));
        END IF;
    END LOOP;
    RETURN result;
END
$$;
COMMENT ON FUNCTION accelcost_internal.import_expression(text, text, regclass) IS
    'expression of import_derivation over the cells of a staging table; NULL for a header that it lacks';

CREATE FUNCTION accelcost_internal.import_statement(format text, staging regclass, date_order text DEFAULT 'YMD', money_signs boolean DEFAULT false)
RETURNS text
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    own    CONSTANT text := 'accelcost_internal'; -- not written into the formats: it may have a % in it
    file   record; -- of the staging table: its cells, and those that can be at fault
    charge record; -- of accelcost.charge: the columns that a file can fill, and the value of each
BEGIN
    SELECT string_agg(format(CASE WHEN m.kind = 'timestamp' AND date_order <> 'YMD' THEN '%1$s.import_slash_date(%1$s.import_text(%2$s COLLATE "default"), %4$L) AS cell_%3$s'
                                  WHEN m.kind IN ('number', 'cost') AND money_signs THEN '%1$s.import_money(%1$s.import_text(%2$s COLLATE "default")) AS cell_%3$s'
                                  ELSE '%1$s.import_text(%2$s COLLATE "default") AS cell_%3$s' END,
                             own, i.cell, m.column_number, date_order), E',\n           ') FILTER (WHERE m.expression IS NULL) AS cells,
           string_agg(format('%s AS cell_%s', x.expression, m.column_number), E',\n           ') FILTER (WHERE m.expression IS NOT NULL) AS derived,
           string_agg('cell_' || m.column_number, ', ') FILTER (WHERE c.is_checked) AS checked,
           string_agg(CASE WHEN m.column_name IS NULL THEN format('cell_%s IS NOT NULL AND %s.import_%s(cell_%s) IS NULL', m.column_number, own, m.kind, m.column_number)
                           WHEN m.required THEN format('%I IS NULL', m.column_name)
                           ELSE format('%I IS NULL AND cell_%s IS NOT NULL', m.column_name, m.column_number) END,
                      E'\n                  OR ') FILTER (WHERE c.is_checked) AS at_fault,
           array_agg(m.header) FILTER (WHERE c.is_checked) AS headers,
           array_agg(m.kind) FILTER (WHERE c.is_checked) AS kinds,
           array_agg(m.required) FILTER (WHERE c.is_checked) AS required,
           string_agg(format('%s.import_%s(cell_%s) IS NULL AND cell_%s IS NOT NULL', own, m.kind, m.column_number, m.column_number), E'\n                  OR ')
               FILTER (WHERE c.is_checked AND m.column_name IS NULL) AS unmapped_at_fault,
           format('jsonb_strip_nulls(jsonb_object(ARRAY[%s]::text[], ARRAY[%s]::text[]))',
                  string_agg(quote_literal(m.header), ', ') FILTER (WHERE m.column_name IS NULL),
                  string_agg('cell_' || m.column_number, ', ') FILTER (WHERE m.column_name IS NULL)) AS extra
    INTO STRICT file
    FROM accelcost_internal.import_mapping(format, staging) AS m
    LEFT JOIN accelcost_internal.import_cells(format, staging) AS i ON i.column_number = m.column_number
    CROSS JOIN LATERAL (SELECT m.kind <> 'text' OR m.required AS is_checked) AS c
    LEFT JOIN LATERAL (SELECT accelcost_internal.import_expression(m.expression, format, staging) AS expression) AS x ON m.expression IS NOT NULL;

    SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) AS columns,
           string_agg(CASE WHEN m.kind IS NULL THEN format('NULL::%s', format_type(a.atttypid, a.atttypmod))
                           WHEN m.kind = 'text' THEN format('cell_%s', m.column_number)
                           ELSE format('%s.import_%s(cell_%s)', own, m.kind, m.column_number) END
                      || format(' AS %I', a.attname), E',\n           ' ORDER BY a.attnum) AS values
    INTO STRICT charge
    FROM pg_attribute AS a
    LEFT JOIN accelcost_internal.import_mapping(format, staging) AS m ON m.column_name = a.attname
    WHERE a.attrelid = 'accelcost.charge'::regclass AND a.attnum > 0 AND NOT a.attisdropped
      AND a.attname NOT IN ('extra', 'export', 'batch', 'row_number');

    -- Parameters: $1 the export's name, $2 the number of the batch, $3 whether any fault stops the import.
    RETURN format($sql$
WITH cell AS (
    SELECT row_number() OVER () AS row_number,
           %1$s
    FROM %2$s
), derived AS (
    SELECT cell.*%12$s
    FROM cell OFFSET 0
), reading AS (
    -- OFFSET 0 keeps the planner from reading a cell once per mention of its value below.
    SELECT derived.*,
           %3$s
    FROM derived OFFSET 0
), charge_row AS MATERIALIZED (
    SELECT row_number, %4$s,
           %5$s AS extra,
           CASE WHEN %6$s
                THEN ARRAY[%7$s] END AS cells_at_fault
    FROM reading
), fault AS (
    SELECT r.row_number, c.position, c.header, c.value, reason
    FROM charge_row AS r
    CROSS JOIN unnest(%8$L::text[], %9$L::text[], %10$L::boolean[], r.cells_at_fault)
               WITH ORDINALITY AS c (header, kind, required, value, position)
    CROSS JOIN %11$s.import_fault(c.kind, c.required, c.value) AS reason
    WHERE r.cells_at_fault IS NOT NULL AND reason IS NOT NULL
), unit_at_fault AS (
    SELECT DISTINCT provider_name, billing_account_id, billing_period_start
    FROM charge_row
    WHERE cells_at_fault IS NOT NULL
), incoming AS (
    -- Of the text: hashes of records and of jsonb are made such that a value that moves
    -- from one row or key to another often leaves the sum as it was.
    SELECT provider_name, billing_account_id, billing_period_start, sum(charges)::bigint AS charges,
           sum(fingerprint) AS fingerprint, jsonb_object_agg(billing_currency, billed) AS billed
    FROM (SELECT provider_name, billing_account_id, billing_period_start, billing_currency, count(*) AS charges,
                 sum(hashtextextended(ROW(%4$s, extra)::text COLLATE "C", 0)) AS fingerprint, sum(billed_cost) AS billed
          FROM charge_row
          WHERE cells_at_fault IS NULL
          GROUP BY 1, 2, 3, 4) AS by_currency
    GROUP BY 1, 2, 3
), stored AS (
    SELECT provider_name, billing_account_id, billing_period_start, count(*) AS charges,
           sum(hashtextextended(ROW(%4$s, extra)::text COLLATE "C", 0)) AS fingerprint
    FROM accelcost.charge
    -- The bounds are for the index.
    WHERE export = $1
      AND billing_period_start BETWEEN (SELECT min(billing_period_start) FROM incoming) AND (SELECT max(billing_period_start) FROM incoming)
      AND (billing_period_start, billing_account_id, provider_name)
          IN (SELECT billing_period_start, billing_account_id, provider_name FROM incoming)
    GROUP BY 1, 2, 3
), unit AS (
    SELECT i.*, s.charges AS stored,
           CASE WHEN $3 AND EXISTS (SELECT FROM unit_at_fault) THEN 'stopped'
                WHEN s.charges IS NULL THEN 'new'
                WHEN s.charges = i.charges AND s.fingerprint = i.fingerprint THEN 'unchanged'
                -- A row at fault that does not say where it belongs may belong here.
                WHEN s.charges > i.charges
                     AND EXISTS (SELECT FROM unit_at_fault AS f
                                 WHERE (f.provider_name = i.provider_name) IS NOT FALSE
                                   AND (f.billing_account_id = i.billing_account_id) IS NOT FALSE
                                   AND (f.billing_period_start = i.billing_period_start) IS NOT FALSE) THEN 'withheld'
                ELSE 'replaced' END AS verdict
    FROM incoming AS i
    LEFT JOIN stored AS s USING (provider_name, billing_account_id, billing_period_start)
), deleted_charges AS (
    DELETE FROM accelcost.charge AS c
    USING unit AS u
    WHERE u.verdict = 'replaced' AND c.export = $1
      AND c.billing_period_start BETWEEN (SELECT min(billing_period_start) FROM incoming) AND (SELECT max(billing_period_start) FROM incoming)
      AND (c.billing_period_start, c.billing_account_id, c.provider_name)
        = (u.billing_period_start, u.billing_account_id, u.provider_name)
), inserted_charges AS (
    INSERT INTO accelcost.charge (%4$s, extra, export, batch, row_number)
    SELECT %4$s, extra, $1, $2, row_number
    FROM charge_row
    WHERE cells_at_fault IS NULL
      AND (billing_period_start, billing_account_id, provider_name)
          IN (SELECT billing_period_start, billing_account_id, provider_name FROM unit WHERE verdict IN ('new', 'replaced'))
), closed_batches AS (
    UPDATE accelcost.import_batch AS b
    SET replaced_at = now()
    FROM unit AS u
    WHERE u.verdict IN ('new', 'replaced') AND b.export = $1 AND b.replaced_at IS NULL
      AND (b.billing_period_start, b.billing_account_id, b.provider_name)
        = (u.billing_period_start, u.billing_account_id, u.provider_name)
    RETURNING 1
), inserted_batches AS (
    -- Counting the closed ones first makes sure that they are closed before a successor stands.
    INSERT INTO accelcost.import_batch (batch, export, provider_name, billing_account_id, billing_period_start,
                                        charges, billed_cost, fingerprint)
    SELECT $2, $1, provider_name, billing_account_id, billing_period_start, charges, billed, fingerprint
    FROM unit
    WHERE verdict IN ('new', 'replaced') AND (SELECT count(*) FROM closed_batches) >= 0
), inserted_rejects AS (
    INSERT INTO accelcost.import_reject (batch, export, row_number, column_name, value, reason)
    SELECT $2, $1, row_number, header, left(value, 1000), reason
    FROM fault
    WHERE NOT $3
)
SELECT count(*) AS rows_read,
       count(cells_at_fault) AS rejected,
       (SELECT count(*) FROM fault) AS faults,
       (SELECT string_agg(concat('row ', row_number, ', column "', header, '"', ': "' || excerpt || '"', ' ', reason), E'\n'
                          ORDER BY row_number, position)
        FROM (SELECT *, regexp_replace(CASE WHEN length(value) > 60 THEN left(value, 57) || '...' ELSE value END,
                                       '[[:cntrl:]]', ' ', 'g') AS excerpt
              FROM fault ORDER BY row_number, position LIMIT 5) AS first_faults) AS first_faults,
       (SELECT string_agg(concat(provider_name, ' ', billing_account_id, ' ', to_char(billing_period_start AT TIME ZONE 'UTC', 'YYYY-MM-DD'), ': ', stored, ' charges, now ', charges),
                          E'\n' ORDER BY billing_period_start, provider_name, billing_account_id)
        FROM unit WHERE verdict = 'replaced' AND charges * 2 < stored) AS shrunk,
       (SELECT coalesce(sum(charges) FILTER (WHERE verdict IN ('new', 'replaced')), 0) FROM unit) AS loaded,
       (SELECT coalesce(sum(stored) FILTER (WHERE verdict = 'replaced'), 0) FROM unit) AS replaced,
       (SELECT coalesce(sum(charges) FILTER (WHERE verdict = 'unchanged'), 0) FROM unit) AS unchanged,
       (SELECT coalesce(sum(charges) FILTER (WHERE verdict = 'withheld'), 0) FROM unit) AS withheld
FROM charge_row
$sql$,
        file.cells, accelcost_internal.import_source(format, staging), charge.values, charge.columns, file.extra, file.at_fault, file.checked,
        file.headers, file.kinds, file.required, own, E',\n           ' || file.derived);
END
$$;
COMMENT ON FUNCTION accelcost_internal.import_statement(text, regclass, text, boolean) IS
    'statement by which import_charges loads a staging table; shown to whoever wants to see what an import does';

CREATE FUNCTION accelcost_internal.import_check(format text, staging regclass)
RETURNS void
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    problem record;
BEGIN
    IF NOT EXISTS (SELECT FROM accelcost.import_column AS i WHERE i.format = import_check.format) THEN
        RAISE EXCEPTION 'invalid value for parameter "format": "%"', format
            USING ERRCODE = 'invalid_parameter_value', HINT = 'Formats are those that accelcost.import_column has rows for.';
    END IF;
    IF (SELECT relkind FROM pg_class WHERE oid = staging) NOT IN ('r', 'p', 'v', 'm', 'f') THEN
        RAISE EXCEPTION '"%" is not a table or view', staging USING ERRCODE = 'wrong_object_type';
    END IF;
    IF NOT has_any_column_privilege(staging, 'SELECT') THEN
        RAISE EXCEPTION 'permission denied for table %', staging USING ERRCODE = 'insufficient_privilege';
    END IF;

    SELECT header, column_name INTO problem
    FROM accelcost_internal.import_mapping(format, staging)
    WHERE column_name IS NOT NULL AND kind IS NULL
    ORDER BY column_number LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'accelcost.import_column maps header "%" to "%", which is not a column of accelcost.charge',
            problem.header, problem.column_name
            USING ERRCODE = 'invalid_parameter_value';
    END IF;

    SELECT string_agg(coalesce(i.header, d.headers, a.attname), ', ' ORDER BY i.header, a.attnum) AS headers,
           (SELECT string_agg(m.header, ', ') FROM accelcost_internal.import_mapping(format, staging) AS m WHERE m.expression IS NULL) AS found
    INTO problem
    FROM pg_attribute AS a
    LEFT JOIN LATERAL (SELECT c.header, c.required FROM accelcost.import_column AS c
                       WHERE c.format = import_check.format AND c.column_name = a.attname
                       ORDER BY c.required DESC, c.builtin DESC LIMIT 1) AS i ON true
    LEFT JOIN LATERAL (SELECT string_agg(h.header, ' or ' ORDER BY h.header) AS headers
                       FROM accelcost_internal.import_derivation(format) AS e CROSS JOIN LATERAL accelcost_internal.import_headers(e.expression) AS h
                       WHERE e.column_name = a.attname) AS d ON true
    WHERE a.attrelid = 'accelcost.charge'::regclass AND a.attnum > 0 AND NOT a.attisdropped
      AND a.attname NOT IN ('extra', 'export', 'batch', 'row_number')
      AND (a.attnotnull OR i.required)
      AND NOT EXISTS (SELECT FROM accelcost_internal.import_mapping(format, staging) AS m
                      WHERE m.column_name = a.attname AND (m.header <> '' OR m.expression !~ '[{]'));
    IF problem.headers IS NOT NULL THEN
        RAISE EXCEPTION 'staging table "%" lacks columns that a charge cannot be without: %', staging, problem.headers
            USING ERRCODE = 'invalid_parameter_value',
                  DETAIL = format('Columns found: %s.', problem.found),
                  HINT = 'If the file has them under other names, add these to accelcost.import_column.';
    END IF;

    SELECT string_agg(header, '" and "' ORDER BY column_number) AS headers, column_name INTO problem
    FROM accelcost_internal.import_mapping(format, staging)
    WHERE column_name IS NOT NULL AND expression IS NULL
    GROUP BY column_name HAVING count(*) > 1
    ORDER BY column_name LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'columns "%" of staging table "%" all fill "%"', problem.headers, staging, problem.column_name
            USING ERRCODE = 'invalid_parameter_value', HINT = 'Rename or drop all but one of them.';
    END IF;
END
$$;
COMMENT ON FUNCTION accelcost_internal.import_check(text, regclass) IS
    'an error if a relation cannot be imported: of no known format, not readable, without a column that a charge needs, or with two columns for one';

CREATE FUNCTION accelcost_internal.import_date_order(format text, staging regclass)
RETURNS text
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    cells text[];
    found record;
BEGIN
    SELECT array_agg(format('%s.import_text(%s COLLATE "default")', 'accelcost_internal', i.cell)) INTO cells
    FROM accelcost_internal.import_mapping(format, staging) AS m
    JOIN accelcost_internal.import_cells(format, staging) AS i ON i.column_number = m.column_number
    WHERE m.kind = 'timestamp';
    -- A date in a column of others proves nothing: it is an error there.  Most
    -- columns have no such date, which their first cells show.
    EXECUTE format($sql$
        SELECT array_agg(($1)[c.n])
        FROM (SELECT d.n
              FROM (SELECT ARRAY[%2$s]::text[] AS cells FROM %1$s LIMIT 100) AS l CROSS JOIN LATERAL unnest(l.cells) WITH ORDINALITY AS d (cell, n)
              WHERE d.cell IS NOT NULL
              GROUP BY d.n
              HAVING bool_or(d.cell ~ '^[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}( .*)?$')) AS c$sql$,
        accelcost_internal.import_source(format, staging), array_to_string(cells, ', ')) INTO cells USING cells;
    IF cells IS NULL THEN
        RETURN 'YMD';
    END IF;
    -- A day is what is above 12, beside what can be a month.
    EXECUTE format($sql$
        SELECT bool_or(c.day_first) AS day_first, bool_or(c.day_second) AS day_second, bool_or(c.is_mixed) AS is_mixed
        FROM (SELECT bool_or(p.one BETWEEN 13 AND 31 AND p.two BETWEEN 1 AND 12) AS day_first, bool_or(p.two BETWEEN 13 AND 31 AND p.one BETWEEN 1 AND 12) AS day_second,
                     count(d.date) < count(*) AS is_mixed
              FROM (SELECT d.n, CASE WHEN d.cell ~ '^[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}( .*)?$' THEN d.cell END AS date
                    FROM %s CROSS JOIN LATERAL unnest(ARRAY[%s]::text[]) WITH ORDINALITY AS d (cell, n)
                    WHERE d.cell IS NOT NULL) AS d
              CROSS JOIN LATERAL (SELECT split_part(d.date, '/', 1)::integer AS one, split_part(d.date, '/', 2)::integer AS two) AS p
              GROUP BY d.n) AS c$sql$, accelcost_internal.import_source(format, staging), array_to_string(cells, ', ')) INTO found;
    RETURN CASE WHEN found.is_mixed THEN 'YMD' WHEN found.day_first AND NOT found.day_second THEN 'DMY' WHEN found.day_second AND NOT found.day_first THEN 'MDY' ELSE 'YMD' END;
END
$$;
COMMENT ON FUNCTION accelcost_internal.import_date_order(text, regclass) IS
    'order of the parts of dates in a staging table, MDY or DMY, where all dates of the columns that have some such as 9/22/2023 are so and a day above 12 proves it; else YMD, in which such a date is no date';

CREATE FUNCTION accelcost_internal.import_charges(
    format text, staging regclass, export text, on_error text DEFAULT 'stop', date_order text DEFAULT NULL, money_signs boolean DEFAULT false,
    allow_shrink boolean DEFAULT false)
RETURNS TABLE (batch bigint, rows_read bigint, loaded bigint, replaced bigint, unchanged bigint, withheld bigint,
               rejected bigint, unknown_columns text[], missing_columns text[])
LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
-- Cells of a column that is not text are read from the text that these settings give.
SET datestyle = 'ISO, YMD'
SET intervalstyle = 'postgres'
SET timezone = 'UTC'
SET extra_float_digits = 1
-- Rows are numbered in the order of the file: one scan, from the first page on.
SET synchronize_seqscans = off
SET max_parallel_workers_per_gather = 0
-- A staging table has no statistics: a few accounts are expected, and ten thousand would be compared one by one.
SET enable_nestloop = off
-- Compiling so many expressions costs more than it saves.
SET jit = off
AS $$
#variable_conflict use_column
DECLARE
    missing text := CASE WHEN format IS NULL THEN 'format' WHEN staging IS NULL THEN 'staging'
                         WHEN export IS NULL THEN 'export' WHEN on_error IS NULL THEN 'on_error' END;
    result  record;
BEGIN
    IF missing IS NOT NULL THEN
        RAISE EXCEPTION '"%" must not be null', missing USING ERRCODE = 'null_value_not_allowed';
    END IF;
    IF on_error NOT IN ('stop', 'skip') THEN
        RAISE EXCEPTION 'invalid value for parameter "on_error": "%"', on_error
            USING ERRCODE = 'invalid_parameter_value', HINT = 'Use "stop" or "skip".';
    END IF;
    IF btrim(export) = '' THEN
        RAISE EXCEPTION 'invalid value for parameter "export": "%"', export
            USING ERRCODE = 'invalid_parameter_value', HINT = 'Give the export a name: a later import under that name replaces it.';
    END IF;
    IF export = 'manual' THEN
        RAISE EXCEPTION 'invalid value for parameter "export": "%"', export
            USING ERRCODE = 'invalid_parameter_value', HINT = 'Charges that were not imported have this name: an import would replace them.';
    END IF;
    PERFORM accelcost_internal.known_word(date_order, '{MDY,DMY,YMD}'::text[], 'date_order'::text);
    PERFORM accelcost_internal.import_check(format, staging);

    -- One import at a time: the next one sees what this one leaves.
    LOCK TABLE accelcost.import_batch IN SHARE ROW EXCLUSIVE MODE;
    batch := 1 + greatest((SELECT max(b.batch) FROM accelcost.import_batch AS b),
                          (SELECT max(r.batch) FROM accelcost.import_reject AS r),
                          (SELECT max(t.batch) FROM accelcost.import_total AS t),
                          (SELECT max(c.batch) FROM accelcost.charge AS c), 0);

    EXECUTE accelcost_internal.import_statement(format, staging, coalesce(date_order, accelcost_internal.import_date_order(format, staging)), coalesce(money_signs, false))
    INTO STRICT result
    USING export, batch, on_error = 'stop';

    IF result.rows_read = 0 THEN
        RAISE EXCEPTION 'staging table "%" has no rows', staging
            USING ERRCODE = 'invalid_parameter_value', DETAIL = 'Nothing was loaded and nothing replaced.';
    END IF;
    IF result.rejected > 0 AND on_error = 'stop' THEN
        RAISE EXCEPTION '% of % rows of staging table "%" cannot be loaded', result.rejected, result.rows_read, staging
            USING ERRCODE = 'invalid_text_representation',
                  DETAIL = concat(result.first_faults,
                                  CASE WHEN result.faults > 5 THEN concat(E'\nand ', result.faults - 5, ' more') END),
                  HINT = concat('Correct them, or use on_error => ''skip'' to load the other rows and list these in accelcost.import_reject.',
                                CASE WHEN result.first_faults ~ '"[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}' THEN ' For dates with slashes say date_order => ''MDY'' (month first) or ''DMY''.' END);
    END IF;

    IF result.shrunk IS NOT NULL AND NOT coalesce(allow_shrink, false) THEN
        RAISE EXCEPTION 'staging table "%" has less than half of the charges that a billing period had', staging
            USING ERRCODE = 'object_not_in_prerequisite_state', DETAIL = result.shrunk,
                  HINT = 'Import when all parts of the export are staged, or use allow_shrink => true if it is right.';
    END IF;

    INSERT INTO accelcost.import_total (batch, export, provider_name, billing_account_id, billing_period_start, month, service_name, currency, charges, billed_cost)
    SELECT c.batch, c.export, c.provider_name, c.billing_account_id, c.billing_period_start, accelcost_internal.bill_month(c.charge_period_start), c.service_name,
           c.billing_currency, count(*), sum(c.billed_cost)
    FROM accelcost.charge AS c
    WHERE c.batch = import_charges.batch
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8;

    IF result.loaded = 0 AND result.rejected = 0 THEN
        batch := NULL; -- nothing bears the number
    END IF;
    rows_read := result.rows_read;
    loaded := result.loaded;
    replaced := result.replaced;
    unchanged := result.unchanged;
    withheld := result.withheld;
    rejected := result.rejected;
    unknown_columns := ARRAY(SELECT m.header FROM accelcost_internal.import_mapping(format, staging) AS m
                             WHERE m.column_name IS NULL AND m.kind IS NULL ORDER BY m.column_number);
    missing_columns := ARRAY(SELECT i.header FROM accelcost.import_column AS i
                             WHERE i.format = import_charges.format AND i.expected
                               AND NOT EXISTS (SELECT FROM accelcost_internal.import_mapping(format, staging) AS m
                                               WHERE m.column_name = i.column_name)
                             ORDER BY i.header);
    RETURN NEXT;
END
$$;
COMMENT ON FUNCTION accelcost_internal.import_charges(text, regclass, text, text, text, boolean, boolean) IS
    'loads a staging table of text columns into accelcost.charge by the headers that accelcost.import_column has for the format; import_focus says the rest';

CREATE FUNCTION accelcost.import_focus(
    staging regclass, export text DEFAULT 'focus', on_error text DEFAULT 'stop', date_order text DEFAULT NULL, money_signs boolean DEFAULT false,
    allow_shrink boolean DEFAULT false)
RETURNS TABLE (batch bigint, rows_read bigint, loaded bigint, replaced bigint, unchanged bigint, withheld bigint,
               rejected bigint, unknown_columns text[], missing_columns text[])
LANGUAGE sql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE
BEGIN ATOMIC
    SELECT * FROM accelcost_internal.import_charges('focus', staging, export, on_error, date_order, money_signs, allow_shrink);
END;
COMMENT ON FUNCTION accelcost.import_focus(regclass, text, text, text, boolean, boolean) IS
    'loads a FOCUS export from a staging table of text columns into accelcost.charge; each billing period of an account in it replaces what was loaded under the same export name; on_error stop loads nothing if a row is at fault, skip loads the others and lists these in accelcost.import_reject; counts are of rows, and read = loaded + unchanged + withheld + rejected';
