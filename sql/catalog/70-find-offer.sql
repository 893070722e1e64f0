-- Look up the price of an offer.

CREATE FUNCTION accelcost_internal.price_per_gpu(price numeric, price_basis text, gpu_count numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN CASE WHEN price_basis IN ('per_gpu', 'per_chip') THEN trim_scale(price)
                WHEN price_basis IN ('per_instance', 'per_slice') AND gpu_count > 0
                -- A sixth has 18 decimals in gpu_count: rounded, the quotient is six times the price.
                THEN trim_scale(round(price / gpu_count, 15)) END;
COMMENT ON FUNCTION accelcost_internal.price_per_gpu(numeric, text, numeric) IS
    'returns the price for one accelerator; NULL if the price basis is host_only or unknown';

CREATE FUNCTION accelcost_internal.offer_of_price(price accelcost.offer_price) RETURNS accelcost.offer
    LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT o
    FROM accelcost.offer AS o
    WHERE o.provider = (price).provider
      AND o.sku = (price).sku
      AND o.region = (price).region
      AND o.purchase_option = (price).purchase_option
      AND o.term_months = (price).term_months
      -- Built-in offers define built-in prices. If the built-in basis is unknown, your offer states it, but an
      -- imported one does not.
      AND (o.builtin
           OR NOT (price).builtin
           OR o.source = 'user'
              AND EXISTS (SELECT FROM accelcost.offer AS undefined
                          WHERE undefined.builtin
                            AND undefined.provider = o.provider
                            AND undefined.sku = o.sku
                            AND undefined.region = o.region
                            AND undefined.purchase_option = o.purchase_option
                            AND undefined.term_months = o.term_months
                            AND undefined.price_basis = 'unknown'))
    ORDER BY o.builtin
    LIMIT 1;
END;
COMMENT ON FUNCTION accelcost_internal.offer_of_price(accelcost.offer_price) IS
    'returns the offer that defines what a price is for; NULL if there is none';

-- Regions have other words in other sources, so an imported price ends the built-in ones in all regions. They do not
-- come back if a later file lacks the sku.
CREATE FUNCTION accelcost_internal.replaced_offers(at timestamptz)
RETURNS TABLE (provider text, sku text, purchase_option text, term_months integer)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT p.provider, p.sku, p.purchase_option, p.term_months
    FROM accelcost.offer_price AS p
    WHERE p.replaces_builtin
      AND coalesce(lower(p.valid), '-infinity') <= replaced_offers.at;
END;
COMMENT ON FUNCTION accelcost_internal.replaced_offers(timestamptz) IS
    'returns the offers whose built-in prices had ended at a time, because an import has newer ones';

CREATE FUNCTION accelcost_internal.prices_at(at timestamptz)
RETURNS TABLE (
    provider text, sku text, region text, purchase_option text, term_months integer, account text,
    accelerator text, gpu_count numeric, price_basis text, amount numeric, price_low numeric, price_high numeric,
    currency text, source text, origin text, as_of date, age_days integer, disagreeing bigint, note text,
    upfront numeric, billing_increment_seconds numeric, minimum_seconds numeric, geo text)
-- Not STRICT, so that a condition on its rows is applied before they are looked up.
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT DISTINCT ON (price.provider, price.sku, price.region,
                        price.purchase_option, price.term_months, price.account)
           price.provider, price.sku, price.region, price.purchase_option, price.term_months, price.account,
           offer.accelerator, offer.gpu_count, offer.price_basis,
           price.amount, coalesce(price.amount, price.price_low), coalesce(price.amount, price.price_high),
           price.currency, price.source, price.origin, price.as_of,
           accelcost_internal.age_days(price.as_of, prices_at.at),
           (SELECT count(*)
            FROM accelcost.offer_price AS other
            WHERE other.provider = price.provider
              AND other.sku = price.sku
              AND other.region = price.region
              AND other.purchase_option = price.purchase_option
              AND other.term_months = price.term_months
              AND other.account IS NOT DISTINCT FROM price.account
              AND other.valid @> prices_at.at
              AND NOT EXISTS (SELECT FROM accelcost_internal.replaced_offers(prices_at.at) AS r
                              WHERE other.builtin
                                AND r.provider = other.provider
                                AND r.sku = other.sku
                                AND r.purchase_option = other.purchase_option
                                AND r.term_months = other.term_months)
              AND ROW(other.amount, other.price_low, other.price_high, other.currency)
                  IS DISTINCT FROM ROW(price.amount, price.price_low, price.price_high, price.currency)),
           concat_ws('; ', price.note, nullif(offer.note, price.note)),
           offer.upfront, offer.billing_increment_seconds, offer.minimum_seconds,
           coalesce(offer.geo, @extschema@.region_geo(price.region))
    FROM accelcost.offer_price AS price
    CROSS JOIN LATERAL accelcost_internal.offer_of_price(price) AS offer
    WHERE offer.sku IS NOT NULL
      AND price.valid @> prices_at.at
      AND accelcost_internal.origin_rank(price.origin) IS NOT NULL
      AND NOT EXISTS (SELECT FROM accelcost_internal.replaced_offers(prices_at.at) AS r
                      WHERE price.builtin
                        AND r.provider = price.provider
                        AND r.sku = price.sku
                        AND r.purchase_option = price.purchase_option
                        AND r.term_months = price.term_months)
    ORDER BY price.provider, price.sku, price.region, price.purchase_option, price.term_months, price.account,
             accelcost_internal.precedence(price.origin, price.account, 0, price.builtin,
                                           price.as_of, lower(price.valid), price.source);
END;
COMMENT ON FUNCTION accelcost_internal.prices_at(timestamptz) IS
    'returns the rows of accelcost.prices_at, for text resolved at run time';

CREATE FUNCTION accelcost.prices_at(at timestamptz DEFAULT now())
RETURNS TABLE (
    provider text, sku text, region text, purchase_option text, term_months integer, account text,
    accelerator text, gpu_count numeric, price_basis text, amount numeric, price_low numeric, price_high numeric,
    currency text, source text, origin text, as_of date, age_days integer, disagreeing bigint, note text,
    upfront numeric, billing_increment_seconds numeric, minimum_seconds numeric, geo text)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT * FROM accelcost_internal.prices_at(at);
END;
COMMENT ON FUNCTION accelcost.prices_at(timestamptz) IS
    'returns the hourly price of each offer and account at a time';

CREATE TYPE accelcost_internal.offer_price_found AS (
    accelerator text, gpu_count numeric, price_basis text,
    amount numeric, price_low numeric, price_high numeric, currency text,
    upfront numeric, billing_increment_seconds numeric, minimum_seconds numeric,
    found_region text, source text, origin text, as_of date, age_days integer,
    disagreeing bigint, note text,
    regions text, geo text
);
COMMENT ON TYPE accelcost_internal.offer_price_found IS
    'hourly price that a lookup found; regions lists the choices if prices differ by region and none was given';

-- Of all prices that were valid then, the one that a lookup takes.
CREATE FUNCTION accelcost_internal.find_offer_price(
    provider text, sku text, at timestamptz, region text,
    purchase_option text, term_months integer, account text)
RETURNS SETOF accelcost_internal.offer_price_found
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    WITH candidate AS (
        SELECT p.*
        FROM accelcost.prices_at(find_offer_price.at) AS p
        WHERE p.provider = find_offer_price.provider
          AND p.sku = find_offer_price.sku
          AND p.purchase_option = find_offer_price.purchase_option
          AND p.term_months = find_offer_price.term_months
          AND (p.account IS NULL OR p.account = find_offer_price.account)
    ),
    best_per_region AS (
        SELECT DISTINCT ON (c.region) c.*
        FROM candidate AS c
        ORDER BY c.region, accelcost_internal.origin_rank(c.origin), c.account IS NULL
    ),
    -- Without a region there is no answer if regions have different prices and none is valid for all of them.
    choice AS (
        SELECT string_agg(DISTINCT format('"%s"', b.region), ', ') AS regions
        FROM best_per_region AS b
        HAVING find_offer_price.region IS NULL
           AND NOT bool_or(b.region = '*')
           AND count(DISTINCT (b.amount, b.price_low, b.price_high, b.currency, b.price_basis)) > 1
    )
    SELECT candidate.accelerator, candidate.gpu_count, candidate.price_basis,
           accelcost_internal.discounted(candidate.amount, discount.factor),
           accelcost_internal.discounted(candidate.price_low, discount.factor),
           accelcost_internal.discounted(candidate.price_high, discount.factor), candidate.currency,
           accelcost_internal.discounted(candidate.upfront, discount.factor),
           candidate.billing_increment_seconds, candidate.minimum_seconds,
           candidate.region, candidate.source, candidate.origin, candidate.as_of, candidate.age_days,
           candidate.disagreeing, nullif(concat_ws('; ', nullif(candidate.note, ''), discount.remark), ''),
           choice.regions, candidate.geo
    FROM candidate
    LEFT JOIN choice ON true
    LEFT JOIN LATERAL accelcost_internal.find_discount(
        candidate.provider, find_offer_price.account, 'hours', candidate.sku, candidate.purchase_option,
        find_offer_price.at) AS discount ON candidate.account IS NULL
    WHERE find_offer_price.region IS NULL
       OR candidate.region IN (find_offer_price.region, '*')
    -- If no region was given, a price for all regions comes first.
    ORDER BY find_offer_price.region IS NULL AND candidate.region <> '*',
             accelcost_internal.origin_rank(candidate.origin),
             candidate.region = coalesce(find_offer_price.region, '*') DESC,
             candidate.account IS NULL,
             candidate.as_of DESC NULLS LAST,
             candidate.region COLLATE "C"
    LIMIT 1;
END;
COMMENT ON FUNCTION accelcost_internal.find_offer_price(text, text, timestamptz, text, text, integer, text) IS
    'returns the hourly price that a lookup takes for an offer at a time; no row if none was known then';

CREATE FUNCTION accelcost_internal.offer_reason(
    provider text, sku text, at timestamptz, region text,
    purchase_option text, term_months integer, account text)
RETURNS text
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    -- Each condition keeps those of the rows before it.
    WITH known AS (
        SELECT p.sku, p.sku = offer_reason.sku AS is_sku,
               p.purchase_option, p.sku = offer_reason.sku
                                  AND p.purchase_option = offer_reason.purchase_option AS is_option,
               p.term_months, p.sku = offer_reason.sku
                              AND p.purchase_option = offer_reason.purchase_option
                              AND p.term_months = offer_reason.term_months AS is_term,
               p.region, p.region = '*' OR offer_reason.region IS NULL OR p.region = offer_reason.region AS is_region,
               lower(p.valid) AS since
        FROM accelcost.offer_price AS p
        WHERE p.provider = offer_reason.provider
          AND accelcost_internal.origin_rank(p.origin) IS NOT NULL
          AND (p.account IS NULL OR p.account = offer_reason.account)
    ),
    counted AS (
        SELECT count(*) AS rows,
               coalesce(bool_or(k.is_sku), false) AS has_sku,
               coalesce(bool_or(k.is_option), false) AS has_option,
               coalesce(bool_or(k.is_term), false) AS has_term,
               coalesce(bool_or(k.is_term AND k.is_region), false) AS has_region,
               array_agg(DISTINCT k.sku) AS skus,
               string_agg(DISTINCT k.purchase_option, ', ') FILTER (WHERE k.is_sku) AS options,
               string_agg(DISTINCT k.term_months::text, ', ') FILTER (WHERE k.is_option) AS terms,
               array_agg(DISTINCT k.region) FILTER (WHERE k.is_term) AS regions,
               min(k.since) FILTER (WHERE k.is_term AND k.is_region) AS since
        FROM known AS k
    )
    SELECT CASE
        WHEN offer_reason.provider IS NULL THEN 'provider is unknown'
        WHEN offer_reason.sku IS NULL THEN 'sku is unknown'
        WHEN c.rows = 0 THEN format('no price of provider "%s"', offer_reason.provider)
        WHEN NOT c.has_sku
        THEN accelcost_internal.with_nearest(
                 format('no sku "%s" at provider "%s"', left(offer_reason.sku, 200), offer_reason.provider),
                 c.skus, offer_reason.sku)
        WHEN NOT c.has_option
        THEN format('no %s price for sku "%s"; known are %s', offer_reason.purchase_option, offer_reason.sku, c.options)
        WHEN NOT c.has_term
        THEN format('no %s price for sku "%s" for %s months; known are %s', offer_reason.purchase_option,
                    offer_reason.sku, offer_reason.term_months, c.terms)
        WHEN NOT c.has_region
        THEN accelcost_internal.with_nearest(
                 format('no %s price for sku "%s" in region "%s"', offer_reason.purchase_option, offer_reason.sku,
                        left(offer_reason.region, 200)),
                 c.regions, offer_reason.region)
        WHEN c.since > offer_reason.at
        THEN format('no price for sku "%s" before %s', offer_reason.sku,
                    to_char(c.since AT TIME ZONE 'UTC', 'YYYY-MM-DD'))
        ELSE format('no price for sku "%s" at that time', offer_reason.sku) END
    FROM counted AS c;
END;
COMMENT ON FUNCTION accelcost_internal.offer_reason(text, text, timestamptz, text, text, integer, text) IS
    'returns why price_at finds no price: the first part of the key that no row has, with the nearest names';

CREATE FUNCTION accelcost.price_at(
    provider text, sku text, at timestamptz DEFAULT now(), region text DEFAULT NULL,
    purchase_option text DEFAULT 'on_demand', term_months integer DEFAULT 0, account text DEFAULT NULL,
    max_age interval DEFAULT '180 days',
    OUT amount numeric, OUT price_low numeric, OUT price_high numeric, OUT currency text, OUT price_basis text,
    OUT gpu_count numeric, OUT accelerator text, OUT per_gpu numeric, OUT found_region text, OUT source text,
    OUT origin text, OUT as_of date, OUT age_days integer, OUT disagreeing bigint, OUT note text,
    OUT geo text, OUT is_old boolean, OUT reason text)
LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    wanted  CONSTANT text := accelcost_internal.check_provider(price_at.provider);
    regions text;
BEGIN
    PERFORM accelcost_internal.check_word(
        price_at.purchase_option, '{on_demand,spot,reserved,committed,capacity_block}', 'purchase_option');
    SELECT p.amount, p.price_low, p.price_high, p.currency, p.price_basis,
           p.gpu_count, p.accelerator, accelcost_internal.price_per_gpu(p.amount, p.price_basis, p.gpu_count),
           p.found_region, p.source, p.origin, p.as_of, p.age_days, p.disagreeing, p.note,
           p.geo, accelcost_internal.is_old(p.as_of, price_at.at, price_at.max_age),
           CASE WHEN p.amount IS NULL THEN 'the price is a range' END, p.regions
    INTO price_at.amount, price_at.price_low, price_at.price_high, price_at.currency, price_at.price_basis,
         price_at.gpu_count, price_at.accelerator, price_at.per_gpu,
         price_at.found_region, price_at.source, price_at.origin, price_at.as_of, price_at.age_days,
         price_at.disagreeing, price_at.note, price_at.geo, price_at.is_old, price_at.reason, regions
    FROM accelcost_internal.find_offer_price(
             wanted, price_at.sku, price_at.at, price_at.region,
             price_at.purchase_option, price_at.term_months, price_at.account) AS p;
    IF NOT FOUND THEN
        price_at.reason := accelcost_internal.offer_reason(
                               wanted, price_at.sku, price_at.at, price_at.region,
                               price_at.purchase_option, price_at.term_months, price_at.account);
    END IF;
    IF regions IS NOT NULL THEN
        RAISE EXCEPTION '"region" must be given: prices of sku "%" at provider "%" differ by region',
            price_at.sku, wanted
            USING ERRCODE = 'invalid_parameter_value',
                  HINT = format('Prices are known in %s.', regions);
    END IF;
END
$$;
COMMENT ON FUNCTION accelcost.price_at(text, text, timestamptz, text, text, integer, text, interval) IS
    'returns the hourly price of an offer at a time, with its source; NULL and a reason if unknown';
