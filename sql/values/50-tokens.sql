-- The cost of tokens: of a request to a language model, and per million.

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
COMMENT ON FUNCTION @extschema@.token_cost(bigint, bigint, numeric, numeric, bigint, bigint, bigint, bigint, numeric,
        numeric, numeric, numeric, text, text, numeric, bigint, boolean, numeric, numeric, numeric, numeric, numeric,
        numeric) IS
    'returns the exact cost of a request; NULL if a needed price is NULL';

CREATE FUNCTION @extschema@.per_million(cost numeric, tokens numeric) RETURNS numeric
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_per_million';
COMMENT ON FUNCTION @extschema@.per_million(numeric, numeric) IS
    'returns the cost per million tokens: cost * 1,000,000 / tokens; NULL for 0 tokens';

CREATE FUNCTION @extschema@.per_million(cost @extschema@.tco, tokens numeric) RETURNS @extschema@.tco
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tco_per_million';
COMMENT ON FUNCTION @extschema@.per_million(@extschema@.tco, numeric) IS
    'returns the cost per million tokens by component; NULL for 0 tokens';

CREATE FUNCTION @extschema@.cost_per_million_tokens(
    price_per_hour numeric, tokens_per_second numeric, utilisation numeric DEFAULT 1)
    RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN trim_scale(
        accelcost_internal.check_at_least(price_per_hour, 0, 'price_per_hour') * 1000000
        / (accelcost_internal.check_more_than(tokens_per_second, 0, 'tokens_per_second') * 3600
           * accelcost_internal.check_more_than(
                 accelcost_internal.check_between(utilisation, 0, 1, 'utilisation'), 0, 'utilisation')));
COMMENT ON FUNCTION @extschema@.cost_per_million_tokens(numeric, numeric, numeric) IS
    'returns the cost of a million tokens on rented hardware, in the currency of the price';

CREATE FUNCTION @extschema@.cost_per_million_tokens(
    price_per_hour numeric, tokens_per_second float8, utilisation float8 DEFAULT 1)
    RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN @extschema@.cost_per_million_tokens(price_per_hour, tokens_per_second::numeric, utilisation::numeric);
COMMENT ON FUNCTION @extschema@.cost_per_million_tokens(numeric, float8, float8) IS
    'returns the cost of a million tokens for a rate in double precision, of which 15 digits count';
