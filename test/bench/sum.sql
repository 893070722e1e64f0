-- Cost by month, provider and model: sum(tco) against the executor's floor,
-- float8 and numeric SQL.
SET search_path = bench, public;

CREATE TABLE query (place int, name text, text text);
INSERT INTO query VALUES
(1, 'count(*), stored month (the floor)',
    'SELECT month, provider, model, count(*) AS n FROM usage GROUP BY 1, 2, 3'),
(2, 'sum(float8), bill_month',
    'SELECT bill_month(at), provider, model, sum(cost_float8) FROM usage GROUP BY 1, 2, 3'),
(3, 'sum(tco), bill_month',
    'SELECT bill_month(at), provider, model, sum(cost) FROM usage GROUP BY 1, 2, 3'),
(4, 'sum(tco(numeric)), bill_month',
    'SELECT bill_month(at), provider, model, sum(tco(cost_numeric)) FROM usage GROUP BY 1, 2, 3'),
(5, 'sum(numeric), date_trunc',
    'SELECT date_trunc(''month'', at AT TIME ZONE ''UTC'')::date, provider, model, sum(cost_numeric) FROM usage GROUP BY 1, 2, 3'),
(6, 'sum(numeric), bill_month',
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
                CALL measure(CASE workers WHEN 0 THEN 'serial' ELSE 'parallel' END,
                             q.name, q.text);
            END LOOP;
        END LOOP;
        IF round = 0 THEN
            DELETE FROM timing;
        END IF;
        COMMIT;
    END LOOP;
END
$$;
SET jit = off;
CALL measure_sums(:rounds);

\pset footer off
SELECT format('%s usage rows, %s groups, medians of %s rounds',
    to_char((SELECT count(*) FROM usage), 'FM999,999,999'),
    (SELECT count(DISTINCT (month, provider, model)) FROM usage), :rounds) AS title \gset
\pset title :title

CREATE VIEW result AS
WITH median AS (
    SELECT setting, query,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY ms) AS ms
    FROM timing GROUP BY setting, query
), pivot AS (
    SELECT query,
        max(ms) FILTER (WHERE setting = 'serial') AS serial,
        max(ms) FILTER (WHERE setting = 'parallel') AS parallel
    FROM median GROUP BY query
)
SELECT q.place, q.name, p.serial, p.parallel
FROM pivot p JOIN query q ON q.name = p.query;

SELECT r.name AS query,
    round(r.serial) AS "serial ms", round((r.serial / f.serial)::numeric, 2) AS "x floor",
    round(r.parallel) AS "2 workers ms", round((r.parallel / f.parallel)::numeric, 2) AS "x floor "
FROM result r, result f
WHERE f.place = 1
ORDER BY r.place;

\pset title
SELECT what AS ratio, round((a.serial / b.serial)::numeric, 2) AS serial,
    round((a.parallel / b.parallel)::numeric, 2) AS "2 workers", target
FROM (VALUES
    ('sum(tco) : floor', 3, 1, 'at most 1.10'),
    ('numeric SQL : sum(tco)', 5, 3, 'at least 1.5'),
    ('sum(tco) : sum(float8)', 3, 2, ''),
    ('sum(tco(numeric)) : floor', 4, 1, ''),
    ('numeric SQL : sum(tco(numeric))', 5, 4, '')) AS t (what, x, y, target)
JOIN result a ON a.place = x
JOIN result b ON b.place = y;
