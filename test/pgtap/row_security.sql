-- Row security: what a total is needed for is unknown to those who may not see
-- all rows; what a row costs by itself is not.
BEGIN;
SELECT plan(10);
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
             ('guard.open', 'guard.open'), ('guard.to_insert', 'guard.to_insert'), ('guard.parts', 'guard.parts'),
             ('guard.by_clerk', 'guard.own'), ('guard.kept_by_clerk', 'guard.own'),
             ('guard.by_keeper_forced', 'guard.forced'), ('guard.by_caller', 'guard.own'),
             ('guard.by_caller_on', 'guard.own'), ('guard.nested', 'guard.own'), ('guard.nested_by_caller', 'guard.own'),
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

SELECT * FROM finish();
ROLLBACK;
