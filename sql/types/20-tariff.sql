-- The type tariff: input, output, constructors, comparison, casts.

CREATE TYPE @extschema@.tariff;

CREATE FUNCTION @extschema@.tariff_in(cstring) RETURNS @extschema@.tariff
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tariff_in';
COMMENT ON FUNCTION @extschema@.tariff_in(cstring) IS
    'text input of tariff: mode, a colon, then tiers as price [flat fee] [upto bound]';

CREATE FUNCTION @extschema@.tariff_out(@extschema@.tariff) RETURNS cstring
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tariff_out';
COMMENT ON FUNCTION @extschema@.tariff_out(@extschema@.tariff) IS
    'text output of tariff: mode, block or allowance where there is one, tiers; exact under any setting';

CREATE FUNCTION @extschema@.tariff_recv(internal) RETURNS @extschema@.tariff
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tariff_recv';
COMMENT ON FUNCTION @extschema@.tariff_recv(internal) IS
    'binary input of tariff: 36 bytes, and 48 for each tier, numbers big-endian';

CREATE FUNCTION @extschema@.tariff_send(@extschema@.tariff) RETURNS bytea
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tariff_send';
COMMENT ON FUNCTION @extschema@.tariff_send(@extschema@.tariff) IS
    'binary output of tariff: 36 bytes, and 48 for each tier, numbers big-endian';

CREATE TYPE @extschema@.tariff (
    INPUT = @extschema@.tariff_in,
    OUTPUT = @extschema@.tariff_out,
    RECEIVE = @extschema@.tariff_recv,
    SEND = @extschema@.tariff_send,
    INTERNALLENGTH = VARIABLE,
    ALIGNMENT = double,
    STORAGE = extended,
    CATEGORY = 'U'
);
COMMENT ON TYPE @extschema@.tariff IS
    'price schedule with tiers: graduated, volume or package, with fees and an allowance, each number with 18 decimals';

CREATE FUNCTION @extschema@.tariff(
    upto numeric[],
    price numeric[],
    mode text DEFAULT 'graduated',
    flat numeric[] DEFAULT NULL,
    allowance numeric DEFAULT 0,
    block numeric DEFAULT NULL
) RETURNS @extschema@.tariff
    LANGUAGE c IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tariff';
COMMENT ON FUNCTION @extschema@.tariff(numeric[], numeric[], text, numeric[], numeric, numeric) IS
    'a tariff from the upper bounds of its tiers, in units, the last NULL if open, and their prices per unit or block; bounds are totals, not widths';

CREATE FUNCTION @extschema@.tariff_from_widths(
    width numeric[],
    price numeric[],
    mode text DEFAULT 'graduated',
    flat numeric[] DEFAULT NULL,
    allowance numeric DEFAULT 0,
    block numeric DEFAULT NULL
) RETURNS @extschema@.tariff
    LANGUAGE c IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tariff_from_widths';
COMMENT ON FUNCTION @extschema@.tariff_from_widths(numeric[], numeric[], text, numeric[], numeric, numeric) IS
    'a tariff from the widths of its tiers, in units, the last NULL if open, and their prices per unit or block';

CREATE FUNCTION @extschema@.tariff_eq(a @extschema@.tariff, b @extschema@.tariff) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tariff_eq';
COMMENT ON FUNCTION @extschema@.tariff_eq(@extschema@.tariff, @extschema@.tariff) IS
    'implementation of = operator';

CREATE FUNCTION @extschema@.tariff_ne(a @extschema@.tariff, b @extschema@.tariff) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tariff_ne';
COMMENT ON FUNCTION @extschema@.tariff_ne(@extschema@.tariff, @extschema@.tariff) IS
    'implementation of <> operator';

CREATE FUNCTION @extschema@.tariff_lt(a @extschema@.tariff, b @extschema@.tariff) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tariff_lt';
COMMENT ON FUNCTION @extschema@.tariff_lt(@extschema@.tariff, @extschema@.tariff) IS
    'implementation of < operator';

CREATE FUNCTION @extschema@.tariff_le(a @extschema@.tariff, b @extschema@.tariff) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tariff_le';
COMMENT ON FUNCTION @extschema@.tariff_le(@extschema@.tariff, @extschema@.tariff) IS
    'implementation of <= operator';

CREATE FUNCTION @extschema@.tariff_gt(a @extschema@.tariff, b @extschema@.tariff) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tariff_gt';
COMMENT ON FUNCTION @extschema@.tariff_gt(@extschema@.tariff, @extschema@.tariff) IS
    'implementation of > operator';

CREATE FUNCTION @extschema@.tariff_ge(a @extschema@.tariff, b @extschema@.tariff) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tariff_ge';
COMMENT ON FUNCTION @extschema@.tariff_ge(@extschema@.tariff, @extschema@.tariff) IS
    'implementation of >= operator';

CREATE OPERATOR @extschema@.= (
    FUNCTION = @extschema@.tariff_eq,
    LEFTARG = @extschema@.tariff,
    RIGHTARG = @extschema@.tariff,
    COMMUTATOR = OPERATOR(@extschema@.=),
    NEGATOR = OPERATOR(@extschema@.<>),
    RESTRICT = eqsel,
    JOIN = eqjoinsel,
    HASHES,
    MERGES
);
COMMENT ON OPERATOR @extschema@.= (@extschema@.tariff, @extschema@.tariff) IS
    'the same mode, block, allowance and tiers, however they were written';

CREATE OPERATOR @extschema@.<> (
    FUNCTION = @extschema@.tariff_ne,
    LEFTARG = @extschema@.tariff,
    RIGHTARG = @extschema@.tariff,
    COMMUTATOR = OPERATOR(@extschema@.<>),
    NEGATOR = OPERATOR(@extschema@.=),
    RESTRICT = neqsel,
    JOIN = neqjoinsel
);
COMMENT ON OPERATOR @extschema@.<> (@extschema@.tariff, @extschema@.tariff) IS
    'another mode, block, allowance or tier';

CREATE OPERATOR @extschema@.< (
    FUNCTION = @extschema@.tariff_lt,
    LEFTARG = @extschema@.tariff,
    RIGHTARG = @extschema@.tariff,
    COMMUTATOR = OPERATOR(@extschema@.>),
    NEGATOR = OPERATOR(@extschema@.>=),
    RESTRICT = scalarltsel,
    JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR @extschema@.< (@extschema@.tariff, @extschema@.tariff) IS
    'before, in the order by mode, block, allowance, then tiers; not the cheaper one';

CREATE OPERATOR @extschema@.<= (
    FUNCTION = @extschema@.tariff_le,
    LEFTARG = @extschema@.tariff,
    RIGHTARG = @extschema@.tariff,
    COMMUTATOR = OPERATOR(@extschema@.>=),
    NEGATOR = OPERATOR(@extschema@.>),
    RESTRICT = scalarlesel,
    JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR @extschema@.<= (@extschema@.tariff, @extschema@.tariff) IS
    'before or equal, in the order by mode, block, allowance, then tiers; not the cheaper one';

CREATE OPERATOR @extschema@.> (
    FUNCTION = @extschema@.tariff_gt,
    LEFTARG = @extschema@.tariff,
    RIGHTARG = @extschema@.tariff,
    COMMUTATOR = OPERATOR(@extschema@.<),
    NEGATOR = OPERATOR(@extschema@.<=),
    RESTRICT = scalargtsel,
    JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR @extschema@.> (@extschema@.tariff, @extschema@.tariff) IS
    'after, in the order by mode, block, allowance, then tiers; not the dearer one';

CREATE OPERATOR @extschema@.>= (
    FUNCTION = @extschema@.tariff_ge,
    LEFTARG = @extschema@.tariff,
    RIGHTARG = @extschema@.tariff,
    COMMUTATOR = OPERATOR(@extschema@.<=),
    NEGATOR = OPERATOR(@extschema@.<),
    RESTRICT = scalargesel,
    JOIN = scalargejoinsel
);
COMMENT ON OPERATOR @extschema@.>= (@extschema@.tariff, @extschema@.tariff) IS
    'after or equal, in the order by mode, block, allowance, then tiers; not the dearer one';

CREATE FUNCTION @extschema@.tariff_cmp(a @extschema@.tariff, b @extschema@.tariff) RETURNS integer
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tariff_cmp';
COMMENT ON FUNCTION @extschema@.tariff_cmp(@extschema@.tariff, @extschema@.tariff) IS
    'negative, 0 or positive: order by mode, block, allowance, then tiers';

CREATE FUNCTION @extschema@.tariff_hash(tariff @extschema@.tariff) RETURNS integer
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tariff_hash';
COMMENT ON FUNCTION @extschema@.tariff_hash(@extschema@.tariff) IS 'hash';

CREATE FUNCTION @extschema@.tariff_hash_extended(tariff @extschema@.tariff, seed bigint) RETURNS bigint
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tariff_hash_extended';
COMMENT ON FUNCTION @extschema@.tariff_hash_extended(@extschema@.tariff, bigint) IS 'hash of 64 bits with a seed';

-- No equalimage: equal values can be stored compressed and not.
CREATE OPERATOR CLASS @extschema@.tariff_ops DEFAULT FOR TYPE @extschema@.tariff USING btree AS
    OPERATOR 1 @extschema@.<,
    OPERATOR 2 @extschema@.<=,
    OPERATOR 3 @extschema@.=,
    OPERATOR 4 @extschema@.>=,
    OPERATOR 5 @extschema@.>,
    FUNCTION 1 @extschema@.tariff_cmp(@extschema@.tariff, @extschema@.tariff);
COMMENT ON OPERATOR CLASS @extschema@.tariff_ops USING btree IS
    'order by mode, block, allowance, then tiers';
COMMENT ON OPERATOR FAMILY @extschema@.tariff_ops USING btree IS
    'order by mode, block, allowance, then tiers';

CREATE OPERATOR CLASS @extschema@.tariff_ops DEFAULT FOR TYPE @extschema@.tariff USING hash AS
    OPERATOR 1 @extschema@.=,
    FUNCTION 1 @extschema@.tariff_hash(@extschema@.tariff),
    FUNCTION 2 @extschema@.tariff_hash_extended(@extschema@.tariff, bigint);
COMMENT ON OPERATOR CLASS @extschema@.tariff_ops USING hash IS
    'identity of mode, block, allowance and tiers';
COMMENT ON OPERATOR FAMILY @extschema@.tariff_ops USING hash IS
    'identity of mode, block, allowance and tiers';

CREATE FUNCTION @extschema@.tariff_to_json(tariff @extschema@.tariff) RETURNS json
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tariff_to_json';
COMMENT ON FUNCTION @extschema@.tariff_to_json(@extschema@.tariff) IS
    'mode, block, allowance and tiers with upto, price and flat; null for no block and no bound; exact';

CREATE CAST (@extschema@.tariff AS json) WITH FUNCTION @extschema@.tariff_to_json(@extschema@.tariff);
COMMENT ON CAST (@extschema@.tariff AS json) IS
    'mode, block, allowance and tiers with upto, price and flat, exact';

CREATE FUNCTION @extschema@.tariff_to_jsonb(tariff @extschema@.tariff) RETURNS jsonb
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN @extschema@.tariff_to_json(tariff)::jsonb;
COMMENT ON FUNCTION @extschema@.tariff_to_jsonb(@extschema@.tariff) IS
    'mode, block, allowance and tiers with upto, price and flat; null for no block and no bound; exact';

CREATE CAST (@extschema@.tariff AS jsonb) WITH FUNCTION @extschema@.tariff_to_jsonb(@extschema@.tariff);
COMMENT ON CAST (@extschema@.tariff AS jsonb) IS
    'mode, block, allowance and tiers with upto, price and flat, exact';

CREATE FUNCTION @extschema@.jsonb_to_tariff(value jsonb) RETURNS @extschema@.tariff
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_jsonb_to_tariff';
COMMENT ON FUNCTION @extschema@.jsonb_to_tariff(jsonb) IS
    'from the keys that the cast to jsonb writes: tiers must be given, each with a price; mode is graduated, fees and allowance 0 and a tier open where nothing is said';

CREATE CAST (jsonb AS @extschema@.tariff) WITH FUNCTION @extschema@.jsonb_to_tariff(jsonb);
COMMENT ON CAST (jsonb AS @extschema@.tariff) IS
    'from mode, block, allowance and tiers with upto, price and flat';
