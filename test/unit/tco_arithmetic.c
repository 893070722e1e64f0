/*
 * tco_arithmetic.c
 *	  Sums are exact and undo each other, products round once, and nothing
 *	  wraps.
 */
#include "core/tco.h"

#include "sample.h"
#include "slow.h"

#define SAMPLES 30000

static bool
sample_pair(ac_tco *a, ac_tco *b)
{
	sample_tco(a);
	sample_tco(b);
	memcpy(b->currency, a->currency, AC_CURRENCY_MAX);
	return true;
}

/* a + b or a - b by sign and magnitude; false if it does not fit */
static bool
slow_sum(ac_int128 a, ac_int128 b, bool subtract, ac_int128 *sum)
{
	bool		b_negative = (b < 0) != subtract;
	slow		x = slow_magnitude(a);
	slow		y = slow_magnitude(b);

	if ((a < 0) == b_negative)
		return slow_signed(slow_add(x, y), b_negative, sum);
	if (slow_compare(x, y) < 0)
		return slow_signed(slow_subtract(y, x), b_negative, sum);
	return slow_signed(slow_subtract(x, y), a < 0, sum);
}

/* An amount is added to a component as a value with that component would be. */
static bool
amounts_add_as_values(void)
{
	ac_tco		a,
				b,
				one,
				found;
	ac_component component = (ac_component) sample_below(AC_NCOMPONENTS);
	char		currency[AC_CURRENCY_MAX];
	size_t		len;
	ac_fault	fault = {.name = NULL};
	ac_fault	expected = {.name = NULL};
	ac_status	status;

	sample_pair(&a, &b);
	if (sample_below(8) == 0)
		sample_tco(&b);			/* of another currency, perhaps */
	len = ac_currency_len(b.currency);
	memcpy(currency, b.currency, len);
	if (len == 3 && currency[0] >= 'A' && currency[0] <= 'Z' && sample_below(2))
		currency[0] |= 0x20;	/* a letter in lower case */
	ac_tco_zero(&one);
	if (ac_tco_set_currency(&one, currency, len, &expected) != AC_OK)
		return false;
	one.amount[component] = b.amount[component];
	found = a;
	status = ac_tco_add_amount(&found, component, b.amount[component],
							   currency, len, &fault);
	return status == ac_tco_add(&a, &one, &expected) &&
		same_tco(&found, &a) &&
		(status != AC_RANGE || fault.name == expected.name) &&
		(status != AC_CURRENCY_MISMATCH ||
		 memcmp(fault.value, expected.value, sizeof(fault.value)) == 0);
}

static bool
sums_are_exact_or_faults(void)
{
	ac_tco		a,
				b,
				found,
				expected;
	ac_fault	fault = {.name = NULL};
	bool		subtract = sample_below(2);
	ac_status	status;
	int			i;

	sample_pair(&a, &b);
	found = expected = a;
	status = subtract ? ac_tco_subtract(&found, &b, &fault)
		: ac_tco_add(&found, &b, &fault);
	for (i = 0; i < AC_NCOMPONENTS; i++)
		if (!slow_sum(a.amount[i], b.amount[i], subtract,
					  &expected.amount[i]))
			return status == AC_RANGE && same_tco(&found, &a) &&
				fault.name == ac_component_name((ac_component) i);
	return status == AC_OK && same_tco(&found, &expected);
}

static bool
subtraction_undoes_addition(void)
{
	ac_tco		a,
				b,
				sum;
	ac_fault	fault;

	sample_pair(&a, &b);
	sum = a;
	return ac_tco_add(&sum, &b, &fault) != AC_OK ||
		(ac_tco_subtract(&sum, &b, &fault) == AC_OK && same_tco(&sum, &a));
}

static bool
order_of_sums_does_not_matter(void)
{
	ac_tco		a,
				b,
				c,
				left,
				right;
	ac_fault	fault;

	sample_small_tco(&a);
	sample_small_tco(&b);
	sample_small_tco(&c);
	left = a;
	right = c;
	return ac_tco_add(&left, &b, &fault) == AC_OK &&
		ac_tco_add(&left, &c, &fault) == AC_OK &&
		ac_tco_add(&right, &b, &fault) == AC_OK &&
		ac_tco_add(&right, &a, &fault) == AC_OK && same_tco(&left, &right);
}

static bool
negation_is_subtraction_from_zero(void)
{
	ac_tco		a,
				negative,
				difference;
	ac_fault	fault;
	ac_status	status;

	sample_tco(&a);
	negative = difference = a;
	memset(difference.amount, 0, sizeof(difference.amount));
	status = ac_tco_negate(&negative, &fault);
	if (ac_tco_subtract(&difference, &a, &fault) != status)
		return false;
	return same_tco(&negative, status == AC_OK ? &difference : &a);
}

static bool
products_round_once_or_fault(void)
{
	ac_tco		tco,
				found,
				expected;
	ac_ratio	ratio = {sample_uint128(), sample_uint128(), sample_below(2)};
	ac_fault	fault = {.name = NULL};
	ac_status	status;
	int			i;

	sample_tco(&tco);
	found = expected = tco;
	status = ac_tco_scale(&found, &ratio, &fault);
	if (ratio.denominator == 0)
		return status == AC_DIVISION_BY_ZERO && same_tco(&found, &tco);
	for (i = 0; i < AC_NCOMPONENTS; i++)
		if (!slow_scale(tco.amount[i], &ratio, &expected.amount[i]))
			return status == AC_RANGE && same_tco(&found, &tco) &&
				fault.name == ac_component_name((ac_component) i);
	return status == AC_OK && same_tco(&found, &expected);
}

static void
scales(const char *text, int times, unsigned over, const char *expected,
	   const char *rule)
{
	ac_ratio	ratio = {(unsigned) abs(times), over, times < 0};
	ac_tco		tco = tco_of(text);
	ac_fault	fault;

	ok(ac_tco_scale(&tco, &ratio, &fault) == AC_OK, "no fault: %s", rule);
	is_tco(&tco, expected, rule);
}

static void
test_scale(void)
{
	ac_tco		most = tco_of("0 USD");
	ac_tco		zero = tco_of("0 USD");
	ac_ratio	one = {1, 1, false};
	ac_ratio	minus_one = {1, 1, true};
	ac_ratio	huge = {~(ac_uint128) 0, 1, true};
	ac_ratio	by_zero = {1, 0, false};
	ac_fault	fault;

	scales("10 USD compute=10", 1, 3,
		   "3.333333333333333333 USD compute=3.333333333333333333",
		   "a third is rounded down at the 18th decimal");
	scales("20 USD compute=20", -1, 3,
		   "-6.666666666666666667 USD compute=-6.666666666666666667",
		   "two thirds are rounded away from zero");
	scales("0.000000000000000001 USD", 1, 2,
		   "0.000000000000000001 USD other=0.000000000000000001",
		   "half a unit goes away from zero");
	scales("-0.000000000000000001 USD", 1, 2,
		   "-0.000000000000000001 USD other=-0.000000000000000001",
		   "half a unit goes away from zero on the other side");
	scales("0.000000000000000001 USD", 49, 100,
		   "0 USD", "less than half a unit is zero");
	scales("-6 USD tax=1 credit=-7", 0, 7,
		   "0 USD", "nothing of a value is zero, not minus zero");
	ok(ac_tco_scale(&zero, &huge, &fault) == AC_OK,
	   "zero is zero times anything");
	ok(ac_tco_scale(&zero, &by_zero, &fault) == AC_DIVISION_BY_ZERO,
	   "even zero is not divided by zero");

	most.amount[AC_ENERGY] = AC_INT128_MIN;
	ok(ac_tco_scale(&most, &one, &fault) == AC_OK &&
	   most.amount[AC_ENERGY] == AC_INT128_MIN, "-2^127 times 1 fits");
	ok(ac_tco_scale(&most, &minus_one, &fault) == AC_RANGE &&
	   strcmp(fault.name, "energy") == 0 &&
	   most.amount[AC_ENERGY] == AC_INT128_MIN,
	   "-2^127 times -1 is out of range in energy");
	property(products_round_once_or_fault, SAMPLES, "each component is "
			 "rounded half away from zero, or out of range");
}

static void
adds_up(const char *text, const char *other, bool expected)
{
	ac_tco		a = tco_of(text);
	ac_tco		b = tco_of(other);
	ac_status	status = expected ? AC_OK : AC_CURRENCY_MISMATCH;
	ac_fault	fault;

	ok(ac_tco_same_currency(&a, &b, &fault) == status &&
	   ac_tco_add(&a, &b, &fault) == status &&
	   ac_tco_subtract(&a, &b, &fault) == status,
	   "%s and %s %s", text, other, expected ? "add up" : "do not add up");
}

static void
test_currencies(void)
{
	ac_tco		dollars = tco_of("6 USD");
	ac_tco		coins = tco_of("7 Credits_2025");
	ac_fault	fault;

	memset(&fault, 'x', sizeof(fault));
	ok(ac_tco_add(&dollars, &coins, &fault) == AC_CURRENCY_MISMATCH &&
	   strcmp(fault.value[0], "USD") == 0 &&
	   strcmp(fault.value[1], "Credits_2025") == 0,
	   "currencies do not add up, and both are named");
	ok(ac_tco_subtract(&coins, &dollars, &fault) == AC_CURRENCY_MISMATCH &&
	   strcmp(fault.value[0], "Credits_2025") == 0,
	   "currencies are not subtracted, the first is named first");
	is_tco(&dollars, "6 USD other=6", "the first argument is as it was");
	is_tco(&coins, "7 Credits_2025 other=7", "and so here");
}

static void
amount_adds(const char *text, size_t len, ac_status expected)
{
	ac_tco		dollars = tco_of("6 USD");
	ac_fault	fault;

	ok(ac_tco_add_amount(&dollars, AC_TAX, AC_UNIT, text, len, &fault) ==
	   expected, "an amount in a currency of %zu bytes, %.3s, %s", len, text,
	   expected == AC_OK ? "is added to USD" : "is not added to USD");
	is_tco(&dollars, expected == AC_OK ? "7 USD other=6 tax=1"
		   : "6 USD other=6", "the sum is right");
}

static void
test_amounts(void)
{
	amount_adds("USD", 3, AC_OK);
	amount_adds("uSd", 3, AC_OK);
	amount_adds("USDC", 4, AC_CURRENCY_MISMATCH);
	amount_adds("US", 2, AC_CURRENCY_MISMATCH);
	amount_adds("USD\0", 4, AC_CURRENCY);
	amount_adds("", 0, AC_CURRENCY);
	amount_adds("USD and more", 12, AC_CURRENCY);
	amount_adds("USD_of_a_long_name", 18, AC_CURRENCY);
	property(amounts_add_as_values, SAMPLES, "an amount is added to a "
			 "component as a value with that component would be");
}

static void
test_range(void)
{
	ac_tco		most = tco_of("0 USD");
	ac_tco		unit = tco_of("0 USD");
	ac_fault	fault;

	most.amount[AC_TAX] = AC_INT128_MAX;
	unit.amount[AC_UPFRONT] = 1;
	unit.amount[AC_TAX] = 1;
	ok(ac_tco_add(&most, &unit, &fault) == AC_RANGE &&
	   strcmp(fault.name, "tax") == 0,
	   "a component beyond 2^127 - 1 is out of range");
	ok(most.amount[AC_UPFRONT] == 0 && most.amount[AC_TAX] == AC_INT128_MAX,
	   "a fault in one component changes none");
	most.amount[AC_TAX] = AC_INT128_MIN;
	ok(ac_tco_subtract(&most, &unit, &fault) == AC_RANGE,
	   "a component below -2^127 is out of range");
	ok(ac_tco_negate(&most, &fault) == AC_RANGE,
	   "-2^127 has no negative");
	ok(ac_tco_add_amount(&most, AC_TAX, -1, "usd", 3, &fault) == AC_RANGE &&
	   strcmp(fault.name, "tax") == 0 && most.amount[AC_TAX] == AC_INT128_MIN,
	   "so is an amount that is added to it");
	unit = most;
	ok(ac_tco_subtract(&most, &unit, &fault) == AC_OK &&
	   most.amount[AC_TAX] == 0, "a value less itself is zero");
}

int
main(void)
{
	test_range();
	test_amounts();
	adds_up("1 USD", "2 USD", true);
	adds_up("1 USD", "2 EUR", false);
	adds_up("1 USD", "2 USDC", false);
	adds_up("1 Credits_2025", "2 Credits_2025", true);
	adds_up("1 Credits_2025", "2 Credits_2026", false);
	adds_up("1 Credits_2025", "2 credits_2025", false);
	test_currencies();
	property(sums_are_exact_or_faults, SAMPLES, "a sum or difference is "
			 "exact, or a fault that leaves the first argument");
	property(subtraction_undoes_addition, SAMPLES,
			 "subtraction undoes addition, bit for bit");
	property(order_of_sums_does_not_matter, SAMPLES,
			 "sums do not depend on their order");
	property(negation_is_subtraction_from_zero, SAMPLES,
			 "negation is subtraction from zero");
	test_scale();
	return tap_done();
}
