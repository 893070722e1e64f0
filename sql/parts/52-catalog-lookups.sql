-- What was valid then: look-ups by name and time.
--
-- Each takes the rows that hold at the time, and of these the first by origin
-- (see origin_rank), then the one that names the region, then the newest.  What
-- is not known is NULL; before the first dated row nothing is known.

CREATE FUNCTION @extschema@.unit_bytes(unit text) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN CASE accelcost_internal.known_word(unit, '{byte,kB,MB,GB,TB,PB,KiB,MiB,GiB,TiB,PiB}'::text[], 'unit')
               WHEN 'byte' THEN 1::numeric WHEN 'kB' THEN 1e3 WHEN 'MB' THEN 1e6 WHEN 'GB' THEN 1e9 WHEN 'TB' THEN 1e12 WHEN 'PB' THEN 1e15
               WHEN 'KiB' THEN 1024::numeric WHEN 'MiB' THEN 1048576::numeric WHEN 'GiB' THEN 1073741824::numeric
               WHEN 'TiB' THEN 1099511627776::numeric WHEN 'PiB' THEN 1125899906842624::numeric END;
COMMENT ON FUNCTION @extschema@.unit_bytes(text) IS
    'bytes of a unit: byte, kB, MB, GB, TB, PB (powers of 1000) or KiB, MiB, GiB, TiB, PiB (powers of 1024); an error for any other';

CREATE FUNCTION accelcost_internal.price_per_gpu(price numeric, price_basis text, gpu_count numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN CASE WHEN price_basis IN ('per_gpu', 'per_chip') THEN trim_scale(price)
                WHEN price_basis IN ('per_instance', 'per_slice') AND gpu_count > 0::numeric
                -- a sixth has 18 decimals in gpu_count: rounded, it gives six times the price again
                THEN trim_scale(round(price / gpu_count, 15)) END;
COMMENT ON FUNCTION accelcost_internal.price_per_gpu(numeric, text, numeric) IS
    'price for one accelerator: price where price_basis is per_gpu or per_chip, price / gpu_count where it is per_instance or per_slice, rounded at the 15th decimal; NULL for host_only and unknown, which are prices of something else';

CREATE FUNCTION accelcost_internal.tariff_with_free(tariff @extschema@.tariff, free_quantity numeric, free_counts boolean) RETURNS @extschema@.tariff
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN CASE
        WHEN free_quantity = 0::numeric THEN tariff
        WHEN NOT free_counts THEN jsonb_set(tariff::jsonb, '{allowance}'::text[],
                                            to_jsonb((tariff::jsonb->>'allowance')::numeric + free_quantity))::@extschema@.tariff
        ELSE jsonb_set(tariff::jsonb, '{tiers}'::text[],
                       jsonb_build_array(jsonb_build_object('upto', free_quantity, 'price', 0::numeric))
                       || (SELECT jsonb_agg(tier ORDER BY place)
                           FROM jsonb_array_elements(tariff::jsonb->'tiers') WITH ORDINALITY AS t (tier, place)
                           WHERE coalesce((tier->>'upto')::numeric > free_quantity, true)))::@extschema@.tariff
    END;
COMMENT ON FUNCTION accelcost_internal.tariff_with_free(@extschema@.tariff, numeric, boolean) IS
    'a graduated tariff with a free quantity: as a first tier of price 0 where the free units count towards the bounds, as an allowance before the tiers where they do not';

-- ---- rented accelerators --------------------------------------------------

CREATE FUNCTION accelcost_internal.offer_of_price(price accelcost.offer_price) RETURNS accelcost.offer
    LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT o
    FROM accelcost.offer AS o
    WHERE o.provider = (price).provider AND o.sku = (price).sku AND o.region = (price).region
      AND o.purchase_option = (price).purchase_option AND o.term_months = (price).term_months
      AND (o.builtin OR NOT (price).builtin
           OR o.source = 'user'
              AND EXISTS (SELECT FROM accelcost.offer AS b
                      WHERE b.builtin AND b.provider = o.provider AND b.sku = o.sku AND b.region = o.region
                        AND b.purchase_option = o.purchase_option AND b.term_months = o.term_months AND b.price_basis = 'unknown'))
    ORDER BY o.builtin
    LIMIT 1;
END;
COMMENT ON FUNCTION accelcost_internal.offer_of_price(accelcost.offer_price) IS
    'offer that says what a price is for: of a price of yours your own, or else the builtin one; of a builtin price the builtin one, unless its price_basis is unknown and an offer of source user states it, which no import makes; NULL if there is none';

CREATE FUNCTION accelcost_internal.prices_at(at timestamptz)
RETURNS TABLE (provider text, sku text, region text, purchase_option text, term_months integer, account text,
               accelerator text, gpu_count numeric, price_basis text, amount numeric, price_low numeric, price_high numeric,
               currency text, source text, origin text, as_of date, age_days integer, disagreeing bigint, note text,
               upfront numeric, billing_increment_seconds numeric, minimum_seconds numeric)
-- Not STRICT, so that a condition on its rows is applied before they are looked up.
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT DISTINCT ON (p.provider, p.sku, p.region, p.purchase_option, p.term_months, p.account)
           p.provider, p.sku, p.region, p.purchase_option, p.term_months, p.account,
           o.accelerator, o.gpu_count, o.price_basis, p.amount, coalesce(p.amount, p.price_low), coalesce(p.amount, p.price_high),
           p.currency, p.source, p.origin, p.as_of, (prices_at.at AT TIME ZONE 'UTC')::date - p.as_of,
           (SELECT count(*) FROM accelcost.offer_price AS d
            WHERE d.provider = p.provider AND d.sku = p.sku AND d.region = p.region AND d.purchase_option = p.purchase_option
              AND d.term_months = p.term_months AND d.account IS NOT DISTINCT FROM p.account AND d.valid @> prices_at.at
              AND ROW(d.amount, d.price_low, d.price_high, d.currency) IS DISTINCT FROM ROW(p.amount, p.price_low, p.price_high, p.currency)),
           concat_ws('; ', p.note, o.note), o.upfront, o.billing_increment_seconds, o.minimum_seconds
    FROM accelcost.offer_price AS p
    CROSS JOIN LATERAL accelcost_internal.offer_of_price(p) AS o
    WHERE o.sku IS NOT NULL AND p.valid @> prices_at.at AND accelcost_internal.origin_rank(p.origin) IS NOT NULL
    ORDER BY p.provider, p.sku, p.region, p.purchase_option, p.term_months, p.account,
             accelcost_internal.origin_rank(p.origin), p.builtin, p.as_of DESC NULLS LAST, lower(p.valid) DESC NULLS LAST, p.source COLLATE "C";
END;
COMMENT ON FUNCTION accelcost_internal.prices_at(timestamptz) IS
    'accelcost.prices_at, for text resolved at run time';

CREATE FUNCTION accelcost.prices_at(at timestamptz DEFAULT now())
RETURNS TABLE (provider text, sku text, region text, purchase_option text, term_months integer, account text,
               accelerator text, gpu_count numeric, price_basis text, amount numeric, price_low numeric, price_high numeric,
               currency text, source text, origin text, as_of date, age_days integer, disagreeing bigint, note text,
               upfront numeric, billing_increment_seconds numeric, minimum_seconds numeric)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT * FROM accelcost_internal.prices_at(at);
END;
COMMENT ON FUNCTION accelcost.prices_at(timestamptz) IS
    'the price per hour that look-ups take of each offer and account at a time: amount, or a range price_low to price_high, in currency, for what price_basis says; age_days from as_of to the time; disagreeing counts rows of other sources with another price; upfront, increment and minimum are those of the offer';

CREATE FUNCTION accelcost_internal.price_for(
    provider text, sku text, at timestamptz, region text, purchase_option text, term_months integer, account text)
RETURNS TABLE (accelerator text, gpu_count numeric, price_basis text, amount numeric, price_low numeric, price_high numeric,
               currency text, upfront numeric, billing_increment_seconds numeric, minimum_seconds numeric,
               found_region text, source text, origin text, as_of date, age_days integer, disagreeing bigint, note text, regions text)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    WITH known AS (
        SELECT p.*
        FROM accelcost.prices_at(price_for.at) AS p
        WHERE p.provider = price_for.provider AND p.sku = price_for.sku AND p.purchase_option = price_for.purchase_option
          AND p.term_months = price_for.term_months AND (p.account IS NULL OR p.account = price_for.account)
    ), differ AS (
        SELECT string_agg(DISTINCT format('"%s"', b.region), ', ') AS regions
        FROM (SELECT DISTINCT ON (k.region) k.*
              FROM known AS k
              ORDER BY k.region, accelcost_internal.origin_rank(k.origin), k.account IS NULL) AS b
        HAVING count(DISTINCT (b.amount, b.price_low, b.price_high, b.currency, b.price_basis)) > 1 AND NOT bool_or(b.region = '*')
    )
    SELECT k.accelerator, k.gpu_count, k.price_basis, k.amount, k.price_low, k.price_high, k.currency, k.upfront,
           k.billing_increment_seconds, k.minimum_seconds, k.region, k.source, k.origin, k.as_of, k.age_days, k.disagreeing,
           nullif(k.note, ''), d.regions
    FROM known AS k
    LEFT JOIN differ AS d ON price_for.region IS NULL
    WHERE k.region IN (price_for.region, '*') OR price_for.region IS NULL
    -- No region asked for: the price for any, if there is one.
    ORDER BY price_for.region IS NULL AND k.region <> '*', accelcost_internal.origin_rank(k.origin), k.region = coalesce(price_for.region, '*') DESC,
             k.account IS NULL, k.as_of DESC NULLS LAST, k.region COLLATE "C"
    LIMIT 1;
END;
COMMENT ON FUNCTION accelcost_internal.price_for(text, text, timestamptz, text, text, integer, text) IS
    'the row that price_at returns, for a provider by its name in the catalog; no row where no price was known then; regions lists those between which one must choose, where prices differ by region and none is given';

CREATE FUNCTION accelcost.price_at(
    provider text, sku text, at timestamptz DEFAULT now(), region text DEFAULT NULL, purchase_option text DEFAULT 'on_demand',
    term_months integer DEFAULT 0, account text DEFAULT NULL,
    OUT amount numeric, OUT price_low numeric, OUT price_high numeric, OUT currency text, OUT price_basis text, OUT gpu_count numeric,
    OUT accelerator text, OUT per_gpu numeric, OUT found_region text, OUT source text, OUT origin text, OUT as_of date, OUT age_days integer,
    OUT disagreeing bigint, OUT note text)
LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    wanted  CONSTANT text := accelcost_internal.known_provider(price_at.provider);
    regions text;
BEGIN
    PERFORM accelcost_internal.known_word(price_at.purchase_option, '{on_demand,spot,reserved,committed,capacity_block}'::text[], 'purchase_option'::text);
    SELECT p.amount, p.price_low, p.price_high, p.currency, p.price_basis, p.gpu_count, p.accelerator,
           accelcost_internal.price_per_gpu(p.amount, p.price_basis, p.gpu_count),
           p.found_region, p.source, p.origin, p.as_of, p.age_days, p.disagreeing, p.note, p.regions
    INTO price_at.amount, price_at.price_low, price_at.price_high, price_at.currency, price_at.price_basis, price_at.gpu_count,
         price_at.accelerator, price_at.per_gpu, price_at.found_region, price_at.source, price_at.origin, price_at.as_of,
         price_at.age_days, price_at.disagreeing, price_at.note, regions
    FROM accelcost_internal.price_for(wanted, price_at.sku, price_at.at, price_at.region, price_at.purchase_option, price_at.term_months,
                               price_at.account) AS p;
    IF regions IS NOT NULL THEN
        RAISE EXCEPTION '"region" must be given: prices of sku "%" at provider "%" differ by region', price_at.sku, wanted
            USING ERRCODE = 'invalid_parameter_value', HINT = format('Prices are known in %s.', regions);
    END IF;
END
$$;
COMMENT ON FUNCTION accelcost.price_at(text, text, timestamptz, text, text, integer, text) IS
    'price per hour of an offer at a time, in currency: amount, or a range, for what price_basis says (per_gpu: the same for one accelerator, NULL if that is not known), with source, origin, date and age in days; one row, NULL where no price was known then; negotiated prices of an account only for that account; an unknown provider is an error, and so is a region left out where prices differ by region';

-- ---- meters ---------------------------------------------------------------

CREATE FUNCTION accelcost_internal.tariff_for(
    provider text, meter text, kind text, at timestamptz, from_region text, to_region text, service text, account text,
    OUT found accelcost.meter_tariff, OUT regions text)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    WITH known AS (
        SELECT m
        FROM accelcost.meter_tariff AS m
        WHERE m.provider = tariff_for.provider AND m.meter = tariff_for.meter AND m.kind = tariff_for.kind AND m.service = tariff_for.service
          AND m.valid @> tariff_for.at AND accelcost_internal.origin_rank(m.origin) IS NOT NULL AND m.tariff IS NOT NULL
          AND (m.account IS NULL OR m.account = tariff_for.account)
    ), named AS (
        SELECT count(DISTINCT ((m).tariff::text, (m).free_quantity, (m).currency, (m).unit_bytes)) FILTER (WHERE (m).from_region <> '*') AS by_region,
               bool_or((m).from_region = '*') AS anywhere, bool_or((m).from_region = tariff_for.from_region) AS from_there,
               min((m).from_region) FILTER (WHERE (m).from_region <> '*') AS first_region,
               bool_or((m).to_region <> '*') AS by_target, bool_or((m).to_region = tariff_for.to_region) AS to_there,
               string_agg(DISTINCT format('"%s"', (m).from_region), ', ') FILTER (WHERE (m).from_region <> '*') AS regions
        FROM known
        WHERE tariff_for.from_region IS NOT NULL OR (m).to_region = coalesce(tariff_for.to_region, '*')
    ), asked AS (
        -- A destination that no row names is "*"; where some rows name theirs,
        -- an unnamed one that was asked for is not known.
        SELECT CASE WHEN n.to_there THEN tariff_for.to_region WHEN tariff_for.to_region IS NULL OR NOT n.by_target THEN '*' END AS target,
               CASE WHEN n.from_there THEN tariff_for.from_region
                    WHEN tariff_for.from_region IS NOT NULL AND n.by_region > 0 THEN NULL
                    WHEN n.anywhere THEN '*'
                    ELSE n.first_region END AS place,
               CASE WHEN tariff_for.from_region IS NULL AND NOT n.anywhere AND n.by_region > 1 THEN n.regions END AS regions
        FROM named AS n
    )
    SELECT CASE WHEN a.regions IS NULL THEN best.m END, a.regions
    FROM asked AS a
    LEFT JOIN LATERAL (
        SELECT m
        FROM known
        -- One's own tariff for any region holds in those that others name, too.
        WHERE ((m).from_region = a.place OR ((m).from_region = '*' AND accelcost_internal.origin_rank((m).origin) <= 2))
          AND ((m).to_region = a.target OR ((m).to_region = '*' AND accelcost_internal.origin_rank((m).origin) <= 2))
        ORDER BY accelcost_internal.origin_rank((m).origin), (m).account IS NULL, (m).from_region = '*', (m).to_region = '*', (m).builtin,
                 (m).as_of DESC NULLS LAST, lower((m).valid) DESC NULLS LAST, (m).source COLLATE "C"
        LIMIT 1) AS best ON true;
END;
COMMENT ON FUNCTION accelcost_internal.tariff_for(text, text, text, timestamptz, text, text, text, text) IS
    'the row that tariff_at reads, for a provider by its name in the catalog; NULL where no tariff was known then; regions lists those between which one must choose, where tariffs differ by region and none is given';

CREATE FUNCTION accelcost.tariff_at(
    provider text, meter text DEFAULT 'egress', kind text DEFAULT 'internet', at timestamptz DEFAULT now(),
    from_region text DEFAULT NULL, to_region text DEFAULT NULL, service text DEFAULT '*', account text DEFAULT NULL,
    OUT tariff @extschema@.tariff, OUT tariff_without_free @extschema@.tariff, OUT free_quantity numeric, OUT free_counts boolean, OUT free_pool text,
    OUT currency text, OUT unit text, OUT bytes_per_unit numeric, OUT source text, OUT origin text, OUT as_of date, OUT age_days integer,
    OUT disagreeing bigint, OUT note text)
LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    wanted CONSTANT text := accelcost_internal.known_provider(tariff_at.provider);
    chosen record;
    m      accelcost.meter_tariff;
BEGIN
    PERFORM accelcost_internal.known_word(tariff_at.meter, '{egress,storage,requests}'::text[], 'meter'::text);
    IF tariff_at.meter = 'egress' THEN
        PERFORM accelcost_internal.known_word(tariff_at.kind, '{internet,inter_region,inter_az,cdn}'::text[], 'kind'::text);
    END IF;
    SELECT * INTO chosen
    FROM accelcost_internal.tariff_for(wanted, tariff_at.meter, tariff_at.kind, tariff_at.at, tariff_at.from_region, tariff_at.to_region,
                                tariff_at.service, tariff_at.account);
    IF chosen.regions IS NOT NULL THEN
        RAISE EXCEPTION '"from_region" must be given: % tariffs of provider "%" differ by region', tariff_at.meter, wanted
            USING ERRCODE = 'invalid_parameter_value', HINT = format('Tariffs are known from %s.', chosen.regions);
    END IF;
    m := chosen.found;

    SELECT accelcost_internal.tariff_with_free(m.tariff, m.free_quantity, m.free_counts), m.tariff, m.free_quantity, m.free_counts, m.free_pool,
           m.currency, m.unit, m.unit_bytes, m.source, m.origin, m.as_of, (tariff_at.at AT TIME ZONE 'UTC')::date - m.as_of,
           (SELECT count(*) FROM accelcost.meter_tariff AS d
            WHERE d.provider = m.provider AND d.meter = m.meter AND d.kind = m.kind AND d.service = m.service AND d.from_region = m.from_region
              AND d.to_region = m.to_region AND d.valid @> tariff_at.at AND d.account IS NOT DISTINCT FROM m.account
              AND (d.tariff::text, d.free_quantity, d.currency, d.unit_bytes) IS DISTINCT FROM (m.tariff::text, m.free_quantity, m.currency, m.unit_bytes)),
           m.note
    INTO tariff_at.tariff, tariff_at.tariff_without_free, tariff_at.free_quantity, tariff_at.free_counts, tariff_at.free_pool,
         tariff_at.currency, tariff_at.unit, tariff_at.bytes_per_unit, tariff_at.source, tariff_at.origin, tariff_at.as_of, tariff_at.age_days,
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
                                          / t.bytes_per_unit, 36)) END),
               t.currency, 'egress')
    FROM accelcost.tariff_at(egress_cost.provider, 'egress', egress_cost.kind, egress_cost.at, egress_cost.from_region,
                               egress_cost.to_region, egress_cost.service, egress_cost.account) AS t;
END;
COMMENT ON FUNCTION accelcost.egress_cost(text, numeric, text, timestamptz, text, text, text, text, text) IS
    'cost of a month''s data transfer from a provider by the tariff of tariff_at, the free quantity taken off once: quantity in unit (see unit_bytes), or without one in the unit of the provider; NULL where no tariff is known, or not how many bytes its unit has';

-- ---- tokens ---------------------------------------------------------------

CREATE FUNCTION accelcost_internal.day_second(at timestamptz) RETURNS integer
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN floor(extract(epoch FROM (at AT TIME ZONE 'UTC')::time))::integer;
COMMENT ON FUNCTION accelcost_internal.day_second(timestamptz) IS
    'second of the day in UTC, 0 to 86399, as day_window counts them';

CREATE FUNCTION accelcost_internal.token_price_for(provider text, model text, at timestamptz, second integer, account text)
RETURNS accelcost.token_price
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT p.*
    FROM accelcost.token_price AS p
    WHERE p.provider = token_price_for.provider AND p.model = token_price_for.model
      AND p.valid @> token_price_for.at AND accelcost_internal.origin_rank(p.origin) IS NOT NULL
      AND accelcost_internal.day_window(p.utc_from, p.utc_to) @> token_price_for.second
      AND (p.account IS NULL OR p.account = token_price_for.account)
    ORDER BY accelcost_internal.origin_rank(p.origin), p.account IS NULL, p.builtin,
             -- of one source, the window comes before all day
             max(p.as_of) OVER (PARTITION BY p.origin, p.source) DESC NULLS LAST, p.source COLLATE "C", p.utc_from IS NULL,
             p.as_of DESC NULLS LAST, lower(p.valid) DESC NULLS LAST
    LIMIT 1;
END;
COMMENT ON FUNCTION accelcost_internal.token_price_for(text, text, timestamptz, integer, text) IS
    'the row that token_price_at returns, for a provider and model by their names in the catalog, on the day of a time at that second of the day in UTC';

CREATE FUNCTION accelcost.token_price_at(
    provider text, model text, at timestamptz DEFAULT now(), account text DEFAULT NULL)
RETURNS accelcost.token_price
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN accelcost_internal.token_price_for(accelcost_internal.known_provider(provider), coalesce(accelcost.model_name(model), model), at, accelcost_internal.day_second(at), account);
COMMENT ON FUNCTION accelcost.token_price_at(text, text, timestamptz, text) IS
    'row of accelcost.token_price for a model of a provider at a time, prices per million tokens in currency, with source, origin and date; NULL where no price was known then; model by any of its names; an unknown provider is an error';

-- ---- rates ----------------------------------------------------------------

CREATE FUNCTION accelcost.electricity_at(
    place text, sector text DEFAULT 'industrial', at timestamptz DEFAULT now(),
    OUT price_per_kwh numeric, OUT currency text, OUT source text, OUT origin text, OUT as_of date, OUT age_days integer, OUT note text)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT e.price_per_kwh, e.currency, e.source, e.origin, e.as_of, (electricity_at.at AT TIME ZONE 'UTC')::date - e.as_of, e.note
    FROM accelcost.electricity_price AS e
    WHERE e.place = electricity_at.place
      AND e.sector = accelcost_internal.known_word(electricity_at.sector, '{commercial,industrial,business,non_household,household}'::text[], 'sector')
      AND e.valid @> electricity_at.at AND accelcost_internal.origin_rank(e.origin) IS NOT NULL
    ORDER BY accelcost_internal.origin_rank(e.origin), e.builtin, e.as_of DESC NULLS LAST, lower(e.valid) DESC NULLS LAST, e.source COLLATE "C"
    LIMIT 1;
END;
COMMENT ON FUNCTION accelcost.electricity_at(text, text, timestamptz) IS
    'price of a kWh for a kind of customer in a place at a time, in currency, with source, origin, date and age in days; one row, NULL where none was known then';

CREATE FUNCTION accelcost.fx_at(
    from_currency text, to_currency text, at timestamptz DEFAULT now(),
    OUT rate numeric, OUT inverted boolean, OUT source text, OUT as_of date, OUT age_days integer)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT found.rate, found.inverted, found.source, found.as_of, (fx_at.at AT TIME ZONE 'UTC')::date - found.as_of
    FROM (SELECT 1::numeric AS rate, false AS inverted, 0 AS place, NULL::text AS source, NULL::date AS as_of, NULL::text AS origin, NULL::timestamptz AS since
          WHERE fx_at.from_currency = fx_at.to_currency
          UNION ALL
          SELECT f.rate, false, 1, f.source, f.as_of, f.origin, lower(f.valid)
          FROM accelcost.fx_rate AS f
          WHERE f.from_currency = fx_at.from_currency AND f.to_currency = fx_at.to_currency AND f.valid @> fx_at.at
          UNION ALL
          -- with 40 digits more the quotient is good for any amount of a tco
          SELECT trim_scale(1.0000000000000000000000000000000000000000 / f.rate), true, 2, f.source, f.as_of, f.origin, lower(f.valid)
          FROM accelcost.fx_rate AS f
          WHERE f.from_currency = fx_at.to_currency AND f.to_currency = fx_at.from_currency AND f.valid @> fx_at.at) AS found
    WHERE found.place = 0 OR accelcost_internal.origin_rank(found.origin) IS NOT NULL
    ORDER BY found.place, accelcost_internal.origin_rank(found.origin), found.as_of DESC NULLS LAST, found.since DESC NULLS LAST, found.source COLLATE "C"
    LIMIT 1;
END;
COMMENT ON FUNCTION accelcost.fx_at(text, text, timestamptz) IS
    'units of to_currency for one of from_currency at a time, with source, date and age in days: 1 for the same currency, the rate, or 1 / the rate the other way (inverted); one row, NULL where none was known then; for exchange(tco, currency, rate)';
