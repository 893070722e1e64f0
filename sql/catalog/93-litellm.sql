-- Price files: LiteLLM's prices of models, per token.

-- A model in two ranges of context is written as a list, or with keys such as input_cost_per_token_above_200k_tokens.
CREATE FUNCTION accelcost_internal.litellm_entry(entry jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE WHEN split.threshold IS NULL THEN entry
                ELSE entry - 'tiered_pricing' || (entry#>'{tiered_pricing,0}')
                     || (SELECT jsonb_object_agg(format('%s_above_%sk_tokens', cost.key, split.threshold), cost.value)
                         FROM jsonb_each(entry#>'{tiered_pricing,1}') AS cost
                         WHERE cost.key <> 'range') END
    FROM (SELECT trim_scale(accelcost_internal.import_number(entry#>>'{tiered_pricing,1,range,0}') / 1000) AS limit_k,
                 accelcost_internal.import_number(entry#>>'{tiered_pricing,0,range,0}') AS first,
                 CASE jsonb_typeof(entry->'tiered_pricing') WHEN 'array'
                      THEN jsonb_array_length(entry->'tiered_pricing') END AS ranges) AS tiers
    CROSS JOIN LATERAL (SELECT CASE WHEN tiers.ranges = 2 AND tiers.first = 0 AND scale(tiers.limit_k) = 0
                                    THEN tiers.limit_k END AS threshold) AS split;
END;
COMMENT ON FUNCTION accelcost_internal.litellm_entry(jsonb) IS
    'returns an entry of LiteLLM''s file with two ranges of context written as keys';

CREATE FUNCTION accelcost_internal.litellm_thresholds(entry jsonb) RETURNS bigint[]
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (SELECT array_agg(DISTINCT parts[1]::bigint * 1000)
            FROM jsonb_object_keys(entry) AS cost
            CROSS JOIN LATERAL regexp_match(
                cost, '^(?:input_cost_per_token|output_cost_per_token|cache_read_input_token_cost'
                      '|cache_creation_input_token_cost(?:_above_1hr)?)_above_([0-9]{1,9})k_tokens') AS parts
            WHERE parts IS NOT NULL);
COMMENT ON FUNCTION accelcost_internal.litellm_thresholds(jsonb) IS
    'returns the numbers of input tokens above which an entry of LiteLLM''s file has other prices; NULL if none';

CREATE FUNCTION accelcost_internal.litellm_fault(entry jsonb) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN CASE
        WHEN coalesce(entry->>'mode', 'chat') NOT IN ('chat', 'completion', 'embedding', 'responses')
        THEN format('mode "%s" is not priced by tokens alone', left(entry->>'mode', 100))
        WHEN greatest(accelcost_internal.price_number(entry, 'output_cost_per_audio_token'),
                      accelcost_internal.price_number(entry, 'output_cost_per_image_token'),
                      accelcost_internal.price_number(entry, 'output_cost_per_video_token'),
                      accelcost_internal.price_number(entry, 'output_cost_per_second')) > 0
        THEN 'output other than text has a price of its own'
        WHEN entry ? 'tiered_pricing' OR cardinality(accelcost_internal.litellm_thresholds(entry)) > 1
        THEN 'more than one context threshold'
        WHEN accelcost_internal.price_number(entry, 'input_cost_per_token') IS NULL
             AND accelcost_internal.price_number(entry, 'output_cost_per_token') IS NULL THEN 'no price per token'
        WHEN greatest(accelcost_internal.price_number(entry, 'input_cost_per_query'),
                      accelcost_internal.price_number(entry, 'input_cost_per_request')) > 0 THEN 'priced per query, too'
        WHEN accelcost_internal.price_number(entry, 'citation_cost_per_token') > 0
        THEN 'citation tokens have a price of their own'
        WHEN greatest(accelcost_internal.price_number(entry, 'input_cost_per_token'),
                      accelcost_internal.price_number(entry, 'output_cost_per_token')) >= 0.01
        THEN format('%s per token would be %s per million: is it per million already?',
                    trim_scale(greatest(accelcost_internal.price_number(entry, 'input_cost_per_token'),
                                        accelcost_internal.price_number(entry, 'output_cost_per_token'))),
                    trim_scale(1000000 * greatest(accelcost_internal.price_number(entry, 'input_cost_per_token'),
                                                  accelcost_internal.price_number(entry, 'output_cost_per_token'))))
        END;
COMMENT ON FUNCTION accelcost_internal.litellm_fault(jsonb) IS
    'returns why an entry of LiteLLM''s file cannot be priced by the token; NULL if it can';

-- azure/eu/gpt-4o and bedrock/us-east-1/anthropic.claude-v1 name a place; us.anthropic.claude-v1 is a name of its own.
CREATE FUNCTION accelcost_internal.litellm_name(entry text, seller text, OUT geo text, OUT model text)
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE WHEN placed.parts IS NULL OR placed.parts[1] = 'global-standard' THEN 'global'
                ELSE lower(placed.parts[1] COLLATE "C") END,
           coalesce(placed.parts[2], unrouted.name)
    FROM (SELECT CASE WHEN seller = 'fireworks_ai'
                      THEN regexp_replace(entry, '^fireworks_ai/(accounts/fireworks/models/)?', '')
                      WHEN entry ~ '.+/.+'
                           AND (split_part(entry, '/', 1) = seller
                                OR starts_with(seller, split_part(entry, '/', 1) || '-')
                                OR starts_with(seller, split_part(entry, '/', 1) || '_'))
                      THEN substr(entry, length(split_part(entry, '/', 1)) + 2)
                      ELSE entry END AS name) AS unrouted
    CROSS JOIN LATERAL (
        SELECT CASE WHEN seller LIKE 'bedrock%'
                    THEN regexp_match(unrouted.name, '^([a-z]{2}(?:-[a-z]+)+-[0-9])/([^/]+)$')
                    WHEN seller LIKE 'azure%'
                    THEN regexp_match(unrouted.name, '^(us|eu|global|global-standard)/([^/]+)$') END AS parts
    ) AS placed;
END;
COMMENT ON FUNCTION accelcost_internal.litellm_name(text, text) IS
    'returns the place and the model that a key of LiteLLM''s file names, without the route to its seller';

CREATE FUNCTION accelcost_internal.read_litellm(staging regclass) RETURNS SETOF accelcost_internal.token_line
LANGUAGE sql STABLE STRICT PARALLEL UNSAFE
BEGIN ATOMIC
    WITH entry AS MATERIALIZED (
        SELECT row_number() OVER (ORDER BY d.ordinal, e.ordinal) AS row_number, e.key,
               accelcost_internal.litellm_entry(e.value) AS value
        FROM accelcost_internal.price_file_documents(read_litellm.staging) AS d
        CROSS JOIN LATERAL jsonb_each(d.document) WITH ORDINALITY AS e (key, value, ordinal)
        WHERE e.key <> 'sample_spec'
          AND jsonb_typeof(e.value) = 'object'
    ),
    judged AS MATERIALIZED (
        SELECT e.*, e.value->>'litellm_provider' AS seller, n.geo, n.model,
               accelcost_internal.litellm_fault(e.value) AS fault,
               (accelcost_internal.litellm_thresholds(e.value))[1] AS threshold
        FROM entry AS e
        CROSS JOIN LATERAL accelcost_internal.litellm_name(e.key, e.value->>'litellm_provider') AS n
    ),
    priced AS MATERIALIZED (
        SELECT e.*, t.service_tier, p.geo AS priced_geo,
               CASE WHEN half.is_half THEN '' ELSE t.suffix END AS suffix,
               coalesce(p.factor, 1) * CASE WHEN half.is_half THEN 500000 ELSE 1000000 END AS factor
        FROM judged AS e
        CROSS JOIN (VALUES ('standard', ''), ('priority', '_priority'), ('flex', '_flex'), ('batch', '_batches'))
            AS t (service_tier, suffix)
        CROSS JOIN LATERAL (
            SELECT NULL AS geo, NULL::numeric AS factor
            UNION ALL
            SELECT place.geo,
                   coalesce(accelcost_internal.price_number(
                                e.value, 'regional_processing_uplift_multiplier_' || place.geo),
                            accelcost_internal.import_number(e.value#>>ARRAY['provider_specific_entry', place.geo]))
            FROM (VALUES ('us'), ('eu')) AS place (geo)) AS p
        -- A batch that pays half for input and output does so for what the file does not state, too.
        CROSS JOIN LATERAL (
            SELECT t.service_tier = 'batch'
                   AND coalesce(accelcost_internal.price_number(e.value, 'input_cost_per_token_batches') * 2
                                = accelcost_internal.price_number(e.value, 'input_cost_per_token'), false)
                   AND coalesce(accelcost_internal.price_number(e.value, 'output_cost_per_token_batches') * 2, 0)
                       = coalesce(accelcost_internal.price_number(e.value, 'output_cost_per_token'), 0)
                       AS is_half) AS half
        WHERE (t.suffix = ''
               OR e.value ?| ARRAY['input_cost_per_token' || t.suffix, 'output_cost_per_token' || t.suffix])
          AND (p.geo IS NULL OR p.factor > 0 AND e.geo = 'global')
    )
    SELECT p.row_number, p.key, p.seller, p.model, p.service_tier, coalesce(p.priced_geo, p.geo),
           NULL::time, NULL::time, NULL::timestamptz, NULL::timestamptz,
           ARRAY[accelcost_internal.price_number(p.value, 'input_cost_per_token' || p.suffix) * p.factor,
                 accelcost_internal.price_number(p.value, 'output_cost_per_token' || p.suffix) * p.factor,
                 accelcost_internal.price_number(p.value, 'cache_read_input_token_cost' || p.suffix) * p.factor,
                 accelcost_internal.price_number(p.value, 'cache_creation_input_token_cost' || p.suffix) * p.factor,
                 accelcost_internal.price_number(p.value, 'cache_creation_input_token_cost_above_1hr' || p.suffix)
                     * p.factor,
                 accelcost_internal.price_number(p.value, 'output_cost_per_reasoning_token' || p.suffix) * p.factor,
                 p.threshold,
                 accelcost_internal.price_number(p.value, 'input_cost_per_token' || long.suffix) * p.factor,
                 accelcost_internal.price_number(p.value, 'output_cost_per_token' || long.suffix) * p.factor,
                 accelcost_internal.price_number(p.value, 'cache_read_input_token_cost' || long.suffix) * p.factor,
                 accelcost_internal.price_number(p.value, 'cache_creation_input_token_cost' || long.suffix) * p.factor,
                 accelcost_internal.price_number(p.value, 'cache_creation_input_token_cost_above_1hr' || long.suffix)
                     * p.factor],
           CASE WHEN greatest(accelcost_internal.price_number(p.value, 'input_cost_per_audio_token'),
                              accelcost_internal.price_number(p.value, 'input_cost_per_image_token'),
                              accelcost_internal.price_number(p.value, 'input_cost_per_image'),
                              accelcost_internal.price_number(p.value, 'input_cost_per_audio_per_second'),
                              accelcost_internal.price_number(p.value, 'input_cost_per_video_per_second')) > 0
                THEN 'text only: other input has a price of its own' END,
           p.fault, NULL::boolean
    FROM priced AS p
    CROSS JOIN LATERAL (SELECT format('_above_%sk_tokens%s', p.threshold / 1000, p.suffix) AS suffix) AS long;
END;
COMMENT ON FUNCTION accelcost_internal.read_litellm(regclass) IS
    'returns the prices per million tokens in LiteLLM''s file, a row for each service tier and place';
