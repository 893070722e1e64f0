-- Budgets, changes of cost, anomalies and labels: over usage, each against inference_monthly and usage_cost, on which
-- they could rest; over charges, each against charge_monthly.
TRUNCATE accelcost.usage, accelcost.charge, accelcost.import_batch, accelcost.import_total, accelcost.budget,
         accelcost.cost_rule;
-- Two months of requests and machines, for 6 teams and 50 customers.
INSERT INTO accelcost.usage (record_id, period_start, period_end, requests, provider, payer, region, sku, model, team,
                             customer, uncached_input_tokens, cache_read_tokens, output_tokens, instance_hours,
                             transfer_quantity, transfer_unit, extra)
SELECT i::text, at, at + interval '2 seconds', 1,
       CASE WHEN kind < 16 THEN 'OpenAI' WHEN kind < 18 THEN 'CoreWeave' ELSE 'AWS' END,
       (ARRAY['acme', 'acme-eu'])[1 + i / 20 % 2], CASE WHEN kind > 17 THEN 'us-east-1' END,
       CASE WHEN kind IN (16, 17) THEN 'H100 (8x)' END,
       CASE WHEN kind < 16 THEN (ARRAY['gpt-5', 'gpt-4o', 'gpt-4.1', 'gpt-4o-mini'])[1 + kind % 4]
            WHEN kind < 18 THEN 'llama-3.3-70b' END,
       (ARRAY['search', 'support', 'ads', 'chat', 'docs', NULL])[1 + i / 40 % 6], format('customer %s', i % 50),
       CASE WHEN kind < 16 THEN 200 + i * 7919 % 3000 ELSE 0 END, CASE WHEN kind < 8 THEN i * 104729 % 2000 ELSE 0 END,
       CASE WHEN kind < 18 THEN 50 + i * 15485863 % 900 ELSE 0 END, CASE WHEN kind IN (16, 17) THEN 0.25 END,
       CASE WHEN kind > 17 THEN 1 + i % 7 END, CASE WHEN kind > 17 THEN 'GiB' END,
       jsonb_build_object('env', (ARRAY['prod', 'dev'])[1 + i % 2])
FROM generate_series(0::bigint, :charges - 1) AS i,
     LATERAL (SELECT '2026-07-01 00:00+00'::timestamptz + i * (interval '62 days' / :charges) AS at,
         i % 20 AS kind) AS m;
-- Two months of charges, for 300 SKUs and 50 teams.
INSERT INTO accelcost.charge (
    provider_name, billing_account_id, sub_account_id, billing_period_start, charge_period_start, charge_category,
    charge_frequency, charge_description, service_category, service_name, sku_id, sku_meter, region_id, tags,
    billing_currency, billed_cost, effective_cost, pricing_quantity, pricing_unit, export_name)
SELECT 'AWS', format('acme-%s', n % 3), format('2000000000%s', n % 50), '2026-07-01Z', t.at, 'Usage', 'Usage-Based',
       format('$0.1 per On Demand Linux m%s.large Instance Hour', n % 40), 'Compute', 'Amazon Elastic Compute Cloud',
       md5((n % 300)::text), format('BoxUsage:m%s.large', n % 40), 'us-east-1',
       jsonb_build_object('team', format('team %s', n % 50)), 'USD', n % 100 * 0.01, n % 100 * 0.01, n % 100, 'Hrs',
       'bench'
FROM generate_series(1::bigint, :charges) AS n,
     LATERAL (SELECT '2026-07-01 00:00+00'::timestamptz + n % 1488 * interval '1 hour' AS at) AS t;
VACUUM (ANALYZE) accelcost.usage, accelcost.charge;
INSERT INTO accelcost.budget (name, basis, amount, first_month, team)
SELECT format('%s %s', b.basis, t.team), b.basis, 1000000, '2026-01-01', t.team
FROM (VALUES ('modelled'), ('billed')) AS b (basis), (VALUES ('search'), ('team 1'), (NULL)) AS t (team);

-- By hand: the plain GROUP BY that an analyst would write for the lines that a report adds up, with the columns, the
-- spellings of tags and the reported charges that it needs. It leaves out what comes after: effects, medians, rules.
INSERT INTO query VALUES
    ('changes', 1, 'usage_cost() by day', $$SELECT bill_day(period_start), provider, sum(cost)
        FROM accelcost.usage_cost(first_month => '2026-07-01', last_month => '2026-08-01') GROUP BY 1, 2$$),
    ('changes', 2, 'cost_change of usage by provider', $$SELECT * FROM accelcost.cost_change('2026-08-01')$$),
    ('changes', 3, 'cost_change of usage by customer', $$SELECT * FROM accelcost.cost_change('2026-08-01',
        'customer')$$),
    ('changes', 4, 'anomalies of usage by model', $$SELECT * FROM accelcost.anomalies('2026-08-28', '2026-08-30',
        'model')$$),
    ('changes', 5, 'labelled_cost of usage', $$SELECT * FROM accelcost.labelled_cost('2026-07-01', '2026-08-01')$$),
    ('changes', 6, 'budget_burn of six budgets', $$SELECT * FROM accelcost.budget_burn('2026-08-01')$$),
    ('changes', 7, 'charge_monthly()', 'SELECT * FROM accelcost.charge_monthly()'),
    ('changes', 8, 'by hand: month, provider, category, service, SKU, region, unit',
     $$SELECT bill_month(charge_period_start), provider_name, billing_currency, charge_category, charge_class,
              service_name, sku_id, region_id, pricing_unit, sum(billed_cost), sum(pricing_quantity), count(*)
       FROM accelcost.charge WHERE beside IS NOT TRUE GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9$$),
    ('changes', 9, 'cost_change of charges', $$SELECT * FROM accelcost.cost_change('2026-08-01', basis => 'billed')$$),
    ('changes', 10, 'by hand: day, team, SKU',
     $$SELECT bill_day(charge_period_start), billing_currency,
              coalesce(nullif(tags->>'team', ''), nullif(tags->>'Team', '')), sku_id, sum(billed_cost), count(*)
       FROM accelcost.charge WHERE beside IS NOT TRUE AND charge_period_start >= '2026-07-03' GROUP BY 1, 2, 3, 4$$),
    ('changes', 11, 'anomalies of charges by team',
     $$SELECT * FROM accelcost.anomalies('2026-08-28', '2026-08-30', 'team', basis => 'billed')$$),
    ('changes', 12, 'by hand: month, provider, three tags, words of the component',
     $$SELECT bill_month(charge_period_start), provider_name, billing_currency,
              coalesce(nullif(tags->>'team', ''), nullif(tags->>'Team', '')),
              coalesce(nullif(tags->>'model', ''), nullif(tags->>'Model', '')),
              coalesce(nullif(tags->>'workload', ''), nullif(tags->>'Workload', '')),
              charge_category, charge_frequency, service_category, charge_description, sku_meter, sum(billed_cost),
              count(*)
       FROM accelcost.charge WHERE beside IS NOT TRUE GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11$$),
    ('changes', 13, 'labelled_cost of charges',
     $$SELECT * FROM accelcost.labelled_cost('2026-07-01', '2026-08-01', 'billed')$$);
-- The planner cannot know how few groups there are, and would sort all charges.
SET enable_sort = off;
CALL measure('changes', :rounds, '{0}');
-- Rules for labels, of charges and of usage.
INSERT INTO accelcost.cost_rule (name, priority, sku, team)
SELECT format('rule %s', i), i, format('*%s', lpad(to_hex(i * 7), 2, '0')), format('by rule %s', i)
FROM generate_series(1, 20) AS i;
INSERT INTO query VALUES
    ('ruled', 1, 'usage_cost() by day', $$SELECT bill_day(period_start), provider, sum(cost)
        FROM accelcost.usage_cost(first_month => '2026-07-01', last_month => '2026-08-01') GROUP BY 1, 2$$),
    ('ruled', 2, 'charge_monthly()', 'SELECT * FROM accelcost.charge_monthly()'),
    ('ruled', 3, 'labelled_cost of usage, 20 rules', $$SELECT * FROM accelcost.labelled_cost('2026-07-01',
        '2026-08-01')$$),
    ('ruled', 4, 'by hand: the same and SKU, which the rules look at',
     $$SELECT bill_month(charge_period_start), provider_name, billing_currency,
              coalesce(nullif(tags->>'team', ''), nullif(tags->>'Team', '')),
              coalesce(nullif(tags->>'model', ''), nullif(tags->>'Model', '')),
              coalesce(nullif(tags->>'workload', ''), nullif(tags->>'Workload', '')),
              charge_category, charge_frequency, service_category, charge_description, sku_meter, sku_id,
              sum(billed_cost), count(*)
       FROM accelcost.charge WHERE beside IS NOT TRUE GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12$$),
    ('ruled', 5, 'labelled_cost of charges, 20 rules',
     $$SELECT * FROM accelcost.labelled_cost('2026-07-01', '2026-08-01', 'billed')$$);
CALL measure('ruled', :rounds, '{0}');
RESET enable_sort;

SELECT format('%s usage records and %s charges of two months, medians of %s rounds',
              to_char((SELECT count(*) FROM accelcost.usage), 'FM999,999,999'),
              to_char((SELECT count(*) FROM accelcost.charge), 'FM999,999,999'), :rounds) AS title \gset
\pset title :title
-- Charges are compared with the statement above them, and with charge_monthly, which has fewer lines.
SELECT q.name AS query, median(q.topic, 0, q.place) AS ms, ratio(q.topic, 0, q.place, b.base) AS ratio,
       CASE WHEN b.base < q.place - 1 OR q.place = 2 THEN 'usage_cost() by day' ELSE 'by hand' END AS "to",
       CASE WHEN b.base = q.place - 1 AND q.place <> 2
            THEN ratio(q.topic, 0, q.place, CASE q.topic WHEN 'ruled' THEN 2 ELSE 7 END) END AS "to charge_monthly",
       'at most 3' AS target
FROM query AS q
JOIN (VALUES ('changes', 2, 1), ('changes', 3, 1), ('changes', 4, 1), ('changes', 5, 1), ('changes', 6, 1),
             ('changes', 9, 8), ('changes', 11, 10), ('changes', 13, 12), ('ruled', 3, 1), ('ruled', 5, 4))
     AS b (topic, place, base) ON b.topic = q.topic AND b.place = q.place
ORDER BY q.topic, q.place;
SELECT name AS "compared with", median(topic, 0, place) AS ms
FROM query
WHERE (topic, place) IN (('changes', 1), ('changes', 7), ('changes', 8), ('changes', 10), ('changes', 12), ('ruled', 4))
ORDER BY topic, place;
\pset title
