/*
 * allocate.c
 *	  A total split by weights, nothing lost or gained.
 */
#include "core/allocate.h"

/*
 * total * weight / sum, rounded down, and the remainder; weight <= sum.
 *
 * The product can have 384 bits.  It is divided in two digits of base 2^128,
 * as in a division by hand.
 */
static ac_uint256
share_of(const ac_uint256 *total, ac_uint128 weight, ac_uint128 sum,
		 ac_uint128 *remainder)
{
	ac_uint256	share;
	ac_uint256	product;
	ac_uint128	rest;

	product = ac_uint128_multiply(total->hi, weight);
	share.hi = ac_uint256_divide(product, sum, &rest).lo;

	/*
	 * both are below sum: this subtraction also undoes the carry out of 128
	 * bits
	 */
	product = ac_uint128_multiply(total->lo, weight);
	if (__builtin_add_overflow(product.hi, rest, &product.hi) ||
		product.hi >= sum)
	{
		product.hi -= sum;
		share.hi++;
	}
	share.lo = ac_uint256_divide(product, sum, remainder).lo;
	return share;
}

static int
count_above(const ac_uint128 *remainder, int count, ac_uint128 threshold,
			ac_poll poll)
{
	int			above = 0;
	int			i;

	for (i = 0; i < count; i++)
	{
		ac_poll_at((size_t) i, poll);
		above += remainder[i] > threshold;
	}
	return above;
}

static void
increment(ac_uint256 *value)
{
	value->hi += ++value->lo == 0;
}

/*
 * Find which parts get one unit more, if so many units are left: those with a
 * remainder above the threshold and, in order, the first of those that equal
 * it, as many as there are ties.  The remainders, each below sum, add up to
 * left * sum.  So more than left of them are above 0, and a part without
 * remainder is given nothing.
 */
static void
find_threshold(const ac_uint128 *remainder, int count, ac_uint128 sum,
			   int left, ac_poll poll, ac_uint128 *threshold, int *ties)
{
	ac_uint128	low = 0;		/* more than left remainders exceed it */
	ac_uint128	high = sum - 1; /* at most left remainders exceed it */
	int			above = 0;		/* the number of remainders above high */

	while (above < left && high - low > 1)
	{
		ac_uint128	middle = low + (high - low) / 2;
		int			found = count_above(remainder, count, middle, poll);

		if (found > left)
			low = middle;
		else
		{
			high = middle;
			above = found;
		}
	}
	*threshold = high;
	*ties = left - above;
}

/* Test whether the next part gets one unit more. */
static bool
gets_unit(ac_uint128 remainder, ac_uint128 threshold, int *ties)
{
	if (remainder != threshold)
		return remainder > threshold;
	if (*ties == 0)
		return false;
	(*ties)--;
	return true;
}

/*
 * Split a total in proportion to count weights, by largest remainder: each
 * part is total * weight / sum of weights, rounded down, and the units still
 * missing from the total go to the parts that lost most, of equals to the
 * earlier.  This is Hamilton's method of apportionment.
 *
 * part and remainder have room for count elements; remainder is for our use.
 * poll is called in blocks of them.  Fails if the weights add up to 0 or do not
 * fit in 128 bits.
 */
ac_status
ac_allocate(const ac_uint256 *total, const ac_uint128 *weight, int count,
			ac_poll poll, ac_uint256 *part, ac_uint128 *remainder,
			ac_fault *fault)
{
	ac_uint128	left = total->lo;
	ac_uint128	sum = 0;
	ac_uint128	threshold;
	int			ties;
	int			i;

	for (i = 0; i < count; i++)
	{
		ac_poll_at((size_t) i, poll);
		if (__builtin_add_overflow(sum, weight[i], &sum))
			return AC_WEIGHTS_RANGE;
	}
	if (sum == 0)
		return ac_fault_number(fault, AC_WEIGHTS_ZERO, count, 0);

	/* fewer than count units are left, so the lower halves hold the number */
	for (i = 0; i < count; i++)
	{
		ac_poll_at((size_t) i, poll);
		part[i] = share_of(total, weight[i], sum, &remainder[i]);
		left -= part[i].lo;
	}
	if (left == 0)
		return AC_OK;
	find_threshold(remainder, count, sum, (int) left, poll, &threshold, &ties);
	for (i = 0; i < count; i++)
	{
		ac_poll_at((size_t) i, poll);
		if (gets_unit(remainder[i], threshold, &ties))
			increment(&part[i]);
	}
	return AC_OK;
}

/* ---- weights of any sign ---- */

/*
 * Return the decimals to which weights are rounded whose magnitudes add up to
 * sum, in units of 10^-scale: those of the least power of ten that is not
 * below the sum, with AC_WEIGHT_DIGITS digits.
 */
int
ac_weights_scale(ac_uint256 sum, int scale)
{
	ac_uint256	power = {.hi = 0,.lo = 1};
	int			exponent = 0;

	while (power.hi < sum.hi || (power.hi == sum.hi && power.lo < sum.lo))
	{
		ac_uint256_multiply_word(&power, 10);
		exponent++;
	}
	return AC_WEIGHT_DIGITS + scale - exponent;
}

/* Find how weights split a total; fail if there are none, or too large ones. */
static ac_status
find_rule(ac_split *split, const ac_int128 *weight, int count, ac_poll poll,
		  ac_fault *fault)
{
	ac_uint128	plus = 0;
	ac_uint128	minus = 0;
	ac_uint128	size;
	int			i;

	for (i = 0; i < count; i++)
	{
		ac_uint128 *sum = weight[i] < 0 ? &minus : &plus;

		ac_poll_at((size_t) i, poll);
		if (__builtin_add_overflow(*sum, ac_int128_magnitude(weight[i]), sum))
			return AC_WEIGHTS_RANGE;
	}
	if (__builtin_add_overflow(plus, minus, &size))
		return AC_WEIGHTS_RANGE;
	if (count == 0)
		return ac_fault_number(fault, AC_WEIGHTS_ZERO, 0, 0);

	split->whole = plus > minus ? plus - minus : minus - plus;
	split->opposite = minus > plus;
	split->sum = plus;
	if (ac_int256_is_zero(split->total))
		split->rule = AC_SPLIT_NOTHING;
	else if (size == 0)
	{
		split->rule = AC_SPLIT_EVEN;
		split->sum = (ac_uint128) count;
	}
	else if (split->whole == size)
	{
		split->rule = AC_SPLIT_PROPORTIONAL;
		split->sum = size;
	}
	else
		split->rule = split->whole == 0 ? AC_SPLIT_FIRST : AC_SPLIT_CORRECTED;
	return AC_OK;
}

/* value * factor; false if it does not fit. */
static bool
multiply(ac_uint256 value, ac_uint128 factor, ac_uint256 *product)
{
	ac_uint256	upper = ac_uint128_multiply(value.hi, factor);

	*product = ac_uint128_multiply(value.lo, factor);
	return upper.hi == 0 &&
		!__builtin_add_overflow(product->hi, upper.lo, &product->hi);
}

static bool
is_correction(const ac_split *split, ac_int128 weight)
{
	return split->rule == AC_SPLIT_CORRECTED && weight < 0;
}

/*
 * total * weight / sum of weights for a weight below 0, rounded half away from
 * zero; false if it does not fit.  It can be larger than the total.
 */
static bool
correction(const ac_split *split, ac_int128 weight, ac_int256 *part)
{
	ac_uint256	total = ac_int256_magnitude(split->total);
	ac_uint128	size = ac_int128_magnitude(weight);
	ac_uint128	remainder;
	ac_uint256	share = share_of(&total, size % split->whole, split->whole,
								 &remainder);
	ac_uint256	product;
	bool		carry;

	if (remainder >= split->whole - remainder)
		increment(&share);
	if (!multiply(total, size / split->whole, &product))
		return false;
	carry = __builtin_add_overflow(share.lo, product.lo, &share.lo);
	if (__builtin_add_overflow(share.hi, product.hi, &share.hi) ||
		__builtin_add_overflow(share.hi, (ac_uint128) carry, &share.hi) ||
		share.hi > (ac_uint128) AC_INT128_MAX)
		return false;

	part->hi = (ac_int128) share.hi;
	part->lo = share.lo;
	if (ac_int256_negative(split->total) == split->opposite)
		*part = ac_int256_negate(*part);
	return true;
}

/* Deduct from the total what corrections get. */
static ac_status
deduct_corrections(ac_split *split, const ac_int128 *weight, int count,
				   ac_poll poll)
{
	int			i;

	for (i = 0; i < count; i++)
	{
		bool		negative = ac_int256_negative(split->rest);
		ac_int256	part;

		ac_poll_at((size_t) i, poll);
		if (!is_correction(split, weight[i]))
			continue;
		if (!correction(split, weight[i], &part))
			return AC_PART_RANGE;
		split->rest = ac_int256_subtract(split->rest, part);
		if (negative != ac_int256_negative(part) &&
			negative != ac_int256_negative(split->rest))
			return AC_PART_RANGE;
	}
	return AC_OK;
}

/* The share of a weight that is no correction, rounded toward zero. */
static ac_uint256
share_of_rest(const ac_split *split, ac_int128 weight, ac_uint128 *remainder)
{
	ac_uint256	rest = ac_int256_magnitude(split->rest);

	if (split->rule == AC_SPLIT_EVEN)
		weight = 1;
	return share_of(&rest, ac_int128_magnitude(weight), split->sum, remainder);
}

/* Find which shares of the rest get one unit more. */
static void
round_shares(ac_split *split, const ac_int128 *weight, int count,
			 ac_poll poll, ac_uint128 *remainder)
{
	ac_uint128	left = ac_int256_magnitude(split->rest).lo;
	int			i;

	for (i = 0; i < count; i++)
	{
		ac_poll_at((size_t) i, poll);
		remainder[i] = 0;
		if (!is_correction(split, weight[i]))
			left -= share_of_rest(split, weight[i], &remainder[i]).lo;
	}
	find_threshold(remainder, count, split->sum, (int) left, poll,
				   &split->threshold, &split->ties);
}

/*
 * Begin to split a total by weights of any sign.  If all have one sign, the
 * parts are those of ac_allocate.  Otherwise those below 0 are corrections: they
 * get total * weight / sum of weights, rounded half away from zero, and the
 * others share the rest as ac_allocate does.  If all are 0, the parts are equal;
 * if they cancel out, the first part is the total.  Parts add up to the total.
 *
 * remainder has room for count elements and is not needed afterwards.
 */
ac_status
ac_split_begin(ac_split *split, ac_int256 total, const ac_int128 *weight,
			   int count, ac_poll poll, ac_uint128 *remainder,
			   ac_fault *fault)
{
	split->total = total;
	split->rest = total;
	AC_TRY(find_rule(split, weight, count, poll, fault));
	if (split->rule == AC_SPLIT_NOTHING || split->rule == AC_SPLIT_FIRST)
		return AC_OK;
	AC_TRY(deduct_corrections(split, weight, count, poll));
	round_shares(split, weight, count, poll, remainder);
	return AC_OK;
}

/* Return the part of the next weight; the weights are those of the beginning. */
ac_int256
ac_split_next(ac_split *split, ac_int128 weight)
{
	ac_int256	part = {.hi = 0,.lo = 0};
	ac_uint128	remainder;
	ac_uint256	share;

	if (split->rule == AC_SPLIT_NOTHING)
		return part;
	if (split->rule == AC_SPLIT_FIRST)
	{
		split->rule = AC_SPLIT_NOTHING;
		return split->total;
	}
	if (is_correction(split, weight))
	{
		correction(split, weight, &part);
		return part;
	}

	share = share_of_rest(split, weight, &remainder);
	if (gets_unit(remainder, split->threshold, &split->ties))
		increment(&share);
	part.hi = (ac_int128) share.hi;
	part.lo = share.lo;
	return ac_int256_negative(split->rest) ? ac_int256_negate(part) : part;
}
