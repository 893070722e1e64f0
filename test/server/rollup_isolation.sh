#!/usr/bin/env bash
# The interleavings of test/isolation, as TAP, played by PostgreSQL's own
# isolationtester, which some packages of the server leave out.
set -euo pipefail
# shellcheck source=test/server/tap.bash
. "${BASH_SOURCE[0]%/*}/tap.bash"
top=${BASH_SOURCE[0]%/*}/..

tester=$("$PG_CONFIG" --pkglibdir)/pgxs/src/test/isolation/isolationtester
if ! [ -x "$tester" ]; then
    echo '1..0 # SKIP this server comes without isolationtester'
    finished=yes
    exit 0
fi
new_database life_isolation
sql life_isolation 'CREATE EXTENSION accelcost CASCADE' >&2
for spec in "$top"/isolation/*.spec; do
    name=$(basename "$spec" .spec)
    "$tester" 'dbname=life_isolation' <"$spec" >"$scratch/$name.out" 2>&1 || echo "exit status $?" \
        >>"$scratch/$name.out"
    same "$name" "$top/isolation/$name.out" "$scratch/$name.out"
done
finish
