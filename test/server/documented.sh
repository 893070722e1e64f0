#!/usr/bin/env bash
# Every function and view for users is on a docs page, no helper is; and the extension serves from a schema that keeps
# public clean.
set -euo pipefail
# shellcheck source=test/server/tap.bash
. "${BASH_SOURCE[0]%/*}/tap.bash"
top=$(cd "${BASH_SOURCE[0]%/*}/../.." && pwd)

new_database life_documented
sql life_documented 'CREATE SCHEMA cost' 'CREATE EXTENSION accelcost SCHEMA cost CASCADE' >&2

# Functions that implement types, operators, casts and aggregates are not called by name, and those of triggers and
# views of rollups are called by what is generated.
members="SELECT classid, objid FROM pg_depend WHERE deptype = 'e'
    AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'accelcost')"
sql life_documented "
    SELECT DISTINCT p.proname FROM ($members) AS m JOIN pg_proc AS p ON m.classid = 'pg_proc'::regclass
        AND p.oid = m.objid
    WHERE p.pronamespace <> 'accelcost_internal'::regnamespace
      AND NOT EXISTS (SELECT FROM pg_type AS t WHERE p.oid IN (t.typinput, t.typoutput, t.typreceive, t.typsend))
      AND NOT EXISTS (SELECT FROM pg_operator AS o WHERE o.oprcode = p.oid)
      AND NOT EXISTS (SELECT FROM pg_cast AS c WHERE c.castfunc = p.oid AND p.proname ~ '_to_')
      AND NOT EXISTS (SELECT FROM pg_amproc AS a WHERE a.amproc = p.oid)
      AND NOT EXISTS (SELECT FROM pg_aggregate AS a WHERE p.oid IN (a.aggtransfn, a.aggfinalfn, a.aggcombinefn,
          a.aggminvtransfn))
      AND p.proname NOT IN ('rollup_is_kept', 'rollup_check_names')
    ORDER BY 1" >"$scratch/functions"
sql life_documented "
    SELECT c.relname FROM ($members) AS m JOIN pg_class AS c ON m.classid = 'pg_class'::regclass AND c.oid = m.objid
    WHERE c.relkind IN ('r', 'v') AND c.relnamespace <> 'accelcost_internal'::regnamespace ORDER BY 1" \
        >"$scratch/relations"
like 'there are functions to document' "$(wc -l <"$scratch/functions")" '^ *[1-9][0-9]+'

unnamed() {
    while read -r name; do
        grep -qwF -- "$name" "$top"/docs/*.md "$top/README.md" || echo "$name"
    done <"$1"
}
is 'every function for users is on a docs page' "$(unnamed "$scratch/functions")" ''
is 'every table and view is on a docs page' "$(unnamed "$scratch/relations")" ''
is 'no docs page names a helper' "$(grep -l accelcost_internal "$top"/docs/*.md "$top/README.md" || true)" ''

is 'with the extension in a schema of its own, public stays empty' "$(sql life_documented "
    SELECT pg_describe_object(m.classid, m.objid, 0) FROM ($members) AS m,
        pg_identify_object(m.classid, m.objid, 0) AS i
    WHERE i.schema NOT IN ('cost', 'accelcost', 'accelcost_internal')")" ''
is 'its reports run from there' "$(sql life_documented \
    "INSERT INTO accelcost.usage (record_id, period_start, provider, model, output_tokens)
    VALUES ('1', '2026-07-01', 'OpenAI', 'gpt-5', 1000000)" \
        "SELECT total FROM accelcost.inference_monthly('2026-07-01')")" 10
is 'and its values' "$(sql life_documented "SELECT cost.make_tco(compute => 2)")" '2 USD compute=2'
finish
