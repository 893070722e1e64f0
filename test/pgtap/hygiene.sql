-- What every object of the extension owes its users, read from the catalogs.
BEGIN;
SELECT plan(51);

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
SELECT o.*, o.oid::regoperator AS signature FROM member JOIN pg_operator o ON o.oid = objid WHERE classid = 'pg_operator'::regclass;

SELECT ok((SELECT count(*) FROM routine) > 60 AND (SELECT count(*) FROM operator) > 20, 'the views of this test see the extension');

-- ---- the extension --------------------------------------------------------

SELECT is(installed_version, default_version, 'the control file names the version that is installed')
FROM pg_available_extensions WHERE name = 'accelcost';
SELECT results_eq(
    $$SELECT superuser, trusted, relocatable, schema, requires FROM pg_available_extension_versions WHERE name = 'accelcost' AND installed$$,
    $$VALUES (true, true, false, NULL::name, '{btree_gist}'::name[])$$,
    'the extension is trusted, stays where it was put and requires btree_gist');
SELECT set_eq(
    $$SELECT nspname FROM member JOIN pg_namespace n ON n.oid = objid WHERE classid = 'pg_namespace'::regclass$$,
    '{accelcost,accelcost_internal}'::name[],
    'the extension has two schemas of its own');
SELECT is_empty(
    $$SELECT oid::regclass FROM relation WHERE relkind <> 'c' AND relnamespace <> 'accelcost'::regnamespace$$,
    'tables and views are in the schema accelcost');
SELECT is_empty(
    $$SELECT object FROM member, LATERAL pg_identify_object(classid, objid, 0) AS i
      WHERE i.schema NOT IN ('accelcost', 'accelcost_internal', (SELECT extnamespace::regnamespace::text FROM pg_extension WHERE extname = 'accelcost'))$$,
    'nothing of the extension is in another schema than these and that of CREATE EXTENSION');
SELECT is_empty(
    $$SELECT object FROM member, LATERAL pg_identify_object(classid, objid, 0) AS i
      WHERE i.schema IN ('accelcost', 'accelcost_internal') AND classid NOT IN ('pg_proc'::regclass, 'pg_class'::regclass, 'pg_type'::regclass, 'pg_statistic_ext'::regclass)$$,
    'types with their operators and casts are in the schema of CREATE EXTENSION');
-- What a function reads: a relation that its parsed body or its text names, or what a function that it calls reads.
SELECT is_empty(
    $$WITH RECURSIVE reads AS (
          SELECT r.oid FROM routine AS r
          WHERE EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_proc'::regclass AND objid = r.oid AND refclassid = 'pg_class'::regclass)
             OR 'regclass'::regtype = ANY (r.proargtypes)
             OR lanname = 'plpgsql' AND prosrc ~ '\maccelcost\.|pg_class|EXECUTE'
          UNION
          SELECT r.oid FROM reads
          JOIN (SELECT oid, proname FROM pg_proc) AS used ON used.oid = reads.oid
          JOIN routine AS r ON EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_proc'::regclass AND objid = r.oid AND refclassid = 'pg_proc'::regclass AND refobjid = used.oid)
                            OR r.lanname = 'plpgsql' AND r.prosrc ~ ('\maccelcost(_internal)?\.' || used.proname || '\(')
      )
      SELECT signature FROM routine
      WHERE pronamespace <> 'accelcost_internal'::regnamespace
        AND (pronamespace = 'accelcost'::regnamespace) <> (oid IN (SELECT oid FROM reads))
        AND proname <> 'import_columns'$$, -- a statement for a table, from the first line of a file
    'a function for users is in the schema accelcost if it reads or writes tables, and in that of CREATE EXTENSION if not');
SELECT is_empty(
    $$SELECT n.nspname, a.grantee::regrole, a.privilege_type FROM pg_namespace AS n, aclexplode(n.nspacl) AS a
      WHERE n.nspname = 'accelcost_internal' AND a.grantee <> n.nspowner AND (a.grantee, a.privilege_type) <> (0, 'USAGE')$$,
    'nobody but its owner can create in accelcost_internal');

-- ---- replication ----------------------------------------------------------

SELECT is_empty(
    $$SELECT oid::regclass FROM relation AS r
      WHERE relkind IN ('r', 'p') AND relreplident <> 'f'
        AND NOT EXISTS (SELECT FROM pg_index WHERE indrelid = r.oid AND (indisprimary OR indisreplident))$$,
    'every table has a replica identity: a publication FOR ALL TABLES stops no UPDATE and no DELETE');
SELECT is_empty(
    $$SELECT format('%s.%s', attrelid::regclass, attname) FROM relation JOIN pg_attribute ON attrelid = relation.oid
      WHERE relreplident = 'f' AND attnum > 0 AND NOT attisdropped
        AND NOT EXISTS (SELECT FROM pg_opclass AS c
                        WHERE opcdefault AND (opcintype = atttypid OR EXISTS (
                            SELECT FROM pg_cast WHERE castsource = atttypid AND casttarget = opcintype
                                AND castmethod = 'b' AND castcontext = 'i')
                            OR opcintype = 'anyrange'::regtype AND EXISTS (SELECT FROM pg_range WHERE rngtypid = atttypid)
                            OR opcintype = 'anyarray'::regtype AND EXISTS (SELECT FROM pg_type
                                                                          WHERE oid = atttypid AND typelem <> 0))
                          AND opcmethod IN (SELECT oid FROM pg_am WHERE amname IN ('btree', 'hash')))$$,
    'if that is the whole row, a subscriber can compare each of its columns');

-- ---- text that is resolved at run time ------------------------------------

-- A plpgsql body is parsed at each call, and so is what it executes: a name there is looked up again. Whoever owns the
-- schema of CREATE EXTENSION, or may create in accelcost, can put functions there that fit better.
SELECT is_empty(
    $$SELECT signature FROM routine WHERE lanname = 'plpgsql'
        AND prosrc ~ ('(^|[^[:alnum:]_])' || (SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'accelcost') || '\.')$$,
    'no text resolved at run time names the schema of CREATE EXTENSION');
SELECT is_empty(
    $$SELECT signature, called[1] FROM routine, regexp_matches(prosrc, '\maccelcost\.([a-z_]+)\(', 'g') AS called
      WHERE lanname = 'plpgsql' AND called[1] NOT IN ('rollup_is_kept', 'rollup_check_names')$$, -- in views and triggers of rollups: a user's, with arguments of exactly their types
    'nor calls a function in accelcost');
-- Whoever owns a table can give its name to a view.
SELECT set_eq(
    $$SELECT proname::text FROM routine
      WHERE lanname = 'plpgsql' AND prosrc ~ '\m(FROM|JOIN|INTO|UPDATE|TABLE)\s+accelcost\.(charge|usage|import_batch|import_total|import_reject)\M'$$,
    '{dataset_statement,import_charges,import_dataset,import_statement}'::text[],
    'nor names a table of the installer, but to write to it');

-- ---- comments -------------------------------------------------------------

SELECT is_empty(
    $$SELECT object FROM member WHERE obj_description(objid, classid::regclass::name) IS NULL$$,
    'every object has a comment');
SELECT is_empty(
    $$SELECT oid::regclass, attname FROM relation JOIN pg_attribute ON attrelid = oid
      WHERE relkind IN ('r', 'v', 'm') AND attnum > 0 AND NOT attisdropped AND col_description(oid, attnum) IS NULL$$,
    'every column of a table or view has a comment');
SELECT is_empty(
    $$SELECT i.indexrelid::regclass FROM relation r JOIN pg_index i ON i.indrelid = r.oid
      WHERE obj_description(i.indexrelid, 'pg_class') IS NULL
        AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid AND contype IN ('p', 'u', 'x'))$$,
    'every index that is no constraint has a comment');
SELECT is_empty(
    $$SELECT stxname FROM relation r JOIN pg_statistic_ext s ON s.stxrelid = r.oid WHERE obj_description(s.oid, 'pg_statistic_ext') IS NULL$$,
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
    $$VALUES
        ('import_header_key', 'stable'), ('whole_header', 'stable'), ('has_charges_beside', 'stable'),
        ('period_words', 'stable'), ('bills_counted_twice', 'stable'),
        ('charge_usage_beside', 'stable'), ('bill_of', 'stable'),
        ('create_usage_table', 'volatile'), ('add_usage_partitions', 'volatile'), ('check_usage_copy', 'stable'),
        ('reads_citus_table', 'stable'),
        ('charge_monthly', 'stable'), ('check_decision_answer', 'stable'), ('decision_outcomes', 'stable'),
        ('energy_from_samples', 'stable'),
        ('energy_from_counters', 'stable'), ('energy_source', 'stable'), ('column_among', 'stable'),
        ('import_charges', 'volatile'), ('run_import', 'volatile'), ('run_query', 'stable'),
        ('import_format_hint', 'stable'), ('check_columns', 'stable'), ('column_list', 'stable'),
        ('import_check', 'stable'), ('import_fault', 'stable'), ('recommend_accelerator', 'stable'),
        ('charge_of_cur', 'stable'), ('charge_of_azure', 'stable'), ('charge_of_gcp', 'stable'),
        ('charge_of_oci', 'stable'),
        ('import_focus', 'volatile'), ('import_azure', 'volatile'), ('import_cur', 'volatile'),
        ('import_gcp', 'volatile'), ('import_oci', 'volatile'),
        ('import_invoice_detail', 'volatile'), ('import_contract_commitment', 'volatile'),
        ('import_billing_period', 'volatile'),
        ('import_dataset', 'volatile'), ('dataset_statement', 'stable'),
        ('import_cells', 'stable'), ('import_date_order', 'stable'), ('import_line', 'stable'),
        ('import_kind', 'stable'), ('import_source', 'stable'), ('import_mapping', 'stable'),
        ('import_statement', 'stable'),
        ('month_statistics', 'volatile'), ('refuse_builtin_change', 'volatile'),
        ('accelerator_name', 'stable'), ('egress_cost', 'stable'), ('electricity_at', 'stable'), ('fx_at', 'stable'),
        ('check_provider', 'stable'),
        ('model_name', 'stable'), ('offer_of_price', 'stable'), ('price_at', 'stable'), ('prices_at', 'stable'),
        ('provider_name', 'stable'), ('store_known_names', 'volatile'),
        ('tariff_at', 'stable'), ('token_price_at', 'stable'), ('find_discount', 'stable'),
        ('discounted_tariff', 'stable'), ('discounted_token_price', 'stable'), ('offer_reason', 'stable'),
        ('tariff_reason', 'stable'), ('token_reason', 'stable'), ('electricity_reason', 'stable'),
        ('token_offers', 'stable'), ('machine_offers', 'stable'), ('own_plan', 'stable'), ('rent_plan', 'stable'),
        ('throughput_document', 'stable'), ('region_carbon', 'stable'), ('import_throughput', 'volatile'),
        ('import_prices', 'volatile'), ('price_file_column', 'stable'), ('price_file_format', 'stable'),
        ('price_file_content', 'stable'),
        ('read_offer_file', 'stable'), ('read_token_file', 'stable'),
        ('stage_offers', 'volatile'), ('check_offers_alike', 'stable'),
        ('store_offers', 'volatile'),
        ('stage_token_prices', 'volatile'), ('store_token_prices', 'volatile'), ('check_price_file', 'stable'),
        ('charge_accelerator', 'stable'), ('charge_check', 'stable'), ('charge_egress', 'stable'),
        ('charge_matches', 'stable'), ('charge_priced', 'stable'), ('charge_vs_catalog', 'stable'),
        ('charge_restatement', 'stable'), ('charge_savings', 'stable'), ('check_relation', 'stable'),
        ('invoiced_charges', 'stable'), ('reconcile', 'stable'), ('price_windows', 'stable'),
        ('inference_monthly', 'stable'), ('price_eras', 'stable'),
        ('charge_unmatched', 'stable'), ('charge_tokens', 'stable'), ('token_matches', 'stable'), ('words', 'stable'),
        ('price_file_lacks', 'stable'), ('price_file_rows', 'stable'), ('price_file_texts', 'stable'),
        ('price_file_documents', 'stable'), ('price_file_seen', 'stable'),
        ('instance_lines', 'stable'), ('instance_prices', 'stable'), ('read_instance_list', 'stable'),
        ('read_aws_offers', 'stable'), ('read_azure_retail', 'stable'),
        ('read_litellm', 'stable'), ('read_genai_prices', 'stable'), ('ecb_rates', 'stable'), ('read_ecb', 'stable'),
        ('offer_changes', 'stable'), ('replaced_offers', 'stable'),
        ('merge_token_prices', 'volatile'), ('token_changes', 'stable'), ('replaced_token_prices', 'stable'),
        ('stage_rates', 'volatile'), ('store_rates', 'volatile'), ('check_price_parameters', 'stable'),
        ('check_price_import', 'stable'), ('store_price_file', 'volatile'),
        ('find_offer_price', 'stable'), ('rate_time', 'stable'), ('request_sizes', 'stable'),
        ('find_tariff', 'stable'), ('find_token_price', 'stable'),
        ('training_monthly', 'stable'), ('server_type', 'stable'), ('usage_columns', 'stable'),
        ('usage_table', 'stable'), ('usage_cost', 'stable'), ('usage_groups', 'stable'),
        ('hours_reason', 'stable'), ('find_energy_price', 'stable'), ('energy_reason', 'stable'),
        ('meter_reason', 'stable'),
        ('window_providers', 'stable'), ('usage_monthly', 'stable'), ('usage_priced', 'stable'),
        ('accelerator_family', 'stable'), ('check_accelerator', 'stable'), ('new_prices', 'stable'),
        ('price_impact', 'stable'), ('what_if', 'stable'), ('what_if_model', 'stable'), ('price_periods', 'stable'),
        ('own_rollups', 'stable'), ('is_citus_table', 'stable'), ('rollup_attach', 'volatile'),
        ('rollup_bodies_used', 'stable'), ('rollup_check_expression', 'volatile'),
        ('rollup_check_values', 'stable'), ('rollup_columns_used', 'stable'), ('rollup_functions', 'stable'),
        ('rollup_source_fault', 'stable'), ('rollup_check_isolation', 'stable'), ('rollup_check_source', 'stable'),
        ('check_sees_all', 'stable'), ('relation_with_hidden_rows', 'stable'),
        ('rollup_create', 'volatile'), ('rollup_define', 'volatile'), ('rollup_definition_of', 'stable'),
        ('rollup_drop', 'volatile'),
        ('rollup_expression', 'volatile'), ('rollup_fill', 'volatile'), ('rollup_fold', 'volatile'),
        ('rollup_fold_one', 'volatile'),
        ('rollup_check_names', 'stable'), ('rollup_is_kept', 'stable'), ('rollup_make_private', 'volatile'),
        ('rollup_names', 'stable'), ('rollup_pause', 'volatile'),
        ('rollup_columns', 'stable'), ('rollup_names_used', 'stable'), ('check_months', 'stable'),
        ('record_costs', 'stable'), ('usage_reading', 'stable'), ('value_schema', 'stable'),
        ('rollup_problem', 'stable'), ('rollup_recompute', 'volatile'), ('rollup_renamed', 'volatile'),
        ('rollup_resume', 'volatile'),
        ('tokens_reason', 'stable'), ('named_groups', 'stable'), ('group_token_price', 'stable'),
        ('run_problem', 'stable'), ('request_providers', 'stable'), ('hour_key', 'stable'),
        ('hours_elsewhere', 'stable'),
        ('months_of', 'stable'), ('token_terms', 'stable'), ('price_second', 'stable'), ('group_meters', 'stable'),
        ('find_meter_tariff', 'stable'), ('sku_price', 'stable'), ('group_hour_price', 'stable'),
        ('meter_bills', 'stable'),
        ('accelerator_price', 'stable'), ('free_shares', 'stable'), ('pool_bills', 'stable'),
        ('tokens_cost', 'stable'), ('price_times', 'stable'), ('daily_meters', 'stable'), ('token_key', 'stable'),
        ('rate_date', 'stable'), ('tariff_terms', 'stable'), ('hours_cost', 'stable'),
        ('machine_key', 'stable'), ('line_key', 'stable'), ('tariff_runs', 'stable'), ('split_bills', 'stable'),
        ('rollup_status', 'stable'), ('rollup_repair', 'volatile'), ('rollup_repair_start', 'volatile'),
        ('rollup_verify', 'volatile')$$,
    'a function is IMMUTABLE unless it is known to read or write tables or settings');
SELECT is_empty(
    $$SELECT signature FROM routine WHERE provolatile = 'v' AND proparallel <> 'u' AND prokind <> 'a'$$,
    'a VOLATILE function is PARALLEL UNSAFE');
SELECT is_empty(
    $$SELECT signature FROM routine WHERE lanname = 'c' AND (provolatile, proparallel) <> ('i', 's') AND proname NOT IN ('run_import', 'run_query')$$,
    'a function in C is IMMUTABLE and PARALLEL SAFE, unless it runs statements');
-- Where NULL is an argument not given, an open tier, a price that is unknown,
-- in steps of aggregates a row to skip or to count, and in windows not looked at.
SELECT set_eq(
    $$SELECT proname FROM routine WHERE lanname = 'c' AND NOT proisstrict$$,
    '{allocate,may_name,price_class,run_import,spans_prices,split_cost,tariff,tariff_from_widths,tariff_insert,
      tariff_state_add,tariff_state_remove,tco_sum_amount,token_cost}'::name[],
    'a function in C is STRICT unless NULL is known to mean something to it');
SELECT is_empty(
    $$SELECT signature, prosrc, probin FROM routine WHERE lanname = 'c' AND (prosrc !~ '^accelcost_' OR probin <> '$libdir/accelcost')$$,
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
        OR regexp_replace(prosrc, '@extschema@\.|pg_catalog\.|' || (SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'accelcost') || '\.', '.', 'g') ~ '[^.[:alnum:]_][a-z_]+\(|[^:]=|[<>+*/|~-]')$$,
    'a procedure is one because it commits, so it cannot pin search_path: it calls by qualified names, and has no operators');
SELECT is_empty(
    $$SELECT signature, declared[1] FROM routine, regexp_matches(substring(prosrc FROM 'DECLARE(.*?)BEGIN'), '^\s+\w+\s+(\w+);', 'gn') AS declared WHERE prokind = 'p'$$,
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
            SELECT oid::regclass::text, attname FROM relation JOIN pg_attribute ON attrelid = oid WHERE attnum > 0) AS named
      JOIN pg_get_keywords() ON word = name WHERE catcode IN ('R', 'T')$$,
    'no parameter or column has a reserved word for a name');

-- ---- types and casts ------------------------------------------------------

SELECT is_empty(
    $$SELECT typname FROM member JOIN pg_type t ON t.oid = objid
      WHERE classid = 'pg_type'::regclass AND typtype = 'b'
        AND (typsend = 0 OR typreceive = 0 OR typalign <> 'd' OR typstorage <> CASE typlen WHEN -1 THEN 'x' ELSE 'p' END OR typcategory <> 'U' OR typispreferred)$$,
    'every base type can be sent and received, is aligned as double, is stored compressed if its length varies and takes no part in implicit casts');
SELECT set_eq(
    $$SELECT typname::text, typlen::int FROM member JOIN pg_type t ON t.oid = objid
      WHERE classid = 'pg_type'::regclass AND typtype = 'b'$$,
    $$VALUES ('tariff', -1), ('tariff_state', -1), ('tco', 144), ('tco_avg_state', 152)$$,
    'a type has the length that is on disk');
SELECT is_empty(
    $$SELECT castsource::regtype, casttarget::regtype FROM pg_cast
      WHERE ARRAY['tariff', 'tariff_state', 'tco', 'tco_avg_state']::regtype[] && ARRAY[castsource, casttarget]::regtype[] AND castcontext <> 'e'
        AND (castsource, casttarget, castcontext) <> ('tco'::regtype, 'numeric'::regtype, 'a')$$,
    'no cast is implicit, and only the one to numeric serves assignment');
SELECT is_empty(
    $$SELECT castsource::regtype FROM pg_cast JOIN pg_type t ON t.oid = castsource
      WHERE casttarget IN ('tco'::regtype, 'tariff'::regtype) AND (typcategory = 'N' OR castsource = 'numeric'::regtype)$$,
    'no number casts to tco or tariff');

-- ---- aggregates -----------------------------------------------------------

SELECT set_eq(
    $$SELECT aggfnoid::regprocedure::text FROM routine JOIN pg_aggregate ON aggfnoid = oid$$,
    ARRAY['sum(tco)', 'avg(tco)', 'min(tco)', 'max(tco)', 'sum_tco(numeric,text,text)', 'tiered_cost(numeric,tariff)', 'tariff_agg(numeric,numeric)'], 'the aggregates are those that are known');
SELECT is_empty(
    $$SELECT a.aggfnoid::regprocedure FROM routine r JOIN pg_aggregate a ON a.aggfnoid = r.oid JOIN pg_type t ON t.oid = aggtranstype
      WHERE typtype = 'p' OR typsend = 0 OR typreceive = 0 OR aggcombinefn = 0 OR aggserialfn <> 0 OR aggdeserialfn <> 0 OR proparallel <> 's'$$,
    'a state is a type that can be stored and sent, has a combine function and is parallel safe');
SELECT is_empty(
    $$SELECT a.aggfnoid::regprocedure FROM routine r JOIN pg_aggregate a ON a.aggfnoid = r.oid
      WHERE proname IN ('sum', 'avg', 'tiered_cost') AND ((aggmtransfn, aggmtranstype, aggmfinalfn) <> (aggtransfn, aggtranstype, aggfinalfn) OR aggminvtransfn = 0 OR aggminitval IS DISTINCT FROM agginitval)$$,
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
        OR (a.oprname, b.oprname) NOT IN (('=', '<>'), ('<>', '='), ('<', '>='), ('>=', '<'), ('>', '<='), ('<=', '>'))$$,
    'negators keep the sides and negate back');
SELECT is_empty(
    $$SELECT signature FROM operator WHERE oprresult = 'bool'::regtype AND 0 IN (oprcom, oprnegate)
      UNION ALL SELECT signature FROM operator WHERE oprname IN ('+', '*') AND oprcom = 0$$,
    'comparisons, sums and products commute, comparisons negate');
SELECT is_empty(
    $$SELECT signature, oprrest, oprjoin FROM operator WHERE oprresult = 'bool'::regtype
        AND (oprrest, oprjoin) <> (CASE oprname
            WHEN '=' THEN ('eqsel'::regproc, 'eqjoinsel'::regproc) WHEN '<>' THEN ('neqsel'::regproc, 'neqjoinsel'::regproc)
            WHEN '<' THEN ('scalarltsel'::regproc, 'scalarltjoinsel'::regproc) WHEN '<=' THEN ('scalarlesel'::regproc, 'scalarlejoinsel'::regproc)
            WHEN '>' THEN ('scalargtsel'::regproc, 'scalargtjoinsel'::regproc) WHEN '>=' THEN ('scalargesel'::regproc, 'scalargejoinsel'::regproc) END)$$,
    'comparisons have the estimators of their kind');
SELECT is_empty(
    $$SELECT signature FROM operator WHERE (oprcanmerge OR oprcanhash) <> (oprname = '=' AND oprleft = oprright)
        OR oprcanmerge <> oprcanhash OR NOT ARRAY['tco', 'tariff']::regtype[] && ARRAY[oprleft, oprright]::regtype[]$$,
    'equality within a type, and nothing else, serves merge and hash joins');
SELECT is_empty(
    $$SELECT object FROM member JOIN pg_opclass c ON c.oid = objid WHERE classid = 'pg_opclass'::regclass AND NOT amvalidate(c.oid)$$,
    'operator classes are valid');
SELECT set_eq(
    $$SELECT amname::text, opcintype::regtype::text, array_agg(DISTINCT amopopr::regoperator::text) AS operators, array_agg(DISTINCT amprocnum::int) AS support
      FROM member JOIN pg_opclass c ON c.oid = objid JOIN pg_am m ON m.oid = opcmethod
      JOIN pg_amop ON amopfamily = opcfamily JOIN pg_amproc ON amprocfamily = opcfamily
      WHERE classid = 'pg_opclass'::regclass AND opcdefault GROUP BY amname, opcintype$$,
    $$VALUES ('btree', 'tco', '{"<(tco,tco)","<=(tco,tco)","=(tco,tco)",">(tco,tco)",">=(tco,tco)"}'::text[], '{1,4}'::int[]), ('hash', 'tco', '{"=(tco,tco)"}', '{1,2}'),
             ('btree', 'tariff', '{"<(tariff,tariff)","<=(tariff,tariff)","=(tariff,tariff)",">(tariff,tariff)",">=(tariff,tariff)"}', '{1}'), ('hash', 'tariff', '{"=(tariff,tariff)"}', '{1,2}')$$,
    'the default operator classes are complete, and compare within a type; deduplication (support 4) is for tco, as equal tariffs can be stored compressed or not');

-- ---- views ----------------------------------------------------------------

SELECT is_empty(
    $$SELECT oid::regclass FROM relation WHERE relkind = 'v' AND NOT coalesce('security_invoker=true' = ANY (reloptions), false)$$,
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
