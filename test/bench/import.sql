-- A FOCUS file end to end, COPY into the staging table and import_focus, against
-- what one writes by hand: the same COPY, and INSERT ... SELECT with plain casts
-- into a table of the same columns, which checks nothing.
CREATE TABLE staging (
    "AvailabilityZone" text, "BilledCost" text, "BillingAccountId" text, "BillingAccountName" text,
    "BillingCurrency" text, "BillingPeriodEnd" text,
    "BillingPeriodStart" text, "ChargeCategory" text, "ChargeClass" text, "ChargeDescription" text,
    "ChargeFrequency" text, "ChargePeriodEnd" text,
    "ChargePeriodStart" text, "CommitmentDiscountCategory" text, "CommitmentDiscountId" text,
    "CommitmentDiscountName" text, "CommitmentDiscountStatus" text,
    "CommitmentDiscountType" text, "ConsumedQuantity" text, "ConsumedUnit" text, "ContractedCost" text,
    "ContractedUnitPrice" text, "EffectiveCost" text,
    "InvoiceIssuerName" text, "ListCost" text, "ListUnitPrice" text, "PricingCategory" text, "PricingQuantity" text,
    "PricingUnit" text, "ProviderName" text,
    "PublisherName" text, "RegionId" text, "RegionName" text, "ResourceId" text, "ResourceName" text,
    "ResourceType" text, "ServiceCategory" text,
    "ServiceName" text, "SkuId" text, "SkuPriceId" text, "SubAccountId" text, "SubAccountName" text, "Tags" text,
    "x_Discounts" text);
SELECT quote_literal(current_setting('data_directory') || '/bench_focus.csv') AS file \gset
COPY (
    SELECT CASE n % 3 WHEN 0 THEN 'us-east-1a' WHEN 1 THEN 'us-east-1b' END,
           round((n * 7919 % 100000)::numeric / 1e7, 10), '123456789012', 'Acme, Inc.', 'USD', '2026-10-01 00:00:00',
           '2026-09-01 00:00:00', 'Usage', NULL,
           format('$%s per On Demand Linux instance hour, size %s', (n % 40)::numeric / 1000, n % 40), 'Usage-Based',
           to_char(t.at + interval '1 hour', 'YYYY-MM-DD HH24:MI:SS'),
           to_char(t.at, 'YYYY-MM-DD HH24:MI:SS'), NULL, NULL, NULL, NULL,
           NULL, (n % 1000)::numeric / 1000, 'Hours', round((n * 7919 % 100000)::numeric / 1e7, 10),
           (n % 40)::numeric / 1000, round((n * 7919 % 100000)::numeric / 1e7, 10),
           'Amazon Web Services, Inc.', round((n * 7919 % 100000)::numeric / 1e7, 10), (n % 40)::numeric / 1000,
           'Standard', (n % 1000)::numeric / 1000, 'Hours', 'AWS',
           'Amazon Web Services', 'us-east-1', 'US East (N. Virginia)',
           format('arn:aws:ec2:us-east-1:123456789012:instance/i-%s', md5((n % 5000)::text)), NULL, 'instance',
           'Compute',
           'Amazon Elastic Compute Cloud', md5((n % 300)::text), md5((n % 600)::text), format('2000000000%s', n % 50),
           format('team %s', n % 50),
           format('{"team": "team %s", "env": "prod", "cost-center": "%s"}', n % 50, n % 7), NULL
    FROM generate_series(1::bigint, :charges) AS n
    CROSS JOIN LATERAL (
        SELECT timestamp '2026-09-01' + (n % 720) * interval '1 hour' AS at) AS t) TO :file WITH (FORMAT csv, HEADER);
CREATE TABLE plain_charge (LIKE accelcost.charge);

INSERT INTO query VALUES
    ('import', 1, 'COPY and INSERT ... SELECT with plain casts',
     format($$TRUNCATE bench.staging, bench.plain_charge; COPY bench.staging FROM %L WITH (FORMAT csv, HEADER);
     INSERT INTO bench.plain_charge (
         availability_zone, billed_cost, billing_account_id, billing_account_name, billing_currency,
         billing_period_end, billing_period_start,
            charge_category, charge_class, charge_description, charge_frequency, charge_period_end,
            charge_period_start, commitment_discount_category, commitment_discount_id,
            commitment_discount_name, commitment_discount_status, commitment_discount_type, consumed_quantity,
            consumed_unit, contracted_cost, contracted_unit_price, effective_cost,
            invoice_issuer_name, list_cost, list_unit_price, pricing_category, pricing_quantity, pricing_unit,
            provider_name, publisher_name, region_id, region_name, resource_id,
            resource_name, resource_type, service_category, service_name, sku_id, sku_price_id, sub_account_id,
            sub_account_name, tags, extra, export_name)
     SELECT "AvailabilityZone", "BilledCost"::numeric, "BillingAccountId", "BillingAccountName", "BillingCurrency",
            "BillingPeriodEnd"::timestamptz, "BillingPeriodStart"::timestamptz,
            "ChargeCategory", "ChargeClass", "ChargeDescription", "ChargeFrequency", "ChargePeriodEnd"::timestamptz,
            "ChargePeriodStart"::timestamptz, "CommitmentDiscountCategory", "CommitmentDiscountId",
            "CommitmentDiscountName", "CommitmentDiscountStatus", "CommitmentDiscountType",
            "ConsumedQuantity"::numeric, "ConsumedUnit", "ContractedCost"::numeric, "ContractedUnitPrice"::numeric,
            "EffectiveCost"::numeric,
            "InvoiceIssuerName", "ListCost"::numeric, "ListUnitPrice"::numeric, "PricingCategory",
            "PricingQuantity"::numeric, "PricingUnit", "ProviderName", "PublisherName", "RegionId", "RegionName",
            "ResourceId",
            "ResourceName", "ResourceType", "ServiceCategory", "ServiceName", "SkuId", "SkuPriceId", "SubAccountId",
            "SubAccountName", "Tags"::jsonb, '{}', 'focus'
     FROM bench.staging$$, :file)),
    ('import', 2, 'COPY and import_focus',
     format(
         $$
             TRUNCATE bench.staging, accelcost.charge, accelcost.import_batch, accelcost.import_total;
             COPY bench.staging FROM %L WITH (FORMAT csv, HEADER);
     SELECT accelcost.import_focus('bench.staging')$$, :file)),
    ('import', 3, 'COPY and import_focus of the same file again',
     format($$TRUNCATE bench.staging; COPY bench.staging FROM %L WITH (FORMAT csv, HEADER);
     SELECT accelcost.import_focus('bench.staging')$$, :file));
CALL measure('import', :rounds, '{0}');

SELECT format(
    '%s charges, medians of %s rounds', to_char((SELECT count(*) FROM accelcost.charge), 'FM999,999,999'),
    :rounds) AS title \gset
\pset title :title
SELECT name AS statement, median('import', 0, place) AS ms FROM query WHERE topic = 'import' ORDER BY place;
\pset title
SELECT ratio, serial, target FROM (VALUES
    (1, 'COPY and import_focus : by hand', ratio('import', 0, 2, 1), 'at most 2.5'),
    (2, 'the same file again : by hand', ratio('import', 0, 3, 1), '')) AS r (place, ratio, serial, target)
ORDER BY place;
