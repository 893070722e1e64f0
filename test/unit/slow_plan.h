/*
 * slow_plan.h
 *	  What plans cost after some months, in the arithmetic of slow.h.
 */
#ifndef AC_SLOW_PLAN_H
#define AC_SLOW_PLAN_H

/* months times what is saved in each has 384 bits */
#define SLOW_LIMBS		13

#include "slow.h"

static inline slow
slow_magnitude_256(ac_int256 value)
{
	ac_uint256	bits = ac_int256_magnitude(value);

	return slow_of(bits.hi, bits.lo);
}

/* All that a plan costs each month. */
static inline ac_int256
slow_recurring(const ac_tco *plan)
{
	ac_int256	sum = ac_int256_from(0);
	int			i;

	for (i = 0; i < AC_NCOMPONENTS; i++)
		if (i != AC_UPFRONT)
			sum = ac_int256_add(sum, ac_int256_from(plan->amount[i]));
	return sum;
}

/* Is plan a not dearer than b after so many units of 1e-18 months? */
static inline bool
slow_is_ahead(const ac_tco *a, const ac_tco *b, ac_int256 months)
{
	ac_int256	extra = ac_int256_subtract(ac_int256_from(a->amount[AC_UPFRONT]),
										   ac_int256_from(b->amount[AC_UPFRONT]));
	ac_int256	saving = ac_int256_subtract(slow_recurring(b),
											slow_recurring(a));
	slow		more = slow_multiply(slow_magnitude_256(extra),
									 slow_of(0, AC_UNIT));
	slow		saved = slow_multiply(slow_magnitude_256(saving),
									  slow_magnitude_256(months));

	/* extra * 1e18 <= saving * months, by the signs of both sides */
	if (!ac_int256_negative(extra) && !ac_int256_negative(saving))
		return slow_compare(more, saved) <= 0;
	if (ac_int256_negative(extra) && ac_int256_negative(saving))
		return slow_compare(more, saved) >= 0;
	return !ac_int256_negative(saving) ||
		(slow_bits(&more) == 0 && slow_bits(&saved) == 0);
}

#endif							/* AC_SLOW_PLAN_H */
