-- Whether the caller sees all rows of a relation. A sum of some rows is no total: tiers applied to it give a wrong
-- bill, and an import that replaces them leaves the others.

-- Follows check_enable_rls of the server, for each table that is read and the role that reads it. A view without
-- security_invoker reads as its owner; a materialized view was filled as its owner.
CREATE FUNCTION accelcost_internal.relation_with_hidden_rows(source regclass, to_change boolean DEFAULT false)
    RETURNS text
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    caller CONSTANT oid := (SELECT r.oid FROM pg_roles AS r WHERE r.rolname = current_user);
BEGIN
    -- Citus hides all rows.
    PERFORM accelcost_internal.tables_are_local();
    IF EXISTS (SELECT FROM pg_class AS c
               WHERE c.oid = source AND c.relkind NOT IN ('v', 'm') AND NOT c.relrowsecurity) THEN
        RETURN NULL;
    END IF;
    RETURN (
        WITH RECURSIVE read_relation (relation, reader) AS (
            SELECT source::oid, caller
            UNION
            SELECT d.refobjid,
                   CASE WHEN EXISTS (SELECT FROM pg_options_to_table(v.reloptions) AS o
                                     WHERE o.option_name = 'security_invoker' AND o.option_value::boolean)
                        THEN caller ELSE v.relowner END
            FROM read_relation AS r
            JOIN pg_class AS v ON v.oid = r.relation AND v.relkind IN ('v', 'm')
            JOIN pg_rewrite AS w ON w.ev_class = v.oid
            JOIN pg_depend AS d ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid
                AND d.refclassid = 'pg_class'::regclass
        ), guarded AS (
            SELECT t.oid, r.reader, n.nspname || '.' || t.relname AS name
            FROM read_relation AS r
            JOIN pg_class AS t ON t.oid = r.relation AND t.relrowsecurity
            JOIN pg_namespace AS n ON n.oid = t.relnamespace
            JOIN pg_roles AS u ON u.oid = r.reader
            WHERE NOT u.rolsuper AND NOT u.rolbypassrls
              AND (t.relforcerowsecurity OR NOT pg_has_role(u.oid, t.relowner, 'USAGE'))
        ), policy AS (
            SELECT g.oid, g.reader, p.polcmd, p.polpermissive, pg_get_expr(p.polqual, p.polrelid) = 'true' AS is_open
            FROM guarded AS g
            JOIN pg_policy AS p ON p.polrelid = g.oid
            WHERE EXISTS (SELECT FROM unnest(p.polroles) AS u (role)
                          WHERE u.role = 0 OR pg_has_role(g.reader, u.role, 'USAGE'))
        )
        SELECT min(g.name COLLATE "C")
        FROM guarded AS g
        -- A policy USING (true) hides nothing, unless a restrictive one does.
        WHERE NOT EXISTS (SELECT FROM policy AS p
                          WHERE p.oid = g.oid AND p.reader = g.reader AND p.polpermissive AND p.is_open
                            AND (p.polcmd = '*' OR (p.polcmd = 'r' AND NOT to_change)))
           OR EXISTS (SELECT FROM policy AS p
                      WHERE p.oid = g.oid AND p.reader = g.reader AND NOT p.polpermissive AND NOT p.is_open
                        AND (p.polcmd IN ('*', 'r') OR to_change)));
END
$$;
COMMENT ON FUNCTION accelcost_internal.relation_with_hidden_rows(regclass, boolean) IS
    'returns a table under source whose row security may hide rows from the caller, or from changes; NULL if none';

CREATE FUNCTION accelcost_internal.check_sees_all(relation regclass, to_change boolean) RETURNS void
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    hidden CONSTANT text := accelcost_internal.relation_with_hidden_rows(relation, to_change);
BEGIN
    IF hidden IS NOT NULL THEN
        RAISE EXCEPTION 'row security may hide rows of "%"', hidden
            USING ERRCODE = 'insufficient_privilege',
                  DETAIL = 'An import must see all rows that it reads or replaces.',
                  HINT = 'Import as the owner of the table or as a role with BYPASSRLS, or create a policy FOR ALL '
                      || 'USING (true) for the role.';
    END IF;
END
$$;
COMMENT ON FUNCTION accelcost_internal.check_sees_all(regclass, boolean) IS
    'raises an error if row security may hide rows of a relation from the caller, or from changes by the caller';
