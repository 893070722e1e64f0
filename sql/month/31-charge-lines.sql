-- Charges in lines of cost.

-- FOCUS has names for tags only by convention: team or Team.
CREATE FUNCTION accelcost_internal.tag_label(tags jsonb, label text) RETURNS text
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN coalesce(nullif(tags->>label, ''), nullif(tags->>initcap(label), ''));
COMMENT ON FUNCTION accelcost_internal.tag_label(jsonb, text) IS
    'returns the tag of the name of a label, also with an initial capital; NULL if it is missing or empty';

CREATE FUNCTION accelcost_internal.charge_tags(charge accelcost.charge) RETURNS jsonb
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    -- A share of a split cost has the tags of the resource that it is for.
    RETURN CASE WHEN jsonb_typeof((charge).allocated_tags) = 'object'
                THEN CASE WHEN jsonb_typeof((charge).tags) = 'object' THEN (charge).tags ELSE '{}'::jsonb END
                     || (charge).allocated_tags
                ELSE (charge).tags END;
COMMENT ON FUNCTION accelcost_internal.charge_tags(accelcost.charge) IS
    'returns the tags of a charge, with those of the resource that it was allocated to';

CREATE FUNCTION accelcost_internal.charge_kind(charge_category text, charge_class text) RETURNS text
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN CASE WHEN charge_category = 'Credit' THEN 'credit'
                WHEN charge_category = 'Tax' THEN 'tax'
                WHEN charge_category = 'Purchase' THEN 'purchase'
                WHEN charge_category = 'Adjustment' OR charge_class = 'Correction' THEN 'other'
                ELSE 'usage' END;
COMMENT ON FUNCTION accelcost_internal.charge_kind(text, text) IS
    'returns usage, credit, purchase, tax or other; corrections of usage are other';

-- The columns that lines need, for text that is resolved at run time: see invoiced_charges.
CREATE FUNCTION accelcost_internal.lined_charges(export_name text)
RETURNS TABLE (provider_name text, billing_account_id text, sub_account_id text, billing_currency text,
               charge_period_start timestamptz, charge_category text, charge_class text, charge_frequency text,
               charge_description text, service_category text, service_name text, sku_id text, sku_price_id text,
               sku_meter text, region_id text, tags jsonb, billed_cost numeric, effective_cost numeric,
               quantity numeric, unit text, lacks_quantity boolean)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT c.provider_name, c.billing_account_id, c.sub_account_id, c.billing_currency, c.charge_period_start,
           c.charge_category, c.charge_class, c.charge_frequency, c.charge_description, c.service_category,
           c.service_name, c.sku_id, c.sku_price_id, c.sku_meter, c.region_id, accelcost_internal.charge_tags(c),
           c.billed_cost, c.effective_cost,
           -- A purchase has no quantity that compares, and a discount on a line of its own has none at all.
           CASE WHEN accelcost_internal.takes_back(c) THEN 0.0
                WHEN accelcost_internal.is_consumption(c) THEN coalesce(c.pricing_quantity, c.consumed_quantity) END,
           CASE WHEN c.pricing_quantity IS NULL AND c.consumed_quantity IS NOT NULL THEN c.consumed_unit
                ELSE c.pricing_unit END,
           num_nonnulls(c.pricing_quantity, c.consumed_quantity) = 0 AND accelcost_internal.is_consumption(c)
           AND NOT accelcost_internal.takes_back(c)
    FROM accelcost.charge AS c
    WHERE accelcost_internal.tables_are_local()
      AND accelcost_internal.is_reported(lined_charges.export_name, c.export_name, c.beside);
END;
COMMENT ON FUNCTION accelcost_internal.lined_charges(text) IS
    'returns the columns of charges that lines of cost are made of, for text resolved at run time';

CREATE TYPE accelcost_internal.charge_group AS (
    currency text, month date, day date, provider_name text, account text, sub_account text, service text, sku text,
    region text, description text, meter text, charge_category text, frequency text, service_category text,
    category text, thing text, unit text, tags jsonb, team text, model text, workload text, customer text,
    feature text, tag text, quantity numeric, lacks_quantity boolean, cost numeric, charges bigint, unpriced bigint
);
COMMENT ON TYPE accelcost_internal.charge_group IS
    'charges that are alike in the fields that are asked for, summed; NULL in all other columns';
COMMENT ON COLUMN accelcost_internal.charge_group.thing IS 'what a charge is for: SKU, price, meter or description';
COMMENT ON COLUMN accelcost_internal.charge_group.unpriced IS 'number of charges whose cost is unknown';

-- Each column that charges are grouped by takes time for each charge, so there are only those that are asked for.
CREATE FUNCTION accelcost_internal.charge_groups(
    basis text, first_month date, last_month date, export_name text, fields text[], tag text)
RETURNS SETOF accelcost_internal.charge_group
LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
SET timezone = 'UTC'
SET jit = off
-- There are far fewer groups than the planner can know.
SET enable_sort = off
SET hash_mem_multiplier = 64
AS $$
DECLARE
    months   CONSTANT record := accelcost_internal.check_months(first_month, last_month);
    by_day   CONSTANT boolean := coalesce('day' = ANY (fields), false);
    -- Tags that are a column themselves are read once for all charges that have them.
    by_label CONSTANT boolean := coalesce('tags' <> ALL (fields), false);
    starts   timestamptz := coalesce(months.starts, '-infinity');
    ends     timestamptz := coalesce(months.ends - interval '1 microsecond', 'infinity');
    cost     CONSTANT text := CASE basis WHEN 'effective' THEN 'effective_cost' ELSE 'billed_cost' END;
    columns  text;
    keys     text;
BEGIN
    IF by_day THEN
        -- Reports by day need no other days of the months.
        starts := greatest(starts, first_month::timestamp AT TIME ZONE 'UTC');
        ends := least(ends, (last_month + 1)::timestamp AT TIME ZONE 'UTC' - interval '1 microsecond');
    END IF;
    SELECT string_agg(CASE WHEN c.is_asked THEN format('%s AS %s', c.expression, c.name)
                           ELSE format('NULL::%s AS %s', c.type, c.name) END, ', ' ORDER BY c.ordinal),
           string_agg(c.name, ', ') FILTER (WHERE c.is_asked)
    INTO columns, keys
    FROM (VALUES
        (1, 'the_currency', 'h.billing_currency', 'text', true),
        (2, 'the_month', 'accelcost_internal.bill_month(h.charge_period_start)', 'date', NOT by_day),
        (3, 'the_day', 'accelcost_internal.bill_day(h.charge_period_start)', 'date', by_day),
        (4, 'the_provider', 'h.provider_name', 'text', 'provider' = ANY (fields)),
        (5, 'the_account', 'h.billing_account_id', 'text', 'payer' = ANY (fields)),
        (6, 'the_sub_account', 'h.sub_account_id', 'text', 'sub_account' = ANY (fields)),
        (7, 'the_service', 'h.service_name', 'text', '{service,item}' && fields),
        (8, 'the_sku', 'h.sku_id', 'text', 'sku' = ANY (fields)),
        (9, 'the_region', 'h.region_id', 'text', '{region,item}' && fields),
        (10, 'the_description', 'h.charge_description', 'text', '{description,component}' && fields),
        (11, 'the_meter', 'h.sku_meter', 'text', 'component' = ANY (fields)),
        (12, 'the_charge_category', 'h.charge_category', 'text', 'component' = ANY (fields)),
        (13, 'the_frequency', 'h.charge_frequency', 'text', 'component' = ANY (fields)),
        (14, 'the_service_category', 'h.service_category', 'text', 'component' = ANY (fields)),
        (15, 'the_category', 'accelcost_internal.charge_kind(h.charge_category, h.charge_class)', 'text',
         'category' = ANY (fields)),
        (16, 'the_thing',
         'coalesce(h.sku_id, h.sku_price_id, h.sku_meter, h.charge_description, h.service_name)', 'text',
         '{thing,item}' && fields),
        (17, 'the_unit', 'h.unit', 'text', 'item' = ANY (fields)),
        (18, 'the_tags', 'h.tags', 'jsonb', NOT by_label),
        (19, 'the_team', $sql$accelcost_internal.tag_label(h.tags, 'team')$sql$, 'text',
         by_label AND 'team' = ANY (fields)),
        (20, 'the_model', $sql$accelcost_internal.tag_label(h.tags, 'model')$sql$, 'text',
         by_label AND 'model' = ANY (fields)),
        (21, 'the_workload', $sql$accelcost_internal.tag_label(h.tags, 'workload')$sql$, 'text',
         by_label AND 'workload' = ANY (fields)),
        (22, 'the_customer', $sql$accelcost_internal.tag_label(h.tags, 'customer')$sql$, 'text',
         by_label AND 'customer' = ANY (fields)),
        (23, 'the_feature', $sql$accelcost_internal.tag_label(h.tags, 'feature')$sql$, 'text',
         by_label AND 'feature' = ANY (fields)),
        (24, 'the_tag', $sql$nullif(h.tags->>$4, '')$sql$, 'text', by_label AND tag IS NOT NULL)
    ) AS c (ordinal, name, expression, type, is_asked);
    RETURN QUERY EXECUTE format($sql$
SELECT %1$s, %2$s, sum(h.%3$I), count(*), count(*) - count(h.%3$I)
FROM accelcost_internal.lined_charges($3) AS h
WHERE h.charge_period_start >= $1 AND h.charge_period_start <= $2
GROUP BY %4$s$sql$, columns,
        -- The quantity is that of the charges whose cost is in the sum.
        CASE WHEN 'item' = ANY (fields)
             THEN format('sum(h.quantity) FILTER (WHERE h.%1$I IS NOT NULL),'
                         ' count(h.%1$I) FILTER (WHERE h.lacks_quantity) > 0', cost)
             ELSE 'NULL::numeric, false' END,
        cost, keys)
        USING starts, ends, export_name, tag;
END
$$;
COMMENT ON FUNCTION accelcost_internal.charge_groups(text, date, date, text, text[], text) IS
    'returns charges summed by the fields that are asked for; with the field day, of the days from first to last';

CREATE FUNCTION accelcost_internal.charge_lines(
    basis text, currency text, first_month date, last_month date, rate_at timestamptz, export_name text,
    fields text[], tag text)
RETURNS SETOF accelcost_internal.cost_line
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
SET jit = off
SET enable_nestloop = off
BEGIN ATOMIC
    WITH alike AS MATERIALIZED (
        SELECT coalesce(g.month, @extschema@.bill_month(g.day)) AS month, g.day, g.currency, g.provider_name, g.account,
               g.sub_account, g.service, g.sku, g.region, g.description, g.tags, g.category, g.thing, g.unit,
               g.quantity, g.lacks_quantity, g.cost, g.charges, g.unpriced,
               coalesce(g.team, accelcost_internal.tag_label(g.tags, 'team')) AS team,
               coalesce(g.model, accelcost_internal.tag_label(g.tags, 'model')) AS model,
               coalesce(g.workload, accelcost_internal.tag_label(g.tags, 'workload')) AS workload,
               coalesce(g.customer, accelcost_internal.tag_label(g.tags, 'customer')) AS customer,
               coalesce(g.feature, accelcost_internal.tag_label(g.tags, 'feature')) AS feature,
               coalesce(g.tag, nullif(g.tags->>charge_lines.tag, '')) AS tag,
               CASE WHEN 'component' = ANY (charge_lines.fields)
                    THEN accelcost_internal.charge_component(g.charge_category, g.frequency, g.service_category,
                                                             g.description, g.meter) END AS component
        FROM accelcost_internal.charge_groups(charge_lines.basis, charge_lines.first_month, charge_lines.last_month,
                                              charge_lines.export_name, charge_lines.fields, charge_lines.tag) AS g
    ), seller AS MATERIALIZED (
        SELECT s.provider_name, coalesce(accelcost.provider_name(s.provider_name), s.provider_name) AS provider
        FROM (SELECT DISTINCT a.provider_name FROM alike AS a) AS s
    ), rate AS MATERIALIZED (
        SELECT k.currency, k.month, x.rate, x.reason
        FROM (SELECT DISTINCT a.currency, a.month FROM alike AS a WHERE charge_lines.currency IS NOT NULL) AS k
        CROSS JOIN LATERAL accelcost.fx_at(k.currency, charge_lines.currency,
                                           accelcost_internal.rate_time(k.month, charge_lines.rate_at)) AS x
    )
    SELECT a.month, a.day,
           ROW(false, s.provider, a.account, a.sub_account,
               CASE WHEN 'service' = ANY (charge_lines.fields) THEN a.service END, a.sku,
               CASE WHEN 'region' = ANY (charge_lines.fields) THEN a.region END,
               CASE WHEN 'description' = ANY (charge_lines.fields) THEN a.description END, a.tags,
               CASE WHEN 'team' = ANY (charge_lines.fields) THEN a.team END,
               CASE WHEN 'model' = ANY (charge_lines.fields) THEN a.model END,
               CASE WHEN 'workload' = ANY (charge_lines.fields) THEN a.workload END,
               a.component)::accelcost_internal.cost_subject,
           CASE WHEN 'customer' = ANY (charge_lines.fields) THEN a.customer END,
           CASE WHEN 'feature' = ANY (charge_lines.fields) THEN a.feature END,
           NULL, a.tag, NULL, a.category, a.thing,
           CASE WHEN 'item' = ANY (charge_lines.fields)
                THEN nullif(concat_ws(', ', a.service, nullif(a.thing, a.service), a.region), '') END,
           a.unit, CASE WHEN NOT a.lacks_quantity THEN a.quantity END,
           CASE WHEN charge_lines.currency IS NULL OR a.cost = 0.0 THEN a.cost ELSE a.cost * r.rate END,
           coalesce(charge_lines.currency, a.currency), a.charges,
           CASE WHEN charge_lines.currency IS NOT NULL AND r.rate IS NULL AND a.cost IS DISTINCT FROM 0.0 THEN a.charges
                ELSE a.unpriced END,
           CASE WHEN a.unpriced > 0 THEN format('%s cost is unknown', charge_lines.basis)
                WHEN charge_lines.currency IS NOT NULL AND r.rate IS NULL AND a.cost <> 0.0 THEN r.reason END
    FROM alike AS a
    LEFT JOIN seller AS s ON s.provider_name = a.provider_name
    LEFT JOIN rate AS r ON r.currency = a.currency AND r.month = a.month;
END;
COMMENT ON FUNCTION accelcost_internal.charge_lines(text, text, date, date, timestamptz, text, text[], text) IS
    'returns the cost of charges in lines, with the fields that are asked for; currency NULL: that of each charge';

CREATE FUNCTION accelcost_internal.charge_days(export_name text, since date)
RETURNS TABLE (provider text, last_day date)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
-- Inlined, it would need SELECT on accelcost.charge for reports on usage, too.
SET jit = off
-- The planner cannot know that there are few providers: it would sort the charges.
SET enable_sort = off
BEGIN ATOMIC
    -- Fees and credits can be dated ahead.
    SELECT h.provider_name, @extschema@.bill_day(max(h.charge_period_start))
    FROM accelcost.charge AS h
    WHERE @extschema@.bill_day(h.charge_period_start) >= charge_days.since AND isfinite(h.charge_period_start)
      AND accelcost_internal.charge_kind(h.charge_category, h.charge_class) = 'usage'
      AND accelcost_internal.is_reported(charge_days.export_name, h.export_name, h.beside)
    GROUP BY h.provider_name;
END;
COMMENT ON FUNCTION accelcost_internal.charge_days(text, date) IS
    'returns the last day with charges for usage of each provider, from a day on';
