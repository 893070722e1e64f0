-- Tokens on bills: what each line says, and its cost beside the catalog.
BEGIN;
SELECT plan(72);

CREATE FUNCTION pg_temp.add_charge(changes jsonb) RETURNS void LANGUAGE sql AS $$
    INSERT INTO accelcost.charge
    SELECT * FROM jsonb_populate_record(NULL::accelcost.charge, jsonb_build_object(
        'provider_name', 'OpenAI', 'billing_account_id', 'acme', 'billing_currency', 'USD', 'export_name', 'test',
        'extra', '{}'::jsonb, 'billing_period_start', '2026-09-01Z', 'charge_period_start', '2026-09-05Z',
        'charge_category', 'Usage', 'billed_cost', 1) || changes);
$$;

-- ---- what words say -----------------------------------------------------------

CREATE FUNCTION pg_temp.meaning(provider text, service text, words text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    result text;
BEGIN
    DELETE FROM accelcost.charge;
    PERFORM pg_temp.add_charge(
        jsonb_build_object('provider_name', provider, 'service_name', service, 'sku_meter', words));
    SELECT concat_ws(' ', coalesce(m.model, 'unknown'), m.token_kind, nullif(m.service_tier, 'standard'),
                     'in ' || nullif(m.geo, 'global'), CASE WHEN m.is_long THEN 'long' END,
                     'x ' || trim_scale(m.tokens_per_unit)) INTO result
    FROM accelcost_internal.token_matches() AS m;
    RETURN coalesce(result, 'no tokens');
END
$$;
SELECT is(pg_temp.meaning(provider, service, words), expected, format('%s: %s', provider, words))
FROM (VALUES
    ('AWS', 'Amazon Bedrock', 'USE1-NovaPro-input-tokens', 'amazon.nova-pro-v1:0 input'),
    ('AWS', 'Amazon Bedrock', 'USE1-NovaLite-output-tokens-batch', 'amazon.nova-lite-v1:0 output batch'),
    ('AWS', 'Amazon Bedrock', 'USW2-Nova2Lite-cache-read-input-token-count', 'amazon.nova-2-lite-v1:0 cache_read'),
    ('AWS', 'Amazon Bedrock', 'USE1-NovaPro-cache-write-input-token-count-flex',
     'amazon.nova-pro-v1:0 cache_write_5m flex'),
    ('AWS', 'Claude Sonnet 4.6 (Amazon Bedrock Edition)', 'USE2-MP:USE2_InputTokenCount-Units',
     'claude-sonnet-4-6 input in region x 1000000'),
    ('AWS', 'Claude Sonnet 4.6 (Amazon Bedrock Edition)', 'USE2-MP:USE2_OutputTokenCount_Global-Units',
     'claude-sonnet-4-6 output x 1000000'),
    ('AWS', 'Claude Sonnet 4.6 (Amazon Bedrock Edition)', 'USE2-MP:USE2_CacheReadInputTokenCount-Units',
     'claude-sonnet-4-6 cache_read in region x 1000000'),
    ('AWS', 'Claude Sonnet 4.6 (Amazon Bedrock Edition)', 'USE2-MP:USE2_CacheWriteInputTokenCount-Units',
     'claude-sonnet-4-6 cache_write_5m in region x 1000000'),
    ('AWS', 'Claude Opus 5 (Amazon Bedrock Edition)', 'USW2-MP:USW2_output_tokens_global_standard-Units',
     'claude-opus-5 output x 1000000'),
    ('AWS', 'Claude Sonnet 4.6 (Amazon Bedrock Edition)', 'USE2-MP:USE2_InputTokenCount_Global_Batch-Units',
     'claude-sonnet-4-6 input batch x 1000000'),
    ('AWS', 'Claude Opus 5.99 (Amazon Bedrock Edition)', 'USW2-MP:USW2_input_tokens_global_standard-Units',
     'unknown input x 1000000'),
    ('AWS', 'Claude 3.5 Sonnet (Amazon Bedrock Edition)', 'USW2-MP:USW2_InputTokenCount-Units',
     'claude-3-5-sonnet input x 1000000'),
    ('AWS', 'Claude Sonnet 4 (Amazon Bedrock Edition)', 'USE1-MP:USE1_InputTokenCount-Units',
     'claude-sonnet-4-0 input x 1000000'),
    ('AWS', 'Amazon Bedrock', 'USE1-ProvisionedThroughput-NovaPro-ModelUnit', 'no tokens'),
    ('AWS', 'Amazon Elastic Compute Cloud', 'USE1-BoxUsage:p5.48xlarge', 'no tokens'),
    ('AWS', 'AWS Key Management Service', 'USE1-KMS-Requests', 'no tokens'),
    ('Azure', 'Azure OpenAI', 'gpt 4.1 Inp glbl Tokens', 'gpt-4.1 input'),
    ('Azure', 'Azure OpenAI', 'gpt 4.1 mini Outp glbl Tokens', 'gpt-4.1-mini output'),
    ('Azure', 'Azure OpenAI', 'gpt-4o-0806-Inp-glbl Tokens', 'gpt-4o input'),
    ('Azure', 'Azure OpenAI', 'gpt 4o 1120 cached Inp glbl', 'gpt-4o cache_read'),
    ('Azure', 'Azure OpenAI', 'gpt-4o-mini-0718-Batch-Outp-glbl Tokens', 'gpt-4o-mini output batch'),
    ('Azure', 'Azure OpenAI', 'GPT 5 Mini Inpt Glbl 1M Tokens', 'gpt-5-mini input'),
    ('Azure', 'Azure OpenAI', 'GPT 5 cchd Inp Data Zone', 'gpt-5 cache_read in region'),
    ('Azure', 'Azure OpenAI', 'gpt 4.1 Outp DZone Tokens', 'gpt-4.1 output in region'),
    ('Azure', 'Azure OpenAI', 'gpt-4o-0806-Inp-regnl Tokens', 'gpt-4o input in region'),
    ('Azure', 'Azure OpenAI', 'GPT 5.1 Inp Regional 1M Tokens', 'gpt-5.1 input in region'),
    ('Azure', 'Azure OpenAI', 'gpt 5.99 Inp glbl Tokens', 'unknown input'),
    ('Azure', 'Azure OpenAI', 'gpt-4o-aud-1217 Inp glbl', 'no tokens'),
    ('Azure', 'Azure OpenAI', 'o3 0416 Outp glbl Tokens', 'o3 output'),
    ('Azure', 'Azure OpenAI', 'gpt-5 PP Inp glbl', 'gpt-5 input priority'),
    ('Azure', 'Virtual Machines', 'Input Tokens are not here', 'unknown input'),
    ('Azure', 'Storage', 'Hot LRS Write Operations', 'no tokens'),
    ('Google Cloud', 'Vertex AI', 'Gemini 2.5 Flash Text Input - Predictions', 'gemini-2.5-flash input'),
    ('Google Cloud', 'Vertex AI', 'Gemini 2.5 Flash Lite Text Output - Predictions', 'gemini-2.5-flash-lite output'),
    ('Google Cloud', 'Vertex AI', 'Gemini 2.5 Pro Input Text Caching', 'gemini-2.5-pro cache_read'),
    ('Google Cloud', 'Vertex AI', 'Gemini 2.5 Pro Text Input (Long Context) - Predictions',
     'gemini-2.5-pro input long'),
    ('Google Cloud', 'Vertex AI', 'Gemini 2.5 Pro Text Output - Batch Predictions', 'gemini-2.5-pro output batch'),
    ('Google Cloud', 'Vertex AI', 'Gemini 2.5 Pro Caching Storage', 'no tokens'),
    ('Google Cloud', 'Vertex AI', 'Gemini 2.5 Flash Image Input - Predictions', 'no tokens'),
    ('Google Cloud', 'Vertex AI', 'Claude Sonnet 4.5 Input Tokens', 'claude-sonnet-4-5 input'),
    ('Google Cloud', 'Compute Engine', 'Network Internet Data Transfer Out', 'no tokens'),
    ('OpenAI', 'API', 'gpt-5, input tokens', 'gpt-5 input'),
    ('OpenAI', 'API', 'gpt-5-mini-2025-08-07, cached input tokens', 'gpt-5-mini cache_read'),
    ('OpenAI', 'API', 'gpt-5-nano, output tokens', 'gpt-5-nano output'),
    ('OpenAI', 'API', 'gpt-5-codex, output tokens', 'unknown output'),
    ('Anthropic', 'Claude API', 'claude-opus-5 cache write 1h tokens', 'claude-opus-5 cache_write_1h'),
    ('Anthropic', 'Claude API', 'claude-opus-5 Cache Write Input Tokens', 'claude-opus-5 cache_write_5m'),
    ('Anthropic', 'Claude API', 'claude-opus-5 Cache Read Input Tokens', 'claude-opus-5 cache_read')
    ) AS t (provider, service, words, expected);
INSERT INTO accelcost.charge_token_pattern (provider, pattern, model) VALUES ('OpenAI', 'gpt-5-codex', 'GPT-5');
SELECT is(pg_temp.meaning('OpenAI', 'API', 'gpt-5-codex, output tokens'), 'gpt-5 output',
          'a pattern of yours names the model');

SELECT is(accelcost_internal.token_quantity(c, cu, p, pu, size), expected, format('%s %s, %s %s', c, cu, p, pu))
FROM (VALUES (NULL::numeric, NULL::text, 2::numeric, '1M Tokens', NULL::numeric, 2000000::numeric),
             (NULL, NULL, 3, '1K', NULL, 3000), (5, 'Units', 3, '1K', NULL, 5), (NULL, NULL, 3, 'hours', NULL, NULL),
             (NULL, NULL, 0.5, 'Units', 1000000, 500000), (7, 'characters', 3, '1000 tokens', NULL, 3000),
             (NULL, NULL, 2, 'Million Tokens', NULL, 2000000)) AS u (c, cu, p, pu, size, expected);

-- ---- beside the catalog -------------------------------------------------------

DELETE FROM accelcost.charge;
-- A model of its own, so that prices of the built-in catalog do not matter.
INSERT INTO accelcost.model (model, vendor) VALUES ('test-5', 'OpenAI');
INSERT INTO accelcost.token_price (provider, model, service_tier, input_price, output_price, cache_read_price, valid)
VALUES ('OpenAI', 'test-5', 'standard', 2, 8, 0.2, '[2026-09-01Z,2026-09-10Z)'),
       ('OpenAI', 'test-5', 'standard', 1, 8, 0.2, '[2026-09-10Z,)'),
       ('OpenAI', 'test-5', 'batch', 1, 4, 0.1, '[2026-09-01Z,2026-09-10Z)');
SELECT pg_temp.add_charge('{"sku_price_details": {"ModelId": "test-5", "TokenDirection": "Input",
    "TokenCacheAction": "Uncached"}, "consumed_quantity": 1000000, "consumed_unit": "Tokens", "billed_cost": 2.5}'),
       pg_temp.add_charge('{"sku_price_details": {"ModelId": "test-5", "TokenDirection": "Input",
    "TokenCacheAction": "Read"}, "pricing_quantity": 3, "pricing_unit": "1M Tokens", "billed_cost": 0.6}'),
       pg_temp.add_charge('{"sku_meter": "test-5, input tokens", "charge_period_start": "2026-09-20Z",
    "pricing_quantity": 2, "pricing_unit": "1M Tokens", "billed_cost": 2}'),
       pg_temp.add_charge('{"sku_meter": "test-5 batch, output tokens", "pricing_quantity": 1,
    "pricing_unit": "1M Tokens", "billed_cost": 4}'),
       pg_temp.add_charge('{"sku_meter": "test-5 flex, output tokens", "pricing_quantity": 1,
    "pricing_unit": "1M Tokens", "billed_cost": 4}'),
       pg_temp.add_charge('{"sku_meter": "mystery-v2, output tokens", "pricing_quantity": 1,
    "pricing_unit": "1M Tokens", "billed_cost": 9}'),
       pg_temp.add_charge('{"provider_name": "Azure", "service_name": "Azure OpenAI", "sku_meter": "test 5 Inp glbl",
    "pricing_quantity": 1000, "pricing_unit": "1K", "billed_cost": 2}'),
       pg_temp.add_charge('{"sku_meter": "test-5, output tokens", "billed_cost": 1}') \g /dev/null
SELECT set_eq(
    $$SELECT provider, model, token_kind, service_tier, tokens, cost, catalog_cost, catalog_price, price_provider,
             reason FROM accelcost.charge_tokens()$$,
    $$VALUES ('OpenAI', 'test-5', 'input', 'standard', 3000000::numeric, 4.5, 4.0, 1.333333333333333333, 'OpenAI',
              NULL::text),
             ('OpenAI', 'test-5', 'cache_read', 'standard', 3000000, 0.6, 0.6, 0.2, 'OpenAI', NULL),
             ('OpenAI', 'test-5', 'output', 'batch', 1000000, 4, 4, 4, 'OpenAI', NULL),
             ('OpenAI', 'test-5', 'output', 'flex', 1000000, 4, NULL, NULL, NULL,
              'no price for model "test-5" in service tier "flex"; known are batch, standard'),
             ('OpenAI', NULL, 'output', 'standard', 1000000, 9, NULL, NULL, NULL, 'model is unknown'),
             ('Azure', 'test-5', 'input', 'standard', 1000000, 2, 2, 2, 'OpenAI', NULL),
             ('OpenAI', 'test-5', 'output', 'standard', NULL, 1, NULL, NULL, NULL,
              'the charge has no quantity, or no unit')$$,
    'billed tokens stand beside the price of their day and kind, or a reason; nothing is 0');
SELECT throws_ok($$SELECT * FROM accelcost.charge_tokens(cost_basis => 'net')$$, '22023',
                 'invalid value for parameter "cost_basis": "net"');
SELECT is_empty($$SELECT * FROM accelcost.charge_tokens('other')$$, 'another export has none');
SELECT is(sum(catalog_cost), 10.6, 'the view has the same costs') FROM accelcost.charge_tokens;
SET LOCAL timezone = 'Asia/Kolkata';
SELECT is(sum(catalog_cost), 10.6, 'whatever the session has set') FROM accelcost.charge_tokens();
RESET timezone;
SELECT is_empty(
    $$SELECT * FROM accelcost.charge_accelerator()$$, 'tokens are no accelerators');

-- ---- the place of processing -----------------------------------------------------

SAVEPOINT place;
DELETE FROM accelcost.charge;
INSERT INTO accelcost.token_price (provider, model, geo, input_price, output_price, valid)
VALUES ('Azure', 'test-5', 'global', 2, 8, '[2026-09-01Z,)'), ('Azure', 'test-5', 'eu', 2.2, 8.8, '[2026-09-01Z,)'),
       ('OpenAI', 'test-5', 'us', 2.1, 8.4, '[2026-09-01Z,)');
SELECT pg_temp.add_charge(jsonb_build_object(
    'provider_name', 'Azure', 'service_name', 'Azure OpenAI', 'sku_meter', t.meter, 'region_id', t.region,
    'pricing_quantity', 1, 'pricing_unit', '1M Tokens', 'billed_cost', 3))
FROM (VALUES ('test 5 Inp glbl', 'swedencentral'), ('test 5 Inp Data Zone', 'swedencentral'),
             ('test 5 Outp regional', 'germanywestcentral'), ('test 5 Inp Data Zone', 'eastus2'),
             ('test 5 Inp Data Zone', 'koreacentral'), ('test 5 Inp Data Zone', 'moon1')) AS t (meter, region)
    \g /dev/null
SELECT set_eq(
    'SELECT region, token_kind, geo, catalog_cost, price_provider, reason FROM accelcost.charge_tokens()',
    $$VALUES ('swedencentral', 'input', 'global', 2::numeric, 'Azure', NULL::text),
             ('swedencentral', 'input', 'eu', 2.2, 'Azure', NULL),
             ('germanywestcentral', 'output', 'eu', 8.8, 'Azure', NULL),
             ('eastus2', 'input', 'us', 2.1, 'OpenAI', NULL),
             ('koreacentral', 'input', 'apac', NULL, NULL,
              'no price for model "test-5" processed in "apac"; known are eu, global'),
             ('moon1', 'input', NULL, NULL, NULL, 'place of processing in region "moon1" is unknown')$$,
    'tokens of a data zone or region have its price, all others the global one');
INSERT INTO accelcost.charge_token_pattern (provider, pattern, geo) VALUES ('Azure', 'test 5 Inp glbl', 'EU');
SELECT is(sum(catalog_cost), 4.4, 'a pattern of yours says the place') FROM accelcost.charge_tokens
WHERE region = 'swedencentral';
SELECT throws_ok(
    $$INSERT INTO accelcost.charge_token_pattern (provider, pattern, geo) VALUES ('Azure', 'words', ' ')$$, '23514');
ROLLBACK TO place;

-- ---- beside the export that has the bill --------------------------------------

SELECT pg_temp.add_charge('{"sku_meter": "test-5, output tokens", "pricing_quantity": 1, "pricing_unit": "1M Tokens",
    "billed_cost": 8, "export_name": "copy", "beside": true}'),
       pg_temp.add_charge('{"sku_meter": "H300 gpu hours", "pricing_quantity": 1, "pricing_unit": "Hours",
    "billed_cost": 8, "export_name": "copy", "beside": true}') \g /dev/null
SELECT is(sum(catalog_cost), 10.6, 'a copy beside the bill is not counted') FROM accelcost.charge_tokens();
SELECT results_eq(
    $$SELECT tokens, cost, catalog_cost FROM accelcost.charge_tokens('copy') WHERE model IS NOT NULL$$,
    'VALUES (1000000.0, 8.0, 8.0)', 'but shown to those who ask for it');
SELECT is_empty('SELECT * FROM accelcost.charge_unmatched()', 'what is unknown in it is not listed either');
SELECT results_eq(
    $$SELECT charges, billed_cost FROM accelcost.charge_unmatched('copy')$$, 'VALUES (1::bigint, 8.0)',
    'unless it is asked for');

-- ---- names --------------------------------------------------------------------

SELECT is_empty(
    $$SELECT * FROM accelcost.catalog_problem WHERE table_name = 'charge_token_pattern'$$,
    'patterns name providers and models of the catalog');
SELECT throws_ok(
    $$INSERT INTO accelcost.charge_token_pattern (provider, pattern, model) VALUES ('Nobody', 'some words', 'test-5')$$,
    NULL, 'unknown provider "Nobody"');
INSERT INTO accelcost.provider (provider, kind) VALUES ('Somebody', 'hyperscaler');
INSERT INTO accelcost.charge_token_pattern (provider, pattern, model) VALUES ('Somebody', 'words', 'no-such-model');
DELETE FROM accelcost.provider WHERE provider = 'Somebody';
SELECT set_eq(
    $$SELECT name, problem FROM accelcost.catalog_problem WHERE table_name = 'charge_token_pattern'$$,
    $$VALUES ('Somebody', 'provider is not in accelcost.provider'),
             ('no-such-model', 'model is not in accelcost.model')$$, 'or it is said');

SELECT * FROM finish();
ROLLBACK;
