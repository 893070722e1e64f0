-- The mappings of exports that are not FOCUS (charge_of_cur and its like), by the server's own account of them.
BEGIN;
SELECT plan(10);

-- One staging table for each format, with the columns that it requires.
CREATE TEMPORARY TABLE cur (
    "bill/PayerAccountId" text, "bill/BillingPeriodStartDate" text, "lineItem/UsageStartDate" text,
    "lineItem/CurrencyCode" text, "lineItem/LineItemType" text, "lineItem/UnblendedCost" text);
CREATE TEMPORARY TABLE azure (
    "billingAccountId" text, "BillingPeriodStartDate" text, "date" text, "ChargeType" text, "Cost" text,
    "BillingCurrencyCode" text);
CREATE TEMPORARY TABLE lines (line text);
CREATE TEMPORARY TABLE oci (
    "lineItem/intervalUsageStart" text, "lineItem/tenantId" text, "cost/myCost" text, "cost/currencyCode" text);

SELECT set_eq(
    $$SELECT oid::regproc::text FROM pg_proc WHERE proname LIKE 'import%' AND 'jit=off' = ANY (proconfig)$$,
    '{accelcost.import_prices,accelcost.import_mapping,accelcost_internal.import_mapping,
      accelcost_internal.import_check,
      accelcost_internal.import_date_order,accelcost_internal.import_charges,
      accelcost_internal.import_dataset}'::text[],
    'what runs a generated statement, or reads the mapping, compiles nothing');
CREATE FUNCTION pg_temp.plan_of(format text, staging regclass) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('PREPARE loading (text, bigint, boolean, text, boolean) AS %s',
                   accelcost_internal.import_statement(format, staging));
    RETURN QUERY EXECUTE 'EXPLAIN EXECUTE loading (''x'', 1, true, NULL, false)';
    DEALLOCATE loading;
END
$$;
SELECT is(
    (SELECT count(*) FILTER (WHERE line ~ 'Insert on charge') || ' ' || count(*) FILTER (WHERE line ~ 'charge_of_')
     FROM pg_temp.plan_of(f.format, f.staging::regclass) AS p (line)),
    '1 0', format('%s: the mapping is part of the statement, and no call', f.format))
FROM (VALUES ('cur', 'cur'), ('azure', 'azure'), ('gcp', 'lines'), ('oci', 'oci')) AS f (format, staging);

-- What each SELECT list reads, by the server's own account of it.
CREATE TEMPORARY VIEW mapped AS
SELECT f.format, m.part[2] AS column_name, m.place, m.part[1] AS expression
FROM unnest('{cur,azure,gcp,oci}'::text[]) AS f (format)
CROSS JOIN LATERAL regexp_matches(
    pg_get_function_sqlbody(
        format('accelcost_internal.charge_of_%1$s(accelcost_internal.%1$s_line)', f.format)::regprocedure),
    '(.*?) AS (\w+)(?:,\n|;\n)', 'g') WITH ORDINALITY AS m (part, place);
CREATE TEMPORARY VIEW listed AS
SELECT f.format, i.*
FROM unnest('{cur,azure,gcp,oci}'::text[]) AS f (format)
CROSS JOIN LATERAL accelcost_internal.import_inputs(f.format) AS i;
SELECT set_eq(
    $$SELECT format, column_name, a.name[1]
      FROM mapped CROSS JOIN LATERAL regexp_matches(expression, 'line\)\.([a-z0-9_]+)', 'g') AS a (name)$$,
    'SELECT format, column_name, attribute FROM listed WHERE header IS NOT NULL',
    'the headers of a format say which cells each column is made of');
SELECT set_eq(
    $$SELECT format, column_name FROM mapped WHERE expression !~ 'NULL::text$'$$,
    'SELECT format, column_name FROM listed',
    'and which columns there are');
SELECT is_empty(
    $$SELECT format, a.read[2], a.read[1]
      FROM mapped
      CROSS JOIN LATERAL regexp_matches(
          expression, 'import_(number|timestamp)\([a-z_(.]*line\)\.([a-z0-9_]+)', 'g') AS a (read)
      EXCEPT SELECT format, attribute, kind FROM listed$$,
    'and how the cells are read');
SELECT bag_eq(
    'SELECT column_name, place FROM mapped',
    $$SELECT attname::text, attnum::bigint FROM pg_attribute, generate_series(1, 4)
      WHERE attrelid = 'accelcost_internal.charge_cells'::regclass$$,
    'all lists have the columns of one type, in its order');
SELECT is_empty(
    'SELECT * FROM listed WHERE header_key <> accelcost_internal.import_header(attribute)',
    'an attribute has the name of its header');

SELECT * FROM finish();
ROLLBACK;
