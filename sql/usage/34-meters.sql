-- Rate transfer and storage: quantities in the unit of a tariff, and the bill in parts.

CREATE FUNCTION accelcost_internal.metered_quantity(quantity numeric, unit text, unit_bytes numeric,
                                                    month date) RETURNS numeric
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN CASE
        WHEN unit IS NULL THEN quantity
        WHEN split_part(unit, '-', 1) <> ALL ('{byte,kB,MB,GB,TB,PB,KiB,MiB,GiB,TiB,PiB}'::text[])
          OR split_part(unit, '-', 2) NOT IN ('', 'month', 'hour') THEN NULL
        ELSE trim_scale(round(quantity * @extschema@.unit_bytes(split_part(unit, '-', 1))
                              * 1.000000000000000000000000000000000000
                              / (metered_quantity.unit_bytes * CASE
                                                                    WHEN unit LIKE '%-hour'
                                                                    THEN @extschema@.month_hours(month)::numeric
                                                                    ELSE 1::numeric END), 36))
    END;
COMMENT ON FUNCTION accelcost_internal.metered_quantity(numeric, text, numeric, date) IS
    'returns a quantity in the unit of a tariff, to 36 decimals; NULL if the unit is unknown';

CREATE FUNCTION accelcost_internal.is_free(tariff @extschema@.tariff) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_is_free';
COMMENT ON FUNCTION accelcost_internal.is_free(@extschema@.tariff) IS
    'returns true if a tariff costs nothing for any quantity';

CREATE FUNCTION accelcost_internal.tariff_end(tariff @extschema@.tariff) RETURNS numeric
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tariff_end';
COMMENT ON FUNCTION accelcost_internal.tariff_end(@extschema@.tariff) IS
    'returns the quantity at which the last tier of a tariff ends; NULL if it is open';

CREATE FUNCTION accelcost_internal.share_out(total numeric, weights numeric[], digits integer) RETURNS numeric[]
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_share_out';
COMMENT ON FUNCTION accelcost_internal.share_out(numeric, numeric[], integer) IS
    'returns the parts of a total by allocate, for weights that may be negative (corrections) or all 0';

-- One expression, so that it becomes part of the query that calls it.
CREATE FUNCTION accelcost_internal.meter_reason(
    provider_reason text, hidden_reason text, meter text, kind text, region text, destination text,
    quantity numeric, unit text, month date,
    tariff_provider text, tariff_unit text, tariff_unit_bytes numeric, regions text,
    is_free boolean, is_renamed boolean, is_torn boolean)
RETURNS text
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN coalesce(
        CASE WHEN provider_reason IS NOT NULL
             THEN provider_reason
             WHEN regions IS NOT NULL
             THEN format('region must be given: tariffs of %s differ by region', meter)
             WHEN kind IS NULL
             THEN format('%s_kind is not known', meter)
             WHEN tariff_provider IS NULL
             THEN concat('no tariff of ', kind, ' ', meter,
                         ' from "' || region || '"', ' to "' || destination || '"') END,
        -- If it is free all month, the total does not matter.
        CASE WHEN NOT is_free OR is_torn THEN hidden_reason END,
        CASE WHEN is_free
             THEN NULL
             WHEN is_renamed
             THEN 'the free quantity changes within the month'
             WHEN is_torn
             THEN format('the tariff of %s is replaced within the month by one for other regions, accounts '
                         'or currencies', meter)
             WHEN NOT abs(quantity) < 1e20
             THEN format('%s_quantity is not a number', replace(meter, 'egress', 'transfer'))
             WHEN accelcost_internal.metered_quantity(quantity, unit, 1.0, month) IS NULL
             THEN format('unknown unit "%s"', unit)
             WHEN unit IS NOT NULL AND tariff_unit_bytes IS NULL
             THEN format('how many bytes a %s of the tariff of %s has is not known', tariff_unit, meter) END);
COMMENT ON FUNCTION accelcost_internal.meter_reason(
    text, text, text, text, text, text, numeric, text, date, text, text, numeric, text, boolean, boolean, boolean) IS
    'returns why transfer or storage of a group of usage cannot be rated; NULL if it can';
