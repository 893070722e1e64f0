-- Charges for accelerators and data transfer, as usage.

CREATE FUNCTION accelcost.charge_accelerator(export_name text DEFAULT NULL)
RETURNS TABLE (export_name text, batch bigint, row_number bigint, month date, charge_period_start timestamptz,
               provider text, billing_account_id text,
               sub_account_id text, region_id text, charge_category text, sku text, accelerator text, gpu_count numeric,
               purchase_option text,
               instance_hours numeric, accelerator_hours numeric, currency text, billed_cost numeric,
               effective_cost numeric, charge_description text)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT c.export_name, c.batch, c.row_number, @extschema@.bill_month(c.charge_period_start), c.charge_period_start,
           m.provider, c.billing_account_id,
           c.sub_account_id, c.region_id, c.charge_category, m.sku, m.accelerator, m.gpu_count,
           accelcost_internal.charge_option(c, m.is_spot),
           h.quantity, h.quantity * m.gpu_count, c.billing_currency, c.billed_cost, c.effective_cost,
           c.charge_description
    FROM accelcost.charge AS c
    JOIN accelcost_internal.charge_matches() AS m ON accelcost_internal.says(c, m.texts)
    LEFT JOIN LATERAL accelcost_internal.consumption(
                          m.meter, c.consumed_quantity, c.consumed_unit, c.pricing_quantity, c.pricing_unit) AS h
           ON accelcost_internal.is_consumption(c)
    WHERE accelcost_internal.tables_are_local()
      AND m.meter = 'compute'
      AND accelcost_internal.is_reported(charge_accelerator.export_name, c.export_name, c.beside);
END;
COMMENT ON FUNCTION accelcost.charge_accelerator(text) IS
    'returns charges for accelerators, with their hours; export_name NULL: of all exports';

-- A row of charges with one price. Its text is free of settings, so that pricing can hand it on as text.
CREATE TYPE accelcost_internal.charge_line AS (
    epoch numeric, export_name text, provider text, payer text, region text, meter text, sku text, accelerator text,
    gpu_count numeric, without_host boolean, licence text, purchase_option text,
    transfer_kind text, transfer_service text, transfer_destination text, unit text, currency text,
    quantity numeric, charges bigint, unknown_charges bigint,
    billed_cost numeric, effective_cost numeric, list_cost numeric, contracted_cost numeric
);
COMMENT ON TYPE accelcost_internal.charge_line IS
    'charges for accelerators or data transfer, summed by all that their price depends on';
COMMENT ON COLUMN accelcost_internal.charge_line.epoch IS 'start of the first day of the charges, in Unix seconds';
COMMENT ON COLUMN accelcost_internal.charge_line.quantity IS 'hours, or data in unit; NULL if unknown';
COMMENT ON COLUMN accelcost_internal.charge_line.unknown_charges IS 'charges with an unknown quantity';
COMMENT ON COLUMN accelcost_internal.charge_line.effective_cost IS 'effective cost; NULL unless all charges have one';
COMMENT ON COLUMN accelcost_internal.charge_line.list_cost IS 'list cost; NULL unless all charges have one';
COMMENT ON COLUMN accelcost_internal.charge_line.contracted_cost IS 'contracted cost; NULL unless all charges have one';

-- A function, because a view has no settings: the planner cannot know that few texts match and few lines result, so it
-- would sort the charges.
CREATE FUNCTION accelcost_internal.charge_lines(beside boolean)
RETURNS SETOF accelcost_internal.charge_line
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
SET jit = off
SET enable_sort = off
SET enable_nestloop = off
SET hash_mem_multiplier = 64
BEGIN ATOMIC
    WITH match AS MATERIALIZED (
        SELECT m.* FROM accelcost_internal.charge_matches() AS m
    ), alike AS MATERIALIZED (
        -- Charges with the same texts and units, so that units are read once for all of them.
        -- A day in UTC has 24 hours, so that no time zone is needed.
        SELECT date_bin('1 day', c.charge_period_start, '2000-01-01 00:00:00+00') AS day, c.export_name, m.n,
               c.billing_account_id AS payer, c.region_id AS region,
               CASE WHEN m.meter = 'compute' THEN accelcost_internal.charge_option(c, m.is_spot)
                    ELSE 'on_demand' END AS purchase_option,
               c.billing_currency AS currency, c.consumed_unit, c.pricing_unit, k.takes_back,
               sum(c.consumed_quantity) AS consumed_quantity, sum(c.pricing_quantity) AS pricing_quantity,
               count(*) AS charges, sum(c.billed_cost) AS billed_cost,
               sum(c.effective_cost) AS effective_cost, count(c.effective_cost) AS with_effective,
               sum(c.list_cost) AS list_cost, count(c.list_cost) AS with_list,
               sum(c.contracted_cost) AS contracted_cost, count(c.contracted_cost) AS with_contracted
        FROM accelcost.charge AS c
        JOIN match AS m ON accelcost_internal.says(c, m.texts)
        CROSS JOIN LATERAL (SELECT accelcost_internal.takes_back(c) AS takes_back,
                                   c.consumed_quantity IS NOT NULL AS has_consumed,
                                   c.pricing_quantity IS NOT NULL AS has_priced) AS k
        -- A condition on both tables is checked after the join: reading columns at the end of each row takes longer.
        WHERE CASE WHEN m.n > 0::bigint
                   THEN accelcost_internal.is_consumption(c) AND c.beside IS TRUE = charge_lines.beside END
        GROUP BY m.n, day, c.export_name, payer, region, purchase_option, c.billing_currency, c.consumed_unit,
                 c.pricing_unit, k.takes_back, k.has_consumed, k.has_priced
    )
    SELECT extract(epoch FROM a.day), a.export_name, m.provider, a.payer, a.region, m.meter, m.sku, m.accelerator,
           m.gpu_count, m.without_host, m.licence, a.purchase_option, coalesce(m.transfer_kind, 'internet'),
           m.transfer_service, m.transfer_destination, q.unit, a.currency,
           sum(q.quantity), sum(a.charges)::bigint,
           coalesce(sum(a.charges) FILTER (WHERE q.quantity IS NULL), 0)::bigint,
           sum(a.billed_cost),
           CASE WHEN sum(a.with_effective) = sum(a.charges) THEN sum(a.effective_cost) END,
           CASE WHEN sum(a.with_list) = sum(a.charges) THEN sum(a.list_cost) END,
           CASE WHEN sum(a.with_contracted) = sum(a.charges) THEN sum(a.contracted_cost) END
    FROM alike AS a
    JOIN match AS m ON m.n = a.n
    CROSS JOIN LATERAL (
        SELECT r.quantity, r.unit
        FROM accelcost_internal.consumption(
                 m.meter, a.consumed_quantity, a.consumed_unit, a.pricing_quantity, a.pricing_unit) AS r
        WHERE NOT a.takes_back
        UNION ALL
        SELECT 0.0, CASE WHEN m.meter = 'egress' THEN 'GB' ELSE 'hour' END
        WHERE a.takes_back) AS q
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17;
END;
COMMENT ON FUNCTION accelcost_internal.charge_lines(boolean) IS
    'returns usage charges for accelerators and data transfer by day, those that reports count or those beside';

CREATE FUNCTION accelcost_internal.charge_usage(beside boolean)
RETURNS TABLE (source text, record_id text, period_start timestamptz, export_name text, provider text, payer text,
               region text, charged_meter text, sku text, accelerator text, gpu_count numeric, without_host boolean,
               licence text, purchase_option text, transfer_kind text, transfer_service text,
               transfer_destination text, unit text, instance_hours numeric, transfer_quantity numeric,
               transfer_unit text, currency text, charges bigint, unknown_charges bigint, billed_cost numeric,
               effective_cost numeric, list_cost numeric, contracted_cost numeric)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT 'charge',
           -- The text of a number: that of a time depends on settings.
           ROW(l.epoch, l.export_name, l.provider, l.payer, l.region, l.meter, l.sku, l.accelerator, l.gpu_count,
               l.without_host, l.licence, l.purchase_option, l.transfer_kind, l.transfer_service,
               l.transfer_destination, l.unit, l.currency)::text,
           to_timestamp(l.epoch::double precision), l.export_name, l.provider, l.payer, l.region, l.meter, l.sku,
           l.accelerator, l.gpu_count, l.without_host, l.licence, l.purchase_option, l.transfer_kind,
           l.transfer_service, l.transfer_destination, l.unit,
           CASE WHEN l.meter = 'compute' THEN l.quantity END,
           CASE WHEN l.meter = 'egress' THEN l.quantity END,
           -- GB is the provider's unit, as in its tariff.
           CASE WHEN l.meter = 'egress' AND l.unit <> 'GB' THEN l.unit END,
           l.currency, l.charges, l.unknown_charges, l.billed_cost, l.effective_cost, l.list_cost, l.contracted_cost
    FROM accelcost_internal.charge_lines(charge_usage.beside) AS l;
END;
COMMENT ON FUNCTION accelcost_internal.charge_usage(boolean) IS
    'returns charges for accelerators and data transfer as usage by day, those that reports count or those beside';

CREATE VIEW accelcost.charge_usage
WITH (security_invoker = true)
AS
SELECT u.*
FROM accelcost_internal.charge_usage(beside => false) AS u
-- The table is named so that its row security is known to apply to the view.
WHERE EXISTS (SELECT FROM accelcost.charge);
COMMENT ON VIEW accelcost.charge_usage IS
    'usage charges for accelerators and data transfer as usage rows, one for what was charged alike on a day';
COMMENT ON COLUMN accelcost.charge_usage.source IS 'charge';
COMMENT ON COLUMN accelcost.charge_usage.record_id IS
    'text that identifies the row: all that its charges have in common';
COMMENT ON COLUMN accelcost.charge_usage.period_start IS 'start of the day of charge_period_start, UTC';
COMMENT ON COLUMN accelcost.charge_usage.export_name IS 'name given to the export at import';
COMMENT ON COLUMN accelcost.charge_usage.provider IS 'provider by its catalog name; NULL if unknown';
COMMENT ON COLUMN accelcost.charge_usage.payer IS 'account that is billed';
COMMENT ON COLUMN accelcost.charge_usage.region IS 'region as the provider identifies it';
COMMENT ON COLUMN accelcost.charge_usage.charged_meter IS 'compute or egress';
COMMENT ON COLUMN accelcost.charge_usage.sku IS 'SKU by its catalog name';
COMMENT ON COLUMN accelcost.charge_usage.accelerator IS 'accelerator by its catalog name';
COMMENT ON COLUMN accelcost.charge_usage.gpu_count IS 'accelerators per instance';
COMMENT ON COLUMN accelcost.charge_usage.without_host IS 'true if the charge is for the accelerator without its host';
COMMENT ON COLUMN accelcost.charge_usage.licence IS
    'what the price of the machine includes, such as Windows or dedicated tenancy; NULL if nothing';
COMMENT ON COLUMN accelcost.charge_usage.purchase_option IS 'on_demand, spot or committed';
COMMENT ON COLUMN accelcost.charge_usage.transfer_kind IS 'internet, inter_region, inter_az or cdn';
COMMENT ON COLUMN accelcost.charge_usage.transfer_service IS 'service by its name in accelcost.meter_tariff';
COMMENT ON COLUMN accelcost.charge_usage.transfer_destination IS
    'region that receives the data; NULL if any or unknown';
COMMENT ON COLUMN accelcost.charge_usage.unit IS 'hour, or the unit of data that was charged';
COMMENT ON COLUMN accelcost.charge_usage.instance_hours IS 'instance hours; NULL if unknown';
COMMENT ON COLUMN accelcost.charge_usage.transfer_quantity IS 'data sent; NULL for accelerators, or if unknown';
COMMENT ON COLUMN accelcost.charge_usage.transfer_unit IS
    'unit of transfer_quantity; NULL if it is what the provider calls GB';
COMMENT ON COLUMN accelcost.charge_usage.currency IS 'currency of the costs';
COMMENT ON COLUMN accelcost.charge_usage.charges IS 'number of charges';
COMMENT ON COLUMN accelcost.charge_usage.unknown_charges IS 'number of charges with an unknown quantity';
COMMENT ON COLUMN accelcost.charge_usage.billed_cost IS 'billed cost';
COMMENT ON COLUMN accelcost.charge_usage.effective_cost IS 'effective cost; NULL unless all charges have one';
COMMENT ON COLUMN accelcost.charge_usage.list_cost IS 'list cost; NULL unless all charges have one';
COMMENT ON COLUMN accelcost.charge_usage.contracted_cost IS 'contracted cost; NULL unless all charges have one';

CREATE VIEW accelcost.charge_usage_beside
WITH (security_invoker = true)
AS
SELECT u.*
FROM accelcost_internal.charge_usage(beside => true) AS u
WHERE EXISTS (SELECT FROM accelcost.charge);
COMMENT ON VIEW accelcost.charge_usage_beside IS
    'charge_usage of the charges that were loaded beside the export that their bill belongs to';
COMMENT ON COLUMN accelcost.charge_usage_beside.source IS 'charge';
COMMENT ON COLUMN accelcost.charge_usage_beside.record_id IS
    'text that identifies the row: all that its charges have in common';
COMMENT ON COLUMN accelcost.charge_usage_beside.period_start IS 'start of the day of charge_period_start, UTC';
COMMENT ON COLUMN accelcost.charge_usage_beside.export_name IS 'name given to the export at import';
COMMENT ON COLUMN accelcost.charge_usage_beside.provider IS 'provider by its catalog name; NULL if unknown';
COMMENT ON COLUMN accelcost.charge_usage_beside.payer IS 'account that is billed';
COMMENT ON COLUMN accelcost.charge_usage_beside.region IS 'region as the provider identifies it';
COMMENT ON COLUMN accelcost.charge_usage_beside.charged_meter IS 'compute or egress';
COMMENT ON COLUMN accelcost.charge_usage_beside.sku IS 'SKU by its catalog name';
COMMENT ON COLUMN accelcost.charge_usage_beside.accelerator IS 'accelerator by its catalog name';
COMMENT ON COLUMN accelcost.charge_usage_beside.gpu_count IS 'accelerators per instance';
COMMENT ON COLUMN accelcost.charge_usage_beside.without_host IS
    'true if the charge is for the accelerator without its host';
COMMENT ON COLUMN accelcost.charge_usage_beside.licence IS
    'what the price of the machine includes, such as Windows or dedicated tenancy; NULL if nothing';
COMMENT ON COLUMN accelcost.charge_usage_beside.purchase_option IS 'on_demand, spot or committed';
COMMENT ON COLUMN accelcost.charge_usage_beside.transfer_kind IS 'internet, inter_region, inter_az or cdn';
COMMENT ON COLUMN accelcost.charge_usage_beside.transfer_service IS 'service by its name in accelcost.meter_tariff';
COMMENT ON COLUMN accelcost.charge_usage_beside.transfer_destination IS
    'region that receives the data; NULL if any or unknown';
COMMENT ON COLUMN accelcost.charge_usage_beside.unit IS 'hour, or the unit of data that was charged';
COMMENT ON COLUMN accelcost.charge_usage_beside.instance_hours IS 'instance hours; NULL if unknown';
COMMENT ON COLUMN accelcost.charge_usage_beside.transfer_quantity IS 'data sent; NULL for accelerators, or if unknown';
COMMENT ON COLUMN accelcost.charge_usage_beside.transfer_unit IS
    'unit of transfer_quantity; NULL if it is what the provider calls GB';
COMMENT ON COLUMN accelcost.charge_usage_beside.currency IS 'currency of the costs';
COMMENT ON COLUMN accelcost.charge_usage_beside.charges IS 'number of charges';
COMMENT ON COLUMN accelcost.charge_usage_beside.unknown_charges IS 'number of charges with an unknown quantity';
COMMENT ON COLUMN accelcost.charge_usage_beside.billed_cost IS 'billed cost';
COMMENT ON COLUMN accelcost.charge_usage_beside.effective_cost IS 'effective cost; NULL unless all charges have one';
COMMENT ON COLUMN accelcost.charge_usage_beside.list_cost IS 'list cost; NULL unless all charges have one';
COMMENT ON COLUMN accelcost.charge_usage_beside.contracted_cost IS 'contracted cost; NULL unless all charges have one';

GRANT SELECT ON accelcost.charge_usage, accelcost.charge_usage_beside TO @extowner@ WITH GRANT OPTION;

CREATE FUNCTION accelcost_internal.has_charges_beside(export_name text) RETURNS boolean
    LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN EXISTS (SELECT FROM accelcost.charge AS c
                   WHERE c.export_name = has_charges_beside.export_name AND c.beside
                     AND has_charges_beside.export_name IS NOT NULL);
COMMENT ON FUNCTION accelcost_internal.has_charges_beside(text) IS
    'returns whether an export has charges that were loaded beside the export that has their bill';

-- Usage is priced in groups, and a group has a team, on which no price depends. A line as the team of its usage comes
-- back with its price, so that charges are read once.
CREATE FUNCTION accelcost_internal.charge_months(beside boolean)
RETURNS TABLE (period_start timestamptz, provider text, payer text, region text, sku text, accelerator text,
               gpu_count numeric, purchase_option text, transfer_kind text, transfer_service text,
               transfer_destination text, transfer_unit text, instance_hours numeric, transfer_quantity numeric,
               team text)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
SET jit = off
BEGIN ATOMIC
    WITH line AS (
        SELECT min(d.epoch), d.export_name, d.provider, d.payer, d.region, d.meter, d.sku, d.accelerator, d.gpu_count,
               d.without_host, d.licence, d.purchase_option, d.transfer_kind, d.transfer_service,
               d.transfer_destination, d.unit, d.currency, sum(d.quantity), sum(d.charges)::bigint,
               sum(d.unknown_charges)::bigint, sum(d.billed_cost), sum(d.effective_cost), sum(d.list_cost),
               sum(d.contracted_cost)
        FROM accelcost_internal.charge_lines(charge_months.beside) AS d
        CROSS JOIN LATERAL (SELECT to_timestamp(d.epoch::double precision) AS at) AS t
        CROSS JOIN (SELECT accelcost_internal.price_eras(NULL, NULL) AS eras) AS e
        -- Within an era of a month, prices do not change. Days that lack a cost are a line of their own. So are days
        -- without a quantity, which need no price; quantities of one sign do not cancel each other out.
        GROUP BY @extschema@.bill_month(t.at), width_bucket(t.at, e.eras), d.export_name, d.provider, d.payer,
                 d.region, d.meter, d.sku, d.accelerator, d.gpu_count, d.without_host, d.licence, d.purchase_option,
                 d.transfer_kind, d.transfer_service, d.transfer_destination, d.unit, d.currency,
                 d.effective_cost IS NULL, d.list_cost IS NULL, d.contracted_cost IS NULL, sign(d.quantity)
    )
    SELECT to_timestamp((k.line).epoch::double precision), (k.line).provider, (k.line).payer, (k.line).region,
           (k.line).sku, (k.line).accelerator, (k.line).gpu_count, (k.line).purchase_option, (k.line).transfer_kind,
           (k.line).transfer_service, (k.line).transfer_destination,
           CASE WHEN (k.line).meter = 'egress' AND (k.line).unit <> 'GB' THEN (k.line).unit END,
           CASE WHEN (k.line).meter = 'compute' THEN (k.line).quantity END,
           CASE WHEN (k.line).meter = 'egress' THEN (k.line).quantity END,
           (k.line)::text
    FROM (SELECT l::accelcost_internal.charge_line AS line FROM line AS l OFFSET '0'::bigint) AS k;
END;
COMMENT ON FUNCTION accelcost_internal.charge_months(boolean) IS
    'returns lines of charges by month as usage, with the line as the team';

CREATE VIEW accelcost_internal.charge_months
WITH (security_invoker = true)
AS
SELECT m.* FROM accelcost_internal.charge_months(beside => false) AS m WHERE EXISTS (SELECT FROM accelcost.charge);
COMMENT ON VIEW accelcost_internal.charge_months IS 'charge_months of the charges that reports count';

CREATE VIEW accelcost_internal.charge_months_beside
WITH (security_invoker = true)
AS
SELECT m.* FROM accelcost_internal.charge_months(beside => true) AS m WHERE EXISTS (SELECT FROM accelcost.charge);
COMMENT ON VIEW accelcost_internal.charge_months_beside IS
    'charge_months of the charges that were loaded beside the export that their bill belongs to';
-- They are read with the privileges of the caller.
GRANT SELECT ON accelcost_internal.charge_months, accelcost_internal.charge_months_beside TO PUBLIC;
