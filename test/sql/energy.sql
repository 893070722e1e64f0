-- Energy, its cost and its carbon, from ratings and from samples.
\getenv dir PG_ABS_SRCDIR
\set file :dir '/include/error_of.sql'
\i :file
SET extra_float_digits = 1;
SET timezone = 'UTC';
SET datestyle = 'ISO, YMD';
SET intervalstyle = 'postgres';

-- the article's month: 700 W are 511 kWh, 300 W are 219; an overhead of 30 to 50 % is a PUE of 1.3 to 1.5
SELECT energy_kwh(700, 730), energy_kwh(300, 730) AS at_300_w, energy_kwh(700, 730, pue => 1.3) AS with_30_percent,
       energy_kwh(700, 730, pue => 1.5) AS with_50_percent;
SELECT energy_cost(511, 0.10) AS low, energy_cost(511, 0.30) AS high;

-- ten thousand GPUs of 700 W: 7,000 kW, with servers 9,100, with a PUE of 1.30 11.83 MW, with
-- losses 13.01; 103.6 GWh and 8.3 million a year
SELECT energy_kwh(10000 * 700, 1) AS kw_gpus, energy_kwh(10000 * 700 * 1.3, 1) AS kw_servers,
       energy_kwh(10000 * 700 * 1.3, 1, pue => 1.30) / 1000 AS mw_site,
       round((energy_kwh(10000 * 700 * 1.3 * 1.1, 1, pue => 1.30) / 1000)::numeric, 2) AS mw_with_losses,
       round((energy_kwh(10000 * 700 * 1.3, 8760, pue => 1.30) / 1e6)::numeric, 1) AS gwh_a_year,
       energy_cost(energy_kwh(10000 * 700 * 1.3, 8760, pue => 1.30), 0.08) AS cost_a_year;

-- an MLPerf run of 11,769,962 J in 29.10069 minutes: 3.27 kWh, 6.741 kW
SELECT round(kwh_from_joules(11769962)::numeric, 2) AS kwh,
       round((kwh_from_joules(11769962) * 60 / 29.10069)::numeric, 3) AS kw;

-- Cloud Carbon Footprint: 0.71 to 3.46 W at 1 %, PUE 1.135, two replicas
SELECT round((2 * energy_kwh(watts_at_load(0.71, 3.46, 0.01), 1, pue => 1.135))::numeric, 10) AS kwh;

-- products first: no 20.999999999999996
SELECT energy_kwh(700, 24, 1, 1.25) AS day, energy_kwh(watts => 1000, hours => 2, load => 0.75) AS three_quarters,
       energy_kwh(0, 0) AS none;
SELECT watts_at_load(110, 700, 0) AS idle, watts_at_load(110, 700, 0.5) AS half,
       watts_at_load(110, 700, 1) AS full_load;

-- money is exact, of any sign, without trailing zeros
SELECT energy_cost(0.1, 0.0895) AS exact, energy_cost(1e20 + 0.000000000001, 0.12345678) AS wide,
       energy_cost(1000, 0.10) AS trimmed, energy_cost(-5, 0.1) AS correction,
       energy_cost(5, -0.02) AS negative_price, energy_cost(0.0, 0.10) AS none;
-- an energy can be a float8, of which 15 digits count, as in a cast; a price cannot
SELECT energy_cost(energy_kwh(700, 730), 0.10) AS article, energy_cost(0.1::float8 + 0.2::float8, 1) AS of_float8,
       energy_cost(1.5::real, 0.1) AS of_real, energy_cost('511', '0.1') AS of_text;
SELECT energy_cost(2147483647, 0.3) AS of_integer, energy_cost(9223372036854775807, 0.3) AS of_bigint,
       energy_cost(12345678901234567890.123456789, 0.3) AS of_numeric,
       energy_cost(kwh => 511.5, price_per_kwh => 1) AS by_name;
SELECT energy_cost(NULL::float8, 1), energy_cost(1::float8, NULL), energy_cost(NULL::bigint, 1);
SELECT pg_temp.error_of('SELECT energy_cost(0.3, 0.1::float8)');

SELECT carbon_kg(511, 369.473), carbon_kg(-10, 400) AS correction, carbon_kg(511, 0) AS carbon_free;

SELECT energy_kwh(NULL, 1), watts_at_load(1, NULL, 0), kwh_from_joules(NULL), energy_cost(1, NULL),
       energy_cost(NULL, 1), carbon_kg(1, NULL);

SELECT call, pg_temp.error_of('SELECT ' || call) FROM (VALUES
    ('energy_kwh(-1, 1)'),
    ('energy_kwh(1, -1)'),
    ('energy_kwh(1, 1, -0.1)'),
    ('energy_kwh(1, 1, 1.1)'),
    ('energy_kwh(1, 1, 1, 0.99)'),
    ('energy_kwh(''NaN'', 1)'),
    ('energy_kwh(1, ''infinity'')'),
    ('energy_kwh(1, 1, ''NaN'')'),
    ('energy_kwh(1, 1, 1, ''infinity'')'),
    ('energy_kwh(1e200, 1e200)'),
    ('watts_at_load(-1, 1, 0)'),
    ('watts_at_load(100, 99, 0)'),
    ('watts_at_load(1, 1, 2)'),
    ('watts_at_load(1, ''infinity'', 0)'),
    ('kwh_from_joules(-1)'),
    ('kwh_from_joules(''NaN'')'),
    ('energy_cost(''NaN'', 1)'),
    ('energy_cost(''infinity'', 1)'),
    ('energy_cost(1, ''NaN'')'),
    ('energy_cost(1, ''-infinity'')'),
    ('energy_cost(''NaN''::numeric, 1)'),
    ('energy_cost(''-infinity''::numeric, 1)'),
    ('carbon_kg(1, -1)'),
    ('carbon_kg(''NaN'', 1)'),
    ('carbon_kg(1, ''infinity'')'),
    ('carbon_kg(1e200, 1e200)'),
    ('g_per_kwh(-1, ''g/kWh'')'),
    ('g_per_kwh(''NaN'', ''g/kWh'')'),
    ('g_per_kwh(1, ''lb/kWh'')'),
    ('g_per_kwh(1, ''G/KWH'')'),
    ('g_per_kwh(1e308, ''t/MWh'')')
) AS t(call);

-- units of carbon intensity: the USA of 2022 in eGRID is 823.1 lb/MWh
SELECT unit, intensity, g_per_kwh(intensity, unit)
FROM (VALUES ('g/kWh', 369), ('kg/MWh', 369), ('kg/kWh', 0.369), ('t/MWh', 0.369), ('lb/MWh', 823.1))
         AS t(unit, intensity);
SELECT carbon_kg(1000, g_per_kwh(823.1, 'lb/MWh')) AS kg, g_per_kwh(NULL, 'g/kWh') AS unknown;

-- ---- samples --------------------------------------------------------------

CREATE TABLE power (at timestamptz, device text, watts float8);
INSERT INTO power VALUES
    ('2026-07-01 00:00', 'steady', 700),
    ('2026-07-01 00:30', 'steady', 700),
    ('2026-07-01 01:00', 'steady', 700),
    ('2026-07-01 00:00', 'ramp', 0),
    ('2026-07-01 01:00', 'ramp', 1000),
    ('2026-07-01 00:00', 'broken', 100),
    ('2026-07-01 00:30', 'broken', 100),
    ('2026-07-01 03:00', 'broken', 100),
    ('2026-07-01 04:00', 'broken', 100),
    ('2026-07-01 00:00', 'single', 100),
    ('2026-07-01 00:00', 'twice', 300),
    ('2026-07-01 00:00', 'twice', 300),
    ('2026-07-01 01:00', 'twice', 100),
    ('2026-07-01 01:00', 'twice', 500),
    ('2026-07-01 01:00', 'twice', 110),
    ('2026-07-01 00:00', 'faulty', 200),
    ('2026-07-01 00:10', 'faulty', NULL),
    ('2026-07-01 00:20', 'faulty', 'NaN'),
    ('2026-07-01 00:30', 'faulty', -1),
    ('2026-07-01 00:40', 'faulty', 'infinity'),
    (NULL, 'faulty', 900),
    ('infinity', 'faulty', 900),
    ('2026-07-01 01:00', 'faulty', 200),
    ('2026-07-01 00:00', 'dead', NULL),
    ('2026-07-01 00:00', NULL, 100), ('2026-07-01 01:00', NULL, 100);

-- a gap is not bridged, a single sample covers nothing, no reading is not 0 W
SELECT device, kwh, covered, uncovered, gaps, average_watts, maximum_watts
FROM accelcost.energy_from_samples('power', '1 hour');
SELECT device, first_at, last_at, valid_samples, duplicate_samples, invalid_samples
FROM accelcost.energy_from_samples('power', '1 hour');

-- up to max_gap, and not one microsecond more
SELECT max_gap, covered, uncovered, gaps
FROM (VALUES (interval '01:00:00'), ('00:59:59.999999')) AS t(max_gap),
     accelcost.energy_from_samples('power', max_gap)
WHERE device = 'ramp';

-- a period [start, end) takes its part of what lies across its bounds, and all of it is covered or not
SELECT device, kwh, covered, uncovered, gaps, average_watts, maximum_watts, first_at, valid_samples, invalid_samples
FROM accelcost.energy_from_samples('power', '1 hour', '2026-07-01 00:15', '2026-07-01 00:45') ORDER BY device;
SELECT device, kwh, covered, uncovered, gaps, valid_samples
FROM accelcost.energy_from_samples(
    'power', '1 hour', period_start => '2026-06-30 23:00', period_end => '2026-07-01 05:00')
WHERE device IN ('broken', 'dead', 'single');
SELECT device, kwh, covered, uncovered, gaps, valid_samples
FROM accelcost.energy_from_samples('power', '1 hour', period_end => '2026-07-01 01:00')
WHERE device IN ('broken', 'ramp', 'steady');
SELECT device, kwh, covered, uncovered, gaps, valid_samples
FROM accelcost.energy_from_samples('power', '1 hour', period_start => '2026-07-01 00:30')
WHERE device IN ('broken', 'ramp', 'steady');

-- the PUE is in the energy, not in the watts
SELECT kwh, average_watts, maximum_watts
FROM accelcost.energy_from_samples('power', '1 hour', pue => 1.25)
WHERE device = 'steady';

-- what it costs
SELECT device, energy_cost(kwh, 0.10) AS cost FROM accelcost.energy_from_samples('power', '1 hour') WHERE kwh > 0;

-- any relation with these columns: a view, other types, a time without zone whose zone is given
CREATE VIEW smi AS
SELECT gpu AS device, taken::timestamp AS at, draw AS watts
FROM (
    VALUES (0, '2026-07-01 00:00', 699.5), (0, '2026-07-01 01:00', 700.5), (1, '2026-07-01 00:00', 1.5)
) AS t(gpu, taken, draw);
SELECT device, kwh, covered, first_at FROM accelcost.energy_from_samples('smi', '1 hour', tz => 'UTC');
SELECT pg_temp.error_of($$SELECT * FROM accelcost.energy_from_samples('smi', '1 hour')$$);
SELECT pg_temp.error_of($$SELECT * FROM accelcost.energy_from_samples('smi', '1 hour', tz => 'CEST')$$);
SET timezone = 'Asia/Kathmandu';
SELECT device, kwh, covered, first_at AT TIME ZONE 'UTC' AS first_at_utc
FROM accelcost.energy_from_samples('smi', '1 hour', tz => 'UTC');
SET timezone = 'UTC';
CREATE TABLE "Power Of %s" (watts real, extra int, device int, at date) PARTITION BY LIST (device);
CREATE TABLE power_of_0 PARTITION OF "Power Of %s" FOR VALUES IN (0);
INSERT INTO "Power Of %s" VALUES (1000, 1, 0, '2026-07-01'), (1000, 1, 0, '2026-07-02');
SELECT device, kwh, covered FROM accelcost.energy_from_samples('"Power Of %s"', '1 day', tz => 'UTC');
SELECT count(*)
FROM accelcost.energy_from_samples('power', '1 hour', '2030-01-01', '2030-02-01')
WHERE valid_samples > 0 OR kwh IS NOT NULL;

-- refused
CREATE TABLE renamed (ts timestamptz, device text, watts float8);
CREATE TABLE mistyped (at timestamptz, device text, watts boolean);
CREATE TABLE untimed (at text, device text, watts int);
CREATE TABLE paid (at timestamptz, device text, watts money);
CREATE TABLE timed (at time, device text, watts int);
CREATE SEQUENCE counter;
SELECT call, pg_temp.error_of('SELECT * FROM accelcost.energy_from_samples(' || call || ')') FROM (VALUES
    ($$NULL, '1 hour'$$),
    ($$'power', NULL$$),
    ($$'power', '1 hour', NULL$$),
    ($$'power', '1 hour', period_end => NULL$$),
    ($$'power', '1 hour', pue => NULL$$),
    ($$'power', '0'$$),
    ($$'power', '-1 hour'$$),
    ($$'power', '1 hour', '2026-07-01', '2026-07-01'$$),
    ($$'power', '1 hour', '2026-07-02', '2026-07-01'$$),
    ($$'power', '1 hour', 'infinity'$$),
    ($$'power', '1 hour', pue => 0.9$$),
    ($$'power', '1 hour', pue => 'NaN'$$),
    ($$'power', '1 hour', max_watts => NULL$$),
    ($$'power', '1 hour', max_watts => 0$$),
    ($$'renamed', '1 hour'$$),
    ($$'mistyped', '1 hour'$$),
    ($$'untimed', '1 hour'$$),
    ($$'paid', '1 hour'$$),
    ($$'timed', '1 hour'$$),
    ($$'counter', '1 hour'$$),
    ($$'absent', '1 hour'$$),
    ($$1::regclass, '1 hour'$$)
) AS t(call);

-- ---- what logs hold -------------------------------------------------------

-- blanks of DCGM, of NVML and of nvidia-smi are invalid, and so is more than max_watts
CREATE TABLE dcgm (at timestamptz, device text, watts float8);
INSERT INTO dcgm
SELECT '2026-07-01 00:00'::timestamptz + n * interval '10 s', device, watts
FROM (VALUES ('fp64', 140737488355328), ('fp64 not supported', 140737488355330), ('int64', 9223372036854775792),
             ('int32', 2147483632), ('nvml', 4294967.295)) AS blank(device, blank),
     LATERAL (VALUES (0, 400), (1, blank), (2, 400)) AS sample(n, watts);
SELECT device, round(kwh::numeric, 7) AS kwh, maximum_watts, valid_samples, invalid_samples
FROM accelcost.energy_from_samples('dcgm', '1 min');
SELECT DISTINCT kwh, valid_samples, invalid_samples
FROM accelcost.energy_from_samples('dcgm', '1 min', max_watts => 300);
CREATE TABLE smi_log (at timestamptz, uuid text, watts text);
INSERT INTO smi_log
SELECT '2026-07-01 00:00'::timestamptz + ordinal * interval '10 s', 'GPU-a', cell
FROM unnest('{" 700.00 W",[N/A],700,"[Not Supported]","7e2 W",ERR!,700 kW,"",700.}'::text[])
         WITH ORDINALITY AS log(cell, ordinal);
SELECT device, round(kwh::numeric, 7) AS kwh, valid_samples, invalid_samples
FROM accelcost.energy_from_samples('smi_log', '1 min');

-- a device is one of a host; without hosts, two series of one name are refused
CREATE TABLE fleet (at timestamptz, host text, device text, watts float8);
INSERT INTO fleet
SELECT '2026-07-01 00:00'::timestamptz + n * interval '10 s' + late * interval '5 s', host, '0', watts
FROM generate_series(0, 360) AS n, (VALUES ('a', 700, 0), ('b', 100, 1)) AS gpu(host, watts, late);
SELECT host, device, kwh, duplicate_samples FROM accelcost.energy_from_samples('fleet', '1 min');
SELECT round(sum(kwh)::numeric, 12) AS kwh FROM accelcost.energy_from_samples('fleet', '1 min');
CREATE VIEW nameless AS SELECT at, device, watts FROM fleet;
CREATE VIEW at_once AS SELECT at - CASE host WHEN 'b' THEN interval '5 s' ELSE '0' END AS at, device, watts FROM fleet;
CREATE VIEW one_host AS SELECT 'rack' AS "Hostname", at, device, watts FROM fleet;
SELECT pg_temp.error_of($$SELECT * FROM accelcost.energy_from_samples('nameless', '1 min')$$);
SELECT pg_temp.error_of($$SELECT * FROM accelcost.energy_from_samples('at_once', '1 min')$$);
SELECT host, device, round(kwh::numeric, 2) AS kwh FROM accelcost.energy_from_samples('one_host', '1 min');
INSERT INTO fleet VALUES ('2026-07-01 00:00', NULL, '0', 100);
SELECT host, kwh, valid_samples, invalid_samples FROM accelcost.energy_from_samples('fleet', '1 min');

-- local times that occur twice, or never, are invalid and counted
CREATE TABLE local_power AS
SELECT timezone('Europe/Berlin', '2026-10-24 23:00+00'::timestamptz + n * interval '1 min' + n * interval '1 ms') AS at,
       'gpu' AS device, 700 AS watts
FROM generate_series(0, 240) AS n;
SELECT round(kwh::numeric, 2) AS kwh, covered, uncovered, valid_samples, duplicate_samples, invalid_samples
FROM accelcost.energy_from_samples('local_power', '2 min', tz => 'Europe/Berlin');
SELECT pg_temp.error_of($$SELECT * FROM accelcost.energy_from_samples('local_power', '2 min')$$);
SELECT count(*) FILTER (WHERE accelcost_internal.is_one_instant(at, tz)) AS one, count(*) AS minutes
FROM (VALUES ('Europe/Berlin', '2026-10-25 01:30'::timestamp), ('Europe/Berlin', '2026-03-29 01:30'),
             ('Australia/Lord_Howe', '2026-04-05 01:00'), ('UTC', '2026-10-25 01:30')) AS change(tz, start),
     LATERAL (SELECT start + n * interval '1 min' AS at FROM generate_series(0, 119) AS n) AS local
GROUP BY tz, start
ORDER BY tz COLLATE "C", start;

-- ---- counters -------------------------------------------------------------

CREATE TABLE energy_counter (at timestamptz, host text, device text, joules numeric);
INSERT INTO energy_counter
SELECT '2026-07-01 00:00'::timestamptz + n * interval '10 min', 'a', device, joules
FROM (VALUES ('steady', '{0,420000,840000,1260000}'::numeric[]), ('reloaded', '{900000,1320000,60000,480000}'),
             ('idle', '{5,5,5,5}'), ('blank', '{0,NaN,140737488355328,1260000}'), ('single', '{5}'))
         AS log(device, readings),
     unnest(readings) WITH ORDINALITY AS reading(joules, n);
SELECT device, kwh, covered, resets, average_watts, valid_samples, duplicate_samples, invalid_samples
FROM accelcost.energy_from_counters('energy_counter');

-- a period takes its part, and the parts add up
SELECT device, a.kwh AS first, b.kwh AS second, round((a.kwh + b.kwh)::numeric, 12) AS both,
       a.resets + b.resets AS resets
FROM accelcost.energy_from_counters('energy_counter', period_end => '2026-07-01 00:35') AS a
JOIN accelcost.energy_from_counters('energy_counter', period_start => '2026-07-01 00:35') AS b USING (host, device);
SELECT device, kwh, covered, uncovered
FROM accelcost.energy_from_counters('energy_counter', '5 min', '2026-07-01 00:15', '2026-07-01 00:50')
WHERE device IN ('steady', 'single');

-- millijoules of NVML; loaded twice; a PUE; more than max_watts is no energy
CREATE VIEW nvml AS SELECT at, device AS gpu, joules::float8 * 1000 AS millijoules FROM energy_counter
UNION ALL SELECT at, device, joules::float8 * 1000 FROM energy_counter;
SELECT device, kwh, resets, duplicate_samples FROM accelcost.energy_from_counters('nvml', pue => 1.5) WHERE kwh > 0;
SELECT device, kwh, covered, uncovered
FROM accelcost.energy_from_counters('nvml', max_watts => 699)
WHERE device = 'steady';
SELECT call, pg_temp.error_of('SELECT * FROM accelcost.energy_from_counters(' || call || ')') FROM (VALUES
    ('NULL'),
    ($$'nvml', '0'$$),
    ($$'nvml', max_watts => 'NaN'$$),
    ($$'power'$$),
    ($$'nvml', tz => 'Europe/Berlin', period_end => '-infinity'$$)
) AS t(call);
DROP VIEW nameless, at_once, one_host, nvml;
DROP TABLE dcgm, smi_log, fleet, local_power, energy_counter;

-- it reads as its caller
CREATE ROLE regress_accelcost_reader;
GRANT SELECT (at, device, watts) ON power TO regress_accelcost_reader;
SET ROLE regress_accelcost_reader;
SELECT count(*) FROM accelcost.energy_from_samples('power', '1 hour');
SELECT pg_temp.error_of($$SELECT * FROM accelcost.energy_from_samples('renamed', '1 hour')$$);
SELECT pg_temp.error_of($$SELECT * FROM accelcost.energy_from_samples('smi', '1 hour', tz => 'UTC')$$);
RESET ROLE;
DROP VIEW smi;
DROP TABLE power, renamed, mistyped, untimed, paid, timed, "Power Of %s";
DROP SEQUENCE counter;
DROP ROLE regress_accelcost_reader;
