-- Price files: what is read from each format, what is refused, and that a file
-- loaded twice changes nothing.
\getenv dir PG_ABS_SRCDIR
\set file :dir '/include/error_of.sql'
\i :file
INSERT INTO accelcost.provider (provider, kind) VALUES ('Bolt Cloud', 'neocloud');

-- TPU slices: cores or chips
SELECT slice, accelcost_internal.tpu_chips(slice)
FROM unnest('{v2-8,v3-8,v4-16,v5p-8,tpu-v5p-8192,v5litepod-16,tpu-v5e-4,tpu-v6e-8,A100,v100}'::text[]) AS slice;

-- SkyPilot: any order of columns; counts as 8.0; a spot price of 0 or equal to the other is none
CREATE TABLE vms (
    "InstanceType" text, "AcceleratorName" text, "AcceleratorCount" text, "vCPUs" text, "MemoryGiB" text,
    "Region" text, "SpotPrice" text, "Price" text, "AvailabilityZone" text, "GpuInfo" text);
INSERT INTO vms VALUES
    ('gpu_8x_h100', 'H100-SXM', '8.0', '208', '1800', 'us-east-1', '12.5', '31.92', NULL, '{''Gpus'': []}'),
    ('gpu_1x_h100', 'H100-SXM', '1', '26', '200', 'us-east-1', '4.29', '4.29', NULL, ''),
    ('gpu_1x_h100', 'H100-SXM', '1', '26', '200', 'us-west-1', '0.00', '4.5', NULL, ''),
    ('gpu_1x_l4', 'L4', '1', '8', '32', 'us-east-1', '', '0.7', 'us-east-1a', ''),
    ('gpu_1x_l4', 'L4', '1', '8', '32', 'us-east-1', '', '0.8', 'us-east-1b', ''),
    ('gpu_1x_t4', 'T4', '1', '8', '32', 'us-east-1', '', '0.5', 'us-east-1a', ''),
    ('gpu_1x_t4', 'T4', '1', '8', '32', 'us-east-1', '', '0.500', 'us-east-1b', ''),
    ('new_chip', 'X9000', '2', '8', '32', 'us-east-1', NULL, '9', NULL, ''),
    ('cpu', '', '', '8', '32', 'us-east-1', NULL, '0.2', NULL, ''),
    ('free', 'L4', '1', '8', '32', 'us-east-1', NULL, '0.0', NULL, ''),
    ('dear', 'L4', '1', '8', '32', 'us-east-1', NULL, '1,000', NULL, ''),
    ('none', 'L4', '1', '8', '32', 'us-east-1', NULL, NULL, NULL, ''),
    ('zero', 'L4', '0', '8', '32', 'us-east-1', NULL, '1', NULL, ''),
    ('twice', 'L4', '1', '8', '32', 'us-east-1', NULL, '1', NULL, ''),
    ('twice', 'L4', '1', '8', '32', 'us-east-1', NULL, '2', NULL, ''),
    (NULL, 'T4', '2', NULL, NULL, 'us-east-1', '0.35', '0.7', NULL, ''),
    (NULL, 'tpu-v6e-8', '1', NULL, NULL, 'us-east-1', '4.35366', '21.6', 'us-east-1d', ''),
    (NULL, 'tpu-v5p-8', '1', NULL, NULL, 'us-east-1', NULL, '700.0', 'us-east-1d', ''),
    (NULL, 'tpu-v5p-16', '1', NULL, NULL, 'us-east-1', NULL, '700.0', 'us-east-1d', '');
SELECT accelcost_internal.price_file_format('vms');
SELECT * FROM accelcost.import_prices('vms', source => 'list of Bolt', provider => 'bolt cloud', as_of => '2026-07-01');
SELECT p.sku, p.region, p.purchase_option, o.accelerator, o.gpu_count, o.price_basis, p.amount, o.note
FROM accelcost.offer_price AS p
JOIN accelcost.offer AS o USING (provider, sku, region, purchase_option)
WHERE p.source = 'list of Bolt'
ORDER BY p.sku COLLATE "C", p.region, p.purchase_option;
SELECT source, origin, as_of, count(*) FROM accelcost.offer_price WHERE provider = 'Bolt Cloud' GROUP BY 1, 2, 3;
-- the same file again, also later: nothing changes
SELECT inserted, unchanged, closed
FROM accelcost.import_prices('vms', source => 'list of Bolt', provider => 'Bolt Cloud', as_of => '2026-07-01');
SELECT inserted, unchanged, closed
FROM accelcost.import_prices('vms', source => 'list of Bolt', provider => 'Bolt Cloud', as_of => '2026-08-01');
-- a new price closes the old one; what is gone is closed
UPDATE vms SET "Price" = '30' WHERE "InstanceType" = 'gpu_8x_h100';
DELETE FROM vms WHERE "InstanceType" = 'new_chip';
SELECT inserted, unchanged, closed
FROM accelcost.import_prices('vms', source => 'list of Bolt', provider => 'Bolt Cloud', as_of => '2026-09-01');
SELECT at,
       (accelcost.price_at('Bolt Cloud', 'gpu_8x_h100', at, 'us-east-1')).amount,
       (accelcost.price_at('Bolt Cloud', 'new_chip', at, 'us-east-1')).amount AS gone
FROM unnest('{2026-06-30 12:00+00,2026-07-01 00:00+00,2026-08-31 12:00+00,2026-09-01 00:00+00}'::timestamptz[]) AS at;
-- corrected on the same day
UPDATE vms SET "Price" = '29' WHERE "InstanceType" = 'gpu_8x_h100';
SELECT inserted, unchanged, closed
FROM accelcost.import_prices('vms', source => 'list of Bolt', provider => 'Bolt Cloud', as_of => '2026-09-01');
SELECT amount, lower(valid) = '2026-09-01 00:00+00' AS since_then, upper_inf(valid) AS stands
FROM accelcost.offer_price
WHERE provider = 'Bolt Cloud' AND sku = 'gpu_8x_h100' AND purchase_option = 'on_demand'
ORDER BY valid;
-- out of order, or half a file: nothing is changed
SELECT pg_temp.error_of(
    $$SELECT accelcost.import_prices('vms', source => 'list of Bolt', provider => 'Bolt Cloud', as_of => '2026-08-01')$$
) ~ '^55000: prices of source "list of Bolt" after .* are loaded already' AS refused;
CREATE TABLE short AS SELECT * FROM vms WHERE "InstanceType" = 'gpu_8x_h100';
SELECT pg_temp.error_of(
    $$SELECT accelcost.import_prices('short', source => 'list of Bolt',
                              provider => 'Bolt Cloud', as_of => '2026-10-01')$$);
SELECT inserted, unchanged, closed
FROM accelcost.import_prices('short', source => 'list of Bolt',
                              provider => 'Bolt Cloud', as_of => '2026-10-01', allow_shrink => true);
SELECT count(*) FILTER (WHERE upper_inf(valid)) AS standing FROM accelcost.offer_price WHERE provider = 'Bolt Cloud';

-- a price means what its offer says: another source's offer of the name is not taken over
CREATE TABLE other AS SELECT * FROM vms WHERE "InstanceType" = 'gpu_8x_h100';
UPDATE other SET "AcceleratorCount" = '4';
SELECT inserted, rejected, reasons
FROM accelcost.import_prices('other', source => 'another list', provider => 'Bolt Cloud', as_of => '2026-10-01');

-- nor do prices that were loaded before change what they are for
SELECT pg_temp.error_of(
    $$
        SELECT accelcost.import_prices('other', source => 'list of Bolt',
                              provider => 'Bolt Cloud', as_of => '2026-11-01', allow_shrink => true)$$);
-- a builtin price of an unknown basis is not explained by an import
CREATE TABLE fluence (instance_name text, location text, price text, gpu_count text, gpu_name text, spot text);
INSERT INTO fluence
VALUES ('H200', '', '80', '8', 'H200', 'false'),
       ('i9', 'us', '16', '1', 'H100', 'false'),
       ('i9', 'us', '16', '8', 'A100', 'false');
SELECT inserted, rejected, reasons FROM accelcost.import_prices('fluence', source => 'x list',
                              provider => 'Fluence', as_of => '2027-06-01');
SELECT amount, price_basis, per_gpu FROM accelcost.price_at('Fluence', 'H200', '2026-11-01');

-- gpuhunt: spot is a flag of the row, memory tells cards apart
CREATE TABLE hunt (
    instance_name text, location text, price text, cpu text, memory text, gpu_count text, gpu_name text,
    gpu_memory text, spot text, disk_size text, gpu_vendor text, flags text);
INSERT INTO hunt
VALUES ('i1', 'eu', '2.0', '30', '240', '4', 'A10', '24.0', 'False', '', 'nvidia', ''),
       ('i1', 'eu', '1.0', '30', '240', '4', 'A10', '24.0', 'True', '', 'nvidia', ''),
    ('i2', 'eu', '3.0', '30', '240', '1', 'A100', '80.0', 'False', '', 'nvidia', ''),
    ('v5p-8', 'eu', '16.8', '', '', '1', 'v5p-8', '95', 'False', '', 'google', ''),
    ('c', 'eu', '0.1', '2', '4', '0', '', '', 'False', '', '', '');
SELECT * FROM accelcost.import_prices('hunt', source => 'hunt', provider => 'Bolt Cloud', as_of => '2026-07-01');
SELECT p.sku, p.purchase_option, o.accelerator, o.gpu_count, o.price_basis, p.amount
FROM accelcost.offer_price AS p
JOIN accelcost.offer AS o USING (provider, sku, region, purchase_option)
WHERE p.source = 'hunt'
ORDER BY 1, 2;

-- LiteLLM: prices per token become prices per million
CREATE TABLE litellm (line text);
INSERT INTO litellm VALUES ('{"sample_spec": {"max_tokens": "as documented", "mode": "one of ..."},'),
    ('"small": {"litellm_provider": "bolt cloud", "mode": "chat", "input_cost_per_token": 1.5e-07, '
     '"output_cost_per_token": "6e-07", "cache_read_input_token_cost": 7.5e-08, '
     '"input_cost_per_token_batches": 7.5e-08, "output_cost_per_token_batches": 3e-07},'),
    ('"bolt cloud/large": {"litellm_provider": "bolt cloud", "input_cost_per_token": 3e-06, '
     '"output_cost_per_token": 1.5e-05, "input_cost_per_token_above_200k_tokens": 6e-06, '
     '"output_cost_per_token_above_200k_tokens": 2.25e-05, "cache_creation_input_token_cost": 3.75e-06, '
     '"cache_creation_input_token_cost_above_1hr": 6e-06},'),
    ('"free": {"litellm_provider": "bolt cloud", "mode": "chat", "input_cost_per_token": 0.0, '
     '"output_cost_per_token": 0.0},'),
    ('"embed": {"litellm_provider": "bolt cloud", "mode": "embedding", "input_cost_per_token": 2e-08, '
     '"output_cost_per_token": 0.0},'),
    ('"unpriced": {"litellm_provider": "bolt cloud", "mode": "chat"},'),
    ('"per_million": {"litellm_provider": "bolt cloud", "mode": "chat", "input_cost_per_token": 3, '
     '"output_cost_per_token": 15},'),
    ('"picture": {"litellm_provider": "bolt cloud", "mode": "image_generation", "input_cost_per_pixel": 1e-08},'),
    ('"rerank": {"litellm_provider": "bolt cloud", "input_cost_per_token": 0.0, "input_cost_per_query": 0.001},'),
    ('"tiers": {"litellm_provider": "bolt cloud", "tiered_pricing": []},'),
    ('"theirs": {"litellm_provider": "somebody", "input_cost_per_token": 1e-06}}');
SELECT accelcost_internal.price_file_format('litellm');
SELECT * FROM accelcost.import_prices('litellm', source => 'litellm', as_of => '2026-07-01');
SELECT model, service_tier, trim_scale(input_price) AS input, trim_scale(output_price) AS output,
       trim_scale(cache_read_price) AS cache_read, trim_scale(cache_write_5m_price) AS write_5m,
       trim_scale(cache_write_1h_price) AS write_1h,
       context_threshold, trim_scale(long_input_price) AS long_input, trim_scale(long_output_price) AS long_output
FROM accelcost.token_price WHERE source = 'litellm' ORDER BY model COLLATE "C", service_tier;
SELECT inserted, unchanged, closed FROM accelcost.import_prices('litellm', source => 'litellm', as_of => '2026-07-02');
UPDATE litellm SET line = replace(line, '1.5e-07', '1e-07');
SELECT inserted, unchanged, closed FROM accelcost.import_prices('litellm', source => 'litellm', as_of => '2026-08-01');
SELECT at,
       (accelcost.token_price_at('Bolt Cloud', 'small', at)).input_price,
       (accelcost.token_price_at('Bolt Cloud', 'unpriced', at)).input_price AS unpriced
FROM unnest('{2026-07-31 12:00+00,2026-08-01 00:00+00}'::timestamptz[]) AS at;

-- what is not a price file, or not said
CREATE TABLE nothing (a text, b text);
CREATE TABLE broken (line text);
INSERT INTO broken VALUES ('{"a": ');
SELECT pg_temp.error_of(statement)
FROM (
    VALUES ($$SELECT accelcost.import_prices('nothing', source => 'x', provider => 'Bolt Cloud')$$),
           ($$SELECT accelcost.import_prices('vms', source => 'x')$$),
           ($$SELECT accelcost.import_prices('vms', source => NULL, provider => 'Bolt Cloud')$$),
           ($$SELECT accelcost.import_prices('vms', source => 'user', provider => 'Bolt Cloud')$$),
           ($$SELECT accelcost.import_prices('vms', source => 'x', provider => 'Bolt Cloud', as_of => 'infinity')$$),
           ($$SELECT accelcost.import_prices('vms', source => 'x', provider => 'Bolt Cloud', origin => 'guess')$$),
           ($$SELECT accelcost.import_prices('vms', provider => 'Bolt Cloud')$$),
           ($$SELECT accelcost.import_prices('vms', format => 'vms')$$),
           ($$SELECT accelcost.import_prices('vms', format => 'litellm')$$)) AS t (statement);
SELECT pg_temp.error_of(
    $$SELECT accelcost.import_prices('broken', source => 'x')$$
) ~ '^22P02: staging table "public.broken" holds no valid JSON' AS broken;
SELECT count(*) FROM accelcost.offer_price WHERE source = 'x';
