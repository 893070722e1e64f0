-- What a million tokens costs on each offer, by measured throughput.

CREATE FUNCTION accelcost_internal.machine_offers(at timestamptz, account text, accelerators text[])
RETURNS TABLE (
    provider text, sku text, region text, geo text, purchase_option text, term_months integer,
    accelerator text, gpu_count numeric, machine_price numeric, gpu_price numeric, currency text,
    source text, origin text, as_of date, reason text)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT DISTINCT ON (p.provider, p.sku, p.region, p.purchase_option, p.term_months)
           p.provider, p.sku, p.region, p.geo, p.purchase_option, p.term_months, p.accelerator, p.gpu_count,
           -- The high end of a range, as in other rankings.
           accelcost_internal.discounted(p.price_high, d.factor)
               * CASE WHEN p.price_basis IN ('per_gpu', 'per_chip') THEN p.gpu_count
                      WHEN p.price_basis IN ('per_instance', 'per_slice') THEN 1.0 END,
           accelcost_internal.price_per_gpu(accelcost_internal.discounted(p.price_high, d.factor),
                                            p.price_basis, p.gpu_count),
           p.currency, p.source, p.origin, p.as_of,
           CASE WHEN p.price_basis = 'unknown' THEN 'the source does not say what the price is for'
                WHEN p.price_basis = 'host_only' THEN 'the price of the host without its accelerators'
                WHEN p.price_high IS NULL THEN 'the range has no upper end'
                WHEN p.upfront > 0.0 THEN 'the price has an upfront part' END
    FROM accelcost.prices_at(machine_offers.at) AS p
    LEFT JOIN LATERAL accelcost_internal.find_discount(
        p.provider, machine_offers.account, 'hours', p.sku, p.purchase_option, machine_offers.at) AS d
        ON p.account IS NULL
    WHERE p.accelerator = ANY (machine_offers.accelerators)
      AND (p.account IS NULL OR p.account = machine_offers.account)
    ORDER BY p.provider, p.sku, p.region, p.purchase_option, p.term_months, p.account NULLS LAST;
END;
COMMENT ON FUNCTION accelcost_internal.machine_offers(timestamptz, text, text[]) IS
    'returns the hourly prices of offers with some accelerators, per machine and per accelerator';

CREATE FUNCTION accelcost_internal.region_carbon(provider text, region text, location text, at timestamptz)
RETURNS float8
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT g.g_per_kwh
    FROM accelcost.grid_carbon AS g
    WHERE g.valid @> region_carbon.at
      AND accelcost_internal.origin_rank(g.origin) IS NOT NULL
      AND CASE WHEN region_carbon.location IS NOT NULL
               THEN g.provider = '*' AND g.location = region_carbon.location
               ELSE g.provider = region_carbon.provider AND g.location = region_carbon.region END
    ORDER BY accelcost_internal.precedence(g.origin, NULL, 0, g.builtin, g.as_of, lower(g.valid), g.source),
             g.method COLLATE "C"
    LIMIT 1;
END;
COMMENT ON FUNCTION accelcost_internal.region_carbon(text, text, text, timestamptz) IS
    'returns the grams of CO2 equivalent per kWh of a location, or of a region of the provider; NULL if unknown';

-- Longer than others: its CTEs are the steps from results to offers, and each is used once.
CREATE FUNCTION accelcost.token_offers(
    model text, scenario text DEFAULT 'Offline', utilisation numeric DEFAULT 1, at timestamptz DEFAULT now(),
    currency text DEFAULT 'USD', scale boolean DEFAULT false, account text DEFAULT NULL,
    location text DEFAULT NULL, max_age interval DEFAULT '180 days')
RETURNS TABLE (
    offer_rank bigint, kind text, provider text, sku text, region text, geo text, purchase_option text,
    term_months integer, accelerator text, gpu_count numeric, tokens_per_second float8, price_per_hour numeric,
    cost_per_million numeric, input_cost_per_million numeric, kwh_per_million numeric, co2_g_per_million numeric,
    is_exact boolean, is_scaled boolean, system text, submitter text, entry_id text, throughput_source text,
    price_source text, price_origin text, price_as_of date, is_old boolean, reason text)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    WITH wanted AS MATERIALIZED (
        SELECT coalesce(accelcost.model_name(token_offers.model), token_offers.model) AS model,
               accelcost_internal.check_more_than(
                   accelcost_internal.check_between(token_offers.utilisation, 0, 1, 'utilisation'), 0, 'utilisation')
                   AS utilisation
    ), known AS MATERIALIZED (
        SELECT t.*, lower(t.scenario COLLATE "C") = lower(token_offers.scenario COLLATE "C") AS is_scenario,
               (SELECT a.family FROM accelcost.accelerator AS a
                WHERE a.accelerator = t.accelerator ORDER BY a.builtin LIMIT 1) AS family
        FROM accelcost.throughput AS t
        JOIN wanted AS w ON t.model = w.model
        WHERE t.tokens_per_second IS NOT NULL
          AND accelcost_internal.origin_rank(t.origin) IS NOT NULL
          -- An import of a round replaces the built-in rows of that round.
          AND NOT (t.builtin AND EXISTS (SELECT FROM accelcost.throughput AS own
                                         WHERE NOT own.builtin AND own.source = t.source))
    ), machine AS MATERIALIZED (
        SELECT o.*, f.rate
        FROM accelcost_internal.machine_offers(
                 token_offers.at, token_offers.account,
                 ARRAY(SELECT k.accelerator FROM known AS k UNION SELECT k.family FROM known AS k)) AS o
        LEFT JOIN LATERAL accelcost.fx_at(o.currency, token_offers.currency, token_offers.at) AS f ON true
    ), rented AS (
        SELECT m.provider, m.sku, m.region, m.geo, m.purchase_option, m.term_months, m.accelerator, k.gpu_count,
               k.tokens_per_second, k.watts,
               CASE WHEN m.reason IS NULL
                    THEN CASE WHEN m.gpu_count = k.gpu_count THEN m.machine_price ELSE m.gpu_price * k.gpu_count END
                         * m.rate END AS price,
               m.accelerator = k.accelerator AS is_exact, m.gpu_count IS DISTINCT FROM k.gpu_count AS is_scaled,
               k.system, k.submitter, k.entry_id, k.source AS throughput_source,
               m.source, m.origin, m.as_of,
               CASE WHEN m.reason IS NOT NULL THEN m.reason
                    WHEN m.rate IS NULL THEN format('no exchange rate from %s to %s', m.currency, token_offers.currency)
                    WHEN m.gpu_price IS NULL THEN 'the price of an accelerator is unknown' END AS reason
        FROM known AS k
        -- Whole systems: as many accelerators as were measured together. An offer of a family names no form.
        JOIN machine AS m
            ON m.accelerator IN (k.accelerator, k.family)
               AND (m.gpu_count = k.gpu_count OR token_offers.scale)
        WHERE k.is_scenario
    ), sold AS (
        SELECT p.provider, p.geo, p.input_price * f.rate AS input_price, p.output_price * f.rate AS output_price,
               p.source, p.origin, p.as_of
        FROM (SELECT DISTINCT t.provider
              FROM accelcost.token_price AS t
              JOIN wanted AS w ON t.model = w.model) AS seller
        CROSS JOIN wanted AS w
        CROSS JOIN LATERAL accelcost.token_price_at(
            seller.provider, w.model, token_offers.at, token_offers.account) AS p
        LEFT JOIN LATERAL accelcost.fx_at(p.currency, token_offers.currency, token_offers.at) AS f ON true
        WHERE p.provider IS NOT NULL
    ), result AS (
        SELECT 'machine' AS kind, r.provider, r.sku, r.region, r.geo, r.purchase_option, r.term_months, r.accelerator,
               r.gpu_count, r.tokens_per_second, trim_scale(r.price) AS price,
               round(@extschema@.cost_per_million_tokens(r.price, r.tokens_per_second::numeric, w.utilisation), 10)
                   AS cost, NULL::numeric AS input_cost,
               -- W / (tokens / s) = J per token.
               round(r.watts::numeric / r.tokens_per_second::numeric / 3.6, 10) AS kwh,
               round(r.watts::numeric / r.tokens_per_second::numeric / 3.6
                     * accelcost_internal.region_carbon(r.provider, r.region, token_offers.location,
                                                        token_offers.at)::numeric, 10) AS carbon,
               r.is_exact, r.is_scaled, r.system, r.submitter, r.entry_id, r.throughput_source,
               r.source, r.origin, r.as_of, r.reason
        FROM rented AS r
        CROSS JOIN wanted AS w
        UNION ALL
        SELECT 'api', s.provider, NULL, NULL, s.geo, NULL, NULL, NULL, NULL, NULL, NULL, s.output_price, s.input_price,
               NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, s.source, s.origin, s.as_of, NULL
        FROM sold AS s
        UNION ALL
        SELECT 'machine', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
               NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
               CASE WHEN NOT EXISTS (SELECT FROM known)
                    THEN accelcost_internal.with_nearest(
                             format('no throughput of model "%s"', left(w.model, 200)),
                             ARRAY(SELECT DISTINCT t.model FROM accelcost.throughput AS t), w.model)
                    WHEN NOT EXISTS (SELECT FROM known AS k WHERE k.is_scenario)
                    THEN format('no throughput of model "%s" in scenario "%s"; known are %s', w.model,
                                left(token_offers.scenario, 200),
                                (SELECT string_agg(DISTINCT k.scenario, ', ') FROM known AS k))
                    ELSE format('no offer of a system on which model "%s" was measured', w.model) END
        FROM wanted AS w
        WHERE NOT EXISTS (SELECT FROM rented)
    )
    SELECT CASE WHEN r.kind = 'machine' AND r.cost IS NOT NULL
                THEN rank() OVER (PARTITION BY r.kind, r.cost IS NULL ORDER BY r.cost) END,
           r.kind, r.provider, r.sku, r.region, r.geo, r.purchase_option, r.term_months, r.accelerator, r.gpu_count,
           r.tokens_per_second, r.price, r.cost, r.input_cost, r.kwh, r.carbon, r.is_exact, r.is_scaled,
           r.system, r.submitter, r.entry_id, r.throughput_source, r.source, r.origin, r.as_of,
           accelcost_internal.is_old(r.as_of, token_offers.at, token_offers.max_age), r.reason
    FROM result AS r
    ORDER BY r.kind DESC, r.cost NULLS LAST, r.provider COLLATE "C", r.sku COLLATE "C", r.region COLLATE "C",
             r.purchase_option COLLATE "C", r.term_months, r.entry_id COLLATE "C";
END;
COMMENT ON FUNCTION accelcost.token_offers(text, text, numeric, timestamptz, text, boolean, text, text, interval) IS
    'returns the cost of a million tokens of a model on each offer, by measured throughput, beside prices of APIs';
