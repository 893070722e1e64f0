-- Identify charges for accelerators and data transfer.

CREATE FUNCTION accelcost_internal.charge_words(charge accelcost.charge) RETURNS text
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN concat_ws(chr(10), (charge).service_name, (charge).sku_meter, (charge).charge_description,
                     (charge).sku_price_details->>'InstanceType', (charge).sku_id);
COMMENT ON FUNCTION accelcost_internal.charge_words(accelcost.charge) IS
    'returns the charge text that patterns are matched against';

CREATE FUNCTION accelcost_internal.charge_hours(quantity numeric, unit text) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN trim_scale(round(
           quantity * coalesce(accelcost_internal.unit_multiplier(unit), 1::numeric) * 1.000000000000000000000000
           / CASE WHEN unit ~* '^[0-9.]*[[:space:]]*((gpu|instance|node|chip|virtual machine)s?[- ]*(per )?)?'
                               '(h|hrs?|hours?)([[:space:]]|$)'
                  THEN 1::numeric
                  WHEN unit ~* '^[0-9.]*[[:space:]]*((gpu|instance|node|chip|virtual machine)s?[- ]*)?(mins?|minutes?)$'
                  THEN 60::numeric
                  WHEN unit ~* '^[0-9.]*[[:space:]]*((gpu|instance|node|chip|virtual machine)s?[- ]*)?'
                               '(s|secs?|seconds?)$'
                  THEN 3600::numeric END, 24));
COMMENT ON FUNCTION accelcost_internal.charge_hours(numeric, text) IS
    'returns the hours in a quantity of a unit of time, such as Hrs or GPU Per Hour; NULL for any other unit';

CREATE FUNCTION accelcost_internal.charge_transfer_unit(unit text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN CASE WHEN unit ~* '^[0-9.]*[[:space:]]*(gb|gigabytes?)([[:space:]]|$)' THEN 'GB'
                WHEN unit ~* '^[0-9.]*[[:space:]]*(b|bytes?)$' THEN 'byte'
                WHEN unit ~* '^[0-9.]*[[:space:]]*(kib|kibibytes?)$' THEN 'KiB'
                WHEN unit ~* '^[0-9.]*[[:space:]]*(mib|mebibytes?)$' THEN 'MiB'
                WHEN unit ~* '^[0-9.]*[[:space:]]*(gib|gibibytes?)$' THEN 'GiB'
                WHEN unit ~* '^[0-9.]*[[:space:]]*(tib|tebibytes?)$' THEN 'TiB' END;
COMMENT ON FUNCTION accelcost_internal.charge_transfer_unit(text) IS
    'returns GB, byte, KiB, MiB, GiB or TiB for a unit of data of a bill; NULL for any other unit';

CREATE FUNCTION accelcost_internal.charge_matches()
RETURNS TABLE (provider_name text, words text, provider text, meter text, sku text, accelerator text,
               gpu_count numeric, without_host boolean, licence text,
               transfer_kind text, transfer_service text, transfer_destination text)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    WITH said AS MATERIALIZED (
        SELECT d.provider_name, d.words, accelcost.provider_name(d.provider_name) AS provider
        FROM (SELECT DISTINCT c.provider_name, accelcost_internal.charge_words(c) COLLATE "C" AS words
              FROM accelcost.charge AS c) AS d
    )
    SELECT f.provider_name, f.words, f.provider, f.meter, f.sku, f.accelerator, f.gpu_count, f.without_host,
           CASE WHEN f.meter <> 'compute' THEN NULL
                WHEN f.words ~* 'DedicatedUsage:|UnusedDed:|per dedicated ' THEN 'dedicated tenancy'
                ELSE substring(f.words FROM '(?i)(?:^|[^a-z])(windows|rhel|red hat|suse|ubuntu pro|sql server|'
                                            'sql (?:std|web|ent))(?![a-z])') END,
           f.transfer_kind, f.transfer_service, f.transfer_destination
    FROM (SELECT DISTINCT ON (s.provider_name, s.words)
                 s.provider_name, s.words, s.provider, p.meter, p.sku, p.accelerator, p.gpu_count, p.without_host,
                 p.transfer_kind, p.transfer_service, p.transfer_destination
          -- Match one pattern at a time: few compiled expressions are cached.
          FROM accelcost.charge_pattern AS p
          CROSS JOIN LATERAL (SELECT s.* FROM said AS s
                              WHERE (p.provider IS NULL OR s.provider = p.provider) AND s.words ~* p.pattern
                              OFFSET '0'::bigint) AS s
          ORDER BY s.provider_name, s.words, p.builtin, p.priority, p.pattern COLLATE "C") AS f
    WHERE f.meter IS NOT NULL;
END;
COMMENT ON FUNCTION accelcost_internal.charge_matches() IS
    'returns what charges say that is for accelerators or data transfer, and the pattern that matches it';

CREATE FUNCTION accelcost_internal.charge_option(charge accelcost.charge) RETURNS text
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN CASE WHEN (charge).commitment_discount_id IS NOT NULL OR (charge).pricing_category = 'Committed'
                THEN 'committed'
                WHEN (charge).pricing_category = 'Dynamic'
                  OR lower(concat((charge).sku_meter, ' ', (charge).charge_description) COLLATE "C")
                     ~ 'spot|preemptible|low priority'
                THEN 'spot'
                ELSE 'on_demand' END;
COMMENT ON FUNCTION accelcost_internal.charge_option(accelcost.charge) IS
    'returns the purchase option of a charge: committed, spot or on_demand';

CREATE FUNCTION accelcost_internal.charge_consumption(charge accelcost.charge, meter text)
RETURNS TABLE (quantity numeric, unit text)
LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE WHEN NOT u.is_used THEN NULL
                WHEN meter = 'compute'
                THEN coalesce(accelcost_internal.charge_hours(charge.consumed_quantity, charge.consumed_unit),
                              accelcost_internal.charge_hours(charge.pricing_quantity, charge.pricing_unit))
                WHEN c.unit IS NOT NULL
                THEN charge.consumed_quantity
                     * coalesce(accelcost_internal.unit_multiplier(charge.consumed_unit), 1::numeric)
                WHEN p.unit IS NOT NULL
                THEN charge.pricing_quantity
                     * coalesce(accelcost_internal.unit_multiplier(charge.pricing_unit), 1::numeric) END,
           CASE WHEN meter = 'egress' THEN coalesce(c.unit, p.unit, charge.consumed_unit)
                WHEN u.is_used AND coalesce(accelcost_internal.charge_hours(1.0, charge.consumed_unit),
                                            accelcost_internal.charge_hours(1.0, charge.pricing_unit)) IS NULL
                THEN charge.consumed_unit
                ELSE 'hour' END
    -- A purchase is in the usage that it covers.
    FROM (SELECT charge.charge_category = 'Usage' AND charge.commitment_discount_status IS DISTINCT FROM 'Unused'
                 AND charge.consumed_quantity IS NOT NULL AS is_used) AS u,
         (SELECT accelcost_internal.charge_transfer_unit(charge.consumed_unit) AS unit) AS c,
         (SELECT accelcost_internal.charge_transfer_unit(charge.pricing_unit) AS unit) AS p;
END;
COMMENT ON FUNCTION accelcost_internal.charge_consumption(accelcost.charge, text) IS
    'returns the hours or data that a charge consumed; NULL if unknown';
