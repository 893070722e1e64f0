-- Units of data.

-- Not STRICT, so that it becomes part of the query that calls it.
CREATE FUNCTION accelcost_internal.bytes_in(unit text) RETURNS numeric
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN CASE unit
        WHEN 'byte' THEN 1
        WHEN 'kB' THEN 1e3
        WHEN 'MB' THEN 1e6
        WHEN 'GB' THEN 1e9
        WHEN 'TB' THEN 1e12
        WHEN 'PB' THEN 1e15
        WHEN 'KiB' THEN 1024
        WHEN 'MiB' THEN 1048576
        WHEN 'GiB' THEN 1073741824
        WHEN 'TiB' THEN 1099511627776
        WHEN 'PiB' THEN 1125899906842624
    END;
COMMENT ON FUNCTION accelcost_internal.bytes_in(text) IS 'returns the bytes in a unit of unit_bytes; NULL for others';

CREATE FUNCTION @extschema@.unit_bytes(unit text) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN accelcost_internal.bytes_in(
        accelcost_internal.check_word(unit, '{byte,kB,MB,GB,TB,PB,KiB,MiB,GiB,TiB,PiB}', 'unit'));
COMMENT ON FUNCTION @extschema@.unit_bytes(text) IS
    'returns the bytes in a unit: byte, kB to PB (powers of 1000) or KiB to PiB (powers of 1024)';
