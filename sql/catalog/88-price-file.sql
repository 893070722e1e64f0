-- Price files: what is known about each format, and how a staging table is read.

CREATE FUNCTION accelcost_internal.price_formats()
RETURNS TABLE (
    format text, content text, publisher text, provider text, origin text, headers text[], description text)
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    VALUES ('skypilot', 'offers', 'skypilot-catalog', NULL, 'third_party',
            '{InstanceType,AcceleratorName,AcceleratorCount,Price,Region}'::text[],
            'vms.csv of SkyPilot, one cloud'),
           ('gpuhunt', 'offers', 'gpuhunt', NULL, 'third_party',
            '{instance_name,location,price,gpu_count,gpu_name,spot}',
            'CSV of gpuhunt, one provider'),
           ('aws-offers', 'offers', 'AWS Price List', 'AWS', 'official',
            '{SKU,TermType,Unit,PricePerUnit,Currency,"Instance Type",Tenancy,"Operating System","Region Code"}',
            'index.csv of AmazonEC2 in the AWS Price List, from its sixth line'),
           ('azure-retail', 'offers', 'Azure Retail Prices', 'Azure', 'official', NULL,
            'JSON pages of the Azure Retail Prices API'),
           ('gcp-skus', 'offers', 'Google Cloud Billing Catalog', 'Google Cloud', 'official', NULL,
            'JSON pages of skus of Google''s Cloud Billing Catalog'),
           ('litellm', 'tokens', 'LiteLLM', NULL, 'third_party', NULL,
            'model_prices_and_context_window.json of LiteLLM'),
           ('genai-prices', 'tokens', 'genai-prices', NULL, 'third_party', NULL,
            'data.json of genai-prices'),
           ('ecb', 'rates', 'ECB', NULL, 'official', '{Date,USD,GBP,JPY}',
            'eurofxref.csv, eurofxref-hist.csv or eurofxref-daily.xml of the European Central Bank'),
           ('eia', 'electricity', 'EIA', NULL, 'official', NULL,
            'JSON of electricity/retail-sales of the EIA''s API, version 2');
END;
COMMENT ON FUNCTION accelcost_internal.price_formats() IS
    'returns the formats of price files, with the source, provider and origin that an import assumes';

CREATE FUNCTION accelcost_internal.price_file_hint() RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (SELECT 'Formats: ' || string_agg(format('%s (%s)', f.format, f.description), ', ') || '.'
            FROM accelcost_internal.price_formats() AS f);
COMMENT ON FUNCTION accelcost_internal.price_file_hint() IS
    'returns the hint that lists the formats of price files';

CREATE FUNCTION accelcost_internal.price_file_column(staging regclass, header text) RETURNS text
    LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT quote_ident(a.attname::text)
    FROM pg_attribute AS a
    WHERE a.attrelid = staging::oid
      AND a.attnum > 0
      AND NOT a.attisdropped
      AND accelcost_internal.import_header(a.attname::text) = accelcost_internal.import_header(header)
    ORDER BY a.attnum
    LIMIT 1;
END;
COMMENT ON FUNCTION accelcost_internal.price_file_column(regclass, text) IS
    'returns the quoted name of a staging table''s column with a header, in any case and with or without underscores';

CREATE FUNCTION accelcost_internal.price_file_lacks(staging regclass, headers text[]) RETURNS text[]
    LANGUAGE sql STABLE STRICT PARALLEL SAFE
    RETURN ARRAY(SELECT required.header
                 FROM unnest(headers) WITH ORDINALITY AS required (header, ordinal)
                 WHERE accelcost_internal.price_file_column(staging, required.header) IS NULL
                 ORDER BY required.ordinal);
COMMENT ON FUNCTION accelcost_internal.price_file_lacks(regclass, text[]) IS
    'returns the headers that no column of a staging table has';

-- The one reader of tables with headers: what follows it is SQL over the cells.
CREATE FUNCTION accelcost_internal.price_file_rows(staging regclass, headers text[])
RETURNS TABLE (row_number bigint, cells jsonb)
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
-- Cells of a column that is not text are read from the text that these settings give.
SET extra_float_digits = 1
AS $$
#variable_conflict use_column
DECLARE
    twice text;
    cells text;
BEGIN
    SELECT string_agg(format('"%s"', a.attname), ' and ' ORDER BY a.attnum) INTO twice
    FROM pg_attribute AS a
    JOIN unnest(headers) AS header
        ON accelcost_internal.import_header(header) = accelcost_internal.import_header(a.attname::text)
    WHERE a.attrelid = staging AND a.attnum > 0 AND NOT a.attisdropped
    GROUP BY header
    HAVING count(*) > 1
    ORDER BY min(a.attnum)
    LIMIT 1;
    IF twice IS NOT NULL THEN
        RAISE EXCEPTION 'columns % of staging table "%" have the same header', twice, staging
            USING ERRCODE = 'invalid_parameter_value', HINT = 'Rename or drop all but one of them.';
    END IF;

    SELECT string_agg(coalesce('accelcost_internal.import_text(s.' || found.name || '::text)', 'NULL'), ', '
                      ORDER BY wanted.ordinal)
    INTO cells
    FROM unnest(headers) WITH ORDINALITY AS wanted (header, ordinal)
    CROSS JOIN LATERAL accelcost_internal.price_file_column(staging, wanted.header) AS found (name);
    RETURN QUERY EXECUTE format(
        'SELECT row_number() OVER (), jsonb_object(%L::text[], ARRAY[%s]::text[]) FROM %s AS s',
        headers, cells, staging);
END
$$;
COMMENT ON FUNCTION accelcost_internal.price_file_rows(regclass, text[]) IS
    'returns the rows of a staging table as objects with the cells of some headers; the cell is null if one is missing';

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

CREATE FUNCTION accelcost_internal.price_file_texts(staging regclass) RETURNS text[]
    LANGUAGE plpgsql STABLE STRICT PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    kind CONSTANT "char" := (SELECT relkind FROM pg_class WHERE oid = staging);
    file record;
    rows record;
BEGIN
    SELECT * INTO file FROM accelcost_internal.price_file_content(staging);
    EXECUTE format('SELECT count(*) AS number, count(DISTINCT %1$s) AS numbers, %2$s AS pages,'
                   ' array_agg(s.%3$s::text ORDER BY %1$s) FILTER (WHERE s.%3$s::text ~ ''[^[:space:]]'') AS lines'
                   ' FROM %4$s AS s',
                   coalesce('s.' || file.number, 'NULL::bigint'),
                   CASE WHEN kind IN ('r', 'm') THEN 'count(DISTINCT (s.ctid::text::point)[0])'
                        WHEN kind = 'p' THEN 'count(*)' ELSE '1::bigint' END,
                   file.content, staging) INTO rows;
    IF rows.lines IS NULL THEN
        RAISE EXCEPTION 'staging table "%" has no %', staging, CASE rows.number WHEN 0 THEN 'rows' ELSE 'text' END
            USING ERRCODE = 'invalid_parameter_value', HINT = accelcost_internal.price_file_hint();
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
COMMENT ON FUNCTION accelcost_internal.price_file_texts(regclass) IS
    'returns the text of each document in a staging table; an error if it has none or its lines have no order';

CREATE FUNCTION accelcost_internal.price_file_documents(staging regclass)
RETURNS TABLE (ordinal bigint, document jsonb)
LANGUAGE plpgsql STABLE STRICT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    texts   CONSTANT text[] := accelcost_internal.price_file_texts(staging);
    message text;
    detail  text;
    context text;
BEGIN
    RETURN QUERY SELECT t.ordinal, t.content::jsonb FROM unnest(texts) WITH ORDINALITY AS t (content, ordinal);
EXCEPTION WHEN data_exception OR program_limit_exceeded THEN
    GET STACKED DIAGNOSTICS message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL, context = PG_EXCEPTION_CONTEXT;
    RAISE EXCEPTION 'staging table "%" holds no valid JSON', staging
        USING ERRCODE = 'invalid_text_representation', HINT = accelcost_internal.price_file_hint(),
              DETAIL = left(concat_ws(' ', coalesce(nullif(detail, ''), message),
                                      substring(context FROM E'^JSON data, [^\n]*')), 500);
END
$$;
COMMENT ON FUNCTION accelcost_internal.price_file_documents(regclass) IS
    'returns the JSON documents in a staging table; an error if a document is not valid';

CREATE FUNCTION accelcost_internal.price_document_format(document jsonb) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN CASE jsonb_typeof(document)
        WHEN 'array' THEN CASE WHEN jsonb_path_exists(document, '$[*] ? (exists (@.id) && exists (@.models[*].prices))')
                               THEN 'genai-prices' END
        WHEN 'object' THEN CASE WHEN jsonb_typeof(document->'Items') = 'array'
                                     AND document ?| '{BillingCurrency,NextPageLink,CustomerEntityId}'
                                THEN 'azure-retail'
                                WHEN jsonb_path_exists(document, '$.skus[*].category') THEN 'gcp-skus'
                                WHEN jsonb_path_exists(document, '$.response.data[*] ? '
                                                                 '(exists (@.stateid) && exists (@.sectorid))')
                                THEN 'eia'
                                WHEN jsonb_path_exists(document, '$.* ? (exists (@.litellm_provider))')
                                     OR jsonb_path_exists(document, '$.* ? (@.type() == "object").keyvalue() ? '
                                                                    '(@.key like_regex "cost_per_")')
                                THEN 'litellm' END END;
COMMENT ON FUNCTION accelcost_internal.price_document_format(jsonb) IS
    'returns the format of a price file from its JSON document; NULL if it is none';

CREATE FUNCTION accelcost_internal.price_number(object jsonb, key text) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN accelcost_internal.import_number(object->>key);
COMMENT ON FUNCTION accelcost_internal.price_number(jsonb, text) IS
    'returns a number of an object; NULL if it is missing or not a number';

CREATE TYPE accelcost_internal.offer_line AS (
    row_number bigint, sku text, region text, purchase_option text, term_months integer,
    accelerator text, gpu_count numeric, price_basis text, amount numeric, currency text,
    includes_host boolean, note text, reason text
);
COMMENT ON TYPE accelcost_internal.offer_line IS
    'hourly price in a price file; reason says why it cannot be loaded';

-- prices has the columns that accelcost_internal.token_price_columns() names, in that order.
CREATE TYPE accelcost_internal.token_line AS (
    row_number bigint, entry text, seller text, model text, service_tier text, geo text,
    utc_from time, utc_to time, since timestamptz, until timestamptz, prices numeric[], note text, reason text,
    is_alias boolean
);
COMMENT ON TYPE accelcost_internal.token_line IS
    'prices per million tokens in a price file, since a time or since its date; reason says why they cannot be loaded';

CREATE TYPE accelcost.price_change AS (
    provider text, item text, detail text, old_price numeric, new_price numeric, currency text, old_source text
);
COMMENT ON TYPE accelcost.price_change IS
    'price that an import changed; new_price is NULL if the file no longer has it, old_source set if it was built in';

CREATE TYPE accelcost_internal.price_import AS (
    format text, source text, provider text, at timestamptz, origin text, currency text
);
COMMENT ON TYPE accelcost_internal.price_import IS
    'what an import is told of a price file, with the defaults of its format';
