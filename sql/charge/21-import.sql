-- Load a billing export from a staging table.
--
-- Every format goes the same way: a staging table is checked, its columns are mapped to those of accelcost.charge, and
-- one statement reads, compares and loads it. What differs is in one file a format, 22 to 26: the headers, the mapping
-- of what is made of several cells, and the importer. How columns are mapped and what the statement is follows in 30
-- and 31.

CREATE TYPE accelcost.import_result AS (
    batch           bigint,
    rows_read       bigint,
    loaded          bigint,
    replaced        bigint,
    unchanged       bigint,
    withheld        bigint,
    rejected        bigint,
    unknown_columns text[],
    missing_columns text[]
);
COMMENT ON TYPE accelcost.import_result IS
    'what an import did, in numbers of rows: read = loaded + unchanged + withheld + rejected';
COMMENT ON COLUMN accelcost.import_result.batch IS 'number of the import; NULL if nothing was loaded or rejected';
COMMENT ON COLUMN accelcost.import_result.rows_read IS 'rows of the staging table';
COMMENT ON COLUMN accelcost.import_result.loaded IS 'rows that are now charges';
COMMENT ON COLUMN accelcost.import_result.replaced IS 'charges of earlier imports that were deleted';
COMMENT ON COLUMN accelcost.import_result.unchanged IS 'rows of billing periods that are stored as they are';
COMMENT ON COLUMN accelcost.import_result.withheld IS 'rows of periods that rejected rows would make smaller';
COMMENT ON COLUMN accelcost.import_result.rejected IS 'rows with a cell at fault';
COMMENT ON COLUMN accelcost.import_result.unknown_columns IS 'columns that were kept in extra';
COMMENT ON COLUMN accelcost.import_result.missing_columns IS 'columns that the format has and the staging table lacks';

-- What a format makes of several cells. Which cells these are is a line type of the format, whose attributes are text:
-- accelcost_internal.charge_of_cur(accelcost_internal.cur_line) returns them for a line of AWS.
CREATE TYPE accelcost_internal.charge_cells AS (
    provider_name                text,
    invoice_issuer_name          text,
    invoice_id                   text,
    billing_account_id           text,
    sub_account_id               text,
    billing_period_start         text,
    billing_period_end           text,
    charge_period_start          text,
    charge_period_end            text,
    charge_category              text,
    charge_class                 text,
    charge_frequency             text,
    charge_description           text,
    service_category             text,
    service_name                 text,
    sku_id                       text,
    sku_price_id                 text,
    region_id                    text,
    region_name                  text,
    resource_id                  text,
    tags                         text,
    billing_currency             text,
    billed_cost                  text,
    effective_cost               text,
    list_cost                    text,
    contracted_cost              text,
    list_unit_price              text,
    contracted_unit_price        text,
    pricing_category             text,
    pricing_quantity             text,
    pricing_unit                 text,
    consumed_quantity            text,
    consumed_unit                text,
    commitment_discount_id       text,
    commitment_discount_type     text,
    commitment_discount_category text,
    commitment_discount_status   text
);
COMMENT ON TYPE accelcost_internal.charge_cells IS
    'columns of accelcost.charge that a format makes of several cells, as text that is read like any other cell';

CREATE TYPE accelcost_internal.line_header AS (
    header    text,
    attribute text,
    kind      text,
    fills     text[]
);
COMMENT ON TYPE accelcost_internal.line_header IS
    'header of a billing export that fills an attribute of its line type; one with a final * matches any end';
COMMENT ON COLUMN accelcost_internal.line_header.header IS 'header as the export writes it; NULL for what needs none';
COMMENT ON COLUMN accelcost_internal.line_header.attribute IS 'attribute of the line type that it fills';
COMMENT ON COLUMN accelcost_internal.line_header.kind IS 'how its cells are read: text, cost, number or timestamp';
COMMENT ON COLUMN accelcost_internal.line_header.fills IS 'columns of accelcost.charge that are made of it';

-- Longer than 80 lines: one query finds all columns that are missing, so that one error can name them.
CREATE FUNCTION accelcost_internal.import_check(format text, staging regclass)
RETURNS void
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
SET jit = off
AS $$
DECLARE
    problem record;
BEGIN
    IF NOT EXISTS (SELECT FROM accelcost.import_column AS i WHERE i.format = import_check.format) THEN
        RAISE EXCEPTION 'invalid value for parameter "format": "%"', format
            USING ERRCODE = 'invalid_parameter_value',
                  HINT = 'Formats are those that accelcost.import_column has rows for.';
    END IF;
    PERFORM accelcost_internal.check_relation(staging);
    IF NOT has_any_column_privilege(staging, 'SELECT') THEN
        RAISE EXCEPTION 'permission denied for table %', staging USING ERRCODE = 'insufficient_privilege';
    END IF;

    SELECT header, column_name INTO problem
    FROM accelcost_internal.import_mapping(format, staging)
    WHERE column_name IS NOT NULL AND kind IS NULL
    ORDER BY column_number LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'accelcost.import_column maps header "%" to "%", which is not a column of %',
            problem.header, problem.column_name, accelcost_internal.import_target(format)
            USING ERRCODE = 'invalid_parameter_value';
    END IF;

    WITH required AS (
        SELECT a.attname AS column_name, a.attnum, i.header
        FROM pg_attribute AS a
        LEFT JOIN LATERAL (SELECT c.header, c.required FROM accelcost.import_column AS c
                           WHERE c.format = import_check.format AND c.column_name = a.attname
                           ORDER BY c.required DESC, c.builtin DESC LIMIT 1) AS i ON true
        WHERE a.attrelid = accelcost_internal.import_target(import_check.format) AND a.attnum > 0 AND NOT a.attisdropped
          AND a.attname NOT IN ('extra', 'export_name', 'part', 'beside', 'batch', 'row_number')
          AND (a.attnotnull OR i.required)
    ), input AS (
        -- What a cost depends on is no cost.
        SELECT k.column_name, k.header, k.header_key
        FROM (SELECT i.*, bool_or(i.kind = 'cost') OVER (PARTITION BY i.column_name) AS is_cost
              FROM accelcost_internal.import_inputs(import_check.format) AS i) AS k
        WHERE k.kind = 'cost' OR NOT coalesce(k.is_cost, false)
    ), cell AS (
        SELECT c.header_key
        FROM accelcost_internal.import_cells(import_check.format, staging) AS c
    ), filled AS (
        SELECT m.column_name
        FROM accelcost_internal.import_mapping(import_check.format, staging) AS m
        WHERE m.expression IS NULL
           OR EXISTS (SELECT FROM input AS i
                      WHERE i.column_name = m.column_name
                        AND (i.header IS NULL OR i.header_key IN (SELECT c.header_key FROM cell AS c)))
    ), lacking AS (
        SELECT l.headers, min(l.header) AS header, min(l.attnum) AS attnum
        FROM (SELECT r.header, r.attnum,
                     CASE WHEN r.header IS NOT NULL THEN ARRAY[r.header]
                          ELSE coalesce(d.headers, ARRAY[r.column_name::text]) END AS headers
              FROM required AS r
              LEFT JOIN LATERAL (SELECT array_agg(DISTINCT i.header) FILTER (WHERE i.header IS NOT NULL) AS headers
                                 FROM input AS i WHERE i.column_name = r.column_name) AS d ON true
              WHERE NOT EXISTS (SELECT FROM filled AS f WHERE f.column_name = r.column_name)) AS l
        GROUP BY l.headers
    )
    SELECT string_agg(array_to_string(l.headers, ' or '), ', ' ORDER BY l.header, l.attnum) AS headers,
           count(*) AS number, accelcost_internal.import_format_hint(format, staging) AS hint
    INTO problem
    FROM lacking AS l
    -- What is missing anyway need not be named again among others.
    WHERE NOT EXISTS (SELECT FROM lacking AS o WHERE o.headers <@ l.headers AND o.headers <> l.headers);
    IF problem.headers IS NOT NULL THEN
        RAISE EXCEPTION 'staging table "%" is missing %: %', staging,
            CASE WHEN problem.number = 1 THEN 'a required column' ELSE 'required columns' END, problem.headers
            USING ERRCODE = 'invalid_parameter_value',
                  DETAIL = format('Columns found: %s.', accelcost_internal.column_list(staging)),
                  HINT = coalesce(problem.hint,
                                  'If the file has other names for them, add these to accelcost.import_column.');
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
    'raises an error if a relation cannot be imported in a format';

CREATE FUNCTION accelcost_internal.import_date_order(format text, staging regclass)
RETURNS text
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
SET jit = off
AS $$
DECLARE
    source text := accelcost_internal.import_source(format, staging);
    shown  text := format('SELECT import_date_order(%L, %L)', format, staging);
    cells  text[];
    found  record;
BEGIN
    PERFORM accelcost_internal.check_relation(staging);
    SELECT array_agg(format('accelcost_internal.import_text(%s COLLATE "default")', i.cell)) INTO cells
    FROM accelcost_internal.import_mapping(format, staging) AS m
    JOIN accelcost_internal.import_cells(format, staging) AS i ON i.column_number = m.column_number
    WHERE m.kind = 'timestamp';
    -- A date in a column of others proves nothing: it is an error there.  Most
    -- columns have no such date, which their first cells show.
    SELECT r.cells INTO cells
    FROM accelcost_internal.run_query(format($sql$
        SELECT array_agg((%3$L::text[])[c.n])
        FROM (SELECT d.n
              FROM (SELECT ARRAY[%2$s]::text[] AS cells FROM %1$s LIMIT 100) AS l
              CROSS JOIN LATERAL unnest(l.cells) WITH ORDINALITY AS d (cell, n)
              WHERE d.cell IS NOT NULL
              GROUP BY d.n
              HAVING bool_or(d.cell ~ '^[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}( .*)?$')) AS c$sql$,
        source, array_to_string(cells, ', '), cells), shown) AS r (cells text[]);
    IF cells IS NULL THEN
        RETURN 'YMD';
    END IF;
    -- A day is what is above 12, beside what can be a month.
    SELECT r.* INTO found
    FROM accelcost_internal.run_query(format($sql$
        SELECT bool_or(c.day_first) AS day_first, bool_or(c.day_second) AS day_second, bool_or(c.is_mixed) AS is_mixed
        FROM (SELECT bool_or(p.one BETWEEN 13 AND 31 AND p.two BETWEEN 1 AND 12) AS day_first,
                     bool_or(p.two BETWEEN 13 AND 31 AND p.one BETWEEN 1 AND 12) AS day_second,
                     count(d.date) < count(*) AS is_mixed
              FROM (SELECT d.n, CASE WHEN d.cell ~ '^[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}( .*)?$' THEN d.cell END AS date
                    FROM %s CROSS JOIN LATERAL unnest(ARRAY[%s]::text[]) WITH ORDINALITY AS d (cell, n)
                    WHERE d.cell IS NOT NULL) AS d
              CROSS JOIN LATERAL (SELECT split_part(d.date, '/', 1)::integer AS one,
                                         split_part(d.date, '/', 2)::integer AS two) AS p
              GROUP BY d.n) AS c$sql$, source, array_to_string(cells, ', ')), shown)
         AS r (day_first boolean, day_second boolean, is_mixed boolean);
    RETURN CASE WHEN found.is_mixed THEN 'YMD'
                WHEN found.day_first AND NOT found.day_second THEN 'DMY'
                WHEN found.day_second AND NOT found.day_first THEN 'MDY'
                ELSE 'YMD' END;
END
$$;
COMMENT ON FUNCTION accelcost_internal.import_date_order(text, regclass) IS
    'returns MDY or DMY if slash dates prove that order, otherwise YMD';

CREATE FUNCTION accelcost_internal.check_import(
    format text, staging regclass, export_name text, on_error text, date_order text, part text)
RETURNS void
LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    missing text := CASE WHEN format IS NULL THEN 'format' WHEN staging IS NULL THEN 'staging'
                         WHEN export_name IS NULL THEN 'export_name' WHEN on_error IS NULL THEN 'on_error' END;
BEGIN
    IF missing IS NOT NULL THEN
        RAISE EXCEPTION '"%" must not be null', missing USING ERRCODE = 'null_value_not_allowed';
    END IF;
    PERFORM accelcost_internal.check_word(on_error, '{stop,skip}'::text[], 'on_error'::text);
    PERFORM accelcost_internal.check_word(date_order, '{MDY,DMY,YMD}'::text[], 'date_order'::text);
    IF btrim(export_name) IN ('', 'manual') THEN
        RAISE EXCEPTION 'invalid value for parameter "export_name": "%"', export_name
            USING ERRCODE = 'invalid_parameter_value',
                  HINT = CASE WHEN btrim(export_name) = ''
                              THEN 'Give the export a name: a later import under that name replaces it.'
                              ELSE 'Use another name: this one is reserved for rows that were not imported.' END;
    END IF;
    IF btrim(part) = '' THEN
        RAISE EXCEPTION 'invalid value for parameter "part": "%"', part
            USING ERRCODE = 'invalid_parameter_value',
                  HINT = 'Name the part by its file, or leave out "part" if the file has all of the export.';
    END IF;
    PERFORM accelcost_internal.import_check(format, staging);
    PERFORM accelcost_internal.check_sees_all(staging, false);
END
$$;
COMMENT ON FUNCTION accelcost_internal.check_import(text, regclass, text, text, text, text) IS
    'raises an error if the arguments of an import are invalid';

CREATE FUNCTION accelcost_internal.check_import_rows(
    staging regclass, rows_read bigint, rejected bigint, faults bigint, first_faults text, on_error text)
RETURNS void
LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF rows_read = 0 THEN
        RAISE EXCEPTION 'staging table "%" has no rows', staging
            USING ERRCODE = 'invalid_parameter_value', DETAIL = 'Nothing was loaded and nothing replaced.';
    END IF;
    IF rejected > 0 AND on_error = 'stop' THEN
        RAISE EXCEPTION '% of % rows of staging table "%" cannot be loaded', rejected, rows_read, staging
            USING ERRCODE = 'invalid_text_representation',
                  DETAIL = concat(first_faults, CASE WHEN faults > 5 THEN concat(E'\nand ', faults - 5, ' more') END),
                  HINT = concat('Correct them, or use on_error => ''skip'' to load the other rows and list these in '
                                'accelcost.import_reject.',
                                CASE WHEN first_faults ~ '"[0-9]{1,2}/[0-9]{1,2}/[0-9]{2}([0-9]{2}|[" ])'
                                     THEN ' For dates with slashes say date_order => ''MDY'' (month first) or ''DMY''.'
                                     END);
    END IF;
END
$$;
COMMENT ON FUNCTION accelcost_internal.check_import_rows(regclass, bigint, bigint, bigint, text, text) IS
    'raises an error if a staging table has no rows, or rows at fault that must stop its import';

CREATE FUNCTION accelcost_internal.import_charges(
    format text, staging regclass, export_name text, on_error text DEFAULT 'stop', date_order text DEFAULT NULL,
    money_signs boolean DEFAULT false, allow_shrink boolean DEFAULT false, part text DEFAULT NULL,
    beside boolean DEFAULT false)
RETURNS SETOF accelcost.import_result
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
#variable_conflict use_variable
DECLARE
    batch bigint;
    found record;
BEGIN
    PERFORM accelcost_internal.check_import(format, staging, export_name, on_error, date_order, part);
    PERFORM accelcost_internal.check_sees_all(t.changed, true)
    FROM unnest('{accelcost.charge,accelcost.import_batch,accelcost.import_total,accelcost.import_reject}'::regclass[])
         AS t (changed);

    -- One import at a time: the next one sees what this one leaves.
    LOCK TABLE accelcost.import_batch IN SHARE ROW EXCLUSIVE MODE;
    batch := 1 + greatest((SELECT max(b.batch) FROM accelcost.import_batch AS b),
                          (SELECT max(r.batch) FROM accelcost.import_reject AS r),
                          (SELECT max(t.batch) FROM accelcost.import_total AS t),
                          (SELECT max(c.batch) FROM accelcost.charge AS c), 0);

    SELECT r.* INTO STRICT found
    FROM accelcost_internal.run_import(
             accelcost_internal.import_statement(
                 format, staging, coalesce(date_order, accelcost_internal.import_date_order(format, staging)),
                 coalesce(money_signs, false)),
             format('SELECT import_statement(%L, %L)', format, staging), export_name, batch, on_error = 'stop',
             part, coalesce(beside, false))
         AS r (rows_read bigint, rejected bigint, faults bigint, first_faults text, shrunk text, owner text, twice text,
               loaded numeric, replaced numeric, unchanged numeric, withheld numeric);

    PERFORM accelcost_internal.check_import_rows(staging, found.rows_read, found.rejected, found.faults,
                                                 found.first_faults, on_error);
    IF found.owner IS NOT NULL THEN
        RAISE EXCEPTION 'bills in export "%" already belong to export "%"', export_name, found.owner
            USING ERRCODE = 'object_not_in_prerequisite_state', DETAIL = found.twice,
                  HINT = format('Import them as export %L, or use beside => true to load them without counting them.',
                                found.owner);
    ELSIF found.twice IS NOT NULL THEN
        RAISE EXCEPTION 'export "%" already has the charges of part "%"', export_name, part
            USING ERRCODE = 'object_not_in_prerequisite_state', DETAIL = found.twice,
                  HINT = 'Use the name that the part had, or delete the charges that were loaded before.';
    END IF;
    IF found.shrunk IS NOT NULL AND NOT coalesce(allow_shrink, false) THEN
        RAISE EXCEPTION 'staging table "%" lacks stored charges of a billing period', staging
            USING ERRCODE = 'object_not_in_prerequisite_state', DETAIL = found.shrunk,
                  HINT = 'Stage all parts of the export first, or import each with part => its file name. '
                         'If the file is complete, use allow_shrink => true.';
    END IF;

    RETURN NEXT accelcost_internal.import_result(
        format, staging, batch, found.rows_read, found.loaded, found.replaced, found.unchanged, found.withheld,
        found.rejected);
END
$$;
COMMENT ON FUNCTION accelcost_internal.import_charges(
    text, regclass, text, text, text, boolean, boolean, text, boolean) IS
    'loads a staging table in a format, replacing the billing periods it contains';
