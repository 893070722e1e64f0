-- Reports on charges, each against a scan of the charges that adds up the cost by what the report groups by. One
-- charge in ten is for a machine with accelerators, one in ten for data transfer; a few break a rule of FOCUS.
TRUNCATE accelcost.charge, accelcost.import_batch, accelcost.import_total;
INSERT INTO accelcost.charge (
    provider_name, billing_account_id, sub_account_id, billing_period_start, billing_period_end, charge_period_start,
    charge_period_end, charge_category, charge_frequency, charge_description, service_category, service_name, sku_id,
    sku_meter, region_id, resource_id, tags, billing_currency, billed_cost, effective_cost, list_cost, contracted_cost,
    list_unit_price, contracted_unit_price, pricing_category, pricing_quantity, pricing_unit, consumed_quantity,
    consumed_unit, commitment_discount_id, commitment_discount_status, export_name, batch, row_number)
SELECT 'AWS', format('acme-%s', n % 3), format('2000000000%s', n % 50), '2026-09-01Z', '2026-10-01Z', t.at,
       t.at + interval '1 hour', 'Usage', 'Usage-Based', k.description, 'Compute', 'Amazon Elastic Compute Cloud',
       md5((n % 300)::text), k.meter, 'us-east-1', format('i-%s', n % 5000),
       jsonb_build_object('team', format('team %s', n % 50)), 'USD', q.quantity * k.price, q.quantity * k.price,
       q.quantity * k.price + CASE WHEN n % 1000 = 0 THEN 1 ELSE 0 END, q.quantity * k.price, k.price, k.price,
       'Standard', q.quantity, k.unit, q.quantity, k.unit, CASE WHEN n % 20 = 7 THEN format('ri-%s', n % 40) END,
       CASE WHEN n % 20 = 7 THEN 'Used' END, 'bench', 1, n
FROM generate_series(1::bigint, :charges) AS n
CROSS JOIN LATERAL (SELECT '2026-09-01Z'::timestamptz + (n % 720) * interval '1 hour' AS at) AS t
CROSS JOIN LATERAL (SELECT (1 + n % 100)::numeric / 100 AS quantity) AS q
CROSS JOIN LATERAL (
    SELECT 'BoxUsage:p5.48xlarge' AS meter, '$55.04 per On Demand Linux p5.48xlarge Instance Hour' AS description,
           'Hrs' AS unit, 55.04 AS price
    WHERE n % 10 = 0
    UNION ALL
    SELECT 'DataTransfer-Out-Bytes', '$0.090 per GB - data transfer out', 'GB', 0.09 WHERE n % 10 = 1
    UNION ALL
    SELECT format('BoxUsage:m%s.large', n % 40), format('$0.1 per On Demand Linux m%s.large Instance Hour', n % 40),
           'Hrs', 0.1
    WHERE n % 10 > 1) AS k;
VACUUM (ANALYZE) accelcost.charge;

INSERT INTO query VALUES
    ('charge', 1, 'scan: billed cost by month, provider, service and currency',
     $$SELECT bill_month(charge_period_start), provider_name, service_name, billing_currency, sum(billed_cost), count(*)
       FROM accelcost.charge GROUP BY 1, 2, 3, 4$$),
    ('charge', 2, 'charge_monthly()', 'SELECT * FROM accelcost.charge_monthly()'),
    ('charge', 3, 'charge_check()', 'SELECT * FROM accelcost.charge_check()'),
    ('charge', 4, 'charge_vs_catalog()', 'SELECT * FROM accelcost.charge_vs_catalog()'),
    ('charge', 5, 'charge_egress()', 'SELECT * FROM accelcost.charge_egress()'),
    ('charge', 6, 'charge_savings()', 'SELECT * FROM accelcost.charge_savings()');
CALL measure('charge', :rounds, '{0}');

SELECT format('%s charges, medians of %s rounds', to_char((SELECT count(*) FROM accelcost.charge), 'FM999,999,999'),
              :rounds) AS title \gset
\pset title :title
SELECT name AS query, median('charge', 0, place) AS ms, ratio('charge', 0, place, 1) AS "to the scan",
       CASE WHEN place = 1 THEN '' WHEN place = 3 THEN 'at most 10' ELSE 'at most 5' END AS target
FROM query
WHERE topic = 'charge'
ORDER BY place;
\pset title
