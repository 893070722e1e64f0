# Sourced by tests that need a server beside the private one, after tap.bash.
# Such servers end with the test, before its databases are dropped.

as_server=()
server_owner=$(stat -c %U "$PGHOST")
if [ "$(id -u)" -eq 0 ]; then
    as_server=(setpriv "--reuid=$server_owner" "--regid=$(id -g "$server_owner")" --clear-groups)
    chmod 755 "$scratch"
fi
bin=$("$PG_CONFIG" --bindir)
servers=()

# NAME: a directory for a server, which it owns
server_directory() {
    mkdir "$scratch/$1"
    [ "$(id -u)" -ne 0 ] || chown "$server_owner" "$scratch/$1"
}

# NAME COMMAND...: runs a command in that directory as the owner of servers
in_server() {
    local name=$1
    shift
    (cd "$scratch/$name" && exec "${as_server[@]}" "$@") >>"$scratch/$name.log" 2>&1 </dev/null
}

# NAME: makes the data of a new server
init_server() {
    server_directory "$1"
    in_server "$1" "$bin/initdb" -D "$scratch/$1/data" -U postgres -A trust --no-sync -E UTF8 --locale=C.UTF-8
}

# NAME PORT [OPTION]...: starts a server and waits until it accepts connections
start_server() {
    local name=$1 port=$2
    shift 2
    (cd "$scratch/$name" && exec "${as_server[@]}" setsid setpriv --pdeathsig KILL "$bin/postgres" \
        -D "$scratch/$name/data" -c listen_addresses= -c "unix_socket_directories=$scratch/$name" -c "port=$port" \
        -c fsync=off -c timezone=UTC "$@") >>"$scratch/$name.log" 2>&1 </dev/null &
    servers+=($!)
    for _ in $(seq 300); do
        ! PGHOST=$scratch/$name PGPORT=$port pg_isready -q || return 0
        sleep 0.1
    done
    tail -n 20 "$scratch/$name.log" >&2
    return 1
}

stop_servers() {
    local server
    for server in "${servers[@]}"; do
        kill -s QUIT "$server" 2>/dev/null || true
        wait "$server" || true
    done
}

# Waits until a command prints what is wanted, for a minute.
eventually() {
    local name=$1 expected=$2 have=''
    shift 2
    for _ in $(seq 300); do
        have=$("$@" || true)
        [ "$have" != "$expected" ] || break
        sleep 0.2
    done
    is "$name" "$have" "$expected"
}
