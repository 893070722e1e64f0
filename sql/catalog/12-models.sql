-- Models and their names.

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
    FROM (SELECT 1 AS priority, model, builtin FROM accelcost.model WHERE model_key = lower(name COLLATE "C")
          UNION ALL
          SELECT 2, model, builtin FROM accelcost.model_alias WHERE alias_key = lower(name COLLATE "C")) AS known
    ORDER BY priority, builtin
    LIMIT 1;
END;
COMMENT ON FUNCTION accelcost_internal.model_name(text) IS
    'accelcost.model_name, for text resolved at run time';

CREATE FUNCTION accelcost.model_name(name text) RETURNS text
    LANGUAGE sql STABLE STRICT PARALLEL SAFE
    RETURN accelcost_internal.model_name(name);
COMMENT ON FUNCTION accelcost.model_name(text) IS
    'name in accelcost.model of a model by any of its names, whatever its case; NULL if it has none';
