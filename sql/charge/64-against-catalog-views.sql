-- Charges against the catalog as views: rounded, in USD, for all exports.

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
COMMENT ON COLUMN accelcost.charge_accelerator.export_name IS 'name given to the export at import';
COMMENT ON COLUMN accelcost.charge_accelerator.batch IS 'import that loaded the charge';
COMMENT ON COLUMN accelcost.charge_accelerator.row_number IS 'data row of the file';
COMMENT ON COLUMN accelcost.charge_accelerator.month IS 'first day of the month of charge_period_start, UTC';
COMMENT ON COLUMN accelcost.charge_accelerator.charge_period_start IS 'first instant of the time that is charged for';
COMMENT ON COLUMN accelcost.charge_accelerator.provider IS 'provider by its catalog name; NULL if unknown';
COMMENT ON COLUMN accelcost.charge_accelerator.billing_account_id IS 'account that is billed';
COMMENT ON COLUMN accelcost.charge_accelerator.sub_account_id IS
    'account, subscription, project or compartment that used the service';
COMMENT ON COLUMN accelcost.charge_accelerator.region_id IS 'region as the provider identifies it';
COMMENT ON COLUMN accelcost.charge_accelerator.charge_category IS 'Usage, Purchase, Tax, Credit or Adjustment';
COMMENT ON COLUMN accelcost.charge_accelerator.sku IS 'SKU by its catalog name';
COMMENT ON COLUMN accelcost.charge_accelerator.accelerator IS 'accelerator by its catalog name';
COMMENT ON COLUMN accelcost.charge_accelerator.gpu_count IS 'accelerators per instance';
COMMENT ON COLUMN accelcost.charge_accelerator.purchase_option IS 'on_demand, spot or committed';
COMMENT ON COLUMN accelcost.charge_accelerator.instance_hours IS 'instance hours; NULL if unknown';
COMMENT ON COLUMN accelcost.charge_accelerator.accelerator_hours IS 'instance_hours times gpu_count; NULL if unknown';
COMMENT ON COLUMN accelcost.charge_accelerator.currency IS 'currency of the costs';
COMMENT ON COLUMN accelcost.charge_accelerator.billed_cost IS 'billed cost';
COMMENT ON COLUMN accelcost.charge_accelerator.effective_cost IS 'effective cost; NULL unless all charges have one';
COMMENT ON COLUMN accelcost.charge_accelerator.charge_description IS
    'description of the charge in the provider''s words';

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
COMMENT ON COLUMN accelcost.charge_vs_catalog.month IS 'first day of the month of charge_period_start, UTC';
COMMENT ON COLUMN accelcost.charge_vs_catalog.provider IS 'provider by its catalog name; NULL if unknown';
COMMENT ON COLUMN accelcost.charge_vs_catalog.payer IS 'account that is billed';
COMMENT ON COLUMN accelcost.charge_vs_catalog.region IS 'region as the provider identifies it';
COMMENT ON COLUMN accelcost.charge_vs_catalog.sku IS 'SKU by its catalog name';
COMMENT ON COLUMN accelcost.charge_vs_catalog.accelerator IS 'accelerator by its catalog name';
COMMENT ON COLUMN accelcost.charge_vs_catalog.gpu_count IS 'accelerators per instance';
COMMENT ON COLUMN accelcost.charge_vs_catalog.purchase_option IS 'on_demand, spot or committed';
COMMENT ON COLUMN accelcost.charge_vs_catalog.currency IS 'currency of the costs';
COMMENT ON COLUMN accelcost.charge_vs_catalog.charges IS 'number of charges';
COMMENT ON COLUMN accelcost.charge_vs_catalog.instance_hours IS 'instance hours; NULL if unknown';
COMMENT ON COLUMN accelcost.charge_vs_catalog.cost IS 'billed cost in currency';
COMMENT ON COLUMN accelcost.charge_vs_catalog.unit_price IS 'billed cost per instance hour; NULL without hours';
COMMENT ON COLUMN accelcost.charge_vs_catalog.catalog_cost IS
    'cost at catalog prices, in currency; NULL if there is a reason';
COMMENT ON COLUMN accelcost.charge_vs_catalog.catalog_price IS
    'catalog price per instance hour; NULL if there is a reason';
COMMENT ON COLUMN accelcost.charge_vs_catalog.deviation IS 'cost minus catalog_cost';
COMMENT ON COLUMN accelcost.charge_vs_catalog.deviation_percent IS 'deviation in percent of catalog_cost';
COMMENT ON COLUMN accelcost.charge_vs_catalog.price_source IS 'source of the catalog price';
COMMENT ON COLUMN accelcost.charge_vs_catalog.price_origin IS
    'origin of the catalog price, such as official or third_party';
COMMENT ON COLUMN accelcost.charge_vs_catalog.price_as_of IS 'date of that source';
COMMENT ON COLUMN accelcost.charge_vs_catalog.reason IS 'why there is no catalog cost; NULL if there is one';

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
COMMENT ON COLUMN accelcost.charge_egress.month IS 'first day of the month of charge_period_start, UTC';
COMMENT ON COLUMN accelcost.charge_egress.provider IS 'provider by its catalog name; NULL if unknown';
COMMENT ON COLUMN accelcost.charge_egress.payer IS 'account that is billed';
COMMENT ON COLUMN accelcost.charge_egress.region IS 'region as the provider identifies it';
COMMENT ON COLUMN accelcost.charge_egress.transfer_kind IS 'internet, inter_region, inter_az or cdn';
COMMENT ON COLUMN accelcost.charge_egress.transfer_service IS 'service by its name in accelcost.meter_tariff';
COMMENT ON COLUMN accelcost.charge_egress.transfer_destination IS
    'region that receives the data; NULL if any or unknown';
COMMENT ON COLUMN accelcost.charge_egress.currency IS 'currency of the costs';
COMMENT ON COLUMN accelcost.charge_egress.charges IS 'number of charges';
COMMENT ON COLUMN accelcost.charge_egress.quantity IS 'data sent, in unit; NULL if unknown';
COMMENT ON COLUMN accelcost.charge_egress.unit IS 'hour, or the unit of data that was charged';
COMMENT ON COLUMN accelcost.charge_egress.cost IS 'billed cost in currency';
COMMENT ON COLUMN accelcost.charge_egress.catalog_cost IS
    'cost at catalog prices, in currency; NULL if there is a reason';
COMMENT ON COLUMN accelcost.charge_egress.deviation IS 'cost minus catalog_cost';
COMMENT ON COLUMN accelcost.charge_egress.price_source IS 'source of the catalog price';
COMMENT ON COLUMN accelcost.charge_egress.price_as_of IS 'date of that source';
COMMENT ON COLUMN accelcost.charge_egress.reason IS 'why there is no catalog cost; NULL if there is one';

CREATE VIEW accelcost.charge_unmatched
WITH (security_invoker = true)
AS
SELECT c.provider_name, c.service_name, c.sku_meter, c.charge_description, c.sku_id, c.looks_like, c.first_month,
       c.last_month, c.charges, c.currency, c.billed_cost::numeric(38,10) AS billed_cost
FROM accelcost.charge_unmatched() AS c;
COMMENT ON VIEW accelcost.charge_unmatched IS
    'charges that look like accelerators and match no pattern, by their words: the largest are patterns to add';
COMMENT ON COLUMN accelcost.charge_unmatched.provider_name IS 'provider as the bill names it';
COMMENT ON COLUMN accelcost.charge_unmatched.service_name IS 'service as the provider sells it';
COMMENT ON COLUMN accelcost.charge_unmatched.sku_meter IS 'meter of the SKU, as the bill names it';
COMMENT ON COLUMN accelcost.charge_unmatched.charge_description IS 'description of the charge in the provider''s words';
COMMENT ON COLUMN accelcost.charge_unmatched.sku_id IS 'SKU as the provider identifies it';
COMMENT ON COLUMN accelcost.charge_unmatched.looks_like IS
    'word in the charge that names an accelerator or a machine with accelerators';
COMMENT ON COLUMN accelcost.charge_unmatched.first_month IS 'first month of charge_period_start, UTC';
COMMENT ON COLUMN accelcost.charge_unmatched.last_month IS 'last month of charge_period_start, UTC';
COMMENT ON COLUMN accelcost.charge_unmatched.charges IS 'number of charges';
COMMENT ON COLUMN accelcost.charge_unmatched.currency IS 'currency of the costs';
COMMENT ON COLUMN accelcost.charge_unmatched.billed_cost IS 'billed cost';

GRANT SELECT ON accelcost.charge_accelerator, accelcost.charge_vs_catalog, accelcost.charge_egress,
    accelcost.charge_unmatched TO @extowner@ WITH GRANT OPTION;
