-- The cost of each record: groups are priced once, and records joined to the prices of their group.

CREATE TYPE accelcost_internal.record_cost AS (
    record_source text, record_id text, period_start timestamptz, month date, provider text, payer text,
    sub_account text,
    region text, sku text, accelerator text, pool text, workload text, model text, team text, feature text,
    user_id text,
    requests bigint, uncached_input_tokens bigint, cache_read_tokens bigint, cache_write_5m_tokens bigint,
    cache_write_1h_tokens bigint, output_tokens bigint, tokens numeric, instance_hours numeric, energy_kwh numeric,
    transfer_quantity numeric, storage_quantity numeric, extra jsonb,
    compute numeric, energy numeric, egress numeric, storage numeric, reason text,
    price_source text, price_origin text, price_as_of date, rate_date date
);
COMMENT ON TYPE accelcost_internal.record_cost IS
    'a usage record with its cost by component: NULL if a component is not used or has no known price';

CREATE FUNCTION accelcost_internal.metered_weight(quantity numeric, unit text, unit_bytes numeric, month date)
    RETURNS numeric
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    -- Like metered_quantity without the division, which is equal for all records of a line.
    RETURN CASE WHEN unit IS NULL THEN quantity * coalesce(unit_bytes, 1.0)
                ELSE quantity * @extschema@.unit_bytes(split_part(unit, '-', 1)) END
           * CASE WHEN unit LIKE '%-hour' THEN 1 ELSE @extschema@.month_hours(month) END;
COMMENT ON FUNCTION accelcost_internal.metered_weight(numeric, text, numeric, date) IS
    'returns what a record has of a line, in byte hours of the month';

CREATE FUNCTION accelcost_internal.record_costs(
    source regclass, currency text, first_month date, last_month date, rate_at timestamptz)
RETURNS SETOF accelcost_internal.record_cost
LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
-- A timestamp without time zone is taken as UTC.
SET timezone = 'UTC'
-- Compiling the expressions costs more than it saves.
SET jit = off
SET enable_nestloop = off
SET hash_mem_multiplier = 8
AS $$
DECLARE
    months  CONSTANT record := accelcost_internal.check_months(first_month, last_month);
    windows CONSTANT bigint[] := accelcost_internal.price_windows();
    query   text;
BEGIN
    -- Each record has the key of one of the groups, so that a hash that one group alone has is as good as the key.
    query := $sql$
WITH priced AS MATERIALIZED (
    SELECT g.*, count(*) OVER (PARTITION BY g.hash) = 1 AS is_unique
    FROM (SELECT hash_record_extended(p.key, 0) AS hash, p.*, (p.prices).*
          FROM accelcost_internal.usage_priced($7, $8, $9, $10, $11) AS p) AS g
), metered AS MATERIALIZED (
    -- Order by the record's key, so that the same records always get the same shares.
    SELECT row_number() OVER (ORDER BY u.record_source COLLATE "C", u.record_id COLLATE "C", u.period_start,
                                       u.transfer_quantity, u.storage_quantity) AS n,
           {record}, {costs}, {prices},
           CASE WHEN u.transfer_quantity <> 0 THEN p.egress_line END AS egress_line, p.egress_line_cost,
                p.egress_digits,
           CASE WHEN p.egress_line IS NOT NULL
                THEN accelcost_internal.metered_weight(u.transfer_quantity, u.transfer_unit, p.egress_unit_bytes,
                                                       u.month) END
               AS egress_weight,
           u.transfer_quantity <> 0 AND p.egress_reason IS NULL AS has_egress,
           CASE WHEN u.storage_quantity <> 0 THEN p.storage_line END AS storage_line, p.storage_line_cost,
                p.storage_digits,
           CASE WHEN p.storage_line IS NOT NULL
                THEN accelcost_internal.metered_weight(u.storage_quantity, u.storage_unit, p.storage_unit_bytes,
                                                       u.month) END
               AS storage_weight,
           u.storage_quantity <> 0 AND p.storage_reason IS NULL AS has_storage
    FROM ({metered}) AS u
    JOIN priced AS p ON p.hash = hash_record_extended({key}, 0) AND (p.is_unique OR p.key = {key})
), line AS (
    SELECT 'egress' AS meter, m.egress_line_cost AS cost, m.egress_digits AS digits,
           array_agg(m.n ORDER BY m.n) AS records, array_agg(m.egress_weight ORDER BY m.n) AS weights
    FROM metered AS m WHERE m.egress_line IS NOT NULL
    GROUP BY m.egress_line, m.egress_line_cost, m.egress_digits
    UNION ALL
    SELECT 'storage', m.storage_line_cost, m.storage_digits,
           array_agg(m.n ORDER BY m.n), array_agg(m.storage_weight ORDER BY m.n)
    FROM metered AS m WHERE m.storage_line IS NOT NULL
    GROUP BY m.storage_line, m.storage_line_cost, m.storage_digits
), share AS MATERIALIZED (
    SELECT l.meter, s.n, s.cost
    FROM line AS l
    CROSS JOIN LATERAL unnest(l.records, accelcost_internal.share_out(l.cost, l.weights, l.digits)) AS s (n, cost)
)
SELECT {record}, {costs}, NULL::numeric, NULL::numeric, {prices}
FROM ({unmetered}) AS u
JOIN priced AS p ON p.hash = hash_record_extended({key}, 0) AND (p.is_unique OR p.key = {key})
UNION ALL
-- Records of a line share its bill; transfer without a line has a free tariff.
SELECT {record of m}, m.compute, m.energy,
       CASE WHEN m.has_egress THEN coalesce(e.cost, 0.0) END, CASE WHEN m.has_storage THEN coalesce(s.cost, 0.0) END,
       m.reason, m.price_source, m.price_origin, m.price_as_of, m.rate_date
FROM metered AS m
LEFT JOIN share AS e ON e.n = m.n AND e.meter = 'egress'
LEFT JOIN share AS s ON s.n = m.n AND s.meter = 'storage'
$sql$;
    query := replace(query, '{record of m}', $sql$m.record_source, m.record_id, m.period_start, m.month, m.provider,
                     m.payer, m.sub_account,
       m.region, m.sku, m.accelerator, m.pool, m.workload, m.model, m.team, m.feature, m.user_id,
       m.requests, m.uncached_input_tokens, m.cache_read_tokens, m.cache_write_5m_tokens, m.cache_write_1h_tokens,
       m.output_tokens, m.tokens, m.instance_hours, m.energy_kwh, m.transfer_quantity, m.storage_quantity,
       m.extra$sql$);
    query := replace(query, '{record}', $sql$u.record_source, u.record_id, u.period_start, p.month, p.provider, u.payer,
                     u.sub_account,
       u.region, u.sku, p.accelerator, u.pool, p.workload, p.model, u.team, u.feature, u.user_id,
       u.requests, u.uncached_input_tokens, u.cache_read_tokens, u.cache_write_5m_tokens, u.cache_write_1h_tokens,
       u.output_tokens,
       coalesce(u.uncached_input_tokens::numeric, 0.0) + coalesce(u.cache_read_tokens, 0)
           + coalesce(u.cache_write_5m_tokens, 0) + coalesce(u.cache_write_1h_tokens, 0) + coalesce(u.output_tokens, 0)
           AS tokens,
       u.instance_hours, u.energy_kwh, u.transfer_quantity, u.storage_quantity, u.extra$sql$);
    query := replace(query, '{costs}', $sql${compute} AS compute,
       CASE WHEN p.energy_reason IS NULL THEN u.energy_kwh * p.kwh_price END AS energy$sql$);
    query := replace(query, '{prices}', $sql$CASE
           WHEN p.reason IS NOT NULL THEN p.reason
           -- If the amounts of a group cancel out, the group needs no rate, but its records do.
           WHEN p.lacks_rate AND {compute} IS NULL
           THEN format('no exchange rate to %s on %s', $8, p.rate_date) END AS reason,
       p.price_source, p.price_origin, p.price_as_of, p.rate_date$sql$);
    query := replace(query, '{compute}', $sql$CASE
           WHEN p.compute_reason IS NOT NULL THEN NULL
           WHEN p.has_tokens_only THEN 0.0
           WHEN p.uses_hours THEN coalesce(p.session_price, u.instance_hours * p.hour_price)
           WHEN p.uses_tokens
           THEN CASE WHEN u.uncached_input_tokens <> 0 THEN u.uncached_input_tokens * p.input_price ELSE 0.0 END
                + CASE WHEN u.cache_read_tokens <> 0 THEN u.cache_read_tokens * p.cache_read_price ELSE 0.0 END
                + CASE WHEN u.cache_write_5m_tokens <> 0 THEN u.cache_write_5m_tokens * p.cache_write_5m_price
                       ELSE 0.0 END
                + CASE WHEN u.cache_write_1h_tokens <> 0 THEN u.cache_write_1h_tokens * p.cache_write_1h_price
                       ELSE 0.0 END
                + CASE WHEN u.output_tokens <> 0 THEN u.output_tokens * p.output_price ELSE 0.0 END END$sql$);
    query := replace(query, '{key}',
        'ROW(u.month, u.class, u.provider, u.payer, u.region, u.sku, u.accelerator, '
        'u.workload, u.model, u.team, u.rare)'
        '::accelcost_internal.usage_key');
    query := replace(query, '{metered}', accelcost_internal.usage_reading(source, months.starts, months.ends,
        '({transfer_quantity} <> 0 OR {storage_quantity} <> 0)'));
    query := replace(query, '{unmetered}', accelcost_internal.usage_reading(source, months.starts, months.ends,
        '({transfer_quantity} <> 0 OR {storage_quantity} <> 0) IS NOT TRUE'));
    RETURN QUERY EXECUTE query
        USING months.starts, months.ends, accelcost_internal.price_eras(months.starts, months.ends),
              accelcost_internal.request_sizes(), windows, accelcost_internal.window_providers(),
              source, currency, first_month, last_month, rate_at;
END
$$;
COMMENT ON FUNCTION accelcost_internal.record_costs(regclass, text, date, date, timestamptz) IS
    'returns usage records with their cost by component at the prices of their groups';

CREATE FUNCTION accelcost.usage_cost(
    source regclass DEFAULT 'accelcost.usage', currency text DEFAULT 'USD', first_month date DEFAULT NULL,
    last_month date DEFAULT NULL, rate_at timestamptz DEFAULT NULL)
RETURNS TABLE (
    record_source text, record_id text, period_start timestamptz, month date, provider text, payer text, region text,
    sku text,
    accelerator text, workload text, model text, team text, cost @extschema@.tco, is_complete boolean, reason text,
    tokens numeric, instance_hours numeric, price_source text, price_origin text, price_as_of date, rate_date date,
    feature text, user_id text, sub_account text, pool text, requests bigint, uncached_input_tokens bigint,
    cache_read_tokens bigint, cache_write_5m_tokens bigint, cache_write_1h_tokens bigint, output_tokens bigint,
    extra jsonb)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
BEGIN ATOMIC
    SELECT r.record_source, r.record_id, r.period_start, r.month, r.provider, r.payer, r.region, r.sku,
           r.accelerator, r.workload, r.model, r.team,
           CASE WHEN r.reason IS NULL OR num_nonnulls(r.compute, r.energy, r.egress, r.storage) > 0
                THEN @extschema@.make_tco(compute => coalesce(r.compute, 0.0), energy => coalesce(r.energy, 0.0),
                                          egress => coalesce(r.egress, 0.0), storage => coalesce(r.storage, 0.0),
                                          currency => usage_cost.currency) END,
           r.reason IS NULL, r.reason, r.tokens, r.instance_hours, r.price_source, r.price_origin, r.price_as_of,
           r.rate_date,
           r.feature, r.user_id, r.sub_account, r.pool, r.requests, r.uncached_input_tokens,
           r.cache_read_tokens, r.cache_write_5m_tokens, r.cache_write_1h_tokens, r.output_tokens, r.extra
    FROM accelcost_internal.record_costs(usage_cost.source, accelcost_internal.check_currency(usage_cost.currency),
                                         usage_cost.first_month, usage_cost.last_month, usage_cost.rate_at) AS r;
END;
COMMENT ON FUNCTION accelcost.usage_cost(regclass, text, date, date, timestamptz) IS
    'returns usage records with their cost and, if it is incomplete, the reason';
