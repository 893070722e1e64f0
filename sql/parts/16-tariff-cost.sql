-- What a quantity costs under a tariff: in total, line by line, over rows.

CREATE FUNCTION tariff_cost(t tariff, quantity numeric) RETURNS numeric
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tariff_cost';
COMMENT ON FUNCTION tariff_cost(tariff, numeric) IS
    'T(quantity): the cost of a whole period''s quantity, 0 or more, in the unit that the tariff prices; exact, in the currency of its prices';

CREATE FUNCTION tariff_cost(t tariff, quantity numeric, prior numeric) RETURNS numeric
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tariff_cost_after';
COMMENT ON FUNCTION tariff_cost(tariff, numeric, numeric) IS
    'T(prior + quantity) - T(prior): what a quantity, negative for a correction, adds to a period that has prior units already; exact';

CREATE FUNCTION tariff_lines(t tariff, quantity numeric)
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
COMMENT ON FUNCTION tariff_lines(tariff, numeric) IS
    'T(quantity) by tier: amount = quantity * unit_price + flat, and the amounts add up to the total; in a package, quantity counts blocks';

CREATE FUNCTION tariff_marginal(t tariff, quantity numeric) RETURNS numeric
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tariff_marginal';
COMMENT ON FUNCTION tariff_marginal(tariff, numeric) IS
    'price of the next unit after quantity, that of its tier, 0 within the allowance; fees and the jumps of volume pricing apart; of a package, the price of a block';

-- ---- tiered_cost ----------------------------------------------------------

CREATE TYPE tariff_state;

CREATE FUNCTION tariff_state_in(cstring) RETURNS tariff_state
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tariff_state_in';
COMMENT ON FUNCTION tariff_state_in(cstring) IS
    'text input of tariff_state: rows, rows without a tariff, sum of quantities, tariff';

CREATE FUNCTION tariff_state_out(tariff_state) RETURNS cstring
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tariff_state_out';
COMMENT ON FUNCTION tariff_state_out(tariff_state) IS
    'text output of tariff_state: rows, rows without a tariff, sum of quantities, tariff';

CREATE FUNCTION tariff_state_recv(internal) RETURNS tariff_state
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tariff_state_recv';
COMMENT ON FUNCTION tariff_state_recv(internal) IS
    'binary input of tariff_state: 41 bytes, and those of the tariff, numbers big-endian';

CREATE FUNCTION tariff_state_send(tariff_state) RETURNS bytea
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tariff_state_send';
COMMENT ON FUNCTION tariff_state_send(tariff_state) IS
    'binary output of tariff_state: 41 bytes, and those of the tariff, numbers big-endian';

CREATE TYPE tariff_state (
    INPUT = tariff_state_in,
    OUTPUT = tariff_state_out,
    RECEIVE = tariff_state_recv,
    SEND = tariff_state_send,
    INTERNALLENGTH = VARIABLE,
    ALIGNMENT = double,
    STORAGE = extended,
    CATEGORY = 'U'
);
COMMENT ON TYPE tariff_state IS
    'partial result of tiered_cost: an exact sum of quantities and the tariff of the rows';

CREATE FUNCTION tariff_state_add(state tariff_state, quantity numeric, t tariff) RETURNS tariff_state
    LANGUAGE c IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tariff_state_add';
COMMENT ON FUNCTION tariff_state_add(tariff_state, numeric, tariff) IS
    'transition of tiered_cost';

CREATE FUNCTION tariff_state_remove(state tariff_state, quantity numeric, t tariff) RETURNS tariff_state
    LANGUAGE c IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tariff_state_remove';
COMMENT ON FUNCTION tariff_state_remove(tariff_state, numeric, tariff) IS
    'inverse transition of tiered_cost, exact';

CREATE FUNCTION tariff_state_merge(state tariff_state, other tariff_state) RETURNS tariff_state
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tariff_state_merge';
COMMENT ON FUNCTION tariff_state_merge(tariff_state, tariff_state) IS
    'combination of partial results of tiered_cost';

CREATE FUNCTION tariff_state_result(state tariff_state) RETURNS numeric
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tariff_state_result';
COMMENT ON FUNCTION tariff_state_result(tariff_state) IS
    'T(sum of quantities); NULL for no rows, and where a row has no tariff';

CREATE AGGREGATE tiered_cost(quantity numeric, t tariff) (
    SFUNC = tariff_state_add,
    STYPE = tariff_state,
    FINALFUNC = tariff_state_result,
    INITCOND = '0 0 0',
    COMBINEFUNC = tariff_state_merge,
    MSFUNC = tariff_state_add,
    MINVFUNC = tariff_state_remove,
    MSTYPE = tariff_state,
    MFINALFUNC = tariff_state_result,
    MINITCOND = '0 0 0',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE tiered_cost(numeric, tariff) IS
    'T(sum of quantities) under the one tariff of all rows, exact; over a window the running bill; a row without a quantity is skipped, a quantity without a tariff makes the result NULL';

-- ---- tariff_agg -----------------------------------------------------------

CREATE FUNCTION tariff_insert(state tariff, upto numeric, price numeric) RETURNS tariff
    LANGUAGE c IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tariff_insert';
COMMENT ON FUNCTION tariff_insert(tariff, numeric, numeric) IS
    'transition of tariff_agg: one tier more, in the place that its bound has';

CREATE FUNCTION tariff_merge(state tariff, other tariff) RETURNS tariff
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tariff_merge';
COMMENT ON FUNCTION tariff_merge(tariff, tariff) IS
    'combination of partial results of tariff_agg: the tiers of both';

CREATE AGGREGATE tariff_agg(upto numeric, price numeric) (
    SFUNC = tariff_insert,
    STYPE = tariff,
    COMBINEFUNC = tariff_merge,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE tariff_agg(numeric, numeric) IS
    'a graduated tariff from rows of an upper bound, NULL for the open tier, and a price per unit; in any order, each bound once';
