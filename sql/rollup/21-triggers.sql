-- The functions and triggers that keep a rollup, and filling it.

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
-- Long, because the trigger function is one text.
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
    propagation CONSTANT text := current_setting('citus.enable_ddl_propagation', true);
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
            RAISE EXCEPTION 'function "%%" belongs to a rollup of another table', TG_NAME
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
                USING ERRCODE = 'feature_not_supported', HINT = 'Use READ COMMITTED, or delete the rows with DELETE.';
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
    -- Let DROP EXTENSION ... CASCADE leave no trigger that fails. Citus cannot send this statement to other nodes.
    IF propagation IS NOT NULL THEN
        PERFORM set_config('citus.enable_ddl_propagation', 'off', true);
    END IF;
    EXECUTE format('ALTER FUNCTION %s() DEPENDS ON EXTENSION accelcost', names.append_function);
    IF propagation IS NOT NULL THEN
        PERFORM set_config('citus.enable_ddl_propagation', propagation, true);
    END IF;
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
