#!/usr/bin/env bash
# Two imports of the same export at the same time, as TAP: whatever the
# isolation, no charge is ever there twice.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
database=accelcost_at_once

run() { psql -XqAt -d "$database" -v ON_ERROR_STOP=1 "$@"; }
psql -Xq -c 'SET client_min_messages = warning' -c "DROP DATABASE IF EXISTS $database" -c "CREATE DATABASE $database"
run -c 'SET client_min_messages = warning' -c 'CREATE EXTENSION accelcost CASCADE'
run -c "CREATE TABLE staging AS SELECT '1' AS billed_cost, 'USD' AS billing_currency, '2026-03-01' AS billing_period_start,
        '2026-03-02' AS charge_period_start, 'P' AS provider_name, 'a' AS billing_account_id FROM generate_series(1, 100)"

count=0
is() {
    count=$((count + 1))
    if [ "$1" = "$2" ]; then
        echo "ok $count - $3"
    else
        echo "not ok $count - $3"
        printf '# have: %s\n# want: %s\n' "$1" "$2" >&2
    fi
}
await() {
    for _ in $(seq 200); do
        [ ! -e "$dir/$1" ] || return 0
        sleep 0.05
    done
    echo "nothing reached $1" >&2
    exit 1
}
import="SELECT loaded, unchanged FROM import_focus('staging')"
charges='SELECT count(*) FROM accelcost.charge'

# The second waits for the first to commit, and then finds nothing to do.
run >"$dir/first" <<SQL &
BEGIN;
$import;
\\! touch $dir/imported
SELECT pg_sleep(1);
COMMIT;
SQL
await imported
is "$(run -c "$import")" '0|100' 'an import waits for the one before it, and sees what it loaded'
wait
is "$(head -n 1 "$dir/first")" '100|0' 'the first one loaded the file'
is "$(run -c "$charges")" 100 'every charge is there once'

# One whose snapshot is from before the other's commit cannot see it: it fails.
run -c 'TRUNCATE accelcost.charge, accelcost.import_batch'
run >"$dir/early" 2>&1 <<SQL &
\\set ON_ERROR_STOP off
\\set VERBOSITY sqlstate
BEGIN ISOLATION LEVEL REPEATABLE READ;
$charges;
\\! touch $dir/begun
\\! while [ ! -e $dir/committed ]; do sleep 0.05; done
$import;
COMMIT;
SQL
await begun
is "$(run -c "$import")" '100|0' 'an import is not held up by an older snapshot'
touch "$dir/committed"
wait
is "$(grep -cE 'ERROR:  (23505|40001)' "$dir/early")" 1 'but an import with that snapshot fails cleanly'
is "$(run -c "$charges")" 100 'and every charge is there once'

# A reader is never held up.
run >/dev/null <<SQL &
BEGIN;
DELETE FROM staging WHERE ctid = (SELECT max(ctid) FROM staging);
$import;
\\! touch $dir/replaced
\\! while [ ! -e $dir/read ]; do sleep 0.05; done
COMMIT;
SQL
await replaced
is "$(run -c "$charges")" 100 'a reader sees the old charges until the import commits'
touch "$dir/read"
wait
is "$(run -c "$charges")" 99 'and then the new ones'

psql -Xq -c "DROP DATABASE $database"
echo "1..$count"
