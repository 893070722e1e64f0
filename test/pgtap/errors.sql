-- Errors that help: each says what is wrong, which value, and what to do, in
-- few words, and one mistake has one SQLSTATE.
BEGIN;
SELECT plan(111);
SET LOCAL timezone = 'UTC';
SET LOCAL client_min_messages = warning;
\ir ../include/error_line.sql

-- ---- NULL where none may be ---------------------------------------------------

SELECT is(pg_temp.error_of(statement), format('22004: "%s" must not be null', argument), statement)
FROM (VALUES
    ('SELECT * FROM accelcost.charge_monthly(NULL)', 'cost_basis'),
    ('SELECT * FROM accelcost.charge_monthly(month_of => NULL)', 'month_of'),
    ('SELECT * FROM accelcost.charge_vs_catalog(cost_basis => NULL)', 'cost_basis'),
    ('SELECT * FROM accelcost.usage_monthly(currency => NULL)', 'currency'),
    ('SELECT * FROM accelcost.usage_monthly(source => NULL)', 'source'),
    ('SELECT * FROM accelcost.usage_cost(currency => NULL)', 'currency'),
    ('SELECT * FROM accelcost.what_if(''2026-07-01'', currency => NULL)', 'currency'),
    ('SELECT * FROM accelcost.what_if(NULL)', 'month'),
    ('SELECT allocate(5, NULL)', 'weights'),
    ('SELECT allocate(5, ''{1,NULL}'')', 'weights[2]'),
    ('SELECT npv(0, ''{1,NULL}'')', 'cashflows[2]'),
    ('SELECT tariff(NULL, ''{1}'')', 'upto'),
    ('SELECT tariff(''{NULL}'', ''{NULL}'')', 'price[1]'),
    ('SELECT tariff(''{NULL}'', ''{1}'', NULL)', 'mode'),
    ('SELECT * FROM accelcost.import_focus(NULL)', 'staging'),
    ('SELECT * FROM accelcost.import_focus(''accelcost.usage'', NULL)', 'export_name'),
    ('SELECT * FROM accelcost.import_prices(NULL, source => ''x'')', 'staging'
    )) AS t (statement, argument);
SELECT is_empty(
    $$
        SELECT oid::regprocedure
        FROM pg_proc
        WHERE pronamespace = (SELECT extnamespace FROM pg_extension WHERE extname = 'accelcost')
                  AND (
                      prosrc LIKE '%<NULL>%' OR pg_get_function_sqlbody(oid) LIKE '%<NULL>%'
                  )$$, 'no function makes a word of NULL');

-- ---- a number is no cost ------------------------------------------------------

SELECT is(pg_temp.error_of('SELECT ' || expression), expected, expression)
FROM (VALUES
    ('''5 USD''::tco + 3', '22023: 3 has no currency / Write ''3 USD'' or tco(3, ''USD'').'),
    ('''5 USD''::tco - 3.50', '22023: 3.50 has no currency / Write ''3.50 USD'' or tco(3.50, ''USD'').'),
    ('3 + ''5 USD''::tco', '22023: 3 has no currency / Write ''3 USD'' or tco(3, ''USD'').'),
    ('-3 - ''5 tokens''::tco', '22023: -3 has no currency / Write ''-3 tokens'' or tco(-3, ''tokens'').'),
    ('''5 USD''::tco + ''3''',
     '22P02: invalid input syntax for type tco: "3" / The currency is missing. / Write the currency after the '
     'amount, as in "6 USD".')) AS t (expression, expected);
SELECT is('5 USD'::tco + '3 USD', '8 USD'::tco, 'an amount in quotes is read as a tco');

-- ---- words of columns -----------------------------------------------------------

SELECT is(
    pg_temp.error_of(
        format(
            'INSERT INTO accelcost.usage (record_id, period_start, %s) VALUES (''1'', ''2026-07-01'', %s)', name,
            value)),
          format(
              '23514: invalid value for column "%s" of table "usage": "%s" / %s', coalesce(shown, name),
              trim(value, ''''), hint),
          format('usage.%s %s', name, value))
FROM (VALUES
    ('workload', '''train''', NULL, 'Use "training" or "inference".'),
    ('purchase_option', '''On Demand''', NULL, 'Use "on_demand", "spot", "reserved", "committed" or "capacity_block".'),
    ('transfer_unit', '''gb''', NULL, 'Use "byte", "kB", "MB", "GB", "TB", "PB", "KiB", "MiB", "GiB", "TiB" or "PiB".'),
    ('transfer_kind', '''''', NULL, 'Use "internet", "inter_region", "inter_az" or "cdn".'),
    ('storage_unit', '''GB''', NULL, 'Use a unit of data and one of time, such as "GiB-month" or "byte-hour".'),
    ('transfer_service', ''' ''', NULL, 'Name the product, or use "*" for the default one.'),
    ('billed_currency', '''usd''', NULL,
     'Use an ISO 4217 code such as "USD", or another unit of 1 to 12 letters, digits and "_".'),
    ('gpu_count', '0', NULL, 'Give a number above 0 and below 1e9, or NULL for that of the offer.'),
    ('instance_hours', '''NaN''', NULL, 'Give a number between -1e12 and 1e12.'),
    ('energy_kwh', '1000000000000000', NULL, 'Give a number between -1e15 and 1e15.'),
    ('transfer_quantity', '''Infinity''', NULL, 'Give a number between -1e20 and 1e20.'),
    ('storage_quantity', '''-Infinity''', NULL, 'Give a number between -1e20 and 1e20.'),
    ('billed_cost', '''NaN''', NULL, 'Give a number between -1e20 and 1e20.'),
    ('term_months', '-1', NULL, 'Give 0 to 1200 months.'),
    ('max_request_input_tokens', '-1', NULL, 'Give 0 or more.'),
    ('period_end', '''2026-06-30 00:00:00+00''', NULL, 'Give a time that is not before period_start.'),
    ('extra', '''[]''', NULL, 'Give a JSON object.')) AS t (name, value, shown, hint);
SELECT is(pg_temp.error_of($$INSERT INTO accelcost.usage (record_id, period_start) VALUES ('1', '-infinity')$$),
          '23514: invalid value for column "period_start" of table "usage": "-infinity" / Give a finite time.',
          'usage.period_start -infinity');
SELECT lives_ok(
    $$
        INSERT INTO accelcost.usage (record_id, period_start, workload, transfer_unit)
        VALUES ('1', '2026-07-01', 'training', NULL)$$,
    'words that are known, and NULL, are stored');
SELECT is(
    pg_temp.length_of(
        format(
            'INSERT INTO accelcost.usage (record_id, period_start, workload, team) VALUES (''1'', '
            '''2026-07-01'', %L, %L)',
            repeat('w', 100000), repeat('t', 100000))) < 300,
    true,
          'the rest of the row is not shown, nor all of a long value');
SELECT is_empty($$SELECT conrelid::regclass, conname FROM pg_constraint
                  WHERE contype = 'c'
                    AND connamespace = 'accelcost'::regnamespace
                    AND conrelid = 'accelcost.usage'::regclass
                    AND pg_get_constraintdef(oid) !~
                        '(check_column_text|check_column_word|refuse_value|refuse_currency)\('$$,
    'every constraint of usage says what it takes');
SELECT is_empty($$SELECT conrelid::regclass, conname FROM pg_constraint
                  WHERE contype = 'c' AND connamespace = 'accelcost'::regnamespace AND cardinality(conkey) = 1
                    AND pg_get_constraintdef(oid) ~ '= ANY \('
                    AND pg_get_constraintdef(oid) !~ '(check_word|refuse_value)\('$$,
                        'nor does one of a column with closed words keep them to itself');

SELECT is(pg_temp.error_of(statement), expected, statement)
FROM (VALUES
    ('INSERT INTO accelcost.offer (provider, sku, purchase_option, price_basis) VALUES (''AWS'', ''x'', '
     '''hourly'', ''per_gpu'')',
     '23514: invalid value for column "purchase_option" of table "offer": "hourly" / Use "on_demand", "spot", '
     '"reserved", "committed" or "capacity_block".'),
    ('INSERT INTO accelcost.offer (provider, sku, purchase_option, price_basis) VALUES (''AWS'', ''x'', '
     '''spot'', ''per_box'')',
     '23514: invalid value for column "price_basis" of table "offer": "per_box" / Use "per_instance", '
     '"per_gpu", "per_chip", "per_slice", "host_only" or "unknown".'),
    ('INSERT INTO accelcost.offer (provider, sku, purchase_option, price_basis) VALUES (''AWS'', ''x'', '
     '''spot'', ''per_instance'')',
     '23514: invalid value for column "price_basis" of table "offer": "per_instance" / Give gpu_count, '
     'or use another price basis.'),
    ('INSERT INTO accelcost.offer (provider, sku, purchase_option, price_basis, term_months) VALUES (''AWS'', '
     '''x'', ''spot'', ''per_gpu'', 12)',
     '23514: invalid value for column "term_months" of table "offer": "12" / Give 0: only what is reserved or '
     'committed has a term.'),
    ('INSERT INTO accelcost.offer_price (provider, sku, purchase_option, amount, valid, '
     'origin) VALUES (''AWS'', ''x'', ''spot'', 1, ''[2026-01-01,)'', ''own'')',
     '23514: invalid value for column "origin" of table "offer_price": "own" / Use "negotiated", "user", '
     '"official", "article", "third_party" or "unverified".'),
    ('INSERT INTO accelcost.meter_tariff (provider, meter, kind, tariff, unit, valid) VALUES (''AWS'', '
     '''egress'', ''world'', ''graduated: 1'', ''GB'', ''[2026-01-01,)'')',
     '23514: invalid value for column "kind" of table "meter_tariff": "world" / Use "internet", "inter_region", '
     '"inter_az" or "cdn".'),
    ('INSERT INTO accelcost.fx_rate (from_currency, to_currency, rate, valid) VALUES (''usd'', ''EUR'', 1, '
     '''[2026-01-01,)'')',
     '23514: invalid value for column "from_currency" of table "fx_rate": "usd" / Use an ISO 4217 code such as '
     '"USD", or another unit of 1 to 12 letters, digits and "_".'),
    ('INSERT INTO accelcost.provider (provider, kind) VALUES (''New'', ''cloud'')',
     '23514: invalid value for column "kind" of table "provider": "cloud" / Use "hyperscaler", "neocloud", '
     '"decentralized", "api" or "own".')) AS t (statement, expected);
SELECT is(accelcost_internal.refuse_value(NULL, 'usage', 'workload', 'x'), NULL, 'NULL is no value to refuse');
SELECT is(accelcost_internal.check_column_word(NULL, '{a}', 'usage', 'workload'), NULL, 'and no word');

-- ---- providers --------------------------------------------------------------------

SELECT is(
    pg_temp.error_of(format(statement, 'Awz')),
    '22023: unknown provider "Awz" / The nearest names are "AWS", "AI21", '
    '"GCP". Add a provider to accelcost.provider, another name of one to accelcost.provider_alias.',
    statement)
FROM (VALUES
    ('INSERT INTO accelcost.offer (provider, sku, purchase_option, price_basis) VALUES (%L, ''x'', ''spot'', '
     '''per_gpu'')'),
    ('INSERT INTO accelcost.offer_price (provider, sku, purchase_option, amount, valid) VALUES (%L, ''x'', '
     '''spot'', 1, ''[2026-01-01,)'')'),
    ('INSERT INTO accelcost.meter_tariff (provider, meter, kind, tariff, unit, valid) VALUES (%L, ''egress'', '
     '''internet'', ''graduated: 1'', ''GB'', ''[2026-01-01,)'')'),
    ('INSERT INTO accelcost.token_price (provider, model, input_price, valid) VALUES (%L, ''m'', 1, '
     '''[2026-01-01,)'')'),
    ('INSERT INTO accelcost.provider_pue (provider, pue, valid) VALUES (%L, 1.1, ''[2026-01-01,)'')'),
    ('INSERT INTO accelcost.grid_carbon (location, provider, method, g_per_kwh, valid) VALUES (''DE'', %L, '
     '''m'', 1, ''[2026-01-01,)'')'),
    ('INSERT INTO accelcost.charge_pattern (provider, pattern) VALUES (%L, ''x'')'),
    ('INSERT INTO accelcost.provider_alias (alias, provider) VALUES (''amz'', %L)')) AS t (statement);
SELECT lives_ok(
    $$
        INSERT INTO accelcost.offer_price (provider, sku, purchase_option, amount, valid)
        VALUES ('amazon web services', 'x', 'spot', 1, '[2026-01-01,)')$$,
    'another name of a provider is one');
SELECT lives_ok(
    $$INSERT INTO accelcost.charge_pattern (provider, pattern) VALUES (NULL, 'x')$$, 'no provider stands for any');
SELECT lives_ok(
    $$INSERT INTO accelcost.grid_carbon (location, method, g_per_kwh, valid) VALUES ('DE', 'm', 1, '[2026-01-01,)')$$,
    'and so does *');
SET LOCAL check_function_bodies = off;
SELECT lives_ok(
    $$
        INSERT INTO accelcost.offer_price (provider, sku, purchase_option, amount, valid)
        VALUES ('Later Cloud', 'x', 'spot', 1, '[2026-01-01,)')$$,
    'a restore may bring prices before their provider');
SET LOCAL check_function_bodies = on;
SELECT lives_ok($$UPDATE accelcost.offer_price SET amount = 2 WHERE provider = 'Later Cloud'$$, 'which can be changed');
SELECT throws_ok(
    $$UPDATE accelcost.offer_price SET provider = 'Late' WHERE provider = 'Later Cloud'$$, '22023',
    'unknown provider "Late"', 'but not to another unknown provider');
SELECT is(problem, 'provider is not in accelcost.provider', 'and catalog_problem lists it')
FROM accelcost.catalog_problem
WHERE name = 'Later Cloud';

-- ---- price files ---------------------------------------------------------------------------

CREATE TEMPORARY TABLE no_provider (period_start timestamptz, "100%" text);
CREATE TEMPORARY TABLE focus ("BilledCost" text, "BillingAccountId" text);

CREATE FUNCTION pg_temp.price_file(statements text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    result text;
BEGIN
    EXECUTE 'DROP TABLE IF EXISTS prices CASCADE';
    EXECUTE statements;
    SELECT format('%s of %s %s', inserted, rows_read, reasons[1]) INTO result
    FROM accelcost.import_prices('prices', source => 'list', provider => 'Lambda', as_of => '2026-07-01');
    DELETE FROM accelcost.token_price WHERE source = 'list';
    DELETE FROM accelcost.offer_price WHERE source = 'list';
    DELETE FROM accelcost.offer WHERE source = 'list';
    RETURN rtrim(result);
EXCEPTION WHEN OTHERS THEN
    RETURN sqlstate || ': ' || sqlerrm;
END
$$;
SELECT is(pg_temp.price_file('CREATE TEMPORARY TABLE prices' || made), expected, shape)
FROM (VALUES
    ('no columns', '()', '22023: columns of staging table "prices" match no known price file format'),
    ('three columns', '(a int, b text, c text)',
     '22023: columns of staging table "prices" match no known price file format'),
    ('a number alone', '(n int)', '22023: columns of staging table "prices" match no known price file format'),
    ('no rows', '(line text)', '22023: staging table "prices" has no rows'),
    ('a NULL row', '(line text); INSERT INTO prices VALUES (NULL)', '22023: staging table "prices" has no text'),
    ('blank rows', '(line text); INSERT INTO prices VALUES ('' ''), (E''\t\r\n'')',
     '22023: staging table "prices" has no text'),
    ('an array', '(line text); INSERT INTO prices VALUES (''[{"a": 1}]'')',
     '22023: staging table "prices" holds no price file of a known format'),
    ('an array of jsonb', '(line jsonb); INSERT INTO prices VALUES (''[1]'')',
     '22023: staging table "prices" holds no price file of a known format'),
    ('a scalar', '(line text); INSERT INTO prices VALUES (''7'')',
     '22023: staging table "prices" holds no price file of a known format'),
    ('a truncated file', '(line text); INSERT INTO prices VALUES (''{"a": {''), (''"b": 1'')',
     '22P02: staging table "prices" holds no valid JSON'),
    ('a deep file', '(line text); INSERT INTO prices VALUES (repeat(''['', 100000))',
     '22P02: staging table "prices" holds no valid JSON'),
    ('a character that text cannot hold',
     '(line json); INSERT INTO prices VALUES (''{"m": {"litellm_provider": "\u0000"}}'')',
     '22P02: staging table "prices" holds no valid JSON'),
    ('an empty object', '(line text); INSERT INTO prices VALUES (''{}'')',
     '22023: staging table "prices" holds no price file of a known format'),
    ('another file of prices',
     '(line text); INSERT INTO prices VALUES (''{"BillingCurrency": "USD", "Items": [{"retailPrice": 1}]}'')',
     '22023: a file of format "azure-retail" has prices of "Azure", not of "Lambda Labs"'),
    ('a byte order mark',
     '(line text); INSERT INTO prices VALUES (chr(65279) || ''{"m": {"litellm_provider": "openai", '
     '"input_cost_per_token": 1e-6}}'')',
     '1 of 1'),
    ('CRLF and a blank last line',
     '(line text); INSERT INTO prices VALUES (E''{"m":\r''), (E''{"litellm_provider": "openai", '
     '"input_cost_per_token": 1e-6}}\r''), (E''\r'')',
     '1 of 1'),
    ('an object a line',
     '(line text); INSERT INTO prices VALUES (''{"m": {"litellm_provider": "openai", '
     '"input_cost_per_token": 1e-6}}''), (''{"n": {"litellm_provider": "openai", '
     '"input_cost_per_token": 1e-6}}'')',
     '2 of 2'),
    ('lines in a table of several pages',
     '(line text); INSERT INTO prices SELECT ''"m'' || n || ''": {"litellm_provider": "openai", '
     '"input_cost_per_token": 1e-6},'' FROM generate_series(1, 500) AS n',
     '22023: lines in staging table "prices" are in no certain order'),
    ('lines with their numbers',
     '(n int, line text); INSERT INTO prices SELECT 501 - n, '
     'CASE n WHEN 500 THEN ''{'' ELSE '''' END || ''"m'' || n || ''": {"litellm_provider": "openai", '
     '"input_cost_per_token": 1e-6}'' || CASE n WHEN 1 THEN ''}'' ELSE '','' END FROM generate_series(1, '
     '500) AS n',
     '500 of 500'),
    ('a number twice', '(n int, line text); INSERT INTO prices VALUES (1, ''{''), (1, ''}'')',
     '22023: lines in staging table "prices" are in no certain order'),
    ('a threshold beyond bigint',
     '(line text); INSERT INTO prices VALUES (''{"m": {"litellm_provider": "openai", '
     '"input_cost_per_token": 1e-6, "input_cost_per_token_above_99999999999999999999k_tokens": 1}}'')',
     '1 of 1'),
    ('a model without a name',
     '(line text); INSERT INTO prices VALUES (''{" ": {"litellm_provider": "openai", '
     '"input_cost_per_token": 1e-6}}'')',
     '0 of 1 no model named (1, first " ")'),
    ('a name of a megabyte',
     '(line text); INSERT INTO prices VALUES (format(''{"%s": {"litellm_provider": "openai", '
     '"input_cost_per_token": 1e-6}}'', repeat(''x'', 1000000)))',
     format('0 of 1 a name of more than 200 characters (1, first "%s")', repeat('x', 100))),
    ('no rows under headers',
     '("InstanceType" text, "AcceleratorName" text, "AcceleratorCount" text, "Price" text, "Region" text)',
     '22023: staging table "prices" has no rows'),
    ('columns that are not text',
     '("InstanceType" varchar(9), "AcceleratorName" name, "AcceleratorCount" int, "Price" numeric, '
     '"Region" inet, "SpotPrice" float8); INSERT INTO prices VALUES (''a'', ''A10'', 1, 1.5, ''::1'', 0.3)',
     '2 of 1'),
    ('values of such columns that are no numbers',
     '("InstanceType" bytea, "AcceleratorName" text[], "AcceleratorCount" bytea, "Price" jsonb, '
     '"Region" date); INSERT INTO prices VALUES (''a'', ''{A10}'', ''1'', ''1'', ''2026-07-01'')',
     '0 of 1 number of accelerators "\x31" is not above 0 (1, first row 1)'),
    ('rows of NULL',
     '("InstanceType" text, "AcceleratorName" text, "AcceleratorCount" text, "Price" text, '
     '"Region" text); INSERT INTO prices VALUES (NULL)',
     '0 of 1 no accelerator named (1, first row 1)'),
    ('headers that differ in case',
     '("InstanceType" text, "AcceleratorName" text, "AcceleratorCount" text, "Price" text, "PRICE" text, '
     '"Region" text)',
     '22023: columns "Price" and "PRICE" of staging table "prices" have the same header'),
    ('headers with quotes, percent and backslash',
     '("Instance''Type" text, "%Accelerator%Name" text, "Accelerator\Count" text, "Price""" text, '
     '"Region" text); INSERT INTO prices VALUES (''a'', ''A10'', ''1'', ''1'', ''r'')',
     '1 of 1'),
    ('headers of 63 bytes',
     format(
         '("InstanceType" text, "AcceleratorName" text, "AcceleratorCount" text, "Price" text, "Region" text, '
         '%I text); INSERT INTO prices VALUES (''a'', ''A10'', ''1'', ''1'', ''r'')',
         repeat('%s', 31) || '"'),
     '1 of 1'),
    ('a machine with a long name',
     '("InstanceType" text, "AcceleratorName" text, "AcceleratorCount" text, "Price" text, '
     '"Region" text); INSERT INTO prices VALUES (repeat(''x'', 5000), ''A10'', ''1'', ''1'', ''r'')',
     '0 of 1 a name of more than 200 characters (1, first row 1)'),
    ('more accelerators than fit',
     '("InstanceType" text, "AcceleratorName" text, "AcceleratorCount" text, "Price" text, '
     '"Region" text); INSERT INTO prices VALUES (''a'', ''A10'', ''1e99'', ''1'', ''r'')',
     '0 of 1 number of accelerators out of range (1, first row 1)'),
    ('gpuhunt with types of its own',
     '(instance_name text, location int, price float4, gpu_count int, gpu_name text, '
     'spot boolean); INSERT INTO prices VALUES (''i'', 1, 1.1, 1, ''A10'', true), (''i'', 1, 2.1, 1, ''A10'', '
     'false)',
     '2 of 2')) AS t (shape, made, expected);
SELECT is(pg_temp.error_of(format('SELECT * FROM %s', call)), expected, call)
FROM (VALUES
    ('accelcost.import_prices(''no_provider'', ''skypilot'', as_of => ''2026-07-01'')',
     '22023: staging table "no_provider" is missing required columns: InstanceType, AcceleratorName, '
     'AcceleratorCount, Price, Region / Columns found: period_start, 100%.'),
    ('accelcost.import_prices(''no_provider'', ''%s'')',
     '22023: invalid value for parameter "format": "%s" / Use "skypilot", "gpuhunt", "aws-offers", "azure-retail", '
     '"gcp-skus", "litellm", "genai-prices", "ecb" or "eia".'),
    ('accelcost_internal.import_date_order(''focus'', ''999999'')', '42P01: relation with OID 999999 does not exist'),
    ('accelcost.import_focus(''999999'')', '42P01: relation with OID 999999 does not exist'),
    ('accelcost.import_prices(''999999'', source => ''x'')', '42P01: relation with OID 999999 does not exist'),
    ('accelcost.import_prices(''accelcost.charge_unit'', source => ''x'')',
     '42809: "accelcost.charge_unit" is not a table or view'),
    ('accelcost.import_prices(''focus'', source => ''x'', currency => ''usd'')',
     '22023: invalid value for parameter "currency": "usd" / Use an ISO 4217 code such as "USD", '
     'or another unit of 1 to 12 letters, digits and "_".')) AS t (call, expected);

SELECT * FROM finish();
ROLLBACK;
