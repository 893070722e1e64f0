-- Energy, what it costs and the carbon in it, from ratings and from samples.

CREATE FUNCTION @extschema@.energy_kwh(watts float8, hours float8, load float8 DEFAULT 1, pue float8 DEFAULT 1) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_energy_kwh';
COMMENT ON FUNCTION @extschema@.energy_kwh(float8, float8, float8, float8) IS
    'energy in kWh: watts * hours * load * pue / 1000; watts >= 0 at full load, hours >= 0, load 0 to 1 (the share of watts drawn on average), pue >= 1 (energy of the site per energy of its computers, ISO/IEC 30134-2)';

CREATE FUNCTION @extschema@.watts_at_load(idle_watts float8, max_watts float8, load float8) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_watts_at_load';
COMMENT ON FUNCTION @extschema@.watts_at_load(float8, float8, float8) IS
    'power in watts at a load, taken as linear between idle and full: idle_watts * (1 - load) + max_watts * load; 0 <= idle_watts <= max_watts, load 0 to 1; the method of Cloud Carbon Footprint';

CREATE FUNCTION @extschema@.kwh_from_joules(joules float8) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_kwh_from_joules';
COMMENT ON FUNCTION @extschema@.kwh_from_joules(float8) IS
    'energy in kWh: joules / 3600000; joules >= 0';

CREATE FUNCTION @extschema@.energy_cost(kwh numeric, price_per_kwh numeric) RETURNS numeric
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_energy_cost';
COMMENT ON FUNCTION @extschema@.energy_cost(numeric, numeric) IS
    'cost in the currency of the price, exact: kwh * price_per_kwh; both finite, of any sign (corrections, negative market prices)';

-- So that the result of energy_kwh needs no cast.  An int4 goes to float8 too,
-- the preferred type of numbers, and fits; an int8 has more digits than that.
CREATE FUNCTION @extschema@.energy_cost(kwh float8, price_per_kwh numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN @extschema@.energy_cost(kwh::numeric, price_per_kwh);
COMMENT ON FUNCTION @extschema@.energy_cost(float8, numeric) IS
    'the same for an energy in double precision, of which 15 digits count, as in a cast to numeric';

CREATE FUNCTION @extschema@.energy_cost(kwh bigint, price_per_kwh numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN @extschema@.energy_cost(kwh::numeric, price_per_kwh);
COMMENT ON FUNCTION @extschema@.energy_cost(bigint, numeric) IS
    'the same for whole kWh, all digits of which count';

CREATE FUNCTION @extschema@.carbon_kg(kwh float8, g_per_kwh float8) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_carbon_kg';
COMMENT ON FUNCTION @extschema@.carbon_kg(float8, float8) IS
    'kg of CO2 equivalent: kwh * g_per_kwh / 1000; kwh of any sign (corrections), g_per_kwh >= 0 the carbon intensity of the electricity in g/kWh';
