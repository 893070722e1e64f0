-- Finance: cash flows at equal distances in time, and loans.

CREATE FUNCTION @extschema@.npv(rate float8, cashflows float8[]) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_npv';
COMMENT ON FUNCTION @extschema@.npv(float8, float8[]) IS
    'net present value of cash flows, the first of them now: sum of cashflows[k] / (1 + rate)^(k - 1); rate per period as a fraction, above -1';

CREATE FUNCTION @extschema@.npv_end(rate float8, cashflows float8[]) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_npv_end';
COMMENT ON FUNCTION @extschema@.npv_end(float8, float8[]) IS
    'net present value as spreadsheets have it, the first cash flow at the end of the first period: sum of cashflows[k] / (1 + rate)^k; rate per period as a fraction, above -1';

CREATE FUNCTION @extschema@.irr(cashflows float8[]) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_irr';
COMMENT ON FUNCTION @extschema@.irr(float8[]) IS
    'internal rate of return: the one rate per period above -1 at which npv is 0, as a fraction; NULL if there is none or more than one, or if rounding cannot tell; at most 100000 cash flows';

CREATE FUNCTION @extschema@.payback_periods(cashflows float8[], rate float8 DEFAULT 0) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_payback_periods';
COMMENT ON FUNCTION @extschema@.payback_periods(float8[], float8) IS
    'periods after which the sum of the cash flows, the first of them now, each discounted at rate, is no longer negative, for good; within a period it is taken to move evenly; NULL if it is negative at the end';

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
        SELECT t.principal, t.last_month, t.digits,
               round(CASE WHEN t.rate < 0.0000000000000000000000001 THEN t.principal / t.last_month::numeric
                          ELSE t.principal * t.rate / (1::numeric - power(1::numeric + t.rate, (-t.last_month)::numeric)) END,
                     t.digits) AS payment
        FROM (SELECT accelcost_internal.check_at_least(amortize.principal, 0::numeric, 'principal') AS principal,
                     accelcost_internal.check_between(amortize.months::numeric, 1::numeric, 1200::numeric, 'months')::integer AS last_month,
                     accelcost_internal.check_between(amortize.digits::numeric, 0::numeric, 18::numeric, 'digits')::integer AS digits,
                     accelcost_internal.check_at_least(amortize.annual_rate, 0::numeric, 'annual_rate')
                     / 12.0000000000000000000000000000000000000000 AS rate) AS t
    ), schedule AS (
        SELECT 0 AS month, 0::numeric AS interest, 0::numeric AS repayment, loan.principal + round(0::numeric, loan.digits) AS balance FROM loan
        UNION ALL
        SELECT r.month, r.interest, r.repayment, r.before - r.repayment
        FROM (
            SELECT i.month, i.before, i.interest,
                   CASE WHEN i.month = i.last_month THEN i.before
                        ELSE least(i.before, i.payment - i.interest) END AS repayment
            FROM (
                SELECT s.month + 1 AS month, s.balance AS before, loan.last_month, loan.payment,
                       -- with more digits than the dividend has, no quotient is rounded onto a tie
                       round(s.balance * annual_rate * 1.00000000000000000000 / 12::numeric, loan.digits) AS interest
                FROM schedule AS s, loan
                WHERE s.month < loan.last_month
            ) AS i
        ) AS r
    )
    SELECT s.month, s.interest + s.repayment, s.interest, s.repayment, s.balance
    FROM schedule AS s
    WHERE s.month > 0
    ORDER BY s.month;
END;
COMMENT ON FUNCTION @extschema@.amortize(numeric, numeric, integer, integer) IS
    'schedule of a loan with equal monthly payments, at annual_rate / 12 a month (a fraction, 0 or more), months 1 to 1200: principal * i / (1 - (1 + i)^-months), payment and interest rounded to so many digits (0 to 18), half away from zero; the last payment takes the rest, so that repayments add up to the principal';
