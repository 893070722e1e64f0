-- Price files with offers: lists of instances as SkyPilot and gpuhunt write them.

CREATE FUNCTION accelcost_internal.tpu_chips(slice text) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN CASE WHEN slice ~ '^(tpu-)?v[0-9]+[a-z]*-[0-9]+$'
                -- The number counts cores, two per chip, except for v5e and v6e.
                THEN substring(slice FROM '[0-9]+$')::numeric
                     / CASE WHEN slice ~ '^(tpu-)?v(5litepod|5e|6e)-' THEN 1 ELSE 2 END END;
COMMENT ON FUNCTION accelcost_internal.tpu_chips(text) IS
    'returns the number of chips in a TPU slice such as v5litepod-16 or v5p-8; NULL for any other name';

CREATE FUNCTION accelcost_internal.price_file_column(staging regclass, header text) RETURNS text
    LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT quote_ident(a.attname::text)
    FROM pg_attribute AS a
    WHERE a.attrelid = staging::oid
      AND a.attnum > 0
      AND NOT a.attisdropped
      AND accelcost_internal.import_header(a.attname::text) = accelcost_internal.import_header(header)
    ORDER BY a.attnum
    LIMIT 1;
END;
COMMENT ON FUNCTION accelcost_internal.price_file_column(regclass, text) IS
    'returns the quoted name of a staging table''s column with a header, in any case and with or without underscores';

CREATE FUNCTION accelcost_internal.price_file_columns(format text) RETURNS text[]
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN CASE accelcost_internal.check_word(format, '{skypilot,gpuhunt}', 'format')
               WHEN 'skypilot' THEN '{InstanceType,AcceleratorName,AcceleratorCount,Price,Region}'::text[]
               ELSE '{instance_name,location,price,gpu_count,gpu_name,spot}'::text[] END;
COMMENT ON FUNCTION accelcost_internal.price_file_columns(text) IS
    'returns the required headers of a list of instances in the format skypilot or gpuhunt';

CREATE FUNCTION accelcost_internal.offer_lines(staging regclass, format text)
RETURNS TABLE (
    row_number bigint, sku text, accelerator text, memory text, gpu_count text, price text, spot_price text,
    region text, zone text, is_spot boolean)
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
-- Cells of a column that is not text are read from the text that these settings give.
SET extra_float_digits = 1
AS $$
#variable_conflict use_column
DECLARE
    needed  CONSTANT text[] := accelcost_internal.price_file_columns(format);
    headers CONSTANT text[] := CASE format
        WHEN 'skypilot'
        THEN '{InstanceType,AcceleratorName,"",AcceleratorCount,Price,SpotPrice,Region,AvailabilityZone,""}'::text[]
        ELSE '{instance_name,gpu_name,gpu_memory,gpu_count,price,"",location,"",spot}'::text[] END;
    missing text[];
    twice   text;
    cells   text;
BEGIN
    PERFORM accelcost_internal.check_relation(staging);
    missing := ARRAY(SELECT header
                     FROM unnest(needed) WITH ORDINALITY AS required (header, ordinal)
                     WHERE accelcost_internal.price_file_column(staging, header) IS NULL
                     ORDER BY ordinal);
    IF missing <> '{}' THEN
        RAISE EXCEPTION 'staging table "%" is missing %: %', staging,
            CASE cardinality(missing) WHEN 1 THEN 'a required column' ELSE 'required columns' END,
            array_to_string(missing, ', ')
            USING ERRCODE = 'invalid_parameter_value',
                  DETAIL = format('Columns found: %s.', accelcost_internal.column_list(staging));
    END IF;
    SELECT string_agg(format('"%s"', a.attname), ' and ' ORDER BY a.attnum) INTO twice
    FROM pg_attribute AS a
    JOIN unnest(headers) AS header
        ON header <> ''
           AND accelcost_internal.import_header(header) = accelcost_internal.import_header(a.attname::text)
    WHERE a.attrelid = staging AND a.attnum > 0 AND NOT a.attisdropped
    GROUP BY header
    HAVING count(*) > 1
    ORDER BY min(a.attnum)
    LIMIT 1;
    IF twice IS NOT NULL THEN
        RAISE EXCEPTION 'columns % of staging table "%" have the same header', twice, staging
            USING ERRCODE = 'invalid_parameter_value', HINT = 'Rename or drop all but one of them.';
    END IF;

    SELECT string_agg(coalesce('accelcost_internal.import_text(s.' || found.name || '::text)', 'NULL'), ', '
                      ORDER BY ordinal)
    INTO cells
    FROM unnest(headers) WITH ORDINALITY AS wanted (header, ordinal)
    CROSS JOIN LATERAL accelcost_internal.price_file_column(staging, nullif(header, '')) AS found (name);
    RETURN QUERY EXECUTE format(
        'SELECT l.n, l.c[1], l.c[2], l.c[3], l.c[4], l.c[5], l.c[6], l.c[7], l.c[8],'
        ' coalesce(lower(l.c[9]) IN (''true'', ''t'', ''1''), false)'
        ' FROM (SELECT row_number() OVER () AS n, ARRAY[%s]::text[] AS c FROM %s AS s) AS l', cells, staging);
END
$$;
COMMENT ON FUNCTION accelcost_internal.offer_lines(regclass, text) IS
    'returns the rows of a list of instances in one form; an error if columns are missing';

CREATE FUNCTION accelcost_internal.offer_line_prices(staging regclass, format text)
RETURNS TABLE (
    row_number bigint, sku text, accelerator text, memory numeric, gpu_count_cell text, gpu_count numeric,
    chips numeric, generation text, region text, zone text,
    purchase_option text, amount numeric, fault text)
LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    WITH line AS (
        SELECT l.*,
               accelcost_internal.import_number(l.price) AS amount,
               accelcost_internal.import_number(l.spot_price) AS spot_amount
        FROM accelcost_internal.offer_lines(offer_line_prices.staging, offer_line_prices.format) AS l
    ),
    priced AS (
        SELECT line.row_number,
               CASE WHEN line.is_spot THEN 'spot' ELSE 'on_demand' END AS purchase_option,
               line.amount,
               CASE WHEN line.price IS NULL THEN 'no price'
                    WHEN line.amount IS NULL THEN format('price "%s" is not a number', left(line.price, 40))
                    WHEN line.amount = 0 THEN 'a price of 0 is a placeholder'
                    WHEN line.amount < 0 OR line.amount >= 1e20 THEN format('price %s is out of range', line.amount)
               END AS fault
        FROM line
        UNION ALL
        -- A spot price of 0, or equal to the on-demand price, means that there is none.
        SELECT line.row_number, 'spot', line.spot_amount, NULL
        FROM line
        WHERE line.spot_amount > 0
          AND line.spot_amount < 1e20
          AND line.spot_amount IS DISTINCT FROM line.amount
    )
    SELECT line.row_number, line.sku, line.accelerator, accelcost_internal.import_number(line.memory),
           line.gpu_count, accelcost_internal.import_number(line.gpu_count),
           accelcost_internal.tpu_chips(line.accelerator),
           regexp_replace(regexp_replace(line.accelerator, '^tpu-', ''), '-[0-9]+$', ''),
           line.region, line.zone,
           priced.purchase_option, priced.amount, priced.fault
    FROM priced
    JOIN line ON line.row_number = priced.row_number;
END;
COMMENT ON FUNCTION accelcost_internal.offer_line_prices(regclass, text) IS
    'returns the prices of a list of instances, on demand and spot apart, and why a price cannot be loaded';

CREATE FUNCTION accelcost_internal.read_offer_file(staging regclass, format text)
RETURNS TABLE (
    row_number bigint, sku text, region text, purchase_option text, accelerator text, gpu_count numeric,
    price_basis text, amount numeric, includes_host boolean, note text, reason text)
LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    WITH offered AS (
        SELECT p.row_number,
               coalesce(p.sku,
                        CASE WHEN p.chips IS NOT NULL THEN p.accelerator
                             ELSE concat(p.accelerator, ':', trim_scale(p.gpu_count)) END) AS sku,
               -- Zones count as regions only if their prices differ.
               CASE WHEN p.zone IS NOT NULL AND min(p.amount) OVER zones <> max(p.amount) OVER zones THEN p.zone
                    ELSE coalesce(p.region, '*') END AS region,
               p.purchase_option,
               coalesce(CASE WHEN p.chips IS NOT NULL
                             THEN accelcost.accelerator_name('TPU ' || replace(p.generation, '5litepod', '5e')) END,
                        accelcost.accelerator_name(concat(p.accelerator, ' ', trim_scale(p.memory), 'GB')),
                        accelcost.accelerator_name(p.accelerator),
                        p.accelerator) AS accelerator,
               trim_scale(coalesce(p.chips, p.gpu_count)) AS gpu_count,
               CASE WHEN p.chips IS NOT NULL THEN 'per_slice'
                    WHEN p.sku IS NULL THEN 'unknown'
                    ELSE 'per_instance' END AS price_basis,
               trim_scale(p.amount) AS amount,
               CASE WHEN p.chips IS NULL THEN p.sku IS NOT NULL END AS includes_host,
               CASE WHEN p.sku IS NULL AND p.chips IS NULL
                    THEN 'price of the accelerators alone; their host has a price of its own' END AS note,
               CASE WHEN p.accelerator IS NULL THEN 'no accelerator named'
                    WHEN greatest(length(p.sku), length(p.accelerator), length(p.region), length(p.zone)) > 200
                    THEN 'a name of more than 200 characters'
                    WHEN p.fault IS NOT NULL THEN p.fault
                    WHEN coalesce(p.chips, p.gpu_count) >= 1e9 THEN 'number of accelerators out of range'
                    WHEN coalesce(p.chips, p.gpu_count) IS NULL OR coalesce(p.chips, p.gpu_count) <= 0
                    THEN format('number of accelerators "%s" is not above 0', left(p.gpu_count_cell, 40))
                    WHEN p.chips IS NOT NULL AND min(p.chips) OVER slices <> max(p.chips) OVER slices
                    THEN 'slices of different sizes have the same price: a placeholder' END AS reason
        FROM accelcost_internal.offer_line_prices(read_offer_file.staging, read_offer_file.format) AS p
        WINDOW zones AS (PARTITION BY p.sku, p.accelerator, p.gpu_count, p.region, p.purchase_option),
               slices AS (PARTITION BY p.generation, p.region, p.zone, p.amount)
    ),
    described AS (
        SELECT o.*, ROW(o.accelerator, o.gpu_count, o.price_basis)::text AS description
        FROM offered AS o
    )
    SELECT d.row_number, d.sku, d.region, d.purchase_option, d.accelerator, d.gpu_count,
           d.price_basis, d.amount, d.includes_host, d.note,
           coalesce(d.reason,
                    CASE WHEN min(d.amount) OVER same_offer <> max(d.amount) OVER same_offer
                         THEN 'another row has another price for the same offer'
                         WHEN min(d.description) OVER same_offer <> max(d.description) OVER same_offer
                         THEN 'another row has other accelerators for the same offer' END)
    FROM described AS d
    WINDOW same_offer AS (PARTITION BY d.sku, d.region, d.purchase_option, d.reason IS NULL);
END;
COMMENT ON FUNCTION accelcost_internal.read_offer_file(regclass, text) IS
    'returns the offers and hourly prices in a list of instances, and why a row cannot be loaded';

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
    FROM accelcost_internal.read_offer_file(stage_offers.staging, stage_offers.format) AS r;
    CREATE TEMPORARY TABLE accelcost_import ON COMMIT DROP AS
    SELECT DISTINCT ON (r.sku, r.region, r.purchase_option)
           stage_offers.provider AS provider, r.sku, r.region, r.purchase_option, r.accelerator, r.gpu_count,
           r.price_basis, r.amount, r.includes_host, r.note, stage_offers.currency AS currency
    FROM pg_temp.accelcost_import_row AS r
    WHERE r.reason IS NULL
    ORDER BY r.sku, r.region, r.purchase_option, r.row_number;

    is_outdated := EXISTS (SELECT FROM accelcost.offer_price AS p
                           WHERE NOT p.builtin
                             AND p.provider = stage_offers.provider
                             AND p.source = stage_offers.source
                             AND lower(p.valid) > stage_offers.at);
    SELECT count(*), count(*) FILTER (WHERE EXISTS (SELECT FROM pg_temp.accelcost_import AS i
                                                    WHERE i.sku = p.sku
                                                      AND i.region = p.region
                                                      AND i.purchase_option = p.purchase_option))
    INTO current_prices, kept
    FROM accelcost.offer_price AS p
    WHERE NOT p.builtin
      AND p.provider = stage_offers.provider
      AND p.source = stage_offers.source
      AND upper_inf(p.valid);
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
        ON i.sku = o.sku AND i.region = o.region AND i.purchase_option = o.purchase_option
    WHERE o.provider = check_offers_alike.provider
      AND o.term_months = 0
      AND (o.price_basis, o.gpu_count) IS DISTINCT FROM (i.price_basis, i.gpu_count)
      AND (NOT o.builtin AND o.source <> check_offers_alike.source
           OR EXISTS (SELECT FROM accelcost.offer_price AS p
                      WHERE NOT p.builtin
                        AND p.provider = o.provider
                        AND p.sku = o.sku
                        AND p.region = o.region
                        AND p.purchase_option = o.purchase_option
                        AND p.term_months = 0
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
                                    AND own.term_months = 0)))
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

CREATE FUNCTION accelcost_internal.store_offers(
    provider text, source text, at timestamptz, origin text,
    OUT inserted bigint, OUT closed bigint)
LANGUAGE plpgsql VOLATILE STRICT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    replaced bigint;
BEGIN
    PERFORM accelcost_internal.check_offers_alike(store_offers.provider, store_offers.source, store_offers.at);
    INSERT INTO accelcost.offer AS o (
        provider, sku, region, purchase_option, accelerator, gpu_count, price_basis, includes_host, note,
        source, as_of)
    SELECT i.provider, i.sku, i.region, i.purchase_option, i.accelerator, i.gpu_count, i.price_basis,
           i.includes_host, i.note, store_offers.source, (store_offers.at AT TIME ZONE 'UTC')::date
    FROM pg_temp.accelcost_import AS i
    ON CONFLICT (provider, sku, region, purchase_option, term_months, builtin) DO UPDATE
    SET accelerator = excluded.accelerator, gpu_count = excluded.gpu_count, price_basis = excluded.price_basis,
        includes_host = excluded.includes_host, note = excluded.note
    WHERE (o.accelerator, o.gpu_count, o.price_basis, o.includes_host, o.note)
          IS DISTINCT FROM (excluded.accelerator, excluded.gpu_count, excluded.price_basis,
                            excluded.includes_host, excluded.note)
      AND o.source = excluded.source;

    CREATE TEMPORARY TABLE accelcost_import_change ON COMMIT DROP AS
    SELECT p.ctid AS location, lower(p.valid) AS since
    FROM accelcost.offer_price AS p
    LEFT JOIN pg_temp.accelcost_import AS i
        ON i.sku = p.sku AND i.region = p.region AND i.purchase_option = p.purchase_option
    WHERE NOT p.builtin
      AND p.provider = store_offers.provider
      AND p.source = store_offers.source
      AND upper_inf(p.valid)
      AND (i.sku IS NULL OR (p.amount, p.currency) IS DISTINCT FROM (i.amount, i.currency));
    UPDATE accelcost.offer_price AS p
    SET valid = tstzrange(c.since, store_offers.at)
    FROM pg_temp.accelcost_import_change AS c
    WHERE p.ctid = c.location AND (c.since < store_offers.at OR c.since IS NULL);
    GET DIAGNOSTICS closed = ROW_COUNT;
    -- The same day again: a correction.
    DELETE FROM accelcost.offer_price AS p
    USING pg_temp.accelcost_import_change AS c
    WHERE p.ctid = c.location AND c.since = store_offers.at;
    GET DIAGNOSTICS replaced = ROW_COUNT;
    closed := closed + replaced;

    INSERT INTO accelcost.offer_price (
        provider, sku, region, purchase_option, amount, currency, valid, source, origin, as_of)
    SELECT i.provider, i.sku, i.region, i.purchase_option, i.amount, i.currency,
           tstzrange(store_offers.at, NULL), store_offers.source, store_offers.origin,
           (store_offers.at AT TIME ZONE 'UTC')::date
    FROM pg_temp.accelcost_import AS i
    WHERE NOT EXISTS (SELECT FROM accelcost.offer_price AS p
                      WHERE NOT p.builtin
                        AND p.provider = store_offers.provider
                        AND p.source = store_offers.source
                        AND upper_inf(p.valid)
                        AND p.sku = i.sku
                        AND p.region = i.region
                        AND p.purchase_option = i.purchase_option);
    GET DIAGNOSTICS inserted = ROW_COUNT;
END
$$;
COMMENT ON FUNCTION accelcost_internal.store_offers(text, text, timestamptz, text) IS
    'stores staged offers, closes prices that changed or are missing, and inserts new ones';
