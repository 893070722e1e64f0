#!/usr/bin/env bash
# tools/refresh, as TAP: it loads a folder with a file of each format, prints what changed, and says which files to
# bring if it cannot fetch them.
set -euo pipefail
# shellcheck source=test/server/tap.bash
. "${BASH_SOURCE[0]%/*}/tap.bash"
top=$(cd "${BASH_SOURCE[0]%/*}/../.." && pwd)

new_database life_refresh
sql life_refresh 'CREATE EXTENSION accelcost CASCADE' >&2
folder=$scratch/prices
mkdir "$folder"
refresh() { PGDATABASE=life_refresh "$top/tools/refresh" "$@" 2>&1; }
stored() { sql life_refresh "SELECT count(*) FROM accelcost.$1 WHERE source = '$2' AND upper_inf(valid)"; }

cat >"$folder/skypilot_runpod_2026-11-02.csv" <<'CSV'
InstanceType,AcceleratorName,AcceleratorCount,vCPUs,MemoryGiB,Region,SpotPrice,Price,AvailabilityZone,GpuInfo
8x_H100-SXM_SECURE,H100-SXM,8.0,160.0,1000.0,US,,27.92,US-KS-2,"{'Gpus': [{'Name': 'H100'}]}"
1x_CPU,,,2.0,8.0,US,,0.1,US-KS-2,
CSV
cat >"$folder/gpuhunt_vultr_2026-11-02.csv" <<'CSV'
instance_name,location,price,cpu,memory,gpu_count,gpu_name,gpu_memory,spot,disk_size,gpu_vendor,flags
v-l40s,ewr,1.671,16,180.0,1,L40S,48.0,False,,nvidia,
CSV
# A backslash joins two lines.
cat >"$folder/aws-offers_eu-west-1.csv" <<CSV
"FormatVersion","v1.0"
"Disclaimer","This pricing list is for informational purposes only."
"Publication Date","2026-11-03T21:05:40Z"
"Version","20261103210540"
"OfferCode","AmazonEC2"
"SKU","OfferTermCode","RateCode","TermType","PriceDescription",\
"EffectiveDate","Unit","PricePerUnit","Currency","LeaseContractLength","PurchaseOption","OfferingClass",\
"Product Family","Instance Type","Tenancy","Operating System","License Model","Pre Installed S/W",\
"CapacityStatus","MarketOption","GPU","Region Code"
"A1","JRTCKXETXF","A1.J","OnDemand","\$63.296 per, ""On Demand"" Linux p5.48xlarge",\
"2026-11-01","Hrs","63.2960000000","USD","","","",\
"Compute Instance","p5.48xlarge","Shared","Linux","No License required","NA",\
"Used","OnDemand","8","eu-west-1"
"A2","JRTCKXETXF","A2.J","OnDemand","\$70 per On Demand Windows p5.48xlarge",\
"2026-11-01","Hrs","70.0000000000","USD","","","",\
"Compute Instance","p5.48xlarge","Shared","Windows","No License required","NA",\
"Used","OnDemand","8","eu-west-1"
CSV
azure_page() {
    printf '{"BillingCurrency": "USD", "CustomerEntityId": "Default",\n  "Items": [\n'
    printf '{"currencyCode": "USD", "retailPrice": %s, "armRegionName": "westeurope", ' "$2"
    printf '"skuName": "x", "type": "Consumption",\n'
    printf '"productName": "Virtual Machines", "serviceName": "Virtual Machines", "unitOfMeasure": "1 Hour",\n'
    printf '"armSkuName": "Standard_%s", "meterName": "x"}\n], "NextPageLink": null, "Count": 1}\n' "$1"
}
azure_page NC40ads_H100_v5 6.98 >"$folder/azure-retail_westeurope_1_2026-11-04.json"
azure_page ND96isr_H100_v5 98.32 >"$folder/azure-retail_westeurope_2_2026-11-04.json"
cat >"$folder/litellm_2026-08-06.json" <<'JSON'
{
    "sample_spec": {"mode": "one of: chat"},
    "gpt-9": {
        "litellm_provider": "openai",
        "mode": "chat",
        "input_cost_per_token": 2e-06,
        "output_cost_per_token": 1.2e-05
    }
}
JSON
cat >"$folder/genai_prices_0.1.8_2026-09-23.json" <<'JSON'
[{"id": "openai", "name": "OpenAI", "models": [{"id": "gpt-9", "prices": {"input_mtok": 2, "output_mtok": 12}}]}]
JSON
cat >"$folder/ecb.xml" <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope><Cube>
<Cube time="2026-11-27"><Cube currency="USD" rate="1.1"/><Cube currency="GBP" rate="0.88"/></Cube>
<Cube time="2026-11-26"><Cube currency="USD" rate="1.2"/></Cube>
</Cube></gesmes:Envelope>
XML
gcp_page() {
    printf '{"skus": [{"description": "Nvidia %s GPU running in Iowa", "serviceRegions": ["us-central1"],\n' "$1"
    printf '"category": {"resourceGroup": "GPU", "usageType": "OnDemand"}, "pricingInfo": [{"pricingExpression":\n'
    printf '{"usageUnit": "h", "tieredRates": [{"unitPrice": {"currencyCode": "USD", "units": "%s"}}]}}]}],\n' "$2"
    printf '"nextPageToken": "%s"}\n' "$3"
}
gcp_page L4 1 more >"$folder/gcp-skus_1_2026-11-05.json"
gcp_page 'Tesla T4' 2 '' >"$folder/gcp-skus_2_2026-11-05.json"
cat >"$folder/eia.json" <<'JSON'
{"response": {"frequency": "monthly", "data": [
    {"period": "2026-08", "stateid": "VA", "sectorid": "COM", "price": "9.8",
     "price-units": "cents per kilowatt-hour"}]}}
JSON
echo 'not a price file' >"$folder/README.md"

# ---- a dry run, then the real one -----------------------------------------

refresh --from "$folder" --dry-run >"$scratch/dry" || true
is 'a dry run changes nothing' "$(sql life_refresh 'SELECT count(*) FROM accelcost.token_price WHERE NOT builtin')" 0
ok 'all files of a folder are loaded' refresh --from "$folder"
is 'skypilot' "$(stored offer_price skypilot-catalog)" 1
is 'gpuhunt' "$(stored offer_price gpuhunt)" 1
is 'aws-offers' "$(stored offer_price 'AWS Price List')" 1
is 'azure-retail, all pages' "$(stored offer_price 'Azure Retail Prices')" 2
is 'litellm' "$(stored token_price LiteLLM)" 1
is 'genai-prices' "$(stored token_price genai-prices)" 1
is 'ecb' "$(stored fx_rate ECB)" 3
is 'gcp-skus, all pages' "$(stored offer_price 'Google Cloud Billing Catalog')" 2
is 'eia' "$(stored electricity_price EIA)" 1
is 'dates are those in the names, and that in the AWS file' "$(sql life_refresh "
    SELECT string_agg(DISTINCT as_of::text, ' ' ORDER BY as_of::text) FROM accelcost.offer_price WHERE NOT builtin")" \
    '2026-11-02 2026-11-03 2026-11-04 2026-11-05'
is 'the built-in price is replaced' "$(sql life_refresh "SELECT string_agg(region || ' ' || amount, ', ')
    FROM accelcost.prices_at('2026-11-20') WHERE provider = 'RunPod' AND sku = '8x_H100-SXM_SECURE'")" 'US 27.92'

refresh --from "$folder" >"$scratch/again"
is 'again, nothing changes' \
    "$(grep -c ' 0 new, .* 0 closed' "$scratch/again") $(grep -c ' -> ' "$scratch/again" || true)" '9 0'
is 'a dry run prints the same as the real one' "$(grep -c 'rows: ' "$scratch/dry")" 9

sed 's/27.92/28.5/' "$folder/skypilot_runpod_2026-11-02.csv" >"$scratch/skypilot_runpod_2026-11-10.csv"
mkdir "$scratch/one"
mv "$scratch/skypilot_runpod_2026-11-10.csv" "$scratch/one"
is 'prices that changed are printed, old and new' "$(refresh --from "$scratch/one" | grep -- '->')" \
    '    RunPod 8x_H100-SXM_SECURE on_demand in US: 27.92 -> 28.5 USD'

# ---- what it cannot do ----------------------------------------------------

mkdir "$scratch/undated"
cp "$folder/litellm_2026-08-06.json" "$scratch/undated/litellm.json"
like 'a file without a date is not loaded' "$(refresh --from "$scratch/undated" || echo "status $?")" \
    'its date is unknown.*status 1'
like 'unless the date is given' "$(refresh --from "$scratch/undated" --as-of 2026-08-06)" '1 rows: 0 new, 1 unchanged'
cp "$folder/ecb.xml" "$scratch/undated/litellm_2026-09-01.json"
refresh --from "$scratch/undated" --as-of 2026-08-06 >"$scratch/some" && status=0 || status=$?
is 'a file that fails does not stop the others, but the status says so' \
    "$status $(grep -c '1 rows: 0 new' "$scratch/some")" '1 1'
is 'only some formats' "$(refresh --from "$folder" --only ecb | grep -c 'rows: ')" 1
like 'a folder without price files' "$(mkdir "$scratch/empty"; refresh --from "$scratch/empty" || echo "status $?")" \
    'no price files.*status 1'
like 'the files to bring are listed' "$(refresh --list)" \
    'litellm_.json https://raw.githubusercontent.com/BerriAI/litellm/'

# Without a network: a curl that fails as the real one does.
mkdir "$scratch/bin"
printf '#!/bin/sh\nexit 6\n' >"$scratch/bin/curl"
chmod +x "$scratch/bin/curl"
like 'without a network, it says which files to bring' \
    "$(PATH=$scratch/bin:$PATH refresh --only litellm || echo "status $?")" \
    'could not fetch 1 files.*litellm_.json https://.*--from FOLDER.*status 1'
# With one: a curl that copies the file and answers with its date.
cat >"$scratch/bin/curl" <<SH
#!/bin/sh
while [ \$# -gt 1 ]; do
    case \$1 in -D) headers=\$2; shift ;; -o) output=\$2; shift ;; esac
    shift
done
printf 'HTTP/2 200\r\nlast-modified: Tue, 10 Nov 2026 08:00:00 GMT\r\n\r\n' >"\$headers"
cp "$folder/litellm_2026-08-06.json" "\$output"
SH
like 'with a network, files are fetched and dated' "$(PATH=$scratch/bin:$PATH refresh --only litellm)" \
    'litellm_2026-11-10.json, 2026-11-10:.*1 rows: 0 new, 1 unchanged'

# Google's file has pages, and wants a key.
cat >"$scratch/bin/curl" <<SH
#!/bin/sh
while [ \$# -gt 1 ]; do
    case \$1 in -D) headers=\$2; shift ;; -o) output=\$2; shift ;; esac
    shift
done
printf 'HTTP/2 200\r\nlast-modified: Thu, 05 Nov 2026 08:00:00 GMT\r\n\r\n' >"\$headers"
case \$1 in
    *'key=secret&pageToken=more') cp "$folder/gcp-skus_2_2026-11-05.json" "\$output" ;;
    *'&key=secret') cp "$folder/gcp-skus_1_2026-11-05.json" "\$output" ;;
    *) exit 22 ;;
esac
SH
like 'pages of Google are fetched with its key, which is not printed' \
    "$(PATH=$scratch/bin:$PATH GOOGLE_API_KEY=secret refresh --only gcp-skus)" \
    '^fetching [^ ]*key=GOOGLE_API_KEY.*gcp-skus_1_2026-11-05.json and 1 more pages.*2 rows: 0 new, 2 unchanged'
like 'a file whose key is not set is not fetched' "$(PATH=$scratch/bin:$PATH refresh --only eia || true)" \
    'not fetched: eia.json, because EIA_API_KEY is not set'

# ---- over HTTP, with the failures of a network ----------------------------

site=$scratch/site
mkdir "$site"
litellm=raw.githubusercontent.com_BerriAI_litellm_main_model_prices_and_context_window.json
google=cloudbilling.googleapis.com_v1_services_6F81-5844-456A_skus
azure=prices.azure.com_api_retail_prices
aws=pricing.us-east-1.amazonaws.com_offers_v1.0_aws_AmazonEC2_current_eu-west-1_index.csv
sed 's/2e-06/3e-06/' "$folder/litellm_2026-08-06.json" >"$site/$litellm"
gcp_page L4 3 more >"$site/$google"
gcp_page 'Tesla T4' 4 '' >"$site/${google}_2"
# shellcheck disable=SC2016  # $skip is of Azure
azure_page NC40ads_H100_v5 7.98 |
    sed 's|"NextPageLink": null|"NextPageLink": "https://prices.azure.com:443/api/retail/prices?x=y\\u0026$skip=1"|' \
    >"$site/$azure"
azure_page ND96isr_H100_v5 99.32 >"$site/${azure}_2"
sed 's/63\.296/64.296/g' "$folder/aws-offers_eu-west-1.csv" >"$site/$aws"

exec {server}< <(exec python3 "${BASH_SOURCE[0]%/*}/price_server.py" "$site")
server_pid=$!
read -r port <&"$server"
# The real curl, less patient.
mkdir "$scratch/quick"
printf '#!/bin/sh\nexec %s "$@" --speed-time 2 --retry 1\n' "$(command -v curl)" >"$scratch/quick/curl"
chmod +x "$scratch/quick/curl"
# FAULT OPTION...: what refresh prints, and its status
over() {
    local status=0 fault=$1
    shift
    PATH=$scratch/quick:$PATH GOOGLE_API_KEY=secret refresh --mirror "http://127.0.0.1:$port/$fault" "$@" || status=$?
    echo "status $status"
}
state() {
    sql life_refresh "SELECT md5(string_agg(line, '' ORDER BY line)) FROM (
        SELECT p::text FROM accelcost.offer_price AS p UNION ALL SELECT p::text FROM accelcost.token_price AS p
    ) AS lines (line)"
}
before=$(state)
like 'a file that is not there' "$(over notfound --only litellm)" \
    'error: 404.*could not fetch 1 files.*litellm_.json https://raw[^ ]*json.*status 1'
like 'a transfer that is cut off' "$(over cut --only litellm)" 'curl: \(18\).*could not fetch 1 files.*status 1'
like 'a JSON file that is cut off, of unknown length' "$(over short --only litellm)" 'ERROR.*status [13]'
like 'a CSV file that is cut off, of unknown length' "$(over short --only aws-offers --region eu-west-1)" \
    'its last line is not complete.*could not fetch 1 files.*status 1'
like 'a transfer that stands still' "$(over stall --only litellm)" 'curl: \([0-9]+\).*could not fetch 1 files.*status 1'
like 'redirections in a circle' "$(over circle --only litellm)" 'curl: \(47\).*could not fetch 1 files.*status 1'
like 'the page of a hotel in place of a JSON file' "$(over page --only litellm)" 'ERROR.*status 1'
like 'and of a CSV file' "$(over page --only aws-offers --region eu-west-1)" 'its date is unknown.*status 1'
for fault in notfound2 cut2 short2; do
    like "the second page of Google: $fault" "$(over $fault --only gcp-skus)" 'status 1$'
    like "the second page of Azure: $fault" "$(over $fault --only azure-retail --region westeurope)" 'status 1$'
done
is 'none of them changed a price' "$(state)" "$before"
unlike() { if [[ $2 =~ $3 ]]; then fail "$1" "have: $2" "do not want: $3"; else pass "$1"; fi; }
unlike 'the key is not printed' "$(over notfound2 --only gcp-skus)" secret

like 'a redirection is followed; its date is not that of the file' "$(over moved --only litellm --dry-run)" \
    "litellm_$(date -u +%F).json, .*gpt-9 [^:]*: 2[.0]* -> 3.*status 0"
like 'a server that is busy is asked again' "$(over busy --only litellm --dry-run)" ' -> 3.*status 0'
like 'a slow transfer is not a failure' "$(over slow --only aws-offers --region eu-west-1 --dry-run)" \
    '63.296[0-9]* -> 64.296.*status 0'
like 'all pages of Google' "$(over ok --only gcp-skus)" 'and 1 more pages.*1[.0]* -> 3.*2[.0]* -> 4.*status 0'
like 'all pages of Azure' "$(over ok --only azure-retail --region westeurope)" \
    'and 1 more pages.*6.98[0-9]* -> 7.98.*98.32[0-9]* -> 99.32.*status 0'
like 'what can be fetched is loaded, and the status says that some could not' \
    "$(over ok --only litellm --only genai-prices)" 'could not fetch 1 files.*genai-prices.* -> 3.*status 1'
kill "$server_pid"

finish
