-- Worked examples that others have published, each with its rule and what the
-- source prints. Results are exact, to the last digit; sources print cents.
BEGIN;
SELECT plan(72);

-- The exact cost, and what the source makes of it.
CREATE FUNCTION pg_temp.costs(t tariff, quantity numeric, exact numeric, printed numeric, name text)
RETURNS SETOF text
LANGUAGE sql AS $$
    SELECT is(tariff_cost(t, quantity), exact, name || ': ' || exact)
    UNION ALL
    SELECT is(round(tariff_cost(t, quantity), scale(printed)), printed, name || ': printed as ' || printed)
    WHERE printed IS NOT NULL
$$;

-- ---- egress ---------------------------------------------------------------

-- https://aws.amazon.com/s3/faqs/, 2022: 31 TB of S3 and 31 TB of EC2
\set aws '''graduated: 0 upto 1, 0.09 upto 10240, 0.085 upto 51200, 0.07 upto 153600''::tariff'
SELECT pg_temp.costs(
    :aws, 63488, 5263.27, 5263.27, 'one GB is free inside the first tier, 1 TB is 1024 GB, all services are pooled');
SELECT is(array_agg(amount), '{0,921.51,3481.60,860.16}', 'by tier 0, 921.51, 3481.60 and 860.16')
FROM tariff_lines(:aws, 63488);
SELECT is(tiered_cost(gb, :aws), 5263.27, 'rated as rows of two services')
FROM (VALUES (31 * 1024), (31 * 1024)) AS service(gb);
SELECT is(sum(tariff_cost(:aws, gb)), 5498.70, 'not pooled it would be 5498.70')
FROM (VALUES (31 * 1024), (31 * 1024)) AS service(gb);

-- infracost, data_transfer_test.golden, us-east-2
\set us_east '''graduated: 0.09 upto 10240, 0.085 upto 51200, 0.07 upto 153600, 0.05''::tariff'
SELECT pg_temp.costs(:us_east, 157000, 11741.2, 11741.20, 'four tiers without a free amount');
SELECT is(array_agg(amount), '{921.60,3481.60,7168.00,170.00}', 'by tier 921.60, 3481.60, 7168.00 and 170.00')
FROM tariff_lines(:us_east, 157000);

-- the same file, me-south-1 between regions: in binary, or half to even, 82.87
SELECT pg_temp.costs('graduated: 0.1105', 750, 82.875, 82.88, 'half a cent rounds up, once, at the end');

-- infracost, bastion_host_test.golden: bounds of the price list, 5 GB free
\set bastion '''graduated: 0 upto 5, 0.12 upto 10240, 0.085 upto 51200, 0.082 upto 153600, 0.08 upto 512000''::tariff'
SELECT is(
    tariff_cost(:bastion, 100000), 8711.4,
    '8711.40 by the bounds of the price list, where the peer takes them for widths and publishes 8730.00');
SELECT is(
    tariff('{5,10240,51200,153600,512000}', '{0,0.12,0.085,0.082,0.08}'), :bastion,
    'tariff() reads the list as bounds');
SELECT is(
    tariff_cost(tariff_from_widths('{10000,50000,150000,500000}', '{0.12,0.085,0.082,0.08}'), 100000), 8730.0,
    'bounds handed over as widths give the published 8730.00');
SELECT is(
    tariff_cost(tariff_from_widths('{10000,40000,100000,NULL}', '{0.12,0.085,0.082,0.08}'), 100000), 8700.0,
    'decimal widths of 10,000, 40,000 and 50,000 give 8700.00');

-- a stored comparison of Azure and Google, sections 5.1 to 5.4, 2026
\set azure '''graduated allowance 100: 0.087 upto 10000, 0.083''::tariff'
SELECT pg_temp.costs(:azure, 50000, 4181.7, 4181.70, 'an allowance before the tiers shifts them');
SELECT is(
    tariff_cost('graduated: 0 upto 100, 0.087 upto 10000, 0.083', 50000), 4181.3,
    'a free amount inside the first tier costs 4181.30');
SELECT is(tariff_marginal(:azure, 99), 0.0, 'within the allowance the next GB is free');
SELECT is(tariff_marginal(:azure, 10099), 0.087, 'the first tier ends 100 GB later');
SELECT is(tariff_marginal(:azure, 10100), 0.083, 'at 10,100 GB');
\set gcs '''graduated: 0 upto 100, 0.12 upto 10240, 0.11''::tariff'
SELECT pg_temp.costs(:gcs, 50000, 5590.4, 5590.40, '100 GB free inside the first tier, which ends at 10,240');
SELECT is(array_agg(amount), '{0,1216.80,4373.60}', 'by tier 0, 1216.80 and 4373.60') FROM tariff_lines(:gcs, 50000);

-- ---- storage --------------------------------------------------------------

SELECT pg_temp.costs(
    'graduated: 0.095 upto 1024, 0.080 upto 51200, 0.070', 52900, 4230.36, 4230.36, 'the price list of 2013');

-- ---- units and free amounts -----------------------------------------------

-- https://github.com/nozomi-koborinai/gcp-cost-mcp-server/issues/8
SELECT pg_temp.costs(
    'graduated: 0 upto 240000, 0.000024', 2628000, 57.312, 57.31,
    '240,000 vCPU seconds are free, where the tool published 63.07');
SELECT is(tariff_cost('graduated: 0.000024', 2628000), 63.072, 'without the free amount it is the tool''s 63.07');
SELECT pg_temp.costs('graduated: 0 upto 250, 0.085', 1024, 65.79, 65.79, '1 TB is 1024 GB, of which 250 are included');

-- ---- tiers ----------------------------------------------------------------

-- infracost, tier_requests.go
SELECT is(array_agg(quantity), '{10,90,50}', '150 over widths of 10 and 90 is 10, 90 and 50')
FROM tariff_lines(tariff_from_widths('{10,90,NULL}', '{1,1,1}'), 150);

-- lago, graduated_service_spec.rb
\set lago '''graduated: 10 flat 2 upto 10, 5 flat 3 upto 20, 5 flat 3''::tariff'
SELECT pg_temp.costs(:lago, 0, 2, 2, 'the first fee is due at 0 units');
SELECT pg_temp.costs(:lago, 1, 12, 12, '1 unit is a fee and a unit');
SELECT pg_temp.costs(:lago, 11, 110, 110, 'the 11th unit brings the second fee');
SELECT pg_temp.costs('graduated: 10 upto 0.1, 5 upto 1, 2', 0.05, 0.5, 0.5, '0.05 is within a bound of 0.1');
SELECT pg_temp.costs('graduated: 10 upto 0.1, 5 upto 1, 2', 0.5, 3, 3.0, '0.5 is 0.1 at 10 and 0.4 at 5');

-- lago, volume_service_spec.rb
\set volume '''volume: 2 flat 10 upto 100, 1 upto 200, 0.5 flat 50''::tariff'
SELECT pg_temp.costs(:volume, 100, 210, 210, '100 is still in the tier up to 100');
SELECT pg_temp.costs(:volume, 101, 101, 101, 'from 101 on, all units have the next price');

-- lago, package_service_spec.rb: 100 for each package of 10
SELECT pg_temp.costs('package 10: 100', 121, 1300, 1300, '121 units are 13 packages');
SELECT pg_temp.costs('package 10 allowance 10: 100', 121, 1200, 1200, 'with 10 units free, 12');
SELECT pg_temp.costs('package 10 allowance 200: 100', 121, 0, 0, 'with 200 units free, none');

-- openmeter, tieredgraduated_test.go
\set flat_then_unit '''graduated: 0 flat 100 upto 5, 0 flat 50 upto 10, 10 upto 15, 5''::tariff'
SELECT pg_temp.costs(:flat_then_unit, 0, 100, 100, '0 units have the fee of the first tier');
SELECT pg_temp.costs(:flat_then_unit, 5.001, 150, 150, 'a thousandth above the bound has that of the second');
\set rated '''graduated: 0 flat 100 upto 5, 0 flat 50 upto 10, 5 upto 15, 1''::tariff'
SELECT is(tariff_cost(:rated, 10, 12), 22::numeric, '10 more after 12 cost the difference, 22');
SELECT is(tariff_cost(:rated, 3, 12), 15::numeric, '3 of them at 5');
SELECT is(tariff_cost(:rated, 7, 15), 7::numeric, 'and 7 at 1');
SELECT is(
    tariff_cost(:rated, 12) + tariff_cost(:rated, 10, 12), tariff_cost(:rated, 22),
    'the parts of a period add up to the whole');

-- openmeter, tieredvolume_test.go
\set drops '''volume: 0 flat 100 upto 5, 0 flat 150 upto 10, 10 upto 15, 5''::tariff'
SELECT pg_temp.costs(:drops, 16, 80, 80, '16 units at 5');
SELECT is(tariff_cost(:drops, 15), 150::numeric, '15 units cost 150: with volume pricing more can cost less');
SELECT is(tariff_cost(:drops, 1, 15), -70::numeric, 'so the 16th unit costs -70');

-- openmeter, unitconfig_rating_test.go
SELECT is(
    tariff_cost('package 1000: 10', 1400) + tariff_cost('package 1000: 10', 1300, 1400), 30::numeric,
    '1400 and 1300 are 3 blocks of 1000, 30, where the peer rounds each part and publishes 40');
SELECT is(tiered_cost(calls, 'package 1000: 10'), 30::numeric, 'rated as rows, 30')
FROM (VALUES (1400), (1300)) AS part(calls);
SELECT is(sum(tariff_cost('package 1000: 10', calls)), 40::numeric, 'rated apart, the published 40')
FROM (VALUES (1400), (1300)) AS part(calls);

-- ---- metered compute ------------------------------------------------------

-- https://aws.amazon.com/lambda/pricing/, 2019: 3 million calls of 1 s at 512 MB
CREATE TEMP TABLE lambda AS
SELECT tariff_cost('graduated: 0 upto 400000, 0.00001667', 3000000 * 1 * 512 / 1024.0) AS compute,
       tariff_cost('graduated: 0 upto 1000000, 0.0000002', 3000000) AS requests;
SELECT is(compute, 18.337, '1.1 million GB seconds, 18.337') FROM lambda;
SELECT is(round(compute, 2), 18.34, 'printed as 18.34') FROM lambda;
SELECT is(requests, 0.4, '2 million requests, 0.4') FROM lambda;
SELECT is(round(requests, 2), 0.40, 'printed as 0.40') FROM lambda;
SELECT is(round(compute + requests, 2), 18.74, 'the total, rounded at the end, is 18.74') FROM lambda;

-- ---- every case as text and jsonb -----------------------------------------

SELECT is_empty(
    format($$SELECT t FROM unnest(ARRAY[%s]) AS t WHERE t::text::tariff <> t OR t::jsonb::tariff <> t$$,
           concat_ws(
               ',', quote_literal(:aws) || '::tariff', quote_literal(:bastion), quote_literal(:azure),
               quote_literal(:lago), quote_literal(:volume), quote_literal(:drops))),
    'the tariffs of these cases go through text and jsonb');

SELECT * FROM finish();
ROLLBACK;
