-- Types of machines with accelerators on bills, what looks like one and is unknown, and charges without a consumed
-- quantity.
BEGIN;
SELECT plan(23);

CREATE FUNCTION pg_temp.add_charge(changes jsonb) RETURNS void LANGUAGE sql AS $$
    INSERT INTO accelcost.charge
    SELECT * FROM jsonb_populate_record(NULL::accelcost.charge, jsonb_build_object(
        'provider_name', 'AWS', 'billing_account_id', 'acme', 'billing_currency', 'USD', 'export_name', 'test',
        'extra', '{}'::jsonb, 'billing_period_start', '2026-09-01Z', 'charge_period_start', '2026-09-05Z',
        'charge_category', 'Usage', 'region_id', 'us-east-1', 'billed_cost', 1) || changes);
$$;

-- ---- types ------------------------------------------------------------------

-- The numbers are those of the sellers' lists of machine types, which the patterns name as their source.
CREATE TEMPORARY TABLE type AS
SELECT t.provider, replace(t.words, '%s', split_part(e.entry, '=', 1)) AS words,
       split_part(e.entry, '=', 2) AS expected
FROM (VALUES
    ('AWS', 'BoxUsage:%s', '{p2.16xlarge=16 K80 12GB,g3s.xlarge=1 M60 8GB,g3.16xlarge=4 M60 8GB,'
     'g4ad.8xlarge=2 Radeon Pro V520 8GB,g5g.metal=2 T4G 16GB,g6f.xlarge=0.125 L4 24GB,gr6f.4xlarge=0.5 L4 24GB,'
     'g7e.48xlarge=8 RTX PRO 6000 96GB,p6e-gb200.36xlarge=4 GB200,p6-b300.48xlarge=8 B300 288GB,'
     'p5en.48xlarge=8 H200,inf1.24xlarge=16 AWS Inferentia,trn2u.48xlarge=16 AWS Trainium2,dl1.24xlarge=8 Gaudi,'
     'dl2q.24xlarge=8 Qualcomm AI100,ml.inf1.xlarge=1 AWS Inferentia,trn2.3xlarge=1 AWS Trainium2}'),
    ('Azure', 'Virtual Machines - %s', '{NC6=1 K80 12GB,Standard_NC24r=4 K80 12GB,NC6 Promo=1 K80 12GB,'
     'NC12s v2=2 P100 16GB,ND24rs=4 P40 24GB,NV24=4 M60 8GB,NV48s v3=4 M60 8GB,'
     'NV4as v4=0.125 Radeon Instinct MI25 16GB,NG32ads V620 v1=1 Radeon Pro V620 32GB,'
     'NV24ads_V710_v5=1 Radeon Pro V710 28GB,NCC40ads_H100_v5=1 H100,ND96ams A100 v4=8 A100 80GB,'
     'ND128isr_NDR_GB200_v6=4 GB200,NC6s v3=1 V100 16GB,NC24s_v3=4 V100 16GB,ND40rs v2=8 V100 32GB}'),
    ('Google Cloud', '%s', '{a2-megagpu-16g=16 A100 40GB,a3-megagpu-8g=8 H100,a3-ultragpu-8g=8 H200,'
     'a4-highgpu-8g=8 B200,a4x-highgpu-4g=4 GB200,g2-standard-24=2 L4 24GB,g2-standard-32=1 L4 24GB,'
     'g4-standard-384=8 RTX PRO 6000 96GB,ct5lp-hightpu-4t=4 TPU v5e,ct6e-standard-8t=8 TPU v6e,'
     'Nvidia Tesla P100 GPU=1 P100 16GB,Nvidia Tesla K80 GPU=1 K80 12GB,Nvidia Tesla P4 GPU=1 P4 8GB,'
     'Cloud TPU v4 in us=1 TPU v4,TPU v3 pod=1 TPU v3}'),
    ('Oracle', 'Compute - %s', '{VM.GPU2.1=1 P100 16GB,BM.GPU.B300.8=1 B300 288GB,BM.GPU.GB200.4=1 GB200,'
     'GPU - MI355X=1 MI355X 288GB,GPU - L40S=1 L40S 48GB,VM.GPU3.4=1 V100 16GB,BM.GPU4.8=1 A100 40GB}'),
    ('AWS', 'BoxUsage:%s',
     '{g3.4xlarge=1 M60 8GB,g3.8xlarge=2 M60 8GB,g4ad.16xlarge=4 Radeon Pro V520 8GB,g4dn.12xlarge=4 T4 16GB,'
     'g4dn.16xlarge=1 T4 16GB,g4dn.metal=8 T4 16GB,g4dn.xlarge=1 T4 16GB,g5.12xlarge=4 A10G 24GB,'
     'g5.16xlarge=1 A10G 24GB,g5.24xlarge=4 A10G 24GB,g5.48xlarge=8 A10G 24GB,g5.xlarge=1 A10G 24GB,'
     'g5g.16xlarge=2 T4G 16GB,g6.12xlarge=4 L4 24GB,g6.48xlarge=8 L4 24GB,g6.xlarge=1 L4 24GB,'
     'g6e.12xlarge=4 L40S 48GB,g6e.48xlarge=8 L40S 48GB,g6e.xlarge=1 L40S 48GB,g7e.2xlarge=1 RTX PRO 6000 96GB,'
     'gr6.4xlarge=1 L4 24GB,inf1.6xlarge=4 AWS Inferentia,inf2.24xlarge=6 AWS Inferentia2,'
     'inf2.48xlarge=12 AWS Inferentia2,inf2.xlarge=1 AWS Inferentia2,p2.8xlarge=8 K80 12GB,'
     'p3.16xlarge=8 V100 16GB,p3.2xlarge=1 V100 16GB,p3.8xlarge=4 V100 16GB,p3dn.24xlarge=8 V100 32GB,'
     'p4d.24xlarge=8 A100 40GB,p4de.24xlarge=8 A100 80GB,p5.48xlarge=8 H100 SXM5 80GB,'
     'p5.4xlarge=1 H100 SXM5 80GB,p5e.48xlarge=8 H200,p6-b200.48xlarge=8 B200,trn1.2xlarge=1 AWS Trainium,'
     'trn1.32xlarge=16 AWS Trainium,trn1n.32xlarge=16 AWS Trainium,trn2.48xlarge=16 AWS Trainium2}'),
    ('Azure', 'Virtual Machines - %s',
     '{NC16as T4 v3=1 T4 16GB,NC24ads A100 v4=1 A100 80GB,NC40ads H100 v5=1 H100,NC48ads A100 v4=2 A100 80GB,'
     'NC64as T4 v3=4 T4 16GB,NC80adis H100 v5=2 H100,NC96ads A100 v4=4 A100 80GB,ND128isr_GB300_v6=4 GB300,'
     'ND6s=1 P40 24GB,ND96asr A100 v4=8 A100 40GB,ND96isr H100 v5=8 H100,ND96isr H200 v5=8 H200,'
     'ND96isr MI300X v5=8 MI300X 192GB,NV12s v3=1 M60 8GB,NV18ads A10 v5=0.5 A10 24GB,NV36ads A10 v5=1 A10 24GB,'
     'NV6=1 M60 8GB,NV72ads A10 v5=2 A10 24GB}'),
    ('Google Cloud', '%s',
     '{a2-highgpu-1g=1 A100 40GB,a2-highgpu-8g=8 A100 40GB,a2-ultragpu-1g=1 A100 80GB,a2-ultragpu-8g=8 A100 80GB,'
     'a3-highgpu-1g=1 H100,a3-highgpu-8g=8 H100,g2-standard-4=1 L4 24GB,g2-standard-48=4 L4 24GB,'
     'g2-standard-96=8 L4 24GB,g4-standard-48=1 RTX PRO 6000 96GB,ct5p-hightpu-4t=4 TPU v5p,'
     'Nvidia L4 GPU running in Americas=1 L4 24GB,Nvidia Tesla T4 GPU running in Americas=1 T4 16GB}'),
    -- Oracle bills the hours of each accelerator of a shape.
    ('Oracle', 'Compute - %s',
     '{VM.GPU.A10.2=1 A10 24GB,BM.GPU.A100-v2.8=1 A100 80GB,BM.GPU.H100.8=1 H100,BM.GPU.H200.8=1 H200,'
     'BM.GPU.B200.8=1 B200,BM.GPU.MI300X.8=1 MI300X 192GB,BM.GPU.GB300.4=1 GB300,BM.GPU3.8=1 V100 16GB}'),
    ('CoreWeave', '%s', '{h100-8x=8 H100 SXM5 80GB,gd-8xh200ib-i128=8 H200,gb200-4x=4 GB200}'),
    ('Lambda', '%s', '{gpu_1x_h100_sxm5=1 H100 SXM5 80GB,gpu_8x_a100_80gb_sxm4=8 A100 SXM4 80GB,gpu_1x_a10=1 A10 24GB}')
    ) AS t (provider, words, list)
CROSS JOIN LATERAL unnest(t.list::text[]) AS e (entry);
SELECT pg_temp.add_charge(jsonb_build_object('provider_name', t.provider, 'sku_meter', t.words))
FROM type AS t \g /dev/null
SELECT is_empty(
    $$SELECT t.words, t.expected, concat(trim_scale(m.gpu_count), ' ', m.accelerator)
      FROM type AS t
      LEFT JOIN accelcost_internal.charge_matches() AS m ON (m.texts).provider_name = t.provider AND m.words = t.words
      WHERE concat(trim_scale(m.gpu_count), ' ', m.accelerator) <> t.expected$$,
    'types of machines are known, with the number of their accelerators');
SELECT is(count(*) > 100 AND count(*) = count(DISTINCT (provider, words)), true, 'each of many types once') FROM type;
SELECT is_empty('SELECT * FROM accelcost.charge_unmatched()', 'and none of them is unmatched');
SELECT is_empty(
    $$SELECT p.pattern, p.accelerator FROM accelcost.charge_pattern AS p
      WHERE p.builtin AND p.accelerator IS NOT NULL
        AND NOT EXISTS (SELECT FROM accelcost.accelerator AS a WHERE a.accelerator = p.accelerator)$$,
    'patterns name accelerators of the catalog');

-- ---- what is unknown ------------------------------------------------------

DELETE FROM accelcost.charge;
SELECT pg_temp.add_charge(jsonb_build_object('provider_name', provider, 'sku_meter', words, 'billed_cost', 10))
FROM (VALUES ('AWS', 'BoxUsage:p9.48xlarge'), ('AWS', 'BoxUsage:m5.large'), ('AWS', 'Reservation:p5.48xlarge'),
             ('AWS', 'CACHE:cache.t4g.micro'), ('Azure', 'P40 LRS Disk'), ('Azure', 'Standard_NC999_v9'),
             ('Nebius', 'gpu-h100-sxm 8gpu'), ('RunPod', 'NVIDIA H200 SXM'), ('Oracle', 'BM.GPU.X9.8'),
             ('Google', 'L4 load balancer'), ('Google', 'TPU v9 chip'), ('Google', 'a9-highgpu-8g')
     ) AS u (provider, words) \g /dev/null
SELECT pg_temp.add_charge('{"sku_meter": "BoxUsage:p9.48xlarge", "billed_cost": -2, "charge_category": "Credit"}')
    \g /dev/null
SELECT results_eq(
    $$SELECT provider_name, sku_meter, looks_like, charges, billed_cost FROM accelcost.charge_unmatched()
      ORDER BY 1, 2$$,
    $$VALUES ('AWS', 'BoxUsage:p9.48xlarge', 'p9.48xlarge', 1::bigint, 10.0),
             ('Azure', 'Standard_NC999_v9', 'Standard_NC999_v9', 1, 10.0),
             ('Google', 'TPU v9 chip', 'TPU v9', 1, 10.0),
             ('Google', 'a9-highgpu-8g', 'a9-highgpu-8g', 1, 10.0),
             ('Nebius', 'gpu-h100-sxm 8gpu', 'gpu', 1, 10.0), ('Oracle', 'BM.GPU.X9.8', 'BM.GPU.X9.8', 1, 10.0),
             ('RunPod', 'NVIDIA H200 SXM', 'NVIDIA', 1, 10.0)$$,
    'what looks like an accelerator and matches no pattern is listed, without what a pattern excludes');
SELECT is_empty($$SELECT * FROM accelcost.charge_unmatched('other')$$, 'another export has none');
SELECT set_eq(
    'SELECT provider_name, sku_meter, first_month, last_month, billed_cost FROM accelcost.charge_unmatched',
    'SELECT provider_name, sku_meter, first_month, last_month, billed_cost::numeric(38,10) '
    'FROM accelcost.charge_unmatched()', 'so is the view');
INSERT INTO accelcost.charge_pattern (provider, pattern, meter, accelerator, gpu_count)
VALUES ('Nebius', 'gpu-h100-sxm.*8gpu', 'compute', 'H100', 8), ('AWS', 'p9', NULL, NULL, NULL);
SELECT is(count(*), 5::bigint, 'until there is a pattern') FROM accelcost.charge_unmatched();

-- A text that all matches of a pattern have is looked for first.
SELECT is(accelcost_internal.pattern_literal(pattern), expected, pattern)
FROM (VALUES ('(?<![a-z0-9.-])ml[.]p5[.]48xlarge(?![a-z0-9-])', 'ml.p5.48xlarge'),
             ('(?<![a-z0-9])NC6(?![a-z0-9]|[ _]v[0-9])', 'nc6'), ('NC24ads[ _]A100[ _]v4', 'nc24ads'),
             ('nvidia (tesla )?A100', NULL), ('a|bcd', NULL), ('abcd?e', 'abc'), ('ab[cd]?e', NULL), ('a.bcd', 'bcd'),
             ('p5\.48xlarge', NULL)) AS p (pattern, expected);

-- ---- quantities -------------------------------------------------------------

DELETE FROM accelcost.charge;
INSERT INTO accelcost.offer (provider, sku, region, purchase_option, accelerator, gpu_count, price_basis)
VALUES ('CoreWeave', 'H100 (8x)', 'test-1', 'on_demand', 'H100 SXM5 80GB', 8, 'per_instance');
INSERT INTO accelcost.offer_price (provider, sku, region, purchase_option, amount, valid)
VALUES ('CoreWeave', 'H100 (8x)', 'test-1', 'on_demand', 50, '[2026-01-01Z,)');
SELECT pg_temp.add_charge('{"provider_name": "CoreWeave", "region_id": "test-1", "sku_id": "h100-8x",
    "pricing_unit": "Hours", "pricing_quantity": 2, "billed_cost": 98.48}'),
       pg_temp.add_charge('{"provider_name": "CoreWeave", "region_id": "test-1", "sku_id": "h100-8x",
    "billed_cost": 30}'),
       pg_temp.add_charge('{"provider_name": "CoreWeave", "region_id": "test-1", "sku_id": "h100-8x",
    "billed_cost": -8, "charge_description": "discount"}'),
       pg_temp.add_charge('{"charge_description": "data transfer out", "pricing_unit": "GB",
    "pricing_quantity": 57000, "billed_cost": 4995}') \g /dev/null
SELECT results_eq(
    'SELECT charges, instance_hours, cost, catalog_cost, reason FROM accelcost.charge_vs_catalog() ORDER BY 1 DESC',
    $$VALUES (2::bigint, 2.0, 90.48, 100.0, NULL), (1, NULL, 30, NULL, 'the charge has no quantity, or no unit')$$,
    'hours are priced if none were consumed, a discount has none, and no quantity is a reason');
SELECT results_eq(
    'SELECT quantity, unit, cost, catalog_cost, reason FROM accelcost.charge_egress()',
    $$VALUES (57000.0, 'GB', 4995.0, 4800.2, NULL::text)$$, 'so is data: 57,000 GB are 4,800.20, not 0');
SELECT results_eq(
    'SELECT catalog_cost FROM accelcost.charge_egress', 'VALUES (4800.2)', 'in the view, too');
SELECT pg_temp.add_charge('{"charge_description": "data transfer out", "billed_cost": 9}') \g /dev/null
SELECT set_eq(
    'SELECT charges, catalog_cost, reason FROM accelcost.charge_egress()',
    $$VALUES (1, NULL::numeric, 'the charge has no quantity, or no unit'),
             (1, NULL, 'other charges for data transfer of the account are in a unit that is unknown')$$,
    'without a quantity nothing is 0, and the month is not rated without it');
SELECT is(sum(transfer_quantity), 57000.0, 'usage has the quantity')
FROM accelcost.charge_usage;
SELECT is(sum(instance_hours), 2.0, 'charges by themselves have it, too') FROM accelcost.charge_accelerator();

SELECT * FROM finish();
ROLLBACK;
