-- Prices of tokens by service tier, place of processing and time of the week.
BEGIN;
SELECT plan(29);
SET LOCAL timezone = 'UTC';

INSERT INTO accelcost.provider (provider, kind) VALUES ('Talk', 'api');
INSERT INTO accelcost.token_price (
    provider, model, service_tier, geo, weekdays, utc_from, utc_to, input_price, cache_read_price, output_price,
    cached_convention, valid, source, as_of)
SELECT p.provider, p.model, p.service_tier, p.geo, p.weekdays::integer[], p.utc_from::time, p.utc_to::time,
       p.input_price, p.cache_read_price, p.output_price, p.cached_convention, '[2026-01-01,)', 'p', '2026-01-01'
FROM (
    VALUES
        ('Talk', 'five', 'standard', 'global', NULL, NULL, NULL, 1.25, 0.125, 10, 'included'),
        ('Talk', 'five', 'flex', 'global', NULL, NULL, NULL, 0.625, 0.0625, 5, 'included'),
        ('Talk', 'five', 'priority', 'global', NULL, NULL, NULL, 2.5, 0.25, 20, 'included'),
        ('Talk', 'sonnet', 'standard', 'global', NULL, NULL, NULL, 2, NULL, 10, 'excluded'),
        ('Talk', 'sonnet', 'standard', 'us', NULL, NULL, NULL, 2.2, NULL, 11, 'excluded'),
        -- Weekday peaks, a night of its own from Sunday to Monday, and a day of its own in a tier.
        ('Talk', 'deep', 'standard', 'global', NULL, NULL, NULL, 0.66, NULL, 1.98, NULL),
        ('Talk', 'deep', 'standard', 'global', '{1,2,3,4,5}', '01:00', '04:00', 1.32, NULL, 3.96, NULL),
        ('Talk', 'deep', 'standard', 'global', '{7}', '23:00', '00:30', 9, NULL, 9, NULL),
        ('Talk', 'deep', 'batch', 'global', '{6}', NULL, NULL, 0.1, NULL, 0.2, NULL)
) AS p (provider, model, service_tier, geo, weekdays, utc_from, utc_to, input_price, cache_read_price, output_price,
        cached_convention);

CREATE FUNCTION pg_temp.cost(service_tier text) RETURNS numeric LANGUAGE sql AS $$
    SELECT token_cost(10000, 1000, p.input_price, p.output_price, cache_read_tokens => 2000,
                      cache_read_price => p.cache_read_price, cached_convention => p.cached_convention)
    FROM accelcost.token_price_at('Talk', 'five', '2026-08-01', service_tier => service_tier) AS p;
$$;
SELECT is(pg_temp.cost('standard'), 0.02025, 'a request at the standard price');
SELECT is(pg_temp.cost('flex'), 0.010125, 'a tier may be cheaper');
SELECT is(pg_temp.cost('priority'), 0.0405, 'or dearer');
SELECT is(pg_temp.cost('Priority'), 0.0405, 'it is found in any case');
SELECT is(pg_temp.cost('turbo'), NULL, 'an unknown tier has no price, and never the standard one');
SELECT is(pg_temp.cost('batch'), NULL, 'nor has a known tier that this model lacks');
SELECT is(pg_temp.cost(NULL), NULL, 'nor one that is unknown');
SELECT is(
    (SELECT p.input_price FROM accelcost.token_price_at('Talk', 'five', '2026-08-01') AS p), 1.25,
    'without a tier it is the standard one');

CREATE FUNCTION pg_temp.cost_in(geo text) RETURNS numeric LANGUAGE sql AS $$
    SELECT token_cost(1000000, 100000, p.input_price, p.output_price)
    FROM accelcost.token_price_at('Talk', 'sonnet', '2026-08-01', geo => geo) AS p;
$$;
SELECT is(pg_temp.cost_in('global'), 3.00, 'a request processed anywhere');
SELECT is(pg_temp.cost_in('us'), 3.30, 'costs more in one place');
SELECT is(pg_temp.cost_in('US'), 3.30, 'which is found in any case');
SELECT is(pg_temp.cost_in('eu'), NULL, 'and has no price elsewhere: never the global one');
SELECT is(
    (SELECT p.input_price FROM accelcost.token_price_at('Talk', 'five', '2026-08-01', geo => 'us') AS p), NULL,
    'nor where there is a global one only');
SELECT is(
    (SELECT p.input_price FROM accelcost.token_price_at('Talk', 'sonnet', '2026-08-01') AS p), 2.0,
    'without a place it is the global one');

-- 2026-08-24 is a Monday.
SELECT results_eq(
    $$
        SELECT at, (accelcost.token_price_at('Talk', 'deep', at)).input_price
        FROM unnest('{2026-08-24 00:59:59.9,2026-08-24 01:00,2026-08-24 03:59:59.9,2026-08-24 04:00,2026-08-28 02:00,
                      2026-08-29 02:00,2026-08-30 22:59:59.9,2026-08-30 23:00,2026-08-31 00:29:59.9,2026-08-31 00:30,
                      2026-08-25 00:15}'::timestamptz[]) AS at$$,
    $$
        VALUES ('2026-08-24 00:59:59.9'::timestamptz, 0.66), ('2026-08-24 01:00', 1.32),
               ('2026-08-24 03:59:59.9', 1.32),
               ('2026-08-24 04:00', 0.66), ('2026-08-28 02:00', 1.32), ('2026-08-29 02:00', 0.66),
               ('2026-08-30 22:59:59.9', 0.66), ('2026-08-30 23:00', 9), ('2026-08-31 00:29:59.9', 9),
               ('2026-08-31 00:30', 0.66), ('2026-08-25 00:15', 0.66)$$,
    'weekdays count where a window begins; at other times the price without a window is valid');
SELECT results_eq(
    $$
        SELECT (accelcost.token_price_at('Talk', 'deep', at, service_tier => 'batch')).input_price
        FROM unnest('{2026-08-28 23:59:59.9,2026-08-29 00:00,2026-08-29 23:59:59.9,2026-08-30 00:00}'::timestamptz[])
            AS at$$,
    'VALUES (NULL::numeric), (0.1), (0.1), (NULL)',
    'weekdays without times are whole days, and there need be no other price');

-- Windows of the week, second by second, as their columns say.
CREATE TEMPORARY TABLE draw AS
SELECT n,
       CASE WHEN n % 4 > 0
            THEN ARRAY(SELECT d FROM generate_series(1, 7) AS d WHERE hashint8(n * 17 + d) % 3 <> 0) END AS weekdays,
       CASE WHEN n % 3 > 0 THEN '00:00'::time + hashint8(n) % 96 * interval '15 minutes' END AS utc_from,
       CASE WHEN n % 3 > 0 THEN '00:00'::time + hashint8(n + 1000) % 96 * interval '15 minutes' END AS utc_to
FROM generate_series(1::bigint, 300) AS n;
DELETE FROM draw WHERE weekdays = '{}' OR utc_from = utc_to;
CREATE TEMPORARY TABLE instant AS
SELECT s * 900 + shift AS second, (s / 96)::integer + 1 AS day, (s / 96 + 6)::integer % 7 + 1 AS yesterday,
       '00:00'::time + (s % 96 * 900 + shift) * interval '1 second' AS of_day
FROM generate_series(0, 671) AS s, unnest('{0,899}'::integer[]) AS shift;
SELECT cmp_ok((SELECT count(*) FROM draw), '>', 200::bigint, 'there are windows of all kinds');
SELECT is_empty(
    $$
        SELECT * FROM draw CROSS JOIN instant
        WHERE accelcost_internal.price_window(weekdays, utc_from, utc_to) @> second
              IS DISTINCT FROM CASE
                  WHEN utc_from IS NULL THEN coalesce(day = ANY (weekdays), true)
                  WHEN utc_from < utc_to
                  THEN coalesce(day = ANY (weekdays), true) AND of_day >= utc_from AND of_day < utc_to
                  ELSE coalesce(day = ANY (weekdays), true) AND of_day >= utc_from
                       OR coalesce(yesterday = ANY (weekdays), true) AND of_day < utc_to END
        LIMIT 3$$,
    'a window has the seconds that its columns say');
SELECT is_empty(
    $$
        SELECT * FROM instant
        WHERE accelcost_internal.week_second('2026-08-24'::timestamptz + second * interval '1 second') <> second
           OR accelcost_internal.week_second('1969-12-29'::timestamptz + second * interval '1 second') <> second
        LIMIT 3$$,
    'the week begins on Monday, in any year');
SELECT is(accelcost_internal.week_second('infinity'), NULL, 'no day is the last one');

-- Limits of windows.
CREATE FUNCTION pg_temp.windows_of(weekdays integer[], utc_from time, utc_to time) RETURNS bigint[]
LANGUAGE plpgsql AS $$
DECLARE
    result bigint[];
BEGIN
    DELETE FROM accelcost.token_price WHERE source = 'limits';
    INSERT INTO accelcost.token_price (provider, model, input_price, weekdays, utc_from, utc_to, valid, source)
    VALUES ('Talk', 'limits', 1, weekdays, utc_from, utc_to, '[2026-01-01,)', 'limits');
    SELECT coalesce(array_agg(w ORDER BY w), '{}') INTO result
    FROM unnest(accelcost_internal.price_windows()) AS w
    WHERE w NOT IN (SELECT unnest(windows) FROM pg_temp.before);
    RETURN result;
END
$$;
CREATE TEMPORARY TABLE before AS SELECT accelcost_internal.price_windows() AS windows;
SELECT is(
    (SELECT windows FROM before) @> '{3600,14400,349200,360000,601200,1800,432000,518400}', true,
    'a window has a limit where it begins and one where it ends');
SELECT is((SELECT 0 = ANY (windows) FROM before), false, 'a window over the end of the week has no limit there');
SELECT is(pg_temp.windows_of('{7}', '12:15', '24:00'), '{0,562500}'::bigint[], 'one that ends with it has');
SELECT is(pg_temp.windows_of('{1}', '00:00', '12:15'), '{0,44100}'::bigint[], 'and one that begins with it');
SELECT is(pg_temp.windows_of('{1,2,3,4,5,6,7}', NULL, NULL), '{}'::bigint[], 'a window of all days has none');
SELECT is(pg_temp.windows_of(NULL, NULL, NULL), '{}'::bigint[], 'nor has a price without a window');

-- Two prices of one source are never valid at once.
CREATE FUNCTION pg_temp.refused(service_tier text, geo text, weekdays integer[]) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO accelcost.token_price (
        provider, model, service_tier, geo, input_price, weekdays, utc_from, utc_to, valid, source)
    VALUES ('Talk', 'deep', service_tier, geo, 1, weekdays, '03:00', '05:00', '[2026-01-01,)', 'p');
    RETURN false;
EXCEPTION WHEN exclusion_violation THEN
    RETURN true;
END
$$;
SELECT is(pg_temp.refused('standard', 'global', '{5,6}'), true, 'windows of one tier and place do not overlap');
SELECT is(
    ARRAY[pg_temp.refused('standard', 'global', '{6}'), pg_temp.refused('flex', 'global', '{5}'),
          pg_temp.refused('standard', 'us', '{5}')],
    '{f,f,f}', 'on other days, in other tiers and in other places there is room');

SELECT is(
    (SELECT array_agg(concat_ws(' ', c.item, c.price, c.other_price) ORDER BY c.item)
     FROM accelcost.price_conflict AS c
     WHERE c.provider = 'Talk'), NULL, 'and no tier or place disagrees with another');
SELECT * FROM finish();
ROLLBACK;
