#!/usr/bin/env bash
# docs/scheduling.md: the script that cron runs with psql, in two months, and with a file that is refused.
set -euo pipefail
# shellcheck source=test/server/tap.bash
. "${BASH_SOURCE[0]%/*}/tap.bash"

sql postgres 'CREATE EXTENSION accelcost CASCADE' >&2
perl -0777 -ne 'print "$1\n" if /```sql no-run\n-- month[.]sql\n(.*?)\n```/s' docs/scheduling.md |
    sed "s#/data/#$scratch/#g" >"$scratch/month.sql"
like 'the page has a script' "$(cat "$scratch/month.sql")" 'cost_report'

header=ProviderName,BillingAccountId,BillingPeriodStart,ChargePeriodStart,ChargeCategory,BillingCurrency,BilledCost
month() {
    printf '%s\n' "$header,$1" "CoreWeave,42,2026-$2-01T00:00:00Z,2026-$2-01T00:00:00Z,Usage,USD,$3,x" \
        >"$scratch/focus.csv"
    psql -XqAt -v ON_ERROR_STOP=1 -d postgres -f "$scratch/month.sql" -o "$scratch/$2.html" 2>"$scratch/errors" \
        || echo $?
}
is 'the first month is loaded' "$(month ServiceName 06 100)" ''
is 'so is the second, whose file has another column' "$(month x_Team 07 200)" ''
is 'with both bills' "$(sql postgres 'SELECT sum(billed_cost) FROM accelcost.charge')" 300
like 'the output is the report' "$(head -n 1 "$scratch/07.html")" '<!DOCTYPE html>'
is 'a file that is refused stops psql with status 3' "$(month x_Team 08 abc)" 3
like 'and says why' "$(cat "$scratch/errors")" 'cannot be loaded'
is 'it changes nothing' "$(sql postgres 'SELECT sum(billed_cost) FROM accelcost.charge')" 300
finish
