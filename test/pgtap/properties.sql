-- tco against numeric, which is slow and right, to the last digit, over
-- generated values. They depend on their number alone: a failure names it.
BEGIN;
SELECT plan(43);
SET LOCAL work_mem = '64MB';

-- ---- generated values -----------------------------------------------------

-- Numbers of twelve shapes, below 7.4e19.
CREATE TEMP TABLE amount AS
SELECT n, i,
       CASE shape
           WHEN 0 THEN 0
           WHEN 1 THEN h % 100000 / 100.0                              -- cents
           WHEN 2 THEN h % 1000 * 1e-18                                -- least units
           WHEN 3 THEN (h % 1000 + sign(h) * 0.5) * 1e-18              -- ties at the 18th decimal
           WHEN 4 THEN (h % 1000 + sign(h) * 0.5) * 1e-18 - 1e-30      -- just beside a tie
           WHEN 5 THEN h * 1e-25
           WHEN 6 THEN h * 1e-18
           WHEN 7 THEN h * 1e-9
           WHEN 8 THEN h * 1e-3 + h * 1e-40                            -- more digits than a ratio takes
           WHEN 9 THEN round(h % 1000 / 7.0, 70)                       -- a scale of the long form of numeric
           WHEN 10 THEN sign(h) * ('1e' || h % 18)::numeric            -- powers of ten
           ELSE CASE WHEN n % 10 = 0 THEN h * 8.0 ELSE h * 1e-6 END    -- huge, in every tenth row
       END AS amount
FROM generate_series(1, 20000) AS n, generate_series(1, 17) AS i,
     LATERAL (SELECT hashint8extended(n, i)::numeric AS h, (hashint8extended(n, -i) & 1023) % 12 AS shape) AS generated;

CREATE FUNCTION pg_temp.parts(cost tco) RETURNS numeric[]
    LANGUAGE sql IMMUTABLE AS $$
    SELECT ARRAY[upfront(cost), component(cost, 'compute'), component(cost, 'energy'), component(cost, 'egress'),
                 component(cost, 'storage'), component(cost, 'other'), component(cost, 'tax'),
                 component(cost, 'credit')]
$$;

CREATE FUNCTION pg_temp.tco_of(parts numeric[]) RETURNS tco
    LANGUAGE sql IMMUTABLE AS $$
    SELECT make_tco(parts[1], parts[2], parts[3], parts[4], parts[5], parts[6], parts[7], parts[8])
$$;

-- NULL where the result is out of range.
CREATE FUNCTION pg_temp.scaled(cost tco, operator text, number numeric) RETURNS tco
    LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN CASE operator WHEN '*' THEN cost * number ELSE cost / number END;
EXCEPTION WHEN numeric_value_out_of_range THEN
    RETURN NULL;
END
$$;

CREATE FUNCTION pg_temp.fits(part numeric) RETURNS boolean
    LANGUAGE sql IMMUTABLE AS $$
    SELECT part BETWEEN -170141183460469231731.687303715884105728 AND 170141183460469231731.687303715884105727
$$;

CREATE FUNCTION pg_temp.converted(amount numeric) RETURNS tco
    LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN tco(amount, 'USD');
EXCEPTION WHEN numeric_value_out_of_range THEN
    RETURN NULL;
END
$$;

-- Is quotient the 18-decimal number nearest to part / divisor, and in a tie
-- the one further from zero? Exact, for numeric multiplies exactly.
CREATE FUNCTION pg_temp.is_quotient(quotient numeric, part numeric, divisor numeric) RETURNS boolean
    LANGUAGE sql IMMUTABLE AS $$
    SELECT scale(trim_scale(quotient)) <= 18 AND
           (2 * abs(part - quotient * divisor) < abs(divisor) * 1e-18 OR
            2 * abs(part - quotient * divisor) = abs(divisor) * 1e-18 AND abs(quotient * divisor) > abs(part))
$$;

-- x, y: components as generated; a, b: the tco of them; factor: any number.
CREATE TEMP TABLE sample AS
SELECT n, x, y, pg_temp.tco_of(x) AS a, pg_temp.tco_of(y) AS b,
       CASE n % 4
           WHEN 0 THEN z
           WHEN 1 THEN z * 1e-18 + 0.5                     -- ties and their neighbours, 36 digits and more
           WHEN 2 THEN trim_scale(z) * 1e-20
           ELSE round(z / 7, 10 + (n % 60)::int)           -- 10 to 69 decimals
       END AS factor
FROM (
    SELECT n, array_agg(amount ORDER BY i) FILTER (WHERE i <= 8) AS x,
           array_agg(amount ORDER BY i) FILTER (WHERE i BETWEEN 9 AND 16) AS y,
             max(amount) FILTER (WHERE i = 17) AS z
      FROM amount GROUP BY n) AS raw;
ANALYZE sample;

SELECT cmp_ok(
    (SELECT count(*) FROM sample, unnest(x) AS part WHERE part * 1e18 % 1 IN (0.5, -0.5)), '>', 2000::bigint,
    'thousands of amounts are ties');
SELECT cmp_ok(
    (SELECT count(*) FROM sample, unnest(x) AS part WHERE scale(part) > 18), '>', 10000::bigint,
    'tens of thousands have more than 18 decimals');
SELECT cmp_ok(
    (SELECT count(*) FROM sample, unnest(x) AS part WHERE abs(part) > 1e19), '>', 300::bigint, 'hundreds are huge');
SELECT cmp_ok(
    (SELECT count(*) FROM sample, unnest(x) AS part WHERE part < 0), '>', 20000::bigint, 'a good part is negative');
SELECT cmp_ok(
    (SELECT count(*) FROM sample WHERE length(translate(factor::text, '-.', '')) > 36), '>', 2000::bigint,
    'thousands of factors have more than 36 digits');
SELECT cmp_ok(
    (SELECT count(*) FROM sample WHERE length(translate(factor::text, '-.', '')) <= 32 AND factor <> 0), '>',
    2000::bigint, 'and thousands fewer');

-- ---- in and out -----------------------------------------------------------

SELECT is_empty(
    $$
        SELECT n
        FROM sample
        WHERE pg_temp.parts(a) <> (
            SELECT array_agg(round(part, 18) ORDER BY i) FROM unnest(x) WITH ORDINALITY AS u(part, i))
        LIMIT 3$$,
    'make_tco rounds each component as round(numeric, 18)');
SELECT is_empty(
    $$
        SELECT n
        FROM sample, unnest(x) AS part
        WHERE total(tco(part)) <> round(part, 18) OR total(tco(part, 'EUR', 'tax')) <> round(part, 18)
        LIMIT 3$$,
    'tco(numeric) rounds as round(numeric, 18)');
SELECT is_empty(
    $$SELECT n, part FROM sample, unnest(pg_temp.parts(a)) AS part WHERE part::text <> trim_scale(part)::text LIMIT 3$$,
    'numeric results have no trailing zeros');
SELECT is_empty(
    $$
        SELECT n
        FROM sample
        WHERE total(a)::text <> (SELECT trim_scale(sum(round(part, 18)))::text FROM unnest(x) AS part)
        LIMIT 3$$,
    'total is the sum of the components');
SELECT is_empty(
    $$SELECT n FROM sample WHERE upfront(a) + recurring(a) <> total(a) OR upfront(a) <> round(x[1], 18) LIMIT 3$$,
    'upfront and recurring make the total');
SELECT is_empty(
    $$SELECT n FROM sample WHERE a::numeric <> total(a) OR a::float8 <> total(a)::float8 LIMIT 3$$,
    'the casts to numeric and double precision give the total');
SELECT is_empty(
    $$SELECT n FROM sample WHERE tco_send(a::text::tco) <> tco_send(a) LIMIT 3$$,
    'text and back is the same to the last bit');
SELECT is_empty(
    $$
        SELECT n
        FROM sample
        WHERE a::text::tco::text <> a::text OR split_part(a::text, ' ', 1) <> total(a)::text
        LIMIT 3$$,
    'text is canonical and begins with the total');
SELECT is_empty(
    $$
        SELECT n
        FROM sample
        WHERE tco_send(a::jsonb::tco) <> tco_send(a) OR tco_send(a::json::jsonb::tco) <> tco_send(a)
        LIMIT 3$$,
    'jsonb and back is the same to the last bit');
SELECT is_empty(
    $$SELECT n FROM sample WHERE length(tco_send(a)) <> 144 OR pg_column_size(a) <> 144 LIMIT 3$$,
    'a value has 144 bytes');

CREATE TEMP TABLE toasted AS
SELECT n, (n || '.' || repeat('7', 16000))::numeric AS amount
FROM generate_series(1, 20) AS n;
SELECT is_empty(
    $$
        SELECT n
        FROM toasted
        WHERE total(tco(amount)) <> round(amount, 18)
          OR total('2 USD'::tco * amount) <> round(2 * amount, 18)
          OR NOT '1 USD'::tco < amount$$,
    'compressed numbers are as good as others');

-- ---- arithmetic -----------------------------------------------------------

SELECT is_empty(
    $$
        SELECT n
        FROM sample
        WHERE pg_temp.parts(a + b) <> (
            SELECT array_agg(p + q ORDER BY i)
            FROM unnest(pg_temp.parts(a), pg_temp.parts(b)) WITH ORDINALITY AS u(p, q, i))
        LIMIT 3$$,
    'a + b adds each component');
SELECT is_empty(
    $$
        SELECT n
        FROM sample
        WHERE pg_temp.parts(a - b) <> (
            SELECT array_agg(p - q ORDER BY i)
            FROM unnest(pg_temp.parts(a), pg_temp.parts(b)) WITH ORDINALITY AS u(p, q, i))
        LIMIT 3$$,
    'a - b subtracts each component');
SELECT is_empty(
    $$
        SELECT n
        FROM sample
        WHERE pg_temp.parts(-a) <> (
            SELECT array_agg(-p ORDER BY i) FROM unnest(pg_temp.parts(a)) WITH ORDINALITY AS u(p, i))
        LIMIT 3$$,
    '-a negates each component');
SELECT is_empty(
    $$SELECT n FROM sample
      WHERE tco_send(a + b - b) <> tco_send(a)
        OR tco_send(a - b + b) <> tco_send(a)
        OR tco_send(a + b) <> tco_send(b + a)
        OR tco_send(-(-a)) <> tco_send(a)
         OR tco_send(a - a) <> tco_send('0 USD') LIMIT 3$$,
    'a + b - b is a, to the last bit');

CREATE TEMP TABLE product AS
SELECT n, a, factor, pg_temp.scaled(a, '*', factor) AS product,
       (SELECT array_agg(round(part * factor, 18) ORDER BY i)
        FROM unnest(pg_temp.parts(a)) WITH ORDINALITY AS u(part, i)) AS parts
FROM sample;
SELECT cmp_ok((SELECT count(product) FROM product), '>', 7000::bigint, 'most products are in range');
SELECT cmp_ok((SELECT count(*) FROM product WHERE product IS NULL), '>', 100::bigint, 'many are not');
SELECT is_empty(
    $$SELECT n, factor FROM product WHERE product IS NOT NULL AND pg_temp.parts(product) <> parts LIMIT 3$$,
    'a * factor multiplies exactly and rounds once');
SELECT is_empty(
    $$
        SELECT n, factor
        FROM product
        WHERE (product IS NULL) <> EXISTS (SELECT FROM unnest(parts) AS part WHERE NOT pg_temp.fits(part))
        LIMIT 3$$,
    'a * factor raises 22003 out of range, and only there');
SELECT is_empty(
    $$
        SELECT n, factor
        FROM product
        WHERE CASE WHEN product IS NOT NULL THEN tco_send(factor * a) <> tco_send(product) END
        LIMIT 3$$,
    'factor * a is a * factor');
SELECT is_empty($$SELECT n, factor FROM product
      WHERE CASE WHEN product IS NOT NULL AND factor > 0
                 THEN exchange(a, 'eur', factor)::text <> replace(product::text, 'USD', 'EUR') END
      LIMIT 3$$, 'exchange multiplies and changes the currency');

CREATE TEMP TABLE quotient AS
SELECT n, a, divisor, pg_temp.scaled(a, '/', divisor) AS quotient
FROM sample, LATERAL (SELECT CASE WHEN n % 8 = 5 THEN n / 8 % 9 * 2 + 2 ELSE factor END AS divisor) AS d
WHERE divisor <> 0;
SELECT cmp_ok((SELECT count(quotient) FROM quotient), '>', 7000::bigint, 'most quotients are in range');
SELECT cmp_ok(
    (SELECT count(*) FROM quotient, unnest(pg_temp.parts(a), pg_temp.parts(quotient)) AS u(part, quotient_part)
               WHERE 2 * abs(
                   part - quotient_part * divisor
               ) = abs(divisor) * 1e-18), '>', 100::bigint, 'hundreds of quotients are ties');
SELECT is_empty(
    $$SELECT n, divisor FROM quotient, unnest(pg_temp.parts(a), pg_temp.parts(quotient)) AS u(part, quotient_part)
      WHERE quotient IS NOT NULL AND NOT pg_temp.is_quotient(quotient_part, part, divisor) LIMIT 3$$,
    'a / divisor is nearest to the exact quotient');
SELECT is_empty(
    $$SELECT n, divisor FROM quotient WHERE quotient IS NULL
        AND (
            SELECT max(abs(part)) FROM unnest(pg_temp.parts(a)) AS part
        ) < abs(divisor) * 170141183460469231731.6873037158841057275
        LIMIT 3$$,
    'a / divisor raises 22003 out of range only');

SELECT is_empty(
    $$SELECT n FROM sample WHERE total(b) <> 0 AND (a / b)::text <> trim_scale(total(a) / total(b))::text LIMIT 3$$,
    'a / b is the ratio of the totals');

-- ---- rounding -------------------------------------------------------------

CREATE TEMP TABLE rounded AS
SELECT n, a, (n % 41 - 20)::int AS digits, round(a, (n % 41 - 20)::int) AS rounded FROM sample;
SELECT is_empty(
    $$SELECT n, digits FROM rounded WHERE total(rounded) <> round(total(a), digits) LIMIT 3$$,
    'the total of round(a, digits) is the rounded total');
SELECT is_empty(
    $$SELECT n, digits FROM rounded, unnest(pg_temp.parts(a), pg_temp.parts(rounded)) AS u(part, rounded_part)
      WHERE rounded_part <> round(rounded_part, digits) OR abs(part - rounded_part) >= ('1e' || -digits)::numeric
      LIMIT 3$$,
    'each component is rounded up or down, by less than a step');

-- ---- comparison -----------------------------------------------------------

SELECT is_empty(
    $$SELECT n FROM sample, total(a) AS t, unnest(ARRAY[t, total(b), t + 1e-30, t - 1e-30, factor]) AS z
      WHERE (a < z, a <= z, a = z, a <> z, a >= z, a > z) <> (t < z, t <= z, t = z, t <> z, t >= z, t > z)
         OR (z < a, z <= a, z = a, z <> a, z >= a, z > a) <> (z < t, z <= t, z = t, z <> t, z >= t, z > t) LIMIT 3$$,
    'comparison with a number compares the total');
SELECT is_empty(
    $$
        WITH ordered AS (
            SELECT n, a, lead(a) OVER (ORDER BY a) AS next
            FROM (
                SELECT n, a FROM sample UNION ALL SELECT n, b FROM sample UNION ALL SELECT n, round(a, 0) FROM sample
            ) AS all_values)
      SELECT n
      FROM ordered
      WHERE (total(a), pg_temp.parts(a)) > (total(next), pg_temp.parts(next))
        OR (a = next) <> (pg_temp.parts(a) = pg_temp.parts(next))
      LIMIT 3$$,
    'within a currency, ORDER BY goes by total, then components');

-- ---- aggregates -----------------------------------------------------------

-- Groups of moderate values, some of them NULL, and the sums of their components.
CREATE TEMP TABLE moderate AS
SELECT n, n % 100 AS team, CASE WHEN n % 17 > 0 THEN a END AS cost
FROM sample
WHERE n % 10 > 0;
CREATE TEMP TABLE answer AS
SELECT team, sum(cost) AS sum, avg(cost) AS avg, min(cost) AS min, max(cost) AS max, count(cost) AS n,
       (SELECT array_agg(part ORDER BY i)
        FROM (
            SELECT i, sum(part) AS part
            FROM moderate AS m, unnest(pg_temp.parts(m.cost)) WITH ORDINALITY AS u(part, i)
            WHERE m.team = moderate.team
            GROUP BY i) AS s) AS parts
FROM moderate GROUP BY team;

SELECT is_empty($$SELECT team FROM answer WHERE pg_temp.parts(sum) IS DISTINCT FROM parts$$, 'sum adds each component');
SELECT is_empty(
    $$
        SELECT team
        FROM answer, unnest(parts, pg_temp.parts(avg)) AS u(part, avg_part)
        WHERE NOT pg_temp.is_quotient(avg_part, part, n)$$,
    'avg is nearest to sum / count');
SELECT is_empty(
    $$
        SELECT team
        FROM answer
        WHERE (total(min), total(max)) <> (
            SELECT min(total(cost)), max(total(cost)) FROM moderate WHERE moderate.team = answer.team)$$,
    'min and max have the least and greatest total');

CREATE AGGREGATE pg_temp.avg_part(tco) (SFUNC = tco_avg_add, STYPE = tco_avg_state, INITCOND = '0');
CREATE AGGREGATE pg_temp.avg_whole(tco_avg_state) (SFUNC = tco_avg_merge, STYPE = tco_avg_state, INITCOND = '0');
SELECT is_empty(
    $$SELECT k, team FROM unnest(ARRAY[1, 2, 3, 7, 41, 1000000]) AS k,
             LATERAL (
                 SELECT team, sum(sum ORDER BY hash) AS sum,
                        tco_avg_result(pg_temp.avg_whole(part ORDER BY hash)) AS avg, min(min) AS min, max(max) AS max
                      FROM (
                          SELECT team, hashint8extended(n % k, k) AS hash, sum(cost ORDER BY hashint8(n)) AS sum,
                                 pg_temp.avg_part(cost ORDER BY -n) AS part, min(cost) AS min, max(cost) AS max
                            FROM moderate GROUP BY team, n % k) AS parts
                      GROUP BY team) AS whole
             JOIN answer USING (team)
      WHERE tco_send(whole.sum) <> tco_send(answer.sum)
        OR tco_send(whole.avg) <> tco_send(answer.avg)
        OR whole.min <> answer.min
        OR whole.max <> answer.max$$,
    'parts merged in any number and order give the same, to the last bit');

SELECT is_empty(
    $$
        WITH moving AS (
            SELECT n, sum(cost) OVER w AS sum, avg(cost) OVER w AS avg
            FROM moderate
            WHERE n <= 3000
            WINDOW w AS (ORDER BY n ROWS BETWEEN 7 PRECEDING AND 2 PRECEDING)),
           ranked AS (SELECT n, cost, row_number() OVER (ORDER BY n) AS i FROM moderate WHERE n <= 3000)
      SELECT r.n FROM moving JOIN ranked r USING (n),
             LATERAL (SELECT sum(cost) AS sum, avg(cost) AS avg FROM ranked WHERE i BETWEEN r.i - 7 AND r.i - 2) AS anew
      WHERE (tco_send(moving.sum), tco_send(moving.avg)) IS DISTINCT FROM (tco_send(anew.sum), tco_send(anew.avg))$$,
    'a window that moves holds what a sum from scratch gives, to the last bit');
SELECT is_empty(
    $$WITH shrinking AS (SELECT n, sum(cost) OVER (ORDER BY n ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS sum,
                                  sum(cost) OVER (ORDER BY n DESC) AS growing FROM moderate)
      SELECT n FROM shrinking WHERE sum IS DISTINCT FROM growing$$,
    'a window that shrinks row by row ends where one that grows began');

-- ---- range ----------------------------------------------------------------
-- Digits that are past 128 bits, as an integer, by little: not to be cut off.
SELECT is_empty(
    $$
        SELECT amount
        FROM generate_series(0, 35) AS decimals, generate_series(1, 99) AS k, unnest('{-1,1}'::int[]) AS sign,
           LATERAL (SELECT sign * (k * 2::numeric ^ 128 + k % 4) * ('1e-' || decimals)::numeric AS amount) AS past
      WHERE (pg_temp.converted(amount) IS NOT NULL) <> pg_temp.fits(round(amount, 18))
        OR total(pg_temp.converted(amount)) <> round(amount, 18)
      LIMIT 3$$,
    'a numeric becomes the tco nearest to it, or raises 22003 where that is out of range');

SELECT * FROM finish();
ROLLBACK;
