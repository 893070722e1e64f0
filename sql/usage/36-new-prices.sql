-- New prices of a relation of the user's, to be compared with those of the catalog.

-- Longer than 80 lines: one branch for each kind of price.
CREATE FUNCTION accelcost_internal.new_prices(relation regclass)
RETURNS TABLE (offer accelcost.offer_price, token accelcost.token_price)
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    n record;
BEGIN
    PERFORM accelcost_internal.check_relation(relation);
    IF NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = relation AND attname = 'provider' AND NOT attisdropped)
       OR NOT EXISTS (SELECT FROM pg_attribute AS s JOIN pg_attribute AS a USING (attrelid)
                      WHERE attrelid = relation
                        AND (s.attname, a.attname) IN (('sku', 'amount'), ('model', 'input_price'))
                        AND NOT s.attisdropped AND NOT a.attisdropped) THEN
        RAISE EXCEPTION 'relation "%" is missing required columns of new prices', relation
            USING ERRCODE = 'undefined_column',
            DETAIL = format('Columns found: %s.', accelcost_internal.column_list(relation)),
                  HINT = 'Prices by the hour have the columns provider, sku and amount of accelcost.offer_price, '
                         'prices of tokens provider, model and input_price of accelcost.token_price, '
                         'and others of these tables where they matter.';
    END IF;
    FOR n IN EXECUTE replace($sql$
        SELECT CASE WHEN k.provider IS NULL THEN 'a new price has no provider'
                    WHEN k.sku IS NULL AND k.model IS NULL THEN 'a new price has neither sku nor model'
                    WHEN count(*) > 1 THEN format('more than one new price of "%s" at provider "%s"',
                                                  coalesce(k.sku, k.model), k.provider)
                    WHEN k.sku IS NOT NULL AND NOT coalesce(min(k.amount) >= 0 AND min(k.amount) < 1e20, false)
                    THEN format('"amount" of the new price of "%s" at provider "%s" must be a number of 0 or more',
                                k.sku, k.provider)
                    WHEN k.sku IS NULL AND NOT bool_and(k.is_price)
                    THEN format('prices of tokens of the new price of "%s" at provider "%s" '
                                'must be numbers of 0 or more',
                                k.model, k.provider)
                    WHEN k.sku IS NULL AND bool_or(k.is_window)
                    THEN format('the new price of "%s" at provider "%s" '
                                'is for a part of the week, which cannot be tried',
                                k.model, k.provider)
                    WHEN k.purchase_option NOT IN ('on_demand', 'spot', 'reserved', 'committed', 'capacity_block')
                    THEN format('unknown purchase_option "%s" of the new price of "%s" at provider "%s"',
                                k.purchase_option, coalesce(k.sku, k.model), k.provider) END AS fault
        FROM (SELECT accelcost_internal.check_provider(j.j->>'provider') AS provider, j.j->>'sku' AS sku,
                     CASE WHEN j.j->>'sku' IS NULL
                          THEN coalesce(accelcost_internal.model_name(j.j->>'model'), j.j->>'model') END AS model,
                     coalesce(j.j->>'region', '*') AS region,
                     coalesce(j.j->>'purchase_option', 'on_demand') AS purchase_option,
                     coalesce(j.j->>'term_months', '0') AS term_months, (j.j->>'amount')::numeric AS amount,
                     (SELECT coalesce(bool_and(p.value::numeric >= 0 AND p.value::numeric < 1e12), true)
                      FROM jsonb_each_text(j.j) AS p
                      WHERE p.key LIKE '%!_price' ESCAPE '!' AND j.j->>'sku' IS NULL) AS is_price,
                     num_nonnulls(j.j->>'weekdays', j.j->>'utc_from', j.j->>'utc_to') > 0 AS is_window,
                     coalesce(j.j->>'service_tier', 'standard') AS service_tier,
                     coalesce(j.j->>'geo', 'global') AS geo
              FROM {relation} AS s, LATERAL (SELECT to_jsonb(s) AS j) AS j) AS k
        GROUP BY k.provider, k.sku, k.model, k.region, k.purchase_option, k.term_months, k.service_tier,
                 k.geo$sql$, '{relation}',
            relation::text)
    LOOP
        IF n.fault IS NOT NULL THEN
            RAISE EXCEPTION '%', n.fault
                USING ERRCODE = 'invalid_parameter_value', DETAIL = format('It is in relation "%s".', relation);
        END IF;
    END LOOP;

    RETURN QUERY EXECUTE replace($sql$
        SELECT CASE WHEN n.j->>'sku' IS NOT NULL
                    THEN jsonb_populate_record(NULL::accelcost.offer_price,
                             '{"region": "*", "purchase_option": "on_demand", "term_months": 0, "currency": "USD", '
                             '"source": "new", "origin": "user"}' || n.j) END,
               CASE WHEN n.j->>'sku' IS NULL
                    THEN jsonb_populate_record(NULL::accelcost.token_price,
                             '{"threshold_strict": true, "currency": "USD", "source": "new", "origin": "user", '
                             '"service_tier": "standard", "geo": "global"}' || n.j
                             || jsonb_build_object('model',
                                                   coalesce(accelcost_internal.model_name(n.j->>'model'),
                                                            n.j->>'model'))) END
        FROM {relation} AS s,
        -- Treat NULL as not specified.
        LATERAL (SELECT jsonb_strip_nulls(to_jsonb(s))
                        || jsonb_build_object('provider', accelcost_internal.check_provider(to_jsonb(s)->>'provider'))
                            AS j) AS n$sql$, '{relation}', relation::text);
END
$$;
COMMENT ON FUNCTION accelcost_internal.new_prices(regclass) IS
    'returns rows of a relation as rows of accelcost.offer_price or accelcost.token_price';
