-- How far usage and charges are loaded.
BEGIN;
SELECT plan(7);
INSERT INTO accelcost.usage (source, record_id, period_start, provider, model, output_tokens) VALUES
    ('gateway', '1', '2026-07-01', 'OpenAI', 'gpt-5', 1), ('gateway', '2', '2026-07-03 10:00+00', 'OpenAI', 'gpt-5', 1),
    ('gateway', '3', '2026-07-02', 'OpenAI', 'gpt-5', 1), ('nodes', '1', '2026-06-30', 'CoreWeave', NULL, NULL);
CREATE TABLE staging (row_number bigint GENERATED ALWAYS AS IDENTITY, "ProviderName" text, "BillingAccountId" text,
    "BillingPeriodStart" text, "BillingPeriodEnd" text, "ChargePeriodStart" text, "ChargePeriodEnd" text,
    "ChargeCategory" text, "BillingCurrency" text, "BilledCost" text);
INSERT INTO staging ("ProviderName", "BillingAccountId", "BillingPeriodStart", "BillingPeriodEnd", "ChargePeriodStart",
                     "ChargePeriodEnd", "ChargeCategory", "BillingCurrency", "BilledCost")
SELECT p, '7', '2026-07-01T00:00:00Z', '2026-08-01T00:00:00Z', s || 'T00:00:00Z', '2026-08-01T00:00:00Z', c, 'USD', b
FROM (VALUES ('Lambda', '2026-07-05', 'Usage', '1'), ('Lambda', '2026-07-09', 'Usage', 'abc'),
             ('Lambda', '2026-07-31', 'Purchase', '5'), ('Nebius', '2026-07-02', 'Usage', '2')) AS v (p, s, c, b);
SELECT is((SELECT (loaded, rejected)::text FROM accelcost.import_focus('staging', 'bill', 'skip')), '(3,1)',
          'a bill is loaded');
SELECT results_eq(
    $$SELECT source, provider, loaded_through, loaded_rows, last_import, rejected_rows FROM accelcost.data_freshness
      WHERE kind = 'usage' ORDER BY source$$,
    $$VALUES ('gateway', 'OpenAI', '2026-07-03 10:00+00'::timestamptz, 3::bigint, NULL::timestamptz, NULL::bigint),
             ('nodes', 'CoreWeave', '2026-06-30 00:00+00', 1, NULL, NULL)$$, 'usage by source and provider');
SELECT results_eq(
    $$SELECT source, provider, loaded_through, loaded_rows, last_import, rejected_rows FROM accelcost.data_freshness
      WHERE kind = 'charge' ORDER BY provider$$,
    $$VALUES ('bill', 'Lambda', '2026-07-05 00:00+00'::timestamptz, 2::bigint, now(), 1::bigint),
             ('bill', 'Nebius', '2026-07-02 00:00+00', 1, now(), 1)$$, 'charges by export and provider');
DELETE FROM staging WHERE "ProviderName" = 'Nebius';
UPDATE staging SET "BillingPeriodStart" = '2026-08-01T00:00:00Z', "BillingPeriodEnd" = '2026-09-01T00:00:00Z';
SELECT is((SELECT (loaded, rejected)::text FROM accelcost.import_focus('staging', 'bill', 'skip')), '(2,1)',
          'the next month is as bad');
CREATE FUNCTION pg_temp.rejected() RETURNS text LANGUAGE sql AS $$
    SELECT concat_ws(' ', (SELECT string_agg(DISTINCT rejected_rows::text, ',') FROM accelcost.data_freshness
                           WHERE kind = 'charge'),
                     substring(accelcost.cost_report('2026-07-01', basis => 'billed')
                               FROM '([0-9]+) rows? of the billing export'))
$$;
SELECT is(pg_temp.rejected(), '2 2', 'rows left out of each month are counted, by the report, too');
UPDATE staging SET "BilledCost" = '4' WHERE "BilledCost" = 'abc';
DO $$BEGIN PERFORM accelcost.import_focus('staging', 'bill', 'skip'); END$$;
SELECT is(pg_temp.rejected(), '1 1', 'until a month is imported again');
DELETE FROM accelcost.usage;
SELECT is_empty($$SELECT * FROM accelcost.data_freshness WHERE kind = 'usage'$$, 'nothing where nothing is loaded');
SELECT * FROM finish();
ROLLBACK;
