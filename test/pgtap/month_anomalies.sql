-- Days unlike the same weekdays before: spikes, drops and what is new.
BEGIN;
SELECT plan(36);
SET LOCAL timezone = 'Australia/Lord_Howe'; -- no result depends on it

CREATE FUNCTION pg_temp.charged(day date, cost numeric, sku text DEFAULT 'a', provider text DEFAULT 'Seller',
                                tags jsonb DEFAULT NULL, category text DEFAULT 'Usage', effective numeric DEFAULT NULL)
    RETURNS void
    LANGUAGE sql AS $$
    INSERT INTO accelcost.charge (provider_name, billing_account_id, billing_period_start, charge_period_start,
                                  charge_category, billing_currency, billed_cost, effective_cost, service_name, sku_id,
                                  tags)
    VALUES (provider, 'acme', date_trunc('month', day::timestamp) AT TIME ZONE 'UTC', day::timestamp AT TIME ZONE 'UTC',
            category, 'USD', cost, effective, 'Machines', sku, tags);
$$;
CREATE FUNCTION pg_temp.found(first_day date, last_day date, by text DEFAULT 'provider', min_spend numeric DEFAULT 50,
                              basis text DEFAULT 'billed')
    RETURNS TABLE (day date, value text, kind text, cost numeric, z numeric, points integer, moved text)
    LANGUAGE sql AS $$
    SELECT day, value, kind, cost, z, points, moved FROM accelcost.anomalies(first_day, last_day, by, min_spend, basis)
$$;

-- ---- the worked example (A1) ---------------------------------------------------------

SELECT count(pg_temp.charged('2026-11-11'::date - 7 * n, (ARRAY[500, 520, 490, 510, 505, 495, 515, 500])[9 - n]))
FROM generate_series(1, 8) AS n;
SELECT pg_temp.charged('2026-11-11', 900), pg_temp.charged('2026-11-12', 1);
SELECT results_eq($$SELECT day, value, currency, kind, cost, expected, deviation, mad, z, points, moved, moved_cost,
    moved_deviation,
                           unpriced_rows, reason FROM accelcost.anomalies('2026-11-11', basis => 'billed')$$,
    $$VALUES ('2026-11-11'::date, 'Seller', 'USD', 'spike', 900::numeric, 502.5::numeric, 397.5::numeric, 7.5::numeric,
        35.7485::numeric, 8,
              'a', 900::numeric, 397.5::numeric, 0::bigint, NULL)$$, 'median 502.5, MAD 7.5, z 35.7485 (A1)');
SELECT is_empty($$SELECT * FROM pg_temp.found('2026-11-11', NULL, min_spend => 397.51)$$,
    'a deviation below min_spend is none');
SELECT isnt_empty($$SELECT * FROM pg_temp.found('2026-11-11', NULL, min_spend => 397.5)$$, 'one of min_spend is');
SELECT is_empty($$SELECT * FROM pg_temp.found('2026-11-12', '2026-12-31')$$, 'a day is judged once it is complete');
UPDATE accelcost.charge SET billed_cost = 541.4 WHERE billed_cost = 900;
SELECT is_empty($$SELECT * FROM pg_temp.found('2026-11-11', NULL, min_spend => 0)$$, '|z| below 3.5 is no anomaly');
UPDATE accelcost.charge SET billed_cost = 542 WHERE billed_cost = 541.4;
SELECT is((SELECT (kind, z) FROM pg_temp.found('2026-11-11', NULL, min_spend => 0)), ('spike'::text, 3.5524::numeric),
    '|z| from 3.5 on is one');
UPDATE accelcost.charge SET billed_cost = 0 WHERE billed_cost = 542;
SELECT is((SELECT (kind, cost, z) FROM pg_temp.found('2026-11-11', NULL)), ('drop'::text, 0::numeric,
    -45.1915::numeric), 'a day of nothing is a drop');
DELETE FROM accelcost.charge WHERE billed_cost = 0;
SELECT is((SELECT (kind, cost, z, moved) FROM pg_temp.found('2026-11-11', NULL)), ('drop'::text, 0::numeric,
    -45.1915::numeric, 'a'::text),
    'and so is a day without a charge');

-- The same, as usage.
INSERT INTO accelcost.provider (provider, kind, source) VALUES ('Nord', 'api', 'test');
INSERT INTO accelcost.token_price (provider, model, input_price, output_price, valid) VALUES ('Nord', 'plain', 1, 1,
    '[2025-01-01 00:00+00,)'),
    ('Nord', 'other', 1, 1, '[2025-01-01 00:00+00,)');
INSERT INTO accelcost.usage (record_id, period_start, provider, model, team, uncached_input_tokens)
SELECT n::text, '2026-11-11 10:00+00'::timestamptz - n * interval '168 hours', 'Nord', 'plain', 'red',
       (ARRAY[900, 500, 520, 490, 510, 505, 495, 515, 500])[1 + n] * 1000000 FROM generate_series(0, 8) AS n;
INSERT INTO accelcost.usage (record_id, period_start, provider, model) VALUES ('later', '2026-11-12Z', 'Nord', 'plain');
SELECT set_eq($$SELECT b, kind, z, moved FROM unnest('{provider,team,model,workload,total}'::text[]) AS b,
                LATERAL pg_temp.found('2026-11-11', '2026-11-12', b, basis => 'modelled')$$,
    $$SELECT unnest('{provider,team,model,workload,total}'::text[]) AS b, 'spike' AS k, 35.7485::numeric AS z,
        'plain' AS m$$, 'usage has the same spike, by any column');

-- ---- few points and no spread ------------------------------------------------------------

DELETE FROM accelcost.charge;
SELECT count(pg_temp.charged('2026-11-11'::date - 7 * n, 100)) FROM generate_series(0, 4) AS n;
SELECT pg_temp.charged('2026-12-31', 0);
SELECT is_empty($$SELECT * FROM pg_temp.found('2026-11-11', NULL, min_spend => 0)$$,
    'no spread and no deviation is no anomaly');
UPDATE accelcost.charge SET billed_cost = 149.99 WHERE charge_period_start = '2026-11-11Z';
SELECT is_empty($$SELECT * FROM pg_temp.found('2026-11-11', NULL)$$, 'without a spread the deviation decides alone');
UPDATE accelcost.charge SET billed_cost = 150 WHERE charge_period_start = '2026-11-11Z';
SELECT is((SELECT (kind, z, points) FROM pg_temp.found('2026-11-11', NULL)), ('spike'::text, NULL::numeric, 4),
    'from min_spend on');
SELECT set_eq($$SELECT day, kind, cost, points FROM pg_temp.found('2026-10-14', '2026-11-05')$$,
    $$VALUES ('2026-10-14'::date, 'new', 100::numeric, 0), ('2026-10-21', 'new', 100, 1), ('2026-10-28', 'new', 100, 2),
        ('2026-11-04', 'new', 100, 3)$$,
    'fewer than four weekdays before: new');
SELECT is_empty($$SELECT * FROM pg_temp.found('2026-10-14', '2026-11-05', min_spend => 101)$$,
    'unless it is below min_spend');
SELECT is_empty($$SELECT * FROM pg_temp.found('2026-01-01', '2026-01-31')$$, 'before the data there is nothing');

-- ---- a stolen key --------------------------------------------------------------------------

DELETE FROM accelcost.usage;
INSERT INTO accelcost.usage (record_id, period_start, provider, model, team, uncached_input_tokens)
SELECT n::text, '2026-11-11 10:00+00'::timestamptz - n * interval '24 hours', 'Nord', 'plain', 'red',
       (1000 + 300 * (abs(n) * 7 % 11)) * 1000000::bigint FROM generate_series(-1, 60) AS n;
SELECT is_empty($$SELECT * FROM pg_temp.found('2026-11-01', '2026-11-11', basis => 'modelled')$$,
    'noisy days are usual');
INSERT INTO accelcost.usage (record_id, period_start, provider, model, team, uncached_input_tokens)
VALUES ('small', '2026-11-09Z', 'Nord', 'other', 'red', 1000000), ('key', '2026-11-10Z', 'Nord', 'other', 'red',
    60000000),
       ('key 2', '2026-11-11Z', 'Nord', 'other', 'red', 70000000);
SELECT set_eq($$SELECT b, day, kind, moved FROM unnest('{provider,team}'::text[]) AS b,
    LATERAL pg_temp.found('2026-11-01', '2026-11-11', b, basis => 'modelled')$$,
    $$SELECT unnest('{provider,team}'::text[]) AS b, '2026-11-10'::date AS d, 'new' AS k, 'other' AS m$$,
        'a new model in a noisy series is not silent');
SELECT set_eq($$SELECT day, value, kind, cost FROM pg_temp.found('2026-11-01', '2026-11-11', 'model',
    basis => 'modelled')$$,
    $$VALUES ('2026-11-10'::date, 'other', 'new', 60::numeric), ('2026-11-11', 'other', 'new', 70)$$,
        'and by model it is a series of its own');
INSERT INTO accelcost.usage (record_id, period_start, provider, model, team, uncached_input_tokens)
VALUES ('unknown', '2026-11-07Z', 'Nord', 'unpriced', 'red', 100);
SELECT set_eq($$SELECT day, kind, moved, moved_cost, unpriced_rows, reason
    FROM accelcost.anomalies('2026-11-01', '2026-11-09', 'team')$$,
    $$VALUES ('2026-11-07'::date, 'new', 'unpriced', NULL::numeric, 1::bigint, 'no price for model "unpriced"')$$,
    'nor is one without a price');
SELECT is((SELECT (day, kind, cost, reason IS NULL) FROM accelcost.anomalies('2026-11-01', '2026-11-09', 'model')
    WHERE value = 'unpriced'),
    ('2026-11-07'::date, 'new'::text, NULL::numeric, false), 'by model, too: an unknown cost is not 0');
SELECT is_empty($$SELECT * FROM accelcost.anomalies('2026-11-01', '2026-11-09', 'team')
    WHERE value IS NULL$$, 'a series without a label needs records without one');

-- ---- categories, bills and labels ----------------------------------------------------------------

DELETE FROM accelcost.charge;
SELECT count(pg_temp.charged('2026-11-11'::date - n, 10, tags => CASE WHEN n % 2 = 0 THEN '{"team": "red"}'::jsonb END))
    FROM generate_series(-1, 60) AS n;
SELECT pg_temp.charged('2026-11-10', -90, NULL, category => 'Credit', tags => '{"Team": "red"}'),
    pg_temp.charged('2026-11-09', 80);
SELECT is((SELECT (kind, cost, moved) FROM pg_temp.found('2026-11-10', NULL)), ('drop'::text, -80::numeric,
    'Machines'::text), 'a credit makes a negative day');
SELECT is((SELECT (kind, cost, moved) FROM pg_temp.found('2026-11-09', NULL, 'team')
    WHERE value IS NULL), ('spike'::text, 80::numeric, 'a'::text),
    'charges without a team are a series');
INSERT INTO accelcost.cost_rule (name, priority, sku, team) VALUES ('a', 1, 'A', 'blue');
SELECT is((SELECT (value, kind, cost) FROM pg_temp.found('2026-11-09', NULL, 'team')), ('blue'::text, 'spike'::text,
    80::numeric), 'a rule gives them one');
UPDATE accelcost.charge SET beside = true, export_name = 'twin' WHERE billed_cost IN (-90, 80);
SELECT is_empty($$SELECT * FROM pg_temp.found('2026-11-01', '2026-11-11')$$, 'bills beside are not read');
SELECT is_empty($$SELECT * FROM pg_temp.found('2026-11-01', '2026-11-11', basis => 'effective')
    WHERE cost IS NOT NULL$$, 'a cost that no charge has is unknown');

-- A thing that is there for longer than 28 days is not new; a day whose cost is unknown is no point.
DELETE FROM accelcost.cost_rule;
DELETE FROM accelcost.charge;
SELECT count(pg_temp.charged('2026-11-11'::date - n, 500 + 100 * (n * 7 % 11), effective => CASE WHEN n NOT IN (7,
    21) THEN 10 END)),
       count(pg_temp.charged('2026-11-11'::date - n, CASE WHEN n < 2 THEN 60 ELSE 1 END, 'b',
           effective => CASE WHEN n = 0 THEN 100 END))
FROM generate_series(-1, 40) AS n;
SELECT is_empty($$SELECT * FROM pg_temp.found('2026-11-09', '2026-11-11')$$, 'what is older than 28 days is not new');
SELECT is((SELECT (kind, cost, expected, points) FROM accelcost.anomalies('2026-11-11', basis => 'effective')),
    ('new'::text, 110::numeric, NULL::numeric, 3), 'a day whose cost is unknown is no point');

-- A spike of one thing does not hide another that is new.
DELETE FROM accelcost.charge;
SELECT count(pg_temp.charged('2026-11-11'::date - n, CASE WHEN n = 0 THEN 9000 ELSE 100 END))
    FROM generate_series(-1, 60) AS n;
SELECT pg_temp.charged('2026-11-11', 400, 'c');
SELECT set_eq($$SELECT * FROM (SELECT kind, cost, moved, moved_cost FROM accelcost.anomalies('2026-11-11',
    basis => 'billed')) AS f$$,
    $$VALUES ('spike', 9400::numeric, 'a', 9000::numeric), ('new', 9400, 'c', 400)$$,
        'a spike hides nothing that is new');

-- ---- errors ----------------------------------------------------------------------------------------

SELECT throws_ok($$SELECT * FROM accelcost.anomalies(NULL)$$, '22004', '"first_day" must not be null',
    'a first day is needed');
SELECT throws_ok($$SELECT * FROM accelcost.anomalies('2026-11-02', '2026-11-01')$$, '22023',
    '"last_day" must not be before "first_day"', 'days are in order');
SELECT throws_ok($$SELECT * FROM accelcost.anomalies('-infinity')$$, '22023', NULL, 'and finite');
SELECT throws_ok($$SELECT * FROM accelcost.anomalies('2026-11-01', min_spend => -1)$$, '22023',
    '"min_spend" must be greater than or equal to 0', 'min_spend is 0 or more');
SELECT throws_ok($$SELECT * FROM accelcost.anomalies('2026-11-01', min_spend => NULL)$$, '22004',
    '"min_spend" must not be null', 'and not null');

-- ---- against plain SQL ------------------------------------------------------------------------------

DELETE FROM accelcost.cost_rule;
DELETE FROM accelcost.charge;
SELECT count(pg_temp.charged('2026-08-01'::date + (hashint8(i) & 127),
    round((hashint8(i * 3) % 5000) / 7.0 + CASE WHEN i % 97 = 0 THEN 3000 ELSE 100 END, 5),
                             'k' || i % 4, 'Seller ' || i % 11))
FROM generate_series(1::bigint, 3000) AS i;
SELECT pg_temp.charged('2027-01-01', 0);
CREATE TEMP TABLE series AS
SELECT provider_name, d::date AS day, coalesce(sum(billed_cost), 0) AS cost
FROM generate_series('2026-08-01'::timestamp, '2026-12-06', '1 day') AS d
CROSS JOIN (SELECT DISTINCT provider_name FROM accelcost.charge WHERE provider_name <> 'Seller') AS p
LEFT JOIN accelcost.charge AS c USING (provider_name)
WHERE c.charge_period_start AT TIME ZONE 'UTC' = d
GROUP BY 1, 2;
CREATE TEMP TABLE expected AS
SELECT provider_name, day, cost, m, mad
FROM (SELECT s.provider_name, q.day, coalesce(t.cost, 0) AS cost, s.since,
             (SELECT array_agg(coalesce(x.cost, 0)) FROM generate_series(1, 8) AS n LEFT
                 JOIN series AS x ON x.provider_name = s.provider_name AND x.day = q.day - 7 * n) AS v
      FROM (SELECT provider_name, min(day) AS since FROM series GROUP BY 1) AS s
      CROSS JOIN (SELECT '2026-10-15'::date + n AS day FROM generate_series(0, 40) AS n) AS q
      LEFT JOIN series AS t ON t.provider_name = s.provider_name AND t.day = q.day) AS p,
     LATERAL (SELECT (SELECT avg(x) FROM (SELECT x FROM unnest(v) AS x ORDER BY x OFFSET 3 LIMIT 2) AS two) AS m) AS c,
     LATERAL (SELECT (SELECT avg(x) FROM (SELECT abs(x - m) AS x FROM unnest(v) AS x
         ORDER BY 1 OFFSET 3 LIMIT 2) AS two) AS mad) AS e;
SELECT ok((SELECT count(*) > 20 AND count(*) < 400 FROM expected WHERE 0.6745 * abs(cost - m) >= 3.5 * mad
    AND abs(cost - m) >= 50), 'some days are anomalies, most are not');
SELECT set_eq($$SELECT value, day, cost, expected, mad, z FROM accelcost.anomalies('2026-10-15', '2026-11-24',
    basis => 'billed') WHERE kind <> 'new'$$,
    $$SELECT provider_name, day, cost, trim_scale(m) AS m, trim_scale(mad) AS mad,
        round(0.6745 * (cost - m) / nullif(mad, 0), 4) AS z FROM expected
      WHERE 0.6745 * abs(cost - m) >= 3.5 * mad AND abs(cost - m) >= 50$$, 'they are those of the definition');

SELECT * FROM finish();
ROLLBACK;
