-- The catalog with rows of one's own: names, what is refused, and look-ups.
\getenv dir PG_ABS_SRCDIR
\set file :dir '/include/error_of.sql'
\i :file

-- names: case, blanks and punctuation do not count, except in models
SELECT accelcost_internal.catalog_key('Vast.ai') = accelcost_internal.catalog_key('VAST AI') AS same,
       accelcost_internal.catalog_key(' - ') AS nothing, accelcost_internal.catalog_key('Größe 1') AS other_letters;
SELECT accelcost_internal.name_distance('coreweve', 'coreweave') AS missing_letter,
       accelcost_internal.name_distance('', 'abc') AS from_nothing,
       accelcost_internal.name_distance('größe', 'grosse') AS letters,
       accelcost_internal.name_distance(repeat('a', 100000), repeat('b', 100000)) AS of_the_first_hundred;
INSERT INTO accelcost.provider (provider, kind) VALUES ('Acme Cloud', 'neocloud'), ('Our Cellar', 'own');
INSERT INTO accelcost.provider_alias (alias, provider) VALUES ('ACME Inc.', 'acme cloud');
SELECT alias, provider FROM accelcost.provider_alias WHERE NOT builtin;
SELECT accelcost.provider_name('acme-inc'), accelcost.provider_name('ACMECLOUD'),
       accelcost.provider_name('nobody at all') AS unknown, accelcost.provider_name(NULL) AS nothing;
SELECT pg_temp.error_of(
    'SELECT accelcost_internal.check_provider(''Acme Clod'')'
) ~ '^22023: unknown provider "Acme Clod"\nHINT: The nearest names are "Acme Cloud", ' AS nearest_first;
INSERT INTO accelcost.accelerator (accelerator, kind, vendor, family) VALUES ('Own One 8GB', 'asic', 'Acme', 'Own One');
INSERT INTO accelcost.accelerator_alias (alias, accelerator) VALUES ('OO8', 'own one 8 gb');
INSERT INTO accelcost.model (model, vendor) VALUES ('own-4.1', 'Acme'), ('own-41', 'Acme');
INSERT INTO accelcost.model_alias (alias, model) VALUES ('router/own-4.1', 'OWN-4.1');
SELECT accelcost.accelerator_name('oo-8'), accelcost.model_name('Router/OWN-4.1'),
       accelcost.model_name('own-41') AS another, accelcost.model_name('own41') AS unknown;

-- a price is stored by the names of the catalog, and dated
INSERT INTO accelcost.offer (provider, sku, region, purchase_option, accelerator, gpu_count, price_basis) VALUES
    ('ACME INC', 'x8', 'north', 'on_demand', 'OO8', 8, 'per_instance'),
    ('Acme Cloud', 'x8', 'south', 'on_demand', 'OO8', 8, 'per_instance'),
    ('Acme Cloud', 'sixth', '*', 'on_demand', 'OO8', 0.166666666666666667, 'per_instance'),
    ('Acme Cloud', 'host', '*', 'on_demand', 'OO8', 8, 'host_only'),
    ('Acme Cloud', 'odd', '*', 'on_demand', 'OO8', NULL, 'unknown'),
    ('Acme Cloud', 'range', '*', 'on_demand', 'OO8', NULL, 'per_gpu');
-- a provider that is unknown is refused, but for a restore, which loads tables in any order
SELECT pg_temp.error_of(
    $$
        INSERT INTO accelcost.offer_price (provider, sku, purchase_option, amount, valid)
        VALUES ('acme', 'x8', 'on_demand', 1, '[2026-01-01 00:00+00,)')$$);
SET check_function_bodies = off;
INSERT INTO accelcost.offer_price (provider, sku, region, purchase_option, amount, valid, source, origin, as_of) VALUES
    ('acme', 'x8', 'north', 'on_demand', 1, '[2026-01-01 00:00+00,)', 'typo', 'user', NULL);
RESET check_function_bodies;
UPDATE accelcost.offer_price SET note = 'kept' WHERE source = 'typo' RETURNING provider;
UPDATE accelcost.offer_price SET provider = 'Acme Inc' WHERE source = 'typo' RETURNING provider;
DELETE FROM accelcost.offer_price WHERE source = 'typo';
INSERT INTO accelcost.offer_price (
    provider, sku, region, purchase_option, amount, price_low, price_high, valid, source, origin, account, as_of)
VALUES
    ('Acme Cloud', 'x8', 'north', 'on_demand', 16, NULL, NULL, '[2026-01-01 00:00+00,2026-07-01 00:00+00)',
     'price page', 'official', NULL, '2026-01-01'),
    ('Acme Cloud', 'x8', 'north', 'on_demand', 20, NULL, NULL, '[2026-07-01 00:00+00,)', 'price page', 'official',
     NULL, '2026-07-01'),
    ('Acme Cloud', 'x8', 'north', 'on_demand', 12, NULL, NULL, '[2026-01-01 00:00+00,)', 'a blog', 'third_party',
     NULL, '2026-08-01'),
    ('Acme Cloud', 'x8', 'north', 'on_demand', 1, NULL, NULL, '[2026-01-01 00:00+00,)', 'a rumour', 'unverified',
     NULL, '2026-09-01'),
    ('Acme Cloud', 'x8', 'north', 'on_demand', 10, NULL, NULL, '[2026-01-01 00:00+00,)', 'contract 7', 'negotiated',
     'prod', '2026-01-01'),
    ('Acme Cloud', 'x8', 'south', 'on_demand', 18.4, NULL, NULL, '[2026-01-01 00:00+00,)', 'price page', 'official',
     NULL, '2026-01-01'),
    ('Acme Cloud', 'sixth', '*', 'on_demand', 0.454, NULL, NULL, '[2026-01-01 00:00+00,)', 'price page', 'official',
     NULL, '2026-01-01'),
    ('Acme Cloud', 'host', '*', 'on_demand', 3, NULL, NULL, '[2026-01-01 00:00+00,)', 'price page', 'official', NULL,
     '2026-01-01'),
    ('Acme Cloud', 'odd', '*', 'on_demand', 7.57, NULL, NULL, '[2026-01-01 00:00+00,)', 'price page', 'official',
     NULL, '2026-01-01'),
    ('Acme Cloud', 'range', '*', 'on_demand', NULL, 1.24, 30.26, '[2026-01-01 00:00+00,)', 'price page', 'official',
     NULL, '2026-01-01');

-- before the first dated price nothing is known; a price holds up to its end, exclusive
SELECT at, (p).amount, (p).currency, (p).per_gpu, (p).source, (p).as_of, (p).age_days, (p).disagreeing
FROM unnest(
    '{2025-12-31 23:59:59.999999+00,2026-01-01 00:00+00,2026-06-30 23:59:59.999999+00,2026-07-01 00:00+00,'
    '2026-08-15 12:00+00}'::timestamptz[]) AS at,
     LATERAL (SELECT accelcost.price_at('acme inc', 'x8', at, 'north') AS p) AS found;
-- the contract for its account only; a rumour for nobody
SELECT (accelcost.price_at('Acme Cloud', 'x8', '2026-08-15', 'north', account => 'prod')).amount AS prod,
       (accelcost.price_at('Acme Cloud', 'x8', '2026-08-15', 'north', account => 'test')).amount AS test;
-- one's own price comes before the provider's
INSERT INTO accelcost.offer_price (provider, sku, region, purchase_option, amount, valid)
VALUES ('Acme Cloud', 'x8', 'north', 'on_demand', 15, '[2026-08-01 00:00+00,)');
SELECT (accelcost.price_at('Acme Cloud', 'x8', '2026-08-15', 'north')).amount AS own,
       (accelcost.price_at('Acme Cloud', 'x8', '2026-07-15', 'north')).amount AS before_that;
-- regions
SELECT pg_temp.error_of($$SELECT accelcost.price_at('Acme Cloud', 'x8', '2026-08-15')$$);
SELECT (accelcost.price_at('Acme Cloud', 'x8', '2026-08-15', 'west')).amount AS unknown_region,
       (accelcost.price_at('Acme Cloud', 'sixth', '2026-08-15', 'west')).found_region AS any_region;
-- without a region: the price for any region, whatever is known of others; contracts that differ by region need one
INSERT INTO accelcost.offer (provider, sku, region, purchase_option, price_basis)
VALUES ('Acme Cloud', 'y', '*', 'on_demand', 'per_gpu'),
       ('Acme Cloud', 'y', 'us', 'on_demand', 'per_gpu'),
       ('Acme Cloud', 'y', 'eu', 'on_demand', 'per_gpu'),
       ('Acme Cloud', 'z', 'us', 'on_demand', 'per_gpu'),
       ('Acme Cloud', 'z', 'eu', 'on_demand', 'per_gpu');
INSERT INTO accelcost.offer_price (provider, sku, region, purchase_option, amount, account, valid, origin)
VALUES ('Acme Cloud', 'y', '*', 'on_demand', 10, NULL, '[2026-01-01 00:00+00,)', 'official'),
       ('Acme Cloud', 'y', 'us', 'on_demand', 20, NULL, '[2026-01-01 00:00+00,)', 'user'),
    ('Acme Cloud', 'z', 'us', 'on_demand', 1, 'prod', '[2026-01-01 00:00+00,)', 'negotiated'),
    ('Acme Cloud', 'z', 'eu', 'on_demand', 2, 'prod', '[2026-01-01 00:00+00,)', 'negotiated');
SELECT amount, found_region FROM accelcost.price_at('Acme Cloud', 'y', '2026-08-15');
SELECT pg_temp.error_of($$SELECT accelcost.price_at('Acme Cloud', 'z', '2026-08-15', account => 'prod')$$),
       (accelcost.price_at('Acme Cloud', 'z', '2026-08-15')).amount AS without_account;
-- unknown is NULL, a wrong word an error
SELECT (accelcost.price_at('Acme Cloud', 'x9', '2026-08-15')).reason AS unknown_sku,
       (accelcost.price_at('Acme Cloud', 'x8', '2026-08-15', 'north', 'spot')).amount AS no_spot_price;
SELECT pg_temp.error_of($$SELECT accelcost.price_at('Acme Cloud', 'x8', '2026-08-15', 'north', 'on-demand')$$);

-- for one accelerator, where that can be told
SELECT accelcost_internal.price_per_gpu(16, 'per_instance', 8), accelcost_internal.price_per_gpu(2, 'per_gpu', 8),
       accelcost_internal.price_per_gpu(4.2, 'per_chip', NULL),
       accelcost_internal.price_per_gpu(17203.2, 'per_slice', 4096),
       accelcost_internal.price_per_gpu(0.454, 'per_instance', 0.166666666666666667) AS a_sixth,
       accelcost_internal.price_per_gpu(3, 'host_only', 8) AS host,
       accelcost_internal.price_per_gpu(7.57, 'unknown', 8) AS unknown;
SELECT sku, region, price_low, price_high, is_comparable, reason
FROM accelcost.price_per_gpu_hour
WHERE provider = 'Acme Cloud' AND account IS NULL
ORDER BY sku, region;
SELECT item, detail, price, origin, other_price, other_origin
FROM accelcost.price_conflict
WHERE provider = 'Acme Cloud' AND what = 'offer'
ORDER BY price, other_price;

-- a price means what its own offer says: one's own offer does not change what a builtin price is for
INSERT INTO accelcost.offer (provider, sku, purchase_option, price_basis)
VALUES ('CoreWeave', 'H100 (8x)', 'on_demand', 'per_gpu');
SELECT price_basis, per_gpu FROM accelcost.price_at('CoreWeave', 'H100 (8x)', '2026-02-01');
INSERT INTO accelcost.offer_price (provider, sku, purchase_option, amount, valid)
VALUES ('CoreWeave', 'H100 (8x)', 'on_demand', 5.5, '[2026-01-01 00:00+00,)');
SELECT price_basis, per_gpu FROM accelcost.price_at('CoreWeave', 'H100 (8x)', '2026-02-01');

-- but it can state the basis where the builtin one does not know it
INSERT INTO accelcost.offer (provider, sku, purchase_option, price_basis)
VALUES ('AWS', 'H100 (8x)', 'on_demand', 'per_gpu');
SELECT price_basis, amount, per_gpu FROM accelcost.price_at('AWS', 'H100 (8x)', '2026-02-01');

-- tariffs: a free quantity inside the tiers or before them
SELECT accelcost_internal.tariff_with_free('graduated: 0.09 upto 10240, 0.085', 100, true) AS inside,
       accelcost_internal.tariff_with_free('graduated: 0.087 upto 10000, 0.083', 100, false) AS before,
       accelcost_internal.tariff_with_free('graduated: 0.09 upto 50, 0.085', 100, true) AS past_a_tier,
       accelcost_internal.tariff_with_free('volume: 1', 0, true) AS none;
INSERT INTO accelcost.meter_tariff (
    provider, meter, kind, from_region, to_region, tariff, free_quantity, free_pool, unit, unit_bytes, valid, as_of)
VALUES
    ('Acme Cloud', 'egress', 'internet', 'north', '*',
     'graduated: 0.09 upto 10240, 0.085 upto 51200, 0.07 upto 153600, 0.05', 100, 'Acme', 'GB', 1073741824,
     '[2026-01-01 00:00+00,)', '2026-01-01'),
    ('Acme Cloud', 'egress', 'internet', 'south', '*', 'graduated: 0.15 upto 10240, 0.138', 100, 'Acme', 'GB',
     1073741824, '[2026-01-01 00:00+00,)', '2026-01-01'),
    ('Acme Cloud', 'egress', 'internet', 'south', 'Australia', 'graduated: 0.19', 0, NULL, 'GB', NULL,
     '[2026-01-01 00:00+00,)', '2026-01-01'),
    ('Our Cellar', 'egress', 'internet', '*', '*', 'graduated: 0.01', 0, NULL, 'GB', NULL, '[2026-01-01 00:00+00,)',
     '2026-01-01');
SELECT tariff, tariff_without_free, free_pool, unit, unit_bytes, age_days
FROM accelcost.tariff_at('Acme Cloud', at => '2026-08-15', from_region => 'north');
SELECT accelcost.egress_cost('Acme Cloud', 57000, at => '2026-08-15', from_region => 'north'),
       accelcost.egress_cost('Acme Cloud', 57000, at => '2025-08-15', from_region => 'north') AS not_known_then;
-- units: the provider's, or a stated one; not known how many bytes: not known what it costs
SELECT accelcost.egress_cost('Acme Cloud', 57000, 'GiB', '2026-08-15', 'north') AS gib,
       accelcost.egress_cost('Acme Cloud', 61203.283968, 'GB', '2026-08-15', 'north') AS gb,
       accelcost.egress_cost('Acme Cloud', 61203283968000, 'byte', '2026-08-15', 'north') AS bytes,
       accelcost.egress_cost('Our Cellar', 100, at => '2026-08-15') AS own_unit,
       accelcost.egress_cost('Our Cellar', 100, 'GB', '2026-08-15') AS unknown_bytes;
SELECT pg_temp.error_of($$SELECT accelcost.egress_cost('Acme Cloud', 1, 'gigs', '2026-08-15', 'north')$$);
-- regions and destinations
SELECT pg_temp.error_of($$SELECT accelcost.egress_cost('Acme Cloud', 1, at => '2026-08-15')$$);
SELECT accelcost.egress_cost('Acme Cloud', 1000, at => '2026-08-15', from_region => 'moon') AS unknown_region,
       accelcost.egress_cost(
           'Acme Cloud', 1000, at => '2026-08-15', from_region => 'south', to_region => 'Australia'
       ) AS named_destination,
       accelcost.egress_cost(
           'Acme Cloud', 1000, at => '2026-08-15', from_region => 'south', to_region => 'Mars'
       ) AS own_other_destination;
-- one's contract for any region comes before tariffs of regions, for its account
INSERT INTO accelcost.meter_tariff (provider, meter, kind, account, tariff, unit, valid, source, origin)
VALUES ('Acme Cloud', 'egress', 'internet', 'prod', 'graduated: 0.01', 'GB', '[2026-01-01 00:00+00,)', 'contract 7',
        'negotiated');
SELECT region,
       accelcost.egress_cost(
           'Acme Cloud', 1000, at => '2026-08-15', from_region => region, account => 'prod') AS prod,
       accelcost.egress_cost('Acme Cloud', 1000, at => '2026-08-15', from_region => region) AS list
FROM unnest('{north,moon}'::text[]) AS region;
SELECT pg_temp.error_of($$SELECT accelcost.tariff_at('Acme Cloud', kind => 'pigeon')$$);
SELECT pg_temp.error_of($$SELECT accelcost.egress_cost('Acme Cloud', -1, at => '2026-08-15', from_region => 'north')$$);

-- tokens: per million; a window of the day comes before all day
INSERT INTO accelcost.token_price (provider, model, input_price, output_price, utc_from, utc_to, valid, source, as_of)
VALUES
    ('Acme Cloud', 'router/own-4.1', 0.5, 1, NULL, NULL, '[2026-01-01 00:00+00,)', 'page', '2026-01-01'),
    ('Acme Cloud', 'own-4.1', 1, 2, '16:30', '00:30', '[2026-01-01 00:00+00,)', 'page', '2026-01-01'),
    ('Acme Cloud', 'own-4.1', 7, 8, NULL, NULL, '(,2026-01-01 00:00+00)', 'page', '2026-01-01');
SELECT at, t.model, t.input_price, t.output_price, t.cache_read_price
FROM unnest(
    '{2025-06-01 12:00+00,2026-06-01 12:00+00,2026-06-01 16:30+00,2026-06-01 23:59:59.9+00,2026-06-02 '
    '00:29:59.9+00,2026-06-02 00:30+00}'::timestamptz[]) AS at,
     accelcost.token_price_at('acme inc', 'Own-4.1', at) AS t;
SELECT (accelcost.token_price_at('Acme Cloud', 'own-41', '2026-06-01')).reason AS unknown_price;
SELECT weekdays, utc_from, utc_to, accelcost_internal.price_window(weekdays, utc_from, utc_to)
FROM (
    VALUES (NULL::integer[], NULL::time, NULL::time),
           (NULL, '00:30', '16:30'),
           (NULL, '16:30', '00:30'),
           (NULL, '12:00', '24:00'),
           ('{2}', NULL, NULL),
           ('{5,1}', '01:00', '04:00'),
           ('{7}', '22:00', '06:00'),
           ('{7}', '22:00', '00:00'),
           (NULL, '12:00', '12:00'),
           (NULL, '12:00', NULL),
           (NULL, NULL, '12:00'),
           ('{}', NULL, NULL),
           ('{0}', NULL, NULL),
           ('{8}', '00:30', '16:30'),
           ('{1,NULL}', NULL, NULL)) AS w (weekdays, utc_from, utc_to);

-- rates
INSERT INTO accelcost.fx_rate (from_currency, to_currency, rate, valid, as_of)
VALUES ('EUR', 'USD', 1.25, '[2026-07-01 00:00+00,2026-08-01 00:00+00)', '2026-07-01');
SELECT (accelcost.fx_at('EUR', 'USD', '2026-07-15')).*;
SELECT (accelcost.fx_at('USD', 'EUR', '2026-07-15')).*;
SELECT (accelcost.fx_at('USD', 'USD', '2026-07-15')).rate AS same,
       (accelcost.fx_at('EUR', 'USD', '2026-08-01')).rate AS later;
INSERT INTO accelcost.electricity_price (location, sector, price_per_kwh, currency, valid, as_of)
VALUES ('cellar', 'industrial', 0.11, 'EUR', '[2026-01-01 00:00+00,)', '2026-01-01');
SELECT (accelcost.electricity_at('cellar', at => '2026-07-15')).*;
SELECT (accelcost.electricity_at('cellar', 'household', '2026-07-15')).price_per_kwh AS other_sector,
       pg_temp.error_of($$SELECT accelcost.electricity_at('cellar', 'wholesale')$$);

-- rows that could not be right are refused
SELECT what, split_part(pg_temp.error_of(statement), E'\n', 1) AS verdict
FROM (VALUES
    ('overlap within a source',
     $$
         INSERT INTO accelcost.offer_price (provider, sku, region, purchase_option, amount, valid, source, origin)
         VALUES ('Acme Cloud', 'x8', 'north', 'on_demand', 5, '[2026-09-01 00:00+00,2026-10-01 00:00+00)',
                 'price page', 'official')$$),
    ('basis not stated',
     $$INSERT INTO accelcost.offer (provider, sku, purchase_option) VALUES ('Acme Cloud', 'new', 'on_demand')$$),
    ('basis guessed',
     $$
         INSERT INTO accelcost.offer (provider, sku, purchase_option, price_basis)
         VALUES ('Acme Cloud', 'new', 'on_demand', 'per_box')$$),
    ('instance of how many',
     $$
         INSERT INTO accelcost.offer (provider, sku, purchase_option, price_basis)
         VALUES ('Acme Cloud', 'new', 'on_demand', 'per_instance')$$),
    ('no accelerators',
     $$
         INSERT INTO accelcost.offer (provider, sku, purchase_option, price_basis, gpu_count)
         VALUES ('Acme Cloud', 'new', 'on_demand', 'per_instance', 0)$$),
    ('NaN accelerators',
     $$
         INSERT INTO accelcost.offer (provider, sku, purchase_option, price_basis, gpu_count)
         VALUES ('Acme Cloud', 'new', 'on_demand', 'per_gpu', 'NaN')$$),
    ('price and range',
     $$
         INSERT INTO accelcost.offer_price (provider, sku, purchase_option, amount, price_low, valid)
         VALUES ('Acme Cloud', 'odd', 'on_demand', 1, 1, '[2026-01-01 00:00+00,)')$$),
    ('range upside down',
     $$
         INSERT INTO accelcost.offer_price (provider, sku, purchase_option, price_low, price_high, valid)
         VALUES ('Acme Cloud', 'odd', 'on_demand', 2, 1, '[2026-01-01 00:00+00,)')$$),
    ('NaN price',
     $$
         INSERT INTO accelcost.offer_price (provider, sku, purchase_option, amount, valid)
         VALUES ('Acme Cloud', 'odd', 'on_demand', 'NaN', '[2026-01-01 00:00+00,)')$$),
    ('negative price',
     $$
         INSERT INTO accelcost.offer_price (provider, sku, purchase_option, amount, valid)
         VALUES ('Acme Cloud', 'odd', 'on_demand', -1, '[2026-01-01 00:00+00,)')$$),
    ('valid never',
     $$
         INSERT INTO accelcost.offer_price (provider, sku, purchase_option, amount, valid)
         VALUES ('Acme Cloud', 'odd', 'on_demand', 1, 'empty')$$),
    ('account of a list price',
     $$
         INSERT INTO accelcost.offer_price (provider, sku, purchase_option, amount, valid, account)
         VALUES ('Acme Cloud', 'odd', 'on_demand', 1, '[2026-01-01 00:00+00,)', 'prod')$$),
    ('currency',
     $$
         INSERT INTO accelcost.offer_price (provider, sku, purchase_option, amount, valid, currency)
         VALUES ('Acme Cloud', 'odd', 'on_demand', 1, '[2026-01-01 00:00+00,)', 'usd')$$),
    ('origin',
     $$
         INSERT INTO accelcost.offer_price (provider, sku, purchase_option, amount, valid, origin)
         VALUES ('Acme Cloud', 'odd', 'on_demand', 1, '[2026-01-01 00:00+00,)', 'guess')$$),
    ('unit',
     $$
         INSERT INTO accelcost.meter_tariff (provider, meter, kind, tariff, unit, valid)
         VALUES ('Acme Cloud', 'egress', 'internet', 'graduated: 1', 'gigs', '[2026-01-01 00:00+00,)')$$),
    ('GiB of 10^9 bytes',
     $$
         INSERT INTO accelcost.meter_tariff (provider, meter, kind, tariff, unit, unit_bytes, valid)
         VALUES ('Acme Cloud', 'egress', 'internet', 'graduated: 1', 'GiB', 1e9, '[2026-01-01 00:00+00,)')$$),
    ('free units inside a volume tariff',
     $$
         INSERT INTO accelcost.meter_tariff (provider, meter, kind, tariff, free_quantity, unit, valid)
         VALUES ('Acme Cloud', 'egress', 'cdn', 'volume: 1 upto 10, 0.5', 5, 'GB', '[2026-01-01 00:00+00,)')$$),
    ('windows that overlap',
     $$
         INSERT INTO accelcost.token_price (provider, model, input_price, utc_from, utc_to, valid, source)
         VALUES ('Acme Cloud', 'own-4.1', 1, '00:00', '01:00', '[2026-01-01 00:00+00,)', 'page')$$),
    ('window without end',
     $$
         INSERT INTO accelcost.token_price (provider, model, input_price, utc_from, valid)
         VALUES ('Acme Cloud', 'own-41', 1, '00:00', '[2026-01-01 00:00+00,)')$$),
    ('long price without threshold',
     $$
         INSERT INTO accelcost.token_price (provider, model, input_price, long_input_price, valid)
         VALUES ('Acme Cloud', 'own-41', 1, 2, '[2026-01-01 00:00+00,)')$$),
    ('weekdays that overlap',
     $$
         INSERT INTO accelcost.token_price (provider, model, input_price, weekdays, valid, source)
         VALUES ('Acme Cloud', 'own-4.1', 1, '{3}', '[2026-01-01 00:00+00,)', 'page')$$),
    ('day of no week',
     $$
         INSERT INTO accelcost.token_price (provider, model, input_price, weekdays, valid)
         VALUES ('Acme Cloud', 'own-41', 1, '{1,8}', '[2026-01-01 00:00+00,)')$$),
    ('service tier in capitals',
     $$
         INSERT INTO accelcost.token_price (provider, model, input_price, service_tier, valid)
         VALUES ('Acme Cloud', 'own-41', 1, 'Flex', '[2026-01-01 00:00+00,)')$$),
    ('service tier with a blank',
     $$
         INSERT INTO accelcost.token_price (provider, model, input_price, service_tier, valid)
         VALUES ('Acme Cloud', 'own-41', 1, 'flex ', '[2026-01-01 00:00+00,)')$$),
    ('service tier of blanks',
     $$
         INSERT INTO accelcost.token_price (provider, model, input_price, service_tier, valid)
         VALUES ('Acme Cloud', 'own-41', 1, ' ', '[2026-01-01 00:00+00,)')$$),
    ('place in capitals',
     $$
         INSERT INTO accelcost.token_price (provider, model, input_price, geo, valid)
         VALUES ('Acme Cloud', 'own-41', 1, 'EU', '[2026-01-01 00:00+00,)')$$),
    ('one tier and place twice',
     $$
         INSERT INTO accelcost.token_price (provider, model, input_price, service_tier, geo, valid)
         VALUES ('Acme Cloud', 'own-41', 1, 'flex', 'eu', '[2026-01-01 00:00+00,)'),
                ('Acme Cloud', 'own-41', 2, 'flex', 'us', '[2026-01-01 00:00+00,)'),
                ('Acme Cloud', 'own-41', 3, 'batch', 'eu', '[2026-01-01 00:00+00,)'),
                ('Acme Cloud', 'own-41', 4, 'flex', 'eu', '[2026-02-01 00:00+00,)')$$),
    ('provider twice', $$INSERT INTO accelcost.provider (provider, kind) VALUES ('ACME-CLOUD', 'own')$$),
    ('provider without a letter', $$INSERT INTO accelcost.provider (provider, kind) VALUES ('--', 'own')$$),
    ('throughput without precision',
     $$INSERT INTO accelcost.accelerator_figure (accelerator, figure, value) VALUES ('OO8', 'tops', 1)$$),
    ('watts with precision',
     $$
         INSERT INTO accelcost.accelerator_figure (accelerator, figure, precision_name, value)
         VALUES ('OO8', 'watts', 'int8', 1)$$),
    ('infinite watts',
     $$INSERT INTO accelcost.accelerator_figure (accelerator, figure, value) VALUES ('OO8', 'watts', 'Infinity')$$),
    ('PUE below 1',
     $$
         INSERT INTO accelcost.provider_pue (provider, pue, valid)
         VALUES ('Our Cellar', 0.9, '[2026-01-01 00:00+00,)')$$),
    ('builtin',
     $$
         INSERT INTO accelcost.provider (provider, kind, source, as_of, builtin)
         VALUES ('Mine', 'own', 'me', '2026-01-01', true)$$)
) AS t (what, statement);

-- what a row names and the catalog lacks
SET check_function_bodies = off;
INSERT INTO accelcost.offer_price (provider, sku, purchase_option, amount, valid)
VALUES ('Nobody At All', 'y', 'on_demand', 1, '[2026-01-01 00:00+00,)');
RESET check_function_bodies;
SELECT * FROM accelcost.catalog_problem WHERE name ~ 'Nobody|own' ORDER BY table_name, name, problem;

-- efficiency: by precision and sparsity, NULL where watts are not published
INSERT INTO accelcost.accelerator_figure (accelerator, figure, precision_name, sparsity, value)
VALUES ('OO8', 'tops', 'int8', 1, 100), ('OO8', 'tops', 'int8', 2, 200), ('OO8', 'tops', 'unstated', 1, 999);
SELECT precision_name, sparsity, tops, watts, tops_per_watt, price_per_hour,
       round(tops_per_dollar_hour::numeric, 6) AS tops_per_dollar_hour, price_provider
FROM accelcost.accelerator_efficiency
WHERE accelerator = 'Own One 8GB'
ORDER BY sparsity;
INSERT INTO accelcost.accelerator_figure (accelerator, figure, value) VALUES ('OO8', 'watts', 50);
SELECT precision_name, sparsity, tops_per_watt
FROM accelcost.accelerator_efficiency
WHERE accelerator = 'Own One 8GB'
ORDER BY sparsity;
