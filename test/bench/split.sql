-- A cost split over the rows of each month, and of all months together: split_cost against a sum over the same window
-- (the floor), and against largest remainder by hand, in numeric.
INSERT INTO query VALUES
('split', 1, 'sum(gb) by month, in a window (the floor)',
    'SELECT count(total) FROM (SELECT sum(gb) OVER (PARTITION BY month) AS total FROM quantity) AS t'),
('split', 2, 'split_cost by month',
    'SELECT count(cost) FROM (SELECT split_cost(10000, gb, 2) OVER (PARTITION BY month) AS cost FROM quantity) AS t'),
('split', 3, 'split_cost of all rows',
    'SELECT count(cost) FROM (SELECT split_cost(120000, gb, 2) OVER () AS cost FROM quantity) AS t'),
('split', 4, 'split_cost of a tco by month',
    $$SELECT count(cost) FROM (SELECT split_cost('10000 USD compute=9000 energy=1000'::tco, gb)
                                          OVER (PARTITION BY month) AS cost FROM quantity) AS t$$),
('split', 5, 'by hand, by month',
    'SELECT count(cost) FROM (
         SELECT (quotient + (row_number() OVER (PARTITION BY month ORDER BY remainder DESC) <= missing)::integer)
                    / 100.0 AS cost
         FROM (SELECT *, 1000000 - sum(quotient) OVER (PARTITION BY month) AS missing
               FROM (SELECT month, div(1000000 * gb, total) AS quotient, mod(1000000 * gb, total) AS remainder
                     FROM (SELECT month, gb, sum(gb) OVER (PARTITION BY month) AS total FROM quantity) AS s) AS d) AS m
     ) AS t');

CALL measure('split', :rounds, '{0}');

SELECT format('%s rows, medians of %s rounds', to_char((SELECT count(*) FROM quantity), 'FM999,999,999'), :rounds)
    AS title \gset
\pset title :title
SELECT name AS query, median('split', 0, place) AS "serial ms" FROM query WHERE topic = 'split' ORDER BY place;

\pset title
SELECT 'split_cost by month : floor' AS ratio, ratio('split', 0, 2, 1) AS serial, 'at most 4' AS target
UNION ALL
SELECT 'split_cost of all rows : by month', ratio('split', 0, 3, 2), 'at most 2'
UNION ALL
SELECT 'by hand : split_cost by month', ratio('split', 0, 5, 2), 'at least 1';
