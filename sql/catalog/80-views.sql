-- Views of the catalog: current prices, sources that disagree, the age of rows, and problems.

CREATE VIEW accelcost.price_current
WITH (security_invoker = true)
AS
SELECT provider, sku, region, purchase_option, term_months, account, accelerator, gpu_count, price_basis,
       amount::numeric(38,10) AS amount,
       price_low::numeric(38,10) AS price_low,
       price_high::numeric(38,10) AS price_high,
       currency, source, origin, as_of, age_days, disagreeing, note
FROM accelcost.prices_at();
COMMENT ON VIEW accelcost.price_current IS
    'hourly price of each offer and account now; for another time call prices_at';
COMMENT ON COLUMN accelcost.price_current.provider IS 'name in accelcost.provider';
COMMENT ON COLUMN accelcost.price_current.sku IS 'name that the provider gives it';
COMMENT ON COLUMN accelcost.price_current.region IS 'region as the provider names it; * if the source names none';
COMMENT ON COLUMN accelcost.price_current.purchase_option IS 'on_demand, spot, reserved, committed or capacity_block';
COMMENT ON COLUMN accelcost.price_current.term_months IS 'months of commitment; 0 for none';
COMMENT ON COLUMN accelcost.price_current.account IS 'account that negotiated the price; NULL if the price is public';
COMMENT ON COLUMN accelcost.price_current.accelerator IS 'name in accelcost.accelerator';
COMMENT ON COLUMN accelcost.price_current.gpu_count IS 'accelerators in an instance or slice';
COMMENT ON COLUMN accelcost.price_current.price_basis IS 'what the price of the source is for';
COMMENT ON COLUMN accelcost.price_current.amount IS
    'hourly price for price_basis, in currency; NULL if the source gives a range';
COMMENT ON COLUMN accelcost.price_current.price_low IS 'lowest price, in currency';
COMMENT ON COLUMN accelcost.price_current.price_high IS 'highest price, in currency';
COMMENT ON COLUMN accelcost.price_current.currency IS 'currency of the prices';
COMMENT ON COLUMN accelcost.price_current.source IS 'where the figure was taken from';
COMMENT ON COLUMN accelcost.price_current.origin IS 'kind of source';
COMMENT ON COLUMN accelcost.price_current.as_of IS 'date of the source';
COMMENT ON COLUMN accelcost.price_current.age_days IS 'days since as_of';
COMMENT ON COLUMN accelcost.price_current.disagreeing IS 'number of rows from other sources with another price';
COMMENT ON COLUMN accelcost.price_current.note IS 'what to know before you use the row';
GRANT SELECT ON accelcost.price_current TO PUBLIC;
GRANT SELECT ON accelcost.price_current TO @extowner@ WITH GRANT OPTION;

CREATE VIEW accelcost.price_per_gpu_hour
WITH (security_invoker = true)
AS
SELECT p.provider, p.sku, p.region, p.purchase_option, p.term_months, p.account, p.accelerator,
       (SELECT a.family
        FROM accelcost.accelerator AS a
        WHERE a.accelerator = p.accelerator
        ORDER BY a.builtin
        LIMIT 1) AS family,
       p.gpu_count, p.price_basis,
       accelcost_internal.price_per_gpu(p.price_low, p.price_basis, p.gpu_count)::numeric(38,10) AS price_low,
       accelcost_internal.price_per_gpu(p.price_high, p.price_basis, p.gpu_count)::numeric(38,10) AS price_high,
       p.currency,
       problem.reason IS NULL AS is_comparable,
       problem.reason,
       p.source, p.origin, p.as_of, p.age_days, p.disagreeing, p.note
FROM accelcost.prices_at() AS p
CROSS JOIN LATERAL (
    SELECT CASE WHEN p.price_basis = 'unknown' THEN 'the source does not say what the price is for'
                WHEN p.price_basis = 'host_only' THEN 'the price of the host without its accelerators'
                WHEN p.price_high IS NULL THEN 'the range has no upper end'
                WHEN p.price_high > p.price_low * 4.0 THEN 'the range spans more than a factor of 4'
           END AS reason) AS problem;
COMMENT ON VIEW accelcost.price_per_gpu_hour IS
    'prices per accelerator and hour now, and why a price cannot be compared';
COMMENT ON COLUMN accelcost.price_per_gpu_hour.provider IS 'name in accelcost.provider';
COMMENT ON COLUMN accelcost.price_per_gpu_hour.sku IS 'name that the provider gives it';
COMMENT ON COLUMN accelcost.price_per_gpu_hour.region IS 'region as the provider names it; * if the source names none';
COMMENT ON COLUMN accelcost.price_per_gpu_hour.purchase_option IS
    'on_demand, spot, reserved, committed or capacity_block';
COMMENT ON COLUMN accelcost.price_per_gpu_hour.term_months IS 'months of commitment; 0 for none';
COMMENT ON COLUMN accelcost.price_per_gpu_hour.account IS
    'account that negotiated the price; NULL if the price is public';
COMMENT ON COLUMN accelcost.price_per_gpu_hour.accelerator IS 'name in accelcost.accelerator';
COMMENT ON COLUMN accelcost.price_per_gpu_hour.family IS 'name that all forms and memory sizes of a chip share';
COMMENT ON COLUMN accelcost.price_per_gpu_hour.gpu_count IS 'accelerators in an instance or slice';
COMMENT ON COLUMN accelcost.price_per_gpu_hour.price_basis IS 'what the price of the source is for';
COMMENT ON COLUMN accelcost.price_per_gpu_hour.price_low IS 'lowest price, in currency';
COMMENT ON COLUMN accelcost.price_per_gpu_hour.price_high IS 'highest price, in currency';
COMMENT ON COLUMN accelcost.price_per_gpu_hour.currency IS 'currency of the prices';
COMMENT ON COLUMN accelcost.price_per_gpu_hour.is_comparable IS 'true if the price can be ranked';
COMMENT ON COLUMN accelcost.price_per_gpu_hour.reason IS 'why the price cannot be ranked';
COMMENT ON COLUMN accelcost.price_per_gpu_hour.source IS 'where the figure was taken from';
COMMENT ON COLUMN accelcost.price_per_gpu_hour.origin IS 'kind of source';
COMMENT ON COLUMN accelcost.price_per_gpu_hour.as_of IS 'date of the source';
COMMENT ON COLUMN accelcost.price_per_gpu_hour.age_days IS 'days since as_of';
COMMENT ON COLUMN accelcost.price_per_gpu_hour.disagreeing IS 'number of rows from other sources with another price';
COMMENT ON COLUMN accelcost.price_per_gpu_hour.note IS 'what to know before you use the row';
GRANT SELECT ON accelcost.price_per_gpu_hour TO PUBLIC;
GRANT SELECT ON accelcost.price_per_gpu_hour TO @extowner@ WITH GRANT OPTION;

CREATE VIEW accelcost.price_conflict
WITH (security_invoker = true)
AS
WITH offered AS (
    SELECT price.provider, offer.accelerator, price.region, price.purchase_option, price.term_months, price.sku,
           price.currency, price.source, price.origin, price.as_of,
           accelcost_internal.price_per_gpu(price.amount, offer.price_basis, offer.gpu_count) AS amount
    FROM accelcost.offer_price AS price
    CROSS JOIN LATERAL accelcost_internal.offer_of_price(price) AS offer
    WHERE price.valid @> now()
      AND price.account IS NULL
),
pair AS (
    SELECT 'offer' AS what, one.provider,
           concat_ws(' ', one.accelerator, one.purchase_option) AS item,
           one.sku AS detail, other.sku AS other_detail, one.currency,
           one.amount AS price, other.amount AS other_price,
           one.source, one.origin, one.as_of,
           other.source AS other_source, other.origin AS other_origin, other.as_of AS other_as_of
    FROM offered AS one
    JOIN offered AS other
        ON other.provider = one.provider
           AND other.accelerator = one.accelerator
           AND other.purchase_option = one.purchase_option
           AND other.term_months = one.term_months
           AND other.currency = one.currency
           AND other.source <> one.source
           AND (other.region = one.region OR '*' IN (one.region, other.region))
           AND one.amount <> other.amount
    UNION ALL
    SELECT 'tariff', one.provider,
           concat_ws(' ', one.meter, one.kind, nullif(one.service, '*'),
                     nullif(one.from_region, '*'), nullif(one.to_region, '*')),
           one.tariff::text, other.tariff::text, one.currency,
           @extschema@.tariff_marginal(one.tariff, one.free_quantity),
           @extschema@.tariff_marginal(other.tariff, other.free_quantity),
           one.source, one.origin, one.as_of,
           other.source, other.origin, other.as_of
    FROM accelcost.meter_tariff AS one
    JOIN accelcost.meter_tariff AS other
        ON other.provider = one.provider
           AND other.meter = one.meter
           AND other.kind = one.kind
           AND other.service = one.service
           AND other.from_region = one.from_region
           AND other.to_region = one.to_region
           AND other.source <> one.source
    WHERE one.valid @> now()
      AND other.valid @> now()
      AND one.account IS NULL
      AND other.account IS NULL
      AND one.currency = other.currency
      AND (one.tariff OPERATOR(@extschema@.<>) other.tariff
           OR one.free_quantity <> other.free_quantity
           OR one.unit_bytes <> other.unit_bytes)
    UNION ALL
    SELECT 'tokens', one.provider, concat_ws(' ', one.model, kind.name),
           NULL, NULL, one.currency, kind.price, kind.other_price,
           one.source, one.origin, one.as_of,
           other.source, other.origin, other.as_of
    FROM accelcost.token_price AS one
    JOIN accelcost.token_price AS other
        ON other.provider = one.provider
           AND other.model = one.model
           AND other.source <> one.source
           AND other.currency = one.currency
           AND accelcost_internal.day_window(one.utc_from, one.utc_to)
               && accelcost_internal.day_window(other.utc_from, other.utc_to)
    CROSS JOIN LATERAL (
        VALUES ('input', one.input_price, other.input_price),
               ('output', one.output_price, other.output_price),
               ('cache read', one.cache_read_price, other.cache_read_price),
               ('cache write 5m', one.cache_write_5m_price, other.cache_write_5m_price),
               ('cache write 1h', one.cache_write_1h_price, other.cache_write_1h_price)
    ) AS kind (name, price, other_price)
    WHERE one.valid @> now()
      AND other.valid @> now()
      AND one.account IS NULL
      AND other.account IS NULL
      AND kind.price <> kind.other_price
)
SELECT what, provider, item, currency,
       detail, price::numeric(38,10) AS price, source, origin, as_of,
       other_detail, other_price::numeric(38,10) AS other_price, other_source, other_origin, other_as_of
FROM pair
-- Each pair once, the preferred source first.
WHERE ROW(coalesce(accelcost_internal.origin_rank(origin), 9),
          '9999-12-31'::date - as_of,
          source COLLATE "C")
    < ROW(coalesce(accelcost_internal.origin_rank(other_origin), 9),
          '9999-12-31'::date - other_as_of,
          other_source COLLATE "C");
COMMENT ON VIEW accelcost.price_conflict IS
    'pairs of sources that disagree now about a price or tariff; the preferred source first';
COMMENT ON COLUMN accelcost.price_conflict.what IS 'offer, tariff or tokens';
COMMENT ON COLUMN accelcost.price_conflict.provider IS 'name in accelcost.provider';
COMMENT ON COLUMN accelcost.price_conflict.item IS 'what the sources disagree about';
COMMENT ON COLUMN accelcost.price_conflict.currency IS 'currency of the prices';
COMMENT ON COLUMN accelcost.price_conflict.detail IS 'sku or tariff in the first source';
COMMENT ON COLUMN accelcost.price_conflict.price IS 'price in the preferred source, in currency';
COMMENT ON COLUMN accelcost.price_conflict.source IS 'where the figure was taken from';
COMMENT ON COLUMN accelcost.price_conflict.origin IS 'kind of source';
COMMENT ON COLUMN accelcost.price_conflict.as_of IS 'date of the source';
COMMENT ON COLUMN accelcost.price_conflict.other_detail IS 'sku or tariff in the other source';
COMMENT ON COLUMN accelcost.price_conflict.other_price IS 'price in the other source, in currency';
COMMENT ON COLUMN accelcost.price_conflict.other_source IS 'other source';
COMMENT ON COLUMN accelcost.price_conflict.other_origin IS 'kind of the other source';
COMMENT ON COLUMN accelcost.price_conflict.other_as_of IS 'date of the other source';
GRANT SELECT ON accelcost.price_conflict TO PUBLIC;
GRANT SELECT ON accelcost.price_conflict TO @extowner@ WITH GRANT OPTION;

CREATE VIEW accelcost.accelerator_current
WITH (security_invoker = true)
AS
WITH best AS (
    SELECT DISTINCT ON (accelerator, figure) accelerator, figure, value
    FROM accelcost.accelerator_figure
    WHERE figure NOT IN ('tops', 'mac_units')
      AND accelcost_internal.origin_rank(origin) IS NOT NULL
    ORDER BY accelerator, figure,
             accelcost_internal.precedence(origin, NULL, 0, builtin, as_of, NULL, source)
),
price AS (
    SELECT DISTINCT ON (accelerator) accelerator, price_low, price_high, currency
    FROM accelcost.accelerator_price
    WHERE valid @> now()
      AND accelcost_internal.origin_rank(origin) IS NOT NULL
    ORDER BY accelerator, accelcost_internal.precedence(origin, NULL, 0, builtin, as_of, NULL, source)
)
SELECT a.accelerator, a.kind, a.vendor, a.family,
       watts.value AS watts, memory.value AS memory_gb, bandwidth.value AS memory_bandwidth_gb_s,
       price.price_low::numeric(38,10) AS price_low, price.price_high::numeric(38,10) AS price_high, price.currency,
       a.note, a.builtin
FROM accelcost.accelerator AS a
LEFT JOIN accelcost.accelerator AS own
    ON a.builtin AND NOT own.builtin AND own.accelerator_key = a.accelerator_key
LEFT JOIN best AS watts ON watts.accelerator = a.accelerator AND watts.figure = 'watts'
LEFT JOIN best AS memory ON memory.accelerator = a.accelerator AND memory.figure = 'memory_gb'
LEFT JOIN best AS bandwidth
    ON bandwidth.accelerator = a.accelerator AND bandwidth.figure = 'memory_bandwidth_gb_s'
LEFT JOIN price ON price.accelerator = a.accelerator
WHERE own.accelerator IS NULL;
COMMENT ON VIEW accelcost.accelerator_current IS
    'accelerators with the figures and purchase price that lookups prefer; NULL if unknown';
COMMENT ON COLUMN accelcost.accelerator_current.accelerator IS 'name in accelcost.accelerator';
COMMENT ON COLUMN accelcost.accelerator_current.kind IS 'gpu, npu, tpu, asic, cpu or platform';
COMMENT ON COLUMN accelcost.accelerator_current.vendor IS 'manufacturer';
COMMENT ON COLUMN accelcost.accelerator_current.family IS 'name that all forms and memory sizes of a chip share';
COMMENT ON COLUMN accelcost.accelerator_current.watts IS 'rated power in watts; NULL if unpublished';
COMMENT ON COLUMN accelcost.accelerator_current.memory_gb IS 'memory in GB';
COMMENT ON COLUMN accelcost.accelerator_current.memory_bandwidth_gb_s IS 'memory bandwidth in 10^9 bytes per second';
COMMENT ON COLUMN accelcost.accelerator_current.price_low IS 'lowest price, in currency';
COMMENT ON COLUMN accelcost.accelerator_current.price_high IS 'highest price, in currency';
COMMENT ON COLUMN accelcost.accelerator_current.currency IS 'currency of the prices';
COMMENT ON COLUMN accelcost.accelerator_current.note IS 'what to know before you use the row';
COMMENT ON COLUMN accelcost.accelerator_current.builtin IS 'true if the row came with the extension';
GRANT SELECT ON accelcost.accelerator_current TO PUBLIC;
GRANT SELECT ON accelcost.accelerator_current TO @extowner@ WITH GRANT OPTION;

CREATE VIEW accelcost.accelerator_efficiency
WITH (security_invoker = true)
AS
WITH peak AS (
    SELECT DISTINCT ON (accelerator, precision_name, sparsity)
           accelerator, precision_name, sparsity, value AS tops, source, origin, as_of
    FROM accelcost.accelerator_figure
    WHERE figure = 'tops'
      AND precision_name <> 'unstated'
      AND sparsity IS NOT NULL
      AND accelcost_internal.origin_rank(origin) IS NOT NULL
    ORDER BY accelerator, precision_name, sparsity,
             accelcost_internal.precedence(origin, NULL, 0, builtin, as_of, NULL, source)
),
rent AS (
    SELECT DISTINCT ON (accelerator, currency)
           accelerator, currency, price_high AS price, provider, source, as_of
    FROM accelcost.price_per_gpu_hour
    WHERE is_comparable
      AND purchase_option = 'on_demand'
      AND account IS NULL
      AND price_high > 0.0
    ORDER BY accelerator, currency, price_high, provider COLLATE "C", sku COLLATE "C", region COLLATE "C"
)
SELECT a.accelerator, a.kind, a.vendor, peak.precision_name, peak.sparsity, peak.tops, a.watts,
       @extschema@.tops_per_watt(peak.tops, a.watts) AS tops_per_watt,
       rent.price AS price_per_hour, rent.currency,
       @extschema@.tops_per_dollar(peak.tops, rent.price) AS tops_per_dollar_hour,
       rent.provider AS price_provider, rent.source AS price_source, rent.as_of AS price_as_of,
       peak.source, peak.origin, peak.as_of
FROM accelcost.accelerator_current AS a
JOIN peak ON peak.accelerator = a.accelerator
LEFT JOIN rent ON rent.accelerator = a.accelerator;
COMMENT ON VIEW accelcost.accelerator_efficiency IS
    'peak throughput per watt and per price, by precision and sparsity; compare only within these';
COMMENT ON COLUMN accelcost.accelerator_efficiency.accelerator IS 'name in accelcost.accelerator';
COMMENT ON COLUMN accelcost.accelerator_efficiency.kind IS 'gpu, npu, tpu, asic, cpu or platform';
COMMENT ON COLUMN accelcost.accelerator_efficiency.vendor IS 'manufacturer';
COMMENT ON COLUMN accelcost.accelerator_efficiency.precision_name IS 'precision of the throughput';
COMMENT ON COLUMN accelcost.accelerator_efficiency.sparsity IS 'factor of structured sparsity: 1 dense, 2 for 2:4';
COMMENT ON COLUMN accelcost.accelerator_efficiency.tops IS 'peak throughput in 10^12 operations per second';
COMMENT ON COLUMN accelcost.accelerator_efficiency.watts IS 'rated power in watts; NULL if unpublished';
COMMENT ON COLUMN accelcost.accelerator_efficiency.tops_per_watt IS 'tops / watts';
COMMENT ON COLUMN accelcost.accelerator_efficiency.price_per_hour IS
    'lowest comparable on-demand price per accelerator and hour now, in currency';
COMMENT ON COLUMN accelcost.accelerator_efficiency.currency IS 'currency of the prices';
COMMENT ON COLUMN accelcost.accelerator_efficiency.tops_per_dollar_hour IS 'tops / price_per_hour';
COMMENT ON COLUMN accelcost.accelerator_efficiency.price_provider IS 'provider of the price';
COMMENT ON COLUMN accelcost.accelerator_efficiency.price_source IS 'source of the price';
COMMENT ON COLUMN accelcost.accelerator_efficiency.price_as_of IS 'date of the price';
COMMENT ON COLUMN accelcost.accelerator_efficiency.source IS 'where the figure was taken from';
COMMENT ON COLUMN accelcost.accelerator_efficiency.origin IS 'kind of source';
COMMENT ON COLUMN accelcost.accelerator_efficiency.as_of IS 'date of the source';
GRANT SELECT ON accelcost.accelerator_efficiency TO PUBLIC;
GRANT SELECT ON accelcost.accelerator_efficiency TO @extowner@ WITH GRANT OPTION;

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
       (now() AT TIME ZONE 'UTC')::date - max(as_of) AS age_days
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
    SELECT 'token_price', provider FROM accelcost.token_price
    UNION ALL
    SELECT 'grid_carbon', provider FROM accelcost.grid_carbon WHERE provider <> '*'
    UNION ALL
    SELECT 'provider_pue', provider FROM accelcost.provider_pue
    UNION ALL
    SELECT 'provider_alias', provider FROM accelcost.provider_alias
    UNION ALL
    SELECT 'charge_pattern', provider FROM accelcost.charge_pattern WHERE provider IS NOT NULL
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
           'price has no offer, so it is not known what it is for'
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
