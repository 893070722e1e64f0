-- Create a rollup while others write to the table.

-- Text that parses both between parentheses and in a CASE is one expression: text that closes the bracket of one frame
-- does not parse in the other. A cursor opens only a single query, and this one is never fetched from, so that nothing
-- in the text is executed.
CREATE FUNCTION accelcost_internal.rollup_check_expression(sample text, expression text, meaning text, path text)
    RETURNS void
    LANGUAGE plpgsql VOLATILE STRICT PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    query  refcursor;
    frame  text;
    reason text;
BEGIN
    -- Resolve names in the expression as the caller does.
    PERFORM set_config('search_path', path, true);
    FOREACH frame IN ARRAY ARRAY[E'SELECT CASE WHEN true THEN\n%s\nEND FROM %s', E'SELECT (\n%s\n) FROM %s'] LOOP
        BEGIN
            OPEN query FOR EXECUTE pg_catalog.format(frame, expression, sample);
            CLOSE query;
        EXCEPTION WHEN syntax_error OR invalid_cursor_definition THEN
            GET STACKED DIAGNOSTICS reason = MESSAGE_TEXT;
            reason := pg_catalog.regexp_replace(reason, E' at or near "[^\n]*\n.*', '');
            RAISE EXCEPTION '% must be one expression: %', meaning, expression
                USING ERRCODE = 'syntax_error', DETAIL = pg_catalog.format('Parsing it fails: %s.', reason);
        END;
    END LOOP;
END
$$;
COMMENT ON FUNCTION accelcost_internal.rollup_check_expression(text, text, text, text) IS
    'raises an error unless a text is one expression over the columns of a table; executes nothing';

-- Create an index on an empty copy of the table, so that the server itself checks the expression: one value from one
-- row, IMMUTABLE, of a type with an order.
CREATE FUNCTION accelcost_internal.rollup_expression(
    sample text, source regclass, expression text, meaning text, path text, OUT qualified text, OUT type regtype)
    LANGUAGE plpgsql VOLATILE STRICT PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    SET quote_all_identifiers = off
AS $$
DECLARE
    sample_table   CONSTANT regclass := sample::regclass;
    made    oid;
    unfit   text;
BEGIN
    PERFORM accelcost_internal.rollup_check_expression(sample, expression, meaning, path);
    -- Resolve names in the expression as the caller does.
    PERFORM set_config('search_path', path, true);
    BEGIN
        EXECUTE pg_catalog.format(E'CREATE INDEX ON %s ((\n%s\n))', sample, expression);
    EXCEPTION WHEN invalid_object_definition THEN
        PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
        RAISE EXCEPTION '% must be IMMUTABLE: %', meaning, expression
            USING ERRCODE = 'invalid_object_definition',
                  DETAIL = 'Deleting a row must subtract the values that inserting it added.';
    END;
    PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);

    SELECT max(indexrelid) INTO made FROM pg_index WHERE indrelid = sample_table;
    IF (SELECT indnatts FROM pg_index WHERE indexrelid = made) <> 1 THEN
        RAISE EXCEPTION '% must be one expression: %', meaning, expression USING ERRCODE = 'syntax_error';
    END IF;
    qualified := format('(%s)', pg_get_indexdef(made, 1, false));
    SELECT coalesce(nullif(t.typbasetype, 0), t.oid) INTO type
    FROM pg_attribute AS a JOIN pg_type AS t ON t.oid = a.atttypid WHERE a.attrelid = made AND a.attnum = 1;

    SELECT string_agg(format('"%s"', s.attname), ', ') INTO unfit
    FROM pg_depend AS d
    JOIN pg_attribute AS c ON c.attrelid = sample_table AND c.attnum = d.refobjsubid
    JOIN pg_attribute AS s ON s.attrelid = source AND s.attname = c.attname
    WHERE d.classid = 'pg_class'::regclass AND d.objid = made
      AND d.refclassid = 'pg_class'::regclass AND d.refobjid = sample_table
      AND s.attgenerated NOT IN ('', 's');
    IF unfit IS NOT NULL THEN
        RAISE EXCEPTION '% uses a virtual generated column: %', meaning, unfit
            USING ERRCODE = 'feature_not_supported', DETAIL = 'Triggers cannot read virtual generated columns.',
                  HINT = 'Use a stored generated column.';
    END IF;
    EXECUTE format('DROP INDEX %s', made::regclass);
END
$$;
COMMENT ON FUNCTION accelcost_internal.rollup_expression(text, regclass, text, text, text) IS
    'returns an expression with qualified names and its type; raises an error if a rollup cannot use it';

CREATE FUNCTION accelcost_internal.rollup_check_source(source regclass) RETURNS void
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    t      pg_class%ROWTYPE;
    reason text;
BEGIN
    PERFORM accelcost_internal.check_relation(source);
    SELECT * INTO t FROM pg_class WHERE oid = source;
    IF t.oid IS NULL THEN
        RAISE EXCEPTION '"source" must not be null' USING ERRCODE = 'null_value_not_allowed';
    END IF;
    IF pg_get_userbyid(t.relowner) <> current_user THEN
        RAISE EXCEPTION 'must be owner of table %', t.relname
            USING ERRCODE = 'insufficient_privilege',
                  HINT = format('Only its owner, %s, can create a rollup. Use SET ROLE %1$s first.',
                                t.relowner::regrole);
    END IF;
    reason := coalesce(
        accelcost_internal.rollup_source_fault(source),
        CASE WHEN t.relforcerowsecurity THEN 'forces row security on its owner, who would not see all rows' END);
    IF reason IS NOT NULL THEN
        RAISE EXCEPTION 'cannot roll up "%"', t.relname
            USING ERRCODE = CASE WHEN t.relkind IN ('r', 'p', 'f') THEN 'feature_not_supported'
                                 ELSE 'wrong_object_type' END,
                  DETAIL = format('It %s.', reason);
    END IF;
END
$$;
COMMENT ON FUNCTION accelcost_internal.rollup_check_source(regclass) IS
    'raises an error if a rollup of a relation cannot be exact, or if the caller does not own it';

-- Leave only the rights of the owner, whatever the owner's default privileges grant.
CREATE FUNCTION accelcost_internal.rollup_make_private(relations text[], row_type regtype, functions oid[]) RETURNS void
    LANGUAGE plpgsql VOLATILE STRICT PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    SET quote_all_identifiers = off
AS $$
DECLARE
    statement text;
BEGIN
    FOR statement IN
        SELECT DISTINCT format('REVOKE ALL ON TABLE %s FROM %s', c.oid::regclass,
                               CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE a.grantee::regrole::text END)
        FROM pg_class AS c, aclexplode(c.relacl) AS a
        WHERE c.oid = ANY (relations::regclass[]) AND a.grantee <> c.relowner
        UNION ALL
        SELECT DISTINCT format('REVOKE ALL ON FUNCTION %s FROM %s', p.oid::regprocedure,
                               CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE a.grantee::regrole::text END)
        FROM pg_proc AS p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) AS a
        WHERE p.oid = ANY (functions) AND a.grantee <> p.proowner
        UNION ALL
        SELECT DISTINCT format('REVOKE ALL ON TYPE %s FROM %s', t.oid::regtype,
                               CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE a.grantee::regrole::text END)
        FROM pg_type AS t, aclexplode(coalesce(t.typacl, acldefault('T', t.typowner))) AS a
        WHERE t.oid = row_type AND a.grantee <> t.typowner
    LOOP
        EXECUTE statement;
    END LOOP;
END
$$;
COMMENT ON FUNCTION accelcost_internal.rollup_make_private(text[], regtype, oid[]) IS
    'revokes all rights to relations, a type and functions from everyone except their owner';

CREATE FUNCTION accelcost_internal.rollup_functions(rollup regclass) RETURNS oid[]
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    names CONSTANT record := accelcost_internal.rollup_names(rollup);
BEGIN
    RETURN ARRAY(
        SELECT p.oid
        FROM pg_class AS v JOIN pg_proc AS p ON p.pronamespace = v.relnamespace AND p.proowner = v.relowner
        WHERE v.oid = rollup AND p.proname IN (names.title || '_append', names.title || '_values'));
END
$$;
COMMENT ON FUNCTION accelcost_internal.rollup_functions(regclass) IS
    'returns the functions of a rollup';

CREATE FUNCTION accelcost_internal.rollup_check_values(rollup regclass) RETURNS void
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    names  CONSTANT record := accelcost_internal.rollup_names(rollup);
    owned  CONSTANT oid[] := accelcost_internal.rollup_functions(rollup);
    viewed oid[];
    called oid[];
BEGIN
    SELECT array_agg(DISTINCT d.refobjid ORDER BY d.refobjid) INTO viewed
    FROM pg_rewrite AS r JOIN pg_depend AS d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
    WHERE r.ev_class = names.row_view::regclass AND d.refclassid IN ('pg_proc'::regclass, 'pg_operator'::regclass);
    SELECT array_agg(DISTINCT d.refobjid ORDER BY d.refobjid) INTO called
    FROM pg_proc AS p JOIN pg_depend AS d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid
    WHERE p.oid = ANY (owned) AND p.oid <> format('%s()', names.append_function)::regprocedure
      AND d.refclassid IN ('pg_proc'::regclass, 'pg_operator'::regclass);
    IF viewed IS DISTINCT FROM called THEN
        RAISE EXCEPTION 'view "%" and function "%" use different functions', names.row_view, names.values_function
            USING ERRCODE = 'object_not_in_prerequisite_state',
                  HINT = 'Drop the rollup with rollup_drop and create it again.';
    END IF;
END
$$;
COMMENT ON FUNCTION accelcost_internal.rollup_check_values(regclass) IS
    'raises an error if triggers and view of a rollup call different functions for keys or measures';

-- The text of the trigger function finds columns by name. Everything else in keys and measures is in NAME_values(),
-- which was parsed once and follows renames: no other function can take the place of one that it calls.
CREATE FUNCTION accelcost_internal.rollup_renamed(rollup regclass) RETURNS void
    LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    SET quote_all_identifiers = off
AS $$
DECLARE
    names     CONSTANT record := accelcost_internal.rollup_names(rollup);
    d         CONSTANT accelcost.rollup_definition := accelcost_internal.rollup_definition_of(rollup);
    c         CONSTANT record := accelcost_internal.rollup_columns(d);
    -- Arguments have exactly the types of the parameters, and only the owner may use the type of the first one. So no
    -- other function fits as well, whatever its defaults are.
    row_of    CONSTANT text := (
        SELECT format('%s(%s)', names.values_function,
                      concat_ws(', ', 'NULL::' || names.values_function,
                                string_agg(format('n.%I', u.name), ', ' ORDER BY u.ordinal)))
        FROM accelcost_internal.rollup_columns_used(names.row_view::regclass, d.source) AS u);
    insertion CONSTANT text := format('INSERT INTO %s (%s, %s)', names.delta_table, c.groups, c.states);
    -- The sums of the rows of a transition table.
    added     CONSTANT text := format('SELECT %s, %s FROM new_rows AS n, %s AS r GROUP BY %1$s',
                                      c.row_groups, c.row_states, row_of);
    removed   CONSTANT text := format('SELECT %1$s, %2$s FROM (SELECT %3$s, %4$s FROM old_rows AS n, %5$s AS r '
                                          'GROUP BY %3$s) AS o (%1$s, %6$s)',
                                      c.groups, c.state_negated, c.row_groups, c.row_states, row_of, c.states);
BEGIN
    PERFORM accelcost_internal.rollup_check_values(rollup);
    EXECUTE format('CREATE OR REPLACE FUNCTION %s() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER '
                   'SET search_path = pg_catalog, pg_temp AS %L',
        names.append_function, format($body$
#variable_conflict use_column
-- %13$s, %14$s
BEGIN
    -- OIDs differ after a restore, until rollup_repair, or if another object has taken a name.
    IF ARRAY[TG_RELID, %1$L::regclass, %10$L::regclass, %11$L::regclass, %15$L::regclass, %16$L::regtype]::oid[]
       <> %12$L::oid[] THEN
        PERFORM accelcost.rollup_check_names(%16$L::regtype, ARRAY[%1$L, %10$L, %11$L, %15$L]::regclass[]);
        IF TG_RELID <> (SELECT source FROM %1$s) THEN
            RAISE EXCEPTION 'function "%%" keeps another table', TG_NAME
                USING ERRCODE = 'object_not_in_prerequisite_state';
        END IF;
    END IF;
    -- Transition tables also contain the rows of child tables.
    IF EXISTS (SELECT FROM pg_inherits WHERE inhparent = TG_RELID) THEN
        UPDATE %1$s SET state = 'stale' WHERE state = 'kept';
    END IF;
    IF TG_OP = 'INSERT' THEN
        %2$s %3$s;
    ELSIF TG_OP = 'UPDATE' THEN
        %2$s SELECT %5$s, %6$s FROM (%3$s UNION ALL %4$s) AS s (%5$s, %7$s)
        GROUP BY %5$s HAVING %8$s;
    ELSIF TG_OP = 'DELETE' THEN
        %2$s %4$s;
    ELSE
        IF current_setting('transaction_isolation') IN ('repeatable read', 'serializable') THEN
            RAISE EXCEPTION 'cannot truncate a table that has a rollup in transaction isolation level %%',
                current_setting('transaction_isolation')
                USING ERRCODE = 'feature_not_supported', HINT = 'Use READ COMMITTED, or DELETE.';
        END IF;
        -- TRUNCATE blocks other writers: subtract what is stored, complete or not.
        BEGIN
            %2$s SELECT %5$s, %9$s FROM (
                SELECT %5$s, %6$s FROM (SELECT %5$s, %7$s FROM %10$s UNION ALL SELECT %5$s, %7$s FROM %11$s) AS s
                GROUP BY %5$s HAVING %8$s) AS s;
        EXCEPTION WHEN numeric_value_out_of_range THEN
            -- Sums out of range: wait for a concurrent fold, then delete them.
            LOCK TABLE %10$s, %11$s IN SHARE ROW EXCLUSIVE MODE;
            DELETE FROM %10$s;
            DELETE FROM %11$s;
        END;
    END IF;
    RETURN NULL;
END
$body$, names.definition_table, insertion, added, removed, c.groups, c.state_sums, c.states, c.is_some,
        c.state_negated, names.folded_table, names.delta_table,
        ARRAY[d.source, names.definition_table::regclass, names.folded_table::regclass, names.delta_table::regclass,
              names.values_function::regclass, accelcost_internal.tco_type()]::oid[],
        accelcost_internal.rollup_names_used(names.row_view::regclass, d.source),
        accelcost_internal.rollup_bodies_used(names.row_view::regclass),
        names.values_function, format('%s.tco', accelcost_internal.value_schema())));
    -- Let DROP EXTENSION ... CASCADE leave no trigger that fails.
    EXECUTE format('ALTER FUNCTION %s() DEPENDS ON EXTENSION accelcost', names.append_function);
END
$$;
COMMENT ON FUNCTION accelcost_internal.rollup_renamed(regclass) IS
    'accelcost.rollup_renamed, for text resolved at run time';

CREATE FUNCTION accelcost.rollup_renamed(rollup regclass) RETURNS void
    LANGUAGE sql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE
    RETURN accelcost_internal.rollup_renamed(rollup);
COMMENT ON FUNCTION accelcost.rollup_renamed(regclass) IS
    'makes the triggers of a rollup use renamed columns, in the transaction that renames them';

CREATE FUNCTION accelcost_internal.rollup_attach(rollup regclass) RETURNS void
    LANGUAGE plpgsql VOLATILE STRICT PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    SET quote_all_identifiers = off
AS $$
DECLARE
    names CONSTANT record := accelcost_internal.rollup_names(rollup);
    d     CONSTANT accelcost.rollup_definition := accelcost_internal.rollup_definition_of(rollup);
    titles CONSTANT name[] := ARRAY[names.title || '_insert', names.title || '_update', names.title || '_delete',
                                    names.title || '_truncate', names.title || '_guard']::name[];
    event record;
BEGIN
    PERFORM accelcost_internal.rollup_check_source(d.source);
    -- Lock in the order of rollup_fill.
    EXECUTE format('SELECT FROM %s FOR UPDATE', names.definition_table);
    EXECUTE format('LOCK TABLE %s IN SHARE ROW EXCLUSIVE MODE', d.source);
    IF EXISTS (SELECT FROM pg_trigger
               WHERE tgrelid = d.source AND tgfoid <> format('%s()', names.append_function)::regprocedure
                 AND tgname = ANY (titles)) THEN
        RAISE EXCEPTION 'trigger name in table "%" conflicts with rollup "%"', d.source, names.title
            USING ERRCODE = 'duplicate_object', HINT = 'Rename the trigger.';
    END IF;
    PERFORM accelcost_internal.rollup_renamed(rollup);
    -- Drop renamed triggers: with the new ones beside them, rows would count twice.
    FOR event IN SELECT tgname FROM pg_trigger
                 WHERE tgrelid = d.source AND tgfoid = format('%s()', names.append_function)::regprocedure
                   AND tgname <> ALL (titles) LOOP
        EXECUTE format('DROP TRIGGER %I ON %s', event.tgname, d.source);
    END LOOP;
    FOR event IN
        SELECT * FROM (VALUES
            ('insert', 'AFTER INSERT', 'REFERENCING NEW TABLE AS new_rows'),
            ('update', 'AFTER UPDATE', 'REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows'),
            ('delete', 'AFTER DELETE', 'REFERENCING OLD TABLE AS old_rows'),
            ('truncate', 'BEFORE TRUNCATE', ''),
            -- Writes through a parent fire only its triggers. This trigger keeps a table from getting a parent.
            ('guard', 'AFTER DELETE', 'REFERENCING OLD TABLE AS old_rows FOR EACH ROW WHEN (false)')
        ) AS e (suffix, moment, tables)
    LOOP
        EXECUTE format('CREATE OR REPLACE TRIGGER %I %s ON %s %s EXECUTE FUNCTION %s()',
                       names.title || '_' || event.suffix, event.moment, d.source, event.tables, names.append_function);
        EXECUTE format('ALTER TABLE %s ENABLE TRIGGER %I', d.source, names.title || '_' || event.suffix);
    END LOOP;
    EXECUTE format('UPDATE %s SET state = ''building''', names.definition_table);
END
$$;
COMMENT ON FUNCTION accelcost_internal.rollup_attach(regclass) IS
    'creates or enables the triggers of a rollup, which stays incomplete until rollup_fill';

-- Use one statement, so that one snapshot shows rows, deltas and sums: add the sums of the rows minus the stored sums.
-- In READ COMMITTED the snapshot is taken after the lock, which blocks TRUNCATE: TRUNCATE is not MVCC-safe.
CREATE FUNCTION accelcost_internal.rollup_fill(rollup regclass) RETURNS bigint
    LANGUAGE plpgsql VOLATILE STRICT PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    SET row_security = off
AS $$
DECLARE
    names   CONSTANT record := accelcost_internal.rollup_names(rollup);
    d       CONSTANT accelcost.rollup_definition := accelcost_internal.rollup_definition_of(rollup);
    c       CONSTANT record := accelcost_internal.rollup_columns(d);
    changed bigint;
BEGIN
    PERFORM accelcost_internal.rollup_check_isolation();
    EXECUTE format('LOCK TABLE %s IN ACCESS SHARE MODE', d.source);
    -- Run one at a time: two would correct one difference twice.
    EXECUTE format('SELECT FROM %s FOR UPDATE', names.definition_table);
    BEGIN
        EXECUTE format($sql$
            INSERT INTO %1$s (%4$s, %5$s)
            SELECT %4$s, %8$s
            FROM (SELECT * FROM (SELECT %6$s, %7$s FROM %3$s AS r GROUP BY %6$s) AS fresh (%4$s, %5$s)
                  UNION ALL SELECT %4$s, %9$s FROM %2$s
                  UNION ALL SELECT %4$s, %9$s FROM %1$s) AS s
            GROUP BY %4$s HAVING %10$s$sql$,
            names.delta_table, names.folded_table, names.row_view, c.groups, c.states, c.row_groups, c.row_states,
            c.state_sums, c.state_negated, c.is_some);
    EXCEPTION WHEN numeric_value_out_of_range THEN
        -- Sums were out of range: block writers and folds, and compute them again.
        EXECUTE format('LOCK TABLE %s IN SHARE MODE', d.source);
        EXECUTE format('LOCK TABLE %s, %s IN SHARE ROW EXCLUSIVE MODE', names.delta_table, names.folded_table);
        EXECUTE format('DELETE FROM %s', names.delta_table);
        EXECUTE format('DELETE FROM %s', names.folded_table);
        EXECUTE format('INSERT INTO %s (%s, %s) SELECT %s, %s FROM %s AS r GROUP BY %4$s',
                       names.delta_table, c.groups, c.states, c.row_groups, c.row_states, names.row_view);
    END;
    GET DIAGNOSTICS changed = ROW_COUNT;
    EXECUTE format($sql$
        UPDATE %s
        SET state = CASE WHEN state IN ('building', 'stale') THEN 'kept' ELSE state END, differences = NULL
        WHERE state IN ('building', 'stale') OR differences > 0$sql$, names.definition_table);
    RETURN changed;
END
$$;
COMMENT ON FUNCTION accelcost_internal.rollup_fill(regclass) IS
    'makes a rollup equal to its table and returns how many groups differed';

CREATE FUNCTION accelcost_internal.rollup_check_isolation() RETURNS void
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF current_setting('transaction_isolation') IN ('repeatable read', 'serializable') THEN
        RAISE EXCEPTION 'cannot compare a rollup with its table in transaction isolation level %',
            current_setting('transaction_isolation')
            USING ERRCODE = 'feature_not_supported',
                  DETAIL = 'The snapshot may predate a TRUNCATE, which is not MVCC-safe.',
                  HINT = 'Use READ COMMITTED.';
    END IF;
END
$$;
COMMENT ON FUNCTION accelcost_internal.rollup_check_isolation() IS
    'raises an error if the isolation level hides rows committed before a statement';

-- List all columns of the tables and the view of a rollup.
CREATE FUNCTION accelcost_internal.rollup_check_column_names(definition accelcost.rollup_definition) RETURNS void
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    c record;
BEGIN
    FOR c IN
        SELECT n.name, n.origin, count(*) OVER (PARTITION BY n.name) AS uses
        FROM (SELECT definition.grain, 'the time column'
              UNION ALL SELECT 'row_count', 'the row count'
              UNION ALL SELECT k, format('key "%s"', k) FROM unnest(definition.key_names) AS k
              UNION ALL
              SELECT m.name || s.suffix, format('measure "%s"', m.name)
              FROM unnest(definition.measure_names, definition.measure_kinds) AS m (name, kind)
              JOIN (VALUES ('', '{count,integer,numeric,tco}'::text[]), ('_values', '{integer,numeric,tco}'),
                           ('_missing', '{integer,numeric,tco}'), ('_invalid', '{numeric}'), ('_currency', '{tco}')
                   ) AS s (suffix, kinds)
                ON m.kind = ANY (s.kinds)) AS n (name, origin)
    LOOP
        IF c.name IN (' state', ' kept') THEN
            RAISE EXCEPTION 'column name "%" is reserved', c.name
                USING ERRCODE = 'reserved_name', DETAIL = format('It is the name of %s.', c.origin),
                      HINT = 'Use another name: "name => expression".';
        ELSIF octet_length(c.name) > 63 THEN
            RAISE EXCEPTION 'column name "%" is too long', c.name
                USING ERRCODE = 'name_too_long',
                      DETAIL = format('It is derived from %s, and names have at most 63 bytes.', c.origin),
                      HINT = 'Use a shorter name: "name => expression".';
        ELSIF c.uses > 1 THEN
            RAISE EXCEPTION 'column "%" specified more than once', c.name
                USING ERRCODE = 'duplicate_column', DETAIL = format('One is %s.', c.origin),
                      HINT = 'A measure also makes columns NAME_missing, NAME_values, NAME_invalid or NAME_currency.';
        END IF;
    END LOOP;
END
$$;
COMMENT ON FUNCTION accelcost_internal.rollup_check_column_names(accelcost.rollup_definition) IS
    'raises an error if names of keys and measures make invalid columns of a rollup';

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

CREATE FUNCTION accelcost_internal.rollup_define(
    name text, source regclass, at text, keys text[], measures text[], grain text, tz text, path text,
    caller_schema text)
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
    bucket     text;
    columns    text;        -- columns of a row, as the rollup sees it
    counted    text[];
BEGIN
    IF name IS NULL OR at IS NULL OR keys IS NULL OR measures IS NULL OR grain IS NULL OR tz IS NULL THEN
        RAISE EXCEPTION '"%" must not be null',
            CASE WHEN name IS NULL THEN 'name' WHEN at IS NULL THEN 'at' WHEN keys IS NULL THEN 'keys'
                 WHEN measures IS NULL THEN 'measures' WHEN grain IS NULL THEN 'grain' ELSE 'tz' END
            USING ERRCODE = 'null_value_not_allowed';
    END IF;
    IF octet_length(name) NOT BETWEEN 1 AND 54 THEN
        RAISE EXCEPTION '"name" must have 1 to 54 bytes' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF grain NOT IN ('month', 'day') THEN
        RAISE EXCEPTION 'invalid value for parameter "grain": "%"', grain
            USING ERRCODE = 'invalid_parameter_value', HINT = 'Use "month" or "day".';
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

    -- The rows as the rollup sees them.
    EXECUTE format('CREATE TABLE %s (LIKE %s)', delta, source);
    found := accelcost_internal.rollup_expression(delta, source, at, '"at"', path);
    IF found.type NOT IN ('timestamptz'::regtype, 'timestamp'::regtype, 'date'::regtype) THEN
        RAISE EXCEPTION '"at" must be a time or a date, not of type %', found.type USING ERRCODE = 'datatype_mismatch';
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
            RAISE EXCEPTION 'cannot keep the sum of measure "%", of type %', item.name, found.type
                USING ERRCODE = 'datatype_mismatch',
                      DETAIL = 'Only sums of integers, numeric and tco are exact when values are subtracted again.',
                      HINT = 'Cast it to numeric if it is a number.';
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
    EXECUTE format('CREATE VIEW %s AS SELECT %s FROM ONLY %s', row_view, columns, source);
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
    EXECUTE format('INSERT INTO %s SELECT ($1).*', definition) USING d;

    EXECUTE format('CREATE FUNCTION %s() RETURNS trigger LANGUAGE plpgsql AS ''BEGIN END''', append);
    -- The alias is a reserved name: with the name of a key, it would read the key. Arguments have exactly the types of
    -- the parameters, because other roles can create functions in accelcost.
    EXECUTE format($sql$CREATE VIEW %1$s AS
        SELECT %2$s, %3$s FROM (SELECT %2$s, %4$s FROM %5$s UNION ALL SELECT %2$s, %4$s FROM %6$s) AS s
        WHERE (SELECT accelcost.rollup_is_kept(
                          %7$L::text,
                          (SELECT " state"::accelcost.rollup_definition FROM %8$s AS " state"),
                          %9$L::regprocedure))
        GROUP BY %2$s HAVING sum(row_count) <> 0$sql$,
        base, c.groups, c.shown, c.states, folded, delta, name, definition, append || '()');
    PERFORM accelcost_internal.rollup_make_private(
        ARRAY[row_view, delta, folded, definition], valued::regtype,
        accelcost_internal.rollup_functions(base::regclass));
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
    PERFORM accelcost_internal.rollup_attach(base::regclass);
    RETURN base::regclass;
END
$$;
COMMENT ON FUNCTION accelcost_internal.rollup_define(
        text, regclass, text, text[], text[], text, text, text, text) IS
    'creates a rollup and its triggers, to be filled by rollup_fill';

-- A procedure with SET cannot commit, so all names are qualified.
CREATE PROCEDURE accelcost.rollup_create(
    name text, source regclass, at text, keys text[] DEFAULT '{}', measures text[] DEFAULT '{}',
    grain text DEFAULT 'month', tz text DEFAULT 'UTC')
    LANGUAGE plpgsql
AS $$
DECLARE
    rollup pg_catalog.regclass;
BEGIN
    rollup := accelcost_internal.rollup_define(
        name, source, at, keys, measures, grain, tz,
        pg_catalog.current_setting('search_path'), pg_catalog.current_schema()::pg_catalog.text);
    COMMIT;
    SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
    PERFORM accelcost_internal.rollup_fill(rollup);
    PERFORM accelcost_internal.rollup_fold(rollup);
END
$$;
COMMENT ON PROCEDURE accelcost.rollup_create(text, regclass, text, text[], text[], text, text) IS
    'creates a view of sums by month or day, in the schema of the table; for accelcost tables, in your current schema';
