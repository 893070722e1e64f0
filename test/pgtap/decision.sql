-- NPU or GPU: what the article says, each statement a test, and what holds for
-- whatever is answered.
BEGIN;
SELECT plan(71);

-- What comes first, and what has just been ruled out.
CREATE FUNCTION pg_temp.first_of(
    workload text DEFAULT NULL, deployment text DEFAULT NULL, latency_ms float8 DEFAULT NULL,
    power_budget_w float8 DEFAULT NULL, cost_sensitivity text DEFAULT NULL, ecosystem text DEFAULT NULL)
RETURNS text LANGUAGE sql AS $$
    SELECT coalesce(string_agg(kind, ' and ' ORDER BY kind), 'none')
    FROM accelcost.recommend_accelerator($1, $2, $3, $4, $5, $6)
    WHERE rank = 1 AND verdict IN ('recommended', 'tied')
$$;
CREATE FUNCTION pg_temp.out_of(
    workload text DEFAULT NULL, deployment text DEFAULT NULL, latency_ms float8 DEFAULT NULL,
    power_budget_w float8 DEFAULT NULL, cost_sensitivity text DEFAULT NULL, ecosystem text DEFAULT NULL)
RETURNS text[] LANGUAGE sql AS $$
    SELECT coalesce(array_agg(kind ORDER BY kind), '{}')
    FROM accelcost.recommend_accelerator($1, $2, $3, $4, $5, $6)
    WHERE verdict IN ('ruled out', 'all ruled out')
$$;

-- ---- what the article says ------------------------------------------------

SELECT is(pg_temp.first_of('training'), 'gpu', '1: training wants a GPU');
SELECT is(pg_temp.out_of('training'), '{npu}', '1: and nothing else at production scale');
SELECT is(pg_temp.first_of('inference', 'edge'), 'npu', '1: inference at the edge wants an NPU');
SELECT is(pg_temp.first_of('inference', 'cloud'), 'gpu', '1: inference in the cloud wants a GPU');
SELECT is(
    pg_temp.first_of('inference'), 'asic and gpu and npu and tpu', '1: inference depends on where it runs');
SELECT is(pg_temp.first_of(deployment => 'cloud'), 'gpu', '2: the cloud favours GPUs');
SELECT is(pg_temp.out_of(deployment => 'cloud'), '{npu}', '2: and has no NPU to rent');
SELECT is(pg_temp.first_of(deployment => place), 'npu', format('2: %s favours NPUs', place))
FROM unnest('{edge,mobile,embedded}'::text[]) AS place;
SELECT is(pg_temp.first_of(latency_ms => ms), kind, format('3: %s ms want %s', ms, kind))
FROM (
    VALUES (0, 'npu'),
           (5, 'npu'),
           (9.999999999999998, 'npu'),
           (10, 'gpu'),
           (50, 'gpu'),
           (99.9, 'gpu'),
           (100, 'gpu'),
           (1e300, 'gpu')) AS t (ms, kind);
SELECT is(
    pg_temp.out_of(deployment => 'cloud', latency_ms => ms), ruled_out,
    format('3: a GPU in a cloud %s %s ms', CASE WHEN ruled_out = '{npu}' THEN 'keeps' ELSE 'cannot keep' END, ms))
FROM (VALUES (5, '{asic,gpu,npu,tpu}'::text[]), (9.999999999999998, '{asic,gpu,npu,tpu}'), (10, '{npu}'),
             (100, '{npu}')) AS t (ms, ruled_out);
SELECT is(pg_temp.out_of(deployment => place, latency_ms => 5), '{tpu}', format('3: but one in the %s can', place))
FROM unnest('{data_center,edge}'::text[]) AS place;
SELECT is(pg_temp.first_of(power_budget_w => watts), kind, format('4: %s W, %s', watts, what))
FROM (
    VALUES (0, 'npu', 'nothing'),
           (15, 'npu', 'a battery'),
           (299.9, 'npu', 'less than a GPU draws'),
           (300, 'gpu', 'what a GPU draws'),
           (1000, 'gpu', 'plugged in')) AS t (watts, kind, what);
SELECT is(pg_temp.first_of(cost_sensitivity => 'hourly'), 'gpu', '5: hourly rates are those of GPUs');
SELECT is(pg_temp.first_of(cost_sensitivity => 'egress'), 'gpu and npu', '5: either can do without egress fees');
SELECT matches(
    (SELECT reasons[1] FROM accelcost.recommend_accelerator(cost_sensitivity => 'egress') WHERE kind = 'gpu'),
    'Fluence and Thunder Compute \(2026\)', '5: and the reason names the providers and the year');
SELECT is(pg_temp.first_of(ecosystem => 'mature'), 'gpu', '6: the mature ecosystem is that of GPUs');

-- What it says in two places that cannot both hold.
SELECT is(
    pg_temp.first_of('inference', 'cloud', 5), 'none',
    'in the cloud less than 10 ms cannot be had: no NPU there, and a GPU is too far');
SELECT is(pg_temp.first_of(w, latency_ms => 5), 'gpu', format('%s is offline: no response time rules a GPU out', w))
FROM unnest('{training,fine_tuning}'::text[]) AS w;

-- ---- whatever is answered -------------------------------------------------

-- A fair sample of all combinations of answers, open ones included.
CREATE TEMP TABLE given AS
SELECT * FROM (
    SELECT row_number() OVER () AS n, * FROM
        unnest('{NULL,training,fine_tuning,batch_inference,generative,inference}'::text[]) AS w,
        unnest('{NULL,cloud,data_center,edge,mobile,embedded}'::text[]) AS d,
        unnest('{NULL,5,10,100}'::float8[]) AS l, unnest('{NULL,15,300}'::float8[]) AS p,
        unnest('{NULL,hourly,egress,energy}'::text[]) AS c, unnest('{NULL,mature,developing}'::text[]) AS e
) AS every WHERE n % 101 = 1;
SELECT cmp_ok((SELECT count(*) FROM given), '>', 50::bigint, 'there is a sample');

CREATE TEMP TABLE result AS SELECT g.n, r.* FROM given AS g, accelcost.recommend_accelerator(w, d, l, p, c, e) AS r;
SELECT is_empty(
    $$SELECT n FROM result GROUP BY n HAVING array_agg(kind ORDER BY kind) <> '{asic,gpu,npu,tpu}'$$,
    'every kind is ranked, once');
SELECT is_empty(
    $$SELECT a.n FROM result AS a JOIN result AS b USING (n)
      WHERE a.verdict !~ 'ruled out'
        AND b.verdict !~ 'ruled out'
        AND (a.rank < b.rank) IS DISTINCT FROM (a.score > b.score)
        OR a.verdict !~ 'ruled out' AND b.verdict ~ 'ruled out' AND a.rank >= b.rank$$,
    'the higher score comes first, and what is ruled out comes last');
SELECT is_empty(
    $$
        SELECT a.n
        FROM result AS a
        WHERE (a.verdict = 'tied') <> (
            a.verdict !~ 'ruled out'
            AND EXISTS (SELECT FROM result AS b WHERE b.n = a.n AND b.rank = a.rank AND b.kind <> a.kind))$$,
    'a tie shares the rank, and says so');
SELECT is_empty(
    $$SELECT n FROM result GROUP BY n HAVING bool_or(verdict = 'all ruled out') <> bool_and(verdict ~ 'ruled out')$$,
    'if nothing is left every row says so');

CREATE TEMP TABLE reason AS
SELECT n, kind, m[1] AS rule, m[2] AS worth, m[3] AS sentence
FROM result, unnest(reasons) AS reason, regexp_match(reason, '^(.*?) \((.*?)\): (.*)$') AS m;
SELECT is(
    (SELECT count(*) FROM reason WHERE sentence IS NOT NULL),
    (SELECT sum(cardinality(reasons)) FROM result)::bigint,
    'a reason is a rule, what it is worth and a sentence');
SELECT is_empty(
    $$
        SELECT reason.*
        FROM reason
        LEFT JOIN accelcost.decision_rule AS r ON (r.name, r.kind, r.sentence) = (rule, reason.kind, reason.sentence)
            AND CASE WHEN r.veto THEN worth = 'veto' ELSE worth::numeric = r.points END
        WHERE r.name IS NULL$$,
    'every reason has its rule in the table, for that kind and in those words');
SELECT is_empty(
    $$
        SELECT n, kind
        FROM result
        WHERE score <> (
            SELECT coalesce(sum(worth::numeric) FILTER (WHERE worth <> 'veto'), 0)
            FROM reason
            WHERE (reason.n, reason.kind) = (result.n, result.kind))$$,
    'the score is the sum of the reasons');
SELECT is_empty(
    $$
        SELECT n, kind
        FROM result
        WHERE (verdict ~ 'ruled out') <> EXISTS (
            SELECT FROM reason WHERE (reason.n, reason.kind) = (result.n, result.kind) AND worth = 'veto')$$,
    'what is ruled out has a veto among its reasons, and nothing else has');

-- Every rule fires where its condition holds, and nowhere else: worked out one by one.
SELECT is_empty(
    $$(SELECT g.n, r.kind, r.name FROM given AS g, accelcost.decision_rule AS r
       WHERE NOT coalesce(g.w = ANY (r.unless_workload), false)
         AND NOT coalesce(g.d = ANY (r.unless_deployment), false)
         -- built-in rules join the deployment only
         AND (r.and_question IS NULL OR r.and_question = 'deployment' AND d = ANY (r.and_answers))
         AND CASE r.question
                  WHEN 'workload' THEN r.answer = w
                  WHEN 'deployment' THEN r.answer = d
                  WHEN 'cost_sensitivity' THEN r.answer = c
                  WHEN 'ecosystem' THEN r.answer = e
                  WHEN 'latency_ms' THEN l >= coalesce(r.at_least, 0) AND (r.below IS NULL OR l < r.below)
                  WHEN 'power_budget_w' THEN p >= coalesce(r.at_least, 0) AND (r.below IS NULL OR p < r.below) END)
      EXCEPT ALL SELECT n, kind, rule FROM reason$$,
    'every rule whose condition holds is a reason');
SELECT is(
    (SELECT count(*) FROM reason),
    (SELECT count(*) FROM (SELECT DISTINCT n, kind, rule FROM reason) AS once),
    'and is one once');

-- ---- open questions -------------------------------------------------------

SELECT is_empty(
    $$SELECT g.n FROM given AS g JOIN result AS r USING (n)
      WHERE ARRAY(SELECT split_part(q, ':', 1) FROM unnest(open_questions) AS q) IS DISTINCT FROM
            array_remove(
                ARRAY[
                    CASE WHEN w IS NULL THEN 'workload' END, CASE WHEN d IS NULL THEN 'deployment' END,
                    CASE WHEN l IS NULL THEN 'latency_ms' END, CASE WHEN p IS NULL THEN 'power_budget_w' END,
                    CASE WHEN c IS NULL THEN 'cost_sensitivity' END, CASE WHEN e IS NULL THEN 'ecosystem' END],
                NULL)
            || '{memory_gb,data_residency,volume,utilisation,interruption,operators,precision_name}'::text[]$$,
    'every question that was not answered is open, in the order of the parameters, and no other');
SELECT is(cardinality(open_questions), 13, 'without any answer all thirteen are')
FROM accelcost.recommend_accelerator()
LIMIT 1;

-- The text, taken apart: one row for each answer that it names, with what it says of it.
CREATE TEMP TABLE claim AS
SELECT n, question, answer, effect, g.*,
       CASE WHEN answer ~ '^below' THEN substr(answer, 7)::float8 * (1 - 1e-15)
            WHEN answer ~ '[0-9]' THEN substring(answer, '[0-9.]+')::float8 END AS number
FROM (
    SELECT DISTINCT n, split_part(q, ': ', 1) AS question, split_part(q, ': ', 2) AS rest
    FROM result, unnest(open_questions) AS q) AS line
JOIN (SELECT n AS m, w, d, l, p, c, e FROM given) AS g ON g.m = n,
LATERAL unnest(string_to_array(rest, '; ')) AS part, LATERAL (SELECT split_part(part, ' would ', 2) AS effect) AS said,
LATERAL regexp_split_to_table(split_part(part, ' would ', 1), ' or (?!more)') AS answer;
CREATE TEMP TABLE followed AS
SELECT claim.*, before.*, after.*
FROM claim JOIN (
    SELECT n AS o,
           coalesce(
               string_agg(kind, ' and ' ORDER BY kind) FILTER (WHERE rank = 1 AND verdict IN ('recommended', 'tied')),
               'none') AS first_before,
           coalesce(array_agg(kind ORDER BY kind) FILTER (WHERE verdict ~ 'ruled out'), '{}') AS out_before
    FROM result GROUP BY n) AS before ON o = n, LATERAL (
    SELECT pg_temp.first_of(w2, d2, l2, p2, c2, e2) AS first_after, pg_temp.out_of(w2, d2, l2, p2, c2, e2) AS out_after
    FROM (
        SELECT CASE question WHEN 'workload' THEN answer ELSE w END AS w2,
               CASE question WHEN 'deployment' THEN answer ELSE d END AS d2,
               CASE question WHEN 'latency_ms' THEN number ELSE l END AS l2,
                 CASE question WHEN 'power_budget_w' THEN number ELSE p END AS p2,
                 CASE question WHEN 'cost_sensitivity' THEN answer ELSE c END AS c2,
                 CASE question WHEN 'ecosystem' THEN answer ELSE e END AS e2) AS answered) AS after
WHERE answer <> 'no answer'
  AND question IN ('workload', 'deployment', 'latency_ms', 'power_budget_w', 'cost_sensitivity', 'ecosystem');
SELECT ok(count(*) FILTER (WHERE effect ~ '^put .* first$') > 0
          AND count(*) FILTER (WHERE effect ~ '^keep .* first$') > 0
          AND count(*) FILTER (WHERE effect ~ '^tie ') > 0 AND count(*) FILTER (WHERE effect ~ ' tied$') > 0
          AND count(*) FILTER (WHERE effect ~ 'first and rule out') > 0
          AND count(*) FILTER (WHERE effect = 'rule out every kind') > 0
          AND count(*) FILTER (WHERE effect = 'keep every kind ruled out') > 0, 'the sample has every effect')
FROM followed;
SELECT is_empty(
    $$SELECT n, question, answer, effect, first_after FROM followed
      WHERE first_after <> CASE WHEN effect ~ 'every kind' THEN 'none'
                                ELSE substring(effect, '^(?:put|keep|tie) (\w+(?: and (?:[gnt]pu|asic))*)') END$$,
    'whoever gives an answer that is named gets what was said to come first');
SELECT is_empty(
    $$
        SELECT n, question, answer, effect, first_before, first_after
        FROM followed
        WHERE (effect ~ '^keep') <> (first_before = first_after)$$,
    'it is kept if it came first before, and changed if not');
SELECT is_empty(
    $$SELECT n, question, answer, effect, out_before, out_after FROM followed
      WHERE effect !~ 'every kind'
        AND coalesce(substring(effect, ' and rule out (.*)$'), '') <> array_to_string(
            ARRAY(SELECT unnest(out_after) EXCEPT SELECT unnest(out_before) ORDER BY 1), ' and ')$$,
    'what is ruled out is what was said to be');
SELECT is_empty(
    $$
        SELECT n, question
        FROM followed
        GROUP BY n, question
        HAVING bool_and(first_before = first_after AND out_before = out_after)$$,
    'a question of which answers are named can change the outcome');
SELECT is_empty(
    $$SELECT n, question FROM followed WHERE number IS NULL GROUP BY n, question
      HAVING array_agg(answer ORDER BY answer COLLATE "C") <> (
          SELECT array_agg(DISTINCT r.answer COLLATE "C")
          FROM accelcost.decision_rule AS r
          WHERE r.question = followed.question)$$,
    'and names each of its answers once');

-- What every further answer would lead to is what it leads to when it is given; at both ends of a range.
CREATE TEMP TABLE scenario AS
SELECT n, w, d, l, p, c, e, o.*
FROM given, accelcost.decision_outcomes(w, d, l, p, c, e) AS o
WHERE n % 9 = 0;
SELECT is_empty(
    $$
        WITH asked AS (
            SELECT DISTINCT n, w, d, l, p, c, e, question, answer, at_least, below
            FROM scenario
            WHERE question IN ('workload', 'deployment', 'latency_ms', 'power_budget_w', 'cost_sensitivity',
                               'ecosystem'))
      (SELECT a.n, a.question, a.answer, a.at_least, o.rank, o.kind, o.score, o.vetoed, o.rules
       FROM asked AS a,
            LATERAL (
                SELECT a.at_least UNION SELECT coalesce(a.below * (1 - 1e-15), 1e300) WHERE a.answer IS NULL
            ) AS ends (number),
       LATERAL accelcost.decision_outcomes(
           CASE a.question WHEN 'workload' THEN a.answer ELSE w END,
           CASE a.question WHEN 'deployment' THEN a.answer ELSE d END,
           CASE a.question WHEN 'latency_ms' THEN number ELSE l END,
                                 CASE a.question WHEN 'power_budget_w' THEN number ELSE p END,
                                 CASE a.question WHEN 'cost_sensitivity' THEN a.answer ELSE c END,
                                 CASE a.question WHEN 'ecosystem' THEN a.answer ELSE e END) AS o
       WHERE o.question IS NULL)
      EXCEPT SELECT n, question, answer, at_least, rank, kind, score, vetoed, rules FROM scenario$$,
    'decision_outcomes foresees what a further answer gives');
SELECT is_empty(
    $$SELECT n, question FROM scenario WHERE at_least IS NOT NULL AND kind = 'gpu' GROUP BY n, question
      HAVING min(at_least) <> 0
          OR bool_or(below IS NULL) IS FALSE
          OR array_agg(at_least ORDER BY at_least) <> array_prepend(
              0::float8, (array_agg(below ORDER BY below))[1:count(*)::int - 1])$$,
    'the ranges leave nothing out and do not overlap');

-- ---- the table of rules ---------------------------------------------------

SELECT is_empty(
    $$
        SELECT name
        FROM accelcost.decision_rule
        WHERE builtin AND (source = '' OR as_of IS NULL OR sentence !~ '^[A-Z].*\.$')$$,
    'a builtin rule has a source, a date and a sentence');
SELECT set_eq(
    $$SELECT DISTINCT question, kind FROM accelcost.decision_rule WHERE builtin AND kind IN ('gpu', 'npu')$$,
    $$
        SELECT q, k
        FROM unnest(accelcost_internal.decision_questions()) AS q, unnest('{gpu,npu}'::text[]) AS k
        WHERE (q, k) <> ('utilisation', 'npu')$$,
    'every question has a rule for GPUs and, but for utilisation, one for NPUs');
SELECT set_eq(
    $$SELECT DISTINCT unnest(unless_workload) FROM accelcost.decision_rule WHERE builtin$$,
    $$SELECT unnest('{training,fine_tuning}'::text[])$$, 'the workloads that rules leave out are known');
SELECT throws_ok(
    $$UPDATE accelcost.decision_rule SET points = 1 WHERE name = 'edge_on_npu'$$, '55000',
    'built-in rows of table "decision_rule" are read-only', 'a builtin rule cannot be changed');

CREATE FUNCTION pg_temp.everything() RETURNS text LANGUAGE sql AS $$
    SELECT md5(string_agg(r::text, E'\n' ORDER BY n, place))
    FROM (SELECT * FROM given WHERE n % 5 = 0) AS g,
         accelcost.recommend_accelerator(w, d, l, p, c, e) WITH ORDINALITY AS r (
             rank, kind, verdict, score, reasons, open_questions, place)
$$;
SELECT pg_temp.everything() AS builtin \gset
INSERT INTO accelcost.decision_rule (name, question, answer, kind, points, sentence)
VALUES ('mine', 'deployment', 'edge', 'gpu', 9, 'We have GPUs there.');
SELECT is(pg_temp.first_of('inference', 'edge'), 'gpu', 'a rule of one''s own outweighs a builtin one');
SELECT is(
    (SELECT count(*) FROM accelcost.recommend_accelerator('inference', 'edge'), unnest(reasons) AS reason
     WHERE kind = 'gpu' AND reason = 'mine (+9): We have GPUs there.'),
    1::bigint, 'and is among the reasons');
SELECT isnt(pg_temp.everything(), :'builtin', 'it changes results');
DELETE FROM accelcost.decision_rule WHERE name = 'mine';
SELECT is(pg_temp.everything(), :'builtin', 'and its removal restores them');

-- The same rules, as one's own, stored the other way round.
INSERT INTO accelcost.decision_rule
SELECT name, question, answer, at_least, below, and_question, and_answers, and_at_least, and_below, unless_workload,
       unless_deployment, kind, points, veto, sentence, rule_set, source, as_of, false
FROM accelcost.decision_rule
ORDER BY name DESC;
SELECT is(pg_temp.everything(), :'builtin', 'the order of rows in the table does not matter, nor whose they are');
DELETE FROM accelcost.decision_rule WHERE NOT builtin;

-- A rule can join any two questions, words or ranges, in either order.
INSERT INTO accelcost.decision_rule
    (name, question, answer, and_question, and_at_least, and_below, kind, points, sentence)
VALUES ('small_and_steady', 'volume', 'steady', 'memory_gb', 2, 4, 'cpu', 5, 'A CPU does it.');
INSERT INTO accelcost.decision_rule (name, question, at_least, and_question, and_answers, kind, points, sentence)
VALUES ('busy_shop', 'utilisation', 0.5, 'deployment', '{shop,store}', 'cpu', 7, 'The till does it.');
SELECT results_eq(
    $$SELECT (SELECT score FROM accelcost.recommend_accelerator(volume => v, memory_gb => m, utilisation => u,
                                                                deployment => d) WHERE kind = 'cpu')
      FROM (VALUES (1, 'steady', 2, NULL::float8, NULL), (2, 'steady', 4, NULL, NULL), (3, 'steady', NULL, NULL, NULL),
                   (4, 'occasional', 3, NULL, NULL), (5, NULL, NULL, 0.5, 'shop'), (6, NULL, NULL, 0.4, 'shop'),
                   (7, NULL, NULL, 0.9, 'store'), (8, NULL, NULL, 0.9, 'edge'), (9, 'steady', 3.9, 1, 'shop'))
               AS t (n, v, m, u, d)
      ORDER BY n$$,
    '{5,0,0,0,7,0,7,0,12}'::numeric[], 'a joined rule applies if both answers fit');
SELECT matches(q, 'shop or store would put cpu first', 'and its words are answers')
FROM accelcost.recommend_accelerator(utilisation => 0.7) AS r, unnest(open_questions) AS q
WHERE r.kind = 'cpu' AND q ~ '^deployment';
SELECT set_eq(
    $$SELECT at_least, below FROM accelcost.decision_outcomes(volume => 'steady')
      WHERE question = 'memory_gb' AND at_least BETWEEN 1 AND 5$$,
    $$VALUES (2::float8, 4::float8), (4, 8)$$, 'and its ends are those of ranges');
DELETE FROM accelcost.decision_rule WHERE NOT builtin;

-- ---- settings -------------------------------------------------------------

CREATE TEMP TABLE under AS SELECT ''::text AS setting, ''::text AS results LIMIT 0;
DO $$
DECLARE
    s record;
    results text;
BEGIN
    FOR s IN SELECT *
    FROM (
        VALUES ('enable_hashjoin', 'off'),
               ('enable_nestloop', 'off'),
               ('enable_hashagg', 'off'),
               ('enable_sort', 'off'),
               ('enable_seqscan', 'off'),
               ('work_mem', '64kB'),
                                   ('plan_cache_mode', 'force_generic_plan'),
                                   ('extra_float_digits', '-15'),
                                   ('DateStyle', 'German'),
                                   ('lc_numeric', 'de_DE.UTF-8'),
                                   ('search_path', 'pg_temp,public,pg_catalog')) AS v (name, value) LOOP
        BEGIN
            PERFORM set_config(s.name, s.value, true);
            results := pg_temp.everything();
            RAISE EXCEPTION SQLSTATE 'ROLLB';
        EXCEPTION WHEN SQLSTATE 'ROLLB' THEN INSERT INTO under VALUES (format('%s = %s', s.name, s.value), results);
                  WHEN invalid_parameter_value THEN NULL;
        END;
    END LOOP;
END
$$;
SELECT is_empty(format($$SELECT setting FROM under WHERE results <> %L$$, :'builtin'), 'no setting changes a result');
SELECT cmp_ok((SELECT count(*) FROM under), '>=', 10::bigint, 'of ten that were tried');

SELECT * FROM finish();
ROLLBACK;
