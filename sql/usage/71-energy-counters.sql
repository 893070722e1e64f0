-- Energy from counters that only rise, and start again from 0 when a driver is loaded.

-- The statement is one query, a step a CTE: splitting it would hide how the steps follow from each other.
CREATE FUNCTION accelcost.energy_from_counters(samples regclass, max_gap interval DEFAULT '1 day',
                                    period_start timestamptz DEFAULT '-infinity',
                                    period_end timestamptz DEFAULT 'infinity', pue float8 DEFAULT 1,
                                    max_watts float8 DEFAULT 1000000, tz text DEFAULT NULL)
    RETURNS TABLE (host text, device text, kwh float8, covered interval, uncovered interval, resets bigint,
                   average_watts float8, first_at timestamptz, last_at timestamptz,
                   valid_samples bigint, duplicate_samples bigint, invalid_samples bigint)
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    SET timezone = 'UTC'
    -- Nearly every row is its own group, and the rows are sorted in any case.
    SET enable_hashagg = off
    -- Compiling the expressions costs more than it saves.
    SET jit = off
AS $$
DECLARE
    reach interval;
    joules_per_unit numeric;
BEGIN
    PERFORM accelcost_internal.check_given(samples::text, 'samples');
    reach := accelcost_internal.check_sample_period(max_gap, period_start, period_end, pue, max_watts);
    joules_per_unit := CASE WHEN accelcost_internal.column_among(samples, '{joules}') IS NULL THEN 0.001 ELSE 1 END;

    -- Sum numeric values, so that the order of rows and parallel workers do not matter.
    RETURN QUERY EXECUTE format($sql$
WITH sample AS (
    SELECT * FROM (%s) AS read WHERE at BETWEEN $2 - $1 AND $3 + $1 OR at IS NULL
), moment AS (
    -- Of several samples of one time the highest counts. DCGM has blanks from 2^47 and from 2^63 - 16 on.
    SELECT host, device, at, valid, count(*) AS rows, max(value)::numeric * $6 AS joules
    FROM (SELECT *, coalesce(device IS NOT NULL AND is_one AND isfinite(at) AND value >= 0
                             AND value < '9223372036854775792'
                             AND value NOT BETWEEN '140737488355328' AND '140737488355331', false) AS valid
          FROM sample) AS judged
    GROUP BY host, device, valid, at
), pair AS (
    SELECT *, CASE WHEN valid THEN lead(at) OVER device_time END AS next_at,
           lead(joules) OVER device_time AS next_joules,
           lag(at) OVER device_time AS previous_at, lag(joules) OVER device_time AS previous_joules
    FROM moment WINDOW device_time AS (PARTITION BY host, device, valid ORDER BY at)
), part AS (
    -- Keep the part of each interval within the period. OFFSET 0: each value is computed once.
    SELECT *, greatest(at, $2) AS part_start, CASE WHEN next_at IS NOT NULL THEN least(next_at, $3) END AS part_end,
           next_joules < joules AS is_reset,
           -- After a reset, what the counter has since is known. What it missed is not.
           CASE WHEN next_joules < joules THEN next_joules ELSE next_joules - joules END AS used,
           extract(epoch FROM next_at - at) AS length,
           CASE WHEN at IS NULL OR at >= $2 AND (at < $3 OR $3 = 'infinity') THEN rows END AS counted
    FROM pair OFFSET 0
), stretch AS (
    -- An interval across a bound of the period is split evenly if it is no longer than max_gap. A rise that is too fast
    -- is no energy, and the fall after it is no reset.
    SELECT *, extract(epoch FROM part_end - part_start) AS seconds,
           used <= length * $5
           AND coalesce(joules - previous_joules <= extract(epoch FROM at - previous_at) * $5, true)
           AND (part_start = at AND part_end = next_at OR next_at - at <= $1) AS is_known
    FROM part OFFSET 0
), total AS (
    SELECT host, device,
           sum(CASE WHEN seconds = length THEN used ELSE used * seconds * 1.00000000000000000000 / length END)
               FILTER (WHERE is_known AND seconds > 0) AS joules,
           coalesce(sum(seconds) FILTER (WHERE is_known AND seconds > 0), 0) AS covered,
           count(*) FILTER (WHERE is_known AND seconds > 0 AND is_reset) AS resets,
           min(at) FILTER (WHERE valid AND counted > 0) AS first_at,
           max(at) FILTER (WHERE valid AND counted > 0) AS last_at,
           min(at) FILTER (WHERE valid) AS known_from, max(at) FILTER (WHERE valid) AS known_to,
           count(counted) FILTER (WHERE valid) AS valid_samples,
           coalesce(sum(counted - 1) FILTER (WHERE valid), 0)::bigint AS duplicate_samples,
           coalesce(sum(counted) FILTER (WHERE NOT valid), 0)::bigint AS invalid_samples
    FROM stretch
    GROUP BY host, device
), bounded AS (
    -- A period without a bound begins or ends with the device's own samples.
    SELECT *, CASE WHEN isfinite($2) THEN $2 ELSE known_from END AS starts,
           CASE WHEN isfinite($3) THEN $3 ELSE known_to END AS ends
    FROM total
)
-- A quotient has as many decimals as its dividend: enough for every digit of a float8.
SELECT host, device,
       (joules * $4 * 1.00000000000000000000 / 3600000)::float8,
       make_interval(secs => covered::float8),
       make_interval(secs => greatest(extract(epoch FROM ends - starts) - covered, 0)::float8),
       resets, (joules * 1.00000000000000000000 / covered)::float8,
       first_at, last_at, valid_samples, duplicate_samples, invalid_samples
FROM bounded
WHERE valid_samples + invalid_samples > 0 OR covered > 0
ORDER BY host, device
$sql$, accelcost_internal.energy_source(samples, '{joules,millijoules}', tz))
    USING reach, period_start, period_end, pue::numeric, max_watts::numeric, joules_per_unit;
END
$$;
COMMENT ON FUNCTION accelcost.energy_from_counters(
        regclass, interval, timestamptz, timestamptz, float8, float8, text) IS
    'returns kWh by device from counters of joules or millijoules, which restart from 0 at a reset';
