-- Split a total exactly; round an amount to minor units.

CREATE FUNCTION @extschema@.allocate(total numeric, weights numeric[], digits integer DEFAULT NULL)
    RETURNS numeric[]
    LANGUAGE c IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_allocate';
COMMENT ON FUNCTION @extschema@.allocate(numeric, numeric[], integer) IS
    'splits total in proportion to weights into parts that add up to it exactly';

CREATE FUNCTION @extschema@.split_cost(cost numeric, weight numeric, digits integer DEFAULT NULL) RETURNS numeric
    LANGUAGE c WINDOW IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_split_cost';
COMMENT ON FUNCTION @extschema@.split_cost(numeric, numeric, integer) IS
    'returns the row''s part of its partition''s cost, in proportion to weight; the parts add up to it exactly';

CREATE FUNCTION @extschema@.split_cost(cost @extschema@.tco, weight numeric) RETURNS @extschema@.tco
    LANGUAGE c WINDOW IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_split_cost_tco';
COMMENT ON FUNCTION @extschema@.split_cost(@extschema@.tco, numeric) IS
    'returns the row''s part of its partition''s cost, each component in proportion to weight and exact';

CREATE FUNCTION @extschema@.round_money(amount numeric, currency text, mode text DEFAULT 'half_up')
    RETURNS numeric
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_round_money';
COMMENT ON FUNCTION @extschema@.round_money(numeric, text, text) IS
    'rounds an amount to the minor unit of its ISO 4217 currency';

-- For measures of rollups: rows without a valid amount are counted, not rejected.
CREATE FUNCTION @extschema@.tco_or_null(amount numeric, currency text DEFAULT 'USD', component text DEFAULT 'other')
    RETURNS @extschema@.tco
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN CASE WHEN amount > -1e20 AND amount < 1e20 AND accelcost_internal.is_currency(currency)
                THEN @extschema@.tco(amount, currency, component) END;
COMMENT ON FUNCTION @extschema@.tco_or_null(numeric, text, text) IS
    'returns a tco like tco(amount, currency, component); NULL if amount or currency is invalid';
