-- Commitments by month: used and unused parts, coverage, and what is missing.

-- Charges that say something about commitments, summed over those that say the same.
CREATE FUNCTION accelcost_internal.commitment_charges(starts timestamptz, ends timestamptz, export_name text)
RETURNS TABLE (month date, provider text, currency text, commitment_id text, commitment_name text,
               commitment_type text, category text, part text, programs jsonb, is_spot boolean, charges bigint,
               effective numeric, unknown_effective bigint, on_demand numeric, unknown_on_demand bigint,
               hours numeric, without_hours bigint, ends_at timestamptz)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
SET jit = off
SET enable_sort = off
BEGIN ATOMIC
    WITH kind AS MATERIALIZED (
        SELECT @extschema@.bill_month(c.charge_period_start) AS month, c.provider_name, c.billing_currency,
               c.commitment_discount_id, c.commitment_discount_type,
               CASE WHEN c.commitment_discount_status = 'Unused' THEN 'unused'
                    WHEN c.charge_category = 'Purchase' THEN 'purchase'
                    WHEN c.charge_category = 'Credit' THEN 'credit'
                    WHEN c.charge_category <> 'Usage' THEN 'other'
                    WHEN c.commitment_discount_status = 'Used' THEN 'used'
                    -- A negation only takes back what the covered line was billed.
                    WHEN c.commitment_discount_id IS NOT NULL THEN 'other'
                    ELSE 'uncovered' END AS part,
               c.commitment_program_eligibility_details AS details,
               -- Spot is cheaper than a commitment, which cannot cover it.
               CASE WHEN c.commitment_discount_id IS NULL
                    THEN accelcost_internal.charge_option(
                             c, accelcost_internal.says_spot(c.sku_meter, c.charge_description)) = 'spot'
                    ELSE false END AS is_spot,
               c.consumed_unit, c.pricing_unit, c.consumed_quantity IS NOT NULL AS is_consumed,
               max(c.commitment_discount_name) AS commitment_name, max(c.commitment_discount_category) AS category,
               count(*) AS charges, sum(c.effective_cost) AS effective, count(c.effective_cost) AS with_effective,
               sum(coalesce(c.contracted_cost, c.list_cost)) AS on_demand,
               count(coalesce(c.contracted_cost, c.list_cost)) AS with_on_demand,
               sum(c.consumed_quantity) AS consumed_quantity, sum(c.pricing_quantity) AS pricing_quantity,
               count(*) FILTER (WHERE num_nonnulls(c.consumed_quantity, c.pricing_quantity) = 0
                                  AND c.effective_cost = 0.0) AS without_quantity,
               -- Cost and usage reports of AWS have the end of a commitment in each line.
               max(CASE WHEN c.commitment_discount_id IS NOT NULL AND c.extra <> '{}'::jsonb
                        THEN coalesce(c.extra->>'savingsPlan/EndTime', c.extra->>'savings_plan_end_time',
                                      c.extra->>'reservation/EndTime', c.extra->>'reservation_end_time')
                             COLLATE "C" END) AS ends_at
        FROM accelcost.charge AS c
        WHERE (c.charge_period_start >= commitment_charges.starts OR commitment_charges.starts IS NULL)
          AND (c.charge_period_start < commitment_charges.ends OR commitment_charges.ends IS NULL)
          AND (c.commitment_discount_id IS NOT NULL
               OR c.commitment_program_eligibility_details IS NOT NULL
               OR (c.commitment_discount_type IS NOT NULL AND c.charge_category IN ('Purchase', 'Credit')))
          AND accelcost_internal.is_reported(commitment_charges.export_name, c.export_name, c.beside)
        GROUP BY @extschema@.bill_month(c.charge_period_start), c.provider_name, c.billing_currency,
                 c.commitment_discount_id, c.commitment_discount_type, 6, details, 8, c.consumed_unit,
                 c.pricing_unit, 11
    )
    SELECT k.month, k.provider_name, k.billing_currency, k.commitment_discount_id, max(k.commitment_name),
           k.commitment_discount_type, max(k.category), k.part,
           k.details->'CommitmentPrograms', k.is_spot, sum(k.charges)::bigint,
           sum(k.effective), sum(k.charges - k.with_effective)::bigint,
           sum(k.on_demand), sum(k.charges - k.with_on_demand)::bigint,
           sum(h.hours),
           -- A line without quantity and cost, such as a negation, needs no hours.
           coalesce(sum(k.charges - k.without_quantity) FILTER (WHERE h.hours IS NULL), 0.0)::bigint,
           accelcost_internal.import_timestamp(max(k.ends_at))
    FROM kind AS k
    CROSS JOIN LATERAL (
        SELECT CASE WHEN k.is_consumed THEN accelcost_internal.charge_hours(k.consumed_quantity, k.consumed_unit)
                    ELSE accelcost_internal.charge_hours(k.pricing_quantity, k.pricing_unit) END AS hours) AS h
    GROUP BY k.month, k.provider_name, k.billing_currency, k.commitment_discount_id, k.commitment_discount_type,
             k.part, k.details, k.is_spot;
END;
COMMENT ON FUNCTION accelcost_internal.commitment_charges(timestamptz, timestamptz, text) IS
    'returns charges that commitments cover or could cover, and those for commitments, by month';

-- A charge can count towards several commitments, each with an amount of its own.
CREATE FUNCTION accelcost_internal.contract_applied(export_name text)
RETURNS TABLE (month date, provider text, commitment_id text, unit text, amount numeric, is_purchase boolean)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
SET jit = off
BEGIN ATOMIC
    SELECT @extschema@.bill_month(c.charge_period_start), c.provider_name, e.commitment_id,
           CASE WHEN e.cost IS NOT NULL THEN c.billing_currency ELSE e.unit END,
           sum(coalesce(e.cost, e.quantity)), c.charge_category IS NOT DISTINCT FROM 'Purchase'
    FROM accelcost.charge AS c
    CROSS JOIN LATERAL (
        SELECT coalesce(j.element->>'ContractCommitmentId', j.element->>'ContractCommitmentID') AS commitment_id,
               accelcost_internal.import_cost(j.element->>'ContractCommitmentAppliedCost') AS cost,
               accelcost_internal.import_number(j.element->>'ContractCommitmentAppliedQuantity') AS quantity,
               j.element->>'ContractCommitmentAppliedUnit' AS unit
        FROM jsonb_array_elements(CASE WHEN jsonb_typeof(c.contract_applied->'Elements') = 'array'
                                       THEN c.contract_applied->'Elements' END) AS j (element)) AS e
    WHERE c.contract_applied IS NOT NULL
      AND accelcost_internal.is_reported(contract_applied.export_name, c.export_name, c.beside)
      AND e.commitment_id IS NOT NULL
    GROUP BY 1, 2, 3, 4, 6;
END;
COMMENT ON FUNCTION accelcost_internal.contract_applied(text) IS
    'returns what charges count towards the commitments of contracts, by month of the charge';

CREATE FUNCTION accelcost_internal.contract_monthly(starts timestamptz, ends timestamptz, export_name text)
RETURNS TABLE (month date, provider text, commitment_id text, commitment_type text, category text, unit text,
               committed numeric, applied numeric, applied_to_date numeric, shortfall numeric, expires_on date,
               reason text)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    WITH applied AS MATERIALIZED (
        SELECT a.month, coalesce(accelcost_internal.provider_name(a.provider), a.provider) AS provider,
               a.provider AS shown_provider, a.commitment_id, a.unit, a.amount, a.is_purchase,
               -- A purchase and the use of what it bought are the same money.
               bool_or(NOT a.is_purchase) OVER (PARTITION BY a.provider, a.commitment_id) AS has_use
        -- Also after the months asked for, so that a month is the same in any range.
        FROM accelcost_internal.contract_applied(contract_monthly.export_name) AS a
    ), asked AS (
        SELECT a.month FROM applied AS a
        WHERE (a.month >= (contract_monthly.starts AT TIME ZONE 'UTC')::date OR contract_monthly.starts IS NULL)
          AND (a.month < (contract_monthly.ends AT TIME ZONE 'UTC')::date OR contract_monthly.ends IS NULL)
        UNION
        SELECT g.at::date
        FROM generate_series(contract_monthly.starts AT TIME ZONE 'UTC',
                             CASE WHEN isfinite(contract_monthly.ends)
                                  THEN contract_monthly.ends AT TIME ZONE 'UTC' - interval '1 day' END,
                             interval '1 month') AS g (at)
        WHERE isfinite(contract_monthly.starts)
    ), contract AS (
        SELECT c.*, coalesce(accelcost_internal.provider_name(c.service_provider_name), c.service_provider_name)
                        AS provider,
               c.contract_commitment_period_start AS period_start, c.contract_commitment_period_end AS period_end,
               coalesce(c.contract_commitment_cost, c.contract_commitment_quantity) AS committed,
               CASE WHEN c.contract_commitment_cost IS NOT NULL THEN c.billing_currency
                    ELSE c.contract_commitment_unit END AS unit,
               coalesce(c.contract_commitment_fulfillment_interval, 'Full Period') = 'Full Period' AS is_one_span
        FROM accelcost.contract_commitment AS c
    ), monthly AS (
        SELECT m.month, c.*, s.shown_provider, s.applied, s.applied_to_date, s.other_unit,
               least(accelcost_internal.next_month(m.month)::timestamp AT TIME ZONE 'UTC', c.period_end) AS until
        FROM contract AS c
        JOIN asked AS m
          ON (c.period_start < accelcost_internal.next_month(m.month)::timestamp AT TIME ZONE 'UTC'
              OR c.period_start IS NULL)
         AND (c.period_end > m.month::timestamp AT TIME ZONE 'UTC' OR c.period_end IS NULL)
        CROSS JOIN LATERAL (
            SELECT min(a.shown_provider) AS shown_provider,
                   coalesce(sum(a.amount) FILTER (WHERE a.month = m.month), 0.0) AS applied,
                   coalesce(sum(a.amount), 0.0) AS applied_to_date,
                   min(a.unit) FILTER (WHERE a.unit IS DISTINCT FROM c.unit) AS other_unit
            FROM applied AS a
            WHERE a.commitment_id = c.contract_commitment_id AND a.is_purchase <> a.has_use
              AND (a.provider = c.provider OR c.provider IS NULL)
              AND a.month <= m.month
              AND (a.month >= (date_trunc('month', c.period_start AT TIME ZONE 'UTC'))::date
                   OR c.period_start IS NULL)) AS s
    )
    SELECT m.month, coalesce(m.shown_provider, m.service_provider_name), m.contract_commitment_id,
           m.contract_commitment_type, m.contract_commitment_category, m.unit, m.committed,
           CASE WHEN m.other_unit IS NULL THEN m.applied END, CASE WHEN m.other_unit IS NULL THEN m.applied_to_date END,
           CASE WHEN m.other_unit IS NULL AND m.is_one_span AND m.period_end > m.period_start
                THEN greatest(round(m.committed * 1.000000000000000000000000
                                    * extract(epoch FROM m.until - m.period_start)
                                    / extract(epoch FROM m.period_end - m.period_start), 18) - m.applied_to_date,
                              0.0) END,
           (m.period_end AT TIME ZONE 'UTC')::date,
           CASE WHEN m.other_unit IS NOT NULL
                THEN format('charges count towards the commitment in "%s"', m.other_unit)
                WHEN NOT m.is_one_span
                THEN format('the commitment must be met in each interval: %s',
                            m.contract_commitment_fulfillment_interval)
                WHEN num_nulls(m.committed, m.period_start, m.period_end) > 0
                THEN 'the contract has no amount, or no period' END
    FROM monthly AS m;
END;
COMMENT ON FUNCTION accelcost_internal.contract_monthly(timestamptz, timestamptz, text) IS
    'returns commitments of contracts by month, with what counts towards them and what is missing so far';

-- Longer than 80 lines: sums of charges and of contracts, then the figures from both.
CREATE FUNCTION accelcost.commitment_monthly(
    first_month date DEFAULT NULL, last_month date DEFAULT NULL, export_name text DEFAULT NULL)
RETURNS TABLE (month date, provider text, commitment_id text, commitment_name text, commitment_type text,
               category text, currency text, used_cost numeric, unused_cost numeric, cost numeric,
               utilisation numeric, used_hours numeric, cost_per_hour numeric, covered_cost numeric, savings numeric,
               eligible_cost numeric, coverage numeric, committed numeric, committed_unit text, applied numeric,
               applied_to_date numeric, shortfall numeric, expires_on date, charges bigint, reason text)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
SET jit = off
-- Longer than 80 lines: each column has a condition on which it is known.
BEGIN ATOMIC
    WITH asked AS MATERIALIZED (
        SELECT m.starts, m.ends, accelcost_internal.relation_with_hidden_rows('accelcost.charge'::regclass) AS hidden
        FROM accelcost_internal.check_months(commitment_monthly.first_month, commitment_monthly.last_month) AS m
    ), charge AS MATERIALIZED (
        SELECT c.*
        FROM asked AS a
        CROSS JOIN LATERAL accelcost_internal.commitment_charges(a.starts, a.ends,
                                                                 commitment_monthly.export_name) AS c
    ), program AS (
        -- Usage that a commitment of a type could cover, at its cost without one
        SELECT e.month, e.provider, e.currency, e.program, sum(e.on_demand) AS on_demand,
               sum(e.unknown_on_demand) AS unknown
        FROM (SELECT c.month, c.provider, c.currency, p.program, c.on_demand, c.unknown_on_demand
              FROM charge AS c
              CROSS JOIN LATERAL (
                  SELECT DISTINCT j.element->>'ProgramType' AS program
                  FROM jsonb_array_elements(CASE WHEN jsonb_typeof(c.programs) = 'array' THEN c.programs END)
                       AS j (element)
                  WHERE j.element->>'ProgramType' IS NOT NULL
                  UNION
                  SELECT c.commitment_type WHERE c.commitment_type IS NOT NULL) AS p
              WHERE c.part IN ('used', 'uncovered') AND NOT c.is_spot) AS e
        GROUP BY e.month, e.provider, e.currency, e.program
    ), informed AS (
        -- If an export never states eligibility, it is unknown.
        SELECT DISTINCT c.month, c.provider FROM charge AS c WHERE c.programs IS NOT NULL
    ), discount AS (
        SELECT c.month, c.provider, c.commitment_id, max(c.commitment_name) AS commitment_name, c.commitment_type,
               max(c.category) AS category, c.currency,
               sum(c.effective) FILTER (WHERE c.part = 'used') AS used_cost,
               sum(c.effective) FILTER (WHERE c.part = 'unused') AS unused_cost,
               sum(c.effective) FILTER (WHERE c.part = 'purchase') AS fee,
               -- Some providers give the discount as credits for what is covered.
               sum(CASE WHEN c.part = 'used' THEN c.on_demand WHEN c.part = 'credit' THEN -c.effective END)
                   AS covered_cost,
               sum(c.unknown_effective) AS unknown_effective,
               coalesce(sum(c.unknown_on_demand) FILTER (WHERE c.part = 'used'), 0.0) AS unknown_on_demand,
               sum(c.hours) FILTER (WHERE c.part = 'used') AS hours,
               coalesce(sum(c.without_hours) FILTER (WHERE c.part = 'used'), 0.0) AS without_hours,
               sum(c.charges)::bigint AS charges, max(c.ends_at) AS ends_at
        FROM charge AS c
        WHERE c.commitment_type IS NOT NULL OR c.commitment_id IS NOT NULL
        GROUP BY c.month, c.provider, c.commitment_id, c.commitment_type, c.currency
    ), split AS (
        SELECT d.*, coalesce(d.fee, 0.0) = 0.0 OR num_nonnulls(d.used_cost, d.unused_cost) > 0 AS is_split
        FROM discount AS d
    ), costed AS (
        SELECT s.*, CASE WHEN s.is_split AND s.unknown_effective = 0.0 THEN coalesce(s.used_cost, 0.0) END AS used,
               CASE WHEN s.is_split AND s.unknown_effective = 0.0 THEN coalesce(s.unused_cost, 0.0) END AS unused,
               CASE WHEN s.unknown_effective = 0.0
                    THEN coalesce(s.used_cost, 0.0) + coalesce(s.unused_cost, 0.0) + coalesce(s.fee, 0.0) END AS total
        FROM split AS s
    ), contract AS MATERIALIZED (
        SELECT k.*
        FROM asked AS a
        CROSS JOIN LATERAL accelcost_internal.contract_monthly(a.starts, a.ends,
                                                               commitment_monthly.export_name) AS k
    ), shown AS (
        SELECT coalesce(c.month, k.month) AS month, coalesce(c.provider, k.provider) AS provider,
               coalesce(c.commitment_id, k.commitment_id) AS commitment_id, c.commitment_name,
               coalesce(c.commitment_type, k.commitment_type) AS commitment_type,
               coalesce(c.category, k.category) AS category, c.currency, c.used, c.unused, c.total, c.hours,
               c.without_hours, c.covered_cost, c.unknown_on_demand, c.unknown_effective, c.is_split, c.charges,
               CASE WHEN c.commitment_type IS NOT NULL THEN coalesce(p.on_demand, 0.0) END AS eligible,
               coalesce(p.unknown, 0.0) AS unknown_eligible, i.month IS NOT NULL AS is_informed,
               c.month IS NOT NULL AS has_charges, k.committed, k.unit, k.applied, k.applied_to_date, k.shortfall,
               coalesce(k.expires_on, (c.ends_at AT TIME ZONE 'UTC')::date) AS expires_on, k.reason
        FROM costed AS c
        FULL JOIN contract AS k
               ON k.month = c.month AND k.commitment_id = c.commitment_id
              AND coalesce(coalesce(accelcost_internal.provider_name(k.provider), k.provider)
                           = coalesce(accelcost_internal.provider_name(c.provider), c.provider), true)
        LEFT JOIN program AS p ON p.month = c.month AND p.provider = c.provider AND p.currency = c.currency
                              AND p.program = c.commitment_type
        LEFT JOIN informed AS i ON i.month = c.month AND i.provider = c.provider
    )
    SELECT s.month, s.provider, s.commitment_id, s.commitment_name, s.commitment_type, s.category, s.currency,
           CASE WHEN a.hidden IS NULL THEN trim_scale(s.used) END,
           CASE WHEN a.hidden IS NULL THEN trim_scale(s.unused) END,
           CASE WHEN a.hidden IS NULL THEN trim_scale(s.total) END,
           CASE WHEN a.hidden IS NULL
                THEN trim_scale(round(s.used * 1.00000000000000000000 / nullif(s.used + s.unused, 0.0), 18)) END,
           CASE WHEN a.hidden IS NULL AND s.without_hours = 0.0 THEN trim_scale(s.hours) END,
           CASE WHEN a.hidden IS NULL AND s.without_hours = 0.0
                THEN trim_scale(round(s.total * 1.00000000000000000000 / nullif(s.hours, 0.0), 18)) END,
           CASE WHEN a.hidden IS NULL AND s.unknown_on_demand = 0.0 THEN trim_scale(s.covered_cost) END,
           CASE WHEN a.hidden IS NULL AND s.unknown_on_demand = 0.0 THEN trim_scale(s.covered_cost - s.total) END,
           CASE WHEN a.hidden IS NULL AND s.is_informed AND s.unknown_eligible = 0.0 THEN trim_scale(s.eligible) END,
           CASE WHEN a.hidden IS NULL AND s.is_informed AND s.unknown_eligible = 0.0
                THEN trim_scale(round(s.covered_cost * 1.00000000000000000000 / nullif(s.eligible, 0.0), 18)) END,
           trim_scale(s.committed), s.unit,
           CASE WHEN a.hidden IS NULL THEN trim_scale(s.applied) END,
           CASE WHEN a.hidden IS NULL THEN trim_scale(s.applied_to_date) END,
           CASE WHEN a.hidden IS NULL THEN trim_scale(s.shortfall) END,
           s.expires_on, CASE WHEN a.hidden IS NULL THEN coalesce(s.charges, 0) END,
           CASE WHEN a.hidden IS NOT NULL
                THEN 'row security may hide rows of "' || a.hidden || '": the total is unknown'
                ELSE nullif(concat_ws('; ',
                    CASE WHEN s.unknown_effective > 0.0 THEN 'a charge has no effective cost' END,
                    CASE WHEN NOT s.is_split THEN 'the export does not say how much of the commitment is used' END,
                    CASE WHEN s.has_charges AND NOT s.is_informed
                         THEN 'the export does not say which charges are eligible'
                         WHEN s.has_charges AND s.commitment_type IS NULL THEN 'the commitment has no type' END,
                    CASE WHEN s.unknown_on_demand > 0.0 OR s.unknown_eligible > 0.0
                         THEN 'a charge has no contracted and no list cost' END,
                    s.reason), '') END
    FROM shown AS s
    CROSS JOIN asked AS a;
END;
COMMENT ON FUNCTION accelcost.commitment_monthly(date, date, text) IS
    'returns commitments by month: used and unused cost, utilisation, coverage, cost per hour, shortfall and end';

CREATE VIEW accelcost.commitment_monthly
WITH (security_invoker = true)
AS
SELECT c.month, c.provider, c.commitment_id, c.commitment_name, c.commitment_type, c.category, c.currency,
       c.used_cost::numeric(38,10) AS used_cost, c.unused_cost::numeric(38,10) AS unused_cost,
       c.cost::numeric(38,10) AS cost, c.utilisation::numeric(38,10) AS utilisation,
       accelcost_internal.within_38_digits(c.used_hours)::numeric(38,10) AS used_hours,
       accelcost_internal.within_38_digits(c.cost_per_hour)::numeric(38,10) AS cost_per_hour,
       c.covered_cost::numeric(38,10) AS covered_cost, c.savings::numeric(38,10) AS savings,
       c.eligible_cost::numeric(38,10) AS eligible_cost,
       accelcost_internal.within_38_digits(c.coverage)::numeric(38,10) AS coverage,
       accelcost_internal.within_38_digits(c.committed)::numeric(38,10) AS committed, c.committed_unit,
       accelcost_internal.within_38_digits(c.applied)::numeric(38,10) AS applied,
       accelcost_internal.within_38_digits(c.applied_to_date)::numeric(38,10) AS applied_to_date,
       accelcost_internal.within_38_digits(c.shortfall)::numeric(38,10) AS shortfall,
       c.expires_on, c.charges, c.reason
FROM accelcost.commitment_monthly() AS c;
COMMENT ON VIEW accelcost.commitment_monthly IS
    'commitments by month, rounded; the function has single months, exact';
COMMENT ON COLUMN accelcost.commitment_monthly.month IS 'first day of the month of charge_period_start, UTC';
COMMENT ON COLUMN accelcost.commitment_monthly.provider IS 'who sold the commitment';
COMMENT ON COLUMN accelcost.commitment_monthly.commitment_id IS
    'commitment, as the provider identifies it; NULL if the export does not identify it';
COMMENT ON COLUMN accelcost.commitment_monthly.commitment_name IS 'display name of the commitment';
COMMENT ON COLUMN accelcost.commitment_monthly.commitment_type IS 'kind of commitment, in the provider''s words';
COMMENT ON COLUMN accelcost.commitment_monthly.category IS 'Spend or Usage: what was committed to';
COMMENT ON COLUMN accelcost.commitment_monthly.currency IS 'currency of all costs in the row; NULL without charges';
COMMENT ON COLUMN accelcost.commitment_monthly.used_cost IS
    'amortised cost of the used part; NULL if the export does not say it';
COMMENT ON COLUMN accelcost.commitment_monthly.unused_cost IS
    'amortised cost of the unused part; NULL if the export does not say it';
COMMENT ON COLUMN accelcost.commitment_monthly.cost IS 'amortised cost of both parts, and of fees that are not split';
COMMENT ON COLUMN accelcost.commitment_monthly.utilisation IS 'used part as a share of 1, by cost';
COMMENT ON COLUMN accelcost.commitment_monthly.used_hours IS
    'hours that the commitment covers; NULL if some usage is not in hours';
COMMENT ON COLUMN accelcost.commitment_monthly.cost_per_hour IS 'cost divided by used_hours: the effective price';
COMMENT ON COLUMN accelcost.commitment_monthly.covered_cost IS
    'what the covered usage costs without the commitment: its contracted cost, or else its list cost';
COMMENT ON COLUMN accelcost.commitment_monthly.savings IS 'covered_cost minus cost';
COMMENT ON COLUMN accelcost.commitment_monthly.eligible_cost IS
    'cost without commitments of all usage that one of this type could cover, without spot; NULL if unknown';
COMMENT ON COLUMN accelcost.commitment_monthly.coverage IS
    'covered_cost as a share of eligible_cost; add it up over the commitments of a type';
COMMENT ON COLUMN accelcost.commitment_monthly.committed IS
    'amount of the contract''s commitment over its whole period, in committed_unit; NULL without a contract';
COMMENT ON COLUMN accelcost.commitment_monthly.committed_unit IS 'currency or unit of committed to shortfall';
COMMENT ON COLUMN accelcost.commitment_monthly.applied IS 'what charges of the month count towards the commitment';
COMMENT ON COLUMN accelcost.commitment_monthly.applied_to_date IS 'that from the start of the commitment to the month';
COMMENT ON COLUMN accelcost.commitment_monthly.shortfall IS
    'what is missing at the end of the month, if the commitment is met evenly over its period; 0 if nothing is';
COMMENT ON COLUMN accelcost.commitment_monthly.expires_on IS 'day on which the commitment ends; NULL if unknown';
COMMENT ON COLUMN accelcost.commitment_monthly.charges IS 'number of charges of the commitment';
COMMENT ON COLUMN accelcost.commitment_monthly.reason IS 'why something in the row is unknown; NULL if nothing is';

GRANT SELECT ON accelcost.commitment_monthly TO @extowner@ WITH GRANT OPTION;
