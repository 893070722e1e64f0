-- pg_upgrade creates the objects of the extension one by one, casts after tables and functions. An expression that is
-- stored, in a function, view, constraint, index or default, must not need a cast of the extension.
BEGIN;
SELECT plan(2);

CREATE TEMP VIEW own_cast AS
SELECT c.castfunc::oid, format('%s to %s', c.castsource::regtype, c.casttarget::regtype) AS name
FROM pg_cast AS c
JOIN pg_depend AS d ON d.classid = 'pg_cast'::regclass AND d.objid = c.oid AND d.deptype = 'e'
JOIN pg_extension AS e ON e.oid = d.refobjid AND e.extname = 'accelcost'
WHERE c.castfunc <> 0;

CREATE TEMP VIEW stored AS
SELECT p.oid::regprocedure::text AS object, p.prosqlbody::text AS tree FROM pg_proc AS p WHERE p.prosqlbody IS NOT NULL
UNION ALL
SELECT r.ev_class::regclass::text, r.ev_action::text FROM pg_rewrite AS r
UNION ALL
SELECT concat_ws(' ', n.conrelid::regclass, n.conname), n.conbin::text FROM pg_constraint AS n
UNION ALL
SELECT i.indexrelid::regclass::text, concat(i.indexprs, i.indpred) FROM pg_index AS i
UNION ALL
SELECT f.adrelid::regclass::text, f.adbin::text FROM pg_attrdef AS f;

-- :funcformat is 1 for an explicit cast, and 2 for an implicit one.
CREATE TEMP VIEW used AS
SELECT DISTINCT s.object, c.name
FROM stored AS s
CROSS JOIN LATERAL regexp_matches(
    s.tree, ':funcid ([0-9]+) :funcresulttype [0-9]+ :funcretset false :funcvariadic false :funcformat [12]', 'g') AS m
JOIN own_cast AS c ON c.castfunc = m[1]::oid;

SELECT is_empty('TABLE used', 'no stored expression uses a cast of the extension: call its function by name');

CREATE TABLE planted (cost tco CHECK (cost::jsonb IS NOT NULL));
SELECT is((SELECT string_agg(concat_ws(': ', object, name), ', ') FROM used),
          'planted planted_cost_check: tco to jsonb', 'this test finds one that does');

SELECT * FROM finish();
ROLLBACK;
