-- Whether the rollup of a partitioned table is up to date.

-- Return the least important facts last: what cannot be counted at all, then what has not been counted, then what might
-- not be from now on. Everything that depends on the snapshot is read by one query.
-- Longer than 80 lines: each fact has its clause, its hint and its place in one list.
CREATE FUNCTION accelcost_internal.rollup_part_problem(
    definition accelcost.rollup_definition, append_function regprocedure, parts accelcost.rollup_part[],
    OUT problem text, OUT hint text)
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
    SET quote_all_identifiers = off
AS $$
DECLARE
    repair CONSTANT text := 'The owner can repair it with rollup_repair.';
    undo   CONSTANT text := 'Undo this and repair the rollup with rollup_repair, or drop it with rollup_drop.';
BEGIN
    -- One line for each fact about a table, then one for each table: a join would compare each partition with each.
    WITH tree AS MATERIALIZED (
        SELECT * FROM accelcost_internal.rollup_tree(definition.source)
    ), trigger AS MATERIALIZED (
        SELECT g.tgrelid, g.tgtype, g.tgenabled, g.tgqual IS NULL AND g.tgenabled IN ('O', 'A') AS is_working,
               g.tgqual IS NULL AS is_certain
        FROM pg_trigger AS g
        WHERE g.tgrelid = ANY (ARRAY(SELECT t.relation FROM tree AS t)) AND g.tgfoid = append_function
    ), member AS MATERIALIZED (
        SELECT m.relation, max(m.above) AS above, max(m.kind) AS kind, bool_or(m.is_heap) AS is_heap,
               max(m.guard) AS guard, count(m.type) AS present, count(*) FILTER (WHERE m.is_working) AS working,
               coalesce(bit_or(m.type) FILTER (WHERE m.is_certain), 0) AS events, max(m.state) AS state,
               CASE max(m.kind) WHEN 'p' THEN 3 ELSE 4 END AS wanted,
               CASE max(m.kind) WHEN 'p' THEN 4 | 8 | 16 ELSE 4 | 8 | 16 | 34 END AS wanted_events,
               max(m.guard) = 'D' AND max(m.state) = 'counted' AND max(m.kind) <> 'p' IS TRUE AS is_counted
        FROM (SELECT t.relation, t.above, t.kind, t.is_heap, NULL AS guard, NULL::integer AS type,
                     NULL::boolean AS is_working, NULL::boolean AS is_certain, NULL AS state
              FROM tree AS t
              UNION ALL
              SELECT g.tgrelid, NULL, NULL, NULL, CASE g.tgtype WHEN 29 THEN g.tgenabled END, nullif(g.tgtype, 29),
                     g.is_working AND g.tgtype <> 29, g.is_certain AND g.tgtype <> 29, NULL
              FROM trigger AS g
              UNION ALL
              SELECT p.part, NULL, NULL, NULL, NULL, NULL, NULL, NULL, p.state
              FROM unnest(parts) AS p WHERE p.state IN ('counted', 'kept')) AS m
        GROUP BY m.relation
    ), fact (place, relation, problem, hint) AS (
        SELECT 1, t.relation, 'partition %s ' || f.fault, undo
        FROM tree AS t
        JOIN pg_proc AS a ON a.oid = append_function
        CROSS JOIN LATERAL (SELECT accelcost_internal.rollup_part_fault(t.relation, a.proowner)) AS f (fault)
        WHERE (t.is_odd OR t.owner <> a.proowner) AND t.relation <> definition.source AND f.fault IS NOT NULL
        UNION ALL
        SELECT 2, m.relation, 'partition %s was attached again, but its former sums are kept',
               'Detach it, or drop the rollup with rollup_drop and create it again.'
        FROM member AS m WHERE m.kind IS NOT NULL AND m.state = 'kept'
        UNION ALL
        SELECT 3, p.part, 'rows were written to partition %s before rollup_repair counted it', repair
        FROM unnest(parts) AS p WHERE p.state = 'written'
        UNION ALL
        SELECT 4, m.relation, 'partition %s was attached again, or its triggers were enabled', repair
        FROM member AS m WHERE m.kind IS NOT NULL AND m.state = 'counted' AND m.is_counted IS NOT TRUE
          AND m.guard IS NOT NULL
        UNION ALL
        -- An empty partition has the same sums whether it is counted or not. Only heaps are known to grow with their
        -- first row, before it is visible.
        SELECT 5, m.relation, 'partition %s is new and has rows', repair
        FROM member AS m
        WHERE CASE WHEN m.kind <> 'p' AND m.state IS NULL
                   THEN m.is_heap IS NOT TRUE OR pg_relation_size(m.relation) > 0 ELSE false END
        UNION ALL
        SELECT 6, m.relation, 'partition %s was detached or dropped', repair
        FROM member AS m WHERE m.kind IS NULL AND m.state = 'counted' AND definition.retention = 'subtract'
        UNION ALL
        SELECT 7, m.relation,
               CASE WHEN m.events <> m.wanted_events OR m.guard IS NULL THEN 'triggers are missing'
                    WHEN m.present > m.wanted THEN 'an event has two triggers'
                    ELSE 'triggers are disabled' END
                  || CASE WHEN m.relation = definition.source THEN '' ELSE ' in partition %s' END, repair
        FROM member AS m
        WHERE m.kind IS NOT NULL
          AND (m.guard IS NULL OR m.is_counted IS NOT TRUE AND m.guard NOT IN ('O', 'A')
               OR (m.is_counted OR m.relation = definition.source
                   OR m.kind = 'p' AND m.relation = ANY (ARRAY(SELECT unnest(b.above) FROM member AS b
                                                               WHERE b.is_counted)))
                  AND (m.events <> m.wanted_events OR m.present > m.wanted OR m.working < m.wanted))
    )
    SELECT replace(f.problem, '%s', accelcost_internal.rollup_part_names(ARRAY[f.relation::regclass])), f.hint
    INTO problem, hint
    FROM fact AS f ORDER BY f.place, f.relation LIMIT 1;
END
$$;
COMMENT ON FUNCTION accelcost_internal.rollup_part_problem(
        accelcost.rollup_definition, regprocedure, accelcost.rollup_part[]) IS
    'returns why the rollup of a partitioned table is not up to date and how to repair it; NULL if it is up to date';
