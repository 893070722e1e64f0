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
 * them, the last 18 or 36 decimals.
 */
static void
slow_format(ac_int256 value, int scale, char *text)
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
	while (first < 77 - scale && digits[first] == 0)
		first++;
	while (last > 77 - scale && digits[last] == 0)
		last--;

	if (value.hi < 0)
		*text++ = '-';
	for (i = first; i <= last; i++)
	{
		if (i == 78 - scale)
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

	slow_format(value, AC_SCALE, expected);
	return strcmp(text, expected) == 0 && len == strlen(text);
}

/* In a buffer of no more than it may take. */
static bool
format_of_36_decimals_is_slow_format(void)
{
	ac_int256	value = sample_int256();
	char		expected[AC_DECIMAL_MAX];
	char	   *text = malloc(AC_DECIMAL_MAX);
	size_t		len;
	bool		same;

	if (text == NULL)
		abort();
	len = ac_decimal_format_scaled(value, 2 * AC_SCALE, text);
	slow_format(value, 2 * AC_SCALE, expected);
	same = strcmp(text, expected) == 0 && len == strlen(text);
	free(text);
	return same;
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

static bool
parse_undoes_format_of_36_decimals(void)
{
	ac_int256	value = {.hi = sample_int128() >> 63,.lo = sample_uint128()};
	ac_int256	back;
	char		text[AC_DECIMAL_MAX];
	size_t		len = ac_decimal_format_scaled(value, 2 * AC_SCALE, text);
	ac_fault	fault;

	return ac_decimal_parse_scaled(text, len, 2 * AC_SCALE, &back,
								   &fault) == AC_OK &&
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

/* ---- counts ---- */

/* Read from exactly the bytes of a text. */
static void
counts(const char *text, const char *expected, size_t used)
{
	size_t		len = strlen(text);
	char	   *copy = exact_copy(text, len);
	char		found[AC_COUNT_MAX + 1] = "refused";
	int64_t		count;
	size_t		found_used;
	ac_fault	fault;

	if (ac_count_parse(copy, len, &count, &found_used, &fault) == AC_OK)
		ac_count_format(count, found);
	ok(strcmp(found, expected) == 0 && found_used == used,
	   "\"%s\" begins with %s in %d digits", text, expected, (int) used);
	free(copy);
}

static void
count_is_out_of_range(const char *text, const char *part)
{
	int64_t		count;
	size_t		used;
	ac_fault	fault;

	ok(ac_count_parse(text, strlen(text), &count, &used,
					  &fault) == AC_TEXT_RANGE &&
	   fault.part == text && fault.part_len == strlen(part) &&
	   memcmp(fault.part, part, fault.part_len) == 0,
	   "count \"%s\" is out of range", part);
}

static bool
count_reads_back(void)
{
	int64_t		count = (int64_t) (sample_bits() >> (1 + sample_below(63)));
	int64_t		back;
	size_t		used;
	ac_fault	fault;
	char	   *text = malloc(AC_COUNT_MAX + 1);
	char		expected[30];
	size_t		len;
	bool		same;

	if (text == NULL)
		abort();
	len = ac_count_format(count, text);
	snprintf(expected, sizeof(expected), "%lld", (long long) count);
	same = strcmp(text, expected) == 0 && len == strlen(expected) &&
		ac_count_parse(text, len, &back, &used, &fault) == AC_OK &&
		back == count && used == len;
	free(text);
	return same;
}

static void
test_counts(void)
{
	counts("0", "0", 1);
	counts("", "0", 0);
	counts("x", "0", 0);
	counts("-1", "0", 0);
	counts("+1", "0", 0);
	counts("12 3", "12", 2);
	counts("12.5", "12", 2);
	counts("007", "7", 3);
	counts("9223372036854775807", "9223372036854775807", 19);
	counts("00009223372036854775807x", "9223372036854775807", 23);
	count_is_out_of_range("9223372036854775808", "9223372036854775808");
	count_is_out_of_range("10000000000000000000 7", "10000000000000000000");
	count_is_out_of_range("123456789012345678901234567890 7",
						  "123456789012345678901234567890");
	property(count_reads_back, SAMPLES, "a count is read back as written");
}

static void
refused_at_36(const char *text, ac_status expected, const char *why)
{
	ac_int256	value;
	ac_fault	fault;

	ok(ac_decimal_parse_scaled(text, strlen(text), 2 * AC_SCALE, &value,
							   &fault) == expected &&
	   (expected == AC_OK || fault.part == text),
	   "\"%s\" with 36 decimals: %s", text, why);
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
	property(format_of_36_decimals_is_slow_format, SAMPLES / 3,
			 "format writes the number with 36 decimals");
	property(parse_undoes_format_of_36_decimals, SAMPLES,
			 "parse undoes format with 36 decimals");
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

	refused_at_36("0.123456789012345678901234567890123456", AC_OK,
				  "all count");
	refused_at_36("0.0000000000000000000000000000000000000", AC_TEXT_SCALE,
				  "37 do not");
	refused_at_36("9999999999999999999999."
				  "999999999999999999999999999999999999", AC_OK,
				  "22 digits before the point");
	refused_at_36("10000000000000000000000", AC_TEXT_RANGE, "23 digits");
	test_counts();
	return tap_done();
}
