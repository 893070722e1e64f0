-- Price files: data.json of genai-prices, per million tokens.

-- A price is a number, or {"base": 2.5, "tiers": [{"start": 272000, "price": 5}]}: requests above start pay price.
CREATE FUNCTION accelcost_internal.genai_price(prices jsonb, key text, OUT base numeric, OUT long numeric)
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT accelcost_internal.import_number(coalesce(prices#>>ARRAY[key, 'base'], prices->>key)),
           -- A plain number is for requests of any size.
           CASE WHEN jsonb_path_exists(prices, '$.*.tiers[*]')
                THEN accelcost_internal.import_number(coalesce(prices#>>ARRAY[key, 'tiers', '0', 'price'],
                                                               prices->>key)) END;
END;
COMMENT ON FUNCTION accelcost_internal.genai_price(jsonb, text) IS
    'returns a price of genai-prices for short requests, and for long requests if that differs';

CREATE FUNCTION accelcost_internal.genai_thresholds(prices jsonb) RETURNS bigint[]
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (SELECT array_agg(DISTINCT accelcost_internal.import_number(tier.value->>'start')::bigint)
            FROM jsonb_each(prices) AS price
            CROSS JOIN LATERAL jsonb_array_elements(CASE jsonb_typeof(price.value->'tiers') WHEN 'array'
                                                         THEN price.value->'tiers' END) AS tier
            WHERE accelcost_internal.import_number(tier.value->>'start') BETWEEN 1 AND 1e12);
COMMENT ON FUNCTION accelcost_internal.genai_thresholds(jsonb) IS
    'returns the numbers of input tokens above which genai-prices has other prices; NULL if there are none';

CREATE FUNCTION accelcost_internal.genai_fault(prices jsonb, window_constraint jsonb) RETURNS text
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN CASE
        WHEN prices ?| '{output_audio_mtok,output_image_mtok,output_video_mtok}'
        THEN 'output other than text has a price of its own'
        WHEN NOT prices ?| '{input_mtok,output_mtok}' THEN 'no price per token'
        WHEN prices ? 'output_citation_mtok' THEN 'citation tokens have a price of their own'
        WHEN prices ? 'requests_kcount' THEN 'priced per query, too'
        WHEN cardinality(accelcost_internal.genai_thresholds(prices)) > 1 THEN 'more than one context threshold'
        WHEN window_constraint->>'type' NOT IN ('start_date', 'time_of_date')
        THEN format('condition "%s" of a price is unknown', left(window_constraint->>'type', 40)) END;
COMMENT ON FUNCTION accelcost_internal.genai_fault(jsonb, jsonb) IS
    'returns why prices of genai-prices cannot be loaded; NULL if they can';

CREATE FUNCTION accelcost_internal.read_genai_prices(staging regclass, at timestamptz)
RETURNS SETOF accelcost_internal.token_line
LANGUAGE sql STABLE STRICT PARALLEL UNSAFE
BEGIN ATOMIC
    WITH seller AS MATERIALIZED (
        SELECT d.ordinal AS document, s.ordinal, s.value->>'id' AS id, s.value->'models' AS models,
               -- The names of sellers in this file come first, then those in use elsewhere.
               coalesce(accelcost.provider_name('genai-prices/' || (s.value->>'id')),
                        accelcost.provider_name(s.value->>'id'),
                        accelcost.provider_name(s.value->>'name'),
                        s.value->>'id') AS name
        FROM accelcost_internal.price_file_documents(read_genai_prices.staging) AS d
        CROSS JOIN LATERAL jsonb_array_elements(d.document) WITH ORDINALITY AS s (value, ordinal)
    ),
    model AS MATERIALIZED (
        SELECT row_number() OVER (ORDER BY s.document, s.ordinal, m.ordinal) AS row_number,
               concat_ws('/', s.id, m.value->>'id') AS key,
               s.name AS seller, m.value->>'id' AS name, m.value->'prices' AS prices
        FROM seller AS s
        CROSS JOIN LATERAL jsonb_array_elements(s.models) WITH ORDINALITY AS m (value, ordinal)
    ),
    dated AS (
        SELECT m.row_number, m.key, m.seller, m.name, e.ordinal,
               e.value->'prices' AS prices,
               nullif(e.value->'constraint', 'null') AS condition,
               accelcost_internal.import_timestamp(e.value#>>'{constraint,start_date}') AS since,
               (accelcost_internal.import_timestamp('2000-01-01 ' || rtrim(e.value#>>'{constraint,start_time}', 'Z'))
                AT TIME ZONE 'UTC')::time AS utc_from,
               (accelcost_internal.import_timestamp('2000-01-01 ' || rtrim(e.value#>>'{constraint,end_time}', 'Z'))
                AT TIME ZONE 'UTC')::time AS utc_to
        FROM model AS m
        CROSS JOIN LATERAL jsonb_array_elements(CASE jsonb_typeof(m.prices)
                                                     WHEN 'array' THEN m.prices
                                                     ELSE jsonb_build_array(jsonb_build_object('prices', m.prices)) END)
            WITH ORDINALITY AS e (value, ordinal)
    ),
    -- Each price ends when the next one begins; of those that began before the date of the file the last one is valid.
    following AS MATERIALIZED (
        SELECT p.*, (accelcost_internal.genai_thresholds(p.prices))[1] AS threshold,
               accelcost_internal.genai_fault(p.prices, p.condition) AS fault,
               lead(p.since) OVER (PARTITION BY p.row_number, p.utc_from, p.utc_to ORDER BY p.since NULLS FIRST,
                                                                                                 p.ordinal) AS until
        FROM dated AS p
    )
    SELECT f.row_number, f.key, f.seller, f.name, 'standard', 'global', f.utc_from, f.utc_to, f.since, f.until,
           ARRAY[input.base, output.base, cache_read.base, cache_write.base, cache_write_1h.base, reasoning.base,
                 f.threshold,
                 input.long, output.long, cache_read.long, cache_write.long, cache_write_1h.long],
           CASE WHEN f.prices ?| '{input_audio_mtok,input_image_mtok,input_video_mtok,input_audio_hours}'
                THEN 'text only: other input has a price of its own' END,
           f.fault, NULL::boolean
    FROM following AS f
    CROSS JOIN LATERAL accelcost_internal.genai_price(f.prices, 'input_mtok') AS input
    CROSS JOIN LATERAL accelcost_internal.genai_price(f.prices, 'output_mtok') AS output
    CROSS JOIN LATERAL accelcost_internal.genai_price(f.prices, 'cache_read_mtok') AS cache_read
    CROSS JOIN LATERAL accelcost_internal.genai_price(f.prices, 'cache_write_mtok') AS cache_write
    CROSS JOIN LATERAL accelcost_internal.genai_price(f.prices, 'cache_write_1h_mtok') AS cache_write_1h
    CROSS JOIN LATERAL accelcost_internal.genai_price(f.prices, 'output_reasoning_mtok') AS reasoning
    WHERE f.until IS NULL OR f.until > read_genai_prices.at;
END;
COMMENT ON FUNCTION accelcost_internal.read_genai_prices(regclass, timestamptz) IS
    'returns the prices per million tokens in data.json of genai-prices that are valid at a time or later';
