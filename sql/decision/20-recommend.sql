-- Rank kinds of accelerators.

-- Long, because one statement rates the given answers and all scenarios, each with one answer more, by the same rules.
CREATE FUNCTION accelcost.decision_outcomes(
    workload text DEFAULT NULL, deployment text DEFAULT NULL, latency_ms float8 DEFAULT NULL,
    power_budget_w float8 DEFAULT NULL, cost_sensitivity text DEFAULT NULL, ecosystem text DEFAULT NULL,
    memory_gb float8 DEFAULT NULL, data_residency text DEFAULT NULL, volume text DEFAULT NULL,
    utilisation float8 DEFAULT NULL, interruption text DEFAULT NULL, operators text DEFAULT NULL,
    precision_name text DEFAULT NULL)
RETURNS TABLE (question text, answer text, at_least float8, below float8,
               rank integer, kind text, score numeric, vetoed boolean, rules text[])
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    WITH rule AS (
        SELECT * FROM accelcost.decision_rule_current
    ),
    given AS (
        SELECT g.*, g.word IS NULL AND g.number IS NULL AS is_open, accelcost_internal.is_decision_number(g.question)
                   AS is_number
        FROM (
            SELECT array_position(accelcost_internal.decision_questions(), a.question) AS ordinal,
                   a.question, a.word, a.number
            FROM (VALUES ('workload', decision_outcomes.workload, NULL::float8),
                         ('deployment', decision_outcomes.deployment, NULL),
                         ('latency_ms', NULL, decision_outcomes.latency_ms),
                         ('power_budget_w', NULL, decision_outcomes.power_budget_w),
                         ('cost_sensitivity', decision_outcomes.cost_sensitivity, NULL),
                         ('ecosystem', decision_outcomes.ecosystem, NULL),
                         ('memory_gb', NULL, decision_outcomes.memory_gb),
                         ('data_residency', decision_outcomes.data_residency, NULL),
                         ('volume', decision_outcomes.volume, NULL),
                         ('utilisation', NULL, decision_outcomes.utilisation),
                         ('interruption', decision_outcomes.interruption, NULL),
                         ('operators', decision_outcomes.operators, NULL),
                         ('precision_name', decision_outcomes.precision_name, NULL)
                 ) AS a (question, word, number)
        ) AS g
        WHERE accelcost_internal.check_decision_answer(g.question, g.word)
          AND (g.number IS NULL
               OR CASE g.question
                      WHEN 'utilisation' THEN accelcost_internal.check_between(g.number::numeric, 0, 1, g.question)
                      ELSE accelcost_internal.check_at_least(g.number::numeric, 0, g.question) END IS NOT NULL)
    ),
    possible AS (
        -- The answers that rules distinguish: words, and the ranges between the ends of all ranges.
        SELECT question, answer, NULL::float8 AS at_least, NULL::float8 AS below
        FROM rule
        WHERE answer IS NOT NULL
        UNION
        SELECT and_question, unnest(and_answers), NULL, NULL
        FROM rule
        UNION ALL
        SELECT question, NULL, bound, lead(bound) OVER (PARTITION BY question ORDER BY bound)
        FROM (SELECT question, at_least AS bound FROM rule WHERE at_least IS NOT NULL
              UNION SELECT question, below FROM rule WHERE below IS NOT NULL
              UNION SELECT and_question, and_at_least FROM rule WHERE and_at_least IS NOT NULL
              UNION SELECT and_question, and_below FROM rule WHERE and_below IS NOT NULL
              UNION SELECT question, '0' FROM given WHERE is_number) AS ends
        -- A share has no answers above 1.
        WHERE question <> 'utilisation' OR bound <= '1'
    ),
    scenario AS (
        -- Scenario 0 has the given answers; every other scenario has one more.
        SELECT 0 AS id, NULL AS question, NULL AS answer, NULL AS at_least, NULL AS below
        UNION ALL
        SELECT row_number() OVER (ORDER BY g.ordinal, p.at_least, p.answer COLLATE "C"), p.*
        FROM given AS g JOIN possible AS p ON p.question = g.question
        WHERE g.is_open
    ),
    answered AS (
        SELECT s.id, g.question, g.word, g.number FROM scenario AS s CROSS JOIN given AS g WHERE NOT g.is_open
        UNION ALL
        SELECT id, question, answer, at_least FROM scenario WHERE question IS NOT NULL
    ),
    fired AS (
        SELECT a.id, r.name, r.question, r.kind, r.points, r.veto
        FROM answered AS a
        JOIN rule AS r ON r.question = a.question
                      AND (r.answer = a.word
                           OR (a.number >= coalesce(r.at_least, '0') AND a.number < coalesce(r.below, 'Infinity')))
        WHERE NOT EXISTS (
            SELECT FROM answered AS other
            WHERE other.id = a.id
              AND (other.question = 'workload' AND other.word = ANY (r.unless_workload)
                   OR other.question = 'deployment' AND other.word = ANY (r.unless_deployment)))
          AND (r.and_question IS NULL
               OR EXISTS (
                   SELECT FROM answered AS other
                   WHERE other.id = a.id AND other.question = r.and_question
                     AND (other.word = ANY (r.and_answers)
                          OR (other.number >= coalesce(r.and_at_least, '0')
                              AND other.number < coalesce(r.and_below, 'Infinity')))))
    ),
    tally AS (
        SELECT s.id, k.kind,
               trim_scale(coalesce(sum(f.points), 0.0)) AS score,
               coalesce(bool_or(f.veto), false) AS vetoed,
               coalesce(array_agg(f.name ORDER BY g.ordinal, f.name COLLATE "C") FILTER (WHERE f.name IS NOT NULL),
                        '{}') AS rules
        FROM scenario AS s
        CROSS JOIN (SELECT DISTINCT kind FROM rule) AS k
        LEFT JOIN (fired AS f JOIN given AS g ON g.question = f.question) ON f.id = s.id AND f.kind = k.kind
        GROUP BY s.id, k.kind
    )
    SELECT s.question, s.answer, s.at_least, s.below,
           (rank() OVER (PARTITION BY t.id ORDER BY t.vetoed, t.score DESC))::integer,
           t.kind, t.score, t.vetoed, t.rules
    FROM tally AS t JOIN scenario AS s ON s.id = t.id
    ORDER BY s.id, 5, t.kind COLLATE "C";
END;
COMMENT ON FUNCTION accelcost.decision_outcomes(text, text, float8, float8, text, text, float8, text, text, float8,
        text, text, text) IS
    'returns the ranking for the answers given, and for each further answer that the rules distinguish';

-- Long, because each step to a sentence reads the step before: scenarios, consequences, merged ranges, lines.
CREATE FUNCTION accelcost.recommend_accelerator(
    workload text DEFAULT NULL, deployment text DEFAULT NULL, latency_ms float8 DEFAULT NULL,
    power_budget_w float8 DEFAULT NULL, cost_sensitivity text DEFAULT NULL, ecosystem text DEFAULT NULL,
    memory_gb float8 DEFAULT NULL, data_residency text DEFAULT NULL, volume text DEFAULT NULL,
    utilisation float8 DEFAULT NULL, interruption text DEFAULT NULL, operators text DEFAULT NULL,
    precision_name text DEFAULT NULL)
RETURNS TABLE (rank integer, kind text, verdict text, score numeric, reasons text[], open_questions text[])
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE ROWS 4
-- Compiling this many expressions costs more than it saves.
SET jit = off
BEGIN ATOMIC
    WITH outcome AS MATERIALIZED (
        SELECT *
        FROM accelcost.decision_outcomes(workload, deployment, latency_ms, power_budget_w, cost_sensitivity, ecosystem,
                                         memory_gb, data_residency, volume, utilisation, interruption, operators,
                                         precision_name)
    ),
    answered AS (
        SELECT * FROM outcome WHERE question IS NULL
    ),
    leader AS (
        SELECT string_agg(kind, ' and ' ORDER BY kind COLLATE "C") AS kinds, count(*) AS number
        FROM answered
        WHERE rank = 1 AND NOT vetoed
    ),
    scenario AS (
        SELECT o.question, o.answer, o.at_least, o.below,
               string_agg(o.kind, ' and ' ORDER BY o.kind COLLATE "C")
                   FILTER (WHERE o.rank = 1 AND NOT o.vetoed) AS leaders,
               count(*) FILTER (WHERE o.rank = 1 AND NOT o.vetoed) AS number,
               string_agg(o.kind, ' and ' ORDER BY o.kind COLLATE "C")
                   FILTER (WHERE o.vetoed AND NOT a.vetoed) AS ruled_out,
               string_agg(o.kind, ' and ' ORDER BY o.kind COLLATE "C")
                   FILTER (WHERE a.vetoed AND NOT o.vetoed AND o.rank > 1) AS readmitted
        FROM outcome AS o JOIN answered AS a ON a.kind = o.kind
        WHERE o.question IS NOT NULL
        GROUP BY o.question, o.answer, o.at_least, o.below
    ),
    consequence AS (
        SELECT s.question, s.answer, s.at_least, s.below,
               row_number() OVER (PARTITION BY s.question ORDER BY s.at_least, s.answer COLLATE "C") AS ordinal,
               s.leaders IS DISTINCT FROM l.kinds OR s.ruled_out IS NOT NULL OR s.readmitted IS NOT NULL AS differs,
               CASE WHEN s.leaders IS NULL AND l.kinds IS NULL THEN 'keep every kind ruled out'
                    WHEN s.leaders IS NULL THEN 'rule out every kind'
                    ELSE CASE WHEN s.leaders = l.kinds
                              THEN 'keep ' || s.leaders || CASE WHEN s.number = 1 THEN ' first' ELSE ' tied' END
                              WHEN s.number = 1 THEN 'put ' || s.leaders || ' first'
                              ELSE 'tie ' || s.leaders END
                         || coalesce(' and rule out ' || s.ruled_out, '')
                         || coalesce(' and readmit ' || s.readmitted, '') END AS effect
        FROM scenario AS s CROSS JOIN leader AS l
    ),
    run AS (
        -- Number the runs of adjacent ranges with the same effect, to merge them.
        SELECT c.*, CASE WHEN answer IS NULL
                         THEN ordinal - row_number() OVER (PARTITION BY question, effect ORDER BY ordinal) END AS number
        FROM consequence AS c
    ),
    stretch AS (
        SELECT question, effect, bool_or(differs) AS differs, min(ordinal) AS ordinal,
               CASE WHEN bool_and(answer IS NOT NULL) THEN string_agg(answer, ' or ' ORDER BY ordinal)
                    WHEN bool_or(below IS NULL) THEN trim_scale(min(at_least)::numeric)::text || ' or more'
                    WHEN min(at_least) = '0' THEN 'below ' || trim_scale(max(below)::numeric)::text
                    ELSE 'from ' || trim_scale(min(at_least)::numeric)::text
                         || ' to below ' || trim_scale(max(below)::numeric)::text END AS answers
        FROM run
        GROUP BY question, effect, number
    ),
    statement AS (
        SELECT question, effect, bool_or(differs) AS differs, min(ordinal) AS ordinal,
               string_agg(answers, ' or ' ORDER BY ordinal) AS answers
        FROM stretch
        GROUP BY question, effect
    ),
    open_question AS (
        SELECT question || ': '
               || CASE WHEN bool_or(differs)
                       THEN string_agg(answers || ' would ' || effect, '; ' ORDER BY ordinal)
                       ELSE 'no answer would change the outcome' END AS line,
               array_position(accelcost_internal.decision_questions(), question) AS ordinal
        FROM statement
        GROUP BY question
    )
    SELECT a.rank, a.kind,
           CASE WHEN l.kinds IS NULL THEN 'all ruled out'
                WHEN a.vetoed THEN 'ruled out'
                WHEN count(*) OVER (PARTITION BY a.rank) > 1 THEN 'tied'
                WHEN a.rank = 1 THEN 'recommended'
                ELSE 'behind' END,
           a.score,
           ARRAY(SELECT r.name || ' (' || CASE WHEN r.veto THEN 'veto'
                                               WHEN r.points > 0.0 THEN '+' || trim_scale(r.points)::text
                                               ELSE trim_scale(r.points)::text END || '): ' || r.sentence
                 FROM unnest(a.rules) WITH ORDINALITY AS fired (name, ordinal)
                 JOIN accelcost.decision_rule_current AS r ON r.name = fired.name
                 ORDER BY fired.ordinal),
           ARRAY(SELECT o.line FROM open_question AS o ORDER BY o.ordinal)
    FROM answered AS a CROSS JOIN leader AS l
    ORDER BY a.rank, a.kind COLLATE "C";
END;
COMMENT ON FUNCTION accelcost.recommend_accelerator(text, text, float8, float8, text, text, float8, text, text, float8,
        text, text, text) IS
    'ranks kinds of accelerators for a workload by the rules of accelcost.decision_rule';
