-- Usage records as they are read: the columns of any relation, and the key that their prices depend on.

-- Nobody else can create casts between types of the server, or checks of them.
CREATE FUNCTION accelcost_internal.server_type(type oid)
RETURNS TABLE (type_name regtype)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT s.oid::regtype
    FROM pg_type AS t JOIN pg_type AS s ON s.oid IN (t.oid, t.typbasetype)
    WHERE t.oid = server_type.type AND s.typnamespace = 'pg_catalog'::regnamespace::oid;
END;
COMMENT ON FUNCTION accelcost_internal.server_type(oid) IS
    'returns a type of the server, also for a domain over it; no row for types that others have defined';

CREATE FUNCTION accelcost_internal.usage_table() RETURNS regclass
    LANGUAGE sql STABLE STRICT PARALLEL SAFE
    RETURN 'accelcost.usage'::regclass;
COMMENT ON FUNCTION accelcost_internal.usage_table() IS
    'returns table accelcost.usage, whatever has got its name, for text resolved at run time';

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
           CASE WHEN w.type <> 'text'::regtype OR own.attname IS NULL OR a.attrelid = usage_columns.source
                THEN e.expression
                -- Many logs write an empty text for NULL, which accelcost.usage does not accept.
                ELSE format('CASE WHEN btrim(%1$s) <> '''' THEN %1$s END', e.expression) END
    FROM pg_attribute AS a
    LEFT JOIN pg_attribute AS own
           ON own.attrelid = usage_columns.source AND own.attname = a.attname AND NOT own.attisdropped
    LEFT JOIN pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    CROSS JOIN LATERAL (
        SELECT a.attname::text AS name,
               coalesce((SELECT t.type_name FROM accelcost_internal.server_type(a.atttypid) AS t), 'text'::regtype)
                   AS type,
               substring(pg_get_expr(d.adbin, d.adrelid)
                         FROM '^([0-9]+|true|false|''[^'']*''::(?:text|jsonb))$') AS literal
    ) AS w
    CROSS JOIN LATERAL (
        SELECT CASE WHEN own.attname IS NULL THEN format('%s::%s', coalesce(w.literal, 'NULL'), w.type)
               WHEN own.atttypid = w.type THEN format('u.%I', own.attname)
               -- a number that is none, or has no room, is unknown
               WHEN w.type = 'bigint'::regtype AND own.atttypid IN ('numeric'::regtype, 'real'::regtype,
                                                                        'double precision'::regtype)
               THEN format('CASE WHEN abs(u.%1$I) < 9.2e18 THEN u.%1$I::bigint END', own.attname)
               WHEN w.type = 'integer'::regtype AND own.atttypid IN ('bigint'::regtype, 'numeric'::regtype,
                                                                         'real'::regtype, 'double precision'::regtype)
               THEN format('CASE WHEN u.%1$I BETWEEN -2e9 AND 2e9 THEN u.%1$I::integer END', own.attname)
               WHEN EXISTS (SELECT FROM accelcost_internal.server_type(own.atttypid))
               THEN format('u.%I::%s', own.attname, w.type)
               ELSE format('CASE WHEN num_nulls(u.%1$I) = 0 THEN concat(u.%1$I)::%2$s END', own.attname, w.type)
               END AS expression
    ) AS e
    WHERE a.attrelid = accelcost_internal.usage_table() AND a.attnum > 0 AND NOT a.attisdropped;
END
$$;
COMMENT ON FUNCTION accelcost_internal.usage_columns(regclass) IS
    'returns an expression over a row u of a relation for each column of accelcost.usage: its column, or the default';

CREATE FUNCTION accelcost_internal.usage_query(query text, source regclass) RETURNS text
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    c record;
BEGIN
    FOR c IN SELECT * FROM accelcost_internal.usage_columns(source) LOOP
        query := replace(query, format('{%s}', c.name), c.expression);
    END LOOP;
    -- The public bill_month: statistics of the relation may be on it.
    RETURN replace(replace(query, '{values}', accelcost_internal.value_schema()), '{relation}', source::text);
END
$$;
COMMENT ON FUNCTION accelcost_internal.usage_query(text, regclass) IS
    'returns a query in which the columns of usage, named in braces, are those of a relation u';

-- Bytes, as one value is grouped and joined faster than a row. Equal keys have equal bytes.
CREATE FUNCTION accelcost_internal.usage_key(
    period_start timestamptz, period_end timestamptz, provider text, payer text, region text, sku text,
    accelerator text, workload text, model text, team text, purchase_option text, service_tier text, geo text,
    transfer_unit text, transfer_kind text, transfer_service text, transfer_destination text,
    storage_unit text, storage_kind text, meter text, meter_unit text, meter_kind text,
    term_months integer, gpu_count numeric, instance_hours numeric, uses_hours boolean, is_session boolean,
    requests bigint, max_request_input_tokens bigint, uncached_input_tokens bigint, cache_read_tokens bigint,
    cache_write_5m_tokens bigint, cache_write_1h_tokens bigint, output_tokens bigint,
    uses_transfer boolean, uses_storage boolean, uses_energy boolean, quantity numeric, counts_days boolean,
    limits bigint[]) RETURNS bytea
    LANGUAGE c IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_usage_key';
COMMENT ON FUNCTION accelcost_internal.usage_key(timestamptz, timestamptz, text, text, text, text, text, text, text,
    text, text, text, text, text, text, text, text, text, text, text, text, text, integer, numeric, numeric, boolean,
    boolean, bigint, bigint, bigint, bigint, bigint, bigint, bigint, boolean, boolean, boolean, numeric, boolean,
    bigint[]) IS
    'returns all that the price of a usage record depends on, within the limits of the catalog';

CREATE FUNCTION accelcost_internal.usage_key_parts(
    key bytea, OUT month date, OUT era timestamptz, OUT span_from timestamptz, OUT span_to timestamptz, OUT day date,
    OUT is_estimate boolean, OUT is_over_days boolean, OUT is_sum boolean, OUT term_months integer,
    OUT provider text, OUT payer text, OUT region text, OUT sku text, OUT accelerator text, OUT workload text,
    OUT model text, OUT team text, OUT purchase_option text, OUT service_tier text, OUT geo text,
    OUT transfer_unit text, OUT transfer_kind text, OUT transfer_service text, OUT transfer_destination text,
    OUT storage_unit text, OUT storage_kind text, OUT meter text, OUT meter_unit text, OUT meter_kind text,
    OUT gpu_count numeric, OUT session_hours numeric,
    OUT uses_transfer boolean, OUT uses_storage boolean, OUT uses_energy boolean, OUT by_hours boolean,
    OUT hours_unknown boolean, OUT uses_hours boolean, OUT is_session boolean, OUT tokens_unknown boolean,
    OUT is_one_request boolean, OUT uses_uncached_input boolean, OUT uses_cache_read boolean,
    OUT uses_cache_write_5m boolean, OUT uses_cache_write_1h boolean, OUT uses_output boolean,
    OUT size integer, OUT size_to integer, OUT price_window integer)
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_usage_key_parts';
COMMENT ON FUNCTION accelcost_internal.usage_key_parts(bytea) IS
    'returns the parts of a key; size, size_to and price_window count the limits passed';

-- A view of a usage rollup, or a view of that.
CREATE FUNCTION accelcost_internal.has_usage_sums(source regclass) RETURNS boolean
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN (SELECT count(*) = 2 FROM pg_attribute
            WHERE attrelid = source AND NOT attisdropped
              AND (attname, atttypid) IN (('usage_key', 'bytea'::regtype), ('usage_rows', 'bigint'::regtype)));
END
$$;
COMMENT ON FUNCTION accelcost_internal.has_usage_sums(regclass) IS
    'returns true if rows of a relation can be sums of usage records, with the key of their prices';

CREATE FUNCTION accelcost_internal.usage_counts() RETURNS text[]
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN '{requests,uncached_input_tokens,cache_read_tokens,cache_write_5m_tokens,cache_write_1h_tokens,'
           'output_tokens}'::text[];
COMMENT ON FUNCTION accelcost_internal.usage_counts() IS
    'returns the columns with whole numbers, in the order of usage_sums; their sums may have no room in a bigint';

CREATE FUNCTION accelcost_internal.record_count(source regclass) RETURNS text
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN CASE WHEN accelcost_internal.has_usage_sums(source) THEN 'sum(usage_rows)::bigint' ELSE 'count(*)' END;
END
$$;
COMMENT ON FUNCTION accelcost_internal.record_count(regclass) IS
    'returns the aggregate that counts records in what usage_reading reads';

CREATE FUNCTION accelcost_internal.usage_key_columns() RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN '{period_start}, {period_end}, {provider}, {payer}, {region}, {sku},
        {accelerator}, {workload}, {model}, {team}, {purchase_option}, {service_tier}, {geo},
        {transfer_unit}, {transfer_kind}, {transfer_service}, {transfer_destination},
        {storage_unit}, {storage_kind}, {meter}, {meter_unit}, {meter_kind},
        {term_months}, {gpu_count}, {instance_hours}, {instance_hours} <> 0, {is_session} IS TRUE,
        {requests}, {max_request_input_tokens}, {uncached_input_tokens}, {cache_read_tokens},
        {cache_write_5m_tokens}, {cache_write_1h_tokens}, {output_tokens},
        {transfer_quantity} <> 0, {storage_quantity} <> 0, {energy_kwh} <> 0, {quantity}';
COMMENT ON FUNCTION accelcost_internal.usage_key_columns() IS
    'returns the arguments of usage_key that are read from a record, for usage_query';

-- Longer than 80 lines: half of it is the text of the query.
CREATE FUNCTION accelcost_internal.usage_reading(
    source regclass, starts timestamptz, ends timestamptz, condition text DEFAULT NULL)
RETURNS text
LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    has_sums CONSTANT boolean := accelcost_internal.has_usage_sums(source);
    has_days CONSTANT boolean := accelcost_internal.daily_meters() <> '{}';
    query    text;
BEGIN
    IF source IS NULL THEN
        RAISE EXCEPTION '"source" must not be null' USING ERRCODE = 'null_value_not_allowed';
    END IF;
    query := $sql$
    SELECT {source} AS record_source, {record_id} AS record_id, {period_start} AS period_start,
           {period_end} AS period_end,
           {key} AS key,
           {payer} AS payer, {region} AS region, {sku} AS sku, {team} AS team,
           {requests} AS requests, {instance_hours} AS instance_hours, {uncached_input_tokens} AS uncached_input_tokens,
           {cache_read_tokens} AS cache_read_tokens, {cache_write_5m_tokens} AS cache_write_5m_tokens,
           {cache_write_1h_tokens} AS cache_write_1h_tokens, {output_tokens} AS output_tokens,
           {energy_kwh} AS energy_kwh,
           {transfer_quantity} AS transfer_quantity, {storage_quantity} AS storage_quantity, {quantity} AS quantity,
           {transfer_unit} AS transfer_unit, {storage_unit} AS storage_unit, {meter} AS meter,
           {meter_unit} AS meter_unit, {sub_account} AS sub_account, {pool} AS pool,
           {feature} AS feature, {customer} AS customer, {user_id} AS user_id,
           {prefill_seconds} AS prefill_seconds, {decode_seconds} AS decode_seconds, {extra} AS extra{sums}
    FROM {relation} AS u
    {where}
    {barrier}
$sql$;
    -- With LIMIT ALL, each expression is computed once; unlike OFFSET 0, it allows parallel plans. Citus would fetch
    -- every row.
    query := replace(query, '{barrier}',
                     CASE WHEN accelcost_internal.reads_citus_table(source) THEN '' ELSE 'LIMIT ALL' END);
    query := replace(query, '{where}', coalesce('WHERE ' || nullif(concat_ws(' AND ',
        CASE WHEN starts IS NOT NULL
             -- Machines may have been used since before the first month.
             THEN '({period_start} >= $1 OR ({instance_hours} <> 0'
                  ' AND {period_end} > $1 AND {period_start} >= ''4713-01-01 00:00:00+00 BC'''
                  ' AND {values}.bill_month({period_start}) <> {values}.bill_month({period_end})))' END,
        CASE WHEN ends IS NOT NULL THEN '{period_start} < $2' END,
        condition), ''), ''));
    query := replace(query, '{key}', CASE WHEN has_sums THEN $sql$CASE
               WHEN u.usage_key IS NULL THEN {key of a record}
               ELSE accelcost_internal.usage_sum_price_key(u.usage_key, {period_start}, {period_end},
                                                           {meter counts days}, {requests count days}, $3) END$sql$
                                          ELSE '{key of a record}' END);
    query := replace(query, '{key of a record}',
                     'accelcost_internal.usage_key({columns}, '
                     '{meter counts days} OR ({requests} <> 0 AND {requests count days}), $3)');
    query := replace(query, '{columns}', accelcost_internal.usage_key_columns());
    query := replace(query, '{meter counts days}', CASE WHEN has_days THEN '{meter} = ANY ($4)' ELSE 'false' END);
    query := replace(query, '{requests count days}',
                     CASE WHEN has_days THEN '''requests'' = ANY ($4)' ELSE 'false' END);
    query := replace(query, '{sums}', CASE WHEN has_sums THEN ', coalesce(u.usage_rows, 1) AS usage_rows'
                     || (SELECT string_agg(format(
                             CASE WHEN a.atttypid = 'numeric'::regtype THEN ', u.%1$I AS "all %1$s"'
                                  ELSE ', {%1$s}::numeric AS "all %1$s"' END, c.name), '' ORDER BY c.name)
                         FROM unnest(accelcost_internal.usage_counts()) AS c (name)
                         LEFT JOIN pg_attribute AS a ON a.attrelid = source AND a.attname = c.name
                                                    AND NOT a.attisdropped) ELSE '' END);
    RETURN accelcost_internal.usage_query(query, source);
END
$$;
COMMENT ON FUNCTION accelcost_internal.usage_reading(regclass, timestamptz, timestamptz, text) IS
    'returns the query that reads usage records or sums of them, with their key; parameters $1 to $4';

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
