-- allocate: a total split by weights so that the parts add up to it.
\getenv dir PG_ABS_SRCDIR
\set file :dir '/include/error_of.sql'
\i :file

-- the largest remainder gets the unit that is missing, of equals the earlier
SELECT allocate(0.05, '{1,1,1}'), allocate(100, '{1,2,3}'), allocate(6.00, '{10,5}'), allocate(1.00, '{1,1,2}', 2),
       allocate(0.01, '{1,1,2}');
SELECT total, weights, allocate(total, weights, 0) FROM (VALUES
    (5, '{1,1,1}'::numeric[]),
    (4, '{1,1,1}'),
    (3, '{1,1,1}'),
    (1, '{1,1,1}'),
    (0, '{1,1,1}'),
    (10, '{1,1,1,3}'),
    (2, '{0,5,0,5,5}'),
    (7, '{3}')
) AS t(total, weights);

-- digits: those asked for, or those that the total shows, but cents at least
SELECT allocate(10, '{1,2}'), allocate(10.5, '{1,2}'), allocate(10.500, '{1,2}'), allocate(10, '{1,2}', 0),
       allocate(10.500, '{1,2}', 1), allocate(10.50, '{1,2}', NULL);
SELECT allocate(1, '{1,2}', 63);
SELECT allocate(99999999999999999999999999999999999999999999999999999999999999999999999999.99, '{1,2}');
SELECT allocate(total => 1, weights => '{1,2}', digits => 3);

-- a negative total is split as its magnitude
SELECT allocate(-0.05, '{1,1,1}'), allocate(-100, '{1,2,3}'), allocate(-1, '{1,0}'), allocate(-0.00, '{1,2}');

-- weights: only their ratios count, and 0 gets nothing
SELECT allocate(100, '{0.1,0.2,0.3}'), allocate(100, '{1e-100,2e-100,3e-100}'), allocate(100, '{1000,2000.0,3e3}'),
       allocate(100, '{0,1,0.00}');
SELECT allocate(100, '{1e38,2e38}'), allocate(100, '{99999999999999999999,0.000000000000000001}'),
       allocate(100, '[0:1]={1,3}');
SELECT allocate(100, ARRAY[340282366920938463463374607431768211455]), allocate(100, array_fill(1::numeric, '{7}'));
SELECT allocate(100, ARRAY[1::integer, 2]), allocate(100::integer, ARRAY[1.5, 2.5]::float8[]::numeric[]);

-- an unknown total is split into nobody knows what
SELECT allocate(NULL, '{1,2}') IS NULL, allocate(NULL, NULL, NULL) IS NULL;

-- in a query: the cost of a cluster to its teams
SELECT part.*
FROM (
    SELECT array_agg(team ORDER BY team) AS teams, array_agg(hours ORDER BY team) AS hours
    FROM (VALUES ('search', 311.5), ('ads', 127.25), ('research', 0), ('chat', 42)) AS t(team, hours)) AS month,
     unnest(teams, hours, allocate(1000, hours)) AS part(team, hours, cost);

-- errors
SELECT statement, pg_temp.error_of(statement) FROM (VALUES
    ($$SELECT allocate(0.123, '{1,1}', 2)$$),
    ($$SELECT allocate(5.5, '{1,1}', 0)$$),
    ($$SELECT allocate(5, '{1,1}', -1)$$),
    ($$SELECT allocate(5, '{1,1}', 64)$$),
    ($$SELECT allocate(round(1, 64), '{1,1}')$$),
    ($$SELECT allocate(1e76, '{1,1}', 0)$$),
    ($$SELECT allocate(-1e74, '{1,1}')$$),
    ($$SELECT allocate('NaN', '{1,1}')$$),
    ($$SELECT allocate('-Infinity', '{1,1}', 2)$$),
    ($$SELECT allocate(5, NULL)$$),
    ($$SELECT allocate(5, '{}')$$),
    ($$SELECT allocate(5, '{{1,2},{3,4}}')$$),
    ($$SELECT allocate(5, '{0}')$$),
    ($$SELECT allocate(0, '{0,0.0}')$$),
    ($$SELECT allocate(5, '{1,NULL,2}')$$),
    ($$SELECT allocate(5, '{1,2,-0.50}')$$),
    ($$SELECT allocate(5, '{NaN}')$$),
    ($$SELECT allocate(5, '{1,Infinity}')$$),
    ($$SELECT allocate(5, '{1,-Infinity}')$$),
    ($$SELECT allocate(5, '{1e38,0.1}')$$),
    ($$SELECT allocate(5, '{2e38,2e38}')$$),
    ($$SELECT allocate(5, '{1e200,1}')$$),
    ($$SELECT allocate(5, '{1,1e-200}')$$),
    ($$SELECT allocate(5, ARRAY[340282366920938463463374607431768211456])$$)
) AS t(statement);
