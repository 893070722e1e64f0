-- Malformed text is refused with an SQLSTATE, the type and the part that is
-- wrong; nothing takes long; where the server asks politely, there is no error.
BEGIN;
SELECT plan(297);
SET LOCAL statement_timeout = '20s';

CREATE TEMP TABLE hostile (type text, label text, input text, sqlstate text, part text);

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

CREATE FUNCTION pg_temp.refusal(type text, input text, code OUT text, message OUT text, detail OUT text)
LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('SELECT %L::%s', input, type);
    code := '00000';
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS code = RETURNED_SQLSTATE, message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL;
END
$$;

SELECT is(
    ARRAY[r.code, substring(r.message FROM format('type (%s)(?![a-z_])', h.type)),
          (h.part IS NULL
               OR starts_with(r.message, 'value "' || left(h.part, 60))
               OR position('"' || left(h.part, 20) IN r.detail) > 0
               OR h.sqlstate = '22023' AND starts_with(r.message, '"' || h.part || '"'))::text,
          (length(concat(r.message, r.detail)) < 300)::text],
    ARRAY[h.sqlstate, CASE WHEN h.sqlstate IN ('22P02', '22003') THEN h.type END, 'true', 'true'],
    format('%s: %s: SQLSTATE %s, naming the type or the element and the part, in short', h.type, h.label, h.sqlstate))
FROM hostile AS h, pg_temp.refusal(h.type, h.input) AS r;

-- The server can ask whether a value is valid instead of failing.
CREATE FUNCTION pg_temp.soft_error(type text, input text, valid OUT boolean, code OUT text) LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE 'SELECT pg_input_is_valid($1, $2), (pg_input_error_info($1, $2)).sql_error_code' INTO valid,
    code USING input, type;
END
$$;
SELECT CASE WHEN current_setting('server_version_num')::int >= 160000
    THEN collect_tap(
        is_empty(
            $$
                SELECT label, s
                FROM hostile AS h, pg_temp.soft_error(type, input) AS s
                WHERE s.valid OR s.code <> h.sqlstate$$,
            'pg_input_is_valid says no, with the same SQLSTATE'),
        ok(
            (SELECT bool_and(valid) FROM pg_temp.soft_error('tco', '6 USD'))
                AND (SELECT bool_and(valid) FROM pg_temp.soft_error('tco_avg_state', '1 6 USD'))
           AND (SELECT bool_and(valid) FROM pg_temp.soft_error('tariff', 'graduated: 1'))
           AND (SELECT bool_and(valid) FROM pg_temp.soft_error('tariff_state', '1 0 5 graduated: 1')),
           'pg_input_is_valid says yes to what is right'))
    ELSE skip('pg_input_is_valid is new in PostgreSQL 16', 2) END;

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
