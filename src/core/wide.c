/*
 * wide.c
 *	  128-bit and 256-bit integers: checked, exact, rounding half away from
 *	  zero.
 */
#include "core/wide.h"

/* 10^exponent, 0 <= exponent <= AC_POW10_MAX. */
ac_uint128
ac_pow10(int exponent)
{
	static const uint64_t small[] = {
		1u, 10u, 100u, 1000u, 10000u, 100000u, 1000000u, 10000000u,
		100000000u, 1000000000u, 10000000000u, 100000000000u,
		1000000000000u, 10000000000000u, 100000000000000u,
		1000000000000000u, 10000000000000000u, 100000000000000000u,
		1000000000000000000u, 10000000000000000000u
	};

	if (exponent <= 19)
		return small[exponent];
	return (ac_uint128) small[19] * small[exponent - 19];
}

static void
encode(ac_uint128 rest, uint8_t *bytes, int len)
{
	for (; len > 0; rest >>= 8)
		bytes[--len] = (uint8_t) rest;
}

static ac_uint128
decode(const uint8_t *bytes, int len)
{
	ac_uint128	value = 0;
	int			i;

	for (i = 0; i < len; i++)
		value = value << 8 | bytes[i];
	return value;
}

void
ac_int64_encode(int64_t value, uint8_t *bytes)
{
	encode((ac_uint128) value, bytes, AC_INT64_BYTES);
}

int64_t
ac_int64_decode(const uint8_t *bytes)
{
	return (int64_t) decode(bytes, AC_INT64_BYTES);
}

void
ac_int128_encode(ac_int128 value, uint8_t *bytes)
{
	encode((ac_uint128) value, bytes, AC_INT128_BYTES);
}

ac_int128
ac_int128_decode(const uint8_t *bytes)
{
	return (ac_int128) decode(bytes, AC_INT128_BYTES);
}

/* Count the leading zero bits of a value that is not 0. */
static int
leading_zeros(ac_uint128 value)
{
	uint64_t	high = (uint64_t) (value >> 64);

	return high ? __builtin_clzll(high)
		: 64 + __builtin_clzll((uint64_t) value);
}

/*
 * One quotient digit of a long division in base 2^64: divides the 192-bit
 * number (high, low), where high < divisor, by a divisor whose top bit is set.
 * Returns the quotient, which fits in 64 bits, and sets the remainder.
 *
 * Knuth, The Art of Computer Programming 4.3.1, algorithm D: an estimate from
 * the leading digits is too large by at most 2.
 */
static uint64_t
divide_step(ac_uint128 high, uint64_t low, ac_uint128 divisor,
			ac_uint128 *remainder)
{
	uint64_t	d1 = (uint64_t) (divisor >> 64);
	uint64_t	d0 = (uint64_t) divisor;
	ac_uint128	digit = high / d1;
	ac_uint128	rest = high % d1;

	/* rest stays below 2^64 while the estimate can still be too large */
	while (digit >> 64 || digit * d0 > (rest << 64 | low))
	{
		digit--;
		rest += d1;
		if (rest >> 64)
			break;
	}

	/* modulo 2^128 the difference is the remainder itself */
	*remainder = (high << 64 | low) - digit * divisor;
	return (uint64_t) digit;
}

/* dividend / divisor and the remainder; divisor is not 0. */
ac_uint256
ac_uint256_divide(ac_uint256 dividend, ac_uint128 divisor,
				  ac_uint128 *remainder)
{
	ac_uint256	quotient = {.hi = 0,.lo = 0};
	ac_uint128	rest;
	int			shift;
	uint64_t	q1;

	if (dividend.hi == 0)
	{
		quotient.lo = dividend.lo / divisor;
		*remainder = dividend.lo - quotient.lo * divisor;
		return quotient;
	}

	quotient.hi = dividend.hi / divisor;
	rest = dividend.hi - quotient.hi * divisor;

	/* (rest, dividend.lo) / divisor now fits in 128 bits */
	shift = leading_zeros(divisor);
	divisor <<= shift;
	if (shift > 0)
	{
		rest = rest << shift | dividend.lo >> (128 - shift);
		dividend.lo <<= shift;
	}
	q1 = divide_step(rest, (uint64_t) (dividend.lo >> 64), divisor, &rest);
	quotient.lo = (ac_uint128) q1 << 64 |
		divide_step(rest, (uint64_t) dividend.lo, divisor, &rest);
	*remainder = rest >> shift;
	return quotient;
}

/* Multiply by a factor; the caller guarantees that the product fits. */
void
ac_uint256_multiply_word(ac_uint256 *value, uint64_t factor)
{
	ac_uint256	product = ac_uint128_multiply(value->lo, factor);

	product.hi += value->hi * factor;
	*value = product;
}

/* Test whether remainder / divisor is at least one half. */
static bool
at_least_half(ac_uint128 remainder, ac_uint128 divisor)
{
	return remainder >= divisor - remainder;
}

/*
 * value * ratio, rounded once, half away from zero.  False if the result does
 * not fit.
 */
bool
ac_int128_scale(ac_int128 value, const ac_ratio *ratio, ac_int128 *result)
{
	ac_uint128	remainder;
	ac_uint256	scaled;

	scaled = ac_uint128_multiply(ac_int128_magnitude(value),
								 ratio->numerator);
	scaled = ac_uint256_divide(scaled, ratio->denominator, &remainder);
	if (scaled.hi != 0)
		return false;
	if (at_least_half(remainder, ratio->denominator) && ++scaled.lo == 0)
		return false;
	return ac_int128_from_magnitude(scaled.lo,
									(value < 0) != ratio->negative, result);
}

/*
 * value / divisor, rounded half away from zero.  The caller knows that the
 * result fits in 128 bits.
 */
ac_int128
ac_int256_divide_round(ac_int256 value, ac_uint128 divisor)
{
	ac_uint128	remainder;
	ac_uint256	quotient;

	quotient = ac_uint256_divide(ac_int256_magnitude(value), divisor,
								 &remainder);
	if (at_least_half(remainder, divisor))
		quotient.lo++;
	return (ac_int128) (ac_int256_negative(value) ? -quotient.lo
						: quotient.lo);
}
