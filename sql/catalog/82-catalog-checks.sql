-- The age of catalog rows, and rows that lookups cannot use.

CREATE VIEW accelcost.catalog_age
WITH (security_invoker = true)
AS
WITH catalog AS (
    SELECT 'accelerator_figure' AS table_name, source, origin, builtin, as_of FROM accelcost.accelerator_figure
    UNION ALL
    SELECT 'accelerator_price', source, origin, builtin, as_of FROM accelcost.accelerator_price
    UNION ALL
    SELECT 'offer_price', source, origin, builtin, as_of FROM accelcost.offer_price
    UNION ALL
    SELECT 'meter_tariff', source, origin, builtin, as_of FROM accelcost.meter_tariff
    UNION ALL
    SELECT 'token_price', source, origin, builtin, as_of FROM accelcost.token_price
    UNION ALL
    SELECT 'throughput', source, origin, builtin, as_of FROM accelcost.throughput
    UNION ALL
    SELECT 'electricity_price', source, origin, builtin, as_of FROM accelcost.electricity_price
    UNION ALL
    SELECT 'grid_carbon', source, origin, builtin, as_of FROM accelcost.grid_carbon
    UNION ALL
    SELECT 'provider_pue', source, origin, builtin, as_of FROM accelcost.provider_pue
    UNION ALL
    SELECT 'fx_rate', source, origin, builtin, as_of FROM accelcost.fx_rate
)
SELECT table_name, source, origin, builtin, count(*) AS rows, min(as_of) AS oldest, max(as_of) AS newest,
       accelcost_internal.age_days(max(as_of), now()) AS age_days
FROM catalog
GROUP BY table_name, source, origin, builtin;
COMMENT ON VIEW accelcost.catalog_age IS
    'number and age of the catalog rows from each source';
COMMENT ON COLUMN accelcost.catalog_age.table_name IS 'table in the schema accelcost';
COMMENT ON COLUMN accelcost.catalog_age.source IS 'where the figure was taken from';
COMMENT ON COLUMN accelcost.catalog_age.origin IS 'kind of source';
COMMENT ON COLUMN accelcost.catalog_age.builtin IS 'true if the row came with the extension';
COMMENT ON COLUMN accelcost.catalog_age.rows IS 'number of rows';
COMMENT ON COLUMN accelcost.catalog_age.oldest IS 'earliest as_of';
COMMENT ON COLUMN accelcost.catalog_age.newest IS 'latest as_of';
COMMENT ON COLUMN accelcost.catalog_age.age_days IS 'days since as_of';
GRANT SELECT ON accelcost.catalog_age TO PUBLIC;
GRANT SELECT ON accelcost.catalog_age TO @extowner@ WITH GRANT OPTION;

CREATE VIEW accelcost.catalog_problem
WITH (security_invoker = true)
AS
WITH with_provider AS (
    SELECT 'offer' AS table_name, provider FROM accelcost.offer
    UNION ALL
    SELECT 'offer_price', provider FROM accelcost.offer_price
    UNION ALL
    SELECT 'meter_tariff', provider FROM accelcost.meter_tariff
    UNION ALL
    SELECT 'discount', provider FROM accelcost.discount
    UNION ALL
    SELECT 'token_price', provider FROM accelcost.token_price
    UNION ALL
    SELECT 'grid_carbon', provider FROM accelcost.grid_carbon WHERE provider <> '*'
    UNION ALL
    SELECT 'provider_pue', provider FROM accelcost.provider_pue
    UNION ALL
    SELECT 'provider_alias', provider FROM accelcost.provider_alias
    UNION ALL
    SELECT 'charge_pattern', provider FROM accelcost.charge_pattern WHERE provider IS NOT NULL
    UNION ALL
    SELECT 'charge_token_pattern', provider FROM accelcost.charge_token_pattern WHERE provider IS NOT NULL
),
with_accelerator AS (
    SELECT 'offer' AS table_name, accelerator FROM accelcost.offer WHERE accelerator IS NOT NULL
    UNION ALL
    SELECT 'accelerator_figure', accelerator FROM accelcost.accelerator_figure
    UNION ALL
    SELECT 'accelerator_price', accelerator FROM accelcost.accelerator_price
    UNION ALL
    SELECT 'accelerator_alias', accelerator FROM accelcost.accelerator_alias
    UNION ALL
    SELECT 'throughput', accelerator FROM accelcost.throughput
    UNION ALL
    SELECT 'charge_pattern', accelerator FROM accelcost.charge_pattern WHERE accelerator IS NOT NULL
),
with_model AS (
    SELECT 'token_price' AS table_name, model FROM accelcost.token_price
    UNION ALL
    SELECT 'model_alias', model FROM accelcost.model_alias
    UNION ALL
    SELECT 'throughput', model FROM accelcost.throughput
    UNION ALL
    SELECT 'charge_token_pattern', model FROM accelcost.charge_token_pattern WHERE model IS NOT NULL
),
fault AS (
    SELECT n.table_name, n.provider AS name, 'provider is not in accelcost.provider' AS problem
    FROM with_provider AS n
    WHERE NOT EXISTS (SELECT FROM accelcost.provider AS p WHERE p.provider = n.provider)
    UNION ALL
    SELECT n.table_name, n.accelerator, 'accelerator is not in accelcost.accelerator'
    FROM with_accelerator AS n
    WHERE NOT EXISTS (SELECT FROM accelcost.accelerator AS a WHERE a.accelerator = n.accelerator)
    UNION ALL
    SELECT n.table_name, n.model, 'model is not in accelcost.model'
    FROM with_model AS n
    WHERE NOT EXISTS (SELECT FROM accelcost.model AS m WHERE m.model = n.model)
    UNION ALL
    SELECT 'offer_price', concat_ws(' ', p.provider, p.sku, p.region, p.purchase_option),
           'price has no offer, so it is unknown what it is for'
    FROM accelcost.offer_price AS p
    WHERE NOT EXISTS (SELECT FROM accelcost.offer AS o
                      WHERE o.provider = p.provider
                        AND o.sku = p.sku
                        AND o.region = p.region
                        AND o.purchase_option = p.purchase_option
                        AND o.term_months = p.term_months)
    UNION ALL
    SELECT 'offer', concat_ws(' ', o.provider, o.sku, o.region, o.purchase_option), 'offer has no price'
    FROM accelcost.offer AS o
    WHERE NOT EXISTS (SELECT FROM accelcost.offer_price AS p
                      WHERE p.provider = o.provider
                        AND p.sku = o.sku
                        AND p.region = o.region
                        AND p.purchase_option = o.purchase_option
                        AND p.term_months = o.term_months)
)
SELECT table_name, name, problem, count(*) AS rows
FROM fault
GROUP BY table_name, name, problem;
COMMENT ON VIEW accelcost.catalog_problem IS
    'catalog rows that lookups cannot use: unknown names, missing offer or price';
COMMENT ON COLUMN accelcost.catalog_problem.table_name IS 'table in the schema accelcost';
COMMENT ON COLUMN accelcost.catalog_problem.name IS 'name, or key of the row';
COMMENT ON COLUMN accelcost.catalog_problem.problem IS 'what is wrong';
COMMENT ON COLUMN accelcost.catalog_problem.rows IS 'number of rows';
GRANT SELECT ON accelcost.catalog_problem TO PUBLIC;
GRANT SELECT ON accelcost.catalog_problem TO @extowner@ WITH GRANT OPTION;
