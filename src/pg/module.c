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
