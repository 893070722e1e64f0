-- OCI cost reports: headers, mapping, importer.

INSERT INTO accelcost.import_column (format, header, column_name, required, expected, builtin, source)
SELECT 'oci', header, column_name, required, expected, true,
       'OCI cost report, '
       'docs.oracle.com/iaas/Content/Billing/Concepts/usagereportsoverview.htm, 2026-08-21'
FROM (VALUES
    ('lineItem/intervalUsageStart', 'charge_period_start', true, true),
    ('lineItem/intervalUsageEnd', 'charge_period_end', false, true),
    ('lineItem/tenantId', 'sub_account_id', false, false),
    ('cost/currencyCode', 'billing_currency', true, true),
    ('cost/productSku', 'sku_id', false, true),
    ('cost/skuUnitDescription', 'pricing_unit', false, true),
    ('cost/unitPrice', 'contracted_unit_price', false, true),
    ('usage/billedQuantity', 'pricing_quantity', false, true),
    ('product/service', 'service_name', false, true),
    ('product/compartmentName', 'sub_account_name', false, false),
    ('product/region', 'region_id', false, true),
    ('product/availabilityDomain', 'availability_zone', false, false),
    ('product/resourceId', 'resource_id', false, false),
    ('product/Description', 'charge_description', false, false)
) AS oci (header, column_name, required, expected);

CREATE TYPE accelcost_internal.oci_line AS (
    line_item_interval_usage_start text,
    line_item_is_correction        text,
    line_item_tenant_id            text,
    cost_subscription_id           text,
    cost_my_cost                   text,
    cost_sku_unit_description      text,
    usage_billed_quantity          text,
    product_service                text,
    tag_columns                    text
);
COMMENT ON TYPE accelcost_internal.oci_line IS
    'line of an OCI cost report: its cells by their headers in snake case';

CREATE FUNCTION accelcost_internal.oci_headers()
RETURNS SETOF accelcost_internal.line_header
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    VALUES
        (NULL, NULL, NULL, '{provider_name,invoice_issuer_name,charge_frequency}'::text[]),
        ('lineItem/intervalUsageStart', 'line_item_interval_usage_start', 'timestamp',
         '{billing_period_start,billing_period_end}'),
        ('lineItem/isCorrection', 'line_item_is_correction', 'text',
         '{consumed_quantity,consumed_unit,charge_category,charge_class}'),
        ('lineItem/tenantId', 'line_item_tenant_id', 'text', '{billing_account_id}'),
        ('cost/subscriptionId', 'cost_subscription_id', 'text', '{billing_account_id}'),
        ('cost/myCost', 'cost_my_cost', 'cost', '{billed_cost,effective_cost,contracted_cost}'),
        ('cost/skuUnitDescription', 'cost_sku_unit_description', 'text', '{consumed_unit}'),
        ('usage/billedQuantity', 'usage_billed_quantity', 'text', '{consumed_quantity}'),
        ('product/service', 'product_service', 'text', '{service_category}'),
        ('tags/*', 'tag_columns', 'text', '{tags}');
END;
COMMENT ON FUNCTION accelcost_internal.oci_headers() IS
    'returns the headers of an OCI cost report that charge_of_oci reads, and what they fill';

CREATE FUNCTION accelcost_internal.charge_of_oci(line accelcost_internal.oci_line)
RETURNS SETOF accelcost_internal.charge_cells
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT
        'Oracle' AS provider_name,
        'Oracle' AS invoice_issuer_name,
        NULL AS invoice_id,
        coalesce(line.cost_subscription_id, line.line_item_tenant_id) AS billing_account_id,
        NULL AS sub_account_id,
        accelcost_internal.bill_month(
            accelcost_internal.import_timestamp(line.line_item_interval_usage_start))::text AS billing_period_start,
        accelcost_internal.next_month(accelcost_internal.bill_month(
            accelcost_internal.import_timestamp(line.line_item_interval_usage_start)))::text AS billing_period_end,
        NULL AS charge_period_start,
        NULL AS charge_period_end,
        CASE WHEN lower(line.line_item_is_correction) = 'true' THEN 'Adjustment' ELSE 'Usage' END AS charge_category,
        CASE WHEN lower(line.line_item_is_correction) = 'true' THEN 'Correction' END AS charge_class,
        'Usage-Based' AS charge_frequency,
        NULL AS charge_description,
        CASE WHEN line.product_service IN ('COMPUTE', 'FUNCTIONS', 'OKE') THEN 'Compute'
             WHEN line.product_service IN ('BLOCK_STORAGE', 'OBJECTSTORE', 'FILE_STORAGE') THEN 'Storage'
             WHEN line.product_service IN ('NETWORK', 'LOAD_BALANCER', 'VCN') THEN 'Networking'
             WHEN line.product_service IN ('DATABASE', 'MYSQL', 'NOSQL') THEN 'Databases' END AS service_category,
        NULL AS service_name,
        NULL AS sku_id,
        NULL AS sku_price_id,
        NULL AS region_id,
        NULL AS region_name,
        NULL AS resource_id,
        line.tag_columns AS tags,
        NULL AS billing_currency,
        line.cost_my_cost AS billed_cost,
        line.cost_my_cost AS effective_cost,
        NULL AS list_cost,
        line.cost_my_cost AS contracted_cost,
        NULL AS list_unit_price,
        NULL AS contracted_unit_price,
        NULL AS pricing_category,
        NULL AS pricing_quantity,
        NULL AS pricing_unit,
        CASE WHEN coalesce(lower(line.line_item_is_correction), 'false') <> 'true'
             THEN line.usage_billed_quantity END AS consumed_quantity,
        CASE WHEN coalesce(lower(line.line_item_is_correction), 'false') <> 'true'
             THEN line.cost_sku_unit_description END AS consumed_unit,
        NULL AS commitment_discount_id,
        NULL AS commitment_discount_type,
        NULL AS commitment_discount_category,
        NULL AS commitment_discount_status;
END;
COMMENT ON FUNCTION accelcost_internal.charge_of_oci(accelcost_internal.oci_line) IS
    'returns the cells of a charge that are derived from a line of an OCI cost report';

CREATE FUNCTION accelcost.import_oci(
    staging regclass, export_name text DEFAULT 'oci', on_error text DEFAULT 'stop', date_order text DEFAULT NULL,
    money_signs boolean DEFAULT false, allow_shrink boolean DEFAULT false, part text DEFAULT NULL,
    beside boolean DEFAULT false)
RETURNS SETOF accelcost.import_result
LANGUAGE sql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE
BEGIN ATOMIC
    SELECT * FROM accelcost_internal.import_charges('oci', staging, export_name, on_error, date_order, money_signs,
                                                    allow_shrink, part, beside);
END;
COMMENT ON FUNCTION accelcost.import_oci(regclass, text, text, text, boolean, boolean, text, boolean) IS
    'loads an OCI cost report, replacing the billing periods it contains';
