-- What each kind of line of each provider costs on each basis: the table in docs/import-providers.md, cell by cell.
-- NULL is a dash there. Then the rules of FOCUS on what the importers write, and what reports make of it.
BEGIN;
SELECT plan(37);

CREATE FUNCTION pg_temp.bases(export text)
RETURNS TABLE (kind text, category text, billed numeric, effective numeric, list numeric, contracted numeric)
LANGUAGE sql AS $$
    SELECT c.charge_description, c.charge_category, trim_scale(c.billed_cost), trim_scale(c.effective_cost),
           trim_scale(c.list_cost), trim_scale(c.contracted_cost)
    FROM accelcost.charge AS c
    WHERE c.export_name = export
    ORDER BY c.row_number
$$;

-- ---- AWS --------------------------------------------------------------------

CREATE TEMPORARY TABLE cur (
    "bill/PayerAccountId" text DEFAULT '1111', "bill/BillingPeriodStartDate" text DEFAULT '2026-07-01T00:00:00Z',
    "bill/BillingPeriodEndDate" text DEFAULT '2026-08-01T00:00:00Z',
    "lineItem/UsageStartDate" text DEFAULT '2026-07-01T00:00:00Z',
    "lineItem/UsageEndDate" text DEFAULT '2026-08-01T00:00:00Z', "lineItem/CurrencyCode" text DEFAULT 'USD',
    "lineItem/LineItemDescription" text, "lineItem/LineItemType" text, "lineItem/UsageType" text DEFAULT 'BoxUsage',
    "lineItem/UsageAmount" text DEFAULT '1', "lineItem/UnblendedCost" text, "lineItem/UnblendedRate" text,
    "lineItem/NetUnblendedCost" text, "lineItem/NetUnblendedRate" text,
    "pricing/publicOnDemandCost" text, "pricing/publicOnDemandRate" text, "pricing/unit" text DEFAULT 'Hrs',
    "reservation/ReservationARN" text, "reservation/EffectiveCost" text,
    "reservation/UnusedAmortizedUpfrontFeeForBillingPeriod" text, "reservation/UnusedRecurringFee" text,
    "savingsPlan/SavingsPlanARN" text, "savingsPlan/SavingsPlanEffectiveCost" text,
    "savingsPlan/NetSavingsPlanEffectiveCost" text,
    "savingsPlan/TotalCommitmentToDate" text, "savingsPlan/UsedCommitment" text);
INSERT INTO cur ("lineItem/LineItemDescription", "lineItem/LineItemType", "lineItem/UnblendedCost",
                 "pricing/publicOnDemandCost", "pricing/publicOnDemandRate", "reservation/ReservationARN",
                 "reservation/EffectiveCost", "reservation/UnusedAmortizedUpfrontFeeForBillingPeriod",
                 "reservation/UnusedRecurringFee", "savingsPlan/SavingsPlanARN", "savingsPlan/SavingsPlanEffectiveCost",
                 "savingsPlan/TotalCommitmentToDate", "savingsPlan/UsedCommitment")
VALUES
    ('usage', 'Usage', '10', '12', '12', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
    ('free tier', 'Usage', '0', '0', '0.09', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
    ('covered by a savings plan', 'SavingsPlanCoveredUsage', '20', '25', '25', NULL, NULL, NULL, NULL, 'sp', '14',
     NULL, NULL),
    ('negation', 'SavingsPlanNegation', '-20', '25', '25', NULL, NULL, NULL, NULL, 'sp', NULL, NULL, NULL),
    ('savings plan, recurring', 'SavingsPlanRecurringFee', '16', '0', NULL, NULL, NULL, NULL, NULL, 'sp', NULL,
     '16', '14'),
    ('savings plan, upfront', 'SavingsPlanUpfrontFee', '1200', NULL, NULL, NULL, NULL, NULL, NULL, 'sp2', NULL, NULL,
     NULL),
    ('savings plan, refund', 'Refund', '-1200', NULL, NULL, NULL, NULL, NULL, NULL, 'sp2', NULL, NULL, NULL),
    ('covered by a reservation', 'DiscountedUsage', '0', '5', '5', 'ri', '3', NULL, NULL, NULL, NULL, NULL, NULL),
    ('reservation, recurring', 'RIFee', '7', '0', NULL, 'ri', NULL, '0.5', '3.5', NULL, NULL, NULL, NULL),
    ('reservation, upfront', 'Fee', '200', '0', NULL, 'ri2', NULL, NULL, NULL, NULL, NULL, NULL, NULL),
    ('reservation, refund', 'Refund', '-50', '0', NULL, 'ri2', NULL, NULL, NULL, NULL, NULL, NULL, NULL),
    ('other fee', 'Fee', '100', '0', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
    ('credit', 'Credit', '-5', '0', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
    ('other refund', 'Refund', '-6', '0', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
    ('discount', 'EdpDiscount', '-2', '12', '12', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
    ('tax', 'Tax', '1', '0', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
-- What is bought for a year lasts longer than the bill that it is on.
UPDATE cur SET "lineItem/UsageEndDate" = '2027-07-01T00:00:00Z'
WHERE "lineItem/LineItemDescription" IN ('savings plan, upfront', 'reservation, upfront');
SELECT is(loaded, 16::bigint, 'AWS: all kinds of lines are loaded') FROM accelcost.import_cur('cur');
SELECT set_eq($$SELECT * FROM pg_temp.bases('cur')$$, $$VALUES
    ('usage', 'Usage', 10::numeric, 10::numeric, 12::numeric, 10::numeric),
    ('free tier', 'Usage', 0, 0, 0, 0),
    ('covered by a savings plan', 'Usage', 20, 14, 25, 20),
    ('negation', 'Usage', -20, 0, 0, 0),
    ('savings plan, recurring', 'Purchase', 16, 2, NULL, NULL),
    ('savings plan, upfront', 'Purchase', 1200, 0, NULL, NULL),
    ('savings plan, refund', 'Purchase', -1200, 0, NULL, NULL),
    ('covered by a reservation', 'Usage', 0, 3, 5, 5),
    ('reservation, recurring', 'Purchase', 7, 4, NULL, NULL),
    ('reservation, upfront', 'Purchase', 200, 0, NULL, NULL),
    ('reservation, refund', 'Purchase', -50, 0, NULL, NULL),
    ('other fee', 'Purchase', 100, 100, 100, 100),
    ('credit', 'Credit', -5, -5, -5, -5),
    ('other refund', 'Adjustment', -6, -6, -6, -6),
    ('discount', 'Usage', -2, -2, 0, -2),
    ('tax', 'Tax', 1, 1, 1, 1)$$, 'AWS: each kind of line on each basis');
SELECT is_empty('SELECT * FROM accelcost.charge_check()', 'AWS: no rule of FOCUS is broken');
SELECT results_eq(
    $$SELECT charge_description FROM accelcost.charge WHERE pricing_quantity IS NULL ORDER BY row_number$$,
    $$VALUES ('negation'), ('savings plan, refund'), ('reservation, refund'), ('credit'), ('other refund'),
             ('discount'), ('tax')$$, 'AWS: what takes back a cost has no quantity, and no hour is counted twice');
SELECT set_eq(
    $$SELECT charge_description, charge_class, charge_frequency FROM accelcost.charge WHERE charge_class IS NOT NULL$$,
    $$VALUES ('savings plan, refund', 'Correction', 'One-Time'), ('reservation, refund', 'Correction', 'One-Time'),
             ('other refund', 'Correction', 'Usage-Based')$$, 'AWS: refunds are corrections');
SELECT results_eq(
    'SELECT list_cost, contracted_cost, effective_cost, commitment_savings, incomplete_charges '
    'FROM accelcost.charge_savings()',
    'VALUES (42.0, 33.0, 31.0, 2.0, 0::bigint)', 'AWS: savings are complete, and count what is unused');
-- Net costs: after discounts that are not on the line.
UPDATE cur SET "lineItem/NetUnblendedCost" = ("lineItem/UnblendedCost"::numeric * 0.9)::text,
               "savingsPlan/NetSavingsPlanEffectiveCost" = "savingsPlan/SavingsPlanEffectiveCost"::numeric * 0.9,
               "lineItem/UnblendedRate" = "lineItem/UnblendedCost";
SELECT is(loaded, 16::bigint, 'AWS: net costs are loaded') FROM accelcost.import_cur('cur', 'net', beside => true);
SELECT set_eq(
    $$SELECT * FROM pg_temp.bases('net') WHERE kind LIKE '%savings plan%' OR kind = 'usage'$$, $$VALUES
    ('usage', 'Usage', 9::numeric, 9::numeric, 12::numeric, 9::numeric),
    ('covered by a savings plan', 'Usage', 18, 12.6, 25, 18),
    ('savings plan, recurring', 'Purchase', 14.4, 1.8, NULL, NULL),
    ('savings plan, upfront', 'Purchase', 1080, 0, NULL, NULL),
    ('savings plan, refund', 'Purchase', -1080, 0, NULL, NULL)$$,
    'AWS: what is unused of a plan has the discount, too, so that its parts are what was paid');
SELECT is_empty($$SELECT * FROM accelcost.charge_check('net')$$, 'AWS: nor does that break a rule');

-- ---- Azure ------------------------------------------------------------------

DELETE FROM accelcost.charge;
CREATE TEMPORARY TABLE azure (
    "billingAccountId" text DEFAULT '77', "billingPeriodStartDate" text DEFAULT '2026-07-01',
    "billingPeriodEndDate" text DEFAULT '2026-07-31', "date" text DEFAULT '2026-07-05', "productName" text,
    "chargeType" text, "pricingModel" text, "reservationId" text, "benefitId" text,
    "frequency" text DEFAULT 'UsageBased', "term" text,
    "costInBillingCurrency" text, "paygCostInBillingCurrency" text, "billingCurrency" text DEFAULT 'USD',
    "quantity" text DEFAULT '1', "unitPrice" text, "unitOfMeasure" text DEFAULT '1 Hour');
INSERT INTO azure ("productName", "chargeType", "pricingModel", "reservationId", "benefitId",
                   "costInBillingCurrency", "paygCostInBillingCurrency", "unitPrice")
VALUES
    ('usage', 'Usage', 'OnDemand', NULL, NULL, '10', '12', '10'),
    ('covered', 'Usage', 'Reservation', 'r1', NULL, '5', '8', '7'),
    ('covered, without a price', 'Usage', 'SavingsPlan', NULL, 'savingsPlans/s1', '5', '8', '0'),
    ('unused', 'UnusedReservation', 'Reservation', 'r1', NULL, '1', '1', '0'),
    ('unused, savings plan', 'UnusedSavingsPlan', 'SavingsPlan', NULL, 'savingsPlans/s1', '2', '2', '0'),
    ('reservation', 'Purchase', 'Reservation', 'r1', NULL, '100', '100', '100'),
    ('reservation, refund', 'Refund', 'Reservation', 'r1', NULL, '-40', '-40', NULL),
    ('other purchase', 'Purchase', 'OnDemand', NULL, NULL, '30', '33', '30'),
    ('other refund', 'Refund', 'OnDemand', NULL, NULL, '-3', NULL, NULL),
    ('rounding', 'RoundingAdjustment', NULL, NULL, NULL, '0.01', NULL, NULL),
    ('credit', 'Credit', NULL, NULL, NULL, '-5', NULL, NULL),
    ('tax', 'Tax', NULL, NULL, NULL, '2', NULL, NULL);
UPDATE azure SET "frequency" = 'OneTime', "term" = '12' WHERE "productName" = 'reservation';
SELECT is(loaded, 12::bigint, 'Azure: all kinds of lines are loaded') FROM accelcost.import_azure('azure');
SELECT set_eq($$SELECT * FROM pg_temp.bases('azure')$$, $$VALUES
    ('usage', 'Usage', 10::numeric, 10::numeric, 12::numeric, 10::numeric),
    ('covered', 'Usage', 0, 5, 8, 7),
    ('covered, without a price', 'Usage', 0, 5, 8, NULL),
    ('unused', 'Usage', 0, 1, NULL, NULL),
    ('unused, savings plan', 'Usage', 0, 2, NULL, NULL),
    ('reservation', 'Purchase', 100, 0, NULL, NULL),
    ('reservation, refund', 'Purchase', -40, 0, NULL, NULL),
    ('other purchase', 'Purchase', 30, 30, 33, 30),
    ('other refund', 'Purchase', -3, -3, -3, -3),
    ('rounding', 'Adjustment', 0.01, 0.01, 0.01, 0.01),
    ('credit', 'Credit', -5, -5, -5, -5),
    ('tax', 'Tax', 2, 2, 2, 2)$$, 'Azure: each kind of line on each basis');
SELECT is_empty('SELECT * FROM accelcost.charge_check()', 'Azure: no rule of FOCUS is broken');
SELECT is(charge_period_end, '2027-07-05Z'::timestamptz, 'Azure: a reservation is for its term')
FROM accelcost.charge WHERE charge_description = 'reservation';
-- Older exports have no pricing model: the id of a reservation says as much.
UPDATE azure SET "pricingModel" = NULL;
SELECT is(loaded, 12::bigint, 'Azure: without pricing models')
FROM accelcost.import_azure('azure', 'older', beside => true);
SELECT set_eq(
    $$SELECT * FROM pg_temp.bases('older')$$, $$SELECT * FROM pg_temp.bases('azure')$$,
    'Azure: each kind of line costs the same');
SELECT bag_eq(
    $$SELECT commitment_discount_id, commitment_discount_type, commitment_discount_status, pricing_category
      FROM accelcost.charge WHERE export_name = 'older' AND commitment_discount_id IS NOT NULL$$,
    $$VALUES ('r1', 'Reservation', 'Used', 'Committed'),
             ('savingsPlans/s1', 'Savings plan', 'Used', 'Committed'),
             ('r1', 'Reservation', 'Unused', 'Committed'),
             ('savingsPlans/s1', 'Savings plan', 'Unused', 'Committed'),
             ('r1', 'Reservation', NULL, 'Committed'),
             ('r1', 'Reservation', NULL, 'Committed')$$, 'Azure: and belongs to the same commitments');
CREATE TEMPORARY TABLE reserved AS
SELECT '77' AS "BillingAccountId", '2026-07-01' AS "BillingPeriodStartDate", '2026-07-05' AS "Date",
       '' AS "PricingModel",
       'r1' AS "ReservationId", type AS "ChargeType", cost AS "Cost", 'USD' AS "BillingCurrency"
FROM (VALUES ('Usage', '5'), ('Purchase', '100'), ('UnusedReservation', '1')) AS line (type, cost);
SELECT accelcost.import_azure('reserved', 'reserved', beside => true) \g /dev/null
SELECT results_eq(
    $$SELECT sum(billed_cost), sum(effective_cost) FROM accelcost.charge WHERE export_name = 'reserved'$$,
    'VALUES (100.0, 6.0)', 'Azure: a reservation is billed once, and effective where it is used or not');

-- ---- Google Cloud -----------------------------------------------------------

DELETE FROM accelcost.charge;
CREATE TEMPORARY TABLE gcp (line text);
INSERT INTO gcp
SELECT jsonb_build_object('billing_account_id', 'A', 'invoice', '{"month": "202607"}'::jsonb, 'currency', 'USD',
                          'usage_start_time', '2026-07-05 00:00:00 UTC', 'usage_end_time', '2026-07-05 01:00:00 UTC',
                          'service', '{"description": "Compute Engine"}'::jsonb) || line::jsonb
FROM (VALUES
    ('{"sku": {"description": "usage"}, "cost_type": "regular", "cost": 10, "cost_at_list": 12,
       "usage": {"amount": 3600, "unit": "seconds", "amount_in_pricing_units": 4000, "pricing_unit": "requests"},
       "price": {"list_price": 3, "effective_price": 2.5, "pricing_unit_quantity": 1000},
       "credits": [{"name": "promotion", "type": "PROMOTION", "amount": -5}]}'),
    ('{"sku": {"description": "covered"}, "cost_type": "regular", "cost": 100, "cost_at_list": 100,
       "credits": [{"name": "commitment", "type": "COMMITTED_USAGE_DISCOUNT", "amount": -100}]}'),
    ('{"sku": {"description": "Commitment v1: Cpu"}, "cost_type": "regular", "cost": 72, "cost_at_list": 72,
       "subscription": {"instance_id": "s"}}'),
    ('{"sku": {"description": "tax"}, "cost_type": "tax", "cost": 2}'),
    ('{"sku": {"description": "adjustment"}, "cost_type": "adjustment", "cost": -3,
       "adjustment_info": {"type": "USAGE_CORRECTION"}}'),
    ('{"sku": {"description": "rounding"}, "cost_type": "rounding_error", "cost": 0.004}')) AS g (line);
SELECT is(loaded, 8::bigint, 'Google Cloud: all kinds of lines are loaded') FROM accelcost.import_gcp('gcp');
SELECT results_eq($$SELECT * FROM pg_temp.bases('gcp')$$, $$VALUES
    ('usage', 'Usage', 10::numeric, 10::numeric, 12::numeric, 10::numeric),
    ('usage, promotion', 'Credit', -5, -5, -5, -5),
    ('covered', 'Usage', 100, 100, 100, 100),
    ('covered, commitment', 'Credit', -100, -100, 0, 0),
    ('Commitment v1: Cpu', 'Purchase', 72, 72, NULL, NULL),
    ('tax', 'Tax', 2, 2, 2, 2),
    ('adjustment', 'Adjustment', -3, -3, -3, -3),
    ('rounding', 'Adjustment', 0.004, 0.004, 0.004, 0.004)$$, 'Google Cloud: each kind of line on each basis');
SELECT is_empty('SELECT * FROM accelcost.charge_check()', 'Google Cloud: no rule of FOCUS is broken');
SELECT results_eq(
    'SELECT list_cost, contracted_cost, effective_cost, negotiated_savings, commitment_savings '
    'FROM accelcost.charge_savings()', 'VALUES (112.0, 110.0, 82.0, 2.0, 28.0)',
    'Google Cloud: a commitment saves what its credits are more than its fee');
SELECT set_eq(
    $$SELECT charge_description, commitment_discount_type, commitment_discount_category FROM accelcost.charge
      WHERE commitment_discount_type IS NOT NULL$$,
    $$VALUES ('covered, commitment', 'Committed use discount', 'Usage'),
             ('Commitment v1: Cpu', 'Committed use discount', 'Usage')$$, 'Google Cloud: both are of its kind');
SELECT results_eq(
    $$SELECT list_unit_price, contracted_unit_price FROM accelcost.charge WHERE charge_description = 'usage'$$,
    'VALUES (0.003, 0.0025)', 'Google Cloud: a price for a thousand units is a price for one');

-- ---- Oracle -----------------------------------------------------------------

DELETE FROM accelcost.charge;
CREATE TEMPORARY TABLE oci AS
SELECT '2026-07-05T00:00Z' AS "lineItem/intervalUsageStart", '2026-07-05T01:00Z' AS "lineItem/intervalUsageEnd",
       't' AS "lineItem/tenantId", correction AS "lineItem/isCorrection", cost AS "cost/myCost",
       '5' AS "cost/unitPrice", 'USD' AS "cost/currencyCode", '2' AS "usage/billedQuantity",
       'HOURS' AS "cost/skuUnitDescription", kind AS "product/Description"
FROM (VALUES ('usage', 'false', '10'), ('correction', 'true', '-4')) AS line (kind, correction, cost);
SELECT is(loaded, 2::bigint, 'Oracle: all kinds of lines are loaded') FROM accelcost.import_oci('oci');
SELECT results_eq($$SELECT * FROM pg_temp.bases('oci')$$, $$VALUES
    ('usage', 'Usage', 10::numeric, 10::numeric, NULL::numeric, 10::numeric),
    ('correction', 'Adjustment', -4, -4, NULL, -4)$$, 'Oracle: each kind of line on each basis');
SELECT is_empty('SELECT * FROM accelcost.charge_check()', 'Oracle: no rule of FOCUS is broken');

-- ---- reports ----------------------------------------------------------------

DELETE FROM accelcost.charge;
INSERT INTO accelcost.charge
    (provider_name, billing_account_id, billing_currency, billing_period_start, charge_period_start, service_name,
     charge_category, commitment_discount_id, commitment_discount_status, billed_cost, effective_cost, list_cost,
     contracted_cost)
SELECT 'P', 'a', 'USD', '2026-07-01Z', '2026-07-05Z', kind, category, commitment, status, billed, effective, list,
       contracted
FROM (VALUES
    ('on demand', 'Usage', NULL, NULL, 10, 10, 12, 10),
    ('covered', 'Usage', 'c', 'Used', 0, 7, 12, 10),
    ('unused', 'Usage', 'c', 'Unused', 0, 3, 4, 4),
    ('fee', 'Purchase', 'c', NULL, 10, 0, 10, 10),
    ('credit', 'Credit', NULL, NULL, -5, -5, -5, -5),
    ('tax', 'Tax', NULL, NULL, 2, 2, 2, 2)
    ) AS x (kind, category, commitment, status, billed, effective, list, contracted);
SELECT is(total(sum(cost)), expected, format('%s cost of a commitment, a credit and a tax', basis))
FROM (VALUES ('billed', 17.0), ('effective', 17), ('list', 21), ('contracted', 17)) AS b (basis, expected)
CROSS JOIN LATERAL accelcost.charge_monthly(basis)
GROUP BY basis, expected
ORDER BY basis;
SELECT results_eq(
    'SELECT list_cost, contracted_cost, effective_cost, billed_cost, negotiated_savings, commitment_savings, charges '
    'FROM accelcost.charge_savings()', 'VALUES (24.0, 20.0, 20.0, 17.0, 4.0, 0.0, 3::bigint)',
    'a purchase, a credit and a tax are no saving; 3 saved and 3 unused are none');
SELECT is(sum(unpriced_charges), 0::numeric, 'what list costs leave out is not unknown')
FROM accelcost.charge_monthly('list');
UPDATE accelcost.charge SET list_cost = NULL WHERE charge_category IN ('Purchase', 'Usage');
SELECT is(sum(unpriced_charges), 2::numeric, 'unlike what has no list cost')
FROM accelcost.charge_monthly('list');
UPDATE accelcost.charge SET commitment_discount_id = NULL, list_cost = 100
WHERE charge_category = 'Purchase';
SELECT is(total(sum(cost)), -3.0, 'a purchase without an id that is effective elsewhere is left out, too')
FROM accelcost.charge_monthly('list');

-- ---- the rules --------------------------------------------------------------

UPDATE accelcost.charge
SET charge_period_start = '2026-06-20Z', billing_period_end = '2026-08-01Z', list_cost = billed_cost,
    contracted_cost = billed_cost;
SELECT is(count(*), 6::bigint, 'a charge before its billing period is found')
FROM accelcost.charge_check() WHERE rule = 'charge_in_billing_period';
UPDATE accelcost.charge SET charge_class = 'Correction';
SELECT is_empty('SELECT * FROM accelcost.charge_check()', 'unless it is a correction, which is billed later');
UPDATE accelcost.charge
SET charge_class = NULL, charge_period_start = '2026-07-05Z', charge_period_end = '2027-07-05Z';
SELECT is(count(*), 5::bigint, 'a charge after its billing period is found, unless it was bought')
FROM accelcost.charge_check() WHERE rule = 'charge_in_billing_period';

SELECT * FROM finish();
ROLLBACK;
