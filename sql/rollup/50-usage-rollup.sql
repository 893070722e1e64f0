-- Rollups of usage: sums by hour or day and by all that prices depend on, which reports read like records.
--
-- NAME is a view with the columns of accelcost.usage, NAME_monthly the report on it, and NAME_sums their rollup.

CREATE FUNCTION accelcost_internal.usage_rollup_hours(grain text) RETURNS integer
    LANGUAGE plpgsql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF grain IS NULL THEN
        RAISE EXCEPTION '"grain" must not be null' USING ERRCODE = 'null_value_not_allowed';
    END IF;
    IF grain NOT IN ('hour', 'day') THEN
        RAISE EXCEPTION 'invalid value for parameter "grain": "%"', grain
            USING ERRCODE = 'invalid_parameter_value', HINT = 'Use "hour" or "day".';
    END IF;
    RETURN CASE grain WHEN 'hour' THEN 1 ELSE 24 END;
END
$$;
COMMENT ON FUNCTION accelcost_internal.usage_rollup_hours(text) IS
    'returns the hours of the grain of a usage rollup';

CREATE FUNCTION accelcost_internal.usage_rollup_expression(expression text, source regclass) RETURNS text
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    c record;
BEGIN
    -- A rollup names the columns of its table without an alias.
    FOR c IN SELECT * FROM accelcost_internal.usage_columns(source) LOOP
        expression := replace(expression, format('{%s}', c.name),
                              replace(c.expression, format('u.%I', c.name), quote_ident(c.name)));
    END LOOP;
    RETURN expression;
END
$$;
COMMENT ON FUNCTION accelcost_internal.usage_rollup_expression(text, regclass) IS
    'returns an expression in which the columns of usage, named in braces, are those of a table';

CREATE FUNCTION accelcost_internal.usage_rollup_keys(source regclass, grain text, keys text[]) RETURNS text[]
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    hours CONSTANT integer := accelcost_internal.usage_rollup_hours(grain);
    key   text;
    items text[];
BEGIN
    IF keys IS NULL OR array_position(keys, NULL) IS NOT NULL THEN
        RAISE EXCEPTION '"keys" must not be null or contain nulls' USING ERRCODE = 'null_value_not_allowed';
    END IF;
    FOREACH key IN ARRAY keys LOOP
        IF key <> ALL ('{sub_account,pool,feature,customer,user_id}') THEN
            RAISE EXCEPTION 'invalid value for parameter "keys": "%"', key
                USING ERRCODE = 'invalid_parameter_value',
                      DETAIL = 'All that prices depend on, and the team, are keys anyway.',
                      HINT = 'Use any of "sub_account", "pool", "feature", "customer" and "user_id".';
        END IF;
    END LOOP;
    IF cardinality(keys) > (SELECT count(DISTINCT k) FROM unnest(keys) AS k) THEN
        RAISE EXCEPTION '"keys" must name a column once' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    items := ARRAY[
        'period_start => accelcost_internal.usage_sum_start({period_start}, {period_end}, {is_session}, {hours})',
        'period_end => accelcost_internal.usage_sum_end({period_start}, {period_end}, {is_session}, {hours})',
        format('usage_key => accelcost_internal.usage_sum_key(%s, false, {prefill_seconds}, {decode_seconds}, {hours})',
               accelcost_internal.usage_key_columns())]
        || ARRAY(SELECT format('%s => {%1$s}', k) FROM unnest(keys) AS k);
    RETURN ARRAY(SELECT accelcost_internal.usage_rollup_expression(replace(i, '{hours}', hours::text), source)
                 FROM unnest(items) WITH ORDINALITY AS s (i, ordinal) ORDER BY ordinal);
END
$$;
COMMENT ON FUNCTION accelcost_internal.usage_rollup_keys(regclass, text, text[]) IS
    'returns the keys of a usage rollup, for rollup_create: the period and the key of a sum, and further columns';

CREATE FUNCTION accelcost_internal.usage_quantities() RETURNS text[]
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN '{instance_hours,energy_kwh,transfer_quantity,storage_quantity,quantity,prefill_seconds,'
           'decode_seconds}'::text[];
COMMENT ON FUNCTION accelcost_internal.usage_quantities() IS 'returns the columns with quantities of any scale';

CREATE FUNCTION accelcost_internal.usage_rollup_measures(source regclass) RETURNS text[]
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN ARRAY(
        SELECT format('%s => sum(%s)', m.name,
                      accelcost_internal.usage_rollup_expression(format('{%s}', m.name), source))
        FROM unnest(accelcost_internal.usage_counts() || accelcost_internal.usage_quantities())
            WITH ORDINALITY AS m (name, ordinal)
        ORDER BY m.ordinal);
END
$$;
COMMENT ON FUNCTION accelcost_internal.usage_rollup_measures(regclass) IS
    'returns the measures of a usage rollup, for rollup_create';

-- The view usage_monthly, of another source.
CREATE FUNCTION accelcost_internal.monthly_view(name text, source regclass) RETURNS text
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
    SET quote_all_identifiers = off
AS $$
BEGIN
    RETURN format('CREATE VIEW %s AS ', name)
           || replace(pg_get_viewdef('accelcost.usage_monthly'::regclass), 'accelcost_internal.usage_source()',
                      format('%L::regclass', source));
END
$$;
COMMENT ON FUNCTION accelcost_internal.monthly_view(text, regclass) IS
    'returns the statement that creates a view like usage_monthly of another source';

-- Longer than 80 lines: one expression for each column of usage, then two views.
CREATE FUNCTION accelcost_internal.usage_rollup_views(sums regclass, name text, source regclass, grain text)
    RETURNS void
    LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    SET quote_all_identifiers = off
AS $$
DECLARE
    schema  CONSTANT text := (SELECT relnamespace::regnamespace::text FROM pg_class WHERE oid = sums);
    records CONSTANT text := format('%s.%I', schema, name);
    report  CONSTANT text := format('%s.%I', schema, name || '_monthly');
    list    text;
BEGIN
    SELECT string_agg(format(
               CASE WHEN t.word IS NULL THEN 'accelcost_internal.usage_sum_text(s.usage_key, %s) AS %I'
                    ELSE 'coalesce(accelcost_internal.usage_sum_text(s.usage_key, %s), %3$L::text) AS %2$I' END,
               t.n, t.name, t.word), E',\n       ' ORDER BY t.n)
    INTO list
    FROM (VALUES (0, 'provider', NULL), (1, 'payer', NULL), (2, 'region', NULL), (3, 'sku', NULL),
                 (4, 'accelerator', NULL), (5, 'workload', 'inference'), (6, 'model', NULL), (7, 'team', NULL),
                 (8, 'purchase_option', 'on_demand'), (9, 'service_tier', 'standard'), (10, 'geo', 'global'),
                 (11, 'transfer_unit', NULL), (12, 'transfer_kind', 'internet'), (13, 'transfer_service', '*'),
                 (14, 'transfer_destination', NULL), (15, 'storage_unit', NULL), (16, 'storage_kind', NULL),
                 (17, 'meter', NULL), (18, 'meter_unit', NULL), (19, 'meter_kind', NULL)) AS t (n, name, word);
    list := list || (
        SELECT string_agg(format(CASE WHEN m.is_count THEN E',\n       s.%I'
                                      -- Of numbers that are none there is no sum.
                                      ELSE E',\n       CASE WHEN s.%2$I > 0 THEN ''NaN''::numeric ELSE s.%1$I END '
                                           'AS %1$I' END, m.name, m.name || '_invalid'), '' ORDER BY m.ordinal)
        FROM (SELECT c.name, c.ordinal, true
              FROM unnest(accelcost_internal.usage_counts()) WITH ORDINALITY AS c (name, ordinal)
              UNION ALL
              SELECT q.name, 100 + q.ordinal, false
              FROM unnest(accelcost_internal.usage_quantities()) WITH ORDINALITY AS q (name, ordinal)
             ) AS m (name, ordinal, is_count));
    list := list || coalesce((
        SELECT string_agg(format(E',\n       s.%I', k), '' ORDER BY ordinal)
        FROM unnest((accelcost_internal.rollup_definition_of(sums)).key_names) WITH ORDINALITY AS k (k, ordinal)
        WHERE k NOT IN ('period_start', 'period_end', 'usage_key')), '');
    EXECUTE format($sql$CREATE VIEW %s AS
        SELECT s.period_start, s.period_end, %L::text AS source, md5(s.usage_key) AS record_id, %s,
               accelcost_internal.usage_sum_size(s.usage_key) AS max_request_input_tokens,
               accelcost_internal.usage_sum_is_session(s.usage_key) AS is_session,
               accelcost_internal.usage_sum_term(s.usage_key) AS term_months,
               accelcost_internal.usage_sum_text(s.usage_key, 20)::numeric AS gpu_count,
               s.row_count AS usage_rows, s.usage_key
        FROM %s AS s$sql$, records, name, list, sums);
    EXECUTE format('COMMENT ON VIEW %s IS %L', records,
                   format('usage of %s, summed by %s and by all that prices depend on; a source of reports',
                          source, grain));
    EXECUTE format('COMMENT ON COLUMN %s.usage_rows IS %L', records, 'number of records');
    EXECUTE format('COMMENT ON COLUMN %s.usage_key IS %L', records, 'all that prices of these records depend on');
    EXECUTE format('COMMENT ON COLUMN %s.max_request_input_tokens IS %L', records,
                   'most input tokens that a request of these records can have; NULL if not known');
    EXECUTE accelcost_internal.monthly_view(report, records::regclass);
    EXECUTE format('COMMENT ON VIEW %s IS %L', report,
                   format('usage in %s and its cost in USD by month, provider, payer, workload, model, team', records));
    PERFORM accelcost_internal.rollup_make_private(ARRAY[records, report, sums::text], NULL, '{}');
END
$$;
COMMENT ON FUNCTION accelcost_internal.usage_rollup_views(regclass, text, regclass, text) IS
    'creates the views of a usage rollup: its sums with the columns of accelcost.usage, and their report by month';

CREATE FUNCTION accelcost_internal.usage_rollup_define(
    source regclass, name text, grain text, keys text[], retention text, caller_schema text)
    RETURNS regclass
    LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    sums regclass;
BEGIN
    IF name IS NULL THEN
        RAISE EXCEPTION '"name" must not be null' USING ERRCODE = 'null_value_not_allowed';
    END IF;
    IF octet_length(name) NOT BETWEEN 1 AND 49 THEN
        RAISE EXCEPTION '"name" must have 1 to 49 bytes' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    PERFORM accelcost_internal.rollup_check_source(source);
    -- The expressions are ours: the caller's search_path has no part in them.
    sums := accelcost_internal.rollup_define(
        name || '_sums', source, accelcost_internal.usage_rollup_expression('{period_start}', source),
        accelcost_internal.usage_rollup_keys(source, grain, keys),
        accelcost_internal.usage_rollup_measures(source), 'day', 'UTC', 'pg_catalog, pg_temp', caller_schema,
        retention);
    PERFORM accelcost_internal.usage_rollup_views(sums, name, source, grain);
    RETURN sums;
END
$$;
COMMENT ON FUNCTION accelcost_internal.usage_rollup_define(regclass, text, text, text[], text, text) IS
    'creates a usage rollup with its views, to be filled by rollup_fill';

-- A procedure with SET cannot commit, so all names are qualified.
CREATE PROCEDURE accelcost.create_usage_rollup(
    source regclass, name text, grain text DEFAULT 'day', keys text[] DEFAULT '{sub_account,pool}',
    retention text DEFAULT 'keep')
    LANGUAGE plpgsql
AS $$
DECLARE
    sums pg_catalog.regclass;
BEGIN
    sums := accelcost_internal.usage_rollup_define(source, name, grain, keys, retention,
                                                   pg_catalog.current_schema()::pg_catalog.text);
    COMMIT;
    SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
    PERFORM accelcost_internal.rollup_fill(sums);
    PERFORM accelcost_internal.rollup_fold(sums);
END
$$;
COMMENT ON PROCEDURE accelcost.create_usage_rollup(regclass, text, text, text[], text) IS
    'creates a view of usage summed by hour or day, which reports take as source, and its report by month';
