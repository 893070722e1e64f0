-- Providers and their names.

CREATE FUNCTION accelcost_internal.catalog_key(name text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN regexp_replace(lower(name COLLATE "C"), '[[:space:][:punct:]]', '', 'g');
COMMENT ON FUNCTION accelcost_internal.catalog_key(text) IS
    'returns a name as the catalog compares it: lower case, without blanks and punctuation';

CREATE FUNCTION accelcost_internal.name_distance(a text, b text) RETURNS integer
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_name_distance';
COMMENT ON FUNCTION accelcost_internal.name_distance(text, text) IS
    'returns the Levenshtein distance of the first 100 characters of two names';

CREATE TABLE accelcost.provider (
    provider     text    NOT NULL,
    provider_key text    NOT NULL
        GENERATED ALWAYS AS (accelcost_internal.catalog_key(provider)) STORED
        CHECK (provider_key <> ''),
    kind         text    NOT NULL
        CHECK (accelcost_internal.check_column_word(
                   kind, '{hyperscaler,neocloud,decentralized,api,own}', 'provider', 'kind')),
    reliability  text,
    sla_percent  numeric CHECK (sla_percent > 0.0 AND sla_percent <= 100.0),
    egress_fees  boolean,
    best_fit     text[],
    LIKE accelcost_internal.named_row INCLUDING DEFAULTS INCLUDING COMMENTS,
    PRIMARY KEY (provider_key, builtin),
    CONSTRAINT provider_identity UNIQUE (provider, builtin),
    CONSTRAINT provider_source CHECK (NOT builtin OR (source IS NOT NULL AND as_of IS NOT NULL)),
    CONSTRAINT provider_as_of_precision
        CHECK (accelcost_internal.check_column_word(
                   as_of_precision, '{day,month,year,page_undated}', 'provider', 'as_of_precision')),
    CONSTRAINT provider_extra CHECK (jsonb_typeof(extra) = 'object')
);
-- The identity has no generated column, which PostgreSQL 18 does not publish.
ALTER TABLE accelcost.provider REPLICA IDENTITY USING INDEX provider_identity;
COMMENT ON TABLE accelcost.provider IS
    'sellers of accelerators or of tokens, and your own data centres';
COMMENT ON COLUMN accelcost.provider.provider IS 'name of the provider, as in all other tables';
COMMENT ON COLUMN accelcost.provider.provider_key IS
    'name as the catalog compares it: lower case, without blanks and punctuation';
COMMENT ON COLUMN accelcost.provider.kind IS
    'hyperscaler, neocloud (GPU cloud), decentralized (marketplace), api (sells tokens) or own (you pay its energy)';
COMMENT ON COLUMN accelcost.provider.reliability IS 'reliability in the words of the source';
COMMENT ON COLUMN accelcost.provider.sla_percent IS
    'guaranteed availability in percent; NULL if unpublished or unknown';
COMMENT ON COLUMN accelcost.provider.egress_fees IS
    'true if the source says that data transfer out is charged; prices are in accelcost.meter_tariff';
COMMENT ON COLUMN accelcost.provider.best_fit IS 'uses for which the source recommends the provider';

CREATE TRIGGER builtin_read_only BEFORE INSERT OR UPDATE OR DELETE ON accelcost.provider
    FOR EACH ROW EXECUTE FUNCTION accelcost_internal.refuse_builtin_change();
COMMENT ON TRIGGER builtin_read_only ON accelcost.provider IS
    'keeps the rows that came with the extension as they are';

GRANT SELECT ON accelcost.provider TO PUBLIC;
GRANT SELECT, INSERT, UPDATE, DELETE ON accelcost.provider TO @extowner@ WITH GRANT OPTION;
SELECT pg_extension_config_dump('accelcost.provider', 'WHERE NOT builtin');

CREATE TABLE accelcost.provider_alias (
    alias     text    NOT NULL,
    alias_key text    NOT NULL
        GENERATED ALWAYS AS (accelcost_internal.catalog_key(alias)) STORED
        CHECK (alias_key <> ''),
    provider  text    NOT NULL,
    LIKE accelcost_internal.named_row INCLUDING DEFAULTS INCLUDING COMMENTS,
    PRIMARY KEY (alias_key, builtin),
    CONSTRAINT provider_alias_identity UNIQUE (alias, builtin),
    CONSTRAINT provider_alias_source CHECK (NOT builtin OR (source IS NOT NULL AND as_of IS NOT NULL)),
    CONSTRAINT provider_alias_as_of_precision
        CHECK (accelcost_internal.check_column_word(
                   as_of_precision, '{day,month,year,page_undated}', 'provider_alias', 'as_of_precision')),
    CONSTRAINT provider_alias_extra CHECK (jsonb_typeof(extra) = 'object')
);
ALTER TABLE accelcost.provider_alias REPLICA IDENTITY USING INDEX provider_alias_identity;
COMMENT ON TABLE accelcost.provider_alias IS
    'other names of providers, as in billing exports and price lists; yours come before built-in ones';
COMMENT ON COLUMN accelcost.provider_alias.alias IS 'other name';
COMMENT ON COLUMN accelcost.provider_alias.alias_key IS
    'other name as the catalog compares it: lower case, without blanks and punctuation';
COMMENT ON COLUMN accelcost.provider_alias.provider IS 'name in accelcost.provider';

CREATE TRIGGER builtin_read_only BEFORE INSERT OR UPDATE OR DELETE ON accelcost.provider_alias
    FOR EACH ROW EXECUTE FUNCTION accelcost_internal.refuse_builtin_change();
COMMENT ON TRIGGER builtin_read_only ON accelcost.provider_alias IS
    'keeps the rows that came with the extension as they are';
CREATE TRIGGER store_known_names BEFORE INSERT OR UPDATE ON accelcost.provider_alias
    FOR EACH ROW EXECUTE FUNCTION accelcost_internal.store_known_names();
COMMENT ON TRIGGER store_known_names ON accelcost.provider_alias IS
    'stores providers, accelerators and models by their names in the catalog';

GRANT SELECT ON accelcost.provider_alias TO PUBLIC;
GRANT SELECT, INSERT, UPDATE, DELETE ON accelcost.provider_alias TO @extowner@ WITH GRANT OPTION;
SELECT pg_extension_config_dump('accelcost.provider_alias', 'WHERE NOT builtin');

CREATE FUNCTION accelcost_internal.provider_name(name text) RETURNS text
    LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    -- As subqueries, keys are computed once, not for each row.
    SELECT provider
    FROM (SELECT 1 AS priority, provider, builtin FROM accelcost.provider
          WHERE provider_key = (SELECT accelcost_internal.catalog_key(name))
          UNION ALL
          SELECT 2, provider, builtin FROM accelcost.provider_alias
          WHERE alias_key = (SELECT accelcost_internal.catalog_key(name))) AS known
    ORDER BY priority, builtin
    LIMIT 1;
END;
COMMENT ON FUNCTION accelcost_internal.provider_name(text) IS
    'returns accelcost.provider_name, for text resolved at run time';

CREATE FUNCTION accelcost.provider_name(name text) RETURNS text
    LANGUAGE sql STABLE STRICT PARALLEL SAFE
    RETURN accelcost_internal.provider_name(name);
COMMENT ON FUNCTION accelcost.provider_name(text) IS
    'returns the catalog name of a provider, from any of its names; NULL if unknown';

CREATE FUNCTION accelcost_internal.check_provider(name text) RETURNS text
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    result CONSTANT text := accelcost_internal.provider_name(name);
BEGIN
    IF result IS NULL THEN
        RAISE EXCEPTION 'unknown provider "%"', name
            USING ERRCODE = 'invalid_parameter_value',
                  HINT = format(
                      'The nearest names are %s. '
                      'Add a provider to accelcost.provider, another name of one to accelcost.provider_alias.',
                      (SELECT string_agg(format('"%s"', near.known), ', '
                                         ORDER BY near.distance, near.known COLLATE "C")
                       FROM (SELECT p.known,
                                    min(accelcost_internal.name_distance(accelcost_internal.catalog_key(p.known),
                                                                         accelcost_internal.catalog_key(name)))
                                        AS distance
                             FROM (SELECT provider AS known FROM accelcost.provider
                                   UNION
                                   SELECT alias FROM accelcost.provider_alias) AS p
                             GROUP BY p.known
                             ORDER BY distance, p.known COLLATE "C"
                             LIMIT 3) AS near));
    END IF;
    RETURN result;
END
$$;
COMMENT ON FUNCTION accelcost_internal.check_provider(text) IS
    'returns the catalog name of a provider; an error with the nearest names if it is unknown';
