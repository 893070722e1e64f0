-- A usage table as a log of requests fills it: many times, few groups. The
-- month and each kind of money stand beside one another, so that all queries
-- scan the same pages; columns of fixed width come first, as they should.
CREATE UNLOGGED TABLE usage (
    at timestamptz NOT NULL,
    tokens bigint NOT NULL,
    cost tco NOT NULL,
    cost_float8 double precision NOT NULL,
    month date NOT NULL,
    provider text NOT NULL,
    model text NOT NULL,
    cost_numeric numeric NOT NULL
);

INSERT INTO usage
SELECT at, tokens, tco(amount, 'USD', 'compute'), amount, bill_month(at), provider, model, amount
FROM generate_series(0, :rows - 1) AS i,
    LATERAL (SELECT
        timestamptz '2026-01-01 00:00:00+00' + i * (interval '365 days' / :rows) AS at,
        (ARRAY['AWS', 'CoreWeave', 'Fluence', 'Lambda', 'RunPod'])[1 + i % 5] AS provider,
        (ARRAY['llama-70b', 'llama-8b', 'mistral', 'whisper'])[1 + i / 5 % 4] AS model,
        100 + i::bigint * 7919 % 20000 AS tokens) AS request,
    LATERAL (SELECT tokens * 0.00000285 AS amount) AS price;

VACUUM (ANALYZE) usage;
SELECT accelcost.month_statistics('usage', 'at') \g /dev/null
