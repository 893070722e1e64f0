-- Check charges against the rules of FOCUS.

-- Longer than 80 lines: one query for each rule of docs/import.md.
CREATE FUNCTION accelcost.charge_check(export_name text DEFAULT NULL, tolerance numeric DEFAULT 0.000000001)
RETURNS TABLE (rule text, provider_name text, billing_account_id text, billing_period_start timestamptz,
               export_name text, batch bigint, row_number bigint,
               item text, found text, expected text, deviation numeric)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    -- Long, because each rule is a row of its own.
    WITH c AS (
        SELECT h.*
        FROM accelcost.charge AS h
        WHERE accelcost_internal.tables_are_local()
          AND accelcost_internal.is_reported(charge_check.export_name, h.export_name, h.beside)
    ), tested AS (
        -- Most charges break no rule: the rest is said only of those that do.
        SELECT c.*,
               ARRAY[
                   CASE WHEN c.charge_class IS DISTINCT FROM 'Correction'
                             AND abs(c.list_cost - c.list_unit_price * c.pricing_quantity) > charge_check.tolerance
                        THEN 'list_cost' END,
                   CASE WHEN c.charge_class IS DISTINCT FROM 'Correction'
                             AND abs(c.contracted_cost - c.contracted_unit_price * c.pricing_quantity)
                                 > charge_check.tolerance
                        THEN 'contracted_cost' END,
                   -- Where nothing is paid and nothing was committed to, a contract may well ask for nothing.
                   CASE WHEN c.contracted_cost = 0.0 AND c.list_cost <> 0.0
                             AND (c.billed_cost <> 0.0 OR c.effective_cost <> 0.0 OR c.pricing_category = 'Committed')
                        THEN 'contracted_cost_is_zero' END,
                   -- A correction is billed after its period; what is bought may last longer than the period.
                   CASE WHEN (c.charge_period_start < c.billing_period_start
                              OR (c.charge_period_end > c.billing_period_end
                                  AND c.charge_category IS DISTINCT FROM 'Purchase'))
                             AND c.charge_class IS DISTINCT FROM 'Correction'
                        THEN 'charge_in_billing_period' END,
                   CASE WHEN c.charge_period_end <= c.charge_period_start THEN 'charge_period_order' END,
                   CASE WHEN c.billing_period_end <= c.billing_period_start THEN 'billing_period_order' END,
                   CASE WHEN c.charge_category = 'Credit'
                             AND abs(c.effective_cost - c.billed_cost) > charge_check.tolerance
                        THEN 'credit_effective_cost' END,
                   -- A commitment that gives its discount as credits has its cost in its recurring fee.
                   CASE WHEN c.charge_category = 'Purchase' AND c.commitment_discount_id IS NOT NULL
                             AND c.commitment_discount_status IS DISTINCT FROM 'Unused'
                             AND (c.charge_frequency = 'Recurring' AND c.pricing_category = 'Committed') IS NOT TRUE
                             AND abs(c.effective_cost) > charge_check.tolerance
                        THEN 'purchase_effective_cost' END,
                   CASE WHEN c.consumed_quantity IS NOT NULL
                             AND (c.charge_category <> 'Usage' OR c.commitment_discount_status = 'Unused')
                        THEN 'consumed_quantity' END,
                   CASE WHEN c.charge_category NOT IN ('Usage', 'Purchase', 'Tax', 'Credit', 'Adjustment')
                             OR c.charge_category IS NULL
                        THEN 'charge_category' END,
                   CASE WHEN c.charge_class <> 'Correction' THEN 'charge_class' END,
                   CASE WHEN c.charge_frequency NOT IN ('One-Time', 'Recurring', 'Usage-Based')
                        THEN 'charge_frequency' END,
                   CASE WHEN c.pricing_category NOT IN ('Standard', 'Dynamic', 'Committed', 'Other')
                        THEN 'pricing_category' END,
                   CASE WHEN c.commitment_discount_category NOT IN ('Spend', 'Usage')
                        THEN 'commitment_discount_category' END,
                   CASE WHEN c.commitment_discount_status NOT IN ('Used', 'Unused')
                        THEN 'commitment_discount_status' END,
                   CASE WHEN c.list_unit_price < 0.0 THEN 'unit_price_is_negative' END,
                   CASE WHEN c.contracted_unit_price < 0.0 THEN 'unit_price_is_negative' END] AS rules
        FROM c
        OFFSET '0'::bigint
    ), broken AS (
        SELECT v.rule, c.provider_name, c.billing_account_id, c.billing_period_start, c.export_name, c.batch,
               c.row_number, c.sku_id AS item, v.found, v.expected, v.deviation
        FROM tested AS c
        CROSS JOIN LATERAL (
            SELECT to_char(c.charge_period_start AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
                       AS charge_period_start,
                   to_char(c.charge_period_end AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
                       AS charge_period_end,
                   to_char(c.billing_period_start AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
                       AS billing_period_start,
                   to_char(c.billing_period_end AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
                       AS billing_period_end,
                   c.charge_period_start < c.billing_period_start AS starts_before,
                   c.list_unit_price * c.pricing_quantity AS list_cost,
                   c.contracted_unit_price * c.pricing_quantity AS contracted_cost) AS k
        CROSS JOIN LATERAL (VALUES
            ('list_cost', c.list_cost::text, k.list_cost::text, c.list_cost - k.list_cost),
            ('contracted_cost', c.contracted_cost::text, k.contracted_cost::text,
             c.contracted_cost - k.contracted_cost),
            ('contracted_cost_is_zero', c.contracted_cost::text, 'not 0', - c.list_cost),
            ('charge_in_billing_period',
             CASE WHEN k.starts_before THEN k.charge_period_start ELSE k.charge_period_end END,
             CASE WHEN k.starts_before THEN concat('from ', k.billing_period_start)
                  ELSE concat('up to ', k.billing_period_end) END, NULL),
            ('charge_period_order', k.charge_period_end, concat('after ', k.charge_period_start), NULL),
            ('billing_period_order', k.billing_period_end, concat('after ', k.billing_period_start), NULL),
            ('credit_effective_cost', c.effective_cost::text, c.billed_cost::text, c.effective_cost - c.billed_cost),
            ('purchase_effective_cost', c.effective_cost::text, '0', c.effective_cost),
            ('consumed_quantity', c.consumed_quantity::text, 'NULL', c.consumed_quantity),
            ('charge_category', c.charge_category, 'Usage, Purchase, Tax, Credit or Adjustment', NULL),
            ('charge_class', c.charge_class, 'Correction or NULL', NULL),
            ('charge_frequency', c.charge_frequency, 'One-Time, Recurring or Usage-Based', NULL),
            ('pricing_category', c.pricing_category, 'Standard, Dynamic, Committed or Other', NULL),
            ('commitment_discount_category', c.commitment_discount_category, 'Spend or Usage', NULL),
            ('commitment_discount_status', c.commitment_discount_status, 'Used or Unused', NULL),
            ('unit_price_is_negative', c.list_unit_price::text, '0 or more', c.list_unit_price),
            ('unit_price_is_negative', c.contracted_unit_price::text, '0 or more', c.contracted_unit_price)
        ) AS v (rule, found, expected, deviation)
        WHERE num_nonnulls(VARIADIC c.rules) > 0
          AND v.rule = ANY (c.rules)
          AND (v.rule <> 'unit_price_is_negative' OR v.deviation < 0.0)
    ), commitment AS (
        -- A commitment with a complete, loaded term must have cost what was paid for it.
        SELECT c.provider_name, c.commitment_discount_id, c.billing_currency,
               min(c.billing_account_id) AS billing_account_id, min(c.export_name) AS export_name,
               -- A fee may be the unused part of a commitment.
               sum(c.effective_cost) FILTER (WHERE c.charge_category = 'Usage'
                                                OR c.commitment_discount_status = 'Unused') AS used,
               sum(c.billed_cost) FILTER (WHERE c.charge_category = 'Purchase') AS paid,
               -- What was paid upfront may have been paid before the charges that are loaded.
               bool_or(c.charge_category = 'Purchase' AND c.charge_frequency IS DISTINCT FROM 'Recurring')
                   AS has_upfront
        FROM c
        WHERE c.commitment_discount_id IS NOT NULL
        GROUP BY c.provider_name, c.commitment_discount_id, c.billing_currency
        HAVING min(c.charge_period_start) FILTER (WHERE c.charge_category = 'Usage')
               <= min(c.charge_period_start) FILTER (WHERE c.charge_category = 'Purchase')
           AND max(c.charge_period_end) FILTER (WHERE c.charge_category = 'Usage')
               >= max(c.charge_period_end) FILTER (WHERE c.charge_category = 'Purchase')
           -- A day says when a commitment was bought, not for how long.
           AND max(c.charge_period_end) FILTER (WHERE c.charge_category = 'Purchase')
               - min(c.charge_period_start) FILTER (WHERE c.charge_category = 'Purchase') > interval '1 day'
    )
    SELECT * FROM broken
    UNION ALL
    SELECT 'counted_once', b.provider_name, b.billing_account_id, b.billing_period_start, b.export_name, NULL, NULL,
           b.bill, concat('also in export ', b.others), 'one export', NULL
    FROM accelcost_internal.bills_counted_twice(charge_check.export_name) AS b
    UNION ALL
    SELECT 'commitment_total', k.provider_name, k.billing_account_id, NULL, k.export_name, NULL, NULL,
           k.commitment_discount_id,
           -- If charges are hidden, the rule cannot be checked: do not report it as kept.
           coalesce('unknown: row security may hide rows of "' || h.relation || '"', k.used::text),
           CASE WHEN h.relation IS NULL THEN k.paid::text END, CASE WHEN h.relation IS NULL THEN k.used - k.paid END
    FROM commitment AS k
    CROSS JOIN (SELECT accelcost_internal.relation_with_hidden_rows('accelcost.charge') AS relation
                OFFSET '0'::bigint) AS h
    WHERE h.relation IS NOT NULL
       OR (abs(k.used - k.paid) > charge_check.tolerance AND (k.has_upfront OR k.used < k.paid));
END;
COMMENT ON FUNCTION accelcost.charge_check(text, numeric) IS
    'returns charges that break a rule of FOCUS, with what was found and what was expected';
