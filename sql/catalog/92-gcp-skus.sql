-- Price files: pages of Google's Cloud Billing Catalog, https://cloud.google.com/billing/v1/how-tos/catalog-api

-- Google sells an accelerator apart from the cores and memory of its machine, and names it in a sentence.
CREATE FUNCTION accelcost_internal.google_accelerator(name text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (SELECT coalesce(
                       (SELECT known.accelerator
                        FROM (VALUES ('GB300', 'GB300'), ('GB200', 'GB200'), ('B300', 'B300 288GB'),
                                     ('B200', 'B200 180GB'), ('H200', 'H200 SXM5 141GB'), ('H100', 'H100 SXM5 80GB'),
                                     ('A100 80GB', 'A100 80GB'), ('A100', 'A100 40GB'), ('V100', 'V100 16GB'),
                                     ('RTX 6000 96GB', 'RTX PRO 6000 96GB'), ('L4', 'L4 24GB'), ('T4', 'T4 16GB'))
                            AS known (word, accelerator)
                        WHERE name ~ ('(^| )' || known.word || '( |$)')
                        LIMIT 1),
                       name));
COMMENT ON FUNCTION accelcost_internal.google_accelerator(text) IS
    'returns the catalog name of an accelerator in a description of a Google SKU; the description if unknown';

CREATE FUNCTION accelcost_internal.google_sku_name(description text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN btrim(regexp_replace(
               regexp_replace(
                   regexp_replace(description, ' for [135] Years?$', ''),
                   '( attached to (Spot Preemptible|Preemptible|Spot) VMs?)?( running)? in [^()]*$', ''),
               '^(Commitment v1: |Spot Preemptible |Preemptible |Spot )+', ''));
COMMENT ON FUNCTION accelcost_internal.google_sku_name(text) IS
    'returns the description of a Google SKU without its region, term and purchase option';

CREATE FUNCTION accelcost_internal.read_gcp_skus(staging regclass) RETURNS SETOF accelcost_internal.offer_line
LANGUAGE sql STABLE STRICT PARALLEL UNSAFE
BEGIN ATOMIC
    WITH item AS MATERIALIZED (
        SELECT row_number() OVER (ORDER BY d.ordinal, i.ordinal) AS row_number,
               i.value,
               i.value->>'description' AS words,
               i.value->'category'->>'usageType' AS usage_type,
               -- The price that began last.
               (SELECT p.value->'pricingExpression'
                FROM jsonb_array_elements(CASE jsonb_typeof(i.value->'pricingInfo') WHEN 'array'
                                               THEN i.value->'pricingInfo' END) WITH ORDINALITY AS p (value, ordinal)
                ORDER BY p.value->>'effectiveTime' DESC NULLS LAST, p.ordinal DESC
                LIMIT 1) AS expression
        FROM accelcost_internal.price_file_documents(read_gcp_skus.staging) AS d
        CROSS JOIN LATERAL jsonb_array_elements(d.document->'skus') WITH ORDINALITY AS i (value, ordinal)
    ),
    priced AS (
        SELECT i.*, i.expression->'tieredRates'->0->'unitPrice' AS price,
               coalesce(substring(i.words FROM ' for ([135]) Years?$'),
                        substring(i.usage_type FROM '^Commit([135])Yr$'))::integer * 12 AS months,
               -- Some spot prices have the usage type OnDemand.
               i.words ~* 'spot|preemptible' OR i.usage_type = 'Preemptible' AS is_spot
        FROM item AS i
    ),
    judged AS (
        SELECT p.row_number, p.value, accelcost_internal.google_sku_name(p.words) AS sku, p.months, p.is_spot,
               p.price->>'currencyCode' AS currency,
               coalesce(accelcost_internal.price_number(p.price, 'units'), 0)
               + coalesce(accelcost_internal.price_number(p.price, 'nanos'), 0) / 1000000000 AS amount,
               CASE WHEN p.value->'category'->>'resourceGroup' IS DISTINCT FROM 'GPU'
                     AND coalesce(p.words, '') !~ '[(]1 gpu slice[)]'
                    THEN 'not an accelerator'
                    WHEN p.words IS NULL THEN 'no description'
                    WHEN p.words ~* 'workstation' THEN 'price includes licences'
                    WHEN p.words ~* '(^|[^a-z])(dws|calendar|reserved|reservation|defined duration)([^a-z]|$)'
                    THEN 'price of a reserved period'
                    WHEN p.months IS NULL AND NOT p.is_spot AND p.usage_type IS DISTINCT FROM 'OnDemand'
                    THEN format('usage type "%s"', left(p.usage_type, 40))
                    WHEN p.expression->>'usageUnit' IS DISTINCT FROM 'h'
                    THEN format('unit "%s" is not an hour', left(p.expression->>'usageUnit', 40))
                    WHEN p.price IS NULL OR jsonb_array_length(p.expression->'tieredRates') > 1
                    THEN 'not one price'
                    WHEN coalesce(accelcost_internal.price_number(p.price, 'units'), 0)
                         + coalesce(accelcost_internal.price_number(p.price, 'nanos'), 0) = 0
                    THEN 'a price of 0 is a placeholder' END AS reason
        FROM priced AS p
    )
    SELECT j.row_number, coalesce(j.sku, ''), coalesce(region.name, '*'),
           CASE WHEN j.months IS NOT NULL THEN 'committed' WHEN j.is_spot THEN 'spot' ELSE 'on_demand' END,
           coalesce(j.months, 0), accelcost_internal.google_accelerator(j.sku), 1, 'per_gpu',
           j.amount, j.currency, false, 'without the cores, memory and local SSD of its machine',
           coalesce(j.reason, CASE WHEN region.name IS NULL THEN 'no region named' END)
    FROM judged AS j
    LEFT JOIN LATERAL jsonb_array_elements_text(
                  CASE WHEN j.reason IS NULL AND jsonb_typeof(j.value->'serviceRegions') = 'array'
                       THEN j.value->'serviceRegions' END) AS region (name) ON true;
END;
COMMENT ON FUNCTION accelcost_internal.read_gcp_skus(regclass) IS
    'returns the prices of accelerators in pages of Google''s Cloud Billing Catalog';
