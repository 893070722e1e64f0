-- Electricity prices, grid carbon and PUE.

CREATE TABLE accelcost.electricity_price (
    location      text      NOT NULL CHECK (btrim(location) <> ''),
    sector        text      NOT NULL
        CHECK (accelcost_internal.check_column_word(
                   sector, '{commercial,industrial,business,non_household,household}', 'electricity_price', 'sector')),
    price_per_kwh numeric   NOT NULL CHECK (abs(price_per_kwh) < 1e20),
    currency      text      NOT NULL
        CHECK (accelcost_internal.is_currency(currency)
               OR accelcost_internal.refuse_currency(currency, 'electricity_price', 'currency')),
    valid         tstzrange NOT NULL CHECK (NOT isempty(valid)),
    LIKE accelcost_internal.dated_row INCLUDING DEFAULTS INCLUDING COMMENTS,
    EXCLUDE USING gist (location WITH =, sector WITH =, source WITH =, (builtin::integer) WITH =, valid WITH &&),
    CONSTRAINT electricity_price_origin
        CHECK (accelcost_internal.check_column_word(
                   origin, '{negotiated,user,official,article,third_party,unverified}', 'electricity_price', 'origin')
               AND (NOT builtin OR origin NOT IN ('negotiated', 'user'))),
    CONSTRAINT electricity_price_source CHECK (NOT builtin OR (source IS NOT NULL AND as_of IS NOT NULL)),
    CONSTRAINT electricity_price_as_of_precision
        CHECK (accelcost_internal.check_column_word(
                   as_of_precision, '{day,month,year,page_undated}', 'electricity_price', 'as_of_precision')),
    CONSTRAINT electricity_price_extra CHECK (jsonb_typeof(extra) = 'object')
);
COMMENT ON TABLE accelcost.electricity_price IS
    'electricity prices by location and kind of customer, dated, each with its source';
COMMENT ON COLUMN accelcost.electricity_price.location IS
    'ISO 3166 code of a country or state, as DE or US-VA; a continent; a site of yours';
COMMENT ON COLUMN accelcost.electricity_price.sector IS
    'kind of customer: commercial, industrial, business, non_household or household';
COMMENT ON COLUMN accelcost.electricity_price.price_per_kwh IS
    'price per kWh, in currency; negative if the market pays';
COMMENT ON COLUMN accelcost.electricity_price.currency IS 'currency or unit of the prices';
COMMENT ON COLUMN accelcost.electricity_price.valid IS
    'time in which the row is valid, from the first instant that the source confirms to the end, exclusive';

CREATE TRIGGER builtin_read_only BEFORE INSERT OR UPDATE OR DELETE ON accelcost.electricity_price
    FOR EACH ROW EXECUTE FUNCTION accelcost_internal.refuse_builtin_change();
COMMENT ON TRIGGER builtin_read_only ON accelcost.electricity_price IS
    'keeps the rows that came with the extension as they are';

GRANT SELECT ON accelcost.electricity_price TO PUBLIC;
GRANT SELECT, INSERT, UPDATE, DELETE ON accelcost.electricity_price TO @extowner@ WITH GRANT OPTION;
ALTER TABLE accelcost.electricity_price REPLICA IDENTITY FULL;
SELECT pg_extension_config_dump('accelcost.electricity_price', 'WHERE NOT builtin');

CREATE TABLE accelcost.grid_carbon (
    location  text      NOT NULL CHECK (btrim(location) <> ''),
    provider  text      NOT NULL DEFAULT '*',
    method    text      NOT NULL CHECK (btrim(method) <> ''),
    g_per_kwh float8    NOT NULL CHECK (g_per_kwh >= '0' AND g_per_kwh < 'Infinity'),
    valid     tstzrange NOT NULL CHECK (NOT isempty(valid)),
    LIKE accelcost_internal.dated_row INCLUDING DEFAULTS INCLUDING COMMENTS,
    EXCLUDE USING gist (location WITH =, provider WITH =, method WITH =,
                        source WITH =, (builtin::integer) WITH =, valid WITH &&),
    CONSTRAINT grid_carbon_origin
        CHECK (accelcost_internal.check_column_word(
                   origin, '{negotiated,user,official,article,third_party,unverified}', 'grid_carbon', 'origin')
               AND (NOT builtin OR origin NOT IN ('negotiated', 'user'))),
    CONSTRAINT grid_carbon_source CHECK (NOT builtin OR (source IS NOT NULL AND as_of IS NOT NULL)),
    CONSTRAINT grid_carbon_as_of_precision
        CHECK (accelcost_internal.check_column_word(
                   as_of_precision, '{day,month,year,page_undated}', 'grid_carbon', 'as_of_precision')),
    CONSTRAINT grid_carbon_extra CHECK (jsonb_typeof(extra) = 'object')
);
COMMENT ON TABLE accelcost.grid_carbon IS
    'carbon intensity of grids and of regions of providers, by method; do not mix methods';
COMMENT ON COLUMN accelcost.grid_carbon.location IS 'ISO 3166 code of a country or state, or a region of the provider';
COMMENT ON COLUMN accelcost.grid_carbon.provider IS 'name in accelcost.provider; * for the grid of a location';
COMMENT ON COLUMN accelcost.grid_carbon.method IS 'accounting method of the source';
COMMENT ON COLUMN accelcost.grid_carbon.g_per_kwh IS 'grams of CO2 equivalent per kWh';
COMMENT ON COLUMN accelcost.grid_carbon.valid IS
    'time in which the row is valid, from the first instant that the source confirms to the end, exclusive';

CREATE TRIGGER builtin_read_only BEFORE INSERT OR UPDATE OR DELETE ON accelcost.grid_carbon
    FOR EACH ROW EXECUTE FUNCTION accelcost_internal.refuse_builtin_change();
COMMENT ON TRIGGER builtin_read_only ON accelcost.grid_carbon IS
    'keeps the rows that came with the extension as they are';
CREATE TRIGGER store_known_names BEFORE INSERT OR UPDATE ON accelcost.grid_carbon
    FOR EACH ROW EXECUTE FUNCTION accelcost_internal.store_known_names();
COMMENT ON TRIGGER store_known_names ON accelcost.grid_carbon IS
    'stores providers, accelerators and models by their names in the catalog';

GRANT SELECT ON accelcost.grid_carbon TO PUBLIC;
GRANT SELECT, INSERT, UPDATE, DELETE ON accelcost.grid_carbon TO @extowner@ WITH GRANT OPTION;
ALTER TABLE accelcost.grid_carbon REPLICA IDENTITY FULL;
SELECT pg_extension_config_dump('accelcost.grid_carbon', 'WHERE NOT builtin');

CREATE TABLE accelcost.provider_pue (
    provider text      NOT NULL,
    region   text      NOT NULL DEFAULT '*' CHECK (btrim(region) <> ''),
    pue      float8    NOT NULL CHECK (pue >= '1' AND pue < 'Infinity'),
    valid    tstzrange NOT NULL CHECK (NOT isempty(valid)),
    LIKE accelcost_internal.dated_row INCLUDING DEFAULTS INCLUDING COMMENTS,
    EXCLUDE USING gist (provider WITH =, region WITH =, source WITH =, (builtin::integer) WITH =, valid WITH &&),
    CONSTRAINT provider_pue_origin
        CHECK (accelcost_internal.check_column_word(
                   origin, '{negotiated,user,official,article,third_party,unverified}', 'provider_pue', 'origin')
               AND (NOT builtin OR origin NOT IN ('negotiated', 'user'))),
    CONSTRAINT provider_pue_source CHECK (NOT builtin OR (source IS NOT NULL AND as_of IS NOT NULL)),
    CONSTRAINT provider_pue_as_of_precision
        CHECK (accelcost_internal.check_column_word(
                   as_of_precision, '{day,month,year,page_undated}', 'provider_pue', 'as_of_precision')),
    CONSTRAINT provider_pue_extra CHECK (jsonb_typeof(extra) = 'object')
);
COMMENT ON TABLE accelcost.provider_pue IS
    'power usage effectiveness of data centres: energy of the site per energy of its computers';
COMMENT ON COLUMN accelcost.provider_pue.provider IS 'name in accelcost.provider';
COMMENT ON COLUMN accelcost.provider_pue.region IS 'region of the provider; * for all regions';
COMMENT ON COLUMN accelcost.provider_pue.pue IS 'ratio, 1 or more';
COMMENT ON COLUMN accelcost.provider_pue.valid IS
    'time in which the row is valid, from the first instant that the source confirms to the end, exclusive';

CREATE TRIGGER builtin_read_only BEFORE INSERT OR UPDATE OR DELETE ON accelcost.provider_pue
    FOR EACH ROW EXECUTE FUNCTION accelcost_internal.refuse_builtin_change();
COMMENT ON TRIGGER builtin_read_only ON accelcost.provider_pue IS
    'keeps the rows that came with the extension as they are';
CREATE TRIGGER store_known_names BEFORE INSERT OR UPDATE ON accelcost.provider_pue
    FOR EACH ROW EXECUTE FUNCTION accelcost_internal.store_known_names();
COMMENT ON TRIGGER store_known_names ON accelcost.provider_pue IS
    'stores providers, accelerators and models by their names in the catalog';

GRANT SELECT ON accelcost.provider_pue TO PUBLIC;
GRANT SELECT, INSERT, UPDATE, DELETE ON accelcost.provider_pue TO @extowner@ WITH GRANT OPTION;
ALTER TABLE accelcost.provider_pue REPLICA IDENTITY FULL;
SELECT pg_extension_config_dump('accelcost.provider_pue', 'WHERE NOT builtin');
