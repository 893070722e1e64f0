-- Budgets: what is spent through the last complete day, both forecasts, and the day on which the money runs out.
BEGIN;
SELECT plan(58);
SET LOCAL timezone = 'America/New_York'; -- no result depends on it

\ir ../include/error_hint.sql

CREATE FUNCTION pg_temp.charged(day date, cost numeric, category text DEFAULT 'Usage', currency text DEFAULT 'USD',
                                provider text DEFAULT 'Seller', tags jsonb DEFAULT NULL) RETURNS void
    LANGUAGE sql AS $$
    INSERT INTO accelcost.charge (provider_name, billing_account_id, billing_period_start, charge_period_start,
                                  charge_category, billing_currency, billed_cost, effective_cost, tags, service_name)
    VALUES (provider, 'acme', date_trunc('month', day::timestamp) AT TIME ZONE 'UTC', day::timestamp AT TIME ZONE 'UTC',
            category, currency, cost, cost, tags, 'Service');
$$;

-- ---- the worked examples, for usage and for charges ------------------------

INSERT INTO accelcost.provider (provider, kind, source) VALUES ('Nord', 'api', 'test');
INSERT INTO accelcost.token_price (provider, model, input_price, output_price, valid)
VALUES ('Nord', 'plain', 1, 1, '[2025-01-01 00:00+00,)');
CREATE TEMP TABLE november AS
SELECT d::date AS day, CASE WHEN d = '2026-11-13' THEN 250 WHEN extract(isodow
    FROM d) > 5 THEN 600 ELSE 1000 END AS cost
FROM generate_series('2026-11-01'::timestamp, '2026-11-13', '1 day') AS d;
INSERT INTO accelcost.usage (record_id, period_start, provider, model, team, uncached_input_tokens)
SELECT day::text, day::timestamp AT TIME ZONE 'UTC' + interval '23 hours', 'Nord', 'plain', 'red', cost * 1000000
FROM november;
SELECT count(pg_temp.charged(day, cost)) FROM november;

INSERT INTO accelcost.budget (name, basis, amount, first_month)
SELECT concat(b, ' ', a), b, a, '2026-11-01'
FROM unnest('{modelled,billed,effective}'::text[]) AS b, unnest('{24000,30000}'::numeric[]) AS a;
CREATE TEMP VIEW burn AS SELECT * FROM accelcost.budget_burn('2026-11-20');

SELECT is(count(*), 6::bigint, 'each budget of the month has a row') FROM burn;
SELECT is_empty($$SELECT * FROM burn WHERE through <> '2026-11-12' OR spent <> 10800$$,
    '10,800 are spent through the 12th: the 13th is not complete (F1)');
SELECT is_empty($$SELECT * FROM burn WHERE run_rate <> 27000 OR run_rate IS NULL$$, 'the run rate is 27,000');
SELECT is_empty($$SELECT * FROM burn WHERE (by_weekday, forecast) <> (26400, 26400) OR by_weekday IS NULL$$,
    'the forecast by weekday is 26,400');
SELECT set_eq($$SELECT amount, burn_percent, runs_out_on FROM burn$$,
    $$VALUES (24000::numeric, 45.00::numeric, '2026-11-27'::date), (30000, 36.00, NULL)$$,
    'a budget of 24,000 is 45 % burnt and runs out on the 27th; one of 30,000 does not (F2)');
SELECT is_empty($$SELECT * FROM burn WHERE NOT is_complete OR reason IS NOT NULL OR unpriced_rows <> 0$$,
    'all is known');
SELECT is((SELECT count(DISTINCT (spent, by_weekday)) FROM burn), 1::bigint,
    'usage and charges have budgets of their own: nothing is added');
SELECT is((SELECT DISTINCT run_rate FROM accelcost.budget_burn('2026-11-01', through => '2026-11-13') AS b),
    round(11050 * 30 / 13.0, 18), 'through overrides the last complete day');
SELECT is((SELECT DISTINCT (b.through, spent, forecast) FROM accelcost.budget_burn('2026-11-01',
    through => '2027-06-01') AS b),
    ('2026-11-30'::date, 11050::numeric, 11050::numeric), 'but not past the end of the month');
SELECT set_eq($$SELECT through, spent, forecast, reason FROM accelcost.budget_burn('2026-11-01',
    through => '2026-10-31')$$,
    $$VALUES (NULL::date, NULL::numeric, NULL::numeric, 'no complete day since 2026-11-01')$$,
    'before the first day nothing is known');
SELECT is_empty($$SELECT * FROM accelcost.budget_burn('2026-10-01')$$, 'a budget begins with its first month');
SELECT is((SELECT count(*) FROM accelcost.budget_burn('2027-01-01', through => '2027-01-03')
           WHERE num_nonnulls(spent, burn_percent, run_rate, by_weekday, forecast, forecast_percent, runs_out_on) = 0),
    6::bigint, 'the forecast of nothing is NULL');
SELECT is((SELECT min(reason) FROM accelcost.budget_burn('2026-12-28', through => '2026-12-29') WHERE basis = 'billed'),
    'no charges in its scope from 2026-12-01 to 2026-12-29', 'with the reason');
SELECT is((SELECT min(reason) FROM accelcost.budget_burn('2027-03-01') WHERE basis = 'modelled'),
    'no usage since 2027-02-01', 'or the data end before');
SELECT lives_ok($$SELECT * FROM accelcost.budget_burn$$, 'the view has the current month');
SELECT results_eq($$SELECT 'November 2026', string_agg(column_name, ',' ORDER BY ordinal_position)
    FROM information_schema.columns
    WHERE table_schema = 'accelcost' AND table_name = 'budget_burn'$$,
    $$SELECT 'November 2026', string_agg(name, ',' ORDER BY ordinal)
      FROM (SELECT unnest(proargnames) AS name, unnest(proargmodes) AS mode, generate_subscripts(proargnames,
          1) AS ordinal
            FROM pg_proc WHERE oid = 'accelcost.budget_burn(date,date,regclass,text)'::regprocedure) AS a
                WHERE mode = 't'$$,
    'with the columns of the function');

-- ---- what is not extrapolated ---------------------------------------------

DELETE FROM accelcost.budget;
INSERT INTO accelcost.budget (name, basis, amount, first_month) VALUES ('all', 'billed', 30000, '2026-01-01');
SELECT pg_temp.charged('2026-11-02', 3000, 'Purchase'), pg_temp.charged('2026-11-03', 500, 'Tax'),
       pg_temp.charged('2026-11-04', -1200, 'Credit'), pg_temp.charged('2026-11-05', 100, 'Adjustment');
SELECT is((SELECT (spent, run_rate, by_weekday) FROM accelcost.budget_burn('2026-11-01')),
    (13200::numeric, 29400::numeric, 28800::numeric), 'purchases, taxes, credits and adjustments count once');
SELECT is((SELECT b.through FROM accelcost.budget_burn('2026-11-01') AS b), '2026-11-12'::date,
    'and a fee dated ahead ...');
SELECT pg_temp.charged('2026-11-28', 900, 'Purchase');
SELECT is((SELECT (b.through, spent) FROM accelcost.budget_burn('2026-11-01') AS b), ('2026-11-12'::date,
    13200::numeric),
    '... completes no day');
UPDATE accelcost.charge SET beside = true, export_name = 'other' WHERE charge_category = 'Purchase';
SELECT is((SELECT spent FROM accelcost.budget_burn('2026-11-01')), 10200::numeric,
    'a bill loaded beside does not count');
SELECT is((SELECT spent FROM accelcost.budget_burn('2026-11-01', '2026-11-12', export_name => 'other')), 3000::numeric,
    'unless its export is asked for');

-- ---- history ----------------------------------------------------------------

DELETE FROM accelcost.charge;
DELETE FROM accelcost.budget;
INSERT INTO accelcost.budget (name, basis, amount, first_month) VALUES ('all', 'billed', 3000, '2026-01-01');
SELECT count(pg_temp.charged(d::date, CASE WHEN extract(isodow FROM d) > 5 THEN 10 ELSE 80 END))
FROM generate_series('2026-10-01'::timestamp, '2026-11-04', '1 day') AS d;
SELECT is((SELECT (spent, by_weekday) FROM accelcost.budget_burn('2026-11-01')),
    (170::numeric, (21 * 80 + 9 * 10)::numeric), 'weekdays of the month before are history');
SELECT is((SELECT run_rate FROM accelcost.budget_burn('2026-11-01')), 1700::numeric,
    'the run rate has days of the month alone');
DELETE FROM accelcost.charge WHERE charge_period_start < '2026-10-28Z';
SELECT is((SELECT (by_weekday, forecast) FROM accelcost.budget_burn('2026-11-01')), (1770::numeric, 1770::numeric),
    'seven days are history');
UPDATE accelcost.budget SET basis = 'effective';
SELECT is((SELECT by_weekday FROM accelcost.budget_burn('2026-11-01')), 1770::numeric, 'also of effective cost');
UPDATE accelcost.charge SET effective_cost = NULL WHERE charge_period_start = '2026-10-29Z';
SELECT is((SELECT (spent, by_weekday, forecast, is_complete) FROM accelcost.budget_burn('2026-11-01')),
    (170::numeric, NULL::numeric, 1700::numeric, true), 'a day whose cost is unknown is none');
UPDATE accelcost.budget SET basis = 'billed';
DELETE FROM accelcost.charge WHERE charge_period_start < '2026-10-30Z';
SELECT is((SELECT (by_weekday, forecast) FROM accelcost.budget_burn('2026-11-01')), (NULL::numeric, 1700::numeric),
    'fewer than seven days are no history');

-- ---- scopes -------------------------------------------------------------------

DELETE FROM accelcost.charge;
DELETE FROM accelcost.budget;
SELECT pg_temp.charged('2026-11-02', 1, provider => 'Amazon Web Services',
    tags => '{"team": "red", "customer": "c 1"}'),
       pg_temp.charged('2026-11-02', 2, provider => 'AWS', tags => '{"Team": "blue", "odd key.\":": "x"}'),
       pg_temp.charged('2026-11-02', 4, provider => 'Seller', tags => '{"team": "", "env": "prod"}'),
       pg_temp.charged('2026-11-02', 8, provider => 'Seller'), pg_temp.charged('2026-11-09', 0, provider => 'Seller'),
       pg_temp.charged('2026-11-09', 0, provider => 'AWS');
INSERT INTO accelcost.budget (name, basis, amount, first_month, provider, payer, team, model, customer, tags) VALUES
    ('a provider', 'billed', 100, '2026-11-01', 'amazon', NULL, NULL, NULL, NULL, NULL),
    ('a seller', 'billed', 100, '2026-11-01', 'Seller', NULL, NULL, NULL, NULL, NULL),
    ('a payer', 'billed', 100, '2026-11-01', NULL, 'acme', NULL, NULL, NULL, NULL),
    ('another payer', 'billed', 100, '2026-11-01', NULL, 'acme 2', NULL, NULL, NULL, NULL),
    ('a team', 'billed', 100, '2026-11-01', NULL, NULL, 'blue', NULL, NULL, NULL),
    ('a customer', 'billed', 100, '2026-11-01', NULL, NULL, NULL, NULL, 'c 1', NULL),
    ('a tag', 'billed', 100, '2026-11-01', NULL, NULL, NULL, NULL, NULL, '{"odd key.\":": "x"}'),
    ('two tags', 'billed', 100, '2026-11-01', NULL, NULL, NULL, NULL, NULL, '{"env": "prod", "tier": "1"}');
SELECT results_eq($$SELECT name COLLATE "C", spent, reason FROM accelcost.budget_burn('2026-11-01')
    ORDER BY name COLLATE "C"$$,
    $$VALUES ('a customer' COLLATE "C", 1::numeric, NULL), ('a payer', 15, NULL), ('a provider', 3, NULL), ('a seller',
        12, NULL),
             ('a tag', 2, NULL), ('a team', 2, NULL),
             ('another payer', NULL, 'no charges in its scope from 2026-10-12 to 2026-11-08'),
             ('two tags', NULL, 'no charges in its scope from 2026-10-12 to 2026-11-08')$$,
    'a budget has a scope; one that nothing is in is unknown, not 0');
INSERT INTO accelcost.cost_rule (name, priority, provider, team) VALUES ('sellers', 1, 'Sell*', 'blue');
SELECT is((SELECT spent FROM accelcost.budget_burn('2026-11-01') WHERE name = 'a team'), 14::numeric,
    'a rule can put charges into the scope of a team');
SELECT set_eq($$SELECT b.through FROM accelcost.budget_burn('2026-11-01') AS b WHERE name = 'a seller'
                UNION ALL SELECT b.through FROM accelcost.budget_burn('2026-11-01') AS b WHERE name = 'a provider'$$,
    $$VALUES ('2026-11-08'::date)$$, 'both providers have data through the 8th');
SELECT pg_temp.charged('2026-11-20', 1, provider => 'Seller');
SELECT set_eq($$SELECT name, b.through FROM accelcost.budget_burn('2026-11-01') AS b
    WHERE name IN ('a seller', 'a provider', 'a team')$$,
    $$VALUES ('a seller', '2026-11-19'::date), ('a provider', '2026-11-08'), ('a team', '2026-11-19')$$,
    'a budget of a provider has that provider''s last complete day');

-- ---- currencies ------------------------------------------------------------------

DELETE FROM accelcost.budget;
DELETE FROM accelcost.cost_rule;
INSERT INTO accelcost.budget (name, basis, amount, currency, first_month) VALUES
    ('usage', 'modelled', 9000, 'EUR', '2026-11-01'), ('charges', 'billed', 9000, 'EUR', '2026-11-01');
SELECT set_eq($$SELECT name, spent, forecast, is_complete, reason FROM accelcost.budget_burn('2026-11-01', '2026-11-12',
    'accelcost.usage')$$,
    format($$VALUES ('usage', NULL::numeric, NULL::numeric, false, 'no exchange rate from USD to EUR on %1$s'),
             ('charges', NULL, NULL, false, 'no exchange rate from USD to EUR on %1$s')$$,
           to_char(least(now() AT TIME ZONE 'UTC', '2026-11-30'), 'YYYY-MM-DD')),
    'without an exchange rate a budget in another currency is unknown');
INSERT INTO accelcost.fx_rate (from_currency, to_currency, rate, valid) VALUES ('USD', 'EUR', 0.92,
    '[2020-01-01 00:00+00,)');
SELECT set_eq($$SELECT name, spent, is_complete FROM accelcost.budget_burn('2026-11-01', '2026-11-12')$$,
    $$VALUES ('usage', 9936::numeric, true), ('charges', 13.8, true)$$, 'with one it is converted');
SELECT set_eq($$SELECT name, runs_out_on FROM accelcost.budget_burn('2026-11-01', '2026-11-12')$$,
    $$VALUES ('usage', '2026-11-11'::date), ('charges', NULL)$$, 'a budget that is spent ran out on a day before');

-- ---- quarters and February -----------------------------------------------------------

DELETE FROM accelcost.budget;
DELETE FROM accelcost.charge;
SELECT count(pg_temp.charged(d::date, 10)) FROM generate_series('2027-01-01'::timestamp, '2027-02-15', '1 day') AS d;
INSERT INTO accelcost.budget (name, basis, amount, period, first_month, last_month) VALUES
    ('quarter', 'billed', 895, 'quarter', '2027-01-01', '2027-03-01'), ('month', 'billed', 280, 'month', '2027-02-01',
        '2027-02-01');
SELECT set_eq($$SELECT name, period_start, period_end, spent, run_rate, by_weekday, runs_out_on
    FROM accelcost.budget_burn('2027-02-10')$$,
    $$VALUES ('quarter', '2027-01-01'::date, '2027-03-31'::date, 450::numeric, 900::numeric, 900::numeric,
        '2027-03-31'::date),
             ('month', '2027-02-01', '2027-02-28', 140, 280, 280, NULL)$$,
    'a quarter has its three months; February has 28 days, and spending all of a budget is not running out');
SELECT is((SELECT (b.through, spent) FROM accelcost.budget_burn('2027-01-01') AS b), ('2027-02-14'::date, 450::numeric),
    'any month of the quarter will do');
SELECT is((SELECT (b.through, spent, forecast) FROM accelcost.budget_burn('2027-02-01', '2027-02-28') AS b
    WHERE name = 'month'),
    ('2027-02-28'::date, 150::numeric, 150::numeric), 'at its end, the forecast is what is spent');

-- ---- zero and negative days -----------------------------------------------------------

DELETE FROM accelcost.budget;
DELETE FROM accelcost.charge;
INSERT INTO accelcost.budget (name, basis, amount, first_month) VALUES ('b', 'billed', 100, '2026-11-01');
SELECT pg_temp.charged('2026-11-01', 90), pg_temp.charged('2026-11-03', -30), pg_temp.charged('2026-11-10', 0),
       pg_temp.charged('2026-11-11', 5);
SELECT is((SELECT (b.through, spent, run_rate) FROM accelcost.budget_burn('2026-11-01') AS b),
    ('2026-11-10'::date, 60::numeric, 180::numeric), 'days without a charge cost nothing, and count');

-- ---- the table ----------------------------------------------------------------------

SELECT throws_ok($$INSERT INTO accelcost.budget (name, basis, amount, first_month) VALUES ('x', 'real', 1,
    '2026-11-01')$$, '23514',
    NULL, 'a basis is one of three words');
SELECT matches(pg_temp.error_of($$INSERT INTO accelcost.budget (name, basis, amount, first_month) VALUES ('x', 'real',
    1, '2026-11-01')$$),
    'modelled.*billed.*effective', 'which the error names');
SELECT matches(pg_temp.error_of($$INSERT INTO accelcost.budget (name, basis, amount, first_month, period) VALUES ('x',
    'billed', 1, '2026-11-01', 'year')$$),
    'month.*quarter', 'so it does those of the period');
SELECT matches(pg_temp.error_of(format($$INSERT INTO accelcost.budget (name, basis, amount, first_month) VALUES ('x',
    'billed', %L, '2026-11-01')$$, a)),
    '"amount"', format('amount %s is refused', a)) FROM unnest('{0,-1,NaN,Infinity}'::text[]) AS a;
SELECT matches(pg_temp.error_of($$INSERT INTO accelcost.budget (name, basis, amount, first_month) VALUES ('x', 'billed',
    1, '2026-11-02')$$),
    'first day of a month', 'a month is its first day');
SELECT matches(pg_temp.error_of($$INSERT INTO accelcost.budget (name, basis, amount, period, first_month) VALUES ('x',
    'billed', 1, 'quarter', '2026-11-01')$$),
    'whole quarters', 'a quarter begins in January, April, July or October');
SELECT matches(pg_temp.error_of($$INSERT INTO accelcost.budget (name, basis, amount, first_month,
    last_month) VALUES ('x', 'billed', 1, '2026-11-01', '2026-10-01')$$),
    'not before first_month', 'months are in order');
SELECT matches(pg_temp.error_of($$INSERT INTO accelcost.budget (name, basis, amount, first_month, tags) VALUES ('x',
    'billed', 1, '2026-11-01', '{"a": 1}')$$),
    '"tags"', 'tags have text values');
SELECT throws_ok($$INSERT INTO accelcost.budget (name, basis, amount, first_month) VALUES ('b', 'billed', 1,
    '2026-12-01')$$, '23P01', NULL,
    'a budget has one amount at a time');
SELECT throws_ok($$SELECT * FROM accelcost.budget_burn(NULL)$$, '22004', '"month" must not be null',
    'a month is needed');
SELECT throws_ok($$SELECT * FROM accelcost.budget_burn('infinity')$$, '22023', '"month" must be finite',
    'and has an end');

-- ---- against plain SQL --------------------------------------------------------------

DELETE FROM accelcost.budget;
DELETE FROM accelcost.charge;
SELECT count(pg_temp.charged('2026-08-01'::date + (i * 7919 % 110)::integer, round((i * 104729 % 10007) / 7.0 - 200, 6),
    (ARRAY['Usage', 'Usage', 'Usage', 'Usage', 'Purchase', 'Tax', 'Credit'])[1 + i % 7],
    tags => jsonb_build_object('team', (ARRAY['a', 'b', 'c'])[1 + i % 3])))
FROM generate_series(1::bigint, 900) AS i;
INSERT INTO accelcost.budget (name, basis, amount, period, first_month, team)
SELECT concat_ws(' ', t, p), 'effective', 60000, p, CASE p WHEN 'month' THEN '2026-08-01'::date ELSE '2026-07-01' END, t
FROM unnest('{a,b,c,NULL}'::text[]) AS t, unnest('{month,quarter}'::text[]) AS p;
CREATE TEMP TABLE through AS
SELECT m.month, d.day FROM (VALUES ('2026-09-01'::date), ('2026-10-01')) AS m (month),
     LATERAL (SELECT m.month + n AS day FROM generate_series(0, 29) AS n) AS d;
-- From the charges, with numeric alone: forecasts multiplied by the numbers of days, so that nothing is divided.
CREATE TEMP TABLE expected AS
SELECT t.month, t.day, b.name, b.amount,
       (SELECT coalesce(sum(effective_cost), 0) FROM accelcost.charge AS c WHERE (b.team IS NULL
           OR tags->>'team' = b.team)
            AND (charge_period_start AT TIME ZONE 'UTC')::date BETWEEN p.first AND t.day) AS spent,
       (SELECT coalesce(sum(effective_cost), 0) FROM accelcost.charge AS c WHERE (b.team IS NULL
           OR tags->>'team' = b.team)
            AND charge_category = 'Usage'
            AND (charge_period_start AT TIME ZONE 'UTC')::date BETWEEN p.first AND t.day) AS regular,
       p.first, p.last
FROM through AS t
JOIN accelcost.budget AS b ON true
CROSS JOIN LATERAL (SELECT CASE b.period WHEN 'month' THEN t.month WHEN 'quarter' THEN date_trunc('quarter',
    t.month)::date END AS first,
                           (CASE b.period WHEN 'month' THEN t.month + interval '1 month'
                                          ELSE date_trunc('quarter', t.month) + interval '3 months' END)::date - 1 AS
                                              last) AS p;
CREATE TEMP TABLE got AS
SELECT t.month, t.day, b.* FROM through AS t, LATERAL accelcost.budget_burn(t.month, t.day) AS b;
SELECT is((SELECT count(*) FROM got), (SELECT count(*) FROM expected), 'all budgets at sixty days');
SELECT is_empty($$SELECT e.*, g.spent FROM expected AS e LEFT JOIN got AS g USING (month, day, name)
    WHERE g.spent IS DISTINCT FROM e.spent$$,
    'spent is the sum of the charges');
SELECT is_empty($$SELECT e.*, g.run_rate FROM expected AS e LEFT JOIN got AS g USING (month, day, name)
    WHERE g.run_rate IS DISTINCT FROM trim_scale(round(e.spent - e.regular + e.regular * (e.last - e.first + 1)
                                                       * 1.00000000000000000000000000000000 / (e.day - e.first + 1),
                                                           18))$$,
    'the run rate is the mean of usage, and the rest once');
-- By weekday: seven means, each by a query of its own.
SELECT is_empty($$
    WITH mean AS (
        SELECT e.month, e.day, e.name, w AS dow, h.days, coalesce(h.cost, 0) AS cost
        FROM expected AS e JOIN accelcost.budget AS b USING (name)
        CROSS JOIN generate_series(0, 6) AS w
        CROSS JOIN LATERAL (
            SELECT count(DISTINCT x.day) AS days, sum(c.effective_cost) AS cost
            FROM (SELECT e.day - n AS day FROM generate_series(0, 27) AS n) AS x
            LEFT JOIN accelcost.charge AS c ON (c.charge_period_start AT TIME ZONE 'UTC')::date = x.day
                  AND c.charge_category = 'Usage' AND (b.team IS NULL OR c.tags->>'team' = b.team)
            WHERE extract(dow FROM x.day) = w AND x.day >= '2026-08-04') AS h)
    SELECT g.name, g.day, g.by_weekday, x.by_weekday
    FROM got AS g JOIN expected AS e USING (month, day, name)
    CROSS JOIN LATERAL (
        SELECT trim_scale(round(e.spent + coalesce(sum(m.cost * 1.00000000000000000000000000000000 / m.days), 0),
            18)) AS by_weekday
        FROM generate_series(1, e.last - e.day) AS n
        JOIN mean AS m ON m.name = e.name AND m.month = e.month AND m.day = e.day AND m.dow = extract(dow
            FROM e.day + n)) AS x
    WHERE g.by_weekday IS DISTINCT FROM x.by_weekday AND g.day >= '2026-09-02'$$,
    'the forecast by weekday is the mean of each weekday in 28 days');

-- ---- rights ------------------------------------------------------------------

DELETE FROM accelcost.budget;
INSERT INTO accelcost.budget (name, basis, amount, first_month) VALUES ('usage alone', 'modelled', 1, '2026-07-01');
CREATE ROLE life_usage_reader;
GRANT SELECT ON accelcost.usage, accelcost.cost_rule, accelcost.budget TO life_usage_reader;
SET ROLE life_usage_reader;
SELECT lives_ok($$SELECT * FROM accelcost.budget_burn('2026-07-01')$$,
                'budgets of usage need no rights on charges');
SELECT lives_ok($$SELECT * FROM accelcost.anomalies('2026-07-01')$$, 'nor do anomalies of usage');
RESET ROLE;

SELECT * FROM finish();
ROLLBACK;
