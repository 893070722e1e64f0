-- Constructors of tco and what they are made of: total, components, currency,
-- rounding, exchange.
\getenv dir PG_ABS_SRCDIR
\set file :dir '/include/error_of.sql'
\i :file

-- constructors
SELECT make_tco();
SELECT make_tco(1, 2, 3, 4, 5, 6, 7, 8, 'eur');
SELECT make_tco(compute => 1000, energy => 34.56, egress => 200);
SELECT tco(6);
SELECT tco(6, 'tokens');
SELECT tco(6, 'EUR', 'tax'), tco(-6, component => 'credit');

-- constructors round where text refuses, half away from zero, at the 18th decimal
SELECT amount, tco(amount) FROM (VALUES
    (0.0000000000000000005), (-0.0000000000000000005), (0.00000000000000000049999), (1e-30), (-1e-30),
    (1.2345678901234567895), (0.9999999999999999995), (1e3), (12345678901234567890.123456789012345678)
) AS t(amount);

-- a NULL argument gives NULL
SELECT tco(NULL), tco(1, NULL), tco(1, 'USD', NULL), make_tco(NULL), make_tco(1, credit => NULL),
       make_tco(currency => NULL);

SELECT pg_temp.error_of(format('SELECT tco(%s)', arguments)) FROM (VALUES
    ('''NaN''::numeric'),
    ('''Infinity''::numeric'),
    ('''-Infinity''::numeric'),
    ('1e21'),
    ('-1e21'),
    ('1e1000'),
    ('1e40'),
    ('170141183460469231731.687303715884105727'),
    ('170141183460469231731.6873037158841057274'),
    ('170141183460469231731.6873037158841057275'),
    ('-170141183460469231731.6873037158841057284'),
    ('-170141183460469231731.6873037158841057285'),
    ('1, '''''),
    ('1, ''US D'''),
    ('1, ''ABCDEFGHIJKLM'''),
    ('1, ''840'''),
    ('1, ''€'''),
    ('1, ''USD'', ''gpu'''),
    ('1, ''USD'', ''Tax'''),
    ('1, ''USD'', ''''')
) AS t(arguments);
SELECT pg_temp.error_of('SELECT make_tco(tax => ''NaN'')');
SELECT pg_temp.error_of('SELECT make_tco(upfront => 200000000000000000000)');
SELECT pg_temp.error_of('SELECT make_tco(currency => ''U$D'')');

-- accessors: exact, without trailing zeros
SELECT total(c), upfront(c), recurring(c), currency(c)
FROM (VALUES ('36 USD upfront=1 compute=2 energy=3 egress=4 storage=5 other=6 tax=7 credit=8'::tco),
             ('0 tokens'), ('0 EUR upfront=200 credit=-200'), ('0.000000000000000001 USD'), ('10000 USD upfront=10000'),
             ('-170141183460469231731.687303715884105728 A_b_C_d_E_12')) AS t(c);
SELECT name, component('36 USD upfront=1 compute=2 energy=3 egress=4 storage=5 other=6 tax=7 credit=8', name)
FROM unnest('{upfront,compute,energy,egress,storage,other,tax,credit}'::text[]) AS name;
SELECT scale(total('1.50 USD')), scale(total('100 USD')), scale(recurring('0 USD'));
SELECT pg_temp.error_of(format('SELECT component(''6 USD'', %L)', name))
FROM (VALUES ('total'), ('COMPUTE'), (''), ('compute ')) AS t(name);
SELECT total(NULL::tco), upfront(NULL), recurring(NULL), component(NULL, 'tax'), component('6 USD', NULL),
       currency(NULL);

-- round: the total is the rounded total, by largest remainder
SELECT digits, round('1000.01 USD upfront=333.335 compute=333.335 tax=333.34'::tco, digits)
FROM unnest('{-20,-4,-3,-1,0,1,2,3,18,2147483647}'::int[]) AS digits;
SELECT round(c::tco, 0) FROM (VALUES
    ('1.5 USD compute=0.5 energy=0.5 egress=0.5'), ('-1.5 USD compute=-0.5 energy=-0.5 egress=-0.5'),
    ('1 USD compute=0.5 energy=0.5'), ('1.2 USD compute=0.4 energy=0.4 egress=0.4'),
    ('0 USD compute=0.5 credit=-0.5'), ('0.1 USD compute=2.6 credit=-2.5'), ('2.5 USD'), ('-2.5 USD'),
    ('4.4 USD upfront=3 compute=0.7 energy=0.7')
) AS t(c);
SELECT pg_temp.error_of('SELECT round(''6 USD''::tco, -21)');
SELECT pg_temp.error_of('SELECT round(''170141183460469231731.5 USD''::tco, 0)');
SELECT pg_temp.error_of('SELECT round(''150000000000000000000 USD''::tco, -20)');
SELECT round(NULL::tco, 2), round('6 USD'::tco, NULL);

-- round has no default, so that the function of numeric stays what it was
SELECT round(NULL), round(2.5), round(2.345, 2);

-- exchange: each component at the rate, rounded once
SELECT exchange('1234.56 USD compute=1000 energy=34.56 egress=200', 'eur', 0.92);
SELECT exchange('-1 USD', 'USD', 1.0000000000000000005);
SELECT exchange('1 tokens', 'USD', 0.000002);
SELECT exchange('10 USD', 'EUR', 1e-200);
SELECT exchange(NULL, 'EUR', 1), exchange('6 USD', NULL, 1), exchange('6 USD', 'EUR', NULL);
SELECT pg_temp.error_of(format('SELECT exchange(''6 USD'', %s)', arguments)) FROM (VALUES
    ('''EUR'', 0'),
    ('''EUR'', -0.92'),
    ('''EUR'', ''NaN'''),
    ('''EUR'', ''Infinity'''),
    ('''E R'', 1'),
    ('''EUR'', 1e20'),
    ('''EUR'', 1e300')
) AS t(arguments);
