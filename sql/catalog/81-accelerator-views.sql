-- Accelerators with their best figures.

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
