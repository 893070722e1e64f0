SET search_path = bench, public;
\pset footer off
SELECT format('%s usage rows, DuckDB %s, medians of %s rounds', to_char((SELECT count(*) FROM usage), 'FM999,999,999'),
              :'version', :rounds) AS title \gset
\pset title :title
SELECT name AS query, median('duckdb', 0, place) AS "1 thread ms", ratio('duckdb', 0, place, 2) AS "x DECIMAL",
       median('duckdb', 1, place) AS "2 threads ms", ratio('duckdb', 1, place, 2) AS "x DECIMAL "
FROM (VALUES (1, 'DuckDB sum(DOUBLE)'), (2, 'DuckDB sum(DECIMAL(38,18))')
      UNION ALL SELECT place, name FROM query WHERE topic = 'duckdb') AS q (place, name)
ORDER BY place;
\pset title
