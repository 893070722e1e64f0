-- What a tariff charges against numeric, which is slow and right, to the last
-- digit, over generated tariffs and quantities.
BEGIN;
SELECT plan(34);
SET LOCAL work_mem = '64MB';
SET LOCAL jit = off;
\ir ../include/sample_tariffs.sql

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
