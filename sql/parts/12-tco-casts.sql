-- Casts of tco. None is implicit, and none comes from numeric: either would
-- let a query mix currencies in silence.
--
-- A name that takes any type is qualified: another's function of that name with
-- the very types of a call, in the schema of CREATE EXTENSION, would be taken.

CREATE CAST (tco AS numeric) WITH FUNCTION total(tco) AS ASSIGNMENT;
COMMENT ON CAST (tco AS numeric) IS 'the total, in currency units, exact';

CREATE FUNCTION tco_to_float8(cost tco) RETURNS float8
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN total(cost)::float8;
COMMENT ON FUNCTION tco_to_float8(tco) IS
    'the total, in currency units, as the nearest double precision number';

CREATE CAST (tco AS float8) WITH FUNCTION tco_to_float8(tco);
COMMENT ON CAST (tco AS float8) IS
    'the total, in currency units, as the nearest double precision number';

CREATE FUNCTION tco_to_json(cost tco) RETURNS json
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN pg_catalog.json_build_object(
        'currency', currency(cost),
        'total', total(cost),
        'upfront', upfront(cost),
        'compute', component(cost, 'compute'),
        'energy', component(cost, 'energy'),
        'egress', component(cost, 'egress'),
        'storage', component(cost, 'storage'),
        'other', component(cost, 'other'),
        'tax', component(cost, 'tax'),
        'credit', component(cost, 'credit'));
COMMENT ON FUNCTION tco_to_json(tco) IS
    'currency, total and all eight components, in currency units, exact';

CREATE CAST (tco AS json) WITH FUNCTION tco_to_json(tco);
COMMENT ON CAST (tco AS json) IS
    'currency, total and all eight components, in currency units, exact';

CREATE FUNCTION tco_to_jsonb(cost tco) RETURNS jsonb
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN tco_to_json(cost)::jsonb;
COMMENT ON FUNCTION tco_to_jsonb(tco) IS
    'currency, total and all eight components, in currency units, exact';

CREATE CAST (tco AS jsonb) WITH FUNCTION tco_to_jsonb(tco);
COMMENT ON CAST (tco AS jsonb) IS
    'currency, total and all eight components, in currency units, exact';

CREATE FUNCTION jsonb_to_tco(value jsonb) RETURNS tco
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_jsonb_to_tco';
COMMENT ON FUNCTION jsonb_to_tco(jsonb) IS
    'from the keys that the cast to jsonb writes: a component left out is 0, a total alone is "other", a total beside components must be their sum';

CREATE CAST (jsonb AS tco) WITH FUNCTION jsonb_to_tco(jsonb);
COMMENT ON CAST (jsonb AS tco) IS
    'from currency, total and components, in currency units';

