-- Messy charges: credits, corrections, two currencies, tags in two spellings, empty or of a split cost, accounts of two
-- providers, missing costs, days without any. Reports of the month agree with plain queries written from their pages.
BEGIN;
SELECT plan(11);
SET LOCAL timezone = 'Australia/Lord_Howe'; -- no result depends on it

INSERT INTO accelcost.charge (
    provider_name, billing_account_id, sub_account_id, billing_period_start, charge_period_start, charge_category,
    charge_class, charge_frequency, service_category, service_name, sku_id, region_id, tags, allocated_tags,
    billing_currency, billed_cost, effective_cost, pricing_quantity, pricing_unit, consumed_quantity, consumed_unit,
    export_name, beside)
SELECT (ARRAY['AWS', 'Seller X'])[1 + h[1] % 2], format('acme-%s', h[2] % 2), (ARRAY['s1', 's2', NULL])[1 + h[3] % 3],
       '2026-06-01Z', '2026-06-01Z'::timestamptz + (i * 89 % 86400) * interval '1 minute',
       (ARRAY['Usage', 'Usage', 'Usage', 'Credit', 'Tax', 'Purchase', 'Adjustment', NULL])[1 + h[4] % 8],
       CASE WHEN h[5] % 10 = 0 THEN 'Correction' END, 'Usage-Based', 'Compute', (ARRAY['EC2', NULL])[1 + h[6] % 2],
       (ARRAY['k1', 'k2', NULL])[1 + h[7] % 3], (ARRAY['r1', NULL])[1 + h[8] % 2],
       CASE WHEN h[9] % 5 > 0
            THEN jsonb_strip_nulls(jsonb_build_object('team', (ARRAY['a', 'b', '', NULL])[1 + h[10] % 4],
                                                      'Team', (ARRAY['A', 'b', NULL])[1 + h[11] % 3],
                                                      'customer', (ARRAY['c', NULL])[1 + h[12] % 2])) END,
       CASE WHEN h[13] % 10 = 0 THEN '{"team": "split"}'::jsonb END, (ARRAY['USD', 'EUR'])[1 + h[14] % 2],
       (h[15] * 7 - 200) / 9.0, CASE WHEN h[16] % 9 > 0 THEN (h[15] * 5 - 150) / 11.0 END,
       CASE WHEN h[1] % 3 > 0 THEN h[2] / 10.0 END, (ARRAY['Hrs', 'GB'])[1 + h[3] % 2],
       CASE WHEN h[4] % 3 = 0 THEN h[5] / 10.0 END, 'Hrs', 'e1', CASE WHEN h[6] % 10 = 0 THEN true END
FROM generate_series(1, 3000) AS i
CROSS JOIN LATERAL (
    SELECT array_agg(get_byte(sha256(i::text::bytea), b) ORDER BY b) AS h FROM generate_series(0, 15) AS b) AS d;
DELETE FROM accelcost.charge WHERE charge_period_start >= '2026-07-11Z' AND charge_period_start < '2026-07-12Z';

-- What the pages say of a charge, by hand.
CREATE TEMP VIEW said AS
SELECT c.*, (c.charge_period_start AT TIME ZONE 'UTC')::date AS day,
       date_trunc('month', c.charge_period_start AT TIME ZONE 'UTC')::date AS month,
       coalesce(nullif(t.tags->>'team', ''), nullif(t.tags->>'Team', '')) AS team, t.tags->>'customer' AS customer,
       coalesce(c.charge_category NOT IN ('Credit', 'Tax', 'Purchase', 'Adjustment'), true)
       AND c.charge_class IS DISTINCT FROM 'Correction' AS is_regular
FROM accelcost.charge AS c
CROSS JOIN LATERAL (SELECT coalesce(c.tags, '{}') || coalesce(c.allocated_tags, '{}') AS tags) AS t
WHERE c.beside IS NOT TRUE;

SELECT is((SELECT count(DISTINCT (team, billing_currency)) FROM said), 10::bigint,
          'five values of team, two currencies');
SELECT set_eq(
    format($$SELECT month, provider, team, currency, round(sum(cost), 9) AS cost, sum(line_rows) AS n,
                    sum(unpriced_rows) AS unknown
             FROM accelcost.labelled_cost(basis => %L) GROUP BY 1, 2, 3, 4$$, b.basis),
    format($$SELECT month, provider_name, team, billing_currency, round(sum(%1$I), 9) AS cost, count(*)::numeric AS n,
                    (count(*) - count(%1$I))::numeric AS unknown
             FROM (SELECT *, round(billed_cost, 18) AS billed, round(effective_cost, 18) AS effective FROM said) AS s
             GROUP BY 1, 2, 3, 4$$, b.basis),
    format('labels of %s charges partition their cost', b.basis))
FROM unnest('{billed,effective}'::text[]) AS b (basis);
SELECT set_eq(
    $$SELECT provider, account, sub_account, service, sku, currency, cost, line_rows
      FROM accelcost.untagged_cost('2026-07-01', basis => 'billed')$$,
    $$SELECT provider_name, billing_account_id, sub_account_id, service_name, sku_id, billing_currency,
             trim_scale(round(sum(billed_cost), 18)) AS cost, count(*) AS n
      FROM said WHERE month = '2026-07-01' AND team IS NULL GROUP BY 1, 2, 3, 4, 5, 6$$,
    'cost without a team is that of charges without a team');
SELECT set_eq(
    format($$SELECT value, currency, round(cost_before, 9) AS b, round(cost_after, 9) AS a, unpriced_before,
                    unpriced_after
             FROM accelcost.cost_change('2026-07-01', %L, 'effective')$$, v.by),
    format($$SELECT %I::text AS value, billing_currency,
                    round(coalesce(sum(effective_cost) FILTER (WHERE month = '2026-06-01'), 0), 9) AS b,
                    round(coalesce(sum(effective_cost) FILTER (WHERE month = '2026-07-01'), 0), 9) AS a,
                    count(*) FILTER (WHERE month = '2026-06-01' AND effective_cost IS NULL) AS c,
                    count(*) FILTER (WHERE month = '2026-07-01' AND effective_cost IS NULL) AS d
             FROM said WHERE month IN ('2026-06-01', '2026-07-01') GROUP BY 1, 2$$, v.column),
    format('both months by %s', v.by))
FROM (VALUES ('team', 'team'), ('sub_account', 'sub_account_id'), ('payer', 'billing_account_id')) AS v (by, "column");
SELECT is_empty(
    $$SELECT * FROM accelcost.cost_change('2026-07-01', 'team', 'effective')
      WHERE change <> price + volume + mix + new_items + gone_items + became_priced + credits + purchases + taxes
                      + other + exchange OR change <> cost_after - cost_before$$,
    'the parts of a change add up to it, to the last digit');

INSERT INTO accelcost.budget (name, basis, amount, first_month, team, currency, period)
VALUES ('month', 'billed', 1000, '2026-06-01', 'b', 'USD', 'month'),
       ('quarter', 'billed', 1000, '2026-04-01', NULL, 'USD', 'quarter');
DELETE FROM accelcost.charge WHERE billing_currency = 'EUR';
SELECT set_eq(
    $$SELECT name, through, spent, round(run_rate, 9)
      FROM accelcost.budget_burn('2026-06-01', through => '2026-06-20')$$,
    $$SELECT b.name, '2026-06-20'::date AS through, trim_scale(round(sum(s.billed_cost), 18)) AS spent,
             round(sum(s.billed_cost) FILTER (WHERE NOT s.is_regular)
                   + sum(s.billed_cost) FILTER (WHERE s.is_regular) * b.days / b.complete, 9) AS run_rate
      FROM (VALUES ('month', 'b', 30, 20.0), ('quarter', NULL, 91, 81.0)) AS b (name, team, days, complete)
      JOIN said AS s ON s.day <= '2026-06-20' AND (b.team IS NULL OR s.team = b.team)
      GROUP BY b.name, b.days, b.complete$$,
    'a budget of a team and one of a quarter have spent what their charges cost');
SELECT is_empty(
    $$SELECT * FROM accelcost.anomalies('2026-07-01', '2026-07-28', 'team', 1, 'billed') AS a
      WHERE a.kind <> 'new'
        AND (a.cost <> (SELECT coalesce(round(sum(s.billed_cost), 18), 0) FROM said AS s
                        WHERE s.day = a.day AND s.team IS NOT DISTINCT FROM a.value)
             OR a.deviation <> a.cost - a.expected OR abs(a.deviation) < 1)$$,
    'an anomaly has the cost of its day');
SELECT isnt_empty($$SELECT * FROM accelcost.anomalies('2026-07-01', '2026-07-28', 'team', 1, 'billed')
                    WHERE kind <> 'new'$$,
                  'and there are some');

SELECT * FROM finish();
ROLLBACK;
