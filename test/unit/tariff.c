/*
 * tariff.c
 *	  What makes a tariff valid, how one is built, and its order.
 */
#include "sample_tariff.h"

#define OPEN	AC_TIER_OPEN_BOUND
#define UNITS(n) ((ac_int128) (n) * AC_UNIT)
#define TIER(bound, cost, fee) {.upto = (bound),.price = (cost),.flat = (fee)}

/* Tiers under a mode, as they are, valid or not. */
static ac_tariff *
raw(ac_tariff_mode mode, int count, const ac_tier *tiers)
{
	ac_tariff  *tariff = new_tariff(count);

	memset(tariff->header, 0, sizeof(tariff->header));
	ac_tariff_init(tariff, mode, count);
	memcpy(tariff->tier, tiers, (size_t) count * sizeof(ac_tier));
	return tariff;
}

static ac_status
check(ac_tariff *tariff, ac_fault *fault)
{
	memset(fault, 0, sizeof(*fault));
	return ac_tariff_seal(tariff, fault);
}

/* A fault of tiers names an element and says the value that is wrong. */
static void
tiers_fault(int count, const ac_tier *tiers, ac_status status,
			const char *name, int number, const char *value, const char *rule)
{
	ac_tariff  *tariff = raw(AC_GRADUATED, count, tiers);
	ac_fault	fault;

	ok(check(tariff, &fault) == status && names(&fault, name, number) &&
	   strcmp(fault.value[0], value) == 0, "%s", rule);
	tariff->mode = AC_VOLUME;
	ok(check(tariff, &fault) == status && names(&fault, name, number),
	   "%s, by volume too", rule);
	free(tariff);
}

/* ---- the rules ---- */

static void
test_tiers(void)
{
	static const ac_tier negative_price[] = {
		TIER(UNITS(1), 0, 0), TIER(UNITS(2), -1, 0)
	};
	static const ac_tier negative_flat[] = {
		TIER(UNITS(1), 1, -UNITS(3)), TIER(OPEN, 1, 0)
	};
	static const ac_tier no_bound[] = {TIER(0, 1, 0), TIER(OPEN, 1, 0)};
	static const ac_tier negative_bound[] = {TIER(-UNITS(5), 1, 0)};
	static const ac_tier equal_bounds[] = {
		TIER(UNITS(10), 1, 0), TIER(UNITS(20), 1, 0), TIER(UNITS(20), 1, 0)
	};
	static const ac_tier falling_bounds[] = {
		TIER(UNITS(10), 1, 0), TIER(UNITS(10) - 1, 1, 0)
	};
	static const ac_tier open_first[] = {
		TIER(OPEN, 1, 0), TIER(UNITS(20), 1, 0), TIER(OPEN, 1, 0)
	};
	static const ac_tier open_twice[] = {
		TIER(UNITS(20), 1, 0), TIER(OPEN, 1, 0), TIER(OPEN, 1, 0)
	};
	static const ac_tier least[] = {TIER(1, 0, 0), TIER(2, 1, 1), TIER(OPEN - 1, 0, 0)};
	ac_tariff  *tariff;
	ac_fault	fault;

	tiers_fault(2, negative_price, AC_TIER_NEGATIVE, "price", 2,
				"-0.000000000000000001", "a price is not below 0");
	tiers_fault(2, negative_flat, AC_TIER_NEGATIVE, "flat", 1, "-3",
				"a fee is not below 0");
	tiers_fault(2, no_bound, AC_TIER_BOUND, "upto", 1, "0",
				"the first bound is above 0");
	tiers_fault(1, negative_bound, AC_TIER_BOUND, "upto", 1, "-5",
				"a bound is not below 0");
	tiers_fault(3, equal_bounds, AC_TIER_BOUND, "upto", 3, "20",
				"bounds are not equal");
	tiers_fault(2, falling_bounds, AC_TIER_BOUND, "upto", 2,
				"9.999999999999999999", "bounds do not fall");

	tariff = raw(AC_GRADUATED, 2, falling_bounds);
	check(tariff, &fault);
	is_text(fault.value[1], "10", "and the bound before is named");
	free(tariff);

	tariff = raw(AC_GRADUATED, 3, open_first);
	ok(check(tariff, &fault) == AC_TIER_OPEN && fault.number[0] == 1 &&
	   fault.number[1] == 3, "no tier but the last is open");
	free(tariff);
	tariff = raw(AC_VOLUME, 3, open_twice);
	ok(check(tariff, &fault) == AC_TIER_OPEN && fault.number[0] == 2 &&
	   fault.number[1] == 3, "and only one");
	free(tariff);

	tariff = raw(AC_VOLUME, 3, least);
	ok(check(tariff, &fault) == AC_OK,
	   "bounds a unit apart, prices of 0 and a closed end are valid");
	free(tariff);
}

static void
test_head(void)
{
	static const ac_tier two[] = {TIER(UNITS(10), 1, 0), TIER(OPEN, 1, 0)};
	ac_tariff  *tariff = raw(AC_GRADUATED, 2, two);
	ac_fault	fault;

	tariff->allowance = -1;
	ok(check(tariff, &fault) == AC_TIER_NEGATIVE &&
	   names(&fault, "allowance", 0) &&
	   strcmp(fault.value[0], "-0.000000000000000001") == 0,
	   "an allowance is not below 0");
	tariff->allowance = 1;
	ok(check(tariff, &fault) == AC_OK, "one above is valid");

	tariff->block = UNITS(10);
	ok(check(tariff, &fault) == AC_TARIFF_BLOCK &&
	   names(&fault, "graduated", 0), "a graduated tariff has no block");
	tariff->mode = AC_VOLUME;
	ok(check(tariff, &fault) == AC_TARIFF_BLOCK &&
	   names(&fault, "volume", 0), "nor has one by volume");
	tariff->block = -1;
	ok(check(tariff, &fault) == AC_TARIFF_BLOCK &&
	   names(&fault, "volume", 0), "be it below 0");

	tariff->mode = AC_PACKAGE;
	ok(check(tariff, &fault) == AC_TARIFF_BLOCK &&
	   names(&fault, "package", 1), "a block is not below 0");
	tariff->block = 0;
	ok(check(tariff, &fault) == AC_TARIFF_BLOCK &&
	   names(&fault, "package", 1), "a package has one");
	tariff->block = 1;
	ok(check(tariff, &fault) == AC_TARIFF_PACKAGE && fault.number[0] == 2 &&
	   fault.number[1] == 1, "a package has one tier");
	tariff->count = 1;
	ok(check(tariff, &fault) == AC_OK, "which may be closed");
	tariff->count = 0;
	ok(check(tariff, &fault) == AC_TARIFF_EMPTY, "no tariff is empty");
	free(tariff);
}

/* A number that is AC_TIER_OPEN_BOUND could not be read from its text. */
static void
test_range(void)
{
	static const ac_tier highest[] = {TIER(OPEN - 1, OPEN - 1, OPEN - 1)};
	static const char max[] = "170141183460469231731.687303715884105727";
	ac_tariff  *tariff = raw(AC_PACKAGE, 1, highest);
	ac_fault	fault;

	tariff->block = tariff->allowance = OPEN - 1;
	ok(check(tariff, &fault) == AC_OK, "2^127 - 2 units are in range");

	tariff->tier[0].price = OPEN;
	ok(check(tariff, &fault) == AC_TIER_RANGE && names(&fault, "price", 1) &&
	   strcmp(fault.value[0], max) == 0, "a price of one more is not");
	tariff->tier[0].price = 0;
	tariff->tier[0].flat = OPEN;
	ok(check(tariff, &fault) == AC_TIER_RANGE && names(&fault, "flat", 1) &&
	   strcmp(fault.value[0], max) == 0, "nor is a fee");
	tariff->tier[0].flat = 0;
	tariff->allowance = OPEN;
	ok(check(tariff, &fault) == AC_TIER_RANGE &&
	   names(&fault, "allowance", 0) && strcmp(fault.value[0], max) == 0,
	   "nor an allowance");
	tariff->allowance = 0;
	tariff->block = OPEN;
	ok(check(tariff, &fault) == AC_TIER_RANGE && names(&fault, "block", 0) &&
	   strcmp(fault.value[0], max) == 0, "nor a block");
	free(tariff);
}

static void
test_count(void)
{
	ac_tariff  *tariff = new_tariff(AC_TARIFF_TIERS_MAX + 1);
	ac_fault	fault;
	int			i;

	ac_tariff_init(tariff, AC_GRADUATED, AC_TARIFF_TIERS_MAX + 1);
	for (i = 0; i <= AC_TARIFF_TIERS_MAX; i++)
		tariff->tier[i].upto = 1 + i;
	ok(check(tariff, &fault) == AC_TARIFF_LIMIT &&
	   fault.number[0] == 10001 && fault.number[1] == 10000,
	   "10001 tiers are too many");
	tariff->count--;
	ok(check(tariff, &fault) == AC_OK, "10000 are not");
	free(tariff);

	ok(ac_tariff_check_count(0, &fault) == AC_TARIFF_EMPTY &&
	   ac_tariff_check_count(1, &fault) == AC_OK &&
	   ac_tariff_check_count(10000, &fault) == AC_OK &&
	   ac_tariff_check_count(10001, &fault) == AC_TARIFF_LIMIT &&
	   ac_tariff_check_count(INT32_MAX, &fault) == AC_TARIFF_LIMIT &&
	   fault.number[0] == INT32_MAX,
	   "the number of tiers can be checked before there are any");
}

/* As wherever a value is stored: the header is not the core's. */
static void
test_init(void)
{
	ac_tariff  *tariff = new_tariff(2);
	static const uint8_t zero[2 * sizeof(ac_tier)];

	ac_tariff_init(tariff, AC_VOLUME, 2);
	ok(memcmp(tariff->header, "xxxx", 4) == 0, "the header is left alone");
	ok(tariff->version == 1 && tariff->mode == AC_VOLUME &&
	   tariff->count == 2 && tariff->allowance == 0 && tariff->block == 0 &&
	   memcmp(tariff->tier, zero, sizeof(zero)) == 0,
	   "all else is 0 but version, mode and number of tiers");
	ok(ac_tariff_size(2) == 200, "two tiers take 200 bytes");
	free(tariff);
}

static bool
samples_are_valid(void)
{
	ac_tariff  *tariff = sample_tariff(1000);
	ac_fault	fault;
	bool		valid = check(tariff, &fault) == AC_OK;

	free(tariff);
	return valid;
}

/* Whatever stands there before, and however often. */
static bool
bases_follow_from_the_rest(void)
{
	ac_tariff  *tariff = sample_tariff(100);
	ac_tariff  *again = raw((ac_tariff_mode) tariff->mode, tariff->count,
							tariff->tier);
	ac_fault	fault;
	bool		same;
	int			i;

	again->allowance = tariff->allowance;
	again->block = tariff->block;
	for (i = 0; i < again->count; i++)
		memset(&again->tier[i].base, 'x', sizeof(ac_uint256));
	same = check(again, &fault) == AC_OK && ac_tariff_same(again, tariff) &&
		check(again, &fault) == AC_OK && ac_tariff_same(again, tariff);
	free(tariff);
	free(again);
	return same;
}

/* ---- modes ---- */

static void
test_modes(void)
{
	static const char *const names[] = {"graduated", "volume", "package"};
	static const char *const others[] = {
		"", "Graduated", "graduate", "graduatedx", "volume ", " volume",
		"tiered", "pack", "package\n"
	};
	ac_fault	fault;
	bool		found = true;
	bool		refused = true;
	size_t		i;

	for (i = 0; i < 3; i++)
	{
		char	   *copy = exact_copy(names[i], strlen(names[i]));
		ac_tariff_mode mode = AC_PACKAGE;

		found = found &&
			ac_tariff_mode_by_name(copy, strlen(names[i]), &mode,
								   &fault) == AC_OK &&
			mode == (ac_tariff_mode) i &&
			strcmp(ac_tariff_mode_name(mode), names[i]) == 0;
		free(copy);
	}
	ok(found, "modes are graduated, volume and package");
	for (i = 0; i < sizeof(others) / sizeof(others[0]); i++)
	{
		ac_tariff_mode mode;

		refused = refused &&
			ac_tariff_mode_by_name(others[i], strlen(others[i]), &mode,
								   &fault) == AC_TARIFF_MODE &&
			fault.part == others[i] && fault.part_len == strlen(others[i]);
	}
	ok(refused, "no others, and the fault says what was given");
}

/* ---- building ---- */

static bool
widths_are_differences_of_bounds(void)
{
	ac_tariff  *tariff = sample_tariff(100);
	ac_tariff  *built = raw((ac_tariff_mode) tariff->mode, tariff->count,
							tariff->tier);
	ac_fault	fault;
	bool		same;
	int			i;

	built->allowance = tariff->allowance;
	built->block = tariff->block;
	for (i = 1; i < tariff->count; i++)
		if (tariff->tier[i].upto != OPEN)
			built->tier[i].upto -= tariff->tier[i - 1].upto;
	same = ac_tariff_from_widths(built, &fault) == AC_OK &&
		check(built, &fault) == AC_OK && ac_tariff_same(built, tariff);
	free(tariff);
	free(built);
	return same;
}

static void
width_fault(int count, const ac_tier *tiers, ac_status status, int number,
			const char *value, const char *rule)
{
	ac_tariff  *tariff = raw(AC_GRADUATED, count, tiers);
	ac_fault	fault;

	ok(ac_tariff_from_widths(tariff, &fault) == status &&
	   names(&fault, "width", number) && strcmp(fault.value[0], value) == 0,
	   "%s", rule);
	free(tariff);
}

static void
test_widths(void)
{
	static const ac_tier widths[] = {
		TIER(UNITS(100), 0, 0), TIER(UNITS(10140), UNITS(2), 0), TIER(OPEN, UNITS(1), 0)
	};
	static const ac_tier zero[] = {TIER(UNITS(1), 0, 0), TIER(0, 0, 0)};
	static const ac_tier negative[] = {TIER(-UNITS(1), 0, 0), TIER(OPEN, 0, 0)};
	static const ac_tier many[] = {TIER(OPEN - 1, 0, 0), TIER(1, 0, 0)};
	static const ac_tier too_many[] = {TIER(OPEN - 1, 0, 0), TIER(2, 0, 0)};
	static const ac_tier most[] = {TIER(OPEN - 2, 0, 0), TIER(1, 0, 0)};
	static const ac_tier open_first[] = {TIER(OPEN, 0, 0), TIER(UNITS(5), 0, 0)};
	ac_tariff  *tariff = raw(AC_GRADUATED, 3, widths);
	ac_fault	fault;

	if (ok(ac_tariff_from_widths(tariff, &fault) == AC_OK,
		   "widths are taken"))
		is_tariff(tariff, "graduated: 0 upto 100, 2 upto 10240, 1",
				  "and become bounds");
	free(tariff);
	width_fault(2, zero, AC_TIER_NOT_ABOVE, 2, "0", "a width is not 0");
	width_fault(2, negative, AC_TIER_NOT_ABOVE, 1, "-1", "nor below");
	width_fault(2, many, AC_TIER_RANGE, 2, "0.000000000000000001",
				"widths do not add up to an open bound");
	width_fault(2, too_many, AC_TIER_RANGE, 2, "0.000000000000000002",
				"nor beyond");
	tariff = raw(AC_GRADUATED, 2, most);
	ok(ac_tariff_from_widths(tariff, &fault) == AC_OK &&
	   tariff->tier[1].upto == OPEN - 1, "but up to it");
	free(tariff);

	tariff = raw(AC_GRADUATED, 2, open_first);
	ok(ac_tariff_from_widths(tariff, &fault) == AC_OK &&
	   check(tariff, &fault) == AC_TIER_OPEN && fault.number[0] == 1,
	   "an open tier before others is left for the check to refuse");
	free(tariff);
	property(widths_are_differences_of_bounds, 2000,
			 "widths that are differences of bounds give the bounds");
}

/* Tiers shuffled and put in one by one. */
static bool
order_of_insertion_does_not_matter(void)
{
	ac_tariff  *tariff = sample_tariff(50);
	ac_tariff  *built = raw((ac_tariff_mode) tariff->mode, tariff->count,
							tariff->tier);
	int			order[50];
	ac_fault	fault;
	bool		same = true;
	int			i;

	built->allowance = tariff->allowance;
	built->block = tariff->block;
	for (i = 0; i < tariff->count; i++)
		order[i] = i;
	for (i = tariff->count - 1; i > 0; i--)
	{
		int			other = sample_below(i + 1);
		int			swap = order[i];

		order[i] = order[other];
		order[other] = swap;
	}
	built->count = 0;
	for (i = 0; i < tariff->count; i++)
	{
		memset(&built->tier[i], 'x', sizeof(ac_tier));
		same = same && ac_tariff_insert(built, &tariff->tier[order[i]],
										&fault) == AC_OK;
	}
	same = same && ac_tariff_same(built, tariff);

	/* there is no second tier with any of these bounds */
	i = sample_below(tariff->count);
	same = same && ac_tariff_insert(built, &tariff->tier[i],
									&fault) == AC_TIER_TWICE &&
		fault.number[0] == (tariff->tier[i].upto == OPEN) &&
		ac_tariff_same(built, tariff);
	free(tariff);
	free(built);
	return same;
}

/* Tiers dealt out to two tariffs that are put together again. */
static bool
merge_undoes_a_division(void)
{
	ac_tariff  *tariff = sample_tariff(50);
	ac_tariff  *both = raw((ac_tariff_mode) tariff->mode, tariff->count,
						   tariff->tier);
	ac_tariff  *rest = raw((ac_tariff_mode) tariff->mode, tariff->count,
						   tariff->tier);
	int			chance = 1 + sample_below(9);
	ac_fault	fault;
	bool		same;

	both->allowance = rest->allowance = tariff->allowance;
	both->block = rest->block = tariff->block;
	both->count = rest->count = 0;
	for (int i = 0; i < tariff->count; i++)
	{
		ac_tariff  *part = sample_below(10) < chance ? both : rest;

		part->tier[part->count++] = tariff->tier[i];
	}
	same = ac_tariff_merge(both, rest, &fault) == AC_OK &&
		ac_tariff_same(both, tariff);

	/* the first of the bounds that both have is told, and nothing is done */
	if (rest->count > 0)
		same = same &&
			ac_tariff_merge(both, rest, &fault) == AC_TIER_TWICE &&
			fault.number[0] == (rest->tier[0].upto == OPEN) &&
			ac_tariff_same(both, tariff);
	rest->block++;
	same = same &&
		ac_tariff_merge(both, rest, &fault) == AC_TARIFF_MISMATCH &&
		ac_tariff_same(both, tariff);
	free(tariff);
	free(both);
	free(rest);
	return same;
}

static void
test_insert(void)
{
	static const ac_tier tiers[] = {TIER(UNITS(5), 1, 0), TIER(OPEN, 1, 0)};
	ac_tier		twice = TIER(UNITS(5), 2, 0);
	ac_tier		open = TIER(OPEN, 2, 0);
	ac_tariff  *tariff = raw(AC_GRADUATED, 2, tiers);
	ac_fault	fault;

	ok(ac_tariff_insert(tariff, &twice, &fault) == AC_TIER_TWICE &&
	   fault.number[0] == 0 && strcmp(fault.value[0], "5") == 0,
	   "no two tiers have one bound");
	ok(ac_tariff_insert(tariff, &open, &fault) == AC_TIER_TWICE &&
	   fault.number[0] == 1, "and no two are open");
	free(tariff);
	property(order_of_insertion_does_not_matter, 2000, "tiers are put in "
			 "their place in any order, once");
	property(merge_undoes_a_division, 5000, "tiers of two tariffs are put in "
			 "their place, too");
}

/* ---- order ---- */

static int
sign(int order)
{
	return (order > 0) - (order < 0);
}

/* A tariff that differs from another in one place, or in nothing. */
static ac_tariff *
sample_alike(const ac_tariff *tariff)
{
	ac_tariff  *other = raw((ac_tariff_mode) tariff->mode, tariff->count,
							tariff->tier);
	ac_tier    *tier = &other->tier[sample_below(other->count)];

	other->allowance = tariff->allowance;
	other->block = tariff->block;
	memset(other->header, sample_below(256), sizeof(other->header));
	switch (sample_below(8))
	{
		case 0:
			other->allowance ^= 1;
			break;
		case 1:
			other->mode = (uint8_t) sample_below(3);
			break;
		case 2:
			other->block ^= 1;
			break;
		case 3:
			tier->upto ^= (ac_int128) 1 << sample_below(127);
			break;
		case 4:
			tier->price ^= (ac_int128) 1 << sample_below(127);
			break;
		case 5:
			tier->flat ^= (ac_int128) 1 << sample_below(127);
			break;
		case 6:
			other->count = (uint16_t) (1 + sample_below(other->count));
			break;
		default:
			break;
	}
	return other;
}

static bool
order_is_total(void)
{
	ac_tariff  *a = sample_tariff(20);
	ac_tariff  *b = sample_below(2) ? sample_alike(a) : sample_tariff(20);
	ac_tariff  *c = sample_below(2) ? sample_alike(b) : sample_tariff(20);
	int			ab = sign(ac_tariff_compare(a, b));
	int			bc = sign(ac_tariff_compare(b, c));
	int			ac = sign(ac_tariff_compare(a, c));
	bool		total;

	total = ac_tariff_compare(a, a) == 0 &&
		sign(ac_tariff_compare(b, a)) == -ab &&
		(ab != bc || ac == ab) && (ab != 0 || ac == bc) &&
		(bc != 0 || ac == ab) && (ab == 0) == ac_tariff_same(a, b) &&
		(bc == 0) == ac_tariff_same(b, c);
	free(a);
	free(b);
	free(c);
	return total;
}

static void
rises(const char *less, const char *more, const char *rule)
{
	ac_tariff  *a = tariff_of(less);
	ac_tariff  *b = tariff_of(more);

	ok(ac_tariff_compare(a, b) < 0 && ac_tariff_compare(b, a) > 0 &&
	   !ac_tariff_same(a, b), "%s", rule);
	free(a);
	free(b);
}

static void
test_order(void)
{
	ac_tariff  *a = tariff_of("graduated: 0.10 upto 5.0, 1");
	ac_tariff  *b = tariff_of("graduated : .1 upto 5 , 1.00");

	memset(a->header, 1, sizeof(a->header));
	ok(ac_tariff_compare(a, b) == 0 && ac_tariff_same(a, b),
	   "numbers are equal however they were written, whatever the header");
	free(a);
	free(b);
	rises("graduated: 9", "volume: 1", "the mode decides first");
	rises("volume: 9", "package 1: 1", "and packages come last");
	rises("package 2 allowance 9: 9", "package 10: 1", "then the block");
	rises("graduated allowance 2: 9", "graduated allowance 10: 1",
		  "then the allowance");
	rises("graduated: 9 upto 2", "graduated: 1 upto 10", "then a bound");
	rises("graduated: 1 upto 2", "graduated: 1", "an open one is highest");
	rises("graduated: 2 flat 9", "graduated: 10", "then a price");
	rises("graduated: 2", "graduated: 2 flat 1", "then a fee");
	rises("graduated: 1 upto 5, 9 upto 7", "graduated: 2 upto 5, 1 upto 6",
		  "the first tier that differs decides");
	rises("graduated: 1 upto 5, 1 upto 6", "graduated: 1 upto 5, 1 upto 7",
		  "even the last");
	rises("graduated: 1 upto 5", "graduated: 1 upto 5, 1 upto 6",
		  "and what begins another comes before it");
	property(order_is_total, 30000, "the order is total, and equal is the "
			 "same");
}

int
main(void)
{
	test_tiers();
	test_head();
	test_range();
	test_count();
	test_init();
	property(samples_are_valid, 3000, "generated tariffs are valid");
	property(bases_follow_from_the_rest, 3000, "the bases of tiers follow "
			 "from the rest");
	test_modes();
	test_widths();
	test_insert();
	test_order();
	return tap_done();
}
