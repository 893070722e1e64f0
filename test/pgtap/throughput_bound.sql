-- throughput_bound against its formula in numeric, and against measurements:
-- no audited result of a language model exceeds it.
--
-- The results of MLPerf Inference v5.1 are not part of this repository: the
-- test looks for facts/mlperf_inference_5_1.csv in ACCELCOST_SHARED, by default
-- ../shared, and skips the tests that need it where it is not. The best results
-- are in an example of docs/hardware.md, too, which is run without it.
\set shared ../shared
\getenv shared ACCELCOST_SHARED
\set mlperf :shared/facts/mlperf_inference_5_1.csv
\setenv MLPERF :mlperf
\set found `test -r "$MLPERF" && echo true || echo false`

BEGIN;
SELECT plan(11);

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

\if :found
CREATE TEMP TABLE mlperf (
    id text, submitter text, suite text, system text, accelerator text, accelerators numeric, nodes numeric, model text,
    scenario text, result numeric, unit text, weight_data_types text, power text, power_unit text, software text,
    source_url text, round text, published text);
\set copy '\\copy mlperf FROM ' :'mlperf' ' WITH (FORMAT csv, HEADER true)'
:copy

CREATE TEMP TABLE model (pattern text, parameters float8, prompt_tokens float8, output_tokens float8);
INSERT INTO model VALUES
    ('llama3.1-8b', 8.03e9, 0, 128), ('mixtral-8x7b', 12.9e9, 0, 144.84), ('deepseek-r1', 37e9, 0, 3886.23),
    ('llama2-70b', 70e9, 0, 294.45), ('llama3.1-405b', 405e9, 9428, 684.68);
CREATE TEMP TABLE peak (pattern text, weights text, peak_tops float8, bandwidth_gb_s float8);
INSERT INTO peak VALUES
    ('H100-SXM', 'fp8', 1978.9, 3350), ('H200-SXM', 'fp8', 1978.9, 4800), ('H200-NVL', 'fp8', 1670.5, 4800),
    ('NVIDIA B200', 'fp4', 9000, 8000), ('GB200', 'fp4', 10000, 8000), ('GB300', 'fp4', 15000, 8000),
    ('MI300X', 'fp8', 2614.9, 5300), ('MI325X', 'fp8', 2614.9, 6000), ('L40S', 'fp8', 732.9, 864),
    ('RTX PRO 6000', 'fp8', 1000, 1597), ('RTX PRO 6000', 'fp4', 2000, 1597), ('Arc Pro B60 Dual', 'uint4', 394, 912);

-- The batch is unknown: a large one leaves the bound of arithmetic.
CREATE TEMP TABLE compared AS
SELECT r.id, r.model, r.accelerator, r.scenario, r.result, b.tokens_per_second::numeric / r.result AS ratio
FROM mlperf AS r
LEFT JOIN model AS m ON starts_with(r.model, m.pattern)
LEFT JOIN peak AS p ON strpos(r.accelerator, p.pattern) > 0 AND lower(r.weight_data_types) = p.weights
LEFT JOIN LATERAL throughput_bound(m.parameters, m.parameters / 2, p.peak_tops, p.bandwidth_gb_s, 1000000,
                                   m.prompt_tokens, m.output_tokens,
                                   accelerators => (r.accelerators * r.nodes)::float8) AS b ON true
WHERE r.unit = 'Tokens/s';

SELECT is(count(*), 353::bigint, 'MLPerf: all results of language models are compared') FROM compared;
SELECT is_empty($$SELECT * FROM compared WHERE ratio IS NULL$$, 'MLPerf: each of them has a bound');
SELECT is_empty($$SELECT * FROM compared WHERE ratio < 1$$, 'MLPerf: none exceeds its bound');
SELECT ok(min(ratio) BETWEEN 2 AND 3, 'MLPerf: the best result with a known prompt is at more than a third')
FROM compared
WHERE model = 'llama3.1-405b';

-- The example of the page has the best results, whatever their order.
\set page `cat docs/hardware.md`
CREATE TEMP TABLE page AS SELECT :'page'::text AS text;
SELECT is_empty(
    $$SELECT id, model, scenario, result
      FROM (SELECT DISTINCT ON (p.pattern, p.weights, m.pattern) r.*
            FROM mlperf AS r
            JOIN model AS m ON starts_with(r.model, m.pattern)
            JOIN peak AS p ON strpos(r.accelerator, p.pattern) > 0 AND lower(r.weight_data_types) = p.weights
            WHERE r.unit = 'Tokens/s'
            ORDER BY p.pattern, p.weights, m.pattern, r.result / (r.accelerators * r.nodes) DESC, r.id) AS best, page
      WHERE text !~ format($f$\('%s', '%s', '[^']+', '[^']+', '%s', %s, %s0*\)$f$, id,
                           regexp_replace(model, '-(99.*|edge)$', ''), scenario, accelerators * nodes, result)$$,
    'MLPerf: docs/hardware.md has the best result of each model and accelerator');
\else
SELECT skip(:'mlperf' || ' is not there', 5);
\endif

SELECT * FROM finish();
ROLLBACK;
