-- tariff as a value, over generated tariffs: constructors, input and output,
-- order, and aggregates over windows.
BEGIN;
SELECT plan(19);
SET LOCAL work_mem = '64MB';
SET LOCAL jit = off;
\ir ../include/sample_tariffs.sql

-- ---- constructors ---------------------------------------------------------

SELECT is_empty(
    $$
        SELECT n
        FROM sample
        WHERE tariff_from_widths(widths, prices, mode, flats, allowance, block) IS DISTINCT FROM t
        LIMIT 3$$,
    'tariff_from_widths is tariff of the running sums');
CREATE AGGREGATE pg_temp.merged(tariff) (SFUNC = tariff_merge, STYPE = tariff);
CREATE TEMP TABLE aggregated AS
SELECT n, tariff_agg(upto, price ORDER BY i) AS in_order, tariff_agg(upto, price ORDER BY i DESC) AS reversed,
       tariff_agg(upto, price ORDER BY pg_temp.h(n, i)) AS shuffled
FROM (SELECT n, i, nullif(upper, 'Infinity') AS upto, price FROM tier) AS rows GROUP BY n;
CREATE UNIQUE INDEX ON aggregated (n);
ANALYZE aggregated;
SELECT is_empty(
    $$
        SELECT n
        FROM aggregated
        JOIN sample USING (n)
        WHERE in_order IS DISTINCT FROM tariff(bounds, prices)
          OR reversed IS DISTINCT FROM in_order
          OR shuffled IS DISTINCT FROM in_order
        LIMIT 3$$,
    'tariff_agg is tariff of arrays, in any order');
SELECT is_empty(
    $$SELECT n, merged FROM (SELECT n, pg_temp.merged(part ORDER BY piece) AS merged
                             FROM (
                                 SELECT n, i % 3 AS piece,
                                        tariff_agg(nullif(upper, 'Infinity'), price ORDER BY pg_temp.h(n, i)) AS part
                                 FROM tier
                                 GROUP BY n, i % 3) AS parts
                             GROUP BY n) AS whole
      JOIN aggregated USING (n) WHERE merged IS DISTINCT FROM in_order LIMIT 3$$,
    'and so is what its parts are merged to');

-- ---- in and out -----------------------------------------------------------

CREATE FUNCTION pg_temp.same(a tariff, b tariff) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(
        a = b
            AND tariff_cmp(a, b) = 0
            AND tariff_send(a) = tariff_send(b)
            AND tariff_hash(a) = tariff_hash(b)
            AND tariff_hash_extended(a, 42) = tariff_hash_extended(b, 42),
        false)
$$;
SELECT is_empty($$SELECT n FROM sample WHERE NOT pg_temp.same(t::text::tariff, t) LIMIT 3$$, 'through text');
SELECT is_empty(
    $$
        SELECT n
        FROM sample
        WHERE NOT pg_temp.same(t::jsonb::tariff, t) OR NOT pg_temp.same(t::json::jsonb::tariff, t)
        LIMIT 3$$,
    'through json and jsonb');
SELECT is_empty(
    $$SELECT n FROM sample,
          LATERAL (
              SELECT string_agg(
                  concat_ws(
                      ' ', trim_scale(price), 'flat ' || trim_scale(nullif(flat, 0)),
                      'upto ' || trim_scale(nullif(upper, 'Infinity'))),
                  ', '
                  ORDER BY i) AS tiers
              FROM tier
              WHERE tier.n = sample.n) AS written
      WHERE t::text <> concat_ws(' ', mode, trim_scale(block), 'allowance ' || trim_scale(nullif(allowance, 0)))
        || ': ' || written.tiers
      LIMIT 3$$,
    'the text has mode, block, allowance, then price, fee and bound of each tier, without what is 0');
SELECT is_empty(
    $$SELECT n FROM sample,
          LATERAL (
              SELECT jsonb_agg(
                  jsonb_build_object('upto', nullif(upper, 'Infinity'), 'price', price, 'flat', flat) ORDER BY i
              ) AS tiers
              FROM tier
              WHERE tier.n = sample.n) AS written
      WHERE t::jsonb <> jsonb_build_object(
          'mode', mode, 'block', block, 'allowance', allowance, 'tiers', written.tiers)
      LIMIT 3$$,
    'jsonb has every key');
SELECT is_empty(
    $$
        SELECT n
        FROM sample
        WHERE NOT pg_temp.same(
            replace(replace(replace(t::text, ', ', E'\t,\n '), ': ', E'\r:\f'), ' upto ', '  upto +00')::tariff, t)
        LIMIT 3$$,
    'blanks, signs and leading zeros make no difference');

\set file `mktemp`
\setenv TARIFFS :file
CREATE TEMP TABLE received (n int, t tariff);
\copy (SELECT n, t FROM sample) TO PROGRAM 'cat > "$TARIFFS"' (FORMAT binary)
\copy received FROM PROGRAM 'cat "$TARIFFS"' (FORMAT binary)
\! rm "$TARIFFS"
SELECT is(
    (SELECT count(*) FROM received JOIN sample USING (n) WHERE pg_temp.same(received.t, sample.t)), 3000::bigint,
    'through bytes');

-- ---- order ----------------------------------------------------------------

-- Tariffs that differ in one number only, beside others, with what they are ordered by.
CREATE TEMP TABLE ordered AS
SELECT row_number() OVER (ORDER BY h) AS place, t, key
FROM (
    SELECT pg_temp.h(n, change + 300) AS h,
           tariff(bounds, changed.prices, changed.mode, changed.flats, changed.allowance, changed.block) AS t,
             ARRAY[
                 array_position(ARRAY['graduated', 'volume', 'package'], changed.mode), coalesce(changed.block, 0),
                 changed.allowance]
                 ||
              (SELECT array_agg(v ORDER BY i, j)
               FROM unnest(bounds, changed.prices, changed.flats) WITH ORDINALITY AS u(b, p, f, i),
                    LATERAL (VALUES (1, coalesce(b, 'Infinity')), (2, p), (3, f)) AS w(j, v)) AS key
      FROM sample, generate_series(0, 5) AS change,
           LATERAL (
               SELECT CASE WHEN change = 1 AND mode <> 'package' THEN 'volume' ELSE mode END AS mode,
                      CASE change WHEN 2 THEN block + 1e-18 ELSE block END AS block,
                      CASE change WHEN 3 THEN allowance + 1e-18 ELSE allowance END AS allowance,
                           CASE change
                                WHEN 4 THEN prices[:tiers - 1] || prices[tiers] + 1e-18
                                ELSE prices END AS prices,
                           CASE change
                                WHEN 5 THEN flats[:tiers - 1] || flats[tiers] + 1e-18
                                ELSE flats END AS flats) AS changed
      WHERE n <= 150 AND tiers < 100) AS variants;
SELECT cmp_ok(
    (SELECT count(*) - count(DISTINCT t) FROM ordered), '>', 100::bigint,
    'hundreds of these tariffs are equal to another');
SELECT is_empty(
    $$
        SELECT place
        FROM (SELECT place, key, lead(key) OVER (ORDER BY t) AS next FROM ordered) AS sorted
        WHERE key > next
        LIMIT 3$$,
    'ORDER BY goes by mode, block, allowance, then bound, price and fee of each tier');
SELECT is_empty(
    $$SELECT a.place, b.place FROM ordered a CROSS JOIN ordered b WHERE a.place <= 400 AND b.place <= 400
        AND (a.t < b.t, a.t <= b.t, a.t = b.t, a.t <> b.t, a.t >= b.t, a.t > b.t, sign(tariff_cmp(a.t, b.t))::int)
         <> (
             a.key < b.key, a.key <= b.key, a.key = b.key, a.key <> b.key, a.key >= b.key, a.key > b.key,
             btarraycmp(a.key, b.key))
         LIMIT 3$$,
    'all operators agree with it, for any pair');
SELECT is_empty(
    $$
        SELECT a.place, b.place
        FROM ordered a
        CROSS JOIN ordered b
        WHERE a.place <= 400 AND b.place <= 400 AND (a.key = b.key) <> pg_temp.same(a.t, b.t)
        LIMIT 3$$,
    'equal tariffs have the same bytes and hashes, others do not');
SELECT is(
    (SELECT count(DISTINCT tariff_hash_extended(t, 0)) FROM ordered),
    (SELECT count(DISTINCT t) FROM ordered),
    'tariffs that differ by one digit have other hashes');
SET LOCAL enable_sort = off;
SELECT is(
    (SELECT count(*) FROM (SELECT t FROM ordered GROUP BY t) AS g),
    (SELECT count(*) FROM (SELECT key FROM ordered GROUP BY key) AS g),
    'groups by hash are groups by value');
SET LOCAL enable_sort = on;

-- ---- windows --------------------------------------------------------------

-- Meters change their tariff now and then; some rows have no quantity, some no tariff.
CREATE TEMP TABLE metered AS
SELECT n, meter, CASE WHEN n % 17 > 0 THEN round(1e6 * (n % 23) + pg_temp.h(n, 400) * 1e-36, 36) END AS q,
       CASE WHEN n % 41 > 0 OR n % 2 = 0 THEN t END AS t
FROM generate_series(1, 2000) AS n
JOIN (
    SELECT row_number() OVER (ORDER BY n) AS meter, t
    FROM sample
    WHERE NOT closed AND tiers < 1000 AND (mode <> 'package' OR block > 1e-9)) AS priced ON meter = n / 40
    + 1;
CREATE INDEX ON metered (meter, n);
ANALYZE metered;
SELECT cmp_ok((SELECT count(DISTINCT t) FROM metered), '>', 30::bigint, 'dozens of tariffs in turn');
SELECT is_empty(
    $$
        WITH moving AS (
            SELECT n,
                   tiered_cost(q, t) OVER (
                       PARTITION BY meter ORDER BY n ROWS BETWEEN 7 PRECEDING AND 2 PRECEDING) AS cost
            FROM metered)
      SELECT m.n
      FROM moving
      JOIN metered AS m USING (n),
      LATERAL (
          SELECT tiered_cost(q, t) AS cost
          FROM metered AS x
          WHERE x.meter = m.meter AND x.n BETWEEN m.n - 7 AND m.n - 2) AS anew
      WHERE moving.cost IS DISTINCT FROM anew.cost LIMIT 3$$,
    'a window that moves holds what the rows in it cost from scratch');
SELECT is_empty(
    $$
        WITH shrinking AS (
            SELECT n,
                   tiered_cost(q, t) OVER (
                       PARTITION BY meter ORDER BY n ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS cost,
                   tiered_cost(q, t) OVER (PARTITION BY meter ORDER BY n DESC) AS growing
            FROM metered)
      SELECT n FROM shrinking WHERE cost IS DISTINCT FROM growing LIMIT 3$$,
    'a window that shrinks row by row ends where one that grows began');
SELECT is_empty(
    $$
        WITH moving AS (
            SELECT n, meter,
                   tiered_cost(q, t) OVER (ORDER BY meter GROUPS BETWEEN CURRENT ROW AND CURRENT ROW) AS cost
            FROM metered)
      SELECT n
      FROM moving
      JOIN (SELECT meter, tiered_cost(q, t) AS cost FROM metered GROUP BY meter) AS anew USING (meter)
      WHERE moving.cost IS DISTINCT FROM anew.cost
      LIMIT 3$$,
    'a window moves on from the rows of one tariff to those of the next');

SELECT * FROM finish();
ROLLBACK;
