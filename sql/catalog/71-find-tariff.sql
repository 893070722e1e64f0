-- Look up a tariff.

CREATE FUNCTION accelcost_internal.tariff_with_free(tariff @extschema@.tariff, free_quantity numeric, free_in_tiers boolean) RETURNS @extschema@.tariff
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN CASE
        WHEN free_quantity = 0::numeric THEN tariff
        WHEN NOT free_in_tiers THEN jsonb_set(tariff::jsonb, '{allowance}'::text[],
                                            to_jsonb((tariff::jsonb->>'allowance')::numeric + free_quantity))::@extschema@.tariff
        ELSE jsonb_set(tariff::jsonb, '{tiers}'::text[],
                       jsonb_build_array(jsonb_build_object('upto', free_quantity, 'price', 0::numeric))
                       || (SELECT jsonb_agg(tier ORDER BY ordinal)
                           FROM jsonb_array_elements(tariff::jsonb->'tiers') WITH ORDINALITY AS t (tier, ordinal)
                           WHERE coalesce((tier->>'upto')::numeric > free_quantity, true)))::@extschema@.tariff
    END;
COMMENT ON FUNCTION accelcost_internal.tariff_with_free(@extschema@.tariff, numeric, boolean) IS
    'a graduated tariff with a free quantity: as a first tier of price 0 where the free units count towards the bounds, as an allowance before the tiers where they do not';

CREATE FUNCTION accelcost_internal.find_tariff(
    provider text, meter text, kind text, at timestamptz, from_region text, to_region text, service text, account text,
    OUT found accelcost.meter_tariff, OUT regions text)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    WITH known AS (
        SELECT m
        FROM accelcost.meter_tariff AS m
        WHERE m.provider = find_tariff.provider AND m.meter = find_tariff.meter AND m.kind = find_tariff.kind AND m.service = find_tariff.service
          AND m.valid @> find_tariff.at AND accelcost_internal.origin_rank(m.origin) IS NOT NULL AND m.tariff IS NOT NULL
          AND (m.account IS NULL OR m.account = find_tariff.account)
    ), named AS (
        SELECT count(DISTINCT ((m).tariff::text, (m).free_quantity, (m).currency, (m).unit_bytes)) FILTER (WHERE (m).from_region <> '*') AS by_region,
               bool_or((m).from_region = '*') AS anywhere, bool_or((m).from_region = find_tariff.from_region) AS from_there,
               min((m).from_region) FILTER (WHERE (m).from_region <> '*') AS first_region,
               bool_or((m).to_region <> '*') AS by_target, bool_or((m).to_region = find_tariff.to_region) AS to_there,
               string_agg(DISTINCT format('"%s"', (m).from_region), ', ') FILTER (WHERE (m).from_region <> '*') AS regions
        FROM known
        WHERE find_tariff.from_region IS NOT NULL OR (m).to_region = coalesce(find_tariff.to_region, '*')
    ), asked AS (
        -- A destination that no row names is "*"; where some rows name theirs,
        -- an unnamed one that was asked for is not known.
        SELECT CASE WHEN n.to_there THEN find_tariff.to_region WHEN find_tariff.to_region IS NULL OR NOT n.by_target THEN '*' END AS target,
               CASE WHEN n.from_there THEN find_tariff.from_region
                    WHEN find_tariff.from_region IS NOT NULL AND n.by_region > 0 THEN NULL
                    WHEN n.anywhere THEN '*'
                    ELSE n.first_region END AS source_region,
               CASE WHEN find_tariff.from_region IS NULL AND NOT n.anywhere AND n.by_region > 1 THEN n.regions END AS regions
        FROM named AS n
    )
    SELECT CASE WHEN a.regions IS NULL THEN best.m END, a.regions
    FROM asked AS a
    LEFT JOIN LATERAL (
        SELECT m
        FROM known
        -- One's own tariff for any region holds in those that others name, too.
        WHERE ((m).from_region = a.source_region OR ((m).from_region = '*' AND accelcost_internal.origin_rank((m).origin) <= 2))
          AND ((m).to_region = a.target OR ((m).to_region = '*' AND accelcost_internal.origin_rank((m).origin) <= 2))
        ORDER BY accelcost_internal.origin_rank((m).origin), (m).account IS NULL, (m).from_region = '*', (m).to_region = '*', (m).builtin,
                 (m).as_of DESC NULLS LAST, lower((m).valid) DESC NULLS LAST, (m).source COLLATE "C"
        LIMIT 1) AS best ON true;
END;
COMMENT ON FUNCTION accelcost_internal.find_tariff(text, text, text, timestamptz, text, text, text, text) IS
    'the row that tariff_at reads, for a provider by its name in the catalog; NULL where no tariff was known then; regions lists those between which one must choose, where tariffs differ by region and none is given';

CREATE FUNCTION accelcost.tariff_at(
    provider text, meter text DEFAULT 'egress', kind text DEFAULT 'internet', at timestamptz DEFAULT now(),
    from_region text DEFAULT NULL, to_region text DEFAULT NULL, service text DEFAULT '*', account text DEFAULT NULL,
    OUT tariff @extschema@.tariff, OUT tariff_without_free @extschema@.tariff, OUT free_quantity numeric, OUT free_in_tiers boolean, OUT free_pool text,
    OUT currency text, OUT unit text, OUT unit_bytes numeric, OUT source text, OUT origin text, OUT as_of date, OUT age_days integer,
    OUT disagreeing bigint, OUT note text)
LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    wanted CONSTANT text := accelcost_internal.check_provider(tariff_at.provider);
    chosen record;
    m      accelcost.meter_tariff;
BEGIN
    PERFORM accelcost_internal.check_word(tariff_at.meter, '{egress,storage,requests}'::text[], 'meter'::text);
    IF tariff_at.meter = 'egress' THEN
        PERFORM accelcost_internal.check_word(tariff_at.kind, '{internet,inter_region,inter_az,cdn}'::text[], 'kind'::text);
    END IF;
    SELECT * INTO chosen
    FROM accelcost_internal.find_tariff(wanted, tariff_at.meter, tariff_at.kind, tariff_at.at, tariff_at.from_region, tariff_at.to_region,
                                tariff_at.service, tariff_at.account);
    IF chosen.regions IS NOT NULL THEN
        RAISE EXCEPTION '"from_region" must be given: % tariffs of provider "%" differ by region', tariff_at.meter, wanted
            USING ERRCODE = 'invalid_parameter_value', HINT = format('Tariffs are known from %s.', chosen.regions);
    END IF;
    m := chosen.found;

    SELECT accelcost_internal.tariff_with_free(m.tariff, m.free_quantity, m.free_in_tiers), m.tariff, m.free_quantity, m.free_in_tiers, m.free_pool,
           m.currency, m.unit, m.unit_bytes, m.source, m.origin, m.as_of, (tariff_at.at AT TIME ZONE 'UTC')::date - m.as_of,
           (SELECT count(*) FROM accelcost.meter_tariff AS d
            WHERE d.provider = m.provider AND d.meter = m.meter AND d.kind = m.kind AND d.service = m.service AND d.from_region = m.from_region
              AND d.to_region = m.to_region AND d.valid @> tariff_at.at AND d.account IS NOT DISTINCT FROM m.account
              AND (d.tariff::text, d.free_quantity, d.currency, d.unit_bytes) IS DISTINCT FROM (m.tariff::text, m.free_quantity, m.currency, m.unit_bytes)),
           m.note
    INTO tariff_at.tariff, tariff_at.tariff_without_free, tariff_at.free_quantity, tariff_at.free_in_tiers, tariff_at.free_pool,
         tariff_at.currency, tariff_at.unit, tariff_at.unit_bytes, tariff_at.source, tariff_at.origin, tariff_at.as_of, tariff_at.age_days,
         tariff_at.disagreeing, tariff_at.note
    WHERE m.provider IS NOT NULL;
END
$$;
COMMENT ON FUNCTION accelcost.tariff_at(text, text, text, timestamptz, text, text, text, text) IS
    'tariff of a meter (egress, storage, requests) for a month''s quantity in unit, valid at a time: with the free quantity, as one has it who uses nothing else of free_pool, and without; source, origin, date and age in days; one row, NULL where no tariff was known then; an unknown provider is an error, and so is a from_region left out where tariffs differ by region';

CREATE FUNCTION accelcost.egress_cost(
    provider text, quantity numeric, unit text DEFAULT NULL, at timestamptz DEFAULT now(), from_region text DEFAULT NULL,
    to_region text DEFAULT NULL, kind text DEFAULT 'internet', service text DEFAULT '*', account text DEFAULT NULL)
RETURNS @extschema@.tco
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT @extschema@.tco(@extschema@.tariff_cost(t.tariff,
               CASE WHEN egress_cost.unit IS NULL THEN egress_cost.quantity
                    -- a number of bytes divided by a power of two has at most 30 decimals for a GiB, 36 in all
                    ELSE trim_scale(round(egress_cost.quantity * @extschema@.unit_bytes(egress_cost.unit) * 1.000000000000000000000000000000000000
                                          / t.unit_bytes, 36)) END),
               t.currency, 'egress')
    FROM accelcost.tariff_at(egress_cost.provider, 'egress', egress_cost.kind, egress_cost.at, egress_cost.from_region,
                               egress_cost.to_region, egress_cost.service, egress_cost.account) AS t;
END;
COMMENT ON FUNCTION accelcost.egress_cost(text, numeric, text, timestamptz, text, text, text, text, text) IS
    'cost of a month''s data transfer from a provider by the tariff of tariff_at, the free quantity taken off once: quantity in unit (see unit_bytes), or without one in the unit of the provider; NULL where no tariff is known, or not how many bytes its unit has';
