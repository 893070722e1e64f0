-- What every object of the extension owes its users, read from the catalogs.
BEGIN;
SELECT plan(46);
\ir ../include/members.sql

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
        AND oid::regclass::text NOT IN ('accelcost_internal.charge_months',
                                        'accelcost_internal.charge_months_beside')$$,
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
                            OR opcintype = 'anyrange'::regtype
                               AND EXISTS (SELECT FROM pg_range WHERE rngtypid = atttypid)
                            OR opcintype = 'anyarray'::regtype AND EXISTS (SELECT FROM pg_type
                                                                          WHERE oid = atttypid AND typelem <> 0))
                          AND opcmethod IN (SELECT oid FROM pg_am WHERE amname IN ('btree', 'hash')))$$,
    'if that is the whole row, a subscriber can compare each of its columns');

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
          accelcost_version accelerator_family accelerator_name accelerator_price anomalies
          bill_of bills_counted_twice bridge_bills bridge_charges bridge_lines bridge_matches bridge_terms
          bridge_usage budget_burn budget_days budget_section budget_states
          changed_items charge_accelerator charge_check charge_days charge_egress charge_groups charge_lines
          charge_matches charge_monthly charge_months charge_of_azure charge_of_cur charge_of_gcp charge_of_oci
          charge_priced charge_restatement charge_savings charge_tokens charge_unmatched charge_usage
          charge_vs_catalog cheapest_api check_accelerator check_closing check_columns check_days
          check_decision_answer check_import check_import_rows check_months check_offers_alike check_price_file
          check_price_import check_price_parameters check_provider check_relation check_sees_all check_usage_copy
          check_usage_source check_weight_relation citus_tables closing_of column_among column_list commitment_charges
          commitment_monthly contract_applied contract_monthly cost_change cost_lines cost_report cost_rule_preview
          cost_rules
          daily_meters data_days dataset_statement decision_outcomes discounted_tariff discounted_token_price
          ecb_rates egress_cost electricity_at electricity_reason energy_from_counters energy_from_samples
          energy_reason energy_source
          find_discount find_energy_price find_meter_tariff find_offer_price find_tariff find_token_price free_shares
          fx_at
          given_weights group_hour_price group_meters group_token_price
          has_charges_beside has_usage_sums hidden_from_closing hour_key hours_cost hours_elsewhere hours_reason
          import_cells import_check import_date_order import_fault import_format_hint import_header_key import_kind
          import_line import_mapping import_result import_source import_statement inference_monthly
          inference_unit_cost instance_lines instance_prices invoice_amounts invoice_bridge invoice_charges
          invoice_usage invoiced_charges invoices_of is_citus_table is_partitioned
          label_subjects labelled_cost line_key lined_charges
          machine_key machine_offers machine_sections machine_uses meter_bills meter_bills_query meter_reason
          model_meanings model_name
          month_charges month_items month_restatement monthly_view months_of
          named_groups new_prices
          offer_changes offer_of_price offer_reason old_prices own_plan own_rollups
          period_words pool_bills pool_weights price_at price_changes price_eras price_file_column price_file_content
          price_file_documents price_file_format price_file_lacks price_file_rows price_file_seen price_file_texts
          price_impact price_limits price_limits_query price_periods price_second price_times price_windows prices_at
          provider_meanings provider_name
          qualified_name
          rate_date rate_time raw_lines read_aws_offers read_azure_retail read_ecb read_eia read_gcp_skus
          read_genai_prices read_instance_list read_litellm read_offer_file read_token_file reads_citus_table
          recommend_accelerator reconcile record_costs record_count region_carbon rejected_rows
          relation_with_hidden_rows rent_plan replaced_offers replaced_token_prices report_lines request_sizes
          rollup_bodies_used rollup_check_isolation rollup_check_names rollup_check_parts rollup_check_source
          rollup_check_values rollup_columns rollup_columns_used rollup_definition_of rollup_fresh rollup_functions
          rollup_is_kept rollup_is_restored rollup_names rollup_names_used rollup_oids rollup_part_fault
          rollup_part_names rollup_part_problem rollup_parts rollup_problem rollup_removed rollup_scope
          rollup_source_fault rollup_status rollup_tree rollup_trigger_problem rollup_truncation rounding_group
          run_problem run_query
          sent_by_place server_type showback showback_lines showback_section shown_monthly sku_price split_bills
          tables_are_local tariff_at tariff_reason tariff_runs tariff_terms text_matches throughput_document
          tier_section token_changes token_key token_matches token_offers token_price_at token_reason token_terms
          token_text_matches tokens_cost tokens_reason training_monthly
          unit_cost unit_lines untagged_cost usage_across usage_columns usage_cost usage_days usage_groups usage_lines
          usage_monthly usage_priced usage_priced_query usage_query usage_reading usage_rollup_expression
          usage_rollup_keys
          usage_rollup_measures usage_source usage_table
          value_schema
          warning_section what_if what_if_model whole_header words
      ', E' \n'), '\s+'), 'stable'
      UNION ALL
      SELECT regexp_split_to_table(btrim('
          add_usage_partitions
          close_month create_usage_rollup create_usage_table
          import_azure import_billing_period import_charges import_contract_commitment import_cur import_dataset
          import_focus import_gcp import_invoice_detail import_oci import_prices import_throughput
          merge_token_prices month_statistics
          refuse_builtin_change rollup_attach rollup_attach_parts rollup_attach_table rollup_check_expression
          rollup_create rollup_define rollup_drop rollup_expression rollup_fill rollup_fold rollup_fold_one
          rollup_keep rollup_lock rollup_make_private rollup_pause rollup_recompute rollup_renamed rollup_repair
          rollup_repair_start rollup_repair_step rollup_resume rollup_verify run_import
          set_usage_source stage_electricity stage_offers stage_rates stage_token_prices stay_local store_closing
          store_electricity store_known_names store_offers store_price_file store_rates store_token_prices
          usage_rollup_define usage_rollup_views
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
    '{allocate,record_tco,record_tokens,record_tokens_cost,run_import,split_cost,tariff,tariff_from_widths,
      tariff_insert,tariff_state_add,tariff_state_remove,tco_sum_amount,token_cost,usage_key,usage_sum_end,
      usage_sum_key,usage_sum_price_key,usage_sum_start,usage_sums_add,usage_sums_merge}'::name[],
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
    ARRAY['sum(tco)', 'avg(tco)', 'min(tco)', 'max(tco)', 'sum_tco(numeric,text,text)', 'tiered_cost(numeric,tariff)',
          'tariff_agg(numeric,numeric)', 'accelcost_internal.usage_sums(bigint,bigint,bigint,bigint,bigint,bigint)'],
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

-- ---- function bodies ------------------------------------------------------

-- A body is text that is read under the caller's standard_conforming_strings.
SELECT is_empty(
    $$SELECT signature FROM routine WHERE prosrc ~ E'(^|[^Ee\'])\'[^\'\n]*[\\\\]'$$,
    'literals with backslashes in function bodies are written E''...''');

-- A function that stays a function is planned at each call of what it is in.
CREATE FUNCTION pg_temp.plan_of(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
    RETURN QUERY EXECUTE 'EXPLAIN ' || query;
END
$$;
SELECT is_empty(
    $$SELECT f.name, l.line
      FROM (VALUES ('usage_priced_query(NULL, NULL, NULL, NULL, NULL, NULL)'), ('meter_bills_query(NULL, NULL)'),
                   ('price_limits_query(NULL, NULL, NULL, NULL)')) AS f (name)
      CROSS JOIN LATERAL pg_temp.plan_of('SELECT * FROM accelcost_internal.' || f.name) AS l (line)
      WHERE l.line ~ 'Function Scan on (usage_priced|meter_bills|price_limits)_query'
         OR l.line ~ 'Function Scan on (named_groups|split_bills|price_times|group_meters)'$$,
    'queries whose plans are kept are planned as parts of what calls them');

-- ---- views ----------------------------------------------------------------

SELECT is_empty(
    $$SELECT oid::regclass FROM relation
      WHERE relkind = 'v' AND NOT coalesce('security_invoker=true' = ANY (reloptions), false)$$,
    'every view reads with the rights of who asks');

-- Tools size a column by its precision. Those that show what others wrote, or sums of it, have none: quantities there
-- may have 200 digits before the point and any number after it, and a scale would pad or cut them.
SELECT is_empty(
    $$SELECT oid::regclass, attname FROM relation JOIN pg_attribute ON attrelid = oid
      WHERE relkind = 'v' AND relnamespace = 'accelcost'::regnamespace
        AND attnum > 0 AND atttypid = 'numeric'::regtype AND atttypmod = -1
        AND relname NOT IN ('focus', 'focus_invoice_detail', 'focus_contract_commitment', 'charge_usage',
                            'charge_usage_beside')$$,
    'every number of a view has a declared precision, but in charges as providers write them');

SELECT * FROM finish();
ROLLBACK;
