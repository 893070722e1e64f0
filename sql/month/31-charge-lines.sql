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

-- What few reports ask for is in one column each, NULL for all others: grouping by 27 columns takes twice as long.
CREATE TYPE accelcost_internal.charge_words AS (
    charge_category text, charge_frequency text, service_category text, charge_description text, sku_meter text
);
COMMENT ON TYPE accelcost_internal.charge_words IS 'what the component of a charge depends on';
CREATE TYPE accelcost_internal.charge_details AS (
    sub_account text, service text, sku text, region text, description text, tags jsonb
);
COMMENT ON TYPE accelcost_internal.charge_details IS 'what rules match, or reports group by; NULL if not asked for';
CREATE TYPE accelcost_internal.charge_labels AS (
    team text, model text, workload text, customer text, feature text, tag text
);
COMMENT ON TYPE accelcost_internal.charge_labels IS 'labels of the tags of a charge; NULL if not asked for';
CREATE TYPE accelcost_internal.charge_item AS (thing text, service text, region text, unit text);
COMMENT ON TYPE accelcost_internal.charge_item IS 'what a charge is for, and the unit of its quantity';

-- Longer than 80 lines: the columns that are asked for, then their sums in one currency.
CREATE FUNCTION accelcost_internal.charge_lines(
    basis text, currency text, first_month date, last_month date, rate_at timestamptz, export_name text,
    fields text[], tag text)
RETURNS SETOF accelcost_internal.cost_line
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
SET jit = off
-- There are far fewer lines than the planner can know.
SET enable_sort = off
SET hash_mem_multiplier = 64
BEGIN ATOMIC
    -- Scalar subqueries look at the fields once, not per charge.
    WITH alike AS MATERIALIZED (
        SELECT @extschema@.bill_month(h.charge_period_start) AS month,
               CASE WHEN (SELECT 'day' = ANY (fields)) THEN @extschema@.bill_day(h.charge_period_start) END AS day,
               h.provider_name, h.billing_account_id, h.billing_currency,
               accelcost_internal.charge_kind(h.charge_category, h.charge_class) AS category,
               CASE WHEN (SELECT 'component' = ANY (fields))
                    THEN ROW(h.charge_category, h.charge_frequency, h.service_category, h.charge_description,
                             h.sku_meter)::accelcost_internal.charge_words END AS words,
               CASE WHEN (SELECT '{sub_account,service,sku,region,description,tags}' && fields)
                    THEN ROW(CASE WHEN (SELECT 'sub_account' = ANY (fields)) THEN h.sub_account_id END,
                             CASE WHEN (SELECT 'service' = ANY (fields)) THEN h.service_name END,
                             CASE WHEN (SELECT 'sku' = ANY (fields)) THEN h.sku_id END,
                             CASE WHEN (SELECT 'region' = ANY (fields)) THEN h.region_id END,
                             CASE WHEN (SELECT 'description' = ANY (fields)) THEN h.charge_description END,
                             CASE WHEN (SELECT 'tags' = ANY (fields)) THEN accelcost_internal.charge_tags(h) END
                         )::accelcost_internal.charge_details END AS details,
               CASE WHEN (SELECT '{team,model,workload,customer,feature}' && fields OR charge_lines.tag IS NOT NULL)
                    THEN ROW(CASE WHEN (SELECT 'team' = ANY (fields)) THEN accelcost_internal.tag_label(t.tags, 'team')
                                  END,
                             CASE WHEN (SELECT 'model' = ANY (fields))
                                  THEN accelcost_internal.tag_label(t.tags, 'model') END,
                             CASE WHEN (SELECT 'workload' = ANY (fields))
                                  THEN accelcost_internal.tag_label(t.tags, 'workload') END,
                             CASE WHEN (SELECT 'customer' = ANY (fields))
                                  THEN accelcost_internal.tag_label(t.tags, 'customer') END,
                             CASE WHEN (SELECT 'feature' = ANY (fields))
                                  THEN accelcost_internal.tag_label(t.tags, 'feature') END,
                             CASE WHEN (SELECT charge_lines.tag IS NOT NULL)
                                  THEN nullif(t.tags->>charge_lines.tag, '') END
                         )::accelcost_internal.charge_labels END AS labels,
               CASE WHEN (SELECT 'item' = ANY (fields))
                    THEN ROW(coalesce(h.sku_id, h.sku_price_id, h.sku_meter, h.charge_description, h.service_name),
                             h.service_name, h.region_id,
                             CASE WHEN h.pricing_quantity IS NULL AND h.consumed_quantity IS NOT NULL
                                  THEN h.consumed_unit ELSE h.pricing_unit END
                         )::accelcost_internal.charge_item END AS item,
               -- A purchase has no quantity that compares, and a discount on a line of its own has none at all.
               sum(CASE WHEN accelcost_internal.takes_back(h) THEN 0.0
                        WHEN accelcost_internal.is_consumption(h)
                        THEN coalesce(h.pricing_quantity, h.consumed_quantity) END) AS quantity,
               count(*) FILTER (WHERE accelcost_internal.is_consumption(h) AND NOT accelcost_internal.takes_back(h)
                                      AND num_nonnulls(h.pricing_quantity, h.consumed_quantity) = 0) > 0
                   AS lacks_quantity,
               sum(accelcost_internal.charge_cost(h, charge_lines.basis)) AS cost,
               count(*) AS charges,
               count(*) FILTER (WHERE accelcost_internal.charge_cost(h, charge_lines.basis) IS NULL) AS unpriced
        FROM accelcost.charge AS h
        CROSS JOIN LATERAL (SELECT accelcost_internal.charge_tags(h) AS tags) AS t
        WHERE accelcost_internal.is_reported(charge_lines.export_name, h.export_name, h.beside)
          AND h.charge_period_start >= (SELECT coalesce(m.starts, '-infinity'::timestamptz)
                                        FROM accelcost_internal.check_months(charge_lines.first_month,
                                                                             charge_lines.last_month) AS m)
          AND h.charge_period_start <= (SELECT coalesce(m.ends - interval '1 microsecond', 'infinity'::timestamptz)
                                        FROM accelcost_internal.check_months(charge_lines.first_month,
                                                                             charge_lines.last_month) AS m)
        GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
    ), seller AS MATERIALIZED (
        SELECT s.provider_name, coalesce(accelcost.provider_name(s.provider_name), s.provider_name) AS provider
        FROM (SELECT DISTINCT a.provider_name FROM alike AS a) AS s
    ), rate AS MATERIALIZED (
        SELECT k.billing_currency, k.month, x.rate, x.reason
        FROM (SELECT DISTINCT a.billing_currency, a.month FROM alike AS a
              WHERE charge_lines.currency IS NOT NULL) AS k
        CROSS JOIN LATERAL accelcost.fx_at(k.billing_currency, charge_lines.currency,
                                           accelcost_internal.rate_time(k.month, charge_lines.rate_at)) AS x
    )
    SELECT a.month, a.day,
           ROW(false, s.provider, a.billing_account_id, (a.details).sub_account, (a.details).service, (a.details).sku,
               (a.details).region, (a.details).description, (a.details).tags, (a.labels).team, (a.labels).model,
               (a.labels).workload,
               CASE WHEN (SELECT 'component' = ANY (fields))
                    THEN accelcost_internal.charge_component(
                             (a.words).charge_category, (a.words).charge_frequency, (a.words).service_category,
                             (a.words).charge_description, (a.words).sku_meter) END
           )::accelcost_internal.cost_subject,
           (a.labels).customer, (a.labels).feature, NULL, (a.labels).tag, NULL, a.category, (a.item).thing,
           nullif(concat_ws(', ', (a.item).service, nullif((a.item).thing, (a.item).service), (a.item).region), ''),
           (a.item).unit,
           CASE WHEN NOT a.lacks_quantity AND a.unpriced = 0 THEN a.quantity END,
           CASE WHEN charge_lines.currency IS NULL OR a.cost = 0.0 THEN a.cost ELSE a.cost * r.rate END,
           coalesce(charge_lines.currency, a.billing_currency), a.charges,
           CASE WHEN charge_lines.currency IS NOT NULL AND r.rate IS NULL AND a.cost IS DISTINCT FROM 0.0 THEN a.charges
                ELSE a.unpriced END,
           CASE WHEN charge_lines.currency IS NOT NULL AND r.rate IS NULL AND a.cost <> 0.0 THEN r.reason
                WHEN a.unpriced > 0 THEN format('%s cost is unknown', charge_lines.basis) END
    FROM alike AS a
    JOIN seller AS s ON s.provider_name = a.provider_name
    LEFT JOIN rate AS r ON r.billing_currency = a.billing_currency AND r.month = a.month;
END;
COMMENT ON FUNCTION accelcost_internal.charge_lines(text, text, date, date, timestamptz, text, text[], text) IS
    'returns the cost of charges in lines, with the fields that are asked for; currency NULL: that of each charge';

CREATE FUNCTION accelcost_internal.charge_days(export_name text, since date)
RETURNS TABLE (provider text, last_day date)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
-- Inlined, it would need SELECT on accelcost.charge for reports on usage, too.
SET jit = off
BEGIN ATOMIC
    -- Fees and credits can be dated ahead.
    SELECT h.provider_name, max(@extschema@.bill_day(h.charge_period_start))
    FROM accelcost.charge AS h
    WHERE @extschema@.bill_day(h.charge_period_start) >= charge_days.since AND isfinite(h.charge_period_start)
      AND accelcost_internal.charge_kind(h.charge_category, h.charge_class) = 'usage'
      AND accelcost_internal.is_reported(charge_days.export_name, h.export_name, h.beside)
    GROUP BY h.provider_name;
END;
COMMENT ON FUNCTION accelcost_internal.charge_days(text, date) IS
    'returns the last day with charges for usage of each provider, from a day on';
