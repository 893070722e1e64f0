-- Price tokens: the prices of short or long requests, or why there are none.

CREATE FUNCTION accelcost_internal.token_prices(price accelcost.token_price, is_long boolean)
RETURNS TABLE (input_price numeric, cache_read_price numeric, cache_write_5m_price numeric,
               cache_write_1h_price numeric,
               output_price numeric, reasoning_price numeric)
LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE WHEN is_long THEN (price).long_input_price ELSE (price).input_price END,
           CASE WHEN is_long THEN (price).long_cache_read_price ELSE (price).cache_read_price END,
           CASE WHEN is_long THEN (price).long_cache_write_5m_price ELSE (price).cache_write_5m_price END,
           CASE WHEN is_long THEN (price).long_cache_write_1h_price ELSE (price).cache_write_1h_price END,
           CASE WHEN is_long THEN (price).long_output_price ELSE (price).output_price END,
           CASE WHEN is_long THEN (price).long_reasoning_price ELSE (price).reasoning_price END;
END;
COMMENT ON FUNCTION accelcost_internal.token_prices(accelcost.token_price, boolean) IS
    'returns prices per million tokens of requests within the context threshold, or of long ones';

CREATE FUNCTION accelcost_internal.price_second(g accelcost_internal.usage_group, at timestamptz) RETURNS integer
    LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN CASE WHEN (g).span_from IS NULL THEN (g).second ELSE accelcost_internal.week_second(at) END;
COMMENT ON FUNCTION accelcost_internal.price_second(accelcost_internal.usage_group, timestamptz) IS
    'returns the second of the week whose price a group has at a time; NULL if it may be any';

CREATE FUNCTION accelcost_internal.token_key(g accelcost_internal.usage_group, at timestamptz) RETURNS text
    LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN ROW((g).provider, (g).model, at, accelcost_internal.price_second(g, at), (g).payer, (g).service_tier,
               (g).geo)::text;
COMMENT ON FUNCTION accelcost_internal.token_key(accelcost_internal.usage_group, timestamptz) IS
    'returns all that the price of the tokens of a group at a time depends on, as text that can be hashed';

-- A set, so that it becomes part of the query that calls it: a lookup in a function of its own is planned at each call.
CREATE FUNCTION accelcost_internal.group_token_price(g accelcost_internal.usage_group, at timestamptz)
RETURNS SETOF accelcost.token_price
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT p.*
    FROM (SELECT w.* FROM (
              -- If the time of the week is unknown, a price with a window shows that it matters.
              SELECT t.*
              FROM accelcost.token_price AS t
              WHERE accelcost_internal.price_second(g, at) IS NULL
                AND t.provider = (g).provider AND t.model = (g).model AND t.valid @> at
                AND t.service_tier = lower((g).service_tier COLLATE "C") AND t.geo = lower((g).geo COLLATE "C")
                AND num_nonnulls(t.weekdays, t.utc_from) > 0
                AND accelcost_internal.origin_rank(t.origin) IS NOT NULL
                AND NOT (t.builtin AND EXISTS (
                    SELECT FROM accelcost_internal.replaced_token_prices(at) AS r
                    WHERE (r.provider, r.model, r.service_tier, r.geo)
                          = (t.provider, t.model, t.service_tier, t.geo)))
                AND (t.account IS NULL OR t.account = (g).payer)
              ORDER BY accelcost_internal.origin_rank(t.origin), t.source COLLATE "C", t.utc_from, t.weekdays
              LIMIT 1) AS w
          UNION ALL
          SELECT f.* FROM accelcost_internal.find_token_price(
                              (g).provider, (g).model, at, coalesce(accelcost_internal.price_second(g, at), 0),
                              (g).payer, lower((g).service_tier COLLATE "C"), lower((g).geo COLLATE "C")) AS f) AS p
    LIMIT 1;
END;
COMMENT ON FUNCTION accelcost_internal.group_token_price(accelcost_internal.usage_group, timestamptz) IS
    'returns the prices of the tokens of a group at a time; NULL if there are none';

CREATE FUNCTION accelcost_internal.token_terms(price accelcost.token_price) RETURNS text
    LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN ROW((price).input_price, (price).output_price, (price).cache_read_price, (price).cache_write_5m_price,
               (price).cache_write_1h_price, (price).reasoning_price, (price).context_threshold,
               (price).threshold_strict, (price).long_input_price, (price).long_output_price,
               (price).long_cache_read_price, (price).long_cache_write_5m_price, (price).long_cache_write_1h_price,
               (price).long_reasoning_price, (price).currency)::text;
COMMENT ON FUNCTION accelcost_internal.token_terms(accelcost.token_price) IS
    'returns all of a token price that a cost depends on, as text';

-- One expression, so that it becomes part of the query that calls it.
CREATE FUNCTION accelcost_internal.tokens_reason(
    g accelcost_internal.usage_group, price accelcost.token_price, may_be_long boolean, changes boolean)
RETURNS text
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN CASE
        WHEN (g).problem IS NOT NULL THEN (g).problem
        WHEN (g).tokens_unknown THEN 'tokens are unknown'
        WHEN (g).model IS NULL THEN 'model is unknown'
        WHEN (price).provider IS NULL
        THEN concat('no price for model "', (g).model, '"',
                    ' in tier "' || nullif((g).service_tier, 'standard') || '"',
                    ' in place "' || nullif((g).geo, 'global') || '"')
        WHEN changes
        THEN format('the price of model "%s" changes within the period', (g).model)
        WHEN (g).second IS NULL AND (g).span_from IS NULL AND num_nonnulls((price).weekdays, (price).utc_from) > 0
        THEN format('the price of model "%s" depends on the time of the week, and period_end is unknown', (g).model)
        WHEN may_be_long
             AND (NOT (g).is_one_request OR (g).request_size < accelcost_internal.long_request_size(price))
        THEN format('requests above %s input tokens to model "%s" are not recorded separately',
                    (price).context_threshold, (g).model)
        WHEN (g).uses_output
             AND CASE WHEN may_be_long THEN (price).long_reasoning_price <> (price).long_output_price
                      ELSE (price).reasoning_price <> (price).output_price END
        THEN format('reasoning tokens of model "%s" have their own price', (g).model)
        WHEN (g).uses_uncached_input
             AND CASE WHEN may_be_long THEN (price).long_input_price ELSE (price).input_price END IS NULL
        THEN format('no input price for model "%s"', (g).model)
        WHEN (g).uses_cache_read
             AND CASE WHEN may_be_long THEN (price).long_cache_read_price ELSE (price).cache_read_price END IS NULL
        THEN format('no cache read price for model "%s"', (g).model)
        WHEN (g).uses_cache_write_5m
             AND CASE WHEN may_be_long THEN (price).long_cache_write_5m_price ELSE (price).cache_write_5m_price END
                 IS NULL
        THEN format('no 5-minute cache write price for model "%s"', (g).model)
        WHEN (g).uses_cache_write_1h
             AND CASE WHEN may_be_long THEN (price).long_cache_write_1h_price ELSE (price).cache_write_1h_price END
                 IS NULL
        THEN format('no 1-hour cache write price for model "%s"', (g).model)
        WHEN (g).uses_output AND CASE WHEN may_be_long THEN (price).long_output_price ELSE (price).output_price END
                                 IS NULL
        THEN format('no output price for model "%s"', (g).model) END;
COMMENT ON FUNCTION accelcost_internal.tokens_reason(
    accelcost_internal.usage_group, accelcost.token_price, boolean, boolean) IS
    'returns why the tokens of a group of usage cannot be priced at a price; NULL if they can';

CREATE TYPE accelcost_internal.tokens_cost AS (
    n bigint, currency text, cost numeric, input_price numeric, cache_read_price numeric, cache_write_5m_price numeric,
    cache_write_1h_price numeric, output_price numeric, source text, origin text, as_of date, reason text
);
COMMENT ON TYPE accelcost_internal.tokens_cost IS
    'the cost of the tokens of a group, and the price of one of each kind';

CREATE FUNCTION accelcost_internal.tokens_cost(
    g accelcost_internal.usage_group, price accelcost.token_price, changes boolean)
RETURNS SETOF accelcost_internal.tokens_cost
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT (g).n, (price).currency,
           CASE WHEN r.reason IS NULL
                THEN (coalesce((g).uncached_input_tokens * t.input_price, 0.0)
                      + coalesce((g).cache_read_tokens * t.cache_read_price, 0.0)
                      + coalesce((g).cache_write_5m_tokens * t.cache_write_5m_price, 0.0)
                      + coalesce((g).cache_write_1h_tokens * t.cache_write_1h_price, 0.0)
                      + coalesce((g).output_tokens * t.output_price, 0.0)) * 0.000001 END,
           t.input_price * 0.000001, t.cache_read_price * 0.000001, t.cache_write_5m_price * 0.000001,
           t.cache_write_1h_price * 0.000001, t.output_price * 0.000001,
           (price).source, (price).origin, (price).as_of, r.reason
    FROM (SELECT coalesce((g).largest_size >= accelcost_internal.long_request_size(price), false) AS may_be_long) AS l
    CROSS JOIN LATERAL accelcost_internal.token_prices(price, l.may_be_long) AS t
    CROSS JOIN LATERAL (SELECT accelcost_internal.tokens_reason(g, price, l.may_be_long, changes) AS reason) AS r;
END;
COMMENT ON FUNCTION accelcost_internal.tokens_cost(
    accelcost_internal.usage_group, accelcost.token_price, boolean) IS
    'returns the cost of the tokens of a group of usage at a price, or why there is none';
