-- How any relation of power samples or energy counters is read.

CREATE FUNCTION accelcost_internal.check_zone(tz text) RETURNS text
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN CASE WHEN @extschema@.bill_day('2000-01-01 00:00+00'::timestamptz, tz) IS NOT NULL THEN tz END;
COMMENT ON FUNCTION accelcost_internal.check_zone(text) IS
    'returns tz; raises an error if it is not the full name of a time zone';

-- Two days around a change of the clocks have its two offsets. A local time can be the image of one instant at each.
CREATE FUNCTION accelcost_internal.is_one_instant(at timestamp, tz text) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN CASE WHEN at BETWEEN '1800-01-01'::timestamp AND '9999-12-31'::timestamp THEN (
        SELECT before = after
               OR (timezone(tz, as_utc - before) = at) <> (timezone(tz, as_utc - after) = at)
        FROM (
            SELECT as_utc,
                   timezone(tz, as_utc - interval '1 day') - (at - interval '1 day') AS before,
                   timezone(tz, as_utc + interval '1 day') - (at + interval '1 day') AS after
            FROM (SELECT timezone('UTC', at) AS as_utc) AS utc
        ) AS zone_offset
    ) ELSE true END;
COMMENT ON FUNCTION accelcost_internal.is_one_instant(timestamp, text) IS
    'returns false for a local time that occurs twice, or never, as clocks change';

CREATE FUNCTION accelcost_internal.reading(cell text, unit text) RETURNS float8
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN substring(cell FROM '^[[:space:]]*([+-]?[0-9]{1,30}(?:[.][0-9]*)?(?:[eE][+-]?[0-9]{1,2})?)[[:space:]]*(?:'
                               || unit || ')?[[:space:]]*$')::float8;
COMMENT ON FUNCTION accelcost_internal.reading(text, text) IS
    'returns the number in a cell of a log, such as 71.35 W; NULL for blanks such as [N/A]';

-- The first of the names that the relation has as a column, in any case of letters.
CREATE FUNCTION accelcost_internal.column_among(relation regclass, names text[]) RETURNS name
    LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT a.attname
    FROM pg_attribute AS a
    WHERE a.attrelid = column_among.relation::oid AND a.attnum > 0 AND NOT a.attisdropped
      AND lower(a.attname::text) = ANY (column_among.names)
    ORDER BY array_position(column_among.names, lower(a.attname::text)), a.attname = lower(a.attname::text) DESC
    LIMIT 1;
END;
COMMENT ON FUNCTION accelcost_internal.column_among(regclass, text[]) IS
    'returns the first of the names that is a column of the relation; NULL if none is';

-- A SELECT of host, device, at, is_one and value, from two days before $2 - $1 to two days after $3 + $1.
CREATE FUNCTION accelcost_internal.energy_source(samples regclass, quantity text[], tz text) RETURNS text
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    host CONSTANT name := accelcost_internal.column_among(samples, '{host,hostname,node,instance}');
    device CONSTANT name := accelcost_internal.column_among(samples, '{device,uuid,gpu}');
    measure CONSTANT name := accelcost_internal.column_among(samples, quantity);
    source record;
    is_local boolean;
    is_text boolean;
BEGIN
    PERFORM accelcost_internal.check_relation(samples);
    FOR source IN
        -- A money is a number and a time of day a time, but neither has the cast; a domain has that of its type.
        SELECT wanted.name, wanted.label, a.atttypid,
               coalesce('timestamptz'::regtype IN (a.atttypid, t.typbasetype), false) AS is_instant,
               wanted.name = measure AND t.typcategory = 'S' AS is_text,
               t.typcategory = wanted.category
               AND (t.oid = wanted.type OR t.typtype = 'd'
                    OR EXISTS (SELECT FROM pg_cast WHERE castsource = t.oid AND casttarget = wanted.type)) AS fits
        FROM (VALUES (1, 'at', 'at', 'D', 'timestamptz'::regtype), (2, device, 'device', NULL, NULL),
                     (3, measure, array_to_string(quantity, '" or "'), 'N', 'float8'))
                 AS wanted (ordinal, name, label, category, type)
        LEFT JOIN pg_attribute AS a ON a.attrelid = samples AND a.attname = wanted.name AND NOT a.attisdropped
        LEFT JOIN pg_type AS t ON t.oid = a.atttypid
        ORDER BY wanted.ordinal
    LOOP
        IF source.atttypid IS NULL THEN
            RAISE EXCEPTION 'column "%" of relation "%" does not exist', source.label, samples
                USING ERRCODE = 'undefined_column',
                DETAIL = format('Columns found: %s.', accelcost_internal.column_list(samples)),
                HINT = format('Samples have the columns at, device and %s, and a host if devices of several have the '
                              'same name; a view can give yours these names.', array_to_string(quantity, ' or '));
        ELSIF NOT (source.fits OR source.is_text) THEN
            RAISE EXCEPTION 'column "%" of relation "%" is of type %', source.name, samples,
                format_type(source.atttypid, NULL)
                USING ERRCODE = 'datatype_mismatch',
                HINT = format('A view can convert it: at is a timestamp, %s a number.',
                              array_to_string(quantity, ' or '));
        END IF;
        IF source.name = 'at' THEN
            is_local := NOT source.is_instant;
        ELSE
            is_text := source.is_text;
        END IF;
    END LOOP;
    IF is_local AND tz IS NULL THEN
        RAISE EXCEPTION 'column "at" of relation "%" has no time zone', samples
            USING ERRCODE = 'invalid_parameter_value',
                  HINT = 'Pass the zone of the log as "tz", such as tz => ''UTC'' or tz => ''Europe/Berlin''.';
    END IF;
    IF is_local THEN
        PERFORM accelcost_internal.check_zone(tz);
    END IF;

    RETURN format(
        $sql$SELECT %s AS host, s.%I::text COLLATE "C" AS device, %s AS at, %s AS is_one, %s AS value
        FROM %s AS s
        WHERE s.at BETWEEN %s AND %s OR s.at IS NULL$sql$,
        CASE WHEN host IS NULL THEN 'NULL::text' ELSE format('s.%I::text COLLATE "C"', host) END,
        device,
        CASE WHEN is_local THEN format('timezone(%L, s.at::timestamp)', tz) ELSE 's.at::timestamptz' END,
        CASE WHEN host IS NULL THEN '' ELSE format('s.%I IS NOT NULL AND ', host) END
        || CASE WHEN is_local THEN format('accelcost_internal.is_one_instant(s.at::timestamp, %L)', tz) ELSE 'true' END,
        CASE WHEN is_text THEN format('accelcost_internal.reading(s.%I::text, %L)', measure,
                                      CASE lower(measure) WHEN 'watts' THEN 'W' WHEN 'joules' THEN 'J' ELSE 'mJ' END)
             ELSE format('s.%I::float8', measure) END,
        samples,
        -- Local times are compared as they are stored, so that an index on them is of use.
        CASE WHEN is_local THEN format('timezone(%L, $2 - $1) - interval ''2 days''', tz) ELSE '$2 - $1' END,
        CASE WHEN is_local THEN format('timezone(%L, $3 + $1) + interval ''2 days''', tz) ELSE '$3 + $1' END);
END
$$;
COMMENT ON FUNCTION accelcost_internal.energy_source(regclass, text[], text) IS
    'returns a query of samples by host, device and time, with checks of columns and types';

CREATE FUNCTION accelcost_internal.check_sample_period(
    max_gap interval, period_start timestamptz, period_end timestamptz, pue float8, max_watts float8)
    RETURNS interval
    LANGUAGE plpgsql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    missing CONSTANT text := CASE WHEN max_gap IS NULL THEN 'max_gap' WHEN period_start IS NULL THEN 'period_start'
                                  WHEN period_end IS NULL THEN 'period_end' WHEN pue IS NULL THEN 'pue'
                                  WHEN max_watts IS NULL THEN 'max_watts' END;
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
    PERFORM accelcost_internal.check_more_than(max_watts::numeric, 0, 'max_watts');
    -- Use seconds, so that a month is as long here as in a comparison.
    RETURN make_interval(secs => extract(epoch FROM max_gap)::float8);
END
$$;
COMMENT ON FUNCTION accelcost_internal.check_sample_period(interval, timestamptz, timestamptz, float8, float8) IS
    'returns max_gap in seconds; raises an error that names a parameter outside its domain';

CREATE FUNCTION accelcost_internal.check_one_series(device text, moments bigint, alternating bigint, disagreeing bigint)
    RETURNS boolean
    LANGUAGE plpgsql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF moments >= 20 AND greatest(alternating, disagreeing) * 4 >= moments * 3 THEN
        RAISE EXCEPTION 'samples of device "%" are of several devices', device
            USING ERRCODE = 'cardinality_violation',
                  DETAIL = format('%s of %s samples jump between two levels, or disagree with one of the same time.',
                                  greatest(alternating, disagreeing), moments),
                  HINT = 'Add a column "host" that tells devices of one name apart, even if it has one value.';
    END IF;
    RETURN true;
END
$$;
COMMENT ON FUNCTION accelcost_internal.check_one_series(text, bigint, bigint, bigint) IS
    'returns true; raises an error if most samples of a device jump between two levels or disagree';
