/*
 * module.c
 *	  The loadable module itself.
 */
#include "pg/ac_pg.h"

PG_MODULE_MAGIC_EXT(.name = "accelcost",.version = ACCELCOST_VERSION);
