-- What inference cost, by month and provider, and per million tokens.

\echo
\echo 'Billed for inference, in USD'
SELECT CASE WHEN row_number() OVER (PARTITION BY month ORDER BY provider_name) = 1 THEN to_char(month, 'YYYY-MM') END AS month,
       coalesce(provider_name, 'all') AS provider,
       to_char(component(cost, 'compute'), '999,990.00') AS "  compute",
       to_char(component(cost, 'egress'), '9,990.00') AS "   egress",
       to_char(component(cost, 'storage'), '9,990.00') AS "  storage",
       to_char(component(cost, 'tax'), '9,990.00') AS "      tax",
       to_char(component(cost, 'credit'), '9,990.00') AS "   credit",
       to_char(total(cost), '999,990.00') AS "    total"
FROM (SELECT month, provider_name, sum(cost) AS cost
      FROM charge_monthly() WHERE currency = 'USD'
      GROUP BY GROUPING SETS ((month, provider_name), (month))) AS bill
ORDER BY bill.month, provider_name NULLS LAST;

-- The charges that are tagged with a model, beside the tokens of that model. A
-- bill that is missing, or that rows were rejected of, leaves the cost unknown.
CREATE TEMPORARY VIEW cost_of_tokens AS
SELECT month, provider, model, tokens, total(cost) AS cost,
       cost IS NOT NULL AND NOT EXISTS (SELECT FROM accelcost.import_reject AS r WHERE r.export = bill.export) AS is_complete
FROM (SELECT bill_month(day) AS month, provider, model, sum(input_tokens + output_tokens) AS tokens
      FROM inference GROUP BY 1, 2, 3) AS work
LEFT JOIN (SELECT bill_month(charge_period_start) AS month, provider_name AS provider, tags->>'model' AS model, export,
                  sum(tco(billed_cost, billing_currency)) AS cost
           FROM accelcost.charge WHERE billing_currency = 'USD' GROUP BY 1, 2, 3, 4) AS bill USING (month, provider, model);

\echo 'Million tokens, and USD per million tokens'
SELECT provider, model,
       to_char(sum(tokens) FILTER (WHERE month = '2026-04-01') / 1e6, '999,990') AS " 2026-04",
       coalesce(to_char(sum(cost / tokens * 1e6) FILTER (WHERE month = '2026-04-01' AND is_complete), '990.0000'), '  unknown') AS " USD / 1M",
       to_char(sum(tokens) FILTER (WHERE month = '2026-05-01') / 1e6, '999,990') AS " 2026-05",
       coalesce(to_char(sum(cost / tokens * 1e6) FILTER (WHERE month = '2026-05-01' AND is_complete), '990.0000'), '  unknown') AS " USD / 1M",
       to_char(sum(tokens) FILTER (WHERE month = '2026-06-01') / 1e6, '999,990') AS " 2026-06",
       coalesce(to_char(sum(cost / tokens * 1e6) FILTER (WHERE month = '2026-06-01' AND is_complete), '990.0000'), '  unknown') AS " USD / 1M"
FROM cost_of_tokens
GROUP BY provider, model
ORDER BY provider, model;

\pset tuples_only on
\pset format unaligned
SELECT format('Unknown is not zero: %s of %s million tokens have no complete bill (%s).',
              btrim(to_char(sum(tokens) FILTER (WHERE NOT is_complete) / 1e6, '999,990')), btrim(to_char(sum(tokens) / 1e6, '999,990')),
              string_agg(DISTINCT provider, ', ') FILTER (WHERE NOT is_complete))
FROM cost_of_tokens;
SELECT format('A late charge counts where it belongs: %s USD of %s came with the bill of %s.', round(sum(billed_cost), 2),
              to_char(charge_period_start AT TIME ZONE 'UTC', 'FMMonth'), to_char(billing_period_start AT TIME ZONE 'UTC', 'FMMonth'))
FROM accelcost.charge
WHERE bill_month(charge_period_start) < bill_month(billing_period_start)
GROUP BY charge_period_start, billing_period_start;
\echo
\echo 'Your own: make demo FOCUS=export.csv'
