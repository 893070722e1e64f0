/*
 * allocate.h
 *	  A total split by weights, nothing lost or gained.
 */
#ifndef AC_ALLOCATE_H
#define AC_ALLOCATE_H

#include "core/poll.h"
#include "core/tco.h"

extern ac_status ac_allocate(const ac_uint256 *total, const ac_uint128 *weight,
							 int count, ac_poll poll, ac_uint256 *part,
							 ac_uint128 *remainder, ac_fault *fault);

/* Digits of the sum to which weights of any sign are rounded. */
#define AC_WEIGHT_DIGITS	36

typedef enum ac_split_rule
{
	AC_SPLIT_NOTHING,			/* all parts are 0 */
	AC_SPLIT_FIRST,				/* the first part is all */
	AC_SPLIT_EVEN,				/* all parts are equal */
	AC_SPLIT_PROPORTIONAL,
	AC_SPLIT_CORRECTED			/* weights below 0 are corrections */
} ac_split_rule;

/* A split by weights of any sign, whose parts are made one by one. */
typedef struct ac_split
{
	ac_int256	total;
	ac_int256	rest;			/* the total without corrections */
	ac_uint128	whole;			/* the magnitude of the sum of weights */
	ac_uint128	sum;			/* of the weights that share the rest */
	ac_uint128	threshold;		/* of the remainders that are rounded up */
	int			ties;			/* remainders to round up that equal it */
	ac_split_rule rule;
	bool		opposite;		/* the sum of weights is below 0 */
} ac_split;

extern int	ac_weights_scale(ac_uint256 sum, int scale);
extern ac_status ac_split_begin(ac_split *split, ac_int256 total,
								const ac_int128 *weight, int count,
								ac_poll poll, ac_uint128 *remainder,
								ac_fault *fault);
extern ac_int256 ac_split_next(ac_split *split, ac_int128 weight);

/* likewise for each component of a tco: allocate_tco.c */
typedef struct ac_tco_split
{
	ac_tco		total;
	ac_split	component[AC_NCOMPONENTS];
} ac_tco_split;

extern ac_status ac_tco_split_begin(ac_tco_split *split, const ac_tco *total,
									const ac_int128 *weight, int count,
									ac_poll poll, ac_uint128 *remainder,
									ac_fault *fault);
extern ac_status ac_tco_split_next(ac_tco_split *split, ac_int128 weight,
								   ac_tco *part, ac_fault *fault);

#endif							/* AC_ALLOCATE_H */
