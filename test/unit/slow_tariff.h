/*
 * slow_tariff.h
 *	  What a quantity costs, tier by tier as the contract words it, which the
 *	  core's answer is held against.
 */
#ifndef AC_SLOW_TARIFF_H
#define AC_SLOW_TARIFF_H

#include "core/tariff.h"

/* 352 bits: the largest price times the largest quantity has 314. */
#define SLOW_LIMBS		11

#include "slow.h"

static inline slow
slow_unit(void)
{
	return slow_of(0, AC_UNIT);
}

/* A number of 1e-18 in 1e-36, or one of 1e-36 in 1e-54. */
static inline slow
slow_finer(slow x)
{
	return slow_multiply(x, slow_unit());
}

static inline bool
slow_equal(slow a, slow b)
{
	return slow_compare(a, b) == 0;
}

/* A fee, of 1e-18, in 1e-54. */
static inline slow
slow_fee(ac_int128 flat)
{
	return slow_finer(slow_finer(slow_magnitude(flat)));
}

/* The magnitude, in 1e-36. */
static inline slow
slow_of_quantity(const ac_quantity *quantity)
{
	slow		units = slow_finer(slow_magnitude(quantity->units));
	slow		rest = slow_of(0, quantity->rest);

	return quantity->units < 0 ? slow_subtract(units, rest)
		: slow_add(units, rest);
}

/* The magnitude, in 1e-54. */
static inline slow
slow_of_amount(const ac_amount *amount)
{
	ac_int256	wide = amount->units;
	bool		negative = wide.hi < 0;
	slow		units = slow_of((ac_uint128) wide.hi, wide.lo);
	slow		rest = slow_of(0, amount->rest);
	slow		power = {{0}};

	if (!negative)
		return slow_add(slow_finer(units), rest);
	power.limb[8] = 1;			/* 2^256 */
	return slow_subtract(slow_finer(slow_subtract(power, units)), rest);
}

/* T(quantity) in 1e-54, or why there is none. */
static inline ac_status
slow_tariff_cost(const ac_tariff *tariff, const ac_quantity *quantity,
				 slow * cost)
{
	slow		billable = slow_of_quantity(quantity);
	slow		allowance = slow_finer(slow_magnitude(tariff->allowance));
	slow		lower = {{0}};
	bool		volume = tariff->mode == AC_VOLUME;
	int			i;

	memset(cost, 0, sizeof(*cost));
	if (quantity->units < 0)
		return AC_QUANTITY_NEGATIVE;
	billable = slow_compare(billable, allowance) < 0 ? lower
		: slow_subtract(billable, allowance);

	for (i = 0; i < tariff->count; i++)
	{
		const ac_tier *tier = &tariff->tier[i];
		bool		open = tier->upto == AC_TIER_OPEN_BOUND;
		slow		upper = slow_finer(slow_magnitude(tier->upto));
		bool		last = open || slow_compare(billable, upper) <= 0;
		slow		part = billable;

		if (tariff->mode == AC_PACKAGE)
		{
			slow		rest;
			slow		block = slow_finer(slow_magnitude(tariff->block));

			part = slow_divide(billable, block, &rest);
			if (slow_bits(&rest) > 0)
				part = slow_add(part, slow_of(0, 1));
			part = slow_finer(part);
			if (slow_bits(&part) > 127 && last)
				return AC_QUANTITY_RANGE;
			part = slow_finer(part);
		}
		else if (!volume)
			part = slow_subtract(last ? billable : upper, lower);

		if (last || !volume)
		{
			*cost = slow_add(*cost, slow_fee(tier->flat));
			*cost = slow_add(*cost,
							 slow_multiply(part, slow_magnitude(tier->price)));
		}
		if (last)
			return AC_OK;
		lower = upper;
	}
	return AC_QUANTITY_PAST;
}

/* Is the amount, of any sign, a - b? */
static inline bool
slow_is_difference(const ac_amount *amount, slow a, slow b)
{
	slow		magnitude = slow_of_amount(amount);

	return amount->rest < AC_UNIT &&
		(ac_int256_negative(amount->units)
		 ? slow_equal(slow_add(a, magnitude), b)
		 : slow_equal(slow_add(b, magnitude), a));
}

#endif							/* AC_SLOW_TARIFF_H */
