-- The catalog: figures of accelerators, and dated prices of what is rented,
-- sent, stored, asked of a model, or drawn from the grid.
--
-- Two sources that disagree are both kept; within one source nothing overlaps.
-- Columns that all tables have are commented at the end.

CREATE TABLE accelcost.accelerator_figure (
    accelerator    text    NOT NULL,
    figure         text    NOT NULL CHECK (figure IN ('tops', 'watts', 'memory_gb', 'memory_bandwidth_gb_s', 'mac_units', 'clock_hz')),
    precision_name text    CHECK (precision_name IN ('fp64', 'fp32', 'tf32', 'fp16', 'bf16', 'fp8', 'fp6', 'fp4', 'int16', 'int8', 'int4', 'unstated')),
    sparsity       float8  CHECK (sparsity >= '1' AND sparsity < 'Infinity'),
    value          float8  NOT NULL CHECK (value > '0' AND value < 'Infinity'),
    note           text,
    source         text    NOT NULL DEFAULT 'user',
    origin         text    NOT NULL DEFAULT 'user',
    as_of          date,
    builtin        boolean NOT NULL DEFAULT false,
    extra          jsonb   NOT NULL DEFAULT '{}',
    UNIQUE NULLS NOT DISTINCT (accelerator, figure, precision_name, sparsity, source, builtin),
    CONSTRAINT accelerator_figure_precision CHECK (figure = 'mac_units' OR (figure = 'tops') = (precision_name IS NOT NULL)),
    CONSTRAINT accelerator_figure_sparsity CHECK (figure = 'tops' OR sparsity IS NULL)
);
COMMENT ON TABLE accelcost.accelerator_figure IS 'what accelerators can do and draw, one figure and source a row';
COMMENT ON COLUMN accelcost.accelerator_figure.accelerator IS 'name in accelcost.accelerator';
COMMENT ON COLUMN accelcost.accelerator_figure.figure IS 'tops (peak, 10^12 operations a second), watts (rated), memory_gb, memory_bandwidth_gb_s (10^9 bytes a second), mac_units or clock_hz';
COMMENT ON COLUMN accelcost.accelerator_figure.precision_name IS 'precision that a throughput is at, unstated where the source names none; NULL for other figures';
COMMENT ON COLUMN accelcost.accelerator_figure.sparsity IS 'factor of structured sparsity in a throughput: 1 dense, 2 for 2:4; NULL: not stated';
COMMENT ON COLUMN accelcost.accelerator_figure.value IS 'the figure, in the unit that its name says';

CREATE TABLE accelcost.accelerator_price (
    accelerator text      NOT NULL,
    price_low   numeric   NOT NULL CHECK (price_low >= 0.0 AND price_low < 1e20),
    price_high  numeric   CHECK (price_high < 1e20),
    currency    text      NOT NULL DEFAULT 'USD' CHECK (accelcost_internal.is_currency(currency)),
    valid       tstzrange NOT NULL CHECK (NOT isempty(valid)),
    note        text,
    source      text      NOT NULL DEFAULT 'user',
    origin      text      NOT NULL DEFAULT 'user',
    as_of       date,
    builtin     boolean   NOT NULL DEFAULT false,
    extra       jsonb     NOT NULL DEFAULT '{}',
    CONSTRAINT accelerator_price_range CHECK (price_high >= price_low),
    EXCLUDE USING gist (accelerator WITH =, source WITH =, (builtin::integer) WITH =, valid WITH &&)
);
COMMENT ON TABLE accelcost.accelerator_price IS 'what one accelerator costs to buy';
COMMENT ON COLUMN accelcost.accelerator_price.accelerator IS 'name in accelcost.accelerator';
COMMENT ON COLUMN accelcost.accelerator_price.price_low IS 'lowest price of one, in currency';
COMMENT ON COLUMN accelcost.accelerator_price.price_high IS 'highest price of one, in currency; NULL: the source says "more than"';

CREATE TABLE accelcost.offer (
    provider                  text    NOT NULL,
    sku                       text    NOT NULL CHECK (btrim(sku) <> ''),
    region                    text    NOT NULL DEFAULT '*' CHECK (btrim(region) <> ''),
    purchase_option           text    NOT NULL CHECK (purchase_option IN ('on_demand', 'spot', 'reserved', 'committed', 'capacity_block')),
    term_months               integer NOT NULL DEFAULT 0 CHECK (term_months BETWEEN 0 AND 1200),
    accelerator               text,
    gpu_count                 numeric CHECK (gpu_count > 0.0 AND gpu_count < 1e9),
    price_basis               text    NOT NULL CHECK (price_basis IN ('per_instance', 'per_gpu', 'per_chip', 'per_slice', 'host_only', 'unknown')),
    upfront                   numeric CHECK (upfront >= 0.0 AND upfront < 1e20),
    billing_increment_seconds numeric CHECK (billing_increment_seconds >= 0.0 AND billing_increment_seconds < 1e12),
    minimum_seconds           numeric CHECK (minimum_seconds >= 0.0 AND minimum_seconds < 1e12),
    prepaid                   boolean,
    includes_host             boolean,
    form_factor               text,
    best_fit                  text,
    note                      text,
    source                    text    NOT NULL DEFAULT 'user',
    as_of                     date,
    builtin                   boolean NOT NULL DEFAULT false,
    extra                     jsonb   NOT NULL DEFAULT '{}',
    PRIMARY KEY (provider, sku, region, purchase_option, term_months, builtin),
    CONSTRAINT offer_count CHECK (gpu_count IS NOT NULL OR price_basis NOT IN ('per_instance', 'per_slice')),
    CONSTRAINT offer_term CHECK (term_months = 0 OR purchase_option IN ('reserved', 'committed', 'capacity_block'))
);
COMMENT ON TABLE accelcost.offer IS 'what can be rented by the hour; prices are in accelcost.offer_price, under the same first five columns';
COMMENT ON COLUMN accelcost.offer.provider IS 'name in accelcost.provider';
COMMENT ON COLUMN accelcost.offer.sku IS 'what the provider calls it, as p5.48xlarge';
COMMENT ON COLUMN accelcost.offer.region IS 'region as the provider names it; * where the source names none';
COMMENT ON COLUMN accelcost.offer.purchase_option IS 'on_demand, spot, reserved, committed or capacity_block';
COMMENT ON COLUMN accelcost.offer.term_months IS 'months that one commits to; 0 for none, or for days';
COMMENT ON COLUMN accelcost.offer.accelerator IS 'name in accelcost.accelerator; that of a family where the source does not say which form';
COMMENT ON COLUMN accelcost.offer.gpu_count IS 'accelerators (TPU: chips) in an instance or slice; a fraction where several instances share one';
COMMENT ON COLUMN accelcost.offer.price_basis IS 'what a price is for: per_instance, per_gpu, per_chip, per_slice, host_only (without its accelerators) or unknown; never assumed';
COMMENT ON COLUMN accelcost.offer.upfront IS 'paid once for the term, in the currency of the price';
COMMENT ON COLUMN accelcost.offer.billing_increment_seconds IS 'seconds to whose multiple a session is rounded up; NULL: not known';
COMMENT ON COLUMN accelcost.offer.minimum_seconds IS 'seconds that a session is billed for at least; NULL: not known';
COMMENT ON COLUMN accelcost.offer.prepaid IS 'whether it is paid for before it is used; NULL: not known';
COMMENT ON COLUMN accelcost.offer.includes_host IS 'whether CPU and memory are in the price; NULL: not known';
COMMENT ON COLUMN accelcost.offer.form_factor IS 'kind and form of the accelerator in the words of the source';
COMMENT ON COLUMN accelcost.offer.best_fit IS 'use for which the source recommends it';

CREATE TABLE accelcost.offer_price (
    provider        text      NOT NULL,
    sku             text      NOT NULL,
    region          text      NOT NULL DEFAULT '*',
    purchase_option text      NOT NULL,
    term_months     integer   NOT NULL DEFAULT 0,
    account         text,
    amount          numeric   CHECK (amount >= 0.0 AND amount < 1e20),
    price_low       numeric   CHECK (price_low >= 0.0 AND price_low < 1e20),
    price_high      numeric   CHECK (price_high < 1e20),
    currency        text      NOT NULL DEFAULT 'USD' CHECK (accelcost_internal.is_currency(currency)),
    printed         text,
    valid           tstzrange NOT NULL CHECK (NOT isempty(valid)),
    note            text,
    source          text      NOT NULL DEFAULT 'user',
    origin          text      NOT NULL DEFAULT 'user',
    as_of           date,
    builtin         boolean   NOT NULL DEFAULT false,
    extra           jsonb     NOT NULL DEFAULT '{}',
    CONSTRAINT offer_price_amount CHECK ((amount IS NULL) = (price_low IS NOT NULL) AND (price_high IS NULL OR price_low IS NOT NULL)),
    CONSTRAINT offer_price_range CHECK (price_high >= price_low),
    CONSTRAINT offer_price_account CHECK (account IS NULL OR origin = 'negotiated'),
    EXCLUDE USING gist (provider WITH =, sku WITH =, region WITH =, purchase_option WITH =, term_months WITH =,
                        source WITH =, (coalesce(account, '')) WITH =, (builtin::integer) WITH =, valid WITH &&)
);
COMMENT ON TABLE accelcost.offer_price IS 'prices of offers per hour, dated, each with its source; of what, says price_basis of the offer';
COMMENT ON COLUMN accelcost.offer_price.provider IS 'name in accelcost.provider';
COMMENT ON COLUMN accelcost.offer_price.sku IS 'sku in accelcost.offer';
COMMENT ON COLUMN accelcost.offer_price.region IS 'region in accelcost.offer';
COMMENT ON COLUMN accelcost.offer_price.purchase_option IS 'purchase option in accelcost.offer';
COMMENT ON COLUMN accelcost.offer_price.term_months IS 'term in accelcost.offer, in months';
COMMENT ON COLUMN accelcost.offer_price.amount IS 'price per hour, in currency; NULL where the source gives a range';
COMMENT ON COLUMN accelcost.offer_price.price_low IS 'lower end of a range, per hour, in currency';
COMMENT ON COLUMN accelcost.offer_price.price_high IS 'upper end of a range, per hour, in currency; NULL: the source says "from"';
COMMENT ON COLUMN accelcost.offer_price.printed IS 'the price as the source prints it';

CREATE TABLE accelcost.meter_tariff (
    provider      text      NOT NULL,
    meter         text      NOT NULL CHECK (meter IN ('egress', 'storage', 'requests')),
    kind          text      NOT NULL CHECK (btrim(kind) <> ''),
    service       text      NOT NULL DEFAULT '*' CHECK (btrim(service) <> ''),
    from_region   text      NOT NULL DEFAULT '*' CHECK (btrim(from_region) <> ''),
    to_region     text      NOT NULL DEFAULT '*' CHECK (btrim(to_region) <> ''),
    account       text,
    tariff        @extschema@.tariff,
    price_low     numeric   CHECK (price_low >= 0.0 AND price_low < 1e20),
    price_high    numeric   CHECK (price_high < 1e20),
    free_quantity numeric   NOT NULL DEFAULT 0 CHECK (free_quantity >= 0.0 AND free_quantity < 1e20),
    free_counts   boolean   NOT NULL DEFAULT true,
    free_pool     text,
    currency      text      NOT NULL DEFAULT 'USD' CHECK (accelcost_internal.is_currency(currency)),
    unit          text      NOT NULL CHECK (unit IN ('GB', 'GiB', 'TB', 'TiB', 'GB-month', 'GiB-month', 'request')),
    unit_bytes    numeric   CHECK (unit_bytes > 0.0 AND unit_bytes < 1e30),
    valid         tstzrange NOT NULL CHECK (NOT isempty(valid)),
    note          text,
    source        text      NOT NULL DEFAULT 'user',
    origin        text      NOT NULL DEFAULT 'user',
    as_of         date,
    builtin       boolean   NOT NULL DEFAULT false,
    extra         jsonb     NOT NULL DEFAULT '{}',
    CONSTRAINT meter_tariff_kind CHECK (meter <> 'egress' OR kind IN ('internet', 'inter_region', 'inter_az', 'cdn')),
    CONSTRAINT meter_tariff_price CHECK ((tariff IS NULL) = (price_low IS NOT NULL) AND (price_high IS NULL OR price_low IS NOT NULL)),
    CONSTRAINT meter_tariff_range CHECK (price_high >= price_low),
    CONSTRAINT meter_tariff_unit_bytes CHECK ((unit LIKE 'Gi%' AND unit_bytes = 1073741824.0) OR (unit LIKE 'Ti%' AND unit_bytes = 1099511627776.0)
                                              OR unit LIKE 'GB%' OR unit LIKE 'TB%' OR unit_bytes IS NULL),
    -- A free first tier would be the price of all units in a volume tariff, and a block in a package.
    CONSTRAINT meter_tariff_free CHECK (free_quantity = 0.0 OR NOT free_counts OR tariff IS NULL OR (tariff::jsonb->>'mode') = 'graduated'),
    CONSTRAINT meter_tariff_account CHECK (account IS NULL OR origin = 'negotiated'),
    EXCLUDE USING gist (provider WITH =, meter WITH =, kind WITH =, service WITH =, from_region WITH =, to_region WITH =,
                        source WITH =, (coalesce(account, '')) WITH =, (builtin::integer) WITH =, valid WITH &&)
);
COMMENT ON TABLE accelcost.meter_tariff IS 'tiered prices of data transfer, storage and requests, dated, each with its unit and source';
COMMENT ON COLUMN accelcost.meter_tariff.provider IS 'name in accelcost.provider';
COMMENT ON COLUMN accelcost.meter_tariff.meter IS 'egress, storage or requests';
COMMENT ON COLUMN accelcost.meter_tariff.kind IS 'of egress: internet, inter_region, inter_az or cdn; of other meters the class, as object';
COMMENT ON COLUMN accelcost.meter_tariff.service IS 'product of the provider; * for the one that is meant when none is named';
COMMENT ON COLUMN accelcost.meter_tariff.from_region IS 'region that is sent from or stored in; * for any';
COMMENT ON COLUMN accelcost.meter_tariff.to_region IS 'region or group of countries that is sent to; * for those that no other row names';
COMMENT ON COLUMN accelcost.meter_tariff.tariff IS 'price of a month''s quantity in unit, without the free quantity; NULL where the source gives a range';
COMMENT ON COLUMN accelcost.meter_tariff.price_low IS 'lower end of a range that is no price, per unit, in currency';
COMMENT ON COLUMN accelcost.meter_tariff.price_high IS 'upper end of that range, per unit, in currency';
COMMENT ON COLUMN accelcost.meter_tariff.free_quantity IS 'units that are free each month';
COMMENT ON COLUMN accelcost.meter_tariff.free_counts IS 'whether the free units count towards the bounds of the tariff; if not they come before it';
COMMENT ON COLUMN accelcost.meter_tariff.free_pool IS 'what shares the free quantity: tariffs of one pool have it together, once per payer and month';
COMMENT ON COLUMN accelcost.meter_tariff.unit IS 'unit of prices, bounds and free quantity, as the provider writes it';
COMMENT ON COLUMN accelcost.meter_tariff.unit_bytes IS 'bytes of one unit: a GB has 2^30 to some providers and 10^9 to others; NULL where the source does not say, and for requests';

CREATE FUNCTION accelcost_internal.day_window(utc_from time, utc_to time) RETURNS int4multirange
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN CASE WHEN utc_from IS NULL AND utc_to IS NULL THEN '{[0,86400)}'::int4multirange
                WHEN utc_from < utc_to
                THEN int4multirange(int4range(extract(epoch FROM utc_from)::integer, extract(epoch FROM utc_to)::integer))
                WHEN utc_from > utc_to
                THEN int4multirange(int4range(0::integer, extract(epoch FROM utc_to)::integer),
                                    int4range(extract(epoch FROM utc_from)::integer, 86400::integer)) END;
COMMENT ON FUNCTION accelcost_internal.day_window(time, time) IS
    'seconds of the day from utc_from to utc_to, exclusive, through midnight if that is earlier; all day if both are NULL; NULL if they are equal or one is NULL';

CREATE TABLE accelcost.token_price (
    provider                  text      NOT NULL,
    model                     text      NOT NULL CHECK (btrim(model) <> ''),
    account                   text,
    input_price               numeric   CHECK (input_price >= 0.0 AND input_price < 1e12),
    output_price              numeric   CHECK (output_price >= 0.0 AND output_price < 1e12),
    cache_read_price          numeric   CHECK (cache_read_price >= 0.0 AND cache_read_price < 1e12),
    cache_write_5m_price      numeric   CHECK (cache_write_5m_price >= 0.0 AND cache_write_5m_price < 1e12),
    cache_write_1h_price      numeric   CHECK (cache_write_1h_price >= 0.0 AND cache_write_1h_price < 1e12),
    reasoning_price           numeric   CHECK (reasoning_price >= 0.0 AND reasoning_price < 1e12),
    context_threshold         bigint    CHECK (context_threshold > 0),
    threshold_strict          boolean   NOT NULL DEFAULT true,
    long_input_price          numeric   CHECK (long_input_price >= 0.0 AND long_input_price < 1e12),
    long_output_price         numeric   CHECK (long_output_price >= 0.0 AND long_output_price < 1e12),
    long_cache_read_price     numeric   CHECK (long_cache_read_price >= 0.0 AND long_cache_read_price < 1e12),
    long_cache_write_5m_price numeric   CHECK (long_cache_write_5m_price >= 0.0 AND long_cache_write_5m_price < 1e12),
    long_cache_write_1h_price numeric   CHECK (long_cache_write_1h_price >= 0.0 AND long_cache_write_1h_price < 1e12),
    long_reasoning_price      numeric   CHECK (long_reasoning_price >= 0.0 AND long_reasoning_price < 1e12),
    cached_convention         text      CHECK (cached_convention IN ('included', 'excluded')),
    reasoning_convention      text      CHECK (reasoning_convention IN ('included', 'on_top')),
    batch_factor              numeric   CHECK (batch_factor >= 0.0 AND batch_factor <= 1.0),
    utc_from                  time,
    utc_to                    time,
    currency                  text      NOT NULL DEFAULT 'USD' CHECK (accelcost_internal.is_currency(currency)),
    valid                     tstzrange NOT NULL CHECK (NOT isempty(valid)),
    note                      text,
    source                    text      NOT NULL DEFAULT 'user',
    origin                    text      NOT NULL DEFAULT 'user',
    as_of                     date,
    builtin                   boolean   NOT NULL DEFAULT false,
    extra                     jsonb     NOT NULL DEFAULT '{}',
    CONSTRAINT token_price_account CHECK (account IS NULL OR origin = 'negotiated'),
    CONSTRAINT token_price_window CHECK (accelcost_internal.day_window(utc_from, utc_to) IS NOT NULL),
    CONSTRAINT token_price_long CHECK (context_threshold IS NOT NULL
        OR (long_input_price IS NULL AND long_output_price IS NULL AND long_cache_read_price IS NULL AND long_cache_write_5m_price IS NULL
            AND long_cache_write_1h_price IS NULL AND long_reasoning_price IS NULL)),
    EXCLUDE USING gist (provider WITH =, model WITH =, source WITH =, (coalesce(account, '')) WITH =, (builtin::integer) WITH =,
                        ((utc_from IS NULL)::integer) WITH =, (accelcost_internal.day_window(utc_from, utc_to)) WITH &&, valid WITH &&)
);
COMMENT ON TABLE accelcost.token_price IS 'prices of tokens per million, dated, each with its source; the columns are parameters of token_cost';
COMMENT ON COLUMN accelcost.token_price.provider IS 'name in accelcost.provider';
COMMENT ON COLUMN accelcost.token_price.model IS 'name in accelcost.model';
COMMENT ON COLUMN accelcost.token_price.input_price IS 'price of a million tokens of input that are not cached, in currency';
COMMENT ON COLUMN accelcost.token_price.output_price IS 'price of a million tokens of output, in currency';
COMMENT ON COLUMN accelcost.token_price.cache_read_price IS 'price of a million tokens read from a cache, in currency';
COMMENT ON COLUMN accelcost.token_price.cache_write_5m_price IS 'price of a million tokens written to a cache for 5 minutes, in currency';
COMMENT ON COLUMN accelcost.token_price.cache_write_1h_price IS 'price of a million tokens written to a cache for an hour, in currency';
COMMENT ON COLUMN accelcost.token_price.reasoning_price IS 'price of a million tokens of reasoning where it has one of its own, in currency';
COMMENT ON COLUMN accelcost.token_price.context_threshold IS 'tokens of input above which all tokens of a request have the long prices; NULL: none';
COMMENT ON COLUMN accelcost.token_price.threshold_strict IS 'whether a request of just so many tokens is not long yet';
COMMENT ON COLUMN accelcost.token_price.long_input_price IS 'input_price of a long request';
COMMENT ON COLUMN accelcost.token_price.long_output_price IS 'output_price of a long request';
COMMENT ON COLUMN accelcost.token_price.long_cache_read_price IS 'cache_read_price of a long request';
COMMENT ON COLUMN accelcost.token_price.long_cache_write_5m_price IS 'cache_write_5m_price of a long request';
COMMENT ON COLUMN accelcost.token_price.long_cache_write_1h_price IS 'cache_write_1h_price of a long request';
COMMENT ON COLUMN accelcost.token_price.long_reasoning_price IS 'reasoning_price of a long request';
COMMENT ON COLUMN accelcost.token_price.cached_convention IS 'whether the provider''s count of input has cached tokens included or excluded; NULL: not known';
COMMENT ON COLUMN accelcost.token_price.reasoning_convention IS 'whether the provider''s count of output has reasoning included, or it comes on_top; NULL: not known';
COMMENT ON COLUMN accelcost.token_price.batch_factor IS 'share of the price that batches pay; NULL: not known';
COMMENT ON COLUMN accelcost.token_price.utc_from IS 'time of day in UTC from which the price holds; NULL: all day, where no window of the source says otherwise';
COMMENT ON COLUMN accelcost.token_price.utc_to IS 'time of day in UTC up to which the price holds, exclusive';

CREATE TABLE accelcost.throughput (
    model             text    NOT NULL,
    accelerator       text    NOT NULL,
    gpu_count         numeric NOT NULL DEFAULT 1 CHECK (gpu_count > 0.0 AND gpu_count < 1e9),
    precision_name    text    NOT NULL DEFAULT 'unstated',
    tokens_per_second float8  NOT NULL CHECK (tokens_per_second > '0' AND tokens_per_second < 'Infinity'),
    note              text,
    source            text    NOT NULL DEFAULT 'user',
    origin            text    NOT NULL DEFAULT 'user',
    as_of             date,
    builtin           boolean NOT NULL DEFAULT false,
    extra             jsonb   NOT NULL DEFAULT '{}',
    PRIMARY KEY (model, accelerator, gpu_count, precision_name, source, builtin)
);
COMMENT ON TABLE accelcost.throughput IS 'tokens a second that models reached on accelerators; yours to fill: measure';
COMMENT ON COLUMN accelcost.throughput.model IS 'name in accelcost.model';
COMMENT ON COLUMN accelcost.throughput.accelerator IS 'name in accelcost.accelerator';
COMMENT ON COLUMN accelcost.throughput.gpu_count IS 'accelerators that worked together';
COMMENT ON COLUMN accelcost.throughput.precision_name IS 'precision of the weights, unstated if not known';
COMMENT ON COLUMN accelcost.throughput.tokens_per_second IS 'tokens a second of all of them together, at full load';

CREATE TABLE accelcost.electricity_price (
    place         text      NOT NULL CHECK (btrim(place) <> ''),
    sector        text      NOT NULL CHECK (sector IN ('commercial', 'industrial', 'business', 'non_household', 'household')),
    price_per_kwh numeric   NOT NULL CHECK (abs(price_per_kwh) < 1e20),
    currency      text      NOT NULL CHECK (accelcost_internal.is_currency(currency)),
    valid         tstzrange NOT NULL CHECK (NOT isempty(valid)),
    note          text,
    source        text      NOT NULL DEFAULT 'user',
    origin        text      NOT NULL DEFAULT 'user',
    as_of         date,
    builtin       boolean   NOT NULL DEFAULT false,
    extra         jsonb     NOT NULL DEFAULT '{}',
    EXCLUDE USING gist (place WITH =, sector WITH =, source WITH =, (builtin::integer) WITH =, valid WITH &&)
);
COMMENT ON TABLE accelcost.electricity_price IS 'prices of electricity by place and kind of customer, dated, each with its source';
COMMENT ON COLUMN accelcost.electricity_price.place IS 'ISO 3166 code of a country or state, as DE or US-VA; a continent; a site of yours';
COMMENT ON COLUMN accelcost.electricity_price.sector IS 'kind of customer: commercial, industrial, business, non_household or household';
COMMENT ON COLUMN accelcost.electricity_price.price_per_kwh IS 'price of a kWh, in currency; negative where the market pays';

CREATE TABLE accelcost.grid_carbon (
    place     text      NOT NULL CHECK (btrim(place) <> ''),
    provider  text      NOT NULL DEFAULT '*',
    method    text      NOT NULL CHECK (btrim(method) <> ''),
    g_per_kwh float8    NOT NULL CHECK (g_per_kwh >= '0' AND g_per_kwh < 'Infinity'),
    valid     tstzrange NOT NULL CHECK (NOT isempty(valid)),
    note      text,
    source    text      NOT NULL DEFAULT 'user',
    origin    text      NOT NULL DEFAULT 'user',
    as_of     date,
    builtin   boolean   NOT NULL DEFAULT false,
    extra     jsonb     NOT NULL DEFAULT '{}',
    EXCLUDE USING gist (place WITH =, provider WITH =, method WITH =, source WITH =, (builtin::integer) WITH =, valid WITH &&)
);
COMMENT ON TABLE accelcost.grid_carbon IS 'carbon in the electricity of places and of regions of providers, by method, which are not to be mixed';
COMMENT ON COLUMN accelcost.grid_carbon.place IS 'ISO 3166 code of a country or state, or a region of the provider';
COMMENT ON COLUMN accelcost.grid_carbon.provider IS 'name in accelcost.provider; * for the grid of a place';
COMMENT ON COLUMN accelcost.grid_carbon.method IS 'how the source counts';
COMMENT ON COLUMN accelcost.grid_carbon.g_per_kwh IS 'grams of CO2 equivalent in a kWh';

CREATE TABLE accelcost.provider_pue (
    provider text      NOT NULL,
    region   text      NOT NULL DEFAULT '*' CHECK (btrim(region) <> ''),
    pue      float8    NOT NULL CHECK (pue >= '1' AND pue < 'Infinity'),
    valid    tstzrange NOT NULL CHECK (NOT isempty(valid)),
    note     text,
    source   text      NOT NULL DEFAULT 'user',
    origin   text      NOT NULL DEFAULT 'user',
    as_of    date,
    builtin  boolean   NOT NULL DEFAULT false,
    extra    jsonb     NOT NULL DEFAULT '{}',
    EXCLUDE USING gist (provider WITH =, region WITH =, source WITH =, (builtin::integer) WITH =, valid WITH &&)
);
COMMENT ON TABLE accelcost.provider_pue IS 'power usage effectiveness of data centres: energy of the site per energy of its computers';
COMMENT ON COLUMN accelcost.provider_pue.provider IS 'name in accelcost.provider';
COMMENT ON COLUMN accelcost.provider_pue.region IS 'region of the provider; * for all of them';
COMMENT ON COLUMN accelcost.provider_pue.pue IS 'the ratio, 1 or more';

CREATE TABLE accelcost.fx_rate (
    from_currency text      NOT NULL CHECK (accelcost_internal.is_currency(from_currency)),
    to_currency   text      NOT NULL CHECK (accelcost_internal.is_currency(to_currency)),
    rate          numeric   NOT NULL CHECK (rate > 0.0 AND rate < 1e20),
    valid         tstzrange NOT NULL CHECK (NOT isempty(valid)),
    note          text,
    source        text      NOT NULL DEFAULT 'user',
    origin        text      NOT NULL DEFAULT 'user',
    as_of         date,
    builtin       boolean   NOT NULL DEFAULT false,
    extra         jsonb     NOT NULL DEFAULT '{}',
    CONSTRAINT fx_rate_two CHECK (from_currency <> to_currency),
    EXCLUDE USING gist (from_currency WITH =, to_currency WITH =, source WITH =, (builtin::integer) WITH =, valid WITH &&)
);
COMMENT ON TABLE accelcost.fx_rate IS 'exchange rates, yours to fill: the extension brings none';
COMMENT ON COLUMN accelcost.fx_rate.from_currency IS 'currency that is exchanged';
COMMENT ON COLUMN accelcost.fx_rate.to_currency IS 'currency that it becomes';
COMMENT ON COLUMN accelcost.fx_rate.rate IS 'units of to_currency for one of from_currency';

-- ---- what a line of a bill is for -------------------------------------------

CREATE TABLE accelcost.charge_pattern (
    provider             text,
    pattern              text    NOT NULL CHECK (length(pattern) > 0 AND ('' ~ pattern) IS NOT NULL),
    place                integer NOT NULL DEFAULT 0,
    meter                text    CHECK (meter IN ('compute', 'egress')),
    sku                  text,
    accelerator          text,
    gpu_count            numeric CHECK (gpu_count > 0.0 AND gpu_count < 1e9),
    without_host         boolean NOT NULL DEFAULT false,
    transfer_kind        text    CHECK (transfer_kind IN ('internet', 'inter_region', 'inter_az', 'cdn')),
    transfer_service     text    NOT NULL DEFAULT '*' CHECK (btrim(transfer_service) <> ''),
    transfer_destination text,
    note                 text,
    source               text    NOT NULL DEFAULT 'user',
    as_of                date,
    builtin              boolean NOT NULL DEFAULT false,
    extra                jsonb   NOT NULL DEFAULT '{}',
    UNIQUE NULLS NOT DISTINCT (provider, pattern, builtin),
    CONSTRAINT charge_pattern_compute CHECK (meter IS DISTINCT FROM 'compute' OR (accelerator IS NOT NULL AND gpu_count IS NOT NULL)),
    CONSTRAINT charge_pattern_egress CHECK (meter IS DISTINCT FROM 'egress' OR transfer_kind IS NOT NULL)
);
COMMENT ON TABLE accelcost.charge_pattern IS
    'how the words of a charge tell that it is for an accelerator or for data transfer: of the patterns that match it the first by builtin (yours before others), place and pattern decides';
COMMENT ON COLUMN accelcost.charge_pattern.provider IS 'name in accelcost.provider; NULL: any';
COMMENT ON COLUMN accelcost.charge_pattern.pattern IS 'regular expression, sought whatever the case in service_name, sku_meter, charge_description, the InstanceType of sku_price_details and sku_id, one a line';
COMMENT ON COLUMN accelcost.charge_pattern.place IS 'where the pattern stands among those that match, the least first';
COMMENT ON COLUMN accelcost.charge_pattern.meter IS 'compute: an hour of an accelerator; egress: data that is sent; NULL: neither, whatever later patterns say';
COMMENT ON COLUMN accelcost.charge_pattern.sku IS 'sku in accelcost.offer of what is charged; NULL: none, only the accelerator is known';
COMMENT ON COLUMN accelcost.charge_pattern.accelerator IS 'name in accelcost.accelerator';
COMMENT ON COLUMN accelcost.charge_pattern.gpu_count IS 'accelerators that one hour of the charge is for: those of an instance, or 1 where they are charged one by one';
COMMENT ON COLUMN accelcost.charge_pattern.without_host IS 'whether the charge is for the accelerator alone and its host is charged apart, so that a price of both does not compare';
COMMENT ON COLUMN accelcost.charge_pattern.transfer_kind IS 'internet, inter_region, inter_az or cdn, as in accelcost.meter_tariff';
COMMENT ON COLUMN accelcost.charge_pattern.transfer_service IS 'service in accelcost.meter_tariff; * for the one that is meant when none is named';
COMMENT ON COLUMN accelcost.charge_pattern.transfer_destination IS 'region that is sent to, as in accelcost.meter_tariff; NULL: not known';

-- ---- what all of them have ------------------------------------------------

DO $$
DECLARE
    t text;
    c record;
BEGIN
    FOREACH t IN ARRAY '{provider,provider_alias,accelerator,accelerator_alias,accelerator_figure,accelerator_price,model,model_alias,offer,offer_price,meter_tariff,token_price,throughput,electricity_price,grid_carbon,provider_pue,fx_rate,charge_pattern}'::text[] LOOP
        FOR c IN SELECT a.attname, w.words
                 FROM pg_attribute AS a
                 JOIN (VALUES ('note'::name, 'what to know before using the row'),
                              ('source', 'where the row was taken from'),
                              ('origin', 'kind of source, by which look-ups choose: negotiated, user, official, article, third_party or unverified, which is kept but never used'),
                              ('as_of', 'date on which the source said so; the first day of the year if only the year is known'),
                              ('builtin', 'whether the row came with the extension; such rows are read-only'),
                              ('extra', 'further attributes of your own, an object'),
                              ('valid', 'time for which the row holds, from the first instant that the source vouches for to the end, exclusive'),
                              ('account', 'account that negotiated the price; NULL: anybody''s'),
                              ('currency', 'currency or unit of the prices')) AS w (attname, words) ON w.attname = a.attname
                 WHERE a.attrelid = format('accelcost.%I', t)::regclass::oid LOOP
            EXECUTE format('COMMENT ON COLUMN accelcost.%I.%I IS %L', t, c.attname, c.words);
            IF c.attname = 'origin'::name THEN
                EXECUTE format('ALTER TABLE accelcost.%I ADD CONSTRAINT %I CHECK (origin IN (''negotiated'', ''user'', ''official'', ''article'', ''third_party'', ''unverified'') AND (NOT builtin OR origin NOT IN (''negotiated'', ''user'')))',
                                          t, concat(t, '_origin')::name);
            END IF;
        END LOOP;
        EXECUTE format('ALTER TABLE accelcost.%I ADD CONSTRAINT %I CHECK (NOT builtin OR (source IS NOT NULL AND as_of IS NOT NULL)), ADD CONSTRAINT %I CHECK (jsonb_typeof(extra) = ''object''::text)',
                                  t, concat(t, '_source')::name, concat(t, '_extra')::name);
        EXECUTE format('CREATE TRIGGER builtin_read_only BEFORE INSERT OR UPDATE OR DELETE ON accelcost.%I FOR EACH ROW EXECUTE FUNCTION %s()', t, 'accelcost_internal.refuse_builtin_change');
        EXECUTE format('COMMENT ON TRIGGER builtin_read_only ON accelcost.%I IS ''keeps the rows that came with the extension as they are''', t);
        -- The others are what these names are looked up in.
        IF t <> ALL ('{provider,accelerator,model,electricity_price,fx_rate}'::text[]) THEN
            EXECUTE format('CREATE TRIGGER store_known_names BEFORE INSERT OR UPDATE ON accelcost.%I FOR EACH ROW EXECUTE FUNCTION %s()', t, 'accelcost_internal.store_known_names');
            EXECUTE format('COMMENT ON TRIGGER store_known_names ON accelcost.%I IS ''stores providers, accelerators and models by their names in the catalog''', t);
        END IF;
        EXECUTE format('GRANT SELECT ON accelcost.%I TO PUBLIC', t);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON accelcost.%I TO %s WITH GRANT OPTION', t, '@extowner@');
        PERFORM pg_extension_config_dump(format('accelcost.%I', t)::regclass, 'WHERE NOT builtin');
    END LOOP;
END
$$;
