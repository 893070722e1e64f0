-- What all catalog tables share.
--
-- Built-in rows are marked builtin, and builtin is part of every key: your rows can be restored onto a version that
-- ships the same ones. For that reason, and because pg_dump restores tables in any order, there are no foreign keys.
-- A trigger refuses unknown providers except in a restore, and accelcost.catalog_problem lists rows that name what the
-- catalog lacks. Each table has its comments, triggers and grants beside it.
--
-- Where a key has columns that may be NULL, or is an exclusion constraint, the replica identity is the whole row:
-- otherwise a publication FOR ALL TABLES would make UPDATE and DELETE fail.

-- Tables include these columns with LIKE. Built-in rows are in sql/builtin/*.csv; tools/check-facts checks them.
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

-- Templates for the tables of the catalog, of names and of dated figures; 67-templates.sql drops them.
CREATE TABLE accelcost_internal.named_row (
    note    text,
    source  text,
    as_of   date,
    builtin boolean NOT NULL DEFAULT false,
    extra   jsonb   NOT NULL DEFAULT '{}',
    LIKE accelcost_internal.evidence INCLUDING COMMENTS
);
COMMENT ON COLUMN accelcost_internal.named_row.note IS 'what to know before you use the row';
COMMENT ON COLUMN accelcost_internal.named_row.source IS 'where the row was taken from';
COMMENT ON COLUMN accelcost_internal.named_row.as_of IS
    'date of the source; the first day of the year if only the year is known';
COMMENT ON COLUMN accelcost_internal.named_row.builtin IS 'true if the row came with the extension and is read-only';
COMMENT ON COLUMN accelcost_internal.named_row.extra IS 'your own attributes, an object';

CREATE TABLE accelcost_internal.dated_row (
    note    text,
    source  text    NOT NULL DEFAULT 'user',
    origin  text    NOT NULL DEFAULT 'user',
    as_of   date,
    builtin boolean NOT NULL DEFAULT false,
    extra   jsonb   NOT NULL DEFAULT '{}',
    LIKE accelcost_internal.evidence INCLUDING COMMENTS
);
COMMENT ON COLUMN accelcost_internal.dated_row.note IS 'what to know before you use the row';
COMMENT ON COLUMN accelcost_internal.dated_row.source IS 'where the row was taken from';
COMMENT ON COLUMN accelcost_internal.dated_row.origin IS
    'kind of source: negotiated, user, official, article, third_party or unverified, which lookups never use';
COMMENT ON COLUMN accelcost_internal.dated_row.as_of IS
    'date of the source; the first day of the year if only the year is known';
COMMENT ON COLUMN accelcost_internal.dated_row.builtin IS 'true if the row came with the extension and is read-only';
COMMENT ON COLUMN accelcost_internal.dated_row.extra IS 'your own attributes, an object';

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
