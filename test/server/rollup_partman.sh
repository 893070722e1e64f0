#!/usr/bin/env bash
# The cycle of pg_partman with a rollup, as TAP: partitions ahead of time, retention, and rollup_repair after it.
set -euo pipefail
# shellcheck source=test/server/tap.bash
. "${BASH_SOURCE[0]%/*}/tap.bash"

if [ ! -e "$("$PG_CONFIG" --sharedir)/extension/pg_partman.control" ]; then
    echo '1..0 # SKIP pg_partman is not installed'
    finished=yes
    exit 0
fi
new_database life_partman
db() { sql life_partman "$@"; }
db 'CREATE EXTENSION accelcost CASCADE' 'CREATE SCHEMA partman' 'CREATE EXTENSION pg_partman SCHEMA partman' \
    'CREATE TABLE call (at timestamptz NOT NULL, team text, tokens bigint) PARTITION BY RANGE (at)' >&2
# Version 5 has no types any more.
type=''
[[ $(db "SELECT extversion FROM pg_extension WHERE extname = 'pg_partman'") != 4.* ]] || type=", p_type := 'native'"
db "SELECT partman.create_parent('public.call', 'at'$type, p_interval := '1 month', p_premake := 2,
        p_start_partition := (now() - interval '5 months')::text)" \
    "INSERT INTO call SELECT now() - i * interval '10 days', 't' || i % 3, i FROM generate_series(0, 14) AS i" \
    "CALL accelcost.rollup_create('kept', 'call', 'at', '{team}', '{tokens}')" \
    "CALL accelcost.rollup_create('subtracted', 'call', 'at', '{team}', '{tokens}', retention => 'subtract')" \
    'CREATE TABLE before AS TABLE kept' >&2
# Both views, compared with the rows, and with what there was.
state() {
    db "SELECT count(*) FROM accelcost.rollup_status() WHERE problem IS NOT NULL" \
        "SELECT count(*) FROM (TABLE kept EXCEPT TABLE before) AS d" \
        'SELECT (SELECT sum(row_count) FROM subtracted) = (SELECT count(*) FROM call)' \
        "SELECT count(*) FROM accelcost.rollup_verify('kept')" \
        "SELECT count(*) FROM accelcost.rollup_verify('subtracted')"
}
is 'rollups of the partitions that pg_partman made' "$(state)" $'0\n0\nt\n0\n0'

# A month ahead, as a job would be: partitions that are new have no rows yet.
db "UPDATE partman.part_config SET premake = 3" 'CALL partman.run_maintenance_proc()' >&2
is 'new partitions ahead of time are no problem' "$(state)" $'0\n0\nt\n0\n0'
db 'CALL accelcost.rollup_repair()' "INSERT INTO call SELECT now() + interval '3 months', 'late', 7" \
    "INSERT INTO before SELECT * FROM kept WHERE team = 'late'" >&2
is 'rows in them are counted' "$(db "SELECT tokens FROM kept WHERE team = 'late'" \
    "SELECT tokens FROM subtracted WHERE team = 'late'")" $'7\n7'
is 'which is exact' "$(state)" $'0\n0\nt\n0\n0'

rows=$(db 'SELECT count(*) FROM call')
db "UPDATE partman.part_config SET retention = '2 months', retention_keep_table = false" \
    'CALL partman.run_maintenance_proc()' >&2
is 'retention drops partitions' "$(db "SELECT count(*) < $rows FROM call")" t
is 'the view that keeps stays as it was' "$(db 'SELECT count(*) FROM (TABLE before EXCEPT TABLE kept) AS d')" 0
like 'the other one refuses' "$(db 'TABLE subtracted' || true)" '^55000: .* was detached or dropped'
db 'CALL accelcost.rollup_repair()' >&2
is 'rollup_repair makes both exact' "$(state)" $'0\n0\nt\n0\n0'
is 'and says until when sums are kept' "$(db "SELECT kept_until < now() - interval '1 month'
    FROM accelcost.rollup_status() WHERE rollup = 'kept'::regclass")" t

db "UPDATE partman.part_config SET retention = '1 month', retention_keep_table = true" \
    'CALL partman.run_maintenance_proc()' 'CALL accelcost.rollup_repair()' >&2
is 'so do partitions that are detached' "$(state)" $'0\n0\nt\n0\n0'
is 'and nothing was lost' "$(db 'SELECT count(*) FROM (TABLE before EXCEPT TABLE kept) AS d')" 0
finish
