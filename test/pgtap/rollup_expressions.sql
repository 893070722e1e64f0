-- Which keys and measures a rollup takes: names of columns, and one expression each.
\set QUIET on
SET client_min_messages = warning;
CREATE SCHEMA expressed;
SET search_path = expressed, public;
SELECT plan(72);

CREATE FUNCTION detail_of(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    detail text;
BEGIN
    EXECUTE statement;
    RETURN NULL;
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS detail = PG_EXCEPTION_DETAIL;
    RETURN detail;
END
$$;

-- ---- names of columns -------------------------------------------------------------

CREATE TABLE named (at date, a numeric, i int, c tco, month text, ctid_ text);
CREATE FUNCTION try(keys text[], measures text[] DEFAULT '{}') RETURNS text
    LANGUAGE sql RETURN format('CALL accelcost.rollup_create(''tried'', ''named'', ''at'', %L, %L)', keys, measures);
SELECT throws_ok(try(keys, measures), code, message, format('no rollup with %s', meaning))
FROM (VALUES
    ('{"\" state\" => i"}'::text[], '{}'::text[], '42939', 'column name " state" is reserved', 'a key named " state"'),
    ('{"\" kept\" => i"}', '{}', '42939', 'column name " kept" is reserved', 'a key named " kept"'),
    ('{}', '{"\" state\" => sum(a)"}', '42939', 'column name " state" is reserved', 'a measure named " state"'),
    ('{}', '{"\" kept\" => count(a)"}', '42939', 'column name " kept" is reserved', 'a measure named " kept"'),
    ('{month}', '{}', '42701', 'column "month" specified more than once', 'a key named as the column of the time'),
    ('{"row_count => i"}', '{}', '42701', 'column "row_count" specified more than once', 'a key named row_count'),
    ('{a}', '{a}', '42701', 'column "a" specified more than once', 'a key and a measure of one name'),
    ('{"a_missing => i"}', '{a}', '42701', 'column "a_missing" specified more than once',
        'a key named as what is beside a measure'),
    ('{}', '{a, "a_invalid => sum(i)"}', '42701', 'column "a_invalid" specified more than once', 'a measure named so'),
    ('{}', '{"a_values => count(i)", a}', '42701', 'column "a_values" specified more than once',
        'a measure named as a sum of another'),
    ('{"c_currency => i"}', '{c}', '42701', 'column "c_currency" specified more than once',
        'a key named as a currency'),
    ('{"ctid => i"}', '{}', '42701', NULL, 'a key named as a system column'),
    (ARRAY[repeat('k', 64) || ' => i'], '{}', '42622', NULL, 'a name of a key that is too long'),
    ('{}', ARRAY[repeat('m', 56) || ' => sum(a)'], '42622', NULL,
        'a name of a measure that is too long with what is beside it')) AS v (keys, measures, code, message, meaning);
SELECT lives_ok($$SELECT accelcost_internal.rollup_define(
    'tried', 'named', 'at',
    '{"s => i", "r => i", "n => i", "o => i", "f => i",
     "fresh => i", "k => i", "d => i", "\"1\" => i", "\" \" => i", "moved => i", "is_wide => i", "tg_op => i"}',
    '{"\"%\" => sum(a)", "old_rows => count(a)", "\"\"\"\" => sum(i)"}', 'month', 'UTC',
        'expressed', 'expressed', 'keep')$$, 'any other name will do');
INSERT INTO named VALUES ('2026-07-01', 1, 2), ('2026-07-02', 2, 2);
SELECT accelcost.rollup_recompute('tried') \g /dev/null
UPDATE named SET i = 3 WHERE a = 1;
SELECT accelcost.rollup_fold('tried') \g /dev/null
DELETE FROM named WHERE a = 1;
SELECT is_empty($$SELECT * FROM accelcost.rollup_verify('tried')$$, 'everywhere');
SELECT results_eq('SELECT "1", "%", """" FROM tried', 'VALUES (2, 2.0, 2.0)', 'and the view has it');
SELECT accelcost.rollup_drop('tried') \g /dev/null

-- ---- one expression ---------------------------------------------------------------

CREATE FUNCTION leave_trace() RETURNS int LANGUAGE plpgsql AS $$BEGIN CREATE TABLE trace (); RETURN 1; END$$;
SELECT throws_ok(try(ARRAY['x => ' || text]), code, message, format('no key of %s', meaning))
FROM (VALUES
    ('i)); CREATE TABLE trace (); SELECT ((1', '42601', NULL, 'text that ends its statement'),
    ('1 END; CREATE TABLE trace (); SELECT CASE WHEN true THEN 1', '42601', NULL,
        'text that ends the statement it is checked in'),
    ('1 END FROM named; SELECT leave_trace(); SELECT CASE WHEN true THEN 1', '42601', NULL,
        'text that runs another in it'),
    ('i) INTO trace FROM (SELECT 1 AS i', '42601', NULL, 'text that makes a table'),
    ('i), (i', '42601', 'key "x" must be a single expression: i), (i', 'two in parentheses'),
    ('i, i', '42601', 'key "x" must be a single expression: i, i', 'two'),
    ('i) + (i', '42601', NULL, 'unbalanced parentheses'),
    ('i], ARRAY[i', '42601', NULL, 'unbalanced brackets'),
    ('1 END, CASE WHEN true THEN 2', '42601', NULL, 'an unbalanced CASE'),
    ('i) DESC, (i', '42601', NULL, 'what an index would take'),
    ('i) WHERE (i > 1', '42601', NULL, 'a condition'),
    ('i) FROM pg_class WHERE (true', '42601', NULL, 'another table'),
    ('i ORDER BY i', '42601', NULL, 'an order'),
    ('i AS y', '42601', NULL, 'a name'),
    ('*', '42601', NULL, 'all columns'),
    ('SELECT 1', '42601', NULL, 'a query'),
    ('i;', '42601', NULL, 'a semicolon'),
    ('i +', '42601', NULL, 'a half'),
    ('''i', '42601', NULL, 'an open quote'),
    ('"i', '42601', NULL, 'an open identifier'),
    ('$$i', '42601', NULL, 'an open dollar quote'),
    ('$a$i$b$', '42601', NULL, 'a dollar quote that another closes'),
    ('i /*', '42601', NULL, 'an open comment'),
    ('i) -- rest', '42601', NULL, 'a parenthesis before a comment'),
    ('i)) /*', '42601', NULL, 'parentheses before an open comment'),
    ('$1', '42P02', NULL, 'a parameter'),
    ('(SELECT 1)', '0A000', NULL, 'a subquery'),
    ('EXISTS (SELECT FROM pg_class)', '0A000', NULL, 'a subquery that looks elsewhere'),
    ('pg_class.relname', '42P01', NULL, 'a column of another table'),
    ('sum(i)', '42803', NULL, 'an aggregate'),
    ('row_number() OVER ()', '42P20', NULL, 'a window function'),
    ('generate_series(1, i)', '0A000', NULL, 'a set'),
    ('leave_trace()', '42P17', 'key "x" must be IMMUTABLE: leave_trace()', 'a function that is VOLATILE'),
    ('now()', '42P17', NULL, 'a function that is STABLE'),
    ('ctid', '0A000', NULL, 'a system column')) AS v (text, code, message, meaning);
SELECT is(detail_of(try('{"x => i, i"}')), 'The parser reports: syntax error at or near ",".', 'the parser says why');
SELECT is(detail_of(try('{"x => ''i"}')), 'The parser reports: unterminated quoted string.',
    'without what was put around the text');
SELECT throws_ok(try('{}', ARRAY['x => ' || text]), code, NULL, format('no measure of %s', meaning))
FROM (VALUES
    ('sum(i)); CREATE TABLE trace (); SELECT ((1)', '42601', 'text that ends its statement'),
    ('sum(i) + sum(i)', '42601', 'two sums'),
    ('sum(i) FILTER (WHERE i > 1)', '42601', 'a filter'),
    ('sum(DISTINCT i)', '42601', 'distinct values'),
    ('count(i ORDER BY i)', '42601', 'an order'),
    ('count(*) -- rows', '22023', 'a comment behind it')) AS v (text, code, meaning);
SELECT throws_ok(
    $$CALL accelcost.rollup_create('tried', 'named', 'at); CREATE TABLE trace (); SELECT (1')$$, '42601', NULL,
    'nor is "at" more than one');
SELECT hasnt_table('expressed', 'trace', 'nothing of it was run');
SELECT is_empty($$SELECT relname FROM pg_class WHERE relname LIKE 'tried%'$$, 'and nothing is left');
SELECT lives_ok($q$SELECT accelcost_internal.rollup_define('tried', 'named', E'at -- the day\n',
    ARRAY[E'x => i /* this */ + 1 -- and that',
          'y => CASE WHEN i > 1 THEN $a$;)'' $a$ ELSE '';)'' END', 'z => ($$a$$ || month)'],
    ARRAY[E'm => sum(a * 2 -- twice\n)', E'p => count(nullif(month, E''\\'');''))'], 'month', 'UTC',
        'expressed', 'expressed', 'keep')$q$, 'comments and quotes that end will do');
SELECT accelcost.rollup_recompute('tried') \g /dev/null
INSERT INTO named VALUES ('2026-07-01', 1, 2, NULL, 'x');
SELECT results_eq($$SELECT x, y, z, m, p FROM tried WHERE z IS NOT NULL$$,
    $$VALUES (3, ';)'' ', 'ax', 2.0, 1::bigint)$$, 'and mean what they say');
SELECT is_empty($$SELECT * FROM accelcost.rollup_verify('tried')$$, 'in triggers and in the view');
SELECT accelcost.rollup_drop('tried') \g /dev/null

CALL accelcost.rollup_create('counted', 'named', 'date ''2026-07-01''', '{}', '{"n => count(*)"}');
INSERT INTO named (i) VALUES (1);
SELECT is_empty($$SELECT * FROM accelcost.rollup_verify('counted')$$, 'expressions may do without columns');
SELECT accelcost.rollup_drop('counted') \g /dev/null

-- Domains over domains have the type below all of them.
CREATE DOMAIN instant AS timestamptz;
CREATE DOMAIN start AS instant NOT NULL;
CREATE DOMAIN size AS numeric CHECK (VALUE < 100);
CREATE DOMAIN small AS size CHECK (VALUE < 10);
CREATE TABLE checked (at start, team small, amount small);
CALL accelcost.rollup_create('by_domain', 'checked', 'at', '{team}', '{amount}');
INSERT INTO checked VALUES ('2026-07-01Z', 1, 9), ('2026-07-02Z', 1.0, 9), ('2026-07-03Z', NULL, NULL);
UPDATE checked SET amount = 8 WHERE at = '2026-07-02Z';
SELECT is_empty($$SELECT * FROM accelcost.rollup_verify('by_domain')$$, 'columns can be domains over domains');
SELECT accelcost.rollup_drop('by_domain') \g /dev/null

-- A statement through a partitioned table does not compute them for its triggers if a partition has other positions.
CREATE TABLE tree (at date, n int, twice int GENERATED ALWAYS AS (n * 2) STORED) PARTITION BY RANGE (at);
CREATE TABLE leaf (n int, at date, twice int GENERATED ALWAYS AS (n * 2) STORED);
ALTER TABLE tree ATTACH PARTITION leaf FOR VALUES FROM ('2026-07-01') TO ('2026-08-01');
SELECT throws_ok($$CALL accelcost.rollup_create('of_tree', 'tree', 'at', '{twice}')$$, '0A000',
    'key "twice" uses a generated column: "twice"', 'a partitioned table has none for keys');
SELECT throws_ok($$CALL accelcost.rollup_create('of_tree', 'tree', 'at', '{}', '{"m => sum(twice + 1)"}')$$, '0A000',
    'measure "m" uses a generated column: "twice"', 'nor for measures');
CALL accelcost.rollup_create('of_tree', 'tree', 'at', '{}', '{"twice => sum(n * 2)"}');
INSERT INTO tree (at, n) VALUES ('2026-07-01', 4);
SELECT is((SELECT twice FROM of_tree), 8.0, 'but their expressions');
-- PostgreSQL 16 and later refuse the partition, 15 does not.
CREATE TABLE grown (at date, n int) PARTITION BY RANGE (at);
CREATE TABLE sprout (n int GENERATED ALWAYS AS (1) STORED, at date);
SELECT throws_ok($$ALTER TABLE grown ATTACH PARTITION sprout FOR VALUES FROM ('2026-07-01') TO ('2026-08-01');
                   SELECT accelcost_internal.rollup_check_source('grown')$$, NULL, NULL,
    'nor has a partition generated columns of its own');
SELECT accelcost.rollup_drop('of_tree') \g /dev/null

SELECT * FROM finish();
DROP SCHEMA expressed CASCADE;
