-- A rollup equals what its table adds up to, after whatever is done to the
-- table. Not in one transaction: a rollup is created by a procedure that commits.
\set QUIET on
SET client_min_messages = warning;
CREATE SCHEMA rolled;
SET search_path = rolled, public;
SELECT plan(142);

CREATE TABLE account (account text PRIMARY KEY);
INSERT INTO account SELECT 'a' || i FROM generate_series(1, 5) AS i;
CREATE TABLE spend (
    id       int PRIMARY KEY,
    account  text REFERENCES account ON DELETE CASCADE ON UPDATE CASCADE,
    at       timestamptz,
    found    text,                          -- the name of a variable, in a trigger
    amount   numeric,
    tokens   int,
    cost     tco,
    note     text
);
INSERT INTO spend
SELECT i, 'a' || 1 + i % 5, timestamptz '2025-12-31 20:00+00' + i * interval '5 hours', nullif('t' || i % 3, 't2'),
       i * 1.01, i, tco(i * 0.1, (ARRAY['USD', 'EUR'])[1 + i % 2], 'compute')
FROM generate_series(1, 300) AS i;

CALL accelcost.rollup_create('by_month', 'spend', 'at', '{account, found, "shout => upper(found)"}',
                   '{amount, tokens, cost, "double => sum(amount * 2)", "noted => count(note)", "n => count(*)"}');
CALL accelcost.rollup_create('by_day', 'spend', 'at', '{}', '{"n => count(*)"}', 'day', 'Asia/Kolkata');

-- Both ways, so that a group too many is seen as well as one too few.
CREATE VIEW by_hand AS
SELECT bill_month(at) AS month, account, found, upper(found) AS shout, currency(cost) AS cost_currency,
       count(*) AS row_count,
       sum(amount) FILTER (WHERE amount <> 'NaN') AS amount, count(*) FILTER (WHERE amount IS NULL) AS amount_missing,
       count(*) FILTER (WHERE amount = 'NaN') AS amount_invalid,
       sum(tokens)::numeric AS tokens, count(*) - count(tokens) AS tokens_missing, sum(cost) AS cost,
       count(*) - count(cost) AS cost_missing,
       sum(amount * 2) FILTER (WHERE amount <> 'NaN') AS double,
       count(*) FILTER (WHERE amount IS NULL) AS double_missing,
       count(*) FILTER (WHERE amount = 'NaN') AS double_invalid,
       count(note) AS noted, count(*) AS n
FROM spend GROUP BY 1, 2, 3, 4, 5;
CREATE VIEW by_hand_day AS
SELECT (at AT TIME ZONE 'Asia/Kolkata')::date AS day, count(*) AS row_count, count(*) AS n FROM spend GROUP BY 1;
CREATE FUNCTION is_exact(event text) RETURNS SETOF text LANGUAGE sql AS $$
    SELECT is_empty('(TABLE by_month EXCEPT TABLE by_hand) UNION ALL (TABLE by_hand EXCEPT TABLE by_month)', event)
    UNION ALL
    SELECT is_empty(
        '(TABLE by_day EXCEPT TABLE by_hand_day) UNION ALL (TABLE by_hand_day EXCEPT TABLE by_day)',
        event || ', by day')
$$;

SELECT is_exact('what was there before is in it');
SELECT is((SELECT count(*) FROM by_month), (SELECT count(*) FROM by_hand), 'a group is there once');
SELECT ok((SELECT count(*) FROM by_month WHERE found IS NULL AND shout IS NULL) > 5, 'keys may be NULL');
SELECT results_eq('SELECT DISTINCT cost_currency FROM by_month ORDER BY 1', '{EUR,USD}'::text[], 'a currency is a key');

-- ---- events ---------------------------------------------------------------

INSERT INTO spend
VALUES (1001, 'a1', '2026-01-05', 't1', 1.000000000000000000001, 7, '1.5 USD', 'x'),
       (1002, NULL, '2019-01-05', NULL, NULL, NULL, NULL, NULL);
SELECT is_exact('INSERT, also of months long past');
COPY spend (id, account, at, amount, cost) FROM stdin;
1101	a1	2026-01-09 00:00+00	12.5	0.000000000000000001 USD
1102	a2	2026-02-09 00:00+00	-12.5	-3 GBP compute=-5 energy=2
1103	\N	\N	NaN	\N
1104	a2	infinity	Infinity	1 USD
\.
UPDATE spend SET amount = NULL WHERE id = 1104;
SELECT is_exact('COPY, with rows of no time');
SELECT results_eq(
    'SELECT amount, amount_missing, amount_invalid, row_count FROM by_month WHERE month IS NULL',
    'VALUES (NULL::numeric, 0::bigint, 1::bigint, 1::bigint)',
                  'NaN is counted as invalid, and a sum of nothing is NULL');
UPDATE spend SET amount = amount + 1, cost = cost * 2 WHERE id % 7 = 0;
SELECT is_exact('UPDATE of measures');
UPDATE spend SET at = at + interval '1 month', account = 'a1', cost = tco(1, 'JPY') WHERE id % 11 = 0;
SELECT is_exact('UPDATE of keys');
SELECT accelcost.rollup_fold() \g /dev/null
UPDATE spend SET id = -id WHERE id = 1;
UPDATE spend SET id = -id WHERE id = -1;
SELECT is((SELECT count(*) FROM by_month_delta), 0::bigint, 'an UPDATE of other columns leaves no delta');
DELETE FROM spend WHERE id % 13 = 0;
SELECT is_exact('DELETE');
INSERT INTO spend VALUES (1, 'a2', '2026-01-05', 'new', 5, 5, '5 USD'), (2001, 'a2', '2026-01-05', 'new', 5, 5, '5 USD')
ON CONFLICT (id) DO UPDATE SET found = 'conflict', amount = spend.amount + excluded.amount;
SELECT is_exact('ON CONFLICT DO UPDATE');
INSERT INTO spend
VALUES (1, 'a2', '2026-01-05', 'new', 5, 5, '5 USD'),
       (2002, 'a2', '2026-01-05', 'new', 5, 5, '5 USD') ON CONFLICT DO NOTHING;
SELECT is_exact('ON CONFLICT DO NOTHING');
MERGE INTO spend USING (SELECT i AS id FROM generate_series(90, 400) AS i) AS s ON s.id = spend.id
WHEN MATCHED AND s.id % 2 = 0 THEN DELETE
WHEN MATCHED THEN UPDATE SET found = 'merged', tokens = 0
WHEN NOT MATCHED THEN INSERT VALUES (s.id, 'a5', '2026-05-01', 'merged', 1, 1, '1 USD');
SELECT is_exact('MERGE');
WITH gone AS (DELETE FROM spend WHERE id < 20 RETURNING *),
     changed AS (UPDATE spend SET found = NULL WHERE id BETWEEN 30 AND 40)
INSERT INTO spend SELECT id + 5000, account, at, found, amount, tokens, cost FROM gone;
SELECT is_exact('several changes in one statement');
DELETE FROM account WHERE account = 'a3';
SELECT is_exact('a foreign key that deletes');
UPDATE account SET account = 'a44' WHERE account = 'a4';
SELECT is_exact('a foreign key that updates');
BEGIN;
INSERT INTO spend VALUES (3001, 'a1', '2026-01-05', 't1', 1, 1, '1 USD');
SAVEPOINT s;
DELETE FROM spend WHERE id > 100;
SELECT is_exact('a transaction sees what it did');
ROLLBACK TO s;
SELECT is_exact('and not what it took back');
UPDATE spend SET at = '2026-07-07' WHERE id = 3001;
COMMIT;
SELECT is_exact('a savepoint');
BEGIN; DELETE FROM spend; ROLLBACK;
SELECT is_exact('a rollback');
INSERT INTO spend
SELECT 10000 + i, 'a1', timestamptz '2026-03-01 00:00+00' + i * interval '1 min', 'bulk', i, i, '0.01 USD'
FROM generate_series(1, 5000) AS i;
SELECT is_exact('many rows at once');
INSERT INTO spend
SELECT *
FROM spend
WHERE false; UPDATE spend SET found = 'x'
WHERE false; DELETE
FROM spend
WHERE false;
SELECT is_exact('statements without rows');
SELECT accelcost.rollup_fold() \g /dev/null
SELECT is_exact('folding');
INSERT INTO spend VALUES (1201, 'a1', '2026-01-20', 't1', 3, 1, '2 USD'), (1202, 'a2', '2026-03-20', 't1', 3, 1, NULL);
SELECT is_exact('a delta in some of the folded months');
SELECT is((SELECT count(*) FROM by_month), (SELECT count(*) FROM by_hand), 'each group is still there once');
INSERT INTO spend VALUES (1203, 'a2', NULL, NULL, 5, NULL, NULL);
SELECT is_exact('and one of no time');
SELECT is((SELECT count(*) FROM by_month), (SELECT count(*) FROM by_hand), 'which counts no group twice');
DELETE FROM spend WHERE id BETWEEN 1201 AND 1203;
DELETE FROM spend WHERE found = 'bulk';
SELECT is_empty($$SELECT FROM by_month WHERE found = 'bulk'$$, 'a group without rows vanishes');
SELECT ok((SELECT count(*) FROM by_month_folded WHERE found = 'bulk') > 0, 'though its sums are still stored');
SELECT accelcost.rollup_fold() \g /dev/null
SELECT is_empty($$SELECT FROM by_month_folded WHERE found = 'bulk'$$, 'until they are folded');
INSERT INTO spend
VALUES (4001, 'a1', '2026-08-08', 'zero', 5, 5, '5 USD'), (4002, 'a1', '2026-08-08', 'zero', -5, -5, '-5 USD');
SELECT results_eq(
    $$SELECT amount, tokens, cost FROM by_month WHERE found = 'zero'$$,
    $$VALUES (0::numeric, 0::numeric, '0 USD'::tco)$$, 'a group that comes to 0 does not');
BEGIN; TRUNCATE account CASCADE; SELECT is_exact('TRUNCATE, by a foreign key'); ROLLBACK;
SELECT is_exact('TRUNCATE that is taken back');
TRUNCATE spend;
SELECT is_exact('TRUNCATE');
SELECT is((SELECT count(*) FROM by_month), 0::bigint, 'nothing is left of nothing');
INSERT INTO spend VALUES (1, 'a1', '2026-01-05', 't1', 1, 1, '1 USD');
SELECT is_exact('and it goes on');
BEGIN ISOLATION LEVEL REPEATABLE READ;
SELECT throws_ok(
    'TRUNCATE spend', '0A000',
    'cannot truncate a table that has a rollup in transaction isolation level repeatable read');
INSERT INTO spend VALUES (2, 'a1', '2026-01-05', 't1', 1, 1, '1 USD');
SELECT is(accelcost.rollup_fold(), 0::bigint, 'a fold of all does nothing in REPEATABLE READ');
SELECT is(accelcost.rollup_fold('by_month'), NULL, 'nor does one of one');
SELECT throws_ok(
    $$SELECT * FROM accelcost.rollup_verify('by_month')$$, '0A000',
    'cannot compare a rollup with its table in transaction isolation level repeatable read');
COMMIT;
SELECT is_exact('INSERT in REPEATABLE READ');
BEGIN READ ONLY;
SELECT is((SELECT count(*) FROM by_month), 1::bigint, 'it can be read in a read-only transaction');
SELECT is_empty($$SELECT * FROM accelcost.rollup_verify('by_month')$$, 'and verified');
COMMIT;

-- ---- verify and rebuild ---------------------------------------------------

ALTER TABLE spend DISABLE TRIGGER by_month_insert;
INSERT INTO spend VALUES (3, 'a1', '2026-01-06', 't1', 2, 1, '4 USD'), (4, 'a1', '2026-02-06', 't1', 2, 1, NULL);
SELECT throws_ok(
    'SELECT * FROM by_month', '55000', 'rollup "by_month" is not up to date: triggers are disabled',
    'the view does not show what is out of date');
SELECT throws_ok(
    'SELECT accelcost.rollup_recompute(''by_month'')', '55000', NULL, 'and is not made right for a moment only');
ALTER TABLE spend ENABLE TRIGGER by_month_insert;
SELECT results_eq(
    $$
        SELECT bucket, group_keys ->> 'found', kept -> 'row_count', recomputed -> 'row_count', recomputed -> 'amount',
               kept #> '{cost,total}', recomputed #> '{cost,total}'
        FROM accelcost.rollup_verify('by_month')$$,
    $$
        VALUES ('2026-01-01'::date, 't1', '2'::jsonb, '3'::jsonb, '4'::jsonb, '2'::jsonb, '6'::jsonb),
               ('2026-02-01', 't1', NULL, '1', '2', NULL, NULL)$$,
    'rollup_verify returns the groups that differ');
SELECT results_eq(
    $$SELECT state, problem, differences FROM accelcost.rollup_status() WHERE rollup = 'by_month'::regclass$$,
    $$VALUES ('kept', 'it differed from its table when it was last verified', 2::bigint)$$,
    'which the status then says');
SELECT is(accelcost.rollup_recompute('by_month'), 2::bigint, 'rollup_recompute mends them');
SELECT is(accelcost.rollup_recompute('by_month'), 0::bigint, 'once');
SELECT results_eq(
    $$SELECT problem, differences FROM accelcost.rollup_status() WHERE rollup = 'by_month'::regclass$$,
    $$VALUES (NULL::text, NULL::bigint)$$, 'and the status says no more');
SELECT is_exact('a rollup that was rebuilt');
UPDATE by_month_folded SET amount = amount + 1;
DELETE FROM by_day_folded;
SELECT ok(
    (SELECT count(*) FROM accelcost.rollup_verify('by_month')) > 0
        AND (SELECT count(*) FROM accelcost.rollup_verify('by_day')) > 0,
    'sums that were tampered with are found');
SELECT ok(accelcost.rollup_recompute('by_month') > 0 AND accelcost.rollup_recompute('by_day') > 0, 'and mended');
SELECT is_exact('afterwards');

-- ---- pause, resume, sync --------------------------------------------------

SELECT accelcost.rollup_pause('by_month') \g /dev/null
SELECT throws_ok(
    'SELECT * FROM by_month', '55000', 'rollup "by_month" is not up to date: it is paused',
    'a rollup that is paused shows nothing');
INSERT INTO spend
SELECT 100 + i, 'a1', timestamptz '2026-03-01 00:00+00' + i * interval '1 day', 'load', i, i, '0.01 USD'
FROM generate_series(1, 500) AS i;
DELETE FROM spend WHERE id = 1;
SELECT is((SELECT count(*) FROM by_month_delta WHERE found = 'load'), 0::bigint, 'and keeps nothing');
CALL accelcost.rollup_repair();
SELECT throws_ok('SELECT * FROM by_month', '55000', NULL, 'rollup_repair leaves it paused');
CALL accelcost.rollup_resume('by_month');
SELECT is_exact('a rollup that was resumed');
DROP TRIGGER by_month_delete ON spend;
ALTER TABLE spend DISABLE TRIGGER by_day_truncate;
SELECT throws_ok(
    'SELECT * FROM by_month', '55000', 'rollup "by_month" is not up to date: triggers are missing',
    'a missing trigger is told');
SELECT results_eq(
    'SELECT rollup::text, problem FROM accelcost.rollup_status() ORDER BY 1',
    $$VALUES ('by_day', 'triggers are disabled'), ('by_month', 'triggers are missing')$$, 'by the status, too');
DELETE FROM spend WHERE id = 101;
CALL accelcost.rollup_repair();
SELECT is_exact('rollup_repair makes the triggers again, and the sums right');
DELETE FROM spend WHERE id = 102;
SELECT is_exact('triggers made again work');

-- ---- what it is made of ---------------------------------------------------

SELECT throws_ok('ALTER TABLE spend DROP COLUMN amount', '2BP01', NULL, 'a column in use cannot be dropped');
SELECT throws_ok('ALTER TABLE spend ALTER amount TYPE int', '0A000', NULL, 'nor change its type');
SELECT lives_ok('ALTER TABLE spend ADD COLUMN more int; ALTER TABLE spend DROP COLUMN more', 'others can');
BEGIN;
ALTER TABLE spend RENAME TO spent;
ALTER TABLE spent RENAME COLUMN note TO remark;
SELECT accelcost.rollup_renamed('by_month') \g /dev/null
SELECT lives_ok(
    $$INSERT INTO spent (id, at, found) VALUES (9000, '2026-01-01', 'x')$$,
    'a table may be renamed, and columns if the rollup is told');
SELECT is_empty($$SELECT * FROM accelcost.rollup_verify('by_month')$$, 'and it stays right');
ROLLBACK;
ALTER TABLE spend RENAME COLUMN note TO remark;
CALL accelcost.rollup_repair();
SELECT lives_ok(
    $$INSERT INTO spend (id, at, found) VALUES (9000, '2026-01-01', 'x')$$, 'rollup_repair looks for new names itself'
);
ALTER TABLE spend RENAME COLUMN remark TO note;
CALL accelcost.rollup_repair();

CREATE FUNCTION try(
    at text, keys text, measures text, source text DEFAULT 'spend', grain text DEFAULT 'month', tz text DEFAULT 'UTC')
RETURNS text
    LANGUAGE sql RETURN format(
        'CALL accelcost.rollup_create(''tried'', %L, %L, %L, %L, %L, %L)', source, at, keys, measures, grain, tz);
CREATE TABLE parent (at date);
CREATE TABLE child () INHERITS (parent);
CREATE TABLE parts (at date) PARTITION BY RANGE (at);
CREATE TABLE part PARTITION OF parts FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE UNLOGGED TABLE unlogged (at date);
CREATE TEMP TABLE temporary (at date);
CREATE TABLE hidden (at date); ALTER TABLE hidden FORCE ROW LEVEL SECURITY;
CREATE VIEW viewed AS SELECT at FROM parent;
SELECT throws_ok(try('at', '{}', '{}', t), code, NULL, 'no rollup of ' || t)
FROM (
    VALUES ('parent', '0A000'),
           ('child', '0A000'),
           ('part', '0A000'),
           ('unlogged', '0A000'),
           ('temporary', '0A000'),
           ('hidden', '0A000'),
           ('viewed', '42809')) AS v (t, code);
SELECT throws_ok(try(at, keys, measures, grain => grain, tz => tz), code, NULL, format('no rollup with %s', meaning))
FROM (VALUES
    ('now()', '{}', '{}', 'month', 'UTC', '42P17', 'a time that is STABLE'),
    ('at', '{"r => random()"}', '{}', 'month', 'UTC', '42P17', 'a key that is VOLATILE'),
    ('at', '{"d => at::date"}', '{}', 'month', 'UTC', '42P17', 'a key that depends on the session'),
    ('at', '{}', '{"x => sum(amount * random()::numeric)"}', 'month', 'UTC', '42P17', 'a measure that is VOLATILE'),
    ('at', '{}', '{"x => sum(amount::float8)"}', 'month', 'UTC', '42804', 'sums of float8'),
    ('at', '{}', '{note}', 'month', 'UTC', '42804', 'sums of text'),
    ('at', '{}', '{"x => max(amount)"}', 'month', 'UTC', '22023', 'a maximum'),
    ('at', '{}', '{"x => sum(amount), (tokens)"}', 'month', 'UTC', '42601', 'two expressions in one'),
    ('at', '{"x => (SELECT 1)"}', '{}', 'month', 'UTC', '0A000', 'a subquery'),
    ('at', '{"x => sum(amount)"}', '{}', 'month', 'UTC', '42803', 'an aggregate for a key'),
    ('at', '{lower(found)}', '{}', 'month', 'UTC', '22023', 'a key without a name'),
    ('at', '{found,found}', '{}', 'month', 'UTC', '42701', 'two keys of one name'),
    ('at', '{NULL}', '{}', 'month', 'UTC', '22004', 'a key that is NULL'),
    ('at', '{nosuch}', '{}', 'month', 'UTC', '42703', 'a column that is not there'),
    ('found', '{}', '{}', 'month', 'UTC', '42804', 'a time that is text'),
    ('at', '{}', '{}', 'week', 'UTC', '22023', 'weeks'),
    ('at', '{}', '{}', 'month', 'CET-1', '22023', 'a time zone that is none'
    )) AS v (at, keys, measures, grain, tz, code, meaning);
SELECT throws_ok($$CALL accelcost.rollup_create('by_day', 'spend', 'at')$$, '42P07', NULL, 'a name is taken once');
SELECT throws_ok(
    $$SELECT accelcost.rollup_fold('by_hand')$$, '42809', '"by_hand" is not a rollup', 'what is no rollup is told');
SELECT throws_ok(format('CALL accelcost.%s', call), '22004', message, call)
FROM (VALUES ('rollup_resume(NULL)', '"rollup" must not be null'),
             ('rollup_resume(''by_day'', NULL)', '"subtract" must not be null'),
             ('rollup_repair(''by_day'', NULL)', '"subtract" must not be null')) AS v (call, message);
SELECT is_empty($$SELECT relname FROM pg_class WHERE relname LIKE 'tried%'$$, 'what is refused leaves nothing');

CREATE TABLE odd (at timestamp, "The Team" text, amount numeric, currency text);
SET default_transaction_isolation = 'serializable';
INSERT INTO odd
VALUES ('2026-01-31 23:30', 'x', 1, 'USD'),
       ('2026-01-31 23:30', 'x', 'NaN', 'USD'),
       ('2026-01-31 23:30', 'x', 1, 'no currency');
CALL accelcost.rollup_create(
    'Odd "one"', 'odd', 'at', '{"\"The Team\""}', '{"cost => sum(tco_or_null(amount, currency, ''energy''))"}', 'day',
    'Europe/Berlin');
RESET default_transaction_isolation;
INSERT INTO odd VALUES ('2026-01-31 22:59', 'x', 2, NULL), ('2026-01-31 23:30', 'x', 2, 'USD');
SELECT results_eq(
    'SELECT day, "The Team", cost_currency, cost, cost_missing, row_count FROM "Odd ""one""" ORDER BY 1, 3',
    $$
        VALUES ('2026-01-31'::date, 'x', NULL, NULL::tco, 1::bigint, 1::bigint),
               ('2026-02-01', 'x', 'USD', '3 USD energy=3', 0, 2),
               ('2026-02-01', 'x', NULL, NULL, 2, 2)$$,
    'any name will do; a time zone makes the day; what is no amount is counted');
SELECT is_empty($$SELECT * FROM accelcost.rollup_verify('"Odd ""one"""')$$, 'and it is right');

CREATE VIEW on_top AS SELECT * FROM by_day;
SELECT throws_ok($$SELECT accelcost.rollup_drop('by_day')$$, '2BP01', NULL, 'a rollup in use is not dropped');
DROP VIEW on_top;
SELECT accelcost.rollup_drop('by_day'), accelcost.rollup_drop('by_month') \g /dev/null
SELECT is_empty(
    $$
        SELECT relname
        FROM pg_class
        WHERE relname ~ '^by_(day|month)'
        UNION ALL
        SELECT proname
        FROM pg_proc
        WHERE proname ~ '^by_(day|month)'
        UNION ALL
        SELECT tgname
        FROM pg_trigger
        WHERE tgrelid = 'spend'::regclass AND tgname ~ '^by_'$$,
    'rollup_drop leaves nothing');
DROP TABLE odd CASCADE;
SELECT throws_ok(
    'SELECT * FROM "Odd ""one"""', '55000', 'rollup "Odd "one"" is not up to date: its table was dropped',
    'a rollup outlives its table, and says so');
CALL accelcost.rollup_repair();
SELECT lives_ok($$SELECT accelcost.rollup_drop('"Odd ""one"""')$$, 'it can be dropped then, too');

-- ---- sums without room ---------------------------------------------------------

CREATE TABLE vast (at timestamptz, amount numeric, currency text);
INSERT INTO vast VALUES ('2026-07-01Z', 1, 'USD');
CALL accelcost.rollup_create('vast_monthly', 'vast', 'at', '{}', '{"cost => sum(tco_or_null(amount, currency))"}');
INSERT INTO vast VALUES ('2026-07-01Z', 9.9e19, 'USD');
INSERT INTO vast VALUES ('2026-07-01Z', 9.8e19, 'USD');
SELECT throws_ok('SELECT * FROM vast_monthly', '22003', NULL, 'a sum without room is an error');
SELECT throws_ok($$SELECT accelcost.rollup_recompute('vast_monthly')$$, '22003', NULL, 'as long as there is one');
DELETE FROM vast WHERE amount = 9.9e19;
DELETE FROM vast WHERE amount = 9.8e19;
SELECT lives_ok($$SELECT accelcost.rollup_recompute('vast_monthly')$$, 'and then the sums can be made anew');
SELECT is(cost, '1 USD other=1'::tco, 'of the rows that are left') FROM vast_monthly;
INSERT INTO vast VALUES ('2026-07-01Z', 9.9e19, 'USD');
INSERT INTO vast VALUES ('2026-07-01Z', 9.9e19, 'USD');
SELECT lives_ok('TRUNCATE vast', 'nor do they keep a table from being emptied');
SELECT is_empty('SELECT * FROM vast_monthly', 'nor its rollup');
SELECT accelcost.rollup_drop('vast_monthly') \g /dev/null

SELECT * FROM finish();
DROP SCHEMA rolled CASCADE;
