-- Row security: what a total is needed for is unknown to those who may not see
-- all rows; what a row costs by itself is not.
BEGIN;
SELECT plan(71);
SET LOCAL timezone = 'UTC';
\set usage_hidden 'row security may hide rows of "accelcost.usage": the month''s total is unknown'
\set no_import '42501: row security may hide rows of "accelcost.charge"'

-- ---- roles, and what each reads a relation as -------------------------------

CREATE ROLE rls_keeper;                      -- owns the tables
CREATE ROLE rls_deputy IN ROLE rls_keeper;   -- has the rights of the owner
CREATE ROLE rls_clerk;                       -- sees its own rows
CREATE ROLE rls_auditor BYPASSRLS;
CREATE ROLE rls_finance;                     -- has a policy USING (true)
CREATE ROLE rls_intern IN ROLE rls_finance;  -- has it, too, and a restrictive one
CREATE ROLE rls_stranger NOINHERIT IN ROLE rls_finance;  -- has none of the rights of finance
GRANT rls_keeper, rls_clerk TO CURRENT_USER;

-- What a query says to a role: its first column, or the error.
CREATE FUNCTION pg_temp.as_role(role name, query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    result text;
BEGIN
    PERFORM set_config('role', role, true);
    BEGIN
        EXECUTE query INTO result;
    EXCEPTION WHEN OTHERS THEN
        result := concat(sqlstate, ': ', sqlerrm);
    END;
    PERFORM set_config('role', 'none', true);
    RETURN result;
END
$$;

CREATE SCHEMA guard;
GRANT ALL ON SCHEMA guard TO PUBLIC;
CREATE TABLE guard.plain (who name);
CREATE TABLE guard.closed (who name);                            -- row security without a policy
CREATE TABLE guard.own (who name);                               -- by a policy one's own rows
CREATE TABLE guard.forced (who name);                            -- the same, for the owner, too
CREATE TABLE guard.dormant (who name);                           -- a policy, but no row security
CREATE TABLE guard.open (who name);                              -- open to finance
CREATE TABLE guard.public (who name);                            -- open to everybody
CREATE TABLE guard.to_insert (who name);                         -- open to finance, but not for SELECT
CREATE TABLE guard.parts (who name) PARTITION BY LIST (who);
CREATE TABLE guard.part PARTITION OF guard.parts DEFAULT;
CREATE POLICY own ON guard.own USING (who = current_user);
CREATE POLICY own ON guard.forced USING (who = current_user);
CREATE POLICY own ON guard.dormant USING (who = current_user);
CREATE POLICY open ON guard.open FOR SELECT TO rls_finance USING (true);
CREATE POLICY shut ON guard.open AS RESTRICTIVE TO rls_intern USING (who = current_user);
CREATE POLICY harmless ON guard.open AS RESTRICTIVE TO rls_finance USING (true);
CREATE POLICY open ON guard.public USING (true);
CREATE POLICY open ON guard.to_insert FOR DELETE TO rls_finance USING (true);
CREATE POLICY checked ON guard.to_insert FOR INSERT TO rls_finance WITH CHECK (true);
CREATE POLICY own ON guard.parts USING (who = current_user);
ALTER TABLE guard.closed ENABLE ROW LEVEL SECURITY;
ALTER TABLE guard.own ENABLE ROW LEVEL SECURITY;
ALTER TABLE guard.forced ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE guard.open ENABLE ROW LEVEL SECURITY;
ALTER TABLE guard.public ENABLE ROW LEVEL SECURITY;
ALTER TABLE guard.to_insert ENABLE ROW LEVEL SECURITY;
ALTER TABLE guard.parts ENABLE ROW LEVEL SECURITY;
CREATE VIEW guard.by_keeper AS SELECT * FROM guard.own;
CREATE VIEW guard.by_clerk AS SELECT * FROM guard.own;
CREATE VIEW guard.by_keeper_forced AS SELECT * FROM guard.forced;
CREATE VIEW guard.by_caller WITH (security_invoker) AS SELECT * FROM guard.own;
CREATE VIEW guard.by_caller_on WITH (security_invoker = on) AS SELECT * FROM guard.own;
CREATE VIEW guard.by_owner_off WITH (security_invoker = off) AS SELECT * FROM guard.own;
CREATE VIEW guard.nested AS SELECT * FROM guard.by_caller;
CREATE VIEW guard.nested_by_caller WITH (security_invoker) AS SELECT * FROM guard.by_clerk;
CREATE VIEW guard.deep WITH (security_invoker) AS
WITH seen AS (SELECT p.who FROM guard.plain AS p WHERE p.who IN (SELECT o.who FROM guard.by_caller AS o))
SELECT * FROM seen;
INSERT INTO guard.plain VALUES ('rls_clerk'), ('nobody');
DO $$
DECLARE
    t text;
BEGIN
    FOREACH t IN ARRAY '{closed,own,forced,dormant,open,public,to_insert,parts}'::text[] LOOP
        EXECUTE format('INSERT INTO guard.%I SELECT * FROM guard.plain', t);
    END LOOP;
    FOR t IN SELECT relname FROM pg_class WHERE relnamespace = 'guard'::regnamespace LOOP
        EXECUTE format('ALTER TABLE guard.%I OWNER TO %I', t,
                       CASE WHEN t LIKE '%by_clerk' THEN 'rls_clerk' ELSE 'rls_keeper' END);
        EXECUTE format('GRANT ALL ON guard.%I TO PUBLIC', t);
    END LOOP;
END
$$;
SET ROLE rls_clerk;
CREATE MATERIALIZED VIEW guard.kept_by_clerk AS SELECT * FROM guard.own;
GRANT SELECT ON guard.kept_by_clerk TO PUBLIC;
SET ROLE rls_keeper;
CREATE MATERIALIZED VIEW guard.kept AS SELECT * FROM guard.own;
GRANT SELECT ON guard.kept TO PUBLIC;
RESET ROLE;

CREATE FUNCTION pg_temp.hidden_from(role name, relation regclass, to_change boolean DEFAULT false) RETURNS text
    LANGUAGE sql AS $$
    SELECT pg_temp.as_role(role, format('SELECT accelcost_internal.relation_with_hidden_rows(%L, %L)',
                                        relation, to_change));
$$;
CREATE TEMP TABLE seen AS
SELECT r.role, c.oid::regclass AS relation, c.relkind,
       pg_temp.as_role(r.role, format('SELECT count(*) FROM %s', c.oid::regclass)) AS rows,
       pg_temp.as_role(r.role, format('SELECT row_security_active(%L)', c.oid::regclass)) AS is_active,
       pg_temp.hidden_from(r.role, c.oid) AS hidden
FROM unnest(ARRAY['rls_keeper', 'rls_deputy', 'rls_clerk', 'rls_auditor', 'rls_finance', 'rls_intern', 'rls_stranger',
                  current_user]) AS r (role)
CROSS JOIN pg_class AS c
WHERE c.relnamespace = 'guard'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm');

SELECT is((SELECT count(*) FROM seen), 168::bigint, 'eight roles read 21 relations');
SELECT is_empty(
    $$SELECT * FROM seen WHERE (hidden IS NULL) <> (rows = '2')$$,
    'a table is named to those, and only those, who do not see both rows');
SELECT is_empty(
    $$SELECT * FROM seen WHERE relkind IN ('r', 'p') AND (hidden IS NOT NULL) <> is_active::boolean
      AND relation <> 'guard.public'::regclass AND NOT (role = 'rls_finance' AND relation = 'guard.open'::regclass)$$,
    'for a table the server agrees, unless a policy is USING (true)');
SELECT set_eq(
    $$SELECT relation::text, hidden FROM seen WHERE role = 'rls_clerk' AND hidden IS NOT NULL$$,
    $$VALUES ('guard.closed', 'guard.closed'), ('guard.own', 'guard.own'), ('guard.forced', 'guard.forced'),
             ('guard.open', 'guard.open'),
             ('guard.to_insert', 'guard.to_insert'),
             ('guard.parts', 'guard.parts'),
             ('guard.by_clerk', 'guard.own'),
             ('guard.kept_by_clerk', 'guard.own'),
             ('guard.by_keeper_forced', 'guard.forced'),
             ('guard.by_caller', 'guard.own'),
             ('guard.by_caller_on', 'guard.own'),
             ('guard.nested', 'guard.own'),
             ('guard.nested_by_caller', 'guard.own'),
             ('guard.deep', 'guard.own')$$,
    'the name is that of the table with row security, not of the view');
SELECT is(accelcost_internal.relation_with_hidden_rows(NULL), NULL, 'no relation hides nothing');
SELECT is(accelcost_internal.relation_with_hidden_rows('pg_class'), NULL, 'a system catalog hides nothing');

SELECT is(pg_temp.hidden_from('rls_finance', 'guard.open', true), 'guard.open',
          'a policy FOR SELECT does not open a table to changes');
CREATE POLICY all_open ON guard.open TO rls_finance USING (true);
SELECT is(pg_temp.hidden_from('rls_finance', 'guard.open', true), NULL, 'a policy for all commands does');
CREATE POLICY kept ON guard.open AS RESTRICTIVE FOR DELETE TO rls_finance USING (false);
SELECT is(pg_temp.hidden_from('rls_finance', 'guard.open', true), 'guard.open',
          'unless another restricts what may be deleted');
SELECT is(pg_temp.hidden_from('rls_finance', 'guard.open'), NULL, 'which hides nothing from a reader');

-- ---- a catalog of our own, and usage of two teams ---------------------------

INSERT INTO accelcost.provider (provider, kind)
VALUES ('Alpha', 'neocloud'), ('Beta', 'neocloud'), ('Home', 'own'), ('Talk', 'api');
INSERT INTO accelcost.accelerator (accelerator, kind, vendor, family) VALUES ('Z1', 'gpu', 'Zeta', 'Z1');
INSERT INTO accelcost.offer (provider, sku, purchase_option, accelerator, gpu_count, price_basis)
VALUES ('Alpha', 'z8', 'on_demand', 'Z1', 8, 'per_instance'), ('Beta', 'b8', 'on_demand', 'Z1', 8, 'per_instance');
INSERT INTO accelcost.offer_price (provider, sku, purchase_option, amount, valid)
VALUES ('Alpha', 'z8', 'on_demand', 12, '[2026-01-01,)'), ('Beta', 'b8', 'on_demand', 10, '[2026-01-01,)');
INSERT INTO accelcost.token_price (provider, model, input_price, output_price, valid)
VALUES ('Talk', 'plain', 2, 10, '[2026-01-01,)');
INSERT INTO accelcost.electricity_price (location, sector, price_per_kwh, currency, valid)
VALUES ('cellar', 'industrial', 0.2, 'USD', '[2026-01-01,)');
INSERT INTO accelcost.meter_tariff
    (provider, meter, kind, from_region, tariff, free_quantity, unit, unit_bytes, valid)
VALUES ('Alpha', 'egress', 'internet', 'tiers', 'graduated: 0.1 upto 100, 0.05', 0, 'GB', 1000000000, '[2026-01-01,)'),
       ('Alpha', 'egress', 'internet', 'flat', 'graduated: 0.1', 0, 'GB', 1000000000, '[2026-01-01,)'),
       ('Alpha', 'egress', 'internet', 'gratis', 'graduated: 0', 0, 'GB', NULL, '[2026-01-01,)'),
       ('Alpha', 'egress', 'internet', 'at first', 'graduated: 0', 0, 'GB', 1000000000, '[2026-01-01,2026-07-16)'),
       ('Alpha', 'egress', 'internet', 'at first', 'graduated: 1', 0, 'GB', 1000000000, '[2026-07-16,)'),
       ('Alpha', 'egress', 'cdn', '*', 'graduated: 0', 0, 'GB', 1000000000, '[2026-01-01,2026-07-16)'),
       ('Alpha', 'egress', 'cdn', '*', 'graduated: 1', 0, 'GB', 1000000000, '[2026-07-16,)'),
       ('Alpha', 'egress', 'cdn', 'late', 'graduated: 0', 0, 'GB', 1000000000, '[2026-07-16,)'),
       ('Beta', 'egress', 'internet', '*', 'graduated: 0.2', 0, 'GB', 1000000000, '[2026-01-01,)'),
       ('Alpha', 'storage', 'object', '*', 'graduated: 0.02', 100, 'GB-month', 1000000000, '[2026-01-01,)');

INSERT INTO accelcost.usage
    (record_id, period_start, provider, payer, team, region, transfer_kind, transfer_quantity, transfer_unit)
VALUES ('tiers red', '2026-07-03', 'Alpha', 'acme', 'red', 'tiers', 'internet', 150, 'GB'),
       ('tiers blue', '2026-07-03', 'Alpha', 'acme', 'blue', 'tiers', 'internet', 50, 'GB'),
       ('flat red', '2026-07-03', 'Alpha', 'acme', 'red', 'flat', 'internet', 150, 'GB'),
       ('flat blue', '2026-07-03', 'Alpha', 'acme', 'blue', 'flat', 'internet', 50, 'GB'),
       ('gratis blue', '2026-07-03', 'Alpha', 'acme', 'blue', 'gratis', 'internet', 50, 'GB'),
       ('first red', '2026-07-20', 'Alpha', 'acme', 'red', 'at first', 'internet', 30, 'GB'),
       ('first blue', '2026-07-03', 'Alpha', 'acme', 'blue', 'at first', 'internet', 10, 'GB'),
       ('late red', '2026-07-20', 'Alpha', 'acme', 'red', 'elsewhere', 'cdn', 30, 'GB'),
       ('late blue', '2026-07-03', 'Alpha', 'acme', 'blue', 'late', 'cdn', 10, 'GB');
INSERT INTO accelcost.usage
    (record_id, period_start, provider, payer, team, storage_quantity, storage_unit, storage_kind)
VALUES ('stored red', '2026-07-03', 'Alpha', 'acme', 'red', 300, 'GB-month', 'object'),
       ('stored blue', '2026-07-03', 'Alpha', 'acme', 'blue', 100, 'GB-month', 'object');
INSERT INTO accelcost.usage
    (record_id, period_start, provider, payer, team, region, sku, instance_hours, energy_kwh, model, output_tokens)
VALUES ('hours blue', '2026-07-03', 'Alpha', 'acme', 'blue', 'tiers', 'z8', 10, NULL, 'own', 1000000),
       ('hours red', '2026-07-03', 'Alpha', 'acme', 'red', 'tiers', 'z8', 90, NULL, 'own', 1000000),
       ('energy blue', '2026-07-03', 'Home', 'acme', 'blue', 'cellar', NULL, NULL, 100, NULL, 0),
       ('tokens blue', '2026-07-03', 'Talk', 'acme', 'blue', NULL, NULL, NULL, NULL, 'plain', 3000000);

CREATE TEMP TABLE whole AS SELECT record_id, cost::text, is_complete, reason FROM accelcost.usage_cost();
GRANT SELECT ON accelcost.usage, accelcost.usage_monthly TO rls_clerk, rls_auditor, rls_finance;
CREATE POLICY own ON accelcost.usage USING (team = 'blue');
CREATE POLICY open ON accelcost.usage TO rls_finance USING (true);
SELECT is(pg_temp.as_role('rls_clerk', 'SELECT count(*) FROM accelcost.usage_cost()'), '15',
          'a policy has no effect before row security is enabled');
ALTER TABLE accelcost.usage ENABLE ROW LEVEL SECURITY;

-- ---- records and lines ------------------------------------------------------

CREATE FUNCTION pg_temp.seen_cost(role name, record_id text, source text DEFAULT 'accelcost.usage') RETURNS text
    LANGUAGE sql AS $$
    SELECT pg_temp.as_role(role, format($q$
        SELECT concat_ws('; ', cost, reason) FROM accelcost.usage_cost(%L)
        WHERE record_id = %L AND is_complete = (reason IS NULL)$q$, source, record_id));
$$;
SELECT is(pg_temp.seen_cost(w.role, v.record), w.cost, format('cost of %s, as %s sees it', v.record, w.role))
FROM (VALUES
    -- 100 at 0.1 and 100 at 0.05 are 15, a quarter of it 3.75: the row alone would be 5
    ('tiers blue', '3.75 USD egress=3.75', :'usage_hidden'),
    ('flat blue', '5 USD egress=5', :'usage_hidden'),
    ('gratis blue', '0 USD', '0 USD'),
    -- 30 at 1, a quarter of it 7.5: the row alone would be 0
    ('first blue', '7.5 USD egress=7.5', :'usage_hidden'),
    ('late blue',
     'the tariff of egress is replaced within the month by one for other regions, accounts or currencies',
     :'usage_hidden'),
    -- 400 less 100 at 0.02 are 6, a quarter of it 1.5: the row alone would be 0
    ('stored blue', '1.5 USD storage=1.5', :'usage_hidden'),
    ('hours blue', '120 USD compute=120', '120 USD compute=120'),
    ('energy blue', '20 USD energy=20', '20 USD energy=20'),
    ('tokens blue', '30 USD compute=30', '30 USD compute=30')) AS v (record, unrestricted, restricted)
CROSS JOIN LATERAL (VALUES ('rls_auditor', v.unrestricted), ('rls_finance', v.unrestricted), ('rls_clerk', v.restricted)
                   ) AS w (role, cost);
SELECT is(pg_temp.seen_cost('rls_clerk', 'tiers red'), NULL, 'a hidden record is not there');
SELECT results_eq(
    'SELECT record_id, cost::text, is_complete, reason FROM accelcost.usage_cost() ORDER BY record_id COLLATE "C"',
    'SELECT * FROM whole ORDER BY record_id COLLATE "C"',
    'costs do not change for a role that sees all rows');

DELETE FROM accelcost.usage WHERE transfer_kind = 'cdn';
CREATE FUNCTION pg_temp.lines(role name) RETURNS text LANGUAGE sql AS $$
    SELECT pg_temp.as_role(role, $q$
        SELECT string_agg(concat_ws(' ', provider, coalesce(model, '-'), compute, energy,
                                    coalesce(egress::text, 'NULL'), coalesce(storage::text, 'NULL'), total,
                                    unpriced_rows, is_complete, reason),
                          E'\n' ORDER BY provider, model)
        FROM accelcost.usage_monthly('2026-07-01', '2026-07-31') WHERE team = 'blue'$q$);
$$;
SELECT is(pg_temp.lines('rls_auditor'), 'Alpha own 120 0 0 0 120 0 t
Alpha - 0 0 16.25 1.5 17.75 0 t
Home - 0 20 0 0 20 0 t
Talk plain 30 0 0 0 30 0 t', 'lines of a month, for a role that sees all rows');
SELECT is(pg_temp.lines('rls_clerk'), 'Alpha own 120 0 0 0 120 0 t
Alpha - 0 0 0 NULL 0 4 f row security may hide rows of "accelcost.usage": the month''s total is unknown
Home - 0 20 0 0 20 0 t
Talk plain 30 0 0 0 30 0 t',
          'the same lines for a role that sees a part: unpriced rows are counted, with the reason');
SELECT is(pg_temp.as_role('rls_clerk', 'SELECT sum(unpriced_rows) FROM accelcost.usage_monthly'),
          '4', 'the view counts them, too');

-- ---- views ------------------------------------------------------------------

CREATE VIEW guard.usage_by_owner AS SELECT * FROM accelcost.usage;
CREATE VIEW guard.usage_by_caller WITH (security_invoker) AS SELECT * FROM accelcost.usage;
GRANT SELECT ON guard.usage_by_owner, guard.usage_by_caller TO PUBLIC;
SELECT is(pg_temp.seen_cost(v.role, 'tiers blue', v.source), v.cost, v.rule)
FROM (VALUES
    ('rls_clerk', 'guard.usage_by_owner', '3.75 USD egress=3.75', 'a view whose owner sees all rows has whole bills'),
    ('rls_clerk', 'guard.usage_by_caller', :'usage_hidden', 'a view with security_invoker has them only'),
    ('rls_auditor', 'guard.usage_by_caller', '3.75 USD egress=3.75', 'for a caller that sees all rows')
     ) AS v (role, source, cost, rule);

-- ---- elsewhere and at other prices ------------------------------------------

CREATE FUNCTION pg_temp.elsewhere(role name) RETURNS text LANGUAGE sql AS $$
    SELECT pg_temp.as_role(role, $q$
        SELECT string_agg(concat_ws(' ', sku, coalesce(rank::text, 'NULL'), compute, egress, total,
                                    coalesce(delta_vs_actual::text, 'NULL'), reason), E'\n' ORDER BY sku COLLATE "C")
        FROM accelcost.what_if('2026-07-01', 'Z1')$q$);
$$;
DELETE FROM accelcost.usage WHERE transfer_quantity <> 0 AND region NOT IN ('tiers', 'gratis');
UPDATE accelcost.meter_tariff SET from_region = '*' WHERE provider = 'Alpha' AND from_region = 'flat';
UPDATE accelcost.meter_tariff SET unit_bytes = 1000000000 WHERE provider = 'Alpha' AND from_region = 'gratis';
-- 250 GB go along: at 0.2 they are 50, at 0.1 25, and now 15
SELECT is(pg_temp.elsewhere('rls_auditor'), 'b8 1 1000 50 1050 -165
z8 2 1200 25 1225 10', 'elsewhere, for a role that sees all rows');
SELECT is(pg_temp.elsewhere('rls_clerk'),
          'b8 NULL NULL row security may hide rows of "accelcost.usage": the month''s egress is unknown
z8 NULL NULL row security may hide rows of "accelcost.usage": the month''s egress is unknown',
          'for a role that sees a part, egress has no price');
UPDATE accelcost.meter_tariff SET tariff = 'graduated: 0' WHERE provider = 'Beta';
SELECT is(pg_temp.elsewhere('rls_clerk'), 'b8 1 100 0 100 NULL
z8 NULL NULL row security may hide rows of "accelcost.usage": the month''s egress is unknown',
          'an offer with free egress has a rank, but no difference from an unknown bill');
DELETE FROM accelcost.usage WHERE transfer_quantity <> 0;
SELECT is(pg_temp.elsewhere('rls_clerk'), 'b8 1 100 0 100 -20
z8 2 120 0 120 0', 'hours alone are compared');
CREATE TABLE guard.new_price AS SELECT 'Alpha' AS provider, 'z8' AS sku, 11 AS amount;
GRANT SELECT ON guard.new_price TO PUBLIC;
SELECT is(pg_temp.as_role('rls_clerk', $$
              SELECT concat_ws(' ', usage_rows, cost_old, cost_new, delta, reason)
              FROM accelcost.price_impact('2026-07-01', 'guard.new_price')$$), '1 120 110 -10',
          'new prices are compared for the visible rows');

-- ---- charges ----------------------------------------------------------------

INSERT INTO accelcost.charge
    (provider_name, billing_account_id, billing_currency, billing_period_start, charge_period_start, charge_period_end,
     charge_category, service_name, region_id, charge_description, consumed_quantity, consumed_unit,
     list_cost, contracted_cost, billed_cost, effective_cost, sub_account_id, commitment_discount_id, invoice_id)
SELECT 'Alpha', 'acme', 'USD', '2026-07-01Z', '2026-07-01Z', '2026-07-31Z',
       c.category, 'Service', 'tiers', c.description, c.quantity, c.unit,
       c.effective, c.effective, c.billed, c.effective, c.team, c.commitment, c.invoice
FROM (VALUES ('Usage', 'alpha transfer', 150, 'GB', 12, 12, 'red', NULL, 'i1'),
             ('Usage', 'alpha transfer', 50, 'GB', 4, 4, 'blue', NULL, 'i1'),
             ('Usage', 'alpha z8', 10, 'Hours', 130, 130, 'blue', NULL, 'i1'),
             ('Purchase', 'alpha plan', NULL, NULL, 100, 0, 'blue', 'plan', 'i2'),
             ('Usage', 'alpha plan', NULL, NULL, 0, 60, 'blue', 'plan', 'i2'),
             ('Usage', 'alpha plan', NULL, NULL, 0, 40, 'red', 'plan', 'i2')
     ) AS c (category, description, quantity, unit, billed, effective, team, commitment, invoice);
INSERT INTO accelcost.charge_pattern (provider, pattern, meter, sku, accelerator, gpu_count, transfer_kind)
VALUES ('Alpha', 'alpha transfer', 'egress', NULL, NULL, NULL, 'internet'),
       ('Alpha', 'alpha z8', 'compute', 'z8', 'Z1', 8, NULL);
GRANT SELECT ON accelcost.charge, accelcost.charge_usage TO rls_clerk, rls_auditor;
CREATE POLICY own ON accelcost.charge USING (sub_account_id = 'blue');
ALTER TABLE accelcost.charge ENABLE ROW LEVEL SECURITY;
CREATE TABLE guard.invoice AS SELECT 'USD' AS currency, 146.00 AS amount, 'i1' AS invoice_id;
GRANT SELECT ON guard.invoice TO PUBLIC;

SELECT is(pg_temp.as_role(w.role, v.query), w.answer, format('%s, as %s sees it', v.rule, w.role))
FROM (VALUES
    ('data transfer is rated with all of the month',
     $$SELECT concat_ws(' ', quantity, cost, coalesce(catalog_cost::text, 'NULL'), deviation, reason)
       FROM accelcost.charge_egress()$$,
     '200 16 15 1', '50 4 NULL row security may hide rows of "accelcost.charge": the month''s total is unknown'),
    ('an hour is compared by itself',
     $$SELECT concat_ws(' ', instance_hours, cost, catalog_cost, deviation, reason)
       FROM accelcost.charge_vs_catalog()$$,
     '10 130 120 10', '10 130 120 10'),
    ('an invoice is compared with all its charges',
     $$SELECT concat_ws(' ', invoiced, charged, charges, difference, verdict, residue)
       FROM accelcost.reconcile('guard.invoice')$$,
     '146.00 146 3 0 exact', '146.00 row security may hide rows of "accelcost.charge": the total is unknown'),
    ('a commitment is compared with all its use',
     $$SELECT concat_ws(' ', rule, item, found, expected, deviation)
       FROM accelcost.charge_check() WHERE rule = 'commitment_total'$$,
     NULL, 'commitment_total plan unknown: row security may hide rows of "accelcost.charge"'),
    ('sums are of the visible charges',
     $$SELECT concat_ws(' ', billed_cost, effective_cost, charges) FROM accelcost.charge_savings()$$,
     '246 246 5', '234 194 3')) AS v (rule, query, whole, part)
CROSS JOIN LATERAL (VALUES ('rls_auditor', v.whole), ('rls_clerk', v.part)) AS w (role, answer);
UPDATE accelcost.charge SET effective_cost = 41 WHERE effective_cost = 40;
SELECT is(pg_temp.as_role('rls_auditor', $$
              SELECT concat_ws(' ', found, expected, deviation)
              FROM accelcost.charge_check() WHERE rule = 'commitment_total'$$), '101 100 1',
          'a commitment whose use differs is found');

-- ---- imports ----------------------------------------------------------------

GRANT ALL ON accelcost.charge, accelcost.import_batch, accelcost.import_total, accelcost.import_reject
    TO rls_clerk, rls_auditor, rls_finance;
CREATE TABLE guard.staging AS
SELECT c.cost AS "BilledCost", 'USD' AS "BillingCurrency", 'acme' AS "BillingAccountId", 'Alpha' AS "ProviderName",
       'Net' AS "ServiceName", '2026-08-01' AS "BillingPeriodStart", '2026-08-02' AS "ChargePeriodStart",
       c.team AS "SubAccountId"
FROM (VALUES ('1', 'red'), ('2', 'blue')) AS c (cost, team);
ALTER TABLE guard.staging OWNER TO rls_keeper;
GRANT SELECT ON guard.staging TO PUBLIC;
-- What an import says to a role: rows loaded and replaced, or the error.
CREATE FUNCTION pg_temp.import(role name) RETURNS text LANGUAGE sql AS $$
    SELECT pg_temp.as_role(role, $q$SELECT concat_ws(' ', loaded, replaced)
                                     FROM accelcost.import_focus('guard.staging')$q$);
$$;
CREATE FUNCTION pg_temp.imported() RETURNS numeric LANGUAGE sql AS $$
    SELECT sum(billed_cost) FROM accelcost.charge WHERE export_name = 'focus';
$$;
SELECT is(pg_temp.import('rls_auditor'), '2 0', 'a role that sees all charges imports');
UPDATE guard.staging SET "BilledCost" = '3' WHERE "SubAccountId" = 'blue';
SELECT is(pg_temp.import('rls_clerk'), :'no_import', 'a role that does not would keep hidden charges beside new ones');
SELECT is(pg_temp.imported(), 3.0, 'nothing is changed then');
CREATE POLICY open ON accelcost.charge FOR SELECT TO rls_finance USING (true);
SELECT is(pg_temp.import('rls_finance'), :'no_import', 'to see all charges is not enough');
CREATE POLICY all_open ON accelcost.charge TO rls_finance USING (true);
SELECT is(pg_temp.import('rls_finance'), '2 2', 'to change all charges is');
SELECT is(pg_temp.imported(), 4.0, 'a period is replaced as a whole');
ALTER TABLE guard.staging ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON guard.staging USING ("SubAccountId" = 'blue');
SELECT is(pg_temp.import('rls_finance'), '42501: row security may hide rows of "guard.staging"',
          'a file with hidden rows is not imported');
SELECT is(pg_temp.as_role('rls_finance', $$
    SELECT accelcost.import_prices('guard.staging', source => 'file', provider => 'Alpha', as_of => '2026-07-01')$$),
          '42501: row security may hide rows of "guard.staging"', 'a price file with hidden rows is not imported');
ALTER TABLE guard.staging DISABLE ROW LEVEL SECURITY;
ALTER TABLE accelcost.import_batch ENABLE ROW LEVEL SECURITY;
SELECT is(pg_temp.import('rls_finance'), '42501: row security may hide rows of "accelcost.import_batch"',
          'nor is a file imported beside hidden imports');

SELECT * FROM finish();
ROLLBACK;
