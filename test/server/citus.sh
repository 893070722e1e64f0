#!/usr/bin/env bash
# Tables of Citus have no rollup, reports let it plan, and the tables of accelcost must be local, as TAP. Its catalog is
# played by an extension of that name in the files of the private server; one made by hand is none.
set -euo pipefail
# shellcheck source=test/server/tap.bash
. "${BASH_SOURCE[0]%/*}/tap.bash"

extensions=$("$PG_CONFIG" --sharedir)/extension
if [ -e "$extensions/citus.control" ] || ! [ -w "$extensions" ]; then
    echo '1..0 # SKIP this server has Citus, or is not a private one'
    finished=yes
    exit 0
fi
trap 'rm -f "$extensions"/citus{.control,--1.0.sql}; tap_end' EXIT
echo "default_version = '1.0'" >"$extensions/citus.control"
cat >"$extensions/citus--1.0.sql" <<'EOF'
CREATE TABLE pg_dist_partition (logicalrelid regclass PRIMARY KEY);
GRANT SELECT ON pg_dist_partition TO public;
ALTER TABLE pg_dist_partition SET SCHEMA pg_catalog;
EOF

roles='life_owner'
sql postgres 'CREATE ROLE life_owner LOGIN' >&2
new_database life_citus
sql life_citus 'CREATE EXTENSION accelcost CASCADE' 'CREATE SCHEMA books AUTHORIZATION life_owner' >&2
owner() { sql_as life_owner life_citus "$@"; }
create() { owner "CALL accelcost.rollup_create('$1_monthly', 'books.$1', 'at', '{}', '{n}')" || true; }
owner 'CREATE TABLE books.local (at date, n int)' 'CREATE TABLE books.spread (at date, n int)' >&2

# What has that name and is not of Citus is neither believed nor run.
sql life_citus "CREATE FUNCTION public.trap() RETURNS regclass
    LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''trapped''; END'" \
    'CREATE VIEW public.pg_dist_partition AS SELECT public.trap() AS logicalrelid' \
    'ALTER VIEW public.pg_dist_partition SET SCHEMA pg_catalog' >&2
is 'a view of that name in pg_catalog is not run' "$(create local)" ''
sql life_citus 'DROP VIEW pg_catalog.pg_dist_partition' \
    "CREATE TABLE public.pg_dist_partition AS SELECT 'books.spread'::regclass AS logicalrelid" \
    'ALTER TABLE public.pg_dist_partition SET SCHEMA pg_catalog' >&2
is 'a table of that name in pg_catalog is not believed' "$(create spread)" ''
is 'nor by the view' "$(owner "INSERT INTO books.spread VALUES ('2026-07-01', 1)" \
    'SELECT n FROM books.spread_monthly')" 1
sql life_citus 'DROP TABLE pg_catalog.pg_dist_partition' 'CREATE EXTENSION citus' \
    "INSERT INTO pg_dist_partition VALUES ('books.spread')" >&2

like 'a rollup of a table that Citus manages refuses' "$(owner 'TABLE books.spread_monthly' || true)" \
    '^55000: rollup "spread_monthly" is not up to date: its table is managed by Citus'
is 'the status says so' "$(owner "SELECT problem FROM accelcost.rollup_status()
    WHERE rollup = 'books.spread_monthly'::regclass")" \
    'its table is managed by Citus: writes to its shards do not fire its triggers'
like 'rollup_repair does not help' "$(owner "CALL accelcost.rollup_repair('books.spread_monthly')" || true)" \
    '^0A000: cannot create a rollup of "spread"'
is 'rollup_drop does' "$(owner "SELECT accelcost.rollup_drop('books.spread_monthly')")" ''
like 'none is created' "$(create spread)" '^0A000: cannot create a rollup of "spread"'
like 'which has its reason' "$(create spread)" \
    'DETAIL:  It is managed by Citus: writes to its shards do not fire its triggers.'
is 'a table that it does not manage keeps its rollup' "$(owner "INSERT INTO books.local VALUES ('2026-07-01', 5)" \
    'SELECT n FROM books.local_monthly')" 5

# ---- reports --------------------------------------------------------------

# LIMIT ALL would make Citus fetch every row; on one node it saves time.
owner 'CREATE TABLE books.log (period_start timestamptz, provider text, model text, output_tokens bigint)' \
    "INSERT INTO books.log SELECT '2026-07-01Z', 'OpenAI', 'gpt-5', 1000000 FROM generate_series(1, 3)" \
    'CREATE VIEW books.july AS SELECT * FROM books.log' \
    'CREATE VIEW books.recent AS SELECT * FROM books.july' >&2
barrier() { owner "SELECT accelcost_internal.usage_reading('$1', NULL, NULL) ~ 'LIMIT ALL'"; }
report() { owner "SELECT total, tokens FROM accelcost.inference_monthly(source => '$1')"; }
is 'a report of a local table has a barrier' "$(barrier books.log)$(barrier books.recent)" tt
is 'its result' "$(report books.recent)" '30|3000000'
sql life_citus "INSERT INTO pg_dist_partition VALUES ('books.log')" >&2
is 'one of a table that Citus manages has none' "$(barrier books.log)" f
is 'nor has one of a view of such a view' "$(barrier books.recent)" f
is 'with the same result' "$(report books.recent)" '30|3000000'

# ---- tables of the extension ----------------------------------------------

# Functions would read the empty table that Citus leaves on the coordinator. It manages no table that has triggers.
is 'accelcost.usage is the only table without a trigger' "$(sql life_citus "
    SELECT c.oid::regclass FROM pg_class AS c JOIN pg_depend AS d ON d.objid = c.oid AND d.deptype = 'e'
    WHERE c.relkind = 'r' AND c.relnamespace = 'accelcost'::regnamespace
      AND NOT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = c.oid AND NOT tgisinternal)")" accelcost.usage
is 'which does nothing' "$(sql life_citus 'TRUNCATE accelcost.charge, accelcost.budget')" ''
everything() { owner "SELECT * FROM accelcost.$1" || true; }
sql life_citus 'GRANT SELECT ON ALL TABLES IN SCHEMA accelcost TO life_owner' \
    "INSERT INTO accelcost.charge (provider_name, billing_account_id, billing_period_start, charge_period_start,
                                   charge_description, billing_currency, billed_cost, export_name)
     VALUES ('AWS', 'acme', '2026-07-01Z', '2026-07-01Z', 'p5.48xlarge', 'USD', 1, 'a')" >&2
for table in charge offer_price token_price; do
    sql life_citus "INSERT INTO pg_dist_partition VALUES ('accelcost.$table')" >&2
    for report in charge_monthly 'charge_monthly()' 'charge_check()' 'charge_savings()' 'charge_accelerator()' \
        'charge_egress()' 'charge_tokens()' 'charge_unmatched()' \
        "inference_monthly(source => 'books.log')" "usage_cost('books.log')" \
            "what_if('2026-07-01', source => 'books.log')" \
        'commitment_monthly()' "invoice_bridge('2026-07-01')"; do
        like "with a distributed $table, $report refuses" "$(everything "$report")" \
            "^0A000: table \"accelcost.$table\" must be local, but Citus manages it"
    done
    sql life_citus "DELETE FROM pg_dist_partition WHERE logicalrelid = 'accelcost.$table'::regclass" >&2
done
is 'accelcost.usage may be distributed' "$(sql life_citus "INSERT INTO pg_dist_partition VALUES ('accelcost.usage')" \
    'SELECT count(*) FROM accelcost.usage_monthly()')" 0

# ---- statements that Citus cannot send to other nodes ---------------------

sql life_citus 'ALTER DATABASE life_citus SET citus.enable_ddl_propagation = on' \
    "CREATE FUNCTION public.propagate() RETURNS event_trigger LANGUAGE plpgsql AS \$\$
     BEGIN
         IF current_setting('citus.enable_ddl_propagation') <> 'off' THEN
             RAISE EXCEPTION 'unsupported ALTER FUNCTION';
         END IF;
     END\$\$" \
    "CREATE EVENT TRIGGER propagate ON ddl_command_start WHEN TAG IN ('ALTER FUNCTION')
     EXECUTE FUNCTION public.propagate()" >&2
owner 'CREATE TABLE books.kept (at date, n int)' >&2
like 'the stand-in refuses ALTER FUNCTION' \
    "$(sql life_citus 'ALTER FUNCTION public.propagate() DEPENDS ON EXTENSION citus' || true)" 'unsupported ALTER'
is 'a rollup is created where Citus is installed' "$(create kept)" ''
is 'and kept' "$(owner "INSERT INTO books.kept VALUES ('2026-07-01', 5)" 'SELECT n FROM books.kept_monthly')" 5
is 'the setting is as before' "$(owner 'BEGIN' "SELECT accelcost.rollup_renamed('books.kept_monthly')" \
    'SHOW citus.enable_ddl_propagation')" $'\non'
finish
