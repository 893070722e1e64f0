-- A month of AWS in FOCUS 1.4, all four datasets, and the commitments in FOCUS 1.3: 1,500 charges made by
-- focus-data-toolkit. They are not part of this repository: the test looks for the folder data/focus_1_4_synthetic of
-- ACCELCOST_SHARED, by default ../shared, and is skipped where it is not.
\set shared ../shared
\getenv shared ACCELCOST_SHARED
\set folder :shared/data/focus_1_4_synthetic
\setenv FOCUS_1_4 :folder
\set found `test -r "$FOCUS_1_4/synthetic_focus_1_4_cost_and_usage.csv" && echo true || echo false`
\if :found
\else
SELECT plan(1);
SELECT skip(:'folder' || ' is not there', 1);
\quit
\endif

BEGIN;
SELECT plan(15);
\set header `head -n 1 "$FOCUS_1_4/synthetic_focus_1_4_cost_and_usage.csv"`
SELECT accelcost.import_columns(:'header', 'pg_temp.charges') AS staging \gset
:staging
\set file :folder/synthetic_focus_1_4_cost_and_usage.csv
\set copy '\\copy charges FROM ' :'file' ' WITH (FORMAT csv, HEADER true)'
:copy
\set header `head -n 1 "$FOCUS_1_4/synthetic_focus_1_4_invoice_detail.csv"`
SELECT accelcost.import_columns(:'header', 'pg_temp.lines') AS staging \gset
:staging
\set file :folder/synthetic_focus_1_4_invoice_detail.csv
\set copy '\\copy lines FROM ' :'file' ' WITH (FORMAT csv, HEADER true)'
:copy
\set header `head -n 1 "$FOCUS_1_4/synthetic_focus_1_4_billing_period.csv"`
SELECT accelcost.import_columns(:'header', 'pg_temp.periods') AS staging \gset
:staging
\set file :folder/synthetic_focus_1_4_billing_period.csv
\set copy '\\copy periods FROM ' :'file' ' WITH (FORMAT csv, HEADER true)'
:copy
\set header `head -n 1 "$FOCUS_1_4/synthetic_focus_1_4_contract_commitment.csv"`
SELECT accelcost.import_columns(:'header', 'pg_temp.commitments') AS staging \gset
:staging
\set file :folder/synthetic_focus_1_4_contract_commitment.csv
\set copy '\\copy commitments FROM ' :'file' ' WITH (FORMAT csv, HEADER true)'
:copy
\set header `head -n 1 "$FOCUS_1_4/focus_1_3_contract_commitment_aws.csv"`
SELECT accelcost.import_columns(:'header', 'pg_temp.commitments_1_3') AS staging \gset
:staging
\set file :folder/focus_1_3_contract_commitment_aws.csv
\set copy '\\copy commitments_1_3 FROM ' :'file' ' WITH (FORMAT csv, HEADER true)'
:copy

SELECT results_eq(
    $$SELECT rows_read, loaded, rejected, unknown_columns, missing_columns FROM accelcost.import_focus('charges')$$,
    $$VALUES (1500::bigint, 1500::bigint, 0::bigint, '{}'::text[], '{}'::text[])$$,
    'every charge is loaded, and every column is known');
SELECT is(sum(billedcost), 23493.08863065655279, 'billed to the last digit') FROM accelcost.focus;
SELECT is(sum(effectivecost), 8261.47060165655279, 'and effective') FROM accelcost.focus;
SELECT is(unchanged, 1500::bigint, 'once') FROM accelcost.import_focus('charges');
SELECT results_eq(
    'SELECT DISTINCT serviceprovidername, hostprovidername, providername, publishername FROM accelcost.focus',
    $$VALUES ('AWS', 'AWS', 'AWS', 'AWS')$$, 'all names of providers');
SELECT results_eq(
    $$
        SELECT count(allocatedmethodid), count(contractapplied->'Elements'), count(invoicedetailid),
               count(DISTINCT pricingcurrency)
        FROM accelcost.focus$$,
    $$
        SELECT count("AllocatedMethodId"), count("ContractApplied"), count("InvoiceDetailId"),
               count(DISTINCT "PricingCurrency")
        FROM charges$$,
    'the columns of 1.3 and 1.4');
SELECT is(total(sum(accelcost.charge_tco(c, 'effective'))), 8261.47060165655279, 'as tco') FROM accelcost.charge AS c;
SELECT results_eq(
    $$SELECT loaded, rejected, unknown_columns, missing_columns FROM accelcost.import_invoice_detail('lines')$$,
    $$VALUES (6::bigint, 0::bigint, '{}'::text[], '{}'::text[])$$, 'the invoice lines');
SELECT is(sum(billedcost), 23493.088631, 'sum to the bill, rounded') FROM accelcost.focus_invoice_detail;
SELECT is_empty(
    $$
        SELECT l.invoicedetailid, l.billedcost, sum(f.billedcost)
        FROM accelcost.focus_invoice_detail AS l
        LEFT JOIN accelcost.focus AS f USING (invoiceissuername, invoiceid, invoicedetailid)
        GROUP BY l.invoicedetailid, l.billedcost
        HAVING abs(l.billedcost - sum(f.billedcost)) < 0.01 IS NOT TRUE$$,
    'each is the sum of its charges');
SELECT is(unchanged, 6::bigint, 'once') FROM accelcost.import_invoice_detail('lines');
SELECT results_eq(
    $$SELECT loaded, rejected, unknown_columns, missing_columns FROM accelcost.import_billing_period('periods')$$,
    $$VALUES (1::bigint, 0::bigint, '{}'::text[], '{}'::text[])$$, 'the billing period');
SELECT results_eq(
    $$SELECT loaded, rejected, unknown_columns, missing_columns
      FROM accelcost.import_contract_commitment('commitments_1_3')$$,
    $$VALUES (106::bigint, 0::bigint, '{}'::text[], '{}'::text[])$$, 'the commitments as in FOCUS 1.3');
SELECT results_eq(
    $$SELECT loaded, replaced, rejected, unknown_columns, missing_columns
      FROM accelcost.import_contract_commitment('commitments')$$,
    $$VALUES (106::bigint, 106::bigint, 0::bigint, '{}'::text[], '{}'::text[])$$, 'are replaced by those of 1.4');
SELECT is_empty(
    $$
        SELECT DISTINCT e->>'ContractCommitmentId'
        FROM accelcost.focus AS f
        CROSS JOIN jsonb_array_elements(f.contractapplied->'Elements') AS e
        WHERE e->>'ContractCommitmentId'
              NOT IN (SELECT contractcommitmentid FROM accelcost.focus_contract_commitment)$$,
    'charges count towards commitments that are there');

SELECT * FROM finish();
ROLLBACK;
