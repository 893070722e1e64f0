-- Owning and renting. A plan is a tco: upfront once, all else each month.
--
-- Numbers are cast to numeric wherever an operator or function is to be found
-- for them: one of the schema of CREATE EXTENSION that fits a call better, as
-- numeric * integer, would be taken instead of the server's.

CREATE FUNCTION accelcost_internal.quotient_up(dividend numeric, divisor numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN div(dividend, divisor) + CASE WHEN mod(dividend, divisor) > 0::numeric THEN 1::numeric ELSE 0::numeric END;
COMMENT ON FUNCTION accelcost_internal.quotient_up(numeric, numeric) IS
    'the least whole number that is not below dividend / divisor, exact; divisor > 0';

CREATE FUNCTION accelcost_internal.quotient18_up(dividend numeric, divisor numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN trim_scale(accelcost_internal.quotient_up(dividend * 1000000000000000000::numeric, divisor) * 0.000000000000000001);
COMMENT ON FUNCTION accelcost_internal.quotient18_up(numeric, numeric) IS
    'the least number of 18 decimals that is not below dividend / divisor, exact; divisor > 0';

CREATE FUNCTION accelcost_internal.common_currency(a @extschema@.tco, b @extschema@.tco) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_common_currency';
COMMENT ON FUNCTION accelcost_internal.common_currency(@extschema@.tco, @extschema@.tco) IS
    'the currency of both; an error if they differ';

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
        upfront => accelcost_internal.check_at_least(unit_price, 0::numeric, 'unit_price') * accelcost_internal.check_at_least(units, 0::numeric, 'units')
                   + accelcost_internal.check_at_least(setup, 0::numeric, 'setup'),
        energy => accelcost_internal.check_at_least(watts, 0::numeric, 'watts') * 0.001 * units
                  * accelcost_internal.check_between(load, 0::numeric, 1::numeric, 'load') * accelcost_internal.check_at_least(pue, 1::numeric, 'pue')
                  * accelcost_internal.check_at_least(hours_per_month, 0::numeric, 'hours_per_month')
                  * accelcost_internal.check_at_least(price_per_kwh, 0::numeric, 'price_per_kwh'),
        other => accelcost_internal.check_at_least(colocation, 0::numeric, 'colocation') + accelcost_internal.check_at_least(staff, 0::numeric, 'staff')
                 + accelcost_internal.check_at_least(maintenance, 0::numeric, 'maintenance'),
        -- a life is needed only for a residual value; with 40 digits more the
        -- quotient is rounded once
        credit => CASE
            WHEN accelcost_internal.check_between(residual_value, 0::numeric, unit_price * units + setup, 'residual_value') = 0::numeric
             AND accelcost_internal.check_more_than(coalesce(life_months, 1::numeric), 0::numeric, 'life_months') IS NOT NULL THEN 0::numeric
            ELSE residual_value * -1.0000000000000000000000000000000000000000
                 / accelcost_internal.check_more_than(life_months, 0::numeric, 'life_months')
        END,
        currency => currency);
COMMENT ON FUNCTION @extschema@.own_accelerator(numeric, numeric, numeric, numeric, numeric, numeric, numeric, numeric, numeric, numeric, numeric, numeric, numeric, text) IS
    'plan of accelerators bought: upfront = unit_price * units + setup; energy per month = watts / 1000 * units * load * pue * hours_per_month * price_per_kwh (watts each, at full load; load 0 to 1; pue >= 1); other = colocation + staff + maintenance, per month for all; credit per month = -residual_value / life_months: what all is worth at the end of life, 0 to upfront, in equal parts; nothing amortised, so the price counts once; NULL if a residual value has no life';

CREATE FUNCTION @extschema@.billed_seconds(seconds numeric, increment numeric DEFAULT 0, minimum numeric DEFAULT 0) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN CASE
        WHEN accelcost_internal.check_at_least(increment, 0::numeric, 'increment') IS NULL
          OR accelcost_internal.check_at_least(minimum, 0::numeric, 'minimum') IS NULL
          OR accelcost_internal.check_at_least(seconds, 0::numeric, 'seconds') = 0::numeric THEN 0::numeric
        WHEN increment = 0::numeric THEN greatest(seconds, minimum)
        ELSE greatest(accelcost_internal.quotient_up(seconds, increment) * increment, minimum)
    END;
COMMENT ON FUNCTION @extschema@.billed_seconds(numeric, numeric, numeric) IS
    'seconds billed for a rental of so many: a multiple of increment, rounded up (0: by the moment), and at least minimum, all in seconds; 0 seconds are not billed; exact';

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
        upfront => accelcost_internal.check_at_least(fee_upfront, 0::numeric, 'fee_upfront'),
        -- the sessions together, as one of all their seconds, increments and
        -- minimums; to the nanosecond, since 40 minutes have no exact number
        -- of hours; with 40 digits more the quotient is rounded once
        compute => accelcost_internal.check_at_least(price_per_hour, 0::numeric, 'price_per_hour')
                   * accelcost_internal.quotient_up(accelcost_internal.check_at_least(units, 0::numeric, 'units'),
                                 accelcost_internal.check_more_than(units_per_instance, 0::numeric, 'units_per_instance'))
                   * @extschema@.billed_seconds(round(accelcost_internal.check_at_least(hours_per_month, 0::numeric, 'hours_per_month') * 3600::numeric, 9),
                                    accelcost_internal.check_more_than(sessions_per_month, 0::numeric, 'sessions_per_month')
                                    * accelcost_internal.check_at_least(increment_seconds, 0::numeric, 'increment_seconds'),
                                    sessions_per_month * accelcost_internal.check_at_least(minimum_seconds, 0::numeric, 'minimum_seconds'))
                   * 1.0000000000000000000000000000000000000000 / 3600::numeric,
        egress => CASE WHEN accelcost_internal.check_at_least(egress_quantity, 0::numeric, 'egress_quantity') = 0::numeric
                        AND egress_tariff IS NULL THEN 0::numeric
                       ELSE @extschema@.tariff_cost(egress_tariff, egress_quantity) END,
        storage => accelcost_internal.check_at_least(storage_cost, 0::numeric, 'storage_cost'),
        other => accelcost_internal.check_at_least(other_cost, 0::numeric, 'other_cost'),
        currency => currency);
COMMENT ON FUNCTION @extschema@.rent_accelerator(numeric, numeric, numeric, numeric, numeric, numeric, numeric, numeric, numeric, @extschema@.tariff, numeric, numeric, text) IS
    'plan of accelerators rented: compute per month = price_per_hour of an instance * whole instances for the units * hours, which sessions_per_month equal sessions share, each billed in increments of increment_seconds, rounded up, and for minimum_seconds at least (hours are taken to the nanosecond); egress = tariff_cost(egress_tariff, egress_quantity per month); storage and other costs per month; NULL if egress has no tariff';

CREATE FUNCTION @extschema@.tco_over(plan @extschema@.tco, months numeric) RETURNS @extschema@.tco
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tco_over';
COMMENT ON FUNCTION @extschema@.tco_over(@extschema@.tco, numeric) IS
    'cost of a plan over so many months, 0 or more: upfront + months * recurring, each component rounded once at the 18th decimal, half away from zero';

CREATE FUNCTION @extschema@.break_even_months(a @extschema@.tco, b @extschema@.tco) RETURNS numeric
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_break_even_months';
COMMENT ON FUNCTION @extschema@.break_even_months(@extschema@.tco, @extschema@.tco) IS
    'least number of months, 0 or more, from which on plan a never costs more than plan b: (upfront(a) - upfront(b)) / (recurring(b) - recurring(a)), rounded up at the 18th decimal; 0 if a is never dearer, NULL if there is none';

CREATE FUNCTION @extschema@.break_even(a @extschema@.tco, b @extschema@.tco, months integer, annual_rate numeric DEFAULT 0)
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
    SELECT m.month, m.cost_a, m.cost_b, m.cost_b - m.cost_a,
           m.discounted_a, m.discounted_b, m.discounted_b - m.discounted_a,
           m.cost_a <= m.cost_b, m.discounted_a <= m.discounted_b,
           accelcost_internal.common_currency(a, b)
    FROM (
        SELECT f.month,
               trim_scale(@extschema@.upfront(a) + @extschema@.recurring(a) * f.month::numeric) AS cost_a,
               trim_scale(@extschema@.upfront(b) + @extschema@.recurring(b) * f.month::numeric) AS cost_b,
               trim_scale(round(@extschema@.upfront(a) + @extschema@.recurring(a) * f.annuity, 18)) AS discounted_a,
               trim_scale(round(@extschema@.upfront(b) + @extschema@.recurring(b) * f.annuity, 18)) AS discounted_b
        FROM (
            SELECT n AS month,
                   -- what 1 at the end of each month so far is worth at the beginning
                   sum(CASE WHEN n = 0 THEN 0::numeric ELSE power(v.factor, n::numeric) END) OVER (ORDER BY n) AS annuity
            FROM (SELECT power(1.0000000000000000000000000000000000000000
                               + accelcost_internal.check_more_than(annual_rate, (-1)::numeric, 'annual_rate'),
                               (-1)::numeric / 12.0000000000000000000000000000000000000000) AS factor) AS v,
                 generate_series(0, accelcost_internal.check_between(months::numeric, 0::numeric, 1200::numeric, 'months')::integer) AS n
        ) AS f
    ) AS m
    ORDER BY m.month;
END;
COMMENT ON FUNCTION @extschema@.break_even(@extschema@.tco, @extschema@.tco, integer, numeric) IS
    'costs of two plans month by month, 0 to months (at most 1200), each the total since the beginning, in currency units: as they are, exact, and discounted: upfront at once, recurring at the end of each month, month k divided by (1 + annual_rate)^(k/12), with factors of 40 digits and sums rounded at the 18th decimal; saving = b - a, and a is ahead where it is not negative';

CREATE FUNCTION @extschema@.own_hourly_rate(
    plan @extschema@.tco,
    life_months numeric,
    utilisation numeric DEFAULT 1,
    residual_value numeric DEFAULT 0,
    hours_per_month numeric DEFAULT 730
) RETURNS @extschema@.tco
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (@extschema@.tco_over(plan, accelcost_internal.check_more_than(life_months, 0::numeric, 'life_months'))
            OPERATOR(@extschema@.-) @extschema@.tco(@extschema@.upfront(plan), @extschema@.currency(plan), 'upfront')
            OPERATOR(@extschema@.+) @extschema@.tco(@extschema@.upfront(plan) - accelcost_internal.check_between(residual_value, 0::numeric, greatest(@extschema@.upfront(plan), 0::numeric), 'residual_value'),
                  @extschema@.currency(plan), 'compute'))
           OPERATOR(@extschema@./) (life_months * accelcost_internal.check_more_than(hours_per_month, 0::numeric, 'hours_per_month')
              * accelcost_internal.check_between(accelcost_internal.check_more_than(utilisation, 0::numeric, 'utilisation'), 0::numeric, 1::numeric, 'utilisation'));
COMMENT ON FUNCTION @extschema@.own_hourly_rate(@extschema@.tco, numeric, numeric, numeric, numeric) IS
    'what to charge for an hour of use of owned hardware: ((upfront - residual_value) / life_months + recurring) / (hours_per_month * utilisation), for the whole plan; the amortised part becomes compute; utilisation above 0, at most 1; residual_value in currency units at the end of life, not above upfront, and 0 if the plan has it already';

CREATE FUNCTION @extschema@.break_even_utilisation(
    plan @extschema@.tco,
    rent_per_hour numeric,
    months numeric,
    residual_value numeric DEFAULT 0,
    hours_per_month numeric DEFAULT 730
) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN accelcost_internal.quotient18_up(
        greatest(@extschema@.total(@extschema@.tco_over(plan, accelcost_internal.check_more_than(months, 0::numeric, 'months')))
                 - accelcost_internal.check_between(residual_value, 0::numeric, greatest(@extschema@.upfront(plan), 0::numeric), 'residual_value'), 0::numeric),
        accelcost_internal.check_more_than(rent_per_hour, 0::numeric, 'rent_per_hour') * months
        * accelcost_internal.check_more_than(hours_per_month, 0::numeric, 'hours_per_month'));
COMMENT ON FUNCTION @extschema@.break_even_utilisation(@extschema@.tco, numeric, numeric, numeric, numeric) IS
    'share of all hours in use from which on owning over so many months is not dearer than renting the hours used, at rent_per_hour for as much as the plan owns: (total(tco_over(plan, months)) - residual_value) / (rent_per_hour * hours_per_month * months), rounded up at the 18th decimal; residual_value in currency units, not above upfront, and 0 if the plan has it already; above 1 if renting is cheaper even around the clock';

CREATE FUNCTION @extschema@.break_even_quantity(fixed_monthly numeric, own_unit_cost numeric, other_unit_price numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN CASE
        WHEN accelcost_internal.check_at_least(fixed_monthly, 0::numeric, 'fixed_monthly') IS NULL
          OR accelcost_internal.check_at_least(own_unit_cost, 0::numeric, 'own_unit_cost') IS NULL
          OR accelcost_internal.check_at_least(other_unit_price, 0::numeric, 'other_unit_price') IS NULL THEN NULL
        WHEN own_unit_cost < other_unit_price THEN accelcost_internal.quotient18_up(fixed_monthly, other_unit_price - own_unit_cost)
        WHEN own_unit_cost = other_unit_price AND fixed_monthly = 0::numeric THEN 0::numeric
    END;
COMMENT ON FUNCTION @extschema@.break_even_quantity(numeric, numeric, numeric) IS
    'monthly quantity, in the units that are priced, from which on fixed_monthly + quantity * own_unit_cost is never above quantity * other_unit_price: fixed_monthly / (other_unit_price - own_unit_cost), rounded up at the 18th decimal; NULL if there is none';

CREATE FUNCTION @extschema@.self_host_first_break_even(node_monthly numeric, node_capacity numeric, api_unit_price numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN CASE
        WHEN accelcost_internal.check_at_least(node_monthly, 0::numeric, 'node_monthly') IS NULL
          OR accelcost_internal.check_more_than(node_capacity, 0::numeric, 'node_capacity') IS NULL
          OR accelcost_internal.check_at_least(api_unit_price, 0::numeric, 'api_unit_price') IS NULL
          OR node_monthly > api_unit_price * node_capacity THEN NULL
        WHEN node_monthly = 0::numeric THEN 0::numeric
        ELSE accelcost_internal.quotient18_up(node_monthly, api_unit_price)
    END;
COMMENT ON FUNCTION @extschema@.self_host_first_break_even(numeric, numeric, numeric) IS
    'least monthly quantity at which whole nodes are not dearer than the API: node_monthly / api_unit_price, rounded up at the 18th decimal, if one node has that capacity; NULL if not, for then no number of nodes pays; above it a further node can be dearer again';

CREATE FUNCTION @extschema@.self_host_break_even(node_monthly numeric, node_capacity numeric, api_unit_price numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN CASE
        WHEN accelcost_internal.check_at_least(node_monthly, 0::numeric, 'node_monthly') IS NULL
          OR accelcost_internal.check_more_than(node_capacity, 0::numeric, 'node_capacity') IS NULL
          OR accelcost_internal.check_at_least(api_unit_price, 0::numeric, 'api_unit_price') IS NULL THEN NULL
        WHEN node_monthly = 0::numeric THEN 0::numeric
        WHEN node_monthly < api_unit_price * node_capacity THEN
            -- the last number of nodes that, only just needed, are dearer
            accelcost_internal.quotient18_up((accelcost_internal.quotient_up(api_unit_price * node_capacity, api_unit_price * node_capacity - node_monthly) - 1::numeric)
                          * node_monthly, api_unit_price)
    END;
COMMENT ON FUNCTION @extschema@.self_host_break_even(numeric, numeric, numeric) IS
    'least monthly quantity from which on whole nodes are never dearer than the API: the least n with ceil(q / node_capacity) * node_monthly <= q * api_unit_price for all q >= n; with f = api_unit_price * node_capacity it is (ceil(f / (f - node_monthly)) - 1) * node_monthly / api_unit_price, rounded up at the 18th decimal; NULL if there is none';

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
    SELECT n, s.above_quantity, s.upto_quantity, s.node_cost, s.api_cost_above, s.api_cost_upto,
           CASE WHEN s.node_cost <= s.api_cost_above THEN s.above_quantity
                WHEN s.node_cost <= s.api_cost_upto THEN accelcost_internal.quotient18_up(s.node_cost, c.price) END,
           CASE WHEN c.price > 0::numeric THEN accelcost_internal.quotient18_up(c.monthly, c.price * c.capacity) END,
           s.node_cost <= s.api_cost_upto,
           CASE WHEN s.node_cost <= s.api_cost_above THEN 'not dearer, however little of the last node is used'
                WHEN s.node_cost <= s.api_cost_upto THEN 'not dearer from the break-even quantity on'
                ELSE 'dearer even with all nodes full' END
    FROM (SELECT accelcost_internal.check_at_least(node_monthly, 0::numeric, 'node_monthly') AS monthly,
                 accelcost_internal.check_more_than(node_capacity, 0::numeric, 'node_capacity') AS capacity,
                 accelcost_internal.check_at_least(api_unit_price, 0::numeric, 'api_unit_price') AS price) AS c,
         generate_series(1, accelcost_internal.check_between(max_nodes::numeric, 1::numeric, 1000::numeric, 'max_nodes')::integer) AS n,
         LATERAL (SELECT trim_scale((n - 1)::numeric * c.capacity) AS above_quantity,
                         trim_scale(n::numeric * c.capacity) AS upto_quantity,
                         trim_scale(n::numeric * c.monthly) AS node_cost,
                         trim_scale((n - 1)::numeric * c.capacity * c.price) AS api_cost_above,
                         trim_scale(n::numeric * c.capacity * c.price) AS api_cost_upto) AS s
    ORDER BY n;
END;
COMMENT ON FUNCTION @extschema@.self_host_break_even_steps(numeric, numeric, numeric, integer) IS
    'the staircase behind self_host_break_even, by number of nodes, 1 to max_nodes (at most 1000): the quantities (above, upto] that need as many, their monthly cost, what the API costs at both ends, the least quantity among them that is not dearer, the share of the nodes that must be used for that, node_monthly / (api_unit_price * node_capacity), and why';
