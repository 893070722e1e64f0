-- What all catalog tables share.
--
-- Built-in rows are marked builtin, and builtin is part of every key: your rows can be restored onto a version that
-- ships the same ones. For that reason, and because pg_dump restores tables in any order, there are no foreign keys.
-- A trigger refuses unknown providers except in a restore, and accelcost.catalog_problem lists rows that name what the
-- catalog lacks. Each table has its comments, triggers and grants beside it.
--
-- Where a key has columns that may be NULL, or is an exclusion constraint, the replica identity is the whole row:
-- otherwise a publication FOR ALL TABLES would make UPDATE and DELETE fail.

-- Each table includes these columns with LIKE. Built-in rows are in sql/builtin/*.csv; tools/check-facts checks them.
CREATE TYPE accelcost_internal.evidence AS (
    source_url      text,
    quoted          text,
    as_of_precision text,
    checked_on      date,
    announced       boolean
);
COMMENT ON TYPE accelcost_internal.evidence IS
    'columns of every catalog table that say where a row comes from';
COMMENT ON COLUMN accelcost_internal.evidence.source_url IS
    'page, or repository:path@commit, that says it; NULL if there is none to follow';
COMMENT ON COLUMN accelcost_internal.evidence.quoted IS 'what the source says, in its words; NULL if not recorded';
COMMENT ON COLUMN accelcost_internal.evidence.as_of_precision IS
    'how exact as_of is: day, month, year, or page_undated if it is not the date of the source';
COMMENT ON COLUMN accelcost_internal.evidence.checked_on IS
    'day on which the row was last compared with the source; NULL if not recorded';
COMMENT ON COLUMN accelcost_internal.evidence.announced IS
    'true if the row was announced before it became valid; NULL if not recorded';

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
