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
	AC_TEXT_NUMBER,				/* part is not a plain decimal number, of at
								 * most number[0] decimals */
	AC_TEXT_EXPONENT,			/* part has an exponent */
	AC_TEXT_SEPARATOR,			/* part has a comma or another separator */
	AC_TEXT_SCALE,				/* part has more than number[0] decimals */
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
	AC_TEXT_RANGE,				/* part is out of range */
	AC_TEXT_EXPECTED,			/* name was expected at part */

	/* malformed bytes */
	AC_BYTES_LENGTH,			/* number[0] bytes, number[1] expected */
	AC_BYTES_VERSION,			/* number[0] found, number[1] expected */
	AC_BYTES_CURRENCY,			/* not a currency in its canonical form */
	AC_BYTES_PADDING,			/* reserved bytes are not zero */
	AC_BYTES_COUNT,				/* row count number[0] cannot be */
	AC_BYTES_EMPTY_STATE,		/* a state of no rows holds a sum */
	AC_BYTES_MODE,				/* number[0] is no mode of a tariff */
	AC_BYTES_QUANTITY,			/* not a quantity in its canonical form */

	/* values and arguments */
	AC_RANGE,					/* component name is out of range */
	AC_COUNT_RANGE,				/* row count is out of range */
	AC_DIVISION_BY_ZERO,
	AC_CURRENCY_MISMATCH,		/* value[0] and value[1] */
	AC_CURRENCY,				/* part is not a currency */
	AC_COMPONENT_NAME,			/* part is not the name of a component */
	AC_DIGITS,					/* number[0] is past the limit number[1] */
	AC_STATE_MISMATCH,			/* more rows are removed than were added */

	/* tariffs: element name[number[0]], or name where number[0] is 0 */
	AC_TARIFF_MODE,				/* part is not a mode */
	AC_TARIFF_BLOCK,			/* package alone has a block, above 0 */
	AC_TARIFF_PACKAGE,			/* package with number[0] tiers */
	AC_TARIFF_EMPTY,			/* no tiers */
	AC_TARIFF_LIMIT,			/* number[0] tiers, at most number[1] */
	AC_TARIFF_MISMATCH,			/* value[0] and value[1] from tier number[0]
								 * on */
	AC_TIER_NEGATIVE,			/* element is value[0], below 0 */
	AC_TIER_BOUND,				/* bound value[0] not above value[1] */
	AC_TIER_NOT_ABOVE,			/* element is value[0], not above 0 */
	AC_TIER_OPEN,				/* open tier number[0], but not the last */
	AC_TIER_TWICE,				/* two tiers end at value[0], or number[0]:
								 * open */
	AC_TIER_SCALE,				/* element has more than AC_SCALE decimals */
	AC_TIER_RANGE,				/* element is out of range */

	/* quantities */
	AC_QUANTITY_RANGE,			/* a sum of quantities is out of range */
	AC_QUANTITY_NEGATIVE,		/* value[0] is rated, below 0 */
	AC_QUANTITY_PAST,			/* value[0] lies past the last bound value[1] */
	AC_QUANTITY_LAST,			/* no tier lies above value[0]: value[1] */

	/* tokens */
	AC_NEGATIVE_COUNT,			/* parameter name is number[0], below 0 */
	AC_TOKEN_CONVENTION,		/* name is part, not included or value[0] */
	AC_TOKEN_CACHED_UNSTATED,	/* are they in the count of input? */
	AC_TOKEN_REASONING_UNSTATED,	/* are they in the count of output? */
	AC_TOKEN_CACHED_EXCEEDS,	/* input value[0] includes value[1] */
	AC_TOKEN_REASONING_EXCEEDS, /* output value[0] includes value[1] */
	AC_TOKEN_NO_THRESHOLD,		/* from where on do long prices hold? */
	AC_TOKEN_RANGE,				/* the cost is out of range */

	/* cash flows */
	AC_FLOW_NONE,				/* there is none */
	AC_FLOW_FINITE,				/* name[number[0]] is real[0] */
	AC_FLOW_LIMIT,				/* number[0] flows, at most number[1] */
	AC_FLOW_SPAN,				/* number[0] days, fewer than number[1] */

	/* physical quantities: parameter name is real[0], its limit real[1] */
	AC_REAL_FINITE,				/* NaN or infinity */
	AC_REAL_BELOW,
	AC_REAL_NOT_ABOVE,
	AC_REAL_ABOVE,
	AC_REAL_RESULT,				/* the result is out of range */

	/* splitting and rounding */
	AC_TOTAL_RANGE,				/* with number[0] decimals, the total name has
								 * more than number[1] digits */
	AC_PART_RANGE,				/* a part is out of range */
	AC_WEIGHTS_RANGE,			/* weights add up to 2^128 or more */
	AC_WEIGHTS_ZERO,			/* none of number[0] weights is above 0 */
	AC_CURRENCY_DIGITS,			/* part has no minor unit in ISO 4217 */
	AC_ROUNDING_NAME,			/* part is no way to round */

	/* units */
	AC_CARBON_UNIT,				/* part is no unit of carbon intensity */

	/* figures of throughput */
	AC_PRECISION,				/* part is not a precision */
	AC_PRECISION_MISMATCH,		/* value[0] and value[1] */
	AC_SPARSITY_MISMATCH		/* real[0] and real[1] */
} ac_status;

typedef struct ac_fault
{
	const char *part;			/* offending part of the text given in */
	size_t		part_len;
	const char *name;			/* component, parameter or element, static */
	char		value[2][64];	/* values in conflict */
	int64_t		number[2];		/* found, limit or expectation */
	double		real[2];		/* found, limit */
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
