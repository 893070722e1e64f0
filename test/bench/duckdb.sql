-- The sums of `sum` and the rollup, to be timed in turns with DuckDB: with one process, and with a worker beside it.
SET search_path = bench, public;
ALTER TABLE usage SET LOGGED;
CALL accelcost.rollup_create('usage_monthly_beside', 'usage', 'at', '{provider, model}', '{tokens, cost}');
INSERT INTO query VALUES
    ('duckdb', 3, 'sum(float8)',
     'SELECT bill_month(at), provider, model, sum(cost_float8) FROM usage GROUP BY 1, 2, 3'),
    ('duckdb', 4, 'sum(numeric)',
     'SELECT bill_month(at), provider, model, sum(cost_numeric) FROM usage GROUP BY 1, 2, 3'),
    ('duckdb', 5, 'sum_tco(numeric)',
     'SELECT bill_month(at), provider, model, sum_tco(cost_numeric, ''USD'', ''compute'') FROM usage GROUP BY 1, 2, 3'),
    ('duckdb', 6, 'sum(tco)', 'SELECT bill_month(at), provider, model, sum(cost) FROM usage GROUP BY 1, 2, 3'),
    ('duckdb', 7, 'the rollup', 'TABLE usage_monthly_beside');
