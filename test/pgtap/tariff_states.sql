-- Partial results of tiered_cost and tariff_agg: moved as text or bytes, merged,
-- computed by workers and by compiled plans, they give what one plain pass gives.
BEGIN;
SELECT plan(31);
SET LOCAL jit = off;
SET LOCAL max_parallel_workers_per_gather = 0;

\ir ../include/moved_states.sql

-- Not temporary: workers do not see temporary tables. The tariff of a payer
-- has one to four tiers, that of every seventh 300, stored compressed or not.
CREATE TABLE public.price (payer int PRIMARY KEY, t tariff);
INSERT INTO public.price
SELECT payer,
       tariff(
           bounds, prices, CASE payer % 3 WHEN 0 THEN 'volume' ELSE 'graduated' END, prices,
           payer % 2 * 0.000000000000000001)
FROM (
    SELECT payer, array_agg(i * 1e10 + payer * 1e-18 ORDER BY i) || NULL::numeric AS bounds,
           array_agg(payer + i * 1e-18 ORDER BY i) || 0 AS prices
      FROM generate_series(0, 49) AS payer,
           generate_series(1, CASE payer % 7 WHEN 6 THEN 300 ELSE payer % 4 + 1 END) AS i
      GROUP BY payer) AS arrays;
CREATE TABLE public.transfer (n int, payer int, q numeric, t tariff) PARTITION BY RANGE (n);
CREATE TABLE public.transfer_1 PARTITION OF public.transfer FOR VALUES FROM (0) TO (10000);
CREATE TABLE public.transfer_2 PARTITION OF public.transfer FOR VALUES FROM (10000) TO (20000);
INSERT INTO public.transfer
SELECT n, n % 50, CASE WHEN n % 13 > 0 THEN CASE WHEN n % 4 = 0 THEN -h / 1e16 ELSE h * 1e-9 + h * 1e-36 END END,
       CASE WHEN n % 997 > 0 OR n % 50 < 40 THEN price.t END
FROM generate_series(1, 19999) AS n
JOIN public.price ON payer = n % 50, LATERAL (SELECT abs(hashint8extended(n, 0)::numeric) AS h) AS hashed;
INSERT INTO public.transfer SELECT n, 50 + n % 5, 0, NULL FROM generate_series(1, 10) AS n;
ANALYZE public.transfer;

CREATE AGGREGATE pg_temp.cost_part(numeric, tariff) (
    SFUNC = tariff_state_add, STYPE = tariff_state, INITCOND = '0 0 0');
CREATE AGGREGATE pg_temp.cost_whole(tariff_state) (
    SFUNC = tariff_state_merge, STYPE = tariff_state, INITCOND = '0 0 0');
CREATE AGGREGATE pg_temp.tariff_whole(tariff) (SFUNC = tariff_merge, STYPE = tariff);

-- One plain pass, and what it comes to in numeric.
CREATE TEMP TABLE answer AS SELECT payer, tiered_cost(q, t) AS cost FROM public.transfer GROUP BY payer;
SELECT is_empty(
    $$
        SELECT payer
        FROM answer
        JOIN (
            SELECT payer, tariff_cost(max(t::text)::tariff, sum(q)) AS cost,
                   count(*) FILTER (WHERE q <> 0 AND t IS NULL) AS unpriced
            FROM public.transfer
            GROUP BY payer) AS summed USING (payer)
      WHERE answer.cost IS DISTINCT FROM CASE WHEN unpriced = 0 THEN summed.cost END$$,
    'tiered_cost is T of the sum, and NULL where a quantity has no tariff');
SELECT results_eq(
    $$SELECT count(*)::int, count(cost)::int FROM answer$$, $$VALUES (55, 43)$$,
    'most groups have a cost, some have none');

CREATE FUNCTION pg_temp.answer(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
    RETURN QUERY EXECUTE format('SELECT concat_ws('' '', payer, cost) FROM (%s) AS results ORDER BY payer', query);
END
$$;

PREPARE answer AS SELECT pg_temp.answer('SELECT * FROM pg_temp.answer');
\set whole 'SELECT payer, public.tiered_cost(q, t) AS cost FROM public.transfer GROUP BY payer'

-- ---- moved as text --------------------------------------------------------

CREATE FUNCTION pg_temp.through_text(name text, value text) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
    CREATE TEMP TABLE part AS
    SELECT payer, n % 7 AS piece, pg_temp.cost_part(q, t)::text AS state
    FROM public.transfer
    GROUP BY payer, piece;
    PERFORM set_config(name, value, true);
    CREATE TEMP TABLE moved AS SELECT payer, piece, state::public.tariff_state::text AS state FROM pg_temp.part;
    RETURN QUERY SELECT pg_temp.answer($query$
        SELECT payer, public.tariff_state_result(pg_temp.cost_whole(state::public.tariff_state)) AS cost
        FROM pg_temp.moved
        GROUP BY payer $query$);
    RAISE EXCEPTION SQLSTATE 'ROLLB';       -- drops the tables and the setting
EXCEPTION WHEN SQLSTATE 'ROLLB' THEN
    RETURN;
END
$$;

SELECT * FROM pg_temp.moved_as_text();

-- ---- moved as bytes -------------------------------------------------------

\set file `mktemp`
\setenv STATES :file
CREATE TEMP TABLE part AS
SELECT payer, n % 7 AS piece, pg_temp.cost_part(q, t) AS state, ARRAY[min(t::text)::tariff, NULL] AS tariffs,
       ROW(pg_temp.cost_part(q, t), payer)::text AS in_row
FROM public.transfer
GROUP BY payer, piece;
CREATE TEMP TABLE moved (LIKE part);
\copy part TO PROGRAM 'cat > "$STATES"' (FORMAT binary)
SET LOCAL extra_float_digits = -15;
SET LOCAL bytea_output = 'escape';
\copy moved FROM PROGRAM 'cat "$STATES"' (FORMAT binary)
\! rm "$STATES"
SELECT is_empty(
    $$SELECT payer, piece FROM part FULL JOIN moved USING (payer, piece)
      WHERE tariff_state_send(part.state) IS DISTINCT FROM tariff_state_send(moved.state)
        OR part.state::text IS DISTINCT FROM moved.state::text
        OR part.tariffs IS DISTINCT FROM moved.tariffs
        OR part.in_row IS DISTINCT FROM moved.in_row$$,
    'bytes and back are the same values');
SELECT results_eq(
    $$
        SELECT pg_temp.answer(
            'SELECT payer, tariff_state_result(pg_temp.cost_whole(state)) AS cost FROM moved GROUP BY payer')$$,
    'EXECUTE answer', 'parts moved as bytes and merged');
SELECT is_empty(
    $$
        SELECT payer
        FROM (
            SELECT payer, pg_temp.cost_whole(state ORDER BY piece) AS a,
                   pg_temp.cost_whole(state ORDER BY -piece) AS b
            FROM moved
            GROUP BY payer) AS m
        WHERE tariff_state_send(a) <> tariff_state_send(b)
      UNION ALL
      SELECT payer
      FROM (SELECT payer, pg_temp.cost_whole(state) AS a FROM moved GROUP BY payer) AS m
      JOIN (SELECT payer, pg_temp.cost_part(q, t) AS b FROM public.transfer GROUP BY payer) AS w USING (payer)
      WHERE tariff_state_send(a) <> tariff_state_send(b)$$,
    'merged in any order, a state is that of one pass, to the last bit');
RESET ALL;

-- What was added can be taken away again: rows, and all rows.
SELECT is_empty(
    $$
        SELECT payer, piece
        FROM part, LATERAL (SELECT q, t FROM public.transfer WHERE transfer.payer = part.payer LIMIT 1) AS row
      WHERE tariff_state_send(tariff_state_remove(tariff_state_add(state, q, t), q, t)) <> tariff_state_send(state)$$,
    'a row added and removed leaves the state as it was, to the last bit');

-- ---- plans ----------------------------------------------------------------

\set plain 'RESET ALL; SET LOCAL jit = off; SET LOCAL max_parallel_workers_per_gather = 0;'
:plain

SET LOCAL enable_hashagg = off;
SELECT results_eq(format('SELECT pg_temp.answer(%L)', :'whole'), 'EXECUTE answer', 'sorted groups = hashed groups');
:plain

SET LOCAL enable_sort = off;
SET LOCAL work_mem = '64kB';
SELECT 'SELECT n % 4999 AS k, tiered_cost(abs(q), (SELECT t FROM public.price WHERE payer = 6)) AS cost, '
       'sum(abs(q)) AS q FROM public.transfer GROUP BY k' AS many \gset
SELECT matches(pg_temp.plan_of(:'many'), 'Disk Usage', 'groups spill to disk');
SELECT is_empty(
    format(
        'SELECT k FROM (%s) AS many, public.price WHERE payer = 6 AND cost IS DISTINCT FROM tariff_cost(price.t, '
        'many.q)',
        :'many'),
    'groups that spill to disk keep their sums');
:plain

SELECT is_empty(
    $$
        SELECT *
        FROM (
            SELECT payer, t, tiered_cost(q, t) AS cost
            FROM public.transfer
            WHERE payer = 3 OR payer = 53
            GROUP BY ROLLUP (payer, t)) AS rolled
      WHERE payer = 3 AND t IS NULL AND cost IS DISTINCT FROM (SELECT cost FROM answer WHERE answer.payer = 3)
         OR payer IS NULL AND cost IS DISTINCT FROM (SELECT cost FROM answer WHERE answer.payer = 3)$$,
    'grouping sets = separate groups');

SET LOCAL max_parallel_workers_per_gather = 3;
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
SET LOCAL parallel_leader_participation = off;
SELECT ok(plan ~ 'Partial (Hash|Group)Aggregate' AND plan ~ 'Workers Launched: [1-9]', 'workers aggregate in part')
FROM pg_temp.plan_of(:'whole') AS plan;
SELECT results_eq(format('SELECT pg_temp.answer(%L)', :'whole'), 'EXECUTE answer', 'parallel = serial');
\set tiers 'SELECT tariff_agg(n, payer) AS t FROM public.transfer WHERE payer < 40 AND n % 10 = 1'
SELECT ok(plan ~ 'Partial Aggregate' AND plan ~ 'Workers Launched: [1-9]', 'workers gather tiers')
FROM pg_temp.plan_of(:'tiers') AS plan;
SELECT results_eq(
    :'tiers',
    $$
        SELECT tariff(array_agg(n ORDER BY n), array_agg(payer ORDER BY n))
        FROM public.transfer
        WHERE payer < 40 AND n % 10 = 1$$,
    'tiers that workers gathered = tiers in order');
:plain

SET LOCAL jit = on;
SET LOCAL jit_above_cost = 0;
SET LOCAL jit_inline_above_cost = 0;
SET LOCAL jit_optimize_above_cost = 0;
SELECT CASE WHEN pg_jit_available() THEN collect_tap(
    matches(pg_temp.plan_of(:'whole'), 'Inlining true', 'the plan is compiled'),
    results_eq(format('SELECT pg_temp.answer(%L)', :'whole'), 'EXECUTE answer', 'compiled = interpreted'))
    ELSE skip('the server has no JIT', 2) END;
:plain

SET LOCAL enable_partitionwise_aggregate = on;
SELECT matches(pg_temp.plan_of(:'whole'), 'Partial (Hash|Group)Aggregate', 'partitions aggregate in part');
SELECT results_eq(format('SELECT pg_temp.answer(%L)', :'whole'), 'EXECUTE answer', 'by partition = whole');

SELECT * FROM finish();
ROLLBACK;
