-- The type tco: input, output, constructors, accessors.

CREATE TYPE @extschema@.tco;

CREATE FUNCTION @extschema@.tco_in(cstring) RETURNS @extschema@.tco
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tco_in';
COMMENT ON FUNCTION @extschema@.tco_in(cstring) IS
    'text input of tco: amount, currency, then components as name=amount';

CREATE FUNCTION @extschema@.tco_out(@extschema@.tco) RETURNS cstring
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tco_out';
COMMENT ON FUNCTION @extschema@.tco_out(@extschema@.tco) IS
    'text output of tco: total, currency, components that are not zero; exact under any setting';

CREATE FUNCTION @extschema@.tco_recv(internal) RETURNS @extschema@.tco
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tco_recv';
COMMENT ON FUNCTION @extschema@.tco_recv(internal) IS
    'binary input of tco: 144 bytes, numbers big-endian';

CREATE FUNCTION @extschema@.tco_send(@extschema@.tco) RETURNS bytea
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tco_send';
COMMENT ON FUNCTION @extschema@.tco_send(@extschema@.tco) IS
    'binary output of tco: 144 bytes, numbers big-endian';

CREATE TYPE @extschema@.tco (
    INPUT = @extschema@.tco_in,
    OUTPUT = @extschema@.tco_out,
    RECEIVE = @extschema@.tco_recv,
    SEND = @extschema@.tco_send,
    INTERNALLENGTH = 144,
    ALIGNMENT = double,
    STORAGE = plain,
    CATEGORY = 'U'
);
COMMENT ON TYPE @extschema@.tco IS
    'exact cost in one currency: upfront, compute, energy, egress, storage, other, tax, credit, each with 18 decimals';

CREATE FUNCTION @extschema@.make_tco(
    upfront numeric DEFAULT 0,
    compute numeric DEFAULT 0,
    energy numeric DEFAULT 0,
    egress numeric DEFAULT 0,
    storage numeric DEFAULT 0,
    other numeric DEFAULT 0,
    tax numeric DEFAULT 0,
    credit numeric DEFAULT 0,
    currency text DEFAULT 'USD'
) RETURNS @extschema@.tco
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_make_tco';
COMMENT ON FUNCTION @extschema@.make_tco(numeric, numeric, numeric, numeric, numeric, numeric, numeric, numeric,
        text) IS
    'returns a tco from its components, each rounded at the 18th decimal, half away from zero';

CREATE FUNCTION @extschema@.tco(amount numeric, currency text DEFAULT 'USD', component text DEFAULT 'other')
    RETURNS @extschema@.tco
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tco';
COMMENT ON FUNCTION @extschema@.tco(numeric, text, text) IS
    'returns a tco with one component, rounded at the 18th decimal, half away from zero';

CREATE FUNCTION @extschema@.total(cost @extschema@.tco) RETURNS numeric
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_total';
COMMENT ON FUNCTION @extschema@.total(@extschema@.tco) IS
    'returns the exact sum of all components, in currency units';

CREATE FUNCTION @extschema@.upfront(cost @extschema@.tco) RETURNS numeric
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_upfront';
COMMENT ON FUNCTION @extschema@.upfront(@extschema@.tco) IS
    'returns the one-time component, in currency units, exact';

CREATE FUNCTION @extschema@.recurring(cost @extschema@.tco) RETURNS numeric
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_recurring';
COMMENT ON FUNCTION @extschema@.recurring(@extschema@.tco) IS
    'returns the exact sum of all components except upfront; per month if the tco describes a plan';

CREATE FUNCTION @extschema@.component(cost @extschema@.tco, component text) RETURNS numeric
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_component';
COMMENT ON FUNCTION @extschema@.component(@extschema@.tco, text) IS
    'returns one component by name, in currency units, exact';

CREATE FUNCTION @extschema@.currency(cost @extschema@.tco) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_currency';
COMMENT ON FUNCTION @extschema@.currency(@extschema@.tco) IS
    'returns the currency: an ISO 4217 code in upper case, or another unit as given';

CREATE FUNCTION @extschema@.round(cost @extschema@.tco, digits integer) RETURNS @extschema@.tco
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_round';
COMMENT ON FUNCTION @extschema@.round(@extschema@.tco, integer) IS
    'rounds components to digits decimals by largest remainder; their sum is the rounded total';

CREATE FUNCTION @extschema@.exchange(cost @extschema@.tco, currency text, rate numeric) RETURNS @extschema@.tco
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_exchange';
COMMENT ON FUNCTION @extschema@.exchange(@extschema@.tco, text, numeric) IS
    'returns the cost in another currency; one unit of the cost is rate units of that currency';
