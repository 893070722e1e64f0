-- A bill is counted once, and an export that comes in parts is replaced by its parts.
BEGIN;
SELECT plan(65);
SET LOCAL client_min_messages = warning;
SET LOCAL timezone = 'America/New_York';
SET LOCAL datestyle = 'SQL, DMY';

-- One row per day of July 2026 from first to last.
CREATE FUNCTION pg_temp.stage(
    cost numeric, first integer DEFAULT 1, last integer DEFAULT 1, provider text DEFAULT 'AWS',
    account text DEFAULT '1111', period text DEFAULT '2026-07-01', class text DEFAULT NULL)
RETURNS regclass LANGUAGE plpgsql AS $$
BEGIN
    DROP TABLE IF EXISTS pg_temp.staged;
    CREATE TEMPORARY TABLE staged AS
    SELECT cost::text AS "BilledCost", 'USD' AS "BillingCurrency", account AS "BillingAccountId",
           provider AS "ProviderName", period AS "BillingPeriodStart",
           format('2026-07-%s', lpad(d::text, 2, '0')) AS "ChargePeriodStart",
           class AS "ChargeClass", cost::text AS "EffectiveCost", cost::text AS "ListCost",
           cost::text AS "ContractedCost", 'Usage' AS "ChargeCategory", 'Usage-Based' AS "ChargeFrequency"
    FROM generate_series(first, last) AS d;
    RETURN 'pg_temp.staged';
END
$$;
CREATE FUNCTION pg_temp.forget(day text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM staged WHERE "ChargePeriodStart" = day;
END
$$;
CREATE FUNCTION pg_temp.error_of(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    message text;
    detail  text;
    hint    text;
    state   text;
BEGIN
    EXECUTE statement;
    RETURN 'none';
EXCEPTION
    WHEN OTHERS THEN
        GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL,
                                hint = PG_EXCEPTION_HINT;
        RETURN concat_ws(E'\n', state || ': ' || message, detail, hint);
END
$$;
CREATE FUNCTION pg_temp.billed(export_name text DEFAULT NULL) RETURNS numeric LANGUAGE sql AS $$
    SELECT sum(total(cost)) FROM accelcost.charge_monthly(export_name => billed.export_name);
$$;

-- ---- one export has a bill ----------------------------------------------------

SELECT is(loaded, 1::bigint, 'a bill is loaded') FROM accelcost.import_focus(pg_temp.stage(10), 'focus');
SELECT is(
    pg_temp.error_of($$SELECT accelcost.import_focus(pg_temp.stage(10, provider => 'Amazon Web Services',
                                                                   account => '00-1111'), 'cur')$$),
    E'55000: bills in export "cur" already belong to export "focus"\n'
    'Amazon Web Services 00-1111 2026-07-01 is in export "focus"\n'
    'Import them as export ''focus'', or use beside => true to load them without counting them.',
    'and not once more under another name, whatever the exports call the provider and the account');
SELECT is(pg_temp.billed(), 10.0, 'so reports count it once');
SELECT is(pg_temp.error_of($$SELECT accelcost.import_focus(pg_temp.stage(10), 'cur', 'skip')$$) ~ '^55000', true,
          'nor where faults are skipped');
SELECT is(loaded, 1::bigint, 'another account has a bill of its own')
FROM accelcost.import_focus(pg_temp.stage(3, account => '2222'), 'cur');
SELECT is(loaded, 1::bigint, 'and so has another month')
FROM accelcost.import_focus(pg_temp.stage(4, period => '2026-06-01'), 'june');
SELECT is(pg_temp.error_of($$SELECT accelcost.import_focus(
                                 pg_temp.stage(4, period => '2026-06-30T23:00:00-03:00'), 'california')$$) ~ '^55000',
          true, 'a month is that of the bill, wherever the provider''s midnight is');
SELECT is(loaded, 1::bigint, 'another provider')
FROM accelcost.import_focus(pg_temp.stage(5, provider => 'Nobody knows'), 'other');
SELECT is(
    array(SELECT accelcost_internal.bill_account(a)
          FROM unnest('{/providers/Microsoft.Billing/billingAccounts/77, 77 ,ABC,01-AB,1234-5678-9012,000,012}'::text[])
               AS a),
    '{77,77,abc,01-ab,123456789012,000,12}'::text[], 'an account is the same in a path, in any case, without zeros');

-- ---- beside it ------------------------------------------------------------------

SELECT is(loaded, 2::bigint, 'a second export of a bill is loaded beside')
FROM accelcost.import_focus(pg_temp.stage(11, 1, 2), 'second', beside => true);
SELECT is(pg_temp.billed(), 22.0, 'where no report reads it');
SELECT is(pg_temp.billed('second'), 22.0, 'unless it is asked for');
SELECT is(pg_temp.billed('focus'), 10.0, 'as for any export');
SELECT results_eq(
    $$SELECT sum(billed_cost) FROM accelcost.charge_monthly$$, 'VALUES (22.0000000000)', 'views leave it out');
SELECT is((SELECT sum(billed_cost) FROM accelcost.charge_savings()), 22.0, 'savings leave it out');
SELECT is((SELECT sum(billed_cost) FROM accelcost.charge_savings(export_name => 'second')), 22.0,
          'and have it where asked');
SELECT is((SELECT sum(total(cost)) FROM accelcost.charge_monthly(month_of => m, export_name => e)), expected,
          format('month_of %s, export %s', m, e))
FROM (VALUES ('billing', NULL, 22.0), ('billing', 'second', 22), ('prorate', 'second', 22)) AS t (m, e, expected);
CREATE TEMPORARY TABLE invoice AS
SELECT 'USD' AS currency, 22 AS amount, '1111' AS billing_account_id, '2026-07-01'::date AS billing_period_start;
SELECT is((SELECT charged FROM accelcost.reconcile('invoice')), 15.0, 'invoices are compared with what is counted');
SELECT is((SELECT charged FROM accelcost.reconcile('invoice', 'second')), 22.0, 'or with an export');
SELECT is((SELECT count(*) FROM accelcost.reconcile(NULL)), 0::bigint, 'no invoices, no rows');
ALTER TABLE invoice ADD export_name text DEFAULT 'second';
SELECT is((SELECT charged FROM accelcost.reconcile('invoice')), 22.0, 'also where the invoice names it');
UPDATE invoice SET export_name = NULL;
SELECT is((SELECT charged FROM accelcost.reconcile('invoice')), 15.0, 'and NULL names none');
SELECT is_empty('SELECT * FROM accelcost.charge_check()', 'nothing is counted twice');

SELECT is(unchanged, 2::bigint, 'the same file again changes nothing')
FROM accelcost.import_focus(pg_temp.stage(11, 1, 2), 'second', beside => true);
SELECT is(pg_temp.error_of($$SELECT accelcost.import_focus(pg_temp.stage(11, 1, 2), 'second')$$) ~ '^55000', true,
          'beside has to be said each time');
SELECT is(loaded, 1::bigint, 'the export that has a bill can leave it')
FROM accelcost.import_focus(pg_temp.stage(10), 'focus', beside => true);
SELECT is(replaced, 2::bigint, 'to the other one')
FROM accelcost.import_focus(pg_temp.stage(11, 1, 2), 'second');
SELECT is(pg_temp.billed(), 34.0, 'which reports then count');
DELETE FROM accelcost.charge WHERE export_name = 'second';
SELECT is(loaded, 1::bigint, 'a bill whose charges were deleted belongs to nobody')
FROM accelcost.import_focus(pg_temp.stage(10), 'focus');
SELECT is((SELECT count(*) FROM accelcost.import_batch WHERE export_name = 'second' AND replaced_at IS NULL), 0::bigint,
          'and its import no longer stands');

-- what was not imported, or not by an import
INSERT INTO accelcost.charge (provider_name, billing_account_id, billing_currency, billing_period_start,
                              charge_period_start, billed_cost, charge_category, charge_frequency, export_name)
SELECT 'Amazon', '1111', 'USD', '2026-07-01Z', '2026-07-02Z', 1, 'Usage', 'Usage-Based', e
FROM unnest('{manual,own}'::text[]) AS e;
SELECT results_eq(
    $$SELECT rule, export_name, found, expected FROM accelcost.charge_check() WHERE rule = 'counted_once' ORDER BY 2$$,
    $$VALUES ('counted_once', 'focus', 'also in export "own"', 'one export'),
             ('counted_once', 'own', 'also in export "focus"', 'one export')$$,
    'charge_check lists a bill in two exports');
SELECT is((SELECT count(*) FROM accelcost.charge_check('own')), 1::bigint, 'of one export, too');
UPDATE accelcost.charge SET beside = true WHERE export_name = 'own';
SELECT is_empty('SELECT * FROM accelcost.charge_check()', 'not if it is beside');
SELECT is(pg_temp.billed(), 23.0, 'what was not imported is counted');

-- ---- the catalog's reports --------------------------------------------------------

CREATE TEMPORARY TABLE machine AS
SELECT '55.04' AS "BilledCost", 'USD' AS "BillingCurrency", '3333' AS "BillingAccountId", 'AWS' AS "ProviderName",
       '2026-09-01' AS "BillingPeriodStart", '2026-09-02' AS "ChargePeriodStart", 'Usage' AS "ChargeCategory",
       'us-east-1' AS "RegionId", quantity AS "ConsumedQuantity", unit AS "ConsumedUnit", words AS "ChargeDescription"
FROM (VALUES ('1', 'Hrs', '$55.04 per On Demand Linux p5.48xlarge Instance Hour'),
             ('30000', 'GB', '$0.090 per GB - first 10 TB / month data transfer out beyond the global free tier')
     ) AS m (quantity, unit, words);
SELECT accelcost.import_focus('machine', 'machines') \g /dev/null
UPDATE machine SET "BilledCost" = '60', "ConsumedQuantity" = '1';
SELECT accelcost.import_focus('machine', 'machines beside', beside => true) \g /dev/null
SELECT is((SELECT array_agg(cost) FROM accelcost.charge_vs_catalog()), '{55.04}'::numeric[],
          'machines are counted once');
SELECT is((SELECT array_agg(cost) FROM accelcost.charge_vs_catalog('machines beside')), '{60}'::numeric[],
          'and compared where asked');
SELECT is((SELECT sum(cost) FROM accelcost.charge_vs_catalog), 55.04, 'not in views');
SELECT is((SELECT array_agg(billed_cost) FROM accelcost.charge_accelerator()), '{55.04}'::numeric[],
          'charge by charge');
SELECT is((SELECT array_agg(billed_cost) FROM accelcost.charge_accelerator('machines beside')), '{60}'::numeric[],
          'where asked, too');
SELECT is((SELECT array_agg(quantity) FROM accelcost.charge_egress()), '{30000}'::numeric[],
          'data transfer is rated once');
SELECT results_eq(
    $$SELECT quantity, reason, catalog_cost < 1 FROM accelcost.charge_egress('machines beside')$$,
    $$VALUES (1.0, NULL, true)$$, 'and of an export beside by itself, from its first tier');
SELECT is((SELECT sum(billed_cost) FROM accelcost.charge_usage), 110.08, 'usage is that of counted charges');
SELECT is((SELECT sum(billed_cost) FROM accelcost.charge_usage_beside), 120.0, 'with a view for the others');

-- ---- parts --------------------------------------------------------------------------

DELETE FROM accelcost.charge;
SELECT is((SELECT sum(loaded) FROM (
              SELECT (accelcost.import_focus(pg_temp.stage(1, d, d), 'append', part => format('day-%s.csv', d))).loaded
              FROM generate_series(1, 9) AS d) AS days), 9.0, 'an export can be appended to, part by part');
SELECT is(unchanged, 1::bigint, 'a part again changes nothing')
FROM accelcost.import_focus(pg_temp.stage(1, 3, 3), 'append', part => 'day-3.csv');
SELECT is(replaced, 1::bigint, 'a part replaces itself')
FROM accelcost.import_focus(pg_temp.stage(2, 3, 3), 'append', part => 'day-3.csv');
SELECT is(pg_temp.billed(), 10.0, 'and nothing else');
SELECT is((SELECT array_agg(DISTINCT part ORDER BY part) FROM accelcost.charge)[3], 'day-3.csv',
          'charges know their part');
SELECT is(
    pg_temp.error_of($$SELECT accelcost.import_focus(pg_temp.stage(2, 3, 3), 'append', part => '2026/day-3.csv')$$),
    E'55000: export "append" already has the charges of part "2026/day-3.csv"\n'
    'AWS 1111 2026-07-01 is in part "day-3.csv"\n'
    'Use the name that the part had, or delete the charges that were loaded before.',
    'one file is no two parts');
SELECT is(loaded, 1::bigint, 'a late correction is a part that erases nothing')
FROM accelcost.import_focus(pg_temp.stage(-1, 3, 3, class => 'Correction'), 'append', part => 'late.csv');
SELECT is(pg_temp.billed(), 9.0, 'but is added');
SELECT results_eq(
    $$SELECT billed_before, billed_after FROM accelcost.charge_restatement()$$, 'VALUES (1.0, 2.0)',
    'a part restates only itself');
SELECT is(
    pg_temp.error_of($$SELECT accelcost.import_focus(pg_temp.stage(3.5, 1, 6), 'append')$$),
    E'55000: staging table "staged" lacks stored charges of a billing period\n'
    'AWS 1111 2026-07-01: 10 charges, now 6, without 3 of the stored days\n'
    'Stage all parts of the export first, or import each with part => its file name. '
    'If the file is complete, use allow_shrink => true.',
    'what has no part is the whole delivery, which may not lack days that are stored');
SELECT is(pg_temp.error_of($$SELECT accelcost.import_focus(pg_temp.stage(5, 4, 12), 'append')$$) ~ 'without 3 of', true,
          'nor cover others in their place');
SELECT is(replaced, 10::bigint, 'but a bill that is restated may lose one day')
FROM accelcost.import_focus((SELECT r.staged FROM pg_temp.stage(1, 1, 9) AS r (staged),
                                    pg_temp.forget('2026-07-05')), 'append');
SELECT is(pg_temp.error_of($$SELECT accelcost.import_focus(pg_temp.stage(5, 2, 10), 'append')$$)
              ~ 'without 1 of the stored days', true, 'except its first or last');
SELECT is(replaced, 8::bigint, 'a whole delivery replaces all parts, as many files as it has')
FROM accelcost.import_focus(pg_temp.stage(10.5, 1, 10), 'append');
SELECT is(pg_temp.billed(), 105.0, 'whatever they were called');
SELECT is(
    pg_temp.error_of($$SELECT accelcost.import_focus(pg_temp.stage(10.5, 3, 3), 'append', part => 'day-3.csv')$$)
        ~ 'is in what was imported without parts', true,
    'a part that the whole has is not added to it');
SELECT is(
    pg_temp.error_of($$SELECT accelcost.import_focus(pg_temp.stage(-1, 1, 10, class => 'Correction'), 'append')$$)
        ~ '10 charges, now 10, all of them corrections', true,
    'nor do corrections alone replace what they correct');
SELECT is(pg_temp.error_of($$SELECT accelcost.import_focus(pg_temp.stage(1), 'append', part => ' ')$$) ~ '^22023', true,
          'a part has a name');

-- Of OCI, whose files are never written again, each stored charge has to be in a later delivery.
CREATE FUNCTION pg_temp.stage_oci(first integer, last integer) RETURNS regclass LANGUAGE plpgsql AS $$
BEGIN
    DROP TABLE IF EXISTS pg_temp.staged;
    CREATE TEMPORARY TABLE staged AS
    SELECT '2023-11-03T01:00Z' AS "lineItem/intervalUsageStart", 't1' AS "lineItem/tenantId", d::text AS "cost/myCost",
           'USD' AS "cost/currencyCode", 'line ' || d AS "lineItem/referenceNo"
    FROM generate_series(first, last) AS d;
    RETURN 'pg_temp.staged';
END
$$;
SELECT accelcost.import_oci(pg_temp.stage_oci(1, 4)) \g /dev/null
SELECT is(pg_temp.error_of($$SELECT accelcost.import_oci(pg_temp.stage_oci(5, 10))$$)
              ~ 't1 2023-11-01: 4 charges, now 6, without 4 of the stored charges', true,
          'the next file of a day is not taken for the whole month');
SELECT is(replaced, 4::bigint, 'unless it has all that is stored') FROM accelcost.import_oci(pg_temp.stage_oci(1, 10));
SELECT * FROM finish();
ROLLBACK;
