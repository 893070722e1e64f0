-- Loading a FOCUS export: what is tolerated, what is refused and how, and what
-- a second import of the same export does.
\getenv dir PG_ABS_SRCDIR
\set file :dir '/include/error_of.sql'
\i :file
SET client_min_messages = warning;
TRUNCATE accelcost.charge, accelcost.import_batch, accelcost.import_reject;
SET datestyle = 'ISO, YMD';
SET timezone = 'UTC';

-- a file: any order and spelling of headers, literal NULL, empty strings, E-notation, unknown columns
CREATE TABLE march (
    "Tags" text, x_team text, "billed cost" text, billing_currency text, "BillingPeriodStart" text,
    "chargePeriodStart" text, "PROVIDERNAME" text, "BillingAccountId" text, "ServiceName" text, "EffectiveCost" text,
    "Id" text);
INSERT INTO march VALUES
    ('{"env": "prod"}', 'search', '35.2E-7', 'usd', '2026-03-01', '2026-03-02 10:00:00', 'AWS', '111', 'EC2', '', '7'),
    ('NULL', 'null', ' 1.10 ', 'USD', '2026-03-01T00:00:00Z', '2026-03-02T10:00Z', 'AWS', '111', NULL, 'NULL', '8'),
    (NULL, NULL, '0.0000000191107392311096200000', 'USD', '2026-03-01', '2026-03-02T01:00:00+02:00', 'AWS', '222',
     'S3', '0', '9');
SELECT * FROM accelcost.import_mapping('focus', 'march');
SELECT batch, rows_read, loaded, replaced, unchanged, withheld, rejected, unknown_columns
FROM accelcost.import_focus('march');
SELECT row_number, billing_account_id AS account, service_name, billing_currency AS currency, billed_cost,
       effective_cost, charge_period_start, tags, extra, export_name, batch
FROM accelcost.charge
ORDER BY row_number;
SELECT batch, export_name, provider_name, billing_account_id, billing_period_start, charges, billed_cost,
       loaded_by = current_user AS by_me, replaced_at
FROM accelcost.import_batch
ORDER BY billing_account_id;

-- expected columns that the file lacks are named
SELECT missing_columns FROM accelcost.import_focus('march');

-- the same file again changes nothing, in whatever order; not a row is written
CREATE FUNCTION pg_temp.written()
RETURNS text
LANGUAGE sql AS $$ SELECT md5(string_agg(ctid::text || xmin::text, ',' ORDER BY ctid)) FROM accelcost.charge $$;
SELECT pg_temp.written() AS before \gset
SELECT batch, loaded, replaced, unchanged FROM accelcost.import_focus('march');
CREATE VIEW backwards AS SELECT * FROM march ORDER BY "Id" DESC;
SELECT batch, loaded, replaced, unchanged FROM accelcost.import_focus('backwards');
SELECT pg_temp.written() = :'before' AS nothing_written, count(*) AS batches FROM accelcost.import_batch;

-- a changed account is replaced whole; the others stand
UPDATE march SET "billed cost" = '2' WHERE "Id" = '9';
INSERT INTO march
SELECT "Tags", x_team, '3', billing_currency, "BillingPeriodStart", "chargePeriodStart", "PROVIDERNAME",
       "BillingAccountId", "ServiceName", "EffectiveCost", '10'
FROM march
WHERE "Id" = '9';
SELECT batch, loaded, replaced, unchanged FROM accelcost.import_focus('march');
SELECT billing_account_id, batch, count(*), sum(billed_cost) FROM accelcost.charge GROUP BY 1, 2 ORDER BY 1;
SELECT batch, billing_account_id, charges, billed_cost, replaced_at IS NULL AS stands
FROM accelcost.import_batch
ORDER BY 1, 2;

-- a file in which rows only swapped a value, or in which two tags took the same new one, is another
CREATE TABLE swapped AS
SELECT n::text AS billed_cost, 'USD' AS billing_currency, '2026-03-01' AS billing_period_start,
       '2026-03-01' AS charge_period_start, 'P' AS provider_name, a::text AS billing_account_id,
       'service ' || n AS service_name,
       (SELECT jsonb_object_agg('key ' || k, 'old') FROM generate_series(11, 30) AS k)::text AS tags
FROM generate_series(1, 20) AS a, generate_series(1, 2) AS n;
SELECT loaded FROM accelcost.import_focus('swapped', 'swapped');
UPDATE swapped SET service_name = 'service ' || 3 - billed_cost::integer;
SELECT loaded, replaced, unchanged FROM accelcost.import_focus('swapped', 'swapped');
UPDATE swapped SET tags = regexp_replace(tags, '("key (11|27)": )"old"', '\1"new"', 'g');
SELECT loaded, replaced, unchanged FROM accelcost.import_focus('swapped', 'swapped');
DELETE FROM accelcost.charge WHERE export_name = 'swapped';
DROP TABLE swapped;

-- a number of an import is not given again while charges bear it
BEGIN;
SELECT max(batch) AS last FROM accelcost.charge \gset
DELETE FROM accelcost.import_batch;
SELECT batch > :last AS is_new, loaded FROM accelcost.import_focus('march', 'numbered');
ROLLBACK;

-- ten thousand accounts are no more work per row than one
CREATE TABLE wide AS
SELECT '1' AS billed_cost, 'USD' AS billing_currency, '2026-03-01' AS billing_period_start,
       '2026-03-01' AS charge_period_start, 'P' AS provider_name, n::text AS billing_account_id
FROM generate_series(1, 10000) AS n;
SET statement_timeout = '20s';
SELECT loaded FROM accelcost.import_focus('wide', 'wide');
UPDATE wide SET billed_cost = '2';
SELECT replaced FROM accelcost.import_focus('wide', 'wide');
SELECT unchanged FROM accelcost.import_focus('wide', 'wide');
RESET statement_timeout;
DELETE FROM accelcost.charge WHERE export_name = 'wide';
DELETE FROM accelcost.import_batch WHERE export_name IN ('swapped', 'wide');
DROP TABLE wide;

-- a period that the file does not have stands, and so does the same period of another export
SELECT loaded, replaced, unchanged FROM accelcost.import_focus('march', export_name => 'second', beside => true);
DELETE FROM march WHERE "BillingAccountId" = '222';
SELECT loaded, replaced, unchanged FROM accelcost.import_focus('march');
SELECT export_name, count(*) FROM accelcost.charge GROUP BY 1 ORDER BY 1;

-- charges that were deleted by hand are loaded again
DELETE FROM accelcost.charge WHERE export_name = 'second';
SELECT loaded, replaced, unchanged FROM accelcost.import_focus('march', export_name => 'second', beside => true);
SELECT count(*) FROM accelcost.import_batch WHERE export_name = 'second' AND replaced_at IS NULL;

-- on_error stop: a bad cell in any typed column stops the import, and is named; nothing changes
CREATE TABLE bad (LIKE march);
CREATE FUNCTION pg_temp.add(first integer, last integer, account text DEFAULT '111', cost text DEFAULT '1')
RETURNS void
LANGUAGE sql AS $$
    INSERT INTO bad
    SELECT NULL, NULL, cost, 'USD', '2026-03-01', '2026-03-02', 'AWS', account, 'EC2', NULL, n::text
    FROM generate_series(first, last) AS n;
$$;
SELECT pg_temp.add(1, 76), pg_temp.add(77, 77, cost => 'abc');
SELECT pg_temp.error_of('SELECT * FROM accelcost.import_focus(''bad'')');
INSERT INTO bad VALUES
    ('"a": "b"', NULL, '1e999', 'US$', '2026-03-01', '9/2/2026', 'AWS', ' ', 'EC2', E'1,2\n' || repeat('3', 1000),
     '78'),
    ('[1]', NULL, '1e20', 'USD', '2026-02-30', 'now', 'AWS', '111', 'EC2', 'NaN', '79');
SELECT pg_temp.error_of('SELECT * FROM accelcost.import_focus(''bad'')');
SELECT count(*) FILTER (WHERE export_name = 'focus') AS charges FROM accelcost.charge;
SELECT count(*) AS rejects FROM accelcost.import_reject;

-- on_error skip: the other rows are loaded, and every bad cell is listed
SELECT rows_read, loaded, replaced, unchanged, withheld, rejected
FROM accelcost.import_focus('bad', 'skipping', on_error => 'skip', beside => true);
SELECT export_name, row_number, column_name,
left(value, 20) AS value, length(value), reason
FROM accelcost.import_reject
ORDER BY row_number, column_name;
SELECT count(*), sum(billed_cost), max(row_number) AS last_row FROM accelcost.charge WHERE export_name = 'skipping';

-- again: nothing changes but the rejects, which are listed for that import
SELECT rows_read, loaded, unchanged, withheld, rejected
FROM accelcost.import_focus('bad', 'skipping', 'skip', beside => true);

-- a file with bad rows may grow a period, but may not shrink it: good rows could have gone bad
UPDATE bad SET "billed cost" = 'abc' WHERE "Id" = '10';
SELECT rows_read, loaded, replaced, unchanged, withheld, rejected
FROM accelcost.import_focus('bad', 'skipping', 'skip', beside => true);
SELECT pg_temp.add(80, 83);
SELECT rows_read, loaded, replaced, unchanged, withheld, rejected
FROM accelcost.import_focus('bad', 'skipping', 'skip', beside => true);

-- a bad row holds back the account it belongs to, and every account where it does not say
SELECT pg_temp.add(91, 95, '333');
DELETE FROM bad WHERE "BillingAccountId" = ' ';
SELECT rows_read, loaded, replaced, unchanged, withheld, rejected
FROM accelcost.import_focus('bad', 'skipping', 'skip', beside => true);
DELETE FROM bad WHERE "Id" = '95';
SELECT rows_read, loaded, replaced, unchanged, withheld, rejected
FROM accelcost.import_focus('bad', 'skipping', 'skip', beside => true);
DELETE FROM bad WHERE "Id" = '94';
SELECT pg_temp.add(96, 96, account => NULL);
SELECT rows_read, loaded, replaced, unchanged, withheld, rejected
FROM accelcost.import_focus('bad', 'skipping', 'skip', beside => true);
SELECT billing_account_id, count(*) FROM accelcost.charge WHERE export_name = 'skipping' GROUP BY 1 ORDER BY 1;

-- without bad rows a period shrinks as the file says
DELETE FROM bad WHERE "billed cost" <> '1' OR "BillingAccountId" IS NULL;
SELECT rows_read, loaded, replaced, unchanged, withheld, rejected
FROM accelcost.import_focus('bad', 'skipping', beside => true);
SELECT billing_account_id, count(*) FROM accelcost.charge WHERE export_name = 'skipping' GROUP BY 1 ORDER BY 1;

-- a file that has only bad rows loads nothing, and erases nothing
UPDATE bad SET "billed cost" = 'NaN';
SELECT rows_read, loaded, replaced, withheld, rejected = rows_read AS all_rejected
FROM accelcost.import_focus('bad', 'skipping', 'skip', beside => true);
SELECT count(*) AS still_there FROM accelcost.charge WHERE export_name = 'skipping';

-- an empty staging table is an error, and erases nothing
TRUNCATE bad;
SELECT pg_temp.error_of('SELECT * FROM accelcost.import_focus(''bad'')');
SELECT pg_temp.error_of('SELECT * FROM accelcost.import_focus(''bad'', ''skipping'', ''skip'')');
SELECT count(*) AS still_there FROM accelcost.charge WHERE export_name = 'skipping';

-- what is no staging table, and arguments that make no sense
CREATE TABLE nothing_known (a text, "100%" text);
CREATE TABLE twice (LIKE march);
ALTER TABLE twice ADD COLUMN "Billed_Cost" text;
SELECT pg_temp.error_of('SELECT * FROM accelcost.import_focus(''nothing_known'')');
SELECT pg_temp.error_of('SELECT * FROM accelcost.import_focus(''twice'')');
SELECT call, pg_temp.error_of('SELECT * FROM accelcost.import_focus(' || call || ')') FROM (VALUES
    ('''no_such_table'''),
    ('''accelcost.charge_unit'''),
    ('NULL'),
    ('''march'', NULL'),
    ('''march'', on_error => NULL'),
    ('''march'', '' '''),
    ('''march'', ''manual'''),
    ('''march'', on_error => ''ignore''')
) AS t(call);
SELECT pg_temp.error_of('SELECT * FROM accelcost_internal.import_charges(''ledger'', ''march'', ''ledger'')');

-- headers of one's own: a row in import_column, which comes before builtin ones
TRUNCATE accelcost.charge, accelcost.import_batch, accelcost.import_reject;
CREATE TABLE renamed (
    "Cost" text, "BillingCurrency" text, "BillingPeriodStart" text, "ChargePeriodStart" text, "ProviderName" text,
    "BillingAccountId" text, "Tags" text);
INSERT INTO renamed VALUES ('5', 'EUR', '2026-03-01', '2026-03-01', 'Own', '1', 'not json');
SELECT split_part(pg_temp.error_of('SELECT * FROM accelcost.import_focus(''renamed'')'), E'\n', 1);
INSERT INTO accelcost.import_column (format, header, column_name)
VALUES ('focus', 'Cost', 'billed_cost'), ('focus', 'Tags', 'sku_id');
SELECT loaded FROM accelcost.import_focus('renamed');
SELECT billed_cost, sku_id, tags FROM accelcost.charge;
UPDATE accelcost.import_column SET column_name = 'no_such_column' WHERE header = 'Cost';
SELECT pg_temp.error_of('SELECT * FROM accelcost.import_focus(''renamed'')');
-- and a format of one's own, with what a charge needs
INSERT INTO accelcost.import_column (format, header, column_name)
VALUES ('own', 'Cost', 'billed_cost'),
       ('own', 'Billing Currency', 'billing_currency'),
       ('own', 'ChargePeriodStart', 'charge_period_start'),
       ('own', 'ProviderName', 'provider_name'),
       ('own', 'BillingAccountId', 'billing_account_id');
SELECT pg_temp.error_of('SELECT * FROM accelcost_internal.import_charges(''own'', ''renamed'', ''own'')');
INSERT INTO accelcost.import_column (format, header, column_name)
VALUES ('own', 'BillingPeriodStart', 'billing_period_start');
SELECT loaded, unknown_columns, missing_columns
FROM accelcost_internal.import_charges('own', 'renamed', 'own', beside => true);
DELETE FROM accelcost.import_column WHERE NOT builtin;

-- hostile names of tables and columns, and cells of a megabyte
CREATE TABLE "a ""table"" %s; --" ("Billed""Cost" text, "Billing%Currency" text, "Billing
PeriodStart" text, "Charge'PeriodStart" text, "Provider$1Name" text, "$$Provider%1$sName" text,
    "Billing\AccountId" text, "%s ' "" \" text);
INSERT INTO "a ""table"" %s; --"
VALUES ('7', 'USD', '2026-03-01', '2026-03-01', 'ignored', 'P', 'A', repeat('x', 1000000));
SELECT column_number, column_name FROM accelcost.import_mapping('focus', '"a ""table"" %s; --"');
ALTER TABLE "a ""table"" %s; --" RENAME COLUMN "$$Provider%1$sName" TO "$$Provider%Name";
SELECT loaded, unknown_columns FROM accelcost.import_focus('"a ""table"" %s; --"', 'it''s "100%"');
SELECT billed_cost, export_name,
       (SELECT string_agg(key || '=' || length(value), ', ' ORDER BY key) FROM jsonb_each_text(extra)) AS extra
FROM accelcost.charge;
UPDATE "a ""table"" %s; --" SET "Billed""Cost" = repeat('9', 1000000);
SELECT length(
    pg_temp.error_of('SELECT * FROM accelcost.import_focus(''"a ""table"" %s; --"'')')) < 500 AS short_message;
SELECT rejected FROM accelcost.import_focus('"a ""table"" %s; --"', on_error => 'skip');
SELECT column_name, length(value), reason FROM accelcost.import_reject;

-- a staging table need not be of text: its values are read as they are, under any setting
TRUNCATE accelcost.charge, accelcost.import_batch, accelcost.import_reject;
CREATE TABLE typed (
    billed_cost numeric, billing_currency varchar(3), billing_period_start date, charge_period_start timestamptz,
    charge_period_end timestamp, provider_name name, billing_account_id integer, tags jsonb,
    pricing_quantity double precision);
INSERT INTO typed
VALUES (1.10, 'USD', '2026-03-01', '2026-03-02 01:00+02', '2026-03-02 01:00', 'P', 1, '{"a": 1}', 0.1);
SET datestyle = 'German';
SET timezone = 'Asia/Kolkata';
SET extra_float_digits = -15;
SELECT loaded FROM accelcost.import_focus('typed');
RESET extra_float_digits;
SET timezone = 'UTC';
SET datestyle = 'ISO, YMD';
SELECT billed_cost, billing_period_start, charge_period_start, charge_period_end, billing_account_id, tags,
       pricing_quantity
FROM accelcost.charge;
INSERT INTO typed VALUES ('NaN', 'USD', '2026-03-01', 'infinity', NULL, 'P', 1, '[]', 'NaN');
SELECT split_part(pg_temp.error_of('SELECT * FROM accelcost.import_focus(''typed'')'), 'HINT', 1);

-- no setting of the session, and nothing on its search_path, changes what is loaded
CREATE TABLE plain AS
SELECT '1.5' AS billed_cost, 'USD' AS billing_currency, '2026-03-01' AS billing_period_start,
       '2026-02-03 04:05' AS charge_period_start, 'P' AS provider_name, '1' AS billing_account_id;
TRUNCATE accelcost.charge, accelcost.import_batch;
CREATE SCHEMA hostile;
CREATE FUNCTION hostile.btrim(text) RETURNS text LANGUAGE sql AS 'SELECT ''666''';
CREATE FUNCTION hostile.import_text(text) RETURNS text LANGUAGE sql AS 'SELECT ''666''';
CREATE FUNCTION hostile.abs(numeric) RETURNS numeric LANGUAGE sql AS 'SELECT 1e30';
CREATE FUNCTION hostile.format(text, VARIADIC text[])
RETURNS text
LANGUAGE sql AS 'SELECT ''DROP TABLE accelcost.charge''';
CREATE TABLE hostile.import_column (format text);
CREATE TABLE hostile.pg_attribute (attname text);
SET search_path = hostile, public, pg_catalog;
SET datestyle = 'SQL, DMY';
SET timezone = 'America/Los_Angeles';
SELECT loaded FROM accelcost.import_focus('plain');
RESET search_path;
SET timezone = 'UTC';
SET datestyle = 'ISO, YMD';
DROP SCHEMA hostile CASCADE;
SELECT billed_cost, charge_period_start FROM accelcost.charge;

-- staging tables of other kinds: partitioned, temporary, a materialized view, and one with a dropped column
CREATE TABLE parted (LIKE plain) PARTITION BY LIST (billing_account_id);
CREATE TABLE parted_1 PARTITION OF parted FOR VALUES IN ('1');
CREATE TABLE parted_2 PARTITION OF parted FOR VALUES IN ('2');
INSERT INTO parted
SELECT '1', 'USD', '2026-03-01', '2026-03-01', 'P', (n % 2 + 1)::text
FROM generate_series(1, 4) AS n;
CREATE TEMPORARY TABLE passing AS TABLE parted;
CREATE MATERIALIZED VIEW kept AS TABLE parted;
CREATE TABLE narrowed (gone text, LIKE plain);
INSERT INTO narrowed SELECT 'x', * FROM parted;
ALTER TABLE narrowed DROP COLUMN gone;
SELECT source, loaded, unchanged
FROM (VALUES ('parted'), ('passing'), ('kept'), ('narrowed')) AS t(source),
     accelcost.import_focus(source::regclass, source, beside => true);

-- rights: the import is the caller's, who needs them on the tables
CREATE ROLE regress_accelcost_loader;
CREATE TABLE secret AS TABLE plain;
GRANT SELECT ON plain TO regress_accelcost_loader;
SET ROLE regress_accelcost_loader;
SELECT pg_temp.error_of('SELECT * FROM accelcost.import_focus(''plain'')'),
       pg_temp.error_of('SELECT * FROM accelcost.import_focus(''secret'')');
RESET ROLE;
GRANT SELECT, INSERT, DELETE ON accelcost.charge TO regress_accelcost_loader;
GRANT SELECT, INSERT, UPDATE ON accelcost.import_batch TO regress_accelcost_loader;
GRANT SELECT, INSERT ON accelcost.import_total, accelcost.import_reject TO regress_accelcost_loader;
SET ROLE regress_accelcost_loader;
SELECT loaded FROM accelcost.import_focus('plain', 'by the loader', beside => true);
SELECT pg_temp.error_of('SELECT * FROM accelcost.import_focus(''secret'')');
SELECT loaded_by FROM accelcost.import_batch WHERE export_name = 'by the loader';
RESET ROLE;
BEGIN READ ONLY;
SELECT split_part(
    pg_temp.error_of('SELECT * FROM accelcost.import_focus(''plain'', ''read only'')'), ':', 1) AS sqlstate;
ROLLBACK;
DROP OWNED BY regress_accelcost_loader;
DROP ROLE regress_accelcost_loader;

TRUNCATE accelcost.charge, accelcost.import_batch, accelcost.import_reject;
DROP VIEW backwards;
DROP MATERIALIZED VIEW kept;
DROP TABLE march, bad, nothing_known, twice, renamed, "a ""table"" %s; --", typed, plain, parted, narrowed, secret;
