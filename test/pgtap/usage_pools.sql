-- What usage costs together: transfer of a payer's month in one pool, and the lines of a monthly report.
BEGIN;
SELECT plan(17);
SET LOCAL timezone = 'UTC';
\ir ../include/usage_catalog.sql

-- ---- pools --------------------------------------------------------------------

CREATE FUNCTION pg_temp.egress_of(VARIADIC records jsonb[]) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM accelcost.usage;
    PERFORM pg_temp.add_usage(n::text, r) FROM unnest(records) WITH ORDINALITY AS u (r, n);
    RETURN (
        SELECT string_agg(coalesce(trim_scale(component(u.cost, 'egress'))::text, u.reason), ' ' ORDER BY u.record_id)
        FROM accelcost.usage_cost() AS u);
END
$$;
SELECT is(
    pg_temp.egress_of(
        '{"provider": "AWS", "region": "us-east-1", "transfer_quantity": 30000, "transfer_unit": "GiB", '
        '"team": "search"}',
        '{"provider": "AWS", "region": "us-east-1", "transfer_quantity": 20000, "transfer_unit": "GiB", '
        '"team": "support"}',
                            '{"provider": "AWS", "region": "us-east-1", "transfer_quantity": 7000, '
                            '"transfer_unit": "GiB", "team": "platform"}'),
    '2526.4210526316 1684.2807017544 589.498245614',
    'tiers are those of all teams together, and the parts add up to 4800.20');
SELECT is(sum(egress), 4800.20, 'in the report, too') FROM accelcost.inference_monthly();
SELECT pg_temp.egress_of(
    '{"region": "east", "transfer_quantity": 20000}', '{"region": "sao", "transfer_quantity": 20000}') \g /dev/null
SELECT is(sum(egress), 4634.08, '20,000 GiB from each of two regions are two bills') FROM accelcost.inference_monthly();
SELECT is(
    pg_temp.egress_of(
        '{"region": "east", "transfer_quantity": 10240}',
        '{"region": "east", "transfer_quantity": 10240, "payer": "other"}'),
    '921.6 921.6', 'two payers have two pools');
SELECT is(
    pg_temp.egress_of(
        '{"region": "east", "transfer_quantity": 10240}',
        '{"region": "east", "transfer_quantity": 10240, "period_start": "2026-08-01Z"}'),
    '921.6 921.6', 'and two months');
SELECT is(
    pg_temp.egress_of(
        '{"region": "free1", "transfer_quantity": 300}', '{"region": "free2", "transfer_quantity": 100}'),
    '22.5 15', 'a free quantity that tariffs share is used in proportion');
SELECT is(
    pg_temp.egress_of(
        '{"region": "changes", "transfer_quantity": 8}',
        '{"region": "changes", "transfer_quantity": 4, "period_start": "2026-07-20Z"}'),
    '2.5333333333 1.2666666667',
    'a tariff that changes within the month goes on where the other was: 0.80 and 3.00');
SELECT is(
    pg_temp.egress_of(
        '{"region": "changes", "transfer_quantity": 12}',
        '{"region": "changes", "transfer_quantity": -4, "period_start": "2026-07-20Z"}'),
    '-2.97 0.99', 'a correction has its share of the bill');
SELECT is(
    pg_temp.egress_of(
        '{"region": "nobytes", "transfer_quantity": 1}',
        '{"region": "nobytes", "transfer_quantity": 1, "transfer_unit": "GB"}'),
    'size of a GB in the egress tariff is unknown size of a GB in the egress tariff is unknown',
    'a part that cannot be counted leaves the bill unknown for all');
SELECT pg_temp.egress_of(
    '{"region": "east", "transfer_quantity": 10240, "workload": "training"}',
    '{"region": "east", "transfer_quantity": 10240}') \g /dev/null
SELECT is(
    (SELECT egress FROM accelcost.inference_monthly()) + (SELECT egress FROM accelcost.training_monthly()),
    921.6 + 870.4, 'both workloads share a bill');

-- ---- the month ------------------------------------------------------------------

DELETE FROM accelcost.usage;
SELECT pg_temp.add_usage('1', '{"sku": "z8", "instance_hours": 2, "team": "a", "output_tokens": 4000000}'),
       pg_temp.add_usage(
           '2',
           '{"provider": "Alpha Cloud Inc.", "sku": "z8", "instance_hours": 0, "team": "a", "output_tokens": 1000000}'
       ),
       pg_temp.add_usage('3', '{"sku": "no such", "instance_hours": 3, "team": "a", "output_tokens": 7}'),
       pg_temp.add_usage('4', '{"provider": "Talk", "model": "mystery", "output_tokens": 31, "team": "b"}'),
       pg_temp.add_usage('5', '{"sku": "euro", "instance_hours": 1, "team": "c"}') \g /dev/null
SELECT results_eq(
    $$
        SELECT team, compute, energy, egress, total, tokens, priced_tokens, cost_per_million, usage_rows,
               unpriced_rows, unpriced_tokens, unpriced_instance_hours, unconverted_rows, is_complete
        FROM accelcost.inference_monthly()
        ORDER BY team$$,
    $$
        VALUES ('a', 20.0, 0.0, 0.0, 20.0, 5000007.0, 5000000.0, 4.0, 3::bigint, 1::bigint, 7.0, 3.0, 0::bigint, false
        ),
               ('b', NULL, 0, 0, NULL, 31, 0, NULL, 1, 1, 31, 0, 0, false),
               ('c', NULL, 0, 0, NULL, 0, 0, NULL, 1, 1, 0, 1, 1, false)$$,
    'a line has the cost that is known, NULL where none is, 0 where nothing was used, '
    'and counts the rest; names of one provider are one');
SELECT results_eq(
    $$SELECT team, reason FROM accelcost.inference_monthly() ORDER BY team$$,
    $$
        VALUES ('a', 'no on_demand price for sku "no such"'),
               ('b', 'no price for model "mystery"'),
               ('c', 'no exchange rate from EUR to USD on 2026-07-31')$$,
    'and says why');
INSERT INTO accelcost.fx_rate (from_currency, to_currency, rate, valid)
VALUES ('EUR', 'USD', 1.1, '[2026-07-03,2026-07-31)'), ('EUR', 'USD', 1.25, '[2026-07-31,2026-08-01)');
SELECT is(compute, 10.0, 'the rate is that of the last day of the month')
FROM accelcost.inference_monthly()
WHERE team = 'c';
SELECT is(compute, 8.8, 'or of the time that is asked for')
FROM accelcost.inference_monthly(rate_at => '2026-07-04')
WHERE team = 'c';
SELECT is(compute, 16.0, 'or the other way') FROM accelcost.inference_monthly(currency => 'EUR') WHERE team = 'a';
SELECT is_empty($$SELECT * FROM accelcost.inference_monthly('2026-08-01')$$, 'a month without usage has no lines');
SELECT is(
    (SELECT sum(cost) FROM accelcost.usage_cost()),
    (SELECT sum(cost) FROM accelcost.usage_monthly()),
    'records cost what the months do');

SELECT * FROM finish();
ROLLBACK;
