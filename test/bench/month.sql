-- Who pays for shared machines, and unit costs, against the report and the cost of the records that they rest on. A
-- month of usage: eight pools of machines by the hour, pods of six teams on them, and the requests that they served.
TRUNCATE accelcost.usage;
INSERT INTO accelcost.usage (record_id, period_start, provider, region, sku, instance_hours, gpu_count, pool, model,
                             team, feature, user_id, requests, uncached_input_tokens, output_tokens, prefill_seconds,
                             decode_seconds)
SELECT i::text, '2026-08-01Z'::timestamptz + i % 744 * interval '1 hour', 'CoreWeave', 'US',
       CASE WHEN kind <> 1 THEN 'H100 (8x)' END, CASE kind WHEN 0 THEN 1 WHEN 1 THEN 1 ELSE 0 END,
       CASE WHEN kind = 1 THEN 2 END, 'pool ' || i / 20 % 8, CASE WHEN kind > 0 THEN 'llama-3.3-70b' END,
       CASE WHEN kind > 0 THEN (ARRAY['search', 'support', 'ads', 'chat', 'docs', 'ops'])[1 + i / 7 % 6] END,
       CASE WHEN kind > 0 THEN 'feature ' || i / 11 % 10 END, 'user ' || i * 7919::bigint % 5000,
       CASE WHEN kind > 1 THEN 1 END, CASE WHEN kind > 1 THEN 200 + i::bigint * 7919 % 3000 ELSE 0 END,
       CASE WHEN kind > 1 THEN 50 + i::bigint * 15485863 % 900 ELSE 0 END, CASE WHEN kind > 1 THEN 0.01 END,
       CASE WHEN kind > 1 THEN 0.2 END
FROM generate_series(1, :quantities) AS i
CROSS JOIN LATERAL (SELECT i % 20 AS kind) AS k;
VACUUM (ANALYZE) accelcost.usage;

INSERT INTO query VALUES
    ('month', 1, 'usage_monthly of the month', $$SELECT * FROM accelcost.usage_monthly('2026-08-01')$$),
    ('month', 2, 'usage_cost of the month, by team',
     $$SELECT team, sum(cost) FROM accelcost.usage_cost(first_month => '2026-08-01') GROUP BY team$$),
    ('month', 3, 'showback by GPU hours', $$SELECT * FROM accelcost.showback('2026-08-01')$$),
    ('month', 4, 'showback by tokens, idle pro rata',
     $$SELECT * FROM accelcost.showback('2026-08-01', NULL, 'tokens')$$),
    ('month', 5, 'showback of one pool', $$SELECT * FROM accelcost.showback('2026-08-01', 'pool 3')$$),
    ('month', 6, 'inference_unit_cost', $$SELECT * FROM accelcost.inference_unit_cost('2026-08-01')$$),
    ('month', 7, 'unit_cost by team', $$SELECT * FROM accelcost.unit_cost('2026-08-01')$$),
    ('month', 8, 'unit_cost by user', $$SELECT * FROM accelcost.unit_cost('2026-08-01', 'user_id')$$);
CALL measure('month', :rounds, '{0}');

SELECT format('%s usage records of a month, medians of %s rounds',
              to_char((SELECT count(*) FROM accelcost.usage), 'FM999,999,999'), :rounds) AS title \gset
\pset title :title
SELECT name AS query, median('month', 0, place) AS "serial ms",
       CASE WHEN place > 2 THEN ratio('month', 0, place, CASE WHEN place > 6 THEN 2 ELSE 1 END) END AS ratio,
       CASE WHEN place > 6 THEN 'to usage_cost' WHEN place > 2 THEN 'to usage_monthly' ELSE '' END AS "to",
       CASE WHEN place > 2 THEN 'at most 3' ELSE '' END AS target
FROM query
WHERE topic = 'month'
ORDER BY place;
\pset title
