-- What the views of usage read: accelcost.usage, or another relation of its owner.

-- At most one row.
CREATE TABLE accelcost.usage_source (
    source regclass NOT NULL,
    is_set boolean PRIMARY KEY DEFAULT true CHECK (is_set)
);
COMMENT ON TABLE accelcost.usage_source IS
    'relation with usage that the views of usage read, in one row; none: accelcost.usage; see set_usage_source';
COMMENT ON COLUMN accelcost.usage_source.source IS 'relation with the columns of accelcost.usage, of the same owner';
COMMENT ON COLUMN accelcost.usage_source.is_set IS 'true, as there is one row';
ALTER TABLE accelcost.usage_source OWNER TO @extowner@;
GRANT SELECT ON accelcost.usage_source TO PUBLIC;
SELECT pg_extension_config_dump('accelcost.usage_source', '');

-- Whoever reads the views runs what the relation calls: it must belong to the owner of usage.
CREATE FUNCTION accelcost_internal.check_usage_source(source regclass) RETURNS regclass
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF source IS NULL THEN
        RAISE EXCEPTION '"source" must not be null' USING ERRCODE = 'null_value_not_allowed';
    END IF;
    IF NOT EXISTS (SELECT FROM pg_class WHERE oid = source) THEN
        RAISE EXCEPTION 'relation with OID % does not exist', source::oid
            USING ERRCODE = 'undefined_table',
                  DETAIL = 'The views of usage read it.',
                  HINT = 'Set another source with accelcost.set_usage_source.';
    END IF;
    PERFORM accelcost_internal.usage_columns(source);
    IF NOT EXISTS (SELECT FROM pg_class AS s JOIN pg_class AS u ON u.relowner = s.relowner
                   WHERE s.oid = source AND u.oid = accelcost_internal.usage_table()) THEN
        RAISE EXCEPTION 'relation "%" does not belong to the owner of accelcost.usage', source
            USING ERRCODE = 'insufficient_privilege',
                  DETAIL = 'Whoever reads the views of usage runs the functions that their source calls.',
                  HINT = 'Set another source with accelcost.set_usage_source.';
    END IF;
    RETURN source;
END
$$;
COMMENT ON FUNCTION accelcost_internal.check_usage_source(regclass) IS
    'returns a relation with usage if it belongs to the owner of accelcost.usage; an error otherwise';

CREATE FUNCTION accelcost_internal.usage_source() RETURNS regclass
    LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN coalesce((SELECT accelcost_internal.check_usage_source(s.source) FROM accelcost.usage_source AS s),
                    'accelcost.usage'::regclass);
COMMENT ON FUNCTION accelcost_internal.usage_source() IS 'returns the relation that the views of usage read';

CREATE FUNCTION accelcost.set_usage_source(source regclass) RETURNS void
    LANGUAGE sql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE
BEGIN ATOMIC
    DELETE FROM accelcost.usage_source;
    INSERT INTO accelcost.usage_source (source)
    SELECT accelcost_internal.check_usage_source(set_usage_source.source)
    WHERE set_usage_source.source IS DISTINCT FROM 'accelcost.usage'::regclass;
END;
COMMENT ON FUNCTION accelcost.set_usage_source(regclass) IS
    'makes usage_monthly, inference_monthly and training_monthly, as views, read another relation';
