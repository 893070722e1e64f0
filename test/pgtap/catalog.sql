-- What ships in the catalog: complete, sourced, and never a confident wrong number.
BEGIN;
SELECT plan(49);

-- ---- every row ------------------------------------------------------------

SELECT is_empty(
    'SELECT * FROM accelcost.catalog_problem',
    'no builtin row names what the catalog lacks, and every offer has a price');
SELECT is_empty(
    $$SELECT * FROM accelcost.catalog_age WHERE newest > current_date OR oldest < '2010-01-01'$$,
    'dates of sources are possible');
SELECT is_empty(
    $$
        SELECT table_name, source
        FROM accelcost.catalog_age
        WHERE source ~ '^/|localhost' OR source ~* 'simonw/llm-prices'$$,
    'sources are public and may be used');
SELECT is_empty(
    $$
        SELECT provider, accelcost.provider_name(provider)
        FROM accelcost.provider
        WHERE accelcost.provider_name(provider) <> provider
      UNION ALL
      SELECT accelerator, accelcost.accelerator_name(accelerator)
      FROM accelcost.accelerator
      WHERE accelcost.accelerator_name(accelerator) <> accelerator
      UNION ALL
      SELECT model, accelcost.model_name(model)
      FROM accelcost.model
      WHERE accelcost.model_name(model) <> model$$,
    'a name stands for itself');
SELECT is_empty(
    $$SELECT alias FROM accelcost.provider_alias WHERE accelcost.provider_name(alias) <> provider
      UNION ALL SELECT alias FROM accelcost.accelerator_alias WHERE accelcost.accelerator_name(alias) <> accelerator
      UNION ALL SELECT alias FROM accelcost.model_alias WHERE accelcost.model_name(alias) <> model$$,
    'an alias leads to its name');

-- ---- the article's names --------------------------------------------------

SELECT is(accelcost.provider_name(name), canonical, format('provider %s is known', name))
FROM (
    VALUES ('Fluence', 'Fluence'),
           ('Fluence Network', 'Fluence'),
           ('CoreWeave', 'CoreWeave'),
           ('AWS', 'AWS'),
           ('Amazon Web Services', 'AWS'),
           ('Google Cloud', 'Google Cloud'),
           ('Azure', 'Azure'),
           ('Microsoft', 'Azure'),
             ('Thunder Compute', 'Thunder Compute'),
             ('Vast.ai', 'Vast.ai'),
             ('Lambda Labs', 'Lambda Labs'),
             ('RunPod', 'RunPod')) AS article (name, canonical);
SELECT is_empty(
    $$
        SELECT name
        FROM unnest(
            '{H100,H200,A100,B200,Qualcomm Snapdragon,Qualcomm AI200,Qualcomm AI250,Intel Core Ultra,AMD Ryzen '
            'AI,Google Coral,Apple}'::text[]) AS name
      WHERE accelcost.accelerator_name(name) IS NULL$$,
    'every accelerator and NPU of the article is known');

-- ---- the article's price table --------------------------------------------

SELECT results_eq(
    $$SELECT p.provider, p.sku, p.printed, o.price_basis, o.gpu_count, o.form_factor
      FROM accelcost.offer_price AS p
      JOIN accelcost.offer AS o USING (provider, sku, region, purchase_option, term_months, builtin)
      WHERE p.origin = 'article' AND p.builtin
      ORDER BY p.provider COLLATE "C", p.sku COLLATE "C"$$,
    $$VALUES ('AWS', 'H100 (8x)', '$7.57', 'unknown', 8::numeric, 'Data center / SXM'),
             ('CoreWeave', 'B200 (8x)', '$68.80', 'per_instance', 8, 'Data center / SXM'),
             ('CoreWeave', 'H100 (8x)', '$49.24', 'per_instance', 8, 'Data center / SXM'),
             ('Fluence', 'A100', '$0.80-$32.59', 'unknown', NULL, 'Data center / PCIe/SXM'),
             ('Fluence', 'H100', '$1.24-$30.26', 'unknown', NULL, 'Data center / PCIe/SXM'),
             ('Fluence', 'H200', '$2.56', 'unknown', NULL, 'Data center / SXM'),
             ('Google Cloud', 'H100 (1x)', '$11.06', 'per_instance', 1, 'Data center / SXM'),
             ('Thunder Compute', 'H100', '$1.89', 'unknown', NULL, 'Data center / SXM'),
             ('Vast.ai', 'H100', '$2.50-$3.50', 'unknown', NULL, 'Mixed / Variable')$$,
    'the price table is in as printed, with what it does not say left unknown');
SELECT is_empty(
    $$SELECT provider, sku FROM accelcost.offer_price AS p
      WHERE origin = 'article' AND builtin
        AND p.printed <> CASE WHEN amount IS NOT NULL THEN concat('$', amount)
                              ELSE concat('$', price_low, '-$', price_high) END$$,
    'and the numbers are those that are printed');
SELECT is_empty(
    $$
        SELECT o.provider, o.sku
        FROM accelcost.offer AS o
        JOIN accelcost.offer_price AS p USING (provider, sku, region, purchase_option, term_months, builtin)
      WHERE o.builtin AND o.price_basis IN ('unknown', 'host_only') AND coalesce(o.note, p.note) IS NULL$$,
    'a basis that is unknown says why');
SELECT is_empty(
    $$
        SELECT provider, sku
        FROM accelcost.price_per_gpu_hour
        WHERE is_comparable <> (reason IS NULL)
          OR is_comparable AND price_high IS NULL
          OR price_basis IN ('unknown', 'host_only') AND is_comparable$$,
    'what cannot be compared has a reason and is not compared');
SELECT is(
    (accelcost.price_at('CoreWeave', 'H100 (8x)', '2026-02-01')).per_gpu, 6.155, 'eight GPUs at 49.24 are 6.155 each'
);
SELECT is((accelcost.price_at('CoreWeave', 'B200 (8x)', '2026-02-01')).per_gpu, 8.6, 'eight at 68.80 are 8.60 each');
SELECT is(
    (accelcost.price_at('AWS', 'H100 (8x)', '2026-02-01')).per_gpu, NULL,
    'what 7.57 is for is unknown, so a GPU has no price from it');
SELECT is(
    (accelcost.price_at('AWS', 'p5.48xlarge', at, 'us-east-1')).amount, amount, format('p5.48xlarge on %s', at::date))
FROM (
    VALUES ('2025-05-31 12:00+00'::timestamptz, 98.32), ('2025-06-01 00:00+00', 55.04), ('2026-07-01 00:00+00', 55.04)
) AS t (at, amount);

-- ---- the article's figures ------------------------------------------------

SELECT results_eq(
    $$
        SELECT sparsity, value
        FROM accelcost.accelerator_figure
        WHERE builtin AND figure = 'tops' AND precision_name = 'tf32' AND accelerator = 'H100 SXM5 80GB'
        ORDER BY sparsity, value$$,
    $$VALUES (1::float8, 494.7::float8), (2, 989), (2, 989.4)$$,
    '989 TFLOPS of TF32 are sparse; dense they are 494.7');
SELECT is(
    (SELECT tops
     FROM accelcost.accelerator_efficiency
     WHERE accelerator = 'Intel NPU 3' AND precision_name = 'int8' AND sparsity = 1),
    11.5::float8, 'Intel''s NPU has the 11.5 TOPS that are published');
SELECT is(
    round(
        tops(
            (SELECT value
             FROM accelcost.accelerator_figure
             WHERE builtin AND accelerator = 'Intel NPU 3' AND figure = 'mac_units'),
                     (SELECT value
                      FROM accelcost.accelerator_figure
                      WHERE builtin AND accelerator = 'Intel NPU 3' AND figure = 'clock_hz'
                     ))::numeric, 1), 11.5, 'which its MAC units and clock give');
SELECT is_empty(
    $$SELECT accelerator FROM accelcost.accelerator_efficiency WHERE watts IS NULL AND tops_per_watt IS NOT NULL$$,
    'no efficiency without published watts');

-- ---- egress ---------------------------------------------------------------

SELECT is(
    accelcost.egress_cost('AWS', 57000, at => '2026-08-25', from_region => 'us-east-1'),
    '4800.2 USD egress=4800.2'::tco, 'AWS us-east-1, 57,000 GB: 100 free, then the tiers');
SELECT is(
    tariff_cost(
        (accelcost.tariff_at('AWS', at => '2026-08-25', from_region => 'us-east-2')).tariff_without_free, 157000),
    11741.2, 'us-east-2, 157,000 GB without the free ones, as Infracost has it');
SELECT is(
    (SELECT sum(
         tariff_cost((accelcost.tariff_at('AWS', at => '2026-08-25', from_region => r)).tariff_without_free, 20000))
     FROM unnest('{us-east-1,sa-east-1}'::text[]) AS r),
    4634.08, '20,000 GB each from us-east-1 and sa-east-1 are two pools');
SELECT is(
    accelcost.egress_cost('Google Cloud', 100, at => '2026-08-25', to_region => 'Australia'), '19 USD egress=19'::tco,
    '0.19 per GB is Google''s price to Australia');
SELECT is(
    accelcost.egress_cost('Google Cloud', 100, at => '2026-08-25', to_region => 'Singapore'), NULL,
    'to a destination that only Google could tell the group of, the price is unknown');
SELECT is(
    (accelcost.tariff_at('RunPod', at => '2026-11-01')).tariff::text, 'graduated: 0',
    'RunPod''s own page comes before what blogs say');
SELECT cmp_ok(
    (accelcost.tariff_at('RunPod', at => '2026-11-01')).disagreeing, '>=', 2::bigint, 'and the blogs are counted');
SELECT throws_ok(
    $$SELECT accelcost.egress_cost('AWS', 1, at => '2026-08-25')$$, '22023', NULL,
    'AWS''s prices differ by region, so it must be given');

-- ---- tokens ---------------------------------------------------------------

SELECT is(
    token_cost(
        300000, 100000, t.input_price, t.output_price, context_threshold => t.context_threshold,
        threshold_strict => t.threshold_strict,
                     long_input_price => t.long_input_price,
                     long_output_price => t.long_output_price), 4.05, 'a long request to Sonnet 4.5')
FROM accelcost.token_price_at('anthropic', 'claude-sonnet-4-5', '2026-08-25') AS t;
SELECT results_eq(
    $$
        SELECT (accelcost.token_price_at('OpenAI', 'o3', at)).cache_read_price IS NULL,
               (accelcost.token_price_at('OpenAI', 'o3', at)).input_price
        FROM (VALUES ('2025-06-09'::timestamptz), ('2025-12-01')) AS t (at)$$,
    $$VALUES (true, 10::numeric), (false, 2)$$,
    'o3 had another price before June 2025, of cached tokens an unknown one');
SELECT is(
    (accelcost.token_price_at('gemini', 'gemini/gemini-2.5-pro', '2026-08-25')).model, 'gemini-2.5-pro',
    'a router''s name is an alias');

-- ---- which row wins -------------------------------------------------------

SELECT results_eq(
    $$SELECT rule
      FROM (VALUES ('without a date', 'official', NULL, 0, false, NULL::date, NULL::timestamptz, 'a'),
                   ('first source', 'official', NULL, 0, false, '2026-01-01', NULL, 'B'),
                   ('valid since later', 'official', NULL, 0, false, '2026-01-01', '2026-01-01', 'c'),
                   ('another source', 'official', NULL, 0, false, '2026-01-01', NULL, 'a'),
                   ('newer', 'official', NULL, 0, false, '2026-01-02', NULL, 'c'),
                   ('yours', 'third_party', NULL, 0, false, '2026-01-01', NULL, 'c'),
                   ('built-in', 'third_party', NULL, 0, true, '2026-01-02', NULL, 'a'),
                   ('general', 'user', NULL, 1, false, '2026-01-02', NULL, 'a'),
                   ('specific', 'user', NULL, 0, false, '2026-01-01', NULL, 'a'),
                   ('negotiated by anybody', 'negotiated', NULL, 0, false, '2026-01-02', NULL, 'a'),
                   ('negotiated by the account', 'negotiated', 'prod', 3, true, NULL, NULL, 'a'),
                   ('unverified', 'unverified', 'prod', 0, false, '2026-01-02', NULL, 'a'))
           AS catalog (rule, origin, account, generality, builtin, as_of, valid_from, source)
      ORDER BY accelcost_internal.precedence(origin, account, generality, builtin, as_of, valid_from, source)$$,
    $$VALUES ('negotiated by the account'), ('negotiated by anybody'), ('specific'), ('general'), ('newer'),
             ('valid since later'),
             ('first source'), ('another source'), ('without a date'), ('yours'), ('built-in'),
             ('unverified')$$,
    'origin decides, then the account, the more specific row, yours, the newest, the latest, the source');
CREATE FUNCTION pg_temp.plan_of(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
    RETURN QUERY EXECUTE 'EXPLAIN (COSTS OFF) ' || query;
END
$$;
SELECT is_empty(
    $$SELECT line
      FROM pg_temp.plan_of($q$SELECT * FROM accelcost_internal.find_offer_price(
                                  'AWS', 'p5.48xlarge', '2026-07-01', NULL, 'on_demand', 0, NULL)$q$) AS line
      WHERE line ~ 'Function Scan on (find_offer_price|prices_at)'$$,
    'the planner reads the prices of one offer, not those of all');

-- ---- read-only ------------------------------------------------------------

SELECT throws_ok(
    $$DELETE FROM accelcost.offer_price WHERE builtin$$, '55000', 'built-in rows of table "offer_price" are read-only',
    'builtin rows stay');
SET LOCAL transaction_read_only = on;
SELECT lives_ok(
    $$
        SELECT accelcost.price_at('CoreWeave', 'H100 (8x)'), accelcost.tariff_at('AWS', from_region => 'us-east-1'),
               accelcost.token_price_at('OpenAI', 'gpt-5'), accelcost.electricity_at('DE'),
               accelcost.fx_at('EUR', 'USD')$$,
    'look-ups work in a read-only transaction');
SELECT lives_ok(
    $$
        SELECT (SELECT count(*) FROM accelcost.price_current),
               (SELECT count(*) FROM accelcost.price_per_gpu_hour),
               (SELECT count(*) FROM accelcost.price_conflict),
                         (SELECT count(*) FROM accelcost.accelerator_efficiency),
                         (SELECT count(*) FROM accelcost.accelerator_current),
                         (SELECT count(*) FROM accelcost.catalog_age)$$,
    'and so do the views');
-- ---- documentation ------------------------------------------------------------

\set page `cat docs/catalog-rows.md`
SELECT set_config('page.text', :'page', true) IS NULL AS is_read \gset
SELECT is_empty(
    $$
        SELECT c.relname
        FROM pg_class AS c
        JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attname = 'builtin'
        JOIN pg_attribute AS e ON e.attrelid = c.oid AND e.attname = 'extra'
        WHERE c.relnamespace = 'accelcost'::regnamespace AND c.relkind = 'r'
          -- Patterns match text of charges, not of the catalog, and docs/charge-catalog.md has their examples.
          AND c.relname NOT IN ('charge_pattern', 'charge_token_pattern')
          AND current_setting('page.text') !~ ('INSERT INTO accelcost[.]' || c.relname || ' ')$$,
    'docs/catalog-rows.md has an example of a row for each table');

SELECT * FROM finish();
ROLLBACK;
