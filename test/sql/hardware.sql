-- Throughput: published figures, what they can be compared with, and what is
-- refused.
\getenv dir PG_ABS_SRCDIR
\set file :dir '/include/error_of.sql'
\i :file
SET extra_float_digits = 1;

-- peak: 2 x MAC x Hz / 10^12
SELECT tops(4096, 1.4e9) AS intel_npu_3, round(tops(540672, 1.83e9)::numeric, 1) AS h100_int8,
       round(tops(110592, 1.41e9)::numeric, 1) AS a100_fp16;
SELECT tops(mac_units => 110592, clock_hz => 1.41e9, sparsity => 2) / tops(110592, 1.41e9) AS sparse_to_dense,
       tops(4096, 1.4e9, ops_per_mac => 1) AS macs_only, tops(0, 1e9) AS none;

-- the article's "989 TFLOPS of TF32" counts skipped zeros; NVIDIA's dense figure is 494.7
SELECT dense_tops(989, 2) AS tf32_dense, dense_tops(989.4, 1) AS bf16_dense,
       dense_tops(67, sparsity => 2) AS orin_nano_super;

-- figures compare within one precision and one sparsity only
SELECT round(tops_ratio(dense_tops(989, 2), 'tf32', 1, 156, 'tf32', 1)::numeric, 2) AS h100_to_a100,
       tops_ratio(990, 'FP16', 1, 330, 'fp16', 1) AS in_capitals;
SELECT pg_temp.error_of($$SELECT tops_ratio(989, 'tf32', 2, 156, 'tf32', 1)$$);
SELECT pg_temp.error_of($$SELECT tops_ratio(989.4, 'bf16', 1, 156, 'tf32', 1)$$);
SELECT pg_temp.error_of($$SELECT tops_ratio(45, 'int4', 1, 48, 'int8', 1)$$);
SELECT pg_temp.error_of($$SELECT tops_ratio(1, 'int9', 1, 1, 'int8', 1)$$);

-- precisions
SELECT name, precision_bytes(name)
FROM unnest(
    ARRAY['fp64', 'fp32', 'tf32', 'fp16', 'bf16', 'fp8', 'fp6', 'fp4', 'int16', 'int8', 'int4', 'BF16']) AS name;
SELECT pg_temp.error_of(format('SELECT precision_bytes(%L)', name))
FROM (VALUES (''), ('half'), (repeat('x', 100))) AS t(name);

-- roofline: the least of the peak and what memory feeds
SELECT intensity, attainable_tops(989, 3350, intensity) FROM unnest(ARRAY[0, 1, 100, 295, 296, 10000]) AS intensity;
SELECT round(ridge_point(989, 3350)) AS h100, round(ridge_point(312, 1555)) AS a100,
       round(ridge_point(125, 900)::numeric, 1) AS v100;
SELECT attainable_tops(312, 1555, ridge_point(312, 1555)) AS at_the_ridge;

-- matrix products
SELECT round(arithmetic_intensity(8192, 128, 8192, precision_bytes('fp16'))::numeric, 1) AS memory_bound,
       round(arithmetic_intensity(8192, 8192, 8192, 2)::numeric, 1) AS bound_by_arithmetic;
SELECT arithmetic_intensity(1, 4096, 4096, 2) < 1 AS one_token, arithmetic_intensity(4, 6, 12, 2) AS alike,
       arithmetic_intensity(4, 6, 12, 2, 2) AS the_same,
       arithmetic_intensity(4, 6, 12, 2, bytes_per_weight => 0.5) AS small_weights;

-- decoding bound by memory
SELECT round((1000 / tokens_per_second(7e9 * precision_bytes('fp16'), 600))::numeric) AS ms_per_token_7b_on_a10,
       tokens_per_second(800e9, 4000) AS of_400b_at_4_tb_s;
SELECT tokens_per_second(10e9, 1000) AS one, tokens_per_second(10e9, 1000, batch => 8) AS eight,
       tokens_per_second(10e9, 1000, 8, 0.5) AS half_the_bandwidth,
       tokens_per_second(10e9, 1000, 8, 1, kv_bytes => 1.25e9) AS with_kv,
       tokens_per_second(10e9, 1000, efficiency => 0) AS none;

-- the context in memory, beyond 32 bits
SELECT kv_cache_bytes(32, 8, 128, 131072) AS whole_context, kv_cache_bytes(32, 8, 128, 1, 1) AS fp8_token,
       kv_cache_bytes(32, 8, 128, 0) AS none;

-- requests with prompts: published figures are below the bound, 3,450 and 392
SELECT round(tokens_per_second) AS h100_8b, tokens_limit, round(decode_tokens_per_second) AS decoding, decode_limit
FROM throughput_bound(8e9, 8e9, 1978.9, 3350, 64, 2048, 128, kv_cache_bytes(32, 8, 128, 1));
SELECT round(tokens_per_second) AS h100x8_405b, tokens_limit
FROM throughput_bound(405e9, 405e9, 1978.9, 3350, 1000000, 9428, 684, accelerators => 8);
SELECT round(decode_tokens_per_second::numeric, 1) AS one_sequence_70b, decode_limit
FROM throughput_bound(70.55e9, 70.55e9, 1978.9, 3350, batch => 1, prompt_tokens => 0, output_tokens => 1);
SELECT throughput_bound(8e9, 8e9, 1978.9, 3350, 64, NULL, 128) IS NULL AS unknown_prompt;

-- efficiency
SELECT tops_per_watt(45, 15) AS npu, tops_per_dollar(990, 2.5) AS gpu,
       tops_per_dollar(990, 2.5::float8::numeric) AS of_float8;

-- NULL for what is unknown
SELECT tops(NULL, 1), dense_tops(1, NULL), precision_bytes(NULL), tops_ratio(1, 'fp8', 1, 1, NULL, 1),
       attainable_tops(1, 1, NULL), ridge_point(NULL, 1), arithmetic_intensity(1, 1, 1, NULL),
       tokens_per_second(1, NULL), kv_cache_bytes(1, NULL, 1, 1), tops_per_watt(NULL, 1), tops_per_dollar(1, NULL);

-- every parameter has a domain; errors name it
SELECT call, pg_temp.error_of('SELECT ' || call) FROM (VALUES
    ('tops(-1, 1)'),
    ('tops(1, -1e-300)'),
    ('tops(1, 1, 0)'),
    ('tops(1, 1, 2, 0.5)'),
    ('tops(''NaN'', 1)'),
    ('tops(1, ''infinity'')'),
    ('tops(1, 1, ''-infinity'')'),
    ('tops(1, 1, 2, ''NaN'')'),
    ('dense_tops(-1, 2)'),
    ('dense_tops(1, 0)'),
    ('attainable_tops(-1, 1, 1)'),
    ('attainable_tops(1, -1, 1)'),
    ('attainable_tops(1, 1, -1)'),
    ('ridge_point(-1, 1)'),
    ('ridge_point(1, 0)'),
    ('arithmetic_intensity(0, 1, 1, 1)'),
    ('arithmetic_intensity(1, 0.5, 1, 1)'),
    ('arithmetic_intensity(1, 1, 0, 1)'),
    ('arithmetic_intensity(1, 1, 1, 0)'),
    ('arithmetic_intensity(1, 1, 1, 1, 0)'),
    ('tokens_per_second(0, 1)'),
    ('tokens_per_second(1, -1)'),
    ('tokens_per_second(1, 1, 0.5)'),
    ('tokens_per_second(1, 1, 1, 1.01)'),
    ('tokens_per_second(1, 1, 1, -0.01)'),
    ('tokens_per_second(1, 1, 1, 1, -1)'),
    ('kv_cache_bytes(-1, 1, 1, 1)'),
    ('kv_cache_bytes(1, 1, 1, 1, 0)'),
    ('throughput_bound(0, 1, 1, 1, 1, 1, 1)'),
    ('throughput_bound(1, 0, 1, 1, 1, 1, 1)'),
    ('throughput_bound(1, 1, -1, 1, 1, 1, 1)'),
    ('throughput_bound(1, 1, 1, -1, 1, 1, 1)'),
    ('throughput_bound(1, 1, 1, 1, 0, 1, 1)'),
    ('throughput_bound(1, 1, 1, 1, 1, -1, 1)'),
    ('throughput_bound(1, 1, 1, 1, 1, 1, 0)'),
    ('throughput_bound(1, 1, 1, 1, 1, 1, 1, -1)'),
    ('throughput_bound(1, 1, 1, 1, 1, 1, 1, 0, 0)'),
    ('throughput_bound(1, 1, 1, 1, ''NaN'', 1, 1)'),
    ('tops_per_watt(-1, 1)'),
    ('tops_per_watt(1, 0)'),
    ('tops_per_dollar(-1, 1)'),
    ('tops_per_dollar(1, 0)'),
    ('tops_per_dollar(1, ''NaN'')'),
    ('tops_ratio(-1, ''fp8'', 1, 1, ''fp8'', 1)'),
    ('tops_ratio(1, ''fp8'', 0, 1, ''fp8'', 1)'),
    ('tops_ratio(1, ''fp8'', 1, 0, ''fp8'', 1)'),
    ('tops_ratio(1, ''fp8'', 1, 1, ''fp8'', 0)')
) AS t(call);

-- results beyond a double
SELECT call, pg_temp.error_of('SELECT ' || call) FROM (VALUES
    ('tops(1e200, 1e200)'),
    ('ridge_point(1e300, 1e-300)'),
    ('arithmetic_intensity(1e200, 1e200, 1, 1)'),
    ('tokens_per_second(1e-300, 1e300)'),
    ('kv_cache_bytes(1e300, 1e300, 1, 1)'),
    ('throughput_bound(1e-300, 1, 1e300, 1, 1, 0, 1)'),
    ('tops_per_watt(1e300, 1e-300)'),
    ('tops_per_dollar(1e300, 1e-300)'),
    ('tops_ratio(1e300, ''fp8'', 1, 1e-300, ''fp8'', 1)')
) AS t(call);
