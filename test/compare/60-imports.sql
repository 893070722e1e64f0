-- Billing exports in the formats of all importers, with good and with bad
-- cells, loaded, loaded again, changed, shrunk, and rejected.

-- A cell of a kind, as exports write it; bad is how many of a hundred cannot be read.
CREATE FUNCTION cell(n bigint, what text, kind text, choices text[], bad integer) RETURNS text LANGUAGE sql
    IMMUTABLE AS $$
    SELECT CASE
        WHEN chance(n, what || ' bad', bad) THEN
            CASE kind WHEN 'cost' THEN any_of(n, what, 'NaN', 'abc', '1,5', '0x1F', '1e300', '2e20',
                '100000000000000000000', '-9e21', '--1', '$5x') WHEN 'number' THEN any_of(n, what, 'Infinity',
                '1_000', '12 GB', '1e999')
                      WHEN 'time' THEN any_of(n, what, '2026-02-30', 'now', '07/2026', '2026-07-01T25:00Z',
                          'yesterday') WHEN 'us date' THEN any_of(n, what, '13/13/2026', '2026-02-30', 'x') WHEN
                          'currency' THEN any_of(n, what, 'US$', '123', 'way too long a name')
                      WHEN 'object' THEN any_of(n, what, '{', '[1, 2]', '"x"', 'x') ELSE choices[1] END
        WHEN kind IN ('cost', 'number') THEN
            CASE WHEN chance(n, what || ' negative', 8) THEN '-' ELSE '' END ||
            CASE dice(n, what || ' form', 12) WHEN 0 THEN concat(1 + dice(n, what, 9), '.', dice(n, what || 2,
                99), 'E-', dice(n, what || 3, 9)) WHEN 1 THEN '.5' WHEN 2 THEN '0' WHEN 3 THEN dice(n, what,
                1000) || '.'
                 WHEN 4 THEN concat('0.', lpad(dice(n, what, 1000000007)::text, 10, '0'), dice(n, what || 2,
                     1000000007)) ELSE amount(n, what, 500, dice(n, what || ' decimals', 7))::text END
        WHEN kind = 'money' THEN
            CASE dice(n, what || ' form', 6) WHEN 0 THEN concat('$', dice(n, what, 900), '.50') WHEN 1 THEN
                concat('(', dice(n, what, 900), '.25)') WHEN 2 THEN '1,234.56' WHEN 3 THEN '-$12,000.00' WHEN 4
                THEN '$-7' ELSE amount(n, what, 50, 2)::text END
        WHEN kind = 'time' THEN
            (SELECT CASE dice(n, what || ' form', 6) WHEN 0 THEN to_char(t.at, 'YYYY-MM-DD') WHEN 1 THEN
                to_char(t.at, 'YYYY-MM-DD HH24:MI') WHEN 2 THEN to_char(t.at, 'YYYY-MM-DD"T"HH24:MI:SS"Z"') WHEN
                3 THEN to_char(t.at, 'YYYY-MM-DD HH24:MI:SS.US"+02:00"')
                         WHEN 4 THEN to_char(t.at, 'YYYY-MM-DD HH24:MI:SS" UTC"') ELSE to_char(t.at,
                             ' YYYY-MM-DD"T"HH24:MI"Z" ') END
             FROM (SELECT timestamp '2026-06-28 00:00' + dice(n, what, 3000000) * interval '1 second' AS at) AS
                 t)
        WHEN kind = 'us date' THEN to_char(date '2026-07-01' + dice(n, what, 31), any_of(n, what || ' form',
            'MM/DD/YYYY', 'MM/DD/YYYY', 'FMMM/FMDD/YYYY'))
        WHEN kind = 'eu date' THEN to_char(date '2026-07-01' + dice(n, what, 31), 'DD/MM/YYYY')
        WHEN kind = 'object' THEN any_of(n, what, '{"team": "search"}',
            '{"team": "support", "cost": {"center": 5}}', '', 'NULL',
            '[{"key": "team", "value": "x"}, {"key": "env", "value": "prod"}]', '{"esc": "\u00e9", "n": 1e3}',
            '{}')
        WHEN kind = 'braces' THEN any_of(n, what, '"team": "search"', '{"team": "x"}', '', '"a": "b", "c": "d"')
        ELSE choices[1 + dice(n, what, cardinality(choices))] END
$$;

CREATE TABLE staging_column (format text, place integer, header text, kind text, choices text[], may_be_empty
    integer DEFAULT 0);
INSERT INTO staging_column VALUES
    ('focus', 1, 'BilledCost', 'cost', NULL, 0), ('focus', 2, 'EffectiveCost', 'cost', NULL, 10), ('focus', 3,
        'ListCost', 'cost', NULL, 20), ('focus', 4, 'Contracted Cost', 'cost', NULL, 20), ('focus', 5,
        'BillingCurrency', 'currency', '{USD,USD,eur,tokens}', 0),
    ('focus', 6, 'billing_account_id', 'text', '{acme,acme,beta}', 0), ('focus', 7, 'ProviderName', 'text',
        '{AWS,Microsoft,Google Cloud,CoreWeave}', 0), ('focus', 8, 'BillingPeriodStart', 'text',
        '{2026-07-01T00:00:00Z,2026-07-01,2026-08-01 00:00}', 0),
    ('focus', 9, 'BillingPeriodEnd', 'text', '{2026-08-01,2026-09-01}', 30), ('focus', 10, 'ChargePeriodStart',
        'time', NULL, 0), ('focus', 11, 'ChargePeriodEnd', 'time', NULL, 20), ('focus', 12, 'ChargeCategory',
        'text', '{Usage,Usage,Usage,Usage,Purchase,Tax,Credit,Adjustment,Novel}', 5),
    ('focus', 13, 'ChargeClass', 'text', '{Correction,NULL,NULL,NULL}', 0), ('focus', 14, 'ChargeDescription',
        'text', '{"p5.48xlarge, per hour","$0.09 per GB data transfer out",Disk}', 0), ('focus', 15,
        'ServiceName', 'text', '{Amazon Elastic Compute Cloud,Storage,GPU Instances}', 10),
    ('focus', 16, 'ServiceCategory', 'text', '{Compute,Storage,Networking,AI and Machine Learning}', 0),
        ('focus', 17, 'ChargeFrequency', 'text', '{One-Time,Recurring,Usage-Based,Now and Then}', 20), ('focus',
        18, 'PricingQuantity', 'number', NULL, 20), ('focus', 19, 'PricingUnit', 'text', '{Hours,GB,1 Hour}',
        0),
    ('focus', 20, 'ConsumedQuantity', 'number', NULL, 30), ('focus', 21, 'ConsumedUnit', 'text',
        '{Hours,GB,units}', 0), ('focus', 22, 'Tags', 'object', NULL, 0), ('focus', 23, 'x_CostCenter', 'text',
        '{4711,"",NULL,"o''clock"}', 0), ('focus', 24, 'RegionId', 'text', '{us-east-1,NULL}', 0),
    ('focus', 25, 'SkuId', 'text', '{sku-1,sku-2}', 0), ('focus', 26, 'ListUnitPrice', 'number', NULL, 30),
        ('focus', 27, 'InvoiceId', 'text', '{i-1,i-2}', 20), ('focus', 28, 'SkuPriceDetails', 'object', NULL,
        0),
    ('cur', 1, 'bill/PayerAccountId', 'text', '{1111,1111,2222}', 0), ('cur', 2, 'bill/BillingPeriodStartDate',
        'text', '{2026-07-01T00:00:00.000Z}', 0), ('cur', 3, 'bill/BillingPeriodEndDate', 'text',
        '{2026-08-01T00:00:00.000Z}', 0), ('cur', 4, 'lineItem/UsageStartDate', 'time', NULL, 0),
    ('cur', 5, 'lineItem/UsageEndDate', 'time', NULL, 0), ('cur', 6, 'lineItem/CurrencyCode', 'currency',
        '{USD}', 0), ('cur', 7, 'lineItem/LineItemType', 'text',
        '{Usage,Usage,Usage,SavingsPlanCoveredUsage,SavingsPlanNegation,SavingsPlanRecurringFee,SavingsPlanUpfrontFee,DiscountedUsage,RIFee,Fee,Tax,Credit,Refund,EdpDiscount,Novelty}',
        0),
    ('cur', 8, 'lineItem/ProductCode', 'text',
        '{AmazonEC2,AmazonS3,AWSDataTransfer,AmazonBedrock,AmazonRDS,Other}', 0), ('cur', 9,
        'lineItem/UsageType', 'text',
        '{BoxUsage:p5.48xlarge,SpotUsage:g5.xlarge,DataTransfer-Out-Bytes,TimedStorage-ByteHrs,EBSOptimized:p3.2xlarge}',
        5), ('cur', 10, 'lineItem/UsageAmount', 'number', NULL, 5),
    ('cur', 11, 'lineItem/UnblendedCost', 'cost', NULL, 0), ('cur', 12, 'lineItem/NetUnblendedCost', 'cost',
        NULL, 60), ('cur', 13, 'pricing/publicOnDemandCost', 'cost', NULL, 10), ('cur', 14, 'pricing/unit',
        'text', '{Hrs,GB,GB-Mo}', 5), ('cur', 15, 'product/regionCode', 'text', '{us-east-1,eu-west-1}', 10),
    ('cur', 16, 'reservation/ReservationARN', 'text', '{arn:ri}', 80), ('cur', 17, 'reservation/EffectiveCost',
        'cost', NULL, 40), ('cur', 18, 'reservation/UnusedAmortizedUpfrontFeeForBillingPeriod', 'number', NULL,
        40), ('cur', 19, 'reservation/UnusedRecurringFee', 'number', NULL, 40),
    ('cur', 20, 'savingsPlan/SavingsPlanARN', 'text', '{arn:sp}', 80), ('cur', 21,
        'savingsPlan/SavingsPlanEffectiveCost', 'cost', NULL, 30), ('cur', 22,
        'savingsPlan/TotalCommitmentToDate', 'number', NULL, 30), ('cur', 23, 'savingsPlan/UsedCommitment',
        'number', NULL, 30),
    ('cur', 24, 'resourceTags/user:team', 'text', '{search,"",x}', 0), ('cur', 25, 'resourceTags/user:env',
        'text', '{prod,""}', 0), ('cur', 26, 'identity/LineItemId', 'text', '{a,b}', 0), ('cur', 27,
        'lineItem/UnblendedRate', 'number', NULL, 20), ('cur', 28, 'product/ProductName', 'text',
        '{Amazon Elastic Compute Cloud}', 30),
    ('cur', 29, 'lineItem/LineItemDescription', 'text',
        '{$55.04 per On Demand Linux p5.48xlarge Instance Hour,$0.090 per GB data transfer out,$1 per Windows g5.xlarge Instance Hour}',
        20), ('cur', 30, 'pricing/RateCode', 'text', '{rc}', 50), ('cur', 31, 'pricing/publicOnDemandRate',
        'number', NULL, 30),
    ('azure', 1, 'BillingAccountId', 'text', '{77,77,88}', 0), ('azure', 2, 'BillingPeriodStartDate', 'text',
        '{07/01/2026}', 0), ('azure', 3, 'BillingPeriodEndDate', 'text', '{07/31/2026}', 0), ('azure', 4,
        'Date', 'us date', NULL, 0), ('azure', 5, 'ChargeType', 'text',
        '{Usage,Usage,Usage,Purchase,Refund,UnusedReservation,UnusedSavingsPlan,Tax,Credit,RoundingAdjustment}',
        0),
    ('azure', 6, 'PricingModel', 'text', '{OnDemand,OnDemand,Spot,Reservation,SavingsPlan,Novel}', 10),
        ('azure', 7, 'CostInBillingCurrency', 'cost', NULL, 0), ('azure', 8, 'BillingCurrency', 'currency',
        '{USD,EUR}', 0), ('azure', 9, 'Quantity', 'number', NULL, 5), ('azure', 10, 'UnitPrice', 'number', NULL,
        5),
    ('azure', 11, 'UnitOfMeasure', 'text', '{10K,1 Hour,100 GB/Month,1 GB,1M,Hours}', 0), ('azure', 12,
        'MeterCategory', 'text', '{Storage,Virtual Machines,Bandwidth}', 0), ('azure', 13, 'MeterName', 'text',
        '{ND96isr H100 v5,Standard Data Transfer Out,Disk}', 0), ('azure', 14, 'ResourceLocation', 'text',
        '{US East,eastus,EastUS2,westeurope,DE North}', 10),
    ('azure', 15, 'Tags', 'braces', NULL, 0), ('azure', 16, 'ExchangeRatePricingToBilling', 'number', NULL, 50),
        ('azure', 17, 'PayGPrice', 'number', NULL, 40), ('azure', 18, 'PaygCostInBillingCurrency', 'cost', NULL,
        40), ('azure', 19, 'SubscriptionId', 'text', '{sub-1,sub-2}', 0), ('azure', 20, 'ServiceFamily', 'text',
        '{Compute,Storage,Networking,AI + Machine Learning,Novel}', 10),
    ('azure', 21, 'Frequency', 'text', '{OneTime,UsageBased,Recurring}', 0), ('azure', 22, 'ProductName',
        'text', '{Disks,ND96isr_H100_v5}', 20), ('azure', 23, 'BenefitId', 'text', '{ri-1}', 80), ('azure', 24,
        'AdditionalInfo', 'text', '{x}', 60),
    ('oci', 1, 'lineItem/intervalUsageStart', 'time', NULL, 0), ('oci', 2, 'lineItem/intervalUsageEnd', 'time',
        NULL, 0), ('oci', 3, 'lineItem/tenantId', 'text', '{tenant-1}', 0), ('oci', 4, 'cost/currencyCode',
        'currency', '{USD}', 0), ('oci', 5, 'cost/myCost', 'cost', NULL, 0), ('oci', 6, 'cost/productSku',
        'text', '{B1,B2}', 0),
    ('oci', 7, 'cost/skuUnitDescription', 'text', '{GPU Per Hour,Gigabyte,Hour}', 5), ('oci', 8,
        'cost/unitPrice', 'number', NULL, 5), ('oci', 9, 'usage/billedQuantity', 'number', NULL, 5), ('oci', 10,
        'product/service', 'text', '{COMPUTE,NETWORK,OBJECTSTORE,DATABASE,NOVEL}', 0), ('oci', 11,
        'product/region', 'text', '{us-ashburn-1}', 0),
    ('oci', 12, 'product/Description', 'text', '{GPU - H100,Outbound Data Transfer,GPU.A10}', 0), ('oci', 13,
        'lineItem/isCorrection', 'text', '{false,false,true,TRUE}', 10), ('oci', 14, 'tags/team', 'text',
        '{a,""}', 0), ('oci', 15, 'tags/env', 'text', '{p}', 30), ('oci', 16, 'cost/subscriptionId', 'text',
        '{s-1}', 30), ('oci', 17, 'product/compartmentName', 'text', '{root}', 0),
    ('flat gcp', 1, 'billing_account_id', 'text', '{ABC}', 0), ('flat gcp', 2, 'invoice.month', 'text',
        '{202607,202608}', 20), ('flat gcp', 3, 'cost_type', 'text', '{regular,regular,tax,adjustment}', 10),
        ('flat gcp', 4, 'service_description', 'text', '{Compute Engine,Vertex AI,Cloud Storage}', 0),
    ('flat gcp', 5, 'sku.id', 'text', '{S1,S2}', 0), ('flat gcp', 6, 'sku.description', 'text',
        '{Nvidia H100 80GB GPU running in Virginia,Commitment v1: Cpu,Network Internet Egress from A to B,TPU v5e chip}',
        0), ('flat gcp', 7, 'usage_start_time', 'time', NULL, 0), ('flat gcp', 8, 'usage_end_time', 'time',
        NULL, 0), ('flat gcp', 9, 'cost', 'cost', NULL, 0),
    ('flat gcp', 10, 'cost_at_list', 'cost', NULL, 30), ('flat gcp', 11, 'currency', 'currency', '{USD,EUR}',
        0), ('flat gcp', 12, 'usage.amount', 'number', NULL, 10), ('flat gcp', 13, 'usage.unit', 'text',
        '{seconds,bytes,hour}', 0), ('flat gcp', 14, 'usage.amount_in_pricing_units', 'number', NULL, 10),
        ('flat gcp', 15, 'usage.pricing_unit', 'text', '{hour,gibibyte}', 0),
    ('flat gcp', 16, 'credits', 'text',
        '{[],"[{\"amount\": -1.5, \"name\": \"c\", \"type\": \"PROMOTION\"}]","[{\"amount\": \"-2\", \"type\": \"COMMITTED_USAGE_DISCOUNT\"}, {\"amount\": -0.25}]",NULL}',
        0), ('flat gcp', 17, 'labels', 'object', NULL, 0), ('flat gcp', 18, 'location.region', 'text',
        '{us-central1}', 20), ('flat gcp', 19, 'location.location', 'text', '{us}', 0),
    ('flat gcp', 20, 'price.tier_start_amount', 'number', NULL, 70), ('flat gcp', 21, 'adjustment_info.type',
        'text', '{USAGE_CORRECTION}', 90), ('flat gcp', 22, 'price.effective_price', 'number', NULL, 40),
        ('flat gcp', 23, 'seller_name', 'text', '{G}', 60);

-- A staging table of so many rows; where a column may be empty, some are.
CREATE FUNCTION stage(name text, format text, rows integer, bad integer, salt integer DEFAULT 0) RETURNS void
    LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE TABLE %I AS SELECT %s FROM generate_series(1::bigint, %s) AS n ORDER BY n', name,
        (SELECT
            string_agg(format('CASE WHEN NOT chance(n, %1$L, %2$s) THEN cell(n + %3$s, %4$L, %5$L, %6$L, %7$s) END AS %8$I',
            c.header || ' empty', c.may_be_empty, salt, c.format || c.header, c.kind, c.choices,
                           CASE WHEN c.kind IN ('text', 'braces', 'money') THEN 0 ELSE bad END, c.header), ', '
                               ORDER BY c.place)
         FROM staging_column AS c WHERE c.format = stage.format), rows);
END
$$;
SELECT stage('focus_good', 'focus', 90, 0), stage('focus_bad', 'focus', 90, 2, 1000), stage('cur_good', 'cur',
    80, 0), stage('cur_bad', 'cur', 60, 1, 1000), stage('azure_good', 'azure', 80, 0), stage('azure_bad',
    'azure', 60, 1, 1000),
       stage('oci_good', 'oci', 60, 0), stage('oci_bad', 'oci', 60, 2, 1000), stage('gcp_good', 'flat gcp', 60,
           0), stage('gcp_bad', 'flat gcp', 60, 2, 1000);
-- dates that prove their order, those that do not, and money with signs
INSERT INTO staging_column SELECT 'us focus', place, header, CASE WHEN header LIKE 'Charge%Period%' THEN
    'us date' WHEN header = 'BilledCost' THEN 'money' ELSE kind END, choices, may_be_empty FROM staging_column
    WHERE format = 'focus' AND header NOT IN ('EffectiveCost', 'ListCost');
INSERT INTO staging_column SELECT 'eu focus', place, header, CASE WHEN kind = 'us date' THEN 'eu date' WHEN kind
    = 'money' THEN 'cost' ELSE kind END, choices, may_be_empty FROM staging_column WHERE format = 'us focus';
SELECT stage('us_focus', 'us focus', 40, 0), stage('eu_focus', 'eu focus', 40, 0), stage('early_focus',
    'eu focus', 40, 0);
UPDATE early_focus SET "ChargePeriodStart" = '9/2/2026', "ChargePeriodEnd" = '10/2/2026';

-- JSON lines, some of them not quite
CREATE TABLE gcp_lines (line text);
INSERT INTO gcp_lines
SELECT jsonb_strip_nulls(jsonb_build_object('billing_account_id', 'ABC', 'invoice', jsonb_build_object('month',
    any_of(n, 'invoice', '202607', '202608', NULL)), 'cost_type', any_of(n, 'type', 'regular', 'regular',
    'regular', 'tax', 'rounding_error'),
           'service', jsonb_build_object('id', 'X', 'description', any_of(n, 'service', 'Compute Engine',
               'Vertex AI', 'Cloud Storage', 'Networking')), 'sku', jsonb_build_object('id', any_of(n, 'sku',
               'S1', 'S2'), 'description',
               any_of(n, 'words', 'Nvidia L4 GPU running in Virginia', 'Commitment v1: Cpu',
                   'Network Internet Data Transfer Out from A to B', 'TPU-v5e', 'Spot Preemptible TPU v5e')),
           'usage_start_time', to_char(timestamp '2026-07-01 05:00' + dice(n, 'start', 2500000) * interval
               '1 second', 'YYYY-MM-DD HH24:MI:SS" UTC"'), 'usage_end_time', '2026-08-01 00:00:00 UTC', 'cost',
               amount(n, 'gcp cost', 90, dice(n, 'places', 8)), 'currency', any_of(n, 'money', 'USD', 'EUR'),
           'cost_at_list', amount(n, 'gcp list', 99, 2), 'usage', jsonb_build_object('amount', dice(n, 'used',
               9000000), 'unit', any_of(n, 'unit', 'seconds', 'bytes', 'requests'), 'amount_in_pricing_units',
               amount(n, 'priced', 40, 4), 'pricing_unit', any_of(n, 'priced unit', 'hour', 'gibibyte',
               'count')),
           'price', jsonb_build_object('effective_price', amount(n, 'effective', 3, 5), 'tier_start_amount',
               any_of(n, 'tier', '0', NULL), 'list_price', 3, 'other', 5),
           'credits', CASE dice(n, 'credits', 5) WHEN 0 THEN '[]'::jsonb WHEN 1 THEN
               '[{"amount": -1.25, "full_name": "Sustained use", "name": "sud", "type": "SUSTAINED_USAGE_DISCOUNT"}]'
               WHEN 2 THEN
               '[{"amount": -0.5, "name": "cud", "type": "COMMITTED_USAGE_DISCOUNT"}, {"amount": -300, "name": "promo", "type": "PROMOTION"}]'
               END,
           'labels', CASE WHEN chance(n, 'labelled', 50) THEN '[{"key": "team", "value": "ml"}]'::jsonb ELSE
               '[]' END, 'location', jsonb_build_object('location', 'us', 'region', any_of(n, 'site',
               'us-central1', NULL)), 'novelty', jsonb_build_object('a', n % 3)))::text
FROM generate_series(1::bigint, 80) AS n;
CREATE TABLE gcp_bad_lines AS
SELECT CASE dice(n, 'broken', 9) WHEN 0 THEN 'no JSON' WHEN 1 THEN replace(line, '"cost":', '"price_of":') WHEN
    2 THEN jsonb_set(line::jsonb, '{credits}', '{"amount": 1}')::text WHEN 3 THEN jsonb_set(line::jsonb,
    '{credits}', '[{"name": "none"}]')::text
            WHEN 4 THEN jsonb_set(line::jsonb, '{invoice,month}', '"202613"')::text ELSE line END AS line
FROM (SELECT row_number() OVER () AS n, line FROM gcp_lines) AS l;
CREATE TABLE gcp_json AS SELECT line::jsonb AS line FROM gcp_lines LIMIT 5;
CREATE VIEW few_columns AS SELECT "BilledCost", "ProviderName" FROM focus_good;
CREATE VIEW two_columns AS SELECT *, '5' AS "Billed_Cost" FROM focus_good;
CREATE VIEW no_rows AS SELECT * FROM focus_good WHERE false;
CREATE TABLE native_focus AS SELECT 12.5 AS "BilledCost", 'USD' AS "BillingCurrency", 'acme' AS
    "BillingAccountId", 'AWS' AS "ProviderName", date '2026-07-01' AS "BillingPeriodStart", timestamptz
    '2026-07-30 22:00Z' AS "ChargePeriodStart", 'Storage' AS "ServiceName", '{"a": 1}'::jsonb AS "Tags",
    interval '1 day' AS "x_Span", 1e-9::float8 AS "EffectiveCost";

--= import_columns
SELECT attempt(format('SELECT import_columns(%L, %L, %L)', h.header, h.staging, h.delimiter)) AS answer
FROM (VALUES ('BilledCost,"Charge ""Period""",,x', 'staging', ','), (E'\uFEFFa;b\r', 'my.table', ';'), ('a,a',
    'staging', ','), ('a,"b', 'staging', ','), ('a|b', '"S"', '|'), ('a', 'staging', '-'), (NULL, 'staging',
    ',')) AS h (header, staging, delimiter);
--= import_mapping
SELECT f.format, f.staging, m.header, m.column_name, m.kind, m.required, m.expression IS NULL AS is_direct
FROM (VALUES ('focus', 'focus_good'::regclass), ('cur', 'cur_good'), ('azure', 'azure_good'), ('oci',
    'oci_good'), ('gcp', 'gcp_good'), ('gcp', 'gcp_lines'), ('gcp', 'gcp_json'), ('focus', 'native_focus')) AS f
    (format, staging), import_mapping(f.format, f.staging) AS m;

--= import_focus.few
SELECT * FROM import_focus('few_columns');
--= import_focus.two
SELECT * FROM import_focus('two_columns');
--= import_focus.none
SELECT * FROM import_focus('no_rows');
--= import_focus
SELECT * FROM import_focus('focus_good');
--= import_focus.again
SELECT * FROM import_focus('focus_good');
UPDATE focus_good SET "BilledCost" = '99.999' WHERE ctid IN (SELECT ctid FROM focus_good ORDER BY ctid LIMIT 3);
--= import_focus.changed
SELECT * FROM import_focus('focus_good');
CREATE VIEW shrunk_focus AS SELECT * FROM (SELECT *, row_number() OVER () AS n FROM focus_good) AS f WHERE n % 3
    = 0;
--= import_focus.shrunk
SELECT * FROM import_focus('shrunk_focus');
--= import_focus.allow_shrink
SELECT * FROM import_focus('shrunk_focus', allow_shrink => true);
--= import_focus.other_export
SELECT * FROM import_focus('focus_good', 'finance');
--= import_focus.bad
SELECT * FROM import_focus('focus_bad', 'bad');
--= import_focus.skip
SELECT * FROM import_focus('focus_bad', 'bad', 'skip');
--= import_focus.withheld
SELECT * FROM import_focus('focus_bad', 'finance', on_error => 'skip', allow_shrink => true);
--= import_focus.us
SELECT * FROM import_focus('us_focus', 'us', 'skip');
--= import_focus.money
SELECT * FROM import_focus('us_focus', 'us', money_signs => true);
--= import_focus.order
SELECT * FROM import_focus('eu_focus', 'eu', 'skip');
--= import_focus.wrong_order
SELECT * FROM import_focus('eu_focus', 'eu wrong', 'skip', 'MDY');
--= import_focus.unproved
SELECT * FROM import_focus('early_focus', 'early', 'skip');
--= import_focus.dmy
SELECT * FROM import_focus('early_focus', 'early', date_order => 'DMY');
--= import_focus.native
SELECT * FROM import_focus('native_focus', 'native');
INSERT INTO import_column (format, header, column_name) VALUES ('focus', 'x_CostCenter', 'sub_account_id');
--= import_focus.own_column
SELECT * FROM import_focus('focus_good', 'own');
--= import_cur
SELECT * FROM import_cur('cur_good');
--= import_cur.bad
SELECT * FROM import_cur('cur_bad', 'cur bad', 'skip');
--= import_azure
SELECT * FROM import_azure('azure_good');
--= import_azure.bad
SELECT * FROM import_azure('azure_bad', 'azure bad', 'skip', 'MDY');
--= import_oci
SELECT * FROM import_oci('oci_good');
--= import_oci.bad
SELECT * FROM import_oci('oci_bad', 'oci bad', 'skip');
--= import_gcp.flat
SELECT * FROM import_gcp('gcp_good', 'gcp flat');
--= import_gcp.flat_bad
SELECT * FROM import_gcp('gcp_bad', 'gcp flat bad', 'skip');
--= import_gcp
SELECT * FROM import_gcp('gcp_lines');
--= import_gcp.again
SELECT * FROM import_gcp('gcp_lines');
--= import_gcp.bad
SELECT * FROM import_gcp('gcp_bad_lines', 'gcp bad', 'skip');
--= import_gcp.stop
SELECT * FROM import_gcp('gcp_bad_lines', 'gcp stop');
--= import_gcp.json
SELECT * FROM import_gcp('gcp_json', 'gcp json');

--= import.reject
SELECT * FROM import_reject;
--= import.batch
SELECT batch, export, provider_name, billing_account_id, billing_period_start AT TIME ZONE 'UTC' AS
    billing_period_start, charges, billed_cost, loaded_by, replaced_at IS NULL AS stands FROM import_batch;
--= import.fingerprint
SELECT batch, export, provider_name, billing_account_id, billing_period_start AT TIME ZONE 'UTC' AS
    billing_period_start, fingerprint FROM import_batch;
--= import.total
SELECT * FROM import_total;
--= import.charge
SELECT * FROM charge;
