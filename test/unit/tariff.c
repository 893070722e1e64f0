/*
 * tariff.c
 *	  Which tiers, modes and blocks make a valid tariff.
 */
#include "raw_tariff.h"

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
	return tap_done();
}
