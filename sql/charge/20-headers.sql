CREATE TABLE accelcost.import_column (
    format      text    NOT NULL,
    header      text    NOT NULL,
    header_key  text    NOT NULL GENERATED ALWAYS AS (accelcost_internal.import_header(header)) STORED
                        CHECK (header_key <> ''),
    column_name text    NOT NULL CHECK (column_name NOT IN ('extra', 'export_name', 'batch', 'row_number')),
    required    boolean NOT NULL DEFAULT false,
    expected    boolean NOT NULL DEFAULT false,
    introduced  text,
    builtin     boolean NOT NULL DEFAULT false,
    source      text,
    PRIMARY KEY (format, header_key, builtin)
);
COMMENT ON TABLE accelcost.import_column IS
    'headers of billing exports and the columns of accelcost.charge that they fill; add rows for the spellings of your own files, which come before builtin ones';
COMMENT ON COLUMN accelcost.import_column.format IS 'export format that the header belongs to, such as focus';
COMMENT ON COLUMN accelcost.import_column.header IS 'header as the export writes it';
COMMENT ON COLUMN accelcost.import_column.header_key IS 'header as importers compare it: lower case letters and digits only';
COMMENT ON COLUMN accelcost.import_column.column_name IS 'column of accelcost.charge that the header fills';
COMMENT ON COLUMN accelcost.import_column.required IS 'whether no charge can be made without it: a file without the column is refused, a row without a value is rejected';
COMMENT ON COLUMN accelcost.import_column.expected IS 'whether the format wants the column in every file: imports list it as missing when it is not there';
COMMENT ON COLUMN accelcost.import_column.introduced IS 'version of the format that brought the column';
COMMENT ON COLUMN accelcost.import_column.builtin IS 'whether the row came with the extension; such rows are read-only';
COMMENT ON COLUMN accelcost.import_column.source IS 'where the row was taken from';

INSERT INTO accelcost.import_column (format, header, column_name, required, expected, introduced, builtin, source)
SELECT 'focus', header, column_name, required, expected, introduced, true,
       'FOCUS 1.2, github.com/FinOps-Open-Cost-and-Usage-Spec/FOCUS_Spec, 2025-05-29'
FROM (VALUES
    ('AvailabilityZone', 'availability_zone', false, false, '0.5'),
    ('BilledCost', 'billed_cost', true, true, '0.5'),
    ('BillingAccountId', 'billing_account_id', true, true, '0.5'),
    ('BillingAccountName', 'billing_account_name', false, true, '0.5'),
    ('BillingAccountType', 'billing_account_type', false, false, '1.2'),
    ('BillingCurrency', 'billing_currency', true, true, '0.5'),
    ('BillingPeriodEnd', 'billing_period_end', false, true, '0.5'),
    ('BillingPeriodStart', 'billing_period_start', true, true, '0.5'),
    ('CapacityReservationId', 'capacity_reservation_id', false, false, '1.1'),
    ('CapacityReservationStatus', 'capacity_reservation_status', false, false, '1.1'),
    ('ChargeCategory', 'charge_category', false, true, '0.5'),
    ('ChargeClass', 'charge_class', false, true, '1.0'),
    ('ChargeDescription', 'charge_description', false, true, '1.0-preview'),
    ('ChargeFrequency', 'charge_frequency', false, false, '1.0-preview'),
    ('ChargePeriodEnd', 'charge_period_end', false, true, '0.5'),
    ('ChargePeriodStart', 'charge_period_start', true, true, '0.5'),
    ('CommitmentDiscountCategory', 'commitment_discount_category', false, false, '1.0-preview'),
    ('CommitmentDiscountId', 'commitment_discount_id', false, false, '1.0-preview'),
    ('CommitmentDiscountName', 'commitment_discount_name', false, false, '1.0-preview'),
    ('CommitmentDiscountQuantity', 'commitment_discount_quantity', false, false, '1.1'),
    ('CommitmentDiscountStatus', 'commitment_discount_status', false, false, '1.0'),
    ('CommitmentDiscountType', 'commitment_discount_type', false, false, '1.0-preview'),
    ('CommitmentDiscountUnit', 'commitment_discount_unit', false, false, '1.1'),
    ('ConsumedQuantity', 'consumed_quantity', false, false, '1.0'),
    ('ConsumedUnit', 'consumed_unit', false, false, '1.0'),
    ('ContractedCost', 'contracted_cost', false, true, '1.0'),
    ('ContractedUnitPrice', 'contracted_unit_price', false, false, '1.0'),
    ('EffectiveCost', 'effective_cost', false, true, '0.5'),
    ('InvoiceId', 'invoice_id', false, false, '1.2'),
    ('InvoiceIssuerName', 'invoice_issuer_name', false, true, '0.5'),
    ('ListCost', 'list_cost', false, true, '1.0-preview'),
    ('ListUnitPrice', 'list_unit_price', false, false, '1.0-preview'),
    ('PricingCategory', 'pricing_category', false, false, '1.0-preview'),
    ('PricingCurrency', 'pricing_currency', false, false, '1.2'),
    ('PricingCurrencyContractedUnitPrice', 'pricing_currency_contracted_unit_price', false, false, '1.2'),
    ('PricingCurrencyEffectiveCost', 'pricing_currency_effective_cost', false, false, '1.2'),
    ('PricingCurrencyListUnitPrice', 'pricing_currency_list_unit_price', false, false, '1.2'),
    ('PricingQuantity', 'pricing_quantity', false, true, '1.0-preview'),
    ('PricingUnit', 'pricing_unit', false, true, '1.0-preview'),
    ('ProviderName', 'provider_name', true, true, '0.5'),
    ('PublisherName', 'publisher_name', false, true, '0.5'),
    ('RegionId', 'region_id', false, false, '1.0'),
    ('RegionName', 'region_name', false, false, '1.0'),
    ('ResourceId', 'resource_id', false, false, '0.5'),
    ('ResourceName', 'resource_name', false, false, '0.5'),
    ('ResourceType', 'resource_type', false, false, '1.0-preview'),
    ('ServiceCategory', 'service_category', false, true, '0.5'),
    ('ServiceName', 'service_name', false, true, '0.5'),
    ('ServiceSubcategory', 'service_subcategory', false, false, '1.1'),
    ('SkuId', 'sku_id', false, false, '1.0-preview'),
    ('SkuMeter', 'sku_meter', false, false, '1.1'),
    ('SkuPriceDetails', 'sku_price_details', false, false, '1.1'),
    ('SkuPriceId', 'sku_price_id', false, false, '1.0-preview'),
    ('SubAccountId', 'sub_account_id', false, false, '0.5'),
    ('SubAccountName', 'sub_account_name', false, false, '0.5'),
    ('SubAccountType', 'sub_account_type', false, false, '1.2'),
    ('Tags', 'tags', false, false, '1.0-preview')
) AS focus (header, column_name, required, expected, introduced);

GRANT SELECT ON accelcost.import_column TO PUBLIC;
GRANT SELECT, INSERT, UPDATE, DELETE ON accelcost.import_column TO @extowner@ WITH GRANT OPTION;
SELECT pg_extension_config_dump('accelcost.import_column', 'WHERE NOT builtin');

CREATE FUNCTION accelcost.import_columns(header text, staging text DEFAULT 'staging', delimiter text DEFAULT ',')
RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    line    text;
    field   text;
    headers text[];
    twice   record;
BEGIN
    IF delimiter NOT IN (',', ';', '|', E'\t') THEN
        RAISE EXCEPTION 'invalid value for parameter "delimiter": "%"', delimiter
            USING ERRCODE = 'invalid_parameter_value',
                  HINT = 'Use a comma, a semicolon, a vertical bar or a tab.';
    END IF;

    -- A byte order mark, where the encoding has one, is not part of a name.
    line := rtrim(header, E'\r\n');
    IF getdatabaseencoding() = 'UTF8' THEN
        line := ltrim(line, chr(65279));
    END IF;
    field := format('[%1$s]("([^"]|"")*"|[^"%1$s]*)', delimiter);
    IF delimiter || line !~ format('^(%s)*$', field) THEN
        RAISE EXCEPTION 'invalid header line: misplaced or unterminated quote'
            USING ERRCODE = 'invalid_text_representation',
                  DETAIL = format('The line begins with: %s', left(line, 60));
    END IF;

    -- Names are cut where the server cuts them; a column without a name is numbered.
    SELECT array_agg(coalesce(nullif(btrim(replace(regexp_replace(m[1], '^"(.*)"$', E'\\1'), '""', '"')), ''),
                              'column_' || position)::name::text
                     ORDER BY position)
    INTO headers
    FROM regexp_matches(delimiter || line, field, 'g') WITH ORDINALITY AS f (m, position);

    SELECT h.name, array_agg(h.position ORDER BY h.position) AS positions
    INTO twice
    FROM unnest(headers) WITH ORDINALITY AS h (name, position)
    GROUP BY h.name HAVING count(*) > 1
    ORDER BY min(h.position) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'columns % of the header are all named "%"', array_to_string(twice.positions, ' and '), twice.name
            USING ERRCODE = 'duplicate_column',
                  HINT = 'Rename all but one in the header that is given here; COPY does not read the names in the file.';
    END IF;

    RETURN format(E'CREATE TABLE %s (\n%s\n);',
                  (SELECT string_agg(quote_ident(part), '.') FROM unnest(parse_ident(staging)) AS part),
                  (SELECT string_agg(format('    %I text', name), E',\n') FROM unnest(headers) AS name));
END
$$;
COMMENT ON FUNCTION accelcost.import_columns(text, text, text) IS
    'CREATE TABLE statement of a staging table of text columns for the export whose first line is the header given; with psql: SELECT import_columns(:''header'') \gexec';
