-- Citus would leave functions an empty table, and cannot make a table of an extension local again. It does not manage
-- tables that have triggers, as those of the catalog do: so the others have one, too. Usage may be distributed.

CREATE FUNCTION accelcost_internal.stay_local() RETURNS trigger
    LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION accelcost_internal.stay_local() IS
    'returns NULL: a trigger that does nothing, so that Citus refuses to manage its table';

DO $$
DECLARE
    relation regclass;
BEGIN
    FOR relation IN
        SELECT d.objid
        FROM pg_depend AS d
        JOIN pg_extension AS e ON d.refclassid = 'pg_extension'::regclass AND e.oid = d.refobjid
        JOIN pg_class AS c ON d.classid = 'pg_class'::regclass AND c.oid = d.objid
        WHERE e.extname = 'accelcost' AND d.deptype = 'e' AND c.relkind = 'r' AND c.oid <> 'accelcost.usage'::regclass
          AND NOT EXISTS (SELECT FROM pg_trigger AS t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal)
    LOOP
        EXECUTE format('CREATE TRIGGER stay_local AFTER TRUNCATE ON %s FOR EACH STATEMENT '
                       'EXECUTE FUNCTION accelcost_internal.stay_local()', relation);
        EXECUTE format('COMMENT ON TRIGGER stay_local ON %s IS %L', relation,
                       'does nothing: Citus does not manage a table that has triggers');
    END LOOP;
END
$$;
