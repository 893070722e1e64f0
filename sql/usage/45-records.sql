-- The cost of each record: groups are priced once, and records joined to the prices of their group.

-- First what each sum needs: of a stored row, only columns up to the last one that is asked for are taken apart.
CREATE TYPE accelcost_internal.record_cost AS (
    reason text, compute numeric, metered numeric, energy numeric, egress numeric, storage numeric,
    record_source text, record_id text, period_start timestamptz, month date, is_later boolean,
    requests bigint, uncached_input_tokens bigint, cache_read_tokens bigint, cache_write_5m_tokens bigint,
    cache_write_1h_tokens bigint, output_tokens bigint,
    provider text, payer text, sku text, accelerator text, workload text, model text, team text,
    instance_hours numeric, sub_account text, region text, pool text, service_tier text, feature text,
    customer text, user_id text,
    energy_kwh numeric, transfer_quantity numeric, storage_quantity numeric, meter text, quantity numeric,
    is_estimate boolean, price_source text, price_origin text, price_as_of date, rate_date date, extra jsonb
);
COMMENT ON TYPE accelcost_internal.record_cost IS
    'a usage record with its cost by component: NULL if a component is not used or has no known price';
COMMENT ON COLUMN accelcost_internal.record_cost.is_later IS
    'true in a month after that of the start: the record has hours only';

CREATE FUNCTION accelcost_internal.metered_weight(
    unit text, tariff_unit text, unit_bytes numeric, month date)
    RETURNS numeric
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    -- Like metered_quantity without the division, which is equal for all records of a line.
    RETURN CASE
        WHEN unit_bytes IS NULL
        THEN coalesce(accelcost_internal.unit_size(coalesce(unit, tariff_unit)), 1)
        WHEN unit IS NULL
        THEN unit_bytes * @extschema@.month_hours(month)
        ELSE accelcost_internal.bytes_in(accelcost_internal.data_unit(unit))
             * CASE WHEN unit LIKE '%-hour' THEN 1 ELSE @extschema@.month_hours(month) END END;
COMMENT ON FUNCTION accelcost_internal.metered_weight(text, text, numeric, date) IS
    'returns what a unit counts in a line: byte hours of the month, seconds, or 1';

CREATE FUNCTION accelcost_internal.record_tokens(
    uncached_input_tokens bigint, cache_read_tokens bigint, cache_write_5m_tokens bigint,
    cache_write_1h_tokens bigint, output_tokens bigint) RETURNS numeric
    LANGUAGE c IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_record_tokens';
COMMENT ON FUNCTION accelcost_internal.record_tokens(bigint, bigint, bigint, bigint, bigint) IS
    'returns the known tokens of a record';

CREATE FUNCTION accelcost_internal.shown_tokens(r accelcost_internal.record_cost) RETURNS numeric
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN CASE WHEN (r).is_later THEN 0.0
                ELSE accelcost_internal.record_tokens((r).uncached_input_tokens, (r).cache_read_tokens,
                                                      (r).cache_write_5m_tokens, (r).cache_write_1h_tokens,
                                                      (r).output_tokens) END;
COMMENT ON FUNCTION accelcost_internal.shown_tokens(accelcost_internal.record_cost) IS
    'returns the known tokens of a record with its cost';

CREATE FUNCTION accelcost_internal.record_tokens_cost(
    uncached_input_tokens bigint, cache_read_tokens bigint, cache_write_5m_tokens bigint,
    cache_write_1h_tokens bigint, output_tokens bigint,
    input_price numeric, cache_read_price numeric, cache_write_5m_price numeric, cache_write_1h_price numeric,
    output_price numeric) RETURNS numeric
    LANGUAGE c IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_record_tokens_cost';
COMMENT ON FUNCTION accelcost_internal.record_tokens_cost(bigint, bigint, bigint, bigint, bigint, numeric, numeric,
    numeric, numeric, numeric) IS
    'returns what the known tokens of a record cost; NULL if a price that is needed is NULL';

CREATE FUNCTION accelcost_internal.record_tco(
    compute numeric, metered numeric, energy numeric, egress numeric, storage numeric, currency text)
    RETURNS @extschema@.tco
    LANGUAGE c IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_record_tco';
COMMENT ON FUNCTION accelcost_internal.record_tco(numeric, numeric, numeric, numeric, numeric, text) IS
    'returns the cost of a record from its components, each 0 if it is NULL; metered is added to compute';

-- split_cost for text that is resolved at run time.
CREATE FUNCTION accelcost_internal.split_cost(cost numeric, weight numeric, digits integer) RETURNS numeric
    LANGUAGE c WINDOW IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_split_cost';
COMMENT ON FUNCTION accelcost_internal.split_cost(numeric, numeric, integer) IS
    'returns the row''s part of its partition''s cost, in proportion to weight; the parts add up to it exactly';

-- Longer than 80 lines: most of it is the text of one statement.
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
-- Groups and bills are few, and records many: hash the few rather than sort the many.
SET enable_mergejoin = off
SET enable_sort = off
SET hash_mem_multiplier = 8
AS $$
DECLARE
    months    CONSTANT record := accelcost_internal.check_months(first_month, last_month);
    has_sums  CONSTANT boolean := accelcost_internal.has_usage_sums(source);
    tokens    CONSTANT text := 'u.uncached_input_tokens, u.cache_read_tokens, u.cache_write_5m_tokens, '
                               'u.cache_write_1h_tokens, u.output_tokens';
    -- Records that may have a share of a bill: these are kept until all of them are known.
    has_share CONSTANT text := '({transfer_quantity} <> 0 OR {storage_quantity} <> 0 OR {meter} IS NOT NULL'
                               ' OR ({requests} <> 0'
                               ' AND {provider} = ANY ((SELECT r.names FROM requested AS r)::text[])))';
    -- Records that may have hours in later months.
    has_later CONSTANT text := '{period_end} > {period_start}'
                               ' AND {period_start} >= ''4713-01-01 00:00:00+00 BC'''
                               ' AND {values}.bill_month({period_start}) <> {values}.bill_month({period_end})'
                               ' AND EXISTS (SELECT FROM priced AS p WHERE p.is_later)';
    -- The columns of record_cost after its components: u is the record, and p its group.
    columns   CONSTANT text := 'u.record_source, u.record_id, u.period_start, p.month, p.is_later,
       u.requests, u.uncached_input_tokens, u.cache_read_tokens, u.cache_write_5m_tokens, u.cache_write_1h_tokens,
       u.output_tokens, p.provider, u.payer, u.sku, p.accelerator, p.workload, p.model, u.team,
       u.instance_hours, u.sub_account, u.region, u.pool, p.service_tier, u.feature, u.customer, u.user_id,
       u.energy_kwh, u.transfer_quantity, u.storage_quantity, u.meter, u.quantity,
       p.is_estimate, p.price_source, p.price_origin, p.price_as_of, p.rate_date, u.extra';
    -- If its hours are spread over months, a row has the hours of its month.
    record    CONSTANT text := replace(columns, 'u.instance_hours',
       $sql$CASE WHEN p.span_seconds IS NULL THEN u.instance_hours
            ELSE accelcost_internal.shown_hours(u.instance_hours, p.share_from, p.share_to, p.span_seconds) END
           AS instance_hours$sql$);
    query     text;
BEGIN
    query := $sql$
WITH priced AS MATERIALIZED (
    SELECT (p.g).n AS group_n, (p.g).key, (p.g).month, (p.g).is_later,
           (p.g).shown_provider AS provider, (p.g).workload, (p.g).model, (p.g).service_tier,
           (p.g).uses_hours, (p.g).has_tokens_only, (p.g).uses_tokens, (p.g).share_from, (p.g).share_to,
           (p.g).span_seconds, (p.g).transfer_unit, (p.g).storage_unit, (p.g).meter, (p.g).meter_unit, p.accelerator,
           p.compute_reason IS NULL AS has_compute, p.energy_reason IS NULL AS has_energy,
           p.egress_reason IS NULL AS has_egress, p.storage_reason IS NULL AS has_storage,
           p.metered IS NOT NULL AS has_metered, p.reason,
           p.is_estimate, p.price_source, p.price_origin, p.price_as_of, p.rate_date, p.lacks_rate, (p.prices).*
    FROM accelcost_internal.usage_priced($5, $6, $7, $8, $9) AS p
), requested AS MATERIALIZED (
    -- Providers that charge for requests, as the records name them.
    SELECT array_agg(DISTINCT k.provider) AS names
    FROM priced AS p
    CROSS JOIN LATERAL accelcost_internal.usage_key_parts(p.key) AS k
    WHERE p.has_metered AND p.meter IS NULL
), metered AS MATERIALIZED (
    SELECT row_number() OVER () AS n, {record}, {reason} AS reason, {compute} AS compute, {energy} AS energy,
           p.has_egress AND u.transfer_quantity <> 0 AS has_egress,
           p.has_storage AND u.storage_quantity <> 0 AS has_storage,
           p.has_metered AND (u.quantity <> 0 OR u.requests <> 0) AS has_metered,
           p.group_n
    FROM ({metered}) AS u
    JOIN priced AS p ON p.key = u.key AND NOT p.is_later
), line AS MATERIALIZED (
    SELECT p.group_n, l.meter, l.line, l.cost, l.digits,
           CASE l.meter
               WHEN 'egress'
               THEN accelcost_internal.metered_weight(p.transfer_unit, l.tariff_unit, l.unit_bytes, p.month)
               WHEN 'storage'
               THEN accelcost_internal.metered_weight(p.storage_unit, l.tariff_unit, l.unit_bytes, p.month)
               WHEN p.meter
               THEN accelcost_internal.metered_weight(p.meter_unit, l.tariff_unit, l.unit_bytes, p.month)
               ELSE 1 END AS unit_weight
    FROM priced AS p
    CROSS JOIN LATERAL unnest(p.lines) AS l
), part AS (
    SELECT l.line, m.record_id, m.record_source, m.period_start, m.transfer_quantity, m.storage_quantity, m.quantity,
           m.requests, m.n, l.meter, l.cost, l.digits,
           l.unit_weight * CASE l.meter WHEN 'egress' THEN m.transfer_quantity WHEN 'storage' THEN m.storage_quantity
                                        WHEN m.meter THEN m.quantity ELSE m.requests END AS weight
    FROM metered AS m
    JOIN line AS l ON l.group_n = m.group_n
), share AS MATERIALIZED (
    SELECT s.n, sum(s.cost) FILTER (WHERE s.meter = 'egress') AS egress,
           sum(s.cost) FILTER (WHERE s.meter = 'storage') AS storage,
           sum(s.cost) FILTER (WHERE s.meter NOT IN ('egress', 'storage')) AS metered
    FROM (SELECT p.n, p.meter, accelcost_internal.split_cost(p.cost, p.weight, p.digits) OVER by_key AS cost
          FROM part AS p
          WHERE p.weight <> 0
          -- By the record's key, so that the same records always get the same shares. Most names are unique.
          WINDOW by_key AS (PARTITION BY p.line ORDER BY p.record_id COLLATE "C", p.record_source COLLATE "C",
                                                         p.period_start, p.transfer_quantity, p.storage_quantity,
                                                         p.quantity, p.requests)) AS s
    GROUP BY s.n
)
SELECT {reason}, {compute}, NULL::numeric, {energy}, NULL::numeric, NULL::numeric, {record}
FROM ({unmetered}) AS u
JOIN priced AS p ON p.key = u.key AND NOT p.is_later
UNION ALL
SELECT {reason}, {compute}, NULL::numeric, NULL::numeric, NULL::numeric, NULL::numeric, {record in later months}
FROM ({later}) AS u
JOIN priced AS p ON p.key = u.key AND p.is_later
UNION ALL
-- Records of a line share its bill; a meter without a line has a free tariff.
SELECT m.reason, m.compute, CASE WHEN m.has_metered THEN coalesce(s.metered, 0.0) END, m.energy,
       CASE WHEN m.has_egress THEN coalesce(s.egress, 0.0) END,
       CASE WHEN m.has_storage THEN coalesce(s.storage, 0.0) END, {record of m}
FROM metered AS m
LEFT JOIN share AS s ON s.n = m.n
$sql$;
    query := replace(query, '{record of m}', regexp_replace(columns, '[up][.]', 'm.', 'g'));
    query := replace(query, '{record}', record);
    -- In months after its first, a record has hours only.
    query := replace(query, '{record in later months}',
                     regexp_replace(record, 'u[.](requests|[a-z0-9_]+_(?:tokens|quantity|kwh)|quantity)',
                                    E'CASE WHEN false THEN u.\\1 END', 'g'));
    query := replace(query, '{energy}', 'CASE WHEN p.has_energy THEN u.energy_kwh * p.kwh_price END');
    query := replace(query, '{reason}', $sql$CASE
           WHEN p.reason IS NOT NULL THEN p.reason
           WHEN p.uses_tokens AND NOT {tokens fit} THEN 'a sum of tokens is out of range'
           -- If the amounts of a group cancel out, the group needs no rate, but its records do.
           WHEN p.lacks_rate AND {compute} IS NULL
           THEN format('no exchange rate to %s on %s', $6, p.rate_date) END$sql$);
    query := replace(query, '{compute}', $sql$CASE
           WHEN NOT p.has_compute THEN NULL
           WHEN p.has_tokens_only THEN 0.0
           WHEN p.uses_hours THEN coalesce({session price}, u.instance_hours * p.hour_price)
           WHEN p.uses_tokens AND {tokens fit}
           THEN accelcost_internal.record_tokens_cost({tokens}, p.input_price, p.cache_read_price,
                                                      p.cache_write_5m_price, p.cache_write_1h_price,
                                                      p.output_price) END$sql$);
    -- A sum can have several sessions that are the same.
    query := replace(query, '{session price}',
                     CASE WHEN has_sums THEN 'p.session_price * u.usage_rows'
                          ELSE 'p.session_price' END);
    -- A sum can be more than a bigint holds, and is NULL then.
    query := replace(query, '{tokens fit}', CASE
        WHEN has_sums THEN format('(num_nonnulls(%s) = num_nonnulls(%s))', tokens,
                                  regexp_replace(tokens, 'u[.]([a-z0-9_]+)', E'u."all \\1"', 'g'))
        ELSE 'true' END);
    query := replace(query, '{tokens}', tokens);
    query := replace(query, '{metered}', accelcost_internal.usage_reading(source, months.starts, months.ends,
                                                                          has_share));
    query := replace(query, '{later}', accelcost_internal.usage_reading(source, months.starts, months.ends, has_later));
    query := replace(query, '{unmetered}', accelcost_internal.usage_reading(source, months.starts, months.ends,
                                                                            has_share || ' IS NOT TRUE'));
    RETURN QUERY EXECUTE query
        USING months.starts, months.ends,
              accelcost_internal.price_limits(months.starts, months.ends, accelcost_internal.request_sizes(),
                                              accelcost_internal.price_windows()),
              accelcost_internal.daily_meters(), source, currency, first_month, last_month, rate_at;
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
    extra jsonb, customer text, service_tier text, meter text, quantity numeric, is_estimate boolean)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
BEGIN ATOMIC
    SELECT r.record_source, r.record_id, r.period_start, r.month, r.provider, r.payer, r.region, r.sku,
           r.accelerator, r.workload, r.model, r.team,
           CASE WHEN r.reason IS NULL OR num_nonnulls(r.compute, r.metered, r.energy, r.egress, r.storage) > 0
                THEN accelcost_internal.record_tco(r.compute, r.metered, r.energy, r.egress, r.storage,
                                                   usage_cost.currency) END,
           r.reason IS NULL, r.reason, accelcost_internal.shown_tokens(r), r.instance_hours, r.price_source,
           r.price_origin, r.price_as_of, r.rate_date,
           r.feature, r.user_id, r.sub_account, r.pool, r.requests, r.uncached_input_tokens,
           r.cache_read_tokens, r.cache_write_5m_tokens, r.cache_write_1h_tokens, r.output_tokens, r.extra,
           r.customer, r.service_tier, r.meter, r.quantity, r.is_estimate
    FROM accelcost_internal.record_costs(usage_cost.source, accelcost_internal.check_currency(usage_cost.currency),
                                         usage_cost.first_month, usage_cost.last_month, usage_cost.rate_at) AS r;
END;
COMMENT ON FUNCTION accelcost.usage_cost(regclass, text, date, date, timestamptz) IS
    'returns usage records with their cost and, if it is incomplete, the reason';
