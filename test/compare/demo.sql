-- The demo's months: its files are made and loaded as the demo does, and all
-- reports are asked for.
\set generate :demo '/generate.sql'
\i :generate
DROP TABLE hour, product, work, usage, line CASCADE;

\set header `head -n 1 focus.csv`
SELECT import_columns(:'header', 'staging') AS statement \gset
:statement
\copy staging FROM 'focus.csv' WITH (FORMAT csv, HEADER true)
\set header `head -n 1 lambda.csv`
SELECT import_columns(:'header', 'lambda') AS statement \gset
:statement
\copy lambda FROM 'lambda.csv' WITH (FORMAT csv, HEADER true)
CREATE TABLE loaded_usage (LIKE usage INCLUDING DEFAULTS);
\set header `head -n 1 usage.csv`
\set copy '\\copy loaded_usage (' :header ') FROM usage.csv WITH (FORMAT csv, HEADER true)'
:copy
INSERT INTO usage SELECT * FROM loaded_usage;
ANALYZE usage;

--= demo.import
SELECT * FROM import_focus('staging');
--= demo.import_again
SELECT * FROM import_focus('staging');
--= demo.import_bad
SELECT * FROM import_focus('lambda', 'lambda', 'skip');
--= demo.reject
SELECT * FROM import_reject;
--= demo.charge
SELECT * FROM charge;
--= demo.usage_cost
SELECT * FROM usage_cost();
--= demo.usage_monthly
SELECT * FROM usage_monthly();
--= demo.usage_monthly.view
SELECT * FROM usage_monthly;
--= demo.inference_monthly
SELECT * FROM inference_monthly('2026-06-01', '2026-07-01');
--= demo.what_if.may
SELECT * FROM what_if('2026-05-01');
--= demo.what_if.june
SELECT * FROM what_if('2026-06-01');
--= demo.what_if.july
SELECT * FROM what_if('2026-07-01');
--= demo.charge_monthly
SELECT * FROM charge_monthly();
--= demo.charge_monthly.view
SELECT * FROM charge_monthly;
--= demo.charge_monthly.prorate
SELECT * FROM charge_monthly('effective', 'Europe/Berlin', 'prorate');
--= demo.charge_check
SELECT * FROM charge_check();
--= demo.charge_accelerator
SELECT * FROM charge_accelerator();
--= demo.charge_vs_catalog
SELECT * FROM charge_vs_catalog();
--= demo.charge_egress
SELECT * FROM charge_egress();
--= demo.charge_savings
SELECT * FROM charge_savings();
