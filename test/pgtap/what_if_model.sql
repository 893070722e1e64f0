-- The tokens of a month at other sellers and of other models; and percentages that payers have negotiated, in
-- questions of what if as in reports.
BEGIN;
SELECT plan(20);

INSERT INTO accelcost.provider (provider, kind)
VALUES ('Alpha', 'api'), ('Beta', 'api'), ('Gamma', 'api'), ('Hire', 'neocloud'), ('Cloud', 'hyperscaler');
INSERT INTO accelcost.model (model) VALUES ('zed'), ('zed mini'), ('lost');
INSERT INTO accelcost.token_price (
    provider, model, service_tier, geo, input_price, output_price, cache_read_price, currency, context_threshold,
    threshold_strict, long_input_price, long_output_price, account, origin, valid, as_of)
VALUES ('Alpha', 'zed', 'standard', 'global', 1, 4, 0.1, 'USD', NULL, true, NULL, NULL, NULL, 'user',
        '[2026-01-01,2026-07-20)', '2026-07-01'),
       ('Alpha', 'zed', 'standard', 'global', 2, 8, 0.2, 'USD', NULL, true, NULL, NULL, NULL, 'user',
        '[2026-07-20,)', '2026-07-20'),
       ('Alpha', 'zed', 'batch', 'global', 0.5, 2, 0.05, 'USD', NULL, true, NULL, NULL, NULL, 'user',
        '[2026-01-01,)', '2026-07-01'),
       ('Beta', 'zed', 'standard', 'global', 3, 3, NULL, 'USD', NULL, true, NULL, NULL, NULL, 'user',
        '[2026-01-01,)', '2025-07-01'),
       ('Beta', 'zed', 'standard', 'eu', 4, 4, 0.4, 'EUR', NULL, true, NULL, NULL, NULL, 'user',
        '[2026-01-01,)', '2026-07-01'),
       ('Gamma', 'zed', 'standard', 'global', 2, 5, 0.5, 'USD', 1000, true, 4, 10, NULL, 'user',
        '[2026-01-01,)', '2026-07-01'),
       ('Gamma', 'zed', 'standard', 'global', 1, 1, 0.1, 'USD', NULL, true, NULL, NULL, 'vip', 'negotiated',
        '[2026-01-01,)', '2026-07-01'),
       ('Alpha', 'zed mini', 'standard', 'global', 0.1, 0.4, 0.01, 'USD', NULL, true, NULL, NULL, NULL, 'user',
        '[2026-01-01,)', '2026-07-01');

-- ---- who sells a model ----------------------------------------------------------

SELECT is_empty($$SELECT * FROM accelcost.what_if_model('2026-07-01')$$, 'a month without usage has no answer');
INSERT INTO accelcost.usage (record_id, period_start, provider, model, uncached_input_tokens, output_tokens)
VALUES ('1', '2026-07-03', 'Alpha', 'Zed', 2000000, 1000000), ('2', '2026-07-25', 'Alpha', 'zed', 1000000, 1000000);
CREATE TEMPORARY TABLE july AS SELECT * FROM accelcost.what_if_model('2026-07-15');
SELECT results_eq(
    $$SELECT provider, geo, rank, tokens, total, cost_per_million, delta_vs_actual, usage_rows, unpriced_rows
      FROM july ORDER BY rank, provider, geo$$,
    $$VALUES ('Beta', 'global', 1, 5000000.0, 15.0, 3.0, 15 - (2 + 4 + 2 + 8.0), 2::bigint, 0::bigint),
             ('Alpha', 'global', 2, 5000000, 22, 4.4, 6.0, 2, 0),
             ('Beta', 'eu', NULL, 5000000, NULL, NULL, NULL, 2, 0),
             ('Gamma', 'global', NULL, 5000000, NULL, NULL, NULL, 2, 2)$$,
    'the same tokens at the prices of each seller, on the last day of the month');
SELECT results_eq(
    'SELECT provider, geo, reason FROM july WHERE rank IS NULL ORDER BY provider',
    $$VALUES ('Beta', 'eu', 'no exchange rate from EUR'),
             ('Gamma', 'global', 'requests above 1000 input tokens to model "zed" are not recorded separately')$$,
    'a seller without a rank says why');
SELECT results_eq(
    'SELECT provider, price_as_of, is_old FROM july WHERE rank IS NOT NULL ORDER BY provider',
    $$VALUES ('Alpha', '2026-07-20'::date, false), ('Beta', '2025-07-01', true)$$, 'prices may be old');
SELECT is(is_old, false, 'unless more is allowed')
FROM accelcost.what_if_model('2026-07-01', max_age => '2 years') WHERE provider = 'Beta' AND geo = 'global';
INSERT INTO accelcost.fx_rate (from_currency, to_currency, rate, valid) VALUES ('EUR', 'USD', 1.25, '[2026-07-01,)');
SELECT is(total, 25.0, 'prices are exchanged')
FROM accelcost.what_if_model('2026-07-01') WHERE provider = 'Beta' AND geo = 'eu';
SELECT is(total, 12.0, 'into the currency asked for')
FROM accelcost.what_if_model('2026-07-01', currency => 'EUR') WHERE provider = 'Beta' AND geo = 'global';

-- ---- tiers and models -------------------------------------------------------------

SELECT results_eq(
    $$SELECT provider, service_tier, total FROM accelcost.what_if_model('2026-07-01', service_tier => 'Batch')$$,
    $$VALUES ('Alpha', 'batch', 5.5)$$, 'another tier is sold by those that have it');
SELECT is_empty($$SELECT * FROM accelcost.what_if_model('2026-07-01', service_tier => 'flex')$$, 'or by none');
SELECT results_eq(
    $$SELECT model, at_model, total FROM accelcost.what_if_model('2026-07-01', 'zed', at_model => 'ZED mini')$$,
    $$VALUES ('zed', 'zed mini', 0.3 + 0.8)$$, 'the tokens of one model at the prices of another');
SELECT is_empty($$SELECT * FROM accelcost.what_if_model('2026-07-01', at_model => 'lost')$$,
    'a model without a price is sold by none');
INSERT INTO accelcost.usage (record_id, period_start, provider, model, cache_read_tokens)
VALUES ('3', '2026-07-03', 'Alpha', 'zed', 10), ('4', '2026-07-03', 'Alpha', 'lost', 10);
SELECT is(reason, 'no cache read price for model "zed"', 'a kind of tokens without a price is not free')
FROM accelcost.what_if_model('2026-07-01') WHERE provider = 'Beta' AND geo = 'global';
SELECT results_eq(
    $$SELECT at_model, delta_vs_actual FROM accelcost.what_if_model('2026-07-01', 'lost', at_model => 'zed mini')$$,
    $$VALUES ('zed mini', NULL::numeric)$$, 'a model without a price can be compared, without a difference');
SELECT throws_ok('SELECT * FROM accelcost.what_if_model(NULL)', '22004', '"month" must not be null');
SELECT throws_ok($$SELECT * FROM accelcost.what_if_model('2026-07-01', service_tier => NULL)$$, '22004',
    '"service_tier" must not be null');

-- ---- negotiated percentages ---------------------------------------------------------

DELETE FROM accelcost.usage;
INSERT INTO accelcost.discount (provider, account, applies_to, item, percent, valid)
VALUES ('Alpha', 'acme', '*', '*', 10, '[2026-01-01,)'), ('Hire', 'acme', '*', '*', 12, '[2026-01-01,)'),
       ('Hire', 'half', 'hours', 'h8', 50, '[2026-01-01,)');
INSERT INTO accelcost.accelerator (accelerator, kind, vendor, family) VALUES ('Z8', 'gpu', 'Zeta', 'Z8');
INSERT INTO accelcost.offer (provider, sku, purchase_option, accelerator, gpu_count, price_basis)
VALUES ('Hire', 'h8', 'on_demand', 'Z8', 8, 'per_instance'), ('Hire', 'h1', 'on_demand', 'Z8', 1, 'per_gpu'),
       ('Cloud', 'c8', 'on_demand', 'Z8', 8, 'per_instance');
INSERT INTO accelcost.offer_price (provider, sku, purchase_option, account, origin, amount, valid)
VALUES ('Hire', 'h8', 'on_demand', NULL, 'user', 80, '[2026-01-01,)'),
       ('Hire', 'h1', 'on_demand', NULL, 'user', 10, '[2026-01-01,)'),
       ('Cloud', 'c8', 'on_demand', NULL, 'user', 72, '[2026-01-01,)'),
       ('Hire', 'h1', 'on_demand', 'vip', 'negotiated', 5, '[2026-01-01,)');
INSERT INTO accelcost.meter_tariff (provider, meter, kind, tariff, free_quantity, unit, unit_bytes, valid)
VALUES ('Hire', 'egress', 'internet', 'graduated: 0.1', 0, 'GB', 1e9, '[2026-01-01,)'),
       ('Cloud', 'egress', 'internet', 'graduated: 0.2', 0, 'GB', 1e9, '[2026-01-01,)');
INSERT INTO accelcost.usage (record_id, period_start, provider, payer, accelerator, gpu_count, instance_hours)
SELECT 'bare ' || payer, '2026-07-01', 'Hire', payer, 'z8', 1, 100
FROM unnest('{acme,half,vip,other}'::text[]) AS payer;
SELECT results_eq(
    'SELECT payer, total, reason FROM accelcost.usage_monthly() ORDER BY payer',
    $$VALUES ('acme', 880.0, NULL), ('half', NULL, 'sku is required: the on_demand price for accelerator "Z8" differs'),
             ('other', 1000, NULL), ('vip', 500, NULL)$$,
    'hours of an accelerator without a SKU have the percentage of the payer, if that of all offers is the same');
DELETE FROM accelcost.usage WHERE payer IN ('half', 'vip', 'other');
INSERT INTO accelcost.usage (record_id, period_start, provider, payer, transfer_quantity)
VALUES ('net', '2026-07-01', 'Hire', 'acme', 1000);
SELECT results_eq(
    $$SELECT provider, sku, rank, compute, egress, total, delta_vs_actual FROM accelcost.what_if('2026-07-01', 'Z8')
      ORDER BY provider, sku$$,
    $$VALUES ('Cloud', 'c8', 3, 7200.0, 200.0, 7400.0, 6432.0), ('Hire', 'h1', 1, 880, 88, 968, 0),
             ('Hire', 'h8', 2, 7040, 88, 7128, 6160)$$,
    'what_if deducts them: the offer that one is at costs what one paid');
INSERT INTO accelcost.usage (record_id, period_start, provider, payer, sku, instance_hours)
VALUES ('node', '2026-07-01', 'Hire', 'acme', 'h8', 10);
INSERT INTO accelcost.usage (record_id, period_start, provider, payer, model, output_tokens)
VALUES ('log', '2026-07-25', 'Alpha', 'acme', 'zed', 1000000);
CREATE TEMPORARY TABLE staged (provider text, sku text, amount numeric, model text, input_price numeric,
                               output_price numeric, origin text);
INSERT INTO staged VALUES ('Hire', 'h8', 100, NULL, NULL, NULL, NULL), ('Alpha', NULL, NULL, 'zed', 1, 10, NULL);
SELECT results_eq(
    $$SELECT provider, cost_old, cost_new FROM accelcost.price_impact('2026-07-01', 'staged')$$,
    $$VALUES ('Alpha', 7.2, 9.0), ('Hire', 704.0, 880.0)$$, 'price_impact deducts them from new prices, too');
UPDATE staged SET origin = 'negotiated';
SELECT results_eq(
    $$SELECT provider, cost_old, cost_new FROM accelcost.price_impact('2026-07-01', 'staged')$$,
    $$VALUES ('Alpha', 7.2, 10.0), ('Hire', 704.0, 1000.0)$$, 'but not from negotiated ones');
SELECT is(total, 7.2, 'what_if_model deducts them from the prices of sellers')
FROM accelcost.what_if_model('2026-07-01', 'zed') WHERE provider = 'Alpha';

SELECT * FROM finish();
ROLLBACK;
