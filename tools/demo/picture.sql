-- The first two charts of the demo's report, beside each other, as one SVG file: the picture of README.md.
WITH page AS (
    SELECT accelcost.cost_report('2026-07-01', 3) AS page
), chart AS (
    SELECT c.n, c.m[1] AS body, c.m[2] AS legend
    FROM page, regexp_matches(page, '<svg viewBox="[0-9 ]+?" role="img">(.*?)</svg>\n<ul class="legend">(.*?)</ul>',
                              'g') WITH ORDINALITY AS c (m, n)
    WHERE c.n <= 2
), named AS (
    -- The legend of the page is HTML; here it is a line below the chart.
    SELECT c.n, string_agg(format(E'<rect x="%s" y="262" width="11" height="11" fill="%s"/><text x="%s" y="272">%s'
                                  '</text>\n', 60 + w.width * (k.n - 1), k.m[1],
                             77 + w.width * (k.n - 1), k.m[2]), ''
                           ORDER BY k.n) AS legend
    FROM chart AS c, regexp_matches(c.legend, 'fill="([^"]*)"/></svg>([^<]*)</li>', 'g') WITH ORDINALITY AS k (m, n),
         LATERAL (SELECT (ARRAY[130, 200])[c.n] AS width) AS w
    GROUP BY c.n
)
SELECT concat(
    E'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 980 320" role="img">\n',
    E'<style>text { font: 13px sans-serif; fill: #222; } .t { fill: #595959; } .grid { stroke: #ddd; }',
    E' .zero { stroke: #595959; } .bar { stroke: #fff; } .head { font-size: 16px; font-weight: bold; }</style>\n',
    E'<rect width="980" height="320" fill="#fff"/>\n',
    string_agg(format(E'<g transform="translate(%s, 36)"><text x="60" y="-14" class="head">%s</text>%s%s</g>\n',
                      490 * (c.n - 1), (ARRAY['Cost by provider, USD', 'USD per million tokens'])[c.n], c.body,
                      n.legend), ''
               ORDER BY c.n),
    E'</svg>')
FROM chart AS c
JOIN named AS n ON n.n = c.n;
