-- Cash flows and loans.
\getenv dir PG_ABS_SRCDIR
\set file :dir '/include/error_of.sql'
\i :file
SET extra_float_digits = 0;

-- the first flow is now; in spreadsheets it comes at the end of a period
SELECT round(npv(0.05, '{-15000,1500,2500,3500,4500,6000}')::numeric, 2) AS npv,
       round(npv_end(0.05, '{-15000,1500,2500,3500,4500,6000}')::numeric, 2) AS npv_end;
SELECT rate, npv(rate, '{1,1,1}'), npv_end(rate, '{1,1,1}') FROM (VALUES (0), (1), (-0.5)) AS t(rate);
SELECT npv(1e308, '{1,1,1}'), npv_end(1e308, '{1,1,1}');

-- one rate, or none that is the one
SELECT flows, round(irr(flows)::numeric, 5) AS irr FROM (VALUES
    ('{-150000,15000,25000,35000,45000,60000}'::float8[]),
    ('{-100,0,0,74}'),
    ('{-100,39,59,55,20}'),
    ('{-100,100,0,-7}'),
    ('{-100,100,0,7}'),
    ('{-5,10.5,1,-8,1}'),
    ('{-1000,3600,-4310,1716}'),
    ('{-100,150,-60,120}'),
    ('{-100,220,-121}'),
    ('{1,2}'),
    ('{5}'),
    ('{0,0}'),
    ('{-100,50,50}')
) AS t(flows);

-- all rates, and why there is not one
SELECT f AS flows, status, rate, roots, bracket_low, bracket_high, sign_changes FROM (VALUES
    ('{-1000,300,300,300,300}'::float8[]),
    ('{-1000,300,300,300,300,-0.01}'),
    ('{-1000,3600,-4310,1716}'),
    ('{-100,100,0,-7}'),
    ('{-1,3,-2.5}'),
    ('{-1,2,1e-300}'),
    ('{-1,1e-20}'),
    ('{5}')
) AS t(f), irr_detail(f);
SELECT status, roots, bracket_low < 0.1 AND bracket_high > 0.1 AS around_10, bracket_high - bracket_low < 1e-5 AS narrow
FROM irr_detail('{-100,220,-121}');
SELECT irr('{-1,2,1e-300}'), irr('{-1000,300,300,300,300,-0.01}') IS NULL AS strict;

-- modified rates; dated flows: Excel's examples
SELECT round(mirr('{-120000,39000,30000,21000,37000,46000}', 0.10, 0.12)::numeric, 6) AS at_12,
       round(mirr('{-120000,39000,30000,21000,37000,46000}', 0.10, 0.14)::numeric, 6) AS at_14,
       mirr('{1,2}', 0.1, 0.1) AS nothing_paid, mirr('{-1}', 0.1, 0.1) AS nothing_received;
SELECT round(xnpv(0.09, f, d)::numeric, 6) AS xnpv, round(xirr(f, d)::numeric, 9) AS xirr,
       round(xnpv(0.09, f[2:5] || f[1], d[2:5] || d[1])::numeric, 6) AS in_another_order
FROM (VALUES ('{-10000,2750,4250,3250,2750}'::float8[],
              '{2008-01-01,2008-03-01,2008-10-30,2009-02-15,2009-04-01}'::date[])) AS t(f, d);
SELECT xirr('{-100,110}', '{2026-01-01,2027-01-01}') AS a_year,
       xirr('{-100,60,60}', '{2026-01-01,2026-01-01,2026-01-02}') > 1e20 AS in_a_day,
       xirr('{-100,100}', '{2026-01-01,2026-01-01}') AS at_once,
       xirr('{-100,230,-132}', '{2026-01-01,2027-01-01,2028-01-01}') AS two_rates,
       xirr('{-1000,1}', '{2026-01-01,2026-01-02}') AS next_to_minus_one;

-- a thousand flows
SELECT round(irr(array_agg(CASE WHEN n = 1 THEN -1000 ELSE 10 END::float8 ORDER BY n))::numeric, 8) AS level,
       round(
           irr(array_agg(CASE WHEN n = 1 THEN -1000 WHEN n % 2 = 0 THEN 30 ELSE -25 END::float8 ORDER BY n))::numeric,
           8) AS of_999_changes
FROM generate_series(1, 1000) AS n;

-- payback: for good, and where it lies within a period
SELECT flows, payback_periods(flows), payback_periods(flows, 0.1) AS discounted FROM (VALUES
    ('{-100,40,40,40,40}'::float8[]),
    ('{-100,110}'),
    ('{-100,99}'),
    ('{100,-50}'),
    ('{-100,150,-60,120}'),
    ('{-0.9,0.3,0.3,0.3}'),
    ('{0}')
) AS t(flows);

-- NULL gives NULL
SELECT npv(NULL, '{1}'), npv(1, NULL), npv_end(NULL, '{1}'), irr(NULL), payback_periods(NULL),
       payback_periods('{1}', NULL), irr_detail(NULL), mirr('{1}', NULL, 0), xnpv(0, '{1}', NULL), xirr(NULL, '{}');
SELECT call, pg_temp.error_of('SELECT ' || call) FROM (VALUES
    ('npv(-1, ''{1}'')'),
    ('npv_end(-2, ''{1}'')'),
    ('payback_periods(''{1}'', -1)'),
    ('npv(''NaN'', ''{1}'')'),
    ('npv(''Infinity'', ''{1}'')'),
    ('npv(0, ''{}'')'),
    ('irr(''{}'')'),
    ('payback_periods(''{}'')'),
    ('npv(0, ''{1,NULL}'')'),
    ('irr(''{NULL,1}'')'),
    ('payback_periods(''{1,2,NULL}'')'),
    ('npv(0, ''{1,NaN}'')'),
    ('irr(''{-1,2,Infinity}'')'),
    ('payback_periods(''{-Infinity}'')'),
    ('irr(''{{1,2},{3,4}}'')'),
    ('npv(-0.99, array_fill(1::float8, ARRAY[1000]))'),
    ('payback_periods(array_fill(1::float8, ARRAY[1000]), -0.99)'),
    ('irr(array_fill(1::float8, ARRAY[100001]))'),
    ('irr_detail(''{}'')'),
    ('irr_detail(''{1,NaN}'')'),
    ('mirr(''{-1,2}'', -1, 0)'),
    ('mirr(''{-1,2}'', 0, -1)'),
    ('mirr(''{}'', 0, 0)'),
    ('mirr(''{-1,NULL}'', 0, 0)'),
    ('xnpv(-1, ''{1}'', ''{2026-01-01}'')'),
    ('xnpv(0, ''{1,2}'', ''{2026-01-01}'')'),
    ('xnpv(0, ''{}'', ''{}'')'),
    ('xnpv(0, ''{1,2}'', ''{2026-01-01,NULL}'')'),
    ('xnpv(0, ''{1,2}'', ''{2026-01-01,infinity}'')'),
    ('xnpv(-0.999999, ''{1,2}'', ''{2026-01-01,2926-01-01}'')'),
    ('xirr(''{1,2}'', ''{2026-01-01,2026-01-02,2026-01-03}'')'),
    ('xirr(''{}'', ''{}'')'),
    ('xirr(''{-1,NaN}'', ''{2026-01-01,2026-01-02}'')'),
    ('xirr(''{-1,2,3}'', ''{1026-01-01,2026-01-02,2026-01-03}'')')
) AS t(call);

-- a loan: payments are equal but for the last, repayments are the principal
SELECT * FROM amortize(240000, 0.08, 12);
SELECT min(payment), max(payment) FILTER (WHERE month < 360) AS max, max(payment) FILTER (WHERE month = 360) AS last,
       sum(payment) - sum(interest) AS principal, sum(repayment) AS repaid
FROM amortize(200000, 0.065, 360);
SELECT * FROM amortize(100, 0, 3);
SELECT * FROM amortize(100.005, 0.12, 2);
SELECT * FROM amortize(100000, 0.1, 3, digits => 0);
SELECT count(*), sum(repayment), max(balance) FILTER (WHERE month = 1200) AS rest FROM amortize(2, 0, 1200);
SELECT payment FROM amortize(1000, 1e-60, 1), amortize(1000, 1e6, 1) AS high(m, p) WHERE p > 1000;
SELECT * FROM amortize(0, 0.1, 1);
SELECT count(*) FROM amortize(NULL, 0.1, 1);
SELECT call, pg_temp.error_of('SELECT * FROM amortize' || call) FROM (VALUES
    ('(-1, 0.1, 12)'),
    ('(1, -0.1, 12)'),
    ('(1, 0.1, 0)'),
    ('(1, 0.1, 1201)'),
    ('(1, 0.1, 12, -1)'),
    ('(1, 0.1, 12, 19)'),
    ('(''NaN'', 0.1, 12)'),
    ('(1, ''Infinity'', 12)')
) AS t(call);
