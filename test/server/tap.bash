# Sourced by the tests of this directory: TAP for bash, and databases that are
# dropped at the end. Each check takes the name of the rule first. What a check
# that fails has found goes to stderr, which prove shows.

tests=0
failures=0
finished=''

pass() { tests=$((tests + 1)); echo "ok $tests - $1"; }

fail() {
    tests=$((tests + 1)) failures=$((failures + 1))
    echo "not ok $tests - $1"
    printf '%s\n' "failed in ${0##*/}: $1" "${@:2}" | cut -c 1-300 | sed -n 's/^/#   /; 1,40p' >&2
}

# NAME COMMAND...: it succeeds
ok() {
    local name=$1 output
    shift
    if output=$("$@" 2>&1); then pass "$name"; else fail "$name" "failed: $*" "$output"; fi
}

# NAME HAVE WANT
is() { if [ "$2" = "$3" ]; then pass "$1"; else fail "$1" "have: $2" "want: $3"; fi; }

# NAME HAVE REGEXP
like() { if [[ $2 =~ $3 ]]; then pass "$1"; else fail "$1" "have: $2" "want: $3"; fi; }

# NAME FILE FILE: the same content, and not nothing
same() {
    if ! [ -s "$2" ]; then fail "$1" "$2 is empty"
    elif cmp -s "$2" "$3"; then pass "$1"
    else fail "$1" "$(diff -a "$2" "$3" | head -n 20)"; fi
}

databases=()
scratch=$(mktemp -d)
tap_end() {
    local status=$? name
    for name in "${databases[@]}"; do
        psql -Xqd postgres -c 'SET client_min_messages = warning' -c "DROP DATABASE IF EXISTS $name" >&2
    done
    [ -z "${roles-}" ] || psql -Xqd postgres -c "DROP ROLE IF EXISTS $roles" >&2
    rm -rf "$scratch"
    [ -n "$finished" ] || echo "Bail out! ${0##*/} ended with status $status"
    exit "$status"
}
trap tap_end EXIT

# NAME [OPTION]...: a new database; options as for CREATE DATABASE
new_database() {
    databases+=("$1")
    psql -Xqd postgres -v ON_ERROR_STOP=1 -c "CREATE DATABASE $*"
}

# DATABASE SQL...: runs statements, prints bare results, warnings left out;
# errors as "SQLSTATE: message"
sql() {
    local database=$1 statements=()
    shift
    local statement
    for statement in "$@"; do statements+=(-c "$statement"); done
    PGOPTIONS="-c client_min_messages=warning ${PGOPTIONS-}" \
        psql -XAtq -v VERBOSITY=verbose -v ON_ERROR_STOP=1 -d "$database" "${statements[@]}" 2>&1 |
        sed -E '/^LOCATION: /d; /^LINE [0-9]+: /d; /^ *\^$/d; s/^ERROR:  ([0-9A-Z]{5}): /\1: /'
    return "${PIPESTATUS[0]}"
}

# As sql, in the role $1.
sql_as() {
    local role=$1
    shift
    PGUSER=$role sql "$@"
}

finish() {
    finished=yes
    echo "1..$tests"
    exit $((failures > 0))
}
