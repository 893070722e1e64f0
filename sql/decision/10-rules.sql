-- NPU or GPU: a decision framework as rules in a table, and the ranking that they give for a set of answers.
--
-- The built-in rules follow the article, but the points are our estimate: 3 if the article says that only one kind is
-- suitable, 2 if it favours a kind, 1 if a kind may be used or has an advantage.

CREATE TABLE accelcost.decision_rule (
    name            text    NOT NULL CHECK (name ~ '^[a-z][a-z0-9_]*$'),
    question        text    NOT NULL
        CHECK (accelcost_internal.check_column_word(
            question, '{workload,deployment,latency_ms,power_budget_w,cost_sensitivity,ecosystem}',
            'decision_rule', 'question')),
    answer          text    CHECK (answer ~ '^[a-z][a-z0-9_]*$'),
    at_least        float8  CHECK (at_least >= '0' AND at_least < 'Infinity'),
    below           float8  CHECK (below > '0' AND below < 'Infinity'),
    unless_workload text[]  NOT NULL DEFAULT '{}'
                            CHECK (array_position(unless_workload, NULL) IS NULL),
    kind            text    NOT NULL
        CHECK (accelcost_internal.check_column_word(kind, '{cpu,gpu,npu,tpu}', 'decision_rule', 'kind')),
    points          numeric NOT NULL DEFAULT 0 CHECK (points BETWEEN -1000.0 AND 1000.0),
    veto            boolean NOT NULL DEFAULT false,
    sentence        text    NOT NULL CHECK (btrim(sentence) <> ''),
    source          text,
    as_of           date,
    builtin         boolean NOT NULL DEFAULT false,
    PRIMARY KEY (name, builtin),
    CONSTRAINT decision_rule_condition CHECK (
        CASE WHEN question IN ('latency_ms', 'power_budget_w')
             THEN answer IS NULL AND (at_least IS NOT NULL OR below IS NOT NULL)
             ELSE answer IS NOT NULL AND at_least IS NULL AND below IS NULL END),
    CONSTRAINT decision_rule_range CHECK (at_least < below),
    CONSTRAINT decision_rule_unless CHECK (question <> 'workload' OR cardinality(unless_workload) = 0),
    CONSTRAINT decision_rule_veto CHECK (NOT veto OR points = 0.0),
    CONSTRAINT decision_rule_source CHECK (NOT builtin OR (source IS NOT NULL AND as_of IS NOT NULL))
);
COMMENT ON TABLE accelcost.decision_rule IS
    'rules of recommend_accelerator; a rule of your own replaces the built-in rule of its name';
COMMENT ON COLUMN accelcost.decision_rule.name IS
    'name of the rule in reasons: lower case letters, digits and underscores';
COMMENT ON COLUMN accelcost.decision_rule.question IS 'parameter of recommend_accelerator that the rule tests';
COMMENT ON COLUMN accelcost.decision_rule.answer IS
    'word that the rule applies to; NULL for latency_ms and power_budget_w, which have a range';
COMMENT ON COLUMN accelcost.decision_rule.at_least IS
    'lower end of the range that the rule applies to, inclusive, in ms or W; NULL: from 0';
COMMENT ON COLUMN accelcost.decision_rule.below IS
    'upper end of the range that the rule applies to, exclusive, in ms or W; NULL: no end';
COMMENT ON COLUMN accelcost.decision_rule.unless_workload IS 'workloads that the rule does not apply to';
COMMENT ON COLUMN accelcost.decision_rule.kind IS 'kind of accelerator that the rule rates: cpu, gpu, npu or tpu';
COMMENT ON COLUMN accelcost.decision_rule.points IS
    'points for the kind, negative if against it; an estimate of ours, not of the source';
COMMENT ON COLUMN accelcost.decision_rule.veto IS 'true if the rule rules the kind out, whatever its points';
COMMENT ON COLUMN accelcost.decision_rule.sentence IS 'the rule in words, for reasons';
COMMENT ON COLUMN accelcost.decision_rule.source IS 'source of the rule';
COMMENT ON COLUMN accelcost.decision_rule.as_of IS
    'date of the source; the first day of the year if only the year is known';
COMMENT ON COLUMN accelcost.decision_rule.builtin IS 'true if the row came with the extension; such rows are read-only';

INSERT INTO accelcost.decision_rule (name, question, answer, kind, points, veto, sentence, source, as_of, builtin)
SELECT name, question, answer, kind, points, veto, sentence, 'Fluence, NPU vs GPU: ' || section, '2026-01-01', true
FROM (VALUES
    ('training_on_gpu', 'workload', 'training', 'gpu', 3, false,
     'Training needs sustained parallel computation and high memory throughput; '
     'at production scale only GPUs are viable.',
     'How to Choose, 1. Workload Type'),
    ('training_not_on_npu', 'workload', 'training', 'npu', 0, true,
     'NPUs are built for inference; production-scale training is not viable on them.',
     'How to Choose, 1. Workload Type'),
    ('fine_tuning_on_gpu', 'workload', 'fine_tuning', 'gpu', 3, false,
     'Fine-tuning a large language model is training, and a case for GPUs.',
     'GPU Optimal Use Cases'),
    ('batch_inference_on_gpu', 'workload', 'batch_inference', 'gpu', 2, false,
     'Large-scale inference that can be batched gains from the throughput of GPUs.',
     'GPU Performance Characteristics'),
    ('generative_on_gpu', 'workload', 'generative', 'gpu', 2, false,
     'Generative models, diffusion and transformers, are a case for GPUs, whose external memory holds larger models.',
     'GPU Optimal Use Cases'),
    ('inference_gpu_place', 'workload', 'inference', 'gpu', 0, false,
     'Inference alone does not decide: GPUs remain preferable where it runs in the cloud.',
     'How to Choose, 1. Workload Type'),
    ('inference_npu_place', 'workload', 'inference', 'npu', 0, false,
     'Inference alone does not decide: NPUs are often the better fit where it runs in real time at the edge.',
     'How to Choose, 1. Workload Type'),

    ('cloud_has_gpu', 'deployment', 'cloud', 'gpu', 2, false,
     'Clouds favour GPUs: reliable, scalable on demand, with mature software.',
     'How to Choose, 2. Deployment Location'),
    ('cloud_has_no_npu', 'deployment', 'cloud', 'npu', 0, true,
     'No major hyperscaler offers NPUs as a service: there is none to rent.',
     'NPU Availability and Deployment Reality'),
    ('data_center_on_gpu', 'deployment', 'data_center', 'gpu', 2, false,
     'GPUs are the default for serving complex models in data centers.',
     'When to Choose GPU'),
    ('edge_on_npu', 'deployment', 'edge', 'npu', 2, false,
     'The edge favours NPUs: efficient, private, independent of the internet.',
     'How to Choose, 2. Deployment Location'),
    ('mobile_on_npu', 'deployment', 'mobile', 'npu', 2, false,
     'Inference on phones and wearables is a case for the NPUs that they have.',
     'NPU Optimal Use Cases'),
    ('embedded_on_npu', 'deployment', 'embedded', 'npu', 2, false,
     'Embedded systems with strict limits of power or heat are a case for NPUs.',
     'NPU Optimal Use Cases'),

    ('hourly_rate_of_gpu', 'cost_sensitivity', 'hourly', 'gpu', 1, false,
     'GPUs are rented by the hour, from 1.24 USD at Fluence and 1.89 USD at Thunder Compute (2026); '
     'an NPU is paid with its device.',
     'How to Choose, 5. Cost Sensitivity; GPU Rental Comparison; NPU Cost Structure'),
    ('egress_free_gpu', 'cost_sensitivity', 'egress', 'gpu', 1, false,
     'GPU providers without egress fees are Fluence and Thunder Compute (2026); '
     'hyperscalers charge 0.02 to 0.19 USD per GB.',
     'How to Choose, 5. Cost Sensitivity; What is Not Comparable'),
    ('egress_free_npu', 'cost_sensitivity', 'egress', 'npu', 1, false,
     'An NPU at the edge has no cloud egress to pay for.',
     'NPU Cost Structure'),
    ('energy_cost_of_npu', 'cost_sensitivity', 'energy', 'npu', 1, false,
     'NPUs draw less power, which lowers operating expenses.',
     'NPU Cost Structure'),

    ('mature_ecosystem_of_gpu', 'ecosystem', 'mature', 'gpu', 1, false,
     'GPUs have the frameworks and the community: CUDA, PyTorch, TensorFlow.',
     'How to Choose, 6. Ecosystem Maturity'),
    ('developing_ecosystem_of_npu', 'ecosystem', 'developing', 'npu', 0, false,
     'The ecosystem of NPUs is still developing, which is no advantage, but will do here.',
     'How to Choose, 6. Ecosystem Maturity')
) AS rule (name, question, answer, kind, points, veto, sentence, section);

-- Leave out training in latency rules: it is offline, so that its response time does not matter.
INSERT INTO accelcost.decision_rule
    (name, question, at_least, below, unless_workload, kind, points, veto, sentence, source, as_of, builtin)
SELECT name, question, at_least, below, unless_workload::text[], kind, points, veto, sentence,
       'Fluence, NPU vs GPU: ' || section, '2026-01-01', true
FROM (VALUES
    ('latency_below_10_on_npu', 'latency_ms', NULL::float8, 10::float8, '{training,fine_tuning}', 'npu', 3, false,
     'Responses in less than 10 ms require an NPU on the device.',
     'How to Choose, 3. Latency Requirements'),
    ('latency_below_10_not_on_gpu', 'latency_ms', NULL, 10, '{training,fine_tuning}', 'gpu', 0, true,
     'A GPU in the cloud is a round trip away, which takes too long for less than 10 ms.',
     'How to Choose, 3. Latency Requirements; NPU Optimal Use Cases'),
    ('latency_below_100_on_gpu', 'latency_ms', 10, 100, '{training,fine_tuning}', 'gpu', 1, false,
     'From 10 to below 100 ms a GPU in the cloud responds fast enough.',
     'How to Choose, 3. Latency Requirements'),
    ('latency_from_100_on_gpu', 'latency_ms', 100, NULL, '{training,fine_tuning}', 'gpu', 1, false,
     'At 100 ms and more requests can wait for a batch, and the throughput of a GPU makes up for its latency.',
     'GPU Performance Characteristics'),

    ('power_below_300_on_npu', 'power_budget_w', NULL, 300, '{}', 'npu', 2, false,
     'GPUs draw 300 to 700 W under full load; below that, as on batteries, '
     'NPUs last longer, being up to 70 % more efficient.',
     'How to Choose, 4. Power Budget; GPU Cost Structure and Total Cost of Ownership'),
    ('power_from_300_on_gpu', 'power_budget_w', 300, NULL, '{}', 'gpu', 1, false,
     'With 300 W and more, plugged in, a GPU can trade efficiency for throughput.',
     'How to Choose, 4. Power Budget; GPU Cost Structure and Total Cost of Ownership')
) AS rule (name, question, at_least, below, unless_workload, kind, points, veto, sentence, section);

CREATE TRIGGER builtin_read_only
    BEFORE INSERT OR UPDATE OR DELETE ON accelcost.decision_rule
    FOR EACH ROW EXECUTE FUNCTION accelcost_internal.refuse_builtin_change();
COMMENT ON TRIGGER builtin_read_only ON accelcost.decision_rule IS
    'keeps built-in rows unchanged';

GRANT SELECT ON accelcost.decision_rule TO PUBLIC;
GRANT SELECT, INSERT, UPDATE, DELETE ON accelcost.decision_rule TO @extowner@ WITH GRANT OPTION;
SELECT pg_extension_config_dump('accelcost.decision_rule', 'WHERE NOT builtin');

CREATE VIEW accelcost.decision_rule_current
WITH (security_invoker = true)
AS
SELECT r.name, r.question, r.answer, r.at_least, r.below, r.unless_workload, r.kind, r.points, r.veto, r.sentence,
       r.source, r.as_of, r.builtin
FROM accelcost.decision_rule AS r
LEFT JOIN accelcost.decision_rule AS own ON own.name = r.name AND r.builtin AND NOT own.builtin
WHERE own.name IS NULL;
COMMENT ON VIEW accelcost.decision_rule_current IS
    'rules in force: your own, and the built-in ones that no rule of yours replaces';
COMMENT ON COLUMN accelcost.decision_rule_current.name IS 'name of the rule in reasons';
COMMENT ON COLUMN accelcost.decision_rule_current.question IS 'parameter of recommend_accelerator that the rule tests';
COMMENT ON COLUMN accelcost.decision_rule_current.answer IS
    'word that the rule applies to; NULL for latency_ms and power_budget_w';
COMMENT ON COLUMN accelcost.decision_rule_current.at_least IS
    'lower end of the range that the rule applies to, inclusive, in ms or W; NULL: from 0';
COMMENT ON COLUMN accelcost.decision_rule_current.below IS
    'upper end of the range that the rule applies to, exclusive, in ms or W; NULL: no end';
COMMENT ON COLUMN accelcost.decision_rule_current.unless_workload IS 'workloads that the rule does not apply to';
COMMENT ON COLUMN accelcost.decision_rule_current.kind IS 'kind of accelerator that the rule rates';
COMMENT ON COLUMN accelcost.decision_rule_current.points IS 'points for the kind, negative if against it';
COMMENT ON COLUMN accelcost.decision_rule_current.veto IS 'true if the rule rules the kind out';
COMMENT ON COLUMN accelcost.decision_rule_current.sentence IS 'the rule in words';
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
                  WHERE r.question = check_decision_answer.question AND r.answer = check_decision_answer.answer) THEN
        RETURN true;
    END IF;
    RAISE EXCEPTION 'invalid value for parameter "%": "%"', question, answer
        USING ERRCODE = 'invalid_parameter_value',
              HINT = format('Use one of %s, or add a rule to accelcost.decision_rule.',
                            (SELECT string_agg(DISTINCT '"' || r.answer || '"' COLLATE "C", ', ')
                             FROM accelcost.decision_rule_current AS r
                             WHERE r.question = check_decision_answer.question));
END
$$;
COMMENT ON FUNCTION accelcost_internal.check_decision_answer(text, text) IS
    'returns true if the answer is NULL or in a rule for the question, otherwise raises an error';
