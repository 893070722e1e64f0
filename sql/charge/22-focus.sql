-- FOCUS exports, versions 1.0 to 1.4: headers and importer. Each column fills one column, but for the names of
-- providers: 1.3 has new ones beside the old ones, and 1.4 has the new ones only.

INSERT INTO accelcost.import_column (format, header, column_name, required, expected, introduced, builtin, source)
SELECT 'focus', header, column_name, required, expected, introduced, true,
       'FOCUS 1.4, github.com/FinOps-Open-Cost-and-Usage-Spec/FOCUS_Spec, 2026-06-04'
FROM (VALUES
    ('AllocatedMethodDetails', 'allocated_method_details', false, false, '1.3'),
    ('AllocatedMethodId', 'allocated_method_id', false, false, '1.3'),
    ('AllocatedResourceId', 'allocated_resource_id', false, false, '1.3'),
    ('AllocatedResourceName', 'allocated_resource_name', false, false, '1.3'),
    ('AllocatedTags', 'allocated_tags', false, false, '1.3'),
    ('AvailabilityZone', 'availability_zone', false, false, '0.5'),
    ('BilledCost', 'billed_cost', true, true, '0.5'),
    ('BillingAccountId', 'billing_account_id', true, true, '0.5'),
    ('BillingAccountName', 'billing_account_name', false, true, '0.5'),
    ('BillingAccountType', 'billing_account_type', false, false, '1.2'),
    ('BillingCurrency', 'billing_currency', true, true, '0.5'),
    ('BillingPeriodEnd', 'billing_period_end', false, true, '0.5'),
    ('BillingPeriodStart', 'billing_period_start', true, true, '0.5'),
    ('CapacityReservationId', 'capacity_reservation_id', false, false, '1.1'),
    ('CapacityReservationStatus', 'capacity_reservation_status', false, false, '1.1'),
    ('ChargeCategory', 'charge_category', false, true, '0.5'),
    ('ChargeClass', 'charge_class', false, true, '1.0'),
    ('ChargeDescription', 'charge_description', false, true, '1.0-preview'),
    ('ChargeFrequency', 'charge_frequency', false, false, '1.0-preview'),
    ('ChargePeriodEnd', 'charge_period_end', false, true, '0.5'),
    ('ChargePeriodStart', 'charge_period_start', true, true, '0.5'),
    ('CommitmentDiscountCategory', 'commitment_discount_category', false, false, '1.0-preview'),
    ('CommitmentDiscountId', 'commitment_discount_id', false, false, '1.0-preview'),
    ('CommitmentDiscountName', 'commitment_discount_name', false, false, '1.0-preview'),
    ('CommitmentDiscountQuantity', 'commitment_discount_quantity', false, false, '1.1'),
    ('CommitmentDiscountStatus', 'commitment_discount_status', false, false, '1.0'),
    ('CommitmentDiscountType', 'commitment_discount_type', false, false, '1.0-preview'),
    ('CommitmentDiscountUnit', 'commitment_discount_unit', false, false, '1.1'),
    ('CommitmentProgramEligibilityDetails', 'commitment_program_eligibility_details', false, false, '1.4'),
    ('ConsumedQuantity', 'consumed_quantity', false, false, '1.0'),
    ('ConsumedUnit', 'consumed_unit', false, false, '1.0'),
    ('ContractApplied', 'contract_applied', false, false, '1.3'),
    ('ContractedCost', 'contracted_cost', false, true, '1.0'),
    ('ContractedUnitPrice', 'contracted_unit_price', false, false, '1.0'),
    ('EffectiveCost', 'effective_cost', false, true, '0.5'),
    ('HostProviderName', 'host_provider_name', false, false, '1.3'),
    ('InvoiceDetailId', 'invoice_detail_id', false, false, '1.4'),
    ('InvoiceId', 'invoice_id', false, false, '1.2'),
    ('InvoiceIssuerName', 'invoice_issuer_name', false, true, '0.5'),
    ('ListCost', 'list_cost', false, true, '1.0-preview'),
    ('ListUnitPrice', 'list_unit_price', false, false, '1.0-preview'),
    ('PricingCategory', 'pricing_category', false, false, '1.0-preview'),
    ('PricingCurrency', 'pricing_currency', false, false, '1.2'),
    ('PricingCurrencyContractedUnitPrice', 'pricing_currency_contracted_unit_price', false, false, '1.2'),
    ('PricingCurrencyEffectiveCost', 'pricing_currency_effective_cost', false, false, '1.2'),
    ('PricingCurrencyListUnitPrice', 'pricing_currency_list_unit_price', false, false, '1.2'),
    ('PricingQuantity', 'pricing_quantity', false, true, '1.0-preview'),
    ('PricingUnit', 'pricing_unit', false, true, '1.0-preview'),
    ('ProviderName', 'provider_name', true, true, '0.5'),
    ('PublisherName', 'publisher_name', false, true, '0.5'),
    ('RegionId', 'region_id', false, false, '1.0'),
    ('RegionName', 'region_name', false, false, '1.0'),
    ('ResourceId', 'resource_id', false, false, '0.5'),
    ('ResourceName', 'resource_name', false, false, '0.5'),
    ('ResourceType', 'resource_type', false, false, '1.0-preview'),
    ('ServiceCategory', 'service_category', false, true, '0.5'),
    ('ServiceName', 'service_name', false, true, '0.5'),
    ('ServiceProviderName', 'service_provider_name', false, false, '1.3'),
    ('ServiceSubcategory', 'service_subcategory', false, false, '1.1'),
    ('SkuId', 'sku_id', false, false, '1.0-preview'),
    ('SkuMeter', 'sku_meter', false, false, '1.1'),
    ('SkuPriceDetails', 'sku_price_details', false, false, '1.1'),
    ('SkuPriceId', 'sku_price_id', false, false, '1.0-preview'),
    ('SubAccountId', 'sub_account_id', false, false, '0.5'),
    ('SubAccountName', 'sub_account_name', false, false, '0.5'),
    ('SubAccountType', 'sub_account_type', false, false, '1.2'),
    ('Tags', 'tags', false, false, '1.0-preview')
) AS focus (header, column_name, required, expected, introduced);

CREATE TYPE accelcost_internal.focus_line AS (
    provider_name         text,
    publisher_name        text,
    service_provider_name text,
    invoice_issuer_name   text
);
COMMENT ON TYPE accelcost_internal.focus_line IS 'cells of a FOCUS export that names of providers are made of';

CREATE TYPE accelcost_internal.focus_cells AS (
    provider_name         text,
    publisher_name        text,
    service_provider_name text,
    host_provider_name    text
);
COMMENT ON TYPE accelcost_internal.focus_cells IS
    'columns of accelcost.charge that an import of FOCUS makes of several cells, as text';

CREATE FUNCTION accelcost_internal.focus_headers()
RETURNS SETOF accelcost_internal.line_header
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    VALUES
        ('ProviderName', 'provider_name', 'text',
         '{provider_name,service_provider_name,host_provider_name}'::text[]),
        ('PublisherName', 'publisher_name', 'text', '{publisher_name,service_provider_name}'::text[]),
        ('ServiceProviderName', 'service_provider_name', 'text',
         '{provider_name,publisher_name,service_provider_name,host_provider_name}'::text[]),
        ('InvoiceIssuerName', 'invoice_issuer_name', 'text', '{service_provider_name}'::text[]);
END;
COMMENT ON FUNCTION accelcost_internal.focus_headers() IS
    'returns the headers of a FOCUS export that charge_of_focus reads, and what they fill';

-- A file that has HostProviderName is read as it is: it may say that nothing is hosted.
CREATE FUNCTION accelcost_internal.charge_of_focus(line accelcost_internal.focus_line)
RETURNS SETOF accelcost_internal.focus_cells
LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT coalesce(line.provider_name, line.service_provider_name),
           coalesce(line.publisher_name, line.service_provider_name),
           coalesce(line.service_provider_name,
                    -- The provider publishes its own products under the name that it invoices with.
                    CASE WHEN line.publisher_name <> line.provider_name
                          AND line.publisher_name <> line.invoice_issuer_name
                         THEN line.publisher_name ELSE line.provider_name END),
           coalesce(line.provider_name, line.service_provider_name);
END;
COMMENT ON FUNCTION accelcost_internal.charge_of_focus(accelcost_internal.focus_line) IS
    'returns names of providers, each from the first of the columns of FOCUS 1.0 to 1.4 that has it';

CREATE FUNCTION accelcost.import_focus(
    staging regclass, export_name text DEFAULT 'focus', on_error text DEFAULT 'stop', date_order text DEFAULT NULL,
    money_signs boolean DEFAULT false, allow_shrink boolean DEFAULT false, part text DEFAULT NULL,
    beside boolean DEFAULT false)
RETURNS SETOF accelcost.import_result
LANGUAGE sql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE
BEGIN ATOMIC
    SELECT * FROM accelcost_internal.import_charges('focus', staging, export_name, on_error, date_order, money_signs,
                                                    allow_shrink, part, beside);
END;
COMMENT ON FUNCTION accelcost.import_focus(regclass, text, text, text, boolean, boolean, text, boolean) IS
    'loads a FOCUS export of version 1.0 to 1.4, replacing the billing periods it contains';
