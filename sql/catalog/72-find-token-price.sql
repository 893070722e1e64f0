-- Look up a token price.

CREATE FUNCTION accelcost_internal.week_second(at timestamptz) RETURNS integer
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (extract(isodow FROM at AT TIME ZONE 'UTC')::integer - 1) * 86400
           + floor(extract(epoch FROM (at AT TIME ZONE 'UTC')::time))::integer;
COMMENT ON FUNCTION accelcost_internal.week_second(timestamptz) IS
    'returns the second of the week in UTC, 0 to 604799, as price_window counts them';

CREATE FUNCTION accelcost_internal.replaced_token_prices(at timestamptz)
RETURNS TABLE (provider text, model text, service_tier text, geo text)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT p.provider, p.model, p.service_tier, p.geo
    FROM accelcost.token_price AS p
    WHERE p.replaces_builtin
      AND coalesce(lower(p.valid), '-infinity') <= replaced_token_prices.at;
END;
COMMENT ON FUNCTION accelcost_internal.replaced_token_prices(timestamptz) IS
    'returns the token prices whose built-in rows had ended at a time, because an import has newer ones';

CREATE FUNCTION accelcost_internal.discounted_token_price(
    price accelcost.token_price, account text, at timestamptz)
RETURNS accelcost.token_price
LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    discount accelcost_internal.discount_found;
BEGIN
    IF account IS NOT NULL AND price.account IS NULL THEN
        SELECT * INTO discount
        FROM accelcost_internal.find_discount(price.provider, account, 'tokens', price.model, NULL, at);
        IF FOUND THEN
            price := jsonb_populate_record(
                price,
                (SELECT jsonb_object_agg(p.key, trim_scale(p.value::numeric * discount.factor))
                 FROM jsonb_each_text(jsonb_strip_nulls(to_jsonb(price))) AS p
                 WHERE p.key LIKE '%!_price' ESCAPE '!')
                || jsonb_build_object('note', concat_ws('; ', price.note, discount.remark)));
        END IF;
    END IF;
    RETURN price;
END
$$;
COMMENT ON FUNCTION accelcost_internal.discounted_token_price(accelcost.token_price, text, timestamptz) IS
    'returns prices of tokens less the discount of an account, if it has one on public prices';

CREATE FUNCTION accelcost_internal.find_token_price(
    provider text, model text, at timestamptz, second integer, account text, service_tier text, geo text)
RETURNS accelcost.token_price
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT d.*
    FROM (
    SELECT p AS price
    FROM accelcost.token_price AS p
    WHERE p.provider = find_token_price.provider
      AND p.model = find_token_price.model
      AND p.service_tier = find_token_price.service_tier
      AND p.geo = find_token_price.geo
      AND p.valid @> find_token_price.at
      AND accelcost_internal.origin_rank(p.origin) IS NOT NULL
      AND NOT (p.builtin
               AND EXISTS (SELECT FROM accelcost_internal.replaced_token_prices(find_token_price.at) AS r
                           WHERE r.provider = find_token_price.provider
                             AND r.model = find_token_price.model
                             AND r.service_tier = find_token_price.service_tier
                             AND r.geo = find_token_price.geo))
      AND accelcost_internal.price_window(p.weekdays, p.utc_from, p.utc_to) @> find_token_price.second
      AND (p.account IS NULL OR p.account = find_token_price.account)
    -- The newest source first; within a source, a window comes before a price without one.
    ORDER BY accelcost_internal.precedence(p.origin, p.account, 0, p.builtin,
                                           max(p.as_of) OVER (PARTITION BY p.origin, p.source), NULL, p.source),
             num_nonnulls(p.weekdays, p.utc_from) = 0,
             p.as_of DESC NULLS LAST,
             lower(p.valid) DESC NULLS LAST
    LIMIT 1) AS found
    CROSS JOIN LATERAL accelcost_internal.discounted_token_price(
        found.price, find_token_price.account, find_token_price.at) AS d;
END;
COMMENT ON FUNCTION accelcost_internal.find_token_price(text, text, timestamptz, integer, text, text, text) IS
    'returns the row of token_price_at, for catalog names, at a second of the week in UTC of prices valid at a time';

CREATE TYPE accelcost.token_price_found AS (
    provider text, model text, account text, service_tier text, geo text, input_price numeric, output_price numeric,
    cache_read_price numeric, cache_write_5m_price numeric, cache_write_1h_price numeric, reasoning_price numeric,
    context_threshold bigint, threshold_strict boolean, long_input_price numeric, long_output_price numeric,
    long_cache_read_price numeric, long_cache_write_5m_price numeric, long_cache_write_1h_price numeric,
    long_reasoning_price numeric, cached_convention text, reasoning_convention text, weekdays integer[],
    utc_from time, utc_to time, currency text, valid tstzrange, note text, source text, origin text, as_of date,
    age_days integer, is_old boolean, reason text
);
COMMENT ON TYPE accelcost.token_price_found IS
    'prices per million tokens that a lookup found, with their source, or why it found none';
COMMENT ON COLUMN accelcost.token_price_found.provider IS 'name in accelcost.provider';
COMMENT ON COLUMN accelcost.token_price_found.model IS 'name in accelcost.model';
COMMENT ON COLUMN accelcost.token_price_found.account IS
    'account that negotiated the price; NULL if the price is public';
COMMENT ON COLUMN accelcost.token_price_found.service_tier IS 'tier of service';
COMMENT ON COLUMN accelcost.token_price_found.geo IS 'place of processing';
COMMENT ON COLUMN accelcost.token_price_found.input_price IS
    'price per million uncached input tokens, in currency; NULL if unknown';
COMMENT ON COLUMN accelcost.token_price_found.output_price IS
    'price per million output tokens, in currency; NULL if unknown';
COMMENT ON COLUMN accelcost.token_price_found.cache_read_price IS
    'price per million tokens read from a cache, in currency; NULL if unknown';
COMMENT ON COLUMN accelcost.token_price_found.cache_write_5m_price IS
    'price per million tokens written to a cache for 5 minutes, in currency; NULL if unknown';
COMMENT ON COLUMN accelcost.token_price_found.cache_write_1h_price IS
    'price per million tokens written to a cache for an hour, in currency; NULL if unknown';
COMMENT ON COLUMN accelcost.token_price_found.reasoning_price IS
    'price per million reasoning tokens, in currency; NULL if unknown';
COMMENT ON COLUMN accelcost.token_price_found.context_threshold IS
    'input tokens above which a request has the long prices; NULL if there are none';
COMMENT ON COLUMN accelcost.token_price_found.threshold_strict IS
    'true if exactly context_threshold tokens are not long';
COMMENT ON COLUMN accelcost.token_price_found.long_input_price IS 'input_price of a long request';
COMMENT ON COLUMN accelcost.token_price_found.long_output_price IS 'output_price of a long request';
COMMENT ON COLUMN accelcost.token_price_found.long_cache_read_price IS 'cache_read_price of a long request';
COMMENT ON COLUMN accelcost.token_price_found.long_cache_write_5m_price IS 'cache_write_5m_price of a long request';
COMMENT ON COLUMN accelcost.token_price_found.long_cache_write_1h_price IS 'cache_write_1h_price of a long request';
COMMENT ON COLUMN accelcost.token_price_found.long_reasoning_price IS 'reasoning_price of a long request';
COMMENT ON COLUMN accelcost.token_price_found.cached_convention IS
    'included or excluded: whether the provider counts cached tokens as input';
COMMENT ON COLUMN accelcost.token_price_found.reasoning_convention IS
    'included or on_top: whether the provider counts reasoning as output';
COMMENT ON COLUMN accelcost.token_price_found.weekdays IS
    'days of the window, 1 Monday to 7 Sunday; NULL for every day';
COMMENT ON COLUMN accelcost.token_price_found.utc_from IS 'start of the window in UTC; NULL for all day';
COMMENT ON COLUMN accelcost.token_price_found.utc_to IS 'end of the window in UTC, exclusive';
COMMENT ON COLUMN accelcost.token_price_found.currency IS 'currency or unit of the prices';
COMMENT ON COLUMN accelcost.token_price_found.valid IS 'time in which the row is valid';
COMMENT ON COLUMN accelcost.token_price_found.note IS 'what to know before you use the prices';
COMMENT ON COLUMN accelcost.token_price_found.source IS 'where the prices were taken from';
COMMENT ON COLUMN accelcost.token_price_found.origin IS 'kind of source';
COMMENT ON COLUMN accelcost.token_price_found.as_of IS 'date of the source';
COMMENT ON COLUMN accelcost.token_price_found.age_days IS 'days since as_of';
COMMENT ON COLUMN accelcost.token_price_found.is_old IS 'true if as_of is more than max_age ago';
COMMENT ON COLUMN accelcost.token_price_found.reason IS 'why there is no price; NULL if there is one';

CREATE FUNCTION accelcost_internal.token_reason(
    provider text, model text, at timestamptz, account text, service_tier text, geo text)
RETURNS text
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    WITH known AS (
        SELECT p.model, p.model = token_reason.model AS is_model,
               p.service_tier, p.model = token_reason.model AND p.service_tier = token_reason.service_tier AS is_tier,
               p.geo, p.model = token_reason.model
                      AND p.service_tier = token_reason.service_tier
                      AND p.geo = token_reason.geo AS is_geo,
               lower(p.valid) AS since
        FROM accelcost.token_price AS p
        WHERE p.provider = token_reason.provider
          AND accelcost_internal.origin_rank(p.origin) IS NOT NULL
          AND (p.account IS NULL OR p.account = token_reason.account)
    ),
    counted AS (
        SELECT count(*) AS rows,
               coalesce(bool_or(k.is_model), false) AS has_model,
               coalesce(bool_or(k.is_tier), false) AS has_tier,
               coalesce(bool_or(k.is_geo), false) AS has_geo,
               array_agg(DISTINCT k.model) AS models,
               string_agg(DISTINCT k.service_tier, ', ') FILTER (WHERE k.is_model) AS tiers,
               string_agg(DISTINCT k.geo, ', ') FILTER (WHERE k.is_tier) AS geos,
               min(k.since) FILTER (WHERE k.is_geo) AS since
        FROM known AS k
    )
    SELECT CASE
        WHEN token_reason.provider IS NULL THEN 'provider is unknown'
        WHEN token_reason.model IS NULL THEN 'model is unknown'
        WHEN c.rows = 0 THEN format('no price of tokens of provider "%s"', token_reason.provider)
        WHEN NOT c.has_model
        THEN accelcost_internal.with_nearest(
                 format('no price for model "%s" at provider "%s"', left(token_reason.model, 200),
                        token_reason.provider),
                 c.models, token_reason.model)
        WHEN NOT c.has_tier
        THEN format('no price for model "%s" in service tier "%s"; known are %s', token_reason.model,
                    left(token_reason.service_tier, 200), c.tiers)
        WHEN NOT c.has_geo
        THEN format('no price for model "%s" processed in "%s"; known are %s', token_reason.model,
                    left(token_reason.geo, 200), c.geos)
        WHEN c.since > token_reason.at
        THEN format('no price for model "%s" before %s', token_reason.model,
                    to_char(c.since AT TIME ZONE 'UTC', 'YYYY-MM-DD'))
        ELSE format('no price for model "%s" at that time', token_reason.model) END
    FROM counted AS c;
END;
COMMENT ON FUNCTION accelcost_internal.token_reason(text, text, timestamptz, text, text, text) IS
    'returns why token_price_at finds no price: the first part of the key that no row has, with the nearest names';

CREATE FUNCTION accelcost.token_price_at(
    provider text, model text, at timestamptz DEFAULT now(), account text DEFAULT NULL,
    service_tier text DEFAULT 'standard', geo text DEFAULT 'global', max_age interval DEFAULT '180 days')
RETURNS accelcost.token_price_found
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT p.provider, p.model, p.account, p.service_tier, p.geo, p.input_price, p.output_price, p.cache_read_price,
           p.cache_write_5m_price, p.cache_write_1h_price, p.reasoning_price, p.context_threshold,
           p.threshold_strict, p.long_input_price, p.long_output_price, p.long_cache_read_price,
           p.long_cache_write_5m_price, p.long_cache_write_1h_price, p.long_reasoning_price, p.cached_convention,
           p.reasoning_convention, p.weekdays, p.utc_from, p.utc_to, p.currency, p.valid, p.note, p.source,
           p.origin, p.as_of,
           accelcost_internal.age_days(p.as_of, token_price_at.at),
           accelcost_internal.is_old(p.as_of, token_price_at.at, token_price_at.max_age),
           CASE WHEN p.provider IS NULL
                THEN accelcost_internal.token_reason(wanted.provider, wanted.model, token_price_at.at,
                                                     token_price_at.account, wanted.service_tier, wanted.geo) END
    FROM (SELECT accelcost_internal.check_provider(token_price_at.provider) AS provider,
                 coalesce(accelcost.model_name(token_price_at.model), token_price_at.model) AS model,
                 lower(token_price_at.service_tier COLLATE "C") AS service_tier,
                 lower(token_price_at.geo COLLATE "C") AS geo) AS wanted
    LEFT JOIN LATERAL accelcost_internal.find_token_price(
        wanted.provider, wanted.model, token_price_at.at, accelcost_internal.week_second(token_price_at.at),
        token_price_at.account, wanted.service_tier, wanted.geo) AS p ON true;
END;
COMMENT ON FUNCTION accelcost.token_price_at(text, text, timestamptz, text, text, text, interval) IS
    'returns prices per million tokens of a model at a time, in a service tier and place; NULL and a reason if unknown';
