-- Training, which is paid once, against inference, which is paid every month.
\getenv dir PG_ABS_SRCDIR
\set file :dir '/include/error_of.sql'
\i :file

-- 100 hours on a CPU, 5 on a GPU: dearer by the hour, cheaper in all
SELECT training_cost(100, 0.40) AS cpu, training_cost(100, 2.56, 20) AS gpu, training_cost(100, 8.00, 20) AS as_dear;
-- devices are paid each, and are so fast together
SELECT training_cost(1000, 6.15, 120, 8) AS eight, training_cost(1000, 6.15, 16) AS one, training_cost(0, 1),
       training_cost(1, 1, 0.5), training_cost(1, 0), training_cost(1, 1, 1, 0);
SELECT training_cost(1, 1, 3), training_cost(100, 1, 7);
-- what is no money can be float8, of which 15 digits count, as in a cast
SELECT training_cost(100, 2.56, tops_ratio(990, 'fp16', 1, 312, 'fp16', 1)) AS of_ratio,
       training_cost(99.9::float8, 2.56, 0.1::float8 + 0.2::float8) AS of_hours,
       training_cost(99.9, 2.56, 20::float8, devices => 8) AS mixed,
       training_cost(12345678901234567890.5, 1, 1, 1) AS of_numeric,
       training_cost(base_hours => 100, price_per_hour => 2.56, devices => 3) AS by_name;
SELECT training_cost(1::float8, NULL), training_cost(1, 1, NULL::float8);
SELECT training_cost(NULL, 1), training_cost(1, NULL), training_cost(1, 1, NULL), training_cost(1, 1, 1, NULL);
SELECT call, pg_temp.error_of('SELECT training_cost(' || call || ')') FROM (VALUES
    ('-1, 1'),
    ('1, -1'),
    ('1, 1, 0'),
    ('1, 1, -20'),
    ('1, 1, 1, -1'),
    ('''NaN'', 1'),
    ('1, ''Infinity'''),
    ('1, 1, ''Infinity'''),
    ('1, 1, 1, ''NaN'''),
    ('-1::float8, 1'),
    ('1, 1, 0::float8'),
    ('1, 1, 1, ''NaN''::numeric'),
    ('1, 1::float8')
) AS t(call);

-- the first month in which inference has cost more, not as much
SELECT training, training_break_even_month(training, 100)
FROM (VALUES (0), (99.99), (100), (100.01), (299.99), (300), (300.000000000000000001)) AS t(training);
-- inference that doubles: 100, 300, 700
SELECT training, training_break_even_month(training, 100, 1)
FROM (VALUES (99), (100), (299), (300), (301), (699.99), (700)) AS t(training);
-- that grows by a tenth: 100, 210, 331, 464.10
SELECT training, training_break_even_month(training, 100, 0.1)
FROM (VALUES (209.99), (210), (331), (464.09), (464.10)) AS t(training);
-- that halves: 100, 150, 175, and never 200
SELECT training, training_break_even_month(training, 100, -0.5)
FROM (VALUES (100), (149), (150), (175), (199.999), (200), (201)) AS t(training);
-- that ends after a month
SELECT training_break_even_month(99, 100, -1), training_break_even_month(100, 100, -1),
       training_break_even_month(101, 100, -1);
-- without inference, never
SELECT training_break_even_month(0, 0), training_break_even_month(1, 0), training_break_even_month(0, 0, 2),
       training_break_even_month(0, 0, -1);

-- costs in a currency
SELECT training_break_even_month('1000 USD upfront=900 energy=100'::tco, 100),
       training_break_even_month('1000 USD'::tco, 100, 0.1),
       training_break_even_month('1000 USD'::tco, '100 USD compute=90 egress=10'::tco),
       training_break_even_month('1000 USD'::tco, '100 USD'::tco, 0.1);
SELECT pg_temp.error_of('SELECT training_break_even_month(''1000 USD''::tco, ''100 EUR''::tco)');

-- near or far, the month is exact, and the last one is that of integer
SELECT training_break_even_month(2147483646, 1), training_break_even_month(1000000000, 1),
       training_break_even_month(1000000000, 1, 0.000000000000000001),
       training_break_even_month(999999999.5, 1, 0.000000000000000001),
       training_break_even_month(999999999.6, 1, -0.000000000000000001);
SELECT training_break_even_month(1e30, 1, 0.01), training_break_even_month(1e30, 1, 1e30),
       training_break_even_month(1e30, 1e-18, 0.035), training_break_even_month(99.999999999999999999, 1, -0.01);
-- equality of 400 and more decimals is seen
SELECT training_break_even_month(total, 1, 0.000000000000000001),
       training_break_even_month(total - 1e-414, 1, 0.000000000000000001),
       training_break_even_month(total + 1e-414, 1, 0.000000000000000001)
FROM (
    WITH RECURSIVE month AS (
        SELECT 1 AS n, 1.0 AS cost, 1.0 AS total
        UNION ALL
        SELECT n + 1, cost * 1.000000000000000001, total + cost * 1.000000000000000001
        FROM month
        WHERE n < 24)
    SELECT total
    FROM month
    WHERE n = 24) AS t;

SELECT training_break_even_month(NULL::numeric, 1), training_break_even_month(1, NULL),
       training_break_even_month(1, 1, NULL), training_break_even_month(NULL::tco, 1),
       training_break_even_month('1 USD'::tco, NULL::tco);
SELECT call, pg_temp.error_of('SELECT training_break_even_month(' || call || ')') FROM (VALUES
    ('-1, 1'),
    ('1, -1'),
    ('1, 1, -1.01'),
    ('''NaN'', 1'),
    ('1, ''Infinity'''),
    ('1, 1, ''NaN'''),
    ('1.1e30, 1'),
    ('1, 1.1e30'),
    ('1, 1, 1.1e30'),
    ('''-5 USD''::tco, 1'),
    ('2147483647, 1'),
    ('1e30, 1e-30'),
    ('1e10, 1, -1e-11'),
    ('1e12, 1, 1e-12'),
    ('2 + 1e-9000::numeric, 1, 1e-9000::numeric')
) AS t(call);
