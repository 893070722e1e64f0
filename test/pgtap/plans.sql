-- Plans against their definitions, in numeric, over generated values: costs
-- over time, break-even, the staircase of nodes, loans.
BEGIN;
SELECT plan(35);

-- ---- generated plans ------------------------------------------------------

-- Whole, decimal and tiny amounts, of both signs; in some pairs the upfront or
-- the recurring part is the same.
CREATE TEMP TABLE pair AS
SELECT n, make_tco(upfront => x[1], compute => x[2], energy => x[3], other => x[4], credit => -abs(x[5])) AS a,
       make_tco(upfront => CASE WHEN n % 7 = 0 THEN x[1] ELSE x[6] END,
                compute => CASE WHEN n % 5 = 0 THEN x[2] ELSE x[7] END,
                energy => CASE WHEN n % 5 = 0 THEN x[3] ELSE x[8] END,
                other => CASE WHEN n % 5 = 0 THEN x[4] ELSE x[9] END,
                credit => CASE WHEN n % 5 = 0 THEN -abs(x[5]) ELSE 0 END) AS b
FROM (SELECT n, array_agg(CASE (hashint8extended(n, -i) & 1023) % 5
                              WHEN 0 THEN 0
                              WHEN 1 THEN h % 1000
                              WHEN 2 THEN h % 100000000 / 100.0
                              WHEN 3 THEN h * 1e-18
                              ELSE h % 1000 * 1e-18 END ORDER BY i) AS x
      FROM generate_series(1, 4000) AS n, generate_series(1, 9) AS i,
           LATERAL (SELECT hashint8extended(n, i)::numeric AS h) AS generated
      GROUP BY n) AS raw;

CREATE FUNCTION pg_temp.cost(plan tco, months numeric)
RETURNS numeric
LANGUAGE sql IMMUTABLE AS $$ SELECT upfront(plan) + recurring(plan) * months $$;

CREATE TEMP TABLE crossing AS SELECT n, a, b, break_even_months(a, b) AS m, break_even_months(b, a) AS other FROM pair;
SELECT cmp_ok(
    (SELECT count(*) FROM crossing WHERE m > 0), '>', 500::bigint, 'hundreds of pairs of plans break even late');
SELECT cmp_ok((SELECT count(*) FROM crossing WHERE m IS NULL), '>', 500::bigint, 'hundreds never do');
SELECT cmp_ok(
    (SELECT count(*) FROM crossing WHERE scale(m) = 18), '>', 200::bigint, 'hundreds do so at a month that is rounded'
);

-- ---- break-even -----------------------------------------------------------

SELECT is_empty(
    $$SELECT * FROM crossing WHERE pg_temp.cost(a, m) > pg_temp.cost(b, m)$$, 'at break-even a costs no more than b');
SELECT is_empty(
    $$
        SELECT *
        FROM crossing, unnest(ARRAY[1e-18, 0.5, 1, 12, 1200, 1e40]) AS later
        WHERE pg_temp.cost(a, m + later) > pg_temp.cost(b, m + later)$$,
    'nor at any time after');
SELECT is_empty(
    $$SELECT * FROM crossing WHERE m > 0 AND pg_temp.cost(a, m - 1e-18) <= pg_temp.cost(b, m - 1e-18)$$,
    '1e-18 months before, it costs more');
SELECT is_empty(
    $$SELECT * FROM crossing WHERE m < 0 OR scale(m) > 18$$,
    'a break-even is not negative and has 18 decimals at most');
SELECT is_empty(
    $$SELECT * FROM crossing WHERE m IS NULL AND pg_temp.cost(a, 1e40) <= pg_temp.cost(b, 1e40)$$,
    'without one, a costs more in the end');
SELECT is_empty($$SELECT * FROM crossing WHERE m IS NULL AND other IS NULL$$, 'one of two plans is ahead for good');
SELECT is_empty(
    $$SELECT * FROM crossing WHERE m IS NOT NULL AND other IS NOT NULL AND recurring(a) <> recurring(b)$$,
    'both only if they cost the same each month');

CREATE TEMP TABLE monthly AS
SELECT c.n, c.a, c.b, c.m, t.* FROM crossing AS c, break_even(a, b, 60, (n % 40) / 100.0) AS t WHERE n <= 400;
SELECT is_empty(
    $$
        SELECT *
        FROM monthly
        WHERE cost_a <> pg_temp.cost(a, month)
          OR cost_b <> pg_temp.cost(b, month)
          OR saving <> cost_b - cost_a
          OR a_is_ahead <> (saving >= 0)$$,
    'the table by month has the costs of the plans');
SELECT is_empty(
    $$
        SELECT n, m
        FROM monthly
        GROUP BY n, m
        HAVING count(*) <> 61
            OR m IS NOT NULL AND coalesce(max(month) FILTER (WHERE NOT a_is_ahead), -1) <> least(ceil(m), 61) - 1$$,
    'and a is ahead in it for good from the break-even on');
SELECT is_empty(
    $$
        SELECT *
        FROM (
            SELECT t.n, t.month, discounted_saving,
                   upfront(b) - upfront(a)
                       + sum(
                           CASE WHEN month > 0
                                THEN (recurring(b) - recurring(a))
                                     / power(1 + (n % 40) / 100.0 + 0e-30, month / 12.0000000000000000000000000000)
                                ELSE 0 END) OVER (PARTITION BY n ORDER BY month) AS expected
                     FROM monthly AS t) AS s WHERE abs(discounted_saving - expected) > 1e-12$$,
    'its discounted savings are the present values of the savings, at the end of each month');
SELECT is_empty(
    $$
        SELECT *
        FROM monthly
        WHERE a_is_ahead_discounted <> (discounted_saving >= 0) OR discounted_saving <> discounted_b - discounted_a$$,
    'the discounted verdict goes with the discounted saving');

-- ---- costs over time, by the hour -----------------------------------------

SELECT is_empty(
    $$
        SELECT *
        FROM pair, unnest(ARRAY[0, 1, 0.5, n, n / 7.0]) AS months,
             unnest('{compute,energy,egress,storage,other,tax,credit}'::text[]) AS name
      WHERE component(tco_over(a, months), name) <> round(component(a, name) * months, 18)
        OR upfront(tco_over(a, months)) <> upfront(a)$$,
    'tco_over multiplies the recurring components, rounded once, and leaves upfront');
SELECT is_empty(
    $$
        SELECT *
        FROM pair
        WHERE tco_over(a, n) + tco_over(a, 12) <> tco_over(a, n + 12) + tco(upfront(a), component => 'upfront')$$,
    'whole months add up');
SELECT is_empty(
    $$
        SELECT *
        FROM pair,
             LATERAL (
                 SELECT n % 60 + 1 AS life, (n % 20 + 1) / 20.0 AS used, greatest(upfront(a), 0) * 0.1 AS residual
             ) AS given
      WHERE abs(
          total(own_hourly_rate(a, life, used, residual)) * life * 730 * used - (total(tco_over(a, life)) - residual)
      ) > 1e-18 * 5 * life * 730$$,
    'the hourly rate of owned hardware, over the hours used in its life, brings in its cost');
SELECT is_empty(
    $$
        SELECT *
        FROM pair, LATERAL (SELECT break_even_utilisation(a, 2.5, n) AS used, pg_temp.cost(a, n) AS cost) AS given
      WHERE used * 2.5 * 730 * n < cost OR used > 0 AND (used - 1e-18) * 2.5 * 730 * n >= cost$$,
    'at the break-even utilisation renting is not cheaper, and 1e-18 below it is');

-- ---- what is bought and what is billed ------------------------------------

SELECT is_empty(
    $$
        SELECT *
        FROM generate_series(1, 500) AS n,
             LATERAL (
                 SELECT n % 7 + 1 AS sessions, n * 37 AS seconds, n % 90 AS increment, n % 11 * 40 AS minimum
             ) AS given
      WHERE total(
          rent_accelerator(
              3600, hours_per_month => sessions * seconds / 3600.0000000000000000000000000000,
              sessions_per_month => sessions, increment_seconds => increment, minimum_seconds => minimum))
            NOT IN (sessions * billed_seconds(seconds, increment, minimum))$$,
    'a month of sessions costs what the sessions cost, each billed by itself');
SELECT is_empty(
    $$SELECT * FROM generate_series(0, 500) AS n, generate_series(1, 60, 7) AS step
      WHERE billed_seconds(n, step) <> (SELECT min(s) FROM generate_series(0, 600, step) AS s WHERE s >= n)$$,
    'billed time is the least multiple of the increment that covers the time');
SELECT is_empty(
    $$SELECT * FROM generate_series(0, 50) AS n, generate_series(1, 9) AS per_instance
      WHERE total(rent_accelerator(1, n, per_instance, hours_per_month => 1)) <> (
          SELECT min(i) FROM generate_series(0, 50) AS i WHERE i * per_instance >= n)$$,
    'instances are the least whole number that has the units');
SELECT is_empty(
    $$SELECT * FROM pair, LATERAL (SELECT abs(upfront(a)) AS price, abs(recurring(b)) AS watts) AS given
      WHERE upfront(own_accelerator(price, n, watts, 0.25, pue => 1.5)) <> round(price * n, 18)
         OR recurring(own_accelerator(price, n, watts, 0.25, pue => 1.5)) <> round(
             watts * n * 1.5 * 730 * 0.25 / 1000.0000000000000000000000000000000000000000, 18)$$,
    'an owned plan has the price upfront, the energy each month, and nothing of the price each month');

-- ---- whole numbers --------------------------------------------------------

SELECT is_empty(
    $$
        SELECT *
        FROM generate_series(1, 500) AS n,
             LATERAL (SELECT 1 + n * 7919 % 97 AS life, (n * 104729 % 5000) / 10.0 AS residual) AS given,
                    LATERAL (
                        SELECT own_accelerator(
                            500, n, 1, 0.25, life_months => life, residual_value => residual) AS kept,
                               own_accelerator(500, n, 1, 0.25) AS bare) AS made
      WHERE upfront(kept) <> upfront(bare)
        OR abs(total(tco_over(kept, life)) - (total(tco_over(bare, life)) - residual)) > 1e-18 * life$$,
    'over its life a plan costs its residual value less, and the same at once');
SELECT is_empty(
    $$
        SELECT *
        FROM pair, LATERAL (SELECT recurring(a) AS x, abs(recurring(b)) AS y) AS given,
             LATERAL (SELECT CASE WHEN y > 0 THEN accelcost_internal.quotient_up(x, y) END AS q) AS quotient
      WHERE q * y < x OR (q - 1) * y >= x OR q <> trunc(q)$$,
    'quotient_up is the least whole number not below the quotient');
SELECT is_empty(
    $$
        SELECT *
        FROM pair, LATERAL (SELECT recurring(a) AS x, abs(recurring(b)) AS y) AS given,
             LATERAL (SELECT CASE WHEN y > 0 THEN accelcost_internal.quotient18_up(x, y) END AS q) AS quotient
      WHERE q * y < x OR (q - 1e-18) * y >= x OR scale(q) > 18$$,
    'quotient18_up the least number of 18 decimals');

-- ---- the staircase --------------------------------------------------------

-- With a monthly cost that is a multiple of the price, cost and price cross at
-- whole quantities only: multiples of 1/2 show every stretch between.
CREATE TEMP TABLE staircase AS
SELECT monthly * price AS monthly, capacity, price,
       min(q) FILTER (WHERE cheap) AS first,
       nullif(greatest(max(q) FILTER (WHERE NOT cheap) + 0.5, 0.5), 300.5) AS for_good
FROM generate_series(1, 8) AS monthly, generate_series(1, 6) AS capacity, generate_series(1, 4) AS price,
     generate_series(1, 600) AS i,
     LATERAL (SELECT i / 2.0 AS q, ceil(i / 2.0 / capacity) * monthly * price <= i / 2.0 * price AS cheap) AS at
GROUP BY 1, 2, 3;
SELECT cmp_ok(
    (SELECT count(*) FROM staircase WHERE first < for_good), '>=', 40::bigint,
    'on dozens of staircases self-hosting gets dearer again');
SELECT cmp_ok((SELECT count(*) FROM staircase WHERE first IS NULL), '>=', 40::bigint, 'on dozens it never pays');
SELECT is_empty(
    $$
        SELECT *, self_host_first_break_even(monthly, capacity, price)
        FROM staircase
        WHERE first IS DISTINCT FROM self_host_first_break_even(monthly, capacity, price)$$,
    'the first break-even is the least quantity at which nodes are not dearer');
SELECT is_empty(
    $$SELECT *, self_host_break_even(monthly, capacity, price) FROM staircase
      WHERE CASE WHEN monthly = capacity * price THEN NULL
                 ELSE for_good END IS DISTINCT FROM self_host_break_even(monthly, capacity, price)$$,
    'the break-even is the least from which on they never are');
SELECT is_empty(
    $$
        SELECT monthly, capacity, price, first
        FROM staircase, self_host_break_even_steps(monthly, capacity, price, 30) AS s
      GROUP BY monthly, capacity, price, first
      HAVING min(break_even_quantity) IS DISTINCT FROM first
          OR bool_or(is_feasible) <> (first IS NOT NULL)
          OR bool_and(is_feasible) <> bool_or(is_feasible)$$,
    'the steps begin with the first break-even, and pay all or none');
SELECT is_empty(
    $$
        SELECT monthly, capacity, price, for_good
        FROM staircase, self_host_break_even_steps(monthly, capacity, price, 30) AS s
      WHERE monthly < capacity * price GROUP BY monthly, capacity, price, for_good
      HAVING max(break_even_quantity) FILTER (WHERE node_cost > api_cost_above) <> for_good$$,
    'the last step that is dearer at first ends in the break-even');

-- ---- loans ----------------------------------------------------------------

CREATE TEMP TABLE loan AS
SELECT n, principal, rate, months, digits, s.*,
       lag(balance, 1, principal) OVER (PARTITION BY n ORDER BY month) AS before
FROM (
    SELECT n, abs(hashint8extended(n, 1)::numeric) % 100000000 / 100 AS principal, n % 30 / 100.0 AS rate,
           n % 97 + 1 AS months, n % 5 AS digits
    FROM generate_series(1, 150) AS n) AS given,
     amortize(principal, rate, months, digits) AS s(month, payment, interest, repayment, balance);
SELECT is_empty(
    $$
        SELECT n
        FROM loan
        GROUP BY n, principal, months
        HAVING sum(repayment) <> principal OR count(*) <> months OR min(balance) <> 0 OR min(repayment) < 0$$,
    'repayments add up to the principal exactly');
SELECT is_empty(
    $$
        SELECT *
        FROM loan
        WHERE payment <> interest + repayment
          OR balance <> before - repayment
          OR interest <> round(before * rate / 12.00000000000000000000000000000000, digits)$$,
    'each payment is the interest on the balance, and repays the rest');
SELECT is_empty(
    $$SELECT n FROM loan WHERE month < months AND balance > 0 GROUP BY n HAVING min(payment) <> max(payment)$$,
    'payments are equal but for the last');
SELECT is_empty(
    $$SELECT n FROM loan GROUP BY n, principal, rate, months, digits
      HAVING abs(
          sum(payment / power(1 + rate / 12.00000000000000000000, month)) - principal) > months * 10.0 ^ (-digits)$$,
    'payments are worth the principal at the rate of the loan');

SELECT * FROM finish();
ROLLBACK;
