-- Headers and cells of exports as providers, languages and spreadsheets write them.
BEGIN;
SELECT plan(32);
SET LOCAL client_min_messages = warning;
SET LOCAL timezone = 'America/New_York';
SET LOCAL datestyle = 'SQL, DMY';
CREATE FUNCTION pg_temp.error_of(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    message text;
    detail  text;
    hint    text;
BEGIN
    EXECUTE statement;
    RETURN 'none';
EXCEPTION
    WHEN OTHERS THEN
        GET STACKED DIAGNOSTICS message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
        RETURN concat_ws(' / ', message, detail, hint);
END
$$;

-- ---- Azure pay-as-you-go, and version 1 ------------------------------------------

CREATE TEMPORARY TABLE payg (
    "SubscriptionGuid" text, "ResourceGroup" text, "ResourceLocation" text, "UsageDateTime" text,
    "MeterCategory" text, "MeterSubcategory" text, "MeterId" text, "MeterName" text, "MeterRegion" text,
    "UsageQuantity" text, "ResourceRate" text, "PreTaxCost" text, "ConsumedService" text, "ResourceType" text,
    "InstanceId" text, "Tags" text, "OfferId" text, "AdditionalInfo" text, "ServiceInfo1" text, "ServiceInfo2" text,
    "Currency" text);
INSERT INTO payg ("SubscriptionGuid", "ResourceLocation", "UsageDateTime", "MeterCategory", "MeterId", "UsageQuantity",
                  "ResourceRate", "PreTaxCost", "InstanceId", "Tags", "Currency")
VALUES ('s-1', 'US East', '2026-07-22', 'Virtual Machines', 'm1', '24', '0.5', '12', '/subscriptions/s-1/vm', NULL,
        'EUR'),
       ('s-1', 'US East', '2026-07-31', 'Storage', 'm2', '3', '0.02', '0.06', '/subscriptions/s-1/disk',
        '"team": "a"', 'EUR');
SELECT is(loaded, 2::bigint, 'a pay-as-you-go export is loaded') FROM accelcost.import_azure('payg', 'payg');
SELECT results_eq(
    $$SELECT billing_account_id, sub_account_id, billing_period_start, charge_period_start, charge_category,
             billed_cost, effective_cost, contracted_cost, contracted_unit_price, pricing_quantity, consumed_quantity,
             resource_id, billing_currency
      FROM accelcost.charge WHERE export_name = 'payg' ORDER BY row_number$$,
    $$VALUES ('s-1', 's-1', '2026-07-01Z'::timestamptz, '2026-07-22Z'::timestamptz, 'Usage',
              12::numeric, 12::numeric, 12.0, 0.5, 24::numeric, 24::numeric, '/subscriptions/s-1/vm', 'EUR'),
             ('s-1', 's-1', '2026-07-01Z', '2026-07-31Z', 'Usage', 0.06, 0.06, 0.06, 0.02, 3, 3,
              '/subscriptions/s-1/disk', 'EUR')$$,
    'a subscription is billed by itself, and every line is usage');
CREATE TEMPORARY TABLE v1 AS
SELECT '42' AS "EnrollmentNumber", 's-1' AS "SubscriptionGuid", '07/22/2026' AS "UsageDateTime", '2' AS "UsageQuantity",
       '10' AS "PreTaxCost", '5' AS "ResourceRate", '10 Hours' AS "UnitOfMeasure", 'i' AS "InstanceId",
       'USD' AS "Currency";
SELECT is(loaded, 1::bigint, 'version 1 of an enrolment is loaded') FROM accelcost.import_azure('v1', 'v1');
SELECT results_eq(
    $$SELECT billing_account_id, billed_cost, consumed_quantity, consumed_unit FROM accelcost.charge
      WHERE export_name = 'v1'$$,
    $$VALUES ('42', 10::numeric, 20::numeric, 'Hours')$$, 'with the account of the enrolment, and units by the block');

-- ---- headers in another language ------------------------------------------------

CREATE TEMPORARY TABLE deutsch AS
SELECT '99' AS "Abrechnungskonto-ID", '22.07.2026' AS "Erstellt", '2026-07-22' AS "Datum",
       '7.5' AS "Kosten in Abrechnungswährung", 'EUR' AS "Abrechnungswährung", 'Usage' AS "Gebührentyp",
       '10' AS "Menge", '1K' AS "Maßeinheit", 'Storage' AS "Zählerkategorie", '"team": "a"' AS "Markierungen";
SELECT is(pg_temp.error_of($$SELECT accelcost.import_azure('deutsch', 'deutsch')$$) ~ 'missing required columns', true,
          'headers in another language are unknown');
INSERT INTO accelcost.import_column (format, header, column_name)
VALUES ('azure', 'Abrechnungskonto-ID', 'BillingAccountId'), ('azure', 'Datum', 'Date'),
       ('azure', 'Kosten in Abrechnungswährung', 'CostInBillingCurrency'),
       ('azure', 'Abrechnungswährung', 'BillingCurrency'), ('azure', 'Gebührentyp', 'ChargeType'),
       ('azure', 'Menge', 'Quantity'), ('azure', 'Maßeinheit', 'UnitOfMeasure'),
       ('azure', 'Zählerkategorie', 'service_name'), ('azure', 'Markierungen', 'Tags');
SELECT is(loaded, 1::bigint, 'a row can name the format''s header, or a column')
FROM accelcost.import_azure('deutsch', 'deutsch');
SELECT results_eq(
    $$SELECT billing_account_id, charge_period_start, billed_cost, effective_cost, charge_category, pricing_quantity,
             consumed_quantity, pricing_unit, service_name, tags, extra->>'Erstellt'
      FROM accelcost.charge WHERE export_name = 'deutsch'$$,
    $$VALUES ('99', '2026-07-22Z'::timestamptz, 7.5, 7.5, 'Usage', 10::numeric, 10000::numeric, '1K', 'Storage',
              '{"team": "a"}'::jsonb, '22.07.2026')$$,
    'which fills all that is made of that header');
INSERT INTO accelcost.import_column (format, header, column_name) VALUES ('azure', 'Erstellt', 'nothing like it');
SELECT is(split_part(pg_temp.error_of($$SELECT accelcost.import_azure('deutsch', 'deutsch')$$), ' / ', 1),
          'accelcost.import_column maps header "Erstellt" to "nothing like it", which is not a column of '
          'accelcost.charge', 'a name that is neither is an error');
DELETE FROM accelcost.import_column WHERE NOT builtin;

-- ---- tags of AWS ------------------------------------------------------------------

CREATE TEMPORARY TABLE cur AS
SELECT '1' AS bill_payer_account_id, '2026-07-01' AS bill_billing_period_start_date,
       '2026-07-02' AS line_item_usage_start_date, 'USD' AS line_item_currency_code,
       'Usage' AS line_item_line_item_type, '1' AS line_item_unblended_cost, '{"accountTag/owner": "x"}' AS tags;
SELECT accelcost.import_cur('cur', 'tagged') \g /dev/null
SELECT is(tags, '{"accountTag/owner": "x"}'::jsonb, 'the map "tags" of CUR 2.0 is tags') FROM accelcost.charge
WHERE export_name = 'tagged';
ALTER TABLE cur ADD resource_tags text DEFAULT '{"user_team": "a"}';
SELECT accelcost.import_cur('cur', 'tagged') \g /dev/null
SELECT is(tags, '{"user_team": "a", "accountTag/owner": "x"}'::jsonb, 'beside those of the resource')
FROM accelcost.charge WHERE export_name = 'tagged';
UPDATE cur SET tags = '{"broken';
SELECT is(pg_temp.error_of($$SELECT accelcost.import_cur('cur', 'tagged')$$) ~ 'is not a JSON object', true,
          'of which none is lost');

-- ---- headers that are longer than names -------------------------------------------

DO $$
DECLARE
    long CONSTANT text := 'resourceTags/user:' || repeat('x', 50);
BEGIN
    EXECUTE accelcost.import_columns(
        'bill/PayerAccountId,bill/BillingPeriodStartDate,lineItem/UsageStartDate,lineItem/CurrencyCode,'
        || 'lineItem/LineItemType,lineItem/UnblendedCost,' || long || '1,' || long || '2,' || repeat('ü', 40),
        'pg_temp.long');
END
$$;
INSERT INTO long VALUES ('2', '2026-07-01', '2026-07-02', 'USD', 'Usage', '1', 'one', 'two', 'three');
SELECT is(max(octet_length(attname::text)), 63, 'names have 63 bytes at most')
FROM pg_attribute WHERE attrelid = 'long'::regclass AND attnum > 0;
SELECT is(loaded, 1::bigint, 'a file with longer headers is loaded') FROM accelcost.import_cur('long', 'long');
SELECT results_eq(
    $$SELECT tags, extra - '{lineItem/LineItemType,lineItem/UnblendedCost}'::text[]
                   - ('resourceTags/user:' || repeat('x', 50) || '1') - ('resourceTags/user:' || repeat('x', 50) || '2')
      FROM accelcost.charge WHERE export_name = 'long'$$,
    $$SELECT jsonb_build_object('user:' || repeat('x', 50) || '1', 'one', 'user:' || repeat('x', 50) || '2', 'two'),
             jsonb_build_object(repeat('ü', 40), 'three')$$,
    'under its whole headers');
COMMENT ON COLUMN long."lineItem/UnblendedCost" IS
    'the cost that we look at when we look at costs, as everybody does here';
SELECT is(unchanged, 1::bigint, 'another comment is no header') FROM accelcost.import_cur('long', 'long');
SELECT is(pg_temp.error_of(format('SELECT accelcost.import_columns(%L)', repeat('x', 70) || ',' || repeat('x', 70)))
              ~ 'are all named', true, 'but the same header twice is refused');

-- ---- dates, numbers, marks, lines --------------------------------------------------

CREATE TEMPORARY TABLE sheet AS
SELECT '1.5' AS "BilledCost", 'USD' AS "BillingCurrency", 'sheet' AS "BillingAccountId", 'Own' AS "ProviderName",
       '4/1/25' AS "BillingPeriodStart", '4/30/25 10:00' AS "ChargePeriodStart", NULL AS "PricingQuantity";
SELECT is(pg_temp.error_of($$SELECT accelcost.import_focus('sheet', 'sheet')$$)
              ~ 'is not a date and time .* say date_order => ''MDY'' ', true, 'a year of two digits says no order');
SELECT is(loaded, 1::bigint, 'which has to be stated')
FROM accelcost.import_focus('sheet', 'sheet', date_order => 'MDY');
SELECT results_eq(
    $$SELECT billing_period_start, charge_period_start FROM accelcost.charge WHERE export_name = 'sheet'$$,
    $$VALUES ('2025-04-01Z'::timestamptz, '2025-04-30 10:00Z'::timestamptz)$$, 'and is of this century');
SELECT is(pg_temp.error_of(format(
              $$UPDATE sheet SET %I = %L; SELECT accelcost.import_focus('sheet', 'sheet', date_order => 'MDY')$$, c, v))
              ~ format('column "%s": "%s" is not a number', c, v), true, format('%s %s is no number', c, v))
FROM unnest('{BilledCost,PricingQuantity}'::text[]) AS c, unnest('{NaN,Inf,-Infinity}'::text[]) AS v;
SELECT is(pg_temp.error_of($$UPDATE sheet SET "BilledCost" = '0,123';
                             SELECT accelcost.import_focus('sheet', 'sheet', date_order => 'MDY',
                                                           money_signs => true)$$)
              ~ '"0,123" is not a number', true, 'a group before a comma is not 0');
UPDATE sheet SET "BillingAccountId" = U&'\FEFF' || "BillingAccountId", "BilledCost" = '2';
SELECT is(replaced, 1::bigint, 'a second byte order mark is no part of the first cell')
FROM accelcost.import_focus('sheet', 'sheet', date_order => 'MDY');

CREATE TEMPORARY TABLE lines (line text);
INSERT INTO lines
VALUES ('{"billing_account_id":"A","invoice":{"month":"202309"},"currency":"USD",'
        '"usage_start_time":"2023-09-05 00:00:00 UTC","cost":10,"credits":[]}'),
       (''), (E' \r'), (NULL);
SELECT is(rows_read, 1::bigint, 'empty last lines of JSON are no rows') FROM accelcost.import_gcp('lines', 'lines');
INSERT INTO lines VALUES ('{"billing_account_id":"A","cost":NaN}');
SELECT is(pg_temp.error_of($$SELECT accelcost.import_gcp('lines', 'lines')$$) ~ 'cost":NaN}" is not a JSON object',
          true, 'NaN is no JSON');

-- ---- the other importer --------------------------------------------------------------

SELECT is(pg_temp.error_of($$SELECT accelcost.import_focus('cur', 'cur')$$)
              ~ 'These are columns of an AWS Cost and Usage Report: use import_cur', true,
          'columns of another export name their importer');
CREATE TEMPORARY TABLE nothing (a text, b text);
SELECT is(split_part(pg_temp.error_of($$SELECT accelcost.import_oci('nothing')$$), ' / ', 1),
          'staging table "nothing" is missing required columns: cost/currencyCode, lineItem/intervalUsageStart, '
          'cost/subscriptionId or lineItem/tenantId, cost/myCost', 'a header that is missing is named once');
SELECT is(split_part(pg_temp.error_of($$SELECT accelcost.import_gcp('nothing')$$), ' / ', 1),
          'staging table "nothing" is missing required columns: billing_account_id, currency, usage_start_time, '
          'cost or credit.amount', 'and not among others, too');
SELECT * FROM finish();
ROLLBACK;
