#!/usr/bin/env bash
# The extension is trusted: who installs it is no superuser, nor is the owner of
# the database. Whatever these put beside it, before or after, a superuser who
# reads a view or calls a function runs nothing of theirs, and gets the same.
#
# What is planted is in planted_traps.sql, for the names in planted_targets.sql;
# what is called in planted_calls.sql, what owners of rollups do in planted_work.sql.
set -euo pipefail
# shellcheck source=test/server/tap.bash
. "${BASH_SOURCE[0]%/*}/tap.bash"
here=${BASH_SOURCE[0]%/*}

roles='life_layer, life_reader'
for role in ${roles//,/}; do sql postgres "CREATE ROLE $role LOGIN" >&2; done
callers='postgres life_layer life_reader'
# What the test itself asks is not to be caught. Compiling costs more than all else.
export PGOPTIONS='-c jit=off -c search_path=pg_catalog'

layer() { sql_as life_layer "$@"; }
superuser() { sql "$@"; }
figures() { while IFS= read -r line; do echo "# $line"; done; }

# ---- the very same, before ------------------------------------------------

# An object of the same name and arguments, or a schema of ours: there is no
# telling whose it is, so nothing is installed.
new_database life_refused OWNER life_layer
layer life_refused 'CREATE EXTENSION btree_gist SCHEMA public' >&2
objects() {
    superuser life_refused "SELECT count(*), count(*) FILTER (WHERE deptype = 'e') FROM pg_depend" \
        'SELECT count(*) FROM pg_proc' 'SELECT count(*) FROM pg_type' 'SELECT count(*) FROM pg_class' \
        'SELECT array_agg(nspname ORDER BY nspname) FROM pg_namespace' \
        'SELECT array_agg(extname ORDER BY extname) FROM pg_extension'
}
# WHAT SQLSTATE STATEMENT UNDO
refused() {
    local before
    layer life_refused "$3" >&2
    before=$(objects)
    like "$1: CREATE EXTENSION refuses" \
        "$(layer life_refused 'CREATE EXTENSION accelcost SCHEMA public' || true)" "^$2: "
    is "$1: nothing is left half done" "$(objects)" "$before"
    layer life_refused "$4" >&2
}
refused 'a function' 42723 "CREATE FUNCTION public.irr(float8[]) RETURNS float8 LANGUAGE sql AS 'SELECT 1.0'" \
    'DROP FUNCTION public.irr'
refused 'an aggregate' 42723 "
    CREATE FUNCTION public.step(numeric, numeric, numeric) RETURNS numeric LANGUAGE sql AS 'SELECT 1.0';
    CREATE AGGREGATE public.tariff_agg(numeric, numeric) (SFUNC = public.step, STYPE = numeric)" \
    'DROP FUNCTION public.step CASCADE'
refused 'a type' 42710 'CREATE TYPE public.tco AS ENUM ()' 'DROP TYPE public.tco'
refused 'a domain' 42710 'CREATE DOMAIN public.tariff_state AS text' 'DROP DOMAIN public.tariff_state'
refused 'a table, which is a type' 42710 'CREATE TABLE public.tariff ()' 'DROP TABLE public.tariff'
refused 'schema accelcost' 42P06 'CREATE SCHEMA accelcost' 'DROP SCHEMA accelcost'
refused 'schema accelcost_internal' 42P06 'CREATE SCHEMA accelcost_internal' 'DROP SCHEMA accelcost_internal'
is 'without them it installs' "$(layer life_refused 'CREATE EXTENSION accelcost SCHEMA public')" ''

# ---- two databases, one of them planted -----------------------------------

# Of a superuser, and of the owner of the database.
cat >"$scratch/data.sql" <<'SQL'
CREATE SCHEMA mine;
GRANT USAGE ON SCHEMA mine TO PUBLIC;
CREATE TABLE mine.focus AS
SELECT b AS "BilledCost", 'USD' AS "BillingCurrency", 'a' AS "BillingAccountId", 'AWS' AS "ProviderName",
       s AS "ServiceName", '2026-07-01' AS "BillingPeriodStart", c AS "ChargePeriodStart", 'i' AS "InvoiceId",
       t AS "Tags"
FROM (VALUES ('1.5', 'EC2', '2026-07-02T10:00:00Z', '{"team": "a"}'),
             ('2.5E-3', 'S3', '2026-07-03 10:00', '')) AS v (b, s, c, t);
CREATE TABLE mine.cur AS
SELECT '1' AS "bill/PayerAccountId", '2026-07-01' AS "bill/BillingPeriodStartDate",
       '2026-07-02' AS "lineItem/UsageStartDate", 'USD' AS "lineItem/CurrencyCode", '55.04' AS "lineItem/UnblendedCost",
       'Usage' AS "lineItem/LineItemType", 'AmazonEC2' AS "lineItem/ProductCode",
       'BoxUsage:p5.48xlarge' AS "lineItem/UsageType", '1.0' AS "lineItem/UsageAmount";
CREATE TABLE mine.azure AS
SELECT '1' AS "BillingAccountId", '07/01/2026' AS "BillingPeriodStartDate", '07/22/2026' AS "Date",
       'Usage' AS "ChargeType", '2.5' AS "CostInBillingCurrency", 'USD' AS "BillingCurrency",
       'Virtual Machines' AS "MeterCategory";
CREATE TABLE mine.gcp AS
SELECT '1' AS billing_account_id, '202607' AS "invoice.month", '2.5' AS cost, 'USD' AS currency,
       '2026-07-02' AS usage_start_time, 'TPU v5e in us-central1' AS sku_description, '7200' AS "usage.amount",
       'seconds' AS "usage.unit", '[{"amount": -1}]' AS credits;
CREATE TABLE mine.oci AS
SELECT '1' AS "lineItem/tenantId", '2026-07-02T00:00Z' AS "lineItem/intervalUsageStart", 'USD' AS "cost/currencyCode",
       '2.5' AS "cost/myCost", 'COMPUTE' AS "product/service";
CREATE TABLE mine.line AS
SELECT 'AWS' AS "InvoiceIssuerName", 'i' AS "InvoiceId", '1' AS "InvoiceDetailId", 'a' AS "BillingAccountId",
       '2026-07-01' AS "BillingPeriodStart", 'USD' AS "BillingCurrency", '1.5' AS "BilledCost";
CREATE TABLE mine.commitment AS
SELECT 'c' AS "ContractCommitmentId", '100' AS "ContractCommitmentCost", 'Units' AS "PricingCurrency";
CREATE TABLE mine.period AS
SELECT 'AWS' AS "InvoiceIssuerName", '2026-07-01' AS "BillingPeriodStart", 'Open' AS "BillingPeriodStatus";
CREATE TABLE mine.vms AS
SELECT 'gpu_8x_h100_sxm5' AS "InstanceType", 'H100-SXM' AS "AcceleratorName", '8.0' AS "AcceleratorCount",
       '31.92' AS "Price", 'us-east-1' AS "Region", '' AS "GpuInfo", '' AS "SpotPrice";
CREATE TABLE mine.litellm AS
SELECT '{"gpt-9": {"litellm_provider": "openai", "mode": "chat",
                   "input_cost_per_token": 1e-6, "output_cost_per_token": 2e-6}}' AS prices;
CREATE TABLE mine.mlperf AS
SELECT '[{"ID": "1", "Submitter": "a", "Category": "closed", "System": "b", "Model": "whisper", "Scenario": "Offline",
          "Nodes": 1, "Accelerator": "H100-SXM", "a#": 8, "version": "v1", "errors": 0, "Performance_Result": 5,
          "Performance_Units": "Tokens/s"}]' AS doc;
CREATE TABLE mine.genai AS
SELECT '[{"id": "openai", "models": [{"id": "gpt-9", "prices": {"input_mtok": 1}}]}]' AS prices;
CREATE TABLE mine.skus AS
SELECT '{"skus": [{"description": "Nvidia L4 GPU running in Iowa", "serviceRegions": ["us-central1"],
                   "category": {"resourceGroup": "GPU", "usageType": "OnDemand"},
                   "pricingInfo": [{"pricingExpression": {"usageUnit": "h", "tieredRates": [
                       {"unitPrice": {"currencyCode": "USD", "units": "0", "nanos": 560000000}}]}}]}]}' AS page;
CREATE TABLE mine.eia AS
SELECT '{"response": {"data": [{"period": "2026-07", "stateid": "VA", "sectorid": "COM", "price": "9.8",
                                "price-units": "cents per kilowatt-hour"}]}}' AS page;
CREATE TABLE mine.ecb AS SELECT '2026-07-01' AS "Date", '1.1' AS "USD", '0.9' AS "GBP", '150' AS "JPY";
CREATE TABLE mine.energy_counter AS
SELECT 'gpu' AS device, timestamptz '2026-07-01 00:00+00' + n * interval '1 min' AS at, n * 42000.0 AS joules
FROM generate_series(0, 40) AS n;
CREATE TABLE mine.power AS
SELECT at, 'gpu' AS device, 700::float8 AS watts
FROM unnest('{2026-07-01 00:00+00,2026-07-01 00:30+00}'::timestamptz[]) AS at;
CREATE TABLE mine.invoice AS
SELECT 'USD' AS currency, 1.5 AS amount, 'i' AS invoice_id, '2026-07-01'::date AS billing_period_start;
CREATE TABLE mine.invoice_total AS
SELECT 'OpenAI' AS invoice_issuer_name, 'i' AS invoice_id, '2026-07-01' AS billing_period_start, 'USD' AS currency,
       1.5 AS amount;
CREATE TABLE mine.new_price AS
SELECT 'OpenAI' AS provider, 'gpt-5' AS model, 1.0 AS input_price, 8.0 AS output_price;
CREATE TABLE mine.weight AS SELECT 'a' AS team, 1.0 AS weight;
CREATE TABLE mine.usage AS
SELECT '2026-07-05 10:00+00'::timestamptz AS period_start, 'OpenAI' AS provider, 'gpt-5' AS model,
       1000000 AS output_tokens;
CREATE TABLE mine.spend (at timestamptz, team text, cost public.tco, amount numeric);
CREATE TABLE mine.copy (LIKE mine.spend);
SELECT accelcost.create_usage_table('mine.usage_partitioned', 'month', '{}', '2026-06-01', '2026-06-01');
GRANT SELECT ON ALL TABLES IN SCHEMA mine TO PUBLIC;
INSERT INTO mine.spend VALUES ('2026-07-05 10:00+00', 'a', '6 USD', 1), ('2026-08-05 10:00+00', NULL, NULL, NULL);
CALL accelcost.rollup_create('by_month', 'mine.spend', 'at', '{team}', '{cost,amount}');
CREATE TABLE mine.parted (at timestamptz, team text, amount numeric) PARTITION BY RANGE (at);
CREATE TABLE mine.parted_july PARTITION OF mine.parted FOR VALUES FROM ('2026-07-01Z') TO ('2026-08-01Z');
CALL accelcost.rollup_create('by_part', 'mine.parted', 'at', '{team}', '{amount}');
CREATE TABLE mine.calls AS TABLE mine.usage;
CALL accelcost.create_usage_rollup('mine.calls', 'usage_daily');
SET ROLE life_layer;
CREATE SCHEMA books;
CREATE TABLE books.spend AS TABLE mine.spend WITH NO DATA;
CREATE TABLE books.usage AS TABLE mine.usage;
RESET ROLE;
INSERT INTO books.spend SELECT * FROM mine.spend;
SET ROLE life_layer;
CALL accelcost.rollup_create('by_month', 'books.spend', 'at', '{team}', '{cost,amount}');
SELECT loaded FROM accelcost.import_focus('mine.focus');
INSERT INTO accelcost.usage (record_id, period_start, provider, model, uncached_input_tokens, output_tokens)
VALUES ('1', '2026-07-05', 'OpenAI', 'gpt-5', 1000000, 1000000);
INSERT INTO accelcost.usage (record_id, period_start, period_end, provider, sku, region, workload, instance_hours,
                             transfer_quantity, transfer_unit, energy_kwh)
VALUES ('2', '2026-07-05', '2026-07-06', 'AWS', 'p5.48xlarge', 'us-east-1', 'training', 10, 500, 'GB', 3);
INSERT INTO accelcost.usage (record_id, period_start, provider, sku, region, pool, feature, instance_hours)
VALUES ('3', '2026-07-05', 'AWS', 'p5.48xlarge', 'us-east-1', 'a', 'a', 1);
SELECT closing FROM accelcost.close_month('2026-07-01');
SQL

new_database life_honest OWNER life_layer
new_database life_planted OWNER life_layer
layer life_honest 'CREATE EXTENSION accelcost SCHEMA public CASCADE' >&2
fill() { psql -XAtq -v ON_ERROR_STOP=1 -d "$1" -f "$scratch/data.sql" >&2; }
fill life_honest

PGUSER=life_layer psql -XAtq -v ON_ERROR_STOP=1 -d life_planted -f "$here/planted_traps.sql" >&2
# Targets: the routines of the extension, and those of the server that its SQL names.
psql -XAtq -v ON_ERROR_STOP=1 -d life_honest >"$scratch/target" <"$here/planted_targets.sql"
PGUSER=life_layer psql -Xq -v ON_ERROR_STOP=1 -d life_planted -c 'COPY laid.target FROM STDIN' <"$scratch/target" >&2
plant() { layer life_planted "$@" | figures; }
caught() { superuser life_planted 'SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM laid.caught'; }

plant "SELECT 'before: ' || laid.plant('public', 'public', true)"
is 'the extension installs beside what fits better' \
    "$(layer life_planted 'CREATE EXTENSION accelcost SCHEMA public CASCADE' || true)" ''
fill life_planted
is 'nothing was run in making it, nor in filling it' "$(caught)" 0
plant "SELECT 'after: ' || laid.plant(s, 'public', s = 'public') FROM unnest('{public,accelcost}'::text[]) AS s"
layer life_planted "CREATE FUNCTION laid.other(public.tco) RETURNS text LANGUAGE sql AS 'SELECT 1::text'" >&2
is 'no cast can be made between types of others' \
    "$(layer life_planted 'CREATE CAST (public.tco AS text) WITH FUNCTION laid.other(public.tco)' || true)" \
    '42501: must be owner of type public.tco or type text'

# The traps work: for what is not qualified, or not of exactly the types.
path='-c search_path=public,accelcost,pg_catalog'
catches() {
    like "caught: $1" "$(PGOPTIONS="$PGOPTIONS $path" psql -XAtq -d life_planted -c "$1" 2>&1 || true)" \
        'caught by .* as postgres'
}
catches 'SELECT lower(pg_catalog.current_database())'
catches "SELECT public.irr('{-1,2}'::pg_catalog.text)"
catches 'SELECT 1 + 1::pg_catalog.int8'
catches "SELECT 'a'::text"
catches "SELECT public.tariff_agg('a'::pg_catalog.text)"
catches 'SELECT oid FROM pg_class'
catches 'SELECT * FROM usage'
catches "SELECT '6 USD'::public.tco::laid.mine"
layer life_planted 'ALTER SEQUENCE laid.caught RESTART' >&2

psql -Xq -v ON_ERROR_STOP=1 -d life_honest -f "$here/planted_calls.sql" >"$scratch/calls.sql"
echo "# $(grep -cx 'BEGIN;' "$scratch/calls.sql") views, functions, operators and casts are used by each of: $callers"

# DATABASE ROLE FILE: what it prints, comparable: in any order, and without moments, OIDs and schemas
run() {
    { PGOPTIONS="$PGOPTIONS $path" PGUSER=$2 psql -XAtq -d "$1" -f "$3" 2>&1 || true; } |
        sed -E 's/(public|moved|pg_catalog|accelcost)\.//g; s/^moved$/public/; s/^psql:[^ ]+ //; /^kept_month/d
            s/[0-9-]{10} [0-9:]{8}\.[0-9]+\+00/a moment/g; s/^\{[0-9]{4,}(,[0-9]+)*\}$/oids/
            s/^[0-9]{4,}\|\{[0-9,]*\}\|/oids|/; s/'"'"'[0-9]{4,}'"'"'::oid/an oid/' | sort
}

# ---- rollups, prepared statements, writing --------------------------------

# DATABASE ROLE PLACE OWN: planted_work.sql, for a table in schema PLACE; values are in schema OWN
work() {
    sed "s/PLACE/$3/g; s/OWN/$4/g" "$here/planted_work.sql" >"$scratch/work.sql"
    run "$1" "$2" "$scratch/work.sql"
}
places='mine books'
owner_of() { if [ "$1" = mine ]; then echo postgres; else echo life_layer; fi; }
for place in $places; do work life_honest "$(owner_of "$place")" "$place" public >"$scratch/worked.$place"; done
like 'the work is done' "$(cat "$scratch/worked.mine")" 'ERROR:  built-in rows of table "provider_alias" are read-only'
is 'procedures and triggers, which are used in it, are' "$(superuser life_honest "
    SELECT string_agg(proname, ' ' ORDER BY proname)
    FROM pg_proc
    WHERE (prokind = 'p' OR prorettype = 'trigger'::regtype) AND pronamespace::regnamespace::text ~ '^accelcost'")" \
    'create_usage_rollup refuse_builtin_change rollup_create rollup_repair rollup_resume stay_local store_known_names'
for place in $places; do
    work life_planted "$(owner_of "$place")" "$place" public >"$scratch/planted.$place"
    same "rollups in $place do the same" "$scratch/worked.$place" "$scratch/planted.$place"
done
is 'nothing planted was run by them' "$(caught)" 0

# ---- everything, by everybody ---------------------------------------------

for role in $callers; do run life_honest "$role" "$scratch/calls.sql" >"$scratch/honest.$role"; done
# These refuse whatever they are given, or are steps of an import and work only within one.
is 'each of them works' "$(sed -n 's/^fails: //p' "$scratch/honest.postgres")" '+(numeric,tco)
+(tco,numeric)
-(numeric,tco)
-(tco,numeric)
accelcost_internal.check_offers_alike(text,text,timestamp with time zone)
accelcost_internal.merge_token_prices(text)
accelcost_internal.offer_changes(text,timestamp with time zone)
accelcost_internal.refuse_currency(text,text,text)
accelcost_internal.refuse_value(text,text,text,text)
accelcost_internal.run_import(text,text,text,bigint,boolean,text,boolean)
accelcost_internal.run_query(text,text)
accelcost_internal.store_electricity(text,text)
accelcost_internal.store_offers(text,text,timestamp with time zone,text)
accelcost_internal.store_price_file(accelcost_internal.price_import,regclass,boolean)
accelcost_internal.store_rates(text,text)
accelcost_internal.store_token_prices(text,timestamp with time zone,text)
accelcost_internal.token_changes(timestamp with time zone)
numeric_add_tco(numeric,tco)
numeric_sub_tco(numeric,tco)
tco_add_numeric(tco,numeric)
tco_sub_numeric(tco,numeric)'
is 'who has no rights cannot import' "$(grep -c '^fails: import_focus' "$scratch/honest.life_reader")" 1
# WHEN FILE
all_the_same() {
    local role
    for role in $callers; do
        run life_planted "$role" "$2" >"$scratch/planted.$role"
        same "$1: the same for $role" "$scratch/honest.$role" "$scratch/planted.$role"
    done
    is "$1: nothing planted was run" "$(caught)" 0
}
all_the_same 'beside what fits better' "$scratch/calls.sql"

# ---- tables that the installer owns ---------------------------------------

# ALTERATION QUERY: what a superuser gets after an owner altered a table, and whether anything of the owner's was run
# for it; undone
altered() {
    PGOPTIONS="$PGOPTIONS $path" sql life_planted BEGIN \
        'SET LOCAL ROLE life_layer' 'SET LOCAL client_min_messages = error' 'DROP VIEW public.usage' "$1" \
        'RESET ROLE' 'RESET client_min_messages' \
        "DO \$\$ BEGIN PERFORM pg_catalog.setval('laid.caught', 1, false); END \$\$" "$2" \
        "SELECT CASE WHEN is_called THEN 'caught' ELSE 'not caught' END FROM laid.caught" ROLLBACK || true
}
# QUERY: what it gave without that
honest() { superuser life_honest "$1"; echo 'not caught'; }
usage_of() {
    echo "SELECT month, provider, model, team, cost
          FROM accelcost.usage_monthly(NULL::pg_catalog.date, NULL::pg_catalog.date, 'USD'::pg_catalog.text,
                                       '$1'::pg_catalog.regclass, NULL::pg_catalog.timestamptz)
          ORDER BY provider"
}
mine=$(usage_of mine.usage)
theirs=$(usage_of accelcost.usage)
invoices="SELECT verdict, charged FROM accelcost.reconcile('mine.invoice'::pg_catalog.regclass, NULL::pg_catalog.text)"
# COLUMN: of accelcost.usage, given a type of its owner
retyped() {
    echo "ALTER TABLE accelcost.usage
              ALTER $1 DROP DEFAULT, ALTER $1 DROP NOT NULL, ALTER $1 TYPE laid.mine USING 'mine'"
}
checked='ALTER TABLE accelcost.usage ALTER team TYPE laid.checked'
# TABLE: of the installer, and in its place a view
replaced() {
    echo "ALTER TABLE accelcost.$1 RENAME TO replaced;
          CREATE VIEW accelcost.$1 AS SELECT * FROM accelcost.replaced WHERE laid.catch('a view') IS NOT FALSE"
}
is 'a default that its owner gave accelcost.usage is not computed for the usage of others' \
    "$(altered "ALTER TABLE accelcost.usage ALTER team SET DEFAULT laid.catch('a default')::pg_catalog.text" "$mine")" \
    "$(honest "$mine")"
is 'a cast of a type that its owner gave a column is not run, its text is read' \
    "$(altered "$(retyped team)" "$theirs")" \
    "$(honest "$theirs" | sed -E 's/^([^|]*\|[^|]*\|[^|]*\|)/\1mine/')"
like 'nor is one to jsonb' "$(altered "$(retyped transfer_unit)" "$theirs")" '^2026-07-01\|AWS.*not caught$'
is 'nor is one for the usage of others' "$(altered "$(retyped team)" "$mine")" "$(honest "$mine")"
is 'nor is the check of a domain' "$(altered "$checked" "$theirs")" "$(honest "$theirs")"
is 'nor is it for the usage of others' "$(altered "$checked" "$mine")" "$(honest "$mine")"
is 'a view that took the name of accelcost.usage is not read' \
    "$(altered "$(replaced usage)" "$mine")" "$(honest "$mine")"
is 'nor one that took the name of accelcost.charge' \
    "$(altered "$(replaced charge)" "$invoices")" "$(honest "$invoices")"
like 'a cast to boolean is not run, either' "$(altered "$(retyped is_session)" "$theirs")" '^42804: '
is 'none of them was run in any other way' "$(caught)" 0

# ---- another schema under the name ----------------------------------------

# A rollup of a superuser in the schema of another, who can drop what is in it and put other things there.
superuser life_planted 'CREATE TABLE public.kept AS TABLE mine.spend' "CALL accelcost.rollup_create(
    'kept_month'::text, 'public.kept'::regclass, 'at'::text, '{team}'::text[], '{cost,amount}'::text[],
    'month'::text, 'UTC'::text, 'keep'::text)" >&2
row="VALUES ('2026-07-06 10:00+00'::timestamptz, 'a', '1 USD', 2)"
# SCHEMA: of decoys
decoy() {
    layer life_planted "
        CREATE FUNCTION laid.decoy() RETURNS trigger LANGUAGE plpgsql
            AS 'BEGIN PERFORM laid.catch(''a trigger''); RETURN NULL; END';
        CREATE TABLE $1.kept_month_delta (LIKE mine.copy);
        CREATE TRIGGER decoy BEFORE INSERT ON $1.kept_month_delta FOR EACH STATEMENT EXECUTE FUNCTION laid.decoy()" >&2
}

layer life_planted 'ALTER SCHEMA public RENAME TO moved' 'CREATE SCHEMA public' \
    'GRANT USAGE ON SCHEMA public TO PUBLIC' >&2
plant "SELECT 'in the place of ours: ' || laid.plant('public', own, false) FROM unnest('{moved,public}'::text[]) AS own"
sed 's/public\./moved./g' "$scratch/calls.sql" >"$scratch/moved.sql"
all_the_same 'with another schema under the name' "$scratch/moved.sql"

# The text of a trigger names the schema. It sees that it is another.
another_type='^55000: type public.tco does not belong to extension accelcost'
decoy public
for part in folded rollup values; do
    layer life_planted "CREATE TABLE public.kept_month_$part (source regclass)" >&2
done
like 'a table in a schema of its name is not written to' \
    "$(superuser life_planted "INSERT INTO moved.kept $row" || true)" "$another_type"
is 'nor after the rollup is repaired' "$(superuser life_planted \
    "CALL accelcost.rollup_repair('moved.kept_month'::regclass, false)" \
    "INSERT INTO moved.kept $row" 'SELECT count(*) FROM moved.kept' || true)" 3
layer life_planted 'DROP FUNCTION laid.decoy CASCADE' 'DROP TYPE moved.kept_month_values CASCADE' \
    'CREATE TYPE moved.kept_month_values AS (team text)' >&2
like 'a type in the place of one that was dropped is not used' \
    "$(superuser life_planted "INSERT INTO moved.kept $row" || true)" \
    '^55000: relation moved.kept_month_values does not belong to the owner of the rollup'
layer life_planted 'DROP TABLE moved.kept_month_delta CASCADE' >&2
decoy moved
like 'nor is a table' "$(superuser life_planted "INSERT INTO moved.kept $row" || true)" \
    '^55000: relation moved.kept_month_delta does not belong to the owner of the rollup'
for place in $places; do
    owner=$(owner_of "$place")
    repair="CALL accelcost.rollup_repair('$place.by_month'::regclass, false)"
    like "rollups in $place refuse what is written" \
        "$(sql_as "$owner" life_planted "INSERT INTO $place.spend $row" || true)" "$another_type"
    is "rollups in $place can be repaired" \
        "$(sql_as "$owner" life_planted "$repair" || true)" "$(sql_as "$owner" life_honest "$repair")"
    work life_honest "$owner" "$place" public >"$scratch/worked.$place"
    work life_planted "$owner" "$place" moved >"$scratch/planted.$place"
    same "rollups in $place then do the same" "$scratch/worked.$place" "$scratch/planted.$place"
done
is 'nothing planted was run for a rollup' "$(caught)" 0

finish
