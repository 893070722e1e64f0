-- Tariffs from arrays of bounds or widths, and from rows.
\getenv dir PG_ABS_SRCDIR
\set file :dir '/include/error_of.sql'
\i :file

-- tariff() takes bounds, which are totals; the last one NULL is open
SELECT tariff('{100,10240,51200,153600,NULL}', '{0,0.09,0.085,0.07,0.05}');
SELECT tariff('{10}', '{1}'), tariff('{NULL}', '{1}'), tariff(ARRAY[NULL::numeric], ARRAY[0]);
SELECT tariff('{100,200,NULL}', '{2,1,0.5}', 'volume', '{10,0,50}'),
       tariff('{NULL}', '{100}', 'package', block => 10), tariff('{1000}', '{100}', 'package', '{7}', 3, 0.5);
SELECT tariff(
    upto => '{10,NULL}', price => '{2,1}', mode => 'graduated', flat => '{0,5}', allowance => 100, block => NULL);
SELECT tariff(price => ARRAY[0.087, 0.083], upto => ARRAY[10000, NULL], allowance => 100);

-- tariff_from_widths() takes widths
SELECT tariff_from_widths('{100,10140,40960,102400,NULL}', '{0,0.09,0.085,0.07,0.05}');
SELECT tariff_from_widths('{10}', '{1}'), tariff_from_widths('{NULL}', '{1}'),
       tariff_from_widths('{NULL}', '{100}', 'package', block => 10);
SELECT tariff_from_widths(
    width => '{0.1,0.2,0.3}', price => '{2,1,0.5}', mode => 'volume', flat => '{10,0,50}', allowance => 5,
    block => NULL);
-- the same numbers, read as bounds and as widths, are two tariffs
SELECT tariff('{10,40,50}', '{3,2,1}'), tariff_from_widths('{10,40,50}', '{3,2,1}'),
       tariff_from_widths('{10,30,10}', '{3,2,1}') = tariff('{10,40,50}', '{3,2,1}') AS same;

-- tariff_agg() takes rows, in any order
SELECT tariff_agg(upto, price), tariff_agg(upto, price ORDER BY upto DESC), tariff_agg(upto, price ORDER BY price)
FROM (VALUES (10240, 0.09), (NULL, 0.05), (100, 0), (153600, 0.07), (51200, 0.085)) AS tier(upto, price);
SELECT meter, tariff_agg(upto, price), tariff_agg(upto, price) FILTER (WHERE upto < 100)
FROM (VALUES ('a', 100, 1), ('b', 7, 5), ('a', NULL, 0.5), ('c', NULL, 3), ('a', 10, 2)) AS tier(meter, upto, price)
GROUP BY meter
ORDER BY meter;
SELECT tariff_agg(upto, price) FROM (VALUES (1, 1)) AS tier(upto, price) WHERE false;
SELECT tariff_agg(DISTINCT upto, price) FROM (VALUES (5, 1), (5, 1), (NULL, 2)) AS tier(upto, price);
SELECT upto, tariff_agg(upto, price) OVER (ORDER BY upto) FROM (VALUES (5, 1), (7, 2), (NULL, 3)) AS tier(upto, price);
-- its steps, called by hand, leave their arguments alone
SELECT tariff_insert(NULL, 5, 1), tariff_insert('graduated: 1 upto 5', NULL, 2),
       tariff_insert('graduated: 1 upto 5, 2', 3, 4), tariff_insert('volume allowance 7: 1 flat 6 upto 5', 3, 4);
SELECT tariff_merge('graduated: 1 upto 5, 2', 'graduated: 3 upto 4'),
       tariff_merge('graduated: 1 upto 5', 'graduated: 4 upto 3, 6 upto 7, 9'), tariff_merge(NULL, 'graduated: 1'),
       tariff_merge('graduated: 1', NULL);
SELECT t, tariff_insert(t, 3, 4), tariff_merge(t, 'graduated: 4 upto 3'), t
FROM (VALUES ('graduated: 1 upto 5, 2'::tariff)) AS v(t);

-- numbers are those given, however they are written
SELECT tariff('{1e3,1.0e4}', '{0.10,1e-2}'),
       tariff('{1e3,1.0e4}', '{0.10,1e-2}') = 'graduated: 0.1 upto 1000, 0.01 upto 10000' AS same;
SELECT tariff(
    '{0.000000000000000001,170141183460469231731.687303715884105726}',
    '{170141183460469231731.687303715884105726,0.0000000000000000010000}');
-- an array may have any lower bound, messages count from 1
SELECT tariff('[5:6]={10,NULL}', '[0:1]={2,1}'), tariff('[5:6]={10,NULL}', '{2,1}');
SELECT pg_temp.error_of($$SELECT tariff('[5:6]={10,NULL}', '[0:1]={2,NULL}')$$);

-- the same rules hold for both constructors
SELECT rule, error,
       error = regexp_replace(
           pg_temp.error_of(format('SELECT tariff_from_widths(%s)', arguments)), '\mwidth\M', 'upto', 'g'
       ) AS same_from_widths
FROM (VALUES
    ('bounds are null', $$NULL, '{1}'$$),
    ('prices are null', $$'{1}', NULL$$),
    ('the mode is null', $$'{1}', '{1}', NULL$$),
    ('the allowance is null', $$'{1}', '{1}', allowance => NULL$$),
    ('a price is null', $$'{5,NULL}', '{1,NULL}'$$),
    ('a fee is null', $$'{5,NULL}', '{1,2}', flat => '{NULL,0}'$$),
    ('no tiers', $$'{}', '{}'$$),
    ('more bounds', $$'{5,NULL}', '{1}'$$),
    ('more prices', $$'{5}', '{1,2}'$$),
    ('no prices', $$'{5}', '{}'$$),
    ('fewer fees', $$'{5,NULL}', '{1,2}', flat => '{1}'$$),
    ('more fees', $$'{5}', '{1}', flat => '{1,2}'$$),
    ('empty fees', $$'{5}', '{1}', flat => '{}'$$),
    ('two dimensions of bounds', $$'{{5},{6}}', '{1,2}'$$),
    ('two dimensions of prices', $$'{5,6}', '{{1},{2}}'$$),
    ('two dimensions of fees', $$'{5,6}', '{1,2}', flat => '{{1},{2}}'$$),
    ('three dimensions', $$'{{{5}}}', '{1}'$$),
    ('the open tier is not the last', $$'{NULL,5}', '{1,2}'$$),
    ('two open tiers', $$'{NULL,NULL}', '{1,2}'$$),
    ('an open tier between', $$'{5,NULL,10}', '{1,2,3}'$$),
    ('a negative price', $$'{5}', '{-1}'$$),
    ('a negative price later', $$'{5,NULL}', '{1,-0.000000000000000001}'$$),
    ('a negative fee', $$'{5,NULL}', '{1,2}', flat => '{0,-1}'$$),
    ('a negative allowance', $$'{5}', '{1}', allowance => -1$$),
    ('a package without a block', $$'{5}', '{1}', 'package'$$),
    ('a package with a block of 0', $$'{5}', '{1}', 'package', block => 0$$),
    ('a package with a negative block', $$'{5}', '{1}', 'package', block => -1$$),
    ('a block in graduated', $$'{5}', '{1}', block => 10$$),
    ('a block in volume', $$'{5}', '{1}', 'volume', block => 10$$),
    ('a package of two tiers', $$'{5,NULL}', '{1,2}', 'package', block => 10$$),
    ('an unknown mode', $$'{5}', '{1}', 'tiered'$$),
    ('an upper case mode', $$'{5}', '{1}', 'Volume'$$),
    ('an empty mode', $$'{5}', '{1}', ''$$),
    ('a mode with a blank', $$'{5}', '{1}', 'volume '$$),
    ('a long mode', $$'{5}', '{1}', repeat('é', 100)$$),
    ('NaN', $$'{5}', '{NaN}'$$),
    ('an infinite bound', $$'{5,Infinity}', '{1,2}'$$),
    ('a negative infinite fee', $$'{5}', '{1}', flat => '{-Infinity}'$$),
    ('a NaN allowance', $$'{5}', '{1}', allowance => 'NaN'$$),
    ('an infinite block', $$'{5}', '{1}', 'package', block => 'Infinity'$$),
    ('more than 18 decimals of a price', $$'{5}', '{0.0000000000000000001}'$$),
    ('of a bound', $$'{5,5.0000000000000000001}', '{1,2}'$$),
    ('of a fee', $$'{5}', '{1}', flat => '{1e-36}'$$),
    ('of an allowance', $$'{5}', '{1}', allowance => 1e-19$$),
    ('of a block', $$'{5}', '{1}', 'package', block => 1e-19$$),
    ('more than 36 decimals', $$'{5}', '{1e-37}'$$),
    ('a price out of range', $$'{5}', '{170141183460469231731.687303715884105727}'$$),
    ('a bound out of range', $$'{170141183460469231731.687303715884105727}', '{1}'$$),
    ('a fee out of range', $$'{5}', '{1}', flat => '{1e21}'$$),
    ('an allowance out of range', $$'{5}', '{1}', allowance => 1e30$$),
    ('a block out of range', $$'{5}', '{1}', 'package', block => 1e400$$),
    ('far below', $$'{5}', '{-1e30}'$$)
) AS t(rule, arguments), LATERAL pg_temp.error_of(format('SELECT tariff(%s)', arguments)) AS error;

-- bounds rise, widths are above 0
SELECT pg_temp.error_of(format('SELECT tariff(%s)', arguments)) FROM (VALUES
    ($$'{0}', '{1}'$$),
    ($$'{-5}', '{1}'$$),
    ($$'{10,10}', '{1,2}'$$),
    ($$'{10,5,NULL}', '{1,2,3}'$$),
    ($$'{10240,40960,102400,50}', '{1,2,3,4}'$$),
    ($$'{10,10.000}', '{1,2}', 'volume'$$)
) AS t(arguments);
SELECT pg_temp.error_of(format('SELECT tariff_from_widths(%s)', arguments)) FROM (VALUES
    ($$'{0}', '{1}'$$),
    ($$'{-5}', '{1}'$$),
    ($$'{10,0,NULL}', '{1,2,3}'$$),
    ($$'{10,-5}', '{1,2}', 'volume'$$),
    ($$'{170141183460469231731.687303715884105726,0.000000000000000001}', '{1,2}'$$),
    ($$'{100000000000000000000,100000000000000000000}', '{1,2}'$$)
) AS t(arguments);
SELECT tariff_from_widths('{170141183460469231731.687303715884105725,0.000000000000000001}', '{1,2}');

-- ten thousand tiers are the most
SELECT tariff_cost(tariff(array_agg(n), array_agg(1)), 10000) AS bounds,
       tariff_cost(tariff_from_widths(array_agg(1), array_agg(1)), 10000) AS widths
FROM generate_series(1, 10000) AS n;
SELECT pg_temp.error_of(format('SELECT %s FROM generate_series(1, 10001) AS n', call))
FROM unnest(
    ARRAY['tariff(array_agg(n), array_agg(1))', 'tariff_from_widths(array_agg(1), array_agg(1))', 'tariff_agg(n, 1)']
) AS call;

-- rows must make a tariff, too
SELECT pg_temp.error_of(
    format('SELECT tariff_agg(upto::numeric, price::numeric) FROM (VALUES %s) AS tier(upto, price)', tiers))
FROM (VALUES
    ('(5, NULL)'),
    ('(NULL, NULL)'),
    ('(5, -1)'),
    ('(0, 1)'),
    ('(-5, 1)'),
    ('(5, 1), (5, 1)'),
    ('(5, 1), (7, 2), (5.0, 3)'),
    ('(NULL, 1), (NULL, 2)'),
    ('(5, ''NaN'')'),
    ('(''Infinity'', 1)'),
    ('(5, 1e-19)'),
    ('(1e-19, 1)'),
    ('(1e21, 1)')
) AS t(tiers);
SELECT pg_temp.error_of('SELECT tariff_insert(''graduated: 1 upto 5'', 5, 2)'),
       pg_temp.error_of('SELECT tariff_merge(''graduated: 1 upto 5'', ''graduated: 1 upto 5'')'),
       pg_temp.error_of('SELECT tariff_insert(''package 10: 1 upto 5'', 6, 2)');

-- there is no constructor from one price, text or widths unsaid
SELECT pg_temp.error_of('SELECT tariff(0.09)'), pg_temp.error_of('SELECT tariff(width => ''{1}'', price => ''{1}'')');
