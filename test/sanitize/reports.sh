#!/usr/bin/env bash
# The sanitizers are in the server, see what is wrong, and have seen nothing, as
# TAP: the last test of what runs on the server before.
set -euo pipefail
top=$PWD
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=test/server/tap.bash
. "$here/../server/tap.bash"

# ---- they are there -------------------------------------------------------

calls=$(nm -u "$("$PG_CONFIG" --pkglibdir)/accelcost.so")
like 'the module checks reads' "$calls" __asan_report_load8
like 'and writes' "$calls" __asan_report_store8
like 'even past small allocations' "$calls" __asan_poison_memory_region
like 'and sums of signed integers' "$calls" __ubsan_handle_add_overflow_abort
loaded=$(sql postgres "LOAD 'accelcost'" "SELECT pg_read_file('/proc/self/maps')")
for library in libasan libubsan accelcost; do
    like "a session has loaded $library" "$loaded" "/$library\\.so"
done

# ---- they see -------------------------------------------------------------
# A session that dies takes the others with it, so on another server.

cp "$here"/{planted.c,guard.h} "$scratch"
cat >"$scratch/plant" <<'SH'
set -eu
make -s -C "$SCRATCH" -f "$TOP/Makefile" PG_CONFIG="$PG_CONFIG" planted.so
cp "$SCRATCH/planted.so" "$("$PG_CONFIG" --pkglibdir)"
plant() {
    psql -Xq -c "CREATE FUNCTION $1($2) RETURNS int LANGUAGE c AS '\$libdir/planted'" -c "SELECT $1($3)" || true
    until pg_isready -q; do sleep 0.1; done
}
plant planted_overflow int 5
plant planted_overread text "'abc'"
plant planted_freed int 5
plant planted_wrap int 2147483647
SH
status=0
SCRATCH=$scratch TOP=$top "$top/tools/private-server" sh "$scratch/plant" >"$scratch/output" 2>&1 || status=$?

# NAME REPORT FUNCTION: a report, with the function and the statement
reported() {
    like "$1 is reported" "$(cat "$scratch/output")" "$2[^=]* in $3 [^=]*Failed process was running: SELECT $3\\("
}
reported 'a write past an allocation' 'ERROR: AddressSanitizer: use-after-poison' planted_overflow
reported 'a read past an argument' 'ERROR: AddressSanitizer: use-after-poison' planted_overread
reported 'a read of what was freed' 'ERROR: AddressSanitizer: heap-use-after-free' planted_freed
reported 'a sum that wraps' 'runtime error: signed integer overflow' planted_wrap
is 'and fails a command that succeeds' "$status" 1

# ---- they have seen nothing -----------------------------------------------

is 'the sanitizers reported nothing' "$(tools/sanitizer-reports "${PGHOST%/socket}/server.log" 2>&1)" ''
finish
