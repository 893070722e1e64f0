SET search_path = bench, public;
\pset footer off
SELECT format('%s usage rows, DuckDB %s, medians of %s rounds', to_char((SELECT count(*) FROM usage), 'FM999,999,999'),
              :'version', :rounds) AS title \gset
\pset title :title
SELECT name AS query, median('duckdb', 0, place) AS "1 thread ms", median('duckdb', 1, place) AS "2 threads ms"
FROM (VALUES (1, 'DuckDB sum(DOUBLE)'), (2, 'DuckDB sum(DECIMAL(38,18))')
      UNION ALL SELECT place, name FROM query WHERE topic = 'duckdb') AS q (place, name)
ORDER BY place;
\pset title
SELECT what AS ratio, ratio('duckdb', 0, x, y) AS "1 thread", ratio('duckdb', 1, x, y) AS "2 threads", target
FROM (VALUES
    (1, 'sum(float8) : DuckDB sum(DOUBLE)', 3, 1, ''),
    (2, 'sum(numeric) : DuckDB sum(DECIMAL)', 4, 2, ''),
    (3, 'sum_tco(numeric) : DuckDB sum(DECIMAL)', 5, 2, ''),
    (4, 'sum(tco) : DuckDB sum(DECIMAL)', 6, 2, ''),
    (5, 'DuckDB sum(DECIMAL) : the rollup', 2, 7, 'at least 100 at 10 million')) AS t (line, what, x, y, target)
ORDER BY line;
