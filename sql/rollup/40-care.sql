-- Pause, repair, watch and drop rollups.

CREATE FUNCTION accelcost.rollup_pause(rollup regclass) RETURNS void
    LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    names CONSTANT record := accelcost_internal.rollup_names(rollup);
    d     CONSTANT accelcost.rollup_definition := accelcost_internal.rollup_definition_of(rollup);
    append CONSTANT regprocedure := format('%s()', names.append_function)::regprocedure;
    one   record;
BEGIN
    one := accelcost_internal.rollup_problem(d, append, accelcost_internal.rollup_parts(rollup));
    IF one.problem IS NULL THEN
        PERFORM accelcost_internal.rollup_keep(rollup);
    END IF;
    FOR one IN SELECT t.tgname, t.tgrelid::regclass AS relation
               FROM accelcost_internal.rollup_tree(d.source) AS r JOIN pg_trigger AS t ON t.tgrelid = r.relation
               WHERE t.tgfoid = append AND t.tgtype <> 29 LOOP
        EXECUTE format('ALTER TABLE ONLY %s DISABLE TRIGGER %I', one.relation, one.tgname);
    END LOOP;
    EXECUTE format('UPDATE %s SET state = ''paused''', names.definition_table);
END
$$;
COMMENT ON FUNCTION accelcost.rollup_pause(regclass) IS
    'stops updating a rollup, so that a bulk load costs nothing; its view fails until rollup_resume';

CREATE PROCEDURE accelcost.rollup_resume(rollup regclass, subtract boolean DEFAULT false)
    LANGUAGE plpgsql
AS $$
BEGIN
    PERFORM accelcost_internal.check_given(rollup::pg_catalog.text, 'rollup');
    PERFORM accelcost_internal.check_given(subtract::pg_catalog.text, 'subtract');
    PERFORM accelcost_internal.rollup_attach(rollup, subtract);
    COMMIT;
    SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
    PERFORM accelcost_internal.rollup_fill(rollup);
    PERFORM accelcost_internal.rollup_fold(rollup);
END
$$;
COMMENT ON PROCEDURE accelcost.rollup_resume(regclass, boolean) IS
    'brings a paused rollup up to date and updates it again; commits';

CREATE FUNCTION accelcost_internal.rollup_repair_start(rollup regclass, subtract boolean DEFAULT false)
    RETURNS boolean
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
        ARRAY[names.row_view, names.delta_table, names.folded_table, names.definition_table]
            || array_remove(ARRAY[names.part_table, names.kept_table], NULL),
        names.values_function::regtype, accelcost_internal.rollup_functions(rollup));
    RETURN accelcost_internal.rollup_attach(rollup, subtract);
END
$$;
COMMENT ON FUNCTION accelcost_internal.rollup_repair_start(regclass, boolean) IS
    'makes a rollup private and recreates its triggers; returns true if its sums must then be corrected';

-- Store the sums of removed partitions first, while they can be told from what is repaired. Each step has its own
-- transaction, as only the second one blocks writers.
CREATE FUNCTION accelcost_internal.rollup_repair_step(rollup regclass, step text, subtract boolean) RETURNS boolean
    LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    names CONSTANT record := accelcost_internal.rollup_names(rollup);
    found record;
BEGIN
    IF step = 'keep' AND NOT subtract THEN
        found := accelcost_internal.rollup_problem(
            accelcost_internal.rollup_definition_of(rollup), format('%s()', names.append_function)::regprocedure,
            accelcost_internal.rollup_parts(rollup));
        IF found.problem IS NULL AND NOT accelcost_internal.rollup_is_restored(rollup) THEN
            PERFORM accelcost_internal.rollup_keep(rollup);
        END IF;
    ELSIF step = 'start' THEN
        RETURN accelcost_internal.rollup_repair_start(rollup, subtract);
    ELSIF step = 'fill' THEN
        PERFORM accelcost_internal.rollup_fill(rollup);
        PERFORM accelcost_internal.rollup_fold(rollup);
    END IF;
    RETURN true;
END
$$;
COMMENT ON FUNCTION accelcost_internal.rollup_repair_step(regclass, text, boolean) IS
    'does one step of rollup_repair: keep, start or fill; returns false if there is no more to do';

-- A rollup that fails does not stop the others.
CREATE PROCEDURE accelcost.rollup_repair(rollup regclass DEFAULT NULL, subtract boolean DEFAULT false)
    LANGUAGE plpgsql
AS $$
DECLARE
    one     pg_catalog.regclass;
    step    pg_catalog.text;
    is_more pg_catalog.bool;
BEGIN
    PERFORM accelcost_internal.check_given(subtract::pg_catalog.text, 'subtract');
    COMMIT;
    SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
    FOREACH one IN ARRAY CASE WHEN rollup IS NULL THEN ARRAY(SELECT o FROM accelcost_internal.own_rollups() AS o)
                              ELSE ARRAY[rollup] END LOOP
        FOREACH step IN ARRAY ARRAY['keep', 'start', 'fill'] LOOP
            BEGIN
                is_more := accelcost_internal.rollup_repair_step(one, step, subtract);
            EXCEPTION WHEN OTHERS THEN
                IF rollup IS NOT NULL THEN
                    RAISE;
                END IF;
                RAISE WARNING 'could not repair rollup %: %', one, SQLERRM;
                is_more := false;
            END;
            COMMIT;
            SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
            EXIT WHEN NOT is_more;
        END LOOP;
    END LOOP;
END
$$;
COMMENT ON PROCEDURE accelcost.rollup_repair(regclass, boolean) IS
    'recreates the triggers of a rollup (NULL: of all you own) and corrects its sums; commits';

CREATE FUNCTION accelcost.rollup_drop(rollup regclass) RETURNS void
    LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    names CONSTANT record := accelcost_internal.rollup_names(rollup);
    d     CONSTANT accelcost.rollup_definition := accelcost_internal.rollup_definition_of(rollup);
    append CONSTANT regprocedure := format('%s()', names.append_function)::regprocedure;
    one   record;
    ours  text[];
BEGIN
    -- Also on partitions that were detached.
    FOR one IN SELECT tgname, tgrelid::regclass AS relation FROM pg_trigger
               WHERE tgfoid = append AND tgparentid = 0
                 AND pg_get_userbyid((SELECT relowner FROM pg_class WHERE oid = tgrelid)) = current_user LOOP
        EXECUTE format('DROP TRIGGER %I ON %s', one.tgname, one.relation);
    END LOOP;
    -- Find the functions before the view is dropped.
    ours := ARRAY(SELECT f::regprocedure::text FROM unnest(accelcost_internal.rollup_functions(rollup)) AS f
                  WHERE f <> append);
    EXECUTE format('DROP VIEW %s', rollup);
    -- A partition that was detached may have another owner now.
    EXECUTE format('DROP FUNCTION %s CASCADE', append);
    IF cardinality(ours) > 0 THEN
        EXECUTE format('DROP FUNCTION %s', array_to_string(ours, ', '));
    END IF;
    EXECUTE format('DROP TYPE IF EXISTS %s', names.values_function);
    EXECUTE format('DROP VIEW IF EXISTS %s', names.row_view);
    EXECUTE format('DROP TABLE %s, %s, %s', names.delta_table, names.folded_table, names.definition_table);
    IF names.part_table IS NOT NULL THEN
        EXECUTE format('DROP TABLE IF EXISTS %s, %s', names.part_table, names.kept_table);
    END IF;
END
$$;
COMMENT ON FUNCTION accelcost.rollup_drop(regclass) IS
    'drops a rollup with all its parts, unless another object depends on its view';

CREATE FUNCTION accelcost.rollup_status()
RETURNS TABLE (rollup regclass, source regclass, grain text, state text, problem text, groups bigint, deltas bigint,
               folded_at timestamptz, verified_at timestamptz, differences bigint, bytes bigint, kept_until date)
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
        problem := (accelcost_internal.rollup_problem(
            d, format('%s()', names.append_function)::regprocedure, accelcost_internal.rollup_parts(rollup))).problem;
        groups := NULL; deltas := NULL; bytes := NULL;
        IF num_nulls(to_regclass(names.folded_table), to_regclass(names.delta_table)) = 0 THEN
            EXECUTE format('SELECT (SELECT count(*) FROM %s), (SELECT count(*) FROM %s), '
                           'pg_total_relation_size(%1$L) + pg_total_relation_size(%2$L)',
                           names.folded_table, names.delta_table)
            INTO groups, deltas, bytes;
        END IF;
        kept_until := NULL;
        IF names.kept_table IS NOT NULL THEN
            EXECUTE format('SELECT max(%I) FROM %s', grain, names.kept_table) INTO kept_until;
        END IF;
        RETURN NEXT;
    END LOOP;
END
$$;
COMMENT ON FUNCTION accelcost.rollup_status() IS
    'returns the rollups that the current role owns, and why one is not up to date; NULL if it is';
