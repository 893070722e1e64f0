-- Compare billed tokens with the token prices in the catalog.

-- A name of the catalog as a regular expression: blanks and punctuation may differ, but two numbers stay two, and what
-- follows must not name another model: gpt-4o is not in "gpt-4o-mini", nor gpt-5 in "gpt-5.1".
CREATE FUNCTION accelcost_internal.model_pattern(name text)
RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN concat('(?<![a-z0-9])',
                  replace(replace(regexp_replace(regexp_replace(lower(name COLLATE "C"), '[^a-z0-9]+', ' ', 'g'),
                                                 '([0-9]) (?=[0-9])', E'\\1#', 'g'),
                                  ' ', '[-_. :/]*'), '#', '[-_. ]+'),
                  -- Part of a date, or a word that bills have behind a model.
                  '(?=[-_ .,:/(\n]*($|[0-9]{4,}|v[0-9]|inp|in[- _]|out|opt|cache|caching|cchd|cd[- ]|prompt|'
                  'completion|text|token|batch|flex|priority|pp[- ]|gl$|gl[-ob ]|reg|data ?z|dz|latest|preview|longco|'
                  'shortco|std|amazon|bedrock|api|mp:|us[ew][0-9]|units))');
COMMENT ON FUNCTION accelcost_internal.model_pattern(text) IS
    'returns a regular expression that finds the name of a model in a bill';

CREATE FUNCTION accelcost_internal.token_quantity(
    consumed_quantity numeric, consumed_unit text, pricing_quantity numeric, pricing_unit text, tokens_per_unit numeric)
RETURNS numeric
LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT (array_agg(u.quantity * coalesce(token_quantity.tokens_per_unit, 1.0)
                      * coalesce(accelcost_internal.unit_multiplier(upper(u.unit)), 1::numeric)
                      * CASE WHEN u.unit ~* 'million' THEN 1000000.0 WHEN u.unit ~* 'thousand' THEN 1000.0 ELSE 1.0 END
                      ORDER BY u.place))[1]
    FROM (VALUES (1, token_quantity.consumed_quantity, token_quantity.consumed_unit),
                 (2, token_quantity.pricing_quantity, token_quantity.pricing_unit)) AS u (place, quantity, unit)
    WHERE u.quantity IS NOT NULL
      AND u.unit ~* '^[0-9.]*[KMB]?[[:space:]]*(million|thousand)?[[:space:]]*(tokens?|units?|counts?)?$'
      AND u.unit ~ '[^[:space:]]';
END;
COMMENT ON FUNCTION accelcost_internal.token_quantity(numeric, text, numeric, text, numeric) IS
    'returns the tokens in the quantities of a charge, consumed or else priced; NULL if the units are not of tokens';

CREATE FUNCTION accelcost_internal.token_kind(details jsonb) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN CASE details->>'TokenDirection'
               WHEN 'Output' THEN 'output'
               WHEN 'Input' THEN CASE details->>'TokenCacheAction' WHEN 'Read' THEN 'cache_read'
                                                                   WHEN 'Write' THEN 'cache_write_5m'
                                                                   WHEN 'Other' THEN 'cache_other'
                                                                   ELSE 'input' END END;
COMMENT ON FUNCTION accelcost_internal.token_kind(jsonb) IS
    'returns the kind of tokens that SkuPriceDetails of FOCUS states; NULL if it does not';

CREATE TYPE accelcost_internal.token_texts AS (texts accelcost_internal.charge_texts, details jsonb);
COMMENT ON TYPE accelcost_internal.token_texts IS
    'texts of a charge, with the details of its price if they are of tokens';

CREATE FUNCTION accelcost_internal.token_text_matches(said accelcost_internal.token_texts[])
RETURNS TABLE (n bigint, texts accelcost_internal.charge_texts, details jsonb, provider text, token_kind text,
               model text, service_tier text, geo text, is_long boolean, tokens_per_unit numeric)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 100
-- The planner cannot know how few texts there are: it would compile, and sort all charges.
SET jit = off
SET enable_sort = off
BEGIN ATOMIC
    WITH text AS MATERIALIZED (
        SELECT DISTINCT (t.texts).provider_name, (t.texts).service_name, (t.texts).sku_meter,
               (t.texts).charge_description, (t.texts).instance_type, (t.texts).sku_id, t.details
        FROM unnest(token_text_matches.said) AS t
    ), said AS MATERIALIZED (
        SELECT row_number() OVER () AS n, t.texts, t.details, s.provider,
               accelcost_internal.words(t.texts) COLLATE "C" AS words
        FROM (SELECT ROW(t.provider_name, t.service_name, t.sku_meter, t.charge_description, t.instance_type,
                         t.sku_id)::accelcost_internal.charge_texts AS texts, t.details
              FROM text AS t) AS t
        JOIN (SELECT d.provider_name, accelcost.provider_name(d.provider_name) AS provider
              FROM (SELECT DISTINCT t.provider_name FROM text AS t) AS d) AS s
          ON s.provider_name = (t.texts).provider_name
    ), property AS MATERIALIZED (
        SELECT s.n, p.token_kind, p.model, p.service_tier, p.geo, p.is_long, p.tokens_per_unit,
               ROW(p.builtin, p.priority, p.pattern COLLATE "C") AS place
        FROM accelcost.charge_token_pattern AS p
        CROSS JOIN LATERAL (SELECT s.* FROM said AS s
                            WHERE (p.provider IS NULL OR s.provider = p.provider) AND s.words ~* p.pattern
                            OFFSET '0'::bigint) AS s
    ), decided AS MATERIALIZED (
        SELECT s.n, s.texts, s.words, s.details, s.provider,
               coalesce(accelcost_internal.token_kind(s.details), k.token_kind) AS token_kind,
               coalesce(accelcost.model_name(s.details->>'ModelId'), k.model) AS model,
               s.details->>'ModelId' AS model_id,
               coalesce(k.service_tier, 'standard') AS service_tier,
               coalesce(lower(k.geo COLLATE "C"), 'global') AS geo, coalesce(k.is_long, false) AS is_long,
               k.tokens_per_unit
        FROM said AS s
        LEFT JOIN (
            SELECT p.n,
                   (array_agg(p.token_kind ORDER BY p.place) FILTER (WHERE p.token_kind IS NOT NULL))[1] AS token_kind,
                   (array_agg(p.model ORDER BY p.place) FILTER (WHERE p.model IS NOT NULL))[1] AS model,
                   (array_agg(p.service_tier ORDER BY p.place)
                        FILTER (WHERE p.service_tier IS NOT NULL))[1] AS service_tier,
                   (array_agg(p.geo ORDER BY p.place) FILTER (WHERE p.geo IS NOT NULL))[1] AS geo,
                   (array_agg(p.is_long ORDER BY p.place) FILTER (WHERE p.is_long IS NOT NULL))[1] AS is_long,
                   (array_agg(p.tokens_per_unit ORDER BY p.place)
                        FILTER (WHERE p.tokens_per_unit IS NOT NULL))[1] AS tokens_per_unit
            FROM property AS p
            GROUP BY p.n) AS k ON k.n = s.n
    ), name AS MATERIALIZED (
        SELECT n.name, n.model, accelcost_internal.model_pattern(n.name) AS pattern
        FROM (SELECT m.model AS name, m.model FROM accelcost.model AS m
              UNION
              SELECT a.alias, a.model FROM accelcost.model_alias AS a) AS n
    )
    SELECT d.n, d.texts, d.details, d.provider, d.token_kind, coalesce(d.model, n.model),
           d.service_tier, d.geo, d.is_long, d.tokens_per_unit
    FROM decided AS d
    LEFT JOIN LATERAL (
        -- The longest name is the most specific.
        SELECT n.model FROM name AS n
        WHERE d.model IS NULL AND coalesce(d.model_id, d.words) ~* n.pattern
        ORDER BY length(n.name) DESC, n.model COLLATE "C"
        LIMIT 1) AS n ON true
    WHERE d.token_kind <> 'none';
END;
COMMENT ON FUNCTION accelcost_internal.token_text_matches(accelcost_internal.token_texts[]) IS
    'returns what texts of charges say of tokens: kind, model, service tier, place of processing and size of units';

CREATE FUNCTION accelcost_internal.token_matches()
RETURNS TABLE (n bigint, texts accelcost_internal.charge_texts, details jsonb, provider text, token_kind text,
               model text, service_tier text, geo text, is_long boolean, tokens_per_unit numeric)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 100
-- The planner cannot know how few texts there are: it would compile, and sort all charges.
SET jit = off
SET enable_sort = off
BEGIN ATOMIC
    SELECT m.*
    FROM accelcost_internal.token_text_matches(
             (SELECT array_agg(ROW(ROW(a.provider_name, coalesce(a.service_name, ''), coalesce(a.sku_meter, ''),
                                       coalesce(a.charge_description, ''),
                                       coalesce(a.sku_price_details->>'InstanceType', ''),
                                       coalesce(a.sku_id, ''))::accelcost_internal.charge_texts,
                                   CASE WHEN a.sku_price_details ? 'TokenDirection' OR a.sku_price_details ? 'ModelId'
                                        THEN a.sku_price_details END)::accelcost_internal.token_texts)
              FROM (SELECT DISTINCT c.provider_name, c.service_name, c.sku_meter, c.charge_description,
                           c.sku_price_details, c.sku_id
                    FROM accelcost.charge AS c
                    WHERE accelcost_internal.tables_are_local() AND c.charge_category = 'Usage') AS a)) AS m;
END;
COMMENT ON FUNCTION accelcost_internal.token_matches() IS
    'returns what all charges for tokens say: kind, model, service tier, place of processing and size of units';

-- Longer than 80 lines: from matches to the price of the day, each step a CTE.
CREATE FUNCTION accelcost.charge_tokens(
    export_name text DEFAULT NULL, cost_basis text DEFAULT 'billed', currency text DEFAULT 'USD')
RETURNS TABLE (month date, provider text, payer text, region text, model text, token_kind text, service_tier text,
               geo text, currency text, charges bigint, tokens numeric, cost numeric, unit_price numeric,
               catalog_cost numeric, catalog_price numeric, deviation numeric, deviation_percent numeric,
               price_provider text, price_source text, price_as_of date, reason text)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
-- The planner cannot know how many rows there are: it would compile, and compare each line with each text.
SET jit = off
SET enable_nestloop = off
BEGIN ATOMIC
    -- One statement, because each step needs all of the step before.
    WITH match AS MATERIALIZED (
        SELECT m.* FROM accelcost_internal.token_matches() AS m
    ), line AS MATERIALIZED (
        SELECT m.n, date_bin('1 day', c.charge_period_start, '2000-01-01 00:00:00+00') AS day,
               c.billing_account_id AS payer, c.region_id AS region, c.billing_currency, c.consumed_unit,
               c.pricing_unit, k.takes_back,
               sum(c.consumed_quantity) AS consumed_quantity, sum(c.pricing_quantity) AS pricing_quantity,
               count(*) AS charges,
               CASE WHEN count(k.cost) = count(*) THEN sum(k.cost) END AS cost
        FROM accelcost.charge AS c
        JOIN match AS m ON accelcost_internal.says(c, m.texts)
         AND m.details IS NOT DISTINCT FROM
             CASE WHEN c.sku_price_details ? 'TokenDirection' OR c.sku_price_details ? 'ModelId'
                  THEN c.sku_price_details END
        CROSS JOIN LATERAL (SELECT accelcost_internal.takes_back(c) AS takes_back,
                                   c.consumed_quantity IS NOT NULL AS has_consumed,
                                   c.pricing_quantity IS NOT NULL AS has_priced,
                                   accelcost_internal.charge_cost(c, charge_tokens.cost_basis) AS cost) AS k
        WHERE accelcost_internal.is_consumption(c)
          AND accelcost_internal.is_reported(charge_tokens.export_name, c.export_name, c.beside)
          AND accelcost_internal.check_word(accelcost_internal.check_given(charge_tokens.cost_basis, 'cost_basis'),
                                            '{billed,effective,list,contracted}'::text[], 'cost_basis') IS NOT NULL
          AND accelcost_internal.check_currency(charge_tokens.currency) IS NOT NULL
        GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, k.has_consumed, k.has_priced
    ), metered AS MATERIALIZED (
        SELECT l.*, m.provider, m.model, m.token_kind, m.service_tier, m.is_long,
               CASE WHEN m.geo = 'region' THEN @extschema@.region_geo(l.region) ELSE m.geo END AS geo,
               @extschema@.bill_month(l.day) AS month,
               CASE WHEN l.takes_back THEN 0.0
                    ELSE accelcost_internal.token_quantity(l.consumed_quantity, l.consumed_unit, l.pricing_quantity,
                                                           l.pricing_unit, m.tokens_per_unit) END AS tokens
        FROM line AS l
        JOIN match AS m ON m.n = l.n
    ), price AS MATERIALIZED (
        SELECT k.provider, k.model, k.payer, k.day, k.service_tier, k.geo, p.price, p.seller,
               EXISTS (SELECT FROM accelcost.token_price AS w
                       WHERE w.provider = p.seller AND w.model = k.model
                         AND w.service_tier = lower(k.service_tier COLLATE "C") AND w.geo = k.geo
                         AND num_nonnulls(w.weekdays, w.utc_from) > 0
                         AND w.valid && tstzrange(k.day, k.day + interval '1 day')) AS has_hours
        FROM (SELECT DISTINCT m.provider, m.model, m.payer, m.day, m.service_tier, m.geo
              FROM metered AS m
              WHERE num_nulls(m.provider, m.model, m.geo) = 0) AS k
        -- If the seller's price is unknown, compare with that of the model's maker, and name it.
        CROSS JOIN LATERAL (
            SELECT f.seller, f.price
            FROM (SELECT s.seller, s.place,
                         accelcost.token_price_at(s.seller, k.model, k.day, k.payer, k.service_tier, k.geo) AS price
                  FROM (SELECT k.provider AS seller, 1 AS place
                        UNION
                        SELECT accelcost.provider_name(o.vendor), 2 FROM accelcost.model AS o
                        WHERE o.model = k.model AND accelcost.provider_name(o.vendor) IS NOT NULL) AS s
                  OFFSET '0'::bigint) AS f
            ORDER BY (f.price).provider IS NULL, f.place
            LIMIT 1) AS p
    ), priced AS (
        SELECT m.*, (p.price).provider AS seller, (p.price).source, (p.price).as_of,
               (p.price).currency AS price_currency, (p.price).reason AS price_reason, p.has_hours,
               CASE m.token_kind
                   WHEN 'input' THEN CASE WHEN m.is_long THEN (p.price).long_input_price ELSE (p.price).input_price END
                   WHEN 'output'
                   THEN CASE WHEN m.is_long THEN (p.price).long_output_price ELSE (p.price).output_price END
                   WHEN 'cache_read'
                   THEN CASE WHEN m.is_long THEN (p.price).long_cache_read_price ELSE (p.price).cache_read_price END
                   WHEN 'cache_write_5m'
                   THEN CASE WHEN m.is_long THEN (p.price).long_cache_write_5m_price
                             ELSE (p.price).cache_write_5m_price END
                   WHEN 'cache_write_1h'
                   THEN CASE WHEN m.is_long THEN (p.price).long_cache_write_1h_price
                             ELSE (p.price).cache_write_1h_price END END AS price
        FROM metered AS m
        LEFT JOIN price AS p ON p.provider = m.provider AND p.model = m.model AND p.payer = m.payer AND p.day = m.day
         AND p.service_tier = m.service_tier AND p.geo = m.geo
    ), compared AS (
        SELECT p.*, b.rate AS bill_rate,
               p.price * c.rate AS million,
               CASE WHEN p.provider IS NULL THEN 'provider is unknown'
                    WHEN p.model IS NULL THEN 'model is unknown'
                    WHEN p.geo IS NULL
                    THEN format('place of processing in region "%s" is unknown', p.region)
                    WHEN p.tokens IS NULL
                    THEN coalesce('unit "' || coalesce(p.consumed_unit, p.pricing_unit) || '" is not of tokens',
                                  'the charge has no quantity, or no unit')
                    WHEN p.seller IS NULL THEN p.price_reason
                    WHEN p.has_hours
                    THEN format('prices of model "%s" depend on the time of the week', p.model)
                    WHEN p.price IS NULL THEN format('no %s price of model "%s"', p.token_kind, p.model)
                    WHEN p.cost IS NULL THEN format('a charge has no %s cost', charge_tokens.cost_basis)
                    WHEN b.rate IS NULL OR c.rate IS NULL
                    THEN format('no exchange rate from %s to %s',
                                CASE WHEN b.rate IS NULL THEN p.billing_currency ELSE p.price_currency END,
                                charge_tokens.currency) END AS why
        FROM priced AS p
        LEFT JOIN LATERAL accelcost.fx_at(p.billing_currency, charge_tokens.currency,
                                          accelcost_internal.rate_time(p.month, NULL)) AS b ON true
        LEFT JOIN LATERAL accelcost.fx_at(p.price_currency, charge_tokens.currency,
                                          accelcost_internal.rate_time(p.month, NULL)) AS c
               ON p.price_currency IS NOT NULL
    ), summed AS (
        SELECT c.month, c.provider, c.payer, c.region, c.model, c.token_kind, c.service_tier, c.geo,
               sum(c.charges)::bigint AS charges, sum(c.tokens) AS tokens,
               sum(c.cost * c.bill_rate) AS cost,
               CASE WHEN c.why IS NULL THEN sum(c.tokens * c.million) / 1000000.0 END AS catalog_cost,
               CASE WHEN c.why IS NULL THEN c.seller END AS seller, CASE WHEN c.why IS NULL THEN c.source END AS source,
               CASE WHEN c.why IS NULL THEN c.as_of END AS as_of, c.why
        FROM compared AS c
        GROUP BY c.month, c.provider, c.payer, c.region, c.model, c.token_kind, c.service_tier, c.geo, c.why,
                 CASE WHEN c.why IS NULL THEN c.seller END, CASE WHEN c.why IS NULL THEN c.source END,
                 CASE WHEN c.why IS NULL THEN c.as_of END
    )
    SELECT s.month, s.provider, s.payer, s.region, s.model, s.token_kind, s.service_tier, s.geo,
           charge_tokens.currency,
           s.charges, trim_scale(s.tokens), trim_scale(s.cost),
           trim_scale(round(s.cost * 1000000.00000000000000000000 / nullif(s.tokens, 0.0), 18)),
           trim_scale(s.catalog_cost),
           trim_scale(round(s.catalog_cost * 1000000.00000000000000000000 / nullif(s.tokens, 0.0), 18)),
           trim_scale(s.cost - s.catalog_cost),
           round((s.cost - s.catalog_cost) * 100.00000000000000000000 / nullif(s.catalog_cost, 0.0), 2),
           s.seller, s.source, s.as_of, s.why
    FROM summed AS s;
END;
COMMENT ON FUNCTION accelcost.charge_tokens(text, text, text) IS
    'compares billed tokens with the token prices in the catalog, by month, model and kind of token';

CREATE VIEW accelcost.charge_tokens
WITH (security_invoker = true)
AS
SELECT c.month, c.provider, c.payer, c.region, c.model, c.token_kind, c.service_tier, c.geo, c.currency, c.charges,
       accelcost_internal.within_38_digits(c.tokens)::numeric(38,10) AS tokens, c.cost::numeric(38,10) AS cost,
       accelcost_internal.within_38_digits(c.unit_price)::numeric(38,10) AS unit_price,
       c.catalog_cost::numeric(38,10) AS catalog_cost,
       accelcost_internal.within_38_digits(c.catalog_price)::numeric(38,10) AS catalog_price,
       c.deviation::numeric(38,10) AS deviation,
       accelcost_internal.within_38_digits(c.deviation_percent)::numeric(38,2) AS deviation_percent,
       c.price_provider, c.price_source, c.price_as_of, c.reason
FROM accelcost.charge_tokens() AS c;
COMMENT ON VIEW accelcost.charge_tokens IS
    'billed tokens and their cost at token prices in the catalog, by month, in USD; the function has other currencies';
COMMENT ON COLUMN accelcost.charge_tokens.month IS 'first day of the month of charge_period_start, UTC';
COMMENT ON COLUMN accelcost.charge_tokens.provider IS 'provider by its catalog name; NULL if unknown';
COMMENT ON COLUMN accelcost.charge_tokens.payer IS 'account that is billed';
COMMENT ON COLUMN accelcost.charge_tokens.region IS 'region as the provider identifies it';
COMMENT ON COLUMN accelcost.charge_tokens.model IS 'model by its catalog name; NULL if unknown';
COMMENT ON COLUMN accelcost.charge_tokens.token_kind IS
    'input, cache_read, cache_write_5m, cache_write_1h, cache_other or output';
COMMENT ON COLUMN accelcost.charge_tokens.service_tier IS 'service tier, such as standard or batch';
COMMENT ON COLUMN accelcost.charge_tokens.geo IS
    'place of processing, such as global, us or eu; NULL if it is that of an unknown region';
COMMENT ON COLUMN accelcost.charge_tokens.currency IS 'currency of the costs and prices';
COMMENT ON COLUMN accelcost.charge_tokens.charges IS 'number of charges';
COMMENT ON COLUMN accelcost.charge_tokens.tokens IS 'billed tokens; NULL if a unit is not of tokens';
COMMENT ON COLUMN accelcost.charge_tokens.cost IS 'billed cost in currency';
COMMENT ON COLUMN accelcost.charge_tokens.unit_price IS 'billed cost of a million tokens';
COMMENT ON COLUMN accelcost.charge_tokens.catalog_cost IS
    'cost at catalog prices, in currency; NULL if there is a reason';
COMMENT ON COLUMN accelcost.charge_tokens.catalog_price IS
    'catalog price of a million tokens; NULL if there is a reason';
COMMENT ON COLUMN accelcost.charge_tokens.deviation IS 'cost minus catalog_cost';
COMMENT ON COLUMN accelcost.charge_tokens.deviation_percent IS 'deviation in percent of catalog_cost';
COMMENT ON COLUMN accelcost.charge_tokens.price_provider IS
    'provider whose price it is: the seller, or the maker of the model if the seller''s is unknown';
COMMENT ON COLUMN accelcost.charge_tokens.price_source IS 'source of the catalog price';
COMMENT ON COLUMN accelcost.charge_tokens.price_as_of IS 'date of that source';
COMMENT ON COLUMN accelcost.charge_tokens.reason IS 'why there is no catalog cost; NULL if there is one';
GRANT SELECT ON accelcost.charge_tokens TO @extowner@ WITH GRANT OPTION;
