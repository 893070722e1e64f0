-- Checks of numeric parameters, for the functions written in SQL.

CREATE FUNCTION check_at_least(value numeric, minimum numeric, parameter text) RETURNS numeric
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_check_at_least';
COMMENT ON FUNCTION check_at_least(numeric, numeric, text) IS
    'value, if it is finite and not below minimum; else an error that names the parameter';

CREATE FUNCTION check_more_than(value numeric, minimum numeric, parameter text) RETURNS numeric
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_check_more_than';
COMMENT ON FUNCTION check_more_than(numeric, numeric, text) IS
    'value, if it is finite and above minimum; else an error that names the parameter';

CREATE FUNCTION check_between(value numeric, minimum numeric, maximum numeric, parameter text) RETURNS numeric
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_check_between';
COMMENT ON FUNCTION check_between(numeric, numeric, numeric, text) IS
    'value, if it is finite, not below minimum and not above maximum; else an error that names the parameter';
