-- Look up a tariff.

-- The constraint meter_tariff_free allows a free first tier in graduated tariffs only.
CREATE FUNCTION accelcost_internal.tariff_with_free(
    tariff @extschema@.tariff, free_quantity numeric, free_in_tiers boolean)
RETURNS @extschema@.tariff
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'accelcost_tariff_with_free';
COMMENT ON FUNCTION accelcost_internal.tariff_with_free(@extschema@.tariff, numeric, boolean) IS
    'returns a tariff with its free quantity, as a first tier of price 0 or as an allowance before the tiers';

CREATE FUNCTION accelcost_internal.find_tariff(
    provider text, meter text, kind text, at timestamptz, from_region text, to_region text, service text, account text,
    OUT found accelcost.meter_tariff, OUT regions text)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    WITH candidate AS (
        SELECT t AS tariff_row,
               t.from_region,
               t.to_region,
               accelcost_internal.origin_rank(t.origin) <= 2 AS is_own,
               ROW(t.tariff::text, t.free_quantity, t.currency, t.unit_bytes) AS terms,
               accelcost_internal.precedence(
                   t.origin, t.account,
                   CASE WHEN t.from_region = '*' THEN 2 ELSE 0 END + CASE WHEN t.to_region = '*' THEN 1 ELSE 0 END,
                   t.builtin, t.as_of, lower(t.valid), t.source) AS precedence
        FROM accelcost.meter_tariff AS t
        WHERE t.provider = find_tariff.provider
          AND t.meter = find_tariff.meter
          AND t.kind = find_tariff.kind
          AND t.service = find_tariff.service
          AND t.valid @> find_tariff.at
          AND accelcost_internal.origin_rank(t.origin) IS NOT NULL
          AND t.tariff IS NOT NULL
          AND (t.account IS NULL OR t.account = find_tariff.account)
    ),
    named AS (
        SELECT count(DISTINCT c.terms) FILTER (WHERE c.from_region <> '*') AS regional_terms,
               min(c.from_region) FILTER (WHERE c.from_region <> '*') AS first_region,
               bool_or(c.from_region = '*') AS has_all_regions,
               bool_or(c.from_region = find_tariff.from_region) AS has_region,
               bool_or(c.to_region <> '*') AS has_destinations,
               bool_or(c.to_region = find_tariff.to_region) AS has_destination,
               string_agg(DISTINCT format('"%s"', c.from_region), ', ') FILTER (WHERE c.from_region <> '*') AS regions
        FROM candidate AS c
        WHERE find_tariff.from_region IS NOT NULL
           OR c.to_region = coalesce(find_tariff.to_region, '*')
    ),
    choice AS (
        SELECT CASE WHEN named.has_region THEN find_tariff.from_region
                    WHEN find_tariff.from_region IS NOT NULL AND named.regional_terms > 0 THEN NULL
                    WHEN named.has_all_regions THEN '*'
                    ELSE named.first_region END AS from_region,
               -- "*" is a destination that no row names. Where rows name destinations, another one is unknown.
               CASE WHEN named.has_destination THEN find_tariff.to_region
                    WHEN find_tariff.to_region IS NULL OR NOT named.has_destinations THEN '*' END AS to_region,
               CASE WHEN find_tariff.from_region IS NULL AND NOT named.has_all_regions AND named.regional_terms > 1
                    THEN named.regions END AS regions
        FROM named
    )
    SELECT CASE WHEN choice.regions IS NULL THEN best.tariff_row END, choice.regions
    FROM choice
    LEFT JOIN LATERAL (
        SELECT c.tariff_row
        FROM candidate AS c
        -- Your tariff for all regions is also valid in regions that other tariffs name.
        WHERE (c.from_region = choice.from_region OR (c.from_region = '*' AND c.is_own))
          AND (c.to_region = choice.to_region OR (c.to_region = '*' AND c.is_own))
        ORDER BY c.precedence
        LIMIT 1) AS best ON true;
END;
COMMENT ON FUNCTION accelcost_internal.find_tariff(text, text, text, timestamptz, text, text, text, text) IS
    'returns the tariff that a lookup takes, or NULL, and the regions to choose from if from_region is required';

CREATE FUNCTION accelcost.tariff_at(
    provider text, meter text DEFAULT 'egress', kind text DEFAULT 'internet', at timestamptz DEFAULT now(),
    from_region text DEFAULT NULL, to_region text DEFAULT NULL, service text DEFAULT '*', account text DEFAULT NULL,
    OUT tariff @extschema@.tariff, OUT tariff_without_free @extschema@.tariff,
    OUT free_quantity numeric, OUT free_in_tiers boolean, OUT free_pool text,
    OUT currency text, OUT unit text, OUT unit_bytes numeric, OUT source text, OUT origin text,
    OUT as_of date, OUT age_days integer, OUT disagreeing bigint, OUT note text)
LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    wanted CONSTANT text := accelcost_internal.check_provider(tariff_at.provider);
    chosen record;
    best   accelcost.meter_tariff;
BEGIN
    PERFORM accelcost_internal.check_word(tariff_at.meter, '{egress,storage,requests}', 'meter');
    IF tariff_at.meter = 'egress' THEN
        PERFORM accelcost_internal.check_word(tariff_at.kind, '{internet,inter_region,inter_az,cdn}', 'kind');
    END IF;
    SELECT * INTO chosen
    FROM accelcost_internal.find_tariff(
             wanted, tariff_at.meter, tariff_at.kind, tariff_at.at,
             tariff_at.from_region, tariff_at.to_region, tariff_at.service, tariff_at.account);
    IF chosen.regions IS NOT NULL THEN
        RAISE EXCEPTION '"from_region" must be given: % tariffs of provider "%" differ by region',
            tariff_at.meter, wanted
            USING ERRCODE = 'invalid_parameter_value',
                  HINT = format('Tariffs are known from %s.', chosen.regions);
    END IF;
    best := chosen.found;

    SELECT accelcost_internal.tariff_with_free(best.tariff, best.free_quantity, best.free_in_tiers), best.tariff,
           best.free_quantity, best.free_in_tiers, best.free_pool,
           best.currency, best.unit, best.unit_bytes, best.source, best.origin,
           best.as_of, (tariff_at.at AT TIME ZONE 'UTC')::date - best.as_of,
           (SELECT count(*)
            FROM accelcost.meter_tariff AS other
            WHERE other.provider = best.provider
              AND other.meter = best.meter
              AND other.kind = best.kind
              AND other.service = best.service
              AND other.from_region = best.from_region
              AND other.to_region = best.to_region
              AND other.valid @> tariff_at.at
              AND other.account IS NOT DISTINCT FROM best.account
              AND (other.tariff::text, other.free_quantity, other.currency, other.unit_bytes)
                  IS DISTINCT FROM (best.tariff::text, best.free_quantity, best.currency, best.unit_bytes)),
           best.note
    INTO tariff_at.tariff, tariff_at.tariff_without_free,
         tariff_at.free_quantity, tariff_at.free_in_tiers, tariff_at.free_pool,
         tariff_at.currency, tariff_at.unit, tariff_at.unit_bytes, tariff_at.source, tariff_at.origin,
         tariff_at.as_of, tariff_at.age_days, tariff_at.disagreeing, tariff_at.note
    WHERE best.provider IS NOT NULL;
END
$$;
COMMENT ON FUNCTION accelcost.tariff_at(text, text, text, timestamptz, text, text, text, text) IS
    'returns the tariff of a meter at a time, with and without the free quantity, and its source; NULL if unknown';

CREATE FUNCTION accelcost.egress_cost(
    provider text, quantity numeric, unit text DEFAULT NULL, at timestamptz DEFAULT now(),
    from_region text DEFAULT NULL, to_region text DEFAULT NULL,
    kind text DEFAULT 'internet', service text DEFAULT '*', account text DEFAULT NULL)
RETURNS @extschema@.tco
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT @extschema@.tco(
               @extschema@.tariff_cost(
                   t.tariff,
                   CASE WHEN egress_cost.unit IS NULL THEN egress_cost.quantity
                        -- Bytes divided by a power of two have at most 30 decimals for a GiB: 36 are enough.
                        ELSE trim_scale(round(egress_cost.quantity * @extschema@.unit_bytes(egress_cost.unit)
                                              * 1.000000000000000000000000000000000000 / t.unit_bytes, 36)) END),
               t.currency, 'egress')
    FROM accelcost.tariff_at(egress_cost.provider, 'egress', egress_cost.kind, egress_cost.at,
                             egress_cost.from_region, egress_cost.to_region,
                             egress_cost.service, egress_cost.account) AS t;
END;
COMMENT ON FUNCTION accelcost.egress_cost(text, numeric, text, timestamptz, text, text, text, text, text) IS
    'returns the cost of a month''s data transfer, minus the free quantity; NULL if the tariff or unit is unknown';
