-- Owning and renting: plans, when one is ahead of another, and from which
-- quantity on self-hosting is.
\getenv dir PG_ABS_SRCDIR
\set file :dir '/include/error_of.sql'
\i :file

-- a plan over time: upfront once, the rest each month
SELECT tco_over('13 USD upfront=10 compute=2 energy=1', months)
FROM (VALUES (0), (1), (36), (0.5), (1.0/3)) AS t(months);
SELECT tco_over('0.000000000000000001 USD compute=0.000000000000000001', 0.5),
       tco_over('0.000000000000000001 USD compute=0.000000000000000001', 0.49) AS rounded_once;
SELECT tco_over('170141183460469231731 USD upfront=170141183460469231731', 1e30) AS upfront_is_not_multiplied;
SELECT tco_over(NULL, 1), tco_over('1 USD', NULL);
SELECT call, pg_temp.error_of('SELECT ' || call) FROM (VALUES
    ('tco_over(''1 USD'', -1)'),
    ('tco_over(''1 USD'', ''NaN'')'),
    ('tco_over(''1 USD'', ''Infinity'')'),
    ('tco_over(''1 USD'', 1e30)')
) AS t(call);

-- The article: 8 H100 at 30,000 each, 700 W, 0.10 per kWh and 40 % overhead,
-- against the instance of 8 at 49.24 per hour, are ahead in month 7. It says
-- six to nine months.
CREATE TABLE plan (name text, cost tco);
INSERT INTO plan VALUES
    ('own', own_accelerator(30000, 8, 700, 0.10, pue => 1.4)),
    ('rent', rent_accelerator(49.24, units => 8, units_per_instance => 8));
SELECT * FROM plan;
SELECT a.name AS a, b.name AS b, round(break_even_months(a.cost, b.cost), 2) AS months
FROM plan AS a, plan AS b
ORDER BY 1, 2;
SELECT b.*
FROM plan AS own, plan AS rent, break_even(own.cost, rent.cost, 8) AS b
WHERE own.name = 'own' AND rent.name = 'rent';

-- own: each part, and what it goes to
SELECT own_accelerator(1000, 3, 200, 0.30), own_accelerator(1000, 3, 200, 0.30, load => 0.5),
       own_accelerator(1000, 3, 200, 0.30, hours_per_month => 744);
SELECT own_accelerator(
    1000, 3, 200, 0.30, pue => 1.5, setup => 500, colocation => 20, staff => 300, maintenance => 7, currency => 'EUR'
);
SELECT own_accelerator(1e-18, 1, 0.001, 1e-12), own_accelerator(0, 0, 0, 0), own_accelerator(NULL, 1, 1, 1),
       own_accelerator(1, 1, NULL, 1), own_accelerator(1, 1, 1, 1, currency => NULL);
SELECT call, pg_temp.error_of(format('SELECT own_accelerator(%s)', call)) FROM (VALUES
    ('-1, 1, 1, 1'),
    ('1, -1, 1, 1'),
    ('1, 1, -1, 1'),
    ('1, 1, 1, -1'),
    ('1, 1, 1, 1, pue => 0.99'),
    ('1, 1, 1, 1, load => 1.01'),
    ('1, 1, 1, 1, load => -0.01'),
    ('1, 1, 1, 1, hours_per_month => -1'),
    ('1, 1, 1, 1, setup => -1'),
    ('1, 1, 1, 1, colocation => -1'),
    ('1, 1, 1, 1, staff => -1'),
    ('1, 1, 1, 1, maintenance => -1'),
    ('''NaN'', 1, 1, 1'),
    ('1, ''Infinity'', 1, 1'),
    ('1, 1, 1, 1, pue => ''Infinity'''),
    ('1, 1, 1, 1, currency => ''1''')
) AS t(call);

-- what is left at the end of life is credited in equal parts, so that over the
-- life it counts once; the price stays what is spent, and a life alone changes
-- nothing; a residual value without a life is unknown
SELECT own_accelerator(
    30000, 8, 700, 0.10, 1.4, life_months => 36) = own_accelerator(30000, 8, 700, 0.10, 1.4) AS life_alone,
       own_accelerator(30000, 8, 700, 0.10, 1.4, life_months => 40, residual_value => 60000) AS residual;
SELECT total(tco_over(plan, 40)) AS over_life, 240000 - 60000 + 40 * 572.32 AS expected,
       abs(
           total(own_hourly_rate(plan, 40)) - total(own_hourly_rate(bare, 40, residual_value => 60000))
       ) <= 2e-18 AS same_rate,
       break_even_utilisation(plan, 49.24, 40) = break_even_utilisation(
           bare, 49.24, 40, residual_value => 60000) AS same_utilisation
FROM (
    VALUES (own_accelerator(30000, 8, 700, 0.10, 1.4, life_months => 40, residual_value => 60000),
            own_accelerator(30000, 8, 700, 0.10, 1.4))) AS t(plan, bare);
SELECT own_accelerator(100, 1, 0, 0, life_months => 3, residual_value => 1) AS rounded_once,
       own_accelerator(100, 1, 0, 0, residual_value => 1) AS no_life,
       own_accelerator(100, 1, 0, 0, life_months => 3, residual_value => NULL) AS unknown_residual,
       own_accelerator(100, 1, 0, 0, residual_value => NULL) AS neither;
SELECT call, pg_temp.error_of(format('SELECT own_accelerator(%s)', call)) FROM (VALUES
    ('100, 1, 0, 0, life_months => 0'),
    ('100, 1, 0, 0, life_months => -1, residual_value => 1'),
    ('100, 1, 0, 0, life_months => ''NaN'''),
    ('100, 1, 0, 0, life_months => ''Infinity'', residual_value => 1'),
    ('100, 1, 0, 0, life_months => 36, residual_value => -1'),
    ('100, 1, 0, 0, residual_value => -1'),
    ('100, 2, 0, 0, setup => 3, life_months => 36, residual_value => 203.01'),
    ('100, 1, 0, 0, life_months => 36, residual_value => ''NaN''')
) AS t(call);

-- time billed: up to a multiple of the increment, and the minimum at least
SELECT seconds, billed_seconds(seconds), billed_seconds(seconds, 60) AS minutes,
       billed_seconds(seconds, 1, 60) AS minute_at_least, billed_seconds(seconds, minimum => 3600) AS hour_at_least
FROM (VALUES (0), (0.001), (59.5), (60), (60.01), (3601), (2628000)) AS t(seconds);
SELECT billed_seconds(0.3, 0.1), billed_seconds(7, 0.7), billed_seconds(1e15 + 1e-15, 1) AS exact, billed_seconds(NULL);
SELECT call, pg_temp.error_of('SELECT ' || call)
FROM (
    VALUES ('billed_seconds(-1)'),
           ('billed_seconds(0, -1)'),
           ('billed_seconds(0, 0, -1)'),
           ('billed_seconds(''NaN'', 1)'),
           ('billed_seconds(1, ''Infinity'')')) AS t(call);

-- a month of 744 hours at 23.92; of 730 and of 720
SELECT hours, recurring(rent_accelerator(23.92, hours_per_month => hours))
FROM (VALUES (744), (730), (720)) AS t(hours);

-- rent: whole instances; sessions, each rounded up; egress by tariff; fees
SELECT units,
       round(
           recurring(rent_accelerator(49.24, units => units, units_per_instance => 8, hours_per_month => 100)) / 4924,
           3) AS instances
FROM (VALUES (0), (1), (8), (8.5), (9), (24)) AS t(units);
SELECT sessions,
       rent_accelerator(
           1, hours_per_month => 50, sessions_per_month => sessions, increment_seconds => 3600) AS by_hour,
       rent_accelerator(1, hours_per_month => 50, sessions_per_month => sessions, minimum_seconds => 10800) AS minimum
FROM (VALUES (1), (7), (20), (50), (100)) AS t(sessions);
SELECT rent_accelerator(1, hours_per_month => 1/3600.0) AS a_second,
       rent_accelerator(1, hours_per_month => 0.01, increment_seconds => 1, minimum_seconds => 60) AS a_minute;
SELECT rent_accelerator(
    2, egress_quantity => 15000, egress_tariff => 'graduated: 0 upto 100, 0.09 upto 10240, 0.085', storage_cost => 23,
    other_cost => 100, fee_upfront => 500, currency => 'EUR');
SELECT rent_accelerator(2, hours_per_month => 0, egress_tariff => 'graduated: 0 flat 5 upto 100, 0.09') AS base_fee,
       rent_accelerator(2, hours_per_month => 0, minimum_seconds => 9) AS unused,
       rent_accelerator(2, egress_quantity => 1) AS unknown_tariff, rent_accelerator(NULL),
       rent_accelerator(1, units => NULL), rent_accelerator(1, currency => NULL),
       rent_accelerator(1, egress_quantity => NULL);
SELECT call, pg_temp.error_of(format('SELECT rent_accelerator(%s)', call)) FROM (VALUES
    ('-1'),
    ('1, -1'),
    ('1, 1, 0'),
    ('1, hours_per_month => -1'),
    ('1, sessions_per_month => 0'),
    ('1, increment_seconds => -1'),
    ('1, minimum_seconds => -1'),
    ('1, fee_upfront => -1'),
    ('1, egress_quantity => -1'),
    ('1, storage_cost => -1'),
    ('1, other_cost => -1'),
    ('''NaN'''),
    ('1, ''Infinity'''),
    ('1, egress_quantity => 200, egress_tariff => ''graduated: 1 upto 100''')
) AS t(call);

-- break-even: the least month from which on a is never dearer
SELECT a, b, break_even_months(a, b), break_even_months(b, a) AS other_way FROM (VALUES
    ('13 USD upfront=12 energy=1'::tco, '4 USD compute=4'::tco),
    ('10 USD upfront=10', '3 USD compute=3'),                       -- rounded up
    ('5 USD upfront=2 compute=3', '6 USD upfront=2 compute=4'),     -- never dearer
    ('5 USD upfront=2 compute=3', '4 USD upfront=1 compute=3'),     -- nothing saved each month
    ('5 USD upfront=2 compute=3', '5 USD upfront=2 energy=3'),      -- the same cost
    ('100 USD upfront=100 compute=2 credit=-2', '-5 USD credit=-5') -- negative saving
) AS t(a, b);
SELECT break_even_months(NULL, '1 USD'), break_even_months('1 USD', NULL);
SELECT pg_temp.error_of('SELECT break_even_months(''1 USD'', ''1 EUR'')');

-- the published 137.2 months divide the price by a saving that holds
-- the amortised price already. With a life of 48 months that is what 35.56
-- months of payback become.
SELECT round(break_even_months(own, rent), 2) AS paid_back,
       round(upfront(own) / (recurring(rent) - (recurring(own) + upfront(own) / 48)), 1) AS amortised_twice
FROM (VALUES (tco(35560, component => 'upfront') + '500 USD energy=500', '1500 USD compute=1500'::tco)) AS t(own, rent);

-- the table begins with month 0; costs and savings are exact, discounts have
-- (1 + rate)^(1/12) a month
SELECT * FROM break_even('100.1 USD upfront=100 energy=0.1', '30 USD compute=30', 4, 0.21);
-- a year of 1 a month is (1 - 1.1^-1) / (1.1^(1/12) - 1) = 11.4004878293306900949
SELECT month, discounted_b FROM break_even('0 USD', '1 USD', 12, 0.10) WHERE month IN (0, 12);
SELECT bool_and(
    cost_a = discounted_a
        AND cost_b = discounted_b
        AND saving = discounted_saving
        AND a_is_ahead = a_is_ahead_discounted) AS at_rate_0
FROM break_even('100.1 USD upfront=100 energy=0.1', '30 USD compute=30', 1200);
SELECT month, discounted_a FROM break_even('1 USD compute=1', '1 USD compute=1', 12, -0.5) WHERE month IN (1, 12);
SELECT count(*) FROM break_even('0 USD', '1 USD', 1200, 0.10);
SELECT count(*) FROM break_even('0 USD', NULL, 12);
SELECT call, pg_temp.error_of(format('SELECT * FROM break_even(%s)', call)) FROM (VALUES
    ('''1 USD'', ''1 EUR'', 0'),
    ('''1 USD'', ''1 USD'', -1'),
    ('''1 USD'', ''1 USD'', 1201'),
    ('''1 USD'', ''1 USD'', 12, -1'),
    ('''1 USD'', ''1 USD'', 12, ''NaN'''),
    ('''1 USD'', ''1 USD'', 12, ''Infinity''')
) AS t(call);

-- 64 accelerators over 4 years. Undiscounted, owning saves 490,903; at
-- 10 % with the saving at the end of each year it loses 9,440.
WITH br_01 AS (
    SELECT make_tco(upfront => 1920000, other => 728681 / 48.0) AS own, 64 * 2.00 AS rent_per_hour, 0.70 AS utilisation
), over AS (
    SELECT own, rent_per_hour, total(tco_over(own, 48)) AS own_total,
           total(tco_over(rent_accelerator(rent_per_hour, hours_per_month => 730 * utilisation), 48)) AS rent_total
    FROM br_01
)
SELECT round(own_total) AS own, rent_total AS cloud, round(rent_total - own_total) AS saving,
       round((rent_total - own_total) / upfront(own), 2) AS roi,
       round(break_even_utilisation(own, rent_per_hour, 48), 2) AS break_even_utilisation
FROM over;
SELECT round(npv(0.10, flows)::numeric, 2) AS npv, round(payback_periods(flows)::numeric, 1) AS years,
       payback_periods(flows, 0.10) AS discounted_years
FROM (VALUES ('{-1920000,602725.75,602725.75,602725.75,602725.75}'::float8[])) AS t(flows);

-- an hour of owned hardware: what the life must bring in, over the hours used
SELECT own_hourly_rate('30100 USD upfront=30000 energy=100', 36),
       own_hourly_rate('30100 USD upfront=30000 energy=100', 36, utilisation => 0.5),
       own_hourly_rate('30100 USD upfront=30000 energy=100', 36, residual_value => 12000);
SELECT abs(
    total(own_hourly_rate(cost, 48, 0.7, 100000)) * 730 * 0.7 * 48 - (total(tco_over(cost, 48)) - 100000)
) < 1e-10 AS it_all_comes_back
FROM plan
WHERE name = 'own';
SELECT own_hourly_rate('-5 USD credit=-5', 1, hours_per_month => 10), own_hourly_rate('1 USD', NULL);
SELECT call, pg_temp.error_of(format('SELECT own_hourly_rate(''3 USD upfront=3'', %s)', call)) FROM (VALUES
    ('0'),
    ('-1'),
    ('36, 0'),
    ('36, -0.1'),
    ('36, 1.01'),
    ('36, 1, -1'),
    ('36, 1, 3.01'),
    ('36, hours_per_month => 0'),
    ('''NaN'''),
    ('''Infinity'''),
    ('36, ''NaN''')
) AS t(call);

-- break-even utilisation: above 1, renting is cheaper around the clock
SELECT break_even_utilisation('730 USD compute=730', 2, 12), break_even_utilisation('730 USD compute=730', 0.5, 12),
       break_even_utilisation('240 USD upfront=240', 1, 12, residual_value => 120, hours_per_month => 10),
       break_even_utilisation('1 USD compute=1', 3, 1, hours_per_month => 1) AS rounded_up,
       break_even_utilisation('-1 USD credit=-1', 1, 1) AS owning_pays;
SELECT call, pg_temp.error_of(format('SELECT break_even_utilisation(''3 USD upfront=3'', %s)', call))
FROM (
    VALUES ('0, 1'), ('1, 0'), ('1, 1, -1'), ('1, 1, 3.01'), ('1, 1, 0, 0'), ('''NaN'', 1'), ('1, ''Infinity''')
) AS t(call);

-- 4,608 a month against 10 per million tokens: 460.8 million, not 0.46
SELECT break_even_quantity(4608, 0, 10);
-- 1.50 * 730 * 30 %, 15,000 over 36 months, 320 / 3
SELECT recurring(rent_accelerator(1.50, hours_per_month => 730 * 0.30)),
       round(total(own_hourly_rate('15000 USD upfront=15000', 36, hours_per_month => 1)), 2),
       round(break_even_quantity(320, 0, 3), 1);
SELECT fixed, own, other, break_even_quantity(fixed, own, other)
FROM (
    VALUES (100, 1, 3),
           (100, 0, 3),
           (100, 3, 3),
           (100, 4, 3),
           (0, 1, 3),
           (0, 3, 3),
           (0, 4, 3),
           (0, 0, 0),
           (1e-18, 0, 1e18)) AS t(fixed, own, other);
SELECT call, pg_temp.error_of('SELECT break_even_quantity' || call)
FROM (
    VALUES ('(-1, 2, 1)'), ('(1, -2, 1)'), ('(1, 2, -1)'), ('(''NaN'', 2, 1)'), ('(1, 2, ''Infinity'')')) AS t(call);

-- a node of 3,650 a month for 126.1 million tokens never pays against
-- 0.45 per million: the published 8,111.1 million is wrong
SELECT self_host_break_even(3650, 126.1, 0.45), self_host_first_break_even(3650, 126.1, 0.45),
       round(break_even_quantity(3650, 0, 0.45), 1) AS published;
SELECT * FROM self_host_break_even_steps(3650, 126.1, 0.45, 3) \gx

-- the staircase: ahead on the first node, behind again with the second
SELECT price, self_host_first_break_even(1000, 100, price) AS first, self_host_break_even(1000, 100, price) AS for_good
FROM (VALUES (0), (9.99), (10), (10.01), (11), (15), (19.99), (20), (30), (1e6)) AS t(price);
SELECT nodes, above_quantity, upto_quantity, node_cost, api_cost_above, api_cost_upto, break_even_quantity,
       needed_utilisation, reason
FROM self_host_break_even_steps(1000, 100, 15);
SELECT self_host_break_even(0, 1, 0), self_host_first_break_even(0, 1, 0), self_host_break_even(0, 1, 1),
       self_host_break_even(1, 1, NULL);
SELECT nodes, api_cost_upto, break_even_quantity, needed_utilisation, is_feasible
FROM self_host_break_even_steps(0, 1, 0, 2);
SELECT call, pg_temp.error_of('SELECT * FROM self_host_break_even' || call) FROM (VALUES
    ('(-1, 1, 1)'),
    ('(1, 0, 1)'),
    ('(1, -1, 1)'),
    ('(1, 1, -1)'),
    ('(''NaN'', 1, 1)'),
    ('(1, ''Infinity'', 1)'),
    ('_steps(1, 0, 1)'),
    ('_steps(1, 1, 1, 0)'),
    ('_steps(1, 1, 1, 1001)')
) AS t(call);
SELECT call, pg_temp.error_of('SELECT self_host_first_break_even' || call)
FROM (VALUES ('(-1, 1, 1)'), ('(1, 0, 1)'), ('(1, 1, ''NaN'')')) AS t(call);
DROP TABLE plan;

-- one price for input and output, in tokens of both
SELECT blended_price(3, 15, 4), blended_price(3, 15, 0) AS output_only, blended_price(1, 2, 2) AS thirds,
       blended_price(0.15, 0.6, 13.77) AS many, blended_price(NULL, 1, 1) AS unknown;
SELECT call, pg_temp.error_of('SELECT ' || call) FROM (VALUES
    ('blended_price(-1, 1, 1)'),
    ('blended_price(1, -1, 1)'),
    ('blended_price(1, 1, -1)'),
    ('blended_price(1, 1, ''NaN'')')
) AS t(call);

-- a break-even within a horizon
SELECT horizon, break_even_months(own, rent, horizon) AS own_pays, break_even_months(rent, own, horizon) AS rent_pays
FROM (VALUES ('1200 USD upfront=1200'::tco, '100 USD compute=100'::tco)) AS plan(own, rent),
     unnest('{0,11.9,12,13,1200}'::numeric[]) AS horizon;
SELECT break_even_months('100 USD upfront=100', '100 USD upfront=100', 5) AS alike,
       break_even_months('10 USD upfront=10', '3 USD compute=3', 4) AS thirds,
       break_even_months('10 USD upfront=10', '3 USD compute=3', NULL) AS unknown;
SELECT pg_temp.error_of('SELECT break_even_months(''1 USD'', ''1 EUR'', 12)');
SELECT pg_temp.error_of('SELECT break_even_months(''1 USD'', ''1 USD'', -1)');
