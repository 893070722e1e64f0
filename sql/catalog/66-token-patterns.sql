-- Patterns that identify charges for tokens: direction and cache, service tier, and models that the catalog does not
-- name as bills do.

CREATE TABLE accelcost.charge_token_pattern (
    provider        text,
    pattern         text    NOT NULL CHECK (length(pattern) > 0 AND ('' ~ pattern) IS NOT NULL),
    priority        integer NOT NULL DEFAULT 0,
    token_kind      text
        CHECK (accelcost_internal.check_column_word(
                   token_kind, '{input,cache_read,cache_write_5m,cache_write_1h,output,none}', 'charge_token_pattern',
                   'token_kind')),
    model           text    CHECK (btrim(model) <> ''),
    service_tier    text    CHECK (btrim(service_tier) <> ''),
    geo             text    CHECK (btrim(geo) <> ''),
    is_long         boolean,
    tokens_per_unit numeric CHECK (tokens_per_unit > 0.0 AND tokens_per_unit < 1e12),
    note            text,
    source          text    NOT NULL DEFAULT 'user',
    as_of           date,
    builtin         boolean NOT NULL DEFAULT false,
    extra           jsonb   NOT NULL DEFAULT '{}',
    LIKE accelcost_internal.evidence INCLUDING COMMENTS,
    UNIQUE NULLS NOT DISTINCT (provider, pattern, builtin),
    CONSTRAINT charge_token_pattern_says
        CHECK (num_nonnulls(token_kind, model, service_tier, geo, is_long, tokens_per_unit) > 0),
    CONSTRAINT charge_token_pattern_source CHECK (NOT builtin OR (source IS NOT NULL AND as_of IS NOT NULL)),
    CONSTRAINT charge_token_pattern_as_of_precision
        CHECK (accelcost_internal.check_column_word(
                   as_of_precision, '{day,month,year,page_undated}', 'charge_token_pattern', 'as_of_precision')),
    CONSTRAINT charge_token_pattern_extra CHECK (jsonb_typeof(extra) = 'object')
);
COMMENT ON TABLE accelcost.charge_token_pattern IS
    'patterns that identify charges for tokens; of each property, the first match that has it decides';
COMMENT ON COLUMN accelcost.charge_token_pattern.provider IS 'name in accelcost.provider; NULL for any';
COMMENT ON COLUMN accelcost.charge_token_pattern.pattern IS
    'regular expression, matched in any case against service, meter, description and SKU';
COMMENT ON COLUMN accelcost.charge_token_pattern.priority IS
    'order among your patterns and among built-in ones, the lowest first';
COMMENT ON COLUMN accelcost.charge_token_pattern.token_kind IS
    'input, cache_read, cache_write_5m, cache_write_1h or output; none: not tokens, even if later patterns match';
COMMENT ON COLUMN accelcost.charge_token_pattern.model IS 'name in accelcost.model';
COMMENT ON COLUMN accelcost.charge_token_pattern.service_tier IS
    'service tier, such as batch; standard if none matches';
COMMENT ON COLUMN accelcost.charge_token_pattern.geo IS
    'place of processing, or region: that of the region of the charge; global if none matches';
COMMENT ON COLUMN accelcost.charge_token_pattern.is_long IS 'true if the charge is for long requests';
COMMENT ON COLUMN accelcost.charge_token_pattern.tokens_per_unit IS
    'tokens in one unit of the charge, if the name of the unit does not say it';
COMMENT ON COLUMN accelcost.charge_token_pattern.note IS 'what to know before you use the row';
COMMENT ON COLUMN accelcost.charge_token_pattern.source IS 'where the row was taken from';
COMMENT ON COLUMN accelcost.charge_token_pattern.as_of IS
    'date of the source; the first day of the year if only the year is known';
COMMENT ON COLUMN accelcost.charge_token_pattern.builtin IS
    'true if the row came with the extension and is read-only';
COMMENT ON COLUMN accelcost.charge_token_pattern.extra IS 'your own attributes, an object';

CREATE TRIGGER builtin_read_only BEFORE INSERT OR UPDATE OR DELETE ON accelcost.charge_token_pattern
    FOR EACH ROW EXECUTE FUNCTION accelcost_internal.refuse_builtin_change();
COMMENT ON TRIGGER builtin_read_only ON accelcost.charge_token_pattern IS
    'keeps the rows that came with the extension as they are';
CREATE TRIGGER store_known_names BEFORE INSERT OR UPDATE ON accelcost.charge_token_pattern
    FOR EACH ROW EXECUTE FUNCTION accelcost_internal.store_known_names();
COMMENT ON TRIGGER store_known_names ON accelcost.charge_token_pattern IS
    'stores providers, accelerators and models by their names in the catalog';

GRANT SELECT ON accelcost.charge_token_pattern TO PUBLIC;
GRANT SELECT, INSERT, UPDATE, DELETE ON accelcost.charge_token_pattern TO @extowner@ WITH GRANT OPTION;
ALTER TABLE accelcost.charge_token_pattern REPLICA IDENTITY FULL;
SELECT pg_extension_config_dump('accelcost.charge_token_pattern', 'WHERE NOT builtin');
