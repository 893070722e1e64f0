-- What all catalog tables share.
--
-- Built-in rows are marked builtin, and builtin is part of every key: your rows can be restored onto a version that
-- ships the same ones. For that reason, and because pg_dump restores tables in any order, there are no foreign keys.
-- A trigger refuses unknown providers except in a restore, and accelcost.catalog_problem lists rows that name what the
-- catalog lacks. Each table has its comments, triggers and grants beside it.

CREATE FUNCTION accelcost_internal.store_known_names()
RETURNS trigger
LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    given CONSTANT jsonb := to_jsonb(NEW);
BEGIN
    -- No lookup finds a row with an unknown provider. A restore may load the row before the provider; dumps turn
    -- check_function_bodies off, because functions also may name what does not exist yet.
    IF given->>'provider' <> '*' AND current_setting('check_function_bodies')::boolean
       AND (TG_OP = 'INSERT' OR to_jsonb(OLD)->>'provider' IS DISTINCT FROM given->>'provider') THEN
        PERFORM accelcost_internal.check_provider(given->>'provider');
    END IF;
    RETURN jsonb_populate_record(NEW, jsonb_strip_nulls(jsonb_build_object(
        'provider', accelcost_internal.provider_name(given->>'provider'),
        'accelerator', accelcost_internal.accelerator_name(given->>'accelerator'),
        'model', accelcost_internal.model_name(given->>'model'))));
END
$$;
COMMENT ON FUNCTION accelcost_internal.store_known_names() IS
    'trigger: stores names as the catalog has them, and refuses unknown providers except in a restore';
