-- Price groups of usage: the five meters together, in one currency.

CREATE FUNCTION accelcost_internal.rate_time(month date, rate_at timestamptz) RETURNS timestamptz
    LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN coalesce(rate_at, least((@extschema@.next_month(month) - 1)::timestamp AT TIME ZONE 'UTC', now()));
COMMENT ON FUNCTION accelcost_internal.rate_time(date, timestamptz) IS
    'returns rate_at, or the start of the last day of the month in UTC but not after now';

CREATE FUNCTION accelcost_internal.new_prices(relation regclass)
RETURNS TABLE (offer accelcost.offer_price, token accelcost.token_price)
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    n record;
BEGIN
    PERFORM accelcost_internal.check_relation(relation);
    IF NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = relation AND attname = 'provider' AND NOT attisdropped)
       OR NOT EXISTS (SELECT FROM pg_attribute AS s JOIN pg_attribute AS a USING (attrelid)
                      WHERE attrelid = relation
                        AND (s.attname, a.attname) IN (('sku', 'amount'), ('model', 'input_price'))
                        AND NOT s.attisdropped AND NOT a.attisdropped) THEN
        RAISE EXCEPTION 'relation "%" is missing required columns of new prices', relation
            USING ERRCODE = 'undefined_column',
            DETAIL = format('Columns found: %s.', accelcost_internal.column_list(relation)),
                  HINT = 'Prices by the hour have the columns provider, sku and amount of accelcost.offer_price, '
                         'prices of tokens provider, model and input_price of accelcost.token_price, '
                         'and others of these tables where they matter.';
    END IF;
    FOR n IN EXECUTE replace($sql$
        SELECT CASE WHEN k.provider IS NULL THEN 'a new price has no provider'
                    WHEN k.sku IS NULL AND k.model IS NULL THEN 'a new price has neither sku nor model'
                    WHEN count(*) > 1 THEN format('more than one new price of "%s" at provider "%s"',
                                                  coalesce(k.sku, k.model), k.provider)
                    WHEN k.sku IS NOT NULL AND NOT coalesce(min(k.amount) >= 0 AND min(k.amount) < 1e20, false)
                    THEN format('"amount" of the new price of "%s" at provider "%s" must be a number of 0 or more',
                                k.sku, k.provider)
                    WHEN k.sku IS NULL AND NOT bool_and(k.is_price)
                    THEN format('prices of tokens of the new price of "%s" at provider "%s" '
                                'must be numbers of 0 or more',
                                k.model, k.provider)
                    WHEN k.sku IS NULL AND bool_or(k.is_window)
                    THEN format('the new price of "%s" at provider "%s" '
                                'is for a part of the week, which cannot be tried',
                                k.model, k.provider)
                    WHEN k.purchase_option NOT IN ('on_demand', 'spot', 'reserved', 'committed', 'capacity_block')
                    THEN format('unknown purchase_option "%s" of the new price of "%s" at provider "%s"',
                                k.purchase_option, coalesce(k.sku, k.model), k.provider) END AS fault
        FROM (SELECT accelcost_internal.check_provider(j.j->>'provider') AS provider, j.j->>'sku' AS sku,
                     CASE WHEN j.j->>'sku' IS NULL
                          THEN coalesce(accelcost_internal.model_name(j.j->>'model'), j.j->>'model') END AS model,
                     coalesce(j.j->>'region', '*') AS region,
                     coalesce(j.j->>'purchase_option', 'on_demand') AS purchase_option,
                     coalesce(j.j->>'term_months', '0') AS term_months, (j.j->>'amount')::numeric AS amount,
                     (SELECT coalesce(bool_and(p.value::numeric >= 0 AND p.value::numeric < 1e12), true)
                      FROM jsonb_each_text(j.j) AS p WHERE p.key LIKE '%\_price' AND j.j->>'sku' IS NULL) AS is_price,
                     num_nonnulls(j.j->>'weekdays', j.j->>'utc_from', j.j->>'utc_to') > 0 AS is_window,
                     coalesce(j.j->>'service_tier', 'standard') AS service_tier,
                     coalesce(j.j->>'geo', 'global') AS geo
              FROM {relation} AS s, LATERAL (SELECT to_jsonb(s) AS j) AS j) AS k
        GROUP BY k.provider, k.sku, k.model, k.region, k.purchase_option, k.term_months, k.service_tier,
                 k.geo$sql$, '{relation}',
            relation::text)
    LOOP
        IF n.fault IS NOT NULL THEN
            RAISE EXCEPTION '%', n.fault
                USING ERRCODE = 'invalid_parameter_value', DETAIL = format('It is in relation "%s".', relation);
        END IF;
    END LOOP;

    RETURN QUERY EXECUTE replace($sql$
        SELECT CASE WHEN n.j->>'sku' IS NOT NULL
                    THEN jsonb_populate_record(NULL::accelcost.offer_price,
                             '{"region": "*", "purchase_option": "on_demand", "term_months": 0, "currency": "USD", '
                             '"source": "new", "origin": "user"}' || n.j) END,
               CASE WHEN n.j->>'sku' IS NULL
                    THEN jsonb_populate_record(NULL::accelcost.token_price,
                             '{"threshold_strict": true, "currency": "USD", "source": "new", "origin": "user", '
                             '"service_tier": "standard", "geo": "global"}' || n.j
                             || jsonb_build_object('model',
                                                   coalesce(accelcost_internal.model_name(n.j->>'model'),
                                                            n.j->>'model'))) END
        FROM {relation} AS s,
        -- Treat NULL as not specified.
        LATERAL (SELECT jsonb_strip_nulls(to_jsonb(s))
                        || jsonb_build_object('provider', accelcost_internal.check_provider(to_jsonb(s)->>'provider'))
                            AS j) AS n$sql$, '{relation}', relation::text);
END
$$;
COMMENT ON FUNCTION accelcost_internal.new_prices(regclass) IS
    'returns rows of a relation as rows of accelcost.offer_price or accelcost.token_price';

-- The cost of a record is its quantities at these prices of its group, in the currency of the report.
CREATE TYPE accelcost_internal.record_prices AS (
    hour_price numeric, session_price numeric,
    input_price numeric, cache_read_price numeric, cache_write_5m_price numeric, cache_write_1h_price numeric,
    output_price numeric, kwh_price numeric,
    egress_line bigint, egress_line_cost numeric, egress_digits integer, egress_unit_bytes numeric,
    storage_line bigint, storage_line_cost numeric, storage_digits integer, storage_unit_bytes numeric
);
COMMENT ON TYPE accelcost_internal.record_prices IS
    'prices of the records of a group, in the currency of the report, and the lines whose bills they share';
COMMENT ON COLUMN accelcost_internal.record_prices.hour_price IS 'price of an instance hour; NULL for sessions';
COMMENT ON COLUMN accelcost_internal.record_prices.session_price IS 'price of a session';
COMMENT ON COLUMN accelcost_internal.record_prices.input_price IS 'price of an uncached input token';
COMMENT ON COLUMN accelcost_internal.record_prices.cache_read_price IS 'price of an input token read from a cache';
COMMENT ON COLUMN accelcost_internal.record_prices.cache_write_5m_price IS 'price of a token cached for 5 minutes';
COMMENT ON COLUMN accelcost_internal.record_prices.cache_write_1h_price IS 'price of a token cached for an hour';
COMMENT ON COLUMN accelcost_internal.record_prices.output_price IS 'price of an output token';
COMMENT ON COLUMN accelcost_internal.record_prices.kwh_price IS 'price of a kWh';
COMMENT ON COLUMN accelcost_internal.record_prices.egress_line IS 'line of the egress bill; NULL if egress is free';
COMMENT ON COLUMN accelcost_internal.record_prices.egress_line_cost IS 'cost of that line';
COMMENT ON COLUMN accelcost_internal.record_prices.egress_digits IS 'decimals of the shares of that line';
COMMENT ON COLUMN accelcost_internal.record_prices.egress_unit_bytes IS 'bytes of the unit of the egress tariff';
COMMENT ON COLUMN accelcost_internal.record_prices.storage_line IS 'line of the storage bill; NULL if storage is free';
COMMENT ON COLUMN accelcost_internal.record_prices.storage_line_cost IS 'cost of that line';
COMMENT ON COLUMN accelcost_internal.record_prices.storage_digits IS 'decimals of the shares of that line';
COMMENT ON COLUMN accelcost_internal.record_prices.storage_unit_bytes IS 'bytes of the unit of the storage tariff';

CREATE FUNCTION accelcost_internal.converted_price(price numeric, exchange_rate numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN CASE WHEN price = 0.0 THEN 0.0 ELSE price * exchange_rate END;
COMMENT ON FUNCTION accelcost_internal.converted_price(numeric, numeric) IS
    'returns a price in the currency of the report; a price of 0 needs no exchange rate';

-- Compare keys as the text of a row: NULL equals NULL there, and text can be hashed.
CREATE FUNCTION accelcost_internal.usage_priced(
    source regclass, currency text, first_month date, last_month date, rate_at timestamptz,
    new_prices regclass DEFAULT NULL)
RETURNS TABLE (
    key accelcost_internal.usage_key, month date, provider text, payer text, region text,
    sku text, accelerator text, purchase_option text, term_months integer, gpu_count numeric, workload text, model text,
    team text,
    usage_rows bigint, requests numeric, tokens numeric, instance_hours numeric, session_hours numeric,
    energy_kwh numeric,
    transfer_bytes numeric, uses_hours boolean, uses_tokens boolean, uses_internet boolean, tokens_uncounted boolean,
    has_tokens_only boolean,
    compute numeric, energy numeric, egress numeric, storage numeric,
    compute_reason text, energy_reason text, egress_reason text, storage_reason text, reason text,
    is_unconverted boolean,
    price_source text, price_origin text, price_as_of date, rate_date date, lacks_rate boolean,
    prices accelcost_internal.record_prices)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
-- The planner cannot know the number of groups: compiling costs more than it
-- saves if they are few, and nested loops are too slow if they are many.
SET jit = off
SET enable_nestloop = off
BEGIN ATOMIC
    WITH new_price AS MATERIALIZED (
        SELECT p.* FROM accelcost_internal.new_prices(usage_priced.new_prices) AS p
    ), hidden AS MATERIALIZED (
        SELECT concat('row security may hide rows of "', r.relation, '": the month''s total is unknown') AS reason,
               accelcost_internal.price_eras(NULL::timestamptz, NULL::timestamptz) AS eras
        FROM accelcost_internal.relation_with_hidden_rows(usage_priced.source) AS r (relation)
        WHERE r.relation IS NOT NULL
    ), raw AS MATERIALIZED (
        SELECT row_number() OVER (ORDER BY u.key) AS n, u.*
        FROM accelcost_internal.usage_groups(usage_priced.source, usage_priced.first_month, usage_priced.last_month,
                                      (SELECT array_agg(least((t.token).context_threshold, 9000000000000000000)
                                                        + CASE WHEN (t.token).threshold_strict THEN 1::bigint
                                                               ELSE 0::bigint END)
                                       FROM new_price AS t)) AS u
    ), check_provider AS MATERIALIZED (
        SELECT ROW(r.provider)::text AS given, p.provider, p.kind
        FROM (SELECT DISTINCT raw.provider FROM raw) AS r
        LEFT JOIN LATERAL (SELECT c.provider, c.kind FROM accelcost.provider AS c
                           WHERE c.provider = accelcost.provider_name(r.provider) ORDER BY c.builtin
                           LIMIT 1) AS p ON true
    ), known_model AS MATERIALIZED (
        SELECT ROW(r.model)::text AS given, coalesce(accelcost.model_name(r.model), r.model) AS model
        FROM (SELECT DISTINCT raw.model FROM raw) AS r
    ), known_accelerator AS MATERIALIZED (
        SELECT ROW(r.accelerator)::text AS given,
               coalesce(accelcost.accelerator_name(r.accelerator), r.accelerator) AS accelerator
        FROM (SELECT DISTINCT raw.accelerator FROM raw) AS r
    ), usage_group AS MATERIALIZED (
        SELECT r.n, r.key, r.month, r.at, r.second, p.provider, coalesce(p.provider, r.provider) AS shown_provider,
               p.kind = 'own' AS is_own, r.payer, r.region, r.sku, a.accelerator, r.purchase_option, r.term_months,
               r.gpu_count,
               r.workload, m.model, r.team, r.hours_unknown OR r.uses_hours AS uses_hours, r.hours_unknown,
               r.is_session, r.session_hours,
               -- A log of a machine whose hours are in other records is priced if those are.
               r.by_hours AND NOT r.hours_unknown AND NOT r.uses_hours AND p.kind IS DISTINCT FROM 'own'
                   AND (r.tokens_unknown OR t.tokens <> 0.0) AS has_tokens_only,
               r.tokens_unknown, r.by_hours AND r.tokens_unknown AS tokens_uncounted, t.tokens, r.is_batch,
               r.is_one_request, r.request_size,
               r.uses_uncached_input, r.uses_cache_read, r.uses_cache_write_5m, r.uses_cache_write_1h, r.uses_output,
               NOT r.by_hours AND (r.tokens_unknown OR r.uses_uncached_input OR r.uses_cache_read
                                   OR r.uses_cache_write_5m
                                   OR r.uses_cache_write_1h OR r.uses_output) AS uses_tokens,
               r.uses_energy AND p.kind = 'own' AS uses_energy,
               r.uses_transfer, r.transfer_unit, r.transfer_kind, r.transfer_service, r.transfer_destination,
               r.uses_storage, r.storage_unit, r.storage_kind, r.usage_rows, r.requests, r.instance_hours,
               r.uncached_input_tokens,
               r.cache_read_tokens, r.cache_write_5m_tokens, r.cache_write_1h_tokens, r.output_tokens, r.energy_kwh,
               r.transfer_quantity, r.storage_quantity,
               CASE WHEN r.month IS NULL THEN 'period_start is not known'
                    WHEN r.provider IS NULL THEN 'provider is not known'
                    WHEN p.provider IS NULL THEN format('unknown provider "%s"', r.provider) END AS nobody
        FROM raw AS r
        JOIN check_provider AS p ON p.given = ROW(r.provider)::text
        JOIN known_model AS m ON m.given = ROW(r.model)::text
        JOIN known_accelerator AS a ON a.given = ROW(r.accelerator)::text
        CROSS JOIN LATERAL (SELECT coalesce(r.uncached_input_tokens, 0.0) + coalesce(r.cache_read_tokens, 0.0)
                                   + coalesce(r.cache_write_5m_tokens, 0.0)
                                   + coalesce(r.cache_write_1h_tokens, 0.0)
                                   + coalesce(r.output_tokens, 0.0) AS tokens) AS t

    -- ---- by the hour ------------------------------------------------------

    ), hour_price AS MATERIALIZED (
        SELECT ROW(k.provider, k.sku, k.accelerator, k.at, k.region, k.purchase_option, k.term_months, k.payer)::text
               AS key, p.*
        FROM (SELECT DISTINCT g.provider, g.sku, CASE WHEN g.sku IS NULL THEN g.accelerator END AS accelerator, g.at,
                     g.region, g.purchase_option, g.term_months, g.payer
              FROM usage_group AS g WHERE (g.uses_hours OR g.has_tokens_only) AND g.nobody IS NULL) AS k
        LEFT JOIN LATERAL (SELECT s.offer FROM new_price AS s
                           WHERE (s.offer).provider = k.provider AND (s.offer).sku = k.sku
                             AND (s.offer).region IN (k.region, '*')
                             AND (s.offer).purchase_option = k.purchase_option AND (s.offer).term_months = k.term_months
                           ORDER BY (s.offer).region = '*' LIMIT 1) AS n ON true
        CROSS JOIN LATERAL accelcost_internal.hourly_price(k.provider, k.sku, k.accelerator, k.at, k.region,
                                                           k.purchase_option, k.term_months, k.payer, n.offer) AS p
    ), by_hours AS (
        SELECT r.n, r.currency, r.source, r.origin, r.as_of, r.reason, r.found_accelerator, r.gpus,
               CASE WHEN r.has_tokens_only THEN 0.0 WHEN NOT r.is_session THEN r.unit_price END AS hour_price,
               CASE WHEN r.is_session AND NOT r.has_tokens_only AND r.reason IS NULL THEN s.price END AS session_price,
               CASE WHEN r.reason IS NOT NULL THEN NULL
                    WHEN r.has_tokens_only THEN 0.0
                    WHEN r.is_session THEN s.price * r.usage_rows::numeric
                    ELSE r.unit_price * r.instance_hours END AS cost
        FROM (SELECT g.n, g.has_tokens_only, g.is_session, g.session_hours, g.usage_rows, g.instance_hours, p.currency,
                     p.source, p.origin, p.as_of,
                     p.billing_increment_seconds, p.minimum_seconds,
                     coalesce(g.accelerator, p.found_accelerator) AS found_accelerator,
                     coalesce(g.gpu_count, p.gpu_count) AS gpus,
                     p.amount * CASE WHEN p.is_per_gpu THEN coalesce(g.gpu_count, p.gpu_count)
                                     ELSE 1.0 END AS unit_price,
                     accelcost_internal.hours_reason(
                         g.nobody, p.reason, g.sku, g.accelerator,
                         g.hours_unknown, g.instance_hours, g.has_tokens_only, g.is_session, g.session_hours,
                         p.is_per_gpu, g.gpu_count, p.gpu_count,
                         p.billing_increment_seconds, p.minimum_seconds) AS reason
              FROM usage_group AS g
              LEFT JOIN hour_price AS p
                  ON p.key = ROW(g.provider, g.sku, CASE WHEN g.sku IS NULL THEN g.accelerator END, g.at, g.region,
                                 g.purchase_option, g.term_months, g.payer)::text
              WHERE g.uses_hours OR g.has_tokens_only) AS r
        -- Each session is billed on its own, by the second.
        CROSS JOIN LATERAL (
            SELECT CASE WHEN r.is_session AND r.reason IS NULL AND NOT r.has_tokens_only
                        THEN round(r.unit_price
                                   * @extschema@.billed_seconds(r.session_hours * 3600.0, r.billing_increment_seconds,
                                                                r.minimum_seconds)
                                   * 1.00000000000000000000 / 3600.0, 18) END AS price) AS s

    -- ---- by the token -----------------------------------------------------

    ), token_price AS MATERIALIZED (
        SELECT ROW(k.provider, k.model, k.at, k.second, k.payer, k.is_batch)::text AS key,
               -- If windows apply, take a price with a window, otherwise the price without one.
               CASE WHEN (n.token).model IS NOT NULL THEN n.token
                    WHEN k.second IS NOT NULL
                    THEN accelcost_internal.find_token_price(k.provider, k.model, k.at, k.second, k.payer,
                                                             t.service_tier, 'global')
                    ELSE coalesce((SELECT w FROM accelcost.token_price AS w
                                   WHERE w.provider = k.provider AND w.model = k.model AND w.valid @> k.at
                                     AND w.service_tier = t.service_tier AND w.geo = 'global'
                                     AND num_nonnulls(w.weekdays, w.utc_from) > 0
                                     AND accelcost_internal.origin_rank(w.origin) IS NOT NULL
                                     AND NOT (w.builtin AND EXISTS (
                                         SELECT FROM accelcost_internal.replaced_token_prices(k.at) AS r
                                         WHERE (r.provider, r.model, r.service_tier, r.geo)
                                               = (w.provider, w.model, w.service_tier, w.geo)))
                                     AND (w.account IS NULL OR w.account = k.payer) LIMIT 1),
                                  accelcost_internal.find_token_price(k.provider, k.model, k.at, 0, k.payer,
                                                                      t.service_tier, 'global')) END AS price
        FROM (SELECT DISTINCT g.provider, g.model, g.at, g.second, g.payer, g.is_batch FROM usage_group AS g
              WHERE g.uses_tokens AND g.nobody IS NULL) AS k
        CROSS JOIN LATERAL (SELECT CASE WHEN k.is_batch THEN 'batch' ELSE 'standard' END AS service_tier) AS t
        LEFT JOIN new_price AS n ON (n.token).provider = k.provider AND (n.token).model = k.model
                                AND (n.token).service_tier = t.service_tier AND (n.token).geo = 'global'
    ), by_tokens AS (
        SELECT r.n, (r.price).currency, (r.price).source, (r.price).origin, (r.price).as_of, r.reason,
               CASE WHEN r.reason IS NULL
                    THEN (coalesce(r.uncached_input_tokens * t.input_price, 0.0)
                          + coalesce(r.cache_read_tokens * t.cache_read_price, 0.0)
                          + coalesce(r.cache_write_5m_tokens * t.cache_write_5m_price, 0.0)
                          + coalesce(r.cache_write_1h_tokens * t.cache_write_1h_price, 0.0)
                          + coalesce(r.output_tokens * t.output_price, 0.0))
                         * f.per_token END AS cost,
               t.input_price * f.per_token AS input_price, t.cache_read_price * f.per_token AS cache_read_price,
               t.cache_write_5m_price * f.per_token AS cache_write_5m_price,
               t.cache_write_1h_price * f.per_token AS cache_write_1h_price,
               t.output_price * f.per_token AS output_price
        FROM (SELECT g.*, p.price, l.may_be_long,
                     coalesce(g.nobody, accelcost_internal.token_price_reason(
                         p.price, g.model, g.tokens_unknown, g.is_batch, g.is_one_request, l.may_be_long, g.second,
                         g.uses_uncached_input,
                         g.uses_cache_read, g.uses_cache_write_5m, g.uses_cache_write_1h, g.uses_output)) AS reason
              FROM usage_group AS g
              LEFT JOIN token_price AS p ON p.key = ROW(g.provider, g.model, g.at, g.second, g.payer, g.is_batch)::text
              CROSS JOIN LATERAL (SELECT coalesce(g.request_size >= least((p.price).context_threshold,
                                                                          9000000000000000000)
                                                                              + CASE WHEN (p.price).threshold_strict
                                                                                  THEN 1::bigint ELSE 0::bigint END,
                                                  false) AS may_be_long) AS l
              WHERE g.uses_tokens) AS r
        CROSS JOIN LATERAL accelcost_internal.token_prices(r.price, r.may_be_long) AS t
        CROSS JOIN LATERAL (SELECT 0.000001 AS per_token) AS f

    -- ---- energy of one's own machines ---------------------------------------

    ), energy_price AS MATERIALIZED (
        SELECT ROW(k.region, k.at)::text AS key, e.*
        FROM (SELECT DISTINCT g.region, g.at FROM usage_group AS g WHERE g.uses_energy AND g.at IS NOT NULL) AS k
        LEFT JOIN LATERAL accelcost_internal.find_energy_price(k.region, k.at) AS e ON true
    ), by_energy AS (
        SELECT g.n, e.currency, e.price_per_kwh, e.price_per_kwh * g.energy_kwh AS cost,
               accelcost_internal.energy_reason(g.nobody, g.region, e.price_per_kwh) AS reason
        FROM usage_group AS g
        LEFT JOIN energy_price AS e ON e.key = ROW(g.region, g.at)::text
        WHERE g.uses_energy

    -- ---- by the month: data that is sent and kept ----------------------------

    ), metered AS (
        SELECT g.n, 'egress' AS meter, g.transfer_kind AS kind, g.transfer_service AS service,
               g.transfer_destination AS destination,
               g.transfer_quantity AS quantity, g.transfer_unit AS unit, g.month, g.at, g.provider, g.payer, g.region,
               g.workload, g.model, g.team, g.nobody
        FROM usage_group AS g WHERE g.uses_transfer
        UNION ALL
        SELECT g.n, 'storage', g.storage_kind, '*', NULL, g.storage_quantity, g.storage_unit,
               g.month, g.at, g.provider, g.payer, g.region, g.workload, g.model, g.team, g.nobody
        FROM usage_group AS g WHERE g.uses_storage
    ), meter_price AS MATERIALIZED (
        SELECT f.*,
               -- If a pool is free for a part of the month only, rate the whole month.
               bool_and(accelcost_internal.is_free((f.found).tariff)) OVER (PARTITION BY f.pool) AS is_free,
               -- True if this usage changes pools in the month: no single bill covers it.
               count(f.pool) FILTER (WHERE f.is_first) OVER (PARTITION BY f.asked, f.month) > 1 AS is_torn,
               dense_rank() OVER (ORDER BY f.meter, f.payer, f.month, (f.found).provider, f.free_name,
                                  CASE WHEN f.free_name IS NULL THEN f.pool END) AS free_pool,
               -- True if the free quantity gets, changes or loses its free pool in the month.
               min((f.found).free_pool) OVER (PARTITION BY f.pool) IS DISTINCT FROM max((f.found).free_pool)
                   OVER (PARTITION BY f.pool)
                   OR count((f.found).free_pool) OVER (PARTITION BY f.pool) NOT IN (0::bigint,
                       count(*) OVER (PARTITION BY f.pool)) AS is_renamed
        FROM (SELECT r.*, (r.found).provider IS NOT NULL
                  AND row_number() OVER (PARTITION BY r.asked, r.month, r.pool) = 1 AS is_first,
                     min((r.found).free_pool) OVER (PARTITION BY r.pool) AS free_name
              FROM (SELECT ROW(k.provider, k.meter, k.kind, k.at, k.region, k.destination, k.service, k.payer)::text
                        AS key,
                           ROW(k.provider, k.meter, k.kind, k.region, k.destination, k.service, k.payer)::text AS asked,
                           k.meter, k.payer, @extschema@.bill_month(k.at) AS month, t.found, t.regions,
                           -- A pool is what one tariff rates together: a payer's quantity of a month.
                           dense_rank() OVER (ORDER BY k.meter, k.payer, @extschema@.bill_month(k.at),
                                              (t.found).provider, (t.found).kind, (t.found).service,
                                                       (t.found).from_region, (t.found).to_region, (t.found).account,
                                                       (t.found).currency) AS pool
                    -- Also at the times of the payer's other transfers: its tariff may be replaced before this one.
                    FROM (SELECT DISTINCT m.provider, m.meter, m.kind, o.at, m.region, m.destination, m.service, m.payer
                          FROM (SELECT DISTINCT a.provider, a.meter, a.kind, a.month, a.region, a.destination,
                                       a.service, a.payer FROM metered AS a WHERE a.nobody IS NULL) AS m
                          JOIN (SELECT DISTINCT a.provider, a.meter, a.month, a.payer, a.at
                                FROM metered AS a WHERE a.nobody IS NULL
                                UNION ALL
                                -- A hidden row may have any time of the month.
                                SELECT a.provider, a.meter, a.month, a.payer, e.at
                                FROM (SELECT DISTINCT m.provider, m.meter, m.month, m.payer
                                      FROM metered AS m WHERE m.nobody IS NULL) AS a
                                CROSS JOIN hidden AS h
                                CROSS JOIN LATERAL unnest(h.eras || (a.month::timestamp AT TIME ZONE 'UTC')) AS e (at)
                                WHERE @extschema@.bill_month(e.at) = a.month) AS o
                              ON o.provider = m.provider AND o.meter = m.meter AND o.month = m.month
                                  AND ROW(o.payer)::text = ROW(m.payer)::text) AS k
                    CROSS JOIN LATERAL accelcost_internal.find_tariff(k.provider, k.meter, k.kind, k.at, k.region,
                                                                      k.destination, k.service,
                                                                      k.payer) AS t) AS r) AS f
    ), part AS MATERIALIZED (
        SELECT m.n, m.meter, m.at, m.month, m.workload, m.model, m.team, p.found, p.pool, p.free_pool, p.is_free,
               CASE WHEN (p.found).provider IS NOT NULL AND abs(m.quantity) < 1e20
                    THEN accelcost_internal.metered_quantity(m.quantity, m.unit, (p.found).unit_bytes,
                                                             m.month) END AS amount,
               accelcost_internal.meter_reason(
                   m.nobody, (SELECT h.reason FROM hidden AS h), m.meter, m.kind, m.region, m.destination,
                   m.quantity, m.unit, m.month,
                   (p.found).provider, (p.found).unit, (p.found).unit_bytes, p.regions,
                   p.is_free, p.is_renamed, p.is_torn) AS reason
        FROM metered AS m
        LEFT JOIN meter_price AS p
            ON p.key = ROW(m.provider, m.meter, m.kind, m.at, m.region, m.destination, m.service, m.payer)::text
    ), era AS (
        -- If a tariff changes in the month, the new one continues at the quantity rated so far.
        SELECT r.pool, r.free_pool, (array_agg(r.found))[1] AS found, sum(r.amount) AS amount,
               min(r.reason COLLATE "C") AS reason,
               coalesce(sum(sum(r.amount))
                        OVER (PARTITION BY r.pool ORDER BY r.run ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING),
                        0.0) AS prior,
               row_number() OVER (PARTITION BY r.pool ORDER BY r.run) = 1 AS is_first
        FROM (SELECT t.*, count(*) FILTER (WHERE t.is_new) OVER (PARTITION BY t.pool ORDER BY t.at) AS run
              FROM (SELECT p.pool, p.free_pool, p.at, (array_agg(p.found))[1] AS found, sum(p.amount) AS amount,
                           min(p.reason COLLATE "C") AS reason,
                           ((array_agg(p.found))[1])::text IS DISTINCT FROM lag(((array_agg(p.found))[1])::text)
                               OVER (PARTITION BY p.pool ORDER BY p.at) AS is_new
                    FROM part AS p
                    WHERE NOT p.is_free
                    GROUP BY p.pool, p.free_pool, p.at) AS t) AS r
        GROUP BY r.pool, r.free_pool, r.run
    ), free_share AS (
        -- Tariffs that share a free quantity use it in proportion to their quantities.
        SELECT u.pool, u.share, f.differs, f.is_unknown
        FROM (SELECT array_agg(p.pool ORDER BY p.pool) AS pools, min(p.least_free) <> max(p.most_free) AS differs,
                     count(*) > 1 AND (bool_or(p.is_unknown) OR min(p.unit_bytes) IS DISTINCT FROM max(p.unit_bytes))
                         AND max(p.most_free) > 0.0 AS is_unknown,
                     -- If the whole quantity fits, all of it is free: round up to 18 decimals.
                     CASE WHEN sum(p.amount) <= max(p.most_free) AND count(*) > 1
                          THEN array_agg(round(p.amount + 0.0000000000000000005, 18) ORDER BY p.pool)
                          ELSE accelcost_internal.share_out(max(p.most_free), array_agg(p.amount ORDER BY p.pool),
                                                            18) END AS shares
              FROM (SELECT e.pool, e.free_pool, greatest(coalesce(sum(e.amount), 0.0), 0.0) AS amount,
                           bool_or(e.amount IS NULL OR e.reason IS NOT NULL) AS is_unknown,
                           coalesce(max((e.found).unit_bytes), 0.0) AS unit_bytes,
                           min((e.found).free_quantity) AS least_free, max((e.found).free_quantity) AS most_free
                    FROM era AS e GROUP BY e.pool, e.free_pool) AS p
              GROUP BY p.free_pool) AS f
        CROSS JOIN LATERAL unnest(f.pools, f.shares) AS u (pool, share)
    ), bill AS MATERIALIZED (
        SELECT r.pool, (array_agg((r.found).currency))[1] AS currency, min(r.problem COLLATE "C") AS reason,
               sum(CASE WHEN r.problem IS NOT NULL THEN NULL
                        WHEN r.is_first THEN @extschema@.tariff_cost(r.tariff, r.amount)
                        ELSE @extschema@.tariff_cost(r.tariff, r.amount, r.prior) END) AS cost
        FROM (SELECT e.*, t.tariff,
                     CASE WHEN e.reason IS NOT NULL THEN e.reason
                          WHEN s.differs
                          THEN CASE WHEN (e.found).free_pool IS NULL THEN 'the free quantity changes within the month'
                                    ELSE format('tariffs with the free quantity "%s" differ in it',
                                                (e.found).free_pool) END
                          WHEN s.is_unknown
                          THEN format('quantities with the free quantity "%s" are not known, or of different units',
                                      (e.found).free_pool)
                          WHEN min((e.found).unit_bytes) OVER w IS DISTINCT FROM max((e.found).unit_bytes) OVER w
                               OR min((e.found).unit) OVER w <> max((e.found).unit) OVER w
                          THEN format('the unit of the tariff of %s changes within the month', (e.found).meter)
                          WHEN e.prior < 0.0 THEN format('the net quantity of %s is negative when the tariff changes',
                                                         (e.found).meter)
                          WHEN e.prior + e.amount < 0.0
                          THEN format('the net quantity of %s of the month is negative', (e.found).meter)
                          WHEN e.prior + e.amount >= 1e20
                          THEN format('the quantity of %s of the month is out of range', (e.found).meter)
                          WHEN greatest(e.prior, e.prior + e.amount) > accelcost_internal.tariff_end(t.tariff)
                          THEN format('%s %s of %s of the month are past the last tier',
                                      trim_scale(greatest(e.prior, e.prior + e.amount)), (e.found).unit,
                                      (e.found).meter)
                     END AS problem
              FROM era AS e
              JOIN free_share AS s ON s.pool = e.pool
              CROSS JOIN LATERAL (SELECT CASE WHEN s.differs OR s.is_unknown THEN (e.found).tariff
                                              ELSE accelcost_internal.tariff_with_free((e.found).tariff, s.share,
                                                  (e.found).free_in_tiers) END AS tariff) AS t
              WINDOW w AS (PARTITION BY e.pool)) AS r
        GROUP BY r.pool

    -- ---- in one currency -----------------------------------------------------

    ), cost AS (
        SELECT h.n, 'compute' AS component, h.currency, h.cost, h.reason FROM by_hours AS h
        UNION ALL
        SELECT t.n, 'compute', t.currency, t.cost, t.reason FROM by_tokens AS t
        UNION ALL
        SELECT e.n, 'energy', e.currency, e.cost, e.reason FROM by_energy AS e
    ), rate AS MATERIALIZED (
        SELECT ROW(k.currency, k.month)::text AS key, x.rate
        FROM (SELECT c.currency, g.month FROM cost AS c JOIN usage_group AS g ON g.n = c.n
              UNION
              SELECT (m.found).currency, m.month FROM meter_price AS m) AS k
        CROSS JOIN LATERAL accelcost.fx_at(k.currency, usage_priced.currency,
                                           accelcost_internal.rate_time(k.month, usage_priced.rate_at)) AS x

    -- ---- the bill of a pool allocated to its groups ----------------------------

    ), line AS MATERIALIZED (
        -- Allocate to the lines of reports first, then each line's share to its rows.
        SELECT row_number() OVER () AS line, p.pool,
               row_number() OVER (PARTITION BY p.pool ORDER BY p.workload COLLATE "C", p.model COLLATE "C",
                                  p.team COLLATE "C") AS ordinal,
               sum(p.amount) AS amount, array_agg(p.n ORDER BY p.n) AS ns, array_agg(p.amount ORDER BY p.n) AS amounts,
               min(p.month) AS month
        FROM part AS p
        JOIN bill AS b ON b.pool = p.pool AND b.reason IS NULL
        GROUP BY p.pool, p.workload, p.model, p.team
    ), converted_bill AS (
        SELECT l.pool, t.bill, greatest(10, scale(trim_scale(t.bill))) AS digits,
               array_agg(l.amount ORDER BY l.ordinal) AS amounts
        FROM line AS l
        JOIN bill AS b ON b.pool = l.pool
        JOIN rate AS x ON x.key = ROW(b.currency, l.month)::text
        CROSS JOIN LATERAL (SELECT round(b.cost * x.rate, 18) AS bill) AS t
        WHERE t.bill IS NOT NULL
        GROUP BY l.pool, t.bill
    ), share AS (
        SELECT h.pool, u.n, u.cost, l.line, s.cost AS line_cost, h.digits
        FROM converted_bill AS h
        CROSS JOIN LATERAL unnest(accelcost_internal.share_out(h.bill, h.amounts, h.digits)) WITH ORDINALITY AS s (cost,
            ordinal)
        JOIN line AS l ON l.pool = h.pool AND l.ordinal = s.ordinal
        CROSS JOIN LATERAL unnest(l.ns, accelcost_internal.share_out(s.cost, l.amounts, h.digits)) AS u (n, cost)
    ), by_meter AS (
        SELECT p.n, p.meter, (p.found).currency, coalesce(p.reason, b.reason) AS reason,
               -- If a bill is not converted, keep its amount.
               CASE WHEN p.is_free THEN 0.0 ELSE coalesce(s.cost, b.cost) END AS cost,
                    p.is_free OR s.cost IS NOT NULL AS is_converted,
               (p.found).unit_bytes AS unit_bytes, s.line, s.line_cost, s.digits
        FROM part AS p
        LEFT JOIN bill AS b ON b.pool = p.pool
        LEFT JOIN share AS s ON s.pool = p.pool AND s.n = p.n
    ), converted AS (
        SELECT c.n, c.component, c.reason, c.currency, c.cost,
               CASE WHEN c.cost = 0.0 THEN 0.0 ELSE c.cost * x.rate END AS amount, x.rate,
               NULL::numeric AS unit_bytes, NULL::bigint AS line, NULL::numeric AS line_cost, NULL::integer AS digits
        FROM cost AS c
        JOIN usage_group AS g ON g.n = c.n
        LEFT JOIN rate AS x ON x.key = ROW(c.currency, g.month)::text
        UNION ALL
        SELECT m.n, m.meter, m.reason, m.currency, m.cost, CASE WHEN m.is_converted THEN m.cost END, NULL,
               m.unit_bytes, m.line, m.line_cost, m.digits
        FROM by_meter AS m
    ), component_cost AS (
        -- A component that is not used is NULL without a reason.
        SELECT c.n, c.component, CASE WHEN c.reason IS NULL AND abs(c.amount) < 1.7e20 THEN c.amount END AS amount,
               c.reason IS NULL AND c.amount IS NULL AS is_unconverted,
               CASE WHEN c.reason IS NOT NULL THEN c.reason
                    WHEN c.amount IS NULL
                    THEN format('no exchange rate from %s to %s on %s', c.currency, usage_priced.currency,
                                to_char(accelcost_internal.rate_time(g.month, usage_priced.rate_at) AT TIME ZONE 'UTC',
                                        'YYYY-MM-DD'))
                    WHEN NOT abs(c.amount) < 1.7e20 THEN 'the cost is out of range' END AS reason,
               c.rate, c.unit_bytes, c.line, c.line_cost, c.digits
        FROM converted AS c
        JOIN usage_group AS g ON g.n = c.n
    )
    SELECT g.key, g.month, g.shown_provider, g.payer, g.region,
           g.sku, coalesce(g.accelerator, h.found_accelerator), g.purchase_option, g.term_months,
           coalesce(h.gpus, g.gpu_count), g.workload, g.model, g.team,
           g.usage_rows, g.requests,
           g.tokens,
           g.instance_hours, g.session_hours, g.energy_kwh,
           g.transfer_quantity * CASE WHEN g.transfer_unit IS NULL THEN (q.found).unit_bytes
                                      ELSE accelcost_internal.metered_quantity(1.0, g.transfer_unit, 1.0, g.month) END,
           g.uses_hours, g.uses_tokens, g.uses_transfer AND g.transfer_kind = 'internet', g.tokens_uncounted,
           g.has_tokens_only,
           c.amount, i.amount, t.amount, s.amount, c.reason, i.reason, t.reason, s.reason,
           nullif(concat_ws('; ', c.reason, nullif(i.reason, c.reason), nullif(nullif(t.reason, c.reason), i.reason),
                            nullif(nullif(nullif(s.reason, c.reason), i.reason), t.reason)), ''),
           coalesce(c.is_unconverted, false) OR coalesce(i.is_unconverted, false) OR coalesce(t.is_unconverted, false)
               OR coalesce(s.is_unconverted, false),
           coalesce(h.source, k.source), coalesce(h.origin, k.origin), coalesce(h.as_of, k.as_of),
           (accelcost_internal.rate_time(g.month, usage_priced.rate_at) AT TIME ZONE 'UTC')::date,
           c.n IS NOT NULL AND c.reason IS NULL AND c.rate IS NULL,
           ROW(accelcost_internal.converted_price(h.hour_price, c.rate), h.session_price * c.rate,
               accelcost_internal.converted_price(k.input_price, c.rate),
               accelcost_internal.converted_price(k.cache_read_price, c.rate),
               accelcost_internal.converted_price(k.cache_write_5m_price, c.rate),
               accelcost_internal.converted_price(k.cache_write_1h_price, c.rate),
               accelcost_internal.converted_price(k.output_price, c.rate),
               accelcost_internal.converted_price(e.price_per_kwh, i.rate),
               t.line, t.line_cost, t.digits, t.unit_bytes, s.line, s.line_cost, s.digits, s.unit_bytes)
               ::accelcost_internal.record_prices
    FROM usage_group AS g
    LEFT JOIN by_hours AS h ON h.n = g.n
    LEFT JOIN by_tokens AS k ON k.n = g.n
    LEFT JOIN part AS q ON q.n = g.n AND q.meter = 'egress'
    LEFT JOIN component_cost AS c ON c.n = g.n AND c.component = 'compute'
    LEFT JOIN by_energy AS e ON e.n = g.n
    LEFT JOIN component_cost AS i ON i.n = g.n AND i.component = 'energy'
    LEFT JOIN component_cost AS t ON t.n = g.n AND t.component = 'egress'
    LEFT JOIN component_cost AS s ON s.n = g.n AND s.component = 'storage';
END;
COMMENT ON FUNCTION accelcost_internal.usage_priced(regclass, text, date, date, timestamptz, regclass) IS
    'returns usage with cost by component; an unknown cost is NULL, with a reason';
