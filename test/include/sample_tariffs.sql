-- Three thousand tariffs (sample, with their tiers in head and tier) and quantities to rate by them, generated from
-- their number alone: a failure names it.
CREATE FUNCTION pg_temp.h(n bigint, seed bigint) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$
    SELECT (hashint8extended(n, seed) & 9223372036854775807)::numeric
$$;

-- A number above 0, of shapes from the least one to ten figures and more.
CREATE FUNCTION pg_temp.positive(n bigint, seed bigint) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE (pg_temp.h(n, seed) % 7)::int
               WHEN 0 THEN 1 + h % 100
               WHEN 1 THEN (1 + h % 1000) * 1e-18
               WHEN 2 THEN (1 + h) * 1e-18
               WHEN 3 THEN (1 + h % 100000) * 0.01
               WHEN 4 THEN (1 + h % 100) * 1024
               WHEN 5 THEN (1 + h) * 1e-9
               ELSE CASE WHEN n % 10 = 0 THEN (1 + h) / 100 ELSE 1000 END
           END
    FROM pg_temp.h(n, seed + 1000) AS h
$$;

CREATE FUNCTION pg_temp.zero_or_positive(n bigint, seed bigint, zeros int) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN pg_temp.h(n, seed + 2000) % 100 < zeros THEN 0 ELSE pg_temp.positive(n, seed) END
$$;

CREATE TEMP TABLE head AS
SELECT n, mode,
       CASE WHEN mode = 'package' THEN 1
            WHEN n % 250 = 0 THEN 1000
            WHEN n % 25 = 0 THEN 9 + (pg_temp.h(n, 2) % 90)::int
            ELSE 1 + (pg_temp.h(n, 2) % 8)::int END AS tiers,
       pg_temp.h(n, 3) % 4 = 0 AS closed, pg_temp.zero_or_positive(n, 4, 60) AS allowance,
       CASE mode WHEN 'package' THEN pg_temp.positive(n, 5) END AS block
FROM (
    SELECT n,
           (ARRAY['graduated', 'graduated', 'graduated', 'volume', 'package'])[1 + (pg_temp.h(n, 1) % 5)::int] AS mode
    FROM generate_series(1, 3000) AS n) AS generated;

-- lower: exclusive; upper: inclusive, infinite for an open tier
CREATE TEMP TABLE tier AS
SELECT n, i, width, sum(width) OVER (PARTITION BY n ORDER BY i) - width AS lower,
       CASE WHEN i = tiers AND NOT closed THEN 'Infinity' ELSE sum(width) OVER (PARTITION BY n ORDER BY i) END AS upper,
       pg_temp.zero_or_positive(n * 2000 + i, 6, 15) AS price, pg_temp.zero_or_positive(n * 2000 + i, 7, 60) AS flat
FROM head, generate_series(1, tiers) AS i, LATERAL (SELECT pg_temp.positive(n * 2000 + i, 8) AS width) AS w;
CREATE INDEX ON tier (n, i);
ANALYZE tier;

CREATE TEMP TABLE sample AS
SELECT head.*, prices, tariff(bounds, prices, mode, flats, allowance, block) AS t, widths, bounds, flats
FROM head
JOIN (
    SELECT n, array_agg(nullif(upper, 'Infinity') ORDER BY i) AS bounds,
           array_agg(CASE WHEN upper < 'Infinity' THEN width END ORDER BY i) AS widths,
                       array_agg(price ORDER BY i) AS prices, array_agg(flat ORDER BY i) AS flats
                FROM tier GROUP BY n) AS tiers USING (n);
CREATE UNIQUE INDEX ON sample (n);
ANALYZE sample;

CREATE TEMP TABLE quantity AS
SELECT n, k, CASE k
           WHEN 1 THEN 0
           WHEN 2 THEN bound WHEN 3 THEN bound WHEN 4 THEN bound                 -- at a bound
           WHEN 5 THEN bound + 1e-36 WHEN 6 THEN greatest(bound - 1e-36, 0)      -- and beside it
           WHEN 7 THEN bound + 1e-18 WHEN 8 THEN greatest(bound - 1e-18, 0)
           WHEN 9 THEN allowance WHEN 10 THEN allowance + 1e-36
           WHEN 11 THEN h * 1e-9                                                 -- as metered: 9 decimals
           WHEN 12 THEN (h % 1000000) * 1e9 + h * 1e-9                           -- up to 1e15
           WHEN 13 THEN (h % 1000000) + h * 1e-20                                -- 20 decimals
           WHEN 14 THEN (h % 1000) + h * 1e-36                                   -- 36 decimals
           WHEN 15 THEN round(bound * (h % 1000003) / 1000003, 20 + (h % 17)::int)
           WHEN 16 THEN h % 1000000
           WHEN 17 THEN least(bound * 2, 1.7e20)
           ELSE least(bound + pg_temp.positive(n, k), 1.7e20)
       END AS q
FROM head, generate_series(1, 18) AS k, LATERAL (SELECT pg_temp.h(n, k + 20) AS h) AS hashed,
     LATERAL (
         SELECT allowance + CASE WHEN upper < 'Infinity' THEN upper ELSE lower END AS bound
         FROM tier
         WHERE tier.n = head.n AND i = 1 + (pg_temp.h(n, k + 50) % tiers)::int) AS picked;
