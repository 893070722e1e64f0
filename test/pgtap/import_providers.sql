-- Billing exports of AWS, Azure, Google Cloud and Oracle as charges: what each
-- line becomes, and what is refused.
BEGIN;
SELECT plan(95);
SET LOCAL timezone = 'America/New_York';
SET LOCAL datestyle = 'SQL, DMY';

-- ---- AWS ----------------------------------------------------------------------

CREATE TEMPORARY TABLE cur (
    "bill/PayerAccountId" text DEFAULT '1111', "bill/BillingPeriodStartDate" text DEFAULT '2026-07-01T00:00:00.000Z',
    "bill/BillingPeriodEndDate" text DEFAULT '2026-08-01T00:00:00.000Z',
    "lineItem/UsageStartDate" text DEFAULT '2026-07-02T00:00:00Z',
    "lineItem/UsageEndDate" text DEFAULT '2026-07-02T01:00:00Z', "lineItem/CurrencyCode" text DEFAULT 'USD',
    "lineItem/LineItemType" text DEFAULT 'Usage', "lineItem/ProductCode" text DEFAULT 'AmazonEC2',
    "lineItem/UsageType" text DEFAULT 'BoxUsage:p5.48xlarge', "lineItem/UsageAmount" text DEFAULT '1.0',
    "lineItem/UnblendedCost" text DEFAULT '55.04', "lineItem/NetUnblendedCost" text,
    "pricing/publicOnDemandCost" text DEFAULT '55.04', "pricing/unit" text DEFAULT 'Hrs',
    "product/regionCode" text DEFAULT 'us-east-1', "reservation/ReservationARN" text,
    "reservation/EffectiveCost" text, "reservation/UnusedAmortizedUpfrontFeeForBillingPeriod" text,
    "reservation/UnusedRecurringFee" text, "savingsPlan/SavingsPlanARN" text,
    "savingsPlan/SavingsPlanEffectiveCost" text, "savingsPlan/TotalCommitmentToDate" text,
    "savingsPlan/UsedCommitment" text, "resourceTags/user:team" text, "resourceTags/user:env" text,
    "identity/LineItemId" text);
INSERT INTO cur (
    "identity/LineItemId", "lineItem/LineItemType", "lineItem/UnblendedCost", "lineItem/NetUnblendedCost",
    "pricing/publicOnDemandCost", "reservation/ReservationARN", "reservation/EffectiveCost",
                 "reservation/UnusedAmortizedUpfrontFeeForBillingPeriod", "reservation/UnusedRecurringFee",
                 "savingsPlan/SavingsPlanARN", "savingsPlan/SavingsPlanEffectiveCost",
                 "savingsPlan/TotalCommitmentToDate",
                 "savingsPlan/UsedCommitment", "lineItem/UsageType", "resourceTags/user:team")
VALUES ('usage', 'Usage', '1.81E-8', NULL, '1.81E-8', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'BoxUsage',
        'search'),
       ('net', 'Usage', '10', '9', '12', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'SpotUsage:g5', NULL),
       ('tier', 'Usage', '0', NULL, '0.09', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'DataTransfer-Out-Bytes',
        NULL),
       ('tax', 'Tax', '1', NULL, '0', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
       ('fee', 'Fee', '100', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
       ('ri fee', 'Fee', '200', NULL, NULL, 'arn:ri', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
       ('covered by ri', 'DiscountedUsage', '0', NULL, '5', 'arn:ri', '3', NULL, NULL, NULL, NULL, NULL, NULL, NULL,
        NULL),
       ('rest of ri', 'RIFee', '7', NULL, NULL, 'arn:ri', NULL, '0.5', '0.25', NULL, NULL, NULL, NULL, NULL, NULL),
       ('covered by sp', 'SavingsPlanCoveredUsage', '20', NULL, '25', NULL, NULL, NULL, NULL, 'arn:sp', '14', NULL,
        NULL, NULL, NULL),
       ('negation', 'SavingsPlanNegation', '-20', NULL, NULL, NULL, NULL, NULL, NULL, 'arn:sp', NULL, NULL, NULL,
        NULL, NULL),
       ('rest of sp', 'SavingsPlanRecurringFee', '16', NULL, NULL, NULL, NULL, NULL, NULL, 'arn:sp', NULL, '16', '14',
        NULL, NULL),
       ('sp upfront', 'SavingsPlanUpfrontFee', '30', NULL, NULL, NULL, NULL, NULL, NULL, 'arn:sp', NULL, NULL, NULL,
        NULL, NULL),
       ('credit', 'Credit', '-5', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
       ('refund', 'Refund', '-6', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
       ('edp', 'EdpDiscount', '-2', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
       ('new', 'Novelty', '1', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
SELECT is(loaded, 16::bigint, 'a Cost and Usage Report is loaded') FROM accelcost.import_cur('cur');
CREATE TEMPORARY VIEW line AS SELECT *, extra->>'identity/LineItemId' AS id FROM accelcost.charge;
SELECT results_eq(
    'SELECT id, charge_category, charge_class, charge_frequency, billed_cost, '
    'effective_cost FROM line ORDER BY row_number',
    $$
        VALUES ('usage', 'Usage', NULL, 'Usage-Based', 0.0000000181, 0.0000000181),
               ('net', 'Usage', NULL, 'Usage-Based', 9, 9),
               ('tier', 'Usage', NULL, 'Usage-Based', 0, 0),
               ('tax', 'Tax', NULL, 'Usage-Based', 1, 1),
             ('fee', 'Purchase', NULL, 'One-Time', 100, 100),
             ('ri fee', 'Purchase', NULL, 'One-Time', 200, 0),
             ('covered by ri', 'Usage', NULL, 'Usage-Based', 0, 3),
             ('rest of ri', 'Purchase', NULL, 'Recurring', 7, 0.75),
             ('covered by sp', 'Usage', NULL, 'Usage-Based', 20, 14),
             ('negation', 'Usage', NULL, 'Usage-Based', -20, 0),
             ('rest of sp', 'Purchase', NULL, 'Recurring', 16, 2),
             ('sp upfront', 'Purchase', NULL, 'One-Time', 30, 0),
             ('credit', 'Credit', NULL, 'Usage-Based', -5, -5),
             ('refund', 'Adjustment', 'Correction', 'Usage-Based', -6, -6),
             ('edp', 'Usage', NULL, 'Usage-Based', -2, -2),
             ('new', 'Novelty', NULL, 'Usage-Based', 1, 1)$$,
    'each type of line has its category, and what it costs on either basis');
SELECT is(list_cost, 0.09, 'the list cost is the public one, also within a free tier') FROM line WHERE id = 'tier';
SELECT is(pricing_category, expected, format('%s is %s', id, expected))
FROM (VALUES ('usage', 'Standard'), ('net', 'Dynamic'), ('covered by sp', 'Committed')) AS e (of, expected)
JOIN line ON id = of;
SELECT is(commitment_discount_status, expected, format('%s is %s', id, expected))
FROM (VALUES ('covered by ri', 'Used'), ('rest of ri', 'Unused'), ('rest of sp', 'Unused')) AS e (of, expected)
JOIN line ON id = of;
SELECT is(tags, '{"user:team": "search"}'::jsonb, 'columns of tags become tags') FROM line WHERE id = 'usage';
SELECT is(charge_period_start, '2026-07-02 00:00Z'::timestamptz, 'times are UTC in any session')
FROM line
WHERE id = 'usage';
SELECT is(
    region_id || ' ' || service_category || ' ' || sub_account_id IS NULL, true, 'a column that is not there is NULL')
FROM line
WHERE id = 'usage';
SELECT is(unchanged, 16::bigint, 'the same file again changes nothing') FROM accelcost.import_cur('cur');

-- CUR 2.0 has other names for the same
CREATE TEMPORARY TABLE cur2 AS
SELECT "bill/PayerAccountId" AS bill_payer_account_id,
       "bill/BillingPeriodStartDate" AS bill_billing_period_start_date,
       "bill/BillingPeriodEndDate" AS bill_billing_period_end_date,
    "lineItem/UsageStartDate" AS line_item_usage_start_date, "lineItem/UsageEndDate" AS line_item_usage_end_date,
    "lineItem/CurrencyCode" AS line_item_currency_code, "lineItem/LineItemType" AS line_item_line_item_type,
    "lineItem/ProductCode" AS line_item_product_code, "lineItem/UsageType" AS line_item_usage_type,
    "lineItem/UsageAmount" AS line_item_usage_amount, "lineItem/UnblendedCost" AS line_item_unblended_cost,
    "lineItem/NetUnblendedCost" AS line_item_net_unblended_cost,
    "pricing/publicOnDemandCost" AS pricing_public_on_demand_cost, "pricing/unit" AS pricing_unit,
    "product/regionCode" AS product_region_code,
    "reservation/ReservationARN" AS reservation_reservation_a_r_n,
    "reservation/EffectiveCost" AS reservation_effective_cost,
    "reservation/UnusedAmortizedUpfrontFeeForBillingPeriod"
        AS reservation_unused_amortized_upfront_fee_for_billing_period,
    "reservation/UnusedRecurringFee" AS reservation_unused_recurring_fee,
    "savingsPlan/SavingsPlanARN" AS savings_plan_savings_plan_a_r_n,
    "savingsPlan/SavingsPlanEffectiveCost" AS savings_plan_savings_plan_effective_cost,
    "savingsPlan/TotalCommitmentToDate" AS savings_plan_total_commitment_to_date,
    "savingsPlan/UsedCommitment" AS savings_plan_used_commitment,
    CASE WHEN "resourceTags/user:team" IS NOT NULL
         THEN jsonb_build_object('user:team', "resourceTags/user:team")::text END AS resource_tags,
    "identity/LineItemId" AS identity_line_item_id
FROM cur;
SELECT is(loaded, 16::bigint, 'CUR 2.0 is loaded') FROM accelcost.import_cur('cur2', 'cur2', beside => true);
SELECT is_empty(
    $$
        SELECT row_number, charge_category, billed_cost, effective_cost, list_cost, tags, region_id,
               commitment_discount_id
        FROM accelcost.charge
        WHERE export_name = 'cur'
                  EXCEPT
                  SELECT row_number, charge_category, billed_cost, effective_cost, list_cost, tags, region_id,
                         commitment_discount_id
                  FROM accelcost.charge
                  WHERE export_name = 'cur2'$$, 'as the same charges');

-- what is only part of a cost is checked, too
UPDATE cur SET "savingsPlan/UsedCommitment" = 'much' WHERE "identity/LineItemId" = 'rest of sp';
SELECT throws_ok(
    $$SELECT * FROM accelcost.import_cur('cur', 'bad', beside => true)$$, '22P02', NULL, 'a number that is none stops the import');
SELECT is(rejected, 1::bigint, 'or rejects its row') FROM accelcost.import_cur('cur', 'bad', 'skip', beside => true);
SELECT results_eq(
    $$SELECT row_number, column_name, value, reason FROM accelcost.import_reject WHERE export_name = 'bad'$$,
    $$VALUES (16::bigint, 'savingsPlan/UsedCommitment', 'much', 'is not a number')$$, 'by its own name');
CREATE TEMPORARY TABLE headless AS SELECT "bill/PayerAccountId", "lineItem/UsageStartDate" FROM cur;
SELECT throws_ok($$SELECT * FROM accelcost.import_cur('headless')$$, '22023',
    'staging table "headless" is missing required columns: bill/BillingPeriodStartDate, lineItem/CurrencyCode, '
    'lineItem/NetUnblendedCost or lineItem/UnblendedCost',
    'what is missing is named');

CREATE TEMPORARY TABLE athena AS
SELECT '1111' AS bill_payer_account_id, '2026-07-01' AS bill_billing_period_start_date,
       '2026-07-02' AS line_item_usage_start_date, 'USD' AS line_item_currency_code,
    'Usage' AS line_item_line_item_type, '1' AS line_item_unblended_cost, 'search' AS resource_tags_user_team,
    NULL AS resource_tags_user_env;
SELECT accelcost.import_cur('athena', 'athena', beside => true) \g /dev/null
SELECT is(tags, '{"user_team": "search"}'::jsonb, 'tags are tags where a database has named the columns')
FROM accelcost.charge
WHERE export_name = 'athena';

-- ---- Azure ----------------------------------------------------------------------

CREATE TEMPORARY TABLE azure (
    "billingAccountId" text DEFAULT '77', "BillingPeriodStartDate" text DEFAULT '09/01/2023',
    "BillingPeriodEndDate" text DEFAULT '09/30/2023', "date" text DEFAULT '09/22/2023',
    "SubscriptionId" text DEFAULT 's1',
    "ChargeType" text DEFAULT 'Usage', "PricingModel" text DEFAULT 'OnDemand', "Frequency" text DEFAULT 'UsageBased',
    "Cost" text, "BillingCurrencyCode" text DEFAULT 'USD', "Quantity" text DEFAULT '1', "UnitPrice" text,
    "UnitOfMeasure" text DEFAULT '1 Hour', "MeterCategory" text DEFAULT 'Virtual Machines',
    "ServiceFamily" text DEFAULT 'Compute', "Tags" text, "BenefitId" text);
INSERT INTO azure ("Cost", "UnitPrice", "Quantity", "UnitOfMeasure", "Tags", "ChargeType", "PricingModel", "BenefitId")
VALUES ('0.0000000191107392311096200000', '0.1', '0.0004', '10K', '"env": "prod","org": "x"', 'Usage', 'OnDemand',
        NULL),
       ('4', '2', '2', '100 GB/Month', '{"a": 1}', 'Usage', 'OnDemand', NULL),
       ('90', NULL, '1', '1 Hour', NULL, 'Purchase', 'Reservation', 'r1'),
       ('0', '0', '24', '1 Hour', NULL, 'Usage', 'Reservation', 'r1'),
       ('-3', NULL, '1', '1', NULL, 'Refund', 'OnDemand', NULL),
       ('0.01', NULL, '1', '1', NULL, 'RoundingAdjustment', NULL, NULL);
SELECT is(loaded, 6::bigint, 'Azure cost details are loaded, in any case of letters')
FROM accelcost.import_azure('azure');
SELECT results_eq(
    $$
        SELECT billed_cost, effective_cost, charge_category, charge_class, pricing_category, consumed_quantity,
               consumed_unit
        FROM accelcost.charge
        WHERE export_name = 'azure'
        ORDER BY row_number$$,
    $$
        VALUES (0.0000000191107392311096200000, 0.0000000191107392311096200000, 'Usage', NULL, 'Standard', 4.0,
                'Units'),
               (4, 4, 'Usage', NULL, 'Standard', 200, 'GB/Month'),
               (90, 0, 'Purchase', NULL, 'Committed', NULL, NULL),
             (0, 0, 'Usage', NULL, 'Committed', 24, 'Hour'),
             (-3, -3, 'Purchase', 'Correction', 'Standard', NULL, NULL),
             (0.01, 0.01, 'Adjustment', NULL, NULL, NULL, NULL
             )$$, 'all decimals, categories, and units by the block');
SELECT is(tags, '{"env": "prod", "org": "x"}'::jsonb, 'tags without braces are tags')
FROM accelcost.charge
WHERE export_name = 'azure' AND row_number = 1;
SELECT results_eq(
    $$
        SELECT DISTINCT billing_period_start, billing_period_end, charge_period_start, charge_period_end
        FROM accelcost.charge
        WHERE export_name = 'azure'$$,
    $$
        VALUES ('2023-09-01Z'::timestamptz, '2023-10-01Z'::timestamptz, '2023-09-22Z'::timestamptz,
                '2023-09-23Z'::timestamptz)$$,
    'an order that the file proves; last days are in it');
-- what reservations are used for is in the amortized file, what was paid in the actual one
CREATE TEMPORARY TABLE amortized AS SELECT * FROM azure;
UPDATE amortized SET "Cost" = '60' WHERE "PricingModel" = 'Reservation' AND "ChargeType" = 'Usage';
UPDATE amortized SET "ChargeType" = 'UnusedReservation', "Cost" = '30' WHERE "ChargeType" = 'Purchase';
CREATE TEMPORARY VIEW merged AS
SELECT *
FROM amortized
UNION ALL
SELECT *
FROM azure
WHERE "ChargeType" IN ('Purchase', 'Refund') AND "PricingModel" IN ('Reservation', 'SavingsPlan');
SELECT is(loaded, 7::bigint, 'both files are loaded as one') FROM accelcost.import_azure('merged', 'merged', beside => true);
SELECT is(
    (SELECT sum(effective_cost) FROM accelcost.charge WHERE export_name = 'merged'), 91.0100000191107392311096200000,
    'effective is what the amortized one adds up to');
SELECT is(
    (SELECT sum(billed_cost) FROM accelcost.charge WHERE export_name = 'merged' AND charge_category = 'Purchase'),
    87.0, 'billed is what was bought');

SELECT is(
    (SELECT sum(billed_cost) FROM accelcost.charge WHERE export_name = 'merged'),
    (SELECT sum("Cost"::numeric) FROM azure),
    'and all that is billed is what the actual file says, whatever was left unused');

UPDATE azure SET "date" = '9/2/2023', "BillingPeriodStartDate" = '9/1/2023', "BillingPeriodEndDate" = '9/3/2023';
SELECT throws_like(
    $$SELECT * FROM accelcost.import_azure('azure', 'ambiguous', beside => true)$$, '6 of 6 rows of staging table %',
    'dates in two possible orders are refused');
SELECT is(loaded, 6::bigint, 'unless one is stated')
FROM accelcost.import_azure('azure', 'stated', date_order => 'DMY', beside => true);
SELECT is(min(charge_period_start), '2023-02-09Z'::timestamptz, 'and then it is taken')
FROM accelcost.charge
WHERE export_name = 'stated';
UPDATE azure SET "date" = '22/9/2023' WHERE "Cost" = '4';
SELECT is(accelcost_internal.import_date_order('azure', 'azure'), 'DMY', 'a day above 12 proves an order');
UPDATE azure SET "date" = '9/22/2023' WHERE "Cost" = '90';
SELECT is(accelcost_internal.import_date_order('azure', 'azure'), 'YMD', 'two that prove two prove none');
UPDATE azure SET "date" = '2023-09-22' WHERE "Cost" = '4';
SELECT is(accelcost_internal.import_date_order('azure', 'azure'), 'YMD', 'nor does one among dates of another form');
SELECT throws_ok(
    $$SELECT * FROM accelcost.import_azure('azure', date_order => 'YDM')$$, '22023',
    'invalid value for parameter "date_order": "YDM"');

CREATE TEMPORARY TABLE mca AS
SELECT '77' AS "billingAccountId", 'profile' AS "billingProfileId", '2023-09-01' AS "billingPeriodStartDate",
       '2023-09-30' AS "billingPeriodEndDate", '2023-09-22' AS "date", 'Usage' AS "chargeType",
    '$10,100.00 ' AS "costInBillingCurrency", '12000' AS "paygCostInBillingCurrency", 'EUR' AS "billingCurrency",
    '2' AS "PayGPrice", '1.5' AS "exchangeRatePricingToBilling", '100' AS quantity, 'p1' AS "ProductId";
SELECT throws_ok(
    $$SELECT * FROM accelcost.import_azure('mca', 'mca')$$, '22P02', NULL,
    'a sum with a sign and commas is not a number');
SELECT is(loaded, 1::bigint, 'unless that is asked for') FROM accelcost.import_azure('mca', 'mca', money_signs => true);
SELECT results_eq(
    $$
        SELECT billing_account_id, billed_cost, list_cost, list_unit_price, billing_currency, sku_id
        FROM accelcost.charge
        WHERE export_name = 'mca'$$,
    $$VALUES ('profile', 10100.00, 12000.0, 3.0, 'EUR', 'p1')$$,
    'a customer agreement has profiles, list costs and rates');
ALTER TABLE mca ADD "unitPrice" text DEFAULT '2', ADD "pricingCurrency" text DEFAULT 'USD';
SELECT is(loaded, 1::bigint, 'with unit prices in the currency of the list')
FROM accelcost.import_azure('mca', 'mca2', money_signs => true, beside => true);
SELECT results_eq(
    $$
        SELECT contracted_unit_price, contracted_cost, pricing_currency
        FROM accelcost.charge
        WHERE export_name = 'mca2'$$,
    $$VALUES (3.0, 300.0, 'USD')$$, 'which are exchanged as the others are');
SELECT is(accelcost_internal.import_azure_region(location), expected, location)
FROM (
    VALUES ('EastUS', 'eastus'),
           ('US East', 'eastus'),
           ('US East 2', 'eastus2'),
           ('EU West', 'westeurope'),
           ('UK South', 'uksouth'),
           ('somewhere', 'somewhere')) AS r (location, expected);
SELECT is(accelcost_internal.import_money(cell), expected, cell)
FROM (
    VALUES ('$1,234.50', '1234.50'), ('(5.00)', '-5.00'), ('-$3', '-3'), ('1,23', '1,23'), ('12', '12')
) AS m (cell, expected);

-- ---- Google Cloud -----------------------------------------------------------------

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
SELECT is(loaded, 2::bigint, 'a flattened export, with dots or underscores') FROM accelcost.import_gcp('flat', 'flat', beside => true);

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

CREATE TEMPORARY TABLE periods AS
SELECT 'B' AS "BillingAccountId", '2023-10-01' AS "BillingPeriodStartDate", d AS "Date", 'Usage' AS "ChargeType",
       '1' AS "Cost", 'USD' AS "BillingCurrency"
FROM (VALUES ('2023-09-30'), ('2023-10-01'), ('2023-10-02')) AS v (d);
SELECT is(loaded, 3::bigint, 'a period is loaded') FROM accelcost.import_azure('periods', 'periods', beside => true);
UPDATE periods SET "BillingPeriodStartDate" = 'bad' WHERE "Date" = '2023-09-30';
SELECT results_eq(
    $$SELECT loaded, withheld FROM accelcost.import_azure('periods', 'periods', 'skip', beside => true)$$,
    'VALUES (0::bigint, 2::bigint)', 'and does not shrink for a row that may belong to it');
CREATE TEMPORARY TABLE slashes AS
SELECT '77' AS "BillingAccountId", '2023-09-01' AS "BillingPeriodStartDate", d AS "Date", 'Usage' AS "ChargeType",
       '1' AS "Cost", 'USD' AS "BillingCurrency"
FROM (VALUES ('9/2/2023'), ('9/3/2023'), ('99/4/2023')) AS v (d);
SELECT is(accelcost_internal.import_date_order('azure', 'slashes'), 'YMD', 'a day that does not exist proves nothing');
UPDATE slashes SET "BillingPeriodStartDate" = '09/22/2023',
    "Date" = CASE WHEN "Date" = '9/2/2023' THEN '5/9/2023' ELSE '2023-09-05' END;
SELECT is(
    accelcost_internal.import_date_order('azure', 'slashes'), 'YMD',
    'nor does one column for another in which dates are of two forms');
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
SELECT is(loaded, 3::bigint, 'commitments are loaded') FROM accelcost.import_gcp('committed', 'committed', beside => true);
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

-- ---- Oracle -------------------------------------------------------------------------

CREATE TEMPORARY TABLE oci AS
SELECT '2023-10-31T22:00Z' AS "lineItem/intervalUsageStart", '2023-11-01T00:00:00Z' AS "lineItem/intervalUsageEnd",
       't1' AS "lineItem/tenantId", 'false' AS "lineItem/isCorrection", '6.266090E-12' AS "cost/myCost",
       'USD' AS "cost/currencyCode", 'B1' AS "cost/productSku", 'COMPUTE' AS "product/service", 'acme' AS "tags/team",
       '0.5' AS "usage/billedQuantity", 'GB' AS "cost/skuUnitDescription"
UNION ALL SELECT '2023-11-02T00:00Z', '2023-11-02T01:00Z', 't1', 'true', '-1', 'USD', 'B1', 'COMPUTE', NULL, '1', 'GB';
SELECT is(loaded, 2::bigint, 'an Oracle cost report is loaded') FROM accelcost.import_oci('oci');
SELECT results_eq(
    $$
        SELECT billing_account_id, billing_period_start, billed_cost, charge_category, charge_class, service_category,
               tags
        FROM accelcost.charge
        WHERE export_name = 'oci'
        ORDER BY row_number$$,
    $$
        VALUES ('t1', '2023-10-01Z'::timestamptz, 0.000000000006266090, 'Usage', NULL, 'Compute',
                '{"team": "acme"}'::jsonb),
               ('t1', '2023-11-01Z', -1, 'Adjustment', 'Correction', 'Compute', NULL)$$,
    'times without seconds, small costs, corrections');

-- ---- a period that shrinks ------------------------------------------------------------

CREATE TEMPORARY TABLE big AS
SELECT '1' AS "BillingAccountId", 'P' AS "ProviderName", 'USD' AS "BillingCurrency",
       '2026-07-01' AS "BillingPeriodStart", '2026-07-02' AS "ChargePeriodStart", n::text AS "BilledCost"
FROM generate_series(1, 40) AS n;
SELECT is(loaded, 40::bigint, 'forty charges') FROM accelcost.import_focus('big', 'big');
DELETE FROM big WHERE "BilledCost"::integer > 19;
SELECT throws_ok(
    $$SELECT * FROM accelcost.import_focus('big', 'big')$$, '55000', NULL, 'less than half of them are refused');
SELECT is((SELECT count(*) FROM accelcost.charge WHERE export_name = 'big'), 40::bigint, 'and nothing is lost');
SELECT is(loaded, 19::bigint, 'unless that is right') FROM accelcost.import_focus('big', 'big', allow_shrink => true);

-- ---- the mappings ---------------------------------------------------------------------

SELECT set_eq(
    $$SELECT oid::regproc::text FROM pg_proc WHERE proname LIKE 'import%' AND 'jit=off' = ANY (proconfig)$$,
    '{accelcost.import_prices,accelcost.import_mapping,accelcost_internal.import_mapping,accelcost_internal.import_check,
      accelcost_internal.import_date_order,accelcost_internal.import_charges,
      accelcost_internal.import_dataset}'::text[],
    'what runs a generated statement, or reads the mapping, compiles nothing');
CREATE FUNCTION pg_temp.plan_of(format text, staging regclass) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('PREPARE loading (text, bigint, boolean, text, boolean) AS %s', accelcost_internal.import_statement(format, staging));
    RETURN QUERY EXECUTE 'EXPLAIN EXECUTE loading (''x'', 1, true, NULL, false)';
    DEALLOCATE loading;
END
$$;
SELECT is((SELECT count(*) FILTER (WHERE line ~ 'Insert on charge') || ' ' || count(*) FILTER (WHERE line ~ 'charge_of_') FROM pg_temp.plan_of(f.format, f.staging::regclass) AS p (line)),
          '1 0', format('%s: the mapping is part of the statement, and no call', f.format))
FROM (VALUES ('cur', 'cur'), ('azure', 'azure'), ('gcp', 'lines'), ('oci', 'oci')) AS f (format, staging);

-- What each SELECT list reads, by the server's own account of it.
CREATE TEMPORARY VIEW mapped AS
SELECT f.format, m.part[2] AS column_name, m.place, m.part[1] AS expression
FROM unnest('{cur,azure,gcp,oci}'::text[]) AS f (format)
CROSS JOIN LATERAL regexp_matches(
    pg_get_function_sqlbody(format('accelcost_internal.charge_of_%1$s(accelcost_internal.%1$s_line)', f.format)::regprocedure),
    '(.*?) AS (\w+)(?:,\n|;\n)', 'g') WITH ORDINALITY AS m (part, place);
CREATE TEMPORARY VIEW listed AS
SELECT f.format, i.* FROM unnest('{cur,azure,gcp,oci}'::text[]) AS f (format) CROSS JOIN LATERAL accelcost_internal.import_inputs(f.format) AS i;
SELECT set_eq(
    $$SELECT format, column_name, a.name[1] FROM mapped CROSS JOIN LATERAL regexp_matches(expression, 'line\)\.([a-z0-9_]+)', 'g') AS a (name)$$,
    'SELECT format, column_name, attribute FROM listed WHERE header IS NOT NULL',
    'the headers of a format say which cells each column is made of');
SELECT set_eq(
    $$SELECT format, column_name FROM mapped WHERE expression !~ 'NULL::text$'$$,
    'SELECT format, column_name FROM listed',
    'and which columns there are');
SELECT is_empty(
    $$SELECT format, a.read[2], a.read[1] FROM mapped CROSS JOIN LATERAL regexp_matches(expression, 'import_(number|timestamp)\([a-z_(.]*line\)\.([a-z0-9_]+)', 'g') AS a (read)
      EXCEPT SELECT format, attribute, kind FROM listed$$,
    'and how the cells are read');
SELECT bag_eq(
    'SELECT column_name, place FROM mapped',
    $$SELECT attname::text, attnum::bigint FROM pg_attribute, generate_series(1, 4) WHERE attrelid = 'accelcost_internal.charge_cells'::regclass$$,
    'all lists have the columns of one type, in its order');
SELECT is_empty(
    'SELECT * FROM listed WHERE header_key <> accelcost_internal.import_header(attribute)',
    'an attribute has the name of its header');

SELECT * FROM finish();
ROLLBACK;
