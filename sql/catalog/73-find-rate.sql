-- Look up electricity prices and exchange rates.

CREATE FUNCTION accelcost_internal.electricity_reason(location text, sector text, at timestamptz) RETURNS text
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    WITH counted AS (
        SELECT coalesce(bool_or(e.location = electricity_reason.location), false) AS has_location,
               array_agg(DISTINCT e.location) AS locations,
               string_agg(DISTINCT e.sector, ', ') FILTER (WHERE e.location = electricity_reason.location) AS sectors,
               bool_or(e.location = electricity_reason.location
                       AND e.sector = electricity_reason.sector) AS has_sector,
               min(lower(e.valid)) FILTER (WHERE e.location = electricity_reason.location
                                             AND e.sector = electricity_reason.sector) AS since
        FROM accelcost.electricity_price AS e
        WHERE accelcost_internal.origin_rank(e.origin) IS NOT NULL
    )
    SELECT CASE
        WHEN electricity_reason.location IS NULL THEN 'location is unknown'
        WHEN NOT c.has_location
        THEN accelcost_internal.with_nearest(
                 format('no electricity price at location "%s"', left(electricity_reason.location, 200)),
                 c.locations, electricity_reason.location)
        WHEN NOT c.has_sector
        THEN format('no %s price of electricity at location "%s"; known are %s', electricity_reason.sector,
                    electricity_reason.location, c.sectors)
        WHEN c.since > electricity_reason.at
        THEN format('no electricity price before %s', to_char(c.since AT TIME ZONE 'UTC', 'YYYY-MM-DD'))
        ELSE 'no electricity price at that time' END
    FROM counted AS c;
END;
COMMENT ON FUNCTION accelcost_internal.electricity_reason(text, text, timestamptz) IS
    'returns why electricity_at finds no price, with the nearest locations or the known sectors';

CREATE FUNCTION accelcost.electricity_at(
    location text, sector text DEFAULT 'industrial', at timestamptz DEFAULT now(),
    max_age interval DEFAULT '180 days',
    OUT price_per_kwh numeric, OUT currency text, OUT source text, OUT origin text,
    OUT as_of date, OUT age_days integer, OUT note text, OUT is_old boolean, OUT reason text)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT best.price_per_kwh, best.currency, best.source, best.origin,
           best.as_of, accelcost_internal.age_days(best.as_of, electricity_at.at), best.note,
           accelcost_internal.is_old(best.as_of, electricity_at.at, electricity_at.max_age),
           CASE WHEN best.source IS NULL
                THEN accelcost_internal.electricity_reason(
                         electricity_at.location, wanted.sector, electricity_at.at) END
    FROM (SELECT accelcost_internal.check_word(
                     electricity_at.sector, '{commercial,industrial,business,non_household,household}', 'sector')
                     AS sector) AS wanted
    LEFT JOIN LATERAL (
        SELECT e.*
        FROM accelcost.electricity_price AS e
        WHERE e.location = electricity_at.location
          AND e.sector = wanted.sector
          AND e.valid @> electricity_at.at
          AND accelcost_internal.origin_rank(e.origin) IS NOT NULL
        ORDER BY accelcost_internal.precedence(e.origin, NULL, 0, e.builtin, e.as_of, lower(e.valid), e.source)
        LIMIT 1) AS best ON true;
END;
COMMENT ON FUNCTION accelcost.electricity_at(text, text, timestamptz, interval) IS
    'returns the price of a kWh at a location and time, with its source; NULL and a reason if unknown';

CREATE FUNCTION accelcost.fx_at(
    from_currency text, to_currency text, at timestamptz DEFAULT now(), max_age interval DEFAULT '180 days',
    OUT rate numeric, OUT inverted boolean, OUT source text, OUT as_of date, OUT age_days integer,
    OUT is_old boolean, OUT reason text)
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
    SELECT k.rate, CASE WHEN k.rate IS NOT NULL THEN coalesce(k.inverted, false) END, k.source, k.as_of,
           accelcost_internal.age_days(k.as_of, fx_at.at),
           accelcost_internal.is_old(k.as_of, fx_at.at, fx_at.max_age),
           CASE WHEN k.rate IS NULL
                THEN format('no exchange rate from %s to %s on %s', left(fx_at.from_currency, 20),
                            left(fx_at.to_currency, 20), to_char(fx_at.at AT TIME ZONE 'UTC', 'YYYY-MM-DD')) END
    FROM (SELECT) AS one
    LEFT JOIN known AS k ON true
    ORDER BY k.inverted NULLS FIRST, k.precedence
    LIMIT 1;
END;
COMMENT ON FUNCTION accelcost.fx_at(text, text, timestamptz, interval) IS
    'returns the units of to_currency for one of from_currency at a time; NULL and a reason if unknown';
