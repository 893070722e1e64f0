-- What was billed: one row per charge, in the shape of FOCUS 1.4, and the
-- record of the imports that filled the table.
--
-- These tables are their owner's: they hold nothing of the extension's own.
-- Money is numeric as the provider wrote it, to the last decimal.  The bounds
-- leave out NaN and infinities, and costs that a tco could not hold.

CREATE TABLE accelcost.charge (
    -- who bills whom
    provider_name                          text NOT NULL,
    publisher_name                         text,
    service_provider_name                  text,
    host_provider_name                     text,
    invoice_issuer_name                    text,
    invoice_id                             text,
    invoice_detail_id                      text,
    billing_account_id                     text NOT NULL,
    billing_account_name                   text,
    billing_account_type                   text,
    sub_account_id                         text,
    sub_account_name                       text,
    sub_account_type                       text,

    -- when
    billing_period_start                   timestamptz NOT NULL,
    billing_period_end                     timestamptz,
    charge_period_start                    timestamptz NOT NULL,
    charge_period_end                      timestamptz,

    -- what for
    charge_category                        text,
    charge_class                           text,
    charge_frequency                       text,
    charge_description                     text,
    service_category                       text,
    service_subcategory                    text,
    service_name                           text,
    sku_id                                 text,
    sku_meter                              text,
    sku_price_id                           text,
    sku_price_details                      jsonb,
    region_id                              text,
    region_name                            text,
    availability_zone                      text,
    resource_id                            text,
    resource_name                          text,
    resource_type                          text,
    tags                                   jsonb,

    -- how much
    billing_currency                       text NOT NULL
        CHECK ((length(billing_currency) <= 12 AND billing_currency ~ '^[A-Za-z0-9_]*[A-Za-z_][A-Za-z0-9_]*$')
               OR accelcost_internal.refuse_currency(billing_currency, 'charge', 'billing_currency')),
    billed_cost                            numeric NOT NULL CHECK (abs(billed_cost) < 1e20),
    effective_cost                         numeric CHECK (abs(effective_cost) < 1e20),
    list_cost                              numeric CHECK (abs(list_cost) < 1e20),
    contracted_cost                        numeric CHECK (abs(contracted_cost) < 1e20),
    list_unit_price                        numeric CHECK (abs(list_unit_price) < 1e200),
    contracted_unit_price                  numeric CHECK (abs(contracted_unit_price) < 1e200),
    pricing_category                       text,
    pricing_quantity                       numeric CHECK (abs(pricing_quantity) < 1e200),
    pricing_unit                           text,
    consumed_quantity                      numeric CHECK (abs(consumed_quantity) < 1e200),
    consumed_unit                          text,
    pricing_currency                       text,
    pricing_currency_effective_cost        numeric CHECK (abs(pricing_currency_effective_cost) < 1e20),
    pricing_currency_list_unit_price       numeric CHECK (abs(pricing_currency_list_unit_price) < 1e200),
    pricing_currency_contracted_unit_price numeric CHECK (abs(pricing_currency_contracted_unit_price) < 1e200),

    -- commitments
    commitment_discount_id                 text,
    commitment_discount_name               text,
    commitment_discount_type               text,
    commitment_discount_category           text,
    commitment_discount_status             text,
    commitment_discount_quantity           numeric CHECK (abs(commitment_discount_quantity) < 1e200),
    commitment_discount_unit               text,
    capacity_reservation_id                text,
    capacity_reservation_status            text,
    commitment_program_eligibility_details jsonb,
    contract_applied                       jsonb,

    -- shares of a cost that was split
    allocated_method_id                    text,
    allocated_method_details               jsonb,
    allocated_resource_id                  text,
    allocated_resource_name                text,
    allocated_tags                         jsonb,

    -- where the row came from
    extra                                  jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(extra) = 'object'),
    export_name                             text NOT NULL DEFAULT 'manual',
    part                                   text,
    beside                                 boolean DEFAULT false,
    batch                                  bigint,
    row_number                             bigint,
    UNIQUE (batch, row_number)
);
COMMENT ON TABLE accelcost.charge IS
    'billed charges in the shape of FOCUS 1.4, one row per line of a billing export; filled by import_focus';
COMMENT ON COLUMN accelcost.charge.provider_name IS 'who made the service available for purchase';
COMMENT ON COLUMN accelcost.charge.publisher_name IS 'who produced the service';
COMMENT ON COLUMN accelcost.charge.service_provider_name IS
    'who sells the service: provider_name where an export has no such column, but for products of third parties';
COMMENT ON COLUMN accelcost.charge.host_provider_name IS
    'whose infrastructure the service runs on; NULL if on none, or unknown';
COMMENT ON COLUMN accelcost.charge.invoice_issuer_name IS 'who sends the invoice';
COMMENT ON COLUMN accelcost.charge.invoice_id IS 'invoice that the charge is on, NULL until there is one';
COMMENT ON COLUMN accelcost.charge.invoice_detail_id IS 'line of the invoice that the charge is in, NULL if unknown';
COMMENT ON COLUMN accelcost.charge.billing_account_id IS 'account that is billed, as the provider identifies it';
COMMENT ON COLUMN accelcost.charge.billing_account_name IS 'display name of the account that is billed';
COMMENT ON COLUMN accelcost.charge.billing_account_type IS
    'kind of the account that is billed, in the provider''s words';
COMMENT ON COLUMN accelcost.charge.sub_account_id IS
    'account, subscription, project or compartment that used the service';
COMMENT ON COLUMN accelcost.charge.sub_account_name IS 'display name of the sub account';
COMMENT ON COLUMN accelcost.charge.sub_account_type IS 'kind of the sub account, in the provider''s words';
COMMENT ON COLUMN accelcost.charge.billing_period_start IS
    'first instant of the billing period that the charge is invoiced in';
COMMENT ON COLUMN accelcost.charge.billing_period_end IS 'end of the billing period, exclusive';
COMMENT ON COLUMN accelcost.charge.charge_period_start IS
    'first instant of the time that is charged for; reports take the month from here';
COMMENT ON COLUMN accelcost.charge.charge_period_end IS 'end of the time that is charged for, exclusive';
COMMENT ON COLUMN accelcost.charge.charge_category IS 'Usage, Purchase, Tax, Credit or Adjustment';
COMMENT ON COLUMN accelcost.charge.charge_class IS
    'Correction if the charge corrects an invoiced period, otherwise NULL';
COMMENT ON COLUMN accelcost.charge.charge_frequency IS 'One-Time, Recurring or Usage-Based';
COMMENT ON COLUMN accelcost.charge.charge_description IS
    'description of the charge and its price, in the provider''s words';
COMMENT ON COLUMN accelcost.charge.service_category IS
    'kind of service, such as Compute, Networking or AI and Machine Learning';
COMMENT ON COLUMN accelcost.charge.service_subcategory IS 'kind of service within its category, such as Generative AI';
COMMENT ON COLUMN accelcost.charge.service_name IS 'service as the provider sells it';
COMMENT ON COLUMN accelcost.charge.sku_id IS 'thing that can be bought, as the provider identifies it';
COMMENT ON COLUMN accelcost.charge.sku_meter IS 'meter of the SKU';
COMMENT ON COLUMN accelcost.charge.sku_price_id IS 'price of the SKU, as the provider identifies it';
COMMENT ON COLUMN accelcost.charge.sku_price_details IS 'properties that all uses of the SKU price share';
COMMENT ON COLUMN accelcost.charge.region_id IS 'region of the service, as the provider identifies it';
COMMENT ON COLUMN accelcost.charge.region_name IS 'display name of the region';
COMMENT ON COLUMN accelcost.charge.availability_zone IS 'zone within the region';
COMMENT ON COLUMN accelcost.charge.resource_id IS 'resource that was used, as the provider identifies it';
COMMENT ON COLUMN accelcost.charge.resource_name IS 'display name of the resource';
COMMENT ON COLUMN accelcost.charge.resource_type IS 'kind of the resource';
COMMENT ON COLUMN accelcost.charge.tags IS 'tags of the charge, an object; NULL if the export has none';
COMMENT ON COLUMN accelcost.charge.billing_currency IS 'currency or unit of the four costs and the two unit prices';
COMMENT ON COLUMN accelcost.charge.billed_cost IS
    'invoiced cost in billing_currency: after discounts, nothing spread over time';
COMMENT ON COLUMN accelcost.charge.effective_cost IS
    'cost with prepaid purchases spread over what they cover, in billing_currency';
COMMENT ON COLUMN accelcost.charge.list_cost IS 'cost at the published price, in billing_currency';
COMMENT ON COLUMN accelcost.charge.contracted_cost IS
    'cost at the negotiated price, commitments apart, in billing_currency';
COMMENT ON COLUMN accelcost.charge.list_unit_price IS 'published price of one pricing_unit, in billing_currency';
COMMENT ON COLUMN accelcost.charge.contracted_unit_price IS 'negotiated price of one pricing_unit, in billing_currency';
COMMENT ON COLUMN accelcost.charge.pricing_category IS 'Standard, Dynamic, Committed or Other';
COMMENT ON COLUMN accelcost.charge.pricing_quantity IS 'quantity that the price applies to, in pricing_unit';
COMMENT ON COLUMN accelcost.charge.pricing_unit IS 'unit of pricing_quantity';
COMMENT ON COLUMN accelcost.charge.consumed_quantity IS 'quantity that was used, in consumed_unit';
COMMENT ON COLUMN accelcost.charge.consumed_unit IS 'unit of consumed_quantity';
COMMENT ON COLUMN accelcost.charge.pricing_currency IS
    'currency that the provider prices in, also a virtual currency of any name';
COMMENT ON COLUMN accelcost.charge.pricing_currency_effective_cost IS 'effective cost in pricing_currency';
COMMENT ON COLUMN accelcost.charge.pricing_currency_list_unit_price IS
    'published price of one pricing_unit, in pricing_currency';
COMMENT ON COLUMN accelcost.charge.pricing_currency_contracted_unit_price IS
    'negotiated price of one pricing_unit, in pricing_currency';
COMMENT ON COLUMN accelcost.charge.commitment_discount_id IS
    'commitment that the charge belongs to, as the provider identifies it';
COMMENT ON COLUMN accelcost.charge.commitment_discount_name IS 'display name of the commitment';
COMMENT ON COLUMN accelcost.charge.commitment_discount_type IS 'kind of commitment, in the provider''s words';
COMMENT ON COLUMN accelcost.charge.commitment_discount_category IS 'Spend or Usage: what was committed to';
COMMENT ON COLUMN accelcost.charge.commitment_discount_status IS 'Used or Unused part of the commitment';
COMMENT ON COLUMN accelcost.charge.commitment_discount_quantity IS
    'amount of the commitment bought or used, in commitment_discount_unit';
COMMENT ON COLUMN accelcost.charge.commitment_discount_unit IS 'unit of commitment_discount_quantity';
COMMENT ON COLUMN accelcost.charge.capacity_reservation_id IS 'capacity reservation that the charge belongs to';
COMMENT ON COLUMN accelcost.charge.capacity_reservation_status IS 'Used or Unused part of the reservation';
COMMENT ON COLUMN accelcost.charge.commitment_program_eligibility_details IS
    'commitment programs that could cover the usage, an object; NULL if none could, or unknown';
COMMENT ON COLUMN accelcost.charge.contract_applied IS
    'contract commitments that the charge counts towards, with amounts, an object; NULL if none, or unknown';
COMMENT ON COLUMN accelcost.charge.allocated_method_id IS
    'rule by which the export split a cost; NULL if the charge is not a share of one';
COMMENT ON COLUMN accelcost.charge.allocated_method_details IS 'ratio and usage of the share, an object';
COMMENT ON COLUMN accelcost.charge.allocated_resource_id IS
    'resource that the share is for; NULL for the part that was not allocated';
COMMENT ON COLUMN accelcost.charge.allocated_resource_name IS 'display name of the resource that the share is for';
COMMENT ON COLUMN accelcost.charge.allocated_tags IS 'tags of the resource that the share is for, an object';
COMMENT ON COLUMN accelcost.charge.extra IS
    'columns of the export that have no column here, by the name they had in the staging table';
COMMENT ON COLUMN accelcost.charge.export_name IS
    'name given to the export at import; manual if the row was not imported';
COMMENT ON COLUMN accelcost.charge.part IS
    'part of the export that the row came with, such as a file''s name; NULL if exports are imported whole';
COMMENT ON COLUMN accelcost.charge.beside IS
    'true if another export has the bill: reports count such a charge only if they are asked for its export';
COMMENT ON COLUMN accelcost.charge.batch IS
    'import that loaded the row, see accelcost.import_batch; NULL if the row was not imported';
COMMENT ON COLUMN accelcost.charge.row_number IS 'data row of the file, from 1, the header not counted';

-- An import replaces a billing period of an account whole; reports read months.
CREATE INDEX charge_unit ON accelcost.charge (billing_period_start, billing_account_id, provider_name, export_name);
COMMENT ON INDEX accelcost.charge_unit IS 'finds what an import replaces';
CREATE INDEX charge_period ON accelcost.charge (charge_period_start);
COMMENT ON INDEX accelcost.charge_period IS 'finds the charges of a month';

-- Without it the planner expects one group per instant from GROUP BY bill_month(charge_period_start).
CREATE STATISTICS accelcost.charge_month ON (@extschema@.bill_month(charge_period_start)) FROM accelcost.charge;
COMMENT ON STATISTICS accelcost.charge_month IS 'number of months that charges span';
-- Without it the planner expects one charge in ten to have words of its own, and charge_monthly sorts the charges.
CREATE STATISTICS accelcost.charge_words (ndistinct)
    ON service_name, service_category, charge_category, charge_frequency, charge_description, sku_meter
    FROM accelcost.charge;
COMMENT ON STATISTICS accelcost.charge_words IS 'number of different words of charges, which depend on each other';

CREATE TABLE accelcost.import_batch (
    batch                bigint      NOT NULL,
    export_name           text        NOT NULL,
    part                 text,
    provider_name        text        NOT NULL,
    billing_account_id   text        NOT NULL,
    billing_period_start timestamptz NOT NULL,
    bill                 text        NOT NULL,
    beside               boolean     NOT NULL DEFAULT false,
    charges              bigint      NOT NULL,
    billed_cost          jsonb       NOT NULL,
    fingerprint          numeric     NOT NULL,
    loaded_at            timestamptz NOT NULL DEFAULT now(),
    loaded_by            name        NOT NULL DEFAULT current_user,
    replaced_at          timestamptz,
    replaced_by          bigint,
    PRIMARY KEY (batch, export_name, provider_name, billing_account_id, billing_period_start),
    -- A bill belongs to one export, also where two imports do not see each other's rows.
    CONSTRAINT import_batch_bill EXCLUDE USING gist (bill WITH =, export_name WITH <>)
        WHERE (NOT beside AND replaced_at IS NULL)
);
COMMENT ON TABLE accelcost.import_batch IS
    'what each import loaded: one row per billing period of an account, kept when a later import replaces the period';
COMMENT ON COLUMN accelcost.import_batch.batch IS 'number of the import';
COMMENT ON COLUMN accelcost.import_batch.export_name IS 'name given to the export at import';
COMMENT ON COLUMN accelcost.import_batch.part IS
    'part of the export, such as a file''s name; NULL if it was imported whole';
COMMENT ON COLUMN accelcost.import_batch.provider_name IS 'provider of the charges';
COMMENT ON COLUMN accelcost.import_batch.billing_account_id IS 'account that is billed';
COMMENT ON COLUMN accelcost.import_batch.billing_period_start IS 'first instant of the billing period';
COMMENT ON COLUMN accelcost.import_batch.bill IS
    'bill that the period is of: provider by its catalog name, account and month';
COMMENT ON COLUMN accelcost.import_batch.beside IS
    'whether the period was loaded beside the export that has the bill; reports leave it out';
COMMENT ON COLUMN accelcost.import_batch.charges IS 'number of charges loaded';
COMMENT ON COLUMN accelcost.import_batch.billed_cost IS 'sum of billed_cost by currency, such as {"USD": 12.5}';
COMMENT ON COLUMN accelcost.import_batch.fingerprint IS
    'sum of the hashes of the charges: the same for the same charges in any order';
COMMENT ON COLUMN accelcost.import_batch.loaded_at IS 'start of the transaction that loaded the period';
COMMENT ON COLUMN accelcost.import_batch.loaded_by IS 'role that loaded the period';
COMMENT ON COLUMN accelcost.import_batch.replaced_at IS
    'start of the transaction that replaced the period, NULL while its charges stand';
COMMENT ON COLUMN accelcost.import_batch.replaced_by IS
    'import that replaced the period; NULL while its charges stand, and where nothing replaced them';

-- A period is current once, even if two imports do not see each other's rows.
CREATE UNIQUE INDEX import_batch_standing
    ON accelcost.import_batch (export_name, provider_name, billing_account_id, billing_period_start, part)
    NULLS NOT DISTINCT
    WHERE replaced_at IS NULL;
COMMENT ON INDEX accelcost.import_batch_standing IS
    'a billing period of an account is loaded once per part of an export';

CREATE TABLE accelcost.import_total (
    batch                bigint      NOT NULL,
    export_name           text        NOT NULL,
    provider_name        text        NOT NULL,
    billing_account_id   text        NOT NULL,
    billing_period_start timestamptz NOT NULL,
    month                date        NOT NULL,
    service_name         text,
    currency             text        NOT NULL,
    charges              bigint      NOT NULL,
    billed_cost          numeric     NOT NULL,
    UNIQUE NULLS NOT DISTINCT (batch, export_name, provider_name, billing_account_id, billing_period_start, month,
                               service_name, currency)
);
COMMENT ON TABLE accelcost.import_total IS
    'what each import billed by month and service, kept when a later import replaces the period';
COMMENT ON COLUMN accelcost.import_total.batch IS 'number of the import';
COMMENT ON COLUMN accelcost.import_total.export_name IS 'name given to the export at import';
COMMENT ON COLUMN accelcost.import_total.provider_name IS 'provider of the charges';
COMMENT ON COLUMN accelcost.import_total.billing_account_id IS 'account that is billed';
COMMENT ON COLUMN accelcost.import_total.billing_period_start IS 'first instant of the billing period';
COMMENT ON COLUMN accelcost.import_total.month IS 'first day of the month of charge_period_start, UTC';
COMMENT ON COLUMN accelcost.import_total.service_name IS 'service as the provider sells it';
COMMENT ON COLUMN accelcost.import_total.currency IS 'currency of billed_cost';
COMMENT ON COLUMN accelcost.import_total.charges IS 'number of charges';
COMMENT ON COLUMN accelcost.import_total.billed_cost IS 'sum of their billed cost, in currency';

CREATE TABLE accelcost.import_reject (
    batch       bigint NOT NULL,
    export_name  text   NOT NULL,
    row_number  bigint NOT NULL,
    column_name text   NOT NULL,
    value       text,
    reason      text   NOT NULL,
    PRIMARY KEY (batch, row_number, column_name)
);
COMMENT ON TABLE accelcost.import_reject IS
    'cells for which imports with on_error => ''skip'' left a row out';
COMMENT ON COLUMN accelcost.import_reject.batch IS 'number of the import';
COMMENT ON COLUMN accelcost.import_reject.export_name IS 'name given to the export at import';
COMMENT ON COLUMN accelcost.import_reject.row_number IS 'data row of the file, from 1, the header not counted';
COMMENT ON COLUMN accelcost.import_reject.column_name IS 'column of the staging table';
COMMENT ON COLUMN accelcost.import_reject.value IS
    'first 1000 characters of the cell; NULL if it is empty';
COMMENT ON COLUMN accelcost.import_reject.reason IS 'what is wrong with it';

ALTER TABLE accelcost.charge OWNER TO @extowner@;
ALTER TABLE accelcost.import_batch OWNER TO @extowner@;
ALTER TABLE accelcost.import_total OWNER TO @extowner@;
ALTER TABLE accelcost.import_reject OWNER TO @extowner@;
ALTER STATISTICS accelcost.charge_month OWNER TO @extowner@;
ALTER STATISTICS accelcost.charge_words OWNER TO @extowner@;

-- A key with a column that may be NULL identifies no row for logical replication.
ALTER TABLE accelcost.charge REPLICA IDENTITY FULL;
ALTER TABLE accelcost.import_total REPLICA IDENTITY FULL;

SELECT pg_extension_config_dump('accelcost.charge', '');
SELECT pg_extension_config_dump('accelcost.import_batch', '');
SELECT pg_extension_config_dump('accelcost.import_total', '');
SELECT pg_extension_config_dump('accelcost.import_reject', '');
