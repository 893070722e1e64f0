-- Load a dataset of FOCUS other than charges from a staging table.
--
-- Cells are read as those of charges are. What differs is what a file replaces: invoice lines are delivered for whole
-- billing periods of an account, records of commitments and billing periods one by one.

CREATE TYPE accelcost_internal.dataset_rule AS (
    unit       text[],
    key        text[],
    updated    text,
    key_header text
);
COMMENT ON TYPE accelcost_internal.dataset_rule IS 'what a file of a dataset replaces';
COMMENT ON COLUMN accelcost_internal.dataset_rule.unit IS 'columns that identify what is replaced as a whole';
COMMENT ON COLUMN accelcost_internal.dataset_rule.key IS 'columns that identify a row';
COMMENT ON COLUMN accelcost_internal.dataset_rule.updated IS
    'column with the time of the last change, for units of one row';
COMMENT ON COLUMN accelcost_internal.dataset_rule.key_header IS 'column that is named if a key is there twice';

CREATE FUNCTION accelcost_internal.dataset_rule(format text)
RETURNS accelcost_internal.dataset_rule
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN CASE format
        WHEN 'invoice_detail'
        THEN ROW('{invoice_issuer_name,billing_account_id,billing_period_start}',
                 '{invoice_issuer_name,invoice_id,invoice_detail_id}',
                 NULL, 'InvoiceDetailId')::accelcost_internal.dataset_rule
        WHEN 'contract_commitment'
        THEN ROW('{contract_commitment_id,service_provider_name}', '{contract_commitment_id,service_provider_name}',
                 'contract_commitment_last_updated', 'ContractCommitmentId')::accelcost_internal.dataset_rule
        WHEN 'billing_period'
        THEN ROW('{invoice_issuer_name,billing_period_start}', '{invoice_issuer_name,billing_period_start}',
                 'billing_period_last_updated', 'BillingPeriodStart')::accelcost_internal.dataset_rule END;
COMMENT ON FUNCTION accelcost_internal.dataset_rule(text) IS
    'returns what a file of a dataset replaces; NULL for charges';

-- Text of one statement, most of it the statement: hence its length.
CREATE FUNCTION accelcost_internal.dataset_statement(
    format text, staging regclass, target regclass, date_order text DEFAULT 'YMD')
RETURNS text
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    rule CONSTANT accelcost_internal.dataset_rule := accelcost_internal.dataset_rule(format);
    file    record; -- of the staging table: its cells, and those that can be at fault
    stored  record; -- of the target: its columns, the value of each, and conditions on them
BEGIN
    SELECT string_agg(format(CASE WHEN m.kind = 'timestamp' AND date_order <> 'YMD'
                                  THEN 'accelcost_internal.import_slash_date(%s, %L)' ELSE '%s' END,
                             format('accelcost_internal.import_text(%s COLLATE "default")', i.cell), date_order)
                      || ' AS cell_' || m.column_number, E',\n           ') AS cells,
           string_agg('cell_' || m.column_number, ', ') FILTER (WHERE c.is_checked) AS checked,
           string_agg(CASE WHEN m.required THEN format('%I IS NULL', m.column_name)
                           ELSE format('%I IS NULL AND cell_%s IS NOT NULL', m.column_name, m.column_number) END,
                      E'\n                  OR ') FILTER (WHERE c.is_checked) AS at_fault,
           array_agg(m.header) FILTER (WHERE c.is_checked) AS headers,
           array_agg(m.kind) FILTER (WHERE c.is_checked) AS kinds,
           array_agg(m.required) FILTER (WHERE c.is_checked) AS required,
           format('jsonb_strip_nulls(jsonb_object(ARRAY[%s]::text[], ARRAY[%s]::text[]))',
                  string_agg(quote_literal(m.header), ', ') FILTER (WHERE m.column_name IS NULL),
                  string_agg('cell_' || m.column_number, ', ') FILTER (WHERE m.column_name IS NULL)) AS extra
    INTO STRICT file
    FROM accelcost_internal.import_mapping(format, staging) AS m
    JOIN accelcost_internal.import_cells(format, staging) AS i ON i.column_number = m.column_number
    CROSS JOIN LATERAL (SELECT m.kind <> 'text' OR m.required AS is_checked) AS c;

    SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) AS columns,
           string_agg(CASE WHEN m.kind IS NULL THEN format('NULL::%s', format_type(a.atttypid, a.atttypmod))
                           WHEN m.kind = 'text' THEN format('cell_%s', m.column_number)
                           ELSE format('accelcost_internal.import_%s(cell_%s)', m.kind, m.column_number) END
                      || format(' AS %I', a.attname), E',\n           ' ORDER BY a.attnum) AS values,
           -- A record may not say whose it is, as in FOCUS 1.3.
           string_agg(format(CASE WHEN a.attnotnull THEN 's.%1$I = u.%1$I' ELSE '(s.%1$I = u.%1$I) IS NOT FALSE' END,
                             a.attname), ' AND ' ORDER BY a.attnum)
               FILTER (WHERE a.attname = ANY (rule.unit)) AS is_in_unit,
           string_agg(format('(f.%1$I = u.%1$I) IS NOT FALSE', a.attname), ' AND ' ORDER BY a.attnum)
               FILTER (WHERE a.attname = ANY (rule.unit)) AS is_at_fault,
           -- Equality is for a hash join.
           string_agg(format(CASE WHEN a.attnotnull THEN 'g.%1$I = u.%1$I'
                                  ELSE 'g.%1$I IS NOT DISTINCT FROM u.%1$I' END, a.attname), ' AND ' ORDER BY a.attnum)
               FILTER (WHERE a.attname = ANY (rule.unit)) AS is_of_unit
    INTO STRICT stored
    FROM pg_attribute AS a
    LEFT JOIN accelcost_internal.import_mapping(format, staging) AS m ON m.column_name = a.attname
    WHERE a.attrelid = target AND a.attnum > 0 AND NOT a.attisdropped
      AND a.attname NOT IN ('extra', 'export_name', 'batch', 'row_number');

    -- Parameters: $1 the export's name, $2 the number of the batch, $3 whether any fault stops the import.
    RETURN format($sql$
WITH cell AS (
    SELECT row_number() OVER () AS row_number,
           %1$s
    FROM %2$s AS s
), reading AS (
    -- OFFSET 0 keeps the planner from reading a cell once per mention of its value below.
    SELECT cell.*,
           %3$s
    FROM cell OFFSET 0
), read_row AS MATERIALIZED (
    SELECT r.row_number, %4$s,
           %5$s AS extra, n.cells_at_fault,
           min(r.row_number) OVER (PARTITION BY %6$s, n.cells_at_fault IS NULL) AS first_row
    FROM reading AS r
    CROSS JOIN LATERAL (SELECT CASE WHEN %7$s
                THEN ARRAY[%8$s] END AS cells_at_fault) AS n
), fault AS (
    SELECT r.row_number, c.position, c.header, c.value, reason
    FROM read_row AS r
    CROSS JOIN unnest(%9$L::text[], %10$L::text[], %11$L::boolean[], r.cells_at_fault)
               WITH ORDINALITY AS c (header, kind, required, value, position)
    CROSS JOIN accelcost_internal.import_fault(c.kind, c.required, c.value) AS reason
    WHERE r.cells_at_fault IS NOT NULL AND reason IS NOT NULL
    UNION ALL
    SELECT row_number, 1, %12$L, %13$I::text, concat('is in row ', first_row, ', too')
    FROM read_row
    WHERE cells_at_fault IS NULL AND first_row < row_number
), row_at_fault AS (
    SELECT * FROM read_row WHERE cells_at_fault IS NOT NULL OR first_row < row_number
), good_row AS (
    SELECT * FROM read_row WHERE cells_at_fault IS NULL AND first_row = row_number
), incoming AS (
    SELECT %14$s, count(*) AS rows, max(%15$s) AS updated,
           sum(hashtextextended(ROW(%4$s, extra)::text COLLATE "C", 0)) AS fingerprint
    FROM good_row
    GROUP BY %14$s
), touched AS MATERIALIZED (
    SELECT u.unit, s.ctid AS id, %15$s AS updated,
           hashtextextended(ROW(%16$s, s.extra)::text COLLATE "C", 0) AS fingerprint
    FROM (SELECT *, row_number() OVER (ORDER BY %14$s) AS unit FROM incoming) AS u
    JOIN %17$s AS s ON %18$s
), unit AS (
    SELECT u.*, t.rows AS stored,
           CASE WHEN $3 AND EXISTS (SELECT FROM fault) THEN 'stopped'
                WHEN t.rows IS NULL THEN 'new'
                WHEN t.rows = u.rows AND t.fingerprint = u.fingerprint THEN 'unchanged'
                -- An old file does not undo a newer one.
                WHEN coalesce(u.updated < t.updated, t.updated IS NOT NULL) THEN 'withheld'
                WHEN t.rows > u.rows AND EXISTS (SELECT FROM row_at_fault AS f WHERE %19$s) THEN 'withheld'
                WHEN t.rows > u.rows * 2 THEN 'shrunk'
                ELSE 'replaced' END AS verdict
    FROM (SELECT *, row_number() OVER (ORDER BY %14$s) AS unit FROM incoming) AS u
    LEFT JOIN (SELECT unit, count(*) AS rows, sum(fingerprint) AS fingerprint, max(updated) AS updated
               FROM touched GROUP BY unit) AS t USING (unit)
), loaded AS MATERIALIZED (
    SELECT g.*
    FROM good_row AS g
    JOIN unit AS u ON %20$s
    WHERE u.verdict IN ('new', 'replaced', 'shrunk')
), deleted AS (
    DELETE FROM %17$s
    WHERE ctid IN (SELECT id FROM touched JOIN unit USING (unit) WHERE verdict IN ('replaced', 'shrunk')
                   -- A row may have moved to another unit.
                   UNION SELECT s.ctid FROM %17$s AS s JOIN loaded AS u ON %21$s)
    RETURNING 1
), inserted AS (
    -- Counting the deleted ones first makes sure that they are gone before a successor comes.
    INSERT INTO %17$s (%4$s, extra, export_name, batch, row_number)
    SELECT %4$s, extra, $1, $2, row_number
    FROM loaded
    WHERE (SELECT count(*) FROM deleted) >= 0
    RETURNING 1
), inserted_rejects AS (
    INSERT INTO accelcost.import_reject (batch, export_name, row_number, column_name, value, reason)
    SELECT $2, $1, row_number, header, left(value, 1000), reason
    FROM fault
    WHERE NOT $3
)
SELECT (SELECT count(*) FROM read_row) AS rows_read,
       (SELECT count(*) FROM row_at_fault) AS rejected,
       (SELECT count(*) FROM fault) AS faults,
       (SELECT string_agg(concat('row ', row_number, ', column "', header, '"', ': "' || left(value, 60) || '"', ' ',
                                 reason), E'\n' ORDER BY row_number, position)
        FROM (SELECT * FROM fault ORDER BY row_number, position LIMIT 5) AS first_faults) AS first_faults,
       (SELECT string_agg(concat_ws(' ', %14$s, 'had ' || stored || ' rows, now ' || rows), E'\n' ORDER BY unit)
        FROM unit WHERE verdict = 'shrunk') AS shrunk,
       (SELECT count(*) FROM inserted) AS loaded,
       (SELECT count(*) FROM deleted) AS replaced,
       (SELECT coalesce(sum(rows), 0) FROM unit WHERE verdict = 'unchanged') AS unchanged,
       (SELECT coalesce(sum(rows), 0) FROM unit WHERE verdict = 'withheld') AS withheld
$sql$,
        file.cells, staging, stored.values, stored.columns, file.extra,
        array_to_string(rule.key, ', '), file.at_fault, file.checked, file.headers, file.kinds,
        file.required, rule.key_header, rule.key[cardinality(rule.key)], array_to_string(rule.unit, ', '),
        coalesce(quote_ident(rule.updated), 'NULL::timestamptz'),
        's.' || replace(stored.columns, ', ', ', s.'), target, stored.is_in_unit, stored.is_at_fault, stored.is_of_unit,
        (SELECT string_agg(format('s.%1$I = u.%1$I', c), ' AND ') FROM unnest(rule.key) AS c));
END
$$;
COMMENT ON FUNCTION accelcost_internal.dataset_statement(text, regclass, regclass, text) IS
    'returns the statement with which import_dataset loads a staging table';

CREATE FUNCTION accelcost_internal.import_dataset(
    format text, staging regclass, export_name text, on_error text DEFAULT 'stop', date_order text DEFAULT NULL,
    allow_shrink boolean DEFAULT false)
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
-- A staging table has no statistics: a few rows are expected, and thousands would be compared one by one.
SET enable_nestloop = off
SET jit = off
AS $$
#variable_conflict use_variable
DECLARE
    target CONSTANT regclass := accelcost_internal.import_target(format);
    batch bigint;
    found record;
BEGIN
    PERFORM accelcost_internal.check_import(format, staging, export_name, on_error, date_order, NULL);
    PERFORM accelcost_internal.check_sees_all(target, true);
    PERFORM accelcost_internal.check_sees_all('accelcost.import_reject', true);

    -- One import at a time: the next one sees what this one leaves.
    LOCK TABLE accelcost.import_batch IN SHARE ROW EXCLUSIVE MODE;
    EXECUTE format('LOCK TABLE %s IN SHARE ROW EXCLUSIVE MODE', target);
    EXECUTE format('SELECT max(batch) FROM %s', target) INTO batch;
    batch := 1 + greatest((SELECT max(b.batch) FROM accelcost.import_batch AS b),
                          (SELECT max(r.batch) FROM accelcost.import_reject AS r), batch, 0);

    SELECT r.* INTO STRICT found
    FROM accelcost_internal.run_import(
             accelcost_internal.dataset_statement(
                 format, staging, target, coalesce(date_order, accelcost_internal.import_date_order(format, staging))),
             format('SELECT dataset_statement(%L, %L)', format, staging), export_name, batch, on_error = 'stop',
             NULL, false)
         AS r (rows_read bigint, rejected bigint, faults bigint, first_faults text, shrunk text,
               loaded bigint, replaced bigint, unchanged numeric, withheld numeric);

    PERFORM accelcost_internal.check_import_rows(staging, found.rows_read, found.rejected, found.faults,
                                                 found.first_faults, on_error);
    IF found.shrunk IS NOT NULL AND NOT coalesce(allow_shrink, false) THEN
        RAISE EXCEPTION 'staging table "%" has less than half of a billing period''s stored rows', staging
            USING ERRCODE = 'object_not_in_prerequisite_state', DETAIL = found.shrunk,
                  HINT = 'Stage all parts of the export first. If the file is complete, use allow_shrink => true.';
    END IF;

    RETURN NEXT accelcost_internal.import_result(
        format, staging, batch, found.rows_read, found.loaded, found.replaced, found.unchanged, found.withheld,
        found.rejected);
END
$$;
COMMENT ON FUNCTION accelcost_internal.import_dataset(text, regclass, text, text, text, boolean) IS
    'loads a staging table into a table of FOCUS other than accelcost.charge';
