-- Loads the demo's files the way a user would.

\set header `head -n 1 focus.csv`
SELECT accelcost.import_columns(:'header', 'staging') \gexec
\copy staging FROM 'focus.csv' WITH (FORMAT csv, HEADER true)
SELECT loaded, rejected FROM accelcost.import_focus('staging') \gset
SELECT loaded + replaced AS changes FROM accelcost.import_focus('staging') \gset again_

\set header `head -n 1 lambda.csv`
SELECT accelcost.import_columns(:'header', 'lambda') \gexec
\copy lambda FROM 'lambda.csv' WITH (FORMAT csv, HEADER true)
SELECT loaded, rejected FROM accelcost.import_focus('lambda', 'lambda', 'skip') \gset lambda_

CREATE TEMPORARY TABLE usage (LIKE accelcost.usage INCLUDING DEFAULTS);
\set header `head -n 1 usage.csv`
\set copy '\\copy usage (' :header ') FROM usage.csv WITH (FORMAT csv, HEADER true)'
:copy
INSERT INTO accelcost.usage SELECT * FROM usage ON CONFLICT DO NOTHING;
\set usage_loaded :ROW_COUNT
INSERT INTO accelcost.usage SELECT * FROM usage ON CONFLICT DO NOTHING;
\set usage_again :ROW_COUNT
ANALYZE accelcost.usage;

-- An invoice of AWS, 5.00 too high, and a budget of a team.
INSERT INTO accelcost.invoice_detail (invoice_issuer_name, invoice_id, invoice_detail_id, billing_account_id,
                                      billing_period_start, charge_category, billing_currency, billed_cost)
VALUES ('AWS', 'A-2026-07', '1', '111122223333', '2026-07-01', 'Usage', 'USD', 4347.97),
       ('AWS', 'A-2026-07', '2', '111122223333', '2026-07-01', 'Tax', 'USD', 192.01);
INSERT INTO accelcost.budget (name, team, basis, amount, first_month)
VALUES ('support', 'support', 'modelled', 24000, '2026-05-01');

\pset tuples_only on
\pset format unaligned
SELECT format(
    'focus.csv   loaded %s charges, %s rejected; same file again: %s changes', :'loaded', :'rejected',
    :'again_changes');
SELECT format('lambda.csv  loaded %s charges, %s rejected:', :'lambda_loaded', :'lambda_rejected');
SELECT format('            row %s, %s "%s" %s', row_number, column_name, value, reason)
FROM accelcost.import_reject WHERE export_name = 'lambda' ORDER BY row_number;
SELECT format('usage.csv   loaded %s rows, by the hour; same file again: %s rows', :'usage_loaded', :'usage_again');
