-- Price files of each format, generated in the shape that its publisher writes: what is stored is compared with what
-- another query reads from the same rows.
BEGIN;
SELECT plan(41);
SET LOCAL timezone = 'Asia/Tokyo';

-- A number from 0 to below n that looks random and is the same in each run.
CREATE FUNCTION pg_temp.die(seed text, n integer) RETURNS integer
    LANGUAGE sql IMMUTABLE RETURN ('x' || substr(md5(seed), 1, 7))::bit(28)::integer % n;
CREATE FUNCTION pg_temp.pick(seed text, words text[]) RETURNS text
    LANGUAGE sql IMMUTABLE RETURN words[1 + pg_temp.die(seed, cardinality(words))];
CREATE FUNCTION pg_temp.error(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    detail text;
    hint   text;
BEGIN
    EXECUTE statement;
    RETURN 'no error';
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
    RETURN concat_ws(' / ', sqlstate || ': ' || sqlerrm, nullif(detail, ''), nullif(hint, ''));
END
$$;

-- ---- SkyPilot ------------------------------------------------------------------------------

CREATE TEMPORARY TABLE vms ("InstanceType" text, "AcceleratorName" text, "AcceleratorCount" text, "vCPUs" text,
    "MemoryGiB" text, "Region" text, "SpotPrice" text, "Price" text, "AvailabilityZone" text, "GpuInfo" text);
INSERT INTO accelcost.provider (provider, kind) VALUES ('Bolt Cloud', 'neocloud');
INSERT INTO vms VALUES ('8x_H100-SXM_SECURE', 'H100-SXM', '8.0', '160', '1000', 'US', '13', '27.92', 'US-KS-2', '');
SELECT is(inserted, 2::bigint, 'a row of a list of instances has a price on demand and a spot price')
FROM accelcost.import_prices('vms', provider => 'RunPod', as_of => '2027-01-10');
SELECT is(array_agg(region || ' ' || amount ORDER BY region, amount), ARRAY['US 13', 'US 27.92'],
          'an import replaces the built-in price of the sku in all regions')
FROM accelcost.prices_at('2027-01-11')
WHERE provider = 'RunPod' AND sku = '8x_H100-SXM_SECURE';
SELECT is((SELECT array_agg(region) FROM accelcost.prices_at('2027-01-09')
           WHERE provider = 'RunPod' AND sku = '8x_H100-SXM_SECURE'), '{US-TX-1}', 'but not before its date');
SELECT is((SELECT count(*) FROM accelcost.prices_at('2027-01-11')
           WHERE provider = 'RunPod' AND sku = '7x_H100-SXM_SECURE'), 1::bigint, 'nor those of another sku');
SELECT is(as_of, '2027-01-10', 'as_of is the date of the file')
FROM accelcost.offer_price
WHERE sku = '8x_H100-SXM_SECURE' AND NOT builtin AND purchase_option = 'spot';
INSERT INTO vms VALUES ('9x', 'H100-SXM', '9', '', '', 'US', '', '30', '', '');
UPDATE vms SET "Price" = '28' WHERE "InstanceType" = '8x_H100-SXM_SECURE';
SELECT results_eq(
    $$
        SELECT i.inserted, i.unchanged, i.closed, c.item, c.detail, c.old_price, c.new_price, c.currency, c.old_source
        FROM accelcost.import_prices('vms', provider => 'RunPod', as_of => '2027-02-10') AS i, unnest(i.changes) AS c$$,
    $$VALUES (2::bigint, 1::bigint, 1::bigint, '8x_H100-SXM_SECURE', 'on_demand in US', 27.92, 28::numeric, 'USD',
              NULL::text)$$,
    'changes has each price that changed, old and new');
SELECT is(as_of, '2027-02-10', 'a file confirms the prices that it has unchanged')
FROM accelcost.offer_price
WHERE sku = '8x_H100-SXM_SECURE' AND NOT builtin AND purchase_option = 'spot';
DELETE FROM accelcost.offer_price WHERE source = 'skypilot-catalog';
SELECT is((SELECT array_agg(region) FROM accelcost.prices_at('2027-02-11')
           WHERE provider = 'RunPod' AND sku = '8x_H100-SXM_SECURE'), '{US-TX-1}',
          'without the imported rows, the built-in ones are valid again');

-- ---- AWS Price List ------------------------------------------------------------------------

CREATE TEMPORARY TABLE aws AS
SELECT md5(n::text) AS "SKU", 'JRTCKXETXF' AS "OfferTermCode", md5('r' || n) AS "RateCode",
       pg_temp.pick('t' || n, '{OnDemand,OnDemand,Reserved}') AS "TermType", 'price ' || n AS "PriceDescription",
       '2026-11-01' AS "EffectiveDate", '0' AS "StartingRange", 'Inf' AS "EndingRange",
       pg_temp.pick('u' || n, '{Hrs,Hrs,Hrs,Quantity}') AS "Unit",
       (1 + pg_temp.die('p' || n, 900000) / 10000.0)::numeric(20,10)::text AS "PricePerUnit", 'USD' AS "Currency",
       '' AS "RelatedTo", pg_temp.pick('l' || n, '{1yr,3yr}') AS "LeaseContractLength",
       pg_temp.pick('o' || n, '{No Upfront,Partial Upfront,All Upfront}') AS "PurchaseOption",
       pg_temp.pick('c' || n, '{standard,convertible}') AS "OfferingClass",
       pg_temp.pick('f' || n, '{Compute Instance,Compute Instance,Storage}') AS "Product Family",
       'AmazonEC2' AS "serviceCode", 'US East (N. Virginia)' AS "Location", 'AWS Region' AS "Location Type",
       -- Of each instance in a region, one row on demand and one for each term can be loaded.
       format('%s.%s%sxlarge', pg_temp.pick('i' || n, '{p5,g6e,m7i,trn9}'), n, '') AS "Instance Type",
       pg_temp.pick('y' || n, '{Shared,Shared,Dedicated}') AS "Tenancy",
       pg_temp.pick('s' || n, '{Linux,Linux,Windows,RHEL}') AS "Operating System",
       'No License required' AS "License Model", pg_temp.pick('w' || n, '{NA,NA,SQL Std}') AS "Pre Installed S/W",
       pg_temp.pick('k' || n, '{Used,Used,UnusedCapacityReservation}') AS "CapacityStatus",
       pg_temp.pick('m' || n, '{OnDemand,OnDemand,CapacityBlock}') AS "MarketOption",
       CASE WHEN pg_temp.pick('i' || n, '{p5,g6e,m7i,trn9}') IN ('p5', 'g6e') THEN '8' ELSE '' END AS "GPU",
       pg_temp.pick('g' || n, '{us-east-1,eu-west-1}') AS "Region Code"
FROM generate_series(1, 4000) AS n;
CREATE TEMPORARY TABLE aws_expected AS
SELECT "Instance Type" AS sku, "Region Code" AS region,
       CASE "TermType" WHEN 'OnDemand' THEN 'on_demand' ELSE 'reserved' END AS purchase_option,
       CASE WHEN "TermType" = 'OnDemand' THEN 0 WHEN "LeaseContractLength" = '1yr' THEN 12 ELSE 36 END AS term_months,
       "PricePerUnit"::numeric AS amount
FROM aws
WHERE "Product Family" = 'Compute Instance' AND "GPU" = '8' AND "Tenancy" = 'Shared' AND "Operating System" = 'Linux'
  AND "Pre Installed S/W" = 'NA' AND "CapacityStatus" = 'Used' AND "MarketOption" = 'OnDemand' AND "Unit" = 'Hrs'
  AND ("TermType" = 'OnDemand' OR "PurchaseOption" = 'No Upfront' AND "OfferingClass" = 'standard');
SELECT cmp_ok(count(*), '>', 50::bigint, 'the AWS file has prices to load') FROM aws_expected;
SELECT results_eq(
    $$SELECT file_format, rows_read, inserted, rejected FROM accelcost.import_prices('aws', as_of => '2026-11-20')$$,
    $$SELECT 'aws-offers', 4000::bigint, count(*), 4000 - count(*) FROM aws_expected$$, 'AWS: rows are counted');
SELECT set_eq(
    $$
        SELECT sku, region, purchase_option, term_months, amount
        FROM accelcost.offer_price
        WHERE source = 'AWS Price List' AND upper_inf(valid) AND origin = 'official' AND as_of = '2026-11-20'$$,
    'SELECT * FROM aws_expected', 'AWS: prices are those of shared Linux instances');
SELECT results_eq(
    $$SELECT DISTINCT accelerator, gpu_count, price_basis FROM accelcost.offer WHERE source = 'AWS Price List'
      ORDER BY accelerator$$,
    $$VALUES ('H100 SXM5 80GB', 8::numeric, 'per_instance'), ('L40S 48GB', 8, 'per_instance')$$,
    'AWS: the family says which accelerator');
SELECT ok('accelerator of "trn9' = ANY (SELECT left(r, 20) FROM unnest(reasons) AS r)
          OR NOT EXISTS (SELECT FROM aws WHERE "Instance Type" LIKE 'trn9%' AND "GPU" <> ''),
          'AWS: a family that is unknown is rejected by name')
FROM accelcost.import_prices('aws', as_of => '2026-11-20');
SELECT results_eq(
    $$SELECT inserted, closed, changes FROM accelcost.import_prices('aws', as_of => '2026-11-21')$$,
    $$VALUES (0::bigint, 0::bigint, '{}'::accelcost.price_change[])$$, 'AWS: again, nothing changes');
DELETE FROM aws WHERE "Region Code" = 'eu-west-1';
SELECT is(closed, 0::bigint, 'AWS: the file of one region leaves other regions alone')
FROM accelcost.import_prices('aws', as_of => '2026-11-22');

-- ---- Azure Retail Prices -------------------------------------------------------------------

CREATE TEMPORARY TABLE azure_item AS
SELECT n, 'Standard_' || pg_temp.pick('a' || n, '{NC40ads_H100_v5,ND96isr_H100_v5,NV6ads_A10_v5,D4s_v5,NZ9_v9}') AS arm,
       'region' || n AS region,
       pg_temp.pick('t' || n, '{Consumption,Consumption,Reservation,DevTestConsumption}') AS type,
       pg_temp.pick('m' || n, '{""," Spot"," Low Priority"}') AS suffix,
       pg_temp.pick('w' || n, '{"",""," Windows"}') AS windows,
       pg_temp.pick('y' || n, '{1 Year,3 Years,5 Years}') AS term,
       (pg_temp.die('p' || n, 9000000) / 1000.0)::numeric AS price
FROM generate_series(1, 1500) AS n;
CREATE TEMPORARY TABLE azure AS
SELECT jsonb_build_object(
           'BillingCurrency', 'USD', 'CustomerEntityId', 'Default', 'CustomerEntityType', 'Retail', 'Count', count(*),
           'NextPageLink', 'https://prices.azure.com:443/api/retail/prices?$skip=' || 100 * (i.n / 100),
           'Items', jsonb_agg(
               jsonb_build_object(
                   'currencyCode', 'USD', 'tierMinimumUnits', 0.0, 'retailPrice', i.price, 'unitPrice', i.price,
                   'armRegionName', i.region, 'location', i.region, 'effectiveStartDate', '2026-01-01T00:00:00Z',
                   'meterName', substr(i.arm, 10) || i.suffix, 'skuName', substr(i.arm, 10) || i.suffix,
                   'productName', 'Virtual Machines Series' || i.windows, 'serviceName', 'Virtual Machines',
                   'unitOfMeasure', '1 Hour', 'type', i.type, 'isPrimaryMeterRegion', true, 'armSkuName', i.arm)
               || CASE i.type WHEN 'Reservation' THEN jsonb_build_object('reservationTerm', i.term) ELSE '{}' END
               || CASE WHEN i.type = 'Consumption'
                       THEN jsonb_build_object('savingsPlan', jsonb_build_array(
                                jsonb_build_object('retailPrice', i.price / 2, 'term', i.term))) ELSE '{}' END)) AS page
FROM azure_item AS i
GROUP BY i.n / 100;
CREATE TEMPORARY TABLE azure_expected AS
WITH usable AS (
    SELECT substr(arm, 10) AS sku, i.*, substr(i.term, 1, 1)::integer AS years
    FROM azure_item AS i
    WHERE arm ~ 'H100|A10_' AND windows = '' AND suffix <> ' Low Priority'
      AND type <> 'DevTestConsumption' AND price > 0
)
SELECT sku, region, CASE WHEN suffix = '' THEN 'on_demand' ELSE 'spot' END AS purchase_option, 0 AS term_months,
       price AS amount
FROM usable WHERE type = 'Consumption'
UNION ALL
SELECT sku, region, 'reserved', years * 12, round(price / (years * 8760), 10) FROM usable WHERE type = 'Reservation'
UNION ALL
SELECT sku, region, 'committed', years * 12, price / 2 FROM usable WHERE type = 'Consumption' AND suffix = '';
SELECT cmp_ok(count(*), '>', 100::bigint, 'the Azure pages have prices to load') FROM azure_expected;
SELECT results_eq(
    $$SELECT file_format, rows_read, inserted FROM accelcost.import_prices('azure', as_of => '2026-11-20')$$,
    $$SELECT 'azure-retail', 1500::bigint, count(*) FROM azure_expected$$, 'Azure: items are counted');
SELECT set_eq(
    $$
        SELECT sku, region, purchase_option, term_months, amount
        FROM accelcost.offer_price
        WHERE source = 'Azure Retail Prices' AND upper_inf(valid) AND origin = 'official'$$,
    'SELECT * FROM azure_expected', 'Azure: a reservation is divided by its hours, a savings plan is a commitment');
SELECT is(inserted + closed, 0::bigint, 'Azure: again, nothing changes')
FROM accelcost.import_prices('azure', as_of => '2026-11-21');
SELECT is(gpu_count, 0.166666666666666667, 'Azure: a sixth of an accelerator')
FROM accelcost.offer
WHERE source = 'Azure Retail Prices' AND sku = 'NV6ads_A10_v5'
LIMIT 1;

-- ---- European Central Bank -----------------------------------------------------------------

CREATE TEMPORARY TABLE ecb_rate AS
SELECT '2026-01-01'::date + 3 * n AS day, currency, CASE WHEN pg_temp.die(currency || n, 9) = 0 AND currency <> 'USD'
       THEN NULL ELSE (100 + pg_temp.die('r' || currency || n, 90000)) / 1000.0 END AS rate
FROM generate_series(0, 60) AS n, unnest('{USD,JPY,GBP,CHF}'::text[]) AS currency;
CREATE TEMPORARY TABLE ecb AS
SELECT day::text AS "Date", coalesce(max(rate) FILTER (WHERE currency = 'USD')::text, 'N/A') AS "USD",
       coalesce(max(rate) FILTER (WHERE currency = 'JPY')::text, 'N/A') AS "JPY",
       coalesce(max(rate) FILTER (WHERE currency = 'GBP')::text, 'N/A') AS "GBP",
       coalesce(max(rate) FILTER (WHERE currency = 'CHF')::text, 'N/A') AS "CHF", '' AS column_6
FROM ecb_rate
GROUP BY day
ORDER BY day DESC;
SELECT results_eq(
    $$SELECT file_format, rows_read, inserted, rejected FROM accelcost.import_prices('ecb')$$,
    $$SELECT 'ecb', 61::bigint, sum(CASE currency WHEN 'USD' THEN 1 ELSE 2 END), 0::bigint
      FROM ecb_rate WHERE rate IS NOT NULL$$, 'ECB: rates of the euro, and of the dollar through it');
SELECT is_empty(
    $$
        SELECT r.day, f.currency, x.rate
        FROM ecb_rate AS r
        JOIN ecb_rate AS f ON f.day = r.day AND f.currency <> 'USD' AND f.rate IS NOT NULL
        CROSS JOIN LATERAL accelcost.fx_at(f.currency, 'USD', r.day + time '12:00' AT TIME ZONE 'UTC') AS x
        WHERE r.currency = 'USD'
          AND (x.rate IS DISTINCT FROM trim_scale(round(r.rate::numeric(60,40) / f.rate, 30))
               OR x.as_of <> r.day OR x.inverted OR x.source <> 'ECB')$$, 'ECB: chained through the euro, each day');
SELECT is(rate, (SELECT rate FROM ecb_rate WHERE currency = 'USD' AND day = '2026-01-04'),
          'ECB: a rate is valid until the next day with one')
FROM accelcost.fx_at('EUR', 'USD', '2026-01-06 23:59+00');
SELECT results_eq(
    $$SELECT inserted, closed, changes FROM accelcost.import_prices('ecb', 'ecb')$$,
    $$VALUES (0::bigint, 0::bigint, '{}'::accelcost.price_change[])$$, 'ECB: again, nothing changes');
CREATE TEMPORARY TABLE ecb_daily ("Date" text, "USD" text, "JPY" text, "GBP" text);
INSERT INTO ecb_daily VALUES ('27 November 2026', '1.1', '170', '0.85');
SELECT results_eq(
    $$SELECT inserted, closed FROM accelcost.import_prices('ecb_daily')$$, $$VALUES (5::bigint, 0::bigint)$$,
    'ECB: the file of a day follows on the history');
SELECT results_eq(
    $$SELECT rate, as_of FROM accelcost.fx_at('GBP', 'USD', '2026-11-28')$$,
    $$VALUES (round(1.1 / 0.85::numeric(60,40), 30), '2026-11-27'::date)$$, 'ECB: its date is written out');
CREATE TEMPORARY TABLE ecb_xml (document text);
INSERT INTO ecb_xml VALUES ('<?xml version="1.0"?><gesmes:Envelope><Cube><Cube time="2026-11-27">'
    '<Cube currency="USD" rate="1.2"/><Cube currency="GBP" rate="0.85"/></Cube>' || E'\n' || '<Cube time="2026-11-26">'
    '<Cube currency="USD" rate="1.3"/></Cube></Cube></gesmes:Envelope>');
SELECT results_eq(
    $$
        SELECT c.item, c.detail, c.old_price, c.new_price
        FROM accelcost.import_prices('ecb_xml') AS i, unnest(i.changes) AS c$$,
    $$VALUES ('EUR to USD', '2026-11-27', 1.1, 1.2),
             ('GBP to USD', '2026-11-27', round(1.1 / 0.85::numeric(60,40), 30),
              round(1.2 / 0.85::numeric(60,40), 30))$$,
    'ECB: a correction, in XML');
SELECT results_eq(
    $$SELECT rate, as_of FROM accelcost.fx_at('EUR', 'USD', '2026-11-26 12:00+00')$$,
    $$VALUES (1.3, '2026-11-26'::date)$$, 'ECB: several days in XML');
SELECT is((SELECT count(*) FROM accelcost.fx_rate WHERE source = 'ECB' AND to_currency = 'JPY' AND upper_inf(valid)),
          1::bigint, 'ECB: currencies that a file lacks are left alone');
SELECT is(accelcost_internal.ecb_day(cell), day, 'ECB: ' || cell)
FROM (VALUES ('2026-02-28', '2026-02-28'::date), ('1 May 2026', '2026-05-01'), ('31 february 2026', NULL),
             ('3 Foo 2026', NULL)) AS t (cell, day);

-- ---- what is no price file -----------------------------------------------------------------

CREATE TEMPORARY TABLE genai (document jsonb);
INSERT INTO genai VALUES ('[{"id": "deepseek", "models": [{"id": "m", "prices": {"input_mtok": 2}}]}]');
CREATE TEMPORARY TABLE other (document jsonb);
INSERT INTO other VALUES ('{"a": 1, "b": 2}');
CREATE TEMPORARY TABLE mixed (document jsonb);
INSERT INTO mixed SELECT document FROM genai UNION ALL SELECT page FROM azure;
SELECT alike(pg_temp.error(call), expected, 'error: ' || expected)
FROM (VALUES
    ($$SELECT accelcost.import_prices('other')$$,
     '22023: staging table "other" holds no price file of a known format / Keys found: "a", "b". '
     '/ Formats: skypilot (%'),
    ($$SELECT accelcost.import_prices('genai', 'litellm')$$,
     '22023: staging table "genai" holds no price file of format "litellm" / Its format is "genai-prices". '
     '/ Formats: %'),
    ($$SELECT accelcost.import_prices('mixed')$$,
     '22023: staging table "mixed" holds no price file of a known format%'),
    ($$SELECT accelcost.import_prices('vms', 'aws-offers')$$,
     '22023: staging table "vms" is missing required columns: SKU, TermType, Unit, %'),
    ($$SELECT accelcost.import_prices('vms', 'csv')$$,
     '22023: invalid value for parameter "format": "csv" / Use "skypilot", %'),
    ($$SELECT accelcost.import_prices('genai')$$,
     '22023: "as_of" must be given: a file of format "genai-prices" does not state its date / %'),
    ($$SELECT accelcost.import_prices('vms', as_of => '2027-01-01')$$,
     '22023: "provider" must be given: a file of format "skypilot" does not name it / %'),
    ($$SELECT accelcost.import_prices('aws', provider => 'Azure', as_of => '2027-01-01')$$,
     '22023: a file of format "aws-offers" has prices of "AWS", not of "Azure" / Leave "provider" out.'))
    AS t (call, expected);

SELECT * FROM finish();
ROLLBACK;
