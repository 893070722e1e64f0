-- Cost exports of Azure as charges: what each line becomes, and what is refused.
BEGIN;
SELECT plan(35);
SET LOCAL timezone = 'America/New_York';
SET LOCAL datestyle = 'SQL, DMY';

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
SELECT is(loaded, 7::bigint, 'both files are loaded as one')
FROM accelcost.import_azure('merged', 'merged', beside => true);
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

SELECT * FROM finish();
ROLLBACK;
