-- Thirty realistic profiles: what an engineer would choose, and why. The advice
-- is the same without the claims of the article, but where a profile says so.
BEGIN;
SELECT plan(66);

CREATE TEMP TABLE profile (
    n integer GENERATED ALWAYS AS IDENTITY, name text, answers jsonb, best text, ruled_out text[], without_article text,
    why text);
INSERT INTO profile (name, answers, best, ruled_out, without_article, why) VALUES
    ('train a 70B model in a cloud',
     '{"workload": "training", "deployment": "cloud", "memory_gb": 1000, "precision_name": "bf16"}',
     'gpu', '{npu}', NULL, 'clusters with NVLink are for rent, and all training code runs on them'),
    ('fine-tune an 8B model with LoRA, now and then',
     '{"workload": "fine_tuning", "deployment": "cloud", "memory_gb": 24, "volume": "occasional"}',
     'gpu', '{npu}', NULL, 'one rented GPU for some hours; no porting'),
    ('fine-tune on a phone of 5 W', '{"workload": "fine_tuning", "deployment": "mobile", "power_budget_w": 5}',
     'none', '{asic,gpu,npu,tpu}', NULL, 'fine-tuning is training: no NPU does it, and no GPU runs on 5 W'),
    ('train on a phone of 3 W', '{"workload": "training", "deployment": "mobile", "power_budget_w": 3}',
     'none', '{asic,gpu,npu,tpu}', NULL, 'train elsewhere: a GPU takes 7 W at least'),
    ('train a vision model on your own server',
     '{"workload": "training", "deployment": "data_center", "ecosystem": "mature"}',
     'gpu', '{npu,tpu}', NULL, 'TPUs are not for sale; a GPU server is'),
    ('weather model in FP64', '{"workload": "training", "deployment": "data_center", "precision_name": "fp64"}',
     'gpu', '{asic,npu,tpu}', NULL, 'AI chips have no FP64'),
    ('serve a 405B model in FP4', '{"workload": "generative", "deployment": "cloud", "memory_gb": 250,
      "precision_name": "fp4"}', 'gpu', '{npu}', NULL, 'only recent GPUs compute in FP4; NVLink joins their memory'),
    ('chat of an 8B model in a cloud', '{"workload": "generative", "deployment": "cloud", "latency_ms": 200,
      "memory_gb": 16}', 'gpu', '{npu}', NULL, 'the round trip fits in 200 ms; every server for models runs on GPUs'),
    ('label a billion images overnight on spot capacity',
     '{"workload": "batch_inference", "deployment": "cloud", "interruption": "tolerated"}',
     'gpu', '{npu}', NULL, 'batches can start again, and spot GPUs are cheap'),
    ('ads ranking in 5 ms in a cloud', '{"workload": "inference", "deployment": "cloud", "latency_ms": 5}',
     'none', '{asic,gpu,npu,tpu}', NULL, 'the round trip alone takes longer: move it to the data'),
    ('ads ranking in 5 ms in your own data center',
     '{"workload": "inference", "deployment": "data_center", "latency_ms": 5}',
     'gpu', '{tpu}', NULL, 'a GPU beside the data answers in 1 ms; there is no round trip'),
    ('inspection on a factory line, 5 ms, server with 300 W',
     '{"workload": "inference", "deployment": "edge", "latency_ms": 5, "power_budget_w": 300, "operators": "custom",
       "ecosystem": "mature"}', 'gpu', '{tpu}', NULL,
     'an edge server with a GPU answers in 1 ms and runs custom operators'),
    ('smart camera of 10 W', '{"workload": "inference", "deployment": "edge", "power_budget_w": 10,
      "precision_name": "int8", "memory_gb": 0.05}', 'npu', '{asic,tpu}', NULL, 'INT8 vision models are made for NPUs'),
    ('roadside box with a module of 30 W and models with custom layers',
     '{"workload": "inference", "deployment": "edge", "power_budget_w": 30, "operators": "custom",
       "precision_name": "fp16"}', 'tied', '{asic,tpu}', 'gpu', 'a Jetson takes 30 W, and an NPU lacks the operators'),
    ('face unlock on a phone', '{"workload": "inference", "deployment": "mobile", "latency_ms": 5, "power_budget_w": 2,
      "data_residency": "on_device"}', 'npu', '{asic,gpu,tpu}', NULL, 'faces do not leave the phone, on a battery'),
    ('keyboard suggestions on a phone', '{"workload": "inference", "deployment": "mobile", "latency_ms": 9,
      "memory_gb": 0.2, "precision_name": "int8"}', 'npu', '{asic,tpu}', NULL, 'a tiny model at each key'),
    ('8B language model in 4 bits on a phone', '{"workload": "generative", "deployment": "mobile", "memory_gb": 5,
      "precision_name": "int4"}', 'npu', '{asic,tpu}', NULL, 'it fits, and the NPU saves the battery'),
    ('70B language model in 4 bits on a phone', '{"workload": "generative", "deployment": "mobile", "memory_gb": 40,
      "precision_name": "int4"}', 'none', '{asic,gpu,npu,tpu}', NULL, 'no phone has 40 GB'),
    ('wake word on an earbud', '{"workload": "inference", "deployment": "embedded", "power_budget_w": 0.01}',
     'npu', '{asic,gpu,tpu}', NULL, 'milliwatts'),
    ('drone with a module of 15 W and custom layers',
     '{"workload": "inference", "deployment": "embedded", "power_budget_w": 15, "operators": "custom",
       "ecosystem": "mature", "precision_name": "fp32"}', 'gpu', '{asic,tpu}', NULL,
     'an Orin runs the code as it is'),
    ('car with its own chip, 50 ms, standard layers', '{"workload": "inference", "deployment": "embedded",
      "latency_ms": 50, "power_budget_w": 60, "operators": "standard", "interruption": "not_tolerated"}',
     'npu', '{asic,tpu}', NULL, 'it must work without a network, and its chip has an NPU'),
    ('translation for ten million phones', '{"workload": "inference", "deployment": "mobile",
      "volume": "device_fleet", "cost_sensitivity": "energy"}', 'npu', '{asic,tpu}', NULL,
     'the users own the NPUs; servers would cost money for each request'),
    ('hospital images that stay on premises', '{"workload": "inference", "deployment": "data_center",
      "data_residency": "on_premises", "memory_gb": 10}', 'gpu', '{tpu}', NULL, 'a GPU server in the basement'),
    ('hospital images that stay on premises, in a cloud', '{"workload": "inference", "deployment": "cloud",
      "data_residency": "on_premises"}', 'none', '{asic,gpu,npu,tpu}', NULL, 'the two answers contradict each other'),
    ('data that stay on the device, in a cloud', '{"workload": "inference", "deployment": "cloud",
      "data_residency": "on_device"}', 'none', '{asic,gpu,npu,tpu}', NULL, 'the two answers contradict each other'),
    ('research on new layers', '{"workload": "training", "deployment": "cloud", "operators": "custom",
      "volume": "occasional"}', 'gpu', '{npu}', NULL, 'kernels are written for GPUs first'),
    ('prototype that is idle most of the time', '{"workload": "generative", "deployment": "cloud", "utilisation": 0.05,
      "cost_sensitivity": "hourly"}', 'gpu', '{npu}', NULL, 'rent by the second, and stop'),
    ('steady load of a common model at 80 % of the hours', '{"workload": "batch_inference", "deployment": "cloud",
      "utilisation": 0.8, "volume": "steady", "latency_ms": 1000, "interruption": "tolerated"}', 'gpu', '{npu}', 'tpu',
     'a steady load pays for porting to a TPU; the article does not weigh this'),
    ('pre-training in JAX on spot slices', '{"workload": "training", "deployment": "cloud", "memory_gb": 4000,
      "precision_name": "bf16", "interruption": "tolerated", "utilisation": 0.95, "volume": "steady"}',
     'gpu', '{npu}', 'tied', 'a pod that is busy for months does it as well; the article knows GPUs only'),
    ('recommendations in Frankfurt only', '{"workload": "inference", "deployment": "cloud", "latency_ms": 50,
      "data_residency": "region"}', 'gpu', '{npu}', NULL, 'every region has GPUs to rent');
SELECT is(count(*), 30::bigint, 'there are thirty profiles') FROM profile;
SELECT is_empty($$SELECT name FROM profile WHERE why IS NULL OR answers = '{}'$$, 'each with a reason');

-- What comes first (tied: several), and what is ruled out.
CREATE FUNCTION pg_temp.advice(a jsonb, OUT best text, OUT ruled_out text[]) LANGUAGE sql AS $$
    SELECT CASE count(*) FILTER (WHERE verdict IN ('recommended', 'tied') AND rank = 1)
           WHEN 0 THEN 'none' WHEN 1 THEN min(kind) FILTER (WHERE verdict = 'recommended') ELSE 'tied' END,
           coalesce(array_agg(kind ORDER BY kind) FILTER (WHERE verdict ~ 'ruled out'), '{}')
    FROM accelcost.recommend_accelerator(
        a->>'workload', a->>'deployment', (a->>'latency_ms')::float8, (a->>'power_budget_w')::float8,
        a->>'cost_sensitivity', a->>'ecosystem', (a->>'memory_gb')::float8, a->>'data_residency', a->>'volume',
        (a->>'utilisation')::float8, a->>'interruption', a->>'operators', a->>'precision_name')
$$;

SELECT is(row(a.best, a.ruled_out)::text, row(p.best, p.ruled_out)::text,
          format('%s: %s, for %s', p.name, p.best, p.why))
FROM profile AS p, pg_temp.advice(p.answers) AS a
ORDER BY n;

-- The article's claims are a set that can be turned off.
INSERT INTO accelcost.decision_rule_off VALUES ('article');
SELECT is_empty($$SELECT name FROM accelcost.decision_rule_current WHERE rule_set = 'article'$$,
                'no rule of the article is in force');
SELECT is(row(a.best, a.ruled_out)::text, row(coalesce(p.without_article, p.best), p.ruled_out)::text,
          format('%s: %s, without the article', p.name, coalesce(p.without_article, p.best)))
FROM profile AS p, pg_temp.advice(p.answers) AS a
ORDER BY n;
DELETE FROM accelcost.decision_rule_off;
INSERT INTO accelcost.decision_rule_off VALUES ('engineering');
SELECT is(best, 'gpu', 'without engineering, the article is left') FROM pg_temp.advice('{"deployment": "cloud"}');
DELETE FROM accelcost.decision_rule_off;

-- No reason contradicts the verdict that it is given for.
SELECT is_empty(
    $$SELECT p.name, r.kind, reason
      FROM profile AS p, accelcost.recommend_accelerator(
               p.answers->>'workload', p.answers->>'deployment', (p.answers->>'latency_ms')::float8,
               (p.answers->>'power_budget_w')::float8) AS r, unnest(r.reasons) AS reason
      WHERE r.verdict = 'recommended' AND reason ~ '\(veto\)'$$,
    'what is recommended has no veto among its reasons');
SELECT is_empty(
    $$SELECT name FROM accelcost.decision_rule
      WHERE builtin AND rule_set NOT IN ('article', 'engineering')
         OR builtin AND (source ~ '^Fluence') <> (rule_set = 'article')$$,
    'each built-in rule is in the set of its source');

SELECT * FROM finish();
ROLLBACK;
