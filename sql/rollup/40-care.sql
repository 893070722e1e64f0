-- Pause, repair, watch and drop rollups.

CREATE FUNCTION accelcost.rollup_pause(rollup regclass) RETURNS void
    LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    names CONSTANT record := accelcost_internal.rollup_names(rollup);
    d     CONSTANT accelcost.rollup_definition := accelcost_internal.rollup_definition_of(rollup);
    one   record;
BEGIN
    FOR one IN SELECT tgname FROM pg_trigger
               WHERE tgrelid = d.source AND tgfoid = format('%s()', names.append_function)::regprocedure LOOP
        EXECUTE format('ALTER TABLE %s DISABLE TRIGGER %I', d.source, one.tgname);
    END LOOP;
    EXECUTE format('UPDATE %s SET state = ''paused''', names.definition_table);
END
$$;
COMMENT ON FUNCTION accelcost.rollup_pause(regclass) IS
    'stops updating a rollup, so that a bulk load costs nothing; its view fails until rollup_resume';

CREATE PROCEDURE accelcost.rollup_resume(rollup regclass)
    LANGUAGE plpgsql
AS $$
BEGIN
    PERFORM accelcost_internal.rollup_attach(rollup);
    COMMIT;
    SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
    PERFORM accelcost_internal.rollup_fill(rollup);
    PERFORM accelcost_internal.rollup_fold(rollup);
END
$$;
COMMENT ON PROCEDURE accelcost.rollup_resume(regclass) IS
    'brings a paused rollup up to date and updates it again; commits';

CREATE FUNCTION accelcost_internal.rollup_repair_start(rollup regclass) RETURNS boolean
    LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    names CONSTANT record := accelcost_internal.rollup_names(rollup);
    d     CONSTANT accelcost.rollup_definition := accelcost_internal.rollup_definition_of(rollup);
BEGIN
    IF d.state = 'paused' OR NOT EXISTS (SELECT FROM pg_class WHERE oid = d.source) THEN
        RETURN false;
    END IF;
    PERFORM accelcost_internal.rollup_make_private(
        ARRAY[names.row_view, names.delta_table, names.folded_table, names.definition_table],
        names.values_function::regtype, accelcost_internal.rollup_functions(rollup));
    PERFORM accelcost_internal.rollup_attach(rollup);
    RETURN true;
END
$$;
COMMENT ON FUNCTION accelcost_internal.rollup_repair_start(regclass) IS
    'makes a rollup private and recreates its triggers; returns false if it is paused or has no table';

-- A rollup that fails does not stop the others.
CREATE PROCEDURE accelcost.rollup_repair(rollup regclass DEFAULT NULL)
    LANGUAGE plpgsql
AS $$
DECLARE
    one     pg_catalog.regclass;
    started pg_catalog.bool;
BEGIN
    FOREACH one IN ARRAY CASE WHEN rollup IS NULL THEN ARRAY(SELECT o FROM accelcost_internal.own_rollups() AS o)
                              ELSE ARRAY[rollup] END LOOP
        BEGIN
            started := accelcost_internal.rollup_repair_start(one);
        EXCEPTION WHEN OTHERS THEN
            IF rollup IS NOT NULL THEN
                RAISE;
            END IF;
            RAISE WARNING 'could not repair rollup %: %', one, SQLERRM;
            started := false;
        END;
        IF started THEN
            COMMIT;
            SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
            PERFORM accelcost_internal.rollup_fill(one);
            PERFORM accelcost_internal.rollup_fold(one);
        END IF;
        COMMIT;
    END LOOP;
END
$$;
COMMENT ON PROCEDURE accelcost.rollup_repair(regclass) IS
    'recreates the triggers of a rollup (NULL: of all you own) and corrects its sums; commits';

CREATE FUNCTION accelcost.rollup_drop(rollup regclass) RETURNS void
    LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    names CONSTANT record := accelcost_internal.rollup_names(rollup);
    d     CONSTANT accelcost.rollup_definition := accelcost_internal.rollup_definition_of(rollup);
    one   record;
    ours  text[];
BEGIN
    FOR one IN SELECT tgname FROM pg_trigger
               WHERE tgrelid = d.source AND tgfoid = format('%s()', names.append_function)::regprocedure LOOP
        EXECUTE format('DROP TRIGGER %I ON %s', one.tgname, d.source);
    END LOOP;
    -- Find the functions before the view is dropped.
    ours := ARRAY(SELECT f::regprocedure::text FROM unnest(accelcost_internal.rollup_functions(rollup)) AS f);
    EXECUTE format('DROP VIEW %s', rollup);
    EXECUTE format('DROP FUNCTION %s', array_to_string(ours, ', '));
    EXECUTE format('DROP TYPE IF EXISTS %s', names.values_function);
    EXECUTE format('DROP VIEW IF EXISTS %s', names.row_view);
    EXECUTE format('DROP TABLE %s, %s, %s', names.delta_table, names.folded_table, names.definition_table);
END
$$;
COMMENT ON FUNCTION accelcost.rollup_drop(regclass) IS
    'drops a rollup with all its parts, unless another object depends on its view';

CREATE FUNCTION accelcost.rollup_status()
RETURNS TABLE (rollup regclass, source regclass, grain text, state text, problem text, groups bigint, deltas bigint,
               folded_at timestamptz, verified_at timestamptz, differences bigint, bytes bigint)
LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    names record;
    d     accelcost.rollup_definition;
BEGIN
    FOR rollup IN SELECT o FROM accelcost_internal.own_rollups() AS o LOOP
        names := accelcost_internal.rollup_names(rollup);
        d := accelcost_internal.rollup_definition_of(rollup);
        source := d.source; grain := d.grain; state := d.state;
        folded_at := d.folded_at; verified_at := d.verified_at; differences := d.differences;
        problem := (accelcost_internal.rollup_problem(d, format('%s()', names.append_function)::regprocedure)).problem;
        EXECUTE format('SELECT (SELECT count(*) FROM %s), (SELECT count(*) FROM %s), '
                       'pg_total_relation_size(%1$L) + pg_total_relation_size(%2$L)',
                       names.folded_table, names.delta_table)
        INTO groups, deltas, bytes;
        RETURN NEXT;
    END LOOP;
END
$$;
COMMENT ON FUNCTION accelcost.rollup_status() IS
    'returns the rollups that the current role owns, and why one is not up to date; NULL if it is';
