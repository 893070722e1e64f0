CREATE TABLE accelcost.import_column (
    format      text    NOT NULL,
    header      text    NOT NULL,
    header_key  text    NOT NULL GENERATED ALWAYS AS (accelcost_internal.import_header(header)) STORED
                        CHECK (header_key <> ''),
    column_name text    NOT NULL CHECK (column_name NOT IN ('extra', 'export_name', 'part', 'beside', 'batch',
                                                       'row_number')),
    required    boolean NOT NULL DEFAULT false,
    expected    boolean NOT NULL DEFAULT false,
    introduced  text,
    builtin     boolean NOT NULL DEFAULT false,
    source      text,
    PRIMARY KEY (format, header_key, builtin)
);
COMMENT ON TABLE accelcost.import_column IS
    'headers of billing exports and the columns of accelcost.charge that they fill; your rows come before builtin ones';
COMMENT ON COLUMN accelcost.import_column.format IS 'export format that the header belongs to, such as focus';
COMMENT ON COLUMN accelcost.import_column.header IS 'header as the export writes it';
COMMENT ON COLUMN accelcost.import_column.header_key IS
    'header as importers compare it: lower case letters and digits only';
COMMENT ON COLUMN accelcost.import_column.column_name IS 'column of accelcost.charge that the header fills';
COMMENT ON COLUMN accelcost.import_column.required IS
    'whether a file without the column is refused and a row without a value rejected';
COMMENT ON COLUMN accelcost.import_column.expected IS
    'whether the format wants the column in every file: imports list it as missing when it is not there';
COMMENT ON COLUMN accelcost.import_column.introduced IS 'version of the format that brought the column';
COMMENT ON COLUMN accelcost.import_column.builtin IS 'whether the row came with the extension; such rows are read-only';
COMMENT ON COLUMN accelcost.import_column.source IS 'where the row was taken from';

GRANT SELECT ON accelcost.import_column TO PUBLIC;
GRANT SELECT, INSERT, UPDATE, DELETE ON accelcost.import_column TO @extowner@ WITH GRANT OPTION;
SELECT pg_extension_config_dump('accelcost.import_column', 'WHERE NOT builtin');

CREATE FUNCTION accelcost.import_columns(header text, staging text DEFAULT 'staging', delimiter text DEFAULT ',')
RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    line    text;
    field   text;
    headers text[];
    twice   record;
BEGIN
    IF delimiter NOT IN (',', ';', '|', E'\t') THEN
        RAISE EXCEPTION 'invalid value for parameter "delimiter": "%"', delimiter
            USING ERRCODE = 'invalid_parameter_value',
                  HINT = 'Use a comma, a semicolon, a vertical bar or a tab.';
    END IF;

    -- A byte order mark, where the encoding has one, is not part of a name.
    line := rtrim(header, E'\r\n');
    IF getdatabaseencoding() = 'UTF8' THEN
        line := ltrim(line, chr(65279));
    END IF;
    field := format('[%1$s]("([^"]|"")*"|[^"%1$s]*)', delimiter);
    IF delimiter || line !~ format('^(%s)*$', field) THEN
        RAISE EXCEPTION 'invalid header line: misplaced or unterminated quote'
            USING ERRCODE = 'invalid_text_representation',
                  DETAIL = format('The line begins with: %s', left(line, 60));
    END IF;

    -- Names are cut where the server cuts them; a column without a name is numbered.
    SELECT array_agg(coalesce(nullif(btrim(replace(regexp_replace(m[1], '^"(.*)"$', E'\\1'), '""', '"')), ''),
                              'column_' || position)::name::text
                     ORDER BY position)
    INTO headers
    FROM regexp_matches(delimiter || line, field, 'g') WITH ORDINALITY AS f (m, position);

    SELECT h.name, array_agg(h.position ORDER BY h.position) AS positions
    INTO twice
    FROM unnest(headers) WITH ORDINALITY AS h (name, position)
    GROUP BY h.name HAVING count(*) > 1
    ORDER BY min(h.position) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'columns % of the header are all named "%"',
            array_to_string(twice.positions, ' and '), twice.name
            USING ERRCODE = 'duplicate_column',
                  HINT = 'Rename all but one in the header that is given here; '
                         'COPY does not read the names in the file.';
    END IF;

    RETURN format(E'CREATE TABLE %s (\n%s\n);',
                  (SELECT string_agg(quote_ident(part), '.') FROM unnest(parse_ident(staging)) AS part),
                  (SELECT string_agg(format('    %I text', name), E',\n') FROM unnest(headers) AS name));
END
$$;
COMMENT ON FUNCTION accelcost.import_columns(text, text, text) IS
    'returns the CREATE TABLE statement of a staging table of text columns, from the first line of an export';
