-- The comparison of charges with the catalog prices lines of a month. Priced one by one as records of usage, and summed
-- in plain SQL, the same charges must have the same quantities, costs and reasons.
BEGIN;
SELECT plan(10);
SET LOCAL client_min_messages = warning;

SELECT setseed(0.42);
INSERT INTO accelcost.fx_rate (from_currency, to_currency, rate, valid)
VALUES ('EUR', 'USD', 1.0873, '[2020-01-01Z,)'), ('GBP', 'USD', 1.3131, '[2020-01-01Z,2026-01-01Z)');
INSERT INTO accelcost.charge (
    provider_name, billing_account_id, billing_period_start, charge_period_start, charge_category, charge_description,
    sku_meter, region_id, billing_currency, billed_cost, list_cost, pricing_category, pricing_quantity, pricing_unit,
    consumed_quantity, consumed_unit, export_name)
SELECT k.provider, (ARRAY['acme', E'a"\\,()\'', ''])[1 + n % 3], date_trunc('month', q.at, 'UTC'), q.at,
       CASE WHEN n % 9 = 0 THEN 'Purchase' ELSE 'Usage' END, k.description, k.meter, k.region,
       CASE WHEN n % 50 = 0 THEN 'GBP' WHEN n % 3 = 0 THEN 'EUR' ELSE 'USD' END, q.cost,
       CASE WHEN n % 31 > 0 THEN q.cost * 1.1 END,
       CASE WHEN n % 40 = 1 THEN 'Committed' WHEN n % 13 = 0 THEN 'Dynamic' ELSE 'Standard' END,
       -- a discount has no quantity
       CASE WHEN q.cost >= 0 AND (n % 7 > 0 OR n % 11 = 0) THEN q.quantity END, k.unit,
       CASE WHEN q.cost >= 0 AND n % 11 > 0 THEN q.quantity END, k.unit, E'export, "one"'
FROM generate_series(1, 2500) AS n
CROSS JOIN LATERAL (
    SELECT '2025-11-20Z'::timestamptz + floor(random() * 300 + 0 * n) * interval '23 hours' AS at,
           round((random() * 100 + 0 * n)::numeric, 3) AS quantity,
           round((random() * 1000 - 50 + 0 * n)::numeric, 6) AS cost, 1 + floor(random() * 7 + 0 * n) AS pick) AS q
JOIN (VALUES
    (1, 'AWS', 'BoxUsage:p5.48xlarge', '$55.04 per On Demand Linux p5.48xlarge Instance Hour', 'Hrs', 'us-east-1'),
    (2, 'Amazon Web Services', 'SpotUsage:p4d.24xlarge', 'p4d.24xlarge Linux Spot', 'Hrs', 'us-west-2'),
    (3, 'AWS', 'DataTransfer-Out-Bytes', '$0.090 per GB - data transfer out', 'GB', 'us-east-1'),
    (4, 'AWS', 'USE1-USW2-AWS-Out-Bytes', '$0.02 per GB - US East to US West data transfer', 'GB', 'us-east-1'),
    (5, 'Microsoft', 'ND96isr H100 v5', 'Virtual Machines NDsrH100v5', '1 Hour', 'eastus'),
    (6, 'AWS', 'BoxUsage:p5.48xlarge', '$98.32 per On Demand Windows p5.48xlarge Instance Hour', 'Hrs', 'us-east-1'),
    (7, 'AWS', 'BoxUsage:m5.large', '$0.1 per On Demand Linux m5.large', 'Hrs', 'us-east-1')
    ) AS k (pick, provider, meter, description, unit, region) ON k.pick = q.pick;
-- The price of a machine changes within a month.
INSERT INTO accelcost.offer (provider, sku, region, purchase_option, accelerator, gpu_count, price_basis)
VALUES ('AWS', 'p5.48xlarge', 'us-east-1', 'on_demand', 'H100 SXM5 80GB', 8, 'per_instance');
INSERT INTO accelcost.offer_price (provider, sku, region, purchase_option, amount, valid)
VALUES ('AWS', 'p5.48xlarge', 'us-east-1', 'on_demand', 60, '[2025-01-01Z,2026-03-17T05:00Z)'),
       ('AWS', 'p5.48xlarge', 'us-east-1', 'on_demand', 40, '[2026-03-17T05:00Z,)');

-- ---- record by record -------------------------------------------------------

CREATE TEMPORARY TABLE record AS
SELECT u.*, bill_month(u.period_start) AS month, c.cost AS by_catalog, c.reason,
       CASE WHEN u.currency = 'USD' THEN u.billed_cost
            ELSE u.billed_cost * (accelcost.fx_at(u.currency, 'USD', accelcost_internal.rate_time(
                                      bill_month(u.period_start), NULL))).rate END AS billed
FROM accelcost.charge_usage AS u
JOIN accelcost.usage_cost('accelcost.charge_usage') AS c ON c.record_id = u.record_id;
SELECT ok(count(*) > 800 AND count(DISTINCT charged_meter) = 2 AND count(reason) > 50
          AND count(*) FILTER (WHERE total(by_catalog) > 0) > 300, 'the charges are of many kinds') FROM record;
SELECT is(sum(r.charges), (SELECT count(*)::numeric FROM accelcost.charge
                           WHERE charge_category = 'Usage' AND sku_meter <> 'BoxUsage:m5.large'),
          'each charge is in one record') FROM record AS r;

CREATE TEMPORARY TABLE machine AS SELECT * FROM accelcost.charge_vs_catalog();
CREATE TEMPORARY TABLE transfer AS SELECT * FROM accelcost.charge_egress();
CREATE TEMPORARY VIEW line AS
SELECT month, charged_meter, provider, payer, region, sku, purchase_option, transfer_kind, transfer_destination,
       sum(charges) AS charges, sum(coalesce(instance_hours, transfer_quantity)) AS quantity, sum(billed) AS cost,
       count(*) AS records,
       count(*) FILTER (WHERE billed IS NULL OR reason IS NOT NULL OR licence IS NOT NULL) AS unknown,
       sum(coalesce(total(by_catalog), 0)) AS by_catalog
FROM record
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9;

SELECT set_eq(
    $$SELECT month, provider, payer, region, sku, purchase_option, sum(charges), trim_scale(sum(instance_hours))
      FROM machine GROUP BY 1, 2, 3, 4, 5, 6$$,
    $$SELECT month, provider, payer, region, sku, purchase_option, charges, trim_scale(quantity)
      FROM line WHERE charged_meter = 'compute'$$, 'lines of machines have the charges and hours of their records');
SELECT set_eq(
    $$SELECT month, provider, payer, region, transfer_kind, transfer_destination, sum(charges),
             trim_scale(sum(quantity)) FROM transfer GROUP BY 1, 2, 3, 4, 5, 6$$,
    $$SELECT month, provider, payer, region, transfer_kind, transfer_destination, charges, trim_scale(quantity)
      FROM line WHERE charged_meter = 'egress'$$, 'lines of transfer have the charges and data of theirs');
SELECT set_eq(
    $$SELECT month, provider, payer, region, sku, purchase_option, trim_scale(sum(cost)) AS c,
             trim_scale(sum(catalog_cost)) AS k
      FROM machine WHERE reason IS NULL GROUP BY 1, 2, 3, 4, 5, 6$$,
    $$SELECT month, provider, payer, region, sku, purchase_option, trim_scale(sum(billed)) AS c,
             trim_scale(sum(total(by_catalog))) AS k
      FROM record
      WHERE charged_meter = 'compute' AND num_nonnulls(reason, licence) = 0 AND billed IS NOT NULL
      GROUP BY 1, 2, 3, 4, 5, 6$$, 'and of those with a price, to the last digit the costs');
SELECT cmp_ok((SELECT count(*)::integer FROM machine WHERE catalog_cost > 0), '>', 20, 'of which there are some');
SELECT ok((SELECT count(*) FROM machine WHERE reason IS NULL AND sku = 'p5.48xlarge' AND month = '2026-03-01'
             AND catalog_price > 40 AND catalog_price < 60) > 0,
          'and if a price changes within a month, each day has its own');
-- A bill is split once for each line, not for each record: a share of it may differ in the last of ten decimals.
SELECT is_empty(
    $$SELECT t.month, t.payer, t.catalog_cost, l.by_catalog
      FROM (SELECT month, provider, payer, region, transfer_kind, transfer_destination,
                   sum(catalog_cost) AS catalog_cost
            FROM transfer GROUP BY 1, 2, 3, 4, 5, 6 HAVING count(reason) = 0) AS t
      JOIN line AS l ON l.charged_meter = 'egress' AND l.unknown = 0
       AND (l.month, l.provider, l.payer, l.region, l.transfer_kind, coalesce(l.transfer_destination, ''))
         = (t.month, t.provider, t.payer, t.region, t.transfer_kind, coalesce(t.transfer_destination, ''))
      WHERE abs(t.catalog_cost - l.by_catalog) > 0.0000000001 * l.records$$, 'transfer costs what its records cost');
SELECT ok(abs(t.cost - r.cost) < 0.00000001 AND t.cost > 100, 'and the bills are whole')
FROM (SELECT sum(catalog_cost) AS cost FROM transfer) AS t
CROSS JOIN (SELECT sum(total(by_catalog)) AS cost FROM record
            WHERE charged_meter = 'egress' AND billed IS NOT NULL AND reason IS NULL) AS r;

-- ---- settings ---------------------------------------------------------------

SET LOCAL timezone = 'America/St_Johns';
SET LOCAL datestyle = 'German';
SET LOCAL extra_float_digits = -15;
SET LOCAL enable_hashjoin = off;
SELECT set_eq('SELECT * FROM accelcost.charge_vs_catalog()', 'SELECT * FROM machine', 'no setting changes a line');

SELECT * FROM finish();
ROLLBACK;
