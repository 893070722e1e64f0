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
-- Of a partitioned table, also:
--
--   NAME_part      the partitions that are counted, and those that have been written to without being counted
--   NAME_kept      the sums of partitions that were removed, if retention is "keep"
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
    differences    bigint,
    retention      text
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
    'building, kept, paused, or stale: written while the table had child tables, or a sum was out of range';
COMMENT ON COLUMN accelcost.rollup_definition.created_at IS 'time of creation';
COMMENT ON COLUMN accelcost.rollup_definition.folded_at IS 'time of the last rollup_fold; NULL if never';
COMMENT ON COLUMN accelcost.rollup_definition.verified_at IS 'time of the last complete rollup_verify; NULL if never';
COMMENT ON COLUMN accelcost.rollup_definition.differences IS
    'groups that differed then; NULL after they were corrected';
COMMENT ON COLUMN accelcost.rollup_definition.retention IS
    'keep or subtract: the sums of partitions that are detached or dropped; NULL if the table is not partitioned';

CREATE TYPE accelcost.rollup_part AS (part regclass, state text);
COMMENT ON TYPE accelcost.rollup_part IS
    'partition of a table that has a rollup: a row of its table NAME_part';
COMMENT ON COLUMN accelcost.rollup_part.part IS 'the partition; the number of a table that was dropped';
COMMENT ON COLUMN accelcost.rollup_part.state IS
    'counted, written (to, before it was counted), or kept: detached, with its sums in NAME_kept';

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
-- Long, because all lists need the same columns in the same order: one loop over the measures extends them all.
CREATE FUNCTION accelcost_internal.rollup_columns(
    definition accelcost.rollup_definition,
    OUT groups text, OUT states text, OUT row_groups text, OUT row_states text, OUT state_sums text,
    OUT state_negated text, OUT is_some text, OUT state_added text, OUT shown text, OUT shown_alone text,
    OUT keys_json text, OUT states_json text, OUT empty_states text)
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
    SET quote_all_identifiers = off
AS $$
DECLARE
    own     CONSTANT text := accelcost_internal.value_schema(); -- an argument of the formats: it may contain a %
    n       text;
    kind    text;
    part    record;
    item    text;
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
    shown_alone := 'row_count';
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
        -- @ is a sum of states, or nothing if there is one. The sum of one tco is that tco.
        item := CASE kind
            WHEN 'count' THEN '%s, @(%I)::bigint AS %2$I'
            WHEN 'integer' THEN '%s, CASE WHEN @(%3$I) <> 0 THEN @(%2$I) END AS %2$I, '
                                '(@(row_count) - @(%3$I))::bigint AS %5$I'
            WHEN 'numeric' THEN '%s, CASE WHEN @(%3$I) <> 0 THEN @(%2$I) END AS %2$I, '
                                '(@(row_count) - @(%3$I) - @(%4$I))::bigint AS %5$I, '
                                '@(%4$I)::bigint AS %4$I'
            WHEN 'tco' THEN '%s, @@(%2$I) AS %2$I, (@(row_count) - @(%3$I))::bigint AS %5$I' END;
        shown := format(replace(replace(item, '@@', '%6$s.sum'), '@', 'sum'),
                        shown, n, n || '_values', n || '_invalid', n || '_missing', own);
        shown_alone := format(replace(item, '@', ''),
                              shown_alone, n, n || '_values', n || '_invalid', n || '_missing');
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
    OUT append_function text, OUT values_function text, OUT part_table text, OUT kept_table text)
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
    SET quote_all_identifiers = off
AS $$
DECLARE
    v          pg_class%ROWTYPE;
    ours       text[];
    is_tree    boolean;
    is_refused boolean;
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
    SELECT array_agg(v.relname || s.suffix) INTO ours
    FROM unnest('{_rollup,_row,_delta,_folded,_values}'::text[]) AS s (suffix);
    is_refused := v.relowner <> me OR EXISTS (
        SELECT FROM pg_class AS d
        WHERE d.relnamespace = v.relnamespace AND d.relowner <> me AND d.relname = ANY (ours));
    -- Without partitions, their names are free for others.
    IF NOT is_refused THEN
        EXECUTE format('SELECT retention IS NOT NULL FROM %s.%I', v.relnamespace::regnamespace, v.relname || '_rollup')
        INTO is_tree;
        is_refused := is_tree AND EXISTS (
            SELECT FROM pg_class AS d
            WHERE d.relnamespace = v.relnamespace AND d.relowner <> me
              AND d.relname IN (v.relname || '_part', v.relname || '_kept'));
    END IF;
    IF is_refused THEN
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
    IF is_tree THEN
        part_table := format('%s.%I', v.relnamespace::regnamespace, v.relname || '_part');
        kept_table := format('%s.%I', v.relnamespace::regnamespace, v.relname || '_kept');
    END IF;
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
