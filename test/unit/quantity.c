/*
 * quantity.c
 *	  Quantities are exact to their last decimal, and say when
 *	  they do not fit.
 */
#include "sample_tariff.h"
#include "slow_tariff.h"

#define SAMPLES 8000

#define MAX_TEXT \
	"170141183460469231731.687303715884105727999999999999999999"
#define MIN_TEXT "-170141183460469231731.687303715884105728"

static const ac_quantity lowest = {.units = AC_INT128_MIN,.rest = 0};
static const ac_quantity highest = {
	.units = AC_INT128_MAX,.rest = AC_UNIT - 1
};

/* A quantity in 1e-36, moved up by the lowest one so that it is unsigned. */
static slow
lifted(const ac_quantity *quantity)
{
	ac_uint128	units = (ac_uint128) quantity->units;

	return slow_add(slow_finer(slow_of(0, units + ((ac_uint128) 1 << 127))),
					slow_of(0, quantity->rest));
}

static bool
same_quantity(const ac_quantity *a, const ac_quantity *b)
{
	return a->units == b->units && a->rest == b->rest;
}

/* One time in two beside an edge: a sum is then often just in range. */
static ac_quantity
sample_partner(const ac_quantity *quantity)
{
	ac_quantity partner = quantity->units < 0 ? lowest : highest;
	ac_quantity step = {.units = sample_below(3) - 1,.rest = sample_rest()};

	if (sample_below(2))
		return sample_quantity();
	ac_quantity_subtract(&partner, quantity);
	ac_quantity_add(&partner, &step);
	return partner;
}

/* ---- sums ---- */

/* lifted(a) + lifted(b) is one lift too many, and fits below two. */
static bool
sum_carries_or_does_not_fit(void)
{
	ac_quantity a = sample_quantity();
	ac_quantity b = sample_partner(&a);
	ac_quantity sum = a;
	const ac_quantity zero = {.units = 0,.rest = 0};
	slow		lift = lifted(&zero);
	slow		expected = slow_add(lifted(&a), lifted(&b));
	bool		fits = slow_compare(expected, lift) >= 0;

	if (fits)
	{
		expected = slow_subtract(expected, lift);
		fits = slow_compare(expected, lifted(&highest)) <= 0;
	}
	if (ac_quantity_add(&sum, &b) != fits)
		return false;
	return fits ? sum.rest < AC_UNIT && slow_equal(lifted(&sum), expected)
		: same_quantity(&sum, &a);
}

static bool
difference_borrows_or_does_not_fit(void)
{
	ac_quantity a = sample_quantity();
	ac_quantity b = sample_quantity();
	ac_quantity difference = a;
	const ac_quantity zero = {.units = 0,.rest = 0};
	slow		with_lift;
	slow		expected;
	bool		fits;

	if (sample_below(2))
	{
		/* b is nearly a - lowest or a - highest, if that is a quantity */
		ac_quantity edge = a.units < 0 ? highest : lowest;
		ac_quantity step = {.units = sample_below(3) - 1,
		.rest = sample_rest()};

		b = a;
		ac_quantity_subtract(&b, &edge);
		ac_quantity_add(&b, &step);
	}
	with_lift = slow_add(lifted(&a), lifted(&zero));
	fits = slow_compare(with_lift, lifted(&b)) >= 0;
	if (fits)
	{
		expected = slow_subtract(with_lift, lifted(&b));
		fits = slow_compare(expected, lifted(&highest)) <= 0;
	}
	if (ac_quantity_subtract(&difference, &b) != fits)
		return false;
	return fits ? difference.rest < AC_UNIT &&
		slow_equal(lifted(&difference), expected)
		: same_quantity(&difference, &a);
}

static bool
subtraction_undoes_addition(void)
{
	ac_quantity a = sample_quantity();
	ac_quantity b = sample_quantity();
	ac_quantity back = a;

	return !ac_quantity_add(&back, &b) ||
		(ac_quantity_subtract(&back, &b) && same_quantity(&back, &a));
}

static bool
order_is_that_of_numbers(void)
{
	ac_quantity a = sample_quantity();
	ac_quantity b = sample_quantity();

	if (sample_below(2))
		b.units = a.units;
	if (sample_below(2))
		b.rest = a.rest;
	return ac_quantity_compare(&a, &b) ==
		slow_compare(lifted(&a), lifted(&b));
}

static void
sum_is(const char *a, const char *b, const char *sum, const char *rule)
{
	ac_quantity found = quantity_of(a);
	ac_quantity addend = quantity_of(b);
	char		text[AC_DECIMAL_MAX] = "out of range";

	if (ac_quantity_add(&found, &addend))
		ac_quantity_format(&found, text);
	is_text(text, sum, rule);
}

static void
test_sums(void)
{
	sum_is("0.999999999999999999999999999999999999",
		   "0.000000000000000000000000000000000001", "1",
		   "the 36th decimal carries up to the units");
	sum_is("0.000000000000000001", "-0.000000000000000000000000000000000001",
		   "0.000000000000000000999999999999999999",
		   "a negative quantity borrows from above");
	sum_is("-0.25", "0.25", "0", "a quantity and its negative are nothing");
	sum_is(MAX_TEXT, "0.000000000000000000000000000000000001", "out of range",
		   "the highest quantity and the least are out of range");
	sum_is(MAX_TEXT, "-0.000000000000000000000000000000000001",
		   "170141183460469231731.687303715884105727999999999999999998",
		   "less than the highest is not");
	sum_is(MIN_TEXT, "-0.000000000000000000000000000000000001",
		   "out of range", "nor is there less than the lowest");
	sum_is(MIN_TEXT, MAX_TEXT, "-0.000000000000000000000000000000000001",
		   "the lowest is further from 0 than the highest, by the least");

	property(sum_carries_or_does_not_fit, SAMPLES, "a sum is exact, or does "
			 "not fit and changes nothing");
	property(difference_borrows_or_does_not_fit, SAMPLES, "a difference is "
			 "exact, or does not fit and changes nothing");
	property(subtraction_undoes_addition, SAMPLES, "(a + b) - b is a, bit "
			 "for bit");
	property(order_is_that_of_numbers, SAMPLES, "the order is that of "
			 "numbers");
}

static void
test_zero(void)
{
	ac_quantity zero = ac_quantity_from(0);
	ac_quantity least = {.units = 0,.rest = 1};
	ac_quantity unit = ac_quantity_from(1);
	ac_quantity negative = {.units = -1,.rest = AC_UNIT - 1};

	ok(ac_quantity_is_zero(&zero) && !ac_quantity_is_zero(&least) &&
	   !ac_quantity_is_zero(&unit) && !ac_quantity_is_zero(&negative),
	   "0 alone is zero");
}

/* ---- text ---- */

static ac_status
parse(const char *text, size_t len, ac_quantity *quantity, ac_fault *fault)
{
	char	   *copy = exact_copy(text, len);
	ac_status	status = ac_quantity_parse(copy, len, quantity, fault);

	if (status != AC_OK && (fault->part != copy || fault->part_len != len))
		status = (ac_status) -1;	/* the part must be the whole number */
	free(copy);
	return status;
}

static bool
parse_undoes_format(void)
{
	ac_quantity quantity = sample_quantity();
	ac_quantity back = {.rest = AC_UNIT};
	char		text[AC_DECIMAL_MAX];
	size_t		len = ac_quantity_format(&quantity, text);
	ac_fault	fault;

	return len == strlen(text) && len < AC_DECIMAL_MAX &&
		parse(text, len, &back, &fault) == AC_OK &&
		same_quantity(&back, &quantity);
}

/* The digits d...d.d...d are the number d...d * 10^(36 - decimals). */
static bool
digits_count_as_written(void)
{
	char		text[80];
	bool		negative = sample_below(2);
	int			whole = sample_below(21);
	int			decimals = sample_below(37);
	int			len = 0;
	slow		ten = slow_of(0, 10);
	slow		expected = {{0}};
	ac_quantity quantity;
	ac_fault	fault;
	int			i;

	if (whole + decimals == 0)
		return true;
	if (negative)
		text[len++] = '-';
	for (i = 0; i < whole + decimals; i++)
	{
		int			digit = sample_below(3) ? sample_below(10) : 0;

		if (i == whole)
			text[len++] = '.';
		text[len++] = (char) ('0' + digit);
		expected = slow_add(slow_multiply(expected, ten),
							slow_of(0, (ac_uint128) digit));
	}
	for (i = decimals; i < AC_QUANTITY_SCALE; i++)
		expected = slow_multiply(expected, ten);
	return parse(text, (size_t) len, &quantity, &fault) == AC_OK &&
		quantity.rest < AC_UNIT &&
		(quantity.units < 0) == (negative && slow_bits(&expected) > 0) &&
		slow_equal(slow_of_quantity(&quantity), expected);
}

static void
reads_as(const char *text, const char *canonical)
{
	ac_quantity quantity;
	ac_fault	fault;
	char		found[AC_DECIMAL_MAX] = "refused";

	if (parse(text, strlen(text), &quantity, &fault) == AC_OK)
		ac_quantity_format(&quantity, found);
	if (!ok(strcmp(found, canonical) == 0, "\"%s\" is %s", text, canonical))
		printf("# found %s\n", found);
}

static void
refused(const char *text, ac_status expected, const char *why)
{
	ac_quantity quantity;
	ac_fault	fault = {.part = NULL};

	ok(parse(text, strlen(text), &quantity, &fault) == expected,
	   "\"%s\" is refused: %s", text, why);
}

static void
test_text(void)
{
	ac_quantity below = quantity_of("-0.000000000000000000000000000000000001");

	ok(below.units == -1 && below.rest == AC_UNIT - 1,
	   "units are rounded down, below 0 too");
	reads_as("0", "0");
	reads_as("-0", "0");
	reads_as("+5", "5");
	reads_as(".5", "0.5");
	reads_as("-1.5", "-1.5");
	reads_as("007.10", "7.1");
	reads_as("0.123456789012345678901234567890123456",
			 "0.123456789012345678901234567890123456");
	reads_as("-0.123456789012345678901234567890123456",
			 "-0.123456789012345678901234567890123456");
	reads_as("-1.000000000000000000000000000000000001",
			 "-1.000000000000000000000000000000000001");
	reads_as("3.000000000000000000000000000000000000", "3");
	reads_as(MAX_TEXT, MAX_TEXT);
	reads_as(MIN_TEXT, MIN_TEXT);

	refused("", AC_TEXT_NUMBER, "nothing");
	refused("1e3", AC_TEXT_EXPONENT, "an exponent");
	refused("1,000", AC_TEXT_SEPARATOR, "a comma");
	refused("0.0000000000000000000000000000000000001", AC_TEXT_SCALE,
			"37 decimals");
	refused("170141183460469231731.687303715884105728", AC_TEXT_RANGE,
			"beyond the highest");
	refused("-170141183460469231731.687303715884105728000000000000000001",
			AC_TEXT_RANGE, "beyond the lowest");
	refused("9999999999999999999999", AC_TEXT_RANGE, "22 digits");
	refused("10000000000000000000000", AC_TEXT_RANGE, "23 digits");
	property(parse_undoes_format, SAMPLES, "parse undoes format");
	property(digits_count_as_written, 5000, "each digit counts at its place");
}

static bool
wide_is_the_number(void)
{
	ac_quantity quantity = sample_quantity();
	ac_int256	wide = ac_quantity_wide(&quantity);
	ac_uint256	magnitude = ac_int256_magnitude(wide);

	return ac_int256_negative(wide) == (quantity.units < 0) &&
		slow_equal(slow_of(magnitude.hi, magnitude.lo),
				   slow_of_quantity(&quantity));
}

int
main(void)
{
	test_sums();
	test_zero();
	test_text();
	property(wide_is_the_number, SAMPLES, "a quantity in 1e-36 is the same "
			 "number");
	return tap_done();
}
