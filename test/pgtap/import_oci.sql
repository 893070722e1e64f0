-- Cost reports of Oracle as charges.
BEGIN;
SELECT plan(2);
SET LOCAL timezone = 'America/New_York';
SET LOCAL datestyle = 'SQL, DMY';

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

SELECT * FROM finish();
ROLLBACK;
