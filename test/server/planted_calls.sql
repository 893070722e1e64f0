-- Prints a script for psql that reads every view and calls every routine, operator and cast of the extension once, by
-- qualified names and with arguments of exactly the declared types. What fails is named by a line "fails: ...".
\pset format unaligned
\pset tuples_only on
CREATE TEMP TABLE sample (key text PRIMARY KEY, value text);
INSERT INTO sample VALUES
    -- a type
    (':tco', '6 USD compute=4 energy=2'), (':tariff', 'graduated: 2 upto 10, 1'),
    (':tariff_state', '1 0 5 graduated: 2 upto 10, 1'), (':tco_avg_state', '2 6 USD compute=4 energy=2'),
    (':numeric', '2'), (':float8', '2'), (':int4', '2'), (':int8', '2'), (':bool', 'true'), (':text', 'a'),
    (':date', '2026-07-01'), (':timestamp', '2026-07-05 10:00'), (':timestamptz', '2026-07-05 10:00+00'),
    (':time', '10:00'), (':interval', '1 hour'), (':jsonb', '{}'), (':_text', '{a}'), (':_int8', '{}'),
    (':_timestamptz', '{}'), (':_date', '{2026-01-01,2026-07-01,2027-01-01}'),
    (':_numeric', '{1,2}'), (':_float8', '{-3,2,2}'),
    -- a parameter
    ('staging', 'mine.focus'), ('source', 'accelcost.usage'), ('samples', 'mine.power'), ('invoices', 'mine.invoice'),
    ('new_prices', 'mine.new_price'), ('relation', 'mine.invoice'), ('rollup:regclass', 'mine.by_month'),
    ('row_view', 'mine.by_month_row'), ('append_function', 'mine.by_month_append()'), ('currency', 'USD'),
    ('from_currency', 'EUR'), ('to_currency', 'USD'), ('component', 'tax'), ('tz', 'UTC'), ('month_of', 'charge'),
    ('cost_basis', 'billed'), ('export', 'focus'), ('on_error', 'stop'), ('date_order', 'YMD'), ('format', 'focus'),
    ('delimiter', ','), ('kind:text', 'internet'), ('service', '*'), ('meter', 'egress'), ('unit', 'GB'),
    ('mode', 'half_up'), ('provider', 'AWS'), ('sku', 'p5.48xlarge'), ('model', 'gpt-5'), ('accelerator', 'H100-SXM'),
    ('purchase_option', 'on_demand'), ('term_months', '0'), ('region', 'us-east-1'), ('from_region', 'us-east-1'),
    ('to_region', NULL), ('account', NULL), ('workload', 'inference'), ('deployment', 'cloud'),
    ('cost_sensitivity', 'egress'), ('ecosystem', 'mature'), ('data_residency', 'region'),
    ('volume', 'steady'), ('interruption', 'tolerated'), ('operators', 'custom'), ('precision_name', 'fp8'),
    ('cached_convention', 'included'), ('reasoning_convention', 'included'), ('utilisation', '0.5'), ('load', '0.5'),
    ('rate_at', NULL), ('upto:_numeric', '{5,NULL}'), ('width', '{5,NULL}'), ('price:_numeric', '{2,1}'),
    ('flat', NULL), ('last_month', '2026-09-01'), ('assume_basis', 'per_gpu'), ('weights:text', 'gpu_hours'),
    ('weights:regclass', 'mine.weight'), ('idle', 'pro_rata'),
    ('limits', '{0,0,0,0,0}'),
    -- a parameter of a function
    ('electricity_at.place', 'US'), ('electricity_at.sector', 'commercial'),
    ('energy_from_samples.period_start', '2026-07-01 00:10+00'), ('energy_from_samples.max_watts', '1000'),
    ('energy_from_counters.period_start', '2026-07-01 00:10+00'),
    ('check_sample_period.period_start', '2026-07-01 00:10+00'),
    ('energy_from_counters.samples', 'mine.energy_counter'), ('energy_from_counters.max_watts', '1000'),
    ('energy_source.quantity', '{watts}'), ('g_per_kwh.unit', 'lb/MWh'), ('reading.unit', 'W'),
    ('import_cur.staging', 'mine.cur'),
    ('import_azure.staging', 'mine.azure'), ('import_gcp.staging', 'mine.gcp'), ('import_oci.staging', 'mine.oci'),
    ('import_invoice_detail.staging', 'mine.line'), ('import_contract_commitment.staging', 'mine.commitment'),
    ('import_billing_period.staging', 'mine.period'), ('import_dataset.staging', 'mine.period'),
    ('check_import_rows.rows_read', '1'), ('check_import_rows.rejected', '0'),
    ('import_dataset.format', 'billing_period'), ('dataset_statement.staging', 'mine.period'),
    ('dataset_statement.format', 'billing_period'), ('dataset_statement.target', 'accelcost.billing_period'),
    ('charge_tco.basis', 'effective'), ('invoice_bridge.invoices', 'mine.invoice_total'),
    ('invoice_amounts.invoices', 'mine.invoice_total'), ('invoices_of.invoices', 'mine.invoice_total'),
    ('bridge_charges.invoices', 'mine.invoice_total'), ('bridge_bills.invoices', 'mine.invoice_total'),
    ('rounding', 'rounded by charge'), ('month_restatement.closing', NULL), ('check_closing.closing', NULL),
    ('invoice_number.cell', '1.5'), ('invoice_time.cell', '2026-07-01'), ('currencies', '{}'),
    ('burn_up.starts', '2026-07-01'), ('burn_up.ends', '2026-08-01'), ('month_names.width', '400'),
    ('invoice_currency.cell', 'USD'),
    ('by', 'provider'), ('basis', 'billed'), ('check_by.value', 'provider'), ('untagged_cost.label', 'team'),
    ('cost_rule_preview.applies_to', 'both'), ('cost_rule_preview.tags', NULL),
    ('check_rule.rule', '(r,1,both,,,,,,,,a,,,,f,)'),
    ('anomalies.last_day', NULL), ('anomalies.export_name', NULL), ('check_days.last_day', NULL),
    ('import_prices.staging', 'mine.vms'), ('import_prices.provider', 'Lambda'), ('import_prices.origin', 'official'),
    ('import_prices.format', 'skypilot'), ('check_price_file.format', 'skypilot'),
    ('check_price_file.staging', 'mine.vms'),
    ('price_file_format.staging', 'mine.vms'), ('read_offer_file.staging', 'mine.vms'),
    ('read_offer_file.format', 'skypilot'), ('read_token_file.staging', 'mine.litellm'),
    ('read_token_file.format', 'litellm'), ('read_token_file.provider', NULL), ('import_azure.date_order', 'MDY'),
    ('check_columns.needed', '{amount}'), ('price_file_rows.staging', 'mine.vms'),
    ('price_file_rows.headers', '{InstanceType}'), ('price_file_lacks.headers', '{InstanceType}'),
    ('price_file_texts.staging', 'mine.litellm'), ('price_file_documents.staging', 'mine.litellm'),
    ('price_file_seen.staging', 'mine.litellm'), ('instance_lines.staging', 'mine.vms'),
    ('instance_lines.format', 'skypilot'), ('instance_prices.staging', 'mine.vms'),
    ('instance_prices.format', 'skypilot'), ('read_instance_list.staging', 'mine.vms'),
    ('read_instance_list.format', 'skypilot'), ('read_aws_offers.staging', 'mine.vms'),
    ('read_litellm.staging', 'mine.litellm'), ('read_azure_retail.staging', 'mine.litellm'),
    ('read_gcp_skus.staging', 'mine.skus'), ('read_eia.staging', 'mine.eia'),
    ('stage_electricity.staging', 'mine.eia'),
    ('read_genai_prices.staging', 'mine.genai'), ('ecb_rates.staging', 'mine.ecb'), ('read_ecb.staging', 'mine.ecb'),
    ('check_price_import.file', '(skypilot,,AWS,,,)'), ('check_price_parameters.file', '(skypilot,,AWS,,,)'),
    ('given_weights.relation', 'mine.weight'), ('pool_weights.relation', 'mine.weight'),
    ('showback_lines.relation', 'mine.weight'), ('unit_cost.by', 'team'),
    ('new_prices.relation', 'mine.new_price'), ('charge_vs_catalog.export', NULL), ('charge_priced.export', NULL),
    ('rollup_is_kept.definition', '(mine.spend,at,month,UTC,{team},{amount},{team},{amount},{numeric},kept,,,,,)'),
    ('rollup_problem.definition', '(mine.spend,at,month,UTC,{team},{amount},{team},{amount},{numeric},kept,,,,,)'),
    ('rollup_part_problem.definition',
     '(mine.parted,at,month,UTC,{team},{amount},{team},{amount},{numeric},kept,,,,,subtract)'),
    ('rollup_part_problem.append_function', 'mine.by_part_append()'), ('rollup_keep.rollup', 'mine.by_part'),
    ('rollup_attach_parts.rollup', 'mine.by_part'), ('rollup_check_parts.rollup', 'mine.by_part'),
    ('rollup_parts.rollup', 'mine.by_part'), ('rollup_oids.rollup', 'mine.by_part'),
    ('rollup_scope.rollup', 'mine.by_part'), ('relations', 'true'),
    ('rollup_truncation.rollup', 'mine.by_part'), ('rollup_fresh.rollup', 'mine.by_part'),
    ('rollup_attach_table.relation', 'mine.spend'), ('rollup_part_fault.relation', '1'), ('owner', '10'),
    (':_rollup_part', '{}'), (':_regclass', '{mine.parted_july}'), ('rollup_tree.source', 'mine.parted'),
    ('rollup_lock.source', 'mine.parted'), ('is_partitioned.source', 'mine.parted'),
    ('rollup_removed.source', 'mine.parted'), ('retention', 'keep'), ('subtract', 'false'),
    ('rollup_events.kind', 'r'), ('rollup_trigger_problem.source', '1'), ('row_of', 'a'),
    ('rollup_repair_step.step', 'keep'),
    ('rollup_names_used.source', 'mine.spend'), ('rollup_check_source.source', 'mine.spend'),
    ('rollup_define.source', 'mine.spend'), ('rollup_define.at', 'at'), ('rollup_define.keys', '{team}'),
    ('rollup_define.measures', '{amount}'), ('grain', 'day'), ('rollup_define.path', 'pg_catalog'),
    ('rollup_expression.sample', 'mine.copy'), ('rollup_check_expression.sample', 'mine.copy'),
    ('rollup_check_expression.expression', 'upper(team)'), ('rollup_check_expression.path', 'pg_catalog'),
    ('rollup_expression.source', 'mine.spend'), ('rollup_expression.expression', 'upper(team)'),
    ('rollup_expression.path', 'pg_catalog'), ('rollup_make_private.relations', '{mine.by_month_row}'),
    ('rollup_make_private.append_function', 'mine.by_month_append()'), ('rollup_check_names.tco_type', 'public.tco'),
    ('rollup_check_names.relations', '{mine.spend}'), ('month_statistics.source', 'mine.spend'),
    ('month_statistics.column_name', 'at'), ('import_kind.column_name', 'billed_cost'),
    ('import_kind.target', 'accelcost.charge'),
    ('import_throughput.staging', 'mine.mlperf'), ('import_throughput.format', 'mlperf'),
    ('import_throughput.as_of', '2026-07-01'), ('throughput_document.staging', 'mine.mlperf'),
    ('throughput_lines.results', '[]'), ('week_window.weekdays', '{1}'), ('price_window.weekdays', '{1}'),
    ('hours:int4', '24'), ('sums', 'mine.usage_daily_sums'), ('usage_rollup_define.source', 'mine.usage'),
    ('usage_rollup_define.keys', '{pool}'), ('usage_rollup_define.caller_schema', 'mine'),
    ('usage_rollup_keys.keys', '{pool}'), ('usage_rollup_expression.expression', '{model}'),
    ('create_usage_table.name', 'mine.usage_of_ours'), ('usage_table_place.name', 'mine.usage_of_ours'),
    ('create_usage_table.key', '{record_id,period_start}'), ('create_usage_table.first_day', '2026-07-01'),
    ('create_usage_table.last_day', '2026-08-01'), ('usage_table_place.caller_schema', 'mine'),
    ('create_usage_table.caller_schema', 'mine'), ('create_usage_table.partition', 'month'),
    ('partition', 'month'), ('last_day', '2026-08-01'), ('usage_table', 'mine.usage_partitioned'),
    ('own_plan.place', 'US-VA'), ('own_plan.sector', 'industrial'),
    ('token_offers.model', 'whisper'), ('token_offers.location', 'US'),
    ('check_decision_answer.question', 'deployment'),
    ('check_decision_answer.answer', 'edge'), ('check_more_than.minimum', '1'), ('check_at_least.minimum', '1'),
    ('check_accelerator.name', 'H100'), ('accelerator_name.name', 'h100'), ('check_provider.name', 'Amazon'),
    ('provider_name.name', 'Amazon'), ('model_name.name', 'gpt5'), ('break_even_utilisation.residual_value', '0'),
    ('own_hourly_rate.residual_value', '0'), ('tariff.block', NULL), ('tariff_from_widths.block', NULL),
    ('tariff.mode', 'graduated'), ('tariff_from_widths.mode', 'graduated'),
    ('tariff_merge.state', 'graduated: 1 upto 2'), ('token_cost.cache_read_tokens', '0'),
    ('token_cost.cache_write_5m_tokens', '0'), ('token_cost.cache_write_1h_tokens', '0'),
    ('tokens_per_second.efficiency', '0.5'), ('base_precision_name', 'fp8'),
    ('jsonb_to_tco.value', '{"currency": "USD", "total": 6}'), ('jsonb_to_tariff.value', '{"tiers": [{"price": 1}]}'),
    ('cast.tco', '{"currency": "USD", "total": 6}'), ('cast.tariff', '{"tiers": [{"price": 1}]}');
CREATE TEMP VIEW member AS
SELECT d.classid, d.objid
FROM pg_depend AS d
WHERE d.deptype = 'e'
  AND d.refclassid = 'pg_extension'::regclass
  AND d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'accelcost');
CREATE TEMP VIEW type AS
SELECT t.oid, t.typname, format('%I.%I', nspname, typname) AS name
FROM pg_type AS t JOIN pg_namespace AS n ON n.oid = typnamespace;

WITH statement (what, text) AS (
    SELECT 'view ' || relname, format('SELECT * FROM %I.%I', nspname, relname)
    FROM member JOIN pg_class AS c ON c.oid = objid JOIN pg_namespace AS n ON n.oid = relnamespace
    WHERE classid = 'pg_class'::regclass AND relkind IN ('r', 'v')
    UNION ALL
    SELECT p.oid::regprocedure::text,
           format(CASE prokind WHEN 'a' THEN 'SELECT %1$s, %1$s OVER ()' WHEN 'w' THEN 'SELECT %1$s OVER ()'
                  ELSE 'SELECT * FROM %1$s' END,
                  format('%I.%I(%s)', nspname, proname, a.list))
    FROM member JOIN pg_proc AS p ON p.oid = objid JOIN pg_namespace AS n ON n.oid = pronamespace
    CROSS JOIN LATERAL (
        SELECT string_agg(format('%L::%s', v.value, t.name), ', ' ORDER BY i) AS list
        FROM unnest(proargtypes) WITH ORDINALITY AS arg (type, i)
        JOIN type AS t ON t.oid = arg.type
        LEFT JOIN LATERAL (
            SELECT value
            FROM sample
            WHERE key IN (concat_ws('.', proname, proargnames[i]), concat_ws(':', proargnames[i], t.typname),
                          proargnames[i], ':' || t.typname)
            ORDER BY key LIKE '%.%' DESC, key NOT LIKE ':%' DESC, key LIKE '%:%' DESC
            LIMIT 1) AS v ON true) AS a
    WHERE classid = 'pg_proc'::regclass
      AND prokind <> 'p'
      AND prorettype <> 'trigger'::regtype
      AND NOT '{internal,cstring}'::regtype[] && proargtypes::oid[]::regtype[]
    UNION ALL
    SELECT o.oid::regoperator::text,
           format('SELECT %s OPERATOR(%I.%s) %L::%s',
                  (SELECT format('%L::%s', value, l.name)
                   FROM type AS l JOIN sample ON key = ':' || typname
                   WHERE l.oid = oprleft),
                  nspname, oprname, value, r.name)
    FROM member
    JOIN pg_operator AS o ON o.oid = objid
    JOIN pg_namespace AS n ON n.oid = oprnamespace
    JOIN type AS r ON r.oid = oprright
    JOIN sample ON key = ':' || r.typname
    WHERE classid = 'pg_operator'::regclass
    UNION ALL
    SELECT format('cast from %s to %s', s.typname, t.typname),
           format('SELECT CAST(%L::%s AS %s)', value, s.name, t.name)
    FROM member
    JOIN pg_cast AS c ON c.oid = objid
    JOIN type AS s ON s.oid = castsource
    JOIN type AS t ON t.oid = casttarget
    JOIN sample ON key = CASE s.typname WHEN 'jsonb' THEN 'cast.' || t.typname ELSE ':' || s.typname END
    WHERE classid = 'pg_cast'::regclass
)
SELECT format(E'\\echo %L\nBEGIN;\n%s;\n\\if :ERROR\n\\echo fails: %s\n\\endif\nROLLBACK;', what, text, what)
FROM statement ORDER BY what COLLATE "C";

-- what is no longer needed above
SELECT format('\\echo fails: %s is not used', key)
FROM sample
WHERE key NOT IN (SELECT unnest(ARRAY[concat_ws('.', proname, n), concat_ws(':', n, typname), n, ':' || typname])
                  FROM member
                  JOIN pg_proc ON classid = 'pg_proc'::regclass AND pg_proc.oid = objid
                  CROSS JOIN LATERAL unnest(proargnames, proargtypes::oid[]) AS a (n, t)
                  JOIN type ON type.oid = t)
  AND key NOT LIKE 'cast.%';
