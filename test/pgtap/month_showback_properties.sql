-- The cost of generated months of shared machines against an oracle that loops over the records, and knows nothing of
-- groups and windows.
BEGIN;
SELECT plan(18);
SET LOCAL timezone = 'Pacific/Auckland';

INSERT INTO accelcost.provider (provider, kind) VALUES ('Nord', 'neocloud');
INSERT INTO accelcost.offer (provider, sku, purchase_option, accelerator, gpu_count, price_basis)
VALUES ('Nord', 'node', 'on_demand', 'H100 SXM5 80GB', 8, 'per_instance'),
       ('Nord', 'gpu', 'on_demand', 'H100 SXM5 80GB', 4, 'per_gpu'),
       ('Nord', 'unit', 'on_demand', 'H100 SXM5 80GB', 1, 'per_instance'),
       ('Nord', 'yen', 'on_demand', 'H100 SXM5 80GB', 2, 'per_instance');
INSERT INTO accelcost.offer_price (provider, sku, purchase_option, amount, currency, valid)
VALUES ('Nord', 'node', 'on_demand', 49.24, 'USD', '[2026-01-01,)'),
       ('Nord', 'gpu', 'on_demand', 6.155, 'EUR', '[2026-01-01,)'),
       ('Nord', 'unit', 'on_demand', 1, 'USD', '[2026-01-01,)'),
       ('Nord', 'yen', 'on_demand', 700, 'XTS', '[2026-01-01,)');
INSERT INTO accelcost.fx_rate (from_currency, to_currency, rate, valid, source, origin)
VALUES ('EUR', 'USD', 1.0837, '[2026-01-01,)', 'test', 'negotiated');

-- 160 pools in two months: machines at prices in two currencies or unpriced, machines that are divided already, pods
-- with fractions of GPUs, corrections, logs of tokens, and what is unknown. Arithmetic on the number of the row alone.
CREATE FUNCTION pg_temp.random(n bigint, salt bigint, below integer) RETURNS integer LANGUAGE sql AS
    'SELECT abs(hashint8extended(n, salt) % below)::integer';
INSERT INTO accelcost.usage (record_id, period_start, provider, pool, sku, instance_hours, gpu_count, team, model,
                             feature, uncached_input_tokens, cache_read_tokens, output_tokens, requests)
SELECT i::text, '2026-07-01Z'::timestamptz + pg_temp.random(i, 1, 62 * 24) * interval '1 hour', 'Nord', 'pool ' || pool,
       CASE WHEN kind IN (0, 1, 4, 5) THEN CASE WHEN pool % 31 = 0 AND kind = 0 THEN 'none'
                                    WHEN pool % 37 = 0 AND kind = 0 THEN 'yen'
                                    ELSE (ARRAY['node', 'gpu', 'unit'])[1 + pg_temp.random(i, 3, 3)] END END,
       CASE WHEN kind IN (4, 5) THEN 0
            ELSE (pg_temp.random(i, 4, 100000) - CASE WHEN i % 9 = 0 THEN 40000 ELSE 0 END)
                 / (ARRAY[1, 7, 1000, 3600])[1 + pool % 4]::numeric END,
       CASE WHEN kind IN (2, 3) AND pg_temp.random(i, 5, 600) > 0 AND pool % 41 > 0
            THEN (ARRAY[1, 0.25, 0.142857142857, 3, 2.5, 8])[1 + pg_temp.random(i, 6, 6)] END,
       CASE WHEN kind > 0 THEN (ARRAY['a', 'b', 'c', 'd'])[1 + pg_temp.random(i, 7, 4)] END,
       CASE WHEN kind > 0 THEN (ARRAY['gpt-5', 'llama', NULL])[1 + pg_temp.random(i, 8, 3)] END,
       CASE WHEN kind > 0 THEN (ARRAY['x', NULL])[1 + pg_temp.random(i, 9, 2)] END,
       CASE WHEN kind > 3 THEN pg_temp.random(i, 10, 1000000) - CASE WHEN i % 7 = 0 THEN 300000 ELSE 0 END ELSE 0 END,
       CASE WHEN kind > 3 AND pg_temp.random(i, 11, 300) = 0 THEN NULL ELSE 0 END,
       CASE WHEN kind > 3 THEN pg_temp.random(i, 12, 1000000) ELSE 0 END,
       CASE WHEN kind > 3 AND pg_temp.random(i, 13, 300) > 0 THEN pg_temp.random(i, 14, 20) END
FROM generate_series(1::bigint, 4000) AS i
CROSS JOIN LATERAL (SELECT pg_temp.random(i, 2, 160) AS pool, pg_temp.random(i, 0, 6) AS kind) AS k
WHERE kind <> 1 OR pool % 3 = 0;

-- By largest remainder, of integers: cost in units of the last digit. Weights below 0 in a sum above 0 are corrections.
CREATE FUNCTION pg_temp.parts(cost numeric, weights numeric[]) RETURNS numeric[] LANGUAGE plpgsql AS $$
DECLARE
    digits CONSTANT integer := greatest(10, min_scale(cost));
    units  CONSTANT numeric := cost * ('1e' || digits)::numeric;
    whole  numeric := 0;
    shares numeric := 0;
    rest   numeric := units;
    part   numeric[] := array_fill(0::numeric, ARRAY[cardinality(weights)]);
    best   integer;
    left_over numeric[] := part;
    w      numeric;
BEGIN
    FOREACH w IN ARRAY weights LOOP
        whole := whole + w;
    END LOOP;
    FOR i IN 1 .. cardinality(weights) LOOP
        IF weights[i] < 0 THEN
            part[i] := -div(2 * abs(units * weights[i]) + whole, 2 * whole) * sign(units);
            rest := rest - part[i];
        ELSE
            shares := shares + weights[i];
        END IF;
    END LOOP;
    whole := rest;
    FOR i IN 1 .. cardinality(weights) LOOP
        IF weights[i] >= 0 THEN
            part[i] := sign(whole) * div(abs(whole) * weights[i], shares);
            left_over[i] := mod(abs(whole) * weights[i], shares);
            rest := rest - part[i];
        END IF;
    END LOOP;
    WHILE rest <> 0 LOOP
        best := NULL;
        FOR i IN 1 .. cardinality(weights) LOOP
            IF weights[i] >= 0 AND (best IS NULL OR left_over[i] > left_over[best]) THEN
                best := i;
            END IF;
        END LOOP;
        part[best] := part[best] + sign(whole);
        left_over[best] := -1;
        rest := rest - sign(whole);
    END LOOP;
    FOR i IN 1 .. cardinality(part) LOOP
        part[i] := part[i] * ('1e-' || digits)::numeric;
    END LOOP;
    RETURN part;
END
$$;

CREATE TEMP TABLE expected (weights text, month date, pool text, is_idle boolean, team text, model text,
                            feature text, weight numeric, busy numeric, pro_rata numeric, even numeric, tokens numeric);
-- Record by record: what the pool cost, what it could do, what each line used.
CREATE FUNCTION pg_temp.expect(weights text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    p record; r record; l record;
    cost numeric; capacity numeric; used numeric; idle numeric; is_known boolean; has_machine boolean;
    price numeric; gpus numeric; amount numeric;
    parts numeric[]; shares numeric[]; evens numeric[]; teams text[]; n integer; of_team numeric[];
BEGIN
    CREATE TEMP TABLE line (team text, model text, feature text, weight numeric, tokens numeric);
    FOR p IN SELECT DISTINCT pool, date_trunc('month', period_start AT TIME ZONE 'UTC')::date AS month
             FROM accelcost.usage LOOP
        cost := 0; capacity := 0; is_known := true; has_machine := false;
        DELETE FROM line;
        FOR r IN SELECT * FROM accelcost.usage AS u
                 WHERE u.pool = p.pool AND date_trunc('month', period_start AT TIME ZONE 'UTC')::date = p.month LOOP
            gpus := coalesce(r.gpu_count, CASE r.sku WHEN 'node' THEN 8 WHEN 'gpu' THEN 4 WHEN 'yen' THEN 2
                                                     WHEN 'unit' THEN 1 END);
            IF r.sku IS NOT NULL AND r.instance_hours <> 0 THEN
                price := CASE r.sku WHEN 'node' THEN 49.24 WHEN 'gpu' THEN 6.155 * 1.0837 * 4 WHEN 'unit' THEN 1 END;
                is_known := is_known AND price IS NOT NULL;
                cost := cost + r.instance_hours * coalesce(price, 0);
                capacity := capacity + r.instance_hours * coalesce(gpus, 0);
                has_machine := true;
            END IF;
            amount := CASE weights WHEN 'tokens' THEN r.uncached_input_tokens + r.cache_read_tokens + r.output_tokens
                                   WHEN 'requests' THEN coalesce(r.requests, CASE WHEN r.output_tokens = 0 AND
                                                                 r.uncached_input_tokens = 0 THEN 0 END)
                                   ELSE CASE WHEN r.instance_hours = 0 OR r.team IS NULL THEN 0
                                             ELSE r.instance_hours * gpus END END;
            is_known := is_known AND amount IS NOT NULL;
            IF r.team IS NOT NULL THEN
                INSERT INTO line VALUES (r.team, r.model, r.feature, amount,
                                         r.uncached_input_tokens + r.cache_read_tokens + r.output_tokens);
            END IF;
        END LOOP;
        capacity := CASE WHEN weights = 'gpu_hours' THEN capacity WHEN weights = 'tokens' THEN 30000000 END;
        used := coalesce((SELECT sum(o.weight) FROM line AS o), 0);
        is_known := is_known AND has_machine AND used >= 0;
        idle := greatest(capacity - used, 0);
        parts := '{}'; n := 0; teams := '{}'; of_team := '{}';
        CREATE TEMP TABLE listed AS
        SELECT row_number() OVER (ORDER BY o.team COLLATE "C", o.model COLLATE "C", o.feature COLLATE "C") AS n,
               o.team, o.model, o.feature, sum(o.weight) AS weight,
               CASE WHEN count(o.tokens) = count(*) THEN sum(o.tokens) END AS tokens
        FROM line AS o GROUP BY o.team, o.model, o.feature;
        IF is_known THEN
            cost := round(cost, 18);
            IF used = 0 AND coalesce(capacity, 0) <= 0 THEN
                parts := array_fill(0::numeric, ARRAY[(SELECT count(*)::integer FROM listed)]) || cost;
            ELSE
                parts := pg_temp.parts(cost, ARRAY(SELECT o.weight FROM listed AS o ORDER BY o.n) || coalesce(idle, 0));
            END IF;
            idle := parts[cardinality(parts)];
            shares := CASE WHEN used > 0
                           THEN pg_temp.parts(idle, ARRAY(SELECT o.weight FROM listed AS o ORDER BY o.n)) END;
            evens := '{}';
            IF used > 0 THEN
                of_team := pg_temp.parts(idle, ARRAY(SELECT (sum(o.weight) > 0)::integer::numeric FROM listed AS o
                                                     GROUP BY o.team ORDER BY o.team COLLATE "C"));
                FOR l IN SELECT o.team, row_number() OVER (ORDER BY o.team COLLATE "C") AS place,
                                sum(o.weight) AS weight, array_agg(o.weight ORDER BY o.n) AS weights
                         FROM listed AS o GROUP BY o.team ORDER BY 2 LOOP
                    evens := evens || CASE WHEN l.weight > 0 THEN pg_temp.parts(of_team[l.place], l.weights)
                                           ELSE array_fill(0::numeric, ARRAY[cardinality(l.weights)]) END;
                END LOOP;
            END IF;
        END IF;
        INSERT INTO expected
        SELECT expect.weights, p.month, p.pool, false, o.team, o.model, o.feature, o.weight, parts[o.n],
               CASE WHEN is_known THEN coalesce(shares[o.n], 0) END,
               CASE WHEN is_known THEN coalesce(evens[o.n], 0) END, o.tokens
        FROM listed AS o;
        IF is_known AND (idle <> 0 OR used = 0) THEN
            INSERT INTO expected
            VALUES (expect.weights, p.month, p.pool, true, NULL, NULL, NULL, NULL, idle, 0, 0, NULL);
        END IF;
        DROP TABLE listed;
    END LOOP;
    DROP TABLE line;
END
$$;
SELECT pg_temp.expect(weights) FROM unnest('{gpu_hours,tokens,requests}'::text[]) AS weights \g /dev/null
CREATE TEMP TABLE found AS
SELECT weights, mode, s.*
FROM (VALUES ('gpu_hours', NULL::numeric), ('tokens', 30000000), ('requests', NULL)) AS w (weights, capacity)
CROSS JOIN unnest('{separate,pro_rata,even}'::text[]) AS mode
CROSS JOIN (VALUES ('2026-07-01'::date), ('2026-08-01')) AS m (asked)
CROSS JOIN LATERAL accelcost.showback(asked, NULL, weights, mode, capacity) AS s
WHERE weights <> 'requests' OR mode = 'pro_rata';

SELECT cmp_ok((SELECT count(DISTINCT (month, pool)) FROM expected WHERE weights = 'gpu_hours' AND busy IS NOT NULL),
              '>', 150::bigint, 'hundreds of pools have a cost');
SELECT cmp_ok((SELECT count(DISTINCT (month, pool)) FROM expected WHERE busy IS NULL), '>', 30::bigint,
              'others do not');
SELECT cmp_ok((SELECT count(*) FROM expected WHERE is_idle AND busy > 0), '>', 50::bigint, 'some are idle');
SELECT cmp_ok((SELECT count(*) FROM expected WHERE weight < 0 AND busy < 0), '>', 30::bigint,
              'some lines are corrections');
SELECT cmp_ok((SELECT count(DISTINCT (month, pool)) FROM expected AS e
               WHERE weights = 'gpu_hours' AND busy IS NOT NULL
               AND NOT EXISTS (SELECT FROM expected AS i WHERE i.weights = e.weights AND i.month = e.month
                               AND i.pool = e.pool AND i.is_idle)), '>', 10::bigint,
              'some are used over their capacity');
SELECT is_empty(
    $$SELECT f.weights, f.mode, f.month, f.pool, f.team, f.model, f.feature, f.cost, e.busy, e.pro_rata, e.even
      FROM found AS f
      FULL JOIN (SELECT e.*, mode FROM expected AS e
                 CROSS JOIN unnest('{separate,pro_rata,even}'::text[]) AS mode
                 WHERE (NOT is_idle OR mode = 'separate'
                        OR NOT EXISTS (SELECT FROM expected AS o WHERE o.weights = e.weights AND o.month = e.month
                                       AND o.pool = e.pool HAVING sum(o.weight) <> 0))
                   AND (weights <> 'requests' OR mode = 'pro_rata')) AS e
          ON (f.weights, f.mode, f.month, f.pool, f.is_idle) = (e.weights, e.mode, e.month, e.pool, e.is_idle)
             AND (f.team, f.model, f.feature) IS NOT DISTINCT FROM (e.team, e.model, e.feature)
      WHERE (f.is_idle AND f.cost IS NULL) IS NOT TRUE
        AND (f.cost IS DISTINCT FROM e.busy + CASE WHEN e.is_idle THEN 0 WHEN e.mode = 'even' THEN e.even
                                                   WHEN e.mode = 'pro_rata' THEN e.pro_rata ELSE 0 END
             OR f.tokens IS DISTINCT FROM e.tokens)
      LIMIT 5$$,
    'lines cost what the records say, to the last digit');
SELECT is_empty(
    $$SELECT weights, mode, month, pool, sum(cost) FROM found GROUP BY 1, 2, 3, 4
      HAVING sum(cost) IS DISTINCT FROM (SELECT sum(e.busy) FROM expected AS e
                                         WHERE e.weights = found.weights AND e.month = found.month
                                           AND e.pool = found.pool)
          OR count(cost) NOT IN (0, count(*))$$, 'lines add up to the pool, or all are unknown');
SELECT is_empty('SELECT * FROM found WHERE cost IS NULL AND reason IS NULL', 'with a reason');
SELECT is_empty(
    $$SELECT a.pool FROM found AS a JOIN found AS s USING (weights, month, pool, is_idle)
      WHERE a.mode = 'pro_rata' AND s.mode = 'separate' AND (a.team, a.model, a.feature) IS NOT DISTINCT FROM
            (s.team, s.model, s.feature) AND a.cost - a.idle_cost <> s.cost - s.idle_cost$$,
    'what was used costs the same, whoever pays for idle');
-- Costs of records have 18 decimals; that of a pool is rounded once.
SELECT cmp_ok(abs(
    (SELECT sum(s.cost) FROM found AS s WHERE s.weights = 'gpu_hours' AND s.mode = 'even'
     AND (s.month, s.pool) IN (SELECT month, pool FROM found WHERE cost IS NOT NULL)) -
    (SELECT sum(total(u.cost)) FROM accelcost.usage_cost() AS u
     WHERE u.sku IS NOT NULL AND u.instance_hours <> 0
       AND EXISTS (SELECT FROM found AS f WHERE f.weights = 'gpu_hours' AND f.mode = 'even' AND f.month = u.month
                   AND f.pool = u.pool AND f.cost IS NOT NULL))),
    '<', 1e-15, 'and all of it what the records cost');
SELECT results_eq(
    $$SELECT month, pool, sum(cost), bool_and(cost IS NULL) FROM accelcost.showback GROUP BY 1, 2 ORDER BY 1, 2$$,
    $$SELECT month, pool, round(sum(cost), 10)::numeric(38,10), bool_and(cost IS NULL) FROM found
      WHERE weights = 'gpu_hours' AND mode = 'separate' GROUP BY 1, 2 ORDER BY 1, 2$$,
    'costs that the view shows add up to the cost of the pool, rounded once');
SELECT is_empty(
    $$SELECT DISTINCT f.pool FROM found AS f
      WHERE f.weights = 'gpu_hours' AND f.mode = 'separate' AND f.month = '2026-07-01' AND f.pool < 'pool 12'
      EXCEPT SELECT DISTINCT s.pool FROM (SELECT DISTINCT pool FROM found) AS p
      CROSS JOIN LATERAL accelcost.showback('2026-07-01', p.pool) AS s
      JOIN found AS o ON (o.weights, o.mode, o.month, o.pool, o.is_idle)
                         = ('gpu_hours', 'separate', s.month, s.pool, s.is_idle)
                         AND (o.team, o.model, o.feature, o.cost) IS NOT DISTINCT FROM
                             (s.team, s.model, s.feature, s.cost)
      WHERE p.pool < 'pool 12'$$, 'a pool alone is what it is among all');

-- ---- settings ---------------------------------------------------------------

CREATE TEMP TABLE given AS SELECT 'a' AS team, 1.5 AS weight, '2026-08-31 23:30Z'::timestamptz AS month;
CREATE FUNCTION pg_temp.digest() RETURNS text LANGUAGE sql AS $$
    SELECT md5(string_agg(r, '|' ORDER BY r COLLATE "C"))
    FROM (SELECT concat_ws(' ', to_char(month, 'YYYYMMDD'), pool, team, model, feature, weight, share, cost, idle_cost,
                           tokens, cost_per_million_busy, cost_per_million_loaded, reason,
                           to_char(rate_date, 'YYYYMMDD'))
          FROM accelcost.showback('2026-08-15', idle => 'even')
          UNION ALL
          SELECT concat_ws(' ', pool, team, cost, reason)
          FROM accelcost.showback('2026-08-15', NULL, 'pg_temp.given'::regclass)
          UNION ALL
          SELECT concat_ws(' ', model, basis, cost, input_cost, output_cost, reason)
          FROM accelcost.inference_unit_cost('2026-08-15', factor => 3)
          UNION ALL
          SELECT concat_ws(' ', value, cost, cost_per_request, cost_per_million, reason)
          FROM accelcost.unit_cost('2026-08-15', 'model')) AS result (r)
$$;
CREATE FUNCTION pg_temp.digest_under(name text, value text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config(name, value, true);
    RAISE EXCEPTION SQLSTATE 'ROLLB' USING MESSAGE = pg_temp.digest();
EXCEPTION WHEN SQLSTATE 'ROLLB' THEN
    RETURN sqlerrm;
END
$$;
SELECT is(pg_temp.digest_under(name, value), pg_temp.digest(), format('the same with %s = %s', name, value))
FROM (VALUES ('TimeZone', 'America/Los_Angeles'), ('DateStyle', 'German'), ('standard_conforming_strings', 'off'),
             ('quote_all_identifiers', 'on'), ('search_path', ''), ('work_mem', '64kB')) AS setting (name, value);

SELECT * FROM finish();
ROLLBACK;
