-- The bridge to invoices, closings and commitments, each against the GROUP BY of counted charges that it rests on. One
-- charge in ten is for a machine with accelerators, whose usage is known, and two in ten are under a commitment.
TRUNCATE accelcost.charge, accelcost.import_batch, accelcost.import_total, accelcost.usage, accelcost.invoice_detail,
    accelcost.closed_month, accelcost.closed_usage, accelcost.closed_charge;
INSERT INTO accelcost.charge (
    provider_name, billing_account_id, invoice_issuer_name, invoice_id, sub_account_id, billing_period_start,
    billing_period_end, charge_period_start, charge_period_end, charge_category, charge_frequency, charge_description,
    service_category, service_name, sku_id, sku_meter, region_id, resource_id, tags, billing_currency, billed_cost,
    effective_cost, list_cost, contracted_cost, list_unit_price, contracted_unit_price, pricing_category,
    pricing_quantity, pricing_unit, consumed_quantity, consumed_unit, commitment_discount_id, commitment_discount_type,
    commitment_discount_status, commitment_program_eligibility_details, export_name, batch, row_number)
SELECT 'AWS', format('acme-%s', n % 3), 'AWS', format('I-%s', n % 3), format('2000000000%s', n % 50), '2026-09-01Z',
       '2026-10-01Z', t.at, t.at + interval '1 hour', CASE WHEN n % 97 = 0 THEN 'Tax' ELSE 'Usage' END, 'Usage-Based',
       k.description, 'Compute', 'Amazon Elastic Compute Cloud', md5((n % 300)::text), k.meter, 'us-east-1',
       format('i-%s', n % 5000), jsonb_build_object('team', format('team %s', n % 50)), 'USD', q.quantity * k.price,
       q.quantity * k.price, q.quantity * k.price, q.quantity * k.price, k.price, k.price, 'Standard', q.quantity,
       k.unit, q.quantity, k.unit, CASE WHEN n % 5 = 3 THEN format('sp-%s', n % 40) END,
       CASE WHEN n % 5 = 3 THEN 'Savings Plan' END,
       CASE WHEN n % 5 = 3 THEN CASE WHEN n % 50 = 3 THEN 'Unused' ELSE 'Used' END END,
       CASE WHEN n % 2 = 0 THEN '{"CommitmentPrograms": [{"ProgramType": "Savings Plan"}]}'::jsonb END, 'bench', 1, n
FROM generate_series(1::bigint, :charges) AS n
CROSS JOIN LATERAL (SELECT '2026-09-01Z'::timestamptz + (n % 720) * interval '1 hour' AS at) AS t
CROSS JOIN LATERAL (SELECT (1 + n % 100)::numeric / 100 AS quantity) AS q
CROSS JOIN LATERAL (
    SELECT 'BoxUsage:p5.48xlarge' AS meter, '$55.04 per On Demand Linux p5.48xlarge Instance Hour' AS description,
           'Hrs' AS unit, 55.04 AS price
    WHERE n % 10 = 0
    UNION ALL
    SELECT format('BoxUsage:m%s.large', n % 40), format('$0.1 per On Demand Linux m%s.large Instance Hour', n % 40),
           'Hrs', 0.1
    WHERE n % 10 > 0) AS k;
INSERT INTO accelcost.usage (record_id, period_start, period_end, provider, payer, region, sku, instance_hours)
SELECT n::text, t.at, t.at + interval '1 hour', 'AWS', format('acme-%s', n % 3), 'us-east-1', 'p5.48xlarge', 1
FROM generate_series(1, 3000) AS n
CROSS JOIN LATERAL (SELECT '2026-09-01Z'::timestamptz + (n % 720) * interval '1 hour' AS at) AS t;
INSERT INTO accelcost.invoice_detail (invoice_issuer_name, invoice_id, invoice_detail_id, billing_account_id,
                                      billing_period_start, billing_currency, billed_cost)
SELECT 'AWS', format('I-%s', n), 1, format('acme-%s', n), '2026-09-01Z', 'USD', 1000000
FROM generate_series(0, 2) AS n;
VACUUM (ANALYZE) accelcost.charge, accelcost.usage;

INSERT INTO query VALUES
    ('month_invoices', 1, 'charges by bill, category and all that they say',
     $$SELECT invoice_issuer_name, invoice_id, provider_name, billing_account_id, billing_currency,
              billing_period_start, charge_category, service_name, sku_meter, charge_description, sku_id,
              sku_price_details->>'InstanceType', sum(billed_cost), count(*)
       FROM accelcost.charge WHERE beside IS NOT TRUE GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12$$),
    ('month_invoices', 2, 'invoice_bridge(month)', $$SELECT * FROM accelcost.invoice_bridge('2026-09-01')$$),
    ('month_invoices', 3, 'charges by account and service, billed and effective',
     $$SELECT provider_name, billing_account_id, service_name, billing_currency, sum(billed_cost), sum(effective_cost),
              count(*), bill_month(charge_period_start)
       FROM accelcost.charge WHERE beside IS NOT TRUE GROUP BY 1, 2, 3, 4, 8$$),
    ('month_invoices', 4, 'close_month(month, again => true)',
     $$SELECT * FROM accelcost.close_month('2026-09-01', again => true)$$),
    ('month_invoices', 5, 'month_restatement(month)', $$SELECT * FROM accelcost.month_restatement('2026-09-01')$$),
    ('month_invoices', 6, 'charges by commitment, status and eligibility',
     $$SELECT bill_month(charge_period_start), provider_name, billing_currency, commitment_discount_id,
              commitment_discount_type, commitment_discount_status, commitment_program_eligibility_details,
              pricing_category, consumed_unit, sum(effective_cost), sum(contracted_cost), sum(consumed_quantity),
              count(*)
       FROM accelcost.charge WHERE beside IS NOT TRUE GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9$$),
    ('month_invoices', 7, 'commitment_monthly()', 'SELECT * FROM accelcost.commitment_monthly()');
-- The planner cannot know how few groups there are, and would sort all charges.
SET enable_sort = off;
CALL measure('month_invoices', :rounds, '{0}');
RESET enable_sort;

SELECT format('%s charges, medians of %s rounds', to_char((SELECT count(*) FROM accelcost.charge), 'FM999,999,999'),
              :rounds) AS title \gset
\pset title :title
SELECT name AS query, median('month_invoices', 0, place) AS ms,
       ratio('month_invoices', 0, place, CASE WHEN place < 3 THEN 1 WHEN place < 6 THEN 3 ELSE 6 END)
           AS "to the GROUP BY",
       CASE WHEN place IN (1, 3, 6) THEN '' ELSE 'at most 3' END AS target
FROM query
WHERE topic = 'month_invoices'
ORDER BY place;
\pset title
