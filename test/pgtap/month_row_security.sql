-- Row security in the reports of the month: sums are of the visible rows; what needs all of them is unknown.
BEGIN;
SELECT plan(20);
SET LOCAL timezone = 'UTC';
\set charges_hidden 'row security may hide rows of "accelcost.charge"'

CREATE ROLE month_clerk;              -- sees the rows of team blue
CREATE ROLE month_auditor BYPASSRLS;
GRANT month_clerk, month_auditor TO CURRENT_USER;

CREATE FUNCTION pg_temp.as_role(role name, query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    result text;
BEGIN
    PERFORM set_config('role', role, true);
    BEGIN
        EXECUTE format('SELECT string_agg(q::text, E''\n'' ORDER BY q::text COLLATE "C") FROM (%s) AS q', query)
        INTO result;
    EXCEPTION WHEN OTHERS THEN
        result := concat(sqlstate, ': ', sqlerrm);
    END;
    PERFORM set_config('role', 'none', true);
    RETURN result;
END
$$;

-- Charges and usage of two teams, 1 a day each; on 10 August each of them pays 500 more.
INSERT INTO accelcost.charge
    (provider_name, billing_account_id, billing_currency, billing_period_start, charge_period_start, charge_category,
     service_name, sku_id, pricing_quantity, pricing_unit, billed_cost, effective_cost, tags, sub_account_id)
SELECT 'Seller', 'acme', 'USD', date_trunc('month', d, 'UTC'), d, 'Usage', 'Machines', t.team, 1, 'Hours', c.cost,
       c.cost, CASE WHEN extract(day FROM d) > 2 THEN jsonb_build_object('team', t.team) END, t.team
FROM generate_series('2026-06-01Z'::timestamptz, '2026-08-31Z', '1 day') AS d
CROSS JOIN (VALUES ('blue'), ('red')) AS t (team)
CROSS JOIN LATERAL (SELECT CASE WHEN d = '2026-08-10Z' THEN 501 ELSE 1 END + extract(month FROM d) AS cost) AS c;
INSERT INTO accelcost.provider (provider, kind, source) VALUES ('Nord', 'api', 'test');
INSERT INTO accelcost.token_price (provider, model, input_price, output_price, valid)
VALUES ('Nord', 'plain', 1, 1, '[2026-01-01 00:00+00,)');
INSERT INTO accelcost.usage (record_id, period_start, provider, model, team, uncached_input_tokens)
SELECT format('%s %s', c.sub_account_id, c.charge_period_start), c.charge_period_start, 'Nord', 'plain',
       c.sub_account_id, c.billed_cost * 1000000
FROM accelcost.charge AS c;
INSERT INTO accelcost.budget (name, basis, amount, first_month, team)
VALUES ('billed', 'billed', 1000, '2026-08-01', 'blue'), ('effective', 'effective', 1000, '2026-08-01', NULL),
       ('modelled', 'modelled', 1000, '2026-08-01', 'blue');
GRANT SELECT ON accelcost.usage, accelcost.charge, accelcost.budget, accelcost.cost_rule TO month_clerk, month_auditor;
CREATE POLICY own ON accelcost.charge USING (sub_account_id = 'blue');
CREATE POLICY own ON accelcost.usage USING (team = 'blue');
ALTER TABLE accelcost.charge ENABLE ROW LEVEL SECURITY;

-- ---- sums of the visible rows ----------------------------------------------

CREATE FUNCTION pg_temp.agree(reports text, plain text, name text) RETURNS SETOF text LANGUAGE sql AS $$
    SELECT is(pg_temp.as_role(r.role, reports), pg_temp.as_role(r.role, plain),
              format('%s, as %s sees it', name, r.role))
    FROM unnest('{month_clerk,month_auditor}'::name[]) AS r (role);
$$;
SELECT pg_temp.agree(
    $$SELECT month, team, cost, line_rows FROM accelcost.labelled_cost(basis => 'billed')$$,
    $$SELECT bill_month(charge_period_start), tags->>'team', trim_scale(sum(billed_cost)), count(*)
      FROM accelcost.charge GROUP BY 1, 2$$, 'labels');
SELECT pg_temp.agree(
    $$SELECT month, sub_account, cost FROM accelcost.untagged_cost(basis => 'billed')$$,
    $$SELECT bill_month(charge_period_start), sub_account_id, trim_scale(sum(billed_cost))
      FROM accelcost.charge WHERE tags IS NULL GROUP BY 1, 2$$, 'cost without a label');
SELECT pg_temp.agree(
    $$SELECT month, cost FROM accelcost.cost_rule_preview(basis => 'billed', provider => 'Seller', team => 'x')$$,
    $$SELECT bill_month(charge_period_start), trim_scale(sum(billed_cost))
      FROM accelcost.charge WHERE tags IS NULL GROUP BY 1$$, 'what a rule would move');
SELECT pg_temp.agree(
    $$SELECT value, cost_before, cost_after, price + volume + mix
      FROM accelcost.cost_change('2026-08-01', 'sku', 'billed')$$,
    $$SELECT sku_id, sum(billed_cost) FILTER (WHERE charge_period_start < '2026-08-01Z'),
             trim_scale(sum(billed_cost) FILTER (WHERE charge_period_start >= '2026-08-01Z')),
             trim_scale(sum(CASE WHEN charge_period_start >= '2026-08-01Z' THEN billed_cost ELSE -billed_cost END))
      FROM accelcost.charge WHERE charge_period_start >= '2026-07-01Z' GROUP BY 1$$, 'changes');
SELECT pg_temp.agree(
    $$SELECT day, value, cost, moved FROM accelcost.anomalies('2026-08-01', '2026-08-31', 'sku', basis => 'billed')$$,
    $$SELECT bill_day(charge_period_start), sku_id, billed_cost, sku_id
      FROM accelcost.charge WHERE billed_cost > 500$$, 'anomalies');
SELECT is(pg_temp.as_role('month_clerk', $$SELECT count(*), sum(line_rows)
                                           FROM accelcost.labelled_cost(basis => 'billed')$$),
          '(6,92)', 'the clerk sees half of the charges');

-- ---- what needs all rows ---------------------------------------------------

SELECT is(pg_temp.as_role(v.role, $$SELECT DISTINCT percent, reason
                                    FROM accelcost.untagged_cost('2026-06-01', basis => 'billed')$$), v.answer,
          format('a percentage, as %s sees it', v.role))
FROM (VALUES ('month_clerk', '(,"' || replace(:'charges_hidden', '"', '""') || ': the percentage is unknown")'),
             ('month_auditor', '(3.33,)')) AS v (role, answer);
CREATE FUNCTION pg_temp.burnt(role name, budget text) RETURNS text LANGUAGE sql AS $$
    SELECT pg_temp.as_role(role, format(
        $q$SELECT spent, forecast, runs_out_on, is_complete, replace(reason, '"', '|')
           FROM accelcost.budget_burn('2026-08-01') WHERE name = %L$q$, budget));
$$;
SELECT is(pg_temp.burnt(v.role, v.budget), v.answer, format('the budget %s, as %s sees it', v.budget, v.role))
FROM (VALUES
    -- 28 days from the 3rd to the 30th at 9, and 500; the 31st is a Monday, of which 4 cost 9, 509, 9 and 9
    ('month_auditor', 'billed', '(752,886,,t,)'),
    ('month_clerk', 'billed', '(,,,f,"row security may hide rows of |accelcost.charge|: the total is unknown")'),
    ('month_clerk', 'effective', '(,,,f,"row security may hide rows of |accelcost.charge|: the total is unknown")'),
    ('month_clerk', 'modelled', '(770,904,,t,)')) AS v (role, budget, answer);
ALTER TABLE accelcost.usage ENABLE ROW LEVEL SECURITY;
SELECT is(pg_temp.burnt('month_clerk', 'modelled'),
          '(,,,f,"row security may hide rows of |accelcost.usage|: the total is unknown")',
          'a budget of usage of which rows may be hidden');
ALTER TABLE accelcost.usage DISABLE ROW LEVEL SECURITY;
ALTER TABLE accelcost.cost_rule ENABLE ROW LEVEL SECURITY;
SELECT is(pg_temp.burnt('month_clerk', 'modelled'),
          '(,,,f,"row security may hide rows of |accelcost.cost_rule|: the total is unknown")',
          'a budget of a team whose rules may be hidden');
ALTER TABLE accelcost.cost_rule DISABLE ROW LEVEL SECURITY;
ALTER TABLE accelcost.charge DISABLE ROW LEVEL SECURITY;
SELECT is(pg_temp.burnt('month_clerk', 'billed'), '(752,886,,t,)', 'without row security the budget is known');

SELECT * FROM finish();
ROLLBACK;
