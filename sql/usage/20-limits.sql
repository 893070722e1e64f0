-- Limits at which catalog prices change: times, request sizes, times of the week.

CREATE FUNCTION accelcost_internal.price_periods()
RETURNS TABLE (provider text, valid tstzrange)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT p.provider, p.valid FROM accelcost.offer_price AS p
    UNION SELECT t.provider, t.valid FROM accelcost.meter_tariff AS t
    UNION SELECT t.provider, t.valid FROM accelcost.token_price AS t
    UNION SELECT d.provider, d.valid FROM accelcost.discount AS d
    -- Energy is priced for your own machines.
    UNION SELECT p.provider, e.valid
    FROM accelcost.electricity_price AS e
    JOIN accelcost.provider AS p ON p.kind = 'own';
END;
COMMENT ON FUNCTION accelcost_internal.price_periods() IS
    'returns the times in which catalog prices are valid, by provider';

CREATE FUNCTION accelcost_internal.price_changes(first_at timestamptz, last_at timestamptz)
RETURNS TABLE (provider text, at timestamptz)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT DISTINCT v.provider, b.at
    FROM accelcost_internal.price_periods() AS v
    -- A range that leaves out its lower bound, or includes its upper one, changes a microsecond later.
    CROSS JOIN LATERAL (VALUES (lower(v.valid), NOT lower_inc(v.valid)), (upper(v.valid), upper_inc(v.valid)))
        AS l (at, is_moved)
    -- Outside the times that have months there is nothing to tell apart.
    CROSS JOIN LATERAL (
        SELECT CASE WHEN l.at >= '4713-01-01 00:00:00+00 BC' AND l.at < '294276-12-31 00:00:00+00'
                    THEN l.at + CASE WHEN l.is_moved THEN interval '1 microsecond' ELSE interval '0' END END AS at) AS b
    -- The months are told apart anyway.
    WHERE b.at <> (@extschema@.bill_month(b.at)::timestamp AT TIME ZONE 'UTC')
      AND b.at > coalesce(price_changes.first_at, '-infinity'::timestamptz)
      AND b.at < coalesce(price_changes.last_at, 'infinity'::timestamptz);
END;
COMMENT ON FUNCTION accelcost_internal.price_changes(timestamptz, timestamptz) IS
    'returns instants between two times, other than starts of months, at which prices of a provider begin or end';

CREATE FUNCTION accelcost_internal.price_eras(first_at timestamptz, last_at timestamptz) RETURNS timestamptz[]
    LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT coalesce(array_agg(DISTINCT c.at ORDER BY c.at), '{}'::timestamptz[])
    FROM accelcost_internal.price_changes(price_eras.first_at, price_eras.last_at) AS c;
END;
COMMENT ON FUNCTION accelcost_internal.price_eras(timestamptz, timestamptz) IS
    'returns instants between two times, other than starts of months, at which a catalog price begins or ends';

CREATE FUNCTION accelcost_internal.long_request_size(price accelcost.token_price) RETURNS bigint
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN least((price).context_threshold, 9000000000000000000)
           + CASE WHEN (price).threshold_strict THEN 1::bigint ELSE 0::bigint END;
COMMENT ON FUNCTION accelcost_internal.long_request_size(accelcost.token_price) IS
    'returns the input tokens from which a request has the long prices; NULL if there are none';

CREATE FUNCTION accelcost_internal.request_sizes(more bigint[] DEFAULT '{}') RETURNS bigint[]
    LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT coalesce(array_agg(DISTINCT s.size ORDER BY s.size), '{}'::bigint[])
    FROM (SELECT accelcost_internal.long_request_size(t) AS size
          FROM accelcost.token_price AS t WHERE t.context_threshold IS NOT NULL
          UNION ALL SELECT unnest(more)) AS s
    WHERE s.size IS NOT NULL;
END;
COMMENT ON FUNCTION accelcost_internal.request_sizes(bigint[]) IS
    'numbers of input tokens from which a request has the long prices of some model, and more of them';

CREATE FUNCTION accelcost_internal.price_windows() RETURNS bigint[]
    LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT coalesce(array_agg(DISTINCT limits.second ORDER BY limits.second), '{}'::bigint[])
    FROM (SELECT DISTINCT weekdays, utc_from, utc_to
          FROM accelcost.token_price
          WHERE num_nonnulls(weekdays, utc_from) > 0) AS p
    CROSS JOIN LATERAL unnest(accelcost_internal.price_window(p.weekdays, p.utc_from, p.utc_to)) AS part
    -- A window that passes into the next week has no limit there.
    CROSS JOIN LATERAL (VALUES (lower(part)::bigint), (upper(part)::bigint % 604800::bigint)) AS limits (second)
    WHERE limits.second > 0::bigint
       OR NOT accelcost_internal.price_window(p.weekdays, p.utc_from, p.utc_to)
              @> '{[0,1),[604799,604800)}'::int4multirange;
END;
COMMENT ON FUNCTION accelcost_internal.price_windows() IS
    'returns the seconds of the week in UTC at which a token price begins or ends';

CREATE FUNCTION accelcost_internal.name_hash(name text) RETURNS bigint
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_name_hash';
COMMENT ON FUNCTION accelcost_internal.name_hash(text) IS
    'returns a hash of the letters and digits of a name, equal for all that the catalog takes for one name';

-- One array, which usage_key reads for each record without a copy; the layout is that of ac_price_limits_read().
CREATE FUNCTION accelcost_internal.price_limits(
    first_at timestamptz, last_at timestamptz, sizes bigint[], windows bigint[]) RETURNS bigint[]
    LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    WITH name AS MATERIALIZED (
        SELECT accelcost_internal.name_hash(p.provider) AS hash, p.provider FROM accelcost.provider AS p
        UNION
        SELECT accelcost_internal.name_hash(a.alias_key), a.provider FROM accelcost.provider_alias AS a
    ), era AS (
        SELECT DISTINCT n.hash, (extract(epoch FROM c.at) * 1000000.0)::bigint - 946684800000000 AS at
        FROM accelcost_internal.price_changes(price_limits.first_at, price_limits.last_at) AS c
        JOIN name AS n ON n.provider = c.provider
    ), list AS MATERIALIZED (
        SELECT l.hash, l.eras, 2 * sum(cardinality(l.eras)) OVER (ORDER BY l.hash) + l.has_windows AS mark
        FROM (SELECT n.hash, coalesce(max(e.eras), '{}'::bigint[]) AS eras,
                     -- Most providers have no prices by the time of the week: their rows need no groups for it.
                     max(CASE WHEN w.provider IS NULL THEN 0 ELSE 1 END) AS has_windows
              FROM name AS n
              LEFT JOIN (SELECT a.hash, array_agg(a.at ORDER BY a.at) AS eras FROM era AS a GROUP BY a.hash) AS e
                     ON e.hash = n.hash
              LEFT JOIN (SELECT DISTINCT t.provider FROM accelcost.token_price AS t
                         WHERE num_nonnulls(t.weekdays, t.utc_from) > 0) AS w ON w.provider = n.provider
              GROUP BY n.hash) AS l
        WHERE l.has_windows = 1 OR l.eras <> '{}'::bigint[]
    )
    SELECT ARRAY[cardinality(sizes), cardinality(windows), (SELECT count(*) FROM list)]::bigint[]
           || sizes || windows
           || array(SELECT l.hash FROM list AS l ORDER BY l.hash)
           || array(SELECT l.mark::bigint FROM list AS l ORDER BY l.hash)
           || array(SELECT e.at FROM list AS l CROSS JOIN LATERAL unnest(l.eras) AS e (at) ORDER BY l.hash, e.at);
END;
COMMENT ON FUNCTION accelcost_internal.price_limits(timestamptz, timestamptz, bigint[], bigint[]) IS
    'returns sizes, windows and, by the name of a provider, the instants between two times at which its prices change';

CREATE FUNCTION accelcost_internal.daily_meters() RETURNS text[]
    LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT coalesce(array_agg(DISTINCT t.meter), '{}'::text[]) FROM accelcost.meter_tariff AS t
    WHERE t.free_per = 'day' AND t.free_quantity > 0.0;
END;
COMMENT ON FUNCTION accelcost_internal.daily_meters() IS 'returns the meters with a free quantity per day';

CREATE FUNCTION accelcost_internal.request_providers() RETURNS text[]
    LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT coalesce(array_agg(DISTINCT t.provider), '{}'::text[]) FROM accelcost.meter_tariff AS t
    WHERE t.meter = 'requests';
END;
COMMENT ON FUNCTION accelcost_internal.request_providers() IS 'returns the providers with a tariff of requests';
