-- Make a rollup equal to its table.

-- Return what the sums should be, with the columns of a delta: the rows, and what is kept of partitions that are gone.
CREATE FUNCTION accelcost_internal.rollup_fresh(rollup regclass) RETURNS text
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
    SET quote_all_identifiers = off
AS $$
DECLARE
    names CONSTANT record := accelcost_internal.rollup_names(rollup);
    d     CONSTANT accelcost.rollup_definition := accelcost_internal.rollup_definition_of(rollup);
    c     CONSTANT record := accelcost_internal.rollup_columns(d);
    fresh CONSTANT text := format('SELECT %s, %s FROM %s AS r GROUP BY %1$s',
                                  c.row_groups, c.row_states, names.row_view);
BEGIN
    IF names.kept_table IS NULL THEN
        RETURN fresh;
    END IF;
    RETURN format('SELECT %1$s, %2$s FROM (%3$s UNION ALL SELECT %1$s, %4$s FROM %5$s) AS h (%1$s, %4$s) GROUP BY %1$s',
                  c.groups, c.state_sums, fresh, c.states, names.kept_table);
END
$$;
COMMENT ON FUNCTION accelcost_internal.rollup_fresh(regclass) IS
    'returns the query for the sums that a rollup should have';

-- Rows of removed partitions are gone, but as long as a rollup is up to date, their sums are what it has too much. The
-- same snapshot shows that it is, and how much that is.
CREATE FUNCTION accelcost_internal.rollup_keep(rollup regclass) RETURNS void
    LANGUAGE plpgsql VOLATILE STRICT PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    SET row_security = off
AS $$
DECLARE
    names   CONSTANT record := accelcost_internal.rollup_names(rollup);
    d       CONSTANT accelcost.rollup_definition := accelcost_internal.rollup_definition_of(rollup);
    c       CONSTANT record := accelcost_internal.rollup_columns(d);
    removed regclass[] := accelcost_internal.rollup_removed(d.source, accelcost_internal.rollup_parts(rollup));
BEGIN
    IF d.retention IS DISTINCT FROM 'keep' OR removed IS NULL THEN
        RETURN;
    END IF;
    PERFORM accelcost_internal.rollup_check_isolation();
    EXECUTE format('SELECT FROM %s FOR UPDATE', names.definition_table);
    PERFORM accelcost_internal.rollup_lock(d.source);
    PERFORM accelcost_internal.rollup_check_parts(rollup);
    removed := accelcost_internal.rollup_removed(d.source, accelcost_internal.rollup_parts(rollup));
    EXECUTE format($sql$
        INSERT INTO %1$s (%4$s, %5$s)
        SELECT %4$s, %6$s
        FROM (SELECT %4$s, %5$s FROM %2$s
              UNION ALL SELECT %4$s, %5$s FROM %3$s
              UNION ALL SELECT %4$s, %7$s FROM (%8$s) AS fresh (%4$s, %5$s)) AS s
        WHERE (SELECT accelcost.rollup_is_kept($1, d::accelcost.rollup_definition, $2, $3) FROM %10$s AS d)
        GROUP BY %4$s HAVING %9$s$sql$,
        names.kept_table, names.delta_table, names.folded_table, c.groups, c.states, c.state_sums, c.state_negated,
        accelcost_internal.rollup_fresh(rollup), c.is_some, names.definition_table)
    USING names.title, format('%s()', names.append_function)::regprocedure, accelcost_internal.rollup_parts(rollup);
    EXECUTE format('UPDATE %s SET state = ''kept'' WHERE part = ANY ($1)', names.part_table) USING removed;
END
$$;
COMMENT ON FUNCTION accelcost_internal.rollup_keep(regclass) IS
    'stores the sums of partitions that were removed from the table of a rollup that is up to date';

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
    fresh   CONSTANT text := accelcost_internal.rollup_fresh(rollup);
    removed regclass[];
    changed bigint;
BEGIN
    PERFORM accelcost_internal.rollup_check_isolation();
    -- Run one at a time: two would correct one difference twice.
    EXECUTE format('SELECT FROM %s FOR UPDATE', names.definition_table);
    PERFORM accelcost_internal.rollup_lock(d.source);
    removed := accelcost_internal.rollup_removed(d.source, accelcost_internal.rollup_parts(rollup));
    IF d.retention = 'keep' AND removed IS NOT NULL THEN
        RAISE EXCEPTION 'partitions were removed while rollup "%" was repaired: %',
            names.title, accelcost_internal.rollup_part_names(removed)
            USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Call rollup_repair again.';
    END IF;
    BEGIN
        EXECUTE format($sql$
            INSERT INTO %1$s (%4$s, %5$s)
            SELECT %4$s, %6$s
            FROM (SELECT * FROM (%3$s) AS fresh (%4$s, %5$s)
                  UNION ALL SELECT %4$s, %7$s FROM %2$s
                  UNION ALL SELECT %4$s, %7$s FROM %1$s) AS s
            GROUP BY %4$s HAVING %8$s$sql$,
            names.delta_table, names.folded_table, fresh, c.groups, c.states, c.state_sums, c.state_negated,
            c.is_some);
    EXCEPTION WHEN numeric_value_out_of_range THEN
        -- Sums were out of range: block writers and folds, and compute them again.
        EXECUTE format('LOCK TABLE %s IN SHARE MODE', d.source);
        EXECUTE format('LOCK TABLE %s, %s IN SHARE ROW EXCLUSIVE MODE', names.delta_table, names.folded_table);
        EXECUTE format('DELETE FROM %s', names.delta_table);
        EXECUTE format('DELETE FROM %s', names.folded_table);
        EXECUTE format('INSERT INTO %s (%s, %s) %s', names.delta_table, c.groups, c.states, fresh);
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
