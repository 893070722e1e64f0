-- allocate and round_money against numeric, which is slow and right, over
-- generated values, and against what others published. The values depend on
-- their number alone: a failure names it.
BEGIN;
SELECT plan(45);

-- ---- allocate: generated values -------------------------------------------

-- Totals of nine shapes; 1 to 13 weights of seven shapes, some of them 0.
CREATE TEMP TABLE sample AS
SELECT n, total, scale(total) + n % 4 AS digits, weights
FROM generate_series(1, 9000) AS n,
     LATERAL (SELECT hashint8extended(n, 0)::numeric AS h) AS generated,
     LATERAL (SELECT CASE n % 9
                         WHEN 0 THEN round(h % 100000 / 100, 2)         -- cents
                         WHEN 1 THEN round(h % 10, 0)                   -- fewer units than parts
                         WHEN 2 THEN h * 1e-36                          -- 36 decimals
                         WHEN 3 THEN round(h / 7, 40)                   -- 40 decimals and 18 digits before
                         WHEN 4 THEN h * 1e17 + h                       -- 36 digits
                         WHEN 5 THEN sign(h) * div(h * h * h * h, 1000) -- 73 digits, 76 with the digits asked for
                         WHEN 6 THEN 0
                         WHEN 7 THEN h % 1000 * 1e-30                   -- few units, far down
                         ELSE h
                     END AS total) AS t,
     LATERAL (SELECT array_agg(CASE
                                   WHEN w % 5 = 0 AND i > 1 THEN 0
                                   WHEN n % 7 = 0 THEN 1                                -- equal
                                   WHEN n % 7 = 1 THEN w % 10 + 1                       -- often equal
                                   WHEN n % 7 = 2 THEN w                                -- up to 2^63
                                   WHEN n % 7 = 3 THEN div(w * w, 4)                    -- sums up to 2^128
                                   WHEN n % 7 = 4 THEN w * ('1e' || i - 18)::numeric    -- up to 17 decimals
                                   WHEN n % 7 = 5 THEN ('1e' || w % 37)::numeric        -- of very different sizes
                                   ELSE w * 1e-30
                               END ORDER BY i) AS weights
              FROM generate_series(1, 1 + n % 13) AS i,
                   LATERAL (SELECT abs(hashint8extended(n, i)::numeric) + 1 AS w) AS weight) AS w;
ALTER TABLE sample ADD parts numeric[];
UPDATE sample SET parts = allocate(total, weights, digits);
ANALYZE sample;

-- Largest remainder by its definition, on magnitudes in units: each share
-- rounded down, the rest of it, and its place among those that lost most.
CREATE TEMP TABLE due AS
SELECT n, i, weight, whole, quotient, rest, row_number() OVER (PARTITION BY n ORDER BY rest DESC, i) AS rank,
       units - sum(quotient) OVER (PARTITION BY n) AS missing
FROM (SELECT n, i, weight, whole, units, div(units * weight, whole) AS quotient, mod(units * weight, whole) AS rest
      FROM sample,
           LATERAL (
               SELECT abs(total) * ('1e' || digits)::numeric AS units,
                      (SELECT sum(w) FROM unnest(weights) AS w) AS whole) AS sums,
           unnest(weights) WITH ORDINALITY AS u(weight, i)) AS share;
CREATE TEMP TABLE part AS
SELECT n, i, total, digits, part, weight, whole, quotient, rest, rank, missing, ('1e-' || digits)::numeric AS unit
FROM (SELECT n, i, total, digits, part FROM sample, unnest(parts) WITH ORDINALITY AS u(part, i)) AS given
JOIN due USING (n, i);
ANALYZE part;

SELECT cmp_ok(
    (SELECT count(*) FROM sample WHERE scale(total) > 30), '>', 1500::bigint,
    'thousands of totals have more than 30 decimals');
SELECT cmp_ok((SELECT count(*) FROM sample WHERE total < 0), '>', 3000::bigint, 'thousands are negative');
SELECT cmp_ok(
    (SELECT count(*) FROM sample WHERE abs(total) * ('1e' || digits)::numeric > 1e75), '>', 100::bigint,
    'hundreds have 76 digits');
SELECT cmp_ok((SELECT count(*) FROM part WHERE weight = 0), '>', 3000::bigint, 'thousands of weights are 0');
SELECT cmp_ok(
    (SELECT count(*)
     FROM part a
     JOIN part b USING (n)
     WHERE a.rest = b.rest AND a.rank = a.missing AND b.rank = a.missing + 1),
    '>', 500::bigint,
              'in hundreds of rows the last unit is a matter of order');
SELECT cmp_ok(
    (SELECT count(*) FROM part WHERE whole > 1e38), '>', 300::bigint, 'hundreds of weights add up to 39 digits');

-- ---- allocate: the rules --------------------------------------------------

SELECT is_empty(
    $$SELECT n FROM sample WHERE (SELECT sum(part) FROM unnest(parts) AS part) IS DISTINCT FROM total LIMIT 3$$,
    'the parts add up to the total');
SELECT is_empty(
    $$SELECT n FROM sample WHERE array_length(parts, 1) IS DISTINCT FROM array_length(weights, 1) LIMIT 3$$,
    'there are as many parts as weights');
SELECT is_empty(
    $$SELECT n, part FROM part WHERE scale(part) <> digits LIMIT 3$$,
    'each part shows the decimals that were asked for');
SELECT is_empty(
    $$SELECT n, i FROM part WHERE part <> sign(total) * (quotient + (rank <= missing)::integer) * unit LIMIT 3$$,
    'the parts are those of the definition of largest remainder');
SELECT is_empty(
    $$SELECT n, i FROM part WHERE abs(part * whole - total * weight) >= unit * whole LIMIT 3$$,
    'each part lies within one unit of the exact share');
SELECT is_empty(
    $$SELECT n, i FROM part WHERE rest = 0 AND part * whole <> total * weight LIMIT 3$$,
    'a share that is whole is the part');
SELECT is_empty($$SELECT n, i FROM part WHERE weight = 0 AND part <> 0 LIMIT 3$$, 'a weight of 0 gets 0');
SELECT is_empty(
    $$
        SELECT n, a.i, b.i
        FROM part a
        JOIN part b USING (n)
        WHERE (a.weight > b.weight OR a.weight = b.weight AND a.i < b.i) AND abs(a.part) < abs(b.part)
        LIMIT 3$$,
    'more weight never gets less, and of equal weights the earlier gets no less');
SELECT is_empty(
    $$
        SELECT n
        FROM sample
        WHERE allocate(-total, weights, digits) <> (
            SELECT array_agg(-part ORDER BY i) FROM unnest(parts) WITH ORDINALITY AS u(part, i))
        LIMIT 3$$,
    'a negative total is split as its magnitude');
SELECT is_empty(
    $$
        SELECT n
        FROM sample
        WHERE n % 7 <> 3
          AND allocate(
              total, (SELECT array_agg(w * 0.25 ORDER BY i) FROM unnest(weights) WITH ORDINALITY AS u(w, i)), digits
          ) <> parts
        LIMIT 3$$,
    'a factor common to all weights changes nothing');
SELECT is_empty(
    $$
        SELECT n
        FROM sample
        WHERE allocate(total, 0 || weights || 0.0, digits)::text <> (
            round(0, digits) || parts || round(0, digits))::text
        LIMIT 3$$,
    'further weights of 0 change nothing');
SELECT is_empty(
    $$
        SELECT n
        FROM sample
        WHERE allocate(total, weights)::text <> allocate(total, weights, greatest(2, scale(total)))::text
        LIMIT 3$$,
    'without digits, the parts show the decimals of the total, 2 at least');

CREATE TEMP TABLE toasted AS SELECT 100.00 AS total, array_fill(1::numeric, '{20000}') AS weights;
SELECT is(
    (SELECT array_agg(DISTINCT part) || count(*) FILTER (WHERE part = 0.01)
     FROM toasted, unnest(allocate(total, weights)) AS part),
    '{0.00,0.01,10000}',
          'a compressed array of 20000 weights is read as any other');

-- ---- allocate: published cases --------------------------------------------

SELECT is(allocate(0.05, '{1,1,1}')::text, '{0.02,0.02,0.01}', 'largest remainder: 0.05 by 1:1:1');
SELECT is(allocate(5, '{1,1,1}', 0)::text, '{2,2,1}', 'largest remainder: 5 JPY by 1:1:1');
SELECT is(allocate(100, '{1,2,3}')::text, '{16.67,33.33,50.00}', 'largest remainder: 100 by 1:2:3');
SELECT is(allocate(6.00, '{10,5}'), '{4,2}', 'largest remainder: 6.00 by 10:5');

-- llm-d: a node of 8 CPUs at 10 per hour; two applications request 3 and 1 CPUs and use 1 each
SELECT is(allocate(10, '{3,1,4}')::text, '{3.75,1.25,5.00}', 'shares by request, idle apart: 3 and 1 of 8 CPUs');
SELECT is(allocate(10, '{1,1,6}')::text, '{1.25,1.25,7.50}', 'shares by use, idle apart: 1 and 1 of 8 CPUs');
SELECT is(allocate(10, '{3,1}')::text, '{7.50,2.50}', 'idle weighted by request: all of the node to 3:1');

-- OpenCost: cluster one has nodes with idle cost 5 and 15, cluster two with 10
CREATE TEMP TABLE idle AS
SELECT one[1] + two[1] AS ns1, one[2] + two[2] + three[1] AS ns2, three[2] AS ns3
FROM (
    SELECT allocate(5, '{3,3}', 4) AS one, allocate(15, '{13,3}', 4) AS two, allocate(10, '{18,18}', 3) AS three
) AS split;
SELECT results_eq(
    'SELECT * FROM idle', 'VALUES (14.6875, 10.3125, 5.000)',
    'idle shared by weight: 5 by 3:3, 15 by 13:3, 10 by 18:18');
SELECT results_eq(
    $$
        SELECT round(36 + ns2 + shared[1], 3), round(18 + ns3 + shared[2], 3)
        FROM idle, allocate(28 + ns1, '{36,18}') AS shared$$,
    $$VALUES (74.771, 37.229)$$,
    'a shared namespace is split after its idle');
SELECT is(36 + ns2 + shared[1] + 18 + ns3 + shared[2], 112::numeric, 'sharing keeps the total')
FROM idle, allocate(28 + ns1, '{36,18}') AS shared;

-- ---- round_money: generated values ----------------------------------------

-- Amounts of eight shapes in currencies of 0, 2, 3 and 4 decimals.
CREATE TEMP TABLE bill AS
SELECT n, amount, currency, digits, mode, round_money(amount, currency, mode) AS rounded
FROM (VALUES ('JPY', 0), ('USD', 2), ('KWD', 3), ('CLF', 4)) AS c(currency, digits),
     unnest('{half_up,half_even,down,up,half_up_min_unit}'::text[]) AS mode,
     generate_series(1, 2000) AS n,
     LATERAL (SELECT hashint8extended(n, digits)::numeric AS h, ('1e-' || digits)::numeric AS unit) AS generated,
     LATERAL (SELECT CASE n % 8
                         WHEN 0 THEN 0
                         WHEN 1 THEN h % 1000 * unit                                    -- whole units
                         WHEN 2 THEN (h % 1000 + sign(h) * 0.5) * unit                  -- halves
                         WHEN 3 THEN (h % 1000 + sign(h) * 0.5) * unit - 1e-90          -- just beside a half
                         WHEN 4 THEN (h % 1000 + sign(h) * 0.5) * unit + 1e-90
                         WHEN 5 THEN h * 1e-22                                          -- less than a unit
                         WHEN 6 THEN (h * h * h * 1e200 + 0.5) * unit                   -- beyond any machine number
                         ELSE h * 1e-12
                     END AS amount) AS shape;
ANALYZE bill;
SELECT cmp_ok(
    (SELECT count(*) FROM bill WHERE mode = 'up' AND abs(mod(amount * ('1e' || digits)::numeric, 1)) = 0.5), '>',
    1000::bigint, 'thousands of amounts are halves');
SELECT cmp_ok(
    (SELECT count(*) FROM bill WHERE mode = 'up' AND amount < 0), '>', 2000::bigint, 'thousands are negative');

-- ---- round_money: the rules -----------------------------------------------

SELECT is_empty(
    $$SELECT n, currency, mode FROM bill WHERE scale(rounded) <> digits LIMIT 3$$,
    'the result shows the decimals of the minor unit');
SELECT is_empty(
    $$SELECT n, currency FROM bill WHERE mode = 'half_up' AND rounded <> round(amount, digits) LIMIT 3$$,
    'half_up is round(numeric, digits)');
SELECT is_empty(
    $$SELECT n, currency FROM bill WHERE mode = 'half_up' AND rounded <> round_money(amount, currency) LIMIT 3$$,
    'half_up is the default');
SELECT is_empty(
    $$SELECT n, currency FROM bill WHERE mode = 'down' AND rounded <> trunc(amount, digits) LIMIT 3$$,
    'down is trunc(numeric, digits)');
SELECT is_empty(
    $$
        SELECT n, currency
        FROM bill
        WHERE mode = 'up'
          AND rounded * ('1e' || digits)::numeric <> sign(amount) * ceil(abs(amount) * ('1e' || digits)::numeric)
        LIMIT 3$$,
    'up is the ceiling of the magnitude');
SELECT is_empty(
    $$
        SELECT n, currency
        FROM bill,
             LATERAL (
                 SELECT amount * ('1e' || digits)::numeric AS exact, rounded * ('1e' || digits)::numeric AS units
             ) AS u
      WHERE mode = 'half_even'
        AND (units <> trunc(units) OR abs(exact - units) > 0.5 OR abs(exact - units) = 0.5 AND mod(units, 2) <> 0)
      LIMIT 3$$,
    'half_even is a nearest whole unit, of two the even one');
SELECT is_empty(
    $$SELECT n, currency FROM bill WHERE mode = 'half_up_min_unit'
        AND rounded <> CASE WHEN amount <> 0 AND round(amount, digits) = 0
                             THEN sign(amount) * ('1e-' || digits)::numeric
                            ELSE round(amount, digits) END
        LIMIT 3$$,
    'half_up_min_unit is half_up, but one unit for what would become 0');
SELECT is_empty(
    $$
        SELECT b.n, b.currency, b.mode, m
        FROM bill b, unnest('{half_up,half_even,down,up,half_up_min_unit}'::text[]) AS m
        WHERE round_money(rounded, currency, m) <> rounded
        LIMIT 3$$,
    'what is rounded stays as it is, in every mode');
SELECT is_empty(
    $$SELECT n, currency, mode FROM bill WHERE round_money(-amount, lower(currency), mode) <> -rounded LIMIT 3$$,
    'every mode treats both signs alike');

CREATE TEMP TABLE long AS
SELECT (n || '.005' || repeat('0', 16000) || '1')::numeric AS amount
FROM generate_series(1, 3) AS n;
SELECT is_empty(
    $$
        SELECT amount
        FROM long
        WHERE round_money(amount, 'USD', 'half_even') <> trunc(amount, 2) + 0.01
          OR round_money(trunc(amount, 3), 'USD', 'half_even') <> trunc(amount, 2)$$,
    'no digit is too far down to count');

-- ---- round_money: published cases -----------------------------------------

SELECT is(
    ARRAY[round_money(1.23456789, 'USD'), round_money(1.23556789, 'USD'), round_money(1.9556789, 'JPY')]::text,
    '{1.23,1.24,2}', 'OpenMeter: to the minor unit of the currency');
SELECT is(
    ARRAY[
        round_money(82.875, 'USD'), round_money(82.875, 'USD', 'half_even'), round_money(82.885, 'USD', 'half_even')
    ]::text,
    '{82.88,82.88,82.88}', 'half_up and half_even at a half');
SELECT is(
    ARRAY[round_money(a, 'USD', 'down'), round_money(a, 'USD', 'down') - a]::text, '{12.34,-0.0056789}',
    'Azure: truncated, and the rounding adjustment')
FROM (VALUES (12.3456789)) AS t(a);
SELECT is(
    ARRAY[
        round_money(0.0001, 'USD', 'half_up_min_unit'), round_money(0, 'USD', 'half_up_min_unit'),
        round_money(-0.0001, 'USD', 'half_up_min_unit')]::text,
    '{0.01,0.00,-0.01}',
          'AWS: a line that is not 0 costs one cent at least');

SELECT * FROM finish();
ROLLBACK;
