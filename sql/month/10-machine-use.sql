-- Use of machines as showback reads it: what the hours and energy cost, who held the accelerators, and what was done.

CREATE TYPE accelcost_internal.machine_use AS (
    month date, pool text, workload text, team text, model text, feature text,
    is_machine boolean, gpu_hours numeric, gpu_hours_unknown boolean, cost numeric, reason text,
    usage_rows bigint, requests numeric, requests_unknown boolean,
    input_tokens numeric, cached_tokens numeric, cached_unknown boolean, output_tokens numeric,
    tokens numeric, tokens_unknown boolean,
    prefill_seconds numeric, decode_seconds numeric, seconds_unknown boolean, rate_date date
);
COMMENT ON TYPE accelcost_internal.machine_use IS
    'records of machines and of what runs on them, summed by pool, workload, team, model, feature and price';
COMMENT ON COLUMN accelcost_internal.machine_use.is_machine IS
    'true if the records have hours or energy that are paid; false for pods and logs of a machine in other records';
COMMENT ON COLUMN accelcost_internal.machine_use.gpu_hours IS 'accelerators times hours';
COMMENT ON COLUMN accelcost_internal.machine_use.gpu_hours_unknown IS 'true if their number of accelerators is unknown';
COMMENT ON COLUMN accelcost_internal.machine_use.cost IS 'cost of the hours and energy; NULL if unknown';
COMMENT ON COLUMN accelcost_internal.machine_use.reason IS 'why the cost is unknown';
COMMENT ON COLUMN accelcost_internal.machine_use.requests_unknown IS
    'true if a record has tokens and no number of requests';
COMMENT ON COLUMN accelcost_internal.machine_use.input_tokens IS
    'input tokens that were computed: all but those read from a cache';
COMMENT ON COLUMN accelcost_internal.machine_use.cached_unknown IS
    'true if a record does not know how many tokens it read from a cache';
COMMENT ON COLUMN accelcost_internal.machine_use.tokens_unknown IS
    'true if a record does not know its other tokens';
COMMENT ON COLUMN accelcost_internal.machine_use.seconds_unknown IS
    'true if a record has tokens, but not the seconds of prefill and decode';

-- Records are summed by the key of their prices first, so that a price is joined to few rows.
CREATE FUNCTION accelcost_internal.machine_uses(
    source regclass, currency text, first_month date, last_month date, rate_at timestamptz, pool text, in_pools boolean)
RETURNS SETOF accelcost_internal.machine_use
LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
-- A timestamp without time zone is taken as UTC.
SET timezone = 'UTC'
-- Compiling the expressions costs more than it saves.
SET jit = off
-- There are far fewer groups than the planner can know.
SET enable_sort = off
SET enable_nestloop = off
SET hash_mem_multiplier = 64
AS $$
DECLARE
    months    CONSTANT record := accelcost_internal.check_months(first_month, last_month);
    condition CONSTANT text := CASE
        WHEN pool IS NOT NULL THEN '{pool} = $10'
        WHEN in_pools THEN '{pool} IS NOT NULL'
        ELSE '({pool} IS NOT NULL OR {sku} IS NOT NULL OR {accelerator} IS NOT NULL'
             ' OR {energy_kwh} <> 0 OR {instance_hours} <> 0)' END;
    -- Of a part of its rows, a pool has no cost.
    hidden    CONSTANT text := 'row security may hide rows of "'
        || accelcost_internal.relation_with_hidden_rows(source) || '": the month''s total is unknown';
    query     text;
BEGIN
    query := $sql$
WITH used AS (
{reading}
), added AS (
    SELECT key, pool, shown_feature AS feature,
           {records} AS usage_rows, sum(instance_hours) AS instance_hours, sum(energy_kwh) AS energy_kwh,
           sum(requests) AS requests, sum(uncached_input_tokens) AS uncached_input_tokens,
           sum(cache_read_tokens) AS cache_read_tokens, sum(cache_write_5m_tokens) AS cache_write_5m_tokens,
           sum(cache_write_1h_tokens) AS cache_write_1h_tokens, sum(output_tokens) AS output_tokens,
           sum(prefill_seconds) AS prefill_seconds, sum(decode_seconds) AS decode_seconds,
           bool_or(requests IS NULL AND has_tokens) AS requests_unknown,
           bool_or(cache_read_tokens IS NULL) AS cached_unknown,
           bool_or(num_nulls(uncached_input_tokens, cache_write_5m_tokens, cache_write_1h_tokens, output_tokens) > 0)
               AS tokens_unknown,
           bool_or(num_nulls(prefill_seconds, decode_seconds) > 0 AND has_tokens) AS seconds_unknown
    FROM (SELECT *, (uncached_input_tokens <> 0 OR cache_read_tokens <> 0 OR cache_write_5m_tokens <> 0
                     OR cache_write_1h_tokens <> 0 OR output_tokens <> 0) IS TRUE AS has_tokens,
                 CASE WHEN $12 THEN feature END AS shown_feature
          FROM used) AS u
    GROUP BY key, pool, shown_feature
), priced AS MATERIALIZED (
    SELECT (p.g).key, (p.g).month, (p.g).workload, (p.g).team, (p.g).model, (p.g).by_hours, (p.g).uses_hours,
           (p.g).uses_energy, (p.g).is_later, (p.g).share_from, (p.g).share_to, (p.g).span_seconds,
           p.accelerator, p.gpu_count, p.compute_reason, p.energy_reason, p.rate_date,
           (p.prices).session_price, (p.prices).hour_price, (p.prices).kwh_price
    FROM accelcost_internal.usage_priced($5, $6, $7, $8, $9) AS p
)
SELECT p.month, a.pool, p.workload, p.team, p.model, a.feature,
       m.has_hours OR p.uses_energy,
       -- Hosts without accelerators are no GPU hours in a pool that has accelerators.
       CASE WHEN p.by_hours AND p.accelerator IS NULL
                 AND bool_or(m.has_hours AND p.accelerator IS NOT NULL) OVER (PARTITION BY p.month, a.pool)
            THEN 0.0 ELSE h.gpu_hours END,
       h.hours <> 0 AND h.gpu_hours IS NULL,
       CASE WHEN c.reason IS NULL AND (m.has_hours OR p.uses_energy)
            THEN coalesce(c.compute, 0.0) + coalesce(c.energy, 0.0) END,
       c.reason, a.usage_rows,
       {once a.requests}, {once a.requests_unknown},
       {once coalesce(a.uncached_input_tokens, 0.0) + coalesce(a.cache_write_5m_tokens, 0.0)
             + coalesce(a.cache_write_1h_tokens, 0.0)},
       {once a.cache_read_tokens}, {once a.cached_unknown}, {once a.output_tokens},
       {once coalesce(a.uncached_input_tokens, 0.0) + coalesce(a.cache_read_tokens, 0.0)
             + coalesce(a.cache_write_5m_tokens, 0.0) + coalesce(a.cache_write_1h_tokens, 0.0)
             + coalesce(a.output_tokens, 0.0)},
       {once a.tokens_unknown}, {once a.prefill_seconds}, {once a.decode_seconds}, {once a.seconds_unknown},
       p.rate_date
FROM added AS a
JOIN priced AS p ON p.key = a.key
-- Hours without a machine are those of a pod on machines of the pool if a team holds them.
CROSS JOIN LATERAL (SELECT p.uses_hours AND (p.by_hours OR p.team IS NULL) AS has_hours) AS m
CROSS JOIN LATERAL (
    SELECT s.hours, CASE WHEN s.hours <> 0 THEN s.hours * p.gpu_count END AS gpu_hours
    FROM (SELECT CASE WHEN p.by_hours AND NOT p.uses_hours THEN 0.0
                      WHEN p.span_seconds IS NULL THEN a.instance_hours
                      ELSE accelcost_internal.shown_hours(a.instance_hours, p.share_from, p.share_to,
                                                          p.span_seconds) END AS hours) AS s) AS h
CROSS JOIN LATERAL (
    SELECT CASE WHEN m.has_hours AND p.compute_reason IS NULL
                THEN coalesce(p.session_price * a.usage_rows,
                              a.instance_hours * p.hour_price,
                              CASE WHEN a.instance_hours = 0 THEN 0.0 END) END AS compute,
           CASE WHEN p.uses_energy AND p.energy_reason IS NULL
                THEN coalesce(a.energy_kwh * p.kwh_price,
                              CASE WHEN a.energy_kwh = 0 THEN 0.0 END) END AS energy) AS k
CROSS JOIN LATERAL (
    SELECT k.compute, k.energy,
           CASE WHEN $11 IS NOT NULL AND (m.has_hours OR p.uses_energy) THEN $11
                WHEN m.has_hours AND p.compute_reason IS NOT NULL THEN p.compute_reason
                WHEN p.uses_energy AND p.energy_reason IS NOT NULL THEN p.energy_reason
                -- If the amounts of a group cancel out, the group needs no rate, but its parts do.
                WHEN (m.has_hours AND k.compute IS NULL) OR (p.uses_energy AND k.energy IS NULL)
                THEN format('no exchange rate to %s on %s', $6, to_char(p.rate_date, 'YYYY-MM-DD')) END AS reason) AS c
$sql$;
    query := replace(query, '{records}', accelcost_internal.record_count(source));
    query := replace(query, '{reading}',
                     accelcost_internal.usage_reading(source, months.starts, months.ends, condition));
    -- In months after its first, a record has hours only.
    query := regexp_replace(query, '[{]once ([^}]+)[}]', E'CASE WHEN NOT p.is_later THEN \\1 END', 'g');
    RETURN QUERY EXECUTE query
        USING months.starts, months.ends,
              accelcost_internal.price_limits(months.starts, months.ends, accelcost_internal.request_sizes(),
                                              accelcost_internal.price_windows()),
              accelcost_internal.daily_meters(), source, currency, first_month, last_month, rate_at, pool, hidden,
              in_pools;
END
$$;
COMMENT ON FUNCTION accelcost_internal.machine_uses(
    regclass, text, date, date, timestamptz, text, boolean) IS
    'returns use of machines in a pool, in all pools by feature, or anywhere, with the cost of hours and energy';
