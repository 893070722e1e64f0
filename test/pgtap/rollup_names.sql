-- A rollup goes on, or says why not, when columns, triggers and schemas change their names.
-- Not in one transaction: a rollup is created by a procedure that commits.
\set QUIET on
SET client_min_messages = warning;
CREATE SCHEMA renaming;
SET search_path = renaming, public;
SELECT plan(13);

CREATE TABLE pair (at timestamptz, team text, a numeric, b numeric);
INSERT INTO pair VALUES ('2026-07-01Z', 'x', 1, 100);
CALL accelcost.rollup_create('pair_monthly', 'pair', 'at', '{team}', '{a, b}');
BEGIN;
ALTER TABLE pair RENAME a TO c;
ALTER TABLE pair RENAME b TO a;
ALTER TABLE pair RENAME c TO b;
COMMIT;
INSERT INTO pair (at, team, a, b) VALUES ('2026-07-02Z', 'x', 1000, 5);
SELECT throws_ok(
    'SELECT * FROM pair_monthly', '55000', 'rollup "pair_monthly" is not up to date: columns were renamed',
    'columns that change names are not mixed up');
CALL accelcost.rollup_repair('pair_monthly');
SELECT results_eq('SELECT a, b FROM pair_monthly', 'VALUES (6.0, 1100.0)', 'rollup_repair makes it right');
ALTER TABLE pair RENAME team TO old_team;
ALTER TABLE pair ADD team text;
SELECT is(problem, 'columns were renamed', 'another column that takes the name is another')
FROM accelcost.rollup_status()
WHERE rollup = 'pair_monthly'::regclass;
CALL accelcost.rollup_repair('pair_monthly');
ALTER TRIGGER pair_monthly_insert ON pair RENAME TO another;
CALL accelcost.rollup_repair('pair_monthly');
INSERT INTO pair (at, old_team, a, b) VALUES ('2026-07-02Z', 'y', 1, 1);
SELECT results_eq(
    $$SELECT row_count, a FROM pair_monthly WHERE team = 'y'$$, 'VALUES (1::bigint, 1.0)',
    'a trigger under another name does not count twice');
SELECT is_empty($$SELECT * FROM accelcost.rollup_verify('pair_monthly')$$, 'and all is right');
CREATE TRIGGER twice AFTER INSERT ON pair REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION pair_monthly_append();
SELECT is(problem, 'an event has two triggers', 'two triggers are one too many')
FROM accelcost.rollup_status()
WHERE rollup = 'pair_monthly'::regclass;
CALL accelcost.rollup_repair('pair_monthly');
SELECT is(problem, NULL, 'which rollup_repair drops')
FROM accelcost.rollup_status()
WHERE rollup = 'pair_monthly'::regclass;
SET quote_all_identifiers = on;
SELECT lives_ok('SELECT * FROM pair_monthly', 'whatever is quoted');
RESET quote_all_identifiers;
ALTER TRIGGER pair_monthly_insert ON pair RENAME TO another;
CREATE FUNCTION another() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE TRIGGER pair_monthly_insert AFTER INSERT ON pair FOR EACH STATEMENT EXECUTE FUNCTION another();
SELECT throws_ok(
    $$SELECT accelcost_internal.rollup_attach('pair_monthly')$$, '42710', NULL, 'a trigger of another is left alone');
CREATE TABLE zoo (at timestamptz);
CALL accelcost.rollup_create('zoo_monthly', 'zoo', 'at');
ALTER TABLE zoo DISABLE TRIGGER zoo_monthly_insert;
SET client_min_messages = error;
CALL accelcost.rollup_repair();
SET client_min_messages = warning;
SELECT is(problem, NULL, 'and keeps rollup_repair from no other rollup')
FROM accelcost.rollup_status()
WHERE rollup = 'zoo_monthly'::regclass;
SELECT accelcost.rollup_drop('zoo_monthly') \g /dev/null
DROP TRIGGER pair_monthly_insert ON pair;
CALL accelcost.rollup_repair('pair_monthly');
ALTER SCHEMA renaming RENAME TO moved;
SET search_path = moved, public;
SELECT is(problem, 'its schema was renamed', 'a schema of another name is seen')
FROM accelcost.rollup_status()
WHERE rollup = 'pair_monthly'::regclass;
SELECT throws_ok('SELECT * FROM pair_monthly', '55000', NULL, 'by the view, too');
CALL accelcost.rollup_repair('pair_monthly');
INSERT INTO pair (at, old_team, a, b) VALUES ('2026-07-02Z', 'z', 1, 1);
SELECT is(row_count, 1::bigint, 'and rollup_repair writes to it') FROM pair_monthly WHERE team = 'z';
ALTER SCHEMA moved RENAME TO renaming;
SET search_path = renaming, public;
SELECT accelcost.rollup_drop('pair_monthly') \g /dev/null

SELECT * FROM finish();
DROP SCHEMA renaming CASCADE;
