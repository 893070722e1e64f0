#!/usr/bin/env bash
# Rollups through the kill of a server under load, and through transactions that
# are prepared, as TAP, on a server of its own.
set -euo pipefail
# shellcheck source=test/server/tap.bash
. "${BASH_SOURCE[0]%/*}/tap.bash"
# shellcheck source=test/server/crash.bash
. "${BASH_SOURCE[0]%/*}/crash.bash"

rounds=${ROLLUP_ROUNDS:-3}
options=(-c max_prepared_transactions=10 -c checkpoint_timeout=30s -c max_wal_size=64MB)
trap 'databases=(); [ -z "$server" ] || kill -s QUIT "$server" 2>/dev/null || true; wait || true; tap_end' EXIT

start "${options[@]}"
sql postgres 'CREATE EXTENSION accelcost CASCADE' \
    'CREATE TABLE spend (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at date, team int, amount numeric,
        cost tco)' \
    "CALL accelcost.rollup_create('monthly', 'spend', 'at', '{team}', '{amount, cost}')" >&2
exact() { sql postgres "SELECT count(*) FROM accelcost.rollup_verify('monthly')" \
    "SELECT (SELECT count(*) FROM spend) = (SELECT coalesce(sum(row_count), 0) FROM monthly)"; }

# ---- prepared transactions ------------------------------------------------

is 'what a prepared transaction did is not there yet' "$(sql postgres BEGIN \
    "INSERT INTO spend (at, team, amount) VALUES ('2026-01-05', 1, 10)" "PREPARE TRANSACTION 'one'" \
    'SELECT count(*) FROM monthly')" 0
sql postgres BEGIN "INSERT INTO spend (at, team, amount) VALUES ('2026-01-05', 2, 20)" "PREPARE TRANSACTION 'two'" \
    'SELECT accelcost.rollup_fold()' >/dev/null
crash
start "${options[@]}"
is 'not after a crash either' "$(exact)" $'0\nt'
is 'it is when it is committed, and a fold before takes nothing from it' "$(sql postgres \
    "SELECT accelcost.rollup_fold()" "COMMIT PREPARED 'one'" "ROLLBACK PREPARED 'two'" \
    'SELECT team, amount FROM monthly')" $'0\n1|10'
is 'one taken back leaves nothing' "$(exact)" $'0\nt'

# ---- crashes --------------------------------------------------------------

cat >"$scratch/load" <<'SQL'
\set team random(1, 5)
\set day random(0, 300)
\set gone random(1, 20000)
BEGIN;
INSERT INTO spend (at, team, amount, cost) SELECT date '2026-01-01' + :day, nullif(:team, 5), i * 0.37,
    tco(i * 0.01, 'USD', 'compute') FROM generate_series(1, 3) AS i;
UPDATE spend SET team = :team, amount = amount + 1 WHERE id = :gone;
DELETE FROM spend WHERE id = :gone + 1;
COMMIT;
SQL
echo "SELECT accelcost.rollup_fold(); SELECT pg_sleep(0.01);" >"$scratch/fold"
for round in $(seq "$rounds"); do
    pgbench -n -f "$scratch/load" -c 8 -j 2 -T 20 >>"$scratch/pgbench.log" 2>&1 &
    load=$!
    pgbench -n -f "$scratch/fold" -c 2 -T 20 >>"$scratch/pgbench.log" 2>&1 &
    fold=$!
    sleep 3
    crash
    wait "$load" "$fold" || true
    start "${options[@]}"
    is "crash $round: rows that were committed are there" "$(sql postgres \
        "SELECT count(*) > 100 * $round FROM spend")" t
    is "crash $round: the rollup is exact" "$(exact)" $'0\nt'
done

# ---- writers and folders --------------------------------------------------

pgbench -n -f "$scratch/load" -c 8 -j 2 -T 4 >"$scratch/writers" 2>&1 &
load=$!
pgbench -n -f "$scratch/fold" -c 2 -T 4 >"$scratch/folders" 2>&1 &
fold=$!
wrong=0
for _ in $(seq 10); do
    [ "$(exact | head -n 1)" = 0 ] || wrong=$((wrong + 1))
done
sql postgres "CALL accelcost.rollup_create('second', 'spend', 'at', '{team}', '{cost}', 'day')" >&2
is 'a rollup that is created beside writers is exact' "$(sql postgres \
    "SELECT count(*) FROM accelcost.rollup_verify('second')")" 0
wait "$load" "$fold" || true
is 'eight writers and two folders: it is exact whenever it is verified' "$wrong" 0
is 'and in the end' "$(exact)" $'0\nt'
is 'and none of them failed' "$(grep -hE '(number of failed transactions|aborted)' "$scratch/writers" \
    "$scratch/folders" | grep -v ': 0 ' || true)" ''
like 'the folders did their work' "$(sql postgres \
    "SELECT deltas FROM accelcost.rollup_status() WHERE rollup = 'monthly'::regclass" \
    'SELECT accelcost.rollup_fold() IS NOT NULL')" $'^[0-9]{1,4}\nt$'
finish
