/*
 * fn_check.c
 *	  Checks of numeric parameters, for functions written in SQL: each returns
 *	  the number or raises an error that names the parameter.
 */
#include "pg/ac_pg.h"

PG_FUNCTION_INFO_V1(accelcost_check_at_least);
PG_FUNCTION_INFO_V1(accelcost_check_more_than);
PG_FUNCTION_INFO_V1(accelcost_check_between);

Datum
accelcost_check_at_least(PG_FUNCTION_ARGS)
{
	char	   *parameter = text_to_cstring(PG_GETARG_TEXT_PP(2));

	PG_RETURN_NUMERIC(ac_numeric_at_least(PG_GETARG_NUMERIC(0),
										  PG_GETARG_NUMERIC(1), parameter));
}

Datum
accelcost_check_more_than(PG_FUNCTION_ARGS)
{
	char	   *parameter = text_to_cstring(PG_GETARG_TEXT_PP(2));

	PG_RETURN_NUMERIC(ac_numeric_more_than(PG_GETARG_NUMERIC(0),
										   PG_GETARG_NUMERIC(1), parameter));
}

Datum
accelcost_check_between(PG_FUNCTION_ARGS)
{
	Numeric		value = PG_GETARG_NUMERIC(0);
	char	   *parameter = text_to_cstring(PG_GETARG_TEXT_PP(3));

	ac_numeric_at_least(value, PG_GETARG_NUMERIC(1), parameter);
	PG_RETURN_NUMERIC(ac_numeric_at_most(value, PG_GETARG_NUMERIC(2),
										 parameter));
}
