-- Training, paid once, against inference, paid every month.

CREATE FUNCTION @extschema@.training_cost(
    base_hours numeric, price_per_hour numeric, speed_up numeric DEFAULT 1, devices numeric DEFAULT 1)
    RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN trim_scale(accelcost_internal.check_at_least(base_hours, 0, 'base_hours')
                      * accelcost_internal.check_at_least(price_per_hour, 0, 'price_per_hour')
                      * accelcost_internal.check_at_least(devices, 0, 'devices')
                      / accelcost_internal.check_more_than(speed_up, 0, 'speed_up'));
COMMENT ON FUNCTION @extschema@.training_cost(numeric, numeric, numeric, numeric) IS
    'returns the cost of a training run: base_hours / speed_up * devices * price_per_hour';

CREATE FUNCTION @extschema@.training_cost(
    base_hours float8, price_per_hour numeric, speed_up float8 DEFAULT 1, devices float8 DEFAULT 1)
    RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN @extschema@.training_cost(base_hours::numeric, price_per_hour, speed_up::numeric, devices::numeric);
COMMENT ON FUNCTION @extschema@.training_cost(float8, numeric, float8, float8) IS
    'returns the cost of a training run for numbers in double precision, of which 15 digits count';

-- With q = 1 + monthly_growth, n months of inference cost monthly_inference * (q^n - 1) / (q - 1). They cost more than
-- training if monthly_inference * q^n is above bound = monthly_inference + monthly_growth * training, or below bound if
-- inference shrinks. The difference is computed with 60 decimals and, if it is too small for these, exactly.
CREATE FUNCTION accelcost_internal.inference_passes(monthly_inference numeric, q numeric, n numeric, bound numeric)
    RETURNS boolean
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    decimals   integer;
    difference numeric;
    factor     numeric := q;
    q_to_n     numeric := 1;
    rest       bigint := n;
BEGIN
    FOREACH decimals IN ARRAY '{60,1000}'::integer[] LOOP
        -- power rounds to the decimals of its base, at most 1000. It errs by far less than the last three of them.
        difference := monthly_inference * power(round(q, greatest(decimals, scale(q))), n) - bound;
        IF abs(difference) > monthly_inference * ('1e' || 3 - decimals)::numeric THEN
            RETURN sign(difference) = sign(q - 1);
        END IF;
        -- A product keeps up to 16383 decimals, so that equal costs are seen as equal.
        IF n * min_scale(q) <= 16000 THEN
            WHILE rest > 0 LOOP
                q_to_n := CASE rest % 2 WHEN 1 THEN q_to_n * factor ELSE q_to_n END;
                factor := factor * factor;
                rest := rest / 2;
            END LOOP;
            RETURN sign(monthly_inference * q_to_n - bound) = sign(q - 1);
        END IF;
    END LOOP;
    RAISE numeric_value_out_of_range
        USING MESSAGE = 'cannot determine the month in which inference has cost more than training',
              DETAIL = format('The two costs do not differ when computed with %s decimals.', decimals),
              HINT = 'Round the arguments.';
END
$$;
COMMENT ON FUNCTION accelcost_internal.inference_passes(numeric, numeric, numeric, numeric) IS
    'returns true if n months of inference cost more than training, for training_break_even_month';

CREATE FUNCTION @extschema@.training_break_even_month(
    training numeric, monthly_inference numeric, monthly_growth numeric DEFAULT 0)
    RETURNS integer
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    digits CONSTANT numeric := round(0.0, 50);      -- added to a number, it makes ln compute 50 decimals
    q      numeric;
    bound  numeric;
    months numeric;                                 -- the last number of months that does not cost more than training
BEGIN
    PERFORM accelcost_internal.check_between(training, 0, 1e30, 'training'),
            accelcost_internal.check_between(monthly_inference, 0, 1e30, 'monthly_inference'),
            accelcost_internal.check_between(monthly_growth, -1, 1e30, 'monthly_growth');
    q := 1 + monthly_growth;
    bound := monthly_inference + monthly_growth * training;

    IF monthly_inference = 0 OR monthly_growth < 0 AND bound <= 0 THEN
        RETURN NULL;
    END IF;
    -- Estimate the exponent that takes monthly_inference to bound. With tiny growth, all months cost nearly the same.
    months := least(2147483647, floor(CASE
        WHEN q = 0 THEN 0
        WHEN abs(monthly_growth) < 1e-20 THEN div(training, monthly_inference)
        ELSE (ln(bound + digits) - ln(monthly_inference + digits)) / ln(q + digits) END));
    -- Check the months beside the estimate: it is off by one if costs are nearly equal. Without growth it is exact.
    IF monthly_growth <> 0 THEN
        WHILE months > 0 AND accelcost_internal.inference_passes(monthly_inference, q, months, bound) LOOP
            months := months - 1;
        END LOOP;
        WHILE months < 2147483647
              AND NOT accelcost_internal.inference_passes(monthly_inference, q, months + 1, bound) LOOP
            months := months + 1;
        END LOOP;
    END IF;
    IF months >= 2147483647 THEN
        RAISE numeric_value_out_of_range
            USING MESSAGE = 'month out of range',
                  DETAIL = 'Inference has cost more than training only after more than 2147483646 months.';
    END IF;
    RETURN months + 1;
END
$$;
COMMENT ON FUNCTION @extschema@.training_break_even_month(numeric, numeric, numeric) IS
    'returns the month, from 1, in which inference has cost more than training; NULL if never';

CREATE FUNCTION @extschema@.training_break_even_month(
    training @extschema@.tco, monthly_inference numeric, monthly_growth numeric DEFAULT 0)
    RETURNS integer
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN @extschema@.training_break_even_month(@extschema@.total(training), monthly_inference, monthly_growth);
COMMENT ON FUNCTION @extschema@.training_break_even_month(@extschema@.tco, numeric, numeric) IS
    'returns the month in which inference has cost more than the total of a training cost';

CREATE FUNCTION @extschema@.training_break_even_month(
    training @extschema@.tco, monthly_inference @extschema@.tco, monthly_growth numeric DEFAULT 0)
    RETURNS integer
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    -- The subtraction raises an error for two currencies.
    RETURN @extschema@.training_break_even_month(
        @extschema@.total(training OPERATOR(@extschema@.-) monthly_inference) + @extschema@.total(monthly_inference),
        @extschema@.total(monthly_inference),
        monthly_growth);
COMMENT ON FUNCTION @extschema@.training_break_even_month(@extschema@.tco, @extschema@.tco, numeric) IS
    'returns the month in which inference has cost more than training, by the totals of two costs';
