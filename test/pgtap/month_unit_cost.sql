-- Cost per request, user, customer and million tokens: rules, and generated usage against the reports and the records.
BEGIN;
SELECT plan(18);
SET LOCAL timezone = 'Pacific/Auckland';

INSERT INTO accelcost.provider (provider, kind) VALUES ('Nord', 'neocloud'), ('Seller', 'api');
INSERT INTO accelcost.offer (provider, sku, purchase_option, accelerator, gpu_count, price_basis)
VALUES ('Nord', 'unit', 'on_demand', 'H100 SXM5 80GB', 1, 'per_instance');
INSERT INTO accelcost.offer_price (provider, sku, purchase_option, amount, currency, valid)
VALUES ('Nord', 'unit', 'on_demand', 2, 'USD', '[2026-01-01,)');
INSERT INTO accelcost.token_price (provider, model, input_price, output_price, currency, valid)
VALUES ('Seller', 'bought', 1000000, 2000000, 'USD', '[2026-01-01,)');
INSERT INTO accelcost.meter_tariff (provider, meter, service, tariff, unit, valid)
VALUES ('Seller', 'images', '*', 'graduated: 0.5', 'image', '[2026-01-01,)');

CREATE FUNCTION pg_temp.used(VARIADIC rows jsonb[]) RETURNS void LANGUAGE sql AS $$
    DELETE FROM accelcost.usage;
    INSERT INTO accelcost.usage
    SELECT (jsonb_populate_record(NULL::accelcost.usage, jsonb_build_object(
        'source', 'test', 'record_id', n, 'period_start', '2026-07-02Z', 'provider', 'Seller', 'model', 'bought',
        'workload', 'inference', 'uncached_input_tokens', 0, 'cache_read_tokens', 0, 'cache_write_5m_tokens', 0,
        'cache_write_1h_tokens', 0, 'output_tokens', 0, 'service_tier', 'standard', 'geo', 'global',
        'is_session', false, 'term_months', 0, 'purchase_option', 'on_demand', 'transfer_kind', 'internet',
        'transfer_service', '*', 'extra', '{}'::jsonb) || r)).*
    FROM unnest(rows) WITH ORDINALITY AS u (r, n);
$$;

SELECT pg_temp.used(
    '{"team": "a", "user_id": "u1", "customer": "c1", "feature": "f", "uncached_input_tokens": 10, "requests": 2}',
    '{"team": "a", "user_id": "u2", "customer": "c1", "feature": "f", "output_tokens": 5, "requests": 3}',
    '{"team": "a", "user_id": "u2", "feature": "f", "model": "x", "output_tokens": 85, "requests": 10}',
    '{"team": "b", "user_id": "u3", "customer": "c2", "model": "y", "meter": "images", "quantity": 4}') \g /dev/null
SELECT results_eq(
    $$SELECT grouped_by, value, cost, usage_rows, priced_rows, row_coverage, requests, cost_per_request, users,
             cost_per_user, customers, cost_per_customer, tokens, priced_tokens, token_coverage,
             round(cost_per_million, 6), reason
      FROM accelcost.unit_cost('2026-07-31')$$,
    $$VALUES ('team', 'a', 20.0, 3::bigint, 2::bigint, 0.666667, 15.0, 4.0, 2::bigint, 10.0, 1::bigint, 20.0,
              100.0, 15.0, 0.15, 1333333.333333, 'no price for model "x"'),
             ('team', 'b', 2, 1, 1, 1, NULL, NULL, 1, 2, 1, 2, 0, 0, NULL, NULL, NULL)$$,
    'costs are those of priced records, and coverage says how many these are');
SELECT results_eq(
    $$SELECT value, cost, cost_per_request FROM accelcost.unit_cost('2026-07-01', 'user_id')$$,
    $$VALUES ('u1', 10.0, 5.0), ('u2', 10, 3.333333333333333333), ('u3', 2, NULL)$$, 'by user');
SELECT results_eq(
    $$SELECT grouped_by, value, cost, cost_per_request, users, cost_per_user, customers, cost_per_customer
      FROM accelcost.unit_cost('2026-07-01', NULL)$$,
    $$VALUES (NULL::text, NULL::text, 22.0, 4.4, 3::bigint, 7.333333333333333333, 2::bigint, 11.0)$$,
    'everything in one row');
SELECT results_eq(
    $$SELECT by, string_agg(concat_ws(' ', coalesce(value, '-'), cost), ', ' ORDER BY cost DESC NULLS LAST, value)
      FROM unnest('{feature,customer,model,provider,payer,workload,pool}'::text[]) WITH ORDINALITY AS b (by, n)
      CROSS JOIN LATERAL accelcost.unit_cost('2026-07-01', by) GROUP BY n, by ORDER BY n$$,
    $$VALUES ('feature', 'f 20, - 2'), ('customer', 'c1 20, c2 2, -'), ('model', 'bought 20, y 2, x'),
             ('provider', 'Seller 22'), ('payer', '- 22'), ('workload', 'inference 22'), ('pool', '- 22')$$,
    'by anything that records have');

SELECT pg_temp.used(
    '{"team": "a", "uncached_input_tokens": 10, "requests": 2}',
    '{"team": "a", "provider": "Nord", "model": "m", "uncached_input_tokens": 10}') \g /dev/null
UPDATE accelcost.usage SET model = 'bought', provider = 'Seller';
SELECT results_eq(
    $$SELECT cost, requests, cost_per_request, reason FROM accelcost.unit_cost('2026-07-01')$$,
    $$VALUES (20.0, 2.0, NULL::numeric, 'requests of some records are unknown')$$,
    'the cost per request of a line with unknown requests is unknown');

-- Tokens of machines.
SELECT pg_temp.used(
    '{"provider": "Nord", "sku": "unit", "instance_hours": 10, "model": "m", "team": "a"}',
    '{"provider": "Nord", "sku": "unit", "instance_hours": 0, "model": "m", "team": "a", "feature": "f", '
    '"output_tokens": 1000000, "requests": 4, "user_id": "u"}',
    '{"provider": "Nord", "sku": "unit", "instance_hours": 3, "team": "a"}',
    '{"team": "a", "uncached_input_tokens": 4, "feature": "f", "requests": 1}') \g /dev/null
SELECT results_eq(
    $$SELECT value, cost, cost_per_request, cost_per_user, cost_per_million, reason
      FROM accelcost.unit_cost('2026-07-01', 'team')$$,
    $$VALUES ('a', 30.0, 6.0, 30.0, round(24.0 / 1.000004, 20), NULL)$$,
    'hours and tokens of a team; hours without tokens are not in the cost per million');
SELECT results_eq(
    $$SELECT value, cost, cost_per_request, cost_per_user, priced_tokens, cost_per_million, reason
      FROM accelcost.unit_cost('2026-07-01', 'feature')$$,
    $$VALUES (NULL, 26.0, NULL::numeric, NULL::numeric, 0.0, NULL::numeric, NULL),
             ('f', 4, 4.0, NULL, 4.0, 1000000.0,
              'hours of a machine are not in these rows: use showback or inference_unit_cost')$$,
    'tokens of a feature without the hours of their machine have no cost');
SELECT pg_temp.used(
    '{"provider": "Nord", "sku": "unit", "instance_hours": 10, "model": "m", "team": "a", "output_tokens": null}',
    '{"team": "b", "uncached_input_tokens": 4, "requests": 1}') \g /dev/null
SELECT results_eq(
    $$SELECT value, cost, cost_per_million, reason FROM accelcost.unit_cost('2026-07-01', 'team')$$,
    $$VALUES ('a', 20.0, NULL::numeric, 'tokens of some records are unknown'), ('b', 4, 1000000.0, NULL)$$,
    'unknown tokens');
SELECT pg_temp.used(
    '{"provider": "Nord", "sku": "unit", "instance_hours": 24, "model": "m", "output_tokens": 1000000, '
    '"period_start": "2026-07-31 12:00Z", "period_end": "2026-08-01 12:00Z"}') \g /dev/null
SELECT results_eq(
    $$SELECT cost, tokens, cost_per_million FROM accelcost.unit_cost('2026-07-01')
      UNION ALL SELECT cost, tokens, cost_per_million FROM accelcost.unit_cost('2026-08-01')$$,
    'VALUES (24.0, 1000000.0, 24.0), (24, 0, NULL)', 'hours over the end of a month; its tokens are in the first');
SELECT is_empty($$SELECT accelcost.unit_cost('2026-09-01')$$, 'a month without usage');
SELECT throws_ok(statement, sqlstate_expected, message, message)
FROM (VALUES
    ($$SELECT accelcost.unit_cost(NULL)$$, '22004', '"month" must not be null'),
    ($$SELECT accelcost.unit_cost('2026-07-01', 'sku')$$, '22023', 'invalid value for parameter "by": "sku"'),
    ($$SELECT accelcost.unit_cost('2026-07-01', currency => NULL)$$, '22004', '"currency" must not be null')
     ) AS t (statement, sqlstate_expected, message);

-- ---- generated months -------------------------------------------------------

DELETE FROM accelcost.usage;
INSERT INTO accelcost.usage (
    record_id, period_start, provider, payer, region, sku, instance_hours, model, team, feature, customer, user_id,
    pool, workload, requests, uncached_input_tokens, output_tokens, transfer_quantity, transfer_unit)
SELECT i::text, timestamptz '2026-05-01Z' + h % 2208 * interval '1 hour',
       CASE WHEN kind < 2 THEN 'AWS' WHEN kind < 4 THEN 'Nord' ELSE 'OpenAI' END, (ARRAY['acme', NULL])[1 + h % 2],
       CASE WHEN kind < 2 THEN 'us-east-1' END, CASE WHEN kind IN (2, 3) THEN 'unit' END,
       CASE WHEN kind = 2 THEN h % 10007 / 7.0 WHEN kind = 3 THEN 0 END,
       CASE WHEN kind IN (2, 3) THEN 'llama' WHEN kind = 4 THEN 'gpt-5' WHEN kind = 5 THEN 'mystery' || h % 2 END,
       (ARRAY['a', 'b', 'c', NULL])[1 + h / 7 % 4], (ARRAY['x', 'y', NULL])[1 + h / 11 % 3], 'customer ' || h % 17,
       CASE WHEN h % 5 > 0 THEN 'user ' || h % 101 END, (ARRAY['p', NULL])[1 + h / 13 % 2],
       (ARRAY['inference', 'training'])[1 + h / 17 % 2], CASE WHEN kind IN (3, 4, 5) AND h % 97 > 0 THEN h % 9 END,
       CASE WHEN kind > 2 THEN h % 9001 ELSE 0 END,
       CASE WHEN kind > 2 AND h % 499 = 0 THEN NULL WHEN kind > 2 THEN h % 4001 ELSE 0 END,
       CASE WHEN kind < 2 THEN h % 100000 / 7.0 - CASE WHEN h % 9 = 0 THEN 5000 ELSE 0 END END,
       CASE WHEN kind < 2 THEN 'GiB' END
FROM generate_series(1::bigint, 4000) AS i
CROSS JOIN LATERAL (SELECT i % 6 AS kind, abs(hashint8extended(i, 3) % 1000000007) AS h) AS k;
CREATE TEMP TABLE unit AS
SELECT u.* FROM unnest('{2026-05-01,2026-06-01,2026-07-01}'::date[]) AS month,
     unnest('{team,feature,customer,user_id,model,provider,payer,workload,pool}'::text[]) AS by,
     LATERAL accelcost.unit_cost(month, by) AS u;
CREATE TEMP TABLE record AS SELECT * FROM accelcost.usage_cost();
CREATE TEMP TABLE line AS SELECT * FROM accelcost.usage_monthly();

SELECT results_eq(
    'SELECT month, grouped_by, sum(cost), sum(usage_rows), sum(tokens), sum(requests) FROM unit
     GROUP BY 1, 2 ORDER BY 1, 2',
    $$SELECT r.month, by, sum(total(r.cost)) FILTER (WHERE r.is_complete), count(*)::numeric, sum(r.tokens),
             sum(r.requests)
      FROM record AS r
      CROSS JOIN unnest('{team,feature,customer,user_id,model,provider,payer,workload,pool}'::text[]) AS by
      GROUP BY 1, 2 ORDER BY 1, 2$$, 'all records are counted once, and cost what records cost');
SELECT results_eq(
    $$SELECT month, grouped_by, value, round(cost_per_million, 9), priced_tokens FROM unit
      WHERE grouped_by IN ('team', 'model', 'provider', 'payer', 'workload') ORDER BY 1, 2, 3$$,
    $$SELECT month, by, value, round(1000000 * sum(priced_cost) / nullif(sum(priced_tokens), 0), 9), sum(priced_tokens)
      FROM line
      CROSS JOIN LATERAL (VALUES ('team', team), ('model', model), ('provider', provider), ('payer', payer),
                                 ('workload', workload)) AS v (by, value)
      GROUP BY 1, 2, 3 ORDER BY 1, 2, 3$$, 'cost per million is what the monthly report says');
SELECT results_eq(
    $$SELECT month, grouped_by, value, users, customers, cost FROM unit WHERE grouped_by IN ('team', 'feature')
      ORDER BY 1, 2, 3$$,
    $$SELECT month, by, value, count(DISTINCT user_id) FILTER (WHERE is_complete),
             count(DISTINCT customer) FILTER (WHERE is_complete), sum(total(cost)) FILTER (WHERE is_complete)
      FROM record CROSS JOIN LATERAL (VALUES ('team', team), ('feature', feature)) AS v (by, value)
      GROUP BY 1, 2, 3 ORDER BY 1, 2, 3$$, 'users and customers are counted once');
SELECT is_empty('SELECT * FROM unit WHERE NOT abs(cost_per_user * users - cost) < 1e-15',
                'each has a share of the cost');
SELECT is_empty(
    'SELECT * FROM unit WHERE priced_rows < usage_rows AND reason IS NULL OR row_coverage NOT BETWEEN 0 AND 1',
    'what is not covered has a reason');
SELECT * FROM finish();
ROLLBACK;
