/*
 * fn_import.c
 *	  Cells of a billing export as values.
 */
#include "pg/ac_pg.h"

#include "core/cell.h"
#include "mb/pg_wchar.h"
#include "utils/timestamp.h"

PG_FUNCTION_INFO_V1(accelcost_import_text);
PG_FUNCTION_INFO_V1(accelcost_import_number);
PG_FUNCTION_INFO_V1(accelcost_import_cost);
PG_FUNCTION_INFO_V1(accelcost_import_timestamp);
PG_FUNCTION_INFO_V1(accelcost_import_is_plain_object);
PG_FUNCTION_INFO_V1(accelcost_import_currency);
PG_FUNCTION_INFO_V1(accelcost_import_money);
PG_FUNCTION_INFO_V1(accelcost_import_slash_date);
PG_FUNCTION_INFO_V1(accelcost_unit_multiplier);

Datum
accelcost_import_text(PG_FUNCTION_ARGS)
{
	text	   *cell = PG_GETARG_TEXT_PP(0);
	const char *inner = VARDATA_ANY(cell);
	size_t		len = VARSIZE_ANY_EXHDR(cell);

	if (!ac_cell_trim(&inner, &len, GetDatabaseEncoding() == PG_UTF8))
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

Datum
accelcost_import_currency(PG_FUNCTION_ARGS)
{
	text	   *cell = PG_GETARG_TEXT_PP(0);
	size_t		len = VARSIZE_ANY_EXHDR(cell);
	char		currency[AC_CELL_CURRENCY_MAX];

	if (!ac_cell_currency(VARDATA_ANY(cell), len, currency))
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text_with_len(currency, (int) len));
}

Datum
accelcost_import_money(PG_FUNCTION_ARGS)
{
	text	   *cell = PG_GETARG_TEXT_PP(0);
	size_t		len = VARSIZE_ANY_EXHDR(cell);
	char	   *amount = palloc(len + 1);

	len = ac_cell_money(VARDATA_ANY(cell), len, amount);
	PG_RETURN_TEXT_P(cstring_to_text_with_len(amount, (int) len));
}

/* In an order other than MDY and DMY there are no slashes. */
Datum
accelcost_import_slash_date(PG_FUNCTION_ARGS)
{
	text	   *cell = PG_GETARG_TEXT_PP(0);
	char	   *order = text_to_cstring(PG_GETARG_TEXT_PP(1));
	size_t		len = VARSIZE_ANY_EXHDR(cell);
	char	   *date;

	if (strcmp(order, "MDY") != 0 && strcmp(order, "DMY") != 0)
		PG_RETURN_TEXT_P(cell);
	date = palloc(AC_CELL_DATE_ROOM(len));
	len = ac_cell_slash_date(VARDATA_ANY(cell), len, order[0] == 'D', date);
	PG_RETURN_TEXT_P(cstring_to_text_with_len(date, (int) len));
}

Datum
accelcost_unit_multiplier(PG_FUNCTION_ARGS)
{
	text	   *unit = PG_GETARG_TEXT_PP(0);
	char		units[AC_CELL_BLOCK_MAX + 1];
	size_t		len;

	len = ac_cell_unit_block(VARDATA_ANY(unit), VARSIZE_ANY_EXHDR(unit),
							 units);
	if (len == 0)
		PG_RETURN_NULL();
	units[len] = '\0';
	PG_RETURN_DATUM(DirectFunctionCall3(numeric_in, CStringGetDatum(units),
										ObjectIdGetDatum(InvalidOid),
										Int32GetDatum(-1)));
}
