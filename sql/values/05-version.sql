-- Which version is installed: the library on the server's disk, and the SQL objects in this database.

CREATE FUNCTION accelcost_internal.library_version() RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_library_version';
COMMENT ON FUNCTION accelcost_internal.library_version() IS
    'returns the version of the library that this session has loaded';

CREATE FUNCTION accelcost_internal.version_text(library text, objects text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN CASE
        WHEN library = objects THEN library
        WHEN string_to_array(substring(library FROM '^[0-9.]+'), '.')::integer[]
             > string_to_array(substring(objects FROM '^[0-9.]+'), '.')::integer[]
        THEN format('library %s, SQL objects %s: run ALTER EXTENSION accelcost UPDATE', library, objects)
        ELSE format('library %s, SQL objects %s: install the library of version %2$s, and connect again',
                    library, objects) END;
COMMENT ON FUNCTION accelcost_internal.version_text(text, text) IS
    'returns one version, or both and what to do if they differ';

CREATE FUNCTION @extschema@.accelcost_version() RETURNS text
    LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT accelcost_internal.version_text(accelcost_internal.library_version(), e.extversion)
    FROM pg_extension AS e
    WHERE e.extname = 'accelcost';
END;
COMMENT ON FUNCTION @extschema@.accelcost_version() IS
    'returns the version of accelcost; if library and SQL objects differ, both, and what to do';
