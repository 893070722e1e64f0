#!/usr/bin/env bash
# The report of the demo in a browser: on a phone and on a wide screen, no labels
# of a chart touch, nothing leaves its chart, and the page is no wider than the
# screen. Skipped where Chromium is not installed.
#
# REPORT_PICTURES   a folder in which the pictures are kept, to look at
set -euo pipefail
# shellcheck source=test/server/tap.bash
. "${BASH_SOURCE[0]%/*}/tap.bash"

if ! command -v chromium >/dev/null; then
    finished=yes
    echo '1..0 # SKIP no chromium: apt-get install chromium'
    exit
fi
DEMO_REPORT=$scratch/demo.html tools/demo/run >"$scratch/demo.log"
ok 'the demo writes its report' test -s "$scratch/demo.html"

# A page with 40 providers, negative costs, one model at many prices, long names.
new_database life_report
sql life_report 'CREATE EXTENSION accelcost CASCADE' "
INSERT INTO accelcost.provider (provider, kind)
SELECT 'provider with a long name ' || n || repeat('<w&', 90), 'api' FROM generate_series(1, 40) AS n;
INSERT INTO accelcost.token_price (provider, model, cached_convention, input_price, output_price, valid)
SELECT provider, 'model ' || n || repeat('M', 60), 'excluded', 1, 10 + n % 3, '[2026-01-01 00:00+00,)'
FROM accelcost.provider, generate_series(1, 12) AS n WHERE provider LIKE 'provider with%';
CREATE TABLE log AS
SELECT 'x' AS source, row_number() OVER () AS record_id, provider, 'model ' || n || repeat('M', 60) AS model,
       timestamptz '2025-08-01 00:00+00' + make_interval(months => m) AS period_start,
       (100000 * (m + n) - 700000) AS output_tokens, 'team' AS team
FROM accelcost.provider, generate_series(1, 12) AS n, generate_series(0, 11) AS m WHERE provider LIKE 'provider with%';
INSERT INTO accelcost.budget (name, basis, amount, first_month) VALUES ('all', 'modelled', 500, '2026-01-01')" >&2
sql life_report "SELECT accelcost.cost_report('2026-07-01', 12, source => 'log')" >"$scratch/hard.html"
sql life_report "SELECT accelcost.cost_report('2026-07-01', 24, source => 'log')" >"$scratch/years.html"
sql life_report "SELECT accelcost.cost_report('2026-07-01', 1, source => 'log')" >"$scratch/month.html"

# Adds a script that measures the page, and says what is wrong with it.
cat >"$scratch/measure.html" <<'JS'
<script>
const faults = [];
if (document.documentElement.scrollWidth > window.innerWidth)
    faults.push(`the page is ${document.documentElement.scrollWidth} wide on a screen of ${window.innerWidth}`);
document.querySelectorAll('svg[role=img]').forEach((svg, n) => {
    const frame = svg.getBoundingClientRect(), scale = frame.width / 480;
    const texts = [...svg.querySelectorAll('text')].map(t => [t.textContent, t.getBoundingClientRect()]);
    const leaves = r => r.left < frame.left - scale || r.right > frame.right + scale
                        || r.top < frame.top - scale || r.bottom > frame.bottom + scale;
    for (const [name, t] of texts)
        if (leaves(t))
            faults.push(`chart ${n + 1}: "${name}" leaves the chart`);
    for (const s of svg.querySelectorAll('rect, path, line, circle')) {
        if (leaves(s.getBoundingClientRect()))
            faults.push(`chart ${n + 1}: ${s.outerHTML} leaves the chart`);
    }
    for (let i = 0; i < texts.length; i++)
        for (let j = i + 1; j < texts.length; j++) {
            const [a, b] = [texts[i][1], texts[j][1]], least = 2 * scale;
            if (Math.min(a.right, b.right) - Math.max(a.left, b.left) > least
                && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > least)
                faults.push(`chart ${n + 1}: "${texts[i][0]}" and "${texts[j][0]}" touch`);
        }
});
const charts = document.querySelectorAll('svg[role=img]').length;
document.body.textContent = `measured ${charts}: ${faults.join('; ') || 'no faults'}`;
</script>
JS
browse() {
    timeout 120 chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync \
        --disable-background-networking --disable-component-update --user-data-dir="$scratch/chromium" "$@" 2>/dev/null
}
for page in demo hard years month; do
    sed "/<\/body>/{
        r $scratch/measure.html
        N
    }" "$scratch/$page.html" >"$scratch/measured.html"
    for width in 400 1200; do
        said=$(browse --window-size=$width,900 --dump-dom "file://$scratch/measured.html" |
            grep -oE 'measured [0-9]+: [^<]*' || true)
        like "$page: nothing overlaps or is cut off, $width wide" "$said" '^measured [0-9]+: no faults$'
    done
    if [ -n "${REPORT_PICTURES-}" ]; then
        browse --hide-scrollbars --window-size=820,3600 --screenshot="$REPORT_PICTURES/$page.png" \
            "file://$scratch/$page.html"
    fi
done
finish
