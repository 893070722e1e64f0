-- Usage of all kinds over five months. June has what spoils a comparison (hours
-- and accelerators that are not known), so that other months have ranks.

INSERT INTO usage (source, record_id, period_start, period_end, provider, payer, sub_account, region, sku,
    accelerator, gpu_count, purchase_option, term_months, session, instance_hours,
    workload, model, team, feature, user_id, pool, requests, max_request_input_tokens, is_batch,
        uncached_input_tokens, cache_read_tokens, cache_write_5m_tokens, cache_write_1h_tokens, output_tokens,
    transfer_quantity, transfer_unit, transfer_kind, transfer_service, transfer_destination, storage_quantity,
        storage_unit, storage_kind, energy_kwh, billed_cost, billed_currency)
SELECT any_of(i, 'source', 'meter', 'gateway', 'manual'), 'r' || i, t.starts, CASE WHEN chance(i, 'ends', 60)
    THEN t.starts + dice(i, 'length', CASE WHEN chance(i, 'long', 20) THEN 86400 ELSE 3600 END) * interval
    '1 second' END,
       CASE WHEN k.kind IN ('own machine', 'own accelerator') THEN any_of(i, 'provider', 'Alpha', 'Alpha',
           'alpha cloud inc', 'Beta', 'BETA', 'Gamma')
            WHEN k.kind = 'machine' THEN split_part(m.machine, '/', 1) WHEN k.kind = 'tokens' THEN any_of(i,
                'provider', 'Talk', 'talk (EU)', 'Muse', 'OpenAI', 'openai', 'Anthropic', 'deepseek')
            WHEN k.kind IN ('sent', 'kept') THEN any_of(i, 'provider', 'Alpha', 'Beta', 'Gamma', 'AWS',
                'Amazon Web Services', 'Google Cloud', 'Azure', 'CoreWeave')
            WHEN k.kind = 'energy' THEN any_of(i, 'provider', 'Home', 'Barn', 'Alpha') ELSE any_of(i,
                'provider', 'Omega', NULL, 'nobody knows') END,
       any_of(i, 'payer', 'acme', 'acme', 'beta', 'gamma', NULL), any_of(i, 'sub', NULL, 's-1', 's-2'),
       CASE WHEN k.kind = 'machine' THEN nullif(split_part(m.machine, '/', 3), '') WHEN k.kind = 'energy' THEN
           any_of(i, 'site', 'cellar', 'attic', 'DE', 'US-VA', NULL, 'moon')
            WHEN k.kind = 'sent' THEN any_of(i, 'region', 'north', 'south', 'west', NULL, 'us-east-1',
                'sa-east-1', 'eastus') ELSE any_of(i, 'region', 'north', 'south', 'west', NULL, 'nowhere') END,
       CASE WHEN k.kind = 'machine' THEN split_part(m.machine, '/', 2) WHEN k.kind IN ('own machine', 'other')
           THEN 's' || 1 + dice(i, 'sku', 14) END,
       CASE WHEN k.kind = 'own accelerator' THEN any_of(i, 'accelerator', 'Z1', 'zeta one', 'Z2', 'Z',
           'L4 24GB', 'W1') WHEN chance(i, 'named', 15) AND k.kind IN ('own machine', 'other') THEN any_of(i,
           'accelerator', 'Z1', 'Z2', 'unheard of') END,
       CASE WHEN k.kind = 'own accelerator' AND NOT (t.spoilt AND chance(i, 'no count', 40)) OR chance(i,
           'count', 12) AND k.kind IN ('own machine', 'machine')
            THEN any_of(i, 'count', '1', '2', '4', '8', '8', '0.5', '0.333333333333333333', '12')::numeric END,
       o.purchase_option, CASE WHEN o.purchase_option = 'reserved' THEN any_of(i, 'term', '12', '36')::integer
           ELSE 0 END,
       k.kind IN ('own machine', 'machine', 'own accelerator') AND chance(i, 'rental', 25),
       CASE WHEN k.kind NOT IN ('own machine', 'machine', 'own accelerator', 'other') THEN NULL WHEN t.spoilt
           AND chance(i, 'hours unknown', 6) THEN NULL WHEN chance(i, 'no hours', 6) THEN 0
            WHEN chance(i, 'taken back', 5) AND NOT (chance(i, 'rental', 25) AND NOT t.spoilt) THEN -amount(i,
                'hours', 30, 3)
            ELSE amount(i, 'hours', any_of(i, 'long hours', '0.5', '24', '300')::numeric, dice(i, 'decimals',
                9)) END,
       any_of(i, 'workload', 'inference', 'inference', 'training'),
       CASE WHEN k.kind = 'tokens' THEN any_of(i, 'model', 'm1', 'm2', 'talk/m3', 'M4', 'm5', 'm6', 'm7', 'm8',
           'm9', 'm10', 'm11', 'm12', 'm13', 'm14', 'gpt-5', 'openai/gpt-5', 'gpt-4o', 'claude-sonnet-4-5',
           'deepseek-chat', 'mystery', 'night', 'thinks', 'long', NULL)
            WHEN chance(i, 'modelled', 40) THEN any_of(i, 'model', 'llama', 'm1', 'openai/gpt-5') END,
       any_of(i, 'team', 'search', 'support', 'a; b', NULL), any_of(i, 'feature', NULL, 'chat'), any_of(i,
           'user', NULL, 'u-1'), any_of(i, 'pool', NULL, NULL, 'shared'),
       CASE WHEN k.kind = 'tokens' THEN any_of(i, 'requests', '1', '1', '10', '1000', NULL, '-1', '0')::bigint
           END, CASE WHEN k.kind = 'tokens' AND chance(i, 'largest', 30) THEN dice(i, 'size', 250000) END,
       k.kind = 'tokens' AND chance(i, 'batch', 20), CASE WHEN n.uses_tokens THEN n.sign * dice(i, 'in', n.size)
           WHEN chance(i, 'in unknown', 8) AND k.kind = 'tokens' THEN NULL ELSE 0 END,
       CASE WHEN n.uses_tokens AND chance(i, 'cache', 40) THEN n.sign * dice(i, 'read', n.size) WHEN chance(i,
           'read unknown', 3) THEN NULL ELSE 0 END, CASE WHEN n.uses_tokens AND chance(i, 'write', 20) THEN
           n.sign * dice(i, '5m', n.size) ELSE 0 END,
       CASE WHEN n.uses_tokens AND chance(i, 'write', 10) THEN n.sign * dice(i, '1h', n.size) ELSE 0 END, CASE
           WHEN n.uses_tokens AND NOT chance(i, 'silent', 10) THEN n.sign * dice(i, 'out', n.size) ELSE 0 END,
       CASE WHEN n.sends THEN CASE WHEN chance(i, 'sent back', 8) THEN -1 ELSE 1 END * amount(i, 'sent',
           any_of(i, 'much', '10', '5000', '90000')::numeric, dice(i, 'sent decimals', 8)) END,
       CASE WHEN n.sends AND (NOT t.spoilt OR chance(i, 'unit', 70)) THEN any_of(i, 'data unit', 'GiB', 'GB',
           'TB', 'MiB', 'byte', 'GiB', 'GB') END, any_of(i, 'transfer', 'internet', 'internet', 'internet',
           'inter_region', 'inter_az', 'cdn'),
       any_of(i, 'service', '*', '*', '*', '*', 'edge', 'CloudFront'), CASE WHEN n.sends THEN any_of(i,
           'destination', NULL, NULL, NULL, 'EU', 'us-east-2') END,
       CASE WHEN n.keeps THEN CASE WHEN chance(i, 'given back', 8) THEN -1 ELSE 1 END * amount(i, 'kept', 40000,
           dice(i, 'kept decimals', 6)) END, CASE WHEN n.keeps THEN any_of(i, 'kept unit', 'GiB-month',
           'GB-month', 'byte-hour', 'GiB-hour', NULL) END,
       CASE WHEN n.keeps THEN any_of(i, 'storage', 'object', 'object', 'block', 'ssd', NULL) END,
       CASE WHEN k.kind = 'energy' OR chance(i, 'energy', 5) THEN CASE WHEN chance(i, 'less', 10) THEN -1 ELSE 1
           END * amount(i, 'kwh', 500, 4) END,
       CASE WHEN chance(i, 'billed', 20) THEN amount(i, 'billed cost', 100, 2) END, CASE WHEN chance(i,
           'billed', 20) THEN 'USD' END
FROM generate_series(1::bigint, 900) AS i
CROSS JOIN LATERAL (SELECT moment(i, 'second', '2026-05-01 00:00Z', 122) AS starts, moment(i, 'second',
    '2026-05-01 00:00Z', 122) >= '2026-06-01 00:00Z' AND moment(i, 'second', '2026-05-01 00:00Z', 122) <
    '2026-07-01 00:00Z' AS spoilt) AS t
CROSS JOIN LATERAL (SELECT any_of(i, 'machine', 'AWS/p5.48xlarge/us-east-1',
    'Amazon Web Services/g5.xlarge/us-east-1', 'CoreWeave/H100 (8x)/US', 'Lambda/gpu_8x_h100_sxm5/',
    'AWS/p5.48xlarge/', 'Nord/n8/') AS machine) AS m
CROSS JOIN LATERAL (SELECT any_of(i, 'option', 'on_demand', 'on_demand', 'on_demand', 'on_demand', 'on_demand',
    'spot', 'reserved', 'capacity_block') AS purchase_option) AS o
CROSS JOIN LATERAL (SELECT any_of(i, 'kind', 'own machine', 'own machine', 'own machine', 'own machine',
    'machine', 'machine', 'own accelerator', 'own accelerator', 'tokens', 'tokens', 'tokens', 'tokens',
    'tokens', 'tokens',
                                  'sent', 'sent', 'sent', 'sent', 'kept', 'kept', 'energy', 'other') AS kind) AS
                                      k
CROSS JOIN LATERAL (SELECT (k.kind = 'tokens' OR chance(i, 'counted', 20)) AND NOT chance(i, 'in unknown', 8) AS
    uses_tokens, CASE WHEN chance(i, 'negative', 5) THEN -1 ELSE 1 END AS sign,
                           any_of(i, 'tokens', '900', '20000', '3000000', '400000000')::integer AS size, k.kind
                               = 'sent' OR k.kind LIKE '%machine' AND chance(i, 'sends', 20) AS sends,
                           k.kind = 'kept' OR chance(i, 'keeps', 3) AS keeps) AS n;

-- One row each, of what stands for a rule or a reason.
CREATE FUNCTION add_usage(first integer, VARIADIC rows jsonb[]) RETURNS void LANGUAGE sql AS $$
    INSERT INTO usage
    SELECT (jsonb_populate_record(NULL::usage,
            '{"source": "edge", "payer": "edge", "provider": "Nord", "period_start": "2026-07-05 00:00Z", "uncached_input_tokens": 0, "cache_read_tokens": 0, "cache_write_5m_tokens": 0, "cache_write_1h_tokens": 0, "output_tokens": 0, "is_batch": false, "session": false, "term_months": 0, "purchase_option": "on_demand", "workload": "inference", "transfer_kind": "internet", "transfer_service": "*", "extra": {}}'
            || jsonb_build_object('record_id', first + n) || r)).*
    FROM unnest(rows) WITH ORDINALITY AS u (r, n);
$$;
CREATE FUNCTION sent(place text, quantity numeric, day text DEFAULT '01', team text DEFAULT NULL) RETURNS jsonb
    LANGUAGE sql AS $$
    SELECT jsonb_build_object('payer', 'edge-' || rtrim(place, 'abcdef'), 'region', place, 'transfer_quantity',
        quantity, 'transfer_unit', 'GB', 'period_start', '2026-07-' || day || ' 00:00Z', 'team', team);
$$;
DO $$ BEGIN
    -- machines
    PERFORM add_usage(100, '{"sku": "n8", "instance_hours": 2}',
        '{"sku": "n8", "instance_hours": 2, "payer": "acme"}',
        '{"sku": "n8", "instance_hours": 0.01, "session": true}',
        '{"sku": "n8", "instance_hours": 0.1001, "session": true}',
        '{"sku": "n8", "instance_hours": 3, "period_start": "2026-07-10 11:59:59.999999Z"}',
            '{"sku": "n8", "instance_hours": 3, "period_start": "2026-07-10 12:00Z"}',
            '{"sku": "n8", "instance_hours": 1, "session": true, "purchase_option": "spot"}',
        '{"sku": "regions", "instance_hours": 1}', '{"sku": "regions", "instance_hours": 1, "region": "b"}',
            '{"sku": "unknown", "instance_hours": 1}', '{"sku": "host", "instance_hours": 1}',
            '{"sku": "range", "instance_hours": 1}',
        '{"sku": "open", "instance_hours": 1}', '{"sku": "upfront", "instance_hours": 1}',
            '{"sku": "euro", "instance_hours": 1}', '{"sku": "pound", "instance_hours": 1}',
            '{"sku": "dear", "instance_hours": 2}', '{"sku": "gpu", "instance_hours": 2, "gpu_count": 3}',
        '{"sku": "never", "instance_hours": 2}', '{"sku": "n8", "instance_hours": 2, "gpu_count": 4}',
            '{"sku": "n8", "instance_hours": 0, "output_tokens": 5000, "model": "m"}',
            '{"sku": "contract", "instance_hours": 2, "payer": "acme"}',
        '{"sku": "no such", "instance_hours": 0, "output_tokens": 100, "model": "m"}',
            '{"sku": "n8", "instance_hours": 2, "output_tokens": null, "model": "m", "team": "uncounted"}');
    PERFORM add_usage(140, '{"sku": "bounds", "instance_hours": 1, "period_start": "2026-07-11 08:00Z"}',
        '{"sku": "bounds", "instance_hours": 1, "period_start": "2026-07-11 08:00:00.000001Z"}',
        '{"sku": "bounds", "instance_hours": 1, "period_start": "2026-07-12 00:00Z", "payer": "late"}',
        '{"sku": "bounds", "instance_hours": 1, "period_start": "2026-07-21 08:00Z"}',
            '{"sku": "bounds", "instance_hours": 1, "period_start": "2026-07-21 08:00:00.000001Z"}');
    PERFORM add_usage(150, '{"sku": "dear", "instance_hours": 1, "payer": "edge-dear"}',
        '{"sku": "dear", "instance_hours": 1, "payer": "edge-dear", "region": "a"}',
        '{"sku": "y", "instance_hours": 1, "gpu_count": 2, "payer": "edge-y"}',
            '{"accelerator": "Y9", "instance_hours": 3, "payer": "edge-y"}',
            '{"accelerator": "Z1", "instance_hours": 3, "gpu_count": 1}',
            '{"accelerator": "nothing", "instance_hours": 3}',
        '{"accelerator": "W1", "instance_hours": 1, "gpu_count": 1, "session": true}');
    -- June may have what July may not.
    PERFORM add_usage(180, '{"sku": "n8", "period_start": "2026-06-05 00:00Z"}',
        '{"sku": "gpu", "instance_hours": 2, "period_start": "2026-06-05 00:00Z"}',
        '{"sku": "n8", "instance_hours": -2, "session": true, "period_start": "2026-06-05 00:00Z"}',
        '{"accelerator": "W1", "instance_hours": 2, "period_start": "2026-06-05 00:00Z"}');
    -- tokens
    PERFORM add_usage(200,
        '{"provider": "Talk", "model": "night", "output_tokens": 1000000, "period_start": "2026-07-03 05:59:59Z"}',
        '{"provider": "Talk", "model": "night", "output_tokens": 1000000, "period_start": "2026-07-03 06:00Z", "period_end": "2026-07-03 16:00Z"}',
        '{"provider": "Talk", "model": "night", "output_tokens": 1000000, "period_start": "2026-07-03 05:00Z", "period_end": "2026-07-03 07:00Z"}',
            '{"provider": "Talk", "model": "long", "requests": 1, "uncached_input_tokens": 1001, "output_tokens": 1000}',
        '{"provider": "Talk", "model": "long", "requests": 3, "uncached_input_tokens": 1500}',
            '{"provider": "Talk", "model": "long", "requests": 3, "uncached_input_tokens": 1500, "max_request_input_tokens": 1000}',
            '{"provider": "Talk", "model": "thinks", "output_tokens": 5}',
        '{"provider": "Talk", "model": "half", "uncached_input_tokens": 5}',
            '{"provider": "Talk", "model": "mute", "output_tokens": 5}',
            '{"provider": "Talk", "model": "thinks", "cache_read_tokens": 5}',
            '{"provider": "Talk", "model": "thinks", "cache_write_5m_tokens": 5}',
        '{"provider": "Talk", "model": "thinks", "cache_write_1h_tokens": 5}',
            '{"provider": "Talk", "model": "thinks", "uncached_input_tokens": 5, "is_batch": true}',
            '{"provider": "Talk", "output_tokens": 5}',
            '{"provider": "Talk", "model": "thinks", "output_tokens": null}',
        '{"provider": "Talk", "model": "none", "output_tokens": 5}',
            '{"provider": "Talk", "model": "long", "requests": -1, "uncached_input_tokens": -1001, "output_tokens": -1000}',
        '{"provider": "Google Gemini", "model": "gemini-2.5-pro", "requests": 1, "uncached_input_tokens": 300000, "output_tokens": 1000}',
            '{"provider": "deepseek", "model": "deepseek-chat", "output_tokens": 1000, "period_start": "2025-02-10 17:00Z"}');
    -- whose, and energy
    PERFORM add_usage(250, '{"provider": null, "sku": "n8", "instance_hours": 1}',
        '{"provider": "Omega", "transfer_quantity": 1, "storage_quantity": 1, "storage_kind": "object", "model": "m", "output_tokens": 7}',
        '{"provider": "Home", "region": null, "energy_kwh": 5}',
            '{"provider": "Home", "region": "moon", "energy_kwh": 5}',
            '{"provider": "Home", "region": "cellar", "energy_kwh": 5, "sku": "rack", "instance_hours": 0, "output_tokens": 10}',
        '{"provider": "Home", "region": "cellar", "energy_kwh": 7, "sku": "rack", "instance_hours": 10}');
    -- a month of data
    PERFORM add_usage(300, sent('closed', 11), sent('closed', 10) || '{"payer": "edge-exact"}', sent('nobytes',
        5), sent('gratis', 5), sent('flat', 12), sent('volume', 12), sent('package', 26.5), sent('goeson', 20,
        '01', 'a'), sent('goeson', 20, '20', 'b'), sent('goeson', -1, '21'), sent('unit', 50, '01'),
        sent('unit', 50, '20'), sent('free', 50, '01'), sent('free', 50, '20'), sent('named', 5, '01'),
            sent('named', 5, '20'), sent('torn', 10, '01'), sent('torn', 10, '20'), sent('poola', 50),
            sent('poolb', 50), sent('poolc', 50), sent('poold', 50), sent('poole', 50, '02', 'a'),
        sent('poolf', 70, '03', 'b'), sent('poolg', 1) || '{"payer": "edge-fit"}', sent('poolh', 106.3741824) ||
            '{"payer": "edge-fit"}', sent('pound', 5), sent('huge', 9e19), sent('huge', 9e19, '02'), sent('yen',
            1234.5678, '02', 'a'), sent('yen', 777.777, '03', 'b'));
    PERFORM add_usage(400, sent('volume', -5) || '{"payer": "edge-net"}', sent('goeson', -5, '01') ||
        '{"payer": "edge-change"}', sent('goeson', 100, '20') || '{"payer": "edge-change"}',
        '{"transfer_quantity": 5, "payer": "edge-where"}',
        '{"transfer_quantity": 5, "transfer_unit": "GB", "region": "flat", "transfer_kind": "cdn", "transfer_destination": "EU", "payer": "edge-none"}',
            '{"storage_quantity": 5, "storage_unit": "GB-month", "storage_kind": "object", "payer": "edge-where"}',
        '{"storage_quantity": 5, "storage_unit": "GB-month", "payer": "edge-kind"}',
            '{"storage_quantity": 5, "storage_unit": "GB-month", "region": "a", "storage_kind": "object", "payer": "edge-kept"}',
            '{"storage_quantity": 3600, "storage_unit": "GiB-hour", "region": "a", "storage_kind": "object", "payer": "edge-kept", "team": "x"}',
        '{"storage_quantity": 5, "storage_unit": "GB-month", "region": "closed", "storage_kind": "block", "payer": "edge-kept"}',
            '{"storage_quantity": 5, "storage_unit": "GiB-month", "region": "nobytes", "storage_kind": "block", "payer": "edge-kept"}',
        sent('gratis', 100) ||
            '{"sku": "n8", "instance_hours": 5, "payer": "edge-both", "team": "both", "storage_quantity": 1, "storage_kind": "object"}');
    -- a rank for Z1: a payer who sends from where the tariff of all is known
    PERFORM add_usage(450,
        '{"sku": "n8", "instance_hours": 100, "payer": "edge-w", "accelerator": "Z2", "gpu_count": 8, "workload": "training"}',
        '{"provider": "AWS", "region": "us-east-1", "sku": "p4d.24xlarge", "instance_hours": 10, "payer": "edge-a"}',
        '{"provider": "AWS", "region": "us-east-1", "transfer_quantity": 57000, "transfer_unit": "GiB", "payer": "edge-a"}');
    -- the first and last instants, far months, late rows
    PERFORM add_usage(500,
        '{"sku": "n8", "instance_hours": 1, "period_start": "2026-06-30 23:59:59.999999Z", "payer": "far"}',
        '{"sku": "n8", "instance_hours": 1, "period_start": "2026-07-01 00:00Z", "payer": "far"}',
        '{"sku": "euro", "instance_hours": 1, "period_start": "2041-03-05 00:00Z", "payer": "far"}',
        '{"sku": "pound", "instance_hours": 1, "period_start": "2041-03-05 00:00Z", "payer": "far"}',
            '{"sku": "n8", "instance_hours": 1, "period_start": "2019-03-05 00:00Z", "payer": "far"}',
            '{"sku": "n8", "instance_hours": 1, "period_start": "0044-03-15 00:00Z BC", "payer": "far"}',
        '{"provider": "OpenAI", "period_start": "4714-12-05 00:00Z BC", "model": "gpt-5", "output_tokens": 1, "payer": "far"}');
END $$;

-- ---- relations of other forms ------------------------------------------------------

-- what no column of accelcost.usage would take
CREATE VIEW odd_usage AS
SELECT source, record_id, CASE WHEN record_id = '2' THEN 'infinity' WHEN record_id = '3' THEN NULL ELSE
    period_start END AS period_start, provider::varchar(20) AS provider, payer, region, sku, accelerator, model,
    team, workload, purchase_option,
       CASE record_id WHEN '4' THEN 'NaN' WHEN '5' THEN 'Infinity' ELSE instance_hours END AS instance_hours,
           CASE record_id WHEN '6' THEN 'NaN'::float8 ELSE output_tokens::float8 END AS output_tokens,
           uncached_input_tokens::numeric AS uncached_input_tokens,
       CASE record_id WHEN '7' THEN 'NaN' WHEN '8' THEN 2e20 ELSE transfer_quantity END AS transfer_quantity,
           CASE record_id WHEN '9' THEN 'furlong' ELSE transfer_unit END AS transfer_unit,
       CASE record_id WHEN '10' THEN 'NaN' ELSE storage_quantity END AS storage_quantity, CASE record_id WHEN
           '11' THEN 'GB-fortnight' ELSE storage_unit END AS storage_unit, storage_kind, energy_kwh::float8 AS
           energy_kwh,
       CASE WHEN record_id = '12' THEN NULL ELSE session END AS session, NULL::text AS transfer_kind, 3e9 AS
           term_months
FROM (SELECT 'odd' AS source, n::text AS record_id, timestamptz '2026-07-05 00:00Z' AS period_start, CASE n WHEN
    6 THEN 'Talk' WHEN 13 THEN 'Home' ELSE 'Nord' END AS provider, 'odd ' || n AS payer, CASE WHEN n IN (10, 11)
    THEN 'a' WHEN n = 13 THEN 'cellar' ELSE 'flat' END AS region,
             CASE WHEN n IN (2, 3, 4, 5, 12) THEN 'n8' END AS sku, NULL::text AS accelerator, CASE n WHEN 6 THEN
                 'thinks' END AS model, 't' AS team, 'inference' AS workload, NULL::text AS purchase_option,
                 CASE WHEN n IN (2, 3, 4, 5, 12) THEN 3.5 END AS instance_hours,
             0 AS output_tokens, 0 AS uncached_input_tokens, CASE WHEN n IN (1, 7, 8, 9) THEN 5.0 END AS
                 transfer_quantity, 'GB' AS transfer_unit, CASE WHEN n IN (10, 11) THEN 5.0 END AS
                 storage_quantity, 'GB-month' AS storage_unit, 'object' AS storage_kind,
             CASE n WHEN 13 THEN 1.25 END AS energy_kwh, false AS session
      FROM generate_series(1, 13) AS n) AS o;
-- few columns, of types that are cast
CREATE VIEW narrow_usage AS
SELECT (date '2026-07-01' + dice(n, 'day', 60))::timestamp AS period_start, any_of(n, 'who', 'Alpha',
    'CoreWeave', 'AWS')::varchar(9) AS provider, any_of(n, 'what', 's1', 's3', 'H100 (8x)', 'g5.xlarge')::name
    AS sku, (dice(n, 'hours', 900) / 7.0)::float8 AS instance_hours,
       dice(n, 'out', 100000) AS output_tokens, any_of(n, 'team', 'x', 'y')::varchar AS team
FROM generate_series(1::bigint, 60) AS n;
-- of one payer, whose machines can be ranked everywhere
CREATE VIEW simple_usage AS
SELECT timestamptz '2026-07-03 00:00Z' + n * interval '7 hours' AS period_start, 'Nord' AS provider, 'acme' AS
    payer, 'gratis' AS region, CASE WHEN n % 3 < 2 THEN 'n8' END AS sku, any_of(n, 'sku hours', '1', '5.5',
    '24')::numeric AS instance_hours, n % 5 = 0 AS session,
       CASE WHEN n % 3 = 2 THEN amount(n, 'simple', 4000, 3) END AS transfer_quantity, 'GiB' AS transfer_unit
FROM generate_series(1::bigint, 30) AS n;
CREATE VIEW empty_usage AS SELECT * FROM usage WHERE false;
CREATE MATERIALIZED VIEW july_usage AS SELECT * FROM usage WHERE period_start >= '2026-07-01 00:00Z' AND
    period_start < '2026-08-01 00:00Z' AND provider IN ('Alpha', 'Nord', 'AWS', 'Talk');
CREATE TABLE no_usage (provider text);

CREATE TABLE new_prices (provider text, sku text, region text, purchase_option text, amount numeric, currency
    text, model text, input_price numeric, output_price float8, cache_read_price numeric, context_threshold
    bigint, threshold_strict boolean, long_input_price numeric, long_output_price numeric, batch_factor
    numeric);
INSERT INTO new_prices (provider, sku, region, purchase_option, amount, currency)
SELECT p.provider, 's' || k, CASE dice(p.n * 100 + k, 'region', 4) WHEN 0 THEN 'north' END, CASE dice(p.n * 100
    + k, 'option', 4) WHEN 0 THEN 'spot' END, amount(p.n * 100 + k, 'new', 30, 3), any_of(p.n * 100 + k,
    'currency', NULL, 'EUR', 'GBP', 'JPY')
FROM (VALUES (1, 'Alpha'), (2, 'beta'), (3, 'Gamma')) AS p (n, provider), generate_series(1, 13) AS k;
INSERT INTO new_prices (provider, sku, amount) VALUES ('AWS', 'p5.48xlarge', 49.5), ('Nord', 'n8', 11), ('Nord',
    'never', 3);
INSERT INTO new_prices (provider, model, input_price, output_price, cache_read_price, context_threshold,
    threshold_strict, long_input_price, long_output_price, batch_factor, currency)
SELECT 'Talk', 'm' || k, CASE WHEN NOT chance(k, 'no new', 10) THEN amount(k, 'new in', 5, 3) END, dice(k,
    'new out', 40) / 4.0, CASE WHEN chance(k, 'new cache', 70) THEN 0.1 END, l.size, l.size % 2 = 0, l.size,
    l.size * 2, any_of(k, 'new batch', NULL, '0.5')::numeric, any_of(k, 'new currency', NULL, 'EUR')
FROM generate_series(1, 14) AS k, LATERAL (SELECT CASE WHEN chance(k, 'new long', 40) THEN 1000 + dice(k,
    'new size', 90000) END AS size) AS l;
INSERT INTO new_prices (provider, model, input_price, output_price) VALUES ('OpenAI', 'openai/gpt-5', 1, 12),
    ('deepseek', 'deepseek-chat', 1, 2);
CREATE VIEW faulty_prices AS SELECT 1 AS n, 'AWS' AS provider, 'a' AS sku, -1 AS amount;
CREATE VIEW twice_prices AS SELECT provider, sku, amount FROM (VALUES ('AWS', 'a', 1), ('aws', 'a', 2)) AS p
    (provider, sku, amount);
CREATE VIEW night_prices AS SELECT 'Talk' AS provider, 'm1' AS model, 1 AS input_price, '22:00'::time AS
    utc_from, '06:00'::time AS utc_to;

ANALYZE;
