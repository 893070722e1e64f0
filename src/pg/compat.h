/*
 * compat.h
 *	  Differences between PostgreSQL 15 and 19, and nothing else.
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

/* 18: functions that do not return are marked in front */
#ifndef pg_noreturn
#define pg_noreturn		pg_attribute_noreturn()
#endif

/* 18: a module says its name and version */
#ifndef PG_MODULE_MAGIC_EXT
#define PG_MODULE_MAGIC_EXT(...)	PG_MODULE_MAGIC
#endif

/* 19: the planner's hook for tables became one for relations of all kinds */
#if PG_VERSION_NUM >= 190000
#define relation_hook			build_simple_rel_hook
#define relation_hook_type		build_simple_rel_hook_type
#define RELATION_HOOK_PARAMETERS \
	PlannerInfo *root, RelOptInfo *rel, RangeTblEntry *rte
#define RELATION_HOOK_ARGUMENTS root, rel, rte
#else
#define relation_hook			get_relation_info_hook
#define relation_hook_type		get_relation_info_hook_type
#define RELATION_HOOK_PARAMETERS \
	PlannerInfo *root, Oid relation, bool inhparent, RelOptInfo *rel
#define RELATION_HOOK_ARGUMENTS root, relation, inhparent, rel
#endif

/* 19: a window function says that it takes no IGNORE NULLS */
#if PG_VERSION_NUM < 190000
#define WinCheckAndInitializeNullTreatment(window, allowed, fcinfo) ((void) 0)
#endif

#endif							/* AC_COMPAT_H */
