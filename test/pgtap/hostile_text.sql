-- Malformed text of tco and tco_avg_state is refused with an SQLSTATE, the type
-- and the part that is wrong; nothing takes long; where the server asks
-- politely, there is no error.
BEGIN;
SELECT plan(156);
SET LOCAL statement_timeout = '20s';
\ir ../include/hostile_text.sql

-- part: what the message or the detail must hold, between quotes
INSERT INTO hostile SELECT 'tco', coalesce(label, quote_literal(input)), input, '22P02', part FROM (VALUES
    -- nothing, or no amount
    (NULL, '', NULL),
    ('blanks', E' \t\n ', NULL),
    (NULL, 'USD', 'USD'),
    (NULL, '+ USD', '+'),
    (NULL, '- USD', '-'),
    (NULL, '. USD', '.'),
    (NULL, '-. USD', '-.'),
    -- no currency, or none that can be
    (NULL, '6', NULL),
    (NULL, '6 ', NULL),
    (NULL, '6.', NULL),
    (NULL, '6 U$D', 'U$D'),
    (NULL, '6 USD,', 'USD,'),
    (NULL, '6 "USD"', '"USD"'),
    (NULL, '6 U-S', 'U-S'),
    ('13 letters', '6 ABCDEFGHIJKLM', 'ABCDEFGHIJKLM'),
    (NULL, '6 6.5', '6.5'),
    (NULL, '6 -1', '-1'),
    (NULL, '6 other=6', 'other=6'),
    -- the currency first, or no blank
    (NULL, 'USD 6', 'USD'),
    (NULL, 'USD -6', 'USD'),
    (NULL, '6USD', '6USD'),
    (NULL, 'USD6', 'USD6'),
    (NULL, '$6', '$6'),
    (NULL, '6$ USD', '6$'),
    -- brackets and quotes
    (NULL, '(6 USD)', '(6'),
    (NULL, '[6 USD]', '[6'),
    (NULL, '{6 USD}', '{6'),
    (NULL, '"6 USD"', '"6'),
    (NULL, '<6> USD', '<6>'),
    (NULL, '6) USD', '6)'),
    -- signs
    (NULL, '--1 USD', '--1'),
    (NULL, '+-1 USD', '+-1'),
    (NULL, '++1 USD', '++1'),
    (NULL, '- 1 USD', '-'),
    (NULL, '1- USD', '1-'),
    (NULL, '(1) USD', '(1)'),
    (NULL, '−1 USD', '−1'),
    -- points, separators, exponents, bases
    (NULL, '1..2 USD', '1..2'),
    (NULL, '1.2.3 USD', '1.2.3'),
    (NULL, '1,5 USD', '1,5'),
    (NULL, '1,234.5 USD', '1,234.5'),
    (NULL, '1.234,5 USD', '1.234,5'),
    (NULL, '1''234 USD', '1''234'),
    (NULL, '1_000 USD', '1_000'),
    (NULL, '1 000 USD', '000'),
    (NULL, '1 000', '000'),
    (NULL, '6 9', '9'),
    (NULL, '1e3 USD', '1e3'),
    (NULL, '1E-13 USD', '1E-13'),
    (NULL, '1e USD', '1e'),
    (NULL, '1e+ USD', '1e+'),
    (NULL, '1e99999999 USD', '1e99999999'),
    (NULL, '.e1 USD', '.e1'),
    (NULL, '0x10 USD', '0x10'),
    (NULL, '0b1 USD', '0b1'),
    (NULL, '1L USD', '1L'),
    (NULL, '1/3 USD', '1/3'),
    (NULL, '5% USD', '5%'),
    -- words
    (NULL, 'inf USD', 'inf'),
    (NULL, 'Infinity USD', 'Infinity'),
    (NULL, '-Infinity USD', '-Infinity'),
    (NULL, 'nan USD', 'nan'),
    (NULL, 'NaN USD', 'NaN'),
    (NULL, 'null USD', 'null'),
    (NULL, 'NULL', 'NULL'),
    -- decimals
    ('19 decimals', '0.1234567890123456789 USD', '0.1234567890123456789'),
    ('19 zeros', '0.0000000000000000000 USD', '0.0000000000000000000'),
    ('200 decimals', '1.' || repeat('3', 200) || ' USD', '1.333'),
    ('19 decimals of a component', '1 USD tax=1.0000000000000000001', '1.0000000000000000001'),
    -- components
    (NULL, '6 USD EUR', 'EUR'),
    (NULL, '6 USD;', 'USD;'),
    (NULL, '6 USD ;', ';'),
    (NULL, '6 USD x', 'x'),
    (NULL, '6 USD gpu=6', 'gpu'),
    (NULL, '6 USD TAX=6', 'TAX'),
    (NULL, '6 USD tax =6', 'tax'),
    (NULL, '6 USD tax= 6', ''),
    (NULL, '6 USD tax:6', 'tax:6'),
    (NULL, '6 USD tax==6', '=6'),
    (NULL, '6 USD =6', ''),
    (NULL, '6 USD tax=', ''),
    (NULL, '6 USD tax=6,', '6,'),
    (NULL, '6 USD tax=6;other=0', '6;other=0'),
    (NULL, '6 USD tax=1e1', '1e1'),
    (NULL, '6 USD tax=NaN', 'NaN'),
    (NULL, '6 USD tax=6 tax=0', 'tax'),
    (NULL, '6 USD total=6', 'total'),
    (NULL, '6 USD currency=USD', 'currency'),
    (NULL, '5 USD tax=6', NULL),
    (NULL, '6 USD tax=-6', NULL),
    (NULL, '6 USD tax=0', NULL),
    (NULL, '0 USD tax=0.000000000000000001', NULL),
    -- versions and other formats
    (NULL, 'v1 6 USD', 'v1'),
    (NULL, '{"currency": "USD", "total": 6}', '{"currency":'),
    (NULL, 'USD,6', 'USD,6'),
    ('hex of bytes', '\x00000000', '\x00000000'),
    -- characters that look like others
    ('no-break space', U&'6\00A0USD', U&'6\00A0USD'),
    ('no-break space before', U&'\00A06 USD', U&'\00A06'),
    ('zero width space', U&'6\200B USD', U&'6\200B'),
    ('byte order mark', U&'\FEFF6 USD', U&'\FEFF6'),
    ('fullwidth digit', U&'\FF16 USD', U&'\FF16'),
    ('Arabic digit', U&'\0666 USD', U&'\0666'),
    ('Cyrillic letter', U&'6 US\0421', U&'US\0421'),
    ('fullwidth letters', U&'6 \FF35\FF33\FF24', U&'\FF35\FF33\FF24'),
    ('decimal comma of another script', U&'6\066B5 USD', U&'6\066B5'),
    ('control character', E'6\x01 USD', E'6\x01'),
    ('escape sequence', E'6 USD\x1b[0m', E'USD\x1b[0m'),
    -- much of it
    ('1 MB of letters', repeat('x', 1000000), 'xxx'),
    ('1 MB of minus', repeat('-', 1000000), '---'),
    ('1 MB of points', repeat('.', 1000000) || ' USD', '...'),
    ('1 MB of decimals', '0.' || repeat('0', 1000000) || ' USD', '0.000'),
    ('1 MB of blanks', repeat(' ', 1000000), NULL),
    ('1 MB of currency', '6 ' || repeat('A', 1000000), 'AAA'),
    ('1 MB of equals', '6 USD ' || repeat('=', 1000000), ''),
    ('1 MB of component', '6 USD ' || repeat('t', 1000000) || '=1', 'ttt'),
    ('a hundred thousand components', '6 USD ' || repeat('tax=0 ', 100000), 'tax'),
    ('1 MB of two-byte letters', repeat('é', 500000), 'éé')
) AS t(label, input, part);

INSERT INTO hostile SELECT 'tco', label, input, '22003', part FROM (VALUES
    ('one over the greatest', '170141183460469231731.687303715884105728 USD',
     '170141183460469231731.687303715884105728'),
    ('one under the least', '-170141183460469231731.687303715884105729 USD',
     '-170141183460469231731.687303715884105729'),
    ('a component one over', '0 USD other=-1 tax=170141183460469231731.687303715884105728',
     '170141183460469231731.687303715884105728'),
    ('2^128 units', '340282366920938463463.374607431768211456 USD', '340282366920938463463.374607431768211456'),
    ('2^128 units and one', '340282366920938463463.374607431768211457 USD', '340282366920938463463.374607431768211457'
    ),
    ('22 digits', '9999999999999999999999 USD', '9999999999999999999999'),
    ('23 digits', '10000000000000000000000 USD', '10000000000000000000000'),
    ('200 digits', repeat('9', 200) || ' USD', '999'),
    ('1 MB of digits', repeat('9', 1000000) || ' USD', '999'),
    ('1 MB of digits in a component', '1 USD tax=' || repeat('9', 1000000), '999')
) AS t(label, input, part);

INSERT INTO hostile SELECT 'tco_avg_state', coalesce(label, quote_literal(input)), input, sqlstate, part FROM (VALUES
    (NULL, '', '22P02', ''),
    (NULL, ' ', '22P02', ' '),
    (NULL, '-1 6 USD', '22P02', '-1 6 USD'),
    (NULL, '+1 6 USD', '22P02', '+1 6 USD'),
    (NULL, ' 1 6 USD', '22P02', ' 1 6 USD'),
    (NULL, '1', '22P02', NULL),
    (NULL, '1 ', '22P02', NULL),
    (NULL, '1 6', '22P02', NULL),
    (NULL, '6 USD', '22P02', 'USD'),
    (NULL, '1.0 6 USD', '22P02', '1.0 6 USD'),
    (NULL, '1e1 6 USD', '22P02', '1e1 6 USD'),
    (NULL, '1,6 USD', '22P02', '1,6 USD'),
    (NULL, '0 6 USD', '22P02', '6 USD'),
    (NULL, '0 0 USD', '22P02', '0 USD'),
    (NULL, '0x', '22P02', '0x'),
    (NULL, '1 5 USD tax=6', '22P02', NULL),
    (NULL, '1 6 USD gpu=6', '22P02', 'gpu'),
    (NULL, '1 6 USD 1 6 USD', '22P02', '1'),
    ('2^63 rows', '9223372036854775808 6 USD', '22003', '9223372036854775808'),
    ('1 MB of digits', repeat('9', 1000000), '22003', '999'),
    ('a sum out of range', '1 170141183460469231731.687303715884105728 USD', '22003',
     '170141183460469231731.687303715884105728')
) AS t(label, input, sqlstate, part);

SELECT * FROM pg_temp.all_refused();
SELECT pg_temp.all_refused_softly('{"tco": "6 USD", "tco_avg_state": "1 6 USD"}');

-- ---- what may look hostile and is right -----------------------------------

SELECT is(input::tco, expected::tco, label) FROM (VALUES
    ('1 MB of leading zeros', repeat('0', 1000000) || '6 USD', '6 USD'),
    ('1 MB of blanks around', repeat(' ', 500000) || '6' || repeat(E'\n', 500000) || 'USD ', '6 USD'),
    ('the greatest with leading zeros', '000170141183460469231731.687303715884105727 USD',
     '170141183460469231731.687303715884105727 USD'),
    ('minus zero', '-0.000 USD tax=-0', '0 USD'),
    ('18 decimals, all zero', '6.000000000000000000 USD', '6 USD'),
    ('components that cancel',
     '0 USD upfront=170141183460469231731.687303715884105727 tax=-170141183460469231731.687303715884105727',
     '0 USD tax=-170141183460469231731.687303715884105727 upfront=170141183460469231731.687303715884105727')
) AS t(label, input, expected);

SELECT * FROM finish();
ROLLBACK;
