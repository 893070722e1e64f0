-- Compare tco with tco (a total order) and with numeric (by the total); refuse to add a number.

CREATE FUNCTION @extschema@.tco_add_numeric(cost @extschema@.tco, number numeric) RETURNS @extschema@.tco
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tco_add_numeric';
COMMENT ON FUNCTION @extschema@.tco_add_numeric(@extschema@.tco, numeric) IS
    'implementation of + operator';

CREATE FUNCTION @extschema@.numeric_add_tco(number numeric, cost @extschema@.tco) RETURNS @extschema@.tco
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_numeric_add_tco';
COMMENT ON FUNCTION @extschema@.numeric_add_tco(numeric, @extschema@.tco) IS
    'implementation of + operator';

CREATE FUNCTION @extschema@.tco_sub_numeric(cost @extschema@.tco, number numeric) RETURNS @extschema@.tco
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tco_sub_numeric';
COMMENT ON FUNCTION @extschema@.tco_sub_numeric(@extschema@.tco, numeric) IS
    'implementation of - operator';

CREATE FUNCTION @extschema@.numeric_sub_tco(number numeric, cost @extschema@.tco) RETURNS @extschema@.tco
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_numeric_sub_tco';
COMMENT ON FUNCTION @extschema@.numeric_sub_tco(numeric, @extschema@.tco) IS
    'implementation of - operator';

CREATE OPERATOR @extschema@.+ (
    FUNCTION = @extschema@.tco_add_numeric,
    LEFTARG = @extschema@.tco,
    RIGHTARG = numeric,
    COMMUTATOR = OPERATOR(@extschema@.+)
);
COMMENT ON OPERATOR @extschema@.+ (@extschema@.tco, numeric) IS
    'raises an error: a number has no currency';

CREATE OPERATOR @extschema@.+ (
    FUNCTION = @extschema@.numeric_add_tco,
    LEFTARG = numeric,
    RIGHTARG = @extschema@.tco,
    COMMUTATOR = OPERATOR(@extschema@.+)
);
COMMENT ON OPERATOR @extschema@.+ (numeric, @extschema@.tco) IS
    'raises an error: a number has no currency';

CREATE OPERATOR @extschema@.- (
    FUNCTION = @extschema@.tco_sub_numeric,
    LEFTARG = @extschema@.tco,
    RIGHTARG = numeric
);
COMMENT ON OPERATOR @extschema@.- (@extschema@.tco, numeric) IS
    'raises an error: a number has no currency';

CREATE OPERATOR @extschema@.- (
    FUNCTION = @extschema@.numeric_sub_tco,
    LEFTARG = numeric,
    RIGHTARG = @extschema@.tco
);
COMMENT ON OPERATOR @extschema@.- (numeric, @extschema@.tco) IS
    'raises an error: a number has no currency';

-- Compare tco with tco: a total order that never fails.

CREATE FUNCTION @extschema@.tco_eq(a @extschema@.tco, b @extschema@.tco) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tco_eq';
COMMENT ON FUNCTION @extschema@.tco_eq(@extschema@.tco, @extschema@.tco) IS
    'implementation of = operator';

CREATE FUNCTION @extschema@.tco_ne(a @extschema@.tco, b @extschema@.tco) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tco_ne';
COMMENT ON FUNCTION @extschema@.tco_ne(@extschema@.tco, @extschema@.tco) IS
    'implementation of <> operator';

CREATE FUNCTION @extschema@.tco_lt(a @extschema@.tco, b @extschema@.tco) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tco_lt';
COMMENT ON FUNCTION @extschema@.tco_lt(@extschema@.tco, @extschema@.tco) IS
    'implementation of < operator';

CREATE FUNCTION @extschema@.tco_le(a @extschema@.tco, b @extschema@.tco) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tco_le';
COMMENT ON FUNCTION @extschema@.tco_le(@extschema@.tco, @extschema@.tco) IS
    'implementation of <= operator';

CREATE FUNCTION @extschema@.tco_gt(a @extschema@.tco, b @extschema@.tco) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tco_gt';
COMMENT ON FUNCTION @extschema@.tco_gt(@extschema@.tco, @extschema@.tco) IS
    'implementation of > operator';

CREATE FUNCTION @extschema@.tco_ge(a @extschema@.tco, b @extschema@.tco) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tco_ge';
COMMENT ON FUNCTION @extschema@.tco_ge(@extschema@.tco, @extschema@.tco) IS
    'implementation of >= operator';

CREATE OPERATOR @extschema@.= (
    FUNCTION = @extschema@.tco_eq,
    LEFTARG = @extschema@.tco,
    RIGHTARG = @extschema@.tco,
    COMMUTATOR = OPERATOR(@extschema@.=),
    NEGATOR = OPERATOR(@extschema@.<>),
    RESTRICT = eqsel,
    JOIN = eqjoinsel,
    HASHES,
    MERGES
);
COMMENT ON OPERATOR @extschema@.= (@extschema@.tco, @extschema@.tco) IS
    'same currency and same components';

CREATE OPERATOR @extschema@.<> (
    FUNCTION = @extschema@.tco_ne,
    LEFTARG = @extschema@.tco,
    RIGHTARG = @extschema@.tco,
    COMMUTATOR = OPERATOR(@extschema@.<>),
    NEGATOR = OPERATOR(@extschema@.=),
    RESTRICT = neqsel,
    JOIN = neqjoinsel
);
COMMENT ON OPERATOR @extschema@.<> (@extschema@.tco, @extschema@.tco) IS
    'another currency or other components';

CREATE OPERATOR @extschema@.< (
    FUNCTION = @extschema@.tco_lt,
    LEFTARG = @extschema@.tco,
    RIGHTARG = @extschema@.tco,
    COMMUTATOR = OPERATOR(@extschema@.>),
    NEGATOR = OPERATOR(@extschema@.>=),
    RESTRICT = scalarltsel,
    JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR @extschema@.< (@extschema@.tco, @extschema@.tco) IS
    'less by currency, then total, then components; across currencies not by amount';

CREATE OPERATOR @extschema@.<= (
    FUNCTION = @extschema@.tco_le,
    LEFTARG = @extschema@.tco,
    RIGHTARG = @extschema@.tco,
    COMMUTATOR = OPERATOR(@extschema@.>=),
    NEGATOR = OPERATOR(@extschema@.>),
    RESTRICT = scalarlesel,
    JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR @extschema@.<= (@extschema@.tco, @extschema@.tco) IS
    'less or equal by currency, then total, then components; across currencies not by amount';

CREATE OPERATOR @extschema@.> (
    FUNCTION = @extschema@.tco_gt,
    LEFTARG = @extschema@.tco,
    RIGHTARG = @extschema@.tco,
    COMMUTATOR = OPERATOR(@extschema@.<),
    NEGATOR = OPERATOR(@extschema@.<=),
    RESTRICT = scalargtsel,
    JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR @extschema@.> (@extschema@.tco, @extschema@.tco) IS
    'greater by currency, then total, then components; across currencies not by amount';

CREATE OPERATOR @extschema@.>= (
    FUNCTION = @extschema@.tco_ge,
    LEFTARG = @extschema@.tco,
    RIGHTARG = @extschema@.tco,
    COMMUTATOR = OPERATOR(@extschema@.<=),
    NEGATOR = OPERATOR(@extschema@.<),
    RESTRICT = scalargesel,
    JOIN = scalargejoinsel
);
COMMENT ON OPERATOR @extschema@.>= (@extschema@.tco, @extschema@.tco) IS
    'greater or equal by currency, then total, then components; across currencies not by amount';

-- Compare the total with numeric, in SQL so that the planner sees total(cost) and can use its index or statistics.

CREATE FUNCTION @extschema@.tco_eq_numeric(cost @extschema@.tco, amount numeric) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN @extschema@.total(cost) = amount;
COMMENT ON FUNCTION @extschema@.tco_eq_numeric(@extschema@.tco, numeric) IS
    'implementation of = operator';

CREATE FUNCTION @extschema@.tco_ne_numeric(cost @extschema@.tco, amount numeric) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN @extschema@.total(cost) <> amount;
COMMENT ON FUNCTION @extschema@.tco_ne_numeric(@extschema@.tco, numeric) IS
    'implementation of <> operator';

CREATE FUNCTION @extschema@.tco_lt_numeric(cost @extschema@.tco, amount numeric) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN @extschema@.total(cost) < amount;
COMMENT ON FUNCTION @extschema@.tco_lt_numeric(@extschema@.tco, numeric) IS
    'implementation of < operator';

CREATE FUNCTION @extschema@.tco_le_numeric(cost @extschema@.tco, amount numeric) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN @extschema@.total(cost) <= amount;
COMMENT ON FUNCTION @extschema@.tco_le_numeric(@extschema@.tco, numeric) IS
    'implementation of <= operator';

CREATE FUNCTION @extschema@.tco_gt_numeric(cost @extschema@.tco, amount numeric) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN @extschema@.total(cost) > amount;
COMMENT ON FUNCTION @extschema@.tco_gt_numeric(@extschema@.tco, numeric) IS
    'implementation of > operator';

CREATE FUNCTION @extschema@.tco_ge_numeric(cost @extschema@.tco, amount numeric) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN @extschema@.total(cost) >= amount;
COMMENT ON FUNCTION @extschema@.tco_ge_numeric(@extschema@.tco, numeric) IS
    'implementation of >= operator';

CREATE OPERATOR @extschema@.= (
    FUNCTION = @extschema@.tco_eq_numeric,
    LEFTARG = @extschema@.tco,
    RIGHTARG = numeric,
    COMMUTATOR = OPERATOR(@extschema@.=),
    NEGATOR = OPERATOR(@extschema@.<>),
    RESTRICT = eqsel,
    JOIN = eqjoinsel
);
COMMENT ON OPERATOR @extschema@.= (@extschema@.tco, numeric) IS
    'total equal to the number, in currency units';

CREATE OPERATOR @extschema@.<> (
    FUNCTION = @extschema@.tco_ne_numeric,
    LEFTARG = @extschema@.tco,
    RIGHTARG = numeric,
    COMMUTATOR = OPERATOR(@extschema@.<>),
    NEGATOR = OPERATOR(@extschema@.=),
    RESTRICT = neqsel,
    JOIN = neqjoinsel
);
COMMENT ON OPERATOR @extschema@.<> (@extschema@.tco, numeric) IS
    'total not equal to the number, in currency units';

CREATE OPERATOR @extschema@.< (
    FUNCTION = @extschema@.tco_lt_numeric,
    LEFTARG = @extschema@.tco,
    RIGHTARG = numeric,
    COMMUTATOR = OPERATOR(@extschema@.>),
    NEGATOR = OPERATOR(@extschema@.>=),
    RESTRICT = scalarltsel,
    JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR @extschema@.< (@extschema@.tco, numeric) IS
    'total less than the number, in currency units';

CREATE OPERATOR @extschema@.<= (
    FUNCTION = @extschema@.tco_le_numeric,
    LEFTARG = @extschema@.tco,
    RIGHTARG = numeric,
    COMMUTATOR = OPERATOR(@extschema@.>=),
    NEGATOR = OPERATOR(@extschema@.>),
    RESTRICT = scalarlesel,
    JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR @extschema@.<= (@extschema@.tco, numeric) IS
    'total less than or equal to the number, in currency units';

CREATE OPERATOR @extschema@.> (
    FUNCTION = @extschema@.tco_gt_numeric,
    LEFTARG = @extschema@.tco,
    RIGHTARG = numeric,
    COMMUTATOR = OPERATOR(@extschema@.<),
    NEGATOR = OPERATOR(@extschema@.<=),
    RESTRICT = scalargtsel,
    JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR @extschema@.> (@extschema@.tco, numeric) IS
    'total greater than the number, in currency units';

CREATE OPERATOR @extschema@.>= (
    FUNCTION = @extschema@.tco_ge_numeric,
    LEFTARG = @extschema@.tco,
    RIGHTARG = numeric,
    COMMUTATOR = OPERATOR(@extschema@.<=),
    NEGATOR = OPERATOR(@extschema@.<),
    RESTRICT = scalargesel,
    JOIN = scalargejoinsel
);
COMMENT ON OPERATOR @extschema@.>= (@extschema@.tco, numeric) IS
    'total greater than or equal to the number, in currency units';

CREATE FUNCTION @extschema@.numeric_eq_tco(amount numeric, cost @extschema@.tco) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN amount = @extschema@.total(cost);
COMMENT ON FUNCTION @extschema@.numeric_eq_tco(numeric, @extschema@.tco) IS
    'implementation of = operator';

CREATE FUNCTION @extschema@.numeric_ne_tco(amount numeric, cost @extschema@.tco) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN amount <> @extschema@.total(cost);
COMMENT ON FUNCTION @extschema@.numeric_ne_tco(numeric, @extschema@.tco) IS
    'implementation of <> operator';

CREATE FUNCTION @extschema@.numeric_lt_tco(amount numeric, cost @extschema@.tco) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN amount < @extschema@.total(cost);
COMMENT ON FUNCTION @extschema@.numeric_lt_tco(numeric, @extschema@.tco) IS
    'implementation of < operator';

CREATE FUNCTION @extschema@.numeric_le_tco(amount numeric, cost @extschema@.tco) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN amount <= @extschema@.total(cost);
COMMENT ON FUNCTION @extschema@.numeric_le_tco(numeric, @extschema@.tco) IS
    'implementation of <= operator';

CREATE FUNCTION @extschema@.numeric_gt_tco(amount numeric, cost @extschema@.tco) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN amount > @extschema@.total(cost);
COMMENT ON FUNCTION @extschema@.numeric_gt_tco(numeric, @extschema@.tco) IS
    'implementation of > operator';

CREATE FUNCTION @extschema@.numeric_ge_tco(amount numeric, cost @extschema@.tco) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN amount >= @extschema@.total(cost);
COMMENT ON FUNCTION @extschema@.numeric_ge_tco(numeric, @extschema@.tco) IS
    'implementation of >= operator';

CREATE OPERATOR @extschema@.= (
    FUNCTION = @extschema@.numeric_eq_tco,
    LEFTARG = numeric,
    RIGHTARG = @extschema@.tco,
    COMMUTATOR = OPERATOR(@extschema@.=),
    NEGATOR = OPERATOR(@extschema@.<>),
    RESTRICT = eqsel,
    JOIN = eqjoinsel
);
COMMENT ON OPERATOR @extschema@.= (numeric, @extschema@.tco) IS
    'number equal to the total, in currency units';

CREATE OPERATOR @extschema@.<> (
    FUNCTION = @extschema@.numeric_ne_tco,
    LEFTARG = numeric,
    RIGHTARG = @extschema@.tco,
    COMMUTATOR = OPERATOR(@extschema@.<>),
    NEGATOR = OPERATOR(@extschema@.=),
    RESTRICT = neqsel,
    JOIN = neqjoinsel
);
COMMENT ON OPERATOR @extschema@.<> (numeric, @extschema@.tco) IS
    'number not equal to the total, in currency units';

CREATE OPERATOR @extschema@.< (
    FUNCTION = @extschema@.numeric_lt_tco,
    LEFTARG = numeric,
    RIGHTARG = @extschema@.tco,
    COMMUTATOR = OPERATOR(@extschema@.>),
    NEGATOR = OPERATOR(@extschema@.>=),
    RESTRICT = scalarltsel,
    JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR @extschema@.< (numeric, @extschema@.tco) IS
    'number less than the total, in currency units';

CREATE OPERATOR @extschema@.<= (
    FUNCTION = @extschema@.numeric_le_tco,
    LEFTARG = numeric,
    RIGHTARG = @extschema@.tco,
    COMMUTATOR = OPERATOR(@extschema@.>=),
    NEGATOR = OPERATOR(@extschema@.>),
    RESTRICT = scalarlesel,
    JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR @extschema@.<= (numeric, @extschema@.tco) IS
    'number less than or equal to the total, in currency units';

CREATE OPERATOR @extschema@.> (
    FUNCTION = @extschema@.numeric_gt_tco,
    LEFTARG = numeric,
    RIGHTARG = @extschema@.tco,
    COMMUTATOR = OPERATOR(@extschema@.<),
    NEGATOR = OPERATOR(@extschema@.<=),
    RESTRICT = scalargtsel,
    JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR @extschema@.> (numeric, @extschema@.tco) IS
    'number greater than the total, in currency units';

CREATE OPERATOR @extschema@.>= (
    FUNCTION = @extschema@.numeric_ge_tco,
    LEFTARG = numeric,
    RIGHTARG = @extschema@.tco,
    COMMUTATOR = OPERATOR(@extschema@.<=),
    NEGATOR = OPERATOR(@extschema@.<),
    RESTRICT = scalargesel,
    JOIN = scalargejoinsel
);
COMMENT ON OPERATOR @extschema@.>= (numeric, @extschema@.tco) IS
    'number greater than or equal to the total, in currency units';
