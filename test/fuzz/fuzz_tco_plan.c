/*
 * fuzz_tco_plan.c
 *	  At break-even and ever after a plan is not dearer, and 1e-18 months
 *	  before it is; where there is no break-even, it is dearer in the end.
 *
 * An input is the amounts of two plans (128 bytes each), then a byte of 1 if
 * their currencies differ; what is missing is zero.
 */
#include "core/tco_plan.h"

#include "../unit/slow_plan.h"
#include "fuzz.h"

typedef struct input
{
	ac_int128	amount[2][AC_NCOMPONENTS];
	uint8_t		mixed;
} input;

static void
check_break_even(const ac_tco *a, const ac_tco *b)
{
	const ac_int256 one = ac_int256_from(1);
	const ac_int256 latest = {.hi = (ac_int128) 1 << 72};
	ac_int256	months;
	ac_fault	fault;
	bool		found;

	REQUIRE(ac_plan_break_even(a, b, &found, &months, &fault) == AC_OK);
	REQUIRE(found == slow_is_ahead(a, b, latest));
	if (!found)
		return;
	REQUIRE(ac_int256_compare(months, latest) < 0);
	REQUIRE(slow_is_ahead(a, b, months));
	REQUIRE(slow_is_ahead(a, b, ac_int256_add(months, one)));
	REQUIRE(ac_int256_is_zero(months)
			|| (!ac_int256_negative(months)
				&& !slow_is_ahead(a, b, ac_int256_subtract(months, one))));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	input		in = {0};
	ac_tco		plan[2];
	ac_int256	months;
	ac_fault	fault;
	bool		found;
	int			i;

	memcpy(&in, data, size < sizeof(in) ? size : sizeof(in));
	for (i = 0; i < 2; i++)
	{
		ac_tco_zero(&plan[i]);
		memcpy(plan[i].amount, in.amount[i], sizeof(plan[i].amount));
		REQUIRE(ac_tco_set_currency(&plan[i], "USD", 3, &fault) == AC_OK);
	}
	check_break_even(&plan[0], &plan[1]);
	check_break_even(&plan[1], &plan[0]);
	if (in.mixed & 1)
	{
		REQUIRE(ac_tco_set_currency(&plan[1], "EUR", 3, &fault) == AC_OK);
		REQUIRE(ac_plan_break_even(&plan[0], &plan[1], &found, &months, &fault)
				== AC_CURRENCY_MISMATCH);
		REQUIRE(strcmp(fault.value[0], "USD") == 0
				&& strcmp(fault.value[1], "EUR") == 0);
	}
	return 0;
}
