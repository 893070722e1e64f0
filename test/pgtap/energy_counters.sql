-- energy_from_counters against a loop over each device's samples, and what must
-- hold of any counter. The samples depend on their number alone.
BEGIN;
SELECT plan(9);

-- Counters that rise unevenly, are reset at times, and are read at irregular
-- times; some readings are blank, some are there twice.
CREATE TEMP TABLE log AS
SELECT host, device, at,
       CASE WHEN n % 37 = 5 THEN NULL WHEN n % 41 = 7 THEN 140737488355329 ELSE sum(used) OVER part END AS joules
FROM (SELECT 'h' || d % 2 AS host, 'gpu' || d / 2 AS device, n,
             '2026-07-01 00:00+00'::timestamptz + n * interval '1 min' + (h & 16383) * interval '1 ms' AS at,
             (h >> 20 & 65535)::numeric / 8 AS used, (n + d) / 60 AS epoch
      FROM generate_series(0, 5) AS d, generate_series(1, 300) AS n,
           LATERAL (SELECT hashint8extended(n, d) AS h) AS generated) AS generated
WINDOW part AS (PARTITION BY host, device, epoch ORDER BY n);
INSERT INTO log SELECT * FROM log WHERE at::time < '00:30';

-- A device's joules in a period: step by step, each part in numeric.
CREATE FUNCTION pg_temp.reference(of_host text, of_device text, starts timestamptz, ends timestamptz)
    RETURNS numeric LANGUAGE plpgsql AS $$
DECLARE
    sample record;
    before record;
    step numeric;
    share numeric;
    total numeric;
BEGIN
    FOR sample IN SELECT DISTINCT at, joules FROM log
                  WHERE host = of_host AND device = of_device AND joules < 140737488355328 ORDER BY at LOOP
        IF before IS NOT NULL THEN
            step := CASE WHEN sample.joules < before.joules THEN sample.joules ELSE sample.joules - before.joules END;
            share := extract(epoch FROM least(sample.at, ends) - greatest(before.at, starts));
            IF share > 0 THEN
                total := coalesce(total, 0) + step * share / extract(epoch FROM sample.at - before.at);
            END IF;
        END IF;
        before := sample;
    END LOOP;
    RETURN total;
END
$$;

SELECT ok(min(resets) > 3 AND min(invalid_samples) > 10 AND min(duplicate_samples) > 20 AND count(*) = 6,
          'each device has resets, invalid samples and duplicates')
FROM accelcost.energy_from_counters('log');
SELECT is_empty(
    $$SELECT starts, ends, host, device, kwh
      FROM (VALUES ('-infinity'::timestamptz, 'infinity'::timestamptz), ('2026-07-01 01:00+00', 'infinity'),
                   ('-infinity', '2026-07-01 02:00:00.123456+00'), ('2026-07-01 01:30+00', '2026-07-01 04:00+00'),
                   ('2026-07-01 01:30:01+00', '2026-07-01 01:30:02+00')) AS p (starts, ends),
           LATERAL accelcost.energy_from_counters('log', period_start => starts, period_end => ends)
      WHERE round(kwh::numeric, 13) <> round(pg_temp.reference(host, device, starts, ends) / 3600000, 13)
         OR (kwh IS NULL) <> (pg_temp.reference(host, device, starts, ends) IS NULL)$$,
    'energy is that of the loop, in any period');
SELECT is_empty(
    $$SELECT e.host, e.device FROM accelcost.energy_from_counters('log') AS e
      WHERE resets <> (SELECT count(*) FROM (SELECT joules < lag(joules) OVER (ORDER BY at) AS fell FROM log
                                             WHERE (host, device) = (e.host, e.device)
                                               AND joules < 140737488355328) AS s
                       WHERE fell)$$,
    'a reset is a reading below the one before');
SELECT is_empty(
    $$SELECT e.host, e.device FROM accelcost.energy_from_counters('log') AS e
      WHERE valid_samples + duplicate_samples + invalid_samples
            <> (SELECT count(*) FROM log WHERE (host, device) = (e.host, e.device))$$,
    'every row is counted once: valid, duplicate or invalid');
SELECT is_empty(
    $$SELECT at
      FROM generate_series('2026-07-01 00:10+00'::timestamptz, '2026-07-01 04:50+00', interval '777 s') AS at,
           accelcost.energy_from_counters('log') AS whole
           JOIN accelcost.energy_from_counters('log', period_end => at) AS before USING (host, device)
           JOIN accelcost.energy_from_counters('log', period_start => at) AS after USING (host, device)
      WHERE abs(before.kwh + after.kwh - whole.kwh) > 1e-14 OR before.covered + after.covered <> whole.covered$$,
    'two periods that meet anywhere add up to the whole');
SELECT is_empty(
    $$SELECT host, device FROM accelcost.energy_from_counters('log') AS a
      JOIN accelcost.energy_from_counters('log', pue => 1.25) AS b USING (host, device)
      WHERE abs(b.kwh / a.kwh - 1.25) > 1e-14 OR a.average_watts <> b.average_watts OR a.covered <> b.covered$$,
    'a PUE multiplies the energy alone');
CREATE TEMP TABLE shuffled AS
SELECT CASE WHEN joules < 140737488355328 THEN joules * 1000 ELSE joules END AS millijoules, at, device, host
FROM log
ORDER BY hashtext(at::text);
SELECT is_empty(
    $$SELECT host, device FROM accelcost.energy_from_counters('log') AS a
      FULL JOIN accelcost.energy_from_counters('shuffled') AS b USING (host, device)
      WHERE abs(a.kwh / b.kwh - 1) > 1e-14 OR (a.kwh, b.kwh) IS NULL$$,
    'the order of rows does not matter, nor the unit but for its blanks');

-- A reading that no power reaches, and the fall from it.
CREATE TEMP TABLE spike AS
SELECT 0 AS gpu, '2026-07-01 00:00+00'::timestamptz + n * interval '1 hour' AS at, joules
FROM unnest('{3600000,7200000,9e13,14400000,18000000}'::float8[]) WITH ORDINALITY AS reading(joules, n);
SELECT results_eq(
    $$SELECT kwh, covered, resets FROM accelcost.energy_from_counters('spike')$$,
    $$VALUES (2.0::float8, interval '2 hours', 0::bigint)$$, 'a spike is no energy, and no reset');

-- Steady power: samples of watts and of the counter give the same energy.
CREATE TEMP TABLE both_kinds AS
SELECT 'gpu' AS device, '2026-07-01 00:00+00'::timestamptz + n * interval '10 s' AS at, 700 AS watts, n * 7000 AS joules
FROM generate_series(0, 360) AS n;
SELECT is(a.kwh, b.kwh, 'a counter has the energy of steady power')
FROM accelcost.energy_from_samples('both_kinds', '1 min') AS a, accelcost.energy_from_counters('both_kinds') AS b;

SELECT * FROM finish();
ROLLBACK;
