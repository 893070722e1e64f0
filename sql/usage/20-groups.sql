-- Usage, added up by all that a price can depend on, so that prices are looked
-- up and multiplied by group and not by row.

CREATE FUNCTION accelcost_internal.price_eras(first_at timestamptz, last_at timestamptz) RETURNS timestamptz[]
    LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    -- A range that leaves out its lower bound, or includes its upper one, changes a microsecond later.
    SELECT coalesce(array_agg(DISTINCT b.at ORDER BY b.at), '{}'::timestamptz[])
    FROM (SELECT lower(v.valid) + CASE WHEN lower_inc(v.valid) THEN interval '0' ELSE interval '1 microsecond' END AS at
          FROM (SELECT valid FROM accelcost.offer_price UNION SELECT valid FROM accelcost.meter_tariff
                UNION SELECT valid FROM accelcost.token_price UNION SELECT valid FROM accelcost.electricity_price) AS v
          UNION ALL
          SELECT upper(v.valid) + CASE WHEN upper_inc(v.valid) THEN interval '1 microsecond' ELSE interval '0' END
          FROM (SELECT valid FROM accelcost.offer_price UNION SELECT valid FROM accelcost.meter_tariff
                UNION SELECT valid FROM accelcost.token_price
                UNION SELECT valid FROM accelcost.electricity_price) AS v) AS b
    -- The months are told apart anyway.
    WHERE isfinite(b.at) AND b.at <> (@extschema@.bill_month(b.at)::timestamp AT TIME ZONE 'UTC')
      AND b.at > coalesce(price_eras.first_at, '-infinity'::timestamptz)
      AND b.at < coalesce(price_eras.last_at, 'infinity'::timestamptz);
END;
COMMENT ON FUNCTION accelcost_internal.price_eras(timestamptz, timestamptz) IS
    'returns instants between two times, other than starts of months, at which a catalog price begins or ends';

CREATE FUNCTION accelcost_internal.request_sizes(more bigint[] DEFAULT '{}') RETURNS bigint[]
    LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT coalesce(array_agg(DISTINCT s.size ORDER BY s.size), '{}'::bigint[])
    FROM (SELECT context_threshold + CASE WHEN threshold_strict THEN 1::bigint ELSE 0::bigint END AS size
          FROM accelcost.token_price WHERE context_threshold IS NOT NULL
          UNION ALL SELECT unnest(more)) AS s
    WHERE s.size IS NOT NULL;
END;
COMMENT ON FUNCTION accelcost_internal.request_sizes(bigint[]) IS
    'numbers of input tokens from which a request has the long prices of some model, and more of them';

CREATE FUNCTION accelcost_internal.price_windows() RETURNS bigint[]
    LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT coalesce(array_agg(DISTINCT limits.second ORDER BY limits.second), '{}'::bigint[])
    FROM (SELECT DISTINCT weekdays, utc_from, utc_to
          FROM accelcost.token_price
          WHERE num_nonnulls(weekdays, utc_from) > 0) AS p
    CROSS JOIN LATERAL unnest(accelcost_internal.price_window(p.weekdays, p.utc_from, p.utc_to)) AS part
    -- A window that passes into the next week has no limit there.
    CROSS JOIN LATERAL (VALUES (lower(part)::bigint), (upper(part)::bigint % 604800::bigint)) AS limits (second)
    WHERE limits.second > 0::bigint
       OR NOT accelcost_internal.price_window(p.weekdays, p.utc_from, p.utc_to)
              @> '{[0,1),[604799,604800)}'::int4multirange;
END;
COMMENT ON FUNCTION accelcost_internal.price_windows() IS
    'returns the seconds of the week in UTC at which a token price begins or ends';

CREATE FUNCTION accelcost_internal.window_providers() RETURNS text
    LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT string_agg(DISTINCT k.key, chr(10))
    FROM (SELECT DISTINCT t.provider FROM accelcost.token_price AS t
          WHERE num_nonnulls(t.weekdays, t.utc_from) > 0) AS w
    CROSS JOIN LATERAL (SELECT accelcost_internal.catalog_key(w.provider) AS key
                        UNION SELECT a.alias_key FROM accelcost.provider_alias AS a WHERE a.provider = w.provider) AS k;
END;
COMMENT ON FUNCTION accelcost_internal.window_providers() IS
    'returns the keys of providers with prices by the time of the week, one a line; NULL if there are none';

CREATE FUNCTION accelcost_internal.price_class(
    period_start timestamptz, period_end timestamptz, by_hours boolean, uses_hours boolean, is_session boolean,
    is_batch boolean,
    requests bigint, max_request_input_tokens bigint, uncached_input_tokens bigint, cache_read_tokens bigint,
    cache_write_5m_tokens bigint, cache_write_1h_tokens bigint, output_tokens bigint,
    uses_transfer boolean, uses_storage boolean, uses_energy boolean, eras timestamptz[], sizes bigint[],
    windows bigint[],
    provider text, window_providers text) RETURNS bigint
    LANGUAGE c IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_price_class';
COMMENT ON FUNCTION accelcost_internal.price_class(timestamptz, timestamptz, boolean, boolean, boolean, boolean, bigint,
    bigint, bigint, bigint, bigint, bigint, bigint, boolean, boolean, boolean, timestamptz[], bigint[], bigint[],
    text, text) IS
    'returns one integer for what a usage row uses and which price limits it passes';

-- Nobody else can create casts between types of the server, or checks of them.
CREATE FUNCTION accelcost_internal.server_type(type oid) RETURNS oid
    LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT s.oid
    FROM pg_type AS t JOIN pg_type AS s ON s.oid IN (t.oid, t.typbasetype)
    WHERE t.oid = server_type.type AND s.typnamespace = 'pg_catalog'::regnamespace::oid;
END;
COMMENT ON FUNCTION accelcost_internal.server_type(oid) IS
    'returns a type of the server, also for a domain over it; NULL for types that others have defined';

CREATE FUNCTION accelcost_internal.usage_table() RETURNS regclass
    LANGUAGE sql STABLE STRICT PARALLEL SAFE
    RETURN 'accelcost.usage'::regclass;
COMMENT ON FUNCTION accelcost_internal.usage_table() IS
    'returns table accelcost.usage, whatever has got its name, for text resolved at run time';

CREATE FUNCTION accelcost_internal.price_class_parts(
    class bigint, OUT uses_transfer boolean, OUT uses_storage boolean, OUT uses_energy boolean, OUT by_hours boolean,
    OUT hours_unknown boolean, OUT uses_hours boolean, OUT is_session boolean, OUT tokens_unknown boolean,
    OUT is_batch boolean, OUT is_one_request boolean, OUT uses_uncached_input boolean, OUT uses_cache_read boolean,
    OUT uses_cache_write_5m boolean, OUT uses_cache_write_1h boolean, OUT uses_output boolean,
    OUT era integer, OUT size integer, OUT price_window integer)
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_price_class_parts';
COMMENT ON FUNCTION accelcost_internal.price_class_parts(bigint) IS
    'returns the parts of a price class; era, size and price_window count the limits passed';

CREATE FUNCTION accelcost_internal.usage_columns(source regclass)
RETURNS TABLE (name text, expression text)
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    PERFORM accelcost_internal.check_columns(source, '{period_start,provider}',
                                      'Usage has the columns of accelcost.usage, of which period_start and provider '
                                      'are required. Use a view to give yours these names.');

    -- Only types of the server, and literals, are written into the text: other types have casts and checks, and other
    -- defaults functions, that whoever owns the table has defined and the caller would run.
    RETURN QUERY
    SELECT w.name,
           CASE WHEN own.attname IS NULL THEN format('%s::%s', coalesce(w.literal, 'NULL'), w.type)
                WHEN own.atttypid = w.type THEN format('u.%I', own.attname)
                -- a number that is none, or has no room, is not known
                WHEN w.type = 'bigint'::regtype AND own.atttypid IN ('numeric'::regtype, 'real'::regtype,
                                                                         'double precision'::regtype)
                THEN format('CASE WHEN abs(u.%1$I) < 9.2e18 THEN u.%1$I::bigint END', own.attname)
                WHEN w.type = 'integer'::regtype AND own.atttypid IN ('bigint'::regtype, 'numeric'::regtype,
                                                                          'real'::regtype, 'double precision'::regtype)
                THEN format('CASE WHEN u.%1$I BETWEEN -2e9 AND 2e9 THEN u.%1$I::integer END', own.attname)
                WHEN accelcost_internal.server_type(own.atttypid) IS NOT NULL
                THEN format('u.%I::%s', own.attname, w.type)
                ELSE format('CASE WHEN num_nulls(u.%1$I) = 0 THEN concat(u.%1$I)::%2$s END', own.attname, w.type) END
    FROM pg_attribute AS a
    LEFT JOIN pg_attribute AS own
           ON own.attrelid = usage_columns.source AND own.attname = a.attname AND NOT own.attisdropped
    LEFT JOIN pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    CROSS JOIN LATERAL (
        SELECT a.attname::text AS name,
               coalesce(accelcost_internal.server_type(a.atttypid), 'text'::regtype)::regtype AS type,
               substring(pg_get_expr(d.adbin, d.adrelid)
                         FROM '^([0-9]+|true|false|''[^'']*''::(?:text|jsonb))$') AS literal
    ) AS w
    WHERE a.attrelid = accelcost_internal.usage_table() AND a.attnum > 0 AND NOT a.attisdropped;
END
$$;
COMMENT ON FUNCTION accelcost_internal.usage_columns(regclass) IS
    'returns an expression over a row u of a relation for each column of accelcost.usage: its column, or the default';

-- Records with one key have the same prices. Keys are compared as rows, in which NULL equals NULL.
CREATE TYPE accelcost_internal.usage_key AS (
    month date, class bigint, provider text, payer text, region text, sku text, accelerator text,
    workload text, model text, team text,
    rare jsonb
);
COMMENT ON TYPE accelcost_internal.usage_key IS
    'all that the price of a usage record depends on';
COMMENT ON COLUMN accelcost_internal.usage_key.month IS 'month of period_start in UTC';
COMMENT ON COLUMN accelcost_internal.usage_key.class IS 'class of the record by price_class';
COMMENT ON COLUMN accelcost_internal.usage_key.provider IS 'provider as the record names it';
COMMENT ON COLUMN accelcost_internal.usage_key.payer IS 'account that pays';
COMMENT ON COLUMN accelcost_internal.usage_key.region IS 'region';
COMMENT ON COLUMN accelcost_internal.usage_key.sku IS 'SKU of the machine';
COMMENT ON COLUMN accelcost_internal.usage_key.accelerator IS 'accelerator as the record names it';
COMMENT ON COLUMN accelcost_internal.usage_key.workload IS 'training or inference';
COMMENT ON COLUMN accelcost_internal.usage_key.model IS 'model as the record names it';
COMMENT ON COLUMN accelcost_internal.usage_key.team IS 'team';
COMMENT ON COLUMN accelcost_internal.usage_key.rare IS
    'purchase option, term, GPU count, session hours, transfer and storage; NULL if all have their defaults';

CREATE FUNCTION accelcost_internal.usage_reading(
    source regclass, starts timestamptz, ends timestamptz, condition text DEFAULT NULL)
RETURNS text
LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    query text;
    c     record;
BEGIN
    IF source IS NULL THEN
        RAISE EXCEPTION '"source" must not be null' USING ERRCODE = 'null_value_not_allowed';
    END IF;
    query := $sql$
    SELECT {source} AS record_source, {record_id} AS record_id, {period_start} AS period_start,
           -- before that there are no months
           CASE WHEN {period_start} >= '4713-01-01 00:00:00+00 BC'
                THEN {values}.bill_month({period_start}) END AS month,
           {provider} AS provider, {payer} AS payer, {region} AS region, {sku} AS sku, {accelerator} AS accelerator,
           {workload} AS workload, {model} AS model, {team} AS team,
           -- What few rows have, as one key: to group by each of them costs more than all the sums.
           CASE WHEN {gpu_count} IS NOT NULL OR {is_session} OR {transfer_quantity} <> 0 OR {storage_quantity} <> 0
                     OR {term_months} <> 0
                     OR {purchase_option} <> 'on_demand'
                THEN jsonb_build_array({purchase_option}, {term_months}, {gpu_count},
                                       CASE WHEN {is_session} THEN {instance_hours} END,
                                       CASE WHEN {transfer_quantity} <> 0
                                            THEN jsonb_build_array({transfer_unit}, {transfer_kind}, {transfer_service},
                                                                   {transfer_destination}) END,
                                       CASE WHEN {storage_quantity} <> 0
                                            THEN jsonb_build_array({storage_unit}, {storage_kind}) END) END AS rare,
           accelcost_internal.price_class({period_start}, {period_end},
               {sku} IS NOT NULL OR ({accelerator} IS NOT NULL AND {instance_hours} IS NOT NULL),
               {instance_hours} <> 0, {is_session}, {is_batch},
               {requests}, {max_request_input_tokens}, {uncached_input_tokens}, {cache_read_tokens},
               {cache_write_5m_tokens}, {cache_write_1h_tokens}, {output_tokens},
               {transfer_quantity} <> 0, {storage_quantity} <> 0, {energy_kwh} <> 0,
               -- Most providers have no prices by the time of the week: their rows need no groups for it.
               $3, $4, $5, {provider}, $6) AS class,
           {requests} AS requests, {instance_hours} AS instance_hours, {uncached_input_tokens} AS uncached_input_tokens,
           {cache_read_tokens} AS cache_read_tokens, {cache_write_5m_tokens} AS cache_write_5m_tokens,
           {cache_write_1h_tokens} AS cache_write_1h_tokens, {output_tokens} AS output_tokens,
           {energy_kwh} AS energy_kwh,
           {transfer_quantity} AS transfer_quantity, {storage_quantity} AS storage_quantity,
           {transfer_unit} AS transfer_unit, {storage_unit} AS storage_unit, {sub_account} AS sub_account,
           {pool} AS pool,
           {feature} AS feature, {user_id} AS user_id, {extra} AS extra
    FROM {relation} AS u
    {where}
    -- Each expression is computed once.
    OFFSET 0
$sql$;
    query := replace(query, '{where}', coalesce('WHERE ' || nullif(concat_ws(' AND ',
        CASE WHEN starts IS NOT NULL THEN '{period_start} >= $1' END,
        CASE WHEN ends IS NOT NULL THEN '{period_start} < $2' END,
        condition), ''), ''));
    FOR c IN SELECT * FROM accelcost_internal.usage_columns(source) LOOP
        query := replace(query, format('{%s}', c.name), c.expression);
    END LOOP;
    -- The public bill_month: statistics of the relation may be on it.
    RETURN replace(replace(query, '{values}', accelcost_internal.value_schema()), '{relation}', source::text);
END
$$;
COMMENT ON FUNCTION accelcost_internal.usage_reading(regclass, timestamptz, timestamptz, text) IS
    'returns the query that reads usage records, on a condition, with the parts of their key; parameters $1 to $6';

CREATE FUNCTION accelcost_internal.check_months(
    first_month date, last_month date, OUT starts timestamptz, OUT ends timestamptz)
LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
SET timezone = 'UTC'
AS $$
BEGIN
    -- One month alone is that month.
    starts := accelcost_internal.bill_month(coalesce(first_month, last_month));
    ends := accelcost_internal.next_month(coalesce(last_month, first_month));
    IF ends <= starts THEN
        RAISE EXCEPTION '"last_month" must not be before "first_month"'
            USING ERRCODE = 'invalid_parameter_value', DETAIL = format('They are %s and %s.', last_month, first_month);
    END IF;
END
$$;
COMMENT ON FUNCTION accelcost_internal.check_months(date, date) IS
    'returns the start and end of the months of a report, NULL for all; an error if they are in the wrong order';

CREATE FUNCTION accelcost_internal.usage_groups(
    source regclass, first_month date, last_month date, more_sizes bigint[] DEFAULT '{}')
RETURNS TABLE (
    key accelcost_internal.usage_key, month date, at timestamptz, second integer,
    provider text, payer text, region text, sku text, accelerator text, purchase_option text, term_months integer,
    gpu_count numeric,
    workload text, model text, team text,
    by_hours boolean, hours_unknown boolean, uses_hours boolean, is_session boolean, session_hours numeric,
    tokens_unknown boolean, is_batch boolean, is_one_request boolean, request_size bigint,
    uses_uncached_input boolean, uses_cache_read boolean, uses_cache_write_5m boolean, uses_cache_write_1h boolean,
    uses_output boolean,
    uses_energy boolean,
    uses_transfer boolean, transfer_unit text, transfer_kind text, transfer_service text, transfer_destination text,
    uses_storage boolean, storage_unit text, storage_kind text,
    usage_rows bigint, requests numeric, instance_hours numeric, uncached_input_tokens numeric,
    cache_read_tokens numeric,
    cache_write_5m_tokens numeric, cache_write_1h_tokens numeric, output_tokens numeric, energy_kwh numeric,
    transfer_quantity numeric, storage_quantity numeric)
LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
-- A timestamp without time zone is taken as UTC.
SET timezone = 'UTC'
-- Compiling the expressions costs more than it saves.
SET jit = off
-- There are far fewer groups than the planner can know.
SET enable_sort = off
SET hash_mem_multiplier = 64
AS $$
#variable_conflict use_column
DECLARE
    months  CONSTANT record := accelcost_internal.check_months(first_month, last_month);
    eras    CONSTANT timestamptz[] := accelcost_internal.price_eras(months.starts, months.ends);
    sizes   CONSTANT bigint[] := accelcost_internal.request_sizes(more_sizes);
    windows CONSTANT bigint[] := accelcost_internal.price_windows();
    query   text;
BEGIN
    query := $sql$
WITH used AS (
{reading}
), added AS (
    SELECT month, class, provider, payer, region, sku, accelerator, workload, model, team, rare, count(*) AS usage_rows,
           sum(requests) AS requests, sum(instance_hours) AS instance_hours,
           sum(uncached_input_tokens) AS uncached_input_tokens, sum(cache_read_tokens) AS cache_read_tokens,
           sum(cache_write_5m_tokens) AS cache_write_5m_tokens, sum(cache_write_1h_tokens) AS cache_write_1h_tokens,
           sum(output_tokens) AS output_tokens, sum(energy_kwh) AS energy_kwh,
           sum(transfer_quantity) AS transfer_quantity, sum(storage_quantity) AS storage_quantity
    FROM used
    GROUP BY month, class, provider, payer, region, sku, accelerator, workload, model, team, rare
)
SELECT ROW(month, class, provider, payer, region, sku, accelerator, workload, model, team, rare)
           ::accelcost_internal.usage_key,
       CASE WHEN isfinite(month) THEN month END,
       -- Within an era all instants have the same prices.
       CASE WHEN isfinite(month) THEN greatest(month::timestamp AT TIME ZONE 'UTC', ($3)[p.era]) END,
       CASE WHEN p.price_window IS NOT NULL THEN coalesce(($5)[p.price_window], 0)::integer END,
       provider, payer, region, sku, accelerator, coalesce(rare->>0, 'on_demand'), coalesce((rare->>1)::integer, 0),
       (rare->>2)::numeric, coalesce(workload, 'inference'), model, team,
       p.by_hours, p.hours_unknown, p.uses_hours, p.is_session, (rare->>3)::numeric,
       p.tokens_unknown, p.is_batch, p.is_one_request, coalesce(($4)[p.size], 0),
       p.uses_uncached_input, p.uses_cache_read, p.uses_cache_write_5m, p.uses_cache_write_1h, p.uses_output,
       p.uses_energy,
       p.uses_transfer, rare->4->>0, coalesce(rare->4->>1, 'internet'), coalesce(rare->4->>2, '*'), rare->4->>3,
       p.uses_storage, rare->5->>0, rare->5->>1,
       usage_rows, requests, instance_hours, uncached_input_tokens, cache_read_tokens,
       cache_write_5m_tokens, cache_write_1h_tokens, output_tokens, energy_kwh, transfer_quantity, storage_quantity
FROM added
CROSS JOIN LATERAL accelcost_internal.price_class_parts(class) AS p
$sql$;
    query := replace(query, '{reading}', accelcost_internal.usage_reading(source, months.starts, months.ends));
    RETURN QUERY EXECUTE query USING months.starts, months.ends, eras, sizes, windows,
                                     accelcost_internal.window_providers();
END
$$;
COMMENT ON FUNCTION accelcost_internal.usage_groups(regclass, date, date, bigint[]) IS
    'returns usage of months summed over records with the same key, with what the key says';
