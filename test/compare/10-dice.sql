-- What all data are made of: numbers that depend on the seed, the row and the
-- column alone, so that every server has the same.

-- Half of the seeds are far from UTC, on which no result may depend.
SELECT set_config('compare.messages', :'verbosity', false);
SELECT set_config('timezone', CASE WHEN :seed % 2 = 0 THEN 'UTC' ELSE 'Asia/Kolkata' END, false);

CREATE FUNCTION seed() RETURNS integer LANGUAGE sql IMMUTABLE RETURN :seed;

CREATE FUNCTION dice(row_number bigint, what text, sides integer) RETURNS integer LANGUAGE sql IMMUTABLE
    RETURN ((hashtextextended(seed()::text || '/' || row_number::text || '/' || what, 0) & 9223372036854775807)
        % sides)::integer;
COMMENT ON FUNCTION dice(bigint, text, integer) IS '0 to sides - 1';

CREATE FUNCTION chance(row_number bigint, what text, percent integer) RETURNS boolean LANGUAGE sql IMMUTABLE
    RETURN dice(row_number, what, 100) < percent;

CREATE FUNCTION any_of(row_number bigint, what text, VARIADIC choices text[]) RETURNS text LANGUAGE sql
    IMMUTABLE
    RETURN choices[1 + dice(row_number, what, cardinality(choices))];

CREATE FUNCTION amount(row_number bigint, what text, upto numeric, decimals integer) RETURNS numeric LANGUAGE
    sql IMMUTABLE
    RETURN round(dice(row_number, what, 1000000007) * upto / 1000000007, decimals);

CREATE FUNCTION moment(row_number bigint, what text, first timestamptz, days integer) RETURNS timestamptz
    LANGUAGE sql IMMUTABLE
    RETURN first + dice(row_number, what, days * 86400) * interval '1 second';

-- The rows of a query, or the SQLSTATE with which it fails: for look-ups of
-- which some are errors.
CREATE FUNCTION attempt(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
    RETURN QUERY EXECUTE format('SELECT result::text FROM (%s) AS result', query);
EXCEPTION WHEN OTHERS THEN
    RETURN NEXT concat_ws(' ', 'ERROR', SQLSTATE, CASE WHEN current_setting('compare.messages', true) =
        'default' THEN SQLERRM END);
END
$$;
