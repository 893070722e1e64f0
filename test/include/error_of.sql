\set ECHO none
-- What a statement that fails says, as psql shows it, with its SQLSTATE. In a
-- psql script, without a word in its output:
--
--   \getenv dir PG_ABS_SRCDIR
--   \set file :dir '/include/error_of.sql'
--   \i :file
CREATE FUNCTION pg_temp.error_of(statement text) RETURNS text
    LANGUAGE plpgsql AS $$
DECLARE
    message text;
    detail text;
    hint text;
BEGIN
    EXECUTE statement;
    RETURN 'no error';
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL,
        hint = PG_EXCEPTION_HINT;
    -- What PostgreSQL adds to a function that does not exist depends on its version.
    IF sqlstate = '42883' THEN
        RETURN sqlstate || ': ' || message;
    END IF;
    RETURN concat_ws(E'\n', sqlstate || ': ' || message,
                     'DETAIL: ' || nullif(detail, ''), 'HINT: ' || nullif(hint, ''));
END
$$;
\set ECHO all
