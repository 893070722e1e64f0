-- Price files: pages of the Azure Retail Prices API.

-- The pages name no accelerators. https://learn.microsoft.com/azure/virtual-machines/sizes/overview#gpu-accelerated
CREATE FUNCTION accelcost_internal.azure_accelerators()
RETURNS TABLE (sku text, accelerator text, gpu_count numeric)
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    VALUES ('NC6s_v3', 'V100 16GB', 1.0), ('NC12s_v3', 'V100 16GB', 2), ('NC24s_v3', 'V100 16GB', 4),
           ('NC24rs_v3', 'V100 16GB', 4), ('ND40rs_v2', 'V100 32GB', 8),
           ('NC4as_T4_v3', 'T4 16GB', 1), ('NC8as_T4_v3', 'T4 16GB', 1), ('NC16as_T4_v3', 'T4 16GB', 1),
           ('NC64as_T4_v3', 'T4 16GB', 4),
           ('NV6ads_A10_v5', 'A10 24GB', 0.166666666666666667), ('NV12ads_A10_v5', 'A10 24GB', 0.333333333333333333),
           ('NV18ads_A10_v5', 'A10 24GB', 0.5), ('NV36ads_A10_v5', 'A10 24GB', 1), ('NV36adms_A10_v5', 'A10 24GB', 1),
           ('NV72ads_A10_v5', 'A10 24GB', 2),
           ('NC24ads_A100_v4', 'A100 PCIe 80GB', 1), ('NC48ads_A100_v4', 'A100 PCIe 80GB', 2),
           ('NC96ads_A100_v4', 'A100 PCIe 80GB', 4), ('ND96asr_v4', 'A100 SXM4 40GB', 8),
           ('ND96asr_A100_v4', 'A100 SXM4 40GB', 8), ('ND96amsr_A100_v4', 'A100 SXM4 80GB', 8),
           ('NC40ads_H100_v5', 'H100 NVL 94GB', 1), ('NC80adis_H100_v5', 'H100 NVL 94GB', 2),
           ('NCC40ads_H100_v5', 'H100 NVL 94GB', 1),
           ('ND96is_H100_v5', 'H100 SXM5 80GB', 8), ('ND96isr_H100_v5', 'H100 SXM5 80GB', 8),
           ('ND96is_H200_v5', 'H200 SXM5 141GB', 8), ('ND96isr_H200_v5', 'H200 SXM5 141GB', 8),
           ('ND96is_MI300X_v5', 'MI300X 192GB', 8), ('ND96isr_MI300X_v5', 'MI300X 192GB', 8),
           ('ND128isr_NDR_GB200_v6', 'GB200', 4), ('ND128isr_GB300_v6', 'GB300', 4);
END;
COMMENT ON FUNCTION accelcost_internal.azure_accelerators() IS
    'returns the accelerators in each size of Azure virtual machine that has some';

-- Hours that Azure counts in the term of a reservation; the price in the file is for the whole term.
CREATE FUNCTION accelcost_internal.azure_term(term text, OUT months integer, OUT hours numeric)
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT substring(term FROM '^([135]) Years?$')::integer * 12,
           substring(term FROM '^([135]) Years?$')::numeric * 8760;
END;
COMMENT ON FUNCTION accelcost_internal.azure_term(text) IS
    'returns the months and hours of a term such as 3 Years; NULL for any other text';

CREATE FUNCTION accelcost_internal.read_azure_retail(staging regclass) RETURNS SETOF accelcost_internal.offer_line
LANGUAGE sql STABLE STRICT PARALLEL UNSAFE
BEGIN ATOMIC
    WITH item AS MATERIALIZED (
        SELECT row_number() OVER (ORDER BY d.ordinal, i.ordinal) AS row_number,
               i.value,
               regexp_replace(i.value->>'armSkuName', '^Standard_', '') AS sku,
               concat_ws(' ', i.value->>'skuName', i.value->>'meterName') AS words,
               i.value->>'type' AS type,
               accelcost_internal.price_number(i.value, 'retailPrice') AS price
        FROM accelcost_internal.price_file_documents(read_azure_retail.staging) AS d
        CROSS JOIN LATERAL jsonb_array_elements(d.document->'Items') WITH ORDINALITY AS i (value, ordinal)
    ),
    judged AS (
        SELECT i.*, a.accelerator, a.gpu_count, term.months, term.hours,
               CASE WHEN i.value->>'serviceName' <> 'Virtual Machines' OR i.sku IS NULL
                    THEN 'not a virtual machine'
                    WHEN a.accelerator IS NULL AND i.sku ~ '^N'
                    THEN format('accelerator of "%s" is unknown', left(i.sku, 100))
                    WHEN a.accelerator IS NULL THEN 'no accelerator named'
                    WHEN i.value->>'productName' ~* 'windows' THEN 'price includes licences'
                    WHEN i.value->>'productName' ~* 'dedicated' THEN 'tenancy is not shared'
                    WHEN i.words ~* 'low priority' THEN 'low priority, which is retired'
                    WHEN i.type NOT IN ('Consumption', 'Reservation') OR i.type IS NULL
                    THEN format('type "%s"', left(i.type, 40))
                    WHEN i.type = 'Reservation' AND term.months IS NULL
                    THEN format('term "%s" is unknown', left(i.value->>'reservationTerm', 40))
                    WHEN i.type = 'Consumption' AND i.value->>'unitOfMeasure' IS DISTINCT FROM '1 Hour'
                    THEN format('unit "%s" is not an hour', left(i.value->>'unitOfMeasure', 40))
                    WHEN accelcost_internal.price_number(i.value, 'tierMinimumUnits') > 0 THEN 'price of a higher tier'
                    WHEN i.value->>'armRegionName' = '' OR i.value->>'armRegionName' IS NULL THEN 'no region named'
                    WHEN i.price = 0 THEN 'a price of 0 is a placeholder' END AS reason
        FROM item AS i
        LEFT JOIN accelcost_internal.azure_accelerators() AS a ON a.sku = i.sku
        CROSS JOIN LATERAL accelcost_internal.azure_term(coalesce(i.value->>'reservationTerm', '')) AS term
    ),
    priced AS (
        SELECT j.row_number,
               CASE WHEN j.type = 'Reservation' THEN 'reserved' WHEN j.words ~* 'spot' THEN 'spot'
                    ELSE 'on_demand' END AS purchase_option,
               CASE WHEN j.type = 'Reservation' THEN coalesce(j.months, 0) ELSE 0 END AS term_months,
               CASE WHEN j.type = 'Reservation' THEN round(j.price / j.hours, 10) ELSE j.price END AS amount,
               CASE WHEN j.type = 'Reservation'
                    THEN format('%s for the term of %s hours', trim_scale(j.price), j.hours) END AS note
        FROM judged AS j
        UNION ALL
        -- A savings plan is a commitment to spend; its prices are per hour.
        SELECT j.row_number, 'committed', term.months, accelcost_internal.price_number(plan.value, 'retailPrice'),
               'savings plan'
        FROM judged AS j
        CROSS JOIN LATERAL jsonb_array_elements(CASE jsonb_typeof(j.value->'savingsPlan') WHEN 'array'
                                                     THEN j.value->'savingsPlan' END) AS plan (value)
        CROSS JOIN LATERAL accelcost_internal.azure_term(coalesce(plan.value->>'term', '')) AS term
        WHERE j.reason IS NULL
          AND term.months IS NOT NULL
          AND accelcost_internal.price_number(plan.value, 'retailPrice') > 0
          AND j.words !~* 'spot'
    )
    SELECT j.row_number, j.sku, j.value->>'armRegionName', p.purchase_option, p.term_months, j.accelerator,
           j.gpu_count, 'per_instance', p.amount, j.value->>'currencyCode', true, p.note, j.reason
    FROM priced AS p
    JOIN judged AS j ON j.row_number = p.row_number;
END;
COMMENT ON FUNCTION accelcost_internal.read_azure_retail(regclass) IS
    'returns the prices of virtual machines with accelerators in pages of the Azure Retail Prices API';
