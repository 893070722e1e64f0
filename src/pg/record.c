/*
 * record.c
 *	  The row that a function with OUT parameters returns.
 */
#include "pg/ac_pg.h"

#include "access/htup_details.h"
#include "funcapi.h"

/* The OUT parameters of the function that is called, looked up once a query. */
static TupleDesc
result_row(FunctionCallInfo fcinfo)
{
	FmgrInfo   *function = fcinfo->flinfo;

	if (function->fn_extra == NULL)
	{
		MemoryContext caller = MemoryContextSwitchTo(function->fn_mcxt);
		TupleDesc	row;

		if (get_call_result_type(fcinfo, NULL, &row) != TYPEFUNC_COMPOSITE)
			elog(ERROR, "return type must be a row type");
		function->fn_extra = BlessTupleDesc(row);
		MemoryContextSwitchTo(caller);
	}
	return function->fn_extra;
}

/*
 * A row of the OUT parameters of the function that is called, which keeps
 * nothing else in fn_extra.
 */
Datum
ac_record(FunctionCallInfo fcinfo, Datum *column, bool *null)
{
	return HeapTupleGetDatum(heap_form_tuple(result_row(fcinfo), column, null));
}
