-- The cost of each record, with its prices, tiers and reasons, against the same rows multiplied by
-- hand in exact numeric.
CREATE TABLE token_numeric (provider text, model text, input numeric, cached numeric, output numeric);
INSERT INTO token_numeric VALUES
    ('OpenAI', 'gpt-5', 1.25, 0.125, 10), ('OpenAI', 'gpt-4o', 2.5, 1.25, 10),
    ('OpenAI', 'gpt-4.1', 2, 0.5, 8), ('OpenAI', 'gpt-4o-mini', 0.15, 0.075, 0.6);
CREATE TABLE hour_numeric (provider text, sku text, hourly numeric);
INSERT INTO hour_numeric VALUES ('CoreWeave', 'H100 (8x)', 49.24);
ANALYZE token_numeric, hour_numeric;

INSERT INTO query VALUES
('records', 1, 'by hand: numeric, one price each, no tiers',
    $$SELECT count(*), sum(cost) FROM (
        SELECT u.record_id, tco(CASE WHEN u.sku IS NULL
                    THEN (
                        u.uncached_input_tokens * t.input + u.cache_read_tokens * t.cached
                            + u.output_tokens * t.output) * 0.000001
                    ELSE u.instance_hours * h.hourly END, 'USD', 'compute') AS cost
        FROM accelcost.usage AS u
        LEFT JOIN token_numeric AS t ON t.provider = u.provider AND t.model = u.model
        LEFT JOIN hour_numeric AS h ON h.provider = u.provider AND h.sku = u.sku
        OFFSET 0) AS r$$),
('records', 2, 'accelcost.usage_cost()', 'SELECT count(*), sum(cost) FROM accelcost.usage_cost()');

CALL measure('records', :rounds, '{0}');

SELECT format(
    '%s usage records, medians of %s rounds', to_char((SELECT count(*) FROM accelcost.usage), 'FM999,999,999'),
    :rounds)
    AS title \gset
\pset title :title
SELECT name AS query, median('records', 0, place) AS "serial ms" FROM query WHERE topic = 'records' ORDER BY place;

\pset title
SELECT 'usage_cost : by hand' AS ratio, ratio('records', 0, 2, 1) AS serial, 'at most 4' AS target;
