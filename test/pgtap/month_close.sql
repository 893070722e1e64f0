-- close_month keeps what was reported; month_restatement has what changed since.
BEGIN;
SELECT plan(45);
SET LOCAL timezone = 'Pacific/Auckland';
SET LOCAL datestyle = 'German';

INSERT INTO accelcost.token_price (provider, model, input_price, output_price, valid)
VALUES ('OpenAI', 'close-1', 1, 10, '[2026-01-01,)');
CREATE FUNCTION pg_temp.use(id text, team text, tokens bigint, at timestamptz DEFAULT '2026-07-05Z',
                            model text DEFAULT 'close-1') RETURNS void LANGUAGE sql AS $$
    INSERT INTO accelcost.usage (record_id, period_start, provider, model, team, output_tokens)
    VALUES (id, at, 'OpenAI', model, team, tokens)
$$;
CREATE FUNCTION pg_temp.charge(cost numeric, service text DEFAULT 'GPU', at timestamptz DEFAULT '2026-07-05Z',
                               effective numeric DEFAULT NULL, exported text DEFAULT 'manual')
RETURNS void LANGUAGE sql AS $$
    INSERT INTO accelcost.charge (provider_name, billing_account_id, billing_period_start, charge_period_start,
                                  service_name, billing_currency, billed_cost, effective_cost, export_name, beside)
    VALUES ('AWS', 'a', '2026-07-01Z', at, service, 'USD', cost, coalesce(effective, cost), exported,
            exported <> 'manual')
$$;
-- What changed, by line, as text.
CREATE FUNCTION pg_temp.changes(closed integer DEFAULT NULL) RETURNS text[] LANGUAGE sql AS $$
    SELECT coalesce(array_agg(concat_ws(' ', r.kind, coalesce(r.team, r.service), coalesce(r.reported::text, '?'),
                                        coalesce(r.restated::text, '?'), coalesce(r.change::text, '?'))
                              ORDER BY r.kind, r.team, r.service), '{}')
    FROM accelcost.month_restatement('2026-07-20', closed) AS r
$$;

-- ---- a month is closed -------------------------------------------------------

SELECT pg_temp.use('1', 'web', 1000000);
SELECT pg_temp.use('2', 'ml', 2000000);
SELECT pg_temp.use('3', 'ml', 5000000, '2026-08-01Z');
SELECT pg_temp.charge(100.123456789012345678);
SELECT pg_temp.charge(7, 'Storage', '2026-07-31 23:59:59Z', 5);
SELECT pg_temp.charge(70, 'Storage', '2026-08-01Z');
SELECT pg_temp.charge(700, exported => 'other');
SELECT throws_like($$SELECT * FROM accelcost.month_restatement('2026-07-01')$$, 'month 2026-07 has no closing',
                   'a month that is not closed has no restatement');
SELECT is((SELECT array_agg(c)::text FROM (SELECT closing, closed_at = now(), previously_closed_at, usage_lines,
                                           charge_lines FROM accelcost.close_month('2026-07-20', note => 'July')) AS c),
          '{"(1,t,,2,2)"}', 'any day of a month closes the month');
SELECT is((SELECT array_agg(c)::text FROM (SELECT month = '2026-07-01', closing, closed_at = now(),
                                           closed_by = current_user, currency, source, note
                                           FROM accelcost.closed_month) AS c),
          '{"(t,1,t,t,USD,accelcost.usage,July)"}', 'the closing is kept');
SELECT set_eq($$SELECT team, total, compute, tokens, usage_rows, unpriced_rows FROM accelcost.closed_usage$$,
              $$VALUES ('web', 10::numeric, 10::numeric, 1000000::numeric, 1::bigint, 0::bigint),
                       ('ml', 20, 20, 2000000, 1, 0)$$, 'with usage as it is reported');
SELECT set_eq($$SELECT service_name, billed_cost, effective_cost, charges FROM accelcost.closed_charge$$,
              $$VALUES ('GPU', 100.123456789012345678, 100.123456789012345678, 1::bigint),
                       ('Storage', 7::numeric, 5::numeric, 1)$$, 'and charges, exact, without a bill beside');
SELECT is(pg_temp.changes(), '{}', 'nothing has changed');

-- ---- what changed ------------------------------------------------------------

SELECT pg_temp.use('4', 'web', 100000);
SELECT is(pg_temp.changes(), '{modelled web 10 11 1}', 'late usage');
SELECT pg_temp.use('5', 'new', 300000);
SELECT is(pg_temp.changes(), '{modelled new 0 3 3,modelled web 10 11 1}', 'a new line was reported as nothing');
DELETE FROM accelcost.usage WHERE team IN ('web', 'new');
SELECT is(pg_temp.changes(), '{modelled web 10 0 -10}', 'a line that is gone costs nothing');
SELECT pg_temp.use('6', 'web', 1000000);
SELECT is(pg_temp.changes(), '{}', 'a change that is undone is none');
UPDATE accelcost.token_price SET output_price = 12 WHERE model = 'close-1';
SELECT is(pg_temp.changes(), '{modelled ml 20 24 4,modelled web 10 12 2}', 'a price that is corrected');
DELETE FROM accelcost.token_price WHERE model = 'close-1';
SELECT is(pg_temp.changes(), '{modelled ml 20 ? ?,modelled web 10 ? ?}', 'a cost that is unknown now is no difference');
SELECT is((SELECT DISTINCT reason FROM accelcost.month_restatement('2026-07-01')), 'the cost is unknown',
          'with the reason');
INSERT INTO accelcost.token_price (provider, model, input_price, output_price, valid)
VALUES ('OpenAI', 'close-1', 1, 10, '[2026-01-01,)');
SELECT pg_temp.charge(-0.123456789012345678);
SELECT is(pg_temp.changes(),
          '{billed GPU 100.123456789012345678 100 -0.123456789012345678,'
          'effective GPU 100.123456789012345678 100 -0.123456789012345678}', 'a correction of a charge');
DELETE FROM accelcost.charge WHERE billed_cost < 0;
UPDATE accelcost.charge SET effective_cost = 6 WHERE billed_cost = 7;
SELECT is(pg_temp.changes(), '{effective Storage 5 6 1}', 'one basis alone');
UPDATE accelcost.charge SET effective_cost = NULL WHERE billed_cost = 7;
SELECT is(pg_temp.changes(), '{effective Storage 5 ? ?}', 'an effective cost that is missing is unknown');
UPDATE accelcost.charge SET effective_cost = 5 WHERE billed_cost = 7;
SELECT pg_temp.charge(0, 'GPU');
SELECT is((SELECT array_agg(DISTINCT ROW(change, reported_rows, restated_rows)::text)
           FROM accelcost.month_restatement('2026-07-01')), '{"(0,1,2)"}', 'a row that costs nothing shows as a row');
DELETE FROM accelcost.charge WHERE billed_cost = 0;
UPDATE accelcost.charge SET billing_currency = 'EUR' WHERE billed_cost = 7;
SELECT is((SELECT array_agg(concat_ws(' ', currency, change) ORDER BY currency)
           FROM accelcost.month_restatement('2026-07-01') WHERE kind = 'billed'), '{EUR 7,USD -7}',
          'currencies never mix');
UPDATE accelcost.charge SET billing_currency = 'USD' WHERE billed_cost = 7;

-- ---- a month is closed again -------------------------------------------------

UPDATE accelcost.closed_month SET closed_at = '2026-08-03 09:30:00Z';
SELECT throws_ok($$SELECT accelcost.close_month('2026-07-01')$$, '55000',
                 'month 2026-07 was closed on 2026-08-03 09:30:00 UTC', 'twice is refused, with the time');
SELECT is((SELECT count(*) FROM accelcost.closed_usage), 2::bigint, 'and changes nothing');
SELECT pg_temp.use('7', 'web', 100000);
SELECT is((SELECT array_agg(c)::text FROM (SELECT closing, previously_closed_at = '2026-08-03 09:30:00Z' AS previous
                                           FROM accelcost.close_month('2026-07-01', again => true)) AS c),
          '{"(2,t)"}', 'unless asked for, which gives the time of the previous closing');
SELECT is(pg_temp.changes(), '{}', 'changes are those since the last closing');
SELECT is(pg_temp.changes(1), '{modelled web 10 11 1}', 'or since the one that is named');
UPDATE accelcost.closed_month SET closed_at = '2026-09-04 10:00:00Z' WHERE closing = 2;
SELECT throws_ok($$SELECT accelcost.close_month('2026-07-01')$$, '55000',
                 'month 2026-07 was closed on 2026-08-03 09:30:00 and again on 2026-09-04 10:00:00 UTC',
                 'an error has both dates');
SELECT throws_ok($$SELECT * FROM accelcost.month_restatement('2026-07-01', 3)$$, '55000',
                 'month 2026-07 has no closing 3');
DELETE FROM accelcost.closed_month WHERE closing = 1;
SELECT is((SELECT count(*) FROM accelcost.closed_usage WHERE closing = 1), 0::bigint,
          'a closing is deleted with its lines');
SELECT is((SELECT closing FROM accelcost.close_month('2026-07-01', true)), 3, 'and no number is used again');
SELECT is((SELECT closing FROM accelcost.close_month('2026-09-01')), 1, 'a month without anything can be closed');

-- ---- usage from elsewhere, errors --------------------------------------------

CREATE TEMPORARY VIEW "My usage" AS SELECT * FROM accelcost.usage WHERE team = 'ml';
SELECT is((SELECT usage_lines FROM accelcost.close_month('2026-08-01', source => '"My usage"', currency => 'USD')),
          1::bigint, 'usage can be in another relation');
SELECT throws_like($$SELECT * FROM accelcost.month_restatement('2026-08-01')$$,
                   'month 2026-08 was closed with usage from pg_temp%."My usage"', 'which must be the same later');
SELECT is_empty($$SELECT * FROM accelcost.month_restatement('2026-08-01', source => '"My usage"')$$,
                'then it is compared');
SELECT throws_ok($$SELECT accelcost.close_month(NULL)$$, '22004');
SELECT throws_ok($$SELECT accelcost.close_month('infinity')$$, '22023');
SELECT throws_ok($$SELECT accelcost.close_month('2026-10-01', NULL)$$, '22004');
SELECT throws_ok($$SELECT accelcost.close_month('2026-10-01', source => NULL)$$, '22004');
SELECT throws_ok($$SELECT accelcost.close_month('2026-10-01', currency => 'usd')$$, '22023');
SELECT throws_ok($$SELECT * FROM accelcost.month_restatement(NULL)$$, '22004');

-- ---- who may close -----------------------------------------------------------

CREATE ROLE close_reader;
GRANT SELECT ON accelcost.charge, accelcost.usage, accelcost.closed_month, accelcost.closed_usage,
    accelcost.closed_charge TO close_reader;
CREATE FUNCTION pg_temp.as_reader(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    result text;
BEGIN
    SET LOCAL ROLE close_reader;
    BEGIN
        EXECUTE query INTO result;
    EXCEPTION WHEN OTHERS THEN
        result := concat(sqlstate, ': ', sqlerrm);
    END;
    RESET ROLE;
    RETURN result;
END
$$;
SELECT is(pg_temp.as_reader($$SELECT accelcost.close_month('2026-10-01')$$),
          '42501: permission denied for table closed_month', 'a reader cannot close a month');
SELECT is(pg_temp.as_reader($$SELECT count(*) FROM accelcost.month_restatement('2026-07-01', 3)$$), '0',
          'but sees what changed');
SELECT pg_temp.use('8', 'web', 100000);
ALTER TABLE accelcost.charge ENABLE ROW LEVEL SECURITY;
GRANT INSERT ON accelcost.closed_month, accelcost.closed_usage, accelcost.closed_charge TO close_reader;
SELECT is(pg_temp.as_reader($$SELECT accelcost.close_month('2026-10-01')$$),
          '42501: row security may hide rows of "accelcost.charge"', 'nobody closes a part of a month');
SELECT is(pg_temp.as_reader($$SELECT array_agg(DISTINCT concat_ws(' ', coalesce(change::text, '?'), reason))
                              FROM accelcost.month_restatement('2026-07-01', 3)$$),
          '{"? row security may hide rows of \"accelcost.charge\": the total is unknown"}', 'nor compares one');
ALTER TABLE accelcost.charge DISABLE ROW LEVEL SECURITY;
SELECT is(pg_temp.as_reader($$SELECT closing FROM accelcost.close_month('2026-10-01')$$), '1',
          'with the right to insert, a role closes months');

-- ---- generated months --------------------------------------------------------

-- Usage and charges before and after a closing: differences are those of plain sums, and sum to the change.
DELETE FROM accelcost.usage;
DELETE FROM accelcost.charge;
SELECT setseed(0.25);
CREATE FUNCTION pg_temp.generate(rows integer) RETURNS void LANGUAGE sql AS $$
    INSERT INTO accelcost.charge (provider_name, billing_account_id, billing_period_start, charge_period_start,
                                  service_name, billing_currency, billed_cost, effective_cost)
    SELECT 'P' || n % 3, 'a' || n % 4, '2027-01-01Z', '2027-01-01Z'::timestamptz + n % 31 * interval '1 day',
           CASE WHEN n % 5 > 0 THEN 'S' || n % 5 END, (ARRAY['USD', 'JPY', 'tokens'])[1 + n % 3],
           round((random() - 0.3)::numeric * 1000, n % 20), round((random() - 0.3)::numeric * 1000, n % 20)
    FROM generate_series(1, rows) AS n;
    INSERT INTO accelcost.usage (record_id, period_start, provider, payer, model, team, output_tokens)
    SELECT gen_random_uuid()::text, '2027-01-01Z'::timestamptz + n % 31 * interval '1 day', 'OpenAI', 'p' || n % 2,
           CASE n % 7 WHEN 0 THEN 'no-such-model' ELSE 'close-1' END, CASE WHEN n % 6 > 0 THEN 't' || n % 6 END,
           floor(random() * 1e9)
    FROM generate_series(1, rows) AS n;
$$;
SELECT pg_temp.generate(500);
CREATE TEMPORARY TABLE before_charge AS SELECT * FROM accelcost.charge;
CREATE TEMPORARY TABLE before_usage AS SELECT * FROM accelcost.usage;
SELECT count(*) FROM accelcost.close_month('2027-01-01');
DELETE FROM accelcost.charge WHERE random() < 0.1 OR service_name = 'S2';
DELETE FROM accelcost.usage WHERE random() < 0.1 OR team = 't2';
SELECT pg_temp.generate(60);
SELECT set_eq(
    $$SELECT kind, provider, payer, service, currency, change FROM accelcost.month_restatement('2027-01-01')
      WHERE kind <> 'modelled' AND change <> 0$$,
    $$SELECT k.kind, l.p, l.a, l.s, l.c, sum(l.sign * (to_jsonb(l)->>k.kind)::numeric)
      FROM (SELECT -1 AS sign, provider_name AS p, billing_account_id AS a, service_name AS s, billing_currency AS c,
                   billed_cost AS billed, effective_cost AS effective FROM before_charge
            UNION ALL
            SELECT 1, provider_name, billing_account_id, service_name, billing_currency, billed_cost, effective_cost
            FROM accelcost.charge) AS l
      CROSS JOIN (VALUES ('billed'), ('effective')) AS k (kind)
      GROUP BY 1, 2, 3, 4, 5 HAVING sum(l.sign * (to_jsonb(l)->>k.kind)::numeric) <> 0$$,
    'generated charges: the differences of plain sums');
SELECT set_eq(
    $$SELECT payer, team, change FROM accelcost.month_restatement('2027-01-01')
      WHERE kind = 'modelled' AND model = 'close-1' AND change <> 0$$,
    $$SELECT l.payer, l.team, sum(l.sign * l.output_tokens) / 1000000 * 10
      FROM (SELECT -1 AS sign, payer, team, output_tokens, model FROM before_usage
            UNION ALL SELECT 1, payer, team, output_tokens, model FROM accelcost.usage) AS l
      WHERE l.model = 'close-1' GROUP BY 1, 2 HAVING sum(l.sign * l.output_tokens) <> 0$$,
    'generated usage: too');
SELECT is(
    (SELECT sum(change) FROM accelcost.month_restatement('2027-01-01') WHERE kind = 'billed' AND currency = 'USD'),
    (SELECT sum(billed_cost) FROM accelcost.charge WHERE billing_currency = 'USD')
    - (SELECT sum(billed_cost) FROM accelcost.closed_charge WHERE month = '2027-01-01' AND currency = 'USD'),
    'differences sum to the change');

SELECT * FROM finish();
ROLLBACK;
