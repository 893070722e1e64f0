-- Rules that give costs a team, model, workload and component.

CREATE FUNCTION accelcost_internal.tag_patterns_are_valid(tags jsonb) RETURNS boolean
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN CASE WHEN tags IS NULL THEN true
                WHEN jsonb_typeof(tags) <> 'object' OR tags = '{}' THEN false
                ELSE NOT jsonb_path_exists(tags, 'strict $.* ? (@.type() != "string" || @ == "")') END;
COMMENT ON FUNCTION accelcost_internal.tag_patterns_are_valid(jsonb) IS
    'returns true if tags is NULL or an object of patterns, each a text that is not empty';

CREATE TABLE accelcost.cost_rule (
    name        text    NOT NULL PRIMARY KEY
        CHECK (btrim(name) <> '' OR accelcost_internal.refuse_value(name, 'cost_rule', 'name', 'Name the rule.')),
    priority    integer NOT NULL UNIQUE DEFERRABLE,
    applies_to  text    NOT NULL DEFAULT 'both'
        CHECK (accelcost_internal.check_column_word(applies_to, '{both,usage,charges}', 'cost_rule', 'applies_to')),

    -- what it matches
    provider    text
        CHECK (provider <> '' OR accelcost_internal.refuse_value(provider, 'cost_rule', 'provider',
                   'Give a pattern, in which "*" stands for any text, or NULL for any value.')),
    account     text
        CHECK (account <> '' OR accelcost_internal.refuse_value(account, 'cost_rule', 'account',
                   'Give a pattern, in which "*" stands for any text, or NULL for any value.')),
    tags        jsonb
        CHECK (accelcost_internal.tag_patterns_are_valid(tags)
               OR accelcost_internal.refuse_value(tags::text, 'cost_rule', 'tags',
                   'Give an object of tag names and patterns, such as {"env": "prod*"}, or NULL.')),
    service     text
        CHECK (service <> '' OR accelcost_internal.refuse_value(service, 'cost_rule', 'service',
                   'Give a pattern, in which "*" stands for any text, or NULL for any value.')),
    sku         text
        CHECK (sku <> '' OR accelcost_internal.refuse_value(sku, 'cost_rule', 'sku',
                   'Give a pattern, in which "*" stands for any text, or NULL for any value.')),
    region      text
        CHECK (region <> '' OR accelcost_internal.refuse_value(region, 'cost_rule', 'region',
                   'Give a pattern, in which "*" stands for any text, or NULL for any value.')),
    description text
        CHECK (description <> '' OR accelcost_internal.refuse_value(description, 'cost_rule', 'description',
                   'Give a pattern, in which "*" stands for any text, or NULL for any value.')),

    -- what it gives
    team        text
        CHECK (team NOT IN ('', 'tag:') OR accelcost_internal.refuse_value(team, 'cost_rule', 'team',
                   'Give a label, "tag:" with the name of a tag, or NULL for no label.')),
    model       text
        CHECK (model NOT IN ('', 'tag:') OR accelcost_internal.refuse_value(model, 'cost_rule', 'model',
                   'Give a label, "tag:" with the name of a tag, or NULL for no label.')),
    workload    text
        CHECK (workload NOT IN ('', 'tag:') OR accelcost_internal.refuse_value(workload, 'cost_rule', 'workload',
                   'Give a label, "tag:" with the name of a tag, or NULL for no label.')),
    component   text
        CHECK (component NOT IN ('', 'tag:') OR accelcost_internal.refuse_value(component, 'cost_rule', 'component',
                   'Give a label, "tag:" with the name of a tag, or NULL for no label.')),
    replaces    boolean NOT NULL DEFAULT false,
    note        text,
    CONSTRAINT cost_rule_labels
        CHECK (num_nonnulls(team, model, workload, component) > 0
               OR accelcost_internal.refuse_value(name, 'cost_rule', 'team',
                                                  'Give a team, model, workload or component.'))
);
COMMENT ON TABLE accelcost.cost_rule IS
    'rules that give usage and charges a team, model, workload or component; for each label the first match wins';
COMMENT ON COLUMN accelcost.cost_rule.name IS 'name of the rule';
COMMENT ON COLUMN accelcost.cost_rule.priority IS 'order of the rules, the lowest first';
COMMENT ON COLUMN accelcost.cost_rule.applies_to IS 'usage, charges or both';
COMMENT ON COLUMN accelcost.cost_rule.provider IS 'pattern for the provider, by its catalog name';
COMMENT ON COLUMN accelcost.cost_rule.account IS 'pattern for the payer or sub account of usage, or of a charge';
COMMENT ON COLUMN accelcost.cost_rule.tags IS
    'tag names and patterns, all of which must match; tags of usage are extra, feature, customer, user_id and pool';
COMMENT ON COLUMN accelcost.cost_rule.service IS 'pattern for the service of a charge, or the model of usage';
COMMENT ON COLUMN accelcost.cost_rule.sku IS 'pattern for the SKU, or the accelerator of usage without a SKU';
COMMENT ON COLUMN accelcost.cost_rule.region IS 'pattern for the region';
COMMENT ON COLUMN accelcost.cost_rule.description IS 'pattern for the description of a charge; no usage matches it';
COMMENT ON COLUMN accelcost.cost_rule.team IS 'team, or tag: with the name of the tag that has it';
COMMENT ON COLUMN accelcost.cost_rule.model IS 'model, or tag: with the name of the tag that has it';
COMMENT ON COLUMN accelcost.cost_rule.workload IS 'workload, or tag: with the name of the tag that has it';
COMMENT ON COLUMN accelcost.cost_rule.component IS 'component, or tag: with the name of the tag that has it';
COMMENT ON COLUMN accelcost.cost_rule.replaces IS
    'true if labels of the rule replace those of the record or charge; false if they fill what is missing';
COMMENT ON COLUMN accelcost.cost_rule.note IS 'what to know about the rule';

ALTER TABLE accelcost.cost_rule OWNER TO @extowner@;
SELECT pg_extension_config_dump('accelcost.cost_rule', '');

CREATE FUNCTION accelcost_internal.like_pattern(pattern text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    -- All but * stands for itself.
    RETURN lower(replace(replace(replace(replace(pattern, E'\\', E'\\\\'), '%', E'\\%'), '_', E'\\_'), '*', '%')
                 COLLATE "C");
COMMENT ON FUNCTION accelcost_internal.like_pattern(text) IS
    'returns the LIKE pattern, in lower case, of a pattern in which only * is special';

CREATE FUNCTION accelcost_internal.fits(value text, pattern text) RETURNS boolean
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN pattern IS NULL OR (lower(value COLLATE "C") LIKE pattern) IS TRUE;
COMMENT ON FUNCTION accelcost_internal.fits(text, text) IS
    'returns true if pattern is NULL or value fits it, in any case of the letters A to Z';

CREATE FUNCTION accelcost_internal.tags_fit(tags jsonb, patterns jsonb) RETURNS boolean
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN patterns IS NULL
           OR NOT EXISTS (SELECT FROM jsonb_each_text(patterns) AS p
                          WHERE NOT accelcost_internal.fits(nullif(tags->>p.key, ''),
                                                            accelcost_internal.like_pattern(p.value)));
COMMENT ON FUNCTION accelcost_internal.tags_fit(jsonb, jsonb) IS
    'returns true if all patterns fit the tags of their names';

CREATE FUNCTION accelcost_internal.tags_are(tags jsonb, wanted jsonb) RETURNS boolean
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN NOT EXISTS (SELECT FROM jsonb_each_text(wanted) AS w WHERE tags->>w.key IS DISTINCT FROM w.value);
COMMENT ON FUNCTION accelcost_internal.tags_are(jsonb, jsonb) IS
    'returns true if tags have all wanted values';

CREATE FUNCTION accelcost_internal.rule_label(label text, tags jsonb) RETURNS text
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN CASE WHEN label LIKE 'tag:_%' THEN nullif(tags->>substr(label, 5), '') ELSE label END;
COMMENT ON FUNCTION accelcost_internal.rule_label(text, jsonb) IS
    'returns the label that a rule gives, the value of a tag if it names one; NULL if the tag is missing';

-- The fields that rules look at, so that lines are not split by others.
CREATE FUNCTION accelcost_internal.rule_fields(rules accelcost.cost_rule[]) RETURNS text[]
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT array_agg(DISTINCT f.field)
    FROM unnest(rule_fields.rules) AS r
    CROSS JOIN LATERAL unnest(
        CASE WHEN r.provider IS NOT NULL THEN '{provider}'::text[] ELSE '{}' END
        || CASE WHEN r.account IS NOT NULL THEN '{payer,sub_account}'::text[] ELSE '{}' END
        || CASE WHEN r.tags IS NOT NULL OR concat_ws(' ', r.team, r.model, r.workload, r.component) LIKE '%tag:%'
                THEN '{tags}'::text[] ELSE '{}' END
        || CASE WHEN r.service IS NOT NULL THEN '{service}'::text[] ELSE '{}' END
        || CASE WHEN r.sku IS NOT NULL THEN '{sku}'::text[] ELSE '{}' END
        || CASE WHEN r.region IS NOT NULL THEN '{region}'::text[] ELSE '{}' END
        || CASE WHEN r.description IS NOT NULL THEN '{description}'::text[] ELSE '{}' END) AS f (field);
END;
COMMENT ON FUNCTION accelcost_internal.rule_fields(accelcost.cost_rule[]) IS
    'returns the fields of lines that rules match or take labels from';

CREATE FUNCTION accelcost_internal.label_subjects(
    subjects accelcost_internal.cost_subject[], rules accelcost.cost_rule[])
RETURNS TABLE (subject accelcost_internal.cost_subject, team text, model text, workload text, component text)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    WITH pattern AS MATERIALIZED (
        SELECT r.name, r.priority, r.applies_to, r.replaces, r.tags, r.team, r.model, r.workload, r.component,
               accelcost_internal.like_pattern(coalesce(accelcost.provider_name(r.provider), r.provider)) AS provider,
               accelcost_internal.like_pattern(r.account) AS account,
               accelcost_internal.like_pattern(r.service) AS service, accelcost_internal.like_pattern(r.sku) AS sku,
               accelcost_internal.like_pattern(r.region) AS region,
               accelcost_internal.like_pattern(r.description) AS description
        FROM unnest(label_subjects.rules) AS r
    )
    SELECT s.subject, coalesce(m.team, (s.subject).team), coalesce(m.model, (s.subject).model),
           coalesce(m.workload, (s.subject).workload), coalesce(m.component, (s.subject).component)
    FROM (SELECT ROW(u.*)::accelcost_internal.cost_subject AS subject FROM unnest(label_subjects.subjects) AS u) AS s
    CROSS JOIN LATERAL (
        -- For each label, the first rule that has one.
        SELECT (array_agg(CASE WHEN g.replaces THEN g.team ELSE coalesce((s.subject).team, g.team) END
                          ORDER BY g.priority, g.name) FILTER (WHERE g.team IS NOT NULL))[1] AS team,
               (array_agg(CASE WHEN g.replaces THEN g.model ELSE coalesce((s.subject).model, g.model) END
                          ORDER BY g.priority, g.name) FILTER (WHERE g.model IS NOT NULL))[1] AS model,
               (array_agg(CASE WHEN g.replaces THEN g.workload ELSE coalesce((s.subject).workload, g.workload) END
                          ORDER BY g.priority, g.name) FILTER (WHERE g.workload IS NOT NULL))[1] AS workload,
               (array_agg(CASE WHEN g.replaces THEN g.component ELSE coalesce((s.subject).component, g.component) END
                          ORDER BY g.priority, g.name) FILTER (WHERE g.component IS NOT NULL))[1] AS component
        FROM (SELECT p.name COLLATE "C" AS name, p.priority, p.replaces,
                     accelcost_internal.rule_label(p.team, (s.subject).tags) AS team,
                     accelcost_internal.rule_label(p.model, (s.subject).tags) AS model,
                     accelcost_internal.rule_label(p.workload, (s.subject).tags) AS workload,
                     accelcost_internal.rule_label(p.component, (s.subject).tags) AS component
              FROM pattern AS p
              WHERE p.applies_to IN ('both', CASE WHEN (s.subject).is_usage THEN 'usage' ELSE 'charges' END)
                AND accelcost_internal.fits((s.subject).provider, p.provider)
                AND (accelcost_internal.fits((s.subject).account, p.account)
                     OR accelcost_internal.fits((s.subject).sub_account, p.account))
                AND accelcost_internal.fits((s.subject).service, p.service)
                AND accelcost_internal.fits((s.subject).sku, p.sku)
                AND accelcost_internal.fits((s.subject).region, p.region)
                AND accelcost_internal.fits((s.subject).description, p.description)
                AND accelcost_internal.tags_fit((s.subject).tags, p.tags)) AS g) AS m;
END;
COMMENT ON FUNCTION accelcost_internal.label_subjects(
    accelcost_internal.cost_subject[], accelcost.cost_rule[]) IS
    'returns the labels of costs: of the first rule that matches and has one, unless they have their own';
