-- Real price files: LiteLLM's of 2026-08-06 with 46,362 lines, genai-prices' of 2026-09-23, and vms.csv of SkyPilot for
-- three clouds. They are not part of this repository: the test looks for them in the folder data/prices of
-- ACCELCOST_SHARED, by default ../shared, and is skipped where they are not.
\set shared ../shared
\getenv shared ACCELCOST_SHARED
\set litellm :shared/data/prices/litellm_model_prices_2026-08-06.json
\set genai :shared/data/prices/genai_prices_0.1.8_2026-09-23.json
\set runpod :shared/data/prices/skypilot_runpod_vms_excerpt.csv
\set nebius :shared/data/prices/skypilot_nebius_vms.csv
\set oci :shared/data/prices/skypilot_oci_vms_excerpt.csv
\setenv LITELLM :litellm
\setenv GENAI :genai
\set found `test -r "$LITELLM" && test -r "$GENAI" && echo true || echo false`
\if :found
\else
SELECT plan(1);
SELECT skip(:'litellm' || ' or ' || :'genai' || ' is not there', 1);
\quit
\endif

BEGIN;
SELECT plan(22);

-- ---- LiteLLM -------------------------------------------------------------------------------

CREATE TEMPORARY TABLE litellm (number bigint GENERATED ALWAYS AS IDENTITY, line text);
\set copy '\\copy litellm (line) FROM ' :'litellm' ' WITH (FORMAT csv, DELIMITER E''\\x01'', QUOTE E''\\x02'')'
:copy
SELECT is(count(*), 46362::bigint, 'LiteLLM: all lines') FROM litellm;
CREATE TEMPORARY TABLE unnumbered AS SELECT line FROM litellm;
SELECT throws_ok($$SELECT accelcost.import_prices('unnumbered', as_of => '2026-08-06')$$, '22023',
                 'lines in staging table "unnumbered" are in no certain order', 'LiteLLM: lines need their numbers');
CREATE TEMPORARY TABLE litellm_report AS
SELECT * FROM accelcost.import_prices('litellm', as_of => '2026-08-06');
SELECT is(file_format || ' ' || rows_read, 'litellm 2985', 'LiteLLM: all models are read') FROM litellm_report;
SELECT is_empty($$SELECT reason FROM litellm_report, unnest(reasons) AS reason WHERE reason LIKE 'unknown provider%'$$,
                'LiteLLM: all sellers are known');
SELECT cmp_ok(rejected, '<', 800::bigint, 'LiteLLM: what is priced by the token is loaded') FROM litellm_report;

-- The same file as one document, read without the functions under test.
CREATE TEMPORARY TABLE litellm_entry AS
SELECT e.key, e.value, e.value->>'litellm_provider' AS seller
FROM (SELECT string_agg(line, E'\n' ORDER BY number)::jsonb AS document FROM litellm) AS d,
     jsonb_each(d.document) AS e
WHERE e.key <> 'sample_spec';
SELECT is_empty(
    $$
        SELECT e.key, p.service_tier, p.input_price, p.output_price
        FROM litellm_entry AS e
        JOIN accelcost.token_price AS p
            ON p.source = 'LiteLLM' AND p.geo = 'global' AND p.provider = 'OpenAI' AND p.model = e.key
        CROSS JOIN LATERAL (SELECT CASE p.service_tier WHEN 'standard' THEN '' WHEN 'batch' THEN '_batches'
                                                       ELSE '_' || p.service_tier END AS suffix) AS t
        WHERE e.seller = 'openai'
          AND ((e.value->>('input_cost_per_token' || t.suffix))::numeric * 1000000 <> p.input_price
               OR (e.value->>('output_cost_per_token' || t.suffix))::numeric * 1000000 <> p.output_price)$$,
    'LiteLLM: prices of OpenAI are those of the file, per million, in each service tier');
SELECT is_empty(
    $$
        SELECT e.key
        FROM litellm_entry AS e
        WHERE e.seller = 'anthropic'
          AND NOT EXISTS (SELECT FROM accelcost.token_price AS p
                          WHERE p.source = 'LiteLLM' AND p.provider = 'Anthropic'
                            AND p.model = coalesce(accelcost.model_name(e.key), e.key)
                            AND p.service_tier = 'standard' AND p.geo = 'global')$$,
    'LiteLLM: no model of Anthropic is missing');
SELECT results_eq(
    $$
        SELECT input_price, output_price, cache_read_price, source
        FROM accelcost.token_price_at('DeepSeek', 'deepseek-chat', '2026-08-07')$$,
    $$VALUES (0.28, 0.42, 0.028, 'LiteLLM')$$, 'LiteLLM: entries that differ in NULL and 0 are one');
SELECT is_empty(
    $$SELECT model FROM accelcost.token_price WHERE source = 'LiteLLM' AND model ~ '^gpt-audio|dall-e|whisper'$$,
    'LiteLLM: audio and images are not text');
SELECT results_eq(
    $$
        SELECT service_tier, geo, input_price, output_price
        FROM accelcost.token_price
        WHERE source = 'LiteLLM' AND provider = 'OpenAI' AND model = 'gpt-5.4' AND geo <> 'us'
        ORDER BY geo, service_tier$$,
    $$VALUES ('batch', 'eu', 1.375, 8.25), ('flex', 'eu', 1.375, 8.25), ('priority', 'eu', 5.5, 33),
             ('standard', 'eu', 2.75, 16.5), ('batch', 'global', 1.25, 7.5), ('flex', 'global', 1.25, 7.5),
             ('priority', 'global', 5, 30), ('standard', 'global', 2.5, 15)$$, 'LiteLLM: service tiers and places');
SELECT cmp_ok(cardinality(changes), '>', 10, 'LiteLLM: changes of built-in prices are listed') FROM litellm_report;
SELECT is(inserted + closed + cardinality(changes), 0::bigint, 'LiteLLM: again, nothing changes')
FROM accelcost.import_prices('litellm', as_of => '2026-08-06');

-- ---- genai-prices --------------------------------------------------------------------------

CREATE TEMPORARY TABLE genai (document json);
\set copy '\\copy genai FROM ' :'genai' ' WITH (FORMAT csv, DELIMITER E''\\x01'', QUOTE E''\\x02'')'
:copy
CREATE TEMPORARY TABLE genai_report AS
SELECT * FROM accelcost.import_prices('genai', as_of => '2026-09-23');
SELECT is(file_format || ' ' || rows_read, 'genai-prices 1694', 'genai-prices: all models are read') FROM genai_report;
SELECT is_empty($$SELECT reason FROM genai_report, unnest(reasons) AS reason WHERE reason LIKE 'unknown provider%'$$,
                'genai-prices: all sellers are known');
SELECT is_empty(
    $$
        SELECT m.value->>'id', p.input_price, p.output_price
        FROM genai AS g, json_array_elements(g.document) AS s, json_array_elements(s->'models') AS m
        JOIN accelcost.token_price AS p
            ON p.source = 'genai-prices' AND p.provider = 'OpenAI' AND p.model = m.value->>'id'
        WHERE s->>'id' = 'openai' AND json_typeof(m->'prices') = 'object'
          AND (coalesce(m#>>'{prices,input_mtok,base}', m#>>'{prices,input_mtok}')::numeric <> p.input_price
               OR coalesce(m#>>'{prices,output_mtok,base}', m#>>'{prices,output_mtok}')::numeric <> p.output_price)$$,
    'genai-prices: prices of OpenAI are those of the file');
SELECT results_eq(
    $$
        SELECT (accelcost.token_price_at('DeepSeek', 'deepseek-v4-pro', at)).input_price
        FROM unnest('{2026-10-05 00:30+00,2026-10-05 01:30+00,2026-10-05 05:00+00,2026-10-05 09:59+00}'::timestamptz[])
            AS at$$,
    $$VALUES (0.66), (1.32), (0.66), (1.32)$$, 'genai-prices: prices by the hour of the day');
SELECT results_eq(
    $$
        SELECT input_price, output_price, (lower(valid) AT TIME ZONE 'UTC')::date
        FROM accelcost.token_price
        WHERE source = 'genai-prices' AND provider = 'OpenAI' AND model = 'gpt-5.6-sol' AND upper_inf(valid)$$,
    $$VALUES (4::numeric, 20::numeric, '2026-08-21'::date)$$, 'genai-prices: a price since its own date');
SELECT is(inserted + closed + cardinality(changes), 0::bigint, 'genai-prices: again, nothing changes')
FROM accelcost.import_prices('genai', as_of => '2026-09-23');

-- ---- SkyPilot ------------------------------------------------------------------------------

\setenv FILE :runpod
\set header `head -n 1 "$FILE"`
SELECT accelcost.import_columns(:'header', 'pg_temp.runpod') AS staging \gset
:staging
\set copy '\\copy runpod FROM ' :'runpod' ' WITH (FORMAT csv, HEADER true)'
:copy
\setenv FILE :nebius
\set header `head -n 1 "$FILE"`
SELECT accelcost.import_columns(:'header', 'pg_temp.nebius') AS staging \gset
:staging
\set copy '\\copy nebius FROM ' :'nebius' ' WITH (FORMAT csv, HEADER true)'
:copy
\setenv FILE :oci
\set header `head -n 1 "$FILE"`
SELECT accelcost.import_columns(:'header', 'pg_temp.oci') AS staging \gset
:staging
\set copy '\\copy oci FROM ' :'oci' ' WITH (FORMAT csv, HEADER true)'
:copy
CREATE TEMPORARY TABLE vms AS
SELECT 'RunPod' AS provider, "InstanceType" AS sku, "Region" AS region, "AcceleratorName" AS name, "Price" AS price
FROM runpod
UNION ALL SELECT 'Nebius', "InstanceType", "Region", "AcceleratorName", "Price" FROM nebius
UNION ALL SELECT 'Oracle Cloud', "InstanceType", "Region", "AcceleratorName", "Price" FROM oci;
SELECT ok(file_format = 'skypilot' AND inserted > 0, 'SkyPilot: columns of RunPod')
FROM accelcost.import_prices('runpod', provider => 'runpod', as_of => '2026-11-01');
SELECT ok(file_format = 'skypilot' AND inserted > 0, 'SkyPilot: columns of Nebius')
FROM accelcost.import_prices('nebius', provider => 'nebius', as_of => '2026-11-01');
SELECT ok(file_format = 'skypilot' AND inserted > 0, 'SkyPilot: columns of Oracle')
FROM accelcost.import_prices('oci', provider => 'oci', as_of => '2026-11-01');
SELECT set_eq(
    $$
        SELECT provider, sku, amount FROM accelcost.offer_price
        WHERE source = 'skypilot-catalog' AND purchase_option = 'on_demand'$$,
    $$SELECT DISTINCT provider, sku, price::numeric FROM vms WHERE name <> ''$$,
    'SkyPilot: prices are those of the files');

SELECT * FROM finish();
ROLLBACK;
