-- sum, avg, min and max of tco: over rows, in windows, in parts.
\getenv dir PG_ABS_SRCDIR
\set file :dir '/include/error_of.sql'
\i :file

CREATE TABLE usage_cost (day int, team text, cost tco);
INSERT INTO usage_cost VALUES
    (1, 'a', '1 USD compute=1'),
    (2, 'a', NULL),
    (3, 'a', '2.5 USD energy=2.5'),
    (4, 'b', '-1.5 USD credit=-1.5'),
    (5, 'b', '1 USD upfront=0.5 tax=0.5'),
    (6, 'c', '3 EUR'),
    (7, 'c', '4 EUR compute=4'),
    (8, 'd', NULL);

-- over no rows and over nothing but NULL: NULL
SELECT sum(cost), avg(cost), min(cost), max(cost), count(cost) FROM usage_cost WHERE false;
SELECT sum(cost), avg(cost), min(cost), max(cost), count(cost) FROM usage_cost WHERE team = 'd';
SELECT sum(cost), avg(cost), min(cost), max(cost), count(cost) FROM usage_cost WHERE false GROUP BY team;

-- NULL is skipped, one row is itself
SELECT team, sum(cost), avg(cost), min(cost), max(cost), count(cost) FROM usage_cost GROUP BY team ORDER BY team;
SELECT sum(cost), avg(cost), min(cost), max(cost) FROM usage_cost WHERE day = 4;
SELECT sum(cost) FILTER (WHERE currency(cost) = 'EUR'), sum(DISTINCT cost) FILTER (WHERE team = 'b'),
       sum(cost * 2) FILTER (WHERE team = 'b')
FROM usage_cost;

-- the average rounds once, half away from zero, at the 18th decimal
SELECT avg(tco(amount)) FROM (VALUES (1), (0), (0)) AS t(amount);
SELECT avg(tco(amount)) FROM (VALUES (0.000000000000000001), (0)) AS t(amount);
SELECT avg(tco(amount)) FROM (VALUES (-0.000000000000000001), (0)) AS t(amount);
SELECT avg(tco(amount)) FROM (VALUES (0.000000000000000001), (0), (0)) AS t(amount);

-- min and max go by total, then components
SELECT min(cost), max(cost)
FROM (VALUES ('6 USD upfront=6'::tco), ('6 USD tax=6'), ('6 USD upfront=7 tax=-1')) AS t(cost);

-- mixed currencies are refused by all four, in any order of rows
SELECT aggregate, pg_temp.error_of(format('SELECT %s(cost) FROM usage_cost', aggregate))
FROM unnest('{sum,avg,min,max}'::text[]) AS aggregate;
SELECT aggregate,
       split_part(pg_temp.error_of(format('SELECT %s(cost ORDER BY day DESC) FROM usage_cost', aggregate)), ':', 1)
FROM unnest('{sum,avg,min,max}'::text[]) AS aggregate;
SELECT aggregate,
       split_part(
           pg_temp.error_of(
               format('SELECT %s(cost) FROM (VALUES (''1 USD''::tco), (''0 EUR'')) AS t(cost)', aggregate)),
           ':', 1)
FROM unnest('{sum,avg,min,max}'::text[]) AS aggregate;

-- an index is no way around that: min and max have no sort operator
CREATE INDEX ON usage_cost (cost);
SET enable_seqscan = off;
SELECT split_part(pg_temp.error_of('SELECT min(cost) FROM usage_cost'), ':', 1),
       split_part(pg_temp.error_of('SELECT max(cost) FROM usage_cost'), ':', 1);
RESET enable_seqscan;

-- a sum that does not fit is an error, not another number
CREATE TABLE huge AS SELECT n, tco(1e20, 'USD', 'compute') AS cost FROM generate_series(1, 2) AS n;
SELECT pg_temp.error_of('SELECT sum(cost) FROM huge');
SELECT pg_temp.error_of('SELECT avg(cost) FROM huge');
SELECT pg_temp.error_of('SELECT sum(-cost) FROM huge');
SELECT sum(cost - '90000000000000000000 USD compute=90000000000000000000'), max(cost) FROM huge;
SELECT total(sum(tco(1e20, 'USD', component)))
FROM unnest('{upfront,compute,energy,egress,storage,other,tax,credit}'::text[]) AS component;
DROP TABLE huge;

-- windows: frames that grow, slide, leave rows out and run empty
SELECT day, sum(cost) OVER w, avg(cost) OVER w, min(cost) OVER w, max(cost) OVER w, count(cost) OVER w
FROM usage_cost WHERE team IN ('a', 'b') WINDOW w AS (ORDER BY day);
SELECT day, sum(cost) OVER w, avg(cost) OVER w, min(cost) OVER w, max(cost) OVER w, count(cost) OVER w
FROM usage_cost WHERE team IN ('a', 'b') WINDOW w AS (ORDER BY day ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING);
SELECT day, sum(cost) OVER w, avg(cost) OVER w
FROM usage_cost
WHERE team IN ('a', 'b')
WINDOW w AS (ORDER BY day ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING EXCLUDE CURRENT ROW);
SELECT day, sum(cost) OVER w, avg(cost) OVER w
FROM usage_cost WHERE team IN ('a', 'b') WINDOW w AS (ORDER BY day RANGE BETWEEN 3 PRECEDING AND 2 PRECEDING);
SELECT day, sum(cost) OVER w, avg(cost) OVER w
FROM usage_cost
WHERE team IN ('a', 'b')
WINDOW w AS (ORDER BY team GROUPS BETWEEN CURRENT ROW AND CURRENT ROW EXCLUDE TIES)
ORDER BY day;

-- a frame may move on to another currency once the last row has left it
SELECT day, sum(cost) OVER w, avg(cost) OVER w
FROM usage_cost
WINDOW w AS (ORDER BY day ROWS BETWEEN CURRENT ROW AND CURRENT ROW);
SELECT day, sum(cost) OVER w, avg(cost) OVER w
FROM usage_cost
WHERE day BETWEEN 4 AND 8
WINDOW w AS (ORDER BY day ROWS BETWEEN 1 FOLLOWING AND 1 FOLLOWING);
SELECT team, sum(cost) OVER w, avg(cost) OVER w
FROM usage_cost
WINDOW w AS (PARTITION BY team ORDER BY day ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)
ORDER BY day;
SELECT pg_temp.error_of(
    'SELECT sum(cost) OVER (ORDER BY day ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM usage_cost WHERE cost IS '
    'NOT NULL');
SELECT pg_temp.error_of(
    'SELECT avg(cost) OVER (ORDER BY day ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM usage_cost WHERE cost IS '
    'NOT NULL');

-- parts of an average: stored, merged, taken away
SELECT tco_avg_add('0', '6 USD'), tco_avg_add('1 6 USD', '0.5 USD tax=0.5'), tco_avg_add(NULL, '6 USD'),
       tco_avg_add('0', NULL);
SELECT tco_avg_merge('0', '0'), tco_avg_merge('0', '2 6 USD'), tco_avg_merge('2 6 USD', '0'),
       tco_avg_merge('2 6 USD', '1 1 USD tax=1');
SELECT tco_avg_remove('2 6 USD', '2 USD'), tco_avg_remove('1 6 USD', '6 USD');
SELECT tco_avg_state_send(tco_avg_remove('1 6 USD', '5 USD')) = tco_avg_state_send('0') AS nothing_is_left,
       tco_avg_add(tco_avg_remove('1 6 USD', '6 USD'), '1 EUR');
SELECT tco_avg_result('0'), tco_avg_result('3 1 USD compute=2 credit=-1'), tco_avg_result(NULL),
       tco_avg_result('9223372036854775807 1 USD');
SELECT tco_sum_add('6 USD', '1 USD'), tco_sum_remove('6 USD', '1 USD'), tco_smaller('6 USD', '1 USD'),
       tco_larger('6 USD', '1 USD');
SELECT tco_sum_add(NULL, '1 USD'), tco_sum_remove('6 USD', NULL), tco_smaller(NULL, NULL), tco_avg_merge('0', NULL);
SELECT pg_temp.error_of('SELECT tco_avg_remove(''0'', ''6 USD'')');
SELECT pg_temp.error_of('SELECT tco_avg_remove(''1 6 USD'', ''6 EUR'')');
SELECT pg_temp.error_of('SELECT tco_avg_merge(''1 6 USD'', ''1 6 EUR'')');
SELECT pg_temp.error_of('SELECT tco_avg_add(''9223372036854775807 6 USD'', ''0 USD'')');
SELECT pg_temp.error_of('SELECT tco_avg_merge(''9223372036854775800 6 USD'', ''8 0 USD'')');
SELECT tco_avg_merge('9223372036854775800 6 USD', '7 0 USD');
SELECT pg_temp.error_of('SELECT tco_sum_remove(''-170141183460469231731.687303715884105728 USD'', ''1 USD'')');
SELECT pg_temp.error_of('SELECT tco_smaller(''6 USD'', ''6 EUR'')');
SELECT pg_temp.error_of('SELECT tco_larger(''6 USD'', ''6 EUR'')');

DROP TABLE usage_cost;
