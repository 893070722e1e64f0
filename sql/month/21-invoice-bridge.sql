-- From usage at the catalog to the amount of an invoice, line by line.

-- Three steps, each of which needs all of the previous one: charges with their bills, usage with its bill, lines.

CREATE TYPE accelcost_internal.bridge_bill AS (
    key text, issuer text, invoice_id text, currency text, provider text, account text, size numeric,
    period_start timestamptz, period_end timestamptz
);
COMMENT ON TYPE accelcost_internal.bridge_bill IS
    'what a bridge knows of an invoice, or of charges without one, for a provider and account';
COMMENT ON COLUMN accelcost_internal.bridge_bill.key IS 'issuer, invoice and currency as one text';
COMMENT ON COLUMN accelcost_internal.bridge_bill.account IS 'billing account as bill_account returns it; NULL for any';
COMMENT ON COLUMN accelcost_internal.bridge_bill.size IS 'sum of the sizes of the charges; 0 if there are none';

CREATE TYPE accelcost_internal.bridge_charge AS (
    key text, issuer text, invoice_id text, currency text, provider text, account text,
    period_start timestamptz, period_end timestamptz, line text, component text,
    texts accelcost_internal.charge_texts, details jsonb, pricing_currency text, rounding_group text,
    charges bigint, billed numeric, rounded numeric, effective numeric, pricing_effective numeric
);
COMMENT ON TYPE accelcost_internal.bridge_charge IS 'charges of a bill that say the same';
COMMENT ON COLUMN accelcost_internal.bridge_charge.rounding_group IS 'what is rounded as one';
COMMENT ON COLUMN accelcost_internal.bridge_charge.rounded IS
    'sum of the costs, each rounded; NULL unless that is asked';

CREATE TYPE accelcost_internal.bridge_usage AS (
    n bigint, key text, provider text, account text, kind text, sku text, accelerator text, model text, meter text,
    currency text, amount numeric, reasons text[], bill_currency text
);
COMMENT ON TYPE accelcost_internal.bridge_usage IS 'usage of a provider''s billing period by what charges can be for';
COMMENT ON COLUMN accelcost_internal.bridge_usage.key IS 'bill that the usage is on';
COMMENT ON COLUMN accelcost_internal.bridge_usage.account IS 'billing account as bill_account returns it; NULL for any';
COMMENT ON COLUMN accelcost_internal.bridge_usage.currency IS 'currency of amount, in which the provider prices';
COMMENT ON COLUMN accelcost_internal.bridge_usage.bill_currency IS 'currency of the bill';

CREATE FUNCTION accelcost_internal.bridge_charges(
    month date, invoices regclass, rounding text, export_name text)
RETURNS SETOF accelcost_internal.bridge_charge
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
SET jit = off
BEGIN ATOMIC
    WITH charge AS MATERIALIZED (
        -- A billing period starts at midnight of a first day, wherever the issuer is.
        SELECT c.*
        FROM accelcost_internal.invoice_charges(
                 bridge_charges.month::timestamp AT TIME ZONE 'UTC' - interval '15 hours',
                 accelcost_internal.next_month(bridge_charges.month)::timestamp AT TIME ZONE 'UTC'
                 - interval '15 hours',
                 bridge_charges.rounding = 'rounded by charge',
                 bridge_charges.rounding = 'rounded by service and sub account',
                 bridge_charges.rounding = 'rounded by service and day', bridge_charges.export_name) AS c
    ), bare_invoice AS (
        SELECT i.issuer, i.invoice_id, i.currency, accelcost_internal.bill_account(i.billing_account_id) AS account
        FROM accelcost_internal.invoices_of(bridge_charges.month, bridge_charges.invoices) AS i
        WHERE NOT EXISTS (SELECT FROM charge AS c WHERE c.issuer = i.issuer AND c.invoice_id = i.invoice_id)
    ), named AS (
        -- Charges that name no invoice are on the only one of their account that no charges name.
        SELECT a.issuer, a.currency, a.billing_account_id, min(i.invoice_id) AS invoice_id
        FROM (SELECT DISTINCT c.issuer, c.currency, c.billing_account_id FROM charge AS c WHERE c.invoice_id IS NULL)
             AS a
        JOIN bare_invoice AS i
          ON i.issuer = a.issuer AND i.currency = a.currency
         AND coalesce(i.account = accelcost_internal.bill_account(a.billing_account_id), true)
        GROUP BY a.issuer, a.currency, a.billing_account_id
        HAVING count(*) = 1
    )
    SELECT ROW(c.issuer, i.invoice_id, c.currency)::text, c.issuer, i.invoice_id, c.currency, c.provider,
           accelcost_internal.bill_account(c.billing_account_id), c.period_start, c.period_end, c.line, c.component,
           c.texts, c.details, c.pricing_currency,
           accelcost_internal.rounding_group(bridge_charges.rounding, (c.texts).service_name, c.sub_account_id, c.day,
                                             (c.texts).sku_id),
           c.charges, c.billed, c.rounded, c.effective, c.pricing_effective
    FROM charge AS c
    LEFT JOIN named AS n ON c.invoice_id IS NULL AND n.issuer = c.issuer AND n.currency = c.currency
                        AND n.billing_account_id = c.billing_account_id
    CROSS JOIN LATERAL (SELECT coalesce(c.invoice_id, n.invoice_id) AS invoice_id) AS i;
END;
COMMENT ON FUNCTION accelcost_internal.bridge_charges(date, regclass, text, text) IS
    'returns the charges of a billing month, summed over those that say the same, with their bills';

CREATE FUNCTION accelcost_internal.bridge_bills(
    month date, invoices regclass, charges accelcost_internal.bridge_charge[])
RETURNS SETOF accelcost_internal.bridge_bill
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    WITH charged AS (
        SELECT c.key, c.issuer, c.invoice_id, c.currency, c.provider, c.account, sum(abs(c.billed)) AS size,
               min(c.period_start) AS period_start, max(c.period_end) AS period_end
        FROM unnest(bridge_bills.charges) AS c
        GROUP BY c.key, c.issuer, c.invoice_id, c.currency, c.provider, c.account
    )
    SELECT c.key, c.issuer, c.invoice_id, c.currency, c.provider, c.account, c.size, c.period_start, c.period_end
    FROM charged AS c
    UNION ALL
    SELECT k.key, i.issuer, i.invoice_id, i.currency, i.issuer,
           accelcost_internal.bill_account(i.billing_account_id), 0.0, i.period_start, i.period_end
    FROM accelcost_internal.invoices_of(bridge_bills.month, bridge_bills.invoices) AS i
    CROSS JOIN LATERAL (SELECT ROW(i.issuer, i.invoice_id, i.currency)::text AS key) AS k
    WHERE NOT EXISTS (SELECT FROM charged AS c WHERE c.key = k.key);
END;
COMMENT ON FUNCTION accelcost_internal.bridge_bills(date, regclass, accelcost_internal.bridge_charge[]) IS
    'returns the bills of a billing month by provider and account: those with charges, and invoices without any';

-- When the billing period of an account is, and which currency its provider prices in.
CREATE FUNCTION accelcost_internal.bridge_terms(
    bills accelcost_internal.bridge_bill[], charges accelcost_internal.bridge_charge[])
RETURNS TABLE (provider text, account text, starts timestamptz, ends timestamptz, currency text, size numeric)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    WITH period AS (
        SELECT b.provider, b.account, min(b.period_start) AS starts, max(b.period_end) AS ends, sum(b.size) AS size,
               (array_agg(b.issuer ORDER BY b.size DESC, b.key COLLATE "C"))[1] AS issuer
        FROM unnest(bridge_terms.bills) AS b
        GROUP BY b.provider, b.account
    ), billing AS (
        SELECT b.provider, (array_agg(b.currency ORDER BY b.size DESC, b.key COLLATE "C"))[1] AS currency
        FROM unnest(bridge_terms.bills) AS b
        GROUP BY b.provider
    ), pricing AS (
        SELECT DISTINCT ON (s.provider) s.provider, s.pricing_currency
        FROM (SELECT c.provider, c.pricing_currency, sum(abs(c.billed)) AS size
              FROM unnest(bridge_terms.charges) AS c
              WHERE c.line = 'usage' AND accelcost_internal.is_currency(c.pricing_currency)
                AND accelcost_internal.minor_unit_digits(c.pricing_currency) IS NOT NULL
              GROUP BY c.provider, c.pricing_currency) AS s
        ORDER BY s.provider, s.size DESC, s.pricing_currency COLLATE "C"
    )
    SELECT p.provider, p.account, p.starts,
           coalesce(p.ends,
                    (SELECT max(b.billing_period_end) FROM accelcost.billing_period AS b
                     WHERE b.billing_period_start = p.starts
                       AND coalesce(accelcost_internal.provider_name(b.invoice_issuer_name), b.invoice_issuer_name)
                           = p.issuer),
                    (p.starts AT TIME ZONE 'UTC' + interval '1 month') AT TIME ZONE 'UTC'),
           coalesce(r.pricing_currency, b.currency), p.size
    FROM period AS p
    JOIN billing AS b ON b.provider = p.provider
    LEFT JOIN pricing AS r ON r.provider = p.provider;
END;
COMMENT ON FUNCTION accelcost_internal.bridge_terms(
    accelcost_internal.bridge_bill[], accelcost_internal.bridge_charge[]) IS
    'returns the billing period of each account with a bill, and the currency that its provider prices in';

CREATE FUNCTION accelcost_internal.bridge_usage(
    month date, source regclass, currency text, bills accelcost_internal.bridge_bill[],
    charges accelcost_internal.bridge_charge[])
RETURNS SETOF accelcost_internal.bridge_usage
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
BEGIN ATOMIC
    WITH term AS MATERIALIZED (
        SELECT t.* FROM accelcost_internal.bridge_terms(bridge_usage.bills, bridge_usage.charges) AS t
    ), usual AS (
        SELECT bridge_usage.month::timestamp AT TIME ZONE 'UTC' AS starts,
               accelcost_internal.next_month(bridge_usage.month)::timestamp AT TIME ZONE 'UTC' AS ends,
               bridge_usage.currency AS currency
    ), basis AS (
        SELECT t.starts, t.ends, t.currency FROM term AS t UNION SELECT u.starts, u.ends, u.currency FROM usual AS u
    ), used AS MATERIALIZED (
        SELECT row_number() OVER () AS n, u.provider, a.account, u.kind, u.sku, u.accelerator, u.model, u.meter,
               b.currency, u.amount, u.reasons
        FROM basis AS b
        CROSS JOIN usual AS o
        CROSS JOIN LATERAL accelcost_internal.invoice_usage(bridge_usage.source, bridge_usage.month, b.currency,
                                                            b.starts, b.ends) AS u
        CROSS JOIN LATERAL (SELECT accelcost_internal.bill_account(u.payer) AS account) AS a
        -- Usage of no account, or of one without a bill, has the period of the largest one.
        LEFT JOIN LATERAL (
            SELECT t.starts, t.ends, t.currency
            FROM term AS t
            WHERE t.provider = u.provider
            ORDER BY (t.account = a.account) IS TRUE DESC, t.size DESC, t.account COLLATE "C"
            LIMIT 1) AS t ON true
        WHERE b.starts = coalesce(t.starts, o.starts) AND b.ends = coalesce(t.ends, o.ends)
          AND b.currency = coalesce(t.currency, o.currency) AND u.provider IS NOT NULL
    )
    SELECT u.n, coalesce(k.key, ROW(u.provider, NULL, u.currency)::text), u.provider, u.account, u.kind, u.sku,
           u.accelerator, u.model, u.meter, u.currency, u.amount, u.reasons, coalesce(k.currency, u.currency)
    FROM used AS u
    LEFT JOIN LATERAL (
        -- The largest bill has most of the usage of an account.
        SELECT b.key, b.currency
        FROM unnest(bridge_usage.bills) AS b
        WHERE b.provider = u.provider AND coalesce(b.account = u.account, true)
        ORDER BY b.size DESC, b.key COLLATE "C"
        LIMIT 1) AS k ON true;
END;
COMMENT ON FUNCTION accelcost_internal.bridge_usage(
    date, regclass, text, accelcost_internal.bridge_bill[], accelcost_internal.bridge_charge[]) IS
    'returns the usage of a billing month at catalog prices, in the currency and period of its account';

CREATE FUNCTION accelcost_internal.is_for(
    used accelcost_internal.bridge_usage, charge accelcost_internal.bridge_charge,
    sku text, accelerator text, model text)
    RETURNS boolean
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN CASE (used).kind
               WHEN 'egress' THEN (charge).component = 'egress'
               WHEN 'storage' THEN (charge).component = 'storage'
               WHEN 'machine' THEN CASE WHEN num_nulls(sku, (used).sku) = 0 THEN sku = (used).sku
                                        ELSE accelerator = (used).accelerator END
                                   OR lower((used).sku COLLATE "C") IN (lower(((charge).texts).sku_id COLLATE "C"),
                                                                        lower(((charge).texts).sku_meter COLLATE "C"))
               ELSE CASE WHEN (used).kind = 'tokens' THEN model = (used).model ELSE false END
                    OR lower(coalesce((used).model, (used).meter) COLLATE "C")
                       IN (lower(((charge).texts).sku_id COLLATE "C"), lower(((charge).texts).sku_meter COLLATE "C"))
           END IS TRUE;
COMMENT ON FUNCTION accelcost_internal.is_for(
    accelcost_internal.bridge_usage, accelcost_internal.bridge_charge, text, text, text) IS
    'returns true if a charge is for usage, given the machine or model that the words of the charge name';

CREATE FUNCTION accelcost_internal.bridge_matches(
    charges accelcost_internal.bridge_charge[], usage accelcost_internal.bridge_usage[])
RETURNS TABLE (n bigint, key text, provider text, billed numeric, charges bigint)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
-- The planner cannot know how many rows there are: it would compile, and compare all with all.
SET jit = off
SET enable_nestloop = off
BEGIN ATOMIC
    WITH charge AS MATERIALIZED (
        SELECT c, c.texts, c.details FROM unnest(bridge_matches.charges) AS c WHERE c.line = 'usage'
    ), used AS MATERIALIZED (
        SELECT u FROM unnest(bridge_matches.usage) AS u WHERE u.amount IS NOT NULL
    ), machine AS MATERIALIZED (
        -- Match no texts if there is no usage to compare them with.
        SELECT m.texts, m.sku, m.accelerator
        FROM accelcost_internal.text_matches((SELECT array_agg(c.texts) FROM charge AS c), false) AS m
        WHERE (SELECT count(*) FROM used AS u WHERE (u.u).kind = 'machine') > 0 AND m.meter = 'compute'
    ), model AS MATERIALIZED (
        SELECT m.texts, m.details, m.model
        FROM accelcost_internal.token_text_matches(
                 (SELECT array_agg(ROW(c.texts, c.details)::accelcost_internal.token_texts) FROM charge AS c)) AS m
        WHERE (SELECT count(*) FROM used AS u WHERE (u.u).kind = 'tokens') > 0
    ), said AS MATERIALIZED (
        SELECT row_number() OVER () AS i, c.c, (c.c).provider, (c.c).account, m.sku, m.accelerator, t.model
        FROM charge AS c
        LEFT JOIN machine AS m ON m.texts = c.texts
        LEFT JOIN model AS t ON t.texts = c.texts AND coalesce(t.details, 'null'::jsonb)
                                                     = coalesce(c.details, 'null'::jsonb)
    ), candidate AS (
        SELECT s.i, (u.u).n, (u.u).key = (s.c).key AS is_on_bill, true AS has_account
        FROM said AS s
        JOIN used AS u ON (u.u).provider = s.provider AND (u.u).account = s.account
        WHERE accelcost_internal.is_for(u.u, s.c, s.sku, s.accelerator, s.model)
        UNION ALL
        SELECT s.i, (u.u).n, (u.u).key = (s.c).key, false
        FROM said AS s
        JOIN used AS u ON (u.u).provider = s.provider AND (u.u).account IS NULL
        WHERE accelcost_internal.is_for(u.u, s.c, s.sku, s.accelerator, s.model)
    ), found AS (
        SELECT DISTINCT ON (c.i) c.i, c.n
        FROM candidate AS c
        ORDER BY c.i, c.is_on_bill DESC, c.has_account DESC, c.n
    )
    SELECT f.n, (s.c).key, s.provider, sum((s.c).billed), sum((s.c).charges)::bigint
    FROM said AS s
    LEFT JOIN found AS f ON f.i = s.i
    GROUP BY f.n, (s.c).key, s.provider;
END;
COMMENT ON FUNCTION accelcost_internal.bridge_matches(
    accelcost_internal.bridge_charge[], accelcost_internal.bridge_usage[]) IS
    'returns what was billed for usage, by the number of the usage that it is for; NULL if the model has none';
