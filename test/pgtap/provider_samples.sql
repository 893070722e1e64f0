-- Real exports: 500 lines of an AWS Cost and Usage Report and 11 of Azure cost
-- details. They are not part of this repository: the test looks for
-- aws_cur_legacy_500.csv and azure_ea_actual_small.csv in the folder data/ of
-- ACCELCOST_SHARED, by default ../shared, and is skipped where they are not.
\set shared ../shared
\getenv shared ACCELCOST_SHARED
\set aws :shared/data/aws_cur_legacy_500.csv
\set azure :shared/data/azure_ea_actual_small.csv
\setenv AWS_SAMPLE :aws
\setenv AZURE_SAMPLE :azure
\set found `test -r "$AWS_SAMPLE" && test -r "$AZURE_SAMPLE" && echo true || echo false`
\if :found
\else
SELECT plan(1);
SELECT skip(:'aws' || ' or ' || :'azure' || ' is not there', 1);
\quit
\endif

BEGIN;
SELECT plan(11);
\set header `head -n 1 "$AWS_SAMPLE"`
SELECT accelcost.import_columns(:'header', 'pg_temp.aws_sample') AS staging \gset
:staging
\set copy '\\copy aws_sample FROM ' :'aws' ' WITH (FORMAT csv, HEADER true)'
:copy
\set header `head -n 1 "$AZURE_SAMPLE"`
SELECT accelcost.import_columns(:'header', 'pg_temp.azure_sample') AS staging \gset
:staging
\set copy '\\copy azure_sample FROM ' :'azure' ' WITH (FORMAT csv, HEADER true)'
:copy

SELECT results_eq(
    $$SELECT rows_read, loaded, rejected, missing_columns FROM accelcost.import_cur('aws_sample')$$,
    $$VALUES (500::bigint, 500::bigint, 0::bigint, '{}'::text[])$$, 'all lines of AWS are loaded');
SELECT is(sum(billed_cost), 0.6394240229, 'AWS: to the last digit') FROM accelcost.charge WHERE export_name = 'cur';
SELECT is(sum(effective_cost), 0.6394240229, 'AWS: no commitment, so that effective is billed')
FROM accelcost.charge
WHERE export_name = 'cur';
SELECT results_eq(
    $$
        SELECT charge_category, count(*), sum(billed_cost)
        FROM accelcost.charge
        WHERE export_name = 'cur'
        GROUP BY 1
        ORDER BY 1$$,
    $$VALUES ('Tax', 12::bigint, 0.08), ('Usage', 488, 0.5594240229)$$, 'AWS: tax apart');
SELECT is_empty(
    $$SELECT * FROM accelcost.charge_check('cur')$$, 'AWS: what FOCUS wants');
SELECT is(
    (SELECT sum(cost)::text FROM accelcost.charge_monthly() WHERE provider_name = 'AWS'),
    '0.6394240229 USD egress=0.0000011326 storage=0.3287543329 other=0.2306685574 tax=0.08', 'AWS: by component');
SELECT is(unchanged, 500::bigint, 'AWS: again, nothing changes') FROM accelcost.import_cur('aws_sample');

SELECT results_eq(
    $$SELECT rows_read, loaded, rejected FROM accelcost.import_azure('azure_sample')$$,
    $$VALUES (11::bigint, 11::bigint, 0::bigint)$$,
    'all lines of Azure are loaded, its dates in the order that they prove');
SELECT is(sum(billed_cost), 8.5450077867419368, 'Azure: to the last digit')
FROM accelcost.charge
WHERE export_name = 'azure';
SELECT is(sum(billed_cost - effective_cost), 3.25, 'Azure: what was bought is effective where it is used')
FROM accelcost.charge
WHERE export_name = 'azure';
SELECT is_empty($$SELECT * FROM accelcost.charge_check('azure')$$, 'Azure: what FOCUS wants');

SELECT * FROM finish();
ROLLBACK;
