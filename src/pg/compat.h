/*
 * compat.h
 *	  Differences between PostgreSQL 15 and 18, and nothing else.
 */
#ifndef AC_COMPAT_H
#define AC_COMPAT_H

#if PG_VERSION_NUM < 150000
#error "accelcost needs PostgreSQL 15 or later"
#endif

/* 16: varatt.h was split from postgres.h */
#if PG_VERSION_NUM >= 160000
#include "varatt.h"
#endif

/* 16: soft errors of input functions */
#if PG_VERSION_NUM >= 160000
#include "nodes/miscnodes.h"
#else
#define errsave(escontext, ...) \
	do { \
		(void) (escontext); \
		ereport(ERROR, __VA_ARGS__); \
	} while (0)
#endif

/* 18: a module says its name and version */
#ifndef PG_MODULE_MAGIC_EXT
#define PG_MODULE_MAGIC_EXT(...)	PG_MODULE_MAGIC
#endif

#endif							/* AC_COMPAT_H */
