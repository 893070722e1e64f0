-- The table of charges, and its report by month.
\getenv dir PG_ABS_SRCDIR
\set file :dir '/include/error_of.sql'
\i :file
TRUNCATE accelcost.charge, accelcost.import_batch, accelcost.import_reject;
SET client_min_messages = warning;
SET datestyle = 'ISO, YMD';
SET timezone = 'UTC';

-- a charge may be written by hand; NaN, infinities and what no tco holds may not be stored
CREATE FUNCTION pg_temp.charge(
    billed_cost numeric DEFAULT 1, billing_currency text DEFAULT 'USD', effective_cost numeric DEFAULT NULL,
    pricing_quantity numeric DEFAULT NULL)
RETURNS void LANGUAGE sql BEGIN ATOMIC
    INSERT INTO accelcost.charge (
        provider_name, billing_account_id, billing_period_start, charge_period_start, billing_currency, billed_cost,
        effective_cost, pricing_quantity)
    VALUES ('Fluence', 'a1', '2026-03-01 00:00+00', '2026-03-05 00:00+00', billing_currency, billed_cost,
            effective_cost, pricing_quantity);
END;
SELECT pg_temp.charge(99999999999999999999.9), pg_temp.charge(-2.5), pg_temp.charge(3, 'gpu_credits'),
       pg_temp.charge(pricing_quantity => 1e30);
SELECT export_name, batch, row_number, extra, billing_currency, billed_cost FROM accelcost.charge;
SELECT call, split_part(pg_temp.error_of('SELECT pg_temp.charge(' || call || ')'), ':', 1) AS sqlstate
FROM (
    VALUES ('''NaN'''),
           ('''Infinity'''),
           ('''-Infinity'''),
           ('1e20'),
           ('-1e20'),
           ('NULL'),
           ('1, ''NaN ?'''),
           ('1, ''thirteen_char'''),
           ('1, '''''),
           ('effective_cost => ''NaN'''),
           ('effective_cost => 1e20'),
           ('pricing_quantity => ''Infinity'''),
           ('pricing_quantity => ''NaN''')) AS t(call);
TRUNCATE accelcost.charge;

-- the component of a cost: by category, then data transfer by its words, then by kind of service
SELECT charge_category, charge_frequency, service_category, charge_description, sku_meter,
       accelcost_internal.charge_component(
           charge_category, charge_frequency, service_category, charge_description, sku_meter)
FROM (VALUES
    ('Tax', 'Recurring', 'Compute', 'Sales tax on data transfer', NULL),
    ('Credit', 'One-Time', 'Storage', 'Promotional credit', NULL),
    ('Adjustment', NULL, 'Compute', 'Rounding', NULL),
    ('Purchase', 'One-Time', 'Compute', 'All upfront reservation', NULL),
    ('Purchase', NULL, 'Compute', 'Reservation', NULL),
    ('Purchase', 'Recurring', 'Compute', 'Reservation, monthly fee', NULL),
    ('Usage', 'Usage-Based', 'Compute', 'GPU instance', NULL),
    ('Usage', 'Usage-Based', 'AI and Machine Learning', 'Output tokens', NULL),
    ('Usage', 'Usage-Based', 'Compute', '$0.085 per GB - next 40 TB / month data transfer out', NULL),
    ('Usage', 'Usage-Based', 'Compute', NULL, 'DataTransfer-Out-Bytes'),
    ('Usage', 'Usage-Based', 'Networking', 'BANDWIDTH, outbound', NULL),
    ('Usage', 'Usage-Based', 'Networking', 'Public IPv4 address', NULL),
    ('Usage', 'Usage-Based', 'Storage', 'Volume', NULL),
    ('Usage', 'Usage-Based', 'Databases', 'Instance', NULL),
    (NULL, NULL, 'Compute', NULL, NULL),
    (NULL, NULL, NULL, NULL, NULL)
) AS t(charge_category, charge_frequency, service_category, charge_description, sku_meter);

-- by month of the charge, not of the bill; by currency; unknown cost is counted, and is not zero
INSERT INTO accelcost.charge (
    provider_name, service_name, billing_account_id, billing_period_start, charge_period_start, billing_currency,
    billed_cost, effective_cost, charge_category, service_category)
VALUES
    ('CoreWeave', 'H100', 'a1', '2026-03-01 00:00+00', '2026-02-28 23:59:59+00', 'USD', 10.000000000000000001, 9,
     'Usage', 'Compute'),
    ('CoreWeave', 'H100', 'a1', '2026-03-01 00:00+00', '2026-03-01 00:00:00+00', 'USD', 20, NULL, 'Usage', 'Compute'),
    ('CoreWeave', 'H100', 'a1', '2026-03-01 00:00+00', '2026-03-31 23:59:59+00', 'USD', -5, -4, 'Credit', 'Compute'),
    ('CoreWeave', 'H100', 'a1', '2026-03-01 00:00+00', '2026-03-02 00:00:00+00', 'EUR', 7, 7, 'Usage', 'Storage'),
    ('CoreWeave', NULL,   'a1', '2026-03-01 00:00+00', '2026-03-02 00:00:00+00', 'USD', 1, NULL, 'Tax', NULL);
SELECT * FROM accelcost.charge_monthly() ORDER BY month, provider_name, service_name, currency;
SELECT * FROM accelcost.charge_monthly('effective') ORDER BY month, provider_name, service_name, currency;
SELECT month, sum(charges) FROM accelcost.charge_monthly(tz => 'America/Los_Angeles') GROUP BY month ORDER BY month;
SELECT sum(cost) FROM accelcost.charge_monthly() WHERE currency = 'USD';

-- a basis that is none is an error, charges or not
SELECT pg_temp.error_of(format('SELECT * FROM accelcost.charge_monthly(%L)', basis))
FROM (VALUES ('net'), ('Billed'), (''), (NULL)) AS t(basis);
SELECT pg_temp.error_of('SELECT * FROM accelcost.charge_monthly(tz => ''PST'')');
BEGIN;
TRUNCATE accelcost.charge;
SELECT count(*) FROM accelcost.charge_monthly();
SELECT split_part(pg_temp.error_of('SELECT * FROM accelcost.charge_monthly(''net'')'), ':', 1) AS sqlstate;
ROLLBACK;

-- the view has one line per month, provider, service and currency
SELECT * FROM accelcost.charge_monthly ORDER BY month, provider_name, service_name, currency;
SELECT attname, format_type(atttypid, atttypmod)
FROM pg_attribute
WHERE attrelid = 'accelcost.charge_monthly'::regclass AND attnum > 0
ORDER BY attnum;

-- what it shows adds up, at its 10 decimals, to the total of the month rounded once
TRUNCATE accelcost.charge;
INSERT INTO accelcost.charge (
    provider_name, service_name, billing_account_id, billing_period_start, charge_period_start, billing_currency,
    billed_cost)
SELECT 'p' || n % 7, 's' || n % 50, 'a', '2026-01-01 00:00+00',
       '2026-01-01 00:00+00'::timestamptz + n % 90 * interval '1 day', 'USD', n * 0.000000000033333333 - 0.000001
FROM generate_series(1, 5000) AS n;
SELECT month, count(*) AS lines, sum(billed_cost) AS shown,
       sum(billed_cost) = (
           SELECT round(sum(c.billed_cost), 10)
           FROM accelcost.charge AS c
           WHERE bill_month(c.charge_period_start) = month) AS adds_up
FROM accelcost.charge_monthly GROUP BY month ORDER BY month;
SELECT max(abs(v.billed_cost - total(f.cost))) < 1e-10 AS each_within_one_unit
FROM accelcost.charge_monthly AS v
JOIN accelcost.charge_monthly() AS f USING (month, provider_name, service_name, currency);

-- neither the zone of the session nor its search_path matters
CREATE SCHEMA hostile;
CREATE FUNCTION hostile.round(numeric, integer) RETURNS numeric LANGUAGE sql IMMUTABLE AS 'SELECT 666::numeric';
CREATE FUNCTION hostile.lower(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT ''egress''';
CREATE TEMPORARY TABLE before AS
SELECT *
FROM accelcost.charge_monthly
ORDER BY month, provider_name, service_name, currency;
SET timezone = 'Pacific/Kiritimati';
SET search_path = hostile, public, pg_catalog;
SELECT count(*) FROM (TABLE accelcost.charge_monthly EXCEPT ALL TABLE pg_temp.before) AS different;
RESET search_path;
SET timezone = 'UTC';
DROP SCHEMA hostile CASCADE;

-- a month is read by the index, not by reading all charges
INSERT INTO accelcost.charge (
    provider_name, billing_account_id, billing_period_start, charge_period_start, billing_currency, billed_cost)
SELECT 'p', 'a', '2025-01-01 00:00+00', '2020-01-01 00:00+00'::timestamptz + n * interval '1 hour', 'USD', 1
FROM generate_series(1, 20000) AS n;
ANALYZE accelcost.charge;
CREATE FUNCTION pg_temp.plan_of(query text)
RETURNS SETOF text
LANGUAGE plpgsql AS $$ BEGIN RETURN QUERY EXECUTE 'EXPLAIN (COSTS off) ' || query; END $$;
SELECT bool_or(line LIKE '%charge_period%') AS by_index
FROM pg_temp.plan_of('SELECT * FROM accelcost.charge_monthly WHERE month = ''2020-02-01''') AS line;
SELECT bool_or(line LIKE '%charge_period%') AS by_index
FROM pg_temp.plan_of(
    'SELECT * FROM accelcost.charge_monthly(''effective'') WHERE month >= ''2021-12-01'' AND month < ''2022-02-01'''
) AS line;
-- and the planner knows how many months there are
SELECT n_distinct BETWEEN 30 AND 40 AS months_are_known FROM pg_stats_ext_exprs WHERE statistics_name = 'charge_month';
-- or kinds of charges, which it would sort if it expected many
TRUNCATE accelcost.charge;
INSERT INTO accelcost.charge (
    provider_name, billing_account_id, billing_period_start, charge_period_start, service_name, service_category,
    charge_category, charge_frequency, charge_description, sku_meter, billing_currency, billed_cost)
SELECT 'p', 'a', '2025-01-01 00:00+00', '2025-01-01 00:00+00', 's' || n % 20, 'c' || n % 5, 'Usage', 'Usage-Based',
       'd' || n % 200, 'm' || n % 100, 'USD', 1
FROM generate_series(1, 60000) AS n;
ANALYZE accelcost.charge;
CREATE FUNCTION pg_temp.rows_expected(query text)
RETURNS SETOF numeric
LANGUAGE plpgsql AS $$
DECLARE
    line text;
BEGIN
    FOR line IN EXECUTE 'EXPLAIN ' || query LOOP
        RETURN NEXT CASE WHEN line LIKE '%Aggregate %' THEN substring(line FROM 'rows=(\d+)')::numeric END;
    END LOOP;
END
$$;
SELECT max(n) < 300 AS kinds_are_known
FROM pg_temp.rows_expected('SELECT * FROM accelcost.charge_monthly()') AS n;

-- reading takes no rights but SELECT, and works in a read-only transaction; PUBLIC has none
CREATE ROLE regress_accelcost_reader;
SET ROLE regress_accelcost_reader;
SELECT pg_temp.error_of('SELECT * FROM accelcost.charge'), pg_temp.error_of('SELECT * FROM accelcost.charge_monthly'),
       pg_temp.error_of('SELECT * FROM accelcost.charge_monthly()');
SELECT pg_temp.error_of('SELECT * FROM accelcost.import_batch'),
       pg_temp.error_of('SELECT * FROM accelcost.import_reject');
RESET ROLE;
GRANT SELECT ON accelcost.charge, accelcost.charge_monthly TO regress_accelcost_reader;
SET ROLE regress_accelcost_reader;
BEGIN READ ONLY;
SELECT count(*) > 0 AS readable FROM accelcost.charge_monthly;
SELECT count(*) > 0 AS readable FROM accelcost.charge_monthly('list', 'Europe/Berlin');
COMMIT;
RESET ROLE;
DROP OWNED BY regress_accelcost_reader;
DROP ROLE regress_accelcost_reader;
TRUNCATE accelcost.charge;
