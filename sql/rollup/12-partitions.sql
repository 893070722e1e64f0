-- Partitions of a table that has a rollup.
--
-- A statement fires the FOR EACH STATEMENT triggers of the table that it names, so each table of a tree has its own.
-- The tree also has a FOR EACH ROW trigger, NAME_guard. PostgreSQL itself copies it to each new partition, by CREATE or
-- ATTACH, and drops the copy on DETACH. rollup_repair disables the copy when it counts a partition. So a partition with
-- an enabled copy is not counted, whatever happened to it in between, and the copy records the first write to it.

-- Return the partitions of a table at the snapshot of the query, and the table itself. A partition whose DETACH
-- CONCURRENTLY has begun is not in the result, as it is not in a query of the table.
CREATE FUNCTION accelcost_internal.rollup_tree(source regclass)
    RETURNS TABLE (relation oid, above oid[], kind "char", owner oid, is_heap boolean, is_odd boolean)
    LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    WITH RECURSIVE tree AS (
        SELECT c.oid AS relation, '{}'::oid[] AS above, c.relkind, c.relowner, c.relam, c.relpersistence,
               c.relforcerowsecurity
        FROM pg_class AS c WHERE c.oid = source::oid
        UNION ALL
        SELECT i.inhrelid, t.above || t.relation, c.relkind, c.relowner, c.relam, c.relpersistence,
               c.relforcerowsecurity
        FROM tree AS t
        JOIN pg_inherits AS i ON i.inhparent = t.relation
        JOIN pg_class AS c ON c.oid = i.inhrelid
        WHERE t.relkind = 'p' AND NOT i.inhdetachpending
    )
    SELECT t.relation, t.above, t.relkind, t.relowner,
           t.relam = (SELECT h.oid FROM pg_am AS h WHERE h.amname = 'heap' AND h.amtype = 't'),
           t.relkind NOT IN ('r', 'p') OR t.relpersistence <> 'p' OR t.relforcerowsecurity
               OR t.relation IN (SELECT s.srrelid FROM pg_subscription_rel AS s)
    FROM tree AS t;
END;
COMMENT ON FUNCTION accelcost_internal.rollup_tree(regclass) IS
    'returns a table and its partitions of any depth; is_odd if rollup_part_fault is to be asked';

CREATE FUNCTION accelcost_internal.is_partitioned(source regclass) RETURNS boolean
    LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN EXISTS (SELECT FROM pg_class AS c WHERE c.oid = source::oid AND c.relkind = 'p');
COMMENT ON FUNCTION accelcost_internal.is_partitioned(regclass) IS
    'returns whether a table is partitioned';

CREATE FUNCTION accelcost_internal.rollup_parts(rollup regclass) RETURNS accelcost.rollup_part[]
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    names CONSTANT record := accelcost_internal.rollup_names(rollup);
    parts accelcost.rollup_part[];
BEGIN
    IF names.part_table IS NOT NULL THEN
        EXECUTE format('SELECT array_agg(p::accelcost.rollup_part) FROM %s AS p', names.part_table) INTO parts;
    END IF;
    RETURN parts;
END
$$;
COMMENT ON FUNCTION accelcost_internal.rollup_parts(regclass) IS
    'returns the partitions that a rollup counts, keeps or has seen writes to; NULL if there is none';

CREATE FUNCTION accelcost_internal.rollup_removed(source regclass, parts accelcost.rollup_part[]) RETURNS regclass[]
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN (SELECT array_agg(p.part ORDER BY p.part::oid)
            FROM unnest(parts) AS p
            WHERE p.state = 'counted' AND p.part NOT IN (SELECT relation FROM accelcost_internal.rollup_tree(source)));
END
$$;
COMMENT ON FUNCTION accelcost_internal.rollup_removed(regclass, accelcost.rollup_part[]) IS
    'returns the counted partitions that were detached or dropped; NULL if there is none';

-- Block changes of the tree, but not writers, and then TRUNCATE: neither is MVCC-safe, so that a snapshot that compares
-- rows with sums is taken after the lock. The tree may have grown before a table in it was locked.
CREATE FUNCTION accelcost_internal.rollup_lock(source regclass) RETURNS void
    LANGUAGE plpgsql VOLATILE STRICT PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    SET quote_all_identifiers = off
AS $$
DECLARE
    locked oid[] := '{}';
    one    regclass;
BEGIN
    WHILE NOT pg_is_in_recovery() LOOP
        SELECT t.relation INTO one
        FROM accelcost_internal.rollup_tree(source) AS t
        WHERE t.kind = 'p' AND t.relation <> ALL (locked)
        ORDER BY cardinality(t.above), t.relation LIMIT 1;
        EXIT WHEN NOT FOUND;
        EXECUTE format('LOCK TABLE ONLY %s IN SHARE UPDATE EXCLUSIVE MODE', one);
        locked := locked || one::oid;
    END LOOP;
    EXECUTE format('LOCK TABLE %s IN ACCESS SHARE MODE', source);
END
$$;
COMMENT ON FUNCTION accelcost_internal.rollup_lock(regclass) IS
    'blocks changes of a table other than writes, and ATTACH and DETACH of its partitions';

-- In the list of a message.
CREATE FUNCTION accelcost_internal.rollup_part_names(parts regclass[]) RETURNS text
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
    SET quote_all_identifiers = off
AS $$
BEGIN
    RETURN (SELECT string_agg(coalesce('"' || c.relname || '"', '(dropped)'), ', ' ORDER BY p.place)
            FROM unnest(parts) WITH ORDINALITY AS p (part, place) LEFT JOIN pg_class AS c ON c.oid = p.part);
END
$$;
COMMENT ON FUNCTION accelcost_internal.rollup_part_names(regclass[]) IS
    'returns the names of partitions for a message';

-- A function for a single table of a tree, used by the creation and by the view.
CREATE FUNCTION accelcost_internal.rollup_part_fault(relation oid, owner oid) RETURNS text
    LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN (
        SELECT CASE
            WHEN c.relkind = 'f' THEN 'is a foreign table: changes on the foreign server fire no triggers here'
            WHEN c.relpersistence = 't' THEN 'is temporary'
            WHEN c.relpersistence = 'u' THEN 'is unlogged: a crash empties it, but not the rollup'
            WHEN c.relowner <> owner THEN 'has another owner'
            WHEN c.relforcerowsecurity THEN 'forces row security on its owner, who would not see all rows'
            WHEN EXISTS (SELECT FROM pg_subscription_rel AS s WHERE s.srrelid = c.oid)
                THEN 'is filled by logical replication, which fires no triggers'
            -- Up to PostgreSQL 15.
            WHEN EXISTS (
                SELECT FROM pg_attribute AS own
                JOIN pg_attribute AS a ON a.attrelid = pg_partition_root(c.oid) AND a.attname = own.attname
                WHERE own.attrelid = c.oid AND own.attgenerated <> '' AND a.attgenerated = '')
                THEN 'has a generated column of its own, which triggers of its table may not see'
        END
        FROM pg_class AS c WHERE c.oid = relation);
COMMENT ON FUNCTION accelcost_internal.rollup_part_fault(oid, oid) IS
    'returns why a rollup cannot count a table of a partitioned table, as a clause without its subject; NULL if it can';
