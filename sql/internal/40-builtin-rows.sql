-- Rows that come with the extension.

CREATE FUNCTION accelcost_internal.refuse_builtin_change()
RETURNS trigger
LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF (TG_OP <> 'INSERT' AND OLD.builtin) OR (TG_OP <> 'DELETE' AND NEW.builtin) THEN
        RAISE EXCEPTION 'builtin rows of table "%" are read-only', TG_TABLE_NAME
            USING ERRCODE = 'object_not_in_prerequisite_state',
                  HINT = 'Add a row of your own: it takes precedence over the builtin one.';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION accelcost_internal.refuse_builtin_change() IS
    'trigger of tables that came with rows: those rows, marked builtin, can be neither changed nor added to';

CREATE FUNCTION accelcost_internal.origin_rank(origin text) RETURNS integer
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN CASE origin WHEN 'negotiated' THEN 1 WHEN 'user' THEN 2 WHEN 'official' THEN 3
                       WHEN 'article' THEN 4 WHEN 'third_party' THEN 4 END;
COMMENT ON FUNCTION accelcost_internal.origin_rank(text) IS
    'place of an origin in the order in which look-ups prefer rows, 1 first: negotiated, user, official, article and third_party alike; NULL for unverified, which look-ups never use';
