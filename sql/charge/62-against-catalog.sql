-- Compare charges with the catalog.

CREATE FUNCTION accelcost_internal.charge_priced(export_name text, cost_basis text, currency text)
RETURNS TABLE (month date, provider text, payer text, region text, meter text, sku text, accelerator text,
               gpu_count numeric, purchase_option text,
               transfer_kind text, transfer_service text, transfer_destination text, unit text, charges bigint,
               quantity numeric,
               cost numeric, catalog_cost numeric, price_source text, price_origin text, price_as_of date, reason text)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
-- The planner cannot know how few rows there are.
SET jit = off
BEGIN ATOMIC
    WITH priced AS MATERIALIZED (
        SELECT u.*, false AS beside
        FROM accelcost_internal.record_costs(
                 'accelcost.charge_usage'::regclass, accelcost_internal.check_currency(charge_priced.currency),
                 NULL, NULL, NULL) AS u
        UNION ALL
        SELECT u.*, true
        FROM accelcost_internal.record_costs(
                 'accelcost.charge_usage_beside'::regclass, accelcost_internal.check_currency(charge_priced.currency),
                 NULL, NULL, NULL) AS u
        WHERE accelcost_internal.has_charges_beside(charge_priced.export_name)
    ), charged AS MATERIALIZED (
        SELECT v.*,
               CASE charge_priced.cost_basis
                   WHEN 'billed' THEN v.billed_cost WHEN 'effective' THEN v.effective_cost WHEN 'list' THEN v.list_cost
                   ELSE v.contracted_cost END AS cost,
               -- A month is rated as a whole: not without what is in an unknown unit, nor with what two exports say
               -- of an account.
               v.charged_meter = 'egress' AND sum(v.unknown_charges) OVER account > 0.0 AS is_partial,
               v.charged_meter = 'egress'
               AND min(v.export_name) OVER account <> max(v.export_name) OVER account AS is_twofold
        FROM (SELECT u.*, @extschema@.bill_month(u.period_start) AS month, false AS beside
              FROM accelcost.charge_usage AS u
              UNION ALL
              SELECT u.*, @extschema@.bill_month(u.period_start), true
              FROM accelcost_internal.charge_usage_beside() AS u
              WHERE accelcost_internal.has_charges_beside(charge_priced.export_name)) AS v
        WINDOW account AS (PARTITION BY v.charged_meter, v.provider, v.payer, v.month, v.beside)
    ), rate AS MATERIALIZED (
        SELECT k.currency, k.month, x.rate
        FROM (SELECT DISTINCT c.currency, c.month FROM charged AS c) AS k
        CROSS JOIN LATERAL accelcost.fx_at(k.currency, charge_priced.currency,
                                           accelcost_internal.rate_time(k.month, NULL)) AS x
    ), compared AS (
        SELECT c.*, p.compute, p.egress, p.price_source, p.price_origin, p.price_as_of, c.cost * x.rate AS converted,
               CASE WHEN c.unknown_charges > 0 AND c.unit IS NULL THEN 'the charge has no quantity, or no unit'
                    WHEN c.unknown_charges > 0 THEN format('unit "%s" is unknown', c.unit)
                    WHEN c.is_partial
                    THEN 'other charges for data transfer of the account are in a unit that is unknown'
                    WHEN c.is_twofold THEN 'charges for the data transfer of the account are in more than one export'
                    WHEN c.without_host THEN 'the charge is for the accelerator without its host'
                    WHEN c.licence IS NOT NULL THEN format('the charge is for a machine with %s', c.licence)
                    WHEN p.reason IS NOT NULL THEN p.reason
                    WHEN c.cost IS NULL THEN format('a charge has no %s cost', charge_priced.cost_basis)
                    WHEN x.rate IS NULL
                    THEN format('no exchange rate from %s to %s', c.currency, charge_priced.currency) END AS why
        FROM charged AS c
        JOIN priced AS p ON p.record_id = c.record_id AND p.beside = c.beside
        LEFT JOIN rate AS x ON x.currency = c.currency AND x.month = c.month
    )
    SELECT c.month, c.provider, c.payer, c.region, c.charged_meter, c.sku, c.accelerator, c.gpu_count,
           c.purchase_option, c.transfer_kind, c.transfer_service, c.transfer_destination,
           c.unit, c.charges, coalesce(c.instance_hours, c.transfer_quantity), c.converted,
           -- A quantity of 0 costs 0.
           CASE WHEN c.why IS NULL THEN coalesce(c.compute, c.egress, 0.0) END,
           CASE WHEN c.why IS NULL THEN c.price_source END, CASE WHEN c.why IS NULL THEN c.price_origin END,
           CASE WHEN c.why IS NULL THEN c.price_as_of END,
           c.why
    FROM compared AS c
    WHERE (charge_priced.export_name IS NULL OR c.export_name = charge_priced.export_name)
      -- Check this even if there are no charges.
      AND accelcost_internal.check_word(accelcost_internal.check_given(charge_priced.cost_basis, 'cost_basis'),
                                 '{billed,effective,list,contracted}'::text[], 'cost_basis') IS NOT NULL;
END;
COMMENT ON FUNCTION accelcost_internal.charge_priced(text, text, text) IS
    'returns rows of accelcost.charge_usage with their cost on a basis and by the catalog, in currency';

CREATE FUNCTION accelcost.charge_vs_catalog(export_name text DEFAULT NULL, cost_basis text DEFAULT 'billed',
                                            currency text DEFAULT 'USD')
RETURNS TABLE (month date, provider text, payer text, region text, sku text, accelerator text, gpu_count numeric,
               purchase_option text, currency text,
               charges bigint, instance_hours numeric, cost numeric, unit_price numeric, catalog_cost numeric,
               catalog_price numeric,
               deviation numeric, deviation_percent numeric, price_source text, price_origin text, price_as_of date,
               reason text)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
BEGIN ATOMIC
    SELECT s.month, s.provider, s.payer, s.region, s.sku, s.accelerator, s.gpu_count, s.purchase_option,
           charge_vs_catalog.currency,
           s.charges, trim_scale(s.hours), trim_scale(s.cost),
           trim_scale(round(s.cost * 1.00000000000000000000 / nullif(s.hours, 0.0), 18)), trim_scale(s.catalog_cost),
           trim_scale(round(s.catalog_cost * 1.00000000000000000000 / nullif(s.hours, 0.0), 18)),
           trim_scale(s.cost - s.catalog_cost),
           round((s.cost - s.catalog_cost) * 100.00000000000000000000 / nullif(s.catalog_cost, 0.0), 2),
           s.price_source, s.price_origin, s.price_as_of, s.reason
    FROM (SELECT p.month, p.provider, p.payer, p.region, p.sku, p.accelerator, p.gpu_count, p.purchase_option,
                 sum(p.charges)::bigint AS charges, sum(p.quantity) AS hours, sum(p.cost) AS cost,
                 sum(p.catalog_cost) AS catalog_cost, p.price_source,
                 p.price_origin, p.price_as_of, p.reason
          FROM accelcost_internal.charge_priced(charge_vs_catalog.export_name, charge_vs_catalog.cost_basis,
                                                charge_vs_catalog.currency) AS p
          WHERE p.meter = 'compute'
          GROUP BY p.month, p.provider, p.payer, p.region, p.sku, p.accelerator, p.gpu_count, p.purchase_option,
                   p.price_source, p.price_origin, p.price_as_of, p.reason) AS s;
END;
COMMENT ON FUNCTION accelcost.charge_vs_catalog(text, text, text) IS
    'compares billed and catalog prices per hour of accelerators, by month';

CREATE FUNCTION accelcost.charge_egress(export_name text DEFAULT NULL, cost_basis text DEFAULT 'billed',
                                        currency text DEFAULT 'USD')
RETURNS TABLE (month date, provider text, payer text, region text, transfer_kind text, transfer_service text,
               transfer_destination text, currency text,
               charges bigint, quantity numeric, unit text, cost numeric, catalog_cost numeric, deviation numeric,
               price_source text, price_as_of date, reason text)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
BEGIN ATOMIC
    SELECT s.month, s.provider, s.payer, s.region, s.transfer_kind, s.transfer_service, s.transfer_destination,
           charge_egress.currency,
           s.charges, trim_scale(s.quantity), s.unit, trim_scale(s.cost), trim_scale(s.catalog_cost),
           trim_scale(s.cost - s.catalog_cost),
           (t.found).source, (t.found).as_of, s.reason
    FROM (SELECT p.month, p.provider, p.payer, p.region, p.transfer_kind, p.transfer_service, p.transfer_destination,
                 p.unit, sum(p.charges)::bigint AS charges,
                 sum(p.quantity) AS quantity, sum(p.cost) AS cost, sum(p.catalog_cost) AS catalog_cost, p.reason
          FROM accelcost_internal.charge_priced(charge_egress.export_name, charge_egress.cost_basis,
                                                charge_egress.currency) AS p
          WHERE p.meter = 'egress'
          GROUP BY p.month, p.provider, p.payer, p.region, p.transfer_kind, p.transfer_service, p.transfer_destination,
                   p.unit, p.reason) AS s
    LEFT JOIN LATERAL (SELECT f.found
                       FROM accelcost_internal.find_tariff(s.provider, 'egress', s.transfer_kind,
                                                           s.month::timestamp AT TIME ZONE 'UTC', s.region,
                                                   s.transfer_destination, s.transfer_service, s.payer) AS f
                       WHERE s.reason IS NULL) AS t ON true;
END;
COMMENT ON FUNCTION accelcost.charge_egress(text, text, text) IS
    'compares billed data transfer with its cost by catalog tariffs, by month';

CREATE FUNCTION accelcost.charge_unmatched(export_name text DEFAULT NULL)
RETURNS TABLE (provider_name text, service_name text, sku_meter text, charge_description text, sku_id text,
               looks_like text, first_month date, last_month date, charges bigint, currency text, billed_cost numeric)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT c.provider_name, c.service_name, c.sku_meter, c.charge_description, c.sku_id, u.looks_like,
           min(@extschema@.bill_month(c.charge_period_start)), max(@extschema@.bill_month(c.charge_period_start)),
           count(*), c.billing_currency, sum(c.billed_cost)
    FROM accelcost.charge AS c
    JOIN (SELECT m.texts, accelcost_internal.accelerator_word(m.words) AS looks_like
          FROM accelcost_internal.charge_matches(unmatched => true) AS m
          OFFSET '0'::bigint) AS u
      ON accelcost_internal.says(c, u.texts)
    WHERE u.looks_like IS NOT NULL
      AND c.charge_category IN ('Usage', 'Purchase')
      AND accelcost_internal.is_reported(charge_unmatched.export_name, c.export_name, c.beside)
    GROUP BY c.provider_name, c.service_name, c.sku_meter, c.charge_description, c.sku_id, u.looks_like,
             c.billing_currency;
END;
COMMENT ON FUNCTION accelcost.charge_unmatched(text) IS
    'returns charges that look like accelerators and match no pattern, by their words';

CREATE FUNCTION accelcost_internal.within_38_digits(value numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN CASE WHEN abs(value) < 1e28 THEN value END;
COMMENT ON FUNCTION accelcost_internal.within_38_digits(numeric) IS
    'a number for a column numeric(38,10) of a view; NULL where it has no room there, rather than an error';

CREATE VIEW accelcost.charge_accelerator
WITH (security_invoker = true)
AS
SELECT c.export_name, c.batch, c.row_number, c.month, c.charge_period_start, c.provider, c.billing_account_id,
       c.sub_account_id, c.region_id, c.charge_category,
       c.sku, c.accelerator, c.gpu_count::numeric(38,18) AS gpu_count, c.purchase_option,
       accelcost_internal.within_38_digits(c.instance_hours)::numeric(38,10) AS instance_hours,
       accelcost_internal.within_38_digits(c.accelerator_hours)::numeric(38,10) AS accelerator_hours, c.currency,
       c.billed_cost::numeric(38,10) AS billed_cost,
       c.effective_cost::numeric(38,10) AS effective_cost, c.charge_description
FROM accelcost.charge_accelerator() AS c;
COMMENT ON VIEW accelcost.charge_accelerator IS
    'charges for accelerators, rounded; the function charge_accelerator has those of one export, exact';

CREATE VIEW accelcost.charge_vs_catalog
WITH (security_invoker = true)
AS
SELECT c.month, c.provider, c.payer, c.region, c.sku, c.accelerator, c.gpu_count::numeric(38,18) AS gpu_count,
       c.purchase_option, c.currency, c.charges,
       accelcost_internal.within_38_digits(c.instance_hours)::numeric(38,10) AS instance_hours,
       c.cost::numeric(38,10) AS cost, accelcost_internal.within_38_digits(c.unit_price)::numeric(38,10) AS unit_price,
       c.catalog_cost::numeric(38,10) AS catalog_cost,
       accelcost_internal.within_38_digits(c.catalog_price)::numeric(38,10) AS catalog_price,
       c.deviation::numeric(38,10) AS deviation,
       accelcost_internal.within_38_digits(c.deviation_percent)::numeric(38,2) AS deviation_percent, c.price_source,
       c.price_origin, c.price_as_of, c.reason
FROM accelcost.charge_vs_catalog() AS c;
COMMENT ON VIEW accelcost.charge_vs_catalog IS
    'billed and catalog prices per hour of accelerators, by month, in USD; the function has other bases and currencies';

CREATE VIEW accelcost.charge_egress
WITH (security_invoker = true)
AS
SELECT c.month, c.provider, c.payer, c.region, c.transfer_kind, c.transfer_service, c.transfer_destination, c.currency,
       c.charges,
       accelcost_internal.within_38_digits(c.quantity)::numeric(38,10) AS quantity, c.unit,
       c.cost::numeric(38,10) AS cost, c.catalog_cost::numeric(38,10) AS catalog_cost,
       c.deviation::numeric(38,10) AS deviation, c.price_source, c.price_as_of, c.reason
FROM accelcost.charge_egress() AS c;
COMMENT ON VIEW accelcost.charge_egress IS
    'billed data transfer and its cost by catalog tariffs, by month, in USD; the function has other currencies';

CREATE VIEW accelcost.charge_unmatched
WITH (security_invoker = true)
AS
SELECT c.provider_name, c.service_name, c.sku_meter, c.charge_description, c.sku_id, c.looks_like, c.first_month,
       c.last_month, c.charges, c.currency, c.billed_cost::numeric(38,10) AS billed_cost
FROM accelcost.charge_unmatched() AS c;
COMMENT ON VIEW accelcost.charge_unmatched IS
    'charges that look like accelerators and match no pattern, by their words: the largest are patterns to add';

DO $$
DECLARE
    c record;
BEGIN
    FOR c IN SELECT r.relname, a.attname, w.words
             FROM pg_class AS r
             JOIN pg_attribute AS a ON a.attrelid = r.oid AND a.attnum > '0'::smallint
             LEFT JOIN (VALUES
                 ('source'::name, 'charge'),
                 ('record_id', 'what the charges of the row have in common'),
                 ('period_start', 'start of the day of charge_period_start, UTC'),
                 ('month', 'first day of the month of charge_period_start, UTC'),
                 ('charge_period_start', 'first instant of the time that is charged for'),
                 ('export_name', 'name given to the export at import'),
                 ('batch', 'import that loaded the charge'),
                 ('row_number', 'data row of the file'),
                 ('provider', 'name in accelcost.provider; NULL: not known there'),
                 ('payer', 'account that is billed'),
                 ('billing_account_id', 'account that is billed'),
                 ('sub_account_id', 'account, subscription, project or compartment that used the service'),
                 ('region', 'region as the provider identifies it'),
                 ('region_id', 'region as the provider identifies it'),
                 ('charge_category', 'Usage, Purchase, Tax, Credit or Adjustment'),
                 ('charge_description', 'what is charged for, in the provider''s words'),
                 ('charged_meter', 'compute or egress'),
                 ('sku', 'sku in accelcost.offer'),
                 ('accelerator', 'name in accelcost.accelerator'),
                 ('gpu_count', 'accelerators that an hour is for'),
                 ('without_host', 'whether the charge is for the accelerator alone'),
                 ('licence', 'what is paid with the machine, such as Windows or dedicated tenancy; NULL: nothing'),
                 ('purchase_option', 'on_demand, spot or committed'),
                 ('transfer_kind', 'internet, inter_region, inter_az or cdn'),
                 ('transfer_service', 'service in accelcost.meter_tariff'),
                 ('transfer_destination', 'region that is sent to'),
                 ('unit', 'hour, or the unit of data that was charged'),
                 ('instance_hours', 'hours that were consumed; NULL where they are none or not known'),
                 ('accelerator_hours', 'those hours times gpu_count'),
                 ('transfer_quantity', 'data that was sent; NULL for accelerators, and where it is unknown'),
                 ('transfer_unit', 'unit of transfer_quantity; NULL: what the provider calls GB'),
                 ('quantity', 'data that was sent, in unit'),
                 ('currency', 'currency of the costs'),
                 ('charges', 'number of charges'),
                 ('unknown_charges', 'charges that consumed something in a unit that is unknown'),
                 ('billed_cost', 'billed cost'),
                 ('effective_cost', 'effective cost; NULL unless all charges have one'),
                 ('list_cost', 'list cost; NULL unless all charges have one'),
                 ('contracted_cost', 'contracted cost; NULL unless all charges have one'),
                 ('cost', 'billed cost in currency'),
                 ('unit_price', 'billed cost of an hour'),
                 ('catalog_cost', 'the same by the catalog; NULL where there is a reason'),
                 ('catalog_price', 'price of an hour in the catalog, valid then'),
                 ('deviation', 'cost less catalog_cost'),
                 ('deviation_percent', 'deviation in percent of catalog_cost'),
                 ('price_source', 'where the price of the catalog is from'),
                 ('price_origin', 'kind of that source'),
                 ('price_as_of', 'date on which the source said so'),
                 ('first_month', 'first month of charge_period_start, UTC'),
                 ('last_month', 'last month of charge_period_start, UTC'),
                 ('provider_name', 'provider as the bill names it'),
                 ('service_name', 'service as the provider sells it'),
                 ('sku_meter', 'what of the SKU is measured'),
                 ('sku_id', 'SKU as the provider identifies it'),
                 ('looks_like', 'word that is known from accelerators'),
                 ('reason', 'why there is nothing to compare with; NULL if there is')
             ) AS w (attname, words) ON w.attname = a.attname
             WHERE r.relnamespace = 'accelcost'::regnamespace::oid
               AND r.relname = ANY ('{charge_usage,charge_usage_beside,charge_accelerator,charge_vs_catalog,'
                                    'charge_egress,charge_unmatched}'::name[])
    LOOP
        EXECUTE format('COMMENT ON COLUMN accelcost.%I.%I IS %L', c.relname, c.attname, c.words);
        EXECUTE format('GRANT SELECT ON accelcost.%I TO %s WITH GRANT OPTION', c.relname, '@extowner@');
    END LOOP;
END
$$;
