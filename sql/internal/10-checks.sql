-- Checks of parameters, for the functions written in SQL, and of columns, for
-- CHECK constraints.

CREATE FUNCTION accelcost_internal.check_at_least(value numeric, minimum numeric, parameter text) RETURNS numeric
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_check_at_least';
COMMENT ON FUNCTION accelcost_internal.check_at_least(numeric, numeric, text) IS
    'value, if it is finite and not below minimum; else an error that names the parameter';

CREATE FUNCTION accelcost_internal.check_more_than(value numeric, minimum numeric, parameter text) RETURNS numeric
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_check_more_than';
COMMENT ON FUNCTION accelcost_internal.check_more_than(numeric, numeric, text) IS
    'value, if it is finite and above minimum; else an error that names the parameter';

CREATE FUNCTION accelcost_internal.check_between(value numeric, minimum numeric, maximum numeric, parameter text) RETURNS numeric
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_check_between';
COMMENT ON FUNCTION accelcost_internal.check_between(numeric, numeric, numeric, text) IS
    'value, if it is finite, not below minimum and not above maximum; else an error that names the parameter';

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
    'relation, if it is a table or view of any kind; else an error';

CREATE FUNCTION accelcost_internal.column_list(relation regclass) RETURNS text
    LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT concat(coalesce(string_agg(a.attname::text, ', ' ORDER BY a.attnum) FILTER (WHERE a.ordinal <= 20),
                           'none'),
                  ' and ' || nullif(greatest(count(*) - 20, 0), 0) || ' more')
    FROM (SELECT c.attname, c.attnum, row_number() OVER (ORDER BY c.attnum) AS ordinal
          FROM pg_attribute AS c
          WHERE c.attrelid = column_list.relation::oid AND c.attnum > '0'::smallint AND NOT c.attisdropped) AS a;
END;
COMMENT ON FUNCTION accelcost_internal.column_list(regclass) IS
    'names of the columns of a relation, for a message: the first twenty';

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
    'relation, if it is a table or view with all columns needed; else an error';

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
    'value, if it is not NULL; else an error that names the parameter';

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
              HINT = 'Use a code of ISO 4217 such as "USD", or another unit of 1 to 12 letters, digits and "_".';
END
$$;
COMMENT ON FUNCTION accelcost_internal.check_currency(text) IS
    'currency, if is_currency; else an error';

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
              HINT = format('Use %s.', (SELECT string_agg(format('"%s"', w), CASE WHEN n = cardinality(words) THEN ' or ' ELSE ', ' END ORDER BY n)
                                        FROM unnest(words) WITH ORDINALITY AS u (w, n)));
END
$$;
COMMENT ON FUNCTION accelcost_internal.check_word(text, text[], text) IS
    'word, if it is NULL or one of words; else an error that names the parameter and lists them';

CREATE FUNCTION accelcost_internal.check_column_word(value text, words text[], table_name text, column_name text) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_check_column_word';
COMMENT ON FUNCTION accelcost_internal.check_column_word(text, text[], text, text) IS
    'for CHECK constraints: true if value is one of words; else an error that names the column and lists them';

CREATE FUNCTION accelcost_internal.refuse_value(value text, table_name text, column_name text, hint text) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_refuse_value';
COMMENT ON FUNCTION accelcost_internal.refuse_value(text, text, text, text) IS
    'for CHECK constraints, after OR: an error that names the column and says what it takes';

CREATE FUNCTION accelcost_internal.refuse_currency(value text, table_name text, column_name text) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN accelcost_internal.refuse_value(value, table_name, column_name,
                        'Use a code of ISO 4217 such as "USD", or another unit of 1 to 12 letters, digits and "_".');
COMMENT ON FUNCTION accelcost_internal.refuse_currency(text, text, text) IS
    'refuse_value for a column of currencies';

CREATE FUNCTION accelcost_internal.is_currency(currency text) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN length(currency) <= 12 AND currency ~ '^[A-Za-z0-9_]*[A-Za-z_][A-Za-z0-9_]*$'
           AND (length(currency) <> 3 OR currency = upper(currency COLLATE "C"));
COMMENT ON FUNCTION accelcost_internal.is_currency(text) IS
    'whether a text is a currency or unit as a tco has it: 1 to 12 of A-Z, a-z, 0-9 and _, not digits alone, three letters in upper case';

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
    'first day of the month of a date; an error if it is NULL or infinite';
