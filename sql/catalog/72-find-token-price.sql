-- Look up a token price.

CREATE FUNCTION accelcost_internal.day_second(at timestamptz) RETURNS integer
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN floor(extract(epoch FROM (at AT TIME ZONE 'UTC')::time))::integer;
COMMENT ON FUNCTION accelcost_internal.day_second(timestamptz) IS
    'second of the day in UTC, 0 to 86399, as day_window counts them';

CREATE FUNCTION accelcost_internal.find_token_price(provider text, model text, at timestamptz, second integer, account text)
RETURNS accelcost.token_price
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT p.*
    FROM accelcost.token_price AS p
    WHERE p.provider = find_token_price.provider AND p.model = find_token_price.model
      AND p.valid @> find_token_price.at AND accelcost_internal.origin_rank(p.origin) IS NOT NULL
      AND accelcost_internal.day_window(p.utc_from, p.utc_to) @> find_token_price.second
      AND (p.account IS NULL OR p.account = find_token_price.account)
    ORDER BY accelcost_internal.origin_rank(p.origin), p.account IS NULL, p.builtin,
             -- of one source, the window comes before all day
             max(p.as_of) OVER (PARTITION BY p.origin, p.source) DESC NULLS LAST, p.source COLLATE "C", p.utc_from IS NULL,
             p.as_of DESC NULLS LAST, lower(p.valid) DESC NULLS LAST
    LIMIT 1;
END;
COMMENT ON FUNCTION accelcost_internal.find_token_price(text, text, timestamptz, integer, text) IS
    'the row that token_price_at returns, for a provider and model by their names in the catalog, on the day of a time at that second of the day in UTC';

CREATE FUNCTION accelcost.token_price_at(
    provider text, model text, at timestamptz DEFAULT now(), account text DEFAULT NULL)
RETURNS accelcost.token_price
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN accelcost_internal.find_token_price(accelcost_internal.check_provider(provider), coalesce(accelcost.model_name(model), model), at, accelcost_internal.day_second(at), account);
COMMENT ON FUNCTION accelcost.token_price_at(text, text, timestamptz, text) IS
    'row of accelcost.token_price for a model of a provider at a time, prices per million tokens in currency, with source, origin and date; NULL where no price was known then; model by any of its names; an unknown provider is an error';
