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
CREATE FUNCTION accelcost_internal.usage_priced(
    source regclass, currency text, first_month date, last_month date, rate_at timestamptz,
    new_prices regclass DEFAULT NULL)
RETURNS SETOF accelcost_internal.priced_group
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
-- The planner cannot know the number of groups: compiling costs more than it
-- saves if they are few, and nested loops are too slow if they are many.
SET jit = off
SET enable_nestloop = off
BEGIN ATOMIC
    WITH new_price AS MATERIALIZED (
        SELECT p.* FROM accelcost_internal.new_prices(usage_priced.new_prices) AS p
    ), grouped AS MATERIALIZED (
        SELECT u AS g
        FROM accelcost_internal.named_groups(
                 usage_priced.source, usage_priced.first_month, usage_priced.last_month,
                 (SELECT array_agg(accelcost_internal.long_request_size(t.token)) FROM new_price AS t)) AS u
    ), limits AS MATERIALIZED (
        SELECT CASE WHEN count((u.g).span_from) > 0
                    THEN accelcost_internal.price_eras(min((u.g).span_from), max((u.g).span_to)) END AS eras,
               accelcost_internal.price_windows() AS windows
        FROM grouped AS u WHERE (u.g).problem IS NULL
    ), hours_timed AS MATERIALIZED (
        -- Hours have the prices of their part of the month.
        SELECT u.g, t.at, t.seconds
        FROM grouped AS u
        CROSS JOIN limits AS l
        CROSS JOIN LATERAL accelcost_internal.price_times(u.g, (u.g).uses_hours, l.eras, l.windows) AS t
        WHERE (u.g).uses_hours OR (u.g).has_tokens_only
    ), timed AS MATERIALIZED (
        -- Nobody knows when the rest was used within its period, which may extend past the month.
        SELECT u.g, t.at, t.seconds
        FROM grouped AS u
        CROSS JOIN limits AS l
        CROSS JOIN LATERAL accelcost_internal.price_times(u.g, false, l.eras, l.windows) AS t
        WHERE NOT (u.g).is_later

    ), hour_price AS MATERIALIZED (
        SELECT k.key, accelcost_internal.group_hour_price(k.g, k.at, n.offer) AS price
        FROM (SELECT DISTINCT ON (h.key) h.key, t.g, t.at
              FROM hours_timed AS t
              CROSS JOIN LATERAL (SELECT accelcost_internal.hour_key(t.g, t.at) AS key) AS h
              WHERE (t.g).problem IS NULL) AS k
        LEFT JOIN LATERAL (SELECT s.offer FROM new_price AS s
                           WHERE (s.offer).provider = (k.g).provider AND (s.offer).sku = (k.g).sku
                             AND (s.offer).region IN ((k.g).region, '*')
                             AND (s.offer).purchase_option = (k.g).purchase_option
                             AND (s.offer).term_months = (k.g).term_months
                           ORDER BY (s.offer).region = '*' LIMIT 1) AS n ON true
    ), machine AS MATERIALIZED (
        SELECT accelcost_internal.machine_key(u.g) AS key,
               array_agg(DISTINCT ROW((u.g).payer)::text) AS payers,
               array_agg(DISTINCT ROW((u.g).team)::text) AS teams,
               array_agg(DISTINCT ROW((u.g).model)::text) AS models,
               array_agg(DISTINCT ROW((u.g).payer, (u.g).workload, (u.g).model, (u.g).team)::text) AS lines
        FROM grouped AS u
        WHERE (u.g).uses_hours
        GROUP BY 1
    ), hours_at AS (
        SELECT t.g, t.at, t.seconds, p.price,
               (p.price).amount * CASE WHEN (p.price).is_per_gpu THEN coalesce((t.g).gpu_count, (p.price).gpu_count)
                                       ELSE 1.0 END AS unit_price,
               accelcost_internal.hours_reason(
                   t.g, p.price,
                   accelcost_internal.hours_elsewhere(t.g, m.payers, m.teams, m.models, m.lines)) AS reason
        FROM hours_timed AS t
        LEFT JOIN hour_price AS p ON p.key = accelcost_internal.hour_key(t.g, t.at)
        LEFT JOIN machine AS m ON m.key = accelcost_internal.machine_key(t.g)
    ), by_hours AS MATERIALIZED (
        SELECT c.*
        FROM (SELECT (array_agg(h.g))[1] AS g, (array_agg(h.price ORDER BY h.at))[1] AS price,
                     min(h.unit_price) AS unit_price, sum(h.unit_price * h.seconds) AS price_seconds,
                     min(h.unit_price) IS DISTINCT FROM max(h.unit_price)
                         OR sum(h.seconds) < extract(epoch FROM max((h.g).span_to))
                                             - extract(epoch FROM max((h.g).span_from)) AS is_spread,
                     CASE WHEN count(h.reason) > 0 THEN min(h.reason COLLATE "C")
                          WHEN count(DISTINCT (h.price).currency) > 1
                          THEN 'the currency of the price changes within the period'
                          WHEN bool_or((h.g).is_sum AND NOT (h.g).has_tokens_only)
                               AND min(h.unit_price) IS DISTINCT FROM max(h.unit_price)
                          THEN format('the price of %s changes within the period',
                                      coalesce('sku "' || min((h.g).sku), 'accelerator "' || min((h.g).accelerator))
                                      || '"') END AS reason
              FROM hours_at AS h
              GROUP BY (h.g).n) AS s
        CROSS JOIN LATERAL accelcost_internal.hours_cost(s.g, s.price, s.unit_price, coalesce(s.is_spread, false),
                                                         s.price_seconds, s.reason) AS c

    ), token_price AS MATERIALIZED (
        SELECT k.key,
               CASE WHEN (n.token).model IS NULL THEN p.price
                    WHEN (n.token).origin = 'negotiated' THEN n.token
                    ELSE accelcost_internal.discounted_token_price(n.token, (k.g).payer, k.at) END AS price
        FROM (SELECT DISTINCT ON (h.key) h.key, t.g, t.at
              FROM timed AS t
              CROSS JOIN LATERAL (SELECT accelcost_internal.token_key(t.g, t.at) AS key) AS h
              WHERE (t.g).uses_tokens AND (t.g).problem IS NULL) AS k
        LEFT JOIN new_price AS n ON (n.token).provider = (k.g).provider AND (n.token).model = (k.g).model
                                AND (n.token).service_tier = (k.g).service_tier AND (n.token).geo = (k.g).geo
        LEFT JOIN LATERAL (SELECT t AS price FROM accelcost_internal.group_token_price(k.g, k.at) AS t) AS p ON true
    ), by_tokens AS MATERIALIZED (
        SELECT c.*
        FROM (SELECT (array_agg(t.g))[1] AS g, (array_agg(p.price ORDER BY t.at))[1] AS price,
                     count(DISTINCT CASE WHEN t.seconds IS NOT NULL
                                         THEN accelcost_internal.token_terms(p.price) END) > 1 AS changes
              FROM timed AS t
              LEFT JOIN token_price AS p ON p.key = accelcost_internal.token_key(t.g, t.at)
              WHERE (t.g).uses_tokens
              GROUP BY (t.g).n) AS s
        CROSS JOIN LATERAL accelcost_internal.tokens_cost(s.g, s.price, s.changes) AS c

    ), energy_price AS MATERIALIZED (
        SELECT ROW(k.region, k.at)::text AS key, e.*
        FROM (SELECT DISTINCT (t.g).region, t.at FROM timed AS t WHERE (t.g).uses_energy AND t.at IS NOT NULL) AS k
        LEFT JOIN LATERAL accelcost_internal.find_energy_price(k.region, k.at) AS e ON true
    ), by_energy AS MATERIALIZED (
        SELECT (s.g).n, s.currency, s.price_per_kwh, s.price_per_kwh * (s.g).energy_kwh AS cost,
               accelcost_internal.energy_reason(s.g, s.price_per_kwh, s.changes) AS reason
        FROM (SELECT (array_agg(t.g))[1] AS g, min(e.currency) AS currency,
                     (array_agg(e.price_per_kwh ORDER BY t.at))[1] AS price_per_kwh,
                     count(DISTINCT ROW(e.price_per_kwh, e.currency)) > 1 AS changes
              FROM timed AS t
              LEFT JOIN energy_price AS e ON e.key = ROW((t.g).region, t.at)::text
              WHERE (t.g).uses_energy
              GROUP BY (t.g).n) AS s

    ), by_meter AS MATERIALIZED (
        SELECT b.*
        FROM accelcost_internal.meter_bills(
                 (SELECT array_agg(m)
                  FROM (SELECT (array_agg(t.g))[1] AS g, array_agg(t.at) FILTER (WHERE t.seconds IS NOT NULL) AS later
                        FROM timed AS t
                        GROUP BY (t.g).n) AS s
                  CROSS JOIN LATERAL accelcost_internal.group_meters(s.g, s.later) AS m
                  WHERE m.is_only OR m.provider IN (SELECT r.provider FROM accelcost.meter_tariff AS r
                                                    WHERE r.meter = 'requests')),
                 (SELECT concat('row security may hide rows of "', r.relation, '": the month''s total is unknown')
                  FROM accelcost_internal.relation_with_hidden_rows(usage_priced.source) AS r (relation)
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
        SELECT ROW(k.currency, k.month)::text AS key, x.rate
        FROM (SELECT DISTINCT c.currency, (u.g).month FROM cost AS c JOIN grouped AS u ON (u.g).n = c.n) AS k
        CROSS JOIN LATERAL accelcost.fx_at(k.currency, usage_priced.currency,
                                           accelcost_internal.rate_time(k.month, usage_priced.rate_at)) AS x
    ), billed AS MATERIALIZED (
        SELECT m.n, m.pool, u.g, m.amount, round(m.bill * x.rate, 18) AS bill
        FROM by_meter AS m
        JOIN grouped AS u ON (u.g).n = m.n
        JOIN rate AS x ON x.key = ROW(m.currency, (u.g).month)::text
        WHERE NOT m.is_free AND m.reason IS NULL
    ), share AS MATERIALIZED (
        SELECT s.*
        FROM accelcost_internal.split_bills(
                 (SELECT array_agg(ROW(b.n, b.pool, (b.g).workload, (b.g).model, (b.g).team, b.amount, b.bill)
                                       ::accelcost_internal.bill_share)
                  FROM billed AS b
                  WHERE b.bill IS NOT NULL)) AS s
    ), converted AS MATERIALIZED (
        SELECT c.n, c.component, c.currency, c.reason, x.rate,
               CASE WHEN c.cost = 0.0 THEN 0.0 ELSE c.cost * x.rate END AS amount
        FROM cost AS c
        JOIN grouped AS u ON (u.g).n = c.n
        LEFT JOIN rate AS x ON x.key = ROW(c.currency, (u.g).month)::text
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
                        THEN format('no exchange rate from %s to %s on %s', c.currency, usage_priced.currency,
                                    to_char(accelcost_internal.rate_date((u.g).month, usage_priced.rate_at),
                                            'YYYY-MM-DD'))
                        WHEN NOT abs(c.amount) < 1.7e20 THEN 'the cost is out of range' END, '; ') AS reason
        FROM converted AS c
        JOIN grouped AS u ON (u.g).n = c.n
        GROUP BY c.n, c.component
    ), unpriced_machine AS MATERIALIZED (
        SELECT accelcost_internal.line_key(u.g) AS key, min(c.reason COLLATE "C") AS reason
        FROM component AS c
        JOIN grouped AS u ON (u.g).n = c.n
        WHERE c.component = 'compute' AND (u.g).uses_hours AND c.reason IS NOT NULL
        GROUP BY 1
    ), compute AS MATERIALIZED (
        -- Tokens of a machine have a cost if its hours have one.
        SELECT c.n, c.is_unconverted, c.rate, CASE WHEN m.reason IS NULL THEN c.amount END AS amount,
               coalesce(c.reason, m.reason) AS reason
        FROM component AS c
        JOIN grouped AS u ON (u.g).n = c.n
        LEFT JOIN unpriced_machine AS m ON (u.g).has_tokens_only AND m.key = accelcost_internal.line_key(u.g)
        WHERE c.component = 'compute'
    )
    SELECT u.g, coalesce((u.g).accelerator, h.accelerator), coalesce(h.gpu_count, (u.g).gpu_count),
           (u.g).transfer_quantity
           * CASE WHEN (u.g).transfer_unit IS NULL THEN q.unit_bytes
                  ELSE accelcost_internal.metered_quantity(1.0, (u.g).transfer_unit, 'byte', 1.0, (u.g).month) END,
           c.amount, m.amount, e.amount, t.amount, s.amount,
           c.reason, m.reason, e.reason, t.reason, s.reason,
           (SELECT string_agg(r.reason, '; ' ORDER BY r.ordinal)
            FROM (SELECT a.reason, min(a.ordinal) AS ordinal
                  FROM unnest(ARRAY[c.reason, m.reason, e.reason, t.reason, s.reason])
                      WITH ORDINALITY AS a (reason, ordinal)
                  WHERE a.reason IS NOT NULL
                  GROUP BY a.reason) AS r),
           coalesce(c.is_unconverted, false) OR coalesce(m.is_unconverted, false) OR coalesce(e.is_unconverted, false)
               OR coalesce(t.is_unconverted, false) OR coalesce(s.is_unconverted, false),
           coalesce(h.is_estimate, false),
           coalesce(h.source, k.source), coalesce(h.origin, k.origin), coalesce(h.as_of, k.as_of),
           accelcost_internal.rate_date((u.g).month, usage_priced.rate_at),
           c.n IS NOT NULL AND c.reason IS NULL AND c.rate IS NULL,
           ROW(accelcost_internal.converted_price(h.hour_price, c.rate), h.session_price * c.rate,
               accelcost_internal.converted_price(k.input_price, c.rate),
               accelcost_internal.converted_price(k.cache_read_price, c.rate),
               accelcost_internal.converted_price(k.cache_write_5m_price, c.rate),
               accelcost_internal.converted_price(k.cache_write_1h_price, c.rate),
               accelcost_internal.converted_price(k.output_price, c.rate),
               accelcost_internal.converted_price(w.price_per_kwh, e.rate), l.lines)::accelcost_internal.record_prices
    FROM grouped AS u
    LEFT JOIN by_hours AS h ON h.n = (u.g).n
    LEFT JOIN by_tokens AS k ON k.n = (u.g).n
    LEFT JOIN by_energy AS w ON w.n = (u.g).n
    LEFT JOIN by_meter AS q ON q.n = (u.g).n AND q.meter = 'egress'
    LEFT JOIN line AS l ON l.n = (u.g).n
    LEFT JOIN compute AS c ON c.n = (u.g).n
    LEFT JOIN component AS m ON m.n = (u.g).n AND m.component = 'metered'
    LEFT JOIN component AS e ON e.n = (u.g).n AND e.component = 'energy'
    LEFT JOIN component AS t ON t.n = (u.g).n AND t.component = 'egress'
    LEFT JOIN component AS s ON s.n = (u.g).n AND s.component = 'storage';
END;
COMMENT ON FUNCTION accelcost_internal.usage_priced(regclass, text, date, date, timestamptz, regclass) IS
    'returns usage with cost by component; an unknown cost is NULL, with a reason';
