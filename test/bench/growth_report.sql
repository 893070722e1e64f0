-- The report in place :place, whose rows go nowhere.
SET search_path = bench, public;
SET jit = off;
SET max_parallel_workers_per_gather = 0;
SELECT text FROM query WHERE topic = 'growth' AND place = :place \gset
SELECT cpu_ms() AS before \gset
COPY (SELECT * FROM :text) TO '/dev/null';
INSERT INTO growth VALUES (:size, :place, cpu_ms() - :before, memory_mb());
