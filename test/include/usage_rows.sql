-- Rows of usage of July 2026, in place of those that were there, with what differs from a plain one.
CREATE FUNCTION pg_temp.used(VARIADIC rows jsonb[]) RETURNS void LANGUAGE sql AS $$
    DELETE FROM accelcost.usage;
    INSERT INTO accelcost.usage
    SELECT (jsonb_populate_record(NULL::accelcost.usage, jsonb_build_object(
        'source', 'test', 'record_id', n, 'period_start', '2026-07-03Z', 'provider', 'Nord', 'payer', 'acme',
        'workload', 'inference',
        'uncached_input_tokens', 0, 'cache_read_tokens', 0, 'cache_write_5m_tokens', 0, 'cache_write_1h_tokens', 0,
        'output_tokens', 0, 'service_tier', 'standard', 'geo', 'global', 'is_session', false,
        'term_months', 0, 'purchase_option', 'on_demand', 'transfer_kind', 'internet', 'transfer_service', '*',
        'extra', '{}'::jsonb) || r)).*
    FROM unnest(rows) WITH ORDINALITY AS u (r, n);
$$;
