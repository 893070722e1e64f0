-- What a month's usage would cost elsewhere, and at other prices.

-- Longer than 80 lines: from the usage of the month to ranked offers, each step a CTE that only the next ones read.
CREATE FUNCTION accelcost.what_if(
    month date, accelerator text DEFAULT NULL, purchase_option text DEFAULT 'on_demand', term_months integer DEFAULT 0,
    workload text DEFAULT NULL, currency text DEFAULT 'USD', source regclass DEFAULT 'accelcost.usage',
    rate_at timestamptz DEFAULT NULL, geo text DEFAULT NULL, assume_basis text DEFAULT NULL,
    max_age interval DEFAULT '180 days')
RETURNS TABLE (
    accelerator text, rank integer, provider text, sku text, region text, purchase_option text, gpu_count numeric,
    instance_hours numeric,
    compute numeric, egress numeric, total numeric, total_low numeric, delta_vs_actual numeric, usage_rows bigint,
    unpriced_rows bigint,
    currency text, price_source text, price_origin text, price_as_of date, reason text, geo text, is_old boolean,
    assumed_basis text)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
SET jit = off
-- Longer than 80 lines: what was used, what was sent, what could carry it, and the verdict, one after the other.
BEGIN ATOMIC
    WITH asked AS MATERIALIZED (
        SELECT accelcost_internal.check_month(what_if.month) AS month,
               accelcost_internal.check_currency(what_if.currency) AS currency,
               accelcost_internal.check_accelerator(what_if.accelerator) AS accelerator,
               accelcost_internal.check_word(what_if.purchase_option,
                                             '{on_demand,spot,reserved,committed,capacity_block}'::text[],
                                             'purchase_option') AS purchase_option,
               accelcost_internal.check_word(what_if.assume_basis, '{per_gpu,per_chip,per_instance}'::text[],
                                             'assume_basis') AS basis,
               accelcost_internal.check_word(what_if.workload, '{training,inference}'::text[], 'workload') AS workload,
               accelcost_internal.rate_time(@extschema@.bill_month(what_if.month), NULL::timestamptz) AS price_at,
               accelcost_internal.rate_time(@extschema@.bill_month(what_if.month), what_if.rate_at) AS rate_at
    ), hidden AS MATERIALIZED (
        SELECT accelcost_internal.relation_with_hidden_rows(what_if.source) AS relation
    ), used AS MATERIALIZED (
        SELECT u.accelerator, (u.g).shown_provider AS provider, (u.g).payer, (u.g).usage_rows, (u.g).uses_hours,
               (u.g).session_hours, (u.g).uses_transfer AND (u.g).transfer_kind = 'internet' AS uses_internet,
               -- Shares of an accelerator are packed: the hours of four quarters are those of a whole one.
               CASE WHEN s.is_share THEN 1.0 ELSE u.gpu_count END AS gpu_count,
               CASE WHEN s.is_share THEN (u.g).instance_hours * u.gpu_count ELSE (u.g).instance_hours END
                   AS instance_hours,
               u.compute, u.compute_reason, u.transfer_bytes, u.egress, u.egress_reason
        FROM asked AS a
        CROSS JOIN LATERAL accelcost_internal.usage_priced(what_if.source, a.currency, a.month, a.month,
                                                           what_if.rate_at) AS u
        CROSS JOIN LATERAL (SELECT coalesce(u.gpu_count < 1.0, false) AND NOT (u.g).is_session AS is_share) AS s
        WHERE a.workload IS NULL OR (u.g).workload = a.workload
    ), hired AS MATERIALIZED (
        SELECT u.accelerator, u.provider, u.payer, u.gpu_count, u.session_hours,
               sum(u.usage_rows)::bigint AS usage_rows,
               sum(u.instance_hours) AS instance_hours, sum(u.instance_hours * u.gpu_count) AS gpu_hours,
               sum(u.compute) AS compute, count(u.compute_reason) > 0 AS is_unpriced,
               bool_or(u.gpu_count IS NULL OR NOT coalesce(abs(u.instance_hours) < 1e20, false)
                       OR u.session_hours < 0.0) AS is_unknown
        FROM used AS u
        WHERE u.uses_hours AND u.accelerator IS NOT NULL
        GROUP BY u.accelerator, u.provider, u.payer, u.gpu_count, u.session_hours
    ), sent AS (
        -- What the machines sent: by their share of the GPU hours.
        SELECT u.provider, u.payer, sum(u.transfer_bytes) AS bytes, count(*) > count(u.transfer_bytes) AS is_unknown,
               sum(u.egress) AS egress, count(u.egress_reason) > 0 AS is_unpriced
        FROM used AS u
        WHERE u.uses_internet
        GROUP BY u.provider, u.payer
    ), sent_from AS MATERIALIZED (
        SELECT h.accelerator, h.payer, sum(s.bytes * h.share) AS bytes, min(s.all_bytes) AS all_bytes,
               bool_or(bool_or(s.is_unknown)) OVER (PARTITION BY h.payer) AS is_unknown,
               sum(s.egress * h.share) AS egress, bool_or(s.is_unpriced) AS is_unpriced
        FROM (SELECT d.accelerator, d.provider, d.payer,
                     sum(d.gpu_hours) / nullif(sum(sum(d.gpu_hours)) OVER (PARTITION BY d.provider, d.payer),
                                               0.0) AS share
              FROM hired AS d
              GROUP BY d.accelerator, d.provider, d.payer) AS h
        JOIN (SELECT t.*, sum(t.bytes) OVER (PARTITION BY t.payer) AS all_bytes
              FROM sent AS t
              WHERE EXISTS (SELECT FROM hired AS u
                            WHERE u.provider = t.provider AND u.payer IS NOT DISTINCT FROM t.payer
                              AND u.gpu_hours > 0.0)) AS s
            ON s.provider = h.provider AND s.payer IS NOT DISTINCT FROM h.payer
        WHERE h.share > 0.0
        GROUP BY h.accelerator, h.payer
    ), demand AS (
        SELECT h.accelerator, accelcost_internal.accelerator_family(h.accelerator) AS family,
               sum(h.usage_rows)::bigint AS usage_rows,
               count(DISTINCT ROW(h.payer)) AS payers, bool_or(h.is_unknown) AS is_unknown,
               CASE WHEN NOT bool_or(h.is_unpriced) THEN sum(h.compute) END AS compute
        FROM hired AS h
        GROUP BY h.accelerator
    ), actual AS MATERIALIZED (
        SELECT d.*, CASE WHEN s.is_unpriced IS NOT TRUE THEN d.compute + coalesce(s.egress, 0.0) END AS cost
        FROM demand AS d
        LEFT JOIN (SELECT f.accelerator, sum(f.egress) AS egress, bool_or(f.is_unpriced) AS is_unpriced
                   FROM sent_from AS f
                   GROUP BY f.accelerator) AS s ON s.accelerator = d.accelerator
        CROSS JOIN asked AS a
        WHERE a.accelerator IS NULL OR a.accelerator = d.accelerator
           OR (a.accelerator = d.family AND a.accelerator = accelcost_internal.accelerator_family(a.accelerator))
    ), offered AS MATERIALIZED (
        -- Use each payer's negotiated price, if there is one, or its discount on the public price.
        SELECT DISTINCT ON (d.accelerator, p.provider, p.sku, p.region, h.payer)
               d.accelerator AS wanted, h.payer, p.provider, p.sku, p.region, p.purchase_option, p.account,
               accelcost_internal.discounted(p.price_low, r.factor) AS price_low,
               accelcost_internal.discounted(p.price_high, r.factor) AS price_high,
               p.currency, p.source, p.origin, p.as_of, p.geo,
               accelcost_internal.discounted(p.upfront, r.factor) AS upfront,
               p.billing_increment_seconds, p.minimum_seconds, b.price_basis, b.assumed_basis,
               CASE WHEN b.price_basis IN ('per_gpu', 'per_chip') THEN coalesce(p.gpu_count, 1.0)
                    ELSE p.gpu_count END AS gpus,
               CASE WHEN b.price_basis IN ('per_gpu', 'per_chip') THEN coalesce(p.gpu_count, 1.0) ELSE 1.0 END AS units,
               x.rate
        FROM asked AS a
        CROSS JOIN accelcost.prices_at(a.price_at) AS p
        CROSS JOIN LATERAL (SELECT CASE WHEN p.price_basis = 'unknown' THEN coalesce(a.basis, 'unknown')
                                        ELSE p.price_basis END AS price_basis,
                                   CASE WHEN p.price_basis = 'unknown' THEN a.basis END AS assumed_basis) AS b
        JOIN actual AS d ON p.accelerator = d.accelerator
            -- The name of a family may mean any of its variants.
            OR (accelcost_internal.accelerator_family(p.accelerator) = d.family
                AND d.family IN (p.accelerator, d.accelerator))
        JOIN (SELECT DISTINCT u.accelerator, u.payer FROM hired AS u) AS h ON h.accelerator = d.accelerator
        LEFT JOIN LATERAL accelcost.fx_at(p.currency, a.currency, a.rate_at) AS x ON true
        LEFT JOIN LATERAL accelcost_internal.find_discount(
            p.provider, h.payer, 'hours', p.sku, p.purchase_option, a.price_at) AS r ON p.account IS NULL
        WHERE p.purchase_option = a.purchase_option AND p.term_months = what_if.term_months
          AND (p.account IS NULL OR p.account = h.payer)
          AND (what_if.geo IS NULL OR p.geo = lower(what_if.geo COLLATE "C"))
        ORDER BY d.accelerator, p.provider, p.sku, p.region, h.payer, accelcost_internal.origin_rank(p.origin),
            p.account IS NULL
    ), shown AS (
        -- Keep one price per offer: an unrankable one, otherwise the public one.
        SELECT DISTINCT ON (o.wanted, o.provider, o.sku, o.region) o.*,
               count(*) OVER (PARTITION BY o.wanted, o.provider, o.sku, o.region) AS payers
        FROM offered AS o
        ORDER BY o.wanted, o.provider, o.sku, o.region, o.price_basis NOT IN ('unknown', 'host_only'),
            o.price_high IS NOT NULL,
                 coalesce(o.upfront, 0.0) = 0.0, o.rate IS NOT NULL, o.account IS NOT NULL, o.payer COLLATE "C"
    ), machines AS (
        SELECT o.wanted, o.provider, o.sku, o.region,
               sum(i.instances * b.hours) AS instance_hours,
               sum(o.price_high * o.rate * o.units * i.instances * b.hours) AS high,
               sum(o.price_low * o.rate * o.units * i.instances * b.hours) AS low,
               bool_or(h.session_hours IS NOT NULL
                       AND (o.billing_increment_seconds IS NULL OR o.minimum_seconds IS NULL)) AS is_increment_unknown
        FROM offered AS o
        JOIN hired AS h ON h.accelerator = o.wanted AND h.payer IS NOT DISTINCT FROM o.payer
        CROSS JOIN LATERAL (SELECT ceil(h.gpu_count / o.gpus) AS instances) AS i
        CROSS JOIN LATERAL (SELECT CASE WHEN h.session_hours IS NULL THEN h.instance_hours
                                        WHEN NOT coalesce(abs(h.session_hours) < 1e20, false) THEN NULL
                                        ELSE h.usage_rows::numeric
                                             * @extschema@.billed_seconds(greatest(h.session_hours, 0.0) * 3600.0,
                                                                          o.billing_increment_seconds,
                                                                          o.minimum_seconds)
                                             * 1.00000000000000000000 / 3600.0
                                   END AS hours) AS b
        GROUP BY o.wanted, o.provider, o.sku, o.region
    ), sending AS MATERIALIZED (
        -- Each region of each provider is a scenario of its own.
        SELECT row_number() OVER () AS scenario, r.*
        FROM (SELECT DISTINCT o.provider, o.region, s.payer, s.all_bytes, s.is_unknown
              FROM offered AS o
              JOIN sent_from AS s ON s.accelerator = o.wanted AND s.payer IS NOT DISTINCT FROM o.payer) AS r
    ), bill AS MATERIALIZED (
        SELECT s.provider, s.region, s.payer, CASE WHEN b.bill = 0.0 THEN 0.0 ELSE b.bill * x.rate END AS cost,
               coalesce(b.reason, CASE WHEN b.bill IS NOT NULL AND b.bill <> 0.0 AND x.rate IS NULL
                                       THEN 'no exchange rate for egress' END) AS reason
        FROM sending AS s
        CROSS JOIN asked AS a
        JOIN accelcost_internal.meter_bills(
                 (SELECT array_agg(ROW(q.scenario, q.scenario, 'egress', 'internet', '*', nullif(q.region, '*'), NULL,
                                       q.provider, q.payer, t.month, t.price_at, t.price_at, NULL, NULL, false,
                                       CASE WHEN NOT q.is_unknown THEN q.all_bytes END, 'byte', true, NULL)
                                       ::accelcost_internal.metered_usage)
                  FROM sending AS q CROSS JOIN asked AS t),
                 (SELECT format('row security may hide rows of "%s": the month''s egress is unknown', h.relation)
                  FROM hidden AS h WHERE h.relation IS NOT NULL)) AS b ON b.n = s.scenario
        LEFT JOIN LATERAL accelcost.fx_at(b.currency, a.currency, a.rate_at) AS x ON true
    ), lines AS (
        SELECT o.wanted, o.provider, o.sku, o.region,
               -- the share of the bill for all transfer of the payer's machines
               sum(CASE WHEN b.cost = 0.0 OR s.all_bytes = 0.0 THEN 0.0
                        ELSE b.cost * s.bytes * 1.00000000000000000000 / s.all_bytes END) AS cost,
               min(b.reason COLLATE "C") AS reason
        FROM offered AS o
        JOIN sent_from AS s ON s.accelerator = o.wanted AND s.payer IS NOT DISTINCT FROM o.payer
        JOIN bill AS b ON b.provider = o.provider AND b.region = o.region AND b.payer IS NOT DISTINCT FROM o.payer
        GROUP BY o.wanted, o.provider, o.sku, o.region
    ), judged AS (
        SELECT o.*, m.instance_hours, trim_scale(round(m.high, 18)) AS high, trim_scale(round(m.low, 18)) AS low,
               trim_scale(round(coalesce(e.cost, 0.0), 18)) AS sent_cost, d.usage_rows, d.cost AS actual,
               CASE WHEN o.price_basis = 'unknown' THEN 'price basis unknown'
                    WHEN o.price_basis = 'host_only' THEN 'price without accelerators'
                    WHEN o.price_high IS NULL THEN 'price range has no upper bound'
                    WHEN o.upfront > 0.0 THEN 'price with an upfront part'
                    WHEN o.rate IS NULL THEN format('no exchange rate from %s', o.currency)
                    WHEN o.payers < d.payers THEN 'negotiated for other accounts'
                    WHEN o.gpus IS NULL THEN 'gpu_count of the offer unknown'
                    WHEN d.is_unknown THEN 'gpu_count or hours of usage unknown'
                    WHEN m.is_increment_unknown THEN 'billing increment of sessions unknown'
                    WHEN e.reason IS NOT NULL THEN e.reason
                    WHEN NOT m.high < 1.7e20 THEN 'cost out of range' END AS reason
        FROM shown AS o
        JOIN actual AS d ON d.accelerator = o.wanted
        JOIN machines AS m ON m.wanted = o.wanted AND m.provider = o.provider AND m.sku = o.sku AND m.region = o.region
        LEFT JOIN lines AS e ON e.wanted = o.wanted AND e.provider = o.provider AND e.sku = o.sku
            AND e.region = o.region
    )
    SELECT j.wanted, CASE WHEN j.reason IS NULL
                          THEN rank() OVER (PARTITION BY j.wanted
                                            ORDER BY CASE WHEN j.reason IS NULL
                                                          THEN j.high + j.sent_cost END)::integer END,
           j.provider, j.sku, j.region, j.purchase_option, trim_scale(j.gpus),
           CASE WHEN j.reason IS NULL THEN trim_scale(j.instance_hours) END,
           CASE WHEN j.reason IS NULL THEN j.high END, CASE WHEN j.reason IS NULL THEN j.sent_cost END,
           CASE WHEN j.reason IS NULL THEN trim_scale(j.high + j.sent_cost) END,
                CASE WHEN j.reason IS NULL THEN trim_scale(j.low + j.sent_cost) END,
           CASE WHEN j.reason IS NULL THEN trim_scale(j.high + j.sent_cost - round(j.actual, 18)) END,
           j.usage_rows, CASE WHEN j.reason IS NULL THEN 0::bigint ELSE j.usage_rows END,
           what_if.currency, j.source, j.origin, j.as_of, j.reason, j.geo,
           accelcost_internal.is_old(j.as_of, (SELECT a.price_at FROM asked AS a), what_if.max_age), j.assumed_basis
    FROM judged AS j
    ORDER BY 1, 2 NULLS LAST, 3, 4, 5;
END;
COMMENT ON FUNCTION accelcost.what_if(
    date, text, text, integer, text, text, regclass, timestamptz, text, text, interval) IS
    'ranks offers that could carry a month''s accelerator usage by cost';
