-- The triggers of a rollup.

-- Return what each kind of table needs. A partitioned table is truncated by its partitions, one by one.
CREATE FUNCTION accelcost_internal.rollup_events(kind "char")
    RETURNS TABLE (suffix text, moment text, tables text, type smallint)
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT e.suffix, e.moment, e.tables, e.type
    FROM (VALUES
        ('insert', 'AFTER INSERT', 'REFERENCING NEW TABLE AS new_rows', 4::smallint),
        ('update', 'AFTER UPDATE', 'REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows', 16),
        ('delete', 'AFTER DELETE', 'REFERENCING OLD TABLE AS old_rows', 8),
        ('truncate', 'BEFORE TRUNCATE', '', 34)) AS e (suffix, moment, tables, type)
    WHERE kind <> 'p' OR e.suffix <> 'truncate';
END;
COMMENT ON FUNCTION accelcost_internal.rollup_events("char") IS
    'returns the triggers that a table of a kind needs, without NAME_guard';

CREATE FUNCTION accelcost_internal.rollup_attach_table(rollup regclass, relation regclass) RETURNS void
    LANGUAGE plpgsql VOLATILE STRICT PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    SET quote_all_identifiers = off
AS $$
DECLARE
    names  CONSTANT record := accelcost_internal.rollup_names(rollup);
    append CONSTANT regprocedure := format('%s()', names.append_function)::regprocedure;
    kind   CONSTANT "char" := (SELECT relkind FROM pg_class WHERE oid = relation);
    titles CONSTANT name[] := ARRAY[names.title || '_insert', names.title || '_update', names.title || '_delete',
                                    names.title || '_truncate', names.title || '_guard']::name[];
    event  record;
BEGIN
    IF EXISTS (SELECT FROM pg_trigger WHERE tgrelid = relation AND tgfoid <> append AND tgname = ANY (titles)) THEN
        RAISE EXCEPTION 'trigger name in table "%" conflicts with rollup "%"', relation, names.title
            USING ERRCODE = 'duplicate_object', HINT = 'Rename the trigger.';
    END IF;
    -- Drop renamed triggers: with the new ones beside them, rows would count twice.
    FOR event IN SELECT tgname FROM pg_trigger
                 WHERE tgrelid = relation AND tgfoid = append AND tgparentid = 0 AND tgname <> ALL (titles) LOOP
        EXECUTE format('DROP TRIGGER %I ON %s', event.tgname, relation);
    END LOOP;
    FOR event IN
        SELECT e.suffix, e.moment, e.tables
        FROM accelcost_internal.rollup_events(kind) AS e
        -- Most partitions have what they need.
        WHERE NOT EXISTS (
            SELECT FROM pg_trigger AS t
            WHERE t.tgrelid = relation AND t.tgname = names.title || '_' || e.suffix AND t.tgfoid = append
              AND t.tgtype = e.type AND t.tgqual IS NULL AND t.tgenabled = 'O'
              AND coalesce(t.tgnewtable = 'new_rows', false) = (e.tables ~ 'new_rows')
              AND coalesce(t.tgoldtable = 'old_rows', false) = (e.tables ~ 'old_rows'))
    LOOP
        EXECUTE format('CREATE OR REPLACE TRIGGER %I %s ON %s %s EXECUTE FUNCTION %s()',
                       names.title || '_' || event.suffix, event.moment, relation, event.tables, names.append_function);
        EXECUTE format('ALTER TABLE %s ENABLE TRIGGER %I', relation, names.title || '_' || event.suffix);
    END LOOP;
END
$$;
COMMENT ON FUNCTION accelcost_internal.rollup_attach_table(regclass, regclass) IS
    'creates or enables the triggers of a rollup on one table, except NAME_guard';

-- Partitions may have come before the lock.
CREATE FUNCTION accelcost_internal.rollup_check_parts(rollup regclass) RETURNS void
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    names  CONSTANT record := accelcost_internal.rollup_names(rollup);
    source CONSTANT regclass := (accelcost_internal.rollup_definition_of(rollup)).source;
    one    name;
BEGIN
    PERFORM accelcost_internal.rollup_check_source(source);
    -- Until DETACH CONCURRENTLY has waited for them, transactions with older snapshots still write to the partition.
    SELECT c.relname INTO one
    FROM accelcost_internal.rollup_tree(source) AS t
    JOIN pg_inherits AS i ON i.inhparent = t.relation AND i.inhdetachpending
    JOIN pg_class AS c ON c.oid = i.inhrelid LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'partition "%" is being detached', one
            USING ERRCODE = 'object_not_in_prerequisite_state',
                  HINT = 'Wait for DETACH PARTITION CONCURRENTLY, or complete it with DETACH PARTITION FINALIZE.';
    END IF;
    SELECT c.relname INTO one
    FROM accelcost_internal.rollup_tree(source) AS t
    JOIN unnest(accelcost_internal.rollup_parts(rollup)) AS p ON p.part = t.relation AND p.state = 'kept'
    JOIN pg_class AS c ON c.oid = t.relation LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'partition "%" was attached again, but its former sums are kept in rollup "%"', one, names.title
            USING ERRCODE = 'object_not_in_prerequisite_state',
                  HINT = 'Detach it, or drop the rollup with rollup_drop and create it again.';
    END IF;
END
$$;
COMMENT ON FUNCTION accelcost_internal.rollup_check_parts(regclass) IS
    'raises an error if a rollup cannot count the partitions of its table as they are';

-- The lock on a partitioned table includes its partitions: no writer is halfway through when they get their triggers.
CREATE FUNCTION accelcost_internal.rollup_attach_parts(rollup regclass, subtract boolean) RETURNS void
    LANGUAGE plpgsql VOLATILE STRICT PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    SET quote_all_identifiers = off
AS $$
DECLARE
    names   CONSTANT record := accelcost_internal.rollup_names(rollup);
    d       CONSTANT accelcost.rollup_definition := accelcost_internal.rollup_definition_of(rollup);
    append  CONSTANT regprocedure := format('%s()', names.append_function)::regprocedure;
    guard   CONSTANT name := names.title || '_guard';
    removed regclass[];
    one     record;
BEGIN
    removed := accelcost_internal.rollup_removed(d.source, accelcost_internal.rollup_parts(rollup));
    IF d.retention = 'keep' AND removed IS NOT NULL AND NOT subtract THEN
        RAISE EXCEPTION 'cannot keep the sums of removed partitions: %', accelcost_internal.rollup_part_names(removed)
            USING ERRCODE = 'object_not_in_prerequisite_state',
                  DETAIL = 'They were removed while the rollup was not up to date, so their sums are unknown.',
                  HINT = 'Attach them again, or use subtract => true to subtract them.';
    END IF;
    -- Triggers on tables that are no partitions any more.
    FOR one IN
        SELECT t.tgname, t.tgrelid::regclass AS relation
        FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid
        WHERE t.tgfoid = append AND t.tgparentid = 0 AND pg_get_userbyid(c.relowner) = current_user
          AND t.tgrelid NOT IN (SELECT relation FROM accelcost_internal.rollup_tree(d.source))
    LOOP
        EXECUTE format('DROP TRIGGER %I ON %s', one.tgname, one.relation);
    END LOOP;
    FOR one IN SELECT t.relation::regclass AS relation FROM accelcost_internal.rollup_tree(d.source) AS t LOOP
        PERFORM accelcost_internal.rollup_attach_table(rollup, one.relation);
    END LOOP;
    -- Replacing the guard enables all copies, so replace it only if it is wrong.
    IF NOT EXISTS (SELECT FROM pg_trigger
                   WHERE tgrelid = d.source AND tgname = guard AND tgfoid = append AND tgtype = 29
                     AND tgqual IS NULL AND tgenabled = 'O') THEN
        EXECUTE format('CREATE OR REPLACE TRIGGER %I AFTER INSERT OR UPDATE OR DELETE ON %s FOR EACH ROW '
                       'EXECUTE FUNCTION %s()', guard, d.source, names.append_function);
        EXECUTE format('ALTER TABLE %s ENABLE TRIGGER %I', d.source, guard);
    END IF;
    -- pg_dump leaves out a copy that is enabled as its origin is, and then restores the copies below it too early. So
    -- from level to level, they are enabled in another way.
    FOR one IN
        SELECT t.relation::regclass AS relation, w.action
        FROM accelcost_internal.rollup_tree(d.source) AS t
        JOIN pg_trigger AS g ON g.tgrelid = t.relation AND g.tgname = guard
        JOIN (VALUES ('O', 'ENABLE'), ('A', 'ENABLE ALWAYS'), ('D', 'DISABLE')) AS w (state, action)
            ON w.state = CASE WHEN t.kind <> 'p' THEN 'D' WHEN cardinality(t.above) % 2 = 0 THEN 'O' ELSE 'A' END
        WHERE g.tgenabled <> w.state
        ORDER BY cardinality(t.above)
    LOOP
        EXECUTE format('ALTER TABLE ONLY %s %s TRIGGER %I', one.relation, one.action, guard);
    END LOOP;
    EXECUTE format($sql$
        DELETE FROM %s
        WHERE state <> 'kept' OR NOT EXISTS (SELECT FROM pg_class AS c WHERE c.oid = part)$sql$, names.part_table);
    EXECUTE format($sql$
        INSERT INTO %s (part, state)
        SELECT t.relation, 'counted' FROM accelcost_internal.rollup_tree($1) AS t WHERE t.kind <> 'p'$sql$,
        names.part_table)
    USING d.source;
END
$$;
COMMENT ON FUNCTION accelcost_internal.rollup_attach_parts(regclass, boolean) IS
    'creates or enables the triggers of a rollup on a partitioned table, and records its partitions as counted';

-- A restore may have counted rows that came after the triggers. It gives tables other numbers than those in the text of
-- the trigger function.
CREATE FUNCTION accelcost_internal.rollup_is_restored(rollup regclass) RETURNS boolean
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    names  CONSTANT record := accelcost_internal.rollup_names(rollup);
    append CONSTANT regprocedure := format('%s()', names.append_function)::regprocedure;
BEGIN
    RETURN (SELECT strpos(p.prosrc, accelcost_internal.rollup_oids(rollup)::text) = 0
            FROM pg_proc AS p WHERE p.oid = append);
END
$$;
COMMENT ON FUNCTION accelcost_internal.rollup_is_restored(regclass) IS
    'returns whether a rollup was restored from a dump and not repaired since';

CREATE FUNCTION accelcost_internal.rollup_attach(rollup regclass, subtract boolean DEFAULT false)
    RETURNS boolean
    LANGUAGE plpgsql VOLATILE STRICT PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    SET quote_all_identifiers = off
AS $$
DECLARE
    names  CONSTANT record := accelcost_internal.rollup_names(rollup);
    d      CONSTANT accelcost.rollup_definition := accelcost_internal.rollup_definition_of(rollup);
    append CONSTANT regprocedure := format('%s()', names.append_function)::regprocedure;
    found    record;
    is_right boolean;
BEGIN
    PERFORM accelcost_internal.rollup_check_source(d.source);
    -- Lock in the order of rollup_fill.
    EXECUTE format('SELECT FROM %s FOR UPDATE', names.definition_table);
    EXECUTE format('LOCK TABLE %s IN SHARE ROW EXCLUSIVE MODE', d.source);
    IF d.retention IS NOT NULL THEN
        PERFORM accelcost_internal.rollup_check_parts(rollup);
        found := accelcost_internal.rollup_problem(
            accelcost_internal.rollup_definition_of(rollup), append, accelcost_internal.rollup_parts(rollup));
        is_right := found.problem IS NULL AND NOT accelcost_internal.rollup_is_restored(rollup);
        -- What is not kept has to be subtracted, which rollup_fill does.
        IF subtract AND accelcost_internal.rollup_removed(d.source, accelcost_internal.rollup_parts(rollup)) IS NOT NULL
        THEN
            is_right := false;
        END IF;
        -- Partitions may have gone while this waited.
        IF is_right AND NOT subtract THEN
            PERFORM accelcost_internal.rollup_keep(rollup);
        END IF;
        PERFORM accelcost_internal.rollup_renamed(rollup);
        PERFORM accelcost_internal.rollup_attach_parts(rollup, subtract);
        IF is_right THEN
            RETURN false;
        END IF;
    ELSE
        PERFORM accelcost_internal.rollup_renamed(rollup);
        PERFORM accelcost_internal.rollup_attach_table(rollup, d.source);
        -- Writes through a parent fire only its triggers. This trigger keeps a table from getting a parent.
        EXECUTE format('CREATE OR REPLACE TRIGGER %I AFTER DELETE ON %s REFERENCING OLD TABLE AS old_rows '
                       'FOR EACH ROW WHEN (false) EXECUTE FUNCTION %s()',
                       names.title || '_guard', d.source, names.append_function);
        EXECUTE format('ALTER TABLE %s ENABLE TRIGGER %I', d.source, names.title || '_guard');
    END IF;
    EXECUTE format('UPDATE %s SET state = ''building''', names.definition_table);
    RETURN true;
END
$$;
COMMENT ON FUNCTION accelcost_internal.rollup_attach(regclass, boolean) IS
    'creates or enables the triggers of a rollup; returns true if it stays incomplete until rollup_fill';
