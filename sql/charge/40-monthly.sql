-- Charges by month, provider and service.

CREATE FUNCTION accelcost_internal.charge_component(
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
             LIKE ANY ('{%data transfer%,%datatransfer%,%data-transfer%,%dataxfer%,%bandwidth%,%egress%,%ingress%,'
                       '%download worldwide%,%download apac%,%download australia%,%download china%}')
        THEN 'egress'
        WHEN service_category IN ('Compute', 'AI and Machine Learning') THEN 'compute'
        WHEN service_category = 'Storage' THEN 'storage'
        ELSE 'other'
    END;
END;
COMMENT ON FUNCTION accelcost_internal.charge_component(text, text, text, text, text) IS
    'returns the tco component of a FOCUS charge';

-- FOCUS: a purchase with an effective cost of 0 pays for other charges.  So does the fee of a commitment whose discount
-- comes as credits.
CREATE FUNCTION accelcost_internal.is_commitment_fee(charge accelcost.charge)
RETURNS boolean
LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN ((charge).commitment_discount_status = 'Unused') IS TRUE
           OR ((charge).charge_category = 'Purchase'
               AND ((charge).commitment_discount_id IS NOT NULL OR (charge).pricing_category = 'Committed'
                    OR ((charge).effective_cost = 0.0 AND (charge).billed_cost <> 0.0))) IS TRUE;
COMMENT ON FUNCTION accelcost_internal.is_commitment_fee(accelcost.charge) IS
    'returns true if list and contracted cost leave out a charge: the purchase or unused part of a commitment';

CREATE FUNCTION accelcost_internal.charge_cost(charge accelcost.charge, cost_basis text)
RETURNS numeric
LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN CASE WHEN cost_basis = 'billed' THEN (charge).billed_cost
                WHEN cost_basis = 'effective' THEN (charge).effective_cost
                WHEN cost_basis NOT IN ('list', 'contracted') THEN NULL
                WHEN accelcost_internal.is_commitment_fee(charge) THEN 0.0
                WHEN cost_basis = 'list' THEN (charge).list_cost
                ELSE (charge).contracted_cost END;
COMMENT ON FUNCTION accelcost_internal.charge_cost(accelcost.charge, text) IS
    'returns the cost of a charge on the basis billed, effective, list or contracted; NULL if it is unknown';

CREATE FUNCTION accelcost.charge_monthly(
    cost_basis text DEFAULT 'billed', tz text DEFAULT 'UTC', month_of text DEFAULT 'charge',
    export_name text DEFAULT NULL)
RETURNS TABLE (month date, provider_name text, service_name text, currency text, cost @extschema@.tco,
               charges bigint, unpriced_charges bigint)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    -- Finding the component takes longer than adding a cost, so it is found once for all charges of the same words.
    -- Each part of the union groups by itself: of its columns together, the planner knows no statistics, and would
    -- sort the charges. A tco has 18 decimals.
    WITH alike AS (
        SELECT CASE -- midnight of a first day, wherever the provider is
                    WHEN charge_monthly.month_of = 'billing'
                    THEN @extschema@.bill_month(h.billing_period_start + interval '15 hours')
                    -- Indexes and statistics use the month in UTC.
                    WHEN charge_monthly.tz = 'UTC' THEN @extschema@.bill_month(h.charge_period_start)
                    ELSE @extschema@.bill_month(h.charge_period_start, charge_monthly.tz) END AS month,
               h.provider_name, h.service_name, h.billing_currency, h.charge_category, h.charge_frequency,
               h.service_category, h.charge_description, h.sku_meter,
               sum(round(accelcost_internal.charge_cost(h, charge_monthly.cost_basis), 18)) AS cost,
               count(*) AS charges, count(accelcost_internal.charge_cost(h, charge_monthly.cost_basis)) AS priced
        FROM accelcost.charge AS h
        WHERE accelcost_internal.tables_are_local()
          AND accelcost_internal.check_word(accelcost_internal.check_given(charge_monthly.cost_basis, 'cost_basis'),
                                            '{billed,effective,list,contracted}'::text[], 'cost_basis') IS NOT NULL
          AND accelcost_internal.check_word(accelcost_internal.check_given(charge_monthly.month_of, 'month_of'),
                                            '{charge,billing,prorate}'::text[], 'month_of') <> 'prorate'
          AND (charge_monthly.month_of <> 'billing'
               OR @extschema@.bill_month('2026-01-01 00:00:00+00'::timestamptz, charge_monthly.tz) IS NOT NULL)
          AND accelcost_internal.is_reported(charge_monthly.export_name, h.export_name, h.beside)
        GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
        UNION ALL
        SELECT p.month, h.provider_name, h.service_name, h.billing_currency, h.charge_category, h.charge_frequency,
               h.service_category, h.charge_description, h.sku_meter, sum(round(p.part, 18)), count(*), count(p.part)
        FROM accelcost.charge AS h
        CROSS JOIN LATERAL @extschema@.prorate(accelcost_internal.charge_cost(h, charge_monthly.cost_basis),
                                               h.charge_period_start, h.charge_period_end, charge_monthly.tz) AS p
        WHERE charge_monthly.month_of = 'prorate'
          AND accelcost_internal.is_reported(charge_monthly.export_name, h.export_name, h.beside)
        GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
    )
    SELECT a.month, a.provider_name, a.service_name, a.billing_currency,
           @extschema@.sum(@extschema@.tco(a.cost, a.billing_currency,
                                           accelcost_internal.charge_component(
                                               a.charge_category, a.charge_frequency, a.service_category,
                                               a.charge_description, a.sku_meter))),
           sum(a.charges)::bigint, sum(a.charges - a.priced)::bigint
    FROM alike AS a
    GROUP BY a.month, a.provider_name, a.service_name, a.billing_currency;
END;
COMMENT ON FUNCTION accelcost.charge_monthly(text, text, text, text) IS
    'returns charges by month, provider, service and currency, with their cost by component on a basis';

CREATE VIEW accelcost.charge_monthly
WITH (security_invoker = true)
AS
-- Costs are rounded as running totals: the shown costs of a month add up to its total, rounded once.
SELECT month,
       provider_name,
       service_name,
       currency,
       (round(sum(billed) OVER listed, 10)
        - round(sum(billed) OVER listed - billed, 10))::numeric(38,10) AS billed_cost,
       charges
FROM (SELECT month, provider_name, service_name, currency, charges, @extschema@.total(cost) AS billed
      FROM accelcost.charge_monthly()) AS c
WINDOW listed AS (PARTITION BY month, currency ORDER BY provider_name, service_name ROWS UNBOUNDED PRECEDING);
COMMENT ON VIEW accelcost.charge_monthly IS
    'billed cost by month, provider, service and currency; the function has other bases, time zones and components';
COMMENT ON COLUMN accelcost.charge_monthly.month IS 'first day of the month of charge_period_start, UTC';
COMMENT ON COLUMN accelcost.charge_monthly.provider_name IS 'who made the service available for purchase';
COMMENT ON COLUMN accelcost.charge_monthly.service_name IS 'service as the provider sells it';
COMMENT ON COLUMN accelcost.charge_monthly.currency IS 'currency or unit of billed_cost';
COMMENT ON COLUMN accelcost.charge_monthly.billed_cost IS
    'billed cost in currency, rounded so that costs of a month and currency add up to their total at 10 decimals';
COMMENT ON COLUMN accelcost.charge_monthly.charges IS 'number of charges';

GRANT SELECT ON accelcost.charge_monthly TO @extowner@ WITH GRANT OPTION;
