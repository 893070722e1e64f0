-- Conditions on bill_month(column) are planned as conditions on the column,
-- for the same rows.
BEGIN;
SELECT plan(23);

CREATE TABLE event (at timestamptz, local timestamp, day date);
INSERT INTO event
SELECT at, at AT TIME ZONE 'UTC', (at AT TIME ZONE 'UTC')::date
FROM (SELECT timestamptz '2023-11-30 22:00+00' + i * interval '3 hours 7 minutes' AS at
    FROM generate_series(0, 4000) AS i) AS made;
-- the edges of a month, infinity, unknown
INSERT INTO event (at, local, day) VALUES
    ('2024-02-29 23:59:59.999999+00', '2024-02-29 23:59:59.999999', '2024-02-29'),
    ('2024-03-01 00:00+00', '2024-03-01 00:00', '2024-03-01'),
    ('infinity', 'infinity', 'infinity'),
    ('-infinity', '-infinity', '-infinity'),
    (NULL, NULL, NULL);
CREATE INDEX ON event (at);
CREATE INDEX ON event (local);
CREATE INDEX ON event (day);
ANALYZE event;
SET LOCAL enable_seqscan = off;

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

-- ---- the plan -------------------------------------------------------------

SELECT matches(plan_of(format('SELECT FROM event WHERE bill_month(%I) %s date ''2024-02-01''', column_name, operator)),
    'Index Cond: \(.*' || column_name || ' ',
    format('bill_month(%s) %s date uses an index on %1$s', column_name, operator))
FROM (
    VALUES ('at', '='), ('at', '<'), ('at', '<='), ('at', '>'), ('at', '>='), ('local', '='), ('day', '=')
) AS t (column_name, operator);

SELECT matches(plan_of($$SELECT FROM event WHERE '2024-02-01' = bill_month(at)$$),
    'Index Cond', 'the date may stand first');
SELECT matches(plan_of($$SELECT FROM (SELECT bill_month(at) AS month, count(*) FROM event GROUP BY 1) AS monthly
    WHERE month = '2024-02-01'$$),
    'Index Cond', 'a condition on a view by month reaches the table');

CREATE TABLE parted (at timestamptz) PARTITION BY RANGE (at);
CREATE TABLE parted_1 PARTITION OF parted FOR VALUES FROM ('2024-01-01 00:00+00') TO ('2024-02-01 00:00+00');
CREATE TABLE parted_2 PARTITION OF parted FOR VALUES FROM ('2024-02-01 00:00+00') TO ('2024-03-01 00:00+00');
SELECT doesnt_match(plan_of($$SELECT FROM parted WHERE bill_month(at) = '2024-01-01'$$),
    'parted_2', 'partitions of other months are pruned');

CREATE TABLE by_month (at timestamptz);
CREATE INDEX ON by_month (bill_month(at));
SELECT matches(plan_of($$SELECT FROM by_month WHERE bill_month(at) = '2024-02-01'$$),
    'Index Cond: \(bill_month', 'an index on bill_month(at) itself is used as it is');
ALTER TABLE by_month ADD booked timestamptz;
CREATE INDEX ON by_month (booked);
SELECT matches(plan_of($$SELECT FROM by_month WHERE bill_month(booked) = '2024-02-01'$$),
    'Index Cond: \(\(booked ', 'and does not stand in the way of an index on another column');

-- ---- the rows -------------------------------------------------------------
-- Adding 0 hides the function from the planner's rewriting, not its result.

CREATE FUNCTION count_where(condition text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    n bigint;
BEGIN
    EXECUTE 'SELECT count(*) FROM event WHERE ' || condition INTO n;
    RETURN n;
END
$$;

CREATE FUNCTION disagreements(template text) RETURNS SETOF text LANGUAGE sql AS $$
    SELECT format(template, format('bill_month(%I)', column_name), operator, day)
    FROM unnest(ARRAY['at', 'local', 'day']) AS column_name,
        unnest(ARRAY['=', '<', '<=', '>', '>=', '<>']) AS operator,
        unnest(ARRAY['2023-11-01', '2023-12-01', '2024-02-01', '2024-02-02', '2024-02-29', '2024-03-01', '2025-06-15',
            'infinity', '-infinity', '4713-01-01 BC', '5874897-12-31', '294276-12-31']) AS day
    WHERE count_where(format(template, format('bill_month(%I)', column_name), operator, day))
        IS DISTINCT FROM
        count_where(format(template, format('bill_month(%I) + 0', column_name), operator, day))
$$;
SELECT is_empty($$SELECT * FROM disagreements('%s %s %L')$$,
    'the rows are those of the condition as written, on every edge');
SELECT is_empty($$SELECT * FROM disagreements('NOT (%s %s %L)')$$,
    'also under NOT, where NULL and false differ');
SELECT is(count_where($$bill_month(at) = '2024-02-01' OR at IS NULL$$),
    count_where($$bill_month(at) + 0 = '2024-02-01' OR at IS NULL$$),
    'also under OR');
SELECT is((SELECT count(b.at) FROM event a LEFT JOIN event b ON a.at = b.at AND bill_month(b.at) = '2024-02-01'),
    count_where($$bill_month(at) = '2024-02-01'$$),
    'also in the condition of an outer join');

-- ---- statistics -----------------------------------------------------------

SELECT accelcost.month_statistics('event', 'at') AS name \gset
SELECT is(
    accelcost.month_statistics('event', 'at'), :'name',
    'accelcost.month_statistics() makes one object for an expression');
SELECT is((SELECT count(*) FROM pg_statistic_ext WHERE stxrelid = 'event'::regclass), 1::bigint,
    'and no second one');
SET LOCAL quote_all_identifiers = on;
SELECT is(accelcost.month_statistics('event', 'at'), :'name', 'also where a setting quotes every name');
SET LOCAL quote_all_identifiers = off;

-- names of more bytes than characters, which begin alike
DO $$
    BEGIN EXECUTE format(
        'CREATE TABLE %I (%I timestamptz, %I timestamptz)', repeat('ö', 20), repeat('ü', 20), repeat('ü', 21));
    END$$;
SELECT is(accelcost.month_statistics(repeat('ö', 20)::regclass, column_name),
    format('%s.%I', current_schema, repeat('ö', 20) || '_' || repeat('ü', 3) || suffix),
    'the name fits and is free')
FROM (VALUES (repeat('ü', 20)::name, '_month'), (repeat('ü', 21)::name, '_month1')) AS t (column_name, suffix);
SELECT is((SELECT count(*) FROM pg_statistic_ext WHERE stxname::text LIKE 'ö%\_month%'), 2::bigint,
    'and the object bears it');
SELECT throws_ok($$SELECT accelcost.month_statistics(4294967295::oid::regclass, 'at')$$, '42P01',
    'relation with OID 4294967295 does not exist', 'a table that is gone is an error');

SELECT * FROM finish();
ROLLBACK;
