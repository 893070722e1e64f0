-- invoice_bridge: from usage at the catalog to the amount of an invoice, line by line.
BEGIN;
SELECT plan(60);
SET LOCAL timezone = 'America/Los_Angeles';
\ir ../include/invoices.sql

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
          '{EUR invoiced unexplained ?,USD accrual unpriced 9000,USD accrual unexplained ?}',
          'an invoice in another currency than its charges is not compared with them');
SELECT is((SELECT array_agg(concat_ws(' ', currency, reason, within_tolerance) ORDER BY currency)
           FROM accelcost.invoice_bridge('2026-07-01') WHERE line = 'unexplained'),
          '{"EUR the charges of the invoice are in USD: convert its amount","USD the invoice is in EUR"}',
          'and both say so');
SELECT pg_temp.invoiced('{"billing_currency": "EUR", "billed_cost": 8280}', '{"billed_cost": 9000}');
SELECT is((SELECT array_agg(concat_ws(' ', currency, status, line, coalesce(amount::text, '?')) ORDER BY currency,
                            line_no)
           FROM accelcost.invoice_bridge('2026-07-01')),
          '{EUR invoiced unexplained 8280,USD invoiced unpriced 9000,USD invoiced unexplained 0}',
          'a part of an invoice in the currency of its charges is compared with them, and the other part with none');
SELECT pg_temp.invoiced('{"billing_currency": "EUR", "billed_cost": 8280, "charge_category": "Tax"}');
SELECT is(pg_temp.lines(), '{"unpriced 9000","tax 8280","unexplained unknown","unexplained unknown"}',
          'tax is not a comparison');
CREATE TEMPORARY VIEW in_usd AS
SELECT 'Nord' AS invoice_issuer_name, 'N-7' AS invoice_id, '2026-07-01' AS billing_period_start, 'USD' AS currency,
       8280 / 0.92 AS amount;
SELECT is((SELECT array_agg(concat_ws(' ', line, trim_scale(amount)) ORDER BY line_no)
           FROM accelcost.invoice_bridge('2026-07-01', 'in_usd')), '{unpriced 9000,unexplained 0}',
          'converted by a view, the invoice is compared');

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

SELECT * FROM finish();
ROLLBACK;
