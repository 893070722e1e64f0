-- Price files with electricity prices: retail sales of the U.S. Energy Information Administration.

CREATE TYPE accelcost_internal.electricity_line AS (
    row_number bigint, entry text, location text, sector text, price numeric, since timestamptz, reason text
);
COMMENT ON TYPE accelcost_internal.electricity_line IS
    'electricity price in a price file; reason says why it cannot be loaded';

CREATE FUNCTION accelcost_internal.eia_period(cell text) RETURNS timestamptz
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN CASE WHEN cell ~ '^[12][0-9]{3}$' THEN make_timestamptz(cell::integer, 1, 1, 0, 0, 0, 'UTC')
                WHEN cell ~ '^[12][0-9]{3}-(0[1-9]|1[0-2])$'
                THEN make_timestamptz(left(cell, 4)::integer, right(cell, 2)::integer, 1, 0, 0, 0, 'UTC')
                WHEN cell ~ '^[12][0-9]{3}-Q[1-4]$'
                THEN make_timestamptz(left(cell, 4)::integer, right(cell, 1)::integer * 3 - 2, 1, 0, 0, 0, 'UTC') END;
COMMENT ON FUNCTION accelcost_internal.eia_period(text) IS
    'returns the first instant of a month, quarter or year such as 2026-08, 2026-Q3 or 2026; NULL for any other text';

CREATE FUNCTION accelcost_internal.read_eia(staging regclass) RETURNS SETOF accelcost_internal.electricity_line
LANGUAGE sql STABLE STRICT PARALLEL UNSAFE
BEGIN ATOMIC
    WITH line AS (
        SELECT row_number() OVER (ORDER BY d.ordinal, i.ordinal) AS row_number, i.value,
               i.value->>'stateid' AS state, i.value->>'period' AS period,
               CASE i.value->>'sectorid' WHEN 'COM' THEN 'commercial' WHEN 'IND' THEN 'industrial'
                                         WHEN 'RES' THEN 'household' END AS sector,
               accelcost_internal.price_number(i.value, 'price') AS price
        FROM accelcost_internal.price_file_documents(read_eia.staging) AS d
        CROSS JOIN LATERAL jsonb_array_elements(d.document->'response'->'data') WITH ORDINALITY AS i (value, ordinal)
    ),
    located AS (
        SELECT l.*, CASE l.state WHEN 'US' THEN 'US' ELSE 'US-' || l.state END AS location,
               accelcost_internal.eia_period(l.period) AS since
        FROM line AS l
    )
    SELECT l.row_number, concat_ws(' ', l.location, l.value->>'sectorid', l.period), l.location, l.sector,
           trim_scale(round(l.price * 0.01, 10)), l.since,
           -- Groups of states have identifiers of three letters.
           CASE WHEN l.state IS NULL OR l.state !~ '^[A-Z]{2}$' THEN format('"%s" is no state', left(l.state, 40))
                WHEN l.sector IS NULL
                THEN format('sector "%s" is no kind of customer', left(l.value->>'sectorid', 40))
                WHEN l.since IS NULL THEN format('period "%s" is not valid', left(l.period, 40))
                WHEN l.value->>'price' IS NULL THEN 'no price'
                WHEN l.price IS NULL THEN format('price "%s" is not a number', left(l.value->>'price', 40))
                WHEN l.value->>'price-units' IS DISTINCT FROM 'cents per kilowatt-hour'
                THEN format('unit "%s" is not cents per kilowatt-hour', left(l.value->>'price-units', 40))
                WHEN l.price <= 0 THEN 'a price of 0 or less'
                WHEN l.price >= 1e20 THEN format('price %s is out of range', left(l.price::text, 40))
                WHEN count(*) OVER (PARTITION BY l.state, l.sector, l.since) > 1
                THEN 'another row has the same state, sector and period' END
    FROM located AS l;
END;
COMMENT ON FUNCTION accelcost_internal.read_eia(regclass) IS
    'returns the electricity prices in a response of the EIA, by state and sector, in dollars per kWh';

CREATE FUNCTION accelcost_internal.stage_electricity(staging regclass, source text) RETURNS void
LANGUAGE plpgsql VOLATILE STRICT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    LOCK TABLE accelcost.electricity_price IN SHARE ROW EXCLUSIVE MODE;
    CREATE TEMPORARY TABLE accelcost_import_row ON COMMIT DROP AS
    SELECT r.* FROM accelcost_internal.read_eia(stage_electricity.staging) AS r;
    -- A price is valid until the next one. Prices of the source outside the file stay.
    CREATE TEMPORARY TABLE accelcost_import ON COMMIT DROP AS
    WITH staged AS (
        SELECT r.location, r.sector, r.price, r.since FROM pg_temp.accelcost_import_row AS r WHERE r.reason IS NULL
    ),
    stays AS (
        SELECT e.location, e.sector, e.price_per_kwh AS price, coalesce(lower(e.valid), '-infinity') AS since
        FROM accelcost.electricity_price AS e
        WHERE NOT e.builtin
          AND e.source = stage_electricity.source
          AND EXISTS (SELECT FROM staged AS s WHERE s.location = e.location AND s.sector = e.sector)
          AND NOT EXISTS (SELECT FROM staged AS s
                          WHERE s.location = e.location AND s.sector = e.sector AND s.since = lower(e.valid))
    )
    SELECT d.location, d.sector, d.price, d.since,
           tstzrange(nullif(d.since, '-infinity'), lead(d.since) OVER (PARTITION BY d.location, d.sector
                                                                       ORDER BY d.since)) AS valid
    FROM (SELECT s.* FROM staged AS s UNION ALL SELECT s.* FROM stays AS s) AS d;
    ANALYZE pg_temp.accelcost_import_row, pg_temp.accelcost_import;
END
$$;
COMMENT ON FUNCTION accelcost_internal.stage_electricity(regclass, text) IS
    'reads electricity prices into temporary tables, with the time in which each is valid';

CREATE FUNCTION accelcost_internal.store_electricity(
    source text, origin text,
    OUT inserted bigint, OUT unchanged bigint, OUT closed bigint, OUT changes accelcost.price_change[])
LANGUAGE plpgsql VOLATILE STRICT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    CREATE TEMPORARY TABLE accelcost_import_current ON COMMIT DROP AS
    SELECT e.ctid AS location_of_row, e.location, e.sector, e.price_per_kwh AS price, i.since, i.price AS new_price,
           i.price = e.price_per_kwh AS is_unchanged, i.price = e.price_per_kwh AND i.valid = e.valid AS stays
    FROM accelcost.electricity_price AS e
    JOIN pg_temp.accelcost_import AS i
        ON i.location = e.location AND i.sector = e.sector AND i.since = coalesce(lower(e.valid), '-infinity')
    WHERE NOT e.builtin AND e.source = store_electricity.source;
    ANALYZE pg_temp.accelcost_import_current;
    changes := ARRAY(
        SELECT ROW(NULL, c.location || ' ' || c.sector, (c.since AT TIME ZONE 'UTC')::date::text,
                   c.price, c.new_price, 'USD', NULL)::accelcost.price_change
        FROM pg_temp.accelcost_import_current AS c
        WHERE NOT c.is_unchanged
        ORDER BY c.location COLLATE "C", c.sector, c.since);
    closed := cardinality(changes);
    unchanged := (SELECT count(*)
                  FROM pg_temp.accelcost_import_row AS r
                  JOIN pg_temp.accelcost_import_current AS c
                      ON r.reason IS NULL AND (c.location, c.sector, c.since) = (r.location, r.sector, r.since)
                  WHERE c.is_unchanged);
    inserted := (SELECT count(*) FROM pg_temp.accelcost_import_row AS r WHERE r.reason IS NULL) - unchanged;
    DELETE FROM accelcost.electricity_price AS e
    USING pg_temp.accelcost_import_current AS c
    WHERE e.ctid = c.location_of_row AND NOT c.stays;
    INSERT INTO accelcost.electricity_price (location, sector, price_per_kwh, currency, valid, source, origin, as_of)
    SELECT i.location, i.sector, i.price, 'USD', i.valid, store_electricity.source, store_electricity.origin,
           (CASE WHEN isfinite(i.since) THEN i.since END AT TIME ZONE 'UTC')::date
    FROM pg_temp.accelcost_import AS i
    WHERE NOT EXISTS (SELECT FROM pg_temp.accelcost_import_current AS c
                      WHERE c.stays AND c.location = i.location AND c.sector = i.sector AND c.since = i.since);
END
$$;
COMMENT ON FUNCTION accelcost_internal.store_electricity(text, text) IS
    'stores staged electricity prices in place of those of the source that differ, and returns what changed';
