-- The cost of inference on machines, input and output apart: the worked example, rules, and generated months.
BEGIN;
SELECT plan(31);
SET LOCAL timezone = 'Pacific/Auckland';

INSERT INTO accelcost.provider (provider, kind) VALUES ('Nord', 'neocloud'), ('Seller', 'api'), ('Dear', 'api');
INSERT INTO accelcost.offer (provider, sku, purchase_option, accelerator, gpu_count, price_basis)
VALUES ('Nord', 'unit', 'on_demand', 'H100 SXM5 80GB', 1, 'per_instance'),
       ('Nord', 'host', 'on_demand', NULL, 1, 'per_instance');
INSERT INTO accelcost.offer_price (provider, sku, purchase_option, amount, currency, valid)
VALUES ('Nord', 'unit', 'on_demand', 2.5, 'USD', '[2026-01-01,)'),
       ('Nord', 'host', 'on_demand', 0.2, 'USD', '[2026-01-01,)');
INSERT INTO accelcost.token_price (provider, model, input_price, output_price, cache_read_price, currency, valid)
VALUES ('Seller', 'mine', 0.2, 0.6, 0.02, 'EUR', '[2026-01-01,)'), ('Dear', 'mine', 9, 9, 9, 'USD', '[2026-01-01,)'),
       ('Seller', 'uncached', 1, 2, NULL, 'USD', '[2026-01-01,)');
INSERT INTO accelcost.fx_rate (from_currency, to_currency, rate, valid, source, origin)
VALUES ('EUR', 'USD', 1.1, '[2026-01-01,)', 'test', 'negotiated');

CREATE FUNCTION pg_temp.used(VARIADIC rows jsonb[]) RETURNS void LANGUAGE sql AS $$
    DELETE FROM accelcost.usage;
    INSERT INTO accelcost.usage
    SELECT (jsonb_populate_record(NULL::accelcost.usage, jsonb_build_object(
        'source', 'test', 'record_id', n, 'period_start', '2026-07-02Z', 'provider', 'Nord', 'workload', 'inference',
        'uncached_input_tokens', 0, 'cache_read_tokens', 0, 'cache_write_5m_tokens', 0, 'cache_write_1h_tokens', 0,
        'output_tokens', 0, 'service_tier', 'standard', 'geo', 'global', 'is_session', false,
        'term_months', 0, 'purchase_option', 'on_demand', 'transfer_kind', 'internet', 'transfer_service', '*',
        'extra', '{}'::jsonb, 'pool', 'ml', 'sku', 'unit') || r)).*
    FROM unnest(rows) WITH ORDINALITY AS u (r, n);
$$;

-- ---- the worked example -----------------------------------------------------

-- An hour at 2.50, a fifth of an hour of idle, 0.50, and an hour of a router, 0.20: 3.20.
SELECT pg_temp.used('{"instance_hours": 1, "model": "mine"}', '{"instance_hours": 0.2}',
                    '{"sku": "host", "instance_hours": 1}',
                    '{"instance_hours": 0, "model": "mine", "uncached_input_tokens": 11200000, '
                    '"cache_read_tokens": 800000, "output_tokens": 3000000, "prefill_seconds": 600, '
                    '"decode_seconds": 600}') \g /dev/null
SELECT results_eq(
    $$SELECT basis, method, cost, input_cost, output_cost, round(cost_per_million, 10),
             round(input_cost_per_million, 10), round(output_cost_per_million, 10)
      FROM accelcost.inference_unit_cost('2026-07-20')$$,
    $$VALUES ('allocation', 'compute_time', 3.2, 1.6, 1.6, 0.2133333333, 0.1428571429, 0.5333333333),
             ('usage', 'compute_time', 2.5, 1.25, 1.25, 0.1666666667, 0.1116071429, 0.4166666667)$$,
    'O1: with idle and shared infrastructure, and without');
SELECT results_eq(
    $$SELECT tokens, input_tokens, cached_tokens, output_tokens FROM accelcost.inference_unit_cost('2026-07-20')
      WHERE basis = 'usage'$$,
    'VALUES (15000000.0, 11200000.0, 800000.0, 3000000.0)', 'cached tokens are not computed');
SELECT results_eq(
    $$SELECT api_provider, api_input_price, api_output_price, api_cost
      FROM accelcost.inference_unit_cost('2026-07-01') WHERE basis = 'usage'$$,
    $$VALUES ('Seller', 0.22, 0.66, 1.1 * (11.2 * 0.2 + 0.8 * 0.02 + 3 * 0.6))$$,
    'beside the cheapest seller of the model');

-- ---- rules ------------------------------------------------------------------

-- Model, basis, cost, and where they are known the costs of input and output; the reason.
CREATE FUNCTION pg_temp.shown(weights text DEFAULT 'gpu_hours', factor numeric DEFAULT NULL) RETURNS text
LANGUAGE sql AS $$
    SELECT string_agg(concat_ws(' ', coalesce(model, '-'), basis, method, coalesce(cost::text, 'NULL'),
                                input_cost || '+' || output_cost, reason), ', ' ORDER BY model, basis)
    FROM accelcost.inference_unit_cost('2026-07-01', weights => weights, factor => factor)
$$;
CREATE FUNCTION pg_temp.divided(rows text[], weights text, factor numeric) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    IF rows IS NOT NULL THEN
        PERFORM pg_temp.used(VARIADIC rows::jsonb[]);
    END IF;
    RETURN pg_temp.shown(weights, factor);
END
$$;
SELECT is(pg_temp.divided(rows, weights, factor), expected, rule)
FROM (VALUES
    (ARRAY['{"instance_hours": 2, "model": "m", "uncached_input_tokens": 10, "cache_read_tokens": null, '
           '"output_tokens": 5, "prefill_seconds": 3, "decode_seconds": 1}'], 'gpu_hours', NULL::numeric,
     'm allocation compute_time_uncorrected 5 3.75+1.25, m usage compute_time_uncorrected 5 3.75+1.25',
     'a log without cached tokens is not corrected, and says so'),
    (ARRAY['{"instance_hours": 2, "model": "m", "uncached_input_tokens": 10, "output_tokens": 5}'], 'gpu_hours', NULL,
     'm allocation 5 prefill_seconds and decode_seconds are required, or a factor, '
     'm usage 5 prefill_seconds and decode_seconds are required, or a factor', 'without seconds nothing is assumed'),
    (NULL, 'gpu_hours', 4, 'm allocation factor 5 1.666666666666666667+3.333333333333333333, '
     'm usage factor 5 1.666666666666666667+3.333333333333333333', 'unless you state a factor'),
    (ARRAY['{"instance_hours": 2, "model": "m", "uncached_input_tokens": 10, "prefill_seconds": 3, '
           '"decode_seconds": 1}',
           '{"instance_hours": 0, "model": "m", "output_tokens": 10, "prefill_seconds": 3}'], 'gpu_hours', 1,
     'm allocation factor 5 2.5+2.5, m usage factor 5 2.5+2.5', 'seconds of some records are not those of all'),
    (ARRAY['{"instance_hours": 2, "model": "m", "output_tokens": null}'], 'gpu_hours', 1,
     'm allocation 5 tokens are unknown, m usage 5 tokens are unknown', 'unknown tokens'),
    (ARRAY['{"instance_hours": 1, "model": "a"}', '{"instance_hours": 3, "model": "b", "workload": "training"}',
           '{"instance_hours": 4}'], 'gpu_hours', NULL, 'a allocation 5, a usage 2.5',
     'training takes its share of idle'),
    (ARRAY['{"instance_hours": 12}', '{"sku": null, "instance_hours": 2, "gpu_count": 1, "model": "a", "team": "x"}',
           '{"sku": null, "instance_hours": 4, "gpu_count": 0.5, "model": "b", "team": "x"}',
           '{"sku": null, "instance_hours": 1, "gpu_count": 1, "team": "x"}'], 'gpu_hours', NULL,
     'a allocation 12, a usage 5, b allocation 12, b usage 5, - allocation 6, - usage 2.5',
     'pods hold a part of the machines; those without a model have a line of their own'),
    (ARRAY['{"instance_hours": 1, "model": "a"}', '{"instance_hours": 2, "team": "x"}', '{"instance_hours": 3}'],
     'gpu_hours', NULL, 'a allocation 5, a usage 2.5, - allocation 10, - usage 5', 'what teams do without a model'),
    (ARRAY['{"instance_hours": 12}', '{"instance_hours": 0, "model": "a", "output_tokens": 30}',
           '{"instance_hours": 0, "model": "b", "output_tokens": 10}'], 'tokens', 1,
     'a allocation factor 22.5 0+22.5, a usage factor NULL no GPU hours of the model are in pool "ml", '
     'b allocation factor 7.5 0+7.5, b usage factor NULL no GPU hours of the model are in pool "ml"',
     'by tokens; what was used alone is unknown'),
    (ARRAY['{"instance_hours": 12}'], 'gpu_hours', NULL, '- allocation 30, - usage 0', 'nobody uses it'),
    (ARRAY['{"instance_hours": 1, "pool": null, "model": "a"}', '{"instance_hours": 2, "pool": null}'],
     'gpu_hours', NULL,
     'a allocation 2.5, a usage 2.5, - allocation 5, - usage 5', 'machines without a pool'),
    (ARRAY['{"instance_hours": 1, "model": "a"}', '{"sku": "none", "instance_hours": 1}'], 'gpu_hours', NULL,
     'a allocation NULL no on_demand price for sku "none", a usage 2.5', 'idle without a price'),
    (ARRAY['{"instance_hours": 1, "model": "a"}', '{"sku": "none", "instance_hours": 1, "model": "a"}'],
     'gpu_hours', NULL,
     'a allocation NULL no on_demand price for sku "none", a usage NULL no on_demand price for sku "none"',
     'a machine without a price'),
    (ARRAY['{"instance_hours": 12}', '{"sku": null, "instance_hours": 2, "model": "a", "team": "x"}'],
     'gpu_hours', NULL,
     'a allocation NULL gpu_count is unknown: it is required where no sku states it, '
     'a usage NULL gpu_count is unknown: it is required where no sku states it, '
     '- allocation NULL gpu_count is unknown: it is required where no sku states it, - usage 0',
     'unknown GPUs of a pod'),
    (ARRAY['{"instance_hours": 2, "model": "a", "requests": 4}', '{"instance_hours": 1, "model": "b", "requests": 1}',
           '{"instance_hours": 2}'], 'requests', NULL, 'a allocation 9, a usage 5, b allocation 3.5, b usage 2.5',
     'idle by requests'),
    (ARRAY['{"pool": "gateway", "provider": "Seller", "sku": null, "model": "mine", "output_tokens": 9}'],
     'gpu_hours', NULL,
     NULL, 'what an API was paid for is no machine')
     ) AS t (rows, weights, factor, expected, rule);

SELECT pg_temp.used('{"instance_hours": 1, "model": "uncached", "uncached_input_tokens": 1000000, "output_tokens": 1}',
                    '{"instance_hours": 1, "model": "other"}') \g /dev/null
SELECT results_eq(
    $$SELECT model, api_provider, api_input_price, api_cost FROM accelcost.inference_unit_cost('2026-07-01')
      WHERE basis = 'usage'$$,
    $$VALUES ('other', NULL, NULL::numeric, NULL::numeric), ('uncached', 'Seller', 1, 1.000002)$$,
    'a model that nobody sells has no API');
UPDATE accelcost.usage SET cache_read_tokens = 5 WHERE model = 'uncached';
SELECT results_eq(
    $$SELECT api_provider, api_input_price, api_cost FROM accelcost.inference_unit_cost('2026-07-01', 'uncached')
      WHERE basis = 'usage'$$,
    $$VALUES ('Seller', 1::numeric, NULL::numeric)$$,
    'a seller without a price for cached tokens has prices, and no cost');
SELECT throws_ok(statement, sqlstate_expected, message, message)
FROM (VALUES
    ($$SELECT accelcost.inference_unit_cost(NULL)$$, '22004', '"month" must not be null'),
    ($$SELECT accelcost.inference_unit_cost('2026-07-01', weights => NULL)$$, '22004', '"weights" must not be null'),
    ($$SELECT accelcost.inference_unit_cost('2026-07-01', weights => 'x')$$, '22023',
     'invalid value for parameter "weights": "x"'),
    ($$SELECT accelcost.inference_unit_cost('2026-07-01', factor => 0)$$, '22023', '"factor" must be greater than 0')
     ) AS t (statement, sqlstate_expected, message);

-- ---- generated months -------------------------------------------------------

-- Models, training and idle on machines in pools and without, all with a price: the two bases, and the bill.
DELETE FROM accelcost.usage;
INSERT INTO accelcost.usage (record_id, period_start, provider, pool, sku, instance_hours, model, team, workload,
                             uncached_input_tokens, cache_read_tokens, output_tokens, prefill_seconds, decode_seconds)
SELECT i::text, '2026-07-01Z', 'Nord', 'pool ' || nullif(h % 5, 0), 'unit',
       CASE WHEN i % 3 = 0 THEN 0 ELSE h % 100003 / 7.0 END,
       CASE WHEN i % 4 > 0 THEN 'model ' || h % 11 END, CASE WHEN i % 8 <> 4 THEN 'team ' || h % 3 END,
       CASE WHEN h % 13 = 0 THEN 'training' ELSE 'inference' END, h % 100000, h % 7919, h % 50000,
       h % 1009 / 3.0, h % 4001 / 7.0
FROM generate_series(1::bigint, 2000) AS i
CROSS JOIN LATERAL (SELECT abs(hashint8extended(i, 5) % 1000000007) AS h) AS r;
CREATE TEMP TABLE cost AS SELECT * FROM accelcost.inference_unit_cost('2026-07-01');
SELECT is_empty('SELECT model, basis, reason FROM cost WHERE num_nulls(cost, input_cost) > 0', 'all is known');
SELECT is_empty(
    $$SELECT c.model, c.cost, e.cost FROM cost AS c
      FULL JOIN (SELECT u.model, round(sum(u.instance_hours * 2.5), 18) AS cost FROM accelcost.usage AS u
                 WHERE u.workload = 'inference' AND (u.pool IS NULL OR num_nonnulls(u.model, u.team) > 0)
                 GROUP BY 1) AS e ON e.model IS NOT DISTINCT FROM c.model
      WHERE c.basis = 'usage' AND c.cost IS DISTINCT FROM e.cost$$,
    'usage is the cost of the machines of the model');
-- What has neither model nor team in a pool is shared in proportion to the hours of the others, training as well.
SELECT is_empty(
    $$SELECT c.model, c.cost, e.cost FROM cost AS c
      JOIN (SELECT u.model, sum(u.instance_hours * 2.5 * CASE WHEN u.pool IS NULL THEN 1
                                                             ELSE 1 + p.idle / p.hours END) AS cost
            FROM accelcost.usage AS u
            LEFT JOIN (SELECT pool, sum(instance_hours) FILTER (WHERE num_nonnulls(model, team) = 0) AS idle,
                              sum(instance_hours) FILTER (WHERE num_nonnulls(model, team) > 0) AS hours
                       FROM accelcost.usage GROUP BY pool) AS p ON p.pool = u.pool
            WHERE u.workload = 'inference' AND (u.pool IS NULL OR num_nonnulls(u.model, u.team) > 0)
            GROUP BY 1) AS e ON e.model IS NOT DISTINCT FROM c.model
      WHERE c.basis = 'allocation' AND NOT abs(c.cost - e.cost) < 1e-8$$,
    'allocation has a share of the rest of each pool');
SELECT is_empty('SELECT * FROM cost WHERE input_cost + output_cost <> cost OR input_cost < 0',
                'input and output add up');
SELECT is_empty(
    $$SELECT * FROM cost
      WHERE NOT abs(input_cost - cost * prefill_seconds / (prefill_seconds + decode_seconds)) < 1e-9$$,
    'in proportion to their seconds');
UPDATE accelcost.usage SET workload = 'inference';
SELECT is(
    (SELECT sum(cost) FROM accelcost.inference_unit_cost('2026-07-01') WHERE basis = 'allocation'),
    (SELECT sum(total) FROM accelcost.inference_monthly('2026-07-01')),
    'allocation adds up to the bill');
SELECT * FROM finish();
ROLLBACK;
