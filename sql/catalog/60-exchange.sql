-- Exchange rates.

CREATE TABLE accelcost.fx_rate (
    from_currency text      NOT NULL
        CHECK (accelcost_internal.is_currency(from_currency)
               OR accelcost_internal.refuse_currency(from_currency, 'fx_rate', 'from_currency')),
    to_currency   text      NOT NULL
        CHECK (accelcost_internal.is_currency(to_currency)
               OR accelcost_internal.refuse_currency(to_currency, 'fx_rate', 'to_currency')),
    rate          numeric   NOT NULL CHECK (rate > 0.0 AND rate < 1e20),
    valid         tstzrange NOT NULL CHECK (NOT isempty(valid)),
    LIKE accelcost_internal.dated_row INCLUDING DEFAULTS INCLUDING COMMENTS,
    CONSTRAINT fx_rate_two CHECK (from_currency <> to_currency),
    EXCLUDE USING gist (from_currency WITH =, to_currency WITH =,
                        source WITH =, (builtin::integer) WITH =, valid WITH &&),
    CONSTRAINT fx_rate_origin
        CHECK (accelcost_internal.check_column_word(
                   origin, '{negotiated,user,official,article,third_party,unverified}', 'fx_rate', 'origin')
               AND (NOT builtin OR origin NOT IN ('negotiated', 'user'))),
    CONSTRAINT fx_rate_source CHECK (NOT builtin OR (source IS NOT NULL AND as_of IS NOT NULL)),
    CONSTRAINT fx_rate_as_of_precision
        CHECK (accelcost_internal.check_column_word(
                   as_of_precision, '{day,month,year,page_undated}', 'fx_rate', 'as_of_precision')),
    CONSTRAINT fx_rate_extra CHECK (jsonb_typeof(extra) = 'object')
);
COMMENT ON TABLE accelcost.fx_rate IS
    'exchange rates, for you to fill; none are built in';
COMMENT ON COLUMN accelcost.fx_rate.from_currency IS 'currency to convert from';
COMMENT ON COLUMN accelcost.fx_rate.to_currency IS 'currency to convert to';
COMMENT ON COLUMN accelcost.fx_rate.rate IS 'units of to_currency for one of from_currency';
COMMENT ON COLUMN accelcost.fx_rate.valid IS
    'time in which the row is valid, from the first instant that the source confirms to the end, exclusive';

CREATE TRIGGER builtin_read_only BEFORE INSERT OR UPDATE OR DELETE ON accelcost.fx_rate
    FOR EACH ROW EXECUTE FUNCTION accelcost_internal.refuse_builtin_change();
COMMENT ON TRIGGER builtin_read_only ON accelcost.fx_rate IS
    'keeps the rows that came with the extension as they are';

GRANT SELECT ON accelcost.fx_rate TO PUBLIC;
GRANT SELECT, INSERT, UPDATE, DELETE ON accelcost.fx_rate TO @extowner@ WITH GRANT OPTION;
ALTER TABLE accelcost.fx_rate REPLICA IDENTITY FULL;
SELECT pg_extension_config_dump('accelcost.fx_rate', 'WHERE NOT builtin');
