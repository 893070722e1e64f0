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
        SELECT (p.g).team::accelcost_internal.charge_line AS line, p.compute, p.egress, p.reason,
               p.price_source, p.price_origin, p.price_as_of, false AS beside
        FROM accelcost_internal.usage_priced(
                 'accelcost_internal.charge_months'::regclass,
                 accelcost_internal.check_currency(charge_priced.currency), NULL, NULL, NULL) AS p
        UNION ALL
        SELECT (p.g).team::accelcost_internal.charge_line, p.compute, p.egress, p.reason,
               p.price_source, p.price_origin, p.price_as_of, true
        FROM accelcost_internal.usage_priced(
                 'accelcost_internal.charge_months_beside'::regclass,
                 accelcost_internal.check_currency(charge_priced.currency), NULL, NULL, NULL) AS p
        WHERE accelcost_internal.has_charges_beside(charge_priced.export_name)
    ), charged AS MATERIALIZED (
        SELECT p.*, (p.line).*, t.month,
               CASE charge_priced.cost_basis
                   WHEN 'billed' THEN (p.line).billed_cost WHEN 'effective' THEN (p.line).effective_cost
                   WHEN 'list' THEN (p.line).list_cost ELSE (p.line).contracted_cost END AS cost,
               -- A month is rated as a whole: not without what is in an unknown unit, nor with what two exports say
               -- of an account.
               (p.line).meter = 'egress' AND sum((p.line).unknown_charges) OVER account > 0.0 AS is_partial,
               (p.line).meter = 'egress'
               AND min((p.line).export_name) OVER account <> max((p.line).export_name) OVER account AS is_twofold
        FROM priced AS p
        CROSS JOIN LATERAL (
            SELECT @extschema@.bill_month(to_timestamp((p.line).epoch::double precision)) AS month) AS t
        WINDOW account AS (PARTITION BY (p.line).meter, (p.line).provider, (p.line).payer, t.month, p.beside)
    ), rate AS MATERIALIZED (
        SELECT k.currency, k.month, x.rate
        FROM (SELECT DISTINCT c.currency, c.month FROM charged AS c) AS k
        CROSS JOIN LATERAL accelcost.fx_at(k.currency, charge_priced.currency,
                                           accelcost_internal.rate_time(k.month, NULL)) AS x
    ), compared AS (
        SELECT c.*, c.cost * x.rate AS converted,
               CASE WHEN c.unknown_charges > 0 AND c.unit IS NULL THEN 'the charge has no quantity, or no unit'
                    WHEN c.unknown_charges > 0 THEN format('unit "%s" is unknown', c.unit)
                    WHEN c.is_partial
                    THEN 'other charges for data transfer of the account are in a unit that is unknown'
                    WHEN c.is_twofold THEN 'charges for the data transfer of the account are in more than one export'
                    WHEN c.without_host THEN 'the charge is for the accelerator without its host'
                    WHEN c.licence IS NOT NULL THEN format('the charge is for a machine with %s', c.licence)
                    WHEN c.reason IS NOT NULL THEN c.reason
                    WHEN c.cost IS NULL THEN format('a charge has no %s cost', charge_priced.cost_basis)
                    WHEN x.rate IS NULL
                    THEN format('no exchange rate from %s to %s', c.currency, charge_priced.currency) END AS why
        FROM charged AS c
        LEFT JOIN rate AS x ON x.currency = c.currency AND x.month = c.month
    )
    SELECT c.month, c.provider, c.payer, c.region, c.meter, c.sku, c.accelerator, c.gpu_count,
           c.purchase_option, c.transfer_kind, c.transfer_service, c.transfer_destination,
           c.unit, c.charges, c.quantity, c.converted,
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
    'returns lines of charges by month with their cost on a basis and by the catalog, in currency';

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
    WHERE accelcost_internal.tables_are_local()
      AND u.looks_like IS NOT NULL
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
    'returns a number that fits a view column numeric(38,10); NULL for larger ones, so that the view raises no error';
