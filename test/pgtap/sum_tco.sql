-- sum_tco(amount, currency, component) is sum(tco(amount, currency, component)).
BEGIN;
SELECT plan(18);
SET client_min_messages = warning;

SELECT setseed(0.42);
CREATE TEMP TABLE paid AS
SELECT i AS id, i % 11 AS team,
       CASE WHEN i % 13 > 0 THEN (random() - 0.3)::numeric * 10::numeric ^ (i % 15) / 7 END AS amount,
       CASE WHEN i % 17 > 0 THEN (ARRAY['USD', 'usd', 'Usd'])[1 + i % 3] END AS currency,
       CASE WHEN i % 19 > 0
            THEN (ARRAY['upfront', 'compute', 'energy', 'egress', 'storage', 'other', 'tax',
                'credit'])[1 + i % 8] END AS component
FROM generate_series(1, 20000) AS i;
ANALYZE paid;

SELECT is((SELECT sum_tco(amount, currency, component) FROM paid), (SELECT sum(tco(amount, currency, component))
    FROM paid),
          'it is the sum of the values');
SELECT is((SELECT total(sum_tco(amount, currency, component)) FROM paid),
          (SELECT sum(round(amount, 18)) FROM paid WHERE num_nulls(amount, currency, component) = 0),
          'with the total that numeric has');
SELECT results_eq('SELECT team, sum_tco(amount, currency, component) FROM paid GROUP BY 1 ORDER BY 1',
                  'SELECT team, sum(tco(amount, currency, component)) FROM paid GROUP BY 1 ORDER BY 1', 'in groups');
SELECT results_eq('SELECT id, sum_tco(amount, currency, component) OVER so_far FROM paid
    WINDOW so_far AS (PARTITION BY team ORDER BY id) ORDER BY 1',
                  'SELECT id, sum(tco(amount, currency, component)) OVER so_far FROM paid
    WINDOW so_far AS (PARTITION BY team ORDER BY id) ORDER BY 1',
                  'in running sums');
SELECT results_eq(
    'SELECT id, sum_tco(amount, currency, component) OVER (ORDER BY id ROWS BETWEEN 3 PRECEDING
        AND 1 PRECEDING) FROM paid WHERE id < 500 ORDER BY 1',
    'SELECT id, sum(tco(amount, currency, component)) OVER (ORDER BY id ROWS BETWEEN 3 PRECEDING
        AND 1 PRECEDING) FROM paid WHERE id < 500 ORDER BY 1',
    'in frames that move');
SELECT is((SELECT sum_tco(amount, currency, component) FILTER (WHERE team = 3) FROM paid),
          (SELECT sum(tco(amount, currency, component)) FROM paid WHERE team = 3), 'with FILTER');
SELECT is((SELECT sum_tco(amount, 'EUR', 'tax') FROM paid), (SELECT sum(tco(amount, 'EUR', 'tax')) FROM paid),
    'of constants');
SELECT is((SELECT sum_tco(v.a, v.c, 'tax') FROM (VALUES (1, 'USD'), (2, NULL), (NULL, 'EUR')) AS v (a, c)),
    '1 USD tax=1'::tco,
          'a row with a NULL is skipped, also its currency');
SELECT is((SELECT sum_tco(NULL, currency, component) FROM paid), NULL, 'of NULLs it is NULL');
SELECT is((SELECT sum_tco(amount, currency, component) FROM paid WHERE false), NULL, 'and of no rows');
-- stored out of line
CREATE TEMP TABLE long_amount (amount numeric, same numeric);
ALTER TABLE long_amount ALTER same SET STORAGE EXTERNAL;
INSERT INTO long_amount
SELECT digits, digits FROM generate_series(1, 3), CAST(repeat('1', 18) || '.' || repeat('7',
    16000) AS numeric) AS digits;
SELECT results_eq(
    $$SELECT sum_tco(amount, 'USD', 'tax'), sum_tco(same, 'USD', 'tax') FROM long_amount$$,
    $$SELECT sum(tco(amount, 'USD', 'tax')), sum(tco(same, 'USD', 'tax')) FROM long_amount$$,
    'of numbers that are compressed or out of line');

-- Citus sends partial sums of shards as text or bytes, and adds them up on the coordinator.
SELECT is((SELECT sum(part::text::tco) FROM (SELECT sum_tco(amount, currency, component) AS part
    FROM paid GROUP BY team) AS shard),
          (SELECT sum_tco(amount, currency, component) FROM paid), 'sums of parts add up to the sum');

SELECT throws_ok($$SELECT sum_tco(1, c, 'tax') FROM (VALUES ('USD'), ('EUR')) AS v (c)$$, '22023',
                 'cannot mix currencies "USD" and "EUR"', 'currencies are not mixed');
SELECT throws_ok($$SELECT sum_tco(1, 'US $', 'tax')$$, '22023', 'invalid currency: "US $"', 'a bad currency');
SELECT throws_ok($$SELECT sum_tco(1, 'USD', 'taxes')$$, '22023', 'unrecognized component: "taxes"', 'a bad component');
SELECT throws_ok($$SELECT sum_tco('NaN', 'USD', 'tax')$$, '22003', 'cannot convert NaN to tco', 'NaN');
SELECT throws_ok($$SELECT sum_tco(1.7e20, 'USD', 'tax') FROM generate_series(1, 2)$$, '22003', NULL,
    'a sum out of range');

SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
SET LOCAL enable_hashagg = off;
CREATE TABLE public.sum_tco_paid AS TABLE paid;
ANALYZE public.sum_tco_paid;
CREATE FUNCTION pg_temp.plan(query text) RETURNS SETOF text LANGUAGE plpgsql AS
    $$BEGIN RETURN QUERY EXECUTE 'EXPLAIN (COSTS OFF) ' || query; END$$;
SELECT ok(EXISTS (SELECT
    FROM pg_temp.plan('SELECT sum_tco(amount, currency, component) FROM public.sum_tco_paid') AS line
                  WHERE line ~ 'Partial Aggregate')
          AND (SELECT sum_tco(amount, currency, component) FROM public.sum_tco_paid)
              = (SELECT sum(tco(amount, currency, component)) FROM paid), 'parallel workers add up the same');
SELECT * FROM finish();
ROLLBACK;
