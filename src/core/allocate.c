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
 * Give one unit more to as many parts as there are units left, at least one:
 * to the parts with the largest remainders, and among equal ones to the
 * earlier.  The remainders, each below sum, add up to left * sum.  So more
 * than left of them are above 0, and a part without remainder is given
 * nothing.
 */
static void
hand_out(ac_uint256 *part, const ac_uint128 *remainder, int count,
		 ac_uint128 sum, int left, ac_poll poll)
{
	ac_uint128	low = 0;		/* more than left remainders exceed it */
	ac_uint128	high = sum - 1; /* at most left remainders exceed it */
	int			above = 0;		/* the number of remainders above high */
	int			i;

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

	left -= above;
	for (i = 0; i < count; i++)
	{
		ac_poll_at((size_t) i, poll);
		if (remainder[i] > high)
			increment(&part[i]);
		else if (remainder[i] == high && left > 0)
		{
			increment(&part[i]);
			left--;
		}
	}
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
	if (left > 0)
		hand_out(part, remainder, count, sum, (int) left, poll);
	return AC_OK;
}
