/*
 * tariff_free.c
 *	  What is free in a tariff, and where it ends.
 */
#include <string.h>

#include "core/tariff.h"

/* Test whether no quantity costs anything. */
bool
ac_tariff_is_free(const ac_tariff *tariff)
{
	int			i;

	for (i = 0; i < tariff->count; i++)
		if (tariff->tier[i].price != 0 || tariff->tier[i].flat != 0)
			return false;
	return true;
}

/*
 * Find the quantity at which the last tier ends, the allowance included; false
 * if it is open.
 */
bool
ac_tariff_end(const ac_tariff *tariff, ac_int256 *end)
{
	ac_int128	bound = tariff->tier[tariff->count - 1].upto;

	*end = ac_int256_add(ac_int256_from(bound),
						 ac_int256_from(tariff->allowance));
	return bound != AC_TIER_OPEN_BOUND;
}

/*
 * Make a tariff with a larger allowance; result has room for as many tiers.
 * Fails if the allowance is out of range.
 */
ac_status
ac_tariff_add_allowance(const ac_tariff *tariff, ac_int128 quantity,
						ac_tariff *result, ac_fault *fault)
{
	memcpy(result, tariff, ac_tariff_size(tariff->count));
	if (__builtin_add_overflow(tariff->allowance, quantity,
							   &result->allowance))
	{
		fault->name = "allowance";
		ac_decimal_format(ac_int256_add(ac_int256_from(tariff->allowance),
										ac_int256_from(quantity)),
						  fault->value[0]);
		return ac_fault_number(fault, AC_TIER_RANGE, 0, 0);
	}
	return ac_tariff_seal(result, fault);
}

/*
 * Make a tariff whose first tier is free and ends at quantity, in place of the
 * tiers that end there or before; result has room for one tier more.
 */
ac_status
ac_tariff_add_free_tier(const ac_tariff *tariff, ac_int128 quantity,
						ac_tariff *result, ac_fault *fault)
{
	int			first = 0;
	int			kept;

	while (first < tariff->count && tariff->tier[first].upto <= quantity)
		first++;
	kept = tariff->count - first;
	AC_TRY(ac_tariff_check_count(kept + 1, fault));
	ac_tariff_init(result, (ac_tariff_mode) tariff->mode, kept + 1);
	result->allowance = tariff->allowance;
	result->block = tariff->block;
	result->tier[0].upto = quantity;
	memcpy(&result->tier[1], &tariff->tier[first],
		   (size_t) kept * sizeof(ac_tier));
	return ac_tariff_seal(result, fault);
}
