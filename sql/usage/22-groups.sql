-- Usage in groups: records whose prices are the same, summed, under the names of the catalog.

CREATE TYPE accelcost_internal.usage_group AS (
    n bigint,
    key bytea,

    -- when
    month date,
    at timestamptz,
    priced_at timestamptz,
    second integer,
    span_from timestamptz,
    span_to timestamptz,
    share_from numeric,
    share_to numeric,
    span_seconds numeric,
    is_later boolean,
    is_estimate boolean,
    day date,
    is_over_days boolean,
    is_sum boolean,

    -- who and what
    provider text,
    shown_provider text,
    payer text,
    region text,
    sku text,
    accelerator text,
    purchase_option text,
    term_months integer,
    gpu_count numeric,
    workload text,
    model text,
    service_tier text,
    geo text,
    team text,
    problem text,

    -- what is used
    by_hours boolean,
    uses_hours boolean,
    hours_unknown boolean,
    has_tokens_only boolean,
    is_session boolean,
    session_hours numeric,
    uses_tokens boolean,
    tokens_unknown boolean,
    tokens_uncounted boolean,
    is_one_request boolean,
    request_size bigint,
    largest_size bigint,
    uses_uncached_input boolean,
    uses_cache_read boolean,
    uses_cache_write_5m boolean,
    uses_cache_write_1h boolean,
    uses_output boolean,
    uses_energy boolean,
    uses_transfer boolean,
    transfer_unit text,
    transfer_kind text,
    transfer_service text,
    transfer_destination text,
    uses_storage boolean,
    storage_unit text,
    storage_kind text,
    uses_meter boolean,
    meter text,
    meter_unit text,
    meter_kind text,

    -- how much
    usage_rows bigint,
    requests numeric,
    instance_hours numeric,
    span_hours numeric,
    uncached_input_tokens numeric,
    cache_read_tokens numeric,
    cache_write_5m_tokens numeric,
    cache_write_1h_tokens numeric,
    output_tokens numeric,
    tokens numeric,
    energy_kwh numeric,
    transfer_quantity numeric,
    storage_quantity numeric,
    quantity numeric
);
COMMENT ON TYPE accelcost_internal.usage_group IS
    'usage records of a month with one key, and so with the same prices, summed';
COMMENT ON COLUMN accelcost_internal.usage_group.n IS 'number of the group';
COMMENT ON COLUMN accelcost_internal.usage_group.key IS 'key of its records';
COMMENT ON COLUMN accelcost_internal.usage_group.month IS 'month in UTC';
COMMENT ON COLUMN accelcost_internal.usage_group.at IS 'time whose prices it has, unless it spans several';
COMMENT ON COLUMN accelcost_internal.usage_group.priced_at IS
    'earliest known time of the same prices: groups of several months with one price look it up once';
COMMENT ON COLUMN accelcost_internal.usage_group.second IS 'second of the window of the week; NULL if over several';
COMMENT ON COLUMN accelcost_internal.usage_group.span_from IS
    'start of the records if prices or months change within them';
COMMENT ON COLUMN accelcost_internal.usage_group.span_to IS 'end of these records';
COMMENT ON COLUMN accelcost_internal.usage_group.share_from IS
    'seconds of such records before this month, if they have hours in several; NULL otherwise';
COMMENT ON COLUMN accelcost_internal.usage_group.share_to IS 'seconds of them before the next month';
COMMENT ON COLUMN accelcost_internal.usage_group.span_seconds IS 'seconds of them as a whole';
COMMENT ON COLUMN accelcost_internal.usage_group.is_later IS
    'true in a month after that of the start: the group has hours only';
COMMENT ON COLUMN accelcost_internal.usage_group.is_estimate IS
    'true if the hours of such records are not a number of instances times their duration';
COMMENT ON COLUMN accelcost_internal.usage_group.day IS 'day in UTC of a meter that is free up to a quantity per day';
COMMENT ON COLUMN accelcost_internal.usage_group.is_over_days IS 'true if records of such a meter extend past that day';
COMMENT ON COLUMN accelcost_internal.usage_group.is_sum IS
    'true if the times of the records within the span are unknown: they are in a sum';
COMMENT ON COLUMN accelcost_internal.usage_group.provider IS 'provider by its catalog name; NULL if unknown';
COMMENT ON COLUMN accelcost_internal.usage_group.shown_provider IS 'that, or the name in the records';
COMMENT ON COLUMN accelcost_internal.usage_group.problem IS 'why nothing of the group can be priced';
COMMENT ON COLUMN accelcost_internal.usage_group.by_hours IS 'true if the records are of machines';
COMMENT ON COLUMN accelcost_internal.usage_group.has_tokens_only IS
    'true for tokens of a machine whose hours are in other records';
COMMENT ON COLUMN accelcost_internal.usage_group.session_hours IS 'hours of each session';
COMMENT ON COLUMN accelcost_internal.usage_group.tokens_uncounted IS 'true for hours of a machine with unknown tokens';
COMMENT ON COLUMN accelcost_internal.usage_group.request_size IS
    'input tokens from which the price is that of long requests, as far as the records reach';
COMMENT ON COLUMN accelcost_internal.usage_group.largest_size IS
    'request_size of the largest request in a sum of requests of unknown sizes; request_size otherwise';
COMMENT ON COLUMN accelcost_internal.usage_group.uses_meter IS 'true if the records have a meter';
COMMENT ON COLUMN accelcost_internal.usage_group.instance_hours IS 'instance hours of this month';
COMMENT ON COLUMN accelcost_internal.usage_group.span_hours IS 'instance hours of the records as a whole';
COMMENT ON COLUMN accelcost_internal.usage_group.tokens IS 'all known tokens';

CREATE FUNCTION accelcost_internal.usage_sums_add(
    state bytea, requests bigint, uncached_input_tokens bigint, cache_read_tokens bigint,
    cache_write_5m_tokens bigint, cache_write_1h_tokens bigint, output_tokens bigint) RETURNS bytea
    LANGUAGE c IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_usage_sums_add';
COMMENT ON FUNCTION accelcost_internal.usage_sums_add(bytea, bigint, bigint, bigint, bigint, bigint, bigint) IS
    'adds the counts of a record to a state of usage_sums; NULL is left out';

CREATE FUNCTION accelcost_internal.usage_sums_merge(state bytea, other bytea) RETURNS bytea
    LANGUAGE c IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_usage_sums_merge';
COMMENT ON FUNCTION accelcost_internal.usage_sums_merge(bytea, bytea) IS
    'adds one state of usage_sums to another';

CREATE FUNCTION accelcost_internal.usage_sums_parts(
    state bytea, OUT requests numeric, OUT uncached_input_tokens numeric, OUT cache_read_tokens numeric,
    OUT cache_write_5m_tokens numeric, OUT cache_write_1h_tokens numeric, OUT output_tokens numeric)
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_usage_sums_parts';
COMMENT ON FUNCTION accelcost_internal.usage_sums_parts(bytea) IS
    'returns the sums in a state of usage_sums; NULL if no record had a number';

CREATE AGGREGATE accelcost_internal.usage_sums(
    requests bigint, uncached_input_tokens bigint, cache_read_tokens bigint, cache_write_5m_tokens bigint,
    cache_write_1h_tokens bigint, output_tokens bigint) (
    SFUNC = accelcost_internal.usage_sums_add,
    STYPE = bytea,
    COMBINEFUNC = accelcost_internal.usage_sums_merge,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE accelcost_internal.usage_sums(bigint, bigint, bigint, bigint, bigint, bigint) IS
    'returns the sums of requests and of each kind of tokens, for usage_sums_parts';

CREATE TYPE accelcost_internal.usage_count_sums AS (
    requests numeric, uncached_input_tokens numeric, cache_read_tokens numeric, cache_write_5m_tokens numeric,
    cache_write_1h_tokens numeric, output_tokens numeric
);
COMMENT ON TYPE accelcost_internal.usage_count_sums IS 'sums of requests and of each kind of tokens';

-- Longer than 80 lines: most of it is the text of one query.
CREATE FUNCTION accelcost_internal.usage_groups(
    source regclass, first_month date, last_month date, more_sizes bigint[] DEFAULT '{}')
RETURNS SETOF accelcost_internal.usage_group
LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
-- A timestamp without time zone is taken as UTC.
SET timezone = 'UTC'
-- Compiling the expressions costs more than it saves.
SET jit = off
-- There are far fewer groups than the planner can know.
SET enable_sort = off
SET hash_mem_multiplier = 64
-- Callers switch it off, and then a parallel plan does not seem to be cheaper.
SET enable_nestloop = on
AS $$
#variable_conflict use_column
DECLARE
    months  CONSTANT record := accelcost_internal.check_months(first_month, last_month);
    sizes   CONSTANT bigint[] := accelcost_internal.request_sizes(more_sizes);
    windows CONSTANT bigint[] := accelcost_internal.price_windows();
    counted CONSTANT text[] := accelcost_internal.usage_counts();
    has_sums CONSTANT boolean := accelcost_internal.has_usage_sums(source);
    query   text;
BEGIN
    query := $sql$
WITH used AS (
{reading}
), added AS (
    SELECT key, {records} AS usage_rows, {counts} AS counts,
           sum(instance_hours) AS instance_hours, sum(energy_kwh) AS energy_kwh,
           sum(transfer_quantity) AS transfer_quantity, sum(storage_quantity) AS storage_quantity,
           sum(quantity) AS quantity
    FROM used
    GROUP BY key
)
SELECT row_number() OVER (), key, p.month,
       -- Within an era all instants have the same prices.
       greatest(p.month::timestamp AT TIME ZONE 'UTC', CASE WHEN p.month IS NOT NULL THEN p.era END),
       CASE WHEN p.month IS NOT NULL
            THEN coalesce(p.era, greatest($1, min(p.month) OVER ()::timestamp AT TIME ZONE 'UTC')) END,
       CASE WHEN p.price_window IS NOT NULL THEN coalesce(($6)[p.price_window], 0)::integer END,
       p.span_from, p.span_to, NULL::numeric, NULL::numeric, NULL::numeric,
       false, p.is_estimate, p.day, p.is_over_days, p.is_sum,

       p.provider, p.provider, p.payer, p.region, p.sku, p.accelerator,
       coalesce(p.purchase_option, 'on_demand'), p.term_months, p.gpu_count,
       coalesce(p.workload, 'inference'), p.model, coalesce(p.service_tier, 'standard'), coalesce(p.geo, 'global'),
       p.team, NULL::text,

       p.by_hours, p.uses_hours OR p.hours_unknown, p.hours_unknown,
       -- A log of a machine has no hours where other records have them.
       p.by_hours AND NOT p.hours_unknown AND NOT p.uses_hours AND (p.tokens_unknown OR p.uses_uncached_input),
       p.is_session, p.session_hours,
       NOT p.by_hours AND (p.tokens_unknown OR p.uses_uncached_input OR p.uses_cache_read OR p.uses_cache_write_5m
                           OR p.uses_cache_write_1h OR p.uses_output),
       p.tokens_unknown, p.by_hours AND p.tokens_unknown, p.is_one_request, coalesce(($5)[p.size], 0),
       coalesce(($5)[p.size_to], 0),
       p.uses_uncached_input, p.uses_cache_read, p.uses_cache_write_5m, p.uses_cache_write_1h, p.uses_output,
       p.uses_energy,
       p.uses_transfer, p.transfer_unit, coalesce(p.transfer_kind, 'internet'),
       coalesce(p.transfer_service, '*'), p.transfer_destination,
       p.uses_storage, p.storage_unit, p.storage_kind,
       p.meter IS NOT NULL, p.meter, p.meter_unit, coalesce(p.meter_kind, '*'),

       usage_rows, c.requests, instance_hours, instance_hours, c.uncached_input_tokens, c.cache_read_tokens,
       c.cache_write_5m_tokens, c.cache_write_1h_tokens, c.output_tokens,
       coalesce(c.uncached_input_tokens, 0.0) + coalesce(c.cache_read_tokens, 0.0)
           + coalesce(c.cache_write_5m_tokens, 0.0) + coalesce(c.cache_write_1h_tokens, 0.0)
           + coalesce(c.output_tokens, 0.0),
       energy_kwh, transfer_quantity, storage_quantity, quantity
FROM added
CROSS JOIN LATERAL accelcost_internal.usage_key_parts(key) AS p
CROSS JOIN LATERAL {parts of counts} AS c
$sql$;
    query := replace(query, '{counts}', CASE
        WHEN has_sums THEN (SELECT format('ROW(%s)::accelcost_internal.usage_count_sums',
                                          string_agg(format('sum("all %s")', c.name), ', ' ORDER BY c.ordinal))
                            FROM unnest(counted) WITH ORDINALITY AS c (name, ordinal))
        -- One step for six sums: of all that a report does with a record, these took most.
        ELSE format('accelcost_internal.usage_sums(%s)', array_to_string(counted, ', ')) END);
    query := replace(query, '{parts of counts}', CASE
        WHEN has_sums THEN '(SELECT (counts).*)' ELSE 'accelcost_internal.usage_sums_parts(counts)' END);
    query := replace(query, '{records}', accelcost_internal.record_count(source));
    query := replace(query, '{reading}', accelcost_internal.usage_reading(source, months.starts, months.ends));
    RETURN QUERY EXECUTE query
        USING months.starts, months.ends,
              accelcost_internal.price_limits(months.starts, months.ends, sizes, windows),
              accelcost_internal.daily_meters(), sizes, windows;
END
$$;
COMMENT ON FUNCTION accelcost_internal.usage_groups(regclass, date, date, bigint[]) IS
    'returns usage of months summed over records with the same key, with what the key says';

CREATE FUNCTION accelcost_internal.shown_hours(hours numeric, share_from numeric, share_to numeric, span numeric)
    RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    -- As differences of running totals, so that the months add up.
    RETURN trim_scale(round(hours * share_to * 1.000000000000000000 / span, 18)
                      - round(hours * share_from * 1.000000000000000000 / span, 18));
COMMENT ON FUNCTION accelcost_internal.shown_hours(numeric, numeric, numeric, numeric) IS
    'returns the hours of a part of a period, from share_from to share_to of span, to 18 decimals';

CREATE FUNCTION accelcost_internal.months_of(span_from timestamptz, span_to timestamptz)
RETURNS TABLE (month date, starts timestamptz, ends timestamptz, share_from numeric, share_to numeric, span numeric)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT m.month, p.starts, p.ends,
           extract(epoch FROM p.starts) - extract(epoch FROM span_from),
           extract(epoch FROM p.ends) - extract(epoch FROM span_from),
           extract(epoch FROM span_to) - extract(epoch FROM span_from)
    FROM generate_series(@extschema@.bill_month(span_from)::timestamp,
                         @extschema@.bill_month(span_to - interval '1 microsecond')::timestamp,
                         interval '1 month') AS s (at)
    CROSS JOIN LATERAL (SELECT s.at::date AS month) AS m
    CROSS JOIN LATERAL (SELECT greatest(span_from, m.month::timestamp AT TIME ZONE 'UTC') AS starts,
                               least(span_to, @extschema@.next_month(m.month)::timestamp AT TIME ZONE 'UTC') AS ends)
        AS p;
END;
COMMENT ON FUNCTION accelcost_internal.months_of(timestamptz, timestamptz) IS
    'returns the months of a period, the part of it in each, and from which to which second of it that part is';

-- Longer than 80 lines: half of it lists the columns of a group. Without SET, so that it becomes part of the query that
-- calls it.
CREATE FUNCTION accelcost_internal.named_groups(
    source regclass, first_month date, last_month date, more_sizes bigint[] DEFAULT '{}')
RETURNS SETOF accelcost_internal.usage_group
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
BEGIN ATOMIC
    WITH raw AS MATERIALIZED (
        SELECT u.*,
               CASE WHEN u.month IS NULL
                    THEN 'period_start is unknown'
                    WHEN extract(epoch FROM u.span_to) - extract(epoch FROM u.span_from) > 36525 * 86400.0
                    THEN 'the period is longer than 100 years'
                    -- No time begins the month after it.
                    WHEN u.span_to >= '294276-12-01 00:00:00+00'
                    THEN 'the period is out of range' END AS fault
        FROM accelcost_internal.usage_groups(named_groups.source, named_groups.first_month, named_groups.last_month,
                                             named_groups.more_sizes) AS u
    ), known_provider AS MATERIALIZED (
        SELECT r.provider AS given, p.provider, p.kind
        FROM (SELECT d.provider, accelcost.provider_name(d.provider) AS name
              FROM (SELECT DISTINCT raw.provider FROM raw WHERE raw.provider IS NOT NULL) AS d
              -- Look up a name once, not for each row of provider.
              OFFSET 0) AS r
        LEFT JOIN LATERAL (SELECT c.provider, c.kind FROM accelcost.provider AS c
                           WHERE c.provider = r.name ORDER BY c.builtin LIMIT 1) AS p ON true
    ), known_model AS MATERIALIZED (
        SELECT r.model AS given, coalesce(accelcost.model_name(r.model), r.model) AS model
        FROM (SELECT DISTINCT raw.model FROM raw WHERE raw.model IS NOT NULL) AS r
    ), known_accelerator AS MATERIALIZED (
        SELECT r.accelerator AS given,
               coalesce(accelcost.accelerator_name(r.accelerator), r.accelerator) AS accelerator
        FROM (SELECT DISTINCT raw.accelerator FROM raw WHERE raw.accelerator IS NOT NULL) AS r
    ), part AS (
        -- Hours are spread over the months of their period; all else is in the month in which it starts.
        SELECT r.n, r.month, r.at, false AS is_later, r.instance_hours,
               NULL::numeric AS share_from, NULL::numeric AS share_to, NULL::numeric AS span
        FROM raw AS r
        WHERE r.span_from IS NULL OR NOT r.uses_hours OR r.hours_unknown OR r.fault IS NOT NULL
        UNION ALL
        SELECT r.n, m.month, m.starts, m.month > r.month,
               CASE WHEN s.is_split
                    THEN accelcost_internal.shown_hours(r.instance_hours, m.share_from, m.share_to, m.span)
                    ELSE r.instance_hours END,
               CASE WHEN s.is_split THEN m.share_from END, CASE WHEN s.is_split THEN m.share_to END,
               CASE WHEN s.is_split THEN m.span END
        FROM raw AS r
        CROSS JOIN LATERAL accelcost_internal.months_of(r.span_from, r.span_to) AS m
        CROSS JOIN LATERAL (SELECT m.share_to - m.share_from < m.span AS is_split) AS s
        WHERE r.span_from IS NOT NULL AND r.uses_hours AND NOT r.hours_unknown AND r.fault IS NULL
    )
    SELECT row_number() OVER (ORDER BY r.key, t.month), r.key,
           t.month, t.at, r.priced_at, r.second, r.span_from, r.span_to, t.share_from, t.share_to, t.span, t.is_later,
           r.is_estimate AND r.uses_hours, r.day, r.is_over_days, r.is_sum,
           p.provider, coalesce(p.provider, r.provider), r.payer, r.region, r.sku, a.accelerator,
           r.purchase_option, r.term_months, r.gpu_count, r.workload, m.model, r.service_tier, r.geo, r.team,
           CASE WHEN r.fault IS NOT NULL THEN r.fault
                WHEN r.provider IS NULL THEN 'provider is unknown'
                WHEN p.provider IS NULL THEN format('unknown provider "%s"', r.provider) END,
           r.by_hours,
           -- Hours need a machine, unless tokens or a meter rate the same work.
           r.uses_hours OR (NOT r.by_hours AND r.instance_hours <> 0.0 AND p.kind IS DISTINCT FROM 'own'
                            AND NOT (r.uses_tokens OR r.uses_meter)),
           r.hours_unknown,
           r.has_tokens_only AND p.kind IS DISTINCT FROM 'own',
           r.is_session, r.session_hours, r.uses_tokens, r.tokens_unknown, r.tokens_uncounted AND NOT t.is_later,
           r.is_one_request, r.request_size, r.largest_size,
           r.uses_uncached_input, r.uses_cache_read, r.uses_cache_write_5m, r.uses_cache_write_1h, r.uses_output,
           r.uses_energy AND p.kind IS NOT DISTINCT FROM 'own' AND NOT t.is_later,
           r.uses_transfer AND NOT t.is_later, r.transfer_unit, r.transfer_kind, r.transfer_service,
           r.transfer_destination,
           r.uses_storage AND NOT t.is_later, r.storage_unit, r.storage_kind,
           r.uses_meter AND NOT t.is_later, r.meter, r.meter_unit, r.meter_kind,
           r.usage_rows, c.requests, t.instance_hours, r.instance_hours,
           c.uncached_input_tokens, c.cache_read_tokens, c.cache_write_5m_tokens, c.cache_write_1h_tokens,
           c.output_tokens, coalesce(c.tokens, 0.0), c.energy_kwh, c.transfer_quantity, c.storage_quantity, c.quantity
    FROM part AS t
    JOIN raw AS r ON r.n = t.n
    LEFT JOIN known_provider AS p ON p.given = r.provider
    LEFT JOIN known_model AS m ON m.given = r.model
    LEFT JOIN known_accelerator AS a ON a.given = r.accelerator
    -- Count everything but hours in the first month.
    LEFT JOIN raw AS c ON c.n = t.n AND NOT t.is_later
    WHERE (named_groups.first_month IS NULL AND named_groups.last_month IS NULL)
       OR t.month BETWEEN @extschema@.bill_month(coalesce(named_groups.first_month, named_groups.last_month))
                      AND @extschema@.bill_month(coalesce(named_groups.last_month, named_groups.first_month));
END;
COMMENT ON FUNCTION accelcost_internal.named_groups(regclass, date, date, bigint[]) IS
    'returns groups of usage by month under the names of the catalog, with hours spread over the months';
