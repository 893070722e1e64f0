/*
 * tco.c
 *	  Currencies, components, totals and the order of values.
 */
#include "core/tco.h"

#include "sample.h"
#include "slow.h"

#define SAMPLES 30000

static const char *const names[AC_NCOMPONENTS] = {
	"upfront", "compute", "energy", "egress", "storage", "other", "tax",
	"credit"
};

static void
test_currency(const char *text, const char *expected, const char *rule)
{
	size_t		len = strlen(text);
	char	   *copy = exact_copy(text, len);
	ac_fault	fault = {.part = NULL};
	ac_tco		tco;
	ac_status	status;

	ac_tco_zero(&tco);
	memcpy(tco.currency, "before", 6);
	status = ac_tco_set_currency(&tco, copy, len, &fault);
	if (expected == NULL)
		ok(status == AC_CURRENCY && fault.part == copy &&
		   fault.part_len == len && memcmp(tco.currency, "before", 6) == 0,
		   "\"%s\" is no currency: %s", text, rule);
	else
		ok(status == AC_OK && ac_currency_len(tco.currency) == len &&
		   memcmp(tco.currency, expected, len) == 0,
		   "\"%s\" is the currency %s: %s", text, expected, rule);
	free(copy);
}

static void
test_currencies(void)
{
	ac_tco		tco = tco_of("0 ABCDEFGHIJKL");
	ac_fault	fault;

	test_currency("USD", "USD", "a code of ISO 4217");
	test_currency("usd", "USD", "three letters become upper case");
	test_currency("uSd", "USD", "in any mixture");
	test_currency("us1", "us1", "three letters, not digits");
	test_currency("us_", "us_", "three letters, not underscores");
	test_currency("eu", "eu", "two letters are kept");
	test_currency("tokens", "tokens", "any unit is kept");
	test_currency("Credits_2025", "Credits_2025", "12 characters");
	test_currency("1INCH", "1INCH", "a digit may come first");
	test_currency("234", NULL, "digits alone");
	test_currency("", NULL, "nothing");
	test_currency("abcdefghijklm", NULL, "13 characters");
	test_currency("US D", NULL, "a blank");
	test_currency("US$", NULL, "a sign");
	test_currency("EUR\xe2\x82\xac", NULL, "not ASCII");
	test_currency("US-D", NULL, "a hyphen");

	ok(ac_tco_set_currency(&tco, "x", 1, &fault) == AC_OK &&
	   memcmp(tco.currency, "x\0\0\0\0\0\0\0\0\0\0\0", 12) == 0,
	   "nothing is left of a longer currency before");
	ok(ac_tco_set_currency(&tco, "US\0D", 4, &fault) == AC_CURRENCY,
	   "a zero byte does not end a currency");
}

static void
test_components(void)
{
	ac_component component;
	ac_fault	fault;
	int			i;

	for (i = 0; i < AC_NCOMPONENTS; i++)
		ok(ac_component_by_name(names[i], strlen(names[i]), &component,
								&fault) == AC_OK &&
		   component == (ac_component) i &&
		   strcmp(ac_component_name(component), names[i]) == 0,
		   "component %d is %s", i, names[i]);

	ok(ac_component_by_name("comput", 6, &component, &fault) ==
	   AC_COMPONENT_NAME && fault.part_len == 6,
	   "the beginning of a name is not the name");
	ok(ac_component_by_name("taxes", 5, &component, &fault) ==
	   AC_COMPONENT_NAME, "more than a name is not the name");
	ok(ac_component_by_name("Tax", 3, &component, &fault) ==
	   AC_COMPONENT_NAME, "names are lower case");
	ok(ac_component_by_name("", 0, &component, &fault) ==
	   AC_COMPONENT_NAME, "nothing is not a name");
}

/* total = recurring + upfront, and the sums of the two signs are right */
static bool
totals(void)
{
	ac_tco		tco;
	ac_int256	total;
	ac_uint256	magnitude;
	slow		side[2] = {{{0}}, {{0}}};
	bool		negative;
	int			i;

	sample_tco(&tco);
	total = ac_tco_total(&tco);
	magnitude = ac_int256_magnitude(total);
	for (i = 0; i < AC_NCOMPONENTS; i++)
		side[tco.amount[i] < 0] = slow_add(side[tco.amount[i] < 0],
										   slow_magnitude(tco.amount[i]));
	negative = slow_compare(side[0], side[1]) < 0;
	return ac_int256_negative(total) == negative &&
		slow_compare(slow_of(magnitude.hi, magnitude.lo),
					 slow_subtract(side[negative], side[!negative])) == 0 &&
		ac_int256_compare(total,
						  ac_int256_add(ac_tco_recurring(&tco),
										ac_int256_from(tco.amount[0]))) == 0;
}

static void
test_totals(void)
{
	ac_tco		plan = tco_of("30 USD upfront=10 compute=25 credit=-5");
	ac_tco		most = tco_of("0 USD");
	char		text[AC_DECIMAL_MAX];
	int			i;

	ac_decimal_format(ac_tco_total(&plan), text);
	is_text(text, "30", "the total is the sum of all components");
	ac_decimal_format(ac_tco_recurring(&plan), text);
	is_text(text, "20", "the recurring part leaves out upfront");

	for (i = 0; i < AC_NCOMPONENTS; i++)
		most.amount[i] = AC_INT128_MAX;
	ac_decimal_format(ac_tco_total(&most), text);
	is_text(text, "1361129467683753853853.498429727072845816",
			"a total can be larger than any component");
	property(totals, SAMPLES, "totals are exact");
}

static int
sign(int order)
{
	return (order > 0) - (order < 0);
}

/* Three values that often share currency, total, or all but one component. */
static bool
order_is_total(void)
{
	ac_tco		tco[3];
	int			a_b,
				b_c,
				a_c,
				i;

	sample_tco(&tco[0]);
	for (i = 1; i < 3; i++)
	{
		tco[i] = tco[i - 1];
		if (sample_below(4) == 0)
			sample_tco(&tco[i]);
		if (sample_below(2))
		{
			int			c = sample_below(AC_NCOMPONENTS);
			int			d = sample_below(AC_NCOMPONENTS);
			ac_int128	swap = tco[i].amount[c];

			tco[i].amount[c] = tco[i].amount[d];
			tco[i].amount[d] = swap;
		}
		if (sample_below(4) == 0)
			tco[i].amount[sample_below(AC_NCOMPONENTS)] = sample_int128();
	}
	a_b = sign(ac_tco_compare(&tco[0], &tco[1]));
	b_c = sign(ac_tco_compare(&tco[1], &tco[2]));
	a_c = sign(ac_tco_compare(&tco[0], &tco[2]));
	return a_b == -sign(ac_tco_compare(&tco[1], &tco[0])) &&
		(a_b == 0) == same_tco(&tco[0], &tco[1]) &&
		(b_c == 0) == same_tco(&tco[1], &tco[2]) &&
		(a_b * b_c < 0 || a_c == (a_b != 0 ? a_b : b_c));
}

static void
is_order(const char *smaller, const char *larger, const char *rule)
{
	ac_tco		a = tco_of(smaller);
	ac_tco		b = tco_of(larger);

	ok(ac_tco_compare(&a, &b) < 0 && ac_tco_compare(&b, &a) > 0 &&
	   ac_tco_compare(&a, &a) == 0, "%s", rule);
}

static void
test_order(void)
{
	ac_tco		most = tco_of("0 USD");
	ac_tco		one = tco_of("1 USD");

	is_order("9 EUR", "1 USD", "currency decides first");
	is_order("9 USD", "1 USDC", "a currency is smaller than its extension");
	is_order("9 USD", "10 USD", "then the total");
	is_order("-10 USD", "-9 USD", "which has a sign");
	is_order("0 USD upfront=5 credit=-5", "1 USD", "not a component");
	is_order("5 USD other=5", "5 USD compute=5",
			 "then the components, the first that differs");
	is_order("0 USD upfront=-1 compute=1", "0 USD", "which have signs");

	most.amount[AC_UPFRONT] = AC_INT128_MAX;
	most.amount[AC_TAX] = AC_INT128_MAX;
	ok(ac_tco_compare(&most, &one) > 0, "a wide total is not cut");
	property(order_is_total, SAMPLES, "the order is total, and equal values "
			 "are the same bytes");
}

int
main(void)
{
	test_currencies();
	test_components();
	test_totals();
	test_order();
	return tap_done();
}
