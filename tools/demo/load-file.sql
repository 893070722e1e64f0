-- Loads export.csv, whatever its columns are, and says what came of it.

SELECT accelcost.import_columns(:'header', 'staging', :'delimiter') \gexec
SELECT CASE WHEN :'delimiter' = E'\t' THEN 'E''\t''' ELSE quote_literal(:'delimiter') END AS quoted \gset
\set copy '\\copy staging FROM export.csv WITH (FORMAT csv, HEADER true, DELIMITER ' :quoted ')'
\set SHOW_CONTEXT errors
:copy
\set SHOW_CONTEXT never
SELECT rows_read, loaded, rejected, unknown_columns, missing_columns
FROM accelcost.import_focus('staging', on_error => 'skip') \gset

\pset tuples_only on
\pset format unaligned
SELECT format('%s: %s rows, loaded %s charges, %s rejected', :'name', :'rows_read', :'loaded', :'rejected');
SELECT format('  row %s, column "%s"%s %s', row_number, column_name, ': "' || left(value, 60) || '"', reason)
FROM accelcost.import_reject ORDER BY row_number, column_name LIMIT 10;
SELECT format('  and %s more in accelcost.import_reject', count(*) - 10)
FROM accelcost.import_reject
HAVING count(*) > 10;
SELECT 'kept in extra: ' || array_to_string(:'unknown_columns'::text[], ', ') WHERE :'unknown_columns' <> '{}';
SELECT 'not in the file: ' || array_to_string(:'missing_columns'::text[], ', ') WHERE :'missing_columns' <> '{}';
\pset tuples_only off
\pset format aligned
