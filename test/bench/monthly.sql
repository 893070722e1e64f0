-- What inference cost each month: inference_monthly, with its tiers, pools and
-- dated prices, against the query that one writes by hand with float8 prices,
-- no tiers and no dates; and what_if over the groups of a month.
CREATE TABLE token_rate (provider text, model text, input float8, cached float8, output float8);
INSERT INTO token_rate
VALUES ('OpenAI', 'gpt-5', 1.25, 0.125, 10),
       ('OpenAI', 'gpt-4o', 2.5, 1.25, 10),
       ('OpenAI', 'gpt-4.1', 2, 0.5, 8),
       ('OpenAI', 'gpt-4o-mini', 0.15, 0.075, 0.6);
CREATE TABLE hour_rate (provider text, sku text, hourly float8);
INSERT INTO hour_rate VALUES ('CoreWeave', 'H100 (8x)', 49.24);
ANALYZE token_rate, hour_rate;

INSERT INTO query VALUES
('monthly', 1, 'by hand: float8, one price each, no tiers',
    $$
        SELECT bill_month(u.period_start) AS month, u.provider, u.payer, u.model, u.team, count(*) AS usage_rows,
               sum(u.requests) AS requests,
             sum(u.uncached_input_tokens + u.cache_read_tokens + u.output_tokens) AS tokens,
             sum(u.instance_hours::float8) AS hours,
             sum(
                 CASE WHEN u.sku IS NULL
                      THEN (u.uncached_input_tokens * t.input
                            + u.cache_read_tokens * t.cached
                            + u.output_tokens * t.output) / 1e6
                      ELSE u.instance_hours::float8 * h.hourly END) AS compute,
             sum(u.transfer_quantity::float8 * 0.09) AS egress
      FROM accelcost.usage AS u
      LEFT JOIN token_rate AS t ON t.provider = u.provider AND t.model = u.model
      LEFT JOIN hour_rate AS h ON h.provider = u.provider AND h.sku = u.sku
      WHERE u.workload = 'inference'
      GROUP BY 1, 2, 3, 4, 5$$),
('monthly', 2, 'accelcost.inference_monthly()', 'SELECT * FROM accelcost.inference_monthly()'),
('monthly', 3, 'what_if of one month', $$SELECT * FROM accelcost.what_if('2026-08-01')$$),
('monthly', 4, 'inference_monthly of that month',
 $$SELECT * FROM accelcost.inference_monthly('2026-08-01', '2026-08-01')$$);

CALL measure('monthly', :rounds, '{2, 0}');

SELECT format('%s usage rows, %s lines by hand, %s by inference_monthly, medians of %s rounds',
    to_char((SELECT count(*) FROM accelcost.usage), 'FM999,999,999'),
    (SELECT count(DISTINCT (bill_month(period_start), provider, payer, model, team)) FROM accelcost.usage),
    (SELECT count(*) FROM accelcost.inference_monthly()), :rounds) AS title \gset
\pset title :title
SELECT name AS query, median('monthly', 0, place) AS "serial ms", median('monthly', 2, place) AS "2 workers ms"
FROM query WHERE topic = 'monthly' ORDER BY place;

\pset title
SELECT what AS ratio, ratio('monthly', 0, x, y) AS serial, ratio('monthly', 2, x, y) AS "2 workers", target
FROM (VALUES
    (1, 'inference_monthly : by hand', 2, 1, CASE WHEN :rows < 10000000 THEN 'at most 1.5' ELSE 'at most 1.3' END),
    (2, 'what_if : inference_monthly of the month', 3, 4, 'at most 1.5')) AS t (line, what, x, y, target)
ORDER BY line;
