-- Comparison of tco: a total order for indexes, sorting and grouping, and
-- comparison of the total with a number.
\getenv dir PG_ABS_SRCDIR
\set file :dir '/include/error_of.sql'
\i :file

CREATE TABLE quote (id int, cost tco);
INSERT INTO quote VALUES
    (1, '6 USD'),
    (2, '6 USD compute=6'),
    (3, '6 EUR'),
    (4, '-6 USD'),
    (5, NULL),
    (6, '0 USD'),
    (7, '0 USD tax=1 credit=-1'),
    (8, '6 USD'),
    (9, '100 AUD'),
    (10, '1 tokens'),
    (11, '1 Tokens'),
    (12, '6 USD upfront=3 tax=3'),
    (13, '6 USD upfront=7 tax=-1'),
    (14,
     '1361129467683753853853.498429727072845816 USD upfront=170141183460469231731.687303715884105727 '
     'compute=170141183460469231731.687303715884105727 energy=170141183460469231731.687303715884105727 '
     'egress=170141183460469231731.687303715884105727 storage=170141183460469231731.687303715884105727 '
     'other=170141183460469231731.687303715884105727 tax=170141183460469231731.687303715884105727 '
     'credit=170141183460469231731.687303715884105727'),
    (15, '0.000000000000000001 USD'), (16, '-0.000000000000000001 USD'), (17, '1 USD_'), (18, '1 US');

-- by currency, then total, then components in their order
SELECT id, left(cost::text, 60) FROM quote ORDER BY cost, id;
SELECT id FROM quote ORDER BY cost DESC NULLS LAST, id LIMIT 3;

-- every operator tells what the order tells
SELECT DISTINCT sign(tco_cmp(a.cost, b.cost)) AS cmp, a.cost < b.cost AS lt, a.cost <= b.cost AS le,
       a.cost = b.cost AS eq,
       a.cost <> b.cost AS ne, a.cost >= b.cost AS ge, a.cost > b.cost AS gt
FROM quote a, quote b ORDER BY 1;
SELECT count(*) FROM quote a, quote b WHERE sign(tco_cmp(a.cost, b.cost)) <> -sign(tco_cmp(b.cost, a.cost));
SELECT count(*) FROM quote a, quote b, quote c WHERE a.cost <= b.cost AND b.cost <= c.cost AND NOT a.cost <= c.cost;

-- equal values, and no others, have equal bytes and equal hashes
SELECT count(*) FROM quote a, quote b WHERE (a.cost = b.cost) <> (tco_send(a.cost) = tco_send(b.cost));
SELECT count(*) FROM quote a, quote b
WHERE (a.cost = b.cost) <> (tco_hash_extended(a.cost, 1) = tco_hash_extended(b.cost, 1))
  OR a.cost = b.cost AND tco_hash(a.cost) <> tco_hash(b.cost);
SELECT count(*)
FROM quote
WHERE tco_hash(cost) <> tco_hash_extended(cost, 0)::bit(32)::int
  OR tco_hash_extended(cost, 1) = tco_hash_extended(cost, 2);

-- a comparison across currencies is an order, never an error
SELECT '1000000 EUR'::tco < '1 USD'::tco, '6 EUR'::tco = '6 USD'::tco, '6 EUR'::tco <> '6 USD'::tco;
SELECT NULL::tco = '6 USD', '6 USD' < NULL::tco, NULL::tco >= '6 USD', tco_cmp(NULL, '6 USD'), tco_hash(NULL),
       tco_hash_extended('6 USD', NULL);

-- grouping, sorted and hashed
SET enable_hashagg = off;
SELECT array_agg(id ORDER BY id) FROM quote GROUP BY cost HAVING count(*) > 1;
SELECT count(*) FROM (SELECT DISTINCT cost FROM quote) AS d;
RESET enable_hashagg;
SET enable_sort = off;
SELECT array_agg(id ORDER BY id) FROM quote GROUP BY cost HAVING count(*) > 1;
SELECT count(*) FROM (SELECT cost FROM quote UNION SELECT cost FROM quote) AS d;
SELECT count(*) FROM (SELECT cost FROM quote INTERSECT SELECT cost FROM quote) AS d;
RESET enable_sort;
SELECT count(DISTINCT cost) FROM quote;

-- joins of every kind agree
SET enable_mergejoin = off; SET enable_nestloop = off;
SELECT count(*) FROM quote a JOIN quote b USING (cost);
SET enable_mergejoin = on; SET enable_hashjoin = off;
SELECT count(*) FROM quote a JOIN quote b USING (cost);
SET enable_nestloop = on; SET enable_mergejoin = off;
SELECT count(*) FROM quote a JOIN quote b USING (cost);
RESET enable_mergejoin; RESET enable_hashjoin;

-- indexes find what a scan finds
CREATE INDEX quote_btree ON quote (cost);
CREATE INDEX quote_hash ON quote USING hash (cost);
SET enable_seqscan = off; SET enable_bitmapscan = off;
SELECT array_agg(id ORDER BY id) FROM quote WHERE cost = '6 USD';
SELECT array_agg(id ORDER BY cost, id) FROM quote WHERE cost >= '0 USD' AND cost < '6 USD';
SELECT array_agg(id ORDER BY cost DESC, id) FROM quote WHERE cost > '1 US' AND cost <= '-6 USD';
SELECT array_agg(id ORDER BY id) FROM quote WHERE cost IN ('6 EUR', '6 USD compute=6', '7 EUR');
DROP INDEX quote_btree;
SELECT array_agg(id ORDER BY id) FROM quote WHERE cost = '6 USD';
RESET enable_seqscan; RESET enable_bitmapscan;

-- keys
CREATE TABLE price (cost tco PRIMARY KEY) PARTITION BY HASH (cost);
CREATE TABLE price_0 PARTITION OF price FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE price_1 PARTITION OF price FOR VALUES WITH (MODULUS 2, REMAINDER 1);
INSERT INTO price SELECT DISTINCT cost FROM quote WHERE cost IS NOT NULL;
SELECT count(*) FROM price;
SELECT split_part(pg_temp.error_of('INSERT INTO price VALUES (''6.0 usd'')'), ':', 1);

-- a number is compared with the total, whatever the currency
SELECT cost > 6, cost >= 6, cost = 6, cost <> 6, cost <= 6, cost < 6
FROM (VALUES ('5.9 USD'::tco), ('6 tokens upfront=1 tax=5'), ('6.000000000000000001 EUR')) AS t(cost);
SELECT 6 > cost, 6 >= cost, 6 = cost, 6 <> cost, 6 <= cost, 6 < cost
FROM (VALUES ('5.9 USD'::tco), ('6 tokens upfront=1 tax=5'), ('6.000000000000000001 EUR')) AS t(cost);
SELECT '6 USD'::tco = 6.0000000000000000001, '6 USD'::tco < 'Infinity'::numeric, '6 USD'::tco < 'NaN'::numeric,
       '6 USD'::tco > '-Infinity'::numeric;
SELECT '6 USD'::tco = NULL::numeric, NULL::tco = 6, 6 = NULL::tco, NULL::numeric < '6 USD'::tco;
SELECT array_agg(id ORDER BY id) FROM quote WHERE cost BETWEEN 0 AND 1;
SELECT array_agg(id ORDER BY id) FROM quote WHERE cost IN (6, 1);

DROP TABLE quote, price;
