-- What tokens cost: of a request under every convention, and by the million.
\getenv dir PG_ABS_SRCDIR
\set file :dir '/include/error_of.sql'
\i :file

-- prices are per million tokens; the first four arguments are a whole bill
SELECT token_cost(1000, 500, 3, 15), token_cost(0, 0, 3, 15), token_cost(1, 0, 0.02, 0);

-- cached tokens, counted both ways
SELECT token_cost(
    1000000, 0, 2.50, 10, cache_read_tokens => 900000, cache_read_price => 1.25, cached_convention => 'included'
) AS included,
       token_cost(
           100000, 0, 2.50, 10, cache_read_tokens => 900000, cache_read_price => 1.25, cached_convention => 'excluded'
       ) AS excluded;
SELECT token_cost(10, 0, 3, 15, cache_read_tokens => 20000, cache_write_5m_tokens => 3000, cache_write_1h_tokens => 400,
                  cache_read_price => 0.30, cache_write_5m_price => 3.75, cache_write_1h_price => 6,
                  cached_convention => 'excluded');

-- reasoning, likewise
SELECT token_cost(
    1000, 5500, 3, 15, reasoning_tokens => 5000, reasoning_price => 15, reasoning_convention => 'included'
) AS included,
       token_cost(
           1000, 500, 3, 15, reasoning_tokens => 5000, reasoning_price => 15, reasoning_convention => 'on_top'
       ) AS on_top,
       token_cost(
           1000, 500, 3, 15, reasoning_tokens => 5000, reasoning_price => 20, reasoning_convention => 'on_top'
       ) AS dearer;

-- a batch discount is on everything
SELECT token_cost(1000, 500, 3, 15, batch_factor => 0.5) AS half,
       token_cost(1000, 500, 3, 15, batch_factor => 0) AS free,
       token_cost(1000, 500, 3, 15, batch_factor => 1.1) AS surcharge;

-- a long request: all of it at the long prices
SELECT n,
       token_cost(
           n, 10, 3, 15, context_threshold => 200000, long_input_price => 6, long_output_price => 22.50) AS above,
       token_cost(
           n, 10, 3, 15, context_threshold => 200000, long_input_price => 6, long_output_price => 22.50,
           threshold_strict => false) AS from_it_on
FROM (VALUES (199999), (200000), (200001)) AS t(n);
-- cached tokens are input of the request, wherever they are counted
SELECT token_cost(
    1000, 0, 3, 15, cache_read_tokens => 199001, cache_read_price => 0.30, cached_convention => 'excluded',
                  context_threshold => 200000, long_input_price => 6, long_cache_read_price => 0.60) AS excluded,
       token_cost(
           200001, 0, 3, 15, cache_read_tokens => 199001, cache_read_price => 0.30, cached_convention => 'included',
                  context_threshold => 200000, long_input_price => 6, long_cache_read_price => 0.60) AS included,
       token_cost(
           200000, 0, 3, 15, cache_read_tokens => 199001, cache_read_price => 0.30, cached_convention => 'included',
                  context_threshold => 200000, long_input_price => 6, long_cache_read_price => 0.60) AS not_long;
-- output, and a threshold without long tokens, do not matter
SELECT token_cost(1, 1000000, 3, 15, context_threshold => 200000, long_input_price => 6, long_output_price => 22.50),
       token_cost(1, 0, 3, 15, context_threshold => 200000);

-- exact to the last digit, without trailing zeros
SELECT token_cost(9223372036854775807, 0, 0.000000000000000001, 0),
       token_cost(1, 0, 0.000000000000000001, 0, batch_factor => 0.000000000000000001);
SELECT token_cost(
    9223372036854775807, 9223372036854775807, 170141183460469231731, 170141183460469231731,
    batch_factor => 0.999999999999999999);

-- a price that is unknown leaves the cost unknown, but only where there are tokens; no price stands in for another
SELECT token_cost(1000, 0, 0.02, NULL) AS not_needed, token_cost(1000, 1, 0.02, NULL) AS output,
       token_cost(1000, 1, NULL, 0) AS input,
       token_cost(1000, 0, 3, 15, cache_read_tokens => 10, cached_convention => 'included') AS cache_read,
       token_cost(1000, 0, 3, 15, cache_write_5m_tokens => 10, cached_convention => 'excluded') AS cache_write_5m,
       token_cost(1000, 0, 3, 15, cache_write_1h_tokens => 10, cached_convention => 'excluded') AS cache_write_1h,
       token_cost(1000, 20, 3, 15, reasoning_tokens => 10, reasoning_convention => 'included') AS reasoning,
       token_cost(200001, 0, 3, 15, context_threshold => 200000, long_output_price => 22.50) AS long;
-- an input that is all cached needs no price of input
SELECT token_cost(
    1000, 0, NULL, NULL, cache_read_tokens => 1000, cache_read_price => 0.30, cached_convention => 'included');
-- a count, the factor or the strictness that is unknown leaves the cost unknown, too; a convention of NULL is none
SELECT token_cost(NULL, 1, 3, 15), token_cost(1, NULL, 3, 15), token_cost(1, 1, 3, 15, cache_read_tokens => NULL),
       token_cost(1, 1, 3, 15, cache_write_5m_tokens => NULL),
       token_cost(1, 1, 3, 15, cache_write_1h_tokens => NULL), token_cost(1, 1, 3, 15, reasoning_tokens => NULL),
       token_cost(1, 1, 3, 15, batch_factor => NULL),
       token_cost(1, 1, 3, 15, threshold_strict => NULL);
SELECT token_cost(
    1, 1, 3, 15, cached_convention => NULL, reasoning_convention => NULL, context_threshold => NULL,
    long_input_price => NULL);

-- what cannot be is an error that names the argument
SELECT call, pg_temp.error_of('SELECT token_cost(' || call || ')') FROM (VALUES
    ('100, 0, 3, 15, cache_read_tokens => 101, cached_convention => ''included'''),
    ('100, 0, 3, 15, cache_read_tokens => 50, cache_write_5m_tokens => 30, cache_write_1h_tokens => 21, '
     'cached_convention => ''included'''),
    ('100, 10, 3, 15, reasoning_tokens => 11, reasoning_convention => ''included'''),
    ('100, 10, 3, 15, cache_read_tokens => 1'),
    ('100, 10, 3, 15, cache_write_5m_tokens => 1, cached_convention => NULL'),
    ('100, 10, 3, 15, reasoning_tokens => 1'),
    ('100, 10, 3, 15, cached_convention => ''Included'''),
    ('100, 10, 3, 15, reasoning_convention => ''excluded'''),
    ('100, 10, 3, 15, long_input_price => 6'),
    ('9223372036854775807, 0, 170141183460469231731, 0, batch_factor => 170141183460469231731')
) AS t(call);
SELECT argument,
       pg_temp.error_of(
           format(
               'SELECT token_cost(%s => -1, %s)', argument,
               (SELECT string_agg(a || ' => 1', ', ')
                FROM unnest(ARRAY['input_tokens', 'output_tokens', 'input_price', 'output_price']) AS a
                WHERE a <> argument)))
FROM (
    VALUES ('input_tokens'),
           ('output_tokens'),
           ('cache_read_tokens'),
           ('cache_write_5m_tokens'),
           ('cache_write_1h_tokens'),
           ('reasoning_tokens'),
           ('context_threshold'),
             ('input_price'),
             ('output_price'),
             ('cache_read_price'),
             ('cache_write_5m_price'),
             ('cache_write_1h_price'),
             ('reasoning_price'),
             ('batch_factor'),
             ('long_input_price'),
             ('long_output_price'),
             ('long_cache_read_price'),
             ('long_cache_write_5m_price'),
             ('long_cache_write_1h_price'),
             ('long_reasoning_price')) AS t(argument);
SELECT value, pg_temp.error_of(format('SELECT token_cost(1, 1, 3, %L)', value)),
       split_part(
           pg_temp.error_of(format('SELECT token_cost(1, 1, 3, 15, batch_factor => %L)', value)), E'\n', 1) AS factor
FROM (
    VALUES ('NaN'),
           ('Infinity'),
           ('-Infinity'),
           ('0.0000000000000000001'),
           ('-0.0000000000000000001'),
           ('170141183460469231732')) AS t(value);
-- also where the cost is unknown for another reason
SELECT split_part(pg_temp.error_of('SELECT token_cost(1, 1, NULL, -15)'), E'\n', 1) AS price,
       split_part(
           pg_temp.error_of(
               'SELECT token_cost(1, 1, NULL, NULL, cache_read_tokens => 2, cached_convention => ''included'')'),
           E'\n', 1) AS usage;

-- by the million
SELECT per_million(4608, 460800000), per_million(1, 3), per_million(-2, 1000000), per_million(0, 5),
       per_million(0.000001, 1e20);
SELECT per_million('0.99 USD compute=0.90 energy=0.09'::tco, 3000000),
       per_million('1 USD compute=2 credit=-1'::tco, 3e6);
-- nothing divided by nothing is unknown
SELECT per_million(5, 0), per_million(0, 0), per_million('5 USD'::tco, 0), per_million(NULL::numeric, 1),
       per_million(1, NULL), per_million(NULL::tco, 1);
SELECT call, pg_temp.error_of('SELECT ' || call) FROM (VALUES
    ('per_million(1, -1)'),
    ('per_million(''1 USD''::tco, -0.5)'),
    ('per_million(1, ''NaN'')'),
    ('per_million(1, ''Infinity'')'),
    ('per_million(''NaN'', 1)'),
    ('per_million(''-Infinity'', 0)'),
    ('per_million(''170000000000000000000 USD''::tco, 1)')
) AS t(call);

-- by the hour
SELECT cost_per_million_tokens(2.50, 700), cost_per_million_tokens(2.50, 700, 0.10),
       cost_per_million_tokens(3.60, 1000), cost_per_million_tokens(0, 1);
-- a rate and a share can be float8, of which 15 digits count, as in a cast; a price cannot
SELECT cost_per_million_tokens(3.60, tokens_per_second(1e9, 1000)) AS of_estimate,
       cost_per_million_tokens(3.60, 1000::float8, 0.1::float8 + 0.2::float8) AS of_shares,
       cost_per_million_tokens(3.60, 1000, 0.5::float8) AS of_share,
       cost_per_million_tokens(3.60, 1000::float8, 0.5) AS of_rate,
       cost_per_million_tokens(12345678901234567890.5, 1000000, 1) AS of_numeric,
       cost_per_million_tokens(price_per_hour => 3.60, tokens_per_second => 1000, utilisation => 0.5) AS by_name;
SELECT cost_per_million_tokens(1, NULL::float8), cost_per_million_tokens(1, 1, NULL::float8);
SELECT cost_per_million_tokens(NULL, 1), cost_per_million_tokens(1, NULL), cost_per_million_tokens(1, 1, NULL);
SELECT call, pg_temp.error_of('SELECT cost_per_million_tokens(' || call || ')') FROM (VALUES
    ('-1, 1'),
    ('1, 0'),
    ('1, -1'),
    ('1, 1, 0'),
    ('1, 1, 1.01'),
    ('1, 1, -0.1'),
    ('''NaN'', 1'),
    ('1, ''Infinity'''),
    ('1, 1, ''NaN'''),
    ('1, 0::float8'),
    ('1, 1, 1.01::float8'),
    ('1, 1::numeric, ''NaN''::numeric'),
    ('1::float8, 1')
) AS t(call);
