-- Writes the demo's files: a FOCUS export of three months and four providers
-- (focus.csv), one of a fifth provider with two bad rows (lambda.csv), and a
-- log of inference (usage.csv). Arithmetic only, so that they are always the
-- same. Prices are made up, near those that were asked for in 2026.

CREATE TEMPORARY TABLE day AS
SELECT day::date, date_trunc('month', day)::date AS month, n::integer AS n
FROM generate_series('2026-04-01'::timestamp, '2026-06-30', '1 day') WITH ORDINALITY AS d (day, n);

-- GPU nodes: price per hour, and million tokens per hour when busy
CREATE TEMPORARY TABLE node AS
SELECT node.*, instance
FROM (VALUES
    ('AWS',       '111122223333', 'us-east-1',    'Amazon Elastic Compute Cloud', 'p5.48xlarge', 'llama-3-70b',  'search',     55.04, 62, 2),
    ('CoreWeave', 'cw-acme',      'us-east-14a',  'CoreWeave GPU Instances',      'h100-8x',     'llama-3-70b',  'assistant',  49.24, 66, 2),
    ('CoreWeave', 'cw-acme',      'us-east-14a',  'CoreWeave GPU Instances',      'b200-8x',     'deepseek-r1',  'research',   68.80, 51, 1),
    ('Fluence',   'flt-0x7c',     'eu-central',   'Fluence GPU Cloud',            'h200-1x',     'qwen-2.5-32b', 'search',      2.56,  7, 6),
    ('Lambda',    'lam-acme',     'us-south-1',   'Lambda On-Demand',             'gpu_8x_h100', 'mixtral-8x7b', 'assistant',  23.92, 48, 2)
) AS node (provider, account, region, service, sku, model, team, price, tokens, instances),
     generate_series(1, instances) AS instance;

-- Hours follow the demand of the weekday, tokens the hours.
CREATE TEMPORARY TABLE work AS
SELECT node.*, day, month, n, hours,
       (hours * tokens * (900 + (n * 37 + instance * 11) % 101))::bigint * 1000 AS busy_tokens
FROM day, node,
     LATERAL (SELECT 12 + (n * 7 + instance * 5) % 9 + CASE WHEN date_part('isodow', day) < 6 THEN 3 ELSE 0 END AS hours) AS demand;

-- Tokens bought by the million
CREATE TEMPORARY TABLE api AS
SELECT model.*, day, month, n, team, kind,
       (CASE kind WHEN 'input' THEN 9 ELSE 2 END * share * (8000 + (n * 53 + length(team) * 17) % 2000 + n * 20))::bigint * 1000 AS tokens,
       CASE kind WHEN 'input' THEN input_price ELSE output_price END AS price
FROM day,
     (VALUES ('parrot-large', 3.00, 15.00, 2), ('parrot-mini', 0.15, 0.60, 11)) AS model (model, input_price, output_price, share),
     unnest('{search,assistant}'::text[]) AS team, unnest('{input,output}'::text[]) AS kind;

-- One row per line of the exports, as text; NULL is what the export leaves out.
CREATE TEMPORARY TABLE line AS
SELECT provider, account, region, service, sku, month AS billed, day AS first, day + 1 AS last,
       'Usage' AS category, NULL AS class, 'Compute' AS kind, format('%s, per hour', sku) AS description, 'Hours' AS unit,
       hours::numeric AS quantity, price, (hours * price)::text AS cost, format('{"model": "%s", "team": "%s"}', model, team) AS tags
FROM work
UNION ALL
SELECT 'TokenWorks', 'tw-42', 'global', 'TokenWorks API', model || '-' || kind, month, day, day + 1,
       'Usage', NULL, 'AI and Machine Learning', format('%s, %s tokens', model, kind), '1M Tokens',
       tokens / 1e6, price, trim_scale(tokens / 1e6 * price)::text, format('{"model": "%s", "team": "%s"}', model, team)
FROM api
UNION ALL
SELECT 'AWS', '111122223333', 'us-east-1', 'Amazon Elastic Compute Cloud', 'data-transfer-out', month, day, day + 1,
       'Usage', NULL, 'Networking', '$0.09 per GB data transfer out', 'GB', gb, 0.09, (gb * 0.09)::text, NULL
FROM day, LATERAL (SELECT 180 + n * 31 % 90 + n AS gb) AS transfer
UNION ALL
SELECT 'AWS', '111122223333', 'us-east-1', 'Amazon Simple Storage Service', 'requests', month, day, day + 1,
       'Usage', NULL, 'Storage', 'GET requests', 'Requests', n * 13, 0.0000004, btrim(to_char(n * 13 * 0.0000004, '9.999999EEEE')), NULL
FROM day
UNION ALL
SELECT provider, account, region, service, sku, month, day, day + 1, 'Usage', NULL, 'Storage', sku, 'GB-Months', gb + n * 40, price,
       trim_scale((gb + n * 40) * price / 30)::text, NULL
FROM day,
     (VALUES ('AWS', '111122223333', 'us-east-1', 'Amazon Simple Storage Service', 'standard storage', 21000, 0.023),
             ('CoreWeave', 'cw-acme', 'us-east-14a', 'CoreWeave Storage', 'distributed file storage', 12000, 0.07)
     ) AS storage (provider, account, region, service, sku, gb, price)
UNION ALL
SELECT provider, account, NULL, 'Tax', NULL, month, month, (month + interval '1 month')::date, 'Tax', NULL, 'Other', 'Sales tax', NULL,
       NULL, NULL, round(sum(hours * price) * 0.04, 2)::text, NULL
FROM work WHERE provider IN ('AWS', 'CoreWeave') GROUP BY provider, account, month
UNION ALL
SELECT 'AWS', '111122223333', NULL, 'Amazon Elastic Compute Cloud', NULL, month, month, (month + interval '1 month')::date,
       'Credit', NULL, 'Compute', 'Startup credit', NULL, NULL, NULL, '-2500', NULL
FROM day GROUP BY month
UNION ALL -- a late one: charged for April, on the bill of May
SELECT 'AWS', '111122223333', 'us-east-1', 'Amazon Elastic Compute Cloud', 'p5.48xlarge', '2026-05-01', '2026-04-29', '2026-04-30',
       'Usage', 'Correction', 'Compute', 'p5.48xlarge, per hour, corrected', 'Hours', 6, 55.04, '330.24', '{"model": "llama-3-70b", "team": "search"}';

CREATE TEMPORARY VIEW export AS
SELECT provider AS "ProviderName", account AS "BillingAccountId", 'USD' AS "BillingCurrency",
       format('%sT00:00:00Z', billed) AS "BillingPeriodStart", format('%sT00:00:00Z', (billed + interval '1 month')::date) AS "BillingPeriodEnd",
       format('%s 00:00:00', first) AS "ChargePeriodStart", format('%s 00:00:00', last) AS "ChargePeriodEnd",
       category AS "ChargeCategory", coalesce(class, 'NULL') AS "ChargeClass", description AS "ChargeDescription",
       kind AS "ServiceCategory", service AS "ServiceName", coalesce(region, 'NULL') AS "RegionId", coalesce(sku, 'NULL') AS "SkuId",
       cost AS "BilledCost", cost AS "EffectiveCost", CASE WHEN provider = 'TokenWorks' THEN 'NULL' ELSE cost END AS "ListCost",
       price AS "ListUnitPrice", quantity AS "PricingQuantity", unit AS "PricingUnit", tags AS "Tags", 'acme' AS "x_Organisation"
FROM line;

COPY (SELECT * FROM export WHERE "ProviderName" <> 'Lambda' ORDER BY "BillingPeriodStart", "ProviderName", "ChargePeriodStart", "SkuId", "Tags")
    TO STDOUT WITH (FORMAT csv, HEADER true) \g focus.csv

-- Of Lambda there is the bill of June, in which two cells went wrong.
UPDATE line SET cost = '1,004.64' WHERE ctid = (SELECT ctid FROM line WHERE provider = 'Lambda' AND first = '2026-06-05' ORDER BY cost LIMIT 1);
COPY (SELECT CASE WHEN "ChargePeriodStart" LIKE '2026-06-09%' AND row_number() OVER (PARTITION BY "ChargePeriodStart" ORDER BY "BilledCost") = 1
                  THEN '6/9/2026' ELSE "ChargePeriodStart" END AS "ChargePeriodStart",
             "ChargePeriodEnd", "BillingPeriodStart", "BilledCost", "BillingCurrency", "ProviderName", "BillingAccountId",
             "ServiceCategory", "ServiceName", "ChargeCategory", "Tags"
      FROM export WHERE "ProviderName" = 'Lambda' AND "BillingPeriodStart" >= '2026-06'
      ORDER BY "ChargePeriodEnd", "BilledCost")
    TO STDOUT WITH (FORMAT csv, HEADER true) \g lambda.csv

COPY (SELECT day, provider, model, team, sum(busy_tokens * 4 / 5)::bigint AS input_tokens, sum(busy_tokens / 5)::bigint AS output_tokens, sum(hours) AS gpu_hours
      FROM work GROUP BY 1, 2, 3, 4
      UNION ALL
      SELECT day, 'TokenWorks', model, team, sum(tokens) FILTER (WHERE kind = 'input')::bigint, sum(tokens) FILTER (WHERE kind = 'output')::bigint, NULL
      FROM api GROUP BY 1, 2, 3, 4
      ORDER BY 1, 2, 3, 4)
    TO STDOUT WITH (FORMAT csv, HEADER true) \g usage.csv
