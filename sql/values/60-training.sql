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

-- With q = 1 + monthly_growth, n months of inference cost
-- monthly_inference (q^n - 1) / (q - 1).  That is more than training just when
-- monthly_inference q^n is above monthly_inference + monthly_growth training,
-- or below it where inference shrinks.  The powers are held between two
-- bounds, with more digits where those do not decide, so that the month is
-- exact.  Steps of 2^k months, growing first, then shrinking, find the last
-- month that does not pass.
CREATE FUNCTION @extschema@.training_break_even_month(
    training numeric, monthly_inference numeric, monthly_growth numeric DEFAULT 0)
    RETURNS integer
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    q numeric;
    bound numeric;
    months numeric;                 -- so many do not pass yet
    digits integer;
    scale numeric;
    unit numeric;
    low_power numeric[];            -- of 2^(k - 1) months
    high_power numeric[];
    low numeric;                    -- of so many months
    high numeric;
    next_low numeric;
    next_high numeric;
    k integer;
    growing boolean;
    passes boolean;
BEGIN
    PERFORM accelcost_internal.check_between(training, 0, 1e30, 'training'),
            accelcost_internal.check_between(monthly_inference, 0, 1e30, 'monthly_inference'),
            accelcost_internal.check_between(monthly_growth, -1, 1e30, 'monthly_growth');
    q := 1 + monthly_growth;
    bound := monthly_inference + monthly_growth * training;

    IF monthly_inference = 0 OR monthly_growth < 0 AND bound <= 0 THEN
        RETURN NULL;
    END IF;
    IF monthly_growth = 0 THEN
        months := div(training, monthly_inference);
    END IF;

    <<precision>>
    FOREACH digits IN ARRAY '{60,500,8000}'::integer[] LOOP
        EXIT WHEN monthly_growth = 0;
        scale := ('1e' || digits)::numeric;
        unit := ('1e-' || digits)::numeric;
        months := 0;
        low := 1;
        high := 1;
        low_power := ARRAY[q];
        high_power := ARRAY[q];
        k := 1;
        growing := true;
        WHILE k BETWEEN 1 AND 32 LOOP
            next_low := floor(low * low_power[k] * scale) * unit;
            next_high := ceil(high * high_power[k] * scale) * unit;
            IF monthly_growth > 0 THEN
                passes := CASE WHEN monthly_inference * next_low > bound THEN true
                               WHEN monthly_inference * next_high <= bound THEN false END;
            ELSE
                passes := CASE WHEN monthly_inference * next_high < bound THEN true
                               WHEN monthly_inference * next_low >= bound THEN false END;
            END IF;
            IF passes IS NULL THEN
                months := NULL;
                CONTINUE precision;
            END IF;

            growing := growing AND NOT passes;
            IF NOT passes THEN
                months := months + (1::bigint << (k - 1));
                low := next_low;
                high := next_high;
            END IF;
            IF growing THEN
                low_power[k + 1] := floor(low_power[k] * low_power[k] * scale) * unit;
                high_power[k + 1] := ceil(high_power[k] * high_power[k] * scale) * unit;
            END IF;
            k := k + CASE WHEN growing THEN 1 ELSE -1 END;
        END LOOP;
        EXIT;
    END LOOP;

    IF months IS NULL THEN
        RAISE numeric_value_out_of_range
            USING MESSAGE = 'cannot tell in which month inference passes training',
                  DETAIL = format('Computed with %s decimals, the costs cannot be told apart.', digits),
                  HINT = 'Round the arguments.';
    END IF;
    IF months >= 2147483647 THEN
        RAISE numeric_value_out_of_range
            USING MESSAGE = 'month out of range',
                  DETAIL = 'Inference passes training after more than 2147483646 months.';
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
