-- Names in the catalog: what providers, accelerators and models are called,
-- here and by others.
--
-- In all catalog tables a row that came with the extension is marked builtin,
-- and yours stand beside it: builtin is part of every key, so that your rows
-- can be restored onto a version that brings the same ones.  For that reason,
-- and because pg_dump restores tables in any order, there are no foreign keys;
-- accelcost.catalog_problem lists what a row names and the catalog lacks.

CREATE FUNCTION accelcost_internal.catalog_key(name text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN regexp_replace(lower(name COLLATE "C"), '[[:space:][:punct:]]', '', 'g');
COMMENT ON FUNCTION accelcost_internal.catalog_key(text) IS
    'name as the catalog compares names of providers and accelerators: ASCII letters in lower case, without blanks and punctuation, so that "Vast.ai", "vast-ai" and "VAST AI" are one';

CREATE FUNCTION accelcost_internal.name_distance(a text, b text) RETURNS integer
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_name_distance';
COMMENT ON FUNCTION accelcost_internal.name_distance(text, text) IS
    'number of characters to insert, delete or replace to make a of b (Levenshtein), of the first 100 characters of each; for "did you mean"';

CREATE FUNCTION accelcost_internal.origin_rank(origin text) RETURNS integer
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN CASE origin WHEN 'negotiated' THEN 1 WHEN 'user' THEN 2 WHEN 'official' THEN 3
                       WHEN 'article' THEN 4 WHEN 'third_party' THEN 4 END;
COMMENT ON FUNCTION accelcost_internal.origin_rank(text) IS
    'place of an origin in the order in which look-ups prefer rows, 1 first: negotiated, user, official, article and third_party alike; NULL for unverified, which look-ups never use';

CREATE FUNCTION accelcost_internal.is_currency(currency text) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN length(currency) <= 12 AND currency ~ '^[A-Za-z0-9_]*[A-Za-z_][A-Za-z0-9_]*$'
           AND (length(currency) <> 3 OR currency = upper(currency COLLATE "C"));
COMMENT ON FUNCTION accelcost_internal.is_currency(text) IS
    'whether a text is a currency or unit as a tco has it: 1 to 12 of A-Z, a-z, 0-9 and _, not digits alone, three letters in upper case';

-- ---- providers ------------------------------------------------------------

CREATE TABLE accelcost.provider (
    provider     text    NOT NULL,
    provider_key text    NOT NULL GENERATED ALWAYS AS (accelcost_internal.catalog_key(provider)) STORED CHECK (provider_key <> ''),
    kind         text    NOT NULL CHECK (kind IN ('hyperscaler', 'neocloud', 'decentralized', 'api', 'own')),
    reliability  text,
    sla_percent  numeric CHECK (sla_percent > 0.0 AND sla_percent <= 100.0),
    egress_fees  boolean,
    best_fit     text[],
    note         text,
    source       text,
    as_of        date,
    builtin      boolean NOT NULL DEFAULT false,
    extra        jsonb   NOT NULL DEFAULT '{}',
    PRIMARY KEY (provider_key, builtin)
);
COMMENT ON TABLE accelcost.provider IS 'who sells accelerators, or answers of models, or is your own data centre';
COMMENT ON COLUMN accelcost.provider.provider IS 'name of the provider, as all other tables have it';
COMMENT ON COLUMN accelcost.provider.provider_key IS 'name as the catalog compares it, see catalog_key';
COMMENT ON COLUMN accelcost.provider.kind IS 'hyperscaler, neocloud (GPU cloud), decentralized (marketplace of hosts), api (sells tokens) or own (your machines, whose energy you pay)';
COMMENT ON COLUMN accelcost.provider.reliability IS 'reliability in the words of the source';
COMMENT ON COLUMN accelcost.provider.sla_percent IS 'availability that is guaranteed, in percent; NULL: none published or not known';
COMMENT ON COLUMN accelcost.provider.egress_fees IS 'whether data transfer out is charged for, by the source; prices are in accelcost.meter_tariff';
COMMENT ON COLUMN accelcost.provider.best_fit IS 'uses for which the source recommends the provider';

CREATE TABLE accelcost.provider_alias (
    alias     text    NOT NULL,
    alias_key text    NOT NULL GENERATED ALWAYS AS (accelcost_internal.catalog_key(alias)) STORED CHECK (alias_key <> ''),
    provider  text    NOT NULL,
    note      text,
    source    text,
    as_of     date,
    builtin   boolean NOT NULL DEFAULT false,
    extra     jsonb   NOT NULL DEFAULT '{}',
    PRIMARY KEY (alias_key, builtin)
);
COMMENT ON TABLE accelcost.provider_alias IS 'other names of providers, as billing exports and price lists have them; yours come before builtin ones';
COMMENT ON COLUMN accelcost.provider_alias.alias IS 'the other name';
COMMENT ON COLUMN accelcost.provider_alias.alias_key IS 'the other name as the catalog compares it, see catalog_key';
COMMENT ON COLUMN accelcost.provider_alias.provider IS 'the name in accelcost.provider';

CREATE FUNCTION accelcost_internal.provider_name(name text) RETURNS text
    LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT provider
    FROM (SELECT 1 AS place, provider, builtin FROM accelcost.provider
          WHERE provider_key = accelcost_internal.catalog_key(name)
          UNION ALL
          SELECT 2, provider, builtin FROM accelcost.provider_alias
          WHERE alias_key = accelcost_internal.catalog_key(name)) AS known
    ORDER BY place, builtin
    LIMIT 1;
END;
COMMENT ON FUNCTION accelcost_internal.provider_name(text) IS
    'accelcost.provider_name, for text resolved at run time';

CREATE FUNCTION accelcost.provider_name(name text) RETURNS text
    LANGUAGE sql STABLE STRICT PARALLEL SAFE
    RETURN accelcost_internal.provider_name(name);
COMMENT ON FUNCTION accelcost.provider_name(text) IS
    'name in accelcost.provider of a provider by any of its names, whatever its case, blanks and punctuation; NULL if it has none';

CREATE FUNCTION accelcost_internal.known_provider(name text) RETURNS text
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    result CONSTANT text := accelcost_internal.provider_name(name);
BEGIN
    IF result IS NULL THEN
        RAISE EXCEPTION 'unknown provider "%"', name
            USING ERRCODE = 'invalid_parameter_value',
                  HINT = format('The nearest names are %s. Add a provider to accelcost.provider, another name of one to accelcost.provider_alias.',
                                (SELECT string_agg(format('"%s"', near.known), ', ' ORDER BY near.distance, near.known COLLATE "C")
                                 FROM (SELECT p.known, min(accelcost_internal.name_distance(accelcost_internal.catalog_key(p.known), accelcost_internal.catalog_key(name))) AS distance
                                       FROM (SELECT provider AS known FROM accelcost.provider
                                             UNION SELECT alias FROM accelcost.provider_alias) AS p
                                       GROUP BY p.known
                                       ORDER BY distance, p.known COLLATE "C" LIMIT 3) AS near));
    END IF;
    RETURN result;
END
$$;
COMMENT ON FUNCTION accelcost_internal.known_provider(text) IS
    'name in accelcost.provider of a provider by any of its names; an error that gives the nearest names if it has none';

-- ---- accelerators ---------------------------------------------------------

CREATE TABLE accelcost.accelerator (
    accelerator     text    NOT NULL,
    accelerator_key text    NOT NULL GENERATED ALWAYS AS (accelcost_internal.catalog_key(accelerator)) STORED CHECK (accelerator_key <> ''),
    kind            text    NOT NULL CHECK (kind IN ('gpu', 'npu', 'tpu', 'asic', 'cpu', 'platform')),
    vendor          text    NOT NULL,
    family          text    NOT NULL,
    note            text,
    source          text,
    as_of           date,
    builtin         boolean NOT NULL DEFAULT false,
    extra           jsonb   NOT NULL DEFAULT '{}',
    PRIMARY KEY (accelerator_key, builtin)
);
COMMENT ON TABLE accelcost.accelerator IS 'accelerators by name; what they can do is in accelcost.accelerator_figure';
COMMENT ON COLUMN accelcost.accelerator.accelerator IS 'name of the accelerator, as all other tables have it; the name of a family alone, as H100, stands for an accelerator whose form and memory are not known';
COMMENT ON COLUMN accelcost.accelerator.accelerator_key IS 'name as the catalog compares it, see catalog_key';
COMMENT ON COLUMN accelcost.accelerator.kind IS 'gpu, npu, tpu, asic, cpu, or platform: several of them in one package, whose figures are sums';
COMMENT ON COLUMN accelcost.accelerator.vendor IS 'who makes it';
COMMENT ON COLUMN accelcost.accelerator.family IS 'what forms and memory sizes of one chip have in common, as H100';

CREATE TABLE accelcost.accelerator_alias (
    alias       text    NOT NULL,
    alias_key   text    NOT NULL GENERATED ALWAYS AS (accelcost_internal.catalog_key(alias)) STORED CHECK (alias_key <> ''),
    accelerator text    NOT NULL,
    note        text,
    source      text,
    as_of       date,
    builtin     boolean NOT NULL DEFAULT false,
    extra       jsonb   NOT NULL DEFAULT '{}',
    PRIMARY KEY (alias_key, builtin)
);
COMMENT ON TABLE accelcost.accelerator_alias IS 'other names of accelerators, as price lists have them; yours come before builtin ones';
COMMENT ON COLUMN accelcost.accelerator_alias.alias IS 'the other name';
COMMENT ON COLUMN accelcost.accelerator_alias.alias_key IS 'the other name as the catalog compares it, see catalog_key';
COMMENT ON COLUMN accelcost.accelerator_alias.accelerator IS 'the name in accelcost.accelerator';

CREATE FUNCTION accelcost_internal.accelerator_name(name text) RETURNS text
    LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT accelerator
    FROM (SELECT 1 AS place, accelerator, builtin FROM accelcost.accelerator
          WHERE accelerator_key = accelcost_internal.catalog_key(name)
          UNION ALL
          SELECT 2, accelerator, builtin FROM accelcost.accelerator_alias
          WHERE alias_key = accelcost_internal.catalog_key(name)) AS known
    ORDER BY place, builtin
    LIMIT 1;
END;
COMMENT ON FUNCTION accelcost_internal.accelerator_name(text) IS
    'accelcost.accelerator_name, for text resolved at run time';

CREATE FUNCTION accelcost.accelerator_name(name text) RETURNS text
    LANGUAGE sql STABLE STRICT PARALLEL SAFE
    RETURN accelcost_internal.accelerator_name(name);
COMMENT ON FUNCTION accelcost.accelerator_name(text) IS
    'name in accelcost.accelerator of an accelerator by any of its names, whatever its case, blanks and punctuation; NULL if it has none';

-- ---- models ---------------------------------------------------------------

-- Punctuation counts in names of models: gpt-4.1 is not gpt-41.
CREATE TABLE accelcost.model (
    model     text    NOT NULL,
    model_key text    NOT NULL GENERATED ALWAYS AS (lower(model COLLATE "C")) STORED CHECK (model_key <> ''),
    vendor    text,
    note      text,
    source    text,
    as_of     date,
    builtin   boolean NOT NULL DEFAULT false,
    extra     jsonb   NOT NULL DEFAULT '{}',
    PRIMARY KEY (model_key, builtin)
);
COMMENT ON TABLE accelcost.model IS 'models by name';
COMMENT ON COLUMN accelcost.model.model IS 'name of the model, as all other tables have it';
COMMENT ON COLUMN accelcost.model.model_key IS 'name as the catalog compares it: ASCII letters in lower case';
COMMENT ON COLUMN accelcost.model.vendor IS 'who made it';

CREATE TABLE accelcost.model_alias (
    alias     text    NOT NULL,
    alias_key text    NOT NULL GENERATED ALWAYS AS (lower(alias COLLATE "C")) STORED CHECK (alias_key <> ''),
    model     text    NOT NULL,
    note      text,
    source    text,
    as_of     date,
    builtin   boolean NOT NULL DEFAULT false,
    extra     jsonb   NOT NULL DEFAULT '{}',
    PRIMARY KEY (alias_key, builtin)
);
COMMENT ON TABLE accelcost.model_alias IS 'other names of models, as logs and price lists have them; yours come before builtin ones';
COMMENT ON COLUMN accelcost.model_alias.alias IS 'the other name, with the prefix of a router if it has one, as openai/gpt-5';
COMMENT ON COLUMN accelcost.model_alias.alias_key IS 'the other name as the catalog compares it: ASCII letters in lower case';
COMMENT ON COLUMN accelcost.model_alias.model IS 'the name in accelcost.model';

CREATE FUNCTION accelcost_internal.model_name(name text) RETURNS text
    LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT model
    FROM (SELECT 1 AS place, model, builtin FROM accelcost.model WHERE model_key = lower(name COLLATE "C")
          UNION ALL
          SELECT 2, model, builtin FROM accelcost.model_alias WHERE alias_key = lower(name COLLATE "C")) AS known
    ORDER BY place, builtin
    LIMIT 1;
END;
COMMENT ON FUNCTION accelcost_internal.model_name(text) IS
    'accelcost.model_name, for text resolved at run time';

CREATE FUNCTION accelcost.model_name(name text) RETURNS text
    LANGUAGE sql STABLE STRICT PARALLEL SAFE
    RETURN accelcost_internal.model_name(name);
COMMENT ON FUNCTION accelcost.model_name(text) IS
    'name in accelcost.model of a model by any of its names, whatever its case; NULL if it has none';

-- ---- names on their way in ------------------------------------------------

CREATE FUNCTION accelcost_internal.store_known_names()
RETURNS trigger
LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    given CONSTANT jsonb := to_jsonb(NEW);
BEGIN
    RETURN jsonb_populate_record(NEW, jsonb_strip_nulls(jsonb_build_object(
        'provider', accelcost_internal.provider_name(given->>'provider'),
        'accelerator', accelcost_internal.accelerator_name(given->>'accelerator'),
        'model', accelcost_internal.model_name(given->>'model'))));
END
$$;
COMMENT ON FUNCTION accelcost_internal.store_known_names() IS
    'trigger of catalog tables: a provider, accelerator or model that is given by another of its names is stored by the one in accelcost.provider, accelcost.accelerator or accelcost.model; an unknown one as it is';
