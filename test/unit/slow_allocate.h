/*
 * slow_allocate.h
 *	  A total split by the definition of largest remainder, in arithmetic bit
 *	  by bit.
 */
#ifndef AC_SLOW_ALLOCATE_H
#define AC_SLOW_ALLOCATE_H

/* total * weight has 384 bits */
#define SLOW_LIMBS		13

#include "slow.h"

#define SLOW_PARTS_MAX	10

/*
 * What ac_allocate must give for at most SLOW_PARTS_MAX weights whose sum is
 * not 0: each part rounded down, then one unit more for the largest remainder
 * that is left, the first of equals, for as long as units are missing.
 */
static inline void
slow_allocate(slow total, const ac_uint128 *weight, int count, slow * part)
{
	slow		sum = {{0}};
	slow		given = {{0}};
	slow		rest[SLOW_PARTS_MAX];
	int			i;

	for (i = 0; i < count; i++)
		sum = slow_add(sum, slow_of(0, weight[i]));
	for (i = 0; i < count; i++)
	{
		part[i] = slow_divide(slow_multiply(total, slow_of(0, weight[i])),
							  sum, &rest[i]);
		given = slow_add(given, part[i]);
	}
	while (slow_compare(given, total) < 0)
	{
		int			chosen = 0;

		for (i = 1; i < count; i++)
			if (slow_compare(rest[i], rest[chosen]) > 0)
				chosen = i;
		part[chosen] = slow_add(part[chosen], slow_of(0, 1));
		given = slow_add(given, slow_of(0, 1));
		rest[chosen] = slow_of(0, 0);
	}
}

#endif							/* AC_SLOW_ALLOCATE_H */
