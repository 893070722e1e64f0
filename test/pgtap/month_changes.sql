-- Why cost changed: effects by their formulas, for usage and for charges, which add up to the change to the last digit.
BEGIN;
SELECT plan(42);
SET LOCAL timezone = 'Asia/Tokyo'; -- no result depends on it

CREATE FUNCTION pg_temp.charged(month date, sku text, quantity numeric, cost numeric, category text DEFAULT 'Usage',
                                currency text DEFAULT 'USD', unit text DEFAULT 'Hours', provider text DEFAULT 'Seller',
                                class text DEFAULT NULL, effective numeric DEFAULT NULL) RETURNS void
    LANGUAGE sql AS $$
    INSERT INTO accelcost.charge (provider_name, billing_account_id, billing_period_start, charge_period_start,
                                  charge_category, charge_class, billing_currency, billed_cost, effective_cost,
                                  service_name, sku_id, pricing_quantity, pricing_unit)
    VALUES (provider, 'acme', month::timestamp AT TIME ZONE 'UTC', (month + 3)::timestamp AT TIME ZONE 'UTC',
            category, class, currency, cost, effective, 'Machines', sku, quantity, unit);
$$;

-- ---- the worked example (P1), as charges ------------------------------------------

SELECT pg_temp.charged('2026-06-01', 'a', 100, 300), pg_temp.charged('2026-07-01', 'a', 150, 405),
       pg_temp.charged('2026-06-01', 'b', 300, 150), pg_temp.charged('2026-07-01', 'b', 200, 100),
       pg_temp.charged('2026-07-01', 'c', 40, 200), pg_temp.charged('2026-06-01', 'd', 20, 80),
       pg_temp.charged('2026-06-01', NULL, NULL, -10, 'Credit'), pg_temp.charged('2026-07-01', NULL, NULL, -25,
           'Credit');
SELECT results_eq($$SELECT value, currency, cost_before, cost_after, change, price, volume, mix, new_items, gone_items,
    credits
                    FROM accelcost.cost_change('2026-07-15', basis => 'billed')$$,
    $$VALUES ('Seller', 'USD', 520::numeric, 680::numeric, 160::numeric, -45::numeric, -56.25::numeric, 156.25::numeric,
              200::numeric, -80::numeric, -15::numeric)$$,
    'price -45, volume -56.25, mix 156.25, new 200, gone -80, credits -15: change 160 (P1)');
SELECT results_eq($$SELECT became_priced, purchases, taxes, other, exchange, is_complete, reason
                    FROM accelcost.cost_change('2026-07-01', basis => 'billed')$$,
    $$VALUES (0::numeric, 0::numeric, 0::numeric, 0::numeric, 0::numeric, true, NULL)$$, 'nothing else changed');
SELECT set_eq($$SELECT value, change, price, volume, mix FROM accelcost.cost_change('2026-07-01', 'sku', 'billed')$$,
    $$VALUES ('a', 105::numeric, -45::numeric, 150::numeric, 0::numeric), ('b', -50, 0, -50, 0), ('c', 200, 0, 0, 0),
             ('d', -80, 0, 0, 0), (NULL, -15, 0, 0, 0)$$, 'by SKU there is no mix; NULL is a value, too');
SELECT is((SELECT change FROM accelcost.cost_change('2026-07-01', 'total', 'billed')), 160::numeric,
    'a total is one row');
SELECT is((SELECT (cost_before, cost_after, new_items) FROM accelcost.cost_change('2026-07-01', 'total', 'billed',
    base_month => '2025-07-01')),
    (0::numeric, 680::numeric, 705::numeric), 'another month to compare with, in which nothing cost anything');

-- ---- the same, as usage: tokens of four models --------------------------------------

INSERT INTO accelcost.provider (provider, kind, source) VALUES ('Nord', 'api', 'test');
INSERT INTO accelcost.token_price (provider, model, input_price, output_price, service_tier, valid)
VALUES ('Nord', 'a', 3000000, 9, 'standard', '[2026-06-01 00:00+00,2026-07-01 00:00+00)'),
       ('Nord', 'a', 2700000, 9, 'standard', '[2026-07-01 00:00+00,)'),
       ('Nord', 'a', 1000000, 9, 'batch', '[2026-06-01 00:00+00,)'),
       ('Nord', 'b', 9, 500000, 'standard', '[2026-06-01 00:00+00,)'), ('Nord', 'c', 5000000, 9, 'standard',
           '[2026-06-01 00:00+00,)'),
       ('Nord', 'd', 4000000, 9, 'standard', '[2026-06-01 00:00+00,)'), ('Nord', 'late', 2000000, 9, 'standard',
           '[2026-07-01 00:00+00,)'),
       ('Nord', 'early', 2000000, 9, 'standard', '[2026-06-01 00:00+00,2026-07-01 00:00+00)');
INSERT INTO accelcost.usage (record_id, period_start, provider, model, uncached_input_tokens, output_tokens) VALUES
    ('1', '2026-06-02Z', 'Nord', 'a', 100, 0), ('2', '2026-07-02Z', 'Nord', 'a', 150, 0),
    ('3', '2026-06-02Z', 'Nord', 'b', 0, 300), ('4', '2026-07-02Z', 'Nord', 'b', 0, 200),
    ('5', '2026-07-02Z', 'Nord', 'c', 40, 0), ('6', '2026-06-02Z', 'Nord', 'd', 20, 0);
SELECT results_eq($$SELECT cost_before, cost_after, change, price, volume, mix, new_items, gone_items
                    FROM accelcost.cost_change('2026-07-01')$$,
    $$VALUES (530::numeric, 705::numeric, 175::numeric, -45::numeric, -56.25::numeric, 156.25::numeric, 200::numeric,
        -80::numeric)$$,
    'usage has the same effects (P1 without its credits)');
SELECT ok(NOT EXISTS (SELECT FROM accelcost.cost_change('2026-07-01') WHERE credits <> 0), 'usage has no credits');

-- Token kinds and service tiers are items: what is cheaper by the batch is mix, not price.
DELETE FROM accelcost.usage;
INSERT INTO accelcost.usage (record_id, period_start, provider, model, service_tier, uncached_input_tokens,
    output_tokens) VALUES
    ('1', '2026-06-02Z', 'Nord', 'b', 'standard', 500, 500), ('2', '2026-07-02Z', 'Nord', 'b', 'standard', 900, 100);
SELECT is((SELECT (price, volume, mix) FROM accelcost.cost_change('2026-07-01')), (0::numeric, 0::numeric,
    -199.9964::numeric),
    'more input and less output of one model is mix');
SELECT is((SELECT (price, change = mix) FROM accelcost.cost_change('2026-07-01', by => 'model')), (0::numeric, true),
    'by model, too');
DELETE FROM accelcost.usage;
INSERT INTO accelcost.usage (record_id, period_start, provider, model, service_tier, uncached_input_tokens,
    customer) VALUES
    ('1', '2026-07-02Z', 'Nord', 'a', 'standard', 60, 'x'), ('2', '2026-07-02Z', 'Nord', 'a', 'batch', 40, 'y'),
    ('3', '2026-08-02Z', 'Nord', 'a', 'standard', 40, 'x'), ('4', '2026-08-02Z', 'Nord', 'a', 'batch', 60, 'y');
SELECT is((SELECT (price, volume, mix) FROM accelcost.cost_change('2026-08-01', 'team')), (0::numeric, 0::numeric,
    -34::numeric),
    'and so is more in batches');
SELECT set_eq($$SELECT value, price, volume, mix FROM accelcost.cost_change('2026-08-01', 'service_tier')$$,
    $$VALUES ('standard', 0::numeric, -54::numeric, 0::numeric), ('batch', 0, 20, 0)$$,
        'by tier each has its own volume');
SELECT set_eq($$SELECT value, change FROM accelcost.cost_change('2026-08-01', 'customer')$$,
    $$VALUES ('x', -54::numeric), ('y', 20)$$, 'also by customer');

-- ---- unpriced ------------------------------------------------------------------------

DELETE FROM accelcost.usage;
INSERT INTO accelcost.usage (record_id, period_start, provider, model, uncached_input_tokens) VALUES
    ('1', '2026-06-02Z', 'Nord', 'late', 10), ('2', '2026-07-02Z', 'Nord', 'late', 30),
    ('3', '2026-06-02Z', 'Nord', 'early', 10), ('4', '2026-07-02Z', 'Nord', 'early', 10), ('5', '2026-07-02Z', 'Nord',
        'none', 10);
SELECT set_eq($$SELECT value, cost_before, cost_after, change, became_priced, unpriced_before, unpriced_after,
    is_complete, reason IS NULL
                FROM accelcost.cost_change('2026-07-01', 'model')$$,
    $$VALUES ('late', NULL::numeric, 60::numeric, 60::numeric, 60::numeric, 1::bigint, 0::bigint, false, false),
             ('early', 20, NULL, -20, -20, 0, 1, false, false), ('none', 0, NULL, NULL, NULL, 0, 1, false, false)$$,
    'what became priced is neither new nor a price, and the unknown is NULL');

-- ---- other categories and quantities ----------------------------------------------------

DELETE FROM accelcost.charge;
SELECT pg_temp.charged('2026-07-01', 'p', 1, 1000, 'Purchase'), pg_temp.charged('2026-07-01', NULL, NULL, 70, 'Tax'),
       pg_temp.charged('2026-06-01', NULL, NULL, 30, 'Tax'), pg_temp.charged('2026-07-01', 'a', NULL, 5, 'Adjustment'),
       pg_temp.charged('2026-07-01', 'a', -10, -20, class => 'Correction'),
       pg_temp.charged('2026-06-01', 'a', 10, 20), pg_temp.charged('2026-07-01', 'a', 10, 20),
       -- no quantity, none that is more than 0, other units
       pg_temp.charged('2026-06-01', 'q', NULL, 1), pg_temp.charged('2026-07-01', 'q', 2, 3),
       pg_temp.charged('2026-06-01', 'z', 0, 0), pg_temp.charged('2026-07-01', 'z', 2, 4),
       pg_temp.charged('2026-06-01', 'n', -1, -8), pg_temp.charged('2026-07-01', 'n', 2, 16),
       pg_temp.charged('2026-06-01', 'u', 60, 32, unit => 'Minutes'), pg_temp.charged('2026-07-01', 'u', 1, 64),
       -- a discount on a line of its own is a lower price
       pg_temp.charged('2026-06-01', 'd', 10, 100), pg_temp.charged('2026-07-01', 'd', 10, 100),
       pg_temp.charged('2026-07-01', 'd', NULL, -7, unit => NULL);
SELECT set_eq($$SELECT value, change, price, volume + mix, purchases, taxes, other, new_items
    FROM accelcost.cost_change('2026-07-01', 'total', 'billed')$$,
    $$VALUES ('total', 1000 + 40 + 5 - 20 + 2 + 4 + 24 + 32 - 7.0, -7::numeric, 0::numeric, 1000::numeric, 40::numeric,
              5 - 20 + 2 + 4 + 24 + 32.0, 0::numeric)$$,
    'purchases and taxes apart; corrections, and quantities that do not compare, are other; a discount is a price');
SELECT is((SELECT (change, purchases) FROM accelcost.cost_change('2026-07-01', 'total', 'effective')), (NULL::numeric,
    NULL::numeric),
    'a cost that no charge has is unknown');
UPDATE accelcost.charge SET beside = true, export_name = 'twin' WHERE charge_category = 'Purchase';
SELECT is((SELECT purchases FROM accelcost.cost_change('2026-07-01', 'total', 'billed')), 0::numeric,
    'bills beside do not count');
SELECT is((SELECT change FROM accelcost.cost_change('2026-07-01', 'total', 'billed', export_name => 'twin')),
    1000::numeric,
    'unless they are asked for');

-- ---- currencies ----------------------------------------------------------------------------

DELETE FROM accelcost.charge;
SELECT pg_temp.charged('2026-06-01', 'a', 100, 100, currency => 'EUR'), pg_temp.charged('2026-07-01', 'a', 100, 110,
    currency => 'EUR'),
       pg_temp.charged('2026-06-01', 'b', 10, 10), pg_temp.charged('2026-07-01', 'b', 30, 30);
SELECT set_eq($$SELECT currency, change, price, volume, exchange FROM accelcost.cost_change('2026-07-01', 'total',
    'billed')$$,
    $$VALUES ('EUR', 10::numeric, 10::numeric, 0::numeric, 0::numeric), ('USD', 20, 0, 20, 0)$$,
        'currencies are rows of their own');
INSERT INTO accelcost.fx_rate (from_currency, to_currency, rate, valid)
VALUES ('EUR', 'USD', 1.10, '[2026-06-01 00:00+00,2026-07-01 00:00+00)'), ('EUR', 'USD', 1.20,
    '[2026-07-01 00:00+00,)');
SELECT set_eq($$SELECT value, cost_before, cost_after, change, price, volume, mix, exchange
    FROM accelcost.cost_change('2026-07-01', 'sku', 'billed', 'USD')$$,
    $$VALUES ('a', 110::numeric, 132::numeric, 22::numeric, 11::numeric, 0::numeric, 0::numeric, 11::numeric), ('b', 10,
        30, 20, 0, 20, 0, 0)$$,
    'or converted: prices change at the rate of the first month, the rest is exchange');
INSERT INTO accelcost.token_price (provider, model, input_price, output_price, currency, valid)
VALUES ('Nord', 'euro', 1000000, 9, 'EUR', '[2026-06-01 00:00+00,)');
DELETE FROM accelcost.usage;
INSERT INTO accelcost.usage (record_id, period_start, provider, model, uncached_input_tokens) VALUES
    ('1', '2026-06-02Z', 'Nord', 'euro', 100), ('2', '2026-07-02Z', 'Nord', 'euro', 150);
SELECT is((SELECT (cost_before, cost_after, change, price, volume, mix, exchange)
    FROM accelcost.cost_change('2026-07-01')),
    (110::numeric, 180::numeric, 70::numeric, 0::numeric, 55::numeric, 0::numeric, 15::numeric),
        'usage at prices in euros, too');
SELECT is((SELECT (change, exchange) FROM accelcost.cost_change('2026-07-01', currency => 'EUR')), (50::numeric,
    0::numeric),
    'in their own currency there is no exchange');

-- ---- errors -----------------------------------------------------------------------------------

SELECT throws_ok($$SELECT * FROM accelcost.cost_change(NULL)$$, '22004', '"month" must not be null',
    'a month is needed');
SELECT throws_ok($$SELECT * FROM accelcost.cost_change('2026-07-01', NULL)$$, '22004', '"by" must not be null',
    'and what to group by');
SELECT throws_ok($$SELECT * FROM accelcost.cost_change('2026-07-01', 'colour')$$, '22023',
    'invalid value for parameter "by": "colour"',
    'which is one of the columns');
SELECT throws_ok($$SELECT * FROM accelcost.cost_change('2026-07-01', 'tag:')$$, '22023', NULL, 'or the name of a tag');
SELECT throws_ok($$SELECT * FROM accelcost.cost_change('2026-07-01', basis => 'list')$$, '22023',
    'invalid value for parameter "basis": "list"',
    'bases are those of budgets');
SELECT throws_ok($$SELECT * FROM accelcost.cost_change('2026-07-01', basis => NULL)$$, '22004',
    '"basis" must not be null', 'and not null');
SELECT throws_ok($$SELECT * FROM accelcost.cost_change('2026-07-01', currency => 'usd')$$, '22023', NULL,
    'currencies are valid');
SELECT throws_ok($$SELECT * FROM accelcost.cost_change('2026-07-01', base_month => 'infinity')$$, '22023', NULL,
    'months are finite');

-- ---- generated months ----------------------------------------------------------------------------

DELETE FROM accelcost.fx_rate;
DELETE FROM accelcost.charge;
DELETE FROM accelcost.usage;
SELECT count(pg_temp.charged(
    (ARRAY['2026-06-01', '2026-07-01']::date[])[1 + i % 2], 's' || hashint8(i) % 40,
    CASE WHEN i % 23 <> 0 THEN round(abs(hashint8(i * 3))::numeric / 1000003, 4) END,
        round(hashint8(i * 5)::numeric / 1000037, 7),
    (ARRAY['Usage', 'Usage', 'Usage', 'Usage', 'Usage', 'Purchase', 'Tax', 'Credit', 'Adjustment'])[1 + i % 9],
    unit => 'u' || i % 5 % 2, provider => 'Seller ' || i % 3, effective => CASE WHEN i % 41 <> 0 THEN i END))
FROM generate_series(1::bigint, 1200) AS i;
-- The same at a finer grain: a model of its own in numeric, item by item.
CREATE TEMP TABLE item AS
SELECT provider_name, charge_category, sku_id, count(DISTINCT pricing_unit) = 1 AS one_unit, min(pricing_unit) AS unit,
       sum(billed_cost) FILTER (WHERE m = 6) AS c0, sum(billed_cost) FILTER (WHERE m = 7) AS c1,
       CASE WHEN bool_and(pricing_quantity IS NOT NULL OR m <> 6 OR billed_cost < 0) THEN sum(coalesce(pricing_quantity,
           0)) FILTER (WHERE m = 6) END AS q0,
       CASE WHEN bool_and(pricing_quantity IS NOT NULL OR m <> 7 OR billed_cost < 0) THEN sum(coalesce(pricing_quantity,
           0)) FILTER (WHERE m = 7) END AS q1
FROM (SELECT *, extract(month FROM charge_period_start AT TIME ZONE 'UTC') AS m FROM accelcost.charge) AS c
GROUP BY 1, 2, 3;
SELECT ok((SELECT count(*) FROM item WHERE charge_category = 'Usage' AND one_unit AND q0 > 0 AND q1 > 0
    AND c0 IS NOT NULL AND c1 IS NOT NULL) > 20
          AND (SELECT count(*) FROM item WHERE charge_category = 'Usage'
              AND NOT one_unit) > 20, 'the generated months have all kinds of items');
CREATE TEMP TABLE model AS
SELECT provider_name AS value, sum(coalesce(c1, 0)) - sum(coalesce(c0, 0)) AS change,
       coalesce(sum(c1 - old) FILTER (WHERE compared), 0) AS price,
       coalesce(sum(volume) FILTER (WHERE compared), 0) AS volume,
       coalesce(sum(old - c0 - volume) FILTER (WHERE compared), 0) AS mix,
       coalesce(sum(c1) FILTER (WHERE charge_category = 'Usage' AND c0 IS NULL), 0) AS new_items,
       coalesce(-sum(c0) FILTER (WHERE charge_category = 'Usage' AND c1 IS NULL), 0) AS gone_items
FROM (SELECT *, c0 * q1 * 1.00000000000000000000000000000000000000000000 / nullif(q0, 0) AS old,
             c0 * (sum(q1) FILTER (WHERE compared) OVER same - sum(q0) FILTER (WHERE compared) OVER same)
                * 1.00000000000000000000000000000000000000000000
                / nullif(sum(q0) FILTER (WHERE compared) OVER same, 0) AS volume
      FROM (SELECT *, charge_category = 'Usage' AND one_unit AND q0 > 0 AND q1 > 0 AND num_nulls(c0, c1) = 0
                          AS compared FROM item) AS i
      WINDOW same AS (PARTITION BY provider_name, unit, compared)) AS j
GROUP BY provider_name;
CREATE TEMP TABLE got AS SELECT * FROM accelcost.cost_change('2026-07-01', 'provider', 'billed');
SELECT is_empty($$SELECT m.*, g.price, g.volume, g.mix, g.new_items, g.gone_items, g.change
                  FROM model AS m LEFT JOIN got AS g USING (value)
                  WHERE g.value IS NULL OR m.change <> g.change OR round(m.price, 18) <> g.price
                     OR round(m.volume, 18) <> g.volume OR abs(m.mix - g.mix) > 1e-18
                     OR m.new_items <> g.new_items OR m.gone_items <> g.gone_items$$,
    'effects are those of the formulas, to the last digit; the mix takes what rounding leaves');

\ir ../include/mixed_usage.sql
INSERT INTO accelcost.fx_rate (from_currency, to_currency, rate, valid)
VALUES ('USD', 'EUR', 0.913, '[2020-01-01 00:00+00,2026-07-01 00:00+00)'), ('USD', 'EUR', 0.887,
    '[2026-07-01 00:00+00,)');
CREATE TEMP TABLE change AS
SELECT b.basis, c.currency AS asked, g.by, d.*
FROM (VALUES ('modelled'), ('billed'), ('effective')) AS b (basis), (VALUES ('EUR'), ('USD')) AS c (currency),
     unnest('{total,provider,payer,sub_account,team,model,workload,component,customer,feature,user_id,service,sku,'
            'region,service_tier,tag:env}'::text[]) AS g (by),
     LATERAL accelcost.cost_change('2026-07-01', g.by, b.basis, c.currency) AS d
WHERE b.basis = 'modelled' OR c.currency = 'EUR' OR g.by IN ('total', 'sku');
SELECT is((SELECT count(DISTINCT (basis, asked, by)) FROM change), 68::bigint, 'all columns on all bases');
SELECT is_empty($$SELECT * FROM change
    WHERE change <> price + volume + mix + new_items + gone_items + became_priced + credits + purchases + taxes + other
        + exchange
       OR change <> coalesce(cost_after, 0) - coalesce(cost_before, 0) OR num_nulls(change, price, mix) NOT IN (0, 3)$$,
    'the parts add up to the change to the last digit');
SELECT is_empty($$SELECT basis, asked, by, sum(change), min(whole) FROM change
    JOIN (SELECT basis, asked, change AS whole FROM change WHERE by = 'total') AS t
    USING (basis, asked) GROUP BY 1, 2, 3 HAVING sum(change) <> min(whole) AND (asked = 'USD'
        OR abs(sum(change) - min(whole)) > 1e-15)$$,
    'and each column''s values to the whole: exactly in the currency of the prices');
SELECT is((SELECT (cost_before, cost_after) FROM change WHERE (basis, asked, by) = ('modelled', 'USD', 'total')),
    ((SELECT sum(total) FROM accelcost.usage_monthly('2026-06-01')), (SELECT sum(total)
        FROM accelcost.usage_monthly('2026-07-01'))),
    'the costs of usage are those of usage_monthly');
SELECT is((SELECT (cost_before, cost_after) FROM got WHERE value = 'Seller 1'),
    ((SELECT sum(billed_cost)::numeric FROM accelcost.charge_monthly WHERE month = '2026-06-01'
        AND provider_name = 'Seller 1') * 1,
     (SELECT sum(billed_cost)::numeric FROM accelcost.charge_monthly WHERE month = '2026-07-01'
         AND provider_name = 'Seller 1') * 1),
    'those of charges are those of charge_monthly');

-- ---- a rate that is known in one of the months alone --------------------------------

DELETE FROM accelcost.charge;
DELETE FROM accelcost.fx_rate;
SELECT pg_temp.charged('2026-06-01', 'u', 10, 100), pg_temp.charged('2026-07-01', 'u', 12, 110),
       pg_temp.charged('2026-06-01', 'e', 10, 50, currency => 'EUR'),
       pg_temp.charged('2026-07-01', 'e', 12, 70, currency => 'EUR');
INSERT INTO accelcost.fx_rate (from_currency, to_currency, rate, valid)
VALUES ('EUR', 'USD', 2, '[2026-06-01 00:00+00,2026-07-01 00:00+00)');
SELECT results_eq($$SELECT cost_before, cost_after, change, price, volume, mix, became_priced, exchange,
                           unpriced_before, unpriced_after, is_complete, reason
                    FROM accelcost.cost_change('2026-07-01', basis => 'billed', currency => 'USD')$$,
    $$VALUES (200::numeric, 110::numeric, -90::numeric, -10::numeric, 20::numeric, 0::numeric, -100::numeric,
              0::numeric, 0::bigint, 1::bigint, false, 'no exchange rate from EUR to USD on 2026-07-31')$$,
    'a cost without a rate in the later month is unknown, not a change of exchange rates');
SELECT results_eq($$SELECT cost_before, cost_after, change, became_priced, unpriced_after, reason
                    FROM accelcost.cost_change('2026-07-01', 'sku', 'billed', 'USD') WHERE value = 'e'$$,
    $$VALUES (100::numeric, NULL::numeric, -100::numeric, -100::numeric, 1::bigint,
              'no exchange rate from EUR to USD on 2026-07-31')$$, 'nor is it at the rate of the earlier month');
UPDATE accelcost.fx_rate SET valid = '[2026-07-01 00:00+00,2026-08-01 00:00+00)';
SELECT results_eq($$SELECT cost_before, cost_after, change, price, volume, mix, became_priced, exchange,
                           unpriced_before, unpriced_after, is_complete, reason
                    FROM accelcost.cost_change('2026-07-01', basis => 'billed', currency => 'USD')$$,
    $$VALUES (100::numeric, 250::numeric, 150::numeric, -10::numeric, 20::numeric, 0::numeric, 140::numeric, 0::numeric,
              1::bigint, 0::bigint, false, 'no exchange rate from EUR to USD on 2026-06-30')$$,
    'a cost without a rate in the earlier month became priced');
UPDATE accelcost.charge SET sku_id = 'one';
SELECT results_eq($$SELECT cost_before, cost_after, change, price + volume + mix AS compared, became_priced, exchange
                    FROM accelcost.cost_change('2026-07-01', basis => 'billed', currency => 'USD')$$,
    $$VALUES (100::numeric, 250::numeric, 150::numeric, 0::numeric, 150::numeric, 0::numeric)$$,
    'an item of two currencies, one of them without a rate, does not compare');

-- ---- charges without a cost on the basis ------------------------------------------

DELETE FROM accelcost.charge;
SELECT pg_temp.charged('2026-06-01', 'q', 10, 100, effective => 100), pg_temp.charged('2026-06-01', 'q', 5, 50),
       pg_temp.charged('2026-07-01', 'q', 12, 144, effective => 144), pg_temp.charged('2026-07-01', 'q', 9, 90);
SELECT results_eq($$SELECT cost_before, cost_after, price, volume, mix, other, unpriced_before, unpriced_after
                    FROM accelcost.cost_change('2026-07-01', basis => 'effective')$$,
    $$VALUES (100::numeric, 144::numeric, 24::numeric, 20::numeric, 0::numeric, 0::numeric, 1::bigint, 1::bigint)$$,
    'quantities are those of the charges whose cost is known');
UPDATE accelcost.charge SET billing_account_id = 'acme-2' WHERE effective_cost IS NULL;
SELECT is((SELECT (price, volume, other)::text FROM accelcost.cost_change('2026-07-01', basis => 'effective')),
          '(24,20,0)', 'also if they are of another account');

SELECT * FROM finish();
ROLLBACK;
