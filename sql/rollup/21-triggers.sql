-- The functions of a rollup: their rights, and the text of the trigger function.

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

-- How the trigger function decides whether a statement counts, by the kind of the table.
CREATE FUNCTION accelcost_internal.rollup_scope(rollup regclass, relations text) RETURNS text
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
    SET quote_all_identifiers = off
AS $$
DECLARE
    names  CONSTANT record := accelcost_internal.rollup_names(rollup);
    source CONSTANT regclass := (accelcost_internal.rollup_definition_of(rollup)).source;
BEGIN
    IF names.part_table IS NULL THEN
        RETURN format($body$
    IF TG_RELID <> %2$L::oid OR %3$s THEN
        PERFORM accelcost.rollup_check_names(tco_type, relations);
        IF TG_RELID <> (SELECT source FROM %1$s) THEN
            RAISE EXCEPTION 'function "%%" belongs to a rollup of another table', TG_NAME
                USING ERRCODE = 'object_not_in_prerequisite_state';
        END IF;
    END IF;
    -- Transition tables also contain the rows of child tables.
    IF EXISTS (SELECT FROM pg_inherits WHERE inhparent = TG_RELID) THEN
        UPDATE %1$s SET state = 'stale' WHERE state = 'kept';
    END IF;$body$, names.definition_table, source::oid, relations);
    END IF;
    RETURN format($body$
    IF %3$s THEN
        PERFORM accelcost.rollup_check_names(tco_type, relations);
    END IF;
    -- A row trigger is enabled as long as its partition is not counted. It cannot tell rows that the trigger of another
    -- table counts from those that none does: rollup_repair finds out.
    IF TG_LEVEL = 'ROW' AND EXISTS (SELECT FROM %4$s WHERE part = TG_RELID AND state = 'written') THEN
        RETURN NULL;
    END IF;
    -- A partition that was detached keeps its other triggers.
    IF TG_RELID <> %2$L::oid
       AND NOT EXISTS (SELECT FROM pg_partition_ancestors(TG_RELID) AS a JOIN %1$s AS d ON d.source = a.relid) THEN
        RETURN NULL;
    END IF;
    IF TG_LEVEL = 'ROW' OR TG_OP = 'TRUNCATE' AND NOT EXISTS (
        SELECT FROM pg_trigger
        WHERE tgrelid = TG_RELID AND tgfoid = %5$L::regprocedure AND tgtype = 29 AND tgenabled = 'D') THEN
        INSERT INTO %4$s (part, state) VALUES (TG_RELID, 'written');
        RETURN NULL;
    END IF;$body$, names.definition_table, source::oid, relations, names.part_table,
                  names.append_function || '()');
END
$$;
COMMENT ON FUNCTION accelcost_internal.rollup_scope(regclass, text) IS
    'returns the part of the trigger function that leaves out statements that do not count';

-- TRUNCATE blocks other writers. All that is stored belongs to a table, complete or not; of a partition, its rows do.
CREATE FUNCTION accelcost_internal.rollup_truncation(rollup regclass, row_of text) RETURNS text
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
    SET quote_all_identifiers = off
AS $$
DECLARE
    names     CONSTANT record := accelcost_internal.rollup_names(rollup);
    d         CONSTANT accelcost.rollup_definition := accelcost_internal.rollup_definition_of(rollup);
    c         CONSTANT record := accelcost_internal.rollup_columns(d);
    insertion CONSTANT text := format('INSERT INTO %s (%s, %s)', names.delta_table, c.groups, c.states);
BEGIN
    IF names.part_table IS NULL THEN
        RETURN format($body$
        BEGIN
            %1$s SELECT %2$s, %3$s FROM (
                SELECT %2$s, %4$s FROM (SELECT %2$s, %5$s FROM %7$s UNION ALL SELECT %2$s, %5$s FROM %8$s) AS s
                GROUP BY %2$s HAVING %6$s) AS s;
        EXCEPTION WHEN numeric_value_out_of_range THEN
            -- Sums out of range: wait for a concurrent fold, then delete them.
            LOCK TABLE %7$s, %8$s IN SHARE ROW EXCLUSIVE MODE;
            DELETE FROM %7$s;
            DELETE FROM %8$s;
        END;$body$, insertion, c.groups, c.state_negated, c.state_sums, c.states,
                      c.is_some, names.folded_table, names.delta_table);
    END IF;
    RETURN format($body$
        BEGIN
            EXECUTE %1$L || TG_RELID::regclass::text || %2$L;
        EXCEPTION WHEN numeric_value_out_of_range THEN
            UPDATE %3$s SET state = 'stale' WHERE state = 'kept';
        END;$body$,
        format('%s SELECT %s, %s FROM (SELECT %s, %s FROM ONLY ', insertion, c.groups, c.state_negated,
               c.row_groups, c.row_states),
        format(' AS n, %s AS r GROUP BY %s) AS o (%s, %s)', row_of, c.row_groups, c.groups,
               c.states),
        names.definition_table);
END
$$;
COMMENT ON FUNCTION accelcost_internal.rollup_truncation(regclass, text) IS
    'returns the part of the trigger function that subtracts what a TRUNCATE removes';

CREATE FUNCTION accelcost_internal.rollup_oids(rollup regclass) RETURNS oid[]
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    names CONSTANT record := accelcost_internal.rollup_names(rollup);
BEGIN
    RETURN array_remove(ARRAY[names.definition_table, names.folded_table, names.delta_table, names.values_function,
                              names.part_table], NULL)::regclass[]::oid[] || accelcost_internal.tco_type()::oid;
END
$$;
COMMENT ON FUNCTION accelcost_internal.rollup_oids(regclass) IS
    'returns the objects that the trigger function of a rollup names, as the OIDs that its text has';

-- The text of the trigger function finds columns by name. Everything else in keys and measures is in NAME_values(),
-- which was parsed once and follows renames: no other function can take the place of one that it calls.
-- Longer than 80 lines: the trigger function is one text.
CREATE FUNCTION accelcost_internal.rollup_renamed(rollup regclass) RETURNS void
    LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    SET quote_all_identifiers = off
AS $$
DECLARE
    names     CONSTANT record := accelcost_internal.rollup_names(rollup);
    d         CONSTANT accelcost.rollup_definition := accelcost_internal.rollup_definition_of(rollup);
    c         CONSTANT record := accelcost_internal.rollup_columns(d);
    is_tree   CONSTANT boolean := d.retention IS NOT NULL;
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
    -- The tables that the text names, in the order of rollup_oids.
    named     CONSTANT text[] := array_remove(ARRAY[names.definition_table, names.folded_table, names.delta_table,
                                                    names.values_function, names.part_table], NULL);
BEGIN
    PERFORM accelcost_internal.rollup_check_values(rollup);
    EXECUTE format('CREATE OR REPLACE FUNCTION %s() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER '
                   'SET search_path = pg_catalog, pg_temp %s AS %L',
        names.append_function, CASE WHEN is_tree THEN 'SET row_security = off' ELSE '' END, format($body$
#variable_conflict use_column
-- %1$s, %2$s
DECLARE
    tco_type  CONSTANT regtype := %3$L::regtype;
    relations CONSTANT regclass[] := %4$s;
BEGIN
    -- OIDs differ after a restore, until rollup_repair, or if another object has taken a name.%5$s
    IF TG_OP = 'INSERT' THEN
        %6$s %7$s;
    ELSIF TG_OP = 'UPDATE' THEN
        %6$s SELECT %9$s, %10$s FROM (%7$s UNION ALL %8$s) AS s (%9$s, %11$s)
        GROUP BY %9$s HAVING %12$s;
    ELSIF TG_OP = 'DELETE' THEN
        %6$s %8$s;
    ELSE
        IF current_setting('transaction_isolation') IN ('repeatable read', 'serializable') THEN
            RAISE EXCEPTION 'cannot truncate a table that has a rollup in transaction isolation level %%',
                current_setting('transaction_isolation')
                USING ERRCODE = 'feature_not_supported', HINT = 'Use READ COMMITTED, or delete the rows with DELETE.';
        END IF;%13$s
    END IF;
    RETURN NULL;
END
$body$, accelcost_internal.rollup_names_used(names.row_view::regclass, d.source),
        accelcost_internal.rollup_bodies_used(names.row_view::regclass),
        format('%s.tco', accelcost_internal.value_schema()),
        (SELECT format('ARRAY[%s]', string_agg(format('%L::regclass', n.name), ', ' ORDER BY n.place))
         FROM unnest(named) WITH ORDINALITY AS n (name, place)),
        accelcost_internal.rollup_scope(
            rollup,
            format('(relations::oid[] || tco_type::oid) <> %L::oid[]', accelcost_internal.rollup_oids(rollup))),
        insertion, added, removed, c.groups, c.state_sums, c.states, c.is_some,
        accelcost_internal.rollup_truncation(rollup, row_of)));
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
