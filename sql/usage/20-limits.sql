-- Limits at which catalog prices change: times, request sizes, times of the week.

CREATE FUNCTION accelcost_internal.price_periods()
RETURNS TABLE (provider text, price_use text, model text, valid tstzrange)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT p.provider, 'hours', NULL::text, p.valid FROM accelcost.offer_price AS p
    UNION SELECT t.provider, 'tokens', t.model, t.valid FROM accelcost.token_price AS t
    UNION SELECT t.provider, 'meters', NULL, t.valid FROM accelcost.meter_tariff AS t
    UNION SELECT t.provider, 'requests', NULL, t.valid FROM accelcost.meter_tariff AS t WHERE t.meter = 'requests'
    UNION SELECT d.provider, 'discounts', NULL, d.valid FROM accelcost.discount AS d
    -- Energy is priced for your own machines.
    UNION SELECT p.provider, 'energy', NULL, e.valid
    FROM accelcost.electricity_price AS e
    JOIN accelcost.provider AS p ON p.kind = 'own'
    -- An import ends built-in prices from the lower bound of its own on, even if that leaves it out.
    UNION SELECT p.provider, 'hours', NULL, tstzrange(lower(p.valid), NULL)
    FROM accelcost.offer_price AS p
    WHERE p.replaces_builtin AND NOT lower_inc(p.valid)
    UNION SELECT t.provider, 'tokens', t.model, tstzrange(lower(t.valid), NULL)
    FROM accelcost.token_price AS t
    WHERE t.replaces_builtin AND NOT lower_inc(t.valid);
END;
COMMENT ON FUNCTION accelcost_internal.price_periods() IS
    'returns the times in which catalog prices are valid, by provider and use; by model, too, for tokens';

CREATE FUNCTION accelcost_internal.price_changes(first_at timestamptz, last_at timestamptz)
RETURNS TABLE (provider text, price_use text, model text, at timestamptz)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT DISTINCT v.provider, v.price_use, v.model, b.at
    FROM accelcost_internal.price_periods() AS v
    -- A range that leaves out its lower bound, or includes its upper one, changes a microsecond later.
    CROSS JOIN LATERAL (VALUES (lower(v.valid), NOT lower_inc(v.valid)), (upper(v.valid), upper_inc(v.valid)))
        AS l (at, is_moved)
    -- Outside the times that have months there is nothing to tell apart.
    CROSS JOIN LATERAL (
        SELECT CASE WHEN l.at >= '4713-01-01 00:00:00+00 BC' AND l.at < '294276-12-31 00:00:00+00'
                    THEN l.at + CASE WHEN l.is_moved THEN interval '1 microsecond' ELSE interval '0' END END AS at) AS b
    WHERE b.at > coalesce(price_changes.first_at, '-infinity'::timestamptz)
      AND b.at < coalesce(price_changes.last_at, 'infinity'::timestamptz);
END;
COMMENT ON FUNCTION accelcost_internal.price_changes(timestamptz, timestamptz) IS
    'returns instants between two times at which prices of a provider begin or end';

CREATE FUNCTION accelcost_internal.price_eras(first_at timestamptz, last_at timestamptz) RETURNS timestamptz[]
    LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT coalesce(array_agg(DISTINCT c.at ORDER BY c.at), '{}'::timestamptz[])
    FROM accelcost_internal.price_changes(price_eras.first_at, price_eras.last_at) AS c;
END;
COMMENT ON FUNCTION accelcost_internal.price_eras(timestamptz, timestamptz) IS
    'returns instants between two times at which a catalog price begins or ends';

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

CREATE FUNCTION accelcost_internal.pair_hash(first bigint, second bigint) RETURNS bigint
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_pair_hash';
COMMENT ON FUNCTION accelcost_internal.pair_hash(bigint, bigint) IS 'returns a hash of two hashes in their order';

CREATE TYPE accelcost_internal.name_meaning AS (hash bigint, meaning bigint, name text);
COMMENT ON TYPE accelcost_internal.name_meaning IS
    'hash of a name, that of the catalog name for it, and this name; of several names, the hash stands for itself';

CREATE FUNCTION accelcost_internal.provider_meanings() RETURNS SETOF accelcost_internal.name_meaning
    LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT n.hash, CASE WHEN count(*) OVER (PARTITION BY n.hash) = 1 THEN accelcost_internal.name_hash(n.provider)
                        ELSE n.hash END, n.provider
    FROM (SELECT accelcost_internal.name_hash(p.provider) AS hash, p.provider FROM accelcost.provider AS p
          UNION
          SELECT accelcost_internal.name_hash(a.alias_key), a.provider FROM accelcost.provider_alias AS a) AS n;
END;
COMMENT ON FUNCTION accelcost_internal.provider_meanings() IS
    'returns the hashes of all names that providers have, and what they mean';

CREATE FUNCTION accelcost_internal.model_meanings() RETURNS SETOF accelcost_internal.name_meaning
    LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT n.hash, CASE WHEN count(*) OVER (PARTITION BY n.hash) = 1 THEN accelcost_internal.name_hash(n.model)
                        ELSE n.hash END, n.model
    -- Prices of models that are not in the catalog are found by their own name.
    FROM (SELECT accelcost_internal.name_hash(t.model) AS hash, t.model FROM accelcost.token_price AS t
          UNION
          SELECT accelcost_internal.name_hash(a.alias_key), a.model FROM accelcost.model_alias AS a) AS n;
END;
COMMENT ON FUNCTION accelcost_internal.model_meanings() IS
    'returns the hashes of all names that models with prices have, and what they mean';

-- One array, which usage_key reads once for all records; the layout is that of ac_price_limits_read().
CREATE FUNCTION accelcost_internal.price_limits_query(
    first_at timestamptz, last_at timestamptz, sizes bigint[], windows bigint[])
RETURNS SETOF bigint[]
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    WITH provider AS MATERIALIZED (
        SELECT p.* FROM accelcost_internal.provider_meanings() AS p
    ), model AS MATERIALIZED (
        SELECT m.* FROM accelcost_internal.model_meanings() AS m
    ), change AS MATERIALIZED (
        SELECT c.provider, c.price_use, c.model, (extract(epoch FROM c.at) * 1000000.0)::bigint - 946684800000000 AS at
        FROM accelcost_internal.price_changes(price_limits_query.first_at, price_limits_query.last_at) AS c
    ), seller AS MATERIALIZED (
        SELECT DISTINCT p.name, p.meaning,
               accelcost_internal.pair_hash(p.meaning, accelcost_internal.name_hash('tokens')) AS tokens_hash
        FROM provider AS p
    ), sold AS (
        SELECT DISTINCT t.provider, t.model FROM accelcost.token_price AS t
        -- Without such changes, the lists of all models are empty.
        WHERE t.provider IN (SELECT c.provider FROM change AS c WHERE c.price_use = 'tokens')
    ), part AS (
        SELECT accelcost_internal.pair_hash(s.meaning, accelcost_internal.name_hash(c.price_use)) AS hash, c.at,
               false AS has_windows
        FROM change AS c
        JOIN seller AS s ON s.name = c.provider
        UNION ALL
        -- A model that a provider sells has a list of its own. Any other name has all changes of the provider's prices
        -- of tokens.
        SELECT accelcost_internal.pair_hash(s.tokens_hash, m.meaning), c.at, false
        FROM sold AS t
        JOIN seller AS s ON s.name = t.provider
        JOIN (SELECT DISTINCT n.name, n.meaning FROM model AS n) AS m ON m.name = t.model
        LEFT JOIN change AS c ON c.provider = t.provider AND c.model = t.model
        UNION ALL
        -- Most providers have no prices by the time of the week: their rows need no groups for it.
        SELECT s.tokens_hash, NULL, true
        FROM (SELECT DISTINCT t.provider FROM accelcost.token_price AS t
              WHERE num_nonnulls(t.weekdays, t.utc_from) > 0) AS w
        JOIN seller AS s ON s.name = w.provider
    ), list AS MATERIALIZED (
        SELECT l.hash, l.eras,
               2 * sum(cardinality(l.eras)) OVER (ORDER BY l.hash) + CASE WHEN l.has_windows THEN 1 ELSE 0 END AS mark
        FROM (SELECT p.hash,
                     coalesce(array_agg(DISTINCT p.at ORDER BY p.at) FILTER (WHERE p.at IS NOT NULL), '{}'::bigint[])
                         AS eras,
                     bool_or(p.has_windows) AS has_windows
              FROM part AS p
              GROUP BY p.hash) AS l
    ), name AS MATERIALIZED (
        -- Spellings of a name have one hash.
        SELECT DISTINCT 'provider' AS kind, p.hash, p.meaning FROM provider AS p WHERE p.hash <> p.meaning
        UNION ALL
        SELECT DISTINCT 'model', m.hash, m.meaning FROM model AS m WHERE m.hash <> m.meaning
    )
    SELECT ARRAY[cardinality(sizes), cardinality(windows),
                 (SELECT count(*) FROM name AS n WHERE n.kind = 'provider'),
                 (SELECT count(*) FROM name AS n WHERE n.kind = 'model'),
                 (SELECT count(*) FROM list)]::bigint[]
           || sizes || windows
           || array(SELECT n.hash FROM name AS n WHERE n.kind = 'provider' ORDER BY n.hash)
           || array(SELECT n.meaning FROM name AS n WHERE n.kind = 'provider' ORDER BY n.hash)
           || array(SELECT n.hash FROM name AS n WHERE n.kind = 'model' ORDER BY n.hash)
           || array(SELECT n.meaning FROM name AS n WHERE n.kind = 'model' ORDER BY n.hash)
           || array(SELECT l.hash FROM list AS l ORDER BY l.hash)
           || array(SELECT l.mark::bigint FROM list AS l ORDER BY l.hash)
           || array(SELECT e.at FROM list AS l CROSS JOIN LATERAL unnest(l.eras) AS e (at) ORDER BY l.hash, e.at);
END;
COMMENT ON FUNCTION accelcost_internal.price_limits_query(timestamptz, timestamptz, bigint[], bigint[]) IS
    'returns what price_limits does, which runs this query with a plan that it keeps';

CREATE FUNCTION accelcost_internal.price_limits(
    first_at timestamptz, last_at timestamptz, sizes bigint[], windows bigint[]) RETURNS bigint[]
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
    -- The planner cannot know the number of names: compiling costs more than it saves, and nested loops are too slow.
    SET jit = off
    SET enable_nestloop = off
    -- Planning takes longer than the query.
    SET plan_cache_mode = force_generic_plan
AS $$
BEGIN
    RETURN (SELECT q FROM accelcost_internal.price_limits_query(first_at, last_at, sizes, windows) AS q);
END
$$;
COMMENT ON FUNCTION accelcost_internal.price_limits(timestamptz, timestamptz, bigint[], bigint[]) IS
    'returns sizes, windows and, by what prices are for, the instants between two times at which they change';

CREATE FUNCTION accelcost_internal.daily_meters() RETURNS text[]
    LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT coalesce(array_agg(DISTINCT t.meter), '{}'::text[]) FROM accelcost.meter_tariff AS t
    WHERE t.free_per = 'day' AND t.free_quantity > 0.0;
END;
COMMENT ON FUNCTION accelcost_internal.daily_meters() IS 'returns the meters with a free quantity per day';
