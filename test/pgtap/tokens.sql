-- What tokens cost: the bills that others have published, then token_cost and
-- the month in which inference passes training against plain numeric, over
-- generated usage. That depends on its number alone: a failure names it.
BEGIN;
SELECT plan(59);
SET LOCAL work_mem = '64MB';

-- ---- published bills ------------------------------------------------------

-- pydantic/genai-prices, tests/test_tiered_pricing.py, 2026-08-21
CREATE FUNCTION pg_temp.sonnet_4_5(input bigint, output bigint) RETURNS numeric LANGUAGE sql AS $$
    SELECT token_cost(
        input, output, 3, 15, context_threshold => 200000, long_input_price => 6, long_output_price => 22.50)
$$;
SELECT is(pg_temp.sonnet_4_5(100000, 0), 0.30, '100,000 tokens of input cost 0.30');
SELECT is(pg_temp.sonnet_4_5(200000, 0), 0.60, '200,000 are not above the threshold');
SELECT is(pg_temp.sonnet_4_5(200001, 0), 1.200006, 'with 200,001 all tokens cost the higher price');
SELECT is(pg_temp.sonnet_4_5(1000000, 0), 6.0, 'a million cost 6');
SELECT is(pg_temp.sonnet_4_5(300000, 100000), 4.05, 'the input decides about the price of the output, too: 4.05');

-- https://github.com/Osmantic/ODS/pull/2519
SELECT is(
    token_cost(
        1000000, 0, 2.50, 10, cache_read_tokens => 900000, cache_read_price => 1.25, cached_convention => 'included'),
    1.375,
    'of a million tokens of input 900,000 are cached: 1.375');
SELECT is(
    token_cost(
        1000000, 0, 2.50, 10, cache_read_tokens => 900000, cache_read_price => 1.25, cached_convention => 'excluded'),
    3.625,
    'taken for excluded, they are charged twice: the 3.625 of the peer');

-- https://github.com/agentjido/req_llm/issues/198
SELECT is(
    token_cost(1000, 500, 3, 15, reasoning_tokens => 5000, reasoning_price => 15, reasoning_convention => 'on_top'),
    0.0855, 'reasoning on top of the output: 0.0855');
SELECT is(token_cost(1000, 500, 3, 15), 0.0105, 'without it the bill is the 0.0105 of the tool');
SELECT throws_ok(
    $$
        SELECT token_cost(
            1000, 500, 3, 15, reasoning_tokens => 5000, reasoning_price => 15, reasoning_convention => 'included')$$,
    '22023', NULL,
    '5000 tokens of reasoning cannot be included in 500 of output');

SELECT throws_ok(
    $$SELECT token_cost(1000, 500, 3, 15, cache_read_tokens => 100, cache_read_price => 0.30)$$, '22023',
    '"cached_convention" is required if a cached token count is not 0',
    'the convention of cached tokens is an argument, and has no default');
SELECT throws_ok(
    $$SELECT token_cost(1000, 500, 3, 15, cache_write_1h_tokens => 100, cache_write_1h_price => 6)$$, '22023',
    '"cached_convention" is required if a cached token count is not 0',
    'tokens that are written to the cache demand it, too');
SELECT is(
    ARRAY[
        token_cost(
            1000, 0, 3, 15, cache_read_tokens => 100, cache_read_price => 0.30, cached_convention => 'included'),
                token_cost(
                    1000, 0, 3, 15, cache_read_tokens => 100, cache_read_price => 0.30,
                    cached_convention => 'excluded')], ARRAY[0.00273, 0.00303],
    'the same counts are two bills under two conventions');

-- https://github.com/Wei-Shaw/sub2api/issues/5771: xAI itself billed 232856000 ticks of 1e-10
SELECT is(
    token_cost(
        10120, 1499, 1.25, 2.50, cache_read_tokens => 128, cache_read_price => 0.20, cached_convention => 'included',
                     reasoning_tokens => 2809, reasoning_price => 2.50,
                     reasoning_convention => 'on_top'), 0.0232856,
                         'the bill of xAI for a request with cached tokens and reasoning');

-- Anthropic, Sonnet 4.6: https://tokenmiser.uk/blog/prompt-caching-basics/ prints about 0.010
SELECT is(
    token_cost(
        1, 67, 3, 15, cache_read_tokens => 30433, cache_read_price => 0.30, cache_write_5m_tokens => 287,
        cache_write_5m_price => 3.75, cached_convention => 'excluded'),
    0.01121415,
    'a request to Anthropic whose input is nearly all cached');

-- the day's price of a row with a missing one is not 0: https://github.com/onyx-dot-app/onyx/pull/14947
SELECT is(token_cost(1000, 500, NULL, NULL), NULL::numeric, 'a model without prices has an unknown cost, not 0');
SELECT is(token_cost(1000, 500, 0, 0), 0.0, 'a model that is free costs 0');

-- ---- by the million -------------------------------------------------------

-- https://dreaming.press/posts/self-hosting-llm-inference-vs-api-cost.html
SELECT is(round(cost_per_million_tokens(2.50, 700), 2), 0.99, '2.50 an hour at 700 tokens a second is 0.99 a million');
SELECT is(round(cost_per_million_tokens(2.50, 700, 0.10), 2), 9.92, 'at a tenth of the load it is 9.92');
SELECT is(
    cost_per_million_tokens(2.50, 700), trim_scale(per_million(2.50, 700 * 3600)),
    'that is the cost of an hour by the million of its tokens');

-- https://kshirol-dev.github.io/learnAI/AIInfrastructure/09-inference-infrastructure.html
SELECT is(
    '4608 USD'::tco / '10 USD'::tco, 460.8,
    'at 10 a million, 4,608 a month buy 460.8 million tokens, not the 0.46 million that the peer prints');
SELECT is(per_million(4608, 460.8 * 1000000), 10.0, 'that many tokens cost 10 a million');
SELECT is(per_million(4608, 0.46 * 1000000) > 10000, true, '0.46 million tokens would cost more than 10,000 a million');

-- https://forg.pro/tools/selfhost-vs-api: two A100, 48 tokens a second
SELECT is(
    round(per_million(3650, 48 * 730 * 3600), 2), 28.94,
    'two devices at 2.50 that make 126.1 million tokens a month cost 28.94 a million');
SELECT is(round(cost_per_million_tokens(2 * 2.50, 48), 2), 28.94, 'which is their price by the hour and the million');
SELECT is(
    round('3650 USD'::tco / '0.45 USD'::tco, 1), 8111.1,
    'the 8,111.1 million tokens of the source are 64 times what they make');

-- https://llmtco.com/methodology/
SELECT is(token_cost(1000000, 500000, 3, 15), 10.5, 'a million tokens in at 3 and half a million out at 15 are 10.50');
SELECT is(total('1.50 USD'::tco * (730 * 0.30)), 328.5, '1.50 an hour at 30 % of 730 hours are 328.50');
SELECT is(total(round('15000 USD'::tco / 36, 2)), 416.67, '15,000 over 36 months are 416.67 a month');
SELECT is(round('320 USD'::tco / '3 USD'::tco, 1), 106.7, '320 a month buy 106.7 million tokens at 3');
SELECT is(round(per_million(320, 106666667), 2), 3.00, 'which then cost 3 a million');
SELECT is(
    round(cost_per_million_tokens(1.50, 2000), 2), 0.21, '1.50 an hour at 2,000 tokens a second is 0.21 a million');

-- ---- metered compute ------------------------------------------------------

-- https://aws.amazon.com/lambda/pricing/, 2019
SELECT is(
    round(tariff_cost('graduated allowance 400000: 0.00001667', 3000000 * 1 * 512 / 1024.0), 2), 18.34,
    '1.5 million GB-seconds, 400,000 of them free, are 18.34');
SELECT is(
    per_million(tariff_cost('graduated allowance 1000000: 0.0000002', 3000000), 3000000 - 1000000), 0.2,
    'requests past the free million cost 0.20 a million');
SELECT is(
    tariff_cost('graduated allowance 1000000: 0.0000002', 3000000), 0.4,
    '3 million requests, a million of them free, are 0.40');
SELECT is(
    round(
        tariff_cost('graduated allowance 400000: 0.00001667', 1500000)
            + tariff_cost('graduated allowance 1000000: 0.0000002', 3000000),
        2),
    18.74, 'in all 18.74');

-- ---- training -------------------------------------------------------------

-- the article: 100 hours on a CPU, 5 on a GPU
SELECT is(training_cost(100, 1, 20), 5.0, 'a training of 100 hours on a CPU takes 5 on a GPU that is 20 times as fast');
SELECT is(
    ARRAY[training_cost(100, 0.40), training_cost(100, 2.56, 20)], ARRAY[40.0, 12.8],
    'dearer by the hour, the GPU costs less in all');
SELECT is(training_cost(100, 0.40 * 20, 20), training_cost(100, 0.40), 'it does until its hour costs 20 times as much');

-- ---- generated usage ------------------------------------------------------

-- Counts of 0, of a request, of a month; prices with 0 to 18 decimals, some 0, some NULL. uncached:
-- input that is not cached; answer: output that is not reasoning.
CREATE TEMP TABLE usage AS
SELECT n, count_of[1] AS uncached, count_of[2] AS answer, count_of[3] AS cache_read, count_of[4] AS cache_write_5m,
       count_of[5] AS cache_write_1h, count_of[6] AS reasoning,
       price_of[1] AS input_price, price_of[2] AS output_price, price_of[3] AS cache_read_price,
       price_of[4] AS cache_write_5m_price, price_of[5] AS cache_write_1h_price, price_of[6] AS reasoning_price,
       price_of[7] AS long_input_price, price_of[8] AS long_output_price, price_of[9] AS long_cache_read_price,
       price_of[10] AS long_cache_write_5m_price, price_of[11] AS long_cache_write_1h_price,
       price_of[12] AS long_reasoning_price,
       (ARRAY[1, 0.5, 0.123456789012345678, 1.1, 0])[n % 5 + 1] AS factor,
       CASE WHEN n % 4 = 0
            THEN greatest((SELECT sum(c) FROM unnest(count_of[1:1] || count_of[3:5]) AS c)::bigint + n % 3 - 1, 0)
            ELSE n % 1000 * 500 END AS threshold,
       n % 7 < 4 AS strict
FROM (
    SELECT n,
           array_agg(
               CASE (h >> 8 & 3)
                    WHEN 0 THEN 0
                    WHEN 1 THEN h & 255
                    WHEN 2 THEN (h & 262143)
                    ELSE (h >> 10 & 1152921504606846975) % 1000000000000000 END
               ORDER BY i) FILTER (WHERE i <= 6) AS count_of,
           array_agg(
               CASE WHEN p & 31 = 0 THEN NULL
                    WHEN p & 31 = 1 THEN 0
                    ELSE round((p >> 5 & 1048575) / power(10::numeric, 4), (p >> 30 & 15)::int + 3)
                        + (p >> 40 & 3) * 0.000000000000000001 END
               ORDER BY i) AS price_of
    FROM generate_series(1, 20000) AS n, generate_series(1, 12) AS i,
         LATERAL (SELECT hashint8extended(n, i) AS h, hashint8extended(n, -i) AS p) AS random
    GROUP BY n) AS raw(n, count_of, price_of);
ANALYZE usage;

-- What each row costs, in plain SQL.
CREATE FUNCTION pg_temp.part(tokens bigint, price numeric) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN tokens = 0 THEN 0 ELSE tokens * price * 0.000001 END
$$;
CREATE TEMP TABLE bill AS
SELECT *,
       pg_temp.part(uncached, input_price) + pg_temp.part(answer, output_price)
           + pg_temp.part(cache_read, cache_read_price) + pg_temp.part(cache_write_5m, cache_write_5m_price)
          + pg_temp.part(cache_write_1h, cache_write_1h_price) + pg_temp.part(reasoning, reasoning_price) AS short_cost,
       pg_temp.part(uncached, long_input_price) + pg_temp.part(answer, long_output_price)
           + pg_temp.part(cache_read, long_cache_read_price) + pg_temp.part(cache_write_5m, long_cache_write_5m_price)
          + pg_temp.part(cache_write_1h, long_cache_write_1h_price)
              + pg_temp.part(reasoning, long_reasoning_price) AS long_cost,
       CASE WHEN strict THEN uncached + cache_read + cache_write_5m + cache_write_1h > threshold
            ELSE uncached + cache_read + cache_write_5m + cache_write_1h >= threshold END AS is_long,
       token_cost(uncached, answer, input_price, output_price, cache_read, cache_write_5m, cache_write_1h, reasoning,
                  cache_read_price, cache_write_5m_price, cache_write_1h_price, reasoning_price, 'excluded',
                  'on_top') AS flat,
       token_cost(uncached, answer, input_price, output_price, cache_read, cache_write_5m, cache_write_1h, reasoning,
                  cache_read_price, cache_write_5m_price, cache_write_1h_price, reasoning_price, 'excluded', 'on_top',
                  factor, threshold, strict,
                  long_input_price, long_output_price, long_cache_read_price, long_cache_write_5m_price,
                  long_cache_write_1h_price, long_reasoning_price) AS apart,
       token_cost(
           uncached + cache_read + cache_write_5m + cache_write_1h, answer + reasoning, input_price, output_price,
           cache_read, cache_write_5m, cache_write_1h, reasoning,
                  cache_read_price, cache_write_5m_price, cache_write_1h_price, reasoning_price, 'included',
                  'included', factor, threshold, strict,
                  long_input_price, long_output_price, long_cache_read_price, long_cache_write_5m_price,
                  long_cache_write_1h_price, long_reasoning_price) AS included
FROM usage;
ANALYZE bill;

SELECT cmp_ok((SELECT count(*) FROM bill WHERE is_long), '>', 2000::bigint, 'thousands of requests are long');
SELECT cmp_ok((SELECT count(*) FROM bill WHERE NOT is_long), '>', 2000::bigint, 'and thousands are not');
SELECT cmp_ok(
    (SELECT count(*) FROM bill WHERE uncached + cache_read + cache_write_5m + cache_write_1h = threshold), '>',
    1000::bigint, 'a thousand are as long as the threshold');
SELECT cmp_ok((SELECT count(*) FROM bill WHERE flat IS NULL), '>', 1000::bigint, 'thousands of costs are unknown');
SELECT cmp_ok(
    (SELECT count(*) FROM bill WHERE scale(flat) > 18), '>', 1000::bigint, 'thousands have more than 18 decimals');

SELECT is_empty(
    $$SELECT n FROM bill WHERE flat IS DISTINCT FROM short_cost LIMIT 3$$,
    'a cost is the sum of tokens times prices, and unknown just when that is');
SELECT is_empty(
    $$
        SELECT n
        FROM bill
        WHERE apart IS DISTINCT FROM CASE WHEN is_long THEN long_cost ELSE short_cost END * factor
        LIMIT 3$$,
    'a long request costs the long prices and no other, a batch its share, to the last digit');
SELECT is_empty(
    $$SELECT n FROM bill WHERE apart IS DISTINCT FROM included LIMIT 3$$,
    'included and excluded counts of the same usage give the same bill');
SELECT is_empty(
    $$
        SELECT n
        FROM bill
        WHERE apart::text <> trim_scale(apart)::text OR flat::text <> trim_scale(flat)::text
        LIMIT 3$$,
    'costs have no trailing zeros');
SELECT is_empty(
    $$SELECT n FROM bill
      WHERE (flat IS NULL) <> (
          uncached > 0 AND input_price IS NULL
              OR answer > 0 AND output_price IS NULL
              OR cache_read > 0 AND cache_read_price IS NULL
              OR cache_write_5m > 0 AND cache_write_5m_price IS NULL
                               OR cache_write_1h > 0 AND cache_write_1h_price IS NULL
                               OR reasoning > 0 AND reasoning_price IS NULL) LIMIT 3$$,
    'a price that is NULL matters only where its tokens are not 0');
SELECT is_empty(
    $$
        SELECT n
        FROM bill
        WHERE token_cost(
            uncached, answer, input_price, output_price, cache_read, cache_write_5m, cache_write_1h, reasoning,
            cache_read_price, cache_write_5m_price, cache_write_1h_price, reasoning_price,
                                          'excluded', 'on_top',
                                          batch_factor => 0.5) * 2 IS DISTINCT FROM flat LIMIT 3$$,
    'twice a batch at half the price is the whole price');
SELECT is_empty(
    $$SELECT a.n FROM bill AS a JOIN bill AS b ON b.n = a.n % 20000 + 1
      WHERE token_cost(
          a.uncached + b.uncached, a.answer + b.answer, a.input_price, a.output_price, a.cache_read + b.cache_read,
          a.cache_write_5m + b.cache_write_5m, a.cache_write_1h + b.cache_write_1h, a.reasoning + b.reasoning,
                       a.cache_read_price, a.cache_write_5m_price, a.cache_write_1h_price, a.reasoning_price,
                       'excluded', 'on_top')
            IS DISTINCT FROM a.flat
                + token_cost(
                    b.uncached, b.answer, a.input_price, a.output_price, b.cache_read, b.cache_write_5m,
                    b.cache_write_1h, b.reasoning,
                                                 a.cache_read_price, a.cache_write_5m_price, a.cache_write_1h_price,
                                                 a.reasoning_price, 'excluded', 'on_top') LIMIT 3$$,
    'without a context threshold, the parts of a month add up to the month');
SELECT is_empty(
    $$
        SELECT n
        FROM bill
        WHERE per_million(apart, reasoning) IS DISTINCT FROM trim_scale(apart * 1000000 / nullif(reasoning, 0))
        LIMIT 3$$,
    'per_million divides as numeric does');
SELECT is_empty(
    $$
        SELECT n
        FROM bill
        WHERE n <= 5000
          AND total(per_million(tco(flat), reasoning)) IS DISTINCT FROM trim_scale(
              round(round(flat, 18) / (nullif(reasoning, 0) * 0.000001), 18))
        LIMIT 3$$,
    'of a tco, it gives the quotient rounded at the 18th decimal');

-- ---- the month ------------------------------------------------------------

-- Month by month, exactly, up to month 40.
CREATE TEMP TABLE plan AS
SELECT n, inference, growth, sum(inference * power) OVER (PARTITION BY n ORDER BY month) AS spent, month
FROM (
    SELECT n,
           (hashint8extended(n, 1) & 65535) / 100.0 AS inference,
           (ARRAY[0, 0.035, 0.1, 1, -0.02, -0.5, -0.999, -1, 0.000000001, 3])[n % 10 + 1] AS growth
    FROM generate_series(1, 200) AS n) AS plan,
     LATERAL (
         WITH RECURSIVE month AS (
             SELECT 1 AS month, 1::numeric AS power
             UNION ALL
             SELECT month + 1, power * (1 + growth)
             FROM month
             WHERE month < 40)
         SELECT month, power
         FROM month) AS months;
SELECT cmp_ok(
    (SELECT count(*) FROM plan WHERE training_break_even_month(spent, inference, growth) = month + 1), '>',
    5000::bigint, 'thousands of training costs are just what some months cost');
SELECT is_empty(
    $$
        SELECT n, month
        FROM plan
        WHERE inference > 0
          AND training_break_even_month(spent, inference, growth) IS DISTINCT FROM
              CASE WHEN growth > -1 THEN month + 1 END
        LIMIT 3$$,
    'to have cost as much is not to have passed it');
SELECT is_empty(
    $$
        SELECT n, month
        FROM plan
        WHERE inference > 0 AND growth > -0.9 AND training_break_even_month(spent - 1e-60, inference, growth) <> month
        LIMIT 3$$,
    'to have cost ever so little more is');
SELECT is_empty(
    $$SELECT n, training FROM plan, LATERAL (SELECT trunc(spent * 0.87, 2) AS training) AS t
      WHERE month = 40 AND inference > 0 AND growth > -1
        AND training_break_even_month(training, inference, growth) <> (
            SELECT min(month) FROM plan AS p WHERE p.n = plan.n AND p.spent > training)
        LIMIT 3$$,
    'the month is the first whose total is more, as found by adding up');
SELECT is_empty(
    $$SELECT n FROM plan WHERE month = 1 AND inference > 0
        AND (
            training_break_even_month(inference * 50, inference, -0.02) IS NOT NULL
                OR training_break_even_month(inference * 50 - 0.000001, inference, -0.02) IS NULL)
        LIMIT 3$$,
    'inference that shrinks by a fiftieth passes what is less than 50 months of it, and no more');
SELECT is_empty(
    $$SELECT n FROM plan WHERE training_break_even_month(spent, 0, greatest(growth, 0)) IS NOT NULL LIMIT 3$$,
    'no inference passes nothing');

SELECT * FROM finish();
ROLLBACK;
