-- Billing exports that are not FOCUS: which of their headers fill which column
-- of accelcost.charge as they are, and what is made of several.
--
-- Headers are compared by letters and digits alone, so that those of AWS CUR
-- with slashes and those of CUR 2.0 in snake case are one.

INSERT INTO accelcost.import_column (format, header, column_name, required, expected, introduced, builtin, source)
SELECT format, header, column_name, required, expected, NULL, true, source
FROM (VALUES
    ('cur', 'bill/PayerAccountId', 'billing_account_id', true, true),
    ('cur', 'bill/PayerAccountName', 'billing_account_name', false, false),
    ('cur', 'bill/BillingPeriodStartDate', 'billing_period_start', true, true),
    ('cur', 'bill/BillingPeriodEndDate', 'billing_period_end', false, true),
    ('cur', 'bill/InvoiceId', 'invoice_id', false, true),
    ('cur', 'bill/InvoicingEntity', 'invoice_issuer_name', false, false),
    ('cur', 'lineItem/UsageStartDate', 'charge_period_start', true, true),
    ('cur', 'lineItem/UsageEndDate', 'charge_period_end', false, true),
    ('cur', 'lineItem/CurrencyCode', 'billing_currency', true, true),
    ('cur', 'lineItem/UsageAccountId', 'sub_account_id', false, true),
    ('cur', 'lineItem/UsageAccountName', 'sub_account_name', false, false),
    ('cur', 'lineItem/LineItemDescription', 'charge_description', false, true),
    ('cur', 'lineItem/ResourceId', 'resource_id', false, false),
    ('cur', 'lineItem/AvailabilityZone', 'availability_zone', false, false),
    ('cur', 'lineItem/LegalEntity', 'publisher_name', false, false),
    ('cur', 'lineItem/UsageType', 'sku_meter', false, true),
    ('cur', 'lineItem/UsageAmount', 'pricing_quantity', false, true),
    ('cur', 'pricing/publicOnDemandCost', 'list_cost', false, true),
    ('cur', 'pricing/publicOnDemandRate', 'list_unit_price', false, true),
    ('cur', 'pricing/unit', 'pricing_unit', false, true),
    ('cur', 'product/sku', 'sku_id', false, false),
    ('cur', 'product/location', 'region_name', false, false),
    ('azure', 'BillingAccountName', 'billing_account_name', false, false),
    ('azure', 'SubscriptionName', 'sub_account_name', false, true),
    ('azure', 'PublisherName', 'publisher_name', false, false),
    ('azure', 'ResourceId', 'resource_id', false, true),
    ('azure', 'ResourceName', 'resource_name', false, false),
    ('azure', 'AvailabilityZone', 'availability_zone', false, false),
    ('azure', 'MeterName', 'sku_meter', false, true),
    ('azure', 'MeterCategory', 'service_name', false, true),
    ('azure', 'MeterSubCategory', 'service_subcategory', false, false),
    ('azure', 'MeterRegion', 'region_name', false, false),
    ('azure', 'InvoiceId', 'invoice_id', false, false),
    ('azure', 'Quantity', 'pricing_quantity', false, true),
    ('azure', 'UnitOfMeasure', 'pricing_unit', false, true),
    ('azure', 'PricingCurrency', 'pricing_currency', false, false),
    ('azure', 'PricingCurrencyCode', 'pricing_currency', false, false),
    ('azure', 'BenefitId', 'commitment_discount_id', false, false),
    ('azure', 'BenefitName', 'commitment_discount_name', false, false),
    ('gcp', 'billing_account_id', 'billing_account_id', true, true),
    ('gcp', 'currency', 'billing_currency', true, true),
    ('gcp', 'usage_start_time', 'charge_period_start', true, true),
    ('gcp', 'usage_end_time', 'charge_period_end', false, true),
    ('gcp', 'service.description', 'service_name', false, true),
    ('gcp', 'project.id', 'sub_account_id', false, false),
    ('gcp', 'project.name', 'sub_account_name', false, false),
    ('gcp', 'sku.id', 'sku_id', false, true),
    ('gcp', 'location.zone', 'availability_zone', false, false),
    ('gcp', 'resource.name', 'resource_name', false, false),
    ('gcp', 'resource.global_name', 'resource_id', false, false),
    ('gcp', 'seller_name', 'publisher_name', false, false),
    ('gcp', 'subscription.instance_id', 'commitment_discount_id', false, false),
    ('oci', 'lineItem/intervalUsageStart', 'charge_period_start', true, true),
    ('oci', 'lineItem/intervalUsageEnd', 'charge_period_end', false, true),
    ('oci', 'lineItem/tenantId', 'sub_account_id', false, false),
    ('oci', 'cost/currencyCode', 'billing_currency', true, true),
    ('oci', 'cost/productSku', 'sku_id', false, true),
    ('oci', 'cost/skuUnitDescription', 'pricing_unit', false, true),
    ('oci', 'cost/unitPrice', 'contracted_unit_price', false, true),
    ('oci', 'usage/billedQuantity', 'pricing_quantity', false, true),
    ('oci', 'product/service', 'service_name', false, true),
    ('oci', 'product/compartmentName', 'sub_account_name', false, false),
    ('oci', 'product/region', 'region_id', false, true),
    ('oci', 'product/availabilityDomain', 'availability_zone', false, false),
    ('oci', 'product/resourceId', 'resource_id', false, false),
    ('oci', 'product/Description', 'charge_description', false, false)
) AS direct (format, header, column_name, required, expected)
JOIN (VALUES
    ('cur', 'AWS Cost and Usage Report, docs.aws.amazon.com/cur/latest/userguide/data-dictionary.html, 2026-08-21'),
    ('azure', 'Azure cost details, learn.microsoft.com/azure/cost-management-billing/automate/understand-usage-details-fields, 2026-08-21'),
    ('gcp', 'Google Cloud billing export to BigQuery, cloud.google.com/billing/docs/how-to/export-data-bigquery-tables/detailed-usage, 2026-08-21'),
    ('oci', 'OCI cost report, docs.oracle.com/iaas/Content/Billing/Concepts/usagereportsoverview.htm, 2026-08-21')
) AS origin (format, source) USING (format);

CREATE TRIGGER builtin_read_only
    BEFORE INSERT OR UPDATE OR DELETE ON accelcost.import_column
    FOR EACH ROW EXECUTE FUNCTION accelcost_internal.refuse_builtin_change();
COMMENT ON TRIGGER builtin_read_only ON accelcost.import_column IS
    'keeps the rows that came with the extension as they are';

CREATE FUNCTION accelcost_internal.import_derivation(format text)
RETURNS TABLE (ordinal integer, column_name text, expression text)
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT (row_number() OVER (ORDER BY d.column_name COLLATE "C"))::integer, d.column_name, d.expression
    FROM (VALUES
        ('cur', 'provider_name', $e$'AWS'::text$e$::text),
        ('cur', 'billed_cost', $e$coalesce({lineItem/NetUnblendedCost:cost}, {lineItem/UnblendedCost:cost})$e$),
        ('cur', 'effective_cost', $e$CASE {lineItem/LineItemType}
             WHEN 'SavingsPlanCoveredUsage' THEN coalesce({savingsPlan/NetSavingsPlanEffectiveCost:cost}, {savingsPlan/SavingsPlanEffectiveCost:cost})
             WHEN 'SavingsPlanRecurringFee' THEN ({savingsPlan/TotalCommitmentToDate:number} - {savingsPlan/UsedCommitment:number})::text
             WHEN 'SavingsPlanNegation' THEN '0'
             WHEN 'SavingsPlanUpfrontFee' THEN '0'
             WHEN 'DiscountedUsage' THEN coalesce({reservation/NetEffectiveCost:cost}, {reservation/EffectiveCost:cost})
             WHEN 'RIFee' THEN (coalesce({reservation/NetUnusedAmortizedUpfrontFeeForBillingPeriod:number}, {reservation/UnusedAmortizedUpfrontFeeForBillingPeriod:number})
                                + coalesce({reservation/NetUnusedRecurringFee:number}, {reservation/UnusedRecurringFee:number}))::text
             ELSE CASE WHEN {lineItem/LineItemType} = 'Fee' AND {reservation/ReservationARN} IS NOT NULL THEN '0'
                       ELSE coalesce({lineItem/NetUnblendedCost:cost}, {lineItem/UnblendedCost:cost}) END END$e$),
        -- What a reservation covers would have cost the public price, as far as one knows.
        ('cur', 'contracted_cost', $e$CASE WHEN {lineItem/LineItemType} IN ('Usage', 'SavingsPlanCoveredUsage') THEN coalesce({lineItem/NetUnblendedCost:cost}, {lineItem/UnblendedCost:cost})
             WHEN {lineItem/LineItemType} = 'DiscountedUsage' THEN {pricing/publicOnDemandCost} END$e$),
        ('cur', 'contracted_unit_price', $e$CASE WHEN {lineItem/LineItemType} IN ('Usage', 'SavingsPlanCoveredUsage') THEN coalesce({lineItem/NetUnblendedRate:number}, {lineItem/UnblendedRate:number})::text END$e$),
        ('cur', 'consumed_quantity', $e$CASE WHEN {lineItem/LineItemType} IN ('Usage', 'SavingsPlanCoveredUsage', 'DiscountedUsage') THEN {lineItem/UsageAmount} END$e$),
        ('cur', 'consumed_unit', $e$CASE WHEN {lineItem/LineItemType} IN ('Usage', 'SavingsPlanCoveredUsage', 'DiscountedUsage') THEN {pricing/unit} END$e$),
        ('cur', 'charge_category', $e$CASE WHEN {lineItem/LineItemType} IN ('Tax', 'Credit') THEN {lineItem/LineItemType}
             WHEN {lineItem/LineItemType} IN ('Fee', 'RIFee', 'SavingsPlanUpfrontFee', 'SavingsPlanRecurringFee') THEN 'Purchase'
             WHEN {lineItem/LineItemType} = 'Refund' THEN 'Adjustment'
             WHEN {lineItem/LineItemType} IN ('Usage', 'DiscountedUsage', 'SavingsPlanCoveredUsage', 'SavingsPlanNegation') OR {lineItem/LineItemType} LIKE '%Discount' THEN 'Usage'
             ELSE {lineItem/LineItemType} END$e$),
        ('cur', 'charge_class', $e$CASE WHEN {lineItem/LineItemType} = 'Refund' THEN 'Correction' END$e$),
        ('cur', 'charge_frequency', $e$CASE WHEN {lineItem/LineItemType} IN ('Fee', 'SavingsPlanUpfrontFee') THEN 'One-Time'
             WHEN {lineItem/LineItemType} IN ('RIFee', 'SavingsPlanRecurringFee') THEN 'Recurring' ELSE 'Usage-Based' END$e$),
        ('cur', 'pricing_category', $e$CASE WHEN {lineItem/LineItemType} IN ('SavingsPlanCoveredUsage', 'DiscountedUsage') THEN 'Committed'
             WHEN {lineItem/UsageType} LIKE '%SpotUsage%' THEN 'Dynamic' WHEN {lineItem/LineItemType} = 'Usage' THEN 'Standard' END$e$),
        ('cur', 'commitment_discount_id', $e$coalesce({savingsPlan/SavingsPlanARN}, {reservation/ReservationARN})$e$),
        ('cur', 'commitment_discount_type', $e$CASE WHEN {savingsPlan/SavingsPlanARN} IS NOT NULL THEN 'Savings Plan' WHEN {reservation/ReservationARN} IS NOT NULL THEN 'Reserved Instance' END$e$),
        ('cur', 'commitment_discount_category', $e$CASE WHEN {savingsPlan/SavingsPlanARN} IS NOT NULL THEN 'Spend' WHEN {reservation/ReservationARN} IS NOT NULL THEN 'Usage' END$e$),
        ('cur', 'commitment_discount_status', $e$CASE WHEN {lineItem/LineItemType} IN ('SavingsPlanCoveredUsage', 'DiscountedUsage') THEN 'Used'
             WHEN {lineItem/LineItemType} IN ('RIFee', 'SavingsPlanRecurringFee') THEN 'Unused' END$e$),
        ('cur', 'sku_price_id', $e$coalesce({pricing/RateCode}, {pricing/RateId})$e$),
        ('cur', 'region_id', $e$coalesce({product/regionCode}, {product/region})$e$),
        ('cur', 'service_name', $e$coalesce({product/ProductName}, @own@.import_object({product})->>'product_name', {product/servicename}, {lineItem/ProductCode})$e$),
        ('cur', 'service_category', $e$CASE WHEN {lineItem/ProductCode} IN ('AmazonEC2', 'AWSLambda', 'AmazonECS', 'AmazonEKS', 'AmazonECR', 'AmazonLightsail', 'AWSBatch') THEN 'Compute'
             WHEN {lineItem/ProductCode} IN ('AmazonBedrock', 'AmazonSageMaker', 'AmazonComprehend', 'AmazonRekognition', 'AmazonPolly', 'AmazonTranscribe', 'AmazonTextract') THEN 'AI and Machine Learning'
             WHEN {lineItem/ProductCode} IN ('AmazonS3', 'AmazonGlacier', 'AmazonEFS', 'AmazonFSx', 'AWSBackup', 'AmazonS3GlacierDeepArchive') THEN 'Storage'
             WHEN {lineItem/ProductCode} IN ('AWSDataTransfer', 'AmazonVPC', 'AmazonCloudFront', 'AmazonRoute53', 'AWSELB', 'AWSDirectConnect') THEN 'Networking'
             WHEN {lineItem/ProductCode} IN ('AmazonRDS', 'AmazonDynamoDB', 'AmazonElastiCache', 'AmazonRedshift', 'AmazonDocDB', 'AmazonNeptune') THEN 'Databases' END$e$),
        ('cur', 'tags', $e$coalesce({resource_tags}, {resourceTags/*}, {resource_tags_*})$e$),

        ('azure', 'provider_name', $e$'Microsoft'::text$e$),
        ('azure', 'invoice_issuer_name', $e$'Microsoft'::text$e$),
        -- Of an enterprise agreement both are the enrolment; a customer agreement bills by profile.
        ('azure', 'billing_account_id', $e$coalesce({BillingProfileId}, {BillingAccountId}, {EnrollmentNumber})$e$),
        ('azure', 'sub_account_id', $e$coalesce({SubscriptionId}, {SubscriptionGuid})$e$),
        ('azure', 'billing_currency', $e$coalesce({BillingCurrency}, {BillingCurrencyCode}, {Currency})$e$),
        -- What is there and is no date is at fault, whatever else there is.
        ('azure', 'billing_period_start', $e$(CASE WHEN {BillingPeriodStartDate} IS NOT NULL THEN {BillingPeriodStartDate:timestamp} WHEN {BillingPeriodStart} IS NOT NULL THEN {BillingPeriodStart:timestamp}
             ELSE @own@.bill_month(coalesce({Date:timestamp}, {UsageDateTime:timestamp}, {UsageDate:timestamp}))::timestamptz END)::text$e$),
        -- The last day of a period is in it.
        ('azure', 'billing_period_end', $e$(coalesce({BillingPeriodEndDate:timestamp}, {BillingPeriodEnd:timestamp}) + interval '1 day')::text$e$),
        ('azure', 'charge_period_start', $e$coalesce({Date:timestamp}, {UsageDateTime:timestamp}, {UsageDate:timestamp})::text$e$),
        ('azure', 'charge_period_end', $e$(coalesce({Date:timestamp}, {UsageDateTime:timestamp}, {UsageDate:timestamp}) + interval '1 day')::text$e$),
        -- Bought before, used or not.
        ('azure', 'billed_cost', $e$CASE WHEN {ChargeType} IN ('UnusedReservation', 'UnusedSavingsPlan') OR ({ChargeType} = 'Usage' AND {PricingModel} IN ('Reservation', 'SavingsPlan')) THEN '0'
             ELSE coalesce({CostInBillingCurrency:cost}, {Cost:cost}, {PreTaxCost:cost}, {ExtendedCost:cost}) END$e$),
        ('azure', 'effective_cost', $e$CASE WHEN {ChargeType} IN ('Purchase', 'Refund') AND {PricingModel} IN ('Reservation', 'SavingsPlan') THEN '0'
             ELSE coalesce({CostInBillingCurrency:cost}, {Cost:cost}, {PreTaxCost:cost}, {ExtendedCost:cost}) END$e$),
        ('azure', 'list_cost', $e${PaygCostInBillingCurrency:cost}$e$),
        ('azure', 'list_unit_price', $e$coalesce(({PayGPrice:number} * {ExchangeRatePricingToBilling:number})::text, {PayGPrice})$e$),
        -- Prices are in the currency of the price list, and rounded: so a product may be off by some digits.
        ('azure', 'contracted_unit_price', $e$coalesce(({UnitPrice:number} * {ExchangeRatePricingToBilling:number})::text, {UnitPrice})$e$),
        ('azure', 'contracted_cost', $e$CASE WHEN {ChargeType} = 'Usage' THEN ({UnitPrice:number} * coalesce({ExchangeRatePricingToBilling:number}, 1) * {Quantity:number})::text END$e$),
        -- A quantity counts units of measure, as 10K: what was consumed is as many times more.
        ('azure', 'consumed_quantity', $e$CASE WHEN {ChargeType} = 'Usage' THEN ({Quantity:number} * coalesce(@own@.unit_multiplier({UnitOfMeasure}), 1))::text END$e$),
        ('azure', 'consumed_unit', $e$CASE WHEN {ChargeType} = 'Usage' THEN coalesce(nullif(btrim(regexp_replace({UnitOfMeasure}, '^[0-9.]+([KMB](?![A-Za-z]))?', '')), ''), 'Units') END$e$),
        ('azure', 'charge_category', $e$CASE WHEN {ChargeType} IN ('Usage', 'Purchase', 'Credit', 'Tax') THEN {ChargeType}
             WHEN {ChargeType} IN ('UnusedReservation', 'UnusedSavingsPlan') THEN 'Usage' WHEN {ChargeType} = 'Refund' THEN 'Purchase'
             WHEN {ChargeType} IS NOT NULL THEN 'Adjustment' END$e$),
        ('azure', 'charge_class', $e$CASE WHEN {ChargeType} = 'Refund' THEN 'Correction' END$e$),
        ('azure', 'charge_description', $e$coalesce({Product}, {ProductName}, {MeterName})$e$),
        ('azure', 'charge_frequency', $e$CASE {Frequency} WHEN 'OneTime' THEN 'One-Time' WHEN 'UsageBased' THEN 'Usage-Based' ELSE {Frequency} END$e$),
        ('azure', 'pricing_category', $e$CASE WHEN {PricingModel} = 'OnDemand' THEN 'Standard' WHEN {PricingModel} = 'Spot' THEN 'Dynamic'
             WHEN {PricingModel} IN ('Reservation', 'SavingsPlan') THEN 'Committed' WHEN {PricingModel} IS NOT NULL THEN 'Other' END$e$),
        ('azure', 'commitment_discount_type', $e$CASE {PricingModel} WHEN 'Reservation' THEN 'Reservation' WHEN 'SavingsPlan' THEN 'Savings plan' END$e$),
        ('azure', 'commitment_discount_category', $e$CASE {PricingModel} WHEN 'Reservation' THEN 'Usage' WHEN 'SavingsPlan' THEN 'Spend' END$e$),
        ('azure', 'commitment_discount_status', $e$CASE WHEN {ChargeType} IN ('UnusedReservation', 'UnusedSavingsPlan') THEN 'Unused'
             WHEN {ChargeType} = 'Usage' AND {PricingModel} IN ('Reservation', 'SavingsPlan') THEN 'Used' END$e$),
        ('azure', 'sku_id', $e$coalesce({ProductId}, {MeterId})$e$),
        ('azure', 'region_id', $e$@own@.import_azure_region({ResourceLocation})$e$),
        ('azure', 'service_category', $e$CASE WHEN {ServiceFamily} IN ('Compute', 'Storage', 'Networking', 'Databases', 'Analytics', 'Identity', 'Security', 'Web') THEN {ServiceFamily}
             WHEN {ServiceFamily} LIKE 'AI%' THEN 'AI and Machine Learning' WHEN {ServiceFamily} IS NOT NULL THEN 'Other' END$e$),
        ('azure', 'tags', $e$@own@.import_braces({Tags})$e$),

        ('gcp', 'provider_name', $e$'Google Cloud'::text$e$),
        ('gcp', 'invoice_issuer_name', $e$'Google Cloud'::text$e$),
        -- An invoice month begins and ends at midnight in California.
        ('gcp', 'billing_period_start', $e$CASE WHEN {invoice.month} ~ '^[1-9][0-9][0-9][0-9](0[1-9]|1[0-2])$'
             THEN ((concat(left({invoice.month}, 4), '-', right({invoice.month}, 2), '-01'))::timestamp AT TIME ZONE 'America/Los_Angeles')::text
             WHEN {invoice.month} IS NOT NULL THEN {invoice.month}
             ELSE (@own@.bill_month({usage_start_time:timestamp}, 'America/Los_Angeles')::timestamp AT TIME ZONE 'America/Los_Angeles')::text END$e$),
        ('gcp', 'billing_period_end', $e$CASE WHEN {invoice.month} ~ '^[1-9][0-9][0-9][0-9](0[1-9]|1[0-2])$'
             THEN (((concat(left({invoice.month}, 4), '-', right({invoice.month}, 2), '-01'))::timestamp + interval '1 month') AT TIME ZONE 'America/Los_Angeles')::text
             WHEN {invoice.month} IS NULL
             THEN ((@own@.bill_month({usage_start_time:timestamp}, 'America/Los_Angeles')::timestamp + interval '1 month') AT TIME ZONE 'America/Los_Angeles')::text END$e$),
        ('gcp', 'billed_cost', $e$coalesce({credit.amount}, {cost})$e$),
        ('gcp', 'effective_cost', $e$coalesce({credit.amount}, {cost})$e$),
        ('gcp', 'list_cost', $e$CASE WHEN {credit.amount} IS NULL THEN {cost_at_list:cost} ELSE '0' END$e$),
        ('gcp', 'contracted_cost', $e$CASE WHEN {credit.amount} IS NULL THEN {cost:cost} ELSE '0' END$e$),
        ('gcp', 'list_unit_price', $e$CASE WHEN {credit.amount} IS NULL THEN {price.list_price:number}::text END$e$),
        ('gcp', 'contracted_unit_price', $e$CASE WHEN {credit.amount} IS NULL THEN {price.effective_price:number}::text END$e$),
        ('gcp', 'pricing_quantity', $e$CASE WHEN {credit.amount} IS NULL THEN {usage.amount_in_pricing_units} END$e$),
        ('gcp', 'pricing_unit', $e$CASE WHEN {credit.amount} IS NULL THEN {usage.pricing_unit} END$e$),
        ('gcp', 'consumed_quantity', $e$CASE WHEN {credit.amount} IS NULL AND coalesce({cost_type}, 'regular') = 'regular' AND coalesce({sku.description}, '') NOT LIKE 'Commitment %' THEN {usage.amount} END$e$),
        ('gcp', 'consumed_unit', $e$CASE WHEN {credit.amount} IS NULL AND coalesce({cost_type}, 'regular') = 'regular' AND coalesce({sku.description}, '') NOT LIKE 'Commitment %' THEN {usage.unit} END$e$),
        ('gcp', 'charge_category', $e$CASE WHEN {credit.amount} IS NOT NULL THEN 'Credit' WHEN coalesce({cost_type}, 'regular') = 'regular' AND {sku.description} LIKE 'Commitment %' THEN 'Purchase' WHEN coalesce({cost_type}, 'regular') = 'regular' THEN 'Usage'
             WHEN {cost_type} = 'tax' THEN 'Tax' ELSE 'Adjustment' END$e$),
        ('gcp', 'charge_class', $e$CASE WHEN {adjustment_info.type} IS NOT NULL THEN 'Correction' END$e$),
        ('gcp', 'charge_description', $e$concat_ws(', ', {sku.description}, {credit.name}, {adjustment_info.description})$e$),
        ('gcp', 'charge_frequency', $e$CASE WHEN {credit.amount} IS NULL AND {sku.description} LIKE 'Commitment %' THEN 'Recurring' ELSE 'Usage-Based' END$e$),
        ('gcp', 'pricing_category', $e$CASE WHEN {credit.type} LIKE 'COMMITTED%' OR ({credit.amount} IS NULL AND ({credits} LIKE '%COMMITTED_USAGE%' OR {sku.description} LIKE 'Commitment %')) THEN 'Committed' WHEN {credit.amount} IS NULL AND coalesce({cost_type}, 'regular') = 'regular' THEN 'Standard' END$e$),
        ('gcp', 'sku_price_id', $e$CASE WHEN {price.tier_start_amount} IS NOT NULL THEN concat({sku.id}, '/', {price.tier_start_amount}) END$e$),
        ('gcp', 'region_id', $e$coalesce({location.region}, {location.location})$e$),
        ('gcp', 'region_name', $e${location.location}$e$),
        ('gcp', 'invoice_id', $e${invoice.month}$e$),
        ('gcp', 'service_category', $e$CASE WHEN {service.description} IN ('Compute Engine', 'Kubernetes Engine', 'Cloud Run', 'Cloud Functions', 'App Engine') THEN 'Compute'
             WHEN {service.description} IN ('Vertex AI', 'Gemini API', 'Cloud TPU', 'Generative Language API') THEN 'AI and Machine Learning'
             WHEN {service.description} IN ('Cloud Storage', 'Cloud Filestore') THEN 'Storage' WHEN {service.description} IN ('Networking', 'Cloud DNS') THEN 'Networking'
             WHEN {service.description} IN ('Cloud SQL', 'Cloud Spanner', 'Cloud Bigtable', 'Cloud Firestore') THEN 'Databases' END$e$),
        ('gcp', 'tags', $e$nullif({labels}, '[]')$e$),

        ('oci', 'provider_name', $e$'Oracle'::text$e$),
        ('oci', 'invoice_issuer_name', $e$'Oracle'::text$e$),
        ('oci', 'billing_account_id', $e$coalesce({cost/subscriptionId}, {lineItem/tenantId})$e$),
        ('oci', 'billing_period_start', $e$@own@.bill_month({lineItem/intervalUsageStart:timestamp})::text$e$),
        ('oci', 'billing_period_end', $e$@own@.next_month(@own@.bill_month({lineItem/intervalUsageStart:timestamp}))::text$e$),
        ('oci', 'billed_cost', $e${cost/myCost:cost}$e$),
        ('oci', 'effective_cost', $e${cost/myCost:cost}$e$),
        ('oci', 'contracted_cost', $e${cost/myCost:cost}$e$),
        ('oci', 'consumed_quantity', $e$CASE WHEN coalesce(lower({lineItem/isCorrection}), 'false') <> 'true' THEN {usage/billedQuantity} END$e$),
        ('oci', 'consumed_unit', $e$CASE WHEN coalesce(lower({lineItem/isCorrection}), 'false') <> 'true' THEN {cost/skuUnitDescription} END$e$),
        ('oci', 'charge_category', $e$CASE WHEN lower({lineItem/isCorrection}) = 'true' THEN 'Adjustment' ELSE 'Usage' END$e$),
        ('oci', 'charge_class', $e$CASE WHEN lower({lineItem/isCorrection}) = 'true' THEN 'Correction' END$e$),
        ('oci', 'charge_frequency', $e$'Usage-Based'::text$e$),
        ('oci', 'service_category', $e$CASE WHEN {product/service} IN ('COMPUTE', 'FUNCTIONS', 'OKE') THEN 'Compute' WHEN {product/service} IN ('BLOCK_STORAGE', 'OBJECTSTORE', 'FILE_STORAGE') THEN 'Storage'
             WHEN {product/service} IN ('NETWORK', 'LOAD_BALANCER', 'VCN') THEN 'Networking' WHEN {product/service} IN ('DATABASE', 'MYSQL', 'NOSQL') THEN 'Databases' END$e$),
        ('oci', 'tags', $e${tags/*}$e$)
    ) AS d (format, column_name, expression)
    WHERE d.format = import_derivation.format;
END;
COMMENT ON FUNCTION accelcost_internal.import_derivation(text) IS
    'columns of accelcost.charge that an import of a format makes of several cells: an SQL expression over headers in braces, which stand for the text of the cell, with :cost for that of a cost, or with :number or :timestamp for its value, and with a * for an object of all that begin so';
