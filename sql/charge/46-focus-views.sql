-- The other datasets of FOCUS under the names that FOCUS 1.4 has for their columns, as accelcost.focus has charges.

CREATE VIEW accelcost.focus_invoice_detail
WITH (security_invoker = true)
AS
SELECT c.billed_cost AS billedcost,
       c.billing_account_id AS billingaccountid,
       c.billing_currency AS billingcurrency,
       c.billing_period_end AT TIME ZONE 'UTC' AS billingperiodend,
       c.billing_period_start AT TIME ZONE 'UTC' AS billingperiodstart,
       c.charge_category AS chargecategory,
       c.invoice_detail_created AT TIME ZONE 'UTC' AS invoicedetailcreated,
       c.invoice_detail_description AS invoicedetaildescription,
       c.invoice_detail_grain AS invoicedetailgrain,
       c.invoice_detail_id AS invoicedetailid,
       c.invoice_detail_last_updated AT TIME ZONE 'UTC' AS invoicedetaillastupdated,
       c.invoice_id AS invoiceid,
       c.invoice_issue_date AT TIME ZONE 'UTC' AS invoiceissuedate,
       c.invoice_issue_status AS invoiceissuestatus,
       c.invoice_issuer_name AS invoiceissuername,
       c.payment_currency AS paymentcurrency,
       c.payment_currency_billed_cost AS paymentcurrencybilledcost,
       c.payment_currency_invoice_detail_id AS paymentcurrencyinvoicedetailid,
       c.payment_due_date AT TIME ZONE 'UTC' AS paymentduedate,
       c.payment_terms AS paymentterms,
       c.purchase_order_number AS purchaseordernumber,
       c.reference_invoice_id AS referenceinvoiceid,
       c.export_name AS x_exportname,
       c.extra AS x_extra
FROM accelcost.invoice_detail AS c;
COMMENT ON VIEW accelcost.focus_invoice_detail IS
    'invoice lines under the column names of FOCUS 1.4 in lower case, with times in UTC';
COMMENT ON COLUMN accelcost.focus_invoice_detail.billedcost IS 'BilledCost, as invoice_detail.billed_cost';
COMMENT ON COLUMN accelcost.focus_invoice_detail.billingaccountid IS
    'BillingAccountId, as invoice_detail.billing_account_id';
COMMENT ON COLUMN accelcost.focus_invoice_detail.billingcurrency IS
    'BillingCurrency, as invoice_detail.billing_currency';
COMMENT ON COLUMN accelcost.focus_invoice_detail.billingperiodend IS
    'BillingPeriodEnd, as invoice_detail.billing_period_end, in UTC';
COMMENT ON COLUMN accelcost.focus_invoice_detail.billingperiodstart IS
    'BillingPeriodStart, as invoice_detail.billing_period_start, in UTC';
COMMENT ON COLUMN accelcost.focus_invoice_detail.chargecategory IS 'ChargeCategory, as invoice_detail.charge_category';
COMMENT ON COLUMN accelcost.focus_invoice_detail.invoicedetailcreated IS
    'InvoiceDetailCreated, as invoice_detail.invoice_detail_created, in UTC';
COMMENT ON COLUMN accelcost.focus_invoice_detail.invoicedetaildescription IS
    'InvoiceDetailDescription, as invoice_detail.invoice_detail_description';
COMMENT ON COLUMN accelcost.focus_invoice_detail.invoicedetailgrain IS
    'InvoiceDetailGrain, as invoice_detail.invoice_detail_grain';
COMMENT ON COLUMN accelcost.focus_invoice_detail.invoicedetailid IS
    'InvoiceDetailId, as invoice_detail.invoice_detail_id';
COMMENT ON COLUMN accelcost.focus_invoice_detail.invoicedetaillastupdated IS
    'InvoiceDetailLastUpdated, as invoice_detail.invoice_detail_last_updated, in UTC';
COMMENT ON COLUMN accelcost.focus_invoice_detail.invoiceid IS 'InvoiceId, as invoice_detail.invoice_id';
COMMENT ON COLUMN accelcost.focus_invoice_detail.invoiceissuedate IS
    'InvoiceIssueDate, as invoice_detail.invoice_issue_date, in UTC';
COMMENT ON COLUMN accelcost.focus_invoice_detail.invoiceissuestatus IS
    'InvoiceIssueStatus, as invoice_detail.invoice_issue_status';
COMMENT ON COLUMN accelcost.focus_invoice_detail.invoiceissuername IS
    'InvoiceIssuerName, as invoice_detail.invoice_issuer_name';
COMMENT ON COLUMN accelcost.focus_invoice_detail.paymentcurrency IS
    'PaymentCurrency, as invoice_detail.payment_currency';
COMMENT ON COLUMN accelcost.focus_invoice_detail.paymentcurrencybilledcost IS
    'PaymentCurrencyBilledCost, as invoice_detail.payment_currency_billed_cost';
COMMENT ON COLUMN accelcost.focus_invoice_detail.paymentcurrencyinvoicedetailid IS
    'PaymentCurrencyInvoiceDetailId, as invoice_detail.payment_currency_invoice_detail_id';
COMMENT ON COLUMN accelcost.focus_invoice_detail.paymentduedate IS
    'PaymentDueDate, as invoice_detail.payment_due_date, in UTC';
COMMENT ON COLUMN accelcost.focus_invoice_detail.paymentterms IS 'PaymentTerms, as invoice_detail.payment_terms';
COMMENT ON COLUMN accelcost.focus_invoice_detail.purchaseordernumber IS
    'PurchaseOrderNumber, as invoice_detail.purchase_order_number';
COMMENT ON COLUMN accelcost.focus_invoice_detail.referenceinvoiceid IS
    'ReferenceInvoiceId, as invoice_detail.reference_invoice_id';
COMMENT ON COLUMN accelcost.focus_invoice_detail.x_exportname IS 'x_ExportName, as invoice_detail.export_name';
COMMENT ON COLUMN accelcost.focus_invoice_detail.x_extra IS 'x_Extra, as invoice_detail.extra';

CREATE VIEW accelcost.focus_contract_commitment
WITH (security_invoker = true)
AS
SELECT c.billing_currency AS billingcurrency,
       c.contract_commitment_applicability AS contractcommitmentapplicability,
       c.contract_commitment_benefit_category AS contractcommitmentbenefitcategory,
       c.contract_commitment_category AS contractcommitmentcategory,
       c.contract_commitment_cost AS contractcommitmentcost,
       c.contract_commitment_created AT TIME ZONE 'UTC' AS contractcommitmentcreated,
       c.contract_commitment_description AS contractcommitmentdescription,
       c.contract_commitment_discount_percentage AS contractcommitmentdiscountpercentage,
       c.contract_commitment_duration_type AS contractcommitmentdurationtype,
       c.contract_commitment_fulfillment_interval AS contractcommitmentfulfillmentinterval,
       c.contract_commitment_id AS contractcommitmentid,
       c.contract_commitment_last_updated AT TIME ZONE 'UTC' AS contractcommitmentlastupdated,
       c.contract_commitment_lifecycle_status AS contractcommitmentlifecyclestatus,
       c.contract_commitment_model AS contractcommitmentmodel,
       c.contract_commitment_offer_category AS contractcommitmentoffercategory,
       c.contract_commitment_payment_interval AS contractcommitmentpaymentinterval,
       c.contract_commitment_payment_model AS contractcommitmentpaymentmodel,
       c.contract_commitment_payment_upfront_percentage AS contractcommitmentpaymentupfrontpercentage,
       c.contract_commitment_period_end AT TIME ZONE 'UTC' AS contractcommitmentperiodend,
       c.contract_commitment_period_start AT TIME ZONE 'UTC' AS contractcommitmentperiodstart,
       c.contract_commitment_quantity AS contractcommitmentquantity,
       c.contract_commitment_type AS contractcommitmenttype,
       c.contract_commitment_unit AS contractcommitmentunit,
       c.contract_id AS contractid,
       c.contract_period_end AT TIME ZONE 'UTC' AS contractperiodend,
       c.contract_period_start AT TIME ZONE 'UTC' AS contractperiodstart,
       c.invoice_issuer_name AS invoiceissuername,
       c.pricing_currency AS pricingcurrency,
       c.pricing_currency_contract_commitment_cost AS pricingcurrencycontractcommitmentcost,
       c.service_provider_name AS serviceprovidername,
       c.export_name AS x_exportname,
       c.extra AS x_extra
FROM accelcost.contract_commitment AS c;
COMMENT ON VIEW accelcost.focus_contract_commitment IS
    'contract commitments under the column names of FOCUS 1.4 in lower case, with times in UTC';
COMMENT ON COLUMN accelcost.focus_contract_commitment.billingcurrency IS
    'BillingCurrency, as contract_commitment.billing_currency';
COMMENT ON COLUMN accelcost.focus_contract_commitment.contractcommitmentapplicability IS
    'ContractCommitmentApplicability, as contract_commitment.contract_commitment_applicability';
COMMENT ON COLUMN accelcost.focus_contract_commitment.contractcommitmentbenefitcategory IS
    'ContractCommitmentBenefitCategory, as contract_commitment.contract_commitment_benefit_category';
COMMENT ON COLUMN accelcost.focus_contract_commitment.contractcommitmentcategory IS
    'ContractCommitmentCategory, as contract_commitment.contract_commitment_category';
COMMENT ON COLUMN accelcost.focus_contract_commitment.contractcommitmentcost IS
    'ContractCommitmentCost, as contract_commitment.contract_commitment_cost';
COMMENT ON COLUMN accelcost.focus_contract_commitment.contractcommitmentcreated IS
    'ContractCommitmentCreated, as contract_commitment.contract_commitment_created, in UTC';
COMMENT ON COLUMN accelcost.focus_contract_commitment.contractcommitmentdescription IS
    'ContractCommitmentDescription, as contract_commitment.contract_commitment_description';
COMMENT ON COLUMN accelcost.focus_contract_commitment.contractcommitmentdiscountpercentage IS
    'ContractCommitmentDiscountPercentage, as contract_commitment.contract_commitment_discount_percentage';
COMMENT ON COLUMN accelcost.focus_contract_commitment.contractcommitmentdurationtype IS
    'ContractCommitmentDurationType, as contract_commitment.contract_commitment_duration_type';
COMMENT ON COLUMN accelcost.focus_contract_commitment.contractcommitmentfulfillmentinterval IS
    'ContractCommitmentFulfillmentInterval, as contract_commitment.contract_commitment_fulfillment_interval';
COMMENT ON COLUMN accelcost.focus_contract_commitment.contractcommitmentid IS
    'ContractCommitmentId, as contract_commitment.contract_commitment_id';
COMMENT ON COLUMN accelcost.focus_contract_commitment.contractcommitmentlastupdated IS
    'ContractCommitmentLastUpdated, as contract_commitment.contract_commitment_last_updated, in UTC';
COMMENT ON COLUMN accelcost.focus_contract_commitment.contractcommitmentlifecyclestatus IS
    'ContractCommitmentLifecycleStatus, as contract_commitment.contract_commitment_lifecycle_status';
COMMENT ON COLUMN accelcost.focus_contract_commitment.contractcommitmentmodel IS
    'ContractCommitmentModel, as contract_commitment.contract_commitment_model';
COMMENT ON COLUMN accelcost.focus_contract_commitment.contractcommitmentoffercategory IS
    'ContractCommitmentOfferCategory, as contract_commitment.contract_commitment_offer_category';
COMMENT ON COLUMN accelcost.focus_contract_commitment.contractcommitmentpaymentinterval IS
    'ContractCommitmentPaymentInterval, as contract_commitment.contract_commitment_payment_interval';
COMMENT ON COLUMN accelcost.focus_contract_commitment.contractcommitmentpaymentmodel IS
    'ContractCommitmentPaymentModel, as contract_commitment.contract_commitment_payment_model';
COMMENT ON COLUMN accelcost.focus_contract_commitment.contractcommitmentpaymentupfrontpercentage IS
    'ContractCommitmentPaymentUpfrontPercentage, as contract_commitment.contract_commitment_payment_upfront_percentage';
COMMENT ON COLUMN accelcost.focus_contract_commitment.contractcommitmentperiodend IS
    'ContractCommitmentPeriodEnd, as contract_commitment.contract_commitment_period_end, in UTC';
COMMENT ON COLUMN accelcost.focus_contract_commitment.contractcommitmentperiodstart IS
    'ContractCommitmentPeriodStart, as contract_commitment.contract_commitment_period_start, in UTC';
COMMENT ON COLUMN accelcost.focus_contract_commitment.contractcommitmentquantity IS
    'ContractCommitmentQuantity, as contract_commitment.contract_commitment_quantity';
COMMENT ON COLUMN accelcost.focus_contract_commitment.contractcommitmenttype IS
    'ContractCommitmentType, as contract_commitment.contract_commitment_type';
COMMENT ON COLUMN accelcost.focus_contract_commitment.contractcommitmentunit IS
    'ContractCommitmentUnit, as contract_commitment.contract_commitment_unit';
COMMENT ON COLUMN accelcost.focus_contract_commitment.contractid IS 'ContractId, as contract_commitment.contract_id';
COMMENT ON COLUMN accelcost.focus_contract_commitment.contractperiodend IS
    'ContractPeriodEnd, as contract_commitment.contract_period_end, in UTC';
COMMENT ON COLUMN accelcost.focus_contract_commitment.contractperiodstart IS
    'ContractPeriodStart, as contract_commitment.contract_period_start, in UTC';
COMMENT ON COLUMN accelcost.focus_contract_commitment.invoiceissuername IS
    'InvoiceIssuerName, as contract_commitment.invoice_issuer_name';
COMMENT ON COLUMN accelcost.focus_contract_commitment.pricingcurrency IS
    'PricingCurrency, as contract_commitment.pricing_currency';
COMMENT ON COLUMN accelcost.focus_contract_commitment.pricingcurrencycontractcommitmentcost IS
    'PricingCurrencyContractCommitmentCost, as contract_commitment.pricing_currency_contract_commitment_cost';
COMMENT ON COLUMN accelcost.focus_contract_commitment.serviceprovidername IS
    'ServiceProviderName, as contract_commitment.service_provider_name';
COMMENT ON COLUMN accelcost.focus_contract_commitment.x_exportname IS
    'x_ExportName, as contract_commitment.export_name';
COMMENT ON COLUMN accelcost.focus_contract_commitment.x_extra IS 'x_Extra, as contract_commitment.extra';

CREATE VIEW accelcost.focus_billing_period
WITH (security_invoker = true)
AS
SELECT c.billing_period_created AT TIME ZONE 'UTC' AS billingperiodcreated,
       c.billing_period_end AT TIME ZONE 'UTC' AS billingperiodend,
       c.billing_period_last_updated AT TIME ZONE 'UTC' AS billingperiodlastupdated,
       c.billing_period_start AT TIME ZONE 'UTC' AS billingperiodstart,
       c.billing_period_status AS billingperiodstatus,
       c.invoice_issuer_name AS invoiceissuername,
       c.export_name AS x_exportname,
       c.extra AS x_extra
FROM accelcost.billing_period AS c;
COMMENT ON VIEW accelcost.focus_billing_period IS
    'billing periods under the column names of FOCUS 1.4 in lower case, with times in UTC';
COMMENT ON COLUMN accelcost.focus_billing_period.billingperiodcreated IS
    'BillingPeriodCreated, as billing_period.billing_period_created, in UTC';
COMMENT ON COLUMN accelcost.focus_billing_period.billingperiodend IS
    'BillingPeriodEnd, as billing_period.billing_period_end, in UTC';
COMMENT ON COLUMN accelcost.focus_billing_period.billingperiodlastupdated IS
    'BillingPeriodLastUpdated, as billing_period.billing_period_last_updated, in UTC';
COMMENT ON COLUMN accelcost.focus_billing_period.billingperiodstart IS
    'BillingPeriodStart, as billing_period.billing_period_start, in UTC';
COMMENT ON COLUMN accelcost.focus_billing_period.billingperiodstatus IS
    'BillingPeriodStatus, as billing_period.billing_period_status';
COMMENT ON COLUMN accelcost.focus_billing_period.invoiceissuername IS
    'InvoiceIssuerName, as billing_period.invoice_issuer_name';
COMMENT ON COLUMN accelcost.focus_billing_period.x_exportname IS 'x_ExportName, as billing_period.export_name';
COMMENT ON COLUMN accelcost.focus_billing_period.x_extra IS 'x_Extra, as billing_period.extra';

GRANT SELECT ON accelcost.focus_invoice_detail, accelcost.focus_contract_commitment, accelcost.focus_billing_period
    TO @extowner@ WITH GRANT OPTION;
