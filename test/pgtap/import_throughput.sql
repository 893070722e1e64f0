-- Lists of MLPerf Inference as MLCommons writes them, up to v6.0 and since v6.1: an import of a list that is made from
-- the built-in results gives these results.
BEGIN;
SELECT plan(18);

-- ---- weights --------------------------------------------------------------------

SELECT results_eq(
    $$
        SELECT d.description, w.precision_name, w.note
        FROM unnest('{fp4,NVFP4,MXFP4,mxfp6,mxfp8,INT8,UINT4,bfloat16,f8_e4m3}'::text[])
                 WITH ORDINALITY AS d (description, ordinal),
             accelcost_internal.throughput_weights(d.description) AS w
        ORDER BY d.ordinal$$,
    $$
        VALUES ('fp4', 'fp4', NULL), ('NVFP4', 'fp4', 'weights in nvfp4'), ('MXFP4', 'fp4', 'weights in mxfp4'),
               ('mxfp6', 'fp6', 'weights in mxfp6'), ('mxfp8', 'fp8', 'weights in mxfp8'), ('INT8', 'int8', NULL),
               ('UINT4', 'uint4', NULL), ('bfloat16', 'bf16', 'weights in bfloat16'),
               ('f8_e4m3', 'fp8', 'weights in f8_e4m3')$$,
    'a format with scales has the precision of its numbers, and a note');
SELECT results_eq(
    $$
        SELECT d.description, w.precision_name, w.note
        FROM unnest('{bf16,BFloat16,fp16,f16,TF32,fp8_e5m2,mxfp8_e4m3,int4,mxint8,u8}'::text[])
                 WITH ORDINALITY AS d (description, ordinal),
             accelcost_internal.throughput_weights(d.description) AS w
        ORDER BY d.ordinal$$,
    $$
        VALUES ('bf16', 'bf16', NULL), ('BFloat16', 'bf16', 'weights in bfloat16'), ('fp16', 'fp16', NULL),
               ('f16', 'fp16', 'weights in f16'), ('TF32', 'tf32', NULL), ('fp8_e5m2', 'fp8', 'weights in fp8_e5m2'),
               ('mxfp8_e4m3', 'fp8', 'weights in mxfp8_e4m3'), ('int4', 'int4', NULL),
               ('mxint8', 'int8', 'weights in mxint8'), ('u8', 'u8', NULL)$$,
    'each spelling has the precision that it means');
SELECT is_empty(
    $$
        SELECT d.description, w.precision_name, w.note
        FROM unnest(ARRAY['NVFP4, FP8 (KV cache)', 'nvfp4, fp8-kv', 'NVFP4 weights with FP8 KV cache', 'nvfp4',
                          'FP8 (KV-cache), nvfp4', 'NVFP4 weights and activations; FP8 KV cache',
                          'nvfp4 (E2M1 4-bit + FP8 block scales), GDN included']) AS d (description),
             accelcost_internal.throughput_weights(d.description) AS w
        WHERE (w.precision_name, w.note) IS DISTINCT FROM ('fp4', 'weights in nvfp4')$$,
    'neither caches nor scales are weights');
SELECT results_eq(
    $$SELECT w.* FROM accelcost_internal.throughput_weights('fp8 (static per-tensor PTQ, NVIDIA ModelOpt)') AS w$$,
    $$VALUES ('fp8', NULL::text)$$, 'nor is how they were made');
SELECT results_eq(
    $$
        SELECT w.precision_name, w.note
        FROM unnest(ARRAY['bf16, fp8, fp4', 'BF16/F8_E4M3/U8', 'mxfp4 (LLMs), fp32 (embedding/reranker)',
                          '{''unet'': ''fp8'', ''vae'': ''fp8''}', 'fp8, fp8', 'odd, strange'])
                 WITH ORDINALITY AS d (description, ordinal),
             accelcost_internal.throughput_weights(d.description) AS w
        ORDER BY d.ordinal$$,
    $$
        VALUES ('mixed', 'weights in bf16,fp8,fp4'), ('mixed', 'weights in bf16,f8_e4m3,u8'),
               ('mixed', 'weights in mxfp4,fp32'), ('mixed', 'weights in unet:fp8,vae:fp8'), ('fp8', NULL),
               ('mixed', 'weights in odd,strange')$$,
    'several formats are mixed');
SELECT results_eq(
    $$
        SELECT w.precision_name, w.note
        FROM unnest(ARRAY[NULL, '', ' ', '{}', 'None', 'ternary']) WITH ORDINALITY AS d (description, ordinal),
             accelcost_internal.throughput_weights(d.description) AS w
        ORDER BY d.ordinal$$,
    $$
        VALUES ('unstated', NULL::text), ('unstated', NULL), ('unstated', NULL), ('unstated', NULL),
               ('unstated', NULL), ('ternary', NULL)$$,
    'no weights are unstated, and an unknown word stays');

-- ---- a list from the built-in results --------------------------------------------

CREATE TEMP TABLE known AS
SELECT row_number() OVER (ORDER BY t.model, t.accelerator, t.system, t.scenario, t.gpu_count, t.submitter) AS n, t.*
FROM accelcost.throughput AS t
WHERE t.builtin AND t.source = 'MLPerf Inference v6.1';

CREATE FUNCTION pg_temp.any_of(choice text[], n bigint) RETURNS text LANGUAGE sql
    RETURN choice[1 + n % cardinality(choice)];

CREATE TEMP TABLE entry AS
SELECT k.n, jsonb_build_object(
    'Organization', k.submitter, 'Division', 'closed', 'SystemName', k.system, 'Platform', 'p' || k.n,
    'Availability', CASE WHEN k.note ~ 'internal system' THEN 'rdi' ELSE 'available' END,
    'Model', CASE k.model WHEN 'openai/gpt-oss-120b' THEN 'gpt-oss-120b'
                          WHEN 'llama3.1-8b' THEN pg_temp.any_of('{llama3.1-8b,llama3_1-8b}', k.n)
                          ELSE k.model END,
    'MlperfModel', CASE k.model WHEN 'openai/gpt-oss-120b' THEN 'gpt-oss-120b' WHEN 'qwen3-vl-235b-a22b' THEN 'VLM'
                                WHEN 'wan-2.2-t2v-a14b' THEN 'text_to_video' WHEN 'qwen3.6-27b' THEN 'agentic edge'
                                ELSE k.model END,
    'Scenario', pg_temp.any_of(ARRAY[k.scenario, lower(k.scenario)], k.n),
    'Result', coalesce(k.tokens_per_second, k.result), 'errors', 0, 'version', 'v6.1', 'framework', k.software,
    'Units', CASE k.result_unit WHEN 'samples/s' THEN 'Samples/s' WHEN 'queries/s' THEN 'Queries/s'
                                WHEN 's' THEN 'Latency (s)' WHEN 'ms' THEN 'Latency (ms)' ELSE 'Tokens/s' END,
    'number_of_nodes', k.nodes, 'accelerators_per_node', trim_scale(k.gpu_count / k.nodes),
    'accelerator_model_name',
    CASE k.accelerator
        WHEN 'B300 288GB' THEN pg_temp.any_of('{NVIDIA B300-SXM-270GB,Nvidia B300-SXM-270GB}', k.n)
        WHEN 'RTX PRO 6000 96GB'
        THEN pg_temp.any_of('{NVIDIA RTX PRO 6000 Blackwell Server Edition,NVIDIA RTX PRO 6000 Blackwell}', k.n)
        WHEN 'B200 180GB' THEN 'NVIDIA B200-SXM-180GB' WHEN 'H200 SXM5 141GB' THEN 'NVIDIA H200-SXM-141GB'
        WHEN 'MI300X 192GB' THEN 'AMD Instinct MI300X 192GB HBM3'
        WHEN 'Jetson AGX Thor' THEN 'NVIDIA Jetson AGX Thor 128G'
        WHEN 'RTX PRO 4500 32GB'
        THEN pg_temp.any_of('{NVIDIA RTX PRO 4500 Blackwell,NVIDIA RTX PRO 4500 Blackwell Server Edition}', k.n)
        WHEN 'MI350P 144GB' THEN 'AMD Instinct MI350P' WHEN 'MI350X 288GB' THEN 'AMD Instinct MI350X 288GB HBM3e'
        WHEN 'MI355X 288GB' THEN 'AMD Instinct MI355X 288GB HBM3e'
        ELSE 'NVIDIA ' || k.accelerator END,
    'Location', './closed/' || k.submitter || '/results/p' || k.n,
    'weight_data_types',
    CASE WHEN w.list ~ ','
         THEN pg_temp.any_of(ARRAY[w.list, replace(w.list, ',', ', '), upper(replace(w.list, ',', '/'))], k.n)
         WHEN w.list = 'nvfp4'
         THEN pg_temp.any_of(ARRAY['nvfp4', 'NVFP4, FP8 (KV cache)', 'nvfp4, fp8-kv', 'NVFP4 weights with FP8 KV cache',
                                   'nvfp4, fp8 KV cache', 'NVFP4 weights and activations; FP8 KV cache'], k.n)
         WHEN k.note ~ 'internal system' THEN k.precision_name || ' (static per-tensor PTQ, NVIDIA ModelOpt)'
         ELSE pg_temp.any_of(ARRAY[w.list, upper(w.list), w.list || ' weights, fp8 KV cache'], k.n) END) AS v
FROM known AS k,
     LATERAL (SELECT coalesce(substring(k.note, '^weights in (.*)$'), k.precision_name) AS list) AS w;
SELECT cmp_ok((SELECT count(DISTINCT v->>'weight_data_types') FROM entry), '>=', 20::bigint,
              'weights are described in many ways');

INSERT INTO entry
SELECT 9000 + x.n, e.v || x.change
FROM (SELECT v FROM entry WHERE n = 1) AS e,
     LATERAL (VALUES (1, '{"Division": "open"}'::jsonb),
                     (2, '{"accelerator_model_name": "N/A", "accelerators_per_node": 0}'),
                     (3, '{"Availability": "preview", "accelerator_model_name": "NVIDIA Next", "Model": "e2e-rag-db",
                           "MlperfModel": "end to end vector-database", "weight_data_types": "fp4"}'),
                     (4, '{"errors": 2, "SystemName": "faulty"}')) AS x (n, change);

CREATE TEMP TABLE summary_json (number bigint GENERATED ALWAYS AS IDENTITY, line text);
INSERT INTO summary_json (line)
SELECT l.line
FROM (SELECT jsonb_pretty(jsonb_object_agg((e.n - 1)::text, e.v)) AS document FROM entry AS e) AS d,
     regexp_split_to_table(d.document, E'\n') WITH ORDINALITY AS l (line, ordinal)
ORDER BY l.ordinal;

SELECT results_eq(
    $$
        SELECT i.loaded_source, i.rows_read - k.number, i.inserted - k.number, i.replaced, i.rejected, i.reasons
        FROM accelcost.import_throughput('summary_json', 'mlperf', as_of => '2026-09-16') AS i,
             (SELECT count(*) AS number FROM known) AS k$$,
    $$
        SELECT 'MLPerf Inference v6.1', 4::bigint, 1::bigint, 0::bigint, 3::bigint,
               ARRAY[format('no accelerators named (1, first row %s)', count(*) + 2),
                     format('not of the closed division (1, first row %s)', count(*) + 1),
                     format('the result has errors (1, first row %s)', count(*) + 4)]
        FROM known$$,
    'summary.json is loaded');

CREATE TEMP VIEW loaded AS
SELECT model, accelerator, gpu_count, nodes, precision_name, scenario, tokens_per_second, result, result_unit, watts,
       is_audited, submitter, system, software, entry_id, note, source, origin, as_of
FROM accelcost.throughput
WHERE NOT builtin AND source = 'MLPerf Inference v6.1' AND accelerator <> 'NVIDIA Next';
CREATE TEMP VIEW expected AS
SELECT model, accelerator, gpu_count, nodes, precision_name, scenario, tokens_per_second, result, result_unit, watts,
       is_audited, submitter, system, software, entry_id, note, source, origin, as_of
FROM known;
SELECT is_empty('TABLE loaded EXCEPT ALL TABLE expected', 'and gives no other results than the built-in ones');
SELECT is_empty('TABLE expected EXCEPT ALL TABLE loaded', 'and all of them');
SELECT results_eq(
    $$
        SELECT model, precision_name, note,
               source_url ~ '^https://github.com/mlcommons/inference_results_v6.1/tree/main/closed/'
        FROM accelcost.throughput
        WHERE accelerator = 'NVIDIA Next'$$,
    $$VALUES ('e2e-rag-db', 'fp4', 'preview system', true)$$,
    'a task is no model, a preview is marked, and results have their pages');

-- ---- summary.csv ------------------------------------------------------------------

CREATE TEMP TABLE summary_csv (
    "Organization" text, "Availability" text, "Division" text, "SystemType" text, "SystemName" text, "Platform" text,
    "Model" text, "MlperfModel" text, "Scenario" text, "Result" text, "Accuracy" text, "number_of_nodes" text,
    "accelerator_model_name" text, "accelerators_per_node" text, "Location" text, "framework" text, "errors" text,
    "version" text, "Units" text, "weight_data_types" text, "design_power_watts" text, "PrivateID" text);
INSERT INTO summary_csv SELECT r.* FROM entry AS e, jsonb_populate_record(NULL::summary_csv, e.v) AS r ORDER BY e.n;
SELECT results_eq(
    $$
        SELECT i.inserted - k.number, i.replaced - k.number, i.rejected
        FROM accelcost.import_throughput('summary_csv', as_of => '2026-09-16') AS i,
             (SELECT count(*) AS number FROM known) AS k$$,
    'VALUES (1::bigint, 1::bigint, 3::bigint)', 'summary.csv replaces what summary.json gave');
SELECT is_empty('TABLE loaded EXCEPT ALL TABLE expected', 'by the same results');
SELECT is_empty('TABLE expected EXCEPT ALL TABLE loaded', 'and all of them');
DELETE FROM summary_csv;
SELECT throws_ok($$SELECT * FROM accelcost.import_throughput('summary_csv')$$, '22023',
                 'staging table "summary_csv" has no rows', 'an empty list is an error');

-- ---- summary_results.json of v5.1 ---------------------------------------------------

CREATE TEMP TABLE known_5_1 AS
SELECT t.*, nullif(replace(regexp_replace(t.note, '(; )?virtual machine$', ''), ' ', ''), '') AS weights
FROM accelcost.throughput AS t
WHERE t.builtin AND t.source = 'MLPerf Inference v5.1';
CREATE TEMP TABLE results_5_1 AS
SELECT jsonb_agg(jsonb_build_object(
           'ID', k.entry_id, 'Submitter', k.submitter, 'Category', 'closed', 'System', k.system,
           'Platform', k.source_url, 'Model', k.model, 'UsedModel', 'ours', 'Scenario', k.scenario, 'Nodes', k.nodes,
           'Software', k.software,
           'Accelerator', k.accelerator, 'a#', k.gpu_count / k.nodes, 'version', 'v5.1', 'errors', 0,
           'weight_data_types', coalesce(substring(k.weights, '^weightsin(.*)$'), upper(k.precision_name)),
           'Performance_Result', coalesce(k.tokens_per_second, k.result),
           'Performance_Units', CASE k.result_unit WHEN 'samples/s' THEN 'Samples/s' WHEN 'queries/s' THEN 'Queries/s'
                                                   WHEN 'ms' THEN 'Latency (ms)' ELSE 'Tokens/s' END,
           'Power_Result', k.watts, 'Power_Units', CASE WHEN k.watts IS NOT NULL THEN 'Watts' END,
           'Details', k.source_url)) AS document
FROM known_5_1 AS k;
SELECT results_eq(
    $$SELECT loaded_source, inserted, rejected FROM accelcost.import_throughput('results_5_1', as_of => '2025-09-09')$$,
    $$SELECT 'MLPerf Inference v5.1', count(*), 0::bigint FROM known_5_1$$, 'summary_results.json is loaded');
CREATE TEMP VIEW loaded_5_1 AS
SELECT model, accelerator, gpu_count, nodes, precision_name, scenario, tokens_per_second, result, result_unit, watts,
       is_audited, submitter, system, software, entry_id, replace(note, ' ', '') AS note, source, origin, as_of,
       source_url
FROM accelcost.throughput
WHERE NOT builtin AND source = 'MLPerf Inference v5.1';
CREATE TEMP VIEW expected_5_1 AS
SELECT model, accelerator, gpu_count, nodes, precision_name, scenario, tokens_per_second, result, result_unit, watts,
       is_audited, submitter, system, software, entry_id, weights AS note, source, origin, as_of, source_url
FROM known_5_1;
SELECT is_empty('TABLE loaded_5_1 EXCEPT ALL TABLE expected_5_1', 'and gives no other results than the built-in ones');
SELECT is_empty('TABLE expected_5_1 EXCEPT ALL TABLE loaded_5_1', 'and all of them');
SELECT * FROM finish();
ROLLBACK;
