-- Operator classes of tco, for indexes, ORDER BY, GROUP BY, DISTINCT and joins.

CREATE FUNCTION tco_cmp(a tco, b tco) RETURNS integer
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tco_cmp';
COMMENT ON FUNCTION tco_cmp(tco, tco) IS
    'negative, 0 or positive: order by currency, then total, then components';

CREATE FUNCTION tco_hash(cost tco) RETURNS integer
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tco_hash';
COMMENT ON FUNCTION tco_hash(tco) IS 'hash';

CREATE FUNCTION tco_hash_extended(cost tco, seed bigint) RETURNS bigint
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tco_hash_extended';
COMMENT ON FUNCTION tco_hash_extended(tco, bigint) IS 'hash of 64 bits with a seed';

-- Equal values have equal bytes, so a btree may deduplicate them.
CREATE OPERATOR CLASS tco_ops DEFAULT FOR TYPE tco USING btree AS
    OPERATOR 1 <,
    OPERATOR 2 <=,
    OPERATOR 3 =,
    OPERATOR 4 >=,
    OPERATOR 5 >,
    FUNCTION 1 tco_cmp(tco, tco),
    FUNCTION 4 btequalimage(oid);
COMMENT ON OPERATOR CLASS tco_ops USING btree IS
    'order by currency, then total, then components';
COMMENT ON OPERATOR FAMILY tco_ops USING btree IS
    'order by currency, then total, then components';

CREATE OPERATOR CLASS tco_ops DEFAULT FOR TYPE tco USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 tco_hash(tco),
    FUNCTION 2 tco_hash_extended(tco, bigint);
COMMENT ON OPERATOR CLASS tco_ops USING hash IS
    'identity of currency and all components';
COMMENT ON OPERATOR FAMILY tco_ops USING hash IS
    'identity of currency and all components';

