#!/usr/bin/env bash
# docs/scheduling.md: pg_cron folds a rollup and stores the report of a month.
# It takes up to two minutes, as jobs start on the minute: ACCELCOST_NIGHTLY=yes
# runs it.
set -euo pipefail

if [ -z "${ACCELCOST_CRON-}" ]; then
    if [ -z "${ACCELCOST_NIGHTLY-}" ]; then
        echo '1..0 # SKIP runs nightly: ACCELCOST_NIGHTLY=yes'
        exit
    elif [ ! -e "$("$PG_CONFIG" --sharedir)/extension/pg_cron.control" ]; then
        echo '1..0 # SKIP pg_cron is not installed'
        exit
    fi
    export ACCELCOST_CRON=yes
    ACCELCOST_SERVER_OPTIONS='-c shared_preload_libraries=pg_cron -c cron.database_name=postgres'
    export ACCELCOST_SERVER_OPTIONS="$ACCELCOST_SERVER_OPTIONS -c cron.use_background_workers=on"
    # The private server is a copy of the installed one, which PG_CONFIG is not.
    PG_CONFIG='' exec env -u PG_CONFIG tools/private-server "$0"
fi
# shellcheck source=test/server/tap.bash
. "${BASH_SOURCE[0]%/*}/tap.bash"

sql postgres 'CREATE EXTENSION accelcost CASCADE' 'CREATE EXTENSION pg_cron' "
INSERT INTO accelcost.usage (record_id, period_start, provider, model, output_tokens)
SELECT i, bill_month(now() - interval '1 month')::timestamp AT TIME ZONE 'UTC', 'OpenAI', 'gpt-5', 1000000
FROM generate_series(1, 100) AS i" \
    "CALL accelcost.rollup_create('tokens_daily', 'accelcost.usage', 'period_start', '{model}', '{output_tokens}',
                                  'day')" \
    "INSERT INTO accelcost.usage (record_id, period_start, provider, model, output_tokens)
     VALUES ('late', bill_month(now() - interval '1 month')::timestamp AT TIME ZONE 'UTC', 'OpenAI', 'gpt-5', 1)" >&2

# What the page says, but each minute.
perl -0777 -ne 'print "$_;\n" for grep /^CREATE TABLE monthly_report/, /```sql\n(.*?);\n```/gs' docs/scheduling.md |
    psql -Xq -v ON_ERROR_STOP=1 postgres
perl -0777 -ne 'print "$1\n" if /^(SELECT cron\.schedule\(.fold.*?\n\$\$\);)/ms' docs/scheduling.md |
    sed -E "s/'(\*\/10 \* \* \* \*|0 6 2 \* \*)'/'* * * * *'/" | psql -Xq -v ON_ERROR_STOP=1 postgres >&2
is 'both jobs are scheduled' \
    "$(sql postgres "SELECT string_agg(jobname, ',' ORDER BY jobname) FROM cron.job")" fold,report
sql postgres 'DELETE FROM monthly_report' >&2

for _ in $(seq 130); do
    done=$(sql postgres "SELECT count(DISTINCT jobid) FROM cron.job_run_details
                         WHERE status IN ('succeeded', 'failed')")
    [ "$done" -lt 2 ] || break
    sleep 1
done
is 'both succeed' "$(sql postgres "SELECT string_agg(DISTINCT status, ',') FROM cron.job_run_details")" succeeded
like 'the report is stored' "$(sql postgres "SELECT page FROM monthly_report")" '<p class="total">1,000.00 USD</p>'
is 'the rollup is folded' "$(sql postgres 'SELECT count(*) FROM tokens_daily_delta')" 0
finish
