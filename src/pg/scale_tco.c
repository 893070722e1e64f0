/*
 * scale_tco.c
 *	  A tco times a numeric, and by one: exact, rounded once.
 *
 * What a ratio of two 128-bit integers can hold, the core computes; for other
 * numbers there is the server's own arithmetic.
 */
#include "pg/ac_pg.h"

static Datum
numeric_constant(int64 value)
{
	return DirectFunctionCall1(int8_numeric, Int64GetDatum(value));
}

static bool
is_negative(Numeric number)
{
	return DatumGetBool(ac_call2(numeric_lt, NumericGetDatum(number),
								 numeric_constant(0)));
}

/* The number of units of 1e-18 in an amount. */
static Datum
numeric_units(ac_int128 amount)
{
	Numeric		exact = ac_numeric_from_fixed(ac_int256_from(amount));

	return ac_call2(numeric_mul, NumericGetDatum(exact), numeric_constant(AC_UNIT));
}

static ac_int128
fixed_from_units(Datum units)
{
	Numeric		unit = ac_numeric_from_fixed(ac_int256_from(1));

	return ac_fixed_from_numeric(DatumGetNumeric(ac_call2(numeric_mul, units,
														  NumericGetDatum(unit))));
}

/*
 * amount * factor in numeric, for factors that are no ratio.  In units, the
 * product has no more decimals than the factor; with more than a numeric can
 * have it would be rounded twice.
 */
static ac_int128
scale_exactly(ac_int128 amount, Numeric factor)
{
	Datum		units = ac_call2(numeric_mul, numeric_units(amount),
								 NumericGetDatum(factor));

	return fixed_from_units(ac_call2(numeric_round, units, Int32GetDatum(0)));
}

/*
 * amount / divisor in numeric, for divisors that are no ratio.  In units, half
 * away from zero is floor((floor(2 |a| / |d|) + 1) / 2), and those whole
 * quotients are exact.
 */
static ac_int128
divide_exactly(ac_int128 amount, Numeric divisor)
{
	Datum		two = numeric_constant(2);
	Datum		units = DirectFunctionCall1(numeric_abs, numeric_units(amount));

	units = ac_call2(numeric_div_trunc, ac_call2(numeric_mul, units, two),
					 DirectFunctionCall1(numeric_abs, NumericGetDatum(divisor)));
	units = ac_call2(numeric_div_trunc,
					 ac_call2(numeric_add, units, numeric_constant(1)), two);
	if ((amount < 0) != is_negative(divisor))
		units = DirectFunctionCall1(numeric_uminus, units);
	return fixed_from_units(units);
}

/* Multiply each component, exactly, rounded once at the 18th decimal. */
void
ac_scale_by_numeric(ac_tco *tco, Numeric factor)
{
	ac_ratio	ratio;
	ac_fault	fault;
	int			i;

	if (likely(ac_ratio_from_numeric(factor, &ratio)))
		ac_check(ac_tco_scale(tco, &ratio, &fault), &fault);
	else
		for (i = 0; i < AC_NCOMPONENTS; i++)
			tco->amount[i] = scale_exactly(tco->amount[i], factor);
}

/* Divide each component, exactly, rounded once at the 18th decimal. */
void
ac_divide_by_numeric(ac_tco *tco, Numeric divisor)
{
	ac_ratio	ratio;
	ac_uint128	swapped;
	ac_fault	fault;
	int			i;

	if (likely(ac_ratio_from_numeric(divisor, &ratio)))
	{
		swapped = ratio.numerator;
		ratio.numerator = ratio.denominator;
		ratio.denominator = swapped;
		ac_check(ac_tco_scale(tco, &ratio, &fault), &fault);
	}
	else
		for (i = 0; i < AC_NCOMPONENTS; i++)
			tco->amount[i] = divide_exactly(tco->amount[i], divisor);
}
