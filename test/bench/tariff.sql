-- The cost of each quantity, and of each month's: the type tariff against a
-- numeric multiplication (the floor), a join with a table of tiers, a loop.
INSERT INTO query VALUES
('tariff', 1, 'gb * 0.09 (the floor)',
    'SELECT count(gb * 0.09) FROM quantity'),
('tariff', 2, 'tariff_cost',
    format('SELECT count(tariff_cost(%L, gb)) FROM quantity', :'tariff')),
('tariff', 3, 'lateral join of tiers',
    'SELECT count(cost) FROM quantity, LATERAL (SELECT sum(greatest(least(gb, upper) - lower, '
    '0) * price) AS cost FROM tier) AS bill'),
('tariff', 4, 'PL/pgSQL, loop over tiers',
    'SELECT count(loop_cost(gb)) FROM quantity'),
('tariff', 5, 'PL/pgSQL, loop over arrays',
    'SELECT count(array_loop_cost(gb)) FROM quantity'),
('tariff', 6, 'sum(gb) by month',
    'SELECT month, sum(gb) FROM quantity GROUP BY month'),
('tariff', 7, 'tiered_cost by month',
    format('SELECT month, tiered_cost(gb, %L) FROM quantity GROUP BY month', :'tariff'));

-- All ways agree, or their times say nothing.
SELECT count(*) > 0 AS different
FROM quantity, LATERAL (SELECT sum(greatest(least(gb, upper) - lower, 0) * price) AS cost FROM tier) AS bill
WHERE (tariff_cost(:'tariff', gb), loop_cost(gb), array_loop_cost(gb)) IS DISTINCT FROM (cost, cost, cost) \gset
\if :different
    \warn 'the ways to apply the tariff disagree'
    \quit 1
\endif

CALL measure('tariff', :rounds, '{0}');

SELECT format('%s quantities, 5 tiers, 12 months, medians of %s rounds',
    to_char((SELECT count(*) FROM quantity), 'FM999,999,999'), :rounds) AS title \gset
\pset title :title
SELECT name AS query, median('tariff', 0, place) AS ms
FROM query
WHERE topic = 'tariff'
ORDER BY place;

\pset title
SELECT what AS ratio, ratio('tariff', 0, x, y) AS serial, target
FROM (VALUES
    (1, 'tariff_cost : floor', 2, 1, 'at most 3'),
    (2, 'lateral join : tariff_cost', 3, 2, 'at least 20'),
    (3, 'loop over tiers : tariff_cost', 4, 2, 'at least 50'),
    (4, 'loop over arrays : tariff_cost', 5, 2, ''),
    (5, 'tiered_cost : sum(numeric), by month', 7, 6, 'at most 1.3')) AS t (line, what, x, y, target)
ORDER BY line;
