-- Errors of imports that help: which column or cell is wrong, and not the statement that an import runs.
BEGIN;
SELECT plan(26);
SET LOCAL timezone = 'UTC';
SET LOCAL client_min_messages = warning;
\ir ../include/error_line.sql

-- ---- columns that are not there -----------------------------------------------------

CREATE TEMPORARY TABLE no_provider (period_start timestamptz, "100%" text);
SELECT is(pg_temp.error_of('SELECT * FROM accelcost.usage_monthly(source => ''no_provider'')'),
          '42703: relation "no_provider" is missing a required column: provider / Columns found: period_start, '
          '100%. / Usage has the columns of accelcost.usage, of which period_start and provider are required. '
          'Use a view to give yours these names.',
          'one is missing');
SELECT is(
    split_part(pg_temp.error_of('SELECT * FROM accelcost.usage_monthly(source => ''accelcost.fx_rate'')'), ' / ', 1),
          '42703: relation "accelcost.fx_rate" is missing required columns: period_start, provider', 'two are');
SELECT is(pg_temp.error_of('SELECT * FROM accelcost.reconcile(''no_provider'')'),
          '42703: relation "no_provider" is missing required columns: currency, '
          'amount / Columns found: period_start, 100%. / Invoices need currency, '
          'amount and at least one of provider_name, billing_account_id, invoice_id, invoice_issuer_name, '
          'billing_period_start and export_name.',
          'invoices');
CREATE TEMPORARY TABLE nobodys_invoice (currency text, amount numeric);
SELECT is(
    split_part(pg_temp.error_of('SELECT * FROM accelcost.reconcile(''nobodys_invoice'')'), ' / ', 1),
    '42703: relation "nobodys_invoice" is missing a column that identifies invoices', 'invoices of nobody');

-- A file that another importer reads.
CREATE TEMPORARY TABLE cur (
    "bill/PayerAccountId" text, "bill/BillingPeriodStartDate" text, "lineItem/UsageStartDate" text,
    "lineItem/CurrencyCode" text, "lineItem/UnblendedCost" text, "lineItem/LineItemType" text,
    "lineItem/UsageType" text);
CREATE TEMPORARY TABLE azure (
    "Date" text, "CostInBillingCurrency" text, "BillingCurrency" text, "MeterName" text, "MeterCategory" text,
    "ChargeType" text, "SubscriptionId" text, "BillingAccountId" text);
CREATE TEMPORARY TABLE gcp (
    billing_account_id text, cost text, currency text, usage_start_time text, "service.description" text,
    "sku.id" text, credits text);
CREATE TEMPORARY TABLE oci (
    "lineItem/intervalUsageStart" text, "lineItem/tenantId" text, "cost/currencyCode" text, "cost/myCost" text,
    "product/service" text, "cost/productSku" text);
CREATE TEMPORARY TABLE focus (
    "BilledCost" text, "BillingAccountId" text, "BillingCurrency" text, "BillingPeriodStart" text,
    "ChargePeriodStart" text, "ProviderName" text);
SELECT matches(
    pg_temp.error_of(format('SELECT * FROM accelcost.%s(%L)', importer, staging)),
    format('^22023: staging table "%s" is missing .* / These are columns of %s[.]$', staging, hint),
    format('%s given to %s', staging, importer))
FROM (VALUES
    ('cur', 'import_focus', 'an AWS Cost and Usage Report: use import_cur'),
    ('azure', 'import_focus', 'an Azure cost export: use import_azure'),
    ('gcp', 'import_focus', 'a Google Cloud billing export: use import_gcp'),
    ('oci', 'import_cur', 'an OCI cost report: use import_oci'),
    ('focus', 'import_cur', 'a FOCUS export: use import_focus')) AS t (staging, importer, hint);
SELECT is(pg_temp.error_of('SELECT * FROM accelcost.import_focus(''no_provider'')'),
          '22023: staging table "no_provider" is missing required columns: BilledCost, BillingAccountId, '
          'BillingCurrency, BillingPeriodStart, ChargePeriodStart, ProviderName / Columns found: period_start, '
          '100%. / If the file has other names for them, add these to accelcost.import_column.',
          'a file of no format');
ALTER TABLE azure DROP COLUMN "CostInBillingCurrency", DROP COLUMN "Date";
SELECT is(split_part(pg_temp.error_of('SELECT * FROM accelcost.import_azure(''azure'')'), ' / ', 1),
          '22023: staging table "azure" is missing required columns: '
          'Date or UsageDate or UsageDateTime, '
          'Cost or CostInBillingCurrency or ExtendedCost or PreTaxCost',
          'other names of a column are given once each, and only those of costs for a cost');

-- ---- cells ----------------------------------------------------------------------------

INSERT INTO focus VALUES ('1', 'a', 'USD', '2026-07-01', '7/2/26', 'P');
SELECT is(pg_temp.error_of('SELECT * FROM accelcost.import_focus(''focus'')'),
          '22P02: 1 of 1 rows of staging table "focus" cannot be loaded / row 1, '
          'column "ChargePeriodStart": "7/2/26" is not a date and time of the form YYYY-MM-DD hh:mm:ss / Correct '
          'them, or use on_error => ''skip'' to load the other rows and list these in accelcost.import_reject. '
          'For dates with slashes say date_order => ''MDY'' (month first) or ''DMY''.',
          'a year of two digits');
INSERT INTO gcp VALUES ('A', '5', 'USD', '2026-07-01 00:00:00 UTC', 'Compute Engine', 's', 'none');
SELECT matches(
    pg_temp.error_of('SELECT * FROM accelcost.import_gcp(''gcp'')'),
    'row 1, column "credits": "none" is not a JSON array of credits', 'credits are not called a number');
CREATE TEMPORARY TABLE json_lines (line text);
INSERT INTO json_lines
VALUES (chr(65279)
            || '{"billing_account_id":"A","currency":"USD","usage_start_time":"2026-07-01 00:00:00 UTC",'
            '"cost":5,"service":{"description":"s"}}'),
       (''),
       (E' \r'),
       (NULL);
SELECT results_eq(
    'SELECT rows_read, loaded FROM accelcost.import_gcp(''json_lines'', ''lines'')', 'VALUES (1::bigint, 1::bigint)',
    'a byte order mark is no character of a line, and a blank last line is no row');
INSERT INTO json_lines VALUES ('[{"billing_account_id":"A"}]');
SELECT matches(
    pg_temp.error_of('SELECT * FROM accelcost.import_gcp(''json_lines'', ''lines'')'),
    'cannot be loaded / row 2, column "line": "[[]{"billing_account_id":"A"}[]]" is not a JSON object\n',
    'a line that is no object is named first');

-- ---- an import that fails prints no statement -------------------------------------------

-- As SELECT * FROM march, but its last row cannot be read.
CREATE TEMPORARY VIEW fails AS
SELECT (1 / (3 - n))::text AS "BilledCost", 'a' AS "BillingAccountId", 'USD' AS "BillingCurrency",
       '2026-07-01' AS "BillingPeriodStart", '2026-07-01' AS "ChargePeriodStart", 'P' AS "ProviderName"
FROM generate_series(1, 3) AS n;
SELECT throws_ok('SELECT * FROM accelcost.import_focus(''fails'')', '22012', 'division by zero');
SELECT cmp_ok(
    pg_temp.length_of('SELECT * FROM accelcost.import_focus(''fails'')'), '<', 2000,
    'an error in the staging relation');
CREATE FUNCTION pg_temp.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'no charges of "%"', NEW.provider_name
        USING ERRCODE = '23514', DETAIL = 'A detail.', HINT = 'A hint.', COLUMN = 'provider_name',
        CONSTRAINT = 'ours', TABLE = 'charge', SCHEMA = 'accelcost', DATATYPE = 'text';
END
$$;
UPDATE focus SET "ChargePeriodStart" = '2026-07-02';
CREATE TRIGGER refuse BEFORE INSERT ON accelcost.charge FOR EACH ROW EXECUTE FUNCTION pg_temp.refuse();
SELECT is(
    pg_temp.error_of('SELECT * FROM accelcost.import_focus(''focus'')'),
    '23514: no charges of "P" / A detail. / A hint.', 'an error keeps its SQLSTATE, message, detail and hint');
SELECT cmp_ok(
    pg_temp.length_of('SELECT * FROM accelcost.import_focus(''focus'')'), '<', 2000,
    'an error in a trigger of the table');
DO $$
DECLARE
    f1 text; f2 text; f3 text; f4 text; f5 text;
    context text;
BEGIN
    PERFORM accelcost.import_focus('focus');
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS f1 = COLUMN_NAME, f2 = CONSTRAINT_NAME, f3 = TABLE_NAME, f4 = SCHEMA_NAME,
        f5 = PG_DATATYPE_NAME, context = PG_EXCEPTION_CONTEXT;
    PERFORM set_config('test.fields', concat_ws(',', f1, f2, f3, f4, f5), true),
        set_config('test.context', context, true);
END
$$;
SELECT is(current_setting('test.fields'), 'provider_name,ours,charge,accelcost,text', 'and its other fields');
SELECT matches(
    current_setting('test.context'),
    'refuse\(\) line 3 at RAISE\nSQL statement "SELECT import_statement\(''focus'', ''focus''\)"\n',
    'its context names the call that makes the statement');
DROP TRIGGER refuse ON accelcost.charge;
SELECT lives_ok('SELECT accelcost_internal.import_statement(''focus'', ''focus'')', 'which shows it');
SELECT results_eq(
    'SELECT loaded FROM accelcost.import_focus(''focus'')', 'VALUES (1::bigint)',
    'without the trigger the file is loaded');
CREATE TEMPORARY TABLE wide AS SELECT * FROM focus;
DO $$
BEGIN
    FOR i IN 1..200 LOOP
        EXECUTE format('ALTER TABLE wide ADD COLUMN %I text', rpad(i || ' ', 63, 'x'));
    END LOOP;
    ALTER TABLE wide DROP COLUMN "BilledCost";
END
$$;
SELECT cmp_ok(
    pg_temp.length_of('SELECT * FROM accelcost.import_focus(''wide'')'), '<', 2000, 'a file of two hundred columns');
INSERT INTO focus
SELECT '1', repeat('a', 300) || n, 'USD', '2026-07-01', '2026-07-02', repeat('p', 300)
FROM generate_series(1, 100) AS n, generate_series(1, 3);
DELETE FROM accelcost.charge;
SELECT accelcost.import_focus('focus', 'shrinks');
DELETE FROM focus;
INSERT INTO focus
SELECT '1', repeat('a', 300) || n, 'USD', '2026-07-01', '2026-07-02', repeat('p', 300)
FROM generate_series(1, 100) AS n;
SELECT matches(
    pg_temp.error_of('SELECT * FROM accelcost.import_focus(''focus'', ''shrinks'')'),
    E'^55000: .* / p{60} a{60} 2026-07-01: 3 charges, now 1\n.*\nand 95 more / ', 'a hundred accounts that shrink');
SELECT cmp_ok(
    pg_temp.length_of('SELECT * FROM accelcost.import_focus(''focus'', ''shrinks'')'), '<', 2000,
    'of which some are listed');

SELECT * FROM finish();
ROLLBACK;
