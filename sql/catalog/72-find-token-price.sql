-- Look up a token price.

CREATE FUNCTION accelcost_internal.week_second(at timestamptz) RETURNS integer
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (extract(isodow FROM at AT TIME ZONE 'UTC')::integer - 1) * 86400
           + floor(extract(epoch FROM (at AT TIME ZONE 'UTC')::time))::integer;
COMMENT ON FUNCTION accelcost_internal.week_second(timestamptz) IS
    'returns the second of the week in UTC, 0 to 604799, as price_window counts them';

CREATE FUNCTION accelcost_internal.find_token_price(
    provider text, model text, at timestamptz, second integer, account text, service_tier text, geo text)
RETURNS accelcost.token_price
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT p.*
    FROM accelcost.token_price AS p
    WHERE p.provider = find_token_price.provider
      AND p.model = find_token_price.model
      AND p.service_tier = find_token_price.service_tier
      AND p.geo = find_token_price.geo
      AND p.valid @> find_token_price.at
      AND accelcost_internal.origin_rank(p.origin) IS NOT NULL
      AND accelcost_internal.price_window(p.weekdays, p.utc_from, p.utc_to) @> find_token_price.second
      AND (p.account IS NULL OR p.account = find_token_price.account)
    -- The newest source first; within a source, a window comes before a price without one.
    ORDER BY accelcost_internal.precedence(p.origin, p.account, 0, p.builtin,
                                           max(p.as_of) OVER (PARTITION BY p.origin, p.source), NULL, p.source),
             num_nonnulls(p.weekdays, p.utc_from) = 0,
             p.as_of DESC NULLS LAST,
             lower(p.valid) DESC NULLS LAST
    LIMIT 1;
END;
COMMENT ON FUNCTION accelcost_internal.find_token_price(text, text, timestamptz, integer, text, text, text) IS
    'returns the row of token_price_at, for catalog names, at a second of the week in UTC of prices valid at a time';

CREATE FUNCTION accelcost.token_price_at(
    provider text, model text, at timestamptz DEFAULT now(), account text DEFAULT NULL,
    service_tier text DEFAULT 'standard', geo text DEFAULT 'global')
RETURNS accelcost.token_price
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN accelcost_internal.find_token_price(
               accelcost_internal.check_provider(provider), coalesce(accelcost.model_name(model), model),
               at, accelcost_internal.week_second(at), account,
               lower(service_tier COLLATE "C"), lower(geo COLLATE "C"));
COMMENT ON FUNCTION accelcost.token_price_at(text, text, timestamptz, text, text, text) IS
    'returns prices per million tokens of a model at a time, in a service tier and place, and their source, or NULL';
