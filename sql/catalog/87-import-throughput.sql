-- Load results of MLPerf Inference: the summary that MLCommons publishes with each round.

CREATE FUNCTION accelcost_internal.throughput_document(staging regclass) RETURNS jsonb
LANGUAGE plpgsql STABLE STRICT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    hint CONSTANT text := 'Stage summary_results.json or summary.json of a round of MLPerf Inference: '
                          'the whole file in one row, or its lines with a column that numbers them.';
    file record;
    rows record;
    result jsonb;
BEGIN
    PERFORM accelcost_internal.check_relation(staging);
    SELECT * INTO file FROM accelcost_internal.price_file_content(staging);
    IF file.content IS NULL THEN
        RAISE EXCEPTION 'columns of staging table "%" match no JSON file', staging
            USING ERRCODE = 'invalid_parameter_value', HINT = hint,
                  DETAIL = format('Columns found: %s.', accelcost_internal.column_list(staging));
    END IF;
    EXECUTE format('SELECT count(*) AS number, string_agg(s.%1$s::text, E''\n'' ORDER BY %2$s) AS content'
                   ' FROM %3$s AS s',
                   file.content, coalesce('s.' || file.number, 'NULL::bigint'), staging) INTO rows;
    IF rows.content IS NULL THEN
        RAISE EXCEPTION 'staging table "%" has no rows', staging
            USING ERRCODE = 'invalid_parameter_value', HINT = hint;
    END IF;
    IF rows.number > 1 AND file.number IS NULL THEN
        RAISE EXCEPTION 'lines in staging table "%" are in no certain order', staging
            USING ERRCODE = 'invalid_parameter_value', HINT = hint;
    END IF;
    BEGIN
        result := ltrim(rows.content, chr(65279))::jsonb;
    EXCEPTION WHEN data_exception OR program_limit_exceeded THEN
        RAISE EXCEPTION 'staging table "%" holds no valid JSON', staging
            USING ERRCODE = 'invalid_text_representation', DETAIL = left(SQLERRM, 500), HINT = hint;
    END;
    -- A file is an array of results, or an object of numbered ones.
    IF jsonb_typeof(result) = 'object' THEN
        result := (SELECT jsonb_agg(e.value) FROM jsonb_each(result) AS e);
    END IF;
    IF jsonb_typeof(result) IS DISTINCT FROM 'array'
       OR NOT jsonb_path_exists(result, '$[*] ? (exists (@.Scenario) && exists (@.Model))') THEN
        RAISE EXCEPTION 'staging table "%" has no results of MLPerf Inference', staging
            USING ERRCODE = 'invalid_parameter_value', HINT = hint;
    END IF;
    RETURN result;
END
$$;
COMMENT ON FUNCTION accelcost_internal.throughput_document(regclass) IS
    'returns the results in a staged summary of MLPerf Inference as an array; an error if it has none';

-- Rounds up to v5.1 and those after it name the same things in two ways.
CREATE FUNCTION accelcost_internal.throughput_lines(results jsonb)
RETURNS TABLE (
    row_number bigint, division text, model text, accelerator text, gpu_count numeric, nodes numeric,
    precision_name text, scenario text, result numeric, unit text, watts numeric, submitter text, system text,
    software text, entry_id text, source_url text, round text, note text, reason text)
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    WITH entry AS (
        SELECT e.ordinal, e.value AS v, coalesce(e.value->>'Category', e.value->>'Division') AS division,
               coalesce(e.value->>'Submitter', e.value->>'Organization') AS submitter,
               coalesce(e.value->>'System', e.value->>'SystemName') AS system, e.value->>'Platform' AS platform,
               coalesce(e.value->>'MlperfModel', e.value->>'Model') AS model, e.value->>'Scenario' AS scenario,
               coalesce(e.value->>'Performance_Units', e.value->>'Units') AS unit,
               accelcost_internal.import_number(coalesce(e.value->>'Performance_Result', e.value->>'Result')) AS result,
               accelcost_internal.import_number(coalesce(e.value->>'Nodes', e.value->>'number_of_nodes')) AS nodes,
               accelcost_internal.import_number(coalesce(e.value->>'a#', e.value->>'accelerators_per_node'))
                   AS per_node,
               coalesce(e.value->>'Accelerator', e.value->>'accelerator_model_name') AS accelerator,
               regexp_replace(lower(e.value->>'weight_data_types'), '[{}'' ]', '', 'g') AS weights
        FROM jsonb_array_elements(throughput_lines.results) WITH ORDINALITY AS e (value, ordinal)
        WHERE jsonb_typeof(e.value) = 'object'
    )
    SELECT p.ordinal, p.division, p.model, btrim(p.accelerator), p.per_node * p.nodes, p.nodes,
           CASE WHEN coalesce(p.weights, '') = '' THEN 'unstated'
                WHEN p.weights ~ '[,:]' THEN 'mixed'
                ELSE p.weights END,
           p.scenario, p.result, p.unit, power.watts, p.submitter, p.system,
           coalesce(p.v->>'Software', p.v->>'framework'), p.v->>'ID', coalesce(p.v->>'Details', p.v->>'Location'),
           p.v->>'version',
           CASE WHEN p.weights ~ '[,:]' THEN 'weights in ' || p.weights END,
           CASE WHEN p.division IS DISTINCT FROM 'closed' THEN 'not of the closed division'
                WHEN nullif(btrim(p.model), '') IS NULL THEN 'no model named'
                WHEN nullif(btrim(p.accelerator), '') IS NULL OR p.per_node IS NULL OR NOT p.per_node > 0
                THEN 'no accelerators named'
                WHEN p.nodes IS NULL OR NOT p.nodes > 0 THEN 'the number of nodes is unknown'
                WHEN p.result IS NULL OR NOT p.result > 0 OR p.unit IS NULL THEN 'no result'
                WHEN NOT accelcost_internal.import_number(p.v->>'errors') = 0 THEN 'the result has errors' END
    FROM entry AS p
    LEFT JOIN LATERAL (
        SELECT coalesce(CASE WHEN p.v->>'Power_Units' = 'Watts'
                             THEN accelcost_internal.import_number(p.v->>'Power_Result') END,
                        (SELECT max(w.result)
                         FROM entry AS w
                         WHERE w.unit = 'Watts'
                           AND (w.submitter, w.platform, w.model, w.scenario)
                               = (p.submitter, p.platform, p.model, p.scenario))) AS watts) AS power ON true
    WHERE p.unit IS DISTINCT FROM 'Watts';
END;
COMMENT ON FUNCTION accelcost_internal.throughput_lines(jsonb) IS
    'returns the results of a summary of MLPerf Inference, and why one cannot be loaded';

CREATE FUNCTION accelcost.import_throughput(
    staging regclass, format text DEFAULT 'mlperf', source text DEFAULT NULL, as_of date DEFAULT NULL)
RETURNS TABLE (loaded_source text, rows_read bigint, inserted bigint, replaced bigint, rejected bigint, reasons text[])
LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    results jsonb;
    rounds  text;
BEGIN
    IF staging IS NULL THEN
        RAISE EXCEPTION '"staging" must not be null' USING ERRCODE = 'null_value_not_allowed';
    END IF;
    PERFORM accelcost_internal.check_word(import_throughput.format, '{mlperf}', 'format');
    PERFORM accelcost_internal.check_sees_all(staging, false);
    results := accelcost_internal.throughput_document(staging);
    SELECT string_agg(DISTINCT l.round, ', '), count(*), count(l.reason)
    INTO rounds, rows_read, rejected
    FROM accelcost_internal.throughput_lines(results) AS l;
    loaded_source := coalesce(import_throughput.source, 'MLPerf Inference ' || rounds);
    IF loaded_source IS NULL OR btrim(loaded_source) IN ('', 'user') THEN
        RAISE EXCEPTION '"source" must be given: the file does not name its round'
            USING ERRCODE = 'invalid_parameter_value', HINT = 'Name the round, as ''MLPerf Inference v6.1''.';
    END IF;
    reasons := ARRAY(SELECT pg_catalog.format('%s (%s, first row %s)', l.reason, count(*), min(l.row_number))
                     FROM accelcost_internal.throughput_lines(results) AS l
                     WHERE l.reason IS NOT NULL
                     GROUP BY l.reason
                     ORDER BY count(*) DESC, l.reason COLLATE "C");

    LOCK TABLE accelcost.throughput IN SHARE ROW EXCLUSIVE MODE;
    DELETE FROM accelcost.throughput AS t WHERE NOT t.builtin AND t.source = loaded_source;
    GET DIAGNOSTICS replaced = ROW_COUNT;
    INSERT INTO accelcost.throughput (
        model, accelerator, gpu_count, nodes, precision_name, scenario, tokens_per_second, result, result_unit, watts,
        is_audited, submitter, system, software, entry_id, note, source, origin, as_of, source_url)
    SELECT DISTINCT ON (l.model, l.accelerator, l.gpu_count, l.nodes, l.precision_name, l.scenario, l.submitter,
                        l.system, l.entry_id)
           l.model, l.accelerator, l.gpu_count, l.nodes::integer, l.precision_name, l.scenario,
           CASE WHEN l.unit = 'Tokens/s' THEN l.result::float8 END,
           CASE WHEN l.unit <> 'Tokens/s' THEN l.result::float8 END,
           CASE WHEN l.unit <> 'Tokens/s' THEN lower(l.unit) END,
           l.watts::float8, true, l.submitter, l.system, l.software, l.entry_id, l.note, loaded_source, 'third_party',
           import_throughput.as_of, l.source_url
    FROM accelcost_internal.throughput_lines(results) AS l
    WHERE l.reason IS NULL
    ORDER BY l.model, l.accelerator, l.gpu_count, l.nodes, l.precision_name, l.scenario, l.submitter, l.system,
             l.entry_id, l.result DESC;
    GET DIAGNOSTICS inserted = ROW_COUNT;
    RETURN NEXT;
END
$$;
COMMENT ON FUNCTION accelcost.import_throughput(regclass, text, text, date) IS
    'loads the results of a round of MLPerf Inference, replacing those of the same source';
