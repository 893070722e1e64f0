-- Charges against the rules of FOCUS, against an invoice, and by the month that
-- one asks for. The commitments are the examples of the FOCUS specification.
BEGIN;
SELECT plan(53);

-- A charge that keeps all rules; each test breaks one.
CREATE FUNCTION pg_temp.add_charge(changes jsonb DEFAULT '{}') RETURNS void LANGUAGE sql AS $$
    INSERT INTO accelcost.charge
    SELECT * FROM jsonb_populate_record(NULL::accelcost.charge, jsonb_build_object(
        'provider_name', 'Alpha', 'billing_account_id', 'acme', 'billing_currency', 'USD', 'export_name', 'test',
        'extra', '{}'::jsonb,
        'billing_period_start', '2026-01-01Z', 'billing_period_end', '2026-02-01Z',
        'charge_period_start', '2026-01-05Z', 'charge_period_end', '2026-01-06Z',
        'charge_category', 'Usage', 'charge_frequency', 'Usage-Based', 'pricing_category', 'Standard', 'service_name',
        'Compute', 'service_category', 'Compute',
        'list_unit_price', 2, 'contracted_unit_price', 1.5, 'pricing_quantity', 10, 'consumed_quantity', 10,
        'list_cost', 20, 'contracted_cost', 15, 'effective_cost', 15, 'billed_cost', 15) || changes);
$$;
CREATE FUNCTION pg_temp.broken_by(changes jsonb) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    result text;
BEGIN
    DELETE FROM accelcost.charge;
    PERFORM pg_temp.add_charge(changes);
    SELECT string_agg(concat(rule, ' ', deviation), ', ' ORDER BY rule) INTO result FROM accelcost.charge_check();
    RETURN coalesce(result, 'none');
END
$$;

SELECT is(pg_temp.broken_by(changes), expected, format('%s: %s', expected, changes))
FROM (VALUES
    ('{}'::jsonb, 'none'),
    ('{"list_cost": 21}', 'list_cost 1'),
    ('{"list_cost": 20.000000001}', 'none'),
    ('{"list_cost": 20.0000000011}', 'list_cost 0.0000000011'),
    ('{"list_cost": 21, "charge_class": "Correction"}', 'none'),
    ('{"list_unit_price": null, "list_cost": 21}', 'none'),
    ('{"contracted_cost": 14}', 'contracted_cost -1.0'),
    ('{"contracted_cost": 0, "contracted_unit_price": 0}', 'contracted_cost_is_zero -20'),
    ('{"charge_period_start": "2025-12-31T22:00Z"}', 'charge_in_billing_period '),
    ('{"charge_period_end": "2026-02-01T00:00:01Z"}', 'charge_in_billing_period '),
    ('{"charge_period_end": "2026-01-05Z"}', 'charge_period_order '),
    ('{"billing_period_end": "2026-01-01Z", "charge_period_end": null}', 'billing_period_order '),
    ('{"charge_category": "Credit", "consumed_quantity": null, "effective_cost": 14}', 'credit_effective_cost -1'),
    ('{"charge_category": "Purchase", "consumed_quantity": null, "commitment_discount_id": "c1"}',
     'purchase_effective_cost 15'),
    ('{"charge_category": "Tax"}', 'consumed_quantity 10'),
    ('{"commitment_discount_status": "Unused"}', 'consumed_quantity 10'),
    ('{"charge_category": "Fee", "consumed_quantity": null}', 'charge_category '),
    ('{"charge_category": null, "consumed_quantity": null}', 'charge_category '),
    ('{"charge_class": "Late"}', 'charge_class '),
    ('{"charge_frequency": "Usage-based"}', 'charge_frequency '),
    ('{"pricing_category": "On-Demand"}', 'pricing_category '),
    ('{"commitment_discount_category": "Money"}', 'commitment_discount_category '),
    ('{"commitment_discount_status": "Partly"}', 'commitment_discount_status '),
    ('{"list_unit_price": -2, "list_cost": -20}', 'unit_price_is_negative -2')) AS t (changes, expected);
SELECT is_empty($$SELECT * FROM accelcost.charge_check('another')$$, 'another export has other charges');
SELECT pg_temp.broken_by('{"list_cost": 21}') \g /dev/null
SELECT is_empty($$SELECT * FROM accelcost.charge_check(tolerance => 1)$$, 'a deviation within the tolerance is none');

-- ---- commitments: a year at 1.00 an hour -------------------------------------

CREATE FUNCTION pg_temp.add_year(upfront numeric, monthly numeric, used_share numeric)
RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM accelcost.charge;
    IF upfront > 0 THEN
        PERFORM pg_temp.add_charge(
            jsonb_build_object(
                'charge_category', 'Purchase', 'charge_frequency', 'One-Time', 'commitment_discount_id', 'year',
                'consumed_quantity', NULL,
            'charge_period_end', '2027-01-01Z', 'charge_period_start', '2026-01-01Z', 'billing_period_end', NULL,
            'pricing_quantity', NULL,
            'billed_cost', upfront, 'effective_cost', 0));
    END IF;
    PERFORM pg_temp.add_charge(
        jsonb_build_object(
            'charge_category', 'Purchase', 'charge_frequency', 'Recurring', 'commitment_discount_id', 'year',
            'consumed_quantity', NULL,
            'billing_period_start', m, 'billing_period_end', m + interval '1 month', 'charge_period_start', m,
            'charge_period_end', m + interval '1 month',
            'pricing_quantity', NULL, 'billed_cost', monthly, 'effective_cost', 0))
    FROM generate_series('2026-01-01Z'::timestamptz, '2026-12-01Z', '1 month') AS m WHERE monthly > 0;
    -- what was used of each day, and what was not
    PERFORM pg_temp.add_charge(
        jsonb_build_object(
            'commitment_discount_id', 'year', 'commitment_discount_status', status, 'consumed_quantity', NULL,
            'billing_period_start', bill_month(d), 'billing_period_end', next_month(bill_month(d)),
            'charge_period_start', d, 'charge_period_end', d + interval '1 day',
            'pricing_quantity', NULL, 'billed_cost', 0, 'effective_cost', 24 * share))
    FROM generate_series('2026-01-01Z'::timestamptz, '2026-12-31Z', '1 day') AS d,
         (VALUES ('Used', used_share), ('Unused', 1 - used_share)) AS part (status, share);
END
$$;
SET LOCAL timezone = 'UTC';
SELECT pg_temp.add_year(8760, 0, 1) \g /dev/null
SELECT is(sum(cost)::text, '8760 USD upfront=8760', 'all upfront: 8,760.00 is billed in the first month')
FROM accelcost.charge_monthly()
WHERE month = '2026-01-01';
SELECT is(total(sum(cost)), 744.0, 'and 744 hours of it are used')
FROM accelcost.charge_monthly('effective')
WHERE month = '2026-01-01';
SELECT is_empty('SELECT * FROM accelcost.charge_check()', 'what is used of it is what was paid');
SELECT is(total(cost), 744.0, 'spread over its year, January has 744.00')
FROM accelcost.charge_monthly(month_of => 'prorate')
WHERE month = '2026-01-01';
SELECT is(total(sum(cost)), 8760.0, 'and all months all of it') FROM accelcost.charge_monthly(month_of => 'prorate');
SELECT pg_temp.add_year(4380, 365, 0.75) \g /dev/null
SELECT results_eq(
    'SELECT month, total(sum(cost)) FROM accelcost.charge_monthly() GROUP BY month ORDER BY month LIMIT 2',
    $$VALUES ('2026-01-01'::date, 4745.0), ('2026-02-01', 365.0)$$,
    'partial upfront: 4,380 and 365.00 a month are billed');
SELECT results_eq(
    $$
        SELECT commitment_discount_status, sum(effective_cost) / 8760
        FROM accelcost.charge
        WHERE charge_category = 'Usage'
        GROUP BY 1
        ORDER BY 1 DESC$$,
    $$VALUES ('Used', 0.75), ('Unused', 0.25)$$, 'used 0.75 and unused 0.25 of each hour');
SELECT is_empty('SELECT * FROM accelcost.charge_check()', 'and together they are what was paid');
UPDATE accelcost.charge SET effective_cost = 0 WHERE commitment_discount_status = 'Unused';
SELECT results_eq(
    'SELECT rule, item, deviation FROM accelcost.charge_check()', $$VALUES ('commitment_total', 'year', -2190.0)$$,
    'what is left out is missed');
SELECT is_empty(
    $$
        SELECT *
        FROM accelcost.charge_savings()
        WHERE effective_cost IS NULL OR charges <> 2 * extract(day FROM next_month(month) - 1)$$,
    'savings are of usage, without the purchases that pay for it');

-- ---- invoices ----------------------------------------------------------------

DELETE FROM accelcost.charge;
SELECT pg_temp.add_charge(
    jsonb_build_object('billed_cost', cost, 'service_name', service, 'invoice_id', 'i1'))
FROM (VALUES (1.004, 'a'), (1.004, 'a'), (1.003, 'b')) AS v (cost, service) \g /dev/null
CREATE TEMPORARY TABLE invoice (invoice_id text, currency text, amount numeric);
INSERT INTO invoice
VALUES ('i1', 'USD', 3.011),
       ('i1', 'USD', 3.01),
       ('i1', 'USD', 3.00),
       ('i1', 'USD', 3.05),
       ('i2', 'USD', 1),
       ('i1', 'EUR', 3.01);
SELECT results_eq(
    'SELECT invoice->>$$invoice_id$$, amount, difference, verdict, '
    'residue FROM accelcost.reconcile($$invoice$$) AS r (invoice, currency, amount, charged, charges, '
    'difference, verdict, residue)',
    $$
        VALUES ('i1', 3.011, 0.0, 'exact', NULL::numeric),
               ('i1', 3.01, -0.001, 'rounded as a whole', 0.0),
               ('i1', 3.00, -0.011, 'rounded by charge', 0.0),
             ('i1', 3.05, 0.039, 'not explained', 0.04),
             ('i2', 1, NULL, 'no charges', NULL),
             ('i1', 3.01, NULL, 'no charges', NULL)$$,
    'an invoice is the sum, or names the rounding that explains it, or what is left');
-- no time zone of a session moves a bill
DELETE FROM accelcost.charge;
SELECT pg_temp.add_charge('{"billed_cost": 7}'),
       pg_temp.add_charge(
           '{"billed_cost": 10, "billing_period_start": "2026-02-01Z", '
           '"charge_period_start": "2026-02-03Z"}') \g /dev/null
CREATE TEMPORARY TABLE february AS
SELECT '2026-02-01Z'::timestamptz AS billing_period_start, 'USD' AS currency, 10.0 AS amount;
SET LOCAL timezone = 'America/New_York';
SELECT results_eq(
    'SELECT charged, verdict FROM accelcost.reconcile($$february$$)', $$VALUES (10.0, 'exact')$$,
    'a period is that in UTC');
RESET timezone;
SELECT results_eq(
    $$
        SELECT month, total(cost)
        FROM accelcost.charge_monthly(month_of => 'billing', tz => 'America/New_York')
        ORDER BY 1$$,
    $$VALUES ('2026-01-01'::date, 7.0), ('2026-02-01', 10.0)$$, 'the month of a bill is that of its first day');
UPDATE accelcost.charge SET billing_period_start = CASE billed_cost
                                                        WHEN 7 THEN '2026-01-31 16:00Z'::timestamptz
                                                        ELSE '2026-03-01 08:00Z' END;
SELECT results_eq(
    $$SELECT month, total(cost) FROM accelcost.charge_monthly(month_of => 'billing') ORDER BY 1$$,
    $$VALUES ('2026-02-01'::date, 7.0), ('2026-03-01', 10.0)$$, 'wherever that begins');
SELECT throws_ok(
    $$SELECT * FROM accelcost.charge_monthly(month_of => 'billing', tz => 'Nowhere')$$, '22023', NULL,
    'the zone must be one, though bills need none');
UPDATE accelcost.charge SET charge_period_end = 'infinity';
SELECT is(sum(total(cost)), 17.0, 'a period without an end is in its first month')
FROM accelcost.charge_monthly(month_of => 'prorate');
-- a fee may stand for what a commitment was not used for
DELETE FROM accelcost.charge;
SELECT pg_temp.add_charge(
    '{"charge_category": "Purchase", "charge_frequency": "Recurring", "consumed_quantity": null, '
    '"commitment_discount_id": "c", "commitment_discount_status": "Unused", "list_cost": null, '
    '"contracted_cost": null, "list_unit_price": null, "contracted_unit_price": null, "billed_cost": 10, '
    '"effective_cost": 4}'),
       pg_temp.add_charge(
           '{"commitment_discount_id": "c", "commitment_discount_status": "Used", '
           '"billed_cost": 0, "effective_cost": 6}') \g /dev/null
SELECT is_empty('SELECT * FROM accelcost.charge_check()', 'which breaks no rule');
SELECT results_eq(
    'SELECT list_cost, effective_cost, commitment_savings, billed_cost FROM accelcost.charge_savings()',
    'VALUES (20.0, 10.0, 5.0, 10.0)', 'and is no saving');
-- what no rounding explains is not fitted to the nearest
DELETE FROM accelcost.charge;
SELECT pg_temp.add_charge(jsonb_build_object('billed_cost', 1.009, 'service_name', n, 'invoice_id', 'i1'))
FROM generate_series(1, 10) AS n \g /dev/null
SELECT pg_temp.add_charge('{"billed_cost": 70000.5, "billing_currency": "tokens", "invoice_id": "i2"}') \g /dev/null
DROP TABLE invoice;
CREATE TEMPORARY TABLE invoice (invoice_id text, currency text, amount text);
INSERT INTO invoice
VALUES ('i1', 'USD', '22.09'), ('i1', 'USD', '10.10'), ('i2', 'tokens', '70000.5'), ('i2', 'tokens', '70001'),
       ('i1', 'USD', NULL);
SELECT results_eq(
    'SELECT verdict, difference, residue FROM accelcost.reconcile($$invoice$$)',
    $$VALUES ('not explained', 12.0, 12.0), ('rounded by service', 0.01, 0), ('exact', 0, NULL),
             ('not explained', 0.5, 0.5), ('no amount', NULL, NULL)$$,
    'an invoice that is 12.00 too high says so, and tokens are not rounded');
UPDATE invoice SET amount = '1O.09' WHERE amount = '10.10';
SELECT throws_ok(
    'SELECT * FROM accelcost.reconcile($$invoice$$)', '22P02',
    'amount "1O.09" of invoice {"invoice_id": "i1"} is not a number');
SELECT throws_ok(
    'SELECT * FROM accelcost.reconcile(''accelcost.usage'')', '42703',
    'relation "accelcost.usage" is missing required columns: currency, amount');
SELECT throws_ok(
    $$SELECT * FROM accelcost.charge_monthly(month_of => 'week')$$, '22023',
    'invalid value for parameter "month_of": "week"');
SELECT throws_ok($$SELECT * FROM accelcost.charge_monthly(month_of => NULL)$$, '22004', '"month_of" must not be null');

-- ---- what an import changed ---------------------------------------------------

DELETE FROM accelcost.charge;
CREATE TEMPORARY TABLE staging (
    provider_name text, billing_account_id text, billing_currency text, billing_period_start text,
    charge_period_start text, billed_cost text, service_name text);
INSERT INTO staging
VALUES ('Alpha', 'acme', 'USD', '2026-01-01', '2026-01-02', '10', 'gpu'),
       ('Alpha', 'acme', 'USD', '2026-01-01', '2026-01-03', '2', 'disk'),
                           ('Alpha', 'acme', 'USD', '2026-01-01', '2025-12-31', '1', 'gpu');
SELECT accelcost.import_focus('staging', 'alpha') \g /dev/null
SELECT is_empty($$SELECT * FROM accelcost.charge_restatement('alpha')$$, 'a first import restates nothing');
UPDATE staging SET billed_cost = '11.5' WHERE billed_cost = '10';
DELETE FROM staging WHERE service_name = 'disk';
INSERT INTO staging VALUES ('Alpha', 'acme', 'USD', '2026-01-01', '2026-01-31', '4', NULL);
SELECT accelcost.import_focus('staging', 'alpha') \g /dev/null
SELECT results_eq(
    $$
        SELECT month, service_name, charges_before, charges_after, billed_before, billed_after, change
        FROM accelcost.charge_restatement('alpha')
        ORDER BY service_name$$,
    $$
        VALUES ('2026-01-01'::date, 'disk', 1::bigint, 0::bigint, 2.0, 0.0, -2.0),
               ('2026-01-01', 'gpu', 1, 1, 10, 11.5, 1.5),
               ('2026-01-01', NULL, 0, 1, 0, 4, 4)$$,
    'what a newer version of a period changed, by month and service');
SELECT accelcost.import_focus('staging', 'alpha') \g /dev/null
SELECT is(count(*), 3::bigint, 'the same version again changes nothing') FROM accelcost.charge_restatement();
SELECT is_empty($$SELECT * FROM accelcost.charge_restatement('beta')$$, 'another export is another story');

SELECT * FROM finish();
ROLLBACK;
