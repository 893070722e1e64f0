-- Price files with token prices: LiteLLM's prices of models.

CREATE FUNCTION accelcost_internal.price_file_content(
    staging regclass, OUT content text, OUT number text, OUT is_text boolean)
LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT min(attribute.quoted) FILTER (WHERE attribute.is_content),
           min(attribute.quoted) FILTER (WHERE attribute.is_number),
           bool_or(attribute.atttypid = 'text'::regtype::oid) FILTER (WHERE attribute.is_content)
    FROM (SELECT a.atttypid, quote_ident(a.attname::text) AS quoted,
                 a.atttypid IN ('text'::regtype::oid, 'json'::regtype::oid, 'jsonb'::regtype::oid) AS is_content,
                 a.atttypid IN ('smallint'::regtype::oid, 'integer'::regtype::oid, 'bigint'::regtype::oid) AS is_number
          FROM pg_attribute AS a
          WHERE a.attrelid = price_file_content.staging::oid
            AND a.attnum > 0
            AND NOT a.attisdropped) AS attribute
    HAVING count(*) FILTER (WHERE attribute.is_content) = 1
       AND count(*) FILTER (WHERE attribute.is_number) <= 1
       AND bool_and(attribute.is_content OR attribute.is_number);
END;
COMMENT ON FUNCTION accelcost_internal.price_file_content(regclass) IS
    'returns the quoted names of a staging table''s column of text or JSON and of the one that numbers its lines';

CREATE FUNCTION accelcost_internal.token_file_hint() RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN 'Stage LiteLLM''s model_prices_and_context_window.json: '
           'the whole file in one row, or its lines with a column that numbers them.';
COMMENT ON FUNCTION accelcost_internal.token_file_hint() IS
    'returns the hint of errors about LiteLLM''s file';

CREATE FUNCTION accelcost_internal.token_documents(staging regclass) RETURNS text[]
    LANGUAGE plpgsql STABLE STRICT PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    kind CONSTANT "char" := (SELECT relkind FROM pg_class WHERE oid = staging);
    file record;
    rows record;
BEGIN
    PERFORM accelcost_internal.check_relation(staging);
    SELECT * INTO file FROM accelcost_internal.price_file_content(staging);
    IF file.content IS NULL THEN
        RAISE EXCEPTION 'columns of staging table "%" match no JSON file', staging
            USING ERRCODE = 'invalid_parameter_value', HINT = accelcost_internal.token_file_hint(),
                  DETAIL = format('Columns found: %s.', accelcost_internal.column_list(staging));
    END IF;

    EXECUTE format('SELECT count(*) AS number, count(DISTINCT %1$s) AS numbers, %2$s AS pages,'
                   ' array_agg(s.%3$s::text ORDER BY %1$s) FILTER (WHERE s.%3$s::text ~ ''[^[:space:]]'') AS lines'
                   ' FROM %4$s AS s',
                   coalesce('s.' || file.number, 'NULL::bigint'),
                   CASE WHEN kind IN ('r', 'm') THEN 'count(DISTINCT (s.ctid::text::point)[0])'
                        WHEN kind = 'p' THEN 'count(*)' ELSE '1::bigint' END,
                   file.content, staging) INTO rows;
    IF rows.lines IS NULL THEN
        RAISE EXCEPTION 'staging table "%" has no %', staging, CASE rows.number WHEN 0 THEN 'rows' ELSE 'text' END
            USING ERRCODE = 'invalid_parameter_value', HINT = accelcost_internal.token_file_hint();
    END IF;
    -- A byte order mark.
    IF getdatabaseencoding() = 'UTF8' THEN
        rows.lines[1] := ltrim(rows.lines[1], chr(65279));
    END IF;

    -- Rows that are all objects are documents; otherwise they are the lines of one.
    IF file.is_text AND cardinality(rows.lines) > 1
       AND EXISTS (SELECT FROM unnest(rows.lines) AS line WHERE line !~ '^[[:space:]]*[{].*[}][[:space:]]*$') THEN
        IF file.number IS NULL AND rows.pages > 1 OR file.number IS NOT NULL AND rows.numbers < rows.number THEN
            RAISE EXCEPTION 'lines in staging table "%" are in no certain order', staging
                USING ERRCODE = 'invalid_parameter_value',
                      DETAIL = CASE WHEN file.number IS NULL
                                    THEN 'COPY fills gaps in earlier pages: rows are not where the lines were.'
                                    ELSE format('Column %s has a number twice, or none.', file.number) END,
                      HINT = 'Number the lines: CREATE TABLE name (number bigint GENERATED ALWAYS AS IDENTITY, '
                             'line text), then COPY name (line).';
        END IF;
        RETURN ARRAY[array_to_string(rows.lines, E'\n')];
    END IF;
    RETURN rows.lines;
END
$$;
COMMENT ON FUNCTION accelcost_internal.token_documents(regclass) IS
    'returns the text of each JSON document in a staging table; an error if it has none or its lines have no order';

CREATE FUNCTION accelcost_internal.token_document(staging regclass) RETURNS jsonb
    LANGUAGE plpgsql STABLE STRICT PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    documents CONSTANT text[] := accelcost_internal.token_documents(staging);
    result    jsonb;
    message   text;
    detail    text;
    context   text;
BEGIN
    BEGIN
        SELECT CASE WHEN count(*) = 1 THEN min(document)::jsonb
                    WHEN bool_and(jsonb_typeof(document::jsonb) = 'object')
                    THEN (SELECT jsonb_object_agg(e.key, e.value ORDER BY numbered.ordinal)
                          FROM unnest(documents) WITH ORDINALITY AS numbered (document, ordinal)
                          CROSS JOIN LATERAL jsonb_each(numbered.document::jsonb) AS e) END
        INTO result
        FROM unnest(documents) AS document;
    EXCEPTION WHEN data_exception OR program_limit_exceeded THEN
        GET STACKED DIAGNOSTICS message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL, context = PG_EXCEPTION_CONTEXT;
        RAISE EXCEPTION 'staging table "%" holds no valid JSON', staging
            USING ERRCODE = 'invalid_text_representation',
                  DETAIL = left(concat_ws(' ', coalesce(nullif(detail, ''), message),
                                          substring(context FROM '^JSON data, [^\n]*')), 500),
                  HINT = accelcost_internal.token_file_hint();
    END;
    IF jsonb_typeof(result) IS DISTINCT FROM 'object' THEN
        RAISE EXCEPTION 'staging table "%" holds no JSON object', staging
            USING ERRCODE = 'invalid_parameter_value', HINT = accelcost_internal.token_file_hint(),
                  DETAIL = format('It holds: %s', left(documents[1], 60));
    END IF;
    IF NOT EXISTS (SELECT FROM jsonb_each(result) AS e
                   WHERE e.key <> 'sample_spec'
                     AND jsonb_typeof(e.value) = 'object'
                     AND (e.value ? 'litellm_provider'
                          OR EXISTS (SELECT FROM jsonb_object_keys(CASE WHEN jsonb_typeof(e.value) = 'object'
                                                                        THEN e.value END) AS cost
                                     WHERE cost LIKE '%cost\_per\_%'))) THEN
        RAISE EXCEPTION 'staging table "%" has no prices of models', staging
            USING ERRCODE = 'invalid_parameter_value', HINT = accelcost_internal.token_file_hint(),
                  DETAIL = (SELECT coalesce('Keys found: ' || string_agg(format('"%s"', left(found.key, 60)), ', '
                                                                         ORDER BY found.ordinal),
                                            'It has no keys') || '.'
                            FROM (SELECT *
                                  FROM jsonb_object_keys(result) WITH ORDINALITY AS k (key, ordinal)
                                  LIMIT 10) AS found);
    END IF;
    RETURN result;
END
$$;
COMMENT ON FUNCTION accelcost_internal.token_document(regclass) IS
    'returns the JSON object with LiteLLM''s prices in a staging table; an error if it holds anything else';

CREATE FUNCTION accelcost_internal.token_number(entry jsonb, key text) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN accelcost_internal.import_number(entry->>key);
COMMENT ON FUNCTION accelcost_internal.token_number(jsonb, text) IS
    'returns a number of an entry; NULL if it is missing or not a number';

CREATE FUNCTION accelcost_internal.per_million(cost numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN trim_scale(cost * 1000000);
COMMENT ON FUNCTION accelcost_internal.per_million(numeric) IS
    'returns the price per million tokens for a cost per token';

-- Costs per token, as the file has them.
CREATE FUNCTION accelcost_internal.token_entries(staging regclass)
RETURNS TABLE (
    row_number bigint, entry text, value jsonb, seller text, thresholds bigint[],
    input numeric, output numeric, cache_read numeric, cache_write numeric, cache_write_1h numeric, reasoning numeric,
    batch_input numeric, batch_output numeric,
    long_input numeric, long_output numeric, long_cache_read numeric, long_cache_write numeric)
LANGUAGE sql STABLE STRICT PARALLEL UNSAFE
BEGIN ATOMIC
    WITH entry AS MATERIALIZED (
        SELECT e.ordinal, e.key, e.value,
               (SELECT array_agg(DISTINCT parts[1]::bigint * 1000)
                FROM jsonb_object_keys(e.value) AS cost,
                     regexp_match(cost, '_above_([0-9]{1,12})k_tokens$') AS parts
                WHERE parts IS NOT NULL
                  AND cost ~ ('^(input_cost_per_token|output_cost_per_token|cache_read_input_token_cost'
                              '|cache_creation_input_token_cost)_above')) AS thresholds
        FROM jsonb_each(accelcost_internal.token_document(token_entries.staging))
                 WITH ORDINALITY AS e (key, value, ordinal)
        WHERE e.key <> 'sample_spec'
          AND jsonb_typeof(e.value) = 'object'
    ),
    suffixed AS (
        SELECT entry.*, format('_above_%sk_tokens', entry.thresholds[1] / 1000) AS long
        FROM entry
    )
    SELECT s.ordinal, s.key, s.value, s.value->>'litellm_provider', s.thresholds,
           accelcost_internal.token_number(s.value, 'input_cost_per_token'),
           accelcost_internal.token_number(s.value, 'output_cost_per_token'),
           accelcost_internal.token_number(s.value, 'cache_read_input_token_cost'),
           accelcost_internal.token_number(s.value, 'cache_creation_input_token_cost'),
           accelcost_internal.token_number(s.value, 'cache_creation_input_token_cost_above_1hr'),
           accelcost_internal.token_number(s.value, 'output_cost_per_reasoning_token'),
           accelcost_internal.token_number(s.value, 'input_cost_per_token_batches'),
           accelcost_internal.token_number(s.value, 'output_cost_per_token_batches'),
           accelcost_internal.token_number(s.value, 'input_cost_per_token' || s.long),
           accelcost_internal.token_number(s.value, 'output_cost_per_token' || s.long),
           accelcost_internal.token_number(s.value, 'cache_read_input_token_cost' || s.long),
           accelcost_internal.token_number(s.value, 'cache_creation_input_token_cost' || s.long)
    FROM suffixed AS s;
END;
COMMENT ON FUNCTION accelcost_internal.token_entries(regclass) IS
    'returns the entries of LiteLLM''s file with their costs per token';

CREATE FUNCTION accelcost_internal.read_token_file(staging regclass, provider text DEFAULT NULL)
RETURNS TABLE (
    row_number bigint, entry text, provider_name text, model text,
    input_price numeric, output_price numeric, cache_read_price numeric,
    cache_write_5m_price numeric, cache_write_1h_price numeric, reasoning_price numeric,
    context_threshold bigint, long_input_price numeric, long_output_price numeric,
    long_cache_read_price numeric, long_cache_write_5m_price numeric,
    batch_factor numeric, reason text)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
BEGIN ATOMIC
    WITH named AS MATERIALIZED (
        SELECT e.*,
               accelcost.provider_name(coalesce(read_token_file.provider, e.seller)) AS sold_by,
               coalesce(accelcost.model_name(e.entry), accelcost.model_name(stripped.name), stripped.name) AS model,
               greatest(e.input, e.output) AS main_cost,
               least(e.input, e.output, e.cache_read, e.cache_write, e.cache_write_1h, e.reasoning,
                     e.long_input, e.long_output, e.long_cache_read, e.long_cache_write) AS least_cost,
               greatest(e.input, e.output, e.cache_read, e.cache_write, e.cache_write_1h, e.reasoning,
                        e.long_input, e.long_output, e.long_cache_read, e.long_cache_write) AS greatest_cost,
               ROW(e.input, e.output, e.cache_read, e.cache_write, e.cache_write_1h, e.reasoning, e.thresholds[1],
                   e.long_input, e.long_output, e.long_cache_read, e.long_cache_write)::text AS costs
        FROM accelcost_internal.token_entries(read_token_file.staging) AS e
        CROSS JOIN LATERAL (SELECT CASE WHEN starts_with(e.entry, e.seller || '/')
                                        THEN substr(e.entry, length(e.seller) + 2)
                                        ELSE e.entry END AS name) AS stripped
    ),
    judged AS (
        SELECT n.*,
               CASE WHEN n.sold_by IS NULL THEN format('unknown provider "%s"', left(coalesce(n.seller, ''), 100))
                    WHEN btrim(n.model) = '' THEN 'no model named'
                    WHEN length(n.model) > 200 THEN 'a name of more than 200 characters'
                    WHEN coalesce(n.value->>'mode', 'chat') NOT IN ('chat', 'completion', 'embedding', 'responses')
                    THEN format('mode "%s" is not priced by tokens alone', left(n.value->>'mode', 100))
                    WHEN n.value ? 'tiered_pricing' OR cardinality(n.thresholds) > 1
                    THEN 'more than one context threshold'
                    WHEN n.main_cost IS NULL THEN 'no price per token'
                    WHEN accelcost_internal.token_number(n.value, 'input_cost_per_query') > 0
                         OR accelcost_internal.token_number(n.value, 'input_cost_per_request') > 0
                    THEN 'priced per query, too'
                    WHEN n.least_cost < 0 THEN 'a negative price'
                    WHEN n.greatest_cost >= 0.01
                    THEN format('%s per token would be %s per million: is it per million already?',
                                trim_scale(n.main_cost), accelcost_internal.per_million(n.main_cost)) END AS fault
        FROM named AS n
    )
    SELECT j.row_number, j.entry, j.sold_by, j.model,
           accelcost_internal.per_million(j.input),
           accelcost_internal.per_million(j.output),
           accelcost_internal.per_million(j.cache_read),
           accelcost_internal.per_million(j.cache_write),
           accelcost_internal.per_million(j.cache_write_1h),
           accelcost_internal.per_million(j.reasoning),
           j.thresholds[1],
           accelcost_internal.per_million(j.long_input),
           accelcost_internal.per_million(j.long_output),
           accelcost_internal.per_million(j.long_cache_read),
           accelcost_internal.per_million(j.long_cache_write),
           CASE WHEN j.batch_input * 2 = j.input AND coalesce(j.batch_output * 2, 0) = coalesce(j.output, 0)
                THEN 0.5 END,
           coalesce(j.fault,
                    CASE WHEN min(j.costs) OVER same_model <> max(j.costs) OVER same_model
                         THEN 'another entry has another price for the same model' END)
    FROM judged AS j
    WINDOW same_model AS (PARTITION BY j.sold_by, j.model, j.fault IS NULL);
END;
COMMENT ON FUNCTION accelcost_internal.read_token_file(regclass, text) IS
    'returns the prices per million tokens in LiteLLM''s file, and why an entry cannot be loaded';

CREATE FUNCTION accelcost_internal.stage_token_prices(
    staging regclass, provider text, source text, at timestamptz, currency text,
    OUT is_outdated boolean, OUT current_prices bigint, OUT kept bigint)
LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    -- One import at a time: the next one sees what this one leaves.
    LOCK TABLE accelcost.token_price IN SHARE ROW EXCLUSIVE MODE;
    CREATE TEMPORARY TABLE accelcost_import_row ON COMMIT DROP AS
    SELECT r.*
    FROM accelcost_internal.read_token_file(stage_token_prices.staging, stage_token_prices.provider) AS r;
    CREATE TEMPORARY TABLE accelcost_import ON COMMIT DROP AS
    SELECT DISTINCT ON (r.provider_name, r.model)
           r.provider_name AS provider, r.model, 'standard' AS service_tier,
           r.input_price, r.output_price, r.cache_read_price, r.cache_write_5m_price, r.cache_write_1h_price,
           r.reasoning_price, r.context_threshold,
           r.long_input_price, r.long_output_price, r.long_cache_read_price, r.long_cache_write_5m_price,
           r.batch_factor, stage_token_prices.currency AS currency
    FROM pg_temp.accelcost_import_row AS r
    WHERE r.reason IS NULL
    ORDER BY r.provider_name, r.model, r.row_number;
    INSERT INTO pg_temp.accelcost_import
    SELECT i.provider, i.model, 'batch', trim_scale(i.input_price * i.batch_factor),
           trim_scale(i.output_price * i.batch_factor), trim_scale(i.cache_read_price * i.batch_factor),
           trim_scale(i.cache_write_5m_price * i.batch_factor), trim_scale(i.cache_write_1h_price * i.batch_factor),
           trim_scale(i.reasoning_price * i.batch_factor), i.context_threshold,
           trim_scale(i.long_input_price * i.batch_factor), trim_scale(i.long_output_price * i.batch_factor),
           trim_scale(i.long_cache_read_price * i.batch_factor),
           trim_scale(i.long_cache_write_5m_price * i.batch_factor), NULL, i.currency
    FROM pg_temp.accelcost_import AS i
    WHERE i.batch_factor IS NOT NULL;

    is_outdated := EXISTS (SELECT FROM accelcost.token_price AS p
                           WHERE NOT p.builtin
                             AND p.source = stage_token_prices.source
                             AND lower(p.valid) > stage_token_prices.at);
    -- Providers that the file does not mention are left alone.
    SELECT count(*), count(*) FILTER (WHERE EXISTS (SELECT FROM pg_temp.accelcost_import AS i
                                                    WHERE i.provider = p.provider
                                                      AND i.model = p.model
                                                      AND i.service_tier = p.service_tier))
    INTO current_prices, kept
    FROM accelcost.token_price AS p
    WHERE NOT p.builtin
      AND p.source = stage_token_prices.source
      AND upper_inf(p.valid)
      AND p.provider IN (SELECT i.provider FROM pg_temp.accelcost_import AS i);
END
$$;
COMMENT ON FUNCTION accelcost_internal.stage_token_prices(regclass, text, text, timestamptz, text) IS
    'reads token prices into temporary tables; compares them with the source''s prices: later, current and kept ones';

CREATE FUNCTION accelcost_internal.store_token_prices(
    source text, at timestamptz, origin text,
    OUT inserted bigint, OUT closed bigint)
LANGUAGE plpgsql VOLATILE STRICT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    replaced bigint;
BEGIN
    CREATE TEMPORARY TABLE accelcost_import_change ON COMMIT DROP AS
    SELECT p.ctid AS location, lower(p.valid) AS since
    FROM accelcost.token_price AS p
    LEFT JOIN pg_temp.accelcost_import AS i ON i.provider = p.provider AND i.model = p.model
                                                AND i.service_tier = p.service_tier
    WHERE NOT p.builtin
      AND p.source = store_token_prices.source
      AND upper_inf(p.valid)
      AND p.provider IN (SELECT mentioned.provider FROM pg_temp.accelcost_import AS mentioned)
      AND (i.model IS NULL
           OR (p.input_price, p.output_price, p.cache_read_price, p.cache_write_5m_price, p.cache_write_1h_price,
               p.reasoning_price, p.context_threshold, p.long_input_price, p.long_output_price,
               p.long_cache_read_price, p.long_cache_write_5m_price, p.currency)
              IS DISTINCT FROM
              (i.input_price, i.output_price, i.cache_read_price, i.cache_write_5m_price, i.cache_write_1h_price,
               i.reasoning_price, i.context_threshold, i.long_input_price, i.long_output_price,
               i.long_cache_read_price, i.long_cache_write_5m_price, i.currency));
    UPDATE accelcost.token_price AS p
    SET valid = tstzrange(c.since, store_token_prices.at)
    FROM pg_temp.accelcost_import_change AS c
    WHERE p.ctid = c.location AND (c.since < store_token_prices.at OR c.since IS NULL);
    GET DIAGNOSTICS closed = ROW_COUNT;
    -- The same day again: a correction.
    DELETE FROM accelcost.token_price AS p
    USING pg_temp.accelcost_import_change AS c
    WHERE p.ctid = c.location AND c.since = store_token_prices.at;
    GET DIAGNOSTICS replaced = ROW_COUNT;
    closed := closed + replaced;

    INSERT INTO accelcost.token_price (
        provider, model, service_tier, input_price, output_price, cache_read_price, cache_write_5m_price,
        cache_write_1h_price, reasoning_price, context_threshold, long_input_price, long_output_price,
        long_cache_read_price, long_cache_write_5m_price, currency, valid, source, origin, as_of)
    SELECT i.provider, i.model, i.service_tier, i.input_price, i.output_price, i.cache_read_price,
           i.cache_write_5m_price, i.cache_write_1h_price, i.reasoning_price, i.context_threshold,
           i.long_input_price, i.long_output_price,
           i.long_cache_read_price, i.long_cache_write_5m_price, i.currency,
           tstzrange(store_token_prices.at, NULL), store_token_prices.source, store_token_prices.origin,
           (store_token_prices.at AT TIME ZONE 'UTC')::date
    FROM pg_temp.accelcost_import AS i
    WHERE NOT EXISTS (SELECT FROM accelcost.token_price AS p
                      WHERE NOT p.builtin
                        AND p.source = store_token_prices.source
                        AND upper_inf(p.valid)
                        AND p.provider = i.provider
                        AND p.model = i.model
                        AND p.service_tier = i.service_tier);
    GET DIAGNOSTICS inserted = ROW_COUNT;
END
$$;
COMMENT ON FUNCTION accelcost_internal.store_token_prices(text, timestamptz, text) IS
    'closes token prices that changed or are missing, and inserts new ones';
