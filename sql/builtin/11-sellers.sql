-- Sellers that price files name, and their names there. Rows that the providers' own file has stay as they are.
ALTER TABLE accelcost.provider DISABLE TRIGGER builtin_read_only;
INSERT INTO accelcost.provider (provider, kind, source, as_of, builtin)
SELECT t.provider, t.kind, t.source, t.as_of::date, true
FROM (VALUES
  ('BerriAI/litellm:model_prices_and_context_window.json, litellm_provider', '2026-08-06', 'api', ARRAY[
      'AI21', 'AI/ML API', 'Anyscale', 'Baseten', 'Cerebras', 'Cloudflare Workers AI', 'Darkbloom', 'Databricks',
      'DeepInfra', 'Featherless AI', 'Fireworks AI', 'FriendliAI', 'GigaChat', 'GitHub Copilot', 'GMI Cloud', 'Heroku',
      'Hyperbolic', 'IBM watsonx', 'Inception', 'LibertAI', 'LlamaGate', 'Meta', 'MiniMax', 'Moonshot AI', 'Morph',
      'NLP Cloud', 'Novita AI', 'Nscale', 'NVIDIA NIM', 'OpenRouter', 'OVHcloud', 'Perplexity', 'Pinstripes',
      'Public AI', 'Replicate', 'SambaNova', 'Sarvam AI', 'Scaleway', 'Snowflake', 'Tensormesh', 'v0',
      'Vercel AI Gateway', 'Volcengine', 'Voyage AI', 'Weights & Biases', 'Z.AI']),
  ('BerriAI/litellm:model_prices_and_context_window.json, litellm_provider', '2026-08-06', 'hyperscaler', ARRAY[
      'Alibaba Cloud', 'Tencent Cloud']),
  ('BerriAI/litellm:model_prices_and_context_window.json, litellm_provider', '2026-08-06', 'neocloud', ARRAY[
      'Crusoe', 'DigitalOcean']),
  ('pydantic/genai-prices:prices/data.json, id', '2026-09-23', 'api', ARRAY[
      'Arcee', 'Avian', 'Cursor', 'Doubleword', 'Modal', 'QuickSilver Pro', 'TypeSafe', 'Zhipu AI (BigModel)',
      'Hugging Face (Cerebras)', 'Hugging Face (Fireworks AI)', 'Hugging Face (Groq)', 'Hugging Face (Hyperbolic)',
      'Hugging Face (Nebius)', 'Hugging Face (Novita AI)', 'Hugging Face (Nscale)', 'Hugging Face (OVHcloud)',
      'Hugging Face (Public AI)', 'Hugging Face (SambaNova)', 'Hugging Face (Together AI)']),
  ('skypilot-org/skypilot-catalog:catalogs/v8', '2026-07-09', 'neocloud', ARRAY[
      'Cudo Compute', 'FluidStack', 'Hyperstack', 'Jarvislabs', 'Lium', 'Mithril', 'Paperspace', 'Prime Intellect',
      'Samsung Cloud Platform', 'Seeweb', 'Shadeform', 'SimplePod', 'Verda', 'Yotta']),
  ('skypilot-org/skypilot-catalog:catalogs/v8', '2026-07-09', 'hyperscaler', ARRAY['IBM Cloud']),
  ('dstackai/gpuhunt:src/gpuhunt/providers', '2026-07-09', 'neocloud', ARRAY[
      'CloudRift', 'Hot Aisle', 'TensorDock', 'Vultr'])) AS f (source, as_of, kind, providers)
CROSS JOIN LATERAL unnest(f.providers) AS p (provider)
CROSS JOIN LATERAL (SELECT p.provider, f.kind, f.source, f.as_of) AS t
ON CONFLICT DO NOTHING;
ALTER TABLE accelcost.provider ENABLE TRIGGER builtin_read_only;

ALTER TABLE accelcost.provider_alias DISABLE TRIGGER builtin_read_only;
INSERT INTO accelcost.provider_alias (alias, provider, source, as_of, builtin)
SELECT t.alias, t.provider, 'names of sellers in price files of LiteLLM, genai-prices, SkyPilot and gpuhunt',
       '2026-09-23'::date, true
FROM (VALUES
  ('vertex_ai-ai21_models', 'Google Cloud'), ('vertex_ai-anthropic_models', 'Google Cloud'),
  ('vertex_ai-deepseek_models', 'Google Cloud'), ('vertex_ai-embedding-models', 'Google Cloud'),
  ('vertex_ai-image-models', 'Google Cloud'), ('vertex_ai-language-models', 'Google Cloud'),
  ('vertex_ai-llama_models', 'Google Cloud'), ('vertex_ai-minimax_models', 'Google Cloud'),
  ('vertex_ai-mistral_models', 'Google Cloud'), ('vertex_ai-moonshot_models', 'Google Cloud'),
  ('vertex_ai-openai_models', 'Google Cloud'), ('vertex_ai-qwen_models', 'Google Cloud'),
  ('vertex_ai-text-models', 'Google Cloud'), ('vertex_ai-video-models', 'Google Cloud'),
  ('vertex_ai-zai_models', 'Google Cloud'),
  ('bedrock_mantle', 'AWS'), ('amazon_nova', 'AWS'), ('sagemaker', 'AWS'), ('AWS Bedrock', 'AWS'),
  ('azure_text', 'Azure'), ('palm', 'Google Gemini'), ('genai-prices/google', 'Google Gemini'),
  ('text-completion-openai', 'OpenAI'), ('codestral', 'Mistral'), ('text-completion-codestral', 'Mistral'),
  ('x-ai', 'xAI'), ('lambda_ai', 'Lambda Labs'), ('together', 'Together AI'),
  ('ai21_chat', 'AI21'), ('aiml', 'AI/ML API'), ('cloudflare', 'Cloudflare Workers AI'),
  ('dashscope', 'Alibaba Cloud'), ('featherless', 'Featherless AI'), ('fireworks', 'Fireworks AI'),
  ('fireworks_ai-embedding-models', 'Fireworks AI'), ('gmi', 'GMI Cloud'), ('gradient_ai', 'DigitalOcean'),
  ('do', 'DigitalOcean'), ('text-completion-inception', 'Inception'), ('meta_llama', 'Meta'),
  ('moonshot', 'Moonshot AI'), ('novita', 'Novita AI'), ('nvidia', 'NVIDIA NIM'), ('sarvam', 'Sarvam AI'),
  ('OVHcloud AI Endpoints', 'OVHcloud'), ('tencent', 'Tencent Cloud'), ('voyage', 'Voyage AI'),
  ('wandb', 'Weights & Biases'), ('watsonx', 'IBM watsonx'), ('genai-prices/zhipuai', 'Zhipu AI (BigModel)'),
  ('huggingface_cerebras', 'Hugging Face (Cerebras)'), ('huggingface_fireworks-ai', 'Hugging Face (Fireworks AI)'),
  ('huggingface_groq', 'Hugging Face (Groq)'), ('huggingface_hyperbolic', 'Hugging Face (Hyperbolic)'),
  ('huggingface_nebius', 'Hugging Face (Nebius)'), ('huggingface_novita', 'Hugging Face (Novita AI)'),
  ('huggingface_nscale', 'Hugging Face (Nscale)'), ('huggingface_ovhcloud', 'Hugging Face (OVHcloud)'),
  ('huggingface_publicai', 'Hugging Face (Public AI)'), ('huggingface_sambanova', 'Hugging Face (SambaNova)'),
  ('huggingface_together', 'Hugging Face (Together AI)'),
  ('cudo', 'Cudo Compute'), ('datacrunch', 'Verda'), ('ibm', 'IBM Cloud'),
  ('scp', 'Samsung Cloud Platform')) AS t (alias, provider)
WHERE NOT EXISTS (SELECT FROM accelcost.provider AS p
                  WHERE p.provider_key = accelcost_internal.catalog_key(t.alias))
ON CONFLICT DO NOTHING;
ALTER TABLE accelcost.provider_alias ENABLE TRIGGER builtin_read_only;
