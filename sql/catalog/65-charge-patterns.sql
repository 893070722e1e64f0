-- Patterns that identify charges for accelerators and data transfer.

CREATE TABLE accelcost.charge_pattern (
    provider             text,
    pattern              text    NOT NULL CHECK (length(pattern) > 0 AND ('' ~ pattern) IS NOT NULL),
    priority             integer NOT NULL DEFAULT 0,
    meter                text
        CHECK (accelcost_internal.check_column_word(meter, '{compute,egress}', 'charge_pattern', 'meter')),
    sku                  text,
    accelerator          text,
    gpu_count            numeric CHECK (gpu_count > 0.0 AND gpu_count < 1e9),
    without_host         boolean NOT NULL DEFAULT false,
    transfer_kind        text
        CHECK (accelcost_internal.check_column_word(
                   transfer_kind, '{internet,inter_region,inter_az,cdn}', 'charge_pattern', 'transfer_kind')),
    transfer_service     text    NOT NULL DEFAULT '*' CHECK (btrim(transfer_service) <> ''),
    transfer_destination text,
    note                 text,
    source               text    NOT NULL DEFAULT 'user',
    as_of                date,
    builtin              boolean NOT NULL DEFAULT false,
    extra                jsonb   NOT NULL DEFAULT '{}',
    LIKE accelcost_internal.evidence INCLUDING COMMENTS,
    UNIQUE NULLS NOT DISTINCT (provider, pattern, builtin),
    CONSTRAINT charge_pattern_compute
        CHECK (meter IS DISTINCT FROM 'compute' OR (accelerator IS NOT NULL AND gpu_count IS NOT NULL)),
    CONSTRAINT charge_pattern_egress CHECK (meter IS DISTINCT FROM 'egress' OR transfer_kind IS NOT NULL),
    CONSTRAINT charge_pattern_source CHECK (NOT builtin OR (source IS NOT NULL AND as_of IS NOT NULL)),
    CONSTRAINT charge_pattern_as_of_precision
        CHECK (accelcost_internal.check_column_word(
                   as_of_precision, '{day,month,year,page_undated}', 'charge_pattern', 'as_of_precision')),
    CONSTRAINT charge_pattern_extra CHECK (jsonb_typeof(extra) = 'object')
);
COMMENT ON TABLE accelcost.charge_pattern IS
    'patterns that identify accelerator and transfer charges; first match wins';
COMMENT ON COLUMN accelcost.charge_pattern.provider IS 'name in accelcost.provider; NULL for any';
COMMENT ON COLUMN accelcost.charge_pattern.pattern IS
    'regular expression, matched in any case against service, meter, description, instance type and SKU';
COMMENT ON COLUMN accelcost.charge_pattern.priority IS
    'order among your patterns and among built-in ones, the lowest first';
COMMENT ON COLUMN accelcost.charge_pattern.meter IS
    'compute: hours of an accelerator; egress: data transfer; NULL: neither, even if later patterns match';
COMMENT ON COLUMN accelcost.charge_pattern.sku IS 'sku in accelcost.offer; NULL if only the accelerator is known';
COMMENT ON COLUMN accelcost.charge_pattern.accelerator IS 'name in accelcost.accelerator';
COMMENT ON COLUMN accelcost.charge_pattern.gpu_count IS
    'accelerators in one hour of the charge: those of an instance, or 1 if each is charged';
COMMENT ON COLUMN accelcost.charge_pattern.without_host IS
    'true if the host is charged separately, so that prices that include it do not compare';
COMMENT ON COLUMN accelcost.charge_pattern.transfer_kind IS
    'internet, inter_region, inter_az or cdn, as in accelcost.meter_tariff';
COMMENT ON COLUMN accelcost.charge_pattern.transfer_service IS
    'service in accelcost.meter_tariff; * for the default product';
COMMENT ON COLUMN accelcost.charge_pattern.transfer_destination IS
    'destination region, as in accelcost.meter_tariff; NULL if unknown';
COMMENT ON COLUMN accelcost.charge_pattern.note IS 'what to know before you use the row';
COMMENT ON COLUMN accelcost.charge_pattern.source IS 'where the row was taken from';
COMMENT ON COLUMN accelcost.charge_pattern.as_of IS
    'date of the source; the first day of the year if only the year is known';
COMMENT ON COLUMN accelcost.charge_pattern.builtin IS 'true if the row came with the extension and is read-only';
COMMENT ON COLUMN accelcost.charge_pattern.extra IS 'your own attributes, an object';

CREATE TRIGGER builtin_read_only BEFORE INSERT OR UPDATE OR DELETE ON accelcost.charge_pattern
    FOR EACH ROW EXECUTE FUNCTION accelcost_internal.refuse_builtin_change();
COMMENT ON TRIGGER builtin_read_only ON accelcost.charge_pattern IS
    'keeps the rows that came with the extension as they are';
CREATE TRIGGER store_known_names BEFORE INSERT OR UPDATE ON accelcost.charge_pattern
    FOR EACH ROW EXECUTE FUNCTION accelcost_internal.store_known_names();
COMMENT ON TRIGGER store_known_names ON accelcost.charge_pattern IS
    'stores providers, accelerators and models by their names in the catalog';

GRANT SELECT ON accelcost.charge_pattern TO PUBLIC;
GRANT SELECT, INSERT, UPDATE, DELETE ON accelcost.charge_pattern TO @extowner@ WITH GRANT OPTION;
ALTER TABLE accelcost.charge_pattern REPLICA IDENTITY FULL;
SELECT pg_extension_config_dump('accelcost.charge_pattern', 'WHERE NOT builtin');

