-- Each size is compared with the one before: at most 1 if the time grows no faster than the rows.
SET search_path = bench, public;
\pset footer off
\pset title 'processor time and memory by number of rows'
WITH step AS (
    SELECT g.*, (g.cpu_ms / nullif(lag(g.cpu_ms) OVER w, 0)) / (g.size::numeric / lag(g.size) OVER w) AS to_linear
    FROM growth AS g
    WINDOW w AS (PARTITION BY g.place ORDER BY g.size)
)
SELECT q.name AS report, string_agg(s.cpu_ms::bigint::text, ' ' ORDER BY s.size) AS "CPU ms",
       string_agg(round(s.to_linear, 2)::text, ' ' ORDER BY s.size) AS "to linear, at most 1.1",
       string_agg(s.memory_mb::text, ' ' ORDER BY s.size) AS "memory MB"
FROM step AS s
JOIN query AS q ON q.topic = 'growth' AND q.place = s.place
GROUP BY q.place, q.name
ORDER BY q.place;
\pset title
