-- tariff against numeric, which is slow and right, to the last digit, over
-- generated tariffs and quantities. They depend on their number alone: a
-- failure names it.
BEGIN;
SELECT plan(53);
SET LOCAL work_mem = '64MB';
SET LOCAL jit = off;

-- ---- generated values -----------------------------------------------------

CREATE FUNCTION pg_temp.h(n bigint, seed bigint) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$
    SELECT (hashint8extended(n, seed) & 9223372036854775807)::numeric
$$;

-- A number above 0, of shapes from the least one to ten figures and more.
CREATE FUNCTION pg_temp.positive(n bigint, seed bigint) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE (pg_temp.h(n, seed) % 7)::int
               WHEN 0 THEN 1 + h % 100
               WHEN 1 THEN (1 + h % 1000) * 1e-18
               WHEN 2 THEN (1 + h) * 1e-18
               WHEN 3 THEN (1 + h % 100000) * 0.01
               WHEN 4 THEN (1 + h % 100) * 1024
               WHEN 5 THEN (1 + h) * 1e-9
               ELSE CASE WHEN n % 10 = 0 THEN (1 + h) / 100 ELSE 1000 END
           END
    FROM pg_temp.h(n, seed + 1000) AS h
$$;

CREATE FUNCTION pg_temp.zero_or_positive(n bigint, seed bigint, zeros int) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN pg_temp.h(n, seed + 2000) % 100 < zeros THEN 0 ELSE pg_temp.positive(n, seed) END
$$;

CREATE TEMP TABLE head AS
SELECT n, mode,
       CASE WHEN mode = 'package' THEN 1
            WHEN n % 250 = 0 THEN 1000
            WHEN n % 25 = 0 THEN 9 + (pg_temp.h(n, 2) % 90)::int
            ELSE 1 + (pg_temp.h(n, 2) % 8)::int END AS tiers,
       pg_temp.h(n, 3) % 4 = 0 AS closed, pg_temp.zero_or_positive(n, 4, 60) AS allowance,
       CASE mode WHEN 'package' THEN pg_temp.positive(n, 5) END AS block
FROM (
    SELECT n,
           (ARRAY['graduated', 'graduated', 'graduated', 'volume', 'package'])[1 + (pg_temp.h(n, 1) % 5)::int] AS mode
    FROM generate_series(1, 3000) AS n) AS generated;

-- lower: exclusive; upper: inclusive, infinite for an open tier
CREATE TEMP TABLE tier AS
SELECT n, i, width, sum(width) OVER (PARTITION BY n ORDER BY i) - width AS lower,
       CASE WHEN i = tiers AND NOT closed THEN 'Infinity' ELSE sum(width) OVER (PARTITION BY n ORDER BY i) END AS upper,
       pg_temp.zero_or_positive(n * 2000 + i, 6, 15) AS price, pg_temp.zero_or_positive(n * 2000 + i, 7, 60) AS flat
FROM head, generate_series(1, tiers) AS i, LATERAL (SELECT pg_temp.positive(n * 2000 + i, 8) AS width) AS w;
CREATE INDEX ON tier (n, i);
ANALYZE tier;

CREATE TEMP TABLE sample AS
SELECT head.*, prices, tariff(bounds, prices, mode, flats, allowance, block) AS t, widths, bounds, flats
FROM head
JOIN (
    SELECT n, array_agg(nullif(upper, 'Infinity') ORDER BY i) AS bounds,
           array_agg(CASE WHEN upper < 'Infinity' THEN width END ORDER BY i) AS widths,
                       array_agg(price ORDER BY i) AS prices, array_agg(flat ORDER BY i) AS flats
                FROM tier GROUP BY n) AS tiers USING (n);
CREATE UNIQUE INDEX ON sample (n);
ANALYZE sample;

CREATE TEMP TABLE quantity AS
SELECT n, k, CASE k
           WHEN 1 THEN 0
           WHEN 2 THEN bound WHEN 3 THEN bound WHEN 4 THEN bound                 -- at a bound
           WHEN 5 THEN bound + 1e-36 WHEN 6 THEN greatest(bound - 1e-36, 0)      -- and beside it
           WHEN 7 THEN bound + 1e-18 WHEN 8 THEN greatest(bound - 1e-18, 0)
           WHEN 9 THEN allowance WHEN 10 THEN allowance + 1e-36
           WHEN 11 THEN h * 1e-9                                                 -- as metered: 9 decimals
           WHEN 12 THEN (h % 1000000) * 1e9 + h * 1e-9                           -- up to 1e15
           WHEN 13 THEN (h % 1000000) + h * 1e-20                                -- 20 decimals
           WHEN 14 THEN (h % 1000) + h * 1e-36                                   -- 36 decimals
           WHEN 15 THEN round(bound * (h % 1000003) / 1000003, 20 + (h % 17)::int)
           WHEN 16 THEN h % 1000000
           WHEN 17 THEN least(bound * 2, 1.7e20)
           ELSE least(bound + pg_temp.positive(n, k), 1.7e20)
       END AS q
FROM head, generate_series(1, 18) AS k, LATERAL (SELECT pg_temp.h(n, k + 20) AS h) AS hashed,
     LATERAL (
         SELECT allowance + CASE WHEN upper < 'Infinity' THEN upper ELSE lower END AS bound
         FROM tier
         WHERE tier.n = head.n AND i = 1 + (pg_temp.h(n, k + 50) % tiers)::int) AS picked;

-- ---- T, by the book -------------------------------------------------------

-- Graduated: what lies between the bounds of each tier that is reached, the
-- first always. Volume: all in the tier that holds the total. Package: whole
-- blocks. NULL past a closed last tier, and for more blocks than can be counted.
CREATE TEMP TABLE answer AS
SELECT n, k, q, mode, billed, blocks, in_tier,
       CASE WHEN in_tier IS NULL OR blocks > 170141183460469231731 THEN NULL
            WHEN mode = 'graduated' THEN (
                SELECT sum(flat + price * (least(billed, upper) - lower))
                FROM tier
                WHERE tier.n = quantity.n AND i <= in_tier)
            ELSE (
                SELECT flat + price * CASE mode WHEN 'volume' THEN billed ELSE blocks END
                FROM tier
                WHERE tier.n = quantity.n AND i = in_tier) END AS cost
FROM quantity JOIN head USING (n),
     LATERAL (SELECT greatest(q - allowance, 0) AS billed) AS b,
     LATERAL (
         SELECT div(billed, block) + (mod(billed, block) > 0)::int AS blocks,
                (SELECT i
                 FROM tier
                 WHERE tier.n = quantity.n AND (i = 1 AND billed = 0 OR lower < billed AND billed <= upper)
                ) AS in_tier) AS c;
CREATE UNIQUE INDEX ON answer (n, k);
ANALYZE answer;

SELECT is((SELECT count(*) FROM sample), 3000::bigint, 'three thousand tariffs are generated');
SELECT cmp_ok((SELECT count(*) FROM sample WHERE tiers = 1000), '>', 5::bigint, 'some have 1000 tiers');
SELECT cmp_ok(
    (SELECT min(count) FROM (SELECT count(*) FROM sample GROUP BY mode, closed, allowance > 0) AS shapes), '>',
    40::bigint, 'each mode is there open and closed, with and without an allowance');
SELECT cmp_ok((SELECT count(*) FROM tier WHERE flat > 0), '>', 5000::bigint, 'thousands of tiers have a fee');
SELECT cmp_ok(
    (SELECT count(*) FROM answer JOIN tier USING (n) WHERE k < 5 AND billed = upper), '>', 4000::bigint,
    'thousands of quantities lie on a bound');
SELECT cmp_ok(
    (SELECT count(*) FROM answer WHERE scale(trim_scale(q)) > 18 AND cost IS NOT NULL), '>', 10000::bigint,
    'thousands have more than 18 decimals');
SELECT cmp_ok(
    (SELECT count(*) FROM answer WHERE q > 1e13 AND cost IS NOT NULL), '>', 1500::bigint, 'and thousands are huge');
SELECT cmp_ok(
    (SELECT count(*) FROM answer WHERE cost IS NULL), '>', 3000::bigint, 'thousands are past a closed last tier');
SELECT cmp_ok(
    (SELECT count(*) FROM answer WHERE scale(trim_scale(cost)) > 36), '>', 4000::bigint,
    'thousands of costs have more than 36 decimals');

-- NULL where the result is out of range.
CREATE FUNCTION pg_temp.cost(t tariff, q numeric) RETURNS numeric LANGUAGE plpgsql AS $$
BEGIN
    RETURN tariff_cost(t, q);
EXCEPTION WHEN numeric_value_out_of_range THEN
    RETURN NULL;
END
$$;
CREATE FUNCTION pg_temp.cost(t tariff, q numeric, prior numeric) RETURNS numeric LANGUAGE plpgsql AS $$
BEGIN
    RETURN tariff_cost(t, q, prior);
EXCEPTION WHEN numeric_value_out_of_range THEN
    RETURN NULL;
END
$$;
CREATE FUNCTION pg_temp.marginal(t tariff, q numeric) RETURNS numeric LANGUAGE plpgsql AS $$
BEGIN
    RETURN tariff_marginal(t, q);
EXCEPTION WHEN numeric_value_out_of_range THEN
    RETURN NULL;
END
$$;

SELECT is_empty(
    $$
        SELECT n, k, q
        FROM answer
        JOIN sample USING (n)
        WHERE answer.cost IS NOT NULL AND tariff_cost(t, q)::text <> trim_scale(answer.cost)::text
        LIMIT 3$$,
    'T is exact, and has no trailing zeros');
SELECT is_empty(
    $$
        SELECT n, k, q
        FROM answer
        JOIN sample USING (n)
        WHERE answer.cost IS NULL AND pg_temp.cost(t, q) IS NOT NULL
        LIMIT 3$$,
    'past a closed last tier, or of too many blocks, T raises 22003');

-- ---- differences ----------------------------------------------------------

SELECT is_empty(
    $$
        SELECT a.n, a.k, b.k
        FROM answer a
        JOIN answer b ON b.n = a.n AND b.k = 1 + (a.k * 7 + 3) % 18
        JOIN sample s ON s.n = a.n
      WHERE CASE WHEN a.cost IS NOT NULL AND b.cost IS NOT NULL
                 THEN tariff_cost(t, b.q - a.q, a.q)::text <> trim_scale(b.cost - a.cost)::text END
      LIMIT 3$$,
    'after others, a quantity of any sign costs the difference of two totals');
SELECT is_empty(
    $$
        SELECT a.n, a.k, b.k
        FROM answer a
        JOIN answer b ON b.n = a.n AND b.k = 1 + (a.k * 7 + 3) % 18
        JOIN sample s ON s.n = a.n
      WHERE (a.cost IS NULL OR b.cost IS NULL) AND pg_temp.cost(t, b.q - a.q, a.q) IS NOT NULL LIMIT 3$$,
    'and raises 22003 where one of them is past the end');

-- A period in the parts that lead from one total to the next, corrections
-- among them. Whatever the first is, it is rated whole.
CREATE TEMP TABLE part AS
SELECT n, place, q, coalesce(lag(q) OVER w, 0) AS prior, q - coalesce(lag(q) OVER w, 0) AS part,
       place = max(place) OVER (PARTITION BY n) AS last, cost
FROM (
    SELECT n, q, cost, row_number() OVER (PARTITION BY n ORDER BY pg_temp.h(n, k + 200)) AS place
    FROM answer
    WHERE cost IS NOT NULL) AS ratable
WINDOW w AS (PARTITION BY n ORDER BY place);
SELECT cmp_ok((SELECT count(*) FROM part WHERE part < 0), '>', 15000::bigint, 'thousands of parts are corrections');
CREATE TEMP TABLE period AS
SELECT n, max(cost) FILTER (WHERE last) AS cost,
       sum(CASE WHEN place = 1 THEN tariff_cost(t, part) ELSE tariff_cost(t, part, prior) END) AS chained,
       tiered_cost(part, t) AS in_order, tiered_cost(part, t ORDER BY place DESC) AS reversed,
       tiered_cost(part, t ORDER BY pg_temp.h(n, place)) AS shuffled,
       tiered_cost(part, t ORDER BY part) AS corrections_first
FROM part JOIN sample USING (n) GROUP BY n;
SELECT is_empty(
    $$SELECT n FROM period WHERE chained <> cost LIMIT 3$$,
    'parts rated one after the other add up to the whole, late rows and corrections included');
SELECT is_empty(
    $$SELECT n FROM period WHERE in_order::text <> trim_scale(cost)::text LIMIT 3$$,
    'parts rated as rows cost what the whole does');
SELECT is_empty(
    $$SELECT n FROM period WHERE (reversed, shuffled, corrections_first) <> (in_order, in_order, in_order) LIMIT 3$$,
    'in any order');

-- ---- lines ----------------------------------------------------------------

CREATE TEMP TABLE line AS
SELECT n, k, a.mode, a.q, allowance, billed, blocks, in_tier, a.cost, l.*,
       lead(l.from_quantity) OVER (PARTITION BY n, k ORDER BY place) AS next_from
FROM answer AS a
JOIN sample USING (n),
tariff_lines(t, q) WITH ORDINALITY AS l(tier, from_quantity, to_quantity, quantity, unit_price, flat, amount, place)
WHERE a.cost IS NOT NULL AND (tiers < 1000 OR k % 5 = 0);
ANALYZE line;
SELECT is_empty(
    $$SELECT n, k, tier FROM line WHERE quantity * unit_price + flat <> amount LIMIT 3$$,
    'in each line quantity * unit_price + flat = amount');
SELECT is_empty($$SELECT n, k FROM line GROUP BY n, k HAVING sum(amount) <> max(cost) LIMIT 3$$, 'lines add up to T');
SELECT is(
    (SELECT count(DISTINCT (n, k)) FROM line),
    (SELECT count(*) FROM answer JOIN head USING (n) WHERE cost IS NOT NULL AND (tiers < 1000 OR k % 5 = 0)),
    'there is always a line');
SELECT is_empty(
    $$
        SELECT line.n, k, line.tier
        FROM line
        JOIN tier ON tier.n = line.n AND tier.i = line.tier
        WHERE (unit_price, line.flat) <> (tier.price, tier.flat)
        LIMIT 3$$,
    'a line has the price and fee of its tier');
SELECT is_empty(
    $$SELECT n, k FROM line WHERE mode = 'graduated' AND tier <> place LIMIT 3$$,
    'graduated: lines begin with tier 1 and leave none out');
SELECT is_empty(
    $$SELECT n, k FROM line WHERE mode = 'graduated' GROUP BY n, k HAVING max(tier) <> max(in_tier) LIMIT 3$$,
    'graduated: lines end with the tier of the total');
SELECT is_empty(
    $$
        SELECT n, k, tier
        FROM line
        WHERE mode = 'graduated'
          AND (
              to_quantity <> coalesce(next_from, q)
                  OR quantity <> to_quantity - from_quantity
                  OR place = 1 AND from_quantity <> least(allowance, q))
        LIMIT 3$$,
    'graduated: lines are contiguous from the allowance to the quantity');
SELECT is_empty(
    $$
        SELECT n, k
        FROM line
        WHERE mode <> 'graduated'
          AND (place, tier, from_quantity, to_quantity, quantity) <> (
              1, in_tier, least(allowance, q), q, CASE mode WHEN 'volume' THEN billed ELSE blocks END)
        LIMIT 3$$,
    'volume and package: one line, that of the tier of the total');
SELECT is_empty(
    $$
        SELECT n, k
        FROM line, unnest(ARRAY[from_quantity, to_quantity, quantity, unit_price, flat, amount]) AS number
        WHERE number::text <> trim_scale(number)::text
        LIMIT 3$$,
    'numbers of lines have no trailing zeros');

-- ---- the margin and the shape ---------------------------------------------

-- Not just below a bound, where the two next steps are in two tiers.
CREATE TEMP TABLE margin AS
SELECT n, k, q, mode, allowance, pg_temp.marginal(t, q) AS marginal,
       (pg_temp.cost(t, q + 2e-36) - pg_temp.cost(t, q + 1e-36)) * 1e36 AS quotient
FROM quantity JOIN sample USING (n) WHERE k <> 6;
SELECT is_empty(
    $$SELECT n, k FROM margin WHERE mode <> 'package' AND marginal IS DISTINCT FROM quotient LIMIT 3$$,
    'marginal is the quotient of the least differences above the quantity');
SELECT is_empty(
    $$
        SELECT n, k
        FROM margin
        JOIN tier USING (n)
        WHERE mode = 'package' AND marginal <> CASE WHEN q < allowance THEN 0 ELSE price END
        LIMIT 3$$,
    'of a package it is the price of a block, 0 within the allowance');
SELECT cmp_ok(
    (SELECT count(*) FROM margin WHERE marginal IS NULL), '>', 2000::bigint,
    'at the end of the last tier and past it there is none');
SELECT is_empty($$SELECT n, k FROM margin WHERE marginal IS NULL AND quotient IS NOT NULL LIMIT 3$$, 'but there only');

CREATE TEMP TABLE step AS
SELECT n, mode, q, cost, lag(cost) OVER (PARTITION BY n ORDER BY q) AS before
FROM (
    SELECT n, mode, q, tariff_cost(t, q) AS cost FROM answer JOIN sample USING (n, mode) WHERE cost IS NOT NULL
) AS rated;
SELECT is_empty(
    $$SELECT n, q FROM step WHERE mode <> 'volume' AND cost < before LIMIT 3$$,
    'graduated and package: more never costs less');
SELECT cmp_ok(
    (SELECT count(*) FROM step WHERE mode = 'volume' AND cost < before), '>', 200::bigint,
    'volume: more often costs less');

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

-- ---- range ----------------------------------------------------------------
-- Digits that are past 128 bits, as an integer, by little: not to be cut off.
SELECT is_empty(
    $$SELECT q FROM generate_series(0, 35) AS decimals, generate_series(1, 99) AS k,
           LATERAL (SELECT (k * 2::numeric ^ 128 + k % 4) * ('1e-' || decimals)::numeric AS q) AS past
      WHERE pg_temp.cost('graduated: 1', q) IS DISTINCT FROM CASE WHEN q < 2::numeric ^ 127 * 1e-18 THEN q END
      LIMIT 3$$,
    'a quantity is taken exactly, or raises 22003 where it is out of range');

-- ---- memory ---------------------------------------------------------------
CREATE FUNCTION pg_temp.bytes_used() RETURNS bigint LANGUAGE sql VOLATILE AS $$
    SELECT sum(used_bytes)::bigint FROM pg_backend_memory_contexts
$$;
SELECT cmp_ok(
    (SELECT max(used) - min(used)
     FROM (SELECT CASE WHEN q % 10000 = 0 THEN pg_temp.bytes_used() END AS used
           FROM generate_series(1, 30000) AS q, tariff_lines('graduated: 1', q) AS line
           WHERE line.amount = q OFFSET 0) AS measured),
    '<', 1000000::bigint, 'lines of many rows leave no memory behind');

SELECT * FROM finish();
ROLLBACK;
