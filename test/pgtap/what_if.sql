-- The same usage elsewhere and at other prices: whole instances, the same
-- hours and bytes, and a rank only where all of it has a price.
BEGIN;
SELECT plan(48);

-- An accelerator of our own, so that no builtin offer stands beside these.
INSERT INTO accelcost.provider (provider, kind)
VALUES ('Alpha', 'neocloud'), ('Beta', 'neocloud'), ('Gamma', 'hyperscaler');
INSERT INTO accelcost.provider_alias (alias, provider) VALUES ('Alpha Inc.', 'Alpha');
INSERT INTO accelcost.accelerator (accelerator, kind, vendor, family)
VALUES ('Z1', 'gpu', 'Zeta', 'Z1'),
       ('Z1 80GB', 'gpu', 'Zeta', 'Z1'),
       ('Z1 40GB', 'gpu', 'Zeta', 'Z1'),
       ('Z2', 'gpu', 'Zeta', 'Z2');
INSERT INTO accelcost.offer (
    provider, sku, region, purchase_option, accelerator, gpu_count, price_basis, upfront, billing_increment_seconds,
    minimum_seconds)
VALUES ('Alpha', 'a8', 'r1', 'on_demand', 'Z1 80GB', 8, 'per_instance', NULL, 3600, 3600),
       ('Beta', 'b8', '*', 'on_demand', 'Z1 80GB', 8, 'per_instance', NULL, NULL, NULL),
       ('Beta', 'b1', '*', 'on_demand', 'Z1', 1, 'per_gpu', NULL, 1, 60),
       ('Beta', 'b3', '*', 'on_demand', 'Z1 80GB', 3, 'per_instance', NULL, 1, 60),
       ('Beta', 'spot8', '*', 'spot', 'Z1 80GB', 8, 'per_instance', NULL, 1, 60),
       ('Beta', 'other form', '*', 'on_demand', 'Z1 40GB', 8, 'per_instance', NULL, 1, 60),
       ('Gamma', 'from', '*', 'on_demand', 'Z1 80GB', 8, 'per_instance', NULL, 1, 60),
       ('Gamma', 'range', '*', 'on_demand', 'Z1 80GB', 8, 'per_instance', NULL, 1, 60),
       ('Gamma', 'unknown', '*', 'on_demand', 'Z1 80GB', 8, 'unknown', NULL, 1, 60),
       ('Gamma', 'host', '*', 'on_demand', 'Z1 80GB', 8, 'host_only', NULL, 1, 60),
       ('Gamma', 'upfront', '*', 'on_demand', 'Z1 80GB', 8, 'per_instance', 100, 1, 60),
       ('Gamma', 'euro', '*', 'on_demand', 'Z1 80GB', 8, 'per_instance', NULL, 1, 60);
INSERT INTO accelcost.offer_price (
    provider, sku, region, purchase_option, amount, price_low, price_high, currency, valid)
VALUES ('Alpha', 'a8', 'r1', 'on_demand', 40, NULL, NULL, 'USD', '[2026-01-01,)'),
       ('Beta', 'b8', '*', 'on_demand', 99, NULL, NULL, 'USD', '[2026-01-01,2026-07-31)'),
       ('Beta', 'b8', '*', 'on_demand', 32, NULL, NULL, 'USD', '[2026-07-31,)'),
       ('Beta', 'b1', '*', 'on_demand', 5, NULL, NULL, 'USD', '[2026-01-01,)'),
       ('Beta', 'b3', '*', 'on_demand', 12, NULL, NULL, 'USD', '[2026-01-01,)'),
       ('Beta', 'spot8', '*', 'spot', 9, NULL, NULL, 'USD', '[2026-01-01,)'),
       ('Beta', 'other form', '*', 'on_demand', 8, NULL, NULL, 'USD', '[2026-01-01,)'),
       ('Gamma', 'from', '*', 'on_demand', NULL, 10, NULL, 'USD', '[2026-01-01,)'),
       ('Gamma', 'range', '*', 'on_demand', NULL, 10, 33, 'USD', '[2026-01-01,)'),
       ('Gamma', 'unknown', '*', 'on_demand', 1, NULL, NULL, 'USD', '[2026-01-01,)'),
       ('Gamma', 'host', '*', 'on_demand', 1, NULL, NULL, 'USD', '[2026-01-01,)'),
       ('Gamma', 'upfront', '*', 'on_demand', 1, NULL, NULL, 'USD', '[2026-01-01,)'),
       ('Gamma', 'euro', '*', 'on_demand', 20, NULL, NULL, 'EUR', '[2026-01-01,)');
INSERT INTO accelcost.meter_tariff (provider, meter, kind, from_region, tariff, free_quantity, unit, unit_bytes, valid)
VALUES ('Alpha', 'egress', 'internet', 'r1', 'graduated: 0.1', 0, 'GiB', 1073741824, '[2026-01-01,)'),
       ('Beta', 'egress', 'internet', '*', 'graduated: 0', 0, 'GB', NULL, '[2026-01-01,)'),
       ('Gamma', 'egress', 'internet', '*', 'graduated: 0.2 upto 100, 0.05', 10, 'GB', 1000000000, '[2026-01-01,)');

INSERT INTO accelcost.usage (
    record_id, period_start, provider, payer, region, sku, workload, instance_hours, transfer_quantity, transfer_unit)
VALUES ('1', '2026-07-03', 'Alpha Inc.', 'acme', 'r1', 'a8', 'inference', 100, NULL, NULL),
       ('2', '2026-07-04', 'Alpha', 'acme', 'r1', 'a8', 'training', 20, 1000, 'GiB'),
       ('3', '2026-07-05', 'Alpha', 'acme', 'r1', NULL, 'inference', NULL, 500, 'GiB'),
       ('4', '2026-08-05', 'Alpha', 'acme', 'r1', 'a8', 'inference', 7, NULL, NULL);
CREATE TEMPORARY TABLE july AS SELECT * FROM accelcost.what_if('2026-07-15');

-- ---- what is carried where --------------------------------------------------

SELECT set_eq(
    'SELECT DISTINCT accelerator FROM july', '{Z1 80GB}'::text[],
    'the accelerator is that of the offer hired, where usage names none');
SELECT set_eq('SELECT sku FROM july', '{a8,b8,b1,b3,from,range,unknown,host,upfront,euro}'::text[],
    'offers of the accelerator, or of its family alone, and no other form of it, nor of another purchase option');
SELECT is(compute, 4800.0, 'where one is: the hours at the price') FROM july WHERE sku = 'a8';
SELECT is(egress, 150.0, 'what was sent is carried along, rows without machines too') FROM july WHERE sku = 'a8';
SELECT is(delta_vs_actual, 0.0, 'nothing changes where one is') FROM july WHERE sku = 'a8';
SELECT is(compute, 120 * 32.0, 'prices are those of the last day of the month') FROM july WHERE sku = 'b8';
SELECT is(delta_vs_actual, 3840.0 - 4950.0, 'the difference is that of all of it') FROM july WHERE sku = 'b8';
SELECT is(egress, 0.0, 'a free tariff costs 0, in whatever unit') FROM july WHERE sku = 'b8';
SELECT is(instance_hours, 960.0, 'a price for one accelerator is for as many instances of one')
FROM july
WHERE sku = 'b1';
SELECT is(compute, 960 * 5.0, 'and costs as much for each') FROM july WHERE sku = 'b1';
SELECT is(instance_hours, 360.0, 'eight accelerators take three instances of three') FROM july WHERE sku = 'b3';
SELECT is(compute, 360 * 12.0, 'instances are whole') FROM july WHERE sku = 'b3';
SELECT is(total_low, 120 * 10 + egress, 'a range has a low total') FROM july WHERE sku = 'range';
SELECT is(total, 120 * 33 + egress, 'and counts at its high one') FROM july WHERE sku = 'range';
-- 1500 GiB = 1610.612736 GB: 10 free, 90 at 0.2, the rest at 0.05
SELECT is(egress, 18 + 1510.612736 * 0.05, 'bytes are counted in the unit of the tariff, and the free ones once')
FROM july
WHERE sku = 'range';

-- ---- rank ------------------------------------------------------------------

SELECT results_eq('SELECT sku, rank FROM july WHERE rank IS NOT NULL ORDER BY rank, sku COLLATE "C"',
    $$VALUES ('b8', 1), ('range', 2), ('b3', 3), ('b1', 4), ('a8', 5)$$, 'rank is by total, the high one of a range');
SELECT results_eq('SELECT sku, reason FROM july WHERE rank IS NULL ORDER BY sku COLLATE "C"',
    $$
        VALUES ('euro', 'no exchange rate from EUR'),
               ('from', 'price range has no upper bound'),
               ('host', 'price without accelerators'),
             ('unknown', 'price basis unknown'),
             ('upfront', 'price with an upfront part')$$, 'what is not ranked says why');
SELECT is_empty(
    'SELECT * FROM july WHERE (rank IS NULL) <> (reason IS NOT NULL) OR (rank IS NULL) <> (total IS NULL) OR '
    '(rank IS NULL) <> (unpriced_rows > 0)',
    'a rank goes with a total and without a reason');
SELECT is_empty('SELECT * FROM july WHERE usage_rows <> 2', 'rows are counted that name machines');
SELECT is_empty(
    'SELECT * FROM july WHERE price_source IS NULL OR currency <> $$USD$$', 'each price says where it is from');
INSERT INTO accelcost.fx_rate (from_currency, to_currency, rate, valid)
VALUES ('EUR', 'USD', 1.25, '[2026-07-31,2026-08-01)');
SELECT is(total, 120 * 25 + egress, 'a price is exchanged at the rate of the last day')
FROM accelcost.what_if('2026-07-01')
WHERE sku = 'euro';
SELECT is(compute, 2400.0, 'a report may be in another currency')
FROM accelcost.what_if('2026-07-01', currency => 'EUR')
WHERE sku = 'euro';
SELECT is(total - delta_vs_actual, 4950.0 / 1.25, 'and what it did cost is, too')
FROM accelcost.what_if('2026-07-01', currency => 'EUR')
WHERE sku = 'euro';
DELETE FROM accelcost.fx_rate WHERE from_currency = 'EUR';

-- ---- what is asked ----------------------------------------------------------

SELECT is(total, 280.0, 'each month is by itself') FROM accelcost.what_if('2026-08-01') WHERE sku = 'a8';
SELECT is(compute, 4000.0, 'one workload alone')
FROM accelcost.what_if('2026-07-01', workload => 'inference')
WHERE sku = 'a8';
SELECT is(egress, 50.0, 'sends what it sent itself')
FROM accelcost.what_if('2026-07-01', workload => 'inference')
WHERE sku = 'a8';
SELECT set_eq(
    $$SELECT sku FROM accelcost.what_if('2026-07-01', purchase_option => 'spot')$$, '{spot8}'::text[],
    'one purchase option alone');
SELECT isnt_empty(
    $$SELECT * FROM accelcost.what_if('2026-07-01', accelerator => 'z1')$$, 'a family stands for its forms');
SELECT is_empty(
    $$SELECT * FROM accelcost.what_if('2026-07-01', accelerator => 'Z2')$$,
    'of an accelerator that was not hired there is nothing');
SELECT is_empty($$SELECT * FROM accelcost.what_if('2026-07-01', accelerator => 'Z1 40GB')$$, 'nor of another form');
SELECT is_empty($$SELECT * FROM accelcost.what_if('2025-01-01')$$, 'nor of a month without usage');
SELECT throws_ok('SELECT * FROM accelcost.what_if(NULL)', '22004', '"month" must not be null');
SELECT throws_ok(
    $$SELECT * FROM accelcost.what_if('2026-07-01', accelerator => 'Z9')$$, '22023', 'unknown accelerator "Z9"');
SELECT throws_ok(
    $$SELECT * FROM accelcost.what_if('2026-07-01', purchase_option => 'cheap')$$, '22023',
    'invalid value for parameter "purchase_option": "cheap"');

-- ---- what is unknown is not ranked -----------------------------------------

INSERT INTO accelcost.usage (record_id, period_start, provider, payer, region, sku, instance_hours, is_session)
VALUES ('5', '2026-08-06', 'Alpha', 'acme', 'r1', 'a8', 0.5, true),
       ('6', '2026-08-06', 'Alpha', 'acme', 'r1', 'a8', 0.25, true);
SELECT is(compute, 280 + 80.0, 'each session is billed by the increment of the offer')
FROM accelcost.what_if('2026-08-01')
WHERE sku = 'a8';
SELECT is(reason, 'billing increment of sessions unknown', 'and cannot be where that is unknown')
FROM accelcost.what_if('2026-08-01')
WHERE sku = 'b8';
INSERT INTO accelcost.usage (record_id, period_start, provider, payer, region, sku, instance_hours)
VALUES ('7', '2026-07-06', 'Alpha', 'acme', 'r1', 'a8', NULL);
SELECT is_empty(
    $$SELECT * FROM accelcost.what_if('2026-07-01') WHERE rank IS NOT NULL$$, 'hours that are unknown are not 0');
DELETE FROM accelcost.usage WHERE record_id = '7';
INSERT INTO accelcost.usage (record_id, period_start, provider, payer, region, sku, instance_hours)
VALUES ('8', '2026-07-06', 'Gamma', 'acme', NULL, 'unknown', 10);
SELECT is(delta_vs_actual, NULL, 'a difference from a cost that is unknown is unknown')
FROM accelcost.what_if('2026-07-01')
WHERE sku = 'a8';
DELETE FROM accelcost.usage WHERE record_id = '8';

-- ---- new prices -------------------------------------------------------------

CREATE TEMPORARY TABLE staged (
    provider text, sku text, amount text, model text, input_price numeric, output_price numeric);
INSERT INTO staged
VALUES ('alpha inc', 'a8', '44', NULL, NULL, NULL),
       ('OpenAI', NULL, NULL, 'gpt-5', 1, 8),
       ('Beta', 'b8', '1', NULL, NULL, NULL);
INSERT INTO accelcost.usage (
    record_id, period_start, provider, model, uncached_input_tokens, output_tokens, cache_read_tokens)
VALUES ('t1', '2026-07-03', 'OpenAI', 'gpt-5', 4000000, 1000000, 0),
       ('t2', '2026-07-03', 'OpenAI', 'gpt-4o', 4000000, 1000000, 0);
SELECT results_eq(
    $$
        SELECT provider, sku, model, usage_rows, cost_old, cost_new, delta, unpriced_rows
        FROM accelcost.price_impact('2026-07-01', 'staged')$$,
    $$
        VALUES ('Alpha', 'a8', NULL::text, 2::bigint, 4800.0, 5280.0, 480.0, 0::bigint),
               ('Beta', 'b8', NULL, 0, NULL, NULL, NULL, 0),
               ('OpenAI', NULL, 'gpt-5', 1, 15.0, 12.0, -3.0, 0)$$,
    'machines and models that were used, at both prices; the others are not touched');
SELECT is(reason, 'no usage of the month has this price', 'a new price that met no usage says so')
FROM accelcost.price_impact('2026-07-01', 'staged') WHERE sku = 'b8';
INSERT INTO accelcost.usage (record_id, period_start, provider, model, cache_read_tokens)
VALUES ('t3', '2026-07-03', 'OpenAI', 'gpt-5', 1000000);
SELECT results_eq(
    $$
        SELECT cost_old, cost_new, delta, unpriced_rows, reason
        FROM accelcost.price_impact('2026-07-01', 'staged')
        WHERE model = 'gpt-5'$$,
    $$VALUES (15.125, NULL::numeric, NULL::numeric, 1::bigint, 'no cache read price for model "gpt-5"')$$,
    'a new price that is missing is not 0');
SELECT is(cost_new, 280 * 1.1 + 88, 'sessions are billed at new prices by the same rules')
FROM accelcost.price_impact('2026-08-01', 'staged') WHERE sku = 'a8';
INSERT INTO staged VALUES ('Alpha', 'a8', '45', NULL, NULL, NULL);
SELECT throws_ok(
    $$SELECT * FROM accelcost.price_impact('2026-07-01', 'staged')$$, '22023',
    'more than one new price of "a8" at provider "Alpha"');
UPDATE staged SET sku = 'a9', amount = '-1' WHERE amount = '45';
SELECT throws_ok(
    $$SELECT * FROM accelcost.price_impact('2026-07-01', 'staged')$$, '22023',
    '"amount" of the new price of "a9" at provider "Alpha" must be a number of 0 or more');
SELECT throws_ok(
    $$SELECT * FROM accelcost.price_impact('2026-07-01', 'accelcost.usage')$$, '42703',
    'relation "accelcost.usage" is missing required columns of new prices');
SELECT throws_ok($$SELECT * FROM accelcost.price_impact('2026-07-01', NULL)$$, '22004',
                 '"new_prices" must not be null');

-- Shares of an accelerator stay shares where it is priced by itself, and are packed into whole ones elsewhere.
DELETE FROM accelcost.usage;
INSERT INTO accelcost.accelerator (accelerator, kind, vendor, family) VALUES ('own chip', 'gpu', 'Zeta', 'own chip');
INSERT INTO accelcost.offer (provider, sku, purchase_option, accelerator, gpu_count, price_basis)
VALUES ('Alpha', 'slice', 'on_demand', 'own chip', NULL, 'per_gpu'),
       ('Beta', 'node', 'on_demand', 'own chip', 8, 'per_instance');
INSERT INTO accelcost.offer_price (provider, sku, purchase_option, amount, valid)
VALUES ('Alpha', 'slice', 'on_demand', 5.55, '[2026-01-01,)'), ('Beta', 'node', 'on_demand', 30, '[2026-01-01,)');
INSERT INTO accelcost.usage (record_id, period_start, provider, sku, gpu_count, instance_hours)
SELECT n::text, '2026-07-03', 'Alpha', 'slice', 0.25, 1 FROM generate_series(1, 4) AS n;
SELECT results_eq(
    $$SELECT provider, sku, instance_hours, total, delta_vs_actual
      FROM accelcost.what_if('2026-07-01', 'own chip') ORDER BY rank$$,
    $$VALUES ('Alpha', 'slice', 1.0, 5.55, 0.0), ('Beta', 'node', 1.0, 30.0, 24.45)$$,
    'four quarters of an accelerator are one');
SET TRANSACTION READ ONLY;
SELECT lives_ok($$SELECT * FROM accelcost.what_if('2026-07-01')$$, 'a question is no change');

SELECT * FROM finish();
ROLLBACK;
