/*
 * decimal.c
 *	  Decimal text <-> fixed point with AC_SCALE decimals, or twice as many.
 *
 * Digits are read and written by hand: no locale, no float.
 */
#include <string.h>

#include "core/decimal.h"
#include "core/word.h"

/* Integer digits that a sum of eight 128-bit amounts can have. */
#define INTEGER_DIGITS_MAX	22

static size_t
count_digits(const char *text, size_t len)
{
	size_t		n = 0;

	while (n < len && ac_is_digit(text[n]))
		n++;
	return n;
}

static ac_uint128
read_digits(const char *text, size_t len)
{
	ac_uint128	value = 0;
	size_t		i;

	for (i = 0; i < len; i++)
		value = value * 10 + (ac_uint128) (text[i] - '0');
	return value;
}

/* Return the fault of a text that has this rest after its number. */
static ac_status
why_not_decimal(const char *rest, size_t len)
{
	if (len >= 2 && (rest[0] == 'e' || rest[0] == 'E') &&
		(ac_is_digit(rest[1]) || rest[1] == '+' || rest[1] == '-'))
		return AC_TEXT_EXPONENT;
	if (len >= 2 && ac_is_digit(rest[-1]) && ac_is_digit(rest[1]) &&
		memchr(",'_.", rest[0], 4) != NULL)
		return AC_TEXT_SEPARATOR;
	return AC_TEXT_NUMBER;
}

/*
 * Read [+-]digits[.digits], where one side of the point may be empty, as a
 * number of 10^-scale.  At most scale decimals; no exponent, no separators.
 */
ac_status
ac_decimal_parse_scaled(const char *text, size_t len, int scale,
						ac_int256 *value, ac_fault *fault)
{
	bool		negative = len > 0 && text[0] == '-';
	size_t		sign = len > 0 && (text[0] == '-' || text[0] == '+');
	const char *whole = text + sign;
	size_t		whole_len = count_digits(whole, len - sign);
	const char *fraction = whole + whole_len;
	size_t		fraction_len = 0;
	size_t		number_len = sign + whole_len;
	ac_uint256	magnitude;
	ac_uint128	decimals;

	if (number_len < len && *fraction == '.')
	{
		fraction++;
		fraction_len = count_digits(fraction, len - number_len - 1);
		number_len += 1 + fraction_len;
	}
	fault->number[0] = scale;
	if (whole_len + fraction_len == 0)
		return ac_fault_part(fault, AC_TEXT_NUMBER, text, len);
	if (number_len < len)
		return ac_fault_part(fault, why_not_decimal(text + number_len,
													len - number_len),
							 text, len);
	if (fraction_len > (size_t) scale)
		return ac_fault_part(fault, AC_TEXT_SCALE, text, len);

	for (; whole_len > 0 && *whole == '0'; whole_len--)
		whole++;
	if (whole_len > INTEGER_DIGITS_MAX)
		return ac_fault_part(fault, AC_TEXT_RANGE, text, len);

	magnitude = ac_uint128_multiply(read_digits(whole, whole_len),
									ac_pow10(scale));
	decimals = read_digits(fraction, fraction_len) *
		ac_pow10(scale - (int) fraction_len);
	magnitude.lo += decimals;
	magnitude.hi += magnitude.lo < decimals;

	value->hi = (ac_int128) magnitude.hi;
	value->lo = magnitude.lo;
	if (negative)
		*value = ac_int256_negate(*value);
	return AC_OK;
}

/* Write exactly n digits, with leading zeros. */
static void
write_digits(uint64_t value, char *buffer, int n)
{
	while (n-- > 0)
	{
		buffer[n] = (char) ('0' + value % 10);
		value /= 10;
	}
}

/*
 * Write a number of 10^-scale in its one canonical form: no leading or trailing
 * zeros, no point without decimals, no minus zero.  Terminates the text and
 * returns its length, which is below AC_DECIMAL_MAX.
 */
size_t
ac_decimal_format_scaled(ac_int256 value, int scale, char *buffer)
{
	/* chunks of AC_SCALE digits, the least significant, the decimals, first */
	uint64_t	chunk[5] = {0};
	int			ndecimals = scale / AC_SCALE;
	int			nchunks = 0;
	ac_uint256	rest = ac_int256_magnitude(value);
	char	   *end = buffer;
	char	   *start;
	int			i;

	while (rest.hi != 0 || rest.lo != 0)
		chunk[nchunks++] = ac_uint256_divide_word(&rest, &ac_unit_divisor);

	if (ac_int256_negative(value))
		*end++ = '-';
	start = end;
	for (i = nchunks - 1; i >= ndecimals; i--, end += AC_SCALE)
		write_digits(chunk[i], end, AC_SCALE);

	if (end == start)
		*end++ = '0';
	else
	{
		size_t		zeros = strspn(start, "0");

		memmove(start, start + zeros, (size_t) (end - start) - zeros);
		end -= zeros;
	}

	*end++ = '.';
	for (i = ndecimals - 1; i >= 0; i--, end += AC_SCALE)
		write_digits(chunk[i], end, AC_SCALE);
	while (end[-1] == '0')
		end--;
	if (end[-1] == '.')
		end--;
	*end = '\0';
	return (size_t) (end - buffer);
}

/*
 * Read the digits that a text begins with as a count, and say how many there
 * are: none if it is no number.
 */
ac_status
ac_count_parse(const char *text, size_t len, int64_t *count, size_t *used,
			   ac_fault *fault)
{
	*count = 0;
	for (*used = 0; *used < len && ac_is_digit(text[*used]);)
	{
		int			digit = text[(*used)++] - '0';

		if (__builtin_mul_overflow(*count, (int64_t) 10, count) ||
			__builtin_add_overflow(*count, (int64_t) digit, count))
			return ac_fault_part(fault, AC_TEXT_RANGE, text,
								 count_digits(text, len));
	}
	return AC_OK;
}

/* Into AC_COUNT_MAX + 1 bytes; returns the length. */
size_t
ac_count_format(int64_t count, char *buffer)
{
	size_t		len = 1;
	int64_t		rest;

	for (rest = count / 10; rest > 0; rest /= 10)
		len++;
	write_digits((uint64_t) count, buffer, (int) len);
	buffer[len] = '\0';
	return len;
}
