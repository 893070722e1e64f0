-- accelcost.focus: its names and types are those of FOCUS 1.4, its times find an index, and queries run on it as they
-- are written for FOCUS. charge_tco sums to what charge_monthly reports.
BEGIN;
SELECT plan(33);

-- ---- names ------------------------------------------------------------------

SELECT set_eq(
    $$SELECT attname::text FROM pg_attribute WHERE attrelid = 'accelcost.focus'::regclass AND attnum > 0$$,
    $$SELECT lower(header) FROM accelcost.import_column WHERE format = 'focus'
      UNION ALL
      SELECT * FROM unnest('{x_exportname,x_extra}'::text[]) AS name$$,
    'the names are those of FOCUS, as PostgreSQL folds them');
SELECT set_eq(
    format($$SELECT attname::text FROM pg_attribute WHERE attrelid = %L::regclass AND attnum > 0$$,
           'accelcost.focus_' || f),
    format($$SELECT lower(header) FROM accelcost.import_column WHERE format = %L
             UNION ALL SELECT * FROM unnest('{x_exportname,x_extra}'::text[]) AS name$$, f),
    format('so are those of %s', f))
FROM unnest('{invoice_detail,contract_commitment,billing_period}'::text[]) AS f;
SELECT is_empty(
    $$
        SELECT a.attrelid::regclass, a.attname
        FROM pg_attribute AS a
        WHERE a.attrelid IN ('accelcost.focus'::regclass, 'accelcost.focus_invoice_detail'::regclass,
                             'accelcost.focus_contract_commitment'::regclass,
                             'accelcost.focus_billing_period'::regclass)
          AND a.attnum > 0
          AND (lower(split_part(col_description(a.attrelid, a.attnum), ',', 1)) <> a.attname
               OR col_description(a.attrelid, a.attnum) !~ '^(x_)?[A-Z][A-Za-z]+, as ')$$,
    'a comment begins with the name as FOCUS writes it');
SELECT results_eq(
    $$
        SELECT DISTINCT format_type(atttypid, atttypmod)
        FROM pg_attribute
        WHERE attrelid = 'accelcost.focus'::regclass AND attname ~ 'period(start|end)$'$$,
    $$VALUES ('timestamp without time zone')$$, 'times have no time zone');

-- ---- a generated year -------------------------------------------------------

INSERT INTO accelcost.charge (
    provider_name, service_provider_name, host_provider_name, invoice_issuer_name, invoice_id, billing_account_id,
    billing_period_start, billing_period_end, charge_period_start, charge_period_end, charge_category, charge_class,
    service_category, service_name, charge_description, billing_currency, billed_cost, effective_cost, list_cost, tags,
    sku_price_details, contract_applied, export_name)
SELECT 'AWS', CASE h.n % 4 WHEN 0 THEN NULL WHEN 1 THEN 'Seller' ELSE 'AWS' END, 'AWS', 'AWS', 'I' || h.month, 'a',
       date_trunc('month', h.at AT TIME ZONE 'UTC') AT TIME ZONE 'UTC',
       (date_trunc('month', h.at AT TIME ZONE 'UTC') + interval '1 month') AT TIME ZONE 'UTC', h.at,
       h.at + interval '20 minutes',
       (ARRAY['Usage', 'Usage', 'Tax', 'Credit', 'Purchase'])[h.n % 5 + 1],
       CASE WHEN h.n % 10 = 0 THEN 'Correction' END,
       (ARRAY['Compute', 'Storage', 'Networking'])[h.n % 3 + 1], 'S' || h.n % 3,
       repeat('as long as the row of an export ', 20),
       (ARRAY['USD', 'EUR'])[h.n % 2 + 1],
       h.n % 97 - 20, CASE WHEN h.n % 6 > 0 THEN h.n % 89 END, h.n % 101,
       jsonb_build_object('Application', 'app' || h.n % 3, 'team', 't' || h.n % 2),
       CASE WHEN h.n % 2 = 0 THEN jsonb_build_object('CoreCount', h.n % 8, 'InstanceSeries', 'M') END,
       CASE WHEN h.n % 5 = 0 THEN jsonb_build_object('Elements', jsonb_build_array(
           jsonb_build_object('ContractCommitmentId', 'c1', 'ContractCommitmentAppliedCost', h.n % 7),
           jsonb_build_object('ContractCommitmentId', 'c2', 'ContractCommitmentAppliedCost', 1))) END, 'year'
FROM (SELECT n, '2025-01-01 00:00+00'::timestamptz + n * interval '20 minutes' AS at,
             extract(month FROM ('2025-01-01 00:00+00'::timestamptz + n * interval '20 minutes') AT TIME ZONE 'UTC')
             AS month
      FROM generate_series(0, 26279) AS n) AS h;
ANALYZE accelcost.charge;

-- ---- indexes ----------------------------------------------------------------

CREATE FUNCTION pg_temp.plan_of(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    line text;
    plan text;
BEGIN
    FOR line IN EXECUTE 'EXPLAIN ' || query LOOP
        plan := concat(plan, line, E'\n');
    END LOOP;
    RETURN plan;
END
$$;
SELECT matches(pg_temp.plan_of('SELECT sum(BilledCost) FROM accelcost.focus WHERE ' || c.condition),
               'Index( Only)? Scan (using|on) charge_focus_' || c.index_name, c.condition)
FROM (VALUES
    ($$ChargePeriodStart >= '2025-12-01' AND ChargePeriodEnd < '2026-01-01'$$, 'period'),
    ($$ChargePeriodStart >= '2025-12-01T00:00:00Z' AND ChargePeriodEnd <= '2026-01-01T00:00:00Z'$$, 'period'),
    ($$ChargePeriodStart >= DATE '2025-03-01' AND ChargePeriodStart < DATE '2025-04-01'$$, 'period'),
    ($$ChargePeriodStart BETWEEN TIMESTAMP '2025-03-01' AND TIMESTAMP '2025-03-02'$$, 'period'),
    ($$ChargePeriodStart >= CAST('2025-03-01' AS DATE) AND ChargePeriodStart < DATE '2025-03-01' + INTERVAL '1 month'$$,
     'period'),
    ($$BillingPeriodStart >= '2025-12-01' AND BillingPeriodEnd <= '2026-01-01'$$, 'billing'),
    ($$BillingPeriodStart = DATE '2025-03-01'$$, 'billing')) AS c (condition, index_name);
PREPARE spend (timestamp, timestamp) AS
SELECT sum(BilledCost) FROM accelcost.focus WHERE ChargePeriodStart >= $1 AND ChargePeriodEnd < $2;
SELECT matches(pg_temp.plan_of($$EXECUTE spend('2025-12-01', '2026-01-01')$$), 'charge_focus_period',
               'with parameters, too');
-- An estimate is rows=N of the first line.
CREATE FUNCTION pg_temp.estimate(query text) RETURNS integer LANGUAGE sql AS $$
    SELECT substring(pg_temp.plan_of(query) FROM 'rows=(\d+)')::integer
$$;
SELECT cmp_ok(pg_temp.estimate($$SELECT date_trunc('month', ChargePeriodStart) FROM accelcost.focus GROUP BY 1$$),
              '<', 20, 'the planner knows how many months there are');
SELECT cmp_ok(pg_temp.estimate('SELECT BillingPeriodStart FROM accelcost.focus GROUP BY 1'), '<', 20,
              'and how many billing periods');

-- Row security hides rows before a condition that might show them: no index then, but the rows are right.
CREATE ROLE focus_reader;
ALTER TABLE accelcost.charge ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON accelcost.charge TO focus_reader USING (service_name = 'S1');
GRANT SELECT ON accelcost.charge, accelcost.focus TO focus_reader;
SELECT sum(billed_cost) AS expected FROM accelcost.charge WHERE service_name = 'S1' \gset
SET LOCAL ROLE focus_reader;
SELECT is((SELECT sum(BilledCost) FROM accelcost.focus), :'expected', 'the view shows what a role may see');
SELECT unalike(pg_temp.plan_of($$SELECT sum(BilledCost) FROM accelcost.focus WHERE ChargePeriodStart >= '2025-12-01'$$),
               '%charge_focus_period%', 'without an index');
SELECT alike(
    pg_temp.plan_of($$
        SELECT sum(billed_cost) FROM accelcost.charge WHERE charge_period_start >= '2025-12-01 00:00+00'$$),
    '%charge_period%', 'which the table finds for its own times');
RESET ROLE;
ALTER TABLE accelcost.charge DISABLE ROW LEVEL SECURITY;

-- ---- queries as they are written for FOCUS ----------------------------------

CREATE TEMPORARY VIEW focus_data_table WITH (security_invoker = true) AS SELECT * FROM accelcost.focus;
SELECT results_eq(
    $$
        SELECT ProviderName, BillingPeriodStart, SUM(BilledCost) AS TotalBilledCost
        FROM focus_data_table
        WHERE BillingPeriodStart >= '2025-02-01' AND BillingPeriodEnd <= '2025-04-01'
        GROUP BY ProviderName, BillingPeriodStart
        ORDER BY BillingPeriodStart$$,
    $$
        SELECT provider_name, billing_period_start AT TIME ZONE 'UTC', sum(billed_cost)
        FROM accelcost.charge
        WHERE billing_period_start IN ('2025-02-01 00:00+00', '2025-03-01 00:00+00')
        GROUP BY 1, 2
        ORDER BY 2$$,
    'by billing period');
SET LOCAL timezone = 'America/Los_Angeles';
SELECT results_eq(
    $$
        SELECT DATE(ChargePeriodStart) AS Day, COUNT(*)
        FROM focus_data_table
        WHERE ChargePeriodStart >= '2025-03-01T00:00:00Z' AND ChargePeriodStart < '2025-03-03T00:00:00Z'
        GROUP BY DATE(ChargePeriodStart)
        ORDER BY Day$$,
    $$VALUES ('2025-03-01'::date, 72::bigint), ('2025-03-02', 72)$$,
    'days are those of UTC, whatever the time zone of the session');
SET LOCAL timezone = 'UTC';
SELECT results_eq(
    $$
        SELECT ServiceProviderName, HostProviderName, ProviderName, COUNT(*)
        FROM focus_data_table
        GROUP BY ServiceProviderName, HostProviderName, ProviderName
        ORDER BY 1$$,
    $$VALUES ('AWS', 'AWS', 'AWS', 19710::bigint), ('Seller', 'AWS', 'AWS', 6570)$$,
    'old and new names of providers; a charge that was not imported has its provider in both');
SELECT results_eq(
    $$
        SELECT Tags->>'Application' AS Application, SUM(BilledCost)
        FROM focus_data_table
        WHERE Tags->>'team' = 't1' AND Tags['team'] IS NOT NULL AND Tags ? 'team'
        GROUP BY Tags->>'Application'
        ORDER BY 1$$,
    $$SELECT 'app' || g, sum(n % 97 - 20)::numeric FROM generate_series(0, 2) AS g, generate_series(0, 26279) AS n
      WHERE n % 3 = g AND n % 2 = 1 GROUP BY g ORDER BY g$$,
    'tags by operator and by subscript');
SELECT results_eq(
    $$
        SELECT e->>'ContractCommitmentId', SUM((e->>'ContractCommitmentAppliedCost')::numeric)
        FROM focus_data_table CU
        CROSS JOIN jsonb_array_elements(CU.ContractApplied->'Elements') AS e
        GROUP BY 1
        ORDER BY 1$$,
    $$SELECT 'c1', sum(n % 7)::numeric FROM generate_series(0, 26279, 5) AS n
      UNION ALL SELECT 'c2', 5256$$,
    'elements of a JSON column');

-- ---- charge_tco -------------------------------------------------------------

SELECT results_eq(
    format($$
        SELECT bill_month(c.charge_period_start), c.service_name, c.billing_currency,
               sum(accelcost.charge_tco(c, %1$L))::text
        FROM accelcost.charge AS c
        GROUP BY 1, 2, 3
        ORDER BY 1, 2, 3$$, b),
    format('SELECT month, service_name, currency, cost::text FROM accelcost.charge_monthly(%L) ORDER BY 1, 2, 3', b),
    format('charge_tco(charge, %L) sums to charge_monthly', b))
FROM unnest('{billed,effective,list,contracted}'::text[]) AS b;
SELECT results_eq(
    $$SELECT tags->>'team', total(sum(accelcost.charge_tco(c, 'effective')))
      FROM accelcost.charge c WHERE billing_currency = 'USD' GROUP BY 1$$,
    $$SELECT 't0', sum(n % 89)::numeric FROM generate_series(0, 26279, 2) AS n WHERE n % 6 > 0$$,
    'by a tag');
SELECT results_eq(
    $$
        SELECT DISTINCT c.effective_cost, accelcost.charge_tco(c, 'effective')::text
        FROM accelcost.charge AS c
        WHERE c.charge_period_start IN ('2025-01-01 00:00+00', '2025-01-01 05:20+00')
        ORDER BY 1$$,
    $$VALUES (16::numeric, '16 USD storage=16'), (NULL, NULL)$$,
    'a charge without the cost has none');
SELECT unalike(pg_temp.plan_of($$SELECT sum(accelcost.charge_tco(c, 'billed')) FROM accelcost.charge AS c$$),
               '%charge_tco%', 'it is part of the query, and no call');
SELECT throws_ok($$SELECT accelcost.charge_tco(c, 'net') FROM accelcost.charge AS c LIMIT 1$$, '22023',
                 'invalid value for parameter "basis": "net"', 'the basis is one of four');
SELECT throws_ok('SELECT accelcost.charge_tco(c, NULL) FROM accelcost.charge AS c LIMIT 1', '22004',
                 '"basis" must not be null', 'and given');

SELECT * FROM finish();
ROLLBACK;
