-- What usage costs where something is taken back, tariffs follow one another
-- within a month, and quantities are unknown; and what_if between payers.
BEGIN;
SELECT plan(52);
SET LOCAL timezone = 'UTC';

CREATE FUNCTION pg_temp.used(VARIADIC rows jsonb[]) RETURNS void LANGUAGE sql AS $$
    DELETE FROM accelcost.usage;
    INSERT INTO accelcost.usage
    SELECT (jsonb_populate_record(NULL::accelcost.usage,
            '{"source": "test", "payer": "acme", "period_start": "2026-07-01Z", "uncached_input_tokens": 0, '
            '"cache_read_tokens": 0, "cache_write_5m_tokens": 0, "cache_write_1h_tokens": 0, '
            '"output_tokens": 0, "service_tier": "standard", "geo": "global", "is_session": false, "term_months": 0, '
            '"purchase_option": "on_demand", "workload": "inference", "transfer_kind": "internet", '
            '"transfer_service": "*", "extra": {}}'
            || jsonb_build_object('record_id', n) || r)).*
    FROM unnest(rows) WITH ORDINALITY AS u (r, n);
$$;
CREATE FUNCTION pg_temp.sent(quantity numeric, day text, region text DEFAULT NULL) RETURNS jsonb LANGUAGE sql AS $$
    SELECT jsonb_build_object(
        'provider', 'Nord', 'transfer_quantity', quantity, 'transfer_unit', 'GB', 'period_start',
        '2026-07-' || day || 'Z', 'region', region);
$$;
INSERT INTO accelcost.provider (provider, kind) VALUES ('Nord', 'neocloud');
CREATE FUNCTION pg_temp.tariffs(VARIADIC rows jsonb[]) RETURNS void LANGUAGE sql AS $$
    DELETE FROM accelcost.meter_tariff WHERE provider = 'Nord';
    INSERT INTO accelcost.meter_tariff
    SELECT (jsonb_populate_record(NULL::accelcost.meter_tariff,
            '{"provider": "Nord", "meter": "egress", "kind": "internet", "service": "*", "from_region": "*", '
            '"to_region": "*", "free_quantity": 0, "free_in_tiers": true, "free_per": "month", "currency": "USD", '
            '"unit": "GB", '
            '"unit_bytes": 1000000000, "source": "user", "origin": "user", "builtin": false, "extra": {}}'
                || r)).*
    FROM unnest(rows) AS r;
$$;

-- ---- tariffs of a month -------------------------------------------------------

-- Prices of others change within July, these do not.
SELECT pg_temp.tariffs('{"tariff": "graduated: 1 upto 100", "valid": "[2026-01-01,)"}') \g /dev/null
SELECT pg_temp.used(pg_temp.sent(-50, '02'), pg_temp.sent(90, '20')) \g /dev/null
SELECT is(egress, 40.0, 'a correction may come before what it corrects') FROM accelcost.usage_monthly();
SELECT pg_temp.used(pg_temp.sent(150, '01'), pg_temp.sent(-80, '20')) \g /dev/null
SELECT is(egress, 70.0, 'and the sum of the month is what has to fit the tiers') FROM accelcost.usage_monthly();
SELECT is(sum(cost)::text, '70 USD egress=70', 'of the records, too') FROM accelcost.usage_cost();

SELECT pg_temp.tariffs(
    '{"tariff": "graduated: 0", "valid": "[2026-01-01,2026-07-15)"}',
    '{"tariff": "graduated: 1 upto 950, 2", "valid": "[2026-07-15,)"}') \g /dev/null
SELECT pg_temp.used(pg_temp.sent(900, '01'), pg_temp.sent(100, '20')) \g /dev/null
SELECT is(egress, 150.0, 'a tariff goes on where a free one was') FROM accelcost.usage_monthly();
SELECT results_eq(
    $$SELECT record_id, component(cost, 'egress') FROM accelcost.usage_cost() ORDER BY 1$$,
    $$VALUES ('1', 135.0), ('2', 15.0)$$, 'and its bill is handed back by quantity');
SELECT pg_temp.tariffs(
    '{"tariff": "graduated: 1", "valid": "[2026-01-01,2026-07-15)"}',
    '{"tariff": "graduated: 2", "valid": "[2026-07-15,)"}') \g /dev/null
SELECT pg_temp.used(pg_temp.sent(-5, '01'), pg_temp.sent(100, '20')) \g /dev/null
SELECT results_eq(
    'SELECT egress, reason FROM accelcost.usage_monthly()',
    $$VALUES (NULL::numeric, 'the net quantity of egress is negative when the tariff changes')$$,
    'what was taken back before there was anything has no price');

SELECT pg_temp.tariffs(
    '{"from_region": "*", "tariff": "graduated: 1 upto 10, 2", "valid": "[2026-01-01,)", '
    '"origin": "third_party"}',
    '{"tariff": "graduated: 1 upto 10, 2", "valid": "[2026-07-15,)", "origin": "negotiated", '
    '"account": "acme"}') \g /dev/null
SELECT pg_temp.used(
    pg_temp.sent(10, '01'), pg_temp.sent(10, '20'), pg_temp.sent(10, '20') || '{"payer": "beta"}') \g /dev/null
SELECT results_eq('SELECT payer, egress, reason FROM accelcost.usage_monthly() ORDER BY payer',
    $$
        VALUES ('acme', NULL::numeric,
                'the tariff of egress is replaced within the month by one for other regions, accounts or currencies'),
               ('beta', 10.0, NULL)$$,
    'a tariff that rates others together does not go on where one was, nor start anew');
SELECT pg_temp.tariffs(
    '{"tariff": "graduated: 1 upto 100, 2", "valid": "[2026-01-01,2026-07-15)"}',
    '{"tariff": "graduated: 1000 upto 0.1, 2000", "unit": "TB", "unit_bytes": 1000000000000, '
    '"valid": "[2026-07-15,)"}') \g /dev/null
SELECT pg_temp.used(pg_temp.sent(50, '01'), pg_temp.sent(50, '20')) \g /dev/null
SELECT is(reason, 'the unit of the tariff of egress changes within the month', 'units are not added up')
FROM accelcost.usage_monthly();
SELECT pg_temp.tariffs(
    '{"tariff": "graduated: 1", "free_quantity": 10, "valid": "[2026-01-01,2026-07-15)"}',
    '{"tariff": "graduated: 1", "free_quantity": 20, "valid": "[2026-07-15,)"}') \g /dev/null
SELECT is(reason, 'the free quantity changes within the month', 'nor is one of two free quantities chosen')
FROM accelcost.usage_monthly();

SELECT pg_temp.tariffs(
    '{"tariff": "graduated: 1", "valid": "[2026-01-01,2026-07-15)"}',
    '{"tariff": "graduated: 1", "free_pool": "x", "valid": "[2026-07-15,)"}') \g /dev/null
SELECT is(reason, 'the free quantity changes within the month', 'nor do tariffs of two free pools have one bill')
FROM accelcost.usage_monthly();
SELECT pg_temp.tariffs(
    '{"tariff": "graduated: 1 upto 60, 2", "free_quantity": 50, "valid": "[2026-01-01,)"}',
    '{"tariff": "graduated: 1 upto 60, 2", "free_quantity": 50, "account": "acme", '
    '"origin": "negotiated", "valid": "[2026-07-15,)"}') \g /dev/null
SELECT pg_temp.used(pg_temp.sent(50, '01', 'a'), pg_temp.sent(50, '20', 'b')) \g /dev/null
SELECT results_eq(
    'SELECT egress, reason FROM accelcost.usage_monthly()',
    $$
        VALUES (NULL::numeric,
                'the tariff of egress is replaced within the month by one for other regions, accounts or currencies')
    $$,
    'a tariff is replaced also where nothing was sent from before');
SELECT pg_temp.tariffs(
    '{"tariff": "package 1000: 10", "valid": "[2026-01-01,2026-07-15)"}',
    '{"tariff": "graduated: 1", "free_quantity": 10, "valid": "[2026-07-15,)"}') \g /dev/null
SELECT is(reason, 'the free quantity changes within the month', 'a package with another tariff after it is no error')
FROM accelcost.usage_monthly();

-- tariffs that have a free quantity together
SELECT pg_temp.tariffs(
    '{"tariff": "graduated: 1", "from_region": "a", "free_quantity": 10, "free_pool": "p", '
    '"valid": "[2026-01-01,)", "unit_bytes": null}',
    '{"tariff": "graduated: 1", "from_region": "b", "free_quantity": 10, "free_pool": "p", '
    '"valid": "[2026-01-01,)"}') \g /dev/null
SELECT pg_temp.used(
    pg_temp.sent(5000, '01', 'a') || '{"team": "a"}', pg_temp.sent(50, '01', 'b') || '{"team": "b"}') \g /dev/null
SELECT results_eq(
    'SELECT team, egress, reason FROM accelcost.usage_monthly() ORDER BY team',
    $$
        VALUES ('a', NULL::numeric, 'size of a GB in the egress tariff is unknown'),
               ('b', NULL, 'quantities with the free quantity "p" are unknown, or of different units')$$,
    'what one of them uses is unknown unless all are');
SELECT pg_temp.tariffs(
    '{"tariff": "graduated: 1", "from_region": "a", "free_quantity": 10, "free_pool": "2", '
    '"valid": "[2026-01-01,)"}',
    '{"tariff": "graduated: 1", "from_region": "b", "free_quantity": 10, "valid": "[2026-01-01,)"}',
    '{"tariff": "graduated: 1", "from_region": "c", "free_quantity": 10, "valid": "[2026-01-01,)"}') \g /dev/null
SELECT pg_temp.used(pg_temp.sent(50, '01', 'a'), pg_temp.sent(50, '01', 'b'), pg_temp.sent(50, '01', 'c')) \g /dev/null
SELECT is(egress, 120.0, 'a free quantity may have any name') FROM accelcost.usage_monthly();
SELECT pg_temp.tariffs(
    '{"tariff": "package 1000: 10", "from_region": "a", "free_quantity": 100, "free_in_tiers": false, '
    '"free_pool": "p", "unit": "GiB", "unit_bytes": 1073741824, "valid": "[2026-01-01,)"}',
                       '{"tariff": "package 1000: 10", "from_region": "b", "free_quantity": 100, '
                       '"free_in_tiers": false, "free_pool": "p", "unit": "GiB", '
                       '"unit_bytes": 1073741824, "valid": "[2026-01-01,)"}') \g /dev/null
SELECT pg_temp.used(pg_temp.sent(1, '01', 'a'), pg_temp.sent(106.3741824, '01', 'b')) \g /dev/null
SELECT is(egress, 0.0, 'and what fits it, to the last byte, is free') FROM accelcost.usage_monthly();

-- ---- corrections of tokens ----------------------------------------------------

SELECT pg_temp.used(
    '{"provider": "OpenAI", "model": "gpt-5", "output_tokens": 3000000, "team": "a"}',
    '{"provider": "OpenAI", "model": "gpt-5", "output_tokens": -1000000, "team": "b"}',
    '{"provider": "OpenAI", "model": "gpt-5", "output_tokens": 0, "team": "c"}') \g /dev/null
SELECT results_eq(
    'SELECT team, priced_tokens, priced_cost, cost_per_million FROM accelcost.usage_monthly() ORDER BY team',
    $$VALUES ('a', 3000000.0, 30.0, 10.0), ('b', -1000000.0, -10.0, NULL), ('c', 0, 0, NULL)$$,
    'a line of corrections has negative priced tokens, and no cost per million');
SELECT results_eq(
    'SELECT 1000000 * sum(priced_cost) / sum(priced_tokens) FROM accelcost.usage_monthly()', 'VALUES (10.0)',
    'but the sums of lines have one');

-- ---- hours and tokens in different records ------------------------------------

SELECT pg_temp.used(
    '{"provider": "CoreWeave", "sku": "GB200 (72x)", "instance_hours": 300, "model": "m"}',
    '{"provider": "CoreWeave", "sku": "GB200 (72x)", "instance_hours": 0, "model": "m", '
    '"output_tokens": 9000000000}') \g /dev/null
SELECT results_eq(
    'SELECT total, priced_tokens, cost_per_million, unpriced_tokens FROM accelcost.inference_monthly()',
    'VALUES (NULL::numeric, 0.0, NULL::numeric, 9000000000.0)', 'tokens of a machine without a price are not free');
SELECT pg_temp.used(
    '{"provider": "CoreWeave", "sku": "H100 (8x)", "instance_hours": 100, "model": "m"}',
    '{"provider": "CoreWeave", "sku": "H100 (8x)", "instance_hours": 0, "model": "m", "output_tokens": 1000000000}',
                    '{"provider": "CoreWeave", "sku": "GB200 (72x)", "instance_hours": 100, '
                    '"model": "m"}',
                    '{"provider": "CoreWeave", "sku": "GB200 (72x)", "instance_hours": 0, '
                    '"model": "m", "output_tokens": 1000000000}') \g /dev/null
SELECT results_eq(
    'SELECT total, priced_tokens, cost_per_million, unpriced_tokens FROM accelcost.inference_monthly()',
    'VALUES (4924.0, 1000000000.0, 4.924, 1000000000.0)', 'nor do they share the cost of another');
SELECT pg_temp.used(
    '{"provider": "CoreWeave", "sku": "H100 (8x)", "instance_hours": 300, "model": "m", '
    '"uncached_input_tokens": 1000000000, "output_tokens": null}') \g /dev/null
SELECT results_eq(
    'SELECT total, cost_per_million, is_complete FROM accelcost.inference_monthly()',
    'VALUES (14772.0, NULL::numeric, true)',
    'tokens that are unknown have no cost per million, though the machine has a cost');

SELECT pg_temp.used(
    '{"provider": "CoreWeave", "sku": "H100 (8x)", "instance_hours": 300}',
    '{"provider": "CoreWeave", "sku": "H100 (8x)", "instance_hours": 0, "model": "m", '
    '"output_tokens": 1000}') \g /dev/null
SELECT results_eq(
    'SELECT model, total, cost_per_million FROM accelcost.inference_monthly() ORDER BY model',
    $$VALUES ('m', NULL::numeric, NULL::numeric), (NULL, 14772.0, NULL)$$,
    'tokens whose hours are on another line have no cost');
SELECT pg_temp.used(
    '{"provider": "CoreWeave", "sku": "H100 (8x)", "instance_hours": 100}',
    '{"provider": "CoreWeave", "accelerator": "H100 SXM5 80GB", "instance_hours": 0, '
    '"output_tokens": 1000}') \g /dev/null
SELECT results_eq(
    $$SELECT total, usage_rows, reason FROM accelcost.what_if('2026-07-01') WHERE rank = 1$$,
    $$SELECT 100 * 14.92, 1::bigint, NULL::text$$, 'and are no machine elsewhere');

-- ---- requests that are taken back -----------------------------------------------

SELECT pg_temp.used(
    '{"provider": "Google Gemini", "model": "gemini-2.5-pro", "requests": 1, "uncached_input_tokens": 300000, '
    '"output_tokens": 1000}',
                    '{"provider": "Google Gemini", "model": "gemini-2.5-pro", "requests": -1, '
                    '"uncached_input_tokens": -300000, "output_tokens": -1000}') \g /dev/null
SELECT results_eq(
    'SELECT total, tokens, is_complete FROM accelcost.inference_monthly()', 'VALUES (0.0, 0.0, true)',
    'a long request is taken back at its own price');
SELECT results_eq(
    'SELECT total(cost) FROM accelcost.usage_cost() ORDER BY record_id', 'VALUES (0.765), (-0.765)',
    'record by record');
SELECT pg_temp.used(
    '{"provider": "Google Gemini", "model": "gemini-2.5-pro", "requests": -10, '
    '"uncached_input_tokens": -3000000, "output_tokens": -1000}') \g /dev/null
SELECT is(
    reason, 'requests above 200000 input tokens to model "gemini-2.5-pro" are not recorded separately',
    'of many it is unknown how long they were')
FROM accelcost.inference_monthly();

-- ---- what is no number ------------------------------------------------------------

CREATE TEMPORARY VIEW odd AS
SELECT '2026-07-01Z'::timestamptz AS period_start, 'AWS'::text AS provider, 'us-east-1' AS region,
       NULL::text AS model, 'NaN'::float8 AS transfer_quantity, 0::float8 AS output_tokens, 'x'::text AS team
UNION ALL SELECT '2026-07-01Z', 'AWS', 'us-east-1', NULL, 5, 0, 'x'
UNION ALL
SELECT '2026-07-01Z', 'OpenAI', NULL, 'gpt-5', NULL, 'NaN', 'y'
UNION ALL
SELECT '2026-07-01Z', 'OpenAI', NULL, 'gpt-5', NULL, 1e30, 'z';
SELECT results_eq(
    'SELECT team, reason FROM accelcost.usage_monthly(source => $$odd$$) ORDER BY team',
    $$
        VALUES ('x', 'transfer_quantity is not a number'),
               ('y', 'tokens are unknown'),
               ('z', 'tokens are unknown')$$,
    'what the data hold is never an error');
SELECT is(count(*), 4::bigint, 'nor for its records') FROM accelcost.usage_cost('odd');

INSERT INTO accelcost.fx_rate (from_currency, to_currency, rate, valid) VALUES ('EUR', 'USD', 1.3, '[2026-01-01,)');
SELECT pg_temp.used('{"provider": "OpenAI", "model": "gpt-5", "uncached_input_tokens": 1234567}') \g /dev/null
SELECT ok(scale(compute) <= 18 AND compute = component(cost, 'compute'), 'columns have the decimals of the cost')
FROM accelcost.usage_monthly(currency => 'EUR');

-- ---- elsewhere, and at other prices -----------------------------------------------

INSERT INTO accelcost.offer_price (provider, sku, region, purchase_option, account, amount, valid, origin, source)
VALUES ('AWS', 'p5.48xlarge', 'us-east-1', 'on_demand', 'acme', 10, '[2026-01-01,)', 'negotiated', 'contract');
SELECT pg_temp.used(
    '{"provider": "CoreWeave", "sku": "H100 (8x)", "instance_hours": 100}',
    '{"provider": "CoreWeave", "payer": "beta", "sku": "H100 (8x)", "instance_hours": 1000}') \g /dev/null
SELECT results_eq(
    $$
        SELECT instance_hours, compute
        FROM accelcost.what_if('2026-07-01')
        WHERE sku = 'p5.48xlarge' AND region = 'us-east-1' AND purchase_option = 'on_demand'$$,
    'VALUES (1100.0, 100 * 10 + 1000 * 55.04)', 'a price that one payer negotiated is not that of another');
INSERT INTO accelcost.offer (provider, sku, purchase_option, accelerator, gpu_count, price_basis)
VALUES ('Nord', 'n8', 'on_demand', 'H100 SXM5 80GB', 8, 'per_instance');
INSERT INTO accelcost.offer_price (provider, sku, purchase_option, account, amount, valid, origin)
VALUES ('Nord', 'n8', 'on_demand', 'acme', 1, '[2026-01-01,)', 'negotiated');
SELECT results_eq(
    $$SELECT rank, total, reason FROM accelcost.what_if('2026-07-01') WHERE sku = 'n8'$$,
    $$VALUES (NULL::integer, NULL::numeric, 'negotiated for other accounts')$$,
    'an offer that only one has cannot carry all');
DELETE FROM accelcost.offer_price WHERE origin = 'negotiated';
SELECT pg_temp.used(
    '{"provider": "AWS", "region": "us-east-1", "sku": "p5.48xlarge", "instance_hours": 100}',
    '{"provider": "AWS", "region": "us-east-1", "sku": "p4d.24xlarge", "instance_hours": 100}',
                    '{"provider": "AWS", "region": "us-east-1", "transfer_quantity": 57000, '
                    '"transfer_unit": "GiB"}') \g /dev/null
SELECT results_eq(
    $$
        SELECT sku, egress, delta_vs_actual
        FROM accelcost.what_if('2026-07-01')
        WHERE provider = 'AWS' AND region = 'us-east-1' AND purchase_option = 'on_demand'
          AND sku IN ('p4d.24xlarge', 'p5.48xlarge') AND reason IS NULL
        ORDER BY sku$$,
    $$VALUES ('p4d.24xlarge', 2400.1, 0.0), ('p5.48xlarge', 2400.1, 0.0)$$,
    'to stay costs no more: machines of a payer share the bill of its egress');

SELECT pg_temp.used(
    '{"provider": "AWS", "region": "us-east-1", "sku": "p5.48xlarge", "instance_hours": 8}',
    '{"provider": "AWS", "region": "us-east-1", "sku": "p4d.24xlarge", "instance_hours": 16}',
    '{"provider": "AWS", "region": "us-east-1", "transfer_quantity": 1000, "transfer_unit": "GiB"}') \g /dev/null
SELECT results_eq(
    $$
        SELECT sku, delta_vs_actual
        FROM accelcost.what_if('2026-07-01')
        WHERE provider = 'AWS' AND region = 'us-east-1' AND purchase_option = 'on_demand'
          AND sku IN ('p4d.24xlarge', 'p5.48xlarge') AND reason IS NULL
        ORDER BY sku$$,
    $$VALUES ('p4d.24xlarge', 0.0), ('p5.48xlarge', 0.0)$$, 'whatever the shares are');
INSERT INTO accelcost.offer_price (provider, sku, purchase_option, amount, valid)
VALUES ('Nord', 'n8', 'on_demand', 16, '[2026-07-15,)');
SELECT pg_temp.used(
    '{"provider": "Nord", "sku": "n8", "instance_hours": 100}',
    '{"provider": "Nord", "sku": "n8", "instance_hours": 100, "period_start": "2026-07-20Z"}') \g /dev/null
SELECT results_eq(
    $$
        SELECT instance_hours, total, delta_vs_actual, usage_rows
        FROM accelcost.what_if('2026-07-01')
        WHERE sku = 'n8'$$,
    'VALUES (200.0, 3200.0, NULL::numeric, 2::bigint)', 'hours that had no price yet go elsewhere, too');
CREATE TEMPORARY VIEW endless AS
SELECT '2026-07-05Z'::timestamptz AS period_start, 'CoreWeave'::text AS provider, 'H100 (8x)'::text AS sku,
       'NaN'::numeric AS instance_hours, true AS is_session, 3e9 AS term_months;
SELECT is(count(*), 0::bigint, 'hours that are no number are no error there')
FROM accelcost.what_if('2026-07-01', source => 'endless')
WHERE rank IS NOT NULL;
SELECT pg_temp.used(
    '{"provider": "OpenAI", "period_start": "4714-11-24 00:00Z BC", "model": "gpt-5", '
    '"output_tokens": 1}') \g /dev/null
SELECT is(reason, 'period_start is unknown', 'nor is a time before all months') FROM accelcost.usage_monthly();

CREATE TEMPORARY TABLE staged (
    provider text, model text, input_price numeric, output_price numeric, long_input_price numeric,
    long_output_price numeric, context_threshold bigint, utc_from text, purchase_option text);
INSERT INTO staged VALUES ('OpenAI', 'gpt-5', 1, 10, 100, 1000, 64000);
SELECT pg_temp.used(
    '{"provider": "OpenAI", "model": "gpt-5", "requests": 1, "uncached_input_tokens": 100000, '
    '"output_tokens": 1000}',
    '{"provider": "OpenAI", "model": "gpt-5", "requests": 1, "uncached_input_tokens": 64000, '
    '"output_tokens": 1000}') \g /dev/null
SELECT results_eq(
    $$SELECT cost_old, cost_new FROM accelcost.price_impact('2026-07-01', 'staged')$$, 'VALUES (0.225, 11.074)',
    'requests are long by the new price');
UPDATE staged SET input_price = -1;
SELECT throws_ok(
    $$SELECT * FROM accelcost.price_impact('2026-07-01', 'staged')$$, '22023',
    'prices of tokens of the new price of "gpt-5" at provider "OpenAI" must be numbers of 0 or more');
UPDATE staged SET input_price = 1, utc_from = '06:00';
SELECT throws_ok(
    $$SELECT * FROM accelcost.price_impact('2026-07-01', 'staged')$$, '22023',
    'the new price of "gpt-5" at provider "OpenAI" is for a part of the week, which cannot be tried');
UPDATE staged SET utc_from = NULL, purchase_option = 'on demand';
SELECT throws_ok(
    $$SELECT * FROM accelcost.price_impact('2026-07-01', 'staged')$$, '22023',
    'unknown purchase_option "on demand" of the new price of "gpt-5" at provider "OpenAI"');

-- ---- the key of a record --------------------------------------------------

CREATE FUNCTION pg_temp.key_within(
    limits bigint[], provider text DEFAULT NULL, gpu_count numeric DEFAULT NULL, transfer_kind text DEFAULT NULL)
RETURNS bytea
LANGUAGE sql AS $$
    SELECT accelcost_internal.usage_key(
        '2026-07-01', NULL, provider, NULL, NULL, NULL, NULL, NULL, 'm', NULL, NULL, NULL, NULL, NULL, transfer_kind,
        NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, gpu_count, NULL, NULL, NULL, 1, NULL, 5, 0, 0, 0, 0,
        NULL, NULL, NULL, NULL, NULL, limits)
$$;
SELECT throws_ok(
    'SELECT accelcost_internal.usage_key(' || repeat('NULL, ', 39) || 'NULL)', '22004', '"limits" must not be null',
    'a key of nothing is refused');
SELECT throws_ok($$SELECT pg_temp.key_within('{0,0,0,0,NULL}')$$, '22004', '"limits[5]" must not be null');
SELECT throws_ok($$SELECT pg_temp.key_within('{{0,0,0,0,0}}')$$, '22023', '"limits" must be a one-dimensional array');
SELECT throws_ok(
    $$SELECT pg_temp.key_within('{1,0,0,0,0}')$$, '54000', 'the prices of the catalog change at too many points');
SELECT is(
    pg_temp.key_within((ARRAY[NULL, 0, 0, 0, 0, 0])[2 : 6]), pg_temp.key_within('{0,0,0,0,0}'),
    'a part without NULL of an array with NULL is as good as any other');
SELECT is(
    pg_temp.key_within('{0,0,0,0,0}', gpu_count => 2), pg_temp.key_within('{0,0,0,0,0}', gpu_count => 2.00),
    'equal numbers have equal keys');
SELECT isnt(
    pg_temp.key_within('{0,0,0,0,0}', provider => ''), pg_temp.key_within('{0,0,0,0,0}'),
    'no name is not an empty one');
SELECT is(
    pg_temp.key_within('{0,0,0,0,0}', transfer_kind => 'cdn'),
    pg_temp.key_within('{0,0,0,0,0}', transfer_kind => 'internet'),
    'what a record does not use is not in its key');
SELECT results_eq(
    $$SELECT month, provider, model, gpu_count, uses_uncached_input, is_one_request, size, price_window, term_months
      FROM accelcost_internal.usage_key_parts(pg_temp.key_within('{0,0,0,0,0}', repeat('x', 300), 0.50))$$,
    $$VALUES (date '2026-07-01', repeat('x', 300), 'm', 0.5, true, true, 0, 0, 0)$$,
    'a key is taken apart into what it was made of');
SELECT throws_ok(
    $$SELECT accelcost_internal.usage_key_parts('\x00')$$, '22023', 'invalid value for parameter "key"',
    'bytes that are no key are refused');
SELECT throws_ok(
    $$SELECT accelcost_internal.usage_key_parts(decode('01000000' || repeat('00', 8) || '01ff', 'hex'))$$, '22021',
    NULL, 'so is a name in another encoding');
SELECT throws_ok(
    $$SELECT accelcost_internal.usage_sums_parts('abc')$$, '22023', 'invalid value for parameter "state"',
    'so are sums of another size');
SELECT is(
    accelcost_internal.usage_sums_parts(accelcost_internal.usage_sums_add(
        accelcost_internal.usage_sums_merge(
            accelcost_internal.usage_sums_add(NULL, 9223372036854775807, 1, 0, NULL, NULL, -1), NULL),
        9223372036854775807, NULL, 0, NULL, NULL, 3))::text,
    '(18446744073709551614,1,0,,,2)',
    'sums are wider than what is added, and unknown if nothing is known');

SELECT * FROM finish();
ROLLBACK;
