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

-- For measures: a row that has no valid amount is to be counted, not refused.
CREATE FUNCTION @extschema@.tco_or_null(amount numeric, currency text DEFAULT 'USD', component text DEFAULT 'other') RETURNS @extschema@.tco
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN CASE WHEN amount > -1e20 AND amount < 1e20 AND accelcost_internal.is_currency(currency) THEN @extschema@.tco(amount, currency, component) END;
COMMENT ON FUNCTION @extschema@.tco_or_null(numeric, text, text) IS
    'as tco(amount, currency, component), but NULL where the amount is NaN or not between -1e20 and 1e20, or where the currency is none';
