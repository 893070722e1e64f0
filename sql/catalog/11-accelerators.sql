-- Accelerators: names, figures and purchase prices.

CREATE TABLE accelcost.accelerator (
    accelerator     text    NOT NULL,
    accelerator_key text    NOT NULL
        GENERATED ALWAYS AS (accelcost_internal.catalog_key(accelerator)) STORED
        CHECK (accelerator_key <> ''),
    kind            text    NOT NULL
        CHECK (accelcost_internal.check_column_word(
                   kind, '{gpu,npu,tpu,asic,cpu,platform}', 'accelerator', 'kind')),
    vendor          text    NOT NULL,
    family          text    NOT NULL,
    LIKE accelcost_internal.named_row INCLUDING DEFAULTS INCLUDING COMMENTS,
    PRIMARY KEY (accelerator_key, builtin),
    CONSTRAINT accelerator_identity UNIQUE (accelerator, builtin),
    CONSTRAINT accelerator_source CHECK (NOT builtin OR (source IS NOT NULL AND as_of IS NOT NULL)),
    CONSTRAINT accelerator_as_of_precision
        CHECK (accelcost_internal.check_column_word(
                   as_of_precision, '{day,month,year,page_undated}', 'accelerator', 'as_of_precision')),
    CONSTRAINT accelerator_extra CHECK (jsonb_typeof(extra) = 'object')
);
ALTER TABLE accelcost.accelerator REPLICA IDENTITY USING INDEX accelerator_identity;
COMMENT ON TABLE accelcost.accelerator IS
    'accelerators by name; their figures are in accelcost.accelerator_figure';
COMMENT ON COLUMN accelcost.accelerator.accelerator IS
    'name of the accelerator, as in all other tables; a family name such as H100 if form and memory are unknown';
COMMENT ON COLUMN accelcost.accelerator.accelerator_key IS
    'name as the catalog compares it: lower case, without blanks and punctuation';
COMMENT ON COLUMN accelcost.accelerator.kind IS
    'gpu, npu, tpu, asic, cpu, or platform: several in one package, whose figures are sums';
COMMENT ON COLUMN accelcost.accelerator.vendor IS 'manufacturer';
COMMENT ON COLUMN accelcost.accelerator.family IS 'name that all forms and memory sizes of a chip share, as H100';

CREATE TRIGGER builtin_read_only BEFORE INSERT OR UPDATE OR DELETE ON accelcost.accelerator
    FOR EACH ROW EXECUTE FUNCTION accelcost_internal.refuse_builtin_change();
COMMENT ON TRIGGER builtin_read_only ON accelcost.accelerator IS
    'keeps the rows that came with the extension as they are';

GRANT SELECT ON accelcost.accelerator TO PUBLIC;
GRANT SELECT, INSERT, UPDATE, DELETE ON accelcost.accelerator TO @extowner@ WITH GRANT OPTION;
SELECT pg_extension_config_dump('accelcost.accelerator', 'WHERE NOT builtin');

CREATE TABLE accelcost.accelerator_alias (
    alias       text    NOT NULL,
    alias_key   text    NOT NULL
        GENERATED ALWAYS AS (accelcost_internal.catalog_key(alias)) STORED
        CHECK (alias_key <> ''),
    accelerator text    NOT NULL,
    LIKE accelcost_internal.named_row INCLUDING DEFAULTS INCLUDING COMMENTS,
    PRIMARY KEY (alias_key, builtin),
    CONSTRAINT accelerator_alias_identity UNIQUE (alias, builtin),
    CONSTRAINT accelerator_alias_source CHECK (NOT builtin OR (source IS NOT NULL AND as_of IS NOT NULL)),
    CONSTRAINT accelerator_alias_as_of_precision
        CHECK (accelcost_internal.check_column_word(
                   as_of_precision, '{day,month,year,page_undated}', 'accelerator_alias', 'as_of_precision')),
    CONSTRAINT accelerator_alias_extra CHECK (jsonb_typeof(extra) = 'object')
);
ALTER TABLE accelcost.accelerator_alias REPLICA IDENTITY USING INDEX accelerator_alias_identity;
COMMENT ON TABLE accelcost.accelerator_alias IS
    'other names of accelerators, as in price lists; yours come before built-in ones';
COMMENT ON COLUMN accelcost.accelerator_alias.alias IS 'other name';
COMMENT ON COLUMN accelcost.accelerator_alias.alias_key IS
    'other name as the catalog compares it: lower case, without blanks and punctuation';
COMMENT ON COLUMN accelcost.accelerator_alias.accelerator IS 'name in accelcost.accelerator';

CREATE TRIGGER builtin_read_only BEFORE INSERT OR UPDATE OR DELETE ON accelcost.accelerator_alias
    FOR EACH ROW EXECUTE FUNCTION accelcost_internal.refuse_builtin_change();
COMMENT ON TRIGGER builtin_read_only ON accelcost.accelerator_alias IS
    'keeps the rows that came with the extension as they are';
CREATE TRIGGER store_known_names BEFORE INSERT OR UPDATE ON accelcost.accelerator_alias
    FOR EACH ROW EXECUTE FUNCTION accelcost_internal.store_known_names();
COMMENT ON TRIGGER store_known_names ON accelcost.accelerator_alias IS
    'stores providers, accelerators and models by their names in the catalog';

GRANT SELECT ON accelcost.accelerator_alias TO PUBLIC;
GRANT SELECT, INSERT, UPDATE, DELETE ON accelcost.accelerator_alias TO @extowner@ WITH GRANT OPTION;
SELECT pg_extension_config_dump('accelcost.accelerator_alias', 'WHERE NOT builtin');

CREATE FUNCTION accelcost_internal.accelerator_name(name text) RETURNS text
    LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT accelerator
    FROM (SELECT 1 AS priority, accelerator, builtin FROM accelcost.accelerator
          WHERE accelerator_key = accelcost_internal.catalog_key(name)
          UNION ALL
          SELECT 2, accelerator, builtin FROM accelcost.accelerator_alias
          WHERE alias_key = accelcost_internal.catalog_key(name)) AS known
    ORDER BY priority, builtin
    LIMIT 1;
END;
COMMENT ON FUNCTION accelcost_internal.accelerator_name(text) IS
    'returns accelcost.accelerator_name, for text resolved at run time';

CREATE FUNCTION accelcost.accelerator_name(name text) RETURNS text
    LANGUAGE sql STABLE STRICT PARALLEL SAFE
    RETURN accelcost_internal.accelerator_name(name);
COMMENT ON FUNCTION accelcost.accelerator_name(text) IS
    'returns the catalog name of an accelerator, from any of its names; NULL if unknown';

CREATE FUNCTION accelcost_internal.check_accelerator(name text) RETURNS text
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    result CONSTANT text := accelcost_internal.accelerator_name(name);
BEGIN
    IF result IS NULL THEN
        RAISE EXCEPTION 'unknown accelerator "%"', name
            USING ERRCODE = 'invalid_parameter_value',
                  HINT = format(
                      'The nearest names are %s. '
                      'Add an accelerator to accelcost.accelerator, '
                      'another name of one to accelcost.accelerator_alias.',
                      (SELECT string_agg(format('"%s"', near.accelerator), ', '
                                         ORDER BY near.distance, near.accelerator COLLATE "C")
                       FROM (SELECT a.accelerator,
                                    min(accelcost_internal.name_distance(a.accelerator_key,
                                                                         accelcost_internal.catalog_key(name)))
                                        AS distance
                             FROM accelcost.accelerator AS a
                             GROUP BY a.accelerator
                             ORDER BY distance, a.accelerator COLLATE "C"
                             LIMIT 3) AS near));
    END IF;
    RETURN result;
END
$$;
COMMENT ON FUNCTION accelcost_internal.check_accelerator(text) IS
    'returns the catalog name of an accelerator; an error with the nearest names if it is unknown';

CREATE FUNCTION accelcost_internal.accelerator_family(accelerator text) RETURNS text
    LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT coalesce((SELECT a.family
                     FROM accelcost.accelerator AS a
                     WHERE a.accelerator = accelerator_family.accelerator
                     ORDER BY a.builtin
                     LIMIT 1),
                    accelerator_family.accelerator);
END;
COMMENT ON FUNCTION accelcost_internal.accelerator_family(text) IS
    'returns the family of an accelerator by its catalog name; the name itself if it has none';

-- From here on, tables have rows from several sources. Sources that disagree are all kept; rows of one source never
-- overlap.

CREATE TABLE accelcost.accelerator_figure (
    accelerator    text    NOT NULL,
    figure         text    NOT NULL
        CHECK (accelcost_internal.check_column_word(
                   figure, '{tops,watts,memory_gb,memory_bandwidth_gb_s,mac_units,clock_hz}',
                   'accelerator_figure', 'figure')),
    precision_name text
        CHECK (accelcost_internal.check_column_word(
                   precision_name, '{fp64,fp32,tf32,fp16,bf16,fp8,fp6,fp4,int16,int8,int4,unstated}',
                   'accelerator_figure', 'precision_name')),
    sparsity       float8  CHECK (sparsity >= '1' AND sparsity < 'Infinity'),
    value          float8  NOT NULL CHECK (value > '0' AND value < 'Infinity'),
    LIKE accelcost_internal.dated_row INCLUDING DEFAULTS INCLUDING COMMENTS,
    UNIQUE NULLS NOT DISTINCT (accelerator, figure, precision_name, sparsity, source, builtin),
    CONSTRAINT accelerator_figure_precision
        CHECK (figure = 'mac_units' OR (figure = 'tops') = (precision_name IS NOT NULL)),
    CONSTRAINT accelerator_figure_sparsity CHECK (figure = 'tops' OR sparsity IS NULL),
    CONSTRAINT accelerator_figure_origin
        CHECK (accelcost_internal.check_column_word(
                   origin, '{negotiated,user,official,article,third_party,unverified}', 'accelerator_figure', 'origin')
               AND (NOT builtin OR origin NOT IN ('negotiated', 'user'))),
    CONSTRAINT accelerator_figure_source CHECK (NOT builtin OR (source IS NOT NULL AND as_of IS NOT NULL)),
    CONSTRAINT accelerator_figure_as_of_precision
        CHECK (accelcost_internal.check_column_word(
                   as_of_precision, '{day,month,year,page_undated}', 'accelerator_figure', 'as_of_precision')),
    CONSTRAINT accelerator_figure_extra CHECK (jsonb_typeof(extra) = 'object')
);
COMMENT ON TABLE accelcost.accelerator_figure IS
    'throughput, power and memory of accelerators, one figure and source per row';
COMMENT ON COLUMN accelcost.accelerator_figure.accelerator IS 'name in accelcost.accelerator';
COMMENT ON COLUMN accelcost.accelerator_figure.figure IS
    'tops (10^12 operations/s), watts (rated), memory_gb, memory_bandwidth_gb_s (10^9 bytes/s), mac_units or clock_hz';
COMMENT ON COLUMN accelcost.accelerator_figure.precision_name IS
    'precision of a throughput, unstated if the source names none; NULL for other figures';
COMMENT ON COLUMN accelcost.accelerator_figure.sparsity IS
    'factor of structured sparsity in a throughput: 1 dense, 2 for 2:4; NULL if not stated';
COMMENT ON COLUMN accelcost.accelerator_figure.value IS 'value of the figure, in its unit';

CREATE TRIGGER builtin_read_only BEFORE INSERT OR UPDATE OR DELETE ON accelcost.accelerator_figure
    FOR EACH ROW EXECUTE FUNCTION accelcost_internal.refuse_builtin_change();
COMMENT ON TRIGGER builtin_read_only ON accelcost.accelerator_figure IS
    'keeps the rows that came with the extension as they are';
CREATE TRIGGER store_known_names BEFORE INSERT OR UPDATE ON accelcost.accelerator_figure
    FOR EACH ROW EXECUTE FUNCTION accelcost_internal.store_known_names();
COMMENT ON TRIGGER store_known_names ON accelcost.accelerator_figure IS
    'stores providers, accelerators and models by their names in the catalog';

GRANT SELECT ON accelcost.accelerator_figure TO PUBLIC;
GRANT SELECT, INSERT, UPDATE, DELETE ON accelcost.accelerator_figure TO @extowner@ WITH GRANT OPTION;
ALTER TABLE accelcost.accelerator_figure REPLICA IDENTITY FULL;
SELECT pg_extension_config_dump('accelcost.accelerator_figure', 'WHERE NOT builtin');

CREATE TABLE accelcost.accelerator_price (
    accelerator text      NOT NULL,
    price_low   numeric   NOT NULL CHECK (price_low >= 0.0 AND price_low < 1e20),
    price_high  numeric   CHECK (price_high < 1e20),
    currency    text      NOT NULL DEFAULT 'USD'
        CHECK (accelcost_internal.is_currency(currency)
               OR accelcost_internal.refuse_currency(currency, 'accelerator_price', 'currency')),
    valid       tstzrange NOT NULL CHECK (NOT isempty(valid)),
    LIKE accelcost_internal.dated_row INCLUDING DEFAULTS INCLUDING COMMENTS,
    CONSTRAINT accelerator_price_range CHECK (price_high >= price_low),
    EXCLUDE USING gist (accelerator WITH =, source WITH =, (builtin::integer) WITH =, valid WITH &&),
    CONSTRAINT accelerator_price_origin
        CHECK (accelcost_internal.check_column_word(
                   origin, '{negotiated,user,official,article,third_party,unverified}', 'accelerator_price', 'origin')
               AND (NOT builtin OR origin NOT IN ('negotiated', 'user'))),
    CONSTRAINT accelerator_price_source CHECK (NOT builtin OR (source IS NOT NULL AND as_of IS NOT NULL)),
    CONSTRAINT accelerator_price_as_of_precision
        CHECK (accelcost_internal.check_column_word(
                   as_of_precision, '{day,month,year,page_undated}', 'accelerator_price', 'as_of_precision')),
    CONSTRAINT accelerator_price_extra CHECK (jsonb_typeof(extra) = 'object')
);
COMMENT ON TABLE accelcost.accelerator_price IS
    'purchase prices of accelerators';
COMMENT ON COLUMN accelcost.accelerator_price.accelerator IS 'name in accelcost.accelerator';
COMMENT ON COLUMN accelcost.accelerator_price.price_low IS 'lowest price of one accelerator, in currency';
COMMENT ON COLUMN accelcost.accelerator_price.price_high IS
    'highest price of one accelerator, in currency; NULL if the source says "more than"';
COMMENT ON COLUMN accelcost.accelerator_price.currency IS 'currency or unit of the prices';
COMMENT ON COLUMN accelcost.accelerator_price.valid IS
    'time in which the row is valid, from the first instant that the source confirms to the end, exclusive';

CREATE TRIGGER builtin_read_only BEFORE INSERT OR UPDATE OR DELETE ON accelcost.accelerator_price
    FOR EACH ROW EXECUTE FUNCTION accelcost_internal.refuse_builtin_change();
COMMENT ON TRIGGER builtin_read_only ON accelcost.accelerator_price IS
    'keeps the rows that came with the extension as they are';
CREATE TRIGGER store_known_names BEFORE INSERT OR UPDATE ON accelcost.accelerator_price
    FOR EACH ROW EXECUTE FUNCTION accelcost_internal.store_known_names();
COMMENT ON TRIGGER store_known_names ON accelcost.accelerator_price IS
    'stores providers, accelerators and models by their names in the catalog';

GRANT SELECT ON accelcost.accelerator_price TO PUBLIC;
GRANT SELECT, INSERT, UPDATE, DELETE ON accelcost.accelerator_price TO @extowner@ WITH GRANT OPTION;
ALTER TABLE accelcost.accelerator_price REPLICA IDENTITY FULL;
SELECT pg_extension_config_dump('accelcost.accelerator_price', 'WHERE NOT builtin');
