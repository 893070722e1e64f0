#!/usr/bin/env bash
# The demo, as TAP: its own data, a file of the user's, and what is no file.
set -uo pipefail
top=$PWD
# shellcheck source=test/life/tap.bash
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

demo
shows 'exit status 0' 'the demo runs'
shows '2103 charges, 0 rejected; the same file again: 0 changes' 'it loads its export, and twice is once'
shows 'lambda.csv  loaded 58 charges, 2 rejected:' 'bad rows are left out'
shows 'column "BilledCost": "1,004.64" is not a number' 'and shown'
shows ' 2026-04 │ AWS        │   60,764.16 │    650.70 │    497.26 │  2,417.36 │ -2,500.00 │   61,829.48' 'costs are shown by component'
shows '│   unknown' 'a cost that is not known is not 0'
shows '330.24 USD of April came with the bill of May' 'a late charge is in its own month'

# A file of the user's own: other columns, another delimiter, a relative path.
cd "$scratch" || exit
mkdir 'my files'
{
    printf '\xef\xbb\xbf'
    printf '%s\r\n' 'Tags;billed cost;BillingCurrency;BillingPeriodStart;ChargePeriodStart;ProviderName;BillingAccountId;x' \
        '"{""a"": ""b;c""}";1.5;EUR;2026-03-01;2026-03-02;Hetzner;1;y' 'NULL;1,5;EUR;2026-03-01;2026-03-02;Hetzner;1;y'
} >"my files/it's.csv"
demo "my files/it's.csv"
shows "my files/it's.csv: 2 rows, loaded 1 charges, 1 rejected" 'a file is loaded by its own header'
shows 'row 2, column "billed cost": "1,5" is not a number' 'its bad rows are shown'
shows 'kept in extra: x' 'and its unknown columns named'
shows '2026-03 │ Hetzner  │ EUR' 'the report has its currency'

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
shows 'lacks columns that a charge cannot be without: BilledCost' 'a file that is no FOCUS export is refused'
shows 'exit status 3' 'with a failure'

finish
