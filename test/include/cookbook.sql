-- June and July 2026 of a small company: what docs/cookbook.md queries. Two teams use an API, and share a machine of
-- their own that is idle for 3.5 hours a day; three teams send data. Everything is logged by the day. The bills are for
-- this machine, and for another one with a savings plan.
BEGIN;
SET LOCAL client_min_messages = warning;
CREATE TEMPORARY TABLE day ON COMMIT DROP AS
SELECT at, at + interval '1 day' AS next_day, extract(day FROM at AT TIME ZONE 'UTC')::integer AS n
FROM generate_series('2026-06-01 00:00Z'::timestamptz, '2026-07-31 00:00Z', '24 hours') AS at;

INSERT INTO accelcost.usage (source, record_id, period_start, provider, payer, model, team, feature, customer, user_id,
                             requests, uncached_input_tokens, output_tokens, max_request_input_tokens)
SELECT 'gateway', concat_ws(' ', feature, n), at, 'OpenAI', 'acme-ai', model, team, feature, customer,
       format('%s %s', feature, n % 9), requests, input, output, 9000
FROM day
CROSS JOIN (VALUES ('gpt-5', 'support', 'chat', 'globex', 40000, 230000000, 9000000),
                   ('gpt-5', 'search', 'answers', 'initech', 9000, 40000000, 2500000),
                   ('mystery-v2', 'search', 'preview', 'initech', 500, 800000, 200000))
    AS use (model, team, feature, customer, requests, input, output)
WHERE model <> 'mystery-v2' OR at >= '2026-07-25 00:00Z';

INSERT INTO accelcost.usage (source, record_id, period_start, period_end, provider, payer, region, sku, pool, model,
                             team, instance_hours, requests, uncached_input_tokens, cache_read_tokens, output_tokens,
                             prefill_seconds, decode_seconds)
SELECT 'cluster', concat_ws(' ', team, n), at, next_day, 'CoreWeave', 'cw-acme', 'us-east-14a', 'H100 (8x)', 'llama',
       model, team, hours, requests, input, cached, output, prefill, decode
FROM day
CROSS JOIN (VALUES ('llama-3.3-70b', 'search', 12.5, 60000, 350000000, 40000000, 90000000, 24000, 22000),
                   ('llama-3.3-70b', 'support', 8, 30000, 220000000, 0, 55000000, 15000, 14000),
                   (NULL, NULL, 3.5, NULL, 0, 0, 0, NULL, NULL))
    AS use (model, team, hours, requests, input, cached, output, prefill, decode);

INSERT INTO accelcost.usage (source, record_id, period_start, provider, payer, region, team, transfer_quantity,
                             transfer_unit)
SELECT 'network', concat_ws(' ', team, n), at, 'AWS', '111122223333', 'us-east-1', team, gib, 'GiB'
FROM day CROSS JOIN (VALUES ('search', 1000), ('support', 600), ('platform', 240)) AS use (team, gib);

-- The bill for the machine: two days of July above the price of the catalog.
INSERT INTO accelcost.charge (
    provider_name, billing_account_id, billing_period_start, billing_period_end, charge_period_start,
    charge_period_end, charge_category, charge_description, service_category, service_name, sku_id, region_id,
    billing_currency, billed_cost, effective_cost, list_unit_price, pricing_quantity, pricing_unit)
SELECT 'CoreWeave', 'cw-acme', date_trunc('month', at, 'UTC'), date_trunc('month', at, 'UTC') + interval '1 month', at,
       next_day, 'Usage', 'h100-8x, per hour', 'Compute', 'CoreWeave GPU Instances', 'h100-8x', 'us-east-14a', 'USD',
       24 * price, 24 * price, price, 24, 'Hours'
FROM day CROSS JOIN LATERAL (SELECT CASE WHEN at >= '2026-07-30 00:00Z' THEN 52.00 ELSE 49.24 END AS price) AS p;

-- A savings plan of 3.60 an hour for a machine that runs 20 hours a day: four hours of it are unused.
INSERT INTO accelcost.charge (
    provider_name, billing_account_id, billing_period_start, billing_period_end, charge_period_start,
    charge_period_end, charge_category, service_category, service_name, sku_id, region_id, commitment_discount_id,
    commitment_discount_type, commitment_discount_category, commitment_discount_status, tags, billing_currency,
    billed_cost, effective_cost, list_cost, contracted_cost, pricing_quantity, pricing_unit)
SELECT 'AWS', '111122223333', date_trunc('month', at, 'UTC'), date_trunc('month', at, 'UTC') + interval '1 month', at,
       next_day, charge.category, 'Compute', 'Amazon EC2', sku, 'us-east-1', 'sp-1', 'Savings Plan', 'Spend', status,
       '{"team": "search"}', 'USD', billed, effective, list, list, hours, 'Hours'
FROM day CROSS JOIN (VALUES ('Purchase', 'savings-plan', NULL, 86.40, 0, NULL, NULL),
                            ('Usage', 'm7i.24xlarge', 'Used', 0, 72.00, 96.768, 20),
                            ('Usage', 'savings-plan', 'Unused', 0, 14.40, NULL, NULL))
    AS charge (category, sku, status, billed, effective, list, hours);

INSERT INTO accelcost.budget (name, team, basis, amount, first_month)
VALUES ('all', NULL, 'modelled', 60000, '2026-07-01'), ('search', 'search', 'modelled', 24000, '2026-07-01'),
       ('support', 'support', 'modelled', 26000, '2026-07-01');
INSERT INTO accelcost.fx_rate (from_currency, to_currency, rate, valid, source, as_of)
VALUES ('USD', 'EUR', 0.90, '[2026-06-01 00:00Z, 2026-07-01 00:00Z)', 'treasury', '2026-06-30'),
       ('USD', 'EUR', 0.92, '[2026-07-01 00:00Z, 2026-08-01 00:00Z)', 'treasury', '2026-07-31');
CREATE TABLE new_price (provider text, model text, input_price numeric, output_price numeric);
INSERT INTO new_price VALUES ('OpenAI', 'gpt-5', 1.00, 12.00);
CREATE TABLE monthly_report (month date PRIMARY KEY, page text NOT NULL);
CREATE TABLE gpu_power AS
SELECT at, format('GPU-%s', gpu) AS device, CASE WHEN gpu < 6 THEN 650.0 ELSE 120.0 END AS watts
FROM generate_series('2026-07-01 00:00Z'::timestamptz, '2026-07-02 00:00Z', '10 minutes') AS at
CROSS JOIN generate_series(0, 7) AS gpu;
COMMIT;
ANALYZE accelcost.usage;
