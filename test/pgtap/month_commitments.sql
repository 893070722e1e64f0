-- commitment_monthly: what of commitments was used, what they cover, and what is left to meet.
BEGIN;
SELECT plan(40);
SET LOCAL timezone = 'Asia/Tokyo';

-- Charges of July 2026, with what differs from a plain one. A commitment's status implies its id and type.
CREATE FUNCTION pg_temp.charged(VARIADIC rows jsonb[]) RETURNS void LANGUAGE sql AS $$
    DELETE FROM accelcost.charge;
    INSERT INTO accelcost.charge
    SELECT (jsonb_populate_record(NULL::accelcost.charge, jsonb_build_object(
        'provider_name', 'AWS', 'billing_account_id', 'acme',
        'billing_period_start', '2026-07-01Z', 'billing_period_end', '2026-08-01Z',
        'charge_period_start', '2026-07-01Z', 'charge_period_end', '2026-08-01Z', 'charge_category', 'Usage',
        'billing_currency', 'USD', 'billed_cost', 0, 'effective_cost', 0, 'extra', '{}'::jsonb,
        'export_name', 'manual', 'beside', false)
        || CASE WHEN r ? 'commitment_discount_status' OR r->>'charge_category' = 'Purchase'
                THEN '{"commitment_discount_id": "sp", "commitment_discount_type": "Savings Plan"}' ELSE '{}' END::jsonb
        || CASE WHEN r ? 'programs'
                THEN jsonb_build_object('commitment_program_eligibility_details', jsonb_build_object(
                         'CommitmentPrograms', (SELECT jsonb_agg(jsonb_build_object('ProgramType', p))
                                                FROM jsonb_array_elements_text(r->'programs') AS p)))
                ELSE '{}' END
        || (r - 'programs'))).*
    FROM unnest(rows) AS r;
$$;
CREATE FUNCTION pg_temp.contracted(VARIADIC rows jsonb[]) RETURNS void LANGUAGE sql AS $$
    DELETE FROM accelcost.contract_commitment;
    INSERT INTO accelcost.contract_commitment
    SELECT (jsonb_populate_record(NULL::accelcost.contract_commitment, jsonb_build_object(
        'service_provider_name', 'AWS', 'contract_commitment_id', 'c', 'contract_commitment_category', 'Spend',
        'contract_commitment_period_start', '2026-06-01Z', 'contract_commitment_period_end', '2026-09-09Z',
        'contract_commitment_cost', 1000, 'billing_currency', 'USD', 'extra', '{}'::jsonb, 'export_name', 'manual')
        || r)).*
    FROM unnest(rows) AS r;
$$;
-- Columns of the only row of July.
CREATE FUNCTION pg_temp.july(VARIADIC columns text[]) RETURNS text LANGUAGE sql AS $$
    SELECT string_agg((SELECT string_agg(coalesce(to_jsonb(c)->>k, 'NULL'), ' ' ORDER BY n)
                       FROM unnest(columns) WITH ORDINALITY AS u (k, n)), '; ' ORDER BY c.commitment_id)
    FROM accelcost.commitment_monthly('2026-07-01') AS c
$$;
-- A charge of use, which counts towards contract c.
CREATE FUNCTION pg_temp.applied(cost numeric, more jsonb DEFAULT '{}') RETURNS jsonb LANGUAGE sql AS $$
    SELECT jsonb_build_object('contract_applied', jsonb_build_object('Elements', jsonb_build_array(jsonb_build_object(
               'ContractId', 'k', 'ContractCommitmentId', 'c', 'ContractCommitmentAppliedCost', cost)))) || more
$$;

-- ---- the worked examples -----------------------------------------------------

SELECT pg_temp.charged(
    '{"commitment_discount_status": "Used", "effective_cost": 60, "contracted_cost": 100, "list_cost": 130,
      "consumed_quantity": 40, "consumed_unit": "Hours"}',
    '{"commitment_discount_status": "Unused", "effective_cost": 15}',
    '{"effective_cost": 150, "contracted_cost": 150, "programs": ["Savings Plan", "Reserved Instance"]}',
    '{"effective_cost": 50, "contracted_cost": 50, "pricing_category": "Dynamic", "programs": ["Savings Plan"]}');
SELECT is(pg_temp.july('utilisation', 'coverage', 'cost_per_hour'), '0.8 0.4 1.875',
          'used 60 and unused 15 in 40 hours; coverage at prices without commitments, without spot and unused');
SELECT is(pg_temp.july('used_cost', 'unused_cost', 'cost', 'used_hours', 'covered_cost', 'savings', 'eligible_cost'),
          '60 15 75 40 100 25 250', 'and what these are made of');
SELECT is(pg_temp.july('charges', 'reason', 'committed', 'shortfall', 'expires_on'), '2 NULL NULL NULL NULL',
          'there is no contract, and nothing is unknown');

-- covered, unused, recurring fee, and what has no commitment
SELECT pg_temp.charged(
    '{"billed_cost": 10, "effective_cost": 10, "list_cost": 12, "contracted_cost": 10}',
    '{"commitment_discount_status": "Used", "effective_cost": 7, "list_cost": 12, "contracted_cost": 10}',
    '{"commitment_discount_status": "Unused", "effective_cost": 3}',
    '{"charge_category": "Purchase", "charge_frequency": "Recurring", "billed_cost": 10}',
    '{"charge_category": "Credit", "billed_cost": -5, "effective_cost": -5}',
    '{"charge_category": "Tax", "billed_cost": 2, "effective_cost": 2}');
SELECT is(pg_temp.july('used_cost', 'unused_cost', 'cost', 'utilisation', 'covered_cost', 'savings'), '7 3 10 0.7 10 0',
          'a fee is not counted with what it pays for, and credits are no saving');
SELECT is(pg_temp.july('coverage', 'eligible_cost', 'reason'),
          'NULL NULL the export does not say which charges are eligible', 'coverage is unknown without eligibility');

-- ---- what is known, and when -------------------------------------------------

SELECT pg_temp.charged(
    '{"commitment_discount_status": "Used", "effective_cost": 6, "list_cost": 9, "programs": ["Savings Plan"]}');
SELECT is(pg_temp.july('covered_cost', 'coverage'), '9 1', 'a charge without contracted cost has its list cost');
SELECT pg_temp.charged(
    '{"commitment_discount_status": "Used", "effective_cost": 6, "programs": ["Savings Plan"]}');
SELECT is(pg_temp.july('cost', 'covered_cost', 'coverage', 'reason'),
          '6 NULL NULL a charge has no contracted and no list cost', 'and without either, coverage is unknown');
SELECT pg_temp.charged(
    '{"commitment_discount_status": "Used", "effective_cost": 6, "contracted_cost": 9, "programs": ["Savings Plan"]}',
    '{"effective_cost": 5, "programs": ["Savings Plan"]}');
SELECT is(pg_temp.july('covered_cost', 'coverage'), '9 NULL', 'also if eligible usage lacks both');
SELECT pg_temp.charged('{"commitment_discount_status": "Used", "effective_cost": null, "contracted_cost": 9}',
                       '{"commitment_discount_status": "Unused", "effective_cost": 1}');
SELECT is(pg_temp.july('used_cost', 'unused_cost', 'cost', 'utilisation'), 'NULL NULL NULL NULL',
          'an unknown effective cost is not 0');
SELECT pg_temp.charged(
    '{"commitment_discount_status": "Used", "effective_cost": 6, "consumed_quantity": 2, "consumed_unit": "Hrs"}',
    '{"commitment_discount_status": "Used", "effective_cost": 1, "consumed_quantity": 9, "consumed_unit": "GB"}');
SELECT is(pg_temp.july('cost', 'used_hours', 'cost_per_hour'), '7 NULL NULL',
          'a price per hour needs all usage in hours');
SELECT pg_temp.charged(
    '{"commitment_discount_status": "Used", "effective_cost": 6, "consumed_quantity": 90, "consumed_unit": "Minutes"}',
    '{"commitment_discount_status": "Used", "effective_cost": 3, "pricing_quantity": 1.5, "pricing_unit": "1 Hour"}');
SELECT is(pg_temp.july('used_hours', 'cost_per_hour'), '3 3',
          'minutes count, and priced quantities if none is consumed');
SELECT pg_temp.charged('{"commitment_discount_status": "Unused", "effective_cost": 4}');
SELECT is(pg_temp.july('used_cost', 'unused_cost', 'utilisation', 'cost_per_hour'), '0 4 0 NULL',
          'a commitment that nobody uses has utilisation 0 and no price per hour');
SELECT pg_temp.charged('{"commitment_discount_status": "Used", "effective_cost": 0}');
SELECT is(pg_temp.july('used_cost', 'utilisation'), '0 NULL', 'one without a cost has none');

SELECT pg_temp.charged('{"commitment_discount_status": "Unused", "effective_cost": 4, "programs": ["Savings Plan"]}');
SELECT is(pg_temp.july('eligible_cost', 'coverage', 'reason'), '0 NULL NULL', 'nothing is eligible, and known to be');
SELECT pg_temp.charged(
    '{"commitment_discount_status": "Used", "effective_cost": 4, "contracted_cost": 5, "programs": ["Savings Plan"],
      "commitment_discount_type": null}');
SELECT is(pg_temp.july('covered_cost', 'coverage', 'reason'), '5 NULL the commitment has no type',
          'a commitment of unknown type has no coverage');

-- ---- how providers say it ----------------------------------------------------

-- AWS: covered lines are billed in full and taken back; the fee line has what is unused.
SELECT pg_temp.charged(
    '{"commitment_discount_status": "Used", "billed_cost": 10, "effective_cost": 7, "contracted_cost": 10,
      "consumed_quantity": 4, "consumed_unit": "Hrs",
      "extra": {"savingsPlan/EndTime": "2027-03-01T00:00:00.000Z"}}',
    '{"commitment_discount_id": "sp", "commitment_discount_type": "Savings Plan", "billed_cost": -10,
      "list_cost": 0, "contracted_cost": 0}',
    '{"commitment_discount_status": "Unused", "charge_category": "Purchase", "billed_cost": 10, "effective_cost": 3}');
SELECT is(pg_temp.july('used_cost', 'unused_cost', 'cost', 'used_hours', 'covered_cost', 'expires_on'),
          '7 3 10 4 10 2027-03-01', 'negations and fees of AWS count neither twice nor as hours');
-- Azure: what is bought is in the amortised costs.
SELECT pg_temp.charged(
    '{"commitment_discount_status": "Used", "effective_cost": 8, "contracted_cost": 11}',
    '{"commitment_discount_status": "Unused", "effective_cost": 2}',
    '{"charge_category": "Purchase", "charge_frequency": "One-Time", "billed_cost": 3650, "effective_cost": 0}');
SELECT is(pg_temp.july('used_cost', 'unused_cost', 'cost', 'charges'), '8 2 10 3',
          'a purchase is not added to its use');
-- Google: a fee, and credits for what it covers.
SELECT pg_temp.charged(
    '{"charge_category": "Purchase", "commitment_discount_id": null, "pricing_category": "Committed",
      "commitment_discount_type": "Committed use discount", "billed_cost": 70, "effective_cost": 70}',
    '{"billed_cost": 100, "effective_cost": 100, "contracted_cost": 100, "pricing_category": "Committed"}',
    '{"charge_category": "Credit", "commitment_discount_type": "Committed use discount", "billed_cost": -100,
      "pricing_category": "Committed", "effective_cost": -100, "contracted_cost": 0}');
SELECT is(pg_temp.july('commitment_id', 'used_cost', 'unused_cost', 'cost', 'covered_cost', 'savings', 'utilisation'),
          'NULL NULL NULL 70 100 30 NULL', 'the credits of Google are what the fee covers; use is not known');
SELECT ok(pg_temp.july('reason') LIKE 'the export does not say how much of the commitment is used%', 'with the reason');

-- ---- contracts ---------------------------------------------------------------

-- 100 days for 1,000: at the end of July, 61 of them are over.
SELECT pg_temp.contracted('{}');
SELECT pg_temp.charged(pg_temp.applied(200, '{"charge_period_start": "2026-06-05Z"}'), pg_temp.applied(300),
                       pg_temp.applied(999, '{"charge_period_start": "2026-08-01Z"}'));
SELECT is(pg_temp.july('commitment_id', 'committed', 'committed_unit', 'applied', 'applied_to_date', 'shortfall',
                       'expires_on'), 'c 1000 USD 300 500 110 2026-09-09', 'what is missing after 61 of 100 days');
SELECT is((SELECT array_agg(shortfall ORDER BY month) FROM accelcost.commitment_monthly('2026-05-01', '2026-10-01')),
          '{100,110,0,0}'::numeric[], 'month by month, within the commitment''s period, and never below 0');
SELECT pg_temp.charged(pg_temp.applied(200),
                       pg_temp.applied(500, '{"charge_category": "Purchase", "commitment_discount_id": null,
                                              "commitment_discount_type": null}'));
SELECT is(pg_temp.july('applied'), '200', 'what was bought is not added to what was used of it');
SELECT pg_temp.charged(pg_temp.applied(500, '{"charge_category": "Purchase", "commitment_discount_id": null,
                                            "commitment_discount_type": null}'));
SELECT is(pg_temp.july('applied'), '500', 'it counts if no usage does');
SELECT pg_temp.charged('{}');
SELECT is(pg_temp.july('applied', 'applied_to_date', 'shortfall', 'used_cost', 'charges'), '0 0 610 NULL 0',
          'a commitment that nobody uses at all is not forgotten');
SELECT pg_temp.contracted('{"contract_commitment_cost": null, "contract_commitment_quantity": 100,
                            "contract_commitment_unit": "Hours", "billing_currency": null}');
SELECT pg_temp.charged('{"contract_applied": {"Elements": [{"ContractCommitmentID": "c",
                         "ContractCommitmentAppliedQuantity": 7, "ContractCommitmentAppliedUnit": "Hours"}]}}');
SELECT is(pg_temp.july('committed', 'committed_unit', 'applied', 'shortfall'), '100 Hours 7 54',
          'hours can be committed to, and FOCUS 1.3 has another name');
SELECT pg_temp.charged(pg_temp.applied(7));
SELECT is(pg_temp.july('applied', 'shortfall', 'reason'),
          'NULL NULL charges count towards the commitment in "USD"', 'money does not count as hours');
SELECT pg_temp.contracted('{"contract_commitment_fulfillment_interval": "Monthly"}');
SELECT is(pg_temp.july('applied', 'shortfall', 'reason'),
          '7 NULL the commitment must be met in each interval: Monthly',
          'an interval has no shortfall over the period');
SELECT pg_temp.contracted('{"contract_commitment_id": "sp", "contract_commitment_type": "Savings Plan"}');
SELECT pg_temp.charged('{"commitment_discount_status": "Used", "effective_cost": 6}');
SELECT is(pg_temp.july('commitment_id', 'used_cost', 'committed', 'expires_on'), 'sp 6 1000 2026-09-09',
          'a contract and its charges are one row');
SELECT pg_temp.contracted('{}');
SELECT pg_temp.charged(pg_temp.applied(30, '{"charge_category": null}'), pg_temp.applied(12));
SELECT is(pg_temp.july('applied', 'applied_to_date'), '42 42', 'a charge without a category is use');
SELECT pg_temp.charged(pg_temp.applied(500, '{"charge_category": "Purchase"}'),
                       pg_temp.applied(70, '{"charge_period_start": "2026-08-05Z"}'));
SELECT is(pg_temp.july('applied', 'applied_to_date'), '0 0; NULL NULL',
          'a purchase does not count if later charges of use do');
SELECT is_empty($$SELECT month, applied, applied_to_date, shortfall FROM accelcost.commitment_monthly('2026-07-01')
                  EXCEPT SELECT month, applied, applied_to_date, shortfall
                  FROM accelcost.commitment_monthly('2026-07-01', '2026-08-01')$$, 'a month is the same in any range');
SELECT pg_temp.contracted('{"contract_commitment_id": "sp", "contract_commitment_type": "Savings Plan"}');
SELECT pg_temp.charged('{"contract_applied": {"Elements": {"ContractCommitmentId": "sp"}}}',
                       '{"contract_applied": {}}',
                       '{"commitment_program_eligibility_details": {"CommitmentPrograms": 7}}');
SELECT is(pg_temp.july('applied'), '0', 'an object of another shape is no error');
DELETE FROM accelcost.contract_commitment;

-- ---- which charges, and months -----------------------------------------------

SELECT pg_temp.charged(
    '{"commitment_discount_status": "Used", "effective_cost": 6}',
    '{"commitment_discount_status": "Used", "effective_cost": 9, "export_name": "other", "beside": true}',
    '{"commitment_discount_status": "Used", "effective_cost": 5, "charge_period_start": "2026-07-31 23:59:59Z"}',
    '{"commitment_discount_status": "Used", "effective_cost": 4, "charge_period_start": "2026-08-01Z"}');
SELECT is(pg_temp.july('cost'), '11', 'a bill beside is left out, and months are those in UTC');
SELECT is((SELECT array_agg(cost) FROM accelcost.commitment_monthly(export_name => 'other')), '{9}'::numeric[],
          'but for those who ask for it');
SELECT is((SELECT array_agg(cost ORDER BY month) FROM accelcost.commitment_monthly), '{11,4}'::numeric[],
          'the view has all months');
SELECT throws_ok($$SELECT * FROM accelcost.commitment_monthly('2026-07-01', '2026-06-01')$$, '22023');

-- ---- generated months --------------------------------------------------------

-- Commitments with used and unused parts, fees and eligible usage, at amounts of many digits.
SELECT setseed(0.5);
DELETE FROM accelcost.charge;
INSERT INTO accelcost.charge (provider_name, billing_account_id, billing_period_start, charge_period_start,
    charge_category, billing_currency, billed_cost, effective_cost, contracted_cost, list_cost, pricing_category,
    consumed_quantity, consumed_unit, commitment_discount_id, commitment_discount_type, commitment_discount_status,
    commitment_program_eligibility_details)
SELECT p.provider, 'a', m.month, m.month + interval '5 days', CASE k.kind WHEN 'fee' THEN 'Purchase' ELSE 'Usage' END,
       c.currency, random()::numeric, CASE k.kind WHEN 'fee' THEN 0 ELSE random()::numeric * 1000 END,
       CASE WHEN k.kind IN ('used', 'free', 'spot') AND random() < 0.9 THEN random()::numeric * 1000 END,
       random()::numeric * 1000, CASE k.kind WHEN 'spot' THEN 'Dynamic' END,
       CASE WHEN k.kind = 'used' THEN round(random()::numeric * 100, 3) END, CASE WHEN k.kind = 'used' THEN 'Hrs' END,
       CASE WHEN k.kind IN ('used', 'unused', 'fee') THEN 'c' || (n % 4) END,
       CASE WHEN k.kind IN ('used', 'unused', 'fee') THEN 'T' || (n % 2) END,
       CASE k.kind WHEN 'used' THEN 'Used' WHEN 'unused' THEN 'Unused' END,
       CASE WHEN k.kind IN ('free', 'spot') OR (k.kind = 'used' AND n % 3 = 0)
            THEN format('{"CommitmentPrograms": [{"ProgramType": "T%s"}, {"ProgramType": "T9"}]}', n % 2)::jsonb END
FROM generate_series(1, 4000) AS n
CROSS JOIN LATERAL (SELECT (ARRAY['AWS', 'Microsoft', 'Nobody'])[1 + n % 3] AS provider) AS p
CROSS JOIN LATERAL (SELECT (ARRAY['USD', 'JPY'])[1 + n / 3 % 2] AS currency) AS c
CROSS JOIN LATERAL (SELECT '2026-01-01Z'::timestamptz + (n % 5) * interval '31 days' AS month) AS m
CROSS JOIN LATERAL (SELECT (ARRAY['used', 'unused', 'fee', 'free', 'spot'])[1 + floor(random() * 5)::integer] AS kind)
           AS k;
CREATE TEMPORARY VIEW plain AS SELECT *, bill_month(charge_period_start) AS month FROM accelcost.charge;
SELECT set_eq(
    $$SELECT month, provider, commitment_id, currency, used_cost, unused_cost, cost, used_hours, covered_cost,
             eligible_cost, coverage, utilisation, cost_per_hour
      FROM accelcost.commitment_monthly()$$,
    $$SELECT p.month, p.provider_name, p.commitment_discount_id, p.billing_currency, s.used, s.unused,
             s.used + s.unused AS cost, s.hours, s.covered, e.eligible,
             round(s.covered::numeric(80,40) / e.eligible, 18) AS coverage,
             round(s.used::numeric(80,40) / (s.used + s.unused), 18) AS utilisation,
             round((s.used + s.unused)::numeric(80,40) / s.hours, 18) AS per_hour
      FROM (SELECT DISTINCT month, provider_name, commitment_discount_id, commitment_discount_type, billing_currency
            FROM plain WHERE commitment_discount_id IS NOT NULL) AS p
      CROSS JOIN LATERAL (
          SELECT coalesce(sum(c.effective_cost) FILTER (WHERE c.commitment_discount_status = 'Used'), 0) AS used,
                 coalesce(sum(c.effective_cost) FILTER (WHERE c.commitment_discount_status = 'Unused'), 0) AS unused,
                 sum(c.consumed_quantity) AS hours,
                 sum(coalesce(c.contracted_cost, c.list_cost)) FILTER (WHERE c.commitment_discount_status = 'Used')
                     AS covered
          FROM plain AS c
          WHERE (c.month, c.provider_name, c.commitment_discount_id, c.billing_currency)
                = (p.month, p.provider_name, p.commitment_discount_id, p.billing_currency)) AS s
      CROSS JOIN LATERAL (
          SELECT sum(coalesce(c.contracted_cost, c.list_cost)) AS eligible
          FROM plain AS c
          WHERE (c.month, c.provider_name, c.billing_currency) = (p.month, p.provider_name, p.billing_currency)
            AND c.pricing_category IS DISTINCT FROM 'Dynamic'
            AND (c.commitment_discount_status = 'Used' AND c.commitment_discount_type = p.commitment_discount_type
                 OR c.commitment_discount_id IS NULL
                    AND c.commitment_program_eligibility_details::text
                        LIKE '%"' || p.commitment_discount_type || '"%')) AS e$$,
    'generated commitments are those of a plain query');
SELECT is_empty(
    $$SELECT month, provider, commitment_type, currency FROM accelcost.commitment_monthly()
      GROUP BY month, provider, commitment_type, currency HAVING sum(coverage) > 1$$,
    'commitments of a type cover no more than is eligible');
SELECT is((SELECT sum(used_cost + unused_cost) FROM accelcost.commitment_monthly()),
          (SELECT sum(effective_cost) FROM plain WHERE commitment_discount_status IN ('Used', 'Unused')),
          'used and unused are what was committed, to the last digit');

CREATE TEMPORARY TABLE usual AS SELECT * FROM accelcost.commitment_monthly();
SET LOCAL timezone = 'America/Los_Angeles';
SET LOCAL datestyle = 'SQL, DMY';
SET LOCAL standard_conforming_strings = off;
SET LOCAL search_path = pg_temp, pg_catalog;
CREATE TEMPORARY TABLE unusual AS SELECT * FROM accelcost.commitment_monthly();
SET LOCAL search_path = public;
SET LOCAL standard_conforming_strings = on;
SELECT set_eq('TABLE unusual', 'TABLE usual', 'commitments are the same under any setting of a session');

SELECT * FROM finish();
ROLLBACK;
