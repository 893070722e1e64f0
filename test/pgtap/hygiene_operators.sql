-- What the operators and operator classes of the extension owe their users, read from the catalogs.
BEGIN;
SELECT plan(7);
\ir ../include/members.sql

SELECT is_empty(
    $$SELECT a.signature, b.oid::regoperator FROM operator a JOIN pg_operator b ON b.oid = a.oprcom
      WHERE b.oprcom <> a.oid OR (b.oprleft, b.oprright, b.oprresult) <> (a.oprright, a.oprleft, a.oprresult)
        OR b.oprname <> translate(a.oprname, '<>', '><') AND a.oprname <> '<>'$$,
    'commutators swap the sides and commute back');
SELECT is_empty(
    $$SELECT a.signature, b.oid::regoperator FROM operator a JOIN pg_operator b ON b.oid = a.oprnegate
      WHERE b.oprnegate <> a.oid OR (b.oprleft, b.oprright) <> (a.oprleft, a.oprright)
        OR (a.oprname, b.oprname)
           NOT IN (('=', '<>'), ('<>', '='), ('<', '>='), ('>=', '<'), ('>', '<='), ('<=', '>'))$$,
    'negators keep the sides and negate back');
SELECT is_empty(
    $$SELECT signature FROM operator WHERE oprresult = 'bool'::regtype AND 0 IN (oprcom, oprnegate)
      UNION ALL SELECT signature FROM operator WHERE oprname IN ('+', '*') AND oprcom = 0$$,
    'comparisons, sums and products commute, comparisons negate');
SELECT is_empty(
    $$SELECT signature, oprrest, oprjoin FROM operator WHERE oprresult = 'bool'::regtype
        AND (oprrest, oprjoin) <> (CASE oprname
            WHEN '=' THEN ('eqsel'::regproc, 'eqjoinsel'::regproc)
            WHEN '<>' THEN ('neqsel'::regproc, 'neqjoinsel'::regproc)
            WHEN '<' THEN ('scalarltsel'::regproc, 'scalarltjoinsel'::regproc)
            WHEN '<=' THEN ('scalarlesel'::regproc, 'scalarlejoinsel'::regproc)
            WHEN '>' THEN ('scalargtsel'::regproc, 'scalargtjoinsel'::regproc)
            WHEN '>=' THEN ('scalargesel'::regproc, 'scalargejoinsel'::regproc) END)$$,
    'comparisons have the estimators of their kind');
SELECT is_empty(
    $$SELECT signature FROM operator WHERE (oprcanmerge OR oprcanhash) <> (oprname = '=' AND oprleft = oprright)
        OR oprcanmerge <> oprcanhash OR NOT ARRAY['tco', 'tariff']::regtype[] && ARRAY[oprleft, oprright]::regtype[]$$,
    'equality within a type, and nothing else, serves merge and hash joins');
SELECT is_empty(
    $$SELECT object FROM member JOIN pg_opclass c ON c.oid = objid
      WHERE classid = 'pg_opclass'::regclass AND NOT amvalidate(c.oid)$$,
    'operator classes are valid');
SELECT set_eq(
    $$SELECT amname::text, opcintype::regtype::text, array_agg(DISTINCT amopopr::regoperator::text) AS operators,
             array_agg(DISTINCT amprocnum::int) AS support
      FROM member JOIN pg_opclass c ON c.oid = objid JOIN pg_am m ON m.oid = opcmethod
      JOIN pg_amop ON amopfamily = opcfamily JOIN pg_amproc ON amprocfamily = opcfamily
      WHERE classid = 'pg_opclass'::regclass AND opcdefault GROUP BY amname, opcintype$$,
    $$VALUES ('btree', 'tco',
              '{"<(tco,tco)","<=(tco,tco)","=(tco,tco)",">(tco,tco)",">=(tco,tco)"}'::text[], '{1,4}'::int[]),
             ('hash', 'tco', '{"=(tco,tco)"}', '{1,2}'),
             ('btree', 'tariff',
              '{"<(tariff,tariff)","<=(tariff,tariff)","=(tariff,tariff)",">(tariff,tariff)",">=(tariff,tariff)"}',
              '{1}'),
             ('hash', 'tariff', '{"=(tariff,tariff)"}', '{1,2}')$$,
    'the default operator classes are complete, and compare within a type; deduplication (support 4) is for tco, '
    'as equal tariffs can be stored compressed or not');

SELECT * FROM finish();
ROLLBACK;
