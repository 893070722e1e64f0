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
    'text output of tariff: mode, block or allowance if there is one, tiers; exact under any setting';

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
    'tiered price schedule: graduated, volume or package, with fees and an allowance; 18 decimals';

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
    'returns a tariff from the upper bounds of its tiers, in units, and their prices per unit or block';

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
    'returns a tariff from the widths of its tiers, in units, and their prices per unit or block';

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
    'same mode, block, allowance and tiers, however they were written';

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
    'different mode, block, allowance or tiers';

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
    'sorts before, by mode, block, allowance, then tiers; does not compare costs';

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
    'sorts before or equal, by mode, block, allowance, then tiers; does not compare costs';

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
    'sorts after, by mode, block, allowance, then tiers; does not compare costs';

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
    'sorts after or equal, by mode, block, allowance, then tiers; does not compare costs';

CREATE FUNCTION @extschema@.tariff_cmp(a @extschema@.tariff, b @extschema@.tariff) RETURNS integer
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tariff_cmp';
COMMENT ON FUNCTION @extschema@.tariff_cmp(@extschema@.tariff, @extschema@.tariff) IS
    'returns a negative number, 0 or a positive one: order by mode, block, allowance, then tiers';

CREATE FUNCTION @extschema@.tariff_hash(tariff @extschema@.tariff) RETURNS integer
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tariff_hash';
COMMENT ON FUNCTION @extschema@.tariff_hash(@extschema@.tariff) IS 'returns a hash of 32 bits';

CREATE FUNCTION @extschema@.tariff_hash_extended(tariff @extschema@.tariff, seed bigint) RETURNS bigint
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tariff_hash_extended';
COMMENT ON FUNCTION @extschema@.tariff_hash_extended(@extschema@.tariff, bigint) IS
    'returns a hash of 64 bits with a seed';

-- Define no equalimage: equal values may be stored compressed or uncompressed.
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
    'returns mode, block, allowance and tiers, exact; null for no block and no bound';

CREATE CAST (@extschema@.tariff AS json) WITH FUNCTION @extschema@.tariff_to_json(@extschema@.tariff);
COMMENT ON CAST (@extschema@.tariff AS json) IS
    'mode, block, allowance and tiers with upto, price and flat, exact';

CREATE FUNCTION @extschema@.tariff_to_jsonb(tariff @extschema@.tariff) RETURNS jsonb
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN @extschema@.tariff_to_json(tariff)::jsonb;
COMMENT ON FUNCTION @extschema@.tariff_to_jsonb(@extschema@.tariff) IS
    'returns mode, block, allowance and tiers, exact; null for no block and no bound';

CREATE CAST (@extschema@.tariff AS jsonb) WITH FUNCTION @extschema@.tariff_to_jsonb(@extschema@.tariff);
COMMENT ON CAST (@extschema@.tariff AS jsonb) IS
    'mode, block, allowance and tiers with upto, price and flat, exact';

CREATE FUNCTION @extschema@.jsonb_to_tariff(value jsonb) RETURNS @extschema@.tariff
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_jsonb_to_tariff';
COMMENT ON FUNCTION @extschema@.jsonb_to_tariff(jsonb) IS
    'returns a tariff from the keys that the cast to jsonb writes';

CREATE CAST (jsonb AS @extschema@.tariff) WITH FUNCTION @extschema@.jsonb_to_tariff(jsonb);
COMMENT ON CAST (jsonb AS @extschema@.tariff) IS
    'from mode, block, allowance and tiers with upto, price and flat';
