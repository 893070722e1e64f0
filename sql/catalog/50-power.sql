-- Electricity prices, grid carbon and PUE.

CREATE TABLE accelcost.electricity_price (
    location         text      NOT NULL CHECK (btrim(location) <> ''),
    sector        text      NOT NULL
        CHECK (accelcost_internal.check_column_word(sector, '{commercial,industrial,business,non_household,household}',
               'electricity_price', 'sector')),
    price_per_kwh numeric   NOT NULL CHECK (abs(price_per_kwh) < 1e20),
    currency      text      NOT NULL
        CHECK (accelcost_internal.is_currency(currency) OR accelcost_internal.refuse_currency(currency, 'electricity_price', 'currency')),
    valid         tstzrange NOT NULL CHECK (NOT isempty(valid)),
    note          text,
    source        text      NOT NULL DEFAULT 'user',
    origin        text      NOT NULL DEFAULT 'user',
    as_of         date,
    builtin       boolean   NOT NULL DEFAULT false,
    extra         jsonb     NOT NULL DEFAULT '{}',
    EXCLUDE USING gist (location WITH =, sector WITH =, source WITH =, (builtin::integer) WITH =, valid WITH &&)
);
COMMENT ON TABLE accelcost.electricity_price IS 'prices of electricity by place and kind of customer, dated, each with its source';
COMMENT ON COLUMN accelcost.electricity_price.location IS 'ISO 3166 code of a country or state, as DE or US-VA; a continent; a site of yours';
COMMENT ON COLUMN accelcost.electricity_price.sector IS 'kind of customer: commercial, industrial, business, non_household or household';
COMMENT ON COLUMN accelcost.electricity_price.price_per_kwh IS 'price of a kWh, in currency; negative where the market pays';

CREATE TABLE accelcost.grid_carbon (
    location     text      NOT NULL CHECK (btrim(location) <> ''),
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
    EXCLUDE USING gist (location WITH =, provider WITH =, method WITH =, source WITH =, (builtin::integer) WITH =, valid WITH &&)
);
COMMENT ON TABLE accelcost.grid_carbon IS 'carbon in the electricity of places and of regions of providers, by method, which are not to be mixed';
COMMENT ON COLUMN accelcost.grid_carbon.location IS 'ISO 3166 code of a country or state, or a region of the provider';
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
