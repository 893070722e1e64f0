-- Usage records as they are read: the columns of any relation, and the key that their prices depend on.

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
               coalesce(accelcost_internal.server_type(a.atttypid), 'text'::regtype)::regtype AS type,
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
               WHEN accelcost_internal.server_type(own.atttypid) IS NOT NULL
               THEN format('u.%I::%s', own.attname, w.type)
               ELSE format('CASE WHEN num_nulls(u.%1$I) = 0 THEN concat(u.%1$I)::%2$s END', own.attname, w.type)
               END AS expression
    ) AS e
    WHERE a.attrelid = accelcost_internal.usage_table() AND a.attnum > 0 AND NOT a.attisdropped;
END
$$;
COMMENT ON FUNCTION accelcost_internal.usage_columns(regclass) IS
    'returns an expression over a row u of a relation for each column of accelcost.usage: its column, or the default';

-- What few records have is one part of the key: to group by each of it costs more than all the sums.
CREATE TYPE accelcost_internal.usage_rest AS (
    purchase_option text, term_months integer, gpu_count numeric, session_hours numeric, service_tier text, geo text,
    transfer_unit text, transfer_kind text, transfer_service text, transfer_destination text, lacks_transfer boolean,
    storage_unit text, storage_kind text, lacks_storage boolean,
    meter text, meter_unit text, meter_kind text, lacks_quantity boolean,
    span_from timestamptz, span_to timestamptz, is_estimate boolean, day date, is_over_days boolean
);
COMMENT ON TYPE accelcost_internal.usage_rest IS
    'what the price of few usage records depends on; NULL for all that a record does not use';

-- Records with one key have the same prices. Keys are compared as rows, in which NULL equals NULL.
CREATE TYPE accelcost_internal.usage_key AS (
    month date, class bigint, provider text, payer text, region text, sku text, accelerator text,
    workload text, model text, team text,
    rest accelcost_internal.usage_rest
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
COMMENT ON COLUMN accelcost_internal.usage_key.rest IS 'what few records have; NULL if all of it has its default';

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
           {period_end} AS period_end,
           -- before that there are no months
           CASE WHEN {period_start} >= '4713-01-01 00:00:00+00 BC'
                THEN {values}.bill_month({period_start}) END AS month,
           {provider} AS provider, {payer} AS payer, {region} AS region, {sku} AS sku, {accelerator} AS accelerator,
           {workload} AS workload, {model} AS model, {team} AS team,
           CASE WHEN {gpu_count} IS NOT NULL OR {is_session} OR {sends} OR {stores} OR {meter} IS NOT NULL
                     OR {term_months} <> 0 OR {purchase_option} <> 'on_demand'
                     OR {service_tier} <> 'standard' OR {geo} <> 'global'
                     OR {spans} OR {counts days}
                THEN ROW({purchase_option}, {term_months}, {gpu_count},
                         CASE WHEN {is_session} THEN {instance_hours} END,
                         {service_tier}, {geo},
                         CASE WHEN {sends} THEN {transfer_unit} END, CASE WHEN {sends} THEN {transfer_kind} END,
                         CASE WHEN {sends} THEN {transfer_service} END,
                         CASE WHEN {sends} THEN {transfer_destination} END,
                         {sends} AND {transfer_quantity} IS NULL,
                         CASE WHEN {stores} THEN {storage_unit} END, CASE WHEN {stores} THEN {storage_kind} END,
                         {stores} AND {storage_quantity} IS NULL,
                         {meter}, CASE WHEN {meter} IS NOT NULL THEN {meter_unit} END,
                         CASE WHEN {meter} IS NOT NULL THEN {meter_kind} END,
                         {meter} IS NOT NULL AND {quantity} IS NULL,
                         CASE WHEN {spans} THEN {period_start} END, CASE WHEN {spans} THEN {period_end} END,
                         CASE WHEN {spans}
                              THEN {instance_hours} % ((extract(epoch FROM {period_end})
                                                        - extract(epoch FROM {period_start})) / 3600) <> 0 END,
                         CASE WHEN {counts days} THEN {values}.bill_day({period_start}) END,
                         {counts days} AND {period_end} > '4713-01-01 00:00:00+00 BC'
                             AND {values}.bill_day({period_end} - interval '1 microsecond')
                                               > {values}.bill_day({period_start}))
                         ::accelcost_internal.usage_rest END AS rest,
           accelcost_internal.price_class({period_start}, {period_end},
               {sku} IS NOT NULL OR ({accelerator} IS NOT NULL AND {instance_hours} IS NOT NULL),
               {instance_hours} <> 0, {is_session},
               {requests}, {max_request_input_tokens}, {uncached_input_tokens}, {cache_read_tokens},
               {cache_write_5m_tokens}, {cache_write_1h_tokens}, {output_tokens},
               {sends}, {stores}, {energy_kwh} <> 0,
               -- Most providers have no prices by the time of the week: their rows need no groups for it.
               $3, $4, $5, {provider}, $6) AS class,
           {requests} AS requests, {instance_hours} AS instance_hours, {uncached_input_tokens} AS uncached_input_tokens,
           {cache_read_tokens} AS cache_read_tokens, {cache_write_5m_tokens} AS cache_write_5m_tokens,
           {cache_write_1h_tokens} AS cache_write_1h_tokens, {output_tokens} AS output_tokens,
           {energy_kwh} AS energy_kwh,
           {transfer_quantity} AS transfer_quantity, {storage_quantity} AS storage_quantity, {quantity} AS quantity,
           {transfer_unit} AS transfer_unit, {storage_unit} AS storage_unit, {meter} AS meter,
           {meter_unit} AS meter_unit, {sub_account} AS sub_account, {pool} AS pool,
           {feature} AS feature, {customer} AS customer, {user_id} AS user_id, {extra} AS extra
    FROM {relation} AS u
    {where}
    {barrier}
$sql$;
    -- With OFFSET 0, each expression is computed once, but Citus fetches every row.
    query := replace(query, '{barrier}',
                     CASE WHEN accelcost_internal.reads_citus_table(source) THEN '' ELSE 'OFFSET 0' END);
    query := replace(query, '{where}', coalesce('WHERE ' || nullif(concat_ws(' AND ',
        CASE WHEN starts IS NOT NULL
             -- Machines may have been used since before the first month.
             THEN '({period_start} >= $1 OR ({instance_hours} <> 0'
                  ' AND {period_end} > $1 AND {period_start} >= ''4713-01-01 00:00:00+00 BC'''
                  ' AND {values}.bill_month({period_start}) <> {values}.bill_month({period_end})))' END,
        CASE WHEN ends IS NOT NULL THEN '{period_start} < $2' END,
        condition), ''), ''));
    -- A row of nothing else that names transfer or storage without a quantity: it is unknown.
    query := replace(query, '{sends}',
        '({transfer_quantity} <> 0 OR ({transfer_quantity} IS NULL AND {nothing else} AND ({transfer_unit} IS NOT NULL'
        ' OR {transfer_destination} IS NOT NULL OR {transfer_service} <> ''*'' OR {transfer_kind} <> ''internet'')))');
    query := replace(query, '{stores}',
        '({storage_quantity} <> 0 OR ({storage_quantity} IS NULL AND {nothing else} AND ({storage_unit} IS NOT NULL'
        ' OR {storage_kind} IS NOT NULL)))');
    query := replace(query, '{nothing else}',
        '{model} IS NULL AND {sku} IS NULL AND {accelerator} IS NULL AND {meter} IS NULL AND {requests} IS NULL'
        ' AND {energy_kwh} IS NULL AND coalesce({transfer_quantity}, {storage_quantity}) IS NULL');
    query := replace(query, '{spans}',
                     'accelcost_internal.spans_prices({period_start}, {period_end}, $3, $5, {provider}, $6)');
    query := replace(query, '{counts days}',
                     CASE WHEN accelcost_internal.daily_meters() = '{}' THEN 'false'
                          ELSE '({meter} = ANY ($7) OR ({requests} <> 0 AND ''requests'' = ANY ($7)))' END);
    FOR c IN SELECT * FROM accelcost_internal.usage_columns(source) LOOP
        query := replace(query, format('{%s}', c.name), c.expression);
    END LOOP;
    -- The public bill_month: statistics of the relation may be on it.
    RETURN replace(replace(query, '{values}', accelcost_internal.value_schema()), '{relation}', source::text);
END
$$;
COMMENT ON FUNCTION accelcost_internal.usage_reading(regclass, timestamptz, timestamptz, text) IS
    'returns the query that reads usage records, on a condition, with the parts of their key; parameters $1 to $7';

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
