-- Energy, its cost and its carbon, from rated power and from samples.

CREATE FUNCTION @extschema@.energy_kwh(watts float8, hours float8, load float8 DEFAULT 1, pue float8 DEFAULT 1)
    RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_energy_kwh';
COMMENT ON FUNCTION @extschema@.energy_kwh(float8, float8, float8, float8) IS
    'returns the energy in kWh: watts * hours * load * pue / 1000';

CREATE FUNCTION @extschema@.watts_at_load(idle_watts float8, max_watts float8, load float8) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_watts_at_load';
COMMENT ON FUNCTION @extschema@.watts_at_load(float8, float8, float8) IS
    'returns the power in watts at a load from 0 to 1, linear between idle_watts and max_watts';

CREATE FUNCTION @extschema@.kwh_from_joules(joules float8) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_kwh_from_joules';
COMMENT ON FUNCTION @extschema@.kwh_from_joules(float8) IS
    'returns the energy in kWh: joules / 3600000';

CREATE FUNCTION @extschema@.energy_cost(kwh numeric, price_per_kwh numeric) RETURNS numeric
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_energy_cost';
COMMENT ON FUNCTION @extschema@.energy_cost(numeric, numeric) IS
    'returns the exact cost in the currency of the price: kwh * price_per_kwh';

-- With these overloads the result of energy_kwh needs no cast. An int4 also resolves to float8, the preferred type of
-- numbers, without loss; an int8 has more digits, so it has its own overload.
CREATE FUNCTION @extschema@.energy_cost(kwh float8, price_per_kwh numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN @extschema@.energy_cost(kwh::numeric, price_per_kwh);
COMMENT ON FUNCTION @extschema@.energy_cost(float8, numeric) IS
    'returns the cost of an energy in double precision, of which 15 digits count';

CREATE FUNCTION @extschema@.energy_cost(kwh bigint, price_per_kwh numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN @extschema@.energy_cost(kwh::numeric, price_per_kwh);
COMMENT ON FUNCTION @extschema@.energy_cost(bigint, numeric) IS
    'returns the exact cost of whole kWh';

CREATE FUNCTION @extschema@.carbon_kg(kwh float8, g_per_kwh float8) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_carbon_kg';
COMMENT ON FUNCTION @extschema@.carbon_kg(float8, float8) IS
    'returns kg of CO2 equivalent: kwh * g_per_kwh / 1000';

CREATE FUNCTION @extschema@.g_per_kwh(intensity float8, unit text) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_g_per_kwh';
COMMENT ON FUNCTION @extschema@.g_per_kwh(float8, text) IS
    'returns a carbon intensity in g/kWh, from g/kWh, kg/kWh, kg/MWh, t/MWh or lb/MWh';
