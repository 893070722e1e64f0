-- Usage tables of the user's own: the columns, checks and comments of accelcost.usage, with another key or partitions.
-- They belong to the caller and are no part of the extension.

-- A statement cannot take its identifiers from parameters: what it names is quoted here.
CREATE FUNCTION accelcost_internal.usage_table_place(
    name text, caller_schema text, OUT schema_name text, OUT table_name text)
    LANGUAGE plpgsql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    parts CONSTANT text[] := parse_ident(name);
BEGIN
    IF cardinality(parts) > 2 THEN
        RAISE EXCEPTION 'invalid value for parameter "name": "%"', name
            USING ERRCODE = 'invalid_parameter_value', HINT = 'Give the name of a table, or schema.table.';
    END IF;
    table_name := parts[cardinality(parts)];
    schema_name := CASE cardinality(parts) WHEN 2 THEN parts[1] ELSE caller_schema END;
    -- The longest name of a partition adds _2026_07_31.
    IF octet_length(table_name) > 52 THEN
        RAISE EXCEPTION '"name" must have at most 52 bytes' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF schema_name IS NULL THEN
        RAISE EXCEPTION 'no schema has been selected to create a usage table in'
            USING ERRCODE = 'invalid_schema_name',
                  HINT = 'Put a schema first in search_path, or name it: schema.table.';
    END IF;
    IF schema_name IN ('accelcost', 'accelcost_internal') OR starts_with(schema_name, 'pg_') THEN
        RAISE EXCEPTION 'cannot create a usage table in schema "%"', schema_name
            USING ERRCODE = 'invalid_schema_name', HINT = 'Name a schema of your own: schema.table.';
    END IF;
END
$$;
COMMENT ON FUNCTION accelcost_internal.usage_table_place(text, text) IS
    'returns the schema and the name of a usage table to be created; an error if it may not be there';

CREATE FUNCTION accelcost_internal.check_partition_days(partition text, first_day date, last_day date) RETURNS void
    LANGUAGE plpgsql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
    SET datestyle = 'ISO, YMD'
AS $$
BEGIN
    IF partition IS NULL OR first_day IS NULL OR last_day IS NULL THEN
        RAISE EXCEPTION '"%" must not be null',
            CASE WHEN partition IS NULL THEN 'partition' WHEN first_day IS NULL THEN 'first_day' ELSE 'last_day' END
            USING ERRCODE = 'null_value_not_allowed';
    END IF;
    IF partition NOT IN ('day', 'month') THEN
        RAISE EXCEPTION 'invalid value for parameter "partition": "%"', partition
            USING ERRCODE = 'invalid_parameter_value', HINT = 'Use "day" or "month".';
    END IF;
    IF last_day < first_day THEN
        RAISE EXCEPTION '"last_day" must not be before "first_day"'
            USING ERRCODE = 'invalid_parameter_value', DETAIL = format('They are %s and %s.', last_day, first_day);
    END IF;
    IF first_day < '0001-01-01' OR last_day > '9999-12-01' THEN
        RAISE EXCEPTION 'partitions must be between 0001-01-01 and 9999-12-01'
            USING ERRCODE = 'invalid_parameter_value', DETAIL = format('They are %s and %s.', first_day, last_day);
    END IF;
    IF last_day - first_day > 1200 * (CASE partition WHEN 'day' THEN 1 ELSE 30 END) THEN
        RAISE EXCEPTION 'too many partitions: from % to %', first_day, last_day
            USING ERRCODE = 'program_limit_exceeded', HINT = 'Add at most about 1200 partitions at once.';
    END IF;
END
$$;
COMMENT ON FUNCTION accelcost_internal.check_partition_days(text, date, date) IS
    'raises an error unless partitions of days or months can be added from a day to another';

CREATE FUNCTION accelcost_internal.add_usage_partitions(
    usage_table regclass, partition text, first_day date, last_day date)
    RETURNS integer
    LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    SET quote_all_identifiers = off
    SET datestyle = 'ISO, YMD'
    SET timezone = 'UTC'
AS $$
DECLARE
    parent pg_class%ROWTYPE;
    taken  text[];
    bounds text;
    day    date;
    next   date;
    name   text;
    place  text;
    added  integer := 0;
BEGIN
    IF usage_table IS NULL THEN
        RAISE EXCEPTION '"usage_table" must not be null' USING ERRCODE = 'null_value_not_allowed';
    END IF;
    PERFORM accelcost_internal.check_partition_days(partition, first_day, last_day);
    SELECT * INTO parent FROM pg_class WHERE oid = usage_table;
    IF parent.relkind IS DISTINCT FROM 'p' THEN
        RAISE EXCEPTION '"%" is not a partitioned table', coalesce(parent.relname::text, usage_table::oid::text)
            USING ERRCODE = 'wrong_object_type',
                  HINT = 'Create one with parameter "partition" of accelcost.create_usage_table.';
    END IF;
    -- The longest name of a partition adds _2026_07_31.
    IF octet_length(parent.relname) > 52 THEN
        RAISE EXCEPTION 'the name of table "%" has more than 52 bytes', parent.relname
            USING ERRCODE = 'name_too_long', HINT = 'Rename it, or create its partitions with CREATE TABLE.';
    END IF;
    -- A partition belongs to the role that creates it, and its indexes have the expressions of its table.
    IF pg_get_userbyid(parent.relowner) <> current_user THEN
        RAISE EXCEPTION 'must be owner of table %', parent.relname
            USING ERRCODE = 'insufficient_privilege',
                  HINT = format('Only its owner, %s, can run this. Use SET ROLE %1$s first.',
                                parent.relowner::regrole);
    END IF;

    -- Partitions may have other names, also because their table had.
    taken := ARRAY(SELECT pg_get_expr(c.relpartbound, c.oid)
                   FROM pg_inherits AS i JOIN pg_class AS c ON c.oid = i.inhrelid WHERE i.inhparent = usage_table);
    day := date_trunc(partition, first_day::timestamp)::date;
    WHILE day <= last_day LOOP
        next := CASE partition WHEN 'day' THEN day + 1 ELSE (day + interval '1 month')::date END;
        name := format('%s_%s', parent.relname,
                       replace(CASE partition WHEN 'day' THEN day::text ELSE left(day::text, 7) END, '-', '_'));
        bounds := format('FOR VALUES FROM (%L) TO (%L)', day || ' 00:00:00+00', next || ' 00:00:00+00');
        IF bounds <> ALL (taken) THEN
            place := format('%s.%I', parent.relnamespace::regnamespace, name);
            EXECUTE format('CREATE TABLE %s PARTITION OF %s %s', place, usage_table, bounds);
            EXECUTE format('COMMENT ON TABLE %s IS %L', place,
                           format('use of %s', CASE partition WHEN 'day' THEN day::text ELSE left(day::text, 7) END));
            -- Partitions do not inherit it.
            IF parent.relreplident = 'f' THEN
                EXECUTE format('ALTER TABLE %s REPLICA IDENTITY FULL', place);
            END IF;
            added := added + 1;
        END IF;
        day := next;
    END LOOP;
    RETURN added;
END
$$;
COMMENT ON FUNCTION accelcost_internal.add_usage_partitions(regclass, text, date, date) IS
    'accelcost.add_usage_partitions, for text resolved at run time';

CREATE FUNCTION accelcost.add_usage_partitions(usage_table regclass, partition text, first_day date, last_day date)
    RETURNS integer
    LANGUAGE sql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE
    RETURN accelcost_internal.add_usage_partitions(usage_table, partition, first_day, last_day);
COMMENT ON FUNCTION accelcost.add_usage_partitions(regclass, text, date, date) IS
    'adds the missing partitions, a day or month of UTC each, and returns their number';

-- LIKE copies expressions as they were parsed, so that nothing is looked up again. What another role added to
-- accelcost.usage, such as a check that calls its function, would run with the rights of those who write.
CREATE FUNCTION accelcost_internal.check_usage_copy(usage_table regclass) RETURNS void
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    foreign_object text;
BEGIN
    SELECT min(pg_describe_object(d.refclassid, d.refobjid, 0)) INTO foreign_object
    FROM (SELECT 'pg_class'::regclass AS class, usage_table::oid AS id
          UNION ALL SELECT 'pg_constraint'::regclass, oid FROM pg_constraint WHERE conrelid = usage_table
          UNION ALL SELECT 'pg_attrdef'::regclass, oid FROM pg_attrdef WHERE adrelid = usage_table
          UNION ALL SELECT 'pg_class'::regclass, indexrelid FROM pg_index WHERE indrelid = usage_table
          UNION ALL SELECT 'pg_statistic_ext'::regclass, oid FROM pg_statistic_ext WHERE stxrelid = usage_table) AS part
    JOIN pg_depend AS d ON d.classid = part.class AND d.objid = part.id
    WHERE d.refclassid IN ('pg_proc'::regclass, 'pg_operator'::regclass, 'pg_opclass'::regclass, 'pg_type'::regclass,
                           'pg_cast'::regclass, 'pg_collation'::regclass)
      -- Objects of the server are not recorded, or have a low number.
      AND d.refobjid >= 16384
      AND NOT EXISTS (SELECT FROM pg_depend AS m
                      WHERE m.classid = d.refclassid AND m.objid = d.refobjid AND m.deptype = 'e'
                        AND m.refclassid = 'pg_extension'::regclass
                        AND m.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'accelcost'));
    IF foreign_object IS NOT NULL THEN
        RAISE EXCEPTION 'cannot copy accelcost.usage: it uses %, which does not belong to the extension', foreign_object
            USING ERRCODE = 'object_not_in_prerequisite_state',
                  HINT = 'Remove the default, check or index that uses it from accelcost.usage.';
    END IF;
END
$$;
COMMENT ON FUNCTION accelcost_internal.check_usage_copy(regclass) IS
    'raises an error if a copy of accelcost.usage uses an object that is neither the server''s nor the extension''s';

CREATE FUNCTION accelcost_internal.create_usage_table(
    name text, partition text, key text[], first_day date, last_day date, caller_schema text)
    RETURNS regclass
    LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    SET quote_all_identifiers = off
AS $$
DECLARE
    template CONSTANT regclass := accelcost_internal.usage_table();
    place    record;
    made     regclass;
    unknown  text;
BEGIN
    IF name IS NULL OR partition IS NULL OR key IS NULL THEN
        RAISE EXCEPTION '"%" must not be null',
            CASE WHEN name IS NULL THEN 'name' WHEN partition IS NULL THEN 'partition' ELSE 'key' END
            USING ERRCODE = 'null_value_not_allowed';
    END IF;
    IF partition NOT IN ('none', 'day', 'month') THEN
        RAISE EXCEPTION 'invalid value for parameter "partition": "%"', partition
            USING ERRCODE = 'invalid_parameter_value', HINT = 'Use "none", "day" or "month".';
    END IF;
    IF partition <> 'none' THEN
        PERFORM accelcost_internal.check_partition_days(partition, first_day, coalesce(last_day, first_day));
    ELSIF num_nonnulls(first_day, last_day) > 0 THEN
        RAISE EXCEPTION '"%" needs partitions', CASE WHEN first_day IS NULL THEN 'last_day' ELSE 'first_day' END
            USING ERRCODE = 'invalid_parameter_value', HINT = 'Use partition => ''month'' or ''day''.';
    END IF;
    SELECT format('"%s"', k) INTO unknown FROM unnest(key) AS k
    WHERE NOT EXISTS (SELECT FROM pg_attribute AS a WHERE a.attrelid = template AND a.attname = k AND a.attnum > 0)
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'invalid value for parameter "key": %', coalesce(unknown, 'NULL')
            USING ERRCODE = 'invalid_parameter_value', HINT = 'Name columns of accelcost.usage, or ''{}'' for no key.';
    END IF;
    IF cardinality(key) > (SELECT count(DISTINCT k) FROM unnest(key) AS k) THEN
        RAISE EXCEPTION '"key" must name a column once' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF partition <> 'none' AND key <> '{}' AND 'period_start' <> ALL (key) THEN
        RAISE EXCEPTION '"key" must contain period_start, by which the table is partitioned'
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    place := accelcost_internal.usage_table_place(name, caller_schema);

    EXECUTE format('CREATE TABLE %I.%I (LIKE %s INCLUDING ALL)%s', place.schema_name, place.table_name, template,
                   CASE WHEN partition <> 'none' THEN ' PARTITION BY RANGE (period_start)' ELSE '' END);
    made := format('%I.%I', place.schema_name, place.table_name)::regclass;
    PERFORM accelcost_internal.check_usage_copy(made);
    EXECUTE (SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', made, conname)
             FROM pg_constraint WHERE conrelid = made AND contype = 'p');
    IF key = '{}' THEN
        EXECUTE format('ALTER TABLE %s REPLICA IDENTITY FULL', made);
    ELSE
        EXECUTE format('ALTER TABLE %s ADD PRIMARY KEY (%s)', made,
                       (SELECT string_agg(quote_ident(k), ', ' ORDER BY n)
                        FROM unnest(key) WITH ORDINALITY AS u (k, n)));
    END IF;
    EXECUTE format('COMMENT ON TABLE %s IS %L', made, 'use of models and accelerators, one row per record');
    IF partition <> 'none' THEN
        PERFORM accelcost_internal.add_usage_partitions(made, partition, first_day, coalesce(last_day, first_day));
    END IF;
    RETURN made;
END
$$;
COMMENT ON FUNCTION accelcost_internal.create_usage_table(text, text, text[], date, date, text) IS
    'accelcost.create_usage_table, with the schema that the caller creates tables in';

CREATE FUNCTION accelcost.create_usage_table(
    name text, partition text DEFAULT 'none', key text[] DEFAULT '{source,record_id,period_start}',
    first_day date DEFAULT NULL, last_day date DEFAULT NULL)
    RETURNS regclass
    LANGUAGE sql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE
    RETURN accelcost_internal.create_usage_table(name, partition, key, first_day, last_day, current_schema()::text);
COMMENT ON FUNCTION accelcost.create_usage_table(text, text, text[], date, date) IS
    'creates a table like accelcost.usage, for reports as source, with your own key and partitions, and returns it';
