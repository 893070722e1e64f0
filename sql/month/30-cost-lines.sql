-- Lines of cost: usage at its prices, and charges, with what they are for, so that reports treat both alike.

-- What rules look at, and the labels that a record or charge has.
CREATE TYPE accelcost_internal.cost_subject AS (
    is_usage boolean, provider text, account text, sub_account text, service text, sku text, region text,
    description text, tags jsonb, team text, model text, workload text, component text
);
COMMENT ON TYPE accelcost_internal.cost_subject IS
    'what a cost is for: columns that rules match, and its labels; NULL if not read or unknown';

CREATE TYPE accelcost_internal.cost_line AS (
    month date, day date, subject accelcost_internal.cost_subject,
    customer text, feature text, user_id text, tag text, service_tier text,
    category text, thing text, item text, unit text, quantity numeric,
    cost numeric, currency text, line_rows bigint, unpriced_rows bigint, reason text
);
COMMENT ON TYPE accelcost_internal.cost_line IS
    'cost of records or charges that are alike; cost and quantity are NULL if unknown';
COMMENT ON COLUMN accelcost_internal.cost_line.month IS 'month in UTC';
COMMENT ON COLUMN accelcost_internal.cost_line.day IS 'day in UTC; NULL if days are not asked for';
COMMENT ON COLUMN accelcost_internal.cost_line.tag IS 'value of the tag that is asked for';
COMMENT ON COLUMN accelcost_internal.cost_line.category IS 'usage, credit, purchase, tax or other';
COMMENT ON COLUMN accelcost_internal.cost_line.thing IS 'model, machine, meter or SKU';
COMMENT ON COLUMN accelcost_internal.cost_line.item IS
    'thing with all that its price depends on, such as the token kind';
COMMENT ON COLUMN accelcost_internal.cost_line.line_rows IS 'records or charges, each counted in one line';

CREATE FUNCTION accelcost_internal.check_by(value text, parameter text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    words CONSTANT text[] := '{total,provider,payer,sub_account,team,model,workload,component,customer,feature,user_id,'
                             'service,sku,region,service_tier}';
BEGIN
    IF accelcost_internal.check_given(value, parameter) = ANY (words) OR value LIKE 'tag:_%' THEN
        RETURN value;
    END IF;
    RAISE EXCEPTION 'invalid value for parameter "%": "%"', parameter, value
        USING ERRCODE = 'invalid_parameter_value',
              HINT = format('Use %s, or "tag:" with the name of a tag.',
                            (SELECT string_agg(format('"%s"', w.word), ', ' ORDER BY w.ordinal)
                             FROM unnest(words) WITH ORDINALITY AS w (word, ordinal)));
END
$$;
COMMENT ON FUNCTION accelcost_internal.check_by(text, text) IS
    'returns value; raises an error if it is not a column that reports group cost by';

CREATE FUNCTION accelcost_internal.line_value(line accelcost_internal.cost_line, by text) RETURNS text
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN CASE by
        WHEN 'total' THEN 'total'
        WHEN 'provider' THEN ((line).subject).provider
        WHEN 'payer' THEN ((line).subject).account
        WHEN 'sub_account' THEN ((line).subject).sub_account
        WHEN 'team' THEN ((line).subject).team
        WHEN 'model' THEN ((line).subject).model
        WHEN 'workload' THEN ((line).subject).workload
        WHEN 'component' THEN ((line).subject).component
        WHEN 'service' THEN ((line).subject).service
        WHEN 'sku' THEN ((line).subject).sku
        WHEN 'region' THEN ((line).subject).region
        WHEN 'customer' THEN (line).customer
        WHEN 'feature' THEN (line).feature
        WHEN 'user_id' THEN (line).user_id
        WHEN 'service_tier' THEN (line).service_tier
        ELSE (line).tag END;
COMMENT ON FUNCTION accelcost_internal.line_value(accelcost_internal.cost_line, text) IS
    'returns the value of a line in the column that a report groups by';

-- Rows of a group share its cost in proportion; what rounding leaves is in the first part.
CREATE FUNCTION accelcost_internal.cost_share(cost numeric, weight numeric, whole numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN CASE WHEN cost = 0.0 OR whole = 0.0 THEN 0.0
                WHEN weight = whole THEN round(cost, 18)
                ELSE round(cost * weight * 1.000000000000000000 / whole, 18) END;
COMMENT ON FUNCTION accelcost_internal.cost_share(numeric, numeric, numeric) IS
    'returns the part of a cost that a weight has of the whole, to 18 decimals';

-- Longer than 80 lines: what each component of a group is split by, in one statement.
CREATE FUNCTION accelcost_internal.usage_lines(
    source regclass, currency text, first_month date, last_month date, rate_at timestamptz, fields text[], tag text)
RETURNS SETOF accelcost_internal.cost_line
LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
-- A timestamp without time zone is taken as UTC.
SET timezone = 'UTC'
-- Compiling the expressions costs more than it saves.
SET jit = off
SET enable_nestloop = off
-- There are far fewer lines than the planner can know.
SET enable_sort = off
SET hash_mem_multiplier = 64
AS $$
DECLARE
    months CONSTANT record := accelcost_internal.check_months(first_month, last_month);
    query  text;
BEGIN
    -- Records are summed by the key of their price and by what is asked for; groups are priced once.
    query := $sql$
WITH priced AS MATERIALIZED (
    SELECT p.*, (p.g).n, (p.g).key, (p.g).is_later, (p.g).has_tokens_only, (p.prices).*,
           ((p.g).uses_tokens OR (p.g).has_tokens_only) AND NOT (p.g).is_later AS has_tokens,
           num_nonnulls(p.metered, p.metered_reason) > 0 AS has_metered,
           num_nonnulls(p.energy, p.energy_reason) > 0 AS has_energy,
           num_nonnulls(p.egress, p.egress_reason) > 0 AS has_egress,
           num_nonnulls(p.storage, p.storage_reason) > 0 AS has_storage
    FROM accelcost_internal.usage_priced($5, $6, $7, $8, $9) AS p
), used AS (
    SELECT u.key, {fields}, {records} AS records, sum(u.requests) AS requests,
           sum(u.instance_hours) AS hours, sum(u.uncached_input_tokens) AS input,
           sum(u.cache_read_tokens) AS cache_read, sum(u.cache_write_5m_tokens) AS cache_write_5m,
           sum(u.cache_write_1h_tokens) AS cache_write_1h, sum(u.output_tokens) AS output, sum(u.energy_kwh) AS kwh,
           sum(u.transfer_quantity) AS transferred, sum(u.storage_quantity) AS stored,
           sum(u.quantity) AS quantity
    FROM ({reading}) AS u
    GROUP BY u.key, the_day, the_sub_account, the_feature, the_customer, the_user, the_tags, the_tag
), part AS (
    SELECT p.n, u.the_day, u.the_sub_account, u.the_feature, u.the_customer, u.the_user, u.the_tags, u.the_tag,
           u.records, c.*
    FROM used AS u
    JOIN priced AS p ON p.key = u.key
    CROSS JOIN LATERAL (
        SELECT v.*, row_number() OVER (ORDER BY v.ordinal) = 1 AS is_counted
        FROM (VALUES
            (1, 'compute', NULL, 'hour', (p.g).uses_hours, u.hours, p.compute_reason,
             coalesce(u.records * p.session_price, u.hours * p.hour_price)),
            (2, 'compute', 'input tokens', 'token', p.has_tokens AND u.input <> 0, u.input, p.compute_reason,
             CASE WHEN p.has_tokens_only THEN 0.0 ELSE u.input * p.input_price END),
            (3, 'compute', 'cache reads', 'token', p.has_tokens AND u.cache_read <> 0, u.cache_read, p.compute_reason,
             CASE WHEN p.has_tokens_only THEN 0.0 ELSE u.cache_read * p.cache_read_price END),
            (4, 'compute', 'cache writes', 'token', p.has_tokens AND u.cache_write_5m <> 0, u.cache_write_5m,
             p.compute_reason,
             CASE WHEN p.has_tokens_only THEN 0.0 ELSE u.cache_write_5m * p.cache_write_5m_price END),
            (5, 'compute', 'cache writes 1h', 'token', p.has_tokens AND u.cache_write_1h <> 0, u.cache_write_1h,
             p.compute_reason,
             CASE WHEN p.has_tokens_only THEN 0.0 ELSE u.cache_write_1h * p.cache_write_1h_price END),
            (6, 'compute', 'output tokens', 'token', p.has_tokens AND u.output <> 0, u.output, p.compute_reason,
             CASE WHEN p.has_tokens_only THEN 0.0 ELSE u.output * p.output_price END),
            (7, 'metered', NULL, coalesce((p.g).meter_unit, (p.g).meter, 'requests'), p.has_metered,
             CASE WHEN (p.g).uses_meter THEN u.quantity ELSE u.requests END, p.metered_reason,
             accelcost_internal.cost_share(p.metered, CASE WHEN (p.g).uses_meter THEN u.quantity ELSE u.requests END,
                                           CASE WHEN (p.g).uses_meter THEN (p.g).quantity ELSE (p.g).requests END)),
            (8, 'energy', NULL, 'kWh', p.has_energy, u.kwh, p.energy_reason, u.kwh * p.kwh_price),
            (9, 'egress', NULL, coalesce((p.g).transfer_unit, 'unit of the tariff'), p.has_egress, u.transferred,
             p.egress_reason, accelcost_internal.cost_share(p.egress, u.transferred, (p.g).transfer_quantity)),
            (10, 'storage', NULL, coalesce((p.g).storage_unit, 'unit of the tariff'), p.has_storage, u.stored,
             p.storage_reason, accelcost_internal.cost_share(p.storage, u.stored, (p.g).storage_quantity)),
            -- Any other record has a line, too: it costs nothing, or what it costs is unknown.
            (11, 'compute', NULL, NULL,
             NOT ((p.g).uses_hours OR p.has_metered OR p.has_energy OR p.has_egress OR p.has_storage
                  OR (p.has_tokens AND (coalesce(u.input, 0) <> 0 OR coalesce(u.cache_read, 0) <> 0
                                        OR coalesce(u.cache_write_5m, 0) <> 0 OR coalesce(u.cache_write_1h, 0) <> 0
                                        OR coalesce(u.output, 0) <> 0))), NULL, p.reason, 0.0)
        ) AS v (ordinal, component, kind, unit, is_used, quantity, reason, cost)
        WHERE v.is_used) AS c
), settled AS (
    -- What rounding leaves of a component of a group is in its largest part.
    SELECT t.*, sum(t.cost) OVER same AS whole, row_number() OVER largest_first = 1 AS is_largest
    FROM part AS t
    WINDOW same AS (PARTITION BY t.n, t.component),
           largest_first AS (PARTITION BY t.n, t.component
                             ORDER BY abs(t.quantity) DESC NULLS LAST, t.ordinal, t.the_day, t.the_sub_account,
                                      t.the_feature, t.the_customer, t.the_user, t.the_tags, t.the_tag)
)
SELECT (p.g).month, CASE WHEN p.is_later AND t.the_day IS NOT NULL THEN (p.g).month ELSE t.the_day END,
       ROW(true, (p.g).shown_provider, (p.g).payer, t.the_sub_account, (p.g).model, w.sku, (p.g).region, NULL,
           t.the_tags, (p.g).team, (p.g).model, (p.g).workload,
           CASE t.component WHEN 'metered' THEN 'compute' ELSE t.component END)::accelcost_internal.cost_subject,
       t.the_customer, t.the_feature, t.the_user, t.the_tag, (p.g).service_tier, 'usage', w.thing,
       concat_ws(', ', w.thing, (p.g).region,
                 CASE WHEN t.unit = 'token' THEN nullif((p.g).service_tier, 'standard') END,
                 CASE WHEN t.unit = 'token' THEN nullif((p.g).geo, 'global') END,
                 CASE WHEN t.unit = 'hour' THEN nullif((p.g).purchase_option, 'on_demand') END,
                 CASE WHEN t.unit = 'hour' THEN nullif((p.g).term_months, 0) || ' months' END,
                 CASE t.component WHEN 'egress' THEN concat_ws(', ', (p.g).transfer_kind, (p.g).transfer_destination)
                                  WHEN 'storage' THEN (p.g).storage_kind
                                  WHEN 'metered' THEN nullif((p.g).meter_kind, '*') END,
                 t.kind),
       t.unit,
       CASE WHEN t.unit = 'hour' AND (p.g).span_seconds IS NOT NULL
            THEN accelcost_internal.shown_hours(t.quantity, (p.g).share_from, (p.g).share_to, (p.g).span_seconds)
            ELSE t.quantity END,
       CASE WHEN t.reason IS NULL AND t.cost IS NOT NULL
            THEN t.cost + CASE WHEN t.is_largest
                               THEN coalesce(CASE t.component WHEN 'compute' THEN p.compute WHEN 'energy' THEN p.energy
                                                              WHEN 'egress' THEN p.egress WHEN 'storage' THEN p.storage
                                                              ELSE p.metered END - t.whole, 0.0) ELSE 0.0 END END,
       $6, CASE WHEN t.is_counted THEN t.records ELSE 0 END,
       CASE WHEN t.is_counted AND (p.reason IS NOT NULL OR t.cost IS NULL) THEN t.records ELSE 0 END,
       CASE WHEN t.reason IS NOT NULL THEN t.reason
            WHEN t.cost IS NULL THEN format('no exchange rate to %s on %s', $6, p.rate_date) END
FROM settled AS t
JOIN priced AS p ON p.n = t.n
CROSS JOIN LATERAL (
    SELECT coalesce((p.g).sku, p.accelerator) AS sku,
           CASE t.component WHEN 'egress' THEN 'data transfer' WHEN 'storage' THEN 'storage'
                            WHEN 'energy' THEN 'energy' WHEN 'metered' THEN coalesce((p.g).meter, 'requests')
                            ELSE coalesce(CASE WHEN t.unit = 'token' THEN (p.g).model END, (p.g).sku, p.accelerator,
                                          (p.g).model, (p.g).meter) END AS thing) AS w
$sql$;
    query := replace(query, '{fields}', concat_ws(', ',
        CASE WHEN 'day' = ANY (fields) THEN accelcost_internal.value_schema() || '.bill_day(u.period_start)'
             ELSE 'NULL::date' END || ' AS the_day',
        CASE WHEN 'sub_account' = ANY (fields) THEN 'u.sub_account' ELSE 'NULL::text' END || ' AS the_sub_account',
        CASE WHEN 'feature' = ANY (fields) THEN 'u.feature' ELSE 'NULL::text' END || ' AS the_feature',
        CASE WHEN 'customer' = ANY (fields) THEN 'u.customer' ELSE 'NULL::text' END || ' AS the_customer',
        CASE WHEN 'user_id' = ANY (fields) THEN 'u.user_id' ELSE 'NULL::text' END || ' AS the_user',
        CASE WHEN 'tags' = ANY (fields)
             THEN $sql$CASE WHEN jsonb_typeof(u.extra) = 'object' THEN u.extra ELSE '{}' END
                       || jsonb_strip_nulls(jsonb_build_object(
                           'feature', u.feature, 'customer', u.customer, 'user_id', u.user_id, 'pool', u.pool))$sql$
             ELSE 'NULL::jsonb' END || ' AS the_tags',
        CASE WHEN tag IS NOT NULL THEN $sql$nullif(u.extra->>$10, '')$sql$ ELSE 'NULL::text' END || ' AS the_tag'));
    query := replace(query, '{records}', accelcost_internal.record_count(source));
    query := replace(query, '{reading}', accelcost_internal.usage_reading(source, months.starts, months.ends));
    RETURN QUERY EXECUTE query
        USING months.starts, months.ends,
              accelcost_internal.price_limits(months.starts, months.ends, accelcost_internal.request_sizes(),
                                              accelcost_internal.price_windows()),
              accelcost_internal.daily_meters(), source, currency, first_month, last_month, rate_at, tag;
END
$$;
COMMENT ON FUNCTION accelcost_internal.usage_lines(regclass, text, date, date, timestamptz, text[], text) IS
    'returns the cost of usage in lines that add up to the groups of usage_priced, with the fields that are asked for';

CREATE FUNCTION accelcost_internal.usage_days(source regclass, since date)
RETURNS TABLE (provider text, last_day date)
LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
SET timezone = 'UTC'
AS $$
DECLARE
    query text := 'SELECT {provider}, max({values}.bill_day({period_start})) FROM {relation} AS u'
                  ' WHERE {values}.bill_day({period_start}) >= $1 AND isfinite({period_start}) GROUP BY 1';
BEGIN
    IF source IS NULL THEN
        RAISE EXCEPTION '"source" must not be null' USING ERRCODE = 'null_value_not_allowed';
    END IF;
    RETURN QUERY EXECUTE accelcost_internal.usage_query(query, source) USING since;
END
$$;
COMMENT ON FUNCTION accelcost_internal.usage_days(regclass, date) IS
    'returns the last day with usage of each provider, as the usage names it, from a day on';
