-- bill_day: the day of a time, in UTC or in a zone, whatever the session's zone; conditions on it are conditions on the
-- time, for the same rows.
BEGIN;
SELECT plan(17);
SET LOCAL TimeZone = 'Pacific/Apia';

CREATE TABLE event (at timestamptz, local timestamp, day date);
INSERT INTO event
SELECT at, at AT TIME ZONE 'UTC', (at AT TIME ZONE 'UTC')::date
FROM (SELECT timestamptz '2023-11-30 22:00+00' + i * interval '3 hours 7 minutes' AS at
      FROM generate_series(0, 4000) AS i) AS made;
INSERT INTO event (at, local, day) VALUES
    ('2024-02-29 23:59:59.999999+00', '2024-02-29 23:59:59.999999', '2024-02-29'),
    ('2024-03-01 00:00+00', '2024-03-01 00:00', '2024-03-01'),
    ('1999-12-31 23:59:59+00', '1999-12-31 23:59:59', '1999-12-31'),
    ('4713-01-01 00:00+00 BC', '4713-01-01 00:00 BC', '4713-01-01 BC'),
    ('infinity', 'infinity', 'infinity'),
    ('-infinity', '-infinity', '-infinity'),
    (NULL, NULL, NULL);
CREATE INDEX ON event (at);
CREATE INDEX ON event (local);
ANALYZE event;

SELECT is_empty($$SELECT at FROM event
    WHERE (
        bill_day(at), bill_day(local), bill_day(day), bill_day(day, 'Asia/Kolkata')
    ) IS DISTINCT FROM (day, day, day, day)$$,
    'the day is that in UTC, also of infinity and of NULL');
SELECT is_empty(format($$SELECT at FROM event
    WHERE (bill_day(at, %1$L), bill_day(local, %1$L)) IS DISTINCT FROM (
        (at AT TIME ZONE %1$L)::date, (at AT TIME ZONE %1$L)::date)$$, zone),
    format('the day in %s is that of the server''s own arithmetic', zone))
FROM unnest('{UTC,Asia/Kolkata,America/New_York,Pacific/Apia}'::text[]) AS zone;
SELECT is_empty($$SELECT at FROM event WHERE date_trunc('month', bill_day(at))::date IS DISTINCT FROM bill_month(at)
                  AND isfinite(at)$$, 'a day is in its month');
SELECT throws_ok($$SELECT bill_day(now(), 'EDT')$$, '22023', NULL, 'an abbreviation is no time zone');
SELECT throws_ok($$SELECT bill_day(now(), 'UTC+2')$$, '22023', NULL, 'nor is a POSIX rule');
SELECT is(provolatile, 'i', 'bill_day is IMMUTABLE')
FROM pg_proc
WHERE oid = 'bill_day(timestamptz, text)'::regprocedure;

CREATE FUNCTION plan_of(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    line text;
    lines text := '';
BEGIN
    FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) ' || query LOOP
        lines := lines || line || E'\n';
    END LOOP;
    RETURN lines;
END
$$;
SET LOCAL enable_seqscan = off;
SELECT matches(plan_of(format('SELECT FROM event WHERE bill_day(%I) %s date ''2024-02-29''', column_name, operator)),
    'Index Cond: \(.*' || column_name || ' ',
    format('bill_day(%s) %s date uses an index on %1$s', column_name, operator))
FROM (
    VALUES ('at', '='), ('at', '<'), ('at', '<='), ('at', '>'), ('at', '>='), ('local', '=')
) AS t (column_name, operator);
SELECT is_empty(format($$
    (SELECT at FROM event WHERE bill_day(at) %1$s date %2$L EXCEPT ALL SELECT at FROM event WHERE day %1$s date %2$L)
    UNION ALL
    (SELECT at FROM event WHERE day %1$s date %2$L EXCEPT ALL SELECT at FROM event WHERE bill_day(at) %1$s date %2$L)$$,
    '=', '2024-02-29'), 'a condition finds the same rows through the index');
SELECT is((SELECT count(*) FROM event WHERE bill_day(at) BETWEEN '2024-02-28' AND '2024-03-01'),
          (SELECT count(*) FROM event WHERE day BETWEEN '2024-02-28' AND '2024-03-01'), 'and so does a range');

SELECT * FROM finish();
ROLLBACK;
