/*
 * wide.c
 *	  128-bit and 256-bit integers are exact, against slow.h.
 */
#include "core/wide.h"

#include "sample.h"
#include "slow.h"

#define SAMPLES 50000

static bool
is_value(ac_uint256 found, slow expected)
{
	return slow_compare(slow_of(found.hi, found.lo), expected) == 0;
}

static ac_int256
sample_int256(void)
{
	if (sample_below(4) == 0)
		return ac_int256_from(sample_int128());
	return (ac_int256)
	{
		.hi = sample_int128(),.lo = sample_uint128()
	};
}

static bool
powers_of_ten(void)
{
	ac_uint128	power = 1;
	int			i;

	for (i = 0; i <= AC_POW10_MAX; i++, power *= 10)
		if (ac_pow10(i) != power)
			return false;
	return true;
}

static bool
product(void)
{
	ac_uint128	a = sample_uint128();
	ac_uint128	b = sample_uint128();

	return is_value(ac_uint128_multiply(a, b),
					slow_multiply(slow_of(0, a), slow_of(0, b)));
}

static bool
quotient(void)
{
	ac_uint256	dividend = {.hi = sample_uint128(),.lo = sample_uint128()};
	ac_uint128	divisor = sample_uint128();
	ac_uint128	remainder;
	ac_uint256	found;
	slow		rest;

	if (divisor == 0)
		return true;

	/* near a multiple of the divisor the estimated digits are wrong most */
	if (sample_below(2))
	{
		dividend = ac_uint128_multiply(divisor, sample_uint128());
		dividend.lo += (ac_uint128) sample_below(3) - 1;
	}
	if (sample_below(8) == 0)
		dividend.hi = 0;
	found = ac_uint256_divide(dividend, divisor, &remainder);
	return is_value(found, slow_divide(slow_of(dividend.hi, dividend.lo),
									   slow_of(0, divisor), &rest)) &&
		slow_compare(slow_of(0, remainder), rest) == 0;
}

/* *value becomes the product; the caller's product fits, so only such do */
static bool
product_of_word(void)
{
	ac_uint256	value = {.hi = sample_uint128(),.lo = sample_uint128()};
	uint64_t	factor = (uint64_t) sample_uint128();
	slow		expected;

	value.hi >>= sample_below(128);
	expected = slow_multiply(slow_of(value.hi, value.lo), slow_of(0, factor));
	if (slow_bits(&expected) > 256)
		return true;
	ac_uint256_multiply_word(&value, factor);
	return is_value(value, expected);
}

static bool
quotient_of_word(void)
{
	ac_uint256	value = {.hi = sample_uint128(),.lo = sample_uint128()};
	uint64_t	word = (uint64_t) sample_uint128();
	ac_divisor	divisor = AC_DIVISOR(word + (word == 0));
	slow		expected;
	slow		rest;
	uint64_t	found;

	word += word == 0;

	/* near a multiple of the divisor the estimated digits are wrong most */
	if (sample_below(2))
	{
		value = ac_uint128_multiply(sample_uint128(), word);
		value.lo += (ac_uint128) sample_below(3) - 1;
	}
	if (sample_below(4) == 0)
		value.hi = 0;
	if (sample_below(8) == 0)
		value.lo >>= 64;
	expected = slow_divide(slow_of(value.hi, value.lo), slow_of(0, word),
						   &rest);
	found = ac_uint256_divide_word(&value, &divisor);
	return is_value(value, expected) &&
		slow_compare(slow_of(0, found), rest) == 0;
}

static bool
scaling(void)
{
	ac_int128	value = sample_int128();
	ac_ratio	ratio = {sample_uint128(), sample_uint128(), sample_below(2)};
	ac_int128	found;
	ac_int128	expected;
	bool		fits;

	ratio.denominator += ratio.denominator == 0;
	fits = slow_scale(value, &ratio, &expected);
	return ac_int128_scale(value, &ratio, &found) == fits &&
		(!fits || found == expected);
}

/* value * (2k + 1) / 2 for odd values: every one is a tie */
static bool
scaling_ties(void)
{
	ac_int128	value = sample_int128() >> 64 | 1;
	ac_ratio	ratio = {sample_bits() | 1, 2, sample_below(2)};
	ac_int128	found;
	ac_int128	expected;

	return slow_scale(value, &ratio, &expected) &&
		ac_int128_scale(value, &ratio, &found) && found == expected &&
		ac_int128_magnitude(found) ==
		(ac_int128_magnitude(value) * ratio.numerator + 1) / 2;
}

static bool
rounding_256(void)
{
	ac_int256	value = sample_int256();
	ac_uint128	divisor = sample_uint128();
	ac_uint256	magnitude = ac_int256_magnitude(value);
	ac_int128	expected;

	return divisor == 0 ||
		!slow_signed(slow_divide_round(slow_of(magnitude.hi, magnitude.lo),
									   slow_of(0, divisor)),
					 value.hi < 0, &expected) ||
		ac_int256_divide_round(value, divisor) == expected;
}

/* a sum is right if its magnitude is the sum or difference of those added */
static bool
sum_256(void)
{
	ac_int256	a = sample_int256();
	ac_int256	b = sample_int256();
	ac_uint256	ma,
				mb,
				msum;
	ac_int256	sum;
	slow		x,
				y;

	a.hi >>= 1;
	b.hi >>= 1;
	sum = ac_int256_add(a, b);
	ma = ac_int256_magnitude(a);
	mb = ac_int256_magnitude(b);
	msum = ac_int256_magnitude(sum);
	x = slow_of(ma.hi, ma.lo);
	y = slow_of(mb.hi, mb.lo);
	if (ac_int256_negative(a) == ac_int256_negative(b))
		return is_value(msum, slow_add(x, y)) &&
			ac_int256_negative(sum) == ac_int256_negative(a);
	if (slow_compare(x, y) < 0)
		return is_value(msum, slow_subtract(y, x)) &&
			ac_int256_negative(sum) == ac_int256_negative(b);
	return is_value(msum, slow_subtract(x, y)) &&
		ac_int256_negative(sum) ==
		(ac_int256_negative(a) && !ac_int256_is_zero(sum));
}

/* in two's complement a number and its negative add up to 2^256 */
static bool
negative_256(void)
{
	ac_int256	value = sample_int256();
	ac_int256	negative = ac_int256_negate(value);
	slow		sum = slow_add(slow_of((ac_uint128) value.hi, value.lo),
							   slow_of((ac_uint128) negative.hi, negative.lo));
	slow		power = {{0}};

	power.limb[8] = 1;
	return ac_int256_is_zero(value) ? ac_int256_is_zero(negative)
		: slow_compare(sum, power) == 0;
}

/* a - b is right if b and it are a: sums are */
static bool
difference_256(void)
{
	ac_int256	a = sample_int256();
	ac_int256	b = sample_int256();
	ac_int256	difference;

	if (sample_below(4) == 0)
		b = a;
	a.hi >>= 1;
	b.hi >>= 1;
	difference = ac_int256_subtract(a, b);
	return ac_int256_compare(ac_int256_add(difference, b), a) == 0 &&
		(ac_int256_negative(difference)) == (ac_int256_compare(a, b) < 0);
}

/* the order is that of the numbers moved up by 2^255, which are unsigned */
static bool
order_256(void)
{
	const ac_uint128 half = (ac_uint128) 1 << 127;
	ac_int256	a = sample_int256();
	ac_int256	b = sample_int256();

	if (sample_below(2))
		b.hi = a.hi;
	if (sample_below(2))
		b.lo = a.lo;
	return ac_int256_compare(a, b) ==
		slow_compare(slow_of((ac_uint128) a.hi + half, a.lo),
					 slow_of((ac_uint128) b.hi + half, b.lo));
}

static bool
narrowing(void)
{
	ac_int256	value = sample_int256();
	ac_uint256	magnitude;
	ac_int128	found;
	ac_int128	expected;
	bool		fits;

	if (sample_below(2))
		value.hi = (ac_int128) sample_below(3) - 1;
	magnitude = ac_int256_magnitude(value);
	fits = slow_signed(slow_of(magnitude.hi, magnitude.lo), value.hi < 0,
					   &expected);
	return ac_int256_narrow(value, &found) == fits &&
		(!fits || found == expected);
}

static bool
widening(void)
{
	ac_int128	value = sample_int128();
	ac_int256	wide = ac_int256_from(value);
	ac_int128	back;

	return ac_int256_negative(wide) == (value < 0) &&
		ac_int256_is_zero(wide) == (value == 0) &&
		is_value(ac_int256_magnitude(wide), slow_magnitude(value)) &&
		ac_int256_narrow(wide, &back) && back == value;
}

static bool
sign_and_magnitude(void)
{
	ac_uint128	magnitude = sample_uint128();
	bool		negative = sample_below(2);
	ac_int128	found;
	ac_int128	expected;
	bool		fits = slow_signed(slow_of(0, magnitude), negative, &expected);

	return ac_int128_from_magnitude(magnitude, negative, &found) == fits &&
		(!fits || (found == expected &&
				   ac_int128_magnitude(found) == magnitude));
}

/* big-endian bytes, read one by one */
static bool
bytes_are_big_endian(void)
{
	ac_int128	value = sample_int128();
	uint8_t    *bytes = malloc(AC_INT128_BYTES);
	ac_uint128	wide = 0;
	uint64_t	narrow = 0;
	bool		same;
	int			i;

	if (bytes == NULL)
		abort();
	ac_int128_encode(value, bytes);
	for (i = 0; i < 16; i++)
		wide = wide << 8 | bytes[i];
	same = wide == (ac_uint128) value && ac_int128_decode(bytes) == value;
	free(bytes);

	bytes = malloc(AC_INT64_BYTES);
	if (bytes == NULL)
		abort();
	ac_int64_encode((int64_t) value, bytes);
	for (i = 0; i < 8; i++)
		narrow = narrow << 8 | bytes[i];
	same = same && narrow == (uint64_t) value &&
		ac_int64_decode(bytes) == (int64_t) value;
	free(bytes);
	return same;
}

/*
 * 2^129 - 1 is 4188889 times another number; half of it is rounded to 2^128,
 * whose lower 128 bits are zero.
 */
static bool
rounding_past_128_bits(void)
{
	const ac_uint256 dividend = {.hi = 1,.lo = ~(ac_uint128) 0};
	ac_uint128	remainder;
	ac_uint256	factor = ac_uint256_divide(dividend, 4188889, &remainder);
	ac_ratio	ratio = {factor.lo, 2, false};
	ac_int128	result;

	return factor.hi == 0 && remainder == 0 &&
		!ac_int128_scale(4188889, &ratio, &result);
}

int
main(void)
{
	const ac_int256 lowest = {.hi = AC_INT128_MIN,.lo = 0};

	ok(powers_of_ten(), "powers of ten are exact up to 10^38");
	property(product, SAMPLES, "a product is exact in 256 bits");
	property(quotient, SAMPLES, "a quotient and its remainder are exact");
	property(product_of_word, SAMPLES, "a product with a word is exact");
	property(quotient_of_word, SAMPLES, "a quotient by a word and its "
			 "remainder are exact");
	property(scaling, SAMPLES, "scaling by a ratio rounds half away from "
			 "zero, or says that the result does not fit");
	property(scaling_ties, SAMPLES, "ties go away from zero");
	ok(rounding_past_128_bits(), "2^128 by rounding does not fit");
	property(rounding_256, SAMPLES, "division of 256 bits rounds half away "
			 "from zero");
	property(sum_256, SAMPLES, "sums of 256 bits carry and borrow");
	property(negative_256, SAMPLES, "a number and its negative are nothing");
	property(difference_256, SAMPLES, "differences of 256 bits undo sums");
	property(order_256, SAMPLES, "comparison is signed");
	property(narrowing, SAMPLES, "narrowing to 128 bits fits or says not");
	property(widening, SAMPLES, "widening keeps sign and magnitude");
	property(bytes_are_big_endian, SAMPLES, "bytes are big-endian and read "
			 "back, of 64 and of 128 bits");
	property(sign_and_magnitude, SAMPLES, "a magnitude takes a sign if the "
			 "result is from -2^127 to 2^127 - 1");
	ok(is_value(ac_int256_magnitude(lowest),
				slow_of((ac_uint128) 1 << 127, 0)),
	   "the magnitude of -2^255 is 2^255");
	return tap_done();
}
