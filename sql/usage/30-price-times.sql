-- The times whose prices a group of usage has: one, unless prices change within its records.

CREATE FUNCTION accelcost_internal.price_times(
    g accelcost_internal.usage_group, of_month boolean, eras timestamptz[], windows bigint[])
RETURNS TABLE (at timestamptz, seconds numeric)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT (g).priced_at, NULL::numeric WHERE (g).span_from IS NULL
    UNION ALL
    SELECT t.at,
           extract(epoch FROM lead(t.at, 1, s.ends) OVER (ORDER BY t.at)) - extract(epoch FROM t.at)
    FROM (SELECT CASE WHEN of_month THEN greatest((g).span_from, (g).month::timestamp AT TIME ZONE 'UTC')
                      ELSE (g).span_from END AS starts,
                 CASE WHEN of_month
                      THEN least((g).span_to, @extschema@.next_month((g).month)::timestamp AT TIME ZONE 'UTC')
                      ELSE (g).span_to END AS ends) AS s
    CROSS JOIN LATERAL (SELECT s.starts AS at
                        UNION
                        SELECT e.at FROM unnest(eras) AS e (at) WHERE e.at > s.starts AND e.at < s.ends
                        UNION
                        SELECT m.month AT TIME ZONE 'UTC'
                        FROM generate_series(@extschema@.bill_month(s.starts)::timestamp, s.ends AT TIME ZONE 'UTC',
                                             interval '1 month') AS m (month)
                        WHERE m.month > s.starts AT TIME ZONE 'UTC' AND m.month < s.ends AT TIME ZONE 'UTC'
                        UNION
                        -- Tokens may have prices by the time of the week, which begins on Monday.
                        SELECT w.at
                        FROM generate_series(date_trunc('week', s.starts AT TIME ZONE 'UTC'), s.ends AT TIME ZONE 'UTC',
                                             interval '7 days') AS k (monday)
                        CROSS JOIN unnest(windows) AS n (second)
                        CROSS JOIN LATERAL (SELECT (k.monday + n.second * interval '1 second') AT TIME ZONE 'UTC' AS at)
                            AS w
                        WHERE (g).uses_tokens AND (g).second IS NULL AND w.at > s.starts AND w.at < s.ends) AS t
    WHERE (g).span_from IS NOT NULL AND (g).problem IS NULL
    UNION ALL
    SELECT (g).at, NULL::numeric WHERE (g).span_from IS NOT NULL AND (g).problem IS NOT NULL;
END;
COMMENT ON FUNCTION accelcost_internal.price_times(
    accelcost_internal.usage_group, boolean, timestamptz[], bigint[]) IS
    'returns the times whose prices a group has, in its month or as a whole, with the seconds of each; NULL if one';
