/*
 * tco_plan.c
 *	  The month of break-even is the least there is, to the last digit.
 */
#include "core/tco_plan.h"

#include "sample.h"
#include "slow_plan.h"

static ac_tco a,
			b;

/* Two plans in one currency, of all sizes; often alike in one part. */
static void
sample_plans(void)
{
	sample_tco(&a);
	sample_tco(&b);
	memcpy(b.currency, a.currency, sizeof(a.currency));
	if (sample_below(4) == 0)
		memcpy(&b.amount[1], &a.amount[1], sizeof(ac_int128) * 7);
	if (sample_below(4) == 0)
		b.amount[AC_UPFRONT] = a.amount[AC_UPFRONT];
	if (sample_below(4) == 0)
		for (int i = 1; i < AC_NCOMPONENTS; i++)
			a.amount[i] >>= 20;
}

static bool
least_month(void)
{
	ac_int256	months;
	bool		found;
	ac_fault	fault;

	sample_plans();
	if (ac_plan_break_even(&a, &b, &found, &months, &fault) != AC_OK)
		return false;
	if (!found)
		return true;
	return !ac_int256_negative(months) && slow_is_ahead(&a, &b, months) &&
		(ac_int256_is_zero(months) ||
		 !slow_is_ahead(&a, &b, ac_int256_subtract(months,
												   ac_int256_from(1))));
}

/* For good, or never: told by what a costs at once and in the long run. */
static bool
exists(void)
{
	ac_int256	months;
	bool		found;
	ac_fault	fault;
	ac_int256	saving;

	sample_plans();
	saving = ac_int256_subtract(ac_tco_recurring(&b), ac_tco_recurring(&a));
	return ac_plan_break_even(&a, &b, &found, &months, &fault) == AC_OK &&
		found == (ac_int256_is_zero(saving)
				  ? a.amount[AC_UPFRONT] <= b.amount[AC_UPFRONT]
				  : !ac_int256_negative(saving));
}

static void
is_break_even(const char *owned, const char *rented, const char *expected,
			  const char *rule)
{
	char		text[AC_DECIMAL_MAX] = "never";
	ac_int256	months;
	bool		found;
	ac_fault	fault;

	a = tco_of(owned);
	b = tco_of(rented);
	if (ac_plan_break_even(&a, &b, &found, &months, &fault) != AC_OK)
		abort();
	if (found)
		ac_decimal_format(months, text);
	is_text(text, expected, rule);
}

int
main(void)
{
	ac_int256	months;
	bool		found;
	ac_fault	fault;

	is_break_even("13 USD upfront=12 energy=1", "4 USD compute=4", "4",
				  "12 more at once and 3 less a month: 4 months");
	is_break_even("10 USD upfront=10", "3 USD compute=3",
				  "3.333333333333333334", "a quotient is rounded up");
	is_break_even("10 USD upfront=10", "10 USD compute=10", "1",
				  "but not one that is exact");
	is_break_even("4 USD compute=4", "13 USD upfront=12 energy=1", "never",
				  "the other way round they cross the wrong way");
	is_break_even("5 USD upfront=2 compute=3", "6 USD upfront=2 compute=4",
				  "0", "never dearer: 0");
	is_break_even("4 USD upfront=1 compute=3", "5 USD upfront=2 compute=3",
				  "0", "nothing saved each month, but cheaper at once: 0");
	is_break_even("5 USD upfront=2 compute=3", "5 USD upfront=2 compute=3",
				  "0", "a plan and itself: 0");
	is_break_even("5 USD upfront=2 compute=3", "4 USD upfront=1 compute=3",
				  "never", "nothing saved each month, and dearer: never");
	is_break_even("-5 USD upfront=-5", "-6 USD upfront=-8 credit=2", "1.5",
				  "negative amounts count as such");
	is_break_even("170141183460469231731.687303715884105727 USD "
				  "upfront=170141183460469231731.687303715884105727",
				  "-170141183460469231731.687303715884105727 USD "
				  "upfront=-170141183460469231731.687303715884105728 "
				  "tax=0.000000000000000001",
				  "340282366920938463463374607431768211455",
				  "the greatest difference over the least saving");

	a = tco_of("1 USD");
	b = tco_of("1 EUR");
	is_int(ac_plan_break_even(&a, &b, &found, &months, &fault),
		   AC_CURRENCY_MISMATCH, "two currencies do not compare");
	property(exists, 50000, "there is a break-even if and only if a is cheaper "
			 "in the long run, or as dear and not dearer at once");
	property(least_month, 20000, "at break-even a is not dearer, and 1e-18 "
			 "months before it is");
	return tap_done();
}
