/*
 * allocate.c
 *	  A split by largest remainder gives all of the total, and to each what is
 *	  due, against slow_allocate.h.
 */
#include "core/allocate.h"

#include "slow_allocate.h"

#include "sample.h"

#define SAMPLES		5000
#define COUNT_MAX	SLOW_PARTS_MAX

/* A generated case and what becomes of it. */
typedef struct split
{
	ac_uint256	total;
	ac_uint128	weight[COUNT_MAX];
	int			count;
	ac_uint256	part[COUNT_MAX];
} split;

static ac_status
allocate(split *it, ac_fault *fault)
{
	ac_uint128	remainder[COUNT_MAX];

	return ac_allocate(&it->total, it->weight, it->count, NULL, it->part,
					   remainder, fault);
}

static slow
slow_256(ac_uint256 value)
{
	return slow_of(value.hi, value.lo);
}

static slow
slow_128(ac_uint128 value)
{
	return slow_of(0, value);
}

static ac_uint128
sum_of_weights(const split *it)
{
	ac_uint128	sum = 0;
	int			i;

	for (i = 0; i < it->count; i++)
		sum += it->weight[i];
	return sum;
}

/*
 * Totals of up to 256 bits; weights of all sizes, some 0, some equal, with
 * sums up to 2^128 - 1.  Half of the totals are small beside the weights, so
 * that most parts are remainders.
 */
static void
sample_split(split *it)
{
	ac_uint128	room = ~(ac_uint128) 0;
	int			i;

	it->total.hi = sample_below(2) ? sample_uint128() : 0;
	it->total.lo = sample_below(4) ? sample_uint128()
		: (ac_uint128) sample_below(30);
	it->count = 1 + sample_below(COUNT_MAX);
	for (i = 0; i < it->count; i++)
	{
		ac_uint128	weight;

		switch (sample_below(4))
		{
			case 0:
				weight = (ac_uint128) sample_below(4);
				break;
			case 1:
				weight = i > 0 ? it->weight[i - 1] : 1;
				break;
			case 2:
				weight = sample_uint128() >> 4;
				break;
			default:
				weight = sample_uint128();
		}
		it->weight[i] = weight < room ? weight : room;
		room -= it->weight[i];
	}
	if (sum_of_weights(it) == 0)
		it->weight[sample_below(it->count)] = 1;
}

/* A case that has been split. */
static bool
sample_done(split *it)
{
	ac_fault	fault;

	sample_split(it);
	return allocate(it, &fault) == AC_OK;
}

static bool
as_defined(void)
{
	split		it;
	slow		expected[COUNT_MAX];
	int			i;

	if (!sample_done(&it))
		return false;
	slow_allocate(slow_256(it.total), it.weight, it.count, expected);
	for (i = 0; i < it.count; i++)
		if (slow_compare(slow_256(it.part[i]), expected[i]) != 0)
			return false;
	return true;
}

static bool
nothing_lost(void)
{
	split		it;
	slow		sum = {{0}};
	int			i;

	if (!sample_done(&it))
		return false;
	for (i = 0; i < it.count; i++)
		sum = slow_add(sum, slow_256(it.part[i]));
	return slow_compare(sum, slow_256(it.total)) == 0;
}

/* |part * sum - total * weight| < sum, and 0 where the share is whole */
static bool
within_quota(void)
{
	split		it;
	slow		sum;
	slow		rest;
	int			i;

	if (!sample_done(&it))
		return false;
	sum = slow_128(sum_of_weights(&it));
	for (i = 0; i < it.count; i++)
	{
		slow		share = slow_multiply(slow_256(it.total),
										  slow_128(it.weight[i]));
		slow		part = slow_multiply(slow_256(it.part[i]), sum);
		int			order = slow_compare(part, share);
		slow		off = order < 0 ? slow_subtract(share, part)
		: slow_subtract(part, share);

		if (slow_compare(off, sum) >= 0)
			return false;
		slow_divide(share, sum, &rest);
		if (order != 0 && slow_bits(&rest) == 0)
			return false;
	}
	return true;
}

static bool
nothing_for_nothing(void)
{
	split		it;
	int			i;

	if (!sample_done(&it))
		return false;
	for (i = 0; i < it.count; i++)
		if (it.weight[i] == 0 && (it.part[i].hi != 0 || it.part[i].lo != 0))
			return false;
	return true;
}

/* more weight never gets less, nor does the earlier of two equal weights */
static bool
in_order(void)
{
	split		it;
	int			i;
	int			j;

	if (!sample_done(&it))
		return false;
	for (i = 0; i < it.count; i++)
		for (j = 0; j < it.count; j++)
		{
			bool		before = it.weight[i] > it.weight[j] ||
			(it.weight[i] == it.weight[j] && i < j);

			if (before && slow_compare(slow_256(it.part[i]),
									   slow_256(it.part[j])) < 0)
				return false;
		}
	return true;
}

/* the weights are ratios: a common factor changes nothing */
static bool
ratios(void)
{
	split		it;
	split		scaled;
	ac_uint128	factor = 1 + (ac_uint128) sample_below(1000000);
	ac_fault	fault;
	int			i;

	sample_split(&it);
	for (i = 0; i < it.count; i++)
		it.weight[i] >>= 20;
	if (sum_of_weights(&it) == 0)
		it.weight[0] = 1;
	scaled = it;
	for (i = 0; i < it.count; i++)
		scaled.weight[i] *= factor;
	return allocate(&it, &fault) == AC_OK &&
		allocate(&scaled, &fault) == AC_OK &&
		memcmp(it.part, scaled.part,
			   sizeof(it.part[0]) * (size_t) it.count) == 0;
}

/* Is total split by the weights, both texts of small numbers, like this? */
static void
is_split(uint64_t total, const char *weights, const char *expected,
		 const char *rule)
{
	split		it = {.total = {.lo = total}};
	char		found[400] = "";
	size_t		used = 0;
	const char *at;
	ac_fault	fault;
	int			i;

	for (at = weights; *at != '\0'; at += strcspn(at, "0123456789"))
	{
		char	   *end;

		it.weight[it.count++] = strtoull(at, &end, 10);
		at = end;
	}
	if (allocate(&it, &fault) != AC_OK)
		abort();
	for (i = 0; i < it.count; i++)
		used += (size_t) snprintf(found + used, sizeof(found) - used, "%s%llu",
								  i > 0 ? " " : "",
								  (unsigned long long) it.part[i].lo);
	is_text(found, expected, rule);
}

/* 2^256 - 1 by 2^127, 2^127 - 1 and 0: remainders past 128 bits are carried */
static void
largest(void)
{
	const ac_uint128 half = (ac_uint128) 1 << 127;
	const ac_uint128 all = ~(ac_uint128) 0;
	split		it = {
		.total = {.hi = all,.lo = all},
		.weight = {half, half - 1, 0},
		.count = 3
	};
	ac_fault	fault;

	/* the sum is 2^128 - 1, which divides the total 2^128 + 1 times */
	ok(allocate(&it, &fault) == AC_OK &&
	   it.part[0].hi == half && it.part[0].lo == half &&
	   it.part[1].hi == half - 1 && it.part[1].lo == half - 1 &&
	   it.part[2].hi == 0 && it.part[2].lo == 0,
	   "2^256 - 1 is split by weights that add up to 2^128 - 1");

	it.weight[2] = 1;
	is_int(allocate(&it, &fault), AC_WEIGHTS_RANGE,
		   "weights that add up to 2^128 are out of range");
}

#define MANY	1000

/* 999 units to 1000 parts: the last of them has none */
static void
many_parts(void)
{
	static ac_uint128 weight[MANY];
	static ac_uint256 part[MANY];
	static ac_uint128 remainder[MANY];
	ac_uint256	total = {.lo = MANY - 1};
	ac_fault	fault;
	bool		right = true;
	int			i;

	for (i = 0; i < MANY; i++)
		weight[i] = 7;
	right &= ac_allocate(&total, weight, MANY, NULL, part, remainder,
						 &fault) == AC_OK;
	for (i = 0; i < MANY; i++)
		right &= part[i].hi == 0 && part[i].lo == (i < MANY - 1);
	ok(right, "of 1000 equal parts of 999 units the last has none");
}

static int	blocks;

static void
count_block(void)
{
	blocks++;
}

#define BLOCKS_MANY	(3 * AC_POLL_EVERY + 1)

/* Each block is summed, split, searched for remainders and handed out to. */
static void
blocks_are_told(void)
{
	static ac_uint128 weight[BLOCKS_MANY];
	static ac_uint256 part[BLOCKS_MANY];
	static ac_uint256 untold[BLOCKS_MANY];
	static ac_uint128 remainder[BLOCKS_MANY];
	ac_uint256	total = {.lo = 1000000007};
	ac_fault	fault;
	int			block_count = BLOCKS_MANY / AC_POLL_EVERY + 1;

	for (int i = 0; i < BLOCKS_MANY; i++)
		weight[i] = (ac_uint128) (1 + i % 1000);
	is_int(ac_allocate(&total, weight, BLOCKS_MANY, count_block, part,
					   remainder, &fault), AC_OK,
		   "a caller who is told of blocks gets a split");
	ok(blocks >= 4 * block_count && blocks % block_count == 0,
	   "and is told of each block at each pass over them");
	ac_allocate(&total, weight, BLOCKS_MANY, NULL, untold, remainder, &fault);
	ok(memcmp(part, untold, sizeof(part)) == 0,
	   "it is that of any other caller");
}

static void
refused(void)
{
	split		it = {.total = {.lo = 5},.count = 2};
	ac_fault	fault;

	is_int(allocate(&it, &fault), AC_WEIGHTS_ZERO, "all weights 0 is a fault");
	is_int(fault.number[0], 2, "which tells how many there are");
	it.count = 0;
	is_int(allocate(&it, &fault), AC_WEIGHTS_ZERO, "no weights is a fault");
	is_int(fault.number[0], 0, "which tells that there are none");
}

int
main(void)
{
	is_split(5, "1 1 1", "2 2 1", "of equal remainders the earlier get more");
	is_split(10000, "1 2 3", "1667 3333 5000", "the largest remainder gets "
			 "the unit, 2/3 before 1/3");
	is_split(10, "1 1 1 3", "2 2 1 5", "a part that is whole gets no more");
	is_split(2, "0 5 0 5 5", "0 1 0 1 0", "a weight of 0 gets nothing");
	is_split(1, "1 1 2", "0 0 1", "the largest remainder is not the first");
	is_split(0, "1 2", "0 0", "nothing is split into nothing");
	is_split(7, "3", "7", "a single part is all");
	is_split(3, "5 4 1", "2 1 0", "3 by 5:4:1 is 1.5, 1.2 and 0.3");
	is_split(12, "6000 3000 1000 1", "7 4 1 0", "a tiny weight may get 0");
	largest();
	many_parts();
	blocks_are_told();
	refused();

	property(as_defined, SAMPLES, "the parts are those of the definition");
	property(nothing_lost, SAMPLES, "the parts add up to the total");
	property(within_quota, SAMPLES, "each part is its share rounded down or "
			 "up, and the share itself where that is whole");
	property(nothing_for_nothing, SAMPLES, "a weight of 0 never gets anything");
	property(in_order, SAMPLES, "more weight never gets less, and of equal "
			 "weights the earlier gets no less");
	property(ratios, SAMPLES, "only the ratios of the weights count");
	return tap_done();
}
