-- What is free in a tariff, and where it ends, against the same read from its JSON, over generated tariffs. They
-- depend on their number alone: a failure names it.
BEGIN;
SELECT plan(14);

CREATE FUNCTION pg_temp.h(n bigint, seed bigint) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$
    SELECT (hashint8extended(n, seed) & 9223372036854775807)::numeric
$$;

-- 1 to 9 tiers with bounds of 0 to 18 decimals; prices and fees are often 0.
CREATE TEMP TABLE sample AS
SELECT n, tariff(t.bounds, t.prices, head.mode, t.flats, head.allowance, head.block) AS t, free_quantity
FROM (
    SELECT n, CASE WHEN n % 9 = 0 THEN 'package' WHEN n % 3 = 0 THEN 'volume' ELSE 'graduated' END AS mode,
           CASE WHEN n % 9 = 0 THEN 10 END AS block,
           CASE WHEN n % 4 = 0 THEN round(pg_temp.h(n, 1) % 10000 / 7, (n % 19)::integer) ELSE 0 END AS allowance,
           CASE WHEN n % 9 = 0 THEN 1 ELSE 1 + (pg_temp.h(n, 2) % 9)::integer END AS tiers,
           n % 5 = 0 AS closed
    FROM generate_series(1, 4000) AS n) AS head
CROSS JOIN LATERAL (
    SELECT array_agg(CASE WHEN i < tiers OR closed THEN bound END ORDER BY i) AS bounds,
           array_agg(CASE WHEN pg_temp.h(n, 30 + i) % 3 > 0 THEN 0 ELSE pg_temp.h(n, 40 + i) * 1e-18 END ORDER BY i)
               AS prices,
           array_agg(CASE WHEN pg_temp.h(n, 50 + i) % 4 > 0 THEN 0 ELSE pg_temp.h(n, 60 + i) % 1000 END ORDER BY i)
               AS flats,
           (array_agg(bound ORDER BY pg_temp.h(n, 70 + i)))[1] AS a_bound
    FROM (SELECT i, sum(round(1 + pg_temp.h(n, 10 + i) % 100000 / 7, (n % 19)::integer)) OVER (ORDER BY i) AS bound
          FROM generate_series(1, tiers) AS i) AS tier) AS t
CROSS JOIN LATERAL (
    SELECT CASE n % 6
               WHEN 0 THEN 0
               WHEN 1 THEN t.a_bound
               WHEN 2 THEN t.a_bound + 1e-18
               WHEN 3 THEN t.a_bound - 1e-18
               WHEN 4 THEN t.a_bound * 20
               ELSE round(pg_temp.h(n, 80) * 1e-15, (n % 19)::integer)
           END AS free_quantity) AS f;

CREATE FUNCTION pg_temp.is_free(t tariff) RETURNS boolean LANGUAGE sql AS $$
    SELECT bool_and((tier->>'price')::numeric = 0 AND (tier->>'flat')::numeric = 0)
    FROM jsonb_array_elements(t::jsonb->'tiers') AS tier
$$;
CREATE FUNCTION pg_temp.tariff_end(t tariff) RETURNS numeric LANGUAGE sql AS $$
    SELECT (t::jsonb->'tiers'->-1->>'upto')::numeric + (t::jsonb->>'allowance')::numeric
$$;
CREATE FUNCTION pg_temp.with_allowance(t tariff, free_quantity numeric) RETURNS tariff LANGUAGE sql AS $$
    SELECT jsonb_set(t::jsonb, '{allowance}', to_jsonb((t::jsonb->>'allowance')::numeric + free_quantity))::tariff
$$;
CREATE FUNCTION pg_temp.with_free_tier(t tariff, free_quantity numeric) RETURNS tariff LANGUAGE sql AS $$
    SELECT jsonb_set(t::jsonb, '{tiers}',
                     jsonb_build_array(jsonb_build_object('upto', free_quantity, 'price', 0))
                     || (SELECT coalesce(jsonb_agg(tier ORDER BY ordinal), '[]')
                         FROM jsonb_array_elements(t::jsonb->'tiers') WITH ORDINALITY AS u (tier, ordinal)
                         WHERE coalesce((tier->>'upto')::numeric > free_quantity, true)))::tariff
$$;

SELECT cmp_ok((SELECT count(*) FROM sample WHERE pg_temp.is_free(t)), '>', 300::bigint, 'hundreds of tariffs are free');
SELECT cmp_ok((SELECT count(*) FROM sample WHERE pg_temp.tariff_end(t) IS NOT NULL), '>', 500::bigint,
              'hundreds have an end');
SELECT cmp_ok((SELECT count(*) FROM sample WHERE t::text ~ 'allowance'), '>', 500::bigint,
              'hundreds have an allowance');

SELECT is_empty(
    'SELECT n FROM sample WHERE accelcost_internal.is_free(t) IS DISTINCT FROM pg_temp.is_free(t)',
    'a tariff is free if all its prices and fees are 0');
SELECT is_empty(
    'SELECT n FROM sample WHERE accelcost_internal.tariff_end(t) IS DISTINCT FROM pg_temp.tariff_end(t)',
    'a tariff ends with its last tier, after the allowance; NULL if that is open');
SELECT is_empty(
    $$SELECT n FROM sample
      WHERE accelcost_internal.tariff_with_free(t, free_quantity, false)
            IS DISTINCT FROM pg_temp.with_allowance(t, free_quantity)$$,
    'a free quantity before the tiers adds to the allowance');
SELECT is_empty(
    $$SELECT n FROM sample
      WHERE n % 9 > 0 AND free_quantity > 0
        AND accelcost_internal.tariff_with_free(t, free_quantity, true)
            IS DISTINCT FROM pg_temp.with_free_tier(t, free_quantity)$$,
    'one in the tiers takes the place of the tiers up to it');
SELECT is_empty(
    $$SELECT n FROM sample, unnest('{true,false}'::boolean[]) AS in_tiers
      WHERE accelcost_internal.tariff_with_free(t, 0, in_tiers) IS DISTINCT FROM t$$,
    'without a free quantity the tariff is as it was');

-- ---- errors ---------------------------------------------------------------

SELECT throws_ok(
    $$SELECT accelcost_internal.tariff_with_free('package 10: 1', 5, true)$$, '22023',
    'a package tariff must have exactly one tier', 'a package tariff takes no free tier');
SELECT throws_ok(
    $$SELECT accelcost_internal.tariff_with_free('graduated: 1', -1, true)$$, '22023',
    '"upto[1]" must be greater than 0', 'a free tier must end above 0');
SELECT throws_ok(
    $$SELECT accelcost_internal.tariff_with_free('graduated allowance 1: 1', -2, false)$$, '22023',
    '"allowance" must be greater than or equal to 0', 'an allowance must not be below 0');
SELECT throws_ok(
    $$SELECT accelcost_internal.tariff_with_free('graduated: 1', 1e-19, false)$$, '22023',
    '"free_quantity" must not have more than 18 decimals', 'a free quantity has at most 18 decimals');
SELECT throws_ok(
    $$SELECT accelcost_internal.tariff_with_free('graduated: 1', 'NaN', true)$$, '22003',
    '"free_quantity" must be a finite number', 'and is a number');
SELECT throws_ok(
    $$SELECT accelcost_internal.tariff_with_free('graduated allowance 170141183460469231731: 1', 1, false)$$, '22003',
    '"allowance" is out of range', 'an allowance has a limit');

SELECT * FROM finish();
ROLLBACK;
