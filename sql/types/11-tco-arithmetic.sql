-- Arithmetic over tco.

CREATE FUNCTION @extschema@.tco_neg(cost @extschema@.tco) RETURNS @extschema@.tco
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tco_neg';
COMMENT ON FUNCTION @extschema@.tco_neg(@extschema@.tco) IS
    'implementation of - operator';

CREATE OPERATOR @extschema@.- (
    FUNCTION = @extschema@.tco_neg,
    RIGHTARG = @extschema@.tco
);
COMMENT ON OPERATOR @extschema@.- (NONE, @extschema@.tco) IS
    'negates each component';

CREATE FUNCTION @extschema@.tco_add(a @extschema@.tco, b @extschema@.tco) RETURNS @extschema@.tco
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tco_add';
COMMENT ON FUNCTION @extschema@.tco_add(@extschema@.tco, @extschema@.tco) IS
    'implementation of + operator';

CREATE OPERATOR @extschema@.+ (
    FUNCTION = @extschema@.tco_add,
    LEFTARG = @extschema@.tco,
    RIGHTARG = @extschema@.tco,
    COMMUTATOR = OPERATOR(@extschema@.+)
);
COMMENT ON OPERATOR @extschema@.+ (@extschema@.tco, @extschema@.tco) IS
    'adds by component; both costs have one currency';

CREATE FUNCTION @extschema@.tco_sub(a @extschema@.tco, b @extschema@.tco) RETURNS @extschema@.tco
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tco_sub';
COMMENT ON FUNCTION @extschema@.tco_sub(@extschema@.tco, @extschema@.tco) IS
    'implementation of - operator';

CREATE OPERATOR @extschema@.- (
    FUNCTION = @extschema@.tco_sub,
    LEFTARG = @extschema@.tco,
    RIGHTARG = @extschema@.tco
);
COMMENT ON OPERATOR @extschema@.- (@extschema@.tco, @extschema@.tco) IS
    'subtracts by component; both costs have one currency';

CREATE FUNCTION @extschema@.tco_mul_numeric(cost @extschema@.tco, factor numeric) RETURNS @extschema@.tco
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tco_mul_numeric';
COMMENT ON FUNCTION @extschema@.tco_mul_numeric(@extschema@.tco, numeric) IS
    'implementation of * operator';

CREATE FUNCTION @extschema@.numeric_mul_tco(factor numeric, cost @extschema@.tco) RETURNS @extschema@.tco
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_numeric_mul_tco';
COMMENT ON FUNCTION @extschema@.numeric_mul_tco(numeric, @extschema@.tco) IS
    'implementation of * operator';

CREATE OPERATOR @extschema@.* (
    FUNCTION = @extschema@.tco_mul_numeric,
    LEFTARG = @extschema@.tco,
    RIGHTARG = numeric,
    COMMUTATOR = OPERATOR(@extschema@.*)
);
COMMENT ON OPERATOR @extschema@.* (@extschema@.tco, numeric) IS
    'multiplies each component; rounded once at the 18th decimal, half away from zero';

CREATE OPERATOR @extschema@.* (
    FUNCTION = @extschema@.numeric_mul_tco,
    LEFTARG = numeric,
    RIGHTARG = @extschema@.tco,
    COMMUTATOR = OPERATOR(@extschema@.*)
);
COMMENT ON OPERATOR @extschema@.* (numeric, @extschema@.tco) IS
    'multiplies each component; rounded once at the 18th decimal, half away from zero';

CREATE FUNCTION @extschema@.tco_div_numeric(cost @extschema@.tco, divisor numeric) RETURNS @extschema@.tco
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tco_div_numeric';
COMMENT ON FUNCTION @extschema@.tco_div_numeric(@extschema@.tco, numeric) IS
    'implementation of / operator';

CREATE OPERATOR @extschema@./ (
    FUNCTION = @extschema@.tco_div_numeric,
    LEFTARG = @extschema@.tco,
    RIGHTARG = numeric
);
COMMENT ON OPERATOR @extschema@./ (@extschema@.tco, numeric) IS
    'divides each component; rounded once at the 18th decimal, half away from zero';

CREATE FUNCTION @extschema@.tco_div(a @extschema@.tco, b @extschema@.tco) RETURNS numeric
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tco_div';
COMMENT ON FUNCTION @extschema@.tco_div(@extschema@.tco, @extschema@.tco) IS
    'implementation of / operator';

CREATE OPERATOR @extschema@./ (
    FUNCTION = @extschema@.tco_div,
    LEFTARG = @extschema@.tco,
    RIGHTARG = @extschema@.tco
);
COMMENT ON OPERATOR @extschema@./ (@extschema@.tco, @extschema@.tco) IS
    'divides the totals; both costs have one currency';
