-- tiered_cost: what rows cost together under one tariff, over groups, in windows, in parts.
\getenv dir PG_ABS_SRCDIR
\set file :dir '/include/error_of.sql'
\i :file

CREATE TABLE transfer (day int, payer text, gb numeric, price tariff);
INSERT INTO transfer VALUES
    (1, 'a', 6, 'graduated: 3 upto 10, 1'),
    (2, 'a', NULL, 'graduated: 3 upto 10, 1'),
    (3, 'a', 5, 'graduated: 3.0 upto 10, 1'),
    (4, 'a', -2, 'graduated: 3 upto 10, 1'),
    (5, 'b', 7, 'volume: 2 upto 10, 1'),
    (6, 'b', 7, 'volume: 2 upto 10, 1'),
    (7, 'c', 0, NULL),
    (8, 'c', 4, 'package 10: 5 flat 1'),
    (9, 'c', NULL, NULL),
    (10, 'c', NULL, 'graduated: 9'),
    (11, 'd', 1, NULL),
    (12, 'd', 1, 'graduated: 9'),
    (13, 'e', NULL, 'graduated: 9'),
    (14, 'f', 0, NULL),
    (15, 'g', 0, 'graduated: 9 flat 2');

-- the rows of a group are rated together; a row without a quantity is skipped, and
-- so is a quantity of 0 without a tariff, where any other makes the cost unknown
SELECT payer, sum(gb), tiered_cost(gb, price), count(*) FROM transfer GROUP BY payer ORDER BY payer;
SELECT tariff_cost('graduated: 3 upto 10, 1', 9) AS a, tariff_cost('volume: 2 upto 10, 1', 14) AS b,
       tariff_cost('package 10: 5 flat 1', 4) AS c;
-- over no rows and over nothing but NULL: NULL
SELECT tiered_cost(gb, price), count(*) FROM transfer WHERE false;
SELECT tiered_cost(NULL, NULL), tiered_cost(NULL, 'graduated: 1'), tiered_cost(0, NULL), tiered_cost(1, NULL),
       tiered_cost(0, 'graduated: 1 flat 2');
SELECT tiered_cost(gb, price) FROM transfer WHERE false GROUP BY payer;
-- any order of rows
SELECT tiered_cost(gb, price ORDER BY day), tiered_cost(gb, price ORDER BY day DESC),
       tiered_cost(gb, price ORDER BY gb)
FROM transfer
WHERE payer = 'a';
-- FILTER, DISTINCT, expressions, grouping sets
SELECT tiered_cost(gb, price) FILTER (WHERE gb > 0), tiered_cost(gb, price) FILTER (WHERE day = 3),
       tiered_cost(gb, price) FILTER (WHERE false), tiered_cost(gb * 2, price)
FROM transfer
WHERE payer = 'a';
SELECT tiered_cost(DISTINCT gb, price), tiered_cost(gb, price) FROM transfer WHERE payer = 'b';
SELECT payer, price, tiered_cost(gb, price)
FROM transfer
WHERE price = 'volume: 2 upto 10, 1'
GROUP BY GROUPING SETS ((payer, price), ())
ORDER BY payer;
SELECT payer, tiered_cost(gb, price) FROM transfer GROUP BY payer HAVING tiered_cost(gb, price) > 10 ORDER BY payer;
SELECT tiered_cost(day, 'graduated: 0.5'), tiered_cost(day::bigint, 'graduated: 0.5') FROM transfer;

-- tariffs that differ are refused, in any order of rows, even if one of them is for 0
SELECT pg_temp.error_of('SELECT tiered_cost(gb, price) FROM transfer');
SELECT pg_temp.error_of(
    'SELECT tiered_cost(gb, price ORDER BY day DESC) FROM transfer WHERE day >= 12 AND gb IS NOT NULL');
SELECT pg_temp.error_of(format('SELECT tiered_cost(q, t) FROM (VALUES %s) AS v(q, t)', rows)) FROM (VALUES
    ('(1, ''graduated: 1''::tariff), (0, ''graduated: 2'')'),
    ('(1, ''graduated: 1''::tariff), (1, ''graduated: 1.000''), (1, NULL), (1, ''graduated: 1 upto 5'')'),
    ('(1, ''graduated: 1234567.123456789 upto 1234567.123456789, 1234567.123456789 upto 12345678.123456789, '
     '1''::tariff), (1, ''volume: 1'')')
) AS t(rows);
-- a row without a quantity brings no tariff
SELECT tiered_cost(q, t) FROM (VALUES (1, 'graduated: 1'::tariff), (NULL, 'graduated: 2')) AS v(q, t);

-- T is asked of the sum alone: it may be negative in between, but not in the end
SELECT tiered_cost(q, 'graduated: 1') FROM unnest(ARRAY[-5, 7]) AS q;
SELECT pg_temp.error_of('SELECT tiered_cost(q, ''graduated: 1'') FROM unnest(ARRAY[5, -7]) AS q');
SELECT pg_temp.error_of('SELECT tiered_cost(q, ''graduated: 1 upto 10'') FROM unnest(ARRAY[5, 7]) AS q');
SELECT tiered_cost(q, 'graduated: 1 upto 10') FROM unnest(ARRAY[5, 7, -2]) AS q;
SELECT tiered_cost(-5, NULL) AS unknown, pg_temp.error_of('SELECT tiered_cost(-5, ''graduated: 1'')') AS negative;
-- a quantity must be one
SELECT pg_temp.error_of(format('SELECT tiered_cost(%s)', arguments)) FROM (VALUES
    ('''NaN'', ''graduated: 1'''),
    ('''NaN'', NULL'),
    ('''Infinity'', ''graduated: 1'''),
    ('1e-37, ''graduated: 1'''),
    ('1e-37, NULL'),
    ('1e21, ''graduated: 1'''),
    ('q, ''graduated: 1'') FROM (VALUES (1e20), (1e20)) AS v(q')
) AS t(arguments);

-- windows: the running bill, and frames that slide, leave rows out and run empty
SELECT day, gb, tiered_cost(gb, price) OVER (ORDER BY day) FROM transfer WHERE payer = 'a';
SELECT day, gb, tiered_cost(gb, price) OVER (ORDER BY day ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING)
FROM transfer
WHERE payer = 'a';
SELECT day, gb, tiered_cost(gb, price) OVER (ORDER BY day ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)
FROM transfer
WHERE payer = 'b';
SELECT day, gb,
       tiered_cost(gb, price) OVER (
           ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE CURRENT ROW)
FROM transfer
WHERE payer = 'a';
SELECT day, gb, tiered_cost(gb, price) OVER (ORDER BY day RANGE BETWEEN 3 PRECEDING AND 2 PRECEDING)
FROM transfer
WHERE payer = 'a';
SELECT payer, day, tiered_cost(gb, price) OVER (PARTITION BY payer ORDER BY day) FROM transfer ORDER BY day;
-- unknown while a quantity without a tariff is in the frame, known again after it
SELECT day, gb, price, tiered_cost(gb, price) OVER (ORDER BY day ROWS BETWEEN CURRENT ROW AND CURRENT ROW),
       tiered_cost(gb, price) OVER (ORDER BY day ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS of_two
FROM transfer WHERE day BETWEEN 11 AND 14;
-- a frame may move on to another tariff once the last row has left it
SELECT day, price, tiered_cost(gb, price) OVER (ORDER BY day ROWS BETWEEN CURRENT ROW AND CURRENT ROW)
FROM transfer
WHERE day <> 4
ORDER BY day;
SELECT day, tiered_cost(gb, price) OVER (ORDER BY day ROWS BETWEEN 1 FOLLOWING AND 1 FOLLOWING)
FROM transfer
WHERE day <> 4
ORDER BY day;
SELECT day, tiered_cost(gb, price) OVER (ORDER BY day RANGE BETWEEN 1 PRECEDING AND CURRENT ROW)
FROM transfer
WHERE day IN (3, 4, 6, 8, 9, 12)
ORDER BY day;
SELECT pg_temp.error_of(
    'SELECT tiered_cost(gb, price) OVER (ORDER BY day ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM transfer');
SELECT pg_temp.error_of(
    'SELECT tiered_cost(gb, ''graduated: 1'') OVER (ORDER BY day DESC ROWS BETWEEN CURRENT ROW AND CURRENT ROW) '
    'FROM transfer WHERE payer = ''a''');

-- states by hand: rows with a tariff, rows without, their sum, the tariff
SELECT tariff_state_add('0 0 0', 5, 'graduated: 1.0'), tariff_state_add('1 0 5 graduated: 1', 0.5, 'graduated: 1'),
       tariff_state_add('1 0 5 graduated: 1', -7, 'graduated: 1'), tariff_state_add('0 2 0', 5, 'graduated: 1');
SELECT tariff_state_add('0 0 0', 5, NULL), tariff_state_add('0 0 0', 0, NULL),
       tariff_state_add('1 1 5 graduated: 1', 5, NULL), tariff_state_add('1 0 5 graduated: 1', NULL, 'volume: 1'),
       tariff_state_add('1 0 5 graduated: 1', NULL, NULL), tariff_state_add(NULL, 5, 'graduated: 1');
SELECT tariff_state_remove('2 0 5 graduated: 1', 3, 'graduated: 1'),
       tariff_state_remove('1 0 5 graduated: 1', 5, 'graduated: 1'),
       tariff_state_remove('1 2 5 graduated: 1', 1, NULL), tariff_state_remove('1 2 5 graduated: 1', 0, NULL),
       tariff_state_remove('1 2 5 graduated: 1', NULL, 'volume: 1'), tariff_state_remove(NULL, 5, 'graduated: 1');
SELECT tariff_state_merge('0 0 0', '0 0 0'), tariff_state_merge('0 1 0', '2 3 7 graduated: 1'),
       tariff_state_merge('2 3 7 graduated: 1', '0 1 0'),
       tariff_state_merge('2 3 7 graduated: 1', '1 1 -0.5 graduated: 1.0'), tariff_state_merge(NULL, '0 0 0'),
       tariff_state_merge('0 0 0', NULL);
SELECT tariff_state_result('0 0 0'), tariff_state_result('0 1 0'), tariff_state_result('1 1 5 graduated: 2'),
       tariff_state_result('1 0 5 graduated: 2'), tariff_state_result('3 0 0 graduated: 2 flat 1'),
       tariff_state_result(NULL);
-- with its last row a state forgets its tariff and is as new
SELECT tariff_state_send(
    tariff_state_remove('1 0 5 graduated: 1', 3, 'graduated: 1')) = tariff_state_send('0 0 0') AS as_new,
       tariff_state_add(tariff_state_remove('1 0 5 graduated: 1', 5, 'graduated: 1'), 1, 'volume: 2 upto 5, 3');
-- what was not added cannot be removed, and counts do not wrap
SELECT pg_temp.error_of(format('SELECT %s', call)) FROM (VALUES
    ('tariff_state_remove(''0 0 0'', 5, ''graduated: 1'')'),
    ('tariff_state_remove(''0 0 0'', 5, NULL)'),
    ('tariff_state_remove(''1 0 5 graduated: 1'', 5, NULL)'),
    ('tariff_state_remove(''0 1 0'', 5, ''graduated: 1'')'),
    ('tariff_state_remove(''1 0 5 graduated: 1'', 5, ''graduated: 2'')'),
    ('tariff_state_add(''1 0 5 graduated: 1'', 5, ''graduated: 2'')'),
    ('tariff_state_merge(''1 0 5 graduated: 1'', ''1 0 5 volume: 1'')'),
    ('tariff_state_add(''9223372036854775807 0 5 graduated: 1'', 5, ''graduated: 1'')'),
    ('tariff_state_add(''0 9223372036854775807 0'', 5, NULL)'),
    ('tariff_state_merge(''9223372036854775800 0 5 graduated: 1'', ''8 0 5 graduated: 1'')'),
    ('tariff_state_merge(''0 9223372036854775800 0'', ''0 8 0'')'),
    ('tariff_state_add(''1 0 170141183460469231731 graduated: 1'', 1, ''graduated: 1'')'),
    ('tariff_state_remove(''2 0 -170141183460469231731 graduated: 1'', 1, ''graduated: 1'')'),
    ('tariff_state_merge(''1 0 170141183460469231731 graduated: 1'', ''1 0 1 graduated: 1'')'),
    ('tariff_state_result(''2 0 -5 graduated: 1'')'),
    ('tariff_state_result(''2 0 5 graduated: 1 upto 4'')')
) AS t(call);
SELECT tariff_state_merge('9223372036854775800 9223372036854775800 5 graduated: 1', '7 7 5 graduated: 1');
-- a merge whose counts do not fit changes nothing of it
SELECT pg_temp.error_of('SELECT tariff_state_merge(''1 9223372036854775807 5 graduated: 1'', ''1 1 5 graduated: 1'')');

-- called by hand, the steps leave their arguments alone, stored or in a variable
CREATE TABLE part AS
SELECT payer, tariff_state_add(tariff_state_add('0 0 0', 1, NULL), gb, price) AS state, price, gb
FROM transfer
WHERE day IN (1, 5, 8);
SELECT payer, state, tariff_state_add(state, 1, price), tariff_state_remove(state, gb, price),
       tariff_state_merge(state, state), tariff_state_add(state, 1, NULL), tariff_state_remove(state, 1, NULL),
       tariff_state_result(tariff_state_remove(state, 1, NULL)), state, price
FROM part
ORDER BY payer;
DO $$
DECLARE
    state tariff_state := '2 1 5 graduated: 1 upto 5, 2';
    empty tariff_state := '0 0 0';
    t tariff := 'graduated: 1 upto 5, 2';
BEGIN
    PERFORM tariff_state_add(state, 1, t), tariff_state_add(state, 1, NULL), tariff_state_remove(state, 1, t),
        tariff_state_merge(state, state), tariff_state_merge(empty, state), tariff_state_add(empty, 1, t),
        tariff_insert(t, 7, 1), tariff_merge(t, 'graduated: 1 upto 7');
    ASSERT state::text = '2 1 5 graduated: 1 upto 5, 2'
        AND empty::text = '0 0 0'
        AND t::text = 'graduated: 1 upto 5, 2';
END
$$;
-- also within an aggregate
SELECT tiered_cost(tariff_state_result(tariff_state_add('1 0 5 graduated: 1', gb, 'graduated: 1')), 'graduated: 2')
FROM transfer
WHERE payer = 'b';

-- tariffs and states of thousands of tiers
SELECT tiered_cost(q, t) AS cost, tariff_cost(t, sum(q)) AS at_once
FROM (
    SELECT ('graduated: ' || string_agg(n || ' upto ' || n, ', '))::tariff AS t FROM generate_series(1, 5000) AS n
) AS great,
     generate_series(1, 50) AS q
GROUP BY t;

DROP TABLE transfer, part;
