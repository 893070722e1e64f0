-- Casts of tco. None is implicit or from numeric; either would mix currencies silently.

CREATE CAST (@extschema@.tco AS numeric) WITH FUNCTION @extschema@.total(@extschema@.tco) AS ASSIGNMENT;
COMMENT ON CAST (@extschema@.tco AS numeric) IS 'the total, in currency units, exact';

CREATE FUNCTION @extschema@.tco_to_float8(cost @extschema@.tco) RETURNS float8
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN @extschema@.total(cost)::float8;
COMMENT ON FUNCTION @extschema@.tco_to_float8(@extschema@.tco) IS
    'returns the total, in currency units, as the nearest double precision number';

CREATE CAST (@extschema@.tco AS float8) WITH FUNCTION @extschema@.tco_to_float8(@extschema@.tco);
COMMENT ON CAST (@extschema@.tco AS float8) IS
    'the total, in currency units, as the nearest double precision number';

CREATE FUNCTION @extschema@.tco_to_json(cost @extschema@.tco) RETURNS json
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN json_build_object(
        'currency', @extschema@.currency(cost),
        'total', @extschema@.total(cost),
        'upfront', @extschema@.upfront(cost),
        'compute', @extschema@.component(cost, 'compute'),
        'energy', @extschema@.component(cost, 'energy'),
        'egress', @extschema@.component(cost, 'egress'),
        'storage', @extschema@.component(cost, 'storage'),
        'other', @extschema@.component(cost, 'other'),
        'tax', @extschema@.component(cost, 'tax'),
        'credit', @extschema@.component(cost, 'credit'));
COMMENT ON FUNCTION @extschema@.tco_to_json(@extschema@.tco) IS
    'returns currency, total and all eight components, in currency units, exact';

CREATE CAST (@extschema@.tco AS json) WITH FUNCTION @extschema@.tco_to_json(@extschema@.tco);
COMMENT ON CAST (@extschema@.tco AS json) IS
    'currency, total and all eight components, in currency units, exact';

CREATE FUNCTION @extschema@.tco_to_jsonb(cost @extschema@.tco) RETURNS jsonb
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN @extschema@.tco_to_json(cost)::jsonb;
COMMENT ON FUNCTION @extschema@.tco_to_jsonb(@extschema@.tco) IS
    'returns currency, total and all eight components, in currency units, exact';

CREATE CAST (@extschema@.tco AS jsonb) WITH FUNCTION @extschema@.tco_to_jsonb(@extschema@.tco);
COMMENT ON CAST (@extschema@.tco AS jsonb) IS
    'currency, total and all eight components, in currency units, exact';

CREATE FUNCTION @extschema@.jsonb_to_tco(value jsonb) RETURNS @extschema@.tco
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_jsonb_to_tco';
COMMENT ON FUNCTION @extschema@.jsonb_to_tco(jsonb) IS
    'returns a tco from the keys that the cast to jsonb writes';

CREATE CAST (jsonb AS @extschema@.tco) WITH FUNCTION @extschema@.jsonb_to_tco(jsonb);
COMMENT ON CAST (jsonb AS @extschema@.tco) IS
    'from currency, total and components, in currency units';
