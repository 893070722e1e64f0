-- Importers of the exports of providers that do not write FOCUS.

CREATE FUNCTION accelcost.import_cur(
    staging regclass, export text DEFAULT 'cur', on_error text DEFAULT 'stop', date_order text DEFAULT NULL, money_signs boolean DEFAULT false,
    allow_shrink boolean DEFAULT false)
RETURNS TABLE (batch bigint, rows_read bigint, loaded bigint, replaced bigint, unchanged bigint, withheld bigint,
               rejected bigint, unknown_columns text[], missing_columns text[])
LANGUAGE sql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE
BEGIN ATOMIC
    SELECT * FROM accelcost_internal.import_charges('cur', staging, export, on_error, date_order, money_signs, allow_shrink);
END;
COMMENT ON FUNCTION accelcost.import_cur(regclass, text, text, text, boolean, boolean) IS
    'loads an AWS Cost and Usage Report, legacy or 2.0, from a staging table of text columns into accelcost.charge, as import_focus does';

CREATE FUNCTION accelcost.import_azure(
    staging regclass, export text DEFAULT 'azure', on_error text DEFAULT 'stop', date_order text DEFAULT NULL, money_signs boolean DEFAULT false,
    allow_shrink boolean DEFAULT false)
RETURNS TABLE (batch bigint, rows_read bigint, loaded bigint, replaced bigint, unchanged bigint, withheld bigint,
               rejected bigint, unknown_columns text[], missing_columns text[])
LANGUAGE sql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE
BEGIN ATOMIC
    SELECT * FROM accelcost_internal.import_charges('azure', staging, export, on_error, date_order, money_signs, allow_shrink);
END;
COMMENT ON FUNCTION accelcost.import_azure(regclass, text, text, text, boolean, boolean) IS
    'loads an Azure export of cost details, EA or MCA, actual or amortized, from a staging table of text columns into accelcost.charge, as import_focus does';

CREATE FUNCTION accelcost.import_gcp(
    staging regclass, export text DEFAULT 'gcp', on_error text DEFAULT 'stop', date_order text DEFAULT NULL, money_signs boolean DEFAULT false,
    allow_shrink boolean DEFAULT false)
RETURNS TABLE (batch bigint, rows_read bigint, loaded bigint, replaced bigint, unchanged bigint, withheld bigint,
               rejected bigint, unknown_columns text[], missing_columns text[])
LANGUAGE sql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE
BEGIN ATOMIC
    SELECT * FROM accelcost_internal.import_charges('gcp', staging, export, on_error, date_order, money_signs, allow_shrink);
END;
COMMENT ON FUNCTION accelcost.import_gcp(regclass, text, text, text, boolean, boolean) IS
    'loads a Google Cloud billing export from a staging table of text columns, or of one column with a JSON object a row, into accelcost.charge, as import_focus does; each credit of a line is a charge of its own, and a row after it';

CREATE FUNCTION accelcost.import_oci(
    staging regclass, export text DEFAULT 'oci', on_error text DEFAULT 'stop', date_order text DEFAULT NULL, money_signs boolean DEFAULT false,
    allow_shrink boolean DEFAULT false)
RETURNS TABLE (batch bigint, rows_read bigint, loaded bigint, replaced bigint, unchanged bigint, withheld bigint,
               rejected bigint, unknown_columns text[], missing_columns text[])
LANGUAGE sql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE
BEGIN ATOMIC
    SELECT * FROM accelcost_internal.import_charges('oci', staging, export, on_error, date_order, money_signs, allow_shrink);
END;
COMMENT ON FUNCTION accelcost.import_oci(regclass, text, text, text, boolean, boolean) IS
    'loads an OCI cost report from a staging table of text columns into accelcost.charge, as import_focus does';
