-- Months: the one that a time is billed in, its end and its length, under
-- no influence of the session.
\getenv dir PG_ABS_SRCDIR
\set file :dir '/include/error_of.sql'
\i :file
SET datestyle = 'ISO, YMD';
SET timezone = 'Pacific/Kiritimati';

-- an instant in UTC, a timestamp as it stands, a date as it stands
SELECT at, bill_month(at::timestamptz), bill_month(at::timestamptz AT TIME ZONE 'UTC') AS of_timestamp
FROM (
    VALUES ('2024-02-29 23:59:59.999999+00'),
           ('2024-03-01 00:00:00+00'),
           ('2024-03-01 00:00:00+14'),
           ('2024-02-29 12:00:00-12'),
           ('1999-12-31 23:59:59.999999+00'),
           ('2000-01-01 00:00+00')) AS t(at);
SELECT day, bill_month(day::date), next_month(day::date), month_hours(day::date)
FROM (
    VALUES ('2024-03-15'),
           ('2024-02-29'),
           ('2023-02-28'),
           ('2000-02-01'),
           ('1900-02-28'),
           ('2024-12-31'),
           ('2024-01-01'),
           ('2024-11-30'),
           ('0001-01-01'),
           ('0001-12-31 BC'),
           ('0005-02-29 BC')) AS t(day);

-- the session's zone does not matter
SET timezone = 'UTC';
SELECT bill_month('2024-02-29 23:59:59.999999+00'::timestamptz), bill_month('2024-03-01 00:00:00+14'::timestamptz);
SET timezone = 'America/Los_Angeles';
SELECT bill_month('2024-02-29 23:59:59.999999+00'::timestamptz), bill_month('2024-03-01 00:00:00+14'::timestamptz);

-- every month of 400 years begins and ends where date_trunc says
SELECT count(*) FROM generate_series('1800-01-01'::timestamp, '2200-12-31', '1 day') AS at
WHERE bill_month(at) <> date_trunc('month', at)::date
   OR bill_month(at::date) <> date_trunc('month', at)::date
   OR bill_month(at AT TIME ZONE 'UTC') <> date_trunc('month', at)::date
   OR next_month(at::date) <> (date_trunc('month', at) + interval '1 month')::date
   OR month_hours(at::date) <> 24 * (next_month(at::date) - bill_month(at::date));

-- so does a day in every 27 years that there are
SELECT count(*), sum(wrong::int) AS wrong
FROM generate_series(0, 2147400000, 9973) AS n, LATERAL (SELECT '4713-01-15 BC'::date + n AS day) AS d,
     LATERAL (SELECT make_date(extract(year FROM day)::int, extract(month FROM day)::int, 1) AS month) AS m,
     LATERAL (
         SELECT bill_month(day) <> month
             OR bill_month(month) <> month
             OR bill_month(month - 1) = month
             OR next_month(day - (day - month)) <> next_month(day) AS wrong) AS w;

-- with a zone: the month there, in summer and winter
SELECT at, tz, bill_month(at::timestamptz, tz), bill_month(at::timestamptz AT TIME ZONE 'UTC', tz) AS of_timestamp
FROM (
    VALUES ('2024-07-01 06:59:59+00'), ('2024-07-01 07:00+00'), ('2024-12-01 07:59:59+00'), ('2024-12-01 08:00+00')
) AS t(at),
     (VALUES ('America/Los_Angeles'), ('UTC')) AS z(tz)
ORDER BY tz, at;
SELECT bill_month('2024-02-29 12:00+00'::timestamptz, 'Asia/Kolkata'),
       bill_month('2024-02-29 18:30+00'::timestamptz, 'asia/kolkata'),
       bill_month('2024-02-29 10:00+00'::timestamptz, 'Pacific/Kiritimati');
SELECT bill_month('2024-03-01 04:59+00'::timestamptz, 'Etc/GMT+5'),
       bill_month('2024-03-01 05:00+00'::timestamptz, 'Etc/GMT+5');
SELECT bill_month('2024-03-01 04:59+00'::timestamptz, 'EST5EDT'),
       bill_month('2024-02-29 23:59+00'::timestamptz, 'gmt+0');
SELECT bill_month('2024-03-31'::date, 'Pacific/Kiritimati'), bill_month('2024-03-31'::date, 'any');

-- abbreviations, offsets and POSIX rules are no zones
SELECT pg_temp.error_of('SELECT bill_month(now(), ''PST'')');
SELECT pg_temp.error_of('SELECT bill_month(localtimestamp, ''UTC+2'')');
SELECT pg_temp.error_of(format('SELECT bill_month(''infinity''::timestamptz, %L)', 'Mars/Phobos'));
SELECT left(tz, 30) AS tz, split_part(pg_temp.error_of(format('SELECT bill_month(now(), %L)', tz)), ':', 1) AS sqlstate
FROM (
    VALUES ('PDT'),
           ('IST'),
           (''),
           (' UTC'),
           ('+02'),
           ('-08:00'),
           ('2'),
           ('UTC2'),
           ('UTC-2'),
           ('<UTC>2'),
           ('<+05>-5'),
           ('PST8PDT7'),
           ('EST5EDT,M3.2.0,M11.1.0'),
           ('Mars/Phobos5'),
           ('Etc/GMT+20'),
           ('Etc/GMT+5,'),
           ('America/'),
           ('../UTC'),
           (repeat('A', 300))) AS t(tz);

-- and neither the abbreviations nor the zone of a session change that
SET timezone_abbreviations = 'India';
SELECT split_part(pg_temp.error_of('SELECT bill_month(now(), ''IST'')'), ':', 1);
RESET timezone_abbreviations;

-- infinity stays infinity, and NULL stays NULL
SELECT bill_month(x::timestamptz), bill_month(x::timestamp), bill_month(x::date), bill_month(x::timestamptz, 'UTC'),
       bill_month(x::timestamp, 'UTC'), bill_month(x::date, 'UTC'), next_month(x::date), month_hours(x::date)
FROM (VALUES ('infinity'), ('-infinity'), (NULL)) AS t(x);
SELECT bill_month('2024-03-15'::timestamptz, NULL), bill_month('2024-03-15'::timestamp, NULL),
       bill_month('2024-03-15'::date, NULL);

-- the ends of the ranges
SELECT bill_month('294276-12-31 23:59:59.999999+00'::timestamptz),
       bill_month('294276-12-31 23:59:59.999999'::timestamp), bill_month('5874897-12-31'::date),
       next_month('5874897-11-30'::date);
SELECT bill_month('4714-12-01 00:00+00 BC'::timestamptz), bill_month('4714-12-01 BC'::timestamp),
       bill_month('4714-12-31 BC'::date), next_month('4714-11-24 BC'::date), month_hours('4714-11-24 BC'::date),
       month_hours('5874897-12-31'::date);
SELECT call, pg_temp.error_of('SELECT ' || call) FROM (VALUES
    ('bill_month(''4714-11-24 00:00+00 BC''::timestamptz)'),
    ('bill_month(''4714-11-30 BC''::timestamp)'),
    ('bill_month(''4714-11-24 BC''::date)'),
    ('bill_month(''4714-11-24 00:00+00 BC''::timestamptz, ''UTC'')'),
    ('next_month(''5874897-12-01''::date)')
) AS t(call);
SELECT split_part(
    pg_temp.error_of('SELECT bill_month(''4714-11-24 00:00+00 BC''::timestamptz, ''America/Los_Angeles'')'), ':', 1);

-- an index on the month of an instant is possible: it does not depend on settings
CREATE TABLE event (at timestamptz);
CREATE INDEX ON event (bill_month(at));
CREATE INDEX ON event (bill_month(at, 'Europe/Berlin'));
DROP TABLE event;
