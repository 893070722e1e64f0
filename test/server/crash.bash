# Sourced by tests that kill a server, after tap.bash: a server of the test's own,
# in $scratch, which programs reach without being told.

as_server=()
if [ "$(id -u)" -eq 0 ]; then
    as_server=(setpriv "--reuid=postgres" "--regid=$(id -g postgres)" --clear-groups)
    chown postgres "$scratch"
fi
bin=$("$PG_CONFIG" --bindir)
cd "$scratch" || exit
"${as_server[@]}" "$bin/initdb" -D "$scratch/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 \
    >"$scratch/initdb.log"
export PGHOST=$scratch PGPORT=5433 PGUSER=postgres PGDATABASE=postgres

server=''
# OPTION...: starts the server, on what a crash has left of it
start() {
    "${as_server[@]}" setsid setpriv --pdeathsig KILL "$bin/postgres" -D "$scratch/data" -c listen_addresses= \
        -c unix_socket_directories="$scratch" -c port=$PGPORT "$@" >>"$scratch/server.log" 2>&1 &
    server=$!
    for _ in $(seq 300); do
        ! pg_isready -q || return 0
        sleep 0.1
    done
    tail "$scratch/server.log" >&2
    exit 1
}

# All of it at once, as when the power fails: each process by its own number.
crash() {
    local -a all
    local pid
    # Stopped, the server starts no session that would outlive it and write on.
    kill -s STOP "$server"
    mapfile -t all < <(pgrep -P "$server")
    kill -s KILL "$server" "${all[@]}" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
    for pid in "${all[@]}"; do
        while kill -s 0 "$pid" 2>/dev/null; do sleep 0.05; done
    done
    rm -f "$scratch/data/postmaster.pid"
}
