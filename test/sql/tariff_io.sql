-- The text of a tariff: mode, a colon, then tiers as price [flat fee] [upto bound].
\getenv dir PG_ABS_SRCDIR
\set file :dir '/include/error_of.sql'
\i :file

-- one text leaves, however it was written
SELECT input::tariff FROM (VALUES
    ('graduated: 0 upto 100, 0.09 upto 10240, 0.085 upto 51200, 0.07 upto 153600, 0.05'),
    ('volume: 2 flat 10 upto 100, 1 upto 200, 0.5 flat 50'),
    ('package 10: 100'),
    ('package 0.5 allowance 3: 100 flat 7 upto 1000'),
    ('graduated allowance 100: 0.087 upto 10000, 0.083'),
    ('graduated: 0'),
    ('volume: 1 upto 5'),
    ('graduated: +1.50 upto 010.0, .5 upto 20., 007'),
    ('graduated allowance 0.0: 0.10 flat 0.00'),
    ('graduated: -0 flat -0 upto 1'),
    ('graduated: 0.000000000000000001 upto 0.000000000000000001, 0.123456789012345678'),
    ('graduated allowance 170141183460469231731.687303715884105726: 170141183460469231731.687303715884105726 '
     'flat 170141183460469231731.687303715884105726 upto 170141183460469231731.687303715884105726')
) AS t(input);

-- blanks of any kind and number stand between words; a comma or colon needs none
SELECT E' \t graduated\n:0\r\nupto 100 ,0.09\fflat\x0b1 upto 10240, .07 '::tariff;
SELECT 'package 10:100'::tariff, 'graduated allowance 5:1'::tariff, 'graduated :1 upto 2 ,3'::tariff;

-- malformed text is refused, with what was expected and where
SELECT pg_temp.error_of(format('SELECT %L::tariff', input)) FROM (VALUES
    (''),
    ('  '),
    ('graduated'),
    ('graduated:'),
    ('graduated: '),
    ('Graduated: 1'),
    ('GRADUATED: 1'),
    ('tiered: 1'),
    ('1'),
    (': 1'),
    ('1 USD'),
    ('graduated 1'),
    ('graduated; 1'),
    ('graduated 10: 1'),
    ('graduated allowance: 1'),
    ('graduated allowance 5'),
    ('graduated allowance 5 6: 1'),
    ('graduated allowance 5 allowance 6: 1'),
    ('allowance 5 graduated: 1'),
    ('volume 10: 1'),
    ('package: 1'),
    ('package ten: 1'),
    ('package 10 20: 1'),
    ('package allowance 3: 1'),
    ('package allowance 3 10: 1')
) AS t(input);
SELECT pg_temp.error_of(format('SELECT %L::tariff', input)) FROM (VALUES
    ('graduated: ,1'),
    ('graduated: 1,'),
    ('graduated: 1 upto 5,, 2'),
    ('graduated: 1 upto 5 2'),
    ('graduated: 1 2'),
    ('graduated: free'),
    ('graduated: upto 5'),
    ('graduated: flat 5'),
    ('graduated: 1 upto'),
    ('graduated: 1 upto , 2'),
    ('graduated: 1 flat'),
    ('graduated: 1 flat upto 5'),
    ('graduated: 1 upto infinity'),
    ('graduated: 1 upto NULL'),
    ('graduated: 1 up to 5'),
    ('graduated: 1 UPTO 5'),
    ('graduated: 1 flat 2 flat 3'),
    ('graduated: 1 upto 5 upto 6'),
    ('graduated: 1 upto 5 flat 2'),
    ('graduated: 1: 2'),
    ('graduated: 1; 2'),
    ('graduated: 0 - 100: 0.09'),
    ('graduated: $1'),
    ('graduated: 1 USD'),
    ('graduated: 1 €'),
    ('graduated: 1 upto 5; 2'),
    ('graduated: 10%')
) AS t(input);

-- a number has its digits and at most one point
SELECT pg_temp.error_of(format('SELECT %L::tariff', input)) FROM (VALUES
    ('graduated: 1 upto 10,240, 2'),
    ('graduated: 1 upto 10,240'),
    ('graduated: 1,5'),
    ('graduated: 1 upto 5,2'),
    ('graduated: 1.2.3'),
    ('graduated: 1_000'),
    ('graduated: 1''000'),
    ('graduated: 1e3'),
    ('graduated: 1E-3 upto 5'),
    ('graduated: 1 upto 1e3'),
    ('package 1e3: 1'),
    ('graduated: 0x10'),
    ('graduated: NaN'),
    ('graduated: inf'),
    ('graduated: --1'),
    ('graduated: - 1'),
    ('graduated: .'),
    ('graduated: 1/3')
) AS t(input);

-- what is well written can still be no tariff
SELECT pg_temp.error_of(format('SELECT %L::tariff', input)) FROM (VALUES
    ('graduated: -1'),
    ('graduated: 1 flat -2'),
    ('graduated allowance -1: 1'),
    ('graduated: 1 upto 5, -0.5'),
    ('graduated: 1 upto 0'),
    ('graduated: 1 upto -5'),
    ('graduated: 1 upto 5, 2 upto 5'),
    ('graduated: 1 upto 5, 2 upto 4, 3'),
    ('graduated: 1 upto 5, 2 upto 5.0'),
    ('graduated: 1, 2'),
    ('graduated: 1, 2 upto 5'),
    ('volume: 1 upto 5, 2, 3'),
    ('package 0: 1'),
    ('package -10: 1'),
    ('package 10: 1 upto 5, 2'),
    ('package 10: 1, 2'),
    ('graduated: 1.0000000000000000001'),
    ('graduated: 1.0000000000000000000'),
    ('graduated: 1 flat 0.0000000000000000001'),
    ('graduated: 1 upto 5, 2 upto 5.0000000000000000001'),
    ('graduated allowance 0.0000000000000000001: 1'),
    ('package 0.0000000000000000001: 1')
) AS t(input);

-- so is a number out of range; the greatest is the mark of an open tier
SELECT pg_temp.error_of(format('SELECT %L::tariff', input)) FROM (VALUES
    ('graduated: 170141183460469231731.687303715884105727'),
    ('graduated: 1 upto 170141183460469231731.687303715884105727'),
    ('graduated: 1 flat 170141183460469231732'),
    ('graduated allowance 999999999999999999999999: 1'),
    ('package 170141183460469231731.687303715884105728: 1'),
    ('graduated: -170141183460469231731.687303715884105729')
) AS t(input);

-- ten thousand tiers are the most
SELECT length(t::text), t::text::tariff = t AS same, pg_column_size(t)
FROM (
    SELECT ('volume: ' || string_agg(n || ' upto ' || n, ', '))::tariff AS t FROM generate_series(1, 10000) AS n
) AS great;
SELECT pg_temp.error_of(format('SELECT %L::tariff', 'volume: ' || string_agg(n || ' upto ' || n, ', ')))
FROM generate_series(1, 10001) AS n;

-- a long input is shown in part
SELECT pg_temp.error_of(format('SELECT %L::tariff', 'graduated: ' || repeat('1 upto 5, ', 100)));
SELECT pg_temp.error_of(format('SELECT %L::tariff', 'graduated: 1 ' || repeat('é', 100)));

-- the text of a state: rows with a tariff, rows without, their sum, the tariff
SELECT input::tariff_state FROM (VALUES
    ('0 0 0'),
    ('0 3 0'),
    ('1 0 150.5 graduated: 0.09'),
    ('3 2 -7 volume:1 upto 5.0'),
    ('007 00 +0.50 package 10: 100'),
    ('0 9223372036854775807 -0.0'),
    ('9223372036854775807 0 0.000000000000000000000000000000000001 graduated: 1'),
    ('2 0 -170141183460469231731.687303715884105728 graduated: 1'),
    ('2 0 170141183460469231731.687303715884105727999999999999999999 graduated: 1')
) AS t(input);
SELECT pg_temp.error_of(format('SELECT %L::tariff_state', input)) FROM (VALUES
    (''),
    (' '),
    ('0'),
    ('0 0'),
    ('0 0 '),
    ('1 0'),
    ('1 0 5'),
    ('1 0 5 '),
    ('1 0 graduated: 1'),
    ('x 0 5 graduated: 1'),
    ('-1 0 5 graduated: 1'),
    ('1 -1 5 graduated: 1'),
    ('1.5 0 5 graduated: 1'),
    ('1, 0, 5, graduated: 1'),
    (' 1 0 5 graduated: 1'),
    ('0 0 5'),
    ('0 0 0 graduated: 1'),
    ('0 0 5 graduated: 1'),
    ('1 0 5 tiered: 1'),
    ('1 0 5 graduated: 1 2'),
    ('1 0 5 graduated: -1'),
    ('1 0 1e3 graduated: 1'),
    ('1 0 1,000 graduated: 1'),
    ('1 0 NaN graduated: 1'),
    ('1 0 five graduated: 1'),
    ('1 0 0.0000000000000000000000000000000000001 graduated: 1'),
    ('9223372036854775808 0 5 graduated: 1'),
    ('1 9223372036854775808 5 graduated: 1'),
    ('1 0 170141183460469231731.687303715884105728 graduated: 1'),
    ('1 0 -170141183460469231731.687303715884105728000000000000000001 graduated: 1')
) AS t(input);

-- bytes: version, mode, tiers, allowance, block, then bound, price and fee of each tier; all numbers big-endian
SELECT encode(
    tariff_send(
        'graduated allowance 0.000000000000000001: 0.000000000000000002 flat 0.000000000000000003 upto '
        '0.000000000000000004, 1'),
    'hex');
SELECT encode(tariff_send('package 0.000000000000000258: 1'), 'hex'), encode(tariff_send('volume: 0 upto 1'), 'hex');
-- bytes of a state: version, rows, rows without a tariff, sum as units of 1e-18, rounded down, and
-- of 1e-36, then the tariff
SELECT encode(tariff_state_send('0 0 0'), 'hex'), encode(tariff_state_send('0 258 0'), 'hex');
SELECT encode(tariff_state_send('1 2 -0.000000000000000000000000000000000001 graduated: 0'), 'hex');
SELECT pg_column_size('graduated: 1'::tariff) AS one_tier,
       pg_column_size('graduated: 1 upto 2, 3'::tariff) AS two_tiers,
       pg_column_size('0 0 0'::tariff_state) AS no_rows, pg_column_size('1 0 0 graduated: 1'::tariff_state) AS rows;

-- json and jsonb: every key is there, null for no block and no bound, digits exact
SELECT t::json FROM (VALUES
    ('graduated: 0 upto 100, 0.09'::tariff),
    ('volume: 2 flat 10 upto 100, 0.5 flat 50'),
    ('package 0.5 allowance 3: 100'),
    ('graduated: 0.123456789012345678 upto 170141183460469231731.687303715884105726')
) AS v(t);
SELECT jsonb_pretty('volume allowance 3: 2 flat 10 upto 100, 0.5'::tariff::jsonb);
SELECT t::jsonb = t::json::jsonb AS one_value, t::jsonb::tariff = t AS same, to_jsonb(t) = t::jsonb AS to_jsonb,
       to_json(t)::text = t::json::text AS to_json, row_to_json(v)->'t' IS NOT NULL AS in_rows
FROM (
    VALUES ('graduated: 0 upto 100, 0.09'::tariff),
           ('package 0.5 allowance 3: 100 flat 7 upto 1000'),
           ('volume: 2 flat 10 upto 100, 0.123456789012345678')) AS v(t);
SELECT to_jsonb(t) FROM (VALUES (1, 'package 10: 100'::tariff)) AS t(n, price);

-- from jsonb, what the constructor has a default for and the bound of an open tier may be left out
SELECT input::jsonb::tariff FROM (VALUES
    ('{"tiers": [{"price": 1}]}'),
    ('{"tiers": [{"upto": 10, "price": 1.50}, {"price": 2, "flat": 3, "upto": null}], "block": null}'),
    ('{"allowance": 5, "tiers": [{"upto": 1e3, "price": 1E-2}], "mode": "volume"}'),
    ('{"block": 10, "mode": "package", "tiers": [{"price": 100}]}'),
    ('{"tiers": [{"price": 1}, {"price": 2}], "tiers": [{"price": 3}]}')
) AS t(input);

-- a key that is missing, unknown or of another type is refused
SELECT pg_temp.error_of(format('SELECT %L::jsonb::tariff', input)) FROM (VALUES
    ('null'),
    ('1'),
    ('"graduated: 1"'),
    ('[]'),
    ('[{"price": 1}]'),
    ('{}'),
    ('{"mode": "graduated"}'),
    ('{"tiers": null}'),
    ('{"tiers": 1}'),
    ('{"tiers": "1"}'),
    ('{"tiers": {"price": 1}}'),
    ('{"tiers": []}'),
    ('{"tiers": [1]}'),
    ('{"tiers": [null]}'),
    ('{"tiers": [[{"price": 1}]]}'),
    ('{"tiers": [{"price": 1}, []]}'),
    ('{"tiers": [{}]}'),
    ('{"tiers": [{"upto": 5}]}'),
    ('{"tiers": [{"price": 1, "upto": 5}, {"flat": 1}]}'),
    ('{"tiers": [{"price": null}]}'),
    ('{"tiers": [{"price": "1"}]}'),
    ('{"tiers": [{"price": [1]}]}'),
    ('{"tiers": [{"price": true}]}'),
    ('{"tiers": [{"price": 1, "flat": null}]}'),
    ('{"tiers": [{"price": 1, "flat": "2"}]}'),
    ('{"tiers": [{"price": 1, "upto": "5"}]}'),
    ('{"tiers": [{"price": 1, "upto": {}}]}'),
    ('{"tiers": [{"price": 1, "up_to": 5}]}'),
    ('{"tiers": [{"price": 1, "Upto": 5}]}'),
    ('{"tiers": [{"price": 1, "": 5}]}'),
    ('{"tiers": [{"price": 1, "x": {"upto": 5}}]}'),
    ('{"tiers": [{"price": 1}], "currency": "USD"}'),
    ('{"tiers": [{"price": 1}], "Mode": "volume"}'),
    ('{"tiers": [{"price": 1}], "mode": null}'),
    ('{"tiers": [{"price": 1}], "mode": 1}'),
    ('{"tiers": [{"price": 1}], "mode": "tiered"}'),
    ('{"tiers": [{"price": 1}], "mode": ["volume"]}'),
    ('{"tiers": [{"price": 1}], "allowance": null}'),
    ('{"tiers": [{"price": 1}], "allowance": "5"}'),
    ('{"tiers": [{"price": 1}], "block": "5"}'),
    ('{"tiers": [{"price": 1}], "block": []}')
) AS t(input);
SELECT pg_temp.error_of(format('SELECT %L::jsonb::tariff', input)) FROM (VALUES
    ('{"tiers": [{"price": -1}]}'),
    ('{"tiers": [{"price": 1}, {"price": 2}]}'),
    ('{"tiers": [{"price": 1, "upto": 5}, {"price": 2, "upto": 5}]}'),
    ('{"tiers": [{"price": 1, "upto": 0}]}'),
    ('{"tiers": [{"price": 1}], "block": 5}'),
    ('{"tiers": [{"price": 1}], "mode": "package"}'),
    ('{"tiers": [{"price": 1}], "mode": "package", "block": 0}'),
    ('{"tiers": [{"price": 1}], "allowance": -1}'),
    ('{"tiers": [{"price": 1e-19}]}'),
    ('{"tiers": [{"price": 1, "upto": 1e21}]}'),
    ('{"tiers": [{"price": 1, "upto": 170141183460469231731.687303715884105727}]}'),
    ('{"tiers": [{"price": 1e400}]}')
) AS t(input);
SELECT pg_temp.error_of(
    format(
        'SELECT %L::jsonb::tariff', jsonb_build_object('tiers', jsonb_agg(jsonb_build_object('price', n, 'upto', n))))
)
FROM generate_series(1, 10001) AS n;

-- the casts to and from jsonb, and to json, are explicit
SELECT pg_temp.error_of('SELECT jsonb_array_length(''graduated: 1''::tariff)');
SELECT pg_temp.error_of('SELECT tariff_cost(''{"tiers": [{"price": 1}]}''::jsonb, 1)');
SELECT pg_temp.error_of('SELECT tariff_cost(''graduated: 1''::text, 1)');

-- as array, composite and NULL
CREATE TABLE meter (name text, price tariff, earlier tariff[]);
INSERT INTO meter VALUES
    ('a', 'graduated: 0 upto 100, 0.09', '{graduated: 1,"volume: 2 flat 10 upto 100, 1",NULL}'),
    ('b', NULL, '{}'),
    ('c', 'package 10: 100', NULL);
TABLE meter;
SELECT m FROM meter m;
SELECT '(a,"graduated: 1 upto 2, 3","{""volume: 1 upto 5, 2"",package 10: 1}")'::meter;
SELECT name, earlier[2], cardinality(earlier) FROM meter ORDER BY name;
SELECT NULL::tariff IS NULL AS tariff, NULL::tariff::json IS NULL AS json, NULL::tariff::jsonb IS NULL AS jsonb,
       NULL::jsonb::tariff IS NULL AS from_jsonb, NULL::tariff_state IS NULL AS state;
SELECT pg_temp.error_of('SELECT ''{graduated: 1,graduated: x}''::tariff[]');
DROP TABLE meter;
