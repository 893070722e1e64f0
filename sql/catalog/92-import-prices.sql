-- Load price files into the catalog: choose the format, count the prices, report what changed.

CREATE FUNCTION accelcost_internal.price_file_format(staging regclass) RETURNS text
    LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT coalesce((SELECT f.format
                     FROM unnest('{skypilot,gpuhunt}'::text[]) WITH ORDINALITY AS f (format, ordinal)
                     WHERE NOT EXISTS (
                         SELECT FROM unnest(accelcost_internal.price_file_columns(f.format)) AS header
                         WHERE accelcost_internal.price_file_column(price_file_format.staging, header) IS NULL)
                     ORDER BY f.ordinal
                     LIMIT 1),
                    CASE WHEN (accelcost_internal.price_file_content(price_file_format.staging)).content IS NOT NULL
                         THEN 'litellm' END);
END;
COMMENT ON FUNCTION accelcost_internal.price_file_format(regclass) IS
    'returns the format of a price file: skypilot, gpuhunt, or litellm for a column of JSON; NULL if unknown';

CREATE FUNCTION accelcost_internal.check_price_file(
    staging regclass, source text, provider text, at timestamptz, origin text, currency text)
RETURNS text
LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    missing CONSTANT text := CASE WHEN staging IS NULL THEN 'staging'
                                  WHEN source IS NULL THEN 'source'
                                  WHEN at IS NULL THEN 'at'
                                  WHEN origin IS NULL THEN 'origin'
                                  WHEN currency IS NULL THEN 'currency' END;
    result  text;
BEGIN
    IF missing IS NOT NULL THEN
        RAISE EXCEPTION '"%" must not be null', missing USING ERRCODE = 'null_value_not_allowed';
    END IF;
    IF NOT isfinite(at) THEN
        RAISE EXCEPTION 'invalid value for parameter "at": "%"', at
            USING ERRCODE = 'invalid_parameter_value', HINT = 'Give the time from which the prices are valid.';
    END IF;
    IF btrim(source) IN ('', 'user') OR length(source) > 200 THEN
        RAISE EXCEPTION 'invalid value for parameter "source": "%"', left(source, 200)
            USING ERRCODE = 'invalid_parameter_value',
                  HINT = 'Name the file''s origin in at most 200 characters, as "skypilot-catalog v8". '
                         'A later file with this source closes prices that it lacks.';
    END IF;
    PERFORM accelcost_internal.check_word(origin, '{user,official,third_party,unverified}', 'origin');
    PERFORM accelcost_internal.check_currency(currency);
    PERFORM accelcost_internal.check_relation(staging);
    PERFORM accelcost_internal.check_sees_all(staging, false);
    PERFORM accelcost_internal.check_sees_all(changed, true)
    FROM unnest('{accelcost.offer,accelcost.offer_price,accelcost.token_price}'::regclass[]) AS changed;
    result := accelcost_internal.price_file_format(staging);
    IF result IS NULL THEN
        RAISE EXCEPTION 'columns of staging table "%" match no known price file format', staging
            USING ERRCODE = 'invalid_parameter_value',
                  DETAIL = format('Columns found: %s.', accelcost_internal.column_list(staging)),
                  HINT = 'Use vms.csv of SkyPilot (InstanceType, AcceleratorName, AcceleratorCount, Price, Region), '
                         'CSV of gpuhunt (instance_name, location, price, gpu_count, gpu_name, spot), '
                         'or one column of text or json with LiteLLM''s prices of models.';
    END IF;
    IF provider IS NULL AND result <> 'litellm' THEN
        RAISE EXCEPTION '"provider" must be given: a file of format "%" does not name it', result
            USING ERRCODE = 'invalid_parameter_value',
                  HINT = 'Name the seller of these offers, as provider => ''AWS''.';
    END IF;
    RETURN result;
END
$$;
COMMENT ON FUNCTION accelcost_internal.check_price_file(regclass, text, text, timestamptz, text, text) IS
    'returns the format of a price file; an error if it is unknown or a parameter is invalid';

CREATE FUNCTION accelcost.import_prices(
    staging regclass, source text, provider text DEFAULT NULL, at timestamptz DEFAULT now(),
    origin text DEFAULT 'third_party', currency text DEFAULT 'USD', allow_shrink boolean DEFAULT false)
RETURNS TABLE (
    file_format text, rows_read bigint, inserted bigint, unchanged bigint, closed bigint, rejected bigint,
    reasons text[])
LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
SET timezone = 'UTC'
-- Rows are numbered, and lines of JSON joined, in the order of the file.
SET synchronize_seqscans = off
SET max_parallel_workers_per_gather = 0
AS $$
#variable_conflict use_column
DECLARE
    wanted CONSTANT text := accelcost_internal.check_provider(import_prices.provider);
    staged record;
    stored record;
BEGIN
    file_format := accelcost_internal.check_price_file(staging, source, wanted, import_prices.at, origin, currency);
    IF file_format = 'litellm' THEN
        SELECT * INTO staged
        FROM accelcost_internal.stage_token_prices(staging, wanted, source, import_prices.at, currency);
    ELSE
        SELECT * INTO staged
        FROM accelcost_internal.stage_offers(staging, file_format, wanted, source, import_prices.at, currency);
    END IF;
    IF staged.is_outdated THEN
        RAISE EXCEPTION 'prices of source "%" after % are loaded already', source, import_prices.at
            USING ERRCODE = 'object_not_in_prerequisite_state',
                  HINT = 'Load the files of a source in the order of their dates.';
    END IF;

    SELECT count(DISTINCT r.row_number), count(DISTINCT r.row_number) FILTER (WHERE r.reason IS NOT NULL)
    INTO rows_read, rejected
    FROM pg_temp.accelcost_import_row AS r;
    reasons := ARRAY(SELECT format('%s (%s, first %s)', r.reason, count(*),
                                   coalesce('"' || left(min(r.entry COLLATE "C"), 100) || '"',
                                            format('row %s', min(r.row_number))))
                     FROM pg_temp.accelcost_import_row AS r
                     WHERE r.reason IS NOT NULL
                     GROUP BY r.reason
                     ORDER BY count(*) DESC, r.reason COLLATE "C");
    IF rows_read = 0 THEN
        RAISE EXCEPTION 'staging table "%" has no rows', staging
            USING ERRCODE = 'invalid_parameter_value', DETAIL = 'Nothing was changed.';
    END IF;
    IF staged.kept * 2 < staged.current_prices AND NOT coalesce(allow_shrink, false) THEN
        RAISE EXCEPTION 'file contains only % of % current prices from source "%"',
            staged.kept, staged.current_prices, source
            USING ERRCODE = 'object_not_in_prerequisite_state', DETAIL = 'Nothing was changed.',
                  HINT = 'Check that the file is complete. To close missing prices, use allow_shrink => true.';
    END IF;

    IF file_format = 'litellm' THEN
        SELECT * INTO stored FROM accelcost_internal.store_token_prices(source, import_prices.at, origin);
    ELSE
        SELECT * INTO stored FROM accelcost_internal.store_offers(wanted, source, import_prices.at, origin);
    END IF;
    inserted := stored.inserted;
    closed := stored.closed;
    unchanged := (SELECT count(*) FROM pg_temp.accelcost_import) - inserted;
    DROP TABLE pg_temp.accelcost_import_row, pg_temp.accelcost_import, pg_temp.accelcost_import_change;
    RETURN NEXT;
END
$$;
COMMENT ON FUNCTION accelcost.import_prices(regclass, text, text, timestamptz, text, text, boolean) IS
    'loads a price file; closes prices that its source no longer has';
