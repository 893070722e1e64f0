/*
 * slow.h
 *	  Arithmetic digit by digit, too slow and too simple to be wrong, which the
 *	  core's is held against.
 */
#ifndef AC_SLOW_H
#define AC_SLOW_H

#include <string.h>

#include "core/tco.h"

/* Room for 256 bits and some to carry into, unless a test needs more. */
#ifndef SLOW_LIMBS
#define SLOW_LIMBS		9
#endif

/* The least significant limb comes first. */
typedef struct slow
{
	uint32_t	limb[SLOW_LIMBS];
} slow;

static inline slow
slow_of(ac_uint128 hi, ac_uint128 lo)
{
	slow		x = {{0}};
	int			i;

	for (i = 0; i < 4; i++)
	{
		x.limb[i] = (uint32_t) (lo >> 32 * i);
		x.limb[i + 4] = (uint32_t) (hi >> 32 * i);
	}
	return x;
}

static inline unsigned
slow_bit(const slow *x, int bit)
{
	return x->limb[bit / 32] >> bit % 32 & 1;
}

/* Number of bits up to the highest that is set. */
static inline int
slow_bits(const slow *x)
{
	int			bits = 32 * SLOW_LIMBS;

	while (bits > 0 && !slow_bit(x, bits - 1))
		bits--;
	return bits;
}

static inline int
slow_compare(slow a, slow b)
{
	int			i;

	for (i = SLOW_LIMBS - 1; i > 0 && a.limb[i] == b.limb[i]; i--)
		;
	return (a.limb[i] > b.limb[i]) - (a.limb[i] < b.limb[i]);
}

static inline slow
slow_add(slow a, slow b)
{
	uint64_t	carry = 0;
	int			i;

	for (i = 0; i < SLOW_LIMBS; i++)
	{
		carry += (uint64_t) a.limb[i] + b.limb[i];
		a.limb[i] = (uint32_t) carry;
		carry >>= 32;
	}
	return a;
}

/* a - b, where a >= b */
static inline slow
slow_subtract(slow a, slow b)
{
	int64_t		carry = 0;
	int			i;

	for (i = 0; i < SLOW_LIMBS; i++)
	{
		carry += (int64_t) a.limb[i] - b.limb[i];
		a.limb[i] = (uint32_t) (carry & UINT32_MAX);
		carry = carry < 0 ? -1 : 0;
	}
	return a;
}

static inline slow
slow_multiply(slow a, slow b)
{
	slow		product = {{0}};
	int			i,
				j;

	for (i = 0; i < SLOW_LIMBS; i++)
	{
		uint64_t	carry = 0;

		for (j = 0; i + j < SLOW_LIMBS; j++)
		{
			carry += (uint64_t) a.limb[i] * b.limb[j] + product.limb[i + j];
			product.limb[i + j] = (uint32_t) carry;
			carry >>= 32;
		}
	}
	return product;
}

static inline slow
slow_divide(slow dividend, slow divisor, slow *remainder)
{
	slow		quotient = {{0}};
	slow		rest = {{0}};
	int			bit;

	for (bit = slow_bits(&dividend) - 1; bit >= 0; bit--)
	{
		rest = slow_add(rest, rest);
		rest.limb[0] |= slow_bit(&dividend, bit);
		if (slow_compare(rest, divisor) >= 0)
		{
			rest = slow_subtract(rest, divisor);
			quotient.limb[bit / 32] |= UINT32_C(1) << bit % 32;
		}
	}
	*remainder = rest;
	return quotient;
}

/* dividend / divisor, rounded half up */
static inline slow
slow_divide_round(slow dividend, slow divisor)
{
	slow		rest;
	slow		quotient = slow_divide(dividend, divisor, &rest);

	if (slow_compare(slow_add(rest, rest), divisor) >= 0)
		quotient = slow_add(quotient, slow_of(0, 1));
	return quotient;
}

/* Give a magnitude its sign; false if it does not fit. */
static inline bool
slow_signed(slow magnitude, bool negative, ac_int128 *result)
{
	ac_uint128	limit = ((ac_uint128) 1 << 127) - (negative ? 0 : 1);
	ac_uint128	bits = 0;
	int			i;

	if (slow_compare(magnitude, slow_of(0, limit)) > 0)
		return false;
	for (i = 3; i >= 0; i--)
		bits = bits << 32 | magnitude.limb[i];
	*result = (ac_int128) (negative ? -bits : bits);
	return true;
}

static inline slow
slow_magnitude(ac_int128 value)
{
	return slow_of(0, value < 0 ? -(ac_uint128) value : (ac_uint128) value);
}

/* value * ratio, half away from zero; false if it does not fit */
static inline bool
slow_scale(ac_int128 value, const ac_ratio *ratio, ac_int128 *result)
{
	slow		product = slow_multiply(slow_magnitude(value),
										slow_of(0, ratio->numerator));

	return slow_signed(slow_divide_round(product,
										 slow_of(0, ratio->denominator)),
					   (value < 0) != ratio->negative, result);
}

/* The total in steps, rounded half away from zero. */
static inline ac_int128
slow_rounded_total(const ac_tco *tco, slow step)
{
	slow		side[2] = {{{0}}, {{0}}};
	bool		negative;
	ac_int128	total = 0;
	int			i;

	for (i = 0; i < AC_NCOMPONENTS; i++)
		side[tco->amount[i] < 0] = slow_add(side[tco->amount[i] < 0],
											slow_magnitude(tco->amount[i]));
	negative = slow_compare(side[0], side[1]) < 0;
	slow_signed(slow_divide_round(slow_subtract(side[negative],
												side[!negative]), step),
				negative, &total);
	return total;
}

/* One way to round: each component's magnitude in steps, and its merits. */
typedef struct slow_rounding
{
	ac_uint128	steps[AC_NCOMPONENTS];
	slow		displacement;	/* the sum of all |rounded - exact| */
	int			against;		/* components not rounded half away */
	ac_uint128	size;			/* the sum of steps */
} slow_rounding;

/* Is a the better of two ways to round? */
static inline bool
slow_better(const slow_rounding *a, const slow_rounding *b)
{
	int			order = slow_compare(a->displacement, b->displacement);
	int			i;

	if (order != 0)
		return order < 0;
	if (a->against != b->against)
		return a->against < b->against;
	if (a->size != b->size)
		return a->size < b->size;
	for (i = 0; i < AC_NCOMPONENTS - 1 && a->steps[i] == b->steps[i]; i++)
		;
	return a->steps[i] > b->steps[i];
}

/*
 * What ac_tco_round must give at fewer than 18 digits, from -20 on: of all
 * ways to take each component down or up to a multiple of the step, and their
 * sum to the rounded total, the one that displaces least.  Of equals the one
 * that is smaller, then the one whose earlier components are larger.  False
 * if it does not fit.
 */
static inline bool
slow_tco_round(ac_tco *tco, int digits)
{
	ac_uint128	unit = 1;
	slow		step;
	slow		down[AC_NCOMPONENTS];	/* displacement when rounded down */
	ac_uint128	floor[AC_NCOMPONENTS];
	ac_int128	total;
	slow_rounding best;
	bool		found = false;
	unsigned	exact = 0;
	unsigned	up;
	int			i;

	for (i = digits; i < AC_SCALE; i++)
		unit *= 10;
	step = slow_of(0, unit);
	total = slow_rounded_total(tco, step);
	for (i = 0; i < AC_NCOMPONENTS; i++)
	{
		ac_int128	quotient = 0;

		slow_signed(slow_divide(slow_magnitude(tco->amount[i]), step,
								&down[i]), false, &quotient);
		floor[i] = (ac_uint128) quotient;
		exact |= (slow_bits(&down[i]) == 0 ? 1u : 0u) << i;
	}

	/* each bit of up says that a component is rounded away from zero */
	for (up = 0; up < 1u << AC_NCOMPONENTS; up++)
	{
		slow_rounding way = {.size = 0};
		ac_int128	sum = 0;

		if (up & exact)
			continue;
		for (i = 0; i < AC_NCOMPONENTS; i++)
		{
			way.steps[i] = floor[i] + (up >> i & 1);
			sum += tco->amount[i] < 0 ? -(ac_int128) way.steps[i]
				: (ac_int128) way.steps[i];
		}
		if (sum != total)
			continue;
		for (i = 0; i < AC_NCOMPONENTS; i++)
		{
			bool		half = slow_compare(slow_add(down[i], down[i]),
											step) >= 0;

			way.displacement = slow_add(way.displacement, up >> i & 1
										? slow_subtract(step, down[i])
										: down[i]);
			way.against += (up >> i & 1) != half;
			way.size += way.steps[i];
		}
		if (!found || slow_better(&way, &best))
		{
			best = way;
			found = true;
		}
	}

	for (i = 0; i < AC_NCOMPONENTS; i++)
		if (!slow_signed(slow_multiply(slow_of(0, best.steps[i]), step),
						 tco->amount[i] < 0, &tco->amount[i]))
			return false;
	return found;
}

#endif							/* AC_SLOW_H */
