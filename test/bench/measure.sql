-- Timed executions of queries, and their ratios.
CREATE EXTENSION IF NOT EXISTS accelcost CASCADE;
CREATE SCHEMA bench;
SET search_path = bench, public;

-- The queries of a topic, in the order in which each round runs them.
CREATE TABLE query (topic text, place int, name text, text text, PRIMARY KEY (topic, place));

CREATE UNLOGGED TABLE timing (topic text, round int, setting text, place int, ms double precision);

-- Results are thrown away, the time stays. Round 0 warms the caches and is
-- thrown away, too. A setting is a number of parallel workers.
CREATE PROCEDURE measure(topic text, rounds int, settings int[])
    LANGUAGE plpgsql
AS $$
DECLARE
    q query;
    started timestamptz;
BEGIN
    FOR round IN 0 .. rounds LOOP
        FOR i IN 1 .. cardinality(settings) LOOP
            PERFORM set_config('max_parallel_workers_per_gather', settings[i]::text, false);
            FOR q IN SELECT * FROM query WHERE query.topic = measure.topic ORDER BY place LOOP
                started := clock_timestamp();
                EXECUTE q.text;
                INSERT INTO timing VALUES (topic, round, settings[i]::text, q.place,
                    1000 * extract(epoch FROM clock_timestamp() - started));
            END LOOP;
        END LOOP;
        COMMIT;
    END LOOP;
    DELETE FROM timing WHERE timing.round = 0;
END
$$;

-- The median time of a query, in milliseconds.
CREATE FUNCTION median(topic text, setting int, place int) RETURNS numeric
    LANGUAGE sql STABLE
    RETURN (SELECT round(percentile_cont(0.5) WITHIN GROUP (ORDER BY ms))
            FROM timing
            WHERE (timing.topic, timing.setting, timing.place)
                = (median.topic, median.setting::text, median.place));

-- How many times as long one query takes as another: the median of the ratios
-- within each round, for a shared machine is not equally fast all the time.
CREATE FUNCTION ratio(topic text, setting int, place int, base int) RETURNS numeric
    LANGUAGE sql STABLE
    RETURN (SELECT round((percentile_cont(0.5) WITHIN GROUP (ORDER BY a.ms / b.ms))::numeric, 2)
            FROM timing a
            JOIN timing b USING (topic, round, setting)
            WHERE (a.topic, a.setting, a.place, b.place)
                = (ratio.topic, ratio.setting::text, ratio.place, ratio.base));

SET jit = off;
