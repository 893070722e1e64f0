/*
 * tariff_build.c
 *	  Tariffs built from widths, tier by tier, and from two others.
 */
#include "raw_tariff.h"

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

int
main(void)
{
	test_widths();
	test_insert();
	return tap_done();
}
