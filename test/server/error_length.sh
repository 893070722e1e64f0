#!/usr/bin/env bash
# What psql prints of an import that fails: what is wrong and what to do, and
# none of the statement that the import makes, which has thousands of bytes.
set -euo pipefail
# shellcheck source=test/server/tap.bash
. "${BASH_SOURCE[0]%/*}/tap.bash"

new_database life_errors
sql life_errors 'CREATE EXTENSION accelcost CASCADE' "
CREATE VIEW march AS
SELECT (1 / (3 - n))::text AS \"BilledCost\", 'a' AS \"BillingAccountId\", 'USD' AS \"BillingCurrency\",
    '2026-07-01' AS \"BillingPeriodStart\",
       '2026-07-01' AS \"ChargePeriodStart\", 'P' AS \"ProviderName\"
FROM generate_series(1, 3) AS n;
CREATE VIEW lines AS SELECT '{\"billing_account_id\": ' || 1 / (3 - n) || '}' AS line FROM generate_series(1, 3) AS n;
CREATE VIEW vms AS
SELECT (1 / (3 - n))::text AS \"InstanceType\", 'A10' AS \"AcceleratorName\", '1' AS \"AcceleratorCount\",
    '1' AS \"Price\", 'r' AS \"Region\"
FROM generate_series(1, 3) AS n" >&2

# FUNCTION ARGUMENTS: it fails by the view, in less than 2 kB
fails() {
    local printed
    printed=$(psql -Xd life_errors -c "SELECT * FROM $1($2)" 2>&1) || true
    like "$1: the error is that of the view" "$printed" '^ERROR: *division by zero'
    is "$1: it is short" "$((${#printed} < 2000))" 1
    is "$1: the statement is not shown" "$(grep -c 'WITH cell' <<<"$printed")" 0
}
fails accelcost.import_focus "'march'"
fails accelcost.import_gcp "'lines'"
fails accelcost.import_prices "'vms', provider => 'AWS', as_of => '2026-07-01'"

# A statement that is cancelled is shown no more than one that fails.
sql life_errors "CREATE OR REPLACE VIEW march AS
SELECT CASE WHEN pg_sleep(300) IS NOT NULL THEN '1' END AS \"BilledCost\", 'a' AS \"BillingAccountId\",
    'USD' AS \"BillingCurrency\", '2026-07-01' AS \"BillingPeriodStart\",
       '2026-07-01' AS \"ChargePeriodStart\", 'P' AS \"ProviderName\"" >&2
psql -Xd life_errors -c "SELECT * FROM accelcost.import_focus('march')" >"$scratch/cancelled" 2>&1 &
# Not before the view sleeps, however slow the machine is.
until [ "$(sql life_errors "SELECT pg_cancel_backend(pid) FROM pg_stat_activity
                            WHERE datname = 'life_errors' AND wait_event = 'PgSleep'")" = t ] || ! kill -0 $!; do
    sleep 0.1
done
wait $! || true
printed=$(cat "$scratch/cancelled")
like 'a cancelled import is cancelled' "$printed" '^ERROR: *canceling statement'
is 'it is short' "$((${#printed} < 2000))" 1

finish
