#!/usr/bin/env bash
# Rollups of partitioned tables under load, as TAP, on a server of its own: writers to the tables and to partitions, two
# folders, DETACH, ATTACH, DROP and TRUNCATE in loops, rollup_repair, and kill -9. Each view is exact whenever it is
# read, or refuses. It runs nightly, as what it does depends on how fast the machine is.
#
#   ROLLUP_SECONDS   of each round (4)
#   ROLLUP_ROUNDS    each ends with a kill (2)
set -euo pipefail
if [ -z "${ACCELCOST_NIGHTLY-}" ]; then
    echo '1..0 # SKIP runs nightly: ACCELCOST_NIGHTLY=yes'
    exit
fi
# shellcheck source=test/server/tap.bash
. "${BASH_SOURCE[0]%/*}/tap.bash"
# shellcheck source=test/server/crash.bash
. "${BASH_SOURCE[0]%/*}/crash.bash"

rounds=${ROLLUP_ROUNDS:-2}
seconds=${ROLLUP_SECONDS:-4}
options=(-c deadlock_timeout=100ms)
trap 'databases=(); touch "$scratch/stop"; [ -z "$server" ] || kill -s QUIT "$server" 2>/dev/null || true; wait || true
    tap_end' EXIT

start "${options[@]}"
# spend loses partitions and gets them back; its rollup subtracts. From bill the oldest is dropped, its rollup keeps,
# and bill_log has all rows that bill ever had.
sql postgres 'CREATE EXTENSION accelcost CASCADE' "
CREATE TABLE spend (at date, team text, n int) PARTITION BY RANGE (at);
CREATE TABLE spend_1 PARTITION OF spend FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');
CREATE TABLE spend_2 PARTITION OF spend FOR VALUES FROM ('2026-02-01') TO ('2026-03-01') PARTITION BY LIST (team);
CREATE TABLE spend_2a PARTITION OF spend_2 FOR VALUES IN ('a');
CREATE TABLE spend_2b PARTITION OF spend_2 FOR VALUES IN ('b');
CREATE TABLE spend_3 PARTITION OF spend FOR VALUES FROM ('2026-03-01') TO ('2026-04-01');
CREATE TABLE bill (at date, team text, n int) PARTITION BY RANGE (at);
CREATE TABLE bill_log (at date, team text, n int);
CREATE TABLE month (first int, last int);
INSERT INTO month VALUES (1, 0);
CREATE FUNCTION first_day(month int) RETURNS date LANGUAGE sql IMMUTABLE
    RETURN (date '2000-01-01' + make_interval(months => month))::date;
CREATE PROCEDURE add_month() LANGUAGE plpgsql AS \$\$
DECLARE
    next int := (SELECT last + 1 FROM month);
BEGIN
    EXECUTE format('CREATE TABLE bill_%s PARTITION OF bill FOR VALUES FROM (%L) TO (%L)',
                   next, first_day(next), first_day(next + 1));
    UPDATE month SET last = next;
END \$\$;
CREATE PROCEDURE drop_month() LANGUAGE plpgsql AS \$\$
BEGIN
    EXECUTE format('DROP TABLE bill_%s', (SELECT first FROM month));
    UPDATE month SET first = first + 1;
END \$\$;
CREATE PROCEDURE write(day int, who text, amount int) LANGUAGE plpgsql AS \$\$
DECLARE
    of_month int := (SELECT first + amount % (last - first + 1) FROM month);
BEGIN
    BEGIN
        INSERT INTO spend VALUES (date '2026-01-01' + day, who, amount), (date '2026-01-01' + amount % 88, 'b', day);
        UPDATE spend SET n = n + 1, at = date '2026-01-01' + (at - date '2026-01-01' + 13) % 88
        WHERE at = date '2026-01-01' + amount % 88;
        DELETE FROM spend WHERE at = date '2026-01-01' + day AND n % 7 = 0;
        IF amount % 3 = 0 THEN
            INSERT INTO spend_2a VALUES ('2026-02-11', 'a', amount);
            DELETE FROM spend_3 WHERE n % 5 = 0;
            INSERT INTO spend_2 VALUES ('2026-02-12', who, day);
        END IF;
    EXCEPTION WHEN check_violation OR deadlock_detected OR undefined_table OR lock_not_available THEN NULL;
    END;
    BEGIN
        IF amount % 2 = 0 THEN
            EXECUTE format('INSERT INTO bill_%s VALUES (%L, %L, %L)', of_month, first_day(of_month), who, amount);
        ELSE
            INSERT INTO bill VALUES (first_day(of_month), who, amount);
        END IF;
        INSERT INTO bill_log VALUES (first_day(of_month), who, amount);
    EXCEPTION WHEN check_violation OR deadlock_detected OR undefined_table OR lock_not_available THEN NULL;
    END;
END \$\$;" >&2
sql postgres 'CALL add_month()' 'CALL add_month()' 'CALL add_month()' \
    "CALL accelcost.rollup_create('spend_monthly', 'spend', 'at', '{team}', '{n}', retention => 'subtract')" \
    "CALL accelcost.rollup_create('bill_monthly', 'bill', 'at', '{team}', '{n}')" >&2
sql postgres "
CREATE VIEW bill_wrong AS
    SELECT FROM (
        (SELECT month, team, row_count, n FROM bill_monthly
         EXCEPT SELECT at, team, count(*), sum(n)::numeric FROM bill_log GROUP BY 1, 2)
        UNION ALL
        (SELECT at, team, count(*), sum(n)::numeric FROM bill_log GROUP BY 1, 2
         EXCEPT SELECT month, team, row_count, n FROM bill_monthly)) AS w;
CREATE VIEW spend_wrong AS
    SELECT FROM (
        (SELECT month, team, row_count, n FROM spend_monthly
         EXCEPT SELECT date_trunc('month', at)::date, team, count(*), sum(n)::numeric FROM spend GROUP BY 1, 2)
        UNION ALL
        (SELECT date_trunc('month', at)::date, team, count(*), sum(n)::numeric FROM spend GROUP BY 1, 2
         EXCEPT SELECT month, team, row_count, n FROM spend_monthly)) AS w" >&2

# NAME SQL...: again and again, until there is a file "stop"; what each round printed is in NAME.out
loop() {
    local name=$1
    shift
    while [ ! -e "$scratch/stop" ]; do
        sql postgres 'SET lock_timeout = 500' "$@" >>"$scratch/$name.out" 2>&1 || true
    done
}
part="FOR VALUES FROM ('2026-03-01') TO ('2026-04-01')"
cat >"$scratch/write" <<'SQL'
\set day random(0, 87)
\set n random(1, 1000)
\set team random(0, 1)
CALL write(:day, CASE :team WHEN 0 THEN 'a' ELSE 'b' END, :n);
SQL
echo "SELECT accelcost.rollup_fold(); SELECT pg_sleep(0.01);" >"$scratch/fold"
# TRUNCATE, ATTACH and DETACH are not MVCC-safe in PostgreSQL itself: the lock comes before the snapshot.
compare='BEGIN; LOCK TABLE spend IN SHARE UPDATE EXCLUSIVE MODE'
repair() {
    sql postgres "CALL accelcost.rollup_repair('spend_monthly')" "CALL accelcost.rollup_repair('bill_monthly')"
}
for round in $(seq "$rounds"); do
    rm -f "$scratch/stop"
    jobs=()
    pgbench -n -f "$scratch/write" -c 4 -j 1 -T 60 >>"$scratch/pgbench.log" 2>&1 & jobs+=($!)
    pgbench -n -f "$scratch/fold" -c 2 -T 60 >>"$scratch/pgbench.log" 2>&1 & jobs+=($!)
    loop detach "ALTER TABLE spend DETACH PARTITION spend_3" 'DELETE FROM spend_3 WHERE n % 2 = 0' \
        'SELECT pg_sleep(0.1)' "ALTER TABLE spend ATTACH PARTITION spend_3 $part" 'SELECT pg_sleep(1)' & jobs+=($!)
    loop attach "ALTER TABLE spend ATTACH PARTITION spend_3 $part" 'SELECT pg_sleep(0.2)' & jobs+=($!)
    loop truncate 'TRUNCATE spend_2a' 'SELECT pg_sleep(0.2)' 'TRUNCATE spend_2' 'SELECT pg_sleep(0.2)' \
        'TRUNCATE spend' 'SELECT pg_sleep(0.2)' & jobs+=($!)
    loop repair "CALL accelcost.rollup_repair('spend_monthly')" 'SELECT pg_sleep(0.1)' & jobs+=($!)
    loop retention 'CALL add_month()' "CALL accelcost.rollup_repair('bill_monthly')" 'SELECT FROM bill_monthly' \
        'CALL drop_month()' "CALL accelcost.rollup_repair('bill_monthly')" & jobs+=($!)
    loop bill "SELECT 'wrong: ' || count(*) FROM bill_wrong" & jobs+=($!)
    loop spend "CALL accelcost.rollup_repair('spend_monthly')" "$compare" \
        "SELECT 'wrong: ' || count(*) FROM spend_wrong" COMMIT & jobs+=($!)
    sleep "$seconds"
    crash
    touch "$scratch/stop"
    wait "${jobs[@]}" 2>/dev/null || true
    start "${options[@]}"
    for rollup in bill spend; do
        like "crash $round: $rollup is exact, or refuses" \
            "$(sql postgres "SELECT count(*) FROM ${rollup}_wrong" || true)" \
            '^0$|^55000: rollup "(bill|spend)_monthly" is not up to date'
    done
    ok "crash $round: rollup_repair" repair
    for rollup in bill spend; do
        sql postgres "SELECT 'wrong: ' || count(*) FROM ${rollup}_wrong" >>"$scratch/$rollup.out" 2>&1 || true
    done
    is "crash $round: then both are exact" "$(sql postgres 'SELECT (SELECT count(*) FROM bill_wrong),
        (SELECT count(*) FROM spend_wrong)' "SELECT count(*) FROM accelcost.rollup_verify('bill_monthly')" \
        "SELECT count(*) FROM accelcost.rollup_verify('spend_monthly')")" $'0|0\n0\n0'
done
for rollup in bill spend; do
    sort "$scratch/$rollup.out" | uniq -c | sort -rn | sed -n 's/^/# /; 1,5p'
    is "$rollup: exact whenever it was read" "$(grep -h '^wrong: ' "$scratch/$rollup.out" | grep -v ': 0$' || true)" ''
    like "$rollup: it was read" "$(grep -c '^wrong: 0$' "$scratch/$rollup.out")" '^[1-9]'
    is "$rollup: it failed only to refuse" "$(grep -hE '^([0-9][0-9A-Z]{4}|XX[0-9]{3}): ' "$scratch/$rollup.out" |
        grep -vE '^(55000: rollup|55P03|57P0|40P01)' || true)" ''
done
like 'partitions were dropped' "$(sql postgres 'SELECT first FROM month')" '^([2-9]|[0-9]{2,})$'
like 'and what they had is kept' "$(sql postgres 'SELECT count(*) FROM bill_monthly_kept')" '^[1-9]'
is 'no writer and no folder failed' "$(grep -h 'ERROR:' "$scratch/pgbench.log" || true)" ''
like 'there were writers' "$(sql postgres 'SELECT count(*) FROM bill_log')" '^[0-9]{3,}$'
finish
