-- Throughput of accelerators: peak, attainable, per watt and per dollar.

CREATE FUNCTION @extschema@.tops(
    mac_units float8, clock_hz float8, ops_per_mac float8 DEFAULT 2, sparsity float8 DEFAULT 1)
    RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tops';
COMMENT ON FUNCTION @extschema@.tops(float8, float8, float8, float8) IS
    'returns the peak throughput in 10^12 operations/s: mac_units * clock_hz * ops_per_mac * sparsity / 10^12';

CREATE FUNCTION @extschema@.dense_tops(tops float8, sparsity float8) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_dense_tops';
COMMENT ON FUNCTION @extschema@.dense_tops(float8, float8) IS
    'returns the dense throughput behind a figure with sparsity: tops / sparsity';

CREATE FUNCTION @extschema@.precision_bytes(precision_name text) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_precision_bytes';
COMMENT ON FUNCTION @extschema@.precision_bytes(text) IS
    'returns the bytes of a number in memory at a precision, without the scales of block formats';

CREATE FUNCTION @extschema@.tops_ratio(tops float8, precision_name text, sparsity float8,
                           base_tops float8, base_precision_name text, base_sparsity float8)
    RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tops_ratio';
COMMENT ON FUNCTION @extschema@.tops_ratio(float8, text, float8, float8, text, float8) IS
    'returns tops / base_tops; raises an error if precision or sparsity differ';

CREATE FUNCTION @extschema@.attainable_tops(peak_tops float8, bandwidth_gb_s float8, ops_per_byte float8) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_attainable_tops';
COMMENT ON FUNCTION @extschema@.attainable_tops(float8, float8, float8) IS
    'returns the throughput that memory allows, in 10^12 operations/s, by the roofline model';

CREATE FUNCTION @extschema@.ridge_point(peak_tops float8, bandwidth_gb_s float8) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_ridge_point';
COMMENT ON FUNCTION @extschema@.ridge_point(float8, float8) IS
    'returns the operations per byte above which arithmetic, not memory, limits throughput';

CREATE FUNCTION @extschema@.arithmetic_intensity(m float8, n float8, k float8, bytes_per_element float8) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_arithmetic_intensity';
COMMENT ON FUNCTION @extschema@.arithmetic_intensity(float8, float8, float8, float8) IS
    'returns the operations per byte of a matrix product, with each matrix moved once';

CREATE FUNCTION @extschema@.arithmetic_intensity(
    m float8, n float8, k float8, bytes_per_element float8, bytes_per_weight float8)
    RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_arithmetic_intensity';
COMMENT ON FUNCTION @extschema@.arithmetic_intensity(float8, float8, float8, float8, float8) IS
    'returns the operations per byte of a matrix product with weights of another precision';

CREATE FUNCTION @extschema@.tokens_per_second(model_bytes float8, bandwidth_gb_s float8, batch float8 DEFAULT 1,
                                  efficiency float8 DEFAULT 1, kv_bytes float8 DEFAULT 0)
    RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tokens_per_second';
COMMENT ON FUNCTION @extschema@.tokens_per_second(float8, float8, float8, float8, float8) IS
    'returns an upper bound for tokens/s of decoding alone, by memory; throughput_bound includes prompts';

CREATE FUNCTION @extschema@.kv_cache_bytes(
    layers float8, kv_heads float8, head_size float8, tokens float8, bytes_per_number float8 DEFAULT 2)
    RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_kv_cache_bytes';
COMMENT ON FUNCTION @extschema@.kv_cache_bytes(float8, float8, float8, float8, float8) IS
    'returns the bytes of keys and values: 2 * layers * kv_heads * head_size * tokens * bytes_per_number';

CREATE FUNCTION @extschema@.throughput_bound(
    parameters float8,
    weight_bytes float8,
    peak_tops float8,
    bandwidth_gb_s float8,
    batch float8,
    prompt_tokens float8,
    output_tokens float8,
    kv_bytes_per_token float8 DEFAULT 0,
    accelerators float8 DEFAULT 1,
    OUT decode_tokens_per_second float8,
    OUT decode_limit text,
    OUT tokens_per_second float8,
    OUT tokens_limit text
)
    RETURNS record
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_throughput_bound';
COMMENT ON FUNCTION @extschema@.throughput_bound(
        float8, float8, float8, float8, float8, float8, float8, float8, float8) IS
    'returns the most output tokens/s of decoding alone and with prompts, and what limits each: memory or arithmetic';

CREATE FUNCTION @extschema@.tops_per_watt(tops float8, watts float8) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tops_per_watt';
COMMENT ON FUNCTION @extschema@.tops_per_watt(float8, float8) IS
    'returns 10^12 operations per joule: tops / watts';

CREATE FUNCTION @extschema@.tops_per_dollar(tops float8, price_per_hour numeric) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tops_per_dollar';
COMMENT ON FUNCTION @extschema@.tops_per_dollar(float8, numeric) IS
    'returns 10^12 operations/s per currency unit per hour: tops / price_per_hour';
