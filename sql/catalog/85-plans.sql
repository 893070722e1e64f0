-- Plans of owning and renting, with the figures and prices of the catalog.

CREATE FUNCTION accelcost.own_plan(
    accelerator text,
    units numeric DEFAULT 1,
    place text DEFAULT NULL,
    unit_price numeric DEFAULT NULL,
    pue numeric DEFAULT 1,
    load numeric DEFAULT 1,
    hours_per_month numeric DEFAULT 730,
    setup numeric DEFAULT 0,
    colocation numeric DEFAULT 0,
    staff numeric DEFAULT 0,
    maintenance numeric DEFAULT 0,
    life_months numeric DEFAULT NULL,
    residual_value numeric DEFAULT 0,
    sector text DEFAULT 'industrial',
    currency text DEFAULT 'USD',
    at timestamptz DEFAULT now())
RETURNS @extschema@.tco
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT @extschema@.own_accelerator(
               coalesce(own_plan.unit_price, price.amount * fx.rate), own_plan.units, watts.value,
               kwh.price_per_kwh * kwh_fx.rate, own_plan.pue, own_plan.load, own_plan.hours_per_month,
               own_plan.setup, own_plan.colocation, own_plan.staff, own_plan.maintenance,
               own_plan.life_months, own_plan.residual_value, own_plan.currency)
    FROM (SELECT accelcost_internal.check_accelerator(own_plan.accelerator) AS name) AS wanted
    LEFT JOIN LATERAL (
        SELECT f.value
        FROM accelcost.accelerator_figure AS f
        WHERE f.accelerator = wanted.name
          AND f.figure = 'watts'
          AND accelcost_internal.origin_rank(f.origin) IS NOT NULL
        ORDER BY accelcost_internal.precedence(f.origin, NULL, 0, f.builtin, f.as_of, NULL, f.source)
        LIMIT 1) AS watts ON true
    LEFT JOIN LATERAL (
        -- The upper end of a range; what is only stated as more than a price, at that price.
        SELECT coalesce(p.price_high, p.price_low) AS amount, p.currency
        FROM accelcost.accelerator_price AS p
        WHERE p.accelerator = wanted.name
          AND p.valid @> own_plan.at
          AND accelcost_internal.origin_rank(p.origin) IS NOT NULL
        ORDER BY accelcost_internal.precedence(p.origin, NULL, 0, p.builtin, p.as_of, lower(p.valid), p.source)
        LIMIT 1) AS price ON true
    LEFT JOIN LATERAL accelcost.electricity_at(own_plan.place, own_plan.sector, own_plan.at) AS kwh ON true
    LEFT JOIN LATERAL accelcost.fx_at(price.currency, own_plan.currency, own_plan.at) AS fx ON true
    LEFT JOIN LATERAL accelcost.fx_at(kwh.currency, own_plan.currency, own_plan.at) AS kwh_fx ON true;
END;
COMMENT ON FUNCTION accelcost.own_plan(text, numeric, text, numeric, numeric, numeric, numeric, numeric, numeric,
        numeric, numeric, numeric, numeric, text, text, timestamptz) IS
    'returns the plan for accelerators that you buy, by name, at a place; NULL if a figure or price is unknown';

CREATE FUNCTION accelcost.rent_plan(
    provider text,
    sku text,
    units numeric DEFAULT NULL,
    region text DEFAULT NULL,
    purchase_option text DEFAULT 'on_demand',
    term_months integer DEFAULT 0,
    account text DEFAULT NULL,
    hours_per_month numeric DEFAULT 730,
    sessions_per_month numeric DEFAULT 1,
    egress_quantity numeric DEFAULT 0,
    storage_cost numeric DEFAULT 0,
    other_cost numeric DEFAULT 0,
    at timestamptz DEFAULT now())
RETURNS @extschema@.tco
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT @extschema@.rent_accelerator(
               price.amount, machine.units, machine.size, rent_plan.hours_per_month, rent_plan.sessions_per_month,
               coalesce(price.billing_increment_seconds, 0), coalesce(price.minimum_seconds, 0),
               coalesce(price.upfront, 0) * ceil(machine.units / machine.size),
               rent_plan.egress_quantity,
               CASE WHEN egress.currency = price.currency THEN egress.tariff END,
               rent_plan.storage_cost, rent_plan.other_cost, price.currency)
    -- The lookup that raises an error if regions differ.
    FROM accelcost.price_at(rent_plan.provider, rent_plan.sku, rent_plan.at, rent_plan.region,
                            rent_plan.purchase_option, rent_plan.term_months, rent_plan.account) AS checked
    LEFT JOIN LATERAL accelcost_internal.find_offer_price(
        accelcost.provider_name(rent_plan.provider), rent_plan.sku, rent_plan.at, rent_plan.region,
        rent_plan.purchase_option, rent_plan.term_months, rent_plan.account) AS price ON true
    -- Priced by the accelerator, they are rented one by one; otherwise in whole machines.
    CROSS JOIN LATERAL (
        SELECT coalesce(rent_plan.units, price.gpu_count, 1) AS units,
               CASE WHEN price.price_basis IN ('per_gpu', 'per_chip') THEN 1
                    WHEN price.price_basis IN ('per_instance', 'per_slice') THEN price.gpu_count END AS size
    ) AS machine
    LEFT JOIN LATERAL accelcost.tariff_at(
        rent_plan.provider, at => rent_plan.at, from_region => rent_plan.region, account => rent_plan.account) AS egress
        ON rent_plan.egress_quantity <> 0
    WHERE price.amount IS NOT NULL
      AND machine.size IS NOT NULL;
END;
COMMENT ON FUNCTION accelcost.rent_plan(text, text, numeric, text, text, integer, text, numeric, numeric, numeric,
        numeric, numeric, timestamptz) IS
    'returns the plan for renting an offer of the catalog; NULL if its price per machine is unknown';
