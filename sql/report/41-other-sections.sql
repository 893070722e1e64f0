-- Sections of the report that other functions give: showback, egress tiers, budgets, other offers, buy or rent.

CREATE FUNCTION accelcost_internal.showback_section(
    month date, currency text, source regclass, rate_at timestamptz)
RETURNS text
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
BEGIN ATOMIC
    SELECT concat(E'<h2>Who pays for shared machines</h2>\n', accelcost_internal.html_table(
               'Cost of each pool by who used it. Idle capacity is apart, but in the cost per million tokens',
               ARRAY['pool', 'team', 'model', 'share in %', showback_section.currency,
                     showback_section.currency || ' per million'], 3,
               string_agg(accelcost_internal.html_row(ARRAY[
                   accelcost_internal.html_label(s.pool, 30),
                   CASE WHEN s.is_idle THEN '<em>idle</em>'
                        ELSE accelcost_internal.html_label(coalesce(s.team, ''), 30) END,
                   accelcost_internal.html_label(coalesce(s.model, s.feature, ''), 30),
                   CASE WHEN s.share IS NULL THEN '' ELSE accelcost_internal.shown_number(100.0 * s.share, 1) END,
                   accelcost_internal.shown_number(s.cost, 2),
                   CASE WHEN s.cost_per_million_loaded IS NULL THEN ''
                        ELSE accelcost_internal.shown_number(s.cost_per_million_loaded, 4) END], 3),
                   '' ORDER BY s.pool, s.is_idle, s.cost DESC NULLS LAST, s.team, s.model),
               accelcost_internal.html_row(ARRAY[
                   accelcost_internal.total_name(bool_and(s.cost IS NOT NULL)), '', '', '',
                   accelcost_internal.shown_number(sum(s.cost), 2), ''], 3)))
    FROM accelcost.showback(showback_section.month, currency => showback_section.currency,
                            source => showback_section.source, rate_at => showback_section.rate_at) AS s
    HAVING count(*) > 0;
END;
COMMENT ON FUNCTION accelcost_internal.showback_section(date, text, regclass, timestamptz) IS
    'returns the table of shared machines; NULL if there are none';

CREATE FUNCTION accelcost_internal.sent_by_place(source regclass, starts timestamptz, ends timestamptz)
RETURNS TABLE (provider text, region text, unit text, quantity numeric)
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
SET timezone = 'UTC'
AS $$
DECLARE
    query text := 'SELECT {provider}, {region}, {transfer_unit}, sum({transfer_quantity}) FROM {relation} AS u '
                  'WHERE {period_start} >= $1 AND {period_start} < $2 AND {transfer_quantity} > 0 '
                  'AND {transfer_kind} = ''internet'' GROUP BY 1, 2, 3';
BEGIN
    RETURN QUERY EXECUTE accelcost_internal.usage_query(query, source) USING starts, ends;
END
$$;
COMMENT ON FUNCTION accelcost_internal.sent_by_place(regclass, timestamptz, timestamptz) IS
    'returns what a source says was sent to the internet, by provider and region';

CREATE FUNCTION accelcost_internal.tier_section(month date, source regclass) RETURNS text
    LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
BEGIN ATOMIC
    WITH rated AS (
        SELECT s.provider, s.region, t.tariff, t.unit, t.currency, q.quantity,
               row_number() OVER (ORDER BY @extschema@.tariff_cost(t.tariff, q.quantity) DESC, s.provider, s.region)
                   AS n
        FROM accelcost_internal.sent_by_place(
                 tier_section.source, tier_section.month::timestamp AT TIME ZONE 'UTC',
                 @extschema@.next_month(tier_section.month)::timestamp AT TIME ZONE 'UTC') AS s
        CROSS JOIN LATERAL accelcost.tariff_at(
            coalesce(accelcost.provider_name(s.provider), s.provider),
            at => tier_section.month::timestamp AT TIME ZONE 'UTC', from_region => s.region) AS t
        CROSS JOIN LATERAL (SELECT accelcost_internal.metered_quantity(
                                s.quantity, s.unit, t.unit, t.unit_bytes, tier_section.month) AS quantity) AS q
        WHERE accelcost.provider_name(s.provider) IS NOT NULL AND t.tariff IS NOT NULL AND q.quantity > 0.0
    )
    SELECT concat(E'<h2>Data sent, by tier</h2>\n<p>', accelcost_internal.html_text(
                      format('%s %s: %s %s to the internet in the month.', r.provider, r.region,
                             accelcost_internal.shown_number(r.quantity, 0), r.unit)), E'</p>\n',
                  accelcost_internal.tier_bars('Data sent, by tier',
                                               format('Bars as wide as the %s in the tier, and as high as its price.',
                                                      r.unit), r.tariff, r.quantity),
                  accelcost_internal.html_table(
                      'Tiers of the month', ARRAY['tier', r.unit, r.currency || ' per ' || r.unit, r.currency], 3,
                      (SELECT string_agg(accelcost_internal.html_row(ARRAY[
                                  l.tier::text, accelcost_internal.shown_number(l.quantity, 1),
                                  accelcost_internal.shown_number(l.unit_price, p.decimals),
                                  accelcost_internal.shown_number(l.amount, 2)], 3), '' ORDER BY l.tier)
                       FROM @extschema@.tariff_lines(r.tariff, r.quantity) AS l WHERE l.quantity > 0.0),
                      accelcost_internal.html_row(ARRAY[
                          'total', accelcost_internal.shown_number(r.quantity, 1), '',
                          accelcost_internal.shown_number(@extschema@.tariff_cost(r.tariff, r.quantity), 2)], 3)))
    FROM rated AS r
    -- All prices have the decimals of the one with most.
    CROSS JOIN LATERAL (SELECT max(scale(trim_scale(l.unit_price))) AS decimals
                        FROM @extschema@.tariff_lines(r.tariff, r.quantity) AS l) AS p
    WHERE r.n = 1;
END;
COMMENT ON FUNCTION accelcost_internal.tier_section(date, regclass) IS
    'returns the chart and table of the most expensive egress pool of the month; NULL if nothing was sent';
