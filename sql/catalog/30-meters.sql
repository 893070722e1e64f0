-- Tariffs for data transfer, storage and requests.

CREATE TABLE accelcost.meter_tariff (
    provider      text      NOT NULL,
    meter         text      NOT NULL CHECK (btrim(meter) <> ''),
    kind          text      NOT NULL DEFAULT '*' CHECK (btrim(kind) <> ''),
    service       text      NOT NULL DEFAULT '*' CHECK (btrim(service) <> ''),
    from_region   text      NOT NULL DEFAULT '*' CHECK (btrim(from_region) <> ''),
    to_region     text      NOT NULL DEFAULT '*' CHECK (btrim(to_region) <> ''),
    account       text,
    tariff        @extschema@.tariff,
    price_low     numeric   CHECK (price_low >= 0.0 AND price_low < 1e20),
    price_high    numeric   CHECK (price_high < 1e20),
    free_quantity numeric   NOT NULL DEFAULT 0 CHECK (free_quantity >= 0.0 AND free_quantity < 1e20),
    free_in_tiers boolean   NOT NULL DEFAULT true,
    free_per      text      NOT NULL DEFAULT 'month'
        CHECK (accelcost_internal.check_column_word(free_per, '{month,day}', 'meter_tariff', 'free_per')),
    free_pool     text,
    currency      text      NOT NULL DEFAULT 'USD'
        CHECK (accelcost_internal.is_currency(currency)
               OR accelcost_internal.refuse_currency(currency, 'meter_tariff', 'currency')),
    unit          text      NOT NULL
        CHECK (btrim(unit) <> ''),
    unit_bytes    numeric   CHECK (unit_bytes > 0.0 AND unit_bytes < 1e30),
    valid         tstzrange NOT NULL CHECK (NOT isempty(valid)),
    LIKE accelcost_internal.dated_row INCLUDING DEFAULTS INCLUDING COMMENTS,
    CONSTRAINT meter_tariff_kind
        CHECK (meter <> 'egress'
               OR accelcost_internal.check_column_word(
                      kind, '{internet,inter_region,inter_az,cdn}', 'meter_tariff', 'kind')),
    CONSTRAINT meter_tariff_unit
        CHECK (CASE meter
                   WHEN 'egress'
                   THEN accelcost_internal.check_column_word(unit, '{GB,GiB,TB,TiB}', 'meter_tariff', 'unit')
                   WHEN 'storage'
                   THEN accelcost_internal.check_column_word(unit, '{GB-month,GiB-month}', 'meter_tariff', 'unit')
                   ELSE true END),
    CONSTRAINT meter_tariff_price
        CHECK ((tariff IS NULL) = (price_low IS NOT NULL) AND (price_high IS NULL OR price_low IS NOT NULL)),
    CONSTRAINT meter_tariff_range CHECK (price_high >= price_low),
    CONSTRAINT meter_tariff_unit_bytes
        CHECK ((unit LIKE 'Gi%' AND unit_bytes = 1073741824.0)
               OR (unit LIKE 'Ti%' AND unit_bytes = 1099511627776.0)
               OR unit LIKE 'GB%'
               OR unit LIKE 'TB%'
               OR unit_bytes IS NULL),
    -- A free first tier would be the price of all units in a volume tariff, and a whole block in a package.
    CONSTRAINT meter_tariff_free
        CHECK (free_quantity = 0.0
               OR NOT free_in_tiers
               OR tariff IS NULL
               -- By the name of the function: pg_upgrade creates tables before casts.
               OR (@extschema@.tariff_to_jsonb(tariff)->>'mode') = 'graduated'),
    CONSTRAINT meter_tariff_day
        CHECK (free_per = 'month' OR (free_pool IS NULL AND meter NOT IN ('egress', 'storage'))),
    CONSTRAINT meter_tariff_account CHECK (account IS NULL OR origin = 'negotiated'),
    EXCLUDE USING gist (provider WITH =, meter WITH =, kind WITH =, service WITH =,
                        from_region WITH =, to_region WITH =,
                        source WITH =, (coalesce(account, '')) WITH =, (builtin::integer) WITH =, valid WITH &&),
    CONSTRAINT meter_tariff_origin
        CHECK (accelcost_internal.check_column_word(
                   origin, '{negotiated,user,official,article,third_party,unverified}', 'meter_tariff', 'origin')
               AND (NOT builtin OR origin NOT IN ('negotiated', 'user'))),
    CONSTRAINT meter_tariff_source CHECK (NOT builtin OR (source IS NOT NULL AND as_of IS NOT NULL)),
    CONSTRAINT meter_tariff_as_of_precision
        CHECK (accelcost_internal.check_column_word(
                   as_of_precision, '{day,month,year,page_undated}', 'meter_tariff', 'as_of_precision')),
    CONSTRAINT meter_tariff_extra CHECK (jsonb_typeof(extra) = 'object')
);
COMMENT ON TABLE accelcost.meter_tariff IS
    'tiered prices of data transfer, storage and other meters, dated, each with its unit and source';
COMMENT ON COLUMN accelcost.meter_tariff.provider IS 'name in accelcost.provider';
COMMENT ON COLUMN accelcost.meter_tariff.meter IS
    'what is counted: egress, storage, requests, images, characters, audio, searches or another meter';
COMMENT ON COLUMN accelcost.meter_tariff.kind IS
    'for egress: internet, inter_region, inter_az or cdn; for others a class or quality, * for any';
COMMENT ON COLUMN accelcost.meter_tariff.service IS
    'model or product of the provider; * for the default product, and for any model';
COMMENT ON COLUMN accelcost.meter_tariff.from_region IS 'region of origin or of storage; * for any';
COMMENT ON COLUMN accelcost.meter_tariff.to_region IS
    'destination region or group of countries; * for those that no other row names';
COMMENT ON COLUMN accelcost.meter_tariff.account IS 'account that negotiated the price; NULL if the price is public';
COMMENT ON COLUMN accelcost.meter_tariff.tariff IS
    'price of a month''s quantity in unit, without the free quantity; NULL if the source gives a range';
COMMENT ON COLUMN accelcost.meter_tariff.price_low IS 'lower end of a range, per unit, in currency';
COMMENT ON COLUMN accelcost.meter_tariff.price_high IS 'upper end of a range, per unit, in currency';
COMMENT ON COLUMN accelcost.meter_tariff.free_quantity IS 'units that are free each month, or day if free_per is day';
COMMENT ON COLUMN accelcost.meter_tariff.free_per IS
    'month, or day if the free quantity is for each day in UTC and what is left of it expires';
COMMENT ON COLUMN accelcost.meter_tariff.free_in_tiers IS
    'true if free units count towards the bounds of the tariff, false if they come before it';
COMMENT ON COLUMN accelcost.meter_tariff.free_pool IS
    'name of the free pool: tariffs in it share the free quantity, once per payer and month';
COMMENT ON COLUMN accelcost.meter_tariff.currency IS 'currency or unit of the prices';
COMMENT ON COLUMN accelcost.meter_tariff.unit IS 'unit of prices, bounds and free quantity, as the provider writes it';
COMMENT ON COLUMN accelcost.meter_tariff.unit_bytes IS
    'bytes in a unit, as 2^30 or 10^9 in a GB; NULL for requests, or if the source does not say';
COMMENT ON COLUMN accelcost.meter_tariff.valid IS
    'time in which the row is valid, from the first instant that the source confirms to the end, exclusive';

CREATE TRIGGER builtin_read_only BEFORE INSERT OR UPDATE OR DELETE ON accelcost.meter_tariff
    FOR EACH ROW EXECUTE FUNCTION accelcost_internal.refuse_builtin_change();
COMMENT ON TRIGGER builtin_read_only ON accelcost.meter_tariff IS
    'keeps the rows that came with the extension as they are';
CREATE TRIGGER store_known_names BEFORE INSERT OR UPDATE ON accelcost.meter_tariff
    FOR EACH ROW EXECUTE FUNCTION accelcost_internal.store_known_names();
COMMENT ON TRIGGER store_known_names ON accelcost.meter_tariff IS
    'stores providers, accelerators and models by their names in the catalog';

GRANT SELECT ON accelcost.meter_tariff TO PUBLIC;
GRANT SELECT, INSERT, UPDATE, DELETE ON accelcost.meter_tariff TO @extowner@ WITH GRANT OPTION;
ALTER TABLE accelcost.meter_tariff REPLICA IDENTITY FULL;
SELECT pg_extension_config_dump('accelcost.meter_tariff', 'WHERE NOT builtin');
