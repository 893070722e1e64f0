-- Price files with token prices: from the lines of any format to accelcost.token_price.

CREATE FUNCTION accelcost_internal.token_price_columns() RETURNS text[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN '{input_price,output_price,cache_read_price,cache_write_5m_price,cache_write_1h_price,reasoning_price,
             context_threshold,long_input_price,long_output_price,long_cache_read_price,long_cache_write_5m_price,
             long_cache_write_1h_price}'::text[];
COMMENT ON FUNCTION accelcost_internal.token_price_columns() IS
    'returns the columns of accelcost.token_price that price files fill, in the order of token_line.prices';

CREATE FUNCTION accelcost_internal.token_price_values(price accelcost.token_price) RETURNS numeric[]
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN ARRAY[(price).input_price, (price).output_price, (price).cache_read_price, (price).cache_write_5m_price,
                 (price).cache_write_1h_price, (price).reasoning_price, (price).context_threshold,
                 (price).long_input_price, (price).long_output_price, (price).long_cache_read_price,
                 (price).long_cache_write_5m_price, (price).long_cache_write_1h_price];
COMMENT ON FUNCTION accelcost_internal.token_price_values(accelcost.token_price) IS
    'returns the prices of a row in the order of token_price_columns';

CREATE FUNCTION accelcost_internal.read_token_file(staging regclass, format text, provider text, at timestamptz)
RETURNS SETOF accelcost_internal.token_line
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
BEGIN ATOMIC
    WITH line AS MATERIALIZED (
        SELECT l.*
        FROM accelcost_internal.read_litellm(read_token_file.staging) AS l
        WHERE read_token_file.format = 'litellm'
        UNION ALL
        SELECT l.*
        FROM accelcost_internal.read_genai_prices(read_token_file.staging, read_token_file.at) AS l
        WHERE read_token_file.format = 'genai-prices'
    ),
    named AS MATERIALIZED (
        SELECT l.*, seller.name AS sold_by,
               coalesce(accelcost.model_name(l.entry), accelcost.model_name(l.model), l.model) AS known_model
        FROM line AS l
        LEFT JOIN (SELECT s.seller, accelcost.provider_name(coalesce(read_token_file.provider, s.seller)) AS name
                   FROM (SELECT DISTINCT line.seller FROM line) AS s) AS seller
            ON seller.seller IS NOT DISTINCT FROM l.seller
    )
    SELECT n.row_number, n.entry, n.sold_by, n.known_model, n.service_tier, n.geo, n.utc_from, n.utc_to,
           coalesce(n.since, read_token_file.at), n.until,
           ARRAY(SELECT trim_scale(p.price) FROM unnest(n.prices) WITH ORDINALITY AS p (price, ordinal)
                 ORDER BY p.ordinal),
           n.note,
           CASE WHEN n.reason IS NOT NULL THEN n.reason
                WHEN coalesce(n.prices[1], 0) = 0 AND coalesce(n.prices[2], 0) = 0
                     AND concat_ws(' ', n.entry, n.model) !~* 'free'
                THEN 'a price of 0 is a placeholder'
                WHEN n.sold_by IS NULL THEN format('unknown provider "%s"', left(coalesce(n.seller, ''), 100))
                WHEN btrim(n.known_model) = '' THEN 'no model named'
                WHEN length(n.known_model) > 200 THEN 'a name of more than 200 characters'
                WHEN EXISTS (SELECT FROM unnest(n.prices) AS price WHERE price < 0) THEN 'a negative price'
                WHEN EXISTS (SELECT FROM unnest(n.prices[1:6] || n.prices[8:12]) AS price WHERE price >= 1e5)
                THEN 'a price out of range' END,
           n.known_model <> n.model
    FROM named AS n;
END;
COMMENT ON FUNCTION accelcost_internal.read_token_file(regclass, text, text, timestamptz) IS
    'returns the prices per million tokens in a price file, and why they cannot be loaded';

-- Entries for one model are one if they agree wherever both have a price. Entries that name the model itself come
-- before those with another name for it, such as that of an older version.
CREATE FUNCTION accelcost_internal.merge_token_prices(currency text) RETURNS void
    LANGUAGE plpgsql VOLATILE STRICT PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    CREATE TEMPORARY TABLE accelcost_import ON COMMIT DROP AS
    SELECT c.seller AS provider, c.model, c.service_tier, c.geo, c.utc_from, c.utc_to, c.since,
           min(c.until) AS until, array_agg(c.price ORDER BY c.ordinal) AS prices, min(c.note) AS note,
           merge_token_prices.currency AS currency, bool_or(c.is_contradicted) AS is_contradicted
    FROM (SELECT r.seller, r.model, r.service_tier, r.geo, r.utc_from, r.utc_to, r.since, p.ordinal,
                 max(p.price) AS price, min(p.price) <> max(p.price) AS is_contradicted, min(r.until) AS until,
                 min(r.note COLLATE "C") AS note
          FROM (SELECT l.*,
                       bool_and(l.is_alias) OVER (PARTITION BY l.seller, l.model, l.service_tier, l.geo,
                                                               l.utc_from, l.utc_to, l.since) AS are_aliases
                FROM pg_temp.accelcost_import_row AS l
                WHERE l.reason IS NULL) AS r
          CROSS JOIN LATERAL unnest(r.prices) WITH ORDINALITY AS p (price, ordinal)
          WHERE NOT r.is_alias OR r.are_aliases
          GROUP BY r.seller, r.model, r.service_tier, r.geo, r.utc_from, r.utc_to, r.since, p.ordinal) AS c
    GROUP BY c.seller, c.model, c.service_tier, c.geo, c.utc_from, c.utc_to, c.since;
    UPDATE pg_temp.accelcost_import_row AS r
    SET reason = 'another entry has another price for the same model'
    FROM pg_temp.accelcost_import AS i
    WHERE r.reason IS NULL
      AND (r.seller, r.model, r.service_tier, r.geo) = (i.provider, i.model, i.service_tier, i.geo)
      AND (r.utc_from, r.utc_to, r.since) IS NOT DISTINCT FROM (i.utc_from, i.utc_to, i.since)
      AND (i.is_contradicted
           OR r.is_alias AND EXISTS (SELECT FROM unnest(r.prices, i.prices) AS p (alias_price, price)
                                     WHERE p.alias_price <> p.price));
    DELETE FROM pg_temp.accelcost_import AS i WHERE i.is_contradicted;
END
$$;
COMMENT ON FUNCTION accelcost_internal.merge_token_prices(text) IS
    'merges staged entries for one model, and rejects those that contradict each other';

CREATE FUNCTION accelcost_internal.stage_token_prices(
    staging regclass, format text, provider text, source text, at timestamptz, currency text,
    OUT is_outdated boolean, OUT current_prices bigint, OUT kept bigint)
LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    -- One import at a time: the next one sees what this one leaves.
    LOCK TABLE accelcost.token_price IN SHARE ROW EXCLUSIVE MODE;
    CREATE TEMPORARY TABLE accelcost_import_row ON COMMIT DROP AS
    SELECT r.*
    FROM accelcost_internal.read_token_file(stage_token_prices.staging, stage_token_prices.format,
                                            stage_token_prices.provider, stage_token_prices.at) AS r;
    PERFORM accelcost_internal.merge_token_prices(stage_token_prices.currency);
    ANALYZE pg_temp.accelcost_import;

    is_outdated := EXISTS (SELECT FROM accelcost.token_price AS p
                           WHERE NOT p.builtin
                             AND p.source = stage_token_prices.source
                             AND p.as_of > (stage_token_prices.at AT TIME ZONE 'UTC')::date);
    -- Prices of the source that the file should have. Providers that it does not mention are left alone. A price that
    -- a file dates before itself also ends what was stored for that time.
    CREATE TEMPORARY TABLE accelcost_import_current ON COMMIT DROP AS
    SELECT p.ctid AS location, p.provider, p.model, p.service_tier, p.geo, p.utc_from, p.utc_to,
           lower(p.valid) AS since, upper(p.valid) AS until, p.valid @> stage_token_prices.at AS is_current,
           accelcost_internal.token_price_values(p) AS prices, p.currency,
           coalesce(first.since, stage_token_prices.at) AS cut,
           first.since IS NOT NULL AS is_kept,
           same.since IS NOT NULL AS is_unchanged, same.until AS new_until
    FROM accelcost.token_price AS p
    LEFT JOIN LATERAL (
        SELECT min(i.since) AS since
        FROM pg_temp.accelcost_import AS i
        WHERE (i.provider, i.model, i.service_tier, i.geo) = (p.provider, p.model, p.service_tier, p.geo)
          AND (i.utc_from, i.utc_to) IS NOT DISTINCT FROM (p.utc_from, p.utc_to)) AS first ON true
    LEFT JOIN pg_temp.accelcost_import AS same
        ON (same.provider, same.model, same.service_tier, same.geo)
           = (p.provider, p.model, p.service_tier, p.geo)
           AND (same.utc_from, same.utc_to) IS NOT DISTINCT FROM (p.utc_from, p.utc_to)
           AND same.prices = accelcost_internal.token_price_values(p)
           AND same.currency = p.currency
           AND (lower(p.valid) = same.since
                OR p.valid @> stage_token_prices.at
                   AND same.since <= stage_token_prices.at
                   AND (lower(p.valid) <= same.since OR lower(p.valid) IS NULL))
    WHERE NOT p.builtin
      AND p.source = stage_token_prices.source
      AND (upper_inf(p.valid) OR upper(p.valid) > coalesce(first.since, stage_token_prices.at))
      AND p.provider IN (SELECT mentioned.provider FROM pg_temp.accelcost_import AS mentioned);
    ANALYZE pg_temp.accelcost_import_current;
    SELECT count(*) FILTER (WHERE c.is_current), count(*) FILTER (WHERE c.is_current AND c.is_kept)
    INTO current_prices, kept
    FROM pg_temp.accelcost_import_current AS c;
END
$$;
COMMENT ON FUNCTION accelcost_internal.stage_token_prices(regclass, text, text, text, timestamptz, text) IS
    'reads token prices into temporary tables; compares them with the source''s prices: later, current and kept ones';

-- Called before prices are stored.
CREATE FUNCTION accelcost_internal.token_changes(at timestamptz) RETURNS accelcost.price_change[]
    LANGUAGE plpgsql STABLE STRICT PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN ARRAY(
        WITH old_row AS (
            SELECT c.provider, c.model, c.service_tier, c.geo, c.utc_from, c.utc_to, c.prices, c.currency,
                   NULL::text AS source
            FROM pg_temp.accelcost_import_current AS c
            WHERE c.is_current AND NOT c.is_unchanged
            UNION ALL
            SELECT b.provider, b.model, b.service_tier, b.geo, b.utc_from, b.utc_to,
                   accelcost_internal.token_price_values(b), b.currency, b.source
            FROM accelcost.token_price AS b
            WHERE b.builtin
              AND b.valid @> token_changes.at
              AND EXISTS (SELECT FROM pg_temp.accelcost_import AS i
                          WHERE (i.provider, i.model, i.service_tier, i.geo)
                                = (b.provider, b.model, b.service_tier, b.geo))
              AND NOT EXISTS (SELECT FROM accelcost_internal.replaced_token_prices(token_changes.at) AS r
                              WHERE (r.provider, r.model, r.service_tier, r.geo)
                                    = (b.provider, b.model, b.service_tier, b.geo))
        )
        SELECT ROW(o.provider, o.model,
                   concat_ws(' ', c.name, nullif(o.service_tier, 'standard'), nullif(o.geo, 'global'),
                             'from ' || o.utc_from),
                   c.old_price, c.new_price, o.currency, o.source)::accelcost.price_change
        FROM old_row AS o
        LEFT JOIN LATERAL (SELECT i.prices, i.currency
                           FROM pg_temp.accelcost_import AS i
                           WHERE (i.provider, i.model, i.service_tier, i.geo)
                                 = (o.provider, o.model, o.service_tier, o.geo)
                             AND i.since <= token_changes.at
                             AND (o.source IS NOT NULL
                                  OR (i.utc_from, i.utc_to) IS NOT DISTINCT FROM (o.utc_from, o.utc_to))
                           ORDER BY (i.utc_from, i.utc_to) IS NOT DISTINCT FROM (o.utc_from, o.utc_to) DESC,
                                    i.utc_from IS NULL DESC, i.utc_from
                           LIMIT 1) AS i ON true
        CROSS JOIN LATERAL unnest(accelcost_internal.token_price_columns(), o.prices,
                                  CASE WHEN i.currency = o.currency THEN i.prices END)
            WITH ORDINALITY AS c (name, old_price, new_price, ordinal)
        WHERE c.old_price IS DISTINCT FROM c.new_price
        ORDER BY o.provider COLLATE "C", o.model COLLATE "C", o.service_tier, o.geo, o.utc_from NULLS FIRST,
                 c.ordinal, o.source);
END
$$;
COMMENT ON FUNCTION accelcost_internal.token_changes(timestamptz) IS
    'returns the token prices that the staged ones change, old and new';

CREATE FUNCTION accelcost_internal.store_token_prices(
    source text, at timestamptz, origin text,
    OUT inserted bigint, OUT closed bigint)
LANGUAGE plpgsql VOLATILE STRICT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    today     CONSTANT date := (store_token_prices.at AT TIME ZONE 'UTC')::date;
    corrected bigint;
BEGIN
    -- What began after the price that replaces it: a correction, or a price that was announced and is not any more.
    DELETE FROM accelcost.token_price AS p
    USING pg_temp.accelcost_import_current AS c
    WHERE p.ctid = c.location AND NOT c.is_unchanged AND c.since >= c.cut;
    GET DIAGNOSTICS corrected = ROW_COUNT;
    UPDATE accelcost.token_price AS p
    SET valid = tstzrange(c.since, c.cut)
    FROM pg_temp.accelcost_import_current AS c
    WHERE p.ctid = c.location AND NOT c.is_unchanged AND (c.since < c.cut OR c.since IS NULL);
    GET DIAGNOSTICS closed = ROW_COUNT;
    closed := closed + corrected;
    UPDATE accelcost.token_price AS p
    SET valid = tstzrange(c.since, c.new_until), as_of = today
    FROM pg_temp.accelcost_import_current AS c
    WHERE p.ctid = c.location AND c.is_unchanged AND (c.until IS DISTINCT FROM c.new_until OR p.as_of < today);

    INSERT INTO accelcost.token_price (
        provider, model, service_tier, geo, utc_from, utc_to,
        input_price, output_price, cache_read_price, cache_write_5m_price, cache_write_1h_price, reasoning_price,
        context_threshold, long_input_price, long_output_price, long_cache_read_price, long_cache_write_5m_price,
        long_cache_write_1h_price, currency, valid, replaces_builtin, announced, note, source, origin, as_of)
    SELECT i.provider, i.model, i.service_tier, i.geo, i.utc_from, i.utc_to,
           i.prices[1], i.prices[2], i.prices[3], i.prices[4], i.prices[5], i.prices[6],
           i.prices[7], i.prices[8], i.prices[9], i.prices[10], i.prices[11],
           i.prices[12], i.currency, tstzrange(i.since, i.until), true, i.since > store_token_prices.at,
           i.note, store_token_prices.source, store_token_prices.origin, today
    FROM pg_temp.accelcost_import AS i
    WHERE NOT EXISTS (SELECT FROM pg_temp.accelcost_import_current AS c
                      WHERE c.is_unchanged
                        AND (c.provider, c.model, c.service_tier, c.geo)
                            = (i.provider, i.model, i.service_tier, i.geo)
                        AND (c.utc_from, c.utc_to) IS NOT DISTINCT FROM (i.utc_from, i.utc_to)
                        AND (c.since = i.since OR c.is_current AND i.since <= store_token_prices.at));
    GET DIAGNOSTICS inserted = ROW_COUNT;
END
$$;
COMMENT ON FUNCTION accelcost_internal.store_token_prices(text, timestamptz, text) IS
    'stores staged token prices, closes those that changed or are missing, and inserts new ones';
