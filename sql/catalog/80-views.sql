-- Views of the catalog: what holds now, what disagrees, how old it is, and
-- what is wrong with it.

CREATE VIEW accelcost.price_current
WITH (security_invoker = true)
AS
SELECT provider, sku, region, purchase_option, term_months, account, accelerator, gpu_count, price_basis,
       amount::numeric(38,10) AS amount, price_low::numeric(38,10) AS price_low, price_high::numeric(38,10) AS price_high,
       currency, source, origin, as_of, age_days, disagreeing, note
FROM accelcost.prices_at();
COMMENT ON VIEW accelcost.price_current IS
    'the price of each offer and account now, as look-ups take it; for another time call prices_at';
COMMENT ON COLUMN accelcost.price_current.provider IS 'name in accelcost.provider';
COMMENT ON COLUMN accelcost.price_current.sku IS 'what the provider calls it';
COMMENT ON COLUMN accelcost.price_current.region IS 'region as the provider names it; * where the source names none';
COMMENT ON COLUMN accelcost.price_current.purchase_option IS 'on_demand, spot, reserved, committed or capacity_block';
COMMENT ON COLUMN accelcost.price_current.term_months IS 'months that one commits to; 0 for none';
COMMENT ON COLUMN accelcost.price_current.account IS 'account that negotiated the price; NULL: anybody''s';
COMMENT ON COLUMN accelcost.price_current.accelerator IS 'name in accelcost.accelerator';
COMMENT ON COLUMN accelcost.price_current.gpu_count IS 'accelerators in an instance or slice';
COMMENT ON COLUMN accelcost.price_current.price_basis IS 'what the price of the source is for';
COMMENT ON COLUMN accelcost.price_current.amount IS
    'price per hour of what price_basis says, in currency; NULL where the source gives a range';
COMMENT ON COLUMN accelcost.price_current.price_low IS 'lowest price, in currency';
COMMENT ON COLUMN accelcost.price_current.price_high IS 'highest price, in currency';
COMMENT ON COLUMN accelcost.price_current.currency IS 'currency of the prices';
COMMENT ON COLUMN accelcost.price_current.source IS 'where the figure was taken from';
COMMENT ON COLUMN accelcost.price_current.origin IS 'kind of that source';
COMMENT ON COLUMN accelcost.price_current.as_of IS 'date on which the source said so';
COMMENT ON COLUMN accelcost.price_current.age_days IS 'days since then';
COMMENT ON COLUMN accelcost.price_current.disagreeing IS 'number of rows of other sources with another price';
COMMENT ON COLUMN accelcost.price_current.note IS 'what to know before using it';
GRANT SELECT ON accelcost.price_current TO PUBLIC;
GRANT SELECT ON accelcost.price_current TO @extowner@ WITH GRANT OPTION;

CREATE VIEW accelcost.price_per_gpu_hour
WITH (security_invoker = true)
AS
SELECT p.provider, p.sku, p.region, p.purchase_option, p.term_months, p.account, p.accelerator,
       (SELECT a.family FROM accelcost.accelerator AS a WHERE a.accelerator = p.accelerator ORDER BY a.builtin LIMIT 1) AS family,
       p.gpu_count, p.price_basis,
       accelcost_internal.price_per_gpu(p.price_low, p.price_basis, p.gpu_count)::numeric(38,10) AS price_low,
       accelcost_internal.price_per_gpu(p.price_high, p.price_basis, p.gpu_count)::numeric(38,10) AS price_high,
       p.currency,
       reason.words IS NULL AS is_comparable, reason.words AS reason,
       p.source, p.origin, p.as_of, p.age_days, p.disagreeing, p.note
FROM accelcost.prices_at() AS p,
     LATERAL (SELECT CASE WHEN p.price_basis = 'unknown' THEN 'the source does not say what the price is for'
                          WHEN p.price_basis = 'host_only' THEN 'the price of the host without its accelerators'
                          WHEN p.price_high IS NULL THEN 'the range has no upper end'
                          WHEN p.price_high > p.price_low * 4.0 THEN 'the range spans more than a factor of 4' END AS words) AS reason;
COMMENT ON VIEW accelcost.price_per_gpu_hour IS
    'prices now, for one accelerator and hour where that can be told; what cannot be compared says why';
COMMENT ON COLUMN accelcost.price_per_gpu_hour.provider IS 'name in accelcost.provider';
COMMENT ON COLUMN accelcost.price_per_gpu_hour.sku IS 'what the provider calls it';
COMMENT ON COLUMN accelcost.price_per_gpu_hour.region IS
    'region as the provider names it; * where the source names none';
COMMENT ON COLUMN accelcost.price_per_gpu_hour.purchase_option IS
    'on_demand, spot, reserved, committed or capacity_block';
COMMENT ON COLUMN accelcost.price_per_gpu_hour.term_months IS 'months that one commits to; 0 for none';
COMMENT ON COLUMN accelcost.price_per_gpu_hour.account IS 'account that negotiated the price; NULL: anybody''s';
COMMENT ON COLUMN accelcost.price_per_gpu_hour.accelerator IS 'name in accelcost.accelerator';
COMMENT ON COLUMN accelcost.price_per_gpu_hour.family IS 'what forms and memory sizes of one chip have in common';
COMMENT ON COLUMN accelcost.price_per_gpu_hour.gpu_count IS 'accelerators in an instance or slice';
COMMENT ON COLUMN accelcost.price_per_gpu_hour.price_basis IS 'what the price of the source is for';
COMMENT ON COLUMN accelcost.price_per_gpu_hour.price_low IS 'lowest price, in currency';
COMMENT ON COLUMN accelcost.price_per_gpu_hour.price_high IS 'highest price, in currency';
COMMENT ON COLUMN accelcost.price_per_gpu_hour.currency IS 'currency of the prices';
COMMENT ON COLUMN accelcost.price_per_gpu_hour.is_comparable IS 'whether the price can be ranked with others';
COMMENT ON COLUMN accelcost.price_per_gpu_hour.reason IS 'why it cannot';
COMMENT ON COLUMN accelcost.price_per_gpu_hour.source IS 'where the figure was taken from';
COMMENT ON COLUMN accelcost.price_per_gpu_hour.origin IS 'kind of that source';
COMMENT ON COLUMN accelcost.price_per_gpu_hour.as_of IS 'date on which the source said so';
COMMENT ON COLUMN accelcost.price_per_gpu_hour.age_days IS 'days since then';
COMMENT ON COLUMN accelcost.price_per_gpu_hour.disagreeing IS 'number of rows of other sources with another price';
COMMENT ON COLUMN accelcost.price_per_gpu_hour.note IS 'what to know before using it';
GRANT SELECT ON accelcost.price_per_gpu_hour TO PUBLIC;
GRANT SELECT ON accelcost.price_per_gpu_hour TO @extowner@ WITH GRANT OPTION;

CREATE VIEW accelcost.price_conflict
WITH (security_invoker = true)
AS
WITH offered AS (
    SELECT p.provider, o.accelerator, p.region, p.purchase_option, p.term_months, p.sku, p.currency, p.source, p.origin, p.as_of, p.valid,
           accelcost_internal.price_per_gpu(p.amount, o.price_basis, o.gpu_count) AS price
    FROM accelcost.offer_price AS p
    CROSS JOIN LATERAL accelcost_internal.offer_of_price(p) AS o
    WHERE p.valid @> now() AND p.account IS NULL
), pair AS (
    SELECT 'offer' AS what, a.provider, concat_ws(' ', a.accelerator, a.purchase_option) AS item,
           a.sku AS detail, b.sku AS other_detail, a.currency, a.price, b.price AS other_price,
           a.source, a.origin, a.as_of, b.source AS other_source, b.origin AS other_origin, b.as_of AS other_as_of
    FROM offered AS a
    JOIN offered AS b ON b.provider = a.provider AND b.accelerator = a.accelerator AND b.purchase_option = a.purchase_option
                         AND b.term_months = a.term_months AND b.currency = a.currency AND b.source <> a.source
                         AND (b.region = a.region OR '*' IN (a.region, b.region)) AND a.price <> b.price
    UNION ALL
    SELECT 'tariff', a.provider, concat_ws(' ', a.meter, a.kind, nullif(a.service, '*'), nullif(a.from_region, '*'), nullif(a.to_region, '*')),
           a.tariff::text, b.tariff::text, a.currency,
           @extschema@.tariff_marginal(a.tariff, a.free_quantity), @extschema@.tariff_marginal(b.tariff, b.free_quantity),
           a.source, a.origin, a.as_of, b.source, b.origin, b.as_of
    FROM accelcost.meter_tariff AS a
    JOIN accelcost.meter_tariff AS b ON b.provider = a.provider AND b.meter = a.meter AND b.kind = a.kind AND b.service = a.service
                                        AND b.from_region = a.from_region AND b.to_region = a.to_region AND b.source <> a.source
    WHERE a.valid @> now() AND b.valid @> now() AND a.account IS NULL AND b.account IS NULL AND a.currency = b.currency
      AND (a.tariff OPERATOR(@extschema@.<>) b.tariff OR a.free_quantity <> b.free_quantity OR a.unit_bytes <> b.unit_bytes)
    UNION ALL
    SELECT 'tokens', a.provider, concat_ws(' ', a.model, kind.name), NULL, NULL, a.currency, kind.price, kind.other_price,
           a.source, a.origin, a.as_of, b.source, b.origin, b.as_of
    FROM accelcost.token_price AS a
    JOIN accelcost.token_price AS b ON b.provider = a.provider AND b.model = a.model AND b.source <> a.source AND b.currency = a.currency
                                       AND accelcost_internal.day_window(a.utc_from, a.utc_to) && accelcost_internal.day_window(b.utc_from, b.utc_to),
    LATERAL (VALUES ('input', a.input_price, b.input_price), ('output', a.output_price, b.output_price),
                    ('cache read', a.cache_read_price, b.cache_read_price), ('cache write 5m', a.cache_write_5m_price, b.cache_write_5m_price),
                    ('cache write 1h', a.cache_write_1h_price, b.cache_write_1h_price)) AS kind (name, price, other_price)
    WHERE a.valid @> now() AND b.valid @> now() AND a.account IS NULL AND b.account IS NULL AND kind.price <> kind.other_price
)
SELECT what, provider, item, currency, detail, price::numeric(38,10) AS price, source, origin, as_of,
       other_detail, other_price::numeric(38,10) AS other_price, other_source, other_origin, other_as_of
FROM pair
-- Each pair once, the one that look-ups prefer first.
WHERE ROW(coalesce(accelcost_internal.origin_rank(origin), 9), '9999-12-31'::date - as_of, source COLLATE "C")
    < ROW(coalesce(accelcost_internal.origin_rank(other_origin), 9), '9999-12-31'::date - other_as_of, other_source COLLATE "C");
COMMENT ON VIEW accelcost.price_conflict IS
    'sources that disagree now about the same thing: price per accelerator and hour, @extschema@.tariff (compared whole; price of the first paid unit), price per million tokens; first the one that look-ups prefer';
COMMENT ON COLUMN accelcost.price_conflict.what IS 'offer, tariff or tokens';
COMMENT ON COLUMN accelcost.price_conflict.provider IS 'name in accelcost.provider';
COMMENT ON COLUMN accelcost.price_conflict.item IS 'what the sources disagree about';
COMMENT ON COLUMN accelcost.price_conflict.currency IS 'currency of the prices';
COMMENT ON COLUMN accelcost.price_conflict.detail IS 'sku or tariff by the first source';
COMMENT ON COLUMN accelcost.price_conflict.price IS 'price by the source that look-ups prefer, in currency';
COMMENT ON COLUMN accelcost.price_conflict.source IS 'where the figure was taken from';
COMMENT ON COLUMN accelcost.price_conflict.origin IS 'kind of that source';
COMMENT ON COLUMN accelcost.price_conflict.as_of IS 'date on which the source said so';
COMMENT ON COLUMN accelcost.price_conflict.other_detail IS 'sku or tariff by the other source';
COMMENT ON COLUMN accelcost.price_conflict.other_price IS 'price by the other source, in currency';
COMMENT ON COLUMN accelcost.price_conflict.other_source IS 'the other source';
COMMENT ON COLUMN accelcost.price_conflict.other_origin IS 'kind of the other source';
COMMENT ON COLUMN accelcost.price_conflict.other_as_of IS 'date on which the other source said so';
GRANT SELECT ON accelcost.price_conflict TO PUBLIC;
GRANT SELECT ON accelcost.price_conflict TO @extowner@ WITH GRANT OPTION;

CREATE VIEW accelcost.accelerator_current
WITH (security_invoker = true)
AS
WITH best AS (
    SELECT DISTINCT ON (accelerator, figure) accelerator, figure, value
    FROM accelcost.accelerator_figure
    WHERE figure NOT IN ('tops', 'mac_units') AND accelcost_internal.origin_rank(origin) IS NOT NULL
    ORDER BY accelerator, figure, accelcost_internal.origin_rank(origin), builtin, as_of DESC NULLS LAST, source COLLATE "C"
), price AS (
    SELECT DISTINCT ON (accelerator) accelerator, price_low, price_high, currency
    FROM accelcost.accelerator_price
    WHERE valid @> now() AND accelcost_internal.origin_rank(origin) IS NOT NULL
    ORDER BY accelerator, accelcost_internal.origin_rank(origin), builtin, as_of DESC NULLS LAST, source COLLATE "C"
)
SELECT a.accelerator, a.kind, a.vendor, a.family, w.value AS watts, m.value AS memory_gb, b.value AS memory_bandwidth_gb_s,
       p.price_low::numeric(38,10) AS price_low, p.price_high::numeric(38,10) AS price_high, p.currency, a.note, a.builtin
FROM accelcost.accelerator AS a
LEFT JOIN accelcost.accelerator AS own ON a.builtin AND NOT own.builtin AND own.accelerator_key = a.accelerator_key
LEFT JOIN best AS w ON w.accelerator = a.accelerator AND w.figure = 'watts'
LEFT JOIN best AS m ON m.accelerator = a.accelerator AND m.figure = 'memory_gb'
LEFT JOIN best AS b ON b.accelerator = a.accelerator AND b.figure = 'memory_bandwidth_gb_s'
LEFT JOIN price AS p ON p.accelerator = a.accelerator
WHERE own.accelerator IS NULL;
COMMENT ON VIEW accelcost.accelerator_current IS
    'accelerators with their figures and what one costs to buy, as look-ups choose among sources; NULL where no source says';
COMMENT ON COLUMN accelcost.accelerator_current.accelerator IS 'name in accelcost.accelerator';
COMMENT ON COLUMN accelcost.accelerator_current.kind IS 'gpu, npu, tpu, asic, cpu or platform';
COMMENT ON COLUMN accelcost.accelerator_current.vendor IS 'who makes it';
COMMENT ON COLUMN accelcost.accelerator_current.family IS 'what forms and memory sizes of one chip have in common';
COMMENT ON COLUMN accelcost.accelerator_current.watts IS 'rated power in watts; NULL where none is published';
COMMENT ON COLUMN accelcost.accelerator_current.memory_gb IS 'memory in GB';
COMMENT ON COLUMN accelcost.accelerator_current.memory_bandwidth_gb_s IS 'memory bandwidth in 10^9 bytes a second';
COMMENT ON COLUMN accelcost.accelerator_current.price_low IS 'lowest price, in currency';
COMMENT ON COLUMN accelcost.accelerator_current.price_high IS 'highest price, in currency';
COMMENT ON COLUMN accelcost.accelerator_current.currency IS 'currency of the prices';
COMMENT ON COLUMN accelcost.accelerator_current.note IS 'what to know before using it';
COMMENT ON COLUMN accelcost.accelerator_current.builtin IS 'whether the row came with the extension';
GRANT SELECT ON accelcost.accelerator_current TO PUBLIC;
GRANT SELECT ON accelcost.accelerator_current TO @extowner@ WITH GRANT OPTION;

CREATE VIEW accelcost.accelerator_efficiency
WITH (security_invoker = true)
AS
WITH peak AS (
    SELECT DISTINCT ON (accelerator, precision_name, sparsity) accelerator, precision_name, sparsity, value AS tops, source, origin, as_of
    FROM accelcost.accelerator_figure
    WHERE figure = 'tops' AND precision_name <> 'unstated' AND sparsity IS NOT NULL AND accelcost_internal.origin_rank(origin) IS NOT NULL
    ORDER BY accelerator, precision_name, sparsity, accelcost_internal.origin_rank(origin), builtin, as_of DESC NULLS LAST, source COLLATE "C"
), rent AS (
    SELECT DISTINCT ON (accelerator, currency) accelerator, currency, price_high AS price, provider, source, as_of
    FROM accelcost.price_per_gpu_hour
    WHERE is_comparable AND purchase_option = 'on_demand' AND account IS NULL AND price_high > 0.0
    ORDER BY accelerator, currency, price_high, provider COLLATE "C", sku COLLATE "C", region COLLATE "C"
)
SELECT a.accelerator, a.kind, a.vendor, t.precision_name, t.sparsity, t.tops, a.watts,
       @extschema@.tops_per_watt(t.tops, a.watts) AS tops_per_watt,
       r.price AS price_per_hour, r.currency, @extschema@.tops_per_dollar(t.tops, r.price) AS tops_per_dollar_hour,
       r.provider AS price_provider, r.source AS price_source, r.as_of AS price_as_of, t.source, t.origin, t.as_of
FROM accelcost.accelerator_current AS a
JOIN peak AS t ON t.accelerator = a.accelerator
LEFT JOIN rent AS r ON r.accelerator = a.accelerator;
COMMENT ON VIEW accelcost.accelerator_efficiency IS
    'peak throughput of accelerators by precision and sparsity, per watt and for each unit of currency an hour at the lowest comparable on-demand price now; compare rows of one precision and sparsity only';
COMMENT ON COLUMN accelcost.accelerator_efficiency.accelerator IS 'name in accelcost.accelerator';
COMMENT ON COLUMN accelcost.accelerator_efficiency.kind IS 'gpu, npu, tpu, asic, cpu or platform';
COMMENT ON COLUMN accelcost.accelerator_efficiency.vendor IS 'who makes it';
COMMENT ON COLUMN accelcost.accelerator_efficiency.precision_name IS 'precision that the throughput is at';
COMMENT ON COLUMN accelcost.accelerator_efficiency.sparsity IS 'factor of structured sparsity: 1 dense, 2 for 2:4';
COMMENT ON COLUMN accelcost.accelerator_efficiency.tops IS 'peak throughput in 10^12 operations a second';
COMMENT ON COLUMN accelcost.accelerator_efficiency.watts IS 'rated power in watts; NULL where none is published';
COMMENT ON COLUMN accelcost.accelerator_efficiency.tops_per_watt IS 'tops / watts';
COMMENT ON COLUMN accelcost.accelerator_efficiency.price_per_hour IS
    'lowest comparable on-demand price of one for an hour now, in currency';
COMMENT ON COLUMN accelcost.accelerator_efficiency.currency IS 'currency of the prices';
COMMENT ON COLUMN accelcost.accelerator_efficiency.tops_per_dollar_hour IS 'tops / price_per_hour';
COMMENT ON COLUMN accelcost.accelerator_efficiency.price_provider IS 'provider of that price';
COMMENT ON COLUMN accelcost.accelerator_efficiency.price_source IS 'source of that price';
COMMENT ON COLUMN accelcost.accelerator_efficiency.price_as_of IS 'date of that price';
COMMENT ON COLUMN accelcost.accelerator_efficiency.source IS 'where the figure was taken from';
COMMENT ON COLUMN accelcost.accelerator_efficiency.origin IS 'kind of that source';
COMMENT ON COLUMN accelcost.accelerator_efficiency.as_of IS 'date on which the source said so';
GRANT SELECT ON accelcost.accelerator_efficiency TO PUBLIC;
GRANT SELECT ON accelcost.accelerator_efficiency TO @extowner@ WITH GRANT OPTION;

CREATE VIEW accelcost.catalog_age
WITH (security_invoker = true)
AS
SELECT t.table_name, t.source, t.origin, t.builtin, count(*) AS rows, min(t.as_of) AS oldest, max(t.as_of) AS newest,
       (now() AT TIME ZONE 'UTC')::date - max(t.as_of) AS age_days
FROM (SELECT 'accelerator_figure' AS table_name, source, origin, builtin, as_of FROM accelcost.accelerator_figure
      UNION ALL SELECT 'accelerator_price', source, origin, builtin, as_of FROM accelcost.accelerator_price
      UNION ALL SELECT 'offer_price', source, origin, builtin, as_of FROM accelcost.offer_price
      UNION ALL SELECT 'meter_tariff', source, origin, builtin, as_of FROM accelcost.meter_tariff
      UNION ALL SELECT 'token_price', source, origin, builtin, as_of FROM accelcost.token_price
      UNION ALL SELECT 'throughput', source, origin, builtin, as_of FROM accelcost.throughput
      UNION ALL SELECT 'electricity_price', source, origin, builtin, as_of FROM accelcost.electricity_price
      UNION ALL SELECT 'grid_carbon', source, origin, builtin, as_of FROM accelcost.grid_carbon
      UNION ALL SELECT 'provider_pue', source, origin, builtin, as_of FROM accelcost.provider_pue
      UNION ALL SELECT 'fx_rate', source, origin, builtin, as_of FROM accelcost.fx_rate) AS t
GROUP BY t.table_name, t.source, t.origin, t.builtin;
COMMENT ON VIEW accelcost.catalog_age IS
    'how many rows of the catalog come from which source, and how old they are';
COMMENT ON COLUMN accelcost.catalog_age.table_name IS 'table of the schema accelcost';
COMMENT ON COLUMN accelcost.catalog_age.source IS 'where the figure was taken from';
COMMENT ON COLUMN accelcost.catalog_age.origin IS 'kind of that source';
COMMENT ON COLUMN accelcost.catalog_age.builtin IS 'whether the row came with the extension';
COMMENT ON COLUMN accelcost.catalog_age.rows IS 'number of rows';
COMMENT ON COLUMN accelcost.catalog_age.oldest IS 'earliest as_of';
COMMENT ON COLUMN accelcost.catalog_age.newest IS 'latest as_of';
COMMENT ON COLUMN accelcost.catalog_age.age_days IS 'days since then';
GRANT SELECT ON accelcost.catalog_age TO PUBLIC;
GRANT SELECT ON accelcost.catalog_age TO @extowner@ WITH GRANT OPTION;

CREATE VIEW accelcost.catalog_problem
WITH (security_invoker = true)
AS
SELECT n.table_name, n.name, n.problem, count(*) AS rows
FROM (SELECT p.table_name, p.provider AS name, 'provider is not in accelcost.provider' AS problem
      FROM (SELECT 'offer' AS table_name, provider FROM accelcost.offer
            UNION ALL SELECT 'offer_price', provider FROM accelcost.offer_price
            UNION ALL SELECT 'meter_tariff', provider FROM accelcost.meter_tariff
            UNION ALL SELECT 'token_price', provider FROM accelcost.token_price
            UNION ALL SELECT 'grid_carbon', provider FROM accelcost.grid_carbon WHERE provider <> '*'
            UNION ALL SELECT 'provider_pue', provider FROM accelcost.provider_pue
            UNION ALL SELECT 'provider_alias', provider FROM accelcost.provider_alias
            UNION ALL SELECT 'charge_pattern', provider FROM accelcost.charge_pattern WHERE provider IS NOT NULL) AS p
      WHERE NOT EXISTS (SELECT FROM accelcost.provider AS k WHERE k.provider = p.provider)
      UNION ALL
      SELECT a.table_name, a.accelerator, 'accelerator is not in accelcost.accelerator'
      FROM (SELECT 'offer' AS table_name, accelerator FROM accelcost.offer WHERE accelerator IS NOT NULL
            UNION ALL SELECT 'accelerator_figure', accelerator FROM accelcost.accelerator_figure
            UNION ALL SELECT 'accelerator_price', accelerator FROM accelcost.accelerator_price
            UNION ALL SELECT 'accelerator_alias', accelerator FROM accelcost.accelerator_alias
            UNION ALL SELECT 'throughput', accelerator FROM accelcost.throughput
            UNION ALL SELECT 'charge_pattern', accelerator FROM accelcost.charge_pattern WHERE accelerator IS NOT NULL) AS a
      WHERE NOT EXISTS (SELECT FROM accelcost.accelerator AS k WHERE k.accelerator = a.accelerator)
      UNION ALL
      SELECT m.table_name, m.model, 'model is not in accelcost.model'
      FROM (SELECT 'token_price' AS table_name, model FROM accelcost.token_price
            UNION ALL SELECT 'model_alias', model FROM accelcost.model_alias
            UNION ALL SELECT 'throughput', model FROM accelcost.throughput) AS m
      WHERE NOT EXISTS (SELECT FROM accelcost.model AS k WHERE k.model = m.model)
      UNION ALL
      SELECT 'offer_price', concat_ws(' ', p.provider, p.sku, p.region, p.purchase_option), 'price has no offer, so it is not known what it is for'
      FROM accelcost.offer_price AS p
      WHERE NOT EXISTS (SELECT FROM accelcost.offer AS o
                        WHERE o.provider = p.provider AND o.sku = p.sku AND o.region = p.region
                          AND o.purchase_option = p.purchase_option AND o.term_months = p.term_months)
      UNION ALL
      SELECT 'offer', concat_ws(' ', o.provider, o.sku, o.region, o.purchase_option), 'offer has no price'
      FROM accelcost.offer AS o
      WHERE NOT EXISTS (SELECT FROM accelcost.offer_price AS p
                        WHERE p.provider = o.provider AND p.sku = o.sku AND p.region = o.region
                          AND p.purchase_option = o.purchase_option AND p.term_months = o.term_months)) AS n
GROUP BY n.table_name, n.name, n.problem;
COMMENT ON VIEW accelcost.catalog_problem IS
    'rows of the catalog that name what it lacks, so that look-ups cannot use them';
COMMENT ON COLUMN accelcost.catalog_problem.table_name IS 'table of the schema accelcost';
COMMENT ON COLUMN accelcost.catalog_problem.name IS 'the name, or the key of the row';
COMMENT ON COLUMN accelcost.catalog_problem.problem IS 'what is wrong';
COMMENT ON COLUMN accelcost.catalog_problem.rows IS 'number of rows';
GRANT SELECT ON accelcost.catalog_problem TO PUBLIC;
GRANT SELECT ON accelcost.catalog_problem TO @extowner@ WITH GRANT OPTION;
