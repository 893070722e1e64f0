-- Responses of the EIA's API with electricity prices, generated in their shape: what is stored is compared with the
-- list from which they were generated.
BEGIN;
SELECT plan(18);
SET LOCAL timezone = 'America/New_York';

CREATE TEMP TABLE paid AS
SELECT state, sector, month::date AS month,
       500 + ('x' || substr(md5(state || sector || month), 1, 5))::bit(20)::integer % 3000 AS hundredths_of_a_cent
FROM unnest('{US,VA,CA,DC}'::text[]) AS state
CROSS JOIN unnest('{COM,IND,RES}'::text[]) AS sector
CROSS JOIN generate_series('2026-01-01'::timestamp, '2026-08-01', '1 month') AS month
WHERE (state, sector) <> ('DC', 'IND');

CREATE FUNCTION pg_temp.row_of(period text, state text, sector text, price text,
                               unit text DEFAULT 'cents per kilowatt-hour')
RETURNS jsonb LANGUAGE sql AS $$
    SELECT jsonb_build_object('period', period, 'stateid', state, 'stateDescription', 'x', 'sectorid', sector,
                              'sectorName', 'x', 'price', price, 'price-units', unit)
$$;
CREATE FUNCTION pg_temp.response(data jsonb, frequency text DEFAULT 'monthly') RETURNS jsonb LANGUAGE sql AS $$
    SELECT jsonb_build_object('response', jsonb_build_object(
               'total', jsonb_array_length(data)::text, 'dateFormat', 'YYYY-MM', 'frequency', frequency, 'data', data,
               'description', 'Retail sales of electricity'),
           'request', jsonb_build_object('command', '/v2/electricity/retail-sales/data/'), 'apiVersion', '2.1.12')
$$;
CREATE TEMP TABLE eia (page jsonb);
INSERT INTO eia
SELECT pg_temp.response(jsonb_agg(pg_temp.row_of(to_char(month, 'YYYY-MM'), state, sector,
                                                 trim_scale(hundredths_of_a_cent / 100.0)::text) ORDER BY month DESC))
FROM paid
GROUP BY state IN ('US', 'VA');
INSERT INTO eia
SELECT pg_temp.response(jsonb_build_array(
    pg_temp.row_of('2026-08', 'NEW', 'COM', '20'), pg_temp.row_of('2026-08', 'VA', 'ALL', '10'),
    pg_temp.row_of('2026-08', 'VA', 'TRA', '10'), pg_temp.row_of('August', 'TX', 'COM', '10'),
    pg_temp.row_of('2026-13', 'TX', 'COM', '10'), pg_temp.row_of('2026-08', 'TX', 'COM', NULL),
    pg_temp.row_of('2026-07', 'TX', 'COM', 'x'), pg_temp.row_of('2026-06', 'TX', 'COM', '10', 'mills'),
    pg_temp.row_of('2026-05', 'TX', 'COM', '10'), pg_temp.row_of('2026-05', 'TX', 'COM', '11'),
    pg_temp.row_of('2026-04', 'TX', 'COM', '0'), pg_temp.row_of('2026-03', 'TX', 'COM', '-3')));

SELECT results_eq(
    $$SELECT file_format, rows_read, inserted, unchanged, closed, rejected FROM accelcost.import_prices('eia')$$,
    $$SELECT 'eia', count(*) + 12, count(*), 0::bigint, 0::bigint, 12::bigint FROM paid$$,
    'the response is recognised, and states its dates');
SELECT bag_eq(
    $$
        SELECT location, sector, price_per_kwh, currency, valid, as_of
        FROM accelcost.electricity_price
        WHERE source = 'EIA' AND origin = 'official' AND NOT builtin$$,
    $$
        SELECT CASE state WHEN 'US' THEN 'US' ELSE 'US-' || state END AS location,
               CASE sector WHEN 'COM' THEN 'commercial' WHEN 'IND' THEN 'industrial' ELSE 'household' END AS sector,
               hundredths_of_a_cent / 10000.0 AS price, 'USD' AS currency,
               tstzrange(month::timestamp AT TIME ZONE 'UTC',
                         CASE WHEN month < '2026-08-01' THEN (month + interval '1 month') AT TIME ZONE 'UTC' END)
                   AS valid,
               month AS as_of
        FROM paid$$,
    'each state and sector has its price in dollars per kWh, valid until the next');
SELECT is((SELECT price_per_kwh FROM accelcost.electricity_at('US-VA', 'commercial', '2026-11-20')),
          (SELECT hundredths_of_a_cent / 10000.0 FROM paid WHERE (state, sector, month) = ('VA', 'COM', '2026-08-01')),
          'the last price is valid until a new one comes');
SELECT bag_eq(
    $$SELECT regexp_replace(reason, ', first.*', ')')
      FROM accelcost.import_prices('eia') AS i, unnest(i.reasons) AS reason$$,
    $$
        VALUES ('"NEW" is no state (1)'), ('another row has the same state, sector and period (2)'), ('no price (1)'),
               ('a price of 0 or less (2)'),
               ('period "2026-13" is not valid (1)'), ('period "August" is not valid (1)'),
               ('price "x" is not a number (1)'), ('sector "ALL" is no kind of customer (1)'),
               ('sector "TRA" is no kind of customer (1)'), ('unit "mills" is not cents per kilowatt-hour (1)')$$,
    'what is no price of a state and sector is rejected by reason');
SELECT results_eq($$SELECT inserted, unchanged, closed, changes FROM accelcost.import_prices('eia')$$,
                  $$SELECT 0::bigint, count(*), 0::bigint, '{}'::accelcost.price_change[] FROM paid$$,
                  'loading it again changes nothing');

-- A later month, and one that was revised.
CREATE TEMP TABLE later AS
SELECT pg_temp.response(jsonb_build_array(pg_temp.row_of('2026-09', 'VA', 'COM', '99.9'),
                                          pg_temp.row_of('2026-08', 'VA', 'COM', '88.8'))) AS page;
SELECT results_eq(
    $$
        SELECT i.inserted, i.unchanged, i.closed, c.item, c.detail, c.new_price, c.currency
        FROM accelcost.import_prices('later') AS i, unnest(i.changes) AS c$$,
    $$VALUES (2::bigint, 0::bigint, 1::bigint, 'US-VA commercial', '2026-08-01', 0.888, 'USD')$$,
    'a revised price is replaced, and reported');
SELECT results_eq(
    $$
        SELECT price_per_kwh, valid FROM accelcost.electricity_price
        WHERE source = 'EIA' AND NOT builtin AND location = 'US-VA' AND sector = 'commercial'
        ORDER BY valid DESC LIMIT 3$$,
    $$
        SELECT 0.999, '[2026-09-01 00:00+00,)'::tstzrange
        UNION ALL SELECT 0.888, '[2026-08-01 00:00+00,2026-09-01 00:00+00)'
        UNION ALL SELECT hundredths_of_a_cent / 10000.0, '[2026-07-01 00:00+00,2026-08-01 00:00+00)'
                  FROM paid WHERE (state, sector, month) = ('VA', 'COM', '2026-07-01')$$,
    'the price before it ends where it begins, and others stay');
SELECT is(count(*), (SELECT count(*) + 1 FROM paid), 'no other row is touched')
FROM accelcost.electricity_price WHERE source = 'EIA' AND NOT builtin;

-- Years and quarters, and a row of your own that has no beginning.
SELECT is(accelcost_internal.eia_period(cell), since::timestamptz, 'period ' || cell)
FROM (VALUES ('2024', '2024-01-01 00:00+00'), ('2026-Q3', '2026-07-01 00:00+00'), ('2026-12', '2026-12-01 00:00+00'),
             ('2026-00', NULL), ('26', NULL), ('2026-Q5', NULL)) AS t (cell, since);
INSERT INTO accelcost.electricity_price (location, sector, price_per_kwh, currency, valid, source, origin)
VALUES ('US-WA', 'industrial', 0.05, 'USD', '(,)', 'EIA years', 'official');
CREATE TEMP TABLE years AS
SELECT pg_temp.response(jsonb_build_array(pg_temp.row_of('2024', 'WA', 'IND', '6'),
                                          pg_temp.row_of('2025', 'WA', 'IND', '6.5')), 'annual') AS page;
SELECT is(inserted, 2::bigint, 'years are loaded') FROM accelcost.import_prices('years', source => 'EIA years');
SELECT results_eq(
    $$SELECT price_per_kwh, valid FROM accelcost.electricity_price WHERE source = 'EIA years' ORDER BY valid$$,
    $$VALUES (0.05, '(,2024-01-01 00:00+00)'::tstzrange), (0.06, '[2024-01-01 00:00+00,2025-01-01 00:00+00)'),
             (0.065, '[2025-01-01 00:00+00,)')$$,
    'a price without a beginning ends where the first begins');
SELECT throws_ok($$SELECT accelcost.import_prices('later', 'gcp-skus', as_of => '2026-12-01')$$, '22023',
                 'staging table "later" holds no price file of format "gcp-skus"', 'another format is an error');
CREATE TEMP TABLE empty AS SELECT '{"response": {"data": []}}'::jsonb AS page;
SELECT throws_ok($$SELECT accelcost.import_prices('empty')$$, '22023', NULL,
                 'a response without rows is no price file');

SELECT * FROM finish();
ROLLBACK;
