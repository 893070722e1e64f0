-- Over a generated month of mixed usage: records, lines and bills agree to the
-- last digit, with sums that know nothing of groups.
BEGIN;
SELECT plan(9);
SET LOCAL timezone = 'UTC';

-- The same in every run: arithmetic on the number of the row.
INSERT INTO accelcost.usage (
    record_id, period_start, provider, payer, region, sku, instance_hours, model, team, workload, requests,
                             uncached_input_tokens, cache_read_tokens, output_tokens, transfer_quantity, transfer_unit)
SELECT i::text, timestamptz '2026-05-01' + i * interval '29 minutes 7.3 seconds', provider,
       (ARRAY['acme', 'beta', NULL])[1 + i / 7 % 3],
       CASE WHEN kind < 3 THEN (ARRAY['us-east-1', 'sa-east-1'])[1 + i % 2] WHEN kind = 3 THEN 'US' END,
       CASE WHEN kind = 2 THEN 'p5.48xlarge' WHEN kind = 3 THEN 'H100 (8x)' END,
       CASE WHEN kind IN (2, 3) THEN round((i * 7919 % 1000) / 37.0, 8) END,
       CASE WHEN kind = 4 THEN 'gpt-5' WHEN kind = 5 THEN 'gpt-4o' WHEN kind = 6 THEN 'mystery-' || i % 3 END,
       (ARRAY['a', 'b', 'c', NULL])[1 + i / 3 % 4], (ARRAY['inference', 'training'])[1 + i / 5 % 2], 1,
       CASE WHEN kind > 3 THEN i * 104729 % 9000 ELSE 0 END, CASE WHEN kind = 4 THEN i * 31 % 500 ELSE 0 END,
       CASE WHEN kind > 2 THEN i * 1299709 % 4000 ELSE 0 END,
       CASE WHEN kind < 3 AND i % 20 = 0 THEN -(i % 13) WHEN kind < 3 THEN round(i * 7907 % 100000 / 7.0, 6) END,
       CASE WHEN kind < 3 THEN (ARRAY['GiB', 'GB', NULL])[1 + i % 3] END
FROM generate_series(1::bigint, 3000) AS i,
     LATERAL (SELECT i % 7 AS kind) AS k,
     LATERAL (
         SELECT CASE WHEN kind < 3 THEN (ARRAY['AWS', 'Amazon Web Services'])[1 + i % 2]
                     WHEN kind = 3 THEN 'CoreWeave'
                     ELSE 'OpenAI' END AS provider) AS p;
CREATE TEMPORARY TABLE record AS SELECT * FROM accelcost.usage_cost();
CREATE TEMPORARY TABLE line AS SELECT * FROM accelcost.usage_monthly();

SELECT is(
    (SELECT sum(cost)::text FROM record),
    (SELECT sum(cost)::text FROM line),
    'records and lines cost the same, component by component');
SELECT is((SELECT sum(usage_rows) FROM line), 3000.0, 'each record is in one line');
SELECT is(
    (SELECT sum(tokens) FROM line),
    (SELECT sum(uncached_input_tokens + cache_read_tokens + output_tokens) FROM accelcost.usage),
    'with its tokens');
SELECT is(
    (SELECT sum(unpriced_rows) FROM line),
    (SELECT count(*) FROM record WHERE NOT is_complete)::numeric,
    'and is counted where it has no price');
SELECT is(
    (SELECT sum(total) FROM accelcost.inference_monthly()) + (SELECT sum(total) FROM accelcost.training_monthly()),
    (SELECT sum(total) FROM line),
    'the workloads are all of it');

-- Row by row, at the row's own time, with the look-ups that users have.
SELECT is((SELECT sum(component(cost, 'compute')) FROM record),
    (SELECT sum(CASE WHEN u.sku IS NOT NULL THEN u.instance_hours * h.amount
                     ELSE (
                         u.uncached_input_tokens * t.input_price
                             + u.cache_read_tokens * coalesce(t.cache_read_price, 0)
                             + u.output_tokens * t.output_price) / 1000000 END)
     FROM accelcost.usage AS u
     LEFT JOIN LATERAL accelcost.price_at(u.provider, u.sku, u.period_start, u.region) AS h ON u.sku IS NOT NULL
     LEFT JOIN LATERAL accelcost.token_price_at(
         u.provider, u.model, u.period_start
     ) AS t ON u.model IS NOT NULL), 'compute is what each row costs by itself');

-- The bills of data transfer: a payer's GiB of a month and region, the free 100 of both regions divided by quantity.
CREATE TEMPORARY TABLE sent AS
SELECT bill_month(period_start) AS month, payer, region,
       sum(transfer_quantity * CASE WHEN transfer_unit = 'GB' THEN 1000000000 / 1073741824.0 ELSE 1 END) AS gib
FROM accelcost.usage WHERE transfer_quantity IS NOT NULL GROUP BY 1, 2, 3;
CREATE TEMPORARY TABLE bill AS
SELECT s.month, s.payer,
       sum(
           tariff_cost(
               accelcost_internal.tariff_with_free(t.tariff_without_free, round(100 * s.gib / s.all_gib, 18), true),
               round(s.gib, 18))) AS bill
FROM (SELECT *, sum(gib) OVER (PARTITION BY month, payer) AS all_gib FROM sent) AS s
CROSS JOIN LATERAL accelcost.tariff_at('AWS', at => s.month::timestamptz, from_region => s.region) AS t
GROUP BY 1, 2;
SELECT is_empty($$SELECT b.month, b.payer, b.bill, l.egress FROM bill AS b
                  JOIN (
                      SELECT month, payer, sum(egress) AS egress FROM line WHERE provider = 'AWS' GROUP BY 1, 2
                  ) AS l ON l.month = b.month
                      AND l.payer IS NOT DISTINCT FROM b.payer
                  WHERE abs(b.bill - l.egress) > 1e-9$$, 'egress is the bill of each payer and month');
SELECT is(
    (SELECT count(*) FROM bill),
    (SELECT count(DISTINCT (month, payer)) FROM line WHERE provider = 'AWS'),
    'and there are as many');

-- A record in two parts is as good as one.
INSERT INTO accelcost.usage (
    record_id, period_start, provider, payer, region, sku, instance_hours, team, workload, transfer_quantity,
    transfer_unit)
SELECT record_id || '+', period_start, provider, payer, region, sku, instance_hours - 0.25, team, workload,
       transfer_quantity - 3, transfer_unit
FROM accelcost.usage
WHERE sku IS NOT NULL;
UPDATE accelcost.usage SET instance_hours = 0.25, transfer_quantity = transfer_quantity - (transfer_quantity - 3)
WHERE sku IS NOT NULL AND record_id NOT LIKE '%+';
SELECT is(
    (SELECT sum(cost)::text FROM accelcost.usage_monthly()),
    (SELECT sum(cost)::text FROM line),
    'a record that is split costs the same');

SELECT * FROM finish();
ROLLBACK;
