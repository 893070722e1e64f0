-- A rollup of accelcost.charge, whose rows an import replaces in one statement.
-- Not in one transaction: a rollup is created by a procedure that commits.
\set QUIET on
SET client_min_messages = warning;
CREATE SCHEMA billing;
SET search_path = billing, public;
SELECT plan(8);

CREATE TABLE bill (
    "BilledCost" text, "BillingAccountId" text, "BillingCurrency" text, "BillingPeriodStart" text,
    "ChargePeriodStart" text, "ProviderName" text);
INSERT INTO bill
SELECT i % 7, 'billing ' || i % 3, 'USD', '2026-09-01', format('2026-09-%s', 10 + i % 20), 'AWS'
FROM generate_series(1, 500) AS i;
SELECT accelcost.import_focus('bill', 'billing') \g /dev/null
CALL accelcost.rollup_create(
    'billed_monthly', 'accelcost.charge', 'charge_period_start',
    '{export_name, billing_account_id, billing_currency}', '{billed_cost}');
UPDATE bill SET "BilledCost" = 100 WHERE "BillingAccountId" = 'billing 1';
DELETE FROM bill WHERE "BillingAccountId" = 'billing 2' AND "ChargePeriodStart" = '2026-09-15';
SELECT results_eq(
    $$SELECT loaded, replaced, unchanged FROM accelcost.import_focus('bill', 'billing')$$,
    $$VALUES (325::bigint, 334::bigint, 166::bigint)$$, 'an import replaces what is another');
SELECT results_eq(
    $$SELECT billing_account_id, row_count, billed_cost FROM billed_monthly WHERE export_name = 'billing' ORDER BY 1$$,
    $$
        SELECT billing_account_id, count(*), sum(billed_cost)
        FROM accelcost.charge
        WHERE export_name = 'billing'
        GROUP BY 1
        ORDER BY 1$$,
    'and the rollup of the charges follows');
SELECT is_empty($$SELECT * FROM accelcost.rollup_verify('billed_monthly')$$, 'to the last one');
SELECT set_eq(
    $$
        SELECT relnamespace::regnamespace::text
        FROM pg_class
        WHERE relname ~ '^billed_monthly(_row|_delta|_folded|_rollup|_values)?$'$$,
    ARRAY['billing'], 'it is in the current schema of its creator, not in that of the extension');
SELECT is_empty(
    $$SELECT relname FROM pg_class WHERE relnamespace = 'accelcost'::regnamespace AND relname ~ '^billed_monthly'
                  UNION
                  SELECT proname
                  FROM pg_proc
                  WHERE pronamespace = 'accelcost'::regnamespace AND proname ~ '^billed_monthly'$$,
    'which gets no object of a user');
SELECT throws_ok(
    $q$
        DO $$
            BEGIN SET LOCAL search_path = '';
            CALL accelcost.rollup_create('homeless', 'accelcost.charge', 'charge_period_start');
            END$$$q$,
    '3F000', 'no schema has been selected to create a rollup in',
    'without a current schema there is nowhere to put it');
SET search_path = accelcost, public;
SELECT throws_ok($$CALL accelcost.rollup_create('homeless', 'accelcost.charge', 'charge_period_start')$$,
    '3F000', 'cannot create a rollup in schema "accelcost"', 'nor is the schema of the extension a place for it');
SET search_path = pg_temp, public;
SELECT throws_like($$CALL accelcost.rollup_create('homeless', 'accelcost.charge', 'charge_period_start')$$,
    'cannot create a rollup in schema "pg_temp_%"', 'nor one that ends with the session');
SET search_path = billing, public;
SELECT accelcost.rollup_drop('billed_monthly') \g /dev/null
DELETE FROM accelcost.charge WHERE export_name = 'billing';
DELETE FROM accelcost.import_batch WHERE export_name = 'billing';
DELETE FROM accelcost.import_total WHERE export_name = 'billing';

SELECT * FROM finish();
DROP SCHEMA billing CASCADE;
