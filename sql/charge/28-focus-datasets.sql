-- The other datasets of FOCUS: headers and importers.

INSERT INTO accelcost.import_column (format, header, column_name, expected, introduced, builtin, source)
SELECT format, header, column_name, expected, introduced, true,
       'FOCUS 1.4, github.com/FinOps-Open-Cost-and-Usage-Spec/FOCUS_Spec, 2026-06-04'
FROM (VALUES
    ('billing_period', 'BillingPeriodCreated', 'billing_period_created', true, '1.4'),
    ('billing_period', 'BillingPeriodEnd', 'billing_period_end', true, '1.4'),
    ('billing_period', 'BillingPeriodLastUpdated', 'billing_period_last_updated', true, '1.4'),
    ('billing_period', 'BillingPeriodStart', 'billing_period_start', true, '1.4'),
    ('billing_period', 'BillingPeriodStatus', 'billing_period_status', true, '1.4'),
    ('billing_period', 'InvoiceIssuerName', 'invoice_issuer_name', true, '1.4'),
    ('contract_commitment', 'BillingCurrency', 'billing_currency', true, '1.3'),
    ('contract_commitment', 'ContractCommitmentApplicability', 'contract_commitment_applicability', false, '1.4'),
    ('contract_commitment', 'ContractCommitmentBenefitCategory', 'contract_commitment_benefit_category', false, '1.4'),
    ('contract_commitment', 'ContractCommitmentCategory', 'contract_commitment_category', true, '1.3'),
    ('contract_commitment', 'ContractCommitmentCost', 'contract_commitment_cost', true, '1.3'),
    ('contract_commitment', 'ContractCommitmentCreated', 'contract_commitment_created', false, '1.4'),
    ('contract_commitment', 'ContractCommitmentDescription', 'contract_commitment_description', true, '1.3'),
    ('contract_commitment', 'ContractCommitmentDiscountPercentage',
     'contract_commitment_discount_percentage', false, '1.4'),
    ('contract_commitment', 'ContractCommitmentDurationType', 'contract_commitment_duration_type', false, '1.4'),
    ('contract_commitment', 'ContractCommitmentFulfillmentInterval',
     'contract_commitment_fulfillment_interval', false, '1.4'),
    ('contract_commitment', 'ContractCommitmentId', 'contract_commitment_id', true, '1.3'),
    ('contract_commitment', 'ContractCommitmentLastUpdated', 'contract_commitment_last_updated', false, '1.4'),
    ('contract_commitment', 'ContractCommitmentLifecycleStatus', 'contract_commitment_lifecycle_status', false, '1.4'),
    ('contract_commitment', 'ContractCommitmentModel', 'contract_commitment_model', false, '1.4'),
    ('contract_commitment', 'ContractCommitmentOfferCategory', 'contract_commitment_offer_category', false, '1.4'),
    ('contract_commitment', 'ContractCommitmentPaymentInterval', 'contract_commitment_payment_interval', false, '1.4'),
    ('contract_commitment', 'ContractCommitmentPaymentModel', 'contract_commitment_payment_model', false, '1.4'),
    ('contract_commitment', 'ContractCommitmentPaymentUpfrontPercentage',
     'contract_commitment_payment_upfront_percentage', false, '1.4'),
    ('contract_commitment', 'ContractCommitmentPeriodEnd', 'contract_commitment_period_end', true, '1.3'),
    ('contract_commitment', 'ContractCommitmentPeriodStart', 'contract_commitment_period_start', true, '1.3'),
    ('contract_commitment', 'ContractCommitmentQuantity', 'contract_commitment_quantity', true, '1.3'),
    ('contract_commitment', 'ContractCommitmentType', 'contract_commitment_type', true, '1.3'),
    ('contract_commitment', 'ContractCommitmentUnit', 'contract_commitment_unit', true, '1.3'),
    ('contract_commitment', 'ContractId', 'contract_id', true, '1.3'),
    ('contract_commitment', 'ContractPeriodEnd', 'contract_period_end', true, '1.3'),
    ('contract_commitment', 'ContractPeriodStart', 'contract_period_start', true, '1.3'),
    ('contract_commitment', 'InvoiceIssuerName', 'invoice_issuer_name', false, '1.4'),
    ('contract_commitment', 'PricingCurrency', 'pricing_currency', false, '1.4'),
    ('contract_commitment', 'PricingCurrencyContractCommitmentCost',
     'pricing_currency_contract_commitment_cost', false, '1.4'),
    ('contract_commitment', 'ServiceProviderName', 'service_provider_name', false, '1.4'),
    ('invoice_detail', 'BilledCost', 'billed_cost', true, '1.4'),
    ('invoice_detail', 'BillingAccountId', 'billing_account_id', true, '1.4'),
    ('invoice_detail', 'BillingCurrency', 'billing_currency', true, '1.4'),
    ('invoice_detail', 'BillingPeriodEnd', 'billing_period_end', true, '1.4'),
    ('invoice_detail', 'BillingPeriodStart', 'billing_period_start', true, '1.4'),
    ('invoice_detail', 'ChargeCategory', 'charge_category', true, '1.4'),
    ('invoice_detail', 'InvoiceDetailCreated', 'invoice_detail_created', true, '1.4'),
    ('invoice_detail', 'InvoiceDetailDescription', 'invoice_detail_description', true, '1.4'),
    ('invoice_detail', 'InvoiceDetailGrain', 'invoice_detail_grain', true, '1.4'),
    ('invoice_detail', 'InvoiceDetailId', 'invoice_detail_id', true, '1.4'),
    ('invoice_detail', 'InvoiceDetailLastUpdated', 'invoice_detail_last_updated', true, '1.4'),
    ('invoice_detail', 'InvoiceId', 'invoice_id', true, '1.4'),
    ('invoice_detail', 'InvoiceIssueDate', 'invoice_issue_date', true, '1.4'),
    ('invoice_detail', 'InvoiceIssueStatus', 'invoice_issue_status', true, '1.4'),
    ('invoice_detail', 'InvoiceIssuerName', 'invoice_issuer_name', true, '1.4'),
    ('invoice_detail', 'PaymentCurrency', 'payment_currency', false, '1.4'),
    ('invoice_detail', 'PaymentCurrencyBilledCost', 'payment_currency_billed_cost', false, '1.4'),
    ('invoice_detail', 'PaymentCurrencyInvoiceDetailId', 'payment_currency_invoice_detail_id', false, '1.4'),
    ('invoice_detail', 'PaymentDueDate', 'payment_due_date', true, '1.4'),
    ('invoice_detail', 'PaymentTerms', 'payment_terms', true, '1.4'),
    ('invoice_detail', 'PurchaseOrderNumber', 'purchase_order_number', false, '1.4'),
    ('invoice_detail', 'ReferenceInvoiceId', 'reference_invoice_id', true, '1.4')
) AS focus (format, header, column_name, expected, introduced);

CREATE FUNCTION accelcost.import_invoice_detail(
    staging regclass, export_name text DEFAULT 'invoice_detail', on_error text DEFAULT 'stop',
    date_order text DEFAULT NULL, allow_shrink boolean DEFAULT false)
RETURNS SETOF accelcost.import_result
LANGUAGE sql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE
BEGIN ATOMIC
    SELECT * FROM accelcost_internal.import_dataset('invoice_detail', staging, export_name, on_error, date_order,
                                                    allow_shrink);
END;
COMMENT ON FUNCTION accelcost.import_invoice_detail(regclass, text, text, text, boolean) IS
    'loads invoice lines of FOCUS 1.4, replacing the billing periods of accounts that it contains';

CREATE FUNCTION accelcost.import_contract_commitment(
    staging regclass, export_name text DEFAULT 'contract_commitment', on_error text DEFAULT 'stop',
    date_order text DEFAULT NULL)
RETURNS SETOF accelcost.import_result
LANGUAGE sql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE
BEGIN ATOMIC
    SELECT * FROM accelcost_internal.import_dataset('contract_commitment', staging, export_name, on_error, date_order,
                                                    false);
END;
COMMENT ON FUNCTION accelcost.import_contract_commitment(regclass, text, text, text) IS
    'loads contract commitments of FOCUS 1.3 or 1.4, replacing those with the same id';

CREATE FUNCTION accelcost.import_billing_period(
    staging regclass, export_name text DEFAULT 'billing_period', on_error text DEFAULT 'stop',
    date_order text DEFAULT NULL)
RETURNS SETOF accelcost.import_result
LANGUAGE sql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE
BEGIN ATOMIC
    SELECT * FROM accelcost_internal.import_dataset('billing_period', staging, export_name, on_error, date_order,
                                                    false);
END;
COMMENT ON FUNCTION accelcost.import_billing_period(regclass, text, text, text) IS
    'loads billing periods of FOCUS 1.4, replacing those of the same issuer and start';
