-- No time that a column can have stops a report or a lookup.
BEGIN;
SELECT plan(15);
SET LOCAL timezone = 'UTC';

INSERT INTO accelcost.provider (provider, kind) VALUES ('Nord', 'neocloud'), ('Home', 'own');
INSERT INTO accelcost.offer (provider, sku, purchase_option, accelerator, gpu_count, price_basis,
                             billing_increment_seconds, minimum_seconds)
VALUES ('Nord', 'm1', 'on_demand', 'H100 SXM5 80GB', 1, 'per_instance', 1, 60);
INSERT INTO accelcost.offer_price (provider, sku, purchase_option, amount, currency, valid, as_of)
VALUES ('Nord', 'm1', 'on_demand', 40, 'USD', '[4714-11-24 BC,2026-07-16]', 'infinity'),
       ('Nord', 'm1', 'on_demand', 50, 'USD', '(2026-07-16,294276-12-31 23:59:59.999999]', '5874897-12-31');
INSERT INTO accelcost.token_price (provider, model, input_price, output_price, valid, weekdays, as_of, source)
VALUES ('Nord', 'x', 1, 1, '[4714-11-25 BC,)', NULL, '-infinity', 'one'),
       ('Nord', 'x', 3, 3, '(,)', NULL, '4714-11-24 BC', 'other'),
       ('Nord', 'x', 2, 2, '(,294276-12-31 23:59:59.999999]', '{2,3}', NULL, 'user');
INSERT INTO accelcost.meter_tariff (provider, meter, kind, tariff, unit, valid, free_per, free_quantity, as_of)
VALUES ('Nord', 'egress', 'internet', 'graduated: 0.1', 'GB', '[4714-11-24 BC,294276-12-31]', 'month', 0, 'infinity'),
       ('Nord', 'searches', '*', 'graduated: 1', 'search', '(,294276-12-31 23:59:59.999999)', 'day', 3, '-infinity');
INSERT INTO accelcost.electricity_price (location, sector, price_per_kwh, currency, valid, as_of)
VALUES ('cellar', 'commercial', 0.2, 'USD', '[4714-11-24 BC,294276-12-31 23:59:59.999999]', '-infinity');

CREATE TEMPORARY TABLE edge AS
SELECT at::timestamptz
FROM unnest('{-infinity,4714-11-24 BC,4714-11-24 00:00:00.000001 BC,4714-12-31 BC,4713-01-01 BC,4713-02-15 BC,'
            '2026-07-10,2026-08-10,290000-01-01,294276-11-15,294276-11-30 23:59:59.999999,294276-12-01,294276-12-15,'
            '294276-12-31 23:59:59.999999,infinity,NULL}'::text[]) AS at;
CREATE TEMPORARY TABLE used AS
SELECT 'a' || row_number() OVER () AS record_id, s.at AS period_start, e.at AS period_end, 'Nord' AS provider, k.*
FROM edge AS s, edge AS e,
     (VALUES ('m1', 5.0, false, NULL, NULL::bigint, NULL::numeric, NULL::numeric, NULL, NULL::numeric, NULL::bigint),
             ('m1', 5.0, true, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
             ('m1', 5.0, false, 'x', 7, 5, NULL, 'searches', 9, NULL),
             ('m1', 0.0, false, 'x', 7, NULL, NULL, NULL, NULL, NULL),
             (NULL, NULL, false, 'x', 7, NULL, NULL, NULL, NULL, 3),
             (NULL, NULL, false, NULL, NULL, 7, NULL, NULL, NULL, NULL),
             (NULL, NULL, false, NULL, NULL, NULL, 7, NULL, NULL, NULL),
             (NULL, NULL, false, NULL, NULL, NULL, NULL, 'searches', 9, NULL))
         AS k (sku, instance_hours, is_session, model, output_tokens, transfer_quantity, storage_quantity, meter,
               quantity, requests);
CREATE TEMPORARY VIEW used_at_home AS
SELECT record_id, period_start, period_end, 'Home' AS provider, 'cellar' AS region, 6.0 AS energy_kwh FROM used
WHERE output_tokens IS NULL;
CREATE TEMPORARY TABLE priced AS SELECT * FROM accelcost.usage_cost(source => 'used');

SELECT set_eq('SELECT DISTINCT record_id FROM priced', 'SELECT record_id FROM used', 'each record is reported');
SELECT is(array_agg(DISTINCT reason), '{period_start is unknown}', 'a record whose month is unknown says so')
FROM priced WHERE month IS NULL;
SELECT set_eq(
    $$SELECT period_start, month FROM priced WHERE month IS NULL$$,
    $$SELECT at, NULL::date FROM edge WHERE at < '4713-01-01 BC' OR at = 'infinity' OR at IS NULL$$,
    'as it is before the first month and at the ends of time');
SELECT is_empty(
    $$SELECT p.* FROM priced AS p JOIN used AS u USING (record_id)
      WHERE p.is_complete AND extract(year FROM u.period_end) - extract(year FROM u.period_start) > 101
        AND u.instance_hours <> 0$$, 'no hours of centuries have a cost');
SELECT is(array_agg(DISTINCT p.reason), '{the period is longer than 100 years}', 'nor have those without an end')
FROM priced AS p JOIN used AS u USING (record_id)
WHERE u.period_end = 'infinity' AND p.month IS NOT NULL AND u.instance_hours <> 0;
SELECT is(array_agg(DISTINCT p.reason), '{the period is out of range}', 'nor those of a month that has no next one')
FROM priced AS p JOIN used AS u USING (record_id)
WHERE u.period_start = '294276-11-15' AND u.instance_hours <> 0
  AND u.period_end BETWEEN '294276-12-01' AND '294276-12-31 23:59:59.999999';
SELECT is(count(*), (SELECT count(DISTINCT record_id) FROM used_at_home), 'energy, too')
FROM accelcost.usage_cost(source => 'used_at_home');
SELECT is(sum(u.usage_rows), (SELECT count(*)::numeric FROM priced), 'months count the records')
FROM accelcost.usage_monthly(source => 'used') AS u;
SELECT is_empty($$SELECT * FROM accelcost.usage_monthly('2026-09-01', source => 'used')$$,
    'a month in which no period of hours is known');
INSERT INTO accelcost.usage (record_id, period_start, period_end, provider, sku, instance_hours)
SELECT record_id, period_start, period_end, provider, sku, instance_hours FROM used
WHERE isfinite(period_start) AND period_end >= period_start AND sku = 'm1' AND model IS NULL AND NOT is_session;
SELECT set_eq(
    'SELECT record_id, month, cost::text, reason FROM accelcost.usage_cost()',
    $$SELECT record_id, month, cost::text, reason FROM priced
      WHERE record_id IN (SELECT record_id FROM accelcost.usage)$$,
    'the table usage has room for all finite times');

-- ---- dates of sources -----------------------------------------------------------

SELECT results_eq(
    $$SELECT p.as_of, p.age_days, p.is_old FROM edge CROSS JOIN LATERAL accelcost.price_at('Nord', 'm1', at) AS p
      WHERE at IN ('4714-11-24 BC', '2026-08-10', '294276-12-15') ORDER BY at$$,
    $$VALUES ('infinity'::date, NULL::integer, false), ('5874897-12-31', '2026-08-10'::date - '5874897-12-31', false),
             ('5874897-12-31', '294276-12-15'::date - '5874897-12-31', false)$$,
    'a date in the far future is not old, and an infinite one has no age');
SELECT results_eq(
    $$SELECT p.as_of, p.age_days, p.is_old
      FROM edge CROSS JOIN LATERAL accelcost.electricity_at('cellar', 'commercial', at) AS p
      WHERE at BETWEEN '4714-11-24 BC' AND '294276-12-31' AND p.is_old IS NOT TRUE$$,
    $$SELECT NULL::date, NULL::integer, NULL::boolean WHERE false$$, 'one of ever is');
SELECT is(is_old, true, 'at the end of time') FROM accelcost.fx_at('EUR', 'USD', 'infinity') WHERE rate IS NOT NULL
UNION ALL SELECT pass('at the end of time') WHERE (accelcost.fx_at('EUR', 'USD', 'infinity')).rate IS NULL;
SELECT results_eq(
    $$SELECT source, other_source FROM accelcost.price_conflict
      WHERE provider = 'Nord' AND what = 'tokens' AND 'user' NOT IN (source, other_source) GROUP BY 1, 2$$,
    $$VALUES ('other', 'one')$$, 'the later of two sources that disagree comes first');
SELECT results_eq(
    $$SELECT age_days FROM accelcost.catalog_age WHERE newest = 'infinity' GROUP BY 1$$, 'VALUES (NULL::integer)',
    'nor has the age of the catalog an error');

SELECT * FROM finish();
ROLLBACK;
