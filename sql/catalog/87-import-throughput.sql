-- Load results of MLPerf Inference: the summary that MLCommons publishes with each round.

CREATE FUNCTION accelcost_internal.throughput_document(staging regclass) RETURNS jsonb
LANGUAGE plpgsql STABLE STRICT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    hint CONSTANT text := 'Stage summary_results.json or summary.json of a round of MLPerf Inference: '
                          'the whole file in one row, or its lines with a column that numbers them. '
                          'Or stage summary.csv, in a table with its columns.';
    headers CONSTANT text[] := '{Organization,Availability,Division,SystemName,Platform,Model,MlperfModel,Scenario,'
                               'Result,Units,number_of_nodes,accelerator_model_name,accelerators_per_node,Location,'
                               'framework,errors,version,weight_data_types}';
    file record;
    rows record;
    result jsonb;
BEGIN
    PERFORM accelcost_internal.check_relation(staging);
    IF accelcost_internal.price_file_lacks(staging, '{Model,MlperfModel,Scenario}') = '{}' THEN
        SELECT jsonb_agg(r.cells ORDER BY r.row_number) INTO result
        FROM accelcost_internal.price_file_rows(staging, headers) AS r;
        IF result IS NULL THEN
            RAISE EXCEPTION 'staging table "%" has no rows', staging
                USING ERRCODE = 'invalid_parameter_value', HINT = hint;
        END IF;
        RETURN result;
    END IF;
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

-- Lists describe weights in words, and name the formats of caches and scales beside them: "NVFP4, FP8 (KV cache)".
CREATE FUNCTION accelcost_internal.throughput_weights(description text, OUT precision_name text, OUT note text)
LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    WITH part AS (
        SELECT p.ordinal, regexp_replace(p.text, '[{}''[:space:]]', '', 'g') AS name
        FROM regexp_split_to_table(
                 regexp_replace(
                     regexp_replace(lower(throughput_weights.description), '[(](kv[^)]*)[)]', '\1', 'g'),
                     '[(][^)]*[)]', '', 'g'),
                 '[,;/]|\mwith\M') WITH ORDINALITY AS p (text, ordinal)
        WHERE p.text !~ 'kv'
    ),
    -- "mxfp8_e4m3" has scales, a kind of numbers, their bits, and the bits of exponent and mantissa.
    stored AS (
        SELECT p.ordinal, p.name, m.found[1] AS format, m.found[2] AS kind, m.found[3] AS bits
        FROM part AS p
        CROSS JOIN LATERAL regexp_matches(p.name, '^(?:[^:]*:)?((?:mx|nv)?(bfloat|bf|fp|f|tf|int|uint|u)([0-9]+)'
                                                  '(?:_e[0-9]+m[0-9]+)?)') AS m (found)
    ),
    -- MXFP4 and NVFP4 are FP4 with scales: hardware has one peak for all three.
    weights AS (
        SELECT s.ordinal, s.format, CASE WHEN s.name ~ ':' THEN s.name ELSE s.format END AS name,
               CASE s.kind WHEN 'bfloat' THEN 'bf' WHEN 'f' THEN 'fp' ELSE s.kind END || s.bits AS precision_name
        FROM stored AS s
    ),
    summary AS (
        SELECT count(*) > 0 AS known,
               count(DISTINCT w.precision_name) > 1 OR bool_or(w.name ~ ':') AS is_mixed,
               min(w.precision_name) AS precision_name, bool_or(w.format <> w.precision_name) AS is_variant,
               string_agg(w.name, ',' ORDER BY w.ordinal) AS names,
               nullif(nullif(regexp_replace(lower(throughput_weights.description), '[{}''[:space:]]', '', 'g'), ''),
                      'none') AS given
        FROM weights AS w
    )
    SELECT CASE WHEN s.known AND NOT s.is_mixed THEN s.precision_name
                WHEN s.known OR s.given ~ '[,:]' THEN 'mixed'
                ELSE coalesce(s.given, 'unstated') END,
           'weights in ' || CASE WHEN s.known AND (s.is_mixed OR s.is_variant) THEN s.names
                                 WHEN NOT s.known AND s.given ~ '[,:]' THEN s.given END
    FROM summary AS s;
END;
COMMENT ON FUNCTION accelcost_internal.throughput_weights(text) IS
    'returns the precision of weights that a list of MLPerf Inference describes, and a note if it says more';

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
               -- Since v6.1, MlperfModel can be the task of a benchmark: "VLM", "text_to_video". Model is then the name
               -- of the model, but of others a spelling of its own: "llama3_1-8b".
               coalesce(CASE WHEN e.value->>'MlperfModel' ~ '[0-9]'
                               OR starts_with(e.value->>'Model', e.value->>'MlperfModel')
                             THEN e.value->>'MlperfModel' END,
                        e.value->>'Model', e.value->>'MlperfModel') AS model,
               coalesce((SELECT s.scenario
                         FROM unnest('{Offline,Server,Interactive,SingleStream,MultiStream}'::text[]) AS s (scenario)
                         WHERE lower(s.scenario) = lower(e.value->>'Scenario')),
                        e.value->>'Scenario') AS scenario,
               coalesce(e.value->>'Performance_Units', e.value->>'Units') AS unit,
               accelcost_internal.import_number(coalesce(e.value->>'Performance_Result', e.value->>'Result')) AS result,
               accelcost_internal.import_number(coalesce(e.value->>'Nodes', e.value->>'number_of_nodes')) AS nodes,
               accelcost_internal.import_number(coalesce(e.value->>'a#', e.value->>'accelerators_per_node'))
                   AS per_node,
               coalesce(e.value->>'Accelerator', e.value->>'accelerator_model_name') AS accelerator,
               w.precision_name,
               concat_ws('; ', w.note,
                         CASE lower(e.value->>'Availability')
                             WHEN 'preview' THEN 'preview system'
                             WHEN 'rdi' THEN 'research, development or internal system' END) AS note
        FROM jsonb_array_elements(throughput_lines.results) WITH ORDINALITY AS e (value, ordinal)
        CROSS JOIN LATERAL accelcost_internal.throughput_weights(e.value->>'weight_data_types') AS w
        WHERE jsonb_typeof(e.value) = 'object'
    )
    SELECT p.ordinal, p.division, p.model, btrim(p.accelerator), p.per_node * p.nodes, p.nodes,
           p.precision_name, p.scenario, p.result, p.unit, power.watts, p.submitter, p.system,
           coalesce(p.v->>'Software', p.v->>'framework'), p.v->>'ID',
           -- Locations are paths in the repository of the round.
           coalesce(p.v->>'Details',
                    regexp_replace(replace(p.v->>'Location', ' ', '%20'), '^[.]/',
                                   format('https://github.com/mlcommons/inference_results_%s/tree/main/',
                                          p.v->>'version'))),
           p.v->>'version', nullif(p.note, ''),
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
           -- A latency is in ms or s.
           CASE WHEN l.unit <> 'Tokens/s' THEN lower(coalesce(substring(l.unit, '^Latency [(](.*)[)]$'), l.unit)) END,
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
