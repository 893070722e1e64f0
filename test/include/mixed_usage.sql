-- 2,000 records of usage of June to August 2026: data transfer, machines and tokens, with and without a price.
INSERT INTO accelcost.usage (record_id, period_start, provider, payer, region, sku, instance_hours, model, team,
                             feature, uncached_input_tokens, cache_read_tokens, output_tokens, transfer_quantity,
                             transfer_unit, extra)
SELECT 'g' || i, timestamptz '2026-06-01Z' + i * interval '43 minutes 7.3 seconds',
       CASE kind WHEN 0 THEN 'AWS' WHEN 1 THEN 'AWS' WHEN 2 THEN 'CoreWeave' ELSE 'OpenAI' END,
       (ARRAY['acme', NULL])[1 + i % 2], CASE WHEN kind < 2 THEN 'us-east-1' WHEN kind = 2 THEN 'US' END,
       CASE kind WHEN 1 THEN 'p5.48xlarge' WHEN 2 THEN 'H100 (8x)' END,
       CASE WHEN kind IN (1, 2) THEN round((i * 7919 % 1000) / 37.0, 8) END,
       CASE kind WHEN 3 THEN 'gpt-5' WHEN 4 THEN 'gpt-4o' WHEN 5 THEN 'mystery-' || i % 3 END,
       (ARRAY['a', 'b', NULL])[1 + i / 3 % 3], 'f' || i % 4,
       CASE WHEN kind > 2 THEN i * 104729 % 9000 ELSE 0 END, CASE WHEN kind = 3 THEN i * 31 % 500 ELSE 0 END,
       CASE WHEN kind > 2 THEN i * 1299709 % 4000 ELSE 0 END,
       CASE WHEN kind = 0 THEN round(i * 7907 % 100000 / 7.0, 6) END,
       CASE WHEN kind = 0 THEN (ARRAY['GiB', 'GB'])[1 + i % 2] END, jsonb_build_object('env', 'e' || i % 2)
FROM generate_series(1::bigint, 2000) AS i, LATERAL (SELECT i % 6 AS kind) AS k;
