-- The other datasets of FOCUS 1.4: lines of invoices, commitments of contracts, and billing periods.
--
-- These tables are their owner's, like accelcost.charge. A column is required if no row makes sense without it.

CREATE TABLE accelcost.invoice_detail (
    invoice_issuer_name                text        NOT NULL,
    invoice_id                         text        NOT NULL,
    invoice_detail_id                  text        NOT NULL,
    reference_invoice_id               text,
    billing_account_id                 text        NOT NULL,
    billing_period_start               timestamptz NOT NULL,
    billing_period_end                 timestamptz,
    charge_category                    text,
    invoice_detail_description         text,
    invoice_detail_grain               jsonb,
    billing_currency                   text        NOT NULL
        CHECK ((length(billing_currency) <= 12 AND billing_currency ~ '^[A-Za-z0-9_]*[A-Za-z_][A-Za-z0-9_]*$')
               OR accelcost_internal.refuse_currency(billing_currency, 'invoice_detail', 'billing_currency')),
    billed_cost                        numeric     NOT NULL CHECK (abs(billed_cost) < 1e20),
    payment_currency                   text
        CHECK ((length(payment_currency) <= 12 AND payment_currency ~ '^[A-Za-z0-9_]*[A-Za-z_][A-Za-z0-9_]*$')
               OR accelcost_internal.refuse_currency(payment_currency, 'invoice_detail', 'payment_currency')),
    payment_currency_billed_cost       numeric CHECK (abs(payment_currency_billed_cost) < 1e20),
    payment_currency_invoice_detail_id text,
    payment_terms                      text,
    payment_due_date                   timestamptz,
    purchase_order_number              text,
    invoice_issue_status               text,
    invoice_issue_date                 timestamptz,
    invoice_detail_created             timestamptz,
    invoice_detail_last_updated        timestamptz,
    extra                              jsonb       NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(extra) = 'object'),
    export_name                        text        NOT NULL DEFAULT 'manual',
    batch                              bigint,
    row_number                         bigint,
    PRIMARY KEY (invoice_issuer_name, invoice_id, invoice_detail_id)
);
COMMENT ON TABLE accelcost.invoice_detail IS
    'lines of invoices in the shape of FOCUS 1.4 InvoiceDetail; filled by import_invoice_detail';
COMMENT ON COLUMN accelcost.invoice_detail.invoice_issuer_name IS 'who sends the invoice';
COMMENT ON COLUMN accelcost.invoice_detail.invoice_id IS 'invoice that the line is on';
COMMENT ON COLUMN accelcost.invoice_detail.invoice_detail_id IS 'line, as the issuer identifies it within the invoice';
COMMENT ON COLUMN accelcost.invoice_detail.reference_invoice_id IS
    'invoice that a credit note or correction refers to; invoice_id if none';
COMMENT ON COLUMN accelcost.invoice_detail.billing_account_id IS 'account that is billed';
COMMENT ON COLUMN accelcost.invoice_detail.billing_period_start IS 'first instant of the billing period';
COMMENT ON COLUMN accelcost.invoice_detail.billing_period_end IS 'end of the billing period, exclusive';
COMMENT ON COLUMN accelcost.invoice_detail.charge_category IS 'Usage, Purchase, Tax, Credit or Adjustment';
COMMENT ON COLUMN accelcost.invoice_detail.invoice_detail_description IS 'what the line is for, in the issuer''s words';
COMMENT ON COLUMN accelcost.invoice_detail.invoice_detail_grain IS
    'columns and values of the charges in a line, an object';
COMMENT ON COLUMN accelcost.invoice_detail.billing_currency IS 'currency of billed_cost';
COMMENT ON COLUMN accelcost.invoice_detail.billed_cost IS 'amount of the line, in billing_currency';
COMMENT ON COLUMN accelcost.invoice_detail.payment_currency IS 'currency that the invoice is paid in';
COMMENT ON COLUMN accelcost.invoice_detail.payment_currency_billed_cost IS 'amount to pay, in payment_currency';
COMMENT ON COLUMN accelcost.invoice_detail.payment_currency_invoice_detail_id IS
    'line that has the amount to pay for this line';
COMMENT ON COLUMN accelcost.invoice_detail.payment_terms IS 'terms of payment, in the issuer''s words';
COMMENT ON COLUMN accelcost.invoice_detail.payment_due_date IS 'when the invoice must be paid';
COMMENT ON COLUMN accelcost.invoice_detail.purchase_order_number IS 'purchase order of the customer';
COMMENT ON COLUMN accelcost.invoice_detail.invoice_issue_status IS 'Open, Issued or Voided';
COMMENT ON COLUMN accelcost.invoice_detail.invoice_issue_date IS 'when the invoice was issued, NULL until then';
COMMENT ON COLUMN accelcost.invoice_detail.invoice_detail_created IS 'when the issuer created the line';
COMMENT ON COLUMN accelcost.invoice_detail.invoice_detail_last_updated IS 'when the issuer last changed the line';
COMMENT ON COLUMN accelcost.invoice_detail.extra IS 'columns of the export that have no column here, by their names';
COMMENT ON COLUMN accelcost.invoice_detail.export_name IS 'name given to the export at import; manual if not imported';
COMMENT ON COLUMN accelcost.invoice_detail.batch IS 'import that loaded the row, NULL if not imported';
COMMENT ON COLUMN accelcost.invoice_detail.row_number IS 'data row of the file, from 1';

CREATE TABLE accelcost.contract_commitment (
    service_provider_name                       text,
    invoice_issuer_name                         text,
    contract_id                                 text,
    contract_period_start                       timestamptz,
    contract_period_end                         timestamptz,
    contract_commitment_id                      text NOT NULL,
    contract_commitment_category                text,
    contract_commitment_type                    text,
    contract_commitment_description             text,
    contract_commitment_period_start            timestamptz,
    contract_commitment_period_end              timestamptz,
    contract_commitment_cost                    numeric CHECK (abs(contract_commitment_cost) < 1e20),
    contract_commitment_quantity                numeric CHECK (abs(contract_commitment_quantity) < 1e200),
    contract_commitment_unit                    text,
    billing_currency                            text
        CHECK ((length(billing_currency) <= 12 AND billing_currency ~ '^[A-Za-z0-9_]*[A-Za-z_][A-Za-z0-9_]*$')
               OR accelcost_internal.refuse_currency(billing_currency, 'contract_commitment', 'billing_currency')),
    pricing_currency                            text,
    pricing_currency_contract_commitment_cost   numeric CHECK (abs(pricing_currency_contract_commitment_cost) < 1e20),
    contract_commitment_applicability           jsonb,
    contract_commitment_benefit_category        text,
    contract_commitment_discount_percentage     numeric CHECK (abs(contract_commitment_discount_percentage) < 1e200),
    contract_commitment_duration_type           text,
    contract_commitment_fulfillment_interval    text,
    contract_commitment_lifecycle_status        text,
    contract_commitment_model                   text,
    contract_commitment_offer_category          text,
    contract_commitment_payment_interval        text,
    contract_commitment_payment_model           text,
    contract_commitment_payment_upfront_percentage numeric
        CHECK (abs(contract_commitment_payment_upfront_percentage) < 1e200),
    contract_commitment_created                 timestamptz,
    contract_commitment_last_updated            timestamptz,
    extra                                       jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(extra) = 'object'),
    export_name                                 text  NOT NULL DEFAULT 'manual',
    batch                                       bigint,
    row_number                                  bigint,
    UNIQUE NULLS NOT DISTINCT (contract_commitment_id, service_provider_name)
);
COMMENT ON TABLE accelcost.contract_commitment IS
    'commitments of contracts in the shape of FOCUS 1.4 ContractCommitment; filled by import_contract_commitment';
COMMENT ON COLUMN accelcost.contract_commitment.service_provider_name IS
    'who sells what is committed to; NULL if the export does not say, as in FOCUS 1.3';
COMMENT ON COLUMN accelcost.contract_commitment.invoice_issuer_name IS 'who sends the invoices';
COMMENT ON COLUMN accelcost.contract_commitment.contract_id IS 'contract that the commitment is part of';
COMMENT ON COLUMN accelcost.contract_commitment.contract_period_start IS 'first instant of the contract';
COMMENT ON COLUMN accelcost.contract_commitment.contract_period_end IS 'end of the contract, exclusive';
COMMENT ON COLUMN accelcost.contract_commitment.contract_commitment_id IS
    'commitment, as the service provider identifies it';
COMMENT ON COLUMN accelcost.contract_commitment.contract_commitment_category IS 'Spend or Usage: what is committed to';
COMMENT ON COLUMN accelcost.contract_commitment.contract_commitment_type IS
    'kind of commitment, in the provider''s words';
COMMENT ON COLUMN accelcost.contract_commitment.contract_commitment_description IS
    'what is committed to, in the provider''s words';
COMMENT ON COLUMN accelcost.contract_commitment.contract_commitment_period_start IS 'first instant of the commitment';
COMMENT ON COLUMN accelcost.contract_commitment.contract_commitment_period_end IS 'end of the commitment, exclusive';
COMMENT ON COLUMN accelcost.contract_commitment.contract_commitment_cost IS
    'money committed to, in billing_currency; NULL unless the category is Spend, or unknown';
COMMENT ON COLUMN accelcost.contract_commitment.contract_commitment_quantity IS
    'usage committed to, in contract_commitment_unit; NULL unless the category is Usage, or unknown';
COMMENT ON COLUMN accelcost.contract_commitment.contract_commitment_unit IS 'unit of contract_commitment_quantity';
COMMENT ON COLUMN accelcost.contract_commitment.billing_currency IS 'currency of contract_commitment_cost';
COMMENT ON COLUMN accelcost.contract_commitment.pricing_currency IS
    'currency that the provider prices in, also a virtual currency of any name';
COMMENT ON COLUMN accelcost.contract_commitment.pricing_currency_contract_commitment_cost IS
    'money committed to, in pricing_currency';
COMMENT ON COLUMN accelcost.contract_commitment.contract_commitment_applicability IS
    'which charges count towards the commitment, an object';
COMMENT ON COLUMN accelcost.contract_commitment.contract_commitment_benefit_category IS
    'Discount, Entitlement, Availability or Other';
COMMENT ON COLUMN accelcost.contract_commitment.contract_commitment_discount_percentage IS
    'discount as a share of 1, such as 0.25';
COMMENT ON COLUMN accelcost.contract_commitment.contract_commitment_duration_type IS 'duration, such as 12 Months';
COMMENT ON COLUMN accelcost.contract_commitment.contract_commitment_fulfillment_interval IS
    'interval in which the commitment must be met, such as Monthly';
COMMENT ON COLUMN accelcost.contract_commitment.contract_commitment_lifecycle_status IS
    'Proposed, Pending, Active, Exhausted, Expired, Canceled or Superseded';
COMMENT ON COLUMN accelcost.contract_commitment.contract_commitment_model IS 'Continuous or Discontinuous';
COMMENT ON COLUMN accelcost.contract_commitment.contract_commitment_offer_category IS 'Negotiated or Public';
COMMENT ON COLUMN accelcost.contract_commitment.contract_commitment_payment_interval IS
    'interval of payments, such as Monthly';
COMMENT ON COLUMN accelcost.contract_commitment.contract_commitment_payment_model IS
    'No Upfront, Partial Upfront or All Upfront';
COMMENT ON COLUMN accelcost.contract_commitment.contract_commitment_payment_upfront_percentage IS
    'part that is paid upfront, as a share of 1';
COMMENT ON COLUMN accelcost.contract_commitment.contract_commitment_created IS 'when the record was created';
COMMENT ON COLUMN accelcost.contract_commitment.contract_commitment_last_updated IS 'when the record last changed';
COMMENT ON COLUMN accelcost.contract_commitment.extra IS
    'columns of the export that have no column here, by their names';
COMMENT ON COLUMN accelcost.contract_commitment.export_name IS
    'name given to the export at import; manual if not imported';
COMMENT ON COLUMN accelcost.contract_commitment.batch IS 'import that loaded the row, NULL if not imported';
COMMENT ON COLUMN accelcost.contract_commitment.row_number IS 'data row of the file, from 1';

CREATE TABLE accelcost.billing_period (
    invoice_issuer_name         text        NOT NULL,
    billing_period_start        timestamptz NOT NULL,
    billing_period_end          timestamptz,
    billing_period_status       text        NOT NULL,
    billing_period_created      timestamptz,
    billing_period_last_updated timestamptz,
    extra                       jsonb       NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(extra) = 'object'),
    export_name                 text        NOT NULL DEFAULT 'manual',
    batch                       bigint,
    row_number                  bigint,
    PRIMARY KEY (invoice_issuer_name, billing_period_start)
);
COMMENT ON TABLE accelcost.billing_period IS
    'billing periods in the shape of FOCUS 1.4 BillingPeriod, open or closed; filled by import_billing_period';
COMMENT ON COLUMN accelcost.billing_period.invoice_issuer_name IS 'who sends the invoices';
COMMENT ON COLUMN accelcost.billing_period.billing_period_start IS 'first instant of the billing period';
COMMENT ON COLUMN accelcost.billing_period.billing_period_end IS 'end of the billing period, exclusive';
COMMENT ON COLUMN accelcost.billing_period.billing_period_status IS
    'Open while charges may change, Closed when all invoices are issued';
COMMENT ON COLUMN accelcost.billing_period.billing_period_created IS 'when the issuer created the record';
COMMENT ON COLUMN accelcost.billing_period.billing_period_last_updated IS 'when the issuer last changed the record';
COMMENT ON COLUMN accelcost.billing_period.extra IS 'columns of the export that have no column here, by their names';
COMMENT ON COLUMN accelcost.billing_period.export_name IS 'name given to the export at import; manual if not imported';
COMMENT ON COLUMN accelcost.billing_period.batch IS 'import that loaded the row, NULL if not imported';
COMMENT ON COLUMN accelcost.billing_period.row_number IS 'data row of the file, from 1';

ALTER TABLE accelcost.invoice_detail OWNER TO @extowner@;
ALTER TABLE accelcost.contract_commitment OWNER TO @extowner@;
ALTER TABLE accelcost.billing_period OWNER TO @extowner@;

-- The provider in its key may be NULL, and such a key identifies no row for logical replication.
ALTER TABLE accelcost.contract_commitment REPLICA IDENTITY FULL;

SELECT pg_extension_config_dump('accelcost.invoice_detail', '');
SELECT pg_extension_config_dump('accelcost.contract_commitment', '');
SELECT pg_extension_config_dump('accelcost.billing_period', '');
