-- Whether charges keep the rules of FOCUS and agree with an invoice, what was
-- saved, and what an import changed.

CREATE FUNCTION accelcost.charge_check(export text DEFAULT NULL, tolerance numeric DEFAULT 0.000000001)
RETURNS TABLE (rule text, provider_name text, billing_account_id text, billing_period_start timestamptz, export text, batch bigint, row_number bigint,
               item text, found text, expected text, deviation numeric)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    WITH c AS (
        SELECT h.*, h.charge_class IS DISTINCT FROM 'Correction' AS is_regular
        FROM accelcost.charge AS h
        WHERE charge_check.export IS NULL OR h.export = charge_check.export
    ), broken AS (
        SELECT v.rule, c.provider_name, c.billing_account_id, c.billing_period_start, c.export, c.batch, c.row_number, c.sku_id AS item, v.found, v.expected, v.deviation
        FROM c
        CROSS JOIN LATERAL (SELECT to_char(c.charge_period_start AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS charge_period_start,
                                   to_char(c.charge_period_end AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS charge_period_end,
                                   to_char(c.billing_period_start AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS billing_period_start,
                                   to_char(c.billing_period_end AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS billing_period_end) AS k
        CROSS JOIN LATERAL (VALUES
            ('list_cost', c.is_regular AND abs(c.list_cost - c.list_unit_price * c.pricing_quantity) > charge_check.tolerance,
             c.list_cost::text, (c.list_unit_price * c.pricing_quantity)::text, c.list_cost - c.list_unit_price * c.pricing_quantity),
            ('contracted_cost', c.is_regular AND abs(c.contracted_cost - c.contracted_unit_price * c.pricing_quantity) > charge_check.tolerance,
             c.contracted_cost::text, (c.contracted_unit_price * c.pricing_quantity)::text, c.contracted_cost - c.contracted_unit_price * c.pricing_quantity),
            ('contracted_cost_is_zero', c.contracted_cost = 0.0 AND c.list_cost <> 0.0, c.contracted_cost::text, 'not 0', - c.list_cost),
            ('charge_in_billing_period', c.charge_period_start < c.billing_period_start, k.charge_period_start, concat('from ', k.billing_period_start), NULL),
            ('charge_in_billing_period', c.charge_period_start >= c.billing_period_start AND c.charge_period_end > c.billing_period_end, k.charge_period_end,
             concat('up to ', k.billing_period_end), NULL),
            ('charge_period_order', c.charge_period_end <= c.charge_period_start, k.charge_period_end, concat('after ', k.charge_period_start), NULL),
            ('billing_period_order', c.billing_period_end <= c.billing_period_start, k.billing_period_end, concat('after ', k.billing_period_start), NULL),
            ('credit_effective_cost', c.charge_category = 'Credit' AND abs(c.effective_cost - c.billed_cost) > charge_check.tolerance,
             c.effective_cost::text, c.billed_cost::text, c.effective_cost - c.billed_cost),
            ('purchase_effective_cost', c.charge_category = 'Purchase' AND c.commitment_discount_id IS NOT NULL AND c.commitment_discount_status IS DISTINCT FROM 'Unused' AND abs(c.effective_cost) > charge_check.tolerance,
             c.effective_cost::text, '0', c.effective_cost),
            ('consumed_quantity', c.consumed_quantity IS NOT NULL AND (c.charge_category <> 'Usage' OR c.commitment_discount_status = 'Unused'),
             c.consumed_quantity::text, 'NULL', c.consumed_quantity),
            ('charge_category', c.charge_category NOT IN ('Usage', 'Purchase', 'Tax', 'Credit', 'Adjustment') OR c.charge_category IS NULL,
             c.charge_category, 'Usage, Purchase, Tax, Credit or Adjustment', NULL),
            ('charge_class', c.charge_class <> 'Correction', c.charge_class, 'Correction or NULL', NULL),
            ('charge_frequency', c.charge_frequency NOT IN ('One-Time', 'Recurring', 'Usage-Based'), c.charge_frequency, 'One-Time, Recurring or Usage-Based', NULL),
            ('pricing_category', c.pricing_category NOT IN ('Standard', 'Dynamic', 'Committed', 'Other'), c.pricing_category, 'Standard, Dynamic, Committed or Other', NULL),
            ('commitment_discount_category', c.commitment_discount_category NOT IN ('Spend', 'Usage'), c.commitment_discount_category, 'Spend or Usage', NULL),
            ('commitment_discount_status', c.commitment_discount_status NOT IN ('Used', 'Unused'), c.commitment_discount_status, 'Used or Unused', NULL),
            ('unit_price_is_negative', c.list_unit_price < 0.0, c.list_unit_price::text, '0 or more', c.list_unit_price),
            ('unit_price_is_negative', c.contracted_unit_price < 0.0, c.contracted_unit_price::text, '0 or more', c.contracted_unit_price)
        ) AS v (rule, is_broken, found, expected, deviation)
        WHERE v.is_broken
    ), commitment AS (
        -- A commitment whose term is over, and loaded, has cost what was paid for it.
        SELECT c.provider_name, c.commitment_discount_id, c.billing_currency, min(c.billing_account_id) AS billing_account_id, min(c.export) AS export,
               -- A fee may stand for what is left unused.
               sum(c.effective_cost) FILTER (WHERE c.charge_category = 'Usage' OR c.commitment_discount_status = 'Unused') AS used, sum(c.billed_cost) FILTER (WHERE c.charge_category = 'Purchase') AS paid
        FROM c
        WHERE c.commitment_discount_id IS NOT NULL
        GROUP BY c.provider_name, c.commitment_discount_id, c.billing_currency
        HAVING min(c.charge_period_start) FILTER (WHERE c.charge_category = 'Usage') <= min(c.charge_period_start) FILTER (WHERE c.charge_category = 'Purchase')
           AND max(c.charge_period_end) FILTER (WHERE c.charge_category = 'Usage') >= max(c.charge_period_end) FILTER (WHERE c.charge_category = 'Purchase')
    )
    SELECT * FROM broken
    UNION ALL
    SELECT 'commitment_total', k.provider_name, k.billing_account_id, NULL, k.export, NULL, NULL, k.commitment_discount_id,
           k.used::text, k.paid::text, k.used - k.paid
    FROM commitment AS k
    WHERE abs(k.used - k.paid) > charge_check.tolerance;
END;
COMMENT ON FUNCTION accelcost.charge_check(text, numeric) IS
    'charges of an export (NULL: of all) that break a rule of FOCUS: which rule, where, what was found and expected, and by how much where it is a cost, beyond the tolerance; a commitment that has ended also where what was used of it is not what was paid';

CREATE FUNCTION accelcost.reconcile(invoices regclass)
RETURNS TABLE (invoice jsonb, currency text, invoiced numeric, charged numeric, charges bigint, difference numeric, verdict text, residue numeric)
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
-- The day of a billing period is that in UTC.
SET timezone = 'UTC'
AS $$
#variable_conflict use_column
DECLARE
    own     CONSTANT text := 'accelcost_internal'; -- not written into the formats: it may have a % in it
    keys    text[];
    missing text;
BEGIN
    PERFORM accelcost_internal.check_relation(invoices);
    SELECT array_agg(a.attname::text ORDER BY a.attname) FILTER (WHERE a.attname IN ('provider_name', 'billing_account_id', 'invoice_id', 'billing_period_start', 'export', 'invoice_issuer_name')),
           string_agg(format('"%s"', w.name), ', ') FILTER (WHERE a.attname IS NULL)
    INTO keys, missing
    FROM unnest('{currency,amount,provider_name,billing_account_id,invoice_id,billing_period_start,export,invoice_issuer_name}'::text[]) WITH ORDINALITY AS w (name, place)
    LEFT JOIN pg_attribute AS a ON a.attrelid = invoices AND a.attname = w.name AND NOT a.attisdropped
    WHERE a.attname IS NOT NULL OR w.place <= 2;
    IF missing IS NOT NULL OR keys IS NULL THEN
        RAISE EXCEPTION 'relation "%" lacks columns of invoices', invoices
            USING ERRCODE = 'undefined_column',
                  HINT = 'Invoices have the columns currency and amount, and of provider_name, billing_account_id, invoice_id, invoice_issuer_name, billing_period_start and export those that tell them apart.';
    END IF;

    RETURN QUERY EXECUTE format($sql$
WITH invoice AS (
    SELECT row_number() OVER () AS n, jsonb_strip_nulls(jsonb_build_object(%1$s)) AS name, i.currency::text AS currency, i.amount::numeric AS amount, %2$s
    FROM %3$s AS i
), line AS (
    SELECT i.n, c.billed_cost, c.service_name, c.sub_account_id, c.sku_id, (c.charge_period_start AT TIME ZONE 'UTC')::date AS day
    FROM invoice AS i
    JOIN accelcost.charge AS c ON c.billing_currency = i.currency AND %4$s
), total AS (
    SELECT l.n, sum(l.billed_cost) AS charged, count(*) AS charges FROM line AS l GROUP BY l.n
), way AS (
    -- What the charges come to, rounded where invoices are known to be.
    SELECT t.n, 1 AS place, 'rounded as a whole' AS way, %5$s.round_money(t.charged, i.currency, 'half_up'::text) AS amount FROM total AS t JOIN invoice AS i USING (n)
    UNION ALL
    SELECT t.n, 2, 'truncated as a whole', %5$s.round_money(t.charged, i.currency, 'down'::text) FROM total AS t JOIN invoice AS i USING (n)
    UNION ALL
    SELECT s.n, 3, 'rounded by service', sum(%5$s.round_money(s.cost, i.currency, 'half_up'::text))
    FROM (SELECT l.n, sum(l.billed_cost) AS cost FROM line AS l GROUP BY l.n, l.service_name) AS s JOIN invoice AS i USING (n) GROUP BY s.n
    UNION ALL
    SELECT s.n, 4, 'rounded by service and sub account', sum(%5$s.round_money(s.cost, i.currency, 'half_up'::text))
    FROM (SELECT l.n, sum(l.billed_cost) AS cost FROM line AS l GROUP BY l.n, l.service_name, l.sub_account_id) AS s JOIN invoice AS i USING (n) GROUP BY s.n
    UNION ALL
    SELECT s.n, 5, 'rounded by service and day', sum(%5$s.round_money(s.cost, i.currency, 'half_up'::text))
    FROM (SELECT l.n, sum(l.billed_cost) AS cost FROM line AS l GROUP BY l.n, l.service_name, l.day) AS s JOIN invoice AS i USING (n) GROUP BY s.n
    UNION ALL
    SELECT s.n, 6, 'rounded by sku', sum(%5$s.round_money(s.cost, i.currency, 'half_up'::text))
    FROM (SELECT l.n, sum(l.billed_cost) AS cost FROM line AS l GROUP BY l.n, l.sku_id) AS s JOIN invoice AS i USING (n) GROUP BY s.n
    UNION ALL
    SELECT l.n, 7, 'rounded by charge', sum(%5$s.round_money(l.billed_cost, i.currency, 'half_up'::text)) FROM line AS l JOIN invoice AS i USING (n) GROUP BY l.n
)
SELECT i.name, i.currency, i.amount, trim_scale(t.charged), coalesce(t.charges, 0), trim_scale(i.amount - t.charged),
       CASE WHEN i.amount IS NULL THEN 'no amount'
            WHEN t.n IS NULL THEN 'no charges'
            WHEN i.amount = t.charged THEN 'exact'
            ELSE coalesce((SELECT w.way FROM way AS w WHERE w.n = i.n AND w.amount = i.amount ORDER BY w.place LIMIT 1), 'not explained') END,
       trim_scale(i.amount - (SELECT w.amount FROM way AS w WHERE w.n = i.n AND i.amount <> t.charged ORDER BY abs(w.amount - i.amount), w.place LIMIT 1))
FROM invoice AS i
LEFT JOIN total AS t ON t.n = i.n
ORDER BY i.n$sql$,
        (SELECT string_agg(format('%L::text, i.%I', k, k), ', ' ORDER BY k) FROM unnest(keys) AS k),
        (SELECT string_agg(format('i.%1$I::%2$s AS %1$I', k, CASE WHEN k = 'billing_period_start' THEN 'date' ELSE 'text' END), ', ') FROM unnest(keys) AS k),
        invoices,
        (SELECT string_agg(CASE WHEN k = 'billing_period_start'
                                THEN format('(i.%1$I IS NULL OR %2$s.bill_month(c.%1$I) = %2$s.bill_month(i.%1$I))', k, own)
                                ELSE format('(i.%1$I IS NULL OR c.%1$I = i.%1$I)', k) END, ' AND ') FROM unnest(keys) AS k), own);
END
$$;
COMMENT ON FUNCTION accelcost.reconcile(regclass) IS
    'invoices, in a relation with the columns currency and amount and some of provider_name, billing_account_id, invoice_id, invoice_issuer_name, billing_period_start and export, beside what was charged for them: the difference, the way of rounding that explains it if one does, and what the nearest one leaves';

CREATE FUNCTION accelcost.charge_savings(tz text DEFAULT 'UTC')
RETURNS TABLE (month date, provider_name text, currency text, list_cost numeric, contracted_cost numeric, effective_cost numeric, billed_cost numeric,
               negotiated_savings numeric, commitment_savings numeric, savings numeric, charges bigint, incomplete_charges bigint)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT s.month, s.provider_name, s.billing_currency, s.list_cost, s.contracted_cost, s.effective_cost, s.billed_cost,
           s.list_cost - s.contracted_cost, s.contracted_cost - s.effective_cost, s.list_cost - s.effective_cost, s.charges, s.incomplete_charges
    FROM (SELECT CASE WHEN charge_savings.tz = 'UTC' THEN @extschema@.bill_month(c.charge_period_start) ELSE @extschema@.bill_month(c.charge_period_start, charge_savings.tz) END AS month,
                 c.provider_name, c.billing_currency,
                 sum(u.list_cost) FILTER (WHERE k.is_counted AND k.is_complete) AS list_cost,
                 sum(u.contracted_cost) FILTER (WHERE k.is_counted AND k.is_complete) AS contracted_cost,
                 sum(c.effective_cost) FILTER (WHERE k.is_counted AND k.is_complete) AS effective_cost,
                 sum(c.billed_cost) AS billed_cost,
                 count(*) FILTER (WHERE k.is_counted) AS charges, count(*) FILTER (WHERE k.is_counted AND NOT k.is_complete) AS incomplete_charges
          FROM accelcost.charge AS c
          -- What a purchase pays for is in the usage that it covers, or is left unused; taxes and credits are no savings of a price.
          CROSS JOIN LATERAL (SELECT c.charge_category = 'Usage' OR c.commitment_discount_status = 'Unused' AS is_counted,
                                     CASE WHEN c.commitment_discount_status = 'Unused' THEN 0.0 ELSE c.list_cost END AS list_cost,
                                     CASE WHEN c.commitment_discount_status = 'Unused' THEN 0.0 ELSE c.contracted_cost END AS contracted_cost) AS u
          CROSS JOIN LATERAL (SELECT u.is_counted, num_nulls(u.list_cost, u.contracted_cost, c.effective_cost) = 0 AS is_complete) AS k
          GROUP BY 1, 2, 3) AS s;
END;
COMMENT ON FUNCTION accelcost.charge_savings(text) IS
    'savings by month of charge_period_start in the time zone tz, provider and currency: list less contracted (negotiated) and contracted less effective cost (commitments) of usage, without purchases, whose cost is in the usage that they cover; charges that lack one of the three costs are counted as incomplete and are in none; billed_cost is that of all charges, on a cash basis';

CREATE FUNCTION accelcost.charge_restatement(export text DEFAULT NULL)
RETURNS TABLE (export text, provider_name text, billing_account_id text, billing_period_start timestamptz, batch bigint, previous_batch bigint, loaded_at timestamptz,
               month date, service_name text, currency text, charges_before bigint, charges_after bigint, billed_before numeric, billed_after numeric, change numeric)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    WITH import AS (
        SELECT b.export, b.provider_name, b.billing_account_id, b.billing_period_start, b.batch, b.loaded_at,
               lag(b.batch) OVER (PARTITION BY b.export, b.provider_name, b.billing_account_id, b.billing_period_start ORDER BY b.batch) AS previous_batch
        FROM accelcost.import_batch AS b
        WHERE charge_restatement.export IS NULL OR b.export = charge_restatement.export
    )
    SELECT i.export, i.provider_name, i.billing_account_id, i.billing_period_start, i.batch, i.previous_batch, i.loaded_at, s.month, s.service_name, s.currency,
           s.charges_before, s.charges_after, s.billed_before, s.billed_after, s.billed_after - s.billed_before
    FROM import AS i
    CROSS JOIN LATERAL (
        SELECT t.month, t.service_name, t.currency,
               coalesce(sum(t.charges) FILTER (WHERE t.batch = i.previous_batch), 0.0)::bigint AS charges_before,
               coalesce(sum(t.charges) FILTER (WHERE t.batch = i.batch), 0.0)::bigint AS charges_after,
               coalesce(sum(t.billed_cost) FILTER (WHERE t.batch = i.previous_batch), 0.0) AS billed_before,
               coalesce(sum(t.billed_cost) FILTER (WHERE t.batch = i.batch), 0.0) AS billed_after
        FROM accelcost.import_total AS t
        WHERE t.batch IN (i.previous_batch, i.batch) AND t.export = i.export AND t.provider_name = i.provider_name
          AND t.billing_account_id = i.billing_account_id AND t.billing_period_start = i.billing_period_start
        GROUP BY t.month, t.service_name, t.currency) AS s
    WHERE i.previous_batch IS NOT NULL AND (s.charges_before <> s.charges_after OR s.billed_before <> s.billed_after);
END;
COMMENT ON FUNCTION accelcost.charge_restatement(text) IS
    'what each import of an export (NULL: of all) changed in a billing period that an earlier one had loaded, by month of charge_period_start and service: charges and billed cost before and after, in currency; lines that are as they were are left out';
