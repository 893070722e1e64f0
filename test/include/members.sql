-- What belongs to the extension, by kind.

-- Not the types that come with another object, as arrays and rows: only some
-- versions count them as members.
CREATE TEMP VIEW member AS
SELECT classid, objid, pg_describe_object(classid, objid, 0) AS object
FROM pg_depend AS d
WHERE refclassid = 'pg_extension'::regclass AND deptype = 'e'
  AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'accelcost')
  AND NOT EXISTS (SELECT FROM pg_depend AS i WHERE (i.classid, i.objid, i.deptype) = (d.classid, d.objid, 'i'));

CREATE TEMP VIEW routine AS
SELECT p.*, p.oid::regprocedure AS signature, l.lanname
FROM member JOIN pg_proc p ON p.oid = objid JOIN pg_language l ON l.oid = prolang
WHERE classid = 'pg_proc'::regclass;

CREATE TEMP VIEW relation AS
SELECT c.* FROM member JOIN pg_class c ON c.oid = objid WHERE classid = 'pg_class'::regclass;

CREATE TEMP VIEW operator AS
SELECT o.*, o.oid::regoperator AS signature
FROM member JOIN pg_operator o ON o.oid = objid
