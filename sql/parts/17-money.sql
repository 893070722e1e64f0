-- Money to the cent: a total split without loss, an amount in minor units.

CREATE FUNCTION @extschema@.allocate(total numeric, weights numeric[], digits integer DEFAULT NULL)
    RETURNS numeric[]
    LANGUAGE c IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_allocate';
COMMENT ON FUNCTION @extschema@.allocate(numeric, numeric[], integer) IS
    'total * weight / sum of weights, for weights of 0 or more and not all 0, each part with digits decimals (0 to 63; NULL: those total shows, 2 at least), in the unit of total; by largest remainder, of equals the earlier, so that the parts add up to total exactly; a negative total is split as its magnitude';

CREATE FUNCTION @extschema@.round_money(amount numeric, currency text, mode text DEFAULT 'half_up')
    RETURNS numeric
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_round_money';
COMMENT ON FUNCTION @extschema@.round_money(numeric, text, text) IS
    'amount, in units of an ISO 4217 currency, rounded to its minor unit (USD 2 decimals, JPY 0, KWD 3); mode: half_up (a half away from zero), half_even, down (toward zero), up (away from zero), half_up_min_unit (half_up, but an amount that is not 0 is at least one minor unit)';
