-- The importer against numeric, timestamptz and jsonb of the server, over
-- generated cells: what it accepts has the server's value, to the last digit,
-- and what it refuses or accepts never depends on a setting.
BEGIN;
SELECT plan(28);

-- ---- numbers ----------------------------------------------------------------

-- 20000 numbers in as many spellings as exports have, each beside its value.
CREATE TEMP TABLE number AS
SELECT n, value, CASE n % 6
           WHEN 0 THEN value::text
           WHEN 1 THEN '  ' || value::text || ' '
           WHEN 2 THEN CASE WHEN value < 0 THEN '' ELSE '+' END || value::text
           WHEN 3 THEN (value * 1e12)::text || 'E-12'
           WHEN 4 THEN (value / 1e3)::text || 'e+3'
           ELSE regexp_replace(value::text, '^(-?)0\.', '\1.')
       END AS cell
FROM generate_series(1, 20000) AS n,
     LATERAL (
         SELECT round((hashint8extended(n, 1) % 1000000000)::numeric * ('1e-' || n % 29)::numeric, n % 29) AS value
     ) AS generated;

SELECT is(
    (SELECT count(*)::integer
     FROM number
     WHERE accelcost_internal.import_number(accelcost_internal.import_text(cell)) IS DISTINCT FROM value),
    0,
    'a number in any spelling has the value of numeric');
SELECT is(
    (SELECT count(*)::integer
     FROM number
     WHERE n % 6 < 3 AND accelcost_internal.import_number(accelcost_internal.import_text(cell))::text <> value::text),
    0,
    'and as many decimals as the file');
SELECT is(
    (SELECT count(*)::integer
     FROM number
     WHERE accelcost_internal.import_number(accelcost_internal.import_text(cell) || junk) IS NOT NULL),
    0,
    format('%L after a number makes it none', junk))
FROM (VALUES ('x'), ('_0'), (',0'), (' USD')) AS t (junk);

-- ---- times ------------------------------------------------------------------

CREATE TEMP TABLE moment AS
SELECT y || '-' || lpad(m::text, 2, '0') || '-' || lpad(d::text, 2, '0') AS cell,
       d <= date_part('day', (make_date(y, m, 1) + interval '1 month - 1 day')) AS is_a_day
FROM unnest('{1000,1900,1999,2000,2023,2024,2100,2400,9999}'::integer[]) AS y, generate_series(1, 12) AS m,
     generate_series(1, 31) AS d;
SELECT is(
    (SELECT count(*)::integer FROM moment WHERE (accelcost_internal.import_timestamp(cell) IS NOT NULL) <> is_a_day),
    0,
    'a date is accepted if and only if the calendar has it');
SELECT is(
    (SELECT count(*)::integer
     FROM moment,
          unnest('{"","T10:20:30Z"," 10:20:30.5"," 23:59 UTC","T00:00:00+05:30"," 01:02:03 -08"}'::text[]) AS rest
           WHERE is_a_day
             AND accelcost_internal.import_timestamp(cell || rest) <> (
                 cell || rest || CASE WHEN rest ~ 'Z|UTC|:.*[-+]' THEN '' ELSE ' 00:00:00+00' END)::text::timestamptz
             AND rest <> ' 10:20:30.5'), 0,
    'a time is that of timestamptz, in UTC where it has no offset');

CREATE FUNCTION pg_temp.times() RETURNS text LANGUAGE sql AS $$
    SELECT md5(
        string_agg(
            date_part('epoch', accelcost_internal.import_timestamp(cell || rest))::text, ',' ORDER BY cell, rest))
    FROM moment, unnest('{"","T10:20:30Z"," 10:20:30.5"," 23:59 UTC"}'::text[]) AS rest
$$;
SET LOCAL timezone = 'UTC';
SELECT pg_temp.times() AS expected \gset
SET LOCAL timezone = 'Pacific/Kiritimati';
SET LOCAL datestyle = 'SQL, DMY';
SET LOCAL timezone_abbreviations = 'Australia';
SELECT is(pg_temp.times(), :'expected', 'no setting of the session moves a time');
SET LOCAL timezone = 'UTC';
SET LOCAL datestyle = 'ISO, YMD';

-- ---- what the two rule books say --------------------------------------------

-- import_fault gives a reason exactly where a reader refuses: else a row would be left out without one.
CREATE TEMP TABLE odd (cell text);
INSERT INTO odd SELECT cell FROM number WHERE n <= 500;
INSERT INTO odd SELECT cell FROM moment WHERE cell LIKE '20%';
INSERT INTO odd
VALUES ('NaN'),
       ('1e999'),
       ('1e20'),
       ('-1e25'),
       ('{}'),
       ('[]'),
       ('{"a": 1}'),
       ('USD'),
       ('US$'),
       ('now'),
       ('x'),
       ('1e'),
       ('0x1'),
       (repeat('7', 200));
SELECT is_empty(
    $$
        SELECT kind, cell
        FROM (SELECT accelcost_internal.import_text(cell) AS cell FROM odd) AS o,
             unnest('{number,cost,currency,timestamp,object,text}'::text[]) AS kind
      WHERE (accelcost_internal.import_fault(kind, false, cell) IS NULL) IS DISTINCT FROM
            CASE kind WHEN 'number' THEN accelcost_internal.import_number(cell) IS NOT NULL
                      WHEN 'cost' THEN accelcost_internal.import_cost(cell) IS NOT NULL
                      WHEN 'currency' THEN accelcost_internal.import_currency(cell) IS NOT NULL
                      WHEN 'timestamp' THEN accelcost_internal.import_timestamp(cell) IS NOT NULL
                      WHEN 'object' THEN accelcost_internal.import_object(cell) IS NOT NULL
                      ELSE true END$$,
    'a fault is named if and only if a cell is refused');
SELECT is_empty(
    $$
        SELECT cell
        FROM odd
        WHERE accelcost_internal.import_currency(cell) IS NOT NULL
          AND currency(tco(1, cell)) <> accelcost_internal.import_currency(cell)$$,
    'a currency is accepted as tco takes it');

-- ---- whole imports ----------------------------------------------------------

CREATE TEMP TABLE staging AS
SELECT cell AS "BilledCost", 'USD'::text AS "BillingCurrency", '2026-01-01'::text AS "BillingPeriodStart",
       '2026-01-01'::text AS "ChargePeriodStart",
       'P'::text AS "ProviderName", (n % 3)::text AS "BillingAccountId", n::text AS "Id"
FROM number ORDER BY n;
SELECT is(
    (SELECT loaded::integer FROM accelcost.import_focus('staging', 'generated')), 20000,
    'all generated rows are loaded');
SELECT is(
    (SELECT count(*)::integer
     FROM accelcost.charge
     JOIN number ON extra->>'Id' = n::text AND row_number = n
     WHERE export_name = 'generated' AND billed_cost = value),
    20000,
    'each with its value and its row number');
SELECT is(
    (SELECT sum((billed_cost->>'USD')::numeric) FROM accelcost.import_batch WHERE export_name = 'generated'),
    (SELECT sum(value) FROM number),
    'the record of the import has the exact sum');
SELECT is(
    (SELECT round(total(sum(cost)), 12) FROM accelcost.charge_monthly() WHERE provider_name = 'P'),
    (SELECT round(sum(value), 12) FROM number),
    'and the report has it too');

-- Every seventh row is bad in some way: none of them is loaded, all others are.
CREATE TEMP TABLE spoilt AS
SELECT CASE WHEN n % 7 <> 0 THEN cell ELSE ('{n/a,NaN,"","1,5",1e25}'::text[])[n % 5 + 1] END AS "BilledCost",
       'USD'::text AS "BillingCurrency",
       '2026-01-01'::text AS "BillingPeriodStart", '2026-01-01'::text AS "ChargePeriodStart",
       'P'::text AS "ProviderName", (n % 3)::text AS "BillingAccountId"
FROM number ORDER BY n;
SELECT results_eq(
    $$SELECT rows_read, loaded, unchanged, withheld, rejected
      FROM accelcost.import_focus('spoilt', 'spoilt', 'skip', beside => true)$$,
    $$VALUES (20000::bigint, 20000 - 20000 / 7::bigint, 0::bigint, 0::bigint, 20000 / 7::bigint)$$,
    'read = loaded + rejected');
SELECT results_eq(
    $$SELECT row_number::integer FROM accelcost.import_reject WHERE export_name = 'spoilt' ORDER BY 1$$,
    $$SELECT n FROM number WHERE n % 7 = 0 ORDER BY 1$$,
    'exactly the bad rows are listed');
SELECT results_eq(
    $$SELECT row_number::integer, billed_cost FROM accelcost.charge WHERE export_name = 'spoilt' ORDER BY 1$$,
    $$SELECT n, value FROM number WHERE n % 7 <> 0 ORDER BY 1$$,
    'and exactly the others are loaded');

-- ---- a period that shrinks ---------------------------------------------------

CREATE TEMPORARY TABLE big AS
SELECT '1' AS "BillingAccountId", 'P' AS "ProviderName", 'USD' AS "BillingCurrency",
       '2026-07-01' AS "BillingPeriodStart", '2026-07-02' AS "ChargePeriodStart", n::text AS "BilledCost"
FROM generate_series(1, 40) AS n;
SELECT is(loaded, 40::bigint, 'forty charges') FROM accelcost.import_focus('big', 'big');
DELETE FROM big WHERE "BilledCost"::integer > 19;
SELECT throws_ok(
    $$SELECT * FROM accelcost.import_focus('big', 'big')$$, '55000', NULL, 'less than half of them are refused');
SELECT is((SELECT count(*) FROM accelcost.charge WHERE export_name = 'big'), 40::bigint, 'and nothing is lost');
SELECT is(loaded, 19::bigint, 'unless that is right') FROM accelcost.import_focus('big', 'big', allow_shrink => true);

-- ---- the same file again ------------------------------------------------------

-- A file is another one if any value is in another row, column or key, and the same if the values are equal.
CREATE TEMP TABLE again AS
SELECT n AS "BilledCost", 'USD' AS "BillingCurrency", '2026-03-01' AS "BillingPeriodStart",
       '2026-03-05' AS "ChargePeriodStart", 'P' AS "ProviderName", 'again' AS "BillingAccountId", sku AS "SkuId",
       meter AS "SkuMeter", tags AS "Tags", more AS "x_More"
FROM (VALUES ('1.5', 'a', 'b', '{"k": "1", "l": "2"}', 'm'), ('2.50', 'c', 'd', '{"k": "3", "l": "4"}', 'n'))
     AS v (n, sku, meter, tags, more);
SELECT accelcost.import_focus('again', 'again') \g /dev/null
CREATE FUNCTION pg_temp.loaded_after(change text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    result bigint;
BEGIN
    EXECUTE 'UPDATE again SET ' || change;
    SELECT loaded INTO result FROM accelcost.import_focus('again', 'again');
    RETURN result;
END
$$;
SELECT is(pg_temp.loaded_after(change), expected, rule)
FROM (VALUES
    (1, '"BilledCost" = CASE "BilledCost" WHEN ''1.5'' THEN ''1.50'' ELSE ''2.5'' END', 0::bigint,
     'amounts with other zeros at the end are equal'),
    (2, '"BilledCost" = CASE "BilledCost" WHEN ''1.50'' THEN ''2.5'' ELSE ''1.50'' END', 2,
     'amounts that change places are not'),
    (3, '"SkuId" = "SkuMeter", "SkuMeter" = "SkuId"', 2, 'nor are texts that change columns'),
    (4, $$"Tags" = CASE "SkuId" WHEN 'b' THEN '{"k": "2", "l": "1"}' ELSE '{"k": "4", "l": "3"}' END$$, 2,
     'or keys'),
    (5, $$"x_More" = CASE "x_More" WHEN 'm' THEN 'n' ELSE 'm' END$$, 2, 'or rows, also without a column'),
    (6, '"SkuId" = "SkuId"', 0, 'and nothing changes nothing')
    ) AS c (place, change, expected, rule)
ORDER BY place;

SELECT * FROM finish();
ROLLBACK;
