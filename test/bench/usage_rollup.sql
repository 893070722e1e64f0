-- A report over rows and over a usage rollup, with the same lines, and what the rollup costs those who write.
SET search_path = bench, public;
CALL accelcost.create_usage_rollup('accelcost.usage', 'usage_daily');
CALL accelcost.create_usage_rollup('accelcost.usage', 'usage_hourly', 'hour');
VACUUM (ANALYZE) usage_daily_sums_folded, usage_hourly_sums_folded, usage_daily_sums_delta, usage_hourly_sums_delta;
SELECT count(*) = 0 AS same
FROM (TABLE accelcost.usage_monthly EXCEPT ALL TABLE usage_daily_monthly) AS d \gset
\if :same
\else
\warn the reports differ
\quit
\endif

INSERT INTO query VALUES
    ('usage_rollup', 1, 'inference_monthly over rows', 'SELECT * FROM accelcost.inference_monthly()'),
    ('usage_rollup', 2, 'over a rollup by day',
     $$SELECT * FROM accelcost.inference_monthly(source => 'usage_daily')$$),
    ('usage_rollup', 3, 'over a rollup by hour',
     $$SELECT * FROM accelcost.inference_monthly(source => 'usage_hourly')$$),
    ('usage_rollup', 4, 'a month over rows', $$SELECT * FROM accelcost.inference_monthly('2026-08-01')$$),
    ('usage_rollup', 5, 'a month over a rollup by day',
     $$SELECT * FROM accelcost.inference_monthly('2026-08-01', source => 'usage_daily')$$);
CALL measure('usage_rollup', :rounds, '{0,2}');

-- Half a million rows, or as many as there are.
SELECT accelcost.create_usage_table('plain_usage') \g /dev/null
SELECT accelcost.create_usage_table('rolled_usage') \g /dev/null
CALL accelcost.create_usage_rollup('rolled_usage', 'rolled_daily');
SELECT quote_literal(current_setting('data_directory') || '/bench_usage.copy') AS file \gset
COPY (SELECT * FROM accelcost.usage LIMIT 500000) TO :file;
INSERT INTO query VALUES
    ('usage_copy', 1, 'COPY', format('TRUNCATE plain_usage; COPY plain_usage FROM %L', :file)),
    ('usage_copy', 2, 'COPY with a rollup', format('TRUNCATE rolled_usage; COPY rolled_usage FROM %L', :file));
CALL measure('usage_copy', :rounds, '{0}');

\pset footer off
SELECT format('%s usage rows, %s sums by day, %s by hour, medians of %s rounds',
              to_char((SELECT count(*) FROM accelcost.usage), 'FM999,999,999'),
              (SELECT count(*) FROM usage_daily), (SELECT count(*) FROM usage_hourly), :rounds) AS title \gset
\pset title :title
SELECT name AS query, median(topic, 0, place) AS "serial ms",
       CASE topic WHEN 'usage_rollup' THEN median(topic, 2, place) END AS "2 workers ms"
FROM query WHERE topic IN ('usage_rollup', 'usage_copy')
ORDER BY topic DESC, place;
\pset title
SELECT ratio, serial, "2 workers", target FROM (VALUES
    (1, 'over rows : over a rollup by day', ratio('usage_rollup', 0, 1, 2), ratio('usage_rollup', 2, 1, 2),
     CASE WHEN :rows >= 10000000 THEN 'at least 50' END),
    (2, 'over rows : over a rollup by hour', ratio('usage_rollup', 0, 1, 3), ratio('usage_rollup', 2, 1, 3), NULL),
    (3, 'a month over rows : over a rollup by day', ratio('usage_rollup', 0, 4, 5), ratio('usage_rollup', 2, 4, 5),
     NULL),
    (4, 'COPY with a rollup : COPY', ratio('usage_copy', 0, 2, 1), NULL, 'at most 1.4')
) AS r (place, ratio, serial, "2 workers", target)
ORDER BY place;
