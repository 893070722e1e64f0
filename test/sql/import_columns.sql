-- The header of an export: how it is compared, what it fills, and the staging
-- table that is made from it.
\getenv dir PG_ABS_SRCDIR
\set file :dir '/include/error_of.sql'
\i :file

-- headers are compared by their letters and digits
SELECT replace(header, U&'\FEFF', '<BOM>') AS header, accelcost_internal.import_header(header) FROM (VALUES
    ('BilledCost'),
    ('billed_cost'),
    (' Billed Cost '),
    ('"BilledCost"'),
    (U&'\FEFFBilledCost'),
    ('lineItem/UnblendedCost'),
    ('x_Über-2')
) AS t(header);

-- every FOCUS header is known, and maps to a column of accelcost.charge
SELECT count(*) AS headers, count(a.attname) AS columns, count(*) FILTER (WHERE required) AS required,
       count(*) FILTER (WHERE expected) AS expected,
       string_agg(DISTINCT introduced, ' ' ORDER BY introduced) AS versions
FROM accelcost.import_column
LEFT JOIN pg_attribute AS a ON a.attrelid = 'accelcost.charge'::regclass AND a.attname = column_name
WHERE format = 'focus' AND builtin;

-- the columns that a charge cannot be without are those that are NOT NULL
SELECT header, column_name FROM accelcost.import_column WHERE format = 'focus' AND required ORDER BY header;
SELECT attname
FROM pg_attribute
WHERE attrelid = 'accelcost.charge'::regclass
  AND attnotnull
  AND attnum > 0
  AND attname NOT IN ('extra', 'export_name')
ORDER BY attname;

-- builtin rows are read-only; rows of one's own are not
SELECT pg_temp.error_of('DELETE FROM accelcost.import_column WHERE header = ''Tags''');
SELECT pg_temp.error_of('UPDATE accelcost.import_column SET column_name = ''sku_id'' WHERE header = ''Tags''');
SELECT pg_temp.error_of(
    'INSERT INTO accelcost.import_column (format, header, column_name, builtin) VALUES (''focus'', ''Label'', '
    '''tags'', true)');
INSERT INTO accelcost.import_column (format, header, column_name) VALUES ('focus', 'Label', 'tags');
SELECT pg_temp.error_of('UPDATE accelcost.import_column SET builtin = true WHERE header = ''Label''');
UPDATE accelcost.import_column SET header = 'Labels' WHERE header = 'Label';
DELETE FROM accelcost.import_column WHERE header = 'Labels' RETURNING header_key;

-- a row must name a header and a column that a file can fill
SELECT split_part(
    pg_temp.error_of(
        format(
            'INSERT INTO accelcost.import_column (format, header, column_name) VALUES (''focus'', %L, %L)', header,
            column_name)),
    ':', 1) AS sqlstate
FROM (VALUES ('Label', 'batch'), ('Label', 'extra'), ('--', 'tags'), (NULL, 'tags')) AS t(header, column_name);

-- a staging table is made from the first line of a file
SELECT accelcost.import_columns(E'BilledCost,"Billing Currency","x_a,b","say ""hi""",,ORDER\r');
SELECT accelcost.import_columns(U&'\FEFFId;Größe', 'Import.March', ';');
SELECT accelcost.import_columns('"x"', '"my staging"', '|'), accelcost.import_columns(E'a\tb', 's', E'\t');
SELECT accelcost.import_columns(NULL) IS NULL AS null_in_null_out;

-- and that statement can be run
SELECT accelcost.import_columns('BilledCost,x_'||repeat('long', 20), 'pg_temp.narrow') \gexec
SELECT attname, attname = 'x_'||repeat('long', 15)||'l' AS cut
FROM pg_attribute
WHERE attrelid = 'narrow'::regclass AND attnum > 0;

-- backslashes are characters like others, in either kind of string constants; PostgreSQL 19 has one
DO $$ BEGIN
    IF current_setting('server_version_num')::int < 190000 THEN SET standard_conforming_strings = off; END IF;
END $$;
SELECT accelcost.import_columns('"a""b",c') = E'CREATE TABLE staging (\n    "a""b" text,\n    c text\n);' AS the_same;
RESET standard_conforming_strings;

-- two headers that a name would cut alike are numbered
SELECT accelcost.import_columns(repeat('long', 20)||'1,'||repeat('long', 20)||'2', 'narrow');

-- what cannot be a table is refused
SELECT pg_temp.error_of('SELECT accelcost.import_columns(''a,"b'')');
SELECT pg_temp.error_of('SELECT accelcost.import_columns(''a,"b"c'')');
SELECT pg_temp.error_of('SELECT accelcost.import_columns(''a,b,a'')');
SELECT pg_temp.error_of(format('SELECT accelcost.import_columns(%L)', repeat('long', 20)||','||repeat('long', 20)))
       LIKE '42701: columns 1 and 2 of the header are all named "longlong%' AS long_ones_too;
SELECT pg_temp.error_of('SELECT accelcost.import_columns(''a,b'', delimiter => ''::'')');
SELECT split_part(pg_temp.error_of('SELECT accelcost.import_columns(''a,b'', ''a..b'')'), ':', 1) AS sqlstate;

-- a long line takes no long time
SELECT length(accelcost.import_columns(string_agg('"column ' || n || '"', ','))) FROM generate_series(1, 1600) AS n;
