-- Operator classes of tco, for indexes, ORDER BY, GROUP BY, DISTINCT and joins.

CREATE FUNCTION @extschema@.tco_cmp(a @extschema@.tco, b @extschema@.tco) RETURNS integer
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tco_cmp';
COMMENT ON FUNCTION @extschema@.tco_cmp(@extschema@.tco, @extschema@.tco) IS
    'returns a negative number, 0 or a positive one: order by currency, then total, then components';

CREATE FUNCTION @extschema@.tco_hash(cost @extschema@.tco) RETURNS integer
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tco_hash';
COMMENT ON FUNCTION @extschema@.tco_hash(@extschema@.tco) IS 'returns a hash of 32 bits';

CREATE FUNCTION @extschema@.tco_hash_extended(cost @extschema@.tco, seed bigint) RETURNS bigint
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tco_hash_extended';
COMMENT ON FUNCTION @extschema@.tco_hash_extended(@extschema@.tco, bigint) IS 'returns a hash of 64 bits with a seed';

-- Equal values have equal bytes, so a btree may deduplicate them.
CREATE OPERATOR CLASS @extschema@.tco_ops DEFAULT FOR TYPE @extschema@.tco USING btree AS
    OPERATOR 1 @extschema@.<,
    OPERATOR 2 @extschema@.<=,
    OPERATOR 3 @extschema@.=,
    OPERATOR 4 @extschema@.>=,
    OPERATOR 5 @extschema@.>,
    FUNCTION 1 @extschema@.tco_cmp(@extschema@.tco, @extschema@.tco),
    FUNCTION 4 btequalimage(oid);
COMMENT ON OPERATOR CLASS @extschema@.tco_ops USING btree IS
    'order by currency, then total, then components';
COMMENT ON OPERATOR FAMILY @extschema@.tco_ops USING btree IS
    'order by currency, then total, then components';

CREATE OPERATOR CLASS @extschema@.tco_ops DEFAULT FOR TYPE @extschema@.tco USING hash AS
    OPERATOR 1 @extschema@.=,
    FUNCTION 1 @extschema@.tco_hash(@extschema@.tco),
    FUNCTION 2 @extschema@.tco_hash_extended(@extschema@.tco, bigint);
COMMENT ON OPERATOR CLASS @extschema@.tco_ops USING hash IS
    'identity of currency and all components';
COMMENT ON OPERATOR FAMILY @extschema@.tco_ops USING hash IS
    'identity of currency and all components';
