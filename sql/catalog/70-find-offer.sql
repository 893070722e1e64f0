-- Look up the price of an offer.

CREATE FUNCTION accelcost_internal.price_per_gpu(price numeric, price_basis text, gpu_count numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN CASE WHEN price_basis IN ('per_gpu', 'per_chip') THEN trim_scale(price)
                WHEN price_basis IN ('per_instance', 'per_slice') AND gpu_count > 0::numeric
                -- a sixth has 18 decimals in gpu_count: rounded, it gives six times the price again
                THEN trim_scale(round(price / gpu_count, 15)) END;
COMMENT ON FUNCTION accelcost_internal.price_per_gpu(numeric, text, numeric) IS
    'price for one accelerator: price where price_basis is per_gpu or per_chip, price / gpu_count where it is per_instance or per_slice, rounded at the 15th decimal; NULL for host_only and unknown, which are prices of something else';

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

CREATE FUNCTION accelcost_internal.find_offer_price(
    provider text, sku text, at timestamptz, region text, purchase_option text, term_months integer, account text)
RETURNS TABLE (accelerator text, gpu_count numeric, price_basis text, amount numeric, price_low numeric, price_high numeric,
               currency text, upfront numeric, billing_increment_seconds numeric, minimum_seconds numeric,
               found_region text, source text, origin text, as_of date, age_days integer, disagreeing bigint, note text, regions text)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    WITH known AS (
        SELECT p.*
        FROM accelcost.prices_at(find_offer_price.at) AS p
        WHERE p.provider = find_offer_price.provider AND p.sku = find_offer_price.sku AND p.purchase_option = find_offer_price.purchase_option
          AND p.term_months = find_offer_price.term_months AND (p.account IS NULL OR p.account = find_offer_price.account)
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
    LEFT JOIN differ AS d ON find_offer_price.region IS NULL
    WHERE k.region IN (find_offer_price.region, '*') OR find_offer_price.region IS NULL
    -- No region asked for: the price for any, if there is one.
    ORDER BY find_offer_price.region IS NULL AND k.region <> '*', accelcost_internal.origin_rank(k.origin), k.region = coalesce(find_offer_price.region, '*') DESC,
             k.account IS NULL, k.as_of DESC NULLS LAST, k.region COLLATE "C"
    LIMIT 1;
END;
COMMENT ON FUNCTION accelcost_internal.find_offer_price(text, text, timestamptz, text, text, integer, text) IS
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
    wanted  CONSTANT text := accelcost_internal.check_provider(price_at.provider);
    regions text;
BEGIN
    PERFORM accelcost_internal.check_word(price_at.purchase_option, '{on_demand,spot,reserved,committed,capacity_block}'::text[], 'purchase_option'::text);
    SELECT p.amount, p.price_low, p.price_high, p.currency, p.price_basis, p.gpu_count, p.accelerator,
           accelcost_internal.price_per_gpu(p.amount, p.price_basis, p.gpu_count),
           p.found_region, p.source, p.origin, p.as_of, p.age_days, p.disagreeing, p.note, p.regions
    INTO price_at.amount, price_at.price_low, price_at.price_high, price_at.currency, price_at.price_basis, price_at.gpu_count,
         price_at.accelerator, price_at.per_gpu, price_at.found_region, price_at.source, price_at.origin, price_at.as_of,
         price_at.age_days, price_at.disagreeing, price_at.note, regions
    FROM accelcost_internal.find_offer_price(wanted, price_at.sku, price_at.at, price_at.region, price_at.purchase_option, price_at.term_months,
                               price_at.account) AS p;
    IF regions IS NOT NULL THEN
        RAISE EXCEPTION '"region" must be given: prices of sku "%" at provider "%" differ by region', price_at.sku, wanted
            USING ERRCODE = 'invalid_parameter_value', HINT = format('Prices are known in %s.', regions);
    END IF;
END
$$;
COMMENT ON FUNCTION accelcost.price_at(text, text, timestamptz, text, text, integer, text) IS
    'price per hour of an offer at a time, in currency: amount, or a range, for what price_basis says (per_gpu: the same for one accelerator, NULL if that is not known), with source, origin, date and age in days; one row, NULL where no price was known then; negotiated prices of an account only for that account; an unknown provider is an error, and so is a region left out where prices differ by region';
