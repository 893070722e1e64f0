-- What a role that may create plants: laid.plant(place, own, all_forms) puts into the schema place all that could be
-- taken for what the extension calls, where own is the schema of its types. What runs warns, and counts in the sequence
-- laid.caught, which no ROLLBACK takes back.
CREATE SCHEMA laid;
GRANT USAGE ON SCHEMA laid TO PUBLIC;
CREATE SEQUENCE laid.caught;
GRANT ALL ON SEQUENCE laid.caught TO PUBLIC;
CREATE FUNCTION laid.catch(trap text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    PERFORM pg_catalog.nextval('laid.caught'::pg_catalog.regclass);
    RAISE WARNING 'caught by % as %', trap, current_user;
    RETURN NULL;
END
$$;

-- A type of the owner, who may make casts from and to it.
CREATE TYPE laid.mine AS ENUM ('mine');
CREATE DOMAIN laid.checked AS text CHECK (laid.catch('a check') IS NOT FALSE);

-- The types of the extension that are in a schema.
CREATE FUNCTION laid.types_of(own text) RETURNS SETOF oid LANGUAGE sql SET search_path = pg_catalog AS $$
    SELECT oid FROM pg_type
    WHERE typnamespace = to_regnamespace(own) AND typname IN ('tco', 'tariff', 'tco_avg_state', 'tariff_state')
$$;

CREATE TABLE laid.target (schema text, name text, arguments text[], result text);
COMMENT ON COLUMN laid.target.schema IS 'NULL if it is a function of the server';

-- Of the same arguments, and where ours are or all_forms are wanted: with each replaced by each type that could fit
-- better, with all replaced, with fewer and more.
CREATE FUNCTION laid.functions(place text, own text, all_forms boolean) RETURNS bigint
    LANGUAGE plpgsql SET search_path = pg_catalog SET check_function_bodies = off AS $$
DECLARE
    fits    CONSTANT oid[] := ARRAY(
        SELECT t::oid
        FROM unnest('{text,name,varchar,integer,bigint,numeric,float8,boolean,date,timestamptz}'::regtype[]
                    || '{regclass,oid,jsonb,anyelement,laid.mine}'::regtype[]) AS t
        UNION ALL SELECT t FROM laid.types_of(own) AS t WHERE format_type(t, NULL) !~ '_state$');
    planted bigint := 0;
    one     record;
BEGIN
    FOR one IN
        WITH target AS (
            SELECT DISTINCT t.schema, t.name, a.list,
                   CASE WHEN r.typtype <> 'p' THEN r.oid::regtype ELSE 'integer' END AS result
            FROM laid.target AS t
            CROSS JOIN LATERAL (
                SELECT coalesce(array_agg(to_regtype(replace(n, 'public.', own || '.'))::oid ORDER BY i), '{}') AS list
                FROM unnest(t.arguments) WITH ORDINALITY AS n (n, i)) AS a
            JOIN pg_type AS r ON r.oid = to_regtype(replace(t.result, 'public.', own || '.'))
            WHERE array_position(a.list, NULL) IS NULL
        ), variant AS (
            SELECT name, list, 'exact' AS form, result FROM target
            UNION ALL
            SELECT name, list[:i - 1] || fit || list[i + 1:], 'other', result
            FROM target, generate_subscripts(list, 1) AS i, unnest(fits) AS fit
            UNION ALL
            SELECT name, array_fill(fit, ARRAY[cardinality(list)]), 'other', result
            FROM target, unnest(fits) AS fit
            WHERE list <> '{}'
            UNION ALL
            SELECT name, list[:i - 1], 'fewer', result FROM target, generate_subscripts(list, 1) AS i
            UNION ALL
            SELECT name, list || fit, 'more', result FROM target, unnest(fits) AS fit
            UNION ALL
            SELECT name, list[:i - 1] || 'text[]'::regtype::oid, 'variadic', result
            FROM target, generate_subscripts(list, 1) AS i
            UNION ALL
            SELECT name, list || '{integer,text}'::regtype[]::oid[], 'default', result
            FROM target
            -- beside ours they would make each call ambiguous, and run nothing
            WHERE NOT EXISTS (SELECT FROM target AS t WHERE t.schema = place AND t.name = target.name)
        ), chosen AS (
            SELECT DISTINCT ON (name, list) name, list, form, result
            FROM variant
            WHERE form IN ('exact', 'default')
               OR all_forms
               OR place = 'accelcost'
                  AND EXISTS (SELECT FROM target WHERE target.schema = place AND target.name = variant.name)
            ORDER BY name, list, form = 'default' DESC, form = 'variadic' DESC
        )
        SELECT c.name, c.result,
               (SELECT string_agg(concat(CASE WHEN form = 'variadic' AND i = cardinality(list) THEN 'VARIADIC ' END,
                                         t::regtype,
                                         CASE WHEN form = 'default' AND i > cardinality(list) - 2
                                              THEN ' DEFAULT laid.catch(''a default'')::text::' || t::regtype END),
                                  ', ' ORDER BY i)
                FROM unnest(list) WITH ORDINALITY AS a (t, i)) AS parameters
        FROM chosen AS c
        -- the very same would make CREATE EXTENSION refuse
        WHERE (to_regnamespace('accelcost') IS NOT NULL
               OR NOT EXISTS (SELECT FROM target AS t WHERE t.schema = place AND t.name = c.name AND t.list = c.list))
          AND NOT EXISTS (SELECT FROM pg_proc AS p
                          WHERE p.pronamespace = place::regnamespace
                            AND p.proname = c.name
                            AND p.proargtypes::text = array_to_string(c.list, ' '))
    LOOP
        EXECUTE format('CREATE FUNCTION %I.%I(%s) RETURNS %s LANGUAGE plpgsql IMMUTABLE AS %L',
                       place, one.name, one.parameters, one.result,
                       format('BEGIN PERFORM laid.catch(%L); RETURN NULL; END',
                              format('%s.%s(%s)', place, one.name, one.parameters)));
        planted := planted + 1;
    END LOOP;
    RETURN planted;
END
$$;

CREATE FUNCTION laid.aggregates(place text, own text) RETURNS bigint
    LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
    planted bigint := 0;
    one     record;
BEGIN
    FOR one IN
        SELECT name, t.type
        FROM unnest('{sum,avg,min,max,tiered_cost,tariff_agg}'::text[]
                    || '{count,string_agg,array_agg,jsonb_agg,bool_or}'::text[]) AS name
        CROSS JOIN (
            SELECT type
            FROM unnest('{text,name,integer,bigint,numeric,float8,boolean,date,timestamptz}'::regtype[]
                        || '{jsonb,laid.mine}'::regtype[]) AS type
            UNION ALL SELECT laid.types_of(own)::regtype) AS t
        WHERE to_regprocedure(format('%I.%I(%s)', place, name, t.type)) IS NULL
    LOOP
        EXECUTE format('CREATE OR REPLACE FUNCTION laid.step(%1$s, %1$s) RETURNS %1$s '
                       'LANGUAGE plpgsql IMMUTABLE AS %2$L',
                       one.type, 'BEGIN PERFORM laid.catch(''an aggregate''); RETURN $1; END');
        EXECUTE format('CREATE AGGREGATE %I.%I(%s) (SFUNC = laid.step, STYPE = %3$s)', place, one.name, one.type);
        planted := planted + 1;
    END LOOP;
    RETURN planted;
END
$$;

CREATE FUNCTION laid.operators(place text, own text, all_forms boolean) RETURNS bigint
    LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
    types   CONSTANT oid[] := ARRAY(
        SELECT t::oid
        FROM unnest('{text,name,varchar,integer,bigint,numeric,float8,boolean,date,timestamptz}'::regtype[]
                    || '{regclass,oid,jsonb,timestamp,interval,"text[]",laid.mine}'::regtype[]) AS t
        UNION ALL SELECT laid.types_of(own));
    planted bigint := 0;
    one     record;
BEGIN
    FOR one IN
        SELECT o.name, o.function, l::regtype AS l, r::regtype AS r
        FROM (SELECT name, 'compare' AS function FROM unnest('{=,<>,<,<=,>,>=,~,!~,@>}'::text[]) AS name
              UNION ALL SELECT name, 'compute' FROM unnest('{+,-,*,/,%,||,->,->>,#>>,&}'::text[]) AS name) AS o
        CROSS JOIN unnest(types) AS l
        CROSS JOIN unnest(types) AS r
        WHERE NOT EXISTS (SELECT FROM pg_operator AS p
                          WHERE p.oprnamespace = place::regnamespace
                            AND p.oprname = o.name
                            AND (p.oprleft, p.oprright) = (l, r))
          AND (all_forms OR to_regnamespace(own) IN (SELECT typnamespace FROM pg_type WHERE oid IN (l, r)))
    LOOP
        IF to_regprocedure(format('laid.compare(%s, %s)', one.l, one.r)) IS NULL THEN
            EXECUTE format('CREATE FUNCTION laid.compare(%s, %s) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS %L',
                           one.l, one.r, 'BEGIN RETURN laid.catch(''a comparison''); END');
            EXECUTE format('CREATE FUNCTION laid.compute(%1$s, %2$s) RETURNS %1$s LANGUAGE plpgsql IMMUTABLE AS %3$L',
                           one.l, one.r, 'BEGIN PERFORM laid.catch(''an operator''); RETURN $1; END');
        END IF;
        EXECUTE format('CREATE OPERATOR %I.%s (FUNCTION = laid.%s, LEFTARG = %s, RIGHTARG = %s)',
                       place, one.name, one.function, one.l, one.r);
        planted := planted + 1;
    END LOOP;
    RETURN planted;
END
$$;

-- Types, and views, of the names of ours and of the server's.
CREATE FUNCTION laid.names(place text) RETURNS bigint LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
    planted bigint := 0;
    one     record;
BEGIN
    FOR one IN
        SELECT n.name, format('CREATE VIEW %I.%s AS SELECT * FROM %s WHERE laid.catch(''a view'') IS NOT FALSE; '
                              'GRANT SELECT ON %1$I.%2$s TO PUBLIC', place, n.name, c.oid::regclass) AS statement
        FROM pg_class AS c, LATERAL (SELECT quote_ident(c.relname) AS name) AS n
        WHERE relnamespace IN ('pg_catalog'::regnamespace, to_regnamespace('accelcost'))
          AND relkind IN ('r', 'v')
          AND NOT EXISTS (SELECT FROM pg_attribute
                          WHERE attrelid = c.oid AND atttypid IN ('anyarray'::regtype, 'pg_statistic[]'::regtype))
        UNION ALL
        SELECT n, format('CREATE DOMAIN %I.%s AS pg_catalog.text CHECK (laid.catch(''a domain'') IS NOT FALSE); '
                         'GRANT USAGE ON TYPE %1$I.%2$s TO PUBLIC', place, n)
        FROM unnest('{tco,tariff,tco_avg_state,tariff_state,rollup_definition}'::text[]
                    || '{text,name,int4,int8,numeric,float8,bool,date,timestamptz,interval,jsonb,_text}'::text[]
                    || '{regclass,regtype,regprocedure}'::text[]) AS n
        -- the very same would make CREATE EXTENSION refuse
        WHERE to_regnamespace('accelcost') IS NOT NULL OR n NOT IN ('tco', 'tariff', 'tco_avg_state', 'tariff_state')
    LOOP
        CONTINUE WHEN to_regclass(format('%I.%s', place, one.name)) IS NOT NULL
                   OR to_regtype(format('%I.%s', place, one.name)) IS NOT NULL;
        EXECUTE one.statement;
        planted := planted + 1;
    END LOOP;
    RETURN planted;
END
$$;

CREATE FUNCTION laid.casts(own text) RETURNS bigint LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
    planted bigint := 0;
    one     regtype;
BEGIN
    FOR one IN
        SELECT t
        FROM unnest('{text,integer,bigint,numeric,float8,boolean,date,timestamptz,regclass,jsonb,json}'::regtype[]) AS t
        UNION ALL SELECT laid.types_of(own)::regtype
    LOOP
        CONTINUE WHEN EXISTS (SELECT FROM pg_cast WHERE castsource = one AND casttarget = 'laid.mine'::regtype);
        EXECUTE format('CREATE FUNCTION laid.cast(%s) RETURNS laid.mine LANGUAGE plpgsql IMMUTABLE AS %L',
                       one, 'BEGIN PERFORM laid.catch(''a cast''); RETURN NULL; END');
        EXECUTE format('CREATE FUNCTION laid.cast_%s(laid.mine) RETURNS %s LANGUAGE plpgsql IMMUTABLE AS %L',
                       one::oid, one, 'BEGIN PERFORM laid.catch(''a cast''); RETURN NULL; END');
        EXECUTE format('CREATE CAST (%s AS laid.mine) WITH FUNCTION laid.cast(%1$s) AS IMPLICIT', one);
        EXECUTE format('CREATE CAST (laid.mine AS %s) WITH FUNCTION laid.cast_%s(laid.mine) AS IMPLICIT',
                       one, one::oid);
        planted := planted + 2;
    END LOOP;
    RETURN planted;
END
$$;

-- Views and types come last: they would get in the way of what is planted after them.
CREATE FUNCTION laid.plant(place text, own text, all_forms boolean) RETURNS text
    LANGUAGE plpgsql SET search_path = pg_catalog SET client_min_messages = error AS $$
DECLARE
    aggregates CONSTANT bigint := laid.aggregates(place, own);
    functions  CONSTANT bigint := laid.functions(place, own, all_forms);
    operators  CONSTANT bigint := laid.operators(place, own, all_forms);
    casts      CONSTANT bigint := laid.casts(own);
    names      CONSTANT bigint := laid.names(place);
BEGIN
    RETURN format('%s functions, %s aggregates, %s operators, %s casts, %s types and views in %s',
                  functions, aggregates, operators, casts, names, place);
END
$$;
