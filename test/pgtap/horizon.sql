-- break_even_months with a horizon against every month, and blended prices
-- against a bill of tokens.
BEGIN;
SELECT plan(5);

-- Whole upfront and monthly costs; 12 is divided by their differences of 1 to 6.
CREATE TEMP TABLE pair AS
SELECT make_tco(upfront => ua, compute => ra) AS a, make_tco(upfront => ub, compute => rb) AS b, horizon::numeric
FROM unnest('{0,12,24,60}'::numeric[]) AS ua, unnest('{0,12,36}'::numeric[]) AS ub,
     unnest('{0,1,2,6}'::numeric[]) AS ra, unnest('{0,1,3,6}'::numeric[]) AS rb, generate_series(0, 40, 8) AS horizon;
SELECT is_empty(
    $$SELECT a, b, horizon, break_even_months(a, b, horizon), by_month
      FROM pair, LATERAL (
          SELECT min(m) AS by_month FROM generate_series(0, horizon) AS m
          WHERE NOT EXISTS (SELECT FROM generate_series(m, horizon) AS later
                            WHERE upfront(a) + later * recurring(a) > upfront(b) + later * recurring(b))) AS search
      WHERE ceil(break_even_months(a, b, horizon)) IS DISTINCT FROM by_month$$,
    'within a horizon it is the first month from which a costs no more');
SELECT is_empty(
    $$SELECT a, b, horizon FROM pair
      WHERE break_even_months(a, b) <= horizon
        AND break_even_months(a, b, horizon) IS DISTINCT FROM break_even_months(a, b)$$,
    'a break-even before the horizon is that without one');
SELECT is_empty(
    $$SELECT a, b, horizon FROM pair
      WHERE break_even_months(a, b) > horizon AND break_even_months(a, b, horizon) IS NOT NULL$$,
    'a break-even after the horizon is none');

SELECT is_empty(
    $$SELECT n FROM generate_series(1, 500) AS n,
             LATERAL (SELECT (n * 7919 % 4001)::numeric / 100 AS input, (n * 104729 % 9001)::numeric / 100 AS output,
                             (n * 31 % 997)::numeric * 1000 AS inputs,
                             (1 + n * 17 % 499)::numeric * 1000 AS outputs) AS bill
      WHERE abs(blended_price(input, output, inputs / outputs) * (inputs + outputs)
                - (input * inputs + output * outputs))
            > (inputs + outputs) * 0.0000000001$$,
    'the tokens of a bill at the blended price are the bill');
SELECT is(blended_price(1, 2, 2), 1.333333333333333333, 'a blended price is rounded once, at the 18th decimal');

SELECT * FROM finish();
ROLLBACK;
