-- Rollups of partitioned tables: each line of the table in docs/rollups.md. A view equals what its table adds up to, or
-- says why it does not. Not in one transaction: a rollup is created by a procedure that commits.
\set QUIET on
SET client_min_messages = warning;
CREATE SCHEMA parted;
SET search_path = parted, public;
SELECT plan(131);

CREATE TABLE spend (at date, team text, n int) PARTITION BY RANGE (at);
CREATE TABLE january PARTITION OF spend FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');
CREATE TABLE february PARTITION OF spend FOR VALUES FROM ('2026-02-01') TO ('2026-03-01') PARTITION BY LIST (team);
CREATE TABLE february_a PARTITION OF february FOR VALUES IN ('a');
-- columns in another order, and one that was dropped
CREATE TABLE february_b (n int, gone int, team text, at date);
ALTER TABLE february_b DROP COLUMN gone;
ALTER TABLE february ATTACH PARTITION february_b FOR VALUES IN ('b');
CREATE TABLE rest PARTITION OF spend DEFAULT;
INSERT INTO spend VALUES ('2026-01-05', 'a', 1), ('2026-02-05', 'a', 2), ('2026-02-06', 'b', 3), ('2025-01-05', 'a', 4);
CALL accelcost.rollup_create('keeping', 'spend', 'at', '{team}', '{n}');
CALL accelcost.rollup_create('subtracting', 'spend', 'at', '{team}', '{n}', retention => 'subtract');

-- What the view says, if that is what rollup_status says.
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
-- Rows of partitions that were removed, which one of the two keeps.
CREATE TABLE history (at date, team text, n int);
CREATE VIEW by_hand AS
SELECT date_trunc('month', at)::date AS month, team, count(*) AS row_count, sum(n)::numeric AS n,
       count(*) - count(n) AS n_missing
FROM spend GROUP BY 1, 2;
CREATE VIEW by_hand_kept AS
SELECT date_trunc('month', at)::date AS month, team, count(*) AS row_count, sum(n)::numeric AS n,
       count(*) - count(n) AS n_missing
FROM (TABLE spend UNION ALL TABLE history) AS s GROUP BY 1, 2;
CREATE FUNCTION keeps(event text) RETURNS text LANGUAGE sql AS $$
    SELECT is_empty('(TABLE keeping EXCEPT TABLE by_hand_kept) UNION ALL (TABLE by_hand_kept EXCEPT TABLE keeping)',
                    event || ' (keep)')
$$;
CREATE FUNCTION subtracts(event text) RETURNS text LANGUAGE sql AS $$
    SELECT is_empty('(TABLE subtracting EXCEPT TABLE by_hand) UNION ALL (TABLE by_hand EXCEPT TABLE subtracting)',
                    event || ' (subtract)')
$$;
CREATE FUNCTION is_exact(event text) RETURNS SETOF text LANGUAGE sql AS
    $$SELECT keeps(event) UNION ALL SELECT subtracts(event)$$;
CREATE FUNCTION both_say(problem text, event text) RETURNS SETOF text LANGUAGE sql AS $$
    SELECT is(problem_of('keeping'), problem, event || ' (keep)')
    UNION ALL SELECT is(problem_of('subtracting'), problem, event || ' (subtract)')
$$;
CREATE FUNCTION both_verify(event text) RETURNS SETOF text LANGUAGE sql AS $$
    SELECT is_empty($q$SELECT * FROM accelcost.rollup_verify('keeping')$q$, event || ', verified (keep)')
    UNION ALL SELECT is_empty($q$SELECT * FROM accelcost.rollup_verify('subtracting')$q$,
                              event || ', verified (subtract)')
$$;
CREATE FUNCTION written(part text) RETURNS text LANGUAGE sql RETURN
    format('rows were written to partition "%s" before rollup_repair counted it', part);

-- ---- rows -------------------------------------------------------------------------

SELECT is_exact('what was there before');
INSERT INTO spend VALUES ('2026-01-06', 'a', 10), ('2026-02-07', 'b', 20), ('2024-01-01', NULL, NULL);
INSERT INTO february VALUES ('2026-02-08', 'a', 30);
INSERT INTO february_b (at, team, n) VALUES ('2026-02-09', 'b', 40);
COPY spend FROM stdin;
2026-01-07	c	50
2026-02-10	a	60
\.
COPY january FROM stdin;
2026-01-08	c	70
\.
SELECT is_exact('rows through the table, a partition of any depth, COPY');
UPDATE spend SET n = n + 1 WHERE n > 20;
UPDATE february SET n = n + 1;
UPDATE february_a SET n = -n WHERE n = 32;
DELETE FROM spend WHERE n = 10;
DELETE FROM january WHERE n = 71;
SELECT is_exact('UPDATE and DELETE');
MERGE INTO january USING (VALUES ('2026-01-05'::date, 100), ('2026-01-20', 101)) AS v (at, n) ON january.at = v.at
WHEN MATCHED THEN UPDATE SET n = v.n WHEN NOT MATCHED THEN INSERT VALUES (v.at, 'm', v.n);
WITH gone AS (DELETE FROM february_b WHERE n > 40 RETURNING *) INSERT INTO spend SELECT at, team, n FROM gone;
SELECT is_exact('MERGE, and several changes in one statement');
UPDATE spend SET at = at + 31 WHERE at = '2026-01-05';
UPDATE spend SET team = 'a' WHERE team = 'b' AND at = '2026-02-06';
UPDATE february SET team = 'b' WHERE at = '2026-02-08';
UPDATE spend SET at = '2030-01-01' WHERE at = '2026-02-10';
SELECT is_exact('rows that move to another partition');
BEGIN; DELETE FROM spend; INSERT INTO february VALUES ('2026-02-08', 'a', 1); ROLLBACK;
SELECT is_exact('ROLLBACK');
SELECT accelcost.rollup_fold() \g /dev/null
SELECT is_exact('a fold');
VACUUM FULL january;
SELECT is_exact('VACUUM FULL');
SELECT both_verify('all of it');
SELECT is((SELECT string_agg(DISTINCT tgenabled, '') FROM pg_trigger WHERE tgname = 'keeping_guard'
           AND tgrelid IN ('january'::regclass, 'february_a'::regclass)), 'D', 'no trigger runs for each row');

BEGIN;
TRUNCATE january; SELECT is_exact('TRUNCATE of a partition');
TRUNCATE february; SELECT is_exact('TRUNCATE of a partition with partitions');
INSERT INTO spend VALUES ('2026-01-06', 'a', 10), ('2026-02-07', 'b', 20);
TRUNCATE spend; SELECT is_exact('TRUNCATE of the table');
ROLLBACK;
SELECT is_exact('TRUNCATE that is rolled back');
BEGIN ISOLATION LEVEL REPEATABLE READ;
SELECT throws_ok('TRUNCATE january', '0A000',
    'cannot truncate a table that has a rollup in transaction isolation level repeatable read');
ROLLBACK;

-- ---- new partitions ---------------------------------------------------------------

CREATE TABLE march PARTITION OF spend FOR VALUES FROM ('2026-03-01') TO ('2026-04-01') PARTITION BY LIST (team);
CREATE TABLE march_a PARTITION OF march FOR VALUES IN ('a');
CREATE TABLE april (LIKE spend);
ALTER TABLE spend ATTACH PARTITION april FOR VALUES FROM ('2026-04-01') TO ('2026-05-01');
SELECT both_say(NULL, 'a new partition without rows is no problem');
SELECT is_exact('CREATE and ATTACH of an empty partition');
BEGIN;
INSERT INTO spend VALUES ('2026-03-01', 'a', 1);
SELECT both_say(written('march_a'), 'rows in a new partition, through the table');
ROLLBACK;
BEGIN;
INSERT INTO march VALUES ('2026-03-01', 'a', 1);
SELECT both_say(written('march_a'), 'rows in a new partition, through a partition');
ROLLBACK;
BEGIN;
INSERT INTO march_a VALUES ('2026-03-01', 'a', 1);
SELECT both_say(written('march_a'), 'rows in a new partition, directly');
ROLLBACK;
SELECT both_say('partition "march_a" is new and has rows', 'rows that were rolled back still take room');
VACUUM march_a;
SELECT both_say(NULL, 'until VACUUM');
INSERT INTO spend VALUES ('2026-03-02', 'a', 1), ('2026-04-02', 'a', 2);
TRUNCATE march_a;
SELECT both_say(written('march_a'), 'TRUNCATE of a partition that was written to');
DELETE FROM april;
VACUUM april;
CALL accelcost.rollup_repair();
SELECT both_say(NULL, 'rollup_repair counts new partitions');
SELECT is_exact('rollup_repair of new partitions');
INSERT INTO march_a VALUES ('2026-03-03', 'a', 5);
INSERT INTO march VALUES ('2026-03-03', 'a', 6);
TRUNCATE april;
INSERT INTO april VALUES ('2026-04-03', 'a', 7);
SELECT is_exact('rows and TRUNCATE of partitions that were repaired');
SELECT both_verify('partitions that were repaired');

CREATE TABLE may (n int, team text, at date);
INSERT INTO may VALUES (1, 'a', '2026-05-01'), (2, 'a', '2026-05-02');
ALTER TABLE spend ATTACH PARTITION may FOR VALUES FROM ('2026-05-01') TO ('2026-06-01');
SELECT both_say('partition "may" is new and has rows', 'ATTACH of a table with rows');
DELETE FROM spend WHERE at = '2026-05-02';
SELECT throws_ok($$SELECT accelcost.rollup_recompute('keeping')$$, '55000', NULL,
    'rollup_recompute does not count a partition');
CALL accelcost.rollup_repair();
SELECT is_exact('rollup_repair of a table with rows');
BEGIN;
CREATE TABLE june PARTITION OF spend FOR VALUES FROM ('2026-06-01') TO ('2026-07-01');
INSERT INTO spend VALUES ('2026-06-01', 'a', 1);
ROLLBACK;
SELECT is_exact('a new partition that is rolled back');

-- ---- partitions that are removed --------------------------------------------------

INSERT INTO history TABLE january;
ALTER TABLE spend DETACH PARTITION january;
SELECT keeps('DETACH');
SELECT is(problem_of('subtracting'), 'partition "january" was detached or dropped', 'DETACH (subtract)');
SELECT throws_ok($$SELECT * FROM accelcost.rollup_verify('keeping')$$, '55000',
    'sums of removed partitions are not stored yet: "january"', 'rollup_verify needs what rollup_repair stores');
INSERT INTO january VALUES ('2026-01-30', 'x', 1000);
TRUNCATE january;
SELECT keeps('writes to a partition that was detached');
INSERT INTO history TABLE rest;
ALTER TABLE spend DETACH PARTITION rest;
INSERT INTO history SELECT at, team, n FROM march_a;
ALTER TABLE spend DETACH PARTITION march CONCURRENTLY;
SELECT keeps('DETACH CONCURRENTLY of a partition with partitions');
INSERT INTO history SELECT at, team, n FROM february_a;
DROP TABLE february_a;
SELECT keeps('DROP');
CALL accelcost.rollup_repair();
SELECT both_say(NULL, 'rollup_repair after partitions were removed');
SELECT is_exact('rollup_repair keeps or subtracts');
SELECT both_verify('what is kept or subtracted');
SELECT results_eq('SELECT rollup::text, kept_until FROM accelcost.rollup_status() ORDER BY 1',
    $$VALUES ('keeping', '2030-01-01'::date), ('subtracting', NULL)$$, 'rollup_status says until when sums are kept');
SELECT is_empty($$SELECT FROM pg_trigger WHERE tgrelid = 'january'::regclass AND NOT tgisinternal$$,
    'a partition that was detached is a table without triggers again');
INSERT INTO spend VALUES ('2026-02-02', 'b', 5);
SELECT is_exact('rows of a month that is partly kept');
SELECT is(accelcost.rollup_recompute('keeping'), 0::bigint, 'rollup_recompute leaves what is kept');
UPDATE keeping_folded SET n = n + 1 WHERE month = '2026-01-01';
SELECT isnt_empty($$SELECT * FROM accelcost.rollup_verify('keeping')$$, 'rollup_verify compares what is kept');
SELECT ok(accelcost.rollup_recompute('keeping') > 0, 'rollup_recompute corrects it');
SELECT is_exact('what was corrected');

-- ---- partitions that come back ----------------------------------------------------

ALTER TABLE spend DETACH PARTITION may;
UPDATE may SET n = 100;
ALTER TABLE spend ATTACH PARTITION may FOR VALUES FROM ('2026-05-01') TO ('2026-06-01');
SELECT both_say('partition "may" was attached again, or its triggers were enabled', 'ATTACH again');
CALL accelcost.rollup_repair();
SELECT is_exact('rollup_repair counts the rows that it has now');
CREATE TABLE other (LIKE spend) PARTITION BY RANGE (at);
ALTER TABLE spend DETACH PARTITION may;
ALTER TABLE other ATTACH PARTITION may FOR VALUES FROM ('2026-05-01') TO ('2026-06-01');
DELETE FROM other;
ALTER TABLE other DETACH PARTITION may;
ALTER TABLE spend ATTACH PARTITION may FOR VALUES FROM ('2026-05-01') TO ('2026-06-01');
SELECT both_say('partition "may" was attached again, or its triggers were enabled', 'through another table');
CALL accelcost.rollup_repair();
SELECT is_exact('rows that were deleted through another table');
ALTER TABLE spend ATTACH PARTITION march FOR VALUES FROM ('2026-03-01') TO ('2026-04-01');
SELECT is(problem_of('keeping'), 'partition "march_a" was attached again, but its former sums are kept',
    'ATTACH again after rollup_repair (keep)');
SELECT throws_ok($$SELECT accelcost_internal.rollup_repair_start('keeping')$$, '55000',
    'partition "march_a" was attached again, but its former sums are kept in rollup "keeping"',
    'rollup_repair would count it twice');
SELECT is(problem_of('subtracting'), 'partition "march_a" is new and has rows',
    'ATTACH again after rollup_repair (subtract)');
CALL accelcost.rollup_repair('subtracting');
SELECT subtracts('ATTACH again');
ALTER TABLE spend DETACH PARTITION march;
CALL accelcost.rollup_repair();
SELECT is_exact('DETACH again');

-- ---- what cannot be kept ----------------------------------------------------------

INSERT INTO may VALUES (9, 'a', '2026-05-05');
CREATE TABLE june PARTITION OF spend FOR VALUES FROM ('2026-06-01') TO ('2026-07-01');
INSERT INTO june VALUES ('2026-06-01', 'a', 1);
DROP TABLE may;
SELECT both_say(written('june'), 'DROP while another partition is not counted');
SELECT throws_ok($$SELECT accelcost_internal.rollup_repair_start('keeping')$$, '55000',
    'cannot keep the sums of removed partitions: (dropped)', 'the sums of both cannot be told apart');
CALL accelcost.rollup_repair('keeping', subtract => true);
CALL accelcost.rollup_repair();
SELECT is_exact('subtract => true');
CREATE TABLE july PARTITION OF spend FOR VALUES FROM ('2026-07-01') TO ('2026-08-01');
CALL accelcost.rollup_repair();
INSERT INTO july VALUES ('2026-07-01', 'a', 1);
DROP TABLE july;
CALL accelcost.rollup_repair('keeping', subtract => true);
CALL accelcost.rollup_repair();
SELECT is_exact('subtract => true of a rollup that is up to date');
SELECT accelcost.rollup_pause('keeping') \g /dev/null
INSERT INTO june VALUES ('2026-06-02', 'a', 1);
SELECT throws_ok('TABLE keeping', '55000', 'rollup "keeping" is not up to date: it is paused', 'a pause');
CALL accelcost.rollup_resume('keeping');
SELECT is_exact('a rollup that was resumed');

-- ---- partitions that cannot be counted --------------------------------------------

CREATE ROLE parted_owner;
GRANT ALL ON SCHEMA parted TO parted_owner;
ALTER TABLE june OWNER TO parted_owner;
SELECT both_say('partition "june" has another owner', 'another owner');
SELECT throws_ok($$SELECT accelcost_internal.rollup_repair_start('keeping')$$, '0A000',
    'cannot create a rollup of "spend"', 'which rollup_repair refuses');
ALTER TABLE june OWNER TO CURRENT_USER;
ALTER TABLE june SET UNLOGGED;
SELECT both_say('partition "june" is unlogged: a crash empties it, but not the rollup', 'an unlogged partition');
ALTER TABLE june SET LOGGED;
ALTER TABLE june FORCE ROW LEVEL SECURITY;
SELECT both_say('partition "june" forces row security on its owner, who would not see all rows', 'row security');
ALTER TABLE june NO FORCE ROW LEVEL SECURITY;
CREATE FOREIGN DATA WRAPPER parted_wrapper;
CREATE SERVER parted_server FOREIGN DATA WRAPPER parted_wrapper;
CREATE FOREIGN TABLE july PARTITION OF spend FOR VALUES FROM ('2026-07-01') TO ('2026-08-01') SERVER parted_server;
SELECT both_say('partition "july" is a foreign table: changes on the foreign server fire no triggers here',
    'a foreign table');
DROP FOREIGN TABLE july;
SELECT both_say(NULL, 'all of it undone');
ALTER TABLE june DISABLE TRIGGER keeping_insert, DISABLE TRIGGER subtracting_insert;
SELECT both_say('triggers are disabled in partition "june"', 'a disabled trigger of a partition');
CALL accelcost.rollup_repair();
DROP TRIGGER keeping_delete ON february;
DROP TRIGGER subtracting_delete ON february;
SELECT both_say('triggers are missing in partition "february"', 'a missing trigger of a partition with partitions');
CALL accelcost.rollup_repair();
ALTER TABLE spend ENABLE TRIGGER ALL;
SELECT ok(problem_of('keeping') ~ 'was attached again, or its triggers were enabled', 'ENABLE TRIGGER ALL');
CALL accelcost.rollup_repair();
DROP TRIGGER keeping_guard ON spend;
SELECT is(problem_of('keeping'), 'triggers are missing', 'a missing guard');
CALL accelcost.rollup_repair();
CREATE TABLE above (LIKE spend) PARTITION BY RANGE (at);
ALTER TABLE above ATTACH PARTITION spend FOR VALUES FROM ('2020-01-01') TO ('2040-01-01');
SELECT both_say(
    'its table is a partition: writes through the partitioned table do not fire its triggers', 'a partition itself');
ALTER TABLE above DETACH PARTITION spend;
SELECT is_exact('a table that was detached without writes');
SELECT throws_ok($$CALL accelcost.rollup_create('tried', 'spend', 'at', retention => 'forget')$$, '22023',
    'invalid value for parameter "retention": "forget"', 'retention is keep or subtract');

-- ---- sums out of range ------------------------------------------------------------

CREATE TABLE vast (at date, cost tco) PARTITION BY RANGE (at);
CREATE TABLE vast_2026 PARTITION OF vast FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CALL accelcost.rollup_create('vast_monthly', 'vast', 'at', '{}', '{cost}');
INSERT INTO vast VALUES ('2026-07-01', '99000000000000000000 USD');
INSERT INTO vast VALUES ('2026-07-01', '99000000000000000000 USD');
SELECT lives_ok('TRUNCATE vast', 'sums out of range do not keep a partition from being emptied');
SELECT is(problem_of('vast_monthly'), 'a partition was truncated while its sums were out of range', 'but are told');
CALL accelcost.rollup_repair('vast_monthly');
SELECT is_empty('TABLE vast_monthly', 'rollup_repair makes them anew');
SELECT accelcost.rollup_drop('vast_monthly') \g /dev/null

-- ---- the end ----------------------------------------------------------------------

ALTER TABLE spend DETACH PARTITION june;
SELECT accelcost.rollup_drop('keeping'), accelcost.rollup_drop('subtracting') \g /dev/null
SELECT is_empty($$SELECT tgrelid::regclass, tgname FROM pg_trigger WHERE tgname ~ '^(keeping|subtracting)_'$$,
    'rollup_drop leaves no triggers, not even on partitions that were detached');
SELECT is_empty($$SELECT relname FROM pg_class WHERE relname ~ '^(keeping|subtracting)_'$$, 'and no tables');

SELECT * FROM finish();
DROP SCHEMA parted CASCADE;
DROP SERVER parted_server CASCADE;
DROP FOREIGN DATA WRAPPER parted_wrapper;
DROP ROLE parted_owner;
