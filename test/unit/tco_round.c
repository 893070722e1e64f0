/*
 * tco_round.c
 *	  Rounded components add up to the rounded total.
 */
#include "core/tco.h"

#include "sample.h"
#include "slow.h"

#define SAMPLES 20000

static ac_uint128
step_of(int digits)
{
	ac_uint128	step = 1;

	for (; digits < AC_SCALE; digits++)
		step *= 10;
	return step;
}

/* Amounts near multiples and halves of the step, many of them equally near. */
static int
sample_for_rounding(ac_tco *tco)
{
	int			range = sample_below(4) ? AC_SCALE - AC_TCO_DIGITS_MIN : 1;
	int			digits = AC_SCALE - 1 - sample_below(range);
	ac_uint128	step = step_of(digits);
	ac_uint128	part = sample_uint128() % step;
	int			i;

	sample_tco(tco);
	if (sample_below(4) == 0)
		return digits;
	for (i = 0; i < AC_NCOMPONENTS; i++)
	{
		ac_uint128	amount = (ac_uint128) sample_below(3) * step;

		switch (sample_below(6))
		{
			case 0:
				break;
			case 1:
				amount += step / 2;
				break;
			case 2:
				amount += step / 2 - 1 + (ac_uint128) sample_below(3);
				break;
			case 3:
				amount += step - part;
				break;
			default:
				amount += part;
		}
		amount &= (ac_uint128) AC_INT128_MAX;
		tco->amount[i] = (ac_int128) (sample_below(3) ? amount : -amount);
	}
	return digits;
}

static bool
rounding_displaces_least(void)
{
	ac_tco		tco,
				found,
				expected;
	ac_fault	fault = {.name = NULL};
	int			digits = sample_for_rounding(&tco);
	ac_status	status;

	found = expected = tco;
	status = ac_tco_round(&found, digits, &fault);
	if (slow_tco_round(&expected, digits))
		return status == AC_OK && same_tco(&found, &expected);
	return status == AC_RANGE && fault.name != NULL && same_tco(&found, &tco);
}

static bool
total_is_rounded_total(void)
{
	ac_tco		tco;
	ac_fault	fault;
	int			digits = sample_for_rounding(&tco);
	slow		step = slow_of(0, step_of(digits));
	ac_int128	rounded = slow_rounded_total(&tco, step);
	ac_uint256	total;

	if (ac_tco_round(&tco, digits, &fault) != AC_OK)
		return true;
	total = ac_int256_magnitude(ac_tco_total(&tco));
	return slow_compare(slow_of(total.hi, total.lo),
						slow_multiply(slow_magnitude(rounded), step)) == 0 &&
		(rounded < 0) == ac_int256_negative(ac_tco_total(&tco));
}

static bool
components_stay_within_a_step(void)
{
	ac_tco		tco,
				rounded;
	ac_fault	fault;
	int			digits = sample_for_rounding(&tco);
	ac_int128	step = (ac_int128) step_of(digits);
	int			i;

	rounded = tco;
	if (ac_tco_round(&rounded, digits, &fault) != AC_OK)
		return true;
	for (i = 0; i < AC_NCOMPONENTS; i++)
	{
		ac_int128	down = tco.amount[i] / step * step;

		if (rounded.amount[i] % step != 0 ||
			(tco.amount[i] == down && rounded.amount[i] != down) ||
			(rounded.amount[i] != down && rounded.amount[i] - down != step &&
			 rounded.amount[i] - down != -step) ||
			(rounded.amount[i] != 0 &&
			 (rounded.amount[i] < 0) != (tco.amount[i] < 0)))
			return false;
	}
	return true;
}

static bool
rounding_is_symmetric(void)
{
	ac_tco		tco,
				negative;
	ac_fault	fault;
	int			digits = sample_for_rounding(&tco);

	negative = tco;
	return ac_tco_negate(&negative, &fault) != AC_OK ||
		ac_tco_round(&tco, digits, &fault) != AC_OK ||
		ac_tco_round(&negative, digits, &fault) != AC_OK ||
		(ac_tco_negate(&negative, &fault) == AC_OK &&
		 same_tco(&tco, &negative));
}

static bool
rounding_twice_is_rounding_once(void)
{
	ac_tco		once,
				twice;
	ac_fault	fault;
	int			digits = sample_for_rounding(&once);

	if (ac_tco_round(&once, digits, &fault) != AC_OK)
		return true;
	twice = once;
	return ac_tco_round(&twice, digits, &fault) == AC_OK &&
		same_tco(&once, &twice);
}

static void
rounds(const char *text, int digits, const char *expected, const char *rule)
{
	ac_tco		tco = tco_of(text);
	ac_fault	fault;

	if (ok(ac_tco_round(&tco, digits, &fault) == AC_OK, "no fault: %s", rule))
		is_tco(&tco, expected, rule);
}

static void
test_range(void)
{
	ac_tco		most = tco_of("0 USD");
	ac_tco		before;
	ac_fault	fault;

	most.amount[AC_COMPUTE] = 1;
	most.amount[AC_STORAGE] = AC_INT128_MAX;
	before = most;
	ok(ac_tco_round(&most, 17, &fault) == AC_RANGE &&
	   strcmp(fault.name, "storage") == 0 && same_tco(&most, &before),
	   "a component rounded beyond 2^127 - 1 is out of range");
	ok(ac_tco_round(&most, -20, &fault) == AC_RANGE,
	   "2^127 - 1 rounded to 10^20 is out of range");
	ok(ac_tco_round(&most, -21, &fault) == AC_DIGITS &&
	   fault.number[0] == -21 && fault.number[1] == AC_TCO_DIGITS_MIN &&
	   same_tco(&most, &before), "-20 digits is the least");
	ok(ac_tco_round(&most, INT32_MIN, &fault) == AC_DIGITS,
	   "any less is refused, too");
	ok(ac_tco_round(&most, 18, &fault) == AC_OK && same_tco(&most, &before),
	   "18 digits is the value itself");
	ok(ac_tco_round(&most, INT32_MAX, &fault) == AC_OK &&
	   same_tco(&most, &before), "more digits, too");

	memset(most.amount, 0, sizeof(most.amount));
	most.amount[AC_TAX] = AC_INT128_MIN;
	ok(ac_tco_round(&most, -20, &fault) == AC_RANGE,
	   "-2^127 rounded to 10^20 is out of range");
}

int
main(void)
{
	rounds("2.5 USD", 0, "3 USD other=3", "a half goes away from zero");
	rounds("-2.5 USD", 0, "-3 USD other=-3", "on both sides");
	rounds("1234.565 USD", 2, "1234.57 USD other=1234.57", "to cents");
	rounds("1250 USD", -2, "1300 USD other=1300", "to hundreds");
	rounds("40 USD", -2, "0 USD", "to nothing");
	rounds("1 USD compute=0.5 energy=0.5", 0, "1 USD compute=1",
		   "of two halves the earlier is the larger");
	rounds("1.2 USD compute=0.4 energy=0.4 tax=0.4", 0, "1 USD compute=1",
		   "of three equal parts the earliest is rounded away");
	rounds("-1.2 USD compute=-0.4 energy=-0.4 tax=-0.4", 0,
		   "-1 USD compute=-1", "also where they are negative");
	rounds("1.8 USD upfront=0.6 egress=0.6 tax=0.6", 0,
		   "2 USD upfront=1 egress=1", "and the latest towards zero");
	rounds("1.3 USD compute=0.3 energy=0.45 tax=0.55", 0,
		   "1 USD tax=1", "the largest remainder comes first");
	rounds("0.2 USD compute=0.6 credit=-0.4", 0, "0 USD",
		   "of equals, towards zero comes before away from it");
	rounds("0.2 USD energy=-0.4 tax=0.6", 0, "0 USD",
		   "whichever is earlier");
	rounds("0 USD compute=0.5 credit=-0.5", 0, "0 USD compute=1 credit=-1",
		   "what adds up is left as it was rounded");
	rounds("3.9 USD compute=1 energy=2 tax=0.45 credit=0.45", 0,
		   "4 USD compute=1 energy=2 tax=1",
		   "a component that needs no rounding is not moved");
	rounds("0.9 USD tax=0.45 credit=0.45", 0, "1 USD tax=1",
		   "a component that is zero stays zero");
	test_range();

	property(rounding_displaces_least, SAMPLES, "of all roundings with the "
			 "right total the one that displaces least");
	property(total_is_rounded_total, SAMPLES,
			 "the total is the rounded total");
	property(components_stay_within_a_step, SAMPLES, "each component is a "
			 "multiple of the step next to it, with its sign");
	property(rounding_is_symmetric, SAMPLES,
			 "the negative is rounded to the negative");
	property(rounding_twice_is_rounding_once, SAMPLES,
			 "rounding again changes nothing");
	return tap_done();
}
