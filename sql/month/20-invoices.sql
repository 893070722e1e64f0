-- What invoices ask for, and the charges and usage of their billing periods.

CREATE FUNCTION accelcost_internal.invoice_tolerance(charges bigint, currency text) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN trim_scale(round(greatest(100.0, 0.5 * sqrt(charges::numeric))
                            * power(10.0, -accelcost_internal.minor_unit_digits(currency)::numeric), 18));
COMMENT ON FUNCTION accelcost_internal.invoice_tolerance(bigint, text) IS
    'returns by how much FOCUS lets an invoice differ from its charges; NULL in a unit without minor units';

CREATE FUNCTION accelcost_internal.invoice_number(cell text, column_name text, invoice text) RETURNS numeric
    LANGUAGE plpgsql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    number CONSTANT numeric := accelcost_internal.import_cost(accelcost_internal.import_text(cell));
BEGIN
    IF number IS NULL AND accelcost_internal.import_text(cell) IS NOT NULL THEN
        RAISE EXCEPTION '% "%" of invoice "%" is not a number below 1e20', column_name, left(cell, 100),
            left(invoice, 100)
            USING ERRCODE = 'invalid_text_representation',
                  HINT = 'Write amounts in digits with a decimal point, such as 1234.50.';
    END IF;
    RETURN number;
END
$$;
COMMENT ON FUNCTION accelcost_internal.invoice_number(text, text, text) IS
    'returns the number in a cell of an invoice; raises an error if there is anything else';

CREATE FUNCTION accelcost_internal.invoice_currency(cell text, invoice text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF NOT coalesce(accelcost_internal.is_currency(cell), false) THEN
        RAISE EXCEPTION 'currency "%" of invoice "%" is not a currency', left(coalesce(cell, ''), 100),
            left(invoice, 100)
            USING ERRCODE = 'invalid_parameter_value',
                  HINT = 'Use an ISO 4217 code such as "USD".';
    END IF;
    RETURN cell;
END
$$;
COMMENT ON FUNCTION accelcost_internal.invoice_currency(text, text) IS
    'returns the currency in a cell of an invoice; raises an error if there is anything else';

CREATE FUNCTION accelcost_internal.invoice_time(cell text, column_name text, invoice text) RETURNS timestamptz
    LANGUAGE plpgsql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    at CONSTANT timestamptz := accelcost_internal.import_timestamp(accelcost_internal.import_text(cell));
BEGIN
    IF at IS NULL AND (accelcost_internal.import_text(cell) IS NOT NULL OR column_name = 'billing_period_start') THEN
        RAISE EXCEPTION '% "%" of invoice "%" is not a time', column_name, left(cell, 100), left(invoice, 100)
            USING ERRCODE = 'invalid_datetime_format',
                  HINT = 'Write dates as 2026-07-01 and times as 2026-07-01 07:00:00+00.';
    END IF;
    RETURN at;
END
$$;
COMMENT ON FUNCTION accelcost_internal.invoice_time(text, text, text) IS
    'returns the time in a cell of an invoice; raises an error if there is anything else';

CREATE FUNCTION accelcost_internal.invoice_amounts(invoices regclass)
RETURNS TABLE (issuer text, invoice_id text, billing_account_id text, period_start timestamptz, period_end timestamptz,
               currency text, amount numeric, tax numeric)
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
SET timezone = 'UTC'
SET datestyle = 'ISO'
AS $$
DECLARE
    cells text;
BEGIN
    PERFORM accelcost_internal.check_columns(
        invoices, '{invoice_issuer_name,invoice_id,billing_period_start,currency,amount}',
        'Invoices need invoice_issuer_name, invoice_id, billing_period_start, currency and amount, and can have tax, '
        'billing_account_id and billing_period_end. Use a view to give yours these names.');
    -- Not a cast: the caller would run one that the owner of a type has defined.
    SELECT string_agg(CASE WHEN a.attname IS NULL THEN format('NULL::text AS %I', n.name)
                           ELSE format('accelcost_internal.import_text(concat(i.%I)) AS %1$I', n.name) END, ', ')
    INTO cells
    FROM unnest('{invoice_issuer_name,invoice_id,billing_account_id,billing_period_start,billing_period_end,currency,'
                'amount,tax}'::text[]) AS n (name)
    LEFT JOIN pg_attribute AS a ON a.attrelid = invoices AND a.attname = n.name AND NOT a.attisdropped;
    RETURN QUERY EXECUTE format($sql$
SELECT c.invoice_issuer_name, c.invoice_id, c.billing_account_id,
       accelcost_internal.invoice_time(c.billing_period_start, 'billing_period_start', c.invoice_id),
       accelcost_internal.invoice_time(c.billing_period_end, 'billing_period_end', c.invoice_id),
       accelcost_internal.invoice_currency(c.currency, c.invoice_id),
       accelcost_internal.invoice_number(c.amount, 'amount', c.invoice_id),
       accelcost_internal.invoice_number(c.tax, 'tax', c.invoice_id)
FROM (SELECT %s FROM %s AS i) AS c$sql$, cells, invoices);
END
$$;
COMMENT ON FUNCTION accelcost_internal.invoice_amounts(regclass) IS
    'returns invoices in a relation of the user, by the names of its columns';

-- The start of a billing period is midnight of a first day, wherever the issuer is.
CREATE FUNCTION accelcost_internal.invoices_of(month date, invoices regclass)
RETURNS TABLE (issuer text, invoice_id text, billing_account_id text, period_start timestamptz, period_end timestamptz,
               currency text, amount numeric, tax numeric, is_open boolean)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    WITH line AS (
        SELECT d.invoice_issuer_name AS issuer, d.invoice_id, d.billing_account_id,
               d.billing_period_start AS period_start, d.billing_period_end AS period_end,
               d.billing_currency AS currency, d.billed_cost AS amount,
               CASE WHEN d.charge_category = 'Tax' THEN d.billed_cost END AS tax, d.invoice_issue_status AS status
        FROM accelcost.invoice_detail AS d
        WHERE invoices_of.invoices IS NULL AND d.invoice_issue_status IS DISTINCT FROM 'Voided'
        UNION ALL
        SELECT a.*, NULL
        FROM accelcost_internal.invoice_amounts(invoices_of.invoices) AS a
    )
    SELECT s.issuer, l.invoice_id,
           CASE WHEN count(l.billing_account_id) = count(*)
                     AND min(l.billing_account_id) = max(l.billing_account_id) THEN min(l.billing_account_id) END,
           min(l.period_start), max(l.period_end), l.currency,
           CASE WHEN count(l.amount) = count(*) THEN sum(l.amount) END, sum(l.tax), bool_or(l.status = 'Open') IS TRUE
    FROM line AS l
    CROSS JOIN LATERAL (SELECT coalesce(accelcost_internal.provider_name(l.issuer), l.issuer) AS issuer) AS s
    WHERE accelcost_internal.bill_month(l.period_start + interval '15 hours') = invoices_of.month
    GROUP BY s.issuer, l.invoice_id, l.currency;
END;
COMMENT ON FUNCTION accelcost_internal.invoices_of(date, regclass) IS
    'returns the invoices of a billing month: those of accelcost.invoice_detail, or of a relation';

-- A bill has millions of charges, but few kinds of them. What is the same for all of them is a parameter: an expression
-- would be computed for each.
CREATE FUNCTION accelcost_internal.invoice_charges(
    starts timestamptz, ends timestamptz, by_charge boolean, by_sub_account boolean, by_day boolean, export_name text)
RETURNS TABLE (issuer text, invoice_id text, provider text, billing_account_id text, currency text,
               period_start timestamptz, period_end timestamptz, line text, component text,
               texts accelcost_internal.charge_texts, details jsonb, pricing_currency text,
               sub_account_id text, day date, charges bigint, billed numeric, rounded numeric,
               effective numeric, pricing_effective numeric)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
SET jit = off
SET enable_sort = off
SET hash_mem_multiplier = 8
BEGIN ATOMIC
    WITH kind AS MATERIALIZED (
        SELECT c.invoice_issuer_name, c.invoice_id, c.provider_name, c.billing_account_id, c.billing_currency,
               c.billing_period_start,
               CASE WHEN c.charge_category = 'Tax' THEN 'tax'
                    WHEN c.charge_category = 'Credit' THEN 'credits'
                    WHEN c.charge_category = 'Adjustment' THEN 'adjustments'
                    WHEN c.charge_category = 'Purchase' OR c.commitment_discount_status = 'Unused' THEN 'purchases'
                    WHEN c.charge_class = 'Correction' OR c.charge_period_end <= c.billing_period_start
                         OR (c.charge_period_end IS NULL AND c.charge_period_start < c.billing_period_start)
                    THEN 'other periods'
                    ELSE 'usage' END AS line,
               c.service_category, c.service_name, c.sku_meter, c.charge_description,
               c.sku_price_details->>'InstanceType' AS instance_type, c.sku_id,
               CASE WHEN c.sku_price_details ? 'TokenDirection' OR c.sku_price_details ? 'ModelId'
                    THEN c.sku_price_details END AS details,
               c.pricing_currency,
               CASE WHEN invoice_charges.by_sub_account THEN c.sub_account_id END AS sub_account_id,
               CASE WHEN invoice_charges.by_day
                    THEN (c.charge_period_start AT TIME ZONE 'UTC')::date END AS day,
               max(c.billing_period_end) AS billing_period_end,
               count(*) AS charges, sum(c.billed_cost) AS billed,
               sum(CASE WHEN invoice_charges.by_charge
                        THEN accelcost_internal.rounded_by(c.billed_cost, c.billing_currency, 'rounded by charge') END)
                   AS rounded,
               -- A rate of exchange: the same costs in both currencies
               sum(c.effective_cost) FILTER (WHERE c.pricing_currency <> c.billing_currency
                                               AND c.pricing_currency_effective_cost IS NOT NULL) AS effective,
               sum(c.pricing_currency_effective_cost) FILTER (WHERE c.pricing_currency <> c.billing_currency
                                                                AND c.effective_cost IS NOT NULL) AS pricing_effective
        FROM accelcost.charge AS c
        WHERE c.billing_period_start >= invoice_charges.starts AND c.billing_period_start < invoice_charges.ends
          AND accelcost_internal.is_reported(invoice_charges.export_name, c.export_name, c.beside)
        GROUP BY c.invoice_issuer_name, c.invoice_id, c.provider_name, c.billing_account_id, c.billing_currency,
                 c.billing_period_start, 7, c.service_category, c.service_name, c.sku_meter, c.charge_description,
                 instance_type, c.sku_id, details, c.pricing_currency, 16, 17
    ), seller AS MATERIALIZED (
        SELECT n.name, coalesce(accelcost_internal.provider_name(n.name), n.name) AS provider
        FROM (SELECT k.provider_name FROM kind AS k UNION
              SELECT k.invoice_issuer_name FROM kind AS k WHERE k.invoice_issuer_name IS NOT NULL) AS n (name)
    )
    SELECT i.provider, k.invoice_id, p.provider, k.billing_account_id, k.billing_currency,
           k.billing_period_start, k.billing_period_end, k.line,
           CASE WHEN k.line = 'usage'
                THEN accelcost_internal.charge_component('Usage', NULL, k.service_category, k.charge_description,
                                                         k.sku_meter) END,
           ROW(k.provider_name, coalesce(k.service_name, ''), coalesce(k.sku_meter, ''),
               coalesce(k.charge_description, ''), coalesce(k.instance_type, ''), coalesce(k.sku_id, ''))
               ::accelcost_internal.charge_texts,
           k.details, k.pricing_currency, k.sub_account_id, k.day,
           k.charges, k.billed, k.rounded, k.effective, k.pricing_effective
    FROM kind AS k
    JOIN seller AS p ON p.name = k.provider_name
    JOIN seller AS i ON i.name = coalesce(k.invoice_issuer_name, k.provider_name);
END;
COMMENT ON FUNCTION accelcost_internal.invoice_charges(timestamptz, timestamptz, boolean, boolean, boolean, text) IS
    'returns charges whose billing period starts in a time, summed over those that say the same, with their line';

CREATE FUNCTION accelcost_internal.usage_across(source regclass, starts timestamptz, ends timestamptz)
RETURNS TABLE (record_source text, record_id text, period_start timestamptz, period_end timestamptz)
LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
SET timezone = 'UTC'
AS $$
BEGIN
    RETURN QUERY EXECUTE accelcost_internal.usage_query($sql$
SELECT {source}, {record_id}, {period_start}, max({period_end})
FROM {relation} AS u
WHERE ({period_start} < $1 AND {period_end} > $1) OR ({period_start} < $2 AND {period_end} > $2)
GROUP BY 1, 2, 3$sql$, source) USING starts, ends;
END
$$;
COMMENT ON FUNCTION accelcost_internal.usage_across(regclass, timestamptz, timestamptz) IS
    'returns usage records that span the start or the end of a billing period';

CREATE FUNCTION accelcost_internal.share_before(at timestamptz, span_from timestamptz, span_to timestamptz)
    RETURNS numeric
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN CASE WHEN span_from >= at THEN 0.0
                WHEN span_to > at
                THEN extract(epoch FROM at - span_from) * 1.000000000000000000000000000000
                     / extract(epoch FROM span_to - span_from)
                ELSE 1.0 END;
COMMENT ON FUNCTION accelcost_internal.share_before(timestamptz, timestamptz, timestamptz) IS
    'returns the share of a span of time before a time; a span without an end is at its start';

CREATE FUNCTION accelcost_internal.invoice_usage(
    source regclass, month date, currency text, starts timestamptz, ends timestamptz)
RETURNS TABLE (provider text, payer text, kind text, sku text, accelerator text, model text, meter text,
               amount numeric, reasons text[])
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
SET jit = off
BEGIN ATOMIC
    WITH whole_month AS (
        SELECT invoice_usage.starts = invoice_usage.month::timestamp AT TIME ZONE 'UTC'
               AND invoice_usage.ends = accelcost_internal.next_month(invoice_usage.month)::timestamp
                                        AT TIME ZONE 'UTC' AS is_so
    ), used AS (
        SELECT (u.g).shown_provider AS provider, (u.g).payer, (u.g).sku, u.accelerator, (u.g).model, (u.g).meter,
               (u.g).uses_hours OR (u.g).has_tokens_only AS is_machine, k.component, k.amount, k.reason
        FROM accelcost_internal.usage_priced(invoice_usage.source, invoice_usage.currency, invoice_usage.month,
                                             invoice_usage.month, NULL) AS u
        -- Machines of your own are on no invoice.
        CROSS JOIN LATERAL (VALUES ('compute', u.compute, u.compute_reason), ('metered', u.metered, u.metered_reason),
                                   ('egress', u.egress, u.egress_reason), ('storage', u.storage, u.storage_reason))
                   AS k (component, amount, reason)
        WHERE (SELECT w.is_so FROM whole_month AS w)
          AND NOT EXISTS (SELECT FROM accelcost.provider AS p WHERE p.provider = (u.g).provider AND p.kind = 'own')
        UNION ALL
        -- Records belong to a period by their share of time in it; the tiers of meters are those of the month in UTC.
        SELECT r.provider, r.payer, r.sku, r.accelerator, r.model, r.meter,
               r.instance_hours IS NOT NULL, k.component,
               round(k.amount * accelcost_internal.share_before(invoice_usage.ends, s.span_from, s.span_to), 18)
               - round(k.amount * accelcost_internal.share_before(invoice_usage.starts, s.span_from, s.span_to), 18),
               r.reason
        FROM accelcost_internal.record_costs(
                 invoice_usage.source, invoice_usage.currency, accelcost_internal.bill_month(invoice_usage.starts),
                 accelcost_internal.bill_month(invoice_usage.ends - interval '1 microsecond'), NULL) AS r
        LEFT JOIN accelcost_internal.usage_across(invoice_usage.source, invoice_usage.starts, invoice_usage.ends) AS a
               ON a.record_source = r.record_source AND a.record_id = r.record_id AND a.period_start = r.period_start
        -- Hours of a record over a month's end are split there already.
        CROSS JOIN LATERAL (
            SELECT greatest(r.period_start, r.month::timestamp AT TIME ZONE 'UTC') AS span_from,
                   CASE WHEN r.instance_hours IS NULL OR a.period_end IS NULL THEN a.period_end
                        ELSE least(a.period_end, accelcost_internal.next_month(r.month)::timestamp
                                                 AT TIME ZONE 'UTC') END AS span_to) AS s
        CROSS JOIN LATERAL (VALUES ('compute', r.compute), ('metered', r.metered), ('egress', r.egress),
                                   ('storage', r.storage)) AS k (component, amount)
        WHERE NOT (SELECT w.is_so FROM whole_month AS w)
          AND s.span_from < invoice_usage.ends
          AND (s.span_from >= invoice_usage.starts OR s.span_to > invoice_usage.starts)
          AND (k.amount IS NOT NULL OR k.component = 'compute')
    )
    SELECT u.provider, u.payer, t.kind, CASE WHEN t.kind = 'machine' THEN u.sku END,
           CASE WHEN t.kind = 'machine' THEN u.accelerator END, CASE WHEN t.kind = 'tokens' THEN u.model END,
           CASE WHEN t.kind = 'meter' THEN u.meter END,
           sum(u.amount), array_agg(DISTINCT u.reason) FILTER (WHERE u.reason IS NOT NULL)
    FROM used AS u
    CROSS JOIN LATERAL (
        SELECT CASE WHEN u.component IN ('egress', 'storage') THEN u.component
                    WHEN u.component = 'metered' AND u.meter IS NOT NULL THEN 'meter'
                    WHEN u.component = 'compute' AND u.is_machine THEN 'machine'
                    ELSE 'tokens' END AS kind) AS t
    WHERE num_nonnulls(u.amount, u.reason) > 0
    GROUP BY 1, 2, 3, 4, 5, 6, 7;
END;
COMMENT ON FUNCTION accelcost_internal.invoice_usage(regclass, date, text, timestamptz, timestamptz) IS
    'returns usage in a billing period at catalog prices, by what charges can be for, in currency';
