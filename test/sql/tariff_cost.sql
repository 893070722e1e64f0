-- What a quantity costs under a tariff: in total, after others, line by line, at the margin.
\getenv dir PG_ABS_SRCDIR
\set file :dir '/include/error_of.sql'
\i :file

-- a tier has its upper bound, the next begins above it
SELECT q, tariff_cost('graduated: 3 upto 10, 2 upto 20, 1', q) AS graduated,
       tariff_cost('volume: 3 upto 10, 2 upto 20, 1', q) AS volume, tariff_cost('package 10: 3', q) AS package
FROM unnest(ARRAY[0, 1, 9.5, 10 - 1e-36, 10, 10 + 1e-36, 10.000000000000000001, 11, 20, 20.5, 21, 1e15]) AS q;

-- a fee is due once, when its tier is reached, the first at quantity 0
SELECT q, tariff_cost('graduated: 1 flat 5 upto 10, 0 flat 7 upto 20, 2 flat 9', q) AS graduated,
       tariff_cost('volume: 1 flat 5 upto 10, 0 flat 7 upto 20, 2 flat 9', q) AS volume,
       tariff_cost('package 10: 1 flat 5', q) AS package
FROM unnest(ARRAY[0, 1, 10, 10.1, 20, 20.1]) AS q;

-- an allowance stands before the tiers and shifts them
SELECT q, tariff_cost('graduated allowance 100: 3 upto 10, 1', q) AS graduated,
       tariff_cost('volume allowance 100: 3 upto 10, 1', q) AS volume,
       tariff_cost('package 10 allowance 100: 5', q) AS package,
       tariff_cost('graduated allowance 100: 3 flat 2 upto 10, 1', q) AS with_fee
FROM unnest(ARRAY[0, 99.5, 100, 100 + 1e-36, 101, 110, 110.5, 120]) AS q;
-- inside the first tier it is a tier at price 0, which costs otherwise
SELECT tariff_cost('graduated allowance 100: 0.087 upto 10000, 0.083', 50000) AS before,
       tariff_cost('graduated: 0 upto 100, 0.087 upto 10000, 0.083', 50000) AS inside;

-- package: blocks are bought whole, counted on the total
SELECT q, tariff_cost('package 0.3: 0.1', q) AS thirds, tariff_cost('package 1000: 10', q) AS thousands,
       tariff_cost('package 10: 100 upto 25', least(q, 25)) AS closed
FROM unnest(ARRAY[0, 1e-36, 0.3, 0.300000000000000001, 0.9, 1, 1000, 1000.5, 2700]) AS q;

-- the product of price and quantity has all its digits, and no zeros after them
SELECT tariff_cost('graduated: 0.123456789012345678', 0.000000000000000000000000000000000001) AS least,
       tariff_cost('graduated: 0.5', 2.00) AS trimmed, tariff_cost('graduated: 0.333333333333333333', 3) AS thirds,
       tariff_cost('graduated: 0.000016667', 1234567.123456789) AS metered;
SELECT tariff_cost(
    'graduated: 170141183460469231731.687303715884105726', 170141183460469231731.687303715884105727999999999999999999
);

-- a closed last tier ends the tariff, also of a package
SELECT tariff_cost('graduated: 1 upto 5, 2 upto 7', 7), tariff_cost('volume: 1 upto 5', 5),
       tariff_cost('package 10: 3 upto 25', 25);
SELECT pg_temp.error_of(format('SELECT %s', call)) FROM (VALUES
    ('tariff_cost(''graduated: 1 upto 5, 2 upto 7'', 7.000000000000000001)'),
    ('tariff_cost(''graduated: 1 upto 5'', 5 + 1e-36)'),
    ('tariff_cost(''volume allowance 100: 1 upto 5'', 106)'),
    ('tariff_cost(''package 10: 3 upto 25'', 26)'),
    ('tariff_cost(''graduated: 1 upto 5'', 3, 3)'),
    ('tariff_cost(''graduated: 1 upto 5'', -3, 6)'),
    ('tariff_marginal(''graduated: 1 upto 5'', 5)'),
    ('tariff_marginal(''graduated: 1 upto 5'', 1e10)'),
    ('count(*) FROM tariff_lines(''graduated: 1 upto 5'', 6)')
) AS t(call);

-- what is rated is 0 or more in total
SELECT pg_temp.error_of(format('SELECT %s', call)) FROM (VALUES
    ('tariff_cost(''graduated: 1'', -1)'),
    ('tariff_cost(''graduated: 1'', -1e-36)'),
    ('tariff_cost(''graduated: 1'', -3, 2)'),
    ('tariff_cost(''graduated: 1'', 3, -2)'),
    ('tariff_cost(''graduated: 1'', 3, -4)'),
    ('tariff_marginal(''graduated: 1'', -1)'),
    ('count(*) FROM tariff_lines(''graduated: 1'', -1)')
) AS t(call);

-- a quantity has at most 36 decimals and 21 digits before them
SELECT pg_temp.error_of(format('SELECT %s', call)) FROM (VALUES
    ('tariff_cost(''graduated: 1'', 1e-37)'),
    ('tariff_cost(''graduated: 1'', 1, 1e-37)'),
    ('tariff_marginal(''graduated: 1'', 1e-37)'),
    ('count(*) FROM tariff_lines(''graduated: 1'', 1e-37)'),
    ('tariff_cost(''graduated: 1'', ''NaN'')'),
    ('tariff_cost(''graduated: 1'', ''Infinity'')'),
    ('tariff_cost(''graduated: 1'', 1, ''-Infinity'')'),
    ('tariff_marginal(''graduated: 1'', ''NaN'')'),
    ('count(*) FROM tariff_lines(''graduated: 1'', ''NaN'')'),
    ('tariff_cost(''graduated: 1'', 170141183460469231731.687303715884105728)'),
    ('tariff_cost(''graduated: 1'', -1e21)'),
    ('tariff_cost(''graduated: 1'', 1, 1e400)'),
    ('tariff_cost(''graduated: 1'', 1e20, 1e20)'),
    ('tariff_cost(''package 0.000000000000000001: 1'', 1000)')
) AS t(call);

-- after others, a quantity costs the difference of two totals
SELECT prior, q, tariff_cost('graduated: 1 flat 100 upto 5, 2 flat 50 upto 10, 3', q, prior) AS graduated,
       tariff_cost('volume: 3 upto 5, 1', q, prior) AS volume, tariff_cost('package 10: 4', q, prior) AS package,
       tariff_cost('graduated allowance 6: 1', q, prior) AS allowance
FROM (VALUES (0, 0), (0, 5), (0, 6), (5, 0), (5, 1), (5, 10), (6, -1), (6, -6), (12, -3.5), (1e-36, 5)) AS t(prior, q);
-- prior 0 means that the first tier's fee was billed
SELECT tariff_cost('graduated: 1 flat 100', 5) AS whole, tariff_cost('graduated: 1 flat 100', 0) AS base,
       tariff_cost('graduated: 1 flat 100', 5, 0) AS more;
-- in volume pricing more can cost less
SELECT tariff_cost('volume: 10 upto 15, 5', 16) AS cost, tariff_cost('volume: 10 upto 15, 5', 1, 15) AS more;
SELECT tariff_cost(tariff => 'graduated: 1', quantity => 5),
       tariff_cost(prior => 2, quantity => 5, tariff => 'graduated: 1 upto 3, 2');

-- lines: quantity times price and the fee make the amount, of each tier that is reached, the first always
SELECT q, lines.*
FROM unnest(ARRAY[0, 10, 10.5, 25]) AS q,
     tariff_lines('graduated: 3 flat 5 upto 10, 2 upto 20, 1 flat 1 upto 50, 0.5', q) AS lines;
SELECT q, lines.* FROM unnest(ARRAY[0, 10, 10.5]) AS q, tariff_lines('volume: 3 flat 5 upto 10, 2', q) AS lines;
-- in a package the quantity counts blocks
SELECT q, lines.* FROM unnest(ARRAY[0, 10, 10.5]) AS q, tariff_lines('package 10: 3 flat 5', q) AS lines;
-- an allowance shifts the bounds and is on no line
SELECT q, lines.*
FROM unnest(ARRAY[0, 50, 100, 105, 111]) AS q, tariff_lines('graduated allowance 100: 3 upto 10, 1', q) AS lines;
SELECT q, lines.* FROM unnest(ARRAY[50, 105, 111]) AS q, tariff_lines('volume allowance 100: 3 upto 10, 1', q) AS lines;
SELECT lines.* FROM tariff_lines('package 10 allowance 100: 3', 121) AS lines;
SELECT sum(amount), array_agg(tier) FROM tariff_lines(tariff => 'graduated: 3 upto 10, 1', quantity => 12);
SELECT (tariff_lines('graduated: 3 upto 10, 1', 12)).*;
SELECT lines.*
FROM tariff_lines('graduated: 1 upto 0.000000000000000001, 2', 0.000000000000000001000000000000000001) AS lines;
SELECT count(*), sum(amount), max(to_quantity)
FROM (
    SELECT ('graduated: ' || string_agg('1 upto ' || n, ', '))::tariff AS t FROM generate_series(1, 10000) AS n
) AS great,
     tariff_lines(t, 9999.5);

-- at the margin: the price of the next unit, 0 within the allowance
SELECT q, tariff_marginal('graduated: 3 flat 9 upto 10, 2 upto 20, 1', q) AS graduated,
       tariff_marginal('volume: 3 upto 10, 2 upto 20, 1', q) AS volume,
       tariff_marginal('package 10: 7', q) AS package,
       tariff_marginal('graduated allowance 10: 3 upto 10, 2', q) AS allowance,
       tariff_marginal('volume allowance 10: 3 upto 10, 2', q) AS volume_allowance
FROM unnest(ARRAY[0, 1, 10 - 1e-36, 10, 10 + 1e-36, 19.999999999999999999, 20, 1e15]) AS q;
SELECT tariff_marginal('graduated: 1 upto 5', 5 - 1e-36),
       tariff_marginal(quantity => 5, tariff => 'graduated: 0.123456789012345678');

-- a NULL anywhere gives NULL, or no lines
SELECT tariff_cost(NULL, 1), tariff_cost('graduated: 1', NULL), tariff_cost('graduated: 1', NULL, 1),
       tariff_cost('graduated: 1', 1, NULL), tariff_cost(NULL, 1, 1), tariff_marginal(NULL, 1),
       tariff_marginal('graduated: 1', NULL);
SELECT count(*) FROM tariff_lines(NULL, 1);
SELECT count(*) FROM tariff_lines('graduated: 1', NULL);
