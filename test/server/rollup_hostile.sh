#!/usr/bin/env bash
# Roles around a rollup, as TAP: who only writes to the table keeps it, who may
# read its view reads it, and a stranger can neither read, forge, stop nor use it
# to run anything as another.
set -euo pipefail
# shellcheck source=test/server/tap.bash
. "${BASH_SOURCE[0]%/*}/tap.bash"

roles='life_owner, life_writer, life_analyst, life_stranger'
for role in ${roles//,/}; do
    sql postgres "CREATE ROLE $role LOGIN" >&2
done
new_database life_hostile
database=life_hostile
sql $database 'CREATE EXTENSION accelcost CASCADE' 'CREATE SCHEMA books AUTHORIZATION life_owner' \
    'GRANT CREATE ON SCHEMA public TO life_stranger' >&2

owner() { sql_as life_owner $database "$@"; }
writer() { sql_as life_writer $database "$@"; }
analyst() { sql_as life_analyst $database "$@"; }
stranger() { sql_as life_stranger $database "$@"; }
denied='^42501: '

# The owner gives too much by default, as is common, and all that a stranger
# can be given on the table but the table itself.
owner 'GRANT USAGE ON SCHEMA books TO PUBLIC' 'GRANT CREATE ON SCHEMA books TO life_stranger' \
    'ALTER DEFAULT PRIVILEGES IN SCHEMA books GRANT ALL ON TABLES TO life_stranger' \
    'ALTER DEFAULT PRIVILEGES IN SCHEMA books GRANT ALL ON FUNCTIONS TO life_stranger' \
    'CREATE TABLE books.spend (at timestamptz, team text, amount numeric)' \
    'GRANT INSERT ON books.spend TO life_writer' \
    "INSERT INTO books.spend VALUES ('2026-01-05', 'a', 1)" \
    "CREATE FUNCTION books.who(team text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT current_user::text'" >&2

like 'only the owner of a table rolls it up' "$(stranger \
    "CALL accelcost.rollup_create('stolen', 'books.spend', 'at')" || true)" "$denied"
like 'not even a superuser does so as a superuser' "$(sql $database \
    "CALL accelcost.rollup_create('stolen', 'books.spend', 'at')" || true)" "$denied"
is 'the owner does' "$(owner "CALL accelcost.rollup_create('by_month', 'books.spend', 'at',
    '{team, \"by => books.who(team)\"}', '{amount}')")" ''
is 'all of it is the owner'"'"'s' "$(sql $database \
    "SELECT DISTINCT relowner::regrole FROM pg_class WHERE relname ~ '^by_month' UNION SELECT proowner::regrole
    FROM pg_proc WHERE proname ~ '^by_month'")" life_owner
is 'nobody else has a right to what is under the view, nor to its function' "$(sql $database "
    SELECT relname FROM pg_class, aclexplode(relacl) AS a WHERE relname ~ '^by_month_' AND relkind IN ('r', 'v')
        AND a.grantee <> relowner
    UNION ALL SELECT proname FROM pg_proc, aclexplode(proacl) AS a WHERE proname ~ '^by_month_'
        AND a.grantee <> proowner")" ''

is 'who may INSERT into the table keeps the rollup' "$(writer \
    "INSERT INTO books.spend VALUES ('2026-01-06', 'a', 2)")" ''
like 'without a right to the rollup' "$(writer 'TABLE books.by_month' || true)" "$denied"
owner 'GRANT SELECT ON books.by_month TO life_analyst' >&2
is 'an expression is evaluated as the owner, whoever writes' "$(analyst \
    'SELECT month, team, by, amount, row_count FROM books.by_month')" '2026-01-01|a|life_owner|3|2'
like 'the analyst does not see the rows' "$(analyst 'TABLE books.by_month_row' || true)" "$denied"

# ---- forging --------------------------------------------------------------

for table in by_month_delta by_month_folded by_month_rollup by_month_row; do
    like "$table: a stranger cannot read it" "$(stranger "TABLE books.$table" || true)" "$denied"
    like "$table: nor write it" "$(stranger "INSERT INTO books.$table DEFAULT VALUES" || true)" "$denied"
    like "$table: nor put a trigger on it" "$(stranger \
        "CREATE TRIGGER t BEFORE INSERT ON books.$table
        FOR EACH STATEMENT EXECUTE FUNCTION suppress_redundant_updates_trigger()" || true)" "$denied|^42809: "
    like "$table: nor lock it" "$(stranger "BEGIN" "LOCK TABLE books.$table IN ROW SHARE MODE" || true)" "$denied"
done
stranger 'CREATE TABLE public.bait (at timestamptz, team text, amount numeric)' >&2
like 'a stranger cannot attach the function of a rollup to another table' \
    "$(stranger "CREATE TRIGGER t AFTER INSERT ON public.bait REFERENCING NEW TABLE AS new_rows
        FOR EACH STATEMENT EXECUTE FUNCTION books.by_month_append()" || true)" "$denied"
owner 'GRANT EXECUTE ON FUNCTION books.by_month_append() TO life_stranger' >&2
stranger "CREATE TRIGGER t AFTER INSERT ON public.bait REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION books.by_month_append()" >&2
like 'nor use it there if that was granted' "$(stranger "INSERT INTO public.bait VALUES ('2026-01-05', 'forged', 1)" \
    || true)" '^55000: function "t" belongs to a rollup of another table'
owner "CALL accelcost.rollup_repair('books.by_month')" >&2
is 'which rollup_repair takes back' "$(sql $database \
    "SELECT has_function_privilege('life_stranger', 'books.by_month_append()', 'EXECUTE')")" f

# A rollup of that name is what its owner made it: all that looks like one and
# belongs to another is of no use against a third.
for call in "accelcost.rollup_fold('books.by_month')" "accelcost.rollup_recompute('books.by_month')" \
    "accelcost.rollup_verify('books.by_month')" "accelcost.rollup_pause('books.by_month')" \
    "accelcost.rollup_drop('books.by_month')" "accelcost.rollup_renamed('books.by_month')" \
        "accelcost_internal.rollup_fill('books.by_month')" "accelcost_internal.rollup_attach('books.by_month')"; do
    like "a stranger cannot call $call" "$(stranger "SELECT $call" || true)" "$denied"
    like "and a superuser cannot by mistake" "$(sql $database "SELECT $call" || true)" "$denied"
done
for call in "accelcost.rollup_resume('books.by_month')" "accelcost.rollup_repair('books.by_month')"; do
    like "a stranger cannot call $call" "$(stranger "CALL $call" || true)" "$denied"
done
is 'nor are rollups of others folded when a superuser folds all' "$(sql $database 'SELECT accelcost.rollup_fold()')" \
    ''
stranger 'CREATE TABLE public.trap_rollup OF accelcost.rollup_definition' "CREATE VIEW public.trap AS SELECT 1" \
    "INSERT INTO public.trap_rollup (source, grain, key_names, measure_names, measure_kinds, state)
        VALUES ('books.spend', 'month', '{}', '{}', '{}', 'kept')" >&2
like 'a forged rollup is nobody else'"'"'s' "$(owner "SELECT accelcost.rollup_fold('public.trap')" || true)" "$denied"
is 'and in no list but its maker'"'"'s' "$(owner 'SELECT accelcost_internal.own_rollups()')" 'books.by_month'
like 'it gives no access to the table that it names' "$(stranger "CALL accelcost.rollup_resume('public.trap')" \
    || true)" "$denied|^42P01: |^42883: "
is 'nor to the table in the end' "$(sql $database \
    "SELECT count(*) FROM pg_trigger WHERE tgrelid = 'books.spend'::regclass")" 5

# ---- names and paths ------------------------------------------------------

# Functions and operators of a stranger, in a schema that comes first.
sql $database 'CREATE SCHEMA hidden AUTHORIZATION life_stranger' 'GRANT USAGE ON SCHEMA hidden TO PUBLIC' >&2
parts='accelcost.rollup_definition, regprocedure, accelcost.rollup_part[]'
for function in 'bill_month(timestamptz) RETURNS date' 'sum(numeric) RETURNS numeric' \
    'count(numeric) RETURNS bigint' "rollup_is_kept(text, $parts) RETURNS boolean" \
    "rollup_problem($parts) RETURNS text" 'format(text, text) RETURNS text' \
    'rollup_fold_one(regclass) RETURNS bigint' 'own_rollups() RETURNS SETOF regclass'; do
    stranger "CREATE FUNCTION hidden.$function LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''trapped''; END'" >&2
done
stranger "CREATE FUNCTION hidden.equal(text, text) RETURNS boolean
    LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''trapped''; END'" \
    'CREATE OPERATOR hidden.= (FUNCTION = hidden.equal, LEFTARG = text, RIGHTARG = text)' >&2
export PGOPTIONS='-c search_path=hidden,public,pg_catalog'
is 'the path of who writes does not matter' "$(writer "INSERT INTO books.spend VALUES ('2026-01-06', 'b', 3)")" ''
is 'nor that of who reads' "$(analyst 'SELECT pg_catalog.count(*) FROM books.by_month')" 2
is 'nor that of the owner' "$(owner "SELECT accelcost.rollup_fold()" \
    "SELECT accelcost.rollup_fold('books.by_month')" "SELECT * FROM accelcost.rollup_verify('books.by_month')" \
    "SELECT accelcost.rollup_recompute('books.by_month')" \
    "CALL accelcost.rollup_repair()" "SELECT state FROM accelcost.rollup_status()")" '1
0
0
kept'
is 'in creating one, too, but for its own expressions' "$(owner \
    "CALL accelcost.rollup_create('by_day', 'books.spend', 'at', '{team}', '{amount}', 'day')" \
    "SELECT pg_catalog.sum(amount) FROM books.by_day")" 6
unset PGOPTIONS

# Functions of a stranger in the schema of a rollup, which fit better than those that its keys are made of.
owner 'CREATE TABLE books.call (at timestamptz, code varchar(9))' 'GRANT INSERT ON books.call TO life_writer' \
    "CREATE FUNCTION books.class(code text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT upper(code)'" \
    "CALL accelcost.rollup_create('by_class', 'books.call', 'at', '{\"class => books.class(code)\"}')" >&2
denied_type='^42501: permission denied for type'
trap="RETURNS date LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''trapped''; END'"
is 'a stranger makes a function that fits a key better' "$(stranger \
    "CREATE FUNCTION books.class(varchar) ${trap/date/text}")" ''
for arguments in '' ', int DEFAULT 0' ', VARIADIC int[]'; do
    like "and none that fits as well as the rollup's own (row, timestamptz, varchar$arguments)" \
        "$(stranger "CREATE FUNCTION books.by_class_values(books.by_class_values, timestamptz,
            varchar$arguments) $trap" || true)" "$denied_type"
done
for arguments in 'timestamptz, varchar' 'anynonarray, timestamptz, varchar' \
    'record, timestamptz, varchar, int DEFAULT 0'; do
    is "but others of its name ($arguments)" "$(stranger "CREATE FUNCTION books.by_class_values($arguments) $trap")" \
        ''
done
is 'none of them is called when somebody writes' "$(writer "INSERT INTO books.call VALUES ('2026-01-06', 'x')")" ''
is 'nor when the owner reads' "$(owner 'SELECT class, row_count FROM books.by_class' \
    "SELECT * FROM accelcost.rollup_verify('books.by_class')")" 'X|1'
is 'nor after rollup_repair' "$(owner "CALL accelcost.rollup_repair('books.by_class')" \
    "UPDATE books.call SET code = 'y'" 'SELECT class, row_count FROM books.by_class')" 'Y|1'
owner 'GRANT USAGE ON TYPE books.by_class_values TO life_stranger' >&2
owner "CALL accelcost.rollup_repair('books.by_class')" >&2
is 'rollup_repair takes back the type' "$(sql $database \
    "SELECT has_type_privilege('life_stranger', 'books.by_class_values', 'USAGE')")" f
owner "SELECT accelcost.rollup_drop('books.by_class')" >&2
is 'what is dropped is the owner'"'"'s' "$(sql $database \
    "SELECT proowner::regrole, count(*) FROM pg_proc WHERE proname = 'by_class_values' GROUP BY 1")" 'life_stranger|3'

# Temporary tables come first in no path of ours.
is 'a temporary table of the same name is not mistaken for one' "$(writer \
    'CREATE TEMP TABLE new_rows (at timestamptz, team text, amount numeric)' \
    'CREATE TEMP TABLE by_month_delta (x int)' "INSERT INTO books.spend VALUES ('2026-01-06', 'c', 4)")" ''
is 'all of it was right' "$(owner "SELECT * FROM accelcost.rollup_verify('books.by_month')" \
    "SELECT sum(amount) FROM books.by_month")" 10

# ---- a trigger of the owner -----------------------------------------------

# Whoever folds runs what is on the tables: only the owner is let.
owner "CREATE FUNCTION books.grab() RETURNS trigger
    LANGUAGE plpgsql AS 'BEGIN
        IF current_setting(''is_superuser'') = ''on'' THEN RAISE EXCEPTION ''grabbed''; END IF; RETURN NEW;
    END'" \
    'CREATE TRIGGER grab BEFORE INSERT ON books.by_month_folded FOR EACH ROW EXECUTE FUNCTION books.grab()' >&2
is 'a superuser runs no trigger of an owner' "$(sql $database 'SELECT accelcost.rollup_fold()')" ''
like 'not even by name' "$(sql $database "SELECT accelcost.rollup_fold('books.by_month')" || true)" \
    '^42501: must be owner of rollup by_month'
is 'the owner does' "$(owner "SELECT accelcost.rollup_fold('books.by_month')")" 1

finish
