-- Reports by month.

CREATE FUNCTION accelcost.usage_monthly(
    first_month date DEFAULT NULL, last_month date DEFAULT NULL, currency text DEFAULT 'USD', source regclass DEFAULT 'accelcost.usage',
    rate_at timestamptz DEFAULT NULL)
RETURNS TABLE (
    month date, provider text, payer text, workload text, model text, team text, currency text, cost @extschema@.tco,
    compute numeric, energy numeric, egress numeric, storage numeric, total numeric,
    requests numeric, tokens numeric, priced_tokens numeric, cost_per_million numeric, instance_hours numeric, energy_kwh numeric,
    usage_rows bigint, unpriced_rows bigint, unpriced_tokens numeric, unpriced_instance_hours numeric, unconverted_rows bigint,
    is_complete boolean, reason text, rate_date date)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
BEGIN ATOMIC
    WITH priced AS (
        SELECT u.*,
               CASE WHEN u.reason IS NULL THEN coalesce(u.compute, 0.0) + coalesce(u.energy, 0.0) + coalesce(u.egress, 0.0) + coalesce(u.storage, 0.0) END AS complete_cost
        FROM accelcost_internal.usage_priced(usage_monthly.source, accelcost_internal.check_currency(usage_monthly.currency), usage_monthly.first_month,
                                      usage_monthly.last_month, usage_monthly.rate_at) AS u
    ), line AS (
        -- What no row uses costs 0; what some use, and none has a price for, is not known.
        SELECT p.month, p.provider, p.payer, p.workload, p.model, p.team, p.rate_date,
               coalesce(round(sum(p.compute), 18), CASE WHEN count(p.compute_reason) = 0 THEN 0.0 END) AS compute,
               coalesce(round(sum(p.energy), 18), CASE WHEN count(p.energy_reason) = 0 THEN 0.0 END) AS energy,
               coalesce(round(sum(p.egress), 18), CASE WHEN count(p.egress_reason) = 0 THEN 0.0 END) AS egress,
               coalesce(round(sum(p.storage), 18), CASE WHEN count(p.storage_reason) = 0 THEN 0.0 END) AS storage,
               sum(p.compute) IS NOT NULL OR sum(p.energy) IS NOT NULL OR sum(p.egress) IS NOT NULL OR sum(p.storage) IS NOT NULL
                   OR count(p.reason) = 0 AS is_known,
               sum(p.complete_cost) AS complete_cost, bool_or(p.tokens_uncounted) OR (bool_or(p.has_tokens_only) AND NOT bool_or(p.uses_hours)) AS tokens_uncounted,
               sum(p.requests) AS requests, sum(p.tokens) AS tokens, coalesce(sum(p.tokens) FILTER (WHERE p.reason IS NULL), 0.0) AS priced_tokens,
               sum(p.instance_hours) AS instance_hours, sum(p.energy_kwh) AS energy_kwh, sum(p.usage_rows)::bigint AS usage_rows,
               coalesce(sum(p.usage_rows) FILTER (WHERE p.reason IS NOT NULL), 0.0)::bigint AS unpriced_rows,
               coalesce(sum(p.tokens) FILTER (WHERE p.reason IS NOT NULL), 0.0) AS unpriced_tokens,
               coalesce(sum(p.instance_hours) FILTER (WHERE p.compute_reason IS NOT NULL), 0.0) AS unpriced_instance_hours,
               coalesce(sum(p.usage_rows) FILTER (WHERE p.is_unconverted), 0.0)::bigint AS unconverted_rows,
               array_agg(DISTINCT p.reason COLLATE "C") FILTER (WHERE p.reason IS NOT NULL) AS reasons
        FROM priced AS p
        GROUP BY p.month, p.provider, p.payer, p.workload, p.model, p.team, p.rate_date
    ), bounded AS (
        SELECT l.*, l.is_known AND r.is_in_range AS has_total,
               l.reasons || CASE WHEN NOT r.is_in_range THEN '{the cost is out of range}'::text[] END AS causes
        FROM line AS l
        CROSS JOIN LATERAL (SELECT greatest(abs(l.compute), abs(l.energy), abs(l.egress), abs(l.storage), 0.0) < 1.7e20 AS is_in_range) AS r
    )
    SELECT l.month, l.provider, l.payer, l.workload, l.model, l.team, usage_monthly.currency,
           CASE WHEN l.has_total THEN @extschema@.make_tco(compute => coalesce(l.compute, 0.0), energy => coalesce(l.energy, 0.0),
                egress => coalesce(l.egress, 0.0), storage => coalesce(l.storage, 0.0), currency => usage_monthly.currency) END,
           trim_scale(l.compute), trim_scale(l.energy), trim_scale(l.egress), trim_scale(l.storage),
           CASE WHEN l.has_total THEN trim_scale(coalesce(l.compute, 0.0) + coalesce(l.energy, 0.0) + coalesce(l.egress, 0.0) + coalesce(l.storage, 0.0)) END,
           l.requests, l.tokens, l.priced_tokens, CASE WHEN l.priced_tokens > 0.0 AND NOT l.tokens_uncounted THEN @extschema@.per_million(l.complete_cost, l.priced_tokens) END,
           trim_scale(l.instance_hours), trim_scale(l.energy_kwh), l.usage_rows, l.unpriced_rows, l.unpriced_tokens, l.unpriced_instance_hours, l.unconverted_rows,
           l.unpriced_rows = 0 AND l.has_total,
           nullif(concat_ws('; ', array_to_string(l.causes[1:5], '; '),
                                          CASE WHEN cardinality(l.causes) > 5 THEN format('and %s other reasons', cardinality(l.causes) - 5) END), ''), l.rate_date
    FROM bounded AS l;
END;
COMMENT ON FUNCTION accelcost.usage_monthly(date, date, text, regclass, timestamptz) IS
    'usage by month in UTC, provider, payer, workload, model and team, with what it cost, in currency: components are NULL where they are used and none of it has a price, total and cost are of what is known; what has no price is counted in unpriced_ columns, with the reasons; cost_per_million is the cost of the rows that are priced whole, per million of their tokens';

-- What usage cost each month, for reports: one workload by itself, and as views
-- for tools that know no functions.

CREATE FUNCTION accelcost.inference_monthly(
    first_month date DEFAULT NULL, last_month date DEFAULT NULL, currency text DEFAULT 'USD', source regclass DEFAULT 'accelcost.usage',
    rate_at timestamptz DEFAULT NULL)
RETURNS TABLE (
    month date, provider text, payer text, model text, team text, currency text, cost @extschema@.tco,
    compute numeric, energy numeric, egress numeric, storage numeric, total numeric,
    requests numeric, tokens numeric, priced_tokens numeric, cost_per_million numeric, instance_hours numeric, energy_kwh numeric,
    usage_rows bigint, unpriced_rows bigint, unpriced_tokens numeric, unpriced_instance_hours numeric, unconverted_rows bigint,
    is_complete boolean, reason text, rate_date date)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
BEGIN ATOMIC
    SELECT u.month, u.provider, u.payer, u.model, u.team, u.currency, u.cost, u.compute, u.energy,
           u.egress, u.storage, u.total, u.requests, u.tokens, u.priced_tokens, u.cost_per_million, u.instance_hours, u.energy_kwh,
           u.usage_rows, u.unpriced_rows, u.unpriced_tokens, u.unpriced_instance_hours, u.unconverted_rows, u.is_complete, u.reason, u.rate_date
    FROM accelcost.usage_monthly(inference_monthly.first_month, inference_monthly.last_month, inference_monthly.currency,
                                   inference_monthly.source, inference_monthly.rate_at) AS u
    WHERE u.workload = 'inference';
END;
COMMENT ON FUNCTION accelcost.inference_monthly(date, date, text, regclass, timestamptz) IS
    'what inference cost by month in UTC, provider, payer, model and team: the rows of usage_monthly for that workload; its data transfer is rated together with that of the other';

CREATE FUNCTION accelcost.training_monthly(
    first_month date DEFAULT NULL, last_month date DEFAULT NULL, currency text DEFAULT 'USD', source regclass DEFAULT 'accelcost.usage',
    rate_at timestamptz DEFAULT NULL)
RETURNS TABLE (
    month date, provider text, payer text, model text, team text, currency text, cost @extschema@.tco,
    compute numeric, energy numeric, egress numeric, storage numeric, total numeric,
    requests numeric, tokens numeric, priced_tokens numeric, cost_per_million numeric, instance_hours numeric, energy_kwh numeric,
    usage_rows bigint, unpriced_rows bigint, unpriced_tokens numeric, unpriced_instance_hours numeric, unconverted_rows bigint,
    is_complete boolean, reason text, rate_date date)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
BEGIN ATOMIC
    SELECT u.month, u.provider, u.payer, u.model, u.team, u.currency, u.cost, u.compute, u.energy,
           u.egress, u.storage, u.total, u.requests, u.tokens, u.priced_tokens, u.cost_per_million, u.instance_hours, u.energy_kwh,
           u.usage_rows, u.unpriced_rows, u.unpriced_tokens, u.unpriced_instance_hours, u.unconverted_rows, u.is_complete, u.reason, u.rate_date
    FROM accelcost.usage_monthly(training_monthly.first_month, training_monthly.last_month, training_monthly.currency,
                                   training_monthly.source, training_monthly.rate_at) AS u
    WHERE u.workload = 'training';
END;
COMMENT ON FUNCTION accelcost.training_monthly(date, date, text, regclass, timestamptz) IS
    'what training cost by month in UTC, provider, payer, model and team: the rows of usage_monthly for that workload; its data transfer is rated together with that of the other';

CREATE VIEW accelcost.usage_monthly
WITH (security_invoker = true)
AS
-- Costs are rounded as running totals: the shown costs of a month add up to its total, rounded once.
SELECT s.month, s.provider, s.payer, s.workload, s.model, s.team, s.currency,
       s.compute::numeric(38,10) AS compute, s.energy::numeric(38,10) AS energy, s.egress::numeric(38,10) AS egress,
       s.storage::numeric(38,10) AS storage,
       (CASE WHEN s.is_known THEN coalesce(s.compute, 0.0) + coalesce(s.energy, 0.0) + coalesce(s.egress, 0.0) + coalesce(s.storage, 0.0) END)::numeric(38,10) AS total,
       s.requests::numeric(38,0) AS requests, s.tokens::numeric(38,0) AS tokens, s.priced_tokens::numeric(38,0) AS priced_tokens,
       s.cost_per_million::numeric(38,10) AS cost_per_million, s.instance_hours::numeric(38,10) AS instance_hours,
       s.energy_kwh::numeric(38,10) AS energy_kwh,
       s.usage_rows, s.unpriced_rows, s.unpriced_tokens::numeric(38,0) AS unpriced_tokens,
       s.unpriced_instance_hours::numeric(38,10) AS unpriced_instance_hours, s.unconverted_rows, s.is_complete, s.reason, s.rate_date
FROM (SELECT u.month, u.provider, u.payer, u.workload, u.model, u.team, u.currency, u.total IS NOT NULL AS is_known,
             CASE WHEN u.compute IS NOT NULL THEN round(sum(u.compute) OVER listed, 10) - round(sum(u.compute) OVER listed - u.compute, 10) END AS compute,
             CASE WHEN u.energy IS NOT NULL THEN round(sum(u.energy) OVER listed, 10) - round(sum(u.energy) OVER listed - u.energy, 10) END AS energy,
             CASE WHEN u.egress IS NOT NULL THEN round(sum(u.egress) OVER listed, 10) - round(sum(u.egress) OVER listed - u.egress, 10) END AS egress,
             CASE WHEN u.storage IS NOT NULL THEN round(sum(u.storage) OVER listed, 10) - round(sum(u.storage) OVER listed - u.storage, 10) END AS storage,
             u.requests, u.tokens, u.priced_tokens, u.cost_per_million, u.instance_hours, u.energy_kwh, u.usage_rows, u.unpriced_rows,
             u.unpriced_tokens, u.unpriced_instance_hours, u.unconverted_rows, u.is_complete, u.reason, u.rate_date
      FROM accelcost.usage_monthly() AS u
      WINDOW listed AS (PARTITION BY u.month, u.workload
                        ORDER BY u.provider COLLATE "C", u.payer COLLATE "C", u.model COLLATE "C", u.team COLLATE "C" ROWS UNBOUNDED PRECEDING)) AS s;
COMMENT ON VIEW accelcost.usage_monthly IS
    'what the use in accelcost.usage cost by month, provider, payer, workload, model and team, in USD; for other currencies, months alone and relations of your own call the function usage_monthly';

CREATE VIEW accelcost.inference_monthly
WITH (security_invoker = true)
AS
SELECT u.month, u.provider, u.payer, u.model, u.team, u.currency, u.compute, u.energy, u.egress,
       u.storage, u.total, u.requests, u.tokens, u.priced_tokens, u.cost_per_million, u.instance_hours, u.energy_kwh, u.usage_rows,
       u.unpriced_rows, u.unpriced_tokens, u.unpriced_instance_hours, u.unconverted_rows, u.is_complete, u.reason, u.rate_date
FROM accelcost.usage_monthly AS u
WHERE u.workload = 'inference';
COMMENT ON VIEW accelcost.inference_monthly IS
    'what inference in accelcost.usage cost by month, provider, payer, model and team, in USD; for other currencies, months alone and relations of your own call the function inference_monthly';

CREATE VIEW accelcost.training_monthly
WITH (security_invoker = true)
AS
SELECT u.month, u.provider, u.payer, u.model, u.team, u.currency, u.compute, u.energy, u.egress,
       u.storage, u.total, u.requests, u.tokens, u.priced_tokens, u.cost_per_million, u.instance_hours, u.energy_kwh, u.usage_rows,
       u.unpriced_rows, u.unpriced_tokens, u.unpriced_instance_hours, u.unconverted_rows, u.is_complete, u.reason, u.rate_date
FROM accelcost.usage_monthly AS u
WHERE u.workload = 'training';
COMMENT ON VIEW accelcost.training_monthly IS
    'what training in accelcost.usage cost by month, provider, payer, model and team, in USD; for other currencies, months alone and relations of your own call the function training_monthly';

DO $$
DECLARE
    c record;
BEGIN
    FOR c IN SELECT a.attrelid, a.attname, w.words
             FROM pg_attribute AS a
             JOIN (VALUES ('month'::name, 'first day of the month of period_start, UTC; NULL where that is not known'),
                          ('provider', 'who is paid, by the name in accelcost.provider, or as it was given if that has none'),
                          ('payer', 'account that pays'),
                          ('workload', 'inference or training'),
                          ('model', 'model, by the name in accelcost.model, or as it was given'),
                          ('team', 'team that used it'),
                          ('currency', 'currency of all costs in the row'),
                          ('compute', 'cost of machines and of tokens; NULL where none of it has a price'),
                          ('energy', 'cost of the energy of your own machines; NULL where none of it has a price'),
                          ('egress', 'share of the bill for data transfer; NULL where that cannot be told'),
                          ('storage', 'share of the bill for storage; NULL where that cannot be told'),
                          ('total', 'sum of the four, as far as they are known: the whole cost only where is_complete'),
                          ('requests', 'requests, of the records that say how many'),
                          ('tokens', 'tokens of input and output'),
                          ('priced_tokens', 'tokens of the records of which all is priced'),
                          ('cost_per_million', 'cost of a million tokens: cost of the records of which all is priced, per million of their tokens'),
                          ('instance_hours', 'instances times hours'),
                          ('energy_kwh', 'energy drawn, in kWh'),
                          ('usage_rows', 'number of records'),
                          ('unpriced_rows', 'records of which a part has no price, and is in no cost'),
                          ('unpriced_tokens', 'tokens of such records'),
                          ('unpriced_instance_hours', 'instance hours without a price'),
                          ('unconverted_rows', 'records with a price in a currency for which there is no exchange rate'),
                          ('is_complete', 'whether all of it is priced'),
                          ('reason', 'why some is not, the first five reasons; NULL where is_complete'),
                          ('rate_date', 'date of the exchange rates')) AS w (attname, words) ON w.attname = a.attname
             WHERE a.attrelid = ANY ('{accelcost.usage_monthly,accelcost.inference_monthly,accelcost.training_monthly}'::regclass[]::oid[]) LOOP
        EXECUTE format('COMMENT ON COLUMN %s.%I IS %L', c.attrelid::regclass, c.attname, c.words);
    END LOOP;
END
$$;

GRANT SELECT ON accelcost.usage_monthly, accelcost.inference_monthly, accelcost.training_monthly TO @extowner@ WITH GRANT OPTION;
