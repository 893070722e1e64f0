-- Weights by which the cost of a pool is divided, from a relation of the user's.

CREATE FUNCTION accelcost_internal.given_weights(relation regclass)
RETURNS TABLE (
    month date, pool text, team text, model text, feature text, weight numeric, has_model boolean, has_feature boolean)
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
-- A timestamp without time zone is taken as UTC.
SET timezone = 'UTC'
AS $$
#variable_conflict use_column
DECLARE
    query text := 'SELECT {month}, {pool}, {team}, {model}, {feature}, {weight}, {has model}, {has feature} FROM ';
    c     record;
BEGIN
    PERFORM accelcost_internal.check_columns(relation, '{team,weight}',
                                      'Weights have the columns team and weight, and optionally model, feature, pool '
                                      'and month. Use a view to give yours these names.');
    -- As usage_columns: only types of the server are written into the text.
    FOR c IN
        SELECT w.name, a.attname IS NOT NULL AS is_there,
               CASE WHEN a.attname IS NULL THEN format('NULL::%s', w.type)
                    WHEN EXISTS (SELECT FROM accelcost_internal.server_type(a.atttypid))
                    THEN format('w.%I::%s', a.attname, w.type)
                    ELSE format('CASE WHEN num_nulls(w.%1$I) = 0 THEN concat(w.%1$I)::%2$s END', a.attname, w.type)
               END AS expression
        FROM (VALUES ('month', 'date'), ('pool', 'text'), ('team', 'text'), ('model', 'text'), ('feature', 'text'),
                     ('weight', 'numeric')) AS w (name, type)
        LEFT JOIN pg_attribute AS a
               ON a.attrelid = given_weights.relation AND a.attname = w.name AND a.attnum > 0 AND NOT a.attisdropped
    LOOP
        query := replace(query, format('{%s}', c.name), c.expression);
        query := replace(query, format('{has %s}', c.name), c.is_there::text);
    END LOOP;
    RETURN QUERY EXECUTE query || format('%s AS w', relation);
END
$$;
COMMENT ON FUNCTION accelcost_internal.given_weights(regclass) IS
    'returns the weights of a relation by month, pool, team, model and feature; NULL for missing columns';

CREATE FUNCTION accelcost_internal.check_idle(idle text, capacity numeric, weights text) RETURNS text
LANGUAGE plpgsql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM accelcost_internal.check_word(idle, '{separate,pro_rata,even}', 'idle');
    IF capacity IS NOT NULL OR weights = 'gpu_hours' THEN
        RETURN coalesce(idle, 'separate');
    END IF;
    IF idle <> 'pro_rata' THEN
        RAISE EXCEPTION '"capacity" is required for idle => "%"', idle
            USING ERRCODE = 'invalid_parameter_value',
                  DETAIL = CASE weights WHEN 'given' THEN 'Weights of a relation have no capacity.'
                                        ELSE format('Weights in %s have no capacity.', weights) END,
                  HINT = 'Pass capacity => in the unit of the weights, or idle => "pro_rata".';
    END IF;
    RETURN 'pro_rata';
END
$$;
COMMENT ON FUNCTION accelcost_internal.check_idle(text, numeric, text) IS
    'returns how idle is shown: idle, or what the capacity allows; an error if it needs a capacity that is not known';

CREATE FUNCTION accelcost_internal.check_weights(weights text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF accelcost_internal.check_given(weights, 'weights') NOT IN ('gpu_hours', 'tokens', 'requests') THEN
        RAISE EXCEPTION 'invalid value for parameter "weights": "%"', weights
            USING ERRCODE = 'invalid_parameter_value',
                  HINT = 'Use "gpu_hours", "tokens" or "requests", or a table or view with weights after the '
                         'pool, as in pool => NULL, weights => ''team_weight''::regclass.';
    END IF;
    RETURN weights;
END
$$;
COMMENT ON FUNCTION accelcost_internal.check_weights(text) IS
    'returns weights; raises an error if it is not a quantity of usage that can be a weight';

CREATE FUNCTION accelcost_internal.check_weight_relation(weights regclass) RETURNS regclass
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM accelcost_internal.check_given(weights::text, 'weights');
    RETURN weights;
END
$$;
COMMENT ON FUNCTION accelcost_internal.check_weight_relation(regclass) IS
    'returns weights; raises an error if it is NULL';
