/*
 * module.c
 *	  The loadable module itself.
 */
#include "pg/ac_pg.h"

#include "pg/plan_month.h"

PG_MODULE_MAGIC_EXT(.name = "accelcost",.version = ACCELCOST_VERSION);

extern PGDLLEXPORT void _PG_init(void);

void
_PG_init(void)
{
	ac_plan_month_init();
}

PG_FUNCTION_INFO_V1(accelcost_library_version);

Datum
accelcost_library_version(PG_FUNCTION_ARGS)
{
	PG_RETURN_TEXT_P(cstring_to_text(ACCELCOST_VERSION));
}
