#!/usr/bin/env bash
# The recipes of docs/import-providers.md, run as they stand there on generated files of the shape that each provider
# delivers, as TAP.
set -euo pipefail
# shellcheck source=test/server/tap.bash
. "${BASH_SOURCE[0]%/*}/tap.bash"
page=$(cd "${BASH_SOURCE[0]%/*}/../.." && pwd)/docs/import-providers.md

new_database life_recipes
run() { psql -XqAt -d life_recipes -v ON_ERROR_STOP=1 "$@" 2>&1; }
run -c 'SET client_min_messages = warning' -c 'CREATE EXTENSION accelcost CASCADE'
billed() { run -c "SELECT trim_scale(sum(billed_cost)) FROM accelcost.charge WHERE export_name = '$1'"; }
# COLUMN CONDITION: its different values
charged() { run -c "SELECT DISTINCT $1 FROM accelcost.charge WHERE $2"; }

# The first block below a heading.
recipe() {
    awk -v heading="### $1" '$0 == heading { found = 1 }
        found && /^```/ { if (inside) exit; inside = 1; next }
        inside' "$page"
}
# Runs the recipe of a heading in the current directory.
follow() {
    recipe "$1" >"$scratch/recipe.sql"
    run -c 'SET client_min_messages = warning' -c 'DROP TABLE IF EXISTS cur, azure, gcp, oci'
    run -f "$scratch/recipe.sql"
}
for name in 'AWS Data Exports' 'Azure Cost Management' 'Google Cloud' 'Oracle daily files'; do
    like "there is a recipe: $name" "$(recipe "$name")" 'SELECT \* FROM accelcost'
done

# ---- AWS: a folder a period, parts compressed, rewritten -----------------------

aws=$scratch/aws
mkdir -p "$aws/BILLING_PERIOD=2026-07" "$aws/BILLING_PERIOD=2026-08"
# FILE FIRST LAST: a line of 1 USD a day, one with a tag of two lines
cur_file() {
    {
        printf '%s,' bill_payer_account_id bill_billing_period_start_date line_item_usage_start_date \
            line_item_currency_code line_item_line_item_type line_item_unblended_cost
        echo tags
        seq -f '1111,2026-07-01,2026-07-%02g,USD,Usage,1,"{""note"": ""a, b""}"' "$2" "$3"
    } | gzip >"$aws/BILLING_PERIOD=2026-07/$1"
}
cur_file x-00001.csv.gz 1 6
cur_file x-00002.csv.gz 7 10
cd "$aws"
like 'AWS: all parts of a period are loaded' "$(follow 'AWS Data Exports')" '^1\|10\|10\|0\|'
is 'AWS: with their tags' "$(charged tags "export_name = 'aws'")" '{"note": "a, b"}'
like 'AWS: again changes nothing' "$(follow 'AWS Data Exports')" '^\|10\|0\|0\|10\|'
cur_file x-00002.csv.gz 7 15
cur_file x-00003.csv.gz 16 20
like 'AWS: a delivery that grew replaces it' "$(follow 'AWS Data Exports')" '^2\|20\|20\|10\|'
rm BILLING_PERIOD=2026-07/x-00003.csv.gz
like 'AWS: a delivery without its last part is refused' "$(follow 'AWS Data Exports' || true)" \
    'without 5 of the stored days'
is 'AWS: and nothing is lost' "$(billed aws)" 20

# ---- Azure: partitions, a manifest, a second byte order mark --------------------

azure=$scratch/azure
mkdir -p "$azure/first" "$azure/second"
# FILE LINES: without a last end of line, and with two marks
azure_file() {
    local i
    {
        printf '\xef\xbb\xbfBillingAccountId,Date,ChargeType,CostInBillingCurrency,BillingCurrency\n'
        printf '\xef\xbb\xbf7001,07/31/2026,Usage,1,USD\n'
        for ((i = 1; i < $2; i++)); do echo '7001,07/31/2026,Usage,1,USD'; done
    } | head -c -1 >"$1"
}
azure_file "$azure/first/part_0_0001.csv" 60
azure_file "$azure/first/part_1_0001.csv" 40
azure_file "$azure/second/part_0_0001.csv" 105
cat >"$azure/first/manifest.json" <<'JSON'
{"blobs": [{"blobName": "cost/20260701-20260731/1/part_0_0001.csv"},
           {"blobName": "cost/20260701-20260731/1/part_1_0001.csv"}], "dataRowCount": 100}
JSON
sed '/part_1/d; s/csv"},/csv"}]/' "$azure/first/manifest.json" >"$azure/second/manifest.json"
cd "$azure/first"
like 'Azure: the files of the manifest are loaded' "$(follow 'Azure Cost Management')" '\|100\|100\|0\|'
is 'Azure: as one account, whatever marks are before it' "$(charged billing_account_id "export_name = 'azure'")" 7001
cd ../second
like 'Azure: the next run replaces all of them with its one file' "$(follow 'Azure Cost Management')" \
    '\|105\|105\|100\|'
is 'Azure: so that the month is 105, not 145' "$(billed azure)" 105
cd ../first
rm part_1_0001.csv
like 'Azure: a file that the manifest has and the folder lacks is an error' \
    "$(follow 'Azure Cost Management' || true)" 'exited with exit code 2'
is 'Azure: and nothing is lost then' "$(billed azure)" 105

# ---- Google Cloud: JSON lines in several files ----------------------------------

mkdir "$scratch/google"
cd "$scratch/google"
# FILE FIRST LAST
google_file() {
    local line='{"billing_account_id":"01-AB","invoice":{"month":"202607"},"currency":"USD",'
    line+='"usage_start_time":"2026-07-%02g 10:00:00 UTC","cost":2,'
    line+='"service":{"description":"Compute \"Engine\", x"},"credits":[{"name":"c","amount":-0.5}]}'
    seq -f "$line" "$2" "$3" | gzip >"$1"
}
google_file export-000000000000.json.gz 1 8
google_file export-000000000001.json.gz 9 10
printf '\n' | gzip >>export-000000000001.json.gz
like 'Google Cloud: all files are loaded, each credit as a charge' "$(follow 'Google Cloud')" '\|20\|20\|0\|'
is 'Google Cloud: costs less credits' "$(billed gcp)" 15
like 'Google Cloud: again changes nothing' "$(follow 'Google Cloud')" '\|20\|0\|0\|20\|'

# ---- Oracle: a file a day, never written again ----------------------------------

mkdir -p "$scratch/oracle/reports/cost-csv"
cd "$scratch/oracle"
# FILE DAY LINES
oracle_file() {
    {
        printf '%s,' lineItem/referenceNo lineItem/tenantId lineItem/intervalUsageStart lineItem/intervalUsageEnd \
            cost/myCost cost/currencyCode
        echo product/service
        for i in $(seq "$3"); do echo "r$2-$i,t1,2026-07-${2}T${i}:00Z,,0.5,USD,COMPUTE"; done |
            sed 's/T\([0-9]\):/T0\1:/'
    } | gzip >"reports/cost-csv/$1"
}
for day in 01 02 03; do oracle_file "000$day.csv.gz" "$day" 4; done
# as the page has it
load() {
    local part
    for part in reports/cost-csv/*.csv.gz; do part=$part follow 'Oracle daily files'; done
}
like 'Oracle: each file is a part' "$(load | tail -n 1)" '^[0-9]+\|4\|4\|0\|0\|'
is 'Oracle: and all of them are there' "$(billed oci)" 6
oracle_file 0004.csv.gz 04 2
is 'Oracle: the next day loads the new file alone' "$(load | cut -d '|' -f 2-5 | paste -sd ' ')" \
    '4|0|0|4 4|0|0|4 4|0|0|4 2|2|0|0'
is 'Oracle: a charge knows its file' \
    "$(charged part "export_name = 'oci' AND charge_period_start >= '2026-07-04Z'")" \
    reports/cost-csv/0004.csv.gz
is 'Oracle: the month is complete' "$(billed oci)" 7
cp reports/cost-csv/0004.csv.gz again.csv.gz
like 'Oracle: the same file by another name is refused' "$(part=again.csv.gz follow 'Oracle daily files' || true)" \
    'already has the charges of part "again.csv.gz"'
finish
