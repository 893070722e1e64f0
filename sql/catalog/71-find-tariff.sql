-- Look up a tariff.

-- The constraint meter_tariff_free allows a free first tier in graduated tariffs only.
CREATE FUNCTION accelcost_internal.tariff_with_free(
    tariff @extschema@.tariff, free_quantity numeric, free_in_tiers boolean)
RETURNS @extschema@.tariff
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'accelcost_tariff_with_free';
COMMENT ON FUNCTION accelcost_internal.tariff_with_free(@extschema@.tariff, numeric, boolean) IS
    'returns a tariff with its free quantity, as a first tier of price 0 or as an allowance before the tiers';

CREATE FUNCTION accelcost_internal.is_free(tariff @extschema@.tariff) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_is_free';
COMMENT ON FUNCTION accelcost_internal.is_free(@extschema@.tariff) IS
    'returns true if a tariff costs nothing for any quantity';

CREATE FUNCTION accelcost_internal.discounted_tariff(
    tariff_row accelcost.meter_tariff, account text, at timestamptz)
RETURNS accelcost.meter_tariff
LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    discount accelcost_internal.discount_found;
BEGIN
    IF account IS NOT NULL AND tariff_row.account IS NULL THEN
        SELECT * INTO discount
        FROM accelcost_internal.find_discount(tariff_row.provider, account, 'tariff', tariff_row.meter, NULL, at);
        IF FOUND THEN
            tariff_row.tariff := accelcost_internal.scaled_tariff(tariff_row.tariff, discount.factor);
            tariff_row.note := concat_ws('; ', tariff_row.note, discount.remark);
        END IF;
    END IF;
    RETURN tariff_row;
END
$$;
COMMENT ON FUNCTION accelcost_internal.discounted_tariff(accelcost.meter_tariff, text, timestamptz) IS
    'returns a row with the tariff less the discount of an account, if it has one on public tariffs';

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
               ROW(t.tariff::text, t.free_quantity, t.free_per, t.currency, t.unit_bytes) AS terms,
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
    -- To the internet, destinations are groups of countries: where rows name some, another one is in no known group.
    destination AS (
        SELECT CASE WHEN find_tariff.to_region IS NULL THEN '*'
                    WHEN bool_or(c.to_region = find_tariff.to_region
                                 AND (find_tariff.from_region IS NULL
                                      OR c.from_region IN (find_tariff.from_region, '*'))) THEN find_tariff.to_region
                    WHEN find_tariff.kind <> 'internet' OR NOT bool_or(c.to_region <> '*') THEN '*' END AS to_region
        FROM candidate AS c
    ),
    -- A row for any region is for those that no row to this destination names.
    choice AS (
        SELECT d.to_region,
               CASE WHEN bool_or(c.from_region = find_tariff.from_region) THEN find_tariff.from_region
                    WHEN bool_or(c.from_region = '*') THEN '*'
                    WHEN find_tariff.from_region IS NULL THEN min(c.from_region) END AS from_region,
               CASE WHEN find_tariff.from_region IS NULL
                     AND NOT bool_or(c.from_region = '*')
                     AND count(DISTINCT c.terms) > 1
                    THEN string_agg(DISTINCT format('"%s"', c.from_region), ', ') END AS regions
        FROM destination AS d
        LEFT JOIN candidate AS c ON c.to_region = d.to_region
        GROUP BY d.to_region
    )
    SELECT CASE WHEN choice.regions IS NULL THEN best.tariff_row END, choice.regions
    FROM choice
    LEFT JOIN LATERAL (
        SELECT accelcost_internal.discounted_tariff(c.tariff_row, find_tariff.account, find_tariff.at) AS tariff_row
        FROM candidate AS c
        -- Your tariff for all regions is also valid in regions that other tariffs name.
        WHERE (c.from_region = choice.from_region
               OR (c.is_own AND c.from_region IN ('*', find_tariff.from_region)))
          AND (c.to_region = choice.to_region OR (c.to_region = '*' AND c.is_own))
        ORDER BY c.precedence
        LIMIT 1) AS best ON true;
END;
COMMENT ON FUNCTION accelcost_internal.find_tariff(text, text, text, timestamptz, text, text, text, text) IS
    'returns the tariff that a lookup takes, or NULL, and the regions to choose from if from_region is required';

CREATE FUNCTION accelcost_internal.tariff_reason(
    provider text, meter text, kind text, at timestamptz, from_region text, to_region text, service text, account text)
RETURNS text
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    WITH known AS (
        SELECT t.kind = tariff_reason.kind AS is_kind,
               t.kind = tariff_reason.kind AND t.service = tariff_reason.service AS is_service,
               t.kind = tariff_reason.kind AND t.service = tariff_reason.service
               AND t.valid @> tariff_reason.at AS is_now,
               t.kind, t.service, t.from_region, t.to_region, lower(t.valid) AS since
        FROM accelcost.meter_tariff AS t
        WHERE t.provider = tariff_reason.provider
          AND t.meter = tariff_reason.meter
          AND accelcost_internal.origin_rank(t.origin) IS NOT NULL
          AND t.tariff IS NOT NULL
          AND (t.account IS NULL OR t.account = tariff_reason.account)
    ),
    counted AS (
        SELECT count(*) AS rows,
               coalesce(bool_or(k.is_kind), false) AS has_kind,
               coalesce(bool_or(k.is_service), false) AS has_service,
               coalesce(bool_or(k.is_now), false) AS has_now,
               coalesce(bool_or(k.is_now AND k.from_region IN (tariff_reason.from_region, '*')), false) AS has_region,
               string_agg(DISTINCT k.kind, ', ') AS kinds,
               array_agg(DISTINCT k.service) FILTER (WHERE k.is_kind) AS services,
               array_agg(DISTINCT k.from_region) FILTER (WHERE k.is_now) AS regions,
               array_agg(DISTINCT k.to_region) FILTER (WHERE k.is_now AND k.to_region <> '*') AS destinations,
               min(k.since) FILTER (WHERE k.is_service) AS since
        FROM known AS k
    )
    SELECT CASE
        WHEN tariff_reason.provider IS NULL THEN 'provider is unknown'
        WHEN c.rows = 0 THEN format('no %s tariff of provider "%s"', tariff_reason.meter, tariff_reason.provider)
        WHEN NOT c.has_kind
        THEN format('no %s tariff of kind "%s" of provider "%s"; known are %s', tariff_reason.meter,
                    tariff_reason.kind, tariff_reason.provider, c.kinds)
        WHEN NOT c.has_service
        THEN accelcost_internal.with_nearest(
                 format('no %s tariff of service "%s"', tariff_reason.meter, tariff_reason.service),
                 c.services, tariff_reason.service)
        WHEN NOT c.has_now AND c.since > tariff_reason.at
        THEN format('no %s tariff before %s', tariff_reason.meter,
                    to_char(c.since AT TIME ZONE 'UTC', 'YYYY-MM-DD'))
        WHEN NOT c.has_now THEN format('no %s tariff at that time', tariff_reason.meter)
        WHEN tariff_reason.from_region IS NOT NULL AND NOT c.has_region
        THEN accelcost_internal.with_nearest(
                 format('no %s tariff from region "%s"', tariff_reason.meter, tariff_reason.from_region),
                 c.regions, tariff_reason.from_region)
        WHEN tariff_reason.to_region IS NOT NULL
        THEN accelcost_internal.with_nearest(
                 format('no %s tariff to "%s"', tariff_reason.meter, tariff_reason.to_region),
                 c.destinations, tariff_reason.to_region)
        ELSE format('no %s tariff to any destination', tariff_reason.meter) END
    FROM counted AS c;
END;
COMMENT ON FUNCTION accelcost_internal.tariff_reason(text, text, text, timestamptz, text, text, text, text) IS
    'returns why tariff_at finds no tariff: the first part of the key that no row has, with the nearest names';

CREATE FUNCTION accelcost.tariff_at(
    provider text, meter text DEFAULT 'egress', kind text DEFAULT NULL, at timestamptz DEFAULT now(),
    from_region text DEFAULT NULL, to_region text DEFAULT NULL, service text DEFAULT '*', account text DEFAULT NULL,
    max_age interval DEFAULT '180 days',
    OUT tariff @extschema@.tariff, OUT tariff_without_free @extschema@.tariff,
    OUT free_quantity numeric, OUT free_in_tiers boolean, OUT free_per text, OUT free_pool text,
    OUT currency text, OUT unit text, OUT unit_bytes numeric, OUT source text, OUT origin text,
    OUT as_of date, OUT age_days integer, OUT disagreeing bigint, OUT note text,
    OUT is_old boolean, OUT reason text)
LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    wanted CONSTANT text := accelcost_internal.check_provider(tariff_at.provider);
    chosen record;
    best   accelcost.meter_tariff;
BEGIN
    IF tariff_at.meter IS NULL THEN
        RAISE EXCEPTION '"meter" must not be null' USING ERRCODE = 'null_value_not_allowed';
    END IF;
    IF btrim(tariff_at.meter) = '' THEN
        RAISE EXCEPTION '"meter" must not be blank'
            USING ERRCODE = 'invalid_parameter_value',
                  HINT = 'Use the word of accelcost.meter_tariff, such as egress, storage or requests.';
    END IF;
    tariff_at.kind := coalesce(tariff_at.kind, CASE tariff_at.meter WHEN 'egress' THEN 'internet' ELSE '*' END);
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
    IF best.provider IS NULL THEN
        tariff_at.reason := accelcost_internal.tariff_reason(
                                wanted, tariff_at.meter, tariff_at.kind, tariff_at.at,
                                tariff_at.from_region, tariff_at.to_region, tariff_at.service, tariff_at.account);
        RETURN;
    END IF;

    -- What is free per day is not free per month: how much of it a month uses depends on its days.
    SELECT accelcost_internal.tariff_with_free(
               best.tariff, CASE best.free_per WHEN 'month' THEN best.free_quantity ELSE 0 END, best.free_in_tiers),
           best.tariff, best.free_quantity, best.free_in_tiers, best.free_per, best.free_pool,
           best.currency, best.unit, best.unit_bytes, best.source, best.origin,
           best.as_of, accelcost_internal.age_days(best.as_of, tariff_at.at),
           -- The list price is compared, also if the account has a discount.
           (SELECT count(*)
            FROM accelcost.meter_tariff AS other
            JOIN accelcost.meter_tariff AS own
                ON (own.provider, own.meter, own.kind, own.service, own.from_region, own.to_region, own.source,
                    own.builtin, own.valid) = (best.provider, best.meter, best.kind, best.service, best.from_region,
                                               best.to_region, best.source, best.builtin, best.valid)
                   AND own.account IS NOT DISTINCT FROM best.account
            WHERE other.provider = best.provider
              AND other.meter = best.meter
              AND other.kind = best.kind
              AND other.service = best.service
              AND other.from_region = best.from_region
              AND other.to_region = best.to_region
              AND other.valid @> tariff_at.at
              AND other.account IS NOT DISTINCT FROM best.account
              AND (other.tariff::text, other.free_quantity, other.free_per, other.currency, other.unit_bytes)
                  IS DISTINCT FROM (own.tariff::text, best.free_quantity, best.free_per, best.currency,
                                    best.unit_bytes)),
           best.note, accelcost_internal.is_old(best.as_of, tariff_at.at, tariff_at.max_age)
    INTO tariff_at.tariff, tariff_at.tariff_without_free,
         tariff_at.free_quantity, tariff_at.free_in_tiers, tariff_at.free_per, tariff_at.free_pool,
         tariff_at.currency, tariff_at.unit, tariff_at.unit_bytes, tariff_at.source, tariff_at.origin,
         tariff_at.as_of, tariff_at.age_days, tariff_at.disagreeing, tariff_at.note, tariff_at.is_old;
END
$$;
COMMENT ON FUNCTION accelcost.tariff_at(text, text, text, timestamptz, text, text, text, text, interval) IS
    'returns the tariff of a meter at a time and its source; NULL and a reason if unknown';

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
                        ELSE trim_scale(round(egress_cost.quantity * u.bytes
                                              * 1.000000000000000000000000000000000000
                                              -- In a free tariff, the size of its unit does not matter.
                                              / CASE WHEN accelcost_internal.is_free(t.tariff) THEN u.bytes
                                                     ELSE t.unit_bytes END, 36)) END),
               t.currency, 'egress')
    FROM accelcost.tariff_at(egress_cost.provider, 'egress', egress_cost.kind, egress_cost.at,
                             egress_cost.from_region, egress_cost.to_region,
                             egress_cost.service, egress_cost.account) AS t
    CROSS JOIN LATERAL (SELECT @extschema@.unit_bytes(egress_cost.unit) AS bytes) AS u;
END;
COMMENT ON FUNCTION accelcost.egress_cost(text, numeric, text, timestamptz, text, text, text, text, text) IS
    'returns the cost of a month''s data transfer, minus the free quantity; NULL if the tariff or unit is unknown';
