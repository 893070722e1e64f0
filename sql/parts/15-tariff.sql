-- The type tariff: input, output, constructors, comparison, casts.

CREATE TYPE tariff;

CREATE FUNCTION tariff_in(cstring) RETURNS tariff
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tariff_in';
COMMENT ON FUNCTION tariff_in(cstring) IS
    'text input of tariff: mode, a colon, then tiers as price [flat fee] [upto bound]';

CREATE FUNCTION tariff_out(tariff) RETURNS cstring
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tariff_out';
COMMENT ON FUNCTION tariff_out(tariff) IS
    'text output of tariff: mode, block or allowance where there is one, tiers; exact under any setting';

CREATE FUNCTION tariff_recv(internal) RETURNS tariff
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tariff_recv';
COMMENT ON FUNCTION tariff_recv(internal) IS
    'binary input of tariff: 36 bytes, and 48 for each tier, numbers big-endian';

CREATE FUNCTION tariff_send(tariff) RETURNS bytea
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tariff_send';
COMMENT ON FUNCTION tariff_send(tariff) IS
    'binary output of tariff: 36 bytes, and 48 for each tier, numbers big-endian';

CREATE TYPE tariff (
    INPUT = tariff_in,
    OUTPUT = tariff_out,
    RECEIVE = tariff_recv,
    SEND = tariff_send,
    INTERNALLENGTH = VARIABLE,
    ALIGNMENT = double,
    STORAGE = extended,
    CATEGORY = 'U'
);
COMMENT ON TYPE tariff IS
    'price schedule with tiers: graduated, volume or package, with fees and an allowance, each number with 18 decimals';

CREATE FUNCTION tariff(
    upto numeric[],
    price numeric[],
    mode text DEFAULT 'graduated',
    flat numeric[] DEFAULT NULL,
    allowance numeric DEFAULT 0,
    block numeric DEFAULT NULL
) RETURNS tariff
    LANGUAGE c IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tariff';
COMMENT ON FUNCTION tariff(numeric[], numeric[], text, numeric[], numeric, numeric) IS
    'a tariff from the upper bounds of its tiers, in units, the last NULL if open, and their prices per unit or block; bounds are totals, not widths';

CREATE FUNCTION tariff_from_widths(
    width numeric[],
    price numeric[],
    mode text DEFAULT 'graduated',
    flat numeric[] DEFAULT NULL,
    allowance numeric DEFAULT 0,
    block numeric DEFAULT NULL
) RETURNS tariff
    LANGUAGE c IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tariff_from_widths';
COMMENT ON FUNCTION tariff_from_widths(numeric[], numeric[], text, numeric[], numeric, numeric) IS
    'a tariff from the widths of its tiers, in units, the last NULL if open, and their prices per unit or block';

-- ---- comparison -----------------------------------------------------------

CREATE FUNCTION tariff_eq(a tariff, b tariff) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tariff_eq';
COMMENT ON FUNCTION tariff_eq(tariff, tariff) IS
    'implementation of = operator';

CREATE FUNCTION tariff_ne(a tariff, b tariff) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tariff_ne';
COMMENT ON FUNCTION tariff_ne(tariff, tariff) IS
    'implementation of <> operator';

CREATE FUNCTION tariff_lt(a tariff, b tariff) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tariff_lt';
COMMENT ON FUNCTION tariff_lt(tariff, tariff) IS
    'implementation of < operator';

CREATE FUNCTION tariff_le(a tariff, b tariff) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tariff_le';
COMMENT ON FUNCTION tariff_le(tariff, tariff) IS
    'implementation of <= operator';

CREATE FUNCTION tariff_gt(a tariff, b tariff) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tariff_gt';
COMMENT ON FUNCTION tariff_gt(tariff, tariff) IS
    'implementation of > operator';

CREATE FUNCTION tariff_ge(a tariff, b tariff) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tariff_ge';
COMMENT ON FUNCTION tariff_ge(tariff, tariff) IS
    'implementation of >= operator';

CREATE OPERATOR = (
    FUNCTION = tariff_eq,
    LEFTARG = tariff,
    RIGHTARG = tariff,
    COMMUTATOR = =,
    NEGATOR = <>,
    RESTRICT = eqsel,
    JOIN = eqjoinsel,
    HASHES,
    MERGES
);
COMMENT ON OPERATOR = (tariff, tariff) IS
    'the same mode, block, allowance and tiers, however they were written';

CREATE OPERATOR <> (
    FUNCTION = tariff_ne,
    LEFTARG = tariff,
    RIGHTARG = tariff,
    COMMUTATOR = <>,
    NEGATOR = =,
    RESTRICT = neqsel,
    JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (tariff, tariff) IS
    'another mode, block, allowance or tier';

CREATE OPERATOR < (
    FUNCTION = tariff_lt,
    LEFTARG = tariff,
    RIGHTARG = tariff,
    COMMUTATOR = >,
    NEGATOR = >=,
    RESTRICT = scalarltsel,
    JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (tariff, tariff) IS
    'before, in the order by mode, block, allowance, then tiers; not the cheaper one';

CREATE OPERATOR <= (
    FUNCTION = tariff_le,
    LEFTARG = tariff,
    RIGHTARG = tariff,
    COMMUTATOR = >=,
    NEGATOR = >,
    RESTRICT = scalarlesel,
    JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (tariff, tariff) IS
    'before or equal, in the order by mode, block, allowance, then tiers; not the cheaper one';

CREATE OPERATOR > (
    FUNCTION = tariff_gt,
    LEFTARG = tariff,
    RIGHTARG = tariff,
    COMMUTATOR = <,
    NEGATOR = <=,
    RESTRICT = scalargtsel,
    JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (tariff, tariff) IS
    'after, in the order by mode, block, allowance, then tiers; not the dearer one';

CREATE OPERATOR >= (
    FUNCTION = tariff_ge,
    LEFTARG = tariff,
    RIGHTARG = tariff,
    COMMUTATOR = <=,
    NEGATOR = <,
    RESTRICT = scalargesel,
    JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (tariff, tariff) IS
    'after or equal, in the order by mode, block, allowance, then tiers; not the dearer one';

CREATE FUNCTION tariff_cmp(a tariff, b tariff) RETURNS integer
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tariff_cmp';
COMMENT ON FUNCTION tariff_cmp(tariff, tariff) IS
    'negative, 0 or positive: order by mode, block, allowance, then tiers';

CREATE FUNCTION tariff_hash(t tariff) RETURNS integer
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tariff_hash';
COMMENT ON FUNCTION tariff_hash(tariff) IS 'hash';

CREATE FUNCTION tariff_hash_extended(t tariff, seed bigint) RETURNS bigint
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tariff_hash_extended';
COMMENT ON FUNCTION tariff_hash_extended(tariff, bigint) IS 'hash of 64 bits with a seed';

-- No equalimage: equal values can be stored compressed and not.
CREATE OPERATOR CLASS tariff_ops DEFAULT FOR TYPE tariff USING btree AS
    OPERATOR 1 <,
    OPERATOR 2 <=,
    OPERATOR 3 =,
    OPERATOR 4 >=,
    OPERATOR 5 >,
    FUNCTION 1 tariff_cmp(tariff, tariff);
COMMENT ON OPERATOR CLASS tariff_ops USING btree IS
    'order by mode, block, allowance, then tiers';
COMMENT ON OPERATOR FAMILY tariff_ops USING btree IS
    'order by mode, block, allowance, then tiers';

CREATE OPERATOR CLASS tariff_ops DEFAULT FOR TYPE tariff USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 tariff_hash(tariff),
    FUNCTION 2 tariff_hash_extended(tariff, bigint);
COMMENT ON OPERATOR CLASS tariff_ops USING hash IS
    'identity of mode, block, allowance and tiers';
COMMENT ON OPERATOR FAMILY tariff_ops USING hash IS
    'identity of mode, block, allowance and tiers';

-- ---- casts ----------------------------------------------------------------

CREATE FUNCTION tariff_to_json(t tariff) RETURNS json
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tariff_to_json';
COMMENT ON FUNCTION tariff_to_json(tariff) IS
    'mode, block, allowance and tiers with upto, price and flat; null for no block and no bound; exact';

CREATE CAST (tariff AS json) WITH FUNCTION tariff_to_json(tariff);
COMMENT ON CAST (tariff AS json) IS
    'mode, block, allowance and tiers with upto, price and flat, exact';

CREATE FUNCTION tariff_to_jsonb(t tariff) RETURNS jsonb
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN tariff_to_json(t)::jsonb;
COMMENT ON FUNCTION tariff_to_jsonb(tariff) IS
    'mode, block, allowance and tiers with upto, price and flat; null for no block and no bound; exact';

CREATE CAST (tariff AS jsonb) WITH FUNCTION tariff_to_jsonb(tariff);
COMMENT ON CAST (tariff AS jsonb) IS
    'mode, block, allowance and tiers with upto, price and flat, exact';

CREATE FUNCTION jsonb_to_tariff(value jsonb) RETURNS tariff
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_jsonb_to_tariff';
COMMENT ON FUNCTION jsonb_to_tariff(jsonb) IS
    'from the keys that the cast to jsonb writes: tiers must be given, each with a price; mode is graduated, fees and allowance 0 and a tier open where nothing is said';

CREATE CAST (jsonb AS tariff) WITH FUNCTION jsonb_to_tariff(jsonb);
COMMENT ON CAST (jsonb AS tariff) IS
    'from mode, block, allowance and tiers with upto, price and flat';
