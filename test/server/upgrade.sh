#!/usr/bin/env bash
# ALTER EXTENSION UPDATE to a next version that this test makes of the tree: with
# a changed function, a new function, an added column and a changed built-in row.
# The old SQL objects work with the new library; the update gives what a fresh
# installation gives; rows, rollups and views of users live on.
set -euo pipefail
# shellcheck source=test/server/tap.bash
. "${BASH_SOURCE[0]%/*}/tap.bash"

version=$(sed -n "s/^default_version *= *'\(.*\)'/\1/p" accelcost.control)
next=$version.1
library=$("$PG_CONFIG" --pkglibdir)/accelcost.so
extension=$("$PG_CONFIG" --sharedir)/extension

# ---- the next version -----------------------------------------------------

tree=$scratch/next
mkdir -p "$tree"
tar cf - accelcost.control Makefile CHANGELOG.md docs sql src tools test/sql | tar xf - -C "$tree"

# FILE SED-SCRIPT: changes a file of the next version, which must change.
edit() {
    cp "$tree/$1" "$scratch/before"
    sed -i -E "$2" "$tree/$1"
    ! cmp -s "$scratch/before" "$tree/$1" || { echo "# nothing to edit in $1: $2" >&2 && exit 1; }
}
edit accelcost.control "s/^(default_version *= *').*'/\1$next'/"
edit sql/values/05-version.sql 's/and connect again/and reconnect/'
cat >>"$tree/sql/values/05-version.sql" <<'SQL'

CREATE FUNCTION accelcost_internal.next_function() RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_next_function';
COMMENT ON FUNCTION accelcost_internal.next_function() IS
    'returns a word of the next version';
SQL
cat >>"$tree/src/pg/module.c" <<'C'

PG_FUNCTION_INFO_V1(accelcost_next_function);

Datum
accelcost_next_function(PG_FUNCTION_ARGS)
{
	PG_RETURN_TEXT_P(cstring_to_text("next"));
}
C
# In the middle of the table, where an update cannot put it.
edit sql/catalog/35-discounts.sql "s/^( *)note +text,/&\n\1approved_by text CHECK (approved_by <> ''),/"
echo "COMMENT ON COLUMN accelcost.discount.approved_by IS 'who has approved it';" >>"$tree/sql/catalog/35-discounts.sql"
price_file=$(cd "$tree" && grep -l '49\.24' sql/builtin/*-offer_price.csv)
edit "$price_file" 's/\b49\.24\b/50.00/g'

mkdir -p "$tree/sql/updates"
update=$tree/sql/updates/accelcost--$version--$next.sql
{
    cat "$tree/sql/schemas/10-guard.sql"
    perl -0777 -ne 'for (/^(CREATE FUNCTION (?:\S+version_text|\S+next_function)\(.*?;\n.*?;\n)/gms) {
                        s/^CREATE FUNCTION (\S+version_text)/CREATE OR REPLACE FUNCTION $1/;
                        print
                    }' "$tree/sql/values/05-version.sql"
    echo "ALTER TABLE accelcost.discount ADD COLUMN approved_by text CHECK (approved_by <> '');"
    echo "COMMENT ON COLUMN accelcost.discount.approved_by IS 'who has approved it';"
    (cd "$tree" && tools/builtin-rows sql/builtin/*)
} >"$update"

cp "$library" "$extension/accelcost.control" "$scratch/"
restore() {
    cp "$scratch/accelcost.so" "$library.part" && mv "$library.part" "$library"
    cp "$scratch/accelcost.control" "$extension/"
    rm -f "$extension/accelcost--$next.sql" "$extension/accelcost--$version--$next.sql"
}
# shellcheck disable=SC2154  # assigned in the trap
trap 'status=$?; restore; (exit "$status"); tap_end' EXIT

# ---- a database of the version before -------------------------------------

new_database life_old
sql life_old 'CREATE EXTENSION accelcost CASCADE' "
INSERT INTO accelcost.provider (provider, kind, note) VALUES ('Cellar', 'own', NULL);
INSERT INTO accelcost.offer (provider, sku, purchase_option, gpu_count, price_basis)
VALUES ('CoreWeave', 'H100 (8x)', 'on_demand', 8, 'per_instance');
INSERT INTO accelcost.offer_price (provider, sku, purchase_option, account, origin, amount, valid)
VALUES ('CoreWeave', 'H100 (8x)', 'on_demand', '7', 'negotiated', 40, '[2026-06-01 00:00+00,)');
INSERT INTO accelcost.discount (provider, account, percent, valid)
VALUES ('OpenAI', '8', 12, '[2026-01-01 00:00+00,)');
INSERT INTO accelcost.usage (record_id, period_start, provider, payer, model, output_tokens)
SELECT i, timestamptz '2026-07-01 00:00+00' + i * interval '4 hours', 'OpenAI', '8', 'gpt-5', 1000000
FROM generate_series(1, 150) AS i;
INSERT INTO accelcost.usage (record_id, period_start, provider, payer, model, output_tokens, sku, region,
                             instance_hours)
SELECT i, timestamptz '2026-07-01 00:00+00' + i * interval '2 hours', 'CoreWeave', '7', 'llama', 1000000,
       'H100 (8x)', 'US', 2
FROM generate_series(151, 300) AS i;
CREATE TABLE spend (id int PRIMARY KEY, at timestamptz, team text, cost tco);
INSERT INTO spend
SELECT i, timestamptz '2026-01-01 00:00+00' + i * interval '5 hours', 't' || i % 3, tco(i * 0.1)
FROM generate_series(1, 200) AS i;
CREATE VIEW ours AS SELECT provider, sum(total) AS total FROM accelcost.inference_monthly GROUP BY provider;
CREATE VIEW versions AS SELECT accelcost_version()" \
    "CALL accelcost.rollup_create('spend_monthly', 'spend', 'at', '{team}', '{cost}')" \
    "CALL accelcost.rollup_create('tokens_monthly', 'accelcost.usage', 'period_start', '{provider, model}',
                                  '{output_tokens}')" >&2

differences() {
    sql "$1" "SELECT count(*) FROM accelcost.rollup_verify('spend_monthly')" \
        "SELECT count(*) FROM accelcost.rollup_verify('tokens_monthly')"
}

# What users see; the price that the next version changes is not among it.
seen() {
    sql "$1" 'SELECT * FROM ours ORDER BY 1' 'SELECT * FROM spend_monthly ORDER BY 1, 2' \
        'SELECT * FROM tokens_monthly ORDER BY 1, 2' \
        'SELECT provider, kind, note FROM accelcost.provider WHERE NOT builtin ORDER BY 1' \
        'SELECT provider, amount, account, valid FROM accelcost.offer_price WHERE NOT builtin ORDER BY 1' \
        'SELECT provider, account, percent, valid FROM accelcost.discount ORDER BY 1' \
        "SELECT count(*), sum(cost) FROM accelcost.usage_cost(first_month => '2026-07-01')"
    differences "$1"
}
seen life_old >"$scratch/old"
is 'the version before says its name' "$(sql life_old 'SELECT accelcost_version()')" "$version"
sql life_old "SELECT prosrc FROM pg_proc WHERE probin ~ 'accelcost'" | sort -u >"$scratch/symbols"

# ---- its objects with the next library ------------------------------------

if ! make -s -C "$tree" -j 2 PG_CONFIG="$PG_CONFIG" install >"$scratch/make" 2>&1; then
    cat "$scratch/make" >&2
    exit 1
fi
nm -D --defined-only "$library" | awk '{ print $3 }' | sort -u >"$scratch/exported"
is 'the next library has every C function that the old objects name' \
    "$(comm -23 "$scratch/symbols" "$scratch/exported")" ''
seen life_old >"$scratch/old.library"
same 'the old objects give the same with the next library' "$scratch/old" "$scratch/old.library"
is 'and the version says what to do' "$(sql life_old 'SELECT accelcost_version()')" \
    "library $next, SQL objects $version: run ALTER EXTENSION accelcost UPDATE"

# ---- the update -----------------------------------------------------------

is 'the update runs' "$(sql life_old 'ALTER EXTENSION accelcost UPDATE')" ''
is 'then library and objects are of one version' "$(sql life_old 'TABLE versions')" "$next"
is 'the new function is there' "$(sql life_old 'SELECT accelcost_internal.next_function()')" next
is 'the new column is there' \
    "$(sql life_old "UPDATE accelcost.discount SET approved_by = 'CFO' RETURNING percent, approved_by")" '12|CFO'
is 'the built-in price is that of the next version' "$(sql life_old "SELECT amount FROM accelcost.offer_price
    WHERE builtin AND provider = 'CoreWeave' AND printed ~ '50.00'")" 50.00
seen life_old >"$scratch/old.updated"
same 'rows, reports, rollups and views of users are as they were' "$scratch/old" "$scratch/old.updated"
sql life_old "INSERT INTO spend VALUES (1000, '2026-01-01 00:00+00', 'late', '7 USD')" \
    "DELETE FROM accelcost.usage WHERE record_id = '2'" >&2
is 'rollups go on' "$(sql life_old "SELECT cost FROM spend_monthly WHERE team = 'late'")" '7 USD other=7'
is 'and are right' "$(differences life_old)" $'0\n0'

new_database life_new
sql life_new 'CREATE EXTENSION accelcost CASCADE' >&2
# A column that was added stands last, whatever the script of a new installation says, so columns are sorted.
# The triggers of the rollup are the user's.
definitions() {
    PGDATABASE=$1 tools/definitions | grep -v '^CREATE TRIGGER tokens_monthly_' |
        perl -00 -ne 'my ($name, @lines) = split /\n/;
                      print join("\n", $name, /^function/ ? @lines : sort @lines), "\n\n"'
}
definitions life_new >"$scratch/new.definitions"
definitions life_old >"$scratch/old.definitions"
same 'the objects are those of a new installation' "$scratch/new.definitions" "$scratch/old.definitions"
builtin() {
    sql "$1" "SELECT c.relname,
                     query_to_xml(format('SELECT to_jsonb(t) AS r FROM accelcost.%I AS t WHERE builtin ORDER BY r',
                                         c.relname), true, true, '')
              FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attname = 'builtin'
              WHERE c.relnamespace = 'accelcost'::regnamespace AND c.relkind = 'r' ORDER BY 1"
}
builtin life_new >"$scratch/new.builtin"
builtin life_old >"$scratch/old.builtin"
same 'and so are the built-in rows' "$scratch/new.builtin" "$scratch/old.builtin"

new_database life_dumped TEMPLATE template0
ok 'a dump of the updated database restores' psql -Xqd life_dumped -v ON_ERROR_STOP=1 -f <(pg_dump -d life_old)
is 'with the version and the column' \
    "$(sql life_dumped 'SELECT accelcost_version(), approved_by FROM accelcost.discount')" "$next|CFO"

# ---- back -----------------------------------------------------------------

restore
is 'a library that is older than the objects says so' "$(sql life_old 'SELECT accelcost_version()')" \
    "library $version, SQL objects $next: install the library of version $next, and reconnect"
finish
