-- Pages of Google's Cloud Billing Catalog, generated in their shape: what is stored is compared with the list from
-- which they were generated.
BEGIN;
SELECT plan(16);
SET LOCAL timezone = 'Asia/Tokyo';

CREATE FUNCTION pg_temp.die(seed text, n integer) RETURNS integer
    LANGUAGE sql IMMUTABLE RETURN ('x' || substr(md5(seed), 1, 7))::bit(28)::integer % n;

-- What Google sells, and its words for it.
CREATE TEMP TABLE part (name text, accelerator text);
INSERT INTO part VALUES
    ('Nvidia L4 GPU', 'L4 24GB'), ('Nvidia Tesla T4 GPU', 'T4 16GB'), ('Nvidia Tesla A100 GPU', 'A100 40GB'),
    ('Nvidia Tesla A100 80GB GPU', 'A100 80GB'), ('Nvidia H100 80GB GPU', 'H100 SXM5 80GB'),
    ('Nvidia H100 80GB Mega GPU', 'H100 SXM5 80GB'), ('H200 141GB GPU', 'H200 SXM5 141GB'),
    ('A4 Nvidia B200 (1 gpu slice)', 'B200 180GB'), ('RTX 6000 96GB', 'RTX PRO 6000 96GB');
CREATE TEMP TABLE sold AS
SELECT p.name, p.accelerator, o.purchase_option, o.months, r.place, r.regions,
       pg_temp.die(p.name || o.purchase_option || o.months || r.place, 20) AS units,
       1 + pg_temp.die('n' || p.name || o.purchase_option || o.months || r.place, 999999999) AS nanos
FROM part AS p
CROSS JOIN (VALUES ('on_demand', 0), ('spot', 0), ('committed', 12), ('committed', 36)) AS o (purchase_option, months)
CROSS JOIN (VALUES ('Americas', '{us-central1,us-east1,us-west1}'::text[]), ('Netherlands', '{europe-west4}'),
                   ('Tokyo', '{asia-northeast1}')) AS r (place, regions)
WHERE o.purchase_option <> 'committed' OR p.name !~ 'B200';

CREATE FUNCTION pg_temp.sku(description text, usage_type text, regions text[], units integer, nanos integer,
                            resource_group text DEFAULT 'GPU', unit text DEFAULT 'h')
RETURNS jsonb LANGUAGE sql AS $$
    SELECT jsonb_build_object(
        'name', 'services/6F81-5844-456A/skus/' || upper(left(md5(description || usage_type || regions::text), 4)),
        'description', description, 'serviceRegions', to_jsonb(regions), 'serviceProviderName', 'Google',
        'category', jsonb_build_object('serviceDisplayName', 'Compute Engine', 'resourceFamily', 'Compute',
                                       'resourceGroup', resource_group, 'usageType', usage_type),
        'pricingInfo', jsonb_build_array(jsonb_build_object(
            'summary', '', 'effectiveTime', '2026-11-20T08:00:00Z', 'currencyConversionRate', 1,
            'pricingExpression', jsonb_build_object(
                'usageUnit', unit, 'usageUnitDescription', 'hour', 'baseUnit', 's', 'displayQuantity', 1,
                'tieredRates', jsonb_build_array(jsonb_build_object(
                    'startUsageAmount', 0,
                    'unitPrice', jsonb_build_object('currencyCode', 'USD', 'units', units::text, 'nanos', nanos)))))))
$$;

CREATE TEMP TABLE pages (page jsonb);
INSERT INTO pages
SELECT jsonb_build_object('skus', jsonb_agg(s.sku ORDER BY s.n), 'nextPageToken', 'abc')
FROM (SELECT row_number() OVER () AS n,
             pg_temp.sku(
                 CASE WHEN purchase_option = 'committed' THEN 'Commitment v1: ' || name || ' running in ' || place
                      WHEN purchase_option = 'spot' AND name ~ 'B200' THEN 'Spot Preemptible ' || name || ' running in '
                                                                           || place
                      WHEN purchase_option = 'spot'
                      THEN name || ' attached to Spot Preemptible VMs running in ' || place
                      ELSE name || ' running in ' || place END
                 || CASE months WHEN 12 THEN ' for 1 Year' WHEN 36 THEN ' for 3 Years' ELSE '' END,
                 -- B200 has the usage type OnDemand for both.
                 CASE WHEN purchase_option = 'spot' AND name !~ 'B200' THEN 'Preemptible'
                      WHEN months = 12 THEN 'Commit1Yr' WHEN months = 36 THEN 'Commit3Yr' ELSE 'OnDemand' END,
                 regions, units, nanos,
                 CASE WHEN name ~ 'B200' THEN 'A4' ELSE 'GPU' END) AS sku
      FROM sold) AS s
GROUP BY s.n % 3;
INSERT INTO pages VALUES (jsonb_build_object('nextPageToken', '', 'skus', jsonb_build_array(
    pg_temp.sku('A2 Instance Core running in Americas', 'OnDemand', '{us-central1}', 0, 31611000, 'CPU'),
    pg_temp.sku('Nvidia L4 Virtual Workstation GPU running in Americas', 'OnDemand', '{us-central1}', 0, 800000000),
    pg_temp.sku('DWS Calendar Mode Nvidia H100 80GB GPU running in Americas', 'OnDemand', '{us-central1}', 4, 0),
    pg_temp.sku('Nvidia Tesla P4 GPU running in Americas', 'OnDemand', '{us-central1}', 0, 0),
    pg_temp.sku('Nvidia Tesla K80 GPU running in Americas', 'OnDemand', '{us-central1}', 0, 1, unit => 'GiBy.h'),
    pg_temp.sku('Nvidia Tesla P100 GPU running in Americas', 'Sustained', '{us-central1}', 1, 0),
    pg_temp.sku('Nvidia Tesla V100 GPU running nowhere', 'OnDemand', '{}', 1, 0))));

SELECT is(file_format, 'gcp-skus', 'pages of skus are recognised')
FROM (SELECT file_format FROM accelcost.import_prices('pages', as_of => '2026-11-28')) AS i;
SELECT results_eq(
    $$
        SELECT o.sku, o.region, o.purchase_option, o.term_months, o.accelerator, p.amount
        FROM accelcost.offer AS o
        JOIN accelcost.offer_price AS p USING (provider, sku, region, purchase_option, term_months, builtin)
        WHERE NOT o.builtin AND p.source = 'Google Cloud Billing Catalog' AND p.origin = 'official'
        ORDER BY 1, 2, 3, 4$$,
    $$
        SELECT s.name, region, s.purchase_option, s.months, s.accelerator, s.units + s.nanos / 1e9
        FROM sold AS s CROSS JOIN unnest(s.regions) AS region
        ORDER BY 1, 2, 3, 4$$,
    'each accelerator has its price in each of its regions');
SELECT is(count(*), 0::bigint, 'prices are without a host, per accelerator, from the date of the file')
FROM accelcost.offer_price AS p
JOIN accelcost.offer AS o USING (provider, sku, region, purchase_option, term_months, builtin)
WHERE p.source = 'Google Cloud Billing Catalog'
  AND (o.price_basis <> 'per_gpu' OR o.gpu_count <> 1 OR o.includes_host OR p.valid <> '[2026-11-28 00:00+00,)'
       OR p.as_of <> '2026-11-28');
SELECT bag_eq(
    $$SELECT reason FROM accelcost.import_prices('pages', as_of => '2026-11-28') AS i, unnest(i.reasons) AS reason$$,
    $$
        SELECT reason || ' (1, first row ' || (SELECT count(*) FROM sold) + n || ')'
        FROM (VALUES (1, 'not an accelerator'), (2, 'price includes licences'), (3, 'price of a reserved period'),
                     (4, 'a price of 0 is a placeholder'), (5, 'unit "GiBy.h" is not an hour'),
                     (6, 'usage type "Sustained"'), (7, 'no region named')) AS t (n, reason)$$,
    'what is no price of an accelerator per hour is rejected by reason');
SELECT results_eq(
    $$SELECT inserted, unchanged, closed FROM accelcost.import_prices('pages', 'gcp-skus', as_of => '2026-11-29')$$,
    $$SELECT 0::bigint, sum(cardinality(regions)), 0::bigint FROM sold$$,
    'a file that has the same prices changes nothing');

-- A price that began later is the current one.
UPDATE pages SET page = jsonb_set(page, '{skus,0,pricingInfo}', (page->'skus'->0->'pricingInfo') || jsonb_build_array(
    jsonb_set(jsonb_set(page->'skus'->0->'pricingInfo'->0, '{effectiveTime}', '"2026-11-29T08:00:00Z"'),
              '{pricingExpression,tieredRates,0,unitPrice}', '{"currencyCode": "USD", "units": "77", "nanos": 0}')))
WHERE page->>'nextPageToken' = 'abc';
SELECT is(count(*), (SELECT sum(jsonb_array_length(page->'skus'->0->'serviceRegions')) FROM pages
                     WHERE page->>'nextPageToken' = 'abc'), 'the price that began last is the current one')
FROM accelcost.import_prices('pages', as_of => '2026-12-01') AS i, unnest(i.changes) AS c
WHERE c.new_price = 77;
SELECT results_eq(
    $$SELECT reason FROM accelcost.import_prices('pages', as_of => '2026-12-01') AS i, unnest(i.reasons) AS reason
      WHERE reason ~ 'tiers|one price'$$,
    $$SELECT ''::text WHERE false$$, 'one tier is one price');
UPDATE pages SET page = jsonb_set(
    page, '{skus,1,pricingInfo,0,pricingExpression,tieredRates}',
    page #> '{skus,1,pricingInfo,0,pricingExpression,tieredRates}' || '[{"startUsageAmount": 100}]')
WHERE page->>'nextPageToken' = 'abc';
SELECT ok(reason ~ '^not one price [(]3, ', 'several tiers are not one price')
FROM accelcost.import_prices('pages', as_of => '2026-12-02') AS i, unnest(i.reasons) AS reason
WHERE reason ~ '^not one price';

-- Words of Google's descriptions.
SELECT is(accelcost_internal.google_sku_name(description), name, description)
FROM (VALUES ('Nvidia L4 GPU running in Iowa', 'Nvidia L4 GPU'),
             ('Commitment v1: Nvidia L4 GPU in Frankfurt for 1 Year', 'Nvidia L4 GPU'),
             ('Nvidia H100 80GB Mega GPU attached to Spot Preemptible VMs running in Tokyo',
              'Nvidia H100 80GB Mega GPU'),
             ('Spot Preemptible A4 Nvidia B200 (1 gpu slice) running in Americas', 'A4 Nvidia B200 (1 gpu slice)'),
             ('RTX 6000 96GB attached to Spot Preemptible VMs running in Belgium', 'RTX 6000 96GB'))
    AS t (description, name);

SELECT throws_ok($$SELECT accelcost.import_prices('pages', 'gcp-skus')$$, '22023',
                 '"as_of" must be given: a file of format "gcp-skus" does not state its date', 'pages have no date');
SELECT throws_ok($$SELECT accelcost.import_prices('pages', provider => 'AWS', as_of => '2026-12-03')$$, '22023',
                 'a file of format "gcp-skus" has prices of "Google Cloud", not of "AWS"', 'they are prices of Google');
CREATE TEMP TABLE cores AS SELECT '{"skus": [{"category": {}}]}'::jsonb AS page;
SELECT is(reasons, '{"not an accelerator (1, first row 1)"}', 'a page without accelerators loads none')
FROM accelcost.import_prices('cores', as_of => '2026-12-04', source => 'other');

SELECT * FROM finish();
ROLLBACK;
