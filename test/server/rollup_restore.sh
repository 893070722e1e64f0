#!/usr/bin/env bash
# Rollups through pg_dump and pg_restore, as TAP: of a table of one's own, and of
# accelcost.usage, whose triggers a dump does not carry.
set -euo pipefail
# shellcheck source=test/server/tap.bash
. "${BASH_SOURCE[0]%/*}/tap.bash"

new_database life_rolled
sql life_rolled 'CREATE EXTENSION accelcost CASCADE' \
    'CREATE TABLE spend (id int PRIMARY KEY, at timestamptz, team text, cost tco)' \
    "INSERT INTO spend SELECT i, timestamptz '2026-01-01 00:00+00' + i * interval '5 hours', 't' || i % 3,
        tco(i * 0.1) FROM generate_series(1, 500) AS i" \
    "CREATE FUNCTION kind_of(team text) RETURNS text LANGUAGE sql IMMUTABLE BEGIN ATOMIC SELECT upper(team); END" \
    "CREATE FUNCTION size_of(team text) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT length(team)'" \
    "CALL accelcost.rollup_create('zz_monthly', 'spend', 'at',
        '{team, \"kind => kind_of(team)\", \"size => size_of(team)\"}', '{cost}')" \
    "CALL accelcost.rollup_create('aa_daily', 'spend', 'at', '{team}', '{cost}', 'day', 'Asia/Tokyo')" \
    "INSERT INTO accelcost.usage (record_id, period_start, provider, model, output_tokens)
        SELECT i, timestamptz '2026-01-01 00:00+00' + i * interval '5 hours', 'OpenAI', 'gpt-5', i
        FROM generate_series(1, 200) AS i" \
    "CALL accelcost.rollup_create('tokens_monthly', 'accelcost.usage', 'period_start', '{provider, model}',
        '{output_tokens}')" \
    'UPDATE spend SET team = NULL WHERE id < 50' 'DELETE FROM spend WHERE id > 400' >&2
sql life_rolled 'CREATE TABLE call (at date, team text, n int) PARTITION BY RANGE (at)' \
    "CREATE TABLE call_june PARTITION OF call FOR VALUES FROM ('2026-06-01') TO ('2026-07-01')" \
    "CREATE TABLE call_july PARTITION OF call FOR VALUES
        FROM ('2026-07-01') TO ('2026-08-01') PARTITION BY LIST (team)" \
    "CREATE TABLE call_july_a PARTITION OF call_july FOR VALUES IN ('a') PARTITION BY RANGE (n)" \
    "CREATE TABLE a_small PARTITION OF call_july_a FOR VALUES FROM (0) TO (1000)" \
    "INSERT INTO call VALUES ('2026-06-10', 'a', 1), ('2026-07-10', 'a', 2)" \
    "CALL accelcost.rollup_create('calls', 'call', 'at', '{team}', '{n}')" 'DROP TABLE call_june' \
    'CALL accelcost.rollup_repair()' "INSERT INTO call VALUES ('2026-07-11', 'a', 4)" \
    "CREATE TABLE call_new PARTITION OF call FOR VALUES FROM ('2026-08-01') TO ('2026-09-01')" >&2

contents() {
    sql "$1" 'SELECT * FROM zz_monthly ORDER BY 1, 2' 'SELECT * FROM aa_daily ORDER BY 1, 2' \
        "SELECT count(*) FROM accelcost.rollup_verify('zz_monthly')" \
        "SELECT count(*) FROM accelcost.rollup_verify('aa_daily')"
}
contents life_rolled >"$scratch/contents"
sql life_rolled 'SELECT * FROM tokens_monthly ORDER BY 1' >"$scratch/tokens"

# DATABASE: the rollup of a partitioned table goes on, with what it keeps, and knows what it does not count
partitions_go_on() {
    sql "$1" 'SELECT month, n FROM calls ORDER BY 1' "SELECT count(*) FROM accelcost.rollup_verify('calls')" \
        "INSERT INTO call VALUES ('2026-07-12', 'a', 8)" "INSERT INTO call_july_a VALUES ('2026-07-12', 'a', 16)" \
        'SELECT month, n FROM calls ORDER BY 1' "INSERT INTO call_new VALUES ('2026-08-01', 'a', 32)" \
        'TRUNCATE call_new'
    sql "$1" 'SELECT FROM calls' || true
    sql "$1" "CALL accelcost.rollup_repair('calls')" 'TRUNCATE call_july_a' 'SELECT month, n FROM calls ORDER BY 1' \
        "SELECT count(*) FROM accelcost.rollup_verify('calls')"
}
went_on='2026-06-01|1
2026-07-01|6
0
2026-06-01|1
2026-07-01|30
55000: rollup "calls" is not up to date: rows were written to partition "call_new" before rollup_repair counted it
HINT:  The owner can repair it with rollup_repair.
2026-06-01|1
0'

# NAME DATABASE: a restored database is what it was, and goes on
restored() {
    contents "$2" >"$scratch/$2"
    same "$1: the rollups are the same, and right" "$scratch/contents" "$scratch/$2"
    is "$1: they go on" "$(sql "$2" "INSERT INTO spend VALUES (1000, '2026-01-01 00:00+00', 'new', '1 USD')" \
        "SELECT cost FROM zz_monthly WHERE team = 'new'" \
        "SELECT count(*) FROM accelcost.rollup_verify('zz_monthly')")" $'1 USD other=1\n0'
    like "$1: the rollup of accelcost.usage says what is missing" "$(sql "$2" 'SELECT * FROM tokens_monthly' \
        || true)" '^55000: rollup "tokens_monthly" is not up to date: triggers are missing'
    is "$1: so does the status" "$(sql "$2" \
        'SELECT rollup, problem FROM accelcost.rollup_status() WHERE problem IS NOT NULL')" \
        'tokens_monthly|triggers are missing'
    sql "$2" "INSERT INTO accelcost.usage (record_id, period_start, provider, model, output_tokens)
        VALUES ('late', '2026-01-01', 'OpenAI', 'late', 5)" 'CALL accelcost.rollup_repair()' >&2
    sql "$2" "SELECT * FROM tokens_monthly WHERE model <> 'late' ORDER BY 1" >"$scratch/$2.tokens"
    same "$1: rollup_repair makes it right" "$scratch/tokens" "$scratch/$2.tokens"
    is "$1: with what came meanwhile, and it goes on" "$(sql "$2" \
        "DELETE FROM accelcost.usage WHERE record_id = '1'" \
        "SELECT count(*) FROM accelcost.rollup_verify('tokens_monthly')" \
        "SELECT output_tokens FROM tokens_monthly WHERE model = 'late'")" $'0\n5'
    is "$1: nobody else has a right" "$(sql "$2" \
        "SELECT has_function_privilege('public', 'zz_monthly_append()', 'EXECUTE')" \
        "SELECT count(*) FROM pg_class, aclexplode(relacl) AS a WHERE relname ~ '_(delta|folded|rollup|row)$'
        AND a.grantee <> relowner")" $'f\n0'
}

new_database life_rolled_plain TEMPLATE template0
ok 'a plain dump restores' psql -Xqd life_rolled_plain -v ON_ERROR_STOP=1 -f <(pg_dump -d life_rolled)
is 'plain: the rollup of a partitioned table goes on' "$(partitions_go_on life_rolled_plain | grep -v ^CONTEXT)" \
    "$went_on"
restored 'plain' life_rolled_plain

new_database life_rolled_jobs TEMPLATE template0
pg_dump -d life_rolled -Fc -f "$scratch/dump"
ok 'a custom dump restores with two jobs, without privileges' pg_restore -d life_rolled_jobs -j 2 --no-acl \
    --exit-on-error "$scratch/dump"
is 'custom: the rollup of a partitioned table goes on' "$(partitions_go_on life_rolled_jobs | grep -v ^CONTEXT)" \
    "$went_on"
restored 'custom' life_rolled_jobs

# Rows that come after the triggers count once more.
new_database life_rolled_halves TEMPLATE template0
ok 'the schema restores alone' psql -Xqd life_rolled_halves -v ON_ERROR_STOP=1 -f <(pg_dump -d life_rolled \
    --schema-only)
pg_dump -d life_rolled --data-only -f "$scratch/data"
ok 'and the data after it' psql -Xqd life_rolled_halves -v ON_ERROR_STOP=1 -f "$scratch/data"
like 'which counts rows twice: rollup_verify tells' "$(sql life_rolled_halves \
    "SELECT count(*) FROM accelcost.rollup_verify('zz_monthly')")" '^[1-9]'
like 'and its view refuses' "$(sql life_rolled_halves 'TABLE zz_monthly' || true)" \
    '^55000: rollup "zz_monthly" is not up to date: it differed from its table when it was last verified'
ok 'rollup_repair repairs it' sql life_rolled_halves 'CALL accelcost.rollup_repair()'
contents life_rolled_halves >"$scratch/halves"
same 'halves: the rollups are the same, and right' "$scratch/contents" "$scratch/halves"
is 'halves: the rollup of a partitioned table goes on' "$(partitions_go_on life_rolled_halves | grep -v ^CONTEXT)" \
    "$(grep -v '^55000\|^HINT' <<<"$went_on")"

new_database life_rolled_off TEMPLATE template0
ok 'the schema alone, again' psql -Xqd life_rolled_off -v ON_ERROR_STOP=1 -f <(pg_dump -d life_rolled --schema-only)
ok 'with --disable-triggers' psql -Xqd life_rolled_off -v ON_ERROR_STOP=1 -f <(pg_dump -d life_rolled --data-only \
    --disable-triggers)
contents life_rolled_off >"$scratch/off"
same 'they count once' "$scratch/contents" "$scratch/off"

like 'the extension cannot go while it has rollups' "$(sql life_rolled 'DROP EXTENSION accelcost' || true)" '^2BP01: '
is 'it can when they are dropped' "$(sql life_rolled \
    "SELECT accelcost.rollup_drop(r) FROM accelcost_internal.own_rollups() AS r" 'DROP TABLE spend, call' \
    'DROP EXTENSION accelcost' 'SELECT 1')" $'\n\n\n\n1'
is 'with CASCADE it takes along what keeps them, and the tables stay' "$(sql life_rolled_plain \
    'DROP EXTENSION accelcost CASCADE' 'DELETE FROM spend' 'SELECT count(*) FROM spend' \
    "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal UNION ALL SELECT proname FROM pg_proc
        WHERE proname ~ '_append$' AND pronamespace = 'public'::regnamespace")" 0
finish
