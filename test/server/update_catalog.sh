#!/usr/bin/env bash
# ALTER EXTENSION UPDATE replaces what the catalog shipped with, and leaves the
# rows that users added as they are; so does a dump that is restored onto a
# later version.
set -euo pipefail
# shellcheck source=test/server/tap.bash
. "${BASH_SOURCE[0]%/*}/tap.bash"

# An older version with other builtin rows, and the script that leads from it
# to this one: what every update script ends with.
extension=$("$PG_CONFIG" --sharedir)/extension
version=$(sed -n "s/^default_version *= *'\(.*\)'/\1/p" accelcost.control)
older=0.0.1
sed -E "s/'2026-[0-9]{2}-[0-9]{2}'/'2020-01-01'/; s/49\.24/50.00/g" "$extension/accelcost--$version.sql" \
    >"$extension/accelcost--$older.sql"
tools/builtin-rows sql/builtin/* >"$extension/accelcost--$older--$version.sql"
made=("$extension/accelcost--$older.sql" "$extension/accelcost--$older--$version.sql")
trap 'rm -f "${made[@]}"; tap_end' EXIT

tables=(provider provider_alias accelerator accelerator_alias accelerator_figure accelerator_price model model_alias
    offer offer_price meter_tariff token_price throughput electricity_price grid_carbon provider_pue fx_rate)
contents() {
    local table
    for table in "${tables[@]}"; do
        echo "== $table"
        psql -XAtqd "$1" -c "COPY (SELECT * FROM accelcost.$table AS t WHERE $2
            ORDER BY t::text COLLATE \"C\") TO STDOUT"
    done
}

new_database life_fresh
sql life_fresh 'CREATE EXTENSION accelcost CASCADE' >&2
new_database life_updated
sql life_updated 'CREATE EXTENSION btree_gist' "CREATE EXTENSION accelcost VERSION '$older'" "
INSERT INTO accelcost.provider (provider, kind, note) VALUES ('AWS', 'own', 'ours'), ('Cellar', 'own', NULL);
INSERT INTO accelcost.offer (provider, sku, purchase_option, gpu_count, price_basis)
    VALUES ('CoreWeave', 'H100 (8x)', 'on_demand', 8, 'per_instance');
INSERT INTO accelcost.offer_price (provider, sku, purchase_option, amount, valid)
    VALUES ('CoreWeave', 'H100 (8x)', 'on_demand', 40, '[2026-06-01 00:00+00,)');
INSERT INTO accelcost.token_price (provider, model, input_price, valid)
    VALUES ('OpenAI', 'gpt-5', 1, '[2026-06-01 00:00+00,)')" >&2
is 'the older version has its own rows' "$(sql life_updated \
    "SELECT amount FROM accelcost.offer_price WHERE builtin AND printed ~ '50.00'")" 50.00
contents life_updated 'NOT builtin' >"$scratch/own"
new_database life_restored TEMPLATE template0
ok 'a dump of the older version restores onto this one' psql -Xqd life_restored -v ON_ERROR_STOP=1 \
    -f <(pg_dump -d life_updated)
is 'which is the version then' "$(sql life_restored \
    "SELECT extversion FROM pg_extension WHERE extname = 'accelcost'")" "$version"
contents life_restored 'NOT builtin' >"$scratch/own.restored"
same 'rows of users are restored beside the later builtin ones of the same name' "$scratch/own" \
    "$scratch/own.restored"
is 'the update runs' "$(sql life_updated "ALTER EXTENSION accelcost UPDATE TO '$version'")" ''
contents life_updated 'NOT builtin' >"$scratch/own.updated"
same 'rows of users are as they were' "$scratch/own" "$scratch/own.updated"
contents life_fresh builtin >"$scratch/builtin"
contents life_updated builtin >"$scratch/builtin.updated"
same 'builtin rows are those of a fresh installation' "$scratch/builtin" "$scratch/builtin.updated"
like 'and read-only again' "$(sql life_updated 'UPDATE accelcost.offer SET builtin = false' || true)" \
    '^55000: built-in rows of table "offer" are read-only'
finish
