-- What all catalog tables share: triggers, checks, comments and grants.

CREATE FUNCTION accelcost_internal.store_known_names()
RETURNS trigger
LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    given CONSTANT jsonb := to_jsonb(NEW);
BEGIN
    -- No look-up would find a row of an unknown provider.  A restore may load it
    -- before the provider: it says so by check_function_bodies, which dumps turn
    -- off since functions, too, may name what is not there yet.
    IF given->>'provider' <> '*' AND current_setting('check_function_bodies')::boolean
       AND (TG_OP = 'INSERT' OR to_jsonb(OLD)->>'provider' IS DISTINCT FROM given->>'provider') THEN
        PERFORM accelcost_internal.check_provider(given->>'provider');
    END IF;
    RETURN jsonb_populate_record(NEW, jsonb_strip_nulls(jsonb_build_object(
        'provider', accelcost_internal.provider_name(given->>'provider'),
        'accelerator', accelcost_internal.accelerator_name(given->>'accelerator'),
        'model', accelcost_internal.model_name(given->>'model'))));
END
$$;
COMMENT ON FUNCTION accelcost_internal.store_known_names() IS
    'trigger: stores names as the catalog has them, refuses unknown providers except in a restore';

DO $$
DECLARE
    t text;
    c record;
BEGIN
    FOREACH t IN ARRAY '{provider,provider_alias,accelerator,accelerator_alias,accelerator_figure,accelerator_price,model,model_alias,offer,offer_price,meter_tariff,token_price,throughput,electricity_price,grid_carbon,provider_pue,fx_rate,charge_pattern}'::text[] LOOP
        FOR c IN SELECT a.attname, w.words
                 FROM pg_attribute AS a
                 JOIN (VALUES ('note'::name, 'what to know before using the row'),
                              ('source', 'where the row was taken from'),
                              ('origin', 'kind of source, by which look-ups choose: negotiated, user, official, article, third_party or unverified, which is kept but never used'),
                              ('as_of', 'date on which the source said so; the first day of the year if only the year is known'),
                              ('builtin', 'whether the row came with the extension; such rows are read-only'),
                              ('extra', 'further attributes of your own, an object'),
                              ('valid', 'time for which the row holds, from the first instant that the source vouches for to the end, exclusive'),
                              ('account', 'account that negotiated the price; NULL: anybody''s'),
                              ('currency', 'currency or unit of the prices')) AS w (attname, words) ON w.attname = a.attname
                 WHERE a.attrelid = format('accelcost.%I', t)::regclass::oid LOOP
            EXECUTE format('COMMENT ON COLUMN accelcost.%I.%I IS %L', t, c.attname, c.words);
            IF c.attname = 'origin'::name THEN
                EXECUTE format('ALTER TABLE accelcost.%I ADD CONSTRAINT %I CHECK (%s.check_column_word(origin, ''{negotiated,user,official,article,third_party,unverified}'', %L, ''origin'') AND (NOT builtin OR origin NOT IN (''negotiated'', ''user'')))',
                                          t, concat(t, '_origin')::name, 'accelcost_internal', t);
            END IF;
        END LOOP;
        EXECUTE format('ALTER TABLE accelcost.%I ADD CONSTRAINT %I CHECK (NOT builtin OR (source IS NOT NULL AND as_of IS NOT NULL)), ADD CONSTRAINT %I CHECK (jsonb_typeof(extra) = ''object''::text)',
                                  t, concat(t, '_source')::name, concat(t, '_extra')::name);
        EXECUTE format('CREATE TRIGGER builtin_read_only BEFORE INSERT OR UPDATE OR DELETE ON accelcost.%I FOR EACH ROW EXECUTE FUNCTION %s()', t, 'accelcost_internal.refuse_builtin_change');
        EXECUTE format('COMMENT ON TRIGGER builtin_read_only ON accelcost.%I IS ''keeps the rows that came with the extension as they are''', t);
        -- The others are what these names are looked up in.
        IF t <> ALL ('{provider,accelerator,model,electricity_price,fx_rate}'::text[]) THEN
            EXECUTE format('CREATE TRIGGER store_known_names BEFORE INSERT OR UPDATE ON accelcost.%I FOR EACH ROW EXECUTE FUNCTION %s()', t, 'accelcost_internal.store_known_names');
            EXECUTE format('COMMENT ON TRIGGER store_known_names ON accelcost.%I IS ''stores providers, accelerators and models by their names in the catalog''', t);
        END IF;
        EXECUTE format('GRANT SELECT ON accelcost.%I TO PUBLIC', t);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON accelcost.%I TO %s WITH GRANT OPTION', t, '@extowner@');
        PERFORM pg_extension_config_dump(format('accelcost.%I', t)::regclass, 'WHERE NOT builtin');
    END LOOP;
END
$$;
