-- Tables that Citus manages: triggers do not fire on them, and it plans queries of them itself.

-- Check that the table belongs to Citus: any user may have a table of that name.
CREATE FUNCTION accelcost_internal.citus_tables() RETURNS SETOF oid
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF EXISTS (SELECT FROM pg_class AS c
               JOIN pg_depend AS d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e'
               JOIN pg_extension AS e ON d.refclassid = 'pg_extension'::regclass AND e.oid = d.refobjid
               WHERE c.relname = 'pg_dist_partition' AND c.relnamespace = 'pg_catalog'::regnamespace AND c.relkind = 'r'
                 AND e.extname = 'citus') THEN
        RETURN QUERY EXECUTE 'SELECT logicalrelid::oid FROM pg_catalog.pg_dist_partition';
    END IF;
END
$$;
COMMENT ON FUNCTION accelcost_internal.citus_tables() IS
    'returns the tables that Citus manages: distributed, reference, or local in its metadata';

CREATE FUNCTION accelcost_internal.is_citus_table(relation regclass) RETURNS boolean
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN EXISTS (SELECT FROM accelcost_internal.citus_tables() AS t (id) WHERE t.id = relation);
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
        SELECT FROM read WHERE id IN (SELECT t.id FROM accelcost_internal.citus_tables() AS t (id)));
END
$$;
COMMENT ON FUNCTION accelcost_internal.reads_citus_table(regclass) IS
    'returns true if Citus manages a relation, or one that it reads as a view';

-- Citus plans a query before PostgreSQL inlines the functions in it. What these read of a table that Citus manages is
-- its empty shell: prices would be NULL, and sums of charges would have no row.
CREATE FUNCTION accelcost_internal.tables_are_local() RETURNS boolean
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    managed CONSTANT regclass := (
        SELECT min(t.id)
        FROM accelcost_internal.citus_tables() AS t (id)
        JOIN pg_depend AS d ON d.classid = 'pg_class'::regclass AND d.objid = t.id AND d.deptype = 'e'
        JOIN pg_extension AS e ON d.refclassid = 'pg_extension'::regclass AND e.oid = d.refobjid
        -- Usage is read by text that is planned at run time.
        WHERE e.extname = 'accelcost' AND t.id <> accelcost_internal.usage_table());
BEGIN
    IF managed IS NULL THEN
        RETURN true;
    END IF;
    RAISE EXCEPTION 'table "%" must be local, but Citus manages it', managed
        USING ERRCODE = 'feature_not_supported',
              DETAIL = 'Functions would see it without its rows. Of the tables of accelcost, only accelcost.usage can '
                       'be distributed.',
              HINT = 'Citus cannot undo this. Save your rows of accelcost, and drop and create the extension.';
END
$$;
COMMENT ON FUNCTION accelcost_internal.tables_are_local() IS
    'returns true; raises an error if Citus manages a table of accelcost other than accelcost.usage';
