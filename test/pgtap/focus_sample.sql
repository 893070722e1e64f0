-- The FOCUS 1.0 sample of the FinOps Foundation, a real export of 1000 charges
-- of AWS, Microsoft and Oracle. It is not part of this repository: the test
-- looks for focus_1_0_sample.csv in the folder data/ of ACCELCOST_SHARED, by
-- default ../shared, and is skipped where it is not.
\set shared ../shared
\getenv shared ACCELCOST_SHARED
\set sample :shared/data/focus_1_0_sample.csv
\setenv FOCUS_SAMPLE :sample
\set found `test -r "$FOCUS_SAMPLE" && echo true || echo false`
\if :found
\else
SELECT plan(1);
SELECT skip(:'sample' || ' is not there', 1);
\quit
\endif

BEGIN;
SELECT plan(37);
\set header `head -n 1 "$FOCUS_SAMPLE"`
SELECT accelcost.import_columns(:'header', 'pg_temp.sample') AS staging \gset
:staging
\set copy '\\copy sample FROM ' :'sample' ' WITH (FORMAT csv, HEADER true)'
:copy

-- ---- the import -----------------------------------------------------------

SELECT results_eq(
    $$
        SELECT rows_read, loaded, replaced, unchanged, withheld, rejected, unknown_columns, missing_columns
        FROM accelcost.import_focus('sample')$$,
    $$VALUES (1000::bigint, 1000::bigint, 0::bigint, 0::bigint, 0::bigint, 0::bigint, '{Id}'::text[], '{}'::text[])$$,
    'every row is loaded, the unknown column is named, no expected one is missing');
SELECT results_eq(
    $$
        SELECT provider_name, billing_period_start, charges, (billed_cost->>'USD')::numeric
        FROM accelcost.import_batch
        ORDER BY 1, 2$$,
    $$VALUES ('AWS', '2024-09-01 00:00+00'::timestamptz, 942::bigint, 18.00663861840),
             ('Microsoft', '2024-09-01 00:00+00', 51, 1.97651418586),
             ('Oracle', '2024-09-01 00:00+00', 6, 0.29707392473),
             ('Oracle', '2024-10-01 00:00+00', 1, 0.24)$$,
    'the record of the import has each provider and billing period');
SELECT results_eq(
    $$SELECT replaced, unchanged, loaded FROM accelcost.import_focus('sample')$$,
    $$VALUES (0::bigint, 1000::bigint, 0::bigint)$$,
    'the same file again changes nothing');
SELECT results_eq(
    $$
        SELECT count(*), count(tags), count(DISTINCT extra->>'Id'), min(row_number), max(row_number)
        FROM accelcost.charge$$,
    $$VALUES (1000::bigint, 711::bigint, 1000::bigint, 1::bigint, 1000::bigint)$$,
    'NULL tags are NULL, the unknown column is kept, rows are numbered');
SELECT is_empty(
    $$SELECT c.row_number FROM accelcost.charge AS c JOIN sample AS s ON s."Id" = c.extra->>'Id'
      WHERE c.billed_cost::text <> s."BilledCost" OR c.billing_account_id <> s."BillingAccountId"
         OR to_char(c.charge_period_start AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS') <> s."ChargePeriodStart"$$,
    'costs have every digit of the file, and times are its times in UTC');

-- ---- beside the catalog -----------------------------------------------------

SELECT results_eq(
    $$
        SELECT sku, accelerator, count(*), sum(instance_hours), sum(billed_cost)
        FROM accelcost.charge_accelerator()
        GROUP BY 1, 2
        ORDER BY 1$$,
    $$VALUES ('g3.4xlarge', 'M60 8GB', 2::bigint, 1.686667, 1.92280038000),
             ('g5.4xlarge', 'A10G 24GB', 8, 6.283056, 10.203682944)$$,
    'ten charges are for a machine with an accelerator');
SELECT results_eq($$SELECT unit_price, charges, reason FROM accelcost.charge_vs_catalog() ORDER BY 1$$,
    $$VALUES (1.14, 2::bigint, 'no on_demand price for sku "g3.4xlarge" in region "us-east-1"'),
             (1.624, 8, 'no on_demand price for sku "g5.4xlarge" in region "us-east-1"')$$,
    'of which the catalog has no price, which is said');
SELECT results_eq(
    $$
        SELECT transfer_kind, sum(charges)::bigint
        FROM accelcost.charge_egress()
        WHERE provider = 'AWS'
        GROUP BY 1
        ORDER BY 1$$,
    $$
        SELECT CASE WHEN charge_description ~ 'regional data transfer' THEN 'inter_az'
                    WHEN service_name = 'Amazon CloudFront' THEN 'cdn'
                  WHEN charge_description ~ ' data transfer to |AWS-Out-Bytes' THEN 'inter_region'
                  ELSE 'internet' END,
                  count(*)
      FROM accelcost.charge
      WHERE provider_name = 'AWS'
        AND charge_description ~ 'data transfer|-Out-Bytes'
        AND charge_description !~ 'data transfer (in |from )|CloudFront'
      GROUP BY 1 ORDER BY 1$$, 'data transfer that is sent is egress of one kind, and what is received is none');

-- ---- what is wrong with it ---------------------------------------------------

SELECT results_eq(
    $$SELECT provider_name, rule, count(*)::integer FROM accelcost.charge_check() GROUP BY 1, 2 ORDER BY 1, 2$$,
    $$
        VALUES ('AWS', 'contracted_cost', 18),
               ('AWS', 'contracted_cost_is_zero', 608),
               ('AWS', 'credit_effective_cost', 1),
               ('AWS', 'unit_price_is_negative', 1),
             ('Microsoft', 'list_cost', 31),
             ('Oracle', 'charge_frequency', 7),
             ('Oracle', 'charge_in_billing_period', 1),
             ('Oracle', 'consumed_quantity', 2)$$,
    'the rules of FOCUS that charges of the sample break');
CREATE TEMPORARY TABLE invoice (currency text, export_name text, amount numeric);
INSERT INTO invoice
VALUES ('USD', 'focus', 20.52),
       ('USD', 'focus', 20.57),
       ('USD', 'focus', 20.51),
       ('USD', 'focus', 20.48),
       ('USD', 'focus', 20.53),
       ('USD', 'focus', 20.52022672899);
SELECT results_eq(
    'SELECT invoiced, verdict FROM accelcost.reconcile($$invoice$$)',
    $$
        VALUES (20.52, 'rounded as a whole'),
               (20.57, 'rounded by charge'),
               (20.51, 'rounded by service'),
               (20.48, 'rounded by service and day'),
             (20.53, 'rounded by service and sub account'), (20.52022672899, 'exact')$$,
    'totals that differ by where one rounds say where');

-- ---- the report, under two time zones and date styles ----------------------

PREPARE by_provider(text) AS
    SELECT provider_name, sum(total(cost)), sum(charges)::integer, sum(unpriced_charges)::integer
    FROM accelcost.charge_monthly($1) GROUP BY 1 ORDER BY 1;

CREATE FUNCTION pg_temp.report_is_right(settings text) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
    RETURN NEXT is((SELECT sum(cost)::text FROM accelcost.charge_monthly()),
        '20.52022672899 USD compute=19.45937234572 egress=0.3755683567 storage=0.79109576613 other=2.50789026044 '
        'credit=-2.6137',
        'the billed total, by component ' || settings);
    RETURN NEXT is(
        (SELECT total(sum(cost)) FROM accelcost.charge_monthly('effective')), 14.97651418586,
        'the effective total ' || settings);
    RETURN NEXT is(
        (SELECT total(sum(cost)) FROM accelcost.charge_monthly('list')), 20.39090575119, 'the list total ' || settings
    );
    RETURN NEXT is(
        (SELECT total(sum(cost)) FROM accelcost.charge_monthly('contracted')), 14.97626039326,
        'the contracted total ' || settings);
    RETURN NEXT results_eq('EXECUTE by_provider(''billed'')',
        $v$
            VALUES ('AWS', 18.00663861840, 942, 0),
                   ('Microsoft', 1.97651418586, 51, 0),
                   ('Oracle', 0.53707392473, 7, 0)$v$,
        'billed by provider ' || settings);
    RETURN NEXT results_eq('EXECUTE by_provider(''contracted'')',
        $v$VALUES ('AWS', 13.0, 942, 0), ('Microsoft', 1.97626039326, 51, 0), ('Oracle', NULL, 7, 7)$v$,
        'contracted by provider, unknown for Oracle, and not 0 ' || settings);
    RETURN NEXT results_eq('SELECT DISTINCT month, currency FROM accelcost.charge_monthly',
        $v$VALUES (make_date(2024, 9, 1), 'USD')$v$,
        'all was charged for September, whenever it was billed ' || settings);
    RETURN NEXT is(
        (SELECT sum(billed_cost) FROM accelcost.charge_monthly), 20.5202267290,
        'the view adds up to the rounded total ' || settings);
END
$$;
SET LOCAL timezone = 'UTC';
SET LOCAL datestyle = 'ISO, YMD';
SELECT pg_temp.report_is_right('(UTC, ISO)');
SET LOCAL timezone = 'America/Los_Angeles';
SET LOCAL datestyle = 'SQL, DMY';
SELECT pg_temp.report_is_right('(Los Angeles, SQL DMY)');

SELECT is(
    (SELECT total(sum(cost)) FROM accelcost.charge_monthly(tz => 'America/Los_Angeles') WHERE month = '01/08/2024'),
    0.00533276060,
    'a month in another zone is asked for by name');
SELECT is(
    (SELECT count(*)::integer FROM accelcost.import_focus('sample', 'again', beside => true) WHERE loaded = 1000), 1,
    'the import takes the same file under these settings');
SELECT is_empty(
    $$SELECT charge_period_start, billed_cost, tags FROM accelcost.charge WHERE export_name = 'focus'
      EXCEPT ALL SELECT charge_period_start, billed_cost, tags FROM accelcost.charge WHERE export_name = 'again'$$,
    'and to the same charges');

-- ---- rounding ---------------------------------------------------------------

-- rounded in parts, the bill has as many totals as there are parts.
SELECT is(round(sum(billed_cost), 2), 20.52, 'rounded once, at the end, the sum of 20.52022672899 is 20.52')
FROM accelcost.charge
WHERE export_name = 'focus';
SELECT is(sum(round(billed_cost, 2)), 20.57, 'each row rounded, it would be 20.57')
FROM accelcost.charge
WHERE export_name = 'focus';
CREATE FUNCTION pg_temp.rounded_by(key text) RETURNS numeric LANGUAGE plpgsql AS $$
DECLARE
    total numeric;
BEGIN
    EXECUTE format(
        'SELECT sum(part) FROM (SELECT round(sum(billed_cost), '
        '2) AS part FROM accelcost.charge WHERE export_name = ''focus'' GROUP BY %s) AS parts',
        key) INTO total;
    RETURN total;
END
$$;
SELECT is(pg_temp.rounded_by('service_name'), 20.51, 'by service, 20.51');
SELECT is(
    pg_temp.rounded_by($$service_name, (charge_period_start AT TIME ZONE 'UTC')::date$$), 20.48,
    'by service and day, 20.48');
SELECT is(pg_temp.rounded_by('service_name, sub_account_id'), 20.53, 'by service and sub account, 20.53');

-- ---- rejects ----------------------------------------------------------------

UPDATE sample SET "BilledCost" = '1,234.56' WHERE "Id" = '11472';
SELECT throws_ok(
    $$SELECT * FROM accelcost.import_focus('sample', 'spoilt')$$, '22P02',
    '1 of 1000 rows of staging table "sample" cannot be loaded',
    'one bad cost stops the import');
SELECT results_eq(
    $$SELECT loaded, rejected FROM accelcost.import_focus('sample', 'spoilt', 'skip', beside => true)$$,
    $$VALUES (999::bigint, 1::bigint)$$,
    'or its row is left out');
SELECT results_eq(
    $$SELECT column_name, value, reason FROM accelcost.import_reject WHERE export_name = 'spoilt'$$,
    $$VALUES ('BilledCost', '1,234.56', 'is not a number')$$,
    'and listed');
SELECT * FROM finish();
ROLLBACK;
