-- Prices that a report's cost rests on and that were old at the end of the month.

-- Longer than 80 lines: a lookup for each kind of price, as usage_priced takes them.
CREATE FUNCTION accelcost_internal.old_prices(
    month date, currency text, source regclass, rate_at timestamptz)
RETURNS text[]
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
SET jit = off
SET enable_nestloop = off
BEGIN ATOMIC
    WITH used AS MATERIALIZED (
        SELECT u.*
        FROM accelcost_internal.usage_priced(
                 old_prices.source, old_prices.currency, old_prices.month, old_prices.month, old_prices.rate_at) AS u
    ), hours AS (
        SELECT coalesce((k.g).sku, (k.g).accelerator) AS name, (k.g).provider AS provider, (k.p).currency AS currency,
               (k.p).as_of AS as_of
        FROM (SELECT h.g, accelcost_internal.group_hour_price(h.g, (h.g).at, NULL) AS p
              FROM (SELECT DISTINCT ON (accelcost_internal.hour_key(u.g, (u.g).at)) u.g
                    FROM used AS u
                    WHERE u.compute <> 0.0 AND (u.g).uses_hours) AS h) AS k
    ), tokens AS (
        SELECT (t.g).model AS name, (t.g).provider AS provider, p.currency, p.as_of
        FROM (SELECT DISTINCT ON (accelcost_internal.token_key(u.g, (u.g).at)) u.g
              FROM used AS u
              WHERE u.compute <> 0.0 AND (u.g).uses_tokens) AS t
        CROSS JOIN LATERAL accelcost_internal.group_token_price(t.g, (t.g).at) AS p
    ), energy AS (
        SELECT e.region AS name, p.currency, p.as_of
        FROM (SELECT DISTINCT (u.g).region, (u.g).at FROM used AS u WHERE u.energy <> 0.0) AS e
        CROSS JOIN LATERAL accelcost_internal.find_energy_price(e.region, e.at) AS p
    ), meter AS (
        SELECT concat_ws(' ', (t.found).meter, nullif(nullif((t.found).kind, '*'), 'internet'),
                         nullif((t.found).service, '*')) AS name,
               (t.found).provider AS provider, (t.found).currency AS currency, (t.found).as_of AS as_of
        FROM (SELECT DISTINCT ON (m.meter, m.kind, m.service, m.from_region, m.to_region, m.provider, m.payer, m.at)
                     m AS usage, m.at
              FROM used AS u
              CROSS JOIN LATERAL accelcost_internal.group_meters(u.g, NULL) AS m
              WHERE CASE m.meter WHEN 'egress' THEN u.egress WHEN 'storage' THEN u.storage ELSE u.metered END <> 0.0)
              AS k
        CROSS JOIN LATERAL accelcost_internal.find_meter_tariff(k.usage, k.at) AS t
    ), price AS (
        SELECT 1 AS kind, format('price of %s at %s', h.name, h.provider) AS name, h.currency, h.as_of FROM hours AS h
        UNION ALL
        SELECT 2, format('price of %s at %s', t.name, t.provider), t.currency, t.as_of FROM tokens AS t
        UNION ALL
        SELECT 3, format('price of electricity in %s', e.name), e.currency, e.as_of FROM energy AS e
        UNION ALL
        SELECT 4, format('%s tariff of %s', m.name, m.provider), m.currency, m.as_of FROM meter AS m
    ), dated AS (
        SELECT p.kind, p.name, p.as_of,
               accelcost_internal.is_old(p.as_of, (@extschema@.next_month(old_prices.month) - 1)::timestamp
                                                      AT TIME ZONE 'UTC', '180 days') AS is_old
        FROM price AS p
        UNION ALL
        SELECT 5, format('exchange rate from %s to %s', c.currency, old_prices.currency), x.as_of, x.is_old
        FROM (SELECT DISTINCT p.currency FROM price AS p) AS c
        CROSS JOIN LATERAL accelcost.fx_at(c.currency, old_prices.currency,
                                           accelcost_internal.rate_time(old_prices.month, old_prices.rate_at),
                                           '180 days') AS x
    )
    SELECT array_agg(format('%s is older than 180 days: %s', left(o.name, 100), to_char(o.as_of, 'YYYY-MM-DD'))
                     ORDER BY o.kind, o.name)
    FROM (SELECT d.kind, d.name, min(d.as_of) AS as_of FROM dated AS d WHERE d.is_old GROUP BY d.kind, d.name) AS o;
END;
COMMENT ON FUNCTION accelcost_internal.old_prices(date, text, regclass, timestamptz) IS
    'returns the prices, tariffs and exchange rates of a month''s cost that were older than 180 days at its end';
