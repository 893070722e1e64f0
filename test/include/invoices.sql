-- Four sellers with prices, and functions that fill charges, usage and invoices of July 2026.

INSERT INTO accelcost.provider (provider, kind)
VALUES ('Nord', 'neocloud'), ('Sued', 'neocloud'), ('West', 'neocloud'), ('Home', 'own');
INSERT INTO accelcost.offer (provider, sku, purchase_option, accelerator, gpu_count, price_basis)
SELECT p, s, 'on_demand', a, 8, 'per_instance'
FROM (VALUES ('Nord'), ('Sued'), ('West'), ('Home')) AS p (p)
CROSS JOIN (VALUES ('n8', 'H100 SXM5 80GB'), ('n9', 'B200')) AS s (s, a);
INSERT INTO accelcost.offer_price (provider, sku, purchase_option, amount, currency, valid)
VALUES ('Nord', 'n8', 'on_demand', 50, 'USD', '[2026-01-01,)'), ('Sued', 'n8', 'on_demand', 40, 'USD', '[2026-01-01,)'),
       ('West', 'n8', 'on_demand', 60, 'USD', '[2026-01-01,)'), ('Home', 'n8', 'on_demand', 9, 'USD', '[2026-01-01,)');
INSERT INTO accelcost.token_price (provider, model, input_price, output_price, valid)
VALUES ('Nord', 'sonar', 1, 1, '[2026-01-01,)');
INSERT INTO accelcost.fx_rate (from_currency, to_currency, rate, valid, origin)
VALUES ('USD', 'EUR', 0.92, '[2026-01-01,)', 'user');

-- Rows of charges and usage of July 2026 with what differs from a plain one.
CREATE FUNCTION pg_temp.charged(VARIADIC rows jsonb[]) RETURNS void LANGUAGE sql AS $$
    DELETE FROM accelcost.charge;
    INSERT INTO accelcost.charge
    SELECT (jsonb_populate_record(NULL::accelcost.charge, jsonb_build_object(
        'provider_name', 'Nord', 'billing_account_id', 'acme', 'invoice_issuer_name', 'Nord', 'invoice_id', 'N-7',
        'billing_period_start', '2026-07-01Z', 'billing_period_end', '2026-08-01Z',
        'charge_period_start', '2026-07-01Z', 'charge_period_end', '2026-08-01Z', 'charge_category', 'Usage',
        'service_category', 'Compute', 'service_name', 'Machines', 'billing_currency', 'USD', 'extra', '{}'::jsonb,
        'export_name', 'manual', 'beside', false) || r)).*
    FROM unnest(rows) AS r;
$$;
\ir usage_rows.sql
CREATE FUNCTION pg_temp.invoiced(VARIADIC rows jsonb[]) RETURNS void LANGUAGE sql AS $$
    DELETE FROM accelcost.invoice_detail;
    INSERT INTO accelcost.invoice_detail
    SELECT (jsonb_populate_record(NULL::accelcost.invoice_detail, jsonb_build_object(
        'invoice_issuer_name', 'Nord', 'invoice_id', 'N-7', 'invoice_detail_id', n, 'billing_account_id', 'acme',
        'billing_period_start', '2026-07-01Z', 'charge_category', 'Usage', 'billing_currency', 'USD',
        'extra', '{}'::jsonb, 'export_name', 'manual') || r)).*
    FROM unnest(rows) WITH ORDINALITY AS u (r, n);
$$;
-- The lines of July, as text.
CREATE FUNCTION pg_temp.lines(invoice text DEFAULT 'N-7') RETURNS text[] LANGUAGE sql AS $$
    SELECT array_agg(concat_ws(' ', line, coalesce(amount::text, 'unknown')) ORDER BY line_no, provider)
    FROM accelcost.invoice_bridge('2026-07-01')
    WHERE invoice_id IS NOT DISTINCT FROM invoice
$$;
