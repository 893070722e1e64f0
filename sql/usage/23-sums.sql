-- Sums of usage records, as a rollup stores them: the period and the key of a sum, and the key of its prices.
--
-- A key says all that the prices of a record depend on, whatever the prices are, so that the records of a sum have one
-- price, or none that is known. Hours is 1 or 24.

CREATE FUNCTION accelcost_internal.usage_sum_start(
    period_start timestamptz, period_end timestamptz, is_session boolean, hours integer) RETURNS timestamptz
    LANGUAGE c IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_usage_sum_start';
COMMENT ON FUNCTION accelcost_internal.usage_sum_start(timestamptz, timestamptz, boolean, integer) IS
    'returns the start of the hour or day of a record, or its own if it is a session or ends later';

CREATE FUNCTION accelcost_internal.usage_sum_end(
    period_start timestamptz, period_end timestamptz, is_session boolean, hours integer) RETURNS timestamptz
    LANGUAGE c IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_usage_sum_end';
COMMENT ON FUNCTION accelcost_internal.usage_sum_end(timestamptz, timestamptz, boolean, integer) IS
    'returns the end of the hour or day of a record, or its own if it is a session or ends later';

-- The parameters of usage_key, but for the limits of the catalog.
CREATE FUNCTION accelcost_internal.usage_sum_key(
    period_start timestamptz, period_end timestamptz, provider text, payer text, region text, sku text,
    accelerator text, workload text, model text, team text, purchase_option text, service_tier text, geo text,
    transfer_unit text, transfer_kind text, transfer_service text, transfer_destination text,
    storage_unit text, storage_kind text, meter text, meter_unit text, meter_kind text,
    term_months integer, gpu_count numeric, instance_hours numeric, uses_hours boolean, is_session boolean,
    requests bigint, max_request_input_tokens bigint, uncached_input_tokens bigint, cache_read_tokens bigint,
    cache_write_5m_tokens bigint, cache_write_1h_tokens bigint, output_tokens bigint,
    uses_transfer boolean, uses_storage boolean, uses_energy boolean, quantity numeric, counts_days boolean,
    prefill_seconds numeric, decode_seconds numeric, hours integer) RETURNS bytea
    LANGUAGE c IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_usage_sum_key';
COMMENT ON FUNCTION accelcost_internal.usage_sum_key(timestamptz, timestamptz, text, text, text, text, text, text, text,
    text, text, text, text, text, text, text, text, text, text, text, text, text, integer, numeric, numeric, boolean,
    boolean, bigint, bigint, bigint, bigint, bigint, bigint, bigint, boolean, boolean, boolean, numeric, boolean,
    numeric, numeric, integer) IS
    'returns all that the price of a usage record depends on, whatever the catalog';

CREATE FUNCTION accelcost_internal.usage_sum_price_key(
    key bytea, period_start timestamptz, period_end timestamptz, counts_days boolean, counts_request_days boolean,
    limits bigint[]) RETURNS bytea
    LANGUAGE c IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_usage_sum_price_key';
COMMENT ON FUNCTION accelcost_internal.usage_sum_price_key(
    bytea, timestamptz, timestamptz, boolean, boolean, bigint[]) IS
    'returns the usage_key of the records of a sum, within the limits of the catalog';

-- The texts of a key, numbered from 0 in the order of the parameters of usage_key, then gpu_count and session hours.
CREATE FUNCTION accelcost_internal.usage_sum_text(key bytea, n integer) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_usage_sum_text';
COMMENT ON FUNCTION accelcost_internal.usage_sum_text(bytea, integer) IS
    'returns text n of the key of a sum; NULL if it is unknown';

CREATE FUNCTION accelcost_internal.usage_sum_term(key bytea) RETURNS integer
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_usage_sum_term';
COMMENT ON FUNCTION accelcost_internal.usage_sum_term(bytea) IS
    'returns the term in months of the records of a sum';

CREATE FUNCTION accelcost_internal.usage_sum_is_session(key bytea) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_usage_sum_is_session';
COMMENT ON FUNCTION accelcost_internal.usage_sum_is_session(bytea) IS
    'returns true if the records of a sum are sessions';

CREATE FUNCTION accelcost_internal.usage_sum_size(key bytea) RETURNS bigint
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_usage_sum_size';
COMMENT ON FUNCTION accelcost_internal.usage_sum_size(bytea) IS
    'returns the most input tokens that a request of a sum can have; NULL if there is no bound';
