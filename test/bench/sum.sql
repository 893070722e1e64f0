-- Cost by month, provider and model: sum(tco) against the executor's floor,
-- float8 and numeric SQL.
SET search_path = bench, public;

CREATE TABLE query (place int, name text, text text);
INSERT INTO query VALUES
(1, 'count(*), stored month (the floor)',
    'SELECT month, provider, model, count(*) AS n FROM usage GROUP BY 1, 2, 3'),
(2, 'count(*), bill_month',
    'SELECT bill_month(at), provider, model, count(*) AS n FROM usage GROUP BY 1, 2, 3'),
(3, 'sum(float8), bill_month',
    'SELECT bill_month(at), provider, model, sum(cost_float8) FROM usage GROUP BY 1, 2, 3'),
(4, 'sum(tco), bill_month',
    'SELECT bill_month(at), provider, model, sum(cost) FROM usage GROUP BY 1, 2, 3'),
(5, 'sum(tco(numeric)), bill_month',
    'SELECT bill_month(at), provider, model, sum(tco(cost_numeric)) FROM usage GROUP BY 1, 2, 3'),
(6, 'sum(numeric), date_trunc',
    'SELECT date_trunc(''month'', at AT TIME ZONE ''UTC'')::date, provider, model, sum(cost_numeric) FROM usage GROUP BY 1, 2, 3'),
(7, 'sum(numeric), bill_month',
    'SELECT bill_month(at), provider, model, sum(cost_numeric) FROM usage GROUP BY 1, 2, 3');

CREATE PROCEDURE measure_sums(rounds int)
    LANGUAGE plpgsql
AS $$
DECLARE
    q query;
BEGIN
    -- Round 0 warms the caches and is thrown away.
    FOR round IN 0 .. rounds LOOP
        FOR workers IN REVERSE 2 .. 0 BY 2 LOOP
            PERFORM set_config('max_parallel_workers_per_gather', workers::text, false);
            FOR q IN SELECT * FROM query ORDER BY place LOOP
                CALL measure(round, CASE workers WHEN 0 THEN 'serial' ELSE 'parallel' END,
                             q.name, q.text);
            END LOOP;
        END LOOP;
        COMMIT;
    END LOOP;
    DELETE FROM timing WHERE round = 0;
END
$$;
SET jit = off;
CALL measure_sums(:rounds);

-- How many times as long one query takes as another: the median of the ratios
-- within each round, for a shared machine is not equally fast all the time.
CREATE FUNCTION ratio(setting text, query int, base int) RETURNS numeric
    LANGUAGE sql STABLE
    RETURN (SELECT round((percentile_cont(0.5) WITHIN GROUP (ORDER BY a.ms / b.ms))::numeric, 2)
            FROM timing a
            JOIN timing b USING (round, setting)
            WHERE setting = ratio.setting
              AND a.query = (SELECT name FROM query WHERE place = ratio.query)
              AND b.query = (SELECT name FROM query WHERE place = ratio.base));

\pset footer off
SELECT format('%s usage rows, %s groups, medians of %s rounds',
    to_char((SELECT count(*) FROM usage), 'FM999,999,999'),
    (SELECT count(DISTINCT (month, provider, model)) FROM usage), :rounds) AS title \gset
\pset title :title

SELECT name AS query,
    round(percentile_cont(0.5) WITHIN GROUP (ORDER BY ms) FILTER (WHERE setting = 'serial')) AS "serial ms",
    ratio('serial', place, 1) AS "x floor",
    round(percentile_cont(0.5) WITHIN GROUP (ORDER BY ms) FILTER (WHERE setting = 'parallel')) AS "2 workers ms",
    ratio('parallel', place, 1) AS "x floor "
FROM query
JOIN timing ON timing.query = name
GROUP BY place, name
ORDER BY place;

\pset title
SELECT what AS ratio, ratio('serial', x, y) AS serial, ratio('parallel', x, y) AS "2 workers", target
FROM (VALUES
    (1, 'sum(tco) : floor', 4, 1, 'at most 1.10'),
    (2, 'sum(tco) : count(*), bill_month', 4, 2, ''),
    (3, 'sum(tco) : sum(float8)', 4, 3, ''),
    (4, 'numeric SQL : sum(tco)', 6, 4, 'at least 1.5'),
    (5, 'sum(tco(numeric)) : floor', 5, 1, ''),
    (6, 'numeric SQL : sum(tco(numeric))', 6, 5, '')) AS t (line, what, x, y, target)
ORDER BY line;
