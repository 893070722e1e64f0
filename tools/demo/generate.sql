-- Writes the demo's files: the usage of three months, by the hour (usage.csv),
-- what was billed for it by three providers, a FOCUS export (focus.csv), and
-- the bill of a fourth with two bad rows (lambda.csv). Arithmetic only, so that
-- they are always the same. Prices of bills are those of lists of 2026.

-- The hours of the months, and the share of a month's work that is done before
-- and at the end of each: a little more by day.
CREATE TEMPORARY TABLE hour AS
SELECT month, day, at, n, (sum(weight) OVER so_far - weight) / sum(weight) OVER (PARTITION BY month) AS share_before,
       sum(weight) OVER so_far / sum(weight) OVER (PARTITION BY month) AS share
FROM (SELECT date_trunc('month', at)::date AS month, at::date AS day, at, n,
             CASE WHEN date_part('hour', at) BETWEEN 8 AND 19 THEN 5.0 ELSE 4.0 END AS weight
      FROM generate_series('2026-05-01'::timestamp, '2026-07-31 23:00', '1 hour') WITH ORDINALITY AS h (at, n)) AS h
WINDOW so_far AS (PARTITION BY month ORDER BY at);

CREATE TEMPORARY TABLE product AS
SELECT *
FROM (VALUES ('chat',    'OpenAI',    'acme-ai',      NULL,          NULL,        NULL,    'gpt-5',         'support'),
             ('preview', 'OpenAI',    'acme-ai',      NULL,          NULL,        NULL,    'mystery-v2',    'search'),
             ('rag',     'CoreWeave', 'cw-acme',      'us-east-14a', 'H100 (8x)', 'llama', 'llama-3.3-70b', 'search'),
             ('summary', 'CoreWeave', 'cw-acme',      'us-east-14a', 'H100 (8x)', 'llama', 'llama-3.3-70b', 'support'),
             ('results', 'AWS',       '111122223333', 'us-east-1',   NULL,        NULL,    NULL,            'search'),
             ('answers', 'AWS',       '111122223333', 'us-east-1',   NULL,        NULL,    NULL,            'support'),
             ('exports', 'AWS',       '111122223333', 'us-east-1',   NULL,        NULL,    NULL,            'platform')
     ) AS product (product, provider, payer, region, sku, pool, model, team);

-- Hours of a machine, million tokens of input and output, GiB sent
CREATE TEMPORARY TABLE work AS
SELECT product, month::date, hours, input, output, gib
FROM (VALUES ('chat',    '2026-05-01', NULL,    6440,  245, NULL),
             ('chat',    '2026-06-01', NULL,    6900,  262, NULL),
             ('chat',    '2026-07-01', NULL,    7360,  280, NULL),
             ('preview', '2026-07-01', NULL,      25,    6, NULL),
             ('rag',     '2026-05-01', 342.24,  9136, 2284,  9600),
             ('rag',     '2026-06-01', 352.80,  9720, 2430, 10800),
             ('rag',     '2026-07-01', 386.88, 10767, 2692, 12000),
             ('summary', '2026-05-01', 223.20,  6088, 1522,  6100),
             ('summary', '2026-06-01', 223.20,  6152, 1538,  6500),
             ('summary', '2026-07-01', 245.52,  6833, 1708,  7600),
             ('results', '2026-05-01', NULL,       0,    0, 23500),
             ('results', '2026-06-01', NULL,       0,    0, 26000),
             ('results', '2026-07-01', NULL,       0,    0, 30000),
             ('answers', '2026-05-01', NULL,       0,    0, 17000),
             ('answers', '2026-06-01', NULL,       0,    0, 18500),
             ('answers', '2026-07-01', NULL,       0,    0, 20000),
             ('exports', '2026-05-01', NULL,       0,    0,  6300),
             ('exports', '2026-06-01', NULL,       0,    0,  6600),
             ('exports', '2026-07-01', NULL,       0,    0,  7000)
     ) AS work (product, month, hours, input, output, gib);

-- An hour has what it adds to the month, in whole units.
CREATE TEMPORARY TABLE usage AS
SELECT product, month, day, at, provider, payer, region, sku, pool, model, team,
       round((floor(hours * 100 * share) - floor(hours * 100 * share_before)) / 100, 2) AS instance_hours,
       floor(input * 1000000.0 * share) - floor(input * 1000000.0 * share_before) AS input_tokens,
       floor(output * 1000000.0 * share) - floor(output * 1000000.0 * share_before) AS output_tokens,
       floor(gib * share) - floor(gib * share_before) AS gib
FROM product JOIN work USING (product) JOIN hour USING (month);

-- The machine runs all month: what nobody uses of an hour is idle.
INSERT INTO usage (product, month, day, at, provider, payer, region, sku, pool, instance_hours)
SELECT 'idle', month, day, at, provider, payer, region, sku, pool, 1 - sum(instance_hours)
FROM usage WHERE pool IS NOT NULL GROUP BY month, day, at, provider, payer, region, sku, pool;

COPY (SELECT to_char(at, 'YYYY-MM-DD HH24:MI:SSZ') AS period_start, 'gateway' AS source,
             format('%s %s', product, to_char(at, 'YYYY-MM-DD HH24')) AS record_id, provider, payer, region, sku,
             pool, model, team,
             instance_hours, coalesce(input_tokens, 0) AS uncached_input_tokens,
             coalesce(output_tokens, 0) AS output_tokens,
             CASE WHEN pool IS NOT NULL THEN round(input_tokens / 15000, 3) END AS prefill_seconds,
             CASE WHEN pool IS NOT NULL THEN round(output_tokens / 4000, 3) END AS decode_seconds,
             CASE WHEN input_tokens > 0 THEN 9000 END AS max_request_input_tokens, gib AS transfer_quantity,
             'GiB' AS transfer_unit
      FROM usage ORDER BY at, product)
    TO STDOUT WITH (FORMAT csv, HEADER true) \g usage.csv

-- One row per line of the exports, as text; NULL is what the export leaves out.
CREATE TEMPORARY TABLE line AS
SELECT 'CoreWeave' AS provider, 'cw-acme' AS account, 'us-east-14a' AS region, 'CoreWeave GPU Instances' AS service,
       'h100-8x' AS sku,
       month AS billed, at AS first, at + interval '1 hour' AS last, 'Usage' AS category, NULL AS class,
       'Compute' AS kind,
       'h100-8x, per hour' AS description, 'Hours' AS unit, 1.0 AS quantity, 49.24 AS price, '49.24' AS cost,
       '{"pool": "llama"}' AS tags
FROM hour
UNION ALL
SELECT 'OpenAI', 'acme-ai', 'global', 'API', model || '-' || direction, month, day, day + 1, 'Usage', NULL,
       'AI and Machine Learning',
       format('%s, %s tokens', model, direction), '1M Tokens', tokens / 1e6, price,
       trim_scale(tokens / 1e6 * price)::text,
       format('{"model": "%s", "team": "%s"}', model, team)
FROM (SELECT month, day, model, team, sum(input_tokens) AS input, sum(output_tokens) AS output
      FROM usage WHERE model = 'gpt-5' GROUP BY month, day, model, team) AS day,
     LATERAL (VALUES ('input', input, 1.25), ('output', output, 10.00)) AS direction (direction, tokens, price)
UNION ALL -- a line for each tier that the account was in within the hour
SELECT 'AWS', payer, region, 'Amazon Elastic Compute Cloud', 'data-transfer-out', month, at, at + interval '1 hour',
       'Usage', NULL, 'Networking',
       format('$%s per GB data transfer out', price), 'GB', quantity, price, trim_scale(quantity * price)::text,
       format('{"team": "%s"}', team)
FROM (
    SELECT *, sum(gib) OVER (PARTITION BY month ORDER BY at, product) AS sent FROM usage WHERE provider = 'AWS'
) AS sent,
     (VALUES (0, 100, 0), (100, 10240, 0.090), (10240, 51200, 0.085), (51200, 153600, 0.070)
     ) AS tier (above, upto, price),
     LATERAL (SELECT least(sent, upto) - greatest(sent - gib, above) AS quantity) AS part
WHERE quantity > 0
UNION ALL
SELECT 'AWS', '111122223333', 'us-east-1', 'Amazon Simple Storage Service', 'requests', month, at,
       at + interval '1 day',
       'Usage', NULL, 'Storage', 'GET requests', 'Requests', n * 13, 0.0000004,
       btrim(to_char(n * 13 * 0.0000004, '9.999999EEEE')), NULL
FROM hour WHERE at = day
UNION ALL
SELECT provider, account, region, service, sku, month, at, at + interval '1 day', 'Usage', NULL, 'Storage', sku,
       'GB-Months', gb + n, price,
       trim_scale((gb + n) * price / 30)::text, NULL
FROM (SELECT * FROM hour WHERE at = day) AS day,
     (VALUES ('AWS', '111122223333', 'us-east-1', 'Amazon Simple Storage Service', 'standard storage', 21000, 0.023),
             ('CoreWeave', 'cw-acme', 'us-east-14a', 'CoreWeave Storage', 'distributed file storage', 12000, 0.07)
     ) AS storage (provider, account, region, service, sku, gb, price)
UNION ALL
SELECT 'AWS', '111122223333', NULL, category, NULL, month, month, month + interval '1 month', category, NULL, 'Other',
       description, NULL, NULL, NULL, cost, NULL
FROM (SELECT DISTINCT month FROM hour) AS month,
     (VALUES ('Tax', 'Sales tax', '192.01'), ('Credit', 'Startup credit', '-1000')
     ) AS other (category, description, cost)
UNION ALL -- a late one: charged for May, on the bill of June
SELECT 'CoreWeave', 'cw-acme', 'us-east-14a', 'CoreWeave GPU Instances', 'h100-8x', '2026-06-01', '2026-05-29',
       '2026-05-30',
       'Usage', 'Correction', 'Compute', 'h100-8x, per hour, corrected', 'Hours', 6, 49.24, '295.44',
       '{"pool": "llama"}'
UNION ALL -- training, on 4 reserved machines for some hours each day, of which one is not used
SELECT 'Lambda', 'lam-acme', 'us-south-1', 'Lambda On-Demand', 'gpu_1x_h100_sxm5', month, at, at + interval '1 day',
       'Usage', NULL, 'Compute',
       CASE instance WHEN 3 THEN 'gpu_1x_h100_sxm5, not used' ELSE 'gpu_1x_h100_sxm5, per hour' END, 'Hours',
       hours, 4.29, (hours * 4.29)::text,
       '{"team": "research", "workload": "training"}'
FROM hour, generate_series(1, 4) AS instance,
     LATERAL (SELECT 9 + (date_part('day', at)::integer * 7 + instance * 5) % 15 AS hours) AS demand
WHERE at = day AND month = '2026-07-01';

CREATE TEMPORARY VIEW export_name AS
SELECT provider AS "ProviderName", account AS "BillingAccountId", 'USD' AS "BillingCurrency",
       format('%sT00:00:00Z', billed) AS "BillingPeriodStart",
       format('%sT00:00:00Z', (billed + interval '1 month')::date) AS "BillingPeriodEnd",
       to_char(first, 'YYYY-MM-DD HH24:MI:SS') AS "ChargePeriodStart",
       to_char(last, 'YYYY-MM-DD HH24:MI:SS') AS "ChargePeriodEnd",
       category AS "ChargeCategory", coalesce(class, 'NULL') AS "ChargeClass", description AS "ChargeDescription",
       kind AS "ServiceCategory", service AS "ServiceName", coalesce(region, 'NULL') AS "RegionId",
       coalesce(sku, 'NULL') AS "SkuId",
       cost AS "BilledCost", cost AS "EffectiveCost",
       CASE WHEN provider = 'OpenAI' THEN 'NULL' ELSE cost END AS "ListCost",
       price AS "ListUnitPrice", quantity AS "PricingQuantity", unit AS "PricingUnit", tags AS "Tags",
       'acme' AS "x_Organisation"
FROM line;

COPY (
    SELECT *
    FROM export_name
    WHERE "ProviderName" <> 'Lambda'
    ORDER BY "BillingPeriodStart", "ProviderName", "ChargePeriodStart", "SkuId", "Tags", "ListUnitPrice")
    TO STDOUT WITH (FORMAT csv, HEADER true) \g focus.csv

COPY (
    SELECT CASE n WHEN 106 THEN '7/27/2026' ELSE "ChargePeriodStart" END AS "ChargePeriodStart", "ChargePeriodEnd",
           "BillingPeriodStart",
           CASE n WHEN 77 THEN 'abc' ELSE "BilledCost" END AS "BilledCost", "EffectiveCost", "BillingCurrency",
           "ProviderName", "BillingAccountId", "ServiceCategory", "ServiceName", "ChargeCategory",
           'h100-reserved' AS "CommitmentDiscountId", 'Usage' AS "CommitmentDiscountCategory",
           'Reservation' AS "CommitmentDiscountType",
           CASE WHEN "ChargeDescription" LIKE '%not used' THEN 'Unused' ELSE 'Used' END AS "CommitmentDiscountStatus",
           "Tags"
      FROM (
          SELECT *, row_number() OVER (ORDER BY "ChargePeriodEnd", "BilledCost" COLLATE "C") AS n
          FROM export_name
          WHERE "ProviderName" = 'Lambda') AS bill
      ORDER BY n)
    TO STDOUT WITH (FORMAT csv, HEADER true) \g lambda.csv
