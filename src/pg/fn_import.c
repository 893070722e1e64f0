/*
 * fn_import.c
 *	  Cells of a billing export as values.
 */
#include "pg/ac_pg.h"

#include "core/cell.h"
#include "utils/timestamp.h"

PG_FUNCTION_INFO_V1(accelcost_import_text);
PG_FUNCTION_INFO_V1(accelcost_import_number);
PG_FUNCTION_INFO_V1(accelcost_import_cost);
PG_FUNCTION_INFO_V1(accelcost_import_timestamp);
PG_FUNCTION_INFO_V1(accelcost_import_is_plain_object);

Datum
accelcost_import_text(PG_FUNCTION_ARGS)
{
	text	   *cell = PG_GETARG_TEXT_PP(0);
	const char *inner = VARDATA_ANY(cell);
	size_t		len = VARSIZE_ANY_EXHDR(cell);

	if (!ac_cell_trim(&inner, &len))
		PG_RETURN_NULL();
	if (len == VARSIZE_ANY_EXHDR(cell))
		PG_RETURN_TEXT_P(cell);
	PG_RETURN_TEXT_P(cstring_to_text_with_len(inner, (int) len));
}

/* The numeric of a cell that the core finds to be one. */
static Datum
numeric_cell(FunctionCallInfo fcinfo, bool (*is_one) (const char *, size_t))
{
	text	   *cell = PG_GETARG_TEXT_PP(0);

	if (!is_one(VARDATA_ANY(cell), VARSIZE_ANY_EXHDR(cell)))
		PG_RETURN_NULL();
	PG_RETURN_DATUM(DirectFunctionCall3(numeric_in,
										CStringGetDatum(text_to_cstring(cell)),
										ObjectIdGetDatum(InvalidOid),
										Int32GetDatum(-1)));
}

Datum
accelcost_import_number(PG_FUNCTION_ARGS)
{
	return numeric_cell(fcinfo, ac_cell_is_number);
}

Datum
accelcost_import_cost(PG_FUNCTION_ARGS)
{
	return numeric_cell(fcinfo, ac_cell_is_cost);
}

Datum
accelcost_import_timestamp(PG_FUNCTION_ARGS)
{
	text	   *cell = PG_GETARG_TEXT_PP(0);
	int64_t		microseconds;

	if (!ac_cell_time(VARDATA_ANY(cell), VARSIZE_ANY_EXHDR(cell),
					  &microseconds))
		PG_RETURN_NULL();
	PG_RETURN_TIMESTAMPTZ(microseconds);
}

Datum
accelcost_import_is_plain_object(PG_FUNCTION_ARGS)
{
	text	   *cell = PG_GETARG_TEXT_PP(0);

	PG_RETURN_BOOL(ac_cell_is_plain_object(VARDATA_ANY(cell),
										   VARSIZE_ANY_EXHDR(cell)));
}
