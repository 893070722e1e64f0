/*
 * fn_allocate.c
 *	  allocate(): a total split by weights.
 */
#include "pg/ac_pg.h"

#include "catalog/pg_type.h"
#include "lib/stringinfo.h"
#include "utils/array.h"
#include "utils/memutils.h"

PG_FUNCTION_INFO_V1(accelcost_allocate);

/* The arguments, in order. */
enum
{
	ARG_TOTAL, ARG_WEIGHTS, ARG_DIGITS
};

/*
 * Least decimals of the parts by default: cents, or more if the total has
 * more.
 */
#define DISPLAY_DIGITS_MIN	2

/* Parts that a total can have: they are one piece of memory. */
#define PARTS_MAX	((int) (MaxAllocSize / sizeof(ac_uint256)))

static ac_numbers
weights_argument(FunctionCallInfo fcinfo)
{
	ac_numbers	weights = ac_numbers_argument(fcinfo, ARG_WEIGHTS, "weights");

	if (weights.count > PARTS_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("\"weights\" must not have more than %d elements",
						PARTS_MAX),
				 errdetail("It has %d.", weights.count)));
	return weights;
}

/* Return the decimals of the parts. */
static int
digits_argument(FunctionCallInfo fcinfo, Numeric total)
{
	ac_fault	fault;
	int			digits;

	if (PG_ARGISNULL(ARG_DIGITS))
	{
		digits = DatumGetInt32(DirectFunctionCall1(numeric_scale,
												   NumericGetDatum(total)));
		if (digits > AC_UNITS_SCALE_MAX)
			ac_raise_numeric(AC_NUMERIC_SCALE, total, "total",
							 AC_UNITS_SCALE_MAX);
		return Max(digits, DISPLAY_DIGITS_MIN);
	}

	digits = PG_GETARG_INT32(ARG_DIGITS);
	if (digits < 0)
		ac_check(ac_fault_number(&fault, AC_DIGITS, digits, 0), &fault);
	if (digits > AC_UNITS_SCALE_MAX)
		ac_check(ac_fault_number(&fault, AC_DIGITS, digits,
								 AC_UNITS_SCALE_MAX),
				 &fault);
	return digits;
}

/* Return the total in units of its last decimal. */
static ac_int256
total_units(Numeric total, int digits)
{
	ac_int256	units;
	ac_fault	fault;
	ac_numeric_fault problem = ac_units_from_numeric(total, digits, &units);

	if (problem == AC_NUMERIC_RANGE)
		ac_check(ac_fault_number(&fault, AC_TOTAL_RANGE, digits,
								 AC_UNITS_DIGITS_MAX),
				 &fault);
	if (problem != AC_NUMERIC_OK)
		ac_raise_numeric(problem, total, "total", digits);
	return units;
}

/* Convert a weight to units; fail if the scale is too small for it. */
static ac_numeric_fault
weight_units(const ac_numbers *weights, int i, int scale, ac_int256 *units)
{
	Numeric		weight = DatumGetNumeric(weights->number[i]);
	ac_numeric_fault problem = ac_units_from_numeric(weight, scale, units);
	ac_fault	fault;

	if (problem == AC_NUMERIC_RANGE)
		ac_check(AC_WEIGHTS_RANGE, &fault);
	if (problem == AC_NUMERIC_SPECIAL)
		ac_raise_numeric(problem, weight,
						 ac_argument_name(weights->argument, i + 1), scale);
	return problem;
}

/*
 * Check that every weight is 0 or more; return the decimals of the finest one.
 */
static int
common_scale(const ac_numbers *weights)
{
	int			scale = 0;
	int			i;

	for (i = 0; i < weights->count; i++)
	{
		ac_int256	units;

		CHECK_FOR_INTERRUPTS();
		if (weights->null[i])
			ac_raise_null(weights->argument, i + 1);
		while (weight_units(weights, i, scale, &units) == AC_NUMERIC_SCALE)
			scale++;
		if (ac_int256_negative(units))
			ac_not_negative(DatumGetNumeric(weights->number[i]),
							ac_argument_name(weights->argument, i + 1));
	}
	return scale;
}

/* Weights as integers in their own ratios. */
static ac_uint128 *
weights_of(const ac_numbers *weights)
{
	ac_uint128 *weight = palloc(sizeof(ac_uint128) * weights->count);
	int			scale = common_scale(weights);
	int			i;

	for (i = 0; i < weights->count; i++)
	{
		ac_int256	units;
		ac_fault	fault;

		CHECK_FOR_INTERRUPTS();
		weight_units(weights, i, scale, &units);
		if (units.hi != 0)
			ac_check(AC_WEIGHTS_RANGE, &fault);
		weight[i] = units.lo;
	}
	return weight;
}

/*
 * The parts as an array, each negated if so said; built here, since of millions
 * construct_array() would not be cancelled.
 */
static ArrayType *
array_of_parts(const ac_uint256 *part, int count, int digits, bool negative)
{
	static const char zeros[ARR_OVERHEAD_NONULLS(1)];
	StringInfoData data;
	ArrayType  *array;
	int			i;

	initStringInfo(&data);
	appendBinaryStringInfo(&data, zeros, sizeof(zeros));
	for (i = 0; i < count; i++)
	{
		ac_int256	units = {.hi = (ac_int128) part[i].hi,.lo = part[i].lo};
		Numeric		number;

		CHECK_FOR_INTERRUPTS();
		if (negative)
			units = ac_int256_negate(units);
		number = ac_numeric_from_units(units, digits, false);
		appendBinaryStringInfo(&data, (char *) number, VARSIZE(number));
		appendBinaryStringInfo(&data, zeros, INTALIGN(data.len) - data.len);
		pfree(number);
	}

	array = (ArrayType *) data.data;
	SET_VARSIZE(array, data.len);
	array->ndim = 1;
	array->elemtype = NUMERICOID;
	ARR_DIMS(array)[0] = count;
	ARR_LBOUND(array)[0] = 1;
	return array;
}

Datum
accelcost_allocate(PG_FUNCTION_ARGS)
{
	Numeric		total;
	ac_numbers	weights;
	ac_int256	units;
	ac_uint256	magnitude;
	ac_uint128 *weight;
	ac_uint128 *remainder;
	ac_uint256 *part;
	ac_fault	fault;
	int			digits;

	if (PG_ARGISNULL(ARG_TOTAL))
		PG_RETURN_NULL();
	total = ac_numeric_finite(PG_GETARG_NUMERIC(ARG_TOTAL), "total");
	weights = weights_argument(fcinfo);
	digits = digits_argument(fcinfo, total);
	units = total_units(total, digits);
	weight = weights_of(&weights);

	magnitude = ac_int256_magnitude(units);
	part = palloc(sizeof(ac_uint256) * weights.count);
	remainder = palloc(sizeof(ac_uint128) * weights.count);
	ac_check(ac_allocate(&magnitude, weight, weights.count,
						 ac_check_for_interrupts, part, remainder, &fault),
			 &fault);
	PG_RETURN_ARRAYTYPE_P(array_of_parts(part, weights.count, digits,
										 ac_int256_negative(units)));
}
