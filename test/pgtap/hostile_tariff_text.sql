-- Malformed text of tariff and tariff_state is refused as that of tco in
-- hostile_text.sql.
BEGIN;
SELECT plan(143);
SET LOCAL statement_timeout = '20s';
\ir ../include/hostile_text.sql

-- part: what is not what was expected, or the element that is wrong
INSERT INTO hostile SELECT 'tariff', coalesce(label, quote_literal(input)), input, sqlstate, part FROM (VALUES
    -- nothing, or no mode
    (NULL, '', '22P02', NULL),
    ('blanks', E' \t\n ', '22P02', NULL),
    (NULL, ':', '22P02', ':'),
    (NULL, '0.09', '22P02', '0.09'),
    (NULL, 'Graduated: 1', '22P02', 'Graduated: 1'),
    (NULL, 'graduatedx: 1', '22P02', 'graduatedx: 1'),
    (NULL, 'percent: 1', '22P02', 'percent: 1'),
    (NULL, '"graduated": 1', '22P02', '"graduated": 1'),
    (NULL, '(graduated: 1)', '22P02', '(graduated: 1)'),
    (NULL, '{"mode": "graduated", "tiers": [{"price": 1}]}', '22P02', '{"mode"'),
    ('hex of bytes', '\x01000001', '22P02', '\x01000001'),
    (NULL, 'v1 graduated: 1', '22P02', 'v1'),
    (NULL, 'null', '22P02', 'null'),
    -- a head that is not one
    (NULL, 'graduated', '22P02', NULL),
    (NULL, 'graduated::1', '22P02', ':1'),
    (NULL, 'graduated; 1', '22P02', 'graduated; 1'),
    (NULL, 'graduated=1', '22P02', 'graduated=1'),
    (NULL, 'graduated 5: 1', '22P02', '5: 1'),
    (NULL, 'package: 1', '22P02', ': 1'),
    (NULL, 'package 1 2: 1', '22P02', '2: 1'),
    (NULL, 'volume allowance: 1', '22P02', ': 1'),
    (NULL, 'volume allowance x: 1', '22P02', 'x: 1'),
    (NULL, 'volume Allowance 5: 1', '22P02', 'Allowance'),
    -- tiers that are none
    (NULL, 'graduated:', '22P02', NULL),
    (NULL, 'graduated: ,', '22P02', ','),
    (NULL, 'graduated: 1,', '22P02', NULL),
    (NULL, 'graduated: 1 ,, 2', '22P02', ', 2'),
    (NULL, 'graduated: 1 upto', '22P02', NULL),
    (NULL, 'graduated: 1 upto x', '22P02', 'x'),
    (NULL, 'graduated: 1 flat', '22P02', NULL),
    (NULL, 'graduated: 1 2', '22P02', '2'),
    (NULL, 'graduated: 1 upto 2 3', '22P02', '3'),
    (NULL, 'graduated: 1 upto 2 flat 3', '22P02', 'flat 3'),
    (NULL, 'graduated: 1/GB', '22P02', '1/GB'),
    (NULL, 'graduated: $1', '22P02', '$1'),
    (NULL, 'graduated: 1$', '22P02', '1$'),
    (NULL, 'graduated: 5%', '22P02', '5%'),
    (NULL, 'graduated: 1 USD', '22P02', 'USD'),
    (NULL, 'graduated: 1)', '22P02', '1)'),
    (NULL, 'graduated: 1 -- free', '22P02', '-- free'),
    (NULL, 'graduated: 1 upto ∞', '22P02', '∞'),
    (NULL, 'graduated: 1 upto null', '22P02', 'null'),
    (NULL, 'graduated: free', '22P02', 'free'),
    -- numbers that are none
    (NULL, 'graduated: --1', '22P02', '--1'),
    (NULL, 'graduated: +-1', '22P02', '+-1'),
    (NULL, 'graduated: - 1', '22P02', '- 1'),
    (NULL, 'graduated: +', '22P02', '+'),
    (NULL, 'graduated: .', '22P02', '.'),
    (NULL, 'graduated: 1..2', '22P02', '1..2'),
    (NULL, 'graduated: 1.2.3', '22P02', '1.2.3'),
    (NULL, 'graduated: 1,5', '22P02', '1,5'),
    (NULL, 'graduated: 1 upto 10,240, 2', '22P02', '10,240'),
    (NULL, 'graduated: 1_000', '22P02', '1_000'),
    (NULL, 'graduated: 1 000', '22P02', '000'),
    (NULL, 'graduated: 1e3', '22P02', '1e3'),
    (NULL, 'graduated: 1 upto 1E3', '22P02', '1E3'),
    (NULL, 'graduated: 1e99999999', '22P02', '1e99999999'),
    (NULL, 'graduated: 0x10', '22P02', '0x10'),
    (NULL, 'graduated: inf', '22P02', 'inf'),
    (NULL, 'graduated: 1 upto Infinity', '22P02', 'Infinity'),
    (NULL, 'graduated: NaN', '22P02', 'NaN'),
    -- characters that look like others
    ('no-break space', U&'graduated:\00A01', '22P02', U&'\00A01'),
    ('byte order mark', U&'\FEFFgraduated: 1', '22P02', U&'\FEFFgraduated'),
    ('fullwidth digit', U&'graduated: \FF11', '22P02', U&'\FF11'),
    ('fullwidth colon', U&'graduated\FF1A 1', '22P02', U&'graduated\FF1A'),
    ('minus sign', 'graduated: −1', '22P02', '−1'),
    ('control character', E'graduated: 1\x01', '22P02', E'1\x01'),
    -- much of it
    ('1 MB of letters', repeat('x', 1000000), '22P02', 'xxx'),
    ('1 MB of blanks', repeat(' ', 1000000), '22P02', NULL),
    ('1 MB of colons', repeat(':', 1000000), '22P02', ':::'),
    ('1 MB of commas', 'graduated: ' || repeat(',', 1000000), '22P02', ',,,'),
    ('1 MB of digits and commas', 'graduated: ' || repeat('1,', 500000), '22P02', '1,1,'),
    ('1 MB of flat', 'graduated: 1 ' || repeat('flat ', 200000), '22P02', 'flat'),
    ('1 MB of decimals', 'graduated: 0.' || repeat('0', 1000000), '22023', 'price[1]'),
    ('1 MB of digits', 'graduated: ' || repeat('9', 1000000), '22003', '999'),
    ('1 MB of two-byte letters', repeat('é', 500000), '22P02', 'éé'),
    ('a hundred thousand equal tiers', 'graduated: ' || repeat('1 upto 5, ', 100000) || '1', '54000', NULL),
    ('10001 open tiers', 'graduated: 1' || repeat(', 1', 10000), '54000', NULL),
    ('10000 open tiers', 'graduated: 1' || repeat(', 1', 9999), '22023', NULL),
    ('1 MB of allowances', 'graduated ' || repeat('allowance 1 ', 80000) || ': 1', '22P02', 'allowance'),
    -- numbers that cannot be
    ('one over the greatest', 'graduated: 170141183460469231731.687303715884105727', '22003',
     '170141183460469231731.687303715884105727'),
    ('2^127', 'graduated: 1 upto 170141183460469231731.687303715884105728', '22003',
     '170141183460469231731.687303715884105728'),
    ('2^128', 'package 340282366920938463463.374607431768211456: 1', '22003',
     '340282366920938463463.374607431768211456'),
    ('23 digits', 'graduated allowance 10000000000000000000000: 1', '22003', '10000000000000000000000'),
    ('200 digits', 'graduated: 1 flat ' || repeat('9', 200), '22003', '999'),
    ('19 decimals', 'graduated: 1, 0.1234567890123456789', '22023', 'price[2]'),
    ('19 zeros', 'graduated: 1 upto 5.0000000000000000000', '22023', 'upto[1]'),
    ('a least price below 0', 'graduated: -0.000000000000000001', '22023', 'price[1]'),
    ('the least price', 'graduated: -170141183460469231731.687303715884105728', '22023', 'price[1]'),
    ('the least bound', 'graduated: 1 upto -170141183460469231731.687303715884105728', '22023', 'upto[1]'),
    ('a bound of 0', 'graduated: 1 upto -0.0', '22023', 'upto[1]'),
    ('bounds that fall', 'graduated: 1 upto 5, 1 upto 4.999999999999999999', '22023', 'upto[2]'),
    ('a negative fee', 'volume: 1 flat -1', '22023', 'flat[1]'),
    ('a negative allowance', 'volume allowance -1: 1', '22023', 'allowance'),
    ('a block of 0', 'package 0.0: 1', '22023', 'block')
) AS t(label, input, sqlstate, part);

INSERT INTO hostile SELECT 'tariff_state', coalesce(label, quote_literal(input)), input, sqlstate, part FROM (VALUES
    (NULL, '', '22P02', ''),
    (NULL, ' ', '22P02', ' '),
    (NULL, '0', '22P02', '0'),
    (NULL, '0 0', '22P02', '0'),
    (NULL, '0 0 ', '22P02', ''),
    (NULL, '0  0 0', '22P02', ' 0 0'),
    (NULL, E'0\t0 0', '22P02', E'0\t0 0'),
    (NULL, '-1 0 5 graduated: 1', '22P02', '-1 0'),
    (NULL, '+1 0 5 graduated: 1', '22P02', '+1 0'),
    (NULL, '1.0 0 5 graduated: 1', '22P02', '1.0 0'),
    (NULL, '1e1 0 5 graduated: 1', '22P02', '1e1 0'),
    (NULL, '1 -1 5 graduated: 1', '22P02', '-1 5'),
    (NULL, '1,0,5 graduated: 1', '22P02', '1,0,5'),
    (NULL, '0 0 5', '22P02', '5'),
    (NULL, '0 0 -0.000000000000000000000000000000000001', '22P02', '-0.0000'),
    (NULL, '0 1 0 ', '22P02', '0 '),
    (NULL, '0 0 0 graduated: 1', '22P02', '0 graduated'),
    (NULL, '0 0 0x', '22P02', '0x'),
    (NULL, '1 0 5', '22P02', NULL),
    (NULL, '1 0 5 ', '22P02', NULL),
    (NULL, '1 0 5graduated: 1', '22P02', '5graduated:'),
    (NULL, '1 0  graduated: 1', '22P02', ''),
    (NULL, '1 0 5 6', '22P02', '6'),
    (NULL, '1 0 5 graduated: 1 1 0 5 graduated: 1', '22P02', '1 0 5'),
    (NULL, '1 0 1e3 graduated: 1', '22P02', '1e3'),
    (NULL, '1 0 1,000 graduated: 1', '22P02', '1,000'),
    (NULL, '1 0 NaN graduated: 1', '22P02', 'NaN'),
    ('37 decimals', '1 0 0.0000000000000000000000000000000000001 graduated: 1', '22P02', '0.00000'),
    ('37 zeros', '0 0 0.' || repeat('0', 37), '22P02', '0.00000'),
    ('2^63 rows', '9223372036854775808 0 5 graduated: 1', '22003', '9223372036854775808'),
    ('2^63 rows without a tariff', '0 9223372036854775808 0', '22003', '9223372036854775808'),
    ('1 MB of digits', repeat('9', 1000000), '22003', '999'),
    ('1 MB of digits in the sum', '1 0 ' || repeat('9', 1000000) || ' graduated: 1', '22003', '999'),
    ('1 MB of decimals', '1 0 0.' || repeat('3', 1000000) || ' graduated: 1', '22P02', '0.333'),
    ('a sum out of range', '1 0 170141183460469231731.687303715884105728 graduated: 1', '22003',
     '170141183460469231731.687303715884105728'),
    ('a sum below the least', '1 0 -170141183460469231731.687303715884105728000000000000000001 graduated: 1', '22003',
     '-170141183460469231731.687303715884105728000000000000000001'),
    ('a tariff that is none', '1 0 5 graduated: 1, 2', '22023', NULL),
    ('a negative price', '1 0 5 graduated: -1', '22023', 'price[1]'),
    ('too many tiers', '1 0 5 graduated: 1' || repeat(', 1', 10000), '54000', NULL)
) AS t(label, input, sqlstate, part);

SELECT * FROM pg_temp.all_refused();
SELECT pg_temp.all_refused_softly('{"tariff": "graduated: 1", "tariff_state": "1 0 5 graduated: 1"}');

-- ---- what may look hostile and is right -----------------------------------

SELECT is(input::tariff, expected::tariff, label) FROM (VALUES
    ('1 MB of leading zeros of a price', 'graduated: ' || repeat('0', 1000000) || '6', 'graduated: 6'),
    ('1 MB of blanks in a tariff',
     repeat(' ', 300000) || 'graduated' || repeat(E'\n', 300000) || ':' || repeat(E'\t', 400000) || '6',
     'graduated: 6'),
    ('the greatest price with leading zeros', 'graduated: 000170141183460469231731.687303715884105726',
     'graduated: 170141183460469231731.687303715884105726'),
    ('minus zero in a tariff', 'graduated allowance -0: -0.00 flat -0', 'graduated: 0'),
    ('18 zeros', 'graduated: 6.000000000000000000 upto 7.000000000000000000', 'graduated: 6 upto 7')
) AS t(label, input, expected);
SELECT is(count, 10000, 'ten thousand tiers')
FROM (
    SELECT jsonb_array_length(('graduated: ' || string_agg('1 upto ' || n, ', '))::tariff::jsonb->'tiers') AS count
    FROM generate_series(1, 10000) AS n) AS c;
SELECT is(('0' || repeat('0', 1000000) || ' 1 -0.0')::tariff_state::text, '0 1 0', '1 MB of leading zeros of a count');

SELECT * FROM finish();
ROLLBACK;
