-- What tokens cost: of a request to a language model, and by the million.

CREATE FUNCTION @extschema@.token_cost(
    input_tokens bigint,
    output_tokens bigint,
    input_price numeric,
    output_price numeric,
    cache_read_tokens bigint DEFAULT 0,
    cache_write_5m_tokens bigint DEFAULT 0,
    cache_write_1h_tokens bigint DEFAULT 0,
    reasoning_tokens bigint DEFAULT 0,
    cache_read_price numeric DEFAULT NULL,
    cache_write_5m_price numeric DEFAULT NULL,
    cache_write_1h_price numeric DEFAULT NULL,
    reasoning_price numeric DEFAULT NULL,
    cached_convention text DEFAULT NULL,
    reasoning_convention text DEFAULT NULL,
    batch_factor numeric DEFAULT 1,
    context_threshold bigint DEFAULT NULL,
    threshold_strict boolean DEFAULT true,
    long_input_price numeric DEFAULT NULL,
    long_output_price numeric DEFAULT NULL,
    long_cache_read_price numeric DEFAULT NULL,
    long_cache_write_5m_price numeric DEFAULT NULL,
    long_cache_write_1h_price numeric DEFAULT NULL,
    long_reasoning_price numeric DEFAULT NULL
) RETURNS numeric
    LANGUAGE c IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_token_cost';
COMMENT ON FUNCTION @extschema@.token_cost(bigint, bigint, numeric, numeric, bigint, bigint, bigint, bigint, numeric, numeric, numeric, numeric,
                               text, text, numeric, bigint, boolean, numeric, numeric, numeric, numeric, numeric, numeric) IS
    'batch_factor * sum of tokens * price / 1,000,000, exact, in the currency of the prices, which are per million tokens; cached tokens are included in input_tokens or excluded, reasoning included in output_tokens or on_top; above context_threshold tokens of input (from it on, if not threshold_strict) the long_ prices hold for the whole request; NULL if a price is NULL of which there are tokens, or a count is NULL';

CREATE FUNCTION @extschema@.per_million(cost numeric, tokens numeric) RETURNS numeric
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_per_million';
COMMENT ON FUNCTION @extschema@.per_million(numeric, numeric) IS
    'cost * 1,000,000 / tokens: the cost of a million tokens, with the digits of numeric division; NULL for 0 tokens; tokens >= 0';

CREATE FUNCTION @extschema@.per_million(cost @extschema@.tco, tokens numeric) RETURNS @extschema@.tco
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tco_per_million';
COMMENT ON FUNCTION @extschema@.per_million(@extschema@.tco, numeric) IS
    'cost * 1,000,000 / tokens: the cost of a million tokens, each component rounded once at the 18th decimal, half away from zero; NULL for 0 tokens; tokens >= 0';

CREATE FUNCTION @extschema@.cost_per_million_tokens(price_per_hour numeric, tokens_per_second numeric, utilisation numeric DEFAULT 1) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN trim_scale(accelcost_internal.check_at_least(price_per_hour, 0::numeric, 'price_per_hour') * 1000000::numeric
                      / (accelcost_internal.check_more_than(tokens_per_second, 0::numeric, 'tokens_per_second') * 3600::numeric
                         * accelcost_internal.check_more_than(accelcost_internal.check_between(utilisation, 0::numeric, 1::numeric, 'utilisation'), 0::numeric, 'utilisation')));
COMMENT ON FUNCTION @extschema@.cost_per_million_tokens(numeric, numeric, numeric) IS
    'price_per_hour * 1,000,000 / (tokens_per_second * 3600 * utilisation): what a million tokens cost on rented hardware, in the currency of the price, with the digits of numeric division; price_per_hour >= 0, tokens_per_second > 0 at full load, 0 < utilisation <= 1 the share of the hour at that load';

CREATE FUNCTION @extschema@.cost_per_million_tokens(price_per_hour numeric, tokens_per_second float8, utilisation float8 DEFAULT 1) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN @extschema@.cost_per_million_tokens(price_per_hour, tokens_per_second::numeric, utilisation::numeric);
COMMENT ON FUNCTION @extschema@.cost_per_million_tokens(numeric, float8, float8) IS
    'the same for a rate in double precision, as tokens_per_second gives it, and such a share; of each 15 digits count, as in a cast to numeric';
