-- Partial results that are moved as text under settings that could change it; `pg_temp.through_text(name, value)`
-- moves them under a setting, and the prepared statement `answer` has the result.
CREATE TABLE pg_temp.setting (name text, value text);
INSERT INTO pg_temp.setting VALUES
    ('extra_float_digits', '-15'),
    ('extra_float_digits', '3'),
    ('DateStyle', 'SQL, DMY'),
    ('DateStyle', 'German'),
    ('TimeZone', 'Pacific/Kiritimati'),
    ('TimeZone', 'America/St_Johns'),
    ('IntervalStyle', 'iso_8601'),
    ('bytea_output', 'escape'),
    ('standard_conforming_strings', 'off'),
    ('lc_numeric', 'POSIX'),
    ('lc_numeric', 'de_DE.UTF-8'),
    ('lc_monetary', 'de_DE.UTF-8'),
    ('search_path', '');

-- A locale that the machine does not have cannot be tested.
CREATE FUNCTION pg_temp.can_be_set(name text, value text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    old text := current_setting(name);
BEGIN
    PERFORM set_config(name, value, true);
    PERFORM set_config(name, old, true);
    RETURN true;
EXCEPTION WHEN invalid_parameter_value THEN
    RETURN false;
END
$$;

CREATE FUNCTION pg_temp.moved_as_text() RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
    RETURN QUERY
    SELECT CASE WHEN pg_temp.can_be_set(name, value)
        THEN results_eq(
            format('SELECT pg_temp.through_text(%L, %L)', name, value), 'EXECUTE answer',
            format('parts moved as text and merged under %s = %L', name, value))
        ELSE skip(format('the server does not know %s = %s', name, value), 1) END
    FROM pg_temp.setting;
END
$$;

CREATE FUNCTION pg_temp.plan_of(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    line text;
    lines text := '';
BEGIN
    FOR line IN EXECUTE 'EXPLAIN (ANALYZE, TIMING OFF, SUMMARY OFF) ' || query LOOP
        lines := lines || line || E'\n';
    END LOOP;
    RETURN lines;
END
$$;
