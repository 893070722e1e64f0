-- What inference cost in the last month, why, and what it would cost elsewhere.

\pset border 0
\pset linestyle ascii

SELECT max(bill_month(period_start)) AS month, to_char(max(bill_month(period_start)), 'YYYY-MM') AS name,
       next_month(max(bill_month(period_start))) - 1 AS last_day FROM accelcost.usage \gset month_

-- ---- what was billed --------------------------------------------------------

\echo
\echo BILLED :month_name UTC, USD
\pset tuples_only off
\pset format aligned
SELECT coalesce(provider_name, 'total') AS provider,
       to_char(component(cost, 'compute'), '9999990.00') AS "    compute",
       to_char(component(cost, 'egress'), '99990.00') AS "   egress",
       to_char(component(cost, 'storage'), '99990.00') AS "  storage",
       to_char(component(cost, 'tax'), '9990.00') AS "     tax",
       to_char(component(cost, 'credit'), '99990.00') AS "   credit",
       to_char(total(cost), '9999990.00') AS "      total",
       coalesce((SELECT format('at least: %s rows rejected', count(*)) FROM accelcost.import_reject AS r
                 WHERE bill.provider_name IS NULL OR r.export_name = lower(bill.provider_name)
                 HAVING count(*) > 0), '') AS " "
FROM (
    SELECT provider_name, sum(cost) AS cost
    FROM accelcost.charge_monthly()
    WHERE month = :'month_month' AND currency = 'USD'
    GROUP BY ROLLUP (provider_name)) AS bill
ORDER BY provider_name NULLS LAST;

-- ---- what the usage cost ----------------------------------------------------

\echo INFERENCE :month_name UTC, USD: usage.csv at the prices in the catalog
SELECT CASE WHEN is_total THEN 'total' ELSE provider END AS provider,
       CASE WHEN NOT is_total THEN coalesce(model, CASE WHEN hours > 0 THEN '(idle)' ELSE '(sends data)' END)
            WHEN is_complete THEN ''
            ELSE '(incomplete)' END AS model,
       CASE WHEN is_total THEN '' ELSE coalesce(team, '') END AS team,
       coalesce(to_char(hours, '9990.00'), '') AS "   hours",
       coalesce(to_char(compute, '999990.00'), '      NULL') AS "   compute",
       to_char(egress, '99990.00') AS "   egress", coalesce(to_char(total, '999990.00'), '      NULL') AS "     total",
       CASE WHEN tokens > 0 THEN to_char(tokens / 1e6, '99999990') ELSE '' END AS " tokens M",
       CASE WHEN tokens > 0 THEN coalesce(to_char(per_million, '990.0000'), '     NULL') ELSE '' END AS "     $/1M"
FROM (SELECT provider, model, team, GROUPING(provider) = 1 AS is_total, bool_and(is_complete) AS is_complete,
             sum(instance_hours) AS hours, sum(compute) AS compute, sum(egress) AS egress, sum(total) AS total,
             sum(tokens) AS tokens,
             per_million(sum(priced_cost), nullif(sum(priced_tokens), 0)) AS per_million
      FROM accelcost.inference_monthly(:'month_month', :'month_month')
      GROUP BY GROUPING SETS ((provider, model, team), ())) AS inference
ORDER BY is_total, inference.compute DESC NULLS LAST, inference.egress DESC;

\pset tuples_only on
\pset format unaligned
SELECT format(
    'INCOMPLETE: %s at %s, %sM tokens: NULL, not $0, and in no total: %s', model, provider,
    round(unpriced_tokens / 1e6), reason)
FROM accelcost.inference_monthly(:'month_month', :'month_month') WHERE NOT is_complete;

\pset tuples_only off
\pset format aligned
SELECT to_char(month, 'YYYY-MM') AS month, to_char(sum(compute), '999990.00') AS "   compute",
       to_char(sum(egress), '99990.00') AS "   egress",
       to_char(sum(total), '999990.00') AS "     total", to_char(sum(tokens) / 1e6, '99999990') AS " tokens M",
       to_char(per_million(sum(priced_cost), nullif(sum(priced_tokens), 0)), '990.0000') AS "     $/1M",
       to_char(sum(unpriced_tokens) / 1e6, '99999990') AS "unpriced M"
FROM accelcost.inference_monthly()
GROUP BY inference_monthly.month
ORDER BY inference_monthly.month;

-- ---- who pays for the machines ----------------------------------------------

\pset tuples_only on
\pset format unaligned
SELECT format('MACHINES %s UTC, USD: pool %s: %s = %s; billed: %s', :'month_name', pool,
              string_agg(round(cost, 2)::text, ' + ' ORDER BY is_idle, team), round(sum(cost), 2),
              (SELECT round(sum(component(c.cost, 'compute')), 2) FROM accelcost.charge_monthly() AS c
               WHERE c.month = :'month_month' AND c.provider_name = 'CoreWeave'))
FROM accelcost.showback(:'month_month') GROUP BY pool;
\pset tuples_only off
\pset format aligned
SELECT CASE WHEN a.is_idle THEN '(idle)' ELSE a.team END AS "team   ", to_char(a.weight, '99990.00') AS "GPU hours",
       to_char(100 * a.share, '990.0') AS "share %", to_char(a.cost, '999990.00') AS "      cost",
       coalesce(to_char(s.cost, '999990.00'), '') AS "idle shared",
       coalesce(to_char(a.tokens / 1e6, '99999990'), '') AS " tokens M",
       coalesce(to_char(a.cost_per_million_busy, '990.0000'), '') AS "$/1M busy",
       coalesce(to_char(a.cost_per_million_loaded, '990.0000'), '') AS "  with idle"
FROM accelcost.showback(:'month_month') AS a
LEFT JOIN accelcost.showback(:'month_month', idle => 'pro_rata') AS s ON s.team = a.team
ORDER BY a.is_idle, a.team;

\pset tuples_only on
\pset format unaligned
SELECT format('PER MILLION TOKENS of %s, USD: input, output, and cost of all its tokens', model)
FROM accelcost.inference_unit_cost(:'month_month') WHERE basis = 'usage';
SELECT format('  %s %s, %s, %s%s', rpad(place || ':', 17), round(input, 4), round(output, 4), round(amount, 2), remark)
FROM (SELECT b.*
      FROM accelcost.inference_unit_cost(:'month_month') AS u
      CROSS JOIN LATERAL (VALUES
          (1, 'usage', 'without idle', u.input_cost_per_million, u.output_cost_per_million, u.cost,
           format(' by %s', u.method)),
          (2, 'allocation', 'with idle', u.input_cost_per_million, u.output_cost_per_million, u.cost, ''),
          (3, 'allocation', format('API of %s', u.api_provider), u.api_input_price, u.api_output_price, u.api_cost,
           format(' by prices of %s', u.api_price_as_of))) AS b (ordinal, basis, place, input, output,
                                                                    amount, remark)
      WHERE b.basis = u.basis) AS t
ORDER BY ordinal;

-- ---- why: tiers of a month, not of a row or a team --------------------------

\echo

\pset tuples_only on
\pset format unaligned
SELECT tariff, provider, region, quantity
FROM (SELECT provider, region, sum(transfer_quantity) AS quantity
      FROM accelcost.usage
      WHERE provider = 'AWS' AND bill_month(period_start) = :'month_month'
      GROUP BY provider, region) AS sent,
     accelcost.tariff_at(provider, at => :'month_last_day', from_region => region) \gset pool_

SELECT format(
    'EGRESS %s UTC, USD: %s %s, %s GiB, one pool', :'month_name', :'pool_provider', :'pool_region',
    to_char(:pool_quantity, 'FM999,999'));
SELECT '  ' || string_agg(format('%s@%s', quantity, unit_price), ' + ' ORDER BY tier)
    || format(' = %s', round(sum(amount), 2))
FROM tariff_lines(:'pool_tariff', :pool_quantity);
SELECT '  ' || string_agg(format('%s %s', team, round(egress, 2)), ' + ' ORDER BY egress DESC)
    || format(' = %s', round(sum(egress), 2)) ||
       (SELECT format('; billed: %s', round(sum(component(cost, 'egress')), 2))
        FROM accelcost.charge_monthly()
        WHERE month = :'month_month' AND provider_name = :'pool_provider')
FROM accelcost.inference_monthly(:'month_month', :'month_month') WHERE provider = :'pool_provider';
SELECT format('  rated by team, each with its own free quantity: %s, wrong by %s; by row: %s, wrong by %s',
              round(by_team, 2), abs(round(by_team - pooled, 2)), round(by_row, 2), abs(round(by_row - pooled, 2)))
FROM (
    SELECT tariff_cost(:'pool_tariff', sum(quantity)) AS pooled,
           sum(tariff_cost(:'pool_tariff', quantity)) AS by_team, sum(by_row) AS by_row
      FROM (SELECT sum(transfer_quantity) AS quantity, sum(tariff_cost(:'pool_tariff', transfer_quantity)) AS by_row
            FROM accelcost.usage
            WHERE provider = :'pool_provider' AND bill_month(period_start) = :'month_month'
            GROUP BY team) AS team) AS wrong;

-- ---- against the invoice, the budget and the contract ------------------------

\echo
SELECT format('INVOICE %s of %s, USD: %s, of which %s is unexplained', invoice_id, issuer, round(max(invoiced), 2),
              round(sum(amount) FILTER (WHERE line = 'unexplained'), 2)) || E'\n  '
       || string_agg(concat(CASE WHEN amount < 0 THEN '- ' WHEN line_no > 1 THEN '+ ' END, round(abs(amount), 2), ' ',
                            line), ' ' ORDER BY line_no)
FROM accelcost.invoice_bridge(:'month_month') WHERE issuer = 'AWS' GROUP BY issuer, invoice_id;
SELECT format('BUDGET %s UTC, %s: %s has %s; %s spent through %s, used up on %s; forecast %s',
              :'month_name', currency, name, amount, round(spent, 2), to_char(through, 'MM-DD'),
              to_char(runs_out_on, 'MM-DD'), round(forecast, 2))
FROM accelcost.budget_burn(:'month_month');
SELECT format('COMMITMENT %s UTC, %s: %s at %s: %s used + %s unused = %s; %s %% used', :'month_name', currency,
              commitment_id, provider, round(used_cost, 2), round(unused_cost, 2), round(cost, 2),
              round(100 * utilisation, 1))
FROM accelcost.commitment_monthly(:'month_month');

-- ---- elsewhere --------------------------------------------------------------

\echo
SELECT format('ELSEWHERE %s UTC, USD: %s x %s for %s hours and %s GiB; now %s at CoreWeave',
              :'month_name', gpu_count, accelerator, hours, to_char(gib, 'FM999,999'), round(now, 2))
FROM (SELECT sum(instance_hours) AS hours, sum(transfer_quantity) AS gib FROM accelcost.usage
      WHERE provider = 'CoreWeave' AND bill_month(period_start) = :'month_month') AS used,
     (SELECT DISTINCT accelerator, gpu_count, total - delta_vs_actual AS now
      FROM accelcost.what_if(:'month_month')
      WHERE provider = 'CoreWeave') AS hired;
\pset tuples_only off
\pset format aligned
SELECT rank() OVER (ORDER BY rank) AS "#", provider, left(sku, 18) AS sku,
       CASE region WHEN '*' THEN 'any' ELSE region END AS region,
       round(compute, 2) AS compute, round(egress, 2) AS egress, round(total, 2) AS total,
       to_char(delta_vs_actual, 'S99990.00') AS "     more", price_as_of AS "price of",
       left(regexp_replace(price_source, '^(https?://|[^/:]*/)([^:/]*).*', '\2'), 16) AS source
FROM (SELECT DISTINCT ON (provider) * FROM accelcost.what_if(:'month_month') WHERE rank IS NOT NULL
      -- Of sizes at the same price, the larger one has the longer name.
      ORDER BY provider, rank, region, length(sku) DESC) AS best_of_provider
ORDER BY rank, provider;

\pset tuples_only on
\pset format unaligned
SELECT format('%s ranked; unranked: ', sum(offers) FILTER (WHERE reason IS NULL))
       || string_agg(format('%s (%s)', offers, reason), ', ' ORDER BY offers DESC, reason)
              FILTER (WHERE reason IS NOT NULL)
FROM (SELECT count(*) AS offers, replace(substring(reason FROM '^(.*?)( for | from |: |$)'), 'price ', '') AS reason
      FROM accelcost.what_if(:'month_month') GROUP BY 2) AS judged;

-- ---- or buy -----------------------------------------------------------------

SELECT amount FROM accelcost.price_at('CoreWeave', 'H100 (8x)', :'month_last_day') \gset rent_
SELECT price_low AS price FROM accelcost.accelerator_price
WHERE accelerator = 'H100 SXM5 80GB' AND origin = 'article' AND valid @> :'month_last_day'::timestamptz \gset gpu_

\echo
SELECT format(
    'BUY 8 x H100 at %s each, not rent at %s an hour, USD; months of 730 hours, 0.10 per kWh, PUE 1.4', :gpu_price,
    :rent_amount);
SELECT format('  ahead from month %s (%s): %s', ceil(months), round(months, 2), assumption)
FROM (SELECT 'bare GPUs of 700 W, 100 % busy' AS assumption,
             break_even_months(own_accelerator(:gpu_price, units => 8, watts => 700, price_per_kwh => 0.10, pue => 1.4),
                               rent_accelerator(:rent_amount, units => 8, units_per_instance => 8)) AS months
      UNION ALL
      SELECT 'with host (70000, 1275 W per GPU) and colocation (2750 a month), 60 % busy',
             break_even_months(
                 own_accelerator(
                     :gpu_price, units => 8, watts => 1275, price_per_kwh => 0.10, pue => 1.4, load => 0.60,
                                               setup => 70000, colocation => 2750),
                               rent_accelerator(
                                   :rent_amount, units => 8, units_per_instance => 8, hours_per_month => 730 * 0.60
                               ))) AS plan
ORDER BY months;
-- ---- the same from sums that are kept as rows come and go --------------------

CREATE TABLE log (LIKE accelcost.usage INCLUDING DEFAULTS);
CALL accelcost.rollup_create('log_daily', 'log', 'period_start',
    '{provider,payer,region,sku,accelerator,gpu_count,workload,model,team,transfer_unit}',
    '{uncached_input_tokens,cache_read_tokens,output_tokens,requests,instance_hours,transfer_quantity}', 'day');
INSERT INTO log SELECT u.* FROM accelcost.usage AS u, generate_series(1, 20);
SELECT count(accelcost.rollup_fold('log_daily')) \g /dev/null
ANALYZE log;
CREATE VIEW log_sums AS SELECT day::timestamp AT TIME ZONE 'UTC' AS period_start, kept.* FROM log_daily AS kept;
\set lines 'month, provider, payer, model, team, compute, egress, total, tokens, instance_hours, is_complete, reason'

SELECT clock_timestamp() AS start \gset
CREATE TEMPORARY TABLE of_rows AS SELECT :lines FROM accelcost.inference_monthly(source => 'log');
SELECT clock_timestamp() AS middle \gset
CREATE TEMPORARY TABLE of_sums AS SELECT :lines FROM accelcost.inference_monthly(source => 'log_sums');
SELECT clock_timestamp() AS stop \gset
\echo
SELECT format(
    'ROLLUP of %s rows, usage.csv 20 times: %s sums by day', to_char((SELECT count(*) FROM log), 'FM999,999'),
    to_char((SELECT count(*) FROM log_daily), 'FM999,999'));
SELECT format('  INFERENCE by rows: %s lines, %s ms; by sums: %s lines, %s ms; lines that differ: %s',
              (SELECT count(*) FROM of_rows), round(1000 * extract(epoch FROM :'middle'::timestamptz - :'start')),
              (SELECT count(*) FROM of_sums), round(1000 * extract(epoch FROM :'stop'::timestamptz - :'middle')),
              (SELECT count(*) FROM (TABLE of_rows EXCEPT ALL TABLE of_sums) AS missing)
                  + (SELECT count(*) FROM (TABLE of_sums EXCEPT ALL TABLE of_rows) AS added));

\echo 'yours: make demo FOCUS=export.csv; for usage of your own see docs/usage.md'
