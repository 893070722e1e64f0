-- Expressions of keys and measures, and the table that they are of.

-- Text that parses both between parentheses and in a CASE is one expression: text that closes the bracket of one frame
-- does not parse in the other. A cursor opens only a single query, and this one is never fetched from, so that nothing
-- in the text is executed.
CREATE FUNCTION accelcost_internal.rollup_check_expression(sample text, expression text, meaning text, path text)
    RETURNS void
    LANGUAGE plpgsql VOLATILE STRICT PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    query  refcursor;
    frame  text;
    reason text;
BEGIN
    -- Resolve names in the expression as the caller does.
    PERFORM set_config('search_path', path, true);
    FOREACH frame IN ARRAY ARRAY[E'SELECT CASE WHEN true THEN\n%s\nEND FROM %s', E'SELECT (\n%s\n) FROM %s'] LOOP
        BEGIN
            OPEN query FOR EXECUTE pg_catalog.format(frame, expression, sample);
            CLOSE query;
        EXCEPTION WHEN syntax_error OR invalid_cursor_definition THEN
            GET STACKED DIAGNOSTICS reason = MESSAGE_TEXT;
            reason := pg_catalog.regexp_replace(reason, E' at or near "[^\n]*\n.*', '');
            RAISE EXCEPTION '% must be a single expression: %', meaning, expression
                USING ERRCODE = 'syntax_error', DETAIL = pg_catalog.format('The parser reports: %s.', reason);
        END;
    END LOOP;
END
$$;
COMMENT ON FUNCTION accelcost_internal.rollup_check_expression(text, text, text, text) IS
    'raises an error unless a text is one expression over the columns of a table; executes nothing';

-- Create an index on an empty copy of the table, so that the server itself checks the expression: one value from one
-- row, IMMUTABLE, of a type with an order.
CREATE FUNCTION accelcost_internal.rollup_expression(
    sample text, source regclass, expression text, meaning text, path text, OUT qualified text, OUT type regtype)
    LANGUAGE plpgsql VOLATILE STRICT PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    SET quote_all_identifiers = off
AS $$
DECLARE
    sample_table   CONSTANT regclass := sample::regclass;
    made    oid;
    is_tree CONSTANT boolean := accelcost_internal.is_partitioned(source);
    unfit   text;
BEGIN
    PERFORM accelcost_internal.rollup_check_expression(sample, expression, meaning, path);
    -- Resolve names in the expression as the caller does.
    PERFORM set_config('search_path', path, true);
    BEGIN
        EXECUTE pg_catalog.format(E'CREATE INDEX ON %s ((\n%s\n))', sample, expression);
    EXCEPTION WHEN invalid_object_definition THEN
        PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
        RAISE EXCEPTION '% must be IMMUTABLE: %', meaning, expression
            USING ERRCODE = 'invalid_object_definition',
                  DETAIL = 'Deleting a row must subtract the values that inserting it added.';
    END;
    PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);

    SELECT max(indexrelid) INTO made FROM pg_index WHERE indrelid = sample_table;
    IF (SELECT indnatts FROM pg_index WHERE indexrelid = made) <> 1 THEN
        RAISE EXCEPTION '% must be a single expression: %', meaning, expression USING ERRCODE = 'syntax_error';
    END IF;
    qualified := format('(%s)', pg_get_indexdef(made, 1, false));
    WITH RECURSIVE below AS (
        SELECT t.oid, t.typbasetype
        FROM pg_attribute AS a JOIN pg_type AS t ON t.oid = a.atttypid WHERE a.attrelid = made AND a.attnum = 1
        UNION ALL
        SELECT t.oid, t.typbasetype FROM below AS b JOIN pg_type AS t ON t.oid = b.typbasetype
    )
    SELECT b.oid INTO type FROM below AS b WHERE b.typbasetype = 0;

    -- Of a row that is inserted through a partitioned table into a partition with columns in other positions, the
    -- server shows triggers what it was before stored columns were computed.
    SELECT string_agg(format('"%s"', s.attname), ', ') INTO unfit
    FROM pg_depend AS d
    JOIN pg_attribute AS c ON c.attrelid = sample_table AND c.attnum = d.refobjsubid
    JOIN pg_attribute AS s ON s.attrelid = source AND s.attname = c.attname
    WHERE d.classid = 'pg_class'::regclass AND d.objid = made
      AND d.refclassid = 'pg_class'::regclass AND d.refobjid = sample_table
      AND s.attgenerated <> '' AND (s.attgenerated <> 's' OR is_tree);
    IF unfit IS NOT NULL THEN
        RAISE EXCEPTION '% uses a % column: %', meaning,
            CASE WHEN is_tree THEN 'generated' ELSE 'virtual generated' END, unfit
            USING ERRCODE = 'feature_not_supported',
                  DETAIL = CASE WHEN is_tree THEN 'Triggers of partitioned tables may not see generated columns.'
                                ELSE 'Triggers cannot read virtual generated columns.' END,
                  HINT = 'Use the expression of the column.';
    END IF;
    EXECUTE format('DROP INDEX %s', made::regclass);
END
$$;
COMMENT ON FUNCTION accelcost_internal.rollup_expression(text, regclass, text, text, text) IS
    'returns an expression with qualified names and its type; raises an error if a rollup cannot use it';

CREATE FUNCTION accelcost_internal.rollup_check_source(source regclass) RETURNS void
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    t      pg_class%ROWTYPE;
    reason text;
BEGIN
    PERFORM accelcost_internal.check_relation(source);
    SELECT * INTO t FROM pg_class WHERE oid = source;
    IF t.oid IS NULL THEN
        RAISE EXCEPTION '"source" must not be null' USING ERRCODE = 'null_value_not_allowed';
    END IF;
    IF pg_get_userbyid(t.relowner) <> current_user THEN
        RAISE EXCEPTION 'must be owner of table %', t.relname
            USING ERRCODE = 'insufficient_privilege',
                  HINT = format('Only its owner, %s, can create a rollup. Use SET ROLE %1$s first.',
                                t.relowner::regrole);
    END IF;
    reason := coalesce(
        accelcost_internal.rollup_source_fault(source),
        CASE WHEN t.relforcerowsecurity THEN 'forces row security on its owner, who would not see all rows' END,
        (SELECT format('has partition "%s", which %s', p.relation::regclass, f.fault)
         FROM accelcost_internal.rollup_tree(source) AS p,
              accelcost_internal.rollup_part_fault(p.relation, t.relowner) AS f (fault)
         WHERE f.fault IS NOT NULL LIMIT 1));
    IF reason IS NOT NULL THEN
        RAISE EXCEPTION 'cannot create a rollup of "%"', t.relname
            USING ERRCODE = CASE WHEN t.relkind IN ('r', 'p', 'f') THEN 'feature_not_supported'
                                 ELSE 'wrong_object_type' END,
                  DETAIL = format('It %s.', reason);
    END IF;
END
$$;
COMMENT ON FUNCTION accelcost_internal.rollup_check_source(regclass) IS
    'raises an error if a rollup of a relation cannot be exact, or if the caller does not own it';

-- List all columns of the tables and the view of a rollup.
CREATE FUNCTION accelcost_internal.rollup_check_column_names(definition accelcost.rollup_definition) RETURNS void
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    c record;
BEGIN
    FOR c IN
        SELECT n.name, n.origin, count(*) OVER (PARTITION BY n.name) AS uses
        FROM (SELECT definition.grain, 'the time column'
              UNION ALL SELECT 'row_count', 'the row count'
              UNION ALL SELECT k, format('key "%s"', k) FROM unnest(definition.key_names) AS k
              UNION ALL
              SELECT m.name || s.suffix, format('measure "%s"', m.name)
              FROM unnest(definition.measure_names, definition.measure_kinds) AS m (name, kind)
              JOIN (VALUES ('', '{count,integer,numeric,tco}'::text[]), ('_values', '{integer,numeric,tco}'),
                           ('_missing', '{integer,numeric,tco}'), ('_invalid', '{numeric}'), ('_currency', '{tco}')
                   ) AS s (suffix, kinds)
                ON m.kind = ANY (s.kinds)) AS n (name, origin)
    LOOP
        IF c.name IN (' state', ' kept') THEN
            RAISE EXCEPTION 'column name "%" is reserved', c.name
                USING ERRCODE = 'reserved_name', DETAIL = format('The name is that of %s.', c.origin),
                      HINT = 'Use another name: "name => expression".';
        ELSIF octet_length(c.name) > 63 THEN
            RAISE EXCEPTION 'column name "%" is too long', c.name
                USING ERRCODE = 'name_too_long',
                      DETAIL = format('The name is derived from %s, and a name has at most 63 bytes.', c.origin),
                      HINT = 'Use a shorter name: "name => expression".';
        ELSIF c.uses > 1 THEN
            RAISE EXCEPTION 'column "%" specified more than once', c.name
                USING ERRCODE = 'duplicate_column', DETAIL = format('One of the columns is %s.', c.origin),
                      HINT = 'A measure also creates columns NAME_missing, NAME_values, NAME_invalid or NAME_currency.';
        END IF;
    END LOOP;
END
$$;
COMMENT ON FUNCTION accelcost_internal.rollup_check_column_names(accelcost.rollup_definition) IS
    'raises an error if names of keys and measures make invalid columns of a rollup';
