-- The type tco: input, output, constructors, accessors.

CREATE TYPE tco;

CREATE FUNCTION tco_in(cstring) RETURNS tco
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tco_in';
COMMENT ON FUNCTION tco_in(cstring) IS
    'text input of tco: amount, currency, then components as name=amount';

CREATE FUNCTION tco_out(tco) RETURNS cstring
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tco_out';
COMMENT ON FUNCTION tco_out(tco) IS
    'text output of tco: total, currency, components that are not zero; exact under any setting';

CREATE FUNCTION tco_recv(internal) RETURNS tco
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tco_recv';
COMMENT ON FUNCTION tco_recv(internal) IS
    'binary input of tco: 144 bytes, numbers big-endian';

CREATE FUNCTION tco_send(tco) RETURNS bytea
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tco_send';
COMMENT ON FUNCTION tco_send(tco) IS
    'binary output of tco: 144 bytes, numbers big-endian';

CREATE TYPE tco (
    INPUT = tco_in,
    OUTPUT = tco_out,
    RECEIVE = tco_recv,
    SEND = tco_send,
    INTERNALLENGTH = 144,
    ALIGNMENT = double,
    STORAGE = plain,
    CATEGORY = 'U'
);
COMMENT ON TYPE tco IS
    'exact cost in one currency: upfront, compute, energy, egress, storage, other, tax, credit, each with 18 decimals';

CREATE FUNCTION make_tco(
    upfront numeric DEFAULT 0,
    compute numeric DEFAULT 0,
    energy numeric DEFAULT 0,
    egress numeric DEFAULT 0,
    storage numeric DEFAULT 0,
    other numeric DEFAULT 0,
    tax numeric DEFAULT 0,
    credit numeric DEFAULT 0,
    currency text DEFAULT 'USD'
) RETURNS tco
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_make_tco';
COMMENT ON FUNCTION make_tco(numeric, numeric, numeric, numeric, numeric, numeric, numeric, numeric, text) IS
    'a tco from its components, in currency units, each rounded at the 18th decimal, half away from zero';

CREATE FUNCTION tco(amount numeric, currency text DEFAULT 'USD', component text DEFAULT 'other')
    RETURNS tco
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tco';
COMMENT ON FUNCTION tco(numeric, text, text) IS
    'a tco of one component, in currency units, rounded at the 18th decimal, half away from zero';

CREATE FUNCTION total(cost tco) RETURNS numeric
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_total';
COMMENT ON FUNCTION total(tco) IS
    'sum of all components, in currency units, exact';

CREATE FUNCTION upfront(cost tco) RETURNS numeric
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_upfront';
COMMENT ON FUNCTION upfront(tco) IS
    'the one-time component, in currency units, exact';

CREATE FUNCTION recurring(cost tco) RETURNS numeric
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_recurring';
COMMENT ON FUNCTION recurring(tco) IS
    'sum of all components but upfront, in currency units (per month, where the tco is a plan), exact';

CREATE FUNCTION component(cost tco, component text) RETURNS numeric
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_component';
COMMENT ON FUNCTION component(tco, text) IS
    'one component by name (upfront, compute, energy, egress, storage, other, tax, credit), in currency units, exact';

CREATE FUNCTION currency(cost tco) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_currency';
COMMENT ON FUNCTION currency(tco) IS
    'the currency: an ISO 4217 code in upper case, or another unit as it was given';

CREATE FUNCTION round(cost tco, digits integer) RETURNS tco
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_round';
COMMENT ON FUNCTION round(tco, integer) IS
    'each component rounded to so many decimals (-20 or more) by largest remainder, so that the total is the rounded total';

CREATE FUNCTION exchange(cost tco, currency text, rate numeric) RETURNS tco
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_exchange';
COMMENT ON FUNCTION exchange(tco, text, numeric) IS
    'the cost in another currency, at rate units of it for one unit of its own; rate > 0';

