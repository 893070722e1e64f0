-- Savings, and what imports changed.

CREATE FUNCTION accelcost.charge_savings(tz text DEFAULT 'UTC', export_name text DEFAULT NULL)
RETURNS TABLE (month date, provider_name text, currency text, list_cost numeric, contracted_cost numeric,
               effective_cost numeric, billed_cost numeric, negotiated_savings numeric, commitment_savings numeric,
               savings numeric, charges bigint, incomplete_charges bigint)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT s.month, s.provider_name, s.billing_currency,
           s.list_cost, s.contracted_cost, s.effective_cost, s.billed_cost,
           s.list_cost - s.contracted_cost, s.contracted_cost - s.effective_cost, s.list_cost - s.effective_cost,
           s.charges, s.incomplete_charges
    FROM (SELECT CASE WHEN charge_savings.tz = 'UTC' THEN @extschema@.bill_month(c.charge_period_start)
                      ELSE @extschema@.bill_month(c.charge_period_start, charge_savings.tz) END AS month,
                 c.provider_name, c.billing_currency,
                 sum(u.list_cost) FILTER (WHERE k.is_counted AND k.is_complete) AS list_cost,
                 sum(u.contracted_cost) FILTER (WHERE k.is_counted AND k.is_complete) AS contracted_cost,
                 sum(c.effective_cost) FILTER (WHERE k.is_counted AND k.is_complete) AS effective_cost,
                 sum(c.billed_cost) AS billed_cost,
                 count(*) FILTER (WHERE k.is_counted) AS charges,
                 count(*) FILTER (WHERE k.is_counted AND NOT k.is_complete) AS incomplete_charges
          FROM accelcost.charge AS c
          -- What a purchase pays for is in the usage that it covers, or is left unused. Taxes and credits are no
          -- savings of a price. But a commitment may give its discount as credits: then its cost is its fee with them.
          CROSS JOIN LATERAL (
              SELECT c.charge_category = 'Usage' OR c.commitment_discount_status = 'Unused'
                     OR (c.pricing_category = 'Committed'
                         AND (c.charge_category = 'Credit'
                              OR (c.charge_category = 'Purchase' AND c.effective_cost <> 0.0))) AS is_counted,
                     accelcost_internal.charge_cost(c, 'list') AS list_cost,
                     accelcost_internal.charge_cost(c, 'contracted') AS contracted_cost) AS u
          CROSS JOIN LATERAL (
              SELECT u.is_counted,
                     num_nulls(u.list_cost, u.contracted_cost, c.effective_cost) = 0 AS is_complete) AS k
          WHERE accelcost_internal.tables_are_local()
            AND accelcost_internal.is_reported(charge_savings.export_name, c.export_name, c.beside)
          GROUP BY 1, 2, 3) AS s;
END;
COMMENT ON FUNCTION accelcost.charge_savings(text, text) IS
    'returns negotiated and commitment savings by month, provider and currency';

CREATE FUNCTION accelcost.charge_restatement(export_name text DEFAULT NULL)
RETURNS TABLE (export_name text, provider_name text, billing_account_id text, billing_period_start timestamptz,
               batch bigint, previous_batch bigint, loaded_at timestamptz, month date, service_name text, currency text,
               charges_before bigint, charges_after bigint, billed_before numeric, billed_after numeric, change numeric)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    WITH import AS (
        SELECT b.export_name, b.provider_name, b.billing_account_id, b.billing_period_start, b.batch, b.loaded_at,
               r.previous
        FROM accelcost.import_batch AS b
        -- An import without parts replaces all parts of a period.
        CROSS JOIN LATERAL (
            SELECT array_agg(p.batch) AS previous
            FROM accelcost.import_batch AS p
            WHERE p.replaced_by = b.batch AND p.export_name = b.export_name AND p.provider_name = b.provider_name
              AND p.billing_account_id = b.billing_account_id AND p.billing_period_start = b.billing_period_start) AS r
        WHERE accelcost_internal.is_reported(charge_restatement.export_name, b.export_name, b.beside)
          AND r.previous IS NOT NULL
    )
    SELECT i.export_name, i.provider_name, i.billing_account_id, i.billing_period_start, i.batch,
           (SELECT max(p) FROM unnest(i.previous) AS p),
           i.loaded_at, s.month, s.service_name, s.currency,
           s.charges_before, s.charges_after, s.billed_before, s.billed_after, s.billed_after - s.billed_before
    FROM import AS i
    CROSS JOIN LATERAL (
        SELECT t.month, t.service_name, t.currency,
               coalesce(sum(t.charges) FILTER (WHERE t.batch = ANY (i.previous)), 0.0)::bigint AS charges_before,
               coalesce(sum(t.charges) FILTER (WHERE t.batch = i.batch), 0.0)::bigint AS charges_after,
               coalesce(sum(t.billed_cost) FILTER (WHERE t.batch = ANY (i.previous)), 0.0) AS billed_before,
               coalesce(sum(t.billed_cost) FILTER (WHERE t.batch = i.batch), 0.0) AS billed_after
        FROM accelcost.import_total AS t
        WHERE (t.batch = i.batch OR t.batch = ANY (i.previous))
          AND t.export_name = i.export_name AND t.provider_name = i.provider_name
          AND t.billing_account_id = i.billing_account_id AND t.billing_period_start = i.billing_period_start
        GROUP BY t.month, t.service_name, t.currency) AS s
    WHERE s.charges_before <> s.charges_after OR s.billed_before <> s.billed_after;
END;
COMMENT ON FUNCTION accelcost.charge_restatement(text) IS
    'returns what later imports changed in billing periods, by month and service';
