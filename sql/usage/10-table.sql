-- Usage: one row per record of a meter or log, for anything from a request to
-- a month.
--
-- Reports read this table or any table or view with these column names. Columns
-- of fixed width come first, so that a scan for a report finds them fast. The
-- bounds exclude NaN and infinities.

CREATE TABLE accelcost.usage (
    -- when
    period_start             timestamptz NOT NULL
        CHECK (isfinite(period_start)
               OR accelcost_internal.refuse_value(period_start::text, 'usage', 'period_start', 'Give a finite time.')),
    period_end               timestamptz,

    -- quantities of a model
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
    prefill_seconds          numeric
        CHECK ((prefill_seconds >= 0.0 AND prefill_seconds < 1e15)
               OR accelcost_internal.refuse_value(prefill_seconds::text, 'usage', 'prefill_seconds',
                                           'Give a number of 0 or more and below 1e15.')),
    decode_seconds           numeric
        CHECK ((decode_seconds >= 0.0 AND decode_seconds < 1e15)
               OR accelcost_internal.refuse_value(decode_seconds::text, 'usage', 'decode_seconds',
                                           'Give a number of 0 or more and below 1e15.')),

    -- quantities of a machine
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

    -- transfer and storage
    transfer_quantity        numeric
        CHECK (abs(transfer_quantity) < 1e20
               OR accelcost_internal.refuse_value(transfer_quantity::text, 'usage', 'transfer_quantity',
                                           'Give a number between -1e20 and 1e20.')),
    storage_quantity         numeric
        CHECK (abs(storage_quantity) < 1e20
               OR accelcost_internal.refuse_value(storage_quantity::text, 'usage', 'storage_quantity',
                                           'Give a number between -1e20 and 1e20.')),

    -- anything else that is billed by the unit
    quantity                 numeric
        CHECK (abs(quantity) < 1e20
               OR accelcost_internal.refuse_value(quantity::text, 'usage', 'quantity',
                                           'Give a number between -1e20 and 1e20.')),

    -- owner and thing used
    source                   text NOT NULL DEFAULT 'manual',
    record_id                text NOT NULL,
    provider                 text
        CHECK (accelcost_internal.check_column_text(provider, 'usage', 'provider')),
    payer                    text
        CHECK (accelcost_internal.check_column_text(payer, 'usage', 'payer')),
    sub_account              text
        CHECK (accelcost_internal.check_column_text(sub_account, 'usage', 'sub_account')),
    region                   text
        CHECK (accelcost_internal.check_column_text(region, 'usage', 'region')),
    sku                      text
        CHECK (accelcost_internal.check_column_text(sku, 'usage', 'sku')),
    accelerator              text
        CHECK (accelcost_internal.check_column_text(accelerator, 'usage', 'accelerator')),
    purchase_option          text NOT NULL DEFAULT 'on_demand'
        CHECK (accelcost_internal.check_column_word(purchase_option,
                                                    '{on_demand,spot,reserved,committed,capacity_block}',
                                      'usage', 'purchase_option')),
    pool                     text
        CHECK (accelcost_internal.check_column_text(pool, 'usage', 'pool')),
    workload                 text NOT NULL DEFAULT 'inference'
        CHECK (accelcost_internal.check_column_word(workload, '{training,inference}', 'usage', 'workload')),
    model                    text
        CHECK (accelcost_internal.check_column_text(model, 'usage', 'model')),
    service_tier             text NOT NULL DEFAULT 'standard'
        CHECK (btrim(service_tier) <> ''
               OR accelcost_internal.refuse_value(service_tier, 'usage', 'service_tier',
                                           'Name the tier, such as "batch", "flex" or "priority".')),
    geo                      text NOT NULL DEFAULT 'global'
        CHECK (btrim(geo) <> ''
               OR accelcost_internal.refuse_value(geo, 'usage', 'geo',
                                           'Name the place of processing, such as "us" or "eu", or use "global".')),
    team                     text
        CHECK (accelcost_internal.check_column_text(team, 'usage', 'team')),
    feature                  text
        CHECK (accelcost_internal.check_column_text(feature, 'usage', 'feature')),
    customer                 text
        CHECK (accelcost_internal.check_column_text(customer, 'usage', 'customer')),
    user_id                  text
        CHECK (accelcost_internal.check_column_text(user_id, 'usage', 'user_id')),
    meter                    text
        CHECK ((btrim(meter) <> '' AND meter NOT IN ('egress', 'storage'))
               OR accelcost_internal.refuse_value(meter, 'usage', 'meter',
                                           'Name what is counted, such as "images"; data transfer and storage have '
                                           'columns of their own.')),
    meter_unit               text
        CHECK (accelcost_internal.check_column_text(meter_unit, 'usage', 'meter_unit')),
    meter_kind               text
        CHECK (accelcost_internal.check_column_text(meter_kind, 'usage', 'meter_kind')),
    transfer_unit            text
        CHECK (accelcost_internal.check_column_word(transfer_unit, '{byte,kB,MB,GB,TB,PB,KiB,MiB,GiB,TiB,PiB}',
                                      'usage', 'transfer_unit')),
    transfer_kind            text NOT NULL DEFAULT 'internet'
        CHECK (accelcost_internal.check_column_word(transfer_kind, '{internet,inter_region,inter_az,cdn}', 'usage',
                                                    'transfer_kind')),
    transfer_service         text NOT NULL DEFAULT '*'
        CHECK (btrim(transfer_service) <> ''
               OR accelcost_internal.refuse_value(transfer_service, 'usage', 'transfer_service',
                                           'Name the product, or use "*" for the default one.')),
    transfer_destination     text
        CHECK (accelcost_internal.check_column_text(transfer_destination, 'usage', 'transfer_destination')),
    storage_unit             text
        CHECK (storage_unit ~ '^(byte|[kMGTP]B|[KMGTP]iB)-(month|hour)$'
               OR accelcost_internal.refuse_value(storage_unit, 'usage', 'storage_unit',
                                           'Use a unit of data and one of time, such as "GiB-month" or "byte-hour".')),
    storage_kind             text
        CHECK (accelcost_internal.check_column_text(storage_kind, 'usage', 'storage_kind')),

    -- from the provider or log
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
    CONSTRAINT usage_quantity CHECK (meter IS NOT NULL OR quantity IS NULL
                                     OR accelcost_internal.refuse_value(quantity::text, 'usage', 'quantity',
                                                                 'Set "meter" to say what is counted.')),
    CONSTRAINT usage_period CHECK (period_end >= period_start
                                   OR accelcost_internal.refuse_value(period_end::text, 'usage', 'period_end',
                                                               'Give a time that is not before period_start.'))
);
COMMENT ON TABLE accelcost.usage IS
    'use of models and accelerators, one row per record; a record is counted once, however often it is loaded';
COMMENT ON COLUMN accelcost.usage.period_start IS
    'start of the use, which has its month and prices, except hours of machines';
COMMENT ON COLUMN accelcost.usage.period_end IS
    'end of the use, exclusive; hours of machines are spread evenly from period_start to it';
COMMENT ON COLUMN accelcost.usage.uncached_input_tokens IS
    'input tokens neither read from a cache nor written to one; NULL if unknown';
COMMENT ON COLUMN accelcost.usage.cache_read_tokens IS
    'input tokens read from a cache, not counted elsewhere; NULL if unknown';
COMMENT ON COLUMN accelcost.usage.cache_write_5m_tokens IS
    'input tokens written to a cache for 5 minutes, not counted elsewhere; NULL if unknown';
COMMENT ON COLUMN accelcost.usage.cache_write_1h_tokens IS
    'input tokens written to a cache for an hour, not counted elsewhere; NULL if unknown';
COMMENT ON COLUMN accelcost.usage.output_tokens IS 'output tokens, including reasoning tokens; NULL if unknown';
COMMENT ON COLUMN accelcost.usage.requests IS 'number of requests in the record; NULL if unknown';
COMMENT ON COLUMN accelcost.usage.max_request_input_tokens IS
    'input tokens, cached ones included, of the largest request; NULL if unknown';
COMMENT ON COLUMN accelcost.usage.prefill_seconds IS 'seconds in which a server of your own computed prompts';
COMMENT ON COLUMN accelcost.usage.decode_seconds IS 'seconds in which a server of your own generated tokens';
COMMENT ON COLUMN accelcost.usage.is_session IS
    'true if the row is one rental of one machine, billed with the provider''s increment and minimum';
COMMENT ON COLUMN accelcost.usage.term_months IS 'term of the commitment of the machine, in months; 0 if none';
COMMENT ON COLUMN accelcost.usage.instance_hours IS
    'instances times hours; 0 if another row has the hours; NULL with a sku: unknown';
COMMENT ON COLUMN accelcost.usage.gpu_count IS
    'accelerators in an instance, a fraction if shared; NULL: the number in the offer';
COMMENT ON COLUMN accelcost.usage.energy_kwh IS 'energy in kWh, including cooling; priced only for your own machines';
COMMENT ON COLUMN accelcost.usage.transfer_quantity IS 'data sent, in transfer_unit';
COMMENT ON COLUMN accelcost.usage.storage_quantity IS 'data times the time that it was stored, in storage_unit';
COMMENT ON COLUMN accelcost.usage.quantity IS 'quantity of meter, in meter_unit; NULL if unknown';
COMMENT ON COLUMN accelcost.usage.source IS 'meter or log that the record is from';
COMMENT ON COLUMN accelcost.usage.record_id IS 'name of the record, unique with source and period_start';
COMMENT ON COLUMN accelcost.usage.provider IS 'provider that is paid, by any name in the catalog';
COMMENT ON COLUMN accelcost.usage.payer IS 'account that pays; it has its negotiated prices, tiers and free quantities';
COMMENT ON COLUMN accelcost.usage.sub_account IS 'account, subscription or project that used it';
COMMENT ON COLUMN accelcost.usage.region IS
    'region of the machine and of the data sent, as the provider names it, or your site';
COMMENT ON COLUMN accelcost.usage.sku IS 'machine as the provider names it; a row with a sku is priced by its hours';
COMMENT ON COLUMN accelcost.usage.accelerator IS
    'accelerator in the machine, by any name in the catalog; prices hours if no sku is given';
COMMENT ON COLUMN accelcost.usage.purchase_option IS 'on_demand, spot, reserved, committed or capacity_block';
COMMENT ON COLUMN accelcost.usage.pool IS 'shared machines, whose cost you can divide';
COMMENT ON COLUMN accelcost.usage.workload IS 'inference or training';
COMMENT ON COLUMN accelcost.usage.model IS 'model, by any name in the catalog or one of your own';
COMMENT ON COLUMN accelcost.usage.service_tier IS
    'tier of the requests, which have its price: standard, batch, flex, priority or another of the catalog';
COMMENT ON COLUMN accelcost.usage.geo IS
    'place in which the requests were processed, if it has a price of its own: global, us, eu ...';
COMMENT ON COLUMN accelcost.usage.team IS 'team that used it';
COMMENT ON COLUMN accelcost.usage.feature IS 'part of your product that used it';
COMMENT ON COLUMN accelcost.usage.customer IS 'customer of yours for whom it was used';
COMMENT ON COLUMN accelcost.usage.user_id IS 'user that used it';
COMMENT ON COLUMN accelcost.usage.meter IS
    'what quantity counts: images, characters, audio, searches, pages, tool_calls, requests or another meter';
COMMENT ON COLUMN accelcost.usage.meter_unit IS
    'unit of quantity, such as minute; NULL: the unit that the provider bills in';
COMMENT ON COLUMN accelcost.usage.meter_kind IS 'kind of the meter if its price depends on it, such as a quality';
COMMENT ON COLUMN accelcost.usage.transfer_unit IS
    'unit of transfer_quantity, byte to PB or PiB; NULL: the unit that the provider bills in';
COMMENT ON COLUMN accelcost.usage.transfer_kind IS 'internet, inter_region, inter_az or cdn';
COMMENT ON COLUMN accelcost.usage.transfer_service IS
    'product of the provider that sent the data; * for the default product';
COMMENT ON COLUMN accelcost.usage.transfer_destination IS 'region or group of countries that the data was sent to';
COMMENT ON COLUMN accelcost.usage.storage_unit IS
    'unit of data and of time, such as GiB-month; NULL: the unit that the provider bills in';
COMMENT ON COLUMN accelcost.usage.storage_kind IS 'class of storage, such as object';
COMMENT ON COLUMN accelcost.usage.billed_cost IS
    'cost according to the provider or log, in billed_currency; never used as a price';
COMMENT ON COLUMN accelcost.usage.billed_currency IS 'currency of billed_cost';
COMMENT ON COLUMN accelcost.usage.extra IS 'further attributes of your own, an object';

CREATE INDEX usage_period_start ON accelcost.usage (period_start);
COMMENT ON INDEX accelcost.usage_period_start IS 'finds the use of a month';

-- A report of a month needs the hours of records that began before it.
CREATE INDEX usage_crossing ON accelcost.usage (period_end)
    -- Before 4713 BC there are no months.
    WHERE instance_hours <> 0.0 AND period_start >= '4713-01-01 00:00:00+00 BC'
      AND @extschema@.bill_month(period_start) <> @extschema@.bill_month(period_end);
COMMENT ON INDEX accelcost.usage_crossing IS 'finds machines that were used past the end of a month';

-- Without these statistics the planner expects one group per instant from GROUP BY bill_month(period_start).
CREATE STATISTICS accelcost.usage_month ON (@extschema@.bill_month(period_start)) FROM accelcost.usage;
COMMENT ON STATISTICS accelcost.usage_month IS 'number of months that usage spans';

ALTER TABLE accelcost.usage OWNER TO @extowner@;
ALTER STATISTICS accelcost.usage_month OWNER TO @extowner@;

SELECT pg_extension_config_dump('accelcost.usage', '');
