-- NPU or GPU: what the rules say, which answers and rules are refused, and
-- what rules of one's own do.
\getenv dir PG_ABS_SRCDIR
\set file :dir '/include/error_of.sql'
\i :file

-- the rules that come with the extension
SELECT rule_set, name, coalesce(answer, concat_ws(' ', 'from', at_least, 'below', below)) AS condition,
       and_answers AS "and", unless_workload || unless_deployment AS "unless", kind,
       CASE WHEN veto THEN 'veto' ELSE points::text END AS points
FROM accelcost.decision_rule
WHERE builtin
ORDER BY rule_set, question, answer COLLATE "C", at_least NULLS FIRST, name COLLATE "C";

-- the article's questions, one answer each
SELECT question, concat(answer, at_least) AS answer, kind, rank, score, vetoed, rules
FROM accelcost.decision_outcomes()
WHERE question IN ('workload', 'deployment', 'latency_ms')
ORDER BY question, answer COLLATE "C", at_least, rank, kind;

-- no answer: a tie, and every question is open
SELECT rank, kind, verdict, score, reasons FROM accelcost.recommend_accelerator();
SELECT unnest(open_questions) AS open_question FROM accelcost.recommend_accelerator() WHERE kind = 'gpu';

-- reasons come in the order of the questions and say what they are worth
SELECT rank, kind, verdict, score FROM accelcost.recommend_accelerator('inference', 'edge', 50, 15, 'egress', 'mature');
SELECT kind, unnest(reasons) AS reason
FROM accelcost.recommend_accelerator('inference', 'edge', 50, 15, 'egress', 'mature');
SELECT DISTINCT open_questions FROM accelcost.recommend_accelerator('inference', 'edge', 50, 15, 'egress', 'mature');

-- what is ruled out comes last, whatever its score
SELECT rank, kind, verdict, score FROM accelcost.recommend_accelerator('training', 'edge', power_budget_w => 15);
SELECT kind, unnest(reasons) AS reason
FROM accelcost.recommend_accelerator('training', 'edge', power_budget_w => 15)
WHERE verdict = 'ruled out';

-- nothing is left: said, not hidden
SELECT rank, kind, verdict, score FROM accelcost.recommend_accelerator('inference', 'cloud', 5);
SELECT unnest(open_questions) AS open_question
FROM accelcost.recommend_accelerator('inference', 'cloud', 5)
WHERE kind = 'gpu';
SELECT open_questions[1] FROM accelcost.recommend_accelerator('inference', 'cloud');
SELECT open_questions[1] FROM accelcost.recommend_accelerator(deployment => 'cloud', latency_ms => 5);

-- a tie shares the rank
SELECT rank, kind, verdict, score
FROM accelcost.recommend_accelerator(deployment => 'edge', power_budget_w => 400, ecosystem => 'mature');

-- training takes its time: no response time rules anything out
SELECT rank, kind, verdict FROM accelcost.recommend_accelerator('training', latency_ms => 5);
SELECT open_questions[1] FROM accelcost.recommend_accelerator(latency_ms => 5);

-- unknown answers
SELECT pg_temp.error_of('SELECT * FROM accelcost.recommend_accelerator(''Training'')');
SELECT pg_temp.error_of('SELECT * FROM accelcost.recommend_accelerator(deployment => ''moon'')');
SELECT pg_temp.error_of('SELECT * FROM accelcost.recommend_accelerator(cost_sensitivity => '''')');
SELECT pg_temp.error_of('SELECT * FROM accelcost.recommend_accelerator(ecosystem => ''cuda'')');
SELECT pg_temp.error_of('SELECT * FROM accelcost.decision_outcomes(''x'')');

-- numbers out of their domain
SELECT given,
       pg_temp.error_of(
           format('SELECT * FROM accelcost.recommend_accelerator(latency_ms => %L)', given)) AS latency_ms,
       pg_temp.error_of(
           format('SELECT * FROM accelcost.recommend_accelerator(power_budget_w => %L)', given)) AS power_budget_w
FROM (VALUES ('NaN'), ('Infinity'), ('-1'), ('-0'), ('0'), ('1.7e308')) AS t (given);

-- builtin rules are read-only
SELECT pg_temp.error_of('UPDATE accelcost.decision_rule SET points = 5 WHERE name = ''edge_on_npu''');
SELECT split_part(pg_temp.error_of(statement), E'\n', 1) FROM (VALUES
    ('DELETE FROM accelcost.decision_rule WHERE name = ''edge_on_npu'''),
    ('INSERT INTO accelcost.decision_rule (name, question, answer, kind, sentence, source, as_of, '
     'builtin) VALUES (''mine'', ''workload'', ''x'', ''npu'', ''Mine.'', ''me'', ''2026-01-01'', true)')
) AS t (statement);

-- a rule makes its word known, and its kind is ranked
INSERT INTO accelcost.decision_rule (name, question, answer, kind, points, sentence)
VALUES ('small_models_on_cpu', 'workload', 'small_model', 'cpu', 1.50, 'A model this small needs no accelerator.');
SELECT rank, kind, verdict, score, reasons FROM accelcost.recommend_accelerator('small_model');
SELECT open_questions[1] FROM accelcost.recommend_accelerator(deployment => 'cloud') LIMIT 1;

-- points outweigh points
INSERT INTO accelcost.decision_rule (name, question, answer, kind, points, sentence)
VALUES ('our_edge_has_gpus', 'deployment', 'edge', 'gpu', 9, 'Our edge sites have a GPU each.');
SELECT rank, kind, verdict, score, reasons FROM accelcost.recommend_accelerator(deployment => 'edge');

-- a rule of the same name replaces the builtin one, also a veto
INSERT INTO accelcost.decision_rule (name, question, answer, kind, points, sentence)
VALUES ('cloud_has_no_npu', 'deployment', 'cloud', 'npu', -1, 'Our cloud has a few NPUs.');
SELECT rank, kind, verdict, score, reasons FROM accelcost.recommend_accelerator(deployment => 'cloud');
SELECT name, builtin, points, veto FROM accelcost.decision_rule WHERE name = 'cloud_has_no_npu' ORDER BY builtin;
SELECT name, builtin, trim_scale(points) AS points, veto
FROM accelcost.decision_rule_current WHERE name = 'cloud_has_no_npu';

-- ranges are cut at the ends of every rule, and put together where they make no difference
INSERT INTO accelcost.decision_rule (name, question, at_least, below, kind, points, sentence)
VALUES ('odd_band', 'latency_ms', 0.25, 0.5, 'gpu', 1, 'An odd one.'),
       ('far', 'latency_ms', 500, NULL, 'npu', 2, 'A far one.');
SELECT open_questions[2] FROM accelcost.recommend_accelerator('inference') LIMIT 1;
SELECT at_least, below, kind, score, vetoed
FROM accelcost.decision_outcomes('inference')
WHERE question = 'latency_ms' AND kind <> 'cpu'
ORDER BY at_least, kind;

DELETE FROM accelcost.decision_rule WHERE name IN ('odd_band', 'far');

-- but not across another range
INSERT INTO accelcost.decision_rule (name, question, at_least, below, kind, points, sentence)
VALUES ('middle', 'power_budget_w', 500, 600.5, 'npu', 5, 'A strange one.');
SELECT open_questions[3] FROM accelcost.recommend_accelerator('inference') LIMIT 1;

-- three kinds: a tie among some, the readmission of another
SELECT rank, kind, verdict, score
FROM accelcost.recommend_accelerator(
    'small_model', cost_sensitivity => 'egress', power_budget_w => 300, deployment => 'edge');
INSERT INTO accelcost.decision_rule (name, question, below, unless_workload, kind, veto, sentence)
VALUES ('slow_cpu', 'latency_ms', 10, '{inference}', 'cpu', true, 'Too slow.');
SELECT open_questions[1] FROM accelcost.recommend_accelerator(latency_ms => 5) LIMIT 1;
DELETE FROM accelcost.decision_rule WHERE NOT builtin;

-- a rule that could not be right is refused
CREATE FUNCTION pg_temp.verdict(change jsonb) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    rule accelcost.decision_rule;
    reason text;
    place text;
BEGIN
    rule := jsonb_populate_record(
        NULL::accelcost.decision_rule,
        '{"name": "mine", "question": "workload", "answer": "x", "unless_workload": [], "unless_deployment": [], '
        '"rule_set": "own", "kind": "npu", '
        '"points": 0, "veto": false, "sentence": "Mine.", "builtin": false}'
            || change);
    INSERT INTO accelcost.decision_rule SELECT rule.*;
    DELETE FROM accelcost.decision_rule WHERE NOT builtin;
    RETURN 'accepted';
EXCEPTION WHEN integrity_constraint_violation THEN
    GET STACKED DIAGNOSTICS reason = CONSTRAINT_NAME, place = COLUMN_NAME;
    RETURN concat_ws(' ', sqlstate, nullif(reason, ''), 'in ' || nullif(place, ''));
END
$$;
SELECT rule, pg_temp.verdict(change::jsonb)
FROM (VALUES
    ('as it is', '{}'),
    ('unknown question', '{"question": "colour"}'),
    ('unknown kind', '{"kind": "fpga"}'),
    ('no kind', '{"kind": null}'),
    ('no name', '{"name": null}'),
    ('name with a blank', '{"name": "my rule"}'),
    ('answer with a capital', '{"answer": "X"}'),
    ('no answer', '{"answer": null}'),
    ('range for a word', '{"at_least": 1}'),
    ('word for a range', '{"question": "latency_ms"}'),
    ('word and range', '{"question": "latency_ms", "below": 1}'),
    ('no range', '{"question": "latency_ms", "answer": null}'),
    ('a range', '{"question": "latency_ms", "answer": null, "at_least": 1, "below": 2}'),
    ('empty range', '{"question": "latency_ms", "answer": null, "at_least": 1, "below": 1}'),
    ('range the wrong way round', '{"question": "power_budget_w", "answer": null, "at_least": 2, "below": 1}'),
    ('range of nothing', '{"question": "power_budget_w", "answer": null, "below": 0}'),
    ('negative range', '{"question": "power_budget_w", "answer": null, "at_least": -1}'),
    ('NaN in a range', '{"question": "power_budget_w", "answer": null, "at_least": "NaN"}'),
    ('infinite range', '{"question": "power_budget_w", "answer": null, "below": "Infinity"}'),
    ('NaN points', '{"points": "NaN"}'),
    ('infinite points', '{"points": "Infinity"}'),
    ('too many points', '{"points": 1000.01}'),
    ('veto with points', '{"veto": true, "points": 1}'),
    ('a veto', '{"veto": true}'),
    ('workload unless workload', '{"unless_workload": ["training"]}'),
    ('deployment unless deployment', '{"question": "deployment", "unless_deployment": ["cloud"]}'),
    ('two questions', '{"and_question": "deployment", "and_answers": ["cloud", "edge"]}'),
    ('two questions, one with a range', '{"and_question": "memory_gb", "and_at_least": 1, "and_below": 2}'),
    ('the same question twice', '{"and_question": "workload", "and_answers": ["y"]}'),
    ('second question without answers', '{"and_question": "deployment"}'),
    ('second question with no answers', '{"and_question": "deployment", "and_answers": []}'),
    ('second question with NULL', '{"and_question": "deployment", "and_answers": [null]}'),
    ('answers without a second question', '{"and_answers": ["cloud"]}'),
    ('range without a second question', '{"and_below": 5}'),
    ('second range the wrong way round', '{"and_question": "memory_gb", "and_at_least": 2, "and_below": 2}'),
    ('second range for a word', '{"and_question": "deployment", "and_below": 2}'),
    ('set with a blank', '{"rule_set": "my set"}'),
    ('NULL among workloads', '{"question": "deployment", "unless_workload": [null]}'),
    ('no sentence', '{"sentence": " "}'),
    ('no points', '{"points": null}')
) AS t (rule, change);
SELECT pg_temp.error_of(
    'INSERT INTO accelcost.decision_rule (name, question, answer, kind, sentence) VALUES (''twice'', '
    '''workload'', ''x'', ''npu'', ''One.''), (''twice'', ''workload'', ''x'', ''gpu'', ''Two.'')');
