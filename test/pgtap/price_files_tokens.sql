-- Price files with token prices, generated in the shape of LiteLLM and genai-prices: what is stored is compared with
-- what the rows were made from.
BEGIN;
SELECT plan(26);
SET LOCAL timezone = 'America/Lima';

-- A number from 0 to below n that looks random and is the same in each run.
CREATE FUNCTION pg_temp.die(seed text, n integer) RETURNS integer
    LANGUAGE sql IMMUTABLE RETURN ('x' || substr(md5(seed), 1, 7))::bit(28)::integer % n;
CREATE FUNCTION pg_temp.pick(seed text, words text[]) RETURNS text
    LANGUAGE sql IMMUTABLE RETURN words[1 + pg_temp.die(seed, cardinality(words))];

-- ---- LiteLLM -------------------------------------------------------------------------------

CREATE TEMPORARY TABLE lite_price AS
SELECT n, 'model-' || n AS model, pg_temp.pick('m' || n, '{chat,chat,responses,embedding,image_generation}') AS mode,
       pg_temp.pick('s' || n, '{deepseek,vertex_ai-language-models,fireworks_ai,bedrock_mantle}') AS seller,
       (1 + pg_temp.die('i' || n, 900)) / 100.0 AS input, (1 + pg_temp.die('o' || n, 9000)) / 100.0 AS output,
       pg_temp.die('c' || n, 90) / 100.0 AS cache_read, pg_temp.die('t' || n, 3) AS has_tiers,
       pg_temp.die('l' || n, 3) AS is_long
FROM generate_series(1, 600) AS n;
CREATE TEMPORARY TABLE lite (number bigint GENERATED ALWAYS AS IDENTITY, line text);
-- As COPY of the published file brings it: an object over some 6,000 lines.
INSERT INTO lite (line)
SELECT line
FROM (SELECT 0 AS n, 0 AS place, '{' AS line
      UNION ALL
      SELECT p.n, f.place, f.line
      FROM lite_price AS p
      CROSS JOIN LATERAL unnest(ARRAY[
          format('  "%s": {', p.seller || '/' || p.model),
          CASE WHEN p.is_long = 0
               THEN format('    "input_cost_per_token_above_200k_tokens": %s,', p.input * 2 * 1e-6) END,
          CASE WHEN p.is_long = 0
               THEN format('    "output_cost_per_token_above_200k_tokens": %s,', p.output * 2 * 1e-6) END,
          CASE WHEN p.has_tiers = 0 THEN format('    "input_cost_per_token_priority": %s,', p.input * 3 * 1e-6) END,
          CASE WHEN p.has_tiers = 0 THEN format('    "output_cost_per_token_priority": %s,', p.output * 3 * 1e-6) END,
          CASE WHEN p.has_tiers < 2 THEN format('    "input_cost_per_token_batches": %s,', p.input / 2 * 1e-6) END,
          CASE WHEN p.has_tiers < 2 THEN format('    "output_cost_per_token_batches": %s,', p.output / 2 * 1e-6) END,
          CASE WHEN p.cache_read > 0 THEN format('    "cache_read_input_token_cost": %s,', p.cache_read * 1e-6) END,
          format('    "input_cost_per_token": %s,', p.input * 1e-6),
          format('    "output_cost_per_token": %s,', p.output * 1e-6),
          format('    "litellm_provider": "%s",', p.seller),
          format('    "mode": "%s"', p.mode),
          CASE WHEN p.n < 600 THEN '  },' ELSE '  }' END]) WITH ORDINALITY AS f (line, place)
      WHERE f.line IS NOT NULL
      UNION ALL
      SELECT 601, 0, '}') AS lines
ORDER BY n, place;
CREATE TEMPORARY TABLE lite_expected AS
SELECT CASE p.seller WHEN 'deepseek' THEN 'DeepSeek' WHEN 'fireworks_ai' THEN 'Fireworks AI'
                     WHEN 'bedrock_mantle' THEN 'AWS' ELSE 'Google Cloud' END AS provider,
       p.model, t.service_tier, p.input * t.factor AS input_price, p.output * t.factor AS output_price,
       CASE WHEN t.factor <= 1 THEN nullif(p.cache_read, 0) * t.factor END AS cache_read_price,
       CASE WHEN p.is_long = 0 THEN 200000::bigint END AS context_threshold,
       CASE WHEN p.is_long = 0 AND t.factor <= 1 THEN p.input * 2 * t.factor END AS long_input_price,
       CASE WHEN p.is_long = 0 AND t.factor <= 1 THEN p.output * 2 * t.factor END AS long_output_price
FROM lite_price AS p
JOIN (VALUES ('standard', 1.0, 2), ('priority', 3, 0), ('batch', 0.5, 1)) AS t (service_tier, factor, up_to)
    ON p.has_tiers <= t.up_to
WHERE p.mode <> 'image_generation';
SELECT cmp_ok(max(number), '>', 5000::bigint, 'LiteLLM: a file of thousands of lines') FROM lite;
SELECT results_eq(
    $$SELECT file_format, rows_read, inserted, rejected, reasons[1]
      FROM accelcost.import_prices('lite', as_of => '2026-08-06')$$,
    $$
        SELECT 'litellm', 600::bigint, (SELECT count(*) FROM lite_expected), count(*),
               format('mode "image_generation" is not priced by tokens alone (%s, first "%s")', count(*),
                      min((seller || '/' || model) COLLATE "C")) COLLATE "default"
        FROM lite_price WHERE mode = 'image_generation'$$, 'LiteLLM: models are counted, and rejected by name');
SELECT set_eq(
    $$
        SELECT provider, model, service_tier, input_price, output_price, cache_read_price, context_threshold,
               long_input_price, long_output_price
        FROM accelcost.token_price
        WHERE source = 'LiteLLM' AND geo = 'global' AND upper_inf(valid) AND as_of = '2026-08-06'$$,
    'SELECT * FROM lite_expected', 'LiteLLM: each service tier is a row, prices are per million');
SELECT is(inserted + closed + cardinality(changes), 0::bigint, 'LiteLLM: again, nothing changes')
FROM accelcost.import_prices('lite', 'litellm', as_of => '2026-08-07');

CREATE FUNCTION pg_temp.lite(document jsonb, OUT stored text[], OUT reasons text[]) LANGUAGE plpgsql AS $$
BEGIN
    CREATE TEMPORARY TABLE one (document jsonb) ON COMMIT DROP;
    INSERT INTO one VALUES (document);
    SELECT i.reasons INTO reasons
    FROM accelcost.import_prices('one', source => 'one', as_of => '2026-08-06', allow_shrink => true) AS i;
    stored := ARRAY(SELECT concat_ws(' ', provider, model, nullif(service_tier, 'standard'), nullif(geo, 'global'),
                                     trim_scale(input_price), trim_scale(output_price), trim_scale(cache_read_price),
                                     trim_scale(cache_write_5m_price), context_threshold, trim_scale(long_input_price))
                    FROM accelcost.token_price WHERE source = 'one' ORDER BY 1);
    DROP TABLE one;
    DELETE FROM accelcost.token_price WHERE source = 'one';
END
$$;
SELECT is(stored || reasons, expected, 'LiteLLM: ' || rule)
FROM (VALUES
    ('NULL and 0 agree, so that two names for a model are one',
     '{"deepseek-x": {"litellm_provider": "deepseek", "input_cost_per_token": 2.8e-07, "output_cost_per_token": 4.2e-07,
                      "cache_creation_input_token_cost": 0.0},
       "deepseek/deepseek-x": {"litellm_provider": "deepseek", "input_cost_per_token": 2.8e-07,
                               "output_cost_per_token": 4.2e-07, "cache_read_input_token_cost": 2.8e-08}}'::jsonb,
     ARRAY['DeepSeek deepseek-x 0.28 0.42 0.028 0']),
    ('two prices are none',
     '{"m": {"litellm_provider": "deepseek", "input_cost_per_token": 2e-06},
       "deepseek/m": {"litellm_provider": "deepseek", "input_cost_per_token": 1e-06}}',
     ARRAY['another entry has another price for the same model (2, first "deepseek/m")']),
    ('a batch that pays other than half has no price for what the file does not state',
     '{"b": {"litellm_provider": "openai", "input_cost_per_token": 2e-06, "output_cost_per_token": 4e-06,
             "input_cost_per_token_batches": 5e-07, "output_cost_per_token_batches": 1e-06,
             "cache_read_input_token_cost": 1e-07}}',
     ARRAY['OpenAI b 2 4 0.1', 'OpenAI b batch 0.5 1']),
    ('audio output is rejected by name',
     '{"gpt-audio": {"litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 2.5e-06,
                     "output_cost_per_token": 1e-05, "output_cost_per_audio_token": 6.4e-05}}',
     ARRAY['output other than text has a price of its own (1, first "gpt-audio")']),
    ('several context steps are rejected by name',
     '{"q": {"litellm_provider": "dashscope", "tiered_pricing": [
              {"range": [0, 32000], "input_cost_per_token": 1e-06},
              {"range": [32000, 64000], "input_cost_per_token": 2e-06},
              {"range": [64000, 128000], "input_cost_per_token": 3e-06}]}}',
     ARRAY['more than one context threshold (1, first "q")']),
    ('two ranges are a threshold',
     '{"dashscope/q": {"litellm_provider": "dashscope", "tiered_pricing": [
              {"range": [0, 32000.0], "input_cost_per_token": 1e-06, "output_cost_per_token": 4e-06},
              {"range": [32000.0, 64000], "input_cost_per_token": 2e-06}]}}',
     ARRAY['Alibaba Cloud q 1 4 32000 2']),
    ('a price of 0 is unknown',
     '{"v": {"litellm_provider": "volcengine", "input_cost_per_token": 0.0, "output_cost_per_token": 0}}',
     ARRAY['a price of 0 is a placeholder (1, first "v")']),
    ('but a model that is called free is',
     '{"openrouter/v:free": {"litellm_provider": "openrouter", "input_cost_per_token": 0, "output_cost_per_token": 0}}',
     ARRAY['OpenRouter v:free 0 0']),
    ('the place of processing is a row',
     '{"azure/eu/g": {"litellm_provider": "azure", "input_cost_per_token": 2.2e-06},
       "azure/global-standard/g": {"litellm_provider": "azure", "input_cost_per_token": 2e-06},
       "bedrock/us-east-1/a.b": {"litellm_provider": "bedrock", "input_cost_per_token": 8e-06},
       "o": {"litellm_provider": "openai", "input_cost_per_token": 1e-06,
             "regional_processing_uplift_multiplier_us": 1.1}}',
     ARRAY['AWS a.b us-east-1 8', 'Azure g 2', 'Azure g eu 2.2', 'OpenAI o 1', 'OpenAI o us 1.1']),
    ('an unknown seller is named', '{"t": {"litellm_provider": "somebody", "input_cost_per_token": 1e-06}}',
     ARRAY['unknown provider "somebody" (1, first "t")'])) AS t (rule, document, expected),
    LATERAL pg_temp.lite(t.document);

-- ---- genai-prices --------------------------------------------------------------------------

CREATE TEMPORARY TABLE genai (document jsonb);
INSERT INTO genai VALUES ('[
    {"id": "deepseek", "name": "Deepseek", "models": [
        {"id": "flat", "prices": {"input_mtok": 2, "output_mtok": 8.5, "cache_read_mtok": 0.2, "cache_write_mtok": 2.5,
                                  "cache_write_1h_mtok": 4, "web_searches_kcount": 10}},
        {"id": "long", "prices": {"input_mtok": {"base": 2.5, "tiers": [{"start": 272000, "price": 5}]},
                                  "output_mtok": {"base": 15, "tiers": [{"start": 272000, "price": 22.5}]},
                                  "cache_read_mtok": 0.25}},
        {"id": "dated", "prices": [
            {"prices": {"input_mtok": 1}},
            {"constraint": {"start_date": "2026-08-17", "type": "start_date"}, "prices": {"input_mtok": 2}},
            {"constraint": {"start_date": "2027-01-01", "type": "start_date"}, "prices": {"input_mtok": 3}}]},
        {"id": "peaks", "prices": [
            {"prices": {"input_mtok": 1}},
            {"constraint": {"start_time": "01:00:00Z", "end_time": "04:00:00Z", "type": "time_of_date"},
             "prices": {"input_mtok": 2}}]},
        {"id": "steps", "prices": {"input_mtok": {"base": 1, "tiers": [{"start": 1, "price": 2},
                                                                             {"start": 5, "price": 3}]}}},
        {"id": "voice", "prices": {"input_mtok": 1, "output_mtok": 2, "output_audio_mtok": 20}},
        {"id": "listens", "prices": {"input_mtok": 1, "output_mtok": 2, "input_audio_mtok": 20}},
        {"id": "asks", "prices": {"input_mtok": 1, "output_mtok": 2, "requests_kcount": 5}},
        {"id": "nothing", "prices": {}}]},
    {"id": "google", "name": "Google", "models": [{"id": "gemini-x", "prices": {"input_mtok": 0.5, "output_mtok": 3}}]},
    {"id": "huggingface_novita", "name": "HuggingFace (novita)", "models": [
        {"id": "q", "prices": {"input_mtok": 0.5, "output_mtok": 3}}]}]');
SELECT results_eq(
    $$SELECT file_format, rows_read, inserted, rejected, reasons
      FROM accelcost.import_prices('genai', as_of => '2026-09-23')$$,
    $$VALUES ('genai-prices', 11::bigint, 9::bigint, 4::bigint, ARRAY[
        'more than one context threshold (1, first "deepseek/steps")',
        'no price per token (1, first "deepseek/nothing")',
        'output other than text has a price of its own (1, first "deepseek/voice")',
        'priced per query, too (1, first "deepseek/asks")'])$$,
    'genai-prices: models are counted, and rejected by name');
SELECT results_eq(
    $$
        SELECT model, input_price, output_price, cache_read_price, cache_write_5m_price, cache_write_1h_price,
               context_threshold, long_input_price, long_output_price, long_cache_read_price, utc_from::text,
               (lower(valid) AT TIME ZONE 'UTC')::date, (upper(valid) AT TIME ZONE 'UTC')::date, note
        FROM accelcost.token_price
        WHERE source = 'genai-prices' AND provider = 'DeepSeek'
        ORDER BY model, utc_from NULLS FIRST, valid$$,
    $$VALUES
        ('dated', 2.0, NULL::numeric, NULL::numeric, NULL::numeric, NULL::numeric, NULL::bigint, NULL::numeric,
         NULL::numeric, NULL::numeric, NULL, '2026-08-17'::date, '2027-01-01'::date, NULL),
        ('dated', 3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2027-01-01', NULL, NULL),
        ('flat', 2, 8.5, 0.2, 2.5, 4, NULL, NULL, NULL, NULL, NULL, '2026-09-23', NULL, NULL),
        ('listens', 1, 2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-09-23', NULL,
         'text only: other input has a price of its own'),
        ('long', 2.5, 15, 0.25, NULL, NULL, 272000, 5, 22.5, 0.25, NULL, '2026-09-23', NULL, NULL),
        ('peaks', 1, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-09-23', NULL, NULL),
        ('peaks', 2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '01:00:00', '2026-09-23', NULL, NULL)$$,
    'genai-prices: prices by context, date and time of day');
SELECT set_eq(
    $$SELECT provider, model FROM accelcost.token_price WHERE source = 'genai-prices' AND provider <> 'DeepSeek'$$,
    $$VALUES ('Google Gemini', 'gemini-x'), ('Hugging Face (Novita AI)', 'q')$$,
    'genai-prices: sellers by their names there');
SELECT is(inserted + closed + cardinality(changes), 0::bigint, 'genai-prices: again, nothing changes')
FROM accelcost.import_prices('genai', as_of => '2026-09-24');
SELECT is(inserted + closed + cardinality(changes), 0::bigint, 'nor when an announced price has come')
FROM accelcost.import_prices('genai', as_of => '2027-01-01');
UPDATE genai
SET document = jsonb_set(document, '{0,models,2,prices,2,constraint,start_date}', '"2026-12-15"');
SELECT results_eq(
    $$SELECT inserted, closed FROM accelcost.import_prices('genai', as_of => '2027-01-02')$$,
    $$VALUES (1::bigint, 2::bigint)$$, 'a price that began earlier than was known');
SELECT results_eq(
    $$
        SELECT (lower(valid) AT TIME ZONE 'UTC')::date, (upper(valid) AT TIME ZONE 'UTC')::date, input_price
        FROM accelcost.token_price WHERE source = 'genai-prices' AND model = 'dated' ORDER BY valid$$,
    $$VALUES ('2026-08-17'::date, '2026-12-15'::date, 2.0), ('2026-12-15', NULL, 3)$$, 'ends the one before it');
UPDATE genai SET document = jsonb_set(document, '{0,models,0,prices,input_mtok}', '2.2');
SELECT results_eq(
    $$
        SELECT c.provider, c.item, c.detail, c.old_price, c.new_price, c.currency, c.old_source
        FROM accelcost.import_prices('genai', as_of => '2027-01-03') AS i, unnest(i.changes) AS c$$,
    $$VALUES ('DeepSeek', 'flat', 'input_price', 2.0, 2.2, 'USD', NULL::text)$$, 'changes has each price of a model');
SELECT throws_ok(
    $$SELECT accelcost.import_prices('genai', as_of => '2027-01-01')$$, '55000',
    'prices of source "genai-prices" after 2027-01-01 are loaded already', 'an older file is refused');

CREATE TEMPORARY TABLE gpt (document jsonb);
INSERT INTO gpt VALUES ('[{"id": "openai", "name": "OpenAI", "models": [
    {"id": "gpt-5", "prices": {"input_mtok": 1000, "output_mtok": 2000}}]}]');
SELECT results_eq(
    $$
        SELECT DISTINCT c.item, c.new_price, c.old_source IS NOT NULL
        FROM accelcost.import_prices('gpt', source => 'gpt', as_of => '2027-01-03') AS i, unnest(i.changes) AS c
        WHERE c.detail = 'input_price'$$,
    $$VALUES ('gpt-5', 1000::numeric, true)$$, 'an import replaces a built-in price of tokens');
SELECT is((accelcost.token_price_at('OpenAI', 'gpt-5', '2027-01-04')).source, 'gpt', 'from its date');
SELECT isnt((accelcost.token_price_at('OpenAI', 'gpt-5', '2027-01-02')).source, 'gpt', 'and not before');
DELETE FROM accelcost.token_price WHERE source = 'gpt';

SELECT * FROM finish();
ROLLBACK;
