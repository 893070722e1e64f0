#!/usr/bin/env bash
# The demo, as TAP: its own data, a file of the user's, and what is no file.
set -uo pipefail
top=$PWD
# shellcheck source=test/server/tap.bash
. "${BASH_SOURCE[0]%/*}/tap.bash"
databases+=(accelcost_demo)

# TEXT NAME: the output of the last demo has the text
shows() {
    if grep -qF -e "$1" "$scratch/output"; then pass "$2"; else fail "$2" "$(cat "$scratch/output")"; fi
}
demo() {
    "$top/tools/demo/run" "$@" >"$scratch/output" 2>&1
    echo "exit status $?" >>"$scratch/output"
}

# NAME TEXT ARITHMETIC [DECIMALS]: the output has the text, in which {} is what awk makes of the arithmetic
comes_to() { shows "${2/'{}'/$(awk "BEGIN { printf \"%.${4:-2}f\", $3 }")}" "$1"; }

mkdir "$scratch/tmp" "$scratch/run"
export TMPDIR=$scratch/tmp
cd "$scratch/run" || exit
DEMO_PICTURE=picture.svg demo
cd "$top" || exit
shows 'exit status 0' 'the demo runs'
is 'it leaves no file but its report' "$(find "$TMPDIR" "$scratch/run" -type f -printf '%f\n' | sort | xargs)" \
    'picture.svg report.html'
ok 'the picture and the report are XML' python3 -c \
    'import sys, xml.dom.minidom as xml; [xml.parse(name) for name in sys.argv[1:]]' \
    "$scratch/run/picture.svg" "$scratch/run/report.html"
same 'docs/report.svg is the picture that the demo draws' "$top/docs/report.svg" "$scratch/run/picture.svg"
# A session that has ended takes a moment to leave.
for _ in {1..100}; do
    sessions=$(psql -XAtd postgres -c "SELECT count(*) FROM pg_stat_activity WHERE datname = 'accelcost_demo'")
    [ "$sessions" != 0 ] || break
    sleep 0.1
done
is 'and no session' "$sessions" 0

shows '9306 charges, 0 rejected; same file again: 0 changes' 'it loads its export, and twice is once'
shows 'lambda.csv  loaded 122 charges, 2 rejected:' 'bad rows are left out'
shows 'row 77, BilledCost "abc" is not a number' 'and shown'
shows 'at least: 2 rows rejected' 'where they are missing is said'
shows "usage.csv   loaded $((24 * (92 * 7 + 31))) rows, by the hour; same file again: 0 rows" \
    'usage is loaded once, too'

comes_to 'hours are billed' 'CoreWeave    {}      0.00' '744 * 49.24'
comes_to 'a team pays for its hours' 'search     386.88   {}      0.00' '386.88 * 49.24'
comes_to 'and has a price per million tokens' '     13459    {}' '386.88 * 49.24 / 13459' 4
comes_to 'tokens are priced by kind' 'gpt-5         support             {}      0.00' '7360 * 1.25 + 280 * 10'
comes_to 'the total is of what has a price' \
    'total     (incomplete)             744.00   48634.56   4800.20   {}     29671' '744 * 49.24 + 12000 + 4800.20'
comes_to 'so is its price per million tokens' '     29671    {}' '(632.40 * 49.24 + 12000) / (13459 + 8541 + 7640)' 4
shows 'mystery-v2    search                  NULL      0.00       NULL        31      NULL' \
    'what has no price is NULL'
is 'the bill stands beside the catalog: hours, data transfer and tokens of July' "$(sql accelcost_demo \
    "SELECT concat_ws(' ', sku, instance_hours, cost, catalog_cost, reason) FROM accelcost.charge_vs_catalog()
        WHERE month = '2026-07-01'" \
    "SELECT concat_ws(' ', quantity, cost, catalog_cost, reason) FROM accelcost.charge_egress()
        WHERE month = '2026-07-01'" \
    "SELECT concat_ws(' ', model, token_kind, cost, catalog_cost, reason) FROM accelcost.charge_tokens()
        WHERE month = '2026-07-01' ORDER BY token_kind")" \
    'H100 (8x) 744 36634.56 36634.56
57000 4800.2 4800.2
gpt-5 input 9200 9200
gpt-5 output 2800 2800'
# shellcheck disable=SC2016  # $0 is an amount
shows 'INCOMPLETE: mystery-v2 at OpenAI, 31M tokens: NULL, not $0, and in no total: no price for model "mystery-v2"' \
    'with the reason'
is 'months are compared' "$(grep -oE '^2026-[0-9]{2}' "$scratch/output" | xargs)" '2026-05 2026-06 2026-07'

comes_to 'what nobody used of the machines is shown' \
    'pool llama: 19049.97 + 12089.40 + {} = 36634.56; billed: 36634.56' '111.60 * 49.24'
comes_to 'and shared by who asks' 'search    3095.04   52.0    19049.97   {}      13459    1.4154    1.6652' \
    '744 * 49.24 * 386.88 / 632.40'
comes_to 'a machine has a cost per million tokens of output' \
    'without idle:     0.9132, {}, 31139.38 by compute_time' \
    '632.40 * 49.24 * (4400 / 4) / (4400 / 4 + 17600 / 15) / 4400' 4
comes_to 'and the API of the model its own' 'API of Cerebras:  0.8500, 1.2000, {} by prices of 2026-09-23' \
    '17600 * 0.85 + 4400 * 1.2'

comes_to 'egress has the tiers of the month' '40960@0.085 + 5800@0.07 = {}' \
    '10140 * 0.09 + 40960 * 0.085 + 5800 * 0.07'
comes_to 'a team has its share' 'search {} + ' '4800.20 * 30 / 57'
shows '= 4800.20; billed: 4800.20' 'the shares add up to the bill'
comes_to 'tiers of a team are another bill' 'free quantity: {}, wrong by 155.20' \
    '(10140 + 10140 + 6900) * 0.09 + (19760 + 9760) * 0.085'

comes_to 'an invoice is explained to the cent' \
    '4800.20 modelled + 542.77 unpriced - 1000.00 credits + 192.01 tax + 0.00 rounding + {} unexplained' \
    '4347.97 + 192.01 - 4800.20 - 542.77 + 1000 - 192.01'
spent=$(sql accelcost_demo "
SELECT round(49.24 * sum(instance_hours) FILTER (WHERE pool IS NOT NULL)
             + sum(uncached_input_tokens * 1.25 + output_tokens * 10) FILTER (WHERE model = 'gpt-5') / 1000000
             + 4800.20 * sum(transfer_quantity) FILTER (WHERE provider = 'AWS') / 57000, 2)
FROM accelcost.usage WHERE team = 'support' AND period_start >= '2026-07-01' AND period_start < '2026-07-31'")
shows "support has 24000; $spent spent through 07-30, used up on 07-29" \
    'a budget has what its team spent, and the day on which it is used up'
comes_to 'a commitment has what was not used' \
    'COMMITMENT 2026-07 UTC, USD: h100-reserved at Lambda: 6366.36 used + {} unused = 8416.98' '8416.98 - 6366.36'

comes_to 'what it would cost elsewhere' 'us-east-1    {} 1708.20' '744 * 55.04'
comes_to 'with what was sent' '{} 42657.96' '10140 * 0.09 + 9360 * 0.085'
shows '(basis unknown)' 'what cannot be compared is counted with the reason'
is 'the cheapest of each provider come first' "$(grep -oE '^[0-9] [A-Z]' "$scratch/output" | tr -d ' A-Z\n')" 1234567

comes_to 'bare GPUs at full use are soon ahead' 'from month 7 ({})' \
    '240000 / (49.24 * 730 - 8 * 0.7 * 1.4 * 730 * 0.10)'
comes_to 'all they need, at less use, later' 'from month 18 ({})' \
    '310000 / ((49.24 - 8 * 1.275 * 1.4 * 0.10) * 730 * 0.6 - 2750)'

shows "ROLLUP of 324,000 rows, usage.csv 20 times: $((92 * 7 + 31)) sums by day" 'a rollup keeps its sums'
lines='([0-9]+) lines, [0-9]+ ms'
is 'which give the same lines as the rows' "$(sed -nE \
    "s/^  INFERENCE by rows: $lines; by sums: $lines; lines that differ: /\\1 \\2 /p" "$scratch/output")" '22 22 0'

sed '/^exit status/d' "$scratch/output" >"$scratch/shown"
awk '/^```text$/ { inside = 1; next } /^```$/ && inside { exit } inside' "$top/docs/demo.md" >"$scratch/page"
sed -i -E 's/[0-9]+ ms/MS ms/g' "$scratch/page"
sed -E 's/[0-9]+ ms/MS ms/g' "$scratch/shown" >"$scratch/timeless"
same 'docs/demo.md shows what the demo prints, whatever it took' "$scratch/page" "$scratch/timeless"
is 'which fits on a screen' "$(awk 'length > 110 || NR > 80' "$scratch/timeless")" ''

# A file of the user's own: other columns, another delimiter, a relative path.
cd "$scratch" || exit
mkdir 'my files'
{
    printf '\xef\xbb\xbf'
    header='Tags;billed cost;BillingCurrency;BillingPeriodStart;ChargePeriodStart;ProviderName;BillingAccountId;x'
    printf '%s\r\n' "$header" \
        '"{""a"": ""b;c""}";1.5;EUR;2026-03-01;2026-03-02;Hetzner;1;y' \
        'NULL;1,5;EUR;2026-03-01;2026-03-02;Hetzner;1;y'
} >"my files/it's.csv"
demo "my files/it's.csv"
shows "my files/it's.csv: 2 rows, loaded 1 charges, 1 rejected" 'a file is loaded by its own header'
shows 'row 2, column "billed cost": "1,5" is not a number' 'its bad rows are shown'
shows 'kept in extra: x' 'and its unknown columns named'
shows '2026-03 │ Hetzner  │ EUR' 'the report has its currency'
is 'and is a page, too' "$(grep -oE '^<(h1|p class="total")>.*' report.html | xargs)" \
    '<h1>What was billed, Mar 2026</h1> <p class=total>1.50 EUR</p>'

gzip -c "my files/it's.csv" >packed.csv
demo packed.csv
shows 'demo: the file packed.csv is not text in UTF-8' 'a compressed file is called that'
printf 'a,b\n1,2\n\n' >gap.csv
demo gap.csv
shows 'COPY staging, line 3' 'the line that COPY stumbles over is told'

demo nosuch.csv
shows 'demo: cannot read the file nosuch.csv' 'a file that is not there is named'
printf 'a,b\n1,2\n' >other.csv
demo other.csv
shows 'is missing required columns: BilledCost' 'a file that is no FOCUS export is refused'
shows 'exit status 3' 'with a failure'

finish
