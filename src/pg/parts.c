/*
 * parts.c
 *	  What functions that split a total have in common: its units, decimals of
 *	  the parts, weights of any sign as integers.
 */
#include "pg/ac_pg.h"

/* Digits to which weights are added up, to see how large their sum is. */
#define SUM_DIGITS	60

/* Return the decimals of parts that the caller wants. */
int
ac_parts_digits(int digits)
{
	ac_fault	fault;

	if (digits < 0)
		ac_check(ac_fault_number(&fault, AC_DIGITS, digits, 0), &fault);
	if (digits > AC_UNITS_SCALE_MAX)
		ac_check(ac_fault_number(&fault, AC_DIGITS, digits,
								 AC_UNITS_SCALE_MAX),
				 &fault);
	return digits;
}

/* Return the decimals of parts by default: those of the total, or the least. */
int
ac_parts_digits_of(int scale, int least, Numeric total, const char *argument)
{
	if (scale > AC_UNITS_SCALE_MAX)
		ac_raise_numeric(AC_NUMERIC_SCALE, total, argument,
						 AC_UNITS_SCALE_MAX);
	return Max(scale, least);
}

/* Return the total in units of its last decimal. */
ac_int256
ac_total_units(Numeric total, int digits, const char *argument)
{
	ac_int256	units;
	ac_fault	fault = {.name = argument};
	ac_numeric_fault problem = ac_units_from_numeric(total, digits, &units);

	if (problem == AC_NUMERIC_RANGE)
		ac_check(ac_fault_number(&fault, AC_TOTAL_RANGE, digits,
								 AC_UNITS_DIGITS_MAX),
				 &fault);
	if (problem != AC_NUMERIC_OK)
		ac_raise_numeric(problem, total, argument, digits);
	return units;
}

/* Return the largest exponent of some numbers, 0 if all are 0. */
static int
largest_exponent(const Datum *number, int count)
{
	bool		found = false;
	int			largest = 0;
	int			i;

	for (i = 0; i < count; i++)
	{
		int			exponent;

		CHECK_FOR_INTERRUPTS();
		if (!ac_numeric_exponent(DatumGetNumeric(number[i]), &exponent))
			continue;
		largest = found ? Max(largest, exponent) : exponent;
		found = true;
	}
	return largest;
}

/*
 * Finite weights as integers in their own ratios, of AC_WEIGHT_DIGITS digits
 * altogether: as many decimals are kept as that allows.
 */
ac_int128 *
ac_signed_weights(const Datum *number, int count)
{
	ac_int128  *weight = MemoryContextAllocHuge(CurrentMemoryContext,
												sizeof(ac_int128) * count);
	ac_int256	sum = {.hi = 0,.lo = 0};
	int			scale = SUM_DIGITS - largest_exponent(number, count);
	int			i;

	for (i = 0; i < count; i++)
	{
		ac_int256	units = ac_units_rounded(DatumGetNumeric(number[i]), scale);

		CHECK_FOR_INTERRUPTS();
		if (ac_int256_negative(units))
			units = ac_int256_negate(units);
		sum = ac_int256_add(sum, units);
	}

	scale = ac_weights_scale(ac_int256_magnitude(sum), scale);
	for (i = 0; i < count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (!ac_int256_narrow(ac_units_rounded(DatumGetNumeric(number[i]), scale),
							  &weight[i]))
			elog(ERROR, "weights do not fit");
	}
	return weight;
}
