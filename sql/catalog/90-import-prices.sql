-- Price files that people have, loaded into the catalog as rows of their own:
-- lists of instances as SkyPilot and gpuhunt write them, and LiteLLM's prices
-- of models.

CREATE FUNCTION accelcost_internal.tpu_chips(slice text) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN CASE WHEN slice ~ '^(tpu-)?v[0-9]+[a-z]*-[0-9]+$'
                THEN substring(slice FROM '[0-9]+$')::numeric
                     -- The number counts cores, two to a chip, but for these.
                     / CASE WHEN slice ~ '^(tpu-)?v(5litepod|5e|6e)-' THEN 1::numeric ELSE 2::numeric END END;
COMMENT ON FUNCTION accelcost_internal.tpu_chips(text) IS
    'chips in a TPU slice by its name: the number in v5litepod-16 and v6e-8, half of it in v2-8, v3-8, v4-8 and v5p-8, which counts cores; NULL for what is no such name';

CREATE FUNCTION accelcost_internal.price_file_column(staging regclass, header text) RETURNS text
    LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT quote_ident(a.attname::text)
    FROM pg_attribute AS a
    WHERE a.attrelid = staging::oid AND a.attnum > '0'::smallint AND NOT a.attisdropped
      AND accelcost_internal.import_header(a.attname::text) = accelcost_internal.import_header(header)
    ORDER BY a.attnum LIMIT 1;
END;
COMMENT ON FUNCTION accelcost_internal.price_file_column(regclass, text) IS
    'quoted name of the column of a staging table that has a header, whatever its case and underscores; NULL if none has';

CREATE FUNCTION accelcost_internal.price_file_content(staging regclass, OUT content text, OUT number text, OUT is_text boolean)
LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT min(a.quoted) FILTER (WHERE a.is_content), min(a.quoted) FILTER (WHERE a.is_number),
           bool_or(a.atttypid = 'text'::regtype::oid) FILTER (WHERE a.is_content)
    FROM (SELECT c.atttypid, quote_ident(c.attname::text) AS quoted,
                 c.atttypid IN ('text'::regtype::oid, 'json'::regtype::oid, 'jsonb'::regtype::oid) AS is_content,
                 c.atttypid IN ('smallint'::regtype::oid, 'integer'::regtype::oid, 'bigint'::regtype::oid) AS is_number
          FROM pg_attribute AS c
          WHERE c.attrelid = price_file_content.staging::oid AND c.attnum > '0'::smallint AND NOT c.attisdropped) AS a
    HAVING count(*) FILTER (WHERE a.is_content) = 1 AND count(*) FILTER (WHERE a.is_number) <= 1
       AND bool_and(a.is_content OR a.is_number);
END;
COMMENT ON FUNCTION accelcost_internal.price_file_content(regclass) IS
    'quoted names of the column of text or JSON of a staging table and of the one that numbers its lines';

CREATE FUNCTION accelcost_internal.price_file_columns(format text) RETURNS text[]
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN CASE accelcost_internal.check_word(format, '{skypilot,gpuhunt}'::text[], 'format')
               WHEN 'skypilot' THEN '{InstanceType,AcceleratorName,AcceleratorCount,Price,Region}'::text[]
               ELSE '{instance_name,location,price,gpu_count,gpu_name,spot}'::text[] END;
COMMENT ON FUNCTION accelcost_internal.price_file_columns(text) IS
    'headers by which a list of instances in the format skypilot or gpuhunt is known';

CREATE FUNCTION accelcost_internal.price_file_format(staging regclass) RETURNS text
    LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT coalesce((SELECT f.format
                     FROM unnest('{skypilot,gpuhunt}'::text[]) WITH ORDINALITY AS f (format, ordinal)
                     WHERE NOT EXISTS (SELECT FROM unnest(accelcost_internal.price_file_columns(f.format)) AS c (header)
                                       WHERE accelcost_internal.price_file_column(price_file_format.staging, c.header) IS NULL)
                     ORDER BY f.ordinal LIMIT 1),
                    CASE WHEN (accelcost_internal.price_file_content(price_file_format.staging)).content IS NOT NULL
                         THEN 'litellm' END);
END;
COMMENT ON FUNCTION accelcost_internal.price_file_format(regclass) IS
    'format of a price file in a staging table: skypilot, gpuhunt, or litellm for a column of JSON; NULL if unknown';

CREATE FUNCTION accelcost_internal.offer_lines(staging regclass, format text)
RETURNS TABLE (n bigint, sku text, name text, memory text, number text, price text, spot text, region text, zone text,
               is_spot boolean)
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
-- Cells of a column that is not text are read from the text that these settings give.
SET extra_float_digits = 1
AS $$
#variable_conflict use_column
DECLARE
    needed  CONSTANT text[] := accelcost_internal.price_file_columns(format);
    headers CONSTANT text[] := CASE format
        WHEN 'skypilot'
        THEN '{InstanceType,AcceleratorName,"",AcceleratorCount,Price,SpotPrice,Region,AvailabilityZone,""}'::text[]
        ELSE '{instance_name,gpu_name,gpu_memory,gpu_count,price,"",location,"",spot}'::text[] END;
    missing text[];
    twice   text;
    cells   text;
BEGIN
    PERFORM accelcost_internal.check_relation(staging);
    missing := ARRAY(SELECT h FROM unnest(needed) WITH ORDINALITY AS u (h, ordinal)
                     WHERE accelcost_internal.price_file_column(staging, h) IS NULL ORDER BY ordinal);
    IF missing <> '{}' THEN
        RAISE EXCEPTION 'staging table "%" is missing %: %', staging,
            CASE cardinality(missing) WHEN 1 THEN 'a required column' ELSE 'required columns' END,
            array_to_string(missing, ', ')
            USING ERRCODE = 'invalid_parameter_value',
                  DETAIL = format('Columns found: %s.', accelcost_internal.column_list(staging));
    END IF;
    SELECT string_agg(format('"%s"', a.attname), ' and ' ORDER BY a.attnum) INTO twice
    FROM pg_attribute AS a
    JOIN unnest(headers) AS h ON h <> '' AND accelcost_internal.import_header(h) = accelcost_internal.import_header(a.attname::text)
    WHERE a.attrelid = staging AND a.attnum > 0 AND NOT a.attisdropped
    GROUP BY h HAVING count(*) > 1 ORDER BY min(a.attnum) LIMIT 1;
    IF twice IS NOT NULL THEN
        RAISE EXCEPTION 'columns % of staging table "%" have the same header', twice, staging
            USING ERRCODE = 'invalid_parameter_value', HINT = 'Rename or drop all but one of them.';
    END IF;

    SELECT string_agg(coalesce('accelcost_internal.import_text(s.' || c.name || '::text)', 'NULL'), ', ' ORDER BY ordinal)
    INTO cells
    FROM unnest(headers) WITH ORDINALITY AS u (h, ordinal)
    CROSS JOIN LATERAL accelcost_internal.price_file_column(staging, nullif(h, '')) AS c (name);
    RETURN QUERY EXECUTE format(
        'SELECT l.n, l.c[1], l.c[2], l.c[3], l.c[4], l.c[5], l.c[6], l.c[7], l.c[8],'
        ' coalesce(lower(l.c[9]) IN (''true'', ''t'', ''1''), false)'
        ' FROM (SELECT row_number() OVER () AS n, ARRAY[%s]::text[] AS c FROM %s AS s) AS l', cells, staging);
END
$$;
COMMENT ON FUNCTION accelcost_internal.offer_lines(regclass, text) IS
    'rows of a list of instances in the format skypilot or gpuhunt, in one form; an error if columns are missing';

CREATE FUNCTION accelcost_internal.read_offer_file(staging regclass, format text)
RETURNS TABLE (row_number bigint, sku text, region text, purchase_option text, accelerator text, gpu_count numeric, price_basis text,
               amount numeric, includes_host boolean, note text, reason text)
LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    WITH cell AS (
        SELECT l.*, accelcost_internal.import_number(l.number) AS units, accelcost_internal.import_number(l.price) AS amount, accelcost_internal.import_number(l.spot) AS spot_amount,
               accelcost_internal.tpu_chips(l.name) AS chips, regexp_replace(regexp_replace(l.name, '^tpu-', ''), '-[0-9]+$', '') AS generation
        FROM accelcost_internal.offer_lines(read_offer_file.staging, read_offer_file.format) AS l
    ), priced AS (
        SELECT c.n, CASE WHEN c.is_spot THEN 'spot' ELSE 'on_demand' END AS purchase_option, c.amount,
               CASE WHEN c.price IS NULL THEN 'no price'
                    WHEN c.amount IS NULL THEN format('price "%s" is not a number', left(c.price, 40))
                    WHEN c.amount = 0 THEN 'a price of 0 is a placeholder'
                    WHEN c.amount < 0 OR c.amount >= 1e20 THEN format('price %s is out of range', c.amount) END AS fault
        FROM cell AS c
        UNION ALL
        -- A spot price of 0, or that of on demand again, stands for none.
        SELECT c.n, 'spot', c.spot_amount, NULL FROM cell AS c WHERE c.spot_amount > 0 AND c.spot_amount < 1e20 AND c.spot_amount IS DISTINCT FROM c.amount
    ), placed AS (
        SELECT p.n, coalesce(c.sku, CASE WHEN c.chips IS NOT NULL THEN c.name ELSE concat(c.name, ':', trim_scale(c.units)) END) AS sku,
               p.purchase_option,
               CASE WHEN c.zone IS NOT NULL AND min(p.amount) OVER alike <> max(p.amount) OVER alike THEN c.zone ELSE coalesce(c.region, '*') END AS region,
               coalesce(CASE WHEN c.chips IS NOT NULL THEN accelcost.accelerator_name('TPU ' || replace(c.generation, '5litepod', '5e')) END,
                        accelcost.accelerator_name(concat(c.name, ' ', trim_scale(accelcost_internal.import_number(c.memory)), 'GB')),
                        accelcost.accelerator_name(c.name), c.name) AS accelerator,
               trim_scale(coalesce(c.chips, c.units)) AS gpu_count,
               CASE WHEN c.chips IS NOT NULL THEN 'per_slice' WHEN c.sku IS NULL THEN 'unknown' ELSE 'per_instance' END AS price_basis,
               trim_scale(p.amount) AS amount,
               CASE WHEN c.chips IS NOT NULL THEN NULL ELSE c.sku IS NOT NULL END AS includes_host,
               CASE WHEN c.sku IS NULL AND c.chips IS NULL THEN 'price of the accelerators alone; their host has a price of its own' END AS note,
               CASE WHEN c.name IS NULL THEN 'no accelerator named'
                    WHEN greatest(length(c.sku), length(c.name), length(c.region), length(c.zone)) > 200 THEN 'a name of more than 200 characters'
                    WHEN p.fault IS NOT NULL THEN p.fault
                    WHEN coalesce(c.chips, c.units) >= 1e9 THEN 'number of accelerators out of range'
                WHEN coalesce(c.chips, c.units) IS NULL OR coalesce(c.chips, c.units) <= 0
                    THEN format('number of accelerators "%s" is not above 0', left(c.number, 40))
                    WHEN c.chips IS NOT NULL AND min(c.chips) OVER (PARTITION BY c.generation, c.region, c.zone, p.amount)
                                              <> max(c.chips) OVER (PARTITION BY c.generation, c.region, c.zone, p.amount)
                    THEN 'slices of different sizes have the same price: a placeholder' END AS reason
        FROM priced AS p JOIN cell AS c ON c.n = p.n
        WINDOW alike AS (PARTITION BY c.sku, c.name, c.units, c.region, p.purchase_option)
    )
    SELECT p.n, p.sku, p.region, p.purchase_option, p.accelerator, p.gpu_count, p.price_basis, p.amount, p.includes_host, p.note,
           coalesce(p.reason, CASE WHEN min(p.amount) FILTER (WHERE p.reason IS NULL) OVER same <> max(p.amount) FILTER (WHERE p.reason IS NULL) OVER same
                                   THEN 'another row has another price for the same offer'
                                   WHEN min(ROW(p.accelerator, p.gpu_count, p.price_basis)::text) FILTER (WHERE p.reason IS NULL) OVER same
                                        <> max(ROW(p.accelerator, p.gpu_count, p.price_basis)::text) FILTER (WHERE p.reason IS NULL) OVER same
                                   THEN 'another row has other accelerators for the same offer' END)
    FROM placed AS p
    WINDOW same AS (PARTITION BY p.sku, p.region, p.purchase_option);
END;
COMMENT ON FUNCTION accelcost_internal.read_offer_file(regclass, text) IS
    'rows of a staging table in the format skypilot or gpuhunt as offers with prices per hour, on demand and spot apart; reason says why a row cannot be loaded';

CREATE FUNCTION accelcost_internal.token_document(staging regclass) RETURNS jsonb
    LANGUAGE plpgsql STABLE STRICT PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    wanted  CONSTANT text := 'Stage LiteLLM''s model_prices_and_context_window.json: '
                             'the whole file in one row, or its lines with a column that numbers them.';
    kind    CONSTANT "char" := (SELECT relkind FROM pg_class WHERE oid = staging);
    file    record;
    rows    record;
    result  jsonb;
    message text;
    detail  text;
    context text;
BEGIN
    PERFORM accelcost_internal.check_relation(staging);
    SELECT * INTO file FROM accelcost_internal.price_file_content(staging);
    IF file.content IS NULL THEN
        RAISE EXCEPTION 'columns of staging table "%" match no JSON file', staging
            USING ERRCODE = 'invalid_parameter_value', HINT = wanted,
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
            USING ERRCODE = 'invalid_parameter_value', HINT = wanted;
    END IF;
    IF getdatabaseencoding() = 'UTF8' THEN
        rows.lines[1] := ltrim(rows.lines[1], chr(65279));
    END IF;

    -- Rows that are objects are one together; others are lines of one.
    IF file.is_text AND cardinality(rows.lines) > 1
       AND EXISTS (SELECT FROM unnest(rows.lines) AS l (line) WHERE l.line !~ '^[[:space:]]*[{].*[}][[:space:]]*$') THEN
        IF file.number IS NULL AND rows.pages > 1 OR file.number IS NOT NULL AND rows.numbers < rows.number THEN
            RAISE EXCEPTION 'lines in staging table "%" are in no certain order', staging
                USING ERRCODE = 'invalid_parameter_value',
                      DETAIL = CASE WHEN file.number IS NULL
                                    THEN 'COPY fills gaps in earlier pages: rows are not where the lines were.'
                                    ELSE format('Column %s has a number twice, or none.', file.number) END,
                      HINT = 'Number the lines: CREATE TABLE name (number bigint GENERATED ALWAYS AS IDENTITY, '
                             'line text), then COPY name (line).';
        END IF;
        rows.lines := ARRAY[array_to_string(rows.lines, E'\n')];
    END IF;

    BEGIN
        SELECT CASE WHEN count(*) = 1 THEN min(l.line)::jsonb
                    WHEN bool_and(jsonb_typeof(l.line::jsonb) = 'object')
                    THEN (SELECT jsonb_object_agg(e.key, e.value ORDER BY o.ordinal)
                          FROM unnest(rows.lines) WITH ORDINALITY AS o (line, ordinal)
                          CROSS JOIN LATERAL jsonb_each(o.line::jsonb) AS e) END
        INTO result
        FROM unnest(rows.lines) AS l (line);
    EXCEPTION WHEN data_exception OR program_limit_exceeded THEN
        GET STACKED DIAGNOSTICS message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL, context = PG_EXCEPTION_CONTEXT;
        RAISE EXCEPTION 'staging table "%" holds no valid JSON', staging
            USING ERRCODE = 'invalid_text_representation',
                  DETAIL = left(concat_ws(' ', coalesce(nullif(detail, ''), message),
                                          substring(context FROM '^JSON data, [^\n]*')), 500),
                  HINT = wanted;
    END;
    IF jsonb_typeof(result) IS DISTINCT FROM 'object' THEN
        RAISE EXCEPTION 'staging table "%" holds no JSON object', staging
            USING ERRCODE = 'invalid_parameter_value', HINT = wanted,
                  DETAIL = format('It holds: %s', left(rows.lines[1], 60));
    END IF;
    IF NOT EXISTS (SELECT FROM jsonb_each(result) AS e
                   WHERE e.key <> 'sample_spec' AND jsonb_typeof(e.value) = 'object'
                     AND (e.value ? 'litellm_provider'
                          OR EXISTS (SELECT FROM jsonb_object_keys(CASE WHEN jsonb_typeof(e.value) = 'object' THEN e.value END) AS k
                                     WHERE k LIKE '%cost\_per\_%'))) THEN
        RAISE EXCEPTION 'staging table "%" has no prices of models', staging
            USING ERRCODE = 'invalid_parameter_value',
                  DETAIL = (SELECT coalesce('Keys found: ' || string_agg(format('"%s"', left(k.key, 60)), ', ' ORDER BY k.ordinal),
                                            'It has no keys') || '.'
                            FROM (SELECT * FROM jsonb_object_keys(result) WITH ORDINALITY AS k (key, ordinal) LIMIT 10) AS k),
                  HINT = wanted;
    END IF;
    RETURN result;
END
$$;
COMMENT ON FUNCTION accelcost_internal.token_document(regclass) IS
    'the JSON object of a staging table with LiteLLM''s prices of models; an error if it holds anything else';

CREATE FUNCTION accelcost_internal.read_token_file(staging regclass, provider text DEFAULT NULL)
RETURNS TABLE (row_number bigint, entry text, provider_name text, model text, input_price numeric, output_price numeric, cache_read_price numeric,
               cache_write_5m_price numeric, cache_write_1h_price numeric, reasoning_price numeric, context_threshold bigint,
               long_input_price numeric, long_output_price numeric, long_cache_read_price numeric, long_cache_write_5m_price numeric,
               batch_factor numeric, reason text)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
BEGIN ATOMIC
    WITH entry AS MATERIALIZED (
        SELECT e.ordinal, e.key, e.value, e.value->>'litellm_provider' AS seller,
               (SELECT array_agg(DISTINCT m[1]::bigint * 1000) FROM jsonb_object_keys(e.value) AS k,
                       regexp_match(k, '_above_([0-9]{1,12})k_tokens$') AS m
                WHERE m IS NOT NULL AND k ~ '^(input_cost_per_token|output_cost_per_token|cache_read_input_token_cost|cache_creation_input_token_cost)_above') AS thresholds
        FROM jsonb_each(accelcost_internal.token_document(read_token_file.staging)) WITH ORDINALITY AS e (key, value, ordinal)
        WHERE e.key <> 'sample_spec' AND jsonb_typeof(e.value) = 'object'
    ), cost AS (
        SELECT e.*, accelcost_internal.import_number(value->>'input_cost_per_token') AS input, accelcost_internal.import_number(value->>'output_cost_per_token') AS output,
               accelcost_internal.import_number(value->>'cache_read_input_token_cost') AS cache_read,
               accelcost_internal.import_number(value->>'cache_creation_input_token_cost') AS cache_write,
               accelcost_internal.import_number(value->>'cache_creation_input_token_cost_above_1hr') AS cache_write_1h,
               accelcost_internal.import_number(value->>'output_cost_per_reasoning_token') AS reasoning,
               accelcost_internal.import_number(value->>'input_cost_per_token_batches') AS batch_input,
               accelcost_internal.import_number(value->>'output_cost_per_token_batches') AS batch_output,
               accelcost_internal.import_number(value->>format('input_cost_per_token_above_%sk_tokens', thresholds[1] / 1000)) AS long_input,
               accelcost_internal.import_number(value->>format('output_cost_per_token_above_%sk_tokens', thresholds[1] / 1000)) AS long_output,
               accelcost_internal.import_number(value->>format('cache_read_input_token_cost_above_%sk_tokens', thresholds[1] / 1000)) AS long_cache_read,
               accelcost_internal.import_number(value->>format('cache_creation_input_token_cost_above_%sk_tokens', thresholds[1] / 1000)) AS long_cache_write
        FROM entry AS e
    ), named AS MATERIALIZED (
        SELECT c.*, accelcost.provider_name(coalesce(read_token_file.provider, c.seller)) AS sold_by,
               coalesce(accelcost.model_name(c.key), accelcost.model_name(s.stripped), s.stripped) AS known
        FROM cost AS c, LATERAL (SELECT CASE WHEN starts_with(c.key, c.seller || '/') THEN substr(c.key, length(c.seller) + 2) ELSE c.key END AS stripped) AS s
    ), judged AS (
        SELECT n.*, CASE
            WHEN n.sold_by IS NULL THEN format('unknown provider "%s"', left(coalesce(n.seller, ''), 100))
            WHEN btrim(n.known) = '' THEN 'no model named'
            WHEN length(n.known) > 200 THEN 'a name of more than 200 characters'
            WHEN coalesce(n.value->>'mode', 'chat') NOT IN ('chat', 'completion', 'embedding', 'responses') THEN format('mode "%s" is not priced by tokens alone', left(n.value->>'mode', 100))
            WHEN n.value ? 'tiered_pricing' OR cardinality(n.thresholds) > 1 THEN 'more than one context threshold'
            WHEN n.input IS NULL AND n.output IS NULL THEN 'no price per token'
            WHEN accelcost_internal.import_number(n.value->>'input_cost_per_query') > 0 OR accelcost_internal.import_number(n.value->>'input_cost_per_request') > 0 THEN 'priced per query, too'
            WHEN least(n.input, n.output, n.cache_read, n.cache_write, n.cache_write_1h, n.reasoning, n.long_input, n.long_output, n.long_cache_read, n.long_cache_write) < 0 THEN 'a negative price'
            WHEN greatest(n.input, n.output, n.cache_read, n.cache_write, n.cache_write_1h, n.reasoning, n.long_input, n.long_output, n.long_cache_read, n.long_cache_write) >= 0.01
            THEN format('%s per token would be %s per million: is it per million already?', trim_scale(greatest(n.input, n.output)), trim_scale(greatest(n.input, n.output) * 1000000))
            END AS fault
        FROM named AS n
    )
    SELECT j.ordinal, j.key, j.sold_by, j.known, trim_scale(j.input * 1000000), trim_scale(j.output * 1000000), trim_scale(j.cache_read * 1000000), trim_scale(j.cache_write * 1000000), trim_scale(j.cache_write_1h * 1000000),
           trim_scale(j.reasoning * 1000000), j.thresholds[1], trim_scale(j.long_input * 1000000), trim_scale(j.long_output * 1000000), trim_scale(j.long_cache_read * 1000000), trim_scale(j.long_cache_write * 1000000),
           CASE WHEN j.batch_input * 2 = j.input AND coalesce(j.batch_output * 2, 0) = coalesce(j.output, 0) THEN 0.5 END,
           coalesce(j.fault, CASE WHEN min(ROW(j.input, j.output, j.cache_read, j.cache_write, j.cache_write_1h, j.reasoning, j.thresholds[1], j.long_input, j.long_output, j.long_cache_read, j.long_cache_write)::text) FILTER (WHERE j.fault IS NULL) OVER same <> max(ROW(j.input, j.output, j.cache_read, j.cache_write, j.cache_write_1h, j.reasoning, j.thresholds[1], j.long_input, j.long_output, j.long_cache_read, j.long_cache_write)::text) FILTER (WHERE j.fault IS NULL) OVER same
                                  THEN 'another entry has another price for the same model' END)
    FROM judged AS j
    WINDOW same AS (PARTITION BY j.sold_by, j.known);
END;
COMMENT ON FUNCTION accelcost_internal.read_token_file(regclass, text) IS
    'entries of a JSON file of model prices as LiteLLM writes it, per token, as prices per million; reason says why an entry cannot be loaded';

CREATE FUNCTION accelcost.import_prices(
    staging regclass, source text, provider text DEFAULT NULL, at timestamptz DEFAULT now(), origin text DEFAULT 'third_party',
    currency text DEFAULT 'USD', allow_shrink boolean DEFAULT false)
RETURNS TABLE (file_format text, rows_read bigint, inserted bigint, unchanged bigint, closed bigint, rejected bigint, reasons text[])
LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
SET timezone = 'UTC'
-- Rows are numbered, and lines of JSON joined, in the order of the file.
SET synchronize_seqscans = off
SET max_parallel_workers_per_gather = 0
AS $$
#variable_conflict use_column
DECLARE
    missing CONSTANT text := CASE WHEN staging IS NULL THEN 'staging' WHEN source IS NULL THEN 'source' WHEN import_prices.at IS NULL THEN 'at'
                                  WHEN origin IS NULL THEN 'origin' WHEN currency IS NULL THEN 'currency' END;
    wanted  CONSTANT text := accelcost_internal.check_provider(import_prices.provider);
    file    jsonb;
    standing bigint;
    kept    bigint;
    other   record;
    changed bigint;
BEGIN
    IF missing IS NOT NULL THEN
        RAISE EXCEPTION '"%" must not be null', missing USING ERRCODE = 'null_value_not_allowed';
    END IF;
    IF btrim(import_prices.source) IN ('', 'user') OR length(import_prices.source) > 200 OR NOT isfinite(import_prices.at) THEN
        RAISE EXCEPTION 'invalid value for parameter "%": "%"', CASE WHEN isfinite(import_prices.at) THEN 'source' ELSE 'at' END,
            CASE WHEN isfinite(import_prices.at) THEN left(import_prices.source, 200) ELSE import_prices.at::text END
            USING ERRCODE = 'invalid_parameter_value',
                  HINT = CASE WHEN isfinite(import_prices.at)
                              THEN 'Name the file''s origin in at most 200 characters, as "skypilot-catalog v8". A later file with this source closes prices that it lacks.'
                              ELSE 'Give the time from which the prices are valid.' END;
    END IF;
    PERFORM accelcost_internal.check_word(import_prices.origin, '{user,official,third_party,unverified}'::text[], 'origin'::text);
    PERFORM accelcost_internal.check_currency(import_prices.currency);
    PERFORM accelcost_internal.check_relation(staging);
    PERFORM accelcost_internal.check_sees_all(staging, false);
    PERFORM accelcost_internal.check_sees_all(t.changed, true)
    FROM unnest('{accelcost.offer,accelcost.offer_price,accelcost.token_price}'::regclass[]) AS t (changed);
    file_format := accelcost_internal.price_file_format(staging);
    IF file_format IS NULL THEN
        RAISE EXCEPTION 'columns of staging table "%" match no known price file format', staging
            USING ERRCODE = 'invalid_parameter_value', DETAIL = format('Columns found: %s.', accelcost_internal.column_list(staging)),
                  HINT = 'Use vms.csv of SkyPilot (InstanceType, AcceleratorName, AcceleratorCount, Price, Region), CSV of gpuhunt (instance_name, location, price, gpu_count, gpu_name, spot), or one column of text or json with LiteLLM''s prices of models.';
    END IF;
    IF wanted IS NULL AND file_format <> 'litellm' THEN
        RAISE EXCEPTION '"provider" must be given: a file of format "%" does not name it', file_format
            USING ERRCODE = 'invalid_parameter_value', HINT = 'Name the seller of these offers, as provider => ''AWS''.';
    END IF;

    IF file_format = 'litellm' THEN
        -- One import at a time: the next one sees what this one leaves.
        LOCK TABLE accelcost.token_price IN SHARE ROW EXCLUSIVE MODE;
        SELECT coalesce(jsonb_agg(f), '[]') INTO file FROM accelcost_internal.read_token_file(staging, wanted) AS f;
        IF EXISTS (SELECT FROM accelcost.token_price AS p WHERE NOT p.builtin AND p.source = import_prices.source AND lower(p.valid) > import_prices.at) THEN
            RAISE EXCEPTION 'prices of source "%" after % are loaded already', import_prices.source, import_prices.at
                USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Load the files of a source in the order of their dates.';
        END IF;
        CREATE TEMPORARY TABLE accelcost_import ON COMMIT DROP AS
        SELECT DISTINCT ON (f.provider_name, f.model) f.provider_name AS provider, f.model, f.input_price, f.output_price, f.cache_read_price, f.cache_write_5m_price,
               f.cache_write_1h_price, f.reasoning_price, f.context_threshold, f.long_input_price, f.long_output_price, f.long_cache_read_price,
               f.long_cache_write_5m_price, f.batch_factor, import_prices.currency AS currency
        FROM jsonb_to_recordset(file) AS f (row_number bigint, provider_name text, model text, input_price numeric, output_price numeric, cache_read_price numeric,
             cache_write_5m_price numeric, cache_write_1h_price numeric, reasoning_price numeric, context_threshold bigint, long_input_price numeric,
             long_output_price numeric, long_cache_read_price numeric, long_cache_write_5m_price numeric, batch_factor numeric, reason text)
        WHERE f.reason IS NULL
        ORDER BY f.provider_name, f.model, f.row_number;
    ELSE
        LOCK TABLE accelcost.offer_price IN SHARE ROW EXCLUSIVE MODE;
        SELECT coalesce(jsonb_agg(f), '[]') INTO file FROM accelcost_internal.read_offer_file(staging, file_format) AS f;
        IF EXISTS (SELECT FROM accelcost.offer_price AS p WHERE NOT p.builtin AND p.provider = wanted AND p.source = import_prices.source AND lower(p.valid) > import_prices.at) THEN
            RAISE EXCEPTION 'prices of source "%" after % are loaded already', import_prices.source, import_prices.at
                USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Load the files of a source in the order of their dates.';
        END IF;
        CREATE TEMPORARY TABLE accelcost_import ON COMMIT DROP AS
        SELECT DISTINCT ON (f.sku, f.region, f.purchase_option) wanted AS provider, f.sku, f.region, f.purchase_option, f.accelerator, f.gpu_count, f.price_basis,
               f.amount, f.includes_host, f.note, import_prices.currency AS currency
        FROM jsonb_to_recordset(file) AS f (row_number bigint, sku text, region text, purchase_option text, accelerator text, gpu_count numeric, price_basis text,
             amount numeric, includes_host boolean, note text, reason text)
        WHERE f.reason IS NULL
        ORDER BY f.sku, f.region, f.purchase_option, f.row_number;
    END IF;

    SELECT count(DISTINCT (e->>'row_number')::bigint), count(DISTINCT (e->>'row_number')::bigint) FILTER (WHERE e->>'reason' IS NOT NULL)
    INTO rows_read, rejected FROM jsonb_array_elements(file) AS e;
    IF rows_read = 0 THEN
        RAISE EXCEPTION 'staging table "%" has no rows', staging
            USING ERRCODE = 'invalid_parameter_value', DETAIL = 'Nothing was changed.';
    END IF;
    reasons := ARRAY(SELECT format('%s (%s, first %s)', e.reason, count(*), coalesce('"' || left(min(e.entry COLLATE "C"), 100) || '"', format('row %s', min(e.row_number))))
                     FROM jsonb_to_recordset(file) AS e (row_number bigint, entry text, reason text)
                     WHERE e.reason IS NOT NULL GROUP BY e.reason ORDER BY count(*) DESC, e.reason COLLATE "C");

    IF file_format = 'litellm' THEN
        -- Of providers that the file has nothing of nothing is closed.
        SELECT count(*), count(*) FILTER (WHERE EXISTS (SELECT FROM pg_temp.accelcost_import AS i WHERE i.provider = p.provider AND i.model = p.model))
        INTO standing, kept
        FROM accelcost.token_price AS p
        WHERE NOT p.builtin AND p.source = import_prices.source AND upper_inf(p.valid) AND p.provider IN (SELECT i.provider FROM pg_temp.accelcost_import AS i);
    ELSE
        SELECT count(*), count(*) FILTER (WHERE EXISTS (SELECT FROM pg_temp.accelcost_import AS i
                                                        WHERE i.sku = p.sku AND i.region = p.region AND i.purchase_option = p.purchase_option))
        INTO standing, kept
        FROM accelcost.offer_price AS p
        WHERE NOT p.builtin AND p.source = import_prices.source AND upper_inf(p.valid) AND p.provider = wanted;
    END IF;
    IF kept * 2 < standing AND NOT coalesce(import_prices.allow_shrink, false) THEN
        RAISE EXCEPTION 'file contains only % of % current prices from source "%"', kept, standing, import_prices.source
            USING ERRCODE = 'object_not_in_prerequisite_state', DETAIL = 'Nothing was changed.',
                  HINT = 'Check that the file is complete. To close missing prices, use allow_shrink => true.';
    END IF;

    IF file_format = 'litellm' THEN
        CREATE TEMPORARY TABLE accelcost_import_change ON COMMIT DROP AS
        SELECT p.ctid AS ordinal, lower(p.valid) AS since
        FROM accelcost.token_price AS p
        LEFT JOIN pg_temp.accelcost_import AS i ON i.provider = p.provider AND i.model = p.model
        WHERE NOT p.builtin AND p.source = import_prices.source AND upper_inf(p.valid) AND p.provider IN (SELECT j.provider FROM pg_temp.accelcost_import AS j)
          AND (i.model IS NULL
               OR (p.input_price, p.output_price, p.cache_read_price, p.cache_write_5m_price, p.cache_write_1h_price, p.reasoning_price, p.context_threshold,
                   p.long_input_price, p.long_output_price, p.long_cache_read_price, p.long_cache_write_5m_price, p.batch_factor, p.currency)
                  IS DISTINCT FROM
                  (i.input_price, i.output_price, i.cache_read_price, i.cache_write_5m_price, i.cache_write_1h_price, i.reasoning_price, i.context_threshold,
                   i.long_input_price, i.long_output_price, i.long_cache_read_price, i.long_cache_write_5m_price, i.batch_factor, i.currency));
        UPDATE accelcost.token_price AS p SET valid = tstzrange(c.since, import_prices.at)
        FROM pg_temp.accelcost_import_change AS c WHERE p.ctid = c.ordinal AND (c.since < import_prices.at OR c.since IS NULL);
        GET DIAGNOSTICS closed = ROW_COUNT;
        -- The same day again, corrected.
        DELETE FROM accelcost.token_price AS p USING pg_temp.accelcost_import_change AS c WHERE p.ctid = c.ordinal AND c.since = import_prices.at;
        GET DIAGNOSTICS changed = ROW_COUNT;
        INSERT INTO accelcost.token_price (provider, model, input_price, output_price, cache_read_price, cache_write_5m_price, cache_write_1h_price, reasoning_price,
            context_threshold, long_input_price, long_output_price, long_cache_read_price, long_cache_write_5m_price, batch_factor, currency, valid, source, origin, as_of)
        SELECT i.provider, i.model, i.input_price, i.output_price, i.cache_read_price, i.cache_write_5m_price, i.cache_write_1h_price, i.reasoning_price,
               i.context_threshold, i.long_input_price, i.long_output_price, i.long_cache_read_price, i.long_cache_write_5m_price, i.batch_factor, i.currency,
               tstzrange(import_prices.at, NULL), import_prices.source, import_prices.origin, import_prices.at::date
        FROM pg_temp.accelcost_import AS i
        WHERE NOT EXISTS (SELECT FROM accelcost.token_price AS p WHERE NOT p.builtin AND p.source = import_prices.source AND upper_inf(p.valid)
                            AND p.provider = i.provider AND p.model = i.model);
    ELSE
        SELECT o.sku, o.source INTO other
        FROM accelcost.offer AS o
        JOIN pg_temp.accelcost_import AS i ON i.sku = o.sku AND i.region = o.region AND i.purchase_option = o.purchase_option
        WHERE o.provider = wanted AND o.term_months = 0
          AND (NOT o.builtin AND o.source <> import_prices.source
               -- prices that stay, or held before, mean what the offer said
               OR EXISTS (SELECT FROM accelcost.offer_price AS p
                          WHERE NOT p.builtin AND p.provider = o.provider AND p.sku = o.sku AND p.region = o.region
                            AND p.purchase_option = o.purchase_option AND p.term_months = 0
                            AND (p.source <> import_prices.source OR lower(p.valid) IS NULL OR lower(p.valid) < import_prices.at))
                  AND (NOT o.builtin
                       OR NOT EXISTS (SELECT FROM accelcost.offer AS own
                                      WHERE NOT own.builtin AND own.provider = o.provider AND own.sku = o.sku AND own.region = o.region
                                        AND own.purchase_option = o.purchase_option AND own.term_months = 0)))
          AND (o.price_basis, o.gpu_count) IS DISTINCT FROM (i.price_basis, i.gpu_count)
        ORDER BY o.sku COLLATE "C" LIMIT 1;
        IF FOUND THEN
            RAISE EXCEPTION 'offer "%" of provider "%" differs in basis or gpu_count in source "%"', other.sku, wanted, other.source
                USING ERRCODE = 'object_not_in_prerequisite_state', DETAIL = 'Nothing was changed.',
                      HINT = 'The offer defines what a price is for. Remove the row from the file, or correct or delete your rows of that offer and its prices.';
        END IF;
        INSERT INTO accelcost.offer AS o (provider, sku, region, purchase_option, accelerator, gpu_count, price_basis, includes_host, note, source, as_of)
        SELECT i.provider, i.sku, i.region, i.purchase_option, i.accelerator, i.gpu_count, i.price_basis, i.includes_host, i.note, import_prices.source, import_prices.at::date
        FROM pg_temp.accelcost_import AS i
        ON CONFLICT (provider, sku, region, purchase_option, term_months, builtin) DO UPDATE
        SET accelerator = excluded.accelerator, gpu_count = excluded.gpu_count, price_basis = excluded.price_basis, includes_host = excluded.includes_host, note = excluded.note
        WHERE (o.accelerator, o.gpu_count, o.price_basis, o.includes_host, o.note)
              IS DISTINCT FROM (excluded.accelerator, excluded.gpu_count, excluded.price_basis, excluded.includes_host, excluded.note)
          AND o.source = excluded.source;
        CREATE TEMPORARY TABLE accelcost_import_change ON COMMIT DROP AS
        SELECT p.ctid AS ordinal, lower(p.valid) AS since
        FROM accelcost.offer_price AS p
        LEFT JOIN pg_temp.accelcost_import AS i ON i.sku = p.sku AND i.region = p.region AND i.purchase_option = p.purchase_option
        WHERE NOT p.builtin AND p.source = import_prices.source AND upper_inf(p.valid) AND p.provider = wanted
          AND (i.sku IS NULL OR (p.amount, p.currency) IS DISTINCT FROM (i.amount, i.currency));
        UPDATE accelcost.offer_price AS p SET valid = tstzrange(c.since, import_prices.at)
        FROM pg_temp.accelcost_import_change AS c WHERE p.ctid = c.ordinal AND (c.since < import_prices.at OR c.since IS NULL);
        GET DIAGNOSTICS closed = ROW_COUNT;
        DELETE FROM accelcost.offer_price AS p USING pg_temp.accelcost_import_change AS c WHERE p.ctid = c.ordinal AND c.since = import_prices.at;
        GET DIAGNOSTICS changed = ROW_COUNT;
        INSERT INTO accelcost.offer_price (provider, sku, region, purchase_option, amount, currency, valid, source, origin, as_of)
        SELECT i.provider, i.sku, i.region, i.purchase_option, i.amount, i.currency, tstzrange(import_prices.at, NULL), import_prices.source, import_prices.origin, import_prices.at::date
        FROM pg_temp.accelcost_import AS i
        WHERE NOT EXISTS (SELECT FROM accelcost.offer_price AS p WHERE NOT p.builtin AND p.source = import_prices.source AND upper_inf(p.valid) AND p.provider = wanted
                            AND p.sku = i.sku AND p.region = i.region AND p.purchase_option = i.purchase_option);
    END IF;
    GET DIAGNOSTICS inserted = ROW_COUNT;
    closed := closed + changed;
    unchanged := (SELECT count(*) FROM pg_temp.accelcost_import) - inserted;
    DROP TABLE pg_temp.accelcost_import, pg_temp.accelcost_import_change;
    RETURN NEXT;
END
$$;
COMMENT ON FUNCTION accelcost.import_prices(regclass, text, text, timestamptz, text, text, boolean) IS
    'loads a price file from a staging table into accelcost.offer and accelcost.offer_price (SkyPilot, gpuhunt: of the provider given), or accelcost.token_price (LiteLLM, per token, stored per million), valid from at on; what the same source said before and says no longer is closed at that time, so loading a file twice changes nothing; counts are of prices, rows_read and rejected of rows, reasons says why, how many and which is the first; a file with less than half of what stands is refused unless allow_shrink';
