-- Reports of a usage rollup are those of its rows, to the last digit, or say why they are not. Not in one transaction:
-- a rollup is created by a procedure that commits.
\set QUIET on
SET client_min_messages = warning;
SET timezone = 'UTC';
CREATE SCHEMA summed;
SET search_path = summed, public;
SELECT plan(40);

-- Without the checks of usage: any value can be in a table of one's own.
CREATE TABLE calls (LIKE accelcost.usage INCLUDING DEFAULTS);
CALL accelcost.create_usage_rollup('calls', 'by_hour', 'hour', '{feature,pool}');
CALL accelcost.create_usage_rollup('calls', 'by_day');

BEGIN;
\ir ../include/usage_catalog.sql
-- The least bucket of sizes ends at 16,000 input tokens.
UPDATE accelcost.token_price SET context_threshold = 200000 WHERE context_threshold = 1000;
INSERT INTO accelcost.token_price (provider, model, input_price, output_price, valid)
VALUES ('Talk', 'cut', 4, 8, '[2026-01-01,2026-07-20)'), ('Talk', 'cut', 3, 6, '[2026-07-20,)');
-- A seller without prices by the time of the week, which other sellers have.
INSERT INTO accelcost.provider (provider, kind) VALUES ('Calm', 'api');
INSERT INTO accelcost.token_price (
    provider, model, input_price, output_price, cache_read_price, cache_write_5m_price, cache_write_1h_price,
    reasoning_price, context_threshold, threshold_strict, long_input_price, long_output_price, long_cache_read_price,
    service_tier, valid)
SELECT 'Calm', model, input_price, output_price, cache_read_price, cache_write_5m_price, cache_write_1h_price,
       reasoning_price, context_threshold, threshold_strict, long_input_price, long_output_price,
       long_cache_read_price, service_tier, valid
FROM accelcost.token_price WHERE provider = 'Talk' AND num_nonnulls(weekdays, utc_from) = 0;
INSERT INTO accelcost.meter_tariff (provider, meter, service, tariff, free_quantity, free_per, unit, valid)
VALUES ('Talk', 'images', 'paint', 'graduated: 0.04', 10, 'day', 'image', '[2026-01-01,)'),
       ('Talk', 'requests', 'plain', 'graduated: 0.001', 25, 'day', 'request', '[2026-01-01,)');

-- A number below n, the same in every run.
CREATE FUNCTION pg_temp.pick(i bigint, salt text, n bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
    SELECT ('x' || substr(md5(concat(i, ' ', salt)), 1, 12))::bit(48)::bigint % n;
$$;
CREATE FUNCTION pg_temp.one_of(i bigint, salt text, VARIADIC list text[]) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT list[1 + pg_temp.pick(i, salt, cardinality(list))];
$$;
CREATE FUNCTION pg_temp.add_calls(first bigint, last bigint) RETURNS void LANGUAGE sql AS $$
    INSERT INTO calls (
        record_id, period_start, period_end, provider, payer, region, sku, accelerator, gpu_count, instance_hours,
        is_session, purchase_option, term_months, workload, model, team, feature, pool, service_tier, requests,
        max_request_input_tokens, uncached_input_tokens, cache_read_tokens, cache_write_5m_tokens, output_tokens,
        energy_kwh, transfer_quantity, transfer_unit, transfer_kind, storage_quantity, storage_unit, storage_kind,
        meter, quantity, prefill_seconds)
    SELECT i::text, s.at,
           CASE pg_temp.pick(i, 'end', 9) WHEN 0 THEN NULL WHEN 1 THEN s.at WHEN 2 THEN s.at + interval '3 days'
                                          WHEN 3 THEN s.at + interval '90 minutes' WHEN 4 THEN 'infinity'
                                          WHEN 5 THEN date_trunc('hour', s.at) + interval '1 hour'
                                          ELSE s.at + interval '2 seconds' END,
           CASE k.kind WHEN 'hours' THEN pg_temp.one_of(i, 'name', 'Alpha', 'alpha', 'Alpha Cloud Inc.')
                       WHEN 'sent' THEN 'Alpha' WHEN 'kept' THEN 'Alpha' WHEN 'energy' THEN 'Home'
                       ELSE pg_temp.one_of(i, 'seller', 'Talk', 'Talk', 'Calm', 'Calm', 'calm', 'nobody', NULL) END,
           pg_temp.one_of(i, 'payer', 'acme', 'big', NULL),
           CASE k.kind WHEN 'sent' THEN pg_temp.one_of(i, 'from', 'east', 'sao', 'free1', 'free2', 'gratis', 'changes')
                       WHEN 'energy' THEN 'cellar' WHEN 'hours' THEN pg_temp.one_of(i, 'site', 'north', 'south', NULL)
                       END,
           CASE k.kind WHEN 'hours' THEN pg_temp.one_of(i, 'sku', 'z8', 'z8', 'z', 'z4', 'range', 'euro', NULL) END,
           CASE k.kind WHEN 'hours' THEN pg_temp.one_of(i, 'gpu', 'Z1', 'Z2', NULL) END,
           CASE k.kind WHEN 'hours' THEN pg_temp.one_of(i, 'gpus', '8', '8.0', '0.5', NULL)::numeric END,
           CASE k.kind WHEN 'hours'
                       THEN pg_temp.one_of(i, 'hours', '1', '0.25', '0', '-0.125', '72', '1.5', 'NaN', NULL)::numeric
                       END,
           k.kind = 'hours' AND pg_temp.pick(i, 'session', 4) = 0,
           pg_temp.one_of(i, 'option', 'on_demand', 'on_demand', 'spot', 'reserved'), 12 * pg_temp.pick(i, 'term', 2),
           pg_temp.one_of(i, 'work', 'inference', 'training'),
           CASE WHEN k.kind IN ('tokens', 'odd', 'hours')
                THEN pg_temp.one_of(i, 'model', 'plain', 'plain', 'bare', 'long', 'loose', 'thinks', 'night', 'peak',
                                    'cut', 'mystery', NULL)
                WHEN k.kind = 'counted' THEN pg_temp.one_of(i, 'painter', 'paint', 'brush') END,
           pg_temp.one_of(i, 'team', 'a', 'b', NULL), pg_temp.one_of(i, 'feature', 'x', 'y', NULL),
           pg_temp.one_of(i, 'pool', 'shared', NULL, NULL), pg_temp.one_of(i, 'tier', 'standard', 'standard', 'batch'),
           pg_temp.one_of(i, 'requests', '1', '1', '1', '0', '7', '-1', NULL)::bigint,
           pg_temp.one_of(i, 'most', '15000', '200000', '200001', '300000', NULL, NULL)::bigint,
           CASE WHEN k.kind IN ('tokens', 'odd', 'hours')
                THEN pg_temp.one_of(i, 'input', '900', '15999', '16000', '199999', '200000', '200001', '5000000', '0',
                                    '-100', NULL)::bigint ELSE 0 END,
           CASE WHEN k.kind = 'tokens' THEN pg_temp.one_of(i, 'cache', '0', '0', '1', '700', NULL)::bigint ELSE 0 END,
           CASE WHEN k.kind = 'odd'
                THEN pg_temp.one_of(i, 'write', '0', '9000000000000000000', NULL)::bigint ELSE 0 END,
           CASE WHEN k.kind IN ('tokens', 'odd', 'hours')
                THEN pg_temp.one_of(i, 'output', '0', '123', '-123', '45', '45', NULL)::bigint ELSE 0 END,
           CASE k.kind WHEN 'energy' THEN pg_temp.one_of(i, 'kwh', '1.25', '3', '-1', '0', NULL)::numeric END,
           CASE k.kind WHEN 'sent' THEN pg_temp.one_of(i, 'sent', '10.125', '333.3', '2048', '-1', '0', NULL)::numeric
                       END,
           CASE k.kind WHEN 'sent' THEN pg_temp.one_of(i, 'sent in', 'GiB', 'GB', NULL) END,
           pg_temp.one_of(i, 'way', 'internet', 'internet', 'cdn'),
           CASE k.kind WHEN 'kept' THEN pg_temp.one_of(i, 'kept', '5', '0.001', '7e3')::numeric END,
           CASE k.kind WHEN 'kept' THEN pg_temp.one_of(i, 'kept in', 'GiB-month', 'byte-hour', NULL) END,
           CASE k.kind WHEN 'kept' THEN 'object' END,
           CASE k.kind WHEN 'counted' THEN pg_temp.one_of(i, 'meter', 'images', 'images', 'pages') END,
           CASE k.kind WHEN 'counted' THEN pg_temp.one_of(i, 'counted', '1', '4', '30', '-1', '0', NULL)::numeric END,
           pg_temp.one_of(i, 'prefill', '0.5', NULL)::numeric
    FROM generate_series(first, last) AS i
    CROSS JOIN LATERAL (SELECT CASE pg_temp.pick(i, 'when', 50)
        WHEN 0 THEN timestamptz '-infinity' WHEN 1 THEN '4714-11-25 00:00+00 BC' WHEN 2 THEN '294276-12-27 12:00+00'
        WHEN 3 THEN '2026-07-20' WHEN 4 THEN '2026-07-10 12:00'
        ELSE timestamptz '2026-06-27' + pg_temp.pick(i, 'second', 40 * 86400) * interval '1 second' END AS at) AS s
    CROSS JOIN LATERAL (SELECT pg_temp.one_of(i, 'kind', 'tokens', 'tokens', 'tokens', 'hours', 'hours', 'sent', 'kept',
                                              'energy', 'counted', 'odd') AS kind) AS k;
$$;

-- Groups of records with one price, without their numbers.
CREATE FUNCTION pg_temp.groups_of(source regclass) RETURNS SETOF jsonb LANGUAGE sql AS $$
    SELECT to_jsonb(g) - 'n' FROM accelcost_internal.usage_groups(source, NULL, NULL) AS g;
$$;
-- Each side once, as a report of many small groups takes its time.
CREATE FUNCTION pg_temp.same(report text, source regclass, description text) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
    differing text;
BEGIN
    EXECUTE format('WITH r AS MATERIALIZED (%s), s AS MATERIALIZED (%s), d AS (
                        (SELECT ''rows'' AS of, r.* FROM r EXCEPT ALL SELECT ''rows'', s.* FROM s)
                        UNION ALL (SELECT ''sums'', s.* FROM s EXCEPT ALL SELECT ''sums'', r.* FROM r))
                    SELECT concat(count(*), E'' lines differ\n'',
                                  left(string_agg(d::text, E''\n'' ORDER BY d::text), 3000))
                    FROM d HAVING count(*) > 0',
                   replace(report, '{source}', 'calls'), replace(report, '{source}', source::text)) INTO differing;
    RETURN NEXT is(differing, NULL, description);
END
$$;

SELECT pg_temp.add_calls(1, 500) \g /dev/null
INSERT INTO calls (record_id, period_start, provider, region, sku, instance_hours, purchase_option)
VALUES ('m1', '2026-07-10 03:00+00', 'Alpha', 'north', 'z8', 1, 'on_demand'),
       ('m2', '2026-07-10 12:10+00', 'Alpha', 'north', 'z8', 1, 'on_demand'),
       ('m3', '2026-07-10 12:40+00', 'Alpha', 'north', 'z8', 1, 'on_demand'),
       ('m4', '2026-07-10 15:00+00', 'Alpha', 'north', 'z8', 1, 'on_demand');
-- Sessions that are the same, as of machines that start together: one sum.
INSERT INTO calls (record_id, period_start, period_end, provider, region, sku, instance_hours, is_session)
SELECT 'e' || i, '2026-07-10 15:00+00', '2026-07-10 15:03+00', 'Alpha', 'north', 'z8', 0.05, true
FROM generate_series(1, 3) AS i;
INSERT INTO calls (record_id, period_start, provider, model, team, requests, uncached_input_tokens)
VALUES ('l1', '2026-07-10 03:00+00', 'Calm', 'long', 'long', 1, 150000),
       ('l2', '2026-07-10 03:00+00', 'Calm', 'long', 'long', 1, 210000),
       ('l3', '2026-07-10 03:00+00', 'Calm', 'long', 'long', 1, 240000),
       ('l4', '2026-07-10 03:00+00', 'Calm', 'long', 'long', 1, 260000);
SELECT is((SELECT sum(usage_rows) FROM by_hour), 511.0, 'each record is in one sum');
SELECT is((SELECT sum(usage_rows) FROM by_day), 511.0, 'of each rollup');
SELECT cmp_ok((SELECT count(*) FROM accelcost.usage_monthly(source => 'calls') WHERE is_complete), '>=', 20::bigint,
              'many lines are priced');

SELECT pg_temp.same($$SELECT g FROM pg_temp.groups_of('{source}') AS g
                      WHERE NOT coalesce(g->>'provider' ~* 'talk', false)$$, 'by_hour',
                    'by the hour, records have the groups that their rows have, as prices change on the hour');
SELECT pg_temp.same('SELECT * FROM accelcost.usage_monthly(source => ''{source}'')', 'by_hour',
                    'so that reports are the same');
SELECT pg_temp.same($$SELECT * FROM accelcost.usage_monthly('2026-07-01', currency => 'EUR', source => '{source}')$$,
                    'by_hour', 'of a month, in another currency');
SELECT pg_temp.same('SELECT * FROM accelcost.inference_monthly(source => ''{source}'')', 'by_hour', 'of inference');
SELECT pg_temp.same('SELECT * FROM accelcost.training_monthly(source => ''{source}'')', 'by_hour', 'and of training');
SELECT pg_temp.same('SELECT * FROM accelcost.what_if(''2026-07-01'', source => ''{source}'')', 'by_hour',
                    'what_if is the same');
SELECT pg_temp.same('SELECT * FROM accelcost.what_if_model(''2026-07-01'', source => ''{source}'')', 'by_hour',
                    'and what_if_model');
SELECT pg_temp.same('SELECT * FROM accelcost.showback(''2026-07-01'', source => ''{source}'')', 'by_hour',
                    'and what is shared out of pools');
SELECT pg_temp.same('SELECT month, sum(cost), bool_and(is_complete) FROM accelcost.usage_cost(''{source}'') GROUP BY 1',
                    'by_hour', 'sums cost what their records cost');

-- By the day: whatever has no price that changes within a day.
SELECT pg_temp.same($$SELECT g FROM pg_temp.groups_of('{source}') AS g
                      WHERE NOT (g->>'provider' ~* 'alpha' AND g->>'at' BETWEEN '2026-07' AND '2026-07-19')
                        AND NOT coalesce(g->>'provider' ~* 'talk', false)$$,
                    'by_day', 'by the day, groups are the same if no price changes within a day');
CREATE VIEW compared AS
SELECT to_jsonb(r) AS by_rows, to_jsonb(d) AS by_days
FROM accelcost.usage_monthly(source => 'calls') AS r
FULL JOIN accelcost.usage_monthly(source => 'by_day') AS d
     ON ROW(r.month, r.provider, r.payer, r.workload, r.model, r.team)::text
        = ROW(d.month, d.provider, d.payer, d.workload, d.model, d.team)::text;
CREATE TEMPORARY TABLE line AS SELECT * FROM compared;
SELECT is_empty($$SELECT * FROM line WHERE by_rows IS NULL OR by_days IS NULL$$, 'lines are the same');
SELECT is_empty($$SELECT * FROM line WHERE by_rows IS DISTINCT FROM by_days
                  AND NOT coalesce(by_days->>'reason' ~ 'changes within the period', false)$$,
                'and so is all in them, unless a price changes within a day: the reason says so');
SELECT isnt_empty($$SELECT FROM line WHERE by_rows IS DISTINCT FROM by_days AND by_days->>'provider' = 'Alpha'
                  AND by_days->>'reason' ~ 'the price of sku "z8" changes within the period'$$, 'as that of a machine');
SELECT isnt_empty($$SELECT FROM line WHERE by_days->>'model' = 'night' AND by_days->>'compute' IS NULL$$,
                  'and prices by the time of the day');
SELECT isnt_empty($$SELECT FROM line WHERE by_days->>'model' = 'cut' AND by_rows->>'total' IS NOT NULL$$,
                  'but not a price that changes at the start of a day');
SELECT pg_temp.same($$SELECT month, provider, usage_rows, requests, tokens, instance_hours, energy_kwh, estimated_rows
                      FROM accelcost.usage_monthly(source => '{source}')$$, 'by_day', 'quantities are always known');

-- A price for more than a number of input tokens that is within a bucket.
SELECT is((SELECT count(*) FROM line WHERE by_days->>'reason' ~ 'not recorded separately'),
          (SELECT count(*) FROM line WHERE by_rows->>'reason' ~ 'not recorded separately'),
          'a price of long requests is known from the size of requests');
UPDATE accelcost.token_price SET context_threshold = 230000
WHERE context_threshold = 200000 AND provider IN ('Talk', 'Calm');
SELECT results_eq(
    $$SELECT usage_rows, unpriced_rows, compute, reason
      FROM accelcost.usage_monthly(source => 'by_hour') WHERE team = 'long'$$,
    $$VALUES (4::bigint, 2::bigint, 0.45 + 1.56,
              'requests above 230000 input tokens to model "long" are not recorded separately')$$,
    'a threshold within a bucket leaves requests of that bucket unpriced, but no other requests');
SELECT pg_temp.same($$SELECT * FROM accelcost.usage_monthly(source => '{source}')
                      WHERE model NOT IN ('long', 'loose') OR model IS NULL$$, 'by_hour',
                    'but not those of other models');
UPDATE accelcost.token_price SET context_threshold = 200000
WHERE context_threshold = 230000 AND provider IN ('Talk', 'Calm');

-- A price that changes within the hour.
SAVEPOINT before_change;
UPDATE accelcost.offer_price SET valid = '[2026-07-10 12:30+00,)'
WHERE sku = 'z8' AND lower(valid) = '2026-07-10 12:00+00';
UPDATE accelcost.offer_price SET valid = '[2026-01-01,2026-07-10 12:30+00)'
WHERE sku = 'z8' AND upper(valid) = '2026-07-10 12:00+00';
SELECT isnt_empty($$SELECT FROM accelcost.usage_cost('by_hour')
                    WHERE reason = 'the price of sku "z8" changes within the period'$$,
                  'hours within which a price changes have no price');
SELECT is_empty($$SELECT FROM accelcost.usage_cost('by_hour')
                  WHERE reason ~ 'sku "z8" changes' AND period_start <> '2026-07-10 12:00+00'$$, 'but others have');
ROLLBACK TO before_change;

-- Whatever is written.
UPDATE calls SET output_tokens = output_tokens + 5, team = 'moved' WHERE record_id ~ '7$';
UPDATE calls SET period_start = period_start + interval '1 hour', period_end = NULL
WHERE record_id ~ '5.$' AND period_start BETWEEN '2026-01-01' AND '2027-01-01';
DELETE FROM calls WHERE record_id ~ '[38]$';
SELECT pg_temp.add_calls(501, 600) \g /dev/null
SELECT pg_temp.same('SELECT * FROM accelcost.usage_monthly(source => ''{source}'')', 'by_hour',
                    'reports are the same after late rows, changes and deletions');
SELECT accelcost.rollup_fold('by_hour_sums') \g /dev/null
SELECT pg_temp.same('SELECT * FROM accelcost.usage_monthly(source => ''{source}'')', 'by_hour', 'and after a fold');

-- Sessions and records past the end of their hour stay alone.
SELECT is((SELECT sum(usage_rows) FROM by_hour WHERE is_session),
          (SELECT count(*) FROM calls WHERE is_session AND num_nonnulls(sku, instance_hours) > 0)::numeric,
          'sessions are told apart');
SELECT is_empty($$SELECT period_start, period_end FROM by_day WHERE is_session
                  EXCEPT SELECT period_start, period_end FROM calls WHERE is_session$$, 'with their own times');
SELECT is_empty($$SELECT payer, team, feature, pool, sum(output_tokens), sum(transfer_quantity)
                  FROM calls GROUP BY 1, 2, 3, 4
                  EXCEPT SELECT payer, team, feature, pool, sum(output_tokens), sum(transfer_quantity)
                  FROM by_hour GROUP BY 1, 2, 3, 4$$, 'columns are those of the records');

-- More tokens than a bigint holds.
SAVEPOINT before_vast;
INSERT INTO calls (record_id, period_start, provider, model, team, requests, uncached_input_tokens)
SELECT 'v' || i, '2026-07-10 03:00+00', 'Calm', 'long', 'vast', 1, 5000000000000000000 FROM generate_series(1, 2) AS i;
SELECT pg_temp.same('SELECT * FROM accelcost.usage_monthly(source => ''{source}'')', 'by_hour',
                    'a report adds up any number of tokens');
SELECT results_eq($$SELECT is_complete, reason, total(cost) FROM accelcost.usage_cost('by_hour') WHERE team = 'vast'$$,
                  $$VALUES (false, 'a sum of tokens is out of range', NULL::numeric)$$,
                  'but as a record, such a sum has no cost, and the reason says so');
ROLLBACK TO before_vast;

-- The report as a view, and the views of all.
SELECT is((SELECT round(sum(total), 8) FROM by_hour_monthly),
          (SELECT round(sum(total), 8) FROM accelcost.usage_monthly(source => 'by_hour')),
          'the view of a rollup has the money of its report');
SELECT accelcost.set_usage_source('by_hour') \g /dev/null
SELECT is_empty('TABLE accelcost.usage_monthly EXCEPT ALL TABLE by_hour_monthly', 'which views of usage can show');
CREATE VIEW passing AS SELECT * FROM calls;
SELECT accelcost.set_usage_source('passing') \g /dev/null
DROP VIEW passing;
CREATE FUNCTION pg_temp.hint_of(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    hint text;
BEGIN
    EXECUTE statement;
    RETURN NULL;
EXCEPTION WHEN undefined_table THEN
    GET STACKED DIAGNOSTICS hint = PG_EXCEPTION_HINT;
    RETURN hint;
END
$$;
SELECT is(pg_temp.hint_of('TABLE accelcost.usage_monthly'), 'Set another source with accelcost.set_usage_source.',
          'if their source was dropped, they say what to do');
SELECT accelcost.set_usage_source('accelcost.usage') \g /dev/null
SELECT is((SELECT count(*) FROM accelcost.usage_source), 0::bigint, 'until they are set back');
ROLLBACK;

-- What is not possible.
SELECT throws_ok(
    $$SELECT accelcost_internal.usage_rollup_define('calls', 'x', 'month', '{}', 'keep', 'summed')$$,
    '22023', 'invalid value for parameter "grain": "month"', 'a grain is an hour or a day');
SELECT throws_ok(
    $$SELECT accelcost_internal.usage_rollup_define('calls', 'x', 'day', '{extra}', 'keep', 'summed')$$,
    '22023', 'invalid value for parameter "keys": "extra"', 'further keys are columns of a few values');
SELECT throws_ok(
    $$SELECT accelcost_internal.usage_rollup_define('calls', 'x', 'day', '{pool,pool}', 'keep', 'summed')$$,
    '22023', '"keys" must name a column once', 'each once');
SELECT throws_ok(
    $$SELECT accelcost_internal.usage_rollup_define('calls', repeat('x', 50), 'day', '{}', 'keep', 'summed')$$,
    '22023', '"name" must have 1 to 49 bytes', 'a name has room for those of the parts');
SELECT throws_ok($$SELECT accelcost.set_usage_source('pg_class')$$, '42703', NULL, 'a source has columns of usage');

DROP VIEW by_hour, by_day CASCADE;
SELECT accelcost.rollup_drop('by_hour_sums') \g /dev/null
SELECT accelcost.rollup_drop('by_day_sums') \g /dev/null
SELECT * FROM finish();
DROP SCHEMA summed CASCADE;
