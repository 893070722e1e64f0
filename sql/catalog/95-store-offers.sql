-- Price files with offers: from the lines of any format to accelcost.offer and accelcost.offer_price.

CREATE FUNCTION accelcost_internal.read_offer_file(staging regclass, format text, provider text, currency text)
RETURNS SETOF accelcost_internal.offer_line
LANGUAGE sql STABLE STRICT PARALLEL UNSAFE
BEGIN ATOMIC
    WITH line AS MATERIALIZED (
        SELECT l.*
        FROM accelcost_internal.read_instance_list(read_offer_file.staging, read_offer_file.format) AS l
        WHERE read_offer_file.format IN ('skypilot', 'gpuhunt')
        UNION ALL
        SELECT l.*
        FROM accelcost_internal.read_aws_offers(read_offer_file.staging) AS l
        WHERE read_offer_file.format = 'aws-offers'
        UNION ALL
        SELECT l.*
        FROM accelcost_internal.read_azure_retail(read_offer_file.staging) AS l
        WHERE read_offer_file.format = 'azure-retail'
        UNION ALL
        SELECT l.*
        FROM accelcost_internal.read_gcp_skus(read_offer_file.staging) AS l
        WHERE read_offer_file.format = 'gcp-skus'
    ),
    known AS MATERIALIZED (
        SELECT n.accelerator, accelcost.accelerator_name(n.accelerator) AS name
        FROM (SELECT DISTINCT l.accelerator FROM line AS l WHERE l.reason IS NULL) AS n
    ),
    offered AS (
        SELECT l.row_number,
               -- Azure's own price list and lists of other people write its sizes with and without a prefix.
               CASE WHEN read_offer_file.provider = 'Azure' THEN regexp_replace(l.sku, '^Standard_', '')
                    ELSE l.sku END AS sku,
               l.region, l.purchase_option, l.term_months,
               coalesce(k.name, l.accelerator) AS accelerator,
               trim_scale(l.gpu_count) AS gpu_count, l.price_basis,
               trim_scale(l.amount) AS amount,
               coalesce(accelcost_internal.import_currency(l.currency), read_offer_file.currency) AS currency,
               l.includes_host, l.note,
               CASE WHEN l.reason IS NOT NULL THEN l.reason
                    WHEN greatest(length(l.sku), length(l.accelerator), length(l.region)) > 200
                    THEN 'a name of more than 200 characters'
                    WHEN l.amount IS NULL THEN 'no price'
                    WHEN l.amount < 0 OR l.amount >= 1e20
                    THEN format('price %s is out of range', left(l.amount::text, 40))
                    WHEN l.currency IS NOT NULL AND accelcost_internal.import_currency(l.currency) IS NULL
                    THEN format('currency "%s" is not valid', left(l.currency, 40))
                    WHEN l.gpu_count >= 1e9 THEN 'number of accelerators out of range'
                    WHEN l.gpu_count <= 0 OR l.gpu_count IS NULL AND l.price_basis IN ('per_instance', 'per_slice')
                    THEN format('number of accelerators "%s" is not above 0', left(l.gpu_count::text, 40)) END AS reason
        FROM line AS l
        LEFT JOIN known AS k ON k.accelerator = l.accelerator
    ),
    described AS (
        SELECT o.*, ROW(o.amount, o.currency)::text AS price,
               ROW(o.accelerator, o.gpu_count, o.price_basis)::text AS description
        FROM offered AS o
    )
    SELECT d.row_number, d.sku, d.region, d.purchase_option, d.term_months, d.accelerator, d.gpu_count,
           d.price_basis, d.amount, d.currency, d.includes_host, d.note,
           coalesce(d.reason,
                    CASE WHEN min(d.price) OVER same_offer <> max(d.price) OVER same_offer
                         THEN 'another row has another price for the same offer'
                         WHEN min(d.description) OVER same_offer <> max(d.description) OVER same_offer
                         THEN 'another row has other accelerators for the same offer' END)
    FROM described AS d
    WINDOW same_offer AS (PARTITION BY d.sku, d.region, d.purchase_option, d.term_months, d.reason IS NULL);
END;
COMMENT ON FUNCTION accelcost_internal.read_offer_file(regclass, text, text, text) IS
    'returns the offers and hourly prices in a price file, and why a row cannot be loaded';

CREATE FUNCTION accelcost_internal.stage_offers(
    staging regclass, format text, provider text, source text, at timestamptz, currency text,
    OUT is_outdated boolean, OUT current_prices bigint, OUT kept bigint)
LANGUAGE plpgsql VOLATILE STRICT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    -- One import at a time: the next one sees what this one leaves.
    LOCK TABLE accelcost.offer_price IN SHARE ROW EXCLUSIVE MODE;
    CREATE TEMPORARY TABLE accelcost_import_row ON COMMIT DROP AS
    SELECT NULL::text AS entry, r.*
    FROM accelcost_internal.read_offer_file(stage_offers.staging, stage_offers.format, stage_offers.provider,
                                            stage_offers.currency) AS r;
    UPDATE pg_temp.accelcost_import_row AS r
    SET reason = format('basis or number of accelerators differs in source "%s"', left(o.source, 100))
    FROM accelcost.offer AS o
    WHERE r.reason IS NULL
      AND NOT o.builtin
      AND o.source <> stage_offers.source
      AND o.provider = stage_offers.provider
      AND (o.sku, o.region, o.purchase_option, o.term_months) = (r.sku, r.region, r.purchase_option, r.term_months)
      AND (o.price_basis, o.gpu_count) IS DISTINCT FROM (r.price_basis, r.gpu_count);
    CREATE TEMPORARY TABLE accelcost_import ON COMMIT DROP AS
    SELECT DISTINCT ON (r.sku, r.region, r.purchase_option, r.term_months)
           stage_offers.provider AS provider, r.sku, r.region, r.purchase_option, r.term_months, r.accelerator,
           r.gpu_count, r.price_basis, r.amount, r.currency, r.includes_host, r.note
    FROM pg_temp.accelcost_import_row AS r
    WHERE r.reason IS NULL
    ORDER BY r.sku, r.region, r.purchase_option, r.term_months, r.row_number;
    ANALYZE pg_temp.accelcost_import;

    is_outdated := EXISTS (SELECT FROM accelcost.offer_price AS p
                           WHERE NOT p.builtin
                             AND p.provider = stage_offers.provider
                             AND p.source = stage_offers.source
                             AND p.as_of > (stage_offers.at AT TIME ZONE 'UTC')::date
                             AND (stage_offers.format IN ('skypilot', 'gpuhunt')
                                  OR (p.region, p.purchase_option)
                                     IN (SELECT n.region, n.purchase_option FROM pg_temp.accelcost_import AS n)));
    -- Prices that the file should have. A list of instances has all of its provider; the price list of a cloud may be
    -- the part for one region or one way to buy.
    CREATE TEMPORARY TABLE accelcost_import_current ON COMMIT DROP AS
    SELECT p.ctid AS location, p.sku, p.region, p.purchase_option, p.term_months, p.amount, p.currency,
           lower(p.valid) AS since, i.sku IS NOT NULL AS is_kept,
           coalesce((p.amount, p.currency) = (i.amount, i.currency), false) AS is_unchanged
    FROM accelcost.offer_price AS p
    LEFT JOIN pg_temp.accelcost_import AS i
        ON i.sku = p.sku
           AND i.region = p.region
           AND i.purchase_option = p.purchase_option
           AND i.term_months = p.term_months
    WHERE NOT p.builtin
      AND p.provider = stage_offers.provider
      AND p.source = stage_offers.source
      AND upper_inf(p.valid)
      AND (stage_offers.format IN ('skypilot', 'gpuhunt')
           OR (p.region, p.purchase_option) IN (SELECT n.region, n.purchase_option FROM pg_temp.accelcost_import AS n));
    ANALYZE pg_temp.accelcost_import_current;
    SELECT count(*), count(*) FILTER (WHERE c.is_kept) INTO current_prices, kept
    FROM pg_temp.accelcost_import_current AS c;
END
$$;
COMMENT ON FUNCTION accelcost_internal.stage_offers(regclass, text, text, text, timestamptz, text) IS
    'reads offers into temporary tables; compares them with the source''s prices: later, current and kept ones';

-- An offer defines what its prices are for, also those that another source or an earlier file brought.
CREATE FUNCTION accelcost_internal.check_offers_alike(provider text, source text, at timestamptz) RETURNS void
    LANGUAGE plpgsql STABLE STRICT PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    other record;
BEGIN
    SELECT o.sku, o.source INTO other
    FROM accelcost.offer AS o
    JOIN pg_temp.accelcost_import AS i
        ON i.sku = o.sku
           AND i.region = o.region
           AND i.purchase_option = o.purchase_option
           AND i.term_months = o.term_months
    WHERE o.provider = check_offers_alike.provider
      AND (o.price_basis, o.gpu_count) IS DISTINCT FROM (i.price_basis, i.gpu_count)
      AND EXISTS (SELECT FROM accelcost.offer_price AS p
                  WHERE NOT p.builtin
                    AND p.provider = o.provider
                    AND p.sku = o.sku
                    AND p.region = o.region
                    AND p.purchase_option = o.purchase_option
                    AND p.term_months = o.term_months
                    AND (p.source <> check_offers_alike.source
                         OR lower(p.valid) IS NULL
                         OR lower(p.valid) < check_offers_alike.at))
      AND (NOT o.builtin
           OR NOT EXISTS (SELECT FROM accelcost.offer AS own
                          WHERE NOT own.builtin
                            AND own.provider = o.provider
                            AND own.sku = o.sku
                            AND own.region = o.region
                            AND own.purchase_option = o.purchase_option
                            AND own.term_months = o.term_months))
    ORDER BY o.sku COLLATE "C"
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'offer "%" of provider "%" differs in basis or gpu_count in source "%"',
            other.sku, check_offers_alike.provider, other.source
            USING ERRCODE = 'object_not_in_prerequisite_state', DETAIL = 'Nothing was changed.',
                  HINT = 'The offer defines what a price is for. Remove the row from the file, '
                         'or correct or delete your rows of that offer and its prices.';
    END IF;
END
$$;
COMMENT ON FUNCTION accelcost_internal.check_offers_alike(text, text, timestamptz) IS
    'raises an error if a staged offer would change what prices outside the file are for';

-- Called before prices are stored: the prices of the source that the file changes, and built-in ones that it replaces.
CREATE FUNCTION accelcost_internal.offer_changes(provider text, at timestamptz) RETURNS accelcost.price_change[]
    LANGUAGE plpgsql STABLE STRICT PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN ARRAY(
        SELECT ROW(offer_changes.provider, c.sku,
                   concat_ws(' ', c.purchase_option, nullif(c.term_months, 0) || ' months', 'in ' || c.region),
                   c.old_amount, c.new_amount, c.currency, c.old_source)::accelcost.price_change
        FROM (SELECT p.sku, p.purchase_option, p.term_months, p.region, p.amount AS old_amount,
                     CASE WHEN i.currency = p.currency THEN i.amount END AS new_amount, p.currency,
                     NULL::text AS old_source
              FROM pg_temp.accelcost_import_current AS p
              LEFT JOIN pg_temp.accelcost_import AS i
                  ON i.sku = p.sku
                     AND i.region = p.region
                     AND i.purchase_option = p.purchase_option
                     AND i.term_months = p.term_months
              WHERE NOT p.is_unchanged
              UNION ALL
              -- The region words differ between sources: compare with the same region, otherwise with the least price.
              SELECT b.sku, b.purchase_option, b.term_months, i.region, coalesce(b.amount, b.price_low),
                     CASE WHEN i.currency = b.currency THEN i.amount END, b.currency, b.source
              FROM accelcost.offer_price AS b
              CROSS JOIN LATERAL (SELECT n.*
                                  FROM pg_temp.accelcost_import AS n
                                  WHERE n.sku = b.sku
                                    AND n.purchase_option = b.purchase_option
                                    AND n.term_months = b.term_months
                                  ORDER BY n.region = b.region DESC, n.amount, n.region COLLATE "C"
                                  LIMIT 1) AS i
              WHERE b.builtin
                AND b.provider = offer_changes.provider
                AND b.valid @> offer_changes.at
                AND (coalesce(b.amount, b.price_low), b.currency) IS DISTINCT FROM (i.amount, i.currency)
                AND NOT EXISTS (SELECT FROM accelcost_internal.replaced_offers(offer_changes.at) AS r
                                WHERE r.provider = b.provider
                                  AND r.sku = b.sku
                                  AND r.purchase_option = b.purchase_option
                                  AND r.term_months = b.term_months)) AS c
        ORDER BY c.sku COLLATE "C", c.purchase_option, c.term_months, c.region COLLATE "C", c.old_source);
END
$$;
COMMENT ON FUNCTION accelcost_internal.offer_changes(text, timestamptz) IS
    'returns the prices that the staged offers change, old and new';

CREATE FUNCTION accelcost_internal.store_offers(
    provider text, source text, at timestamptz, origin text,
    OUT inserted bigint, OUT closed bigint)
LANGUAGE plpgsql VOLATILE STRICT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    today     CONSTANT date := (store_offers.at AT TIME ZONE 'UTC')::date;
    corrected bigint;
BEGIN
    PERFORM accelcost_internal.check_offers_alike(store_offers.provider, store_offers.source, store_offers.at);
    INSERT INTO accelcost.offer AS o (
        provider, sku, region, purchase_option, term_months, accelerator, gpu_count, price_basis, includes_host, note,
        source, as_of)
    SELECT i.provider, i.sku, i.region, i.purchase_option, i.term_months, i.accelerator, i.gpu_count, i.price_basis,
           i.includes_host, i.note, store_offers.source, today
    FROM pg_temp.accelcost_import AS i
    ON CONFLICT (provider, sku, region, purchase_option, term_months, builtin) DO UPDATE
    SET accelerator = excluded.accelerator, gpu_count = excluded.gpu_count, price_basis = excluded.price_basis,
        includes_host = excluded.includes_host, note = excluded.note
    WHERE (o.accelerator, o.gpu_count, o.price_basis, o.includes_host, o.note)
          IS DISTINCT FROM (excluded.accelerator, excluded.gpu_count, excluded.price_basis,
                            excluded.includes_host, excluded.note)
      AND o.source = excluded.source;

    UPDATE accelcost.offer_price AS p
    SET valid = tstzrange(c.since, store_offers.at)
    FROM pg_temp.accelcost_import_current AS c
    WHERE p.ctid = c.location
      AND NOT c.is_unchanged
      AND (c.since < store_offers.at OR c.since IS NULL);
    GET DIAGNOSTICS closed = ROW_COUNT;
    -- The same day again: a correction.
    DELETE FROM accelcost.offer_price AS p
    USING pg_temp.accelcost_import_current AS c
    WHERE p.ctid = c.location
      AND NOT c.is_unchanged
      AND c.since = store_offers.at;
    GET DIAGNOSTICS corrected = ROW_COUNT;
    closed := closed + corrected;

    -- The file confirms what it has unchanged.
    UPDATE accelcost.offer_price AS p
    SET as_of = today
    FROM pg_temp.accelcost_import_current AS c
    WHERE p.ctid = c.location AND c.is_unchanged AND p.as_of < today;

    INSERT INTO accelcost.offer_price (
        provider, sku, region, purchase_option, term_months, amount, currency, valid, replaces_builtin, source, origin,
        as_of)
    SELECT i.provider, i.sku, i.region, i.purchase_option, i.term_months, i.amount, i.currency,
           tstzrange(store_offers.at, NULL), true, store_offers.source, store_offers.origin, today
    FROM pg_temp.accelcost_import AS i
    WHERE NOT EXISTS (SELECT FROM pg_temp.accelcost_import_current AS c
                      WHERE c.is_unchanged
                        AND c.sku = i.sku
                        AND c.region = i.region
                        AND c.purchase_option = i.purchase_option
                        AND c.term_months = i.term_months);
    GET DIAGNOSTICS inserted = ROW_COUNT;
END
$$;
COMMENT ON FUNCTION accelcost_internal.store_offers(text, text, timestamptz, text) IS
    'stores staged offers, closes prices that changed or are missing, and inserts new ones';
