-- Cost by month, provider and model: sum(tco) and sum_tco against the executor's floor,
-- float8 and numeric SQL.
CREATE UNLOGGED TABLE paid AS
SELECT at, provider, model, cost_numeric, 'USD' AS currency,
       (ARRAY['compute', 'energy', 'egress', 'storage'])[1 + (tokens % 4)::int] AS component
FROM usage;
VACUUM (ANALYZE) paid;

INSERT INTO query VALUES
('sum', 1, 'count(*), stored month (the floor)',
    'SELECT month, provider, model, count(*) AS n FROM usage GROUP BY 1, 2, 3'),
('sum', 2, 'count(*), bill_month',
    'SELECT bill_month(at), provider, model, count(*) AS n FROM usage GROUP BY 1, 2, 3'),
('sum', 3, 'sum(float8), bill_month',
    'SELECT bill_month(at), provider, model, sum(cost_float8) FROM usage GROUP BY 1, 2, 3'),
('sum', 4, 'sum(tco), bill_month',
    'SELECT bill_month(at), provider, model, sum(cost) FROM usage GROUP BY 1, 2, 3'),
('sum', 5, 'sum(tco(numeric)), bill_month',
    'SELECT bill_month(at), provider, model, sum(tco(cost_numeric)) FROM usage GROUP BY 1, 2, 3'),
('sum', 6, 'sum(numeric), date_trunc',
    'SELECT date_trunc(''month'', at AT TIME ZONE ''UTC'')::date, provider, model, '
    'sum(cost_numeric) FROM usage GROUP BY 1, 2, 3'),
('sum', 7, 'sum(numeric), bill_month',
    'SELECT bill_month(at), provider, model, sum(cost_numeric) FROM usage GROUP BY 1, 2, 3'),
('sum', 8, 'sum_tco(numeric, constants), bill_month',
    'SELECT bill_month(at), provider, model, sum_tco(cost_numeric, ''USD'', ''compute'') FROM usage GROUP BY 1, 2, 3'),
('sum', 9, 'sum_tco(numeric, columns), bill_month',
    'SELECT bill_month(at), provider, model, sum_tco(cost_numeric, currency, component) FROM paid GROUP BY 1, 2, 3'),
('sum', 10, 'sum(tco(numeric, columns)), bill_month',
    'SELECT bill_month(at), provider, model, sum(tco(cost_numeric, currency, component)) FROM paid GROUP BY 1, 2, 3'),
('sum', 11, 'sum(numeric) beside columns, bill_month',
    'SELECT bill_month(at), provider, model, sum(cost_numeric) FROM paid GROUP BY 1, 2, 3');

CALL measure('sum', :rounds, '{2, 0}');

\pset footer off
SELECT format('%s usage rows, %s groups, medians of %s rounds',
    to_char((SELECT count(*) FROM usage), 'FM999,999,999'),
    (SELECT count(DISTINCT (month, provider, model)) FROM usage), :rounds) AS title \gset
\pset title :title

SELECT name AS query,
    median('sum', 0, place) AS "serial ms",
    ratio('sum', 0, place, 1) AS "x floor",
    median('sum', 2, place) AS "2 workers ms",
    ratio('sum', 2, place, 1) AS "x floor "
FROM query
WHERE topic = 'sum'
ORDER BY place;

\pset title
SELECT what AS ratio, ratio('sum', 0, x, y) AS serial, ratio('sum', 2, x, y) AS "2 workers", target
FROM (VALUES
    (1, 'sum(tco) : floor', 4, 1, 'at most 1.10'),
    (2, 'sum(tco) : count(*), bill_month', 4, 2, ''),
    (3, 'sum(tco) : sum(float8)', 4, 3, ''),
    (4, 'numeric SQL : sum(tco)', 6, 4, 'at least 1.5'),
    (5, 'sum(tco(numeric)) : floor', 5, 1, ''),
    (6, 'numeric SQL : sum(tco(numeric))', 6, 5, ''),
    (7, 'sum(tco(numeric)) : sum(numeric)', 5, 7, ''),
    (8, 'sum_tco(constants) : sum(numeric)', 8, 7, 'at most 1.00'),
    (9, 'sum_tco(columns) : sum(numeric)', 9, 11, 'at most 1.15'),
    (10, 'sum(tco(columns)) : sum(numeric)', 10, 11, '')) AS t (line, what, x, y, target)
ORDER BY line;
