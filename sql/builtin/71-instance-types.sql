-- More lines of bills for machines with accelerators: older, fractional and newest types, and names of machines where
-- bills of Google Cloud, CoreWeave and Lambda have them.  A source without a day counts as of the first of its year.

-- Accelerators that the catalog does not have otherwise, so that what is billed has a name.
ALTER TABLE accelcost.accelerator DISABLE TRIGGER builtin_read_only;
INSERT INTO accelcost.accelerator (accelerator, kind, vendor, family, note, source, as_of, builtin, source_url,
                                   as_of_precision, announced)
SELECT t.accelerator, t.kind, t.vendor, t.family, 'known from types of machines', s.source, '2026-01-01', true,
       'https://' || substring(s.source FROM '[^ ]+$'), 'page_undated', false
FROM (VALUES
    ('aws', 'K80 12GB', 'gpu', 'NVIDIA', 'K80'), ('aws', 'M60 8GB', 'gpu', 'NVIDIA', 'M60'),
    ('aws', 'T4G 16GB', 'gpu', 'NVIDIA', 'T4G'), ('aws', 'Radeon Pro V520 8GB', 'gpu', 'AMD', 'Radeon Pro V520'),
    ('aws', 'AWS Inferentia', 'asic', 'AWS', 'Inferentia'), ('aws', 'Gaudi', 'asic', 'Intel', 'Gaudi'),
    ('aws', 'Qualcomm AI100', 'asic', 'Qualcomm', 'AI100'), ('azure', 'P100 16GB', 'gpu', 'NVIDIA', 'P100'),
    ('azure', 'P40 24GB', 'gpu', 'NVIDIA', 'P40'), ('azure', 'Radeon Instinct MI25 16GB', 'gpu', 'AMD', 'MI25'),
    ('azure', 'Radeon Pro V620 32GB', 'gpu', 'AMD', 'Radeon Pro V620'),
    ('azure', 'Radeon Pro V710 28GB', 'gpu', 'AMD', 'Radeon Pro V710'),
    ('google', 'P4 8GB', 'gpu', 'NVIDIA', 'P4'), ('google', 'TPU v2', 'tpu', 'Google', 'TPU v2'),
    ('google', 'TPU v3', 'tpu', 'Google', 'TPU v3')
    ) AS t (seller, accelerator, kind, vendor, family)
JOIN (VALUES
    ('aws', 'AWS, Amazon EC2 instance types: accelerated computing, aws.amazon.com/ec2/instance-types/'),
    ('azure', 'Microsoft, sizes for virtual machines in Azure: GPU accelerated, '
              'learn.microsoft.com/azure/virtual-machines/sizes/'),
    ('google', 'Google Cloud, GPU machine types and TPU versions, cloud.google.com/compute/docs/gpus')
    ) AS s (seller, source) USING (seller);
ALTER TABLE accelcost.accelerator ENABLE TRIGGER builtin_read_only;

ALTER TABLE accelcost.charge_pattern DISABLE TRIGGER builtin_read_only;
INSERT INTO accelcost.charge_pattern (provider, pattern, priority, meter, sku, accelerator, gpu_count, source, as_of,
                                      builtin)
SELECT 'AWS', concat('(?<![a-z0-9.-])', p.pattern, replace(t.type, '.', '[.]'), '(?![a-z0-9-])'), 10, 'compute',
       concat(p.prefix, t.type), t.accelerator, t.gpu_count,
       'AWS, Amazon EC2 instance types: accelerated computing, aws.amazon.com/ec2/instance-types/', '2026-01-01', true
FROM (
    SELECT concat(f.family, '.', f.sizes[i]), f.accelerator, f.counts[i]
    FROM (VALUES
        ('p2', 'K80 12GB', '{xlarge,8xlarge,16xlarge}'::text[], '{1,8,16}'::numeric[]),
        ('g3s', 'M60 8GB', '{xlarge}', '{1}'),
        ('g3', 'M60 8GB', '{4xlarge,8xlarge,16xlarge}', '{1,2,4}'),
        ('g4ad', 'Radeon Pro V520 8GB', '{xlarge,2xlarge,4xlarge,8xlarge,16xlarge}', '{1,1,1,2,4}'),
        ('g5g', 'T4G 16GB', '{xlarge,2xlarge,4xlarge,8xlarge,16xlarge,metal}', '{1,1,1,1,2,2}'),
        ('g6f', 'L4 24GB', '{large,xlarge,2xlarge,4xlarge}', '{0.125,0.125,0.25,0.5}'),
        ('gr6f', 'L4 24GB', '{4xlarge}', '{0.5}'),
        ('g7e', 'RTX PRO 6000 96GB', '{2xlarge,4xlarge,8xlarge,12xlarge,24xlarge,48xlarge}', '{1,1,1,2,4,8}'),
        ('p6e-gb200', 'GB200', '{36xlarge}', '{4}'),
        ('inf1', 'AWS Inferentia', '{xlarge,2xlarge,6xlarge,24xlarge}', '{1,1,4,16}'),
        ('trn2', 'AWS Trainium2', '{3xlarge}', '{1}'),
        ('trn2u', 'AWS Trainium2', '{48xlarge}', '{16}'),
        ('dl1', 'Gaudi', '{24xlarge}', '{8}'),
        ('dl2q', 'Qualcomm AI100', '{24xlarge}', '{8}')) AS f (family, accelerator, sizes, counts)
    CROSS JOIN LATERAL generate_subscripts(f.sizes, 1) AS i) AS t (type, accelerator, gpu_count)
CROSS JOIN (VALUES ('', ''), ('ml[.]', 'ml.')) AS p (pattern, prefix);

-- Azure: NC6 is not the beginning of NC6s_v3, and is sold as NC6 Promo, too.
INSERT INTO accelcost.charge_pattern (provider, pattern, priority, meter, sku, accelerator, gpu_count, source, as_of,
                                      builtin)
SELECT 'Azure', concat('(?<![a-z0-9])', replace(t.type, '_', '[ _]'), '(?![a-z0-9]|[ _]v[0-9])'), 10, 'compute',
       t.type, t.accelerator, t.gpu_count,
       'Microsoft, sizes for virtual machines in Azure: GPU accelerated, '
       'learn.microsoft.com/azure/virtual-machines/sizes/', '2026-01-01', true
FROM (VALUES
    ('NC6', 'K80 12GB', 1::numeric), ('NC12', 'K80 12GB', 2), ('NC24', 'K80 12GB', 4), ('NC24r', 'K80 12GB', 4),
    ('NC6s_v2', 'P100 16GB', 1), ('NC12s_v2', 'P100 16GB', 2), ('NC24s_v2', 'P100 16GB', 4),
    ('NC24rs_v2', 'P100 16GB', 4), ('ND6s', 'P40 24GB', 1), ('ND12s', 'P40 24GB', 2), ('ND24s', 'P40 24GB', 4),
    ('ND24rs', 'P40 24GB', 4), ('NV6', 'M60 8GB', 1), ('NV12', 'M60 8GB', 2), ('NV24', 'M60 8GB', 4),
    ('NV6s_v2', 'M60 8GB', 1), ('NV12s_v2', 'M60 8GB', 2), ('NV24s_v2', 'M60 8GB', 4),
    ('NV12s_v3', 'M60 8GB', 1), ('NV24s_v3', 'M60 8GB', 2), ('NV48s_v3', 'M60 8GB', 4),
    ('NV4as_v4', 'Radeon Instinct MI25 16GB', 0.125), ('NV8as_v4', 'Radeon Instinct MI25 16GB', 0.25),
    ('NV16as_v4', 'Radeon Instinct MI25 16GB', 0.5), ('NV32as_v4', 'Radeon Instinct MI25 16GB', 1),
    ('NG8ads_V620_v1', 'Radeon Pro V620 32GB', 0.25), ('NG16ads_V620_v1', 'Radeon Pro V620 32GB', 0.5),
    ('NG32ads_V620_v1', 'Radeon Pro V620 32GB', 1), ('NG32adms_V620_v1', 'Radeon Pro V620 32GB', 1),
    ('NV4ads_V710_v5', 'Radeon Pro V710 28GB', 0.166666666666666667),
    ('NV8ads_V710_v5', 'Radeon Pro V710 28GB', 0.333333333333333333),
    ('NV12ads_V710_v5', 'Radeon Pro V710 28GB', 0.5), ('NV24ads_V710_v5', 'Radeon Pro V710 28GB', 1),
    ('NV28adms_V710_v5', 'Radeon Pro V710 28GB', 1), ('NCC40ads_H100_v5', 'H100', 1),
    ('ND96ams_A100_v4', 'A100 80GB', 8), ('ND96is_H100_v5', 'H100', 8), ('ND96is_MI300X_v5', 'MI300X 192GB', 8),
    ('ND96is_H200_v5', 'H200', 8), ('ND128isr_NDR_GB200_v6', 'GB200', 4), ('ND128isr_GB300_v6', 'GB300', 4)
    ) AS t (type, accelerator, gpu_count);

-- Google Cloud: accelerators that are charged apart from their host, and machines where a bill has their type.
INSERT INTO accelcost.charge_pattern (provider, pattern, priority, meter, sku, accelerator, gpu_count, without_host,
                                      source, as_of, builtin)
SELECT 'Google Cloud', t.pattern, t.priority, 'compute', t.sku, t.accelerator, t.gpu_count, t.without_host,
       'Google Cloud, GPU machine types and TPU versions, cloud.google.com/compute/docs/gpus', '2026-01-01', true
FROM (
    SELECT concat('(?<![a-z0-9-])', m.type, '(?![a-z0-9-])'), 9, m.type, m.accelerator, m.gpu_count, false
    FROM (
        SELECT concat(f.family, '-', f.sizes[i]), f.accelerator, f.counts[i]
        FROM (VALUES
            ('a2-highgpu', 'A100 40GB', '{1g,2g,4g,8g}'::text[], '{1,2,4,8}'::numeric[]),
            ('a2-megagpu', 'A100 40GB', '{16g}', '{16}'),
            ('a2-ultragpu', 'A100 80GB', '{1g,2g,4g,8g}', '{1,2,4,8}'),
            ('a3-highgpu', 'H100', '{1g,2g,4g,8g}', '{1,2,4,8}'),
            ('a3-edgegpu', 'H100', '{8g,8g-nolssd}', '{8,8}'),
            ('a3-megagpu', 'H100', '{8g}', '{8}'),
            ('a3-ultragpu', 'H200', '{8g,8g-nolssd}', '{8,8}'),
            ('a4-highgpu', 'B200', '{8g,8g-nolssd}', '{8,8}'),
            ('a4x-highgpu', 'GB200', '{4g,4g-nolssd}', '{4,4}'),
            ('a4x-maxgpu', 'GB300', '{4g-metal}', '{4}'),
            ('g2-standard', 'L4 24GB', '{4,8,12,16,24,32,48,96}', '{1,1,1,1,2,1,4,8}'),
            ('g4-standard', 'RTX PRO 6000 96GB', '{48,96,192,384}', '{1,2,4,8}'),
            ('ct5lp-hightpu', 'TPU v5e', '{1t,4t,8t}', '{1,4,8}'),
            ('ct5p-hightpu', 'TPU v5p', '{1t,2t,4t}', '{1,2,4}'),
            ('ct6e-standard', 'TPU v6e', '{1t,4t,8t}', '{1,4,8}'),
            ('tpu7x-standard', 'TPU7x', '{1t,4t}', '{1,4}')) AS f (family, accelerator, sizes, counts)
        CROSS JOIN LATERAL generate_subscripts(f.sizes, 1) AS i) AS m (type, accelerator, gpu_count)
    UNION ALL
    SELECT a.pattern, 10, NULL, a.accelerator, 1, a.without_host
    FROM (VALUES
        ('nvidia (tesla )?K80', 'K80 12GB', true), ('nvidia (tesla )?P100', 'P100 16GB', true),
        ('nvidia (tesla )?P4(?![0-9])', 'P4 8GB', true), ('nvidia GB200', 'GB200', true),
        ('nvidia GB300', 'GB300', true), ('nvidia B300', 'B300 288GB', true),
        ('(nvidia )?RTX (PRO )?6000', 'RTX PRO 6000 96GB', true),
        ('TPU[ -]?v2(?![0-9])', 'TPU v2', false), ('TPU[ -]?v3(?![0-9])', 'TPU v3', false),
        ('TPU[ -]?v4(?![0-9])', 'TPU v4', false), ('TPU[ -]?v5[ -]?lite', 'TPU v5e', false),
        ('TPU[ -]?7x|ironwood', 'TPU7x', false)) AS a (pattern, accelerator, without_host)
    ) AS t (pattern, priority, sku, accelerator, gpu_count, without_host);

-- Oracle charges by the accelerator, other sellers by the machine.
INSERT INTO accelcost.charge_pattern (provider, pattern, priority, meter, sku, accelerator, gpu_count, source, as_of,
                                      builtin)
SELECT t.provider, t.pattern, t.priority, 'compute', t.sku, t.accelerator, t.gpu_count, s.source, s.as_of::date, true
FROM (
    SELECT 'Oracle Cloud', o.pattern, o.priority, NULL, o.accelerator, 1::numeric
    FROM (VALUES
        ('GPU2(?![0-9])|GPU[ .-]+(nvidia )?P100', 10, 'P100 16GB'),
        ('GPU[ .-]+(nvidia )?V100', 10, 'V100 16GB'), ('GPU[ .-]+(nvidia )?B300', 10, 'B300 288GB'),
        ('GPU[ .-]+(nvidia )?GB200', 10, 'GB200'), ('GPU[ .-]+(nvidia )?GB300', 10, 'GB300'),
        ('GPU[ .-]+(nvidia )?A100(?![ .-]*v2)', 11, 'A100 40GB'), ('GPU[ .-]+(amd )?MI355X', 10, 'MI355X 288GB'),
        ('GPU[ .-]+(nvidia )?RTX ?PRO', 10, 'RTX PRO 6000 96GB')) AS o (pattern, priority, accelerator)
    UNION ALL
    SELECT 'CoreWeave', c.pattern, 10, c.sku, c.accelerator, c.gpu_count
    FROM (VALUES
        ('gd-8xh100|h100[- ]8x|HGX H100', 'H100 (8x)', 'H100 SXM5 80GB', 8::numeric),
        ('gd-8xh200|h200[- ]8x|HGX H200', 'HGX H200 x8', 'H200', 8),
        ('gd-8xb200|b200[- ]8x|HGX B200', 'B200 (8x)', 'B200', 8),
        ('gd-8xa100|a100[- ]8x', NULL, 'A100 80GB', 8), ('gd-8xl40s', NULL, 'L40S 48GB', 8),
        ('gd-1xgh200', NULL, 'GH200 96GB', 1), ('gb200-4x', NULL, 'GB200', 4),
        ('gb300-4x', NULL, 'GB300', 4)) AS c (pattern, sku, accelerator, gpu_count)
    UNION ALL
    SELECT 'Lambda Labs', concat('(?<![a-z0-9])gpu_', n.gpu_count, 'x_', l.type, '(?![a-z0-9_])'), 10,
           concat('gpu_', n.gpu_count, 'x_', l.type), l.accelerator, n.gpu_count
    FROM (VALUES
        ('a10', 'A10 24GB'), ('a100', 'A100 40GB'), ('a100_sxm4', 'A100 SXM4 40GB'),
        ('a100_80gb_sxm4', 'A100 SXM4 80GB'), ('a6000', 'RTX A6000 48GB'), ('b200_sxm6', 'B200 180GB'),
        ('gh200', 'GH200 96GB'), ('h100_pcie', 'H100 PCIe 80GB'), ('h100_sxm5', 'H100 SXM5 80GB'),
        ('rtx6000', 'Quadro RTX 6000 24GB'), ('v100', 'V100 16GB')) AS l (type, accelerator)
    CROSS JOIN (VALUES (1::numeric), (2), (4), (8)) AS n (gpu_count)
    ) AS t (provider, pattern, priority, sku, accelerator, gpu_count)
JOIN (VALUES
    ('Oracle Cloud', 'skypilot-org/skypilot-catalog:catalogs/v8/oci/vms.csv, types of instances', '2026-08-06'),
    ('CoreWeave', 'CoreWeave, GPU instances, docs.coreweave.com', '2026-01-01'),
    ('Lambda Labs', 'Lambda, types of instances of the cloud API, docs.lambda.ai', '2026-01-01')
    ) AS s (provider, source, as_of) USING (provider);
ALTER TABLE accelcost.charge_pattern ENABLE TRIGGER builtin_read_only;
