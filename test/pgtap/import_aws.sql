-- Cost and Usage Reports of AWS as charges: what each line becomes, and what is refused.
BEGIN;
SELECT plan(20);
SET LOCAL timezone = 'America/New_York';
SET LOCAL datestyle = 'SQL, DMY';

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
    $$SELECT * FROM accelcost.import_cur('cur', 'bad', beside => true)$$, '22P02', NULL,
    'a number that is none stops the import');
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

SELECT * FROM finish();
ROLLBACK;
