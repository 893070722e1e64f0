#!/usr/bin/env bash
# pg_upgrade from an older version of PostgreSQL, if one is installed beside the
# one under test, and its dump restored: types, rows, indexes, rollups and views
# go over.
set -euo pipefail

# Called once on the newer server, and by itself on a server of the older one.
if [ -z "${NEW_BIN-}" ]; then
    major=$("$PG_CONFIG" --version | sed -E 's/^PostgreSQL ([0-9]+).*/\1/')
    for older in $(seq $((major - 1)) -1 15); do
        config=/usr/lib/postgresql/$older/bin/pg_config
        ! PG_CONFIG=$config tools/pg-config >/dev/null 2>&1 ||
            NEW_BIN=$(dirname "$PG_CONFIG") NEW_MAJOR=$major PG_CONFIG=$config exec tools/private-server "$0"
    done
    echo "1..0 # SKIP no version of PostgreSQL between 15 and $major is installed beside it"
    exit
fi
# shellcheck source=test/server/tap.bash
. "${BASH_SOURCE[0]%/*}/tap.bash"

old_bin=$(dirname "$PG_CONFIG")
as_server=(env -C "$scratch")
if [ "$(id -u)" -eq 0 ]; then
    owner=$(stat -c %U "$PGHOST")
    chown "$owner" "$scratch"
    as_server+=(setpriv "--reuid=$owner" "--regid=$(id -g "$owner")" --clear-groups)
fi
checksums=()
[ "$NEW_MAJOR" -lt 18 ] || checksums=(--no-data-checksums)
init=(-U postgres -A trust --no-sync -E UTF8 --locale=C.UTF-8)
"${as_server[@]}" "$old_bin/initdb" -D "$scratch/old" "${init[@]}" >"$scratch/log"
"${as_server[@]}" "$NEW_BIN/initdb" -D "$scratch/new" "${init[@]}" "${checksums[@]}" >"$scratch/log"

export PGHOST=$scratch PGPORT=5436 PGUSER=postgres PGDATABASE=postgres
# BIN DATA ACTION: starts or stops a server.
control() {
    "${as_server[@]}" "$1/pg_ctl" -s -w -D "$scratch/$2" -l "$scratch/$2.log" -m fast \
        -o "-c listen_addresses= -c unix_socket_directories=$scratch -c port=$PGPORT -c fsync=off" "$3"
}
running=''
stop() {
    [ -z "$running" ] || control "$NEW_BIN" "$running" stop || true
}
# shellcheck disable=SC2154  # assigned in the trap
trap 'status=$?; databases=(); stop; (exit "$status"); tap_end' EXIT

running=old
control "$old_bin" old start
sql postgres 'CREATE DATABASE shop' >&2
sql shop 'CREATE EXTENSION accelcost CASCADE' "
CREATE TABLE spend (id int PRIMARY KEY, at timestamptz, team text, cost tco, rate tariff, part tco_avg_state);
INSERT INTO spend SELECT i, timestamptz '2026-01-01 00:00+00' + i * interval '5 hours', 't' || i % 3, tco(i * 0.1),
                         'graduated: 0 upto 100, 0.09', tco_avg_add('0', tco(i)) FROM generate_series(1, 200) AS i;
CREATE INDEX spend_cost ON spend (cost);
CREATE INDEX spend_hash ON spend USING hash (cost);
CREATE INDEX spend_month ON spend (bill_month(at));
CREATE VIEW ours AS SELECT provider, sum(total) AS total FROM accelcost.inference_monthly GROUP BY provider;
INSERT INTO accelcost.usage (record_id, period_start, provider, model, output_tokens)
VALUES ('one', '2026-07-01', 'OpenAI', 'gpt-5', 1000000);
INSERT INTO accelcost.provider (provider, kind) VALUES ('Cellar', 'own')" \
    "CALL accelcost.rollup_create('spend_monthly', 'spend', 'at', '{team}', '{cost}')" >&2
# DATABASE
seen() {
    sql "$1" 'SET enable_seqscan = off' 'SELECT * FROM spend ORDER BY id' 'SELECT * FROM ours' \
        "SELECT id FROM spend WHERE cost = '7.7 USD'" "SELECT count(*) FROM spend WHERE bill_month(at) = '2026-01-01'" \
        "SELECT count(*) FROM spend WHERE cost > '10 USD'" 'SELECT * FROM spend_monthly ORDER BY 1, 2' \
        "SELECT provider FROM accelcost.provider WHERE NOT builtin" "SELECT count(*) FROM accelcost.offer_price" \
        "SELECT count(*) FROM accelcost.rollup_verify('spend_monthly')" 'SELECT accelcost_version()'
}
seen shop >"$scratch/seen.old"
"$NEW_BIN/pg_dump" -d shop -f "$scratch/dump"
control "$old_bin" old stop
running=''

upgrade() {
    "${as_server[@]}" "$NEW_BIN/pg_upgrade" -b "$old_bin" -B "$NEW_BIN" -d "$scratch/old" -D "$scratch/new" \
        -s "$scratch" -U postgres >"$scratch/log" 2>&1 && return
    tail -n 5 "$scratch/log"
    grep -rhE -A 3 'ERROR|FATAL|error:' "$scratch/new/pg_upgrade_output.d"
    return 1
}
ok "pg_upgrade to $NEW_MAJOR runs" upgrade
running=new
control "$NEW_BIN" new start
seen shop >"$scratch/seen.new"
same 'rows, indexes, views, rollups and the catalog are as they were' "$scratch/seen.old" "$scratch/seen.new"
sql shop "INSERT INTO spend (id, at, team, cost) VALUES (1000, '2026-01-01 00:00+00', 'late', '7 USD')" >&2
is 'the rollup goes on' "$(sql shop "SELECT cost FROM spend_monthly WHERE team = 'late'" \
    "SELECT count(*) FROM accelcost.rollup_verify('spend_monthly')")" $'7 USD other=7\n0'

sql postgres 'CREATE DATABASE restored TEMPLATE template0' >&2
ok "the dump of the older version restores in $NEW_MAJOR" \
    "$NEW_BIN/psql" -Xqd restored -v ON_ERROR_STOP=1 -f "$scratch/dump"
seen restored >"$scratch/seen.restored"
same 'with the same rows, indexes, views, rollups and catalog' "$scratch/seen.old" "$scratch/seen.restored"
finish
