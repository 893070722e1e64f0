-- Throughput of accelerators: peak, attained, by watt and by price.

CREATE FUNCTION @extschema@.tops(mac_units float8, clock_hz float8, ops_per_mac float8 DEFAULT 2, sparsity float8 DEFAULT 1)
    RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tops';
COMMENT ON FUNCTION @extschema@.tops(float8, float8, float8, float8) IS
    'peak throughput in 10^12 operations/s: mac_units * clock_hz * ops_per_mac * sparsity / 10^12; mac_units >= 0, clock_hz >= 0 in 1/s, ops_per_mac > 0 (a multiply and an add: 2), sparsity >= 1 (1 is dense, NVIDIA''s 2:4 is 2); at the precision of the units';

CREATE FUNCTION @extschema@.dense_tops(tops float8, sparsity float8) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_dense_tops';
COMMENT ON FUNCTION @extschema@.dense_tops(float8, float8) IS
    'dense throughput behind a figure stated with sparsity: tops / sparsity; tops >= 0 in 10^12 operations/s, sparsity >= 1 (NVIDIA''s 2:4 is 2)';

CREATE FUNCTION @extschema@.precision_bytes(precision_name text) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_precision_bytes';
COMMENT ON FUNCTION @extschema@.precision_bytes(text) IS
    'bytes of a number in memory: fp64 8, fp32 and tf32 4, fp16, bf16 and int16 2, fp8 and int8 1, fp6 0.75, fp4 and int4 0.5; without the scales of block formats';

CREATE FUNCTION @extschema@.tops_ratio(tops float8, precision_name text, sparsity float8,
                           base_tops float8, base_precision_name text, base_sparsity float8)
    RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tops_ratio';
COMMENT ON FUNCTION @extschema@.tops_ratio(float8, text, float8, float8, text, float8) IS
    'how many times the throughput of a base: tops / base_tops, if precision and sparsity are the same, else an error that names both; tops >= 0, base_tops > 0 in 10^12 operations/s, sparsities >= 1; precisions are those of precision_bytes';

CREATE FUNCTION @extschema@.attainable_tops(peak_tops float8, bandwidth_gb_s float8, ops_per_byte float8) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_attainable_tops';
COMMENT ON FUNCTION @extschema@.attainable_tops(float8, float8, float8) IS
    'throughput that memory allows, in 10^12 operations/s: least(peak_tops, bandwidth_gb_s * ops_per_byte / 1000), the roofline model (Williams, Waterman, Patterson 2009); peak_tops >= 0 in 10^12 operations/s, bandwidth_gb_s >= 0 in 10^9 bytes/s, ops_per_byte >= 0';

CREATE FUNCTION @extschema@.ridge_point(peak_tops float8, bandwidth_gb_s float8) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_ridge_point';
COMMENT ON FUNCTION @extschema@.ridge_point(float8, float8) IS
    'operations per byte from which on arithmetic is the limit and below which memory is: peak_tops * 1000 / bandwidth_gb_s, of the roofline model; peak_tops >= 0 in 10^12 operations/s, bandwidth_gb_s > 0 in 10^9 bytes/s';

CREATE FUNCTION @extschema@.arithmetic_intensity(m float8, n float8, k float8, bytes_per_element float8) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_arithmetic_intensity';
COMMENT ON FUNCTION @extschema@.arithmetic_intensity(float8, float8, float8, float8) IS
    'operations per byte of the product of an m x k by a k x n matrix, each matrix moved once: 2mnk / ((mk + kn + mn) * bytes_per_element); m, n, k >= 1, bytes_per_element > 0';

CREATE FUNCTION @extschema@.arithmetic_intensity(m float8, n float8, k float8, bytes_per_element float8, bytes_per_weight float8)
    RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_arithmetic_intensity';
COMMENT ON FUNCTION @extschema@.arithmetic_intensity(float8, float8, float8, float8, float8) IS
    'the same where the k x n matrix is weights of another precision: 2mnk / ((mk + mn) * bytes_per_element + kn * bytes_per_weight); m, n, k >= 1, bytes > 0';

CREATE FUNCTION @extschema@.tokens_per_second(model_bytes float8, bandwidth_gb_s float8, batch float8 DEFAULT 1,
                                  efficiency float8 DEFAULT 1, kv_bytes float8 DEFAULT 0)
    RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tokens_per_second';
COMMENT ON FUNCTION @extschema@.tokens_per_second(float8, float8, float8, float8, float8) IS
    'tokens/s of all sequences together while decoding is bound by memory, an upper bound: batch * bandwidth_gb_s * 10^9 * efficiency / (model_bytes + batch * kv_bytes); model_bytes > 0 read at each step, bandwidth_gb_s >= 0 in 10^9 bytes/s, batch >= 1 sequences, efficiency 0 to 1 (the share of the bandwidth that is reached), kv_bytes >= 0 of keys and values of a sequence';

CREATE FUNCTION @extschema@.tops_per_watt(tops float8, watts float8) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tops_per_watt';
COMMENT ON FUNCTION @extschema@.tops_per_watt(float8, float8) IS
    '10^12 operations per joule: tops / watts; tops >= 0 in 10^12 operations/s, watts > 0; at the precision and sparsity of tops';

CREATE FUNCTION @extschema@.tops_per_dollar(tops float8, price_per_hour numeric) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tops_per_dollar';
COMMENT ON FUNCTION @extschema@.tops_per_dollar(float8, numeric) IS
    'throughput for each unit of currency an hour: tops / price_per_hour; tops >= 0 in 10^12 operations/s, price_per_hour > 0 for that throughput, in any one currency; at the precision and sparsity of tops';
