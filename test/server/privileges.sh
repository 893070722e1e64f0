#!/usr/bin/env bash
# Who may do what: an installer who is no superuser owns the user tables, uses,
# dumps and restores everything and can lay no trap for a superuser; others get
# nothing but types and functions.
set -euo pipefail
# shellcheck source=test/server/tap.bash
. "${BASH_SOURCE[0]%/*}/tap.bash"

roles='life_keeper, life_guest'
sql postgres "CREATE ROLE life_keeper LOGIN" "CREATE ROLE life_guest LOGIN" >&2
new_database life_privileges
sql life_privileges 'GRANT CREATE ON DATABASE life_privileges TO life_keeper' >&2

keeper() { sql_as life_keeper life_privileges "$@"; }
guest() { sql_as life_guest life_privileges "$@"; }
denied='^42501: '

# Tables of the extension, as the superuser sees them; $1 is a condition.
tables() {
    sql life_privileges "SELECT c.oid::regclass FROM pg_class AS c
        JOIN pg_depend AS d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid
        JOIN pg_extension AS e ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid
        WHERE e.extname = 'accelcost' AND d.deptype = 'e' AND c.relkind IN ('r', 'p') AND $1 ORDER BY 1"
}

# ---- install --------------------------------------------------------------

like 'without CREATE on the database nobody installs' "$(guest 'CREATE EXTENSION accelcost CASCADE' || true)" \
    "$denied"
is 'CREATE on the database is enough to install, btree_gist too' "$(keeper 'CREATE EXTENSION accelcost CASCADE')" ''
is 'the extension belongs to who installed it' "$(sql life_privileges \
    "SELECT extowner::regrole FROM pg_extension WHERE extname = 'accelcost'")" life_keeper
is 'no function runs with the rights of its owner' "$(sql life_privileges \
    "SELECT oid::regprocedure FROM pg_proc WHERE prosecdef AND pronamespace IN ('public'::regnamespace,
    'accelcost'::regnamespace)")" ''

# ---- tables ---------------------------------------------------------------

mapfile -t user_tables < <(tables "relowner = 'life_keeper'::regrole")
mapfile -t script_tables < <(tables "relowner <> 'life_keeper'::regrole")
is 'user tables belong to the installer' "$(printf '%s\n' "${user_tables[@]}" | grep -cx \
    'accelcost\.charge\|accelcost\.import_batch\|accelcost\.import_reject')" 3
is 'tables that the script writes belong to a superuser' "$(sql life_privileges \
    "SELECT bool_and(rolsuper) FROM pg_class JOIN pg_roles ON pg_roles.oid = relowner
    WHERE pg_class.oid IN ($(printf "'%s'::regclass," "${script_tables[@]}") 0)")" t

sql life_privileges 'GRANT CREATE ON SCHEMA public TO life_keeper' >&2
keeper 'CREATE FUNCTION public.trap() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$' >&2
for table in "${script_tables[@]}"; do
    like "$table: the installer cannot put a trigger on it" "$(keeper \
        "CREATE TRIGGER trap BEFORE INSERT ON $table FOR EACH ROW EXECUTE FUNCTION public.trap()" || true)" "$denied"
    for change in 'ADD COLUMN trap int' "ALTER COLUMN builtin SET DEFAULT true" 'DISABLE TRIGGER ALL' \
        'ENABLE ROW LEVEL SECURITY' 'OWNER TO life_keeper' 'SET SCHEMA public' 'RENAME TO trap'; do
        like "$table: nor $change" "$(keeper "ALTER TABLE $table $change" || true)" "$denied"
    done
    like "$table: nor a rule" "$(keeper "CREATE RULE trap AS ON INSERT TO $table DO INSTEAD NOTHING" || true)" \
        "$denied"
    like "$table: nor a policy" "$(keeper "CREATE POLICY trap ON $table" || true)" "$denied"
    like "$table: nor an index with a function of its own" "$(keeper "CREATE INDEX ON $table ((1))" || true)" \
        "$denied"
    like "$table: nor truncate it" "$(keeper "TRUNCATE $table" || true)" "$denied"
    is "$table: but reads and writes rows, and can let others" "$(sql life_privileges \
        "SELECT bool_and(has_table_privilege('life_keeper', '$table', p || ' WITH GRANT OPTION'))
        FROM unnest('{SELECT,INSERT,UPDATE,DELETE}'::text[]) AS p")" t
    is "$table: and nothing else" "$(sql life_privileges \
        "SELECT bool_or(has_table_privilege('life_keeper', '$table', p))
        FROM unnest('{TRUNCATE,REFERENCES,TRIGGER}'::text[]) AS p")" f
done
like 'functions of the extension cannot be replaced' "$(keeper \
    'CREATE OR REPLACE FUNCTION public.total(cost tco) RETURNS numeric LANGUAGE sql AS $$ SELECT 0.0 $$' || true)" \
    "$denied"
like 'nor members taken out' "$(keeper 'ALTER EXTENSION accelcost DROP FUNCTION public.total(tco)' || true)" "$denied"

like 'builtin rows are read-only' "$(keeper "UPDATE accelcost.import_column SET column_name = 'x' WHERE builtin" \
    || true)" '^55000: built-in rows of table "import_column" are read-only'
is 'own rows are not' "$(keeper "INSERT INTO accelcost.import_column (format, header, column_name)
    VALUES ('focus', 'Our Cost', 'billed_cost')" \
    "UPDATE accelcost.import_column SET source = 'us' WHERE NOT builtin RETURNING header")" 'Our Cost'
like 'builtin rules too' "$(keeper "UPDATE accelcost.decision_rule SET points = 9 WHERE name = 'edge_on_npu'" \
    || true)" '^55000: built-in rows of table "decision_rule" are read-only'
like 'none can be added' "$(keeper "INSERT INTO accelcost.decision_rule SELECT 'mine', question, answer, at_least,
    below, and_question, and_answers, and_at_least, and_below, unless_workload, unless_deployment, kind, points, veto,
    sentence, rule_set, source, as_of, builtin FROM accelcost.decision_rule WHERE name = 'edge_on_npu'" || true)" \
    '^55000: built-in rows of table "decision_rule" are read-only'
is 'own rules count' "$(keeper "INSERT INTO accelcost.decision_rule (name, question, answer, kind, points, sentence)
    VALUES ('mine', 'deployment', 'edge', 'gpu', 9, 'Ours.')" \
    "SELECT kind, score FROM accelcost.recommend_accelerator(deployment => 'edge')")" 'gpu|10
npu|3
asic|-1
tpu|0'

# ---- use ------------------------------------------------------------------

is 'the installer imports and reads a report' "$(keeper "
    CREATE TABLE staging AS SELECT '1.5' AS \"Our Cost\", 'USD' AS \"BillingCurrency\", 'a' AS \"BillingAccountId\",
        'AWS' AS \"ProviderName\", 'EC2' AS \"ServiceName\", '2024-03-01' AS \"BillingPeriodStart\",
        '2024-03-02 10:00' AS \"ChargePeriodStart\"
    UNION ALL SELECT '2.5', 'USD', 'a', 'AWS', 'EC2', '2024-03-01', '2024-03-03 10:00'" \
        "SELECT loaded FROM accelcost.import_focus('staging')" \
    'SELECT provider_name, billed_cost FROM accelcost.charge_monthly')" '2
AWS|4.0000000000'
is 'the installer aggregates' "$(keeper "SELECT sum(tco(n)), avg(tco(n)) FROM generate_series(1, 4) AS n")" \
    '10 USD other=10|2.5 USD other=2.5'
is 'the installer may change its own tables' "$(keeper 'ALTER TABLE accelcost.charge ADD COLUMN note text' \
    'CREATE TRIGGER own BEFORE INSERT ON accelcost.charge FOR EACH ROW EXECUTE FUNCTION public.trap()' \
    'DROP TRIGGER own ON accelcost.charge' 'ALTER TABLE accelcost.charge DROP COLUMN note')" ''

# ---- others ---------------------------------------------------------------

is 'others use the type and its functions' "$(guest \
    "SELECT sum(tco(n) * 1.1), bill_month('2024-03-15'::date), to_jsonb('6 USD'::tco) ->> 'total'
    FROM generate_series(1, 4) AS n")" '11 USD other=11|2024-03-01|6'
is 'others keep values of the type in tables of their own' "$(guest 'CREATE TEMP TABLE mine (cost tco PRIMARY KEY)' \
    "INSERT INTO mine VALUES ('6 USD') RETURNING cost")" '6 USD other=6'
for table in "${user_tables[@]}"; do
    # The views of usage read it for whoever reads them.
    [ "$table" = accelcost.usage_source ] && continue
    is "$table: others have no right to it" "$(sql life_privileges \
        "SELECT bool_or(has_table_privilege('life_guest', '$table', p)
        OR has_any_column_privilege('life_guest', '$table', 'SELECT, INSERT, UPDATE, REFERENCES'))
        FROM unnest('{SELECT,INSERT,UPDATE,DELETE,TRUNCATE,REFERENCES,TRIGGER}'::text[]) AS p")" f
done
for table in accelcost.usage_source "${script_tables[@]}"; do
    is "$table: others may read it at most" "$(sql life_privileges \
        "SELECT bool_or(has_table_privilege('life_guest', '$table', p))
        FROM unnest('{INSERT,UPDATE,DELETE,TRUNCATE,REFERENCES,TRIGGER}'::text[]) AS p")" f
done
is 'others get recommendations' "$(guest "SELECT kind, score
    FROM accelcost.recommend_accelerator('inference', 'edge', 20)" \
    "SELECT count(*) FROM accelcost.decision_outcomes('training', 'cloud', 20, 300, 'egress')
    WHERE question IS NULL" 'SELECT count(*) FROM accelcost.decision_rule_current WHERE NOT builtin')" 'gpu|12
npu|3
asic|0
tpu|1
4
1'
for change in "INSERT INTO accelcost.decision_rule (name, question, answer, kind, sentence)
    VALUES ('theirs', 'workload', 'x', 'npu', 'Theirs.')" 'UPDATE accelcost.decision_rule SET points = 0' \
    'DELETE FROM accelcost.decision_rule' "UPDATE accelcost.decision_rule_current SET points = 0"; do
    like "others cannot ${change%% *} rules, their own or any" "$(guest "$change" || true)" \
        '^(42501|55000): (permission denied|cannot update view)'
done
is 'others read the catalog and look things up' "$(guest \
    "SELECT (accelcost.price_at('CoreWeave', 'H100 (8x)', '2026-02-01')).per_gpu,
    accelcost.egress_cost('AWS', 57000, at => '2026-08-25', from_region => 'us-east-1')" \
    'SELECT count(*) > 0 FROM accelcost.price_per_gpu_hour')" '6.155|4800.2 USD egress=4800.2
t'
like 'others cannot put prices into it' "$(guest \
    "INSERT INTO accelcost.offer_price (provider, sku, purchase_option, amount, valid)
    VALUES ('AWS', 'x', 'on_demand', 1, '[2026-01-01,)')" || true)" "$denied"
is 'the installer can' "$(keeper "INSERT INTO accelcost.offer_price (provider, sku, region, purchase_option, amount,
    valid) VALUES ('Amazon', 'p5.48xlarge', 'us-east-1', 'on_demand', 41, '[2026-01-01 00:00+00,)')" \
    "SELECT (accelcost.price_at('AWS', 'p5.48xlarge', '2026-08-25', 'us-east-1')).amount")" 41
like 'others cannot create in the schema of the extension' "$(guest 'CREATE TABLE accelcost.mine ()' || true)" \
    "$denied"
like 'the view shows others nothing' "$(guest 'SELECT count(*) FROM accelcost.charge_monthly' || true)" "$denied"
like 'nor does the function' "$(guest 'SELECT count(*) FROM accelcost.charge_monthly()' || true)" "$denied"
like 'others cannot import' "$(guest "CREATE TEMP TABLE staging AS SELECT '1' AS \"BilledCost\",
    'USD' AS \"BillingCurrency\", 'a' AS \"BillingAccountId\", 'P' AS \"ProviderName\",
    '2024-03-01' AS \"BillingPeriodStart\", '2024-03-02' AS \"ChargePeriodStart\"" \
    "SELECT loaded FROM accelcost.import_focus('staging')" || true)" "$denied"
like 'nor add statistics to a table that is not theirs' "$(guest \
    "SELECT accelcost.month_statistics('accelcost.charge', 'billing_period_start')" || true)" "$denied"

keeper 'GRANT SELECT ON accelcost.charge_monthly TO life_guest' >&2
like 'the right to the view is not a right to what it reads' "$(guest \
    'SELECT count(*) FROM accelcost.charge_monthly' || true)" "${denied}permission denied for table charge"
keeper 'GRANT SELECT ON accelcost.charge TO life_guest' >&2
is 'the installer can let others read' "$(guest 'SELECT billed_cost FROM accelcost.charge_monthly')" '4.0000000000'

keeper "INSERT INTO accelcost.usage (record_id, period_start, provider, region, sku, instance_hours,
    transfer_quantity, transfer_unit) VALUES ('1', '2026-02-03', 'CoreWeave', 'US', 'H100 (8x)', 10, 5, 'GiB')" >&2
for query in 'SELECT count(*) FROM accelcost.usage' 'SELECT count(*) FROM accelcost.usage_cost()' \
    'SELECT count(*) FROM accelcost.inference_monthly()' "SELECT count(*) FROM accelcost.what_if('2026-02-01')" \
    "SELECT count(*) FROM accelcost.showback('2026-02-01')" \
    "SELECT count(*) FROM accelcost.inference_unit_cost('2026-02-01')" \
    "SELECT count(*) FROM accelcost.unit_cost('2026-02-01')" 'SELECT count(*) FROM accelcost.showback' \
    'SELECT count(*) FROM accelcost.usage_monthly'; do
    like "usage is not for others: $query" "$(guest "$query" || true)" "$denied"
done
keeper 'GRANT SELECT ON accelcost.usage, accelcost.usage_monthly, accelcost.inference_monthly TO life_guest' >&2
is 'whoever may read it has all reports, in a transaction that only reads' "$(guest \
    "BEGIN READ ONLY; SELECT cost FROM accelcost.usage_cost(); SELECT total FROM accelcost.inference_monthly();
    SELECT total FROM accelcost.inference_monthly; SELECT count(*) > 0
    FROM accelcost.what_if('2026-02-01'); COMMIT")" '492.4 USD compute=492.4
492.4
492.4000000000
t'
like 'and changes nothing' "$(guest "UPDATE accelcost.usage SET team = 'x'" || true)" "$denied"

# ---- dump and restore -----------------------------------------------------

keeper 'CREATE TABLE kept AS SELECT tco(n) AS cost FROM generate_series(1, 3) AS n' \
    'REVOKE SELECT ON accelcost.charge, accelcost.charge_monthly, accelcost.usage, accelcost.usage_monthly,
    accelcost.inference_monthly FROM life_guest' >&2
ok 'the installer dumps' pg_dump -U life_keeper -d life_privileges -f "$scratch/dump"
new_database life_restored TEMPLATE template0
sql life_restored 'GRANT CREATE ON DATABASE life_restored TO life_keeper' \
    'GRANT CREATE ON SCHEMA public TO life_keeper' >&2
ok 'and restores' psql -Xqd life_restored -U life_keeper -v ON_ERROR_STOP=1 -f "$scratch/dump"
is 'what was restored is what was dumped' "$(sql_as life_keeper life_restored 'SELECT sum(cost) FROM kept' \
    'SELECT sum(billed_cost) FROM accelcost.charge' 'SELECT sum(instance_hours) FROM accelcost.usage' \
    'SELECT header FROM accelcost.import_column WHERE NOT builtin' \
    'SELECT name FROM accelcost.decision_rule WHERE NOT builtin' \
    "SELECT relowner::regrole FROM pg_class WHERE oid = 'accelcost.charge'::regclass")" '6 USD other=6
4.0
10
Our Cost
mine
life_keeper'

# ---- remove ---------------------------------------------------------------

is 'the installer removes the extension' "$(keeper 'DROP TABLE kept, staging' 'DROP EXTENSION accelcost' \
    "SELECT count(*) FROM pg_namespace WHERE nspname = 'accelcost'")" 0
is 'and what it brought' "$(keeper 'DROP EXTENSION btree_gist' 'DROP FUNCTION public.trap' \
    "SELECT count(*) FROM pg_proc WHERE pronamespace = 'public'::regnamespace")" 0

finish
