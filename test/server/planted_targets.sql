-- Targets: the routines of the extension, and those of the server that its SQL names.
COPY (
    WITH member AS (
        SELECT classid, objid FROM pg_depend
        WHERE deptype = 'e'
          AND refclassid = 'pg_extension'::regclass
          AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'accelcost')
    ), source (text) AS (
        SELECT CASE lanname WHEN 'plpgsql' THEN prosrc ELSE pg_get_functiondef(p.oid) END
        FROM member JOIN pg_proc AS p ON p.oid = objid JOIN pg_language AS l ON l.oid = prolang
        WHERE classid = 'pg_proc'::regclass AND lanname IN ('plpgsql', 'sql')
        UNION ALL
        SELECT pg_get_viewdef(c.oid)
        FROM member JOIN pg_class AS c ON c.oid = objid
        WHERE classid = 'pg_class'::regclass AND relkind = 'v'
    ), called AS (
        SELECT DISTINCT found[1] AS name FROM source, regexp_matches(source.text, '\m([a-z_0-9]+)\(', 'g') AS found
    )
    SELECT CASE WHEN p.pronamespace <> 'pg_catalog'::regnamespace THEN p.pronamespace::regnamespace::text END,
           p.proname,
           ARRAY(SELECT format('%I.%I', n.nspname, t.typname)
                 FROM unnest(p.proargtypes) WITH ORDINALITY AS a (type, i)
                 JOIN pg_type AS t ON t.oid = a.type
                 JOIN pg_namespace AS n ON n.oid = t.typnamespace
                 ORDER BY i),
           format('%I.%I', rn.nspname, r.typname)
    FROM pg_proc AS p
    JOIN pg_type AS r ON r.oid = p.prorettype
    JOIN pg_namespace AS rn ON rn.oid = r.typnamespace
    WHERE (('pg_proc'::regclass, p.oid) IN (SELECT * FROM member)
           OR p.pronamespace = 'pg_catalog'::regnamespace AND p.proname IN (SELECT name FROM called))
      AND NOT EXISTS (SELECT FROM unnest(p.proargtypes) AS a JOIN pg_type AS t ON t.oid = a WHERE t.typtype = 'p')
) TO STDOUT
