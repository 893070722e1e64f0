-- Keep what was reported of a month, and show what changed since.
--
-- These tables are their owner's, like accelcost.charge. A month can be closed again; earlier closings are kept.

CREATE TABLE accelcost.closed_month (
    month     date        NOT NULL
        CHECK (extract(day FROM month) = 1.0
               OR accelcost_internal.refuse_value(month::text, 'closed_month', 'month',
                                                  'Give the first day of a month.')),
    closing   integer     NOT NULL CHECK (closing > 0),
    closed_at timestamptz NOT NULL DEFAULT now(),
    closed_by name        NOT NULL DEFAULT current_user,
    currency  text        NOT NULL,
    source    text        NOT NULL,
    note      text,
    PRIMARY KEY (month, closing)
);
COMMENT ON TABLE accelcost.closed_month IS
    'closings of months: close_month keeps what was reported, in closed_usage and closed_charge';
COMMENT ON COLUMN accelcost.closed_month.month IS 'first day of the month';
COMMENT ON COLUMN accelcost.closed_month.closing IS 'number of the closing of this month, from 1';
COMMENT ON COLUMN accelcost.closed_month.closed_at IS 'start of the transaction that closed the month';
COMMENT ON COLUMN accelcost.closed_month.closed_by IS 'role that closed the month';
COMMENT ON COLUMN accelcost.closed_month.currency IS 'currency in which usage was reported';
COMMENT ON COLUMN accelcost.closed_month.source IS 'relation that usage was read from';
COMMENT ON COLUMN accelcost.closed_month.note IS 'why the month was closed, in your words';

CREATE TABLE accelcost.closed_usage (
    month          date    NOT NULL,
    closing        integer NOT NULL,
    provider       text,
    payer          text,
    workload       text,
    model          text,
    team           text,
    currency       text    NOT NULL,
    compute        numeric,
    energy         numeric,
    egress         numeric,
    storage        numeric,
    total          numeric,
    tokens         numeric,
    instance_hours numeric,
    usage_rows     bigint  NOT NULL,
    unpriced_rows  bigint  NOT NULL,
    UNIQUE NULLS NOT DISTINCT (month, closing, provider, payer, workload, model, team),
    FOREIGN KEY (month, closing) REFERENCES accelcost.closed_month ON DELETE CASCADE
);
ALTER TABLE accelcost.closed_usage REPLICA IDENTITY FULL;
COMMENT ON TABLE accelcost.closed_usage IS
    'usage as usage_monthly reported it when its month was closed; filled by close_month';
COMMENT ON COLUMN accelcost.closed_usage.month IS 'first day of the month';
COMMENT ON COLUMN accelcost.closed_usage.closing IS 'number of the closing of this month';
COMMENT ON COLUMN accelcost.closed_usage.provider IS 'provider that is paid';
COMMENT ON COLUMN accelcost.closed_usage.payer IS 'account that pays';
COMMENT ON COLUMN accelcost.closed_usage.workload IS 'inference or training';
COMMENT ON COLUMN accelcost.closed_usage.model IS 'model';
COMMENT ON COLUMN accelcost.closed_usage.team IS 'team that used it';
COMMENT ON COLUMN accelcost.closed_usage.currency IS 'currency of all costs in the row';
COMMENT ON COLUMN accelcost.closed_usage.compute IS 'cost of machines, tokens, requests and other meters';
COMMENT ON COLUMN accelcost.closed_usage.energy IS 'cost of the energy of your own machines';
COMMENT ON COLUMN accelcost.closed_usage.egress IS 'share of the bill for data transfer';
COMMENT ON COLUMN accelcost.closed_usage.storage IS 'share of the bill for storage';
COMMENT ON COLUMN accelcost.closed_usage.total IS 'sum of the known components; NULL if none was known';
COMMENT ON COLUMN accelcost.closed_usage.tokens IS 'input and output tokens';
COMMENT ON COLUMN accelcost.closed_usage.instance_hours IS 'instances times hours';
COMMENT ON COLUMN accelcost.closed_usage.usage_rows IS 'number of records';
COMMENT ON COLUMN accelcost.closed_usage.unpriced_rows IS 'number of records with a part that had no price';

CREATE TABLE accelcost.closed_charge (
    month              date    NOT NULL,
    closing            integer NOT NULL,
    provider_name      text    NOT NULL,
    billing_account_id text    NOT NULL,
    service_name       text,
    currency           text    NOT NULL,
    billed_cost        numeric NOT NULL,
    effective_cost     numeric,
    charges            bigint  NOT NULL,
    UNIQUE NULLS NOT DISTINCT (month, closing, provider_name, billing_account_id, service_name, currency),
    FOREIGN KEY (month, closing) REFERENCES accelcost.closed_month ON DELETE CASCADE
);
ALTER TABLE accelcost.closed_charge REPLICA IDENTITY FULL;
COMMENT ON TABLE accelcost.closed_charge IS
    'charges as they were reported when their month was closed; filled by close_month';
COMMENT ON COLUMN accelcost.closed_charge.month IS 'first day of the month of charge_period_start, UTC';
COMMENT ON COLUMN accelcost.closed_charge.closing IS 'number of the closing of this month';
COMMENT ON COLUMN accelcost.closed_charge.provider_name IS 'who made the service available for purchase';
COMMENT ON COLUMN accelcost.closed_charge.billing_account_id IS 'account that is billed';
COMMENT ON COLUMN accelcost.closed_charge.service_name IS 'service as the provider sells it';
COMMENT ON COLUMN accelcost.closed_charge.currency IS 'currency of both costs';
COMMENT ON COLUMN accelcost.closed_charge.billed_cost IS 'sum of the billed cost';
COMMENT ON COLUMN accelcost.closed_charge.effective_cost IS
    'sum of the effective cost; NULL if a charge had none';
COMMENT ON COLUMN accelcost.closed_charge.charges IS 'number of charges';

ALTER TABLE accelcost.closed_month OWNER TO @extowner@;
ALTER TABLE accelcost.closed_usage OWNER TO @extowner@;
ALTER TABLE accelcost.closed_charge OWNER TO @extowner@;

SELECT pg_extension_config_dump('accelcost.closed_month', '');
SELECT pg_extension_config_dump('accelcost.closed_usage', '');
SELECT pg_extension_config_dump('accelcost.closed_charge', '');

CREATE FUNCTION accelcost_internal.month_charges(month date)
RETURNS TABLE (provider_name text, billing_account_id text, service_name text, currency text, billed_cost numeric,
               effective_cost numeric, charges bigint)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT c.provider_name, c.billing_account_id, c.service_name, c.billing_currency, sum(c.billed_cost),
           CASE WHEN count(c.effective_cost) = count(*) THEN sum(c.effective_cost) END, count(*)
    FROM accelcost.charge AS c
    WHERE c.charge_period_start >= month_charges.month::timestamp AT TIME ZONE 'UTC'
      AND c.charge_period_start < accelcost_internal.next_month(month_charges.month)::timestamp AT TIME ZONE 'UTC'
      AND accelcost_internal.is_reported(NULL, c.export_name, c.beside)
    GROUP BY c.provider_name, c.billing_account_id, c.service_name, c.billing_currency;
END;
COMMENT ON FUNCTION accelcost_internal.month_charges(date) IS
    'returns the charges of a month that reports count, by provider, account, service and currency';

CREATE FUNCTION accelcost_internal.qualified_name(relation regclass) RETURNS text
    LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT format('%I.%I', n.nspname, c.relname)
    FROM pg_class AS c
    JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE c.oid = qualified_name.relation::oid;
END;
COMMENT ON FUNCTION accelcost_internal.qualified_name(regclass) IS
    'returns the name of a relation with its schema, whatever search_path is';

-- One statement, so that usage and charges are of the same moment.
CREATE FUNCTION accelcost_internal.store_closing(
    month date, closing integer, source regclass, currency text, note text)
RETURNS TABLE (usage_lines bigint, charge_lines bigint)
LANGUAGE sql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE
BEGIN ATOMIC
    WITH closed AS (
        INSERT INTO accelcost.closed_month (month, closing, currency, source, note)
        VALUES (store_closing.month, store_closing.closing, store_closing.currency,
                accelcost_internal.qualified_name(store_closing.source), store_closing.note)
    ), kept_usage AS (
        INSERT INTO accelcost.closed_usage
        SELECT u.month, store_closing.closing, u.provider, u.payer, u.workload, u.model, u.team, u.currency,
               u.compute, u.energy, u.egress, u.storage, u.total, u.tokens, u.instance_hours, u.usage_rows,
               u.unpriced_rows
        FROM accelcost.usage_monthly(store_closing.month, store_closing.month, store_closing.currency,
                                     store_closing.source) AS u
        RETURNING 1
    ), kept_charges AS (
        INSERT INTO accelcost.closed_charge
        SELECT store_closing.month, store_closing.closing, c.*
        FROM accelcost_internal.month_charges(store_closing.month) AS c
        RETURNING 1
    )
    SELECT (SELECT count(*) FROM kept_usage), (SELECT count(*) FROM kept_charges);
END;
COMMENT ON FUNCTION accelcost_internal.store_closing(date, integer, regclass, text, text) IS
    'keeps what is reported of a month, as one of its closings; returns how many lines';

CREATE FUNCTION accelcost_internal.closing_of(month date, closing integer)
RETURNS TABLE (closing integer, closed_at timestamptz, first_closed_at timestamptz, currency text, source text)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT c.closing, c.closed_at,
           (SELECT min(f.closed_at) FROM accelcost.closed_month AS f WHERE f.month = c.month), c.currency, c.source
    FROM accelcost.closed_month AS c
    WHERE c.month = closing_of.month AND (c.closing = closing_of.closing OR closing_of.closing IS NULL)
    ORDER BY c.closing DESC
    LIMIT 1;
END;
COMMENT ON FUNCTION accelcost_internal.closing_of(date, integer) IS
    'returns a closing of a month, the last one if none is asked for, with the time of the first';

CREATE FUNCTION accelcost_internal.check_closing(month date, closing integer, source regclass)
RETURNS TABLE (closed_month date, closed_as integer, closed_at timestamptz, currency text)
LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    asked CONSTANT date := accelcost_internal.check_month(month);
    found record;
BEGIN
    IF source IS NULL THEN
        RAISE EXCEPTION '"source" must not be null' USING ERRCODE = 'null_value_not_allowed';
    END IF;
    SELECT c.* INTO found FROM accelcost_internal.closing_of(asked, closing) AS c;
    IF found.closing IS NULL THEN
        RAISE EXCEPTION 'month % has no closing%', to_char(asked, 'YYYY-MM'), coalesce(' ' || closing, '')
            USING ERRCODE = 'object_not_in_prerequisite_state',
                  HINT = 'accelcost.close_month keeps what is reported; accelcost.closed_month lists the closings.';
    END IF;
    IF found.source <> accelcost_internal.qualified_name(source) THEN
        RAISE EXCEPTION 'month % was closed with usage from %', to_char(asked, 'YYYY-MM'), found.source
            USING ERRCODE = 'invalid_parameter_value',
                  DETAIL = format('The usage to compare is from %s.', accelcost_internal.qualified_name(source)),
                  HINT = format('Use source => %L.', found.source);
    END IF;
    RETURN QUERY SELECT asked, found.closing, found.closed_at, found.currency;
END
$$;
COMMENT ON FUNCTION accelcost_internal.check_closing(date, integer, regclass) IS
    'returns a closing of a month; raises an error if there is none, or if it is of usage from another relation';

CREATE FUNCTION accelcost_internal.hidden_from_closing(source regclass) RETURNS text
    LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT min(accelcost_internal.relation_with_hidden_rows(r.relation) COLLATE "C")
    FROM (VALUES ('accelcost.charge'::regclass), ('accelcost.closed_month'::regclass),
                 ('accelcost.closed_usage'::regclass), ('accelcost.closed_charge'::regclass),
                 (hidden_from_closing.source)) AS r (relation);
END;
COMMENT ON FUNCTION accelcost_internal.hidden_from_closing(regclass) IS
    'returns a table that closings read or write whose row security may hide rows from the caller; NULL if none';

CREATE FUNCTION accelcost.close_month(
    month date, again boolean DEFAULT false, source regclass DEFAULT 'accelcost.usage', currency text DEFAULT 'USD',
    note text DEFAULT NULL)
RETURNS TABLE (closing integer, closed_at timestamptz, previously_closed_at timestamptz, usage_lines bigint,
               charge_lines bigint)
LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
SET timezone = 'UTC'
AS $$
#variable_conflict use_variable
DECLARE
    asked    CONSTANT date := accelcost_internal.check_month(month);
    hidden   text;
    previous record;
    kept     record;
BEGIN
    PERFORM accelcost_internal.check_currency(currency);
    IF source IS NULL OR again IS NULL THEN
        RAISE EXCEPTION '"%" must not be null', CASE WHEN source IS NULL THEN 'source' ELSE 'again' END
            USING ERRCODE = 'null_value_not_allowed';
    END IF;
    PERFORM accelcost_internal.check_relation(source);
    hidden := accelcost_internal.hidden_from_closing(source);
    IF hidden IS NOT NULL THEN
        RAISE EXCEPTION 'row security may hide rows of "%"', hidden
            USING ERRCODE = 'insufficient_privilege',
                  DETAIL = 'A month is closed with all of its usage and charges.',
                  HINT = 'Close the month as the owner of the table or as a role with BYPASSRLS, or create a policy '
                         'FOR ALL USING (true) for the role.';
    END IF;

    -- Two sessions that close a month take turns.
    PERFORM pg_advisory_xact_lock(hashtext('accelcost.close_month'), asked - '2000-01-01'::date);
    SELECT c.* INTO previous FROM accelcost_internal.closing_of(asked, NULL) AS c;
    IF previous.closing IS NOT NULL AND NOT again THEN
        RAISE EXCEPTION 'month % was closed on %', to_char(asked, 'YYYY-MM'),
            concat_ws(' and again on ', to_char(previous.first_closed_at, 'YYYY-MM-DD HH24:MI:SS'),
                      CASE WHEN previous.closing > 1 THEN to_char(previous.closed_at, 'YYYY-MM-DD HH24:MI:SS') END)
            || ' UTC'
            USING ERRCODE = 'object_not_in_prerequisite_state',
                  HINT = 'See accelcost.month_restatement for what changed since. To keep what is reported now as '
                         'well, use again => true.';
    END IF;
    SELECT s.* INTO kept
    FROM accelcost_internal.store_closing(asked, coalesce(previous.closing, 0) + 1, source, currency, note) AS s;
    RETURN QUERY SELECT coalesce(previous.closing, 0) + 1, now(), previous.closed_at, kept.usage_lines,
                        kept.charge_lines;
END
$$;
COMMENT ON FUNCTION accelcost.close_month(date, boolean, regclass, text, text) IS
    'keeps what is reported of a month, so that later changes show as differences; again closes a closed month';

CREATE FUNCTION accelcost.month_restatement(
    month date, closing integer DEFAULT NULL, source regclass DEFAULT 'accelcost.usage')
RETURNS TABLE (closing integer, closed_at timestamptz, kind text, provider text, payer text, service text,
               workload text, model text, team text, currency text, reported numeric, restated numeric,
               change numeric, reported_rows bigint, restated_rows bigint, reason text)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
SET jit = off
BEGIN ATOMIC
    WITH closed AS MATERIALIZED (
        SELECT c.closed_month AS month, c.closed_as AS closing, c.closed_at, c.currency
        FROM accelcost_internal.check_closing(month_restatement.month, month_restatement.closing,
                                              month_restatement.source) AS c
    ), current_charge AS MATERIALIZED (
        SELECT k.month, c.* FROM closed AS k CROSS JOIN LATERAL accelcost_internal.month_charges(k.month) AS c
    ), line AS (
        SELECT 'modelled' AS kind, u.provider, u.payer, NULL AS service, u.workload, u.model, u.team, u.currency,
               u.total AS reported, 0.0 AS restated, u.usage_rows AS reported_rows, 0 AS restated_rows,
               u.total IS NULL AS was_unknown, false AS is_unknown
        FROM closed AS k JOIN accelcost.closed_usage AS u ON u.month = k.month AND u.closing = k.closing
        UNION ALL
        SELECT 'modelled', u.provider, u.payer, NULL, u.workload, u.model, u.team, u.currency, 0.0, u.total,
               0, u.usage_rows, false, u.total IS NULL
        FROM closed AS k
        CROSS JOIN LATERAL accelcost.usage_monthly(k.month, k.month, k.currency, month_restatement.source) AS u
        UNION ALL
        SELECT b.kind, c.provider_name, c.billing_account_id, c.service_name, NULL, NULL, NULL, c.currency, b.cost,
               0.0, c.charges, 0, b.cost IS NULL, false
        FROM closed AS k
        JOIN accelcost.closed_charge AS c ON c.month = k.month AND c.closing = k.closing
        CROSS JOIN LATERAL (VALUES ('billed', c.billed_cost), ('effective', c.effective_cost)) AS b (kind, cost)
        UNION ALL
        SELECT b.kind, c.provider_name, c.billing_account_id, c.service_name, NULL, NULL, NULL, c.currency, 0.0,
               b.cost, 0, c.charges, false, b.cost IS NULL
        FROM current_charge AS c
        CROSS JOIN LATERAL (VALUES ('billed', c.billed_cost), ('effective', c.effective_cost)) AS b (kind, cost)
    ), compared AS (
        SELECT l.kind, l.provider, l.payer, l.service, l.workload, l.model, l.team, l.currency,
               -- A line that is not there costs nothing; one without a known cost is unknown.
               CASE WHEN NOT bool_or(l.was_unknown) THEN sum(l.reported) END AS reported,
               CASE WHEN NOT bool_or(l.is_unknown) THEN sum(l.restated) END AS restated,
               sum(l.reported_rows)::bigint AS reported_rows, sum(l.restated_rows)::bigint AS restated_rows
        FROM line AS l
        GROUP BY l.kind, l.provider, l.payer, l.service, l.workload, l.model, l.team, l.currency
    )
    SELECT k.closing, k.closed_at, c.kind, c.provider, c.payer, c.service, c.workload, c.model, c.team, c.currency,
           CASE WHEN h.relation IS NULL THEN trim_scale(c.reported) END,
           CASE WHEN h.relation IS NULL THEN trim_scale(c.restated) END,
           CASE WHEN h.relation IS NULL THEN trim_scale(c.restated - c.reported) END,
           CASE WHEN h.relation IS NULL THEN c.reported_rows END,
           CASE WHEN h.relation IS NULL THEN c.restated_rows END,
           nullif(concat_ws('; ', 'row security may hide rows of "' || h.relation || '": the total is unknown',
                            CASE WHEN c.reported IS NULL THEN 'the reported cost is unknown' END,
                            CASE WHEN c.restated IS NULL THEN 'the cost is unknown' END), '')
    FROM compared AS c
    CROSS JOIN closed AS k
    CROSS JOIN LATERAL (SELECT accelcost_internal.hidden_from_closing(month_restatement.source) AS relation) AS h
    WHERE c.reported IS DISTINCT FROM c.restated OR c.reported_rows <> c.restated_rows;
END;
COMMENT ON FUNCTION accelcost.month_restatement(date, integer, regclass) IS
    'returns lines of a closed month whose cost or number of rows is not what was reported, with the change';
