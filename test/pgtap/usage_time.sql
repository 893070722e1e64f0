-- Hours of machines over time: spread evenly over changes of price and ends of months.
BEGIN;
SELECT plan(34);

INSERT INTO accelcost.provider (provider, kind) VALUES ('Nord', 'neocloud'), ('Home', 'own');
INSERT INTO accelcost.offer (provider, sku, purchase_option, accelerator, gpu_count, price_basis,
                             billing_increment_seconds, minimum_seconds)
VALUES ('Nord', 'm1', 'on_demand', 'H100 SXM5 80GB', 1, 'per_instance', 1, 60),
       ('Nord', 'm2', 'on_demand', 'H100 SXM5 80GB', 8, 'per_gpu', 1, 60),
       ('Nord', 'm3', 'on_demand', 'H100 SXM5 80GB', 1, 'per_instance', NULL, NULL),
       ('Nord', 'm4', 'on_demand', 'H100 SXM5 80GB', 1, 'per_instance', NULL, NULL),
       ('Nord', 'm5', 'on_demand', 'H100 SXM5 80GB', 1, 'per_instance', NULL, NULL);
INSERT INTO accelcost.offer_price (provider, sku, purchase_option, amount, currency, valid)
VALUES ('Nord', 'm1', 'on_demand', 40, 'USD', '[2026-01-01,2026-07-16)'),
       ('Nord', 'm1', 'on_demand', 20, 'USD', '[2026-07-16,)'),
       ('Nord', 'm2', 'on_demand', 3.29, 'USD', '[2026-01-01,2026-07-16)'),
       ('Nord', 'm2', 'on_demand', 2.99, 'USD', '[2026-07-16,)'),
       ('Nord', 'm3', 'on_demand', 49.24, 'USD', '[2026-01-01,)'),
       ('Nord', 'm4', 'on_demand', 1, 'USD', '[2026-01-01,2026-07-16)'),
       ('Nord', 'm4', 'on_demand', 1, 'EUR', '[2026-07-16,)'),
       ('Nord', 'm5', 'on_demand', 1, 'USD', '[2026-01-01,2026-07-16)');
INSERT INTO accelcost.token_price (provider, model, input_price, output_price, valid)
VALUES ('Nord', 'moved', 1, 1, '[2026-01-01,2026-07-16)'),
       ('Nord', 'moved', 2, 2, '[2026-07-16,)'),
       ('Nord', 'still', 1, 1, '[2026-01-01,2026-07-16)'),
       ('Nord', 'still', 1, 1, '[2026-07-16,)');
INSERT INTO accelcost.electricity_price (location, sector, price_per_kwh, currency, valid)
VALUES ('cellar', 'commercial', 0.2, 'USD', '[2026-01-01,2026-07-16)'),
       ('cellar', 'commercial', 0.3, 'USD', '[2026-07-16,)');

INSERT INTO accelcost.meter_tariff (provider, meter, kind, tariff, unit, valid)
VALUES ('Nord', 'egress', 'internet', 'graduated: 0.1', 'GB', '[2026-01-01,2026-08-10)'),
       ('Nord', 'egress', 'internet', 'graduated: 0.2', 'GB', '[2026-08-10,)'),
       ('Nord', 'images', '*', 'graduated: 1', 'image', '[2026-01-01,)');

CREATE FUNCTION pg_temp.used(VARIADIC rows jsonb[]) RETURNS void LANGUAGE sql AS $$
    DELETE FROM accelcost.usage;
    INSERT INTO accelcost.usage
    SELECT (jsonb_populate_record(NULL::accelcost.usage, jsonb_build_object(
        'source', 'test', 'record_id', n, 'period_start', '2026-07-01Z', 'period_end', '2026-08-01Z',
        'provider', 'Nord', 'payer', 'acme', 'workload', 'inference',
        'uncached_input_tokens', 0, 'cache_read_tokens', 0, 'cache_write_5m_tokens', 0, 'cache_write_1h_tokens', 0,
        'output_tokens', 0, 'service_tier', 'standard', 'geo', 'global', 'is_session', false,
        'term_months', 0, 'purchase_option', 'on_demand', 'transfer_kind', 'internet', 'transfer_service', '*',
        'extra', '{}'::jsonb) || r)).*
    FROM unnest(rows) WITH ORDINALITY AS u (r, n);
$$;
CREATE FUNCTION pg_temp.priced(VARIADIC rows jsonb[]) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_temp.used(VARIADIC rows);
    RETURN (SELECT string_agg(concat_ws(' ', to_char(m.month, 'MM'), m.total,
                                        'estimated ' || nullif(m.estimated_rows, 0), m.reason), ', ' ORDER BY m.month)
            FROM accelcost.usage_monthly() AS m);
END
$$;

SELECT is(pg_temp.priced(changes), expected, rule)
FROM (VALUES
    ('{"sku": "m1", "instance_hours": 744}'::jsonb, '07 22080', 'a machine that ran all the time, at both prices'),
    ('{"sku": "m1", "instance_hours": 1488}', '07 44160', 'two machines'),
    ('{"sku": "m1", "instance_hours": -744}', '07 -22080', 'a correction'),
    ('{"sku": "m1", "instance_hours": 300}', '07 8903.225806451612903226 estimated 1',
     'hours that are not instances times the period are spread, an estimate'),
    ('{"sku": "m2", "instance_hours": 100, "gpu_count": 1}', '07 313.516129032258064516 estimated 1',
     'rounded once, not by part'),
    ('{"sku": "m1", "instance_hours": 360, "period_end": "2026-07-16Z"}', '07 14400',
     'a record may end with the price'),
    ('{"sku": "m1", "instance_hours": 384, "period_start": "2026-07-16Z"}', '07 7680', 'or begin with it'),
    ('{"sku": "m1", "instance_hours": 744, "period_end": null}', '07 29760', 'a record without an end is a moment'),
    ('{"sku": "m3", "instance_hours": 24, "period_start": "2026-07-31 12:00Z", "period_end": "2026-08-01 12:00Z"}',
     '07 590.88, 08 590.88', 'each month has its share of the hours'),
    ('{"sku": "m3", "instance_hours": 3, "period_start": "2026-07-31 12:00Z", "period_end": "2026-08-01 12:00Z"}',
     '07 73.86 estimated 1, 08 73.86 estimated 1', 'which is an estimate if the machine did not run all the time'),
    ('{"sku": "m3", "instance_hours": 100}', '07 4924', 'and is not if neither the price nor the month changes'),
    ('{"sku": "m4", "instance_hours": 744}', '07 the currency of the price changes within the period',
     'prices in two currencies'),
    ('{"sku": "m5", "instance_hours": 744}', '07 no on_demand price for sku "m5"', 'a price that ends is missing'),
    ('{"sku": "m5", "instance_hours": 48, "period_start": "2026-07-01Z", "period_end": "2026-07-03Z"}', '07 48',
     'only after its end'),
    ('{"sku": "m1", "is_session": true, "instance_hours": 744}', '07 22080', 'a session, too'),
    ('{"model": "moved", "output_tokens": 1000000}', '07 the price of model "moved" changes within the period',
     'nobody knows when tokens were used'),
    ('{"model": "still", "output_tokens": 1000000}', '07 1', 'a price that is continued does not change'),
    ('{"model": "still", "output_tokens": 1000000, "period_end": "2026-08-02Z"}', '07 1',
     'tokens are in the month in which their record starts'),
    ('{"provider": "Home", "region": "cellar", "energy_kwh": 10}',
     '07 the price of electricity in "cellar" changes within the period', 'energy over a change of price'),
    ('{"sku": "m3", "instance_hours": 240, "period_start": "2026-07-31Z", "period_end": "2026-08-10Z", '
     '"transfer_quantity": 10, "meter": "images", "quantity": 5}', '07 1187.76, 08 10635.84',
     'what is counted beside hours is in the first month'),
    ('{"sku": "m3", "instance_hours": 240, "period_start": "2026-07-31 12:00Z", "period_end": "2026-08-10 12:00Z", '
     '"transfer_quantity": 10, "meter": "images", "quantity": 5}',
     '07 595.88 the tariff of egress changes within the period, 08 11226.72',
     'its tariff may change in a later one')
) AS t (changes, expected, rule);

SELECT pg_temp.used('{"sku": "m3", "instance_hours": 1, "period_start": "1000-01-01Z"}') \g /dev/null
SELECT is(reason, 'the period is longer than 100 years') FROM accelcost.usage_monthly();

-- A month asked for alone has the hours of records that began before it.
SELECT pg_temp.used(
    '{"sku": "m3", "instance_hours": 1464, "period_start": "2026-06-15Z", "period_end": "2026-08-15Z", '
    '"output_tokens": 6000, "team": "a"}',
    '{"sku": "m1", "instance_hours": 2208, "period_start": "2026-06-01Z", "period_end": "2026-09-01Z", '
    '"team": "b"}') \g /dev/null
SELECT results_eq(
    $$SELECT month, team, total, instance_hours FROM accelcost.usage_monthly() ORDER BY 1, 2$$,
    $$VALUES ('2026-06-01'::date, 'a', 49.24 * 24 * 16, 384.0), ('2026-06-01', 'b', 720.0 * 40, 720.0),
             ('2026-07-01', 'a', 49.24 * 744, 744.0), ('2026-07-01', 'b', 22080.0, 744.0),
             ('2026-08-01', 'a', 49.24 * 24 * 14, 336.0), ('2026-08-01', 'b', 744 * 20.0, 744.0)$$,
    'months of a long record');
SELECT results_eq(
    $$SELECT u.* FROM generate_series(timestamp '2026-06-01', '2026-08-01', '1 month') AS m
      CROSS JOIN LATERAL accelcost.usage_monthly(m::date) AS u ORDER BY 1, 6$$,
    'SELECT * FROM accelcost.usage_monthly() ORDER BY 1, 6', 'asked for one by one they are the same');
SELECT results_eq(
    $$SELECT month, team, sum(cost), sum(instance_hours), sum(tokens) FROM accelcost.usage_cost()
      GROUP BY 1, 2 ORDER BY 1, 2$$,
    $$SELECT month, team, sum(cost), sum(instance_hours), sum(tokens) FROM accelcost.usage_monthly()
      GROUP BY 1, 2 ORDER BY 1, 2$$, 'records add up to them');
SELECT results_eq(
    $$SELECT u.record_id, u.cost, u.tokens FROM generate_series(timestamp '2026-06-01', '2026-08-01', '1 month') AS m
      CROSS JOIN LATERAL accelcost.usage_cost(first_month => m::date) AS u ORDER BY 1, u.month$$,
    'SELECT record_id, cost, tokens FROM accelcost.usage_cost() ORDER BY 1, month', 'record by record');
SELECT is(sum(tokens), 6000.0, 'tokens are counted once') FROM accelcost.usage_monthly();
CREATE TEMPORARY TABLE cheaper (provider text, sku text, amount numeric);
INSERT INTO cheaper VALUES ('Nord', 'm1', 10);
SELECT results_eq(
    $$SELECT cost_old, cost_new FROM accelcost.price_impact('2026-07-01', 'cheaper')$$,
    'VALUES (22080.0, 7440.0)', 'new prices apply to all of the month');

-- Tokens of a machine are on the line that has its hours, or their cost is unknown.
SELECT pg_temp.used('{"sku": "m3", "instance_hours": 10}',
                    '{"sku": "m3", "instance_hours": 0, "output_tokens": 100, "team": "a", "model": "llama"}',
                    '{"sku": "m3", "instance_hours": 0, "output_tokens": 100, "team": "b", "model": "llama"}')
\g /dev/null
SELECT results_eq(
    'SELECT team, total, is_complete, reason FROM accelcost.usage_monthly() ORDER BY team',
    $$SELECT team, NULL::numeric, false,
             'hours of this machine are in rows of another team and model: set pool in both and use showback'
      FROM unnest('{a,b}'::text[]) AS team
      UNION ALL VALUES
             (NULL, 492.4, true, NULL)$$,
    'hours of a machine of another team');
SELECT pg_temp.used('{"sku": "m3", "instance_hours": 10, "team": "a", "model": "llama"}',
                    '{"sku": "m3", "instance_hours": 0, "output_tokens": 1000000, "team": "a", "model": "llama"}')
\g /dev/null
SELECT results_eq(
    'SELECT total, priced_cost, priced_tokens, cost_per_million, is_complete FROM accelcost.usage_monthly()',
    'VALUES (492.4, 492.4, 1000000.0, 492.4, true)', 'hours and tokens of one line belong together');

SELECT pg_temp.used('{"sku": "m5", "instance_hours": 744, "team": "a", "model": "llama"}',
                    '{"sku": "m5", "instance_hours": 0, "output_tokens": 1000000, "team": "a", "model": "llama", '
                    '"period_start": "2026-07-02Z", "period_end": null}') \g /dev/null
SELECT results_eq(
    'SELECT total, priced_tokens, unpriced_rows FROM accelcost.usage_monthly()',
    'VALUES (NULL::numeric, 0.0, 2::bigint)', 'tokens of a machine whose hours have no price have none');
SELECT pg_temp.used('{"instance_hours": 10}') \g /dev/null
SELECT is(reason, 'sku or accelerator is unknown', 'hours of nothing have no price') FROM accelcost.usage_monthly();
SELECT pg_temp.used('{"instance_hours": 10, "transfer_quantity": 1, "period_end": null}') \g /dev/null
SELECT results_eq('SELECT egress, compute, reason FROM accelcost.usage_monthly()',
    $$VALUES (0.1, NULL::numeric, 'sku or accelerator is unknown')$$, 'what they sent has one');
SELECT pg_temp.used('{"instance_hours": 10, "meter": "images", "quantity": 3, "period_end": null}') \g /dev/null
SELECT results_eq('SELECT compute, reason FROM accelcost.usage_monthly()', 'VALUES (3.0, NULL)',
    'a meter may rate the same work');

SELECT * FROM finish();
ROLLBACK;
