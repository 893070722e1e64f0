-- The statement that loads a staging table.

-- Longer than 80 lines: most of it is the text of one statement, in the order in which it works.
CREATE FUNCTION accelcost_internal.import_statement(
    format text, staging regclass, date_order text DEFAULT 'YMD', money_signs boolean DEFAULT false)
RETURNS text
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    line   CONSTANT text := accelcost_internal.import_line(format, staging);
    -- What a later file of a period has to cover, too: its days, and of a format whose files are never written again,
    -- all that is stored.
    covers CONSTANT text := CASE WHEN format = 'oci' THEN '%1$s'
                                 ELSE '(charge_period_start AT TIME ZONE ''UTC'')::date' END;
    file   record; -- of the staging table: its cells, and those that can be at fault
    charge record; -- of accelcost.charge: the columns that a file can fill, and the value of each
BEGIN
    SELECT string_agg(format(CASE WHEN m.kind = 'timestamp' AND date_order <> 'YMD'
                                  THEN 'accelcost_internal.import_slash_date(%s, %L)'
                                  WHEN m.kind IN ('number', 'cost') AND money_signs
                                  THEN 'accelcost_internal.import_money(%s)'
                                  ELSE '%s' END,
                             format('accelcost_internal.import_text(%s COLLATE "default")', i.cell), date_order)
                      || ' AS cell_' || m.column_number, E',\n           ')
               FILTER (WHERE m.expression IS NULL) AS cells,
           string_agg(format('c.%I AS cell_%s', m.column_name, m.column_number), E',\n           ')
               FILTER (WHERE m.expression IS NOT NULL) AS derived,
           string_agg('cell_' || m.column_number, ', ') FILTER (WHERE c.is_checked) AS checked,
           string_agg(CASE WHEN m.column_name IS NULL
                           THEN format('cell_%1$s IS NOT NULL AND accelcost_internal.import_%2$s(cell_%1$s) IS NULL',
                                       m.column_number, m.kind)
                           WHEN m.required THEN format('%I IS NULL', m.column_name)
                           ELSE format('%I IS NULL AND cell_%s IS NOT NULL', m.column_name, m.column_number) END,
                      E'\n                  OR ') FILTER (WHERE c.is_checked) AS at_fault,
           array_agg(m.header) FILTER (WHERE c.is_checked) AS headers,
           array_agg(m.kind) FILTER (WHERE c.is_checked) AS kinds,
           array_agg(m.required) FILTER (WHERE c.is_checked) AS required,
           format('jsonb_strip_nulls(jsonb_object(ARRAY[%s]::text[], ARRAY[%s]::text[]))',
                  string_agg(quote_literal(m.header), ', ') FILTER (WHERE c.is_extra),
                  string_agg('cell_' || m.column_number, ', ') FILTER (WHERE c.is_extra)) AS extra
    INTO STRICT file
    FROM accelcost_internal.import_mapping(format, staging) AS m
    LEFT JOIN accelcost_internal.import_cells(format, staging) AS i ON i.column_number = m.column_number
    CROSS JOIN LATERAL (SELECT m.kind <> 'text' OR m.required AS is_checked,
                               -- Names of providers in FOCUS are in columns, whichever fills which.
                               m.column_name IS NULL AND NOT (format = 'focus' AND m.kind IS NOT NULL) AS is_extra)
               AS c;

    SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) AS columns,
           string_agg(CASE WHEN m.kind IS NULL THEN format('NULL::%s', format_type(a.atttypid, a.atttypmod))
                           WHEN m.kind = 'text' THEN format('cell_%s', m.column_number)
                           ELSE format('accelcost_internal.import_%s(cell_%s)', m.kind, m.column_number) END
                      || format(' AS %I', a.attname), E',\n           ' ORDER BY a.attnum) AS values,
           -- Hashes of jsonb and of records are such that a value that moves to another key or row often leaves their
           -- sum as it was: hash jsonb as text, and the hash again.
           format('hashint8extended(hash_record_extended(ROW(%s, extra::text), 0), 0)',
                  string_agg(concat(quote_ident(a.attname), CASE a.atttypid WHEN 'jsonb'::regtype THEN '::text' END),
                             ', ' ORDER BY a.attnum)) AS hash
    INTO STRICT charge
    FROM pg_attribute AS a
    -- A format without these names has the provider of a charge in provider_name only.
    CROSS JOIN LATERAL (
        SELECT CASE WHEN a.attname IN ('service_provider_name', 'host_provider_name')
                     AND NOT EXISTS (SELECT FROM accelcost_internal.import_mapping(format, staging) AS o
                                     WHERE o.column_name = a.attname)
                    THEN 'provider_name' ELSE a.attname END AS name) AS filled
    LEFT JOIN accelcost_internal.import_mapping(format, staging) AS m ON m.column_name = filled.name
    WHERE a.attrelid = 'accelcost.charge'::regclass AND a.attnum > 0 AND NOT a.attisdropped
      AND a.attname NOT IN ('extra', 'export_name', 'part', 'beside', 'batch', 'row_number');

    -- Parameters: $1 the export's name, $2 the number of the batch, $3 whether any fault stops the import, $4 the part
    -- of the export, NULL for all of it, $5 whether it is loaded beside the exports that its bills belong to.
    RETURN format($sql$
WITH cell AS (
    SELECT row_number() OVER () AS row_number,
           %1$s
    FROM %2$s
), derived AS (
    -- OFFSET 0 keeps the planner from reading a cell once per mention of its value below.
    SELECT cell.*%11$s
    FROM cell%12$s OFFSET 0
), reading AS (
    SELECT derived.*,
           %3$s
    FROM derived OFFSET 0
), charge_row AS MATERIALIZED (
    SELECT row_number, %4$s,
           %5$s AS extra,
           CASE WHEN %6$s
                THEN ARRAY[%7$s] END AS cells_at_fault
    FROM reading
), row_at_fault AS MATERIALIZED (
    -- Few, if any: to look for them in all rows again would take longer.
    SELECT row_number, provider_name, billing_account_id, billing_period_start, cells_at_fault
    FROM charge_row
    WHERE cells_at_fault IS NOT NULL
), fault AS (
    SELECT r.row_number, c.position, c.header, c.value, reason
    FROM row_at_fault AS r
    CROSS JOIN unnest(%8$L::text[], %9$L::text[], %10$L::boolean[], r.cells_at_fault)
               WITH ORDINALITY AS c (header, kind, required, value, position)
    CROSS JOIN accelcost_internal.import_fault(c.kind, c.required, c.value) AS reason
    WHERE reason IS NOT NULL
), unit_at_fault AS (
    SELECT DISTINCT provider_name, billing_account_id, billing_period_start
    FROM row_at_fault
), total AS MATERIALIZED (
    SELECT provider_name, billing_account_id, billing_period_start, billing_currency, service_name,
           accelcost_internal.bill_month(charge_period_start) AS month, count(*) AS charges, sum(billed_cost) AS billed,
           sum(%16$s) AS fingerprint,
           bool_and(charge_class IS NOT DISTINCT FROM 'Correction') AS is_correction,
           min(%13$s) AS first_covered, max(%13$s) AS last_covered
    FROM charge_row
    WHERE cells_at_fault IS NULL
    GROUP BY 1, 2, 3, 4, 5, 6
), incoming AS (
    SELECT provider_name, billing_account_id, billing_period_start, sum(charges)::bigint AS charges,
           sum(fingerprint) AS fingerprint, jsonb_object_agg(billing_currency, billed) AS billed,
           bool_and(is_correction) AS is_correction, min(first_covered) AS first_covered,
           max(last_covered) AS last_covered
    FROM (SELECT provider_name, billing_account_id, billing_period_start, billing_currency, sum(charges) AS charges,
                 sum(fingerprint) AS fingerprint, sum(billed) AS billed, bool_and(is_correction) AS is_correction,
                 min(first_covered) AS first_covered, max(last_covered) AS last_covered
          FROM total
          GROUP BY 1, 2, 3, 4) AS by_currency
    GROUP BY 1, 2, 3
), stored AS (
    SELECT provider_name, billing_account_id, billing_period_start, count(*) AS charges,
           sum(%16$s) AS fingerprint,
           bool_and(charge_class IS NOT DISTINCT FROM 'Correction') AS is_correction,
           bool_and(part IS NOT DISTINCT FROM $4 AND beside IS NOT DISTINCT FROM $5) AS is_alike,
           min(%13$s) AS first_covered, max(%13$s) AS last_covered
    FROM accelcost.charge
    -- The bounds are for the index.
    WHERE export_name = $1 AND ($4 IS NULL OR part = $4)
      AND billing_period_start BETWEEN (SELECT min(billing_period_start) FROM incoming)
                                   AND (SELECT max(billing_period_start) FROM incoming)
      AND (billing_period_start, billing_account_id, provider_name)
          IN (SELECT billing_period_start, billing_account_id, provider_name FROM incoming)
    GROUP BY 1, 2, 3
), seller AS MATERIALIZED (
    SELECT provider_name, coalesce(accelcost_internal.provider_name(provider_name), provider_name) AS provider
    FROM (SELECT DISTINCT provider_name FROM incoming) AS p
), billed AS (
    SELECT i.*, accelcost_internal.bill_of(provider, billing_account_id, billing_period_start) AS bill
    FROM incoming AS i
    JOIN seller USING (provider_name)
), other AS MATERIALIZED (
    -- Other exports that have a bill of the file, and other parts that may have its charges.
    SELECT b.bill, b.export_name, b.part, b.provider_name, b.billing_account_id, b.billing_period_start, b.charges,
           b.fingerprint
    FROM accelcost.import_batch AS b
    WHERE b.replaced_at IS NULL AND b.bill IN (SELECT bill FROM billed)
      AND CASE WHEN b.export_name = $1 THEN b.part <> $4 ELSE NOT b.beside AND NOT $5 END
), standing AS (
    -- Charges may have been deleted by hand.
    SELECT * FROM other
    WHERE (billing_period_start, billing_account_id, provider_name, export_name)
          IN (SELECT billing_period_start, billing_account_id, provider_name, export_name
              FROM accelcost.charge
              WHERE billing_period_start BETWEEN (SELECT min(billing_period_start) FROM other)
                                             AND (SELECT max(billing_period_start) FROM other))
), owned AS (
    -- A bill belongs to one export.
    SELECT bill, min(export_name) AS owner
    FROM standing
    WHERE export_name <> $1
    GROUP BY bill
), doubled AS (
    -- The same file as another part, or a part of what was loaded whole.
    SELECT provider_name, billing_account_id, billing_period_start, min(twin) AS twin
    FROM (SELECT i.provider_name, i.billing_account_id, i.billing_period_start, s.part AS twin
          FROM billed AS i
          JOIN standing AS s USING (provider_name, billing_account_id, billing_period_start)
          WHERE s.export_name = $1 AND s.charges = i.charges AND s.fingerprint = i.fingerprint
          UNION ALL
          SELECT provider_name, billing_account_id, billing_period_start, NULL
          FROM charge_row
          WHERE $4 IS NOT NULL AND cells_at_fault IS NULL
          GROUP BY 1, 2, 3
          HAVING bool_and(%16$s
                          IN (SELECT %16$s
                              FROM accelcost.charge
                              WHERE export_name = $1 AND part IS NULL
                                AND billing_period_start BETWEEN (SELECT min(billing_period_start) FROM incoming)
                                                             AND (SELECT max(billing_period_start) FROM incoming)
                             ))) AS twins
    GROUP BY 1, 2, 3
), unit AS (
    SELECT i.*, s.charges AS stored, o.owner, d.twin,
           i.first_covered > s.first_covered OR i.last_covered < s.last_covered AS is_short,
           i.is_correction AND NOT s.is_correction AS is_only_correction,
           CASE WHEN $3 AND EXISTS (SELECT FROM unit_at_fault) THEN 'stopped'
                WHEN o.bill IS NOT NULL THEN 'owned'
                WHEN d.provider_name IS NOT NULL THEN 'doubled'
                WHEN s.charges IS NULL THEN 'new'
                WHEN s.charges = i.charges AND s.fingerprint = i.fingerprint AND s.is_alike THEN 'unchanged'
                -- A row at fault that does not say where it belongs may belong here.
                WHEN s.charges > i.charges
                     AND EXISTS (SELECT FROM unit_at_fault AS f
                                 WHERE (f.provider_name = i.provider_name) IS NOT FALSE
                                   AND (f.billing_account_id = i.billing_account_id) IS NOT FALSE
                                   AND (f.billing_period_start = i.billing_period_start) IS NOT FALSE) THEN 'withheld'
                ELSE 'replaced' END AS verdict
    FROM billed AS i
    LEFT JOIN stored AS s USING (provider_name, billing_account_id, billing_period_start)
    LEFT JOIN owned AS o USING (bill)
    LEFT JOIN doubled AS d USING (provider_name, billing_account_id, billing_period_start)
), lost AS (
    SELECT provider_name, billing_account_id, billing_period_start, count(*) AS number
    FROM (SELECT provider_name, billing_account_id, billing_period_start, %13$s AS covered
          FROM accelcost.charge
          WHERE export_name = $1 AND ($4 IS NULL OR part = $4)
            AND billing_period_start BETWEEN (SELECT min(billing_period_start) FROM incoming)
                                         AND (SELECT max(billing_period_start) FROM incoming)
            AND (billing_period_start, billing_account_id, provider_name)
                IN (SELECT billing_period_start, billing_account_id, provider_name
                    FROM unit WHERE verdict = 'replaced')
          EXCEPT
          SELECT provider_name, billing_account_id, billing_period_start, %13$s
          FROM charge_row
          WHERE cells_at_fault IS NULL
            AND (billing_period_start, billing_account_id, provider_name)
                IN (SELECT billing_period_start, billing_account_id, provider_name
                    FROM unit WHERE verdict = 'replaced')) AS missing
    GROUP BY 1, 2, 3
), deleted_charges AS (
    DELETE FROM accelcost.charge AS c
    USING unit AS u
    WHERE u.verdict = 'replaced' AND c.export_name = $1 AND ($4 IS NULL OR c.part = $4)
      AND c.billing_period_start BETWEEN (SELECT min(billing_period_start) FROM incoming)
                                     AND (SELECT max(billing_period_start) FROM incoming)
      AND (c.billing_period_start, c.billing_account_id, c.provider_name)
        = (u.billing_period_start, u.billing_account_id, u.provider_name)
), inserted_charges AS (
    INSERT INTO accelcost.charge (%4$s, extra, export_name, part, beside, batch, row_number)
    SELECT %4$s, extra, $1, $4, $5, $2, row_number
    FROM charge_row
    WHERE cells_at_fault IS NULL
      AND (billing_period_start, billing_account_id, provider_name)
          IN (SELECT billing_period_start, billing_account_id, provider_name
              FROM unit WHERE verdict IN ('new', 'replaced'))
), closed_batches AS (
    UPDATE accelcost.import_batch AS b
    SET replaced_at = now(), replaced_by = $2
    FROM unit AS u
    WHERE u.verdict IN ('new', 'replaced') AND b.export_name = $1 AND b.replaced_at IS NULL
      AND ($4 IS NULL OR b.part = $4)
      AND (b.billing_period_start, b.billing_account_id, b.provider_name)
        = (u.billing_period_start, u.billing_account_id, u.provider_name)
    RETURNING 1
), closed_others AS (
    -- Another export that had the bill has no charges left.
    UPDATE accelcost.import_batch AS b
    SET replaced_at = now(), replaced_by = $2
    WHERE b.export_name <> $1 AND b.replaced_at IS NULL AND NOT b.beside AND NOT $5
      AND b.bill IN (SELECT bill FROM unit WHERE verdict IN ('new', 'replaced'))
    RETURNING 1
), inserted_batches AS (
    -- Counting the closed ones first makes sure that they are closed before a successor is current.
    INSERT INTO accelcost.import_batch (batch, export_name, part, provider_name, billing_account_id,
                                        billing_period_start, bill, beside, charges, billed_cost, fingerprint)
    SELECT $2, $1, $4, provider_name, billing_account_id, billing_period_start, bill, $5, charges, billed, fingerprint
    FROM unit
    WHERE verdict IN ('new', 'replaced')
      AND (SELECT count(*) FROM closed_batches) + (SELECT count(*) FROM closed_others) >= 0
), inserted_totals AS (
    INSERT INTO accelcost.import_total (batch, export_name, provider_name, billing_account_id, billing_period_start,
                                        month, service_name, currency, charges, billed_cost)
    SELECT $2, $1, provider_name, billing_account_id, billing_period_start, month, service_name, billing_currency,
           charges, billed
    FROM total
    WHERE (billing_period_start, billing_account_id, provider_name)
          IN (SELECT billing_period_start, billing_account_id, provider_name
              FROM unit WHERE verdict IN ('new', 'replaced'))
), inserted_rejects AS (
    INSERT INTO accelcost.import_reject (batch, export_name, row_number, column_name, value, reason)
    SELECT $2, $1, row_number, header, left(value, 1000), reason
    FROM fault
    WHERE NOT $3
)
SELECT (SELECT count(*) FROM row_at_fault) + (SELECT coalesce(sum(charges), 0) FROM incoming)::bigint AS rows_read,
       (SELECT count(*) FROM row_at_fault) AS rejected,
       (SELECT count(*) FROM fault) AS faults,
       (SELECT string_agg(concat('row ', row_number, ', column "', header, '"', ': "' || excerpt || '"', ' ', reason),
                          E'\n' ORDER BY row_number, position)
        FROM (SELECT *, regexp_replace(CASE WHEN length(value) > 60 THEN left(value, 57) || '...' ELSE value END,
                                       '[[:cntrl:]]', ' ', 'g') AS excerpt
              FROM fault ORDER BY row_number, position LIMIT 5) AS first_faults) AS first_faults,
       (SELECT concat(string_agg(concat(name, ': ', stored, ' charges, now ', charges,
                                        ', without ' || number || ' of the stored %14$s',
                                        CASE WHEN is_only_correction THEN ', all of them corrections' END),
                                 E'\n' ORDER BY ordinal) FILTER (WHERE ordinal <= 5),
                      E'\nand ' || nullif(greatest(count(*) - 5, 0), 0) || ' more')
        FROM (SELECT u.*, l.number, n.name, row_number() OVER (ORDER BY n.name) AS ordinal
              FROM unit AS u
              LEFT JOIN lost AS l USING (provider_name, billing_account_id, billing_period_start)
              CROSS JOIN accelcost_internal.period_words(provider_name, billing_account_id, billing_period_start)
                         AS n (name)
              WHERE verdict = 'replaced' AND (charges * 2 < stored OR is_only_correction OR %15$s)) AS listed
        HAVING count(*) > 0) AS shrunk,
       (SELECT min(owner) FROM unit WHERE verdict = 'owned') AS owner,
       (SELECT string_agg(concat(name, CASE verdict WHEN 'owned' THEN ' is in export "' || owner || '"'
                                                    ELSE ' is in ' || coalesce('part "' || twin || '"',
                                                                               'what was imported without parts') END),
                          E'\n' ORDER BY name) FILTER (WHERE ordinal <= 5)
        FROM (SELECT u.*, n.name, row_number() OVER (ORDER BY n.name) AS ordinal
              FROM unit AS u
              CROSS JOIN accelcost_internal.period_words(provider_name, billing_account_id, billing_period_start)
                         AS n (name)
              WHERE verdict IN ('owned', 'doubled')) AS listed) AS twice,
       (SELECT coalesce(sum(charges) FILTER (WHERE verdict IN ('new', 'replaced')), 0) FROM unit) AS loaded,
       (SELECT coalesce(sum(stored) FILTER (WHERE verdict = 'replaced'), 0) FROM unit) AS replaced,
       (SELECT coalesce(sum(charges) FILTER (WHERE verdict = 'unchanged'), 0) FROM unit) AS unchanged,
       (SELECT coalesce(sum(charges) FILTER (WHERE verdict = 'withheld'), 0) FROM unit) AS withheld
$sql$,
        file.cells, accelcost_internal.import_source(format, staging), charge.values, charge.columns, file.extra,
        file.at_fault, file.checked, file.headers, file.kinds, file.required,
        E',\n           ' || file.derived,
        format(E'\n    CROSS JOIN LATERAL accelcost_internal.%I(', 'charge_of_' || format) || line || ') AS c',
        format(covers, charge.hash), CASE WHEN format = 'oci' THEN 'charges' ELSE 'days' END,
        -- A bill that is restated may lose a day, but a part of it is short at one of its ends.
        CASE WHEN format = 'oci' THEN 'l.number > 0' ELSE 'l.number > 1 OR u.is_short' END, charge.hash);
END
$$;
COMMENT ON FUNCTION accelcost_internal.import_statement(text, regclass, text, boolean) IS
    'returns the statement with which import_charges loads a staging table';

CREATE FUNCTION accelcost_internal.run_query(statement text, shown text)
RETURNS record
LANGUAGE c STABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'accelcost_run_query';
COMMENT ON FUNCTION accelcost_internal.run_query(text, text) IS
    'returns the one row of a query; an error in it shows another text in place of the query';

CREATE FUNCTION accelcost_internal.run_import(
    statement text, shown text, export_name text, batch bigint, stop boolean, part text, beside boolean)
RETURNS record
LANGUAGE c VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE
AS 'MODULE_PATHNAME', 'accelcost_run_import';
COMMENT ON FUNCTION accelcost_internal.run_import(text, text, text, bigint, boolean, text, boolean) IS
    'returns what run_query returns, for a statement of import_statement and its parameters';

CREATE FUNCTION accelcost_internal.import_format_hint(format text, staging regclass)
RETURNS text
LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    WITH importer AS (
        SELECT i.format, i.words
        FROM (VALUES ('focus', 'a FOCUS export: use import_focus'),
                     ('cur', 'an AWS Cost and Usage Report: use import_cur'),
                     ('azure', 'an Azure cost export: use import_azure'),
                     ('gcp', 'a Google Cloud billing export: use import_gcp'),
                     ('oci', 'an OCI cost report: use import_oci'),
                     ('invoice_detail', 'invoice details of FOCUS: use import_invoice_detail'),
                     ('contract_commitment', 'contract commitments of FOCUS: use import_contract_commitment'),
                     ('billing_period', 'billing periods of FOCUS: use import_billing_period')) AS i (format, words)
    ), header AS (
        SELECT i.format, c.header_key
        FROM importer AS i JOIN accelcost.import_column AS c ON c.format = i.format
        UNION
        SELECT i.format, h.header_key
        FROM importer AS i
        CROSS JOIN LATERAL accelcost_internal.import_inputs(i.format) AS h
    ), matched AS (
        SELECT h.format, count(*) AS headers
        FROM header AS h
        WHERE h.header_key IN (SELECT accelcost_internal.import_header(a.attname::text)
                               FROM pg_attribute AS a
                               WHERE a.attrelid = import_format_hint.staging::oid
                                 AND a.attnum > '0'::smallint AND NOT a.attisdropped)
        GROUP BY h.format
    )
    SELECT format('These are columns of %s.', i.words)
    FROM matched AS m JOIN importer AS i ON i.format = m.format
    WHERE m.format <> import_format_hint.format
      -- A few names are in several formats.
      AND m.headers >= 5
      AND m.headers > coalesce((SELECT o.headers FROM matched AS o WHERE o.format = import_format_hint.format), 0)
    ORDER BY m.headers DESC, m.format
    LIMIT 1;
END;
COMMENT ON FUNCTION accelcost_internal.import_format_hint(text, regclass) IS
    'returns which importer fits the columns of a staging table better; NULL if none does';
