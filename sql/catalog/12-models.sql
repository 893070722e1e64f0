-- Models and their names.

-- Punctuation counts in names of models: gpt-4.1 is not gpt-41.
CREATE TABLE accelcost.model (
    model     text    NOT NULL,
    model_key text    NOT NULL
        GENERATED ALWAYS AS (lower(model COLLATE "C")) STORED
        CHECK (model_key <> ''),
    vendor    text,
    LIKE accelcost_internal.named_row INCLUDING DEFAULTS INCLUDING COMMENTS,
    PRIMARY KEY (model_key, builtin),
    CONSTRAINT model_identity UNIQUE (model, builtin),
    CONSTRAINT model_source CHECK (NOT builtin OR (source IS NOT NULL AND as_of IS NOT NULL)),
    CONSTRAINT model_as_of_precision
        CHECK (accelcost_internal.check_column_word(
                   as_of_precision, '{day,month,year,page_undated}', 'model', 'as_of_precision')),
    CONSTRAINT model_extra CHECK (jsonb_typeof(extra) = 'object')
);
ALTER TABLE accelcost.model REPLICA IDENTITY USING INDEX model_identity;
COMMENT ON TABLE accelcost.model IS
    'models by name';
COMMENT ON COLUMN accelcost.model.model IS 'name of the model, as in all other tables';
COMMENT ON COLUMN accelcost.model.model_key IS 'name as the catalog compares it: ASCII letters in lower case';
COMMENT ON COLUMN accelcost.model.vendor IS 'maker of the model';

CREATE TRIGGER builtin_read_only BEFORE INSERT OR UPDATE OR DELETE ON accelcost.model
    FOR EACH ROW EXECUTE FUNCTION accelcost_internal.refuse_builtin_change();
COMMENT ON TRIGGER builtin_read_only ON accelcost.model IS
    'keeps the rows that came with the extension as they are';

GRANT SELECT ON accelcost.model TO PUBLIC;
GRANT SELECT, INSERT, UPDATE, DELETE ON accelcost.model TO @extowner@ WITH GRANT OPTION;
SELECT pg_extension_config_dump('accelcost.model', 'WHERE NOT builtin');

CREATE TABLE accelcost.model_alias (
    alias     text    NOT NULL,
    alias_key text    NOT NULL
        GENERATED ALWAYS AS (lower(alias COLLATE "C")) STORED
        CHECK (alias_key <> ''),
    model     text    NOT NULL,
    LIKE accelcost_internal.named_row INCLUDING DEFAULTS INCLUDING COMMENTS,
    PRIMARY KEY (alias_key, builtin),
    CONSTRAINT model_alias_identity UNIQUE (alias, builtin),
    CONSTRAINT model_alias_source CHECK (NOT builtin OR (source IS NOT NULL AND as_of IS NOT NULL)),
    CONSTRAINT model_alias_as_of_precision
        CHECK (accelcost_internal.check_column_word(
                   as_of_precision, '{day,month,year,page_undated}', 'model_alias', 'as_of_precision')),
    CONSTRAINT model_alias_extra CHECK (jsonb_typeof(extra) = 'object')
);
ALTER TABLE accelcost.model_alias REPLICA IDENTITY USING INDEX model_alias_identity;
COMMENT ON TABLE accelcost.model_alias IS
    'other names of models, as in logs and price lists; yours come before built-in ones';
COMMENT ON COLUMN accelcost.model_alias.alias IS
    'other name, with the prefix of a router if it has one, as openai/gpt-5';
COMMENT ON COLUMN accelcost.model_alias.alias_key IS
    'other name as the catalog compares it: ASCII letters in lower case';
COMMENT ON COLUMN accelcost.model_alias.model IS 'name in accelcost.model';

CREATE TRIGGER builtin_read_only BEFORE INSERT OR UPDATE OR DELETE ON accelcost.model_alias
    FOR EACH ROW EXECUTE FUNCTION accelcost_internal.refuse_builtin_change();
COMMENT ON TRIGGER builtin_read_only ON accelcost.model_alias IS
    'keeps the rows that came with the extension as they are';
CREATE TRIGGER store_known_names BEFORE INSERT OR UPDATE ON accelcost.model_alias
    FOR EACH ROW EXECUTE FUNCTION accelcost_internal.store_known_names();
COMMENT ON TRIGGER store_known_names ON accelcost.model_alias IS
    'stores providers, accelerators and models by their names in the catalog';

GRANT SELECT ON accelcost.model_alias TO PUBLIC;
GRANT SELECT, INSERT, UPDATE, DELETE ON accelcost.model_alias TO @extowner@ WITH GRANT OPTION;
SELECT pg_extension_config_dump('accelcost.model_alias', 'WHERE NOT builtin');

CREATE FUNCTION accelcost_internal.model_name(name text) RETURNS text
    LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT model
    FROM (SELECT 1 AS priority, model, builtin FROM accelcost.model WHERE model_key = lower(name COLLATE "C")
          UNION ALL
          SELECT 2, model, builtin FROM accelcost.model_alias WHERE alias_key = lower(name COLLATE "C")) AS known
    ORDER BY priority, builtin
    LIMIT 1;
END;
COMMENT ON FUNCTION accelcost_internal.model_name(text) IS
    'returns accelcost.model_name, for text resolved at run time';

CREATE FUNCTION accelcost.model_name(name text) RETURNS text
    LANGUAGE sql STABLE STRICT PARALLEL SAFE
    RETURN accelcost_internal.model_name(name);
COMMENT ON FUNCTION accelcost.model_name(text) IS
    'returns the catalog name of a model, from any of its names; NULL if unknown';
