-- Arithmetic over tco: how operators resolve, what they give, what they refuse.
\getenv dir PG_ABS_SRCDIR
\set file :dir '/include/error_of.sql'
\i :file

CREATE TABLE quote (cost tco, other tco, factor numeric, pieces int, share float8);
INSERT INTO quote VALUES ('10 USD compute=7 tax=3', '0.5 USD tax=0.5', 1.1, 3, 0.25);

-- numbers of any exact type multiply and divide, from both sides
SELECT cost * 2, 2 * cost, cost * 1.1, cost / 3 FROM quote;
SELECT cost * factor, factor * cost, cost / factor FROM quote;
SELECT cost * pieces, pieces * cost, cost / pieces, cost * 2::smallint, cost * 2::bigint FROM quote;
SELECT cost * '2', '2' * cost FROM quote;
SELECT -cost, cost + other, cost - other, cost / other, - (-cost) = cost FROM quote;
SELECT pg_typeof(cost * 2), pg_typeof(cost / 2), pg_typeof(cost / other), pg_typeof(-cost) FROM quote;

-- a string literal beside a tco is a tco
SELECT cost + '1 USD', '1 USD' - cost FROM quote;

-- double precision is refused: it is not exact
SELECT split_part(pg_temp.error_of(statement), ':', 1) AS sqlstate, statement FROM (VALUES
    ('SELECT cost * share FROM quote'), ('SELECT share * cost FROM quote'), ('SELECT cost / share FROM quote'),
    ('SELECT cost * 2::float4 FROM quote'), ('SELECT cost > share FROM quote')
) AS t(statement);
SELECT cost * share::numeric FROM quote;

-- so is what has no meaning
SELECT split_part(pg_temp.error_of(statement), ':', 1) AS sqlstate, statement FROM (VALUES
    ('SELECT cost + 1 FROM quote'),
    ('SELECT 1 - cost FROM quote'),
    ('SELECT 1 / cost FROM quote'),
    ('SELECT cost * cost FROM quote'),
    ('SELECT cost % 2 FROM quote'),
    ('SELECT abs(cost) FROM quote'),
    ('SELECT cost || cost FROM quote')
) AS t(statement);

-- a number has no currency, in quotes or without
SELECT pg_temp.error_of(statement) FROM (VALUES
    ('SELECT cost + 3 FROM quote'),
    ('SELECT cost - 3.50 FROM quote'),
    ('SELECT 3 + cost FROM quote'),
    ('SELECT 0 - cost FROM quote'),
    ('SELECT cost + factor FROM quote'),
    ('SELECT cost + pieces::bigint FROM quote'),
    ('SELECT ''1 tokens''::tco + 1e30 FROM quote')
) AS t(statement);
SELECT cost + NULL, NULL - cost, cost + NULL::numeric FROM quote;
SELECT pg_temp.error_of('SELECT cost > ''6'' FROM quote');
SELECT pg_temp.error_of('SELECT cost + ''6'' FROM quote');
SELECT pg_temp.error_of('SELECT cost / ''6'' FROM quote');
SELECT pg_temp.error_of('SELECT cost * ''2 USD'' FROM quote');

-- results round once, half away from zero, at the 18th decimal
SELECT tco(0.000000000000000001) * factor, -tco(0.000000000000000001) * factor
FROM (VALUES (0.5), (0.49), (1.5), (-0.5)) AS t(factor);
SELECT '1 USD'::tco / divisor, '-1 USD'::tco / divisor, '2 USD'::tco / divisor
FROM (VALUES (3), (-3), (7), (1e18), (2e18), (4e18), (1e-3)) AS t(divisor);

-- so they do by factors of any length
SELECT tco(0.000000000000000003) * ('0.1' || repeat('6', 16382))::numeric;
SELECT '100000000000000000000 USD'::tco / divisor, '-100000000000000000000 USD'::tco / divisor
FROM (VALUES (2e38), (2e38 + 1), (2e38 - 1e-200), ('2e38'::numeric + 1e-16000)) AS t(divisor);
SELECT '1 USD'::tco * 1e-1000, '1 USD'::tco / 1e1000, '0 USD'::tco * 1e1000, '0 USD'::tco / 1e-1000;

-- the ratio of two totals has the digits of numeric division, less trailing zeros
SELECT '10 USD'::tco / '4 USD', '1 USD'::tco / '3 USD', '-1 USD'::tco / '3 USD', '0 USD'::tco / '3 USD';
SELECT '6 USD upfront=1 tax=5'::tco / '3 USD';

-- NULL on either side
SELECT -NULL::tco, cost + NULL::tco, NULL::tco + cost, cost - NULL::tco, NULL::tco - cost FROM quote;
SELECT cost * NULL::numeric, NULL::numeric * cost, cost / NULL::numeric, cost / NULL::tco, NULL::tco / 2,
       NULL::tco / cost
FROM quote;

-- the ends of the range never wrap
CREATE TABLE bound (name text, cost tco);
INSERT INTO bound
VALUES ('least', '-170141183460469231731.687303715884105728 USD'),
       ('greatest', '170141183460469231731.687303715884105727 USD');
SELECT name, cost + '0 USD', cost - '0 USD', cost * 1, cost / 1 FROM bound;
SELECT name, expression, pg_temp.error_of(format('SELECT %s FROM bound WHERE name = %L', expression, name))
FROM bound, unnest('{-cost,cost * -1,cost / -1}'::text[]) AS expression;
SELECT name, expression,
       split_part(
           pg_temp.error_of(format('SELECT %s FROM bound WHERE name = %L', expression, name)), ':', 1) AS sqlstate
FROM bound,
     unnest(
         '{cost + cost,cost - -cost,cost + ''0.000000000000000001 USD'',cost - ''0.000000000000000001 USD'',cost '
         '* 2,2 * cost,cost * 1.000000000000000000000000000000000000001,cost / 0.5,cost / '
         '0.00000000000000000000000000000000000000000001}'::text[]) AS expression
ORDER BY 1, 2;
SELECT pg_temp.error_of('SELECT ''1 USD''::tco * 1e30');
SELECT pg_temp.error_of('SELECT ''1 USD tax=1''::tco / 1e-30');

-- division by zero
SELECT pg_temp.error_of(format('SELECT cost / %s FROM quote', divisor))
FROM (VALUES ('0'), ('0.000'), ('''0 USD''::tco'), ('''0 USD tax=1 credit=-1''::tco')) AS t(divisor);

-- numbers that are none
SELECT pg_temp.error_of(format('SELECT cost %s ''%s''::numeric FROM quote', operator, number))
FROM (VALUES ('*'), ('/')) AS o(operator), (VALUES ('NaN'), ('Infinity'), ('-Infinity')) AS n(number);

-- currencies do not mix, and case counts but in three letters
SELECT pg_temp.error_of('SELECT ''1 USD''::tco + ''1 EUR''::tco');
SELECT pg_temp.error_of('SELECT ''1 USD''::tco - ''1 tokens''::tco');
SELECT pg_temp.error_of('SELECT ''1 Tokens''::tco / ''1 tokens''::tco');
SELECT pg_temp.error_of('SELECT ''0 A_b_C_d_E_12''::tco + ''0 A_b_C_d_E_13''::tco');
SELECT '1 usd'::tco + '1 USD'::tco;

DROP TABLE quote, bound;
