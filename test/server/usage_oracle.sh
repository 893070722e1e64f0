#!/usr/bin/env bash
# Random usage against a model of docs/usage.md in exact fractions, as TAP: each record and each line of a report, in
# two currencies. A seed that fails is repeated with
#
#   ACCELCOST_SEED=SEED ACCELCOST_SEEDS=1 tools/private-server test/server/usage_oracle.sh
#
# ACCELCOST_SEED    first seed, 1 by default
# ACCELCOST_SEEDS   number of seeds, 3 by default
set -uo pipefail
oracle=$PWD/test/oracle/usage.py
# shellcheck source=test/server/tap.bash
. "${BASH_SOURCE[0]%/*}/tap.bash"
export PYTHONDONTWRITEBYTECODE=1

new_database accelcost_oracle_template
sql accelcost_oracle_template 'CREATE EXTENSION accelcost CASCADE'
first=${ACCELCOST_SEED:-1}
for ((seed = first; seed < first + ${ACCELCOST_SEEDS:-3}; seed++)); do
    new_database "accelcost_oracle_$seed" TEMPLATE accelcost_oracle_template
    ok "seed $seed: usage costs what the model says" python3 "$oracle" "accelcost_oracle_$seed" "$seed"
    psql -Xqd postgres -c "DROP DATABASE accelcost_oracle_$seed"
done
finish
