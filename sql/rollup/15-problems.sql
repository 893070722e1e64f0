-- Whether a rollup is up to date: what its view, its status and its triggers ask.

-- Return columns in their order in the table.
CREATE FUNCTION accelcost_internal.rollup_columns_used(row_view regclass, source regclass)
    RETURNS TABLE (ordinal smallint, name text, type regtype, collation_given regcollation)
    LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT a.attnum, a.attname, a.atttypid, nullif(a.attcollation, t.typcollation)
    FROM pg_attribute AS a JOIN pg_type AS t ON t.oid = a.atttypid
    WHERE a.attrelid = source::oid
      AND a.attnum::integer IN (
          SELECT d.refobjsubid
          FROM pg_rewrite AS r
          JOIN pg_depend AS d ON d.classid = 'pg_rewrite'::regclass::oid AND d.objid = r.oid
          WHERE r.ev_class = row_view::oid
            AND d.refclassid = 'pg_class'::regclass::oid AND d.refobjid = source::oid AND d.refobjsubid > 0)
    ORDER BY a.attnum;
END;
COMMENT ON FUNCTION accelcost_internal.rollup_columns_used(regclass, regclass) IS
    'returns the columns of a table that a view uses; collation is NULL if it is that of the type';

-- A function finds columns by name, and another column may have taken the name.
CREATE FUNCTION accelcost_internal.rollup_names_used(row_view regclass, source regclass) RETURNS text
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN (SELECT concat('columns ', md5(jsonb_agg(u.name ORDER BY u.ordinal)::text))
            FROM accelcost_internal.rollup_columns_used(row_view, source) AS u);
END
$$;
COMMENT ON FUNCTION accelcost_internal.rollup_names_used(regclass, regclass) IS
    'returns the columns a view uses, as text for the trigger function';

-- Leave out functions of extensions: updates keep their results. The owner may replace any other function.
CREATE FUNCTION accelcost_internal.rollup_bodies_used(row_view regclass) RETURNS text
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
    SET quote_all_identifiers = off
AS $$
BEGIN
    RETURN (
        SELECT concat('functions ', coalesce(md5(string_agg(u.body, ' ' ORDER BY u.body)), 'none'))
        FROM (SELECT md5(coalesce(pg_get_function_sqlbody(p.oid), p.prosrc)) AS body
              FROM pg_rewrite AS r
              JOIN pg_depend AS d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
              LEFT JOIN pg_operator AS o ON d.refclassid = 'pg_operator'::regclass AND o.oid = d.refobjid
              JOIN pg_proc AS p ON p.oid = CASE d.refclassid WHEN 'pg_proc'::regclass THEN d.refobjid ELSE o.oprcode END
              WHERE r.ev_class = row_view
                AND d.refclassid IN ('pg_proc'::regclass, 'pg_operator'::regclass)
                AND NOT EXISTS (SELECT FROM pg_depend AS e
                                WHERE e.classid = 'pg_proc'::regclass AND e.objid = p.oid AND e.deptype = 'e')) AS u);
END
$$;
COMMENT ON FUNCTION accelcost_internal.rollup_bodies_used(regclass) IS
    'returns the functions a view uses, except those of extensions, as text for the trigger function';

CREATE FUNCTION accelcost_internal.rollup_source_fault(source regclass) RETURNS text
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    t pg_class%ROWTYPE;
BEGIN
    SELECT * INTO t FROM pg_class WHERE oid = source;
    RETURN CASE
        WHEN t.relispartition THEN 'is a partition: writes through the partitioned table do not fire its triggers'
        WHEN t.relkind = 'f' THEN 'is a foreign table: changes on the foreign server fire no triggers here'
        WHEN t.relkind NOT IN ('r', 'p') THEN 'is not a table'
        WHEN t.relpersistence = 't' THEN 'is temporary'
        WHEN t.relpersistence = 'u' THEN 'is unlogged: a crash empties it, but not the rollup'
        WHEN t.relkind = 'r' AND EXISTS (SELECT FROM pg_inherits WHERE inhparent = source)
            THEN 'has child tables: its triggers also see their rows'
        WHEN EXISTS (SELECT FROM pg_inherits WHERE inhrelid = source)
            THEN 'inherits from another table: writes through that table do not fire its triggers'
        WHEN EXISTS (SELECT FROM pg_subscription_rel WHERE srrelid = source)
            THEN 'is filled by logical replication, which fires no triggers'
        WHEN accelcost_internal.is_citus_table(source)
            THEN 'is managed by Citus: writes to its shards do not fire its triggers'
    END;
END
$$;
COMMENT ON FUNCTION accelcost_internal.rollup_source_fault(regclass) IS
    'returns why a rollup of a relation cannot be exact, as a clause without its subject; NULL if it can';

CREATE FUNCTION accelcost_internal.rollup_trigger_problem(source oid, append_function regprocedure) RETURNS text
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    -- Four triggers for the statements, and one that keeps the table from becoming a partition or child.
    RETURN (
        SELECT CASE WHEN t.events < 5 THEN 'triggers are missing'
                    WHEN t.present > 5 THEN 'an event has two triggers'
                    WHEN t.working < 5 THEN 'triggers are disabled' END
        FROM (SELECT count(*) AS present, count(*) FILTER (WHERE tgenabled IN ('O', 'A')) AS working,
                     count(DISTINCT tgtype) FILTER (
                         WHERE CASE WHEN tgqual IS NULL THEN tgtype IN (4, 8, 16, 34) ELSE tgtype = 9 END) AS events
              FROM pg_trigger WHERE tgrelid = source AND tgfoid = append_function AND NOT tgisinternal) AS t);
END
$$;
COMMENT ON FUNCTION accelcost_internal.rollup_trigger_problem(oid, regprocedure) IS
    'returns what is wrong with the triggers of a rollup of a table that is not partitioned; NULL if nothing is';

-- The only place that decides what rollup_status reports and when the view raises an error.
CREATE FUNCTION accelcost_internal.rollup_problem(
    definition accelcost.rollup_definition, append_function regprocedure, parts accelcost.rollup_part[],
    OUT problem text, OUT hint text)
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
    SET quote_all_identifiers = off
AS $$
DECLARE
    append   pg_proc%ROWTYPE;
    source   pg_class%ROWTYPE;
    title    text;
    row_view regclass;
    found    record;
BEGIN
    SELECT * INTO append FROM pg_proc WHERE oid = append_function;
    SELECT * INTO source FROM pg_class WHERE oid = definition.source;
    title := left(append.proname, -length('_append'));
    IF definition.state IS NULL THEN
        problem := 'it has no definition';
        hint := format('Table "%s" must have one row.', title || '_rollup');
        RETURN;
    ELSIF source.oid IS NULL THEN
        problem := 'its table was dropped';
        hint := format('Its last sums are in table "%s". Drop the rollup with rollup_drop.', title || '_folded');
        RETURN;
    ELSIF definition.state = 'paused' THEN
        problem := 'it is paused';
        hint := 'The owner can resume it with rollup_resume.';
        RETURN;
    END IF;

    problem := 'its table ' || coalesce(
        accelcost_internal.rollup_source_fault(source.oid),
        CASE WHEN source.relowner <> append.proowner THEN 'has another owner' END);
    IF problem IS NOT NULL THEN
        hint := 'Undo this and repair the rollup with rollup_repair, or drop it with rollup_drop.';
        RETURN;
    END IF;
    SELECT oid INTO row_view FROM pg_class WHERE relnamespace = append.pronamespace AND relname = title || '_row';
    IF row_view IS NULL OR NOT EXISTS (
        SELECT FROM pg_proc
        WHERE pronamespace = append.pronamespace AND proname = title || '_values' AND proowner = append.proowner)
       OR source.relkind = 'p' AND NOT EXISTS (
        SELECT FROM pg_class WHERE relnamespace = append.pronamespace AND relname = title || '_kept') THEN
        problem := 'parts of it were dropped';
        hint := 'Drop the rollup with rollup_drop and create it again.';
        RETURN;
    END IF;
    -- They cannot be dropped without the view.
    IF (SELECT count(*) < 2 FROM pg_class
        WHERE relnamespace = append.pronamespace AND relname IN (title || '_delta', title || '_folded')) THEN
        problem := 'parts of it were renamed';
        hint := format('Give tables "%s" and "%s" their names and schema back.', title || '_delta', title || '_folded');
        RETURN;
    END IF;

    IF definition.state = 'kept' AND source.relkind = 'p' THEN
        found := accelcost_internal.rollup_part_problem(definition, append_function, parts);
        IF found.problem IS NOT NULL THEN
            problem := found.problem;
            hint := found.hint;
            RETURN;
        END IF;
    END IF;
    problem := CASE
        WHEN definition.state = 'building' THEN 'it is not complete'
        WHEN definition.state <> 'kept' AND source.relkind = 'p'
            THEN 'a partition was truncated while its sums were out of range'
        WHEN definition.state <> 'kept' THEN 'rows were written while other tables inherited from its table'
        ELSE coalesce(
            CASE WHEN source.relkind <> 'p'
                 THEN accelcost_internal.rollup_trigger_problem(source.oid, append_function) END,
            CASE
            WHEN strpos(append.prosrc, accelcost_internal.rollup_names_used(row_view, source.oid)) = 0
                THEN 'columns were renamed'
            WHEN strpos(append.prosrc, accelcost_internal.rollup_bodies_used(row_view)) = 0
                THEN 'functions that it uses were replaced'
            WHEN strpos(append.prosrc,
                        format('INSERT INTO %s.%I ', append.pronamespace::regnamespace, title || '_delta')) = 0
                THEN 'its schema was renamed'
            WHEN definition.differences > 0 THEN 'it differed from its table when it was last verified' END) END;
    hint := CASE WHEN problem IS NOT NULL THEN 'The owner can repair it with rollup_repair.' END;
END
$$;
COMMENT ON FUNCTION accelcost_internal.rollup_problem(
        accelcost.rollup_definition, regprocedure, accelcost.rollup_part[]) IS
    'returns why a rollup is not up to date and how to repair it; NULL if it is up to date';

-- The view passes what only its owner can read.
CREATE FUNCTION accelcost.rollup_is_kept(
    rollup text, definition accelcost.rollup_definition, append_function regprocedure, parts accelcost.rollup_part[])
    RETURNS boolean
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    p CONSTANT record := accelcost_internal.rollup_problem(definition, append_function, parts);
BEGIN
    IF p.problem IS NOT NULL THEN
        RAISE EXCEPTION 'rollup "%" is not up to date: %', rollup, p.problem
            USING ERRCODE = 'object_not_in_prerequisite_state', HINT = p.hint;
    END IF;
    RETURN true;
END
$$;
COMMENT ON FUNCTION accelcost.rollup_is_kept(
        text, accelcost.rollup_definition, regprocedure, accelcost.rollup_part[]) IS
    'returns true if a rollup is up to date, otherwise raises an error';

-- The text of a trigger function is looked up when it runs, as the owner of the rollup: the owner of a schema may have
-- renamed it, or dropped what was in it, and put something else there. Where the type tco is ours, so are the functions
-- beside it that the text calls with arguments of exactly their types.
CREATE FUNCTION accelcost.rollup_check_names(tco_type regtype, relations regclass[]) RETURNS void
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    relation regclass;
BEGIN
    IF tco_type IS DISTINCT FROM accelcost_internal.tco_type() THEN
        RAISE EXCEPTION 'type % does not belong to extension accelcost', tco_type
            USING ERRCODE = 'object_not_in_prerequisite_state',
                  DETAIL = 'The schema of the extension was renamed.',
                  HINT = 'The owner can repair the rollup with rollup_repair.';
    END IF;
    FOREACH relation IN ARRAY relations LOOP
        IF (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = relation) <> current_user THEN
            RAISE EXCEPTION 'relation % does not belong to the owner of the rollup', relation
                USING ERRCODE = 'object_not_in_prerequisite_state',
                      HINT = 'Drop the triggers of the rollup and create it again.';
        END IF;
    END LOOP;
END
$$;
COMMENT ON FUNCTION accelcost.rollup_check_names(regtype, regclass[]) IS
    'raises an error if names in the trigger function of a rollup refer to objects of another role';
