-- Charges that no importer made: of accelerators and data transfer in the words
-- of providers, of commitments, and against all rules.

INSERT INTO charge (provider_name, billing_account_id, sub_account_id, invoice_id, invoice_issuer_name,
    billing_period_start, billing_period_end, charge_period_start, charge_period_end, charge_category,
    charge_class, charge_frequency, charge_description, service_category, service_name,
    sku_id, sku_meter, sku_price_details, region_id, billing_currency, billed_cost, effective_cost, list_cost,
        contracted_cost, list_unit_price, contracted_unit_price, pricing_category, pricing_quantity,
        pricing_unit, consumed_quantity, consumed_unit,
    commitment_discount_id, commitment_discount_category, commitment_discount_status, tags, export)
SELECT w.provider, any_of(n, 'account', 'acme', 'acme', 'beta', 'gamma'), any_of(n, 'sub', NULL, 's-1', 's-2'),
    any_of(n, 'invoice', NULL, 'i-1', 'i-2'), w.provider, m.month, m.month + any_of(n, 'period', '31 days',
    '1 day', '-1 days')::interval, m.month + dice(n, 'second', 2600000) * interval '1 second' - interval
    '3 hours',
       CASE WHEN NOT chance(n, 'open', 15) THEN m.month + dice(n, 'second', 2600000) * interval '1 second' +
           any_of(n, 'length', '1 hour', '1 day', '40 days', '0 hours', '-5 hours')::interval END,
       any_of(n, 'category', 'Usage', 'Usage', 'Usage', 'Usage', 'Usage', 'Usage', 'Usage', 'Usage', 'Purchase',
           'Tax', 'Credit', 'Adjustment', 'Novel', NULL), any_of(n, 'class', NULL, NULL, NULL, NULL,
           'Correction', 'Novel'), any_of(n, 'frequency', NULL, 'One-Time', 'Recurring', 'Usage-Based',
           'Now and Then'),
       w.words, any_of(n, 'service category', 'Compute', 'Storage', 'Networking', 'AI and Machine Learning',
           NULL), any_of(n, 'service', 'Amazon Elastic Compute Cloud', 'Virtual Machines', 'Compute Engine',
           NULL), any_of(n, 'sku', 'k-1', 'k-2', NULL), any_of(n, 'meter', NULL, NULL, 'SpotUsage', 'meter'),
       CASE WHEN chance(n, 'details', 10) THEN jsonb_build_object('InstanceType', any_of(n, 'type', 'g5.xlarge',
           'p4d.24xlarge')) END, w.region, any_of(n, 'currency', 'USD', 'USD', 'USD', 'USD', 'EUR', 'GBP',
           'CHF'),
       c.cost, CASE WHEN NOT chance(n, 'no effective', 12) THEN c.cost * any_of(n, 'effective', '1', '0.8',
           '0')::numeric END, CASE WHEN NOT chance(n, 'no list', 15) THEN c.cost * 1.25 END, CASE WHEN NOT
           chance(n, 'no contracted', 15) THEN c.cost * any_of(n, 'contracted', '1', '1.1', '0')::numeric END,
       any_of(n, 'list price', NULL, '2', '0.09', '-1')::numeric, any_of(n, 'contracted price', NULL, '1.5',
           '-1')::numeric, any_of(n, 'pricing', 'Standard', 'Standard', 'Standard', 'Dynamic', 'Committed',
           'Other', 'Novel', NULL),
       CASE WHEN chance(n, 'priced', 70) THEN amount(n, 'priced', 100, 3) END, w.unit, CASE WHEN NOT chance(n,
           'not consumed', 8) THEN amount(n, 'consumed', any_of(n, 'much', '2', '100', '40000')::numeric, 4)
           END, CASE WHEN chance(n, 'other unit', 6) THEN any_of(n, 'odd unit', 'widgets', NULL, 'sacks') ELSE
           w.unit END,
       CASE WHEN chance(n, 'commitment', 12) THEN any_of(n, 'committed', 'ri-1', 'sp-1', 'sp-2') END, CASE WHEN
           chance(n, 'commitment', 12) THEN any_of(n, 'kind', 'Usage', 'Spend', 'Novel') END, CASE WHEN
           chance(n, 'commitment', 12) THEN any_of(n, 'status', 'Used', 'Used', 'Unused', 'Novel') END,
       any_of(n, 'tags', NULL, '{"team": "a"}')::jsonb, any_of(n, 'delivery', 'manual', 'manual', 'manual',
           'other')
FROM generate_series(1::bigint, 350) AS n
CROSS JOIN LATERAL (SELECT any_of(n, 'month', '2026-06-01 00:00Z', '2026-07-01 00:00Z',
    '2026-08-01 00:00Z')::timestamptz AS month) AS m
CROSS JOIN LATERAL (SELECT amount(n, 'cost', any_of(n, 'size', '1', '100', '5000')::numeric, dice(n, 'decimals',
    10)) * CASE WHEN chance(n, 'negative', 6) THEN -1 ELSE 1 END AS cost) AS c
CROSS JOIN LATERAL (SELECT split_part(x.line, '|', 1) AS provider, split_part(x.line, '|', 2) AS words,
    nullif(split_part(x.line, '|', 3), '') AS region, nullif(split_part(x.line, '|', 4), '') AS unit
                    FROM any_of(n, 'line',
                        'Amazon Web Services|$55.04 per On Demand Linux p5.48xlarge Instance Hour|us-east-1|Hrs',
                        'AWS|$1.006 per On Demand Linux g5.xlarge Instance Hour|us-east-1|Hours',
                        'AWS|$21.96 per On Demand Linux p4d.24xlarge Instance Hour|us-east-1|100 Hours',
                                'AWS|$4 per On Demand Windows g5.xlarge Instance Hour|us-east-1|Hrs',
                                    'AWS|per Dedicated Usage p5.48xlarge DedicatedUsage:|us-east-1|Hrs',
                                    'AWS|BoxUsage:ml.g5.xlarge|us-west-2|minutes',
                                    'AWS|EBSOptimized:p3.2xlarge|us-east-1|Hrs',
                                    'AWS|$0.090 per GB - first 10 TB data transfer out|us-east-1|GB',
                                'AWS|$0.085 per GB data transfer out|sa-east-1|GB',
                                    'AWS|US East (Northern Virginia) data transfer to US East (Ohio)|us-east-1|GB',
                                    'AWS|regional data transfer|us-east-1|GB',
                                    'AWS|CloudFront data transfer out DataTransfer-Out|us-east-1|GB',
                                    'AWS|data transfer to elsewhere|us-east-1|TiB',
                                'Microsoft Azure|ND96isr H100 v5|eastus|1 Hour',
                                    'Azure|Standard_NC24ads_A100_v4 Spot|westeurope|Hours',
                                    'Azure|NV6ads A10 v5|eastus|10 Hours',
                                    'Microsoft|Standard Data Transfer Out|eastus|1 GB',
                                    'Azure|Inter-Region data transfer|eastus|GB',
                                    'Google Cloud|Nvidia H100 80GB GPU running in Virginia|us-east4|hour',
                                'Google Cloud|TPU v5e chip|us-central1|seconds',
                                    'Google Cloud|Network Internet Egress from Americas|us-central1|gibibyte',
                                    'Google Cloud|Network Inter Zone Egress|us-central1|GiB',
                                    'Oracle|GPU - H100|us-ashburn-1|GPU Per Hour',
                                    'Oracle Cloud|Outbound Data Transfer|us-ashburn-1|Gigabyte',
                                'CoreWeave|gd-8xh100ib|US|Hours', 'Alpha|s1 machine||Hours',
                                    'Alpha|egress of Alpha|north|GB', 'Beta|egress of Beta|south|GiB',
                                    'Nord|n8 machine||hour', 'Nord|data of Nord|flat|byte',
                                    'Unknown Ltd|p5.48xlarge||Hours', 'AWS|Simple Storage|us-east-1|GB-Mo') AS x
                                    (line)) AS w;
INSERT INTO charge_pattern (provider, pattern, meter, sku, accelerator, gpu_count) VALUES ('CoreWeave',
    'gd-8xh100ib', 'compute', 'H100 (8x)', 'H100 SXM5 80GB', 8), ('alpha cloud inc', 's1 machine', 'compute',
    's1', 'Z1', 4), ('Nord', 'n8 machine', 'compute', 'n8', 'zeta one', 8);
INSERT INTO charge_pattern (provider, pattern, meter, transfer_kind) VALUES ('Alpha', 'egress of', 'egress',
    'internet'), ('Beta', 'egress of', 'egress', 'internet'), ('Nord', 'data of', 'egress', 'internet');
-- A commitment that was used up, and one that was not.
INSERT INTO charge (provider_name, billing_account_id, billing_currency, billing_period_start,
    charge_period_start, charge_period_end, charge_category, commitment_discount_id, commitment_discount_status,
    billed_cost, effective_cost)
SELECT 'AWS', 'acme', 'USD', '2026-07-01 00:00Z', c.starts, c.ends, c.category, c.id, c.status, c.billed,
    c.effective
FROM (VALUES ('done', 'Purchase', NULL, '2026-07-01 00:00Z'::timestamptz, '2026-07-31 00:00Z'::timestamptz, 100,
    0), ('done', 'Usage', 'Used', '2026-07-01 00:00Z', '2026-07-31 00:00Z', 0, 90), ('done', 'Usage', 'Unused',
    '2026-07-01 00:00Z', '2026-07-31 00:00Z', 0, 7),
             ('even', 'Purchase', NULL, '2026-07-01 00:00Z', '2026-07-31 00:00Z', 50, 0), ('even', 'Usage',
                 'Used', '2026-07-01 00:00Z', '2026-07-31 00:00Z', 0, 50)) AS c (id, category, status, starts,
                 ends, billed, effective);
-- An account whose month can be rated: one export, known units.
INSERT INTO charge (provider_name, billing_account_id, billing_currency, billing_period_start,
    charge_period_start, charge_category, charge_description, region_id, consumed_quantity, consumed_unit,
    billed_cost, export)
SELECT 'AWS', 'rated', 'USD', '2026-07-01 00:00Z', timestamptz '2026-07-01 00:00Z' + n * interval '1 day',
    'Usage', '$0.09 per GB data transfer out', any_of(n, 'rated region', 'us-east-1', 'sa-east-1'), amount(n,
    'rated', 9000, 3), 'GB', amount(n, 'rated cost', 800, 2), 'rated' FROM generate_series(1::bigint, 28) AS n;

CREATE TABLE invoices AS
SELECT any_of(i.n, 'exactly', 'AWS', 'Google Cloud', NULL) AS provider_name, NULLIF(any_of(i.n, 'whose', 'acme',
    'beta', ''), '') AS billing_account_id, CASE WHEN chance(i.n, 'month', 60) THEN date '2026-06-15' +
    dice(i.n, 'invoice month', 3) * 31 END AS billing_period_start, 'USD' AS currency, i.n,
       NULL::numeric AS amount
FROM generate_series(1::bigint, 24) AS i (n);
-- what the charges come to, more or less
UPDATE invoices AS i SET amount = CASE i.n % 8 WHEN 0 THEN s.total WHEN 1 THEN round(s.total, 2) WHEN 2 THEN
    trunc(s.total, 2) WHEN 3 THEN s.by_charge WHEN 4 THEN s.by_service WHEN 5 THEN round(s.total, 2) + 1 WHEN 6
    THEN s.by_sku ELSE NULL END
FROM (SELECT j.n, sum(c.billed_cost) AS total, sum(round(c.billed_cost, 2)) AS by_charge, (SELECT
    sum(round(x.cost, 2)) FROM (SELECT sum(d.billed_cost) AS cost FROM charge AS d WHERE d.billing_currency =
    'USD' AND (j.provider_name IS NULL OR d.provider_name = j.provider_name) AND (j.billing_account_id IS NULL
    OR d.billing_account_id = j.billing_account_id)
                 AND (j.billing_period_start IS NULL OR bill_month(d.billing_period_start) =
                     bill_month(j.billing_period_start)) GROUP BY d.service_name) AS x) AS by_service,
             (SELECT sum(round(x.cost, 2)) FROM (SELECT sum(d.billed_cost) AS cost FROM charge AS d WHERE
                 d.billing_currency = 'USD' AND (j.provider_name IS NULL OR d.provider_name = j.provider_name)
                 AND (j.billing_account_id IS NULL OR d.billing_account_id = j.billing_account_id)
                 AND (j.billing_period_start IS NULL OR bill_month(d.billing_period_start) =
                     bill_month(j.billing_period_start)) GROUP BY d.sku_id) AS x) AS by_sku
      FROM invoices AS j JOIN charge AS c ON c.billing_currency = 'USD' AND (j.provider_name IS NULL OR
          c.provider_name = j.provider_name) AND (j.billing_account_id IS NULL OR c.billing_account_id =
          j.billing_account_id)
          AND (j.billing_period_start IS NULL OR bill_month(c.billing_period_start) =
              bill_month(j.billing_period_start))
      GROUP BY j.n, j.provider_name, j.billing_account_id, j.billing_period_start) AS s WHERE s.n = i.n;
ALTER TABLE invoices DROP COLUMN n;
-- Sums that one way of rounding alone explains.
INSERT INTO charge (provider_name, billing_account_id, billing_currency, billing_period_start,
    charge_period_start, charge_category, service_name, sub_account_id, sku_id, billed_cost, export)
SELECT 'Rounding', r.account, 'USD', '2026-07-01 00:00Z', timestamptz '2026-07-01 00:00Z' + n * r.step, 'Usage',
    'S', CASE WHEN r.account = 'by sub' THEN 's' || n END, CASE WHEN r.account = 'by sku' THEN 'k' || n END,
    0.014, 'rounding'
FROM (VALUES ('by sku', interval '1 hour'), ('by day', interval '1 day'), ('by sub', interval '1 hour')) AS r
    (account, step), generate_series(1, 3) AS n;
INSERT INTO invoices (provider_name, billing_account_id, currency, amount) VALUES ('Rounding', 'by sku', 'USD',
    0.03), ('Rounding', 'by day', 'USD', 0.03), ('Rounding', 'by sub', 'USD', 0.03);
CREATE TABLE export_invoices AS SELECT e.export, e.currency, e.amount, NULL::text AS invoice_issuer_name,
    e.invoice_id
FROM (SELECT export, billing_currency AS currency, round(sum(billed_cost), 2) AS amount, min(invoice_id) AS
    invoice_id FROM charge WHERE billing_currency <> 'tokens' GROUP BY export, billing_currency UNION ALL VALUES
    ('none', 'USD', 5.0, 'i-9')) AS e;
ANALYZE charge;

--= charge_monthly
SELECT * FROM charge_monthly();
--= charge_monthly.view
SELECT * FROM charge_monthly;
--= charge_monthly.each
SELECT b.basis, t.tz, y.by, c.* FROM unnest('{billed,effective,list,contracted}'::text[]) AS b (basis),
    unnest('{UTC,America/New_York}'::text[]) AS t (tz), unnest('{charge,billing,prorate}'::text[]) AS y (by),
    charge_monthly(b.basis, t.tz, y.by) AS c;
--= charge_check
SELECT * FROM charge_check();
--= charge_check.tolerance
SELECT * FROM charge_check('manual', 0.5);
--= reconcile
SELECT (SELECT string_agg(i.value, ' ' ORDER BY i.value COLLATE "C") FROM jsonb_each_text(r.invoice) AS i) AS invoice,
       currency, invoiced, charged, charges, difference, verdict, residue
FROM reconcile('invoices') AS r;
--= reconcile.export
SELECT (SELECT string_agg(i.value, ' ' ORDER BY i.value COLLATE "C") FROM jsonb_each_text(r.invoice) AS i) AS invoice,
       currency, invoiced, charged, charges, difference, verdict, residue
FROM reconcile('export_invoices') AS r;
--= charge_savings
SELECT * FROM charge_savings();
--= charge_savings.tz
SELECT * FROM charge_savings('Asia/Tokyo');
--= charge_restatement
SELECT export, provider_name, billing_account_id, billing_period_start AT TIME ZONE 'UTC' AS
    billing_period_start, batch, previous_batch, month, service_name, currency, charges_before, charges_after,
    billed_before, billed_after, change FROM charge_restatement();
--= charge_restatement.export
SELECT batch, previous_batch, month, service_name, currency, change FROM charge_restatement('focus');
--= charge_accelerator
SELECT * FROM charge_accelerator();
--= charge_accelerator.export
SELECT * FROM charge_accelerator('cur');
--= charge_accelerator.view 3
SELECT * FROM charge_accelerator;
--= charge_vs_catalog
SELECT * FROM charge_vs_catalog();
--= charge_vs_catalog.effective
SELECT * FROM charge_vs_catalog('manual', 'effective', 'EUR');
--= charge_vs_catalog.list
SELECT * FROM charge_vs_catalog(cost_basis => 'list');
--= charge_vs_catalog.contracted 3
SELECT * FROM charge_vs_catalog('other', cost_basis => 'contracted');
--= charge_vs_catalog.view 3
SELECT * FROM charge_vs_catalog;
--= charge_egress
SELECT * FROM charge_egress();
--= charge_egress.effective 3
SELECT * FROM charge_egress(NULL, 'effective', 'EUR');
--= charge_egress.rated
SELECT * FROM charge_egress('rated');
--= charge_egress.view 3
SELECT * FROM charge_egress;
--= charge_usage
SELECT * FROM charge_usage;
--= charge_usage.cost
SELECT * FROM usage_cost('charge_usage');
--= charge_usage.monthly 3
SELECT * FROM usage_monthly(source => 'charge_usage');
