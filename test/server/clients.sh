#!/usr/bin/env bash
# docs/bi.md, "Drivers": what clients get from the views, and from a column of
# type tco. A driver that is not installed is skipped.
set -euo pipefail
# shellcheck source=test/server/tap.bash
. "${BASH_SOURCE[0]%/*}/tap.bash"
here=$(cd "${BASH_SOURCE[0]%/*}/../clients" && pwd)

new_database life_clients
sql life_clients 'CREATE EXTENSION accelcost CASCADE' "
INSERT INTO accelcost.provider (provider, kind) VALUES ('Alpha', 'api'), ('Beta', 'api');
INSERT INTO accelcost.token_price (provider, model, cached_convention, input_price, output_price, valid)
VALUES ('Alpha', 'a-1', 'excluded', 0.333333, 3, '[2026-01-01 00:00+00,)');
INSERT INTO accelcost.usage (record_id, period_start, provider, model, output_tokens, uncached_input_tokens)
VALUES ('1', '2026-07-01', 'Alpha', 'a-1', 1000001, 1), ('2', '2026-07-01', 'Beta', 'b-1', 5, 5);
CREATE TABLE bill AS SELECT '7.000000000000000001 USD compute=7.000000000000000001'::tco AS cost" >&2
export PGDATABASE=life_clients
tco='7.000000000000000001 USD compute=7.000000000000000001'

skip() { pass "$1 # SKIP not installed: $2"; }
# NAME PACKAGE TEST...: whether it is installed; a skipped test if not
installed() {
    local name=$1 package=$2
    shift 2
    "$@" >/dev/null 2>&1 || { skip "$name" "$package" && return 1; }
}

python=/usr/bin/python3
for driver in psycopg2 psycopg pyodbc; do
    installed "$driver" "python3-$driver, odbc-postgresql" "$python" -c "import $driver" || continue
    output=$("$python" "$here/read.py" "$driver" 2>&1 || true)
    is "$driver: money is decimal, and unknown is None" "$(head -n 2 <<<"$output")" \
        $'2026-07-01 Alpha Decimal 3.0000033333 1000002 True\n2026-07-01 Beta NoneType None 10 False'
    is "$driver: a tco is text, and can be compared" "$(sed -n '3,4p' <<<"$output")" "str $tco"$'\nabove 6 USD: 1'
done
if installed 'JDBC' libpostgresql-jdbc-java test -e /usr/share/java/postgresql.jar -a -n "$(command -v javac)"; then
    javac -d "$scratch" "$here/Read.java"
    exec {proxy}< <(exec python3 "$here/proxy.py" "$PGHOST/.s.PGSQL.$PGPORT")
    proxy_pid=$!
    read -r port <&$proxy
    output=$(java -cp "$scratch:/usr/share/java/postgresql.jar" Read \
        "jdbc:postgresql://127.0.0.1:$port/$PGDATABASE?user=$PGUSER" 2>&1 || true)
    kill "$proxy_pid"
    is 'JDBC: money is numeric(38,10), and unknown is null' "$(head -n 3 <<<"$output")" \
        $'numeric 38 10\n2026-07-01 Alpha 3.0000033333 1000002 true\n2026-07-01 Beta null 10 false'
    is 'JDBC: a tco is an object, and can be compared' "$(sed -n '4,5p' <<<"$output")" \
        "PGobject $tco"$'\nabove 6 USD: 1'
fi
mkdir "$scratch/node"
if installed 'node pg' 'node, npm' bash -c "cd '$scratch/node' && timeout 100 npm install --no-audit --no-fund pg"; then
    output=$(NODE_PATH=$scratch/node/node_modules node "$here/read.js" 2>&1 || true)
    is 'node pg: money is a string, and unknown is null' "$(head -n 2 <<<"$output")" \
        $'2026-07-01 Alpha string 3.0000033333 1000002 true\n2026-07-01 Beta object null 10 false'
    is 'node pg: a tco is text, and can be compared' "$(sed -n '3,4p' <<<"$output")" "string $tco"$'\nabove 6 USD: 1'
fi
include=$("$PG_CONFIG" --includedir)
[ -e "$include/libpq-fe.h" ] || include=/usr/include/postgresql
if installed 'libpq' libpq-dev test -e "$include/libpq-fe.h"; then
    gcc -I"$include" -o "$scratch/read" "$here/read.c" -lpq
    is 'libpq: a tco is 144 bytes' "$("$scratch/read")" \
        '144 bytes, compute 00000000000000006124fee993bc0001, currency USD, version 1'
fi
finish
