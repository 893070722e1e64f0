/*
 * slow_split.h
 *	  A total split by weights of any sign, by the definition.
 */
#ifndef AC_SLOW_SPLIT_H
#define AC_SLOW_SPLIT_H

#include "slow_allocate.h"

#include "core/allocate.h"

typedef struct slow_integer
{
	bool		negative;
	slow		size;
} slow_integer;

static inline bool
slow_is_zero(slow x)
{
	return slow_bits(&x) == 0;
}

static inline slow_integer
slow_integer_of(ac_int256 value)
{
	ac_uint256	size = ac_int256_magnitude(value);
	slow_integer result = {ac_int256_negative(value), slow_of(size.hi, size.lo)};

	return result;
}

/* a + b, or a - b where b is said to be negative the other way round */
static inline slow_integer
slow_integer_add(slow_integer a, slow_integer b)
{
	slow_integer sum = a;

	if (a.negative == b.negative)
		sum.size = slow_add(a.size, b.size);
	else if (slow_compare(a.size, b.size) >= 0)
		sum.size = slow_subtract(a.size, b.size);
	else
	{
		sum.size = slow_subtract(b.size, a.size);
		sum.negative = b.negative;
	}
	return sum;
}

static inline bool
slow_integer_equal(slow_integer a, slow_integer b)
{
	return slow_compare(a.size, b.size) == 0 &&
		(a.negative == b.negative || slow_is_zero(a.size));
}

/* Does it fit in 256 bits, or in 255 where a sign is to fit, too? */
static inline bool
slow_integer_fits(slow_integer x)
{
	slow		limit = slow_of((ac_uint128) 1 << 127, 0);
	int			order = slow_compare(x.size, limit);

	return order < 0 || (order == 0 && x.negative);
}

/* total * weight / whole, rounded half away from zero */
static inline slow_integer
slow_correction(slow_integer total, ac_int128 weight, slow_integer whole)
{
	slow		twice = slow_of(0, 2);
	slow		share = slow_multiply(total.size,
									  slow_of(0, ac_int128_magnitude(weight)));
	slow		rest;
	slow_integer part;

	part.size = slow_divide(slow_add(slow_multiply(share, twice), whole.size),
							slow_multiply(whole.size, twice), &rest);
	part.negative = total.negative != (whole.negative != (weight < 0));
	return part;
}

/* A total split by magnitudes, and with its sign. */
static inline void
slow_proportional(slow_integer total, const ac_uint128 *weight, int count,
				  slow_integer *part)
{
	slow		size[SLOW_PARTS_MAX];
	int			i;

	slow_allocate(total.size, weight, count, size);
	for (i = 0; i < count; i++)
	{
		part[i].negative = total.negative;
		part[i].size = size[i];
	}
}

/* False if a part, or what is left without the corrections, is too large. */
static inline bool
slow_corrected(slow_integer total, const ac_int128 *weight, int count,
			   slow_integer whole, slow_integer *part)
{
	slow_integer shared[SLOW_PARTS_MAX];
	ac_uint128	above[SLOW_PARTS_MAX];
	slow_integer rest = total;
	bool		fits = true;
	int			i;

	for (i = 0; i < count; i++)
	{
		slow_integer taken;

		above[i] = weight[i] < 0 ? 0 : (ac_uint128) weight[i];
		if (weight[i] >= 0)
			continue;
		part[i] = slow_correction(total, weight[i], whole);
		taken = part[i];
		taken.negative = !taken.negative;
		rest = slow_integer_add(rest, taken);
		/* a part of 2^255 is refused with either sign */
		taken.negative = false;
		fits = fits && slow_integer_fits(taken);
	}
	if (!fits || !slow_integer_fits(rest))
		return false;

	slow_proportional(rest, above, count, shared);
	for (i = 0; i < count; i++)
		if (weight[i] >= 0)
			part[i] = shared[i];
	return true;
}

/*
 * What ac_split_begin must say, and what the parts must be, of at most
 * SLOW_PARTS_MAX weights.
 */
static inline ac_status
slow_split(ac_int256 total, const ac_int128 *weight, int count,
		   slow_integer *part)
{
	slow_integer whole = {false, {{0}}};
	slow		size = {{0}};
	ac_uint128	magnitude[SLOW_PARTS_MAX];
	int			i;

	for (i = 0; i < count; i++)
	{
		slow_integer one = {weight[i] < 0, slow_magnitude(weight[i])};

		magnitude[i] = ac_int128_magnitude(weight[i]);
		size = slow_add(size, one.size);
		whole = slow_integer_add(whole, one);
	}
	if (slow_bits(&size) > 128)
		return AC_WEIGHTS_RANGE;
	if (count == 0)
		return AC_WEIGHTS_ZERO;

	if (slow_is_zero(size))
		for (i = 0; i < count; i++)
			magnitude[i] = 1;
	else if (slow_compare(size, whole.size) != 0)
	{
		if (!slow_is_zero(whole.size))
			return slow_corrected(slow_integer_of(total), weight, count, whole,
								  part) ? AC_OK : AC_PART_RANGE;
		for (i = 0; i < count; i++)
			magnitude[i] = i == 0;
	}
	slow_proportional(slow_integer_of(total), magnitude, count, part);
	return AC_OK;
}

#endif							/* AC_SLOW_SPLIT_H */
