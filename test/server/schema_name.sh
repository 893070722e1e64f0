#!/usr/bin/env bash
# The extension in a schema whose name looks like a format, installed where a
# backslash in a string constant means something.
set -euo pipefail
# shellcheck source=test/server/tap.bash
. "${BASH_SOURCE[0]%/*}/tap.bash"

new_database life_schema
sql life_schema 'SET standard_conforming_strings = off' 'SET escape_string_warning = off' 'CREATE SCHEMA "100%s of"' \
    'CREATE EXTENSION btree_gist' 'CREATE EXTENSION accelcost SCHEMA "100%s of"'
sql life_schema "CREATE TABLE staging AS SELECT '1.5' AS billed_cost, 'USD' AS billing_currency,
    '2026-03-01' AS billing_period_start,
    '2026-03-02 04:05:00.5' AS charge_period_start, 'P' AS provider_name, '1' AS billing_account_id,
        '{\"a\": \"b\"}' AS tags"
is 'a file is imported' "$(sql life_schema 'SELECT loaded FROM accelcost.import_focus('"'staging')")" 1
is 'and reported' "$(sql life_schema 'SELECT month, billed_cost FROM accelcost.charge_monthly')" \
    '2026-03-01|1.5000000000'
is 'numbers are read as ever' "$(sql life_schema \
    "SELECT string_agg(coalesce(accelcost_internal.import_number(cell)::text, 'refused'), ' ')
    FROM unnest('{1.5,1x5,1_5}'::text[]) AS cell")" '1.5 refused refused'
is 'tags are read as ever' "$(sql life_schema "SELECT accelcost_internal.import_object(E'{\"a\": \"\\\\n\"}')")" \
    '{"a": "\n"}'
# a session whose string constants are of the old kind
old() { sql life_schema 'SET standard_conforming_strings = off' 'SET escape_string_warning = off' \
    'SET client_min_messages = warning' "$@"; }
is 'a rollup is made as ever, in the schema of its creator' "$(old 'SET search_path = "100%s of"' \
    "CALL accelcost.rollup_create('billed', 'accelcost.charge', 'charge_period_start',
    '{\"who => upper(provider_name)\"}',
    '{\"n => count (*)\", \"cost => sum(tco_or_null(billed_cost, billing_currency))\"}')" \
    'SELECT who, n, cost FROM "100%s of".billed')" 'P|1|1.5 USD other=1.5'
is 'and kept' "$(old "INSERT INTO accelcost.charge (provider_name, billing_account_id, billing_currency,
    billing_period_start, charge_period_start, billed_cost) VALUES ('P', '1', 'USD', '2026-03-01', '2026-03-01', 2)" \
    'SELECT accelcost.rollup_fold()' 'SELECT n, cost FROM "100%s of".billed' \
    'DELETE FROM accelcost.charge WHERE billed_cost = 2' 'SELECT n, cost FROM "100%s of".billed' \
    "SELECT * FROM accelcost.rollup_verify('\"100%s of\".billed')")" $'1\n2|3.5 USD other=3.5\n1|1.5 USD other=1.5'
sql life_schema "CREATE TABLE invoice AS SELECT 'USD' AS currency, 1.5 AS amount, 'P' AS provider_name,
    date '2026-03-01' AS billing_period_start" \
    "CREATE TABLE staged AS SELECT 'OpenAI' AS provider, 'gpt-5' AS model, 1 AS input_price, 8 AS output_price" \
    "INSERT INTO accelcost.usage (record_id, period_start, provider, model, output_tokens)
        VALUES ('1', '2026-07-01', 'OpenAI', 'gpt-5', 1000000)"
is 'an invoice is compared' "$(old 'SELECT verdict FROM accelcost.reconcile('"'invoice')")" exact
is 'so are prices' "$(old 'SELECT cost_new FROM accelcost.price_impact('"'2026-07-01', 'staged')")" 8
is 'and usage has a cost' "$(old 'SELECT total FROM accelcost.inference_monthly')" '10.0000000000'
sql life_schema "CREATE TABLE gcp AS SELECT '1' AS billing_account_id, '202603' AS \"invoice.month\", '2.5' AS cost,
    'USD' AS currency, '2026-03-02' AS usage_start_time, 'TPU v5e in us-central1' AS sku_description,
    '7200' AS \"usage.amount\", 'seconds' AS \"usage.unit\", '[]' AS credits"
is 'other exports are read as ever' "$(old "SELECT loaded FROM accelcost.import_gcp('gcp')")" 1
is 'and what their charges are for' "$(old \
    'SELECT sku, trim_scale(instance_hours) FROM accelcost.charge_accelerator()')" 'TPU v5e|2'
like 'statistics are made' "$(sql life_schema \
    "SELECT accelcost.month_statistics('accelcost.charge', 'charge_period_end')")" '_month$'
finish
