-- Compare charges with invoices.

-- Charges for text that is resolved at run time: whoever owns accelcost.charge could give its name to a view, which
-- would run the owner's functions as the caller.
CREATE FUNCTION accelcost_internal.invoiced_charges()
RETURNS TABLE (provider_name text, billing_account_id text, invoice_issuer_name text, invoice_id text, export_name text,
               billing_period_start timestamptz, charge_period_start timestamptz,
               billing_currency text, billed_cost numeric, service_name text, sub_account_id text, sku_id text,
               beside boolean)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT c.provider_name, c.billing_account_id, c.invoice_issuer_name, c.invoice_id, c.export_name,
           c.billing_period_start, c.charge_period_start, c.billing_currency, c.billed_cost,
           c.service_name, c.sub_account_id, c.sku_id, c.beside
    FROM accelcost.charge AS c;
END;
COMMENT ON FUNCTION accelcost_internal.invoiced_charges() IS
    'returns the columns of accelcost.charge that are compared with invoices, for text resolved at run time';

-- Longer than 80 lines: half of it is the text of one statement.
CREATE FUNCTION accelcost.reconcile(invoices regclass, export_name text DEFAULT NULL)
RETURNS TABLE (invoice jsonb, currency text, invoiced numeric, charged numeric, charges bigint,
               difference numeric, verdict text, residue numeric)
LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
-- The day of a billing period is that in UTC.
SET timezone = 'UTC'
AS $$
#variable_conflict use_column
DECLARE
    needed  CONSTANT text := 'Invoices need currency, amount and at least one of provider_name, billing_account_id, '
                             'invoice_id, invoice_issuer_name, billing_period_start and export_name.';
    -- A part of the charges says nothing about an invoice.
    hidden  CONSTANT text := 'row security may hide rows of "'
                             || accelcost_internal.relation_with_hidden_rows('accelcost.charge')
                             || '": the total is unknown';
    keys    text[];
    refused record; -- an amount that is no number
BEGIN
    IF invoices IS NULL THEN
        RETURN;
    END IF;
    PERFORM accelcost_internal.check_columns(invoices, '{currency,amount}', needed);
    SELECT array_agg(a.attname::text ORDER BY a.attname) INTO keys
    FROM pg_attribute AS a
    WHERE a.attrelid = invoices AND NOT a.attisdropped
      AND a.attname IN ('provider_name', 'billing_account_id', 'invoice_id', 'billing_period_start', 'export_name',
                        'invoice_issuer_name');
    IF keys IS NULL THEN
        RAISE EXCEPTION 'relation "%" is missing a column that identifies invoices', invoices
            USING ERRCODE = 'undefined_column', HINT = needed,
                  DETAIL = format('Columns found: %s.', accelcost_internal.column_list(invoices));
    END IF;

    EXECUTE format($sql$
SELECT i.amount::text AS amount, jsonb_strip_nulls(jsonb_build_object(%s)) AS name
FROM %s AS i
WHERE accelcost_internal.import_text(i.amount::text) IS NOT NULL
  AND accelcost_internal.import_number(accelcost_internal.import_text(i.amount::text)) IS NULL
LIMIT 1$sql$,
        (SELECT string_agg(format('%L::text, i.%I', k, k), ', ' ORDER BY k) FROM unnest(keys) AS k), invoices)
    INTO refused;
    IF refused.amount IS NOT NULL THEN
        RAISE EXCEPTION 'amount "%" of invoice % is not a number',
            left(refused.amount, 100), left(refused.name::text, 300)
            USING ERRCODE = 'invalid_text_representation',
                  HINT = 'Write amounts in digits with a decimal point, such as 1234.50.';
    END IF;

    RETURN QUERY EXECUTE format($sql$
WITH invoice AS (
    SELECT row_number() OVER () AS n, jsonb_strip_nulls(jsonb_build_object(%1$s)) AS name,
           i.currency::text AS currency,
           accelcost_internal.import_number(accelcost_internal.import_text(i.amount::text)) AS amount, %2$s
    FROM %3$s AS i
), line AS (
    SELECT i.n, c.billed_cost, c.service_name, c.sub_account_id, c.sku_id,
           (c.charge_period_start AT TIME ZONE 'UTC')::date AS day
    FROM invoice AS i
    JOIN accelcost_internal.invoiced_charges() AS c
      ON c.billing_currency = i.currency AND accelcost_internal.is_reported(%5$s, c.export_name, c.beside) AND %4$s
    WHERE $1 IS NULL
), total AS (
    SELECT l.n, sum(l.billed_cost) AS charged, count(*) AS charges FROM line AS l GROUP BY l.n
), rounded AS (
    -- What has no minor unit, such as tokens, is not rounded.
    SELECT i.n, i.currency, i.amount FROM invoice AS i
    WHERE accelcost_internal.minor_unit_digits(i.currency) IS NOT NULL
), way AS (
    -- What the charges come to, rounded where invoices are known to be, in the order in which they are tried.
    SELECT t.n, 1 AS ordinal, 'rounded as a whole' AS way,
           accelcost_internal.round_money(t.charged, i.currency, 'half_up'::text) AS amount
    FROM total AS t JOIN rounded AS i USING (n)
    UNION ALL
    SELECT t.n, 2, 'truncated as a whole', accelcost_internal.round_money(t.charged, i.currency, 'down'::text)
    FROM total AS t JOIN rounded AS i USING (n)
    UNION ALL
    SELECT s.n, 3, 'rounded by service', sum(accelcost_internal.round_money(s.cost, i.currency, 'half_up'::text))
    FROM (SELECT l.n, sum(l.billed_cost) AS cost FROM line AS l GROUP BY l.n, l.service_name) AS s
    JOIN rounded AS i USING (n) GROUP BY s.n
    UNION ALL
    SELECT s.n, 4, 'rounded by service and sub account',
           sum(accelcost_internal.round_money(s.cost, i.currency, 'half_up'::text))
    FROM (SELECT l.n, sum(l.billed_cost) AS cost FROM line AS l GROUP BY l.n, l.service_name, l.sub_account_id) AS s
    JOIN rounded AS i USING (n) GROUP BY s.n
    UNION ALL
    SELECT s.n, 5, 'rounded by service and day',
           sum(accelcost_internal.round_money(s.cost, i.currency, 'half_up'::text))
    FROM (SELECT l.n, sum(l.billed_cost) AS cost FROM line AS l GROUP BY l.n, l.service_name, l.day) AS s
    JOIN rounded AS i USING (n) GROUP BY s.n
    UNION ALL
    SELECT s.n, 6, 'rounded by sku', sum(accelcost_internal.round_money(s.cost, i.currency, 'half_up'::text))
    FROM (SELECT l.n, sum(l.billed_cost) AS cost FROM line AS l GROUP BY l.n, l.sku_id) AS s
    JOIN rounded AS i USING (n) GROUP BY s.n
    UNION ALL
    SELECT l.n, 7, 'rounded by charge', sum(accelcost_internal.round_money(l.billed_cost, i.currency, 'half_up'::text))
    FROM line AS l JOIN rounded AS i USING (n) GROUP BY l.n
)
SELECT i.name, i.currency, i.amount, trim_scale(t.charged),
       CASE WHEN $1 IS NULL THEN coalesce(t.charges, 0) END, trim_scale(i.amount - t.charged),
       CASE WHEN i.amount IS NULL THEN 'no amount'
            WHEN $1 IS NOT NULL THEN $1
            WHEN t.n IS NULL THEN 'no charges'
            WHEN i.amount = t.charged THEN 'exact'
            ELSE coalesce((SELECT w.way FROM way AS w WHERE w.n = i.n AND w.amount = i.amount
                           ORDER BY w.ordinal LIMIT 1), 'not explained') END,
       -- What no rounding explains is what the charges as a whole lack, never what the nearest rounding leaves.
       trim_scale(CASE WHEN i.amount = t.charged THEN NULL
                       WHEN EXISTS (SELECT FROM way AS w WHERE w.n = i.n AND w.amount = i.amount) THEN 0.0
                       ELSE i.amount - coalesce((SELECT w.amount FROM way AS w WHERE w.n = i.n AND w.ordinal = 1),
                                                t.charged) END)
FROM invoice AS i
LEFT JOIN total AS t ON t.n = i.n
ORDER BY i.n$sql$,
        (SELECT string_agg(format('%L::text, i.%I', k, k), ', ' ORDER BY k) FROM unnest(keys) AS k),
        (SELECT string_agg(format('i.%1$I::%2$s AS %1$I', k,
                                  CASE WHEN k = 'billing_period_start' THEN 'date' ELSE 'text' END), ', ')
         FROM unnest(keys) AS k),
        invoices,
        (SELECT string_agg(CASE WHEN k = 'billing_period_start'
                                THEN format('(i.%1$I IS NULL OR accelcost_internal.bill_month(c.%1$I)'
                                            ' = accelcost_internal.bill_month(i.%1$I))', k)
                                ELSE format('(i.%1$I IS NULL OR c.%1$I = i.%1$I)', k) END, ' AND ')
         FROM unnest(keys) AS k),
        -- An invoice may name an export itself.
        CASE WHEN 'export_name' = ANY (keys) THEN 'coalesce(i.export_name, $2)' ELSE '$2' END)
    USING hidden, export_name;
END
$$;
COMMENT ON FUNCTION accelcost.reconcile(regclass, text) IS
    'compares invoices with charges and names the rounding that explains a gap';
