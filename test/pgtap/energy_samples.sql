-- energy_from_samples against a slow reference, and what must hold of any
-- samples. They depend on their number alone: a failure can be repeated.
BEGIN;
SET LOCAL client_min_messages = warning;
SELECT plan(25);

-- ---- generated samples ----------------------------------------------------

-- Irregular times, to the microsecond; some long gaps, some faulty readings,
-- some moments twice, with the same or with another reading.
CREATE TEMP TABLE power AS
SELECT 'gpu' || d AS device,
       '2026-07-01 00:00+00'::timestamptz + n * interval '10 s' + (h & 4095) * interval '1 ms'
           + (h >> 20 & 4095) * interval '1 us' AS at,
       CASE WHEN n % 41 = d THEN NULL
            WHEN n % 43 = d THEN 'NaN'
            WHEN n % 47 = d THEN -1
            ELSE 100 + (h >> 8 & 65535) / 100.0::float8 END AS watts
FROM generate_series(0, 5) AS d, generate_series(1, 400) AS n, LATERAL (SELECT hashint8extended(n, d) AS h) AS generated
WHERE (n / 20) % 7 <> d OR n % 20 IN (3, 4);
INSERT INTO power SELECT device, at, watts FROM power WHERE at::time < '00:05';
INSERT INTO power SELECT device, at, watts + 7 FROM power WHERE at::time BETWEEN '00:05' AND '00:07' AND watts >= 0;
ANALYZE power;

-- The next moment by a subquery, the energy from where the two lines are at
-- the ends of what lies in the period; every part in numeric.
CREATE FUNCTION pg_temp.reference(gap interval, starts timestamptz, ends timestamptz)
    RETURNS TABLE (device text, kwh numeric, covered interval) LANGUAGE sql AS $$
    WITH moment AS (
        SELECT device, at, ((min(watts) + max(watts)) / 2)::numeric AS watts FROM power
        WHERE watts >= 0 AND watts <> 'NaN' GROUP BY device, at
    ), line AS (
        SELECT a.device, a.at, a.watts, b.at AS next_at, b.watts AS next_watts,
               extract(epoch FROM b.at - a.at) AS length,
               extract(epoch FROM greatest(a.at, starts) - a.at) AS u, extract(epoch FROM least(b.at, ends) - a.at) AS v
        FROM moment AS a JOIN moment AS b
          ON b.device = a.device
              AND b.at = (SELECT min(c.at) FROM moment AS c WHERE c.device = a.device AND c.at > a.at)
        WHERE b.at - a.at <= gap AND a.at < ends AND b.at > starts
    )
    SELECT device,
           sum(
               (watts + (next_watts - watts) * u / length + watts + (next_watts - watts) * v / length) / 2 * (v - u)
           ) / 3600000,
           make_interval(secs => sum(v - u)::float8)
    FROM line GROUP BY device
$$;

SELECT ok(
    count(*) > 1500 AND count(*) FILTER (WHERE watts IS NULL) > 20 AND count(*) - count(DISTINCT (device, at)) > 100,
    'there are samples, faulty ones and doubled ones')
FROM power;
SELECT ok(
    min(gaps) > 2 AND min(invalid_samples) > 10 AND min(duplicate_samples) > 20 AND min(kwh) > 0,
    'each device has gaps, invalid samples and duplicates')
FROM accelcost.energy_from_samples('power', '30 s');

-- ---- the reference --------------------------------------------------------

SELECT is_empty(
    $$SELECT starts, ends, device, r.kwh, e.kwh, r.covered, e.covered
      FROM (
          VALUES ('-infinity'::timestamptz, 'infinity'::timestamptz),
                 ('2026-07-01 00:10+00', 'infinity'),
                 ('-infinity', '2026-07-01 00:40:00.123456+00'),
                   ('2026-07-01 00:10:00.5+00', '2026-07-01 00:10:01.5+00'),
                   ('2026-07-01 00:04+00', '2026-07-01 00:55+00')) AS p (starts, ends),
           LATERAL (SELECT * FROM pg_temp.reference('30 s', starts, ends)) AS r
           FULL
           JOIN LATERAL (
               SELECT * FROM accelcost.energy_from_samples('power', '30 s', starts, ends) WHERE kwh IS NOT NULL
           ) AS e USING (device)
      WHERE (r.covered, round(r.kwh, 12)) IS DISTINCT FROM (e.covered, round(e.kwh::numeric, 12))$$,
    'energy and covered time are those of the reference, in any period');

-- ---- what must hold -------------------------------------------------------

SELECT is_empty(
    $$SELECT * FROM accelcost.energy_from_samples('power', '30 s') AS e
      WHERE valid_samples + duplicate_samples
        + invalid_samples <> (SELECT count(*) FROM power WHERE device = e.device)$$,
    'every row is counted once: valid, duplicate or invalid');
SELECT is_empty(
    $$SELECT * FROM accelcost.energy_from_samples('power', '30 s') WHERE covered + uncovered <> last_at - first_at$$,
    'what is not covered between the first and the last sample is uncovered');
SELECT is_empty(
    $$
        SELECT *
        FROM accelcost.energy_from_samples('power', '30 s', '2026-06-30 23:00+00', '2026-07-01 02:00+00')
        WHERE covered + uncovered <> interval '3 hours'$$,
    'what is not covered of a period is uncovered');
SELECT is_empty(
    $$SELECT e.device FROM accelcost.energy_from_samples('power', '30 s') AS e
      WHERE gaps <> (SELECT count(*) FROM (SELECT lead(at) OVER (ORDER BY at) - at AS step FROM power
                                           WHERE device = e.device
                                             AND watts >= 0
                                             AND watts <> 'NaN') AS s WHERE step > '30 s')$$,
    'a gap is a step of more than max_gap between valid samples');
SELECT is_empty(
    $$SELECT * FROM accelcost.energy_from_samples('power', '30 s')
      WHERE average_watts NOT BETWEEN 100 AND maximum_watts
         OR abs(energy_kwh(average_watts, extract(epoch FROM covered)::float8 / 3600) / kwh - 1) > 1e-14$$,
    'the average watts over the covered time are the energy');
SELECT is_empty(
    $$
        SELECT device
        FROM accelcost.energy_from_samples('power', '10 s') AS a
        JOIN accelcost.energy_from_samples('power', '1 min') AS b USING (device)
      WHERE a.covered > b.covered OR coalesce(a.kwh, 0) > b.kwh OR a.uncovered < b.uncovered OR a.gaps < b.gaps$$,
    'a longer max_gap covers no less');
SELECT is_empty(
    $$SELECT * FROM accelcost.energy_from_samples('power', '1 day') WHERE gaps <> 0 OR uncovered <> '0'$$,
    'a max_gap longer than all gaps leaves none');
SELECT is_empty(
    $$
        SELECT device
        FROM accelcost.energy_from_samples('power', '30 s', pue => 1.25) AS a
        JOIN accelcost.energy_from_samples('power', '30 s') AS b USING (device)
      WHERE abs(a.kwh / b.kwh - 1.25) > 1e-14
        OR (a.average_watts, a.maximum_watts, a.covered) <> (b.average_watts, b.maximum_watts, b.covered)$$,
    'a PUE multiplies the energy alone');

-- ---- splitting ------------------------------------------------------------

-- What of a device does not add up, when its time is cut in two.
CREATE FUNCTION pg_temp.split_fault(cut_device text, cut_at timestamptz) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    whole record;
    before record;
    after record;
BEGIN
    SELECT * INTO whole FROM accelcost.energy_from_samples('power', '30 s') WHERE device = cut_device;
    SELECT * INTO before
    FROM accelcost.energy_from_samples('power', '30 s', period_end => cut_at)
    WHERE device = cut_device;
    SELECT * INTO after
    FROM accelcost.energy_from_samples('power', '30 s', period_start => cut_at)
    WHERE device = cut_device;
    IF abs(coalesce(before.kwh, 0) + coalesce(after.kwh, 0) - whole.kwh) > 1e-14 * whole.kwh THEN RETURN 'energy';
    END IF;
    IF before.covered + after.covered IS DISTINCT FROM whole.covered THEN RETURN 'covered'; END IF;
    IF before.uncovered + after.uncovered IS DISTINCT FROM whole.uncovered THEN RETURN 'uncovered'; END IF;
    IF (
        before.valid_samples + after.valid_samples, before.duplicate_samples + after.duplicate_samples,
        before.invalid_samples + after.invalid_samples)
       IS DISTINCT FROM (whole.valid_samples, whole.duplicate_samples, whole.invalid_samples) THEN RETURN 'counts';
       END IF;
    RETURN NULL;
END
$$;
SELECT is_empty(
    $$SELECT device, at, fault
      FROM (
          SELECT DISTINCT device, at
          FROM power
          WHERE watts >= 0 AND watts <> 'NaN' AND at::time BETWEEN '00:02' AND '01:00') AS cut,
           LATERAL (SELECT pg_temp.split_fault(device, at) AS fault) AS f
      WHERE hashtext(at::text) % 40 = 0 AND fault IS NOT NULL$$,
    'two periods that meet at a sample add up to the whole');
SELECT is_empty(
    $$SELECT device, at, fault
      FROM generate_series(
          '2026-07-01 00:02:00.000017+00'::timestamptz, '2026-07-01 01:00+00', interval '201.654321 s') AS at,
           (VALUES ('gpu1'), ('gpu3')) AS d (device),
           LATERAL (SELECT pg_temp.split_fault(device, at) AS fault) AS f
      WHERE fault IS NOT NULL$$,
    'two periods that meet anywhere add up to the whole');

CREATE VIEW pg_temp.until_cut AS
SELECT *
FROM power
WHERE at <= (
    SELECT at FROM power WHERE device = 'gpu2' AND watts >= 0 AND watts <> 'NaN' ORDER BY at OFFSET 150 LIMIT 1);
CREATE VIEW pg_temp.from_cut AS
SELECT *
FROM power
WHERE at >= (
    SELECT at FROM power WHERE device = 'gpu2' AND watts >= 0 AND watts <> 'NaN' ORDER BY at OFFSET 150 LIMIT 1);
SELECT ok(
    abs(a.kwh + b.kwh - c.kwh) < 1e-14 * c.kwh AND a.covered + b.covered = c.covered AND a.gaps + b.gaps = c.gaps,
    'two relations that share a sample add up to the whole')
FROM accelcost.energy_from_samples('until_cut', '30 s') AS a, accelcost.energy_from_samples('from_cut', '30 s') AS b,
     accelcost.energy_from_samples('power', '30 s') AS c
WHERE (a.device, b.device, c.device) = ('gpu2', 'gpu2', 'gpu2');

-- ---- constant power -------------------------------------------------------

CREATE VIEW pg_temp.steady AS
SELECT format('%s W every %s s', w, s) AS device,
       '2026-07-01 00:00+00'::timestamptz + n * make_interval(secs => s) AS at, w AS watts
FROM unnest(ARRAY[700, 0.1, 333.3, 0]::float8[]) AS w, unnest(ARRAY[1, 7, 60]::float8[]) AS s,
     generate_series(0, 600) AS n;
SELECT is_empty(
    $$
        SELECT device, kwh
        FROM accelcost.energy_from_samples('steady', '1 min', pue => 1.135),
             regexp_match(device, '^(.*) W every (.*) s$') AS parts
      WHERE kwh IS DISTINCT FROM 0
        AND abs(kwh / energy_kwh(parts[1]::float8, 600 * parts[2]::float8 / 3600, pue => 1.135) - 1) > 1e-15
         OR (kwh = 0) <> (parts[1] = '0') OR average_watts <> parts[1]::float8$$,
    'constant power is energy_kwh, however often it is sampled');

-- ---- nothing else matters -------------------------------------------------

CREATE TEMP TABLE expected AS
SELECT *
FROM accelcost.energy_from_samples('power', '30 s', '2026-07-01 00:03+00', '2026-07-01 01:02+00', 1.1);
CREATE FUNCTION pg_temp.differences(samples regclass) RETURNS bigint LANGUAGE sql AS $$
    SELECT count(*)
    FROM expected FULL
    JOIN accelcost.energy_from_samples(
        samples, '30 s', '2026-07-01 00:03+00', '2026-07-01 01:02+00', 1.1) AS found USING (device)
    WHERE expected IS DISTINCT FROM found
$$;
CREATE TEMP TABLE permuted AS SELECT watts, device, 0 AS extra, at FROM power ORDER BY hashtext(at::text || device);
CREATE INDEX ON permuted (at);
SELECT is(pg_temp.differences('permuted'), 0::bigint, 'the order of the rows and of the columns does not matter');

CREATE FUNCTION pg_temp.differences_under(name text, value text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    found bigint;
BEGIN
    PERFORM set_config(name, value, true);
    found := pg_temp.differences('permuted');
    RAISE EXCEPTION SQLSTATE 'ROLLB' USING MESSAGE = found;
EXCEPTION
    WHEN SQLSTATE 'ROLLB' THEN RETURN sqlerrm;
END
$$;
SELECT is(pg_temp.differences_under(name, value), 0::bigint, format('%s = %s', name, value)) FROM (VALUES
    ('TimeZone', 'Pacific/Kiritimati'),
    ('DateStyle', 'German'),
    ('IntervalStyle', 'sql_standard'),
    ('extra_float_digits', '-15'),
    ('enable_seqscan', 'off'),
    ('search_path', 'public')
) AS setting (name, value);

-- In parallel, of a table that workers can read.
CREATE TABLE shared_power AS SELECT * FROM power;
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
SELECT is(pg_temp.differences('shared_power'), 0::bigint, 'parallel workers do not matter');

-- ---- rows that add nothing ------------------------------------------------

INSERT INTO permuted SELECT NULL, device, 1, at + interval '1 ms' FROM power;
INSERT INTO permuted SELECT 'infinity', device, 1, at + interval '2 ms' FROM power;
SELECT is_empty(
    $$
        SELECT device
        FROM accelcost.energy_from_samples('permuted', '30 s') AS a
        JOIN accelcost.energy_from_samples('power', '30 s') AS b USING (device)
      WHERE (
          a.kwh, a.covered, a.uncovered, a.gaps, a.average_watts, a.maximum_watts, a.first_at, a.last_at,
          a.valid_samples, a.duplicate_samples)
            IS DISTINCT FROM (
                b.kwh, b.covered, b.uncovered, b.gaps, b.average_watts, b.maximum_watts, b.first_at, b.last_at,
                b.valid_samples, b.duplicate_samples)
         OR a.invalid_samples - b.invalid_samples <> 2 * (SELECT count(*) FROM power WHERE power.device = a.device)$$,
    'invalid samples change their own count and nothing else');
INSERT INTO shared_power SELECT * FROM power;
SELECT is_empty(
    $$
        SELECT device
        FROM accelcost.energy_from_samples('shared_power', '30 s') AS a
        JOIN accelcost.energy_from_samples('power', '30 s') AS b USING (device)
      WHERE (
          a.kwh, a.covered, a.uncovered, a.gaps, a.average_watts, a.maximum_watts, a.first_at, a.last_at,
          a.valid_samples)
            IS DISTINCT FROM (
                b.kwh, b.covered, b.uncovered, b.gaps, b.average_watts, b.maximum_watts, b.first_at, b.last_at,
                b.valid_samples)
         OR a.duplicate_samples - b.duplicate_samples <> b.valid_samples + b.duplicate_samples$$,
    'samples loaded twice change the count of duplicates and of invalid ones, nothing else');

SELECT * FROM finish();
ROLLBACK;
