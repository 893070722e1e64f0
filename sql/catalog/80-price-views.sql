-- Current prices, and sources that disagree.

CREATE VIEW accelcost.price_current
WITH (security_invoker = true)
AS
SELECT provider, sku, region, purchase_option, term_months, account, accelerator,
       gpu_count::numeric(38,18) AS gpu_count, price_basis,
       amount::numeric(38,10) AS amount,
       price_low::numeric(38,10) AS price_low,
       price_high::numeric(38,10) AS price_high,
       currency, source, origin, as_of, age_days, disagreeing, note, geo
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
COMMENT ON COLUMN accelcost.price_current.geo IS 'continent or bloc of the region, as region_geo says; NULL if unknown';
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
       p.gpu_count::numeric(38,18) AS gpu_count, p.price_basis,
       accelcost_internal.price_per_gpu(p.price_low, p.price_basis, p.gpu_count)::numeric(38,10) AS price_low,
       accelcost_internal.price_per_gpu(p.price_high, p.price_basis, p.gpu_count)::numeric(38,10) AS price_high,
       p.currency,
       problem.reason IS NULL AS is_comparable,
       problem.reason,
       p.source, p.origin, p.as_of, p.age_days, p.disagreeing, p.note, p.geo
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
COMMENT ON COLUMN accelcost.price_per_gpu_hour.geo IS
    'continent or bloc of the region, as region_geo says; NULL if unknown';
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
      AND NOT EXISTS (SELECT FROM accelcost_internal.replaced_offers(now()) AS r
                      WHERE price.builtin
                        AND r.provider = price.provider
                        AND r.sku = price.sku
                        AND r.purchase_option = price.purchase_option
                        AND r.term_months = price.term_months)
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
    SELECT 'tokens', one.provider, concat_ws(' ', one.model, kind.name, nullif(one.service_tier, 'standard'),
                     nullif(one.geo, 'global')),
           NULL, NULL, one.currency, kind.price, kind.other_price,
           one.source, one.origin, one.as_of,
           other.source, other.origin, other.as_of
    FROM accelcost.token_price AS one
    JOIN accelcost.token_price AS other
        ON other.provider = one.provider
           AND other.model = one.model
           AND other.service_tier = one.service_tier
           AND other.geo = one.geo
           AND other.source <> one.source
           AND other.currency = one.currency
           AND accelcost_internal.price_window(one.weekdays, one.utc_from, one.utc_to)
               && accelcost_internal.price_window(other.weekdays, other.utc_from, other.utc_to)
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
      AND NOT EXISTS (SELECT FROM accelcost_internal.replaced_token_prices(now()) AS r
                      WHERE (one.builtin OR other.builtin)
                        AND r.provider = one.provider
                        AND r.model = one.model
                        AND r.service_tier = one.service_tier
                        AND r.geo = one.geo)
)
SELECT what, provider, item, currency,
       detail, price::numeric(38,10) AS price, source, origin, as_of,
       other_detail, other_price::numeric(38,10) AS other_price, other_source, other_origin, other_as_of
FROM pair
-- Each pair once, the preferred source first.
WHERE ROW(coalesce(accelcost_internal.origin_rank(origin), 9),
          -- The later date first: those of the two sources are exchanged.
          coalesce(other_as_of, '-infinity'),
          source COLLATE "C")
    < ROW(coalesce(accelcost_internal.origin_rank(other_origin), 9),
          coalesce(as_of, '-infinity'),
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
