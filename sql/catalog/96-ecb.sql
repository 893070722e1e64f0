-- Price files with exchange rates: reference rates of the European Central Bank.

CREATE TYPE accelcost_internal.rate_line AS (
    row_number bigint, entry text, from_currency text, to_currency text, rate numeric, day date, reason text
);
COMMENT ON TYPE accelcost_internal.rate_line IS
    'exchange rate in a price file; reason says why it cannot be loaded';

CREATE FUNCTION accelcost_internal.ecb_day(cell text) RETURNS date
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (SELECT (accelcost_internal.import_timestamp(
                        CASE WHEN named.parts IS NULL THEN cell
                             ELSE format('%s-%s-%s', named.parts[3],
                                         lpad((position(lower(left(named.parts[2], 3)) IN
                                                        '   janfebmaraprmayjunjulaugsepoctnovdec') / 3)::text, 2, '0'),
                                         lpad(named.parts[1], 2, '0')) END) AT TIME ZONE 'UTC')::date
            FROM (SELECT regexp_match(cell, '^([0-9]{1,2}) ([A-Za-z]{3,9}) ([0-9]{4})$') AS parts) AS named);
COMMENT ON FUNCTION accelcost_internal.ecb_day(text) IS
    'returns the date in a cell such as 2026-11-27 or 27 November 2026; NULL if it is none';

-- Units of a currency for one euro, as the bank publishes them.
CREATE FUNCTION accelcost_internal.ecb_rates(staging regclass)
RETURNS TABLE (row_number bigint, day_cell text, day date, currency text, cell text, rate numeric)
LANGUAGE plpgsql STABLE STRICT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    headers CONSTANT text[] := ARRAY(SELECT upper(a.attname::text COLLATE "C")
                                     FROM pg_attribute AS a
                                     WHERE a.attrelid = staging AND a.attnum > 0 AND NOT a.attisdropped
                                       AND a.attname::text ~ '^ ?[A-Za-z]{3}$'
                                     ORDER BY a.attnum);
BEGIN
    IF (SELECT f.content FROM accelcost_internal.price_file_content(staging) AS f) IS NULL THEN
        RETURN QUERY
            SELECT r.row_number, r.cells->>'Date', accelcost_internal.ecb_day(r.cells->>'Date'), btrim(e.key), e.value,
                   accelcost_internal.import_number(e.value)
            FROM accelcost_internal.price_file_rows(staging, ARRAY['Date'] || headers) AS r
            CROSS JOIN LATERAL jsonb_each_text(r.cells) AS e
            WHERE e.key <> 'Date';
    ELSE
        RETURN QUERY
            SELECT dense_rank() OVER (ORDER BY day.ordinal), day.parts[1], accelcost_internal.ecb_day(day.parts[1]),
                   rate.parts[1], rate.parts[2], accelcost_internal.import_number(rate.parts[2])
            FROM unnest(accelcost_internal.price_file_texts(staging)) AS document (content)
            CROSS JOIN LATERAL regexp_matches(
                document.content, '<Cube time=[''"]([^''"]*)[''"]>((?:[[:space:]]*<Cube [^>]*>)*)', 'g')
                WITH ORDINALITY AS day (parts, ordinal)
            CROSS JOIN LATERAL regexp_matches(
                day.parts[2], '<Cube currency=[''"]([^''"]*)[''"] rate=[''"]([^''"]*)[''"]', 'g') AS rate (parts);
    END IF;
END
$$;
COMMENT ON FUNCTION accelcost_internal.ecb_rates(regclass) IS
    'returns the reference rates in a file of the European Central Bank, units of each currency for one euro';

CREATE FUNCTION accelcost_internal.read_ecb(staging regclass, currency text)
RETURNS SETOF accelcost_internal.rate_line
LANGUAGE sql STABLE STRICT PARALLEL UNSAFE
BEGIN ATOMIC
    WITH published AS MATERIALIZED (
        SELECT e.*,
               CASE WHEN e.day IS NULL THEN format('date "%s" is not valid', left(e.day_cell, 40))
                    WHEN e.rate IS NULL AND coalesce(upper(e.cell COLLATE "C"), 'N/A') NOT IN ('N/A', '-')
                    THEN format('rate "%s" is not a number', left(e.cell, 40))
                    WHEN e.rate <= 0 OR e.rate >= 1e20 THEN format('rate %s is out of range', e.rate)
                    WHEN count(*) OVER (PARTITION BY e.day, e.currency) > 1 THEN 'another row has the same day'
               END AS reason
        FROM accelcost_internal.ecb_rates(read_ecb.staging) AS e
    ),
    usable AS (
        SELECT p.* FROM published AS p WHERE p.reason IS NULL AND p.rate IS NOT NULL
    )
    SELECT u.row_number, u.currency, 'EUR', u.currency, u.rate, u.day, NULL::text
    FROM usable AS u
    UNION ALL
    -- Through the euro, with digits enough for any amount of a tco.
    SELECT u.row_number, u.currency, u.currency, t.currency,
           trim_scale(round(t.rate * 1.000000000000000000000000000000 / u.rate, 30)), u.day, NULL
    FROM usable AS u
    JOIN usable AS t ON t.day = u.day AND t.currency = read_ecb.currency
    WHERE u.currency <> read_ecb.currency
    UNION ALL
    SELECT p.row_number, p.currency, 'EUR', p.currency, p.rate, p.day, p.reason
    FROM published AS p
    WHERE p.reason IS NOT NULL;
END;
COMMENT ON FUNCTION accelcost_internal.read_ecb(regclass, text) IS
    'returns reference rates of the euro, and those between other currencies and one currency through the euro';

CREATE FUNCTION accelcost_internal.stage_rates(staging regclass, source text, currency text) RETURNS void
LANGUAGE plpgsql VOLATILE STRICT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    LOCK TABLE accelcost.fx_rate IN SHARE ROW EXCLUSIVE MODE;
    CREATE TEMPORARY TABLE accelcost_import_row ON COMMIT DROP AS
    SELECT r.* FROM accelcost_internal.read_ecb(stage_rates.staging, stage_rates.currency) AS r;
    -- A rate is valid until the next one, also over weekends. Days of the source outside the file stay.
    CREATE TEMPORARY TABLE accelcost_import ON COMMIT DROP AS
    WITH staged AS (
        SELECT r.from_currency, r.to_currency, r.rate, r.day, r.day::timestamp AT TIME ZONE 'UTC' AS since
        FROM pg_temp.accelcost_import_row AS r
        WHERE r.reason IS NULL
    ),
    span AS (
        SELECT s.from_currency, s.to_currency, min(s.since) AS first, max(s.since) AS last
        FROM staged AS s
        GROUP BY s.from_currency, s.to_currency
    ),
    stays AS (
        SELECT f.from_currency, f.to_currency, f.rate, f.as_of, lower(f.valid) AS since
        FROM accelcost.fx_rate AS f
        JOIN span AS s ON s.from_currency = f.from_currency AND s.to_currency = f.to_currency
        WHERE NOT f.builtin
          AND f.source = stage_rates.source
          AND (lower(f.valid) NOT BETWEEN s.first AND s.last OR lower(f.valid) IS NULL)
    )
    SELECT d.from_currency, d.to_currency, d.rate, d.day, coalesce(d.since, '-infinity') AS since,
           tstzrange(d.since, lead(d.since) OVER (PARTITION BY d.from_currency, d.to_currency
                                                  ORDER BY d.since NULLS FIRST)) AS valid
    FROM (SELECT s.* FROM staged AS s UNION ALL SELECT s.* FROM stays AS s) AS d;
    ANALYZE pg_temp.accelcost_import_row, pg_temp.accelcost_import;
END
$$;
COMMENT ON FUNCTION accelcost_internal.stage_rates(regclass, text, text) IS
    'reads exchange rates into temporary tables, with the time in which each is valid';

CREATE FUNCTION accelcost_internal.store_rates(
    source text, origin text,
    OUT inserted bigint, OUT unchanged bigint, OUT closed bigint, OUT changes accelcost.price_change[])
LANGUAGE plpgsql VOLATILE STRICT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    -- Rates of the source that the file states differently, or no longer has.
    CREATE TEMPORARY TABLE accelcost_import_current ON COMMIT DROP AS
    SELECT f.ctid AS location, f.from_currency, f.to_currency, f.rate, coalesce(lower(f.valid), '-infinity') AS since,
           i.rate AS new_rate, coalesce(i.rate = f.rate, false) AS is_unchanged,
           coalesce(i.rate = f.rate AND i.valid = f.valid, false) AS stays
    FROM accelcost.fx_rate AS f
    LEFT JOIN pg_temp.accelcost_import AS i
        ON i.from_currency = f.from_currency
           AND i.to_currency = f.to_currency
           AND i.since = coalesce(lower(f.valid), '-infinity')
    WHERE NOT f.builtin
      AND f.source = store_rates.source
      AND EXISTS (SELECT FROM pg_temp.accelcost_import AS pair
                  WHERE pair.from_currency = f.from_currency AND pair.to_currency = f.to_currency);
    ANALYZE pg_temp.accelcost_import_current;
    changes := ARRAY(
        SELECT ROW(NULL, c.from_currency || ' to ' || c.to_currency, (c.since AT TIME ZONE 'UTC')::date::text,
                   c.rate, c.new_rate, c.to_currency, NULL)::accelcost.price_change
        FROM pg_temp.accelcost_import_current AS c
        WHERE NOT c.is_unchanged
        ORDER BY c.since, c.from_currency, c.to_currency);
    closed := cardinality(changes);
    unchanged := (SELECT count(*)
                  FROM pg_temp.accelcost_import_current AS c
                  JOIN pg_temp.accelcost_import_row AS r
                      ON r.reason IS NULL
                         AND r.from_currency = c.from_currency
                         AND r.to_currency = c.to_currency
                         AND r.day::timestamp AT TIME ZONE 'UTC' = c.since
                  WHERE c.is_unchanged);
    inserted := (SELECT count(*) FROM pg_temp.accelcost_import_row AS r WHERE r.reason IS NULL) - unchanged;
    DELETE FROM accelcost.fx_rate AS f
    USING pg_temp.accelcost_import_current AS c
    WHERE f.ctid = c.location AND NOT c.stays;
    INSERT INTO accelcost.fx_rate (from_currency, to_currency, rate, valid, source, origin, as_of)
    SELECT i.from_currency, i.to_currency, i.rate, i.valid, store_rates.source, store_rates.origin, i.day
    FROM pg_temp.accelcost_import AS i
    WHERE NOT EXISTS (SELECT FROM pg_temp.accelcost_import_current AS c
                      WHERE c.stays
                        AND c.from_currency = i.from_currency
                        AND c.to_currency = i.to_currency
                        AND c.since = i.since);
END
$$;
COMMENT ON FUNCTION accelcost_internal.store_rates(text, text) IS
    'stores staged exchange rates in place of those of the source that differ, and returns what changed';
