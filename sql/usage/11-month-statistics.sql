-- Statistics for months.

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
        -- Find an unused name in the schema of the table, of at most 63 bytes.
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
    'creates statistics on bill_month(column), runs ANALYZE and returns the name of the statistics';
