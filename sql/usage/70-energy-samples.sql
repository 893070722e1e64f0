-- Energy from power samples.

-- The statement is one query, a step a CTE: splitting it would hide how the steps follow from each other.
CREATE FUNCTION accelcost.energy_from_samples(samples regclass, max_gap interval,
                                    period_start timestamptz DEFAULT '-infinity',
                                    period_end timestamptz DEFAULT 'infinity', pue float8 DEFAULT 1,
                                    max_watts float8 DEFAULT 1000000, tz text DEFAULT NULL)
    RETURNS TABLE (host text, device text, kwh float8, covered interval, uncovered interval, gaps bigint,
                   average_watts float8, maximum_watts float8,
                   first_at timestamptz, last_at timestamptz,
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
    has_host boolean;
BEGIN
    PERFORM accelcost_internal.check_given(samples::text, 'samples');
    reach := accelcost_internal.check_sample_period(max_gap, period_start, period_end, pue, max_watts);
    has_host := accelcost_internal.column_among(samples, '{host,hostname,node,instance}') IS NOT NULL;

    -- Sum numeric values, so that the order of rows and parallel workers do not matter.
    RETURN QUERY EXECUTE format($sql$
WITH sample AS (
    -- Read as far beyond the period as a bridged gap can reach.
    SELECT * FROM (%s) AS read WHERE at BETWEEN $2 - $1 AND $3 + $1 OR at IS NULL
), moment AS (
    -- Several samples of one time count as one, midway between the lowest and the highest.
    SELECT host, device, at, valid, count(*) AS rows, max(value) AS highest,
           (min(value) / 2 + max(value) / 2)::numeric AS watts, max(value) > 1.25 * min(value) AS disagree
    FROM (SELECT *, coalesce(device IS NOT NULL AND is_one AND isfinite(at) AND value >= 0 AND value <= $5, false)
                        AS valid
          FROM sample) AS judged
    GROUP BY host, device, valid, at
), pair AS (
    SELECT *, CASE WHEN valid THEN lead(at) OVER device_time END AS next_at, lead(watts) OVER device_time AS next_watts,
           lag(watts) OVER device_time AS previous_watts
    FROM moment WINDOW device_time AS (PARTITION BY host, device, valid ORDER BY at)
), part AS (
    -- Keep the part of each interval within the period. OFFSET 0: each value is computed once.
    SELECT *, greatest(at, $2) AS part_start, CASE WHEN next_at IS NOT NULL THEN least(next_at, $3) END AS part_end,
           abs(next_watts - previous_watts) * 4
           < least(abs(watts - previous_watts), abs(watts - next_watts)) AS alternates,
           CASE WHEN at IS NULL OR at >= $2 AND (at < $3 OR $3 = 'infinity') THEN rows END AS counted
    FROM pair OFFSET 0
), stretch AS (
    SELECT *, next_at - at <= $1 AS bridged, extract(epoch FROM part_end - part_start) AS seconds,
           CASE WHEN part_start = at AND part_end = next_at THEN watts + next_watts
                -- twice the watts in the middle of the part
                WHEN next_at IS NOT NULL THEN watts + next_watts
                     + (next_watts - watts) * extract(epoch FROM (part_start - at) - (next_at - part_end))
                       / extract(epoch FROM next_at - at) END AS twice_watts
    FROM part OFFSET 0
), total AS (
    SELECT host, device,
           sum(twice_watts * seconds) FILTER (WHERE bridged AND seconds > 0) AS twice_joules,
           coalesce(sum(seconds) FILTER (WHERE bridged AND seconds > 0), 0) AS covered,
           count(*) FILTER (WHERE NOT bridged AND seconds > 0) AS gaps,
           max(highest) FILTER (WHERE valid AND counted > 0) AS maximum_watts,
           min(at) FILTER (WHERE valid AND counted > 0) AS first_at,
           max(at) FILTER (WHERE valid AND counted > 0) AS last_at,
           min(at) FILTER (WHERE valid) AS known_from, max(at) FILTER (WHERE valid) AS known_to,
           count(counted) FILTER (WHERE valid) AS valid_samples,
           coalesce(sum(counted - 1) FILTER (WHERE valid), 0)::bigint AS duplicate_samples,
           coalesce(sum(counted) FILTER (WHERE NOT valid), 0)::bigint AS invalid_samples,
           count(*) FILTER (WHERE valid AND alternates) AS alternating,
           count(*) FILTER (WHERE valid AND disagree) AS disagreeing,
           count(*) FILTER (WHERE valid) AS moments
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
       (twice_joules * $4 * 1.00000000000000000000 / 7200000)::float8,
       make_interval(secs => covered::float8),
       make_interval(secs => greatest(extract(epoch FROM ends - starts) - covered, 0)::float8),
       gaps + coalesce(starts < least(known_from, ends), false)::integer
            + coalesce(starts < ends AND known_to < ends, false)::integer,
       (twice_joules * 1.00000000000000000000 / (2 * covered))::float8,
       maximum_watts, first_at, last_at, valid_samples, duplicate_samples, invalid_samples
FROM bounded
WHERE (valid_samples + invalid_samples > 0 OR covered > 0)
  AND ($6 OR accelcost_internal.check_one_series(device, moments, alternating, disagreeing))
ORDER BY host, device
$sql$, accelcost_internal.energy_source(samples, '{watts}', tz))
    USING reach, period_start, period_end, pue::numeric, max_watts, has_host;
END
$$;
COMMENT ON FUNCTION accelcost.energy_from_samples(
        regclass, interval, timestamptz, timestamptz, float8, float8, text) IS
    'returns kWh by device from power samples, without gaps above max_gap';
