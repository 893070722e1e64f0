/*
 * wide.h
 *	  128-bit and 256-bit integers: checked, exact, rounding half away from
 *	  zero.
 */
#ifndef AC_WIDE_H
#define AC_WIDE_H

#ifndef __SIZEOF_INT128__
#error "accelcost needs gcc or clang on a 64-bit platform, for 128-bit integers"
#endif

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

/* A factor: numerator / denominator, with a flag for its sign. */
typedef struct ac_ratio
{
	ac_uint128	numerator;
	ac_uint128	denominator;
	bool		negative;
} ac_ratio;

/*
 * What is known beforehand of a number to divide by, which is not 0: to
 * multiply by its inverse takes a fraction of the time of a division.
 */
typedef struct ac_divisor
{
	uint64_t	scaled;			/* shifted until its top bit is set */
	uint64_t	inverse;		/* (2^128 - 1) / scaled - 2^64 */
	int			shift;
} ac_divisor;

#define AC_DIVISOR(d) \
	{ \
		(uint64_t) (d) << __builtin_clzll(d), \
		(uint64_t) (~(ac_uint128) 0 / ((uint64_t) (d) << __builtin_clzll(d))), \
		__builtin_clzll(d) \
	}

/* 10^exponent fits in 128 bits up to this exponent. */
#define AC_POW10_MAX	38

/* Bytes of numbers that are sent: two's complement, big-endian. */
#define AC_INT64_BYTES	8
#define AC_INT128_BYTES	16

extern ac_uint128 ac_pow10(int exponent);
extern void ac_int64_encode(int64_t value, uint8_t *bytes);
extern int64_t ac_int64_decode(const uint8_t *bytes);
extern void ac_int128_encode(ac_int128 value, uint8_t *bytes);
extern ac_int128 ac_int128_decode(const uint8_t *bytes);
extern ac_uint256 ac_uint256_divide(ac_uint256 dividend, ac_uint128 divisor,
									ac_uint128 *remainder);
extern void ac_uint256_multiply_word(ac_uint256 *value, uint64_t factor);
extern bool ac_int128_scale(ac_int128 value, const ac_ratio *ratio,
							ac_int128 *result);
extern ac_int128 ac_int256_divide_round(ac_int256 value, ac_uint128 divisor);

/* The full product: no overflow is possible. */
static inline ac_uint256
ac_uint128_multiply(ac_uint128 a, ac_uint128 b)
{
	uint64_t	a0 = (uint64_t) a,
				a1 = (uint64_t) (a >> 64);
	uint64_t	b0 = (uint64_t) b,
				b1 = (uint64_t) (b >> 64);
	ac_uint128	low = (ac_uint128) a0 * b0;
	ac_uint128	cross = (ac_uint128) a1 * b0 + (uint64_t) (low >> 64);
	ac_uint128	carry = (ac_uint128) a0 * b1 + (uint64_t) cross;
	ac_uint256	product;

	product.hi = (ac_uint128) a1 * b1 + (cross >> 64) + (carry >> 64);
	product.lo = carry << 64 | (uint64_t) low;
	return product;
}

/*
 * One quotient digit of a short division in base 2^64: divides (*rest, low),
 * where *rest < divisor->scaled, and leaves the remainder in *rest.
 *
 * Moller and Granlund, Improved division by invariant integers, IEEE
 * Transactions on Computers 60 (2011), algorithm 4.
 */
static inline uint64_t
ac_divide_step(uint64_t *rest, uint64_t low, const ac_divisor *divisor)
{
	ac_uint128	estimate = (ac_uint128) divisor->inverse * *rest +
	((ac_uint128) *rest << 64 | low);
	uint64_t	digit = (uint64_t) (estimate >> 64) + 1;
	uint64_t	remainder = low - digit * divisor->scaled;

	if (remainder > (uint64_t) estimate)
	{
		digit--;
		remainder += divisor->scaled;
	}
	if (remainder >= divisor->scaled)
	{
		digit++;
		remainder -= divisor->scaled;
	}
	*rest = remainder;
	return digit;
}

/* The upper bits of a number that a shift to the left moves out of it. */
static inline uint64_t
ac_shifted_out(uint64_t word, int shift)
{
	return shift == 0 ? 0 : word >> (64 - shift);
}

/* Divide *value, which becomes the quotient; returns the remainder. */
static inline uint64_t
ac_uint256_divide_word(ac_uint256 *value, const ac_divisor *divisor)
{
	int			shift = divisor->shift;
	uint64_t	w3 = (uint64_t) (value->hi >> 64);
	uint64_t	w2 = (uint64_t) value->hi;
	uint64_t	w1 = (uint64_t) (value->lo >> 64);
	uint64_t	w0 = (uint64_t) value->lo;
	uint64_t	rest;

	/* most values are far below 256 bits: skip their leading zero words */
	if (w3 != 0)
	{
		rest = ac_shifted_out(w3, shift);
		w3 = ac_divide_step(&rest, w3 << shift | ac_shifted_out(w2, shift),
							divisor);
	}
	else
		rest = ac_shifted_out(w2, shift);
	if (value->hi != 0)
		w2 = ac_divide_step(&rest, w2 << shift | ac_shifted_out(w1, shift),
							divisor);
	else
		rest = ac_shifted_out(w1, shift);
	w1 = ac_divide_step(&rest, w1 << shift | ac_shifted_out(w0, shift),
						divisor);
	w0 = ac_divide_step(&rest, w0 << shift, divisor);
	value->hi = (ac_uint128) w3 << 64 | w2;
	value->lo = (ac_uint128) w1 << 64 | w0;
	return rest >> shift;
}

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

static inline ac_int256
ac_int256_negate(ac_int256 value)
{
	ac_int256	negative;

	negative.lo = ~value.lo + 1;
	negative.hi = (ac_int128) (~(ac_uint128) value.hi + (negative.lo == 0));
	return negative;
}

static inline ac_int256
ac_int256_subtract(ac_int256 a, ac_int256 b)
{
	return ac_int256_add(a, ac_int256_negate(b));
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
	ac_uint256	magnitude;

	if (value.hi < 0)
		value = ac_int256_negate(value);
	magnitude.hi = (ac_uint128) value.hi;
	magnitude.lo = value.lo;
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
