-- Look up a token price.

CREATE FUNCTION accelcost_internal.day_second(at timestamptz) RETURNS integer
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN floor(extract(epoch FROM (at AT TIME ZONE 'UTC')::time))::integer;
COMMENT ON FUNCTION accelcost_internal.day_second(timestamptz) IS
    'returns the second of the day in UTC, 0 to 86399, as day_window counts them';

CREATE FUNCTION accelcost_internal.find_token_price(
    provider text, model text, at timestamptz, second integer, account text)
RETURNS accelcost.token_price
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT p.*
    FROM accelcost.token_price AS p
    WHERE p.provider = find_token_price.provider
      AND p.model = find_token_price.model
      AND p.valid @> find_token_price.at
      AND accelcost_internal.origin_rank(p.origin) IS NOT NULL
      AND accelcost_internal.day_window(p.utc_from, p.utc_to) @> find_token_price.second
      AND (p.account IS NULL OR p.account = find_token_price.account)
    -- The newest source first; within a source, a window of the day comes before a price for all day.
    ORDER BY accelcost_internal.precedence(p.origin, p.account, 0, p.builtin,
                                           max(p.as_of) OVER (PARTITION BY p.origin, p.source), NULL, p.source),
             p.utc_from IS NULL,
             p.as_of DESC NULLS LAST,
             lower(p.valid) DESC NULLS LAST
    LIMIT 1;
END;
COMMENT ON FUNCTION accelcost_internal.find_token_price(text, text, timestamptz, integer, text) IS
    'returns the row of token_price_at, for catalog names, on the day of a time at a second of that day in UTC';

CREATE FUNCTION accelcost.token_price_at(
    provider text, model text, at timestamptz DEFAULT now(), account text DEFAULT NULL)
RETURNS accelcost.token_price
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN accelcost_internal.find_token_price(
               accelcost_internal.check_provider(provider), coalesce(accelcost.model_name(model), model),
               at, accelcost_internal.day_second(at), account);
COMMENT ON FUNCTION accelcost.token_price_at(text, text, timestamptz, text) IS
    'returns the prices per million tokens of a model at a time, with their source; NULL if unknown';
