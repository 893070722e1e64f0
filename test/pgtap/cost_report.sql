-- The report of a month: one page that nothing in the data can break.
BEGIN;
SELECT plan(41);
SET LOCAL timezone = 'UTC';

-- ---- parts ----------------------------------------------------------------

SELECT is(accelcost_internal.html_text(E'<a href="x">&\'\x01\n'), '&lt;a href=&quot;x&quot;&gt;&amp;&#39; ' || E'\n',
          'text is escaped, and control characters are blanks');
SELECT is(accelcost_internal.html_label('<<<<', 3), '&lt;&lt;&#8230;', 'a label is cut before it is escaped');
SELECT is(ARRAY[accelcost_internal.shown_number(NULL, 2), accelcost_internal.shown_number(-1234567.895, 2),
                accelcost_internal.shown_number(0.4, 0)], '{unknown,"-1,234,567.90",0}', 'numbers have commas');
SELECT is((SELECT string_agg(accelcost_internal.short_number(n), ' ') FROM unnest(
              '{0,0.004,9.999,12.34,999.96,1000,-47939.58,999949,999951,1234567,5e9,7e13}'::numeric[]) AS n),
          '0 0.004 10 12.3 1000 1k -47.9k 999.9k 1M 1.2M 5G 7.0e+13', 'short numbers have three or four digits');
-- Rule: the step is 1, 2, 2.5 or 5 times a power of ten, and four steps cover the range, but no fewer than needed.
SELECT is_empty($$
    SELECT high, step
    FROM (SELECT (1 + 37 * n) * 10.0 ^ (n % 13 - 6) AS high FROM generate_series(0, 400) AS n) AS h
    CROSS JOIN LATERAL accelcost_internal.axis_step(0, high) AS step
    WHERE step * 4 < high OR step * 4 > high * 2.01
       OR trim_scale(step / 10.0 ^ floor(log(step))) NOT IN (1, 2, 2.5, 5)$$, 'steps of axes are round and few');
SELECT is_empty($$
    SELECT low, high, axis
    FROM (SELECT -(n % 7) * 13.7 AS low, (n * 31 % 101) * 0.9 AS high FROM generate_series(0, 300) AS n) AS r
    CROSS JOIN LATERAL (SELECT accelcost_internal.value_axis(low, high, 20, 100) AS axis) AS a
    WHERE NOT ((axis).low <= low AND (axis).high >= high AND (axis).low <= 0 AND (axis).high >= 0)
       OR accelcost_internal.axis_y(axis, (axis).low) <> 120 OR accelcost_internal.axis_y(axis, (axis).high) <> 20$$,
    'an axis covers its values and zero');

-- Bars of one month: heights are in proportion, and negative amounts hang below zero.
CREATE TEMP TABLE bar AS
SELECT n, (m[1])::numeric AS y, (m[2])::numeric AS height
FROM regexp_matches(accelcost_internal.stacked_bars('t', 'd', '{2026-07-01}', '{a,b,c,d}', '{30,-10,20,NULL}'),
                    '<rect x="[0-9.]+" y="([0-9.]+)" width="60[.0]*" height="([0-9.]+)"', 'g')
         WITH ORDINALITY AS r (m, n);
SELECT is((SELECT count(*)::integer FROM bar), 3, 'an unknown amount has no bar');
SELECT is((SELECT array_agg(round(height / (SELECT height FROM bar WHERE n = 2), 1) ORDER BY n) FROM bar),
          '{3.0,1.0,2.0}', 'bars are as high as their amounts');
SELECT is((SELECT y FROM bar WHERE n = 3) + (SELECT height FROM bar WHERE n = 3), (SELECT y FROM bar WHERE n = 1),
          'bars stand on each other');
SELECT is((SELECT y FROM bar WHERE n = 2), (SELECT y + height FROM bar WHERE n = 1), 'negative bars hang from zero');

SELECT is((SELECT count(*)::integer FROM regexp_matches(
              accelcost_internal.month_lines('t', 'd', '{2026-05-01,2026-06-01,2026-07-01,2026-08-01}', '{a}',
                                             '{1,NULL,3,4}'), 'M[0-9.]+ ', 'g')), 2,
          'a month without a value is a gap');
SELECT is_empty($$
    SELECT least FROM (
        SELECT y - lag(y) OVER (ORDER BY y) AS least
        FROM (SELECT (m[1])::numeric AS y FROM regexp_matches(
                  accelcost_internal.month_lines('t', 'd', '{2026-07-01}', '{a,b,c,d,e,f,g,h}',
                                                 '{1,1,1,1,0,0,0,0.01}'), 'x="248.0" y="([0-9.]+)"', 'g')
                       AS m) AS n) AS d
    WHERE least < 14$$, 'numbers of lines do not touch');

-- ---- a report -------------------------------------------------------------

INSERT INTO accelcost.provider (provider, kind) VALUES
    (E'Evil <script>alert("x")</script> & ''co''\n' || repeat('long', 75), 'api'), ('Seller', 'api');
INSERT INTO accelcost.token_price (provider, model, cached_convention, input_price, output_price, valid)
SELECT provider, model, 'excluded', 1, 10, '[2026-01-01 00:00+00,)'
FROM (SELECT provider FROM accelcost.provider WHERE NOT builtin) AS p,
     (VALUES ('plain-1'), ('<b>bold</b>')) AS m (model);
CREATE TEMP TABLE log AS
SELECT 'x' AS source, concat(p.n, '-', m.month, '-', t.n) AS record_id, m.month::timestamptz AS period_start,
       p.provider,
       CASE WHEN t.n = 3 THEN 'no-such-model' WHEN t.n = 2 THEN '<b>bold</b>' ELSE 'plain-1' END AS model,
       'team &' || t.n AS team, 1000000 * p.n AS uncached_input_tokens, 100000 AS output_tokens
FROM (SELECT provider, row_number() OVER (ORDER BY provider COLLATE "C") AS n
      FROM accelcost.provider WHERE NOT builtin) AS p,
     (VALUES ('2026-06-01'::date), ('2026-07-01')) AS m (month), generate_series(1, 3) AS t (n);
CREATE TEMP TABLE report AS
SELECT accelcost.cost_report('2026-07-15', source => 'log', title => 'July & <co>') AS page;

SELECT matches((SELECT page FROM report), '^<!DOCTYPE html>\n<html lang="en">.*</html>\n$', 'the report is one page');
SELECT matches(page, '<h1>July &amp; &lt;co&gt;</h1>', 'it has its title') FROM report;
SELECT matches(page, concat('<p class="total">10.00 USD <span class="note">at least</span>, \+0.0 % against Jun 2026 ',
                            '<span class="note">in what has a price</span></p>'),
               'the head has the total and the change') FROM report;
SELECT is((SELECT round(sum(total), 2) FROM accelcost.inference_monthly('2026-07-01', source => 'log')), 10.00,
          'which is that of the monthly report');
SELECT matches(page, '6 usage records, 4 of them with a price; 9.6 million tokens, 6.4 of them with a price',
               'and the coverage') FROM report;
SELECT matches(page, '<li>2 rows are in no total: no price for model &quot;no-such-model&quot;</li>',
               'warnings have the reason') FROM report;
SELECT doesnt_match(page, '<(script|b|a|img|link|iframe|object)[ >]', 'nothing of the data becomes an element')
FROM report;
SELECT doesnt_match(page, '(src|href|url|@import|javascript:)[=(]', 'it loads nothing') FROM report;
SELECT matches(page, '</svg>Evil &lt;script&gt;alert[^<]*&#8230;</li>', 'long names are cut in charts') FROM report;
SELECT is((SELECT count(*)::integer FROM report,
           regexp_matches(page, '<svg [^>]*role="img"><title>[^<]+</title><desc>[^<]+</desc>', 'g')),
          (SELECT count(*)::integer FROM report, regexp_matches(page, 'role="img"', 'g')),
          'every chart has a title and a description');
SELECT is((SELECT count(*)::integer FROM report, regexp_matches(page, 'role="img"', 'g')), 2,
          'without budgets, machines and egress there are two charts');
SELECT is((SELECT count(*)::integer FROM report, regexp_matches(page, '(NaN|Infinity|\mnull\M)', 'g')), 0,
          'no coordinate is missing');

-- The page is XML, too, so the server's parser can check it, where it has one.
CREATE FUNCTION pg_temp.is_well_formed(page text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    RETURN CASE WHEN xml_is_well_formed_document(page) THEN 'well-formed' ELSE 'not well-formed' END;
EXCEPTION WHEN feature_not_supported THEN
    RETURN 'well-formed';
END
$$;
SELECT is(pg_temp.is_well_formed(page), 'well-formed', 'the page is well-formed') FROM report;

-- ---- old prices -----------------------------------------------------------
-- Rule: each price that the total rests on is judged by its date; prices of nothing, and of unpriced usage, are not.

INSERT INTO accelcost.provider (provider, kind) VALUES ('Home', 'own'), ('Rack', 'neocloud');
INSERT INTO accelcost.accelerator (accelerator, kind, vendor, family) VALUES ('Z1', 'gpu', 'Zeta', 'Z1');
INSERT INTO accelcost.offer (provider, sku, region, purchase_option, term_months, accelerator, gpu_count, price_basis)
SELECT 'Rack', sku, '*', 'on_demand', 0, 'Z1', 8, 'per_instance' FROM unnest('{z-old,z-new,z-none}'::text[]) AS sku;
INSERT INTO accelcost.offer_price (provider, sku, region, purchase_option, term_months, amount, currency, valid, as_of)
VALUES ('Rack', 'z-old', '*', 'on_demand', 0, 2, 'EUR', '[2025-01-01 00:00+00,)', '2026-01-31'),
       ('Rack', 'z-new', '*', 'on_demand', 0, 2, 'USD', '[2025-01-01 00:00+00,)', '2026-02-01'),
       ('Rack', 'z-none', '*', 'on_demand', 0, 2, 'USD', '[2025-01-01 00:00+00,)', '2025-01-01');
INSERT INTO accelcost.meter_tariff (provider, meter, kind, tariff, unit, valid, as_of)
VALUES ('Rack', 'egress', 'internet', 'graduated: 0.01', 'GiB', '[2025-01-01 00:00+00,)', '2025-03-01'),
       ('Rack', 'egress', 'cdn', 'graduated: 0', 'GiB', '[2025-01-01 00:00+00,)', '2025-03-01'),
       ('Rack', 'search', '*', 'graduated: 0.1', 'search', '[2025-01-01 00:00+00,)', '2025-04-01');
INSERT INTO accelcost.electricity_price (location, sector, price_per_kwh, currency, valid, as_of)
VALUES ('Cellar', 'industrial', 0.1, 'USD', '[2025-01-01 00:00+00,)', '2025-05-01');
INSERT INTO accelcost.fx_rate (from_currency, to_currency, rate, valid, as_of)
VALUES ('EUR', 'USD', 1.1, '[2025-01-01 00:00+00,)', '2025-06-01');
CREATE TEMP TABLE aged (LIKE accelcost.usage INCLUDING DEFAULTS);
INSERT INTO aged (record_id, period_start, provider, sku, instance_hours)
VALUES ('1', '2026-07-01', 'Rack', 'z-old', 1), ('2', '2026-07-01', 'Rack', 'z-new', 1),
       ('3', '2026-07-01', 'Rack', 'z-none', 0);
INSERT INTO aged (record_id, period_start, provider, transfer_quantity, transfer_kind)
VALUES ('4', '2026-07-01', 'Rack', 10, 'internet'), ('5', '2026-07-01', 'Rack', 10, 'cdn');
INSERT INTO aged (record_id, period_start, provider, meter, quantity) VALUES ('6', '2026-07-01', 'Rack', 'search', 5);
INSERT INTO aged (record_id, period_start, provider, region, energy_kwh)
VALUES ('7', '2026-07-01', 'Home', 'Cellar', 5);
SELECT is(accelcost_internal.old_prices('2026-07-01', 'USD', 'aged', NULL),
          ARRAY['price of z-old at Rack is older than 180 days: 2026-01-31',
                'price of electricity in Cellar is older than 180 days: 2025-05-01',
                'egress tariff of Rack is older than 180 days: 2025-03-01',
                'search tariff of Rack is older than 180 days: 2025-04-01',
                'exchange rate from EUR to USD is older than 180 days: 2025-06-01'],
          'machines, electricity, tariffs and exchange rates can be old');
SELECT matches(accelcost.cost_report('2026-07-01', source => 'aged'),
               '<li>The price of z-old at Rack is older than 180 days: 2026-01-31</li>', 'the report says so');
SELECT is(accelcost_internal.old_prices('2026-06-01', 'USD', 'aged', NULL), NULL, 'a month without cost has none');

-- ---- edges ----------------------------------------------------------------

SELECT matches(accelcost.cost_report('1999-01-01', source => 'log'), 'Cost unknown.*No usage in this month',
               'a month without usage has no cost, not 0');
SELECT is(pg_temp.is_well_formed(accelcost.cost_report('1999-01-01', source => 'log')), 'well-formed',
          'and a page all the same');
CREATE TEMP TABLE back AS
SELECT source, record_id, period_start, provider, model, team, -uncached_input_tokens AS uncached_input_tokens,
       0 AS output_tokens
FROM log;
SELECT is(pg_temp.is_well_formed(accelcost.cost_report('2026-07-01', 1, source => 'back')), 'well-formed',
          'negative costs of one month can be drawn');
INSERT INTO accelcost.provider (provider, kind) SELECT 'p' || n, 'api' FROM generate_series(1, 40) AS n;
INSERT INTO accelcost.token_price (provider, model, cached_convention, input_price, output_price, valid)
SELECT 'p' || n, 'plain-1', 'excluded', n, n, '[2026-01-01 00:00+00,)' FROM generate_series(1, 40) AS n;
CREATE TEMP TABLE many AS
SELECT 'x' AS source, n AS record_id, timestamptz '2026-07-01' AS period_start, 'p' || n AS provider,
       'plain-1' AS model, 1000000 AS output_tokens
FROM generate_series(1, 40) AS n;
SELECT matches(accelcost.cost_report('2026-07-01', 24, source => 'many'), '>p40</li>.*>p34</li>.*>33 others</li>',
               'of 40 providers, seven have a name, and the others are one');
SELECT matches(accelcost.cost_report('2026-07-01', currency => 'QQQ', source => 'many'),
               'Cost unknown.*no exchange rate', 'without an exchange rate nothing has a cost, but a reason');
INSERT INTO accelcost.charge (provider_name, billing_account_id, billing_period_start, charge_period_start,
                              charge_period_end, charge_category, service_name, billing_currency, billed_cost,
                              export_name, row_number, batch)
SELECT 'Lambda', '7', '2026-07-01', '2026-07-05', '2026-07-06', 'Usage', s.service, s.currency, s.cost, 'bill', s.n, 1
FROM (VALUES (1, 'GPU <1>', 'USD', 70), (2, 'GPU <1>', 'USD', -20.5), (3, 'Disk', 'EUR', 5))
    AS s (n, service, currency, cost);
CREATE TEMP TABLE billed AS SELECT accelcost.cost_report('2026-07-01', basis => 'billed') AS page;
SELECT matches(page, '<p class="total">49.50 USD <span class="note">at least</span></p>.*<p>3 charges, 2 of them',
               'charges have a report, too') FROM billed;
SELECT matches(page, '1 row is in no total: billed in EUR', 'in one currency') FROM billed;
SELECT matches(page, '<td>GPU &lt;1&gt;</td><td class="n">49.50</td>', 'by service') FROM billed;
SELECT throws_ok($$SELECT accelcost.cost_report('2026-07-01', basis => 'guessed')$$, '22023', NULL,
                 'the basis is checked');
SELECT throws_ok($$SELECT accelcost.cost_report(NULL)$$, '22004', NULL, 'a month is required');
SELECT throws_ok($$SELECT accelcost.cost_report('2026-07-01', 25)$$, '22023', NULL, 'at most 24 months');
SELECT throws_ok($$SELECT accelcost.cost_report('2026-07-01', currency => 'no money')$$, '22023', NULL,
                 'the currency is checked');

SET LOCAL timezone = 'Asia/Tokyo';
SET LOCAL datestyle = 'SQL, DMY';
SET LOCAL lc_numeric = 'C';
SET LOCAL extra_float_digits = 0;
SELECT is((SELECT accelcost.cost_report('2026-07-15', source => 'log', title => 'July & <co>')), page,
          'no setting changes it') FROM report;

SELECT * FROM finish();
ROLLBACK;
