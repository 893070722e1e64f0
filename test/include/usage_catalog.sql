-- A small catalog of its own, and functions that price a record of usage by it.
INSERT INTO accelcost.provider (provider, kind) VALUES ('Alpha', 'neocloud'), ('Home', 'own'), ('Talk', 'api');
INSERT INTO accelcost.provider_alias (alias, provider) VALUES ('Alpha Cloud Inc.', 'Alpha');
INSERT INTO accelcost.accelerator (accelerator, kind, vendor, family)
VALUES ('Z1', 'gpu', 'Zeta', 'Z1'), ('Z2', 'gpu', 'Zeta', 'Z2');
INSERT INTO accelcost.offer (
    provider, sku, region, purchase_option, term_months, accelerator, gpu_count, price_basis, upfront,
    billing_increment_seconds, minimum_seconds)
VALUES ('Alpha', 'z8', '*', 'on_demand', 0, 'Z1', 8, 'per_instance', NULL, 60, 300),
       ('Alpha', 'z8', '*', 'spot', 0, 'Z1', 8, 'per_instance', NULL, NULL, NULL),
       ('Alpha', 'z8', '*', 'reserved', 12, 'Z1', 8, 'per_instance', NULL, NULL, NULL),
       ('Alpha', 'z', '*', 'on_demand', 0, 'Z2', NULL, 'per_gpu', NULL, NULL, NULL),
       ('Alpha', 'z4', 'north', 'on_demand', 0, 'Z1', 4, 'per_instance', NULL, NULL, NULL),
       ('Alpha', 'z4', 'south', 'on_demand', 0, 'Z1', 4, 'per_instance', NULL, NULL, NULL),
       ('Alpha', 'unknown', '*', 'on_demand', 0, 'Z1', 8, 'unknown', NULL, NULL, NULL),
       ('Alpha', 'host', '*', 'on_demand', 0, 'Z1', 8, 'host_only', NULL, NULL, NULL),
       ('Alpha', 'range', '*', 'on_demand', 0, 'Z1', 8, 'per_instance', NULL, NULL, NULL),
       ('Alpha', 'upfront', '*', 'on_demand', 0, 'Z1', 8, 'per_instance', 10, NULL, NULL),
       ('Alpha', 'euro', '*', 'on_demand', 0, 'Z1', 8, 'per_instance', NULL, NULL, NULL),
       ('Alpha', 'dear', '*', 'on_demand', 0, 'Z1', 8, 'per_instance', NULL, NULL, NULL);
INSERT INTO accelcost.offer_price (
    provider, sku, region, purchase_option, term_months, amount, price_low, price_high, currency, account, origin,
    valid)
VALUES ('Alpha', 'z8', '*', 'on_demand', 0, 10, NULL, NULL, 'USD', NULL, 'user', '[2026-01-01,2026-07-10 12:00)'),
       ('Alpha', 'z8', '*', 'on_demand', 0, 12, NULL, NULL, 'USD', NULL, 'user', '[2026-07-10 12:00,)'),
       ('Alpha', 'z8', '*', 'on_demand', 0, 7, NULL, NULL, 'USD', 'big', 'negotiated', '[2026-01-01,)'),
       ('Alpha', 'z8', '*', 'spot', 0, 4, NULL, NULL, 'USD', NULL, 'user', '[2026-01-01,)'),
       ('Alpha', 'z8', '*', 'reserved', 12, 6, NULL, NULL, 'USD', NULL, 'user', '[2026-01-01,)'),
       ('Alpha', 'z', '*', 'on_demand', 0, 1.5, NULL, NULL, 'USD', NULL, 'user', '[2026-01-01,)'),
       ('Alpha', 'z4', 'north', 'on_demand', 0, 5, NULL, NULL, 'USD', NULL, 'user', '[2026-01-01,)'),
       ('Alpha', 'z4', 'south', 'on_demand', 0, 6, NULL, NULL, 'USD', NULL, 'user', '[2026-01-01,)'),
       ('Alpha', 'unknown', '*', 'on_demand', 0, 1, NULL, NULL, 'USD', NULL, 'user', '[2026-01-01,)'),
       ('Alpha', 'host', '*', 'on_demand', 0, 1, NULL, NULL, 'USD', NULL, 'user', '[2026-01-01,)'),
       ('Alpha', 'range', '*', 'on_demand', 0, NULL, 1, 2, 'USD', NULL, 'user', '[2026-01-01,)'),
       ('Alpha', 'upfront', '*', 'on_demand', 0, 1, NULL, NULL, 'USD', NULL, 'user', '[2026-01-01,)'),
       ('Alpha', 'euro', '*', 'on_demand', 0, 8, NULL, NULL, 'EUR', NULL, 'user', '[2026-01-01,)'),
       ('Alpha', 'dear', '*', 'on_demand', 0, 9e19, NULL, NULL, 'USD', NULL, 'user', '[2026-01-01,)');
INSERT INTO accelcost.token_price (provider, model, input_price, output_price, cache_read_price, service_tier, valid)
VALUES ('Talk', 'plain', 2, 10, 0.2, 'standard', '[2026-01-01,)'),
       ('Talk', 'plain', 1, 5, 0.1, 'batch', '[2026-01-01,)'),
       ('Talk', 'bare', 2, 10, NULL, 'standard', '[2026-01-01,)');
INSERT INTO accelcost.token_price (
    provider, model, input_price, output_price, cache_read_price, cache_write_5m_price, cache_write_1h_price,
    context_threshold, threshold_strict, long_input_price, long_output_price, long_cache_read_price, valid)
VALUES ('Talk', 'long', 3, 15, 0.3, 3.75, 6, 1000, true, 6, 22.5, 0.6, '[2026-01-01,)'),
       ('Talk', 'loose', 3, 15, 0.3, 3.75, 6, 1000, false, 6, 22.5, 0.6, '[2026-01-01,)');
INSERT INTO accelcost.token_price (provider, model, input_price, output_price, reasoning_price, valid)
VALUES ('Talk', 'thinks', 1, 10, 20, '[2026-01-01,)');
INSERT INTO accelcost.token_price (provider, model, input_price, output_price, utc_from, utc_to, valid)
VALUES ('Talk', 'night', 4, 4, NULL, NULL, '[2026-01-01,)'),
       ('Talk', 'night', 1, 1, '22:00', '06:00', '[2026-01-01,)');
INSERT INTO accelcost.token_price (
    provider, model, input_price, output_price, service_tier, weekdays, utc_from, utc_to, valid)
VALUES ('Talk', 'peak', 2, 2, 'standard', NULL, NULL, NULL, '[2026-01-01,)'),
       ('Talk', 'peak', 5, 5, 'standard', '{1,2,3,4,5}', '01:00', '04:00', '[2026-01-01,)'),
       ('Talk', 'peak', 1, 1, 'batch', NULL, NULL, NULL, '[2026-01-01,)');
INSERT INTO accelcost.meter_tariff (
    provider, meter, kind, from_region, tariff, free_quantity, free_in_tiers, free_pool, unit, unit_bytes, valid)
VALUES ('Alpha', 'egress', 'internet', 'east', 'graduated: 0.09 upto 10240, 0.085 upto 51200, 0.07 upto 153600, 0.05',
        0, true, NULL, 'GiB', 1073741824, '[2026-01-01,)'),
       ('Alpha', 'egress', 'internet', 'sao',
        'graduated: 0.15 upto 10240, 0.138 upto 51200, 0.126 upto 153600, 0.114', 0, true, NULL, 'GiB', 1073741824,
        '[2026-01-01,)'),
       ('Alpha', 'egress', 'internet', 'free1', 'graduated: 0.1', 100, true, 'pool', 'GiB', 1073741824,
        '[2026-01-01,)'),
       ('Alpha', 'egress', 'internet', 'free2', 'graduated: 0.2', 100, true, 'pool', 'GiB', 1073741824,
        '[2026-01-01,)'),
       ('Alpha', 'egress', 'internet', 'changes', 'graduated: 0.1 upto 10, 0.01', 0, true, NULL, 'GB', 1000000000,
        '[2026-01-01,2026-07-16)'),
       ('Alpha', 'egress', 'internet', 'changes', 'graduated: 1 upto 10, 0.5', 0, true, NULL, 'GB', 1000000000,
        '[2026-07-16,)'),
       ('Alpha', 'egress', 'internet', 'closed', 'graduated: 0.1 upto 10', 0, true, NULL, 'GB', 1000000000,
        '[2026-01-01,)'),
       ('Alpha', 'egress', 'internet', 'nobytes', 'graduated: 0.1', 0, true, NULL, 'GB', NULL, '[2026-01-01,)'),
       ('Alpha', 'egress', 'internet', 'gratis', 'graduated: 0', 0, true, NULL, 'GB', NULL, '[2026-01-01,)'),
       ('Alpha', 'egress', 'internet', 'flat', 'graduated: 0.1 flat 5 upto 10, 0.05 flat 2', 0, true, NULL, 'GB',
        1000000000, '[2026-01-01,)'),
       ('Alpha', 'egress', 'internet', 'volume', 'volume: 2 upto 10, 1', 0, true, NULL, 'GB', 1000000000,
        '[2026-01-01,)'),
       ('Alpha', 'egress', 'internet', 'package', 'package 10: 3', 0, true, NULL, 'GB', 1000000000, '[2026-01-01,)'),
       ('Alpha', 'storage', 'object', '*', 'graduated: 0.02', 0, true, NULL, 'GiB-month', 1073741824, '[2026-01-01,)');
INSERT INTO accelcost.electricity_price (location, sector, price_per_kwh, currency, valid)
VALUES ('cellar', 'commercial', 0.2, 'USD', '[2026-01-01,)');

-- One row of usage, priced by itself: its cost, or why not.
CREATE FUNCTION pg_temp.add_usage(record_id text, changes jsonb) RETURNS void LANGUAGE sql AS $$
    INSERT INTO accelcost.usage
    SELECT * FROM jsonb_populate_record(NULL::accelcost.usage, jsonb_build_object(
        'source', 'test', 'record_id', record_id, 'period_start', '2026-07-03Z', 'provider', 'Alpha', 'payer', 'acme',
        'workload', 'inference',
        'uncached_input_tokens', 0, 'cache_read_tokens', 0, 'cache_write_5m_tokens', 0, 'cache_write_1h_tokens', 0,
        'output_tokens', 0, 'service_tier', 'standard', 'geo', 'global', 'is_session', false,
        'term_months', 0, 'purchase_option', 'on_demand', 'transfer_kind', 'internet', 'transfer_service', '*',
        'extra', '{}'::jsonb) || changes);
$$;
CREATE FUNCTION pg_temp.priced(changes jsonb) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    result text;
BEGIN
    DELETE FROM accelcost.usage;
    PERFORM pg_temp.add_usage('1', changes);
    SELECT concat_ws('; ', u.cost, u.reason) INTO STRICT result FROM accelcost.usage_cost() AS u;
    RETURN result;
END
$$;
