-- Rate what is counted: data transfer, storage and other meters. Quantities in the unit of a tariff, and that tariff.

-- One expression, and not STRICT, so that it becomes part of the query that calls it.
CREATE FUNCTION accelcost_internal.unit_size(unit text) RETURNS numeric
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN CASE lower(rtrim(unit, 's'))
               WHEN 'millisecond' THEN 0.001
               WHEN 'second' THEN 1
               WHEN 'minute' THEN 60
               WHEN 'hour' THEN 3600
               WHEN 'day' THEN 86400 END;
COMMENT ON FUNCTION accelcost_internal.unit_size(text) IS 'returns the seconds of a unit of time; NULL for other units';

CREATE FUNCTION accelcost_internal.data_unit(unit text) RETURNS text
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN CASE WHEN split_part(unit, '-', 1) = ANY ('{byte,kB,MB,GB,TB,PB,KiB,MiB,GiB,TiB,PiB}'::text[])
                 AND split_part(unit, '-', 2) IN ('', 'month', 'hour') THEN split_part(unit, '-', 1) END;
COMMENT ON FUNCTION accelcost_internal.data_unit(text) IS
    'returns the unit of data in a unit such as GB or GiB-month; NULL for other units';

CREATE FUNCTION accelcost_internal.metered_quantity(
    quantity numeric, unit text, tariff_unit text, unit_bytes numeric, month date) RETURNS numeric
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN CASE
        WHEN unit IS NULL OR lower(rtrim(unit, 's')) = lower(rtrim(tariff_unit, 's')) AND unit_bytes IS NULL
        THEN quantity
        WHEN accelcost_internal.data_unit(unit) IS NOT NULL
        THEN trim_scale(round(quantity * accelcost_internal.bytes_in(accelcost_internal.data_unit(unit))
                              * 1.000000000000000000000000000000000000
                              / (unit_bytes * CASE WHEN unit LIKE '%-hour' THEN @extschema@.month_hours(month)::numeric
                                                   ELSE 1::numeric END), 36))
        ELSE trim_scale(round(quantity * accelcost_internal.unit_size(unit) * 1.000000000000000000000000000000000000
                              / accelcost_internal.unit_size(tariff_unit), 36))
    END;
COMMENT ON FUNCTION accelcost_internal.metered_quantity(numeric, text, text, numeric, date) IS
    'returns a quantity in the unit of a tariff, to 36 decimals; NULL if there is no conversion';

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

CREATE TYPE accelcost_internal.metered_usage AS (
    n bigint,
    scenario bigint,
    meter text,
    kind text,
    service text,
    from_region text,
    to_region text,
    provider text,
    payer text,
    month date,
    at timestamptz,
    priced_at timestamptz,
    later timestamptz[],
    day date,
    is_over_days boolean,
    quantity numeric,
    unit text,
    is_only boolean,
    problem text
);
COMMENT ON TYPE accelcost_internal.metered_usage IS
    'a quantity to be rated by a tariff together with the others of its payer and month';
COMMENT ON COLUMN accelcost_internal.metered_usage.n IS 'number of the group of usage, or another name of the quantity';
COMMENT ON COLUMN accelcost_internal.metered_usage.scenario IS
    'quantities of different scenarios are never rated together';
COMMENT ON COLUMN accelcost_internal.metered_usage.at IS 'time of the use, which has its tariff';
COMMENT ON COLUMN accelcost_internal.metered_usage.priced_at IS 'earlier time with the same tariffs, or that time';
COMMENT ON COLUMN accelcost_internal.metered_usage.later IS 'further times of the use, whose tariffs must be the same';
COMMENT ON COLUMN accelcost_internal.metered_usage.day IS 'day in UTC if a quantity is free each day';
COMMENT ON COLUMN accelcost_internal.metered_usage.is_only IS
    'true if nothing else rates the usage, so that without a tariff its cost is unknown';
COMMENT ON COLUMN accelcost_internal.metered_usage.problem IS 'why nothing of the usage can be priced';

CREATE FUNCTION accelcost_internal.group_meters(g accelcost_internal.usage_group, later timestamptz[])
RETURNS SETOF accelcost_internal.metered_usage
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT (g).n, 0, m.meter, m.kind, m.service, (g).region, m.to_region, (g).provider, (g).payer, (g).month, (g).at,
           (g).priced_at, later, (g).day, (g).is_over_days, m.quantity, m.unit, m.is_only, (g).problem
    FROM (SELECT 'egress' AS meter, (g).transfer_kind AS kind, (g).transfer_service AS service,
                 (g).transfer_destination AS to_region, (g).transfer_quantity AS quantity, (g).transfer_unit AS unit,
                 true AS is_only
          WHERE (g).uses_transfer
          UNION ALL
          SELECT 'storage', (g).storage_kind, '*', NULL, (g).storage_quantity, (g).storage_unit, true
          WHERE (g).uses_storage
          UNION ALL
          SELECT (g).meter, (g).meter_kind, coalesce((g).model, '*'), NULL, (g).quantity, (g).meter_unit, true
          WHERE (g).uses_meter
          UNION ALL
          -- Requests to a model are rated beside its tokens if they have a tariff, and must be if there are none.
          SELECT 'requests', '*', coalesce((g).model, '*'), NULL, (g).requests, NULL,
                 NOT ((g).uses_tokens OR (g).uses_energy OR (g).uses_transfer OR (g).uses_storage OR (g).uses_meter)
          WHERE (g).requests <> 0.0 AND NOT (g).by_hours AND (g).meter IS DISTINCT FROM 'requests') AS m;
END;
COMMENT ON FUNCTION accelcost_internal.group_meters(accelcost_internal.usage_group, timestamptz[]) IS
    'returns what a group has used of data transfer, storage and other meters';

CREATE FUNCTION accelcost_internal.find_meter_tariff(m accelcost_internal.metered_usage, at timestamptz)
RETURNS TABLE (found accelcost.meter_tariff, regions text)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    -- Except for transfer, a tariff may be for any kind; except for transfer and storage, for any model.
    SELECT t.found, t.regions
    FROM (SELECT (m).kind AS kind, (m).service AS service, 1 AS ordinal
          UNION ALL
          SELECT '*', (m).service, 2 WHERE (m).kind IS DISTINCT FROM '*' AND (m).meter <> 'egress'
          UNION ALL
          SELECT k.kind, '*', 3 + k.ordinal
          FROM (VALUES ((m).kind, 0), ('*', 1)) AS k (kind, ordinal)
          WHERE (m).service <> '*' AND (m).meter NOT IN ('egress', 'storage', 'requests')) AS k
    CROSS JOIN LATERAL accelcost_internal.find_tariff((m).provider, (m).meter, k.kind, at, (m).from_region,
                                                      (m).to_region, k.service, (m).payer) AS t
    ORDER BY (t.found).provider IS NULL AND t.regions IS NULL, k.ordinal
    LIMIT 1;
END;
COMMENT ON FUNCTION accelcost_internal.find_meter_tariff(accelcost_internal.metered_usage, timestamptz) IS
    'returns the tariff that rates a quantity at a time, or the regions by which tariffs differ';

CREATE FUNCTION accelcost_internal.tariff_terms(tariff accelcost.meter_tariff) RETURNS text
    LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN ROW((tariff).tariff, (tariff).free_quantity, (tariff).free_in_tiers, (tariff).free_per, (tariff).free_pool,
               (tariff).currency, (tariff).unit, (tariff).unit_bytes)::text;
COMMENT ON FUNCTION accelcost_internal.tariff_terms(accelcost.meter_tariff) IS
    'returns all of a tariff that a bill depends on, as text';

-- One expression, so that it becomes part of the query that calls it.
CREATE FUNCTION accelcost_internal.meter_reason(
    m accelcost_internal.metered_usage, hidden_reason text, tariff accelcost.meter_tariff, regions text,
    is_free boolean, is_renamed boolean, is_torn boolean, changes boolean)
RETURNS text
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN coalesce(
        CASE WHEN (m).problem IS NOT NULL
             THEN (m).problem
             WHEN (m).meter IN ('egress', 'storage') AND (m).quantity IS NULL
             THEN format('%s_quantity is unknown', replace((m).meter, 'egress', 'transfer'))
             WHEN (m).quantity IS NULL
             THEN format('quantity of %s is unknown', (m).meter)
             WHEN regions IS NOT NULL
             THEN format('region is required: tariffs of %s differ by region', (m).meter)
             WHEN (m).kind IS NULL AND (tariff).provider IS NULL
             THEN format('%s_kind is unknown', (m).meter)
             WHEN (tariff).provider IS NULL
             THEN concat('no tariff for ', nullif((m).kind, '*') || ' ', (m).meter,
                         ' of model "' || CASE WHEN (m).meter NOT IN ('egress', 'storage')
                                               THEN nullif((m).service, '*') END || '"',
                         ' from "' || CASE WHEN (m).meter IN ('egress', 'storage') THEN (m).from_region END || '"',
                         ' to "' || (m).to_region || '"')
             WHEN changes
             THEN format('the tariff of %s changes within the period', (m).meter) END,
        -- If it is free all month, the total does not matter.
        CASE WHEN NOT is_free OR is_torn THEN hidden_reason END,
        CASE WHEN is_free
             THEN NULL
             WHEN is_renamed
             THEN 'the free quantity changes within the month'
             WHEN is_torn
             THEN format('the tariff of %s is replaced within the month by one for other regions, accounts '
                         'or currencies', (m).meter)
             WHEN (m).is_over_days AND (tariff).free_per = 'day'
             THEN format('%s are free by the day, and the period extends over several days', (m).meter)
             WHEN NOT abs((m).quantity) < 1e20
             THEN CASE WHEN (m).meter IN ('egress', 'storage')
                       THEN format('%s_quantity is not a number', replace((m).meter, 'egress', 'transfer'))
                       ELSE format('quantity of %s is not a number', (m).meter) END
             WHEN accelcost_internal.data_unit((m).unit) IS NULL AND (m).meter IN ('egress', 'storage')
              AND (m).unit IS NOT NULL
             THEN format('unknown unit "%s"', (m).unit)
             WHEN accelcost_internal.data_unit((m).unit) IS NOT NULL AND (tariff).unit_bytes IS NULL
             THEN format('size of a %s in the %s tariff is unknown', (tariff).unit, (m).meter)
             WHEN accelcost_internal.metered_quantity(1.0, (m).unit, (tariff).unit, (tariff).unit_bytes, (m).month)
                  IS NULL
             THEN format('unit "%s" of %s cannot be converted to "%s" of the tariff', (m).unit, (m).meter,
                         (tariff).unit) END);
COMMENT ON FUNCTION accelcost_internal.meter_reason(
    accelcost_internal.metered_usage, text, accelcost.meter_tariff, text, boolean, boolean, boolean, boolean) IS
    'returns why a quantity cannot be rated; NULL if it can';
