-- AWS Cost and Usage Reports, legacy and 2.0: headers, mapping, importer.

INSERT INTO accelcost.import_column (format, header, column_name, required, expected, builtin, source)
SELECT 'cur', header, column_name, required, expected, true,
       'AWS Cost and Usage Report, '
       'docs.aws.amazon.com/cur/latest/userguide/data-dictionary.html, 2026-08-21'
FROM (VALUES
    ('bill/PayerAccountId', 'billing_account_id', true, true),
    ('bill/PayerAccountName', 'billing_account_name', false, false),
    ('bill/BillingPeriodStartDate', 'billing_period_start', true, true),
    ('bill/BillingPeriodEndDate', 'billing_period_end', false, true),
    ('bill/InvoiceId', 'invoice_id', false, true),
    ('bill/InvoicingEntity', 'invoice_issuer_name', false, false),
    ('lineItem/UsageStartDate', 'charge_period_start', true, true),
    ('lineItem/UsageEndDate', 'charge_period_end', false, true),
    ('lineItem/CurrencyCode', 'billing_currency', true, true),
    ('lineItem/UsageAccountId', 'sub_account_id', false, true),
    ('lineItem/UsageAccountName', 'sub_account_name', false, false),
    ('lineItem/LineItemDescription', 'charge_description', false, true),
    ('lineItem/ResourceId', 'resource_id', false, false),
    ('lineItem/AvailabilityZone', 'availability_zone', false, false),
    ('lineItem/LegalEntity', 'publisher_name', false, false),
    ('lineItem/UsageType', 'sku_meter', false, true),
    ('product/sku', 'sku_id', false, false),
    ('product/location', 'region_name', false, false)
) AS cur (header, column_name, required, expected);

CREATE TYPE accelcost_internal.cur_line AS (
    line_item_line_item_type                                        text,
    line_item_net_unblended_cost                                    text,
    line_item_unblended_cost                                        text,
    line_item_net_unblended_rate                                    text,
    line_item_unblended_rate                                        text,
    line_item_usage_amount                                          text,
    line_item_usage_type                                            text,
    line_item_product_code                                          text,
    pricing_public_on_demand_cost                                   text,
    pricing_public_on_demand_rate                                   text,
    pricing_rate_code                                               text,
    pricing_rate_id                                                 text,
    pricing_unit                                                    text,
    product                                                         text,
    product_product_name                                            text,
    product_servicename                                             text,
    product_region                                                  text,
    product_region_code                                             text,
    reservation_reservation_a_r_n                                   text,
    reservation_effective_cost                                      text,
    reservation_net_effective_cost                                  text,
    reservation_unused_amortized_upfront_fee_for_billing_period     text,
    reservation_net_unused_amortized_upfront_fee_for_billing_period text,
    reservation_unused_recurring_fee                                text,
    reservation_net_unused_recurring_fee                            text,
    savings_plan_savings_plan_a_r_n                                 text,
    savings_plan_savings_plan_effective_cost                        text,
    savings_plan_net_savings_plan_effective_cost                    text,
    savings_plan_total_commitment_to_date                           text,
    savings_plan_used_commitment                                    text,
    resource_tags                                                   text,
    tags                                                            text,
    tag_columns                                                     text
);
COMMENT ON TYPE accelcost_internal.cur_line IS
    'line of an AWS Cost and Usage Report: its cells by the names that CUR 2.0 has for them';

CREATE FUNCTION accelcost_internal.cur_headers()
RETURNS SETOF accelcost_internal.line_header
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    VALUES
        (NULL, NULL, NULL, '{provider_name}'::text[]),
        ('lineItem/LineItemType', 'line_item_line_item_type', 'text',
         '{effective_cost,list_cost,contracted_cost,list_unit_price,contracted_unit_price,pricing_quantity,'
         'pricing_unit,consumed_quantity,consumed_unit,charge_category,charge_class,charge_frequency,pricing_category,'
         'commitment_discount_status}'),
        ('lineItem/NetUnblendedCost', 'line_item_net_unblended_cost', 'cost',
         '{billed_cost,effective_cost,list_cost,contracted_cost,contracted_unit_price}'),
        ('lineItem/UnblendedCost', 'line_item_unblended_cost', 'cost',
         '{billed_cost,effective_cost,list_cost,contracted_cost}'),
        ('lineItem/NetUnblendedRate', 'line_item_net_unblended_rate', 'number', '{contracted_unit_price}'),
        ('lineItem/UnblendedRate', 'line_item_unblended_rate', 'number', '{contracted_unit_price}'),
        ('lineItem/UsageAmount', 'line_item_usage_amount', 'number',
         '{list_unit_price,pricing_quantity,consumed_quantity}'),
        ('lineItem/UsageType', 'line_item_usage_type', 'text', '{pricing_category}'),
        ('lineItem/ProductCode', 'line_item_product_code', 'text', '{service_name,service_category}'),
        ('pricing/publicOnDemandCost', 'pricing_public_on_demand_cost', 'cost',
         '{list_cost,contracted_cost,list_unit_price}'),
        ('pricing/publicOnDemandRate', 'pricing_public_on_demand_rate', 'number', '{list_unit_price}'),
        ('pricing/RateCode', 'pricing_rate_code', 'text', '{sku_price_id}'),
        ('pricing/RateId', 'pricing_rate_id', 'text', '{sku_price_id}'),
        ('pricing/unit', 'pricing_unit', 'text', '{pricing_unit,consumed_unit}'),
        ('product', 'product', 'text', '{service_name}'),
        ('product/ProductName', 'product_product_name', 'text', '{service_name}'),
        ('product/servicename', 'product_servicename', 'text', '{service_name}'),
        ('product/region', 'product_region', 'text', '{region_id}'),
        ('product/regionCode', 'product_region_code', 'text', '{region_id}'),
        ('reservation/ReservationARN', 'reservation_reservation_a_r_n', 'text',
         '{effective_cost,list_cost,contracted_cost,charge_category,charge_frequency,commitment_discount_id,'
         'commitment_discount_type,commitment_discount_category}'),
        ('reservation/EffectiveCost', 'reservation_effective_cost', 'cost', '{effective_cost}'),
        ('reservation/NetEffectiveCost', 'reservation_net_effective_cost', 'cost', '{effective_cost}'),
        ('reservation/UnusedAmortizedUpfrontFeeForBillingPeriod',
         'reservation_unused_amortized_upfront_fee_for_billing_period', 'number', '{effective_cost}'),
        ('reservation/NetUnusedAmortizedUpfrontFeeForBillingPeriod',
         'reservation_net_unused_amortized_upfront_fee_for_billing_period', 'number', '{effective_cost}'),
        ('reservation/UnusedRecurringFee', 'reservation_unused_recurring_fee', 'number', '{effective_cost}'),
        ('reservation/NetUnusedRecurringFee', 'reservation_net_unused_recurring_fee', 'number', '{effective_cost}'),
        ('savingsPlan/SavingsPlanARN', 'savings_plan_savings_plan_a_r_n', 'text',
         '{effective_cost,list_cost,contracted_cost,charge_category,charge_frequency,commitment_discount_id,'
         'commitment_discount_type,commitment_discount_category}'),
        ('savingsPlan/SavingsPlanEffectiveCost', 'savings_plan_savings_plan_effective_cost', 'cost',
         '{effective_cost}'),
        ('savingsPlan/NetSavingsPlanEffectiveCost', 'savings_plan_net_savings_plan_effective_cost', 'cost',
         '{effective_cost}'),
        ('savingsPlan/TotalCommitmentToDate', 'savings_plan_total_commitment_to_date', 'number', '{effective_cost}'),
        ('savingsPlan/UsedCommitment', 'savings_plan_used_commitment', 'number', '{effective_cost}'),
        ('resource_tags', 'resource_tags', 'text', '{tags}'),
        ('tags', 'tags', 'text', '{tags}'),
        ('resourceTags/*', 'tag_columns', 'text', '{tags}'),
        ('resource_tags_*', 'tag_columns', 'text', '{tags}');
END;
COMMENT ON FUNCTION accelcost_internal.cur_headers() IS
    'returns the headers of an AWS Cost and Usage Report that charge_of_cur reads, and what they fill';

-- Longer than 80 lines: one expression for each column of charge_cells.
CREATE FUNCTION accelcost_internal.charge_of_cur(line accelcost_internal.cur_line)
RETURNS SETOF accelcost_internal.charge_cells
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
BEGIN ATOMIC
    SELECT
        'AWS' AS provider_name,
        NULL AS invoice_issuer_name,
        NULL AS invoice_id,
        NULL AS billing_account_id,
        NULL AS sub_account_id,
        NULL AS billing_period_start,
        NULL AS billing_period_end,
        NULL AS charge_period_start,
        NULL AS charge_period_end,
        -- A type of line that is unknown stays as it is.
        CASE WHEN line.line_item_line_item_type IN ('Fee', 'RIFee', 'SavingsPlanUpfrontFee', 'SavingsPlanRecurringFee')
             THEN 'Purchase'
             -- What is refunded of a commitment takes back its purchase.
             WHEN line.line_item_line_item_type = 'Refund'
             THEN CASE WHEN coalesce(line.savings_plan_savings_plan_a_r_n, line.reservation_reservation_a_r_n) IS NULL
                       THEN 'Adjustment' ELSE 'Purchase' END
             WHEN line.line_item_line_item_type
                  IN ('Usage', 'DiscountedUsage', 'SavingsPlanCoveredUsage', 'SavingsPlanNegation')
                  OR line.line_item_line_item_type LIKE '%Discount'
             THEN 'Usage'
             ELSE line.line_item_line_item_type END AS charge_category,
        CASE WHEN line.line_item_line_item_type = 'Refund' THEN 'Correction' END AS charge_class,
        CASE WHEN line.line_item_line_item_type IN ('Fee', 'SavingsPlanUpfrontFee') THEN 'One-Time'
             WHEN line.line_item_line_item_type IN ('RIFee', 'SavingsPlanRecurringFee') THEN 'Recurring'
             WHEN line.line_item_line_item_type = 'Refund'
                  AND coalesce(line.savings_plan_savings_plan_a_r_n, line.reservation_reservation_a_r_n) IS NOT NULL
             THEN 'One-Time'
             ELSE 'Usage-Based' END AS charge_frequency,
        NULL AS charge_description,
        CASE WHEN line.line_item_product_code
                  IN ('AmazonEC2', 'AWSLambda', 'AmazonECS', 'AmazonEKS', 'AmazonECR', 'AmazonLightsail', 'AWSBatch')
             THEN 'Compute'
             WHEN line.line_item_product_code
                  IN ('AmazonBedrock', 'AmazonSageMaker', 'AmazonComprehend', 'AmazonRekognition', 'AmazonPolly',
                      'AmazonTranscribe', 'AmazonTextract')
             THEN 'AI and Machine Learning'
             WHEN line.line_item_product_code
                  IN ('AmazonS3', 'AmazonGlacier', 'AmazonEFS', 'AmazonFSx', 'AWSBackup', 'AmazonS3GlacierDeepArchive')
             THEN 'Storage'
             WHEN line.line_item_product_code
                  IN ('AWSDataTransfer', 'AmazonVPC', 'AmazonCloudFront', 'AmazonRoute53', 'AWSELB', 'AWSDirectConnect')
             THEN 'Networking'
             WHEN line.line_item_product_code
                  IN ('AmazonRDS', 'AmazonDynamoDB', 'AmazonElastiCache', 'AmazonRedshift', 'AmazonDocDB',
                      'AmazonNeptune')
             THEN 'Databases' END AS service_category,
        coalesce(line.product_product_name, accelcost_internal.import_object(line.product)->>'product_name',
                 line.product_servicename, line.line_item_product_code) AS service_name,
        NULL AS sku_id,
        coalesce(line.pricing_rate_code, line.pricing_rate_id) AS sku_price_id,
        coalesce(line.product_region_code, line.product_region) AS region_id,
        NULL AS region_name,
        NULL AS resource_id,
        -- What is no object stays, so that it is at fault.
        CASE WHEN line.resource_tags IS NOT NULL AND line.tags IS NOT NULL
             THEN coalesce((accelcost_internal.import_object(line.resource_tags)
                            || accelcost_internal.import_object(line.tags))::text,
                           concat(line.resource_tags, line.tags))
             ELSE coalesce(line.resource_tags, line.tags, line.tag_columns) END AS tags,
        NULL AS billing_currency,
        coalesce(line.line_item_net_unblended_cost, line.line_item_unblended_cost) AS billed_cost,
        CASE WHEN line.line_item_line_item_type = 'SavingsPlanCoveredUsage'
             THEN coalesce(line.savings_plan_net_savings_plan_effective_cost,
                           line.savings_plan_savings_plan_effective_cost)
             -- A commitment is stated without the discounts of net costs: its unused part has the same share of them.
             WHEN line.line_item_line_item_type = 'SavingsPlanRecurringFee'
             THEN trim_scale((accelcost_internal.import_number(line.savings_plan_total_commitment_to_date)
                              - accelcost_internal.import_number(line.savings_plan_used_commitment))
                             * coalesce(accelcost_internal.import_cost(line.line_item_net_unblended_cost)
                                        * 1.000000000000000000
                                        / nullif(accelcost_internal.import_cost(line.line_item_unblended_cost), 0),
                                        1))::text
             WHEN line.line_item_line_item_type IN ('SavingsPlanNegation', 'SavingsPlanUpfrontFee') THEN '0'
             WHEN line.line_item_line_item_type = 'DiscountedUsage'
             THEN coalesce(line.reservation_net_effective_cost, line.reservation_effective_cost)
             WHEN line.line_item_line_item_type = 'RIFee'
             THEN (coalesce(
                       accelcost_internal.import_number(
                           line.reservation_net_unused_amortized_upfront_fee_for_billing_period),
                       accelcost_internal.import_number(
                           line.reservation_unused_amortized_upfront_fee_for_billing_period))
                   + coalesce(accelcost_internal.import_number(line.reservation_net_unused_recurring_fee),
                              accelcost_internal.import_number(line.reservation_unused_recurring_fee)))::text
             WHEN line.line_item_line_item_type IN ('Fee', 'Refund')
                  AND coalesce(line.savings_plan_savings_plan_a_r_n, line.reservation_reservation_a_r_n) IS NOT NULL
             THEN '0'
             ELSE coalesce(line.line_item_net_unblended_cost, line.line_item_unblended_cost) END AS effective_cost,
        -- A purchase of a commitment has neither a list nor a contracted cost: they are those of what it covers.
        CASE WHEN line.line_item_line_item_type = 'SavingsPlanNegation'
                  OR line.line_item_line_item_type LIKE '%Discount'
             THEN '0'
             WHEN line.line_item_line_item_type IN ('RIFee', 'SavingsPlanUpfrontFee', 'SavingsPlanRecurringFee')
             THEN NULL
             WHEN line.line_item_line_item_type IN ('Fee', 'Refund', 'Credit', 'Tax')
             THEN CASE WHEN coalesce(line.savings_plan_savings_plan_a_r_n, line.reservation_reservation_a_r_n) IS NULL
                            OR line.line_item_line_item_type IN ('Credit', 'Tax')
                       THEN coalesce(line.line_item_net_unblended_cost, line.line_item_unblended_cost) END
             ELSE line.pricing_public_on_demand_cost END AS list_cost,
        -- The report has no negotiated price of what a reservation covers: it is taken to be the public one.
        CASE WHEN line.line_item_line_item_type IN ('Usage', 'SavingsPlanCoveredUsage', 'Credit', 'Tax')
                  OR line.line_item_line_item_type LIKE '%Discount'
                  OR (line.line_item_line_item_type IN ('Fee', 'Refund')
                      AND coalesce(line.savings_plan_savings_plan_a_r_n, line.reservation_reservation_a_r_n) IS NULL)
             THEN coalesce(line.line_item_net_unblended_cost, line.line_item_unblended_cost)
             WHEN line.line_item_line_item_type = 'DiscountedUsage' THEN line.pricing_public_on_demand_cost
             WHEN line.line_item_line_item_type = 'SavingsPlanNegation' THEN '0' END AS contracted_cost,
        -- In a free tier the public cost is 0; the rate is that of the next tier.
        CASE WHEN line.line_item_line_item_type IN ('Usage', 'SavingsPlanCoveredUsage', 'DiscountedUsage')
             THEN CASE WHEN accelcost_internal.import_cost(line.pricing_public_on_demand_cost) = 0
                            AND accelcost_internal.import_number(line.line_item_usage_amount) <> 0
                       THEN '0' ELSE line.pricing_public_on_demand_rate END END AS list_unit_price,
        CASE WHEN line.line_item_line_item_type IN ('Usage', 'SavingsPlanCoveredUsage')
             THEN CASE WHEN line.line_item_net_unblended_cost IS NULL THEN line.line_item_unblended_rate
                       ELSE line.line_item_net_unblended_rate END END AS contracted_unit_price,
        CASE WHEN line.line_item_line_item_type IN ('SavingsPlanCoveredUsage', 'DiscountedUsage') THEN 'Committed'
             WHEN line.line_item_usage_type LIKE '%SpotUsage%' THEN 'Dynamic'
             WHEN line.line_item_line_item_type = 'Usage' THEN 'Standard' END AS pricing_category,
        -- A line that takes back a cost repeats the quantity of the usage.
        CASE WHEN (line.line_item_line_item_type IN ('SavingsPlanNegation', 'Credit', 'Refund', 'Tax')
                   OR line.line_item_line_item_type LIKE '%Discount') IS NOT TRUE
             THEN line.line_item_usage_amount END AS pricing_quantity,
        CASE WHEN (line.line_item_line_item_type IN ('SavingsPlanNegation', 'Credit', 'Refund', 'Tax')
                   OR line.line_item_line_item_type LIKE '%Discount') IS NOT TRUE
             THEN line.pricing_unit END AS pricing_unit,
        CASE WHEN line.line_item_line_item_type IN ('Usage', 'SavingsPlanCoveredUsage', 'DiscountedUsage')
             THEN line.line_item_usage_amount END AS consumed_quantity,
        CASE WHEN line.line_item_line_item_type IN ('Usage', 'SavingsPlanCoveredUsage', 'DiscountedUsage')
             THEN line.pricing_unit END AS consumed_unit,
        coalesce(line.savings_plan_savings_plan_a_r_n, line.reservation_reservation_a_r_n) AS commitment_discount_id,
        CASE WHEN line.savings_plan_savings_plan_a_r_n IS NOT NULL THEN 'Savings Plan'
             WHEN line.reservation_reservation_a_r_n IS NOT NULL THEN 'Reserved Instance'
             END AS commitment_discount_type,
        CASE WHEN line.savings_plan_savings_plan_a_r_n IS NOT NULL THEN 'Spend'
             WHEN line.reservation_reservation_a_r_n IS NOT NULL THEN 'Usage' END AS commitment_discount_category,
        CASE WHEN line.line_item_line_item_type IN ('SavingsPlanCoveredUsage', 'DiscountedUsage') THEN 'Used'
             WHEN line.line_item_line_item_type IN ('RIFee', 'SavingsPlanRecurringFee') THEN 'Unused'
             END AS commitment_discount_status;
END;
COMMENT ON FUNCTION accelcost_internal.charge_of_cur(accelcost_internal.cur_line) IS
    'returns the cells of a charge that are derived from a line of an AWS Cost and Usage Report';

CREATE FUNCTION accelcost.import_cur(
    staging regclass, export_name text DEFAULT 'cur', on_error text DEFAULT 'stop', date_order text DEFAULT NULL,
    money_signs boolean DEFAULT false, allow_shrink boolean DEFAULT false, part text DEFAULT NULL,
    beside boolean DEFAULT false)
RETURNS SETOF accelcost.import_result
LANGUAGE sql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE
BEGIN ATOMIC
    SELECT * FROM accelcost_internal.import_charges('cur', staging, export_name, on_error, date_order, money_signs,
                                                    allow_shrink, part, beside);
END;
COMMENT ON FUNCTION accelcost.import_cur(regclass, text, text, text, boolean, boolean, text, boolean) IS
    'loads an AWS Cost and Usage Report, legacy or 2.0, replacing the billing periods it contains';
