-- Meters of usage other than hours, tokens and data: requests, images, audio, searches, and whatever is counted.
BEGIN;
SELECT plan(45);

INSERT INTO accelcost.provider (provider, kind) VALUES ('Nord', 'neocloud'), ('Home', 'own');
INSERT INTO accelcost.token_price (provider, model, input_price, output_price, valid)
VALUES ('Nord', 'sonar', 1, 1, '[2026-01-01,)');
INSERT INTO accelcost.offer (provider, sku, purchase_option, accelerator, gpu_count, price_basis)
VALUES ('Nord', 'm1', 'on_demand', 'H100 SXM5 80GB', 1, 'per_instance');
INSERT INTO accelcost.offer_price (provider, sku, purchase_option, amount, valid)
VALUES ('Nord', 'm1', 'on_demand', 2, '[2026-01-01,)');
INSERT INTO accelcost.meter_tariff (provider, meter, kind, service, tariff, free_quantity, free_in_tiers, free_per,
                                    unit, unit_bytes, valid)
VALUES ('Nord', 'requests', '*', 'rerank', 'graduated: 0.002', 0, true, 'month', 'request', NULL, '[2026-01-01,)'),
       ('Nord', 'requests', '*', 'sonar', 'graduated: 0.008', 0, true, 'month', 'request', NULL, '[2026-01-01,)'),
       ('Nord', 'images', '*', 'painter', 'graduated: 0.04', 0, true, 'month', 'image', NULL, '[2026-01-01,)'),
       ('Nord', 'images', 'hd', 'painter', 'graduated: 0.08', 0, true, 'month', 'image', NULL, '[2026-01-01,)'),
       ('Nord', 'searches', '*', '*', 'package 1000: 10', 0, true, 'month', 'search', NULL, '[2026-01-01,)'),
       ('Nord', 'calls', '*', '*', 'graduated: 0 upto 1000, 0.005 upto 10000, 0.004 upto 100000, 0.003', 0, true,
        'month', 'call', NULL, '[2026-01-01,)'),
       ('Nord', 'audio', '*', 'ears', 'graduated: 0.006', 0, true, 'month', 'minute', NULL, '[2026-01-01,)'),
       ('Nord', 'cache', '*', '*', 'graduated: 1', 0, true, 'month', 'GB', 1000000000, '[2026-01-01,)'),
       ('Nord', 'grounding', '*', '*', 'graduated: 0.035', 1500, false, 'day', 'search', NULL, '[2026-01-01,)'),
       ('Nord', 'pages', '*', '*', 'graduated: 1', 0, true, 'month', 'page', NULL, '[2026-01-01,2026-07-16)'),
       ('Nord', 'pages', '*', '*', 'graduated: 2', 0, true, 'month', 'page', NULL, '[2026-07-16,)'),
       ('Nord', 'still', '*', '*', 'graduated: 1', 0, true, 'month', 'page', NULL, '[2026-01-01,2026-07-16)'),
       ('Nord', 'still', '*', '*', 'graduated: 1', 0, true, 'month', 'page', NULL, '[2026-07-16,)'),
       ('Nord', 'egress', 'internet', '*', 'graduated: 0.1', 0, true, 'month', 'GB', 1000000000, '[2026-01-01,)');

-- Rows of usage, priced by themselves: their cost, or why not.
\ir ../include/usage_rows.sql
CREATE FUNCTION pg_temp.priced(VARIADIC rows jsonb[]) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_temp.used(VARIADIC rows);
    RETURN (SELECT concat_ws('; ', sum(u.cost), string_agg(DISTINCT u.reason, '; ')) FROM accelcost.usage_cost() AS u);
END
$$;

SELECT is(pg_temp.priced(changes), expected, rule)
FROM (VALUES
    ('{"model": "rerank", "requests": 5000}'::jsonb, '10 USD compute=10',
     'requests are rated by the tariff of the model'),
    ('{"model": "rerank", "requests": 5001}', '10.002 USD compute=10.002',
     'each of them, unless the tariff is by packages'),
    ('{"model": "other", "requests": 5000}', 'no tariff for requests of model "other"',
     'requests without tokens and without a tariff have no cost'),
    ('{"requests": 5000}', 'no tariff for requests', 'nor do those to no model'),
    ('{"provider": "Nobody", "model": "rerank", "requests": 5000}', 'unknown provider "Nobody"',
     'nor those to an unknown provider'),
    ('{"provider": "Nobody"}', '0 USD', 'a row that uses nothing costs nothing'),
    ('{"model": "sonar", "requests": 1000, "output_tokens": 700000}', '8.7 USD compute=8.7',
     'tokens and requests are both charged if the catalog has tariffs for both'),
    ('{"provider": "OpenAI", "model": "gpt-5", "requests": 1000, "output_tokens": 1000000}', '10 USD compute=10',
     'requests beside tokens are free if it has no tariff for them'),
    ('{"model": "mystery", "requests": 1000, "output_tokens": 1000000}', 'no price for model "mystery"',
     'which does not make the cost of the tokens 0 if they have no price'),
    ('{"model": "painter", "meter": "images", "quantity": 25}', '1 USD compute=1', 'images'),
    ('{"model": "painter", "meter": "images", "quantity": 25, "meter_kind": "hd"}', '2 USD compute=2',
     'of a quality with its own price'),
    ('{"model": "painter", "meter": "images", "quantity": 25, "meter_kind": "draft"}', '1 USD compute=1',
     'a tariff for any kind is for the others'),
    ('{"model": "painter", "meter": "images", "quantity": 25, "meter_unit": "image"}', '1 USD compute=1',
     'the unit of the tariff'),
    ('{"model": "painter", "meter": "images", "quantity": 25, "meter_unit": "Images"}', '1 USD compute=1',
     'in the plural'),
    ('{"model": "painter", "meter": "images", "quantity": 25, "meter_unit": "megapixel"}',
     'unit "megapixel" of images cannot be converted to "image" of the tariff', 'no other unit'),
    ('{"model": "brush", "meter": "images", "quantity": 25}', 'no tariff for images of model "brush"',
     'images of another model have no tariff'),
    ('{"model": "painter", "meter": "images"}', 'quantity of images is unknown', 'a quantity that is unknown'),
    ('{"model": "painter", "meter": "images", "quantity": 0}', '0 USD', 'no images cost nothing'),
    ('{"model": "gpt-9", "meter": "searches", "quantity": 1001}', '20 USD compute=20',
     'a tariff for any model rates whole packages'),
    ('{"model": "ears", "meter": "audio", "quantity": 90, "meter_unit": "second"}', '0.009 USD compute=0.009',
     'seconds of audio at a price per minute'),
    ('{"model": "ears", "meter": "audio", "quantity": 2, "meter_unit": "hours"}', '0.72 USD compute=0.72', 'hours'),
    ('{"model": "ears", "meter": "audio", "quantity": 2, "meter_unit": "GB"}',
     'size of a minute in the audio tariff is unknown', 'data is not time'),
    ('{"meter": "cache", "quantity": 500, "meter_unit": "MB"}', '0.5 USD compute=0.5', 'data converts to data'),
    ('{"meter": "cache", "quantity": 500, "meter_unit": "second"}',
     'unit "second" of cache cannot be converted to "GB" of the tariff', 'and time does not'),
    ('{"sku": "m1", "instance_hours": 3, "meter": "cache", "quantity": 2}', '8 USD compute=8',
     'a meter is rated beside hours'),
    ('{"model": "sonar", "output_tokens": 1000000, "meter": "searches", "quantity": 1}', '11 USD compute=11',
     'and beside tokens'),
    ('{"model": "sonar", "output_tokens": 1000000, "meter": "towels", "quantity": 1}',
     '1 USD compute=1; no tariff for towels of model "sonar"', 'what it costs is known in part'),
    ('{"model": "sonar", "requests": 1000, "meter": "requests", "quantity": 500}', '4 USD compute=4',
     'requests that are the meter are not counted twice'),
    ('{"transfer_unit": "GB", "transfer_quantity": null}', 'transfer_quantity is unknown',
     'transfer without a quantity has no cost'),
    ('{"transfer_destination": "EU", "transfer_quantity": null}', 'transfer_quantity is unknown',
     'whatever says that it is transfer'),
    ('{"storage_unit": "GB-month", "storage_quantity": null}', 'storage_quantity is unknown', 'storage, too'),
    ('{"transfer_unit": "GB", "transfer_quantity": 0}', '0 USD', 'no transfer costs nothing'),
    ('{"meter": "pages", "quantity": 5, "period_start": "2026-07-15Z", "period_end": "2026-07-17Z"}',
     'the tariff of pages changes within the period', 'what is counted over a change of price has a reason'),
    ('{"meter": "still", "quantity": 5, "period_start": "2026-07-15Z", "period_end": "2026-07-17Z"}',
     '5 USD compute=5', 'a tariff that only another row continues has not changed'),
    ('{"meter": "pages", "quantity": 5, "period_start": "2026-07-15Z", "period_end": "2026-07-16Z"}',
     '5 USD compute=5', 'a record may end with the price')
) AS t (changes, expected, rule);

-- One bill a payer and month, tiers and all.
SELECT pg_temp.used('{"team": "A", "meter": "calls", "quantity": 700}',
                    '{"team": "B", "meter": "calls", "quantity": 12000}',
                    '{"team": "B", "meter": "calls", "quantity": 300, "model": "x"}') \g /dev/null
SELECT results_eq(
    'SELECT team, sum(total) FROM accelcost.inference_monthly() GROUP BY team ORDER BY team',
    'VALUES (''A'', 3.0692307692), (''B'', 53.9307692308)', 'one bill is split in proportion to quantity');
SELECT is(sum(cost)::text, '57 USD compute=57', 'also among records') FROM accelcost.usage_cost();
SELECT is(sum(priced_cost), 0.0, 'what is counted is not in the cost of tokens') FROM accelcost.usage_monthly();
SELECT pg_temp.used('{"payer": "a", "meter": "calls", "quantity": 1000}',
                    '{"payer": "b", "meter": "calls", "quantity": 1000}') \g /dev/null
SELECT is(sum(total), 0.0, 'each payer has its own tiers') FROM accelcost.usage_monthly();

-- A free quantity a day.
SELECT is(pg_temp.priced(VARIADIC rows), expected, rule)
FROM (VALUES
    (ARRAY['{"meter": "grounding", "quantity": 2000}'::jsonb], '17.5 USD compute=17.5', 'free up to 1,500 a day'),
    (ARRAY['{"meter": "grounding", "quantity": 2000}'::jsonb, '{"meter": "grounding", "quantity": 1000, '
           '"period_start": "2026-07-04Z"}'], '17.5 USD compute=17.5', 'what is left of a day expires with it'),
    (ARRAY['{"meter": "grounding", "quantity": 1000}'::jsonb, '{"meter": "grounding", "quantity": 1000, '
           '"period_start": "2026-07-03 23:59:59Z"}'], '17.5 USD compute=17.5', 'records of a day share it'),
    (ARRAY['{"meter": "grounding", "quantity": 2000, "period_end": "2026-07-04Z"}'::jsonb],
     '17.5 USD compute=17.5', 'a record may last the day'),
    (ARRAY['{"meter": "grounding", "quantity": 2000, "period_end": "2026-07-04 00:00:01Z"}'::jsonb],
     'grounding are free by the day, and the period extends over several days', 'and not longer')
) AS t (rows, expected, rule);

SELECT throws_ok($$INSERT INTO accelcost.usage (record_id, period_start, quantity) VALUES ('q', '2026-07-01', 5)$$,
                 '23514', NULL, 'a quantity of nothing is refused');
SELECT * FROM finish();
ROLLBACK;
