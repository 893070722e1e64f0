#!/usr/bin/env bash
# Nobody can make the server fail with a function, as TAP: a role without any
# grant calls all of them with NULL, with the extremes of each type and with
# pairs of extremes. What a call raises is its own affair, but for an internal
# error (SQLSTATE XX...), a lost connection and a call that cannot be stopped.
#
#   HOSTILE_CALLS   about how many calls, 15000 if not given
#   HOSTILE_SEED    repeats the random calls of an earlier run, which names it; 1 if not given, nightly a new one
set -euo pipefail
# shellcheck source=test/server/tap.bash
. "${BASH_SOURCE[0]%/*}/tap.bash"

wanted=${HOSTILE_CALLS:-15000}
seed=${HOSTILE_SEED:-${ACCELCOST_NIGHTLY:+$((RANDOM * 32768 + RANDOM))}}
seed=${seed:-1}
stop_ms=1000        # where statement_timeout stops a call
late_ms=10000       # when it has to be over, on a slow and busy machine
crashes_max=10      # after so many, the rest is left out

roles=life_nobody
sql postgres 'CREATE ROLE life_nobody LOGIN' >&2
new_database life_calls
sql life_calls 'CREATE EXTENSION accelcost CASCADE' >&2

admin() { psql -XAtq -F $'\t' -v ON_ERROR_STOP=1 -d life_calls "$@"; }

# What begins a session of the role: a table of its own, for what reads usage or
# samples.
{
    admin -c "
        SELECT format('CREATE TEMP TABLE source (at timestamptz, device text, watts float8, %s);',
                      string_agg(format('%I %s', attname, format_type(atttypid, atttypmod)), ', ' ORDER BY attnum))
        FROM pg_attribute WHERE attrelid = 'accelcost.usage'::regclass AND attnum > 0 AND NOT attisdropped"
    echo "INSERT INTO source (at, device, watts) VALUES ('2026-07-01', 'a', 1), ('2026-07-02', NULL, NULL);"
    printf '%s\n' '\timing on' '\set VERBOSITY sqlstate'
} >"$scratch/session"

# After a crash the server ends all sessions, and is back a moment later.
settle() {
    local deadline=$((SECONDS + 60))
    sleep 0.5
    until admin -c 'SELECT 1' >/dev/null 2>&1 || [ "$SECONDS" -ge "$deadline" ]; do sleep 0.1; done
}

# CALLS RESULTS: makes the call that is the third field of each line, and writes
# "NUMBER SQLSTATE MILLISECONDS". The SQLSTATE of a call that lost the
# connection is LOST, that of those left out is LEFT.
call() {
    local count next=1 lost=0 sessions=0
    count=$(wc -l <"$1")
    : >"$2"
    while [ "$next" -le "$count" ] && [ "$lost" -lt "$crashes_max" ] && [ "$sessions" -lt $((2 * crashes_max)) ]; do
        sessions=$((sessions + 1))
        {
            cat "$scratch/session"
            tail -n "+$next" "$1" | awk -F '\t' '{ print $3 ";\n\\echo = " $1 " :SQLSTATE" }'
        } >"$scratch/script"
        PGUSER=life_nobody PGOPTIONS="-c statement_timeout=$stop_ms -c client_min_messages=warning -c jit=off" \
            psql -XAtq -o /dev/null -d life_calls -f "$scratch/script" >"$scratch/out" 2>"$scratch/err" || true
        awk '/^Time: / { ms = $2 } /^= / { print $2, $3, ms }' "$scratch/out" >>"$2"
        next=$(($(wc -l <"$2") + 1))
        if [ "$next" -gt "$count" ]; then return; fi

        # It was the one after the last that ended, unless an earlier crash ended
        # this session, too.
        if ! grep -qE '57P02|crash of another server process|connection to server .* failed' "$scratch/err"; then
            tail -n "+$next" "$1" | awk -F '\t' 'NR == 1 { print $1, "LOST", 0 }' >>"$2"
            next=$((next + 1)) lost=$((lost + 1))
        fi
        settle
    done
    tail -n "+$next" "$1" | awk -F '\t' '{ print $1, "LEFT", 0 }' >>"$2"
}

# CONDITION CALLS RESULTS: the first calls for which a condition of awk holds, on their
# state and ms, each as "SQLSTATE: call".
calls_where() {
    awk -F '\t' '
        NR == FNR { split($0, result, " "); states[result[1]] = result[2]; times[result[1]] = result[3]; next }
        { state = states[$1]; ms = times[$1] }
        '"$1"' { print state ": " $3 }' "$3" "$2" |
        sed -nE '1,20 { s/CAST\(([^()]*) AS [^()]*\)/\1/g; p }'
}

# ---- the check itself -----------------------------------------------------

{
    printf '1\t0\tSELECT 1\n'
    printf '2\t0\tDO %s\n' "'BEGIN RAISE EXCEPTION USING ERRCODE = ''XX000''; END'"
    printf '3\t0\tSELECT pg_terminate_backend(pg_backend_pid())\n'
    printf '4\t0\tSELECT 1 / 0\n'
} >"$scratch/known"
call "$scratch/known" "$scratch/known_results"
is 'a call that loses the connection is found, and those after it are made' \
    "$(cut -d ' ' -f 1-2 "$scratch/known_results" | paste -sd ,)" '1 00000,2 XX000,3 LOST,4 22012'
is 'it is named' "$(calls_where 'state == "LOST"' "$scratch/known" "$scratch/known_results")" \
    'LOST: SELECT pg_terminate_backend(pg_backend_pid())'

# ---- all of them ----------------------------------------------------------

admin -v seed="$seed" -v wanted="$wanted" -f "${BASH_SOURCE[0]%.sh}.sql" >"$scratch/calls"
call "$scratch/calls" "$scratch/results"
admin -c 'CREATE TABLE life.result (n integer, state text, ms numeric)' \
    -c "COPY life.result FROM STDIN (DELIMITER ' ')" <"$scratch/results"

echo "# HOSTILE_SEED=$seed, $SECONDS s"
admin -c "
    SELECT format('# %s calls, the slowest took %s ms', count(*), max(ms)) FROM life.result" -c "
    SELECT '# by SQLSTATE: ' || string_agg(format('%s %s', state, count), ', ' ORDER BY count DESC)
    FROM (SELECT state, count(*) FROM life.result GROUP BY state) AS s" -c "
    SELECT format('# %s: %s called, %s with success', sort, count(DISTINCT id),
                  count(DISTINCT id) FILTER (WHERE state = '00000'))
    FROM life.routine JOIN life.call USING (id) JOIN life.result USING (n)
    GROUP BY sort ORDER BY sort" -c "
    SELECT format('# not called: %s that %s', count(*), excuse) FROM life.routine WHERE excuse IS NOT NULL
    GROUP BY excuse ORDER BY excuse"

found() { calls_where "$1" "$scratch/calls" "$scratch/results"; }
is 'the server survives every call' "$(found 'state == "LOST"')" ''
is 'no call is an internal error' "$(found 'state ~ /^XX/')" ''
is 'no call runs on when it is stopped' "$(found "ms > $late_ms")" ''
ok 'there are as many calls as were wanted' test "$(grep -vc ' LEFT ' "$scratch/results")" -ge "$wanted"
is 'whatever can be called is called' "$(sql life_calls "
    SELECT name FROM life.routine AS r
    WHERE excuse IS NULL AND NOT EXISTS (SELECT FROM life.call AS c WHERE c.id = r.id) ORDER BY name")" ''
is 'functions in C, aggregates and operators are called with success, too' "$(sql life_calls "
    SELECT name, string_agg(DISTINCT state, ' ')
    FROM life.routine JOIN life.call USING (id) JOIN life.result USING (n)
    WHERE sort <> 'functions in SQL'
    GROUP BY id, name HAVING count(*) FILTER (WHERE state = '00000') = 0 ORDER BY name")" ''

finish
