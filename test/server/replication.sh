#!/usr/bin/env bash
# docs/scale.md, "Replicas": accelcost on a publisher of all tables, a copy of a
# rollup on a subscriber, reports on a standby, and postgres_fdw between servers.
set -euo pipefail
# shellcheck source=test/server/tap.bash
. "${BASH_SOURCE[0]%/*}/tap.bash"
# shellcheck source=test/server/another_server.bash
. "${BASH_SOURCE[0]%/*}/another_server.bash"

copy() { sql life_copy "$@"; }
# shellcheck disable=SC2154  # assigned in the trap
trap 'status=$?; copy "ALTER SUBSCRIPTION accelcost DISABLE" "ALTER SUBSCRIPTION accelcost SET (slot_name = NONE)" \
          "DROP SUBSCRIPTION accelcost" >/dev/null || true
      stop_servers; (exit "$status"); tap_end' EXIT
init_server publisher
start_server publisher 5434 -c wal_level=logical
publisher() { PGHOST=$scratch/publisher PGPORT=5434 sql postgres "$@"; }

# ---- a publication of all tables ------------------------------------------

publisher 'CREATE EXTENSION accelcost CASCADE' 'CREATE PUBLICATION everything FOR ALL TABLES' \
    'CREATE TABLE spend (id int PRIMARY KEY, at timestamptz, team text, tokens bigint, amount numeric)' \
    "CALL accelcost.rollup_create('spend_daily', 'spend', 'at', '{team}',
                                  '{tokens, \"cost => sum(tco(amount, ''USD'', ''compute''))\"}', 'day')" \
    "INSERT INTO spend SELECT i, '2026-07-01Z'::timestamptz + i * interval '1 hour', 't' || i % 3, i, i / 100.0
     FROM generate_series(1, 500) AS i" >&2
is 'a fold on the publisher' "$(publisher "SELECT accelcost.rollup_fold('spend_daily') > 0")" t
ok 'a change of the rolled up table' publisher "UPDATE spend SET team = NULL WHERE id % 50 = 0"
is 'another fold updates and deletes sums' "$(publisher "SELECT accelcost.rollup_fold() > 0")" t
ok 'rollup_verify writes its result' publisher "SELECT * FROM accelcost.rollup_verify('spend_daily')"
is 'which is that of the rows' "$(publisher 'SELECT differences FROM accelcost.rollup_status()')" 0
ok 'pause' publisher "SELECT accelcost.rollup_pause('spend_daily')"
ok 'resume' publisher "CALL accelcost.rollup_resume('spend_daily')"
ok 'repair' publisher "CALL accelcost.rollup_repair('spend_daily')"

export=$(cat <<'EOF'
"BilledCost" text, "BillingCurrency" text, "BillingAccountId" text, "ProviderName" text, "BillingPeriodStart" text,
"ChargePeriodStart" text, "ChargeCategory" text, "ServiceName" text
EOF
)
publisher "CREATE TABLE staging ($export)" \
    "INSERT INTO staging SELECT (i / 7.0)::numeric(12, 6)::text, 'USD', 'acme', 'CoreWeave', '2026-07-01', '2026-07-02',
                            'Usage', 'GPU' FROM generate_series(1, 100) AS i" >&2
is 'an import' "$(publisher "SELECT loaded, replaced FROM accelcost.import_focus('staging')")" '100|0'
publisher 'TRUNCATE staging' "INSERT INTO staging SELECT '1.5', 'USD', 'acme', 'CoreWeave', '2026-07-01', '2026-07-02',
                                'Usage', 'GPU' FROM generate_series(1, 90)" >&2
is 'an import that replaces charges' "$(publisher "SELECT loaded, replaced FROM accelcost.import_focus('staging')")" \
    '90|100'
tables=$(publisher "SELECT relname FROM pg_class
    WHERE relnamespace = 'accelcost'::regnamespace AND relkind = 'r' ORDER BY 1")
like 'tables of the extension' "$tables" 'charge.*discount.*fx_rate'
for table in $tables; do
    ok "DELETE FROM $table" publisher "DELETE FROM accelcost.$table AS t
        WHERE NOT coalesce((to_jsonb(t)->>'builtin')::boolean, false)"
done

# ---- a subscriber ---------------------------------------------------------

new_database life_copy
copy 'CREATE EXTENSION accelcost CASCADE' 'CREATE EXTENSION postgres_fdw' >&2
PGHOST=$scratch/publisher PGPORT=5434 pg_dump --schema-only --no-publications -t spend_daily_folded \
    -t spend_daily_delta postgres | psql -Xqd life_copy -v ON_ERROR_STOP=1 >&2
copy 'CREATE VIEW spend_daily AS
      SELECT day, team, cost_currency, sum(row_count)::bigint AS row_count, sum(tokens) AS tokens, sum(cost) AS cost
      FROM (TABLE spend_daily_folded UNION ALL TABLE spend_daily_delta) AS s
      GROUP BY day, team, cost_currency HAVING sum(row_count) <> 0' >&2
publisher 'CREATE PUBLICATION rollup FOR TABLE spend_daily_folded, spend_daily_delta' >&2
copy "CREATE SUBSCRIPTION accelcost CONNECTION 'host=$scratch/publisher port=5434 dbname=postgres user=postgres'
      PUBLICATION rollup" >&2

columns='day, team, cost_currency, row_count, tokens, cost'
of_rows() {
    publisher "SELECT (at AT TIME ZONE 'UTC')::date, team, 'USD', count(*), sum(tokens),
                      sum(tco(amount, 'USD', 'compute')) FROM spend GROUP BY 1, 2 ORDER BY 1, 2"
}
of_copy() { copy "SELECT $columns FROM spend_daily ORDER BY 1, 2"; }
want=$(of_rows)
like 'the table has rows to roll up' "$(wc -l <<<"$want")" '^[5-9][0-9]$'
eventually 'the copy of a rollup equals the rows of the publisher' "$want" of_copy

publisher "INSERT INTO spend SELECT 1000 + i, '2026-07-09Z', 't1', i, 0.01 FROM generate_series(1, 50) AS i" \
    'DELETE FROM spend WHERE id BETWEEN 100 AND 200' "UPDATE spend SET amount = -amount WHERE id % 7 = 0" >&2
eventually 'it follows writes' "$(of_rows)" of_copy
publisher 'SELECT accelcost.rollup_fold()' "UPDATE spend SET team = 't9' WHERE team IS NULL" >&2
eventually 'and folds' "$(of_rows)" of_copy
publisher 'SELECT accelcost.rollup_fold()' 'TRUNCATE spend' 'SELECT accelcost.rollup_fold()' >&2
eventually 'and TRUNCATE' '' of_copy
publisher "INSERT INTO spend VALUES (1, '2026-07-09Z', 't1', 1, 0.01)" >&2
eventually 'and what comes after it' "$(of_rows)" of_copy

# ---- postgres_fdw ---------------------------------------------------------

publisher "INSERT INTO spend SELECT 2 + i, '2026-07-09Z', 't' || i % 2, i, 0.5 FROM generate_series(1, 50) AS i" \
    'CREATE TABLE paid (at date, cost tco)' "INSERT INTO paid VALUES ('2026-07-01', '3 USD compute=1 egress=2'),
        ('2026-07-31', '4 USD compute=4'), ('2026-08-01', '5 USD tax=5')" >&2
copy "CREATE SERVER publisher FOREIGN DATA WRAPPER postgres_fdw
      OPTIONS (host '$scratch/publisher', port '5434', dbname 'postgres', extensions 'accelcost')" \
    "CREATE USER MAPPING FOR CURRENT_USER SERVER publisher OPTIONS (user 'postgres')" 'CREATE SCHEMA far' \
    'IMPORT FOREIGN SCHEMA public LIMIT TO (paid, spend_daily) FROM SERVER publisher INTO far' >&2
by_month='SELECT bill_month(at) AS month, sum(cost) AS cost FROM far.paid GROUP BY 1'
is 'a sum of tco on another server' "$(copy "$by_month ORDER BY 1")" \
    $'2026-07-01|7 USD compute=5 egress=2\n2026-08-01|5 USD tax=5'
like 'it is calculated there, with extensions' "$(copy "EXPLAIN (VERBOSE, COSTS OFF) $by_month")" \
    'Remote SQL: SELECT public.bill_month[(]at[)], public.sum[(]cost[)] .* GROUP BY'
copy "ALTER SERVER publisher OPTIONS (DROP extensions)" >&2
like 'and here without' "$(copy "EXPLAIN (VERBOSE, COSTS OFF) $by_month")" 'Remote SQL: SELECT at, cost FROM'
is 'a rollup on another server' "$(copy 'SELECT sum(row_count), sum(tokens), sum(cost) FROM far.spend_daily')" \
    '51|1276|25.01 USD compute=25.01'

# ---- a standby ------------------------------------------------------------

server_directory standby
in_server standby "$bin/pg_basebackup" -h "$scratch/publisher" -p 5434 -U postgres -D "$scratch/standby/data" -R \
    -c fast
start_server standby 5435 -c hot_standby=on
standby() { PGHOST=$scratch/standby PGPORT=5435 sql postgres "$@"; }
publisher "INSERT INTO accelcost.usage (record_id, period_start, provider, payer, model, team, output_tokens)
           SELECT i::text, '2026-07-05Z', 'OpenAI', 'acme', 'gpt-5', 't' || i % 2, 1000000
           FROM generate_series(1, 9) AS i" \
    "INSERT INTO accelcost.usage (record_id, period_start, provider, payer, region, sku, instance_hours,
                                  transfer_quantity, transfer_unit)
     VALUES ('node', '2026-07-05Z', 'AWS', 'acme', 'us-east-1', 'p5.48xlarge', 10, 900, 'GiB')" \
    "INSERT INTO spend VALUES (99, '2026-07-20Z', 't7', 7, 7)" >&2
synced() { standby "SELECT count(*) FROM spend WHERE id = 99"; }
eventually 'a standby has what the primary has' 1 synced
is 'it is read-only' "$(standby 'SELECT pg_is_in_recovery()')" t
while read -r query; do
    have=$(standby "$query" || true)
    is "on a standby: $query" "$have" "$(publisher "$query")"
    [[ ! $have =~ ^[0-9A-Z]{5}:\  ]] || fail 'without an error' "$have"
done <<'EOF'
SELECT * FROM spend_daily ORDER BY day, team
SELECT * FROM accelcost.usage_monthly ORDER BY 1, 2, 3, 4, 5, 6
SELECT * FROM accelcost.inference_monthly('2026-07-01') ORDER BY 1, 2, 3, 4, 5, 6
SELECT * FROM accelcost.usage_cost() ORDER BY record_id
SELECT * FROM accelcost.charge_monthly() ORDER BY 1, 2, 3, 4
SELECT * FROM accelcost.charge_check() ORDER BY 1, 2
SELECT * FROM accelcost.charge_vs_catalog() ORDER BY 1, 2, 3
SELECT count(*), sum(billedcost) FROM accelcost.focus
SELECT * FROM accelcost.what_if('2026-07-01') ORDER BY 1, 2, 3, 4, 5, 6, 7
SELECT rollup, state, problem FROM accelcost.rollup_status()
SELECT * FROM accelcost.rollup_verify('spend_daily')
EOF
is 'a fold does nothing there' "$(standby "SELECT accelcost.rollup_fold('spend_daily') IS NULL")" t
like 'an import says why it cannot' "$(standby "SELECT accelcost.import_focus('staging')" || true)" '^25006: '
finish
