-- The text of a tco: amount, currency, then components that are not zero.
\getenv dir PG_ABS_SRCDIR
\set file :dir '/include/error_of.sql'
\i :file

-- without components the amount is "other"
SELECT input::tco FROM (VALUES
    ('6 USD'), ('0 USD'), ('-0 USD'), ('-0.5 EUR'), ('+1.50 USD'), ('.5 USD'), ('5. USD'),
    ('007.1000 USD'), ('0.000000000000000001 USD'), ('1234567890.123456789012345678 USD')
) AS t(input);

-- components come in any order and leave in one
SELECT '1234.56 USD egress=200 energy=34.56 compute=1000'::tco;
SELECT '36 USD credit=8 tax=7 other=6 storage=5 egress=4 energy=3 compute=2 upfront=1'::tco;
SELECT '0 USD upfront=200 credit=-200'::tco;
SELECT '0 USD other=0 tax=-0'::tco;

-- three letters are a currency code, anything else is kept as it is given
SELECT input::tco FROM (VALUES
    ('1 usd'),
    ('1 UsD'),
    ('1 tokens'),
    ('1 Tokens'),
    ('1 a'),
    ('1 ab'),
    ('1 u2d'),
    ('1 _'),
    ('1 9a'),
    ('1 A_b_C_d_E_12')
) AS t(input);

-- blanks of any kind and number stand between words and around them
SELECT E' \t\n 6\r\n USD  other=6\f\x0b'::tco;

-- the ends of the range of a component
SELECT '170141183460469231731.687303715884105727 USD'::tco;
SELECT '-170141183460469231731.687303715884105728 USD'::tco;

-- the total is wider than a component
SELECT make_tco(m, m, m, m, m, m, m, m)
FROM (VALUES (170141183460469231731.687303715884105727), (-170141183460469231731.687303715884105728)) AS t(m);
SELECT make_tco(m, m, m, m, m, m, m, m)::text::tco = make_tco(m, m, m, m, m, m, m, m)
FROM (VALUES (170141183460469231731.687303715884105727), (-170141183460469231731.687303715884105728)) AS t(m);

-- malformed text is refused, with the part that is wrong
SELECT pg_temp.error_of(format('SELECT %L::tco', input)) FROM (VALUES
    (''), ('  '), ('6'), ('USD'), ('USD 12.50'), ('usd -1'), ('six USD'), ('- USD'), ('--1 USD'), ('. USD'),
    ('1.2.3 USD'), ('1e3 USD'), ('1E-13 USD'), ('1e USD'), ('1,234.56 USD'), ('1_000 USD'), ('1''000 USD'),
    ('0x10 USD'), ('NaN USD'), ('Infinity USD'), ('$6 USD'), ('6USD'), ('0.0000000000000000001 USD'),
    ('1.0000000000000000000 USD'), ('6 U.S.'), ('6 USD!'), ('6 99'), ('1 000'), ('6 ABCDEFGHIJKLM'), ('6 €')
) AS t(input);
SELECT pg_temp.error_of(format('SELECT %L::tco', input)) FROM (VALUES
    ('6 USD EUR'), ('6 USD 6'), ('6 USD gpu=6'), ('6 USD Other=6'), ('6 USD =6'), ('6 USD other='),
    ('6 USD other=x'), ('6 USD other=1e1'), ('6 USD other = 6'), ('6 USD other=3 other=3'),
    ('6 USD other=5'), ('0 USD other=1'), ('6 USD other=0'), ('1 USD other=0.9999999999999999999')
) AS t(input);

-- so is an amount out of range, of the total as of a component
SELECT pg_temp.error_of(format('SELECT %L::tco', input)) FROM (VALUES
    ('170141183460469231731.687303715884105728 USD'), ('-170141183460469231731.687303715884105729 USD'),
    ('12345678901234567890123 USD'), ('1 USD tax=170141183460469231731.687303715884105728')
) AS t(input);

-- a long input is shown in part
SELECT pg_temp.error_of(format('SELECT %L::tco', repeat('1', 100) || ' USD'));
SELECT pg_temp.error_of(format('SELECT %L::tco', '1 USD ' || repeat('é', 100)));

-- the text of an average in the making: row count, then the sum
SELECT input::tco_avg_state FROM (VALUES
    ('0'), ('0 '), ('000'), ('1 6 usd'), ('3 12.5 USD compute=10 tax=2.5'), ('9223372036854775807 -1 EUR')
) AS t(input);
SELECT pg_temp.error_of(format('SELECT %L::tco_avg_state', input)) FROM (VALUES
    (''), (' 1 6 USD'), ('-1 6 USD'), ('1'), ('1 6'), ('1USD'), ('1 6 USD gpu=6'), ('0 6 USD'), ('0 0 USD'),
    ('9223372036854775808 6 USD'), ('1.5 6 USD'), ('1 170141183460469231731.687303715884105728 USD')
) AS t(input);

-- bytes: components, currency, version, padding; all numbers big-endian
SELECT encode(tco_send('-1 USD upfront=0.000000000000000001 credit=-1.000000000000000001'), 'hex');
SELECT encode(tco_avg_state_send('0'), 'hex');
SELECT encode(tco_avg_state_send('258 1 abcdefghijkl'), 'hex');
SELECT pg_column_size('6 USD'::tco) AS tco, pg_column_size('0'::tco_avg_state) AS tco_avg_state;

-- as array, composite and NULL
CREATE TABLE quote (offer text, cost tco, monthly tco[]);
INSERT INTO quote VALUES
    ('a', '6 USD', '{1 USD,"2 USD upfront=1 tax=1",NULL}'), ('b', NULL, '{}'), ('c', '7 EUR compute=7', NULL);
TABLE quote;
SELECT q FROM quote q;
SELECT '(a,6 USD,"{1 USD}")'::quote;
DROP TABLE quote;
