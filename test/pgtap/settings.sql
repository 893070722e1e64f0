-- The same results under any setting of a session.
BEGIN;
SELECT plan(25);

CREATE FUNCTION pg_temp.bytes(cost public.tco)
RETURNS text
LANGUAGE sql AS $$ SELECT pg_catalog.encode(public.tco_send(cost), 'hex') $$;
CREATE FUNCTION pg_temp.bytes(price public.tariff)
RETURNS text
LANGUAGE sql AS $$ SELECT pg_catalog.encode(public.tariff_send(price), 'hex') $$;

-- One line of everything whose result could depend on a setting, in terms that
-- do not: bytes as hex, dates as numbers.
CREATE FUNCTION pg_temp.results() RETURNS text LANGUAGE sql AS $$
    SELECT jsonb_build_array(
        cost::text, pg_temp.bytes(cost), pg_temp.bytes(cost::text::public.tco), cost::json::text, cost::jsonb,
        cost::numeric::text,
        public.total(cost), public.component(cost, 'tax'), public.currency(cost), public.round(cost, 2)::text,
        pg_temp.bytes(cost OPERATOR(public.*) 1.1), pg_temp.bytes(cost OPERATOR(public./) 7),
        pg_temp.bytes(public.exchange(cost, 'eur', 0.92)),
        (cost OPERATOR(public./) '3 USD'::public.tco)::text, public.tco_hash(cost), cost OPERATOR(public.>) 1234.5,
        pg_temp.bytes(public.tco(1234.5678901234567895)),
        pg_temp.bytes('{"currency": "usd", "total": 1234.5}'::jsonb::public.tco),
        (SELECT public.sum(c)::text || public.avg(c)
         FROM (SELECT cost OPERATOR(public.*) n AS c FROM generate_series(1, 3) AS n) AS multiples),
        public.tco_avg_add('0', cost)::text,
        (SELECT jsonb_agg(jsonb_build_array(
                    public.bill_month(at) - '2000-01-01', public.bill_month(at AT TIME ZONE 'UTC') - '2000-01-01',
                    public.bill_month((at AT TIME ZONE 'UTC')::date) - '2000-01-01',
                    public.bill_month(at, 'America/Los_Angeles') - '2000-01-01',
                    public.bill_month(at AT TIME ZONE 'UTC', 'Asia/Kolkata') - '2000-01-01',
                    public.next_month((at AT TIME ZONE 'UTC')::date) - '2000-01-01',
                    public.month_hours((at AT TIME ZONE 'UTC')::date)))
         FROM generate_series('2024-02-27 00:00+00'::timestamptz, '2024-03-02 00:00+00', interval '7 hours') AS at),
        price::text, pg_temp.bytes(price), pg_temp.bytes(price::text::public.tariff), price::json::text, price::jsonb,
        pg_temp.bytes(price::jsonb::public.tariff), public.tariff_hash(price),
        pg_temp.bytes(public.tariff('{1234.5,NULL}', '{0.1234567890123,1e-3}', flat => '{7,0}')),
        pg_temp.bytes(public.tariff_from_widths('{1234.5,0.5}', '{2,1}')),
        (SELECT public.tariff_agg(n, n * 0.1)::text FROM generate_series(1, 3) AS n),
        public.tariff_cost(price, 2345.678901234567890123), public.tariff_cost(price, -0.5, 1234.75)::text,
        public.tariff_marginal(price, 1234.5), (SELECT jsonb_agg(l) FROM public.tariff_lines(price, 2345.678) AS l),
        (SELECT public.tiered_cost(n * 1234.5, price)::text FROM generate_series(1, 3) AS n),
        public.tariff_state_add('1 1 0.5 graduated: 0.5', 1234.5, 'graduated: 0.5')::text,
        encode(public.tariff_state_send('1 1 -0.5 graduated: 0.5'), 'hex')
    )::text
    FROM (
        SELECT '1234.567890123456789 USD compute=1000 tax=234.567890123456789'::public.tco AS cost,
               'graduated allowance 0.25: 0.123456789012345678 flat 2.5 upto 1234.5, 0.0625'::public.tariff AS price
    ) AS given
$$;

CREATE TEMP TABLE expected AS SELECT pg_temp.results() AS results;
SELECT matches(
    results,
    '1234\.567890123456789 USD compute=1000 tax=234\.567890123456789.*graduated allowance 0\.25: '
    '0\.123456789012345678 flat 2\.5 upto 1234\.5, 0\.0625',
    'there are results')
FROM expected;

-- NULL if the server does not know the value, as a locale that is not there.
CREATE FUNCTION pg_temp.results_under(name text, value text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    results text;
BEGIN
    PERFORM set_config(name, value, true);
    RAISE EXCEPTION SQLSTATE 'ROLLB' USING MESSAGE = pg_temp.results();
EXCEPTION
    WHEN SQLSTATE 'ROLLB' THEN RETURN sqlerrm;
    WHEN invalid_parameter_value THEN RETURN NULL;
END
$$;

SELECT CASE WHEN under IS NULL THEN skip(format('the server does not know %s = %s', name, value), 1)
            ELSE is(under, results, format('%s = %L', name, value)) END
FROM expected, (VALUES
    ('TimeZone', 'UTC'),
    ('TimeZone', 'Pacific/Kiritimati'),
    ('TimeZone', 'America/St_Johns'),
    ('TimeZone', '<X>+13:30'),
    ('DateStyle', 'ISO, MDY'),
    ('DateStyle', 'SQL, DMY'),
    ('DateStyle', 'German'),
    ('DateStyle', 'Postgres, YMD'),
    ('IntervalStyle', 'sql_standard'),
    ('timezone_abbreviations', 'India'),
    ('extra_float_digits', '-15'),
    ('extra_float_digits', '3'),
    ('bytea_output', 'escape'),
    ('lc_numeric', 'C'),
    ('lc_numeric', 'de_DE.UTF-8'),
    ('lc_monetary', 'ja_JP.UTF-8'),
    ('lc_time', 'tr_TR.UTF-8'),
    ('lc_messages', 'de_DE.UTF-8'),
    ('client_encoding', 'LATIN1'),
    ('standard_conforming_strings', 'off'),
    ('quote_all_identifiers', 'on'),
    ('search_path', ''),
    ('search_path', 'pg_temp'),
    ('row_security', 'off')
) AS setting(name, value), pg_temp.results_under(name, value) AS under;

SELECT * FROM finish();
ROLLBACK;
