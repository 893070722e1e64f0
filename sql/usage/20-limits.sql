-- Limits at which catalog prices change: times, request sizes, times of the week, and the class of a record by them.

CREATE FUNCTION accelcost_internal.price_periods() RETURNS SETOF tstzrange
    LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT valid FROM accelcost.offer_price UNION SELECT valid FROM accelcost.meter_tariff
    UNION SELECT valid FROM accelcost.token_price UNION SELECT valid FROM accelcost.electricity_price
    UNION SELECT valid FROM accelcost.discount;
END;
COMMENT ON FUNCTION accelcost_internal.price_periods() IS 'returns the times in which catalog prices are valid';

CREATE FUNCTION accelcost_internal.price_eras(first_at timestamptz, last_at timestamptz) RETURNS timestamptz[]
    LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    -- A range that leaves out its lower bound, or includes its upper one, changes a microsecond later.
    SELECT coalesce(array_agg(DISTINCT b.at ORDER BY b.at), '{}'::timestamptz[])
    -- Outside the times that have months there is nothing to tell apart.
    FROM (SELECT CASE WHEN l.at >= '4713-01-01 00:00:00+00 BC' AND l.at < '294276-12-31 00:00:00+00'
                      THEN l.at + CASE WHEN l.is_moved THEN interval '1 microsecond' ELSE interval '0' END END AS at
          FROM accelcost_internal.price_periods() AS v (valid)
          CROSS JOIN LATERAL (VALUES (lower(v.valid), NOT lower_inc(v.valid)), (upper(v.valid), upper_inc(v.valid)))
              AS l (at, is_moved)) AS b
    -- The months are told apart anyway.
    WHERE b.at <> (@extschema@.bill_month(b.at)::timestamp AT TIME ZONE 'UTC')
      AND b.at > coalesce(price_eras.first_at, '-infinity'::timestamptz)
      AND b.at < coalesce(price_eras.last_at, 'infinity'::timestamptz);
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

CREATE FUNCTION accelcost_internal.window_providers() RETURNS text
    LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT string_agg(DISTINCT k.key, chr(10))
    FROM (SELECT DISTINCT t.provider FROM accelcost.token_price AS t
          WHERE num_nonnulls(t.weekdays, t.utc_from) > 0) AS w
    CROSS JOIN LATERAL (SELECT accelcost_internal.catalog_key(w.provider) AS key
                        UNION SELECT a.alias_key FROM accelcost.provider_alias AS a WHERE a.provider = w.provider) AS k;
END;
COMMENT ON FUNCTION accelcost_internal.window_providers() IS
    'returns the keys of providers with prices by the time of the week, one a line; NULL if there are none';

CREATE FUNCTION accelcost_internal.price_class(
    period_start timestamptz, period_end timestamptz, by_hours boolean, uses_hours boolean, is_session boolean,
    requests bigint, max_request_input_tokens bigint, uncached_input_tokens bigint, cache_read_tokens bigint,
    cache_write_5m_tokens bigint, cache_write_1h_tokens bigint, output_tokens bigint,
    uses_transfer boolean, uses_storage boolean, uses_energy boolean, eras timestamptz[], sizes bigint[],
    windows bigint[],
    provider text, window_providers text) RETURNS bigint
    LANGUAGE c IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_price_class';
COMMENT ON FUNCTION accelcost_internal.price_class(timestamptz, timestamptz, boolean, boolean, boolean, bigint,
    bigint, bigint, bigint, bigint, bigint, bigint, boolean, boolean, boolean, timestamptz[], bigint[], bigint[],
    text, text) IS
    'returns one integer for what a usage row uses and which price limits it passes';

CREATE FUNCTION accelcost_internal.price_class_parts(
    class bigint, OUT uses_transfer boolean, OUT uses_storage boolean, OUT uses_energy boolean, OUT by_hours boolean,
    OUT hours_unknown boolean, OUT uses_hours boolean, OUT is_session boolean, OUT tokens_unknown boolean,
    OUT is_one_request boolean, OUT uses_uncached_input boolean, OUT uses_cache_read boolean,
    OUT uses_cache_write_5m boolean, OUT uses_cache_write_1h boolean, OUT uses_output boolean,
    OUT era integer, OUT size integer, OUT price_window integer)
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_price_class_parts';
COMMENT ON FUNCTION accelcost_internal.price_class_parts(bigint) IS
    'returns the parts of a price class; era, size and price_window count the limits passed';

CREATE FUNCTION accelcost_internal.spans_prices(
    period_start timestamptz, period_end timestamptz, eras timestamptz[], windows bigint[], provider text,
    window_providers text) RETURNS boolean
    LANGUAGE c IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_spans_prices';
COMMENT ON FUNCTION accelcost_internal.spans_prices(
    timestamptz, timestamptz, timestamptz[], bigint[], text, text) IS
    'returns true if an era, a month or, for some providers, a window of the week begins within a period';

CREATE FUNCTION accelcost_internal.may_name(name text, keys text) RETURNS boolean
    LANGUAGE c IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_may_name';
COMMENT ON FUNCTION accelcost_internal.may_name(text, text) IS
    'returns true if a name may have one of some catalog keys, one a line; false if either is NULL';

CREATE FUNCTION accelcost_internal.daily_meters() RETURNS text[]
    LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT coalesce(array_agg(DISTINCT t.meter), '{}'::text[]) FROM accelcost.meter_tariff AS t
    WHERE t.free_per = 'day' AND t.free_quantity > 0.0;
END;
COMMENT ON FUNCTION accelcost_internal.daily_meters() IS 'returns the meters with a free quantity per day';

CREATE FUNCTION accelcost_internal.request_providers() RETURNS text
    LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT string_agg(DISTINCT k.key, chr(10))
    FROM (SELECT DISTINCT t.provider FROM accelcost.meter_tariff AS t WHERE t.meter = 'requests') AS r
    CROSS JOIN LATERAL (SELECT accelcost_internal.catalog_key(r.provider) AS key
                        UNION SELECT a.alias_key FROM accelcost.provider_alias AS a WHERE a.provider = r.provider) AS k;
END;
COMMENT ON FUNCTION accelcost_internal.request_providers() IS
    'returns the keys of providers with a tariff of requests, one a line; NULL if there are none';
