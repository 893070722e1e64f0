-- Price groups of usage: each meter by its own rules, bills split, all of it in one currency.

CREATE FUNCTION accelcost_internal.rate_time(month date, rate_at timestamptz) RETURNS timestamptz
    LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN coalesce(rate_at, least((@extschema@.next_month(month) - 1)::timestamp AT TIME ZONE 'UTC', now()));
COMMENT ON FUNCTION accelcost_internal.rate_time(date, timestamptz) IS
    'returns rate_at, or the start of the last day of the month in UTC but not after now';

CREATE FUNCTION accelcost_internal.rate_date(month date, rate_at timestamptz) RETURNS date
    LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN (accelcost_internal.rate_time(month, rate_at) AT TIME ZONE 'UTC')::date;
COMMENT ON FUNCTION accelcost_internal.rate_date(date, timestamptz) IS 'returns the date in UTC of rate_time';

CREATE TYPE accelcost_internal.record_line AS (
    meter text, line bigint, cost numeric, digits integer, tariff_unit text, unit_bytes numeric
);
COMMENT ON TYPE accelcost_internal.record_line IS 'a line of a bill whose cost the records of groups share';
COMMENT ON COLUMN accelcost_internal.record_line.digits IS 'decimals of the shares';

-- The cost of a record is its quantities at these prices of its group, in the currency of the report.
CREATE TYPE accelcost_internal.record_prices AS (
    hour_price numeric, session_price numeric,
    input_price numeric, cache_read_price numeric, cache_write_5m_price numeric, cache_write_1h_price numeric,
    output_price numeric, kwh_price numeric, lines accelcost_internal.record_line[]
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
COMMENT ON COLUMN accelcost_internal.record_prices.lines IS 'lines of bills; a meter without one is free';

CREATE FUNCTION accelcost_internal.converted_price(price numeric, exchange_rate numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN CASE WHEN price = 0.0 THEN 0.0 ELSE price * exchange_rate END;
COMMENT ON FUNCTION accelcost_internal.converted_price(numeric, numeric) IS
    'returns a price in the currency of the report; a price of 0 needs no exchange rate';

-- An unknown cost is NULL, with a reason; a component that is not used is NULL without one.
CREATE TYPE accelcost_internal.priced_group AS (
    g accelcost_internal.usage_group,
    accelerator text, gpu_count numeric, transfer_bytes numeric,
    compute numeric, metered numeric, energy numeric, egress numeric, storage numeric,
    compute_reason text, metered_reason text, energy_reason text, egress_reason text, storage_reason text, reason text,
    is_unconverted boolean, is_estimate boolean,
    price_source text, price_origin text, price_as_of date, rate_date date, lacks_rate boolean,
    prices accelcost_internal.record_prices
);
COMMENT ON TYPE accelcost_internal.priced_group IS 'a group of usage and its cost by component, in one currency';
COMMENT ON COLUMN accelcost_internal.priced_group.accelerator IS 'accelerator of the group, or of its offer';
COMMENT ON COLUMN accelcost_internal.priced_group.gpu_count IS 'accelerators per machine of the group, or of its offer';
COMMENT ON COLUMN accelcost_internal.priced_group.compute IS 'cost of hours and tokens';
COMMENT ON COLUMN accelcost_internal.priced_group.metered IS
    'share of the bills for requests and other meters, which reports show as compute';
COMMENT ON COLUMN accelcost_internal.priced_group.reason IS 'all reasons, each once';
COMMENT ON COLUMN accelcost_internal.priced_group.lacks_rate IS
    'true if the compute costs of the group cancel out, so that its price needed no exchange rate';

-- Longer than 80 lines: one step for each meter, then the bills and the currency, in the order of docs/usage.md.
CREATE FUNCTION accelcost_internal.usage_priced_query(
    source regclass, currency text, first_month date, last_month date, rate_at timestamptz,
    new_prices regclass DEFAULT NULL)
RETURNS SETOF accelcost_internal.priced_group
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
BEGIN ATOMIC
    WITH new_price AS MATERIALIZED (
        SELECT p.* FROM accelcost_internal.new_prices(usage_priced_query.new_prices) AS p
    ), grouped AS MATERIALIZED (
        -- Flat, so that u::usage_group given to an inlined function becomes plain columns.
        SELECT u.*
        FROM (SELECT array_agg(accelcost_internal.long_request_size(t.token)) AS sizes FROM new_price AS t) AS n
        CROSS JOIN LATERAL accelcost_internal.named_groups(usage_priced_query.source, usage_priced_query.first_month,
                                                           usage_priced_query.last_month, n.sizes) AS u
    ), limits AS MATERIALIZED (
        SELECT CASE WHEN count(u.span_from) > 0
                    THEN accelcost_internal.price_eras(min(u.span_from), max(u.span_to)) END AS eras,
               accelcost_internal.price_windows() AS windows
        FROM grouped AS u WHERE u.problem IS NULL
    ), hours_timed AS MATERIALIZED (
        -- Hours have the prices of their part of the month.
        SELECT u.n, t.at, t.seconds,
               CASE WHEN u.problem IS NULL
                    THEN accelcost_internal.hour_key(u::accelcost_internal.usage_group, t.at) END AS key
        FROM grouped AS u
        CROSS JOIN limits AS l
        CROSS JOIN LATERAL accelcost_internal.price_times(u::accelcost_internal.usage_group, u.uses_hours, l.eras,
                                                          l.windows) AS t
        WHERE u.uses_hours OR u.has_tokens_only
    ), timed AS MATERIALIZED (
        -- Nobody knows when the rest was used within its period, which may extend past the month.
        SELECT u.n, t.at, t.seconds
        FROM grouped AS u
        CROSS JOIN limits AS l
        CROSS JOIN LATERAL accelcost_internal.price_times(u::accelcost_internal.usage_group, false, l.eras,
                                                          l.windows) AS t
        WHERE NOT u.is_later

    ), hour_price AS MATERIALIZED (
        SELECT k.key, accelcost_internal.group_hour_price(u::accelcost_internal.usage_group, k.at, o.offer) AS price
        FROM (SELECT DISTINCT ON (t.key) t.key, t.n, t.at FROM hours_timed AS t WHERE t.key IS NOT NULL) AS k
        JOIN grouped AS u ON u.n = k.n
        LEFT JOIN LATERAL (SELECT s.offer FROM new_price AS s
                           WHERE (s.offer).provider = u.provider AND (s.offer).sku = u.sku
                             AND (s.offer).region IN (u.region, '*')
                             AND (s.offer).purchase_option = u.purchase_option
                             AND (s.offer).term_months = u.term_months
                           ORDER BY (s.offer).region = '*' LIMIT 1) AS o ON true
    ), machine AS MATERIALIZED (
        SELECT accelcost_internal.machine_key(u::accelcost_internal.usage_group) AS key,
               array_agg(DISTINCT ROW(u.payer)::text) AS payers,
               array_agg(DISTINCT ROW(u.team)::text) AS teams,
               array_agg(DISTINCT ROW(u.model)::text) AS models,
               array_agg(DISTINCT ROW(u.payer, u.workload, u.model, u.team)::text) AS lines
        FROM grouped AS u
        WHERE u.uses_hours
        GROUP BY 1
    ), hours_at AS (
        SELECT t.n, t.at, t.seconds, p.price,
               (p.price).amount * CASE WHEN (p.price).is_per_gpu THEN coalesce(u.gpu_count, (p.price).gpu_count)
                                       ELSE 1.0 END AS unit_price,
               accelcost_internal.hours_reason(
                   u::accelcost_internal.usage_group, p.price,
                   accelcost_internal.hours_elsewhere(u::accelcost_internal.usage_group, m.payers, m.teams, m.models,
                                                      m.lines)) AS reason
        FROM hours_timed AS t
        JOIN grouped AS u ON u.n = t.n
        LEFT JOIN hour_price AS p ON p.key = t.key
        LEFT JOIN machine AS m ON m.key = accelcost_internal.machine_key(u::accelcost_internal.usage_group)
    ), by_hours AS MATERIALIZED (
        SELECT c.*
        FROM (SELECT h.n, (array_agg(h.price ORDER BY h.at))[1] AS price, min(h.unit_price) AS unit_price,
                     min(h.unit_price) IS DISTINCT FROM max(h.unit_price) AS changes,
                     count(DISTINCT (h.price).currency) > 1 AS currency_changes,
                     sum(h.unit_price * h.seconds) AS price_seconds, sum(h.seconds) AS seconds,
                     min(h.reason COLLATE "C") AS reason
              FROM hours_at AS h
              GROUP BY h.n) AS h
        JOIN grouped AS u ON u.n = h.n
        CROSS JOIN LATERAL accelcost_internal.hours_cost(
            u::accelcost_internal.usage_group, h.price, h.unit_price,
            coalesce(h.changes OR h.seconds < extract(epoch FROM u.span_to) - extract(epoch FROM u.span_from), false),
            h.price_seconds,
            CASE WHEN h.reason IS NOT NULL THEN h.reason
                 WHEN h.currency_changes THEN 'the currency of the price changes within the period'
                 WHEN h.changes AND u.is_sum AND NOT u.has_tokens_only
                 THEN format('the price of %s changes within the period',
                             coalesce('sku "' || u.sku, 'accelerator "' || u.accelerator) || '"') END) AS c

    ), tokens_timed AS MATERIALIZED (
        SELECT u.n, t.at, t.seconds,
               CASE WHEN u.problem IS NULL
                    THEN accelcost_internal.token_key(u::accelcost_internal.usage_group, t.at) END AS key
        FROM timed AS t
        JOIN grouped AS u ON u.n = t.n
        WHERE u.uses_tokens
    ), token_price AS MATERIALIZED (
        SELECT k.key,
               CASE WHEN (o.token).model IS NULL THEN p.price
                    WHEN (o.token).origin = 'negotiated' THEN o.token
                    ELSE accelcost_internal.discounted_token_price(o.token, u.payer, k.at) END AS price
        FROM (SELECT DISTINCT ON (t.key) t.key, t.n, t.at FROM tokens_timed AS t WHERE t.key IS NOT NULL) AS k
        JOIN grouped AS u ON u.n = k.n
        LEFT JOIN new_price AS o ON (o.token).provider = u.provider AND (o.token).model = u.model
                                AND (o.token).service_tier = u.service_tier AND (o.token).geo = u.geo
        LEFT JOIN LATERAL (SELECT t AS price
                           FROM accelcost_internal.group_token_price(u::accelcost_internal.usage_group, k.at) AS t) AS p
            ON true
    ), by_tokens AS MATERIALIZED (
        SELECT c.*
        FROM (SELECT t.n, (array_agg(p.price ORDER BY t.at))[1] AS price,
                     count(DISTINCT CASE WHEN t.seconds IS NOT NULL
                                         THEN accelcost_internal.token_terms(p.price) END) > 1 AS changes
              FROM tokens_timed AS t
              LEFT JOIN token_price AS p ON p.key = t.key
              GROUP BY t.n) AS t
        JOIN grouped AS u ON u.n = t.n
        CROSS JOIN LATERAL accelcost_internal.tokens_cost(u::accelcost_internal.usage_group, t.price, t.changes) AS c

    ), energy_timed AS MATERIALIZED (
        SELECT u.n, t.at, u.region, ROW(u.region, t.at)::text AS key
        FROM timed AS t
        JOIN grouped AS u ON u.n = t.n
        WHERE u.uses_energy
    ), energy_price AS MATERIALIZED (
        SELECT k.key, e.*
        FROM (SELECT DISTINCT t.key, t.region, t.at FROM energy_timed AS t WHERE t.at IS NOT NULL) AS k
        LEFT JOIN LATERAL accelcost_internal.find_energy_price(k.region, k.at) AS e ON true
    ), by_energy AS MATERIALIZED (
        SELECT u.n, t.currency, t.price_per_kwh, t.price_per_kwh * u.energy_kwh AS cost,
               accelcost_internal.energy_reason(u::accelcost_internal.usage_group, t.price_per_kwh, t.changes) AS reason
        FROM (SELECT t.n, min(e.currency) AS currency, (array_agg(e.price_per_kwh ORDER BY t.at))[1] AS price_per_kwh,
                     count(DISTINCT ROW(e.price_per_kwh, e.currency)) > 1 AS changes
              FROM energy_timed AS t
              LEFT JOIN energy_price AS e ON e.key = t.key
              GROUP BY t.n) AS t
        JOIN grouped AS u ON u.n = t.n

    ), by_meter AS MATERIALIZED (
        SELECT b.*
        FROM accelcost_internal.meter_bills(
                 (SELECT array_agg(m)
                  FROM (SELECT t.n, array_agg(t.at) FILTER (WHERE t.seconds IS NOT NULL) AS later
                        FROM timed AS t
                        GROUP BY t.n) AS t
                  JOIN grouped AS u ON u.n = t.n
                  CROSS JOIN LATERAL accelcost_internal.group_meters(u::accelcost_internal.usage_group, t.later) AS m
                  WHERE m.is_only OR m.provider IN (SELECT r.provider FROM accelcost.meter_tariff AS r
                                                    WHERE r.meter = 'requests')),
                 (SELECT concat('row security may hide rows of "', r.relation, '": the month''s total is unknown')
                  FROM accelcost_internal.relation_with_hidden_rows(usage_priced_query.source) AS r (relation)
                  WHERE r.relation IS NOT NULL)) AS b

    ), cost AS MATERIALIZED (
        SELECT h.n, 'compute' AS component, h.currency, h.cost, h.reason FROM by_hours AS h
        UNION ALL
        SELECT t.n, 'compute', t.currency, t.cost, t.reason FROM by_tokens AS t
        UNION ALL
        SELECT e.n, 'energy', e.currency, e.cost, e.reason FROM by_energy AS e
        UNION ALL
        SELECT m.n, m.meter, m.currency, m.bill, m.reason FROM by_meter AS m
    ), rate AS MATERIALIZED (
        SELECT k.currency, k.month, x.rate
        FROM (SELECT DISTINCT c.currency, u.month FROM cost AS c JOIN grouped AS u ON u.n = c.n) AS k
        CROSS JOIN LATERAL accelcost.fx_at(k.currency, usage_priced_query.currency,
                                           accelcost_internal.rate_time(k.month, usage_priced_query.rate_at)) AS x
    ), billed AS MATERIALIZED (
        SELECT m.n, m.pool, u.workload, u.model, u.team, m.amount, round(m.bill * x.rate, 18) AS bill
        FROM by_meter AS m
        JOIN grouped AS u ON u.n = m.n
        JOIN rate AS x ON x.currency = m.currency AND x.month = u.month
        WHERE NOT m.is_free AND m.reason IS NULL
    ), share AS MATERIALIZED (
        SELECT s.*
        FROM (SELECT array_agg(ROW(b.n, b.pool, b.workload, b.model, b.team, b.amount, b.bill)
                                   ::accelcost_internal.bill_share) AS shares
              FROM billed AS b
              WHERE b.bill IS NOT NULL) AS b
        CROSS JOIN LATERAL accelcost_internal.split_bills(b.shares) AS s
    ), converted AS MATERIALIZED (
        SELECT c.n, c.component, c.currency, c.reason, x.rate,
               CASE WHEN c.cost = 0.0 THEN 0.0 ELSE c.cost * x.rate END AS amount
        FROM cost AS c
        JOIN grouped AS u ON u.n = c.n
        LEFT JOIN rate AS x ON x.currency = c.currency AND x.month = u.month
        WHERE c.component IN ('compute', 'energy')
        UNION ALL
        SELECT m.n, CASE WHEN m.meter IN ('egress', 'storage') THEN m.meter ELSE 'metered' END, m.currency, m.reason,
               NULL, CASE WHEN m.is_free THEN 0.0 ELSE s.cost END
        FROM by_meter AS m
        LEFT JOIN share AS s ON s.n = m.n AND s.pool = m.pool
    ), line AS MATERIALIZED (
        SELECT m.n, array_agg(ROW(m.meter, s.line, s.line_cost, s.digits, m.tariff_unit, m.unit_bytes)
                                  ::accelcost_internal.record_line) AS lines
        FROM by_meter AS m
        JOIN share AS s ON s.n = m.n AND s.pool = m.pool
        GROUP BY m.n
    ), component AS MATERIALIZED (
        SELECT c.n, c.component, count(*) FILTER (WHERE c.reason IS NULL AND c.amount IS NULL) > 0 AS is_unconverted,
               min(c.rate) AS rate,
               CASE WHEN bool_and(c.reason IS NULL AND coalesce(abs(c.amount) < 1.7e20, false))
                    THEN sum(c.amount) END AS amount,
               string_agg(DISTINCT
                   CASE WHEN c.reason IS NOT NULL THEN c.reason
                        WHEN c.amount IS NULL
                        THEN format('no exchange rate from %s to %s on %s', c.currency, usage_priced_query.currency,
                                    to_char(accelcost_internal.rate_date(u.month, usage_priced_query.rate_at),
                                            'YYYY-MM-DD'))
                        WHEN NOT abs(c.amount) < 1.7e20 THEN 'the cost is out of range' END, '; ') AS reason
        FROM converted AS c
        JOIN grouped AS u ON u.n = c.n
        GROUP BY c.n, c.component
    ), unpriced_machine AS MATERIALIZED (
        SELECT accelcost_internal.line_key(u::accelcost_internal.usage_group) AS key,
               min(c.reason COLLATE "C") AS reason
        FROM component AS c
        JOIN grouped AS u ON u.n = c.n
        WHERE c.component = 'compute' AND u.uses_hours AND c.reason IS NOT NULL
        GROUP BY 1
    ), compute AS MATERIALIZED (
        -- Tokens of a machine have a cost if its hours have one.
        SELECT c.n, c.is_unconverted, c.rate, CASE WHEN m.reason IS NULL THEN c.amount END AS amount,
               coalesce(c.reason, m.reason) AS reason
        FROM component AS c
        JOIN grouped AS u ON u.n = c.n
        LEFT JOIN unpriced_machine AS m
               ON u.has_tokens_only AND m.key = accelcost_internal.line_key(u::accelcost_internal.usage_group)
        WHERE c.component = 'compute'
    )
    SELECT u::accelcost_internal.usage_group, coalesce(u.accelerator, h.accelerator),
           coalesce(h.gpu_count, u.gpu_count),
           u.transfer_quantity
           * CASE WHEN u.transfer_unit IS NULL THEN q.unit_bytes
                  ELSE accelcost_internal.metered_quantity(1.0, u.transfer_unit, 'byte', 1.0, u.month) END,
           c.amount, m.amount, e.amount, t.amount, s.amount,
           c.reason, m.reason, e.reason, t.reason, s.reason,
           CASE WHEN num_nonnulls(c.reason, m.reason, e.reason, t.reason, s.reason) > 0
                THEN (SELECT string_agg(r.reason, '; ' ORDER BY r.ordinal)
                      FROM (SELECT a.reason, min(a.ordinal) AS ordinal
                            FROM unnest(ARRAY[c.reason, m.reason, e.reason, t.reason, s.reason])
                                WITH ORDINALITY AS a (reason, ordinal)
                            WHERE a.reason IS NOT NULL
                            GROUP BY a.reason) AS r) END,
           coalesce(c.is_unconverted, false) OR coalesce(m.is_unconverted, false) OR coalesce(e.is_unconverted, false)
               OR coalesce(t.is_unconverted, false) OR coalesce(s.is_unconverted, false),
           coalesce(h.is_estimate, false),
           coalesce(h.source, k.source), coalesce(h.origin, k.origin), coalesce(h.as_of, k.as_of),
           accelcost_internal.rate_date(u.month, usage_priced_query.rate_at),
           c.n IS NOT NULL AND c.reason IS NULL AND c.rate IS NULL,
           ROW(accelcost_internal.converted_price(h.hour_price, c.rate), h.session_price * c.rate,
               accelcost_internal.converted_price(k.input_price, c.rate),
               accelcost_internal.converted_price(k.cache_read_price, c.rate),
               accelcost_internal.converted_price(k.cache_write_5m_price, c.rate),
               accelcost_internal.converted_price(k.cache_write_1h_price, c.rate),
               accelcost_internal.converted_price(k.output_price, c.rate),
               accelcost_internal.converted_price(w.price_per_kwh, e.rate), l.lines)::accelcost_internal.record_prices
    FROM grouped AS u
    LEFT JOIN by_hours AS h ON h.n = u.n
    LEFT JOIN by_tokens AS k ON k.n = u.n
    LEFT JOIN by_energy AS w ON w.n = u.n
    LEFT JOIN by_meter AS q ON q.n = u.n AND q.meter = 'egress'
    LEFT JOIN line AS l ON l.n = u.n
    LEFT JOIN compute AS c ON c.n = u.n
    LEFT JOIN component AS m ON m.n = u.n AND m.component = 'metered'
    LEFT JOIN component AS e ON e.n = u.n AND e.component = 'energy'
    LEFT JOIN component AS t ON t.n = u.n AND t.component = 'egress'
    LEFT JOIN component AS s ON s.n = u.n AND s.component = 'storage';
END;
COMMENT ON FUNCTION accelcost_internal.usage_priced_query(regclass, text, date, date, timestamptz, regclass) IS
    'returns what usage_priced does, which runs this query with a plan that it keeps';

CREATE FUNCTION accelcost_internal.usage_priced(
    source regclass, currency text, first_month date, last_month date, rate_at timestamptz,
    new_prices regclass DEFAULT NULL)
RETURNS SETOF accelcost_internal.priced_group
LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
-- The planner cannot know the number of groups: compiling costs more than it saves if they are few, nested loops are
-- too slow if they are many, and merge joins sort them.
SET jit = off
SET enable_nestloop = off
SET enable_mergejoin = off
-- Planned once in a session: that takes as long as pricing some hundred groups.
SET plan_cache_mode = force_generic_plan
AS $$
BEGIN
    RETURN QUERY SELECT * FROM accelcost_internal.usage_priced_query(source, currency, first_month, last_month, rate_at,
                                                                     new_prices);
END
$$;
COMMENT ON FUNCTION accelcost_internal.usage_priced(regclass, text, date, date, timestamptz, regclass) IS
    'returns usage with cost by component; an unknown cost is NULL, with a reason';
