-- Loads the demo's files the way a user would.

\set header `head -n 1 focus.csv`
SELECT import_columns(:'header', 'staging') \gexec
\copy staging FROM 'focus.csv' WITH (FORMAT csv, HEADER true)
SELECT loaded, rejected FROM import_focus('staging') \gset
SELECT loaded + replaced AS changes FROM import_focus('staging') \gset again_

\set header `head -n 1 lambda.csv`
SELECT import_columns(:'header', 'lambda') \gexec
\copy lambda FROM 'lambda.csv' WITH (FORMAT csv, HEADER true)
SELECT loaded, rejected FROM import_focus('lambda', 'lambda', 'skip') \gset lambda_

CREATE TABLE inference (day date, provider text, model text, team text, input_tokens bigint, output_tokens bigint, gpu_hours numeric);
\copy inference FROM 'usage.csv' WITH (FORMAT csv, HEADER true)

\pset tuples_only on
\pset format unaligned
SELECT format(E'focus.csv   loaded %s charges, %s rejected; the same file again: %s changes', :'loaded', :'rejected', :'again_changes');
SELECT format(E'lambda.csv  loaded %s charges, %s rejected:', :'lambda_loaded', :'lambda_rejected');
SELECT format('              row %s, column "%s": "%s" %s', row_number, column_name, value, reason)
FROM accelcost.import_reject WHERE export = 'lambda' ORDER BY row_number;
SELECT format(E'usage.csv   %s days of inference by provider, model and team', count(DISTINCT day)) FROM inference;
\pset tuples_only off
\pset format aligned
