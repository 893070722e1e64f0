-- What was billed by month, provider and service.

CREATE FUNCTION charge_component(
    charge_category text, charge_frequency text, service_category text, charge_description text, sku_meter text)
RETURNS text
LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE
        WHEN charge_category = 'Tax' THEN 'tax'
        WHEN charge_category = 'Credit' THEN 'credit'
        WHEN charge_category = 'Adjustment' THEN 'other'
        -- A recurring purchase is a fee for the month, such as that of a reservation.
        WHEN charge_category = 'Purchase' AND charge_frequency IS DISTINCT FROM 'Recurring' THEN 'upfront'
        -- Providers file data transfer under the service that sends it.
        WHEN lower((coalesce(charge_description, '') || ' ' || coalesce(sku_meter, '')) COLLATE "C")
             LIKE ANY ('{%data transfer%,%datatransfer%,%data-transfer%,%bandwidth%,%egress%}') THEN 'egress'
        WHEN service_category IN ('Compute', 'AI and Machine Learning') THEN 'compute'
        WHEN service_category = 'Storage' THEN 'storage'
        ELSE 'other'
    END;
END;
COMMENT ON FUNCTION charge_component(text, text, text, text, text) IS
    'component of a tco that a FOCUS charge belongs to: tax and credit by category, one-time purchases upfront, data transfer egress by what description or meter say, the rest by service category';

CREATE FUNCTION is_cost_basis(cost_basis text)
RETURNS boolean
LANGUAGE plpgsql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF cost_basis IN ('billed', 'effective', 'list', 'contracted') THEN
        RETURN true;
    END IF;
    RAISE EXCEPTION 'invalid value for parameter "cost_basis": "%"', cost_basis
        USING ERRCODE = 'invalid_parameter_value', HINT = 'Use "billed", "effective", "list" or "contracted".';
END
$$;
COMMENT ON FUNCTION is_cost_basis(text) IS
    'true for billed, effective, list and contracted; an error for anything else';

CREATE FUNCTION charge_monthly(cost_basis text DEFAULT 'billed', tz text DEFAULT 'UTC')
RETURNS TABLE (month date, provider_name text, service_name text, currency text, cost @extschema@.tco,
               charges bigint, unpriced_charges bigint)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT c.month, c.provider_name, c.service_name, c.billing_currency,
           @extschema@.sum(@extschema@.tco(c.cost, c.billing_currency, c.component)),
           count(*),
           count(*) FILTER (WHERE c.cost IS NULL)
    FROM (
        SELECT charge.*,
               -- The month in UTC is what indexes and statistics know of.
               CASE WHEN tz = 'UTC' THEN @extschema@.bill_month(charge_period_start)
                    ELSE @extschema@.bill_month(charge_period_start, tz) END AS month,
               CASE cost_basis WHEN 'billed' THEN billed_cost WHEN 'effective' THEN effective_cost
                               WHEN 'list' THEN list_cost WHEN 'contracted' THEN contracted_cost END AS cost,
               @extschema@.charge_component(charge_category, charge_frequency, service_category,
                                            charge_description, sku_meter) AS component
        FROM accelcost.charge
        WHERE @extschema@.is_cost_basis(cost_basis)
    ) AS c
    GROUP BY c.month, c.provider_name, c.service_name, c.billing_currency;
END;
COMMENT ON FUNCTION charge_monthly(text, text) IS
    'charges by month of charge_period_start in the time zone tz, provider, service and currency: cost by component on the basis billed, effective, list or contracted; unpriced_charges have no cost on that basis, and are not in it';

CREATE VIEW accelcost.charge_monthly
WITH (security_invoker = true)
AS
-- Costs are rounded as running totals: the shown costs of a month add up to its total, rounded once.
SELECT month,
       provider_name,
       service_name,
       currency,
       (round(sum(billed) OVER listed, 10) - round(sum(billed) OVER listed - billed, 10))::numeric(38,10) AS billed_cost,
       charges
FROM (SELECT month, provider_name, service_name, currency, charges, @extschema@.total(cost) AS billed
      FROM @extschema@.charge_monthly()) AS c
WINDOW listed AS (PARTITION BY month, currency ORDER BY provider_name, service_name ROWS UNBOUNDED PRECEDING);
COMMENT ON VIEW accelcost.charge_monthly IS
    'billed cost by month, provider, service and currency; for other bases, time zones and cost components call the function charge_monthly';
COMMENT ON COLUMN accelcost.charge_monthly.month IS 'first day of the month of charge_period_start, UTC';
COMMENT ON COLUMN accelcost.charge_monthly.provider_name IS 'who made the service available for purchase';
COMMENT ON COLUMN accelcost.charge_monthly.service_name IS 'service as the provider sells it';
COMMENT ON COLUMN accelcost.charge_monthly.currency IS 'currency or unit of billed_cost';
COMMENT ON COLUMN accelcost.charge_monthly.billed_cost IS 'billed cost in currency, rounded so that the costs of a month and currency add up to their total at 10 decimals';
COMMENT ON COLUMN accelcost.charge_monthly.charges IS 'number of charges';

GRANT SELECT ON accelcost.charge_monthly TO @extowner@ WITH GRANT OPTION;
