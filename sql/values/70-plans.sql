-- Owning and renting. A plan is a tco: upfront is paid once, the rest monthly.

CREATE FUNCTION accelcost_internal.quotient_up(dividend numeric, divisor numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN div(dividend, divisor) + CASE WHEN mod(dividend, divisor) > 0 THEN 1 ELSE 0 END;
COMMENT ON FUNCTION accelcost_internal.quotient_up(numeric, numeric) IS
    'returns the least whole number that is not below dividend / divisor, exact; divisor > 0';

CREATE FUNCTION accelcost_internal.quotient18_up(dividend numeric, divisor numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN trim_scale(
        accelcost_internal.quotient_up(dividend * 1000000000000000000, divisor) * 0.000000000000000001);
COMMENT ON FUNCTION accelcost_internal.quotient18_up(numeric, numeric) IS
    'returns the least number of 18 decimals that is not below dividend / divisor, exact; divisor > 0';

CREATE FUNCTION accelcost_internal.common_currency(a @extschema@.tco, b @extschema@.tco) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_common_currency';
COMMENT ON FUNCTION accelcost_internal.common_currency(@extschema@.tco, @extschema@.tco) IS
    'returns the currency of both costs; raises an error if they differ';

CREATE FUNCTION @extschema@.own_accelerator(
    unit_price numeric,
    units numeric,
    watts numeric,
    price_per_kwh numeric,
    pue numeric DEFAULT 1,
    load numeric DEFAULT 1,
    hours_per_month numeric DEFAULT 730,
    setup numeric DEFAULT 0,
    colocation numeric DEFAULT 0,
    staff numeric DEFAULT 0,
    maintenance numeric DEFAULT 0,
    life_months numeric DEFAULT NULL,
    residual_value numeric DEFAULT 0,
    currency text DEFAULT 'USD'
) RETURNS @extschema@.tco
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN @extschema@.make_tco(
        upfront => accelcost_internal.check_at_least(unit_price, 0, 'unit_price')
                   * accelcost_internal.check_at_least(units, 0, 'units')
                   + accelcost_internal.check_at_least(setup, 0, 'setup'),
        energy => accelcost_internal.check_at_least(watts, 0, 'watts') * 0.001 * units
                  * accelcost_internal.check_between(load, 0, 1, 'load')
                  * accelcost_internal.check_at_least(pue, 1, 'pue')
                  * accelcost_internal.check_at_least(hours_per_month, 0, 'hours_per_month')
                  * accelcost_internal.check_at_least(price_per_kwh, 0, 'price_per_kwh'),
        other => accelcost_internal.check_at_least(colocation, 0, 'colocation')
                 + accelcost_internal.check_at_least(staff, 0, 'staff')
                 + accelcost_internal.check_at_least(maintenance, 0, 'maintenance'),
        -- Only a residual value needs a life. Forty more digits in the dividend let the quotient be rounded once.
        credit => CASE
            WHEN accelcost_internal.check_between(residual_value, 0, unit_price * units + setup, 'residual_value') = 0
             AND accelcost_internal.check_more_than(coalesce(life_months, 1), 0, 'life_months') IS NOT NULL
            THEN 0
            ELSE residual_value * -1.0000000000000000000000000000000000000000
                 / accelcost_internal.check_more_than(life_months, 0, 'life_months')
        END,
        currency => currency);
COMMENT ON FUNCTION @extschema@.own_accelerator(numeric, numeric, numeric, numeric, numeric, numeric, numeric,
        numeric, numeric, numeric, numeric, numeric, numeric, text) IS
    'returns the plan for accelerators that you buy';

-- Figures of the catalog are in double precision.
CREATE FUNCTION @extschema@.own_accelerator(
    unit_price numeric,
    units numeric,
    watts float8,
    price_per_kwh numeric,
    pue numeric DEFAULT 1,
    load numeric DEFAULT 1,
    hours_per_month numeric DEFAULT 730,
    setup numeric DEFAULT 0,
    colocation numeric DEFAULT 0,
    staff numeric DEFAULT 0,
    maintenance numeric DEFAULT 0,
    life_months numeric DEFAULT NULL,
    residual_value numeric DEFAULT 0,
    currency text DEFAULT 'USD'
) RETURNS @extschema@.tco
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN @extschema@.own_accelerator(
               unit_price, units, watts::numeric, price_per_kwh, pue, load, hours_per_month, setup, colocation, staff,
               maintenance, life_months, residual_value, currency);
COMMENT ON FUNCTION @extschema@.own_accelerator(numeric, numeric, float8, numeric, numeric, numeric, numeric,
        numeric, numeric, numeric, numeric, numeric, numeric, text) IS
    'returns the plan for accelerators that you buy, for watts in double precision, of which 15 digits count';

CREATE FUNCTION @extschema@.billed_seconds(seconds numeric, increment numeric DEFAULT 0, minimum numeric DEFAULT 0)
    RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN CASE
        WHEN accelcost_internal.check_at_least(increment, 0, 'increment') IS NULL
          OR accelcost_internal.check_at_least(minimum, 0, 'minimum') IS NULL
          OR accelcost_internal.check_at_least(seconds, 0, 'seconds') = 0 THEN 0
        WHEN increment = 0 THEN greatest(seconds, minimum)
        ELSE greatest(accelcost_internal.quotient_up(seconds, increment) * increment, minimum)
    END;
COMMENT ON FUNCTION @extschema@.billed_seconds(numeric, numeric, numeric) IS
    'returns the billed seconds of a rental: rounded up to increment, at least minimum; 0 for 0 seconds';

CREATE FUNCTION @extschema@.rent_accelerator(
    price_per_hour numeric,
    units numeric DEFAULT 1,
    units_per_instance numeric DEFAULT 1,
    hours_per_month numeric DEFAULT 730,
    sessions_per_month numeric DEFAULT 1,
    increment_seconds numeric DEFAULT 0,
    minimum_seconds numeric DEFAULT 0,
    fee_upfront numeric DEFAULT 0,
    egress_quantity numeric DEFAULT 0,
    egress_tariff @extschema@.tariff DEFAULT NULL,
    storage_cost numeric DEFAULT 0,
    other_cost numeric DEFAULT 0,
    currency text DEFAULT 'USD'
) RETURNS @extschema@.tco
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN @extschema@.make_tco(
        upfront => accelcost_internal.check_at_least(fee_upfront, 0, 'fee_upfront'),
        -- Treat all sessions as one with their total seconds, increments and minimums. Round to the nanosecond, since
        -- 40 minutes have no exact number of hours. Forty more digits in the dividend let the quotient be rounded once.
        compute => accelcost_internal.check_at_least(price_per_hour, 0, 'price_per_hour')
                   * accelcost_internal.quotient_up(
                         accelcost_internal.check_at_least(units, 0, 'units'),
                         accelcost_internal.check_more_than(units_per_instance, 0, 'units_per_instance'))
                   * @extschema@.billed_seconds(
                         round(accelcost_internal.check_at_least(hours_per_month, 0, 'hours_per_month') * 3600, 9),
                         accelcost_internal.check_more_than(sessions_per_month, 0, 'sessions_per_month')
                         * accelcost_internal.check_at_least(increment_seconds, 0, 'increment_seconds'),
                         sessions_per_month
                         * accelcost_internal.check_at_least(minimum_seconds, 0, 'minimum_seconds'))
                   * 1.0000000000000000000000000000000000000000 / 3600,
        egress => CASE WHEN accelcost_internal.check_at_least(egress_quantity, 0, 'egress_quantity') = 0
                        AND egress_tariff IS NULL
                       THEN 0
                       ELSE @extschema@.tariff_cost(egress_tariff, egress_quantity) END,
        storage => accelcost_internal.check_at_least(storage_cost, 0, 'storage_cost'),
        other => accelcost_internal.check_at_least(other_cost, 0, 'other_cost'),
        currency => currency);
COMMENT ON FUNCTION @extschema@.rent_accelerator(numeric, numeric, numeric, numeric, numeric, numeric, numeric,
        numeric, numeric, @extschema@.tariff, numeric, numeric, text) IS
    'returns the plan for accelerators that you rent; NULL if egress has no tariff';

CREATE FUNCTION @extschema@.tco_over(plan @extschema@.tco, months numeric) RETURNS @extschema@.tco
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tco_over';
COMMENT ON FUNCTION @extschema@.tco_over(@extschema@.tco, numeric) IS
    'returns the cost of a plan over months';

CREATE FUNCTION @extschema@.break_even_months(a @extschema@.tco, b @extschema@.tco) RETURNS numeric
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_break_even_months';
COMMENT ON FUNCTION @extschema@.break_even_months(@extschema@.tco, @extschema@.tco) IS
    'returns the least number of months from which plan a never costs more than plan b; NULL if none';

-- Within a horizon, costs are compared up to it only. Both are linear, so that it is enough to compare its ends.
CREATE FUNCTION @extschema@.break_even_months(a @extschema@.tco, b @extschema@.tco, horizon numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN CASE
        WHEN accelcost_internal.common_currency(a, b) IS NULL
          OR @extschema@.upfront(a) - @extschema@.upfront(b)
             + accelcost_internal.check_at_least(horizon, 0, 'horizon')
               * (@extschema@.recurring(a) - @extschema@.recurring(b)) > 0 THEN NULL
        WHEN @extschema@.upfront(a) <= @extschema@.upfront(b) THEN 0
        ELSE least(accelcost_internal.quotient18_up(@extschema@.upfront(a) - @extschema@.upfront(b),
                                                    @extschema@.recurring(b) - @extschema@.recurring(a)),
                   horizon)
    END;
COMMENT ON FUNCTION @extschema@.break_even_months(@extschema@.tco, @extschema@.tco, numeric) IS
    'returns the least number of months from which plan a costs no more than b up to the horizon; NULL if none';

CREATE FUNCTION @extschema@.break_even(
    a @extschema@.tco, b @extschema@.tco, months integer, annual_rate numeric DEFAULT 0)
    RETURNS TABLE (
        month integer,
        cost_a numeric,
        cost_b numeric,
        saving numeric,
        discounted_a numeric,
        discounted_b numeric,
        discounted_saving numeric,
        a_is_ahead boolean,
        a_is_ahead_discounted boolean,
        currency text
    )
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE ROWS 37
BEGIN ATOMIC
    SELECT costs.month, costs.cost_a, costs.cost_b, costs.cost_b - costs.cost_a,
           costs.discounted_a, costs.discounted_b, costs.discounted_b - costs.discounted_a,
           costs.cost_a <= costs.cost_b, costs.discounted_a <= costs.discounted_b,
           accelcost_internal.common_currency(a, b)
    FROM (
        SELECT horizon.month,
               trim_scale(@extschema@.upfront(a) + @extschema@.recurring(a) * horizon.month::numeric) AS cost_a,
               trim_scale(@extschema@.upfront(b) + @extschema@.recurring(b) * horizon.month::numeric) AS cost_b,
               trim_scale(round(@extschema@.upfront(a) + @extschema@.recurring(a) * horizon.annuity, 18))
                   AS discounted_a,
               trim_scale(round(@extschema@.upfront(b) + @extschema@.recurring(b) * horizon.annuity, 18))
                   AS discounted_b
        FROM (
            SELECT n AS month,
                   -- The present value of 1 paid at the end of each month so far.
                   sum(CASE WHEN n = 0 THEN 0 ELSE power(discount.factor, n::numeric) END) OVER (ORDER BY n) AS annuity
            FROM (SELECT power(1.0000000000000000000000000000000000000000
                               + accelcost_internal.check_more_than(annual_rate, -1, 'annual_rate'),
                               -1 / 12.0000000000000000000000000000000000000000) AS factor) AS discount,
                 generate_series(
                     0, accelcost_internal.check_between(months::numeric, 0, 1200, 'months')::integer) AS n
        ) AS horizon
    ) AS costs
    ORDER BY costs.month;
END;
COMMENT ON FUNCTION @extschema@.break_even(@extschema@.tco, @extschema@.tco, integer, numeric) IS
    'compares the cumulative costs of two plans month by month, as they are and discounted';

CREATE FUNCTION @extschema@.own_hourly_rate(
    plan @extschema@.tco,
    life_months numeric,
    utilisation numeric DEFAULT 1,
    residual_value numeric DEFAULT 0,
    hours_per_month numeric DEFAULT 730
) RETURNS @extschema@.tco
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (@extschema@.tco_over(plan, accelcost_internal.check_more_than(life_months, 0, 'life_months'))
            OPERATOR(@extschema@.-) @extschema@.tco(@extschema@.upfront(plan), @extschema@.currency(plan), 'upfront')
            OPERATOR(@extschema@.+) @extschema@.tco(
                @extschema@.upfront(plan)
                - accelcost_internal.check_between(
                      residual_value, 0, greatest(@extschema@.upfront(plan), 0), 'residual_value'),
                @extschema@.currency(plan), 'compute'))
           OPERATOR(@extschema@./) (
               life_months * accelcost_internal.check_more_than(hours_per_month, 0, 'hours_per_month')
               * accelcost_internal.check_between(
                     accelcost_internal.check_more_than(utilisation, 0, 'utilisation'), 0, 1, 'utilisation'));
COMMENT ON FUNCTION @extschema@.own_hourly_rate(@extschema@.tco, numeric, numeric, numeric, numeric) IS
    'returns the cost of an hour of use of an owned plan, with upfront amortised over life_months';

CREATE FUNCTION @extschema@.break_even_utilisation(
    plan @extschema@.tco,
    rent_per_hour numeric,
    months numeric,
    residual_value numeric DEFAULT 0,
    hours_per_month numeric DEFAULT 730
) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN accelcost_internal.quotient18_up(
        greatest(@extschema@.total(@extschema@.tco_over(plan, accelcost_internal.check_more_than(months, 0, 'months')))
                 - accelcost_internal.check_between(
                       residual_value, 0, greatest(@extschema@.upfront(plan), 0), 'residual_value'),
                 0),
        accelcost_internal.check_more_than(rent_per_hour, 0, 'rent_per_hour') * months
        * accelcost_internal.check_more_than(hours_per_month, 0, 'hours_per_month'));
COMMENT ON FUNCTION @extschema@.break_even_utilisation(@extschema@.tco, numeric, numeric, numeric, numeric) IS
    'returns the lowest utilisation at which owning for months is not more expensive than renting';

CREATE FUNCTION @extschema@.break_even_quantity(fixed_monthly numeric, own_unit_cost numeric, other_unit_price numeric)
    RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN CASE
        WHEN accelcost_internal.check_at_least(fixed_monthly, 0, 'fixed_monthly') IS NULL
          OR accelcost_internal.check_at_least(own_unit_cost, 0, 'own_unit_cost') IS NULL
          OR accelcost_internal.check_at_least(other_unit_price, 0, 'other_unit_price') IS NULL THEN NULL
        WHEN own_unit_cost < other_unit_price
        THEN accelcost_internal.quotient18_up(fixed_monthly, other_unit_price - own_unit_cost)
        WHEN own_unit_cost = other_unit_price AND fixed_monthly = 0 THEN 0
    END;
COMMENT ON FUNCTION @extschema@.break_even_quantity(numeric, numeric, numeric) IS
    'returns the monthly quantity from which owning never costs more than paying per unit; NULL if none';

-- The quotient is rounded once, at the 18th decimal: forty more digits in the dividend let it be.
CREATE FUNCTION @extschema@.blended_price(input numeric, output numeric, ratio numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN trim_scale(round(
        (accelcost_internal.check_at_least(input, 0, 'input')
         * accelcost_internal.check_at_least(ratio, 0, 'ratio')
         + accelcost_internal.check_at_least(output, 0, 'output'))
        * 1.0000000000000000000000000000000000000000 / (ratio + 1), 18));
COMMENT ON FUNCTION @extschema@.blended_price(numeric, numeric, numeric) IS
    'returns the price per token of input and output together, with ratio input tokens for each output token';

CREATE FUNCTION @extschema@.self_host_first_break_even(
    node_monthly numeric, node_capacity numeric, api_unit_price numeric)
    RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN CASE
        WHEN accelcost_internal.check_at_least(node_monthly, 0, 'node_monthly') IS NULL
          OR accelcost_internal.check_more_than(node_capacity, 0, 'node_capacity') IS NULL
          OR accelcost_internal.check_at_least(api_unit_price, 0, 'api_unit_price') IS NULL
          OR node_monthly > api_unit_price * node_capacity THEN NULL
        WHEN node_monthly = 0 THEN 0
        ELSE accelcost_internal.quotient18_up(node_monthly, api_unit_price)
    END;
COMMENT ON FUNCTION @extschema@.self_host_first_break_even(numeric, numeric, numeric) IS
    'returns the first break-even quantity of one node; NULL if none';

CREATE FUNCTION @extschema@.self_host_break_even(node_monthly numeric, node_capacity numeric, api_unit_price numeric)
    RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN CASE
        WHEN accelcost_internal.check_at_least(node_monthly, 0, 'node_monthly') IS NULL
          OR accelcost_internal.check_more_than(node_capacity, 0, 'node_capacity') IS NULL
          OR accelcost_internal.check_at_least(api_unit_price, 0, 'api_unit_price') IS NULL THEN NULL
        WHEN node_monthly = 0 THEN 0
        WHEN node_monthly < api_unit_price * node_capacity THEN
            -- Find the greatest number of nodes that cost more than the API when the last one is barely used.
            accelcost_internal.quotient18_up(
                (accelcost_internal.quotient_up(api_unit_price * node_capacity,
                                                api_unit_price * node_capacity - node_monthly) - 1) * node_monthly,
                api_unit_price)
    END;
COMMENT ON FUNCTION @extschema@.self_host_break_even(numeric, numeric, numeric) IS
    'returns the monthly quantity from which whole nodes never cost more than the API; NULL if none';

CREATE FUNCTION @extschema@.self_host_break_even_steps(
    node_monthly numeric,
    node_capacity numeric,
    api_unit_price numeric,
    max_nodes integer DEFAULT 8
)
    RETURNS TABLE (
        nodes integer,
        above_quantity numeric,
        upto_quantity numeric,
        node_cost numeric,
        api_cost_above numeric,
        api_cost_upto numeric,
        break_even_quantity numeric,
        needed_utilisation numeric,
        is_feasible boolean,
        reason text
    )
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE ROWS 8
BEGIN ATOMIC
    SELECT n, step.above_quantity, step.upto_quantity, step.node_cost, step.api_cost_above, step.api_cost_upto,
           CASE WHEN step.node_cost <= step.api_cost_above THEN step.above_quantity
                WHEN step.node_cost <= step.api_cost_upto
                THEN accelcost_internal.quotient18_up(step.node_cost, given.price) END,
           CASE WHEN given.price > 0
                THEN accelcost_internal.quotient18_up(given.monthly, given.price * given.capacity) END,
           step.node_cost <= step.api_cost_upto,
           CASE WHEN step.node_cost <= step.api_cost_above THEN 'nodes cost no more, even if the last is barely used'
                WHEN step.node_cost <= step.api_cost_upto THEN 'nodes cost no more from the break-even quantity'
                ELSE 'nodes cost more, even if all are full' END
    FROM (
        SELECT accelcost_internal.check_at_least(node_monthly, 0, 'node_monthly') AS monthly,
               accelcost_internal.check_more_than(node_capacity, 0, 'node_capacity') AS capacity,
               accelcost_internal.check_at_least(api_unit_price, 0, 'api_unit_price') AS price
    ) AS given,
    generate_series(1, accelcost_internal.check_between(max_nodes::numeric, 1, 1000, 'max_nodes')::integer) AS n,
    LATERAL (
        SELECT trim_scale((n - 1)::numeric * given.capacity) AS above_quantity,
               trim_scale(n::numeric * given.capacity) AS upto_quantity,
               trim_scale(n::numeric * given.monthly) AS node_cost,
               trim_scale((n - 1)::numeric * given.capacity * given.price) AS api_cost_above,
               trim_scale(n::numeric * given.capacity * given.price) AS api_cost_upto
    ) AS step
    ORDER BY n;
END;
COMMENT ON FUNCTION @extschema@.self_host_break_even_steps(numeric, numeric, numeric, integer) IS
    'compares nodes with the API by number of nodes, and returns the break-even quantity of each';
