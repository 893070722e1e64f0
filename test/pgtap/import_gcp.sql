-- Billing exports of Google Cloud as charges: what each line becomes, and what is refused.
BEGIN;
SELECT plan(24);
SET LOCAL timezone = 'America/New_York';
SET LOCAL datestyle = 'SQL, DMY';

CREATE TEMPORARY TABLE lines (line text);
INSERT INTO lines VALUES
    ('{"billing_account_id":"01-AB","invoice":{"month":"202411"},"cost_type":"regular",'
     '"service":{"description":"Compute Engine"},"sku":{"id":"2E27","description":"A2 core"},'
     '"usage_start_time":"2024-11-01 07:00:00 UTC","usage_end_time":"2024-11-01T08:00:00Z",'
     '"labels":[{"key":"team","value":"search"}],"location":{"region":"us-central1"},"cost":10.5,'
     '"currency":"USD","usage":{"amount":3600,"unit":"seconds","amount_in_pricing_units":1,'
     '"pricing_unit":"hour"},"cost_at_list":12,"credits":[{"name":"CUD","amount":-14.25,'
     '"type":"COMMITTED_USAGE_DISCOUNT"},{"name":"promo","amount":-1}],"novelty":7}'),
    ('{"billing_account_id":"01-AB","invoice":{"month":"202411"},"cost_type":"tax",'
     '"usage_start_time":"2024-11-30T00:00:00Z","cost":1.1e-3,"currency":"USD","credits":[]}'),
    ('{"billing_account_id":"01-AB","invoice":{"month":"202411"},"cost_type":"rounding_error",'
     '"usage_start_time":"2024-11-30T00:00:00Z","cost":-0.004,"currency":"USD"}');
SELECT is(loaded, 5::bigint, 'a Google Cloud export is loaded, with its credits') FROM accelcost.import_gcp('lines');
SELECT results_eq(
    $$
        SELECT charge_category, billed_cost, effective_cost, list_cost
        FROM accelcost.charge
        WHERE export_name = 'gcp'
        ORDER BY row_number$$,
    $$
        VALUES ('Usage', 10.5, 10.5, 12.0),
               ('Credit', -14.25, -14.25, 0),
               ('Credit', -1, -1, -1),
               ('Tax', 0.0011, 0.0011, 0.0011),
               ('Adjustment', -0.004, -0.004, -0.004)$$,
    'a credit is a charge of its own, also where it is more than the cost');
SELECT results_eq(
    $$SELECT DISTINCT billing_period_start, billing_period_end FROM accelcost.charge WHERE export_name = 'gcp'$$,
    $$VALUES ('2024-11-01 07:00Z'::timestamptz, '2024-12-01 08:00Z'::timestamptz)$$,
    'an invoice month begins and ends in California, summer time or not');
SELECT results_eq(
    $$
        SELECT tags, region_id, consumed_quantity, pricing_quantity, service_category, extra->>'line'
        FROM accelcost.charge
        WHERE export_name = 'gcp' AND row_number = 1$$,
    $$VALUES ('{"team": "search"}'::jsonb, 'us-central1', 3600.0, 1.0, 'Compute', '{"novelty": 7}')$$,
    'labels are tags, both quantities are kept, and what is new');
CREATE TEMPORARY TABLE documents AS SELECT line::jsonb AS line FROM lines;
SELECT is(loaded, 5::bigint, 'as JSON, too') FROM accelcost.import_gcp('documents', 'documents', beside => true);
INSERT INTO lines VALUES ('{"billing_account_id":');
SELECT is(rejected, 1::bigint, 'a line that is no JSON is rejected')
FROM accelcost.import_gcp('lines', 'broken', 'skip', beside => true);
CREATE TEMPORARY TABLE flat AS
SELECT '01-AB' AS billing_account_id, 'Compute Engine' AS service_description, '202410' AS "invoice.month",
       '5' AS cost, 'USD' AS currency, '2024-10-01 08:00:00 UTC' AS usage_start_time,
       '[{"name":"x","amount":-2}]' AS credits;
SELECT is(loaded, 2::bigint, 'a flattened export, with dots or underscores')
FROM accelcost.import_gcp('flat', 'flat', beside => true);

-- Credits are never taken for none.
CREATE TEMPORARY TABLE credited AS
SELECT '01-AB' AS billing_account_id, 'Compute Engine' AS service_description, '202410' AS "invoice.month",
       '5' AS cost, 'USD' AS currency, '2024-10-01 08:00:00 UTC' AS usage_start_time, c AS credits
FROM (
    VALUES ('[{''name'': ''x'', ''amount'': -2}]'),
           ('{"name": "x", "amount": -2}'),
           ('[{"name": "x", "amount": null}]'),
           ('[3]'),
           ('[]'),
           ('NULL'),
           ('[{"name": "x", "amount": -2}]')) AS v (c);
SELECT is(loaded, 5::bigint, 'credits that cannot be read are not none')
FROM accelcost.import_gcp('credited', 'credited', 'skip', beside => true);
SELECT results_eq(
    $$
        SELECT row_number, column_name, value, reason
        FROM accelcost.import_reject
        WHERE export_name = 'credited' AND (column_name = 'credits' OR column_name LIKE '%(billed_cost)')
        ORDER BY 1, 2$$,
    $$
        VALUES (1::bigint, 'credits', '[{''name'': ''x'', ''amount'': -2}]', 'is not a JSON array of credits'),
               (2, 'credits', '{"name": "x", "amount": -2}', 'is not a JSON array of credits'),
             (4, 'cost, credit.amount (billed_cost)', '{"name": "x", "amount": null}', 'has no amount'),
             (5, 'credits', '[3]', 'is not a JSON array of credits'),
             (6, 'cost, credit.amount (billed_cost)', '{"credit": 3}', 'has no amount'),
             (6, 'credits', '[3]', 'is not a JSON array of credits')$$, 'and the file says which');
CREATE TEMPORARY TABLE more_lines (line text);
INSERT INTO more_lines
SELECT
    '{"billing_account_id":"A","invoice":{"month":"202309","publisher_type":"GOOGLE"},"currency":"USD",'
    '"usage_start_time":"2023-09-05 00:00:00 UTC","cost":10,"project":{"id":"p","number":"4711"},"credits":'
    || c || '}'
FROM (
    VALUES ('[{"name":"x","amount":""}]'),
           ('[{"name":"x","amount":"null"}]'),
           ('"[{\"name\":\"x\",\"amount\":-4}]"'),
           ('"none"')) AS v (c);
SELECT results_eq(
    $$SELECT loaded, rejected FROM accelcost.import_gcp('more_lines', 'more', 'skip', beside => true)$$,
    'VALUES (4::bigint, 3::bigint)', 'an amount must be one, and credits in a text are credits');
SELECT results_eq(
    $$SELECT charge_category, billed_cost FROM accelcost.charge WHERE export_name = 'more' ORDER BY row_number$$,
    $$VALUES ('Usage', 10.0), ('Usage', 10.0), ('Usage', 10.0), ('Credit', -4.0)$$, 'nothing is billed twice');
SELECT is(
    extra->>'line', '{"invoice": {"publisher_type": "GOOGLE"}, "project": {"number": "4711"}}',
    'what is new in an object is kept')
FROM accelcost.charge
WHERE export_name = 'more' AND row_number = 1;
CREATE TEMPORARY TABLE signed AS
SELECT 'A' AS billing_account_id, '202309' AS invoice_month, 'USD' AS currency, '2023-09-05' AS usage_start_time,
       '$1,000.00' AS cost, '$2.50' AS "price.list_price";
SELECT is(loaded, 1::bigint, 'signs of money may stand there, too, if that is asked for')
FROM accelcost.import_gcp('signed', 'signed', money_signs => true, beside => true);
SELECT results_eq(
    $$SELECT billed_cost, list_unit_price FROM accelcost.charge WHERE export_name = 'signed'$$,
    'VALUES (1000.00, 2.50)', 'before all prices');

SET LOCAL quote_all_identifiers = on;
SELECT is(
    (SELECT string_agg(accelcost_internal.import_kind('accelcost.charge', name), ' ' ORDER BY n)
     FROM unnest('{tags,billed_cost,charge_period_end}'::text[]) WITH ORDINALITY AS c (name, n)),
    'object cost timestamp', 'columns are what they are, however they are quoted');
SELECT is(unchanged, 1::bigint, 'and imports do what they do')
FROM accelcost.import_gcp('signed', 'signed', money_signs => true, beside => true);
RESET quote_all_identifiers;

CREATE TEMPORARY TABLE committed AS
SELECT '01-AB' AS billing_account_id, 'Cloud TPU' AS service_description, s AS sku_description,
       '202610' AS "invoice.month", '120' AS cost, 'USD' AS currency, '2026-10-01 08:00:00 UTC' AS usage_start_time,
       '360000' AS "usage.amount", 'seconds' AS "usage.unit", 'us-central1' AS "location.region", c AS credits
FROM (
    VALUES ('TPU v5e chip hour', '[{"name": "CUD", "amount": -120, "type": "COMMITTED_USAGE_DISCOUNT"}]'),
           ('Commitment v1: TPU v5e in us-central1 for 1 Year', '[]')) AS v (s, c);
SELECT is(loaded, 3::bigint, 'commitments are loaded')
FROM accelcost.import_gcp('committed', 'committed', beside => true);
SELECT results_eq(
    $$
        SELECT charge_category, pricing_category, consumed_quantity
        FROM accelcost.charge
        WHERE export_name = 'committed'
        ORDER BY row_number$$,
    $$VALUES ('Usage', 'Committed', 360000.0), ('Credit', 'Committed', NULL), ('Purchase', 'Committed', NULL)$$,
    'fees as purchases, and what they cover as committed');
SELECT results_eq(
    $$SELECT purchase_option, instance_hours FROM accelcost.charge_vs_catalog('committed')$$,
    $$VALUES ('committed', 100.0)$$, 'whose hours are counted once');
CREATE TEMPORARY TABLE focus AS
SELECT '1.0'::text AS "BilledCost", 'USD' AS "BillingCurrency", '01AB' AS "BillingAccountId",
       'Google Cloud' AS "ProviderName", '2026-09-01 07:00:00 UTC' AS "BillingPeriodStart",
       '2026-09-02 07:00:00 UTC' AS "ChargePeriodStart", t AS "Tags"
FROM (VALUES ('[{"key":"team","value":"search","x_type":"label"}]'), ('[]'), ('{"a": 1}')) AS v (t);
SELECT is(loaded, 3::bigint, 'a FOCUS export of Google Cloud has tags as an array')
FROM accelcost.import_focus('focus', 'google');
SELECT results_eq(
    $$SELECT tags FROM accelcost.charge WHERE export_name = 'google' ORDER BY row_number$$,
    $$VALUES ('{"team": "search"}'::jsonb), ('{}'), ('{"a": 1}')$$, 'which are an object here');
SELECT is(accelcost_internal.import_object('[{"name": "x"}]'), NULL, 'another array is no object');

ALTER TABLE committed DROP sku_description;
SELECT is(loaded, 3::bigint, 'without descriptions') FROM accelcost.import_gcp('committed', 'nameless', beside => true);
SELECT is(sum(consumed_quantity), 720000.0, 'what was consumed is known nevertheless')
FROM accelcost.charge
WHERE export_name = 'nameless';

SELECT * FROM finish();
ROLLBACK;
