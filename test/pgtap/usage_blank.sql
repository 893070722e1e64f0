-- A text without a word is no text: accelcost.usage refuses it, and in a table of one's own it is NULL.
BEGIN;
SELECT plan(23);

INSERT INTO accelcost.provider (provider, kind) VALUES ('Nord', 'api');
INSERT INTO accelcost.token_price (provider, model, input_price, output_price, valid)
VALUES ('Nord', 'm', 1, 1, '[2026-01-01,)');
INSERT INTO accelcost.meter_tariff (provider, meter, kind, tariff, unit, valid)
VALUES ('Nord', 'images', '*', 'graduated: 1', 'image', '[2026-01-01,)'),
       ('Nord', 'egress', 'internet', 'graduated: 2', 'GB', '[2026-01-01,)');

SELECT throws_ok(
    format('INSERT INTO accelcost.usage (record_id, period_start, %I) VALUES (1, ''2026-07-01'', ''  '')', a.attname),
    '23514', format('invalid value for column "%s" of table "usage": "  "', a.attname),
    format('%s of blanks is refused', a.attname))
FROM pg_attribute AS a
WHERE a.attrelid = 'accelcost.usage'::regclass AND a.attnum > 0 AND a.atttypid = 'text'::regtype
  AND a.attname NOT IN ('source', 'record_id', 'purchase_option', 'workload', 'transfer_unit', 'transfer_kind',
                        'storage_unit', 'billed_currency');

-- A log that writes empty texts for NULL, in every column that a report reads.
CREATE TEMPORARY TABLE log (
    record_id text, period_start timestamptz, provider text, model text, output_tokens bigint, meter text,
    quantity numeric, transfer_quantity numeric, sku text, accelerator text, region varchar, payer char(8),
    team text, service_tier text, geo text, workload text, purchase_option text, meter_unit text, meter_kind text,
    transfer_unit text, transfer_kind text, transfer_service text, transfer_destination text, storage_unit text,
    storage_kind text);
INSERT INTO log
SELECT u.*, e.*
FROM (VALUES ('tokens', '2026-07-01Z'::timestamptz, 'Nord', 'm', 1000000::bigint, '', NULL::numeric, NULL::numeric),
               ('images', '2026-07-01Z', 'Nord', ' ', 0, 'images', 5, NULL),
               ('sent', '2026-07-01Z', 'Nord', '', 0, '', NULL, 7),
               ('unknown', '2026-07-01Z', '', 'm', 5, '', NULL, NULL)) AS u,
     (VALUES ('', '', '', '', ' ', '', '', '', '', '', '', '', '', '', '', '', '')) AS e;
SELECT results_eq(
    $$SELECT record_id, total(cost), reason FROM accelcost.usage_cost(source => 'log') ORDER BY record_id$$,
    $$VALUES ('images', 5.0, NULL), ('sent', 14.0, NULL), ('tokens', 1.0, NULL),
             ('unknown', NULL, 'provider is unknown')$$,
    'an empty text is NULL, and has the default of accelcost.usage');
SELECT set_eq(
    $$SELECT provider, model, workload FROM accelcost.usage_monthly(source => 'log')
      WHERE payer IS NULL AND team IS NULL$$,
    $$VALUES ('Nord', 'm', 'inference'), ('Nord', NULL, 'inference'), (NULL, 'm', 'inference')$$,
    'in reports, too');
CREATE TEMPORARY VIEW nulls AS
SELECT record_id, period_start, nullif(btrim(provider), '') AS provider, nullif(btrim(model), '') AS model,
       output_tokens, nullif(meter, '') AS meter, quantity, transfer_quantity
FROM log;
SELECT results_eq(
    $$SELECT record_id, cost::text, reason FROM accelcost.usage_cost(source => 'log') ORDER BY record_id$$,
    $$SELECT record_id, cost::text, reason FROM accelcost.usage_cost(source => 'nulls') ORDER BY record_id$$,
    'as with NULL');

SELECT * FROM finish();
ROLLBACK;
