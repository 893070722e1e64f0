-- Token prices.

-- A constraint refuses times and days that give NULL: equal times, one time alone, no days, days other than 1 to 7.
CREATE FUNCTION accelcost_internal.week_window(weekdays integer[], utc_from time, utc_to time) RETURNS int4multirange
LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT nullif(range_agg(part.seconds), '{}'::int4multirange)
    FROM unnest(coalesce(weekdays, '{1,2,3,4,5,6,7}')) AS weekday
    CROSS JOIN LATERAL (
        SELECT (weekday - 1) * 86400 + extract(epoch FROM coalesce(utc_from, '00:00'))::integer AS begins,
               (weekday - 1) * 86400 + extract(epoch FROM coalesce(utc_to, '24:00'))::integer
                   -- Through midnight, into the next day.
                   + CASE WHEN utc_from > utc_to THEN 86400 ELSE 0 END AS ends
    ) AS window_of_day
    -- From Sunday into Monday, a window has a part at each end of the week.
    CROSS JOIN LATERAL (VALUES (int4range(least(begins, 604800), least(ends, 604800))),
                               (int4range(greatest(begins - 604800, 0), greatest(ends - 604800, 0)))) AS part (seconds)
    WHERE (weekdays IS NULL OR weekdays <@ '{1,2,3,4,5,6,7}'::integer[])
      AND (num_nulls(utc_from, utc_to) = 2 OR utc_from <> utc_to);
END;
COMMENT ON FUNCTION accelcost_internal.week_window(integer[], time, time) IS
    'returns price_window for a price that is not valid at all times';

-- One expression, so that it becomes part of the query that calls it: most prices have no window.
CREATE FUNCTION accelcost_internal.price_window(weekdays integer[], utc_from time, utc_to time) RETURNS int4multirange
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN CASE WHEN weekdays IS NULL AND utc_from IS NULL AND utc_to IS NULL THEN '{[0,604800)}'::int4multirange
                ELSE accelcost_internal.week_window(weekdays, utc_from, utc_to) END;
COMMENT ON FUNCTION accelcost_internal.price_window(integer[], time, time) IS
    'returns the seconds of the week, from Monday 00:00 UTC, between two times of days; all the week for NULL';

CREATE TABLE accelcost.token_price (
    provider                  text      NOT NULL,
    model                     text      NOT NULL CHECK (btrim(model) <> ''),
    account                   text,
    service_tier              text      NOT NULL DEFAULT 'standard',
    geo                       text      NOT NULL DEFAULT 'global',
    input_price               numeric   CHECK (input_price >= 0.0 AND input_price < 1e12),
    output_price              numeric   CHECK (output_price >= 0.0 AND output_price < 1e12),
    cache_read_price          numeric   CHECK (cache_read_price >= 0.0 AND cache_read_price < 1e12),
    cache_write_5m_price      numeric   CHECK (cache_write_5m_price >= 0.0 AND cache_write_5m_price < 1e12),
    cache_write_1h_price      numeric   CHECK (cache_write_1h_price >= 0.0 AND cache_write_1h_price < 1e12),
    reasoning_price           numeric   CHECK (reasoning_price >= 0.0 AND reasoning_price < 1e12),
    context_threshold         bigint    CHECK (context_threshold > 0),
    threshold_strict          boolean   NOT NULL DEFAULT true,
    long_input_price          numeric   CHECK (long_input_price >= 0.0 AND long_input_price < 1e12),
    long_output_price         numeric   CHECK (long_output_price >= 0.0 AND long_output_price < 1e12),
    long_cache_read_price     numeric   CHECK (long_cache_read_price >= 0.0 AND long_cache_read_price < 1e12),
    long_cache_write_5m_price numeric   CHECK (long_cache_write_5m_price >= 0.0 AND long_cache_write_5m_price < 1e12),
    long_cache_write_1h_price numeric   CHECK (long_cache_write_1h_price >= 0.0 AND long_cache_write_1h_price < 1e12),
    long_reasoning_price      numeric   CHECK (long_reasoning_price >= 0.0 AND long_reasoning_price < 1e12),
    cached_convention         text
        CHECK (accelcost_internal.check_column_word(
                   cached_convention, '{included,excluded}', 'token_price', 'cached_convention')),
    reasoning_convention      text
        CHECK (accelcost_internal.check_column_word(
                   reasoning_convention, '{included,on_top}', 'token_price', 'reasoning_convention')),
    weekdays                  integer[],
    utc_from                  time,
    utc_to                    time,
    currency                  text      NOT NULL DEFAULT 'USD'
        CHECK (accelcost_internal.is_currency(currency)
               OR accelcost_internal.refuse_currency(currency, 'token_price', 'currency')),
    valid                     tstzrange NOT NULL CHECK (NOT isempty(valid)),
    replaces_builtin          boolean   NOT NULL DEFAULT false,
    LIKE accelcost_internal.dated_row INCLUDING DEFAULTS INCLUDING COMMENTS,
    CONSTRAINT token_price_account CHECK (account IS NULL OR origin = 'negotiated'),
    CONSTRAINT token_price_window CHECK (accelcost_internal.price_window(weekdays, utc_from, utc_to) IS NOT NULL),
    CONSTRAINT token_price_service_tier
        CHECK (service_tier <> '' AND service_tier = lower(btrim(service_tier) COLLATE "C")),
    CONSTRAINT token_price_geo CHECK (geo <> '' AND geo = lower(btrim(geo) COLLATE "C")),
    CONSTRAINT token_price_long
        CHECK (context_threshold IS NOT NULL
               OR (long_input_price IS NULL
                   AND long_output_price IS NULL
                   AND long_cache_read_price IS NULL
                   AND long_cache_write_5m_price IS NULL
                   AND long_cache_write_1h_price IS NULL
                   AND long_reasoning_price IS NULL)),
    CONSTRAINT token_price_overlap EXCLUDE USING gist (
                        provider WITH =, model WITH =, service_tier WITH =, geo WITH =,
                        source WITH =, (coalesce(account, '')) WITH =, (builtin::integer) WITH =,
                        ((num_nonnulls(weekdays, utc_from) = 0)::integer) WITH =,
                        (accelcost_internal.price_window(weekdays, utc_from, utc_to)) WITH &&, valid WITH &&),
    CONSTRAINT token_price_origin
        CHECK (accelcost_internal.check_column_word(
                   origin, '{negotiated,user,official,article,third_party,unverified}', 'token_price', 'origin')
               AND (NOT builtin OR origin NOT IN ('negotiated', 'user'))),
    CONSTRAINT token_price_replaces CHECK (NOT (builtin AND replaces_builtin)),
    CONSTRAINT token_price_source CHECK (NOT builtin OR (source IS NOT NULL AND as_of IS NOT NULL)),
    CONSTRAINT token_price_as_of_precision
        CHECK (accelcost_internal.check_column_word(
                   as_of_precision, '{day,month,year,page_undated}', 'token_price', 'as_of_precision')),
    CONSTRAINT token_price_extra CHECK (jsonb_typeof(extra) = 'object')
);
COMMENT ON TABLE accelcost.token_price IS
    'prices per million tokens, dated, each with its source; the columns are parameters of token_cost';
COMMENT ON COLUMN accelcost.token_price.provider IS 'name in accelcost.provider';
COMMENT ON COLUMN accelcost.token_price.model IS 'name in accelcost.model';
COMMENT ON COLUMN accelcost.token_price.account IS 'account that negotiated the price; NULL if the price is public';
COMMENT ON COLUMN accelcost.token_price.service_tier IS
    'tier of service that the request asks for, in lower case: standard, batch, flex, priority or another word';
COMMENT ON COLUMN accelcost.token_price.geo IS
    'place of processing, in lower case: global, us, eu or another word';
COMMENT ON COLUMN accelcost.token_price.input_price IS 'price per million uncached input tokens, in currency';
COMMENT ON COLUMN accelcost.token_price.output_price IS 'price per million output tokens, in currency';
COMMENT ON COLUMN accelcost.token_price.cache_read_price IS 'price per million tokens read from a cache, in currency';
COMMENT ON COLUMN accelcost.token_price.cache_write_5m_price IS
    'price per million tokens written to a cache for 5 minutes, in currency';
COMMENT ON COLUMN accelcost.token_price.cache_write_1h_price IS
    'price per million tokens written to a cache for an hour, in currency';
COMMENT ON COLUMN accelcost.token_price.reasoning_price IS
    'price per million reasoning tokens, in currency; NULL if they have no own price';
COMMENT ON COLUMN accelcost.token_price.context_threshold IS
    'input tokens above which all tokens of a request have the long prices; NULL if there are none';
COMMENT ON COLUMN accelcost.token_price.threshold_strict IS 'true if exactly context_threshold tokens are not long';
COMMENT ON COLUMN accelcost.token_price.long_input_price IS 'input_price of a long request';
COMMENT ON COLUMN accelcost.token_price.long_output_price IS 'output_price of a long request';
COMMENT ON COLUMN accelcost.token_price.long_cache_read_price IS 'cache_read_price of a long request';
COMMENT ON COLUMN accelcost.token_price.long_cache_write_5m_price IS 'cache_write_5m_price of a long request';
COMMENT ON COLUMN accelcost.token_price.long_cache_write_1h_price IS 'cache_write_1h_price of a long request';
COMMENT ON COLUMN accelcost.token_price.long_reasoning_price IS 'reasoning_price of a long request';
COMMENT ON COLUMN accelcost.token_price.cached_convention IS
    'included or excluded: whether the provider counts cached tokens as input; NULL if unknown';
COMMENT ON COLUMN accelcost.token_price.reasoning_convention IS
    'included or on_top: whether the provider counts reasoning as output; NULL if unknown';
COMMENT ON COLUMN accelcost.token_price.weekdays IS
    'days in UTC, 1 Monday to 7 Sunday, on which the window begins; NULL for every day';
COMMENT ON COLUMN accelcost.token_price.utc_from IS
    'time of day in UTC from which the price is valid; NULL for all day, outside windows of the same source';
COMMENT ON COLUMN accelcost.token_price.utc_to IS 'time of day in UTC at which the price ends, exclusive';
COMMENT ON COLUMN accelcost.token_price.currency IS 'currency or unit of the prices';
COMMENT ON COLUMN accelcost.token_price.valid IS
    'time in which the row is valid, from the first instant that the source confirms to the end, exclusive';
COMMENT ON COLUMN accelcost.token_price.replaces_builtin IS
    'true if built-in prices of the model, service tier and place end with it, as with imported prices';

CREATE TRIGGER builtin_read_only BEFORE INSERT OR UPDATE OR DELETE ON accelcost.token_price
    FOR EACH ROW EXECUTE FUNCTION accelcost_internal.refuse_builtin_change();
COMMENT ON TRIGGER builtin_read_only ON accelcost.token_price IS
    'keeps the rows that came with the extension as they are';
CREATE TRIGGER store_known_names BEFORE INSERT OR UPDATE ON accelcost.token_price
    FOR EACH ROW EXECUTE FUNCTION accelcost_internal.store_known_names();
COMMENT ON TRIGGER store_known_names ON accelcost.token_price IS
    'stores providers, accelerators and models by their names in the catalog';

GRANT SELECT ON accelcost.token_price TO PUBLIC;
GRANT SELECT, INSERT, UPDATE, DELETE ON accelcost.token_price TO @extowner@ WITH GRANT OPTION;
ALTER TABLE accelcost.token_price REPLICA IDENTITY FULL;
SELECT pg_extension_config_dump('accelcost.token_price', 'WHERE NOT builtin');
