-- Load price files into the catalog: choose the format, count the prices, report what changed.

CREATE FUNCTION accelcost_internal.price_file_format(staging regclass) RETURNS text
    LANGUAGE plpgsql STABLE STRICT PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    result text := (SELECT f.format
                    FROM accelcost_internal.price_formats() WITH ORDINALITY AS f
                    WHERE accelcost_internal.price_file_lacks(staging, f.headers) = '{}'
                    ORDER BY f.ordinality
                    LIMIT 1);
BEGIN
    IF result IS NULL
       AND (SELECT f.content FROM accelcost_internal.price_file_content(staging) AS f) IS NOT NULL THEN
        IF (accelcost_internal.price_file_texts(staging))[1] ~ '^[[:space:]]*<' THEN
            result := CASE WHEN (accelcost_internal.price_file_texts(staging))[1] ~ '<Cube' THEN 'ecb' END;
        ELSE
            SELECT CASE WHEN count(*) = count(accelcost_internal.price_document_format(d.document))
                             AND count(DISTINCT accelcost_internal.price_document_format(d.document)) = 1
                        THEN min(accelcost_internal.price_document_format(d.document)) END
            INTO result
            FROM accelcost_internal.price_file_documents(staging) AS d;
        END IF;
    END IF;
    RETURN result;
END
$$;
COMMENT ON FUNCTION accelcost_internal.price_file_format(regclass) IS
    'returns the format of the price file in a staging table, from its columns or its content; NULL if unknown';

-- What a staging table holds, for an error.
CREATE FUNCTION accelcost_internal.price_file_seen(staging regclass) RETURNS text
    LANGUAGE plpgsql STABLE STRICT PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    first jsonb;
BEGIN
    IF (SELECT f.content FROM accelcost_internal.price_file_content(staging) AS f) IS NULL THEN
        RETURN format('Columns found: %s.', accelcost_internal.column_list(staging));
    END IF;
    IF (accelcost_internal.price_file_texts(staging))[1] ~ '^[[:space:]]*<' THEN
        RETURN 'It holds: ' || left((accelcost_internal.price_file_texts(staging))[1], 60);
    END IF;
    first := (SELECT d.document FROM accelcost_internal.price_file_documents(staging) AS d ORDER BY d.ordinal LIMIT 1);
    RETURN CASE WHEN jsonb_typeof(first) <> 'object' THEN 'It holds: ' || left(first::text, 60)
                ELSE (SELECT coalesce('Keys found: ' || string_agg(format('"%s"', left(found.key, 60)), ', '
                                                                   ORDER BY found.ordinal),
                                      'It has no keys') || '.'
                      FROM (SELECT *
                            FROM jsonb_object_keys(first) WITH ORDINALITY AS k (key, ordinal)
                            LIMIT 10) AS found) END;
END
$$;
COMMENT ON FUNCTION accelcost_internal.price_file_seen(regclass) IS
    'returns a sentence with the columns or the content of a staging table, for an error';

CREATE FUNCTION accelcost_internal.check_price_file(staging regclass, format text) RETURNS text
LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    seen    text;
    missing text[];
BEGIN
    PERFORM accelcost_internal.check_word(
        check_price_file.format, ARRAY(SELECT f.format FROM accelcost_internal.price_formats() AS f), 'format');
    PERFORM accelcost_internal.check_sees_all(staging, false);
    missing := accelcost_internal.price_file_lacks(
                   staging, (SELECT f.headers FROM accelcost_internal.price_formats() AS f
                             WHERE f.format = check_price_file.format));
    IF missing <> '{}' AND (SELECT f.content FROM accelcost_internal.price_file_content(staging) AS f) IS NULL THEN
        RAISE EXCEPTION 'staging table "%" is missing %: %', staging,
            CASE cardinality(missing) WHEN 1 THEN 'a required column' ELSE 'required columns' END,
            array_to_string(missing, ', ')
            USING ERRCODE = 'invalid_parameter_value', DETAIL = accelcost_internal.price_file_seen(staging);
    END IF;
    seen := accelcost_internal.price_file_format(staging);
    IF seen IS NULL AND (SELECT f.content FROM accelcost_internal.price_file_content(staging) AS f) IS NULL THEN
        RAISE EXCEPTION 'columns of staging table "%" match no known price file format', staging
            USING ERRCODE = 'invalid_parameter_value', HINT = accelcost_internal.price_file_hint(),
                  DETAIL = accelcost_internal.price_file_seen(staging);
    END IF;
    IF seen IS NULL OR seen <> check_price_file.format THEN
        RAISE EXCEPTION 'staging table "%" holds no price file%', staging,
            coalesce(' of format "' || check_price_file.format || '"', ' of a known format')
            USING ERRCODE = 'invalid_parameter_value', HINT = accelcost_internal.price_file_hint(),
                  DETAIL = coalesce('Its format is "' || seen || '".', accelcost_internal.price_file_seen(staging));
    END IF;
    RETURN seen;
END
$$;
COMMENT ON FUNCTION accelcost_internal.check_price_file(regclass, text) IS
    'returns the format of a price file; an error if it is unknown or not the given one';

CREATE FUNCTION accelcost_internal.check_price_parameters(file accelcost_internal.price_import, as_of date)
RETURNS void
LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF NOT isfinite(as_of) THEN
        RAISE EXCEPTION 'invalid value for parameter "as_of": "%"', as_of
            USING ERRCODE = 'invalid_parameter_value', HINT = 'Give the date of the file.';
    END IF;
    IF btrim(file.source) IN ('', 'user') OR length(file.source) > 200 THEN
        RAISE EXCEPTION 'invalid value for parameter "source": "%"', left(file.source, 200)
            USING ERRCODE = 'invalid_parameter_value',
                  HINT = 'Name the file''s origin in at most 200 characters, as "skypilot-catalog v8". '
                         'A later file with this source closes prices that it lacks.';
    END IF;
    PERFORM accelcost_internal.check_word(file.origin, '{user,official,third_party,unverified}', 'origin');
    PERFORM accelcost_internal.check_currency(coalesce(file.currency, 'USD'));
END
$$;
COMMENT ON FUNCTION accelcost_internal.check_price_parameters(accelcost_internal.price_import, date) IS
    'raises an error if a parameter of import_prices is invalid for any file';

CREATE FUNCTION accelcost_internal.check_price_import(
    file accelcost_internal.price_import, as_of date)
RETURNS accelcost_internal.price_import
LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    known record;
BEGIN
    SELECT f.* INTO known FROM accelcost_internal.price_formats() AS f WHERE f.format = file.format;
    file.source := coalesce(file.source, known.publisher);
    file.origin := coalesce(file.origin, known.origin);
    file.currency := coalesce(file.currency, 'USD');
    IF known.provider IS NOT NULL AND file.provider <> known.provider THEN
        RAISE EXCEPTION 'a file of format "%" has prices of "%", not of "%"', file.format, known.provider, file.provider
            USING ERRCODE = 'invalid_parameter_value', HINT = 'Leave "provider" out.';
    END IF;
    file.provider := coalesce(file.provider, known.provider);
    IF file.provider IS NULL AND known.content = 'offers' THEN
        RAISE EXCEPTION '"provider" must be given: a file of format "%" does not name it', file.format
            USING ERRCODE = 'invalid_parameter_value',
                  HINT = 'Name the seller of these offers, as provider => ''AWS''.';
    END IF;
    IF as_of IS NULL AND known.content NOT IN ('rates', 'electricity') THEN
        RAISE EXCEPTION '"as_of" must be given: a file of format "%" does not state its date', file.format
            USING ERRCODE = 'invalid_parameter_value',
                  HINT = 'Give the date on which the file was published or fetched, as as_of => ''2026-09-23''.';
    END IF;
    file.at := as_of::timestamp AT TIME ZONE 'UTC';
    RETURN file;
END
$$;
COMMENT ON FUNCTION accelcost_internal.check_price_import(accelcost_internal.price_import, date) IS
    'returns what an import is told, with the defaults of its format; an error if something is missing or invalid';

CREATE FUNCTION accelcost_internal.store_price_file(
    file accelcost_internal.price_import, staging regclass, allow_shrink boolean,
    OUT inserted bigint, OUT unchanged bigint, OUT closed bigint, OUT changes accelcost.price_change[])
LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    content CONSTANT text := (SELECT f.content FROM accelcost_internal.price_formats() AS f
                              WHERE f.format = file.format);
    staged  record;
    stored  record;
BEGIN
    IF content = 'rates' THEN
        PERFORM accelcost_internal.stage_rates(staging, file.source, file.currency);
    ELSIF content = 'electricity' THEN
        PERFORM accelcost_internal.stage_electricity(staging, file.source);
    ELSIF content = 'tokens' THEN
        SELECT * INTO staged
        FROM accelcost_internal.stage_token_prices(staging, file.format, file.provider, file.source, file.at,
                                                   file.currency);
    ELSE
        SELECT * INTO staged
        FROM accelcost_internal.stage_offers(staging, file.format, file.provider, file.source, file.at,
                                             file.currency);
    END IF;
    IF NOT EXISTS (SELECT FROM pg_temp.accelcost_import_row) THEN
        RAISE EXCEPTION 'staging table "%" has no rows', staging
            USING ERRCODE = 'invalid_parameter_value', DETAIL = 'Nothing was changed.';
    END IF;
    IF content = 'rates' THEN
        SELECT * INTO inserted, unchanged, closed, changes
        FROM accelcost_internal.store_rates(file.source, file.origin);
        RETURN;
    ELSIF content = 'electricity' THEN
        SELECT * INTO inserted, unchanged, closed, changes
        FROM accelcost_internal.store_electricity(file.source, file.origin);
        RETURN;
    END IF;

    IF staged.is_outdated THEN
        RAISE EXCEPTION 'prices of source "%" after % are loaded already', file.source,
            (file.at AT TIME ZONE 'UTC')::date
            USING ERRCODE = 'object_not_in_prerequisite_state',
                  HINT = 'Load the files of a source in the order of their dates.';
    END IF;
    IF staged.kept * 2 < staged.current_prices AND NOT coalesce(allow_shrink, false) THEN
        RAISE EXCEPTION 'file contains only % of % current prices from source "%"',
            staged.kept, staged.current_prices, file.source
            USING ERRCODE = 'object_not_in_prerequisite_state', DETAIL = 'Nothing was changed.',
                  HINT = 'Check that the file is complete. To close missing prices, use allow_shrink => true.';
    END IF;
    IF content = 'tokens' THEN
        changes := accelcost_internal.token_changes(file.at);
        SELECT * INTO stored FROM accelcost_internal.store_token_prices(file.source, file.at, file.origin);
    ELSE
        changes := accelcost_internal.offer_changes(file.provider, file.at);
        SELECT * INTO stored
        FROM accelcost_internal.store_offers(file.provider, file.source, file.at, file.origin);
    END IF;
    inserted := stored.inserted;
    closed := stored.closed;
    unchanged := (SELECT count(*) FROM pg_temp.accelcost_import) - inserted;
END
$$;
COMMENT ON FUNCTION accelcost_internal.store_price_file(accelcost_internal.price_import, regclass, boolean) IS
    'stages and stores the prices of a file; an error if it is older than the stored prices, or much shorter';

CREATE FUNCTION accelcost.import_prices(
    staging regclass, format text DEFAULT NULL, source text DEFAULT NULL, provider text DEFAULT NULL,
    as_of date DEFAULT NULL, origin text DEFAULT NULL, currency text DEFAULT NULL, allow_shrink boolean DEFAULT false)
RETURNS TABLE (
    file_format text, rows_read bigint, inserted bigint, unchanged bigint, closed bigint, rejected bigint,
    reasons text[], changes accelcost.price_change[])
LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
SET timezone = 'UTC'
SET jit = off
-- Rows are numbered, and lines of JSON joined, in the order of the file.
SET synchronize_seqscans = off
SET max_parallel_workers_per_gather = 0
AS $$
#variable_conflict use_column
DECLARE
    file accelcost_internal.price_import;
BEGIN
    IF staging IS NULL THEN
        RAISE EXCEPTION '"staging" must not be null' USING ERRCODE = 'null_value_not_allowed';
    END IF;
    PERFORM accelcost_internal.check_relation(staging);
    file.source := import_prices.source;
    file.provider := accelcost_internal.check_provider(import_prices.provider);
    file.origin := import_prices.origin;
    file.currency := import_prices.currency;
    PERFORM accelcost_internal.check_price_parameters(file, import_prices.as_of);
    file.format := accelcost_internal.check_price_file(staging, import_prices.format);
    file := accelcost_internal.check_price_import(file, import_prices.as_of);
    PERFORM accelcost_internal.check_sees_all(changed, true)
    FROM unnest('{accelcost.offer,accelcost.offer_price,accelcost.token_price,accelcost.fx_rate,
                  accelcost.electricity_price}'::regclass[]) AS changed;

    file_format := file.format;
    SELECT * INTO inserted, unchanged, closed, changes
    FROM accelcost_internal.store_price_file(file, staging, allow_shrink);
    SELECT count(DISTINCT r.row_number), count(DISTINCT r.row_number) FILTER (WHERE r.reason IS NOT NULL)
    INTO rows_read, rejected
    FROM pg_temp.accelcost_import_row AS r;
    reasons := ARRAY(SELECT format('%s (%s, first %s)', r.reason, count(DISTINCT r.row_number),
                                   coalesce('"' || left(min(r.entry COLLATE "C"), 100) || '"',
                                            format('row %s', min(r.row_number))))
                     FROM pg_temp.accelcost_import_row AS r
                     WHERE r.reason IS NOT NULL
                     GROUP BY r.reason
                     ORDER BY count(DISTINCT r.row_number) DESC, r.reason COLLATE "C");
    DROP TABLE pg_temp.accelcost_import_row, pg_temp.accelcost_import, pg_temp.accelcost_import_current;
    RETURN NEXT;
END
$$;
COMMENT ON FUNCTION accelcost.import_prices(regclass, text, text, text, date, text, text, boolean) IS
    'loads a price file; closes prices that its source no longer has, and returns the prices that changed';
