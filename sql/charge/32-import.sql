-- Load a billing export from a staging table.

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
    PERFORM accelcost_internal.check_relation(staging);
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

    SELECT string_agg(coalesce(i.header, d.headers, a.attname), ', ' ORDER BY i.header, a.attnum) AS headers, count(*) AS number,
           accelcost_internal.import_format_hint(format, staging) AS hint
    INTO problem
    FROM pg_attribute AS a
    LEFT JOIN LATERAL (SELECT c.header, c.required FROM accelcost.import_column AS c
                       WHERE c.format = import_check.format AND c.column_name = a.attname
                       ORDER BY c.required DESC, c.builtin DESC LIMIT 1) AS i ON true
    LEFT JOIN LATERAL (SELECT string_agg(DISTINCT h.header, ' or ') AS headers
                       FROM accelcost_internal.import_derivation(format) AS e
                       CROSS JOIN LATERAL (SELECT k.header, k.kind, bool_or(k.kind = 'cost') OVER () AS is_cost
                                           FROM accelcost_internal.import_headers(e.expression) AS k) AS h
                       -- What a cost depends on is no cost.
                       WHERE e.column_name = a.attname AND (h.kind = 'cost' OR NOT h.is_cost)) AS d ON true
    WHERE a.attrelid = 'accelcost.charge'::regclass AND a.attnum > 0 AND NOT a.attisdropped
      AND a.attname NOT IN ('extra', 'export_name', 'batch', 'row_number')
      AND (a.attnotnull OR i.required)
      AND NOT EXISTS (SELECT FROM accelcost_internal.import_mapping(format, staging) AS m
                      WHERE m.column_name = a.attname
                        AND (m.expression IS NULL OR m.expression !~ '[{]'
                             OR EXISTS (SELECT FROM accelcost_internal.import_headers(m.expression) AS h
                                        WHERE h.header_key IN (SELECT c.header_key
                                                               FROM accelcost_internal.import_cells(format, staging) AS c)
                                          AND (h.kind = 'cost'
                                               OR NOT EXISTS (SELECT FROM accelcost_internal.import_headers(m.expression) AS k
                                                              WHERE k.kind = 'cost')))));
    IF problem.headers IS NOT NULL THEN
        RAISE EXCEPTION 'staging table "%" is missing %: %', staging,
            CASE WHEN problem.number = 1 THEN 'a required column' ELSE 'required columns' END, problem.headers
            USING ERRCODE = 'invalid_parameter_value',
                  DETAIL = format('Columns found: %s.', accelcost_internal.column_list(staging)),
                  HINT = coalesce(problem.hint, 'If the file has other names for them, add these to accelcost.import_column.');
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
    source text := accelcost_internal.import_source(format, staging);
    shown  text := format('SELECT import_date_order(%L, %L)', format, staging);
    cells  text[];
    found  record;
BEGIN
    PERFORM accelcost_internal.check_relation(staging);
    SELECT array_agg(format('%s.import_text(%s COLLATE "default")', 'accelcost_internal', i.cell)) INTO cells
    FROM accelcost_internal.import_mapping(format, staging) AS m
    JOIN accelcost_internal.import_cells(format, staging) AS i ON i.column_number = m.column_number
    WHERE m.kind = 'timestamp';
    -- A date in a column of others proves nothing: it is an error there.  Most
    -- columns have no such date, which their first cells show.
    SELECT r.cells INTO cells
    FROM accelcost_internal.run_query(format($sql$
        SELECT array_agg((%3$L::text[])[c.n])
        FROM (SELECT d.n
              FROM (SELECT ARRAY[%2$s]::text[] AS cells FROM %1$s LIMIT 100) AS l CROSS JOIN LATERAL unnest(l.cells) WITH ORDINALITY AS d (cell, n)
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
        FROM (SELECT bool_or(p.one BETWEEN 13 AND 31 AND p.two BETWEEN 1 AND 12) AS day_first, bool_or(p.two BETWEEN 13 AND 31 AND p.one BETWEEN 1 AND 12) AS day_second,
                     count(d.date) < count(*) AS is_mixed
              FROM (SELECT d.n, CASE WHEN d.cell ~ '^[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}( .*)?$' THEN d.cell END AS date
                    FROM %s CROSS JOIN LATERAL unnest(ARRAY[%s]::text[]) WITH ORDINALITY AS d (cell, n)
                    WHERE d.cell IS NOT NULL) AS d
              CROSS JOIN LATERAL (SELECT split_part(d.date, '/', 1)::integer AS one, split_part(d.date, '/', 2)::integer AS two) AS p
              GROUP BY d.n) AS c$sql$, source, array_to_string(cells, ', ')), shown)
         AS r (day_first boolean, day_second boolean, is_mixed boolean);
    RETURN CASE WHEN found.is_mixed THEN 'YMD' WHEN found.day_first AND NOT found.day_second THEN 'DMY' WHEN found.day_second AND NOT found.day_first THEN 'MDY' ELSE 'YMD' END;
END
$$;
COMMENT ON FUNCTION accelcost_internal.import_date_order(text, regclass) IS
    'order of the parts of dates in a staging table, MDY or DMY, where all dates of the columns that have some such as 9/22/2023 are so and a day above 12 proves it; else YMD, in which such a date is no date';

CREATE FUNCTION accelcost_internal.import_charges(
    format text, staging regclass, export_name text, on_error text DEFAULT 'stop', date_order text DEFAULT NULL, money_signs boolean DEFAULT false,
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
                         WHEN export_name IS NULL THEN 'export_name' WHEN on_error IS NULL THEN 'on_error' END;
    result  record;
BEGIN
    IF missing IS NOT NULL THEN
        RAISE EXCEPTION '"%" must not be null', missing USING ERRCODE = 'null_value_not_allowed';
    END IF;
    IF on_error NOT IN ('stop', 'skip') THEN
        RAISE EXCEPTION 'invalid value for parameter "on_error": "%"', on_error
            USING ERRCODE = 'invalid_parameter_value', HINT = 'Use "stop" or "skip".';
    END IF;
    IF btrim(export_name) = '' THEN
        RAISE EXCEPTION 'invalid value for parameter "export_name": "%"', export_name
            USING ERRCODE = 'invalid_parameter_value', HINT = 'Give the export a name: a later import under that name replaces it.';
    END IF;
    IF export_name = 'manual' THEN
        RAISE EXCEPTION 'invalid value for parameter "export_name": "%"', export_name
            USING ERRCODE = 'invalid_parameter_value', HINT = 'Use another name: this one is reserved for charges that were not imported.';
    END IF;
    PERFORM accelcost_internal.check_word(date_order, '{MDY,DMY,YMD}'::text[], 'date_order'::text);
    PERFORM accelcost_internal.import_check(format, staging);
    PERFORM accelcost_internal.check_sees_all(staging, false);
    PERFORM accelcost_internal.check_sees_all(t.changed, true)
    FROM unnest('{accelcost.charge,accelcost.import_batch,accelcost.import_total,accelcost.import_reject}'::regclass[])
         AS t (changed);

    -- One import at a time: the next one sees what this one leaves.
    LOCK TABLE accelcost.import_batch IN SHARE ROW EXCLUSIVE MODE;
    batch := 1 + greatest((SELECT max(b.batch) FROM accelcost.import_batch AS b),
                          (SELECT max(r.batch) FROM accelcost.import_reject AS r),
                          (SELECT max(t.batch) FROM accelcost.import_total AS t),
                          (SELECT max(c.batch) FROM accelcost.charge AS c), 0);

    SELECT r.* INTO STRICT result
    FROM accelcost_internal.run_import(
             accelcost_internal.import_statement(format, staging, coalesce(date_order, accelcost_internal.import_date_order(format, staging)), coalesce(money_signs, false)),
             format('SELECT import_statement(%L, %L)', format, staging), export_name, batch, on_error = 'stop')
         AS r (rows_read bigint, rejected bigint, faults bigint, first_faults text, shrunk text,
               loaded numeric, replaced numeric, unchanged numeric, withheld numeric);

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
                                CASE WHEN result.first_faults ~ '"[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}' THEN ' For dates with slashes say date_order => ''MDY'' (month first) or ''DMY''.'
                                       WHEN result.first_faults ~ '"[0-9]{1,2}/[0-9]{1,2}/[0-9]{2}[" ]' THEN ' Write years with four digits.' END);
    END IF;

    IF result.shrunk IS NOT NULL AND NOT coalesce(allow_shrink, false) THEN
        RAISE EXCEPTION 'staging table "%" has less than half of a billing period''s stored charges', staging
            USING ERRCODE = 'object_not_in_prerequisite_state', DETAIL = result.shrunk,
                  HINT = 'Stage all parts of the export first. If the file is complete, use allow_shrink => true.';
    END IF;

    INSERT INTO accelcost.import_total (batch, export_name, provider_name, billing_account_id, billing_period_start, month, service_name, currency, charges, billed_cost)
    SELECT c.batch, c.export_name, c.provider_name, c.billing_account_id, c.billing_period_start, accelcost_internal.bill_month(c.charge_period_start), c.service_name,
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
    staging regclass, export_name text DEFAULT 'focus', on_error text DEFAULT 'stop', date_order text DEFAULT NULL, money_signs boolean DEFAULT false,
    allow_shrink boolean DEFAULT false)
RETURNS TABLE (batch bigint, rows_read bigint, loaded bigint, replaced bigint, unchanged bigint, withheld bigint,
               rejected bigint, unknown_columns text[], missing_columns text[])
LANGUAGE sql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE
BEGIN ATOMIC
    SELECT * FROM accelcost_internal.import_charges('focus', staging, export_name, on_error, date_order, money_signs, allow_shrink);
END;
COMMENT ON FUNCTION accelcost.import_focus(regclass, text, text, text, boolean, boolean) IS
    'loads a FOCUS export from a staging table of text columns into accelcost.charge; each billing period of an account in it replaces what was loaded under the same export name; on_error stop loads nothing if a row is at fault, skip loads the others and lists these in accelcost.import_reject; counts are of rows, and read = loaded + unchanged + withheld + rejected';

-- Importers of the exports of providers that do not write FOCUS.

CREATE FUNCTION accelcost.import_cur(
    staging regclass, export_name text DEFAULT 'cur', on_error text DEFAULT 'stop', date_order text DEFAULT NULL, money_signs boolean DEFAULT false,
    allow_shrink boolean DEFAULT false)
RETURNS TABLE (batch bigint, rows_read bigint, loaded bigint, replaced bigint, unchanged bigint, withheld bigint,
               rejected bigint, unknown_columns text[], missing_columns text[])
LANGUAGE sql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE
BEGIN ATOMIC
    SELECT * FROM accelcost_internal.import_charges('cur', staging, export_name, on_error, date_order, money_signs, allow_shrink);
END;
COMMENT ON FUNCTION accelcost.import_cur(regclass, text, text, text, boolean, boolean) IS
    'loads an AWS Cost and Usage Report, legacy or 2.0, from a staging table of text columns into accelcost.charge, as import_focus does';

CREATE FUNCTION accelcost.import_azure(
    staging regclass, export_name text DEFAULT 'azure', on_error text DEFAULT 'stop', date_order text DEFAULT NULL, money_signs boolean DEFAULT false,
    allow_shrink boolean DEFAULT false)
RETURNS TABLE (batch bigint, rows_read bigint, loaded bigint, replaced bigint, unchanged bigint, withheld bigint,
               rejected bigint, unknown_columns text[], missing_columns text[])
LANGUAGE sql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE
BEGIN ATOMIC
    SELECT * FROM accelcost_internal.import_charges('azure', staging, export_name, on_error, date_order, money_signs, allow_shrink);
END;
COMMENT ON FUNCTION accelcost.import_azure(regclass, text, text, text, boolean, boolean) IS
    'loads an Azure export of cost details, EA or MCA, actual or amortized, from a staging table of text columns into accelcost.charge, as import_focus does';

CREATE FUNCTION accelcost.import_gcp(
    staging regclass, export_name text DEFAULT 'gcp', on_error text DEFAULT 'stop', date_order text DEFAULT NULL, money_signs boolean DEFAULT false,
    allow_shrink boolean DEFAULT false)
RETURNS TABLE (batch bigint, rows_read bigint, loaded bigint, replaced bigint, unchanged bigint, withheld bigint,
               rejected bigint, unknown_columns text[], missing_columns text[])
LANGUAGE sql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE
BEGIN ATOMIC
    SELECT * FROM accelcost_internal.import_charges('gcp', staging, export_name, on_error, date_order, money_signs, allow_shrink);
END;
COMMENT ON FUNCTION accelcost.import_gcp(regclass, text, text, text, boolean, boolean) IS
    'loads a Google Cloud billing export from a staging table of text columns, or of one column with a JSON object a row, into accelcost.charge, as import_focus does; each credit of a line is a charge of its own, and a row after it';

CREATE FUNCTION accelcost.import_oci(
    staging regclass, export_name text DEFAULT 'oci', on_error text DEFAULT 'stop', date_order text DEFAULT NULL, money_signs boolean DEFAULT false,
    allow_shrink boolean DEFAULT false)
RETURNS TABLE (batch bigint, rows_read bigint, loaded bigint, replaced bigint, unchanged bigint, withheld bigint,
               rejected bigint, unknown_columns text[], missing_columns text[])
LANGUAGE sql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE
BEGIN ATOMIC
    SELECT * FROM accelcost_internal.import_charges('oci', staging, export_name, on_error, date_order, money_signs, allow_shrink);
END;
COMMENT ON FUNCTION accelcost.import_oci(regclass, text, text, text, boolean, boolean) IS
    'loads an OCI cost report from a staging table of text columns into accelcost.charge, as import_focus does';
