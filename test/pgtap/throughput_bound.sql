-- throughput_bound against its formula in numeric, and against measurements:
-- no audited result of a language model exceeds it. docs/mlperf-bounds.md shows
-- each of them.
BEGIN;
SELECT plan(12);

-- ---- generated requests ---------------------------------------------------

CREATE TEMP TABLE request AS
SELECT n, 10 ^ (6 + n % 7) AS parameters, 10 ^ (6 + n * 7 % 7) * (1 + n % 3) AS weight_bytes,
       (h & 4095) + 0.5 AS peak_tops, (h >> 12 & 8191) + 0.25 AS bandwidth_gb_s,
       1 + (h >> 25 & 511)::float8 AS batch, (h >> 34 & 16383)::float8 AS prompt_tokens,
       1 + (h >> 48 & 2047)::float8 AS output_tokens, (n % 5) * 65536.0::float8 AS kv_bytes_per_token,
       1 + (n % 8)::float8 AS accelerators
FROM generate_series(1, 2000) AS n, LATERAL (SELECT hashint8extended(n, 21) AS h) AS generated;

CREATE TEMP TABLE result AS
SELECT r.*, b.*, x.memory, x.arithmetic
FROM request AS r,
     throughput_bound(r.parameters, r.weight_bytes, r.peak_tops, r.bandwidth_gb_s, r.batch, r.prompt_tokens,
                      r.output_tokens, r.kv_bytes_per_token, r.accelerators) AS b,
     LATERAL (
         SELECT r.batch::numeric * r.bandwidth_gb_s::numeric * r.accelerators::numeric * 1000000000
                / (r.weight_bytes::numeric
                   + r.batch::numeric * r.kv_bytes_per_token::numeric
                     * (r.prompt_tokens::numeric + r.output_tokens::numeric / 2)) AS memory,
                r.accelerators::numeric * r.peak_tops::numeric * 1000000000000
                / (2 * r.parameters::numeric) AS arithmetic
     ) AS x;

SELECT is(count(DISTINCT (decode_limit, tokens_limit)), 3::bigint,
          'memory and arithmetic limit requests, in three ways')
FROM result;
SELECT is_empty(
    $$SELECT n FROM result
      WHERE abs(decode_tokens_per_second::numeric / least(memory, arithmetic) - 1) > 1e-14$$,
    'decoding has the lower bound of memory and arithmetic');
SELECT is_empty(
    $$SELECT n FROM result
      WHERE abs(tokens_per_second::numeric
                / least(memory, arithmetic * output_tokens::numeric / (output_tokens + prompt_tokens)::numeric) - 1)
            > 1e-14$$,
    'with prompts, arithmetic is shared by prompt and output tokens');
SELECT is_empty(
    $$SELECT n FROM result
      WHERE (decode_limit = 'memory') <> (memory <= arithmetic) AND abs(memory / arithmetic - 1) > 1e-12$$,
    'the limit that is named is the lower one');
SELECT is_empty(
    $$SELECT n FROM result
      WHERE tokens_per_second > decode_tokens_per_second
         OR prompt_tokens = 0 AND tokens_per_second < decode_tokens_per_second$$,
    'a prompt never makes it faster');

-- Serving a request takes at least the time of its arithmetic and of its reads.
SELECT is_empty(
    $$SELECT n FROM result, LATERAL (SELECT (batch * output_tokens / tokens_per_second)::numeric AS seconds) AS t
      WHERE seconds < batch::numeric * (prompt_tokens + output_tokens)::numeric * 2 * parameters::numeric
                      / (accelerators * peak_tops)::numeric / 1000000000000 * 0.99999999999
         OR seconds < output_tokens::numeric * weight_bytes::numeric
                      / (accelerators * bandwidth_gb_s)::numeric / 1000000000 * 0.99999999999$$,
    'a batch takes the time of its arithmetic and of its reads');

-- ---- measurements ---------------------------------------------------------

CREATE TEMP TABLE model (name text, parameters float8, prompt_tokens float8, output_tokens float8);
INSERT INTO model VALUES
    ('llama3.1-8b', 8.03e9, 0, 128), ('mixtral-8x7b', 12.9e9, 0, 144.84), ('deepseek-r1', 37e9, 0, 3886.23),
    ('llama2-70b', 70e9, 0, 294.45), ('llama3.1-405b', 405e9, 9428, 684.68),
    ('openai/gpt-oss-120b', 5.1e9, 0, 1);

-- The highest dense figure of any source that is trusted, not the one that views prefer.
CREATE TEMP VIEW peak AS
SELECT f.accelerator, f.precision_name, max(f.value) AS tops, min(b.value) AS bandwidth_gb_s
FROM accelcost.accelerator_figure AS f
JOIN accelcost.accelerator_figure AS b USING (accelerator)
WHERE f.figure = 'tops' AND f.sparsity = 1 AND f.origin <> 'unverified'
  AND b.figure = 'memory_bandwidth_gb_s' AND b.origin <> 'unverified'
GROUP BY f.accelerator, f.precision_name;

-- The batch is unknown: a large one leaves the bound of arithmetic.
CREATE TEMP TABLE compared AS
SELECT r.entry_id, r.source, r.model, r.accelerator, r.scenario, r.tokens_per_second,
       b.tokens_per_second / r.tokens_per_second AS ratio
FROM accelcost.throughput AS r
LEFT JOIN model AS m ON starts_with(r.model, m.name)
LEFT JOIN LATERAL (
    SELECT k.*
    FROM peak AS k,
         unnest(CASE r.precision_name WHEN 'uint4' THEN '{int8}' WHEN 'fp4' THEN '{fp4,fp8,int8}'
                                      ELSE ARRAY[r.precision_name] END) WITH ORDINALITY AS u (precision_name, priority)
    WHERE k.accelerator = r.accelerator AND k.precision_name = u.precision_name
    ORDER BY u.priority
    LIMIT 1) AS p ON true
LEFT JOIN LATERAL throughput_bound(m.parameters, m.parameters / 2, p.tops, p.bandwidth_gb_s, 1000000,
                                   m.prompt_tokens, m.output_tokens, accelerators => r.gpu_count::float8) AS b ON true
WHERE r.builtin AND r.is_audited AND r.tokens_per_second IS NOT NULL;

SELECT is(count(*), 353::bigint, 'MLPerf v5.1: all results of language models are compared')
FROM compared WHERE source = 'MLPerf Inference v5.1';
SELECT is(count(*), 146::bigint, 'MLPerf v6.0: all results of language models are compared')
FROM compared WHERE source = 'MLPerf Inference v6.0';
SELECT is(count(*), 298::bigint, 'MLPerf v6.1: all results of language models are compared')
FROM compared WHERE source = 'MLPerf Inference v6.1';
SELECT is_empty($$SELECT * FROM compared WHERE ratio IS NULL$$, 'MLPerf: each has a bound');
SELECT is_empty($$SELECT * FROM compared WHERE ratio < 1$$, 'MLPerf: none exceeds its bound');
SELECT ok(min(ratio) BETWEEN 2 AND 3, 'MLPerf: the best result with a known prompt is at more than a third')
FROM compared
WHERE model = 'llama3.1-405b';

SELECT * FROM finish();
ROLLBACK;
