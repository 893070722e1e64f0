#!/usr/bin/env bash
# Two imports at the same time, of one export or of one bill, as TAP: whatever
# the isolation, no charge is ever there twice, and no bill in two exports.
set -euo pipefail
# shellcheck source=test/server/tap.bash
. "${BASH_SOURCE[0]%/*}/tap.bash"

run() { psql -XqAt -d life_at_once -v ON_ERROR_STOP=1 "$@"; }
new_database life_at_once
run -c 'SET client_min_messages = warning' -c 'CREATE EXTENSION accelcost CASCADE'
run -c "CREATE TABLE staging AS
    SELECT '1' AS billed_cost, 'USD' AS billing_currency, '2026-03-01' AS billing_period_start,
           '2026-03-02' AS charge_period_start, 'P' AS provider_name, 'a' AS billing_account_id
    FROM generate_series(1, 100)"

await() {
    for _ in $(seq 200); do
        [ ! -e "$scratch/$1" ] || return 0
        sleep 0.05
    done
    echo "nothing reached $1" >&2
    exit 1
}
import="SELECT loaded, unchanged FROM accelcost.import_focus('staging')"
charges='SELECT count(*) FROM accelcost.charge'

# The second waits for the first to commit, and then finds nothing to do.
run >"$scratch/first" <<SQL &
BEGIN;
$import;
\\! touch $scratch/imported
SELECT pg_sleep(1);
COMMIT;
SQL
await imported
is 'an import waits for the one before it, and sees what it loaded' "$(run -c "$import")" '0|100'
wait
is 'the first one loaded the file' "$(head -n 1 "$scratch/first")" '100|0'
is 'every charge is there once' "$(run -c "$charges")" 100

# One whose snapshot is from before the other's commit cannot see it: it fails.
run -c 'TRUNCATE accelcost.charge, accelcost.import_batch'
run >"$scratch/early" 2>&1 <<SQL &
\\set ON_ERROR_STOP off
\\set VERBOSITY sqlstate
BEGIN ISOLATION LEVEL REPEATABLE READ;
$charges;
\\! touch $scratch/begun
\\! while [ ! -e $scratch/committed ]; do sleep 0.05; done
$import;
COMMIT;
SQL
await begun
is 'an import is not held up by an older snapshot' "$(run -c "$import")" '100|0'
touch "$scratch/committed"
wait
is 'but an import with that snapshot fails cleanly' "$(grep -cE 'ERROR:  (23505|40001)' "$scratch/early")" 1
is 'and every charge is there once' "$(run -c "$charges")" 100

# A reader is never held up.
run >/dev/null <<SQL &
BEGIN;
DELETE FROM staging WHERE ctid = (SELECT max(ctid) FROM staging);
$import;
\\! touch $scratch/replaced
\\! while [ ! -e $scratch/read ]; do sleep 0.05; done
COMMIT;
SQL
await replaced
is 'a reader sees the old charges until the import commits' "$(run -c "$charges")" 100
touch "$scratch/read"
wait
is 'and then the new ones' "$(run -c "$charges")" 99

# Two exports of one bill: it belongs to the first, however late the second learns of it.
run -c 'TRUNCATE accelcost.charge, accelcost.import_batch'
other="SELECT loaded FROM accelcost.import_focus('staging', 'other')"
run >/dev/null <<SQL &
BEGIN;
$import;
\\! touch $scratch/owned
SELECT pg_sleep(1);
COMMIT;
SQL
await owned
like 'another export of a bill waits for the first, and is refused' "$(run -c "$other" 2>&1 || true)" \
    'bills in export "other" already belong to export "focus"'
wait
run -c 'TRUNCATE accelcost.charge, accelcost.import_batch'
run >"$scratch/unaware" 2>&1 <<SQL &
\\set ON_ERROR_STOP off
\\set VERBOSITY sqlstate
BEGIN ISOLATION LEVEL REPEATABLE READ;
$charges;
\\! touch $scratch/looked
\\! while [ ! -e $scratch/taken ]; do sleep 0.05; done
$other;
COMMIT;
SQL
await looked
is 'while one does not see it, the bill is loaded' "$(run -c "$import")" '99|0'
touch "$scratch/taken"
wait
is 'and that one fails cleanly' "$(grep -cE 'ERROR:  (23P01|40001)' "$scratch/unaware")" 1
is 'so that the bill is in one export' "$(run -c 'SELECT DISTINCT export_name FROM accelcost.charge')" focus

finish
