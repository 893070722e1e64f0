-- Casts of tco: to numeric on assignment, to others when asked, from jsonb
-- when asked, and none besides.
\getenv dir PG_ABS_SRCDIR
\set file :dir '/include/error_of.sql'
\i :file

SELECT format_type(castsource, NULL) AS source, format_type(casttarget, NULL) AS target,
       CASE castcontext WHEN 'i' THEN 'implicit' WHEN 'a' THEN 'assignment' ELSE 'explicit' END AS context
FROM pg_cast WHERE 'tco'::regtype IN (castsource, casttarget) ORDER BY 1, 2;

-- to numeric: the total, exact, on assignment
SELECT '1234.56 USD compute=1000 energy=34.56 egress=200'::tco::numeric, '-1.50 EUR'::tco::numeric,
       '0 USD'::tco::numeric, NULL::tco::numeric;
SELECT '1.005 USD'::tco::numeric(38,10), '1.005 USD'::tco::numeric::numeric(10,2);
CREATE TABLE month_cost (billed numeric(38,10));
INSERT INTO month_cost SELECT '0.12345678905 USD upfront=0.12345678905'::tco;
INSERT INTO month_cost VALUES ('100 USD'::tco), (NULL::tco);
UPDATE month_cost SET billed = '-100.5 EUR'::tco WHERE billed = 100;
TABLE month_cost;
DROP TABLE month_cost;

-- not in expressions, and not from numeric
SELECT split_part(pg_temp.error_of(statement), ':', 1) AS sqlstate, statement FROM (VALUES
    ('SELECT sqrt(''4 USD''::tco)'),
    ('SELECT trunc(''4 USD''::tco)'),
    ('SELECT coalesce(''4 USD''::tco, 0)'),
    ('SELECT to_char(''4 USD''::tco, ''9'')'),
    ('SELECT 4::tco'),
    ('SELECT 4.5::tco'),
    ('SELECT 4::float8::tco'),
    ('SELECT ''4 USD''::text + ''4 USD''::tco'),
    ('CREATE TABLE pg_temp.t (c tco DEFAULT 4)'),
    ('SELECT ''4 USD''::tco::int'),
    ('SELECT ''{}''::json::tco'),
    ('CREATE TABLE pg_temp.t AS SELECT ''4 USD''::tco AS c; INSERT INTO pg_temp.t VALUES (4)'),
    ('CREATE TABLE pg_temp.t AS SELECT 4::float8 AS c; INSERT INTO pg_temp.t VALUES (''4 USD''::tco)'),
    ('CREATE TABLE pg_temp.t AS SELECT ''{}''::jsonb AS c; INSERT INTO pg_temp.t VALUES (''4 USD''::tco)')
) AS t(statement);

-- to double precision: the nearest
SELECT '0.1 USD upfront=0.05 tax=0.05'::tco::float8, '1234567890123456789.1 USD'::tco::float8, NULL::tco::float8;
SELECT '170141183460469231731.687303715884105727 USD'::tco::float8 = 170141183460469231731.687303715884105727::float8;

-- to text, and from it
SELECT '6.50 usd'::tco::text, '6.50 usd'::text::tco, '6.50 usd'::varchar::tco;

-- to json and jsonb, all keys always
SELECT '1234.56 USD compute=1000 energy=34.56 egress=200'::tco::json;
SELECT '1234.56 USD compute=1000 energy=34.56 egress=200'::tco::jsonb;
SELECT jsonb_pretty(
    '-170141183460469231731.687303715884105728 A_b_C_d_E_12 upfront=-170141183460469231731.687303715884105728'::tco
        ::jsonb
);
SELECT to_json('6 USD'::tco), to_jsonb('6 USD'::tco) = '6 USD'::tco::jsonb;
SELECT row_to_json(q) FROM (SELECT 'a' AS offer, '6 USD'::tco AS cost, NULL::tco AS billed) AS q;
SELECT jsonb_build_object('cost', '6 USD'::tco) -> 'cost' ->> 'total', json_agg('6 USD'::tco) -> 0 ->> 'currency';
SELECT NULL::tco::json, NULL::tco::jsonb, NULL::jsonb::tco;

-- from jsonb: what the cast to it writes, or less
SELECT value::jsonb::tco FROM (VALUES
    ('{"currency": "usd", "total": 6}'),
    ('{"currency": "USD", "compute": 1, "tax": -2.5}'),
    ('{"currency": "USD", "total": 3, "compute": 1, "tax": 2}'),
    ('{"currency": "tokens", "compute": 1e3}'),
    ('{"currency": "USD", "other": 0.0000000000000000005}'),
    ('{"total": 0, "currency": "USD"}')
) AS t(value);
SELECT count(*)
FROM (
    VALUES ('6 USD'::tco),
           ('36 EUR credit=8 tax=7 other=6 storage=5 egress=4 energy=3 compute=2 upfront=1'),
           ('0 tokens'),
           ('0 USD tax=1 credit=-1')) AS t(cost)
WHERE cost::jsonb::tco IS DISTINCT FROM cost;
SELECT pg_temp.error_of(format('SELECT %L::jsonb::tco', value)) FROM (VALUES
    ('null'),
    ('6'),
    ('"6 USD"'),
    ('[]'),
    ('{}'),
    ('{"total": 6}'),
    ('{"currency": "USD"}'),
    ('{"currency": 6, "total": 6}'),
    ('{"currency": "U D", "total": 6}'),
    ('{"currency": null, "total": 6}'),
    ('{"currency": "USD", "total": "6"}'),
    ('{"currency": "USD", "tax": null}'),
    ('{"currency": "USD", "tax": [1]}'),
    ('{"currency": "USD", "gpu": 1}'),
    ('{"currency": "USD", "Tax": 1}'),
    ('{"currency": "USD", "total": 6, "tax": 5}'),
    ('{"currency": "USD", "total": 1e21}'),
    ('{"currency": "USD", "tax": 1e300}'),
    ('{"currency": {"a": 1}, "total": 1}')
) AS t(value);
