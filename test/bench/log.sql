-- A year of accelcost.usage as a gateway and a scheduler fill it: requests of
-- four models and two machines by the hour, for two payers and six teams, and
-- what they sent.
INSERT INTO accelcost.usage (record_id, period_start, period_end, requests, provider, payer, region, sku, model, team,
                             uncached_input_tokens, cache_read_tokens, output_tokens, instance_hours,
                             transfer_quantity, transfer_unit)
SELECT i::text, at, at + interval '2 seconds', 1, provider, payer, CASE WHEN kind > 17 THEN 'us-east-1' END,
       CASE WHEN kind IN (16, 17) THEN 'H100 (8x)' END,
       CASE WHEN kind < 16 THEN (ARRAY['gpt-5', 'gpt-4o', 'gpt-4.1', 'gpt-4o-mini'])[1 + kind % 4]
            WHEN kind < 18 THEN 'llama-3.3-70b' END,
       team,
       CASE WHEN kind < 16 THEN 200 + i::bigint * 7919 % 3000 ELSE 0 END,
       CASE WHEN kind < 8 THEN i::bigint * 104729 % 2000 ELSE 0 END,
       CASE WHEN kind < 18 THEN 50 + i::bigint * 15485863 % 900 ELSE 0 END,
       CASE WHEN kind IN (16, 17) THEN 0.25 END, CASE WHEN kind > 17 THEN 1 + i % 7 END,
       CASE WHEN kind > 17 THEN 'GiB' END
FROM generate_series(0, :rows - 1) AS i,
    LATERAL (
        SELECT timestamptz '2026-01-01 00:00:00+00' + i * (interval '270 days' / :rows) AS at, i % 20 AS kind
    ) AS moment,
    LATERAL (
        SELECT (ARRAY['acme', 'acme-eu'])[1 + i / 20 % 2] AS payer,
               (ARRAY['search', 'support', 'ads', 'chat', 'docs', 'ops'])[1 + i / 40 % 6] AS team,
                    CASE WHEN kind < 16 THEN 'OpenAI'
                         WHEN kind < 18 THEN 'CoreWeave'
                         ELSE 'AWS' END AS provider) AS who;

VACUUM (ANALYZE) accelcost.usage;
