/*
 * status.h
 *	  What can go wrong in the core, and the record that says where.
 *
 * The core never raises: a function that can fail returns an ac_status and,
 * when it is not AC_OK, has filled the caller's ac_fault.  The glue turns the
 * two into one error message (src/pg/error.c).
 */
#ifndef AC_STATUS_H
#define AC_STATUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum ac_status
{
	AC_OK = 0,

	/* malformed text */
	AC_TEXT_NUMBER,				/* part is not a plain decimal number */
	AC_TEXT_EXPONENT,			/* part has an exponent */
	AC_TEXT_SEPARATOR,			/* part has a comma or another separator */
	AC_TEXT_SCALE,				/* part has more than AC_SCALE decimals */
	AC_TEXT_MISSING_AMOUNT,		/* nothing but blanks */
	AC_TEXT_MISSING_CURRENCY,	/* the text ends after the amount */
	AC_TEXT_CURRENCY,			/* part is not a currency */
	AC_TEXT_CURRENCY_FIRST,		/* part is a currency before the amount */
	AC_TEXT_COMPONENT,			/* part is not component=amount */
	AC_TEXT_COMPONENT_NAME,		/* part is not the name of a component */
	AC_TEXT_COMPONENT_TWICE,	/* part is a component named before */
	AC_TEXT_TOTAL,				/* value[0] is stated, value[1] is the sum */
	AC_TEXT_COUNT,				/* part is not a row count */
	AC_TEXT_EMPTY_STATE,		/* a state of no rows holds part */

	/* malformed bytes */
	AC_BYTES_LENGTH,			/* number[0] bytes, number[1] expected */
	AC_BYTES_VERSION,			/* number[0] found, number[1] expected */
	AC_BYTES_CURRENCY,			/* not a currency in its canonical form */
	AC_BYTES_PADDING,			/* reserved bytes are not zero */
	AC_BYTES_COUNT,				/* row count number[0] cannot be */
	AC_BYTES_EMPTY_STATE,		/* a state of no rows holds a sum */

	/* values and arguments */
	AC_RANGE,					/* component name is out of range */
	AC_TEXT_RANGE,				/* part is out of range */
	AC_COUNT_RANGE,				/* row count is out of range */
	AC_DIVISION_BY_ZERO,
	AC_CURRENCY_MISMATCH,		/* value[0] and value[1] */
	AC_CURRENCY,				/* part is not a currency */
	AC_COMPONENT_NAME,			/* part is not the name of a component */
	AC_DIGITS,					/* number[0] is below number[1] */
	AC_STATE_MISMATCH			/* more rows are removed than were added */
} ac_status;

typedef struct ac_fault
{
	const char *part;			/* offending part of the text given in */
	size_t		part_len;
	const char *name;			/* component, static */
	char		value[2][64];	/* values in conflict */
	int64_t		number[2];		/* found, limit or expectation */
} ac_fault;

/* Record the offending part of the input and return the status. */
static inline ac_status
ac_fault_part(ac_fault *fault, ac_status status, const char *part, size_t len)
{
	fault->part = part;
	fault->part_len = len;
	return status;
}

/* Record a number and what it was held against, and return the status. */
static inline ac_status
ac_fault_number(ac_fault *fault, ac_status status, int64_t found,
				int64_t limit)
{
	fault->number[0] = found;
	fault->number[1] = limit;
	return status;
}

/* Leave the calling function when a step of it fails. */
#define AC_TRY(step) \
	do { \
		ac_status	ac_try_status = (step); \
		if (ac_try_status != AC_OK) \
			return ac_try_status; \
	} while (0)

#endif							/* AC_STATUS_H */
