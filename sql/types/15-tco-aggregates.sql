-- Aggregates over tco. Their states are types that can be stored, sent and merged. Sums are exact, so the order of rows
-- and of merges does not matter.

CREATE TYPE @extschema@.tco_avg_state;

CREATE FUNCTION @extschema@.tco_avg_state_in(cstring) RETURNS @extschema@.tco_avg_state
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tco_avg_state_in';
COMMENT ON FUNCTION @extschema@.tco_avg_state_in(cstring) IS
    'text input of tco_avg_state: row count, then the sum as a tco';

CREATE FUNCTION @extschema@.tco_avg_state_out(@extschema@.tco_avg_state) RETURNS cstring
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tco_avg_state_out';
COMMENT ON FUNCTION @extschema@.tco_avg_state_out(@extschema@.tco_avg_state) IS
    'text output of tco_avg_state: row count, then the sum as a tco';

CREATE FUNCTION @extschema@.tco_avg_state_recv(internal) RETURNS @extschema@.tco_avg_state
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tco_avg_state_recv';
COMMENT ON FUNCTION @extschema@.tco_avg_state_recv(internal) IS
    'binary input of tco_avg_state: 8 bytes of row count, 144 of the sum, numbers big-endian';

CREATE FUNCTION @extschema@.tco_avg_state_send(@extschema@.tco_avg_state) RETURNS bytea
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tco_avg_state_send';
COMMENT ON FUNCTION @extschema@.tco_avg_state_send(@extschema@.tco_avg_state) IS
    'binary output of tco_avg_state: 8 bytes of row count, 144 of the sum, numbers big-endian';

CREATE TYPE @extschema@.tco_avg_state (
    INPUT = @extschema@.tco_avg_state_in,
    OUTPUT = @extschema@.tco_avg_state_out,
    RECEIVE = @extschema@.tco_avg_state_recv,
    SEND = @extschema@.tco_avg_state_send,
    INTERNALLENGTH = 152,
    ALIGNMENT = double,
    STORAGE = plain,
    CATEGORY = 'U'
);
COMMENT ON TYPE @extschema@.tco_avg_state IS
    'partial result of avg(tco): a row count and an exact sum';

CREATE FUNCTION @extschema@.tco_sum_add(state @extschema@.tco, cost @extschema@.tco) RETURNS @extschema@.tco
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tco_sum_add';
COMMENT ON FUNCTION @extschema@.tco_sum_add(@extschema@.tco, @extschema@.tco) IS
    'transition and combination of sum(tco)';

CREATE FUNCTION @extschema@.tco_sum_remove(state @extschema@.tco, cost @extschema@.tco) RETURNS @extschema@.tco
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tco_sum_remove';
COMMENT ON FUNCTION @extschema@.tco_sum_remove(@extschema@.tco, @extschema@.tco) IS
    'inverse transition of sum(tco), exact';

CREATE FUNCTION @extschema@.tco_sum_amount(
    state @extschema@.tco, amount numeric, currency text, component text) RETURNS @extschema@.tco
    LANGUAGE c IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tco_sum_amount';
COMMENT ON FUNCTION @extschema@.tco_sum_amount(@extschema@.tco, numeric, text, text) IS
    'transition of sum_tco';

CREATE FUNCTION @extschema@.tco_avg_add(state @extschema@.tco_avg_state, cost @extschema@.tco)
    RETURNS @extschema@.tco_avg_state
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tco_avg_add';
COMMENT ON FUNCTION @extschema@.tco_avg_add(@extschema@.tco_avg_state, @extschema@.tco) IS
    'transition of avg(tco)';

CREATE FUNCTION @extschema@.tco_avg_remove(state @extschema@.tco_avg_state, cost @extschema@.tco)
    RETURNS @extschema@.tco_avg_state
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tco_avg_remove';
COMMENT ON FUNCTION @extschema@.tco_avg_remove(@extschema@.tco_avg_state, @extschema@.tco) IS
    'inverse transition of avg(tco), exact';

CREATE FUNCTION @extschema@.tco_avg_merge(state @extschema@.tco_avg_state, other @extschema@.tco_avg_state)
    RETURNS @extschema@.tco_avg_state
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tco_avg_merge';
COMMENT ON FUNCTION @extschema@.tco_avg_merge(@extschema@.tco_avg_state, @extschema@.tco_avg_state) IS
    'combination of partial results of avg(tco)';

CREATE FUNCTION @extschema@.tco_avg_result(state @extschema@.tco_avg_state) RETURNS @extschema@.tco
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tco_avg_result';
COMMENT ON FUNCTION @extschema@.tco_avg_result(@extschema@.tco_avg_state) IS
    'returns the average of each component, rounded at the 18th decimal; NULL for no rows';

CREATE FUNCTION @extschema@.tco_smaller(a @extschema@.tco, b @extschema@.tco) RETURNS @extschema@.tco
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tco_smaller';
COMMENT ON FUNCTION @extschema@.tco_smaller(@extschema@.tco, @extschema@.tco) IS
    'returns the smaller of two costs in one currency';

CREATE FUNCTION @extschema@.tco_larger(a @extschema@.tco, b @extschema@.tco) RETURNS @extschema@.tco
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tco_larger';
COMMENT ON FUNCTION @extschema@.tco_larger(@extschema@.tco, @extschema@.tco) IS
    'returns the larger of two costs in one currency';

CREATE AGGREGATE @extschema@.sum(cost @extschema@.tco) (
    SFUNC = @extschema@.tco_sum_add,
    STYPE = @extschema@.tco,
    COMBINEFUNC = @extschema@.tco_sum_add,
    MSFUNC = @extschema@.tco_sum_add,
    MINVFUNC = @extschema@.tco_sum_remove,
    MSTYPE = @extschema@.tco,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE @extschema@.sum(@extschema@.tco) IS
    'returns the exact sum by component; all rows have one currency; NULL rows are skipped';

-- Moving frames start over: the state would have to count rows to know when none is left.
CREATE AGGREGATE @extschema@.sum_tco(amount numeric, currency text, component text) (
    SFUNC = @extschema@.tco_sum_amount,
    STYPE = @extschema@.tco,
    COMBINEFUNC = @extschema@.tco_sum_add,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE @extschema@.sum_tco(numeric, text, text) IS
    'returns sum(tco(amount, currency, component)), but faster; rows with a NULL are skipped';

CREATE AGGREGATE @extschema@.avg(cost @extschema@.tco) (
    SFUNC = @extschema@.tco_avg_add,
    STYPE = @extschema@.tco_avg_state,
    FINALFUNC = @extschema@.tco_avg_result,
    INITCOND = '0',
    COMBINEFUNC = @extschema@.tco_avg_merge,
    MSFUNC = @extschema@.tco_avg_add,
    MINVFUNC = @extschema@.tco_avg_remove,
    MSTYPE = @extschema@.tco_avg_state,
    MFINALFUNC = @extschema@.tco_avg_result,
    MINITCOND = '0',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE @extschema@.avg(@extschema@.tco) IS
    'returns the average by component, rounded at the 18th decimal; all rows have one currency';

-- Define no SORTOP: with an index, mixed currencies would raise no error.
CREATE AGGREGATE @extschema@.min(cost @extschema@.tco) (
    SFUNC = @extschema@.tco_smaller,
    STYPE = @extschema@.tco,
    COMBINEFUNC = @extschema@.tco_smaller,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE @extschema@.min(@extschema@.tco) IS
    'returns the smallest cost by total, then components; all rows have one currency';

CREATE AGGREGATE @extschema@.max(cost @extschema@.tco) (
    SFUNC = @extschema@.tco_larger,
    STYPE = @extschema@.tco,
    COMBINEFUNC = @extschema@.tco_larger,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE @extschema@.max(@extschema@.tco) IS
    'returns the largest cost by total, then components; all rows have one currency';
