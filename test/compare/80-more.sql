-- Price files, power samples, decisions, rollups, and what calculates without
-- tables.

-- ---- price files ----------------------------------------------------------------

CREATE TABLE vms AS
SELECT CASE WHEN NOT chance(n, 'no type', 10) THEN 'vm-' || n % 20 END AS "InstanceType", any_of(n, 'gpu',
    'H100-SXM', 'A10', 'L4', 'tpu-v5litepod-8', 'tpu-v4-8', 'tpu-v5litepod-16', '', 'Zeta One') AS
    "AcceleratorName", any_of(n, 'gpus', '8.0', '1', '4', '0', '', 'x') AS "AcceleratorCount",
       any_of(n, 'price form', amount(n, 'vm price', 30, 4)::text, amount(n, 'vm price', 30, 2)::text, '0.0',
           '', '-1', 'abc', amount(n % 20, 'vm price', 30, 3)::text) AS "Price", any_of(n, 'spot', '', '0.00',
           amount(n, 'spot price', 9, 3)::text) AS "SpotPrice", any_of(n, 'vm region', 'us-east-1', 'eu-west-1')
           AS "Region",
       any_of(n, 'zone', NULL, 'a', 'b') AS "AvailabilityZone", '' AS "GpuInfo"
FROM generate_series(1::bigint, 90) AS n;
CREATE TABLE hunt AS
SELECT 'h-' || n % 15 AS instance_name, any_of(n, 'location', 'fr', 'us', '') AS location, any_of(n,
    'hunt form', amount(n, 'hunt', 20, 3)::text, amount(n % 15, 'hunt', 20, 1)::text, '0', '1e400') AS price,
    any_of(n, 'cards', '1', '8', '2', '') AS gpu_count, any_of(n, 'card', 'H100', 'A100', 'RTX4090', 'Z1', NULL)
    AS gpu_name,
       any_of(n, 'memory', '80.0', '40', NULL) AS gpu_memory, any_of(n, 'is spot', 'True', 'false', 'False') AS
           spot
FROM generate_series(1::bigint, 60) AS n;
CREATE TABLE lite AS
SELECT jsonb_object_agg(e.key, e.value)::text AS line
FROM (SELECT any_of(n, 'prefix', 'openai/', 'anthropic/', '', 'talk/') || 'x' || n AS key,
             jsonb_strip_nulls(jsonb_build_object('litellm_provider', any_of(n, 'seller', 'openai', 'anthropic',
                 'Talk', 'deepseek', 'unheard-of', 'openai'), 'mode', any_of(n, 'mode', 'chat', 'chat',
                 'completion', 'image_generation', NULL), 'input_cost_per_token', any_of(n, 'in', '0.000002',
                 '3e-06', '5', '-1e-6', NULL, '1.25e-06'),
                 'output_cost_per_token', any_of(n, 'out', '0.00001', '1.5e-05', NULL),
                     'cache_read_input_token_cost', any_of(n, 'read', '2e-07', NULL),
                     'cache_creation_input_token_cost', any_of(n, 'write', '3.75e-06', NULL),
                     'output_cost_per_reasoning_token', any_of(n, 'reason', '1e-05', NULL, NULL),
                 'input_cost_per_token_batches', any_of(n, 'batch', '1e-06', '1.5e-06', NULL),
                     'output_cost_per_token_batches', any_of(n, 'batch out', '5e-06', '7.5e-06', NULL),
                     'input_cost_per_token_above_128k_tokens', any_of(n, 'long', '4e-06', NULL, NULL),
                     'output_cost_per_token_above_128k_tokens', any_of(n, 'long', '2e-05', NULL, NULL),
                 'input_cost_per_token_above_200k_tokens', any_of(n, 'longer', '4e-06', NULL, NULL, NULL),
                     'input_cost_per_query', any_of(n, 'query', '0.01', NULL, NULL, NULL, NULL))) AS value
      FROM generate_series(1::bigint, 70) AS n UNION ALL VALUES ('sample_spec', '{}'::jsonb), ('openai/x1',
          '{"litellm_provider": "openai", "input_cost_per_token": 1e-6, "output_cost_per_token": 2e-6}'), ('x1',
          '{"litellm_provider": "openai", "input_cost_per_token": 3e-6, "output_cost_per_token": 2e-6}'),
          ('gpt-5',
          '{"litellm_provider": "openai", "input_cost_per_token": 1.25e-6, "output_cost_per_token": 1e-5}')) AS
          e;
CREATE TABLE lite_json (j jsonb);
INSERT INTO lite_json SELECT line::jsonb FROM lite;

-- ---- power samples ----------------------------------------------------------------

CREATE TABLE sample AS
SELECT CASE WHEN NOT chance(n, 'no device', 2) THEN any_of(n, 'device', 'a', 'a', 'b', 'c') END AS device, CASE
    WHEN NOT chance(n, 'no time', 2) THEN timestamptz '2026-07-01 00:00Z' + dice(n, 'at', 8640) * interval
    '10 seconds' END AS at,
       CASE dice(n, 'watt form', 40) WHEN 0 THEN 'NaN' WHEN 1 THEN 'Infinity' WHEN 2 THEN -5 WHEN 3 THEN NULL
           ELSE amount(n, 'watts', 700, 3)::float8 END AS watts
FROM generate_series(1::bigint, 2000) AS n;
CREATE VIEW plain_sample AS SELECT at AT TIME ZONE 'UTC' AS at, device::varchar AS device, watts::real AS watts
    FROM sample WHERE watts < 600;
--= energy_from_samples
SELECT g.gap, p.starts AT TIME ZONE 'UTC' AS starts, p.ends AT TIME ZONE 'UTC' AS ends, e.*
FROM unnest('{90 seconds,10 minutes,1 day}'::interval[]) AS g (gap), (VALUES ('-infinity'::timestamptz,
    'infinity'::timestamptz), ('2026-07-01 06:00Z', '2026-07-01 18:00:05Z'), ('2026-06-01 00:00Z',
    '2026-06-02 00:00Z')) AS p (starts, ends), energy_from_samples('sample', g.gap, p.starts, p.ends, 1.25) AS
    e;
--= energy_from_samples.view
SELECT * FROM energy_from_samples('plain_sample', '5 minutes');

-- ---- decisions ------------------------------------------------------------------------

INSERT INTO decision_rule (name, question, answer, kind, points, sentence) VALUES ('own_tpu', 'ecosystem',
    'google', 'tpu', 2.5, 'TPUs suit.'), ('cloud_has_gpu', 'deployment', 'cloud', 'gpu', 1 + seed() % 3,
    'Ours.');
INSERT INTO decision_rule (name, question, at_least, below, kind, points, sentence) VALUES ('slow_cpu',
    'latency_ms', 5 + seed() * 10, NULL, 'cpu', 1.5, 'A CPU will do.');
--= recommend_accelerator
SELECT g.*, r.* FROM (SELECT w.*, d.*, l.*, p.*, any_of(dice(length(concat(w, d, l, p)), 'q', 9), 'cost', NULL,
    'hourly', 'egress', 'energy') AS cost, any_of(dice(length(concat(l, p)), 'e', 7), 'eco', NULL, 'mature',
    'developing', 'google') AS ecosystem
                      FROM (VALUES (NULL), ('training'), ('inference'), ('generative')) AS w (workload), (VALUES
                          (NULL), ('cloud'), ('edge')) AS d (deployment), (VALUES (NULL::float8), (5), (50),
                          (500)) AS l (latency_ms), (VALUES (NULL::float8), (20), (400)) AS p (power_budget_w))
                          AS g,
     recommend_accelerator(g.workload, g.deployment, g.latency_ms, g.power_budget_w, g.cost, g.ecosystem) AS r
         WHERE dice(length(concat(g.workload, g.latency_ms, g.power_budget_w)), 'asked', 3) = 0;
--= decision_outcomes
SELECT w.workload, l.latency_ms, o.* FROM (VALUES (NULL), ('training'), ('fine_tuning')) AS w (workload),
    (VALUES (NULL::float8), (7.5), (150)) AS l (latency_ms), decision_outcomes(w.workload, latency_ms =>
    l.latency_ms) AS o;
--= decision_rule_current
SELECT * FROM decision_rule_current;

-- ---- rollups ------------------------------------------------------------------------------

CREATE TABLE spend AS SELECT moment(n, 'spent', '2026-05-01 00:00Z', 120) AS at, any_of(n, 'spender', 'a', 'b',
    NULL) AS team, dice(n, 'count', 90000)::bigint AS tokens, CASE WHEN NOT chance(n, 'free', 10) THEN amount(n,
    'spend', 90, dice(n, 'p', 8)) END AS amount, any_of(n, 'in', 'USD', 'EUR', NULL) AS currency
FROM generate_series(1::bigint, 300) AS n;
--= rollup_create
CALL rollup_create('spend_monthly', 'spend', 'at', '{team}', ARRAY['tokens', 'amount',
    'cost => sum(tco_or_null(amount, currency, ''compute''))', 'calls => count(*)', 'known => count(amount)']);
--= rollup_create.daily
CALL rollup_create('spend_daily', 'spend', 'at', ARRAY['team', 'big => tokens > 50000'], '{tokens}', 'day',
    'Asia/Tokyo');
INSERT INTO spend SELECT at - interval '70 days', 'late', tokens, 'NaN', currency FROM spend LIMIT 20;
UPDATE spend SET team = 'b', amount = amount * 2 WHERE tokens % 7 = seed() % 7;
DELETE FROM spend WHERE tokens % 11 = seed() % 11;
--= rollup.monthly
SELECT * FROM spend_monthly;
--= rollup.daily
SELECT * FROM spend_daily;
--= rollup_fold
SELECT r.name, rollup_fold(r.name::regclass) AS folded FROM unnest('{spend_monthly,spend_daily}'::text[]) AS r
    (name);
--= rollup.folded
SELECT * FROM spend_monthly;
--= rollup_verify
SELECT count(*) AS differences FROM rollup_verify('spend_monthly');
--= rollup_status
SELECT rollup, source, grain, state, problem, groups, deltas, differences FROM rollup_status();
--= rollup_rebuild
SELECT rollup_rebuild('spend_monthly') AS rebuilt;
SELECT rollup_pause('spend_daily');
INSERT INTO spend VALUES ('2026-07-31 23:30Z', 'x', 5, 1, 'USD');
--= rollup.paused
SELECT * FROM spend_daily;
--= rollup_resume
CALL rollup_resume('spend_daily');
TRUNCATE spend;
INSERT INTO spend VALUES ('2026-07-31 23:30Z', 'x', 5, 1, 'USD');
--= rollup.truncated
SELECT * FROM spend_daily;
--= rollup_drop
SELECT rollup_drop('spend_daily') IS NOT NULL AS dropped;
-- reports from a rollup, as the documentation has it
CALL rollup_create('usage_daily', 'usage', 'period_start', ARRAY['provider', 'payer', 'region', 'sku',
    'purchase_option', 'term_months', 'workload', 'model', 'team', 'transfer_unit',
    'no_hours => instance_hours IS NULL'],
    ARRAY['uncached_input_tokens', 'cache_read_tokens', 'cache_write_5m_tokens', 'cache_write_1h_tokens',
        'output_tokens', 'instance_hours', 'transfer_quantity'], 'day');
UPDATE usage SET team = 'moved' WHERE record_id IN ('r1', 'r2', 'r3');
CREATE VIEW usage_rolled AS
SELECT day::timestamp AT TIME ZONE 'UTC' AS period_start, provider, payer, region, sku, purchase_option,
    term_months, workload, model, team, transfer_unit, CASE WHEN uncached_input_tokens_missing = 0 THEN
    uncached_input_tokens END AS uncached_input_tokens,
       CASE WHEN output_tokens_missing = 0 THEN output_tokens END AS output_tokens, CASE WHEN NOT no_hours THEN
           instance_hours END AS instance_hours, transfer_quantity
FROM usage_daily WHERE day BETWEEN '2026-07-01' AND '2026-07-31';
--= rollup.usage
SELECT * FROM usage_daily;
--= rollup.usage_monthly
SELECT * FROM usage_monthly('2026-07-01', '2026-07-31', source => 'usage_rolled');

-- ---- without tables -----------------------------------------------------------------------------

CREATE TABLE grid AS SELECT n, amount(n, 'a', 50000, dice(n, 'a places', 5)) AS a, amount(n, 'b', 100, dice(n,
    'b places', 5)) + 0.01 AS b, 1 + dice(n, 'c', 40) AS c, amount(n, 'd', 1, 3) AS d FROM
    generate_series(1::bigint, 60) AS n;
--= plans
SELECT n,
    attempt(format('SELECT own_accelerator(%s, %s, %s, %s, 1.%s, %s, life_months => 36, residual_value => %s)',
    a, c, c * 100, d, c, d, a * c / 10)) AS own,
    attempt(format('SELECT rent_accelerator(%s, %s, %s, %s, %s, %s, %s, egress_quantity => %s, egress_tariff => ''graduated: 0.09 upto 500, 0.05'')',
    b, c, 1 + c % 8, a / 100, c, c * 60, 30, a)) AS rent,
       attempt(format('SELECT billed_seconds(%s, %s, %s)', a, c, b)) AS billed FROM grid;
--= plans.compared
SELECT n,
    attempt(format('SELECT break_even_months(make_tco(upfront => %s, energy => %s), make_tco(compute => %s))',
    a, b, b * c)) AS months,
    attempt(format('SELECT break_even_utilisation(make_tco(upfront => %s, energy => %s), %s, %s, %s)', a, b, b,
    c, a / 20)) AS utilisation,
       attempt(format('SELECT own_hourly_rate(make_tco(upfront => %s, energy => %s), %s, %s)', a, b, c, d)) AS
           rate, attempt(format('SELECT tco_over(make_tco(upfront => %s, energy => %s), %s.5)', a, b, c)) AS
           over FROM grid;
--= plans.break_even
SELECT n, x.answer FROM grid,
    attempt(format('SELECT * FROM break_even(make_tco(upfront => %s, energy => %s), make_tco(compute => %s), %s, %s)',
    a, b, b * c, c % 13, d)) AS x (answer) WHERE n <= 15;
--= plans.self_host
SELECT n, break_even_quantity(a, d, b) AS quantity, self_host_first_break_even(a, b * 1000, d) AS first,
    self_host_break_even(a, b * 1000, d) AS last, x.answer FROM grid,
    attempt(format('SELECT * FROM self_host_break_even_steps(%s, %s, %s, 4)', a, b * 1000, d)) AS x (answer)
    WHERE n <= 30;
--= finance
SELECT n, x.answer FROM grid, attempt(format('SELECT * FROM amortize(%s, %s, %s, %s)', a, d / 5, c, c % 5)) AS x
    (answer) WHERE n <= 12;
--= training
SELECT n, training_cost(a, b, 1 + c, c) AS cost, attempt(format('SELECT inference_passes_training(%s, %s, %s)',
    a * 1000, b, CASE WHEN n % 3 = 0 THEN -d / 10 ELSE d / 10 END)) AS month, cost_per_million_tokens(b, a + 1,
    d + 0.001) AS per_million, attempt(format('SELECT per_million(tco(%s), %s)', a, c)) AS per_million_tco FROM
    grid;
--= prorate
SELECT n, p.month, p.part FROM grid, prorate(a, moment(n, 'starts', '2026-01-01 00:00Z', 300), moment(n,
    'starts', '2026-01-01 00:00Z', 300) + c * b * interval '1 hour', any_of(n, 'tz', 'UTC', 'Asia/Kolkata',
    'America/Los_Angeles')) AS p;
--= tariffs
SELECT n, t.tariff, tariff_cost(t.tariff, a) AS cost, attempt(format('SELECT tariff_cost(%L, %s, %s)', t.tariff,
    c, a)) AS next, tariff_marginal(t.tariff, a) AS marginal FROM grid, any_tariff(n) AS t (tariff) WHERE
    t.tariff::text !~ 'upto [0-9]+$';
--= money
SELECT n, attempt(format('SELECT allocate(%s, ARRAY[%s, %s, %s, 0], %s)', a, b, c, d, c % 8)) AS parts,
    attempt(format('SELECT round_money(%s, %L, %L)', a / 7, any_of(n, 'money', 'USD', 'JPY', 'KWD', 'XYZ'),
    any_of(n, 'mode', 'half_up', 'down', 'half_even', 'up'))) AS rounded, bill_month(moment(n, 'at',
    '2026-01-30 00:00Z', 60), 'Asia/Tokyo') AS month, month_end(date '2026-01-31' + c) AS month_end,
    month_hours(date '2026-01-31' + c) AS hours FROM grid;
--= units
SELECT u.unit, attempt(format('SELECT unit_bytes(%L)', u.unit)) AS bytes FROM
    unnest('{byte,kB,MB,GB,TB,PB,KiB,MiB,GiB,TiB,PiB,gb,"",NULL}'::text[]) AS u (unit);

-- ---- errors -----------------------------------------------------------------------------------------

--= errors 4
SELECT s.n, x.answer
FROM unnest(ARRAY[
    'SELECT * FROM usage_cost(NULL)', $$SELECT * FROM usage_cost('no_usage')$$,
        $$SELECT * FROM usage_cost('no_such')$$, $$SELECT * FROM usage_cost('usage_month')$$,
        $$SELECT * FROM usage_cost(currency => 'usd')$$, 'SELECT * FROM usage_cost(currency => NULL)',
    $$SELECT * FROM usage_monthly('2026-08-01', '2026-07-01')$$, $$SELECT * FROM usage_monthly(currency => '')$$, $$SELECT * FROM inference_monthly(currency => 'x y')$$,
        $$SELECT * FROM training_monthly(source => NULL)$$,
    'SELECT * FROM what_if(NULL)', $$SELECT * FROM what_if('infinity')$$,
        $$SELECT * FROM what_if('2026-07-01', 'H1000')$$,
        $$SELECT * FROM what_if('2026-07-01', purchase_option => 'rented')$$,
        $$SELECT * FROM what_if('2026-07-01', workload => 'play')$$,
        $$SELECT * FROM what_if('2026-07-01', currency => 'dollars and cents')$$,
    $$SELECT * FROM what_if('2026-07-01', source => 'no_usage')$$,
        $$SELECT * FROM price_impact(NULL, 'new_prices')$$,
        $$SELECT * FROM price_impact('2026-07-01', 'usage')$$,
        $$SELECT * FROM price_impact('2026-07-01', 'faulty_prices')$$,
        $$SELECT * FROM price_impact('2026-07-01', 'twice_prices')$$,
    $$SELECT * FROM price_impact('2026-07-01', 'night_prices')$$,
        $$SELECT * FROM price_impact('2026-07-01', NULL)$$,
        $$SELECT * FROM price_impact('2026-07-01', 'new_prices', NULL)$$,
    $$SELECT * FROM price_at('Omega', 'x')$$, $$SELECT * FROM price_at('Nord', 'regions')$$,
        $$SELECT * FROM price_at('Nord', 'n8', purchase_option => 'rented')$$,
        $$SELECT * FROM tariff_at('Omega')$$, $$SELECT * FROM tariff_at('Nord')$$,
        $$SELECT * FROM tariff_at('Nord', 'water')$$, $$SELECT * FROM tariff_at('Nord', 'egress', 'pigeon')$$,
    $$SELECT egress_cost('Nord', 5, 'mile', from_region => 'flat')$$,
        $$SELECT * FROM token_price_at('Omega', 'm1')$$, $$SELECT * FROM electricity_at('DE', 'royal')$$,
        $$SELECT unit_bytes('mile')$$,
    $$SELECT * FROM charge_monthly('net')$$, $$SELECT * FROM charge_monthly(NULL)$$,
        $$SELECT * FROM charge_monthly(tz => 'Nowhere/City')$$, $$SELECT * FROM charge_monthly('billed', 'UTC', 'year')$$,
        $$SELECT * FROM charge_vs_catalog(cost_basis => 'net')$$,
        $$SELECT * FROM charge_vs_catalog(cost_basis => NULL)$$,
        $$SELECT * FROM charge_egress(currency => NULL)$$,
    $$SELECT * FROM charge_savings('CEST')$$, $$SELECT * FROM reconcile('usage')$$,
        $$SELECT * FROM reconcile('no_usage')$$, $$SELECT * FROM reconcile('charge_unit')$$,
        $$SELECT * FROM import_focus(NULL)$$, $$SELECT * FROM import_focus('focus_good', NULL)$$,
        $$SELECT * FROM import_focus('focus_good', ' ')$$,
        $$SELECT * FROM import_focus('focus_good', 'manual')$$,
    $$SELECT * FROM import_focus('focus_good', on_error => 'ignore')$$,
        $$SELECT * FROM import_focus('focus_good', date_order => 'YDM')$$,
        $$SELECT * FROM import_focus('charge_unit')$$, $$SELECT * FROM import_cur('focus_good')$$,
        $$SELECT * FROM import_azure('cur_good')$$, $$SELECT * FROM import_gcp('oci_good')$$,
        $$SELECT * FROM import_oci('two_columns')$$,
    $$SELECT * FROM import_columns('a', 'b.c.d.e')$$,
        $$SELECT * FROM energy_from_samples('sample', '-1 s')$$,
        $$SELECT * FROM energy_from_samples(NULL, '1 s')$$,
        $$SELECT * FROM energy_from_samples('sample', '1 s', '2026-07-02', '2026-07-01')$$,
    $$SELECT * FROM energy_from_samples('sample', '1 s', pue => 0.5)$$,
        $$SELECT * FROM energy_from_samples('usage', '1 s')$$,
        $$SELECT * FROM energy_from_samples('invoices', '1 s')$$,
        $$SELECT * FROM recommend_accelerator('gaming')$$,
        $$SELECT * FROM recommend_accelerator(latency_ms => -1)$$,
        $$SELECT * FROM decision_outcomes(ecosystem => 'x')$$,
        $$SELECT * FROM decision_outcomes(power_budget_w => 'NaN')$$,
    $$SELECT rollup_fold('usage')$$, $$SELECT rollup_drop(NULL)$$, $$SELECT * FROM rollup_verify('spend')$$,
        $$SELECT rollup_rebuild('no_such')$$, $$SELECT rollup_pause('usage')$$,
        $$SELECT rollup_renamed('spend')$$,
    $$SELECT own_accelerator(-1, 1, 1, 1)$$, $$SELECT rent_accelerator(1, units_per_instance => 0)$$,
        $$SELECT * FROM break_even(tco(1), tco(2, 'EUR'), 12)$$,
        $$SELECT * FROM break_even(tco(1), tco(2), 1201)$$, $$SELECT break_even_utilisation(tco(1), 0, 12)$$,
        $$SELECT * FROM amortize(1, 1, 0)$$, $$SELECT * FROM self_host_break_even_steps(1, 0, 1)$$,
    $$SELECT * FROM prorate(1, '2026-01-01Z', '2026-02-01Z', 'x')$$, $$SELECT allocate(1, '{-1,2}')$$,
        $$SELECT training_cost(1, 1, 0)$$, $$SELECT inference_passes_training(1, -1)$$,
        $$SELECT cost_per_million_tokens(1, 0)$$]) WITH ORDINALITY AS s (statement, n), attempt(s.statement) AS x (answer);

CREATE FUNCTION attempt_change(change text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE change;
    RETURN 'done';
EXCEPTION WHEN OTHERS THEN
    RETURN concat_ws(' ', 'ERROR', SQLSTATE, CASE WHEN current_setting('compare.messages', true) = 'default'
        THEN SQLERRM END);
END
$$;
--= errors.changes 4
SELECT s.n, attempt_change(s.change) AS answer
FROM unnest(ARRAY[
    $$INSERT INTO usage (record_id, period_start) VALUES ('e', 'infinity')$$,
        $$INSERT INTO usage (record_id, period_start, period_end) VALUES ('e', '2026-07-02', '2026-07-01')$$,
        $$INSERT INTO usage (record_id, period_start, workload) VALUES ('e', '2026-07-02', 'play')$$,
        $$INSERT INTO usage (record_id, period_start, transfer_unit) VALUES ('e', '2026-07-02', 'mile')$$,
    $$INSERT INTO usage (record_id, period_start, instance_hours) VALUES ('e', '2026-07-02', 'NaN')$$,
        $$INSERT INTO offer (provider, sku, purchase_option, price_basis) VALUES ('Nord', 'e', 'on_demand', 'per_instance')$$,
        $$INSERT INTO offer_price (provider, sku, purchase_option, amount, valid) VALUES ('nord', 'n8', 'on_demand', 1, '[2026-02-01,)')$$,
    $$INSERT INTO offer_price (provider, sku, purchase_option, amount, valid, account) VALUES ('nord', 'n9', 'on_demand', 1, '[2026-02-01,)', 'acme')$$,
        $$UPDATE offer_price SET amount = 1 WHERE builtin$$, $$DELETE FROM provider WHERE builtin$$,
        $$INSERT INTO provider (provider, kind, builtin) VALUES ('x', 'own', true)$$,
        $$UPDATE charge_pattern SET note = 'x' WHERE builtin$$,
    $$INSERT INTO charge_pattern (pattern, meter) VALUES ('x', 'compute')$$,
        $$INSERT INTO charge_pattern (pattern) VALUES ('(')$$,
        $$INSERT INTO token_price (provider, model, input_price, valid, utc_from) VALUES ('Talk', 'e', 1, '[2026-01-01,)', '06:00')$$,
        $$INSERT INTO fx_rate (from_currency, to_currency, rate, valid) VALUES ('EUR', 'EUR', 1, '[2026-01-01,)')$$,
    $$INSERT INTO meter_tariff (provider, meter, kind, tariff, free_quantity, unit, valid) VALUES ('Nord', 'egress', 'internet', 'volume: 1', 5, 'GB', '[2026-01-01,)')$$,
        $$INSERT INTO import_column (format, header, column_name) VALUES ('focus', 'x', 'extra')$$,
        $$INSERT INTO charge (provider_name) VALUES ('x')$$,
    $$INSERT INTO decision_rule (name, question, answer, kind, sentence) VALUES ('X', 'workload', 'x', 'gpu', 's')$$,
        $$CALL rollup_create('usage', 'usage', 'period_start', '{team}', '{tokens}')$$,
        $$CALL rollup_create('x', 'invoices', 'amount', '{currency}', '{amount}')$$,
        $$CALL rollup_create(NULL, 'usage', 'period_start', '{team}', '{requests}')$$,
    $$CALL rollup_create('x', 'usage', 'period_start', '{team}', '{requests}', 'year')$$,
        $$CALL rollup_create('x', 'usage', 'period_start', '{no_such}', '{requests}')$$,
        $$CALL rollup_sync('usage')$$, $$CALL rollup_resume('spend')$$]) WITH ORDINALITY AS s (change, n);
