-- The lines of the bridge, and the function that shows them.

CREATE TYPE accelcost_internal.bridge_line AS (
    key text, provider text, line_no integer, amount numeric, charges bigint, reason text
);
COMMENT ON TYPE accelcost_internal.bridge_line IS 'a line of the bridge to an invoice';

-- Longer than 80 lines: one branch for each line of a bridge.
CREATE FUNCTION accelcost_internal.bridge_lines(
    month date, charges accelcost_internal.bridge_charge[], usage accelcost_internal.bridge_usage[])
RETURNS SETOF accelcost_internal.bridge_line
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
SET jit = off
-- Longer than 80 lines: the lines of the bridge, in their order, after what several of them need.
BEGIN ATOMIC
    WITH bill AS MATERIALIZED (
        SELECT DISTINCT c.key FROM unnest(bridge_lines.charges) AS c
    ), issuer_rate AS MATERIALIZED (
        -- A rate of sums, because single costs are rounded
        SELECT c.key, c.provider, c.pricing_currency AS currency,
               trim_scale(round(sum(c.effective) * 1.000000000000000000000000000000
                                / nullif(sum(c.pricing_effective), 0.0), 24)) AS rate
        FROM unnest(bridge_lines.charges) AS c
        WHERE c.line = 'usage'
        GROUP BY c.key, c.provider, c.pricing_currency
    ), rate AS MATERIALIZED (
        SELECT u.key, u.provider, u.currency, x.rate AS catalog_rate,
               CASE WHEN u.currency <> u.bill_currency AND i.rate > 0.0 THEN i.rate END AS issuer_rate, x.reason
        FROM (SELECT DISTINCT v.key, v.provider, v.currency, v.bill_currency FROM unnest(bridge_lines.usage) AS v) AS u
        LEFT JOIN issuer_rate AS i ON i.key = u.key AND i.provider = u.provider AND i.currency = u.currency
        CROSS JOIN LATERAL accelcost.fx_at(u.currency, u.bill_currency,
                                           accelcost_internal.rate_time(bridge_lines.month, NULL)) AS x
    ), used AS MATERIALIZED (
        SELECT u.n, u.key, u.provider, b.key IS NOT NULL AS is_charged, u.reasons,
               round(u.amount * coalesce(r.catalog_rate, r.issuer_rate), 18) AS modelled,
               round(u.amount * coalesce(r.issuer_rate, r.catalog_rate), 18) AS exchanged,
               CASE WHEN coalesce(r.catalog_rate, r.issuer_rate) IS NULL THEN r.reason END AS rate_reason
        FROM unnest(bridge_lines.usage) AS u
        JOIN rate AS r ON r.key = u.key AND r.provider = u.provider AND r.currency = u.currency
        LEFT JOIN bill AS b ON b.key = u.key
    ), match AS MATERIALIZED (
        SELECT m.n, m.key, m.provider, m.billed, m.charges
        FROM accelcost_internal.bridge_matches(
                 bridge_lines.charges, (SELECT array_agg(u) FROM unnest(bridge_lines.usage) AS u
                                        JOIN used AS k ON k.n = u.n AND k.modelled IS NOT NULL)) AS m
    ), billed AS MATERIALIZED (
        -- A charge is for usage of its account, and for that of no account.
        SELECT DISTINCT u.n
        FROM unnest(bridge_lines.usage) AS u
        JOIN unnest(bridge_lines.usage) AS o
          ON ROW(o.provider, o.kind, o.sku, o.accelerator, o.model, o.meter)::text
             = ROW(u.provider, u.kind, u.sku, u.accelerator, u.model, u.meter)::text
         AND coalesce(o.account = u.account, true)
        WHERE o.n IN (SELECT m.n FROM match AS m WHERE m.n IS NOT NULL)
    ), why AS (
        SELECT u.key, u.provider, array_agg(DISTINCT r.reason COLLATE "C") AS reasons
        FROM used AS u
        CROSS JOIN LATERAL unnest(u.reasons || u.rate_reason) AS r (reason)
        WHERE r.reason IS NOT NULL
        GROUP BY u.key, u.provider
    )
    SELECT u.key, u.provider, 1, sum(u.modelled), NULL::bigint,
           concat_ws('; ', array_to_string((min(w.reasons))[1:5], '; '),
                     CASE WHEN cardinality(min(w.reasons)) > 5
                          THEN format('and %s other reasons', cardinality(min(w.reasons)) - 5) END)
    FROM used AS u
    LEFT JOIN why AS w ON w.key = u.key AND w.provider = u.provider
    GROUP BY u.key, u.provider
    UNION ALL
    SELECT u.key, u.provider, 2, sum(u.exchanged - u.modelled), NULL, NULL
    FROM used AS u
    WHERE u.modelled IS NOT NULL
    GROUP BY u.key, u.provider
    UNION ALL
    SELECT p.key, p.provider, 3, sum(p.amount), sum(p.charges)::bigint, NULL
    FROM (SELECT m.key, m.provider, m.billed AS amount, m.charges FROM match AS m WHERE m.n IS NOT NULL
          UNION ALL
          SELECT u.key, u.provider, -u.exchanged, 0
          FROM used AS u
          WHERE u.is_charged AND u.modelled IS NOT NULL AND u.n IN (SELECT b.n FROM billed AS b)) AS p
    GROUP BY p.key, p.provider
    UNION ALL
    SELECT u.key, u.provider, 4, -sum(u.exchanged), NULL, NULL
    FROM used AS u
    WHERE u.is_charged AND u.modelled IS NOT NULL AND u.n NOT IN (SELECT b.n FROM billed AS b)
    GROUP BY u.key, u.provider
    UNION ALL
    SELECT m.key, m.provider, 5, m.billed, m.charges, NULL FROM match AS m WHERE m.n IS NULL
    UNION ALL
    SELECT c.key, c.provider, l.line_no, sum(c.billed), sum(c.charges)::bigint, NULL
    FROM unnest(bridge_lines.charges) AS c
    JOIN (VALUES ('other periods', 6), ('purchases', 7), ('credits', 8), ('adjustments', 9), ('tax', 10))
         AS l (line, line_no) ON l.line = c.line
    GROUP BY c.key, c.provider, l.line_no;
END;
COMMENT ON FUNCTION accelcost_internal.bridge_lines(
    date, accelcost_internal.bridge_charge[], accelcost_internal.bridge_usage[]) IS
    'returns the lines of bridges that come from usage and charges';

-- The caller states the rule. A rule that were chosen because it fits would hide a wrong amount.
CREATE FUNCTION accelcost_internal.bridge_rounding(
    rounding text, charges accelcost_internal.bridge_charge[], lines accelcost_internal.bridge_line[],
    currencies jsonb)
RETURNS TABLE (key text, amount numeric)
LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT g.key, sum(accelcost_internal.rounded_group(g.billed, g.rounded, g.currency, bridge_rounding.rounding)
                      - g.billed)
    FROM (SELECT c.key, c.currency, sum(c.billed) AS billed, sum(c.rounded) AS rounded
          FROM unnest(bridge_rounding.charges) AS c
          GROUP BY c.key, c.currency, c.rounding_group) AS g
    GROUP BY g.key
    UNION ALL
    -- Usage without charges
    SELECT l.key,
           accelcost_internal.rounded_by(sum(l.amount), bridge_rounding.currencies->>l.key, bridge_rounding.rounding)
           - sum(l.amount)
    FROM unnest(bridge_rounding.lines) AS l
    WHERE l.key NOT IN (SELECT c.key FROM unnest(bridge_rounding.charges) AS c)
    GROUP BY l.key
    HAVING count(l.amount) > 0;
END;
COMMENT ON FUNCTION accelcost_internal.bridge_rounding(
    text, accelcost_internal.bridge_charge[], accelcost_internal.bridge_line[], jsonb) IS
    'returns by how much a stated rule of rounding changes the charges of each bill';

-- Longer than 80 lines: what the functions above find is put together in one statement.
CREATE FUNCTION accelcost.invoice_bridge(
    month date, invoices regclass DEFAULT NULL, rounding text DEFAULT 'rounded as a whole',
    source regclass DEFAULT 'accelcost.usage', currency text DEFAULT 'USD', export_name text DEFAULT NULL)
RETURNS TABLE (issuer text, invoice_id text, status text, currency text, billing_period_start timestamptz,
               billing_period_end timestamptz, line_no integer, line text, provider text, amount numeric,
               charges bigint, invoiced numeric, tolerance numeric, within_tolerance boolean, reason text)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
SET jit = off
-- Longer than 80 lines: the steps of the bridge, and then its total.
BEGIN ATOMIC
    WITH asked AS MATERIALIZED (
        SELECT accelcost_internal.check_month(invoice_bridge.month) AS month,
               accelcost_internal.check_currency(invoice_bridge.currency) AS currency,
               accelcost_internal.check_word(
                   accelcost_internal.check_given(invoice_bridge.rounding, 'rounding'),
                   'exact'::text || accelcost_internal.rounding_rules(), 'rounding') AS rounding,
               -- Some of the charges do not explain an invoice.
               (SELECT 'row security may hide rows of "' || min(r.relation COLLATE "C") || '": the total is unknown'
                FROM (VALUES (accelcost_internal.relation_with_hidden_rows('accelcost.charge'::regclass)),
                             (accelcost_internal.relation_with_hidden_rows(
                                  coalesce(invoice_bridge.invoices, 'accelcost.invoice_detail'::regclass))),
                             (accelcost_internal.relation_with_hidden_rows('accelcost.billing_period'::regclass)),
                             (accelcost_internal.relation_with_hidden_rows(invoice_bridge.source))) AS r (relation)
               ) AS hidden
    ), invoice AS MATERIALIZED (
        SELECT ROW(i.issuer, i.invoice_id, i.currency)::text AS key, i.amount, i.tax, i.is_open
        FROM asked AS a CROSS JOIN LATERAL accelcost_internal.invoices_of(a.month, invoice_bridge.invoices) AS i
    ), charged AS MATERIALIZED (
        SELECT array_agg(c) AS charges
        FROM asked AS a
        CROSS JOIN LATERAL accelcost_internal.bridge_charges(a.month, invoice_bridge.invoices, a.rounding,
                                                             invoice_bridge.export_name) AS c
    ), billed AS MATERIALIZED (
        SELECT array_agg(b) AS bills
        FROM asked AS a
        CROSS JOIN charged AS c
        CROSS JOIN LATERAL accelcost_internal.bridge_bills(a.month, invoice_bridge.invoices, c.charges) AS b
    ), term AS MATERIALIZED (
        SELECT t.*
        FROM charged AS c
        CROSS JOIN billed AS b
        CROSS JOIN LATERAL accelcost_internal.bridge_terms(b.bills, c.charges) AS t
    ), used AS MATERIALIZED (
        SELECT array_agg(u) AS usage
        FROM asked AS a
        CROSS JOIN charged AS c
        CROSS JOIN billed AS b
        CROSS JOIN LATERAL accelcost_internal.bridge_usage(a.month, invoice_bridge.source, a.currency, b.bills,
                                                           c.charges) AS u
    ), bill AS MATERIALIZED (
        SELECT b.key, min(b.issuer) AS issuer, min(b.invoice_id) AS invoice_id, min(b.currency) AS currency,
               min(b.period_start) AS period_start, max(coalesce(b.period_end, t.ends)) AS period_end
        FROM billed AS k
        CROSS JOIN LATERAL unnest(k.bills) AS b
        LEFT JOIN term AS t ON t.provider = b.provider AND t.account IS NOT DISTINCT FROM b.account
        GROUP BY b.key
        UNION ALL
        SELECT u.key, min(u.provider), NULL, min(u.currency), min(a.month::timestamp AT TIME ZONE 'UTC'),
               min(accelcost_internal.next_month(a.month)::timestamp AT TIME ZONE 'UTC')
        FROM used AS k
        CROSS JOIN asked AS a
        CROSS JOIN LATERAL unnest(k.usage) AS u
        WHERE NOT EXISTS (SELECT FROM billed AS l CROSS JOIN LATERAL unnest(l.bills) AS b WHERE b.key = u.key)
        GROUP BY u.key
    ), lined AS MATERIALIZED (
        SELECT array_agg(l) AS lines
        FROM asked AS a
        CROSS JOIN charged AS c
        CROSS JOIN used AS u
        CROSS JOIN LATERAL accelcost_internal.bridge_lines(a.month, c.charges, u.usage) AS l
    ), line AS MATERIALIZED (
        SELECT l.* FROM lined AS k CROSS JOIN LATERAL unnest(k.lines) AS l
    ), whole AS MATERIALIZED (
        SELECT l.key, l.provider, l.line_no, l.amount, l.charges, l.reason FROM line AS l
        UNION ALL
        -- The tax of the invoice, where charges have none
        SELECT i.key, NULL, 10, i.tax, NULL, NULL
        FROM invoice AS i
        WHERE i.tax IS NOT NULL AND NOT EXISTS (SELECT FROM line AS l WHERE l.key = i.key AND l.line_no = 10)
        UNION ALL
        SELECT r.key, NULL, 11, r.amount, NULL, NULL
        FROM asked AS a
        CROSS JOIN charged AS c
        CROSS JOIN lined AS k
        CROSS JOIN LATERAL accelcost_internal.bridge_rounding(
                       a.rounding, c.charges, k.lines,
                       (SELECT jsonb_object_agg(b.key, b.currency) FROM bill AS b)) AS r
    ), total AS MATERIALIZED (
        SELECT b.*, i.key IS NOT NULL AS is_invoiced, i.is_open, i.amount AS invoiced,
               coalesce(s.amount, 0.0) AS expected, coalesce(s.rounding, 0.0) AS rounding, s.charges > 0 AS is_charged,
               accelcost_internal.invoice_tolerance(s.charges, b.currency) AS tolerance
        FROM bill AS b
        LEFT JOIN invoice AS i ON i.key = b.key
        LEFT JOIN (SELECT w.key, sum(w.amount) AS amount, sum(w.charges)::bigint AS charges,
                          sum(w.amount) FILTER (WHERE w.line_no = 11) AS rounding
                   FROM whole AS w
                   GROUP BY w.key) AS s ON s.key = b.key
    ), apart AS MATERIALIZED (
        -- An invoice all of whose charges are in other currencies, and these charges: the rate is not known.
        SELECT t.key, string_agg(DISTINCT o.currency, ', ') AS currencies
        FROM total AS t
        JOIN total AS o ON o.issuer = t.issuer AND o.invoice_id = t.invoice_id
        WHERE t.is_invoiced <> o.is_invoiced
          AND t.is_charged IS DISTINCT FROM t.is_invoiced AND o.is_charged IS DISTINCT FROM o.is_invoiced
        GROUP BY t.key
    )
    SELECT t.issuer, t.invoice_id,
           CASE WHEN NOT t.is_invoiced THEN 'accrual' WHEN t.is_open THEN 'open' ELSE 'invoiced' END,
           t.currency, t.period_start, t.period_end, n.line_no, n.line, w.provider,
           CASE WHEN a.hidden IS NULL THEN trim_scale(w.amount) END,
           CASE WHEN a.hidden IS NULL THEN w.charges END,
           trim_scale(t.invoiced), t.tolerance,
           CASE WHEN a.hidden IS NULL AND p.key IS NULL
                THEN abs(t.invoiced - t.expected + t.rounding) <= t.tolerance END,
           coalesce(a.hidden, nullif(w.reason, ''))
    FROM total AS t
    LEFT JOIN apart AS p ON p.key = t.key
    CROSS JOIN asked AS a
    JOIN (SELECT w.key, w.provider, w.line_no, w.amount, w.charges, w.reason FROM whole AS w
          UNION ALL
          SELECT t.key, NULL, 12, CASE WHEN p.key IS NULL THEN t.invoiced - t.expected END, NULL,
                 CASE WHEN t.is_invoiced AND p.key IS NOT NULL
                      THEN format('the charges of the invoice are in %s: convert its amount', p.currencies)
                      WHEN p.key IS NOT NULL THEN format('the invoice is in %s', p.currencies)
                      WHEN NOT t.is_invoiced THEN 'there is no invoice yet'
                      WHEN t.invoiced IS NULL THEN 'the invoice has no amount' END
          FROM total AS t LEFT JOIN apart AS p ON p.key = t.key) AS w ON w.key = t.key
    JOIN (VALUES (1, 'modelled'), (2, 'exchange'), (3, 'price'), (4, 'unbilled'), (5, 'unpriced'),
                 (6, 'other periods'), (7, 'purchases'), (8, 'credits'), (9, 'adjustments'), (10, 'tax'),
                 (11, 'rounding'), (12, 'unexplained')) AS n (line_no, line) ON n.line_no = w.line_no
    -- A line of 0 explains nothing.
    WHERE coalesce(w.amount <> 0.0, true) OR w.line_no = 12
    ORDER BY t.issuer COLLATE "C", t.invoice_id COLLATE "C", t.currency COLLATE "C", n.line_no,
             w.provider COLLATE "C";
END;
COMMENT ON FUNCTION accelcost.invoice_bridge(date, regclass, text, regclass, text, text) IS
    'returns for each invoice of a month the lines from usage at catalog prices to its amount, and what none explains';
