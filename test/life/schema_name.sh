#!/usr/bin/env bash
# The extension in a schema whose name looks like a format, installed where a
# backslash in a string constant means something.
set -euo pipefail
# shellcheck source=test/life/tap.bash
. "${BASH_SOURCE[0]%/*}/tap.bash"

new_database life_schema
sql life_schema 'SET standard_conforming_strings = off' 'SET escape_string_warning = off' 'CREATE SCHEMA "100%s of"' \
    'CREATE EXTENSION btree_gist' 'CREATE EXTENSION accelcost SCHEMA "100%s of"'
sql life_schema "CREATE TABLE staging AS SELECT '1.5' AS billed_cost, 'USD' AS billing_currency, '2026-03-01' AS billing_period_start,
    '2026-03-02 04:05:00.5' AS charge_period_start, 'P' AS provider_name, '1' AS billing_account_id, '{\"a\": \"b\"}' AS tags"
is 'a file is imported' "$(sql life_schema 'SELECT loaded FROM "100%s of".import_focus('"'staging')")" 1
is 'and reported' "$(sql life_schema 'SELECT month, billed_cost FROM accelcost.charge_monthly')" '2026-03-01|1.5000000000'
is 'numbers are read as ever' "$(sql life_schema "SELECT string_agg(coalesce(\"100%s of\".import_number(cell)::text, 'refused'), ' ') FROM unnest('{1.5,1x5,1_5}'::text[]) AS cell")" '1.5 refused refused'
is 'tags are read as ever' "$(sql life_schema "SELECT \"100%s of\".import_object(E'{\"a\": \"\\\\n\"}')")" '{"a": "\n"}'
like 'statistics are made' "$(sql life_schema "SELECT \"100%s of\".month_statistics('accelcost.charge', 'charge_period_end')")" '_month$'
finish
