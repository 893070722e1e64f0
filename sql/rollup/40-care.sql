-- Pausing, mending, watching and dropping rollups.

CREATE FUNCTION accelcost.rollup_pause(rollup regclass) RETURNS void
    LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    names CONSTANT record := accelcost_internal.rollup_names(rollup);
    d     CONSTANT accelcost.rollup_definition := accelcost_internal.rollup_definition_of(rollup);
    one   record;
BEGIN
    FOR one IN SELECT tgname FROM pg_trigger WHERE tgrelid = d.source AND tgfoid = format('%s()', names.append_function)::regprocedure LOOP
        EXECUTE format('ALTER TABLE %s DISABLE TRIGGER %I', d.source, one.tgname);
    END LOOP;
    EXECUTE format('UPDATE %s SET state = ''paused''', names.definition_table);
END
$$;
COMMENT ON FUNCTION accelcost.rollup_pause(regclass) IS
    'for its owner: stops keeping a rollup, so that a bulk load costs nothing more; its view fails until rollup_resume';

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
    'for its owner: keeps a rollup again that was paused, after adding what changed meanwhile; commits in between';

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
    'makes a rollup private, and its triggers anew; false if it is to stay as it is: paused, or without its table';

-- Of many, one that fails does not stop the others.
CREATE PROCEDURE accelcost.rollup_repair(rollup regclass DEFAULT NULL)
    LANGUAGE plpgsql
AS $$
DECLARE
    one     pg_catalog.regclass;
    started pg_catalog.bool;
BEGIN
    FOREACH one IN ARRAY CASE WHEN rollup IS NULL THEN ARRAY(SELECT o FROM accelcost_internal.own_rollups() AS o) ELSE ARRAY[rollup] END LOOP
        BEGIN
            started := accelcost_internal.rollup_repair_start(one);
        EXCEPTION WHEN OTHERS THEN
            IF rollup IS NOT NULL THEN
                RAISE;
            END IF;
            RAISE WARNING 'could not mend rollup %: %', one, SQLERRM;
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
    'for its owner, after a restore or when triggers were disabled: makes the triggers of a rollup, NULL for all that the current role owns, where they are missing, and makes it equal to what its table adds up to; commits in between';

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
    FOR one IN SELECT tgname FROM pg_trigger WHERE tgrelid = d.source AND tgfoid = format('%s()', names.append_function)::regprocedure LOOP
        EXECUTE format('DROP TRIGGER %I ON %s', one.tgname, d.source);
    END LOOP;
    -- found while the view is there
    ours := ARRAY(SELECT f::regprocedure::text FROM unnest(accelcost_internal.rollup_functions(rollup)) AS f);
    EXECUTE format('DROP VIEW %s', rollup);
    EXECUTE format('DROP FUNCTION %s', array_to_string(ours, ', '));
    EXECUTE format('DROP TYPE IF EXISTS %s', names.values_function);
    EXECUTE format('DROP VIEW IF EXISTS %s', names.row_view);
    EXECUTE format('DROP TABLE %s, %s, %s', names.delta_table, names.folded_table, names.definition_table);
END
$$;
COMMENT ON FUNCTION accelcost.rollup_drop(regclass) IS
    'for its owner: drops a rollup with all it consists of, unless another object depends on its view';

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
        EXECUTE format('SELECT (SELECT count(*) FROM %s), (SELECT count(*) FROM %s), pg_total_relation_size(%1$L) + pg_total_relation_size(%2$L)', names.folded_table, names.delta_table)
        INTO groups, deltas, bytes;
        RETURN NEXT;
    END LOOP;
END
$$;
COMMENT ON FUNCTION accelcost.rollup_status() IS
    'returns the rollups that the current role owns, and why one is not up to date; NULL if it is';
