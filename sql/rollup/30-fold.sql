-- Fold deltas into sums, and verify that a rollup equals its table.

-- Move deltas into sums in one statement, so that any snapshot sees a change in exactly one place. The lock on the row
-- of the definition, which only the owner can take, allows one fold at a time. Keys of up to a third of a page fit the
-- index; the deltas of a group with larger keys are merged into one delta.
CREATE FUNCTION accelcost_internal.rollup_fold_one(rollup regclass) RETURNS bigint
    LANGUAGE plpgsql VOLATILE STRICT PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    names  CONSTANT record := accelcost_internal.rollup_names(rollup);
    c      record;
    d      accelcost.rollup_definition;
    folded bigint;
BEGIN
    IF current_setting('transaction_isolation') IN ('repeatable read', 'serializable')
       OR current_setting('transaction_read_only')::boolean THEN
        RETURN NULL;
    END IF;
    EXECUTE format('SELECT * FROM %s FOR UPDATE SKIP LOCKED', names.definition_table) INTO d;
    IF d.source IS NULL THEN
        RETURN NULL;
    END IF;
    c := accelcost_internal.rollup_columns(d);
    EXECUTE format($sql$
        WITH moved AS (DELETE FROM %1$s RETURNING *), added AS (
            INSERT INTO %2$s AS f (%3$s, %4$s)
            SELECT %3$s, %5$s FROM moved WHERE pg_column_size(ROW(%3$s)) <= %8$s GROUP BY %3$s HAVING %6$s ORDER BY %3$s
            ON CONFLICT (%3$s) DO UPDATE SET %7$s), kept AS (
            INSERT INTO %1$s (%3$s, %4$s)
            SELECT %3$s, %5$s FROM moved WHERE pg_column_size(ROW(%3$s)) > %8$s GROUP BY %3$s HAVING %6$s RETURNING 1)
        SELECT (SELECT count(*) FROM moved) - (SELECT count(*) FROM kept)$sql$,
        names.delta_table, names.folded_table, c.groups, c.states, c.state_sums, c.is_some, c.state_added,
        current_setting('block_size')::integer / 3 - 32) INTO folded;
    IF folded > 0 THEN
        EXECUTE format('DELETE FROM %s WHERE row_count = 0', names.folded_table);
    END IF;
    EXECUTE format('UPDATE %s SET folded_at = clock_timestamp()', names.definition_table);
    RETURN folded;
END
$$;
COMMENT ON FUNCTION accelcost_internal.rollup_fold_one(regclass) IS
    'merges the deltas of one rollup into its sums, like rollup_fold';

CREATE FUNCTION accelcost_internal.own_rollups() RETURNS SETOF regclass
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN QUERY
    SELECT v.oid::regclass
    FROM pg_class AS d JOIN pg_class AS v ON v.relnamespace = d.relnamespace AND v.relname || '_rollup' = d.relname
    WHERE d.reloftype = 'accelcost.rollup_definition'::regtype AND d.relkind = 'r' AND v.relkind = 'v'
      AND d.relowner = v.relowner AND pg_get_userbyid(d.relowner) = current_user
    ORDER BY v.oid::regclass::text COLLATE "C";
END
$$;
COMMENT ON FUNCTION accelcost_internal.own_rollups() IS
    'returns the rollups that the current role owns';

CREATE FUNCTION accelcost_internal.rollup_fold(rollup regclass) RETURNS bigint
    LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    one   regclass;
    total bigint;
BEGIN
    IF rollup IS NOT NULL THEN
        RETURN accelcost_internal.rollup_fold_one(rollup);
    END IF;
    -- A rollup that fails does not stop the others.
    FOR one IN SELECT o FROM accelcost_internal.own_rollups() AS o LOOP
        BEGIN
            total := coalesce(total, 0) + coalesce(accelcost_internal.rollup_fold_one(one), 0);
        EXCEPTION WHEN OTHERS THEN
            RAISE WARNING 'could not fold rollup %: %', one, SQLERRM;
        END;
    END LOOP;
    RETURN total;
END
$$;
COMMENT ON FUNCTION accelcost_internal.rollup_fold(regclass) IS
    'accelcost.rollup_fold, for text resolved at run time';

CREATE FUNCTION accelcost.rollup_fold(rollup regclass DEFAULT NULL) RETURNS bigint
    LANGUAGE sql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE
    RETURN accelcost_internal.rollup_fold(rollup);
COMMENT ON FUNCTION accelcost.rollup_fold(regclass) IS
    'merges deltas into the sums and returns their number; NULL if it did nothing';

CREATE FUNCTION accelcost.rollup_verify(rollup regclass)
RETURNS TABLE (bucket date, group_keys jsonb, kept jsonb, recomputed jsonb)
LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
SET row_security = off
AS $$
#variable_conflict use_column
DECLARE
    names  CONSTANT record := accelcost_internal.rollup_names(rollup);
    d      CONSTANT accelcost.rollup_definition := accelcost_internal.rollup_definition_of(rollup);
    c      CONSTANT record := accelcost_internal.rollup_columns(d);
    differing bigint;
    removed   regclass[];
BEGIN
    PERFORM accelcost_internal.rollup_check_isolation();
    PERFORM accelcost_internal.rollup_lock(d.source);
    IF d.retention = 'keep' THEN
        removed := accelcost_internal.rollup_removed(d.source, accelcost_internal.rollup_parts(rollup));
        IF removed IS NOT NULL THEN
            RAISE EXCEPTION 'sums of removed partitions are not stored yet: %',
                accelcost_internal.rollup_part_names(removed)
                USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Call rollup_repair first.';
        END IF;
    END IF;
    RETURN QUERY EXECUTE format($sql$
        SELECT %7$I, jsonb_build_object(%8$s),
               (array_agg(" state") FILTER (WHERE " kept"))[1], (array_agg(" state") FILTER (WHERE NOT " kept"))[1]
        FROM (SELECT %4$s, %5$s, false AS " kept", jsonb_build_object(%9$s) AS " state"
              FROM (%3$s) AS fresh (%4$s, %5$s)
              UNION ALL
              SELECT %4$s, %10$s, true, jsonb_build_object(%9$s)
              FROM (SELECT %4$s, %6$s
                    FROM (SELECT %4$s, %5$s FROM %1$s UNION ALL SELECT %4$s, %5$s FROM %2$s) AS s
                    GROUP BY %4$s HAVING %11$s) AS stored (%4$s, %5$s)
             ) AS s (%4$s, %5$s)
        GROUP BY %4$s HAVING %11$s ORDER BY %4$s$sql$,
        names.delta_table, names.folded_table, accelcost_internal.rollup_fresh(rollup), c.groups, c.states,
        c.state_sums, d.grain, c.keys_json, c.states_json, c.state_negated, c.is_some);
    GET DIAGNOSTICS differing = ROW_COUNT;
    -- Do not wait for a lock on the row: in that case the result is not recorded.
    IF NOT current_setting('transaction_read_only')::boolean THEN
        EXECUTE format('UPDATE %1$s SET verified_at = clock_timestamp(), differences = $1 '
                       'WHERE ctid IN (SELECT ctid FROM %1$s FOR UPDATE SKIP LOCKED)', names.definition_table)
        USING differing;
    END IF;
END
$$;
COMMENT ON FUNCTION accelcost.rollup_verify(regclass) IS
    'returns the groups in which a rollup differs from its table; none if it is correct';

CREATE FUNCTION accelcost.rollup_recompute(rollup regclass) RETURNS bigint
    LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    names CONSTANT record := accelcost_internal.rollup_names(rollup);
    d     accelcost.rollup_definition := accelcost_internal.rollup_definition_of(rollup);
    p     record;
BEGIN
    -- Ignore the problems that this repairs.
    IF d.state IN ('building', 'stale') THEN
        d.state := 'kept';
    END IF;
    d.differences := NULL;
    p := accelcost_internal.rollup_problem(d, format('%s()', names.append_function)::regprocedure,
                                           accelcost_internal.rollup_parts(rollup));
    IF p.problem IS NOT NULL THEN
        RAISE EXCEPTION 'rollup "%" is not up to date: %', names.title, p.problem
            USING ERRCODE = 'object_not_in_prerequisite_state', HINT = p.hint;
    END IF;
    PERFORM accelcost_internal.rollup_keep(rollup);
    RETURN accelcost_internal.rollup_fill(rollup);
END
$$;
COMMENT ON FUNCTION accelcost.rollup_recompute(regclass) IS
    'makes a rollup equal to its table and returns how many groups differed';
