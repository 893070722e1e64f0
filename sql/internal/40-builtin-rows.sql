-- Rows that come with the extension, and which of several rows a lookup takes.

CREATE FUNCTION accelcost_internal.refuse_builtin_change()
RETURNS trigger
LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF (TG_OP <> 'INSERT' AND OLD.builtin) OR (TG_OP <> 'DELETE' AND NEW.builtin) THEN
        RAISE EXCEPTION 'built-in rows of table "%" are read-only', TG_TABLE_NAME
            USING ERRCODE = 'object_not_in_prerequisite_state',
                  HINT = 'Add your own row: it takes precedence over the built-in row.';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION accelcost_internal.refuse_builtin_change() IS
    'trigger: refuses changes of built-in rows, and new rows that are marked as built-in';

CREATE FUNCTION accelcost_internal.origin_rank(origin text) RETURNS integer
    -- not STRICT, so that it becomes part of the query that calls it
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN CASE origin WHEN 'negotiated' THEN 1 WHEN 'user' THEN 2 WHEN 'official' THEN 3
                       WHEN 'article' THEN 4 WHEN 'third_party' THEN 4 END;
COMMENT ON FUNCTION accelcost_internal.origin_rank(text) IS
    'returns the rank of an origin, 1 if lookups prefer it; NULL for unverified, which lookups never use';

-- Rows of the catalog compare as these values do, field by field, NULL last.
CREATE TYPE accelcost_internal.precedence AS (
    origin_rank integer,
    is_public   boolean,
    generality  integer,
    is_builtin  boolean,
    as_of       numeric,
    valid_from  numeric,
    source      text COLLATE "C"
);
COMMENT ON TYPE accelcost_internal.precedence IS
    'sort key of catalog rows: a lookup takes the least one';
COMMENT ON COLUMN accelcost_internal.precedence.origin_rank IS 'rank of the origin, see origin_rank';
COMMENT ON COLUMN accelcost_internal.precedence.is_public IS 'false for a price that the account negotiated';
COMMENT ON COLUMN accelcost_internal.precedence.generality IS '0 if the row names all that was asked for';
COMMENT ON COLUMN accelcost_internal.precedence.is_builtin IS 'false for your own rows';
COMMENT ON COLUMN accelcost_internal.precedence.as_of IS 'date of the source, seconds before 1970, newest first';
COMMENT ON COLUMN accelcost_internal.precedence.valid_from IS 'start of validity, seconds before 1970, latest first';
COMMENT ON COLUMN accelcost_internal.precedence.source IS 'source, so that the order is total';

CREATE FUNCTION accelcost_internal.precedence(
    origin text, account text, generality integer, builtin boolean, as_of date, valid_from timestamptz, source text)
RETURNS accelcost_internal.precedence
LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN ROW(accelcost_internal.origin_rank(origin), account IS NULL, generality, builtin,
               -extract(epoch FROM as_of), -extract(epoch FROM valid_from AT TIME ZONE 'UTC'),
               source)::accelcost_internal.precedence;
COMMENT ON FUNCTION accelcost_internal.precedence(text, text, integer, boolean, date, timestamptz, text) IS
    'returns the sort key of a catalog row: of the rows that match a lookup, it takes the one with the least key';
