-- usage_cost: what each record costs, at the prices of its group.
BEGIN;
SELECT plan(12);

-- Three equal transfers of one payer, stored in either order: 7000.1 GiB each, whose bill is not divisible by three.
CREATE TEMPORARY TABLE up AS
SELECT 'log' AS source, format('r%s', n) AS record_id, timestamptz '2026-07-02 00:00+00' AS period_start,
       'AWS' AS provider,
       'acme' AS payer, 'us-east-1' AS region, 7000.1 AS transfer_quantity, 'GiB' AS transfer_unit, 'search' AS team,
       format('feature %s', n) AS feature, format('user %s', n) AS user_id, n AS requests
FROM generate_series(1, 3) AS n ORDER BY n;
CREATE TEMPORARY TABLE down AS SELECT * FROM up ORDER BY record_id DESC;

SELECT results_eq($$SELECT record_id, cost FROM accelcost.usage_cost('up') ORDER BY 1$$,
                  $$SELECT record_id, cost FROM accelcost.usage_cost('down') ORDER BY 1$$,
                  'equal records get the same shares, in whatever order they are stored');
SELECT is(
    (SELECT sum(cost) FROM accelcost.usage_cost('up')),
    (SELECT sum(cost) FROM accelcost.usage_monthly(source => 'up')),
          'the shares add up to the bill');
SELECT results_eq($$SELECT feature, user_id, requests FROM accelcost.usage_cost('up') ORDER BY 1$$,
                  $$SELECT feature, user_id, requests::bigint FROM up ORDER BY 1$$,
                  'columns to split costs by are returned');

-- A month of everything: the records add up to the report, currency by currency.
INSERT INTO accelcost.usage (record_id, period_start, provider, payer, region, sku, model, team, uncached_input_tokens,
                             cache_read_tokens, output_tokens, instance_hours, transfer_quantity, transfer_unit,
                             is_session)
SELECT n::text, '2026-07-01 00:00+00'::timestamptz + n * interval '37 minutes',
       (ARRAY['OpenAI', 'OpenAI', 'CoreWeave', 'AWS', 'Nobody'])[1 + n % 5], 'payer ' || n % 3,
       CASE WHEN n % 5 = 3 THEN 'us-east-1' END, CASE WHEN n % 5 = 2 THEN 'H100 (8x)' END,
       CASE WHEN n % 5 < 2 THEN (ARRAY['gpt-5', 'gpt-4o', 'mystery'])[1 + n % 3] END, 'team ' || n % 4,
       CASE WHEN n % 5 < 2 THEN n * 7919 % 3000 ELSE 0 END, CASE WHEN n % 5 < 2 THEN n * 31 % 100 ELSE 0 END,
       CASE WHEN n % 5 < 2 THEN n * 104729 % 900 ELSE 0 END, CASE WHEN n % 5 = 2 THEN n / 7.0 END,
       CASE WHEN n % 5 = 3 THEN n / 3.0 END, CASE WHEN n % 5 = 3 THEN 'GB' END, n % 50 = 2
FROM generate_series(1, 900) AS n;
SELECT is((SELECT count(*) FROM accelcost.usage_cost()), 900::bigint, 'each record is returned once');
SELECT results_eq(
    format(
        $$
            SELECT month, provider, payer, team, sum(cost), bool_and(is_complete)
            FROM accelcost.usage_cost(currency => %1$L)
             GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4$$, currency),
    format(
        $$
            SELECT month, provider, payer, team, sum(cost), bool_and(is_complete)
            FROM accelcost.usage_monthly(currency => %1$L)
             GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4$$, currency),
    format('records add up to the report in %s', currency))
FROM unnest('{USD,EUR}'::text[]) AS currency;
SELECT is(tokens, 0.0, 'no tokens are 0 tokens, without decimals') FROM accelcost.usage_cost('up') LIMIT 1;
SELECT is(tokens::text, '0', 'as text, too') FROM accelcost.usage_cost('up') LIMIT 1;
SELECT throws_ok($$SELECT * FROM accelcost.usage_cost(NULL)$$, '22004', '"source" must not be null');

-- In fixed point if the prices have at most 36 decimals, and in numeric if not.
SELECT is_empty(
    $$SELECT *
      FROM (VALUES (1::bigint, NULL::bigint), (-3, 0), (9223372036854775807, -7), (0, NULL)) AS t (input, output)
      CROSS JOIN (VALUES (0.00000125, 0.00001000), (1e-18, 1e-36), (1e-19, 2), (1e-37, 2), (1e25, 1e-20), (0, 0.0))
          AS p (input, output)
      CROSS JOIN LATERAL (
          SELECT accelcost_internal.record_tokens_cost(t.input, 0, NULL, NULL, t.output,
                                                       p.input, NULL, NULL, NULL, p.output) AS found,
                 CASE WHEN t.input <> 0 THEN t.input * p.input END AS a,
                 CASE WHEN t.output <> 0 THEN t.output * p.output END AS b) AS c
      WHERE found::text IS DISTINCT FROM coalesce(a + b, a, b, 0)::text$$,
    'the cost of tokens is that of exact numeric, with the same decimals');
SELECT is(
    accelcost_internal.record_tco(4e-19, 4e-19, NULL, 2, NULL, 'USD'), make_tco(compute => 1e-18, egress => 2),
    'metered cost is added to that of compute before both are rounded');
SELECT is(accelcost_internal.record_tco(1, NULL, NULL, NULL, NULL, NULL), NULL, 'a cost has a currency');
SELECT * FROM finish();
ROLLBACK;
