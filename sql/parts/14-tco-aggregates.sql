-- Aggregates over tco. Their states are types that can be stored, sent and
-- merged; sums are exact, so the order of rows and of merges does not matter.

CREATE TYPE tco_avg_state;

CREATE FUNCTION tco_avg_state_in(cstring) RETURNS tco_avg_state
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tco_avg_state_in';
COMMENT ON FUNCTION tco_avg_state_in(cstring) IS
    'text input of tco_avg_state: row count, then the sum as a tco';

CREATE FUNCTION tco_avg_state_out(tco_avg_state) RETURNS cstring
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tco_avg_state_out';
COMMENT ON FUNCTION tco_avg_state_out(tco_avg_state) IS
    'text output of tco_avg_state: row count, then the sum as a tco';

CREATE FUNCTION tco_avg_state_recv(internal) RETURNS tco_avg_state
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tco_avg_state_recv';
COMMENT ON FUNCTION tco_avg_state_recv(internal) IS
    'binary input of tco_avg_state: 8 bytes of row count, 144 of the sum, numbers big-endian';

CREATE FUNCTION tco_avg_state_send(tco_avg_state) RETURNS bytea
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tco_avg_state_send';
COMMENT ON FUNCTION tco_avg_state_send(tco_avg_state) IS
    'binary output of tco_avg_state: 8 bytes of row count, 144 of the sum, numbers big-endian';

CREATE TYPE tco_avg_state (
    INPUT = tco_avg_state_in,
    OUTPUT = tco_avg_state_out,
    RECEIVE = tco_avg_state_recv,
    SEND = tco_avg_state_send,
    INTERNALLENGTH = 152,
    ALIGNMENT = double,
    STORAGE = plain,
    CATEGORY = 'U'
);
COMMENT ON TYPE tco_avg_state IS
    'partial result of avg(tco): a row count and an exact sum';

CREATE FUNCTION tco_sum_add(state tco, cost tco) RETURNS tco
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tco_sum_add';
COMMENT ON FUNCTION tco_sum_add(tco, tco) IS
    'transition and combination of sum(tco)';

CREATE FUNCTION tco_sum_remove(state tco, cost tco) RETURNS tco
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tco_sum_remove';
COMMENT ON FUNCTION tco_sum_remove(tco, tco) IS
    'inverse transition of sum(tco), exact';

CREATE FUNCTION tco_avg_add(state tco_avg_state, cost tco) RETURNS tco_avg_state
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tco_avg_add';
COMMENT ON FUNCTION tco_avg_add(tco_avg_state, tco) IS
    'transition of avg(tco)';

CREATE FUNCTION tco_avg_remove(state tco_avg_state, cost tco) RETURNS tco_avg_state
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tco_avg_remove';
COMMENT ON FUNCTION tco_avg_remove(tco_avg_state, tco) IS
    'inverse transition of avg(tco), exact';

CREATE FUNCTION tco_avg_merge(state tco_avg_state, other tco_avg_state) RETURNS tco_avg_state
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tco_avg_merge';
COMMENT ON FUNCTION tco_avg_merge(tco_avg_state, tco_avg_state) IS
    'combination of partial results of avg(tco)';

CREATE FUNCTION tco_avg_result(state tco_avg_state) RETURNS tco
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tco_avg_result';
COMMENT ON FUNCTION tco_avg_result(tco_avg_state) IS
    'the average: each component of the sum divided by the row count, rounded at the 18th decimal, half away from zero; NULL for no rows';

CREATE FUNCTION tco_smaller(a tco, b tco) RETURNS tco
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tco_smaller';
COMMENT ON FUNCTION tco_smaller(tco, tco) IS
    'the smaller of two costs in one currency';

CREATE FUNCTION tco_larger(a tco, b tco) RETURNS tco
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tco_larger';
COMMENT ON FUNCTION tco_larger(tco, tco) IS
    'the larger of two costs in one currency';

CREATE AGGREGATE sum(cost tco) (
    SFUNC = tco_sum_add,
    STYPE = tco,
    COMBINEFUNC = tco_sum_add,
    MSFUNC = tco_sum_add,
    MINVFUNC = tco_sum_remove,
    MSTYPE = tco,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE sum(tco) IS
    'exact sum by component; all rows in one currency; NULL rows are skipped, and no rows give NULL';

CREATE AGGREGATE avg(cost tco) (
    SFUNC = tco_avg_add,
    STYPE = tco_avg_state,
    FINALFUNC = tco_avg_result,
    INITCOND = '0',
    COMBINEFUNC = tco_avg_merge,
    MSFUNC = tco_avg_add,
    MINVFUNC = tco_avg_remove,
    MSTYPE = tco_avg_state,
    MFINALFUNC = tco_avg_result,
    MINITCOND = '0',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE avg(tco) IS
    'exact sum by component divided by the row count, rounded at the 18th decimal; all rows in one currency; NULL rows are skipped';

-- No SORTOP: an index would let a mix of currencies pass in silence.
CREATE AGGREGATE min(cost tco) (
    SFUNC = tco_smaller,
    STYPE = tco,
    COMBINEFUNC = tco_smaller,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE min(tco) IS
    'the smallest cost by total, then components; all rows in one currency';

CREATE AGGREGATE max(cost tco) (
    SFUNC = tco_larger,
    STYPE = tco,
    COMBINEFUNC = tco_larger,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE max(tco) IS
    'the largest cost by total, then components; all rows in one currency';

