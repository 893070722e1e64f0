-- What usage cost, would cost elsewhere, and at other prices.

-- Where a price changes within the period of a record, which of them is shown
-- depends on the plan: not compared.
--= usage_cost
SELECT record_source, record_id, period_start, month, provider, payer, region, sku, accelerator, workload,
    model, team, cost, is_complete, reason, tokens, instance_hours,
       CASE WHEN w.is_one THEN price_source END AS price_source, CASE WHEN w.is_one THEN price_origin END AS
           price_origin, CASE WHEN w.is_one THEN price_as_of END AS price_as_of, rate_date
FROM usage_cost() AS u, LATERAL (SELECT coalesce(u.reason, '') !~ 'within the period|tokens are not known' AS
    is_one) AS w;
--= usage_cost.eur
SELECT record_source, record_id, month, provider, cost, is_complete, reason, rate_date FROM usage_cost(currency
    => 'EUR', first_month => '2026-07-15', last_month => '2026-07-01', rate_at => '2026-06-20 00:00Z');
--= usage_cost.tokens
SELECT record_source, record_id, month, provider, cost, is_complete, reason, rate_date FROM usage_cost('usage', 'tokens', '2026-08-01', '2026-08-31');
--= usage_cost.odd
SELECT * FROM usage_cost('odd_usage');
--= usage_cost.narrow
SELECT * FROM usage_cost('narrow_usage', 'JPY');
--= usage_monthly
SELECT * FROM usage_monthly();
--= usage_monthly.eur
SELECT * FROM usage_monthly(currency => 'EUR', rate_at => '2026-07-20 00:00Z');
--= usage_monthly.gbp
SELECT * FROM usage_monthly('2026-07-01', '2026-07-01', 'GBP');
--= usage_monthly.span 3
SELECT * FROM usage_monthly('2026-06-30', '2026-08-02', 'JPY');
--= usage_monthly.odd
SELECT * FROM usage_monthly(source => 'odd_usage');
--= usage_monthly.narrow
SELECT * FROM usage_monthly('2026-07-01', '2026-07-31', source => 'narrow_usage');
--= usage_monthly.empty
SELECT count(*) AS lines FROM usage_monthly(source => 'empty_usage');
--= usage_monthly.view
SELECT * FROM usage_monthly;
--= inference_monthly
SELECT * FROM inference_monthly('2026-07-01', '2026-07-31', 'EUR');
--= inference_monthly.view 3
SELECT * FROM inference_monthly;
--= training_monthly
SELECT * FROM training_monthly(source => 'july_usage', rate_at => '2026-06-29 00:00Z');
--= training_monthly.view 3
SELECT * FROM training_monthly;
-- With nested loops the plan of 0.1.0 takes minutes for offers and payers as many as these.
SET enable_nestloop = off;
--= what_if.may
SELECT * FROM what_if('2026-05-10');
--= what_if.june
SELECT * FROM what_if('2026-06-30');
--= what_if.july
SELECT * FROM what_if('2026-07-01');
--= what_if.august
SELECT * FROM what_if('2026-08-01', currency => 'EUR', workload => 'inference');
--= what_if.spot
SELECT * FROM what_if('2026-07-01', 'z', 'spot', rate_at => '2026-06-20 00:00Z');
--= what_if.reserved
SELECT * FROM what_if('2026-07-01', NULL, 'reserved', 12, 'training');
--= what_if.accelerator
SELECT * FROM what_if('2026-07-01', 'Zeta One', source => 'july_usage');
--= what_if.narrow
SELECT * FROM what_if('2026-07-01', source => 'narrow_usage', currency => 'JPY');
--= what_if.odd
SELECT * FROM what_if('2026-07-01', source => 'odd_usage');
--= what_if.simple
SELECT * FROM what_if('2026-07-01', source => 'simple_usage');
--= what_if.order
SELECT string_agg(concat_ws('/', accelerator, rank, provider, sku, region), ' ' ORDER BY n) AS lines FROM
    (SELECT row_number() OVER () AS n, * FROM what_if('2026-07-01', source => 'july_usage')) AS w;
RESET enable_nestloop;
--= price_impact
SELECT * FROM price_impact('2026-07-01', 'new_prices');
--= price_impact.june
SELECT * FROM price_impact('2026-06-01', 'new_prices', 'EUR', rate_at => '2026-07-03 00:00Z');
--= price_impact.narrow
SELECT * FROM price_impact('2026-07-01', 'new_prices', source => 'narrow_usage');
