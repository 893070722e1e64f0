-- What a million tokens costs on each offer by measured throughput, plans by names of the catalog, and results of
-- MLPerf Inference as MLCommons publishes them.
BEGIN;
SELECT plan(25);
SET LOCAL timezone = 'UTC';

-- Worked example: 8 B200 at 68.80 an hour, entry 5.1-0061 of MLPerf Inference v5.1, 102,909 tokens/s at 10,401 W.
SELECT results_eq(
    $$
        SELECT cost_per_million, kwh_per_million, tokens_per_second, is_exact, is_scaled, reason
        FROM accelcost.token_offers('llama2-70b-99', 'Offline', at => '2026-11-01')
        WHERE provider = 'CoreWeave' AND sku = 'B200 (8x)' AND entry_id = '5.1-0061'$$,
    $$VALUES (0.1857088409, 0.0280749629, 102909::float8, true, false, NULL::text)$$,
    'price / 3600 / tokens per second, and watts / tokens per second');
SELECT results_eq(
    $$
        SELECT cost_per_million, kwh_per_million
        FROM accelcost.token_offers('LLAMA2-70B-99', 'offline', 0.4, at => '2026-11-01')
        WHERE provider = 'CoreWeave' AND sku = 'B200 (8x)' AND entry_id = '5.1-0061'$$,
    'VALUES (0.4642721023, 0.0280749629)', 'at 40 % of the time, a token costs 1 / 0.4 times as much, in any case');

SELECT results_eq(
    $$SELECT count(*), count(tokens_per_second), count(watts),
        bool_and(is_audited) FROM accelcost.throughput WHERE builtin$$,
    'VALUES (1055::bigint, 797::bigint, 12::bigint, true)', 'the rounds are there');
SELECT is_empty(
    $$SELECT * FROM accelcost.throughput
      WHERE builtin AND num_nulls(CASE source WHEN 'MLPerf Inference v6.1' THEN '' ELSE entry_id END, source_url,
                                  submitter, system) > 0$$,
    'each result has its entry, unless the list has none, its page, submitter and system');

-- ---- a catalog of our own ----------------------------------------------------

INSERT INTO accelcost.provider (provider, kind) VALUES ('Rent', 'neocloud'), ('Talk', 'api');
INSERT INTO accelcost.model (model) VALUES ('tiny');
INSERT INTO accelcost.accelerator (accelerator, kind, vendor, family)
VALUES ('Z9 SXM', 'gpu', 'Z', 'Z9'), ('Z9 PCIe', 'gpu', 'Z', 'Z9'), ('Z9', 'gpu', 'Z', 'Z9');
INSERT INTO accelcost.offer (provider, sku, region, purchase_option, accelerator, gpu_count, price_basis, upfront)
VALUES ('Rent', 'four', '*', 'on_demand', 'Z9 SXM', 4, 'per_instance', NULL),
       ('Rent', 'four-each', '*', 'on_demand', 'Z9 SXM', 4, 'per_gpu', NULL),
       ('Rent', 'one', '*', 'on_demand', 'Z9 SXM', 1, 'per_instance', NULL),
       ('Rent', 'family', '*', 'on_demand', 'Z9', 4, 'per_instance', NULL),
       ('Rent', 'pcie', '*', 'on_demand', 'Z9 PCIe', 4, 'per_instance', NULL),
       ('Rent', 'euro', '*', 'on_demand', 'Z9 SXM', 4, 'per_instance', NULL),
       ('Rent', 'unknown', '*', 'on_demand', 'Z9 SXM', 4, 'unknown', NULL),
       ('Rent', 'upfront', '*', 'on_demand', 'Z9 SXM', 4, 'per_instance', 10);
INSERT INTO accelcost.offer_price (provider, sku, purchase_option, amount, currency, valid, as_of)
SELECT 'Rent', sku, 'on_demand', amount, currency, '[2026-01-01,)', '2026-07-01'
FROM (VALUES ('four', 36.0, 'USD'), ('four-each', 8, 'USD'), ('one', 10, 'USD'), ('family', 40, 'USD'), ('pcie',
    1, 'USD'),
             ('euro', 20, 'EUR'), ('unknown', 2, 'USD'), ('upfront', 3, 'USD')) AS t (sku, amount, currency);
INSERT INTO accelcost.throughput (model, accelerator, gpu_count, scenario, tokens_per_second, watts, source)
VALUES ('tiny', 'Z9 SXM', 4, 'Server', 1000, 3600, 'ours'), ('tiny', 'Z9 SXM', 4, 'Offline', 2000, NULL, 'ours');
INSERT INTO accelcost.token_price (provider, model, input_price, output_price, valid)
VALUES ('Talk', 'tiny', 0.5, 2, '[2026-01-01,)');
INSERT INTO accelcost.fx_rate (from_currency, to_currency, rate, valid, as_of)
VALUES ('EUR', 'USD', 1.5, '[2026-08-01,)', '2026-08-01');
INSERT INTO accelcost.grid_carbon (location, method, g_per_kwh, valid) VALUES ('ZZ', 'm', 400, '[2026-01-01,)');

-- 1 an hour at 1,000 tokens/s is 1 / 3.6 per million.
SELECT results_eq(
    $$
        SELECT offer_rank, kind, sku, cost_per_million, input_cost_per_million, is_exact, is_scaled, reason
        FROM accelcost.token_offers('tiny', 'Server', at => '2026-08-15')$$,
    $$
        VALUES (1::bigint, 'machine', 'euro', 8.3333333333, NULL::numeric, true, false, NULL),
               (2, 'machine', 'four-each', 8.8888888889, NULL, true, false, NULL),
               (3, 'machine', 'four', 10, NULL, true, false, NULL),
               (4, 'machine', 'family', 11.1111111111, NULL, false, false, NULL),
               (NULL, 'machine', 'unknown', NULL, NULL, true, false, 'the source does not say what the price is for'),
               (NULL, 'machine', 'upfront', NULL, NULL, true, false, 'the price has an upfront part'),
               (NULL, 'api', NULL, 2, 0.5, NULL, NULL, NULL)$$,
    'whole systems by cost, those without a price per machine after them, then APIs; another form is not the same');
SELECT results_eq(
    $$
        SELECT sku, cost_per_million, is_scaled
        FROM accelcost.token_offers('tiny', 'Server', at => '2026-08-15', scale => true)
        WHERE sku IN ('one', 'four')$$,
    $$VALUES ('four', 10.0, false), ('one', 11.1111111111, true)$$,
        'only if asked, systems are scaled, and it is said');
SELECT results_eq(
    $$
        SELECT DISTINCT kwh_per_million, co2_g_per_million
        FROM accelcost.token_offers('tiny', 'Server', at => '2026-08-15', location => 'ZZ') WHERE kind = 'machine'$$,
    'VALUES (1.0, 400.0)', '3.6 J per token are a kWh per million');
SELECT is_empty(
    $$
        SELECT * FROM accelcost.token_offers('tiny', 'Offline', at => '2026-08-15', location => 'ZZ')
        WHERE kwh_per_million IS NOT NULL OR co2_g_per_million IS NOT NULL$$,
            'power that was not measured is unknown');
SELECT results_eq(
    $$
        SELECT sku, reason FROM accelcost.token_offers('tiny', 'Server', at => '2026-07-15') WHERE sku = 'euro'$$,
    $$VALUES ('euro', 'no exchange rate from EUR to USD')$$, 'a currency without a rate has no cost');
INSERT INTO accelcost.discount (provider, account, percent, valid) VALUES ('Rent', 'acme', 25, '[2026-01-01,)');
SELECT results_eq(
    $$
        SELECT sku, cost_per_million FROM accelcost.token_offers('tiny', 'Server', at => '2026-08-15',
            account => 'acme')
        WHERE sku = 'four'$$,
    $$VALUES ('four', 7.5)$$, 'an account has its discount');
SELECT results_eq(
    $$SELECT kind, reason FROM accelcost.token_offers('tinny')$$,
    $$VALUES ('machine', 'no throughput of model "tinny"; the nearest are "tiny", "resnet", "retinanet"')$$,
    'an unknown model is said, with the nearest names');
SELECT results_eq(
    $$SELECT kind, reason FROM accelcost.token_offers('tiny', 'Stream') ORDER BY kind DESC$$,
    $$VALUES ('machine', 'no throughput of model "tiny" in scenario "Stream"; known are Offline, Server'),
        ('api', NULL)$$,
    'and so is a scenario');
SELECT throws_ok($$SELECT * FROM accelcost.token_offers('tiny', utilisation => 0)$$, '22023', NULL,
    'nothing used has no cost');
SELECT throws_ok($$SELECT * FROM accelcost.token_offers('tiny', utilisation => 1.1)$$, '22023', NULL,
    'nor has more than all');

-- ---- plans --------------------------------------------------------------------

INSERT INTO accelcost.accelerator_figure (accelerator, figure, value) VALUES ('Z9 SXM', 'watts', 500);
INSERT INTO accelcost.accelerator_price (accelerator, price_low, price_high, currency, valid)
VALUES ('Z9 SXM', 10000, 20000, 'EUR', '[2026-01-01,)');
INSERT INTO accelcost.electricity_price (location, sector, price_per_kwh, currency, valid)
VALUES ('ZZ', 'industrial', 0.1, 'EUR', '[2026-01-01,)');
SELECT is(accelcost.own_plan('z9 sxm', 8, 'ZZ', pue => 1.5, at => '2026-08-15'),
          own_accelerator(30000, 8, 500::float8, 0.15, pue => 1.5),
              'an owned plan has the figures and prices of the catalog');
SELECT is(accelcost.own_plan('Z9 SXM', 8, 'YY', at => '2026-08-15'), NULL, 'and none at a place without electricity');
SELECT is(accelcost.own_plan('Z9 PCIe', 8, 'ZZ', at => '2026-08-15'), NULL, 'or without a price or watts');
SELECT is(accelcost.own_plan('H100 SXM5 80GB', units => 8, place => 'US-VA', at => '2026-08-15'),
          own_accelerator(240000, 1, 5600, 0.0892), 'eight H100 in Virginia');
SELECT is(accelcost.rent_plan('CoreWeave', 'H100 (8x)', at => '2026-08-15'), rent_accelerator(49.24),
          'an offer is rented whole');
SELECT is(accelcost.rent_plan('Rent', 'four', units => 6, at => '2026-08-15'),
          rent_accelerator(36, units => 6, units_per_instance => 4), 'in whole machines');
SELECT is(accelcost.rent_plan('Rent', 'four-each', units => 6, at => '2026-08-15'), rent_accelerator(8, units => 6),
          'or one by one, if that is the price');
SELECT is(accelcost.rent_plan('Rent', 'unknown', at => '2026-08-15'), NULL, 'what the price is for must be known');

-- ---- a round ------------------------------------------------------------------

CREATE TEMPORARY TABLE round (doc text);
INSERT INTO round VALUES ($$[
    {"ID": "9.9-0001", "Submitter": "S", "Category": "closed", "System": "Box", "Platform": "p", "Model": "tiny",
     "Scenario": "Offline", "Nodes": 2, "Accelerator": "z9 sxm", "a#": 4, "version": "v9.9", "errors": 0,
     "weight_data_types": "FP8", "Performance_Result": 4000.5, "Performance_Units": "Tokens/s",
     "Power_Result": 7000.25, "Power_Units": "Watts", "Software": "none", "Details": "https://example.org/1"},
    {"ID": "9.9-0001", "Submitter": "S", "Category": "closed", "System": "Box", "Platform": "p", "Model": "whisper",
     "Scenario": "Offline", "Nodes": 1, "Accelerator": "z9 sxm", "a#": 4, "version": "v9.9", "errors": 0,
     "weight_data_types": "fp8, fp16", "Performance_Result": 7, "Performance_Units": "Samples/s"},
    {"ID": "9.9-0002", "Submitter": "S", "Category": "open", "System": "Box", "Model": "tiny", "Scenario": "Offline",
     "version": "v9.9"},
    {"ID": "9.9-0003", "Submitter": "S", "Category": "closed", "System": "Box", "Model": "tiny", "Scenario": "Offline",
     "Nodes": 1, "Accelerator": "z9 sxm", "a#": 4, "version": "v9.9", "errors": 0}]$$);
SELECT results_eq(
    $$SELECT * FROM accelcost.import_throughput('round', 'mlperf')$$,
    $$
        VALUES ('MLPerf Inference v9.9', 4::bigint, 2::bigint, 0::bigint, 2::bigint,
                '{"no result (1, first row 4)","not of the closed division (1, first row 3)"}'::text[])$$,
    'a summary is loaded as it is');
SELECT results_eq(
    $$SELECT inserted, replaced FROM accelcost.import_throughput('round', 'mlperf')$$, 'VALUES (2::bigint, 2::bigint)',
    'twice is as once');
SELECT results_eq(
    $$
        SELECT model, accelerator, gpu_count, nodes, precision_name, tokens_per_second, result, result_unit,
            watts, entry_id,
               is_audited
        FROM accelcost.throughput WHERE source = 'MLPerf Inference v9.9' ORDER BY model$$,
    $$
        VALUES ('tiny', 'Z9 SXM', 8.0, 2, 'fp8', 4000.5::float8, NULL::float8, NULL, 7000.25::float8, '9.9-0001', true),
               ('whisper', 'Z9 SXM', 4, 1, 'mixed', NULL, 7, 'samples/s', NULL, '9.9-0001', true)$$,
    'with all accelerators of all nodes, the power, and the unit of what are no tokens');
SELECT * FROM finish();
ROLLBACK;
