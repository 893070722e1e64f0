-- Reports by month.

-- Longer than 80 lines: one expression for each column of the report.
CREATE FUNCTION accelcost.usage_monthly(
    first_month date DEFAULT NULL, last_month date DEFAULT NULL, currency text DEFAULT 'USD',
    source regclass DEFAULT 'accelcost.usage',
    rate_at timestamptz DEFAULT NULL)
RETURNS TABLE (
    month date, provider text, payer text, workload text, model text, team text, currency text, cost @extschema@.tco,
    compute numeric, energy numeric, egress numeric, storage numeric, total numeric,
    requests numeric, tokens numeric, priced_tokens numeric, priced_cost numeric, cost_per_million numeric,
    instance_hours numeric, energy_kwh numeric, usage_rows bigint, unpriced_rows bigint, unpriced_tokens numeric,
    unpriced_instance_hours numeric, unconverted_rows bigint, estimated_rows bigint,
    is_complete boolean, reason text, rate_date date)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
BEGIN ATOMIC
    WITH priced AS (
        SELECT (u.g).month, (u.g).shown_provider AS provider, (u.g).payer, (u.g).workload, (u.g).model, (u.g).team,
               (u.g).requests, (u.g).tokens, (u.g).instance_hours, (u.g).energy_kwh AS kwh, (u.g).usage_rows,
               (u.g).tokens_uncounted, (u.g).has_tokens_only, (u.g).uses_hours,
               u.compute, u.metered, u.energy, u.egress, u.storage,
               u.compute_reason, u.metered_reason, u.energy_reason, u.egress_reason, u.storage_reason, u.reason,
               u.is_unconverted, u.is_estimate, u.rate_date
        FROM accelcost_internal.usage_priced(usage_monthly.source,
                                             accelcost_internal.check_currency(usage_monthly.currency),
                                             usage_monthly.first_month, usage_monthly.last_month,
                                             usage_monthly.rate_at) AS u
    ), line AS (
        -- An unused component costs 0; one that is used but has no price is unknown.
        SELECT p.month, p.provider, p.payer, p.workload, p.model, p.team, p.rate_date,
               coalesce(round(coalesce(sum(p.compute) + sum(p.metered), sum(p.compute), sum(p.metered)), 18),
                        CASE WHEN count(p.compute_reason) + count(p.metered_reason) = 0 THEN 0.0 END) AS compute,
               coalesce(round(sum(p.energy), 18), CASE WHEN count(p.energy_reason) = 0 THEN 0.0 END) AS energy,
               coalesce(round(sum(p.egress), 18), CASE WHEN count(p.egress_reason) = 0 THEN 0.0 END) AS egress,
               coalesce(round(sum(p.storage), 18), CASE WHEN count(p.storage_reason) = 0 THEN 0.0 END) AS storage,
               count(p.reason) = 0
                   OR count(p.compute) + count(p.metered) + count(p.energy) + count(p.egress) + count(p.storage) > 0
                   AS is_known,
               bool_or(p.tokens_uncounted)
                   OR (bool_or(p.has_tokens_only) AND NOT bool_or(p.uses_hours)) AS tokens_uncounted,
               sum(p.requests) AS requests, sum(p.tokens) AS tokens,
               coalesce(sum(p.tokens) FILTER (WHERE p.reason IS NULL), 0.0) AS priced_tokens,
               sum(coalesce(p.compute, 0.0) + coalesce(p.energy, 0.0)) FILTER (WHERE p.reason IS NULL) AS priced_cost,
               sum(p.instance_hours) AS instance_hours, sum(p.kwh) AS energy_kwh,
               sum(p.usage_rows)::bigint AS usage_rows,
               coalesce(sum(p.usage_rows) FILTER (WHERE p.reason IS NOT NULL), 0.0)::bigint AS unpriced_rows,
               coalesce(sum(p.tokens) FILTER (WHERE p.reason IS NOT NULL), 0.0) AS unpriced_tokens,
               coalesce(sum(p.instance_hours) FILTER (WHERE p.compute_reason IS NOT NULL),
                        0.0) AS unpriced_instance_hours,
               coalesce(sum(p.usage_rows) FILTER (WHERE p.is_unconverted), 0.0)::bigint AS unconverted_rows,
               coalesce(sum(p.usage_rows) FILTER (WHERE p.is_estimate), 0.0)::bigint AS estimated_rows,
               array_agg(DISTINCT p.reason COLLATE "C") FILTER (WHERE p.reason IS NOT NULL) AS reasons
        FROM priced AS p
        GROUP BY p.month, p.provider, p.payer, p.workload, p.model, p.team, p.rate_date
    ), bounded AS (
        SELECT l.*, l.is_known AND r.is_in_range AS has_total,
               l.reasons || CASE WHEN NOT r.is_in_range THEN '{the cost is out of range}'::text[] END AS causes
        FROM line AS l
        CROSS JOIN LATERAL (SELECT greatest(abs(l.compute), abs(l.energy), abs(l.egress), abs(l.storage), 0.0)
                                < 1.7e20 AS is_in_range) AS r
    )
    SELECT l.month, l.provider, l.payer, l.workload, l.model, l.team, usage_monthly.currency,
           CASE WHEN l.has_total
                THEN @extschema@.make_tco(compute => coalesce(l.compute, 0.0), energy => coalesce(l.energy, 0.0),
                                          egress => coalesce(l.egress, 0.0), storage => coalesce(l.storage, 0.0),
                                          currency => usage_monthly.currency) END,
           trim_scale(l.compute), trim_scale(l.energy), trim_scale(l.egress), trim_scale(l.storage),
           CASE WHEN l.has_total
                THEN trim_scale(coalesce(l.compute, 0.0) + coalesce(l.energy, 0.0) + coalesce(l.egress, 0.0)
                                + coalesce(l.storage, 0.0)) END,
           l.requests, l.tokens,
           CASE WHEN l.tokens_uncounted THEN 0.0 ELSE l.priced_tokens END,
           CASE WHEN l.tokens_uncounted OR l.priced_tokens = 0.0 THEN 0.0
                ELSE trim_scale(round(l.priced_cost, 18)) END,
           CASE WHEN l.priced_tokens > 0.0 AND NOT l.tokens_uncounted
                THEN @extschema@.per_million(l.priced_cost, l.priced_tokens) END,
           trim_scale(l.instance_hours), trim_scale(l.energy_kwh), l.usage_rows, l.unpriced_rows, l.unpriced_tokens,
           trim_scale(l.unpriced_instance_hours), l.unconverted_rows, l.estimated_rows,
           l.unpriced_rows = 0 AND l.has_total,
           nullif(concat_ws('; ', array_to_string(l.causes[1:5], '; '),
                            CASE WHEN cardinality(l.causes) > 5
                                 THEN format('and %s other reasons', cardinality(l.causes) - 5) END), ''),
           l.rate_date
    FROM bounded AS l;
END;
COMMENT ON FUNCTION accelcost.usage_monthly(date, date, text, regclass, timestamptz) IS
    'returns usage and cost by month, provider, payer, workload, model, team';

-- Reports for one workload, and views for tools that cannot call functions.

CREATE FUNCTION accelcost.inference_monthly(
    first_month date DEFAULT NULL, last_month date DEFAULT NULL, currency text DEFAULT 'USD',
    source regclass DEFAULT 'accelcost.usage',
    rate_at timestamptz DEFAULT NULL)
RETURNS TABLE (
    month date, provider text, payer text, model text, team text, currency text, cost @extschema@.tco,
    compute numeric, energy numeric, egress numeric, storage numeric, total numeric,
    requests numeric, tokens numeric, priced_tokens numeric, priced_cost numeric, cost_per_million numeric,
    instance_hours numeric, energy_kwh numeric, usage_rows bigint, unpriced_rows bigint, unpriced_tokens numeric,
    unpriced_instance_hours numeric, unconverted_rows bigint, estimated_rows bigint,
    is_complete boolean, reason text, rate_date date)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
BEGIN ATOMIC
    SELECT u.month, u.provider, u.payer, u.model, u.team, u.currency, u.cost, u.compute, u.energy,
           u.egress, u.storage, u.total, u.requests, u.tokens, u.priced_tokens, u.priced_cost, u.cost_per_million,
           u.instance_hours,
           u.energy_kwh,
           u.usage_rows, u.unpriced_rows, u.unpriced_tokens, u.unpriced_instance_hours, u.unconverted_rows,
           u.estimated_rows,
           u.is_complete, u.reason, u.rate_date
    FROM accelcost.usage_monthly(inference_monthly.first_month, inference_monthly.last_month,
                                 inference_monthly.currency,
                                   inference_monthly.source, inference_monthly.rate_at) AS u
    WHERE u.workload = 'inference';
END;
COMMENT ON FUNCTION accelcost.inference_monthly(date, date, text, regclass, timestamptz) IS
    'returns usage and cost of inference by month, provider, payer, model, team';

CREATE FUNCTION accelcost.training_monthly(
    first_month date DEFAULT NULL, last_month date DEFAULT NULL, currency text DEFAULT 'USD',
    source regclass DEFAULT 'accelcost.usage',
    rate_at timestamptz DEFAULT NULL)
RETURNS TABLE (
    month date, provider text, payer text, model text, team text, currency text, cost @extschema@.tco,
    compute numeric, energy numeric, egress numeric, storage numeric, total numeric,
    requests numeric, tokens numeric, priced_tokens numeric, priced_cost numeric, cost_per_million numeric,
    instance_hours numeric, energy_kwh numeric, usage_rows bigint, unpriced_rows bigint, unpriced_tokens numeric,
    unpriced_instance_hours numeric, unconverted_rows bigint, estimated_rows bigint,
    is_complete boolean, reason text, rate_date date)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
BEGIN ATOMIC
    SELECT u.month, u.provider, u.payer, u.model, u.team, u.currency, u.cost, u.compute, u.energy,
           u.egress, u.storage, u.total, u.requests, u.tokens, u.priced_tokens, u.priced_cost, u.cost_per_million,
           u.instance_hours,
           u.energy_kwh,
           u.usage_rows, u.unpriced_rows, u.unpriced_tokens, u.unpriced_instance_hours, u.unconverted_rows,
           u.estimated_rows,
           u.is_complete, u.reason, u.rate_date
    FROM accelcost.usage_monthly(training_monthly.first_month, training_monthly.last_month, training_monthly.currency,
                                   training_monthly.source, training_monthly.rate_at) AS u
    WHERE u.workload = 'training';
END;
COMMENT ON FUNCTION accelcost.training_monthly(date, date, text, regclass, timestamptz) IS
    'returns usage and cost of training by month, provider, payer, model, team';

CREATE FUNCTION accelcost_internal.shown_monthly(source regclass)
RETURNS TABLE (
    month date, provider text, payer text, workload text, model text, team text, currency text, is_known boolean,
    compute numeric, energy numeric, egress numeric, storage numeric,
    requests numeric, tokens numeric, priced_tokens numeric, priced_cost numeric, cost_per_million numeric,
    instance_hours numeric, energy_kwh numeric, usage_rows bigint, unpriced_rows bigint, unpriced_tokens numeric,
    unpriced_instance_hours numeric, unconverted_rows bigint, estimated_rows bigint,
    is_complete boolean, reason text, rate_date date)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
BEGIN ATOMIC
    -- Costs are rounded as running totals: the shown costs of a month add up to its total, rounded once.
    SELECT u.month, u.provider, u.payer, u.workload, u.model, u.team, u.currency, u.total IS NOT NULL AS is_known,
           CASE WHEN u.compute IS NOT NULL THEN round(sum(u.compute) OVER listed, 10)
                     - round(sum(u.compute) OVER listed - u.compute, 10) END AS compute,
           CASE WHEN u.energy IS NOT NULL THEN round(sum(u.energy) OVER listed, 10)
                     - round(sum(u.energy) OVER listed - u.energy, 10) END AS energy,
           CASE WHEN u.egress IS NOT NULL THEN round(sum(u.egress) OVER listed, 10)
                     - round(sum(u.egress) OVER listed - u.egress, 10) END AS egress,
           CASE WHEN u.storage IS NOT NULL THEN round(sum(u.storage) OVER listed, 10)
                     - round(sum(u.storage) OVER listed - u.storage, 10) END AS storage,
           u.requests, u.tokens, u.priced_tokens, u.priced_cost, u.cost_per_million, u.instance_hours, u.energy_kwh,
           u.usage_rows, u.unpriced_rows, u.unpriced_tokens, u.unpriced_instance_hours, u.unconverted_rows,
           u.estimated_rows, u.is_complete, u.reason, u.rate_date
    FROM accelcost.usage_monthly(source => shown_monthly.source) AS u
    WINDOW listed AS (PARTITION BY u.month, u.workload
                      ORDER BY u.provider COLLATE "C", u.payer COLLATE "C", u.model COLLATE "C",
                          u.team COLLATE "C" ROWS UNBOUNDED PRECEDING);
END;
COMMENT ON FUNCTION accelcost_internal.shown_monthly(regclass) IS
    'returns usage_monthly of a relation in USD, rounded so that shown parts add up';

CREATE VIEW accelcost.usage_monthly
WITH (security_invoker = true)
AS
SELECT s.month, s.provider, s.payer, s.workload, s.model, s.team, s.currency,
       s.compute::numeric(38,10) AS compute, s.energy::numeric(38,10) AS energy, s.egress::numeric(38,10) AS egress,
       s.storage::numeric(38,10) AS storage,
       (CASE WHEN s.is_known THEN coalesce(s.compute, 0.0) + coalesce(s.energy, 0.0) + coalesce(s.egress, 0.0)
                  + coalesce(s.storage, 0.0) END)::numeric(38,10) AS total,
       s.requests::numeric(38,0) AS requests, s.tokens::numeric(38,0) AS tokens,
       s.priced_tokens::numeric(38,0) AS priced_tokens, s.priced_cost::numeric(38,10) AS priced_cost,
       s.cost_per_million::numeric(38,10) AS cost_per_million, s.instance_hours::numeric(38,10) AS instance_hours,
       s.energy_kwh::numeric(38,10) AS energy_kwh,
       s.usage_rows, s.unpriced_rows, s.unpriced_tokens::numeric(38,0) AS unpriced_tokens,
       s.unpriced_instance_hours::numeric(38,10) AS unpriced_instance_hours, s.unconverted_rows, s.estimated_rows,
       s.is_complete,
       s.reason, s.rate_date
FROM accelcost_internal.shown_monthly(accelcost_internal.usage_source()) AS s;
COMMENT ON VIEW accelcost.usage_monthly IS
    'usage in accelcost.usage and its cost in USD by month, provider, payer, workload, model, team';

CREATE VIEW accelcost.inference_monthly
WITH (security_invoker = true)
AS
SELECT u.month, u.provider, u.payer, u.model, u.team, u.currency, u.compute, u.energy, u.egress,
       u.storage, u.total, u.requests, u.tokens, u.priced_tokens, u.priced_cost, u.cost_per_million, u.instance_hours,
       u.energy_kwh, u.usage_rows, u.unpriced_rows, u.unpriced_tokens, u.unpriced_instance_hours, u.unconverted_rows,
       u.estimated_rows, u.is_complete, u.reason, u.rate_date
FROM accelcost.usage_monthly AS u
WHERE u.workload = 'inference';
COMMENT ON VIEW accelcost.inference_monthly IS
    'inference in accelcost.usage and its cost in USD by month, provider, payer, model, team';

CREATE VIEW accelcost.training_monthly
WITH (security_invoker = true)
AS
SELECT u.month, u.provider, u.payer, u.model, u.team, u.currency, u.compute, u.energy, u.egress,
       u.storage, u.total, u.requests, u.tokens, u.priced_tokens, u.priced_cost, u.cost_per_million, u.instance_hours,
       u.energy_kwh, u.usage_rows, u.unpriced_rows, u.unpriced_tokens, u.unpriced_instance_hours, u.unconverted_rows,
       u.estimated_rows, u.is_complete, u.reason, u.rate_date
FROM accelcost.usage_monthly AS u
WHERE u.workload = 'training';
COMMENT ON VIEW accelcost.training_monthly IS
    'training in accelcost.usage and its cost in USD by month, provider, payer, model, team';

COMMENT ON COLUMN accelcost.usage_monthly.month IS 'first day of the month of period_start, UTC; NULL if unknown';
COMMENT ON COLUMN accelcost.usage_monthly.provider IS
    'provider that is paid, by its catalog name, or as the usage names it';
COMMENT ON COLUMN accelcost.usage_monthly.payer IS 'account that pays';
COMMENT ON COLUMN accelcost.usage_monthly.workload IS 'inference or training';
COMMENT ON COLUMN accelcost.usage_monthly.model IS 'model, by its catalog name, or as the usage names it';
COMMENT ON COLUMN accelcost.usage_monthly.team IS 'team that used it';
COMMENT ON COLUMN accelcost.usage_monthly.currency IS 'currency of all costs in the row';
COMMENT ON COLUMN accelcost.usage_monthly.compute IS
    'cost of machines, tokens, requests and other meters; NULL if none of it has a price';
COMMENT ON COLUMN accelcost.usage_monthly.energy IS
    'cost of the energy of your own machines; NULL if none of it has a price';
COMMENT ON COLUMN accelcost.usage_monthly.egress IS 'share of the bill for data transfer; NULL if unknown';
COMMENT ON COLUMN accelcost.usage_monthly.storage IS 'share of the bill for storage; NULL if unknown';
COMMENT ON COLUMN accelcost.usage_monthly.total IS 'sum of the known components; the whole cost only if is_complete';
COMMENT ON COLUMN accelcost.usage_monthly.requests IS 'requests of the records that state their number';
COMMENT ON COLUMN accelcost.usage_monthly.tokens IS 'input and output tokens';
COMMENT ON COLUMN accelcost.usage_monthly.priced_tokens IS
    'tokens of the completely priced records; 0 if the tokens or hours of a machine are unknown';
COMMENT ON COLUMN accelcost.usage_monthly.priced_cost IS
    'cost of the hours, energy and tokens of the records in priced_tokens; divide sums of both';
COMMENT ON COLUMN accelcost.usage_monthly.cost_per_million IS 'priced_cost per million of priced_tokens';
COMMENT ON COLUMN accelcost.usage_monthly.instance_hours IS 'instances times hours';
COMMENT ON COLUMN accelcost.usage_monthly.energy_kwh IS 'energy in kWh';
COMMENT ON COLUMN accelcost.usage_monthly.usage_rows IS 'number of records';
COMMENT ON COLUMN accelcost.usage_monthly.unpriced_rows IS
    'number of records with a part that has no price, which is in no cost';
COMMENT ON COLUMN accelcost.usage_monthly.unpriced_tokens IS 'tokens of the unpriced records';
COMMENT ON COLUMN accelcost.usage_monthly.unpriced_instance_hours IS 'instance hours without a price';
COMMENT ON COLUMN accelcost.usage_monthly.unconverted_rows IS
    'number of records with a price in a currency without an exchange rate';
COMMENT ON COLUMN accelcost.usage_monthly.estimated_rows IS
    'number of records whose hours are spread evenly over a change of price or the end of a month';
COMMENT ON COLUMN accelcost.usage_monthly.is_complete IS 'true if all records are priced';
COMMENT ON COLUMN accelcost.usage_monthly.reason IS 'first five reasons why records are unpriced; NULL if is_complete';
COMMENT ON COLUMN accelcost.usage_monthly.rate_date IS 'date of the exchange rates';

COMMENT ON COLUMN accelcost.inference_monthly.month IS 'first day of the month of period_start, UTC; NULL if unknown';
COMMENT ON COLUMN accelcost.inference_monthly.provider IS
    'provider that is paid, by its catalog name, or as the usage names it';
COMMENT ON COLUMN accelcost.inference_monthly.payer IS 'account that pays';
COMMENT ON COLUMN accelcost.inference_monthly.model IS 'model, by its catalog name, or as the usage names it';
COMMENT ON COLUMN accelcost.inference_monthly.team IS 'team that used it';
COMMENT ON COLUMN accelcost.inference_monthly.currency IS 'currency of all costs in the row';
COMMENT ON COLUMN accelcost.inference_monthly.compute IS
    'cost of machines, tokens, requests and other meters; NULL if none of it has a price';
COMMENT ON COLUMN accelcost.inference_monthly.energy IS
    'cost of the energy of your own machines; NULL if none of it has a price';
COMMENT ON COLUMN accelcost.inference_monthly.egress IS 'share of the bill for data transfer; NULL if unknown';
COMMENT ON COLUMN accelcost.inference_monthly.storage IS 'share of the bill for storage; NULL if unknown';
COMMENT ON COLUMN accelcost.inference_monthly.total IS
    'sum of the known components; the whole cost only if is_complete';
COMMENT ON COLUMN accelcost.inference_monthly.requests IS 'requests of the records that state their number';
COMMENT ON COLUMN accelcost.inference_monthly.tokens IS 'input and output tokens';
COMMENT ON COLUMN accelcost.inference_monthly.priced_tokens IS
    'tokens of the completely priced records; 0 if the tokens or hours of a machine are unknown';
COMMENT ON COLUMN accelcost.inference_monthly.priced_cost IS
    'cost of the hours, energy and tokens of the records in priced_tokens; divide sums of both';
COMMENT ON COLUMN accelcost.inference_monthly.cost_per_million IS 'priced_cost per million of priced_tokens';
COMMENT ON COLUMN accelcost.inference_monthly.instance_hours IS 'instances times hours';
COMMENT ON COLUMN accelcost.inference_monthly.energy_kwh IS 'energy in kWh';
COMMENT ON COLUMN accelcost.inference_monthly.usage_rows IS 'number of records';
COMMENT ON COLUMN accelcost.inference_monthly.unpriced_rows IS
    'number of records with a part that has no price, which is in no cost';
COMMENT ON COLUMN accelcost.inference_monthly.unpriced_tokens IS 'tokens of the unpriced records';
COMMENT ON COLUMN accelcost.inference_monthly.unpriced_instance_hours IS 'instance hours without a price';
COMMENT ON COLUMN accelcost.inference_monthly.unconverted_rows IS
    'number of records with a price in a currency without an exchange rate';
COMMENT ON COLUMN accelcost.inference_monthly.estimated_rows IS
    'number of records whose hours are spread evenly over a change of price or the end of a month';
COMMENT ON COLUMN accelcost.inference_monthly.is_complete IS 'true if all records are priced';
COMMENT ON COLUMN accelcost.inference_monthly.reason IS
    'first five reasons why records are unpriced; NULL if is_complete';
COMMENT ON COLUMN accelcost.inference_monthly.rate_date IS 'date of the exchange rates';

COMMENT ON COLUMN accelcost.training_monthly.month IS 'first day of the month of period_start, UTC; NULL if unknown';
COMMENT ON COLUMN accelcost.training_monthly.provider IS
    'provider that is paid, by its catalog name, or as the usage names it';
COMMENT ON COLUMN accelcost.training_monthly.payer IS 'account that pays';
COMMENT ON COLUMN accelcost.training_monthly.model IS 'model, by its catalog name, or as the usage names it';
COMMENT ON COLUMN accelcost.training_monthly.team IS 'team that used it';
COMMENT ON COLUMN accelcost.training_monthly.currency IS 'currency of all costs in the row';
COMMENT ON COLUMN accelcost.training_monthly.compute IS
    'cost of machines, tokens, requests and other meters; NULL if none of it has a price';
COMMENT ON COLUMN accelcost.training_monthly.energy IS
    'cost of the energy of your own machines; NULL if none of it has a price';
COMMENT ON COLUMN accelcost.training_monthly.egress IS 'share of the bill for data transfer; NULL if unknown';
COMMENT ON COLUMN accelcost.training_monthly.storage IS 'share of the bill for storage; NULL if unknown';
COMMENT ON COLUMN accelcost.training_monthly.total IS 'sum of the known components; the whole cost only if is_complete';
COMMENT ON COLUMN accelcost.training_monthly.requests IS 'requests of the records that state their number';
COMMENT ON COLUMN accelcost.training_monthly.tokens IS 'input and output tokens';
COMMENT ON COLUMN accelcost.training_monthly.priced_tokens IS
    'tokens of the completely priced records; 0 if the tokens or hours of a machine are unknown';
COMMENT ON COLUMN accelcost.training_monthly.priced_cost IS
    'cost of the hours, energy and tokens of the records in priced_tokens; divide sums of both';
COMMENT ON COLUMN accelcost.training_monthly.cost_per_million IS 'priced_cost per million of priced_tokens';
COMMENT ON COLUMN accelcost.training_monthly.instance_hours IS 'instances times hours';
COMMENT ON COLUMN accelcost.training_monthly.energy_kwh IS 'energy in kWh';
COMMENT ON COLUMN accelcost.training_monthly.usage_rows IS 'number of records';
COMMENT ON COLUMN accelcost.training_monthly.unpriced_rows IS
    'number of records with a part that has no price, which is in no cost';
COMMENT ON COLUMN accelcost.training_monthly.unpriced_tokens IS 'tokens of the unpriced records';
COMMENT ON COLUMN accelcost.training_monthly.unpriced_instance_hours IS 'instance hours without a price';
COMMENT ON COLUMN accelcost.training_monthly.unconverted_rows IS
    'number of records with a price in a currency without an exchange rate';
COMMENT ON COLUMN accelcost.training_monthly.estimated_rows IS
    'number of records whose hours are spread evenly over a change of price or the end of a month';
COMMENT ON COLUMN accelcost.training_monthly.is_complete IS 'true if all records are priced';
COMMENT ON COLUMN accelcost.training_monthly.reason IS
    'first five reasons why records are unpriced; NULL if is_complete';
COMMENT ON COLUMN accelcost.training_monthly.rate_date IS 'date of the exchange rates';

GRANT SELECT ON accelcost.usage_monthly, accelcost.inference_monthly,
    accelcost.training_monthly TO @extowner@ WITH GRANT OPTION;
