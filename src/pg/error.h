/*
 * error.h
 *	  The parts of one error message, and what both files that word it share.
 */
#ifndef AC_ERROR_H
#define AC_ERROR_H

#include "pg/ac_pg.h"

#define COMPONENTS_HINT \
	_("Components are upfront, compute, energy, egress, storage, other, tax and credit.")
#define CURRENCY_HINT \
	_("A currency is 1 to 12 of A-Z, a-z, 0-9 and _, not digits alone.")

/* Without a message of its own, a fault is of malformed text or bytes. */
typedef struct ac_report
{
	int			sqlstate;
	char	   *message;
	char	   *detail;
	char	   *hint;
} ac_report;

/* The offending part of the text, as messages show it. */
static inline char *
part(const ac_fault *fault)
{
	return ac_shown(fault->part, fault->part_len);
}

/* error_input.c: text and bytes that are not a value */
extern void ac_report_input(ac_status status, const ac_fault *fault,
							const char *type_name, const char *input,
							ac_report *report);

#endif							/* AC_ERROR_H */
