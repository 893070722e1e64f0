-- Months: the one a time is billed in, its end and its length. No function
-- here reads the time zone of the session.

CREATE FUNCTION accelcost_internal.bill_month_support(internal) RETURNS internal
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_bill_month_support';
COMMENT ON FUNCTION accelcost_internal.bill_month_support(internal) IS
    'planner support of bill_month: conditions on the month become conditions on the time';

CREATE FUNCTION @extschema@.bill_month(at timestamp with time zone) RETURNS date
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    SUPPORT accelcost_internal.bill_month_support
    AS 'MODULE_PATHNAME', 'accelcost_bill_month_timestamp';
COMMENT ON FUNCTION @extschema@.bill_month(timestamp with time zone) IS
    'first day of the month in UTC; infinity stays infinity';

CREATE FUNCTION @extschema@.bill_month(at timestamp without time zone) RETURNS date
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    SUPPORT accelcost_internal.bill_month_support
    AS 'MODULE_PATHNAME', 'accelcost_bill_month_timestamp';
COMMENT ON FUNCTION @extschema@.bill_month(timestamp without time zone) IS
    'first day of the month, of a time that is taken as UTC; infinity stays infinity';

CREATE FUNCTION @extschema@.bill_month(day date) RETURNS date
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    SUPPORT accelcost_internal.bill_month_support
    AS 'MODULE_PATHNAME', 'accelcost_bill_month_date';
COMMENT ON FUNCTION @extschema@.bill_month(date) IS
    'first day of the month; infinity stays infinity';

CREATE FUNCTION @extschema@.bill_month(at timestamp with time zone, tz text) RETURNS date
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_bill_month_timestamptz_zone';
COMMENT ON FUNCTION @extschema@.bill_month(timestamp with time zone, text) IS
    'first day of the month in a time zone, given by its full name; infinity stays infinity';

CREATE FUNCTION @extschema@.bill_month(at timestamp without time zone, tz text) RETURNS date
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_bill_month_timestamptz_zone';
COMMENT ON FUNCTION @extschema@.bill_month(timestamp without time zone, text) IS
    'first day of the month in a time zone, given by its full name, of a time that is taken as UTC; infinity stays infinity';

CREATE FUNCTION @extschema@.bill_month(day date, tz text) RETURNS date
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN @extschema@.bill_month(day);
COMMENT ON FUNCTION @extschema@.bill_month(date, text) IS
    'first day of the month; a date lies in one month everywhere, so tz does not matter';

CREATE FUNCTION @extschema@.month_end(day date) RETURNS date
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_month_end';
COMMENT ON FUNCTION @extschema@.month_end(date) IS
    'first day of the next month, the exclusive end of the month of a day; infinity stays infinity';

CREATE FUNCTION @extschema@.month_hours(day date) RETURNS integer
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_month_hours';
COMMENT ON FUNCTION @extschema@.month_hours(date) IS
    'hours of the month of a day: 24 * its days; NULL for infinity';

CREATE FUNCTION accelcost.month_statistics(source regclass, column_name name) RETURNS text
    LANGUAGE plpgsql VOLATILE STRICT PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    SET quote_all_identifiers = off
AS $$
DECLARE
    month CONSTANT text := format('%s.bill_month(%I)', accelcost_internal.value_schema(), column_name);
    target pg_class%ROWTYPE;
    wanted text;
    found text;
BEGIN
    SELECT * INTO target FROM pg_class WHERE oid = source;
    IF target.oid IS NULL THEN
        RAISE undefined_table
            USING MESSAGE = format('relation with OID %s does not exist', source::oid);
    END IF;
    IF NOT pg_has_role(target.relowner, 'USAGE') THEN
        RAISE insufficient_privilege
            USING MESSAGE = format('must be owner of table %s', source);
    END IF;

    SELECT format('%s.%I', s.stxnamespace::regnamespace, s.stxname) INTO found
    FROM pg_statistic_ext s
    WHERE s.stxrelid = source
      AND pg_get_statisticsobjdef_expressions(s.oid) = ARRAY[month];

    IF found IS NULL THEN
        -- a free name in the schema of the table; a name has 63 bytes at most
        SELECT left(base, n) INTO wanted
        FROM format('%s_%s', target.relname, column_name) AS base, generate_series(1, 48) AS n
        WHERE octet_length(left(base, n)) <= 48
        ORDER BY n DESC LIMIT 1;
        SELECT name INTO wanted
        FROM generate_series(0, 1000) AS n, format('%s_month%s', wanted, nullif(n, 0)) AS name
        WHERE NOT EXISTS (
            SELECT FROM pg_statistic_ext
            WHERE stxnamespace = target.relnamespace AND stxname = name)
        ORDER BY n LIMIT 1;
        found := format('%s.%I', target.relnamespace::regnamespace, wanted);
        EXECUTE format('CREATE STATISTICS %s ON (%s) FROM %s', found, month, source);
    END IF;
    EXECUTE format('ANALYZE %s', source);
    RETURN found;
END
$$;
COMMENT ON FUNCTION accelcost.month_statistics(regclass, name) IS
    'for the owner of a table: statistics on bill_month(column), and ANALYZE, so that GROUP BY bill_month(column) is planned for months and not for moments; returns the name of the statistics object';


CREATE FUNCTION accelcost_internal.check_month(month date) RETURNS date
    LANGUAGE plpgsql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF month IS NULL THEN
        RAISE EXCEPTION '"month" must not be null' USING ERRCODE = 'null_value_not_allowed';
    END IF;
    IF NOT isfinite(month) THEN
        RAISE EXCEPTION '"month" must be finite' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    RETURN accelcost_internal.bill_month(month);
END
$$;
COMMENT ON FUNCTION accelcost_internal.check_month(date) IS
    'first day of the month of a date; an error if it is NULL or infinite';
