-- A rollup keeps the sums of all rows, whoever writes and reads. Not in one
-- transaction: a rollup is created by a procedure that commits.
\set QUIET on
SET client_min_messages = warning;
CREATE ROLE rls_owner;
CREATE ROLE rls_reader;
CREATE SCHEMA guarded AUTHORIZATION rls_owner;
GRANT USAGE ON SCHEMA guarded TO rls_reader;
SELECT plan(5);

SET ROLE rls_owner;
CREATE TABLE guarded.spend (at date, who name, amount numeric);
INSERT INTO guarded.spend VALUES ('2026-07-01', 'rls_owner', 1), ('2026-07-01', 'rls_reader', 2);
CREATE POLICY own ON guarded.spend USING (who = current_user);
ALTER TABLE guarded.spend ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT ON guarded.spend TO rls_reader;
CALL accelcost.rollup_create('by_month', 'guarded.spend', 'at', '{}', '{amount}');
GRANT SELECT ON guarded.by_month TO rls_reader;
RESET ROLE;

SELECT is((SELECT amount FROM guarded.by_month), 3.0, 'a rollup of a table with row security has all rows');
SET ROLE rls_reader;
INSERT INTO guarded.spend VALUES ('2026-07-01', 'rls_reader', 4);
CREATE TEMP TABLE read AS
SELECT (SELECT sum(amount) FROM guarded.spend) AS rows, (SELECT amount FROM guarded.by_month) AS rollup,
       accelcost_internal.relation_with_hidden_rows('guarded.by_month') AS hidden;
RESET ROLE;
SELECT results_eq('TABLE read', $$VALUES (6.0, 7.0, NULL::text)$$,
                  'a role that sees a part of the rows adds to it, and reads all of it');
SET ROLE rls_owner;
ALTER TABLE guarded.spend FORCE ROW LEVEL SECURITY;
INSERT INTO guarded.spend VALUES ('2026-07-01', 'rls_owner', 8);
RESET ROLE;
SELECT is((SELECT amount FROM guarded.by_month), 15.0, 'it stays exact if row security is forced on the owner');
SELECT throws_ok('SET LOCAL ROLE rls_owner; SELECT * FROM accelcost.rollup_verify(''guarded.by_month'')',
       '42501', NULL,
                 'but it cannot be compared then');
ALTER TABLE guarded.spend NO FORCE ROW LEVEL SECURITY;
SET ROLE rls_owner;
CREATE TEMP TABLE differing AS SELECT * FROM accelcost.rollup_verify('guarded.by_month');
RESET ROLE;
SELECT is_empty('TABLE differing', 'what the rows add up to is what it has');

SELECT * FROM finish();
DROP SCHEMA guarded CASCADE;
DROP TABLE read, differing;
DROP ROLE rls_owner, rls_reader;
