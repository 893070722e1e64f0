-- Months: the month that a time is billed in, its end and its length. No function here reads the session's time zone.

CREATE FUNCTION accelcost_internal.bill_month_support(internal) RETURNS internal
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_bill_month_support';
COMMENT ON FUNCTION accelcost_internal.bill_month_support(internal) IS
    'planner support for bill_month: conditions on the month become conditions on the time';

CREATE FUNCTION @extschema@.bill_month(at timestamp with time zone) RETURNS date
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    SUPPORT accelcost_internal.bill_month_support
    AS 'MODULE_PATHNAME', 'accelcost_bill_month_timestamp';
COMMENT ON FUNCTION @extschema@.bill_month(timestamp with time zone) IS
    'returns the first day of the month in UTC; infinity stays infinity';

CREATE FUNCTION @extschema@.bill_month(at timestamp without time zone) RETURNS date
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    SUPPORT accelcost_internal.bill_month_support
    AS 'MODULE_PATHNAME', 'accelcost_bill_month_timestamp';
COMMENT ON FUNCTION @extschema@.bill_month(timestamp without time zone) IS
    'returns the first day of the month of a time in UTC; infinity stays infinity';

CREATE FUNCTION @extschema@.bill_month(day date) RETURNS date
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    SUPPORT accelcost_internal.bill_month_support
    AS 'MODULE_PATHNAME', 'accelcost_bill_month_date';
COMMENT ON FUNCTION @extschema@.bill_month(date) IS
    'returns the first day of the month; infinity stays infinity';

CREATE FUNCTION @extschema@.bill_month(at timestamp with time zone, tz text) RETURNS date
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_bill_month_timestamptz_zone';
COMMENT ON FUNCTION @extschema@.bill_month(timestamp with time zone, text) IS
    'returns the first day of the month in time zone tz; infinity stays infinity';

CREATE FUNCTION @extschema@.bill_month(at timestamp without time zone, tz text) RETURNS date
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_bill_month_timestamptz_zone';
COMMENT ON FUNCTION @extschema@.bill_month(timestamp without time zone, text) IS
    'returns the first day of the month in time zone tz of a time in UTC; infinity stays infinity';

CREATE FUNCTION @extschema@.bill_month(day date, tz text) RETURNS date
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN @extschema@.bill_month(day);
COMMENT ON FUNCTION @extschema@.bill_month(date, text) IS
    'returns the first day of the month; tz has no effect on a date';

CREATE FUNCTION accelcost_internal.bill_day_support(internal) RETURNS internal
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_bill_day_support';
COMMENT ON FUNCTION accelcost_internal.bill_day_support(internal) IS
    'planner support for bill_day: turns conditions on the day into conditions on the time';

CREATE FUNCTION @extschema@.bill_day(at timestamp with time zone) RETURNS date
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    SUPPORT accelcost_internal.bill_day_support
    AS 'MODULE_PATHNAME', 'accelcost_bill_day_timestamp';
COMMENT ON FUNCTION @extschema@.bill_day(timestamp with time zone) IS
    'returns the day in UTC; infinity stays infinity';

CREATE FUNCTION @extschema@.bill_day(at timestamp without time zone) RETURNS date
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    SUPPORT accelcost_internal.bill_day_support
    AS 'MODULE_PATHNAME', 'accelcost_bill_day_timestamp';
COMMENT ON FUNCTION @extschema@.bill_day(timestamp without time zone) IS
    'returns the day of a time taken as UTC; infinity stays infinity';

CREATE FUNCTION @extschema@.bill_day(day date) RETURNS date
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN day;
COMMENT ON FUNCTION @extschema@.bill_day(date) IS
    'returns the day itself, so that any time column can be grouped by bill_day';

CREATE FUNCTION @extschema@.bill_day(at timestamp with time zone, tz text) RETURNS date
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_bill_day_timestamptz_zone';
COMMENT ON FUNCTION @extschema@.bill_day(timestamp with time zone, text) IS
    'returns the day in a time zone given by its full name; infinity stays infinity';

CREATE FUNCTION @extschema@.bill_day(at timestamp without time zone, tz text) RETURNS date
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_bill_day_timestamptz_zone';
COMMENT ON FUNCTION @extschema@.bill_day(timestamp without time zone, text) IS
    'returns the day in a time zone, given by its full name, of a time taken as UTC; infinity stays infinity';

CREATE FUNCTION @extschema@.bill_day(day date, tz text) RETURNS date
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN day;
COMMENT ON FUNCTION @extschema@.bill_day(date, text) IS
    'returns the day itself: a date is the same day everywhere, so tz has no effect';

CREATE FUNCTION @extschema@.next_month(day date) RETURNS date
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_next_month';
COMMENT ON FUNCTION @extschema@.next_month(date) IS
    'returns the first day of the next month, the exclusive end of this one; infinity stays infinity';

CREATE FUNCTION @extschema@.month_hours(day date) RETURNS integer
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_month_hours';
COMMENT ON FUNCTION @extschema@.month_hours(date) IS
    'returns the hours in the month of a day: 24 times its days; NULL for infinity';

CREATE FUNCTION @extschema@.prorate(
    cost numeric, period_start timestamptz, period_end timestamptz, tz text DEFAULT 'UTC')
RETURNS TABLE (month date, part numeric)
LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT result.month, part.part
    FROM (
        SELECT @extschema@.bill_month(prorate.period_start, prorate.tz) AS first,
               -- The end is exclusive: the microsecond before it is the last one of the period.
               @extschema@.bill_month(
                   greatest(
                       CASE WHEN isfinite(prorate.period_end)
                            THEN prorate.period_end - interval '1 microsecond' END,
                       prorate.period_start),
                   prorate.tz) AS last
    ) AS span
    CROSS JOIN LATERAL (
        SELECT array_agg(series.month ORDER BY series.month) AS months,
               array_agg(
                   extract(epoch FROM
                       least(@extschema@.next_month(series.month)::timestamp AT TIME ZONE prorate.tz,
                             prorate.period_end)
                       - greatest(series.month::timestamp AT TIME ZONE prorate.tz, prorate.period_start))
                   ORDER BY series.month) AS seconds
        FROM (
            SELECT (span.first + make_interval(months => n))::date AS month
            FROM generate_series(
                     0,
                     (extract(year FROM span.last)::integer - extract(year FROM span.first)::integer) * 12
                     + extract(month FROM span.last)::integer - extract(month FROM span.first)::integer) AS n
        ) AS series
        WHERE span.last > span.first
    ) AS weight
    CROSS JOIN LATERAL (
        SELECT span.first AS month, prorate.cost AS part
        WHERE weight.months IS NULL OR prorate.cost IS NULL
        UNION ALL
        SELECT allocated.month, allocated.part
        FROM unnest(weight.months,
                    @extschema@.allocate(prorate.cost, weight.seconds, greatest(10, scale(prorate.cost)))
             ) AS allocated (month, part)
        WHERE weight.months IS NOT NULL AND prorate.cost IS NOT NULL
    ) AS part (month, part)
    CROSS JOIN LATERAL (SELECT part.month) AS result
    WHERE isfinite(prorate.period_start);
END;
COMMENT ON FUNCTION @extschema@.prorate(numeric, timestamptz, timestamptz, text) IS
    'splits a cost over the months of a period in proportion to seconds; the parts add up to it exactly';
