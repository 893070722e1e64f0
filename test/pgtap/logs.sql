-- The views of docs/logs*.md, on rows that the pages have no room for. The
-- tables have the columns of the tools, and the views are those of the pages.
BEGIN;
SELECT plan(9);
SET LOCAL search_path = public;
SET LOCAL TimeZone = 'America/New_York';

\set litellm `test/include/views.sh docs/logs.md litellm_usage`
\set otel `test/include/views.sh docs/logs-traces.md otel_usage`
\set sellers `test/include/views.sh docs/logs-sellers.md 'seller_bucket|openai_usage|anthropic_usage'`
\set machines `test/include/views.sh docs/logs-machines.md 'sample_step|gpu_node|gpu_request|kube_usage'`

-- ---- LiteLLM -----------------------------------------------------------------

-- schema.prisma of LiteLLM 1.8x, without the columns of the proxy itself
CREATE TABLE "LiteLLM_SpendLogs" (
    request_id text PRIMARY KEY, call_type text NOT NULL, api_key text NOT NULL DEFAULT '',
    spend float8 NOT NULL DEFAULT 0, total_tokens integer NOT NULL DEFAULT 0, prompt_tokens integer NOT NULL DEFAULT 0,
    completion_tokens integer NOT NULL DEFAULT 0, "startTime" timestamp(3) NOT NULL DEFAULT '2026-08-03 23:30',
    "endTime" timestamp(3) NOT NULL DEFAULT '2026-08-03 23:31', "completionStartTime" timestamp(3),
    model text NOT NULL DEFAULT '', model_id text DEFAULT '', model_group text DEFAULT '',
    custom_llm_provider text DEFAULT 'openai', api_base text DEFAULT '', "user" text DEFAULT '',
    metadata jsonb DEFAULT '{}', cache_hit text DEFAULT '', cache_key text DEFAULT '', request_tags jsonb DEFAULT '[]',
    team_id text, organization_id text, end_user text, requester_ip_address text, messages jsonb DEFAULT '{}',
    response jsonb DEFAULT '{}', session_id text, status text, proxy_server_request jsonb DEFAULT '{}');
CREATE TABLE otel_span (
    trace_id text, span_id text, start_time timestamptz DEFAULT '2026-08-10 08:00Z',
    end_time timestamptz DEFAULT '2026-08-10 08:01Z', resource jsonb DEFAULT '{}', attributes jsonb);
:litellm
:otel

INSERT INTO "LiteLLM_SpendLogs" (request_id, call_type, prompt_tokens, completion_tokens, model, metadata) VALUES
    ('batch of two', 'aretrieve_batch', 10, 10, '', '{"batch_models": ["gpt-4o", "gpt-4.1"]}'),
    ('not an object', 'acompletion', 10, 10, 'gpt-5', '{"usage_object": "none", "additional_usage_values": [1]}'),
    ('null', 'acompletion', 10, 10, 'gpt-5', NULL),
    ('responses', 'aresponses', 1000, 0, 'gpt-5', '{"usage_object": {"input_tokens_details": {"cached_tokens": 400}}}'),
    ('drawn', 'aimage_generation', 50, 4000, 'gpt-image-1', '{"usage_object": {"input_tokens_details":
      {"text_tokens": 20, "image_tokens": 30}}}'),
    ('images', 'image_generation', 0, 0, 'dall-e-3', '{"usage_object": {"prompt_tokens_details": {"image_count": 3}}}'),
    ('heard', 'atranscription', 0, 0, 'whisper-1', '{"usage_object": {"type": "duration", "seconds": 12.5}}'),
    ('pages', 'aocr', 0, 0, 'mistral-ocr', '{"additional_usage_values": {"pages_processed": 7}}'),
    ('searched', 'acompletion', 10, 10, 'gpt-5', '{"usage_object": {"prompt_tokens_details":
      {"web_search_requests": 2}}}'),
    ('both writes', 'acompletion', 60, 0, 'claude-opus-5', '{"usage_object": {"cache_read_input_tokens": 20,
      "prompt_tokens_details": {"cached_tokens": 0}, "cache_creation_input_tokens": 30, "cache_creation":
      {"ephemeral_5m_input_tokens": 10, "ephemeral_1h_input_tokens": 20}}}'),
    ('many', 'batch_completion', 10, 10, 'gpt-5', '{}');
INSERT INTO "LiteLLM_SpendLogs" (request_id, call_type, prompt_tokens, model, response, proxy_server_request, metadata)
VALUES ('answered', 'acompletion', 10, 'gpt-5', '{"service_tier": "default"}', '{"service_tier": "priority"}', '{}'),
       ('asked', 'acompletion', 10, 'gpt-5', '{}', '{"service_tier": "flex"}', '{}'),
       ('automatic', 'acompletion', 10, 'gpt-5', '{}', '{"service_tier": "auto"}', '{}');
INSERT INTO "LiteLLM_SpendLogs" (request_id, call_type, prompt_tokens, model, custom_llm_provider, cache_hit, status,
                                 metadata)
VALUES ('own prefix', 'acompletion', 10, 'groq/openai/gpt-oss-120b', 'groq', 'None', 'success', '{}'),
       ('other prefix', 'acompletion', 10, 'openai/gpt-oss-120b', 'groq', 'false', NULL, '{}'),
       ('hit', 'acompletion', 10, 'gpt-5', 'openai', 'true', 'success', '{}'),
       ('old failure', 'acompletion', 10, 'gpt-5', 'openai', '', NULL, '{"status": "failure"}'),
       ('file', 'acreate_file', 0, '', 'openai', '', 'success', '{}'),
       ('started', 'acreate_batch', 0, 'gpt-5', 'openai', '', 'success', '{}');

SELECT results_eq(
    $$SELECT record_id, model, service_tier, uncached_input_tokens, cache_read_tokens, cache_write_5m_tokens,
             cache_write_1h_tokens, output_tokens
      FROM litellm_usage WHERE meter IS NULL ORDER BY record_id COLLATE "C"$$,
    $$VALUES ('answered', 'gpt-5', 'standard', 10::bigint, 0::bigint, 0::bigint, 0::bigint, 0::bigint),
             ('asked', 'gpt-5', 'flex', 10, 0, 0, 0, 0), ('automatic', 'gpt-5', 'standard', 10, 0, 0, 0, 0),
             ('batch of two', NULL, 'batch', 10, 0, 0, 0, 10),
             ('both writes', 'claude-opus-5', 'standard', 10, 20, 10, 20, 0),
             ('drawn', 'gpt-image-1', 'standard', 20, 0, 0, 0, 0), ('many', 'gpt-5', 'standard', 10, 0, 0, 0, 10),
             ('not an object', 'gpt-5', 'standard', 10, 0, 0, 0, 10), ('null', 'gpt-5', 'standard', 10, 0, 0, 0, 10),
             ('other prefix', 'openai/gpt-oss-120b', 'standard', 10, 0, 0, 0, 0),
             ('own prefix', 'openai/gpt-oss-120b', 'standard', 10, 0, 0, 0, 0),
             ('responses', 'gpt-5', 'standard', 600, 400, 0, 0, 0),
             ('searched', 'gpt-5', 'standard', 10, 0, 0, 0, 10)$$,
    'LiteLLM: tokens, models and tiers');
SELECT results_eq(
    $$SELECT record_id, meter, quantity, meter_unit, uncached_input_tokens + output_tokens AS tokens
      FROM litellm_usage WHERE meter IS NOT NULL ORDER BY record_id COLLATE "C"$$,
    $$VALUES ('drawn/image_input_tokens', 'image_input_tokens', 30::numeric, NULL, 0::bigint),
             ('drawn/image_output_tokens', 'image_output_tokens', 4000, NULL, 0),
             ('heard', 'audio', 12.5, 'second', 0), ('images', 'images', 3, NULL, 0), ('pages', 'pages', 7, NULL, 0),
             ('searched/searches', 'searches', 2, NULL, 0)$$,
    'LiteLLM: what is counted otherwise is a meter');
SELECT is(sum(requests), 15::bigint, 'LiteLLM: a request counts once, and those of a batch are unknown')
FROM litellm_usage;
SELECT is(min(period_start), '2026-08-03 23:30Z', 'LiteLLM: times are in UTC') FROM litellm_usage;

-- ---- OpenTelemetry -----------------------------------------------------------

INSERT INTO otel_span (trace_id, span_id, attributes) VALUES
    ('t1', 'empty', '{"gen_ai.system": "openai", "gen_ai.provider.name": "", "gen_ai.request.model": "gpt-5",
      "gen_ai.response.model": "", "gen_ai.usage.input_tokens": "", "gen_ai.usage.prompt_tokens": 7,
      "gen_ai.usage.output_tokens": null, "gen_ai.response.id": "", "error.type": ""}'),
    ('t1', 'empty too', '{"gen_ai.system": "openai", "gen_ai.request.model": "gpt-5", "gen_ai.response.id": "",
      "gen_ai.usage.input_tokens": 7, "gen_ai.usage.output_tokens": 1}'),
    ('t1', 'billed', '{"gen_ai.system": "openai", "gen_ai.request.model": "gpt-5", "error.type": "cancelled",
      "gen_ai.usage.input_tokens": 7, "gen_ai.usage.output_tokens": 1}'),
    ('t1', 'workflow', '{"traceloop.span.kind": "workflow", "gen_ai.request.model": "gpt-5",
      "gen_ai.usage.input_tokens": 7}'),
    ('t1', 'r', '{"gen_ai.response.id": "r", "gen_ai.request.model": "gpt-5"}'),
    ('t2', 'r', '{"gen_ai.response.id": "r", "gen_ai.request.model": "gpt-5"}'),
    ('t2', 'nothing', '{}'), ('t2', 'null', NULL);
SELECT results_eq(
    $$SELECT record_id, provider, model, uncached_input_tokens, output_tokens
      FROM otel_usage ORDER BY record_id COLLATE "C"$$,
    $$VALUES ('t1/billed', 'openai', 'gpt-5', 7::bigint, 1::bigint), ('t1/empty', 'openai', 'gpt-5', 7, NULL),
             ('t1/empty too', 'openai', 'gpt-5', 7, 1), ('t1/r', NULL, 'gpt-5', NULL, NULL),
             ('t2/r', NULL, 'gpt-5', NULL, NULL)$$,
    'OpenTelemetry: empty text is no value, and no reason to take two spans for one');

-- ---- reports of sellers ------------------------------------------------------

CREATE TABLE seller_page (endpoint text, fetched_at timestamptz, page jsonb);
:sellers

INSERT INTO seller_page
SELECT 'openai/completions', '2026-08-04 00:00Z'::timestamptz + minutes * interval '1 minute',
       jsonb_build_object('data', jsonb_build_array(jsonb_build_object('start_time', 1785715200, 'end_time', 1785801600,
           'results', jsonb_build_array(jsonb_build_object('input_tokens', minutes, 'output_tokens', 0, 'batch', false,
               'input_audio_tokens', 5, 'model', 'gpt-5')))))
FROM unnest('{10,20,15}'::integer[]) AS minutes;
SELECT results_eq(
    $$SELECT record_id, period_start, period_end, uncached_input_tokens, meter, quantity
      FROM openai_usage ORDER BY record_id COLLATE "C"$$,
    $$VALUES ('gpt-5/standard', '2026-08-03 00:00Z'::timestamptz, '2026-08-04 00:00Z'::timestamptz, 20::bigint,
              NULL, NULL::bigint),
             ('gpt-5/standard/audio', '2026-08-03 00:00Z', '2026-08-04 00:00Z', 0, 'audio_input_tokens', 5)$$,
    'OpenAI: the newest page of a bucket counts, and older reports have audio beside the text');

INSERT INTO seller_page (endpoint, page)
VALUES ('anthropic/messages', '{"data": [{"starting_at": "2026-08-03T00:00:00Z", "ending_at": "2026-08-04T00:00:00Z",
  "results": [{"uncached_input_tokens": 1, "cache_creation": null, "server_tool_use": null, "output_tokens": 1,
               "cache_read_input_tokens": 1, "model": "claude-opus-5-5", "service_tier": "standard",
               "speed": "fast"}]}]}');
SELECT results_eq(
    $$SELECT service_tier, geo, cache_write_5m_tokens, meter FROM anthropic_usage$$,
    $$VALUES ('fast', 'global', NULL::bigint, NULL::text)$$,
    'Anthropic: fast requests are a tier, and a missing count is unknown');

-- ---- Kubernetes --------------------------------------------------------------

CREATE TABLE prometheus_sample (time timestamptz, metric text, labels jsonb, value float8);
:machines

-- node, product, devices, replicas, GPUs of the machine, resource, slices of one, of a GPU
CREATE TABLE kind (node text, product text, devices integer, replicas text, gpus integer, resource text, part numeric);
INSERT INTO kind VALUES
    ('whole', 'NVIDIA-H100-80GB-HBM3', 8, NULL, 8, 'nvidia_com_gpu', 1.0),
    ('shared', 'NVIDIA-L4-SHARED', 2, '4', 2, 'nvidia_com_gpu', 1.0 / 4),
    ('single 1g', 'NVIDIA-A100-SXM4-40GB-MIG-1g.5gb', 56, '1', 8, 'nvidia_com_gpu', 1.0 / 7),
    ('single 3g', 'NVIDIA-A100-SXM4-40GB-MIG-3g.20gb', 16, '1', 8, 'nvidia_com_gpu', 3.0 / 7),
    ('mixed', 'NVIDIA-A100-SXM4-40GB', 8, NULL, 8, 'nvidia_com_mig_2g_10gb', 2.0 / 7),
    ('A30', 'NVIDIA-A30', 2, NULL, 2, 'nvidia_com_mig_2g_12gb', 2.0 / 4);
INSERT INTO prometheus_sample
SELECT time, metric, labels, value
FROM kind
CROSS JOIN generate_series('2026-08-03 10:00Z'::timestamptz, '2026-08-03 11:30Z', '30 minutes') AS time
CROSS JOIN LATERAL (VALUES
    ('kube_node_info', jsonb_build_object('node', node, 'provider_id', 'aws:///x'), 1),
    ('kube_node_labels', jsonb_build_object('node', node, 'label_nvidia_com_gpu_product', product,
        'label_nvidia_com_gpu_count', devices::text, 'label_nvidia_com_gpu_replicas', replicas,
        'label_eks_amazonaws_com_capacity_type', 'SPOT'), 1),
    ('kube_pod_status_phase', jsonb_build_object('namespace', 'n', 'pod', node, 'phase', 'Running'), 1),
    ('kube_pod_container_resource_requests', jsonb_build_object('namespace', 'n', 'pod', node, 'container', 'a',
        'node', node, 'resource', resource), 1),
    ('kube_pod_container_resource_requests', jsonb_build_object('namespace', 'n', 'pod', node, 'container', 'b',
        'node', node, 'resource', resource), 2)) AS sample (metric, labels, value);

SELECT results_eq(
    $$SELECT kind.node, round(sum(instance_hours), 12)
      FROM kube_usage JOIN kind ON record_id = kind.node || '/n/' || kind.node GROUP BY kind.node ORDER BY 1$$,
    $$SELECT node, round(2 * 3 * part / gpus, 12) FROM kind ORDER BY 1$$,
    'Kubernetes: a pod has the part of the node that it requests');
SELECT results_eq(
    $$SELECT split_part(record_id, '/', 1) AS node, sum(instance_hours), min(purchase_option)
      FROM kube_usage GROUP BY 1 ORDER BY 1$$,
    $$SELECT node, 2::numeric, 'spot' FROM kind ORDER BY 1$$,
    'Kubernetes: the hours of a node are those that it ran, whatever its pods request');

SELECT * FROM finish();
ROLLBACK;
