-- Days whose cost is unlike that of the same weekdays before.

CREATE FUNCTION accelcost_internal.median(points numeric[]) RETURNS numeric
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN (SELECT (s.sorted[(cardinality(s.sorted) + 1) / 2] + s.sorted[cardinality(s.sorted) / 2 + 1]) * 0.5
            FROM (SELECT array_agg(v.value ORDER BY v.value) AS sorted FROM unnest(points) AS v (value)) AS s);
COMMENT ON FUNCTION accelcost_internal.median(numeric[]) IS
    'returns the exact median of points, the mean of the two in the middle if their number is even';

CREATE FUNCTION accelcost_internal.deviation(points numeric[], center numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN accelcost_internal.median((SELECT array_agg(abs(v.value - center)) FROM unnest(points) AS v (value)));
COMMENT ON FUNCTION accelcost_internal.deviation(numeric[], numeric) IS
    'returns the median absolute deviation of points from a center';

CREATE FUNCTION accelcost_internal.check_days(
    first_day date, last_day date, basis text, source regclass, export_name text)
RETURNS TABLE (from_day date, to_day date)
LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    until CONSTANT date := coalesce(last_day, first_day);
BEGIN
    IF first_day IS NULL THEN
        RAISE EXCEPTION '"first_day" must not be null' USING ERRCODE = 'null_value_not_allowed';
    END IF;
    IF NOT isfinite(first_day) OR NOT isfinite(until) THEN
        RAISE EXCEPTION '"first_day" and "last_day" must be finite' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF until < first_day THEN
        RAISE EXCEPTION '"last_day" must not be before "first_day"'
            USING ERRCODE = 'invalid_parameter_value', DETAIL = format('They are %s and %s.', until, first_day);
    END IF;
    RETURN QUERY
    -- Without a later day, no day of the range is complete.
    SELECT first_day, least(until, coalesce(max(d.last_day), first_day) - 1)
    FROM accelcost_internal.data_days(basis, source, export_name, first_day) AS d;
END
$$;
COMMENT ON FUNCTION accelcost_internal.check_days(date, date, text, regclass, text) IS
    'returns the complete days of a range; raises an error if it is NULL, infinite or in the wrong order';

-- Longer than 80 lines: the series, their points, and what moved in them.
CREATE FUNCTION accelcost.anomalies(
    first_day date, last_day date DEFAULT NULL, "by" text DEFAULT 'provider', min_spend numeric DEFAULT 50,
    basis text DEFAULT 'modelled', currency text DEFAULT NULL, source regclass DEFAULT 'accelcost.usage',
    export_name text DEFAULT NULL)
RETURNS TABLE (
    day date, value text, currency text, kind text, cost numeric, expected numeric, deviation numeric, mad numeric,
    z numeric, points integer, moved text, moved_cost numeric, moved_deviation numeric, unpriced_rows bigint,
    reason text)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
SET jit = off
BEGIN ATOMIC
    WITH asked AS MATERIALIZED (
        SELECT accelcost_internal.check_by(anomalies."by", 'by') AS by, r.from_day AS first_day, r.to_day AS last_day,
               accelcost_internal.check_at_least(
                   accelcost_internal.check_given(anomalies.min_spend::text, 'min_spend')::numeric, 0, 'min_spend')
                   AS min_spend
        FROM accelcost_internal.check_days(
                 anomalies.first_day, anomalies.last_day, accelcost_internal.check_basis(anomalies.basis),
                 anomalies.source, anomalies.export_name) AS r
    ), thing AS MATERIALIZED (
        SELECT accelcost_internal.line_value(l, a.by) AS value, l.currency, l.thing, l.day, sum(l.cost) AS cost,
               sum(l.unpriced_rows)::bigint AS unpriced_rows, min(l.reason COLLATE "C") AS reason
        FROM asked AS a
        CROSS JOIN LATERAL accelcost_internal.cost_lines(
                               anomalies.basis, anomalies.currency, a.first_day - 56, a.last_day, NULL,
                               anomalies.source, anomalies.export_name, ARRAY[a.by, 'day', 'thing']) AS l
        WHERE l.day BETWEEN a.first_day - 56 AND a.last_day
        GROUP BY 1, 2, 3, 4
    ), series_day AS MATERIALIZED (
        SELECT ROW(t.value, t.currency)::text AS series, t.value, t.currency, t.day, sum(t.cost) AS cost,
               sum(t.unpriced_rows)::bigint AS unpriced_rows, min(t.reason) AS reason
        FROM thing AS t
        GROUP BY t.value, t.currency, t.day
    ), series AS MATERIALIZED (
        -- Others cannot deviate by min_spend.
        SELECT d.series, d.value, d.currency, min(d.day) AS since
        FROM series_day AS d CROSS JOIN asked AS a
        GROUP BY d.series, d.value, d.currency, a.min_spend
        HAVING max(abs(d.cost)) * 2 >= a.min_spend OR sum(d.unpriced_rows) > 0.0
    ), judged AS MATERIALIZED (
        SELECT s.series, s.value, s.currency, c.day, s.since, o.days, o.samples,
               CASE WHEN d.day IS NULL THEN 0.0 ELSE d.cost END AS cost, d.unpriced_rows, d.reason
        FROM series AS s
        CROSS JOIN asked AS a
        CROSS JOIN LATERAL (SELECT a.first_day + n AS day FROM generate_series(0, a.last_day - a.first_day) AS n) AS c
        LEFT JOIN series_day AS d ON d.series = s.series AND d.day = c.day
        -- A day without a line costs nothing; a day whose cost is unknown is no point.
        CROSS JOIN LATERAL (
            SELECT array_agg(k.day ORDER BY k.day) AS days,
                   array_agg(CASE WHEN b.day IS NULL THEN 0.0 ELSE b.cost END) AS samples
            FROM (SELECT c.day - 7 * n AS day FROM generate_series(1, 8) AS n) AS k
            LEFT JOIN series_day AS b ON b.series = s.series AND b.day = k.day
            WHERE k.day >= s.since AND (b.day IS NULL OR b.cost IS NOT NULL)) AS o
        WHERE c.day >= s.since
    ), measured AS MATERIALIZED (
        SELECT j.*, coalesce(cardinality(j.samples), 0) AS points, m.expected, j.cost - m.expected AS deviation,
               accelcost_internal.deviation(j.samples, m.expected) AS mad
        FROM judged AS j
        CROSS JOIN LATERAL (SELECT accelcost_internal.median(j.samples) AS expected) AS m
    ), flagged AS MATERIALIZED (
        SELECT m.*, CASE WHEN m.points < 4 THEN 'new' WHEN m.deviation > 0.0 THEN 'spike' ELSE 'drop' END AS kind
        FROM measured AS m CROSS JOIN asked AS a
        WHERE CASE WHEN m.points < 4
                   THEN (m.cost >= a.min_spend AND m.cost > 0.0) OR (m.cost IS NULL AND m.day = m.since)
                   ELSE abs(m.deviation) >= a.min_spend AND m.deviation <> 0.0
                        AND 0.6745 * abs(m.deviation) >= 3.5 * m.mad END
    ), mover AS (
        SELECT DISTINCT ON (f.series, f.day) f.series, f.day, x.thing, x.cost,
               CASE WHEN f.points >= 4 THEN x.cost - x.expected END AS deviation
        FROM flagged AS f
        CROSS JOIN LATERAL (
            SELECT t.thing,
                   CASE WHEN count(*) FILTER (WHERE t.day = f.day) = 0 THEN 0.0
                        ELSE sum(t.cost) FILTER (WHERE t.day = f.day) END AS cost,
                   accelcost_internal.median(
                       array_agg(t.cost) FILTER (WHERE t.day = ANY (f.days) AND t.cost IS NOT NULL)
                       || array_fill(0.0, ARRAY[f.points - count(t.cost) FILTER (WHERE t.day = ANY (f.days))::integer]))
                       AS expected
            FROM thing AS t
            WHERE t.value IS NOT DISTINCT FROM f.value AND t.currency = f.currency
              AND (t.day = f.day OR t.day = ANY (f.days))
            GROUP BY t.thing) AS x
        ORDER BY f.series, f.day,
                 CASE f.kind WHEN 'drop' THEN x.expected - x.cost WHEN 'spike' THEN x.cost - x.expected
                             ELSE x.cost END DESC NULLS LAST, x.thing COLLATE "C"
    ), arrival AS (
        -- A thing that is new in a series is not silent where the rest of the series hides its cost.
        SELECT DISTINCT ON (t.value, t.currency, t.thing) t.value, t.currency, t.thing, t.day, t.cost, t.unpriced_rows,
               t.reason
        FROM (SELECT t.*, min(t.day) OVER (PARTITION BY t.value, t.currency, t.thing) AS since FROM thing AS t) AS t
        CROSS JOIN asked AS a
        WHERE ((t.cost >= a.min_spend AND t.cost > 0.0) OR (t.cost IS NULL AND t.day = t.since))
          AND t.day < t.since + 28
        ORDER BY t.value, t.currency, t.thing, t.day
    )
    SELECT f.day, f.value, f.currency, f.kind, trim_scale(round(f.cost, 18)),
           CASE WHEN f.points >= 4 THEN trim_scale(round(f.expected, 18)) END,
           CASE WHEN f.points >= 4 THEN trim_scale(round(f.deviation, 18)) END,
           CASE WHEN f.points >= 4 THEN trim_scale(round(f.mad, 18)) END,
           CASE WHEN f.points >= 4 AND f.mad > 0.0
                THEN round(0.6745 * f.deviation * 1.00000000000000000000 / f.mad, 4) END,
           f.points, m.thing, trim_scale(round(m.cost, 18)), trim_scale(round(m.deviation, 18)),
           coalesce(f.unpriced_rows, 0), f.reason
    FROM flagged AS f
    LEFT JOIN mover AS m ON m.series = f.series AND m.day = f.day
    UNION ALL
    SELECT r.day, r.value, r.currency, 'new', trim_scale(round(j.cost, 18)), NULL, NULL, NULL, NULL, j.points, r.thing,
           trim_scale(round(r.cost, 18)), NULL, coalesce(r.unpriced_rows, 0), r.reason
    FROM arrival AS r
    JOIN measured AS j ON j.series = ROW(r.value, r.currency)::text AND j.day = r.day
    WHERE j.points >= 4 AND NOT EXISTS (SELECT FROM mover AS m
                                        WHERE m.series = j.series AND m.day = j.day AND m.thing = r.thing);
END;
COMMENT ON FUNCTION accelcost.anomalies(date, date, text, numeric, text, text, regclass, text) IS
    'returns days whose cost is unlike that of the last 8 same weekdays, or new, with what moved';
