-- Energy from power samples.

CREATE FUNCTION accelcost.energy_from_samples(samples regclass, max_gap interval,
                                    period_start timestamptz DEFAULT '-infinity',
                                    period_end timestamptz DEFAULT 'infinity', pue float8 DEFAULT 1)
    RETURNS TABLE (device text, kwh float8, covered interval, uncovered interval, gaps bigint,
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
    missing CONSTANT text := CASE WHEN samples IS NULL THEN 'samples' WHEN max_gap IS NULL THEN 'max_gap'
                                  WHEN period_start IS NULL THEN 'period_start'
                                  WHEN period_end IS NULL THEN 'period_end'
                                  WHEN pue IS NULL THEN 'pue' END;
    source record;
    reach interval;
BEGIN
    IF missing IS NOT NULL THEN
        RAISE EXCEPTION '"%" must not be null', missing USING ERRCODE = 'null_value_not_allowed';
    END IF;
    IF NOT isfinite(max_gap) THEN
        RAISE EXCEPTION '"max_gap" must be finite' USING ERRCODE = 'numeric_value_out_of_range';
    END IF;
    IF max_gap <= interval '0' THEN
        RAISE EXCEPTION '"max_gap" must be greater than 0' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF period_end <= period_start THEN
        RAISE EXCEPTION '"period_end" must be after "period_start"' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    PERFORM accelcost_internal.check_at_least(pue::numeric, 1, 'pue');

    PERFORM accelcost_internal.check_relation(samples);
    FOR source IN
        -- A money is a number and a time of day a time, but neither has the cast; a domain has that of its type.
        SELECT wanted.name, a.atttypid,
               t.typcategory = wanted.category
               AND (t.oid = wanted.type OR t.typtype = 'd'
                    OR EXISTS (SELECT FROM pg_cast WHERE castsource = t.oid AND casttarget = wanted.type)) AS fits
        FROM (VALUES ('at', 'D', 'timestamptz'::regtype), ('device', NULL, NULL),
              ('watts', 'N', 'float8')) AS wanted (name, category, type)
        LEFT JOIN pg_attribute AS a ON a.attrelid = samples AND a.attname = wanted.name AND NOT a.attisdropped
        LEFT JOIN pg_type AS t ON t.oid = a.atttypid
        ORDER BY wanted.name
    LOOP
        IF source.atttypid IS NULL THEN
            RAISE EXCEPTION 'column "%" of relation "%" does not exist', source.name, samples
                USING ERRCODE = 'undefined_column',
                HINT = 'Samples have the columns at, device and watts; a view can give yours these names.';
        ELSIF NOT source.fits THEN
            RAISE EXCEPTION 'column "%" of relation "%" is of type %', source.name, samples,
                format_type(source.atttypid, NULL)
                USING ERRCODE = 'datatype_mismatch', HINT = 'A view can convert it: at is a timestamp, watts a number.';
        END IF;
    END LOOP;

    -- Use seconds, so that a month is as long here as in a comparison.
    reach := make_interval(secs => extract(epoch FROM max_gap)::float8);

    -- Sum numeric values, so that the order of rows and parallel workers do not matter.
    RETURN QUERY EXECUTE format($sql$
WITH sample AS (
    -- Read as far beyond the period as a bridged gap can reach.
    SELECT s.device::text COLLATE "C" AS device, s.at::timestamptz AS at, s.watts::float8 AS watts
    FROM %s AS s
    WHERE s.at BETWEEN $2 - $1 AND $3 + $1 OR s.at IS NULL
), moment AS (
    -- Several samples of one time count as one, midway between the lowest and the highest.
    SELECT device, at, valid, count(*) AS rows, max(watts) AS highest,
           (min(watts) / 2 + max(watts) / 2)::numeric AS watts
    FROM (SELECT *, coalesce(device IS NOT NULL AND isfinite(at) AND watts >= 0 AND watts < 'infinity', false) AS valid
          FROM sample) AS judged
    GROUP BY device, valid, at
), pair AS (
    SELECT *, CASE WHEN valid THEN lead(at) OVER device_time END AS next_at, lead(watts) OVER device_time AS next_watts
    FROM moment WINDOW device_time AS (PARTITION BY device, valid ORDER BY at)
), part AS (
    -- Keep the part of each interval within the period. OFFSET 0: each value is computed once.
    SELECT *, greatest(at, $2) AS part_start, CASE WHEN next_at IS NOT NULL THEN least(next_at, $3) END AS part_end,
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
    SELECT device,
           sum(twice_watts * seconds) FILTER (WHERE bridged AND seconds > 0) AS twice_joules,
           coalesce(sum(seconds) FILTER (WHERE bridged AND seconds > 0), 0) AS covered,
           count(*) FILTER (WHERE NOT bridged AND seconds > 0) AS gaps,
           max(highest) FILTER (WHERE valid AND counted > 0) AS maximum_watts,
           min(at) FILTER (WHERE valid AND counted > 0) AS first_at,
           max(at) FILTER (WHERE valid AND counted > 0) AS last_at,
           min(at) FILTER (WHERE valid) AS known_from, max(at) FILTER (WHERE valid) AS known_to,
           count(counted) FILTER (WHERE valid) AS valid_samples,
           coalesce(sum(counted - 1) FILTER (WHERE valid), 0)::bigint AS duplicate_samples,
           coalesce(sum(counted) FILTER (WHERE NOT valid), 0)::bigint AS invalid_samples
    FROM stretch
    GROUP BY device
), bounded AS (
    -- A period without a bound begins or ends with the device's own samples.
    SELECT *, CASE WHEN isfinite($2) THEN $2 ELSE known_from END AS starts,
           CASE WHEN isfinite($3) THEN $3 ELSE known_to END AS ends
    FROM total
)
-- A quotient has as many decimals as its dividend: enough for every digit of a float8.
SELECT device,
       (twice_joules * $4 * 1.00000000000000000000 / 7200000)::float8,
       make_interval(secs => covered::float8),
       make_interval(secs => greatest(extract(epoch FROM ends - starts) - covered, 0)::float8),
       gaps + coalesce(starts < least(known_from, ends), false)::integer
            + coalesce(starts < ends AND known_to < ends, false)::integer,
       (twice_joules * 1.00000000000000000000 / (2 * covered))::float8,
       maximum_watts, first_at, last_at, valid_samples, duplicate_samples, invalid_samples
FROM bounded
WHERE valid_samples + invalid_samples > 0 OR covered > 0
ORDER BY device
$sql$, samples)
    USING reach, period_start, period_end, pue::numeric;
END
$$;
COMMENT ON FUNCTION accelcost.energy_from_samples(regclass, interval, timestamptz, timestamptz, float8) IS
    'returns kWh by device from power samples, without gaps above max_gap';
