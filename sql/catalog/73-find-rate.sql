-- Look up electricity prices and exchange rates.

CREATE FUNCTION accelcost.electricity_at(
    location text, sector text DEFAULT 'industrial', at timestamptz DEFAULT now(),
    OUT price_per_kwh numeric, OUT currency text, OUT source text, OUT origin text, OUT as_of date, OUT age_days integer, OUT note text)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT e.price_per_kwh, e.currency, e.source, e.origin, e.as_of, (electricity_at.at AT TIME ZONE 'UTC')::date - e.as_of, e.note
    FROM accelcost.electricity_price AS e
    WHERE e.location = electricity_at.location
      AND e.sector = accelcost_internal.check_word(electricity_at.sector, '{commercial,industrial,business,non_household,household}'::text[], 'sector')
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
    FROM (SELECT 1::numeric AS rate, false AS inverted, 0 AS priority, NULL::text AS source, NULL::date AS as_of, NULL::text AS origin, NULL::timestamptz AS since
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
    WHERE found.priority = 0 OR accelcost_internal.origin_rank(found.origin) IS NOT NULL
    ORDER BY found.priority, accelcost_internal.origin_rank(found.origin), found.as_of DESC NULLS LAST, found.since DESC NULLS LAST, found.source COLLATE "C"
    LIMIT 1;
END;
COMMENT ON FUNCTION accelcost.fx_at(text, text, timestamptz) IS
    'units of to_currency for one of from_currency at a time, with source, date and age in days: 1 for the same currency, the rate, or 1 / the rate the other way (inverted); one row, NULL where none was known then; for exchange(tco, currency, rate)';
