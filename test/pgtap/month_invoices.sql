-- invoice_bridge: from usage at the catalog to the amount of an invoice, line by line.
BEGIN;
SELECT plan(89);
SET LOCAL timezone = 'America/Los_Angeles';

INSERT INTO accelcost.provider (provider, kind)
VALUES ('Nord', 'neocloud'), ('Sued', 'neocloud'), ('West', 'neocloud'), ('Home', 'own');
INSERT INTO accelcost.offer (provider, sku, purchase_option, accelerator, gpu_count, price_basis)
SELECT p, s, 'on_demand', a, 8, 'per_instance'
FROM (VALUES ('Nord'), ('Sued'), ('West'), ('Home')) AS p (p)
CROSS JOIN (VALUES ('n8', 'H100 SXM5 80GB'), ('n9', 'B200')) AS s (s, a);
INSERT INTO accelcost.offer_price (provider, sku, purchase_option, amount, currency, valid)
VALUES ('Nord', 'n8', 'on_demand', 50, 'USD', '[2026-01-01,)'), ('Sued', 'n8', 'on_demand', 40, 'USD', '[2026-01-01,)'),
       ('West', 'n8', 'on_demand', 60, 'USD', '[2026-01-01,)'), ('Home', 'n8', 'on_demand', 9, 'USD', '[2026-01-01,)');
INSERT INTO accelcost.token_price (provider, model, input_price, output_price, valid)
VALUES ('Nord', 'sonar', 1, 1, '[2026-01-01,)');
INSERT INTO accelcost.fx_rate (from_currency, to_currency, rate, valid, origin)
VALUES ('USD', 'EUR', 0.92, '[2026-01-01,)', 'user');

-- Rows of charges and usage of July 2026 with what differs from a plain one.
CREATE FUNCTION pg_temp.charged(VARIADIC rows jsonb[]) RETURNS void LANGUAGE sql AS $$
    DELETE FROM accelcost.charge;
    INSERT INTO accelcost.charge
    SELECT (jsonb_populate_record(NULL::accelcost.charge, jsonb_build_object(
        'provider_name', 'Nord', 'billing_account_id', 'acme', 'invoice_issuer_name', 'Nord', 'invoice_id', 'N-7',
        'billing_period_start', '2026-07-01Z', 'billing_period_end', '2026-08-01Z',
        'charge_period_start', '2026-07-01Z', 'charge_period_end', '2026-08-01Z', 'charge_category', 'Usage',
        'service_category', 'Compute', 'service_name', 'Machines', 'billing_currency', 'USD', 'extra', '{}'::jsonb,
        'export_name', 'manual', 'beside', false) || r)).*
    FROM unnest(rows) AS r;
$$;
CREATE FUNCTION pg_temp.used(VARIADIC rows jsonb[]) RETURNS void LANGUAGE sql AS $$
    DELETE FROM accelcost.usage;
    INSERT INTO accelcost.usage
    SELECT (jsonb_populate_record(NULL::accelcost.usage, jsonb_build_object(
        'source', 'test', 'record_id', n, 'period_start', '2026-07-03Z', 'provider', 'Nord', 'payer', 'acme',
        'workload', 'inference',
        'uncached_input_tokens', 0, 'cache_read_tokens', 0, 'cache_write_5m_tokens', 0, 'cache_write_1h_tokens', 0,
        'output_tokens', 0, 'service_tier', 'standard', 'geo', 'global', 'is_session', false,
        'term_months', 0, 'purchase_option', 'on_demand', 'transfer_kind', 'internet', 'transfer_service', '*',
        'extra', '{}'::jsonb) || r)).*
    FROM unnest(rows) WITH ORDINALITY AS u (r, n);
$$;
CREATE FUNCTION pg_temp.invoiced(VARIADIC rows jsonb[]) RETURNS void LANGUAGE sql AS $$
    DELETE FROM accelcost.invoice_detail;
    INSERT INTO accelcost.invoice_detail
    SELECT (jsonb_populate_record(NULL::accelcost.invoice_detail, jsonb_build_object(
        'invoice_issuer_name', 'Nord', 'invoice_id', 'N-7', 'invoice_detail_id', n, 'billing_account_id', 'acme',
        'billing_period_start', '2026-07-01Z', 'charge_category', 'Usage', 'billing_currency', 'USD',
        'extra', '{}'::jsonb, 'export_name', 'manual') || r)).*
    FROM unnest(rows) WITH ORDINALITY AS u (r, n);
$$;
-- The lines of July, as text.
CREATE FUNCTION pg_temp.lines(invoice text DEFAULT 'N-7') RETURNS text[] LANGUAGE sql AS $$
    SELECT array_agg(concat_ws(' ', line, coalesce(amount::text, 'unknown')) ORDER BY line_no, provider)
    FROM accelcost.invoice_bridge('2026-07-01')
    WHERE invoice_id IS NOT DISTINCT FROM invoice
$$;

-- ---- the worked example ------------------------------------------------------

SELECT pg_temp.used('{"sku": "n8", "instance_hours": 200}');
SELECT pg_temp.charged(
    '{"billing_currency": "EUR", "sku_id": "n8", "billed_cost": 9108.004}',
    '{"billing_currency": "EUR", "sku_id": "support", "billed_cost": 250}',
    '{"billing_currency": "EUR", "charge_category": "Credit", "billed_cost": -150}');
SELECT pg_temp.invoiced(
    '{"billing_currency": "EUR", "billed_cost": 9220.00}',
    '{"billing_currency": "EUR", "charge_category": "Tax", "billed_cost": 1749.52}');
SELECT is(pg_temp.lines(),
          '{modelled 9200,price -91.996,unpriced 250,credits -150,tax 1749.52,rounding -0.004,unexplained 12}'::text[],
          'an invoice 12.00 too high has 12.00 that nothing explains');
SELECT is((SELECT array_agg(DISTINCT concat_ws(' ', issuer, status, currency, invoiced, tolerance, within_tolerance,
                                               billing_period_start = '2026-07-01Z',
                                               billing_period_end = '2026-08-01Z'))
           FROM accelcost.invoice_bridge('2026-07-01')), '{Nord invoiced EUR 10969.52 1 f t t}',
          'FOCUS tolerates 1.00 here, which moves no money');
SELECT is((SELECT array_agg(concat_ws(' ', line, charges, provider) ORDER BY line_no)
           FROM accelcost.invoice_bridge('2026-07-01')),
          '{modelled Nord,price 1 Nord,unpriced 1 Nord,credits 1 Nord,tax,rounding,unexplained}',
          'lines of charges say how many, and of which provider');
SELECT is(accelcost_internal.invoice_tolerance(n, c), t, format('tolerance of %s charges in %s', n, c))
FROM (VALUES (1000000, 'USD', 5.00), (90000, 'JPY', 150), (1, 'USD', 1), (40000, 'USD', 1),
             (40401, 'USD', 1.005), (1, 'KWD', 0.1), (5, 'tokens', NULL)) AS v (n, c, t);

-- ---- invoices that fit, and parts that are missing ---------------------------

SELECT pg_temp.used('{"sku": "n8", "instance_hours": 200}');
SELECT pg_temp.charged('{"sku_id": "n8", "billed_cost": 10000}');
SELECT pg_temp.invoiced('{"billed_cost": 10000}');
SELECT is(pg_temp.lines(), '{modelled 10000,unexplained 0}', 'an invoice as modelled');
DELETE FROM accelcost.invoice_detail;
SELECT is(pg_temp.lines(), '{modelled 10000,unexplained unknown}', 'there is no invoice yet: what is expected');
SELECT is((SELECT array_agg(DISTINCT concat_ws(' ', status, coalesce(invoiced::text, '?'),
                                               coalesce(within_tolerance::text, '?')))
           FROM accelcost.invoice_bridge('2026-07-01')), '{accrual ? ?}', 'as an accrual');
SELECT is((SELECT reason FROM accelcost.invoice_bridge('2026-07-01') WHERE line = 'unexplained'),
          'there is no invoice yet', 'with the reason');
DELETE FROM accelcost.charge;
SELECT is(pg_temp.lines(NULL), '{modelled 10000,unexplained unknown}', 'usage alone is an accrual, too');
SELECT pg_temp.used('{"sku": "n8", "instance_hours": 0.00011}');
SELECT is(pg_temp.lines(NULL), '{modelled 0.0055,rounding 0.0045,unexplained unknown}',
          'rounded as an invoice will be');
SELECT pg_temp.used('{"sku": "n8", "instance_hours": 200}');
SELECT pg_temp.invoiced('{"billed_cost": 10400}', '{"charge_category": "Tax", "billed_cost": 1900}');
SELECT is(pg_temp.lines(), '{modelled 10000,tax 1900,unexplained 400}',
          'an invoice without charges is compared with the usage of its issuer');
DELETE FROM accelcost.usage;
SELECT is(pg_temp.lines(), '{tax 1900,unexplained 10400}', 'without usage, nothing explains it');
SELECT pg_temp.charged('{"sku_id": "n8", "billed_cost": 9000}');
SELECT is(pg_temp.lines(), '{unpriced 9000,tax 1900,unexplained 1400}', 'charges without usage are not priced');
SELECT pg_temp.used('{"sku": "n9", "instance_hours": 5}');
SELECT is(pg_temp.lines(), '{modelled unknown,unpriced 9000,tax 1900,unexplained 1400}',
          'nor is usage without a price');
SELECT ok((SELECT reason LIKE '%n9%' FROM accelcost.invoice_bridge('2026-07-01') WHERE line = 'modelled'),
          'whose reason is shown');
SELECT pg_temp.used('{"sku": "n9", "instance_hours": 5}', '{"sku": "n8", "instance_hours": 100}');
SELECT is(pg_temp.lines(), '{modelled 5000,price 4000,tax 1900,unexplained 1400}', 'priced usage counts');
SELECT pg_temp.used('{"sku": "n8", "instance_hours": 100}', '{"model": "sonar", "output_tokens": 7000000}');
SELECT is(pg_temp.lines(), '{modelled 5007,price 4000,unbilled -7,tax 1900,unexplained 1400}',
          'usage that no charge is for is not billed');
SELECT pg_temp.charged('{"sku_id": "n8", "billed_cost": 9000}', '{"sku_id": "SONAR", "billed_cost": 8}',
                       '{"charge_description": "B200 instances, per hour", "billed_cost": 3}');
SELECT pg_temp.invoiced('{"billed_cost": 9011}');
SELECT is(pg_temp.lines(), '{modelled 5007,price 4001,unpriced 3,unexplained 0}',
          'a charge can name a model; other machines are not priced');

SELECT is((SELECT sum(amount) FROM accelcost.invoice_bridge('2026-07-01') WHERE line = 'modelled'),
          (SELECT sum(total) FROM accelcost.usage_monthly('2026-07-01')), 'usage costs what the reports on it say');

-- Machines, models, data transfer and storage, by the words of bills
INSERT INTO accelcost.meter_tariff (provider, meter, kind, tariff, unit, unit_bytes, valid)
VALUES ('Nord', 'egress', 'internet', 'graduated: 0.1', 'GB', 1000000000, '[2026-01-01,)'),
       ('Nord', 'storage', 'object', 'graduated: 0.02', 'GB-month', 1000000000, '[2026-01-01,)'),
       ('Nord', 'images', '*', 'graduated: 0.04', 'image', NULL, '[2026-01-01,)');
SELECT pg_temp.used(
    '{"provider": "AWS", "sku": "p5.48xlarge", "region": "us-east-1", "instance_hours": 10}',
    '{"provider": "OpenAI", "model": "gpt-5", "output_tokens": 3000000}',
    '{"transfer_quantity": 100, "transfer_unit": "GB"}',
    '{"storage_quantity": 50, "storage_unit": "GB-month", "storage_kind": "object"}',
    '{"meter": "images", "quantity": 25}');
SELECT pg_temp.charged(
    '{"provider_name": "Amazon Web Services", "invoice_issuer_name": "AWS", "invoice_id": "A", "billed_cost": 500,
      "service_name": "Amazon Elastic Compute Cloud",
      "charge_description": "$50 per On Demand Linux p5.48xlarge Instance Hour"}',
    '{"provider_name": "AWS", "invoice_issuer_name": "Amazon", "invoice_id": "A", "billed_cost": 3,
      "service_name": "Amazon Elastic Compute Cloud",
      "charge_description": "$0.1 per On Demand Linux m5.large Instance Hour"}',
    '{"provider_name": "OpenAI", "invoice_issuer_name": "OpenAI", "invoice_id": "O", "billed_cost": 29,
      "charge_description": "gpt-5-2025-08-07, output tokens"}',
    '{"provider_name": "OpenAI", "invoice_issuer_name": "OpenAI", "invoice_id": "O", "billed_cost": 7,
      "charge_description": "gpt-5-mini-2025-08-07, output tokens"}',
    '{"charge_description": "Internet egress", "service_category": "Networking", "billed_cost": 9}',
    '{"charge_description": "Buckets", "service_category": "Storage", "billed_cost": 2}',
    '{"sku_meter": "Images", "service_category": "Other", "billed_cost": 3}');
SELECT is((SELECT array_agg(concat_ws(' ', invoice_id, line, amount) ORDER BY invoice_id, line_no)
           FROM accelcost.invoice_bridge('2026-07-01') WHERE line_no BETWEEN 3 AND 11),
          ARRAY['A price ' || 500 - (SELECT sum(total) FROM accelcost.usage_monthly() WHERE provider = 'AWS'),
                'A unpriced 3', 'N-7 price 2', 'O price -1', 'O unpriced 7'],
          'charges and usage meet by machine, model, data transfer, storage and meter');

-- ---- kinds of charges --------------------------------------------------------

DELETE FROM accelcost.usage;
SELECT pg_temp.charged(
    '{"billed_cost": 100}', '{"charge_category": null, "billed_cost": 1}',
    '{"charge_class": "Correction", "billed_cost": -7}',
    '{"charge_period_start": "2026-06-28Z", "charge_period_end": "2026-06-29Z", "billed_cost": 20}',
    '{"charge_period_start": "2026-06-30 22:00Z", "charge_period_end": "2026-07-01 22:00Z", "billed_cost": 3}',
    '{"charge_category": "Purchase", "billed_cost": 1000}',
    '{"commitment_discount_status": "Unused", "commitment_discount_id": "c", "billed_cost": 5}',
    '{"charge_category": "Credit", "billed_cost": -2000}', '{"charge_category": "Adjustment", "billed_cost": -0.004}',
    '{"charge_category": "Tax", "billed_cost": 11}');
SELECT pg_temp.invoiced('{"billed_cost": -877}', '{"charge_category": "Tax", "billed_cost": 10}');
SELECT is(pg_temp.lines(),
          '{unpriced 104,"other periods 13","purchases 1005","credits -2000","adjustments -0.004","tax 11",'
          '"rounding 0.004","unexplained 0"}',
          'each kind is a line; tax is that of the charges, and a credit can exceed them');
SELECT is((SELECT DISTINCT invoiced FROM accelcost.invoice_bridge('2026-07-01')), -867::numeric,
          'of a negative invoice');

-- ---- rounding ----------------------------------------------------------------

SELECT pg_temp.charged(
    '{"service_name": "A", "sku_id": "x", "sub_account_id": "1", "billed_cost": 0.004}',
    '{"service_name": "A", "sku_id": "x", "sub_account_id": "2", "billed_cost": 0.004}',
    '{"service_name": "A", "sku_id": "y", "sub_account_id": "2", "billed_cost": 0.004,
      "charge_period_start": "2026-07-02Z"}',
    '{"service_name": "B", "sku_id": "z", "sub_account_id": "1", "billed_cost": 0.007}');
DELETE FROM accelcost.invoice_detail;
SELECT is((SELECT sum(amount) FROM accelcost.invoice_bridge('2026-07-01', rounding => r)), w, r)
FROM (VALUES ('exact', 0.019), ('rounded as a whole', 0.02), ('truncated as a whole', 0.01),
             ('rounded by service', 0.02), ('rounded by service and sub account', 0.02),
             ('rounded by service and day', 0.02),
             ('rounded by sku', 0.02), ('rounded by charge', 0.01)) AS v (r, w);
CREATE TEMPORARY TABLE totals AS SELECT 'N-7' AS invoice_id, 'USD' AS currency, 0.01 AS amount;
SELECT is((SELECT verdict FROM accelcost.reconcile('totals')), 'truncated as a whole', 'reconcile has the same words');

UPDATE totals SET amount = 0.02;
SELECT is((SELECT sum(amount) FROM accelcost.invoice_bridge('2026-07-01', rounding => r.verdict)), r.invoiced,
          'the bridge takes the rule that reconcile finds')
FROM accelcost.reconcile('totals') AS r;

-- ---- currencies --------------------------------------------------------------

SELECT pg_temp.charged('{"billing_currency": "JPY", "billed_cost": 1000.5}');
SELECT pg_temp.invoiced('{"billing_currency": "JPY", "billed_cost": 1001}');
SELECT is(pg_temp.lines(), '{unpriced 1000.5,rounding 0.5,unexplained 0}', 'yen have no minor unit');
SELECT is((SELECT DISTINCT tolerance FROM accelcost.invoice_bridge('2026-07-01')), 100::numeric,
          'and a tolerance of 100');
SELECT pg_temp.charged('{"billing_currency": "tokens", "billed_cost": 1000.5}');
SELECT pg_temp.invoiced('{"billing_currency": "tokens", "billed_cost": 1001}');
SELECT is(pg_temp.lines(), '{unpriced 1000.5,unexplained 0.5}', 'a virtual currency is not rounded');
SELECT is((SELECT count(tolerance) + count(within_tolerance) FROM accelcost.invoice_bridge('2026-07-01')), 0::bigint,
          'and has no tolerance');
SELECT pg_temp.charged('{"sku_id": "n8", "billed_cost": 9000}');
SELECT pg_temp.invoiced('{"billing_currency": "EUR", "billed_cost": 8280}');
SELECT is((SELECT array_agg(concat_ws(' ', currency, status, line, coalesce(amount::text, '?')) ORDER BY currency,
                            line_no)
           FROM accelcost.invoice_bridge('2026-07-01')),
          '{EUR invoiced unexplained 8280,USD accrual unpriced 9000,USD accrual unexplained ?}',
          'an invoice in another currency than its charges is not compared with them');

-- An issuer that prices in dollars and bills in euros at its own rate, 0.9
SELECT pg_temp.used('{"sku": "n8", "instance_hours": 200}');
SELECT pg_temp.charged(
    '{"billing_currency": "EUR", "sku_id": "n8", "billed_cost": 9000, "effective_cost": 9000,
      "pricing_currency": "USD", "pricing_currency_effective_cost": 10000}');
SELECT pg_temp.invoiced('{"billing_currency": "EUR", "billed_cost": 9000}');
SELECT is(pg_temp.lines(), '{modelled 9200,exchange -200,unexplained 0}',
          'the rate of the issuer is a line, from the rate that reports use');
DELETE FROM accelcost.fx_rate WHERE from_currency = 'USD' AND to_currency = 'EUR';
SELECT is(pg_temp.lines(), '{modelled 9000,unexplained 0}', 'without another rate, the issuer''s is used');
SELECT pg_temp.charged('{"billing_currency": "XTS", "sku_id": "n8", "billed_cost": 9000}');
SELECT pg_temp.invoiced('{"billing_currency": "XTS", "billed_cost": 9000}');
SELECT is(pg_temp.lines(), '{modelled unknown,unpriced 9000,unexplained 0}', 'without any, usage has no known cost');
SELECT ok((SELECT reason LIKE 'no exchange rate from USD to XTS%' FROM accelcost.invoice_bridge('2026-07-01')
           WHERE line = 'modelled'), 'with the reason');
INSERT INTO accelcost.fx_rate (from_currency, to_currency, rate, valid, origin)
VALUES ('USD', 'EUR', 0.92, '[2026-01-01,)', 'user');

-- ---- issuers, accounts, invoices ---------------------------------------------

SELECT pg_temp.used('{"sku": "n8", "instance_hours": 10}', '{"sku": "n8", "instance_hours": 20, "provider": "Sued"}',
                    '{"sku": "n8", "instance_hours": 1, "payer": "other"}',
                    '{"sku": "n8", "instance_hours": 4, "payer": null, "provider": "Sued"}');
SELECT pg_temp.charged(
    '{"sku_id": "n8", "billed_cost": 510}', '{"sku_id": "n8", "billed_cost": 60, "billing_account_id": "other"}',
    '{"sku_id": "n8", "billed_cost": 970, "provider_name": "Sued", "invoice_id": "N-8"}',
    '{"sku_id": "n8", "billed_cost": 3, "provider_name": "Sued", "invoice_id": "S-1", "invoice_issuer_name": "Sued"}',
    '{"sku_id": "n8", "billed_cost": 4, "provider_name": "Sued", "invoice_id": "S-1", "invoice_issuer_name": null}');
SELECT pg_temp.invoiced('{"billed_cost": 570}', '{"billed_cost": 970, "invoice_id": "N-8"}',
                        '{"billed_cost": 7, "invoice_id": "S-1", "invoice_issuer_name": "Sued"}',
                        '{"billed_cost": 5, "invoice_id": "N-8", "invoice_issuer_name": "Sued"}');
SELECT is(pg_temp.lines(), '{modelled 550,price 20,unexplained 0}', 'two accounts on one invoice');
SELECT is((SELECT array_agg(concat_ws(' ', issuer, invoice_id, line, amount, provider) ORDER BY issuer, invoice_id,
                            line_no)
           FROM accelcost.invoice_bridge('2026-07-01') WHERE invoice_id <> 'N-7'),
          '{Nord N-8 modelled 960 Sued,Nord N-8 price 10 Sued,Nord N-8 unexplained 0,Sued N-8 unexplained 5,'
          'Sued S-1 price 7 Sued,Sued S-1 unexplained 0}',
          'usage is on the largest invoice of its provider and account, and issuers number their own invoices');
SELECT pg_temp.used('{"sku": "n8", "instance_hours": 10, "payer": "nobody"}',
                    '{"sku": "n8", "instance_hours": 1, "provider": "Home"}');
SELECT is((SELECT array_agg(concat_ws(' ', issuer, coalesce(invoice_id, '-'), line, coalesce(amount::text, '?'))
                            ORDER BY issuer, invoice_id, line_no)
           FROM accelcost.invoice_bridge('2026-07-01')
           WHERE (issuer = 'Nord' AND invoice_id IS DISTINCT FROM 'N-8') OR issuer = 'Home'),
          '{Nord N-7 unpriced 570,Nord N-7 unexplained 0,Nord - modelled 500,Nord - unexplained ?}',
          'usage of an account without charges is an accrual; your own machines are on no invoice');
DELETE FROM accelcost.charge;
SELECT pg_temp.used('{"sku": "n8", "instance_hours": 1}', '{"sku": "n8", "instance_hours": 1, "payer": "other"}');
SELECT pg_temp.invoiced('{"billed_cost": 50}', '{"billed_cost": 46, "billing_currency": "EUR", "invoice_id": "N-8",
                          "billing_account_id": "other"}');
SELECT is((SELECT array_agg(concat_ws(' ', currency, line, amount) ORDER BY currency, line_no)
           FROM accelcost.invoice_bridge('2026-07-01')),
          '{EUR modelled 46,EUR unexplained 0,USD modelled 50,USD unexplained 0}',
          'invoices of one issuer in two currencies, without charges');
-- Exports without invoice ids, such as those of Google
SELECT pg_temp.used('{"sku": "n8", "instance_hours": 10}');
SELECT pg_temp.charged('{"sku_id": "n8", "billed_cost": 510, "invoice_id": null}');
SELECT pg_temp.invoiced('{"billed_cost": 510}');
SELECT is(pg_temp.lines(), '{modelled 500,price 10,unexplained 0}', 'charges without an id are on the only invoice');
SELECT pg_temp.invoiced('{"billed_cost": 510}', '{"billed_cost": 5, "invoice_id": "N-8"}');
SELECT is(pg_temp.lines(NULL), '{modelled 500,price 10,unexplained unknown}', 'but not if there are two');
SELECT pg_temp.invoiced('{"billed_cost": 510}',
                        '{"billed_cost": 5, "invoice_id": "N-8", "billing_account_id": "other"}');
SELECT is(pg_temp.lines(), '{modelled 500,price 10,unexplained 0}', 'of the account');
SELECT pg_temp.invoiced('{"billed_cost": 510, "invoice_issue_status": "Voided"}');
SELECT is(pg_temp.lines(NULL), '{modelled 500,price 10,unexplained unknown}', 'a voided invoice is none');
SELECT pg_temp.invoiced('{"billed_cost": 510, "invoice_issue_status": "Open"}');
SELECT is((SELECT DISTINCT status FROM accelcost.invoice_bridge('2026-07-01')), 'open', 'an open one may change');

-- ---- billing periods ---------------------------------------------------------

-- Midnight in California, where July ends on 1 August at 07:00 UTC
SELECT pg_temp.charged(
    '{"provider_name": "West", "invoice_issuer_name": "West", "invoice_id": "W", "sku_id": "n8", "billed_cost": 100,
      "billing_period_start": "2026-07-01 07:00Z", "billing_period_end": "2026-08-01 07:00Z"}');
DELETE FROM accelcost.invoice_detail;
SELECT pg_temp.used(
    '{"provider": "West", "sku": "n8", "instance_hours": 1, "period_start": "2026-07-01 06:59:59Z"}',
    '{"provider": "West", "sku": "n8", "instance_hours": 2, "period_start": "2026-07-01 07:00Z"}',
    '{"provider": "West", "sku": "n8", "instance_hours": 4, "period_start": "2026-08-01 06:59:59Z"}',
    '{"provider": "West", "sku": "n8", "instance_hours": 8, "period_start": "2026-08-01 07:00Z"}',
    '{"provider": "Nord", "sku": "n8", "instance_hours": 16, "period_start": "2026-08-01Z"}',
    '{"provider": "Nord", "sku": "n8", "instance_hours": 32, "period_start": "2026-07-01Z"}');
SELECT is(pg_temp.lines('W'), '{modelled 360,price -260,unexplained unknown}', 'usage of the issuer''s July');
SELECT is(pg_temp.lines(NULL), '{modelled 1600,unexplained unknown}', 'other providers have the calendar''s');
SELECT pg_temp.used(
    '{"provider": "West", "sku": "n8", "instance_hours": 744,
      "period_start": "2026-07-01Z", "period_end": "2026-08-01Z"}');
SELECT is(pg_temp.lines('W'), '{modelled 44220,price -44120,unexplained unknown}',
          'a record over a boundary counts by its share of time: 737 of 744 hours');
SELECT pg_temp.used(
    '{"provider": "West", "sku": "n8", "instance_hours": 48,
      "period_start": "2026-07-31Z", "period_end": "2026-08-02Z"}');
SELECT is(pg_temp.lines('W'), '{modelled 1860,price -1760,unexplained unknown}',
          'also over the end of a month: 31 hours');
CREATE TEMPORARY TABLE west_total AS
SELECT (SELECT sum(amount) FROM accelcost.invoice_bridge(m) WHERE line = 'modelled') AS july
    FROM (VALUES ('2026-07-01'::date)) AS v (m);
UPDATE accelcost.charge SET billing_period_start = '2026-08-01 07:00Z', billing_period_end = '2026-09-01 07:00Z';
SELECT is((SELECT july FROM west_total)
          + (SELECT sum(amount) FROM accelcost.invoice_bridge('2026-08-01') WHERE line = 'modelled'), 2880::numeric,
          'and the rest in the next period');
-- The end of a period is that of accelcost.billing_period, if charges do not have it.
SELECT pg_temp.charged(
    '{"provider_name": "West", "invoice_issuer_name": "West", "invoice_id": "W", "sku_id": "n8", "billed_cost": 100,
      "billing_period_start": "2026-07-05Z", "billing_period_end": null}');
SELECT is((SELECT DISTINCT billing_period_end FROM accelcost.invoice_bridge('2026-07-01') WHERE invoice_id = 'W'),
          '2026-08-05Z'::timestamptz, 'a period lasts a month');
INSERT INTO accelcost.billing_period (invoice_issuer_name, billing_period_start, billing_period_end,
                                      billing_period_status)
VALUES ('West', '2026-07-05Z', '2026-07-20Z', 'Closed');
SELECT is((SELECT DISTINCT billing_period_end FROM accelcost.invoice_bridge('2026-07-01') WHERE invoice_id = 'W'),
          '2026-07-20Z'::timestamptz, 'unless the issuer says otherwise');
SELECT pg_temp.used(
    '{"provider": "West", "sku": "n8", "instance_hours": 240,
      "period_start": "2026-07-15Z", "period_end": "2026-07-25Z"}');
SELECT is(pg_temp.lines('W'), '{modelled 7200,price -7100,unexplained unknown}', 'a period within a month');
DELETE FROM accelcost.billing_period;
SELECT pg_temp.charged(
    '{"provider_name": "West", "invoice_issuer_name": "West", "invoice_id": "W", "sku_id": "n8", "billed_cost": 100,
      "billing_period_start": "2026-07-05Z", "billing_period_end": "2026-08-05Z"}',
    '{"provider_name": "West", "invoice_issuer_name": "West", "invoice_id": "V", "sku_id": "n8", "billed_cost": 200,
      "billing_account_id": "other"}');
SELECT pg_temp.used(
    '{"provider": "West", "sku": "n8", "instance_hours": 1, "period_start": "2026-07-04Z"}',
    '{"provider": "West", "sku": "n8", "instance_hours": 2, "period_start": "2026-08-04Z"}',
    '{"provider": "West", "sku": "n8", "instance_hours": 4, "period_start": "2026-07-04Z", "payer": "other"}',
    '{"provider": "West", "sku": "n8", "instance_hours": 8, "period_start": "2026-08-04Z", "payer": "other"}',
    '{"provider": "West", "sku": "n8", "instance_hours": 16, "period_start": "2026-07-04Z", "payer": null}',
    '{"provider": "West", "sku": "n8", "instance_hours": 32, "period_start": "2026-08-04Z", "payer": null}');
SELECT is(pg_temp.lines('W') || pg_temp.lines('V'),
          '{modelled 120,price -20,unexplained unknown,modelled 1200,price -1000,unexplained unknown}',
          'accounts have periods of their own, and usage of no account that of the largest');

-- ---- which bills, and invoices of your own -----------------------------------

DELETE FROM accelcost.usage;
SELECT pg_temp.charged('{"billed_cost": 10}', '{"billed_cost": 70, "export_name": "other", "beside": true}');
SELECT is(pg_temp.lines(), '{unpriced 10,unexplained unknown}', 'a bill beside is left out');
SELECT is((SELECT sum(amount) FROM accelcost.invoice_bridge('2026-07-01', export_name => 'other')), 70::numeric,
          'but for those who ask for it');
CREATE TEMPORARY TABLE bill (invoice_issuer_name text, invoice_id text, billing_period_start text, currency text,
                             amount text, tax text);
INSERT INTO bill VALUES
    ('Nord', 'N-7', '2026-07-01', 'USD', '12.10', '2.00'), ('Nord', 'N-9', '2026-07-01T07:00:00Z', 'USD', '-3', NULL),
    ('Nord', 'N-6', '2026-06-01', 'USD', '99', '1'), ('Nord', 'N-1', '2026-07-01', 'USD', NULL, NULL);
SELECT is((SELECT array_agg(concat_ws(' ', invoice_id, line, coalesce(amount::text, '?')) ORDER BY invoice_id, line_no)
           FROM accelcost.invoice_bridge('2026-07-01', 'bill')),
          '{N-1 unexplained ?,N-7 unpriced 10,N-7 tax 2,N-7 unexplained 0.1,N-9 unexplained -3}',
          'invoices can be in a relation of yours');
SELECT throws_ok($$SELECT * FROM accelcost.invoice_bridge('2026-07-01', 'totals')$$, '42703');
INSERT INTO bill VALUES ('Nord', 'N-5', '2026-07-01', 'USD', '1,200', NULL);
SELECT throws_ok($$SELECT * FROM accelcost.invoice_bridge('2026-07-01', 'bill')$$, '22P02',
                 'amount "1,200" of invoice "N-5" is not a number below 1e20');
UPDATE bill SET amount = '1', billing_period_start = 'July' WHERE invoice_id = 'N-5';
SELECT throws_ok($$SELECT * FROM accelcost.invoice_bridge('2026-07-01', 'bill')$$, '22007',
                 'billing_period_start "July" of invoice "N-5" is not a time');
UPDATE bill SET billing_period_start = '2026-07-01', currency = 'usd' WHERE invoice_id = 'N-5';
SELECT throws_ok($$SELECT * FROM accelcost.invoice_bridge('2026-07-01', 'bill')$$, '22023');
SELECT throws_ok($$SELECT * FROM accelcost.invoice_bridge(NULL)$$, '22004');
SELECT throws_ok($$SELECT * FROM accelcost.invoice_bridge('-infinity')$$, '22023');
SELECT throws_ok($$SELECT * FROM accelcost.invoice_bridge('2026-07-01', rounding => 'up')$$, '22023');
SELECT throws_ok($$SELECT * FROM accelcost.invoice_bridge('2026-07-01', rounding => NULL)$$, '22004');
SELECT throws_ok($$SELECT * FROM accelcost.invoice_bridge('2026-07-01', currency => 'usd')$$, '22023');
SELECT throws_ok($$SELECT * FROM accelcost.invoice_bridge('2026-07-01', source => NULL)$$, '22004');

-- ---- roles -------------------------------------------------------------------

CREATE ROLE invoice_reader;
GRANT SELECT ON accelcost.charge, accelcost.usage, accelcost.invoice_detail, accelcost.billing_period TO invoice_reader;
ALTER TABLE accelcost.charge ENABLE ROW LEVEL SECURITY;
CREATE POLICY few ON accelcost.charge USING (billed_cost < 50);
SET LOCAL ROLE invoice_reader;
SELECT is((SELECT array_agg(DISTINCT concat_ws(' ', coalesce(amount::text, '?'), reason))
           FROM accelcost.invoice_bridge('2026-07-01')),
          '{"? row security may hide rows of \"accelcost.charge\": the total is unknown"}',
          'a part of the charges is no bill');
RESET ROLE;
ALTER TABLE accelcost.charge DISABLE ROW LEVEL SECURITY;
SET LOCAL ROLE invoice_reader;
SELECT is((SELECT sum(amount) FROM accelcost.invoice_bridge('2026-07-01')), 10::numeric,
          'a reader needs the tables alone');
RESET ROLE;

-- ---- generated months --------------------------------------------------------

-- Three providers, six invoices in three currencies, some without charges, some charges without an invoice.
DELETE FROM accelcost.charge;
DELETE FROM accelcost.usage;
SELECT setseed(0.75);
INSERT INTO accelcost.charge (provider_name, billing_account_id, invoice_issuer_name, invoice_id, billing_period_start,
    billing_period_end, charge_period_start, charge_period_end, charge_category, charge_class, service_name, sku_id,
    billing_currency, billed_cost, effective_cost, commitment_discount_status)
SELECT p.provider, 'a' || n % 2, p.provider, nullif('I' || n % 4, 'I3'), '2026-07-01Z', '2026-08-01Z', d.day,
       d.day + interval '1 day',
       (ARRAY['Usage', 'Usage', 'Usage', 'Purchase', 'Credit', 'Tax', 'Adjustment'])[1 + n % 7],
       CASE WHEN n % 29 = 0 THEN 'Correction' END, 'S' || n % 3,
       (ARRAY['n8', 'sonar', 'storage', 'n9'])[1 + n / 7 % 4], p.currency,
       round((random() - 0.2)::numeric * 1000, n % 15), 0, CASE WHEN n % 31 = 0 THEN 'Unused' END
FROM generate_series(1, 3000) AS n
CROSS JOIN LATERAL (SELECT (ARRAY['Nord', 'Sued', 'West'])[1 + n % 3] AS provider,
                           (ARRAY['USD', 'EUR', 'tokens'])[1 + n % 3] AS currency) AS p
CROSS JOIN LATERAL (SELECT '2026-06-28Z'::timestamptz + n % 33 * interval '1 day' AS day) AS d;
INSERT INTO accelcost.usage (record_id, period_start, provider, payer, sku, instance_hours)
SELECT 'm' || n, '2026-07-01Z'::timestamptz + n % 31 * interval '1 day', (ARRAY['Nord', 'Sued', 'West'])[1 + n % 3],
       'a' || n % 2, (ARRAY['n8', 'n9'])[1 + n / 3 % 2], round(random()::numeric * 24, 5)
FROM generate_series(1, 600) AS n;
DELETE FROM accelcost.invoice_detail;
INSERT INTO accelcost.invoice_detail (invoice_issuer_name, invoice_id, invoice_detail_id, billing_account_id,
    billing_period_start, charge_category, billing_currency, billed_cost)
SELECT p.provider, 'I' || i, d, 'a0', '2026-07-01Z', CASE d WHEN 1 THEN 'Tax' ELSE 'Usage' END, p.currency,
       round(random()::numeric * 100000, 2)
FROM (VALUES ('Nord', 'USD'), ('Sued', 'EUR'), ('West', 'tokens')) AS p (provider, currency),
     generate_series(1, 5) AS i, generate_series(1, 3) AS d
WHERE i <> 3;

-- The lines by plain queries: what is billed by kind, and usage at its only price.
CREATE TEMPORARY VIEW billed AS
SELECT provider_name AS issuer, invoice_id, billing_currency AS currency,
       CASE WHEN charge_category = 'Tax' THEN 'tax' WHEN charge_category = 'Credit' THEN 'credits'
            WHEN charge_category = 'Adjustment' THEN 'adjustments'
            WHEN charge_category = 'Purchase' OR commitment_discount_status = 'Unused' THEN 'purchases'
            WHEN charge_class = 'Correction' OR charge_period_end <= '2026-07-01Z' THEN 'other periods'
            WHEN sku_id = 'n8' AND provider_name <> 'West'
                 AND EXISTS (SELECT FROM accelcost.usage AS u
                             WHERE (u.provider, u.payer, u.sku) = (provider_name, billing_account_id, sku_id))
            THEN 'covered'
            ELSE 'unpriced' END AS line, billed_cost
FROM accelcost.charge;
SELECT set_eq(
    $$SELECT issuer, invoice_id, currency, line, amount FROM accelcost.invoice_bridge('2026-07-01')
      WHERE line_no IN (5, 6, 7, 8, 9)$$,
    $$SELECT issuer, invoice_id, currency, line, sum(billed_cost) FROM billed WHERE line NOT IN ('tax', 'covered')
      GROUP BY 1, 2, 3, 4 HAVING sum(billed_cost) <> 0$$, 'generated charges, by line');
SELECT set_eq(
    $$SELECT issuer, sum(amount) FROM accelcost.invoice_bridge('2026-07-01') WHERE line = 'modelled' GROUP BY issuer$$,
    $$SELECT provider, round(sum(instance_hours) * CASE provider WHEN 'Nord' THEN 50 ELSE 40 * 0.92 END, 18)
      FROM accelcost.usage WHERE sku = 'n8' AND provider <> 'West' GROUP BY provider
      UNION ALL SELECT 'West', NULL$$, 'generated usage, at its prices');
SELECT set_eq(
    $$SELECT issuer, invoice_id, currency, sum(amount) FROM accelcost.invoice_bridge('2026-07-01')
      WHERE line IN ('modelled', 'exchange', 'price', 'unbilled') GROUP BY 1, 2, 3 HAVING sum(amount) <> 0$$,
    $$SELECT issuer, invoice_id, currency, sum(billed_cost) FROM billed WHERE line = 'covered' GROUP BY 1, 2, 3$$,
    'with the differences in price, usage is what was billed for it');
SELECT set_eq(
    $$SELECT issuer, invoice_id, currency, sum(amount) FROM accelcost.invoice_bridge('2026-07-01')
      WHERE status <> 'accrual' GROUP BY 1, 2, 3$$,
    $$SELECT invoice_issuer_name, invoice_id, billing_currency, sum(billed_cost) FROM accelcost.invoice_detail
      GROUP BY 1, 2, 3$$, 'the lines of an invoice sum to its amount, to the last digit');
SELECT set_eq(
    $$SELECT issuer, currency, sum(amount) FROM accelcost.invoice_bridge('2026-07-01')
      WHERE status = 'accrual' GROUP BY 1, 2, invoice_id$$,
    $$SELECT issuer, currency, CASE currency WHEN 'tokens' THEN sum(billed_cost) ELSE round(sum(billed_cost), 2) END
      FROM billed WHERE invoice_id IS NULL OR invoice_id = 'I0' GROUP BY 1, 2, invoice_id$$,
    'the lines of an accrual sum to the charges, rounded');
CREATE TEMPORARY TABLE rules AS
SELECT r.rounding, b.issuer, b.invoice_id, sum(b.amount) AS amount
FROM (VALUES ('rounded by service', '{service_name}'::text[]), ('rounded by sku', '{sku_id}'),
             ('rounded by service and day', '{service_name,charge_period_start}'),
             ('rounded by service and sub account', '{service_name,sub_account_id}'),
             ('rounded by charge', NULL)) AS r (rounding, keys)
CROSS JOIN LATERAL accelcost.invoice_bridge('2026-07-01', rounding => r.rounding) AS b
WHERE b.status = 'accrual' AND b.currency <> 'tokens'
GROUP BY 1, 2, 3;
SELECT set_eq(
    'SELECT * FROM rules',
    $$SELECT 'rounded by charge', provider_name, invoice_id, sum(round(billed_cost, 2)) FROM accelcost.charge
      WHERE billing_currency <> 'tokens' AND coalesce(invoice_id, 'I0') = 'I0' GROUP BY 2, 3
      UNION ALL
      SELECT k.rounding, k.issuer, k.invoice_id, sum(k.cost)
      FROM (SELECT r.rounding, c.provider_name AS issuer, c.invoice_id, round(sum(c.billed_cost), 2) AS cost
            FROM accelcost.charge AS c
            CROSS JOIN LATERAL (VALUES ('rounded by service', c.service_name), ('rounded by sku', c.sku_id),
                                       ('rounded by service and sub account', c.service_name),
                                       ('rounded by service and day', c.service_name || c.charge_period_start))
                               AS r (rounding, part)
            WHERE c.billing_currency <> 'tokens' AND coalesce(c.invoice_id, 'I0') = 'I0'
            GROUP BY 1, 2, 3, r.part) AS k
      GROUP BY 1, 2, 3$$, 'each rule of rounding is that of a plain query');

CREATE TEMPORARY TABLE usual AS SELECT * FROM accelcost.invoice_bridge('2026-07-01');
SET LOCAL timezone = 'Asia/Kolkata';
SET LOCAL datestyle = 'SQL, DMY';
SET LOCAL standard_conforming_strings = off;
SET LOCAL array_nulls = off;
SET LOCAL enable_hashagg = off;
SET LOCAL enable_hashjoin = off;
SET LOCAL search_path = pg_temp, pg_catalog;
CREATE TEMPORARY TABLE unusual AS SELECT * FROM accelcost.invoice_bridge('2026-07-01');
SET LOCAL search_path = public;
SET LOCAL standard_conforming_strings = on;
SET LOCAL datestyle = 'ISO';
SET LOCAL enable_hashagg = on;
SET LOCAL enable_hashjoin = on;
SELECT set_eq('TABLE unusual', 'TABLE usual', 'the lines are the same under any setting of a session');

-- Billing periods of California: every hour is in one of them.
DELETE FROM accelcost.charge;
DELETE FROM accelcost.invoice_detail;
DELETE FROM accelcost.usage;
SELECT pg_temp.charged(VARIADIC array_agg(jsonb_build_object(
    'provider_name', 'West', 'invoice_issuer_name', 'West', 'invoice_id', m, 'sku_id', 'n8', 'billed_cost', 1,
    'billing_period_start', (m || '-01 00:00 America/Los_Angeles')::timestamptz,
    'billing_period_end', (m || '-01 00:00 America/Los_Angeles')::timestamptz + interval '1 month')))
FROM unnest('{2026-06,2026-07,2026-08}'::text[]) AS m;
INSERT INTO accelcost.usage (record_id, period_start, period_end, provider, payer, sku, instance_hours)
SELECT n, t.at, CASE WHEN n % 5 > 0 THEN t.at + random() * interval '40 days' END, 'West', 'acme', 'n8',
       round(random()::numeric * 100, 6)
FROM generate_series(1, 300) AS n
CROSS JOIN LATERAL (SELECT '2026-06-08Z'::timestamptz + (n % 40 + random()) * interval '1 day' AS at) AS t;
CREATE TEMPORARY TABLE modelled AS
SELECT b.invoice_id, b.amount
FROM unnest('{2026-06-01,2026-07-01,2026-08-01}'::date[]) AS m
CROSS JOIN LATERAL accelcost.invoice_bridge(m) AS b
WHERE b.line = 'modelled' AND b.issuer = 'West';
SELECT is(sum(amount), (SELECT sum(instance_hours) * 60 FROM accelcost.usage),
          'periods that adjoin add up to the whole')
FROM modelled;
SELECT is_empty(
    $$SELECT m.invoice_id, m.amount, sum(u.instance_hours * 60 * p.seconds)
      FROM modelled AS m
      CROSS JOIN LATERAL (SELECT (m.invoice_id || '-01 07:00Z')::timestamptz AS starts) AS f
      CROSS JOIN LATERAL (SELECT f.starts + interval '1 month' AS ends) AS t
      JOIN accelcost.usage AS u ON u.period_start < t.ends AND coalesce(u.period_end, u.period_start) >= f.starts
      CROSS JOIN LATERAL (
          SELECT CASE WHEN u.period_end IS NULL THEN 1
                      ELSE extract(epoch FROM least(u.period_end, t.ends) - greatest(u.period_start, f.starts))
                           / extract(epoch FROM u.period_end - u.period_start) END AS seconds) AS p
      WHERE u.period_end IS NOT NULL OR u.period_start >= f.starts
      GROUP BY m.invoice_id, m.amount
      HAVING abs(m.amount - sum(u.instance_hours * 60 * p.seconds)) > 1e-9$$,
    'and each has its share of time');

SELECT * FROM finish();
ROLLBACK;
