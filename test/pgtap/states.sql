-- Partial results: moved as text or bytes, merged, computed by workers and by
-- compiled plans, they give what one plain pass gives, to the last bit.
BEGIN;
SELECT plan(29);
SET LOCAL jit = off;
SET LOCAL max_parallel_workers_per_gather = 0;

\ir ../include/moved_states.sql

-- Not temporary: workers do not see temporary tables.
CREATE TABLE public.event (n int, team int, cost tco) PARTITION BY RANGE (n);
CREATE TABLE public.event_1 PARTITION OF public.event FOR VALUES FROM (0) TO (20000);
CREATE TABLE public.event_2 PARTITION OF public.event FOR VALUES FROM (20000) TO (40000);
INSERT INTO public.event
SELECT n, n % 50,
       CASE WHEN n % 13 > 0 THEN make_tco(tax => h * 1e-18, compute => h * 1e-3, credit => -abs(h) * 1e-9) END
FROM generate_series(1, 39999) AS n, LATERAL (SELECT hashint8extended(n, 0)::numeric AS h) AS hashed;
ANALYZE public.event;

CREATE AGGREGATE pg_temp.avg_part(tco) (SFUNC = tco_avg_add, STYPE = tco_avg_state, INITCOND = '0');
CREATE AGGREGATE pg_temp.avg_whole(tco_avg_state) (SFUNC = tco_avg_merge, STYPE = tco_avg_state, INITCOND = '0');

-- One plain pass.
CREATE TEMP TABLE answer AS
SELECT team, sum(cost) AS sum, avg(cost) AS avg, min(cost) AS min, max(cost) AS max FROM public.event GROUP BY team;

-- The results of a query over events as bytes, one line a team.
CREATE FUNCTION pg_temp.answer(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
    RETURN QUERY EXECUTE format(
        'SELECT concat_ws('' '', team, encode(public.tco_send(sum), ''hex''), encode(public.tco_send(avg), ''hex''),
                          encode(public.tco_send(min), ''hex''), encode(public.tco_send(max), ''hex''))
         FROM (%s) AS results ORDER BY team', query);
END
$$;

PREPARE answer AS SELECT pg_temp.answer('SELECT * FROM pg_temp.answer');
SELECT 'SELECT team, public.sum(cost), public.avg(cost), public.min(cost), public.max(cost) '
       'FROM public.event GROUP BY team' AS whole \gset

-- ---- moved as text --------------------------------------------------------

CREATE FUNCTION pg_temp.through_text(name text, value text) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
    CREATE TEMP TABLE part AS
    SELECT team, n % 7 AS piece, sum(cost)::text AS sum, pg_temp.avg_part(cost)::text AS avg, min(cost)::text AS min,
           max(cost)::text AS max
    FROM public.event GROUP BY team, piece;
    PERFORM set_config(name, value, true);
    CREATE TEMP TABLE moved AS
    SELECT team, piece, sum::public.tco::text AS sum, avg::public.tco_avg_state::text AS avg,
           min::public.tco::text AS min, max::public.tco::text AS max
    FROM pg_temp.part;
    RETURN QUERY SELECT pg_temp.answer($query$
        SELECT team, public.sum(sum::public.tco),
               public.tco_avg_result(pg_temp.avg_whole(avg::public.tco_avg_state)) AS avg,
               public.min(min::public.tco), public.max(max::public.tco)
        FROM pg_temp.moved GROUP BY team $query$);
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
SELECT team, n % 7 AS piece, sum(cost), pg_temp.avg_part(cost) AS avg, ARRAY[min(cost), NULL, max(cost)] AS extremes
FROM public.event
GROUP BY team, piece;
CREATE TEMP TABLE moved (LIKE part);
\copy part TO PROGRAM 'cat > "$STATES"' (FORMAT binary)
SET LOCAL extra_float_digits = -15;
SET LOCAL DateStyle = 'German';
SET LOCAL TimeZone = 'Pacific/Kiritimati';
SET LOCAL bytea_output = 'escape';
\copy moved FROM PROGRAM 'cat "$STATES"' (FORMAT binary)
SELECT results_eq(
    $$SELECT to_jsonb(moved) FROM moved ORDER BY team, piece$$,
    $$SELECT to_jsonb(part) FROM part ORDER BY team, piece$$, 'bytes and back are the same values');
SELECT results_eq(
    $$
        SELECT pg_temp.answer(
            'SELECT team, sum(sum), tco_avg_result(pg_temp.avg_whole(avg)) AS avg, min(extremes[1]), '
            'max(extremes[3]) FROM moved GROUP BY team')$$,
    'EXECUTE answer', 'parts moved as bytes and merged under hostile settings');
\! rm "$STATES"
RESET ALL;

-- ---- changed in place only by aggregates ----------------------------------

CREATE TEMP TABLE state AS
SELECT n, cost, tco_avg_merge('5 1 USD tax=1', '0') AS avg
FROM public.event
WHERE n % 13 > 0 AND n <= 100;
CREATE FUNCTION pg_temp.calls_change_a_variable() RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    sum tco := '1 USD tax=1';
    avg tco_avg_state := '5 1 USD tax=1';
BEGIN
    PERFORM tco_sum_add(sum, '1 USD'), tco_sum_remove(sum, '1 USD'), tco_avg_add(avg, '1 USD'),
        tco_avg_remove(avg, '1 USD'), tco_avg_merge(avg, avg);
    RETURN (sum::text, avg::text) IS DISTINCT FROM ('1 USD tax=1', '5 1 USD tax=1');
END
$$;
SELECT is(pg_temp.calls_change_a_variable(), false, 'transitions called by hand leave a variable alone');
SELECT is_empty(
    $$
        SELECT n
        FROM (
            SELECT n, tco_send(cost) AS before, tco_sum_add(cost, '1 USD'), tco_sum_remove(cost, '1 USD'),
                   tco_smaller(cost, '1 USD'), tco_larger(cost, '1 USD'), tco_send(cost) AS after,
                            avg::text AS avg_before, tco_avg_add(avg, cost), tco_avg_remove(avg, cost),
                            tco_avg_merge(avg, avg), tco_avg_result(avg), avg::text AS avg_after
                     FROM state OFFSET 0) AS s
      WHERE before <> after OR avg_before <> avg_after$$,
    'transitions called by hand leave a column alone');
SELECT is_empty(
    $$
        SELECT n
        FROM state
        WHERE tco_sum_add('1 USD', cost) <> '1 USD' + cost OR tco_sum_remove('1 USD', cost) <> '1 USD' - cost
         OR tco_avg_add('0', cost)::text <> '1 ' || cost OR tco_avg_merge('0', avg)::text <> avg::text$$,
    'transitions called by hand leave a constant alone');
SELECT is(sum(tco_sum_add(cost, cost)), sum(cost) * 2, 'so do those called within an aggregate') FROM state;

-- ---- plans ----------------------------------------------------------------

\set plain 'RESET ALL; SET LOCAL jit = off; SET LOCAL max_parallel_workers_per_gather = 0;'

SET LOCAL enable_hashagg = off;
SELECT results_eq(format('SELECT pg_temp.answer(%L)', :'whole'), 'EXECUTE answer', 'sorted groups = hashed groups');
:plain

SET LOCAL enable_sort = off;
SET LOCAL work_mem = '64kB';
\set many 'SELECT n % 9973 AS k, sum(cost), sum(total(cost)) AS total FROM public.event GROUP BY k'
SELECT matches(pg_temp.plan_of(:'many'), 'Disk Usage', 'groups spill to disk');
SELECT is_empty(
    format('SELECT k FROM (%s) AS many WHERE total(sum) IS DISTINCT FROM total', :'many'),
    'groups that spill to disk keep their sums');
:plain

SELECT is_empty(
    $$SELECT * FROM (SELECT team, sum(cost) FROM public.event GROUP BY ROLLUP (team)) AS rolled
      WHERE sum IS DISTINCT FROM CASE WHEN team IS NULL THEN (SELECT sum(cost) FROM public.event)
                                      ELSE (SELECT sum FROM answer WHERE answer.team = rolled.team) END$$,
    'grouping sets = separate groups');

SET LOCAL max_parallel_workers_per_gather = 3;
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
SET LOCAL parallel_leader_participation = off;
SELECT ok(plan ~ 'Partial (Hash|Group)Aggregate' AND plan ~ 'Workers Launched: [1-9]', 'workers aggregate in part')
FROM pg_temp.plan_of(:'whole') AS plan;
SELECT results_eq(
    format('SELECT pg_temp.answer(%L)', :'whole'), 'EXECUTE answer', 'parallel = serial, to the last bit');
:plain

SET LOCAL jit = on;
SET LOCAL jit_above_cost = 0;
SET LOCAL jit_inline_above_cost = 0;
SET LOCAL jit_optimize_above_cost = 0;
SELECT CASE WHEN pg_jit_available() THEN collect_tap(
    matches(pg_temp.plan_of(:'whole'), 'Inlining true', 'the plan is compiled'),
    results_eq(
        format('SELECT pg_temp.answer(%L)', :'whole'), 'EXECUTE answer', 'compiled = interpreted, to the last bit'))
    ELSE skip('the server has no JIT', 2) END;
:plain

SET LOCAL enable_partitionwise_aggregate = on;
SELECT matches(pg_temp.plan_of(:'whole'), 'Partial (Hash|Group)Aggregate', 'partitions aggregate in part');
SELECT results_eq(
    format('SELECT pg_temp.answer(%L)', :'whole'), 'EXECUTE answer', 'by partition = whole, to the last bit');

SELECT * FROM finish();
ROLLBACK;
