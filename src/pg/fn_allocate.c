/*
 * fn_allocate.c
 *	  allocate() and share_out(): a total split by weights.
 */
#include "pg/ac_pg.h"

#include "catalog/pg_type.h"
#include "lib/stringinfo.h"
#include "utils/array.h"
#include "utils/memutils.h"

PG_FUNCTION_INFO_V1(accelcost_allocate);
PG_FUNCTION_INFO_V1(accelcost_share_out);

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
	if (!PG_ARGISNULL(ARG_DIGITS))
		return ac_parts_digits(PG_GETARG_INT32(ARG_DIGITS));
	return ac_parts_digits_of(DatumGetInt32(DirectFunctionCall1(numeric_scale,
																NumericGetDatum(total))),
							  DISPLAY_DIGITS_MIN, total, "total");
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
 * An array of parts, which grows; begun, filled and finished here, since with
 * millions of them construct_array() would not be cancelled.
 */
static void
begin_array(StringInfo array)
{
	static const char zeros[ARR_OVERHEAD_NONULLS(1)];

	initStringInfo(array);
	appendBinaryStringInfo(array, zeros, sizeof(zeros));
}

static void
append_part(StringInfo array, ac_int256 units, int digits)
{
	static const char zeros[MAXIMUM_ALIGNOF];
	Numeric		number = ac_numeric_from_units(units, digits, false);

	appendBinaryStringInfo(array, (char *) number, VARSIZE(number));
	appendBinaryStringInfo(array, zeros, INTALIGN(array->len) - array->len);
	pfree(number);
}

static ArrayType *
finish_array(StringInfo data, int count)
{
	ArrayType  *array = (ArrayType *) data->data;

	SET_VARSIZE(array, data->len);
	array->ndim = 1;
	array->elemtype = NUMERICOID;
	ARR_DIMS(array)[0] = count;
	ARR_LBOUND(array)[0] = 1;
	return array;
}

/* Check that no weight is null, NaN or infinite. */
static void
check_finite(const ac_numbers *weights)
{
	int			i;

	for (i = 0; i < weights->count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (weights->null[i])
			ac_raise_null(weights->argument, i + 1);
		if (!ac_numeric_is_finite(DatumGetNumeric(weights->number[i])))
			ac_raise_numeric(AC_NUMERIC_SPECIAL,
							 DatumGetNumeric(weights->number[i]),
							 ac_argument_name(weights->argument, i + 1), 0);
	}
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
	StringInfoData array;
	ac_fault	fault;
	int			digits;
	int			i;

	if (PG_ARGISNULL(ARG_TOTAL))
		PG_RETURN_NULL();
	total = ac_numeric_finite(PG_GETARG_NUMERIC(ARG_TOTAL), "total");
	weights = weights_argument(fcinfo);
	digits = digits_argument(fcinfo, total);
	units = ac_total_units(total, digits, "total");
	weight = weights_of(&weights);

	magnitude = ac_int256_magnitude(units);
	part = palloc(sizeof(ac_uint256) * weights.count);
	remainder = palloc(sizeof(ac_uint128) * weights.count);
	ac_check(ac_allocate(&magnitude, weight, weights.count,
						 ac_check_for_interrupts, part, remainder, &fault),
			 &fault);

	begin_array(&array);
	for (i = 0; i < weights.count; i++)
	{
		ac_int256	share = {.hi = (ac_int128) part[i].hi,.lo = part[i].lo};

		CHECK_FOR_INTERRUPTS();
		append_part(&array, ac_int256_negative(units)
					? ac_int256_negate(share) : share, digits);
	}
	PG_RETURN_ARRAYTYPE_P(finish_array(&array, weights.count));
}

/* Strict; unlike allocate() for weights of any sign, also if all are 0. */
Datum
accelcost_share_out(PG_FUNCTION_ARGS)
{
	Numeric		total = ac_numeric_finite(PG_GETARG_NUMERIC(ARG_TOTAL),
										  "total");
	ac_numbers	weights = weights_argument(fcinfo);
	int			digits = digits_argument(fcinfo, total);
	ac_int256	units = ac_total_units(total, digits, "total");
	ac_uint128 *remainder;
	ac_int128  *weight;
	StringInfoData array;
	ac_split	split;
	ac_fault	fault;
	int			i;

	if (weights.count == 0)
		PG_RETURN_NULL();
	check_finite(&weights);
	weight = ac_signed_weights(weights.number, weights.count);
	remainder = palloc(sizeof(ac_uint128) * weights.count);
	ac_check(ac_split_begin(&split, units, weight, weights.count,
							ac_check_for_interrupts, remainder, &fault),
			 &fault);
	begin_array(&array);
	for (i = 0; i < weights.count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		append_part(&array, ac_split_next(&split, weight[i]), digits);
	}
	PG_RETURN_ARRAYTYPE_P(finish_array(&array, weights.count));
}
