-- What lines of bills are for: machines with accelerators by their types, and
-- data transfer by the words that providers use for it.  A source without a day
-- counts as of the first of its year.
ALTER TABLE accelcost.charge_pattern DISABLE TRIGGER builtin_read_only;
DELETE FROM accelcost.charge_pattern WHERE builtin;

-- AWS: machines, and the same for SageMaker, which has prices of its own.
INSERT INTO accelcost.charge_pattern (provider, pattern, priority, meter, sku, accelerator, gpu_count, source, as_of, builtin)
SELECT 'AWS', concat('(?<![a-z0-9.-])', p.pattern, replace(t.type, '.', '[.]'), '(?![a-z0-9-])'), 10, 'compute',
       concat(p.prefix, t.type), t.accelerator, t.gpu_count, 'AWS, Amazon EC2 instance types: accelerated computing, aws.amazon.com/ec2/instance-types/', '2026-01-01'::date, true
FROM (VALUES
  ('p6-b300.48xlarge', 'B300 288GB', 8::numeric),
  ('p6-b200.48xlarge', 'B200', 8),
  ('p5en.48xlarge', 'H200', 8),
  ('p5e.48xlarge', 'H200', 8),
  ('p5.48xlarge', 'H100 SXM5 80GB', 8),
  ('p5.4xlarge', 'H100 SXM5 80GB', 1),
  ('p4de.24xlarge', 'A100 80GB', 8),
  ('p4d.24xlarge', 'A100 40GB', 8),
  ('p3.2xlarge', 'V100 16GB', 1),
  ('p3.8xlarge', 'V100 16GB', 4),
  ('p3.16xlarge', 'V100 16GB', 8),
  ('p3dn.24xlarge', 'V100 32GB', 8),
  ('g6e.xlarge', 'L40S 48GB', 1),
  ('g6e.2xlarge', 'L40S 48GB', 1),
  ('g6e.4xlarge', 'L40S 48GB', 1),
  ('g6e.8xlarge', 'L40S 48GB', 1),
  ('g6e.16xlarge', 'L40S 48GB', 1),
  ('g6e.12xlarge', 'L40S 48GB', 4),
  ('g6e.24xlarge', 'L40S 48GB', 4),
  ('g6e.48xlarge', 'L40S 48GB', 8),
  ('g6.xlarge', 'L4 24GB', 1),
  ('g6.2xlarge', 'L4 24GB', 1),
  ('g6.4xlarge', 'L4 24GB', 1),
  ('g6.8xlarge', 'L4 24GB', 1),
  ('g6.16xlarge', 'L4 24GB', 1),
  ('g6.12xlarge', 'L4 24GB', 4),
  ('g6.24xlarge', 'L4 24GB', 4),
  ('g6.48xlarge', 'L4 24GB', 8),
  ('gr6.4xlarge', 'L4 24GB', 1),
  ('gr6.8xlarge', 'L4 24GB', 1),
  ('g5.xlarge', 'A10G 24GB', 1),
  ('g5.2xlarge', 'A10G 24GB', 1),
  ('g5.4xlarge', 'A10G 24GB', 1),
  ('g5.8xlarge', 'A10G 24GB', 1),
  ('g5.16xlarge', 'A10G 24GB', 1),
  ('g5.12xlarge', 'A10G 24GB', 4),
  ('g5.24xlarge', 'A10G 24GB', 4),
  ('g5.48xlarge', 'A10G 24GB', 8),
  ('g4dn.xlarge', 'T4 16GB', 1),
  ('g4dn.2xlarge', 'T4 16GB', 1),
  ('g4dn.4xlarge', 'T4 16GB', 1),
  ('g4dn.8xlarge', 'T4 16GB', 1),
  ('g4dn.16xlarge', 'T4 16GB', 1),
  ('g4dn.12xlarge', 'T4 16GB', 4),
  ('g4dn.metal', 'T4 16GB', 8),
  ('trn1.2xlarge', 'AWS Trainium', 1),
  ('trn1.32xlarge', 'AWS Trainium', 16),
  ('trn1n.32xlarge', 'AWS Trainium', 16),
  ('trn2.48xlarge', 'AWS Trainium2', 16),
  ('inf2.xlarge', 'AWS Inferentia2', 1),
  ('inf2.8xlarge', 'AWS Inferentia2', 1),
  ('inf2.24xlarge', 'AWS Inferentia2', 6),
  ('inf2.48xlarge', 'AWS Inferentia2', 12)) AS t (type, accelerator, gpu_count)
CROSS JOIN (VALUES ('', ''), ('ml[.]', 'ml.')) AS p (pattern, prefix);

-- Azure: Standard_NC24ads_A100_v4 in one place is NC24ads A100 v4 in another.
INSERT INTO accelcost.charge_pattern (provider, pattern, priority, meter, sku, accelerator, gpu_count, source, as_of, builtin)
SELECT 'Azure', concat('(?<![a-z0-9])', replace(replace(t.type, 'ND96asr_', 'ND96asr_(A100_)?'), '_', '[ _]'), '(?![a-z0-9])'), 10, 'compute',
       t.type, t.accelerator, t.gpu_count, 'Microsoft, sizes for virtual machines in Azure: GPU accelerated, learn.microsoft.com/azure/virtual-machines/sizes/', '2026-01-01'::date, true
FROM (VALUES
  ('ND96isr_H200_v5', 'H200', 8::numeric),
  ('ND96isr_H100_v5', 'H100', 8),
  ('ND96isr_MI300X_v5', 'MI300X 192GB', 8),
  ('ND96amsr_A100_v4', 'A100 80GB', 8),
  ('ND96asr_v4', 'A100 40GB', 8),
  ('ND40rs_v2', 'V100 32GB', 8),
  ('NC40ads_H100_v5', 'H100', 1),
  ('NC80adis_H100_v5', 'H100', 2),
  ('NC24ads_A100_v4', 'A100 80GB', 1),
  ('NC48ads_A100_v4', 'A100 80GB', 2),
  ('NC96ads_A100_v4', 'A100 80GB', 4),
  ('NC4as_T4_v3', 'T4 16GB', 1),
  ('NC8as_T4_v3', 'T4 16GB', 1),
  ('NC16as_T4_v3', 'T4 16GB', 1),
  ('NC64as_T4_v3', 'T4 16GB', 4),
  ('NC6s_v3', 'V100 16GB', 1),
  ('NC12s_v3', 'V100 16GB', 2),
  ('NC24s_v3', 'V100 16GB', 4),
  ('NC24rs_v3', 'V100 16GB', 4),
  ('NV6ads_A10_v5', 'A10 24GB', 0.166666666666666667),
  ('NV12ads_A10_v5', 'A10 24GB', 0.333333333333333333),
  ('NV18ads_A10_v5', 'A10 24GB', 0.5),
  ('NV36ads_A10_v5', 'A10 24GB', 1),
  ('NV36adms_A10_v5', 'A10 24GB', 1),
  ('NV72ads_A10_v5', 'A10 24GB', 2)) AS t (type, accelerator, gpu_count);

-- Google Cloud and Oracle Cloud charge by the accelerator, the one without its host.
INSERT INTO accelcost.charge_pattern (provider, pattern, priority, meter, sku, accelerator, gpu_count, without_host, source, as_of, builtin)
SELECT t.provider, t.pattern, t.priority, 'compute', t.sku, t.accelerator, 1::numeric, t.without_host, s.source, '2026-01-01'::date, true
FROM (VALUES
  ('Google Cloud', 'nvidia (tesla )?B200', 10, NULL::text, 'B200', true),
  ('Google Cloud', 'nvidia (tesla )?H200', 10, NULL, 'H200', true),
  ('Google Cloud', 'nvidia (tesla )?H100', 10, NULL, 'H100', true),
  ('Google Cloud', 'nvidia (tesla )?A100 80GB', 10, NULL, 'A100 80GB', true),
  ('Google Cloud', 'nvidia (tesla )?A100(?! 80GB)', 10, NULL, 'A100 40GB', true),
  ('Google Cloud', 'nvidia (tesla )?L4(?![0-9])', 10, NULL, 'L4 24GB', true),
  ('Google Cloud', 'nvidia (tesla )?T4(?![0-9])', 10, NULL, 'T4 16GB', true),
  ('Google Cloud', 'nvidia (tesla )?V100', 10, NULL, 'V100 16GB', true),
  ('Google Cloud', 'TPU[ -]?v5e', 10, 'TPU v5e', 'TPU v5e', false),
  ('Google Cloud', 'TPU[ -]?v5p', 10, 'TPU v5p', 'TPU v5p', false),
  ('Google Cloud', 'TPU[ -]?v6e|Trillium', 10, 'TPU v6e', 'TPU v6e', false),
  ('Oracle Cloud', 'GPU[ .-]+(nvidia )?H200', 10, NULL, 'H200', false),
  ('Oracle Cloud', 'GPU[ .-]+(nvidia )?H100', 10, NULL, 'H100', false),
  ('Oracle Cloud', 'GPU[ .-]+(nvidia )?A100[ .-]*v2', 10, NULL, 'A100 80GB', false),
  ('Oracle Cloud', 'GPU4(?![0-9])|GPU[ .-]+E4(?![0-9])', 10, NULL, 'A100 40GB', false),
  ('Oracle Cloud', 'GPU3(?![0-9])|GPU[ .-]+E3(?![0-9])', 10, NULL, 'V100 16GB', false),
  ('Oracle Cloud', 'GPU[ .-]+(nvidia )?B200', 10, NULL, 'B200', false),
  ('Oracle Cloud', 'GPU[ .-]+(nvidia )?L40S', 10, NULL, 'L40S 48GB', false),
  ('Oracle Cloud', 'GPU[ .-]+(nvidia )?A10(?![0-9])', 10, NULL, 'A10 24GB', false),
  ('Oracle Cloud', 'GPU[ .-]+(amd )?MI300X', 10, NULL, 'MI300X 192GB', false)) AS t (provider, pattern, priority, sku, accelerator, without_host)
JOIN (VALUES
  ('Google Cloud', 'Google Cloud, SKUs of Compute Engine and Cloud TPU, cloud.google.com/skus'),
  ('Oracle Cloud', 'Oracle, price list of compute with GPUs, oracle.com/cloud/price-list/')) AS s (provider, source) USING (provider);

-- What is charged beside a machine, by the same hours and under its name.
INSERT INTO accelcost.charge_pattern (provider, pattern, priority, meter, note, source, as_of, builtin)
VALUES
  ('AWS', 'EBSOptimized:|ebs-optimized', 0, NULL, 'a surcharge of older machines, by their hours', 'AWS Cost and Usage Report, docs.aws.amazon.com/cur/latest/userguide/', '2026-01-01', true),
  ('AWS', '(^|[^a-z])(Dedicated)?Res(ervation)?:|per (dedicated )?reservation ', 0, NULL, 'an hour of reserved capacity in which the machine runs, which is charged by itself', 'Amazon EC2, billing of Capacity Reservations, docs.aws.amazon.com/AWSEC2/latest/UserGuide/capacity-reservations-pricing-billing.html', '2026-01-01', true),
  ('AWS', 'elastic ?map ?reduce|for EMR |EKS[ -]Auto|ManagedInstances|management fee|dedicated per region|elastic graphics', 0, NULL, 'a fee on top of a machine', 'AWS Cost and Usage Report, docs.aws.amazon.com/cur/latest/userguide/', '2026-01-01', true),
  ('AWS', 'SoftwareUsage:|AWS Marketplace', 0, NULL, 'software of others on a machine', 'AWS Cost and Usage Report, docs.aws.amazon.com/cur/latest/userguide/', '2026-01-01', true),
  ('Google Cloud', '(^|[[:space:]])Commitment ', 0, NULL, 'what is committed to, whether it is used or not', 'Google Cloud, SKUs of Compute Engine and Cloud TPU, cloud.google.com/skus', '2026-01-01', true);

-- Data transfer, the exceptions first.
INSERT INTO accelcost.charge_pattern (provider, pattern, priority, meter, transfer_kind, transfer_service, transfer_destination, note, source, as_of, builtin)
SELECT t.provider, t.pattern, t.priority, t.meter, t.kind, coalesce(t.service, '*'), t.destination, t.note, s.source, s.as_of::date, true
FROM (VALUES
  ('AWS', 'DataTransfer-(Regional|xAZ)|regional data transfer', 20, 'egress', 'inter_az', NULL::text, NULL::text, 'charged for both directions'),
  ('AWS', 'direct connect|DataXfer|VpcPeering|-OBytes|-ABytes-T|vpn|privatelink|transit gateway', 19, NULL, NULL, NULL, NULL, 'has prices of its own, which are not in the catalog'),
  ('AWS', 'CloudFront-(In|Out)-Bytes|(to|from) CloudFront', 21, NULL, NULL, NULL, NULL, 'between a region and CloudFront, at no charge'),
  ('AWS', '-In-A?Bytes|data transfer (in|from)(?![a-z])|from the internet', 22, NULL, NULL, NULL, NULL, 'received'),
  ('AWS', 'CloudFront.*(DataTransfer-Out|data transfer out)', 23, 'egress', 'cdn', 'CloudFront', NULL, NULL),
  ('AWS', 'USE1-USE2-AWS-Out|US East [(]Northern Virginia[)] data transfer to US East [(]Ohio[)]', 24, 'egress', 'inter_region', NULL, 'us-east-2', 'a pair of regions with a price of its own'),
  ('AWS', 'USE2-USE1-AWS-Out|US East [(]Ohio[)] data transfer to US East [(]Northern Virginia[)]', 24, 'egress', 'inter_region', NULL, 'us-east-1', 'a pair of regions with a price of its own'),
  ('AWS', '-AWS-Out-A?Bytes|data transfer to ', 25, 'egress', 'inter_region', NULL, NULL, NULL),
  ('AWS', 'DataTransfer-Out-A?Bytes|data transfer out', 26, 'egress', 'internet', NULL, NULL, NULL),
  ('Azure', 'expressroute|vpn', 19, NULL, NULL, NULL, NULL, 'has prices of its own, which are not in the catalog'),
  ('Azure', 'virtual network.*inter-region (egress|peering)|global virtual network peering.*egress', 20, 'egress', 'inter_region', 'VNet peering', NULL, NULL),
  ('Azure', 'ingress|data transfer in(?![a-z-])', 20, NULL, NULL, NULL, NULL, 'received'),
  ('Azure', 'availability zone data transfer|inter-availability zone', 21, 'egress', 'inter_az', NULL, NULL, NULL),
  ('Azure', 'inter-?region|int(er|ra)[ -]continent', 22, 'egress', 'inter_region', NULL, NULL, NULL),
  ('Azure', '(content delivery network|front door|cdn).*data transfer', 23, 'egress', 'cdn', NULL, NULL, NULL),
  ('Azure', 'data transfer out', 24, 'egress', 'internet', NULL, NULL, NULL),
  ('Google Cloud', 'vpn|interconnect', 19, NULL, NULL, NULL, NULL, 'has prices of its own, which are not in the catalog'),
  ('Google Cloud', '(data transfer|network) in(?![a-z])|ingress', 20, NULL, NULL, NULL, NULL, 'received'),
  ('Google Cloud', 'inter zone|between zones', 21, 'egress', 'inter_az', NULL, NULL, NULL),
  ('Google Cloud', 'storage egress between|storage .*data transfer between', 22, 'egress', 'inter_region', 'Cloud Storage', NULL, NULL),
  ('Google Cloud', 'inter region|between regions', 22, 'egress', 'inter_region', NULL, NULL, NULL),
  ('Google Cloud', '(cdn|cache).*(egress|data transfer)', 23, 'egress', 'cdn', NULL, NULL, NULL),
  ('Google Cloud', 'standard tier.*(internet|egress|data transfer out)|internet standard tier', 24, 'egress', 'internet', 'standard', NULL, NULL),
  ('Google Cloud', 'internet (egress|data transfer out)|download (worldwide|apac|australia|china)', 25, 'egress', 'internet', NULL, NULL, NULL),
  ('Oracle Cloud', 'inbound data transfer', 20, NULL, NULL, NULL, NULL, 'received'),
  ('Oracle Cloud', 'outbound data transfer', 21, 'egress', 'internet', NULL, NULL, NULL)) AS t (provider, pattern, priority, meter, kind, service, destination, note)
JOIN (VALUES
  ('AWS', 'AWS Cost and Usage Report, understanding data transfer charges, docs.aws.amazon.com/cur/latest/userguide/cur-data-transfers-charges.html', '2026-01-01'),
  ('Azure', 'Microsoft, bandwidth pricing, azure.microsoft.com/pricing/details/bandwidth/', '2026-01-01'),
  ('Google Cloud', 'Google Cloud, SKUs of networking, cloud.google.com/skus', '2026-01-01'),
  ('Oracle Cloud', 'Oracle, price list of networking, oracle.com/cloud/price-list/', '2026-01-01')) AS s (provider, source, as_of) USING (provider);
ALTER TABLE accelcost.charge_pattern ENABLE TRIGGER builtin_read_only;
