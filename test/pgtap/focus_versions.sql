-- FOCUS 1.0 to 1.4 by one importer: names of providers, the columns of 1.3 and 1.4, and virtual currencies; a
-- generated month of 1.4 has in accelcost.focus what its cells say.
BEGIN;
SELECT plan(25);

\ir ../include/error_line.sql

-- ---- names of providers -----------------------------------------------------

CREATE TEMPORARY TABLE focus_row AS
SELECT '1'::text AS "BilledCost", 'USD'::text AS "BillingCurrency", 'a'::text AS "BillingAccountId",
       '2026-05-01'::text AS "BillingPeriodStart", '2026-05-02'::text AS "ChargePeriodStart";

CREATE FUNCTION pg_temp.names(columns text, name text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE TEMPORARY TABLE %I AS SELECT f.*, %s FROM focus_row AS f', name, columns);
    -- Each file has the bill of another account.
    EXECUTE format('UPDATE %I SET "BillingAccountId" = %L', name, name);
    PERFORM accelcost.import_focus(name::regclass, name);
    RETURN (SELECT string_agg(concat_ws(' | ', coalesce(provider_name, '-'), coalesce(publisher_name, '-'),
                                        coalesce(service_provider_name, '-'), coalesce(host_provider_name, '-'),
                                        nullif(extra::text, '{}')), '; ' ORDER BY row_number)
            FROM accelcost.charge WHERE export_name = name);
END
$$;
SELECT is(pg_temp.names($$'AWS' AS "ProviderName"$$, 'v10'), 'AWS | - | AWS | AWS', '1.0: all from ProviderName');
SELECT is(
    pg_temp.names($$'AWS' AS "ProviderName", 'Amazon Web Services, Inc.' AS "PublisherName",
                    'Amazon Web Services, Inc.' AS "InvoiceIssuerName"$$, 'v11'),
    'AWS | Amazon Web Services, Inc. | AWS | AWS', '1.1: a provider''s own product is sold by the provider');
SELECT is(
    pg_temp.names($$'AWS' AS "ProviderName", 'Red Hat Inc.' AS "PublisherName",
                    'Amazon Web Services, Inc.' AS "InvoiceIssuerName"$$, 'v12'),
    'AWS | Red Hat Inc. | Red Hat Inc. | AWS',
    '1.2: and that of a third party by its publisher, hosted by the provider');
SELECT is(
    pg_temp.names($$'AWS' AS "ProviderName", 'Red Hat Inc.' AS "PublisherName"$$, 'v12_no_issuer'),
    'AWS | Red Hat Inc. | AWS | AWS', '1.2: without an issuer a third party cannot be told');
SELECT is(
    pg_temp.names($$'AWS' AS "ProviderName", 'Amazon' AS "PublisherName", 'Seller' AS "ServiceProviderName",
                    'Host' AS "HostProviderName"$$, 'v13'),
    'AWS | Amazon | Seller | Host', '1.3: a file with old and new names has each');
SELECT is(
    pg_temp.names($$'AWS' AS "ProviderName", 'Seller' AS "ServiceProviderName", NULL AS "HostProviderName"$$,
                  'v13_tax'),
    'AWS | Seller | Seller | -', '1.3: an empty HostProviderName says that nothing is hosted');
SELECT is(
    pg_temp.names($$'Seller' AS "ServiceProviderName", 'Host' AS "HostProviderName"$$, 'v14'),
    'Seller | Seller | Seller | Host', '1.4: old names are the seller''s');
SELECT is(
    pg_temp.names($$'Seller' AS "ServiceProviderName"$$, 'v14_no_host'),
    'Seller | Seller | Seller | Seller', '1.4: a file without HostProviderName');
UPDATE focus_row SET "BilledCost" = '1';
INSERT INTO focus_row SELECT '2', "BillingCurrency", "BillingAccountId", "BillingPeriodStart", "ChargePeriodStart"
FROM focus_row;
SELECT is(
    pg_temp.names($$CASE f."BilledCost" WHEN '1' THEN 'Old' END AS "ProviderName",
                    CASE f."BilledCost" WHEN '2' THEN 'New' END AS "ServiceProviderName"$$, 'mixed'),
    'Old | - | Old | Old; New | New | New | New', 'rows of two versions in one file');
SELECT is(
    pg_temp.error_of(
        $$SELECT pg_temp.names('CASE f."BilledCost" WHEN ''2'' THEN ''A'' END AS "ProviderName"', 'nameless')$$),
    '22P02: 1 of 2 rows of staging table "nameless" cannot be loaded / '
    'row 1, column "ProviderName" must not be empty / '
    'Correct them, or use on_error => ''skip'' to load the other rows and list these in accelcost.import_reject.',
    'a row must have one of the names');
INSERT INTO accelcost.import_column (format, header, column_name)
VALUES ('focus', 'ServiceProviderName', 'provider_name');
SELECT is(
    pg_temp.names($$'AWS' AS "ProviderName", 'Seller' AS "ServiceProviderName"$$, 'own'),
    'Seller | Seller | Seller | AWS; Seller | Seller | Seller | AWS',
    'a row of one''s own in import_column decides');
DELETE FROM accelcost.import_column WHERE NOT builtin;

-- Other formats know one name.
CREATE TEMPORARY TABLE cur AS
SELECT 'a' AS "bill/PayerAccountId", '2026-05-01' AS "bill/BillingPeriodStartDate", 'USD' AS "lineItem/CurrencyCode",
       '2026-05-01' AS "lineItem/UsageStartDate", 'Usage' AS "lineItem/LineItemType", '1' AS "lineItem/UnblendedCost";
SELECT is(loaded, 1::bigint, 'a line of AWS') FROM accelcost.import_cur('cur');
SELECT results_eq(
    $$SELECT provider_name, service_provider_name, host_provider_name FROM accelcost.charge WHERE export_name = 'cur'$$,
    $$VALUES ('AWS', 'AWS', 'AWS')$$, 'has its provider in the new columns, too');

-- ---- currencies -------------------------------------------------------------

CREATE TEMPORARY TABLE virtual AS
SELECT f."BilledCost", f."BillingCurrency", f."BillingAccountId", f."BillingPeriodStart", f."ChargePeriodStart",
       'Snowflake' AS "ServiceProviderName", c.cell AS "PricingCurrency"
FROM (SELECT * FROM focus_row LIMIT 1) AS f
CROSS JOIN unnest('{Snowflake Credits,AI-Credits,usd,Databricks Units (DBU),1000,""}'::text[]) AS c (cell);
SELECT is(loaded, 6::bigint, 'virtual currencies have names of any form')
FROM accelcost.import_focus('virtual', 'virtual');
SELECT results_eq(
    $$SELECT pricingcurrency FROM accelcost.focus WHERE x_exportname = 'virtual' ORDER BY pricingcurrency$$,
    $$SELECT * FROM unnest('{1000,AI-Credits,Databricks Units (DBU),Snowflake Credits,USD,NULL}'::text[]) AS c (cell)
      ORDER BY 1$$,
    'which are kept; national ones are in upper case');
UPDATE virtual SET "BillingCurrency" = 'Snowflake Credits' WHERE "PricingCurrency" = 'usd';
SELECT matches(pg_temp.error_of($$SELECT * FROM accelcost.import_focus('virtual', 'virtual')$$),
               'column "BillingCurrency": "Snowflake Credits" is not a currency', 'money is in a currency');

-- ---- a generated month ------------------------------------------------------

-- The columns of FOCUS, each with its type.
CREATE TEMPORARY TABLE focus_column AS
SELECT i.header, i.column_name, row_number() OVER (ORDER BY i.header) AS n, format_type(a.atttypid, NULL) AS type
FROM accelcost.import_column AS i
JOIN pg_attribute AS a ON a.attrelid = 'accelcost.charge'::regclass AND a.attname = i.column_name
WHERE i.format = 'focus' AND i.header NOT IN ('ProviderName', 'PublisherName');
SELECT is((SELECT count(*)::integer FROM focus_column), 65, 'the columns of FOCUS 1.4');

SELECT format('CREATE TEMPORARY TABLE month AS SELECT %s, g::text AS "x_Row" '
              'FROM generate_series(1, 500) AS g',
              string_agg(format(
                  -- every seventh cell is empty, but where one must not be
                  CASE WHEN header IN ('BilledCost', 'BillingCurrency', 'BillingAccountId', 'BillingPeriodStart',
                                       'ChargePeriodStart', 'ServiceProviderName') THEN '%s AS %I'
                       ELSE 'CASE WHEN (g + ' || n || ') %% 7 > 0 THEN %s END AS %I' END,
                  CASE WHEN header LIKE '%Currency' THEN $$(ARRAY['USD', 'EUR', 'JPY'])[g % 3 + 1]$$
                       WHEN type = 'numeric'
                       THEN format($$((hashint8extended(g, %s) %% 1000000007)::numeric / 1000 ^ (g %% 4))::text$$, n)
                       WHEN type = 'timestamp with time zone'
                       THEN format($$to_char('2026-05-01'::timestamp + ((g * %s) %% 720) * interval '1 hour', %L)$$, n,
                                   'YYYY-MM-DD"T"HH24:MI:SS"Z"')
                       WHEN type = 'jsonb' THEN format($$'{"key": "' || g * %s || '"}'$$, n)
                       ELSE format($$%L || g %% %s$$, header || ' ', n + 1) END, header), ', '))
FROM focus_column \gexec
SELECT results_eq(
    $$SELECT rows_read, loaded, rejected, unknown_columns, missing_columns
      FROM accelcost.import_focus('month', 'month')$$,
    $$VALUES (500::bigint, 500::bigint, 0::bigint, '{x_Row}'::text[], '{}'::text[])$$,
    'a generated month of FOCUS 1.4 is loaded, and none of its columns is unknown');
SELECT results_eq(
    $$SELECT rows_read, loaded, unchanged FROM accelcost.import_focus('month', 'month')$$,
    $$VALUES (500::bigint, 0::bigint, 500::bigint)$$, 'once');
SELECT is((SELECT sum(billedcost) FROM accelcost.focus WHERE x_exportname = 'month'),
          (SELECT sum("BilledCost"::numeric) FROM month), 'its billed cost, to the last digit');
SELECT is((SELECT sum(effectivecost) FROM accelcost.focus WHERE x_exportname = 'month'),
          (SELECT sum("EffectiveCost"::numeric) FROM month), 'and its effective cost');
SET LOCAL timezone = 'Asia/Kolkata';
SELECT format('CREATE FUNCTION pg_temp.different() RETURNS SETOF text LANGUAGE sql AS %L', string_agg(format(
           'SELECT %1$L || row_number FROM (SELECT f.x_extra->>''x_Row'' AS row_number, f.%2$I AS shown, m.%1$I::%3$s '
           'AS cell FROM accelcost.focus AS f JOIN month AS m ON m."x_Row" = f.x_extra->>''x_Row'' '
           'WHERE f.x_exportname = ''month'') AS c WHERE shown IS DISTINCT FROM cell', header, lower(header),
           replace(type, 'timestamp with time zone', 'timestamp')), ' UNION ALL '))
FROM focus_column \gexec
SELECT is_empty('SELECT pg_temp.different()', 'each column of accelcost.focus is what its cells say, times in UTC');

-- Which importer a file is for.
SELECT format('CREATE TEMPORARY TABLE %I (%s)', format, string_agg(format('%I text', header), ', '))
FROM accelcost.import_column
WHERE format IN ('invoice_detail', 'contract_commitment', 'billing_period')
GROUP BY format \gexec
SELECT matches(pg_temp.error_of(format('SELECT * FROM accelcost.import_focus(%L)', f.format)),
               format('^22023: .* / These are columns of %s of FOCUS: use import_%s.$', f.words, f.format),
               format('a file of %s is told from one of charges', f.words))
FROM (VALUES ('invoice_detail', 'invoice details'), ('contract_commitment', 'contract commitments'),
             ('billing_period', 'billing periods')) AS f (format, words);

SELECT * FROM finish();
ROLLBACK;
