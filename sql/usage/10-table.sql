-- What was used: one row per record of a meter or log, of any grain from a
-- request to a month.
--
-- The table is its owner's, and only one of the relations that reports read:
-- any table or view with these column names will do.  Columns of fixed width
-- come first, so that a scan for a report finds them fast.  The bounds leave
-- out NaN and infinities.

CREATE TABLE accelcost.usage (
    -- when
    period_start             timestamptz NOT NULL
        CHECK (isfinite(period_start)
               OR accelcost_internal.refuse_value(period_start::text, 'usage', 'period_start', 'Give a finite time.')),
    period_end               timestamptz,

    -- how much of a model
    uncached_input_tokens    bigint DEFAULT 0,
    cache_read_tokens        bigint DEFAULT 0,
    cache_write_5m_tokens    bigint DEFAULT 0,
    cache_write_1h_tokens    bigint DEFAULT 0,
    output_tokens            bigint DEFAULT 0,
    requests                 bigint,
    max_request_input_tokens bigint
        CHECK (max_request_input_tokens >= 0
               OR accelcost_internal.refuse_value(max_request_input_tokens::text, 'usage', 'max_request_input_tokens',
                                           'Give 0 or more.')),
    is_batch                 boolean NOT NULL DEFAULT false,

    -- how much of a machine
    is_session               boolean NOT NULL DEFAULT false,
    term_months              integer NOT NULL DEFAULT 0
        CHECK (term_months BETWEEN 0 AND 1200
               OR accelcost_internal.refuse_value(term_months::text, 'usage', 'term_months', 'Give 0 to 1200 months.')),
    instance_hours           numeric
        CHECK (abs(instance_hours) < 1e12
               OR accelcost_internal.refuse_value(instance_hours::text, 'usage', 'instance_hours',
                                           'Give a number between -1e12 and 1e12.')),
    gpu_count                numeric
        CHECK ((gpu_count > 0.0 AND gpu_count < 1e9)
               OR accelcost_internal.refuse_value(gpu_count::text, 'usage', 'gpu_count',
                                           'Give a number above 0 and below 1e9, or NULL for that of the offer.')),
    energy_kwh               numeric
        CHECK (abs(energy_kwh) < 1e15
               OR accelcost_internal.refuse_value(energy_kwh::text, 'usage', 'energy_kwh',
                                           'Give a number between -1e15 and 1e15.')),

    -- how much was sent and kept
    transfer_quantity        numeric
        CHECK (abs(transfer_quantity) < 1e20
               OR accelcost_internal.refuse_value(transfer_quantity::text, 'usage', 'transfer_quantity',
                                           'Give a number between -1e20 and 1e20.')),
    storage_quantity         numeric
        CHECK (abs(storage_quantity) < 1e20
               OR accelcost_internal.refuse_value(storage_quantity::text, 'usage', 'storage_quantity',
                                           'Give a number between -1e20 and 1e20.')),

    -- whose, and of what
    source                   text NOT NULL DEFAULT 'manual',
    record_id                text NOT NULL,
    provider                 text,
    payer                    text,
    sub_account              text,
    region                   text,
    sku                      text,
    accelerator              text,
    purchase_option          text NOT NULL DEFAULT 'on_demand'
        CHECK (accelcost_internal.check_column_word(purchase_option, '{on_demand,spot,reserved,committed,capacity_block}',
                                      'usage', 'purchase_option')),
    pool                     text,
    workload                 text NOT NULL DEFAULT 'inference'
        CHECK (accelcost_internal.check_column_word(workload, '{training,inference}', 'usage', 'workload')),
    model                    text,
    team                     text,
    feature                  text,
    user_id                  text,
    transfer_unit            text
        CHECK (accelcost_internal.check_column_word(transfer_unit, '{byte,kB,MB,GB,TB,PB,KiB,MiB,GiB,TiB,PiB}',
                                      'usage', 'transfer_unit')),
    transfer_kind            text NOT NULL DEFAULT 'internet'
        CHECK (accelcost_internal.check_column_word(transfer_kind, '{internet,inter_region,inter_az,cdn}', 'usage', 'transfer_kind')),
    transfer_service         text NOT NULL DEFAULT '*'
        CHECK (btrim(transfer_service) <> ''
               OR accelcost_internal.refuse_value(transfer_service, 'usage', 'transfer_service',
                                           'Name the product, or use "*" for the default one.')),
    transfer_destination     text,
    storage_unit             text
        CHECK (storage_unit ~ '^(byte|[kMGTP]B|[KMGTP]iB)-(month|hour)$'
               OR accelcost_internal.refuse_value(storage_unit, 'usage', 'storage_unit',
                                           'Use a unit of data and one of time, such as "GiB-month" or "byte-hour".')),
    storage_kind             text,

    -- what others say of it
    billed_cost              numeric
        CHECK (abs(billed_cost) < 1e20
               OR accelcost_internal.refuse_value(billed_cost::text, 'usage', 'billed_cost',
                                           'Give a number between -1e20 and 1e20.')),
    billed_currency          text
        CHECK (accelcost_internal.is_currency(billed_currency)
               OR accelcost_internal.refuse_currency(billed_currency, 'usage', 'billed_currency')),
    extra                    jsonb NOT NULL DEFAULT '{}'
        CHECK (jsonb_typeof(extra) = 'object'
               OR accelcost_internal.refuse_value(extra::text, 'usage', 'extra', 'Give a JSON object.')),

    PRIMARY KEY (source, record_id, period_start),
    CONSTRAINT usage_period CHECK (period_end >= period_start
                                   OR accelcost_internal.refuse_value(period_end::text, 'usage', 'period_end',
                                                               'Give a time that is not before period_start.'))
);
COMMENT ON TABLE accelcost.usage IS
    'use of models and accelerators, one row per record of a meter or log; a record is counted once, however often it is loaded';
COMMENT ON COLUMN accelcost.usage.period_start IS 'first instant of the use; reports take the month from here, and the prices';
COMMENT ON COLUMN accelcost.usage.period_end IS 'end of the use, exclusive';
COMMENT ON COLUMN accelcost.usage.uncached_input_tokens IS 'tokens of input that were neither read from a cache nor written to one; NULL: not known, which leaves a row that is priced by tokens without a price';
COMMENT ON COLUMN accelcost.usage.cache_read_tokens IS 'tokens of input read from a cache, not counted elsewhere; NULL: not known';
COMMENT ON COLUMN accelcost.usage.cache_write_5m_tokens IS 'tokens of input written to a cache for 5 minutes, not counted elsewhere; NULL: not known';
COMMENT ON COLUMN accelcost.usage.cache_write_1h_tokens IS 'tokens of input written to a cache for an hour, not counted elsewhere; NULL: not known';
COMMENT ON COLUMN accelcost.usage.output_tokens IS 'tokens of output with those of reasoning inside; NULL: not known';
COMMENT ON COLUMN accelcost.usage.requests IS 'requests that the record is of; NULL: not known';
COMMENT ON COLUMN accelcost.usage.max_request_input_tokens IS 'tokens of input, cached ones too, of the largest of the requests; tells where none was long enough for other prices';
COMMENT ON COLUMN accelcost.usage.is_batch IS 'whether the requests were sent as a batch, at the batch price';
COMMENT ON COLUMN accelcost.usage.is_session IS 'whether the row is one rental of one machine from start to end, to which the provider''s billing increment and minimum apply';
COMMENT ON COLUMN accelcost.usage.term_months IS 'months of the commitment under which the machine runs; 0 for none';
COMMENT ON COLUMN accelcost.usage.instance_hours IS 'instances times hours; 0 where another row has the hours; NULL on a row that names a sku: not known';
COMMENT ON COLUMN accelcost.usage.gpu_count IS 'accelerators in an instance; a fraction where instances share one; NULL: as the offer says';
COMMENT ON COLUMN accelcost.usage.energy_kwh IS 'energy drawn, in kWh, that of cooling included; priced only where the machines are your own';
COMMENT ON COLUMN accelcost.usage.transfer_quantity IS 'data sent, in transfer_unit';
COMMENT ON COLUMN accelcost.usage.storage_quantity IS 'data kept times the time it was kept for, in storage_unit';
COMMENT ON COLUMN accelcost.usage.source IS 'meter or log that the record is from';
COMMENT ON COLUMN accelcost.usage.record_id IS 'name of the record, unique with source and period_start';
COMMENT ON COLUMN accelcost.usage.provider IS 'who is paid for it, by any name that the catalog knows';
COMMENT ON COLUMN accelcost.usage.payer IS 'account that pays: negotiated prices are found by it, and tiers and free quantities are counted by it';
COMMENT ON COLUMN accelcost.usage.sub_account IS 'account, subscription or project that used it';
COMMENT ON COLUMN accelcost.usage.region IS 'region as the provider names it, or your site: where the machine is, and where data is sent from';
COMMENT ON COLUMN accelcost.usage.sku IS 'machine as the provider names it; a row that names one is priced by its hours';
COMMENT ON COLUMN accelcost.usage.accelerator IS 'accelerator in the machine, by any name that the catalog knows; enough to price hours where the provider has one price for it';
COMMENT ON COLUMN accelcost.usage.purchase_option IS 'on_demand, spot, reserved, committed or capacity_block';
COMMENT ON COLUMN accelcost.usage.pool IS 'machines that are shared, whose cost is to be divided';
COMMENT ON COLUMN accelcost.usage.workload IS 'inference or training';
COMMENT ON COLUMN accelcost.usage.model IS 'model, by any name that the catalog knows or one of your own';
COMMENT ON COLUMN accelcost.usage.team IS 'team that used it';
COMMENT ON COLUMN accelcost.usage.feature IS 'part of your product that used it';
COMMENT ON COLUMN accelcost.usage.user_id IS 'user that used it';
COMMENT ON COLUMN accelcost.usage.transfer_unit IS 'unit of transfer_quantity: byte, kB, MB, GB, TB, PB (powers of 1000), KiB, MiB, GiB, TiB or PiB (of 1024); NULL: the one the provider bills in';
COMMENT ON COLUMN accelcost.usage.transfer_kind IS 'internet, inter_region, inter_az or cdn';
COMMENT ON COLUMN accelcost.usage.transfer_service IS 'product of the provider that sent it; * for the one that is meant when none is named';
COMMENT ON COLUMN accelcost.usage.transfer_destination IS 'region or group of countries that it was sent to';
COMMENT ON COLUMN accelcost.usage.storage_unit IS 'unit of storage_quantity: one of data and one of time, as GiB-month or byte-hour; NULL: the one the provider bills in';
COMMENT ON COLUMN accelcost.usage.storage_kind IS 'class of storage, as object';
COMMENT ON COLUMN accelcost.usage.billed_cost IS 'what the provider or the log says it cost, in billed_currency; for comparison, never used as a price';
COMMENT ON COLUMN accelcost.usage.billed_currency IS 'currency of billed_cost';
COMMENT ON COLUMN accelcost.usage.extra IS 'further attributes of your own, an object';

CREATE INDEX usage_period_start ON accelcost.usage (period_start);
COMMENT ON INDEX accelcost.usage_period_start IS 'finds the use of a month';

-- Without it the planner expects one group per instant from GROUP BY bill_month(period_start).
CREATE STATISTICS accelcost.usage_month ON (@extschema@.bill_month(period_start)) FROM accelcost.usage;
COMMENT ON STATISTICS accelcost.usage_month IS 'number of months that usage spans';

ALTER TABLE accelcost.usage OWNER TO @extowner@;
ALTER STATISTICS accelcost.usage_month OWNER TO @extowner@;

SELECT pg_extension_config_dump('accelcost.usage', '');
