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

/* Limits from an array of bigint or of timestamptz, whose elements are alike. */
static ac_limits
limits_arg(FunctionCallInfo fcinfo, int n, const char *name, int max)
{
	ac_integers integers = ac_integers_argument(fcinfo, n, name);
	ac_limits	limits = {integers.value, integers.count};

	if (limits.count > max)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("the prices of the catalog change at too many points"),
				 errdetail("\"%s\" has %d elements, and may have %d.",
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

/*
 * Test whether the provider's prices may depend on the time of the week, by
 * its name.
 */
static bool
has_windows(FunctionCallInfo fcinfo)
{
	text	   *provider;
	text	   *keys;

	if (PG_ARGISNULL(19) || PG_ARGISNULL(20))
		return false;
	provider = PG_GETARG_TEXT_PP(19);
	keys = PG_GETARG_TEXT_PP(20);
	return ac_usage_may_name(VARDATA_ANY(provider),
							 VARSIZE_ANY_EXHDR(provider),
							 VARDATA_ANY(keys), VARSIZE_ANY_EXHDR(keys),
							 ac_check_for_interrupts);
}

Datum
accelcost_price_class(PG_FUNCTION_ARGS)
{
	ac_usage_record record;
	ac_limits	eras = limits_arg(fcinfo, 16, "eras", AC_USAGE_ERA_MAX);
	ac_limits	sizes = limits_arg(fcinfo, 17, "sizes", AC_USAGE_SIZE_MAX);
	ac_limits	windows = limits_arg(fcinfo, 18, "windows",
									 AC_USAGE_WINDOW_MAX);
	int			i;

	record.start = maybe_arg(fcinfo, 0);
	record.end = maybe_arg(fcinfo, 1);
	record.by_hours = true_arg(fcinfo, 2);
	record.hours_known = !PG_ARGISNULL(3);
	record.uses_hours = true_arg(fcinfo, 3);
	record.is_session = true_arg(fcinfo, 4);
	record.is_batch = true_arg(fcinfo, 5);
	record.requests = maybe_arg(fcinfo, 6);
	record.max_request = maybe_arg(fcinfo, 7);
	for (i = 0; i < AC_USAGE_TOKENS; i++)
		record.tokens[i] = maybe_arg(fcinfo, 8 + i);
	record.uses_transfer = true_arg(fcinfo, 13);
	record.uses_storage = true_arg(fcinfo, 14);
	record.uses_energy = true_arg(fcinfo, 15);
	if (!has_windows(fcinfo))
		windows.count = 0;
	PG_RETURN_INT64(ac_price_class(&record, eras, sizes, windows));
}

/* The columns of a class taken apart: flags in the order of their bits. */
#define FLAG_COLUMNS	(10 + AC_USAGE_TOKENS)
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
