-- Look-ups and views of the catalog.

--= catalog.provider
SELECT * FROM provider WHERE NOT builtin;
--= catalog.names
SELECT n.name, provider_name(n.name) AS provider, accelerator_name(n.name) AS accelerator, model_name(n.name) AS
    model
FROM
    unnest('{AWS,aws,Amazon Web Services,amazon-web-services,ALPHA,alpha cloud inc,talk (EU),lost,nobody,zeta one,Z-1,h100 SXM,H100,talk/M3,m3,openai/gpt-5,GPT-5,nothing,"",gpt 5,Vast.ai,vast ai}'::text[])
    AS n (name);
--= catalog.offer
SELECT * FROM offer WHERE NOT builtin;
--= catalog.offer_price
SELECT * FROM offer_price WHERE NOT builtin;
--= catalog.meter_tariff
SELECT * FROM meter_tariff WHERE NOT builtin;
--= catalog.token_price
SELECT * FROM token_price WHERE NOT builtin;
--= catalog.throughput
SELECT * FROM throughput WHERE NOT builtin;
--= catalog.provider_pue
SELECT * FROM provider_pue WHERE NOT builtin;
--= catalog.fx_rate
SELECT * FROM fx_rate;
--= catalog.electricity_price
SELECT * FROM electricity_price WHERE NOT builtin;
--= catalog.grid_carbon
SELECT * FROM grid_carbon WHERE NOT builtin;
--= catalog.accelerator_figure
SELECT * FROM accelerator_figure WHERE NOT builtin;
--= catalog.price_current
SELECT * FROM price_current;
--= catalog.price_per_gpu_hour
SELECT * FROM price_per_gpu_hour;
--= catalog.price_conflict
SELECT * FROM price_conflict;
--= catalog.accelerator_current
SELECT * FROM accelerator_current;
--= catalog.accelerator_efficiency
SELECT * FROM accelerator_efficiency;
--= catalog.catalog_age
SELECT * FROM catalog_age;
--= catalog.catalog_problem
SELECT * FROM catalog_problem;
--= prices_at
SELECT a.at AT TIME ZONE 'UTC' AS at, p.* FROM
    unnest('{2026-06-30 23:59:59.999999Z,2026-07-31 00:00Z,2025-06-01 00:00Z,2019-01-01 00:00Z}'::timestamptz[])
    AS a (at), prices_at(a.at) AS p;
--= prices_at.now
SELECT * FROM prices_at() WHERE provider IN ('Alpha', 'AWS', 'Nord');

-- Offers, some of the builtin ones by seed; each asked for by region, time and account.
CREATE TABLE asked_offer AS
SELECT DISTINCT o.provider, o.sku, o.purchase_option, o.term_months, o.region,
                (hashtextextended(concat_ws('/', o.provider, o.sku, o.region, o.purchase_option), 1) &
                    2147483647)::integer AS n
FROM offer AS o
WHERE (NOT o.builtin AND (hashtextextended(concat_ws('/', seed(), o.provider, o.sku, o.region,
    o.purchase_option, o.term_months), 0) & 7) < 3)
   OR (o.builtin AND (hashtextextended(concat_ws('/', seed(), o.provider, o.sku, o.region, o.purchase_option),
       0) & 15) = 3) OR o.provider = 'Nord';
--= price_at
SELECT o.provider, o.sku, o.purchase_option, o.term_months, r.region, t.at AT TIME ZONE 'UTC' AS at, c.account,
    x.answer
FROM asked_offer AS o
CROSS JOIN LATERAL (SELECT DISTINCT region FROM unnest(ARRAY[NULL, o.region, 'north', 'nowhere']) AS region) AS
    r
CROSS JOIN LATERAL (VALUES ('2026-06-20 07:30Z'::timestamptz), (moment(o.n, 'asked', '2026-06-10 00:00Z', 80)))
    AS t (at)
CROSS JOIN (VALUES (NULL), ('acme')) AS c (account)
CROSS JOIN LATERAL attempt(format('SELECT * FROM price_at(%L, %L, %L, %L, %L, %L, %L)', o.provider, o.sku, t.at,
    r.region, o.purchase_option, o.term_months, c.account)) AS x (answer);
--= price_at.names
SELECT n.name, x.answer
FROM unnest('{AWS,amazon web services,"alpha CLOUD inc.",omega,"",NULL}'::text[]) AS n (name),
     LATERAL attempt(format('SELECT * FROM price_at(%L, %L, %L, %L)', n.name, CASE WHEN n.name ILIKE 'a%' AND
         n.name NOT ILIKE 'al%' THEN 'p5.48xlarge' ELSE 's1' END, '2026-07-04 00:00Z', 'us-east-1')) AS x
         (answer);
--= tariff_at
SELECT p.provider, m.meter, m.kind, m.service, r.from_region, d.to_region, t.at AT TIME ZONE 'UTC' AS at,
    c.account, x.answer
FROM (VALUES ('Alpha'), ('Beta'), ('Gamma'), ('AWS'), ('Google Cloud'), ('Nord')) AS p (provider)
CROSS JOIN (VALUES ('egress', 'internet', '*'), ('egress', 'internet', 'edge'), ('egress', 'inter_region', '*'),
    ('egress', 'cdn', 'edge'), ('storage', 'object', '*'), ('requests', 'get', '*')) AS m (meter, kind, service)
CROSS JOIN (VALUES (NULL), ('north'), ('us-east-1'), ('free')) AS r (from_region)
CROSS JOIN (VALUES (NULL), ('EU')) AS d (to_region)
CROSS JOIN (VALUES ('2026-06-20 07:30Z'::timestamptz), ('2026-07-25 00:00Z')) AS t (at)
CROSS JOIN (VALUES (NULL), ('acme')) AS c (account)
CROSS JOIN LATERAL attempt(format('SELECT * FROM tariff_at(%L, %L, %L, %L, %L, %L, %L, %L)', p.provider,
    m.meter, m.kind, t.at, r.from_region, d.to_region, m.service, c.account)) AS x (answer);
--= egress_cost 2
SELECT p.provider, q.quantity, u.unit, r.from_region, x.answer
FROM (VALUES ('Alpha'), ('Beta'), ('Gamma'), ('AWS'), ('Azure'), ('Nord'), ('Home')) AS p (provider)
CROSS JOIN (VALUES (0::numeric), (12.345), (57000), (-5), (1e15)) AS q (quantity)
CROSS JOIN (VALUES (NULL), ('GiB'), ('TB'), ('byte'), ('furlong')) AS u (unit)
CROSS JOIN (VALUES (NULL), ('us-east-1'), ('north'), ('closed')) AS r (from_region)
CROSS JOIN LATERAL attempt(format('SELECT egress_cost(%L, %L, %L, %L, %L) AS cost', p.provider, q.quantity,
    u.unit, '2026-07-12 00:00Z', r.from_region)) AS x (answer);
--= token_price_at 2
SELECT p.provider, m.model, t.at AT TIME ZONE 'UTC' AS at, c.account, x.answer
FROM (VALUES ('Talk'), ('Muse'), ('OpenAI'), ('Anthropic'), ('deepseek'), ('nobody')) AS p (provider)
CROSS JOIN (SELECT 'm' || k FROM generate_series(1, 14) AS k UNION ALL VALUES ('talk/M2'), ('night'), ('gpt-5'),
    ('openai/gpt-5'), ('claude-sonnet-4-5'), ('deepseek-chat'), ('none')) AS m (model)
CROSS JOIN (VALUES ('2026-06-20 07:30Z'::timestamptz), ('2026-07-25 23:59:59.9Z'), ('2024-12-01 12:00Z')) AS t
    (at)
CROSS JOIN (VALUES (NULL), ('acme')) AS c (account)
CROSS JOIN LATERAL attempt(format('SELECT * FROM token_price_at(%L, %L, %L, %L)', p.provider, m.model, t.at,
    c.account)) AS x (answer);
--= electricity_at
SELECT p.place, s.sector, t.at AT TIME ZONE 'UTC' AS at, x.answer
FROM (SELECT DISTINCT place FROM electricity_price WHERE NOT builtin OR place IN ('US-VA', 'FR', 'EU') UNION
    VALUES ('nowhere'), (NULL)) AS p (place)
CROSS JOIN (VALUES ('industrial'), ('commercial'), ('household'), ('business'), ('royal')) AS s (sector)
CROSS JOIN (VALUES ('2026-06-20 07:30Z'::timestamptz), ('2026-07-25 00:00Z'), ('2022-01-01 00:00Z')) AS t (at)
CROSS JOIN LATERAL attempt(format('SELECT * FROM electricity_at(%L, %L, %L)', p.place, s.sector, t.at)) AS x
    (answer);
--= fx_at
SELECT a.currency AS from_currency, b.currency AS to_currency, t.at AT TIME ZONE 'UTC' AS at, f.*
FROM unnest('{USD,EUR,JPY,GBP,CHF,tokens}'::text[]) AS a (currency)
CROSS JOIN unnest('{USD,EUR,JPY,GBP,CHF,tokens}'::text[]) AS b (currency)
CROSS JOIN (VALUES ('2026-06-20 07:30Z'::timestamptz), ('2026-07-25 00:00Z'), ('2025-07-25 00:00Z'), (NULL)) AS
    t (at)
CROSS JOIN LATERAL fx_at(a.currency, b.currency, t.at) AS f;
