#!/usr/bin/env bash
# A schema that comes first in search_path and holds a trap for every function
# and operator of the server and of the extension changes no result: no trap is
# ever called.
set -euo pipefail
# shellcheck source=test/server/tap.bash
. "${BASH_SOURCE[0]%/*}/tap.bash"

new_database life_path
hostile='-c search_path=hostile,public,pg_catalog'

# A trap has the name and the arguments of what it imitates, and raises. Those of
# the extension are made from a first, honest, installation.
sql life_path 'CREATE EXTENSION accelcost CASCADE' 'CREATE SCHEMA hostile' "
CREATE TABLE hostile.target AS
SELECT DISTINCT quote_ident(proname) AS name, proargtypes::text AS arguments, prorettype::regtype AS result
FROM pg_catalog.pg_proc
WHERE prokind IN ('f', 'w') AND provariadic = 0 AND pronamespace IN ('pg_catalog'::regnamespace,
    'public'::regnamespace)
  AND NOT EXISTS (SELECT FROM unnest(proargtypes || prorettype) AS t JOIN pg_type ON pg_type.oid = t
      WHERE typtype = 'p' AND typname <> 'record')" \
    'DROP EXTENSION accelcost' "
DO \$\$
DECLARE
    t record;
BEGIN
    FOR t IN SELECT * FROM hostile.target LOOP
        BEGIN
            EXECUTE format('CREATE FUNCTION hostile.%s(%s) RETURNS %s LANGUAGE plpgsql AS %L', t.name,
                (SELECT string_agg(a::oid::regtype::text, ', ' ORDER BY i)
                    FROM unnest(string_to_array(t.arguments, ' ')) WITH ORDINALITY AS u(a, i)),
                CASE WHEN t.result = 'record'::regtype THEN 'int' ELSE t.result::text END,
                    'BEGIN RAISE EXCEPTION ''trapped in ' || replace(t.name, '''', '') || '''; END');
        EXCEPTION WHEN undefined_object OR syntax_error
            OR duplicate_function THEN NULL;     -- with types that are gone: later
        END;
    END LOOP;
    FOR t IN SELECT oprname, oprleft, oprright, oprcode, p.proname FROM pg_catalog.pg_operator
        JOIN pg_catalog.pg_proc AS p ON p.oid = oprcode
             WHERE oprnamespace = 'pg_catalog'::regnamespace LOOP
        BEGIN
            EXECUTE format('CREATE OPERATOR hostile.%s (FUNCTION = hostile.%I, %s RIGHTARG = %s)', t.oprname,
                t.proname,
                CASE WHEN t.oprleft <> 0 THEN format('LEFTARG = %s,', t.oprleft::regtype) END, t.oprright::regtype);
        EXCEPTION WHEN undefined_function OR undefined_object OR syntax_error
            OR invalid_function_definition THEN NULL;
        END;
    END LOOP;
END
\$\$" >&2
traps=$(sql life_path "SELECT count(*) FROM pg_proc WHERE pronamespace = 'hostile'::regnamespace" \
    "SELECT count(*) FROM pg_operator WHERE oprnamespace = 'hostile'::regnamespace")
like 'there are traps by the thousand' "$traps" $'^[1-9][0-9]{3}\n[5-9][0-9]{2}$'
like 'they catch what is not qualified' "$(PGOPTIONS=$hostile sql life_path "SELECT 1 + 1, lower('A')" || true)" \
    '^P0001: trapped in'

is 'the extension installs among them' "$(PGOPTIONS=$hostile sql life_path \
    'CREATE EXTENSION accelcost SCHEMA public CASCADE')" ''

# Traps for the functions, operators and casts of the extension itself.
sql life_path "
DO \$\$
DECLARE
    t record;
BEGIN
    FOR t IN SELECT p.proname, p.oid, p.prorettype::regtype AS result, oidvectortypes(proargtypes) AS arguments
             FROM pg_depend AS d JOIN pg_proc AS p ON p.oid = d.objid JOIN pg_extension AS e ON e.oid = d.refobjid
             WHERE d.classid = 'pg_proc'::regclass AND d.deptype = 'e' AND extname = 'accelcost' AND prokind = 'f'
                 AND prorettype NOT IN ('cstring'::regtype, 'internal'::regtype)
                 AND 'internal'::regtype <> ALL (proargtypes) AND 'cstring'::regtype <> ALL (proargtypes) LOOP
        EXECUTE format('CREATE OR REPLACE FUNCTION hostile.%I(%s) RETURNS %s LANGUAGE plpgsql AS %L', t.proname,
            t.arguments,
            CASE WHEN t.result = 'record'::regtype THEN 'int' ELSE t.result::text END,
                'BEGIN RAISE EXCEPTION ''trapped in our ' || t.proname || '''; END');
    END LOOP;
    FOR t IN SELECT o.oprname, o.oprleft, o.oprright, p.proname FROM pg_depend AS d
        JOIN pg_operator AS o ON o.oid = d.objid JOIN pg_proc AS p ON p.oid = oprcode
             WHERE d.classid = 'pg_operator'::regclass AND d.deptype = 'e'
                 AND ARRAY['tco', 'tariff']::regtype[] && ARRAY[oprleft, oprright]::regtype[]
                 AND oprright IN ('tco'::regtype, 'tariff'::regtype, 'numeric'::regtype) LOOP
        EXECUTE format('CREATE OPERATOR hostile.%s (FUNCTION = hostile.%I, %s RIGHTARG = %s)', t.oprname, t.proname,
            CASE WHEN t.oprleft <> 0 THEN format('LEFTARG = %s,', t.oprleft::regtype) END, t.oprright::regtype);
    END LOOP;
END
\$\$" >&2
like 'ours can be trapped, too' "$(PGOPTIONS=$hostile sql life_path "SELECT total('6 USD'::tco)" || true)" \
    '^P0001: trapped in our total'

# ---- the same results -----------------------------------------------------

# All of the extension by qualified names, so that what a trap could catch is
# inside the extension.
cat >"$scratch/use.sql" <<'SQL'
SELECT cost, cost::numeric, cost::float8, cost::json, cost::jsonb, cost::jsonb::public.tco, cost::text::public.tco,
       public.total(cost), public.upfront(cost), public.recurring(cost), public.component(cost, 'tax'),
           public.currency(cost), public.round(cost, 1), public.exchange(cost, 'eur', 0.92),
       public.make_tco(tax => 1), public.tco(6), public.tco_cmp(cost, '6 USD'), public.tco_hash(cost),
           public.tco_hash_extended(cost, 1)
FROM (VALUES ('1234.56 USD compute=1000 energy=34.56 egress=200'::public.tco)) AS t(cost);
SELECT OPERATOR(public.-) cost, cost OPERATOR(public.+) cost, cost OPERATOR(public.-) cost,
    cost OPERATOR(public.*) 1.1, 2.0 OPERATOR(public.*) cost, cost OPERATOR(public./) 3.0, cost OPERATOR(public./) cost,
       cost OPERATOR(public.*) 0.1234567890123456789012345678901234567890,
           cost OPERATOR(public./) 0.1234567890123456789012345678901234567890,
       cost OPERATOR(public.<) cost, cost OPERATOR(public.<=) cost, cost OPERATOR(public.=) cost,
           cost OPERATOR(public.<>) cost, cost OPERATOR(public.>=) cost, cost OPERATOR(public.>) cost,
       cost OPERATOR(public.<) 6.0, cost OPERATOR(public.<=) 6.0, cost OPERATOR(public.=) 6.0,
           cost OPERATOR(public.<>) 6.0, cost OPERATOR(public.>=) 6.0, cost OPERATOR(public.>) 6.0,
       6.0 OPERATOR(public.<) cost, 6.0 OPERATOR(public.<=) cost, 6.0 OPERATOR(public.=) cost,
           6.0 OPERATOR(public.<>) cost, 6.0 OPERATOR(public.>=) cost, 6.0 OPERATOR(public.>) cost
FROM (VALUES ('6 USD'::public.tco)) AS t(cost);
SELECT cost, public.sum(cost), public.avg(cost), public.min(cost), public.max(cost)
    FROM (VALUES ('6 USD'::public.tco), ('7 USD'), ('6 USD')) AS t(cost) GROUP BY ROLLUP (cost) ORDER BY cost;
SELECT DISTINCT a.cost FROM (VALUES ('6 USD'::public.tco), ('7 USD'), ('6 USD')) AS a(cost)
    JOIN (VALUES ('6 USD'::public.tco)) AS b(cost) ON a.cost OPERATOR(public.=) b.cost;
SELECT public.sum(cost) OVER (ORDER BY cost ROWS BETWEEN 1 PRECEDING AND CURRENT ROW),
    public.avg(cost) OVER (ORDER BY cost ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)
    FROM (VALUES ('6 USD'::public.tco), ('7 USD')) AS t(cost);
SELECT t, t::json, t::jsonb, t::jsonb::public.tariff, t::text::public.tariff, public.tariff_cost(t, 12.5),
    public.tariff_cost(t, -1, 12.5), public.tariff_marginal(t, 3), public.tariff('{5,NULL}', '{2,1}'),
    public.tariff_from_widths('{5,NULL}', '{2,1}'), public.tariff_cmp(t, 'graduated: 1'), public.tariff_hash(t),
    public.tariff_hash_extended(t, 1),
       t OPERATOR(public.<) t, t OPERATOR(public.<=) t, t OPERATOR(public.=) t, t OPERATOR(public.<>) t,
           t OPERATOR(public.>=) t, t OPERATOR(public.>) t, public.tariff_state_add('0 0 0', 5, t),
           public.tariff_state_merge('0 1 0', '1 0 5 graduated: 1'), public.tariff_state_result('1 0 5 graduated: 1')
FROM (VALUES ('graduated allowance 1: 2 flat 3 upto 10, 1'::public.tariff)) AS v(t);
SELECT * FROM public.tariff_lines('graduated: 2 flat 3 upto 10, 1', 12.5);
SELECT t, public.tiered_cost(q, t), public.tariff_agg(q, 1.0)
    FROM (VALUES (5, 'graduated: 1'::public.tariff), (6, 'graduated: 1'), (7, 'volume: 1')) AS v(q, t) GROUP BY t
    ORDER BY t;
SELECT public.tiered_cost(q, 'graduated: 2 upto 8, 1') OVER (ORDER BY q ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)
    FROM (VALUES (5), (6)) AS v(q);
SELECT public.bill_month(at), public.bill_month(at::timestamp), public.bill_month(at::date),
    public.bill_month(at, 'Asia/Kolkata'), public.bill_month(at::timestamp, 'Asia/Kolkata'),
    public.bill_month(at::date, 'UTC'), public.next_month(at::date), public.month_hours(at::date)
FROM (VALUES ('2024-02-29 20:00+00'::timestamptz)) AS t(at);
SELECT public.tops(4096, 1.4e9), public.dense_tops(989, 2), public.precision_bytes('fp8'),
    public.tops_ratio(2, 'fp8', 1, 1, 'fp8', 1), public.attainable_tops(989, 3350, 100),
    public.ridge_point(989, 3350), public.arithmetic_intensity(8, 8, 8, 2),
    public.arithmetic_intensity(8, 8, 8, 2, 1), public.tokens_per_second(14e9, 600),
    public.kv_cache_bytes(32, 8, 128, 1), public.throughput_bound(8e9, 8e9, 1979, 3350, 8, 9, 9),
    public.tops_per_watt(45, 15), public.tops_per_dollar(990, 2.5);
SELECT public.energy_kwh(700, 730), public.watts_at_load(110, 700, 0.5), public.kwh_from_joules(3.6e6),
    public.energy_cost(511, 0.1), public.energy_cost(511.5, 0.1), public.energy_cost(9223372036854775807, 0.1),
    public.carbon_kg(511, 369);
SELECT public.token_cost(1000, 500, 3, 15, cache_read_tokens => 10, cache_read_price => 0.3,
    cached_convention => 'included', batch_factor => 0.5), public.per_million(5, 3),
    public.per_million('5 USD'::public.tco, 3), public.cost_per_million_tokens(2.5, 700, 0.1),
    public.cost_per_million_tokens(2.5, 700);
SELECT public.training_cost(100, 2.56, 20, 8), public.training_cost(100.5, 2.56),
    public.training_break_even_month(300, 100), public.training_break_even_month(300, 100, 0.1),
    public.training_break_even_month('300 USD'::public.tco, 100, -0.1),
    public.training_break_even_month('300 USD'::public.tco, '100 USD'::public.tco);
SELECT public.tco_over(own, 12), public.break_even_months(own, rent), public.own_hourly_rate(own, 36, 0.8, 1000),
    public.break_even_utilisation(own, 49.24, 36), public.billed_seconds(61, 60, 60)
FROM (VALUES (public.own_accelerator(30000, 8, 700, 0.10, pue => 1.4),
    public.rent_accelerator(49.24, 8, 8, egress_quantity => 200,
    egress_tariff => 'graduated: 0 upto 100, 0.09'))) AS t(own, rent);
SELECT * FROM public.break_even('13 USD upfront=12 energy=1', '4 USD compute=4', 5, 0.1);
SELECT public.irr_detail('{-1,3,-2}'), public.mirr('{-1,3,2}', 0.1, 0.1),
    public.xnpv(0.1, '{-1,2}', '{2026-01-01,2027-01-01}'), public.xirr('{-1,2}', '{2026-01-01,2027-01-01}'),
    public.blended_price(3, 15, 4), public.break_even_months('1 USD upfront=1', '2 USD compute=2', 12);
SELECT public.break_even_quantity(100, 1, 3), public.self_host_first_break_even(1000, 100, 15),
    public.self_host_break_even(1000, 100, 15), public.npv(0.05, '{-1,2}'), public.npv_end(0.05, '{-1,2}'),
    public.irr('{-1,2}'), public.payback_periods('{-1,2}');
SELECT * FROM public.self_host_break_even_steps(1000, 100, 15, 3);
SELECT * FROM public.amortize(1000, 0.08, 3);
BEGIN;
CREATE TABLE public.power (at timestamptz, device text, watts float8);
INSERT INTO public.power VALUES ('2026-07-01 00:00+00', 'gpu', 700), ('2026-07-01 00:30+00', 'gpu', 700),
    ('2026-07-01 00:10+00', 'gpu', NULL);
SELECT * FROM accelcost.energy_from_samples('public.power', '1 hour');
CREATE TABLE public.log (at timestamp, host text, gpu int, watts text, millijoules int8);
INSERT INTO public.log VALUES ('2026-07-01 00:00', 'a', 0, '700 W', 5), ('2026-07-01 00:30', 'a', 0, '[N/A]', 3),
    ('2026-07-01 01:00', 'a', 0, '700.5', 9);
SELECT * FROM accelcost.energy_from_samples('public.log', '1 hour', tz => 'Europe/Berlin');
SELECT * FROM accelcost.energy_from_counters('public.log', tz => 'Europe/Berlin'), public.g_per_kwh(823.1, 'lb/MWh');
SELECT * FROM accelcost.energy_from_samples('public.power', '1 hour', '2026-07-01 00:05+00', '2026-07-01 00:20+00',
    1.2);
CREATE TABLE public.staging ("BilledCost" text, "BillingCurrency" text, "BillingAccountId" text, "ProviderName" text,
    "ServiceName" text, "BillingPeriodStart" text, "ChargePeriodStart" text, "Tags" text, "Mine" text);
INSERT INTO public.staging VALUES ('1.5', 'USD', 'a', 'AWS', 'EC2', '2024-03-01', '2024-03-02T10:00:00Z',
    '{"team": "a"}', 'x'), ('2.5E-3', 'USD', 'a', 'AWS', 'S3', '2024-03-01', '2024-03-03 10:00', '', NULL);
SELECT loaded FROM accelcost.import_focus('public.staging');
SELECT * FROM accelcost.charge_monthly ORDER BY service_name;
SELECT month, cost FROM accelcost.charge_monthly('billed', 'Asia/Kolkata') ORDER BY service_name;
SELECT accelcost.import_columns('BilledCost,Tags');
INSERT INTO accelcost.import_column (format, header, column_name) VALUES ('focus', 'Our Cost', 'billed_cost')
    RETURNING header_key;
SELECT * FROM accelcost.recommend_accelerator();
SELECT * FROM accelcost.recommend_accelerator('inference', 'edge', 50, 15, 'egress', 'mature', 8, 'region', 'steady',
    0.5, 'tolerated', 'custom', 'int8');
SELECT * FROM accelcost.recommend_accelerator('inference', 'edge', 50, 15, 'egress', 'mature');
SELECT * FROM accelcost.decision_outcomes('training', latency_ms => 5);
INSERT INTO accelcost.decision_rule (name, question, at_least, below, unless_workload, kind, points, sentence)
    VALUES ('mine', 'latency_ms', 1, 2, '{training}', 'cpu', 1.5, 'Mine.');
SELECT * FROM accelcost.recommend_accelerator('inference');
CREATE TABLE public.usage (at timestamptz);
SELECT accelcost.month_statistics('public.usage', 'at');
SELECT stxname FROM pg_catalog.pg_statistic_ext WHERE stxrelid OPERATOR(pg_catalog.=) 'public.usage'::regclass;
ROLLBACK;
SQL
use() { psql -XAtq -v ON_ERROR_STOP=1 -d life_path -f "$scratch/use.sql" 2>&1; }
use >"$scratch/honest" || true
PGOPTIONS=$hostile use >"$scratch/among_traps" || true
is 'without traps everything works' "$(grep -c ERROR "$scratch/honest")" 0
same 'among traps it gives the same' "$scratch/honest" "$scratch/among_traps"

# ---- a schema that another has laid out -----------------------------------

# While the script runs, its path is the schema of CREATE EXTENSION, which can
# belong to anybody. Of two functions the one that fits a call better is taken,
# also from there: these traps fit calls with NULL or a string where the
# server's has another type, with a name where it has a text, or with any type.
new_database life_planted
sql life_planted 'CREATE SCHEMA planted' "
DO \$\$
DECLARE
    t record;
BEGIN
    FOR t IN SELECT quote_ident(proname) AS name, prorettype::regtype AS result,
                    (SELECT string_agg(CASE WHEN i = at THEN 'text' ELSE a::oid::regtype::text END, ', ' ORDER BY i)
                        FROM unnest(string_to_array(proargtypes::text, ' ')) WITH ORDINALITY AS u(a, i)) AS arguments
             FROM pg_proc, generate_series(1, pronargs) AS at
             WHERE prokind = 'f' AND provariadic = 0 AND pronamespace = 'pg_catalog'::regnamespace
                 AND proargtypes[at - 1] <> 'text'::regtype AND pronargs BETWEEN 2 AND 4
               AND NOT EXISTS (SELECT FROM unnest(proargtypes || prorettype) AS a JOIN pg_type ON pg_type.oid = a
                   WHERE typtype = 'p') LOOP
        BEGIN
            EXECUTE format('CREATE FUNCTION planted.%s(%s) RETURNS %s LANGUAGE plpgsql AS %L', t.name, t.arguments,
                t.result, 'BEGIN RAISE EXCEPTION ''trapped''; END');
        EXCEPTION WHEN duplicate_function THEN NULL;
        END;
    END LOOP;
    FOR t IN SELECT oprname, oprresult::regtype AS result FROM pg_operator WHERE oprleft = 'text'::regtype
        AND oprright = 'text'::regtype LOOP
        EXECUTE format('CREATE FUNCTION planted.%I(name, name) RETURNS %s LANGUAGE plpgsql AS %L', 'of ' || t.oprname,
            t.result, 'BEGIN RAISE EXCEPTION ''trapped''; END');
        EXECUTE format('CREATE OPERATOR planted.%s (FUNCTION = planted.%I, LEFTARG = name, RIGHTARG = name)',
            t.oprname, 'of ' || t.oprname);
    END LOOP;
    EXECUTE format('CREATE FUNCTION planted.json_build_object(text, text%s) RETURNS json LANGUAGE plpgsql AS %L',
        repeat(', text, numeric', 9), 'BEGIN RAISE EXCEPTION ''trapped''; END');
END
\$\$" >&2
like 'a better fit is taken' "$(PGOPTIONS='-c search_path=planted' sql life_planted 'SELECT format_type(23, NULL)' \
    || true)" '^P0001: trapped'
is 'the extension installs beside better fits' "$(sql life_planted 'CREATE EXTENSION btree_gist SCHEMA public' \
    'CREATE EXTENSION accelcost SCHEMA planted')" ''
is 'nothing of the extension depends on them' "$(sql life_planted "
    WITH member AS (SELECT classid, objid FROM pg_depend WHERE deptype = 'e'
        AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'accelcost'))
    SELECT pg_describe_object(d.classid, d.objid, 0), 'on', pg_describe_object(refclassid, refobjid, 0)
    FROM pg_depend AS d
    WHERE refclassid IN ('pg_proc'::regclass, 'pg_operator'::regclass)
        AND (refclassid, refobjid) NOT IN (SELECT * FROM member)
      AND coalesce((SELECT pronamespace FROM pg_proc WHERE oid = refobjid AND refclassid = 'pg_proc'::regclass),
          (SELECT oprnamespace FROM pg_operator WHERE oid = refobjid
          AND refclassid = 'pg_operator'::regclass)) = 'planted'::regnamespace
      AND ((d.classid, d.objid) IN (SELECT * FROM member)
          OR d.classid NOT IN ('pg_proc'::regclass, 'pg_operator'::regclass))")" ''

finish
