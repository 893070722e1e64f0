/*
 * allocate_tco.c
 *	  A tco split by weights, each component by itself.
 */
#include "core/allocate.h"

/* Begin to split each component by the rules of ac_split_begin. */
ac_status
ac_tco_split_begin(ac_tco_split *split, const ac_tco *total,
				   const ac_int128 *weight, int count, ac_poll poll,
				   ac_uint128 *remainder, ac_fault *fault)
{
	int			i;

	split->total = *total;
	for (i = 0; i < AC_NCOMPONENTS; i++)
		AC_TRY(ac_split_begin(&split->component[i],
							  ac_int256_from(total->amount[i]), weight, count,
							  poll, remainder, fault));
	return AC_OK;
}

/*
 * Make the part of the next weight.  Fails if a component is out of range,
 * which a correction can take it to.
 */
ac_status
ac_tco_split_next(ac_tco_split *split, ac_int128 weight, ac_tco *part,
				  ac_fault *fault)
{
	int			i;

	*part = split->total;
	for (i = 0; i < AC_NCOMPONENTS; i++)
		if (!ac_int256_narrow(ac_split_next(&split->component[i], weight),
							  &part->amount[i]))
		{
			fault->name = ac_component_name((ac_component) i);
			return AC_RANGE;
		}
	return AC_OK;
}
