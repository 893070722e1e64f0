-- Records with different prices are never in one group: what each costs by itself, at its own time, is what reports
-- add up. Prices of machines, models, meters and energy, and discounts, change at different times of three months, once
-- at the start of one, and records have any of the names of a provider and model.
BEGIN;
SELECT plan(11);
SET LOCAL timezone = 'UTC';

-- The same in every run: a number below n, by the name of what it is for.
CREATE FUNCTION pg_temp.below(name text, n bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
    SELECT ('x' || left(md5(name), 12))::bit(48)::bigint % n;
$$;
CREATE FUNCTION pg_temp.instant(name text) RETURNS timestamptz LANGUAGE sql IMMUTABLE AS $$
    SELECT timestamptz '2026-07-01Z' + pg_temp.below(name, 92 * 86400) * interval '1 second';
$$;
-- The parts of July to September between four instants, and all time before and after them.
CREATE FUNCTION pg_temp.parts(name text) RETURNS SETOF tstzrange LANGUAGE sql STABLE AS $$
    SELECT tstzrange(p.at, lead(p.at) OVER (ORDER BY p.at))
    FROM (SELECT DISTINCT CASE n WHEN 0 THEN timestamptz '2026-01-01Z'
                                 WHEN 1 THEN timestamptz '2026-07-01Z' + pg_temp.below(name, 3) * interval '1 month'
                                 ELSE pg_temp.instant(name || n) END AS at
          FROM generate_series(0, 4) AS n) AS p;
$$;

INSERT INTO accelcost.provider (provider, kind) VALUES ('Era One', 'api'), ('Era Two', 'neocloud'), ('Era Home', 'own');
INSERT INTO accelcost.provider_alias (alias, provider) VALUES ('EO Inc.', 'Era One'), ('2nd', 'Era Two');
-- m-1 and m1 have the same letters and digits, and so has another name of m-3. Of x-9, only prices are known.
INSERT INTO accelcost.model (model) VALUES ('m-1'), ('m1'), ('m-2'), ('m-3'), ('m-4');
INSERT INTO accelcost.model_alias (alias, model) VALUES ('router/m-2', 'm-2'), ('two', 'm-2'), ('m.1', 'm-3');
INSERT INTO accelcost.token_price (provider, model, input_price, output_price, valid)
SELECT p.provider, m.model, 1 + pg_temp.below('input' || p.provider || m.model || v.valid, 900),
       1 + pg_temp.below('output' || p.provider || m.model || v.valid, 900), v.valid
FROM (VALUES ('Era One'), ('Era Two')) AS p (provider)
CROSS JOIN (VALUES ('m-1'), ('m1'), ('m-2'), ('m-3'), ('x-9')) AS m (model)
CROSS JOIN LATERAL pg_temp.parts(p.provider || m.model) AS v (valid);
-- A price of all time, and one that an account has negotiated for a part of it.
INSERT INTO accelcost.token_price (provider, model, input_price, output_price, account, origin, valid)
VALUES ('Era One', 'm-4', 7, 8, NULL, 'user', '[2026-01-01,)'),
       ('Era One', 'm-4', 3, 4, 'beta', 'negotiated', '(2026-07-09 07:00,2026-07-21 12:00]');
INSERT INTO accelcost.offer (provider, sku, purchase_option, accelerator, gpu_count, price_basis)
VALUES ('Era Two', 's1', 'on_demand', 'H100', 8, 'per_instance'),
       ('Era Two', 's2', 'on_demand', 'H100', 8, 'per_instance');
INSERT INTO accelcost.offer_price (provider, sku, purchase_option, amount, valid)
SELECT 'Era Two', s.sku, 'on_demand', 1 + pg_temp.below('amount' || s.sku || v.valid, 90), v.valid
FROM (VALUES ('s1'), ('s2')) AS s (sku)
CROSS JOIN LATERAL pg_temp.parts(s.sku) AS v (valid);
INSERT INTO accelcost.meter_tariff (provider, meter, kind, service, tariff, unit, unit_bytes, valid)
SELECT m.provider, m.meter, m.kind, m.service,
       format('graduated: %s', 1 + pg_temp.below(m.provider || m.meter || m.service || v.valid, 90))::tariff, m.unit,
       m.unit_bytes, v.valid
FROM (VALUES ('Era Two', 'egress', 'internet', '*', 'GB', 1000000000), ('Era One', 'images', '*', '*', 'image', NULL),
             ('Era One', 'requests', '*', 'm-2', 'request', NULL))
    AS m (provider, meter, kind, service, unit, unit_bytes)
CROSS JOIN LATERAL pg_temp.parts(m.meter) AS v (valid);
INSERT INTO accelcost.electricity_price (location, sector, price_per_kwh, currency, valid)
SELECT 'cellar', 'commercial', 1 + pg_temp.below('kWh' || v.valid, 9), 'USD', v.valid
FROM pg_temp.parts('cellar') AS v (valid);
INSERT INTO accelcost.discount (provider, account, applies_to, percent, valid)
SELECT d.provider, 'acme', d.applies_to, pg_temp.below(d.provider || d.applies_to || v.valid, 60), v.valid
FROM (VALUES ('Era One', 'tokens'), ('Era One', 'tariff'), ('Era Two', '*')) AS d (provider, applies_to)
CROSS JOIN LATERAL pg_temp.parts(d.provider || d.applies_to) AS v (valid);

-- Tokens, with and without requests, of ten spellings of models; machines; data transfer; images; energy.
INSERT INTO accelcost.usage (record_id, period_start, provider, payer, region, model, sku, requests,
                             uncached_input_tokens, cache_read_tokens, cache_write_5m_tokens, cache_write_1h_tokens,
                             output_tokens, instance_hours, transfer_quantity, meter, quantity, energy_kwh)
SELECT i::text, pg_temp.instant('record' || i),
       CASE k.kind WHEN 0 THEN (ARRAY['2nd', 'era two'])[1 + i % 2] WHEN 1 THEN 'Era-Two' WHEN 2 THEN 'EO Inc'
                   WHEN 3 THEN 'Era Home'
                   ELSE (ARRAY['ERA ONE', 'eo inc', 'Era Two', '2 ND'])[1 + pg_temp.below('provider' || i, 4)] END,
       (ARRAY['acme', 'beta', NULL])[1 + pg_temp.below('payer' || i, 3)], CASE k.kind WHEN 3 THEN 'cellar' END,
       CASE WHEN k.kind > 3
            THEN (ARRAY['m-1', 'M1', 'm.1', 'm-2', 'Router/M-2', 'two', 'm-3', 'x-9', 'm-4', 'nobody'])
                     [1 + pg_temp.below('model' || i, 10)] END,
       CASE k.kind WHEN 0 THEN (ARRAY['s1', 's2'])[1 + pg_temp.below('sku' || i, 2)] END,
       CASE WHEN k.kind > 3 THEN i % 2 END, CASE WHEN k.kind > 3 THEN 1 + pg_temp.below('input' || i, 9000) ELSE 0 END,
       0, 0, 0, CASE WHEN k.kind > 3 THEN pg_temp.below('output' || i, 900) ELSE 0 END,
       CASE k.kind WHEN 0 THEN 1 + pg_temp.below('hours' || i, 9) END,
       CASE k.kind WHEN 1 THEN 1 + pg_temp.below('sent' || i, 90) END,
       CASE k.kind WHEN 2 THEN 'images' END, CASE k.kind WHEN 2 THEN 1 + pg_temp.below('images' || i, 9) END,
       CASE k.kind WHEN 3 THEN 1 + pg_temp.below('kWh' || i, 90) END
FROM generate_series(1, 1500) AS i
CROSS JOIN LATERAL (SELECT i % 10 AS kind) AS k;

CREATE TEMPORARY TABLE alone AS
SELECT u.record_id, accelcost.provider_name(u.provider) AS provider, u.payer, u.model,
       CASE WHEN u.sku IS NOT NULL THEN u.instance_hours * h.amount END AS hours,
       (u.uncached_input_tokens * t.input_price + u.output_tokens * t.output_price) / 1000000.0 AS tokens,
       tariff_cost(e.tariff, u.transfer_quantity) AS egress, tariff_cost(m.tariff, u.quantity) AS images,
       tariff_cost(r.tariff, u.requests::numeric) AS requests, u.energy_kwh * w.price_per_kwh AS energy
FROM accelcost.usage AS u
LEFT JOIN LATERAL accelcost.price_at(u.provider, u.sku, u.period_start, account => u.payer) AS h ON u.sku IS NOT NULL
LEFT JOIN LATERAL accelcost.token_price_at(u.provider, u.model, u.period_start, u.payer) AS t ON u.model IS NOT NULL
LEFT JOIN LATERAL accelcost.tariff_at(u.provider, 'egress', at => u.period_start, account => u.payer) AS e
    ON u.transfer_quantity > 0
LEFT JOIN LATERAL accelcost.tariff_at(u.provider, 'images', at => u.period_start, account => u.payer) AS m
    ON u.meter = 'images'
LEFT JOIN LATERAL accelcost.tariff_at(u.provider, 'requests', at => u.period_start, account => u.payer,
                                      service => coalesce(accelcost.model_name(u.model), u.model)) AS r
    ON u.requests > 0
LEFT JOIN LATERAL accelcost.electricity_at(u.region, 'commercial', u.period_start) AS w ON u.energy_kwh > 0;
CREATE TEMPORARY TABLE together AS SELECT * FROM accelcost.usage_cost();

SELECT is_empty($$
    SELECT r.record_id, component(r.cost, 'compute'), a.hours, a.tokens
    FROM together AS r JOIN alone AS a USING (record_id)
    WHERE coalesce(a.requests, 0) = 0 AND a.images IS NULL AND a.egress IS NULL AND a.energy IS NULL
      AND component(r.cost, 'compute') IS DISTINCT FROM coalesce(a.hours, a.tokens)$$,
    'hours and tokens of a record cost what they do by themselves, whatever is in their group');
SELECT is_empty($$
    SELECT r.record_id, r.cost, r.reason FROM together AS r JOIN alone AS a USING (record_id)
    WHERE r.is_complete <> (num_nonnulls(a.hours, a.tokens, a.egress, a.images, a.energy) > 0)$$,
    'what has no price by itself has none in a group');
SELECT ok(count(*) > 20, 'such as a model that nobody sells') FROM together WHERE model = 'nobody' AND NOT is_complete;
SELECT is_empty($$
    SELECT r.record_id, component(r.cost, 'energy'), a.energy FROM together AS r JOIN alone AS a USING (record_id)
    WHERE a.energy IS NOT NULL AND component(r.cost, 'energy') IS DISTINCT FROM a.energy$$,
    'so does energy');
-- Records share the bill of a month, with each quantity at the price of its time.
SELECT is_empty($$
    SELECT a.provider, a.payer, sum(component(r.cost, 'egress') + component(r.cost, 'compute'))
    FROM together AS r
    JOIN alone AS a USING (record_id)
    GROUP BY a.provider, a.payer
    HAVING abs(sum(component(r.cost, 'egress') + component(r.cost, 'compute'))
               - sum(coalesce(a.egress, 0) + coalesce(a.hours, 0) + coalesce(a.tokens, 0) + coalesce(a.images, 0)
                     + coalesce(a.requests, 0))) > 1e-9$$,
    'and bills of data transfer, images and requests');
SELECT ok(min(n) > 20, 'of which there are many')
FROM (SELECT count(egress) AS n FROM alone UNION ALL SELECT count(images) FROM alone
      UNION ALL SELECT count(requests) FROM alone UNION ALL SELECT count(energy) FROM alone) AS c;

-- A report of a month alone knows no changes before it.
SELECT set_eq(
    $$SELECT record_id, cost::text, reason, price_source FROM accelcost.usage_cost(first_month => '2026-09-01')$$,
    $$SELECT record_id, cost::text, reason, price_source FROM together WHERE month = '2026-09-01'$$,
    'a month has the same prices alone');

-- New prices have the discounts of each time, also of a model that the catalog does not know.
CREATE TEMPORARY TABLE new_price AS
SELECT 'Era One' AS provider, m.model, 100 AS input_price, 200 AS output_price
FROM (VALUES ('m-3'), ('nobody')) AS m (model);
SELECT results_eq(
    $$SELECT i.model, round(i.cost_new, 9)
      FROM accelcost.price_impact('2026-07-01', 'new_price') AS i
      ORDER BY i.model COLLATE "C"$$,
    $$SELECT r.model, round(sum((u.uncached_input_tokens * 100 + u.output_tokens * 200) / 1000000.0
                                * coalesce(d.factor, 1)), 9)
      FROM accelcost.usage AS u
      JOIN together AS r USING (record_id)
      LEFT JOIN LATERAL accelcost_internal.find_discount(
          r.provider, u.payer, 'tokens', r.model, NULL, u.period_start) AS d ON true
      WHERE r.provider = 'Era One' AND r.model IN ('m-3', 'nobody') AND r.month = '2026-07-01'
      GROUP BY r.model
      ORDER BY r.model COLLATE "C"$$,
    'new prices have the discount of each record');

-- A group lasts until one of the prices that it depends on changes, and no other one.
CREATE FUNCTION pg_temp.group_times(columns text) RETURNS SETOF timestamptz LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE TEMPORARY TABLE some_usage AS SELECT t.at AS period_start, %s '
                   'FROM generate_series(timestamptz ''2026-07-01Z'', ''2026-07-31 23:59Z'', ''5 minutes'') AS t (at)',
                   columns);
    RETURN QUERY SELECT DISTINCT g.at FROM accelcost_internal.named_groups('some_usage', '2026-07-01', NULL) AS g;
    DROP TABLE some_usage;
END
$$;
CREATE TEMPORARY TABLE change AS
SELECT p.*, greatest(lower(p.valid), '2026-07-01Z') AS at
FROM (SELECT provider, 'hours' AS price_use, sku AS item, valid FROM accelcost.offer_price
      UNION ALL SELECT provider, 'tokens', model, valid FROM accelcost.token_price
      UNION ALL SELECT provider, meter, service, valid FROM accelcost.meter_tariff
      UNION ALL SELECT provider, 'discounts', item, valid FROM accelcost.discount) AS p
WHERE p.provider LIKE 'Era%' AND p.valid && '[2026-07-01Z,2026-08-01Z)';
SELECT set_eq(
    $$SELECT pg_temp.group_times($c$'eo inc' AS provider, 'Two' AS model, 5 AS output_tokens$c$)$$,
    $$SELECT at FROM change
      WHERE provider = 'Era One' AND (price_use = 'discounts' OR (price_use, item) = ('tokens', 'm-2'))$$,
    'tokens change groups with the prices of their model, by any of its names, and with discounts');
SELECT set_eq(
    $$SELECT pg_temp.group_times($c$'ERA ONE' AS provider, 'm-2' AS model, 5 AS output_tokens, 1 AS requests$c$)$$,
    $$SELECT at FROM change
      WHERE provider = 'Era One'
        AND (price_use IN ('discounts', 'requests') OR (price_use, item) = ('tokens', 'm-2'))$$,
    'those of requests with their tariffs, too');
SELECT set_eq(
    $$SELECT pg_temp.group_times($c$'2nd' AS provider, 's1' AS sku, 1 AS instance_hours$c$)$$,
    $$SELECT at FROM change WHERE provider = 'Era Two' AND price_use IN ('hours', 'discounts')$$,
    'machines with the prices of all machines');

SELECT * FROM finish();
ROLLBACK;
