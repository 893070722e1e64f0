/*
 * ac_pg.h
 *	  First include of every file of the glue: the server, what differs
 *	  between its majors, and how a datum becomes a value of the core.
 */
#ifndef AC_PG_H
#define AC_PG_H

#include "postgres.h"

#include "fmgr.h"
#include "utils/builtins.h"
#include "utils/numeric.h"

#include "core/tco.h"
#include "core/tco_avg.h"
#include "pg/compat.h"

StaticAssertDecl(sizeof(ac_int128) == sizeof(int128),
				 "the core's int128 is the server's");
StaticAssertDecl(_Alignof(ac_tco) <= MAXIMUM_ALIGNOF,
				 "a tco can lie wherever palloc and tuples put it");
StaticAssertDecl(_Alignof(ac_tco_avg) <= MAXIMUM_ALIGNOF,
				 "a state can lie wherever palloc and tuples put it");

/* as stored: for the functions of args.c, which need no aligned copy */
#define PG_GETARG_PACKED_NUMERIC(n) \
	((Numeric) PG_DETOAST_DATUM_PACKED(PG_GETARG_DATUM(n)))

#define PG_GETARG_TCO(n)		((ac_tco *) PG_GETARG_POINTER(n))
#define PG_GETARG_TCO_AVG(n)	((ac_tco_avg *) PG_GETARG_POINTER(n))

/* error.c: raise what the core found wrong */
extern void ac_raise(ac_status status, const ac_fault *fault,
					 const char *type_name, const char *input,
					 struct Node *escontext);

/* Raise unless all is well; for everything but the text of a type. */
static inline void
ac_check(ac_status status, const ac_fault *fault)
{
	if (unlikely(status != AC_OK))
		ac_raise(status, fault, "tco", NULL, NULL);
}

/* args.c: numeric <-> fixed point, text arguments */
extern ac_int128 ac_fixed_from_numeric(Numeric number);
extern Numeric ac_numeric_from_fixed(ac_int256 value);
extern Numeric ac_positive(Numeric number, const char *argument);
extern void ac_scale_by_numeric(ac_tco *tco, Numeric factor);
extern void ac_divide_by_numeric(ac_tco *tco, Numeric divisor);
extern ac_tco *ac_new_tco(const text *currency);
extern ac_tco *ac_copy_tco(const ac_tco *tco);
extern ac_component ac_component_from_text(const text *name);

#endif							/* AC_PG_H */
