-- One charge as a tco, so that any query can sum charges.

CREATE FUNCTION accelcost.charge_tco(charge accelcost.charge, basis text)
RETURNS @extschema@.tco
LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN @extschema@.tco(
        accelcost_internal.charge_cost(charge, accelcost_internal.check_word(
            accelcost_internal.check_given(basis, 'basis'), '{billed,effective,list,contracted}'::text[], 'basis')),
        (charge).billing_currency,
        accelcost_internal.charge_component((charge).charge_category, (charge).charge_frequency,
                                            (charge).service_category, (charge).charge_description,
                                            (charge).sku_meter));
COMMENT ON FUNCTION accelcost.charge_tco(accelcost.charge, text) IS
    'returns the cost of a charge on a basis, in its component as in charge_monthly; NULL if it has none';
