-- The cost of shared machines by who used them: worked examples, rules and errors.
BEGIN;
SELECT plan(53);
SET LOCAL timezone = 'Pacific/Auckland';

INSERT INTO accelcost.provider (provider, kind) VALUES ('Nord', 'neocloud'), ('Home', 'own');
INSERT INTO accelcost.offer (provider, sku, purchase_option, accelerator, gpu_count, price_basis)
VALUES ('Nord', 'node', 'on_demand', 'H100 SXM5 80GB', 8, 'per_instance'),
       ('Nord', 'gpu', 'on_demand', 'H100 SXM5 80GB', 4, 'per_gpu'),
       ('Nord', 'unit', 'on_demand', 'H100 SXM5 80GB', 1, 'per_instance'),
       ('Nord', 'yen', 'on_demand', 'H100 SXM5 80GB', 2, 'per_instance'),
       ('Nord', 'host', 'on_demand', NULL, 1, 'per_instance'),
       ('Nord', 'moved', 'on_demand', 'H100 SXM5 80GB', 1, 'per_instance');
INSERT INTO accelcost.offer_price (provider, sku, purchase_option, amount, currency, valid)
VALUES ('Nord', 'node', 'on_demand', 49.24, 'USD', '[2026-01-01,)'),
       ('Nord', 'gpu', 'on_demand', 6.155, 'EUR', '[2026-01-01,)'),
       ('Nord', 'unit', 'on_demand', 1, 'USD', '[2026-01-01,)'),
       ('Nord', 'yen', 'on_demand', 700, 'XTS', '[2026-01-01,)'),
       ('Nord', 'host', 'on_demand', 0.2, 'USD', '[2026-01-01,)'),
       ('Nord', 'moved', 'on_demand', 40, 'USD', '[2026-01-01,2026-07-16 00:00Z)'),
       ('Nord', 'moved', 'on_demand', 20, 'USD', '[2026-07-16 00:00Z,)');
INSERT INTO accelcost.fx_rate (from_currency, to_currency, rate, valid, source, origin)
VALUES ('EUR', 'USD', 1.0837, '[2026-01-01,)', 'test', 'negotiated');
INSERT INTO accelcost.electricity_price (location, sector, price_per_kwh, currency, valid)
VALUES ('cellar', 'industrial', 0.2, 'USD', '[2026-01-01,)');

CREATE FUNCTION pg_temp.used(VARIADIC rows jsonb[]) RETURNS void LANGUAGE sql AS $$
    DELETE FROM accelcost.usage;
    INSERT INTO accelcost.usage
    SELECT (jsonb_populate_record(NULL::accelcost.usage, jsonb_build_object(
        'source', 'test', 'record_id', n, 'period_start', '2026-07-02Z', 'provider', 'Nord', 'workload', 'inference',
        'uncached_input_tokens', 0, 'cache_read_tokens', 0, 'cache_write_5m_tokens', 0, 'cache_write_1h_tokens', 0,
        'output_tokens', 0, 'service_tier', 'standard', 'geo', 'global', 'is_session', false,
        'term_months', 0, 'purchase_option', 'on_demand', 'transfer_kind', 'internet', 'transfer_service', '*',
        'extra', '{}'::jsonb, 'pool', 'ml') || r)).*
    FROM unnest(rows) WITH ORDINALITY AS u (r, n);
$$;
-- Team and cost, and the reason if there is one, of all lines.
CREATE FUNCTION pg_temp.shown(
    weights text DEFAULT 'gpu_hours', idle text DEFAULT NULL, capacity numeric DEFAULT NULL) RETURNS text
LANGUAGE sql AS $$
    SELECT string_agg(concat_ws(' ', CASE WHEN is_idle THEN 'idle' ELSE coalesce(team, '-') END,
                                coalesce(cost::text, 'NULL'), reason), ', '
                      ORDER BY pool, is_idle, team, model, feature)
    FROM accelcost.showback('2026-07-15', NULL, weights, idle, capacity)
$$;

-- ---- worked examples --------------------------------------------------------

SELECT pg_temp.used('{"sku": "node", "instance_hours": 744}',
                    '{"team": "A", "instance_hours": 2380, "gpu_count": 1}',
                    '{"team": "B", "instance_hours": 1041.5, "gpu_count": 1}',
                    '{"team": "C", "instance_hours": 744, "gpu_count": 0.25}',
                    '{"team": "C", "instance_hours": 744, "gpu_count": 0.25}',
                    '{"team": "C", "instance_hours": 744, "gpu_count": 0.25}',
                    '{"team": "C", "instance_hours": 744, "gpu_count": 0.25}',
                    '{"team": "A", "sku": "node", "instance_hours": 0, "output_tokens": 9000000000}',
                    '{"team": "B", "sku": "node", "instance_hours": 0, "output_tokens": 3000000000}',
                    '{"team": "C", "sku": "node", "instance_hours": 0, "output_tokens": 600000000}') \g /dev/null
SELECT is(pg_temp.shown(), 'A 14648.9, B 6410.4325, C 4579.32, idle 10995.9075',
          'S1: idle apart; four quarters are one GPU');
SELECT is(pg_temp.shown(idle => 'pro_rata'), 'A 20931.5214980194, B 9159.7393446165, C 6543.2991573641',
          'S2: idle pro rata');
SELECT results_eq(
    $$SELECT round(per_million(sum(cost - idle_cost), sum(tokens)), 6), round(per_million(sum(cost), sum(tokens)), 6)
      FROM accelcost.showback('2026-07-01', 'ml')$$,
    'VALUES (2.034814, 2.907505)', 'S4: cost per million busy and loaded');
SELECT results_eq(
    $$SELECT team, round(cost_per_million_busy, 6), round(cost_per_million_loaded, 6)
      FROM accelcost.showback('2026-07-01', 'ml')$$,
    $$VALUES ('A', 1.627656, 2.325725), ('B', 2.136811, 3.053246), ('C', 7.632200, 10.905499),
             (NULL, NULL::numeric, NULL::numeric)$$,
    'of each team; loaded has a share of idle also where idle is apart');
SELECT results_eq(
    $$SELECT team, cost_per_million_busy, cost_per_million_loaded FROM accelcost.showback('2026-07-01', 'ml')
      WHERE NOT is_idle$$,
    $$SELECT team, cost_per_million_busy, cost_per_million_loaded
      FROM accelcost.showback('2026-07-01', 'ml', idle => 'pro_rata')$$, 'and is the same where it is shared');
SELECT is(pg_temp.shown(idle => 'even'), 'A 18314.2025, B 10075.735, C 8244.6225',
          'idle in equal parts, 3665.3025 each');
SELECT results_eq(
    $$SELECT team, weight, round(share, 6) FROM accelcost.showback('2026-07-01')$$,
    $$VALUES ('A', 2380.0, 0.399866), ('B', 1041.5, 0.174983), ('C', 744, 0.125000), (NULL, 1786.5, 0.300151)$$,
    'shares are of the capacity, 5952 GPU hours');

SELECT pg_temp.used('{"sku": "gpu", "gpu_count": 1, "instance_hours": 24}',
                    format('{"team": "A", "instance_hours": 24, "gpu_count": %s}', 3 / 7.0)::jsonb,
                    format('{"team": "B", "instance_hours": 24, "gpu_count": %s}', 3 / 7.0)::jsonb) \g /dev/null
SELECT is((SELECT string_agg(cost::text, ' ' ORDER BY is_idle, team)
           FROM accelcost.showback('2026-07-01', currency => 'EUR')),
          '63.3085714286 63.3085714286 21.1028571428', 'S5: two MIG slices of 3/7 of a GPU');
CREATE TEMP TABLE slices AS SELECT * FROM (VALUES ('A', 72), ('B', 72)) AS s (team, weight);
SELECT is((SELECT string_agg(cost::text, ' ' ORDER BY is_idle, team)
           FROM accelcost.showback('2026-07-01', 'ml', 'slices'::regclass, capacity => 7 * 24, currency => 'EUR')),
          '63.3085714286 63.3085714286 21.1028571428', 'S5 with weights in slice hours, which are whole numbers');

-- AL-01: a pool for each resource of each cluster, at 1 a unit. Team ns1 has one container that is heavy on memory.
SELECT pg_temp.used('{"pool": "c1 cpu", "sku": "unit", "instance_hours": 11}',
                    '{"pool": "c1 ram", "sku": "unit", "instance_hours": 31}',
                    '{"pool": "c2 cpu", "sku": "unit", "instance_hours": 11}',
                    '{"pool": "c2 ram", "sku": "unit", "instance_hours": 11}',
                    '{"pool": "c1 cpu", "team": "ns1", "instance_hours": 3, "gpu_count": 1}',
                    '{"pool": "c1 ram", "team": "ns1", "instance_hours": 13, "gpu_count": 1}',
                    '{"pool": "c1 cpu", "team": "ns2", "instance_hours": 3, "gpu_count": 1}',
                    '{"pool": "c1 ram", "team": "ns2", "instance_hours": 3, "gpu_count": 1}',
                    '{"pool": "c2 cpu", "team": "ns2", "instance_hours": 3, "gpu_count": 1}',
                    '{"pool": "c2 ram", "team": "ns2", "instance_hours": 3, "gpu_count": 1}',
                    '{"pool": "c2 cpu", "team": "ns3", "instance_hours": 3, "gpu_count": 1}',
                    '{"pool": "c2 ram", "team": "ns3", "instance_hours": 3, "gpu_count": 1}') \g /dev/null
CREATE TEMP TABLE al_01 AS
SELECT s.team, sum(s.idle_cost) AS idle_cost, n.cost
FROM accelcost.showback('2026-07-01', idle => 'pro_rata') AS s
JOIN (VALUES ('ns1', 28), ('ns2', 36), ('ns3', 18)) AS n (team, cost) USING (team) GROUP BY s.team, n.cost;
SELECT results_eq('SELECT team, idle_cost FROM al_01 ORDER BY team',
                  $$VALUES ('ns1', 14.6875), ('ns2', 10.3125), ('ns3', 5)$$,
                  'AL-01: sharing conserves idle, 30 in all');
SELECT results_eq(
    $$SELECT team, round(cost + idle_cost + split_cost((SELECT cost + idle_cost FROM al_01 WHERE team = 'ns1'), cost)
                                                OVER (ORDER BY team), 3) FROM al_01 WHERE team <> 'ns1' ORDER BY team$$,
    $$VALUES ('ns2', 74.771), ('ns3', 37.229)$$, 'and a team that is shared in turn, 112 in all');

-- AL-02: a machine of 8 units at 10 an hour.
SELECT pg_temp.used('{"sku": "unit", "instance_hours": 10}') \g /dev/null
CREATE TEMP TABLE reserved AS SELECT * FROM (VALUES ('a', 3), ('b', 1)) AS s (team, weight);
CREATE TEMP TABLE consumed AS SELECT * FROM (VALUES ('a', 1), ('b', 1)) AS s (team, weight);
SELECT results_eq(
    $$SELECT cost FROM accelcost.showback('2026-07-01', 'ml', 'reserved'::regclass, capacity => 8)
      UNION ALL SELECT cost FROM accelcost.showback('2026-07-01', 'ml', 'consumed'::regclass, capacity => 8)
      UNION ALL SELECT cost FROM accelcost.showback('2026-07-01', 'ml', 'reserved'::regclass, 'pro_rata', 8)$$,
    'VALUES (3.75), (1.25), (5.00), (1.25), (1.25), (7.50), (7.50), (2.50)',
    'AL-02: by reservation, by use, and with idle in proportion to reservations');

-- ---- rules ------------------------------------------------------------------

-- Without rows, those of the line before are kept.
CREATE FUNCTION pg_temp.divided(rows text[], weights text, idle text, capacity numeric) RETURNS text
LANGUAGE plpgsql AS $$
BEGIN
    IF rows IS NOT NULL THEN
        PERFORM pg_temp.used(VARIADIC rows::jsonb[]);
    END IF;
    RETURN pg_temp.shown(weights, idle, capacity);
END
$$;
SELECT is(pg_temp.divided(rows, weights, idle, capacity), expected, rule)
FROM (VALUES
    (1, ARRAY['{"sku": "unit", "instance_hours": 12}',
              '{"sku": "unit", "instance_hours": 0, "team": "A", "output_tokens": 200, "requests": 1}',
              '{"sku": "unit", "instance_hours": 0, "team": "B", "output_tokens": 100, "requests": 3}'],
     'tokens', NULL, NULL, 'A 8 the capacity is unknown, and so is idle, B 4 the capacity is unknown, and so is idle',
     'tokens have no capacity'),
    (2, NULL, 'tokens', NULL, 600, 'A 4, B 2, idle 6', 'unless it is given'),
    (3, NULL, 'tokens', 'even', 600, 'A 7, B 5', 'idle in equal parts'),
    (4, NULL, 'tokens', NULL, 150, 'A 8, B 4', 'over capacity nothing is idle'),
    (5, NULL, 'requests', 'pro_rata', 8, 'A 3, B 9', 'by requests'),
    (6, NULL, 'gpu_hours', 'pro_rata', NULL,
     'A 0 no GPU hours are on the line of these tokens, B 0 no GPU hours are on the line of these tokens, idle 12',
     'nobody held it: all is idle, shared or not'),
    (7, ARRAY['{"sku": "unit", "instance_hours": 12}'], 'tokens', NULL, NULL, 'idle 12', 'nobody used it: all is idle'),
    (8, ARRAY['{"sku": "unit", "instance_hours": 4, "team": "A", "feature": "x"}',
              '{"sku": "unit", "instance_hours": 2, "team": "B"}', '{"sku": "unit", "instance_hours": 6}'],
     'gpu_hours', 'pro_rata', NULL, 'A 8, B 4', 'machines that are divided already'),
    (9, ARRAY['{"sku": "unit", "instance_hours": 4}', '{"sku": "none", "instance_hours": 0.001}',
              '{"team": "A", "instance_hours": 1, "gpu_count": 1}'],
     'gpu_hours', NULL, NULL,
     'A NULL no on_demand price for sku "none"',
     'one hour without a price: nothing is known'),
    (10, ARRAY['{"sku": "yen", "instance_hours": 4}', '{"team": "A", "instance_hours": 1, "gpu_count": 1}'],
     'gpu_hours', 'pro_rata', NULL, 'A NULL no exchange rate from XTS to USD on 2026-07-31', 'nor without a rate'),
    (11, ARRAY['{"sku": "unit", "instance_hours": null}', '{"team": "A", "instance_hours": 1, "gpu_count": 1}'],
     'gpu_hours', 'pro_rata', NULL, 'A NULL instance_hours are unknown', 'nor with unknown hours'),
    (12, ARRAY['{"sku": "unit", "instance_hours": 4}', '{"team": "A", "instance_hours": 1}',
               '{"team": "B", "instance_hours": 1, "gpu_count": 1}'],
     'gpu_hours', 'pro_rata', NULL,
     'A NULL gpu_count is unknown: it is required where no sku states it, '
     'B NULL gpu_count is unknown: it is required where no sku states it',
     'an unknown weight makes the others unknown'),
    (13, ARRAY['{"sku": "unit", "instance_hours": 4}',
               '{"sku": "unit", "instance_hours": 0, "team": "A", "output_tokens": null}',
               '{"sku": "unit", "instance_hours": 0, "team": "B", "output_tokens": 5}'],
     'tokens', NULL, NULL, 'A NULL tokens are unknown, B NULL tokens are unknown', 'unknown tokens'),
    (14, NULL, 'requests', NULL, NULL, 'A NULL requests are unknown, B NULL requests are unknown', 'unknown requests'),
    (24, ARRAY['{"sku": "unit", "instance_hours": 12}', '{"sku": "unit", "instance_hours": 0, "output_tokens": null}',
               '{"sku": "unit", "instance_hours": 0, "team": "B", "output_tokens": 5}'],
     'tokens', NULL, NULL, 'B NULL tokens are unknown, - NULL tokens are unknown', 'unknown tokens of nobody'),
    (15, ARRAY['{"team": "A", "instance_hours": 1, "gpu_count": 1}'], 'gpu_hours', NULL, NULL,
     'A NULL no record has the hours of this pool', 'pods without machines'),
    (16, ARRAY['{"sku": "unit", "instance_hours": 12}', '{"team": "A", "instance_hours": 8, "gpu_count": 1}',
               '{"team": "A", "instance_hours": -2, "gpu_count": 1, "feature": "corrected"}',
               '{"team": "B", "instance_hours": -3, "gpu_count": 1}'],
     'gpu_hours', NULL, NULL, 'A -2, A 8, B -3, idle 9', 'corrections'),
    (17, ARRAY['{"sku": "unit", "instance_hours": 12}', '{"team": "A", "instance_hours": -1, "gpu_count": 1}'],
     'gpu_hours', NULL, NULL, 'A NULL the net weight is negative, idle NULL the net weight is negative',
     'a month of corrections only'),
    (18, ARRAY['{"sku": "moved", "instance_hours": 744, "period_start": "2026-07-01Z", "period_end": "2026-08-01Z"}',
               '{"team": "A", "instance_hours": 1, "gpu_count": 1}'],
     'gpu_hours', 'pro_rata', NULL, 'A 22080', 'dated prices'),
    (19, ARRAY['{"sku": "unit", "instance_hours": 24, "period_start": "2026-07-31 12:00Z", '
               '"period_end": "2026-08-01 12:00Z"}', '{"team": "A", "instance_hours": 3, "gpu_count": 1}'],
     'gpu_hours', NULL, NULL, 'A 3, idle 9', 'hours over the end of the month'),
    (20, ARRAY['{"provider": "Home", "region": "cellar", "energy_kwh": 50}',
               '{"provider": "Home", "instance_hours": 3, "gpu_count": 2, "team": "A"}',
               '{"provider": "Home", "instance_hours": 3, "gpu_count": 1, "team": "B"}'],
     'gpu_hours', 'pro_rata', NULL, 'A 6.6666666667, B 3.3333333333', 'the energy of machines of your own'),
    (21, ARRAY['{"sku": "unit", "instance_hours": 12}', '{"sku": "host", "instance_hours": 10}',
               '{"team": "A", "instance_hours": 6, "gpu_count": 1}'],
     'gpu_hours', NULL, NULL, 'A 7, idle 7', 'a host without accelerators has a cost, and no GPU hours'),
    (22, ARRAY['{"sku": "host", "instance_hours": 10}', '{"sku": "host", "instance_hours": 10, "team": "A"}'],
     'gpu_hours', NULL, NULL, 'A 2, idle 2', 'unless no machine of the pool has accelerators'),
    (23, ARRAY['{"pool": null, "sku": "unit", "instance_hours": 12}',
               '{"pool": null, "sku": "unit", "instance_hours": 12, "team": "A"}'],
     'gpu_hours', NULL, NULL, NULL, 'without a pool nothing is shared')
     ) AS t (n, rows, weights, idle, capacity, expected, rule);

-- Weights of a relation: of teams only, of other types, for some pools and months, and with names of aliases.
SELECT pg_temp.used('{"sku": "unit", "instance_hours": 12}', '{"pool": "other", "sku": "unit", "instance_hours": 6}',
                    '{"pool": null, "sku": "unit", "instance_hours": 99}',
                    '{"sku": "unit", "instance_hours": 0, "team": "A", "model": "llama", "feature": "x", '
                    '"output_tokens": 2000000}',
                    '{"sku": "unit", "instance_hours": 0, "team": "A", "model": "gpt-5", "feature": "y", '
                    '"output_tokens": 4000000}') \g /dev/null
CREATE TEMP TABLE of_teams AS SELECT * FROM (VALUES ('A', 1.0::float8), ('B', 2.0)) AS s (team, weight);
SELECT results_eq(
    $$SELECT pool, team, model, feature, weight, cost, tokens, cost_per_million_loaded
      FROM accelcost.showback('2026-07-01', NULL, 'of_teams'::regclass)$$,
    $$VALUES ('ml', 'A', NULL, NULL, 1.0, 4.0, 6000000.0, 0.66666666666666666667),
             ('ml', 'B', NULL, NULL, 2, 8, 0, NULL),
             ('other', 'A', NULL, NULL, 1, 2, 0, NULL), ('other', 'B', NULL, NULL, 2, 4, 0, NULL)$$,
    'weights of teams divide all pools, and the tokens are those of the team');
CREATE TEMP TABLE of_models (month timestamptz, pool text, model varchar, team text, weight bigint, note text);
INSERT INTO of_models
VALUES ('2026-07-20Z', 'ml', 'GPT-5', 'A', 3, ''), (NULL, 'ml', 'llama', 'A', 1, ''),
       ('2026-08-01Z', 'ml', 'x', 'A', 9, ''),
       ('2026-07-20Z', 'other', 'x', 'C', 9, ''), (NULL, 'none', 'x', 'C', 9, '');
SELECT results_eq(
    $$SELECT pool, team, model, cost FROM accelcost.showback('2026-07-01', NULL, 'of_models'::regclass)$$,
    $$VALUES ('ml', 'A', 'gpt-5', 9.0), ('ml', 'A', 'llama', 3), ('other', 'C', 'x', 6)$$,
    'with a month and a pool they are for these, and models have the names of the catalog');
INSERT INTO of_models VALUES (NULL, 'ml', 'x', 'D', NULL, '');
SELECT results_eq(
    $$SELECT DISTINCT pool, cost, reason FROM accelcost.showback('2026-07-01', 'ml', 'of_models'::regclass)
      WHERE team = 'D'$$,
    $$VALUES ('ml', NULL::numeric, 'a weight is unknown')$$, 'a weight that is NULL is unknown');

-- Row security: a role that sees a part of the rows has no total.
CREATE ROLE month_reader;
GRANT SELECT ON accelcost.usage, accelcost.showback TO month_reader;
ALTER TABLE accelcost.usage ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_pool ON accelcost.usage TO month_reader USING (pool = 'other');
SET LOCAL ROLE month_reader;
CREATE TEMP TABLE seen AS
SELECT cost, reason FROM accelcost.showback('2026-07-01', NULL, 'tokens')
UNION ALL SELECT cost, reason FROM accelcost.showback
UNION ALL SELECT cost, reason FROM accelcost.inference_unit_cost('2026-07-01') WHERE basis = 'allocation';
RESET ROLE;
SELECT results_eq('SELECT DISTINCT cost, reason, count(*) OVER () FROM seen',
    $$VALUES (NULL::numeric, 'row security may hide rows of "accelcost.usage": the month''s total is unknown',
              3::bigint)$$, 'a part of the rows is no total');
ALTER TABLE accelcost.usage DISABLE ROW LEVEL SECURITY;

-- ---- errors -----------------------------------------------------------------

CREATE TEMP TABLE bare AS SELECT period_start, provider FROM accelcost.usage;
SELECT throws_ok(statement, sqlstate_expected, message, message)
FROM (VALUES
    ($$SELECT accelcost.showback(NULL)$$, '22004', '"month" must not be null'),
    ($$SELECT accelcost.showback('infinity')$$, '22023', '"month" must be finite'),
    ($$SELECT accelcost.showback('2026-07-01', 'ml', NULL::text)$$, '22004', '"weights" must not be null'),
    ($$SELECT accelcost.showback('2026-07-01', 'ml', NULL::regclass)$$, '22004', '"weights" must not be null'),
    ($$SELECT accelcost.showback('2026-07-01', 'ml', 'given')$$, '22023',
     'invalid value for parameter "weights": "given"'),
    ($$SELECT accelcost.showback('2026-07-01', idle => 'apart')$$, '22023',
     'invalid value for parameter "idle": "apart"'),
    ($$SELECT accelcost.showback('2026-07-01', 'ml', 'tokens', 'separate')$$, '22023',
     '"capacity" is required for idle => "separate"'),
    ($$SELECT accelcost.showback('2026-07-01', 'ml', 'of_teams'::regclass, 'even')$$, '22023',
     '"capacity" is required for idle => "even"'),
    ($$SELECT accelcost.showback('2026-07-01', 'ml', capacity => -1)$$, '22023',
     '"capacity" must be greater than or equal to 0'),
    ($$SELECT accelcost.showback('2026-07-01', 'ml', currency => 'usd')$$, '22023',
     'invalid value for parameter "currency": "usd"'),
    ($$SELECT accelcost.showback('2026-07-01', 'ml', source => NULL)$$, '22004', '"source" must not be null'),
    ($$SELECT accelcost.showback('2026-07-01', 'ml', source => 'bare')$$, '42703',
     'relation "bare" is missing a required column: pool'),
    ($$SELECT accelcost.showback('2026-07-01', 'ml', 'pg_class'::regclass)$$, '42703',
     'relation "pg_class" is missing required columns: team, weight')
     ) AS t (statement, sqlstate_expected, message);

SELECT * FROM finish();
ROLLBACK;
