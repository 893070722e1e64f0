/*
 * fn_money.c
 *	  round_money(): an amount in whole minor units of its currency.
 *
 * The server's numeric rounds here, for it is exact whatever the number of
 * digits.
 */
#include "pg/ac_pg.h"

PG_FUNCTION_INFO_V1(accelcost_round_money);
PG_FUNCTION_INFO_V1(accelcost_minor_unit_digits);

/* Return the sign of a - b: -1, 0 or 1. */
static int
compare(Datum a, Datum b)
{
	int			order = DatumGetInt32(ac_call2(numeric_cmp, a, b));

	return (order > 0) - (order < 0);
}

/* Return the distance between two numbers. */
static Datum
distance(Datum a, Datum b)
{
	return DirectFunctionCall1(numeric_abs, ac_call2(numeric_sub, a, b));
}

/* Return the amount of a number of minor units. */
static Datum
minor_units(int count, int digits)
{
	return NumericGetDatum(ac_numeric_from_units(ac_int256_from(count), digits,
												 false));
}

/* Round away from zero, unless the amount is whole. */
static Datum
round_up(Datum amount, int digits)
{
	Datum		down = ac_call2(numeric_trunc, amount, Int32GetDatum(digits));
	int			sign = compare(amount, down);

	return sign == 0 ? down
		: ac_call2(numeric_add, down, minor_units(sign, digits));
}

/* Round to the nearest, a half to the even one. */
static Datum
round_half_even(Datum amount, int digits)
{
	Datum		down = ac_call2(numeric_trunc, amount, Int32GetDatum(digits));
	Datum		up = round_up(amount, digits);
	int			order = compare(distance(amount, down), distance(up, amount));
	Datum		odd;

	if (order != 0)
		return order < 0 ? down : up;
	odd = ac_call2(numeric_mod, down, minor_units(2, digits));
	return compare(odd, minor_units(0, digits)) == 0 ? down : up;
}

/*
 * Round half away from zero, but an amount other than 0 to at least one unit.
 */
static Datum
round_min_unit(Datum amount, int digits)
{
	Datum		zero = minor_units(0, digits);
	Datum		nearest = ac_call2(numeric_round, amount, Int32GetDatum(digits));

	return compare(nearest, zero) != 0 ? nearest
		: minor_units(compare(amount, zero), digits);
}

Datum
accelcost_round_money(PG_FUNCTION_ARGS)
{
	Numeric		number = ac_numeric_finite(PG_GETARG_NUMERIC(0), "amount");
	Datum		amount = NumericGetDatum(number);
	text	   *currency = PG_GETARG_TEXT_PP(1);
	text	   *mode = PG_GETARG_TEXT_PP(2);
	ac_rounding rounding;
	ac_fault	fault;
	int			digits;

	ac_check(ac_currency_digits(VARDATA_ANY(currency),
								VARSIZE_ANY_EXHDR(currency), &digits, &fault),
			 &fault);
	ac_check(ac_rounding_by_name(VARDATA_ANY(mode), VARSIZE_ANY_EXHDR(mode),
								 &rounding, &fault),
			 &fault);

	switch (rounding)
	{
		case AC_ROUND_HALF_UP:
			return ac_call2(numeric_round, amount, Int32GetDatum(digits));
		case AC_ROUND_HALF_EVEN:
			return round_half_even(amount, digits);
		case AC_ROUND_DOWN:
			return ac_call2(numeric_trunc, amount, Int32GetDatum(digits));
		case AC_ROUND_UP:
			return round_up(amount, digits);
		case AC_ROUND_HALF_UP_MIN_UNIT:
			return round_min_unit(amount, digits);
	}
	pg_unreachable();
}

/* Return the decimals of a currency's minor unit, NULL if it has none. */
Datum
accelcost_minor_unit_digits(PG_FUNCTION_ARGS)
{
	text	   *currency = PG_GETARG_TEXT_PP(0);
	ac_fault	fault;
	int			digits;

	if (ac_currency_digits(VARDATA_ANY(currency), VARSIZE_ANY_EXHDR(currency),
						   &digits, &fault) != AC_OK)
		PG_RETURN_NULL();
	PG_RETURN_INT32(digits);
}
