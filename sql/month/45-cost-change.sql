-- Why cost changed from one month to another.

-- Costs of an item are rounded to 18 decimals, so that all that follows is exact.
CREATE TYPE accelcost_internal.changed_item AS (
    value text, currency text, category text, unit text, item text,
    cost_before numeric, cost_after numeric, own_cost_after numeric, quantity_before numeric, quantity_after numeric,
    unpriced_before numeric, unpriced_after numeric, lacks_before boolean, lacks_after boolean, lacks_rate boolean,
    reason text
);
COMMENT ON TYPE accelcost_internal.changed_item IS
    'an item in two months, both at exchange rates of the first; a cost is NULL if the item is missing or unpriced';
COMMENT ON COLUMN accelcost_internal.changed_item.own_cost_after IS 'cost_after at the exchange rates of its own month';
COMMENT ON COLUMN accelcost_internal.changed_item.lacks_rate IS
    'true if a rate of one of the months is unknown: then cost_after is at the rates of its own month, too';
COMMENT ON COLUMN accelcost_internal.changed_item.unit IS 'unit of the quantities; NULL if they do not compare';
COMMENT ON COLUMN accelcost_internal.changed_item.lacks_before IS 'true if part of the item has no price before';

CREATE FUNCTION accelcost_internal.month_items(
    month date, rate_at timestamptz, by text, basis text, currency text, source regclass, export_name text)
RETURNS TABLE (value text, currency text, provider text, category text, item text, unit text, units bigint,
               cost numeric, quantity numeric, lacks_price boolean, unpriced_rows numeric, reason text)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
BEGIN ATOMIC
    SELECT accelcost_internal.line_value(l, month_items.by), l.currency, (l.subject).provider, l.category, l.item,
           min(l.unit COLLATE "C"), count(DISTINCT l.unit), round(sum(l.cost), 18),
           CASE WHEN count(*) FILTER (WHERE l.cost IS NOT NULL AND l.quantity IS NULL) = 0
                THEN sum(l.quantity) FILTER (WHERE l.cost IS NOT NULL) END,
           count(*) FILTER (WHERE l.cost IS NULL) > 0, sum(l.unpriced_rows), min(l.reason COLLATE "C")
    FROM accelcost_internal.cost_lines(month_items.basis, month_items.currency, month_items.month, month_items.month,
                                       month_items.rate_at, month_items.source, month_items.export_name,
                                       ARRAY[month_items.by, 'provider', 'category', 'item']) AS l
    GROUP BY 1, 2, 3, 4, 5;
END;
COMMENT ON FUNCTION accelcost_internal.month_items(date, timestamptz, text, text, text, regclass, text) IS
    'returns the items of a month with cost, quantity and unit, by the value of a column';

CREATE FUNCTION accelcost_internal.changed_items(
    month date, base_month date, by text, basis text, currency text, source regclass, export_name text)
RETURNS SETOF accelcost_internal.changed_item
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
SET jit = off
SET enable_nestloop = off
BEGIN ATOMIC
    WITH asked AS MATERIALIZED (
        SELECT changed_items.currency IS NOT NULL AND EXISTS (SELECT FROM accelcost.fx_rate) AS has_rates
    ), entry AS (
        SELECT 'before' AS at, i.*
        FROM accelcost_internal.month_items(changed_items.base_month, NULL, changed_items.by, changed_items.basis,
                                            changed_items.currency, changed_items.source,
                                            changed_items.export_name) AS i
        UNION ALL
        SELECT 'after', i.*
        FROM accelcost_internal.month_items(
                 changed_items.month, accelcost_internal.rate_time(changed_items.base_month, NULL), changed_items.by,
                 changed_items.basis, changed_items.currency, changed_items.source, changed_items.export_name) AS i
        UNION ALL
        SELECT 'own', i.*
        FROM accelcost_internal.month_items(changed_items.month, NULL, changed_items.by, changed_items.basis,
                                            changed_items.currency, changed_items.source,
                                            changed_items.export_name) AS i
        WHERE (SELECT a.has_rates FROM asked AS a)
    ), known AS (
        SELECT k.*, k.has_own AND k.unpriced_after IS DISTINCT FROM k.unpriced_own AS lacks_rate
        FROM (SELECT e.value, e.currency, e.category, e.item,
                     CASE WHEN max(e.units) <= 1 AND count(DISTINCT e.unit) = 1 THEN min(e.unit COLLATE "C") END
                         AS unit,
                     min(e.cost) FILTER (WHERE e.at = 'before') AS cost_before,
                     min(e.cost) FILTER (WHERE e.at = 'after') AS cost_after,
                     min(e.cost) FILTER (WHERE e.at = 'own') AS cost_own,
                     min(e.quantity) FILTER (WHERE e.at = 'before') AS quantity_before,
                     min(e.quantity) FILTER (WHERE e.at = 'after') AS quantity_after,
                     coalesce(min(e.unpriced_rows) FILTER (WHERE e.at = 'before'), 0.0) AS unpriced_before,
                     coalesce(min(e.unpriced_rows) FILTER (WHERE e.at = 'after'), 0.0) AS unpriced_after,
                     coalesce(min(e.unpriced_rows) FILTER (WHERE e.at = 'own'), 0.0) AS unpriced_own,
                     coalesce(bool_or(e.lacks_price) FILTER (WHERE e.at = 'before'), false) AS lacks_before,
                     coalesce(bool_or(e.lacks_price) FILTER (WHERE e.at = 'after'), false) AS lacks_after,
                     coalesce(bool_or(e.lacks_price) FILTER (WHERE e.at = 'own'), false) AS lacks_own,
                     min(e.reason) FILTER (WHERE e.at = 'before' OR (e.at = 'own') = a.has_rates) AS reason,
                     a.has_rates AS has_own
              FROM entry AS e
              CROSS JOIN asked AS a
              GROUP BY e.value, e.currency, e.provider, e.category, e.item, a.has_rates) AS k
    )
    SELECT k.value, k.currency, k.category, k.unit, k.item, k.cost_before,
           CASE WHEN k.lacks_rate THEN k.cost_own ELSE k.cost_after END,
           CASE WHEN k.has_own THEN k.cost_own ELSE k.cost_after END, k.quantity_before, k.quantity_after,
           k.unpriced_before, CASE WHEN k.has_own THEN k.unpriced_own ELSE k.unpriced_after END, k.lacks_before,
           CASE WHEN k.has_own THEN k.lacks_own ELSE k.lacks_after END, k.lacks_rate, k.reason
    FROM known AS k;
END;
COMMENT ON FUNCTION accelcost_internal.changed_items(date, date, text, text, text, regclass, text) IS
    'returns the items of two months side by side';

-- Longer than 80 lines: one expression for each effect of docs/cost-changes.md.
CREATE FUNCTION accelcost.cost_change(
    month date, "by" text DEFAULT 'provider', basis text DEFAULT 'modelled', currency text DEFAULT NULL,
    base_month date DEFAULT NULL, source regclass DEFAULT 'accelcost.usage', export_name text DEFAULT NULL)
RETURNS TABLE (
    value text, currency text, cost_before numeric, cost_after numeric, change numeric,
    price numeric, volume numeric, mix numeric, new_items numeric, gone_items numeric, became_priced numeric,
    credits numeric, purchases numeric, taxes numeric, other numeric, exchange numeric,
    unpriced_before bigint, unpriced_after bigint, is_complete boolean, reason text)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
SET jit = off
SET enable_nestloop = off
-- Longer than 80 lines: one effect after the other.
BEGIN ATOMIC
    WITH asked AS MATERIALIZED (
        SELECT m.month, accelcost_internal.check_month(coalesce(cost_change.base_month, m.month - 1)) AS base_month,
               accelcost_internal.check_by(cost_change."by", 'by') AS by,
               accelcost_internal.check_basis(cost_change.basis) AS basis,
               CASE WHEN cost_change.currency IS NULL AND cost_change.basis <> 'modelled' THEN NULL
                    ELSE accelcost_internal.check_currency(coalesce(cost_change.currency, 'USD')) END AS currency
        FROM (SELECT accelcost_internal.check_month(cost_change.month) AS month) AS m
    ), item AS MATERIALIZED (
        SELECT i.*,
               CASE WHEN i.category <> 'usage' THEN i.category
                    WHEN num_nonnulls(i.cost_before, i.cost_after) = 0 THEN 'unpriced'
                    WHEN i.cost_before IS NULL AND i.lacks_before THEN 'became_priced'
                    WHEN i.cost_after IS NULL AND i.lacks_after THEN 'became_priced'
                    WHEN i.cost_before IS NULL THEN 'new'
                    WHEN i.cost_after IS NULL THEN 'gone'
                    WHEN i.lacks_rate THEN 'became_priced'
                    WHEN i.unit IS NOT NULL AND i.quantity_before > 0.0 AND i.quantity_after > 0.0 THEN 'compared'
                    ELSE 'other' END AS effect
        FROM asked AS a
        CROSS JOIN LATERAL accelcost_internal.changed_items(a.month, a.base_month, a.by, a.basis, a.currency,
                                                            cost_change.source, cost_change.export_name) AS i
    ), compared AS (
        -- The cost of the later quantities at the earlier prices, and what it would be in the earlier proportions.
        SELECT u.value, u.currency, sum(u.cost_before) AS cost_before, sum(u.cost_after) AS cost_after,
               round(sum(u.at_old_prices), 18) AS at_old_prices,
               round(sum(u.cost_before * (u.quantity_after - u.quantity_before)
                         * 1.0000000000000000000000000000000000000000 / u.quantity_before), 18) AS volume
        FROM (SELECT i.value, i.currency, i.unit, sum(i.cost_before) AS cost_before, sum(i.cost_after) AS cost_after,
                     sum(i.quantity_before) AS quantity_before, sum(i.quantity_after) AS quantity_after,
                     sum(i.cost_before * i.quantity_after * 1.0000000000000000000000000000000000000000
                         / i.quantity_before) AS at_old_prices
              FROM item AS i
              WHERE i.effect = 'compared'
              GROUP BY i.value, i.currency, i.unit) AS u
        GROUP BY u.value, u.currency
    ), summed AS (
        SELECT i.value, i.currency, count(i.cost_before) AS known_before, count(i.own_cost_after) AS known_after,
               bool_or(i.lacks_before) AS lacks_before, bool_or(i.lacks_after) AS lacks_after,
               coalesce(sum(i.cost_before), 0.0) AS cost_before, coalesce(sum(i.cost_after), 0.0) AS cost_after,
               coalesce(sum(i.own_cost_after), 0.0) AS own_cost_after,
               sum(CASE WHEN i.effect = 'new' THEN e.change ELSE 0.0 END) AS new_items,
               sum(CASE WHEN i.effect = 'gone' THEN e.change ELSE 0.0 END) AS gone_items,
               sum(CASE WHEN i.effect = 'became_priced' THEN e.change ELSE 0.0 END) AS became_priced,
               sum(CASE WHEN i.effect = 'credit' THEN e.change ELSE 0.0 END) AS credits,
               sum(CASE WHEN i.effect = 'purchase' THEN e.change ELSE 0.0 END) AS purchases,
               sum(CASE WHEN i.effect = 'tax' THEN e.change ELSE 0.0 END) AS taxes,
               sum(CASE WHEN i.effect = 'other' THEN e.change ELSE 0.0 END) AS other,
               sum(i.unpriced_before)::bigint AS unpriced_before, sum(i.unpriced_after)::bigint AS unpriced_after,
               min(i.reason) AS reason
        FROM item AS i
        CROSS JOIN LATERAL (SELECT coalesce(i.cost_after, 0.0) - coalesce(i.cost_before, 0.0) AS change) AS e
        GROUP BY i.value, i.currency
    )
    SELECT s.value, s.currency,
           CASE WHEN s.known_before > 0 OR NOT s.lacks_before THEN trim_scale(s.cost_before) END,
           CASE WHEN s.known_after > 0 OR NOT s.lacks_after THEN trim_scale(f.cost_after) END,
           CASE WHEN f.is_known THEN trim_scale(f.cost_after - s.cost_before) END,
           CASE WHEN f.is_known THEN trim_scale(coalesce(c.cost_after - c.at_old_prices, 0.0)) END,
           CASE WHEN f.is_known THEN trim_scale(coalesce(c.volume, 0.0)) END,
           -- The mix takes what rounding leaves.
           CASE WHEN f.is_known THEN trim_scale(coalesce(c.at_old_prices - c.cost_before - c.volume, 0.0)) END,
           CASE WHEN f.is_known THEN trim_scale(s.new_items) END,
           CASE WHEN f.is_known THEN trim_scale(s.gone_items) END,
           CASE WHEN f.is_known THEN trim_scale(s.became_priced) END,
           CASE WHEN f.is_known THEN trim_scale(s.credits) END,
           CASE WHEN f.is_known THEN trim_scale(s.purchases) END,
           CASE WHEN f.is_known THEN trim_scale(s.taxes) END,
           CASE WHEN f.is_known THEN trim_scale(s.other) END,
           CASE WHEN f.is_known THEN trim_scale(f.cost_after - s.cost_after) END,
           s.unpriced_before, s.unpriced_after, s.reason IS NULL, s.reason
    FROM summed AS s
    LEFT JOIN compared AS c ON c.value IS NOT DISTINCT FROM s.value AND c.currency = s.currency
    CROSS JOIN LATERAL (SELECT s.own_cost_after AS cost_after, s.known_before + s.known_after > 0 AS is_known) AS f;
END;
COMMENT ON FUNCTION accelcost.cost_change(date, text, text, text, date, regclass, text) IS
    'returns why cost changed from the month before: price, volume, mix, new and gone items, credits and more';
