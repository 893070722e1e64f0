-- Rollups: the parts of a rollup, and the SQL that its columns make.
--
-- A rollup NAME of a table is a view of that name, in the schema of the table or, for a table of accelcost, in the
-- schema that its creator had first in search_path. The view reads these parts, which are in its schema:
--
--   NAME_row       the rows of the table as the rollup sees them
--   NAME_values()  the same for one row, for the triggers, and its type
--   NAME_delta     changes that are not folded yet
--   NAME_folded    the sums so far
--   NAME_rollup    the definition, in one row
--   NAME_append()  the function of the triggers
--
-- All of them belong to the owner of the table. There is no list of rollups that another role could write to:
-- NAME_rollup is recognised by its type and trusted because of its owner.

CREATE TYPE accelcost.rollup_definition AS (
    source         regclass,
    at             text,
    grain          text,
    tz             text,
    keys           text[],
    measures       text[],
    key_names      text[],
    measure_names  text[],
    measure_kinds  text[],
    state          text,
    created_at     timestamptz,
    folded_at      timestamptz,
    verified_at    timestamptz,
    differences    bigint
);
COMMENT ON TYPE accelcost.rollup_definition IS
    'definition and state of a rollup: the one row of its table NAME_rollup';
COMMENT ON COLUMN accelcost.rollup_definition.source IS 'table that the rollup sums';
COMMENT ON COLUMN accelcost.rollup_definition.at IS 'time of a row, as given to rollup_create';
COMMENT ON COLUMN accelcost.rollup_definition.grain IS 'month or day';
COMMENT ON COLUMN accelcost.rollup_definition.tz IS 'time zone of the months or days';
COMMENT ON COLUMN accelcost.rollup_definition.keys IS 'keys, as given to rollup_create';
COMMENT ON COLUMN accelcost.rollup_definition.measures IS 'measures, as given to rollup_create';
COMMENT ON COLUMN accelcost.rollup_definition.key_names IS 'column names of the keys';
COMMENT ON COLUMN accelcost.rollup_definition.measure_names IS 'column names of the measures';
COMMENT ON COLUMN accelcost.rollup_definition.measure_kinds IS 'kind of each measure: count, integer, numeric or tco';
COMMENT ON COLUMN accelcost.rollup_definition.state IS
    'building, kept, paused, or stale: written while the table had child tables';
COMMENT ON COLUMN accelcost.rollup_definition.created_at IS 'time of creation';
COMMENT ON COLUMN accelcost.rollup_definition.folded_at IS 'time of the last rollup_fold; NULL if never';
COMMENT ON COLUMN accelcost.rollup_definition.verified_at IS 'time of the last complete rollup_verify; NULL if never';
COMMENT ON COLUMN accelcost.rollup_definition.differences IS
    'groups that differed then; NULL after they were corrected';

CREATE FUNCTION accelcost_internal.rollup_item(item text, parameter text, OUT name text, OUT expression text)
    LANGUAGE plpgsql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    named text[] := regexp_match(
        item,
        '^[[:space:]]*("(?:[^"]|"")+"|[[:alpha:]_][[:alnum:]_$]*)[[:space:]]*'
        '=>[[:space:]]*(.*[^[:space:]])[[:space:]]*$');
BEGIN
    IF item IS NULL THEN
        RAISE EXCEPTION '"%" must not contain nulls', parameter USING ERRCODE = 'null_value_not_allowed';
    END IF;
    IF named IS NULL AND item !~ '^[[:space:]]*("(?:[^"]|"")+"|[[:alpha:]_][[:alnum:]_$]*)[[:space:]]*$' THEN
        RAISE EXCEPTION 'invalid value for parameter "%": "%"', parameter, item
            USING ERRCODE = 'invalid_parameter_value',
                  HINT = CASE parameter
                      WHEN 'keys' THEN 'A key is a column, or "name => expression".'
                      ELSE 'A measure is a column, "name => sum(expression)", "name => count(expression)" '
                           'or "name => count(*)".' END;
    END IF;
    name := (parse_ident(btrim(coalesce(named[1], item), E' \t\r\n')))[1];
    expression := coalesce(named[2], quote_ident(name));
END
$$;
COMMENT ON FUNCTION accelcost_internal.rollup_item(text, text) IS
    'returns the name and the expression of a key or measure; a bare column is both';

-- Build the text for the columns of a rollup. A state is a row of sums: the number of rows and, for each measure, its
-- sum, how many values the sum has, and how many NaNs and infinities were left out. States can be added and subtracted.
CREATE FUNCTION accelcost_internal.rollup_columns(
    definition accelcost.rollup_definition,
    OUT groups text, OUT states text, OUT row_groups text, OUT row_states text, OUT state_sums text,
    OUT state_negated text, OUT is_some text, OUT state_added text, OUT shown text, OUT keys_json text,
    OUT states_json text, OUT empty_states text)
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
    SET quote_all_identifiers = off
AS $$
DECLARE
    own     CONSTANT text := accelcost_internal.value_schema(); -- an argument of the formats: it may contain a %
    n       text;
    kind    text;
    part    record;
BEGIN
    groups := quote_ident(definition.grain);
    row_groups := 'r.' || groups;
    FOREACH n IN ARRAY definition.key_names LOOP
        groups := format('%s, %I', groups, n);
        row_groups := format('%s, r.%I', row_groups, n);
        keys_json := concat_ws(', ', keys_json, format('%L, %I', n, n));
    END LOOP;
    states := 'row_count';
    row_states := 'count(*)';
    state_sums := 'sum(row_count)::bigint AS row_count';
    state_negated := '-row_count';
    is_some := 'sum(row_count) <> 0';
    state_added := 'row_count = f.row_count + excluded.row_count';
    shown := 'sum(row_count)::bigint AS row_count';
    states_json := '''row_count'', row_count';
    empty_states := '0::bigint AS row_count';

    FOR n, kind IN SELECT * FROM unnest(definition.measure_names, definition.measure_kinds) LOOP
        IF kind = 'tco' THEN
            groups := format('%s, %I', groups, n || '_currency');
            row_groups := format('%s, %s.currency(r.%I)', row_groups, own, n);
            keys_json := concat_ws(', ', keys_json, format('%L, %I', n || '_currency', n || '_currency'));
        END IF;
        -- The stored columns of a measure: name, type, expression over rows. NaN and infinities have no scale.
        FOR part IN
            SELECT * FROM (VALUES
                ('count',   n,               'bigint',      format('count(r.%I)', n)),
                ('integer', n,               'numeric',     format('coalesce(sum(r.%I), 0)', n)),
                ('integer', n || '_values',  'bigint',      format('count(r.%I)', n)),
                ('numeric', n,               'numeric',     format('coalesce(sum(r.%1$I) FILTER '
                                                                   '(WHERE scale(r.%1$I) IS NOT NULL), 0)', n)),
                ('numeric', n || '_values',  'bigint',      format('count(scale(r.%I))', n)),
                ('numeric', n || '_invalid', 'bigint',      format('count(r.%1$I) - count(scale(r.%1$I))', n)),
                ('tco',     n,               own || '.tco', format('%s.sum(r.%I)', own, n)),
                ('tco',     n || '_values',  'bigint',      format('count(r.%I)', n))
            ) AS p (of_kind, name, type, from_rows)
            WHERE of_kind = kind
        LOOP
            states := format('%s, %I', states, part.name);
            row_states := format('%s, %s', row_states, part.from_rows);
            state_sums := format(CASE part.type WHEN 'numeric' THEN '%s, sum(%I) AS %2$I'
                                                WHEN 'bigint' THEN '%s, sum(%I)::bigint AS %2$I'
                                                ELSE '%s, %3$s.sum(%2$I) AS %2$I' END, state_sums, part.name, own);
            IF kind = 'tco' AND part.type <> 'bigint' THEN
                state_negated := format('%s, OPERATOR(%s.-) %I', state_negated, own, part.name);
                state_added := format('%s, %I = f.%2$I OPERATOR(%3$s.+) excluded.%2$I', state_added, part.name, own);
                is_some := format('%1$s OR %3$s.sum(%2$I) OPERATOR(%3$s.<>) '
                                  '(%3$s.sum(%2$I) OPERATOR(%3$s.-) %3$s.sum(%2$I))', is_some, part.name, own);
            ELSE
                state_negated := format('%s, -%I', state_negated, part.name);
                state_added := format('%s, %I = f.%2$I + excluded.%2$I', state_added, part.name);
                is_some := format('%s OR sum(%I) <> 0', is_some, part.name);
            END IF;
            states_json := format('%s, %L, %I', states_json, part.name, part.name);
            empty_states := format('%s, NULL::%s AS %I', empty_states, part.type, part.name);
        END LOOP;
        shown := format(CASE kind
            WHEN 'count' THEN '%s, sum(%I)::bigint AS %2$I'
            WHEN 'integer' THEN '%s, CASE WHEN sum(%3$I) <> 0 THEN sum(%2$I) END AS %2$I, '
                                '(sum(row_count) - sum(%3$I))::bigint AS %5$I'
            WHEN 'numeric' THEN '%s, CASE WHEN sum(%3$I) <> 0 THEN sum(%2$I) END AS %2$I, '
                                '(sum(row_count) - sum(%3$I) - sum(%4$I))::bigint AS %5$I, '
                                'sum(%4$I)::bigint AS %4$I'
            WHEN 'tco' THEN '%s, %6$s.sum(%2$I) AS %2$I, (sum(row_count) - sum(%3$I))::bigint AS %5$I' END,
            shown, n, n || '_values', n || '_invalid', n || '_missing', own);
    END LOOP;
    keys_json := coalesce(keys_json, '');
END
$$;
COMMENT ON FUNCTION accelcost_internal.rollup_columns(accelcost.rollup_definition) IS
    'returns the lists of columns and expressions that the SQL of a rollup is built from';

-- Decide whose code runs: only the owner uses a rollup, so that no role runs expressions that another role defined.
CREATE FUNCTION accelcost_internal.rollup_names(
    rollup regclass,
    OUT title text, OUT definition_table text, OUT row_view text, OUT delta_table text, OUT folded_table text,
    OUT append_function text, OUT values_function text)
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
    SET quote_all_identifiers = off
AS $$
DECLARE
    v  pg_class%ROWTYPE;
    me CONSTANT oid := (SELECT oid FROM pg_roles WHERE rolname = current_user);
BEGIN
    IF rollup IS NULL THEN
        RAISE EXCEPTION '"rollup" must not be null' USING ERRCODE = 'null_value_not_allowed';
    END IF;
    SELECT * INTO v FROM pg_class WHERE oid = rollup;
    IF v.oid IS NULL THEN
        RAISE EXCEPTION 'relation with OID % does not exist', rollup::oid USING ERRCODE = 'undefined_table';
    END IF;
    IF v.relkind <> 'v' OR NOT EXISTS (
        SELECT FROM pg_class AS d WHERE d.relnamespace = v.relnamespace AND d.relname = v.relname || '_rollup'
            AND d.relkind = 'r' AND d.reloftype = 'accelcost.rollup_definition'::regtype) THEN
        RAISE EXCEPTION '"%" is not a rollup', v.relname USING ERRCODE = 'wrong_object_type';
    END IF;
    IF v.relowner <> me OR EXISTS (
        SELECT FROM pg_class AS d WHERE d.relnamespace = v.relnamespace AND d.relowner <> me
            AND d.relname IN (v.relname || '_rollup', v.relname || '_row', v.relname || '_delta',
                              v.relname || '_folded', v.relname || '_values')) THEN
        RAISE EXCEPTION 'must be owner of rollup %', v.relname
            USING ERRCODE = 'insufficient_privilege',
                  HINT = format('Only its owner, %s, can run this. Use SET ROLE %1$s first.', v.relowner::regrole);
    END IF;
    title := v.relname;
    definition_table := format('%s.%I', v.relnamespace::regnamespace, v.relname || '_rollup');
    row_view := format('%s.%I', v.relnamespace::regnamespace, v.relname || '_row');
    delta_table := format('%s.%I', v.relnamespace::regnamespace, v.relname || '_delta');
    folded_table := format('%s.%I', v.relnamespace::regnamespace, v.relname || '_folded');
    append_function := format('%s.%I', v.relnamespace::regnamespace, v.relname || '_append');
    values_function := format('%s.%I', v.relnamespace::regnamespace, v.relname || '_values');
END
$$;
COMMENT ON FUNCTION accelcost_internal.rollup_names(regclass) IS
    'returns the qualified names of the parts of a rollup; raises an error if another role owns any';

CREATE FUNCTION accelcost_internal.rollup_definition_of(rollup regclass) RETURNS accelcost.rollup_definition
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    d accelcost.rollup_definition;
    names CONSTANT record := accelcost_internal.rollup_names(rollup);
BEGIN
    EXECUTE format('SELECT * FROM %s', names.definition_table) INTO STRICT d;
    RETURN d;
END
$$;
COMMENT ON FUNCTION accelcost_internal.rollup_definition_of(regclass) IS
    'returns the definition and state of a rollup, for its owner';

-- Return columns in their order in the table.
CREATE FUNCTION accelcost_internal.rollup_columns_used(row_view regclass, source regclass)
    RETURNS TABLE (ordinal smallint, name text, type regtype, collation_given regcollation)
    LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT a.attnum, a.attname, a.atttypid, nullif(a.attcollation, t.typcollation)
    FROM pg_attribute AS a JOIN pg_type AS t ON t.oid = a.atttypid
    WHERE a.attrelid = source::oid
      AND a.attnum::integer IN (
          SELECT d.refobjsubid
          FROM pg_rewrite AS r
          JOIN pg_depend AS d ON d.classid = 'pg_rewrite'::regclass::oid AND d.objid = r.oid
          WHERE r.ev_class = row_view::oid
            AND d.refclassid = 'pg_class'::regclass::oid AND d.refobjid = source::oid AND d.refobjsubid > 0)
    ORDER BY a.attnum;
END;
COMMENT ON FUNCTION accelcost_internal.rollup_columns_used(regclass, regclass) IS
    'returns the columns of a table that a view uses; collation is NULL if it is that of the type';

-- A function finds columns by name, and another column may have taken the name.
CREATE FUNCTION accelcost_internal.rollup_names_used(row_view regclass, source regclass) RETURNS text
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN (SELECT concat('columns ', md5(jsonb_agg(u.name ORDER BY u.ordinal)::text))
            FROM accelcost_internal.rollup_columns_used(row_view, source) AS u);
END
$$;
COMMENT ON FUNCTION accelcost_internal.rollup_names_used(regclass, regclass) IS
    'returns the columns a view uses, as text for the trigger function';

-- Leave out functions of extensions: updates keep their results. The owner may replace any other function.
CREATE FUNCTION accelcost_internal.rollup_bodies_used(row_view regclass) RETURNS text
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
    SET quote_all_identifiers = off
AS $$
BEGIN
    RETURN (
        SELECT concat('functions ', coalesce(md5(string_agg(u.body, ' ' ORDER BY u.body)), 'none'))
        FROM (SELECT md5(coalesce(pg_get_function_sqlbody(p.oid), p.prosrc)) AS body
              FROM pg_rewrite AS r
              JOIN pg_depend AS d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
              LEFT JOIN pg_operator AS o ON d.refclassid = 'pg_operator'::regclass AND o.oid = d.refobjid
              JOIN pg_proc AS p ON p.oid = CASE d.refclassid WHEN 'pg_proc'::regclass THEN d.refobjid ELSE o.oprcode END
              WHERE r.ev_class = row_view
                AND d.refclassid IN ('pg_proc'::regclass, 'pg_operator'::regclass)
                AND NOT EXISTS (SELECT FROM pg_depend AS e
                                WHERE e.classid = 'pg_proc'::regclass AND e.objid = p.oid AND e.deptype = 'e')) AS u);
END
$$;
COMMENT ON FUNCTION accelcost_internal.rollup_bodies_used(regclass) IS
    'returns the functions a view uses, except those of extensions, as text for the trigger function';

-- Check that the table belongs to Citus: any user may have a table of that name.
CREATE FUNCTION accelcost_internal.is_citus_table(relation regclass) RETURNS boolean
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    listed boolean := false;
BEGIN
    IF EXISTS (SELECT FROM pg_class AS c
               JOIN pg_depend AS d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e'
               JOIN pg_extension AS e ON d.refclassid = 'pg_extension'::regclass AND e.oid = d.refobjid
               WHERE c.relname = 'pg_dist_partition' AND c.relnamespace = 'pg_catalog'::regnamespace AND c.relkind = 'r'
                 AND e.extname = 'citus') THEN
        EXECUTE 'SELECT EXISTS (SELECT FROM pg_catalog.pg_dist_partition WHERE logicalrelid = $1)'
        INTO listed USING relation;
    END IF;
    RETURN listed;
END
$$;
COMMENT ON FUNCTION accelcost_internal.is_citus_table(regclass) IS
    'returns true if Citus manages a relation';

CREATE FUNCTION accelcost_internal.rollup_source_fault(source regclass) RETURNS text
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    t pg_class%ROWTYPE;
BEGIN
    SELECT * INTO t FROM pg_class WHERE oid = source;
    RETURN CASE
        WHEN t.relkind = 'p' THEN 'is partitioned: rollups of partitioned tables are not supported'
        WHEN t.relispartition THEN 'is a partition: writes through the partitioned table do not fire its triggers'
        WHEN t.relkind = 'f' THEN 'is a foreign table: changes on the foreign server fire no triggers here'
        WHEN t.relkind <> 'r' THEN 'is not a table'
        WHEN t.relpersistence = 't' THEN 'is temporary'
        WHEN t.relpersistence = 'u' THEN 'is unlogged: a crash empties it, but not the rollup'
        WHEN EXISTS (SELECT FROM pg_inherits WHERE inhparent = source)
            THEN 'has child tables: its triggers also see their rows'
        WHEN EXISTS (SELECT FROM pg_inherits WHERE inhrelid = source)
            THEN 'inherits from another table: writes through that table do not fire its triggers'
        WHEN EXISTS (SELECT FROM pg_subscription_rel WHERE srrelid = source)
            THEN 'is filled by logical replication, which fires no triggers'
        WHEN accelcost_internal.is_citus_table(source)
            THEN 'is managed by Citus: writes to its shards do not fire its triggers'
    END;
END
$$;
COMMENT ON FUNCTION accelcost_internal.rollup_source_fault(regclass) IS
    'returns why a rollup of a relation cannot be exact, as a clause without its subject; NULL if it can';

-- The only place that decides what rollup_status reports and when the view raises an error.
CREATE FUNCTION accelcost_internal.rollup_problem(
    definition accelcost.rollup_definition, append_function regprocedure, OUT problem text, OUT hint text)
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
    SET quote_all_identifiers = off
AS $$
DECLARE
    append   pg_proc%ROWTYPE;
    source   pg_class%ROWTYPE;
    title    text;
    row_view regclass;
    present  bigint;
    working  bigint;
    events   bigint;
BEGIN
    SELECT * INTO append FROM pg_proc WHERE oid = append_function;
    SELECT * INTO source FROM pg_class WHERE oid = definition.source;
    title := left(append.proname, -length('_append'));
    IF definition.state IS NULL THEN
        problem := 'it has no definition';
        hint := format('Table "%s" must have one row.', title || '_rollup');
        RETURN;
    ELSIF source.oid IS NULL THEN
        problem := 'its table was dropped';
        hint := format('The last sums are in table "%s". Drop the rollup with rollup_drop.', title || '_folded');
        RETURN;
    ELSIF definition.state = 'paused' THEN
        problem := 'it is paused';
        hint := 'The owner can resume it with rollup_resume.';
        RETURN;
    END IF;

    problem := 'its table ' || coalesce(
        accelcost_internal.rollup_source_fault(source.oid),
        CASE WHEN source.relowner <> append.proowner THEN 'has another owner' END);
    IF problem IS NOT NULL THEN
        hint := 'Undo this and repair the rollup with rollup_repair, or drop it with rollup_drop.';
        RETURN;
    END IF;
    SELECT oid INTO row_view FROM pg_class WHERE relnamespace = append.pronamespace AND relname = title || '_row';
    IF row_view IS NULL OR NOT EXISTS (
        SELECT FROM pg_proc
        WHERE pronamespace = append.pronamespace AND proname = title || '_values' AND proowner = append.proowner) THEN
        problem := 'parts of it were dropped';
        hint := 'Drop the rollup with rollup_drop and create it again.';
        RETURN;
    END IF;

    -- Four triggers for the statements, and one that keeps the table from becoming a partition or child.
    SELECT count(*), count(*) FILTER (WHERE tgenabled IN ('O', 'A')),
           count(DISTINCT tgtype) FILTER (
               WHERE CASE WHEN tgqual IS NULL THEN tgtype IN (4, 8, 16, 34) ELSE tgtype = 9 END)
    INTO present, working, events
    FROM pg_trigger WHERE tgrelid = source.oid AND tgfoid = append_function AND NOT tgisinternal;
    problem := CASE
        WHEN definition.state = 'building' THEN 'it is not complete'
        WHEN definition.state <> 'kept' THEN 'rows were written while other tables inherited from its table'
        WHEN events < 5 THEN 'triggers are missing'
        WHEN present > 5 THEN 'there are two triggers for one event'
        WHEN working < 5 THEN 'triggers are disabled'
        WHEN strpos(append.prosrc, accelcost_internal.rollup_names_used(row_view, source.oid)) = 0
            THEN 'columns were renamed'
        WHEN strpos(append.prosrc, accelcost_internal.rollup_bodies_used(row_view)) = 0
            THEN 'functions that it uses were replaced'
        WHEN strpos(append.prosrc,
                    format('INSERT INTO %s.%I ', append.pronamespace::regnamespace, title || '_delta')) = 0
            THEN 'its schema was renamed'
        WHEN definition.differences > 0 THEN 'it differed from its table when it was last verified' END;
    hint := CASE WHEN problem IS NOT NULL THEN 'The owner can repair it with rollup_repair.' END;
END
$$;
COMMENT ON FUNCTION accelcost_internal.rollup_problem(accelcost.rollup_definition, regprocedure) IS
    'returns why a rollup is not up to date and how to repair it; NULL if it is up to date';

CREATE FUNCTION accelcost.rollup_is_kept(
    rollup text, definition accelcost.rollup_definition, append_function regprocedure)
    RETURNS boolean
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    p CONSTANT record := accelcost_internal.rollup_problem(definition, append_function);
BEGIN
    IF p.problem IS NOT NULL THEN
        RAISE EXCEPTION 'rollup "%" is not up to date: %', rollup, p.problem
            USING ERRCODE = 'object_not_in_prerequisite_state', HINT = p.hint;
    END IF;
    RETURN true;
END
$$;
COMMENT ON FUNCTION accelcost.rollup_is_kept(text, accelcost.rollup_definition, regprocedure) IS
    'returns true if a rollup is up to date, otherwise raises an error';

-- The text of a trigger function is looked up when it runs, as the owner of the rollup: the owner of a schema may have
-- renamed it, or dropped what was in it, and put something else there. Where the type tco is ours, so are the functions
-- beside it that the text calls with arguments of exactly their types.
CREATE FUNCTION accelcost.rollup_check_names(tco_type regtype, relations regclass[]) RETURNS void
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    relation regclass;
BEGIN
    IF tco_type IS DISTINCT FROM accelcost_internal.tco_type() THEN
        RAISE EXCEPTION 'type % is not that of extension accelcost', tco_type
            USING ERRCODE = 'object_not_in_prerequisite_state',
                  DETAIL = 'The schema of the extension was renamed.',
                  HINT = 'The owner can repair the rollup with rollup_repair.';
    END IF;
    FOREACH relation IN ARRAY relations LOOP
        IF (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = relation) <> current_user THEN
            RAISE EXCEPTION 'relation % does not belong to the owner of the rollup', relation
                USING ERRCODE = 'object_not_in_prerequisite_state',
                      HINT = 'Drop the triggers of the rollup, and create it again.';
        END IF;
    END LOOP;
END
$$;
COMMENT ON FUNCTION accelcost.rollup_check_names(regtype, regclass[]) IS
    'raises an error if names in the trigger function of a rollup mean what another role has created';
