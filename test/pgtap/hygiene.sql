-- What every object of the extension owes its users, read from the catalogs.
BEGIN;
SELECT plan(49);

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
WHERE classid = 'pg_operator'::regclass;

SELECT ok((SELECT count(*) FROM routine) > 60 AND (SELECT count(*) FROM operator) > 20,
    'the views of this test see the extension');

-- ---- the extension --------------------------------------------------------

SELECT is(installed_version, default_version, 'the control file names the version that is installed')
FROM pg_available_extensions WHERE name = 'accelcost';
SELECT results_eq(
    $$SELECT superuser, trusted, relocatable, schema, requires FROM pg_available_extension_versions
      WHERE name = 'accelcost' AND installed$$,
    $$VALUES (true, true, false, NULL::name, '{btree_gist}'::name[])$$,
    'the extension is trusted, stays where it was put and requires btree_gist');
SELECT set_eq(
    $$SELECT nspname FROM member JOIN pg_namespace n ON n.oid = objid WHERE classid = 'pg_namespace'::regclass$$,
    '{accelcost,accelcost_internal}'::name[],
    'the extension has two schemas of its own');
SELECT is_empty(
    $$SELECT oid::regclass FROM relation
      WHERE relkind <> 'c' AND relnamespace <> 'accelcost'::regnamespace
        -- usage that is priced is named by its relation
        AND oid::regclass::text NOT IN ('accelcost_internal.charge_months', 'accelcost_internal.charge_months_beside')$$,
    'tables and views are in the schema accelcost');
SELECT is_empty(
    $$SELECT object FROM member, LATERAL pg_identify_object(classid, objid, 0) AS i
      WHERE i.schema NOT IN ('accelcost', 'accelcost_internal',
                             (SELECT extnamespace::regnamespace::text FROM pg_extension WHERE extname = 'accelcost'))$$,
    'nothing of the extension is in another schema than these and that of CREATE EXTENSION');
SELECT is_empty(
    $$SELECT object FROM member, LATERAL pg_identify_object(classid, objid, 0) AS i
      WHERE i.schema IN ('accelcost', 'accelcost_internal')
        AND classid NOT IN ('pg_proc'::regclass, 'pg_class'::regclass, 'pg_type'::regclass,
                            'pg_statistic_ext'::regclass)$$,
    'types with their operators and casts are in the schema of CREATE EXTENSION');
-- What a function reads: a relation that its parsed body or its text names, or what a function that it calls reads.
SELECT is_empty(
    $$WITH RECURSIVE reads AS (
          SELECT r.oid FROM routine AS r
          WHERE EXISTS (SELECT FROM pg_depend
                        WHERE classid = 'pg_proc'::regclass AND objid = r.oid AND refclassid = 'pg_class'::regclass)
             OR 'regclass'::regtype = ANY (r.proargtypes)
             OR lanname = 'plpgsql' AND prosrc ~ '\maccelcost\.|pg_class|EXECUTE'
          UNION
          SELECT r.oid FROM reads
          JOIN (SELECT oid, proname FROM pg_proc) AS used ON used.oid = reads.oid
          JOIN routine AS r ON EXISTS (SELECT FROM pg_depend
                                       WHERE classid = 'pg_proc'::regclass AND objid = r.oid
                                         AND refclassid = 'pg_proc'::regclass AND refobjid = used.oid)
                            OR r.lanname = 'plpgsql'
                                AND r.prosrc ~ ('\maccelcost(_internal)?\.' || used.proname || '\(')
      )
      SELECT signature FROM routine
      WHERE pronamespace <> 'accelcost_internal'::regnamespace
        AND (pronamespace = 'accelcost'::regnamespace) <> (oid IN (SELECT oid FROM reads))
        AND proname <> 'import_columns'$$, -- a statement for a table, from the first line of a file
    'a function for users is in the schema accelcost if it reads or writes tables, and in that of CREATE '
    'EXTENSION if not');
SELECT is_empty(
    $$SELECT n.nspname, a.grantee::regrole, a.privilege_type FROM pg_namespace AS n, aclexplode(n.nspacl) AS a
      WHERE n.nspname = 'accelcost_internal'
        AND a.grantee <> n.nspowner AND (a.grantee, a.privilege_type) <> (0, 'USAGE')$$,
    'nobody but its owner can create in accelcost_internal');

-- ---- text that is resolved at run time ------------------------------------

-- A plpgsql body is parsed at each call, and so is what it executes: a name there is looked up again. Whoever owns the
-- schema of CREATE EXTENSION, or may create in accelcost, can put functions there that fit better.
SELECT is_empty(
    $$SELECT signature FROM routine WHERE lanname = 'plpgsql'
        AND prosrc ~ ('(^|[^[:alnum:]_])'
                      || (SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'accelcost') || '\.')$$,
    'no text resolved at run time names the schema of CREATE EXTENSION');
-- The two are called in views and triggers of rollups: a user's, with arguments of exactly their types.
SELECT is_empty(
    $$SELECT signature, called[1] FROM routine, regexp_matches(prosrc, '\maccelcost\.([a-z_]+)\(', 'g') AS called
      WHERE lanname = 'plpgsql' AND called[1] NOT IN ('rollup_is_kept', 'rollup_check_names')$$,
    'nor calls a function in accelcost');
-- Whoever owns a table can give its name to a view.
SELECT set_eq(
    $$SELECT proname::text FROM routine
      WHERE lanname = 'plpgsql'
        AND prosrc ~ ('\m(FROM|JOIN|INTO|UPDATE|TABLE)\s+accelcost\.'
                      || '(charge|usage|import_batch|import_total|import_reject)\M')$$,
    '{dataset_statement,import_charges,import_dataset,import_statement}'::text[],
    'nor names a table of the installer, but to write to it');

-- ---- comments -------------------------------------------------------------

SELECT is_empty(
    $$SELECT object FROM member WHERE obj_description(objid, classid::regclass::name) IS NULL$$,
    'every object has a comment');
SELECT is_empty(
    $$SELECT oid::regclass, attname FROM relation JOIN pg_attribute ON attrelid = oid
      WHERE relkind IN ('r', 'v', 'm') AND attnum > 0 AND NOT attisdropped AND col_description(oid, attnum) IS NULL
        AND relnamespace <> 'accelcost_internal'::regnamespace$$,
    'every column of a table or view has a comment');
SELECT is_empty(
    $$SELECT i.indexrelid::regclass FROM relation r JOIN pg_index i ON i.indrelid = r.oid
      WHERE obj_description(i.indexrelid, 'pg_class') IS NULL
        AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid AND contype IN ('p', 'u', 'x'))$$,
    'every index that is no constraint has a comment');
SELECT is_empty(
    $$SELECT stxname FROM relation r JOIN pg_statistic_ext s ON s.stxrelid = r.oid
      WHERE obj_description(s.oid, 'pg_statistic_ext') IS NULL$$,
    'every statistics object has a comment');
SELECT is_empty(
    $$SELECT tgrelid::regclass, tgname FROM relation r JOIN pg_trigger t ON t.tgrelid = r.oid
      WHERE NOT tgisinternal AND obj_description(t.oid, 'pg_trigger') IS NULL$$,
    'every trigger has a comment');
SELECT is_empty(
    $$SELECT object FROM member WHERE obj_description(objid, classid::regclass::name) ~ '\.$'$$,
    'no comment ends in a full stop');

-- ---- functions ------------------------------------------------------------

SELECT is_empty($$SELECT signature FROM routine WHERE prosecdef$$, 'no function is SECURITY DEFINER');
SELECT is_empty($$SELECT signature FROM routine WHERE proleakproof$$, 'no function is leakproof');
SELECT set_eq(
    $$SELECT proname::text, CASE provolatile WHEN 's' THEN 'stable' ELSE 'volatile' END FROM routine
      WHERE prokind <> 'a' AND provolatile <> 'i'$$,
    $$SELECT regexp_split_to_table(btrim('

      ', E' \n'), '\s+'), 'stable'
      UNION ALL
      SELECT regexp_split_to_table(btrim('

      ', E' \n'), '\s+'), 'volatile'$$,
    'a function is IMMUTABLE unless it is known to read or write tables or settings');
SELECT is_empty(
    $$SELECT signature FROM routine WHERE provolatile = 'v' AND proparallel <> 'u' AND prokind <> 'a'$$,
    'a VOLATILE function is PARALLEL UNSAFE');
SELECT is_empty(
    $$SELECT signature FROM routine
      WHERE lanname = 'c' AND (provolatile, proparallel) <> ('i', 's') AND proname NOT IN ('run_import', 'run_query')$$,
    'a function in C is IMMUTABLE and PARALLEL SAFE, unless it runs statements');
-- Where NULL is an argument not given, an open tier, a price that is unknown,
-- in steps of aggregates a row to skip or to count, and in windows not looked at.
SELECT set_eq(
    $$SELECT proname FROM routine WHERE lanname = 'c' AND NOT proisstrict$$,
    '{allocate,may_name,record_tokens,record_tokens_cost,run_import,split_cost,tariff,tariff_from_widths,tariff_insert,
      tariff_state_add,tariff_state_remove,token_cost,usage_key,usage_sums_add,usage_sums_merge}'::name[],
    'a function in C is STRICT unless NULL is known to mean something to it');
SELECT is_empty(
    $$SELECT signature, prosrc, probin FROM routine
      WHERE lanname = 'c' AND (prosrc !~ '^accelcost_' OR probin <> '$libdir/accelcost')$$,
    'a function in C has a prefixed symbol in the module');
SELECT is_empty(
    $$SELECT signature FROM routine WHERE lanname = 'sql' AND prosqlbody IS NULL$$,
    'a function in SQL has a body that was parsed when it was created');
SELECT is_empty(
    $$SELECT signature, proconfig FROM routine WHERE lanname NOT IN ('c', 'sql', 'internal') AND prokind <> 'p'
        AND NOT EXISTS (SELECT FROM unnest(proconfig) AS setting WHERE setting = 'search_path=pg_catalog, pg_temp')$$,
    'a function in another language pins search_path');
SELECT is_empty(
    $$SELECT signature FROM routine WHERE prokind = 'p' AND (proconfig IS NOT NULL OR prosrc !~ '\mCOMMIT;'
        OR regexp_replace(
            prosrc,
            '@extschema@\.|pg_catalog\.|'
                || (SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'accelcost') || '\.',
            '.', 'g') ~ '[^.[:alnum:]_][a-z_]+\(|[^:]=|[<>+*/|~-]')$$,
    'a procedure is one because it commits, so it cannot pin search_path: it calls by qualified names, and has no '
    'operators');
SELECT is_empty(
    $$SELECT signature, declared[1]
      FROM routine,
           regexp_matches(substring(prosrc FROM 'DECLARE(.*?)BEGIN'), '^\s+\w+\s+(\w+);', 'gn') AS declared
      WHERE prokind = 'p'$$,
    'and by qualified names of types');
SELECT is_empty(
    $$SELECT signature FROM routine WHERE 'anyelement'::regtype = ANY (proargtypes) OR provariadic <> 0$$,
    'no function is polymorphic or variadic');
SELECT is_empty(
    $$SELECT signature FROM routine
      WHERE pronargs > 0 AND NOT ARRAY['cstring', 'internal']::regtype[] && proargtypes::oid[]::regtype[]
        AND oid NOT IN (SELECT unnest(ARRAY[typoutput, typsend]) FROM pg_type)
        AND (proargnames IS NULL OR '' = ANY (proargnames[1:pronargs]))$$,
    'parameters have names');
SELECT is_empty(
    $$SELECT object, name, catdesc
      FROM (SELECT signature::text AS object, unnest(proargnames) AS name FROM routine
            UNION ALL
            SELECT oid::regclass::text, attname
            FROM relation JOIN pg_attribute ON attrelid = oid WHERE attnum > 0) AS named
      JOIN pg_get_keywords() ON word = name WHERE catcode IN ('R', 'T')$$,
    'no parameter or column has a reserved word for a name');

-- ---- types and casts ------------------------------------------------------

SELECT is_empty(
    $$SELECT typname FROM member JOIN pg_type t ON t.oid = objid
      WHERE classid = 'pg_type'::regclass AND typtype = 'b'
        AND (typsend = 0 OR typreceive = 0 OR typalign <> 'd'
             OR typstorage <> CASE typlen WHEN -1 THEN 'x' ELSE 'p' END OR typcategory <> 'U' OR typispreferred)$$,
    'every base type can be sent and received, is aligned as double, is stored compressed if its length varies and '
    'takes no part in implicit casts');
SELECT set_eq(
    $$SELECT typname::text, typlen::int FROM member JOIN pg_type t ON t.oid = objid
      WHERE classid = 'pg_type'::regclass AND typtype = 'b'$$,
    $$VALUES ('tariff', -1), ('tariff_state', -1), ('tco', 144), ('tco_avg_state', 152)$$,
    'a type has the length that is on disk');
SELECT is_empty(
    $$SELECT castsource::regtype, casttarget::regtype FROM pg_cast
      WHERE ARRAY['tariff', 'tariff_state', 'tco', 'tco_avg_state']::regtype[]
                && ARRAY[castsource, casttarget]::regtype[] AND castcontext <> 'e'
        AND (castsource, casttarget, castcontext) <> ('tco'::regtype, 'numeric'::regtype, 'a')$$,
    'no cast is implicit, and only the one to numeric serves assignment');
SELECT is_empty(
    $$SELECT castsource::regtype FROM pg_cast JOIN pg_type t ON t.oid = castsource
      WHERE casttarget IN ('tco'::regtype, 'tariff'::regtype)
        AND (typcategory = 'N' OR castsource = 'numeric'::regtype)$$,
    'no number casts to tco or tariff');

-- ---- aggregates -----------------------------------------------------------

SELECT set_eq(
    $$SELECT aggfnoid::regprocedure::text FROM routine JOIN pg_aggregate ON aggfnoid = oid$$,
    ARRAY['sum(tco)', 'avg(tco)', 'min(tco)', 'max(tco)', 'tiered_cost(numeric,tariff)', 'tariff_agg(numeric,numeric)',
          'accelcost_internal.usage_sums(bigint,bigint,bigint,bigint,bigint,bigint)'],
    'the aggregates are those that are known');
SELECT is_empty(
    $$SELECT a.aggfnoid::regprocedure
      FROM routine r JOIN pg_aggregate a ON a.aggfnoid = r.oid JOIN pg_type t ON t.oid = aggtranstype
      WHERE typtype = 'p' OR typsend = 0 OR typreceive = 0
        OR aggcombinefn = 0 OR aggserialfn <> 0 OR aggdeserialfn <> 0 OR proparallel <> 's'$$,
    'a state is a type that can be stored and sent, has a combine function and is parallel safe');
SELECT is_empty(
    $$SELECT a.aggfnoid::regprocedure FROM routine r JOIN pg_aggregate a ON a.aggfnoid = r.oid
      WHERE proname IN ('sum', 'avg', 'tiered_cost')
        AND ((aggmtransfn, aggmtranstype, aggmfinalfn) <> (aggtransfn, aggtranstype, aggfinalfn)
             OR aggminvtransfn = 0 OR aggminitval IS DISTINCT FROM agginitval)$$,
    'sum, avg and tiered_cost slide with a window');
SELECT is_empty(
    $$SELECT a.aggfnoid::regprocedure FROM routine r JOIN pg_aggregate a ON a.aggfnoid = r.oid WHERE aggsortop <> 0$$,
    'no aggregate is replaced by an index, which would not see mixed currencies');

-- ---- operators ------------------------------------------------------------

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

-- ---- views ----------------------------------------------------------------

SELECT is_empty(
    $$SELECT oid::regclass FROM relation
      WHERE relkind = 'v' AND NOT coalesce('security_invoker=true' = ANY (reloptions), false)$$,
    'every view reads with the rights of who asks');

-- Tools size a column by its precision. Those that show what others wrote, or sums of it, have none: quantities there
-- may have 200 digits before the point and any number after it, and a scale would pad or cut them.
SELECT is_empty(
    $$SELECT oid::regclass, attname FROM relation JOIN pg_attribute ON attrelid = oid
      WHERE relkind = 'v' AND attnum > 0 AND atttypid = 'numeric'::regtype AND atttypmod = -1
        AND relname NOT IN ('focus', 'focus_invoice_detail', 'focus_contract_commitment', 'charge_usage',
                            'charge_usage_beside')$$,
    'every number of a view has a declared precision, but in charges as providers write them');

SELECT * FROM finish();
ROLLBACK;
