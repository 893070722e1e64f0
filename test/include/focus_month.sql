-- June and July 2026 of a small company in FOCUS 1.4, imported: what examples in docs/focus*.md query.
--
-- AWS bills in USD: machines with and without a savings plan, a capacity reservation, a shared cluster, storage, data
-- transfer, a product of Red Hat, tax, a credit and a correction. Microsoft bills a machine in EUR, paid in USD.
-- Snowflake sells credits and prices usage in them.
BEGIN;
SET LOCAL client_min_messages = warning;
CREATE TEMPORARY TABLE day ON COMMIT DROP AS
SELECT d AS start, d + interval '1 day' AS stop, date_trunc('month', d) AS month,
       date_trunc('month', d) + interval '1 month' AS month_end, extract(day FROM d)::integer AS n,
       d = date_trunc('month', d) AS is_first
FROM generate_series('2026-06-01'::timestamp, '2026-07-31', '1 day') AS d;

-- One line for what is charged each day, or at the first of a month; the rest is the same for a provider.
CREATE TEMPORARY TABLE item (
    id text, provider text, daily boolean, category text, frequency text, description text,
    service_category text, service_subcategory text, service text, sub_account text,
    region text, zone text, resource text, sku text, unit text, quantity numeric, list numeric, contracted numeric,
    billed_share numeric, effective_share numeric, tags text, details text) ON COMMIT DROP;
INSERT INTO item VALUES
    ('web-1', 'AWS', true, 'Usage', 'Usage-Based', 'm6i.xlarge, per hour', 'Compute', 'Virtual Machines', 'EC2', 'shop',
     'us-east-1', 'us-east-1a', 'web-1', 'm6i.xlarge', 'Hours', 24, 0.20, 0.18, 1, 1,
     '{"Application": "shop", "team": "web"}', '{"CoreCount": 4, "InstanceSeries": "M6i"}'),
    ('web-2', 'AWS', true, 'Usage', 'Usage-Based', 'm6i.xlarge, savings plan', 'Compute', 'Virtual Machines', 'EC2',
     'shop', 'us-east-1', 'us-east-1b', 'web-2', 'm6i.xlarge', 'Hours', 24, 0.20, 0.18, 0, 0.75,
     '{"Application": "shop", "team": "web"}', '{"CoreCount": 4, "InstanceSeries": "M6i"}'),
    ('sp-fee', 'AWS', false, 'Purchase', 'Recurring', 'Savings plan, monthly fee', 'Compute', 'Virtual Machines', 'EC2',
     'shop', 'us-east-1', NULL, 'sp-1', 'savings-plan', 'USD', NULL, 1, 1, 1, 0, NULL, NULL),
    ('sp-unused', 'AWS', true, 'Usage', 'Usage-Based', 'Savings plan, unused', 'Compute', 'Virtual Machines', 'EC2',
     'shop', 'us-east-1', NULL, 'sp-1', 'savings-plan', 'USD', 0.26, 1, 1, 0, 1, NULL, NULL),
    ('gpu-used', 'AWS', true, 'Usage', 'Usage-Based', 'g6.xlarge in a reservation', 'Compute', 'Virtual Machines',
     'EC2', 'research', 'us-east-1', 'us-east-1a', 'gpu-1', 'g6.xlarge', 'Hours', 16, 0.80, 0.80, 1, 1,
     '{"Application": "models", "team": "ml"}', '{"CoreCount": 4, "InstanceSeries": "G6"}'),
    ('gpu-idle', 'AWS', true, 'Usage', 'Usage-Based', 'Reservation of g6.xlarge, unused', 'Compute', 'Virtual Machines',
     'EC2', 'research', 'us-east-1', 'us-east-1a', 'cr-1', 'g6.xlarge', 'Hours', 8, 0.80, 0.80, 1, 1, NULL, NULL),
    ('pod-a', 'AWS', true, 'Usage', 'Usage-Based', 'Cluster, share of search', 'Compute', 'Containers', 'EKS', 'shop',
     'us-east-1', NULL, 'cluster-1', 'cluster', 'Hours', 18, 0.10, 0.10, 1, 1, '{"team": "platform"}', NULL),
    ('pod-b', 'AWS', true, 'Usage', 'Usage-Based', 'Cluster, share of mail', 'Compute', 'Containers', 'EKS', 'shop',
     'us-east-1', NULL, 'cluster-1', 'cluster', 'Hours', 6, 0.10, 0.10, 1, 1, '{"team": "platform"}', NULL),
    ('transfer', 'AWS', true, 'Usage', 'Usage-Based', 'Data transfer out', 'Networking', 'Network Connectivity', 'EC2',
     'shop', 'us-east-1', NULL, NULL, 'transfer-out', 'GB', 50, 0.09, 0.08, 1, 1, '{"Application": "shop"}', NULL),
    ('storage', 'AWS', false, 'Usage', 'Usage-Based', 'Object storage', 'Storage', 'Object Storage', 'S3', 'research',
     'us-west-2', NULL, 'bucket-1', 'storage', 'GB-Months', 400, 0.023, 0.023, 1, 1, '{"Application": "models"}', NULL),
    ('red-hat', 'AWS', false, 'Purchase', 'Recurring', 'OpenShift subscription', 'Compute', 'Containers', 'OpenShift',
     'shop', NULL, NULL, 'sub-1', 'openshift', 'Units', 1, 120, 120, 1, 1, NULL, NULL),
    ('tax', 'AWS', false, 'Tax', 'One-Time', 'Sales tax', 'Other', 'Other (Other)', 'Tax', NULL,
     NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
    ('vm-eu', 'Microsoft', true, 'Usage', 'Usage-Based', 'D4s v5, per hour', 'Compute', 'Virtual Machines',
     'Virtual Machines', 'crm', 'westeurope', 'westeurope-1', 'vm-eu', 'D4s_v5', 'Hours', 24, 0.20, 0.15, 1, 1,
     '{"Application": "crm", "team": "sales"}', '{"CoreCount": 4, "InstanceSeries": "Dsv5"}'),
    ('credits', 'Snowflake', false, 'Purchase', 'One-Time', 'Snowflake credits', 'Analytics', 'Data Processing',
     'Snowflake', 'data', NULL, NULL, 'capacity-1', 'credits', 'Snowflake Credits', 100, 3, 2.5, 1, 0, NULL, NULL),
    ('warehouse', 'Snowflake', true, 'Usage', 'Usage-Based', 'Warehouse, per hour', 'Analytics', 'Data Processing',
     'Snowflake', 'data', 'us-east-1', NULL, 'warehouse-1', 'warehouse', 'Hours', 2, 3, 2, 0, 1,
     '{"Application": "models"}', NULL);

CREATE TEMPORARY TABLE charges ON COMMIT DROP AS
SELECT i.id AS "x_Item", CASE i.id WHEN 'red-hat' THEN 'Red Hat' ELSE i.provider END AS "ServiceProviderName",
       CASE i.provider WHEN 'Snowflake' THEN 'AWS' ELSE i.provider END AS "HostProviderName",
       i.provider AS "InvoiceIssuerName", concat(left(i.provider, 1), '-', to_char(d.month, 'YYYY-MM')) AS "InvoiceId",
       concat(left(i.provider, 1), '-', to_char(d.month, 'MM'), '-', i.category) AS "InvoiceDetailId",
       lower(i.provider) || '-1' AS "BillingAccountId", i.provider || ' account' AS "BillingAccountName",
       CASE i.provider WHEN 'AWS' THEN 'Payer' ELSE 'Contract' END AS "BillingAccountType",
       i.sub_account AS "SubAccountId", initcap(i.sub_account) AS "SubAccountName", 'Team' AS "SubAccountType",
       d.month AS "BillingPeriodStart", d.month_end AS "BillingPeriodEnd", d.start AS "ChargePeriodStart",
       CASE WHEN i.daily THEN d.stop ELSE d.month_end END AS "ChargePeriodEnd",
       i.category AS "ChargeCategory", NULL AS "ChargeClass", i.frequency AS "ChargeFrequency",
       i.description AS "ChargeDescription", i.service_category AS "ServiceCategory",
       i.service_subcategory AS "ServiceSubcategory", i.service AS "ServiceName", i.region AS "RegionId",
       CASE i.region WHEN 'us-east-1' THEN 'Virginia' WHEN 'us-west-2' THEN 'Oregon'
                     WHEN 'westeurope' THEN 'Netherlands' END AS "RegionName",
       i.zone AS "AvailabilityZone", i.resource AS "ResourceId", i.resource AS "ResourceName",
       'Resource' AS "ResourceType", i.sku AS "SkuId", i.sku AS "SkuMeter", i.sku || '-price' AS "SkuPriceId",
       i.details AS "SkuPriceDetails", i.tags AS "Tags",
       CASE i.provider WHEN 'Microsoft' THEN 'EUR' ELSE 'USD' END AS "BillingCurrency",
       coalesce(q.quantity * i.contracted * i.billed_share, q.tax) AS "BilledCost",
       coalesce(q.quantity * i.contracted * i.effective_share, q.tax) AS "EffectiveCost",
       coalesce(q.quantity * i.list, q.tax) AS "ListCost",
       coalesce(q.quantity * i.contracted, q.tax) AS "ContractedCost",
       i.list AS "ListUnitPrice", i.contracted AS "ContractedUnitPrice", q.quantity AS "PricingQuantity",
       i.unit AS "PricingUnit", CASE WHEN i.category = 'Usage' AND i.id NOT LIKE '%unused' THEN q.quantity END
       AS "ConsumedQuantity", CASE WHEN i.category = 'Usage' AND i.id NOT LIKE '%unused' THEN i.unit END
       AS "ConsumedUnit", CASE i.id WHEN 'web-2' THEN 'Committed' ELSE 'Standard' END AS "PricingCategory",
       CASE i.provider WHEN 'Snowflake' THEN 'Snowflake Credits' WHEN 'Microsoft' THEN 'EUR' ELSE 'USD' END
       AS "PricingCurrency",
       -- A warehouse hour is 1 credit by the price list and 0.8 by contract; a credit is 3 USD, and 2.50 by contract.
       CASE i.id WHEN 'warehouse' THEN q.quantity * 0.8 WHEN 'credits' THEN 0
                 ELSE coalesce(q.quantity * i.contracted * i.effective_share, q.tax) END
       AS "PricingCurrencyEffectiveCost",
       CASE i.id WHEN 'warehouse' THEN 1 WHEN 'credits' THEN 1 ELSE i.list END AS "PricingCurrencyListUnitPrice",
       CASE i.id WHEN 'warehouse' THEN 0.8 WHEN 'credits' THEN 1 ELSE i.contracted END
       AS "PricingCurrencyContractedUnitPrice",
       CASE WHEN i.id IN ('web-2', 'sp-fee', 'sp-unused') THEN 'sp-1' END AS "CommitmentDiscountId",
       CASE WHEN i.id IN ('web-2', 'sp-fee', 'sp-unused') THEN 'Savings plan 2026' END AS "CommitmentDiscountName",
       CASE WHEN i.id IN ('web-2', 'sp-fee', 'sp-unused') THEN 'Savings Plan' END AS "CommitmentDiscountType",
       CASE WHEN i.id IN ('web-2', 'sp-fee', 'sp-unused') THEN 'Spend' END AS "CommitmentDiscountCategory",
       CASE i.id WHEN 'web-2' THEN 'Used' WHEN 'sp-unused' THEN 'Unused' END AS "CommitmentDiscountStatus",
       CASE WHEN i.id IN ('sp-fee', 'sp-unused') THEN q.quantity WHEN i.id = 'web-2' THEN 3.24 END
       AS "CommitmentDiscountQuantity",
       CASE WHEN i.id IN ('web-2', 'sp-fee', 'sp-unused') THEN 'USD' END AS "CommitmentDiscountUnit",
       CASE WHEN i.id LIKE 'gpu-%' THEN 'cr-1' END AS "CapacityReservationId",
       CASE i.id WHEN 'gpu-used' THEN 'Used' WHEN 'gpu-idle' THEN 'Unused' END AS "CapacityReservationStatus",
       CASE WHEN i.id IN ('web-1', 'web-2') THEN '{"CommitmentPrograms": [{"ProgramType": "Savings Plan"}]}'
            WHEN i.id LIKE 'gpu-%' THEN '{"CommitmentPrograms": [{"ProgramType": "Savings Plan"}, '
                                        '{"ProgramType": "Capacity Reservation"}]}' END
       AS "CommitmentProgramEligibilityDetails",
       CASE WHEN i.id IN ('web-2', 'sp-fee', 'sp-unused', 'credits', 'warehouse') THEN json_build_object(
           'Elements', json_build_array(json_build_object(
               'ContractId', left(i.provider, 1) || '-contract',
               'ContractCommitmentId', CASE i.provider WHEN 'AWS' THEN 'sp-1' ELSE 'capacity-1' END,
               'ContractCommitmentAppliedCost', CASE WHEN i.category = 'Purchase' THEN q.quantity * i.contracted
                                                     ELSE q.quantity * i.contracted * i.effective_share END))) END
       AS "ContractApplied",
       CASE WHEN i.id LIKE 'pod-%' THEN 'by-cpu' END AS "AllocatedMethodId",
       CASE i.id WHEN 'pod-a' THEN '{"Elements": [{"AllocatedRatio": 0.75}]}'
                 WHEN 'pod-b' THEN '{"Elements": [{"AllocatedRatio": 0.25}]}' END AS "AllocatedMethodDetails",
       CASE i.id WHEN 'pod-a' THEN 'search' WHEN 'pod-b' THEN 'mail' END AS "AllocatedResourceId",
       CASE i.id WHEN 'pod-a' THEN 'search' WHEN 'pod-b' THEN 'mail' END AS "AllocatedResourceName"
FROM day AS d
JOIN item AS i ON i.daily OR d.is_first
CROSS JOIN LATERAL (
    SELECT CASE i.id
               -- the fee for a month is what its days use and leave
               WHEN 'sp-fee' THEN 3.50 * extract(day FROM d.month_end - interval '1 day')
               -- a peak in the middle of July
               WHEN 'transfer' THEN CASE WHEN d.start = '2026-07-15' THEN 500 ELSE 50 END
               ELSE i.quantity END AS quantity,
           CASE i.id WHEN 'tax' THEN 30.00 END AS tax) AS q;

-- In July: a credit, and a correction of June.
INSERT INTO charges ("x_Item", "ServiceProviderName", "HostProviderName", "InvoiceIssuerName", "InvoiceId",
                     "InvoiceDetailId", "BillingAccountId", "BillingAccountName", "BillingAccountType", "SubAccountId",
                     "SubAccountName", "BillingPeriodStart", "BillingPeriodEnd", "ChargePeriodStart", "ChargePeriodEnd",
                     "ChargeCategory", "ChargeClass", "ChargeFrequency", "ChargeDescription", "ServiceCategory",
                     "ServiceSubcategory", "ServiceName", "BillingCurrency", "BilledCost", "EffectiveCost", "ListCost",
                     "ContractedCost", "PricingCurrency", "PricingCurrencyEffectiveCost")
SELECT c.id, 'AWS', 'AWS', 'AWS', 'A-2026-07', 'A-07-' || c.category, 'aws-1', 'AWS account', 'Payer', c.sub_account,
       initcap(c.sub_account), '2026-07-01', '2026-08-01', c.start::timestamp, c.stop::timestamp, c.category, c.class,
       'One-Time', c.description, c.service_category, c.service_subcategory, c.service, 'USD', c.cost, c.cost, c.cost,
       c.cost, 'USD', c.cost
FROM (VALUES ('credit', 'shop', '2026-07-01', '2026-08-01', 'Credit', NULL, 'Service credit', 'Compute',
              'Virtual Machines', 'EC2', -25.00),
             ('correction', 'research', '2026-06-01', '2026-07-01', 'Usage', 'Correction', 'Correction of storage',
              'Storage', 'Object Storage', 'S3', -4.60))
     AS c (id, sub_account, start, stop, category, class, description, service_category, service_subcategory, service,
           cost);

-- A line of an invoice has the charges of a category, in cents.
CREATE TEMPORARY TABLE lines ON COMMIT DROP AS
SELECT "InvoiceIssuerName", "InvoiceId", "InvoiceDetailId", "InvoiceId" AS "ReferenceInvoiceId", "BillingAccountId",
       "BillingPeriodStart", "BillingPeriodEnd", "ChargeCategory", "BillingCurrency",
       round(sum("BilledCost"), 2) AS "BilledCost",
       CASE "BillingCurrency" WHEN 'EUR' THEN 'USD' END AS "PaymentCurrency",
       CASE "BillingCurrency" WHEN 'EUR' THEN round(sum("BilledCost") * 1.1, 2) END AS "PaymentCurrencyBilledCost",
       CASE "BillingCurrency" WHEN 'EUR' THEN "InvoiceDetailId" END AS "PaymentCurrencyInvoiceDetailId",
       'Issued' AS "InvoiceIssueStatus", "BillingPeriodEnd" AS "InvoiceIssueDate", 'Net 30' AS "PaymentTerms"
FROM charges
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9;

CREATE TEMPORARY TABLE commitments ON COMMIT DROP AS
SELECT 'AWS' AS "ServiceProviderName", 'AWS' AS "InvoiceIssuerName", 'A-contract' AS "ContractId",
       'sp-1' AS "ContractCommitmentId", 'Spend' AS "ContractCommitmentCategory",
       'Savings Plan' AS "ContractCommitmentType",
       '2026-01-01' AS "ContractCommitmentPeriodStart", '2027-01-01' AS "ContractCommitmentPeriodEnd",
       1277.50 AS "ContractCommitmentCost", 'USD' AS "BillingCurrency", 'Active' AS "ContractCommitmentLifecycleStatus"
UNION ALL
SELECT 'Snowflake', 'Snowflake', 'S-contract', 'capacity-1', 'Spend', 'Capacity', '2026-06-01', '2027-06-01', 3000.00,
       'USD', 'Active';

CREATE TEMPORARY TABLE periods ON COMMIT DROP AS
SELECT DISTINCT "InvoiceIssuerName", "BillingPeriodStart", "BillingPeriodEnd",
       CASE WHEN "BillingPeriodStart" < '2026-07-01' THEN 'Closed' ELSE 'Open' END AS "BillingPeriodStatus",
       "BillingPeriodEnd" AS "BillingPeriodLastUpdated"
FROM charges;

SELECT count(*) FROM accelcost.import_focus('charges');
SELECT count(*) FROM accelcost.import_invoice_detail('lines');
SELECT count(*) FROM accelcost.import_contract_commitment('commitments');
SELECT count(*) FROM accelcost.import_billing_period('periods');
COMMIT;
ANALYZE accelcost.charge;
