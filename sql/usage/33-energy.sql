-- Price the energy of one's own machines.

CREATE FUNCTION accelcost_internal.find_energy_price(region text, at timestamptz)
RETURNS TABLE (price_per_kwh numeric, currency text, as_of date)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT p.price_per_kwh, p.currency, p.as_of
    -- Prefer the price of an industrial customer.
    FROM unnest('{industrial,commercial,business,non_household,household}'::text[]) WITH ORDINALITY
        AS s (sector, ordinal)
    CROSS JOIN LATERAL accelcost.electricity_at(find_energy_price.region, s.sector, find_energy_price.at) AS p
    WHERE p.price_per_kwh IS NOT NULL
    ORDER BY accelcost_internal.origin_rank(p.origin), s.ordinal
    LIMIT 1;
END;
COMMENT ON FUNCTION accelcost_internal.find_energy_price(text, timestamptz) IS
    'returns the price of electricity for machines in a region at a time; no row if none is known';

CREATE FUNCTION accelcost_internal.energy_reason(
    g accelcost_internal.usage_group, price_per_kwh numeric, changes boolean) RETURNS text
    LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN CASE
        WHEN (g).problem IS NOT NULL THEN (g).problem
        WHEN (g).region IS NULL THEN 'region is required for an electricity price'
        WHEN price_per_kwh IS NULL THEN format('no electricity price in "%s"', (g).region)
        WHEN changes THEN format('the price of electricity in "%s" changes within the period', (g).region) END;
COMMENT ON FUNCTION accelcost_internal.energy_reason(accelcost_internal.usage_group, numeric, boolean) IS
    'returns why the energy of a group of usage cannot be priced; NULL if it can';
