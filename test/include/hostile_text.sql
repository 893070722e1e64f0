-- A table for text that types must refuse, and functions that return how they do.
CREATE TEMP TABLE hostile (type text, label text, input text, sqlstate text, part text);

CREATE FUNCTION pg_temp.refusal(type text, input text, code OUT text, message OUT text, detail OUT text)
LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('SELECT %L::%s', input, type);
    code := '00000';
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS code = RETURNED_SQLSTATE, message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL;
END
$$;

-- The server can ask whether a value is valid instead of failing.
CREATE FUNCTION pg_temp.soft_error(type text, input text, valid OUT boolean, code OUT text) LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE 'SELECT pg_input_is_valid($1, $2), (pg_input_error_info($1, $2)).sql_error_code' INTO valid,
    code USING input, type;
END
$$;
