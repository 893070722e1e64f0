-- Cost by label, cost without a label, and what a new rule would change.

CREATE FUNCTION accelcost.labelled_cost(
    first_month date DEFAULT NULL, last_month date DEFAULT NULL, basis text DEFAULT 'modelled',
    currency text DEFAULT NULL, source regclass DEFAULT 'accelcost.usage', export_name text DEFAULT NULL)
RETURNS TABLE (
    month date, provider text, team text, model text, workload text, component text, currency text, cost numeric,
    line_rows bigint, unpriced_rows bigint, is_complete boolean, reason text)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
BEGIN ATOMIC
    WITH line AS (
        SELECT l.month, (l.subject).provider, (l.subject).team, (l.subject).model, (l.subject).workload,
               (l.subject).component, l.currency, sum(l.cost) AS cost, sum(l.line_rows)::bigint AS line_rows,
               sum(l.unpriced_rows)::bigint AS unpriced_rows, count(l.reason) = 0 AS is_complete,
               min(l.reason COLLATE "C") AS reason
        FROM accelcost_internal.cost_lines(
                 labelled_cost.basis, labelled_cost.currency, labelled_cost.first_month, labelled_cost.last_month, NULL,
                 labelled_cost.source, labelled_cost.export_name, '{provider,team,model,workload,component}') AS l
        GROUP BY 1, 2, 3, 4, 5, 6, 7
    )
    -- Costs are rounded as running totals, so that they add up to the total, rounded once.
    SELECT l.month, l.provider, l.team, l.model, l.workload, l.component, l.currency,
           CASE WHEN l.cost IS NOT NULL
                THEN trim_scale(round(sum(l.cost) OVER listed, 18) - round(sum(l.cost) OVER listed - l.cost, 18)) END,
           l.line_rows, l.unpriced_rows, l.is_complete, l.reason
    FROM line AS l
    WINDOW listed AS (PARTITION BY l.month, l.currency
                      ORDER BY l.provider COLLATE "C", l.team COLLATE "C", l.model COLLATE "C", l.workload COLLATE "C",
                               l.component COLLATE "C" ROWS UNBOUNDED PRECEDING);
END;
COMMENT ON FUNCTION accelcost.labelled_cost(date, date, text, text, regclass, text) IS
    'returns cost by month, provider and the labels of accelcost.cost_rule; NULL if there is no label';

CREATE FUNCTION accelcost.untagged_cost(
    first_month date DEFAULT NULL, last_month date DEFAULT NULL, label text DEFAULT 'team',
    basis text DEFAULT 'modelled', currency text DEFAULT NULL, source regclass DEFAULT 'accelcost.usage',
    export_name text DEFAULT NULL)
RETURNS TABLE (
    month date, provider text, account text, sub_account text, service text, sku text, currency text, cost numeric,
    percent numeric, line_rows bigint, unpriced_rows bigint, reason text)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
BEGIN ATOMIC
    WITH guard AS MATERIALIZED (
        -- A percentage needs all of the cost.
        SELECT 'row security may hide rows of "'
               || accelcost_internal.relation_with_hidden_rows(
                      CASE WHEN untagged_cost.basis = 'modelled' THEN untagged_cost.source
                           ELSE 'accelcost.charge'::regclass END)
               || '": the percentage is unknown' AS hidden
    ), line AS (
        SELECT l.month, (l.subject).provider, (l.subject).account, (l.subject).sub_account, (l.subject).service,
               (l.subject).sku, l.currency,
               accelcost_internal.line_value(l, untagged_cost.label) IS NULL AS is_untagged,
               l.cost, l.line_rows, l.unpriced_rows, l.reason
        FROM accelcost_internal.cost_lines(
                 untagged_cost.basis, untagged_cost.currency, untagged_cost.first_month, untagged_cost.last_month, NULL,
                 untagged_cost.source, untagged_cost.export_name,
                 ARRAY[accelcost_internal.check_word(accelcost_internal.check_given(untagged_cost.label, 'label'),
                                                     '{team,model,workload,component}', 'label'),
                       'provider', 'payer', 'sub_account', 'service', 'sku']) AS l
    ), summed AS (
        SELECT l.month, l.provider, l.account, l.sub_account, l.service, l.sku, l.currency, l.is_untagged,
               sum(l.cost) AS cost, sum(sum(l.cost)) OVER (PARTITION BY l.month, l.currency) AS total,
               sum(l.line_rows)::bigint AS line_rows, sum(l.unpriced_rows)::bigint AS unpriced_rows,
               min(l.reason COLLATE "C") AS reason
        FROM line AS l
        GROUP BY l.month, l.provider, l.account, l.sub_account, l.service, l.sku, l.currency, l.is_untagged
    )
    SELECT s.month, s.provider, s.account, s.sub_account, s.service, s.sku, s.currency, trim_scale(round(s.cost, 18)),
           CASE WHEN g.hidden IS NULL THEN round(100 * s.cost / nullif(s.total, 0.0), 2) END, s.line_rows,
           s.unpriced_rows, nullif(concat_ws('; ', s.reason, g.hidden), '')
    FROM summed AS s
    CROSS JOIN guard AS g
    WHERE s.is_untagged;
END;
COMMENT ON FUNCTION accelcost.untagged_cost(date, date, text, text, text, regclass, text) IS
    'returns cost without a label, by what rules can match, with its percentage of the month';

CREATE VIEW accelcost.untagged_cost
WITH (security_invoker = true)
AS
SELECT b.basis, u.month, u.provider, u.account, u.sub_account, u.service, u.sku, u.currency,
       u.cost::numeric(38,10) AS cost, u.percent::numeric(38,2) AS percent, u.line_rows, u.unpriced_rows, u.reason
FROM (VALUES ('modelled'), ('billed')) AS b (basis)
CROSS JOIN LATERAL accelcost.untagged_cost(basis => b.basis) AS u;
COMMENT ON VIEW accelcost.untagged_cost IS
    'cost without a team: usage at catalog prices in USD, and charges as billed';
COMMENT ON COLUMN accelcost.untagged_cost.basis IS 'modelled: usage at catalog prices; billed: charges';
COMMENT ON COLUMN accelcost.untagged_cost.month IS 'first day of the month, UTC';
COMMENT ON COLUMN accelcost.untagged_cost.provider IS 'provider, by its catalog name if it has one';
COMMENT ON COLUMN accelcost.untagged_cost.account IS 'payer of usage, or billing account of charges';
COMMENT ON COLUMN accelcost.untagged_cost.sub_account IS 'account, subscription or project that used it';
COMMENT ON COLUMN accelcost.untagged_cost.service IS 'service of charges, or model of usage';
COMMENT ON COLUMN accelcost.untagged_cost.sku IS 'SKU, or accelerator of usage';
COMMENT ON COLUMN accelcost.untagged_cost.currency IS 'currency of cost';
COMMENT ON COLUMN accelcost.untagged_cost.cost IS 'known cost, in currency; NULL if none is known';
COMMENT ON COLUMN accelcost.untagged_cost.percent IS 'percentage of the cost of the month in the currency';
COMMENT ON COLUMN accelcost.untagged_cost.line_rows IS 'number of records or charges';
COMMENT ON COLUMN accelcost.untagged_cost.unpriced_rows IS 'number of them whose cost is unknown';
COMMENT ON COLUMN accelcost.untagged_cost.reason IS
    'why the cost of some, or the percentage, is unknown; NULL if all is known';

CREATE FUNCTION accelcost_internal.check_rule(rule accelcost.cost_rule) RETURNS accelcost.cost_rule
    LANGUAGE plpgsql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    empty text;
BEGIN
    PERFORM accelcost_internal.check_word(accelcost_internal.check_given(rule.applies_to, 'applies_to'),
                                          '{both,usage,charges}', 'applies_to');
    SELECT v.name INTO empty
    FROM (VALUES ('provider', rule.provider), ('account', rule.account), ('service', rule.service), ('sku', rule.sku),
                 ('region', rule.region), ('description', rule.description), ('team', rule.team),
                 ('model', rule.model), ('workload', rule.workload), ('component', rule.component)) AS v (name, value)
    WHERE v.value = ''
    LIMIT 1;
    IF empty IS NOT NULL THEN
        RAISE EXCEPTION 'invalid value for parameter "%": ""', empty
            USING ERRCODE = 'invalid_parameter_value', HINT = 'Give a text that is not empty, or NULL.';
    END IF;
    IF NOT accelcost_internal.tag_patterns_are_valid(rule.tags) THEN
        RAISE EXCEPTION 'invalid value for parameter "tags": "%"', left(rule.tags::text, 100)
            USING ERRCODE = 'invalid_parameter_value',
                  HINT = 'Give an object of tag names and patterns, such as {"env": "prod*"}, or NULL.';
    END IF;
    IF num_nonnulls(rule.team, rule.model, rule.workload, rule.component) = 0 THEN
        RAISE EXCEPTION 'the rule gives no label' USING ERRCODE = 'invalid_parameter_value',
            HINT = 'Give a team, model, workload or component.';
    END IF;
    RETURN rule;
END
$$;
COMMENT ON FUNCTION accelcost_internal.check_rule(accelcost.cost_rule) IS
    'returns rule; raises an error if the table would refuse it';

CREATE FUNCTION accelcost.cost_rule_preview(
    first_month date DEFAULT NULL, last_month date DEFAULT NULL, basis text DEFAULT 'modelled',
    currency text DEFAULT NULL, source regclass DEFAULT 'accelcost.usage', export_name text DEFAULT NULL,
    priority integer DEFAULT NULL, applies_to text DEFAULT 'both', provider text DEFAULT NULL,
    account text DEFAULT NULL, tags jsonb DEFAULT NULL, service text DEFAULT NULL, sku text DEFAULT NULL,
    region text DEFAULT NULL, description text DEFAULT NULL, team text DEFAULT NULL, model text DEFAULT NULL,
    workload text DEFAULT NULL, component text DEFAULT NULL, replaces boolean DEFAULT false)
RETURNS TABLE (month date, label text, value_before text, value_after text, provider_name text, currency_code text,
               cost numeric, line_rows bigint, unpriced_rows bigint)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
SET jit = off
SET enable_nestloop = off
BEGIN ATOMIC
    WITH drafted AS MATERIALIZED (
        SELECT r.before, array_append(r.before, accelcost_internal.check_rule(ROW(
                   '', coalesce(cost_rule_preview.priority,
                                (SELECT max(b.priority) + 1 FROM unnest(r.before) AS b), 0),
                   cost_rule_preview.applies_to, cost_rule_preview.provider, cost_rule_preview.account,
                   cost_rule_preview.tags, cost_rule_preview.service, cost_rule_preview.sku, cost_rule_preview.region,
                   cost_rule_preview.description, cost_rule_preview.team, cost_rule_preview.model,
                   cost_rule_preview.workload, cost_rule_preview.component, coalesce(cost_rule_preview.replaces, false),
                   NULL)::accelcost.cost_rule)) AS after
        FROM (SELECT accelcost_internal.cost_rules() AS before) AS r
    ), line AS MATERIALIZED (
        SELECT l.subject, l.month, l.currency, l.cost, l.line_rows, l.unpriced_rows
        FROM accelcost_internal.raw_lines(
                 accelcost_internal.check_basis(cost_rule_preview.basis), cost_rule_preview.currency,
                 cost_rule_preview.first_month, cost_rule_preview.last_month, NULL, cost_rule_preview.source,
                 cost_rule_preview.export_name,
                 (SELECT '{provider,team,model,workload,component}' || accelcost_internal.rule_fields(d.after)
                  FROM drafted AS d), NULL) AS l
    ), subject AS MATERIALIZED (
        SELECT array_agg(DISTINCT l.subject) AS all_of_them FROM line AS l
    ), moved AS (
        SELECT b.subject, m.label, m.value_before, m.value_after
        FROM drafted AS d
        CROSS JOIN subject AS s
        CROSS JOIN LATERAL accelcost_internal.label_subjects(s.all_of_them, d.before) AS b
        JOIN accelcost_internal.label_subjects((SELECT o.all_of_them FROM subject AS o),
                                               (SELECT o.after FROM drafted AS o)) AS a ON a.subject = b.subject
        CROSS JOIN LATERAL (VALUES ('team', b.team, a.team), ('model', b.model, a.model),
                                   ('workload', b.workload, a.workload), ('component', b.component, a.component))
            AS m (label, value_before, value_after)
        WHERE m.value_before IS DISTINCT FROM m.value_after
    )
    SELECT l.month, m.label, m.value_before, m.value_after, (l.subject).provider, l.currency,
           trim_scale(round(sum(l.cost), 18)), sum(l.line_rows)::bigint, sum(l.unpriced_rows)::bigint
    FROM moved AS m
    JOIN line AS l ON l.subject = m.subject
    GROUP BY 1, 2, 3, 4, 5, 6;
END;
COMMENT ON FUNCTION accelcost.cost_rule_preview(
    date, date, text, text, regclass, text, integer, text, text, text, jsonb, text, text, text, text, text, text, text,
    text, boolean) IS
    'returns the cost that a rule would move to another team, model, workload or component, without adding it';

GRANT SELECT ON accelcost.untagged_cost TO @extowner@ WITH GRANT OPTION;
