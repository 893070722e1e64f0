-- Why a lookup finds nothing, what is old, which tariffs serve where none names the region, where regions are, and
-- percentages that an account negotiated.
BEGIN;
SELECT plan(71);
SET LOCAL timezone = 'UTC';

INSERT INTO accelcost.provider (provider, kind) VALUES ('Talk', 'api'), ('Rent', 'neocloud');
INSERT INTO accelcost.provider_alias (alias, provider) VALUES ('Rent Inc.', 'Rent');
INSERT INTO accelcost.offer (provider, sku, region, purchase_option, gpu_count, price_basis, upfront)
VALUES ('Rent', 'big-8', 'east', 'on_demand', 8, 'per_instance', 100),
       ('Rent', 'big-8', 'west', 'on_demand', 8, 'per_instance', NULL),
       ('Rent', 'big-4', '*', 'on_demand', 4, 'per_gpu', NULL),
       ('Rent', 'range', '*', 'on_demand', 4, 'per_gpu', NULL);
INSERT INTO accelcost.offer_price (provider, sku, region, purchase_option, amount, price_low, price_high,
    account, origin,
                                   source, as_of, valid)
VALUES ('Rent', 'big-8', 'east', 'on_demand', 50, NULL, NULL, NULL, 'user', 'p', '2026-01-01', '[2026-01-01,)'),
       ('Rent', 'big-8', 'west', 'on_demand', 60, NULL, NULL, NULL, 'user', 'p', NULL, '[2026-01-01,)'),
       ('Rent', 'big-4', '*', 'on_demand', 3.30, NULL, NULL, NULL, 'user', 'p', '2026-01-01',
           '[2026-01-01,2026-09-01)'),
       ('Rent', 'big-4', '*', 'on_demand', 3, NULL, NULL, 'vip', 'negotiated', 'c', '2026-01-01', '[2026-01-01,)'),
       ('Rent', 'range', '*', 'on_demand', NULL, 2, 4, NULL, 'user', 'p', '2026-01-01', '[2026-01-01,)');
INSERT INTO accelcost.token_price (provider, model, service_tier, geo, input_price, output_price, long_input_price,
                                   context_threshold, source, as_of, valid)
VALUES ('Talk', 'gpt-x', 'standard', 'global', 2, 10, 4, 1000, 'p', '2026-01-01', '[2026-01-01,)'),
       ('Talk', 'gpt-x', 'batch', 'global', 1, 5, NULL, NULL, 'p', '2026-01-01', '[2026-01-01,)'),
       ('Talk', 'gpt-x', 'standard', 'us', 2.2, 11, NULL, NULL, 'p', '2026-01-01', '[2026-01-01,)'),
       ('Talk', 'gpt-y', 'standard', 'global', 1, 1, NULL, NULL, 'p', '2026-01-01', '[2026-01-01,)');
INSERT INTO accelcost.electricity_price (location, sector, price_per_kwh, currency, valid, as_of)
VALUES ('ZZ-1', 'industrial', 0.1, 'USD', '[2026-01-01,)', '2026-01-01');

-- ---- why nothing was found ------------------------------------------------

CREATE FUNCTION pg_temp.reason(call text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    result text;
BEGIN
    EXECUTE 'SELECT reason FROM accelcost.' || call INTO result;
    RETURN result;
END
$$;
SELECT is(pg_temp.reason(call), why, what)
FROM (VALUES
    ($$price_at('Rent', 'big-8', '2026-08-01', 'east')$$, NULL, 'a price needs no reason'),
    ($$price_at('Rent', 'big_8', '2026-08-01')$$,
     'no sku "big_8" at provider "Rent"; the nearest are "big-8", "big-4", "range"', 'the nearest names are said'),
    ($$price_at('Rent', 'big-8', '2026-08-01', purchase_option => 'spot')$$,
     'no spot price for sku "big-8"; known are on_demand', 'or the purchase options'),
    ($$price_at('Rent', 'big-8', '2026-08-01', term_months => 12)$$,
     'no on_demand price for sku "big-8" for 12 months; known are 0', 'or the terms'),
    ($$price_at('Rent', 'big-8', '2026-08-01', 'eastt')$$,
     'no on_demand price for sku "big-8" in region "eastt"; the nearest are "east", "west"', 'or the regions'),
    ($$price_at('Rent', 'big-8', '2025-08-01', 'east')$$, 'no price for sku "big-8" before 2026-01-01',
     'or from when a price is known'),
    ($$price_at('Rent', 'big-4', '2026-10-01')$$, 'no price for sku "big-4" at that time', 'a price may have ended'),
    ($$price_at('Rent', 'range', '2026-08-01')$$, 'the price is a range', 'a range is no amount'),
    ($$price_at('Talk', 'big-4', '2026-10-01')$$, 'no price of provider "Talk"', 'a provider may have no offers'),
    ($$price_at(NULL, 'big-4', '2026-10-01')$$, 'provider is unknown', 'or be NULL'),
    ($$price_at('Rent', NULL, '2026-10-01')$$, 'sku is unknown', 'as may the sku'),
    ($$token_price_at('Talk', 'gpt-x', '2026-08-01')$$, NULL, 'a price of tokens needs no reason'),
    ($$token_price_at('Talk', 'gptx', '2026-08-01')$$,
     'no price for model "gptx" at provider "Talk"; the nearest are "gpt-x", "gpt-y"', 'the nearest models are said'),
    ($$token_price_at('Talk', 'gpt-x', '2026-08-01', service_tier => 'Flex')$$,
     'no price for model "gpt-x" in service tier "flex"; known are batch, standard', 'or the tiers'),
    ($$token_price_at('Talk', 'gpt-x', '2026-08-01', geo => 'eu')$$,
     'no price for model "gpt-x" processed in "eu"; known are global, us', 'or the places'),
    ($$token_price_at('Talk', 'gpt-x', '2025-08-01')$$, 'no price for model "gpt-x" before 2026-01-01', 'or the start'),
    ($$token_price_at('Rent', 'gpt-x', '2026-08-01')$$, 'no price of tokens of provider "Rent"',
        'or that there is none'),
    ($$electricity_at('ZZ-1', 'industrial', '2026-08-01')$$, NULL, 'a price of electricity needs no reason'),
    ($$electricity_at('ZZ-1', 'household', '2026-08-01')$$,
     'no household price of electricity at location "ZZ-1"; known are industrial', 'sectors are said'),
    ($$electricity_at('ZZ-1', 'industrial', '2025-08-01')$$, 'no electricity price before 2026-01-01',
        'and the start'),
    ($$fx_at('EUR', 'XYZ', '2026-08-01')$$, 'no exchange rate from EUR to XYZ on 2026-08-01', 'a rate may be missing'),
    ($$fx_at('EUR', 'EUR', '2026-08-01')$$, NULL, 'but not that of a currency to itself')) AS t (call, why, what);
SELECT is((accelcost.electricity_at('ZZ-2')).reason
              LIKE 'no electricity price at location "ZZ-2"; the nearest are %"ZZ-1"%',
          true, 'the nearest locations are said');

-- ---- what is old ------------------------------------------------------------

SELECT is((accelcost.price_at('Rent', 'big-8', at, 'east', max_age => age)).is_old, old, what)
FROM (VALUES ('2026-06-30'::timestamptz, interval '180 days', false, 'a source of 180 days is not old'),
             ('2026-07-01', '180 days', true, 'one of a day more is'),
             ('2026-07-01', '1 year', false, 'unless more is allowed'),
             ('2026-07-01', NULL, NULL, 'without a limit it is not asked')) AS t (at, age, old, what);
SELECT is((accelcost.price_at('Rent', 'big-8', '2026-07-01', 'west')).is_old, NULL,
          'a source without a date has no age');
SELECT is((accelcost.price_at('Rent', 'big-8', '2030-07-01', 'east')).amount, 50.0, 'what is old is not hidden');
SELECT is((accelcost.token_price_at('Talk', 'gpt-x', '2026-12-01')).is_old, true, 'prices of tokens may be old');
SELECT is((accelcost.electricity_at('ZZ-1', at => '2026-12-01')).is_old, true, 'and of electricity');

-- ---- tariffs for any region --------------------------------------------------

INSERT INTO accelcost.meter_tariff (provider, meter, kind, service, from_region, to_region, tariff, unit,
    unit_bytes, valid,
                                    source, origin, as_of)
SELECT 'Rent', 'egress', t.kind, '*', t.from_region, t.to_region, t.tariff, 'GB', 1e9, '[2026-01-01,)', 'p',
    'third_party',
       '2026-01-01'
FROM (VALUES ('internet', '*', '*', 'graduated: 1'::tariff),
             ('internet', 'east', 'China', 'graduated: 2'),
             ('internet', '*', 'China', 'graduated: 3'),
             ('internet', 'north', '*', 'graduated: 4'),
             ('inter_region', 'east', '*', 'graduated: 5'),
             ('inter_region', 'east', 'west', 'graduated: 6'),
             ('inter_region', 'west', '*', 'graduated: 7')) AS t (kind, from_region, to_region, tariff);
SELECT is((accelcost.tariff_at('Rent', kind => kind, at => '2026-08-01', from_region => from_region,
                               to_region => to_region)).tariff::text, 'graduated: ' || price, what)
FROM (VALUES ('internet', NULL, NULL, '1', 'without a region, the tariff for any is taken'),
             ('internet', 'north', NULL, '4', 'a region that has a tariff has that one'),
             ('internet', 'east', NULL, '1', 'one that is named for another destination only has that for any region'),
             ('internet', 'east', 'China', '2', 'to that destination it has its own'),
             ('internet', 'north', 'China', '3', 'where no row names the region, the destination decides'),
             ('internet', 'east', 'Singapore', NULL, 'a destination on the internet may be in any group'),
             ('inter_region', 'east', 'west', '6', 'a pair of regions has its own tariff'),
             ('inter_region', 'east', 'south', '5', 'another destination has that for any'),
             ('inter_region', 'west', 'east', '7', 'also where others name one'),
             ('inter_region', 'south', 'east', NULL, 'a region that no row names has none'))
    AS t (kind, from_region, to_region, price, what);
SELECT is((accelcost.tariff_at('Rent', kind => 'inter_region', at => '2026-08-01', from_region => 'eas')).reason,
          'no egress tariff from region "eas"; the nearest are "east", "west"', 'and the nearest regions are said');
SELECT is((accelcost.tariff_at('Rent', at => '2026-08-01', to_region => 'Chine')).reason,
          'no egress tariff to "Chine"; the nearest are "China"', 'or the destinations');
SELECT is((accelcost.tariff_at('Rent', kind => 'cdn', at => '2026-08-01')).reason,
          'no egress tariff of kind "cdn" of provider "Rent"; known are inter_region, internet', 'or the kinds');
SELECT is(accelcost.egress_cost('Google', 10, 'TB', '2026-09-01', 'us-central1')::text,
          accelcost.egress_cost('Google', 10, 'TB', '2026-09-01')::text,
          'Google names us-central1 for some destinations only');
SELECT is(accelcost.egress_cost('AWS', 100, 'GiB', '2026-09-01', 'us-east-1', region, 'inter_region'), cost,
          'AWS to ' || region)
FROM (VALUES ('eu-west-1', '2 USD egress=2'::tco), ('us-east-2', '1 USD egress=1')) AS t (region, cost);

-- Rule: a price of 0 is 0 whatever the unit; any other price needs its size.
INSERT INTO accelcost.meter_tariff (provider, meter, kind, tariff, unit, valid, source, origin, as_of)
SELECT 'Rent', 'egress', t.kind, t.tariff::tariff, 'GB', '[2026-01-01,)', 'p', 'third_party', '2026-01-01'
FROM (VALUES ('cdn', 'graduated: 0'), ('inter_az', 'graduated: 0 upto 100, 0.01')) AS t (kind, tariff);
SELECT is(accelcost.egress_cost('Rent', 20000, 'GiB', '2026-08-01', kind => 'cdn'), '0 USD'::tco,
          'what is free costs 0 in any unit');
SELECT is(accelcost.egress_cost('Rent', 1, 'GiB', '2026-08-01', kind => 'inter_az'), NULL,
          'if a tier has a price, the unit must be known');
SELECT is(accelcost.egress_cost('Nebius', 20000, 'GiB', '2026-08-01'), '0 USD'::tco, 'also of a built-in tariff');
SELECT throws_ok($$SELECT accelcost.egress_cost('Rent', 1, 'gigs', '2026-08-01', kind => 'cdn')$$, '22023',
                 'invalid value for parameter "unit": "gigs"', 'an unknown unit is an error all the same');

-- ---- any meter -----------------------------------------------------------------

INSERT INTO accelcost.meter_tariff (provider, meter, service, tariff, free_quantity, free_per, unit, valid, source,
                                    origin, as_of)
VALUES ('Rent', 'search', '*', 'graduated: 0.014', 500, 'day', 'search', '[2026-01-01,)', 'p',
        'third_party', '2026-01-01'),
       ('Rent', 'audio minute', 'whisper', 'graduated: 0.006', 10, 'month', 'minute', '[2026-01-01,)', 'p',
        'third_party', '2026-01-01');
SELECT is((accelcost.tariff_at('Rent', 'search', at => '2026-08-01')).tariff::text, 'graduated: 0.014',
          'a meter of any name has a tariff, and what is free per day is not deducted from a month');
SELECT results_eq($$SELECT free_quantity, free_per FROM accelcost.tariff_at('Rent', 'search', at => '2026-08-01')$$,
                  $$VALUES (500::numeric, 'day')$$, 'but it is said');
SELECT results_eq($$SELECT tariff::text, tariff_without_free::text, free_per
                    FROM accelcost.tariff_at('Rent', 'audio minute', at => '2026-08-01', service => 'whisper')$$,
                  $$VALUES ('graduated: 0 upto 10, 0.006', 'graduated: 0.006', 'month')$$,
                  'a free quantity per month is a part of the tariff');
SELECT is((accelcost.tariff_at('Rent', 'audio minute', at => '2026-08-01')).reason,
          'no audio minute tariff of service "*"; the nearest are "whisper"', 'the services of a meter are said');
SELECT is((accelcost.tariff_at('Rent', 'video second')).reason, 'no video second tariff of provider "Rent"',
          'an unknown meter has no tariff, and a reason');
SELECT throws_ok($$SELECT accelcost.tariff_at('Rent', ' ')$$, '22023', '"meter" must not be blank',
                 'a blank is no meter');
SELECT throws_ok($$SELECT accelcost.tariff_at('Rent', NULL)$$, '22004', '"meter" must not be null', 'nor is NULL');

-- ---- where regions are --------------------------------------------------------

SELECT is_empty(
    $$
        SELECT region, region_geo(region), geo
        FROM (VALUES ('us-east-1', 'us'), ('us-gov-west-1', 'us'), ('us-central1-a', 'us'), ('eastus2', 'us'),
                     ('southcentralus', 'us'), ('US-VA', 'us'), ('Texas, US, NA', 'us'), ('US, NA', 'us'),
                     ('ca-central-1', 'ca'), ('northamerica-northeast1', 'ca'), ('canadacentral', 'ca'),
                     ('sa-east-1', 'latam'), ('brazilsouth', 'latam'), ('eu-west-1', 'eu'), ('europe-west4', 'eu'),
                     ('westeurope', 'eu'), ('germanywestcentral', 'eu'), ('DE', 'eu'), ('France, FR, EU', 'eu'),
                     ('eu-north1', 'eu'), ('eu-west-2', 'europe'), ('uksouth', 'europe'), ('europe-west6', 'europe'),
                     ('switzerlandnorth', 'europe'), ('Norway, NO, EU', 'europe'), ('ap-south-1', 'apac'),
                     ('asia-east1', 'apac'), ('australiaeast', 'apac'), ('japaneast', 'apac'), ('centralindia', 'apac'),
                     ('southeastasia', 'apac'), ('cn-north-1', 'apac'), ('me-south-1', 'me'), ('il-central-1', 'me'),
                     ('uaenorth', 'me'), ('af-south-1', 'africa'), ('southafricanorth', 'africa'), ('*', NULL),
                     ('Zone 1', NULL), ('usual', NULL), ('dream', NULL)) AS t (region, geo)
        WHERE region_geo(region) IS DISTINCT FROM geo$$,
    'a region is in a continent or bloc by its name; outside the EU, Europe is europe');
SELECT is((accelcost.price_at('AWS', 'p5.48xlarge', region => 'us-east-1')).geo, 'us', 'a price says where it is');
UPDATE accelcost.offer SET geo = 'apac' WHERE provider = 'Rent' AND region = 'west';
SELECT is((accelcost.price_at('Rent', 'big-8', '2026-08-01', 'west')).geo, 'apac', 'as its offer says, if it does');

-- ---- a negotiated percentage ---------------------------------------------------

INSERT INTO accelcost.discount (provider, account, applies_to, item, percent, valid, source)
VALUES ('AWS', 'acme', '*', '*', 12, '[2026-01-01,)', 'EDP'),
       ('rent inc.', 'acme', '*', '*', 10, '[2026-01-01,2026-08-15)', 'C'),
       ('Rent', 'acme', 'hours', 'big-8', 20, '[2026-01-01,)', 'C'),
       ('Talk', 'acme', 'tokens', '*', 50, '[2026-01-01,)', 'C'),
       ('Rent', 'vip', '*', '*', 30, '[2026-01-01,)', 'C');
SELECT is(accelcost.egress_cost('AWS', 57000, at => '2026-08-25', from_region => 'us-east-1',
          account => account), cost, what)
FROM (VALUES (NULL, '4800.2 USD egress=4800.2'::tco, 'data transfer at the public price'),
             ('acme', '4224.176 USD egress=4224.176', '12 % less'),
             ('other', '4800.2 USD egress=4800.2', 'not for other accounts')) AS t (account, cost, what);
SELECT results_eq(
    $$
        SELECT (accelcost.price_at('Rent', sku, '2026-08-01', 'east', account => account)).amount
        FROM (VALUES ('big-8', 'acme'), ('big-4', 'acme'), ('big-4', 'vip'), ('big-8', 'vip'), ('big-4', NULL))
            AS t (sku, account)$$,
    'VALUES (40.0), (2.97), (3), (35), (3.30)',
    'the most specific discount is taken, and none off a price that was negotiated');
SELECT is((accelcost.price_at('Rent', 'big-8', '2026-08-01', 'east', account => 'acme')).note, 'less 20 % by C',
          'the note says so');
SELECT results_eq(
    $$
        SELECT p.input_price, p.output_price, p.long_input_price, p.cache_read_price, p.context_threshold
        FROM accelcost.token_price_at('Talk', 'gpt-x', '2026-08-01', 'acme') AS p$$,
    'VALUES (1.0, 5.0, 2.0, NULL::numeric, 1000::bigint)', 'all prices of tokens are less, and nothing else is');
SELECT is((accelcost.tariff_at('AWS', at => '2026-08-25', from_region => 'us-east-1', account => 'acme')).disagreeing,
          (accelcost.tariff_at('AWS', at => '2026-08-25', from_region => 'us-east-1')).disagreeing,
          'the list price is compared with other sources');
SELECT throws_ok(
    $$INSERT INTO accelcost.discount (provider, account, percent, valid) VALUES ('AWS', 'acme', 5, '[2026-07-01,)')$$,
    '23P01', NULL, 'one discount at a time');
SELECT throws_ok(
    $$INSERT INTO accelcost.discount (provider, account, percent, valid) VALUES ('Azure', 'acme', 120,
        '[2026-07-01,)')$$,
    '23514', NULL, 'of at most the whole');

-- Reports follow: the discount of a payer begins and ends at its own time.
INSERT INTO accelcost.usage (record_id, period_start, provider, payer, model, output_tokens, uncached_input_tokens,
                             cache_read_tokens, cache_write_5m_tokens, cache_write_1h_tokens)
VALUES ('a', '2026-08-01', 'Talk', 'acme', 'gpt-y', 1000000, 0, 0, 0, 0),
       ('b', '2026-08-01', 'Talk', 'other', 'gpt-y', 1000000, 0, 0, 0, 0);
INSERT INTO accelcost.usage (record_id, period_start, provider, payer, sku, instance_hours, gpu_count, output_tokens,
                             uncached_input_tokens, cache_read_tokens, cache_write_5m_tokens, cache_write_1h_tokens)
VALUES ('c', '2026-08-14', 'Rent', 'acme', 'big-4', 1, 4, 0, 0, 0, 0, 0),
       ('d', '2026-08-15', 'Rent', 'acme', 'big-4', 1, 4, 0, 0, 0, 0, 0);
SELECT results_eq(
    $$SELECT record_id, total(cost) FROM accelcost.usage_cost() ORDER BY record_id$$,
    $$VALUES ('a', 0.5), ('b', 1), ('c', 11.88), ('d', 13.2)$$,
    'the cost of usage has the discount of its payer at its time');
SELECT * FROM finish();
ROLLBACK;
