-- Create a rollup while others write to the table.

-- Keep objects of users out of the schema of the extension: a rollup of one of its tables goes to the caller's schema.
CREATE FUNCTION accelcost_internal.rollup_schema(source_schema text, caller_schema text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
    SET quote_all_identifiers = off
AS $$
BEGIN
    IF source_schema <> 'accelcost' THEN
        RETURN quote_ident(source_schema);
    END IF;
    IF caller_schema IS NULL THEN
        RAISE EXCEPTION 'no schema has been selected to create a rollup in'
            USING ERRCODE = 'invalid_schema_name', HINT = 'Put the schema for the rollup first in search_path.';
    END IF;
    IF caller_schema IN ('accelcost', 'accelcost_internal') OR starts_with(caller_schema, 'pg_') THEN
        RAISE EXCEPTION 'cannot create a rollup in schema "%"', caller_schema
            USING ERRCODE = 'invalid_schema_name', HINT = 'Put the schema for the rollup first in search_path.';
    END IF;
    RETURN quote_ident(caller_schema);
END
$$;
COMMENT ON FUNCTION accelcost_internal.rollup_schema(text, text) IS
    'returns the quoted schema for a rollup: that of its table or, for tables of accelcost, the schema of the caller';

-- Long, because every statement names the objects that those before it created, so their order is best read in one go.
CREATE FUNCTION accelcost_internal.rollup_define(
    name text, source regclass, at text, keys text[], measures text[], grain text, tz text, path text,
    caller_schema text, retention text)
    RETURNS regclass
    LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    SET quote_all_identifiers = off
AS $$
DECLARE
    own        CONSTANT text := accelcost_internal.value_schema(); -- an argument of the formats: it may contain a %
    d          accelcost.rollup_definition;
    c          record;
    item       record;
    found      record;
    schema     text;
    base       text;        -- qualified names: of the view, then of its parts
    row_view   text;
    delta      text;
    folded     text;
    definition text;
    append     text;
    valued     text;
    part       text;
    kept       text;
    bucket     text;
    columns    text;        -- columns of a row, as the rollup sees it
    counted    text[];
    is_tree    CONSTANT boolean := accelcost_internal.is_partitioned(source);
BEGIN
    IF name IS NULL OR at IS NULL OR keys IS NULL OR measures IS NULL OR grain IS NULL OR tz IS NULL
       OR retention IS NULL THEN
        RAISE EXCEPTION '"%" must not be null',
            CASE WHEN name IS NULL THEN 'name' WHEN at IS NULL THEN 'at' WHEN keys IS NULL THEN 'keys'
                 WHEN measures IS NULL THEN 'measures' WHEN grain IS NULL THEN 'grain' WHEN tz IS NULL THEN 'tz'
                 ELSE 'retention' END
            USING ERRCODE = 'null_value_not_allowed';
    END IF;
    IF octet_length(name) NOT BETWEEN 1 AND 54 THEN
        RAISE EXCEPTION '"name" must have 1 to 54 bytes' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF grain NOT IN ('month', 'day') THEN
        RAISE EXCEPTION 'invalid value for parameter "grain": "%"', grain
            USING ERRCODE = 'invalid_parameter_value', HINT = 'Use "month" or "day".';
    END IF;
    IF retention NOT IN ('keep', 'subtract') THEN
        RAISE EXCEPTION 'invalid value for parameter "retention": "%"', retention
            USING ERRCODE = 'invalid_parameter_value', HINT = 'Use "keep" or "subtract".';
    END IF;
    -- An unknown time zone raises an error.
    PERFORM accelcost_internal.bill_month('2026-01-01 00:00+00'::timestamptz, tz);
    PERFORM accelcost_internal.rollup_check_source(source);

    schema := accelcost_internal.rollup_schema(
        (SELECT nspname FROM pg_namespace WHERE oid = (SELECT relnamespace FROM pg_class WHERE oid = source)),
        caller_schema);
    base := format('%s.%I', schema, name);
    row_view := format('%s.%I', schema, name || '_row');
    delta := format('%s.%I', schema, name || '_delta');
    folded := format('%s.%I', schema, name || '_folded');
    definition := format('%s.%I', schema, name || '_rollup');
    append := format('%s.%I', schema, name || '_append');
    valued := format('%s.%I', schema, name || '_values');
    part := format('%s.%I', schema, name || '_part');
    kept := format('%s.%I', schema, name || '_kept');
    IF to_regclass(base) IS NOT NULL THEN
        RAISE EXCEPTION 'relation "%" already exists', name USING ERRCODE = 'duplicate_table';
    END IF;
    IF EXISTS (SELECT FROM pg_proc
               WHERE pronamespace = schema::regnamespace AND proname = name || '_values'
                 AND pg_get_userbyid(proowner) = current_user) THEN
        RAISE EXCEPTION 'function "%" already exists', name || '_values' USING ERRCODE = 'duplicate_function';
    END IF;

    d.source := source; d.at := at; d.keys := keys; d.measures := measures; d.grain := grain; d.tz := tz;
    d.key_names := '{}'; d.measure_names := '{}'; d.measure_kinds := '{}';
    d.state := 'building'; d.created_at := now();
    d.retention := CASE WHEN is_tree THEN retention END;

    -- The rows as the rollup sees them.
    EXECUTE format('CREATE TABLE %s (LIKE %s)', delta, source);
    found := accelcost_internal.rollup_expression(delta, source, at, '"at"', path);
    IF found.type NOT IN ('timestamptz'::regtype, 'timestamp'::regtype, 'date'::regtype) THEN
        RAISE EXCEPTION '"at" must be a timestamp or a date, not of type %', found.type
            USING ERRCODE = 'datatype_mismatch';
    END IF;
    bucket := CASE
        WHEN grain = 'month' AND tz = 'UTC' THEN format('%s.bill_month(%s)', own, found.qualified)
        WHEN grain = 'month' THEN format('%s.bill_month(%s, %L::text)', own, found.qualified, tz)
        WHEN found.type = 'date'::regtype THEN found.qualified
        WHEN found.type = 'timestamptz'::regtype THEN format('(%s AT TIME ZONE %L)::date', found.qualified, tz)
        ELSE format('(%s AT TIME ZONE ''UTC'' AT TIME ZONE %L)::date', found.qualified, tz) END;
    columns := format('%s AS %I', bucket, grain);

    FOR item IN SELECT i.* FROM unnest(keys) AS k, accelcost_internal.rollup_item(k, 'keys') AS i LOOP
        found := accelcost_internal.rollup_expression(
            delta, source, item.expression, format('key "%s"', item.name), path);
        d.key_names := d.key_names || item.name;
        columns := format('%s, %s AS %I', columns, found.qualified, item.name);
    END LOOP;

    FOR item IN SELECT i.* FROM unnest(measures) AS m, accelcost_internal.rollup_item(m, 'measures') AS i LOOP
        counted := CASE WHEN item.expression = quote_ident(item.name) THEN ARRAY['sum', item.expression]
                        ELSE regexp_match(item.expression, '^(sum|count)[[:space:]]*[(](.+)[)]$', 'i') END;
        IF counted IS NULL THEN
            RAISE EXCEPTION 'invalid value for parameter "measures": "%"', item.expression
                USING ERRCODE = 'invalid_parameter_value',
                      HINT = 'A measure is a column, "name => sum(expression)", "name => count(expression)" '
                             'or "name => count(*)".';
        END IF;
        IF lower(counted[1]) = 'count' AND btrim(counted[2]) = '*' THEN
            counted[2] := '1';
        END IF;
        found := accelcost_internal.rollup_expression(
            delta, source, counted[2], format('measure "%s"', item.name), path);
        d.measure_names := d.measure_names || item.name;
        d.measure_kinds := d.measure_kinds || CASE
            WHEN lower(counted[1]) = 'count' THEN 'count'
            WHEN found.type IN ('smallint'::regtype, 'integer'::regtype, 'bigint'::regtype) THEN 'integer'
            WHEN found.type = 'numeric'::regtype THEN 'numeric'
            WHEN found.type = accelcost_internal.tco_type() THEN 'tco' END;
        IF d.measure_kinds[cardinality(d.measure_kinds)] IS NULL THEN
            RAISE EXCEPTION 'cannot sum measure "%" of type %', item.name, found.type
                USING ERRCODE = 'datatype_mismatch',
                      DETAIL = 'Only sums of integers, numeric and tco stay exact when values are subtracted.',
                      HINT = 'If the measure is a number, cast it to numeric.';
        END IF;
        columns := format(CASE d.measure_kinds[cardinality(d.measure_kinds)]
                              WHEN 'integer' THEN '%s, %s::bigint AS %I'
                              WHEN 'numeric' THEN '%s, %s::numeric AS %I'
                              ELSE '%s, %s AS %I' END,
                          columns, found.qualified, item.name);
    END LOOP;
    c := accelcost_internal.rollup_columns(d);
    PERFORM accelcost_internal.rollup_check_column_names(d);
    EXECUTE format('DROP TABLE %s', delta);

    -- The view keeps the columns that it uses from being dropped or changing type.
    EXECUTE format('CREATE VIEW %s AS SELECT %s FROM %s %s', row_view, columns,
                   CASE WHEN is_tree THEN '' ELSE 'ONLY' END, source);
    EXECUTE (
        SELECT format('CREATE TYPE %s AS (%s)', valued,
                      string_agg(concat_ws(' COLLATE ', format('%I %s', a.attname, a.atttypid::regtype),
                                           nullif(a.attcollation, 0)::regcollation::text), ', ' ORDER BY a.attnum))
        FROM pg_attribute AS a WHERE a.attrelid = row_view::regclass AND a.attnum > 0);
    EXECUTE (
        SELECT format($sql$
            CREATE FUNCTION %1$s(%2$s) RETURNS SETOF %1$s LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 1
            BEGIN ATOMIC
                SELECT %3$s FROM (SELECT %4$s) AS n%5$s;
            END$sql$,
            valued, concat_ws(', ', valued, string_agg(u.type::text, ', ' ORDER BY u.ordinal)), columns,
            -- Parameters have no collation of their own, unlike columns.
            string_agg(concat_ws(' COLLATE ', format('$%s', 1 + u.number), u.collation_given::text),
                       ', ' ORDER BY u.ordinal),
            ' (' || string_agg(quote_ident(u.name), ', ' ORDER BY u.ordinal) || ')')
        FROM (SELECT *, row_number() OVER (ORDER BY ordinal) AS number
              FROM accelcost_internal.rollup_columns_used(row_view::regclass, source)) AS u);
    EXECUTE format('CREATE TABLE %s AS SELECT * FROM (SELECT %s, %s FROM %s AS r) AS s (%s, %s) WITH NO DATA',
                   delta, c.row_groups, c.empty_states, row_view, c.groups, c.states);
    EXECUTE format('ALTER TABLE %s ALTER row_count SET NOT NULL, REPLICA IDENTITY FULL, '
                   'SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, '
                        'autovacuum_vacuum_insert_threshold = 50000)', delta);
    EXECUTE format('CREATE TABLE %s (LIKE %s, UNIQUE NULLS NOT DISTINCT (%s)) WITH (fillfactor = 50)',
                   folded, delta, c.groups);
    EXECUTE format('ALTER TABLE %s ALTER row_count SET NOT NULL, REPLICA IDENTITY FULL', folded);
    EXECUTE format('CREATE TABLE %s OF accelcost.rollup_definition WITH (fillfactor = 20)', definition);
    EXECUTE format('ALTER TABLE %s REPLICA IDENTITY FULL', definition);
    EXECUTE format('INSERT INTO %s SELECT ($1).*', definition) USING d;

    IF is_tree THEN
        EXECUTE format('CREATE TABLE %s OF accelcost.rollup_part', part);
        EXECUTE format('CREATE TABLE %s (LIKE %s)', kept, delta);
        EXECUTE format('ALTER TABLE %s REPLICA IDENTITY FULL', part);
        EXECUTE format('CREATE INDEX ON %s (part)', part);
    END IF;
    EXECUTE format('CREATE FUNCTION %s() RETURNS trigger LANGUAGE plpgsql AS ''BEGIN END''', append);
    -- To add up takes longer than all else that a query does with the sums, so only buckets with deltas are added up.
    -- The two conditions exclude each other, also for a bucket that is NULL. Without deltas, the sums are read once.
    -- DISTINCT, so that the planner hashes the buckets however many deltas there are.
    -- The alias is a reserved name: with the name of a key, it would read the key. Arguments have exactly the types of
    -- the parameters, because other roles can create functions in accelcost.
    EXECUTE format($sql$CREATE VIEW %1$s AS
        SELECT * FROM (
            SELECT %2$s, %3$s FROM %6$s AS f
            WHERE (f.%4$I IN (SELECT DISTINCT d.%4$I FROM %7$s AS d)) IS FALSE AND row_count <> 0
            UNION ALL
            SELECT %2$s, %5$s
            FROM (SELECT %2$s, %8$s FROM %6$s AS f
                  WHERE EXISTS (SELECT FROM %7$s)
                    AND (f.%4$I IN (SELECT DISTINCT d.%4$I FROM %7$s AS d)) IS NOT FALSE
                  UNION ALL SELECT %2$s, %8$s FROM %7$s) AS s
            GROUP BY %2$s HAVING sum(row_count) <> 0) AS s
        WHERE (SELECT accelcost.rollup_is_kept(
                          %9$L::text,
                          (SELECT " state"::accelcost.rollup_definition FROM %10$s AS " state"),
                          %11$L::regprocedure,
                          %12$s))$sql$,
        base, c.groups, c.shown_alone, d.grain, c.shown, folded, delta, c.states, name, definition, append || '()',
        CASE WHEN is_tree THEN format('ARRAY(SELECT " state"::accelcost.rollup_part FROM %s AS " state")', part)
             ELSE 'NULL::accelcost.rollup_part[]' END);
    PERFORM accelcost_internal.rollup_make_private(
        ARRAY[row_view, delta, folded, definition] || CASE WHEN is_tree THEN ARRAY[part, kept] ELSE '{}' END,
        valued::regtype, accelcost_internal.rollup_functions(base::regclass));
    PERFORM accelcost_internal.rollup_renamed(base::regclass);

    EXECUTE format('COMMENT ON VIEW %s IS %L', base,
                   format('sums of %s by %s, always equal to the table', source, grain));
    EXECUTE format('COMMENT ON VIEW %s IS %L', row_view, format('rows of %s as rollup %s sees them', source, name));
    EXECUTE format('COMMENT ON TABLE %s IS %L', delta, format('changes of rollup %s that are not folded yet', name));
    EXECUTE format('COMMENT ON TABLE %s IS %L', folded, format('folded sums of rollup %s', name));
    EXECUTE format('COMMENT ON TABLE %s IS %L', definition, format('definition and state of rollup %s', name));
    EXECUTE format('COMMENT ON FUNCTION %s() IS %L', append, format('records changes for rollup %s', name));
    EXECUTE format('COMMENT ON TYPE %s IS %L', valued, format('row of %s as rollup %s sees it', source, name));
    EXECUTE format('COMMENT ON FUNCTION %s IS %L', valued,
                   format('returns a row of %s as rollup %s sees it', source, name));
    IF is_tree THEN
        EXECUTE format('COMMENT ON TABLE %s IS %L', part,
                       format('partitions of %s that rollup %s counts', source, name));
        EXECUTE format('COMMENT ON TABLE %s IS %L', kept,
                       format('sums of removed partitions of %s, for rollup %s', source, name));
    END IF;
    PERFORM accelcost_internal.rollup_attach(base::regclass, false);
    RETURN base::regclass;
END
$$;
COMMENT ON FUNCTION accelcost_internal.rollup_define(
        text, regclass, text, text[], text[], text, text, text, text, text) IS
    'creates a rollup and its triggers, to be filled by rollup_fill';

-- A procedure with SET cannot commit, so all names are qualified.
CREATE PROCEDURE accelcost.rollup_create(
    name text, source regclass, at text, keys text[] DEFAULT '{}', measures text[] DEFAULT '{}',
    grain text DEFAULT 'month', tz text DEFAULT 'UTC', retention text DEFAULT 'keep')
    LANGUAGE plpgsql
AS $$
DECLARE
    rollup pg_catalog.regclass;
BEGIN
    rollup := accelcost_internal.rollup_define(
        name, source, at, keys, measures, grain, tz,
        pg_catalog.current_setting('search_path'), pg_catalog.current_schema()::pg_catalog.text,
        retention);
    COMMIT;
    SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
    PERFORM accelcost_internal.rollup_fill(rollup);
    PERFORM accelcost_internal.rollup_fold(rollup);
END
$$;
COMMENT ON PROCEDURE accelcost.rollup_create(text, regclass, text, text[], text[], text, text, text) IS
    'creates a view of sums by month or day, in the schema of the table; for accelcost tables, in your current schema';
