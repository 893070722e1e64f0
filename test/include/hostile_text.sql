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

-- All of them are refused, with an SQLSTATE, the type and the part that is wrong.
CREATE FUNCTION pg_temp.all_refused() RETURNS SETOF text LANGUAGE sql AS $$
SELECT is(
    ARRAY[r.code, substring(r.message FROM format('type (%s)(?![a-z_])', h.type)),
          (h.part IS NULL
               OR starts_with(r.message, 'value "' || left(h.part, 60))
               OR position('"' || left(h.part, 20) IN r.detail) > 0
               OR h.sqlstate = '22023' AND starts_with(r.message, '"' || h.part || '"'))::text,
          (length(concat(r.message, r.detail)) < 300)::text],
    ARRAY[h.sqlstate, CASE WHEN h.sqlstate IN ('22P02', '22003') THEN h.type END, 'true', 'true'],
    format('%s: %s: SQLSTATE %s, naming the type or the element and the part, in short', h.type, h.label, h.sqlstate))
FROM hostile AS h, pg_temp.refusal(h.type, h.input) AS r;
$$;

-- right: valid text by type, as JSON
CREATE FUNCTION pg_temp.all_refused_softly("right" jsonb) RETURNS text LANGUAGE sql AS $$
SELECT CASE WHEN current_setting('server_version_num')::int >= 160000
    THEN collect_tap(
        is_empty(
            'SELECT label, s FROM hostile AS h, pg_temp.soft_error(type, input) AS s '
            'WHERE s.valid OR s.code <> h.sqlstate',
            'pg_input_is_valid says no, with the same SQLSTATE'),
        ok(
            (SELECT bool_and(s.valid) FROM jsonb_each_text("right") AS r, pg_temp.soft_error(r.key, r.value) AS s),
            'pg_input_is_valid says yes to what is right'))
    ELSE skip('pg_input_is_valid is new in PostgreSQL 16', 2) END;
$$;
