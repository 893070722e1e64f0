-- The month of the golden reports: a catalog of its own, so that no built-in price changes them, and days of 2025, so
-- that no clock does.
INSERT INTO accelcost.provider (provider, kind)
VALUES ('Alpha', 'neocloud'), ('Beta', 'neocloud'), ('Talk', 'api'), ('Sends & Co', 'hyperscaler');
INSERT INTO accelcost.accelerator (accelerator, kind, vendor, family) VALUES ('Z1', 'gpu', 'Zeta', 'Z1');
INSERT INTO accelcost.accelerator_figure (accelerator, figure, value) VALUES ('Z1', 'watts', 700);
INSERT INTO accelcost.accelerator_price (accelerator, price_low, price_high, currency, valid)
VALUES ('Z1', 3000, 3000, 'USD', '[2025-01-01 00:00+00,)');
INSERT INTO accelcost.electricity_price (location, sector, price_per_kwh, currency, valid)
VALUES ('Cellar', 'industrial', 0.1, 'USD', '[2025-01-01 00:00+00,)');
INSERT INTO accelcost.offer (provider, sku, region, purchase_option, term_months, accelerator, gpu_count, price_basis)
VALUES ('Alpha', 'z8', '*', 'on_demand', 0, 'Z1', 8, 'per_instance'),
       ('Beta', 'z8', 'north', 'on_demand', 0, 'Z1', 8, 'per_instance');
INSERT INTO accelcost.offer_price (provider, sku, region, purchase_option, term_months, amount, currency, valid, as_of)
VALUES ('Alpha', 'z8', '*', 'on_demand', 0, 8, 'USD', '[2024-01-01 00:00+00,)', '2024-06-01'),
       ('Beta', 'z8', 'north', 'on_demand', 0, 6, 'EUR', '[2024-01-01 00:00+00,)', '2025-02-01');
INSERT INTO accelcost.fx_rate (from_currency, to_currency, rate, valid, as_of)
VALUES ('EUR', 'USD', 1.05, '[2025-01-01 00:00+00,)', '2025-03-01');
INSERT INTO accelcost.token_price (provider, model, cached_convention, input_price, output_price, valid)
VALUES ('Talk', 'big', 'excluded', 1, 4, '[2024-01-01 00:00+00,)'),
       ('Talk', '<b>small</b>', 'excluded', 0.25, 1, '[2024-01-01 00:00+00,)');
INSERT INTO accelcost.meter_tariff (provider, meter, kind, tariff, unit, unit_bytes, valid)
VALUES ('Sends & Co', 'egress', 'internet', 'graduated: 0 upto 100, 0.09 upto 1000, 0.085', 'GiB', 1073741824,
        '[2024-01-01 00:00+00,)'),
       ('Alpha', 'egress', 'internet', 'graduated: 0', 'GiB', 1073741824, '[2024-01-01 00:00+00,)'),
       ('Beta', 'egress', 'internet', 'graduated: 0.01', 'GiB', 1073741824, '[2024-01-01 00:00+00,)');

-- A machine that two teams share, tokens of two models, data sent, a correction, and a model without a price.
INSERT INTO accelcost.usage (source, record_id, period_start, provider, sku, pool, instance_hours, model, team,
                             uncached_input_tokens, output_tokens)
SELECT 'golden', concat_ws(' ', d.day, t.n), d.day, 'Alpha', 'z8', 'shared', t.hours,
       CASE WHEN t.team IS NOT NULL THEN 'own-model' END, t.team, t.tokens, t.tokens / 4
FROM (VALUES (1, 12, 'search', 40000000), (2, 8, 'sup"port', 24000000), (3, 4, NULL, 0))
         AS t (n, hours, team, tokens),
     generate_series('2025-01-01 00:00+00'::timestamptz, '2025-03-31 00:00+00', '1 day') AS d (day);
INSERT INTO accelcost.usage (source, record_id, period_start, provider, model, team, uncached_input_tokens,
                             output_tokens)
SELECT 'golden', concat_ws(' ', d.day, t.model), d.day, 'Talk', t.model, 'search', t.tokens * (40 + d.n), t.tokens * d.n
FROM (VALUES ('big', 1000000), ('<b>small</b>', 200000)) AS t (model, tokens),
     generate_series('2025-01-01 00:00+00'::timestamptz, '2025-03-31 00:00+00', '1 day') WITH ORDINALITY AS d (day, n)
WHERE t.model = 'big' OR d.day < '2025-02-01 00:00+00' OR d.day >= '2025-03-01 00:00+00';
INSERT INTO accelcost.usage (source, record_id, period_start, provider, model, team, output_tokens)
VALUES ('golden', 'correction', '2025-03-09 00:00+00', 'Talk', '<b>small</b>', 'returns', -40000000),
       ('golden', 'mystery', '2025-03-09 00:00+00', 'Talk', 'mystery', 'search', 1500000);
INSERT INTO accelcost.usage (source, record_id, period_start, provider, region, team, transfer_quantity, transfer_unit)
SELECT 'golden', concat_ws(' ', d.day, 'sent'), d.day, 'Sends & Co', 'here', 'search', 60, 'GiB'
FROM generate_series('2025-02-01 00:00+00'::timestamptz, '2025-03-31 00:00+00', '1 day') AS d (day);

INSERT INTO accelcost.budget (name, basis, amount, currency, first_month, team)
VALUES ('search & all', 'modelled', 9000, 'USD', '2025-01-01', 'search');
INSERT INTO accelcost.budget (name, basis, amount, currency, first_month, provider)
VALUES ('bill of Lambda', 'billed', 100, 'USD', '2025-03-01', 'Lambda');

-- Charges of two months, with a credit and another currency, and a row that was not read.
INSERT INTO accelcost.charge (provider_name, billing_account_id, billing_period_start, charge_period_start,
                              charge_period_end, charge_category, service_name, billing_currency, billed_cost,
                              export_name, row_number, batch)
SELECT c.provider, '7', c.month::timestamp AT TIME ZONE 'UTC', c.month::timestamp AT TIME ZONE 'UTC',
       (c.month + 1)::timestamp AT TIME ZONE 'UTC', c.category, c.service, c.currency, c.cost, 'bill', c.n, 1
FROM (VALUES (1, 'Lambda', '2025-02-01'::date, 'Usage', 'GPU <1>', 'USD', 80),
             (2, 'Lambda', '2025-03-01', 'Usage', 'GPU <1>', 'USD', 70),
             (3, 'Lambda', '2025-03-01', 'Credit', 'GPU <1>', 'USD', -20.5),
             (4, 'Lambda', '2025-03-01', 'Usage', 'Disk', 'EUR', 5),
             (5, 'Talk', '2025-03-01', 'Usage', NULL, 'USD', 31.239),
             (6, 'Talk', '2025-03-01', 'Credit', 'Refund', 'USD', -40))
         AS c (n, provider, month, category, service, currency, cost);
INSERT INTO accelcost.import_reject (export_name, batch, row_number, column_name, value, reason)
VALUES ('bill', 1, 7, 'BilledCost', 'abc', 'is not a number');
