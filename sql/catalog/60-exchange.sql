-- Exchange rates.

CREATE TABLE accelcost.fx_rate (
    from_currency text      NOT NULL
        CHECK (accelcost_internal.is_currency(from_currency)
               OR accelcost_internal.refuse_currency(from_currency, 'fx_rate', 'from_currency')),
    to_currency   text      NOT NULL
        CHECK (accelcost_internal.is_currency(to_currency) OR accelcost_internal.refuse_currency(to_currency, 'fx_rate', 'to_currency')),
    rate          numeric   NOT NULL CHECK (rate > 0.0 AND rate < 1e20),
    valid         tstzrange NOT NULL CHECK (NOT isempty(valid)),
    note          text,
    source        text      NOT NULL DEFAULT 'user',
    origin        text      NOT NULL DEFAULT 'user',
    as_of         date,
    builtin       boolean   NOT NULL DEFAULT false,
    extra         jsonb     NOT NULL DEFAULT '{}',
    CONSTRAINT fx_rate_two CHECK (from_currency <> to_currency),
    EXCLUDE USING gist (from_currency WITH =, to_currency WITH =, source WITH =, (builtin::integer) WITH =, valid WITH &&)
);
COMMENT ON TABLE accelcost.fx_rate IS 'exchange rates, yours to fill: the extension brings none';
COMMENT ON COLUMN accelcost.fx_rate.from_currency IS 'currency that is exchanged';
COMMENT ON COLUMN accelcost.fx_rate.to_currency IS 'currency that it becomes';
COMMENT ON COLUMN accelcost.fx_rate.rate IS 'units of to_currency for one of from_currency';
