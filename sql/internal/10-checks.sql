-- Checks of parameters, for functions written in SQL, and of columns, for CHECK constraints.

CREATE FUNCTION accelcost_internal.check_at_least(value numeric, minimum numeric, parameter text) RETURNS numeric
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_check_at_least';
COMMENT ON FUNCTION accelcost_internal.check_at_least(numeric, numeric, text) IS
    'returns value; raises an error that names the parameter if value is not finite or below minimum';

CREATE FUNCTION accelcost_internal.check_more_than(value numeric, minimum numeric, parameter text) RETURNS numeric
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_check_more_than';
COMMENT ON FUNCTION accelcost_internal.check_more_than(numeric, numeric, text) IS
    'returns value; raises an error that names the parameter if value is not finite or not above minimum';

CREATE FUNCTION accelcost_internal.check_between(value numeric, minimum numeric, maximum numeric, parameter text)
    RETURNS numeric
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_check_between';
COMMENT ON FUNCTION accelcost_internal.check_between(numeric, numeric, numeric, text) IS
    'returns value; raises an error that names the parameter if value is not between minimum and maximum';

CREATE FUNCTION accelcost_internal.check_relation(relation regclass) RETURNS regclass
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_class WHERE oid = relation) THEN
        RAISE EXCEPTION 'relation with OID % does not exist', relation::oid USING ERRCODE = 'undefined_table';
    END IF;
    IF NOT EXISTS (SELECT FROM pg_class WHERE oid = relation AND relkind IN ('r', 'p', 'v', 'm', 'f')) THEN
        RAISE EXCEPTION '"%" is not a table or view', relation USING ERRCODE = 'wrong_object_type';
    END IF;
    RETURN relation;
END
$$;
COMMENT ON FUNCTION accelcost_internal.check_relation(regclass) IS
    'returns relation; raises an error if it is not a table or view';

CREATE FUNCTION accelcost_internal.column_list(relation regclass) RETURNS text
    LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT concat(coalesce(string_agg(a.attname::text, ', ' ORDER BY a.attnum) FILTER (WHERE a.ordinal <= 20),
                           'none'),
                  ' and ' || nullif(greatest(count(*) - 20, 0), 0) || ' more')
    FROM (
        SELECT c.attname, c.attnum, row_number() OVER (ORDER BY c.attnum) AS ordinal
        FROM pg_attribute AS c
        WHERE c.attrelid = column_list.relation::oid AND c.attnum > 0 AND NOT c.attisdropped
    ) AS a;
END;
COMMENT ON FUNCTION accelcost_internal.column_list(regclass) IS
    'returns the first twenty column names of a relation, for a message';

CREATE FUNCTION accelcost_internal.check_columns(relation regclass, needed text[], hint text) RETURNS regclass
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    missing text[];
BEGIN
    PERFORM accelcost_internal.check_relation(relation);
    SELECT array_agg(n.name ORDER BY n.ordinal) INTO missing
    FROM unnest(needed) WITH ORDINALITY AS n (name, ordinal)
    WHERE NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = relation AND attname = n.name AND NOT attisdropped);
    IF missing IS NOT NULL THEN
        RAISE EXCEPTION 'relation "%" is missing %: %', relation,
            CASE cardinality(missing) WHEN 1 THEN 'a required column' ELSE 'required columns' END,
            array_to_string(missing, ', ')
            USING ERRCODE = 'undefined_column', HINT = hint,
                  DETAIL = format('Columns found: %s.', accelcost_internal.column_list(relation));
    END IF;
    RETURN relation;
END
$$;
COMMENT ON FUNCTION accelcost_internal.check_columns(regclass, text[], text) IS
    'returns relation; raises an error if it is not a table or view with all needed columns';

CREATE FUNCTION accelcost_internal.check_given(value text, parameter text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF value IS NULL THEN
        RAISE EXCEPTION '"%" must not be null', parameter USING ERRCODE = 'null_value_not_allowed';
    END IF;
    RETURN value;
END
$$;
COMMENT ON FUNCTION accelcost_internal.check_given(text, text) IS
    'returns value; raises an error that names the parameter if value is NULL';

CREATE FUNCTION accelcost_internal.check_currency(currency text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF accelcost_internal.is_currency(accelcost_internal.check_given(currency, 'currency')) THEN
        RETURN currency;
    END IF;
    RAISE EXCEPTION 'invalid value for parameter "currency": "%"', currency
        USING ERRCODE = 'invalid_parameter_value',
              HINT = 'Use an ISO 4217 code such as "USD", or another unit of 1 to 12 letters, digits and "_".';
END
$$;
COMMENT ON FUNCTION accelcost_internal.check_currency(text) IS
    'returns currency; raises an error if it is NULL or not a valid currency';

CREATE FUNCTION accelcost_internal.check_word(word text, words text[], parameter text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF word IS NULL OR word = ANY (words) THEN
        RETURN word;
    END IF;
    RAISE EXCEPTION 'invalid value for parameter "%": "%"', parameter, word
        USING ERRCODE = 'invalid_parameter_value',
              HINT = format('Use %s.', (
                  SELECT string_agg(format('"%s"', choice),
                                    CASE WHEN ordinal = cardinality(words) THEN ' or ' ELSE ', ' END ORDER BY ordinal)
                  FROM unnest(words) WITH ORDINALITY AS listed (choice, ordinal)));
END
$$;
COMMENT ON FUNCTION accelcost_internal.check_word(text, text[], text) IS
    'returns word; raises an error that lists the words if it is neither NULL nor one of them';

CREATE FUNCTION accelcost_internal.check_column_word(value text, words text[], table_name text, column_name text)
    RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_check_column_word';
COMMENT ON FUNCTION accelcost_internal.check_column_word(text, text[], text, text) IS
    'returns true if value is one of words, otherwise raises an error; for CHECK constraints';

CREATE FUNCTION accelcost_internal.check_column_text(value text, table_name text, column_name text)
    RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_check_column_text';
COMMENT ON FUNCTION accelcost_internal.check_column_text(text, text, text) IS
    'returns true if value is more than blanks, otherwise raises an error; for CHECK constraints';

CREATE FUNCTION accelcost_internal.refuse_value(value text, table_name text, column_name text, hint text)
    RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_refuse_value';
COMMENT ON FUNCTION accelcost_internal.refuse_value(text, text, text, text) IS
    'raises an error that names the column and what it accepts; for CHECK constraints, after OR';

CREATE FUNCTION accelcost_internal.refuse_currency(value text, table_name text, column_name text) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN accelcost_internal.refuse_value(
        value, table_name, column_name,
        'Use an ISO 4217 code such as "USD", or another unit of 1 to 12 letters, digits and "_".');
COMMENT ON FUNCTION accelcost_internal.refuse_currency(text, text, text) IS
    'raises the error of refuse_value for a currency column';

CREATE FUNCTION accelcost_internal.is_currency(currency text) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN length(currency) <= 12 AND currency ~ '^[A-Za-z0-9_]*[A-Za-z_][A-Za-z0-9_]*$'
           AND (length(currency) <> 3 OR currency = upper(currency COLLATE "C"));
COMMENT ON FUNCTION accelcost_internal.is_currency(text) IS
    'returns true if a text is a currency or unit that a tco can have';

CREATE FUNCTION accelcost_internal.check_month(month date) RETURNS date
    LANGUAGE plpgsql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF month IS NULL THEN
        RAISE EXCEPTION '"month" must not be null' USING ERRCODE = 'null_value_not_allowed';
    END IF;
    IF NOT isfinite(month) THEN
        RAISE EXCEPTION '"month" must be finite' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    RETURN accelcost_internal.bill_month(month);
END
$$;
COMMENT ON FUNCTION accelcost_internal.check_month(date) IS
    'returns the first day of the month of a date; raises an error if it is NULL or infinite';
