-- Finance: cash flows at equal intervals, and loans.

CREATE FUNCTION @extschema@.npv(rate float8, cashflows float8[]) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_npv';
COMMENT ON FUNCTION @extschema@.npv(float8, float8[]) IS
    'returns the net present value of cash flows, the first of them now';

CREATE FUNCTION @extschema@.npv_end(rate float8, cashflows float8[]) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_npv_end';
COMMENT ON FUNCTION @extschema@.npv_end(float8, float8[]) IS
    'returns the net present value of cash flows, the first at the end of the first period';

CREATE FUNCTION @extschema@.irr(cashflows float8[]) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_irr';
COMMENT ON FUNCTION @extschema@.irr(float8[]) IS
    'returns the internal rate of return per period, as a fraction; NULL if there is not exactly one';

CREATE FUNCTION @extschema@.irr_detail(
    cashflows float8[],
    OUT status text,
    OUT rate float8,
    OUT roots float8[],
    OUT bracket_low float8,
    OUT bracket_high float8,
    OUT sign_changes integer
)
    RETURNS record
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_irr_detail';
COMMENT ON FUNCTION @extschema@.irr_detail(float8[]) IS
    'returns all internal rates of return, whether these are all, and between which rates others may be';

CREATE FUNCTION @extschema@.mirr(cashflows float8[], finance_rate float8, reinvest_rate float8) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_mirr';
COMMENT ON FUNCTION @extschema@.mirr(float8[], float8, float8) IS
    'returns the modified internal rate of return per period; NULL if nothing is paid or nothing received';

CREATE FUNCTION @extschema@.xnpv(rate float8, cashflows float8[], dates date[]) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_xnpv';
COMMENT ON FUNCTION @extschema@.xnpv(float8, float8[], date[]) IS
    'returns the net present value of dated cash flows on the earliest date, at a rate for 365 days';

CREATE FUNCTION @extschema@.xirr(cashflows float8[], dates date[]) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_xirr';
COMMENT ON FUNCTION @extschema@.xirr(float8[], date[]) IS
    'returns the internal rate of return of dated cash flows for 365 days; NULL if there is not exactly one';

CREATE FUNCTION @extschema@.payback_periods(cashflows float8[], rate float8 DEFAULT 0) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_payback_periods';
COMMENT ON FUNCTION @extschema@.payback_periods(float8[], float8) IS
    'returns the periods until discounted cash flows have paid back for good; NULL if they never do';

CREATE FUNCTION @extschema@.amortize(principal numeric, annual_rate numeric, months integer, digits integer DEFAULT 2)
    RETURNS TABLE (
        month integer,
        payment numeric,
        interest numeric,
        repayment numeric,
        balance numeric
    )
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE ROWS 36
BEGIN ATOMIC
    WITH RECURSIVE loan AS (
        SELECT terms.principal, terms.last_month, terms.digits,
               round(CASE WHEN terms.rate < 0.0000000000000000000000001 THEN terms.principal / terms.last_month::numeric
                          ELSE terms.principal * terms.rate / (1 - power(1 + terms.rate, (-terms.last_month)::numeric))
                     END,
                     terms.digits) AS payment
        FROM (
            SELECT accelcost_internal.check_at_least(amortize.principal, 0, 'principal') AS principal,
                   accelcost_internal.check_between(amortize.months::numeric, 1, 1200, 'months')::integer AS last_month,
                   accelcost_internal.check_between(amortize.digits::numeric, 0, 18, 'digits')::integer AS digits,
                   accelcost_internal.check_at_least(amortize.annual_rate, 0, 'annual_rate')
                   / 12.0000000000000000000000000000000000000000 AS rate
        ) AS terms
    ),
    schedule AS (
        SELECT 0 AS month, 0::numeric AS interest, 0::numeric AS repayment,
               loan.principal + round(0, loan.digits) AS balance
        FROM loan
        UNION ALL
        SELECT paid.month, paid.interest, paid.repayment, paid.before - paid.repayment
        FROM (
            SELECT due.month, due.before, due.interest,
                   CASE WHEN due.month = due.last_month THEN due.before
                        ELSE least(due.before, due.payment - due.interest) END AS repayment
            FROM (
                SELECT schedule.month + 1 AS month, schedule.balance AS before, loan.last_month, loan.payment,
                       -- With more digits than the dividend has, no quotient is rounded to a tie.
                       round(schedule.balance * annual_rate * 1.00000000000000000000 / 12, loan.digits) AS interest
                FROM schedule, loan
                WHERE schedule.month < loan.last_month
            ) AS due
        ) AS paid
    )
    SELECT s.month, s.interest + s.repayment, s.interest, s.repayment, s.balance
    FROM schedule AS s
    WHERE s.month > 0
    ORDER BY s.month;
END;
COMMENT ON FUNCTION @extschema@.amortize(numeric, numeric, integer, integer) IS
    'returns the schedule of a loan with equal monthly payments that repay the principal exactly';
