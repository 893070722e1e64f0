#!/usr/bin/env bash
# tools/private-server leaves neither a process nor a file behind, however it
# ends, as TAP.
set -euo pipefail
# shellcheck source=test/server/tap.bash
. "${BASH_SOURCE[0]%/*}/tap.bash"

top=$(cd "$(dirname "$0")/../.." && pwd)
usr_before=$(find /usr/lib/postgresql /usr/share/postgresql -name '*accelcost*' 2>/dev/null | sort)

# The user that the server runs as has to pass through.
chmod 711 "$scratch"
mkdir -m 755 "$scratch/tmp"
export TMPDIR=$scratch/tmp

# Writes the process id of the server, then does what is asked.
# shellcheck disable=SC2016  # expanded there
note='head -n 1 "${PGHOST%/socket}/data/postmaster.pid" >'$scratch'/noting && mv '$scratch'/noting '$scratch'/server;'

# NAME: the server is gone, and all of its files
nothing_left() {
    like "$1: there was a server" "$(cat "$scratch/server")" '^[0-9]+$'
    is "$1: the server is stopped" "$(ps -p "$(cat "$scratch/server")" -o comm= || true)" ''
    is "$1: its files are removed" "$(ls "$TMPDIR")" ''
    rm -f "$scratch/server"
}

# NAME SCRIPT STATUS: a command that ends by itself
ends() {
    local status=0
    "$top/tools/private-server" sh -c "$note $2" >&2 || status=$?
    is "$1: its status is passed on" "$status" "$3"
    nothing_left "$1"
}
ends 'a command that succeeds' 'psql -XqAtc "SELECT 1"' 0
ends 'a command that fails' 'exit 7' 7

# NAME SIGNAL STATUS: a signal in the middle. A shell has its background
# commands ignore INT, which env undoes.
interrupted() {
    local script status=0 deadline=$((SECONDS + 60))
    env --default-signal=INT "$top/tools/private-server" sh -c "$note exec sleep 60" >&2 &
    script=$!
    until [ -f "$scratch/server" ] || [ "$SECONDS" -ge "$deadline" ]; do sleep 0.1; done
    kill -s "$2" "$script"
    wait "$script" || status=$?
    is "$1: its status says so" "$status" "$3"
    nothing_left "$1"
}
interrupted 'Ctrl-C' INT 130
interrupted 'a request to end' TERM 143

is 'nothing under /usr has changed' "$(find /usr/lib/postgresql /usr/share/postgresql -name '*accelcost*' \
    2>/dev/null | sort)" "$usr_before"

finish
