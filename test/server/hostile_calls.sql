-- What hostile_calls.sh calls: prints "number TAB routine TAB statement" a line.
-- The tables in schema life stay, for what is asked about the calls afterwards.
SET client_min_messages = warning;
SET search_path = pg_catalog;
SET life.wanted = :wanted;
SELECT setseed(:seed / 1073741824.0) \g /dev/null
CREATE SCHEMA life;

-- ---- functions, aggregates, operators -------------------------------------

-- Members are found by pg_depend, so that it does not matter which schema they
-- are in.
CREATE TABLE life.routine AS
WITH member AS (
    SELECT d.classid, d.objid
    FROM pg_depend AS d
    JOIN pg_extension AS e ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid
    WHERE d.deptype = 'e' AND e.extname = 'accelcost'
)
SELECT row_number() OVER (ORDER BY lanname <> 'c', p.oid::regprocedure::text) AS id, p.oid,
       p.oid::regprocedure::text AS name,
       p.oid::regproc::text AS sql_name,
       prokind::text AS kind,
       CASE WHEN prokind = 'a' THEN 'aggregates' WHEN lanname = 'c' THEN 'functions in C'
            ELSE 'functions in SQL' END AS sort,
       proretset,
       ARRAY(SELECT a FROM unnest(proargtypes) WITH ORDINALITY AS u(a, i) ORDER BY i) AS arguments,
       -- Of arguments that only come out, CALL wants a place.
       (SELECT count(*) FROM unnest(proargmodes) AS m WHERE prokind = 'p' AND m = 'o')::integer AS places,
       CASE WHEN 'internal'::regtype = ANY (proargtypes) THEN 'take "internal"'
            WHEN prorettype IN ('trigger'::regtype, 'event_trigger'::regtype) THEN 'are triggers'
            WHEN NOT has_function_privilege('life_nobody', p.oid, 'EXECUTE') THEN 'are not granted'
            WHEN NOT has_schema_privilege('life_nobody', pronamespace, 'USAGE') THEN 'are in a schema not granted'
       END AS excuse
FROM member AS m
JOIN pg_proc AS p ON m.classid = 'pg_proc'::regclass AND m.objid = p.oid
JOIN pg_language AS l ON l.oid = prolang
UNION ALL
SELECT -row_number() OVER (ORDER BY o.oid::regoperator::text), o.oid, o.oid::regoperator::text,
       format('OPERATOR(%I.%s)', nspname, oprname), 'o', 'operators', false,
       array_remove(ARRAY[oprleft, oprright], 0::oid), 0, NULL
FROM member AS m
JOIN pg_operator AS o ON m.classid = 'pg_operator'::regclass AND m.objid = o.oid
JOIN pg_namespace AS n ON n.oid = oprnamespace;

-- ---- values of each type --------------------------------------------------

-- A type and expressions for it. @most and @least are the amounts next to which
-- there is none, @last the largest number of a tariff, @beyond is out of range.
CREATE TABLE life.line (line text);
COPY life.line FROM STDIN (FORMAT csv, DELIMITER E'\x02', QUOTE E'\b');
boolean ~ true ; false
smallint ~ -32768 ; 32767 ; 0 ; -1
integer ~ 0 ; 1 ; -1 ; 2147483647 ; -2147483648 ; 18 ; 19 ; 63 ; 64 ; 1000 ; -1000
bigint ~ 0 ; 1 ; -1 ; 9223372036854775807 ; -9223372036854775808 ; 2147483648 ; 1000000000000000000
numeric ~ 0 ; 1 ; -1 ; 0.5 ; 'NaN' ; 'Infinity' ; '-Infinity' ; 1e131071 ; -1e131071 ; 1e-16383 ; -1e-16383
numeric ~ repeat('9', 131072) ; '0.' || repeat('9', 16383) ; @most ; @least ; @beyond ; 1e38 ; 1e75 ; 1e76 ; 1e-18
numeric ~ 1e-19 ; 1e-36 ; 1e-37 ; -5e-19 ; 9223372036854775807.5 ; 0e-16383 ; round(7, 1000)
double precision ~ 0 ; '-0' ; 1 ; -1 ; 0.5 ; 'NaN' ; 'Infinity' ; '-Infinity' ; 1.7976931348623157e308
double precision ~ -1.7976931348623157e308 ; 4.9406564584124654e-324 ; -4.9406564584124654e-324
double precision ~ 2.2250738585072014e-308 ; 1e-16 ; 0.99999999999999989 ; -0.99999999999999989 ; 1e15
text ~ '' ; ' ' ; 'USD' ; 'x' ; repeat('x', 1000000) ; repeat(' ', 1000000) ; repeat(E'z\n', 1000) ; repeat('9', 1000)
text ~ repeat('(', 10000) ; repeat(U&'\6F22', 50000) ; U&'\+01F4B6\0301' ; U&'\FEFF' ; 'NULL'
text ~ 'it''s "quoted" \' || chr(36) ; '%s%n%1$s' ; E'a\nb\tc\r' ; chr(1) ; '-' ; '.' ; 'e' ; 'NaN' ; '1e99'
text ~ '1e-16383' ; '2024-02-30 25:61:61' ; '9999-12-31T23:59:59.999999999+14:59' ; '{"a": [1, {"b": null}]}' ; '{"a"'
text ~ 'america/los_angeles' ; 'UTC+2' ; 'fp16' ; '12 USD' ; 'graduated: 1' ; 'pg_class'
name ~ '' ; 'x' ; repeat('x', 63) ; 'it''s "quoted"' ; U&'\6F22' ; 'at'
"char" ~ '' ; 'x'
bytea ~ '' ; '\x00ff' ; convert_to(repeat('x', 1000000), 'UTF8')
date ~ 'infinity' ; '-infinity' ; '4713-01-01 BC' ; '5874897-12-31' ; '0001-01-01 BC' ; '2000-01-01' ; '2024-02-29'
date ~ '294276-12-31'
timestamp with time zone ~ 'infinity' ; '-infinity' ; '4714-11-24 00:00:00+00 BC' ; '294276-12-31 23:59:59.999999+00'
timestamp with time zone ~ '2000-01-01 00:00:00+00' ; '1999-12-31 23:59:59.999999+00' ; '0001-01-01 00:00:00+00 BC'
timestamp without time zone ~ 'infinity' ; '-infinity' ; '4714-11-24 00:00:00 BC' ; '294276-12-31 23:59:59.999999'
timestamp without time zone ~ '2000-01-01 00:00:00' ; '1999-12-31 23:59:59.999999'
time without time zone ~ '00:00' ; '24:00' ; '23:59:59.999999'
interval ~ '0' ; '178000000 years' ; '-178000000 years' ; '2147483647 days' ; '-2147483648 days'
interval ~ '2562047788:00:54.775807' ; '1 mon -1 day' ; '1 microsecond'
regclass ~ 0 ; 4294967295 ; 'pg_catalog.pg_class' ; 'pg_catalog.pg_class_oid_index' ; 'pg_catalog.pg_stats'
regclass ~ 'pg_catalog.pg_authid' ; 'information_schema.tables' ; 'pg_temp.source'
regprocedure ~ 0 ; 4294967295 ; 'pg_catalog.now()'
regtype ~ 0 ; 4294967295
oid ~ 0 ; 4294967295
jsonb ~ '{}' ; '[]' ; 'null' ; '1' ; 'true' ; '"x"' ; '[[[]]]' ; repeat('[', 1000) || repeat(']', 1000)
jsonb ~ repeat('{"a":', 1000) || '1' || repeat('}', 1000) ; '{"tiers": []}' ; '{"tiers": {}}' ; '{"tiers": [1]}'
jsonb ~ '{"tiers": [[]]}' ; '{"tiers": [{}]}' ; '{"tiers": [{"price": 1e131071}]}'
jsonb ~ '{"tiers": [{"price": {"price": 1}}]}' ; '{"tiers": [{"price": 1, "upto": []}]}'
jsonb ~ '{"tiers": [{"price": 1}], "mode": {}}' ; '{"tiers": [{"price": 1}], "mode": "package"}'
jsonb ~ '{"tiers": [{"price": 1}], "block": [1, 2]}' ; '{"tiers": [{"price": 1}], "allowance": "1"}'
jsonb ~ '{"tiers": [' || repeat('{"price": 1}, ', 10000) || '{"price": 1}]}' ; '{"tiers": [null, {"price": 1}]}'
jsonb ~ '{"currency": "USD", "total": 1e131071}' ; '{"currency": "USD", "total": -1e-16383, "tax": 1e-16383}'
jsonb ~ '{"currency": 1}' ; '{"currency": [], "total": 1}' ; '{"currency": "USD", "tax": {"total": 1}}'
jsonb ~ '{"currency": "USD", "other": @most, "tax": @most}'
jsonb ~ '{"currency": "' || repeat('A', 1000000) || '", "total": 1}' ; '{"' || repeat('a', 1000000) || '": 1}'
jsonb ~ '{"": 1}' ; '{"currency": "USD", "total": 1, "": {}}'
tco ~ '0 USD' ; '5 USD' ; '-5 EUR' ; '0.000000000000000001 ABCDEFGHIJKL' ; '@most USD' ; '@least USD'
tco ~ '0 x upfront=@most tax=-@most'
tco_avg_state ~ '0' ; '1 0 USD' ; '9223372036854775807 0 USD' ; '9223372036854775807 @least USD' ; '1 @most USD'
tco_avg_state ~ '2 5 EUR tax=5'
tariff ~ 'graduated: 0' ; 'volume: 1 flat 2 upto 0.000000000000000001, 3 upto 4' ; 'package 0.000000000000000001: 1'
tariff ~ 'package @last allowance @last: @last' ; 'graduated: @last flat @last upto @last, @last flat @last'
tariff ~ 'volume allowance @last: @last flat @last'
tariff ~ (SELECT 'graduated: ' || string_agg('1 flat 1 upto ' || i, ', ') FROM generate_series(1, 10000) AS i)
tariff ~ (SELECT 'graduated: ' || string_agg('1 upto ' || i, ', ') FROM generate_series(5001, 12000) AS i)
tariff_state ~ '0 0 0' ; '0 9223372036854775807 0' ; '9223372036854775807 9223372036854775807 0 graduated: 1'
tariff_state ~ '1 0 @most999999999999999999 graduated: 2' ; '1 0 @least graduated: 1'
tariff_state ~ '1 0 @most package 0.000000000000000001: @last' ; '2 1 5 volume: 1 upto 4'
cstring ~ '' ; ' ' ; '6 USD' ; '6' ; repeat('6', 1000000) ; repeat(' ', 1000000)
cstring ~ '6 USD ' || repeat('tax=1 ', 100000) ; '6 ' || repeat(U&'\6F22', 100000) ; '1e99 USD' ; '+.5 x'
cstring ~ 'graduated: ' || repeat('1, ', 300000) ; 'graduated:' || repeat(' ', 1000000) || '1'
cstring ~ 'graduated: ' || repeat(',', 1000000) ; 'package' ; 'volume: 1 upto 0'
cstring ~ 'graduated: 1 upto 99999999999999999999999' ; '9223372036854775808 0 0' ; '1 0 1e5 graduated: 1' ; '1 1 1'
cstring ~ '-1 0 0' ; '9223372036854775807 5 USD' ; '99999999999999999999 5 USD'
\.
CREATE TABLE life.extreme AS
SELECT split_part(line, ' ~ ', 1) AS type,
       string_to_table(replace(replace(replace(replace(split_part(line, ' ~ ', 2),
           '@last', amount || '726'), '@most', amount || '727'),
           '@beyond', amount || '728'), '@least', '-' || amount || '728'), ' ; ') AS expression
FROM life.line, (VALUES ('170141183460469231731.687303715884105')) AS v(amount);
-- All eight components at once, and their total.
INSERT INTO life.extreme
SELECT 'tco', quote_literal(concat_ws(' ', 8 * amount, 'USD', string_agg(component || '=' || amount, ' ')))
FROM (VALUES (170141183460469231731.687303715884105727), (-170141183460469231731.687303715884105728)) AS a(amount),
     unnest('{upfront,compute,energy,egress,storage,other,tax,credit}'::text[]) AS component
GROUP BY amount;

-- What gets an argument past all checks: by function and parameter, else its
-- default, else by type. A new function may need a line here: that none of its
-- calls succeeds is a failure.
CREATE TABLE life.sound (type text, function text, parameter text, expression text);
INSERT INTO life.sound (type, function, parameter, expression) VALUES
    ('boolean', '', '', 'true'),
    ('smallint', '', '', '1'),
    ('integer', '', '', '2'),
    ('bigint', '', '', '3'),
    ('numeric', '', '', '2'),
    ('numeric', 'check_between', '^maximum$', '3'),
    ('numeric', 'check_more_than', '^value$', '3'),
    ('numeric', 'tariff_insert', 'upto', '7'),
    ('numeric[]', 'tariff', 'upto|width', '{1,NULL}'),
    ('numeric[]', '', 'flat', '{1,1}'),
    ('double precision', '', '', '2'),
    ('double precision', '', 'sparsity', '1'),
    ('double precision', 'watts_at_load', 'load', '0.5'),
    ('double precision', 'watts_at_load', 'idle', '1'),
    ('text', '', '', $$'USD'$$),
    ('text', '(component|sum_tco|tco_sum_amount)$', 'component', $$'other'$$),
    ('text', '', '^(tz|time_zone)$', $$'UTC'$$),
    ('text', '', 'precision', $$'fp16'$$),
    ('name', '', '', $$'at'$$),
    ('date', '', '', $$'2026-07-01'$$),
    ('timestamp with time zone', '', '', $$'2026-07-01 12:00+00'$$),
    ('timestamp without time zone', '', '', $$'2026-07-01 12:00'$$),
    ('time without time zone', '', '', $$'12:00'$$),
    ('interval', '', '', $$'1 hour'$$),
    ('regclass', '', '', $$'pg_temp.source'$$),
    ('regprocedure', '', '', $$'pg_catalog.now()'$$),
    ('jsonb', '', '', $$'{"currency": "USD", "total": 5}'$$),
    ('jsonb', 'tariff', '', $$'{"tiers": [{"price": 1}]}'$$),
    ('tco', '', '', $$'6 USD upfront=1 energy=5'$$),
    ('tco_avg_state', '', '', $$'3 6 USD'$$),
    ('tariff', '', '', $$'graduated: 2 upto 5, 1'$$),
    ('tariff_state', '', '', $$'3 0 6 graduated: 2 upto 5, 1'$$),
    ('cstring', '', '', $$'6 USD'$$),
    ('cstring', 'tariff_in', '', $$'graduated: 1'$$),
    ('cstring', 'tariff_state_in', '', $$'1 0 5 graduated: 1'$$),
    ('cstring', 'tco_avg_state_in', '', $$'3 6 USD'$$);

CREATE FUNCTION life.is_array(t pg_type) RETURNS boolean LANGUAGE sql STABLE
RETURN t.typelem <> 0 AND t.typsubscript = 'array_subscript_handler'::regproc;

CREATE FUNCTION life.typed(expression text, type oid) RETURNS text LANGUAGE sql STABLE
RETURN CASE WHEN type = 'cstring'::regtype AND expression <> 'NULL' THEN format('textout(%s)', expression)
            ELSE format('CAST(%s AS %s)', expression, format_type(type, NULL)) END;

CREATE FUNCTION life.pick(choices text[]) RETURNS text LANGUAGE sql VOLATILE
RETURN choices[1 + floor(random() * cardinality(choices))::integer];

-- A row of a composite type: each field by chance one of its extremes, or NULL.
CREATE FUNCTION life.row_of(t pg_type, chance float8) RETURNS text LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    fields text[];
    field oid;
    extreme text;
BEGIN
    FOR field IN SELECT atttypid FROM pg_attribute
                 WHERE attrelid = t.typrelid AND attnum > 0 AND NOT attisdropped ORDER BY attnum LOOP
        extreme := CASE WHEN random() < chance THEN life.typed(life.pick(life.extremes(field)), field) END;
        fields := fields || coalesce(extreme, 'NULL');
    END LOOP;
    RETURN format('ROW(%s)', array_to_string(fields, ', '));
END
$$;

-- What gets an argument past all checks.
CREATE FUNCTION life.sound_of(type oid, function text, parameter text) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
    t pg_type;
    found text;
BEGIN
    SELECT * INTO t FROM pg_type WHERE oid = sound_of.type;
    SELECT expression INTO found
    FROM life.sound AS s
    WHERE s.type IN (format_type(t.oid, NULL), t.typname)
      AND sound_of.function ~ s.function
      AND sound_of.parameter ~ s.parameter
    ORDER BY (s.function <> '')::integer + (s.parameter <> '')::integer DESC
    LIMIT 1;
    IF life.is_array(t) AND found IS NULL THEN
        found := life.typed(life.sound_of(t.typelem, function, parameter), t.typelem);
        RETURN format('ARRAY[%1$s, %1$s]', found);
    ELSIF life.is_array(t) THEN
        RETURN quote_literal(found);
    ELSIF t.typtype = 'c' THEN
        RETURN life.row_of(t, 0);
    END IF;
    RETURN coalesce(found, 'NULL');
END
$$;

-- The extremes of a type; of arrays and rows, made from those of what is in
-- them. A type of the extension's own goes by its name alone.
CREATE FUNCTION life.extremes(type oid) RETURNS text[] LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    t pg_type;
    element text;
BEGIN
    SELECT * INTO t FROM pg_type WHERE oid = extremes.type;
    IF t.typtype = 'd' THEN
        RETURN life.extremes(t.typbasetype);
    ELSIF t.typtype = 'e' THEN
        RETURN ARRAY(SELECT quote_literal(enumlabel) FROM pg_enum WHERE enumtypid = t.oid ORDER BY enumsortorder);
    ELSIF t.typtype = 'c' THEN
        RETURN life.row_of(t, 0) || ARRAY(SELECT life.row_of(t, 0.5) FROM generate_series(1, 12));
    ELSIF life.is_array(t) THEN
        element := life.typed(life.sound_of(t.typelem, '', ''), t.typelem);
        RETURN ARRAY['''{}''', '''{NULL}''', '''{NULL,NULL}''']
            || ARRAY(SELECT format(shape, element, format_type(t.typelem, NULL))
                     FROM unnest('{"ARRAY[NULL, %s]", "ARRAY[%s, NULL]",
                                   "ARRAY[[%1$s, %1$s], [%1$s, %1$s]]", "ARRAY[[[%s]]]",
                                   "array_fill(%s, ARRAY[2], ARRAY[2147483645])",
                                   "array_fill(%s, ARRAY[2], ARRAY[-2147483648])",
                                   "array_fill(%s, ARRAY[10001])", "array_fill(%s, ARRAY[2, 0])",
                                   "array_fill(CAST(NULL AS %2$s), ARRAY[100000])",
                                   "(ARRAY[NULL, %1$s, %1$s])[2 : 3]", "(ARRAY[%s])[5 : 3]"}'::text[]) AS shape)
            || ARRAY(SELECT format(shape, life.typed(e, t.typelem), element)
                     FROM unnest(life.extremes(t.typelem)) AS e,
                          unnest('{"ARRAY[%s]", "ARRAY[%s, %s]"}'::text[]) AS shape);
    END IF;
    RETURN ARRAY(SELECT expression FROM life.extreme AS e WHERE e.type IN (format_type(t.oid, NULL), t.typname));
END
$$;

-- ---- the calls ------------------------------------------------------------

CREATE TABLE life.type AS
SELECT type, life.extremes(type) AS extremes
FROM (SELECT DISTINCT unnest(arguments) AS type FROM life.routine ORDER BY type) AS t;

-- A default is sound, but where a line above is meant for the parameter, and
-- for a relation, since those of the extension are not granted.
CREATE TABLE life.parameter AS
SELECT r.id, u.place, u.type, t.extremes,
       CASE WHEN d.value IS NULL OR u.type = 'regclass'::regtype OR EXISTS (
                SELECT FROM life.sound AS s
                WHERE s.type = format_type(u.type, NULL) AND s.function || s.parameter <> ''
                  AND r.sql_name ~ s.function AND n.name ~ s.parameter)
            THEN life.sound_of(u.type, r.sql_name, n.name) ELSE d.value END AS sound
FROM life.routine AS r
CROSS JOIN LATERAL unnest(r.arguments) WITH ORDINALITY AS u(type, place)
JOIN life.type AS t ON t.type = u.type
LEFT JOIN pg_proc AS p ON p.oid = r.oid AND r.kind <> 'o'
CROSS JOIN LATERAL (SELECT coalesce(p.proargnames[u.place], '')) AS n(name)
CROSS JOIN LATERAL (SELECT pg_get_function_arg_default(p.oid, u.place::integer)) AS d(value);

CREATE TABLE life.call (n integer GENERATED ALWAYS AS IDENTITY, id bigint, call text);

-- A call; an aggregate is called after a row that is sound, or in a window that
-- moves on to one. The rows of a window function are mostly equal.
CREATE FUNCTION life.statement(r life.routine, sound text[], chosen text[]) RETURNS text LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    count integer := cardinality(r.arguments);
    given text[] := ARRAY(SELECT life.typed(chosen[i], r.arguments[i]) FROM generate_series(1, count) AS i);
    good text[] := ARRAY(SELECT life.typed(sound[i], r.arguments[i]) FROM generate_series(1, count) AS i);
    columns text := (SELECT string_agg('c' || i, ', ') FROM generate_series(1, count) AS i);
BEGIN
    RETURN format(
        CASE WHEN r.kind = 'o' AND count = 1 THEN 'SELECT %1$s %5$s'
             WHEN r.kind = 'o' THEN 'SELECT %5$s %1$s %6$s'
             WHEN r.kind = 'p' THEN 'CALL %1$s(%2$s)'
             WHEN r.kind = 'a' AND random() < 0.5
             THEN 'SELECT %1$s(%4$s) FROM (VALUES (1, %3$s), (2, %2$s)) AS v(n, %4$s)'
             WHEN r.kind = 'a'
             THEN 'SELECT %1$s(%4$s) OVER (ORDER BY n ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) '
                  'FROM (VALUES (1, %3$s), (2, %2$s), (3, %3$s)) AS v(n, %4$s)'
             WHEN r.kind = 'w' AND random() < 0.8
             THEN 'SELECT %1$s(%2$s) OVER () FROM generate_series(1, 3)'
             WHEN r.kind = 'w'
             THEN 'SELECT %1$s(%4$s) OVER (ORDER BY n) FROM (VALUES (1, %3$s), (2, %2$s)) AS v(n, %4$s)'
             WHEN r.proretset THEN 'SELECT * FROM %1$s(%2$s)'
             ELSE 'SELECT %1$s(%2$s)' END,
        r.sql_name, array_to_string(given || array_fill('NULL'::text, ARRAY[r.places]), ', '),
        array_to_string(good, ', '), columns, given[1], given[2]);
END
$$;

DO $$
DECLARE
    r life.routine;
    chosen text[];
    sound text[];
    extremes text[];
    one text;
    drawn life.routine[];
    at integer;
    made integer := 0;
BEGIN
    -- Each routine with sound arguments, with NULL for all and for each; what is
    -- in C, and aggregates, with each extreme, too.
    FOR r IN SELECT * FROM life.routine WHERE excuse IS NULL ORDER BY id LOOP
        sound := ARRAY(SELECT p.sound FROM life.parameter AS p WHERE p.id = r.id ORDER BY place);
        INSERT INTO life.call (id, call) VALUES (r.id, life.statement(r, sound, sound));
        CONTINUE WHEN sound = '{}';
        drawn := drawn || array_fill(r, ARRAY[CASE WHEN r.sort = 'functions in C' THEN 3 ELSE 1 END]);
        INSERT INTO life.call (id, call)
        VALUES (r.id, life.statement(r, sound, array_fill('NULL'::text, ARRAY[cardinality(sound)])));
        FOR i IN 1 .. cardinality(sound) LOOP
            chosen := sound;
            extremes := (SELECT p.extremes FROM life.parameter AS p WHERE p.id = r.id AND place = i);
            FOREACH one IN ARRAY
                'NULL'::text || CASE WHEN r.sort IN ('functions in C', 'aggregates') THEN extremes END LOOP
                chosen[i] := one;
                INSERT INTO life.call (id, call) VALUES (r.id, life.statement(r, sound, chosen));
            END LOOP;
        END LOOP;
    END LOOP;

    -- Then extremes by chance in two places, or in nearly all.
    SELECT count(*) INTO made FROM life.call;
    FOR i IN made + 1 .. current_setting('life.wanted')::integer LOOP
        r := drawn[1 + floor(random() * cardinality(drawn))::integer];
        sound := ARRAY(SELECT p.sound FROM life.parameter AS p WHERE p.id = r.id ORDER BY place);
        chosen := sound;
        FOR j IN 1 .. CASE WHEN random() < 0.7 THEN 2 ELSE 3 * cardinality(sound) END LOOP
            at := 1 + floor(random() * cardinality(sound))::integer;
            extremes := (SELECT p.extremes || 'NULL'::text FROM life.parameter AS p WHERE p.id = r.id AND place = at);
            chosen[at] := life.pick(extremes);
        END LOOP;
        INSERT INTO life.call (id, call) VALUES (r.id, life.statement(r, sound, chosen));
    END LOOP;
END
$$;
SELECT n, id, call FROM life.call ORDER BY n;
