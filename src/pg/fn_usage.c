/*
 * fn_usage.c
 *	  The class of a row of usage.
 */
#include "pg/ac_pg.h"

#include "access/htup_details.h"
#include "core/usage.h"
#include "funcapi.h"

PG_FUNCTION_INFO_V1(accelcost_price_class);
PG_FUNCTION_INFO_V1(accelcost_price_class_parts);
PG_FUNCTION_INFO_V1(accelcost_spans_prices);
PG_FUNCTION_INFO_V1(accelcost_may_name);

/* Limits from an array of bigint or of timestamptz, whose elements are alike. */
static ac_limits
limits_arg(FunctionCallInfo fcinfo, int n, const char *name, int max)
{
	ac_integers integers = ac_integers_argument(fcinfo, n, name);
	ac_limits	limits = {integers.value, integers.count};

	if (limits.count > max)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("catalog has too many price limits"),
				 errdetail("Array \"%s\" has %d elements; the maximum is %d.",
						   name, limits.count, max)));
	return limits;
}

static ac_maybe
maybe_arg(FunctionCallInfo fcinfo, int n)
{
	ac_maybe	maybe = {!PG_ARGISNULL(n), 0};

	if (maybe.known)
		maybe.value = PG_GETARG_INT64(n);
	return maybe;
}

static bool
true_arg(FunctionCallInfo fcinfo, int n)
{
	return !PG_ARGISNULL(n) && PG_GETARG_BOOL(n);
}

/* Test whether a name may have one of some keys of the catalog, one a line. */
static bool
may_name(FunctionCallInfo fcinfo, int name_arg, int keys_arg)
{
	text	   *name;
	text	   *keys;

	if (PG_ARGISNULL(name_arg) || PG_ARGISNULL(keys_arg))
		return false;
	name = PG_GETARG_TEXT_PP(name_arg);
	keys = PG_GETARG_TEXT_PP(keys_arg);
	return ac_usage_may_name(VARDATA_ANY(name), VARSIZE_ANY_EXHDR(name),
							 VARDATA_ANY(keys), VARSIZE_ANY_EXHDR(keys),
							 ac_check_for_interrupts);
}

Datum
accelcost_may_name(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(may_name(fcinfo, 0, 1));
}

Datum
accelcost_spans_prices(PG_FUNCTION_ARGS)
{
	ac_maybe	start = maybe_arg(fcinfo, 0);
	ac_maybe	end = maybe_arg(fcinfo, 1);

	ac_limits	windows = {NULL, 0};

	if (!end.known)
		PG_RETURN_BOOL(false);
	if (may_name(fcinfo, 4, 5))
		windows = limits_arg(fcinfo, 3, "windows", AC_USAGE_WINDOW_MAX);
	PG_RETURN_BOOL(ac_usage_spans(start, end,
								  limits_arg(fcinfo, 2, "eras",
											 AC_USAGE_ERA_MAX), windows));
}

Datum
accelcost_price_class(PG_FUNCTION_ARGS)
{
	ac_usage_record record;
	ac_limits	eras = limits_arg(fcinfo, 15, "eras", AC_USAGE_ERA_MAX);
	ac_limits	sizes = limits_arg(fcinfo, 16, "sizes", AC_USAGE_SIZE_MAX);
	ac_limits	windows = limits_arg(fcinfo, 17, "windows",
									 AC_USAGE_WINDOW_MAX);
	int			i;

	record.start = maybe_arg(fcinfo, 0);
	record.end = maybe_arg(fcinfo, 1);
	record.by_hours = true_arg(fcinfo, 2);
	record.hours_known = !PG_ARGISNULL(3);
	record.uses_hours = true_arg(fcinfo, 3);
	record.is_session = true_arg(fcinfo, 4);
	record.requests = maybe_arg(fcinfo, 5);
	record.max_request = maybe_arg(fcinfo, 6);
	for (i = 0; i < AC_USAGE_TOKENS; i++)
		record.tokens[i] = maybe_arg(fcinfo, 7 + i);
	record.uses_transfer = true_arg(fcinfo, 12);
	record.uses_storage = true_arg(fcinfo, 13);
	record.uses_energy = true_arg(fcinfo, 14);
	if (!may_name(fcinfo, 18, 19))
		windows.count = 0;
	PG_RETURN_INT64(ac_price_class(&record, eras, sizes, windows));
}

/* The columns of a class taken apart: flags in the order of their bits. */
#define FLAG_COLUMNS	(9 + AC_USAGE_TOKENS)
enum
{
	COLUMN_ERA = FLAG_COLUMNS, COLUMN_SIZE, COLUMN_WINDOW, COLUMNS
};

Datum
accelcost_price_class_parts(PG_FUNCTION_ARGS)
{
	ac_class_parts parts = ac_price_class_parts(PG_GETARG_INT64(0));
	TupleDesc	row;
	Datum		value[COLUMNS];
	bool		null[COLUMNS] = {false};
	int			i;

	if (get_call_result_type(fcinfo, NULL, &row) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	for (i = 0; i < FLAG_COLUMNS; i++)
		value[i] = BoolGetDatum((parts.flags & 1 << i) != 0);
	value[COLUMN_ERA] = Int32GetDatum(parts.era);
	value[COLUMN_SIZE] = Int32GetDatum(parts.size);
	value[COLUMN_WINDOW] = Int32GetDatum(parts.window);
	null[COLUMN_WINDOW] = !parts.has_window;
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(row),
													  value, null)));
}
