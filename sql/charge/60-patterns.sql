-- Identify charges for accelerators and data transfer.

-- What a charge says is in these texts. To join them for each charge would take longer than to add up its costs, so
-- they are compared one by one, and joined once for all charges that say the same.
CREATE TYPE accelcost_internal.charge_texts AS (
    provider_name text, service_name text, sku_meter text, charge_description text, instance_type text, sku_id text
);
COMMENT ON TYPE accelcost_internal.charge_texts IS
    'texts of a charge that patterns are matched against, with the provider; an empty text is one that is not there';

CREATE FUNCTION accelcost_internal.says(charge accelcost.charge, texts accelcost_internal.charge_texts) RETURNS boolean
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN (charge).provider_name = (texts).provider_name
           AND coalesce((charge).service_name, '') = (texts).service_name
           AND coalesce((charge).sku_meter, '') = (texts).sku_meter
           AND coalesce((charge).charge_description, '') = (texts).charge_description
           AND coalesce((charge).sku_price_details->>'InstanceType', '') = (texts).instance_type
           AND coalesce((charge).sku_id, '') = (texts).sku_id;
COMMENT ON FUNCTION accelcost_internal.says(accelcost.charge, accelcost_internal.charge_texts) IS
    'returns true if a charge has texts; the planner sees the conditions in it';

CREATE FUNCTION accelcost_internal.words(texts accelcost_internal.charge_texts) RETURNS text
    LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN concat_ws(chr(10), nullif((texts).service_name, ''), nullif((texts).sku_meter, ''),
                     nullif((texts).charge_description, ''), nullif((texts).instance_type, ''),
                     nullif((texts).sku_id, ''));
COMMENT ON FUNCTION accelcost_internal.words(accelcost_internal.charge_texts) IS
    'returns the charge text that patterns are matched against';

CREATE FUNCTION accelcost_internal.charge_hours(quantity numeric, unit text) RETURNS numeric
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN trim_scale(round(
           quantity * coalesce(accelcost_internal.unit_multiplier(unit), 1::numeric) * 1.000000000000000000000000
           / CASE WHEN unit ~* '^[0-9.]*[[:space:]]*((gpu|instance|node|chip|virtual machine)s?[- ]*(per )?)?'
                               '(h|hrs?|hours?)([[:space:]]|$)'
                  THEN 1::numeric
                  WHEN unit ~* '^[0-9.]*[[:space:]]*((gpu|instance|node|chip|virtual machine)s?[- ]*)?(mins?|minutes?)$'
                  THEN 60::numeric
                  WHEN unit ~* '^[0-9.]*[[:space:]]*((gpu|instance|node|chip|virtual machine)s?[- ]*)?'
                               '(s|secs?|seconds?)$'
                  THEN 3600::numeric END, 24));
COMMENT ON FUNCTION accelcost_internal.charge_hours(numeric, text) IS
    'returns the hours in a quantity of a unit of time, such as Hrs or GPU Per Hour; NULL for any other unit';

CREATE FUNCTION accelcost_internal.charge_transfer_unit(unit text) RETURNS text
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN CASE WHEN unit ~* '^[0-9.]*[[:space:]]*(gb|gigabytes?)([[:space:]]|$)' THEN 'GB'
                WHEN unit ~* '^[0-9.]*[[:space:]]*(b|bytes?)$' THEN 'byte'
                WHEN unit ~* '^[0-9.]*[[:space:]]*(kib|kibibytes?)$' THEN 'KiB'
                WHEN unit ~* '^[0-9.]*[[:space:]]*(mib|mebibytes?)$' THEN 'MiB'
                WHEN unit ~* '^[0-9.]*[[:space:]]*(gib|gibibytes?)$' THEN 'GiB'
                WHEN unit ~* '^[0-9.]*[[:space:]]*(tib|tebibytes?)$' THEN 'TiB' END;
COMMENT ON FUNCTION accelcost_internal.charge_transfer_unit(text) IS
    'returns GB, byte, KiB, MiB, GiB or TiB for a unit of data of a bill; NULL for any other unit';

-- Most patterns are a name between characters that must not be there.  Looking for the name first is a hundred times
-- faster than matching every pattern with every text.
CREATE FUNCTION accelcost_internal.pattern_literal(pattern text)
RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT lower(l.literal COLLATE "C")
    FROM (SELECT regexp_replace(regexp_replace(pattern_literal.pattern, '[(][?]<?[!=][^()]*[)]', chr(1), 'g'),
                                '[[][.][]]', chr(2), 'g') AS text) AS p
    CROSS JOIN LATERAL regexp_split_to_table(regexp_replace(regexp_replace(p.text, '[[][^]]*[]]', chr(1), 'g'),
                                                            '.[?]|[.]', chr(1), 'g'), chr(1)) AS r (run)
    CROSS JOIN LATERAL (SELECT replace(r.run, chr(2), '.') AS literal) AS l
    -- Whatever else is no plain character may make the rest optional.
    WHERE p.text !~ E'[|()*+{}^$\\\\]|[]][?]' AND length(l.literal) > 2 AND l.literal ~ '^[ -~]*$'
    ORDER BY length(l.literal) DESC
    LIMIT 1;
END;
COMMENT ON FUNCTION accelcost_internal.pattern_literal(text) IS
    'returns text, in lower case, that is in all that a pattern matches; NULL if it is unknown';

CREATE FUNCTION accelcost_internal.says_spot(sku_meter text, charge_description text) RETURNS boolean
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN lower((coalesce(sku_meter, '') || ' ' || coalesce(charge_description, '')) COLLATE "C")
           ~ 'spot|preemptible|low priority';
COMMENT ON FUNCTION accelcost_internal.says_spot(text, text) IS
    'returns true if the texts of a charge name spot capacity';

CREATE FUNCTION accelcost_internal.text_matches(texts accelcost_internal.charge_texts[], unmatched boolean)
RETURNS TABLE (n bigint, texts accelcost_internal.charge_texts, words text, provider text, meter text, sku text,
               accelerator text, gpu_count numeric, without_host boolean, licence text, is_spot boolean,
               transfer_kind text, transfer_service text, transfer_destination text)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE ROWS 100
-- The planner cannot know how few texts there are: it would compile, and sort all charges.
SET jit = off
SET enable_sort = off
BEGIN ATOMIC
    WITH text AS MATERIALIZED (
        SELECT DISTINCT t.provider_name, t.service_name, t.sku_meter, t.charge_description, t.instance_type, t.sku_id
        FROM unnest(text_matches.texts) AS t
    ), seller AS MATERIALIZED (
        SELECT t.provider_name, accelcost.provider_name(t.provider_name) AS provider
        FROM (SELECT DISTINCT t.provider_name FROM text AS t) AS t
    ), said AS MATERIALIZED (
        SELECT t.*, lower(t.words) AS lower_words
        FROM (SELECT row_number() OVER () AS n, t.texts, s.provider,
                     accelcost_internal.words(t.texts) COLLATE "C" AS words
              FROM (SELECT t::accelcost_internal.charge_texts AS texts FROM text AS t) AS t
              JOIN seller AS s ON s.provider_name = (t.texts).provider_name
              OFFSET '0'::bigint) AS t
    ), pattern AS MATERIALIZED (
        SELECT p.*, accelcost_internal.pattern_literal(p.pattern) AS literal FROM accelcost.charge_pattern AS p
    ), first_match AS MATERIALIZED (
        SELECT DISTINCT ON (s.n)
               s.n, s.texts, s.words, s.provider, p.meter, p.sku, p.accelerator, p.gpu_count, p.without_host,
               p.transfer_kind, p.transfer_service, p.transfer_destination
        -- Match one pattern at a time: few compiled expressions are cached.
        FROM pattern AS p
        CROSS JOIN LATERAL (SELECT s.* FROM said AS s
                            WHERE (p.provider IS NULL OR s.provider = p.provider)
                              AND CASE WHEN strpos(s.lower_words, p.literal) = 0 THEN false
                                       ELSE s.words ~* p.pattern END
                            OFFSET '0'::bigint) AS s
        ORDER BY s.n, p.builtin, p.priority, p.pattern COLLATE "C"
    )
    SELECT f.n, f.texts, f.words, f.provider, f.meter, f.sku, f.accelerator, f.gpu_count, f.without_host,
           CASE WHEN f.meter <> 'compute' THEN NULL
                WHEN f.words ~* 'DedicatedUsage:|UnusedDed:|per dedicated ' THEN 'dedicated tenancy'
                ELSE substring(f.words FROM '(?i)(?:^|[^a-z])(windows|rhel|red hat|suse|ubuntu pro|sql server|'
                                            'sql (?:std|web|ent))(?![a-z])') END,
           accelcost_internal.says_spot((f.texts).sku_meter, (f.texts).charge_description),
           f.transfer_kind, f.transfer_service, f.transfer_destination
    FROM first_match AS f
    WHERE NOT text_matches.unmatched AND f.meter IS NOT NULL
    UNION ALL
    SELECT s.n, s.texts, s.words, s.provider, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
    FROM said AS s
    WHERE text_matches.unmatched AND s.n NOT IN (SELECT f.n FROM first_match AS f);
END;
COMMENT ON FUNCTION accelcost_internal.text_matches(accelcost_internal.charge_texts[], boolean) IS
    'returns texts of charges with the pattern that matches each, or the texts that no pattern matches';

CREATE FUNCTION accelcost_internal.charge_matches(unmatched boolean DEFAULT false)
RETURNS TABLE (n bigint, texts accelcost_internal.charge_texts, words text, provider text, meter text, sku text,
               accelerator text, gpu_count numeric, without_host boolean, licence text, is_spot boolean,
               transfer_kind text, transfer_service text, transfer_destination text)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE ROWS 100
-- The planner cannot know how few texts there are: it would compile, and sort all charges.
SET jit = off
SET enable_sort = off
BEGIN ATOMIC
    SELECT m.*
    FROM accelcost_internal.text_matches(
             -- Grouping by the columns first leaves few rows for which expressions are computed.
             (SELECT array_agg(ROW(a.provider_name, coalesce(a.service_name, ''), coalesce(a.sku_meter, ''),
                                   coalesce(a.charge_description, ''),
                                   coalesce(a.sku_price_details->>'InstanceType', ''),
                                   coalesce(a.sku_id, ''))::accelcost_internal.charge_texts)
              FROM (SELECT DISTINCT c.provider_name, c.service_name, c.sku_meter, c.charge_description,
                           c.sku_price_details, c.sku_id
                    FROM accelcost.charge AS c
                    WHERE accelcost_internal.tables_are_local()) AS a),
             charge_matches.unmatched) AS m;
END;
COMMENT ON FUNCTION accelcost_internal.charge_matches(boolean) IS
    'returns what all charges say with the pattern that matches it, or the texts that no pattern matches';

-- Makers and names of accelerators, and families of machines that have them.
CREATE FUNCTION accelcost_internal.accelerator_word(words text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN substring(words FROM
        '(?i)(?<![a-z0-9])('
        'nvidia|instinct|geforce|quadro|tesla|blackwell|grace hopper|[a-z]*gpus?|v?tpu(?:[- ]?v?[0-9]+[a-z]*)?|npus?|'
        'trainium[0-9]*|inferentia[0-9]*|gaudi[0-9]*|ironwood|trillium|maia|'
        '(?:GB|GH|B|H)[1-3]00|A100|A6000|L40S|V100|K80|MI[1-4][0-9]{2}X?|'
        'RTX[ -]?(?:PRO[ -]?)?[0-9]{4}(?: ?Ada)?|'
        '(?:ml[.])?(?:p[2-9]|g[3-9]|gr[6-9]|trn|inf|dl)[0-9]*[a-z]{0,3}(?:-[a-z0-9]+)?[.](?:[0-9]*x?large|metal)|'
        '(?:standard[ _])?N[CDVG][0-9]+[a-z]*(?:[ _](?:[A-Z0-9]+[ _])?v[0-9])?|'
        'a[2-9]x?-[a-z]+gpu-[0-9]+g|g[2-9]-standard-[0-9]+|ct[0-9]+[a-z]*-[a-z]+-[0-9]+t|(?:BM|VM)[.]GPU[0-9.A-Z-]*'
        ')(?![a-z0-9])');
COMMENT ON FUNCTION accelcost_internal.accelerator_word(text) IS
    'returns the first word of a text that is known from accelerators or machines with them; NULL if there is none';

CREATE FUNCTION accelcost_internal.charge_option(charge accelcost.charge, is_spot boolean) RETURNS text
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN CASE WHEN (charge).commitment_discount_id IS NOT NULL OR (charge).pricing_category = 'Committed'
                THEN 'committed'
                WHEN (charge).pricing_category = 'Dynamic' OR is_spot THEN 'spot'
                ELSE 'on_demand' END;
COMMENT ON FUNCTION accelcost_internal.charge_option(accelcost.charge, boolean) IS
    'returns the purchase option of a charge: committed, spot or on_demand';

CREATE FUNCTION accelcost_internal.consumption(
    meter text, consumed_quantity numeric, consumed_unit text, pricing_quantity numeric, pricing_unit text)
RETURNS TABLE (quantity numeric, unit text)
LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE WHEN consumption.meter = 'compute' THEN coalesce(k.consumed_hours, k.priced_hours)
                WHEN k.consumed_unit IS NOT NULL
                THEN consumption.consumed_quantity
                     * coalesce(accelcost_internal.unit_multiplier(consumption.consumed_unit), 1::numeric)
                WHEN k.priced_unit IS NOT NULL
                THEN consumption.pricing_quantity
                     * coalesce(accelcost_internal.unit_multiplier(consumption.pricing_unit), 1::numeric) END,
           CASE WHEN consumption.meter = 'egress' THEN coalesce(k.consumed_unit, k.priced_unit, k.other_unit)
                WHEN num_nonnulls(k.consumed_hours, k.priced_hours) = 0 THEN k.other_unit
                ELSE 'hour' END
    FROM (SELECT accelcost_internal.charge_hours(consumption.consumed_quantity, consumption.consumed_unit)
                     AS consumed_hours,
                 accelcost_internal.charge_hours(consumption.pricing_quantity, consumption.pricing_unit)
                     AS priced_hours,
                 CASE WHEN consumption.consumed_quantity IS NOT NULL
                      THEN accelcost_internal.charge_transfer_unit(consumption.consumed_unit) END AS consumed_unit,
                 CASE WHEN consumption.pricing_quantity IS NOT NULL
                      THEN accelcost_internal.charge_transfer_unit(consumption.pricing_unit) END AS priced_unit,
                 -- NULL says that there is no quantity.
                 CASE WHEN consumption.consumed_quantity IS NOT NULL THEN consumption.consumed_unit
                      WHEN consumption.pricing_quantity IS NOT NULL THEN consumption.pricing_unit END AS other_unit
         ) AS k;
END;
COMMENT ON FUNCTION accelcost_internal.consumption(text, numeric, text, numeric, text) IS
    'returns the hours or data of charges of a meter, by what was consumed or else priced; NULL if unknown';

-- A discount or negation on a line of its own has a cost below 0 and no quantity: it takes back a cost, not an hour.
CREATE FUNCTION accelcost_internal.takes_back(charge accelcost.charge) RETURNS boolean
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN num_nonnulls((charge).consumed_quantity, (charge).pricing_quantity) = 0 AND (charge).billed_cost < 0.0;
COMMENT ON FUNCTION accelcost_internal.takes_back(accelcost.charge) IS
    'returns true if a charge reduces the cost of others, and so has a quantity of 0';

CREATE FUNCTION accelcost_internal.is_consumption(charge accelcost.charge) RETURNS boolean
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    -- A purchase is in the usage that it covers.
    RETURN (charge).charge_category = 'Usage' AND (charge).commitment_discount_status IS DISTINCT FROM 'Unused';
COMMENT ON FUNCTION accelcost_internal.is_consumption(accelcost.charge) IS
    'returns true if a charge is for something that was used';
