#!/usr/bin/env bash
# docs/install.md, "Managed databases": the log is in a server that cannot have
# accelcost; another one reads it by postgres_fdw or a subscription.
set -euo pipefail
# shellcheck source=test/server/tap.bash
. "${BASH_SOURCE[0]%/*}/tap.bash"
# shellcheck source=test/server/another_server.bash
. "${BASH_SOURCE[0]%/*}/another_server.bash"

# ---- the managed server, without the extension ----------------------------

managed=$scratch/managed
port=5434
# shellcheck disable=SC2154  # assigned in the trap
trap 'status=$?; psql -Xqd life_beside -c "ALTER SUBSCRIPTION accelcost DISABLE" \
          -c "ALTER SUBSCRIPTION accelcost SET (slot_name = NONE)" -c "DROP SUBSCRIPTION accelcost" 2>/dev/null || true
      stop_servers; (exit "$status"); tap_end' EXIT
init_server managed
start_server managed $port -c wal_level=logical
far() { PGHOST=$managed PGPORT=$port sql postgres "$@"; }
far 'CREATE TABLE llm_log (
        id bigint PRIMARY KEY, at timestamptz NOT NULL, seller text, model text, team text,
        input_tokens bigint, output_tokens bigint)' \
    "INSERT INTO llm_log
     SELECT i, timestamptz '2026-07-01 00:00+00' + i * interval '6 hours', 'OpenAI', 'gpt-5', 't' || i % 2,
            100000, 10000
     FROM generate_series(1, 100) AS i" 'CREATE PUBLICATION accelcost FOR TABLE llm_log' >&2

# ---- the server beside it -------------------------------------------------

new_database life_beside
sql life_beside 'CREATE EXTENSION accelcost CASCADE' 'CREATE EXTENSION postgres_fdw' \
    "CREATE SERVER managed FOREIGN DATA WRAPPER postgres_fdw
     OPTIONS (host '$managed', port '$port', dbname 'postgres')" \
    "CREATE USER MAPPING FOR CURRENT_USER SERVER managed OPTIONS (user 'postgres')" \
    'CREATE SCHEMA managed' 'IMPORT FOREIGN SCHEMA public LIMIT TO (llm_log) FROM SERVER managed INTO managed' >&2
usage_of() {
    echo "SELECT 'log' AS source, id::text AS record_id, at AS period_start, seller AS provider, model, team,
                 input_tokens AS uncached_input_tokens, output_tokens, 1 AS requests FROM $1"
}
report='SELECT month, team, total, tokens, is_complete FROM accelcost.inference_monthly(source => %s) ORDER BY team'
# shellcheck disable=SC2059  # a format of ours
report() { sql life_beside "$(printf "$report" "$1")"; }

sql life_beside "CREATE VIEW remote_usage AS $(usage_of managed.llm_log)" >&2
want=$'2026-07-01|t0|11.25|5500000|t\n2026-07-01|t1|11.25|5500000|t'
is 'a report reads a foreign table' "$(report "'remote_usage'")" "$want"
like 'only rows of its months are fetched' "$(sql life_beside "EXPLAIN (VERBOSE, COSTS OFF)
    SELECT * FROM remote_usage WHERE period_start >= '2026-07-01' AND period_start < '2026-08-01'")" \
    'Remote SQL: .*WHERE .*at >= '

sql life_beside 'CREATE TABLE llm_log (
        id bigint PRIMARY KEY, at timestamptz NOT NULL, seller text, model text, team text,
        input_tokens bigint, output_tokens bigint)' "CREATE VIEW copied_usage AS $(usage_of llm_log)" \
    "CALL accelcost.rollup_create('llm_daily', 'llm_log', 'at', '{seller, model, team}',
                                  '{input_tokens, output_tokens}', 'day')" >&2
sql life_beside "CREATE SUBSCRIPTION accelcost CONNECTION 'host=$managed port=$port dbname=postgres user=postgres'
                 PUBLICATION accelcost" >&2

copy() { sql life_beside "$@"; }
eventually 'a subscription copies the log' 100 copy 'SELECT count(*) FROM llm_log'
is 'a report reads the copy' "$(report "'copied_usage'")" "$want"
far "INSERT INTO llm_log VALUES (101, '2026-07-31 23:59+00', 'OpenAI', 'gpt-5', 't0', 1000000, 0)" \
    'DELETE FROM llm_log WHERE id = 1' >&2
eventually 'and follows it' '100|101|2' copy 'SELECT count(*), max(id), min(id) FROM llm_log'
is 'so does the report' "$(report "'copied_usage'")" \
    $'2026-07-01|t0|12.5|6500000|t\n2026-07-01|t1|11.025|5390000|t'
like 'a rollup on the copy says why it is not kept' "$(sql life_beside 'TABLE llm_daily' || true)" \
    '^55000: .* filled by logical replication'
finish
