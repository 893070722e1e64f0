-- The first two charts of the demo's report, beside each other, as one SVG file: the picture of README.md.
WITH page AS (
    SELECT accelcost.cost_report('2026-07-01', 3) AS page
), chart AS (
    SELECT c.n, c.m[1] AS body
    FROM page, regexp_matches(page, '<svg viewBox="[0-9 ]+?" role="img">(.*?)</svg>', 'g') WITH ORDINALITY AS c (m, n)
    WHERE c.n <= 2
)
SELECT concat(
    E'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1300 300" role="img">\n',
    E'<style>text { font: 12px sans-serif; fill: #222; } .t { fill: #555; } .grid { stroke: #ddd; }',
    E' .zero { stroke: #555; } .head { font-size: 16px; font-weight: bold; }</style>\n',
    E'<rect width="1300" height="300" fill="#fff"/>\n',
    string_agg(format(E'<g transform="translate(%s, 36)"><text x="60" y="-14" class="head">%s</text>%s</g>\n',
                      650 * (n - 1), (ARRAY['Cost by provider, USD', 'USD per million tokens'])[n], body), ''
               ORDER BY n),
    E'</svg>')
FROM chart;
