-- A decision framework as rules in a table: the kinds of accelerators, rated for the answers to some questions.

CREATE FUNCTION accelcost_internal.decision_questions() RETURNS text[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN '{workload,deployment,latency_ms,power_budget_w,cost_sensitivity,ecosystem,memory_gb,data_residency,volume,'
           'utilisation,interruption,operators,precision_name}'::text[];
COMMENT ON FUNCTION accelcost_internal.decision_questions() IS
    'returns the parameters of recommend_accelerator, in their order';

CREATE FUNCTION accelcost_internal.is_decision_number(question text) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN question = ANY ('{latency_ms,power_budget_w,memory_gb,utilisation}'::text[]);
COMMENT ON FUNCTION accelcost_internal.is_decision_number(text) IS
    'returns true if the answer to the question is a number';

CREATE TABLE accelcost.decision_rule (
    name            text    NOT NULL CHECK (name ~ '^[a-z][a-z0-9_]*$'),
    question        text    NOT NULL
        CHECK (accelcost_internal.check_column_word(
            question, accelcost_internal.decision_questions(), 'decision_rule', 'question')),
    answer          text    CHECK (answer ~ '^[a-z][a-z0-9_]*$'),
    at_least        float8  CHECK (at_least >= '0' AND at_least < 'Infinity'),
    below           float8  CHECK (below > '0' AND below < 'Infinity'),
    and_question    text
        CHECK (accelcost_internal.check_column_word(
            and_question, accelcost_internal.decision_questions(), 'decision_rule', 'and_question')),
    and_answers     text[]  CHECK (cardinality(and_answers) > 0 AND array_position(and_answers, NULL) IS NULL),
    and_at_least    float8  CHECK (and_at_least >= '0' AND and_at_least < 'Infinity'),
    and_below       float8  CHECK (and_below > '0' AND and_below < 'Infinity'),
    unless_workload text[]  NOT NULL DEFAULT '{}'
                            CHECK (array_position(unless_workload, NULL) IS NULL),
    unless_deployment text[] NOT NULL DEFAULT '{}'
                            CHECK (array_position(unless_deployment, NULL) IS NULL),
    kind            text    NOT NULL
        CHECK (accelcost_internal.check_column_word(kind, '{asic,cpu,gpu,npu,tpu}', 'decision_rule', 'kind')),
    points          numeric NOT NULL DEFAULT 0
        CHECK (points BETWEEN -1000.0 AND 1000.0 AND points = round(points, 3)),
    veto            boolean NOT NULL DEFAULT false,
    sentence        text    NOT NULL CHECK (btrim(sentence) <> ''),
    rule_set        text    NOT NULL DEFAULT 'own' CHECK (rule_set ~ '^[a-z][a-z0-9_]*$'),
    source          text,
    as_of           date,
    builtin         boolean NOT NULL DEFAULT false,
    PRIMARY KEY (name, builtin),
    CONSTRAINT decision_rule_condition CHECK (
        CASE WHEN accelcost_internal.is_decision_number(question)
             THEN answer IS NULL AND (at_least IS NOT NULL OR below IS NOT NULL)
             ELSE answer IS NOT NULL AND at_least IS NULL AND below IS NULL END),
    CONSTRAINT decision_rule_and CHECK (
        CASE WHEN and_question IS NULL
             THEN and_answers IS NULL AND and_at_least IS NULL AND and_below IS NULL
             WHEN accelcost_internal.is_decision_number(and_question)
             THEN and_answers IS NULL AND (and_at_least IS NOT NULL OR and_below IS NOT NULL)
             ELSE and_answers IS NOT NULL AND and_at_least IS NULL AND and_below IS NULL END),
    CONSTRAINT decision_rule_and_other CHECK (and_question <> question),
    CONSTRAINT decision_rule_range CHECK (at_least < below),
    CONSTRAINT decision_rule_and_range CHECK (and_at_least < and_below),
    CONSTRAINT decision_rule_unless CHECK (
        (question <> 'workload' OR cardinality(unless_workload) = 0)
        AND (question <> 'deployment' OR cardinality(unless_deployment) = 0)),
    CONSTRAINT decision_rule_veto CHECK (NOT veto OR points = 0.0),
    CONSTRAINT decision_rule_source CHECK (NOT builtin OR (source IS NOT NULL AND as_of IS NOT NULL))
);
COMMENT ON TABLE accelcost.decision_rule IS
    'rules of recommend_accelerator; your rule replaces the built-in rule with the same name';
COMMENT ON COLUMN accelcost.decision_rule.name IS
    'name of the rule in reasons: lower case letters, digits and underscores';
COMMENT ON COLUMN accelcost.decision_rule.question IS 'parameter of recommend_accelerator that the rule tests';
COMMENT ON COLUMN accelcost.decision_rule.answer IS
    'word that the rule applies to; NULL for questions with a number, which have a range';
COMMENT ON COLUMN accelcost.decision_rule.at_least IS
    'lower end of the range that the rule applies to, inclusive, in the unit of the question; NULL: from 0';
COMMENT ON COLUMN accelcost.decision_rule.below IS
    'upper end of the range that the rule applies to, exclusive, in the unit of the question; NULL: no end';
COMMENT ON COLUMN accelcost.decision_rule.and_question IS
    'second question that the rule tests; it must have an answer that fits; NULL: none';
COMMENT ON COLUMN accelcost.decision_rule.and_answers IS 'words of the second question that the rule applies to';
COMMENT ON COLUMN accelcost.decision_rule.and_at_least IS 'lower end of the range of the second question, inclusive';
COMMENT ON COLUMN accelcost.decision_rule.and_below IS 'upper end of the range of the second question, exclusive';
COMMENT ON COLUMN accelcost.decision_rule.unless_workload IS 'workloads that the rule does not apply to';
COMMENT ON COLUMN accelcost.decision_rule.unless_deployment IS 'deployments that the rule does not apply to';
COMMENT ON COLUMN accelcost.decision_rule.kind IS 'kind of accelerator that the rule rates: asic, cpu, gpu, npu or tpu';
COMMENT ON COLUMN accelcost.decision_rule.points IS
    'points for the kind, negative if against it; estimated by accelcost, not by the source';
COMMENT ON COLUMN accelcost.decision_rule.veto IS 'true if the rule rules the kind out, whatever its points';
COMMENT ON COLUMN accelcost.decision_rule.sentence IS 'the rule in words, for reasons';
COMMENT ON COLUMN accelcost.decision_rule.rule_set IS
    'set that the rule belongs to: article, engineering, own or another; decision_rule_off turns sets off';
COMMENT ON COLUMN accelcost.decision_rule.source IS 'source of the rule';
COMMENT ON COLUMN accelcost.decision_rule.as_of IS
    'date of the source; the first day of the year if only the year is known';
COMMENT ON COLUMN accelcost.decision_rule.builtin IS 'true if the row came with the extension; such rows are read-only';

CREATE TABLE accelcost.decision_rule_off (
    rule_set text PRIMARY KEY CHECK (rule_set ~ '^[a-z][a-z0-9_]*$')
);
COMMENT ON TABLE accelcost.decision_rule_off IS 'sets of rules that recommend_accelerator does not use';
COMMENT ON COLUMN accelcost.decision_rule_off.rule_set IS 'set of rules, as in decision_rule';
GRANT SELECT ON accelcost.decision_rule_off TO PUBLIC;
GRANT SELECT, INSERT, UPDATE, DELETE ON accelcost.decision_rule_off TO @extowner@ WITH GRANT OPTION;
SELECT pg_extension_config_dump('accelcost.decision_rule_off', '');

GRANT SELECT ON accelcost.decision_rule TO PUBLIC;
GRANT SELECT, INSERT, UPDATE, DELETE ON accelcost.decision_rule TO @extowner@ WITH GRANT OPTION;
SELECT pg_extension_config_dump('accelcost.decision_rule', 'WHERE NOT builtin');

CREATE VIEW accelcost.decision_rule_current
WITH (security_invoker = true)
AS
SELECT r.name, r.question, r.answer, r.at_least, r.below, r.and_question, r.and_answers, r.and_at_least, r.and_below,
       r.unless_workload, r.unless_deployment, r.kind, r.points::numeric(7,3) AS points, r.veto, r.sentence, r.rule_set,
       r.source, r.as_of, r.builtin
FROM accelcost.decision_rule AS r
LEFT JOIN accelcost.decision_rule AS own ON own.name = r.name AND r.builtin AND NOT own.builtin
LEFT JOIN accelcost.decision_rule_off AS o ON o.rule_set = r.rule_set
WHERE own.name IS NULL AND o.rule_set IS NULL;
COMMENT ON VIEW accelcost.decision_rule_current IS
    'rules in force: your rules, and built-in rules that these do not replace; without sets that are off';
COMMENT ON COLUMN accelcost.decision_rule_current.name IS 'name of the rule in reasons';
COMMENT ON COLUMN accelcost.decision_rule_current.question IS 'parameter of recommend_accelerator that the rule tests';
COMMENT ON COLUMN accelcost.decision_rule_current.answer IS
    'word that the rule applies to; NULL for questions with a number';
COMMENT ON COLUMN accelcost.decision_rule_current.at_least IS
    'lower end of the range that the rule applies to, inclusive; NULL: from 0';
COMMENT ON COLUMN accelcost.decision_rule_current.below IS
    'upper end of the range that the rule applies to, exclusive; NULL: no end';
COMMENT ON COLUMN accelcost.decision_rule_current.and_question IS 'second question that the rule tests; NULL: none';
COMMENT ON COLUMN accelcost.decision_rule_current.and_answers IS 'words of the second question';
COMMENT ON COLUMN accelcost.decision_rule_current.and_at_least IS 'lower end of the second range, inclusive';
COMMENT ON COLUMN accelcost.decision_rule_current.and_below IS 'upper end of the second range, exclusive';
COMMENT ON COLUMN accelcost.decision_rule_current.unless_workload IS 'workloads that the rule does not apply to';
COMMENT ON COLUMN accelcost.decision_rule_current.unless_deployment IS 'deployments that the rule does not apply to';
COMMENT ON COLUMN accelcost.decision_rule_current.kind IS 'kind of accelerator that the rule rates';
COMMENT ON COLUMN accelcost.decision_rule_current.points IS 'points for the kind, negative if against it';
COMMENT ON COLUMN accelcost.decision_rule_current.veto IS 'true if the rule rules the kind out';
COMMENT ON COLUMN accelcost.decision_rule_current.sentence IS 'the rule in words';
COMMENT ON COLUMN accelcost.decision_rule_current.rule_set IS 'set that the rule belongs to';
COMMENT ON COLUMN accelcost.decision_rule_current.source IS 'source of the rule';
COMMENT ON COLUMN accelcost.decision_rule_current.as_of IS 'date of the source';
COMMENT ON COLUMN accelcost.decision_rule_current.builtin IS 'true if the rule came with the extension';

GRANT SELECT ON accelcost.decision_rule_current TO PUBLIC;
GRANT SELECT ON accelcost.decision_rule_current TO @extowner@ WITH GRANT OPTION;

CREATE FUNCTION accelcost_internal.check_decision_answer(question text, answer text)
RETURNS boolean
LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF answer IS NULL
       OR EXISTS (SELECT FROM accelcost.decision_rule_current AS r
                  WHERE r.question = check_decision_answer.question AND r.answer = check_decision_answer.answer
                     OR r.and_question = check_decision_answer.question
                        AND check_decision_answer.answer = ANY (r.and_answers)) THEN
        RETURN true;
    END IF;
    RAISE EXCEPTION 'invalid value for parameter "%": "%"', question, answer
        USING ERRCODE = 'invalid_parameter_value',
              HINT = format('Use one of %s, or add a rule to accelcost.decision_rule.',
                            (SELECT string_agg(DISTINCT '"' || word || '"' COLLATE "C", ', ')
                             FROM accelcost.decision_rule_current AS r,
                                  unnest(CASE WHEN r.question = check_decision_answer.question THEN ARRAY[r.answer] END
                                         || CASE WHEN r.and_question = check_decision_answer.question
                                                 THEN r.and_answers END) AS word));
END
$$;
COMMENT ON FUNCTION accelcost_internal.check_decision_answer(text, text) IS
    'returns true if the answer is NULL or in a rule for the question, otherwise raises an error';
