-- Comparison of tariffs: identity of the numbers, and an order for indexes.
\getenv dir PG_ABS_SRCDIR
\set file :dir '/include/error_of.sql'
\i :file

-- equal is what has the same numbers, however they were written
SELECT a = b AS eq, a <> b AS ne, tariff_hash(a) = tariff_hash(b) AS hash,
       tariff_hash_extended(a, 7) = tariff_hash_extended(b, 7) AS hash_extended
FROM (VALUES
    ('graduated: 0.10'::tariff, 'graduated:0.1'::tariff),
    ('graduated: 0.1 upto 100.0, 1', 'graduated: +.1 flat 0 upto 0100, 1.000'),
    ('graduated allowance 0: 1', 'graduated: 1'),
    ('graduated: 1', tariff('{NULL}', '{1.00}')),
    ('package 10: 1', tariff('{NULL}', '{1}', 'package', '{0}', 0, 10.0)),
    ('volume: 1 upto 5, 2', '{"mode": "volume", "tiers": [{"price": 1, "upto": 5.0}, {"price": 2}]}'::jsonb::tariff)
) AS t(a, b);

-- any other number, mode or tier makes another tariff, even at the same cost
SELECT a, b, a = b AS eq, a <> b AS ne, a < b AS lt, a <= b AS le, a > b AS gt, a >= b AS ge,
       sign(tariff_cmp(a, b)) AS cmp, tariff_hash(a) = tariff_hash(b) AS hash
FROM (VALUES
    ('graduated: 1'::tariff, 'volume: 1'::tariff),
    ('volume: 9', 'package 1: 1'),
    ('package 2: 9', 'package 10: 1'),
    ('graduated: 9', 'graduated allowance 1: 1'),
    ('graduated allowance 2: 9', 'graduated allowance 10: 1'),
    ('graduated: 9 upto 5', 'graduated: 1 upto 10'),
    ('graduated: 9 upto 10', 'graduated: 1'),
    ('graduated: 1 flat 9', 'graduated: 2'),
    ('graduated: 1 flat 1', 'graduated: 1 flat 2'),
    ('graduated: 1', 'graduated: 1 flat 0.000000000000000001'),
    ('graduated: 1 upto 5', 'graduated: 1 upto 5, 1'),
    ('graduated: 1 upto 5, 1', 'graduated: 1'),
    ('graduated: 1 upto 5, 9 upto 6', 'graduated: 1 upto 5, 2 upto 7'),
    ('graduated: 1 upto 5, 9 upto 6', 'graduated: 2 upto 5')
) AS t(a, b);

-- a NULL on either side gives NULL
SELECT NULL::tariff = 'graduated: 1', 'graduated: 1' < NULL::tariff, tariff_cmp(NULL, 'graduated: 1'),
       tariff_hash(NULL), tariff_hash_extended('graduated: 1', NULL);

CREATE TABLE price (id int PRIMARY KEY, t tariff);
INSERT INTO price VALUES
    (1, 'volume: 1'),
    (2, 'graduated: 2'),
    (3, 'graduated: 1'),
    (4, NULL),
    (5, 'package 10: 1'),
    (6, 'graduated allowance 5: 1'),
    (7, 'graduated: 1 upto 5'),
    (8, 'graduated: 1 upto 5, 1'),
    (9, 'graduated: 1.000'),
    (10, 'graduated: 1 flat 1'),
    (11, 'graduated: 1 upto 10, 0.5'),
    (12, 'package 2: 5'),
    (13, 'volume:1');

-- ORDER BY, DISTINCT and GROUP BY
SELECT t, array_agg(id ORDER BY id) AS ids FROM price GROUP BY t ORDER BY t;
SELECT t FROM price ORDER BY t DESC NULLS LAST, id LIMIT 5;
SELECT count(*), count(t), count(DISTINCT t) FROM price;
SET enable_hashagg = off;
SELECT DISTINCT t FROM price WHERE id IN (1, 2, 3, 9, 13) ORDER BY t;
SET enable_sort = off;
SET enable_hashagg = on;
SELECT count(*) FROM (SELECT DISTINCT t FROM price) AS d;
SELECT count(*) FROM (SELECT t FROM price UNION SELECT t FROM price) AS d;
RESET enable_hashagg;
RESET enable_sort;

-- joins of each kind find the same pairs
SET enable_mergejoin = off;
SET enable_nestloop = off;
SELECT array_agg((a.id, b.id) ORDER BY a.id, b.id) AS hashed FROM price a JOIN price b USING (t) WHERE a.id < b.id;
SET enable_hashjoin = off;
SET enable_mergejoin = on;
SELECT array_agg((a.id, b.id) ORDER BY a.id, b.id) AS merged FROM price a JOIN price b USING (t) WHERE a.id < b.id;
SET enable_mergejoin = off;
SET enable_nestloop = on;
SELECT array_agg((a.id, b.id) ORDER BY a.id, b.id) AS nested FROM price a JOIN price b USING (t) WHERE a.id < b.id;
RESET ALL;

-- indexes of both kinds find what a scan finds
CREATE FUNCTION found(method text) RETURNS TABLE (query text, ids int[], plan text) LANGUAGE plpgsql AS $$
BEGIN
    FOREACH query IN ARRAY ARRAY[
        't = ''graduated: 1.0''', 't = ''graduated: 3''', 't < ''graduated: 1''',
        't BETWEEN ''graduated: 1'' AND ''volume: 1''', 't IS NULL'] LOOP
        CONTINUE WHEN method = 'hash' AND query !~ ' = ';
        EXECUTE 'SELECT array_agg(id ORDER BY id) FROM price WHERE ' || query INTO ids;
        plan := '';
        DECLARE line text;
        BEGIN
            FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) SELECT id FROM price WHERE ' || query LOOP
                plan := plan || coalesce(substring(line FROM 'Index|Seq'), '');
            END LOOP;
        END;
        plan := left(plan, 5);
        RETURN NEXT;
    END LOOP;
END
$$;
SELECT * FROM found('scan');
SET enable_seqscan = off;
SET enable_bitmapscan = off;
CREATE INDEX price_btree ON price (t);
SELECT * FROM found('btree');
DROP INDEX price_btree;
CREATE INDEX price_hash ON price USING hash (t);
SELECT * FROM found('hash');
DROP INDEX price_hash;
RESET ALL;

-- a unique index keeps one of equal tariffs
CREATE TABLE offered (t tariff PRIMARY KEY);
INSERT INTO offered VALUES ('graduated: 0.1'), ('volume: 0.1');
SELECT pg_temp.error_of('INSERT INTO offered VALUES (''graduated: 0.10'')');
INSERT INTO offered VALUES ('graduated: 0.10'), ('graduated: 0.11') ON CONFLICT DO NOTHING;
SELECT t FROM offered ORDER BY t;

-- large tariffs compare and hash as they do once stored compressed, out of line and uncompressed
CREATE TABLE stored (storage text, t tariff);
INSERT INTO stored
SELECT 'extended', ('volume: ' || string_agg('1 upto ' || n, ', '))::tariff
FROM generate_series(1, 5000) AS n;
ALTER TABLE stored ALTER t SET STORAGE external;
INSERT INTO stored
SELECT 'external', ('volume: ' || string_agg('1 upto ' || n, ', '))::tariff
FROM generate_series(1, 5000) AS n;
INSERT INTO stored VALUES ('short', 'graduated: 1');
SELECT pg_column_size(t) < 100000 AS compressed, tariff_send(t) = tariff_send(whole) AS bytes, t = whole AS eq,
       tariff_hash(t) = tariff_hash(whole) AS hash,
       tariff_hash_extended(t, 1) = tariff_hash_extended(whole, 1) AS hash_extended, tariff_cost(t, 4000.5)
FROM stored,
     (SELECT ('volume: ' || string_agg('1 upto ' || n, ', '))::tariff AS whole FROM generate_series(1, 5000) AS n
     ) AS given
WHERE storage <> 'short'
ORDER BY storage DESC;
SELECT pg_column_size(t), t = 'graduated: 1' AS eq, tariff_hash(t) = tariff_hash('graduated: 1') AS hash,
       tariff_hash_extended(t, 1) = tariff_hash_extended('graduated: 1', 1) AS hash_extended
FROM stored
WHERE storage = 'short';
SELECT count(*), count(DISTINCT t) FROM stored;

-- there is no order between a tariff and a number or a text
SELECT pg_temp.error_of('SELECT ''graduated: 1''::tariff = 1'),
       pg_temp.error_of('SELECT ''graduated: 1''::tariff < ''graduated: 1''::text');
SELECT pg_temp.error_of('SELECT max(t) FROM price'),
       pg_temp.error_of('SELECT ''0 0 0''::tariff_state = ''0 0 0''::tariff_state');

DROP TABLE price, offered, stored;
DROP FUNCTION found;
