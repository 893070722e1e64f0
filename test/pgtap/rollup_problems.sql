-- A rollup refuses rather than be out of date: what rollup_status knows its view
-- knows, and what can only make a wrong rollup is refused when it is created.
\set QUIET on
SET client_min_messages = warning;
CREATE SCHEMA refused;
SET search_path = refused, public;
SELECT plan(99);

-- What the view and rollup_status say, if that is the same.
CREATE FUNCTION problem_of(rollup regclass) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    said   text;
    status text := (SELECT s.problem FROM accelcost.rollup_status() AS s WHERE s.rollup = problem_of.rollup);
BEGIN
    BEGIN
        EXECUTE format('SELECT FROM %s', rollup);
    EXCEPTION WHEN object_not_in_prerequisite_state THEN
        said := substr(SQLERRM, length(format('rollup "%s" is not up to date: ', rollup)) + 1);
    END;
    RETURN CASE WHEN said IS DISTINCT FROM status THEN format('view: %s; status: %s', said, status) ELSE said END;
END
$$;
CREATE FUNCTION hint_of(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    hint text;
BEGIN
    EXECUTE statement;
    RETURN NULL;
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS hint = PG_EXCEPTION_HINT;
    RETURN hint;
END
$$;
-- ---- hierarchies of tables ------------------------------------------------------

CREATE TABLE spend (at date NOT NULL, n int);
INSERT INTO spend VALUES ('2026-07-01', 10);
CALL accelcost.rollup_create('monthly', 'spend', 'at', '{}', '{n}');
CREATE TABLE whole (at date NOT NULL, n int) PARTITION BY RANGE (at);
CREATE TABLE parent (at date NOT NULL);
CREATE FUNCTION is_right(event text) RETURNS SETOF text LANGUAGE sql AS $$
    SELECT is_empty($q$SELECT * FROM accelcost.rollup_verify('monthly')$q$, event)
    UNION ALL SELECT results_eq('SELECT n FROM monthly', 'SELECT sum(n)::numeric FROM ONLY spend',
        event || ', the view says so')
$$;

SELECT throws_ok($$ALTER TABLE whole ATTACH PARTITION spend FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')$$, '0A000',
    'trigger "monthly_guard" prevents table "spend" from becoming a partition',
        'a table with a rollup does not become a partition');
SELECT throws_ok('ALTER TABLE spend INHERIT parent', '0A000',
    'trigger "monthly_guard" prevents table "spend" from becoming an inheritance child', 'nor a child');
SELECT accelcost.rollup_pause('monthly') \g /dev/null
SELECT throws_ok('ALTER TABLE spend INHERIT parent', '0A000', NULL, 'nor while its rollup is paused');
CALL accelcost.rollup_resume('monthly');
ALTER TABLE spend DISABLE TRIGGER monthly_guard;
SELECT is(problem_of('monthly'), 'triggers are disabled', 'a disabled guard is a problem');
SELECT throws_ok('ALTER TABLE spend INHERIT parent', '0A000', NULL, 'but guards still');
DROP TRIGGER monthly_guard ON spend;
SELECT is(problem_of('monthly'), 'triggers are missing', 'a missing guard is a problem');

ALTER TABLE whole ATTACH PARTITION spend FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
SELECT is(problem_of('monthly'),
    'its table is a partition: writes through the partitioned table do not fire its triggers', 'a partition is told');
SELECT is(hint_of('TABLE monthly'), 'Undo this and repair the rollup with rollup_repair, or drop it with rollup_drop.',
    'with what to do');
INSERT INTO whole VALUES ('2026-07-02', 100);
SELECT throws_ok($$SELECT accelcost_internal.rollup_repair_start('monthly')$$, '0A000',
    'cannot create a rollup of "spend"', 'rollup_repair makes it no partition that is right');
SELECT throws_ok($$SELECT accelcost.rollup_recompute('monthly')$$, '55000', NULL, 'nor does rollup_recompute');
ALTER TABLE whole DETACH PARTITION spend;
SELECT is(problem_of('monthly'), 'triggers are missing', 'nor is it right when it is detached');
CALL accelcost.rollup_repair('monthly');
SELECT is(problem_of('monthly'), NULL, 'until rollup_repair');
SELECT is_right('which has counted what came through the partitioned table');
SELECT throws_ok('ALTER TABLE spend INHERIT parent', '0A000', NULL, 'and guards again');

DROP TRIGGER monthly_guard ON spend;
ALTER TABLE spend INHERIT parent;
SELECT is(problem_of('monthly'),
    'its table inherits from another table: writes through that table do not fire its triggers', 'a child is told');
DELETE FROM parent WHERE at = '2026-07-02';
ALTER TABLE spend NO INHERIT parent;
SELECT is(problem_of('monthly'), 'triggers are missing', 'also afterwards');
CALL accelcost.rollup_repair('monthly');
SELECT is_right('what was written through a parent is counted');

CREATE TABLE kid () INHERITS (spend);
SELECT is(problem_of('monthly'), 'its table has child tables: its triggers also see their rows', 'a parent is told');
SELECT throws_ok($$SELECT accelcost_internal.rollup_repair_start('monthly')$$, '0A000',
    'cannot create a rollup of "spend"', 'rollup_repair makes it no parent that is right');
ALTER TABLE kid NO INHERIT spend;
SELECT is(problem_of('monthly'), NULL, 'a child that came and went does no harm');
SELECT is_right('if nothing was written meanwhile');
ALTER TABLE kid INHERIT spend;
INSERT INTO kid VALUES ('2026-07-03', 1000);
ALTER TABLE kid NO INHERIT spend;
SELECT is(problem_of('monthly'), NULL, 'nor if it was written to the child alone');
SELECT is_right('whose rows are not those of the table');
ALTER TABLE kid INHERIT spend;
UPDATE spend SET n = n + 1;
ALTER TABLE kid NO INHERIT spend;
SELECT is(problem_of('monthly'), 'rows were written while other tables inherited from its table',
    'rows of a child that passed for those of the table are told');
SELECT is(hint_of('TABLE monthly'), 'The owner can repair it with rollup_repair.', 'with what to do');
SELECT isnt_empty($$SELECT * FROM accelcost.rollup_verify('monthly')$$, 'for they were counted');
CALL accelcost.rollup_repair('monthly');
SELECT is(problem_of('monthly'), NULL, 'rollup_repair takes them away');
SELECT is_right('exactly');
ALTER TABLE kid INHERIT spend;
DELETE FROM spend WHERE n > 1000;
ALTER TABLE kid NO INHERIT spend;
SELECT ok(accelcost.rollup_recompute('monthly') > 0 AND problem_of('monthly') IS NULL, 'so does rollup_recompute');
SELECT is_right('with what was taken away too much');
BEGIN;
ALTER TABLE kid INHERIT spend;
INSERT INTO spend VALUES ('2026-07-04', 1);
ROLLBACK;
SELECT is(problem_of('monthly'), NULL, 'what was taken back is no problem');

-- ---- what else the status knows ---------------------------------------------------

UPDATE monthly_folded SET n = n + 1;
SELECT accelcost.rollup_verify('monthly') \g /dev/null
SELECT is(problem_of('monthly'), 'it differed from its table when it was last verified',
    'the view does not show what is known to be wrong');
SELECT is(accelcost.rollup_recompute('monthly'), 1::bigint, 'rollup_recompute repairs that');
SELECT is(problem_of('monthly'), NULL, 'and the view is there again');
ALTER TABLE spend SET UNLOGGED;
SELECT is(problem_of('monthly'), 'its table is unlogged: a crash empties it, but not the rollup',
    'nor of a table that a crash empties');
ALTER TABLE spend SET LOGGED;
CREATE ROLE refused_owner;
GRANT ALL ON SCHEMA refused TO refused_owner;
ALTER TABLE spend OWNER TO refused_owner;
SELECT is(problem_of('monthly'), 'its table has another owner', 'nor of a table of another');
ALTER TABLE spend OWNER TO CURRENT_USER;
BEGIN;
SET LOCAL allow_system_table_mods = on;
INSERT INTO pg_subscription_rel (srsubid, srrelid, srsubstate) VALUES (1, 'spend'::regclass, 'r');
SELECT is(problem_of('monthly'), 'its table is filled by logical replication, which fires no triggers',
    'nor on a subscriber');
ROLLBACK;
ALTER TABLE spend DISABLE TRIGGER monthly_update;
SELECT is(problem_of('monthly'), 'triggers are disabled', 'nor without a trigger');
ALTER TABLE spend ENABLE TRIGGER monthly_update;
CREATE OR REPLACE TRIGGER monthly_delete AFTER DELETE ON spend REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT WHEN (1 > 2) EXECUTE FUNCTION monthly_append();
SELECT is(problem_of('monthly'), 'triggers are missing', 'nor with one that does not always fire');
CALL accelcost.rollup_repair('monthly');
SELECT is(problem_of('monthly'), NULL, 'rollup_repair makes it again');
ALTER TABLE monthly_delta RENAME TO changes;
SELECT is(problem_of('monthly'), 'parts of it were renamed', 'nor with parts of other names');
SELECT is(hint_of('TABLE monthly'), 'Give tables "monthly_delta" and "monthly_folded" their names and schema back.',
    'which the view says, too');
SELECT throws_ok($$INSERT INTO spend VALUES ('2026-07-09', 1)$$, '42P01', NULL, 'as writes need them');
ALTER TABLE changes RENAME TO monthly_delta;
SELECT is(problem_of('monthly'), NULL, 'until they have their names');
DROP VIEW monthly_row CASCADE;
SELECT is(problem_of('monthly'), 'parts of it were dropped', 'nor without all that it consists of');
SELECT is(hint_of('TABLE monthly'), 'Drop the rollup with rollup_drop and create it again.',
    'which cannot be repaired');
SELECT lives_ok($$SELECT accelcost.rollup_drop('monthly')$$, 'but dropped');
SELECT lives_ok($$INSERT INTO spend VALUES ('2026-07-09', 1)$$, 'and the table goes on');
REVOKE ALL ON SCHEMA refused FROM refused_owner;
DROP ROLE refused_owner;

-- ---- what keys and measures are made of -------------------------------------------

-- Nothing but columns is looked up by name when rows are written.
CREATE TABLE call (at timestamptz, team text, code varchar(9), level int, n numeric);
CREATE SCHEMA lib;
CREATE FUNCTION lib.kind(team text) RETURNS text LANGUAGE sql IMMUTABLE AS $$SELECT 'kind of ' || team$$;
CREATE FUNCTION lib.class(code text) RETURNS text LANGUAGE sql IMMUTABLE AS $$SELECT 'class of ' || code$$;
CREATE FUNCTION lib.twice(n numeric) RETURNS numeric LANGUAGE sql IMMUTABLE BEGIN ATOMIC SELECT 2 * n; END;
CREATE FUNCTION lib.times(n numeric, level int) RETURNS numeric LANGUAGE sql IMMUTABLE AS 'SELECT n * level';
CREATE OPERATOR lib.*@ (FUNCTION = lib.times, LEFTARG = numeric, RIGHTARG = int);
CREATE TYPE lib.mood AS ENUM ('low', 'high');
CREATE FUNCTION lib.mood_of(level int) RETURNS lib.mood LANGUAGE sql IMMUTABLE
    AS $$SELECT CASE WHEN level > 5 THEN 'high' ELSE 'low' END::lib.mood$$;
CREATE CAST (int AS lib.mood) WITH FUNCTION lib.mood_of(int);
INSERT INTO call VALUES ('2026-07-01Z', 'a', 'x', 3, 7), ('2026-07-01Z', 'b', 'y', 7, 1);
CALL accelcost.rollup_create('calls', 'call', 'at',
    '{"kind => lib.kind(team)", "class => lib.class(code)", "mood => level::lib.mood",
      "is_high => level::lib.mood = ''high''"}',
    '{"double => sum(lib.twice(n))", "levels => sum(n operator(lib.*@) level)", "none => count(nullif(n, 0))"}');
CREATE FUNCTION calls_go_on(event text) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO call SELECT at, 'c', code, 10 - level, n + 1 FROM call WHERE team <> 'c';
    UPDATE call SET level = level + 1 WHERE team = 'a';
    DELETE FROM call WHERE team = 'c';
    RETURN NEXT is(problem_of('calls'), NULL, event || ' is no problem');
    RETURN NEXT is_empty($q$SELECT * FROM accelcost.rollup_verify('calls')$q$, event || ' changes no sum');
END
$$;
SELECT calls_go_on('nothing');

ALTER FUNCTION lib.kind(text) RENAME TO former_kind;
SELECT calls_go_on('a function of another name');
CREATE FUNCTION lib.kind(team text) RETURNS text LANGUAGE sql IMMUTABLE AS $$SELECT 'another'$$;
SELECT calls_go_on('another function of the old name');
CREATE FUNCTION lib.class(code varchar) RETURNS text LANGUAGE sql IMMUTABLE AS $$SELECT 'another'$$;
SELECT calls_go_on('a function that fits better');
ALTER FUNCTION lib.twice(numeric) RENAME TO former_twice;
CREATE FUNCTION lib.twice(n numeric) RETURNS numeric LANGUAGE sql IMMUTABLE AS 'SELECT 3 * n';
SELECT calls_go_on('another function of the name in a measure');
ALTER OPERATOR lib.*@ (numeric, int) SET SCHEMA refused;
CREATE FUNCTION lib.other_times(n numeric, level int) RETURNS numeric LANGUAGE sql IMMUTABLE AS 'SELECT n + level';
CREATE OPERATOR lib.*@ (FUNCTION = lib.other_times, LEFTARG = numeric, RIGHTARG = int);
SELECT calls_go_on('another operator of the name');
DROP CAST (int AS lib.mood);
CREATE FUNCTION lib.other_mood_of(level int) RETURNS lib.mood LANGUAGE sql IMMUTABLE AS $$SELECT 'low'::lib.mood$$;
CREATE CAST (int AS lib.mood) WITH FUNCTION lib.other_mood_of(int);
SELECT calls_go_on('another cast');
ALTER TYPE lib.mood RENAME VALUE 'high' TO 'higher';
ALTER TYPE lib.mood RENAME VALUE 'low' TO 'high';
ALTER TYPE lib.mood RENAME TO feeling;
CREATE TYPE lib.mood AS ENUM ('low', 'high');
DROP FUNCTION lib.kind(text);
ALTER SCHEMA lib RENAME TO library;
CREATE SCHEMA lib;
CREATE FUNCTION lib.former_kind(team text) RETURNS text LANGUAGE sql IMMUTABLE AS $$SELECT 'another'$$;
-- the text of a function in SQL finds names when it runs: that is for its owner to mend
CREATE OR REPLACE FUNCTION library.mood_of(level int) RETURNS library.feeling LANGUAGE sql IMMUTABLE
    AS $$SELECT CASE WHEN level > 5 THEN 'higher' ELSE 'high' END::library.feeling$$;
SELECT is(problem_of('calls'), 'functions that it uses were replaced', 'a function that was replaced is told');
CALL accelcost.rollup_repair('calls');
SELECT calls_go_on('a type and a schema of another name');
CALL accelcost.rollup_repair('calls');
SELECT calls_go_on('rollup_repair after all that');
SELECT accelcost.rollup_fold('calls') \g /dev/null
SELECT calls_go_on('a fold after all that');

CREATE OR REPLACE FUNCTION library.former_twice(n numeric) RETURNS numeric LANGUAGE sql IMMUTABLE
    BEGIN ATOMIC SELECT 4 * n; END;
SELECT is(problem_of('calls'), 'functions that it uses were replaced',
    'a function with another body is told, parsed or not');
CALL accelcost.rollup_repair('calls');
SELECT calls_go_on('a function that was replaced before rollup_repair');
CREATE OR REPLACE FUNCTION library.times(n numeric,
    level int) RETURNS numeric LANGUAGE sql IMMUTABLE AS 'SELECT n + n * level';
SELECT is(problem_of('calls'), 'functions that it uses were replaced', 'the function of an operator, too');
CALL accelcost.rollup_repair('calls');
SELECT calls_go_on('an operator that was replaced before rollup_repair');
SELECT throws_ok('DROP FUNCTION library.former_kind(text)', '2BP01', NULL, 'a function in use is not dropped');
ALTER TABLE call RENAME TO calling;
ALTER TABLE calling SET SCHEMA library;
CREATE VIEW call AS TABLE library.calling;
SELECT calls_go_on('a table of another name and schema');
BEGIN;
DROP FUNCTION library.former_kind(text) CASCADE;
SELECT is(problem_of('calls'), 'parts of it were dropped', 'unless with CASCADE, which is told');
SELECT throws_ok('DELETE FROM call', '42883', NULL, 'by writes, too');
SELECT lives_ok($$SELECT accelcost.rollup_drop('calls')$$, 'until the rollup is dropped');
SELECT lives_ok('DELETE FROM call', 'when they go on');
ROLLBACK;
SELECT accelcost.rollup_drop('calls') \g /dev/null
SELECT is_empty(
    $$
        SELECT proname
        FROM pg_proc
        WHERE pronamespace = 'refused'::regnamespace AND proname ~ '^calls_(values|append)'$$,
    'rollup_drop leaves no function');

-- A column has a collation of its own.
SELECT coalesce((SELECT quote_ident(collname) FROM pg_collation
                 WHERE collname IN ('en-x-icu', 'C') AND collencoding IN (-1, 6)
                 ORDER BY collname DESC LIMIT 1), '"C"') AS collation \gset
CREATE TABLE word (at date, word text COLLATE :collation);
CALL accelcost.rollup_create('words', 'word', 'at', '{"small => word < ''B''", "word"}');
INSERT INTO word VALUES ('2026-07-01', 'a'), ('2026-07-01', 'C');
UPDATE word SET at = '2026-08-01' WHERE word = 'a';
SELECT is_empty($$SELECT * FROM accelcost.rollup_verify('words')$$, 'triggers compare by the collation of a column');
SELECT accelcost.rollup_drop('words') \g /dev/null

-- ---- keys that no index takes -----------------------------------------------------

CREATE TABLE vast (at date, key text, n int);
CREATE FUNCTION long(seed text, size int) RETURNS text LANGUAGE sql
    RETURN (SELECT left(string_agg(md5(seed || i),
    '' ORDER BY i), size) FROM generate_series(1, 1 + size / 32) AS i);
CALL accelcost.rollup_create('vast_monthly', 'vast', 'at', '{key}', '{n}');
INSERT INTO vast SELECT '2026-07-01', long('a', size), size FROM generate_series(2600, 2800) AS size;
INSERT INTO vast VALUES ('2026-07-01', long('b', 100000), 1), ('2026-07-01', 'short', 1);
SELECT accelcost.rollup_fold('vast_monthly') AS folded \gset
SELECT is(:folded::bigint, count(*), 'what an index takes is folded') FROM vast_monthly_folded;
SELECT ok((SELECT count(*) FROM vast_monthly_delta) BETWEEN 100 AND 150, 'groups with longer keys stay deltas');
SELECT is_empty($$SELECT * FROM accelcost.rollup_verify('vast_monthly')$$, 'and the rollup is right');
INSERT INTO vast SELECT '2026-07-01', long('b', 100000), i FROM generate_series(2, 10) AS i;
INSERT INTO vast VALUES ('2026-07-01', long('b', 100000), 11);
SELECT is(accelcost.rollup_fold('vast_monthly'), 2::bigint, 'deltas of one become one');
SELECT is(accelcost.rollup_fold('vast_monthly'), 0::bigint, 'once');
SELECT results_eq($$SELECT row_count, n FROM vast_monthly_delta WHERE length(key) = 100000$$,
    'VALUES (11::bigint, 66.0)', 'with the sums of all');
SELECT is(problem_of('vast_monthly'), NULL, 'which is no problem');
DELETE FROM vast WHERE length(key) > 2000;
SELECT accelcost.rollup_fold('vast_monthly') \g /dev/null
SELECT is((SELECT count(*) FROM vast_monthly_delta) + (SELECT count(*) FROM vast_monthly_folded), 1::bigint,
    'and they go with their rows');
SELECT is_empty($$SELECT * FROM accelcost.rollup_verify('vast_monthly')$$, 'to the last one');
SELECT accelcost.rollup_drop('vast_monthly') \g /dev/null

SELECT * FROM finish();
DROP SCHEMA refused, lib, library CASCADE;
