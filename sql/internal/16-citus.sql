-- Tables that Citus distributes: triggers do not fire on them, and it plans queries of them itself.

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

CREATE FUNCTION accelcost_internal.reads_citus_table(relation regclass) RETURNS boolean
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN EXISTS (
        WITH RECURSIVE read AS (
            SELECT relation::oid AS id
            UNION
            SELECT d.refobjid
            FROM read
            JOIN pg_rewrite AS w ON w.ev_class = read.id
            JOIN pg_depend AS d ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid
                               AND d.refclassid = 'pg_class'::regclass)
        SELECT FROM read WHERE accelcost_internal.is_citus_table(id));
END
$$;
COMMENT ON FUNCTION accelcost_internal.reads_citus_table(regclass) IS
    'returns true if Citus manages a relation, or one that it reads as a view';
