-- Charges for accelerators and data transfer, as usage.

CREATE FUNCTION accelcost.charge_accelerator(export_name text DEFAULT NULL)
RETURNS TABLE (export_name text, batch bigint, row_number bigint, month date, charge_period_start timestamptz,
               provider text, billing_account_id text,
               sub_account_id text, region_id text, charge_category text, sku text, accelerator text, gpu_count numeric,
               purchase_option text,
               instance_hours numeric, accelerator_hours numeric, currency text, billed_cost numeric,
               effective_cost numeric, charge_description text)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT c.export_name, c.batch, c.row_number, @extschema@.bill_month(c.charge_period_start), c.charge_period_start,
           m.provider, c.billing_account_id,
           c.sub_account_id, c.region_id, c.charge_category, m.sku, m.accelerator, m.gpu_count,
           accelcost_internal.charge_option(c),
           h.quantity, h.quantity * m.gpu_count, c.billing_currency, c.billed_cost, c.effective_cost,
           c.charge_description
    FROM accelcost.charge AS c
    JOIN accelcost_internal.charge_matches() AS m ON accelcost_internal.says(c, m.texts)
    LEFT JOIN LATERAL accelcost_internal.consumption(
                          m.meter, c.consumed_quantity, c.consumed_unit, c.pricing_quantity, c.pricing_unit) AS h
           ON accelcost_internal.is_consumption(c)
    WHERE m.meter = 'compute'
      AND accelcost_internal.is_reported(charge_accelerator.export_name, c.export_name, c.beside);
END;
COMMENT ON FUNCTION accelcost.charge_accelerator(text) IS
    'returns charges for accelerators, with their hours; export_name NULL: of all exports';

CREATE VIEW accelcost.charge_usage
WITH (security_invoker = true)
AS
-- Group the charges of a day that agree in everything that prices depend on. First those that have the same words and
-- units, so that patterns and units are read once for each of these.
WITH line AS (
    -- A day in UTC has 24 hours, so that no time zone is needed.
    SELECT date_bin('1 day', c.charge_period_start, '2000-01-01 00:00:00+00') AS day, c.export_name, m.n,
           -- These depend on n: to join them again would take the planner's guess at the number of rows.
           min(m.provider) AS provider, min(m.meter) AS meter, min(m.sku) AS sku, min(m.accelerator) AS accelerator,
           min(m.gpu_count) AS gpu_count, bool_or(m.without_host) AS without_host, min(m.licence) AS licence,
           min(m.transfer_kind) AS transfer_kind, min(m.transfer_service) AS transfer_service,
           min(m.transfer_destination) AS transfer_destination,
           c.billing_account_id AS payer, c.region_id AS region,
           CASE WHEN m.meter = 'compute' THEN accelcost_internal.charge_option(c)
                ELSE 'on_demand' END AS purchase_option,
           c.billing_currency AS currency, c.consumed_unit, c.pricing_unit, k.takes_back,
           sum(c.consumed_quantity) AS consumed_quantity, sum(c.pricing_quantity) AS pricing_quantity,
           count(*) AS charges, sum(c.billed_cost) AS billed_cost,
           sum(c.effective_cost) AS effective_cost, count(c.effective_cost) AS with_effective,
           sum(c.list_cost) AS list_cost, count(c.list_cost) AS with_list,
           sum(c.contracted_cost) AS contracted_cost, count(c.contracted_cost) AS with_contracted
    FROM accelcost.charge AS c
    JOIN accelcost_internal.charge_matches() AS m ON accelcost_internal.says(c, m.texts)
    CROSS JOIN LATERAL (SELECT accelcost_internal.takes_back(c) AS takes_back,
                               c.consumed_quantity IS NOT NULL AS has_consumed,
                               c.pricing_quantity IS NOT NULL AS has_priced) AS k
    WHERE accelcost_internal.is_consumption(c) AND c.beside IS NOT TRUE
    GROUP BY m.n, day, c.export_name, payer, region, purchase_option, c.billing_currency, c.consumed_unit,
             c.pricing_unit, k.takes_back, k.has_consumed, k.has_priced
)
SELECT 'charge' AS source,
       -- Use a number: the text of a time depends on settings.
       ROW(extract(epoch FROM g.day), g.export_name, g.provider, g.payer, g.region, g.meter, g.sku, g.accelerator,
           g.gpu_count, g.without_host, g.licence, g.purchase_option,
           g.transfer_kind, g.transfer_service, g.transfer_destination, g.unit, g.currency)::text AS record_id,
       g.day AS period_start, g.export_name, g.provider, g.payer, g.region, g.meter AS charged_meter, g.sku,
       g.accelerator, g.gpu_count, g.without_host, g.licence, g.purchase_option,
       g.transfer_kind, g.transfer_service, g.transfer_destination, g.unit,
       CASE WHEN g.meter = 'compute' THEN g.quantity END AS instance_hours,
       CASE WHEN g.meter = 'egress' THEN g.quantity END AS transfer_quantity,
       -- GB is the provider's unit, as in its tariff.
       CASE WHEN g.meter = 'egress' AND g.unit <> 'GB' THEN g.unit END AS transfer_unit,
       g.currency, g.charges, g.unknown_charges, g.billed_cost, g.effective_cost, g.list_cost, g.contracted_cost
FROM (SELECT l.day, l.export_name, l.provider, l.payer, l.region,
             l.meter, l.sku, l.accelerator, l.gpu_count, l.without_host, l.licence, l.purchase_option,
             coalesce(l.transfer_kind, 'internet') AS transfer_kind, l.transfer_service, l.transfer_destination,
             q.unit, l.currency,
             sum(q.quantity) AS quantity, sum(l.charges)::bigint AS charges,
             coalesce(sum(l.charges) FILTER (WHERE q.quantity IS NULL), 0)::bigint AS unknown_charges,
             -- The sum is NULL unless all charges have the cost.
             sum(l.billed_cost) AS billed_cost,
             CASE WHEN sum(l.with_effective) = sum(l.charges) THEN sum(l.effective_cost) END AS effective_cost,
             CASE WHEN sum(l.with_list) = sum(l.charges) THEN sum(l.list_cost) END AS list_cost,
             CASE WHEN sum(l.with_contracted) = sum(l.charges) THEN sum(l.contracted_cost) END AS contracted_cost
      FROM line AS l
      CROSS JOIN LATERAL (
          SELECT r.quantity, r.unit
          FROM accelcost_internal.consumption(
                   l.meter, l.consumed_quantity, l.consumed_unit, l.pricing_quantity, l.pricing_unit) AS r
          WHERE NOT l.takes_back
          UNION ALL
          SELECT 0.0, CASE WHEN l.meter = 'egress' THEN 'GB' ELSE 'hour' END
          WHERE l.takes_back) AS q
      GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17) AS g;
COMMENT ON VIEW accelcost.charge_usage IS
    'usage charges for accelerators and data transfer as usage rows, one for what was charged alike on a day';

-- The same of charges that were loaded beside the export that has their bill, which no other report reads.
DO $$
DECLARE
    counted CONSTANT text := pg_get_viewdef('accelcost.charge_usage'::regclass);
    beside  CONSTANT text := replace(counted, 'beside IS NOT TRUE', 'beside IS TRUE');
BEGIN
    IF beside = counted THEN
        RAISE EXCEPTION 'accelcost.charge_usage does not leave out charges beside';
    END IF;
    EXECUTE 'CREATE VIEW accelcost.charge_usage_beside WITH (security_invoker = true) AS ' || beside;
END
$$;
COMMENT ON VIEW accelcost.charge_usage_beside IS
    'charge_usage of the charges that were loaded beside the export that their bill belongs to';

CREATE FUNCTION accelcost_internal.has_charges_beside(export_name text) RETURNS boolean
    LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN EXISTS (SELECT FROM accelcost.charge AS c
                   WHERE c.export_name = has_charges_beside.export_name AND c.beside
                     AND has_charges_beside.export_name IS NOT NULL);
COMMENT ON FUNCTION accelcost_internal.has_charges_beside(text) IS
    'returns whether an export has charges that were loaded beside the export that has their bill';

-- A function, so that only those who ask for such an export need the privilege.
CREATE FUNCTION accelcost_internal.charge_usage_beside() RETURNS SETOF accelcost.charge_usage_beside
    LANGUAGE sql STABLE PARALLEL UNSAFE
    SET jit = off
BEGIN ATOMIC
    SELECT * FROM accelcost.charge_usage_beside;
END;
COMMENT ON FUNCTION accelcost_internal.charge_usage_beside() IS
    'returns accelcost.charge_usage_beside';
