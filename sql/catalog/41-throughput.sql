-- Measured throughput of models on accelerators.

CREATE TABLE accelcost.throughput (
    model             text    NOT NULL CHECK (btrim(model) <> ''),
    accelerator       text    NOT NULL CHECK (btrim(accelerator) <> ''),
    gpu_count         numeric NOT NULL DEFAULT 1 CHECK (gpu_count > 0.0 AND gpu_count < 1e9),
    nodes             integer NOT NULL DEFAULT 1 CHECK (nodes > 0),
    precision_name    text    NOT NULL DEFAULT 'unstated',
    scenario          text    NOT NULL DEFAULT 'unstated',
    tokens_per_second float8  CHECK (tokens_per_second > '0' AND tokens_per_second < 'Infinity'),
    result            float8  CHECK (result > '0' AND result < 'Infinity'),
    result_unit       text,
    watts             float8  CHECK (watts > '0' AND watts < 'Infinity'),
    is_audited        boolean NOT NULL DEFAULT false,
    submitter         text,
    system            text,
    software          text,
    entry_id          text,
    LIKE accelcost_internal.dated_row INCLUDING DEFAULTS INCLUDING COMMENTS,
    CONSTRAINT throughput_key UNIQUE NULLS NOT DISTINCT (
        model, accelerator, gpu_count, nodes, precision_name, scenario, submitter, system, entry_id, source, builtin),
    CONSTRAINT throughput_result
        CHECK (num_nonnulls(tokens_per_second, result) = 1 AND (result IS NULL) = (result_unit IS NULL)),
    CONSTRAINT throughput_origin
        CHECK (accelcost_internal.check_column_word(
                   origin, '{negotiated,user,official,article,third_party,unverified}', 'throughput', 'origin')
               AND (NOT builtin OR origin NOT IN ('negotiated', 'user'))),
    CONSTRAINT throughput_source CHECK (NOT builtin OR (source IS NOT NULL AND as_of IS NOT NULL)),
    CONSTRAINT throughput_as_of_precision
        CHECK (accelcost_internal.check_column_word(
                   as_of_precision, '{day,month,year,page_undated}', 'throughput', 'as_of_precision')),
    CONSTRAINT throughput_extra CHECK (jsonb_typeof(extra) = 'object')
);
COMMENT ON TABLE accelcost.throughput IS
    'measured throughput of models on whole systems: results of MLPerf Inference, and yours';
COMMENT ON COLUMN accelcost.throughput.model IS 'name in accelcost.model';
COMMENT ON COLUMN accelcost.throughput.accelerator IS 'name in accelcost.accelerator';
COMMENT ON COLUMN accelcost.throughput.gpu_count IS 'number of accelerators that work together, in all nodes';
COMMENT ON COLUMN accelcost.throughput.nodes IS 'number of machines that work together';
COMMENT ON COLUMN accelcost.throughput.precision_name IS 'precision of the weights, unstated if unknown';
COMMENT ON COLUMN accelcost.throughput.scenario IS
    'how requests arrive, as Offline, Server or Interactive of MLPerf; unstated if unknown';
COMMENT ON COLUMN accelcost.throughput.tokens_per_second IS
    'tokens per second of all accelerators together, at full load; NULL if the result counts no tokens';
COMMENT ON COLUMN accelcost.throughput.result IS 'result in result_unit, if it counts no tokens';
COMMENT ON COLUMN accelcost.throughput.result_unit IS 'unit of result, as samples/s';
COMMENT ON COLUMN accelcost.throughput.watts IS
    'measured power of the whole system at that load, in watts; NULL if not measured';
COMMENT ON COLUMN accelcost.throughput.is_audited IS
    'true if the result was reviewed by others than those who measured it';
COMMENT ON COLUMN accelcost.throughput.submitter IS 'who measured it';
COMMENT ON COLUMN accelcost.throughput.system IS 'system as the source names it';
COMMENT ON COLUMN accelcost.throughput.software IS 'software as the source names it';
COMMENT ON COLUMN accelcost.throughput.entry_id IS 'entry in the list of results, to be cited with the figure';

CREATE TRIGGER builtin_read_only BEFORE INSERT OR UPDATE OR DELETE ON accelcost.throughput
    FOR EACH ROW EXECUTE FUNCTION accelcost_internal.refuse_builtin_change();
COMMENT ON TRIGGER builtin_read_only ON accelcost.throughput IS
    'keeps the rows that came with the extension as they are';
CREATE TRIGGER store_known_names BEFORE INSERT OR UPDATE ON accelcost.throughput
    FOR EACH ROW EXECUTE FUNCTION accelcost_internal.store_known_names();
COMMENT ON TRIGGER store_known_names ON accelcost.throughput IS
    'stores providers, accelerators and models by their names in the catalog';

GRANT SELECT ON accelcost.throughput TO PUBLIC;
GRANT SELECT, INSERT, UPDATE, DELETE ON accelcost.throughput TO @extowner@ WITH GRANT OPTION;
ALTER TABLE accelcost.throughput REPLICA IDENTITY FULL;
SELECT pg_extension_config_dump('accelcost.throughput', 'WHERE NOT builtin');
