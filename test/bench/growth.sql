-- Reports on :size usage records of two months and as many charges of one: the processor time of each in a session of
-- its own, and the most memory that its process had.
SET search_path = bench, public;
TRUNCATE accelcost.usage, accelcost.charge, accelcost.import_batch, accelcost.import_total, accelcost.budget,
         accelcost.cost_rule, accelcost.invoice_detail, accelcost.closed_month, accelcost.closed_usage,
         accelcost.closed_charge;
INSERT INTO accelcost.usage (record_id, period_start, period_end, provider, payer, region, sku, instance_hours,
                             gpu_count, pool, model, team, customer, user_id, requests, uncached_input_tokens,
                             cache_read_tokens, output_tokens, transfer_quantity, transfer_unit)
SELECT i::text, at, at + interval '2 seconds',
       CASE WHEN kind < 14 THEN 'OpenAI' WHEN kind < 18 THEN 'CoreWeave' ELSE 'AWS' END,
       (ARRAY['acme', 'acme-eu'])[1 + i / 20 % 2], CASE WHEN kind > 17 THEN 'us-east-1' WHEN kind > 13 THEN 'US' END,
       CASE kind WHEN 14 THEN 'H100 (8x)' END, CASE kind WHEN 14 THEN 1 WHEN 15 THEN 1 ELSE 0 END,
       CASE kind WHEN 15 THEN 2 END, CASE WHEN kind BETWEEN 14 AND 17 THEN format('pool %s', i / 20 % 8) END,
       CASE WHEN kind < 14 THEN (ARRAY['gpt-5', 'gpt-4o', 'gpt-4.1', 'gpt-4o-mini'])[1 + kind % 4]
            WHEN kind BETWEEN 15 AND 17 THEN 'llama-3.3-70b' END,
       (ARRAY['search', 'support', 'ads', 'chat', 'docs', NULL])[1 + i / 40 % 6], format('customer %s', i % 50),
       format('user %s', i * 7919 % 5000), CASE WHEN kind < 14 OR kind IN (16, 17) THEN 1 END,
       CASE WHEN kind < 14 OR kind IN (16, 17) THEN 200 + i * 7919 % 3000 ELSE 0 END,
       CASE WHEN kind < 7 THEN i * 104729 % 2000 ELSE 0 END,
       CASE WHEN kind < 14 OR kind IN (16, 17) THEN 50 + i * 15485863 % 900 ELSE 0 END,
       CASE WHEN kind > 17 THEN 1 + i % 7 END, CASE WHEN kind > 17 THEN 'GiB' END
FROM generate_series(0::bigint, :size - 1) AS i
CROSS JOIN LATERAL (SELECT '2026-07-01Z'::timestamptz + i * (interval '62 days' / :size) AS at, i % 20 AS kind) AS m;
INSERT INTO accelcost.charge (
    provider_name, billing_account_id, invoice_issuer_name, invoice_id, sub_account_id, billing_period_start,
    billing_period_end, charge_period_start, charge_period_end, charge_category, charge_frequency, charge_description,
    service_category, service_name, sku_id, sku_meter, region_id, resource_id, tags, billing_currency, billed_cost,
    effective_cost, list_cost, contracted_cost, list_unit_price, contracted_unit_price, pricing_category,
    pricing_quantity, pricing_unit, consumed_quantity, consumed_unit, commitment_discount_id, commitment_discount_type,
    commitment_discount_status, export_name, batch, row_number)
SELECT 'AWS', format('acme-%s', n % 3), 'AWS', format('I-%s', n % 3), format('2000000000%s', n % 50), '2026-08-01Z',
       '2026-09-01Z', t.at, t.at + interval '1 hour', 'Usage', 'Usage-Based', k.description, 'Compute',
       'Amazon Elastic Compute Cloud', md5((n % 300)::text), k.meter, 'us-east-1', format('i-%s', n % 5000),
       jsonb_build_object('team', format('team %s', n % 50)), 'USD', q.quantity * k.price, q.quantity * k.price,
       q.quantity * k.price, q.quantity * k.price, k.price, k.price, 'Standard', q.quantity, k.unit, q.quantity,
       k.unit, CASE WHEN n % 5 = 3 THEN format('sp-%s', n % 40) END, CASE WHEN n % 5 = 3 THEN 'Savings Plan' END,
       CASE WHEN n % 5 = 3 THEN CASE WHEN n % 50 = 3 THEN 'Unused' ELSE 'Used' END END, 'bench', 1, n
FROM generate_series(1::bigint, :size) AS n
CROSS JOIN LATERAL (SELECT '2026-08-01Z'::timestamptz + (n % 744) * interval '1 hour' AS at) AS t
CROSS JOIN LATERAL (SELECT (1 + n % 100)::numeric / 100 AS quantity) AS q
CROSS JOIN LATERAL (
    SELECT 'BoxUsage:p5.48xlarge' AS meter, '$55.04 per On Demand Linux p5.48xlarge Instance Hour' AS description,
           'Hrs' AS unit, 55.04 AS price
    WHERE n % 10 = 0
    UNION ALL
    SELECT 'DataTransfer-Out-Bytes', '$0.090 per GB - data transfer out', 'GB', 0.09 WHERE n % 10 = 1
    UNION ALL
    SELECT format('BoxUsage:m%s.large', n % 40), format('$0.1 per On Demand Linux m%s.large Instance Hour', n % 40),
           'Hrs', 0.1
    WHERE n % 10 > 1) AS k;
INSERT INTO accelcost.invoice_detail (invoice_issuer_name, invoice_id, invoice_detail_id, billing_account_id,
                                      billing_period_start, billing_currency, billed_cost)
SELECT 'AWS', format('I-%s', n), 1, format('acme-%s', n), '2026-08-01Z', 'USD', 1000000 FROM generate_series(0, 2) AS n;
INSERT INTO accelcost.budget (name, basis, amount, first_month, team)
SELECT format('%s %s', b.basis, t.team), b.basis, 1000000, '2026-01-01', t.team
FROM (VALUES ('modelled'), ('billed')) AS b (basis), (VALUES ('search'), ('team 1'), (NULL)) AS t (team);
INSERT INTO accelcost.cost_rule (name, priority, sku, team)
SELECT format('rule %s', i), i, format('*%s', lpad(to_hex(i * 7), 2, '0')), format('by rule %s', i)
FROM generate_series(1, 20) AS i;
VACUUM (ANALYZE) accelcost.usage, accelcost.charge;

CREATE TABLE IF NOT EXISTS growth (size bigint, place int, cpu_ms numeric, memory_mb numeric);
CREATE OR REPLACE FUNCTION cpu_ms() RETURNS numeric
    LANGUAGE sql VOLATILE
    -- user and system time, in hundredths of a second
    RETURN (SELECT 10 * (f[12]::bigint + f[13]::bigint)
            FROM string_to_array(substring(pg_read_file('/proc/self/stat', 0, 4096) FROM '\) (.*)'), ' ') AS f);
CREATE OR REPLACE FUNCTION memory_mb() RETURNS numeric
    LANGUAGE sql VOLATILE
    -- without shared buffers, which look like memory of each process that has read them
    RETURN (SELECT round((substring(s FROM 'VmHWM:\s+(\d+)')::numeric - substring(s FROM 'RssShmem:\s+(\d+)')::numeric)
                         / 1024)
            FROM pg_read_file('/proc/self/status', 0, 4096) AS s);
INSERT INTO query VALUES
    ('growth', 1, 'usage_monthly', $$accelcost.usage_monthly('2026-07-01', '2026-08-01')$$),
    ('growth', 2, 'inference_monthly', $$accelcost.inference_monthly('2026-07-01', '2026-08-01')$$),
    ('growth', 3, 'usage_cost', 'accelcost.usage_cost()'),
    ('growth', 4, 'what_if', $$accelcost.what_if('2026-08-01')$$),
    ('growth', 5, 'what_if_model', $$accelcost.what_if_model('2026-08-01')$$),
    ('growth', 6, 'showback', $$accelcost.showback('2026-08-01')$$),
    ('growth', 7, 'inference_unit_cost', $$accelcost.inference_unit_cost('2026-08-01')$$),
    ('growth', 8, 'unit_cost by user_id', $$accelcost.unit_cost('2026-08-01', 'user_id')$$),
    ('growth', 9, 'cost_change', $$accelcost.cost_change('2026-08-01', 'customer')$$),
    ('growth', 10, 'anomalies', $$accelcost.anomalies('2026-08-28', '2026-08-30', 'model')$$),
    ('growth', 11, 'labelled_cost', $$accelcost.labelled_cost('2026-07-01', '2026-08-01')$$),
    ('growth', 12, 'budget_burn', $$accelcost.budget_burn('2026-08-01')$$),
    ('growth', 13, 'charge_monthly', 'accelcost.charge_monthly()'),
    ('growth', 14, 'charge_check', 'accelcost.charge_check()'),
    ('growth', 15, 'charge_savings', 'accelcost.charge_savings()'),
    ('growth', 16, 'charge_vs_catalog', 'accelcost.charge_vs_catalog()'),
    ('growth', 17, 'charge_egress', 'accelcost.charge_egress()'),
    ('growth', 18, 'charge_unmatched', 'accelcost.charge_unmatched()'),
    ('growth', 19, 'commitment_monthly', 'accelcost.commitment_monthly()'),
    ('growth', 20, 'invoice_bridge', $$accelcost.invoice_bridge('2026-08-01')$$),
    ('growth', 21, 'close_month', $$accelcost.close_month('2026-08-01', again => true)$$),
    ('growth', 22, 'cost_change, billed', $$accelcost.cost_change('2026-08-01', basis => 'billed')$$),
    ('growth', 23, 'anomalies, billed',
     $$accelcost.anomalies('2026-08-28', '2026-08-30', 'team', basis => 'billed')$$),
    ('growth', 24, 'labelled_cost, billed', $$accelcost.labelled_cost('2026-08-01', '2026-08-01', 'billed')$$)
ON CONFLICT DO NOTHING;
