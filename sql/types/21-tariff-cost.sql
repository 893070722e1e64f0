-- Apply a tariff to a quantity: in total, by tier, over rows.

CREATE FUNCTION @extschema@.tariff_cost(tariff @extschema@.tariff, quantity numeric) RETURNS numeric
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tariff_cost';
COMMENT ON FUNCTION @extschema@.tariff_cost(@extschema@.tariff, numeric) IS
    'returns the exact cost of the total quantity of a period, in the currency of the prices';

CREATE FUNCTION @extschema@.tariff_cost(tariff @extschema@.tariff, quantity numeric, prior numeric) RETURNS numeric
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tariff_cost_after';
COMMENT ON FUNCTION @extschema@.tariff_cost(@extschema@.tariff, numeric, numeric) IS
    'returns the exact cost that a quantity adds to a period with prior units';

CREATE FUNCTION @extschema@.tariff_lines(tariff @extschema@.tariff, quantity numeric)
    RETURNS TABLE (
        tier integer,
        from_quantity numeric,
        to_quantity numeric,
        quantity numeric,
        unit_price numeric,
        flat numeric,
        amount numeric
    )
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE ROWS 5
    AS 'MODULE_PATHNAME', 'accelcost_tariff_lines';
COMMENT ON FUNCTION @extschema@.tariff_lines(@extschema@.tariff, numeric) IS
    'returns the cost of a quantity by tier; the amounts add up to tariff_cost';

CREATE FUNCTION @extschema@.tariff_marginal(tariff @extschema@.tariff, quantity numeric) RETURNS numeric
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tariff_marginal';
COMMENT ON FUNCTION @extschema@.tariff_marginal(@extschema@.tariff, numeric) IS
    'returns the unit price of the tier that the next unit falls in';

CREATE TYPE @extschema@.tariff_state;

CREATE FUNCTION @extschema@.tariff_state_in(cstring) RETURNS @extschema@.tariff_state
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tariff_state_in';
COMMENT ON FUNCTION @extschema@.tariff_state_in(cstring) IS
    'text input of tariff_state: rows, rows without a tariff, sum of quantities, tariff';

CREATE FUNCTION @extschema@.tariff_state_out(@extschema@.tariff_state) RETURNS cstring
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tariff_state_out';
COMMENT ON FUNCTION @extschema@.tariff_state_out(@extschema@.tariff_state) IS
    'text output of tariff_state: rows, rows without a tariff, sum of quantities, tariff';

CREATE FUNCTION @extschema@.tariff_state_recv(internal) RETURNS @extschema@.tariff_state
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tariff_state_recv';
COMMENT ON FUNCTION @extschema@.tariff_state_recv(internal) IS
    'binary input of tariff_state: 41 bytes, then those of the tariff, numbers big-endian';

CREATE FUNCTION @extschema@.tariff_state_send(@extschema@.tariff_state) RETURNS bytea
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tariff_state_send';
COMMENT ON FUNCTION @extschema@.tariff_state_send(@extschema@.tariff_state) IS
    'binary output of tariff_state: 41 bytes, then those of the tariff, numbers big-endian';

CREATE TYPE @extschema@.tariff_state (
    INPUT = @extschema@.tariff_state_in,
    OUTPUT = @extschema@.tariff_state_out,
    RECEIVE = @extschema@.tariff_state_recv,
    SEND = @extschema@.tariff_state_send,
    INTERNALLENGTH = VARIABLE,
    ALIGNMENT = double,
    STORAGE = extended,
    CATEGORY = 'U'
);
COMMENT ON TYPE @extschema@.tariff_state IS
    'partial result of tiered_cost: an exact sum of quantities and the tariff of the rows';

CREATE FUNCTION @extschema@.tariff_state_add(
    state @extschema@.tariff_state, quantity numeric, tariff @extschema@.tariff)
    RETURNS @extschema@.tariff_state
    LANGUAGE c IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tariff_state_add';
COMMENT ON FUNCTION @extschema@.tariff_state_add(@extschema@.tariff_state, numeric, @extschema@.tariff) IS
    'transition of tiered_cost';

CREATE FUNCTION @extschema@.tariff_state_remove(
    state @extschema@.tariff_state, quantity numeric, tariff @extschema@.tariff)
    RETURNS @extschema@.tariff_state
    LANGUAGE c IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tariff_state_remove';
COMMENT ON FUNCTION @extschema@.tariff_state_remove(@extschema@.tariff_state, numeric, @extschema@.tariff) IS
    'inverse transition of tiered_cost, exact';

CREATE FUNCTION @extschema@.tariff_state_merge(state @extschema@.tariff_state, other @extschema@.tariff_state)
    RETURNS @extschema@.tariff_state
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tariff_state_merge';
COMMENT ON FUNCTION @extschema@.tariff_state_merge(@extschema@.tariff_state, @extschema@.tariff_state) IS
    'combination of partial results of tiered_cost';

CREATE FUNCTION @extschema@.tariff_state_result(state @extschema@.tariff_state) RETURNS numeric
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tariff_state_result';
COMMENT ON FUNCTION @extschema@.tariff_state_result(@extschema@.tariff_state) IS
    'returns the cost of the sum of quantities; NULL for no rows, or if a row has no tariff';

CREATE AGGREGATE @extschema@.tiered_cost(quantity numeric, tariff @extschema@.tariff) (
    SFUNC = @extschema@.tariff_state_add,
    STYPE = @extschema@.tariff_state,
    FINALFUNC = @extschema@.tariff_state_result,
    INITCOND = '0 0 0',
    COMBINEFUNC = @extschema@.tariff_state_merge,
    MSFUNC = @extschema@.tariff_state_add,
    MINVFUNC = @extschema@.tariff_state_remove,
    MSTYPE = @extschema@.tariff_state,
    MFINALFUNC = @extschema@.tariff_state_result,
    MINITCOND = '0 0 0',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE @extschema@.tiered_cost(numeric, @extschema@.tariff) IS
    'returns the exact cost of the sum of quantities under the tariff that all rows share';

CREATE FUNCTION @extschema@.tariff_insert(state @extschema@.tariff, upto numeric, price numeric)
    RETURNS @extschema@.tariff
    LANGUAGE c IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tariff_insert';
COMMENT ON FUNCTION @extschema@.tariff_insert(@extschema@.tariff, numeric, numeric) IS
    'transition of tariff_agg: adds one tier, ordered by its bound';

CREATE FUNCTION @extschema@.tariff_merge(state @extschema@.tariff, other @extschema@.tariff) RETURNS @extschema@.tariff
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tariff_merge';
COMMENT ON FUNCTION @extschema@.tariff_merge(@extschema@.tariff, @extschema@.tariff) IS
    'combination of partial results of tariff_agg: the tiers of both';

CREATE AGGREGATE @extschema@.tariff_agg(upto numeric, price numeric) (
    SFUNC = @extschema@.tariff_insert,
    STYPE = @extschema@.tariff,
    COMBINEFUNC = @extschema@.tariff_merge,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE @extschema@.tariff_agg(numeric, numeric) IS
    'returns a graduated tariff from rows of upper bounds (NULL if open) and prices per unit';
