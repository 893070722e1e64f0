-- Azure cost details, EA and MCA, actual and amortized: headers, mapping, importer.

INSERT INTO accelcost.import_column (format, header, column_name, required, expected, builtin, source)
SELECT 'azure', header, column_name, required, expected, true,
       'Azure cost details, '
       'learn.microsoft.com/azure/cost-management-billing/automate/understand-usage-details-fields, 2026-08-21'
FROM (VALUES
    ('BillingAccountName', 'billing_account_name', false, false),
    ('SubscriptionName', 'sub_account_name', false, true),
    ('PublisherName', 'publisher_name', false, false),
    ('ResourceId', 'resource_id', false, true),
    ('ResourceName', 'resource_name', false, false),
    ('AvailabilityZone', 'availability_zone', false, false),
    ('MeterName', 'sku_meter', false, true),
    ('MeterCategory', 'service_name', false, true),
    ('MeterSubCategory', 'service_subcategory', false, false),
    ('MeterRegion', 'region_name', false, false),
    ('InvoiceId', 'invoice_id', false, false),
    ('Quantity', 'pricing_quantity', false, true),
    ('UnitOfMeasure', 'pricing_unit', false, true),
    ('PricingCurrency', 'pricing_currency', false, false),
    ('PricingCurrencyCode', 'pricing_currency', false, false),
    ('BenefitName', 'commitment_discount_name', false, false)
) AS azure (header, column_name, required, expected);

CREATE TYPE accelcost_internal.azure_line AS (
    billing_profile_id               text,
    billing_account_id               text,
    enrollment_number                text,
    subscription_id                  text,
    subscription_guid                text,
    billing_currency                 text,
    billing_currency_code            text,
    currency                         text,
    billing_period_start_date        text,
    billing_period_start             text,
    billing_period_end_date          text,
    billing_period_end               text,
    date                             text,
    usage_date_time                  text,
    usage_date                       text,
    charge_type                      text,
    pricing_model                    text,
    frequency                        text,
    cost_in_billing_currency         text,
    cost                             text,
    pre_tax_cost                     text,
    extended_cost                    text,
    payg_cost_in_billing_currency    text,
    pay_g_price                      text,
    unit_price                       text,
    exchange_rate_pricing_to_billing text,
    resource_rate                    text,
    quantity                         text,
    usage_quantity                   text,
    unit_of_measure                  text,
    product                          text,
    product_name                     text,
    meter_name                       text,
    product_id                       text,
    meter_id                         text,
    instance_id                      text,
    resource_location                text,
    service_family                   text,
    tags                             text,
    benefit_id                       text,
    reservation_id                   text,
    term                             text
);
COMMENT ON TYPE accelcost_internal.azure_line IS
    'line of Azure cost details: its cells by their headers in snake case';

CREATE FUNCTION accelcost_internal.import_azure_region(location text)
RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT coalesce(r.region, n.name)
    FROM (SELECT lower(replace(import_azure_region.location, ' ', '') COLLATE "C") AS name) AS n
    LEFT JOIN (VALUES ('useast', 'eastus'), ('useast2', 'eastus2'), ('uswest', 'westus'), ('uswest2', 'westus2'),
                      ('uswest3', 'westus3'), ('uscentral', 'centralus'), ('usnorthcentral', 'northcentralus'),
                      ('ussouthcentral', 'southcentralus'), ('uswestcentral', 'westcentralus'),
                      ('euwest', 'westeurope'), ('eunorth', 'northeurope'), ('apeast', 'eastasia'),
                      ('apsoutheast', 'southeastasia'), ('jaeast', 'japaneast'), ('jawest', 'japanwest'),
                      ('aueast', 'australiaeast'), ('ausoutheast', 'australiasoutheast'),
                      ('aucentral', 'australiacentral'), ('cacentral', 'canadacentral'), ('caeast', 'canadaeast'),
                      ('incentral', 'centralindia'), ('insouth', 'southindia'), ('inwest', 'westindia'),
                      ('krcentral', 'koreacentral'), ('krsouth', 'koreasouth'), ('brsouth', 'brazilsouth'),
                      ('frcentral', 'francecentral'), ('frsouth', 'francesouth'),
                      ('dewestcentral', 'germanywestcentral'), ('denorth', 'germanynorth'),
                      ('chnorth', 'switzerlandnorth'), ('chwest', 'switzerlandwest'), ('noeast', 'norwayeast'),
                      ('nowest', 'norwaywest'), ('secentral', 'swedencentral'), ('aenorth', 'uaenorth'),
                      ('aecentral', 'uaecentral'), ('zanorth', 'southafricanorth'), ('zawest', 'southafricawest')
              ) AS r (name, region)
        ON r.name = n.name;
END;
COMMENT ON FUNCTION accelcost_internal.import_azure_region(text) IS
    'returns the current name of an Azure region, such as eastus, for EastUS, East US or US East';

CREATE FUNCTION accelcost_internal.azure_headers()
RETURNS SETOF accelcost_internal.line_header
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    VALUES
        (NULL, NULL, NULL, '{provider_name,invoice_issuer_name}'::text[]),
        ('BillingProfileId', 'billing_profile_id', 'text', '{billing_account_id}'),
        ('BillingAccountId', 'billing_account_id', 'text', '{billing_account_id}'),
        ('EnrollmentNumber', 'enrollment_number', 'text', '{billing_account_id}'),
        ('SubscriptionId', 'subscription_id', 'text', '{billing_account_id,sub_account_id}'),
        ('SubscriptionGuid', 'subscription_guid', 'text', '{billing_account_id,sub_account_id}'),
        ('BillingCurrency', 'billing_currency', 'text', '{billing_currency}'),
        ('BillingCurrencyCode', 'billing_currency_code', 'text', '{billing_currency}'),
        ('Currency', 'currency', 'text', '{billing_currency}'),
        ('BillingPeriodStartDate', 'billing_period_start_date', 'timestamp', '{billing_period_start}'),
        ('BillingPeriodStart', 'billing_period_start', 'timestamp', '{billing_period_start}'),
        ('BillingPeriodEndDate', 'billing_period_end_date', 'timestamp', '{billing_period_end}'),
        ('BillingPeriodEnd', 'billing_period_end', 'timestamp', '{billing_period_end}'),
        ('Date', 'date', 'timestamp', '{billing_period_start,charge_period_start,charge_period_end}'),
        ('UsageDateTime', 'usage_date_time', 'timestamp',
         '{billing_period_start,charge_period_start,charge_period_end}'),
        ('UsageDate', 'usage_date', 'timestamp', '{billing_period_start,charge_period_start,charge_period_end}'),
        ('ChargeType', 'charge_type', 'text',
         '{charge_period_end,billed_cost,effective_cost,list_cost,contracted_cost,contracted_unit_price,'
         'consumed_quantity,consumed_unit,charge_category,charge_class,commitment_discount_type,'
         'commitment_discount_category,commitment_discount_status}'),
        ('PricingModel', 'pricing_model', 'text',
         '{charge_period_end,billed_cost,effective_cost,list_cost,contracted_cost,contracted_unit_price,'
         'pricing_category,'
         'commitment_discount_type,commitment_discount_category,commitment_discount_status}'),
        ('BenefitId', 'benefit_id', 'text',
         '{charge_period_end,billed_cost,effective_cost,list_cost,contracted_cost,contracted_unit_price,'
         'pricing_category,'
         'commitment_discount_id,commitment_discount_type,commitment_discount_category,commitment_discount_status}'),
        ('ReservationId', 'reservation_id', 'text',
         '{charge_period_end,billed_cost,effective_cost,list_cost,contracted_cost,contracted_unit_price,'
         'pricing_category,'
         'commitment_discount_id,commitment_discount_type,commitment_discount_category,commitment_discount_status}'),
        ('Frequency', 'frequency', 'text', '{charge_period_end,charge_frequency}'),
        ('Term', 'term', 'text', '{charge_period_end}'),
        ('CostInBillingCurrency', 'cost_in_billing_currency', 'cost',
         '{billed_cost,effective_cost,list_cost,contracted_cost}'),
        ('Cost', 'cost', 'cost', '{billed_cost,effective_cost,list_cost,contracted_cost}'),
        ('PreTaxCost', 'pre_tax_cost', 'cost', '{billed_cost,effective_cost,list_cost,contracted_cost}'),
        ('ExtendedCost', 'extended_cost', 'cost', '{billed_cost,effective_cost,list_cost,contracted_cost}'),
        ('PaygCostInBillingCurrency', 'payg_cost_in_billing_currency', 'cost', '{list_cost}'),
        ('PayGPrice', 'pay_g_price', 'number', '{list_unit_price}'),
        ('UnitPrice', 'unit_price', 'number', '{contracted_unit_price,contracted_cost}'),
        ('ResourceRate', 'resource_rate', 'number', '{contracted_unit_price,contracted_cost}'),
        ('ExchangeRatePricingToBilling', 'exchange_rate_pricing_to_billing', 'number',
         '{list_unit_price,contracted_unit_price,contracted_cost}'),
        ('Quantity', 'quantity', 'number', '{contracted_cost,consumed_quantity}'),
        ('UsageQuantity', 'usage_quantity', 'number',
         '{charge_category,contracted_cost,consumed_quantity,consumed_unit,pricing_quantity}'),
        ('UnitOfMeasure', 'unit_of_measure', 'text', '{consumed_quantity,consumed_unit}'),
        ('Product', 'product', 'text', '{charge_description}'),
        ('ProductName', 'product_name', 'text', '{charge_description}'),
        ('MeterName', 'meter_name', 'text', '{charge_description}'),
        ('ProductId', 'product_id', 'text', '{sku_id}'),
        ('MeterId', 'meter_id', 'text', '{sku_id}'),
        ('InstanceId', 'instance_id', 'text', '{resource_id}'),
        ('ResourceLocation', 'resource_location', 'text', '{region_id}'),
        ('ServiceFamily', 'service_family', 'text', '{service_category}'),
        ('Tags', 'tags', 'text', '{tags}');
END;
COMMENT ON FUNCTION accelcost_internal.azure_headers() IS
    'returns the headers of Azure cost details that charge_of_azure reads, and what they fill';

-- Longer than 80 lines: one expression for each column of charge_cells.
CREATE FUNCTION accelcost_internal.charge_of_azure(line accelcost_internal.azure_line)
RETURNS SETOF accelcost_internal.charge_cells
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT
        'Microsoft' AS provider_name,
        'Microsoft' AS invoice_issuer_name,
        NULL AS invoice_id,
        -- Of an enterprise agreement both are the enrolment; a customer agreement bills by profile, and pay-as-you-go
        -- by subscription.
        coalesce(line.billing_profile_id, line.billing_account_id, line.enrollment_number, line.subscription_id,
                 line.subscription_guid) AS billing_account_id,
        coalesce(line.subscription_id, line.subscription_guid) AS sub_account_id,
        -- What is there and is no date is at fault, whatever else there is.
        (CASE WHEN line.billing_period_start_date IS NOT NULL
              THEN accelcost_internal.import_timestamp(line.billing_period_start_date)
              WHEN line.billing_period_start IS NOT NULL
              THEN accelcost_internal.import_timestamp(line.billing_period_start)
              ELSE accelcost_internal.bill_month(
                       coalesce(accelcost_internal.import_timestamp(line.date),
                                accelcost_internal.import_timestamp(line.usage_date_time),
                                accelcost_internal.import_timestamp(line.usage_date)))::timestamptz
              END)::text AS billing_period_start,
        -- The last day of a period is in it.
        (coalesce(accelcost_internal.import_timestamp(line.billing_period_end_date),
                  accelcost_internal.import_timestamp(line.billing_period_end))
         + interval '1 day')::text AS billing_period_end,
        coalesce(accelcost_internal.import_timestamp(line.date),
                 accelcost_internal.import_timestamp(line.usage_date_time),
                 accelcost_internal.import_timestamp(line.usage_date))::text AS charge_period_start,
        -- A commitment is bought for a month, or for all of its term.
        (coalesce(accelcost_internal.import_timestamp(line.date),
                  accelcost_internal.import_timestamp(line.usage_date_time),
                  accelcost_internal.import_timestamp(line.usage_date)) AT TIME ZONE 'UTC'
         + CASE WHEN line.charge_type = 'Purchase'
                     AND coalesce(line.pricing_model IN ('Reservation', 'SavingsPlan'),
                              coalesce(line.benefit_id, line.reservation_id) IS NOT NULL)
                THEN CASE WHEN line.frequency = 'Recurring' THEN interval '1 month'
                          WHEN line.frequency = 'OneTime' AND line.term ~ '^[1-9][0-9]?$'
                          THEN line.term::integer * interval '1 month'
                          ELSE interval '1 day' END
                ELSE interval '1 day' END)::text AS charge_period_end,
        CASE WHEN line.charge_type IN ('Usage', 'Purchase', 'Credit', 'Tax') THEN line.charge_type
             WHEN line.charge_type IN ('UnusedReservation', 'UnusedSavingsPlan') THEN 'Usage'
             WHEN line.charge_type = 'Refund' THEN 'Purchase'
             -- Exports with this header have nothing but usage.
             WHEN line.charge_type IS NULL AND line.usage_quantity IS NOT NULL THEN 'Usage'
             WHEN line.charge_type IS NOT NULL THEN 'Adjustment' END AS charge_category,
        CASE WHEN line.charge_type = 'Refund' THEN 'Correction' END AS charge_class,
        CASE line.frequency WHEN 'OneTime' THEN 'One-Time'
                            WHEN 'UsageBased' THEN 'Usage-Based'
                            ELSE line.frequency END AS charge_frequency,
        coalesce(line.product, line.product_name, line.meter_name) AS charge_description,
        CASE WHEN line.service_family
                  IN ('Compute', 'Storage', 'Networking', 'Databases', 'Analytics', 'Identity', 'Security', 'Web')
             THEN line.service_family
             WHEN line.service_family LIKE 'AI%' THEN 'AI and Machine Learning'
             WHEN line.service_family IS NOT NULL THEN 'Other' END AS service_category,
        NULL AS service_name,
        coalesce(line.product_id, line.meter_id) AS sku_id,
        NULL AS sku_price_id,
        accelcost_internal.import_azure_region(line.resource_location) AS region_id,
        NULL AS region_name,
        line.instance_id AS resource_id,
        accelcost_internal.import_braces(line.tags) AS tags,
        coalesce(line.billing_currency, line.billing_currency_code, line.currency) AS billing_currency,
        -- What a commitment covers was bought before, used or not.  An export without pricing models has its id.
        CASE WHEN line.charge_type IN ('UnusedReservation', 'UnusedSavingsPlan')
                  OR (line.charge_type = 'Usage'
                      AND coalesce(line.pricing_model IN ('Reservation', 'SavingsPlan'),
                              coalesce(line.benefit_id, line.reservation_id) IS NOT NULL))
             THEN '0'
             ELSE coalesce(line.cost_in_billing_currency, line.cost, line.pre_tax_cost, line.extended_cost)
             END AS billed_cost,
        CASE WHEN line.charge_type IN ('Purchase', 'Refund')
                  AND coalesce(line.pricing_model IN ('Reservation', 'SavingsPlan'),
                              coalesce(line.benefit_id, line.reservation_id) IS NOT NULL)
             THEN '0'
             ELSE coalesce(line.cost_in_billing_currency, line.cost, line.pre_tax_cost, line.extended_cost)
             END AS effective_cost,
        -- A purchase of a commitment, and what is unused of it, has neither a list nor a contracted cost.
        CASE WHEN line.charge_type IN ('UnusedReservation', 'UnusedSavingsPlan')
                  OR (line.charge_type IN ('Purchase', 'Refund')
                      AND coalesce(line.pricing_model IN ('Reservation', 'SavingsPlan'),
                              coalesce(line.benefit_id, line.reservation_id) IS NOT NULL))
             THEN NULL
             WHEN coalesce(line.charge_type, 'Usage') = 'Usage' THEN line.payg_cost_in_billing_currency
             WHEN line.charge_type = 'Purchase'
             THEN coalesce(line.payg_cost_in_billing_currency, line.cost_in_billing_currency, line.cost,
                           line.pre_tax_cost, line.extended_cost)
             ELSE coalesce(line.cost_in_billing_currency, line.cost, line.pre_tax_cost, line.extended_cost)
             END AS list_cost,
        CASE WHEN line.charge_type IN ('UnusedReservation', 'UnusedSavingsPlan')
                  OR (line.charge_type IN ('Purchase', 'Refund')
                      AND coalesce(line.pricing_model IN ('Reservation', 'SavingsPlan'),
                              coalesce(line.benefit_id, line.reservation_id) IS NOT NULL))
                  -- A price of 0 says that the commitment was paid before, not what it is worth.
                  OR (line.charge_type = 'Usage' AND accelcost_internal.import_number(line.unit_price) = 0
                      AND coalesce(line.pricing_model IN ('Reservation', 'SavingsPlan'),
                              coalesce(line.benefit_id, line.reservation_id) IS NOT NULL))
             THEN NULL
             WHEN line.charge_type IS NULL AND line.usage_quantity IS NOT NULL
             THEN (accelcost_internal.import_number(line.resource_rate)
                   * accelcost_internal.import_number(line.usage_quantity))::text
             WHEN coalesce(line.charge_type, 'Usage') = 'Usage'
             THEN (accelcost_internal.import_number(line.unit_price)
                   * coalesce(accelcost_internal.import_number(line.exchange_rate_pricing_to_billing), 1)
                   * accelcost_internal.import_number(line.quantity))::text
             ELSE coalesce(line.cost_in_billing_currency, line.cost, line.pre_tax_cost, line.extended_cost)
             END AS contracted_cost,
        coalesce((accelcost_internal.import_number(line.pay_g_price)
                  * accelcost_internal.import_number(line.exchange_rate_pricing_to_billing))::text,
                 line.pay_g_price) AS list_unit_price,
        -- Prices are in the currency of the price list, and rounded: so a product may be off by some digits.
        CASE WHEN line.charge_type IN ('Usage', 'Purchase')
                  AND (accelcost_internal.import_number(line.unit_price) <> 0
                       OR NOT coalesce(line.pricing_model IN ('Reservation', 'SavingsPlan'),
                              coalesce(line.benefit_id, line.reservation_id) IS NOT NULL))
                  OR line.charge_type IS NULL
             THEN coalesce((accelcost_internal.import_number(line.unit_price)
                            * accelcost_internal.import_number(line.exchange_rate_pricing_to_billing))::text,
                           line.unit_price, line.resource_rate) END AS contracted_unit_price,
        CASE WHEN line.pricing_model = 'OnDemand' THEN 'Standard'
             WHEN line.pricing_model = 'Spot' THEN 'Dynamic'
             WHEN coalesce(line.pricing_model, 'Reservation') IN ('Reservation', 'SavingsPlan')
             THEN CASE WHEN coalesce(line.pricing_model, line.benefit_id, line.reservation_id) IS NOT NULL
                       THEN 'Committed' END
             ELSE 'Other' END AS pricing_category,
        line.usage_quantity AS pricing_quantity,
        NULL AS pricing_unit,
        -- A quantity counts units of measure, as 10K: what was consumed is as many times more.
        CASE WHEN line.charge_type = 'Usage'
             THEN (accelcost_internal.import_number(line.quantity)
                   * coalesce(accelcost_internal.unit_multiplier(line.unit_of_measure), 1))::text
             WHEN line.charge_type IS NULL
             THEN (accelcost_internal.import_number(line.usage_quantity)
                   * coalesce(accelcost_internal.unit_multiplier(line.unit_of_measure), 1))::text
             END AS consumed_quantity,
        CASE WHEN line.charge_type = 'Usage' OR (line.charge_type IS NULL AND line.usage_quantity IS NOT NULL)
             THEN coalesce(nullif(btrim(regexp_replace(line.unit_of_measure, '^[0-9.]+([KMB](?![A-Za-z]))?', '')), ''),
                           'Units') END AS consumed_unit,
        coalesce(line.benefit_id, line.reservation_id) AS commitment_discount_id,
        CASE WHEN line.pricing_model = 'SavingsPlan' OR line.charge_type = 'UnusedSavingsPlan'
                  OR (line.pricing_model IS NULL AND line.benefit_id ILIKE '%savingsplan%')
             THEN 'Savings plan'
             WHEN line.pricing_model = 'Reservation'
                  OR (line.pricing_model IS NULL AND coalesce(line.benefit_id, line.reservation_id) IS NOT NULL)
             THEN 'Reservation' END AS commitment_discount_type,
        CASE WHEN line.pricing_model = 'SavingsPlan' OR line.charge_type = 'UnusedSavingsPlan'
                  OR (line.pricing_model IS NULL AND line.benefit_id ILIKE '%savingsplan%')
             THEN 'Spend'
             WHEN line.pricing_model = 'Reservation'
                  OR (line.pricing_model IS NULL AND coalesce(line.benefit_id, line.reservation_id) IS NOT NULL)
             THEN 'Usage' END AS commitment_discount_category,
        CASE WHEN line.charge_type IN ('UnusedReservation', 'UnusedSavingsPlan') THEN 'Unused'
             WHEN line.charge_type = 'Usage'
                  AND coalesce(line.pricing_model IN ('Reservation', 'SavingsPlan'),
                              coalesce(line.benefit_id, line.reservation_id) IS NOT NULL)
             THEN 'Used'
             END AS commitment_discount_status;
END;
COMMENT ON FUNCTION accelcost_internal.charge_of_azure(accelcost_internal.azure_line) IS
    'returns the cells of a charge that are derived from a line of Azure cost details';

CREATE FUNCTION accelcost.import_azure(
    staging regclass, export_name text DEFAULT 'azure', on_error text DEFAULT 'stop', date_order text DEFAULT NULL,
    money_signs boolean DEFAULT false, allow_shrink boolean DEFAULT false, part text DEFAULT NULL,
    beside boolean DEFAULT false)
RETURNS SETOF accelcost.import_result
LANGUAGE sql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE
BEGIN ATOMIC
    SELECT * FROM accelcost_internal.import_charges('azure', staging, export_name, on_error, date_order, money_signs,
                                                    allow_shrink, part, beside);
END;
COMMENT ON FUNCTION accelcost.import_azure(regclass, text, text, text, boolean, boolean, text, boolean) IS
    'loads Azure cost details, EA or MCA, replacing the billing periods they contain';
