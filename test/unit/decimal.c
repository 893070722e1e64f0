/*
 * decimal.c
 *	  Decimal text and fixed point are the same number, exactly.
 */
#include "core/decimal.h"

#include "sample.h"

#define SAMPLES 30000

#define MAX_TEXT "170141183460469231731.687303715884105727"
#define MIN_TEXT "-170141183460469231731.687303715884105728"

/*
 * The text of a number, by doubling decimal digits once for each bit: 78 of
 * them, the last 18 decimals.
 */
static void
slow_format(ac_int256 value, char *text)
{
	ac_uint256	rest = ac_int256_magnitude(value);
	char		digits[79] = {0};
	int			first = 0;
	int			last = 77;
	int			bit,
				i;

	for (bit = 255; bit >= 0; bit--)
	{
		ac_uint128	half = bit >= 128 ? rest.hi : rest.lo;
		int			carry = (int) (half >> bit % 128 & 1);

		for (i = 77; i >= 0; i--)
		{
			carry += 2 * digits[i];
			digits[i] = (char) (carry % 10);
			carry /= 10;
		}
	}
	while (first < 59 && digits[first] == 0)
		first++;
	while (last > 59 && digits[last] == 0)
		last--;

	if (value.hi < 0)
		*text++ = '-';
	for (i = first; i <= last; i++)
	{
		if (i == 60)
			*text++ = '.';
		*text++ = (char) ('0' + digits[i]);
	}
	*text = '\0';
}

static ac_status
parse(const char *text, size_t len, ac_int256 *value)
{
	char	   *copy = exact_copy(text, len);
	ac_fault	fault = {.part = NULL};
	ac_status	status = ac_decimal_parse(copy, len, value, &fault);

	if (status != AC_OK && (fault.part != copy || fault.part_len != len))
		status = (ac_status) -1;	/* the part must be the whole number */
	free(copy);
	return status;
}

static ac_int256
sample_int256(void)
{
	return (ac_int256)
	{
		.hi = sample_int128() >> sample_below(128),.lo = sample_uint128()
	};
}

static bool
format_is_slow_format(void)
{
	ac_int256	value = sample_int256();
	char		text[AC_DECIMAL_MAX];
	char		expected[AC_DECIMAL_MAX];
	size_t		len = ac_decimal_format(value, text);

	slow_format(value, expected);
	return strcmp(text, expected) == 0 && len == strlen(text);
}

static bool
format_is_canonical(void)
{
	char		buffer[AC_DECIMAL_MAX];
	char	   *text = buffer;
	size_t		len = ac_decimal_format(sample_int256(), text);
	const char *point;

	if (strcmp(text, "-0") == 0 || strspn(text, "-.0123456789") != len)
		return false;
	text += *text == '-';
	point = strchr(text, '.');
	return (text[0] != '0' || text[1] == '\0' || text[1] == '.') &&
		text[0] != '.' &&
		(point == NULL || (point[1] != '\0' && buffer[len - 1] != '0'));
}

static bool
parse_undoes_format(void)
{
	ac_int256	value = ac_int256_add(ac_int256_from(sample_int128()),
									  ac_int256_from(sample_int128()));
	ac_int256	back;
	char		text[AC_DECIMAL_MAX];

	return parse(text, ac_decimal_format(value, text), &back) == AC_OK &&
		ac_int256_compare(back, value) == 0;
}

/* The digits d...d.d...d are the number d...d * 10^(18 - decimals). */
static bool
digits_count_as_written(void)
{
	char		text[64];
	int			whole = sample_below(20);
	int			decimals = sample_below(19);
	int			len = 0;
	ac_uint128	expected = 0;
	ac_int256	value;
	int			i;

	if (whole + decimals == 0)
		return true;
	if (sample_below(2))
		text[len++] = '-';
	for (i = 0; i < whole + decimals; i++)
	{
		if (i == whole)
			text[len++] = '.';
		text[len] = (char) ('0' + sample_below(10));
		expected = expected * 10 + (ac_uint128) (text[len++] - '0');
	}
	for (i = decimals; i < 18; i++)
		expected *= 10;
	if (text[0] == '-')
		expected = -expected;
	return parse(text, (size_t) len, &value) == AC_OK &&
		ac_int256_compare(value, ac_int256_from((ac_int128) expected)) == 0;
}

static void
formats(ac_int256 value, const char *expected)
{
	char		text[AC_DECIMAL_MAX];

	ac_decimal_format(value, text);
	is_text(text, expected, expected);
}

static void
reads_as(const char *text, const char *canonical)
{
	ac_int256	value;
	char		found[AC_DECIMAL_MAX] = "refused";

	if (parse(text, strlen(text), &value) == AC_OK)
		ac_decimal_format(value, found);
	if (!ok(strcmp(found, canonical) == 0, "\"%s\" is %s", text, canonical))
		printf("# found %s\n", found);
}

static void
refused(const char *text, ac_status expected, const char *why)
{
	ac_int256	value;

	ok(parse(text, strlen(text), &value) == expected,
	   "\"%s\" is refused: %s", text, why);
}

int
main(void)
{
	const ac_int256 lowest = {.hi = AC_INT128_MIN,.lo = 0};
	const ac_int256 zero = {.hi = 0,.lo = 0};

	property(format_is_slow_format, SAMPLES, "format writes the number");
	property(format_is_canonical, SAMPLES, "format writes no exponent, no "
			 "needless zero or point and no minus zero");
	property(parse_undoes_format, SAMPLES, "parse undoes format");
	property(digits_count_as_written, SAMPLES, "each digit counts at its "
			 "place");

	formats(zero, "0");
	formats(ac_int256_from(1), "0.000000000000000001");
	formats(ac_int256_from(-1), "-0.000000000000000001");
	formats(ac_int256_from(AC_UNIT), "1");
	formats(ac_int256_from(-10 * (ac_int128) AC_UNIT), "-10");
	formats(ac_int256_from(-(ac_int128) AC_UNIT / 2), "-0.5");
	formats(ac_int256_from(AC_INT128_MAX), MAX_TEXT);
	formats(ac_int256_from(AC_INT128_MIN), MIN_TEXT);
	formats(lowest, "-57896044618658097711785492504343953926634992332820282019728."
			"792003956564819968");

	reads_as("0", "0");
	reads_as("-0", "0");
	reads_as("+5", "5");
	reads_as(".5", "0.5");
	reads_as("5.", "5");
	reads_as("-.5", "-0.5");
	reads_as("007.10", "7.1");
	reads_as("0.000000000000000001", "0.000000000000000001");
	reads_as("1.000000000000000000", "1");
	reads_as(MAX_TEXT, MAX_TEXT);
	reads_as(MIN_TEXT, MIN_TEXT);
	reads_as("9999999999999999999999.999999999999999999",
			 "9999999999999999999999.999999999999999999");
	reads_as("00000000000000000000000000000000000000000000000001", "1");

	refused("", AC_TEXT_NUMBER, "nothing");
	refused("+", AC_TEXT_NUMBER, "no digits");
	refused("-", AC_TEXT_NUMBER, "no digits");
	refused(".", AC_TEXT_NUMBER, "no digits");
	refused("-.", AC_TEXT_NUMBER, "no digits");
	refused("--1", AC_TEXT_NUMBER, "two signs");
	refused("+-1", AC_TEXT_NUMBER, "two signs");
	refused("- 1", AC_TEXT_NUMBER, "a blank");
	refused("1-", AC_TEXT_NUMBER, "the sign stands first");
	refused("1e", AC_TEXT_NUMBER, "no exponent, either");
	refused("1e5", AC_TEXT_EXPONENT, "an exponent");
	refused("1E-13", AC_TEXT_EXPONENT, "an exponent");
	refused(".5e+3", AC_TEXT_EXPONENT, "an exponent");
	refused("5.e3", AC_TEXT_EXPONENT, "an exponent");
	refused("1e99999999", AC_TEXT_EXPONENT, "an exponent");
	refused("1,000", AC_TEXT_SEPARATOR, "a comma");
	refused("1,5", AC_TEXT_SEPARATOR, "a decimal comma");
	refused("1.234,56", AC_TEXT_SEPARATOR, "a decimal comma");
	refused("1.000.000", AC_TEXT_SEPARATOR, "two points");
	refused("1_000", AC_TEXT_SEPARATOR, "an underscore");
	refused("1'000", AC_TEXT_SEPARATOR, "an apostrophe");
	refused("0x10", AC_TEXT_NUMBER, "hexadecimal");
	refused("1..5", AC_TEXT_NUMBER, "two points");
	refused("inf", AC_TEXT_NUMBER, "infinity");
	refused("NaN", AC_TEXT_NUMBER, "not a number");
	refused("0.0000000000000000001", AC_TEXT_SCALE, "19 decimals");
	refused("0.0000000000000000000", AC_TEXT_SCALE, "19 decimals, even of 0");
	refused("10000000000000000000000", AC_TEXT_RANGE,
			"beyond any sum of components");
	return tap_done();
}
