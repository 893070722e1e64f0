-- split_cost and share_out against numeric, which is slow and right, over generated partitions, and against worked
-- examples. The values depend on the number of the partition alone: a failure names it.
BEGIN;
SELECT plan(48);

-- ---- generated partitions -------------------------------------------------

-- Costs of eight shapes; 1 to 13 weights of eight shapes, most of them of both signs.
CREATE TEMP TABLE sample AS
SELECT n, i, cost, digits, weight
FROM generate_series(1, 4000) AS n
CROSS JOIN LATERAL (SELECT hashint8extended(n, 0)::numeric AS h) AS generated
CROSS JOIN LATERAL (
    SELECT CASE n % 8
               WHEN 0 THEN round(h % 100000 / 100, 2)
               WHEN 1 THEN h % 10
               WHEN 2 THEN h * 1e-36
               WHEN 3 THEN round(h / 7, 18)
               WHEN 4 THEN h * 1e17 + h
               WHEN 5 THEN 0
               WHEN 6 THEN h % 1000 * 1e-12
               ELSE h
           END AS cost) AS c
CROSS JOIN LATERAL (SELECT scale(cost) + n % 4 AS digits) AS d
CROSS JOIN LATERAL generate_series(1, 1 + n % 13) AS i
CROSS JOIN LATERAL (SELECT hashint8extended(n, i)::numeric AS w) AS random
CROSS JOIN LATERAL (
    SELECT CASE
               WHEN n % 17 = 0 THEN 0
               WHEN n % 7 = 0 THEN w % 3
               WHEN n % 7 = 1 THEN abs(w) % 10
               WHEN n % 7 = 2 THEN -(abs(w) % 5)
               WHEN n % 7 = 3 THEN w
               WHEN n % 7 = 4 THEN w % 100000 * 1e-4 * CASE WHEN i % 4 = 0 THEN 1 ELSE sign(w) END
               WHEN n % 7 = 5 THEN w * 1e-36
               ELSE CASE WHEN i = 2 THEN -abs(w) % 1000 ELSE abs(w) % 1000 END
           END AS weight) AS v;
-- One in a hundred almost cancels out, so that parts are larger than the cost.
UPDATE sample AS s
SET weight = 1 - (SELECT coalesce(sum(o.weight), 0) FROM sample AS o WHERE o.n = s.n AND o.i > 1)
WHERE i = 1 AND n % 100 = 0 AND n % 7 IN (0, 3);
ANALYZE sample;

-- The parts by the definition, in units of the last decimal. Rows with a weight below 0 beside others are corrections
-- and get cost * weight / whole, rounded half away from zero. All others share the rest by largest remainder.
CREATE FUNCTION pg_temp.expected(direction integer)
RETURNS TABLE (n integer, i integer, rule text, part numeric)
LANGUAGE sql AS $$
    WITH weighed AS (
        SELECT s.n, s.i, s.weight, s.digits, s.cost * ('1e' || s.digits)::numeric AS units,
               sum(s.weight) OVER (PARTITION BY s.n) AS whole, sum(abs(s.weight)) OVER (PARTITION BY s.n) AS size,
               row_number() OVER (PARTITION BY s.n ORDER BY s.i * direction) AS place
        FROM sample AS s
    ), ruled AS (
        SELECT w.*, CASE WHEN w.size = 0 THEN 'even' WHEN w.size = abs(w.whole) THEN 'proportional'
                         WHEN w.whole = 0 THEN 'first' ELSE 'corrected' END AS rule
        FROM weighed AS w
    ), corrected AS (
        SELECT r.*,
               CASE WHEN r.rule = 'corrected' AND r.weight < 0
                    THEN sign(r.units) * -sign(r.whole)
                         * div(2 * abs(r.units * r.weight) + abs(r.whole), 2 * abs(r.whole)) END AS fixed,
               CASE r.rule WHEN 'even' THEN 1
                           WHEN 'proportional' THEN abs(r.weight)
                           WHEN 'first' THEN (r.place = 1)::integer
                           ELSE greatest(r.weight, 0) END AS share
        FROM ruled AS r
    ), shared AS (
        SELECT c.*, c.units - coalesce(sum(c.fixed) OVER w, 0) AS rest, sum(c.share) OVER w AS shares
        FROM corrected AS c
        WINDOW w AS (PARTITION BY c.n)
    ), divided AS (
        SELECT s.*, div(abs(s.rest) * s.share, s.shares) AS quotient, mod(abs(s.rest) * s.share, s.shares) AS remainder
        FROM shared AS s
    ), ranked AS (
        SELECT d.*, row_number() OVER (PARTITION BY d.n ORDER BY d.remainder DESC, d.place) AS rank,
               abs(d.rest) - sum(d.quotient) OVER (PARTITION BY d.n) AS missing
        FROM divided AS d
    )
    SELECT r.n, r.i, r.rule,
           coalesce(r.fixed, sign(r.rest) * (r.quotient + (r.rank <= r.missing)::integer))
           * ('1e-' || r.digits)::numeric
    FROM ranked AS r
$$;

CREATE TEMP TABLE expected AS
SELECT e.*, s.cost, s.digits, s.weight FROM pg_temp.expected(1) AS e JOIN sample AS s USING (n, i);
CREATE TEMP TABLE part AS
SELECT n, i, split_cost(cost, weight, digits) OVER (PARTITION BY n ORDER BY i) AS part FROM sample;
ANALYZE expected;
ANALYZE part;

SELECT cmp_ok((SELECT min(count) FROM (SELECT count(DISTINCT n) FROM expected GROUP BY rule) AS c), '>', 50::bigint,
              'each rule is there');
SELECT cmp_ok((SELECT count(*) FROM expected WHERE abs(part) > abs(cost)), '>', 300::bigint,
              'hundreds of parts are larger than the cost');
SELECT cmp_ok((SELECT count(*) FROM expected WHERE part < 0 AND cost > 0), '>', 500::bigint,
              'hundreds are below 0 though the cost is above');

SELECT is_empty(
    'SELECT e.n, e.i, e.rule, e.part, p.part FROM expected AS e FULL JOIN part AS p USING (n, i)
     WHERE e.part IS DISTINCT FROM p.part LIMIT 3',
    'the parts are those of the definition');
SELECT is_empty(
    'SELECT n FROM expected AS e JOIN part AS p USING (n, i) GROUP BY n HAVING sum(p.part) <> min(e.cost)',
    'they add up to the cost');
SELECT is_empty(
    'SELECT n FROM part JOIN expected AS e USING (n, i) WHERE scale(part.part) <> e.digits',
    'they show the decimals asked for');
SELECT is_empty(
    $$SELECT n FROM (SELECT n, i, split_cost(cost, weight, digits) OVER (PARTITION BY n ORDER BY i DESC) AS part
                     FROM sample) AS p
      JOIN pg_temp.expected(-1) AS e USING (n, i) WHERE p.part IS DISTINCT FROM e.part LIMIT 3$$,
    'in another order of the window ties are decided by that');
SELECT cmp_ok(
    (SELECT count(*) FROM expected AS a JOIN pg_temp.expected(-1) AS b USING (n, i) WHERE a.part <> b.part), '>',
    300::bigint, 'which happens hundreds of times');
SELECT is_empty(
    $$SELECT n FROM (SELECT n, i, split_cost(cost, weight) OVER (PARTITION BY n ORDER BY i) AS part,
                            split_cost(cost, weight, greatest(10, min_scale(cost)))
                                OVER (PARTITION BY n ORDER BY i) AS stated FROM sample) AS p
      WHERE part::text <> stated::text LIMIT 3$$,
    'by default parts have the decimals of the cost, and at least 10');
SELECT is_empty(
    $$SELECT n, array_agg(part ORDER BY i)
      FROM expected GROUP BY n
      HAVING accelcost_internal.share_out(min(cost), array_agg(weight ORDER BY i), min(digits))
             <> array_agg(part ORDER BY i) LIMIT 3$$,
    'share_out makes the same parts of arrays');
SELECT is_empty(
    $$SELECT n FROM expected GROUP BY n
      HAVING min(weight) >= 0 AND max(weight) > 0
         AND allocate(min(cost), array_agg(weight ORDER BY i), min(digits)) <> array_agg(part ORDER BY i) LIMIT 3$$,
    'allocate does, too, where no weight is below 0');

-- ---- tco ------------------------------------------------------------------

CREATE TEMP TABLE tco_sample AS
SELECT n, i, weight,
       make_tco(compute => h % 1000000 / 100, egress => h * 1e-18, tax => -h % 777 / 1000) AS cost
FROM sample, LATERAL (SELECT hashint8extended(n, 5)::numeric AS h) AS generated
WHERE n % 100 > 0;
CREATE TEMP TABLE tco_part AS
SELECT n, i, split_cost(cost, weight) OVER (PARTITION BY n ORDER BY i) AS part FROM tco_sample;
SELECT is_empty(
    'SELECT n FROM tco_sample AS s JOIN tco_part AS p USING (n, i) GROUP BY n HAVING sum(p.part) <> max(s.cost)',
    'the parts of a tco add up to it, component by component');
SELECT is_empty(
    $$SELECT n, i, component
      FROM (SELECT n, i, component, component(p.part, component) AS found,
                   split_cost(component(s.cost, component), weight, 18)
                       OVER (PARTITION BY n, component ORDER BY i) AS expected
            FROM tco_sample AS s JOIN tco_part AS p USING (n, i),
                 unnest('{upfront,compute,energy,egress,storage,other,tax,credit}'::text[]) AS component) AS c
      WHERE found <> expected LIMIT 3$$,
    'each component is split by itself, to 18 decimals');

-- ---- rows of a query ------------------------------------------------------

SELECT results_eq(
    'SELECT split_cost(g * 10, w) OVER (ORDER BY w) FROM generate_series(1, 2) AS g,
            LATERAL (SELECT w FROM generate_series(1, 2) AS w WHERE g > 0) AS v WHERE g = 2',
    'VALUES (6.6666666667), (13.3333333333)', 'rows of one value are a partition');
SELECT results_eq(
    'SELECT g, p FROM generate_series(1, 3) AS g,
            LATERAL (SELECT split_cost(g, w, 2) OVER (ORDER BY w) AS p FROM generate_series(1, g) AS w) AS v
     ORDER BY g, p',
    'VALUES (1, 1.00), (2, 0.67), (2, 1.33), (3, 0.50), (3, 1.00), (3, 1.50)', 'a query that is run again starts anew');
SELECT results_eq(
    'SELECT split_cost(1, 1, 2) OVER (ORDER BY g ROWS 1 PRECEDING), row_number() OVER (ORDER BY g),
            sum(g) OVER (ORDER BY g DESC) FROM generate_series(1, 3) AS g ORDER BY g',
    'VALUES (0.34, 1::bigint, 6::bigint), (0.33, 2, 5), (0.33, 3, 3)',
    'the frame does not matter, nor do other functions of the window');
SELECT is_empty('SELECT split_cost(10, 1) OVER () FROM generate_series(1, 0)', 'no rows have no parts');
SET LOCAL work_mem = '64kB';
SELECT results_eq(
    'SELECT count(*), sum(part), max(n) FILTER (WHERE part = 0.34), min(part)
     FROM (SELECT n, split_cost(33334, 1, 2) OVER (ORDER BY n) AS part FROM generate_series(1, 100000) AS n) AS p',
    'VALUES (100000::bigint, 33334.00, 33400, 0.33)', 'a partition can be larger than work_mem');
RESET work_mem;

-- ---- what is unknown or wrong ---------------------------------------------

SELECT results_eq(
    'SELECT split_cost(10, nullif(g, 2)) OVER () FROM generate_series(1, 3) AS g',
    'VALUES (NULL::numeric), (NULL), (NULL)', 'an unknown weight makes all parts of the partition unknown');
SELECT results_eq(
    $$SELECT split_cost('10 USD'::tco, nullif(g, 2)) OVER () FROM generate_series(1, 3) AS g$$,
    'VALUES (NULL::tco), (NULL), (NULL)', 'also those of a tco');
SELECT results_eq(
    'SELECT k, split_cost(CASE WHEN k = 1 THEN 10 END, g, 2) OVER (PARTITION BY k ORDER BY g)
     FROM generate_series(1, 2) AS k, generate_series(1, 2) AS g',
    'VALUES (1, 3.33), (1, 6.67), (2, NULL), (2, NULL)', 'an unknown cost has unknown parts, in its partition alone');
SELECT results_eq(
    'SELECT split_cost(10, 0, 2) OVER () FROM generate_series(1, 3)', 'VALUES (3.34), (3.33), (3.33)',
    'weights that are all 0 split evenly');

CREATE FUNCTION pg_temp.error_of(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    detail text;
BEGIN
    EXECUTE statement;
    RETURN 'no error';
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS detail = PG_EXCEPTION_DETAIL;
    RETURN concat_ws(' ', SQLSTATE, SQLERRM, nullif(detail, ''));
END
$$;
SELECT is(pg_temp.error_of('SELECT ' || call || ' OVER () FROM generate_series(1, 2) AS g'), error,
          call || ': ' || error)
FROM (VALUES
    ('split_cost(10 * g, 1)', '22023 "cost" must be the same in all rows of a partition The values are 10 and 20.'),
    ('split_cost(nullif(g, 2)::numeric, 1)',
     '22023 "cost" must be the same in all rows of a partition The values are 1 and null.'),
    ('split_cost(tco(g, ''USD''), 1)',
     '22023 "cost" must be the same in all rows of a partition The values are 1 USD other=1 and 2 USD other=2.'),
    ('split_cost(10 + (g - 1) * 0.00, 1)', 'no error'),
    ('split_cost(10, 1, g)', '22023 "digits" must be the same in all rows of a partition The values are 1 and 2.'),
    ('split_cost(10.125, 1, 2)', '22023 "cost" must not have more than 2 decimals It is 10.125.'),
    ('split_cost(10, 1, -1)', '22023 "digits" must be greater than or equal to 0 It is -1.'),
    ('split_cost(10, 1, 64)', '22023 "digits" must be less than or equal to 63 It is 64.'),
    ('split_cost(1e66, 1)', '22003 "cost" is out of range At 10 decimals, the value has more than 76 digits.'),
    ('split_cost(''NaN''::numeric, 1)', '22003 "cost" must be a finite number It is NaN.'),
    ('split_cost(10, ''Infinity'')', '22003 "weight" must be a finite number It is Infinity.'),
    ('split_cost(1e60::numeric, g - 1.4999999999999999999999999999999999)',
     '22003 a part of the total is out of range '
     'Positive and negative weights almost cancel out, so parts are much larger than the total.'),
    ('split_cost(''5000000 USD''::tco, g - 1.4999999999999999999999999999999999)',
     '22003 tco out of range Component "other" would be outside the range -170141183460469231731.687303715884105728 to '
     '170141183460469231731.687303715884105727.')
) AS t (call, error);
CREATE OPERATOR public.@#@ (FUNCTION = split_cost, LEFTARG = tco, RIGHTARG = numeric);
SELECT throws_ok(
    $$SELECT '5 USD'::tco OPERATOR(public.@#@) 1.0$$, '42809', 'split_cost must be called with an OVER clause',
    'an operator made of it is no window');
SELECT is(pg_temp.error_of(format('SELECT accelcost_internal.share_out(%s)', call)), error, 'share_out: ' || error)
FROM (VALUES
    ('10, ''{1,Infinity}'', 2', '22003 "weights[2]" must be a finite number It is Infinity.'),
    ('''Infinity'', ''{1,2}'', 2', '22003 "total" must be a finite number It is Infinity.'),
    ('10, ''{1,NULL}'', 2', '22004 "weights[2]" must not be null')
) AS t (call, error);
SELECT is(accelcost_internal.share_out(10, '{}', 2), NULL, 'share_out of no weights is NULL');
SELECT is(accelcost_internal.share_out(10, '{2e-70,1e-70}', 2)::text, '{6.67,3.33}', 'weights can be tiny');
SELECT is(accelcost_internal.share_out(10, '{2e70,1e70,1}', 2)::text, '{6.67,3.33,0.00}', 'or huge');

-- ---- worked examples ------------------------------------------------------

-- llm-d: a node of 8 CPUs at 10 per hour; two applications request 3 and 1 CPUs and use 1 each
SELECT results_eq(
    'SELECT name, split_cost(10, requested) OVER w, split_cost(10, used) OVER w,
            CASE WHEN name <> ''idle''
                 THEN split_cost(10, requested) OVER (PARTITION BY name = ''idle'' ORDER BY name) END
     FROM (VALUES (''app-a'', 3, 1), (''app-b'', 1, 1), (''idle'', 4, 6)) AS t (name, requested, used)
     WINDOW w AS (ORDER BY name)',
    $$VALUES ('app-a', 3.75, 1.25, 7.50), ('app-b', 1.25, 1.25, 2.50), ('idle', 5.00, 7.50, NULL)$$,
    'shares by request and by use, idle apart, and idle weighted by request');

-- OpenCost: cluster one has nodes with idle cost 5 and 15, cluster two with 10
SELECT results_eq(
    'SELECT ns, round(sum(idle), 3) FROM (
         SELECT ns, split_cost(cost, weight) OVER (PARTITION BY node ORDER BY ns) AS idle
         FROM (VALUES (1, ''ns1'', 5, 3), (1, ''ns2'', 5, 3), (2, ''ns1'', 15, 13), (2, ''ns2'', 15, 3),
                      (3, ''ns2'', 10, 18), (3, ''ns3'', 10, 18)) AS t (node, ns, cost, weight)) AS p
     GROUP BY ns ORDER BY ns',
    $$VALUES ('ns1', 14.688), ('ns2', 10.313), ('ns3', 5.000)$$, 'idle of each node shared by weight');

-- a node of 8 GPUs for 744 hours at 49.24, idle apart and pro rata
SELECT results_eq(
    $$SELECT team, split_cost(36634.56, hours) OVER (ORDER BY team),
             CASE WHEN team <> 'idle'
                  THEN split_cost(36634.56, hours) OVER (PARTITION BY team = 'idle' ORDER BY team) END
      FROM (VALUES ('a', 2380), ('b', 1041.5), ('c', 4 * 0.25 * 744), ('idle', 8 * 744 - 2380 - 1041.5 - 744))
          AS t (team, hours) ORDER BY team$$,
    $$VALUES ('a', 14648.9, 20931.5214980194), ('b', 6410.4325, 9159.7393446165), ('c', 4579.32, 6543.2991573641),
             ('idle', 10995.9075, NULL)$$,
    'the hours of a node, its idle apart or shared');
SELECT results_eq(
    'SELECT split_cost(24 * 6.155, slices) OVER (ORDER BY n) FROM (VALUES (1, 3), (2, 3), (3, 1)) AS t (n, slices)',
    'VALUES (63.3085714286), (63.3085714286), (21.1028571428)', 'slices of a GPU, one of seven idle');
SELECT results_eq(
    'SELECT split_cost(57, units) OVER (ORDER BY units) FROM (VALUES (700), (12300)) AS t (units)',
    'VALUES (3.0692307692), (53.9307692308)', 'a pooled bill');
SELECT results_eq(
    $$SELECT split_cost('3.20 USD'::tco, seconds) OVER () FROM (VALUES (600), (600)) AS t (seconds)$$,
    $$VALUES ('1.60 USD'::tco), ('1.60 USD')$$, 'an hour of a model by the seconds of prefill and decode');

SELECT * FROM finish();
ROLLBACK;
