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

-- The rules by which an invoice may be rounded, for reconcile, which looks for one, and invoice_bridge, which is told.
CREATE FUNCTION accelcost_internal.rounding_rules() RETURNS text[]
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN '{rounded as a whole,truncated as a whole,rounded by service,rounded by service and sub account,'
           'rounded by service and day,rounded by sku,rounded by charge}'::text[];
COMMENT ON FUNCTION accelcost_internal.rounding_rules() IS
    'returns the rules by which invoices are rounded, in the order in which they are tried';

CREATE FUNCTION accelcost_internal.rounding_group(
    rule text, service_name text, sub_account_id text, day date, sku_id text)
    RETURNS text
    LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN ROW(CASE WHEN rule LIKE 'rounded by service%' THEN service_name END,
               CASE WHEN rule = 'rounded by service and sub account' THEN sub_account_id END,
               CASE WHEN rule = 'rounded by service and day' THEN day - '2000-01-01'::date END,
               CASE WHEN rule = 'rounded by sku' THEN sku_id END)::text;
COMMENT ON FUNCTION accelcost_internal.rounding_group(text, text, text, date, text) IS
    'returns a text that charges share if a rule rounds them as one';

CREATE FUNCTION accelcost_internal.rounded_by(amount numeric, currency text, rule text) RETURNS numeric
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN CASE WHEN rule = 'exact' OR accelcost_internal.minor_unit_digits(currency) IS NULL THEN amount
                ELSE accelcost_internal.round_money(
                         amount, currency, CASE WHEN rule = 'truncated as a whole' THEN 'down' ELSE 'half_up' END) END;
COMMENT ON FUNCTION accelcost_internal.rounded_by(numeric, text, text) IS
    'returns an amount that a rule rounds, in minor units of its currency; an amount without them is not rounded';

CREATE FUNCTION accelcost_internal.rounded_group(cost numeric, rounded numeric, currency text, rule text)
    RETURNS numeric
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN CASE WHEN rule = 'rounded by charge' THEN rounded
                ELSE accelcost_internal.rounded_by(cost, currency, rule) END;
COMMENT ON FUNCTION accelcost_internal.rounded_group(numeric, numeric, text, text) IS
    'returns the cost of charges of a rounding group by a rule; rounded is the sum of their costs, each rounded';

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
    SELECT i.n, i.currency, c.billed_cost, c.service_name, c.sub_account_id, c.sku_id,
           (c.charge_period_start AT TIME ZONE 'UTC')::date AS day
    FROM invoice AS i
    JOIN accelcost_internal.invoiced_charges() AS c
      ON c.billing_currency = i.currency AND accelcost_internal.is_reported(%5$s, c.export_name, c.beside) AND %4$s
    WHERE $1 IS NULL
), piece AS MATERIALIZED (
    SELECT l.n, l.service_name, l.sub_account_id, l.sku_id, l.day, sum(l.billed_cost) AS cost, count(*) AS charges,
           sum(accelcost_internal.rounded_by(l.billed_cost, l.currency, 'rounded by charge'::text)) AS rounded
    FROM line AS l
    GROUP BY l.n, l.service_name, l.sub_account_id, l.sku_id, l.day
), total AS (
    SELECT p.n, sum(p.cost) AS charged, sum(p.charges)::bigint AS charges FROM piece AS p GROUP BY p.n
), way AS (
    -- What the charges come to, rounded where invoices are known to be, in the order in which they are tried.
    SELECT g.n, g.ordinal, g.rule AS way, sum(accelcost_internal.rounded_group(g.cost, g.rounded, i.currency, g.rule))
               AS amount
    FROM (SELECT p.n, r.ordinal, r.rule, sum(p.cost) AS cost, sum(p.rounded) AS rounded
          FROM piece AS p
          CROSS JOIN unnest(accelcost_internal.rounding_rules()) WITH ORDINALITY AS r (rule, ordinal)
          GROUP BY p.n, r.ordinal, r.rule,
                   accelcost_internal.rounding_group(r.rule, p.service_name, p.sub_account_id, p.day, p.sku_id)) AS g
    JOIN invoice AS i ON i.n = g.n
    -- What has no minor unit, such as tokens, is not rounded.
    WHERE accelcost_internal.minor_unit_digits(i.currency) IS NOT NULL
    GROUP BY g.n, g.ordinal, g.rule
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
