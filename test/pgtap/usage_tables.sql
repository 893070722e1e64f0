-- Usage tables of the user's own: what accelcost.create_usage_table makes, who may make it, and what reports read.
BEGIN;
SELECT plan(49);
SET client_min_messages = warning;
CREATE ROLE life_finops;
GRANT SELECT ON accelcost.usage TO life_finops;
CREATE SCHEMA finops AUTHORIZATION life_finops;
CREATE SCHEMA "Other's";

-- What a table has, without the names of tables and indexes.
CREATE FUNCTION pg_temp.columns_of(t regclass) RETURNS SETOF text LANGUAGE sql AS $$
    SELECT concat_ws(' ', attnum, attname, atttypid::regtype, attnotnull, pg_get_expr(adbin, adrelid),
                     col_description(attrelid, attnum))
    FROM pg_attribute LEFT JOIN pg_attrdef ON (adrelid, adnum) = (attrelid, attnum)
    WHERE attrelid = t AND attnum > 0 ORDER BY attnum $$;
CREATE FUNCTION pg_temp.checks_of(t regclass) RETURNS SETOF text LANGUAGE sql AS $$
    SELECT concat_ws(' ', conname, pg_get_constraintdef(oid)) FROM pg_constraint
    WHERE conrelid = t AND contype = 'c' ORDER BY 1 $$;
CREATE FUNCTION pg_temp.key_of(t regclass) RETURNS text LANGUAGE sql AS $$
    SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = t AND contype = 'p' $$;
CREATE FUNCTION pg_temp.indexes_of(t regclass) RETURNS SETOF text LANGUAGE sql AS $$
    SELECT substring(pg_get_indexdef(indexrelid) FROM 'USING.*') FROM pg_index
    WHERE indrelid = t AND NOT indisprimary ORDER BY 1 $$;
CREATE FUNCTION pg_temp.partitions_of(t regclass) RETURNS SETOF text LANGUAGE sql AS $$
    SELECT concat_ws(' ', c.relname, pg_get_expr(relpartbound, c.oid)) FROM pg_inherits
        JOIN pg_class AS c ON c.oid = inhrelid
    WHERE inhparent = t ORDER BY 1 $$;

-- ---- the table ------------------------------------------------------------

SET ROLE life_finops;
SET search_path = finops, public;
SELECT is(accelcost.create_usage_table('plain')::text, 'plain', 'it is in the current schema');
SELECT is(accelcost.create_usage_table('finops."A Log; --"', 'none', '{payer, record_id}')::text, '"A Log; --"',
          'or in that of its name, which is quoted');
SELECT is(accelcost.create_usage_table('monthly', 'month', '{}', '2026-06-30', '2026-08-01')::text, 'monthly',
          'with partitions by month');
SELECT is(accelcost.create_usage_table('daily', 'day', first_day => '2028-02-28', last_day => '2028-03-01')::text,
          'daily', 'or by day');
SELECT results_eq($$SELECT pg_temp.columns_of('plain')$$, $$SELECT pg_temp.columns_of('accelcost.usage')$$,
                  'the columns are those of accelcost.usage, with defaults and comments');
SELECT results_eq($$SELECT pg_temp.checks_of('plain')$$, $$SELECT pg_temp.checks_of('accelcost.usage')$$,
    'so are the checks');
SELECT results_eq($$SELECT pg_temp.indexes_of('plain')$$, $$SELECT pg_temp.indexes_of('accelcost.usage')$$,
                  'and indexes');
SELECT results_eq($$SELECT pg_temp.columns_of('monthly')$$, $$SELECT pg_temp.columns_of('accelcost.usage')$$,
                  'also of a partitioned table');
SELECT results_eq($$SELECT pg_temp.checks_of('monthly_2026_07')$$, $$SELECT pg_temp.checks_of('accelcost.usage')$$,
                  'partitions have the checks');
SELECT results_eq($$SELECT pg_temp.indexes_of('monthly_2026_07')$$, $$SELECT pg_temp.indexes_of('accelcost.usage')$$,
                  'and indexes');
SELECT is((SELECT count(*) FROM pg_statistic_ext WHERE stxrelid IN ('plain'::regclass, 'monthly'::regclass)), 2::bigint,
          'each has statistics');
SELECT is(pg_temp.key_of('plain'), 'PRIMARY KEY (source, record_id, period_start)',
    'the key is that of accelcost.usage');
SELECT is(pg_temp.key_of('"A Log; --"'), 'PRIMARY KEY (payer, record_id)', 'or yours');
SELECT is(pg_temp.key_of('monthly'), NULL, 'or none');
SELECT is(pg_temp.key_of('daily_2028_02_29'), 'PRIMARY KEY (source, record_id, period_start)', 'partitions have it');
SELECT set_eq($$SELECT relname::text, relreplident FROM pg_class WHERE relnamespace = 'finops'::regnamespace
    AND relkind IN ('r', 'p')$$,
    $$VALUES ('plain', 'd'::"char"), ('A Log; --', 'd'), ('daily', 'd'), ('daily_2028_02_28', 'd'),
        ('daily_2028_02_29', 'd'),
             ('daily_2028_03_01', 'd'), ('monthly', 'f'), ('monthly_2026_06', 'f'), ('monthly_2026_07', 'f'),
             ('monthly_2026_08', 'f')$$,
    'each has a replica identity: the whole row without a key');
SELECT is_empty($$SELECT relname FROM pg_class WHERE relnamespace = 'finops'::regnamespace
    AND pg_get_userbyid(relowner) <> 'life_finops'$$,
    'all belongs to the caller');
SELECT is_empty(
    $$SELECT c.oid::regclass FROM pg_class AS c JOIN pg_depend AS d ON (d.classid, d.objid,
        d.deptype) = ('pg_class'::regclass, c.oid, 'e')
      WHERE relnamespace = 'finops'::regnamespace$$, 'and nothing to the extension');
SELECT throws_ok($$INSERT INTO plain (record_id, period_start, energy_kwh) VALUES ('x', '2026-07-01Z', 'NaN')$$,
    '23514', NULL,
    'a bad value is refused, as in accelcost.usage');

-- ---- partitions -----------------------------------------------------------

SET TimeZone = 'Asia/Tokyo';
SET DateStyle = 'German';
SELECT results_eq($$SELECT pg_temp.partitions_of('daily')$$,
    $$VALUES ('daily_2028_02_28 FOR VALUES FROM (''28.02.2028 09:00:00 JST'') TO (''29.02.2028 09:00:00 JST'')'),
             ('daily_2028_02_29 FOR VALUES FROM (''29.02.2028 09:00:00 JST'') TO (''01.03.2028 09:00:00 JST'')'),
             ('daily_2028_03_01 FOR VALUES FROM (''01.03.2028 09:00:00 JST'') TO (''02.03.2028 09:00:00 JST'')')$$,
    'days are days in UTC');
SELECT is(accelcost.add_usage_partitions('monthly', 'month', '2026-05-31', '2026-12-31'), 5,
          'missing partitions are added, before and after');
SELECT is(accelcost.add_usage_partitions('monthly', 'month', '2026-05-31', '2026-12-31'), 0, 'once');
ALTER TABLE monthly_2026_12 RENAME TO december;
ALTER TABLE monthly RENAME TO by_month;
SELECT is(accelcost.add_usage_partitions('by_month', 'month', '2026-05-31', '2026-12-31'), 0, 'whatever their names');
ALTER TABLE by_month RENAME TO monthly;
ALTER TABLE december RENAME TO monthly_2026_12;
ALTER TABLE monthly DETACH PARTITION monthly_2026_12;
SELECT throws_ok($$SELECT accelcost.add_usage_partitions('monthly', 'month', '2026-12-31', '2026-12-31')$$, '42P07',
    NULL, 'a partition that was detached is missing');
ALTER TABLE monthly ATTACH PARTITION monthly_2026_12
    FOR VALUES FROM ('2026-12-01 00:00+00') TO ('2027-01-01 00:00+00');
SELECT is(accelcost.add_usage_partitions('monthly', 'month', '2026-12-31', '2026-12-31'), 0,
          'one that was attached is not');
RESET TimeZone;
RESET DateStyle;
SELECT results_eq($$SELECT right(c, 73) FROM pg_temp.partitions_of('monthly') AS c LIMIT 1$$,
    $$VALUES (' FOR VALUES FROM (''2026-05-01 00:00:00+00'') TO (''2026-06-01 00:00:00+00'')')$$,
    'months are months in UTC, whatever the settings');
SELECT is((SELECT count(*) FROM pg_class WHERE relname ~ '^monthly_2' AND relkind = 'r' AND relreplident = 'f'),
    8::bigint,
          'with the replica identity of the table');
SELECT throws_ok($$SELECT accelcost.add_usage_partitions('monthly', 'day', '2026-07-01', '2026-07-01')$$, '42P17', NULL,
    'they do not overlap');
SELECT is(accelcost.add_usage_partitions('monthly', 'day', '2027-01-01', '2027-01-02'), 2,
    'but days can follow months');
CREATE TABLE monthly_2027_02 (n int);
SELECT throws_ok($$SELECT accelcost.add_usage_partitions('monthly', 'month', '2027-02-01', '2027-02-01')$$, '42P07',
    NULL,
    'a table with the name of a partition is not taken');
SELECT throws_ok($$SELECT accelcost.add_usage_partitions('plain', 'month', '2027-02-01', '2027-02-01')$$, '42809',
    '"plain" is not a partitioned table', 'only partitioned tables have partitions');
RESET ROLE;
SELECT throws_ok($$SELECT accelcost.add_usage_partitions('finops.monthly', 'month', '2027-03-01', '2027-03-01')$$,
    '42501',
    'must be owner of table monthly', 'only the owner adds them, so that they are his');
SET ROLE life_finops;

-- ---- reports --------------------------------------------------------------

INSERT INTO plain (record_id, period_start, period_end, provider, payer, model, region, sku, instance_hours,
    output_tokens, team)
SELECT i::text, at, at + interval '3 hours', CASE WHEN i % 5 = 3 THEN 'AWS' ELSE 'OpenAI' END, 'acme',
       CASE WHEN i % 5 <> 3 THEN 'gpt-5' END, 'us-east-1', CASE WHEN i % 5 = 3 THEN 'p5.48xlarge' END,
       CASE WHEN i % 5 = 3 THEN 3 END, i * 1000, 't' || i % 3
FROM generate_series(1, 500) AS i, LATERAL (SELECT '2026-06-20Z'::timestamptz + i * interval '1 hour' AS at) AS t;
INSERT INTO monthly SELECT * FROM plain;
SELECT cmp_ok((SELECT count(*) FROM plain WHERE sku IS NOT NULL AND period_start < '2026-07-01Z'
    AND period_end > '2026-07-01Z'),
    '>', 0::bigint, 'a machine is used past the end of a month');
SELECT is((SELECT count(*) FROM accelcost.inference_monthly(source => 'monthly')), 12::bigint, 'a report has lines');
SELECT results_eq($$SELECT to_jsonb(r) FROM accelcost.usage_monthly('2026-07-01', source => 'monthly') AS r
    ORDER BY 1$$,
    $$SELECT to_jsonb(r) FROM accelcost.usage_monthly('2026-07-01', source => 'plain') AS r ORDER BY 1$$,
    'a report over partitions is that over one table');

-- ---- what is refused ------------------------------------------------------

SELECT throws_ok($$SELECT accelcost.create_usage_table(NULL)$$, '22004', '"name" must not be null', 'no name');
SELECT throws_ok($$SELECT accelcost.create_usage_table('t', key => NULL)$$, '22004', '"key" must not be null',
    'NULL as key');
SELECT throws_ok($$SELECT accelcost.create_usage_table('t', key => '{record_id,record_id}')$$, '22023',
                 '"key" must name a column once', 'a column of the key is named once');
SELECT throws_ok($$SELECT accelcost.create_usage_table('t', 'week')$$, '22023',
    'invalid value for parameter "partition": "week"',
    'partitions by week');
SELECT throws_ok($$SELECT accelcost.create_usage_table('t', 'day')$$, '22004', '"first_day" must not be null',
    'partitions without a day');
SELECT throws_ok($$SELECT accelcost.create_usage_table('t', first_day => '2026-01-01')$$, '22023',
    '"first_day" needs partitions',
    'a day without partitions');
SELECT throws_ok($$SELECT accelcost.create_usage_table('t', 'day', '{record_id}', '2026-01-01')$$, '22023',
    '"key" must contain period_start, by which the table is partitioned', 'a key that partitions cannot have');
SELECT throws_ok($$SELECT accelcost.create_usage_table('t', key => '{record_id, "x; DROP"}')$$, '22023',
    'invalid value for parameter "key": "x; DROP"', 'a key of other columns');
SELECT throws_ok($$SELECT accelcost.create_usage_table('t', 'day', first_day => '2026-01-01',
    last_day => 'infinity')$$, '22023', NULL,
    'endless partitions');
SELECT throws_ok($$SELECT accelcost.create_usage_table('t', 'day', first_day => '2000-01-01',
    last_day => '2026-01-01')$$, '54000', NULL,
    'too many of them');
SELECT throws_ok($$SELECT accelcost.create_usage_table('accelcost.t')$$, '3F000', NULL, 'the schema of the extension');
SELECT throws_ok($$SELECT accelcost.create_usage_table('"Other''s".t')$$, '42501', NULL, 'a schema of others');
SELECT throws_ok($$SELECT accelcost.create_usage_table('plain')$$, '42P07', NULL, 'a name that is in use');
RESET ROLE;

-- What the owner of accelcost.usage adds to it would run with the rights of others.
CREATE FUNCTION public.trap(text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true';
ALTER TABLE accelcost.usage ADD CHECK (public.trap(team));
SELECT throws_ok($$SELECT accelcost.create_usage_table('finops.t')$$, '55000',
    'cannot copy accelcost.usage: it uses function public.trap(text), which does not belong to the extension',
    'a check of accelcost.usage that calls a function of others');
SELECT * FROM finish();
ROLLBACK;
