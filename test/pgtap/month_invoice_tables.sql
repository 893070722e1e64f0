-- invoice_bridge on invoices in a relation of the user's: what is wrong in it, and usage without a rate.
BEGIN;
SELECT plan(4);
SET LOCAL timezone = 'Asia/Tokyo';

INSERT INTO accelcost.usage (record_id, period_start, provider, region, sku, instance_hours)
VALUES ('n', '2026-07-01Z', 'CoreWeave', 'US', 'H100 (8x)', 10);
DELETE FROM accelcost.fx_rate;
CREATE TABLE bill AS
SELECT 'CoreWeave' AS invoice_issuer_name, 'E-1' AS invoice_id, '2026-07-01' AS billing_period_start,
       'EUR' AS currency, 5.004 AS amount;

SELECT results_eq($$SELECT line, amount, reason FROM accelcost.invoice_bridge('2026-07-01', 'bill')$$,
    $$VALUES ('modelled', NULL::numeric, 'no exchange rate from USD to EUR on 2026-07-31'),
             ('unexplained', 5.004, NULL)$$, 'nothing is rounded where nothing is known');
SELECT results_eq($$SELECT line, amount, reason FROM accelcost.invoice_bridge('2026-07-01', currency => 'EUR')$$,
    $$VALUES ('modelled', NULL::numeric, 'no exchange rate from USD to EUR on 2026-07-31'),
             ('unexplained', NULL, 'there is no invoice yet')$$, 'nor is it in an accrual');
UPDATE bill SET currency = 'usd';
SELECT throws_ok($$SELECT * FROM accelcost.invoice_bridge('2026-07-01', 'bill')$$, '22023',
                 'currency "usd" of invoice "E-1" is not a currency');
UPDATE bill SET currency = NULL;
SELECT throws_ok($$SELECT * FROM accelcost.invoice_bridge('2026-07-01', 'bill')$$, '22023',
                 'currency "" of invoice "E-1" is not a currency');

SELECT * FROM finish();
ROLLBACK;
