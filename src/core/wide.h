/*
 * wide.h
 *	  128-bit and 256-bit integers: checked, exact, rounding half away from
 *	  zero.
 */
#ifndef AC_WIDE_H
#define AC_WIDE_H

#include "core/status.h"

/*
 * Aligned to 8 bytes because that is all that a tuple or palloc promises; a
 * bare __int128 makes the compiler use instructions that need 16.
 */
__extension__ typedef __int128 ac_int128 __attribute__((aligned(8)));
__extension__ typedef unsigned __int128 ac_uint128 __attribute__((aligned(8)));

#define AC_INT128_MAX	((ac_int128) (~(ac_uint128) 0 >> 1))
#define AC_INT128_MIN	(-AC_INT128_MAX - 1)

/* A two's complement 256-bit integer. */
typedef struct ac_int256
{
	ac_int128	hi;
	ac_uint128	lo;
} ac_int256;

/* An unsigned 256-bit integer. */
typedef struct ac_uint256
{
	ac_uint128	hi;
	ac_uint128	lo;
} ac_uint256;

/* A factor: numerator / denominator, negated if so said. */
typedef struct ac_ratio
{
	ac_uint128	numerator;
	ac_uint128	denominator;
	bool		negative;
} ac_ratio;

/* 10^exponent fits in 128 bits up to this exponent. */
#define AC_POW10_MAX	38

extern ac_uint128 ac_pow10(int exponent);
extern ac_uint256 ac_uint128_multiply(ac_uint128 a, ac_uint128 b);
extern ac_uint256 ac_uint256_divide(ac_uint256 dividend, ac_uint128 divisor,
									ac_uint128 *remainder);
extern bool ac_int128_scale(ac_int128 value, const ac_ratio *ratio,
							ac_int128 *result);
extern ac_int128 ac_int256_divide_round(ac_int256 value, ac_uint128 divisor);

static inline ac_int256
ac_int256_from(ac_int128 value)
{
	ac_int256	wide;

	wide.hi = value < 0 ? -1 : 0;
	wide.lo = (ac_uint128) value;
	return wide;
}

static inline ac_int256
ac_int256_add(ac_int256 a, ac_int256 b)
{
	ac_int256	sum;

	sum.lo = a.lo + b.lo;
	sum.hi = (ac_int128) ((ac_uint128) a.hi + (ac_uint128) b.hi
						  + (sum.lo < a.lo));
	return sum;
}

static inline bool
ac_int256_negative(ac_int256 value)
{
	return value.hi < 0;
}

static inline bool
ac_int256_is_zero(ac_int256 value)
{
	return value.hi == 0 && value.lo == 0;
}

/* |value|, which always fits. */
static inline ac_uint256
ac_int256_magnitude(ac_int256 value)
{
	ac_uint256	magnitude = {.hi = (ac_uint128) value.hi,.lo = value.lo};

	if (value.hi < 0)
	{
		magnitude.lo = ~magnitude.lo + 1;
		magnitude.hi = ~magnitude.hi + (magnitude.lo == 0);
	}
	return magnitude;
}

static inline int
ac_int256_compare(ac_int256 a, ac_int256 b)
{
	if (a.hi != b.hi)
		return a.hi < b.hi ? -1 : 1;
	if (a.lo != b.lo)
		return a.lo < b.lo ? -1 : 1;
	return 0;
}

/* False if the value does not fit in 128 bits. */
static inline bool
ac_int256_narrow(ac_int256 value, ac_int128 *result)
{
	*result = (ac_int128) value.lo;
	return value.hi == (*result < 0 ? -1 : 0);
}

static inline ac_uint128
ac_int128_magnitude(ac_int128 value)
{
	return value < 0 ? -(ac_uint128) value : (ac_uint128) value;
}

/* False if the signed value does not fit; -2^127 does. */
static inline bool
ac_int128_from_magnitude(ac_uint128 magnitude, bool negative,
						 ac_int128 *result)
{
	*result = (ac_int128) (negative ? -magnitude : magnitude);
	return magnitude <= (ac_uint128) AC_INT128_MAX + (negative ? 1 : 0);
}

#endif							/* AC_WIDE_H */
