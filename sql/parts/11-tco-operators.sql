-- Operators over tco: arithmetic, comparison with tco and with numeric.

CREATE FUNCTION tco_neg(cost tco) RETURNS tco
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tco_neg';
COMMENT ON FUNCTION tco_neg(tco) IS
    'implementation of - operator';

CREATE OPERATOR - (
    FUNCTION = tco_neg,
    RIGHTARG = tco
);
COMMENT ON OPERATOR - (NONE, tco) IS
    'negate each component';

CREATE FUNCTION tco_add(a tco, b tco) RETURNS tco
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tco_add';
COMMENT ON FUNCTION tco_add(tco, tco) IS
    'implementation of + operator';

CREATE OPERATOR + (
    FUNCTION = tco_add,
    LEFTARG = tco,
    RIGHTARG = tco,
    COMMUTATOR = +
);
COMMENT ON OPERATOR + (tco, tco) IS
    'add by component; both in one currency';

CREATE FUNCTION tco_sub(a tco, b tco) RETURNS tco
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tco_sub';
COMMENT ON FUNCTION tco_sub(tco, tco) IS
    'implementation of - operator';

CREATE OPERATOR - (
    FUNCTION = tco_sub,
    LEFTARG = tco,
    RIGHTARG = tco
);
COMMENT ON OPERATOR - (tco, tco) IS
    'subtract by component; both in one currency';

CREATE FUNCTION tco_mul_numeric(cost tco, factor numeric) RETURNS tco
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tco_mul_numeric';
COMMENT ON FUNCTION tco_mul_numeric(tco, numeric) IS
    'implementation of * operator';

CREATE FUNCTION numeric_mul_tco(factor numeric, cost tco) RETURNS tco
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_numeric_mul_tco';
COMMENT ON FUNCTION numeric_mul_tco(numeric, tco) IS
    'implementation of * operator';

CREATE OPERATOR * (
    FUNCTION = tco_mul_numeric,
    LEFTARG = tco,
    RIGHTARG = numeric,
    COMMUTATOR = *
);
COMMENT ON OPERATOR * (tco, numeric) IS
    'multiply each component, rounded once at the 18th decimal, half away from zero';

CREATE OPERATOR * (
    FUNCTION = numeric_mul_tco,
    LEFTARG = numeric,
    RIGHTARG = tco,
    COMMUTATOR = *
);
COMMENT ON OPERATOR * (numeric, tco) IS
    'multiply each component, rounded once at the 18th decimal, half away from zero';

CREATE FUNCTION tco_div_numeric(cost tco, divisor numeric) RETURNS tco
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tco_div_numeric';
COMMENT ON FUNCTION tco_div_numeric(tco, numeric) IS
    'implementation of / operator';

CREATE OPERATOR / (
    FUNCTION = tco_div_numeric,
    LEFTARG = tco,
    RIGHTARG = numeric
);
COMMENT ON OPERATOR / (tco, numeric) IS
    'divide each component, rounded once at the 18th decimal, half away from zero';

CREATE FUNCTION tco_div(a tco, b tco) RETURNS numeric
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tco_div';
COMMENT ON FUNCTION tco_div(tco, tco) IS
    'implementation of / operator';

CREATE OPERATOR / (
    FUNCTION = tco_div,
    LEFTARG = tco,
    RIGHTARG = tco
);
COMMENT ON OPERATOR / (tco, tco) IS
    'ratio of the totals; both in one currency';

-- Comparison of tco with tco: a total order that never fails.

CREATE FUNCTION tco_eq(a tco, b tco) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tco_eq';
COMMENT ON FUNCTION tco_eq(tco, tco) IS
    'implementation of = operator';

CREATE FUNCTION tco_ne(a tco, b tco) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tco_ne';
COMMENT ON FUNCTION tco_ne(tco, tco) IS
    'implementation of <> operator';

CREATE FUNCTION tco_lt(a tco, b tco) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tco_lt';
COMMENT ON FUNCTION tco_lt(tco, tco) IS
    'implementation of < operator';

CREATE FUNCTION tco_le(a tco, b tco) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tco_le';
COMMENT ON FUNCTION tco_le(tco, tco) IS
    'implementation of <= operator';

CREATE FUNCTION tco_gt(a tco, b tco) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tco_gt';
COMMENT ON FUNCTION tco_gt(tco, tco) IS
    'implementation of > operator';

CREATE FUNCTION tco_ge(a tco, b tco) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tco_ge';
COMMENT ON FUNCTION tco_ge(tco, tco) IS
    'implementation of >= operator';

CREATE OPERATOR = (
    FUNCTION = tco_eq,
    LEFTARG = tco,
    RIGHTARG = tco,
    COMMUTATOR = =,
    NEGATOR = <>,
    RESTRICT = eqsel,
    JOIN = eqjoinsel,
    HASHES,
    MERGES
);
COMMENT ON OPERATOR = (tco, tco) IS
    'same currency and same components';

CREATE OPERATOR <> (
    FUNCTION = tco_ne,
    LEFTARG = tco,
    RIGHTARG = tco,
    COMMUTATOR = <>,
    NEGATOR = =,
    RESTRICT = neqsel,
    JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (tco, tco) IS
    'another currency or other components';

CREATE OPERATOR < (
    FUNCTION = tco_lt,
    LEFTARG = tco,
    RIGHTARG = tco,
    COMMUTATOR = >,
    NEGATOR = >=,
    RESTRICT = scalarltsel,
    JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (tco, tco) IS
    'less by currency, then total, then components: across currencies this is an order, not a comparison of amounts';

CREATE OPERATOR <= (
    FUNCTION = tco_le,
    LEFTARG = tco,
    RIGHTARG = tco,
    COMMUTATOR = >=,
    NEGATOR = >,
    RESTRICT = scalarlesel,
    JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (tco, tco) IS
    'less or equal by currency, then total, then components: across currencies this is an order, not a comparison of amounts';

CREATE OPERATOR > (
    FUNCTION = tco_gt,
    LEFTARG = tco,
    RIGHTARG = tco,
    COMMUTATOR = <,
    NEGATOR = <=,
    RESTRICT = scalargtsel,
    JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (tco, tco) IS
    'greater by currency, then total, then components: across currencies this is an order, not a comparison of amounts';

CREATE OPERATOR >= (
    FUNCTION = tco_ge,
    LEFTARG = tco,
    RIGHTARG = tco,
    COMMUTATOR = <=,
    NEGATOR = <,
    RESTRICT = scalargesel,
    JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (tco, tco) IS
    'greater or equal by currency, then total, then components: across currencies this is an order, not a comparison of amounts';

-- Comparison of the total with numeric, in SQL so that the planner sees
-- total(cost) and can use an index or statistics on it.

CREATE FUNCTION tco_eq_numeric(cost tco, amount numeric) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN total(cost) = amount;
COMMENT ON FUNCTION tco_eq_numeric(tco, numeric) IS
    'implementation of = operator';

CREATE FUNCTION tco_ne_numeric(cost tco, amount numeric) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN total(cost) <> amount;
COMMENT ON FUNCTION tco_ne_numeric(tco, numeric) IS
    'implementation of <> operator';

CREATE FUNCTION tco_lt_numeric(cost tco, amount numeric) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN total(cost) < amount;
COMMENT ON FUNCTION tco_lt_numeric(tco, numeric) IS
    'implementation of < operator';

CREATE FUNCTION tco_le_numeric(cost tco, amount numeric) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN total(cost) <= amount;
COMMENT ON FUNCTION tco_le_numeric(tco, numeric) IS
    'implementation of <= operator';

CREATE FUNCTION tco_gt_numeric(cost tco, amount numeric) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN total(cost) > amount;
COMMENT ON FUNCTION tco_gt_numeric(tco, numeric) IS
    'implementation of > operator';

CREATE FUNCTION tco_ge_numeric(cost tco, amount numeric) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN total(cost) >= amount;
COMMENT ON FUNCTION tco_ge_numeric(tco, numeric) IS
    'implementation of >= operator';

CREATE OPERATOR = (
    FUNCTION = tco_eq_numeric,
    LEFTARG = tco,
    RIGHTARG = numeric,
    COMMUTATOR = =,
    NEGATOR = <>,
    RESTRICT = eqsel,
    JOIN = eqjoinsel
);
COMMENT ON OPERATOR = (tco, numeric) IS
    'total equal to the number, in currency units';

CREATE OPERATOR <> (
    FUNCTION = tco_ne_numeric,
    LEFTARG = tco,
    RIGHTARG = numeric,
    COMMUTATOR = <>,
    NEGATOR = =,
    RESTRICT = neqsel,
    JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (tco, numeric) IS
    'total not equal to the number, in currency units';

CREATE OPERATOR < (
    FUNCTION = tco_lt_numeric,
    LEFTARG = tco,
    RIGHTARG = numeric,
    COMMUTATOR = >,
    NEGATOR = >=,
    RESTRICT = scalarltsel,
    JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (tco, numeric) IS
    'total less than the number, in currency units';

CREATE OPERATOR <= (
    FUNCTION = tco_le_numeric,
    LEFTARG = tco,
    RIGHTARG = numeric,
    COMMUTATOR = >=,
    NEGATOR = >,
    RESTRICT = scalarlesel,
    JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (tco, numeric) IS
    'total less than or equal to the number, in currency units';

CREATE OPERATOR > (
    FUNCTION = tco_gt_numeric,
    LEFTARG = tco,
    RIGHTARG = numeric,
    COMMUTATOR = <,
    NEGATOR = <=,
    RESTRICT = scalargtsel,
    JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (tco, numeric) IS
    'total greater than the number, in currency units';

CREATE OPERATOR >= (
    FUNCTION = tco_ge_numeric,
    LEFTARG = tco,
    RIGHTARG = numeric,
    COMMUTATOR = <=,
    NEGATOR = <,
    RESTRICT = scalargesel,
    JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (tco, numeric) IS
    'total greater than or equal to the number, in currency units';

CREATE FUNCTION numeric_eq_tco(amount numeric, cost tco) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN amount = total(cost);
COMMENT ON FUNCTION numeric_eq_tco(numeric, tco) IS
    'implementation of = operator';

CREATE FUNCTION numeric_ne_tco(amount numeric, cost tco) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN amount <> total(cost);
COMMENT ON FUNCTION numeric_ne_tco(numeric, tco) IS
    'implementation of <> operator';

CREATE FUNCTION numeric_lt_tco(amount numeric, cost tco) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN amount < total(cost);
COMMENT ON FUNCTION numeric_lt_tco(numeric, tco) IS
    'implementation of < operator';

CREATE FUNCTION numeric_le_tco(amount numeric, cost tco) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN amount <= total(cost);
COMMENT ON FUNCTION numeric_le_tco(numeric, tco) IS
    'implementation of <= operator';

CREATE FUNCTION numeric_gt_tco(amount numeric, cost tco) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN amount > total(cost);
COMMENT ON FUNCTION numeric_gt_tco(numeric, tco) IS
    'implementation of > operator';

CREATE FUNCTION numeric_ge_tco(amount numeric, cost tco) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN amount >= total(cost);
COMMENT ON FUNCTION numeric_ge_tco(numeric, tco) IS
    'implementation of >= operator';

CREATE OPERATOR = (
    FUNCTION = numeric_eq_tco,
    LEFTARG = numeric,
    RIGHTARG = tco,
    COMMUTATOR = =,
    NEGATOR = <>,
    RESTRICT = eqsel,
    JOIN = eqjoinsel
);
COMMENT ON OPERATOR = (numeric, tco) IS
    'number equal to the total, in currency units';

CREATE OPERATOR <> (
    FUNCTION = numeric_ne_tco,
    LEFTARG = numeric,
    RIGHTARG = tco,
    COMMUTATOR = <>,
    NEGATOR = =,
    RESTRICT = neqsel,
    JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (numeric, tco) IS
    'number not equal to the total, in currency units';

CREATE OPERATOR < (
    FUNCTION = numeric_lt_tco,
    LEFTARG = numeric,
    RIGHTARG = tco,
    COMMUTATOR = >,
    NEGATOR = >=,
    RESTRICT = scalarltsel,
    JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (numeric, tco) IS
    'number less than the total, in currency units';

CREATE OPERATOR <= (
    FUNCTION = numeric_le_tco,
    LEFTARG = numeric,
    RIGHTARG = tco,
    COMMUTATOR = >=,
    NEGATOR = >,
    RESTRICT = scalarlesel,
    JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (numeric, tco) IS
    'number less than or equal to the total, in currency units';

CREATE OPERATOR > (
    FUNCTION = numeric_gt_tco,
    LEFTARG = numeric,
    RIGHTARG = tco,
    COMMUTATOR = <,
    NEGATOR = <=,
    RESTRICT = scalargtsel,
    JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (numeric, tco) IS
    'number greater than the total, in currency units';

CREATE OPERATOR >= (
    FUNCTION = numeric_ge_tco,
    LEFTARG = numeric,
    RIGHTARG = tco,
    COMMUTATOR = <=,
    NEGATOR = <,
    RESTRICT = scalargesel,
    JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (numeric, tco) IS
    'number greater than or equal to the total, in currency units';

