#!/usr/bin/env bash
# Functions over millions of elements stop when they are told to, as TAP: one
# that runs against statement_timeout takes a part of the time that it takes to
# its end. Both are measured in one session, one after the other.
set -euo pipefail
# shellcheck source=test/server/tap.bash
. "${BASH_SOURCE[0]%/*}/tap.bash"

new_database life_cancel
sql life_cancel 'CREATE EXTENSION accelcost CASCADE' >&2

# EXPRESSION: "SQLSTATE, ms to the end, ms until it stopped". The expression
# depends on g, and its arrays are subqueries, which the first row evaluates:
# what is measured is the function alone. One that does not look whether it is to
# stop leaves that to ROLLBACK, which then has to be repeated.
stopped() {
    PGOPTIONS='-c client_min_messages=error -c jit=off' psql -XAtq -d life_cancel 2>/dev/null <<SQL
\\set clock 'SELECT extract(epoch FROM clock_timestamp()) * 1000 AS '
BEGIN;
DECLARE calls CURSOR FOR SELECT $1 FROM generate_series(1, 3) AS g;
FETCH calls \\g /dev/null
:clock start \\gset
FETCH calls \\g /dev/null
:clock ended \\gset
SELECT :ended - :start AS whole, greatest((:ended - :start) / 10, 1)::integer AS part \\gset
SET LOCAL statement_timeout = :part;
:clock start \\gset
FETCH calls \\g /dev/null
\\set state :SQLSTATE
ROLLBACK;
ROLLBACK;
:clock stopped \\gset
SELECT concat_ws(' ', :'state', round(:whole), round(:stopped - :start));
SQL
}

# NAME EXPRESSION: of three tries one must do, on a machine that is busy.
stops() {
    local name=$1 state whole part seen=''
    for _ in 1 2 3; do
        read -r state whole part <<<"$(stopped "$2")"
        seen="$seen $state after $part of $whole ms,"
        if [ "$state" = 57014 ] && [ "$((part * 2))" -lt "$whole" ]; then
            echo "# $name:${seen%,}"
            pass "$name stops"
            return
        fi
    done
    fail "$name stops" "${seen%,}"
}

# COUNT ELEMENT: an array that is no constant to the planner
array() { echo "(SELECT array_agg($2) FROM generate_series(1, $1) AS n)"; }
filled() { echo "(SELECT array_fill($2, ARRAY[$1]) FROM random() AS r)"; }

flows=$(filled 20000000 '1 + r')
stops 'npv of 20 million flows' "npv(g, $flows)"
stops 'npv_end' "npv_end(g, $flows)"
stops 'payback_periods' "payback_periods($flows, g)"
changing=$(array 99999 'CASE WHEN n % 2 = 0 THEN 1 ELSE -1.0001 END::float8 * n')
stops 'irr of 100,000 flows with as many changes of sign' "irr($changing || g::float8)"
weights=$(array 3000000 '(1 + n % 1000)::numeric')
stops 'allocate to 3 million weights' "cardinality(allocate(g + 0.01, $weights))"
weights=$(filled 3000000 '1 + r::numeric * 0')
stops 'allocate that reads the finest weight last' "cardinality(allocate(g + 0.01, $weights || 1e-18))"
stops 'share_out to 3 million weights' "cardinality(accelcost_internal.share_out(g + 0.01, $weights || -1.0, 2))"
# Reads the partition at its first row: the other two are not waited for.
stops 'split_cost over a million rows' \
    "(SELECT split_cost(g, n) OVER (ORDER BY n) FROM generate_series(1, 1000000) AS n LIMIT 1)"
stops 'name_hash of a long name' "accelcost_internal.name_hash(repeat('a', 200000000 + g))"

like 'allocate says to how many weights it can split' \
    "$(sql life_cancel 'SELECT allocate(5, array_fill(NULL::numeric, ARRAY[33554432]))' || true)" \
    '^54000: "weights" must not have more than 33554431 elements'

finish
