-- What was billed for accelerators and data transfer, beside the catalog.
BEGIN;
SELECT plan(94);

CREATE FUNCTION pg_temp.add_charge(changes jsonb DEFAULT '{}') RETURNS void LANGUAGE sql AS $$
    INSERT INTO accelcost.charge
    SELECT * FROM jsonb_populate_record(NULL::accelcost.charge, jsonb_build_object(
        'provider_name', 'AWS', 'billing_account_id', 'acme', 'billing_currency', 'USD', 'export_name', 'test',
        'extra', '{}'::jsonb,
        'billing_period_start', '2026-09-01Z', 'charge_period_start', '2026-09-05T07:00Z', 'charge_period_end',
        '2026-09-05T08:00Z',
        'charge_category', 'Usage', 'pricing_category', 'Standard', 'service_name', 'Amazon Elastic Compute Cloud',
        'region_id', 'us-east-1',
        'pricing_unit', 'Hrs', 'consumed_unit', 'Hrs', 'billed_cost', 0) || changes);
$$;

-- ---- what words say -----------------------------------------------------------

CREATE FUNCTION pg_temp.meaning(provider text, words text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    result text;
BEGIN
    DELETE FROM accelcost.charge;
    PERFORM pg_temp.add_charge(
        jsonb_build_object('provider_name', provider, 'service_name', NULL, 'charge_description', words));
    SELECT concat_ws(
        ' ',
        CASE WHEN m.meter = 'compute' THEN concat_ws(
                    ' ', m.sku, '=', trim_scale(m.gpu_count), 'x', m.accelerator,
                    CASE WHEN m.without_host THEN 'without host' END)
                               ELSE concat_ws(
                                   ' ', m.transfer_kind, nullif(m.transfer_service, '*'), m.transfer_destination
                               ) END) INTO result
    FROM accelcost_internal.charge_matches() AS m;
    RETURN coalesce(result, 'neither');
END
$$;
SELECT is(pg_temp.meaning(provider, words), expected, format('%s: %s', provider, words))
FROM (VALUES
    ('AWS', '$1.624 per On Demand Linux g5.4xlarge Instance Hour', 'g5.4xlarge = 1 x A10G 24GB'),
    ('Amazon Web Services', 'USE1-BoxUsage:p5.48xlarge', 'p5.48xlarge = 8 x H100 SXM5 80GB'),
    ('AWS', 'SpotUsage:P4D.24XLARGE', 'p4d.24xlarge = 8 x A100 40GB'),
    ('AWS', 'USW2-Host:ml.g5.12xlarge', 'ml.g5.12xlarge = 4 x A10G 24GB'),
    ('AWS', 'UnusedBox:p6-b200.48xlarge', 'p6-b200.48xlarge = 8 x B200'),
    ('AWS', 'BoxUsage:trn1.32xlarge', 'trn1.32xlarge = 16 x AWS Trainium'),
    ('AWS', 'EBSOptimized:p3.2xlarge', 'neither'),
    ('AWS', 'BoxUsage:m5.xlarge', 'neither'),
    ('AWS', 'BoxUsage:xp5.48xlarge', 'neither'),
    ('AWS', 'BoxUsage:g5.xlarge-like', 'neither'),
    ('Microsoft', 'Virtual Machines NDH100v5 Series - ND96isr H100 v5 - US East', 'ND96isr_H100_v5 = 8 x H100'),
    ('Azure', 'Standard_NV12ads_A10_v5', 'NV12ads_A10_v5 = 0.333333333333333333 x A10 24GB'),
    ('Azure', 'NC24ads A100 v4 Spot', 'NC24ads_A100_v4 = 1 x A100 80GB'),
    ('Google Cloud', 'Nvidia H100 80GB Mega GPU running in Americas', '= 1 x H100 without host'),
    ('Google', 'Nvidia Tesla A100 GPU attached to Spot Preemptible VMs running in Iowa',
     '= 1 x A100 40GB without host'),
    ('Google', 'Nvidia Tesla A100 80GB GPU running in Belgium', '= 1 x A100 80GB without host'),
    ('Google', 'A3 Instance Core running in Americas', 'neither'),
    ('Google', 'Cloud TPU v5e in us-central1', 'TPU v5e = 1 x TPU v5e'),
    ('Oracle', 'Oracle Cloud Infrastructure - Compute - GPU - H100', '= 1 x H100'),
    ('AWS', 'Reservation:p5.48xlarge', 'neither'),
    ('AWS', '$0.00 per Reservation Linux p5.48xlarge Instance Hour', 'neither'),
    ('AWS', 'Linux/UNIX, p5.48xlarge reserved instance applied', 'p5.48xlarge = 8 x H100 SXM5 80GB'),
    ('AWS', '$0.132 per hour for EMR g4dn.xlarge', 'neither'),
    ('AWS', 'SoftwareUsage:g4dn.xlarge', 'neither'),
    ('AWS', 'USW2-EKS-Auto:g5.xlarge', 'neither'),
    ('AWS', 'USE1-ECS-ManagedInstances:p5.48xlarge', 'neither'),
    ('AWS', 'BoxUsage:inf2.48xlarge', 'inf2.48xlarge = 12 x AWS Inferentia2'),
    ('Azure', 'ND96asr A100 v4', 'ND96asr_v4 = 8 x A100 40GB'),
    ('Azure', 'Standard_ND96asr_v4', 'ND96asr_v4 = 8 x A100 40GB'),
    ('Oracle', 'OCI - Compute - GPU - E4', '= 1 x A100 40GB'),
    ('Google Cloud', 'Commitment v1: Nvidia L4 GPU running in Americas for 1 Year', 'neither'),
    ('AWS', '$0.020 per GB - Amazon VPC to AWS Direct Connect data transfer OUT per month (US East to Equinix DC2)',
     'neither'),
    ('AWS', 'USE1-VpcPeering-Out-Bytes', 'neither'),
    ('AWS', 'Amazon CloudFront US-DataTransfer-Out-OBytes', 'neither'),
    ('Azure', 'ExpressRoute Metered Data - Data Transfer Out', 'neither'),
    ('Azure', 'Virtual Network Inter-Region Ingress', 'neither'),
    ('Azure', 'Virtual Network Inter-Region Egress', 'inter_region VNet peering'),
    ('Google Cloud', 'Network Vpn Internet Data Transfer Out from Americas', 'neither'),
    ('Google Cloud', 'GCP Storage egress between APAC and EU', 'inter_region Cloud Storage'),
    ('Google Cloud', 'Networking Cloud CDN Traffic Cache Data Transfer to North America', 'cdn'),
    ('Alpha', 'BoxUsage:p5.48xlarge', 'neither'),
    ('AWS', '$0.090 per GB - first 10 TB / month data transfer out beyond the global free tier', 'internet'),
    ('AWS', '$0.085 per GB - next 40 TB / month data transfer out', 'internet'),
    ('AWS', 'USW2-DataTransfer-Out-Bytes', 'internet'),
    ('AWS', '$0.000 per GB - data transfer in per month', 'neither'),
    ('AWS', '$0.00 per GB - US West (Oregon) data transfer from US East (Ohio)', 'neither'),
    ('AWS', 'CAN1-USE1-AWS-In-Bytes', 'neither'),
    ('AWS', 'USE1-EUC1-AWS-Out-Bytes', 'inter_region'),
    ('AWS', '$0.01 per GB - US East (Northern Virginia) data transfer to US East (Ohio)', 'inter_region us-east-2'),
    ('AWS', '$0.010 per GB - regional data transfer - in/out/between EC2 AZs or using elastic IPs or ELB', 'inter_az'),
    ('AWS', 'USE1-DataTransfer-xAZ-In-Bytes', 'inter_az'),
    ('AWS', '$0.000 per GB data transfer out of US East (Northern Virginia) to CloudFront', 'neither'),
    ('AWS', 'Amazon CloudFront US-DataTransfer-Out-Bytes', 'cdn CloudFront'),
    ('Azure', 'Rtn Preference: MGN - Standard Data Transfer Out', 'internet'),
    ('Azure', 'Bandwidth Inter-Region - Intra Continent Data Transfer Out - North America', 'inter_region'),
    ('Azure', 'Standard Data Transfer In', 'neither'),
    ('Google Cloud', 'Network Internet Data Transfer Out from Americas to Americas', 'internet'),
    ('Google Cloud', 'Network Internet Standard Tier Data Transfer Out from Virginia', 'internet standard'),
    ('Google Cloud', 'Network Inter Zone Data Transfer Out', 'inter_az'),
    ('Google Cloud', 'Network Internet Data Transfer In from EMEA to Americas', 'neither'),
    ('Oracle', 'Outbound Data Transfer Zone 1', 'internet')) AS t (provider, words, expected);

INSERT INTO accelcost.charge_pattern (provider, pattern, meter, accelerator, gpu_count, sku)
VALUES ('amazon', 'p5\.48xlarge', 'compute', 'h200', 4, 'mine'), (NULL, 'rack 7', 'compute', 'H100', 2, NULL);
SELECT results_eq(
    $$SELECT provider, accelerator FROM accelcost.charge_pattern WHERE sku = 'mine'$$, $$VALUES ('AWS', 'H200')$$,
    'names are stored as the catalog has them');
SELECT is(
    pg_temp.meaning('AWS', 'BoxUsage:p5.48xlarge'), 'mine = 4 x H200',
    'your pattern comes before those that came with the extension');
SELECT is(pg_temp.meaning('Alpha', 'Rack 7'), '= 2 x H100', 'a pattern of no provider is for any');
INSERT INTO accelcost.charge_pattern (provider, pattern, priority) VALUES ('AWS', 'BoxUsage:p5', -1);
SELECT is(
    pg_temp.meaning('AWS', 'BoxUsage:p5.48xlarge'), 'neither',
    'the least place comes first, and may say that it is neither');
DELETE FROM accelcost.charge_pattern WHERE NOT builtin;
SELECT throws_ok(
    $$INSERT INTO accelcost.charge_pattern (pattern) VALUES ('p5(')$$, '2201B', NULL,
    'a pattern must be a regular expression');
SELECT throws_ok(
    $$UPDATE accelcost.charge_pattern SET priority = 1 WHERE builtin$$, '55000', NULL,
    'rows that came with the extension stay as they are');

SELECT results_eq(
    $$
        SELECT unit, trim_scale(accelcost_internal.charge_hours(7200, unit)),
               accelcost_internal.charge_transfer_unit(unit)
                    FROM unnest(
                        '{Hrs,Hours,1 Hour,100 Hours,GPU Per Hour,hour,seconds,Minutes,GB,GB Hours,1 GB,gibibyte,'
                        'bytes,Units,TB}'::text[]) WITH ORDINALITY AS u (unit, n)
                    ORDER BY n$$,
    $$
        VALUES ('Hrs', 7200::numeric, NULL::text),
               ('Hours', 7200, NULL),
               ('1 Hour', 7200, NULL),
               ('100 Hours', 720000, NULL),
               ('GPU Per Hour', 7200, NULL),
               ('hour', 7200, NULL),
             ('seconds', 2, NULL),
             ('Minutes', 120, NULL),
             ('GB', NULL, 'GB'),
             ('GB Hours', NULL, 'GB'),
             ('1 GB', NULL, 'GB'),
             ('gibibyte', NULL, 'GiB'),
             ('bytes', NULL, 'byte'),
             ('Units', NULL, NULL), ('TB', NULL, NULL)$$, 'units of time and of data');

-- ---- accelerators -----------------------------------------------------------------

DELETE FROM accelcost.charge;
INSERT INTO accelcost.offer (provider, sku, region, purchase_option, accelerator, gpu_count, price_basis)
VALUES ('AWS', 'p5.48xlarge', 'us-east-1', 'on_demand', 'H100 SXM5 80GB', 8, 'per_instance'),
       ('AWS', 'p5.48xlarge', 'us-east-1', 'spot', 'H100 SXM5 80GB', 8, 'per_instance'),
       ('Oracle Cloud', 'BM.GPU.H100.8', '*', 'on_demand', 'H100', 8, 'per_instance');
INSERT INTO accelcost.offer_price (provider, sku, region, purchase_option, amount, valid)
VALUES ('AWS', 'p5.48xlarge', 'us-east-1', 'on_demand', 98.32, '[2026-01-01Z,2026-09-10Z)'),
       ('AWS', 'p5.48xlarge', 'us-east-1', 'on_demand', 55.04, '[2026-09-10Z,)'),
       ('AWS', 'p5.48xlarge', 'us-east-1', 'spot', 20, '[2026-01-01Z,)'),
       ('Oracle Cloud', 'BM.GPU.H100.8', '*', 'on_demand', 80, '[2026-01-01Z,)');
SELECT pg_temp.add_charge(
    changes || '{"sku_meter": "BoxUsage:p5.48xlarge", "batch": 1}' || jsonb_build_object('row_number', n))
FROM (VALUES
    (1, '{"consumed_quantity": 10, "billed_cost": 983.2, "effective_cost": 900}'::jsonb),
    (2,
     '{"consumed_quantity": 2.5, "billed_cost": 250, "effective_cost": 225, '
     '"charge_period_start": "2026-09-09T23:00Z"}'),
    (3,
     '{"consumed_quantity": 4, "billed_cost": 220.16, "effective_cost": 220.16, '
     '"charge_period_start": "2026-09-10T00:00Z"}'),
    (4, '{"consumed_quantity": 3, "billed_cost": 75, "pricing_category": "Dynamic"}'),
    (5,
     '{"consumed_quantity": 8, "billed_cost": 0, "effective_cost": 300, "pricing_category": "Committed", '
     '"commitment_discount_id": "c", "commitment_discount_status": "Used"}'),
    (6,
     '{"billed_cost": 0, "effective_cost": 50, "pricing_quantity": 1, "pricing_category": "Committed", '
     '"commitment_discount_id": "c", "commitment_discount_status": "Unused"}'),
    (7,
     '{"billed_cost": 5000, "effective_cost": 0, "charge_category": "Purchase", "commitment_discount_id": "c", '
     '"pricing_quantity": 1}'),
    (8, '{"consumed_quantity": 1, "billed_cost": 90, "region_id": "af-south-1"}'),
    (9, '{"consumed_quantity": 1, "billed_cost": 90, "consumed_unit": "Boxes", "pricing_unit": "Boxes"}'),
    (10, '{"consumed_quantity": 1, "billed_cost": 100, "billing_currency": "EUR"}')) AS t (n, changes) \g /dev/null
SELECT pg_temp.add_charge(
    '{"provider_name": "Oracle", "region_id": "eu-frankfurt-1", '
    '"charge_description": "Compute - GPU - H100", "consumed_quantity": 16, '
    '"consumed_unit": "GPU Per Hour", "billed_cost": 160}') \g /dev/null
SELECT pg_temp.add_charge(
    '{"provider_name": "Google Cloud", "region_id": "us-central1", '
    '"charge_description": "Nvidia H100 80GB GPU running in Iowa", "consumed_quantity": 7200, '
    '"consumed_unit": "seconds", "billed_cost": 20}') \g /dev/null

SELECT results_eq(
    $$
        SELECT row_number, trim_scale(instance_hours), trim_scale(accelerator_hours), purchase_option
        FROM accelcost.charge_accelerator('test')
        WHERE batch = 1
        ORDER BY 1$$,
    $$
        VALUES (1::bigint, 10::numeric, 80::numeric, 'on_demand'),
               (2, 2.5, 20, 'on_demand'),
               (3, 4, 32, 'on_demand'),
               (4, 3, 24, 'spot'),
               (5, 8, 64, 'committed'),
             (6, NULL, NULL, 'committed'),
             (7, NULL, NULL, 'committed'),
             (8, 1, 8, 'on_demand'),
             (9, NULL, NULL, 'on_demand'),
             (10, 1, 8, 'on_demand')$$,
    'hours are those that were consumed, times the accelerators of a machine');
SELECT is(trim_scale(accelerator_hours), 2::numeric, 'seconds are hours')
FROM accelcost.charge_accelerator()
WHERE provider = 'Google Cloud';
SELECT is_empty($$SELECT * FROM accelcost.charge_accelerator('other')$$, 'another export has no charges');

SELECT results_eq(
    $$
        SELECT purchase_option, region, charges, instance_hours, cost, unit_price, catalog_cost, catalog_price,
               deviation, deviation_percent
                    FROM accelcost.charge_vs_catalog() WHERE provider = 'AWS' AND reason IS NULL ORDER BY 1, 2$$,
    $$
        VALUES ('on_demand', 'us-east-1', 3::bigint, 16.5::numeric, 1453.36::numeric, 88.082424242424242424,
                1449.16::numeric, 87.827878787878787879, 4.2::numeric, 0.29::numeric),
             ('spot', 'us-east-1', 1, 3, 75, 25, 60, 20, 15, 25.00
             )$$, 'a unit price beside that of the catalog, each day by the price of that day');
SELECT results_eq(
    $$
        SELECT reason, charges, cost
        FROM accelcost.charge_vs_catalog()
        WHERE reason IS NOT NULL
        ORDER BY reason COLLATE "C"$$,
    $$VALUES ('no committed price for sku "p5.48xlarge" in region "us-east-1"', 1::bigint, 0::numeric),
             ('no exchange rate from EUR to USD', 1, NULL),
             ('no on_demand price for sku "p5.48xlarge" in region "af-south-1"', 1, 90),
             ('the charge is for the accelerator without its host', 1, 20),
             ('unit "Boxes" is unknown', 1, 90)$$, 'what does not compare has a reason, and is counted');
SELECT results_eq(
    $$
        SELECT instance_hours, unit_price, catalog_price
        FROM accelcost.charge_vs_catalog()
        WHERE provider = 'Oracle Cloud'$$,
    $$VALUES (16::numeric, 10::numeric, 10::numeric)$$,
    'where accelerators are charged one by one, so is the price of the catalog');
SELECT is(cost, 1345.16, 'on the effective basis')
FROM accelcost.charge_vs_catalog(cost_basis => 'effective')
WHERE purchase_option = 'on_demand' AND region = 'us-east-1' AND reason IS NULL;
SET LOCAL timezone = 'Asia/Kolkata';
SET LOCAL datestyle = 'SQL, DMY';
SELECT is(sum(charges)::bigint, 10::bigint, 'whatever the session has set') FROM accelcost.charge_vs_catalog();
RESET timezone;
RESET datestyle;
SELECT is(sum(charges)::bigint, 10::bigint, 'each charge for usage is in one line, and no other is')
FROM accelcost.charge_vs_catalog();
SELECT is(count(*), 12::bigint, 'a view has the same charges') FROM accelcost.charge_accelerator;
SELECT set_eq(
    'SELECT reason, unit_price FROM accelcost.charge_vs_catalog',
    'SELECT reason, unit_price::numeric(38,10) FROM accelcost.charge_vs_catalog()',
    'and another what they are compared with');
INSERT INTO accelcost.fx_rate (from_currency, to_currency, rate, valid) VALUES ('USD', 'EUR', 0.8, '[2026-01-01,)');
SELECT results_eq(
    $$SELECT cost, catalog_cost FROM accelcost.charge_vs_catalog(currency => 'EUR') WHERE purchase_option = 'spot'$$,
    $$VALUES (60::numeric, 48::numeric)$$, 'both in another currency');
SELECT throws_ok(
    $$SELECT * FROM accelcost.charge_vs_catalog(cost_basis => 'net')$$, '22023', NULL, 'an unknown basis is an error'
);
SELECT throws_ok(
    $$SELECT * FROM accelcost.charge_vs_catalog(currency => 'dollars!')$$, '22023', NULL,
    'and so is what is no currency');

SELECT pg_temp.add_charge(
    '{"billing_account_id": "w", "charge_description": "$0.710 per On Demand Windows p5.48xlarge '
    'Instance Hour", "consumed_quantity": 1, "billed_cost": 71}') \g /dev/null
SELECT results_eq(
    $$SELECT unit_price, catalog_price, reason FROM accelcost.charge_vs_catalog() WHERE payer = 'w'$$,
    $$VALUES (71.0, NULL::numeric, 'the charge is for a machine with Windows')$$,
    'a machine with Windows is not one with Linux');
SELECT pg_temp.add_charge(
    jsonb_build_object(
        'billing_account_id', 'w', 'charge_description', d, 'sku_meter', m, 'consumed_quantity', 1, 'billed_cost', 1))
FROM (
    VALUES ('$60 per On Demand Ubuntu Pro p5.48xlarge Instance Hour', NULL),
           ('$60 per Dedicated Linux p5.48xlarge Instance Hour', 'DedicatedUsage:p5.48xlarge')
) AS v (d, m) \g /dev/null
SELECT is(
    string_agg(reason, ', ' ORDER BY reason COLLATE "C"),
    'the charge is for a machine with Ubuntu Pro, the charge is for a machine with Windows, '
    'the charge is for a machine with dedicated tenancy',
    'nor is one of one''s own')
FROM accelcost.charge_vs_catalog()
WHERE payer = 'w';
DELETE FROM accelcost.charge WHERE billing_account_id = 'w';
SELECT pg_temp.add_charge(
    '{"billing_account_id": "w", "sku_meter": "BoxUsage:p5.48xlarge", '
    '"commitment_discount_status": "Unused", "consumed_quantity": 5}') \g /dev/null
SELECT is(instance_hours, NULL, 'what is left unused has no hours')
FROM accelcost.charge_accelerator()
WHERE billing_account_id = 'w';
DELETE FROM accelcost.charge WHERE billing_account_id = 'w';
SELECT pg_temp.add_charge(
    '{"sku_meter": "BoxUsage:p5.48xlarge", "consumed_quantity": 1e-150, "billed_cost": 1e19, '
    '"billing_account_id": "b"}') \g /dev/null
SELECT pg_temp.add_charge(
    '{"sku_meter": "BoxUsage:p5.48xlarge", "consumed_quantity": 1e190, "billed_cost": 1e19, '
    '"billing_account_id": "c"}') \g /dev/null
SELECT is(count(*), 14::bigint, 'no quantity breaks the view of charges')
FROM accelcost.charge_accelerator
WHERE coalesce(instance_hours, 0) >= 0;
SELECT results_eq(
    $$
        SELECT payer, unit_price, catalog_cost, reason
        FROM accelcost.charge_vs_catalog
        WHERE payer <> 'acme'
        ORDER BY 1$$,
    $$VALUES ('b', NULL::numeric, 0.0::numeric, NULL::text), ('c', 0.0, NULL, 'the cost is out of range')$$,
    'nor that of prices');

-- ---- data transfer ------------------------------------------------------------------

DELETE FROM accelcost.charge;
SELECT pg_temp.add_charge(
    jsonb_build_object(
        'charge_period_start', format('2026-09-%sT05:00Z', d), 'charge_description', 'data transfer out',
        'consumed_unit', 'GB', 'pricing_unit', 'GB',
                                             'sub_account_id', d % 3, 'consumed_quantity', 1900, 'pricing_quantity',
                                             1900, 'billed_cost', 160))
FROM generate_series(1, 30) AS d \g /dev/null
SELECT results_eq(
    $$
        SELECT transfer_kind, region, charges, quantity, unit, cost, catalog_cost, deviation, reason
        FROM accelcost.charge_egress()$$,
    $$
        VALUES ('internet', 'us-east-1', 30::bigint, 57000::numeric, 'GB', 4800::numeric, 4800.2::numeric, -0.2,
                NULL::text)$$,
    '57,000 GB are rated as one quantity of a month: 100 free, 10,140 at 0.09, 40,960 at 0.085 and 5,800 at 0.07');
SELECT is(catalog_cost, 4800.2, 'so does the view of data transfer') FROM accelcost.charge_egress;
SELECT pg_temp.add_charge(
    '{"charge_description": "USE1-USE2-AWS-Out-Bytes", "consumed_unit": "Bytes", '
    '"consumed_quantity": 1073741824000, "pricing_unit": "GB", "pricing_quantity": 1000, '
    '"billed_cost": 20}') \g /dev/null
SELECT results_eq(
    $$
        SELECT transfer_destination, trim_scale(quantity), unit, catalog_cost
        FROM accelcost.charge_egress()
        WHERE transfer_kind = 'inter_region'$$,
    $$VALUES ('us-east-2', 1073741824000::numeric, 'byte', 10::numeric)$$,
    'bytes are bytes, and a pair of regions has its own price');
SELECT pg_temp.add_charge(
    '{"charge_description": "data transfer out", "consumed_unit": "Trucks", '
    '"consumed_quantity": 1, "pricing_unit": "Trucks", "pricing_quantity": 1, "billed_cost": 20}') \g /dev/null
SELECT results_eq(
    $$SELECT charges, catalog_cost, reason FROM accelcost.charge_egress() WHERE unit = 'Trucks'$$,
    $$VALUES (1::bigint, NULL::numeric, 'unit "Trucks" is unknown')$$, 'an unknown unit is not guessed');
SELECT is(catalog_cost, NULL, 'and what else was sent is not rated without it')
FROM accelcost.charge_egress()
WHERE transfer_kind = 'internet' AND unit = 'GB';
SELECT is(reason, 'other charges for data transfer of the account are in a unit that is unknown', 'which is said')
FROM accelcost.charge_egress()
WHERE transfer_kind = 'internet' AND unit = 'GB';
SELECT pg_temp.add_charge(
    '{"export_name": "again", "charge_description": "data transfer out", "consumed_unit": "GB", '
    '"consumed_quantity": 5, "billed_cost": 1}') \g /dev/null
SELECT is(count(*), 0::bigint, 'an account in two exports is not rated twice')
FROM accelcost.charge_egress()
WHERE transfer_kind = 'internet' AND catalog_cost IS NOT NULL;

SELECT * FROM finish();
ROLLBACK;
