/*
 * args.c
 *	  From the datums of arguments to values of the core: currencies, component
 *	  names, numbers and their limits, arrays.
 */
#include "pg/ac_pg.h"

#include "utils/array.h"
#include "utils/date.h"

/* A tco without amounts in a currency. */
ac_tco *
ac_new_tco(const text *currency)
{
	ac_tco	   *tco = palloc(sizeof(ac_tco));
	ac_fault	fault;

	ac_tco_zero(tco);
	ac_check(ac_tco_set_currency(tco, VARDATA_ANY(currency),
								 VARSIZE_ANY_EXHDR(currency), &fault),
			 &fault);
	return tco;
}

ac_tco *
ac_copy_tco(const ac_tco *tco)
{
	ac_tco	   *copy = palloc(sizeof(ac_tco));

	memcpy(copy, tco, sizeof(ac_tco));
	return copy;
}

ac_component
ac_component_from_text(const text *name)
{
	ac_component component;
	ac_fault	fault;

	ac_check(ac_component_by_name(VARDATA_ANY(name), VARSIZE_ANY_EXHDR(name),
								  &component, &fault),
			 &fault);
	return component;
}

/* Allocate a tariff with this number of tiers. */
ac_tariff *
ac_new_tariff(int count)
{
	return palloc(ac_tariff_size(count));
}

/* A tariff as a datum, with the length that its tiers give it. */
Datum
ac_tariff_datum(ac_tariff *tariff)
{
	SET_VARSIZE(tariff, ac_tariff_size(tariff->count));
	return PointerGetDatum(tariff);
}

/* Name an argument in messages, or its element unless element is 0. */
char *
ac_argument_name(const char *argument, int element)
{
	return element == 0 ? pstrdup(argument)
		: psprintf("%s[%d]", argument, element);
}

/* Raise an error for an argument, or an element of one, that is null. */
void
ac_raise_null(const char *argument, int element)
{
	ereport(ERROR,
			(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
			 errmsg("\"%s\" must not be null",
					ac_argument_name(argument, element))));
}

/* Raise an error for a number that is not valid for its argument. */
void
ac_raise_numeric(ac_numeric_fault fault, Numeric number, const char *argument,
				 int scale)
{
	switch (fault)
	{
		case AC_NUMERIC_SPECIAL:
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("\"%s\" must be a finite number", argument),
					 errdetail("It is %s.", ac_numeric_text(number))));
			break;
		case AC_NUMERIC_RANGE:
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("\"%s\" is out of range", argument),
					 errdetail("It is %s.", ac_numeric_text(number))));
			break;
		case AC_NUMERIC_SCALE:
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("\"%s\" must not have more than %d decimals", argument, scale),
					 errdetail("It is %s.", ac_numeric_text(number)),
					 errhint("Round the value to %d decimals first.", scale)));
			break;
		case AC_NUMERIC_OK:
			elog(ERROR, "no fault to raise");
	}
	pg_unreachable();
}

/* Convert an argument to a quantity. */
ac_quantity
ac_quantity_argument(Numeric number, const char *argument)
{
	ac_quantity quantity;
	ac_numeric_fault fault = ac_quantity_from_numeric(number, &quantity);

	if (unlikely(fault != AC_NUMERIC_OK))
		ac_raise_numeric(fault, number, argument, AC_QUANTITY_SCALE);
	return quantity;
}

/* Return the sign of a - b; a must be finite. */
static int
compare(Numeric a, Numeric b, const char *argument)
{
	Datum		number = NumericGetDatum(ac_numeric_finite(a, argument));

	return DatumGetInt32(DirectFunctionCall2(numeric_cmp, number,
											 NumericGetDatum(b)));
}

static pg_noinline void
raise_limit(Numeric number, const char *argument, const char *relation,
			Numeric limit)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("\"%s\" must be %s %s", argument, relation,
					ac_numeric_text(limit)),
			 errdetail("It is %s.", ac_numeric_text(number))));
}

/* Return the number, which must not be below the limit. */
Numeric
ac_numeric_at_least(Numeric number, Numeric limit, const char *argument)
{
	if (compare(number, limit, argument) < 0)
		raise_limit(number, argument, "greater than or equal to", limit);
	return number;
}

/* Return the number, which must be above the limit. */
Numeric
ac_numeric_more_than(Numeric number, Numeric limit, const char *argument)
{
	if (compare(number, limit, argument) <= 0)
		raise_limit(number, argument, "greater than", limit);
	return number;
}

/* Return the number, which must not be above the limit. */
Numeric
ac_numeric_at_most(Numeric number, Numeric limit, const char *argument)
{
	if (compare(number, limit, argument) > 0)
		raise_limit(number, argument, "less than or equal to", limit);
	return number;
}

/* Return the number, which must be greater than 0. */
Numeric
ac_positive(Numeric number, const char *argument)
{
	return ac_numeric_more_than(number, ac_numeric_from_fixed(ac_int256_from(0)),
								argument);
}

/* Return the number, which must be 0 or more. */
Numeric
ac_not_negative(Numeric number, const char *argument)
{
	return ac_numeric_at_least(number, ac_numeric_from_fixed(ac_int256_from(0)),
							   argument);
}

/* A price or a factor: 0 or more, with AC_SCALE decimals at most. */
ac_int128
ac_price_argument(Numeric number, const char *argument)
{
	ac_quantity price;
	ac_numeric_fault fault = ac_quantity_from_numeric(number, &price);

	if (fault == AC_NUMERIC_OK && price.units < 0)
		ac_not_negative(number, argument);
	if (fault == AC_NUMERIC_OK && price.rest > 0)
		fault = AC_NUMERIC_SCALE;
	if (unlikely(fault != AC_NUMERIC_OK))
		ac_raise_numeric(fault, number, argument, AC_SCALE);
	return price.units;
}

/* A bound, price, fee or the like: AC_SCALE decimals at most. */
ac_int128
ac_tariff_number(Datum datum, const char *argument, int element)
{
	Numeric		number = DatumGetNumeric(datum);
	ac_quantity value;
	ac_numeric_fault fault = ac_quantity_from_numeric(number, &value);

	if (fault == AC_NUMERIC_OK && value.rest > 0)
		fault = AC_NUMERIC_SCALE;
	if (fault == AC_NUMERIC_OK && value.units == AC_TIER_OPEN_BOUND)
		fault = AC_NUMERIC_RANGE;
	if (fault != AC_NUMERIC_OK)
		ac_raise_numeric(fault, number, ac_argument_name(argument, element),
						 AC_SCALE);
	return value.units;
}

/* Read a given block size, also in a mode that does not allow one. */
ac_int128
ac_tariff_block(Datum datum)
{
	ac_int128	block = ac_tariff_number(datum, "block", 0);

	if (block == 0)
		ac_positive(DatumGetNumeric(datum), "block");
	return block;
}

/* An element, which must not be null. */
ac_int128
ac_tariff_element(const ac_numbers *numbers, int i)
{
	if (numbers->null[i])
		ac_raise_null(numbers->argument, i + 1);
	return ac_tariff_number(numbers->number[i], numbers->argument, i + 1);
}

/* An argument that is an array of one dimension, or empty, and not null. */
static ArrayType *
array_argument(FunctionCallInfo fcinfo, int n, const char *argument,
			   int *count)
{
	ArrayType  *array;

	if (PG_ARGISNULL(n))
		ac_raise_null(argument, 0);
	array = PG_GETARG_ARRAYTYPE_P(n);
	if (ARR_NDIM(array) > 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("\"%s\" must be a one-dimensional array", argument),
				 errdetail("The array has %d dimensions.", ARR_NDIM(array))));
	*count = ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array));
	return array;
}

/* Return the address of the first element. */
static char *
elements_of(ArrayType *array)
{
	return (char *) array + (ARR_HASNULL(array) ? (Size) array->dataoffset
							 : ARR_OVERHEAD_NONULLS(ARR_NDIM(array)));
}

static inline bool
is_null(const ArrayType *array, int i)
{
	return ARR_HASNULL(array) &&
		(ARR_NULLBITMAP(array)[i / 8] & (1 << i % 8)) == 0;
}

/*
 * The elements of an argument that is an array and must not be null.  There can
 * be a hundred million, which deconstruct_array() would not be cancelled in.
 */
ac_numbers
ac_numbers_argument(FunctionCallInfo fcinfo, int n, const char *argument)
{
	ac_numbers	numbers = {.argument = argument};
	ArrayType  *array = array_argument(fcinfo, n, argument, &numbers.count);
	char	   *next = elements_of(array);
	int			i;

	numbers.number = palloc(sizeof(Datum) * numbers.count);
	numbers.null = palloc(sizeof(bool) * numbers.count);
	for (i = 0; i < numbers.count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		numbers.null[i] = is_null(array, i);
		numbers.number[i] = PointerGetDatum(next);
		if (!numbers.null[i])
			next += INTALIGN(VARSIZE_ANY(next));
	}
	return numbers;
}

void
ac_same_length(const ac_numbers *a, const ac_numbers *b)
{
	ac_same_count(a->argument, a->count, b->argument, b->count);
}

void
ac_same_count(const char *a, int a_count, const char *b, int b_count)
{
	if (a_count != b_count)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("\"%s\" and \"%s\" must have the same length", a, b),
				 errdetail("The arrays have %d and %d elements.",
						   a_count, b_count)));
}

/*
 * The elements of eight bytes of an argument that is an array, where they lie;
 * none of them may be null.
 */
static const char *
fixed_elements(FunctionCallInfo fcinfo, int n, const char *argument,
			   int *count)
{
	ArrayType  *array = array_argument(fcinfo, n, argument, count);
	int			i;

	for (i = 0; ARR_HASNULL(array) && i < *count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (is_null(array, i))
			ac_raise_null(argument, i + 1);
	}
	return elements_of(array);
}

ac_reals
ac_reals_argument(FunctionCallInfo fcinfo, int n, const char *argument)
{
	ac_reals	reals;

	reals.value = (const double *) fixed_elements(fcinfo, n, argument,
												  &reals.count);
	return reals;
}

ac_integers
ac_integers_argument(FunctionCallInfo fcinfo, int n, const char *argument)
{
	ac_integers integers;

	integers.value = (const int64_t *) fixed_elements(fcinfo, n, argument,
													  &integers.count);
	return integers;
}

/* An argument that is an array of dates, as days; none is null or infinite. */
ac_integers
ac_days_argument(FunctionCallInfo fcinfo, int n, const char *argument)
{
	ac_integers days;
	ArrayType  *array = array_argument(fcinfo, n, argument, &days.count);
	const DateADT *date = (const DateADT *) elements_of(array);
	int64_t    *day = palloc(sizeof(int64_t) * days.count);
	int			i;

	for (i = 0; i < days.count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (is_null(array, i))
			ac_raise_null(argument, i + 1);
		if (DATE_NOT_FINITE(date[i]))
			ereport(ERROR,
					(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
					 errmsg("\"%s\" must be a finite date",
							ac_argument_name(argument, i + 1))));
		day[i] = date[i];
	}
	days.value = day;
	return days;
}
