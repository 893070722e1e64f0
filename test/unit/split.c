/*
 * split.c
 *	  A split by weights of any sign gives all of the total, and to each what
 *	  is due, against slow_split.h.
 */
#include "slow_split.h"

#include "sample.h"

#define SAMPLES		5000
#define COUNT_MAX	SLOW_PARTS_MAX

/* A case and what becomes of it. */
typedef struct split
{
	ac_int256	total;
	ac_int128	weight[COUNT_MAX];
	int			count;
	ac_int256	part[COUNT_MAX];
} split;

static ac_status
make_parts(split *it, ac_fault *fault)
{
	ac_uint128	remainder[COUNT_MAX];
	ac_split	parts;
	int			i;

	AC_TRY(ac_split_begin(&parts, it->total, it->weight, it->count, NULL,
						  remainder, fault));
	for (i = 0; i < it->count; i++)
		it->part[i] = ac_split_next(&parts, it->weight[i]);
	return AC_OK;
}

/* Small ones cancel out now and then. */
static ac_int128
sample_weight(int shape)
{
	switch (shape)
	{
		case 0:
			return sample_below(7) - 3;
		case 1:
			return sample_below(4) - 1;
		case 2:
			return sample_int128() >> 5;
		case 3:
			return sample_int128() >> 70;
		default:
			return sample_int128();
	}
}

/* Totals of up to 256 bits and of few units; weights of all sizes. */
static void
sample_split(split *it)
{
	int			shape = sample_below(8);
	bool		one_sign = sample_below(4) == 0;
	int			i;

	it->total.hi = 0;
	it->total.lo = (ac_uint128) sample_below(30);
	if (sample_below(4))
		it->total = ac_int256_from(sample_int128());
	if (sample_below(3) == 0)
		it->total.hi = sample_int128() >> sample_below(128);
	if (sample_below(2))
		it->total = ac_int256_negate(it->total);
	it->count = 1 + sample_below(COUNT_MAX);
	for (i = 0; i < it->count; i++)
	{
		it->weight[i] = sample_weight(shape < 5 ? shape : sample_below(4));
		/* almost what cancels out the one before */
		if (i > 0 && sample_below(6) == 0)
			it->weight[i] = (ac_int128) ((ac_uint128) sample_below(3) - 1 -
										 (ac_uint128) it->weight[i - 1]);
		if (one_sign && it->weight[i] < 0 && it->weight[i] != AC_INT128_MIN)
			it->weight[i] = -it->weight[i];
	}
}

/* How often the generated cases were split by each rule, and refused. */
static int	seen[AC_SPLIT_CORRECTED + 1];
static int	refusals[2];

static bool
as_defined(void)
{
	split		it;
	slow_integer expected[COUNT_MAX];
	ac_split	parts;
	ac_uint128	remainder[COUNT_MAX];
	ac_fault	fault;
	ac_status	status;
	int			i;

	sample_split(&it);
	status = slow_split(it.total, it.weight, it.count, expected);
	if (make_parts(&it, &fault) != status)
		return false;
	if (status != AC_OK)
	{
		refusals[status == AC_PART_RANGE]++;
		return true;
	}
	ac_split_begin(&parts, it.total, it.weight, it.count, NULL, remainder,
				   &fault);
	seen[parts.rule]++;
	for (i = 0; i < it.count; i++)
		if (!slow_integer_equal(slow_integer_of(it.part[i]), expected[i]))
			return false;
	return true;
}

static bool
nothing_lost(void)
{
	split		it;
	ac_int256	sum = {.hi = 0,.lo = 0};
	ac_fault	fault;
	int			i;

	sample_split(&it);
	if (make_parts(&it, &fault) != AC_OK)
		return true;
	for (i = 0; i < it.count; i++)
		sum = ac_int256_add(sum, it.part[i]);
	return ac_int256_compare(sum, it.total) == 0;
}

/* of weights that add up to more than 0 and parts that are not shared out */
static bool
nothing_for_nothing(void)
{
	split		it;
	ac_fault	fault;
	bool		weighty = false;
	int			i;

	sample_split(&it);
	it.weight[it.count - 1] = 0;
	for (i = 0; i < it.count; i++)
		weighty |= it.weight[i] != 0;
	if (!weighty || make_parts(&it, &fault) != AC_OK)
		return true;
	if (it.weight[0] == 0 && !ac_int256_is_zero(it.part[0]))
	{
		/* the first part is all only if weights cancel out */
		return ac_int256_compare(it.part[0], it.total) == 0;
	}
	return ac_int256_is_zero(it.part[it.count - 1]);
}

/* Is total split by the weights, both texts of small numbers, like this? */
static void
is_split(int64_t total, const char *weights, const char *expected,
		 const char *rule)
{
	split		it = {.total = ac_int256_from(total)};
	char		found[400] = "";
	size_t		used = 0;
	const char *at;
	ac_fault	fault;
	int			i;

	for (at = weights; *at != '\0'; at += strcspn(at, "-0123456789"))
	{
		char	   *end;

		it.weight[it.count++] = strtoll(at, &end, 10);
		at = end;
	}
	if (make_parts(&it, &fault) != AC_OK)
		abort();
	for (i = 0; i < it.count; i++)
		used += (size_t) snprintf(found + used, sizeof(found) - used, "%s%lld",
								  i > 0 ? " " : "",
								  (long long) it.part[i].lo);
	is_text(found, expected, rule);
}

static void
refused(void)
{
	const ac_int128 most = AC_INT128_MAX;
	split		it = {.total = {.hi = most},.weight = {3, -2},.count = 2};
	ac_fault	fault;

	is_int(make_parts(&it, &fault), AC_PART_RANGE,
		   "a part that does not fit is a fault");
	it.total.hi = 4;
	is_int(make_parts(&it, &fault), AC_OK, "one that does is none");
	it.weight[0] = most;
	it.weight[1] = -most + 1;
	is_int(make_parts(&it, &fault), AC_PART_RANGE,
		   "weights that almost cancel out make parts that do not fit");
	it.weight[1] = AC_INT128_MIN;
	is_int(make_parts(&it, &fault), AC_PART_RANGE,
		   "so do the largest weights of both signs");
	it.weight[2] = 2;
	it.count = 3;
	is_int(make_parts(&it, &fault), AC_WEIGHTS_RANGE,
		   "magnitudes that add up to 2^128 or more are a fault");
	it.count = 0;
	is_int(make_parts(&it, &fault), AC_WEIGHTS_ZERO, "no weights is a fault");
	is_int(fault.number[0], 0, "which tells that there are none");
}

/* The scale at which a sum has 36 digits, or is the power of ten after them. */
static void
scales(void)
{
	ac_uint256	sum = {.lo = 1};
	ac_uint256	power = {.lo = 1};
	int			i;

	is_int(ac_weights_scale(sum, 0), 36, "1 has 36 decimals");
	sum.lo = 2;
	is_int(ac_weights_scale(sum, 0), 35, "2 has 35");
	sum.lo = 10;
	is_int(ac_weights_scale(sum, 0), 35, "as has 10");
	sum.lo = 11;
	is_int(ac_weights_scale(sum, 0), 34, "11 has 34");
	is_int(ac_weights_scale(sum, 60), 94, "11e-60 has 94");
	is_int(ac_weights_scale(sum, -100), -66, "11e100 is rounded to 1e66");
	for (i = 0; i < 76; i++)
		ac_uint256_multiply_word(&power, 10);
	is_int(ac_weights_scale(power, 0), -40, "1e76 is rounded to 1e40");
	power.lo++;
	is_int(ac_weights_scale(power, 0), -41, "more than 1e76 to 1e41");
}

static int	blocks;

static void
count_block(void)
{
	blocks++;
}

#define BLOCKS_MANY	(3 * AC_POLL_EVERY + 1)

/* Each block is summed, deducted, shared and searched for remainders. */
static void
blocks_are_told(void)
{
	static ac_int128 weight[BLOCKS_MANY];
	static ac_uint128 remainder[BLOCKS_MANY];
	int			block_count = BLOCKS_MANY / AC_POLL_EVERY + 1;
	ac_split	parts;
	ac_fault	fault;

	for (int i = 0; i < BLOCKS_MANY; i++)
		weight[i] = 1 + i % 1000 - (i % 7 == 0) * 500;
	is_int(ac_split_begin(&parts, ac_int256_from(1000000007), weight,
						  BLOCKS_MANY, count_block, remainder, &fault), AC_OK,
		   "a caller who is told of blocks gets a split");
	ok(blocks >= 4 * block_count && blocks % block_count == 0,
	   "and is told of each block at each pass over them");
}

/* ---- components of a tco ---- */

static bool
tco_adds_up(void)
{
	split		it;
	ac_tco		total;
	ac_tco		sum;
	ac_tco_split parts;
	ac_uint128	remainder[COUNT_MAX];
	ac_fault	fault;
	int			i;

	sample_split(&it);
	sample_small_tco(&total);
	sum = total;
	memset(sum.amount, 0, sizeof(sum.amount));
	if (ac_tco_split_begin(&parts, &total, it.weight, it.count, NULL,
						   remainder, &fault) != AC_OK)
		return true;
	for (i = 0; i < it.count; i++)
	{
		ac_tco		part;

		if (ac_tco_split_next(&parts, it.weight[i], &part, &fault) != AC_OK)
			return fault.name != NULL;
		if (ac_tco_add(&sum, &part, &fault) != AC_OK)
			return true;
	}
	return same_tco(&sum, &total);
}

static void
components(void)
{
	const ac_int128 weight[] = {1, 2, -1};
	const ac_int128 credits[] = {3, -1, -1};
	const ac_int128 extremes[] = {AC_INT128_MAX, AC_INT128_MIN};
	ac_tco		total = tco_of("6.000000000000000001 USD compute=4 energy=2.000000000000000001");
	ac_tco		largest = tco_of("170141183460469231731.687303715884105727 EUR tax=170141183460469231731.687303715884105727");
	ac_uint128	remainder[3];
	ac_tco_split parts;
	ac_tco		part;
	ac_fault	fault;

	ac_tco_split_begin(&parts, &total, weight, 2, NULL, remainder, &fault);
	ac_tco_split_next(&parts, weight[0], &part, &fault);
	is_tco(&part, "2 USD compute=1.333333333333333333 energy=0.666666666666666667",
		   "each component is split by itself");
	ac_tco_split_next(&parts, weight[1], &part, &fault);
	is_tco(&part, "4.000000000000000001 USD compute=2.666666666666666667 energy=1.333333333333333334",
		   "and the last unit of each is in one of the parts");

	ac_tco_split_begin(&parts, &largest, weight, 3, NULL, remainder, &fault);
	is_int(ac_tco_split_next(&parts, weight[0], &part, &fault), AC_OK,
		   "half of the largest amount is in range");
	is_int(ac_tco_split_next(&parts, weight[1], &part, &fault), AC_OK,
		   "so is all of it");
	is_int(ac_tco_split_next(&parts, weight[2], &part, &fault), AC_OK,
		   "and half of it below 0");

	ac_tco_split_begin(&parts, &largest, credits, 3, NULL, remainder, &fault);
	is_int(ac_tco_split_next(&parts, credits[0], &part, &fault), AC_RANGE,
		   "three times the largest is out of range");
	is_text(fault.name, "tax", "and the component is named");
	is_int(ac_tco_split_begin(&parts, &largest, extremes, 2, NULL, remainder,
							  &fault), AC_OK,
		   "the largest amount and weights are split");
	is_int(ac_tco_split_next(&parts, extremes[0], &part, &fault), AC_RANGE,
		   "and refused where a part is made");
}

int
main(void)
{
	is_split(5, "1 1 1", "2 2 1", "of equal remainders the earlier get more");
	is_split(-5, "1 1 1", "-2 -2 -1", "a credit is split like a cost");
	is_split(10, "0 0 0", "4 3 3", "weights that are all 0 split evenly");
	is_split(10, "-1 -2 -2", "2 4 4", "weights below 0 alone are ratios");
	is_split(10, "1 2 -1", "5 10 -5", "a correction gets its share");
	is_split(10, "3 -1 5", "4 -1 7", "which is rounded, and the others share "
			 "the rest: 11 by 3:5");
	is_split(5, "2 -1 1", "5 -3 3", "half a unit is rounded away from zero");
	is_split(-5, "2 -1 1", "-5 3 -3", "also of a credit");
	is_split(10, "-3 1", "15 -5", "corrections can outweigh the others");
	is_split(10, "2 -1 -1", "10 0 0", "weights that cancel out: all to the "
			 "first");
	is_split(10, "-1 0 1", "10 0 0", "whatever its weight is");
	is_split(0, "1 -3", "0 0", "nothing is split into nothing");
	is_split(10, "1 0 -3", "-5 0 15", "a weight of 0 beside corrections gets "
			 "nothing");
	refused();
	scales();
	blocks_are_told();
	components();

	property(as_defined, SAMPLES, "the parts are those of the definition");
	ok(seen[AC_SPLIT_FIRST] > 20 && seen[AC_SPLIT_EVEN] > 20 &&
	   seen[AC_SPLIT_NOTHING] > 20 && seen[AC_SPLIT_PROPORTIONAL] > 500 &&
	   seen[AC_SPLIT_CORRECTED] > 1000, "each rule was seen");
	ok(refusals[0] > 0 && refusals[1] > 0, "each refusal was seen");
	property(nothing_lost, SAMPLES, "the parts add up to the total");
	property(nothing_for_nothing, SAMPLES, "a weight of 0 gets nothing where "
			 "others are not 0");
	property(tco_adds_up, SAMPLES, "the parts of a tco add up to it, component "
			 "by component");
	return tap_done();
}
