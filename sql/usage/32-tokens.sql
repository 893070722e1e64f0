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

-- One expression, so that it becomes part of the query that calls it.
CREATE FUNCTION accelcost_internal.token_price_reason(
    price accelcost.token_price, model text, tokens_unknown boolean, is_batch boolean, is_one_request boolean,
    may_be_long boolean,
    second integer, uses_uncached_input boolean, uses_cache_read boolean, uses_cache_write_5m boolean,
    uses_cache_write_1h boolean,
    uses_output boolean)
RETURNS text
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN CASE
        WHEN tokens_unknown THEN 'tokens are not known'
        WHEN model IS NULL THEN 'model is not known'
        WHEN (price).provider IS NULL AND is_batch THEN format('no batch price of model "%s"', model)
        WHEN (price).provider IS NULL THEN format('no price of model "%s"', model)
        WHEN second IS NULL AND num_nonnulls((price).weekdays, (price).utc_from) > 0
        THEN format('the price of model "%s" changes within the period', model)
        WHEN may_be_long AND NOT is_one_request
        THEN format('requests of more than %s tokens of input to model "%s" are not told apart',
                    (price).context_threshold, model)
        WHEN uses_output AND CASE WHEN may_be_long THEN (price).long_reasoning_price <> (price).long_output_price
                                  ELSE (price).reasoning_price <> (price).output_price END
        THEN format('tokens of reasoning of model "%s" have their own price', model)
        WHEN uses_uncached_input
             AND CASE WHEN may_be_long THEN (price).long_input_price ELSE (price).input_price END IS NULL
        THEN format('no price of input of model "%s"', model)
        WHEN uses_cache_read
             AND CASE WHEN may_be_long THEN (price).long_cache_read_price ELSE (price).cache_read_price END IS NULL
        THEN format('no price of cache reads of model "%s"', model)
        WHEN uses_cache_write_5m
             AND CASE WHEN may_be_long THEN (price).long_cache_write_5m_price ELSE (price).cache_write_5m_price END
                 IS NULL
        THEN format('no price of cache writes of model "%s"', model)
        WHEN uses_cache_write_1h
             AND CASE WHEN may_be_long THEN (price).long_cache_write_1h_price ELSE (price).cache_write_1h_price END
                 IS NULL
        THEN format('no price of cache writes for an hour of model "%s"', model)
        WHEN uses_output AND CASE WHEN may_be_long THEN (price).long_output_price ELSE (price).output_price END IS NULL
        THEN format('no price of output of model "%s"', model) END;
COMMENT ON FUNCTION accelcost_internal.token_price_reason(
    accelcost.token_price, text, boolean, boolean, boolean, boolean, integer, boolean, boolean, boolean, boolean,
    boolean) IS
    'returns why a price for tokens cannot price a group of usage; NULL if it can';
