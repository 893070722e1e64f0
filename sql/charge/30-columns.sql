-- Which column of a staging table fills which column of accelcost.charge.

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

CREATE FUNCTION accelcost_internal.import_credits(cell text)
RETURNS text
LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL UNSAFE
    RETURN CASE WHEN NOT accelcost_internal.import_credits_fault(cell) THEN cell END;
COMMENT ON FUNCTION accelcost_internal.import_credits(text) IS
    'credits of a Google Cloud billing export, if they are an array of objects; NULL for anything else';

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
        WHEN kind = 'credits' AND accelcost_internal.import_credits(cell) IS NULL THEN
            'is not a JSON array of credits'
    END;
END;
COMMENT ON FUNCTION accelcost_internal.import_fault(text, boolean, text) IS
    'what is wrong with a cell, already read by import_text, in a column of the kind text, number, cost, currency, timestamp, object or credits; NULL if nothing is';

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
        -- what else a line has, or a line that is no object: the first cell, so that it is the first fault
        SELECT 0, 'line', 'line',
               format('CASE WHEN j.line IS NULL THEN s.%I::text ELSE %s.import_gcp_rest(j.line)::text END', lines, 'accelcost_internal');
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
    -- of a table of JSON lines its only column
    lines   CONSTANT name := (SELECT min(a.attname) FROM pg_attribute AS a
                              WHERE a.attrelid = staging AND a.attnum > 0 AND NOT a.attisdropped);
    list    text;
BEGIN
    IF format <> 'gcp' THEN
        RETURN format('%s AS s', staging);
    END IF;
    -- Each credit of a line is a row after it.
    SELECT format('%s.import_object(concat(''{"credits": '', %s, ''}''))->''credits''', own, i.cell) INTO list
    FROM accelcost_internal.import_cells(format, staging) AS i WHERE i.header_key = 'credits';
    IF EXISTS (SELECT FROM accelcost_internal.import_cells(format, staging) AS i WHERE i.cell LIKE 'j.line%') THEN
        -- A file may begin with a byte order mark and end with a blank line.
        RETURN format('(SELECT * FROM %1$s AS l WHERE l.%3$I::text ~ ''[^[:space:]]'') AS s CROSS JOIN LATERAL (SELECT %2$s.import_object(%4$s) AS line) AS j CROSS JOIN LATERAL (SELECT %2$s.import_object(concat(''{"credits": '', j.line#>>''{credits}'', ''}''))->''credits'' AS list) AS k CROSS JOIN LATERAL (SELECT NULL::jsonb AS credit, 0 AS n UNION ALL SELECT e.credit, e.n FROM jsonb_array_elements(CASE WHEN jsonb_typeof(k.list) = ''array'' THEN k.list END) WITH ORDINALITY AS e (credit, n)) AS c',
                      staging, own, lines,
                      format(CASE WHEN getdatabaseencoding() = 'UTF8' THEN 'ltrim(s.%I::text, chr(65279))' ELSE 's.%I::text' END, lines));
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
        SELECT d.ordinal, d.column_name, d.expression
        FROM accelcost_internal.import_derivation(import_mapping.format) AS d
        WHERE NOT EXISTS (SELECT FROM found AS f WHERE f.column_name = d.column_name)
    ), used AS MATERIALIZED (
        SELECT d.ordinal, h.header_key, h.kind
        FROM derived AS d
        CROSS JOIN LATERAL accelcost_internal.import_headers(d.expression) AS h
    )
    SELECT f.column_number, f.header, f.column_name,
           CASE WHEN f.column_name IS NULL AND import_mapping.format = 'gcp' AND f.column_number = 0 THEN 'object'
                WHEN f.column_name IS NULL AND import_mapping.format = 'gcp' AND f.header_key = 'credits' THEN 'credits'
                WHEN f.column_name IS NULL
                THEN (SELECT (array_agg(u.kind ORDER BY u.kind = 'text', u.kind COLLATE "C"))[1] FROM used AS u WHERE u.header_key = f.header_key)
                ELSE accelcost_internal.import_kind(f.column_name) END,
           coalesce(f.required OR c.attnotnull, false), NULL::text
    FROM found AS f
    LEFT JOIN pg_attribute AS c
           ON c.attrelid = 'accelcost.charge'::regclass::oid AND c.attname = f.column_name
          AND c.attnum > '0'::smallint AND NOT c.attisdropped
    UNION ALL
    SELECT 10000 + d.ordinal, coalesce((SELECT concat(string_agg(f.header, ', ' ORDER BY f.column_number), ' (', d.column_name, ')') FROM found AS f
                                      WHERE f.header_key IN (SELECT u.header_key FROM used AS u WHERE u.ordinal = d.ordinal) HAVING count(*) > 0), ''),
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
