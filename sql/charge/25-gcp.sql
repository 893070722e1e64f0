-- Google Cloud billing exports, JSON lines or flattened: headers, mapping, importer.

INSERT INTO accelcost.import_column (format, header, column_name, required, expected, builtin, source)
SELECT 'gcp', header, column_name, required, expected, true,
       'Google Cloud billing export to BigQuery, '
       'cloud.google.com/billing/docs/how-to/export-data-bigquery-tables/detailed-usage, 2026-08-21'
FROM (VALUES
    ('billing_account_id', 'billing_account_id', true, true),
    ('currency', 'billing_currency', true, true),
    ('usage_start_time', 'charge_period_start', true, true),
    ('usage_end_time', 'charge_period_end', false, true),
    ('service.description', 'service_name', false, true),
    ('project.id', 'sub_account_id', false, false),
    ('project.name', 'sub_account_name', false, false),
    ('sku.id', 'sku_id', false, true),
    ('location.zone', 'availability_zone', false, false),
    ('resource.name', 'resource_name', false, false),
    ('resource.global_name', 'resource_id', false, false),
    ('seller_name', 'publisher_name', false, false),
    ('subscription.instance_id', 'commitment_discount_id', false, false)
) AS gcp (header, column_name, required, expected);

CREATE TYPE accelcost_internal.gcp_line AS (
    invoice_month                 text,
    usage_start_time              text,
    credit_amount                 text,
    credit_name                   text,
    credit_type                   text,
    credits                       text,
    cost                          text,
    cost_at_list                  text,
    cost_type                     text,
    price_list_price              text,
    price_effective_price         text,
    price_tier_start_amount       text,
    price_pricing_unit_quantity   text,
    usage_amount                  text,
    usage_unit                    text,
    usage_amount_in_pricing_units text,
    usage_pricing_unit            text,
    sku_id                        text,
    sku_description               text,
    adjustment_info_type          text,
    adjustment_info_description   text,
    location_region               text,
    location_location             text,
    service_description           text,
    labels                        text
);
COMMENT ON TYPE accelcost_internal.gcp_line IS
    'line of a Google Cloud export, or one of its credits: its cells by their fields in snake case';

CREATE FUNCTION accelcost_internal.gcp_headers()
RETURNS SETOF accelcost_internal.line_header
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    VALUES
        (NULL, NULL, NULL, '{provider_name,invoice_issuer_name}'::text[]),
        ('invoice.month', 'invoice_month', 'text', '{billing_period_start,billing_period_end,invoice_id}'),
        ('usage_start_time', 'usage_start_time', 'timestamp', '{billing_period_start,billing_period_end}'),
        ('credit.amount', 'credit_amount', 'text',
         '{billed_cost,effective_cost,list_cost,contracted_cost,list_unit_price,contracted_unit_price,pricing_quantity,'
         'pricing_unit,consumed_quantity,consumed_unit,charge_category,charge_frequency,pricing_category,'
         'commitment_discount_type,commitment_discount_category}'),
        ('credit.name', 'credit_name', 'text', '{charge_description}'),
        ('credit.type', 'credit_type', 'text',
         '{list_cost,contracted_cost,pricing_category,commitment_discount_type,commitment_discount_category}'),
        ('credits', 'credits', 'text', '{pricing_category}'),
        ('cost', 'cost', 'text', '{billed_cost,effective_cost}'),
        ('cost', 'cost', 'cost', '{list_cost,contracted_cost}'),
        ('cost_at_list', 'cost_at_list', 'cost', '{list_cost}'),
        ('cost_type', 'cost_type', 'text',
         '{list_cost,contracted_cost,consumed_quantity,consumed_unit,charge_category,pricing_category}'),
        ('price.list_price', 'price_list_price', 'number', '{list_unit_price}'),
        ('price.effective_price', 'price_effective_price', 'number', '{contracted_unit_price}'),
        ('price.pricing_unit_quantity', 'price_pricing_unit_quantity', 'number',
         '{list_unit_price,contracted_unit_price}'),
        ('price.tier_start_amount', 'price_tier_start_amount', 'text', '{sku_price_id}'),
        ('usage.amount', 'usage_amount', 'text', '{consumed_quantity}'),
        ('usage.unit', 'usage_unit', 'text', '{consumed_unit}'),
        ('usage.amount_in_pricing_units', 'usage_amount_in_pricing_units', 'text', '{pricing_quantity}'),
        ('usage.pricing_unit', 'usage_pricing_unit', 'text', '{pricing_unit}'),
        ('sku.id', 'sku_id', 'text', '{sku_price_id}'),
        ('sku.description', 'sku_description', 'text',
         '{list_cost,contracted_cost,consumed_quantity,consumed_unit,charge_category,charge_description,'
         'charge_frequency,pricing_category,commitment_discount_type,commitment_discount_category}'),
        ('adjustment_info.type', 'adjustment_info_type', 'text', '{charge_class}'),
        ('adjustment_info.description', 'adjustment_info_description', 'text', '{charge_description}'),
        ('location.region', 'location_region', 'text', '{region_id}'),
        ('location.location', 'location_location', 'text', '{region_id,region_name}'),
        ('service.description', 'service_description', 'text', '{service_category}'),
        ('labels', 'labels', 'text', '{tags}');
END;
COMMENT ON FUNCTION accelcost_internal.gcp_headers() IS
    'returns the headers of a Google Cloud export that charge_of_gcp reads, and what they fill';

-- Longer than 80 lines: one expression for each column of charge_cells.
CREATE FUNCTION accelcost_internal.charge_of_gcp(line accelcost_internal.gcp_line)
RETURNS SETOF accelcost_internal.charge_cells
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT
        'Google Cloud' AS provider_name,
        'Google Cloud' AS invoice_issuer_name,
        line.invoice_month AS invoice_id,
        NULL AS billing_account_id,
        NULL AS sub_account_id,
        -- An invoice month begins and ends at midnight in California.
        CASE WHEN line.invoice_month ~ '^[1-9][0-9][0-9][0-9](0[1-9]|1[0-2])$'
             THEN (concat(left(line.invoice_month, 4), '-', right(line.invoice_month, 2), '-01')::timestamp
                   AT TIME ZONE 'America/Los_Angeles')::text
             WHEN line.invoice_month IS NOT NULL THEN line.invoice_month
             ELSE (accelcost_internal.bill_month(accelcost_internal.import_timestamp(line.usage_start_time),
                                                 'America/Los_Angeles')::timestamp
                   AT TIME ZONE 'America/Los_Angeles')::text END AS billing_period_start,
        CASE WHEN line.invoice_month ~ '^[1-9][0-9][0-9][0-9](0[1-9]|1[0-2])$'
             THEN ((concat(left(line.invoice_month, 4), '-', right(line.invoice_month, 2), '-01')::timestamp
                    + interval '1 month') AT TIME ZONE 'America/Los_Angeles')::text
             WHEN line.invoice_month IS NULL
             THEN ((accelcost_internal.bill_month(accelcost_internal.import_timestamp(line.usage_start_time),
                                                  'America/Los_Angeles')::timestamp
                    + interval '1 month') AT TIME ZONE 'America/Los_Angeles')::text END AS billing_period_end,
        NULL AS charge_period_start,
        NULL AS charge_period_end,
        CASE WHEN line.credit_amount IS NOT NULL THEN 'Credit'
             WHEN coalesce(line.cost_type, 'regular') = 'regular'
             THEN CASE WHEN line.sku_description LIKE 'Commitment %' THEN 'Purchase' ELSE 'Usage' END
             WHEN line.cost_type = 'tax' THEN 'Tax'
             ELSE 'Adjustment' END AS charge_category,
        CASE WHEN line.adjustment_info_type IS NOT NULL THEN 'Correction' END AS charge_class,
        CASE WHEN line.credit_amount IS NULL AND line.sku_description LIKE 'Commitment %' THEN 'Recurring'
             ELSE 'Usage-Based' END AS charge_frequency,
        concat_ws(', ', line.sku_description, line.credit_name, line.adjustment_info_description)
            AS charge_description,
        CASE WHEN line.service_description
                  IN ('Compute Engine', 'Kubernetes Engine', 'Cloud Run', 'Cloud Functions', 'App Engine')
             THEN 'Compute'
             WHEN line.service_description IN ('Vertex AI', 'Gemini API', 'Cloud TPU', 'Generative Language API')
             THEN 'AI and Machine Learning'
             WHEN line.service_description IN ('Cloud Storage', 'Cloud Filestore') THEN 'Storage'
             WHEN line.service_description IN ('Networking', 'Cloud DNS') THEN 'Networking'
             WHEN line.service_description IN ('Cloud SQL', 'Cloud Spanner', 'Cloud Bigtable', 'Cloud Firestore')
             THEN 'Databases' END AS service_category,
        NULL AS service_name,
        NULL AS sku_id,
        CASE WHEN line.price_tier_start_amount IS NOT NULL
             THEN concat(line.sku_id, '/', line.price_tier_start_amount) END AS sku_price_id,
        coalesce(line.location_region, line.location_location) AS region_id,
        line.location_location AS region_name,
        NULL AS resource_id,
        nullif(line.labels, '[]') AS tags,
        NULL AS billing_currency,
        coalesce(line.credit_amount, line.cost) AS billed_cost,
        coalesce(line.credit_amount, line.cost) AS effective_cost,
        -- The fee of a commitment, and the credit for what it covers, are no part of what usage costs without it.
        CASE WHEN line.credit_type LIKE 'COMMITTED%' OR line.credit_type = 'FEE_UTILIZATION_OFFSET' THEN '0'
             WHEN line.credit_amount IS NOT NULL THEN line.credit_amount
             WHEN coalesce(line.cost_type, 'regular') <> 'regular' THEN coalesce(line.cost_at_list, line.cost)
             WHEN line.sku_description LIKE 'Commitment %' THEN NULL
             ELSE line.cost_at_list END AS list_cost,
        CASE WHEN line.credit_type LIKE 'COMMITTED%' OR line.credit_type = 'FEE_UTILIZATION_OFFSET' THEN '0'
             WHEN line.credit_amount IS NOT NULL THEN line.credit_amount
             WHEN coalesce(line.cost_type, 'regular') = 'regular' AND line.sku_description LIKE 'Commitment %' THEN NULL
             ELSE line.cost END AS contracted_cost,
        -- A price is for so many pricing units.
        CASE WHEN line.credit_amount IS NULL
             THEN trim_scale(accelcost_internal.import_number(line.price_list_price)
                             / coalesce(nullif(accelcost_internal.import_number(line.price_pricing_unit_quantity), 0),
                                        1))::text END AS list_unit_price,
        CASE WHEN line.credit_amount IS NULL
             THEN trim_scale(accelcost_internal.import_number(line.price_effective_price)
                             / coalesce(nullif(accelcost_internal.import_number(line.price_pricing_unit_quantity), 0),
                                        1))::text END AS contracted_unit_price,
        CASE WHEN line.credit_type LIKE 'COMMITTED%' OR line.credit_type = 'FEE_UTILIZATION_OFFSET'
                  OR (line.credit_amount IS NULL
                      AND (line.credits LIKE '%COMMITTED_USAGE%' OR line.sku_description LIKE 'Commitment %'))
             THEN 'Committed'
             WHEN line.credit_amount IS NULL AND coalesce(line.cost_type, 'regular') = 'regular'
             THEN 'Standard' END AS pricing_category,
        CASE WHEN line.credit_amount IS NULL THEN line.usage_amount_in_pricing_units END AS pricing_quantity,
        CASE WHEN line.credit_amount IS NULL THEN line.usage_pricing_unit END AS pricing_unit,
        CASE WHEN line.credit_amount IS NULL AND coalesce(line.cost_type, 'regular') = 'regular'
                  AND coalesce(line.sku_description, '') NOT LIKE 'Commitment %'
             THEN line.usage_amount END AS consumed_quantity,
        CASE WHEN line.credit_amount IS NULL AND coalesce(line.cost_type, 'regular') = 'regular'
                  AND coalesce(line.sku_description, '') NOT LIKE 'Commitment %'
             THEN line.usage_unit END AS consumed_unit,
        NULL AS commitment_discount_id,
        CASE WHEN line.credit_type LIKE 'COMMITTED%' OR line.credit_type = 'FEE_UTILIZATION_OFFSET'
                  OR (line.credit_amount IS NULL AND line.sku_description LIKE 'Commitment %')
             THEN 'Committed use discount' END AS commitment_discount_type,
        CASE WHEN line.credit_type LIKE '%DOLLAR_BASE%'
                  OR (line.credit_amount IS NULL AND line.sku_description LIKE 'Commitment - dollar based%')
             THEN 'Spend'
             WHEN line.credit_type LIKE 'COMMITTED%' OR line.credit_type = 'FEE_UTILIZATION_OFFSET'
                  OR (line.credit_amount IS NULL AND line.sku_description LIKE 'Commitment %')
             THEN 'Usage' END AS commitment_discount_category,
        NULL AS commitment_discount_status;
END;
COMMENT ON FUNCTION accelcost_internal.charge_of_gcp(accelcost_internal.gcp_line) IS
    'returns the cells of a charge that are derived from a line of a Google Cloud export';

CREATE FUNCTION accelcost_internal.import_credits_fault(credits text)
RETURNS boolean
LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL UNSAFE
BEGIN ATOMIC
    -- An import that took what is no list for none would load the cost without its credits.
    SELECT credits IS NOT NULL
           AND coalesce((SELECT jsonb_typeof(c.list) <> 'array'
                                OR EXISTS (SELECT FROM jsonb_array_elements(
                                               CASE WHEN jsonb_typeof(c.list) = 'array' THEN c.list END) AS e (credit)
                                           WHERE jsonb_typeof(e.credit) <> 'object')
                         FROM (SELECT accelcost_internal.import_object(
                                          concat('{"credits": ', import_credits_fault.credits, '}'))->'credits' AS list
                              ) AS c), true);
END;
COMMENT ON FUNCTION accelcost_internal.import_credits_fault(text) IS
    'returns true if Google Cloud credits are not an array of objects';

CREATE FUNCTION accelcost_internal.import_credits(cell text)
RETURNS text
LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL UNSAFE
    RETURN CASE WHEN NOT accelcost_internal.import_credits_fault(cell) THEN cell END;
COMMENT ON FUNCTION accelcost_internal.import_credits(text) IS
    'returns Google Cloud credits that are an array of objects; NULL for anything else';

CREATE FUNCTION accelcost_internal.import_gcp_fields()
RETURNS text[]
LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN '{billing_account_id,invoice.month,cost_type,service.id,service.description,sku.id,sku.description,'
           'usage_start_time,usage_end_time,project.id,project.name,project.labels,labels,system_labels,'
           'location.location,location.region,location.zone,resource.name,resource.global_name,cost,cost_at_list,'
           'currency,currency_conversion_rate,usage.amount,usage.unit,usage.amount_in_pricing_units,'
           'usage.pricing_unit,price.effective_price,price.list_price,price.pricing_unit_quantity,'
           'price.tier_start_amount,price.unit,'
           'adjustment_info.id,adjustment_info.type,adjustment_info.description,adjustment_info.mode,'
           'subscription.instance_id,transaction_type,seller_name,export_time,tags,credits,credit.amount,'
           'credit.name,credit.type}'::text[];
COMMENT ON FUNCTION accelcost_internal.import_gcp_fields() IS
    'returns the fields of a Google Cloud line and its credits that imports read';

CREATE FUNCTION accelcost_internal.import_gcp_rest(line jsonb)
RETURNS jsonb
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT jsonb_object_agg(r.key, r.rest)
    FROM (SELECT e.key,
                 CASE WHEN jsonb_typeof(e.value) = 'object'
                      THEN e.value - ARRAY(SELECT split_part(f.path, '.', 2)
                                           FROM unnest(accelcost_internal.import_gcp_fields()) AS f (path)
                                           WHERE split_part(f.path, '.', 1) = e.key)
                      ELSE e.value END AS rest
          FROM jsonb_each(import_gcp_rest.line) AS e (key, value)
          WHERE e.key <> ALL (accelcost_internal.import_gcp_fields())) AS r
    WHERE r.rest <> '{}'::jsonb;
END;
COMMENT ON FUNCTION accelcost_internal.import_gcp_rest(jsonb) IS
    'returns the fields of a Google Cloud line that import_gcp_fields lacks; NULL if there are none';

CREATE FUNCTION accelcost.import_gcp(
    staging regclass, export_name text DEFAULT 'gcp', on_error text DEFAULT 'stop', date_order text DEFAULT NULL,
    money_signs boolean DEFAULT false, allow_shrink boolean DEFAULT false, part text DEFAULT NULL,
    beside boolean DEFAULT false)
RETURNS SETOF accelcost.import_result
LANGUAGE sql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE
BEGIN ATOMIC
    SELECT * FROM accelcost_internal.import_charges('gcp', staging, export_name, on_error, date_order, money_signs,
                                                    allow_shrink, part, beside);
END;
COMMENT ON FUNCTION accelcost.import_gcp(regclass, text, text, text, boolean, boolean, text, boolean) IS
    'loads a Google Cloud export, each credit as a charge of its own, replacing the billing periods it contains';
