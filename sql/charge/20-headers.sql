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
    PRIMARY KEY (format, header_key, builtin),
    CONSTRAINT import_column_identity UNIQUE (format, header, builtin)
);
ALTER TABLE accelcost.import_column REPLICA IDENTITY USING INDEX import_column_identity;
COMMENT ON TABLE accelcost.import_column IS
    'headers of exports and the columns that they fill, of accelcost.charge or a table of FOCUS; your rows come first';
COMMENT ON COLUMN accelcost.import_column.format IS 'export format that the header belongs to, such as focus';
COMMENT ON COLUMN accelcost.import_column.header IS 'header as the export writes it';
COMMENT ON COLUMN accelcost.import_column.header_key IS
    'header as importers compare it: lower case letters and digits only';
COMMENT ON COLUMN accelcost.import_column.column_name IS
    'column that the header fills, of accelcost.charge or the table that the format is named after';
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

CREATE FUNCTION accelcost_internal.cut_name(header text, ending text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    -- Characters are cut whole, as the server cuts them.
    RETURN concat((SELECT left(header, n) FROM generate_series(1, 63) AS n
                   WHERE octet_length(left(header, n)) + octet_length(ending) <= 63 ORDER BY n DESC LIMIT 1), ending);
COMMENT ON FUNCTION accelcost_internal.cut_name(text, text) IS
    'returns as much of a header as a name of 63 bytes has room for, with an ending';

CREATE FUNCTION accelcost_internal.whole_header(staging regclass, column_number integer, name text) RETURNS text
    LANGUAGE sql STABLE STRICT PARALLEL SAFE
    RETURN (SELECT coalesce(min(c.comment), whole_header.name)
            FROM (SELECT col_description(staging::oid, column_number) AS comment) AS c
            -- Other comments are no headers.
            WHERE octet_length(c.comment) > 63
              AND starts_with(c.comment, regexp_replace(whole_header.name, '~[0-9]+$', '')));
COMMENT ON FUNCTION accelcost_internal.whole_header(regclass, integer, text) IS
    'returns the header of a column: its name, or its comment if that begins with the name and was too long for one';

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

    -- A column without a name is numbered.
    SELECT array_agg(coalesce(nullif(btrim(replace(regexp_replace(m[1], '^"(.*)"$', E'\\1'), '""', '"')), ''),
                              'column_' || position)
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

    -- The server cuts names at 63 bytes, so that the comment of a column has the whole header. Headers that would be
    -- cut to the same name are numbered.
    RETURN (
        WITH cut AS (
            SELECT h.position, h.header, h.header::name::text AS name,
                   row_number() OVER (PARTITION BY h.header::name ORDER BY h.position) AS number
            FROM unnest(headers) WITH ORDINALITY AS h (header, position)
        ), named AS (
            SELECT c.position, c.header,
                   CASE WHEN c.number = 1 THEN c.name
                        ELSE accelcost_internal.cut_name(c.header, '~' || c.number) END AS name
            FROM cut AS c
        ), target AS (
            SELECT string_agg(quote_ident(part), '.') AS name FROM unnest(parse_ident(staging)) AS part
        )
        SELECT concat(format(E'CREATE TABLE %s (\n%s\n);', t.name,
                             string_agg(format('    %I text', n.name), E',\n' ORDER BY n.position)),
                      string_agg(format(E'\nCOMMENT ON COLUMN %s.%I IS %L;', t.name, n.name, n.header), ''
                                 ORDER BY n.position) FILTER (WHERE n.name <> n.header))
        FROM named AS n
        CROSS JOIN target AS t
        GROUP BY t.name);
END
$$;
COMMENT ON FUNCTION accelcost.import_columns(text, text, text) IS
    'returns the CREATE TABLE statement of a staging table of text columns, from the first line of an export';
