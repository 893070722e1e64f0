-- A catalog of one's own beside the builtin one: offers, tariffs, prices of
-- tokens and electricity and exchange rates that change, disagree and lack
-- things.

-- ---- names ------------------------------------------------------------------

INSERT INTO provider (provider, kind) VALUES
    ('Alpha', 'neocloud'), ('Beta', 'hyperscaler'), ('Gamma', 'decentralized'), ('Nord', 'neocloud'), ('Home',
        'own'), ('Barn', 'own'),
    ('Talk', 'api'), ('Muse', 'api'), ('CoreWeave', 'neocloud');
INSERT INTO provider_alias (alias, provider) VALUES ('Alpha Cloud Inc.', 'Alpha'), ('talk (eu)', 'Talk'),
    ('aws', 'AWS');
INSERT INTO accelerator (accelerator, kind, vendor, family) VALUES
    ('Z', 'gpu', 'Zeta', 'Z'), ('Z1', 'gpu', 'Zeta', 'Z'), ('Z2', 'gpu', 'Zeta', 'Z'), ('W1', 'npu', 'Weta',
        'W1'), ('Y9', 'tpu', 'Yeta', 'Y9');
INSERT INTO accelerator_alias (alias, accelerator) VALUES ('zeta-one', 'Z1'), ('Z1 80GB', 'Z1'), ('h100-sxm',
    'H100 SXM5 80GB');
INSERT INTO model (model, vendor) SELECT 'm' || k, 'Talk' FROM generate_series(1, 8) AS k;
INSERT INTO model_alias (alias, model) SELECT 'talk/m' || k, 'm' || k FROM generate_series(1, 8) AS k;
INSERT INTO model_alias (alias, model) VALUES ('openai/gpt-5', 'gpt-5'), ('nothing', 'no-such-model');

INSERT INTO accelerator_figure (accelerator, figure, precision_name, sparsity, value, source, origin, as_of)
SELECT a.accelerator, f.figure, f.precision_name, f.sparsity, round(1 + amount(n, 'figure', 900, 2), 2)::float8,
    s.source, s.origin, s.as_of::date
FROM (VALUES (1, 'Z1'), (2, 'Z2'), (3, 'W1'), (4, 'H100 SXM5 80GB')) AS a (k, accelerator)
CROSS JOIN (VALUES (1, 'tops', 'fp8', 1::float8), (2, 'tops', 'int8', 2), (3, 'watts', NULL, NULL), (4,
    'memory_gb', NULL, NULL), (5, 'memory_bandwidth_gb_s', NULL, NULL)) AS f (k, figure, precision_name,
    sparsity)
CROSS JOIN (VALUES (1, 'user', 'user', NULL), (2, 'sheet', 'official', '2026-03-01'), (3, 'blog', 'third_party',
    '2026-04-01'), (4, 'rumour', 'unverified', NULL)) AS s (k, source, origin, as_of)
CROSS JOIN LATERAL (SELECT a.k * 100 + f.k * 10 + s.k AS n) AS n
WHERE chance(n, 'has figure', 60);
INSERT INTO accelerator_price (accelerator, price_low, price_high, currency, valid, source, origin)
SELECT a.accelerator, amount(a.k, 'low', 900, 2), CASE WHEN chance(a.k, 'closed', 70) THEN 900 + amount(a.k,
    'high', 900, 2) END, any_of(a.k, 'currency', 'USD', 'EUR'), '[2026-01-01 00:00Z,)', 'user', 'user'
FROM (VALUES (1, 'Z1'), (2, 'Z2'), (3, 'W1'), (4, 'H200')) AS a (k, accelerator);

-- ---- eras ---------------------------------------------------------------------

-- One to three eras of a price that follow on each other, one of them perhaps
-- with bounds the other way round, from a time at which others may not begin.
CREATE FUNCTION eras(n bigint) RETURNS TABLE (era integer, valid tstzrange) LANGUAGE sql IMMUTABLE AS $$
    SELECT b.place::integer, tstzrange(b.at, lead(b.at) OVER (ORDER BY b.place), f.bounds)
    FROM (SELECT CASE WHEN chance(n, 'odd bounds', 15) THEN '(]' ELSE '[)' END AS bounds, 1 + dice(n, 'eras', 3)
        AS number) AS f
    CROSS JOIN LATERAL (VALUES (1, CASE dice(n, 'first', 8) WHEN 0 THEN NULL WHEN 1 THEN timestamptz
        '2026-06-12 10:00Z' ELSE timestamptz '2026-01-01 00:00Z' END),
                               (2, moment(n, 'second', '2026-06-14 00:00Z', 30)), (3, moment(n, 'third',
                                   '2026-07-15 00:00Z', 40))) AS b (place, at)
    WHERE b.place <= f.number
$$;

-- ---- offers ---------------------------------------------------------------------

CREATE TABLE own_offer AS
SELECT row_number() OVER (ORDER BY p.provider, k, r.region, o.purchase_option, o.term_months) AS n, p.place *
    100 + k AS kind, p.provider, 's' || k AS sku,
       r.region, o.purchase_option, o.term_months
FROM (VALUES (1, 'Alpha'), (2, 'Beta'), (3, 'Gamma')) AS p (place, provider)
CROSS JOIN generate_series(1, 12) AS k
CROSS JOIN (VALUES ('*'), ('north'), ('south'), ('west')) AS r (region)
CROSS JOIN (VALUES ('on_demand', 0), ('spot', 0), ('reserved', 12), ('reserved', 36), ('capacity_block', 0)) AS
    o (purchase_option, term_months)
CROSS JOIN LATERAL (SELECT dice(p.place * 100 + k, 'regions', 3) AS regions) AS s
WHERE CASE WHEN r.region = '*' THEN s.regions IN (0, 1) ELSE s.regions IN (1, 2) END
  AND CASE o.purchase_option WHEN 'on_demand' THEN true WHEN 'spot' THEN chance(p.place * 100 + k, 'spot', 40)
      WHEN 'reserved' THEN chance(p.place * 100 + k, 'reserved', 25)
           ELSE chance(p.place * 100 + k, 'block', 10) END;

INSERT INTO offer (provider, sku, region, purchase_option, term_months, accelerator, gpu_count, price_basis,
    upfront, billing_increment_seconds, minimum_seconds, note)
SELECT o.provider, o.sku, o.region, o.purchase_option, o.term_months,
       CASE WHEN b.basis = 'per_gpu' AND chance(o.kind, 'no count', 40) THEN 'W1' ELSE any_of(o.kind,
           'accelerator', 'Z1', 'Z1', 'Z2', 'Z', 'H100 SXM5 80GB', 'L4 24GB', 'zeta one') END,
       CASE WHEN b.basis = 'per_gpu' AND chance(o.kind, 'no count', 40) THEN NULL ELSE any_of(o.kind, 'count',
           '1', '2', '4', '8', '8', '3', '7', '0.5', '0.333333333333333333')::numeric END,
       b.basis, CASE WHEN o.purchase_option = 'reserved' AND chance(o.kind, 'upfront', 50) THEN amount(o.kind,
           'upfront amount', 5000, 2) WHEN chance(o.kind, 'upfront', 8) THEN 0 END,
       any_of(o.kind, 'increment', NULL, '0', '1', '60', '3600', '0.5')::numeric, any_of(o.kind, 'minimum',
           NULL, '0', '60', '60', '3600')::numeric,
       any_of(o.n, 'note', NULL, NULL, 'with a note')
FROM own_offer AS o
CROSS JOIN LATERAL (SELECT any_of(o.kind, 'basis', 'per_instance', 'per_instance', 'per_instance',
    'per_instance', 'per_gpu', 'per_gpu', 'per_chip', 'per_slice', 'host_only', 'unknown') AS basis) AS b;

INSERT INTO offer_price (provider, sku, region, purchase_option, term_months, account, amount, price_low,
    price_high, currency, valid, source, origin, as_of, note)
SELECT o.provider, o.sku, o.region, o.purchase_option, o.term_months, s.account,
       CASE WHEN NOT f.is_range THEN f.price END, CASE WHEN f.is_range THEN f.price END, CASE WHEN f.is_range
           AND chance(n.n, 'closed range', 60) THEN f.price * 1.5 + 1 END,
       any_of(n.n / 10, 'currency', 'USD', 'USD', 'USD', 'USD', 'EUR', 'EUR', 'JPY', 'GBP', 'CHF'), e.valid,
           s.source, s.origin,
       CASE WHEN chance(n.n, 'dated', 80) THEN date '2026-01-01' + dice(n.n, 'day', 200) END, any_of(n.n,
           'note', NULL, NULL, 'printed')
FROM own_offer AS o
CROSS JOIN (VALUES (1, 'user', 'user', NULL, 55), (2, 'list A', 'third_party', NULL, 45), (3, 'list B',
    'third_party', NULL, 20), (4, 'seller', 'official', NULL, 20),
                   (5, 'contract', 'negotiated', 'acme', 15), (6, 'contract', 'negotiated', 'beta', 8), (7,
                       'rumour', 'unverified', NULL, 10)) AS s (place, source, origin, account, percent)
CROSS JOIN LATERAL eras(o.n * 10 + s.place) AS e
CROSS JOIN LATERAL (SELECT (o.n * 10 + s.place) * 10 + e.era AS n) AS n
CROSS JOIN LATERAL (SELECT amount(n.n, 'price', 40, dice(n.n, 'decimals', 7)) AS price, chance(n.n, 'range', 8)
    AS is_range) AS f
WHERE chance(o.n * 10 + s.place, 'has price', s.percent);

-- One of each kind that has no price, or not one that can be used.
INSERT INTO offer (provider, sku, region, purchase_option, accelerator, gpu_count, price_basis, upfront,
    billing_increment_seconds, minimum_seconds) VALUES
    ('Nord', 'n8', '*', 'on_demand', 'Z1', 8, 'per_instance', NULL, 60, 300), ('Nord', 'n8', '*', 'spot', 'Z1',
        8, 'per_instance', NULL, NULL, NULL),
    ('Nord', 'regions', 'a', 'on_demand', 'Z1', 4, 'per_instance', NULL, 1, 0), ('Nord', 'regions', 'b',
        'on_demand', 'Z1', 4, 'per_instance', NULL, 1, 0),
    ('Nord', 'unknown', '*', 'on_demand', 'Z1', 8, 'unknown', NULL, 0, 0), ('Nord', 'host', '*', 'on_demand',
        'Z1', 8, 'host_only', NULL, 0, 0),
    ('Nord', 'range', '*', 'on_demand', 'Z1', 8, 'per_instance', NULL, 0, 0), ('Nord', 'open', '*', 'on_demand',
        'Z1', 8, 'per_instance', NULL, 0, 0),
    ('Nord', 'upfront', '*', 'on_demand', 'Z1', 8, 'per_instance', 10, 0, 0), ('Nord', 'euro', '*', 'on_demand',
        'Z1', 8, 'per_instance', NULL, 0, 0),
    ('Nord', 'pound', '*', 'on_demand', 'Z1', 8, 'per_instance', NULL, 0, 0), ('Nord', 'dear', '*', 'on_demand',
        'Z1', 8, 'per_instance', NULL, 0, 0),
    ('Nord', 'gpu', '*', 'on_demand', 'W1', NULL, 'per_gpu', NULL, NULL, NULL), ('Nord', 'contract', '*',
        'on_demand', 'Z1', 8, 'per_instance', NULL, 0, 0),
    ('Nord', 'never', '*', 'on_demand', 'Z2', 2, 'per_instance', NULL, 0, 0), ('Nord', 'y', '*', 'on_demand',
        'Y9', 1, 'per_chip', NULL, 60, 60), ('Nord', 'bounds', '*', 'on_demand', 'Y9', 4, 'per_slice', NULL, 60,
        60);
INSERT INTO offer_price (provider, sku, region, purchase_option, account, amount, price_low, price_high,
    currency, origin, source, valid) VALUES
    ('Nord', 'n8', '*', 'on_demand', NULL, 10, NULL, NULL, 'USD', 'user', 'user',
        '[2026-01-01 00:00Z,2026-07-10 12:00Z)'), ('Nord', 'n8', '*', 'on_demand', NULL, 12, NULL, NULL, 'USD',
        'user', 'user', '[2026-07-10 12:00Z,)'),
    ('Nord', 'n8', '*', 'on_demand', 'acme', 7.5, NULL, NULL, 'USD', 'negotiated', 'contract',
        '[2026-01-01 00:00Z,)'), ('Nord', 'n8', '*', 'spot', NULL, 4, NULL, NULL, 'USD', 'user', 'user',
        '[2026-01-01 00:00Z,)'),
    ('Nord', 'regions', 'a', 'on_demand', NULL, 5, NULL, NULL, 'USD', 'user', 'user', '[2026-01-01 00:00Z,)'),
        ('Nord', 'regions', 'b', 'on_demand', NULL, 6, NULL, NULL, 'USD', 'user', 'user',
        '[2026-01-01 00:00Z,)'),
    ('Nord', 'unknown', '*', 'on_demand', NULL, 1, NULL, NULL, 'USD', 'user', 'user', '[2026-01-01 00:00Z,)'),
        ('Nord', 'host', '*', 'on_demand', NULL, 1, NULL, NULL, 'USD', 'user', 'user', '[2026-01-01 00:00Z,)'),
    ('Nord', 'range', '*', 'on_demand', NULL, NULL, 1, 8, 'USD', 'user', 'user', '[2026-01-01 00:00Z,)'),
        ('Nord', 'open', '*', 'on_demand', NULL, NULL, 1, NULL, 'USD', 'user', 'user', '[2026-01-01 00:00Z,)'),
    ('Nord', 'upfront', '*', 'on_demand', NULL, 1, NULL, NULL, 'USD', 'user', 'user', '[2026-01-01 00:00Z,)'),
        ('Nord', 'euro', '*', 'on_demand', NULL, 8, NULL, NULL, 'EUR', 'user', 'user', '[2026-01-01 00:00Z,)'),
    ('Nord', 'pound', '*', 'on_demand', NULL, 8, NULL, NULL, 'GBP', 'user', 'user', '[2026-01-01 00:00Z,)'),
        ('Nord', 'dear', '*', 'on_demand', NULL, 9e19, NULL, NULL, 'USD', 'user', 'user',
        '[2026-01-01 00:00Z,)'),
    ('Nord', 'gpu', '*', 'on_demand', NULL, 1.5, NULL, NULL, 'USD', 'user', 'user', '[2026-01-01 00:00Z,)'),
        ('Nord', 'contract', '*', 'on_demand', 'acme', 3, NULL, NULL, 'USD', 'negotiated', 'contract',
        '[2026-01-01 00:00Z,)'),
    ('Nord', 'bounds', '*', 'on_demand', NULL, 2, NULL, NULL, 'USD', 'user', 'user',
        '(2026-07-11 08:00Z,2026-07-21 08:00Z]'), ('Nord', 'y', '*', 'on_demand', NULL, 2.25, NULL, NULL, 'USD',
        'user', 'user', '[2026-01-01 00:00Z,)'), ('Nord', 'nothing', '*', 'on_demand', NULL, 2, NULL, NULL,
        'USD', 'user', 'user', '[2026-01-01 00:00Z,)'),
    -- own prices of builtin offers
    ('AWS', 'p5.48xlarge', 'us-east-1', 'on_demand', 'acme', 38.5, NULL, NULL, 'USD', 'negotiated', 'contract',
        '[2026-01-01 00:00Z,2026-07-20 00:00Z)');
INSERT INTO offer_price (provider, sku, region, purchase_option, amount, valid)
SELECT 'AWS', 'g5.xlarge', 'us-east-1', 'on_demand', 1 + amount(e.era, 'g5', 1, 4), e.valid FROM eras(700) AS e;

-- Its data transfer is paid in pounds, for which there is no rate.
INSERT INTO provider (provider, kind) VALUES ('Sterling', 'neocloud');
INSERT INTO offer (provider, sku, purchase_option, accelerator, gpu_count, price_basis,
    billing_increment_seconds, minimum_seconds) VALUES ('Sterling', 'p8', 'on_demand', 'Z1', 8, 'per_instance',
    1, 0);
INSERT INTO offer_price (provider, sku, purchase_option, amount, valid) VALUES ('Sterling', 'p8', 'on_demand',
    9, '[2026-01-01 00:00Z,)');
INSERT INTO meter_tariff (provider, meter, kind, tariff, currency, unit, unit_bytes, valid) VALUES ('Sterling',
    'egress', 'internet', 'graduated: 0.08', 'GBP', 'GB', 1e9, '[2026-01-01 00:00Z,)');

-- ---- tariffs --------------------------------------------------------------------

CREATE FUNCTION any_tariff(n bigint) RETURNS tariff LANGUAGE sql IMMUTABLE AS $$
    SELECT (CASE WHEN k < 3 THEN format('graduated: %s', a) WHEN k < 6 THEN format('graduated: %s upto %s, %s',
        a, b, round(a / 2, 9))
                 WHEN k = 6 THEN format('graduated: %s flat 3 upto %s, %s upto %s, %s flat 1', a, b, round(a /
                     2, 9), b * 4, round(a / 4, 9))
                 WHEN k = 7 THEN format('volume: %s upto %s, %s', a, b, round(a / 3, 9)) WHEN k = 8 THEN
                     format('package 100: %s', a * 90)
                 WHEN k = 9 THEN format('graduated allowance 50: %s upto %s', a, b * 100) WHEN k = 10 THEN
                     'graduated: 0' ELSE format('graduated: 0.01 upto %s, 0.02', b) END)::tariff
    FROM (SELECT dice(n, 'form', 12) AS k, 0.001 + amount(n, 'tariff', 0.2, 6) AS a, 10 + dice(n, 'bound', 4000)
        AS b) AS t
$$;

INSERT INTO meter_tariff (provider, meter, kind, service, from_region, to_region, account, tariff,
    free_quantity, free_counts, free_pool, currency, unit, unit_bytes, valid, source, origin, as_of)
SELECT p.provider, m.meter, m.kind, m.service, r.from_region, r.to_region, s.account, t.tariff, t.free,
    (t.tariff::jsonb->>'mode') = 'graduated' AND chance(c.c, 'free counts', 70),
       CASE WHEN t.free > 0 AND s.place < 3 AND p.place < 3 THEN 'pool ' || p.place || any_of(e.era, 'renamed',
           '', '', '', ' b') END,
       any_of(c.c + p.place, 'currency', 'USD', 'USD', 'USD', 'USD', 'EUR', 'GBP'), concat(u.unit, CASE WHEN
           m.meter = 'storage' THEN '-month' END), u.bytes, e.valid, s.source, s.origin, date '2026-02-01' +
           dice(c.c, 'day', 90)
FROM (VALUES (1, 'Alpha'), (2, 'Beta'), (3, 'Gamma')) AS p (place, provider)
CROSS JOIN (VALUES (1, 'egress', 'internet', '*'), (2, 'egress', 'internet', 'edge'), (3, 'egress',
    'inter_region', '*'), (4, 'egress', 'inter_az', '*'), (5, 'egress', 'cdn', 'edge'),
                   (6, 'storage', 'object', '*'), (7, 'storage', 'block', '*')) AS m (place, meter, kind,
                       service)
CROSS JOIN (VALUES (1, '*', '*'), (2, 'north', '*'), (3, 'south', '*'), (4, 'north', 'EU'), (5, '*', 'EU')) AS r
    (place, from_region, to_region)
CROSS JOIN (VALUES (1, 'user', 'user', NULL, 45), (2, 'list A', 'third_party', NULL, 30), (3, 'contract',
    'negotiated', 'acme', 12), (4, 'rumour', 'unverified', NULL, 5)) AS s (place, source, origin, account,
    percent)
CROSS JOIN LATERAL (SELECT p.place * 1000 + m.place * 100 + r.place * 10 + s.place AS c) AS c
CROSS JOIN LATERAL eras(c.c + 50000) AS e
CROSS JOIN LATERAL (SELECT c.c * 10 + e.era AS n) AS n
CROSS JOIN LATERAL (SELECT x.tariff, CASE WHEN NOT chance(p.place * 10 + m.place, 'free', 40) THEN 0 WHEN
    chance(n.n, 'other free', 6) THEN 25 ELSE 100 END AS free
                    FROM any_tariff(CASE WHEN chance(n.n, 'same tariff', 30) THEN c.c ELSE n.n END) AS x
                        (tariff)) AS t
CROSS JOIN LATERAL (SELECT split_part(w.words, ' ', 1) AS unit, nullif(split_part(w.words, ' ', 2), '')::numeric
    AS bytes
                    FROM any_of(CASE WHEN chance(n.n, 'other unit', 6) THEN n.n ELSE p.place * 10 + m.place END,
                        'unit', 'GB 1000000000', 'GB 1000000000', 'GiB 1073741824', 'GB 1073741824', 'GB') AS w
                        (words)) AS u
WHERE (r.to_region = '*' OR m.meter = 'egress') AND chance(c.c, 'has tariff', s.percent);
-- A range is no tariff.
INSERT INTO meter_tariff (provider, meter, kind, from_region, price_low, price_high, unit, unit_bytes, valid)
    VALUES ('Gamma', 'egress', 'internet', 'east', 0.01, 0.1, 'GB', 1e9, '[2026-01-01 00:00Z,)');

-- Places that stand for what can go wrong in a month.
INSERT INTO meter_tariff (provider, meter, kind, from_region, account, tariff, free_quantity, free_counts,
    free_pool, currency, unit, unit_bytes, origin, source, valid)
SELECT 'Nord', coalesce(j->>'meter', 'egress'), coalesce(j->>'kind', 'internet'), region, j->>'account',
    (j->>'tariff')::tariff, coalesce(j->>'free', '0')::numeric, coalesce(j->>'counts', 'true')::boolean,
    j->>'pool',
       coalesce(j->>'currency', 'USD'), coalesce(j->>'unit', 'GB'), CASE WHEN j ? 'bytes' THEN
           (j->>'bytes')::numeric ELSE 1e9 END, coalesce(j->>'origin', 'user'), coalesce(j->>'source', 'user'),
       tstzrange(coalesce(j->>'from', '2026-01-01 00:00Z')::timestamptz, (j->>'to')::timestamptz)
FROM (VALUES
    ('closed', '{"tariff": "graduated: 0.1 upto 10"}'::jsonb), ('nobytes',
        '{"tariff": "graduated: 0.1", "bytes": null}'), ('gratis', '{"tariff": "graduated: 0", "bytes": null}'),
    ('flat', '{"tariff": "graduated: 0.1 flat 5 upto 10, 0.05 flat 2"}'), ('volume',
        '{"tariff": "volume: 2 upto 10, 1"}'), ('package',
        '{"tariff": "package 10: 3", "free": 5, "counts": false}'),
    ('goeson', '{"tariff": "graduated: 1 upto 30, 0.5", "to": "2026-07-15 00:00Z"}'), ('goeson',
        '{"tariff": "graduated: 2 upto 30, 0.25", "from": "2026-07-15 00:00Z"}'),
    ('unit', '{"tariff": "graduated: 1 upto 100, 2", "to": "2026-07-15 00:00Z"}'), ('unit',
        '{"tariff": "graduated: 1000 upto 0.1, 2000", "unit": "TB", "bytes": 1000000000000, "from": "2026-07-15 00:00Z"}'),
    ('free', '{"tariff": "graduated: 1", "free": 10, "to": "2026-07-15 00:00Z"}'), ('free',
        '{"tariff": "graduated: 1", "free": 20, "from": "2026-07-15 00:00Z"}'),
    ('named', '{"tariff": "graduated: 1", "to": "2026-07-15 00:00Z"}'), ('named',
        '{"tariff": "graduated: 1", "pool": "x", "from": "2026-07-15 00:00Z"}'),
    ('torn', '{"tariff": "graduated: 1 upto 10, 2", "origin": "third_party"}'), ('torn',
        '{"tariff": "graduated: 1 upto 10, 2", "origin": "negotiated", "account": "edge-torn", "from": "2026-07-15 00:00Z"}'),
    ('poola', '{"tariff": "graduated: 1", "free": 10, "pool": "p"}'), ('poolb',
        '{"tariff": "graduated: 1", "free": 20, "pool": "p"}'),
    ('poolc', '{"tariff": "graduated: 1", "free": 10, "pool": "q"}'), ('poold',
        '{"tariff": "graduated: 1", "free": 10, "pool": "q", "bytes": null}'),
    ('poole', '{"tariff": "graduated: 1", "free": 10, "pool": "r"}'), ('poolf',
        '{"tariff": "graduated: 1.5 upto 40, 3", "free": 10, "pool": "r"}'),
    ('poolg',
        '{"tariff": "package 1000: 10", "free": 100, "counts": false, "pool": "s", "unit": "GiB", "bytes": 1073741824}'),
        ('poolh',
        '{"tariff": "package 1000: 10", "free": 100, "counts": false, "pool": "s", "unit": "GiB", "bytes": 1073741824}'),
    ('pound', '{"tariff": "graduated: 0.1", "currency": "GBP"}'), ('huge',
        '{"tariff": "graduated: 0.000000001"}'),
    ('yen', '{"tariff": "graduated: 7.25 upto 1000, 3.5", "currency": "JPY"}'),
    ('a', '{"meter": "storage", "kind": "object", "tariff": "graduated: 0.02", "unit": "GB-month"}'), ('b',
        '{"meter": "storage", "kind": "object", "tariff": "graduated: 0.03", "unit": "GB-month"}'),
    ('closed', '{"meter": "storage", "kind": "block", "tariff": "graduated: 0.02 upto 1", "unit": "GB-month"}'),
        ('nobytes',
        '{"meter": "storage", "kind": "block", "tariff": "graduated: 0.02", "unit": "GB-month", "bytes": null}')
) AS t (region, j);

-- ---- tokens ---------------------------------------------------------------------

INSERT INTO token_price (provider, model, account, input_price, output_price, cache_read_price,
    cache_write_5m_price, cache_write_1h_price, reasoning_price, context_threshold, threshold_strict,
    long_input_price, long_output_price, long_cache_read_price, long_cache_write_5m_price,
        long_cache_write_1h_price, long_reasoning_price, batch_factor, utc_from, utc_to, currency, valid,
        source, origin, as_of)
SELECT p.provider, 'm' || k, s.account, CASE WHEN NOT chance(n.n, 'no input', 6) THEN a.price END, CASE WHEN NOT
    chance(n.n, 'no output', 6) THEN a.price * 4 END,
       CASE WHEN chance(n.n, 'cache', 70) THEN a.price / 10 END, CASE WHEN chance(n.n, 'write', 60) THEN a.price
           * 1.25 END, CASE WHEN chance(n.n, 'write 1h', 50) THEN a.price * 2 END,
       CASE WHEN chance(c.c, 'reasoning', 15) THEN a.price * any_of(c.c, 'reasoning price', '4', '5')::numeric
           END,
       l.threshold, chance(c.c, 'strict', 60), CASE WHEN l.threshold IS NOT NULL AND chance(n.n, 'long in', 90)
           THEN a.price * 2 END, CASE WHEN l.threshold IS NOT NULL AND chance(n.n, 'long out', 90) THEN a.price
           * 6 END,
       CASE WHEN l.threshold IS NOT NULL AND chance(n.n, 'long cache', 60) THEN a.price / 5 END, CASE WHEN
           l.threshold IS NOT NULL AND chance(n.n, 'long write', 50) THEN a.price * 2.5 END,
       CASE WHEN l.threshold IS NOT NULL AND chance(n.n, 'long write 1h', 50) THEN a.price * 4 END, CASE WHEN
           l.threshold IS NOT NULL AND chance(c.c, 'reasoning', 15) THEN a.price * 7 END,
       CASE WHEN chance(c.c, 'batch', 55) THEN any_of(n.n, 'factor', '0.5', '0.5', '0.75', '0.333')::numeric
           END, w.utc_from::time, w.utc_to::time,
       any_of(c.c, 'currency', 'USD', 'USD', 'USD', 'EUR', 'GBP', 'JPY'), e.valid, s.source, s.origin, date
           '2026-02-01' + dice(n.n, 'day', 90)
FROM (VALUES (1, 'Talk'), (2, 'Muse')) AS p (place, provider)
CROSS JOIN generate_series(1, 14) AS k
CROSS JOIN (VALUES (1, 'user', 'user', NULL, 60), (2, 'list A', 'third_party', NULL, 40), (3, 'contract',
    'negotiated', 'acme', 15), (4, 'rumour', 'unverified', NULL, 8)) AS s (place, source, origin, account,
    percent)
CROSS JOIN (VALUES (1, NULL, NULL), (2, '22:00', '06:00'), (3, '06:00', '09:30:30')) AS w (place, utc_from,
    utc_to)
CROSS JOIN LATERAL (SELECT p.place * 1000 + k * 10 + s.place AS c) AS c
CROSS JOIN LATERAL eras(c.c + 90000) AS e
CROSS JOIN LATERAL (SELECT (c.c * 10 + e.era) * 10 + w.place AS n) AS n
CROSS JOIN LATERAL (SELECT amount(n.n, 'price', 9, dice(n.n, 'decimals', 5)) + 0.01 AS price) AS a
CROSS JOIN LATERAL (SELECT CASE WHEN chance(c.c, 'long', 35) THEN any_of(c.c, 'threshold', '1000', '20000',
    '200000')::bigint END AS threshold) AS l
WHERE chance(c.c, 'has price', s.percent) AND (w.place = 1 OR chance(p.place * 100 + k, 'windows', 20));
INSERT INTO token_price (provider, model, input_price, output_price, valid) VALUES ('Talk', 'half', NULL, 3,
    '[2026-01-01 00:00Z,)'), ('Talk', 'mute', 3, NULL, '[2026-01-01 00:00Z,)');
INSERT INTO token_price (provider, model, input_price, output_price, reasoning_price, context_threshold,
    long_input_price, long_output_price, valid)
VALUES ('Talk', 'thinks', 1, 10, 20, NULL, NULL, NULL, '[2026-01-01 00:00Z,)'), ('Talk', 'long', 3, 15, NULL,
    1000, 6, 22.5, '[2026-01-01 00:00Z,)');
INSERT INTO token_price (provider, model, input_price, output_price, utc_from, utc_to, valid) VALUES ('Talk',
    'night', 4, 4, NULL, NULL, '[2026-01-01 00:00Z,)'), ('Talk', 'night', 1, 1, '22:00', '06:00',
    '[2026-01-01 00:00Z,)');

-- ---- electricity and exchange -------------------------------------------------------

INSERT INTO electricity_price (place, sector, price_per_kwh, currency, valid, source, origin, as_of)
SELECT p.place, s.sector, amount(n.n, 'kwh', 0.4, 5) - 0.02, any_of(n.n / 10, 'currency', 'USD', 'EUR', 'USD',
    'GBP'), e.valid, s.source, s.origin, date '2026-01-15'
FROM (VALUES (1, 'cellar'), (2, 'attic'), (3, 'DE'), (4, 'US-VA')) AS p (k, place)
CROSS JOIN (VALUES (1, 'industrial', 'user', 'user', 50), (2, 'commercial', 'user', 'user', 50), (3,
    'household', 'grid', 'official', 60), (4, 'industrial', 'rumour', 'unverified', 30)) AS s (k, sector,
    source, origin, percent)
CROSS JOIN LATERAL eras(p.k * 10 + s.k + 20000) AS e
CROSS JOIN LATERAL (SELECT (p.k * 10 + s.k) * 10 + e.era AS n) AS n
WHERE chance(p.k * 10 + s.k, 'has price', s.percent);
INSERT INTO fx_rate (from_currency, to_currency, rate, valid, source, origin, as_of)
SELECT x.from_currency, x.to_currency, round(x.rate * (0.9 + amount(n.n, 'rate', 0.2, 6)), 4 + dice(x.k,
    'decimals', 6)), e.valid, x.source, x.origin, date '2026-01-15' + dice(n.n, 'day', 90)
FROM (VALUES (1, 'EUR', 'USD', 1.1, 'user', 'user'), (2, 'EUR', 'USD', 1.1, 'bank', 'third_party'), (3, 'USD',
    'JPY', 150, 'user', 'user'), (4, 'USD', 'EUR', 0.9, 'bank', 'third_party'), (5, 'EUR', 'JPY', 160, 'rumour',
    'unverified'))
     AS x (k, from_currency, to_currency, rate, source, origin)
CROSS JOIN LATERAL eras(x.k + 30000) AS e
CROSS JOIN LATERAL (SELECT x.k * 10 + e.era AS n) AS n;
INSERT INTO fx_rate (from_currency, to_currency, rate, valid) VALUES ('CHF', 'USD', 1.2,
    '[2026-07-15 00:00Z,)');

INSERT INTO throughput (model, accelerator, gpu_count, tokens_per_second) VALUES ('gpt-5', 'H100 SXM5 80GB', 8,
    1234.5), ('m1', 'Z1', 1, 77), ('talk/m2', 'zeta one', 4, 99.25);
INSERT INTO grid_carbon (place, method, g_per_kwh, valid) VALUES ('cellar', 'own', 321.5,
    '[2026-01-01 00:00Z,)');
INSERT INTO provider_pue (provider, pue, valid) VALUES ('alpha cloud inc', 1.25, '[2026-01-01 00:00Z,)');

ANALYZE;
