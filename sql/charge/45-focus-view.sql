-- Charges and the other datasets of FOCUS under the names that FOCUS 1.4 has for their columns.
--
-- PostgreSQL folds names without quotes to lower case, so that a query finds BilledCost as billedcost. Times are
-- timestamps in UTC, like literals and dates in queries. ProviderName and PublisherName are those of FOCUS before 1.4.

CREATE VIEW accelcost.focus
WITH (security_invoker = true)
AS
SELECT c.allocated_method_details AS allocatedmethoddetails,
       c.allocated_method_id AS allocatedmethodid,
       c.allocated_resource_id AS allocatedresourceid,
       c.allocated_resource_name AS allocatedresourcename,
       c.allocated_tags AS allocatedtags,
       c.availability_zone AS availabilityzone,
       c.billed_cost AS billedcost,
       c.billing_account_id AS billingaccountid,
       c.billing_account_name AS billingaccountname,
       c.billing_account_type AS billingaccounttype,
       c.billing_currency AS billingcurrency,
       c.billing_period_end AT TIME ZONE 'UTC' AS billingperiodend,
       c.billing_period_start AT TIME ZONE 'UTC' AS billingperiodstart,
       c.capacity_reservation_id AS capacityreservationid,
       c.capacity_reservation_status AS capacityreservationstatus,
       c.charge_category AS chargecategory,
       c.charge_class AS chargeclass,
       c.charge_description AS chargedescription,
       c.charge_frequency AS chargefrequency,
       c.charge_period_end AT TIME ZONE 'UTC' AS chargeperiodend,
       c.charge_period_start AT TIME ZONE 'UTC' AS chargeperiodstart,
       c.commitment_discount_category AS commitmentdiscountcategory,
       c.commitment_discount_id AS commitmentdiscountid,
       c.commitment_discount_name AS commitmentdiscountname,
       c.commitment_discount_quantity AS commitmentdiscountquantity,
       c.commitment_discount_status AS commitmentdiscountstatus,
       c.commitment_discount_type AS commitmentdiscounttype,
       c.commitment_discount_unit AS commitmentdiscountunit,
       c.commitment_program_eligibility_details AS commitmentprogrameligibilitydetails,
       c.consumed_quantity AS consumedquantity,
       c.consumed_unit AS consumedunit,
       c.contract_applied AS contractapplied,
       c.contracted_cost AS contractedcost,
       c.contracted_unit_price AS contractedunitprice,
       c.effective_cost AS effectivecost,
       c.host_provider_name AS hostprovidername,
       c.invoice_detail_id AS invoicedetailid,
       c.invoice_id AS invoiceid,
       c.invoice_issuer_name AS invoiceissuername,
       c.list_cost AS listcost,
       c.list_unit_price AS listunitprice,
       c.pricing_category AS pricingcategory,
       c.pricing_currency AS pricingcurrency,
       c.pricing_currency_contracted_unit_price AS pricingcurrencycontractedunitprice,
       c.pricing_currency_effective_cost AS pricingcurrencyeffectivecost,
       c.pricing_currency_list_unit_price AS pricingcurrencylistunitprice,
       c.pricing_quantity AS pricingquantity,
       c.pricing_unit AS pricingunit,
       c.provider_name AS providername,
       c.publisher_name AS publishername,
       c.region_id AS regionid,
       c.region_name AS regionname,
       c.resource_id AS resourceid,
       c.resource_name AS resourcename,
       c.resource_type AS resourcetype,
       c.service_category AS servicecategory,
       c.service_name AS servicename,
       coalesce(c.service_provider_name, c.provider_name) AS serviceprovidername,
       c.service_subcategory AS servicesubcategory,
       c.sku_id AS skuid,
       c.sku_meter AS skumeter,
       c.sku_price_details AS skupricedetails,
       c.sku_price_id AS skupriceid,
       c.sub_account_id AS subaccountid,
       c.sub_account_name AS subaccountname,
       c.sub_account_type AS subaccounttype,
       c.tags AS tags,
       c.export_name AS x_exportname,
       c.extra AS x_extra
FROM accelcost.charge AS c
-- A bill is counted once.
WHERE c.beside IS NOT TRUE;
COMMENT ON VIEW accelcost.focus IS
    'charges under the column names of FOCUS 1.4 in lower case, with times in UTC; see docs/focus.md';
COMMENT ON COLUMN accelcost.focus.allocatedmethoddetails IS
    'AllocatedMethodDetails, as charge.allocated_method_details';
COMMENT ON COLUMN accelcost.focus.allocatedmethodid IS 'AllocatedMethodId, as charge.allocated_method_id';
COMMENT ON COLUMN accelcost.focus.allocatedresourceid IS 'AllocatedResourceId, as charge.allocated_resource_id';
COMMENT ON COLUMN accelcost.focus.allocatedresourcename IS 'AllocatedResourceName, as charge.allocated_resource_name';
COMMENT ON COLUMN accelcost.focus.allocatedtags IS 'AllocatedTags, as charge.allocated_tags';
COMMENT ON COLUMN accelcost.focus.availabilityzone IS 'AvailabilityZone, as charge.availability_zone';
COMMENT ON COLUMN accelcost.focus.billedcost IS 'BilledCost, as charge.billed_cost';
COMMENT ON COLUMN accelcost.focus.billingaccountid IS 'BillingAccountId, as charge.billing_account_id';
COMMENT ON COLUMN accelcost.focus.billingaccountname IS 'BillingAccountName, as charge.billing_account_name';
COMMENT ON COLUMN accelcost.focus.billingaccounttype IS 'BillingAccountType, as charge.billing_account_type';
COMMENT ON COLUMN accelcost.focus.billingcurrency IS 'BillingCurrency, as charge.billing_currency';
COMMENT ON COLUMN accelcost.focus.billingperiodend IS 'BillingPeriodEnd, as charge.billing_period_end, in UTC';
COMMENT ON COLUMN accelcost.focus.billingperiodstart IS 'BillingPeriodStart, as charge.billing_period_start, in UTC';
COMMENT ON COLUMN accelcost.focus.capacityreservationid IS 'CapacityReservationId, as charge.capacity_reservation_id';
COMMENT ON COLUMN accelcost.focus.capacityreservationstatus IS
    'CapacityReservationStatus, as charge.capacity_reservation_status';
COMMENT ON COLUMN accelcost.focus.chargecategory IS 'ChargeCategory, as charge.charge_category';
COMMENT ON COLUMN accelcost.focus.chargeclass IS 'ChargeClass, as charge.charge_class';
COMMENT ON COLUMN accelcost.focus.chargedescription IS 'ChargeDescription, as charge.charge_description';
COMMENT ON COLUMN accelcost.focus.chargefrequency IS 'ChargeFrequency, as charge.charge_frequency';
COMMENT ON COLUMN accelcost.focus.chargeperiodend IS 'ChargePeriodEnd, as charge.charge_period_end, in UTC';
COMMENT ON COLUMN accelcost.focus.chargeperiodstart IS 'ChargePeriodStart, as charge.charge_period_start, in UTC';
COMMENT ON COLUMN accelcost.focus.commitmentdiscountcategory IS
    'CommitmentDiscountCategory, as charge.commitment_discount_category';
COMMENT ON COLUMN accelcost.focus.commitmentdiscountid IS 'CommitmentDiscountId, as charge.commitment_discount_id';
COMMENT ON COLUMN accelcost.focus.commitmentdiscountname IS
    'CommitmentDiscountName, as charge.commitment_discount_name';
COMMENT ON COLUMN accelcost.focus.commitmentdiscountquantity IS
    'CommitmentDiscountQuantity, as charge.commitment_discount_quantity';
COMMENT ON COLUMN accelcost.focus.commitmentdiscountstatus IS
    'CommitmentDiscountStatus, as charge.commitment_discount_status';
COMMENT ON COLUMN accelcost.focus.commitmentdiscounttype IS
    'CommitmentDiscountType, as charge.commitment_discount_type';
COMMENT ON COLUMN accelcost.focus.commitmentdiscountunit IS
    'CommitmentDiscountUnit, as charge.commitment_discount_unit';
COMMENT ON COLUMN accelcost.focus.commitmentprogrameligibilitydetails IS
    'CommitmentProgramEligibilityDetails, as charge.commitment_program_eligibility_details';
COMMENT ON COLUMN accelcost.focus.consumedquantity IS 'ConsumedQuantity, as charge.consumed_quantity';
COMMENT ON COLUMN accelcost.focus.consumedunit IS 'ConsumedUnit, as charge.consumed_unit';
COMMENT ON COLUMN accelcost.focus.contractapplied IS 'ContractApplied, as charge.contract_applied';
COMMENT ON COLUMN accelcost.focus.contractedcost IS 'ContractedCost, as charge.contracted_cost';
COMMENT ON COLUMN accelcost.focus.contractedunitprice IS 'ContractedUnitPrice, as charge.contracted_unit_price';
COMMENT ON COLUMN accelcost.focus.effectivecost IS 'EffectiveCost, as charge.effective_cost';
COMMENT ON COLUMN accelcost.focus.hostprovidername IS 'HostProviderName, as charge.host_provider_name';
COMMENT ON COLUMN accelcost.focus.invoicedetailid IS 'InvoiceDetailId, as charge.invoice_detail_id';
COMMENT ON COLUMN accelcost.focus.invoiceid IS 'InvoiceId, as charge.invoice_id';
COMMENT ON COLUMN accelcost.focus.invoiceissuername IS 'InvoiceIssuerName, as charge.invoice_issuer_name';
COMMENT ON COLUMN accelcost.focus.listcost IS 'ListCost, as charge.list_cost';
COMMENT ON COLUMN accelcost.focus.listunitprice IS 'ListUnitPrice, as charge.list_unit_price';
COMMENT ON COLUMN accelcost.focus.pricingcategory IS 'PricingCategory, as charge.pricing_category';
COMMENT ON COLUMN accelcost.focus.pricingcurrency IS 'PricingCurrency, as charge.pricing_currency';
COMMENT ON COLUMN accelcost.focus.pricingcurrencycontractedunitprice IS
    'PricingCurrencyContractedUnitPrice, as charge.pricing_currency_contracted_unit_price';
COMMENT ON COLUMN accelcost.focus.pricingcurrencyeffectivecost IS
    'PricingCurrencyEffectiveCost, as charge.pricing_currency_effective_cost';
COMMENT ON COLUMN accelcost.focus.pricingcurrencylistunitprice IS
    'PricingCurrencyListUnitPrice, as charge.pricing_currency_list_unit_price';
COMMENT ON COLUMN accelcost.focus.pricingquantity IS 'PricingQuantity, as charge.pricing_quantity';
COMMENT ON COLUMN accelcost.focus.pricingunit IS 'PricingUnit, as charge.pricing_unit';
COMMENT ON COLUMN accelcost.focus.providername IS 'ProviderName, as charge.provider_name';
COMMENT ON COLUMN accelcost.focus.publishername IS 'PublisherName, as charge.publisher_name';
COMMENT ON COLUMN accelcost.focus.regionid IS 'RegionId, as charge.region_id';
COMMENT ON COLUMN accelcost.focus.regionname IS 'RegionName, as charge.region_name';
COMMENT ON COLUMN accelcost.focus.resourceid IS 'ResourceId, as charge.resource_id';
COMMENT ON COLUMN accelcost.focus.resourcename IS 'ResourceName, as charge.resource_name';
COMMENT ON COLUMN accelcost.focus.resourcetype IS 'ResourceType, as charge.resource_type';
COMMENT ON COLUMN accelcost.focus.servicecategory IS 'ServiceCategory, as charge.service_category';
COMMENT ON COLUMN accelcost.focus.servicename IS 'ServiceName, as charge.service_name';
COMMENT ON COLUMN accelcost.focus.serviceprovidername IS 'ServiceProviderName, as charge.service_provider_name';
COMMENT ON COLUMN accelcost.focus.servicesubcategory IS 'ServiceSubcategory, as charge.service_subcategory';
COMMENT ON COLUMN accelcost.focus.skuid IS 'SkuId, as charge.sku_id';
COMMENT ON COLUMN accelcost.focus.skumeter IS 'SkuMeter, as charge.sku_meter';
COMMENT ON COLUMN accelcost.focus.skupricedetails IS 'SkuPriceDetails, as charge.sku_price_details';
COMMENT ON COLUMN accelcost.focus.skupriceid IS 'SkuPriceId, as charge.sku_price_id';
COMMENT ON COLUMN accelcost.focus.subaccountid IS 'SubAccountId, as charge.sub_account_id';
COMMENT ON COLUMN accelcost.focus.subaccountname IS 'SubAccountName, as charge.sub_account_name';
COMMENT ON COLUMN accelcost.focus.subaccounttype IS 'SubAccountType, as charge.sub_account_type';
COMMENT ON COLUMN accelcost.focus.tags IS 'Tags, as charge.tags';
COMMENT ON COLUMN accelcost.focus.x_exportname IS 'x_ExportName, as charge.export_name';
COMMENT ON COLUMN accelcost.focus.x_extra IS 'x_Extra, as charge.extra';

GRANT SELECT ON accelcost.focus TO @extowner@ WITH GRANT OPTION;

-- Conditions on the times of the view find these. Most ask for periods that start and end within a time.
CREATE INDEX charge_focus_period ON accelcost.charge ((charge_period_start AT TIME ZONE 'UTC'),
                                                      (charge_period_end AT TIME ZONE 'UTC'));
COMMENT ON INDEX accelcost.charge_focus_period IS
    'finds charges by chargeperiodstart and chargeperiodend of accelcost.focus';
CREATE INDEX charge_focus_billing ON accelcost.charge ((billing_period_start AT TIME ZONE 'UTC'),
                                                       (billing_period_end AT TIME ZONE 'UTC'));
COMMENT ON INDEX accelcost.charge_focus_billing IS
    'finds charges by billingperiodstart and billingperiodend of accelcost.focus';

-- ANALYZE looks at expressions of indexes, and at this one. For others the planner expects one group per row.
CREATE STATISTICS accelcost.charge_focus_month ON (date_trunc('month', charge_period_start AT TIME ZONE 'UTC'))
    FROM accelcost.charge;
COMMENT ON STATISTICS accelcost.charge_focus_month IS 'months of chargeperiodstart of accelcost.focus';

ALTER STATISTICS accelcost.charge_focus_month OWNER TO @extowner@;
