-- A dashboard over a rollup and over the rows; what the rollup costs those who
-- write, and what folding takes. Here the table is `usage` of usage.sql.
ALTER TABLE usage SET LOGGED;
CALL accelcost.rollup_create('usage_monthly_kept', 'usage', 'at', '{provider, model}', '{tokens, cost}');
SELECT count(*) = 0 AS exact FROM accelcost.rollup_verify('usage_monthly_kept') \gset
\if :exact
\else
\warn the rollup differs
\quit
\endif

INSERT INTO query VALUES
    ('rollup', 1, 'GROUP BY over the rows',
     'SELECT bill_month(at), provider, model, currency(cost), count(*), sum(tokens), '
     'sum(cost) FROM usage GROUP BY 1, 2, 3, 4'),
    ('rollup', 2, 'the rollup', 'TABLE usage_monthly_kept');
CALL measure('rollup', :rounds, '{0,2}');

-- A million rows, or as many as there are, into a table with two indexes.
CREATE TABLE plain (id bigint PRIMARY KEY, at timestamptz, provider text, model text, tokens bigint, cost numeric);
CREATE INDEX ON plain (at);
CREATE TABLE rolled (LIKE plain INCLUDING INDEXES);
CALL accelcost.rollup_create('rolled_monthly', 'rolled', 'at', '{provider, model}', '{tokens, cost}');
SELECT quote_literal(current_setting('data_directory') || '/bench_rollup.copy') AS file \gset
COPY (SELECT row_number() OVER (), at, provider, model, tokens, cost_numeric FROM usage LIMIT 1000000) TO :file;
INSERT INTO query VALUES
    ('copy', 1, 'COPY', format('TRUNCATE plain; COPY plain FROM %L', :file)),
    ('copy', 2, 'COPY with a rollup', format('TRUNCATE rolled; COPY rolled FROM %L', :file));
CALL measure('copy', :rounds, '{0}');

-- A hundred thousand deltas, as of so many statements.
SELECT accelcost.rollup_fold('rolled_monthly') \g /dev/null
INSERT INTO rolled_monthly_delta
SELECT month, provider, model, 1, tokens, 1, cost, 1, 0
FROM (SELECT * FROM rolled_monthly ORDER BY 1, 2, 3 LIMIT 20) AS g, generate_series(1, 5000);
SELECT clock_timestamp() AS started \gset
SELECT accelcost.rollup_fold('rolled_monthly') AS folded \gset
SELECT round(1000 * extract(epoch FROM clock_timestamp() - :'started'::timestamptz)) AS fold_ms \gset

\pset footer off
\pset title :rows' usage rows, medians of ':rounds' rounds'
SELECT name AS query, median(topic, 0, place) AS "serial ms",
       CASE topic WHEN 'rollup' THEN median(topic, 2, place) END AS "2 workers ms"
FROM query WHERE topic IN ('rollup', 'copy')
UNION ALL SELECT 'fold of ' || :folded || ' deltas', :fold_ms, NULL
ORDER BY 2 DESC;
\pset title
SELECT ratio, serial, "2 workers", target FROM (VALUES
    (1, 'GROUP BY over the rows : the rollup', ratio('rollup', 0, 1, 2), ratio('rollup', 2, 1, 2),
     'at least 500 at 10 million'),
    (2, 'COPY with a rollup : COPY', ratio('copy', 0, 2, 1), NULL, 'at most 1.15')
) AS r (place, ratio, serial, "2 workers", target)
ORDER BY place;
CREATE TABLE held_plain (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at timestamptz, provider text, tokens bigint);
CREATE TABLE held_rolled (LIKE held_plain INCLUDING ALL);
CALL accelcost.rollup_create('held_monthly', 'held_rolled', 'at', '{provider}', '{tokens}');
