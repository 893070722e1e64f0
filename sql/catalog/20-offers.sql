-- Offers and their prices per hour.

CREATE TABLE accelcost.offer (
    provider                  text    NOT NULL,
    sku                       text    NOT NULL CHECK (btrim(sku) <> ''),
    region                    text    NOT NULL DEFAULT '*' CHECK (btrim(region) <> ''),
    geo                       text    CHECK (geo <> '' AND geo = lower(btrim(geo) COLLATE "C")),
    purchase_option           text    NOT NULL
        CHECK (accelcost_internal.check_column_word(
                   purchase_option, '{on_demand,spot,reserved,committed,capacity_block}', 'offer', 'purchase_option')),
    term_months               integer NOT NULL DEFAULT 0 CHECK (term_months BETWEEN 0 AND 1200),
    accelerator               text,
    gpu_count                 numeric CHECK (gpu_count > 0.0 AND gpu_count < 1e9),
    price_basis               text    NOT NULL
        CHECK (accelcost_internal.check_column_word(
                   price_basis, '{per_instance,per_gpu,per_chip,per_slice,host_only,unknown}', 'offer', 'price_basis')),
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
    LIKE accelcost_internal.evidence INCLUDING COMMENTS,
    PRIMARY KEY (provider, sku, region, purchase_option, term_months, builtin),
    CONSTRAINT offer_count
        CHECK (gpu_count IS NOT NULL
               OR price_basis NOT IN ('per_instance', 'per_slice')
               OR accelcost_internal.refuse_value(price_basis, 'offer', 'price_basis',
                                                  'Give gpu_count, or use another price basis.')),
    CONSTRAINT offer_term
        CHECK (term_months = 0
               OR purchase_option IN ('reserved', 'committed', 'capacity_block')
               OR accelcost_internal.refuse_value(term_months::text, 'offer', 'term_months',
                                                  'Give 0: only what is reserved or committed has a term.')),
    CONSTRAINT offer_source CHECK (NOT builtin OR (source IS NOT NULL AND as_of IS NOT NULL)),
    CONSTRAINT offer_as_of_precision
        CHECK (accelcost_internal.check_column_word(
                   as_of_precision, '{day,month,year,page_undated}', 'offer', 'as_of_precision')),
    CONSTRAINT offer_extra CHECK (jsonb_typeof(extra) = 'object')
);
COMMENT ON TABLE accelcost.offer IS
    'what you can rent by the hour; accelcost.offer_price has prices under the same first five columns';
COMMENT ON COLUMN accelcost.offer.provider IS 'name in accelcost.provider';
COMMENT ON COLUMN accelcost.offer.sku IS 'name that the provider gives it, as p5.48xlarge';
COMMENT ON COLUMN accelcost.offer.region IS 'region as the provider names it; * if the source names none';
COMMENT ON COLUMN accelcost.offer.geo IS
    'continent or bloc of the region, in lower case, as region_geo says; NULL to take it from the name of the region';
COMMENT ON COLUMN accelcost.offer.purchase_option IS 'on_demand, spot, reserved, committed or capacity_block';
COMMENT ON COLUMN accelcost.offer.term_months IS 'months of commitment; 0 for none, or for days';
COMMENT ON COLUMN accelcost.offer.accelerator IS
    'name in accelcost.accelerator; a family name if the source does not name the form';
COMMENT ON COLUMN accelcost.offer.gpu_count IS
    'accelerators (TPU: chips) in an instance or slice; a fraction if several instances share one';
COMMENT ON COLUMN accelcost.offer.price_basis IS
    'per_instance, per_gpu, per_chip, per_slice, host_only (without accelerators) or unknown; never assumed';
COMMENT ON COLUMN accelcost.offer.upfront IS 'one-off payment for the term, in the currency of the price';
COMMENT ON COLUMN accelcost.offer.billing_increment_seconds IS
    'seconds to whose multiple a session is rounded up; NULL if unknown';
COMMENT ON COLUMN accelcost.offer.minimum_seconds IS 'seconds that a session is billed for at least; NULL if unknown';
COMMENT ON COLUMN accelcost.offer.prepaid IS 'true if you pay before use; NULL if unknown';
COMMENT ON COLUMN accelcost.offer.includes_host IS 'true if the price includes CPU and memory; NULL if unknown';
COMMENT ON COLUMN accelcost.offer.form_factor IS 'kind and form of the accelerator in the words of the source';
COMMENT ON COLUMN accelcost.offer.best_fit IS 'use for which the source recommends it';
COMMENT ON COLUMN accelcost.offer.note IS 'what to know before you use the row';
COMMENT ON COLUMN accelcost.offer.source IS 'where the row was taken from';
COMMENT ON COLUMN accelcost.offer.as_of IS 'date of the source; the first day of the year if only the year is known';
COMMENT ON COLUMN accelcost.offer.builtin IS 'true if the row came with the extension and is read-only';
COMMENT ON COLUMN accelcost.offer.extra IS 'your own attributes, an object';

CREATE TRIGGER builtin_read_only BEFORE INSERT OR UPDATE OR DELETE ON accelcost.offer
    FOR EACH ROW EXECUTE FUNCTION accelcost_internal.refuse_builtin_change();
COMMENT ON TRIGGER builtin_read_only ON accelcost.offer IS
    'keeps the rows that came with the extension as they are';
CREATE TRIGGER store_known_names BEFORE INSERT OR UPDATE ON accelcost.offer
    FOR EACH ROW EXECUTE FUNCTION accelcost_internal.store_known_names();
COMMENT ON TRIGGER store_known_names ON accelcost.offer IS
    'stores providers, accelerators and models by their names in the catalog';

GRANT SELECT ON accelcost.offer TO PUBLIC;
GRANT SELECT, INSERT, UPDATE, DELETE ON accelcost.offer TO @extowner@ WITH GRANT OPTION;
SELECT pg_extension_config_dump('accelcost.offer', 'WHERE NOT builtin');

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
    currency        text      NOT NULL DEFAULT 'USD'
        CHECK (accelcost_internal.is_currency(currency)
               OR accelcost_internal.refuse_currency(currency, 'offer_price', 'currency')),
    printed         text,
    valid           tstzrange NOT NULL CHECK (NOT isempty(valid)),
    replaces_builtin boolean  NOT NULL DEFAULT false,
    LIKE accelcost_internal.dated_row INCLUDING DEFAULTS INCLUDING COMMENTS,
    CONSTRAINT offer_price_amount
        CHECK ((amount IS NULL) = (price_low IS NOT NULL) AND (price_high IS NULL OR price_low IS NOT NULL)),
    CONSTRAINT offer_price_range CHECK (price_high >= price_low),
    CONSTRAINT offer_price_account CHECK (account IS NULL OR origin = 'negotiated'),
    EXCLUDE USING gist (provider WITH =, sku WITH =, region WITH =, purchase_option WITH =, term_months WITH =,
                        source WITH =, (coalesce(account, '')) WITH =, (builtin::integer) WITH =, valid WITH &&),
    CONSTRAINT offer_price_origin
        CHECK (accelcost_internal.check_column_word(
                   origin, '{negotiated,user,official,article,third_party,unverified}', 'offer_price', 'origin')
               AND (NOT builtin OR origin NOT IN ('negotiated', 'user'))),
    CONSTRAINT offer_price_replaces CHECK (NOT (builtin AND replaces_builtin)),
    CONSTRAINT offer_price_source CHECK (NOT builtin OR (source IS NOT NULL AND as_of IS NOT NULL)),
    CONSTRAINT offer_price_as_of_precision
        CHECK (accelcost_internal.check_column_word(
                   as_of_precision, '{day,month,year,page_undated}', 'offer_price', 'as_of_precision')),
    CONSTRAINT offer_price_extra CHECK (jsonb_typeof(extra) = 'object')
);
COMMENT ON TABLE accelcost.offer_price IS
    'hourly prices of offers, dated, each with its source; price_basis of the offer says what they are for';
COMMENT ON COLUMN accelcost.offer_price.provider IS 'name in accelcost.provider';
COMMENT ON COLUMN accelcost.offer_price.sku IS 'sku in accelcost.offer';
COMMENT ON COLUMN accelcost.offer_price.region IS 'region in accelcost.offer';
COMMENT ON COLUMN accelcost.offer_price.purchase_option IS 'purchase option in accelcost.offer';
COMMENT ON COLUMN accelcost.offer_price.term_months IS 'term in accelcost.offer, in months';
COMMENT ON COLUMN accelcost.offer_price.account IS 'account that negotiated the price; NULL if the price is public';
COMMENT ON COLUMN accelcost.offer_price.amount IS 'hourly price, in currency; NULL if the source gives a range';
COMMENT ON COLUMN accelcost.offer_price.price_low IS 'lower end of a range, per hour, in currency';
COMMENT ON COLUMN accelcost.offer_price.price_high IS
    'upper end of a range, per hour, in currency; NULL if the source says "from"';
COMMENT ON COLUMN accelcost.offer_price.currency IS 'currency or unit of the prices';
COMMENT ON COLUMN accelcost.offer_price.printed IS 'price as the source prints it';
COMMENT ON COLUMN accelcost.offer_price.valid IS
    'time in which the row is valid, from the first instant that the source confirms to the end, exclusive';
COMMENT ON COLUMN accelcost.offer_price.replaces_builtin IS
    'true if built-in prices of the sku, option and term end with it in all regions, as with imported prices';

CREATE TRIGGER builtin_read_only BEFORE INSERT OR UPDATE OR DELETE ON accelcost.offer_price
    FOR EACH ROW EXECUTE FUNCTION accelcost_internal.refuse_builtin_change();
COMMENT ON TRIGGER builtin_read_only ON accelcost.offer_price IS
    'keeps the rows that came with the extension as they are';
CREATE TRIGGER store_known_names BEFORE INSERT OR UPDATE ON accelcost.offer_price
    FOR EACH ROW EXECUTE FUNCTION accelcost_internal.store_known_names();
COMMENT ON TRIGGER store_known_names ON accelcost.offer_price IS
    'stores providers, accelerators and models by their names in the catalog';

GRANT SELECT ON accelcost.offer_price TO PUBLIC;
GRANT SELECT, INSERT, UPDATE, DELETE ON accelcost.offer_price TO @extowner@ WITH GRANT OPTION;
ALTER TABLE accelcost.offer_price REPLICA IDENTITY FULL;
SELECT pg_extension_config_dump('accelcost.offer_price', 'WHERE NOT builtin');
