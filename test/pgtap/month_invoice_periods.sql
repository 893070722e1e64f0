-- invoice_bridge where billing periods are no months, for roles, and over generated months.
BEGIN;
SELECT plan(33);
SET LOCAL timezone = 'America/Los_Angeles';
\ir ../include/invoices.sql

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
CREATE TEMPORARY TABLE totals AS SELECT 'N-7' AS invoice_id, 'USD' AS currency, 0.01 AS amount;
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
