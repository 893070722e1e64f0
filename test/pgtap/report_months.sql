-- Months of reports: one month alone is that month, none is all, and an open end is infinity.
BEGIN;
SELECT plan(8);

INSERT INTO accelcost.usage (record_id, period_start, provider, model, output_tokens)
SELECT month::text, month, 'OpenAI', 'gpt-5', 1000000
FROM unnest('{2026-05-10 00:00+00,2026-06-10 00:00+00,2026-07-10 00:00+00}'::timestamptz[]) AS month;

CREATE FUNCTION pg_temp.months(arguments text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    usage text;
    inference text;
BEGIN
    EXECUTE format(
        'SELECT string_agg(to_char(month, ''MM''), '','' ORDER BY month) FROM accelcost.usage_monthly(%s)', arguments
    ) INTO usage;
    EXECUTE format(
        'SELECT string_agg(to_char(month, ''MM''), '','' ORDER BY month) FROM accelcost.inference_monthly(%s)',
        arguments)
    INTO inference;
    RETURN CASE WHEN usage IS NOT DISTINCT FROM inference THEN usage ELSE concat(usage, ' and ', inference) END;
END
$$;
SELECT is(pg_temp.months(''), '05,06,07', 'no month is all months');
SELECT is(pg_temp.months('''2026-06-15'''), '06', 'one month alone is that month, by any of its days');
SELECT is(pg_temp.months('last_month => ''2026-06-01'''), '06', 'also as the last month');
SELECT is(pg_temp.months('''2026-06-01'', ''2026-07-01'''), '06,07', 'two months are a range with both ends');
SELECT is(pg_temp.months('''2026-06-01'', ''infinity'''), '06,07', 'infinity leaves the end open');
SELECT is(pg_temp.months('''-infinity'', ''2026-06-01'''), '05,06', 'and -infinity the start');
SELECT is(
    (SELECT count(*) FROM accelcost.usage_cost(first_month => '2026-06-01')), 1::bigint,
    'usage_cost has the same meaning');
SELECT throws_ok($$SELECT * FROM accelcost.usage_monthly('2026-07-01', '2026-06-01')$$, '22023',
                 '"last_month" must not be before "first_month"');

SELECT * FROM finish();
ROLLBACK;
