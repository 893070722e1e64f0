#!/usr/bin/env bash
# Whole reports of a fixed month, byte for byte as in test/golden. To accept new ones, after a look at them:
#
#   GOLDEN_ACCEPT=yes tools/private-server prove --exec '' test/server/report_golden.sh
set -euo pipefail
# shellcheck source=test/server/tap.bash
. "${BASH_SOURCE[0]%/*}/tap.bash"
golden=test/golden

new_database life_golden
sql life_golden 'CREATE EXTENSION accelcost CASCADE' >&2
psql -Xq -v ON_ERROR_STOP=1 -d life_golden -f "$golden/month.sql" >&2

# NAME QUERY WHAT: the report that the query makes is that in the golden file of the name
report() {
    sql life_golden "SELECT $2" >"$scratch/$1.html"
    [ -z "${GOLDEN_ACCEPT-}" ] || cp "$scratch/$1.html" "$golden/$1.html"
    same "$3" "$golden/$1.html" "$scratch/$1.html"
}
report usage "accelcost.cost_report('2025-03-01', 3, place => 'Cellar')" 'usage has a report with every section'
report charges "accelcost.cost_report('2025-03-01', 2, basis => 'billed')" 'charges have one'
report empty "accelcost.cost_report('2023-03-01', 1, currency => 'EUR')" 'so has a month without data'

# Numbers on the page are those of plain SQL over the rows, without the functions of the report.
shows() { if grep -qF -e "$2" "$scratch/$1.html"; then pass "$3"; else fail "$3" "not in $1.html: $2"; fi; }
total=$(sql life_golden "
SELECT to_char(sum(round(cost, 18)), 'FM999,999,990.00')
FROM (SELECT instance_hours * 8 AS cost FROM accelcost.usage
      WHERE sku IS NOT NULL AND period_start >= '2025-03-01 00:00+00'
      UNION ALL
      SELECT (uncached_input_tokens * CASE model WHEN 'big' THEN 1 ELSE 0.25 END
              + output_tokens * CASE model WHEN 'big' THEN 4 ELSE 1 END) / 1000000
      FROM accelcost.usage
      WHERE model IN ('big', '<b>small</b>') AND period_start >= '2025-03-01 00:00+00'
      UNION ALL
      SELECT 900 * 0.09 + (31 * 60 - 1000) * 0.085) AS line")
shows usage "<p class=\"total\">$total USD" "its total is $total"
shows usage '<tr><th scope="row">total</th><td class="n">1,860.0</td><td class="n"></td>'\
'<td class="n">154.10</td></tr>' \
    'tiers add up to the bill: 900 at 0.09 and 860 at 0.085'
shows usage '<tr><th scope="row">total</th><td></td><td></td><td class="n"></td><td class="n">5,952.00</td>' \
    'shared machines add up to 31 days of 24 hours at 8'
shows charges '<p class="total">40.74 USD <span class="note">at least</span>' \
    'charges add up: 70 - 20.50 + 31.239 - 40'
finish
