-- Look up electricity prices and exchange rates.

CREATE FUNCTION accelcost.electricity_at(
    location text, sector text DEFAULT 'industrial', at timestamptz DEFAULT now(),
    OUT price_per_kwh numeric, OUT currency text, OUT source text, OUT origin text,
    OUT as_of date, OUT age_days integer, OUT note text)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT e.price_per_kwh, e.currency, e.source, e.origin,
           e.as_of, (electricity_at.at AT TIME ZONE 'UTC')::date - e.as_of, e.note
    FROM accelcost.electricity_price AS e
    WHERE e.location = electricity_at.location
      AND e.sector = accelcost_internal.check_word(
                         electricity_at.sector, '{commercial,industrial,business,non_household,household}', 'sector')
      AND e.valid @> electricity_at.at
      AND accelcost_internal.origin_rank(e.origin) IS NOT NULL
    ORDER BY accelcost_internal.precedence(e.origin, NULL, 0, e.builtin, e.as_of, lower(e.valid), e.source)
    LIMIT 1;
END;
COMMENT ON FUNCTION accelcost.electricity_at(text, text, timestamptz) IS
    'returns the price of a kWh at a location and time, with its source; NULL if unknown';

CREATE FUNCTION accelcost.fx_at(
    from_currency text, to_currency text, at timestamptz DEFAULT now(),
    OUT rate numeric, OUT inverted boolean, OUT source text, OUT as_of date, OUT age_days integer)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    WITH known AS (
        SELECT f.rate, false AS inverted, f.source, f.as_of,
               accelcost_internal.precedence(f.origin, NULL, 0, f.builtin, f.as_of, lower(f.valid), f.source)
                   AS precedence
        FROM accelcost.fx_rate AS f
        WHERE f.from_currency = fx_at.from_currency
          AND f.to_currency = fx_at.to_currency
          AND f.valid @> fx_at.at
          AND accelcost_internal.origin_rank(f.origin) IS NOT NULL
        UNION ALL
        -- With 40 digits more, the quotient is exact enough for any amount of a tco.
        SELECT trim_scale(1.0000000000000000000000000000000000000000 / f.rate), true, f.source, f.as_of,
               accelcost_internal.precedence(f.origin, NULL, 0, f.builtin, f.as_of, lower(f.valid), f.source)
        FROM accelcost.fx_rate AS f
        WHERE f.from_currency = fx_at.to_currency
          AND f.to_currency = fx_at.from_currency
          AND f.valid @> fx_at.at
          AND accelcost_internal.origin_rank(f.origin) IS NOT NULL
        UNION ALL
        -- Neither a rate nor inverted: before both.
        SELECT 1, NULL, NULL, NULL, NULL
        WHERE fx_at.from_currency = fx_at.to_currency
    )
    SELECT k.rate, coalesce(k.inverted, false), k.source, k.as_of,
           (fx_at.at AT TIME ZONE 'UTC')::date - k.as_of
    FROM known AS k
    ORDER BY k.inverted NULLS FIRST, k.precedence
    LIMIT 1;
END;
COMMENT ON FUNCTION accelcost.fx_at(text, text, timestamptz) IS
    'returns the units of to_currency for one of from_currency at a time, with the source; NULL if unknown';
