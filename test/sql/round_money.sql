-- round_money: an amount in whole minor units of its currency.
\getenv dir PG_ABS_SRCDIR
\set file :dir '/include/error_of.sql'
\i :file

-- the decimals are those of ISO 4217, all of them shown
SELECT currency, round_money(1234.56785, currency) AS up, round_money(7, currency) AS whole,
       round_money(0, currency) AS zero
FROM unnest('{USD,EUR,JPY,KRW,CLP,KWD,TND,CLF,UYW,SLE,VED,XCG,ZWG,HRK,BYR,usd,Jpy}'::text[]) AS currency;
SELECT round_money(0.3, 'USD')::text || ' ' || round_money(1e20, 'KWD')::text AS all_decimals;

-- modes
SELECT amount, round_money(amount, 'USD', 'half_up') AS half_up, round_money(amount, 'USD', 'half_even') AS half_even,
       round_money(amount, 'USD', 'down') AS down, round_money(amount, 'USD', 'up') AS up,
       round_money(amount, 'USD', 'half_up_min_unit') AS half_up_min_unit
FROM (
    SELECT sign * amount AS amount
    FROM unnest(
        '{0,0.0001,0.004999,0.005,0.0050000000000000000000000000001,0.01,0.014999,0.015,0.025,0.99,0.995,0.999,'
        '82.875,82.885}'::numeric[]) WITH ORDINALITY AS a(amount, i),
         unnest('{1,-1}'::integer[]) AS sign
      ORDER BY sign DESC, i) AS t;
SELECT amount, round_money(amount, 'JPY', 'half_up') AS half_up, round_money(amount, 'JPY', 'half_even') AS half_even,
       round_money(amount, 'JPY', 'down') AS down, round_money(amount, 'JPY', 'up') AS up,
       round_money(amount, 'JPY', 'half_up_min_unit') AS half_up_min_unit
FROM unnest('{0.5,1.5,-2.5,99.5,0.4,1000000000000000000000000000000000000000000.5}'::numeric[]) AS amount;

-- the default is half_up
SELECT round_money(0.125, 'USD'), round_money(-0.125, 'USD'),
       round_money(amount => 0.125, currency => 'USD', mode => 'half_even');

-- a NULL argument gives NULL
SELECT round_money(NULL, 'USD') IS NULL, round_money(1, NULL) IS NULL, round_money(1, 'USD', NULL) IS NULL;

-- errors
SELECT statement, pg_temp.error_of(statement) FROM (VALUES
    ($$SELECT round_money(1, 'XAU')$$),
    ($$SELECT round_money(1, 'xdr')$$),
    ($$SELECT round_money(1, 'XTS')$$),
    ($$SELECT round_money(1, 'xxx')$$),
    ($$SELECT round_money(1, 'BTC')$$),
    ($$SELECT round_money(1, 'tokens')$$),
    ($$SELECT round_money(1, '')$$),
    ($$SELECT round_money(1, 'USD ')$$),
    ($$SELECT round_money(1, '€')$$),
    ($$SELECT round_money(1, 'USD', 'half_down')$$),
    ($$SELECT round_money(1, 'USD', 'UP')$$),
    ($$SELECT round_money(1, 'USD', '')$$),
    ($$SELECT round_money('NaN', 'USD')$$),
    ($$SELECT round_money('Infinity', 'USD')$$),
    ($$SELECT round_money('-Infinity', 'JPY', 'down')$$)
) AS t(statement);
