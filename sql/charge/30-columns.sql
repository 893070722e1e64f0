-- Which column of a staging table fills which column of accelcost.charge, or of another table of FOCUS.

CREATE TRIGGER builtin_read_only
    BEFORE INSERT OR UPDATE OR DELETE ON accelcost.import_column
    FOR EACH ROW EXECUTE FUNCTION accelcost_internal.refuse_builtin_change();
COMMENT ON TRIGGER builtin_read_only ON accelcost.import_column IS
    'keeps the rows that came with the extension as they are';

CREATE FUNCTION accelcost_internal.import_target(format text)
RETURNS regclass
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN CASE format WHEN 'invoice_detail' THEN 'accelcost.invoice_detail'::regclass
                       WHEN 'contract_commitment' THEN 'accelcost.contract_commitment'::regclass
                       WHEN 'billing_period' THEN 'accelcost.billing_period'::regclass
                       ELSE 'accelcost.charge'::regclass END;
COMMENT ON FUNCTION accelcost_internal.import_target(text) IS
    'returns the table that an import in a format fills';

-- Virtual currencies have names of any form.
CREATE FUNCTION accelcost_internal.import_any_currency(cell text)
RETURNS text
LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN coalesce(accelcost_internal.import_currency(cell), cell);
COMMENT ON FUNCTION accelcost_internal.import_any_currency(text) IS
    'returns the currency in a cell, or the cell if it is none that tco accepts';

CREATE FUNCTION accelcost_internal.import_kind(target regclass, column_name text)
RETURNS text
LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE c.atttypid
               WHEN 'text'::regtype::oid
               THEN CASE WHEN c.attname = 'pricing_currency' THEN 'any_currency'
                         WHEN right(c.attname::text, 9) = '_currency' THEN 'currency'
                         ELSE 'text' END
               WHEN 'numeric'::regtype::oid
               THEN CASE WHEN right(c.attname::text, 5) = '_cost' THEN 'cost' ELSE 'number' END
               WHEN 'timestamptz'::regtype::oid THEN 'timestamp'
               WHEN 'jsonb'::regtype::oid THEN 'object'
           END
    FROM pg_attribute AS c
    WHERE c.attrelid = import_kind.target::oid AND c.attname = import_kind.column_name
      AND c.attnum > '0'::smallint AND NOT c.attisdropped;
END;
COMMENT ON FUNCTION accelcost_internal.import_kind(regclass, text) IS
    'returns how cells for a column of a table are read, such as number; NULL for an unknown column';

CREATE FUNCTION accelcost_internal.import_inputs(format text)
RETURNS TABLE (column_name text, header text, header_key text, attribute text, kind text)
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT f.column_name, h.header,
           CASE WHEN right(h.header, 1) <> '*' THEN accelcost_internal.import_header(h.header) END,
           h.attribute, h.kind
    FROM (SELECT * FROM accelcost_internal.focus_headers() WHERE import_inputs.format = 'focus'
          UNION ALL
          SELECT * FROM accelcost_internal.cur_headers() WHERE import_inputs.format = 'cur'
          UNION ALL
          SELECT * FROM accelcost_internal.azure_headers() WHERE import_inputs.format = 'azure'
          UNION ALL
          SELECT * FROM accelcost_internal.gcp_headers() WHERE import_inputs.format = 'gcp'
          UNION ALL
          SELECT * FROM accelcost_internal.oci_headers() WHERE import_inputs.format = 'oci') AS h
    CROSS JOIN LATERAL unnest(h.fills) AS f (column_name);
END;
COMMENT ON FUNCTION accelcost_internal.import_inputs(text) IS
    'returns the columns of accelcost.charge that a format derives, each with the headers it is made of';

CREATE FUNCTION accelcost_internal.import_header_key(format text, header text)
RETURNS text
LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT coalesce(
        -- A user's row may name the header that the format has for it, such as Date for Datum.
        (SELECT accelcost_internal.import_header(i.column_name)
         FROM accelcost.import_column AS i
         WHERE i.format = import_header_key.format AND NOT i.builtin
           AND i.header_key = accelcost_internal.import_header(import_header_key.header)
           AND accelcost_internal.import_kind('accelcost.charge'::regclass, i.column_name) IS NULL
           AND (EXISTS (SELECT FROM accelcost.import_column AS k
                        WHERE k.format = i.format AND k.builtin
                          AND k.header_key = accelcost_internal.import_header(i.column_name))
                OR EXISTS (SELECT FROM accelcost_internal.import_inputs(i.format) AS k
                           WHERE k.header_key = accelcost_internal.import_header(i.column_name)))),
        accelcost_internal.import_header(import_header_key.header));
END;
COMMENT ON FUNCTION accelcost_internal.import_header_key(text, text) IS
    'returns a header for comparison, or the header of the format that a user''s row has for it';

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
                 WHEN starts_with(cell, '{') THEN 'has no amount'
                 ELSE 'is not a number' END
        WHEN kind = 'cost' AND accelcost_internal.import_cost(cell) IS NULL THEN
            'is out of range for a cost'
        WHEN kind = 'currency' AND accelcost_internal.import_currency(cell) IS NULL THEN
            'is not a currency of 1 to 12 letters, digits and underscores, not digits alone'
        WHEN kind = 'timestamp' AND accelcost_internal.import_timestamp(cell) IS NULL THEN
            'is not a date and time of the form YYYY-MM-DD hh:mm:ss'
        WHEN kind = 'object' AND accelcost_internal.import_object(cell) IS NULL THEN
            'is not a JSON object'
        WHEN kind = 'credits' AND accelcost_internal.import_credits(cell) IS NULL THEN
            'is not a JSON array of credits'
    END;
END;
COMMENT ON FUNCTION accelcost_internal.import_fault(text, boolean, text) IS
    'returns what is wrong with a cell of a kind; NULL if nothing is';

CREATE FUNCTION accelcost_internal.import_cells(format text, staging regclass)
RETURNS TABLE (column_number integer, header text, header_key text, cell text)
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    -- the column of JSON lines, where a table has no other
    lines CONSTANT name := (SELECT min(a.attname) FROM pg_attribute AS a
                            WHERE a.attrelid = staging AND a.attnum > 0 AND NOT a.attisdropped
                            HAVING count(*) = 1
                               AND bool_and(a.atttypid IN ('text'::regtype, 'json'::regtype, 'jsonb'::regtype)));
    -- A credit without an amount is one nevertheless: the whole credit, so that messages show it, an object, so that
    -- it is no number.
    credit CONSTANT jsonb := jsonb_build_object(
        'credit.amount', 'coalesce(accelcost_internal.import_text(c.credit->>''amount''), '
                         'CASE WHEN jsonb_typeof(c.credit) <> ''object'' '
                         'THEN jsonb_build_object(''credit'', c.credit) ELSE c.credit END::text)',
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
        -- what else a line has, or a line that is no object: the first cell, so that it is the first fault
        SELECT 0, 'line', 'line',
               format('CASE WHEN j.line IS NULL THEN s.%I::text '
                      'ELSE accelcost_internal.import_gcp_rest(j.line)::text END', lines);
        RETURN;
    END IF;
    RETURN QUERY
    SELECT a.attnum::integer, h.header, accelcost_internal.import_header_key(format, h.header),
           format('s.%I::text', a.attname)
    FROM pg_attribute AS a
    CROSS JOIN LATERAL accelcost_internal.whole_header(staging, a.attnum::integer, a.attname::text) AS h (header)
    WHERE a.attrelid = staging AND a.attnum > 0 AND NOT a.attisdropped
    UNION ALL
    SELECT 2000 + i.n::integer, i.header, accelcost_internal.import_header(i.header), i.cell
    FROM jsonb_each_text(credit) WITH ORDINALITY AS i (header, cell, n)
    WHERE format = 'gcp'
      AND EXISTS (SELECT FROM pg_attribute AS a
                  WHERE a.attrelid = staging AND a.attnum > 0
                    AND accelcost_internal.import_header(a.attname::text) = 'credits');
END
$$;
COMMENT ON FUNCTION accelcost_internal.import_cells(text, regclass) IS
    'returns the headers that an import sees in a staging table, with the SQL of their cells';

CREATE FUNCTION accelcost_internal.import_source(format text, staging regclass)
RETURNS text
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    -- of a table of JSON lines its only column
    lines   CONSTANT name := (SELECT min(a.attname) FROM pg_attribute AS a
                              WHERE a.attrelid = staging AND a.attnum > 0 AND NOT a.attisdropped);
    -- A file may begin with a byte order mark.
    line    CONSTANT text := CASE WHEN getdatabaseencoding() = 'UTF8' THEN 'ltrim(s.%I::text, chr(65279))'
                                  ELSE 's.%I::text' END;
    list    CONSTANT text := 'accelcost_internal.import_object(concat(''{"credits": '', %s, ''}''))->''credits''';
    -- Each credit of a line is a row after it.
    credits CONSTANT text := $sql$CROSS JOIN LATERAL (
        SELECT NULL::jsonb AS credit, 0 AS n
        UNION ALL
        SELECT e.credit, e.n
        FROM jsonb_array_elements(CASE WHEN jsonb_typeof(k.list) = 'array' THEN k.list END)
             WITH ORDINALITY AS e (credit, n)) AS c$sql$;
    cell    text;
BEGIN
    IF format <> 'gcp' THEN
        RETURN format('%s AS s', staging);
    END IF;
    IF EXISTS (SELECT FROM accelcost_internal.import_cells(format, staging) AS i WHERE i.cell LIKE 'j.line%') THEN
        -- It may end with a blank line.
        RETURN format($sql$(SELECT * FROM %1$s AS l WHERE l.%2$I::text ~ '[^[:space:]]') AS s
    CROSS JOIN LATERAL (SELECT accelcost_internal.import_object(%3$s) AS line) AS j
    CROSS JOIN LATERAL (SELECT %4$s AS list) AS k
    %5$s$sql$,
                      staging, lines, format(line, lines), format(list, 'j.line#>>''{credits}'''), credits);
    END IF;
    SELECT i.cell INTO cell
    FROM accelcost_internal.import_cells(format, staging) AS i WHERE i.header_key = 'credits';
    IF NOT FOUND THEN
        RETURN format('%s AS s CROSS JOIN LATERAL (SELECT NULL::jsonb AS credit) AS c', staging);
    END IF;
    RETURN format(E'%s AS s\n    CROSS JOIN LATERAL (SELECT %s AS list) AS k\n    %s',
                  staging, format(list, cell), credits);
END
$$;
COMMENT ON FUNCTION accelcost_internal.import_source(text, regclass) IS
    'returns what an import selects FROM: the staging table, and for Google Cloud its credits';

CREATE FUNCTION accelcost_internal.import_line(format text, staging regclass)
RETURNS text
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    RETURN (
        WITH cell AS (
            SELECT i.column_number, i.header, i.header_key
            FROM accelcost_internal.import_cells(format, staging) AS i
        ), header AS (
            SELECT DISTINCT i.attribute, i.header, i.header_key
            FROM accelcost_internal.import_inputs(format) AS i
            WHERE i.header IS NOT NULL
        ), part AS (
            SELECT h.attribute, h.header,
                   CASE WHEN h.header_key IS NOT NULL
                        THEN (SELECT 'cell_' || min(c.column_number) FROM cell AS c WHERE c.header_key = h.header_key)
                        -- all columns whose names begin so, as an object
                        ELSE (SELECT format('nullif(jsonb_strip_nulls(jsonb_object('
                                            'ARRAY[%s]::text[], ARRAY[%s]::text[])), ''{}'')::text',
                                            string_agg(quote_literal(substr(c.header, length(h.header))), ', '
                                                       ORDER BY c.column_number),
                                            string_agg('cell_' || c.column_number, ', ' ORDER BY c.column_number))
                              FROM cell AS c
                              WHERE length(c.header) >= length(h.header)
                                AND lower(left(c.header, length(h.header) - 1)) = lower(rtrim(h.header, '*'))
                              HAVING count(*) > 0) END AS expression
            FROM header AS h
        ), line AS (
            SELECT p.attribute, string_agg(p.expression, ', ' ORDER BY p.header COLLATE "C") AS expressions
            FROM part AS p
            GROUP BY p.attribute
        )
        SELECT format('ROW(%s)::accelcost_internal.%I',
                      string_agg(coalesce('coalesce(' || l.expressions || ')', 'NULL'), ', ' ORDER BY a.attnum),
                      format || '_line')
        FROM pg_class AS t
        JOIN pg_attribute AS a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
        LEFT JOIN line AS l ON l.attribute = a.attname
        WHERE t.relname = format || '_line' AND t.relnamespace = 'accelcost_internal'::regnamespace
        HAVING count(*) > 0);
END
$$;
COMMENT ON FUNCTION accelcost_internal.import_line(text, regclass) IS
    'returns the SQL of a line of a format over the cells of a staging table; NULL if the format has no lines';

CREATE FUNCTION accelcost_internal.import_mapping(format text, staging regclass)
RETURNS TABLE (column_number integer, header text, column_name text, kind text, required boolean, expression text)
LANGUAGE sql STABLE STRICT PARALLEL SAFE
-- Compiling it takes a hundred times as long as running it.
SET jit = off
BEGIN ATOMIC
    WITH found AS MATERIALIZED (
        SELECT a.column_number, a.header, a.header_key, known.column_name, known.required
        FROM accelcost_internal.import_cells(import_mapping.format, import_mapping.staging) AS a
        -- With old and new names of providers in a file of FOCUS, a row may have either.
        CROSS JOIN (SELECT count(*) = 2 AND import_mapping.format = 'focus' AS are_of_two_versions
                    FROM accelcost_internal.import_cells(import_mapping.format, import_mapping.staging) AS n
                    WHERE n.header_key IN ('providername', 'serviceprovidername')) AS names
        LEFT JOIN LATERAL (
            -- A user's row for the header comes before the builtin one.
            SELECT i.column_name,
                   (SELECT bool_or(same.required) FROM accelcost.import_column AS same
                    WHERE same.format = i.format AND same.column_name = i.column_name) AS required
            FROM accelcost.import_column AS i
            WHERE i.format = import_mapping.format
              AND i.header_key = a.header_key
              AND NOT (i.builtin AND names.are_of_two_versions
                       AND i.column_name IN ('provider_name', 'publisher_name', 'service_provider_name'))
            ORDER BY i.builtin
            LIMIT 1
        ) AS known ON true
    ), input AS MATERIALIZED (
        SELECT i.column_name, i.header_key, i.kind,
               (dense_rank() OVER (ORDER BY i.column_name COLLATE "C"))::integer AS ordinal
        FROM accelcost_internal.import_inputs(import_mapping.format) AS i
    ), used AS MATERIALIZED (
        -- What a header fills by itself is not made of others.
        SELECT i.ordinal, i.column_name, i.header_key, i.kind
        FROM input AS i
        WHERE NOT EXISTS (SELECT FROM found AS f WHERE f.column_name = i.column_name)
    ), derived AS (
        SELECT DISTINCT u.ordinal, u.column_name
        FROM used AS u
        WHERE import_mapping.format <> 'focus' OR u.header_key IN (SELECT f.header_key FROM found AS f)
    )
    SELECT f.column_number, f.header, f.column_name,
           CASE WHEN f.column_name IS NOT NULL THEN accelcost_internal.import_kind(t.target, f.column_name)
                WHEN import_mapping.format = 'gcp' AND f.column_number = 0 THEN 'object'
                WHEN import_mapping.format = 'gcp' AND f.header_key = 'credits' THEN 'credits'
                ELSE (SELECT (array_agg(u.kind ORDER BY u.kind = 'text', u.kind COLLATE "C"))[1]
                      FROM used AS u WHERE u.header_key = f.header_key) END,
           coalesce(f.required OR c.attnotnull, false), NULL::text
    FROM found AS f
    CROSS JOIN (SELECT accelcost_internal.import_target(import_mapping.format) AS target) AS t
    LEFT JOIN pg_attribute AS c
           ON c.attrelid = t.target::oid AND c.attname = f.column_name
          AND c.attnum > '0'::smallint AND NOT c.attisdropped
    UNION ALL
    SELECT 10000 + d.ordinal,
           coalesce((SELECT concat(string_agg(f.header, ', ' ORDER BY f.column_number), ' (', d.column_name, ')')
                     FROM found AS f
                     WHERE f.header_key IN (SELECT u.header_key FROM used AS u WHERE u.ordinal = d.ordinal)
                     HAVING count(*) > 0), ''),
           d.column_name, accelcost_internal.import_kind(c.attrelid::regclass, d.column_name), c.attnotnull,
           concat('accelcost_internal.charge_of_', import_mapping.format)
    FROM derived AS d
    JOIN pg_attribute AS c ON c.attrelid = 'accelcost.charge'::regclass::oid AND c.attname = d.column_name
    ORDER BY 1;
END;
COMMENT ON FUNCTION accelcost_internal.import_mapping(text, regclass) IS
    'accelcost.import_mapping, for text resolved at run time';

CREATE FUNCTION accelcost.import_mapping(format text, staging regclass)
RETURNS TABLE (column_number integer, header text, column_name text, kind text, required boolean, expression text)
LANGUAGE sql STABLE STRICT PARALLEL SAFE
SET jit = off
BEGIN ATOMIC
    SELECT * FROM accelcost_internal.import_mapping(format, staging);
END;
COMMENT ON FUNCTION accelcost.import_mapping(text, regclass) IS
    'returns which columns a staging table''s columns fill, and how; NULL for those kept in extra';

CREATE FUNCTION accelcost_internal.import_result(
    format text, staging regclass, batch bigint, rows_read bigint, loaded numeric, replaced numeric, unchanged numeric,
    withheld numeric, rejected bigint)
RETURNS accelcost.import_result
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    WITH mapping AS (
        SELECT m.* FROM accelcost_internal.import_mapping(import_result.format, import_result.staging) AS m
    )
    -- A number that nothing bears is not shown.
    SELECT CASE WHEN import_result.loaded <> 0.0 OR import_result.rejected <> 0::bigint THEN import_result.batch END,
           import_result.rows_read, import_result.loaded::bigint, import_result.replaced::bigint,
           import_result.unchanged::bigint, import_result.withheld::bigint, import_result.rejected,
           ARRAY(SELECT m.header FROM mapping AS m
                 WHERE m.column_name IS NULL AND m.kind IS NULL ORDER BY m.column_number),
           ARRAY(SELECT i.header FROM accelcost.import_column AS i
                 WHERE i.format = import_result.format AND i.expected
                   AND NOT EXISTS (SELECT FROM mapping AS m WHERE m.column_name = i.column_name)
                 ORDER BY i.header);
END;
COMMENT ON FUNCTION accelcost_internal.import_result(
    text, regclass, bigint, bigint, numeric, numeric, numeric, numeric, bigint) IS
    'returns what an import did, with the columns that are unknown or missing';
